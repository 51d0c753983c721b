//! One workbook from cells to ratings, and back: the stages in their order, without files or threads.

use crate::book::overlay::{self, Overlaid};
use crate::book::page::Page;
use crate::book::read::{Format, Spreadsheet, Unreadable};
use crate::book::sheet::{RawBook, Value};
use crate::book::{pages as written, value_copy};
use crate::field::caseload::Caseload;
use crate::field::elsewhere::Elsewhere;
use crate::field::judged::Judged;
use crate::field::plan::{Aside, Plan};
use crate::judge::score::score;
use crate::judge::validate::{View, validate};
use crate::manager::annotate::{Book, annotate, pages};
use crate::manager::sheet_names::SheetNames;
use crate::policy::Policies;
use crate::understand::normalise::{RosterRow, normalise, planned};
use crate::understand::recognise::recognise;
use crate::understand::words::Words;

/// What reads a file's cells, given the file's name without ending: [`Spreadsheet::cells`], or the same in a process of
/// its own.
pub type Cells<'a> = &'a dyn Fn(&mut Spreadsheet<'_>, &str) -> Result<RawBook, Unreadable>;

/// A workbook as opened.
pub struct Opened {
    /// The format, told by its content.
    pub format: Format,
    /// Its sheets; those that an earlier run added are known and left unread.
    pub book: RawBook,
    /// It carries our marker: an earlier run wrote it.
    pub ours: bool,
    /// What the manager typed on the action plan of an earlier run.
    pub plan: Plan,
}

/// Reads a file's bytes.
///
/// # Errors
///
/// As [`Spreadsheet::open`].
pub fn open(bytes: &[u8], stem: &str, cells: Cells<'_>) -> Result<Opened, Unreadable> {
    let mut file = Spreadsheet::open(bytes)?;
    let format = file.format();
    let mut book = cells(&mut file, stem)?;
    let mut source = overlay::Source::of(file).ok();
    for (at, page) in source.as_ref().map(overlay::Source::marked).unwrap_or_default() {
        if let Some(sheet) = book.sheets.get_mut(at) {
            sheet.marked = Some(page);
        }
    }
    let mut plan = Plan::default();
    let mut ours = source.as_ref().is_some_and(overlay::Source::is_ours);
    for (at, sheet) in book.sheets.iter_mut().enumerate() {
        sheet.ours |= sheet.marked.is_some();
        ours |= sheet.ours;
        if sheet.ours {
            if sheet.marked == Some(SheetNames::ACTION_PLAN) {
                plan = planned(sheet);
                // Notes on cells are told of by the package alone.
                let notes = source.as_mut().map(|source| source.notes_on(at)).unwrap_or_default();
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
    Ok(Opened { format, book, ours, plan })
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
    let file = Spreadsheet::open(bytes).map_err(|error| error.why)?;
    let format = file.format();
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
        let refusal = match overlay::Source::of(file) {
            Ok(source) => {
                let mut pages = pages(&book);
                if source.counts_from_1904() {
                    pages.iter_mut().for_each(Page::count_from_1904);
                }
                let added = written::workbook(&pages, &imprint).map_err(|error| error.to_string())?;
                match source.overlaid(&annotation, &added) {
                    Ok(Overlaid { bytes, remarks }) => return Ok(Annotated { bytes, copy: false, remarks }),
                    Err(refusal) => refusal,
                }
            }
            Err(refusal) => refusal,
        };
        remarks.push(format!("a copy of its values is given instead of the workbook itself: {refusal}"));
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
