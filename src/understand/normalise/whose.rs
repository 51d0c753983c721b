//! Whose row it is: the worker cell, or the row, block or sheet that it stands under.

use crate::book::sheet::{Place, RawRow, Value};
use crate::book::text::fold;
use crate::field::caseload::{Entry, WorkerSays};
use crate::field::reading::{HeadedBy, Layout, Meaning, Whose};
use crate::understand::normalise::holders::worker_cell;
use crate::understand::normalise::names::WorkerName;
use crate::understand::normalise::reader::{ReadCell, Reader, once};

/// Who a worker cell names.
#[derive(Debug, Clone, PartialEq)]
pub enum Holder {
    /// A person.
    Named(WorkerName, Place),
    /// Nothing is written.
    Blank(Place),
    /// Somebody wrote that nobody holds it, or the cell cannot be read.
    Nobody(Place),
}

impl<'a> Reader<'a> {
    /// Who holds the row.
    pub fn holder(&self, row: &'a RawRow) -> Holder {
        match self.worker_text(row) {
            Entry::NoColumn => Holder::Nobody(self.place(row.index, 0)),
            Entry::Blank(place) => Holder::Blank(place),
            Entry::Unclear(_, place) => Holder::Nobody(place),
            Entry::Given(text, place) => match self.worker_cell(&text) {
                Ok((name, ..)) => Holder::Named(name, place),
                Err(_) => Holder::Nobody(place),
            },
        }
    }

    /// The names in the worker cell beside the one who holds the row.
    pub fn helpers(&self, row: &'a RawRow) -> Vec<(String, Place)> {
        match self.worker_text(row) {
            Entry::Given(text, place) => match self.worker_cell(&text) {
                Ok((_, helpers, _)) => helpers.into_iter().map(|name| (name, place)).collect(),
                Err(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What kind of text stands in the worker cell.
    pub fn worker_says(&self, row: &'a RawRow) -> WorkerSays {
        let headed = self.table.headed(row.index).filter(|_| self.table.column(Meaning::Worker).is_none());
        match headed.map(|headed| &headed.by) {
            Some(HeadedBy::Nobody(_)) => return WorkerSays::Placeholder,
            Some(HeadedBy::Unclear(_)) => return WorkerSays::Name,
            _ => {}
        }
        match self.worker_text(row) {
            Entry::NoColumn | Entry::Blank(_) => WorkerSays::Blank,
            Entry::Unclear(..) => WorkerSays::Unreadable,
            Entry::Given(text, _) => match self.worker_cell(&text) {
                Ok((_, _, says)) | Err(says) => says,
            },
        }
    }

    /// The text that names the row's worker: that of its cell with its line breaks, behind a first
    /// name in a column of its own; without a column that of the row, block or sheet it stands under.
    pub fn worker_text(&self, row: &'a RawRow) -> Entry<String> {
        if let (None, Some(headed)) = (self.table.column(Meaning::Worker), self.table.headed(row.index)) {
            return match &headed.by {
                HeadedBy::Worker(whose, _) => self.whose(whose),
                HeadedBy::Nobody(at) | HeadedBy::Unclear(at) => {
                    Entry::Unclear(String::new(), Place { sheet: self.position, cell: *at })
                }
            };
        }
        if let (None, Some(whose)) = (self.table.column(Meaning::Worker), &self.table.whose) {
            return self.whose(whose);
        }
        let mut own = self.text(row, Meaning::Worker);
        // A care leaver without a social worker is their personal adviser's.
        let nobody = own.given().is_none_or(|text| self.words.is_unallocated(text));
        if nobody && self.table.layout == Layout::AnnexAList9 {
            let adviser = self.text(row, Meaning::CoWorker);
            own = if adviser.given().is_some_and(|text| !self.words.is_unallocated(text)) { adviser } else { own };
        }
        let Entry::Given(tidied, place) = own else { return own };
        let raw = self.sheet.value(place.cell).map_or(tidied, Value::text);
        let first = match self.text(row, Meaning::WorkerFirstName) {
            Entry::Given(first, _) if !self.words.is_unallocated(&first) => first,
            _ => return Entry::Given(raw, place),
        };
        let (folded, own) = (fold(&raw), fold(&first));
        let there = folded.split(' ').any(|word| own.split(' ').next() == Some(word));
        Entry::Given(if there || self.words.is_unallocated(&raw) { raw } else { format!("{first} {raw}") }, place)
    }

    /// The worker whose table, or block of rows, it is.
    fn whose(&self, whose: &Whose) -> Entry<String> {
        let cell = whose.at.unwrap_or(self.table.first_heading());
        Entry::Given(whose.name.clone(), Place { sheet: self.position, cell })
    }

    fn worker_cell(&self, text: &str) -> ReadCell {
        once(&self.met.holders, text, || worker_cell(text, self.known, self.words, self.policies))
    }
}
