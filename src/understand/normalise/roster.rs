//! Rosters and tables of counts: rows that are workers.

use std::collections::BTreeMap;

use crate::book::sheet::{Place, RawBook, RawRow};
use crate::book::text::fold;
use crate::field::caseload::{ELSEWHERE, Entry, ServiceArea};
use crate::field::reading::{Layout, Meaning, Reason, SetAside, SheetReading, SheetState};
use crate::policy::Policies;
use crate::understand::normalise::Around;
use crate::understand::normalise::aside::{aside, reason_aside};
use crate::understand::normalise::facts::Facts;
use crate::understand::normalise::names::WorkerName;
use crate::understand::normalise::parts;
use crate::understand::normalise::reader::{Close, Reader};
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::teams::{self, Several, TeamName, TeamNames};
use crate::understand::normalise::whose::Holder;
use crate::understand::normalise::worker_counts::{self, RowCounts};
use crate::understand::words::Words;

/// A row of a roster: a worker and what it says of them.
#[derive(Debug, Clone)]
pub struct RosterRow {
    pub(super) name: WorkerName,
    pub(super) place: Place,
    pub(super) team: Option<(String, Place)>,
    pub(super) area: Option<ServiceArea>,
    pub(super) area_from: &'static str,
    pub(super) facts: Facts,
    /// How many children the row counts, where its table counts them.
    pub(super) counts: Option<RowCounts>,
    /// The roster serves several workbooks: who is on it alone may hold cases in another.
    pub(super) shared: bool,
}

/// What the rosters and tables of counts of a workbook hold.
#[derive(Debug, Default)]
pub(super) struct Rostered {
    pub(super) rows: Vec<RosterRow>,
    /// Children that a table counts for nobody, with the team they stand in.
    pub(super) nobodys: Vec<(Option<TeamName>, RowCounts)>,
}

impl RosterRow {
    /// The team the row names, as it is compared.
    pub fn team_key(&self) -> Option<String> {
        self.team.as_ref().map(|(team, _)| fold(team))
    }

    /// The worker's name as it is compared.
    pub fn worker_key(&self) -> &str {
        &self.name.key
    }

    fn move_elsewhere(&mut self) {
        self.place.sheet = ELSEWHERE;
        if let Some((_, place)) = &mut self.team {
            place.sheet = ELSEWHERE;
        }
        self.facts.move_elsewhere();
        if let Some(counts) = &mut self.counts {
            counts.move_elsewhere();
        }
    }
}

/// The rows of a workbook's roster sheets and tables of counts.
pub(super) fn read_rosters(
    book: &RawBook,
    readings: &mut [SheetReading],
    around: Around<'_>,
    words: &Words,
    policies: &Policies,
) -> Rostered {
    let mut rostered = Rostered::default();
    let whole = parts::Part::default();
    for (position, (sheet, reading)) in book.sheets.iter().zip(readings).enumerate() {
        if reading.state != SheetState::Read || reading.aside.is_some() {
            continue;
        }
        let tables = std::mem::take(&mut reading.tables);
        let of_sheet = tables.iter().filter(|table| table.layout.holds_cases()).count();
        for table in tables.iter().filter(|table| matches!(table.layout, Layout::Roster | Layout::RowPerWorker)) {
            let part = sheet.within(table.area);
            let part_of = around.parts.get(position).unwrap_or(&whole);
            let several = Several { sheets: around.sheets, tables: of_sheet > 1 };
            let names = TeamNames::new(sheet, table, around.stem, several, part_of, words);
            read_roster(&Reader::new(&part, table, position, words, policies), &names, reading, &mut rostered);
        }
        reading.tables = tables;
        reading.tidy();
    }
    rostered
}

/// A roster while its rows are read.
struct Reading<'r, 'a> {
    reader: &'r Reader<'a>,
    names: &'r TeamNames,
    reading: &'r mut SheetReading,
    rostered: &'r mut Rostered,
    /// The table counts each worker's children.
    counts: bool,
    last_team: Option<(String, Place)>,
    sums: worker_counts::Sums,
    /// Rows seen, by all that they say.
    seen: BTreeMap<String, Place>,
    close: Close,
}

