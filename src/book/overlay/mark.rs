//! The marks of a sheet: fills on its cells, and notes.

use std::collections::BTreeMap;

use crate::book::annotation::{Annotation, Tone};
use crate::book::sheet::CellRef;
use crate::book::text::fitting;

use super::book::Book;
use super::cells::Sheet;
use super::draft::Draft;
use super::fill::fill;
use super::styles::Styles;
use super::xml::Edits;
use super::{Refusal, WORKSHEET_TYPE, carry, notes};

/// What is put on the cells of a sheet.
type Marks = BTreeMap<CellRef, (Option<Tone>, Vec<String>)>;

/// Marks by the position their sheet has once ours are gone.
pub fn by_sheet(annotation: &Annotation, ours: &[usize]) -> BTreeMap<usize, Marks> {
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

/// Puts marks on a sheet, given by its position; gives a sentence about those that were left out.
pub fn mark(
    package: &mut Draft<'_>,
    book: &Book,
    at: usize,
    marks: Marks,
    styles: &mut Styles,
) -> Result<Option<String>, Refusal> {
    let tab = book.sheets.get(at).filter(|tab| tab.kind == WORKSHEET_TYPE);
    let Some((tab, part)) = tab.and_then(|tab| Some((tab, tab.part.as_ref()?))) else {
        return Ok(Some(format!("the marks for tab {} were left out, because it holds no cells", at + 1)));
    };
    let sheet = Sheet::read(package.needed(part)?)?;
    let mut anchored = Marks::new();
    for (cell, (tone, notes)) in marks {
        add(&mut anchored, sheet.anchor(cell), tone, notes.into_iter());
    }
    let mut edits = Edits::default();
    let tones = anchored.iter().filter_map(|(cell, (tone, _))| Some((*cell, (*tone)?))).collect();
    fill(&sheet, &tones, styles, &mut edits)?;
    let notes: BTreeMap<CellRef, String> = anchored
        .into_iter()
        .filter(|(_, (_, notes))| !notes.is_empty())
        .map(|(cell, (_, notes))| (cell, fitting(&notes.join("\n"))))
        .collect();
    let mut remark = None;
    if !notes.is_empty() {
        let to = notes::Target { part, sheet: &sheet, office: book.office(), namespace: carry::namespace(book.strict) };
        let left_out = notes::add(package, &to, &notes, &mut edits)?;
        if left_out > 0 {
            let notes = if left_out == 1 { "1 note was".to_string() } else { format!("{left_out} notes were") };
            remark = Some(format!(
                "on sheet `{}` {notes} left out, because there is a comment of another kind on the cell",
                tab.name
            ));
        }
    }
    if !edits.is_empty() {
        package.write(part, edits.apply(&sheet.text));
    }
    Ok(remark)
}
