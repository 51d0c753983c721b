//! Sheets and how they are read, turned into teams and workers; every value keeps its cell.

mod annex_a;
mod cells;
mod fte;
mod holders;
mod households;
mod names;
mod parts;
mod people;
mod plan;
mod points_form;
mod rows;
mod tasks_form;
mod teams;
mod time_form;
mod together;
mod worker_counts;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::sheet::{CellRef, Place, RawBook, RawRow, RawSheet, Value};
use crate::book::text::fold;
use crate::field::caseload::{Case, CaseStatus, Caseload, ELSEWHERE, Entry, NotCounted, Repeat, ServiceArea};
use crate::field::reading::{
    BlanksBelow, HeadedBy, Layout, Meaning, Reason, SetAside, SheetReading, SheetState, TableReading,
};
use crate::policy::Policies;
use crate::understand::words::Words;

pub use plan::{dated, planned};

use holders::Known;
use names::WorkerName;
use people::People;
use rows::{Facts, Holder, Line, Reader, aside, check_totals, reason_aside};
use teams::{Several, TeamName, TeamNames};
use worker_counts::RowCounts;

/// A row of a roster: a worker and what it says of them.
#[derive(Debug, Clone)]
pub struct RosterRow {
    name: WorkerName,
    place: Place,
    team: Option<(String, Place)>,
    area: Option<ServiceArea>,
    area_from: &'static str,
    facts: Facts,
    /// How many children the row counts, where its table counts them.
    counts: Option<RowCounts>,
    /// The roster serves several workbooks: who is on it alone may hold cases in another.
    shared: bool,
}

/// What the rosters and tables of counts of a workbook hold.
#[derive(Debug, Default)]
struct Rostered {
    rows: Vec<RosterRow>,
    /// Children that a table counts for nobody, with the team they stand in.
    nobodys: Vec<(Option<TeamName>, RowCounts)>,
}

/// Turns a workbook's sheets into teams, given how each sheet is to be read.
///
/// `stem` is the file's name without ending; `roster` holds the rows of a roster given beside it.
/// Rows read = rows counted + rows set aside, for every sheet.
pub fn normalise(
    book: &RawBook,
    readings: Vec<SheetReading>,
    stem: &str,
    words: &Words,
    policies: &Policies,
    roster: &[RosterRow],
) -> Caseload {
    let mut readings = readings;
    let sheets = readings.iter().filter(|reading| reading.holds_cases()).count() > 1;
    // Beside lists of children a table of counts is a summary: its sheet's name alone names no team.
    let lists = readings.iter().any(|reading| reading.tables.iter().any(|table| table.layout.lists_cases()));
    let parts = parts::parts(book, &readings, words, policies);
    let around = Around { stem, sheets: sheets && !lists, parts: &parts };
    let rostered = read_rosters(book, &mut readings, around, words, policies);
    let mut roster_rows = rostered.rows;
    roster_rows.extend(roster.iter().cloned());

    let known = known_workers(book, &readings, &roster_rows, words, policies);
    let mut people = People::new(&roster_rows, policies);
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    let mut order: Vec<usize> = (0..book.sheets.len()).collect();
    // A young person on both lists of Annex A is a child of list 6.
    order.sort_by_key(|at| readings[*at].layout() == Layout::AnnexAList9);
    for position in order {
        let (sheet, reading) = (&book.sheets[position], &mut readings[position]);
        if reading.state != SheetState::Read {
            continue;
        }
        if reading.aside.is_some() {
            set_aside_whole(sheet, reading);
            continue;
        }
        // A reader borrows its table while the sheet's reading is filled in.
        let mut tables = std::mem::take(&mut reading.tables);
        let of_sheet = tables.iter().filter(|table| table.layout.holds_cases()).count();
        for table in tables.iter_mut().filter(|table| table.layout.lists_cases()) {
            let part = sheet.within(table.area);
            let names =
                TeamNames::new(sheet, table, stem, Several { sheets, tables: of_sheet > 1 }, &parts[position], words);
            let reader = Reader::new(&part, table, position, words, policies).knowing(&known);
            if table.layout == Layout::PointsForm {
                points_form::read(&reader, reading, &names, &mut people);
                continue;
            }
            table.blanks_below = read_caseload(&reader, reading, &names, &mut people, &mut seen);
        }
        reading.tables = tables;
        reading.tidy();
    }
    read_forms(book, &mut readings, Around { stem, sheets, parts: &parts }, words, policies, &mut people);
    annex_a::join(book, &mut readings, &mut people, words, policies);
    let has_caseload = readings.iter().any(SheetReading::holds_cases);
    let fallback = TeamNames::of_file(stem, words);
    let teams = if has_caseload { people.into_teams(&readings, &rostered.nobodys, &fallback) } else { Vec::new() };
    Caseload { sheets: readings, teams }
}

