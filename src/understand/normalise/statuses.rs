//! What a row says of its child's status and of proceedings, over all the columns that tell.

use std::collections::BTreeSet;

use crate::book::sheet::{CellRef, Place, RawRow};
use crate::book::text::fold;
use crate::field::caseload::{CaseStatus, Entry, Proceedings, ServiceArea};
use crate::field::reading::{ColumnReading, HowRead, Layout, Meaning};
use crate::policy::Policy;
use crate::understand::normalise::cells;
use crate::understand::normalise::reader::{Close, Reader, note_close, once};
use crate::understand::words::{Found, ProceedingsWord, StatusWord};

/// Words not understood beside others of the same meaning that were: what the column means, the text, the cell.
pub type Unclear = Vec<(Meaning, String, Place)>;

/// What the status and proceedings cells of a row say together.
pub struct Standing {
    /// Statuses; of several cells those of all.
    pub status: Entry<BTreeSet<CaseStatus>>,
    /// Proceedings, those that a status cell names among them.
    pub proceedings: Entry<BTreeSet<Proceedings>>,
    /// A word that hints at care proceedings and is no proof of them.
    pub hint: Option<Place>,
    /// What was not understood beside something that was.
    pub also_unclear: Unclear,
}

/// What has been gathered so far of a row.
#[derive(Default)]
struct Gathered {
    statuses: BTreeSet<CaseStatus>,
    proceedings: BTreeSet<Proceedings>,
    hint: Option<Place>,
    also_unclear: Unclear,
}

