//! The manager's own workbook, overlaid: every part copied as it is but for the few that carry marks,
//! and our sheets put beside theirs.

mod again;
mod book;
mod carry;
mod cells;
mod draft;
mod fill;
mod mark;
mod notes;
mod ours;
mod properties;
mod source;
mod styles;
mod vml;
mod xml;

use crate::book::annotation::Annotation;
use crate::book::package::relations_name;

use book::Book;
use carry::Added;
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

impl Source<'_> {
    /// The workbook with marks and with every sheet of `added`: the first in front, the others at the end.
    ///
    /// Parts that need no change are copied as they are, compressed bytes and all; changed parts keep
    /// every byte that stood there. A workbook overlaid before loses its old marks and sheets first.
    /// The same arguments give the same bytes.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] where a safe overlay is not possible: a broken or encrypted package, a shared
    /// workbook with revisions, a marked part that is not well-formed.
    pub fn overlaid(self, annotation: &Annotation, added: &[u8]) -> Result<Overlaid, Refusal> {
        let Source { draft: mut package, mut book } = self;
        package.note_dangling();
        let mut remarks = Vec::new();
        if book.related("revisionHeaders").is_some() {
            return Err(Refusal(
                "it is a shared workbook with tracked revisions; stop sharing it and save it anew".into(),
            ));
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
        for (at, marks) in mark::by_sheet(annotation, &ours) {
            remarks.extend(mark::mark(&mut package, &book, at, marks, &mut styles)?);
        }
        package.write(&styles_part, styles.finish()?);
        Ok(Overlaid { bytes: package.finish()?, remarks })
    }
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