/// The forms that list no children, once every list of children is read: their workers are those listed there.
fn read_forms(
    book: &RawBook,
    readings: &mut [SheetReading],
    around: Around<'_>,
    words: &Words,
    policies: &Policies,
    people: &mut People,
) {
    for (position, (sheet, reading)) in book.sheets.iter().zip(readings).enumerate() {
        if reading.state != SheetState::Read || reading.aside.is_some() {
            continue;
        }
        let tables = std::mem::take(&mut reading.tables);
        let of_sheet = tables.iter().filter(|table| table.layout.holds_cases()).count();
        for table in tables.iter().filter(|table| table.layout == Layout::TasksForm) {
            let part = sheet.within(table.area);
            let several = Several { sheets: around.sheets, tables: of_sheet > 1 };
            let names = TeamNames::new(sheet, table, around.stem, several, &around.parts[position], words);
            let reader = Reader::new(&part, table, position, words, policies);
            tasks_form::read(&reader, reading, &names, people);
        }
        for table in tables.iter().filter(|table| table.layout == Layout::TimeForm) {
            let part = time_form::in_hours_as_shown(sheet, table);
            let several = Several { sheets: around.sheets, tables: tables.len() > 1 };
            for whole in time_form::of_workers(table) {
                let names = TeamNames::new(sheet, &whole.table, around.stem, several, &around.parts[position], words);
                let reader = Reader::new(&part, &whole.table, position, words, policies);
                time_form::read(&reader, whole.column, reading, &names, people);
            }
            time_form::account(&Reader::new(&part, table, position, words, policies), reading);
        }
        reading.tables = tables;
        reading.tidy();
    }
}

/// Sets every row of a sheet aside for the one reason that holds for all of it.
fn set_aside_whole(sheet: &RawSheet, reading: &mut SheetReading) {
    let Some((reason, _)) = reading.aside.clone() else { return };
    for table in &reading.tables {
        for (index, row) in rows_below(&sheet.within(table.area), table) {
            reading.rows_read += 1;
            reading.set_aside.push(aside(index, if row.is_some() { reason } else { Reason::Blank }));
        }
    }
}

/// What the workbook and the roster say of who is a worker, to tell two names in a cell from one.
fn known_workers(
    book: &RawBook,
    readings: &[SheetReading],
    roster: &[RosterRow],
    words: &Words,
    policies: &Policies,
) -> Known {
    let (mut workers, mut teams) = (BTreeSet::new(), BTreeSet::new());
    for (position, (sheet, reading)) in book.sheets.iter().zip(readings).enumerate() {
        if reading.state != SheetState::Read || reading.aside.is_some() {
            continue;
        }
        for table in reading.tables.iter().filter(|table| table.layout.holds_cases()) {
            let part = sheet.within(table.area);
            let reader = Reader::new(&part, table, position, words, policies);
            for row in rows_below(&part, table).filter_map(|(_, row)| row) {
                if let Entry::Given(text, _) = reader.worker_text(row) {
                    workers.insert(text);
                }
                if let Entry::Given(text, _) = reader.text(row, Meaning::Team) {
                    teams.insert(text);
                }
            }
        }
    }
    let rostered = roster.iter().filter_map(|row| row.team.as_ref());
    teams.extend(rostered.map(|(team, _)| team.clone()));
    Known::new(&workers, roster.iter().map(RosterRow::worker_key), &teams, words, policies)
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

/// The workers of a shared roster that no workbook lists, as teams of their own, at load 0.
pub fn roster_alone(rows: &[RosterRow], stem: &str, words: &Words, policies: &Policies) -> Caseload {
    let rows: Vec<RosterRow> = rows.iter().cloned().map(|row| RosterRow { shared: false, ..row }).collect();
    let teams = People::new(&rows, policies).into_teams(&[], &[], &TeamNames::of_file(stem, words));
    Caseload { sheets: Vec::new(), teams }
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

/// The rows of a table below its header; `None` for one that holds nothing.
fn rows_below<'a>(sheet: &'a RawSheet, table: &TableReading) -> impl Iterator<Item = (u32, Option<&'a RawRow>)> {
    let header = table.header;
    let start = sheet.rows.partition_point(|row| row.index <= header);
    let end = sheet.rows.partition_point(|row| row.index <= table.area.last.row).max(start);
    let mut next = header + 1;
    // Blank rows in front of the next table are rows of this one.
    let last = sheet.rows[start..end].last().map_or(header, |row| row.index);
    let behind = (last + 1..table.area.last.row.max(last) + 1).map(|index| (index, None));
    let rows = sheet.rows[start..end].iter().flat_map(move |row| {
        let gap = next..row.index;
        next = row.index + 1;
        gap.map(|index| (index, None)).chain([(row.index, Some(row))])
    });
    rows.chain(behind)
}

/// The titles and headings of a table that stands below another are rows below a header too.
fn rows_above(reader: &Reader<'_>, reading: &mut SheetReading) {
    if !reader.table.below_another {
        return;
    }
    for index in reader.table.area.first.row..=reader.table.header {
        reading.rows_read += 1;
        let blank = reader.sheet.row(index).is_none();
        reading.set_aside.push(aside(index, if blank { Reason::Blank } else { Reason::Heading }));
    }
}

/// What a workbook says of the teams on its sheets.
struct Around<'a> {
    /// The file's name without ending.
    stem: &'a str,
    /// Several sheets hold cases, each of a team of its own.
    sheets: bool,
    parts: &'a [parts::Part],
}

