//! The manager's own workbook, overlaid: every part copied as it is but for the few that carry marks,
//! and our sheets put beside theirs.

mod again;
mod book;
mod carry;
mod cells;
mod draft;
mod notes;
mod ours;
mod properties;
mod source;
mod styles;
mod vml;
mod xml;

use std::collections::BTreeMap;

use crate::book::annotation::{Annotation, Tone};
use crate::book::package::relations_name;
use crate::book::sheet::CellRef;
use crate::book::text::fitting;

use book::Book;
use carry::Added;
use cells::Sheet;
use draft::Draft;
use styles::Styles;
use xml::Edits;

pub use notes::OUR_LINE;
pub use source::{Source, marker};
pub use vml::size as note_size;

const WORKSHEET_TYPE: &str = "worksheet";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// A workbook with its marks and our sheets.
#[derive(Debug, Clone)]
pub struct Overlaid {
    /// The file.
    pub bytes: Vec<u8>,
    /// What had to be done beside the marks, one sentence each for the manager.
    pub remarks: Vec<String>,
}

/// Why a workbook cannot be overlaid safely, as the end of a sentence about it: "it is …".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// Overlays `source` with marks and with every sheet of `added`: the first in front, the others at the end.
///
/// Parts that need no change are copied as they are, compressed bytes and all; changed parts keep
/// every byte that stood there. A workbook overlaid before loses its old marks and sheets first.
/// The same arguments give the same bytes.
///
/// # Errors
///
/// A [`Refusal`] where a safe overlay is not possible: a broken or encrypted package, a shared
/// workbook with revisions, a marked part that is not well-formed.
pub fn overlay(source: &[u8], annotation: &Annotation, added: &[u8]) -> Result<Overlaid, Refusal> {
    Source::open(source)?.overlaid(annotation, added)
}

fn overlaid(source: Source<'_>, annotation: &Annotation, added: &[u8]) -> Result<Overlaid, Refusal> {
    let Source { draft: mut package, mut book } = source;
    package.note_dangling();
    let mut remarks = Vec::new();
    if book.related("revisionHeaders").is_some() {
        return Err(Refusal("it is a shared workbook with tracked revisions; stop sharing it and save it anew".into()));
    }
    drop_signatures(&mut package, &mut remarks)?;
    let mut added = Added::read(added)?;

    let (styles_part, mut styles) = open_styles(&mut package, &book)?;
    styles.pad(highest_format(&mut package, &book))?;
    let ours = ours::ours(&book);
    if let Some(ours) = &ours {
        again::strip(&mut package, &book, ours, &added.global_names(), &mut styles)?;
        book = Book::read(&mut package)?;
    }
    let ours = ours.unwrap_or_default();

    properties::set(&mut package, book.strict, &added.properties()?)?;
    let carried = added.carry(&mut package, &book, &mut styles)?;
    list(&mut package, &book, &carried)?;
    for (at, marks) in by_sheet(annotation, &ours) {
        mark(&mut package, &book, at, marks, &mut styles, &mut remarks)?;
    }
    package.write(&styles_part, styles.finish()?);
    Ok(Overlaid { bytes: package.finish()?, remarks })
}

fn drop_signatures(package: &mut Draft<'_>, remarks: &mut Vec<String>) -> Result<(), Refusal> {
    let relations = package.relations("")?;
    let signed: Vec<_> = relations.iter().filter(|relation| relation.uri.contains("/digital-signature/")).collect();
    if signed.is_empty() {
        return Ok(());
    }
    for relation in &signed {
        let Some(origin) = &relation.part else { continue };
        // Everything the origin leads to: the signatures and their certificates.
        let mut open = vec![origin.clone()];
        while let Some(part) = open.pop() {
            let below = package.relations(&part)?;
            open.extend(below.into_iter().filter_map(|below| below.part).filter(|below| {
                package.has(below)
                    && below != &part
                    && (below.starts_with("_xmlsignatures/") || below.contains("signature"))
            }));
            package.drop(&part);
            package.drop(&relations_name(&part));
        }
    }
    let ids: Vec<String> = signed.iter().map(|relation| relation.id.clone()).collect();
    package.unrelate("", &ids)?;
    remarks.push("the digital signature was dropped, because it does not hold for a workbook that was added to".into());
    Ok(())
}

fn open_styles(package: &mut Draft<'_>, book: &Book) -> Result<(String, Styles), Refusal> {
    if let Some(part) = book.related("styles")
        && let Some(text) = package.text(&part)?
    {
        return Ok((part, Styles::read(text)?));
    }
    let part = if package.has("xl/styles.xml") { package.free("xl/styles", ".xml") } else { "xl/styles.xml".into() };
    let text = styles::MINIMAL.replace(carry::namespace(false), carry::namespace(book.strict));
    package.write(&part, text.clone());
    package.typed(&part, STYLES_TYPE);
    package.relate(&book.part, &[(format!("{}/styles", book.office()), book.target(package, &part))])?;
    Ok((part, Styles::read(text)?))
}

