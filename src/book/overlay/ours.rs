//! Which sheets are ours: told by names hidden in the workbook, which follow a sheet when it is renamed.

use std::collections::BTreeMap;

use crate::book::marker::marked as marked_as;

use super::book::{self, Book, Name};

/// Our sheets: the position of each, and which of ours it is, counted from nought.
///
/// A sheet that two of our names lead to is the one that the first says.
pub(super) fn marked(book: &Book) -> BTreeMap<usize, usize> {
    let mut sheets = BTreeMap::new();
    for name in &book.names {
        if let (Some(at), Some(page)) = (lead(book, name), marked_as(&name.name)) {
            sheets.entry(at).or_insert(page);
        }
    }
    sheets
}

// The position of the sheet that a name of ours leads to.
fn lead(book: &Book, name: &Name) -> Option<usize> {
    let sheet = book::sheet_of(&name.formula).filter(|_| is_marker(name))?;
    book.position(&sheet)
}

/// Which sheets (by position) are ours; `None` where the workbook carries no marker at all.
pub(super) fn ours(book: &Book) -> Option<Vec<usize>> {
    let mut marked = false;
    let mut sheets = Vec::new();
    for name in book.names.iter().filter(|name| is_marker(name)) {
        marked = true;
        sheets.extend(lead(book, name));
    }
    sheets.sort_unstable();
    sheets.dedup();
    marked.then_some(sheets)
}

/// Whether a name of the whole workbook is one that marks a sheet of ours.
pub(super) fn is_marker(name: &Name) -> bool {
    name.local.is_none() && marked_as(&name.name).is_some()
}