/// The rows of a workbook's roster sheets and tables of counts.
fn read_rosters(
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

fn read_roster(reader: &Reader<'_>, names: &TeamNames, reading: &mut SheetReading, rostered: &mut Rostered) {
    let has_counts = reader.table.layout == Layout::RowPerWorker;
    let mut close = Vec::new();
    let mut last_team = None;
    let mut sums = worker_counts::Sums::default();
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    rows_above(reader, reading);
    for (index, row) in rows_below(reader.sheet, reader.table) {
        reading.rows_read += 1;
        let Some(row) = row else {
            reading.set_aside.push(aside(index, Reason::Blank));
            continue;
        };
        if let Some(reason) = reason_aside(reader, row) {
            if has_counts && reason == Reason::Totals {
                reading.totals.extend(sums.check(reader, row));
            }
            reading.set_aside.push(aside(index, reason));
            continue;
        }
        let team = reader.text(row, Meaning::Team);
        if let Entry::Given(text, place) = &team {
            last_team = Some((text.clone(), *place));
        }
        let own_area = match reader.text(row, Meaning::Area) {
            Entry::Given(text, _) => teams::one_area(reader.words, &text),
            _ => None,
        };
        let team = match team {
            Entry::NoColumn => None,
            Entry::Given(text, place) => Some((text, place)),
            // A team written once above its workers.
            Entry::Blank(_) | Entry::Unclear(..) => last_team.clone(),
        };
        // Children are counted where they stand; a roster's workers belong where their children are.
        let around = if has_counts { names.around(team.as_ref(), own_area, reader.words) } else { None };
        let holder = reader.holder(row);
        let (Holder::Named(_, place) | Holder::Nobody(place) | Holder::Blank(place)) = holder;
        let blank = matches!(holder, Holder::Blank(_));
        let mut row_totals = Vec::new();
        let counts = has_counts.then(|| RowCounts::read(reader, row, place, &mut row_totals));
        match holder {
            Holder::Named(name, place) => {
                let whole = has_counts.then(|| reader.whole_row(row));
                if let Some(first) = whole.as_ref().and_then(|whole| seen.get(whole)).copied() {
                    reading.set_aside.push(SetAside { row: index, reason: Reason::Duplicate, of: Some(first) });
                    continue;
                }
                seen.extend(whole.map(|whole| (whole, place)));
                let facts = reader.facts(row, &mut close);
                let (team, area, area_from) = match around {
                    Some(TeamName { name, place, area, area_from }) => (Some((name, place)), area, area_from),
                    None => (team, own_area, "the roster"),
                };
                rostered.rows.push(RosterRow { name, place, team, area, area_from, facts, counts, shared: false });
            }
            // A vacant post, or a team's name above its workers.
            Holder::Nobody(_) | Holder::Blank(_) => match counts.filter(|counts| counts.not_counted.is_empty()) {
                Some(_) if sums.add_up_to(reader, row) => {
                    reading.set_aside.push(aside(index, Reason::Totals));
                    continue;
                }
                Some(counts) => rostered.nobodys.push((around, counts)),
                None => {
                    let heads = row.cells.len() == 1 && blank;
                    let reason = if heads { Reason::Heading } else { Reason::Unreadable };
                    reading.set_aside.push(aside(index, reason));
                    continue;
                }
            },
        }
        reading.rows_counted += 1;
        if has_counts && row.hidden {
            reading.hidden_rows.push(index);
        }
        reading.row_totals.extend(row_totals);
        sums.add(reader, row);
    }
    note_cells(reader, reading);
    reading.close_words.extend(close);
}

/// Where a child stood before, to tell duplicates.
struct Seen {
    place: Place,
    team: String,
    worker: Option<String>,
    co_worker: bool,
    index: usize,
}

/// Reads the rows of a table that holds cases; what blank worker cells mean in it.
fn read_caseload<'a>(
    reader: &Reader<'a>,
    reading: &mut SheetReading,
    names: &TeamNames,
    people: &mut People,
    seen: &mut BTreeMap<String, Seen>,
) -> BlanksBelow {
    rows_above(reader, reading);
    let above = RawRow { index: reader.table.header, ..RawRow::default() };
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut totals: Vec<(&RawRow, u32)> = Vec::new();
    let mut since = reader.table.header + 1;
    for (index, row) in rows_below(reader.sheet, reader.table) {
        reading.rows_read += 1;
        let Some(row) = row else {
            reading.set_aside.push(aside(index, Reason::Blank));
            continue;
        };
        let heads = reader.table.headed(index).is_some_and(|headed| headed.row == index);
        if let Some(reason) = reason_aside(reader, row).filter(|_| !heads) {
            if reason == Reason::Totals {
                totals.push((row, since));
                since = index + 1;
            }
            reading.set_aside.push(aside(index, reason));
            continue;
        }
        let holder = reader.holder(row);
        let is_case = !heads && reader.is_case(row);
        // A name that stands elsewhere makes no case of a row that says nothing of one.
        let own_name = heads || reader.table.column(Meaning::Worker).is_some();
        let may_be_case = !is_case && !heads && reader.may_be_case(row);
        let nobody = !matches!(holder, Holder::Named(..));
        if !is_case && (nobody || (!own_name && !may_be_case)) {
            // Something stands in a column we use, and neither a child nor a worker is named.
            let reason = if heads || row.cells.len() == 1 { Reason::Heading } else { Reason::Unreadable };
            reading.set_aside.push(aside(index, reason));
            continue;
        }
        let team = match reader.text(row, Meaning::Team) {
            Entry::Given(text, place) => Some((text, place)),
            _ => None,
        };
        let area = match reader.text(row, Meaning::Area) {
            Entry::Given(text, _) => Some(text),
            _ => None,
        };
        let mut line = Line { row, holder, team, area, is_case, may_be_case, doubtful: false };
        if let Holder::Named(name, place) = &mut line.holder {
            people.resolve(name, *place);
            if let Some((team, at)) = &line.team {
                people.team_written(&name.key, reader.position, team, *at);
            }
        }
        lines.push(line);
    }
    if reader.table.whose.is_some() && !lines.iter().any(|line| line.is_case || line.may_be_case) {
        // Whose table it is, is known without any case.
        let mut holder = reader.holder(&above);
        if let Holder::Named(name, place) = &mut holder {
            people.resolve(name, *place);
            lines.push(Line::of_worker(&above, holder));
        }
    }
    // A list made for others has every cell filled that can be.
    let blanks = if reader.table.layout.is_annex_a() { BlanksBelow::Unallocated } else { blanks_below(&lines) };
    fill_down(&mut lines, reader, reading, blanks);
    if blanks != BlanksBelow::FillDown {
        lines.iter_mut().for_each(|line| line.is_case |= line.may_be_case);
    }

    let mut close = Vec::new();
    let mut counted: Vec<(u32, u32)> = Vec::new();
    let mut above: Option<(String, String)> = None;
    let cases = lines.iter().filter(|line| line.is_case).map(|line| line.row);
    let households_alone = households::are_alone(reader, cases);
    let mut told: BTreeSet<String> = BTreeSet::new();
    for line in &lines {
        let key = match &line.holder {
            Holder::Named(name, _) => Some(name.key.clone()),
            _ => None,
        };
        if let (Some(HeadedBy::Unclear(cell)), Some((team, worker))) =
            (reader.table.headed(line.row.index).map(|headed| &headed.by), &above)
        {
            // What heads these rows may name the next worker, or nobody.
            people.unclear_below(team, worker, Place { sheet: reader.position, cell: *cell });
        }
        let team = names.of_line(line, key.as_deref(), people, reader);
        let team_key = people.team(&team, reader.table);
        let area = people.area(&team_key);
        if let Holder::Named(name, place) = &line.holder {
            if reader.get(line.row, place.cell.column).1.cell.row != line.row.index {
                reading.merged_read.push(place.cell);
            }
            let facts = reader.facts(line.row, &mut close);
            let holds = line.is_case && !is_co_worked(reader, line.row);
            people.mention(&team_key, name, *place, facts, holds);
            above = Some((team_key.clone(), name.key.clone()));
        }
        if !line.is_case {
            // A worker's name above their children, or a worker without any.
            if line.row.index > reader.table.header {
                reading.set_aside.push(aside(line.row.index, Reason::Heading));
            }
            continue;
        }
        let mut case = reader.case(line.row, area, &mut close);
        case.co_workers.extend(reader.helpers(line.row));
        let household = case.household.place().filter(|_| households_alone);
        let mut standing = households::children(reader, line.row, case);
        if let (Some(at), [_], None) = (household, standing.children.as_slice(), &standing.not_counted)
            && told.insert(key.clone().unwrap_or_default())
        {
            standing.not_counted = Some(NotCounted { at, text: String::new(), blank: true });
        }
        standing.children.retain(|case| !is_closed(case, reader.policies));
        if standing.children.is_empty() {
            reading.set_aside.push(aside(line.row.index, Reason::Closed));
            continue;
        }
        if let (Holder::Blank(place), BlanksBelow::CannotTell, Some((team, worker))) = (&line.holder, blanks, &above) {
            people.unclear_below(team, worker, *place);
        }
        if let (true, Some(worker)) = (line.doubtful, &key) {
            let column = reader.table.column(Meaning::Worker).unwrap_or(0);
            people.unclear_below(&team_key, worker, reader.place(line.row.index, column));
        }
        let co_worker = is_co_worked(reader, line.row) && key.is_some();
        let (mut children, mut repeats) = (0, None);
        for (nth, case) in standing.children.into_iter().enumerate() {
            if let Some(identity) = identity(reader, line.row, &case, nth, key.as_deref(), co_worker) {
                if let Some(first) = seen.get(&identity) {
                    let joined = people.join(first, &case);
                    people.repeat(first, Repeat { place: case.place, joined });
                    repeats = repeats.or(Some(first.place));
                    continue;
                }
                let index = people.count(&team_key, key.as_deref(), co_worker);
                let entry = Seen { place: case.place, team: team_key.clone(), worker: key.clone(), co_worker, index };
                seen.insert(identity, entry);
            }
            children += 1;
            people.add_case(&team_key, key.as_deref(), co_worker, case, reader);
        }
        if children == 0 {
            reading.set_aside.push(SetAside { row: line.row.index, reason: Reason::Duplicate, of: repeats });
            continue;
        }
        if let (Some(unknown), Some(worker), false) = (standing.not_counted, &key, co_worker) {
            people.not_counted(&team_key, worker, unknown);
        }
        reading.several.extend(standing.several);
        reading.row_totals.extend(standing.row_totals);
        reading.rows_counted += 1;
        counted.push((line.row.index, children));
        if line.row.hidden {
            reading.hidden_rows.push(line.row.index);
        }
    }
    for (row, since) in totals {
        reading.totals.extend(check_totals(reader, row, since, &counted));
    }
    reading.close_words.extend(close);
    note_cells(reader, reading);
    blanks
}

