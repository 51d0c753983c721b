//! The manager's workbook opened: what it says of itself before it is overlaid.

use std::collections::BTreeMap;

use crate::book::read::Spreadsheet;
use crate::book::sheet::CellRef;

use super::book::Book;
use super::draft::Draft;
use super::ours::{marked, ours};
use super::{Refusal, notes};

/// A workbook that is opened to be overlaid.
pub struct Source<'a> {
    pub(super) draft: Draft<'a>,
    pub(super) book: Book,
}

impl<'a> Source<'a> {
    /// The workbook in a file that is opened already.
    ///
    /// # Errors
    ///
    /// It is of a format that cannot be overlaid, or not whole.
    pub fn of(file: Spreadsheet<'a>) -> Result<Self, Refusal> {
        let annotated = file.format().is_annotated();
        let package = file.into_package().filter(|_| annotated);
        Self::read(Draft::of(package.ok_or_else(|| Refusal("it is not a workbook".into()))?)?)
    }

    /// Opens a workbook.
    ///
    /// # Errors
    ///
    /// As [`Source::of`].
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Self::read(Draft::open(bytes)?)
    }

    fn read(mut draft: Draft<'a>) -> Result<Self, Refusal> {
        let book = Book::read(&mut draft)?;
        Ok(Self { draft, book })
    }

    /// Whether it carries our marker, wherever that leads.
    pub fn is_ours(&self) -> bool {
        ours(&self.book).is_some()
    }

    /// Our sheets: the position of each, and which of ours it is, counted from nought.
    pub fn marked(&self) -> BTreeMap<usize, usize> {
        marked(&self.book)
    }

    /// Whether it counts its days from 1904, so that dates put into it have to be moved.
    pub fn counts_from_1904(&self) -> bool {
        let Book { root, text, .. } = &self.book;
        let set = root.child(text, "workbookPr").and_then(|properties| properties.value(text, "date1904"));
        set.is_some_and(|set| set == "1" || set == "true" || set == "on")
    }

    /// The notes that people put on the cells of a sheet, given by its position; none where they cannot be read.
    pub fn notes_on(&mut self, at: usize) -> Vec<(CellRef, String)> {
        let part = self.book.sheets.get(at).and_then(|tab| tab.part.as_ref());
        part.and_then(|part| notes::of_people(&mut self.draft, part).ok()).unwrap_or_default()
    }
}

/// Whether a workbook carries our marker, and which of its sheets (by position) are ours.
///
/// A copy that a manager makes of one of our sheets is theirs: only names of the whole workbook count.
pub fn marker(source: &[u8]) -> Option<Vec<usize>> {
    ours(&Source::open(source).ok()?.book)
}
