//! One workbook from cells to ratings, and back: the stages in their order, without files or threads.

use crate::book::page::{Page, SheetNames};
use crate::book::read::{self, Format, Unreadable};
use crate::book::sheet::{RawBook, Value};
use crate::book::{overlay, pages as written, value_copy};
use crate::field::caseload::Caseload;
use crate::field::elsewhere::Elsewhere;
use crate::field::judged::Judged;
use crate::field::plan::{Aside, Plan};
use crate::judge::score::score;
use crate::judge::validate::{View, validate};
use crate::manager::annotate::{Book, annotate, pages};
use crate::policy::Policies;
use crate::understand::normalise::{RosterRow, normalise, planned};
use crate::understand::recognise::recognise;
use crate::understand::words::Words;

/// What reads a file's bytes into cells, given the file's name without ending: [`read::read`],
/// or the same in a process of its own.
pub type Cells<'a> = &'a dyn Fn(&[u8], &str) -> Result<(Format, RawBook), Unreadable>;

/// A workbook as opened.
pub struct Opened {
    /// The format, told by its content.
    pub format: Format,
    /// Its sheets; those that an earlier run added are known and left unread.
    pub book: RawBook,
    /// What the manager typed on the action plan of an earlier run.
    pub plan: Plan,
}

/// Reads a file's bytes.
///
/// # Errors
///
/// As [`read::read`].
pub fn open(bytes: &[u8], stem: &str, cells: Cells<'_>) -> Result<Opened, Unreadable> {
    let (format, mut book) = cells(bytes, stem)?;
    let mut plan = Plan::default();
    if format.is_annotated() {
        for (at, page) in overlay::marked(bytes) {
            if let Some(sheet) = book.sheets.get_mut(at) {
                (sheet.marked, sheet.ours) = (page, true);
            }
        }
    }
    for (at, sheet) in book.sheets.iter_mut().enumerate() {
        sheet.ours |= sheet.marked.is_some();
        if sheet.ours {
            if sheet.marked == Some(SheetNames::ACTION_PLAN) {
                plan = planned(sheet);
                // Notes on cells are told of by the package alone.
                let notes = if format.is_annotated() { overlay::notes_on(bytes, at) } else { Vec::new() };
                plan.asides.extend(notes.into_iter().map(|(cell, note)| Aside {
                    cell: format!("note on {cell}"),
                    beside: String::new(),
                    typed: Value::Text(note.into()),
                }));
            }
            sheet.rows.clear();
            sheet.unreadable = None;
        }
    }
    Ok(Opened { format, book, plan })
}

/// Recognises the sheets of a workbook and turns them into teams.
///
/// `stem` is the file's name without ending; `roster` holds the rows of a roster given beside it.
pub fn understand(book: &RawBook, stem: &str, words: &Words, policies: &Policies, roster: &[RosterRow]) -> Caseload {
    normalise(book, recognise(book, stem, words, policies.as_of), stem, words, policies, roster)
}

/// Checks and scores what was understood.
pub fn judge(file: &str, caseload: Caseload, policies: &Policies, elsewhere: &Elsewhere) -> Judged {
    let findings = validate(&View { caseload: &caseload, policies, elsewhere });
    let scored = score(&caseload, policies);
    Judged { file: file.to_string(), caseload, scored, findings, plan: Plan::default() }
}

/// An annotated workbook as bytes.
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// It is a copy of values, because the source cannot be annotated in place.
    pub copy: bool,
    /// What had to be done beside the marks, one sentence each.
    pub remarks: Vec<String>,
}

/// The manager's own workbook with marks and the added sheets, or a copy of its values.
///
/// # Errors
///
/// Neither can be written; the sentence says why.
pub fn annotated(
    bytes: &[u8],
    stem: &str,
    cells: Cells<'_>,
    judged: &Judged,
    policies: &Policies,
) -> Result<Annotated, String> {
    let format = read::format(bytes).map_err(|error| error.why)?;
    let theirs = judged.caseload.sheets.iter().filter(|sheet| !sheet.ours).map(|sheet| sheet.name.as_str());
    let names = SheetNames::beside(theirs);
    let annotation = annotate(&judged.caseload, &judged.scored, &judged.findings, &names);
    let imprint = policies.imprint(stem);
    let book = Book {
        file: &judged.file,
        caseload: &judged.caseload,
        scored: &judged.scored,
        findings: &judged.findings,
        plan: &judged.plan,
        policies,
        names: &names,
        copy_of_values: false,
        renamed: &[],
    };
    let mut remarks = Vec::new();
    if format.is_annotated() {
        let mut pages = pages(&book);
        if overlay::counts_from_1904(bytes) {
            pages.iter_mut().for_each(Page::count_from_1904);
        }
        let added = written::workbook(&pages, &imprint).map_err(|error| error.to_string())?;
        match overlay::overlay(bytes, &annotation, &added) {
            Ok(overlaid) => {
                return Ok(Annotated { bytes: overlaid.bytes, copy: false, remarks: overlaid.remarks });
            }
            Err(refusal) => {
                remarks.push(format!("a copy of its values is given instead of the workbook itself: {refusal}"))
            }
        }
    }
    let raw = open(bytes, stem, cells).map_err(|error| error.why)?.book;
    let renamed = value_copy::renamed(&raw, &names.all());
    let book = Book { copy_of_values: true, renamed: &renamed, ..book };
    let headings: Vec<Option<u32>> = judged.caseload.sheets.iter().map(|sheet| sheet.header()).collect();
    let source = value_copy::Source { book: &raw, headings: &headings, text_only: format == Format::Csv };
    let bytes =
        value_copy::workbook(source, &annotation, &pages(&book), &imprint).map_err(|error| error.to_string())?;
    Ok(Annotated { bytes, copy: true, remarks })
}
