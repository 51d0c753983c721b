//! One workbook from cells to caseload: the stages in their order, without files or threads.

use crate::caseload::Caseload;
use crate::normalise::{RosterRow, normalise};
use crate::policy::Policies;
use crate::recognise::recognise;
use crate::sheet::RawBook;
use crate::words::Words;

/// Recognises the sheets of a workbook and turns them into teams.
///
/// `stem` is the file's name without ending; `roster` holds the rows of a roster given beside it.
pub fn understand(book: &RawBook, stem: &str, words: &Words, policies: &Policies, roster: &[RosterRow]) -> Caseload {
    normalise(book, recognise(book, words), stem, words, policies, roster)
}