/// Whether the row's worker is its co-worker.
fn is_co_worked<'a>(reader: &Reader<'a>, row: &'a RawRow) -> bool {
    match reader.text(row, Meaning::Holding) {
        Entry::Given(text, _) => reader.words.is_co_worker(&text) == Some(true),
        _ => false,
    }
}

/// Closed by a word, or by an end date on or before the as-of date.
fn is_closed(case: &Case, policies: &Policies) -> bool {
    case.has(CaseStatus::Closed)
        || case.dates.iter().any(|(meaning, date)| {
            *meaning == Meaning::Closed && date.given().is_some_and(|date| *date <= policies.as_of)
        })
}

/// What two rows must share to be one child held once; `None` where the row cannot be told from another.
///
/// `nth` tells the children of one row apart.
fn identity(
    reader: &Reader<'_>,
    row: &RawRow,
    case: &Case,
    nth: usize,
    worker: Option<&str>,
    co_worker: bool,
) -> Option<String> {
    let holder = format!("{} {co_worker}", worker.unwrap_or("?"));
    let carer = case.subject.name();
    match &case.child {
        Entry::Given(key, _) => Some(format!("{holder} {carer} {key}")),
        _ => {
            // Without a reference only a row that repeats another in every used column is one child;
            // initials alone may be two.
            let named = reader.table.columns_of(Meaning::ChildName).any(|column| {
                row.value(column.column).is_some_and(|value| {
                    let text = fold(&value.text());
                    text.split(' ').filter(|word| word.chars().count() > 1).count() >= 2
                })
            });
            // A household's reference tells it from another; the same row again is the same children.
            let referred = households::counts(reader.table) && !case.household_written.is_empty();
            if !named && !referred {
                return None;
            }
            Some(format!("{} {holder} {carer} {nth} {}", reader.position, reader.whole_row(row)))
        }
    }
}