impl<'a> Reader<'a> {
    /// What the row's cells for status and proceedings say, in a team of this service area.
    pub fn standing(&self, row: &'a RawRow, area: Option<ServiceArea>, close: &mut Close) -> Standing {
        let mut said = Gathered::default();
        let mut status = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::Status) {
            let read = self.status_cell(row, column, area, &mut said, close);
            status = said.merge(status, read, Meaning::Status);
        }
        for column in self.table.columns_of(Meaning::TickedStatus) {
            let read = self.ticked_cell(row, column, &mut said);
            status = said.merge(status, read, Meaning::Status);
        }
        let mut court = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::Proceedings) {
            let read = self.proceedings_cell(row, column, &mut said);
            court = said.merge(court, read, Meaning::Proceedings);
        }
        for column in self.table.columns_of(Meaning::PrivateProceedings) {
            let read = self.private_cell(row, column, &mut said);
            court = said.merge(court, read, Meaning::PrivateProceedings);
        }
        // Proceedings named in the status cell are known even where no column asks for them.
        if let (false, Some(place)) = (said.proceedings.is_empty(), status.place()) {
            if let Entry::Unclear(text, at) = &court {
                said.also_unclear.push((Meaning::Proceedings, text.clone(), *at));
            }
            if court.given().is_none() {
                court = Entry::Given((), place);
            }
        }
        let hint = said.hint.filter(|_| !said.proceedings.contains(&Proceedings::Care));
        Standing {
            status: status.map(|()| said.statuses.clone()),
            proceedings: court.map(|()| said.proceedings.clone()),
            hint,
            also_unclear: said.also_unclear,
        }
    }

    fn status_cell(
        &self,
        row: &'a RawRow,
        column: &ColumnReading,
        area: Option<ServiceArea>,
        said: &mut Gathered,
        close: &mut Close,
    ) -> Entry<()> {
        let cell = self.text_at(row, column.column);
        let Entry::Given(text, place) = cell else { return cell.map(|_| ()) };
        let doubt = once(&self.met.ambiguous, &text, || self.words.ambiguous_status(&text));
        // In leaving care CL is a care leaver.
        let by_area = doubt == Some(CaseStatus::CareLeaver.label()) && area == Some(ServiceArea::LeavingCare);
        let doubt = doubt.filter(|_| !by_area).map(|label| (place.cell, label));
        self.met.doubts.borrow_mut().extend(doubt);
        if let Some(found) = once(&self.met.statuses, &text, || self.statuses(&text)) {
            for word in found {
                note_close(close, place, &word.how);
                said.add(word.means, place);
            }
            return Entry::Given((), place);
        }
        if fold(&text).is_empty() {
            return Entry::Blank(place);
        }
        let known = self.words.statuses_in_part(&text);
        for word in &known {
            said.add(word.means, place);
        }
        if known.iter().any(|word| word.means != StatusWord::Nothing) {
            said.also_unclear.push((Meaning::Status, text, place));
            Entry::Given((), place)
        } else {
            Entry::Unclear(text, place)
        }
    }

    fn ticked_cell(&self, row: &'a RawRow, column: &ColumnReading, said: &mut Gathered) -> Entry<()> {
        let cell = self.text_at(row, column.column);
        let Entry::Given(text, place) = cell else { return cell.map(|_| ()) };
        match (self.ticks(&column.heading, &text), self.words.ticked_status(&column.heading)) {
            (Some(true), Some(named)) => {
                said.statuses.insert(named);
                if self.words.ambiguous_status(&column.heading).is_some() {
                    let heading = CellRef::new(self.table.header, column.column);
                    self.met.doubts.borrow_mut().push((heading, named.label()));
                }
                Entry::Given((), place)
            }
            // What is not ticked is not said to be anything.
            (Some(false), _) => Entry::Blank(place),
            _ => Entry::Unclear(text, place),
        }
    }

    fn proceedings_cell(&self, row: &'a RawRow, column: &ColumnReading, said: &mut Gathered) -> Entry<()> {
        let cell = self.text_at(row, column.column);
        let Entry::Given(text, place) = cell else { return cell.map(|_| ()) };
        let Some(all) = self.proceedings(&text) else {
            return if fold(&text).is_empty() { Entry::Blank(place) } else { Entry::Unclear(text, place) };
        };
        for word in all {
            match word {
                ProceedingsWord::Care => _ = said.proceedings.insert(Proceedings::Care),
                ProceedingsWord::Private => _ = said.proceedings.insert(Proceedings::Private),
                ProceedingsWord::Hint => said.hint = Some(place),
                ProceedingsWord::None => {}
            }
        }
        Entry::Given((), place)
    }

    fn private_cell(&self, row: &'a RawRow, column: &ColumnReading, said: &mut Gathered) -> Entry<()> {
        let cell = self.text_at(row, column.column);
        let Entry::Given(text, place) = cell else { return cell.map(|_| ()) };
        let yes = match (self.words.tick(&text), self.proceedings(&text)) {
            (Some(yes), _) => yes,
            (None, Some(all)) => all.contains(&ProceedingsWord::Private) || all.contains(&ProceedingsWord::Care),
            (None, None) => return Entry::Unclear(text, place),
        };
        if yes {
            said.proceedings.insert(Proceedings::Private);
        }
        Entry::Given((), place)
    }

    /// The statuses of a text; on list 6 of Annex A a letter may stand for one.
    fn statuses(&self, text: &str) -> Option<Vec<Found<StatusWord>>> {
        let lettered = || {
            let means = self.words.status_letter(text).filter(|_| self.table.layout == Layout::AnnexAList6)?;
            Some(vec![Found { means, how: HowRead::Listed }])
        };
        lettered().or_else(|| self.words.statuses(text))
    }

    /// The status cells' text, where a chosen policy tells kinds of case apart by their words.
    pub fn status_written(&self, row: &'a RawRow) -> String {
        let by_words = |policy: &Policy| policy.kinds.iter().any(|kind| !kind.words.is_empty());
        if !self.policies.chosen.iter().any(by_words) {
            return String::new();
        }
        let cells = self.table.columns_of(Meaning::Status).map(|column| self.text_at(row, column.column));
        let texts: Vec<String> = cells.filter_map(|cell| cell.given().cloned()).collect();
        texts.join(" / ")
    }

    /// Whether a cell ticks the status of its heading, or repeats it; `None` where it says neither yes nor no.
    fn ticks(&self, heading: &str, text: &str) -> Option<bool> {
        let repeats = || (self.words.ticked_status(text)? == self.words.ticked_status(heading)?).then_some(true);
        self.words.tick(text).or_else(repeats)
    }

    /// The statuses and proceedings that a text names, as far as they are known.
    pub fn status_words(&self, text: &str) -> (BTreeSet<CaseStatus>, BTreeSet<Proceedings>) {
        let mut said = Gathered::default();
        let all = self.statuses(text).unwrap_or_else(|| self.words.statuses_in_part(text));
        let nowhere = self.place(self.table.header, 0);
        for word in all {
            said.add(word.means, nowhere);
        }
        (said.statuses, said.proceedings)
    }

    fn proceedings(&self, text: &str) -> Option<Vec<ProceedingsWord>> {
        if let Some(word) = self.words.proceedings(text) {
            return Some(vec![word]);
        }
        // "Issued 3/4/25", "ICO March 2025": the day says nothing of the kind.
        if let Some(word) = cells::without_day(text).and_then(|rest| self.words.proceedings(&rest)) {
            return Some(vec![word]);
        }
        let parts: Vec<&str> = text.split(['/', '+', ';', ',', '&', '\n', '-', '–', '(', ')']).map(str::trim).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            return None;
        }
        parts.into_iter().map(|part| self.words.proceedings(part)).collect()
    }
}

impl Gathered {
    /// Adds what a word of a status cell says.
    fn add(&mut self, word: StatusWord, place: Place) {
        match word {
            StatusWord::Status(status) => _ = self.statuses.insert(status),
            StatusWord::Care => _ = self.proceedings.insert(Proceedings::Care),
            StatusWord::Private => _ = self.proceedings.insert(Proceedings::Private),
            StatusWord::Hint => self.hint = Some(place),
            StatusWord::Nothing => {}
        }
    }

    /// Joins what two columns of one meaning say; what one of them leaves unclear beside a clear one is kept aside.
    fn merge(&mut self, one: Entry<()>, other: Entry<()>, meaning: Meaning) -> Entry<()> {
        match (one, other) {
            (Entry::NoColumn, entry) | (entry, Entry::NoColumn) => entry,
            (Entry::Blank(_), entry) | (entry, Entry::Blank(_)) => entry,
            (Entry::Given((), place), Entry::Unclear(text, at))
            | (Entry::Unclear(text, at), Entry::Given((), place)) => {
                self.also_unclear.push((meaning, text, at));
                Entry::Given((), place)
            }
            (Entry::Unclear(text, at), Entry::Unclear(second, place)) => {
                self.also_unclear.push((meaning, second, place));
                Entry::Unclear(text, at)
            }
            (given, Entry::Given(..)) => given,
        }
    }
}