fn read_roster(reader: &Reader<'_>, names: &TeamNames, reading: &mut SheetReading, rostered: &mut Rostered) {
    rows_above(reader, reading);
    let counts = reader.table.layout == Layout::RowPerWorker;
    let (last_team, sums, seen, close) = Default::default();
    let mut roster = Reading { reader, names, reading, rostered, counts, last_team, sums, seen, close };
    for (index, row) in rows_below(reader.sheet, reader.table) {
        roster.reading.rows_read += 1;
        let taken = match row {
            Some(row) => roster.take(row),
            None => Err(aside(index, Reason::Blank)),
        };
        if let Err(set_aside) = taken {
            roster.reading.set_aside.push(set_aside);
        }
    }
    let close = roster.close;
    note_cells(reader, reading);
    reading.close_words.extend(close);
}

impl<'a> Reading<'_, 'a> {
    /// Takes in a row: a worker, or children that a table counts for nobody; else why it is set aside.
    fn take(&mut self, row: &'a RawRow) -> Result<(), SetAside> {
        let reader = self.reader;
        if let Some(reason) = reason_aside(reader, row) {
            if self.counts && reason == Reason::Totals {
                self.reading.totals.extend(self.sums.check(reader, row));
            }
            return Err(aside(row.index, reason));
        }
        let (team, own_area) = self.team(row);
        // Children are counted where they stand; a roster's workers belong where their children are.
        let around = if self.counts { self.names.around(team.as_ref(), own_area, reader.words) } else { None };
        let holder = reader.holder(row);
        let (Holder::Named(_, place) | Holder::Nobody(place) | Holder::Blank(place)) = holder;
        let blank = matches!(holder, Holder::Blank(_));
        let mut row_totals = Vec::new();
        let counts = self.counts.then(|| RowCounts::read(reader, row, place, &mut row_totals));
        match holder {
            Holder::Named(name, place) => {
                self.first_time(row, place)?;
                let facts = reader.facts(row, &mut self.close);
                let (team, area, area_from) = match around {
                    Some(TeamName { name, place, area, area_from }) => (Some((name, place)), area, area_from),
                    None => (team, own_area, "the roster"),
                };
                let shared = false;
                self.rostered.rows.push(RosterRow { name, place, team, area, area_from, facts, counts, shared });
            }
            // A vacant post, or a team's name above its workers.
            Holder::Nobody(_) | Holder::Blank(_) => match counts.filter(|counts| counts.not_counted.is_empty()) {
                Some(_) if self.sums.add_up_to(reader, row) => return Err(aside(row.index, Reason::Totals)),
                Some(counts) => self.rostered.nobodys.push((around, counts)),
                None => {
                    let heads = row.cells.len() == 1 && blank;
                    return Err(aside(row.index, if heads { Reason::Heading } else { Reason::Unreadable }));
                }
            },
        }
        self.reading.rows_counted += 1;
        if self.counts && row.hidden {
            self.reading.hidden_rows.push(row.index);
        }
        self.reading.row_totals.extend(row_totals);
        self.sums.add(reader, row);
        Ok(())
    }

    /// The row's team, which may be written once above its workers, and a service area of its own.
    fn team(&mut self, row: &'a RawRow) -> (Option<(String, Place)>, Option<ServiceArea>) {
        let team = self.reader.text(row, Meaning::Team);
        if let Entry::Given(text, place) = &team {
            self.last_team = Some((text.clone(), *place));
        }
        let own_area = match self.reader.text(row, Meaning::Area) {
            Entry::Given(text, _) => teams::one_area(self.reader.words, &text),
            _ => None,
        };
        let team = match team {
            Entry::NoColumn => None,
            _ => self.last_team.clone(),
        };
        (team, own_area)
    }

    /// Counts stated twice in the same words count once.
    fn first_time(&mut self, row: &'a RawRow, place: Place) -> Result<(), SetAside> {
        if !self.counts {
            return Ok(());
        }
        let whole = self.reader.whole_row(row);
        if let Some(first) = self.seen.get(&whole) {
            return Err(SetAside { row: row.index, reason: Reason::Duplicate, of: Some(*first) });
        }
        self.seen.insert(whole, place);
        Ok(())
    }
}

/// The rows of every roster sheet of a file given as roster; `shared` where it serves several workbooks.
pub fn roster_of(
    book: &RawBook,
    readings: &mut [SheetReading],
    words: &Words,
    policies: &Policies,
    shared: bool,
) -> Vec<RosterRow> {
    let mut rows = read_rosters(book, readings, Around { stem: "", sheets: false, parts: &[] }, words, policies).rows;
    for row in &mut rows {
        row.move_elsewhere();
        row.shared = shared;
    }
    rows
}