/// What blank worker cells below a name mean on this sheet (domain section 10).
fn blanks_below(lines: &[Line<'_>]) -> BlanksBelow {
    let mut below_a_name = 0usize;
    let mut below_a_heading = 0usize;
    let mut cases = 0usize;
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut above = None;
    for line in lines {
        match &line.holder {
            Holder::Named(name, _) => {
                above = Some(line.is_case);
                if line.is_case {
                    *uses.entry(&name.key).or_default() += 1;
                }
            }
            Holder::Nobody(_) => above = None,
            Holder::Blank(_) => {
                if let Some(is_case) = above {
                    below_a_name += 1;
                    below_a_heading += usize::from(!is_case);
                }
            }
        }
        cases += usize::from(line.is_case);
    }
    if below_a_name == 0 {
        return BlanksBelow::Unallocated;
    }
    if below_a_name * 2 > cases || below_a_heading == below_a_name {
        return BlanksBelow::FillDown;
    }
    // Where no name is ever written twice and a good share is blank, both readings are likely.
    let never_twice = uses.len() >= 2 && uses.values().all(|count| *count == 1);
    if never_twice && below_a_name * 4 >= cases { BlanksBelow::CannotTell } else { BlanksBelow::Unallocated }
}

fn fill_down(lines: &mut [Line<'_>], reader: &Reader<'_>, reading: &SheetReading, blanks: BlanksBelow) {
    if blanks != BlanksBelow::FillDown {
        return;
    }
    // A row that could not be read and says something below the worker's heading may name the next one.
    let column = reader.table.column(Meaning::Worker).unwrap_or(0);
    let unread = reading.set_aside.iter().filter(|row| row.reason == Reason::Unreadable).map(|row| row.row);
    let mut unread = unread.filter(|row| reader.sheet.value(CellRef::new(*row, column)).is_some()).peekable();
    let mut above: Option<Holder> = None;
    let mut doubtful = false;
    for line in lines {
        while unread.next_if(|row| *row < line.row.index).is_some() {
            doubtful = true;
        }
        match &line.holder {
            Holder::Named(..) | Holder::Nobody(_) => {
                above = Some(line.holder.clone());
                doubtful = false;
            }
            Holder::Blank(_) => {
                if let Some(holder) = &above {
                    line.holder = holder.clone();
                    line.doubtful = doubtful;
                }
            }
        }
    }
}

/// Notes cells in used columns that hold an error, a formula without result, or a date whose century we supply.
fn note_cells(reader: &Reader<'_>, reading: &mut SheetReading) {
    reading.ambiguous.extend(reader.ambiguous());
    let used: BTreeSet<u32> = reader.table.columns.iter().map(|column| column.column).collect();
    let dated = reader.table.columns.iter().filter(|column| column.meaning.is_date());
    let dated: BTreeSet<u32> = dated.map(|column| column.column).collect();
    let as_of = reader.policies.as_of;
    let start = reader.sheet.rows.partition_point(|row| row.index <= reader.table.header);
    for row in &reader.sheet.rows[start..] {
        for cell in row.cells.iter().filter(|cell| used.contains(&cell.column)) {
            let place = CellRef::new(row.index, cell.column);
            match &cell.value {
                Value::Error(error) => reading.error_values.push((place, error.to_string())),
                Value::NoResult => reading.without_result.push(place),
                value if dated.contains(&cell.column) && cells::has_short_year(value, as_of) => {
                    reading.short_years.push(place);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::caseload::{Level, Proceedings, Role, Stage, StageFrom, Worker};
    use crate::testing::book;
    use crate::understand::recognise::recognise;

    fn read(text: &str) -> Caseload {
        let words = Words::built_in();
        let policies = Policies::built_in(jiff::civil::date(2025, 9, 30)).unwrap();
        let book = book("Locality", text);
        let caseload =
            normalise(&book, recognise(&book, "file", &words, policies.as_of), "file", &words, &policies, &[]);
        for sheet in &caseload.sheets {
            assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
        }
        caseload
    }

    fn worker<'a>(caseload: &'a Caseload, name: &str) -> &'a Worker {
        caseload.workers().map(|(_, worker)| worker).find(|worker| worker.name == name).unwrap()
    }

    #[test]
    fn rows_are_counted_or_set_aside() {
        let caseload = read(
            "Child ID | Worker | Status
             1 | Ada | CP

             2 | Ada | Closed
             Child ID | Worker | Status
             1 | Ada | LAC
             3 |  | CIN
             4 | TBC | CIN
             Total | | 4",
        );
        let sheet = &caseload.sheets[0];
        assert_eq!(sheet.reasons(), "blank 1; heading 1; totals 1; duplicate 1; closed 1");
        assert_eq!((sheet.rows_read, sheet.rows_counted), (8, 3));
        let ada = worker(&caseload, "Ada");
        assert_eq!(ada.cases.len(), 1);
        assert!(ada.cases[0].has(CaseStatus::ChildProtection) && ada.cases[0].has(CaseStatus::InCare));
        assert_eq!(ada.cases[0].repeats.len(), 1);
        assert_eq!(caseload.teams[0].unallocated.len(), 2);
    }

    #[test]
    fn statuses_ticked_below_their_headings() {
        let caseload = read(
            "Child ID | Worker | Status | CIN | CP | LAC
             1 | Ada | | x | |
             2 | Ada | CIN | | ✓ | 1
             3 | Ada | | no | Yes | no
             4 | Ada | | | |
             Total | | | 1 | 2 | 1",
        );
        let team = &caseload.teams[0];
        let ada = worker(&caseload, "Ada");
        let held: Vec<Vec<CaseStatus>> =
            ada.cases.iter().map(|case| case.status.given().into_iter().flatten().copied().collect()).collect();
        use CaseStatus::{ChildInNeed, ChildProtection, InCare};
        let by_hand = [vec![ChildInNeed], vec![ChildInNeed, ChildProtection, InCare], vec![ChildProtection], vec![]];
        assert_eq!(held.iter().map(|of| of.len()).collect::<Vec<_>>(), [1, 3, 1, 0]);
        assert!(held.iter().zip(&by_hand).all(|(of, by_hand)| by_hand.iter().all(|status| of.contains(status))));
        let beside = crate::field::caseload::beside(team, ada);
        assert_eq!((beside.cp, beside.cioc), (Some(2), Some(1)));
        assert!(caseload.sheets[0].totals.is_empty());
    }

    #[test]
    fn a_move_told_by_a_repeated_row_alone_counts() {
        let caseload = read("Child ID | Worker | Status\n1 | Ada | CP\n1 | Ada | awaiting transfer");
        let team = &caseload.teams[0];
        assert_eq!(crate::field::caseload::beside(team, &team.workers[0]).awaiting_move, Some(1));
    }

    #[test]
    fn an_end_date_on_the_day_closes() {
        let caseload = read(
            "Child ID | Worker | End date
             1 | Ada | 30/09/2025
             2 | Ada | 01/10/2025
             3 | Ada | ongoing",
        );
        assert_eq!(worker(&caseload, "Ada").cases.len(), 2);
        assert_eq!(caseload.sheets[0].reasons(), "closed 1");
    }

    #[test]
    fn blank_cells_below_a_name() {
        let fill = read("Worker | Child ID\nAda | 1\n | 2\n | 3\nBen | 4\n | 5");
        assert_eq!(worker(&fill, "Ada").cases.len(), 3);
        assert_eq!(worker(&fill, "Ben").cases.len(), 2);
        let gap = read("Worker | Child ID\nAda | 1\nAda | 2\n | 3\nBen | 4\nBen | 5");
        assert_eq!(gap.teams[0].unallocated.len(), 1);
        let unclear = read("Worker | Child ID\nAda | 1\n | 2\nBen | 3\n | 4");
        assert_eq!(unclear.sheets[0].tables[0].blanks_below, BlanksBelow::CannotTell);
        assert!(worker(&unclear, "Ada").unclear_below.is_some());
    }

    #[test]
    fn names_of_many_words_head_their_children() {
        let long = read("Worker | Child ID\nAda | \n | 1\n | 2\nMaria del Carmen Lopez | \n | 3\n | 4");
        assert_eq!(worker(&long, "Ada").cases.len(), 2);
        assert_eq!(worker(&long, "Maria del Carmen Lopez").cases.len(), 2);
        // What cannot be read below a name may name the next worker: nobody is guessed.
        let note = read("Worker | Child ID\nAda | 1\n | 2\nsee the list of the other team | \n | 3\n | 4");
        assert!(worker(&note, "Ada").unclear_below.is_some());
        let aside =
            read("Worker | Child ID | Remark\nAda | 1\n | 2\n | | please check these with the panel\n | 3\n | 4");
        assert!(worker(&aside, "Ada").unclear_below.is_none());
    }

    #[test]
    fn a_row_that_only_ticks_or_only_an_unknown_column_tells_is_a_case() {
        let unknown = read("Worker | Kiddy | Status\nAda | Zed | CP\nAda | Yan |\nAda | Xan |");
        assert_eq!(worker(&unknown, "Ada").cases.len(), 3);
        let ticked = read("Worker | Child ID | Private proceedings\nAda | 1 |\nAda | | Yes\nBen | | No");
        assert_eq!(worker(&ticked, "Ada").cases.len(), 2);
        assert_eq!(worker(&ticked, "Ben").cases.len(), 0);
        assert_eq!(worker(&read("Worker | Child ID | Notes\nAda | 1 |\nBen | | no cases yet"), "Ben").cases.len(), 0);
    }

    #[test]
    fn totals_and_levels_are_told_apart() {
        let csv = read(
            "Child ID | Worker | Intervention\n1 | Ada | 2\n2 | Ada | 2\n3 | Ada | 2\nTotal | 3 |\n7 | | Average\n | | Average",
        );
        assert_eq!(csv.sheets[0].reasons(), "totals 1");
        assert_eq!(csv.teams[0].unallocated.len(), 2);
        assert_eq!(csv.sheets[0].totals.len(), 0);
        let wrong = read("Child ID | Worker\n1 | Ada\n2 | Ada\nTotal | 5");
        assert_eq!(wrong.sheets[0].totals.len(), 1);
    }

    #[test]
    fn what_stands_below_and_between_the_cases_is_none() {
        let caseload = read(
            "Child ID | Name | Status | Worker
             CHILD PROTECTION |
             1 | AB | CP | Ada
             2 | BC | CP | Ada
             Ada Count | 2 |
             LOOKED AFTER CHILDREN |
             3 | CD | LAC | Ben

             Key |
             CIN | Child in need |
             Signed: | | | A Manager
              | | Date: | Print name:",
        );
        assert_eq!(caseload.sheets[0].reasons(), "blank 1; heading 2; totals 1; unreadable 4");
        assert_eq!(worker(&caseload, "Ada").cases.len() + worker(&caseload, "Ben").cases.len(), 3);
        assert_eq!((caseload.workers().count(), caseload.teams[0].unallocated.len()), (2, 0));
        // A status below its own heading is the case's, whatever else is missing.
        let bare = read("Child ID | Status | Worker\n1 | CP | Ada\n | CP |");
        assert_eq!(bare.teams[0].unallocated.len(), 1);
    }

    #[test]
    fn repeated_rows_join_the_most_they_say() {
        let caseload = read(
            "Child ID | Household | Worker | Intervention | Additional
             1 |    | Ada | Low  |
             1 | F1 | Ada | High | 1
             2 | F1 | Ada | 3    | 2
             2 | F1 | Ada | Medium |",
        );
        let cases = &worker(&caseload, "Ada").cases;
        let levels: Vec<Option<&Level>> = cases.iter().map(|case| case.intervention.given()).collect();
        assert_eq!(levels, [Some(&Level::High), Some(&Level::Figure(3.into()))]);
        assert_eq!(cases[0].household.given().map(String::as_str), Some("f1"));
        assert_eq!(cases[0].household_written, "F1");
    }

    #[test]
    fn the_roster_tells_the_area_of_a_team_that_nothing_else_tells() {
        let text = "## Sheet1\nTeam | Child ID | Worker\nBlue | 1 | Ada\n## Staff\nName | Service area | FTE\nAda | Locality | 1";
        let caseload = read(text);
        assert_eq!((caseload.teams[0].area, caseload.teams[0].area_from), (Some(ServiceArea::Locality), "the roster"));
    }

    #[test]
    fn a_role_in_brackets_behind_the_name_is_read() {
        let caseload = read("Child ID | Worker\n1 | Sam Pole (Student)\n2 | Ada Heron (SW)\n3 | Ada Heron");
        assert_eq!(worker(&caseload, "Sam Pole").role, Role::Student);
        assert_eq!(worker(&caseload, "Ada Heron").cases.len(), 2);
    }

    #[test]
    fn a_worker_on_the_roster_alone_is_listed() {
        let caseload = read(
            "## Locality East
             Child ID | Worker
             1 | Heron, Ada
             ## Staff
             Name | Role | FTE | Stage
             Ada Heron | Social worker | 0.8 | 3+
             Ben Kite | ASYE | 1 | ",
        );
        let ada = worker(&caseload, "Heron, Ada");
        assert_eq!(ada.fte().unwrap().0.to_string(), "0.8");
        assert_eq!(ada.also_written.len(), 1);
        let ben = worker(&caseload, "Ben Kite");
        assert_eq!(
            (ben.role, ben.stage, ben.stage_from),
            (Role::Nqsw, Some(Stage::Nqsw0To6), StageFrom::AssumedFirstHalf)
        );
        assert_eq!(caseload.teams.len(), 1);
        assert_eq!(caseload.teams[0].area, Some(ServiceArea::Locality));
    }

    #[test]
    fn initials_are_resolved_by_a_single_match_alone() {
        let one = read("Child ID | Worker\n1 | A Heron\n## Staff\nName | FTE\nAda Heron | 1\nBen Heron | 1");
        assert_eq!(worker(&one, "Ada Heron").cases.len(), 1);
        let two = read("Child ID | Worker\n1 | A Heron\n## Staff\nName | FTE\nAda Heron | 1\nAnn Heron | 1");
        assert_eq!(worker(&two, "A Heron").cases.len(), 1);
        assert_eq!(worker(&two, "A Heron").resembles.len(), 2);
    }

    #[test]
    fn a_team_for_each_row_or_sheet() {
        let caseload = read(
            "Team | Child ID | Worker
             Assessment | 1 | Ada
             Locality West | 2 | Ada
             Locality West | 3 | Ben",
        );
        let names: Vec<_> = caseload.teams.iter().map(|team| (team.name.as_str(), team.area.unwrap())).collect();
        assert_eq!(names, [("Assessment", ServiceArea::Assessment), ("Locality West", ServiceArea::Locality)]);
        assert_eq!(caseload.teams[1].workers.len(), 2);
    }

    #[test]
    fn proceedings_from_any_cell() {
        let caseload = read(
            "Child ID | Worker | Status | Court
             1 | Ada | LAC and care proceedings |
             2 | Ada | LAC | Yes
             3 | Ada | CIN | private law
             4 | Ada | LAC | ICO
             5 | Ada | CP | PLO",
        );
        let cases = &worker(&caseload, "Ada").cases;
        let care: Vec<bool> = cases.iter().map(|case| case.in_proceedings(Proceedings::Care)).collect();
        assert_eq!(care, [true, true, false, false, false]);
        assert!(cases[2].in_proceedings(Proceedings::Private));
        assert!(cases[3].hint.is_some());
    }

    #[test]
    fn children_known_by_initials_are_never_merged() {
        let caseload = read("Initials | Worker | Status\nJS | Ada | CP\nJS | Ada | CP");
        assert_eq!(worker(&caseload, "Ada").cases.len(), 2);
    }

    #[test]
    fn a_sheet_for_each_worker() {
        let text = "## Ada Heron
             Team: Locality North
             FTE | 0.8
             Child ID | Status
             1 | CP
             2 | CIN

             Total | 2
             ## Ben Kite - June
             Child ID | Status
             3 | CP
             ## Cara Finch
             Child ID | Status
             ## Template
             Child ID | Status
             x | y";
        let caseload = read(text);
        let layouts: Vec<Layout> = caseload.sheets.iter().map(SheetReading::layout).collect();
        assert_eq!(
            layouts,
            [Layout::SheetPerWorker, Layout::SheetPerWorker, Layout::SheetPerWorker, Layout::None],
            "{:?}",
            caseload.sheets[3]
        );
        let ada = worker(&caseload, "Ada Heron");
        assert_eq!((ada.cases.len(), ada.fte().unwrap().0.to_string()), (2, "0.8".into()));
        assert_eq!(worker(&caseload, "Ben Kite").cases.len(), 1);
        assert_eq!(worker(&caseload, "Cara Finch").cases.len(), 0);
        assert_eq!(caseload.teams[0].name, "Locality North");
    }

    #[test]
    fn names_in_rows_above_the_cases() {
        let caseload = read(
            "Child ID | Status | FTE
             Ada Heron (0.8) |
             1 | CP
             2 | CIN
             Worker: Ben Kite | FTE | 0.6
             3 | CP
             Unallocated |
             4 | CP
             see the panel's list |
             5 | CP",
        );
        assert_eq!(worker(&caseload, "Ada Heron").cases.len(), 2);
        let ben = worker(&caseload, "Ben Kite");
        assert_eq!(ben.cases.len(), 1);
        assert!(ben.unclear_below.is_some());
        assert_eq!(caseload.teams[0].unallocated.len(), 2);
        assert_eq!(caseload.sheets[0].reasons(), "heading 4");
    }

    #[test]
    fn tables_one_below_another_and_side_by_side() {
        let below = read(
            "Locality South
             Child ID | Worker
             1 | Ada

             Locality West
             Worker | Child ID
             Ben | 2
             Ben | 3
             Total | 3",
        );
        let teams: Vec<&str> = below.teams.iter().map(|team| team.name.as_str()).collect();
        assert_eq!(teams, ["Locality South", "Locality West"]);
        assert_eq!(worker(&below, "Ben").cases.len(), 2);
        assert_eq!(below.sheets[0].reasons(), "blank 1; heading 2; totals 1");
        let beside = read(
            "Ada Heron | | | | Ben Kite
             Child ID | Status | DOB | | Child ID | Status | DOB
             1 | CP | 2015-01-01 | | 2 | CP | 2015-01-01
             3 | CP | 2015-01-01",
        );
        assert_eq!(worker(&beside, "Ada Heron").cases.len(), 2);
        assert_eq!(worker(&beside, "Ben Kite").cases.len(), 1);
    }

    #[test]
    fn households_whose_children_nobody_counts_leave_their_worker_unscored() {
        let alone = read("Family | Worker | Status\nSmith | Ada | CP\nJones | Ada | CIN\nMarsh | Ben | CP");
        assert_eq!(worker(&alone, "Ada").not_counted.len(), 1);
        assert_eq!(worker(&alone, "Ben").not_counted.len(), 1);
        // Siblings on rows of their own are children.
        let siblings = read("Family | Worker | Status\nF-1 | Ada | CP\nF-1 | Ada | CIN\nF-2 | Ben | CP");
        assert!(siblings.workers().all(|(_, worker)| worker.not_counted.is_empty()));
        let born = read("Family | DOB | Worker\nF-1 | 2015-01-01 | Ada\nF-2 | 2016-01-01 | Ada");
        assert!(worker(&born, "Ada").not_counted.is_empty());
    }
}