fn highest_format(package: &mut Draft<'_>, book: &Book) -> usize {
    let mut highest = 0;
    for part in book.sheets.iter().filter(|tab| tab.kind == WORKSHEET_TYPE).filter_map(|tab| tab.part.as_ref()) {
        // A damaged sheet that carries no mark is copied as it is.
        if let Ok(Some(text)) = package.text(part) {
            highest = highest.max(styles::highest_format(&text));
        }
    }
    highest
}

fn list(package: &mut Draft<'_>, book: &Book, carried: &carry::Carried) -> Result<(), Refusal> {
    let uri = format!("{}/{WORKSHEET_TYPE}", book.office());
    let wanted: Vec<(String, String)> =
        carried.sheets.iter().map(|(_, part, _)| (uri.clone(), book.target(package, part))).collect();
    let ids = package.relate(&book.part, &wanted)?;
    let last = book.sheets.iter().map(|tab| tab.id).max().unwrap_or(0);
    // Excel counts sheets up to 65,534.
    let mut free = (1..=65_534).filter(|id| *id > last || last > 60_000 && book.sheets.iter().all(|tab| tab.id != *id));
    let mut entries = Vec::new();
    for ((name, _, hidden), relation) in carried.sheets.iter().zip(&ids) {
        let id = free.next().ok_or_else(|| Refusal("it has no room for more sheets".into()))?;
        entries.push(book.entry(name, id, relation, *hidden));
    }
    let (front, end) = entries.split_at(entries.len().min(1));
    let mut edits = Edits::default();
    book.list(&mut edits, &front.concat(), &end.concat());
    book.renumber(&mut edits, |old| Some(old + front.len()));
    book.define(&mut edits, &carried.names);
    book.write(package, edits);
    Ok(())
}

type Marks = BTreeMap<CellRef, (Option<Tone>, Vec<String>)>;

// Marks by the position their sheet has once ours are gone.
fn by_sheet(annotation: &Annotation, ours: &[usize]) -> BTreeMap<usize, Marks> {
    let mut sheets: BTreeMap<usize, Marks> = BTreeMap::new();
    for mark in annotation.marks.iter().filter(|mark| !ours.contains(&mark.place.sheet)) {
        let at = mark.place.sheet - ours.iter().filter(|our| **our < mark.place.sheet).count();
        add(sheets.entry(at).or_default(), mark.place.cell, mark.tone, mark.note.iter().cloned());
    }
    sheets
}

// Two marks on one cell share it: the first tone, and both notes.
fn add(marks: &mut Marks, cell: CellRef, tone: Option<Tone>, notes: impl Iterator<Item = String>) {
    let mark = marks.entry(cell).or_default();
    mark.0 = mark.0.or(tone);
    mark.1.extend(notes);
}

fn mark(
    package: &mut Draft<'_>,
    book: &Book,
    at: usize,
    marks: Marks,
    styles: &mut Styles,
    remarks: &mut Vec<String>,
) -> Result<(), Refusal> {
    let tab = book.sheets.get(at).filter(|tab| tab.kind == WORKSHEET_TYPE);
    let Some((tab, part)) = tab.and_then(|tab| Some((tab, tab.part.as_ref()?))) else {
        remarks.push(format!("the marks for tab {} were left out, because it holds no cells", at + 1));
        return Ok(());
    };
    let sheet = Sheet::read(package.needed(part)?)?;
    let mut anchored = Marks::new();
    for (cell, (tone, notes)) in marks {
        add(&mut anchored, sheet.anchor(cell), tone, notes.into_iter());
    }
    let mut edits = Edits::default();
    let tones = anchored.iter().filter_map(|(cell, (tone, _))| Some((*cell, (*tone)?))).collect();
    sheet.fill(&tones, styles, &mut edits)?;
    let notes: BTreeMap<CellRef, String> = anchored
        .into_iter()
        .filter(|(_, (_, notes))| !notes.is_empty())
        .map(|(cell, (_, notes))| (cell, fitting(&notes.join("\n"))))
        .collect();
    if !notes.is_empty() {
        let to = notes::Target { part, sheet: &sheet, office: book.office(), namespace: carry::namespace(book.strict) };
        let left_out = notes::add(package, &to, &notes, &mut edits)?;
        if left_out > 0 {
            let notes = if left_out == 1 { "1 note was".to_string() } else { format!("{left_out} notes were") };
            remarks.push(format!(
                "on sheet `{}` {notes} left out, because there is a comment of another kind on the cell",
                tab.name
            ));
        }
    }
    if !edits.is_empty() {
        package.write(part, edits.apply(&sheet.text));
    }
    Ok(())
}
