//! A row of a list as it is first read: whose it is, and whether it is a case.

use std::collections::BTreeMap;

use crate::book::sheet::{Place, RawRow};
use crate::understand::normalise::whose::Holder;

/// A row that was read.
pub struct Line<'a> {
    pub row: &'a RawRow,
    pub holder: Holder,
    pub team: Option<(String, Place)>,
    pub area: Option<String>,
    pub is_case: bool,
    /// A case, if the sheet has no rows that head a worker's children.
    pub may_be_case: bool,
    /// The holder was filled down across a row that could not be read.
    pub doubtful: bool,
}

impl<'a> Line<'a> {
    /// A row that names a worker, and no case.
    pub fn of_worker(row: &'a RawRow, holder: Holder) -> Self {
        Self { row, holder, team: None, area: None, is_case: false, may_be_case: false, doubtful: false }
    }

    /// The key of the worker who holds it.
    pub fn worker(&self) -> Option<&str> {
        match &self.holder {
            Holder::Named(name, _) => Some(&name.key),
            _ => None,
        }
    }
}

/// Where a child stood before, to tell duplicates.
pub struct Seen {
    pub place: Place,
    pub team: String,
    pub worker: Option<String>,
    pub co_worker: bool,
    pub index: usize,
}

/// Children seen so far, by what two rows must share to be one.
pub type AllSeen = BTreeMap<String, Seen>;
