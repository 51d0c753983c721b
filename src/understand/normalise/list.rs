//! A table that lists cases, row by row: every row is counted, or set aside with its reason.

use std::collections::BTreeSet;

use crate::book::sheet::{Place, RawRow};
use crate::book::text::fold;
use crate::field::caseload::{Case, CaseStatus, Entry, NotCounted, Repeat};
use crate::field::reading::{BlanksBelow, HeadedBy, Meaning, Reason, SetAside, SheetReading};
use crate::policy::Policies;
use crate::understand::normalise::aside::{aside, reason_aside};
use crate::understand::normalise::blanks::{blanks_below, fill_down};
use crate::understand::normalise::households::{self, Standing};
use crate::understand::normalise::line::{AllSeen, Line, Seen};
use crate::understand::normalise::names::WorkerName;
use crate::understand::normalise::people::People;
use crate::understand::normalise::reader::{Close, Reader};
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::teams::TeamNames;
use crate::understand::normalise::totals::check_totals;
use crate::understand::normalise::whose::Holder;

/// Reads the rows of a table that lists cases; what blank worker cells mean in it.
pub fn read<'a>(
    reader: &Reader<'a>,
    reading: &mut SheetReading,
    names: &TeamNames,
    people: &mut People,
    seen: &mut AllSeen,
) -> BlanksBelow {
    rows_above(reader, reading);
    let (mut lines, totals) = lines(reader, reading, people);
    let above = RawRow { index: reader.table.header, ..RawRow::default() };
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
    let cases = lines.iter().filter(|line| line.is_case).map(|line| line.row);
    let households_alone = households::are_alone(reader, cases);
    let mut list = List {
        reader,
        reading,
        names,
        people,
        seen,
        blanks,
        households_alone,
        above: None,
        asked: BTreeSet::new(),
        counted: Vec::new(),
        close: Vec::new(),
    };
    lines.iter().for_each(|line| list.take(line));
    list.end(totals);
    blanks
}

/// A totals row, and the first row that it is about.
type Totals<'a> = Vec<(&'a RawRow, u32)>;

/// The rows that may be a case or name a worker; the others are set aside.
fn lines<'a>(reader: &Reader<'a>, reading: &mut SheetReading, people: &mut People) -> (Vec<Line<'a>>, Totals<'a>) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut totals: Totals<'_> = Vec::new();
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
        match line(reader, row, heads, people) {
            Ok(line) => lines.push(line),
            Err(reason) => reading.set_aside.push(aside(index, reason)),
        }
    }
    (lines, totals)
}

/// A row as a line; why it is set aside where something stands in a column we use, and neither a child nor a
/// worker is named. `heads` of a row that heads the rows below it.
fn line<'a>(reader: &Reader<'a>, row: &'a RawRow, heads: bool, people: &mut People) -> Result<Line<'a>, Reason> {
    let holder = reader.holder(row);
    let is_case = !heads && reader.is_case(row);
    // A name that stands elsewhere makes no case of a row that says nothing of one.
    let own_name = heads || reader.table.column(Meaning::Worker).is_some();
    let may_be_case = !is_case && !heads && reader.may_be_case(row);
    let nobody = !matches!(holder, Holder::Named(..));
    if !is_case && (nobody || (!own_name && !may_be_case)) {
        return Err(if heads || row.cells.len() == 1 { Reason::Heading } else { Reason::Unreadable });
    }
    let team = match reader.text(row, Meaning::Team) {
        Entry::Given(text, place) => Some((text, place)),
        _ => None,
    };
    let area = reader.text(row, Meaning::Area).given().cloned();
    let mut line = Line { row, holder, team, area, is_case, may_be_case, doubtful: false };
    if let Holder::Named(name, place) = &mut line.holder {
        people.resolve(name, *place);
        if let Some((team, at)) = &line.team {
            people.team_written(&name.key, reader.position, team, *at);
        }
    }
    Ok(line)
}

/// A table's lines while they are taken in.
struct List<'l, 'a, 'p> {
    reader: &'l Reader<'a>,
    reading: &'l mut SheetReading,
    names: &'l TeamNames,
    people: &'l mut People<'p>,
    seen: &'l mut AllSeen,
    /// What a blank worker cell means here.
    blanks: BlanksBelow,
    /// Households are known by name alone, and nothing says how many children they have.
    households_alone: bool,
    /// Team and worker last named.
    above: Option<(String, String)>,
    /// Workers of whom it has been asked how many children their households have.
    asked: BTreeSet<String>,
    /// Rows counted, with the children of each.
    counted: Vec<(u32, u32)>,
    close: Close,
}

impl<'a> List<'_, 'a, '_> {
    /// Takes in a line: its team and worker, and its case.
    fn take(&mut self, line: &Line<'a>) {
        let (reader, key) = (self.reader, line.worker());
        let headed = reader.table.headed(line.row.index).map(|headed| &headed.by);
        if let (Some(HeadedBy::Unclear(cell)), Some((team, worker))) = (headed, &self.above) {
            // What heads these rows may name the next worker, or nobody.
            self.people.unclear_below(team, worker, Place { sheet: reader.position, cell: *cell });
        }
        let team = self.names.of_line(line, self.people.said_of_team(key, reader.position), reader);
        let team = self.people.team(&team, reader.table);
        if let Holder::Named(name, place) = &line.holder {
            self.mention(line, &team, name, *place);
        }
        if line.is_case {
            self.case(line, &team);
        } else if line.row.index > reader.table.header {
            // A worker's name above their children, or a worker without any.
            self.reading.set_aside.push(aside(line.row.index, Reason::Heading));
        }
    }

    /// What a line says of the worker whom it names.
    fn mention(&mut self, line: &Line<'a>, team: &str, name: &WorkerName, place: Place) {
        if self.reader.get(line.row, place.cell.column).1.cell.row != line.row.index {
            self.reading.merged_read.push(place.cell);
        }
        let facts = self.reader.facts(line.row, &mut self.close);
        let holds = line.is_case && !is_co_worked(self.reader, line.row);
        self.people.mention(team, name, place, facts, holds);
        self.above = Some((team.to_string(), name.key.clone()));
    }

    /// Counts the children of a line, or sets it aside.
    fn case(&mut self, line: &Line<'a>, team: &str) {
        let (reader, key) = (self.reader, line.worker());
        let mut standing = self.children(line, team);
        standing.children.retain(|case| !is_closed(case, reader.policies));
        if standing.children.is_empty() {
            self.reading.set_aside.push(aside(line.row.index, Reason::Closed));
            return;
        }
        self.doubts(line, team);
        let co_worker = is_co_worked(reader, line.row) && key.is_some();
        let (mut children, mut repeats) = (0, None);
        for (nth, case) in standing.children.into_iter().enumerate() {
            match self.repeated(line, &case, nth, team, co_worker) {
                Some(first) => repeats = repeats.or(Some(first)),
                None => {
                    children += 1;
                    self.people.add_case(team, key, co_worker, case, reader);
                }
            }
        }
        if children == 0 {
            self.reading.set_aside.push(SetAside { row: line.row.index, reason: Reason::Duplicate, of: repeats });
            return;
        }
        if let (Some(unknown), Some(worker), false) = (standing.not_counted, key, co_worker) {
            self.people.not_counted(team, worker, unknown);
        }
        self.reading.several.extend(standing.several);
        self.reading.row_totals.extend(standing.row_totals);
        self.reading.rows_counted += 1;
        self.counted.push((line.row.index, children));
        if line.row.hidden {
            self.reading.hidden_rows.push(line.row.index);
        }
    }

    /// The children that a line stands for.
    fn children(&mut self, line: &Line<'a>, team: &str) -> Standing {
        let area = self.people.area(team);
        let mut case = self.reader.case(line.row, area, &mut self.close);
        case.co_workers.extend(self.reader.helpers(line.row));
        let household = case.household.place().filter(|_| self.households_alone);
        let mut standing = households::children(self.reader, line.row, case);
        if let (Some(at), [_], None) = (household, standing.children.as_slice(), &standing.not_counted)
            && self.asked.insert(line.worker().unwrap_or_default().to_string())
        {
            standing.not_counted = Some(NotCounted { at, text: String::new(), blank: true });
        }
        standing
    }

    /// Asks whose the line is, where a blank cell does not say.
    fn doubts(&mut self, line: &Line<'_>, team: &str) {
        if let (Holder::Blank(place), BlanksBelow::CannotTell, Some((team, worker))) =
            (&line.holder, self.blanks, &self.above)
        {
            self.people.unclear_below(team, worker, *place);
        }
        if let (true, Some(worker)) = (line.doubtful, line.worker()) {
            let column = self.reader.table.column(Meaning::Worker).unwrap_or(0);
            self.people.unclear_below(team, worker, self.reader.place(line.row.index, column));
        }
    }

    /// The place of the child that this one repeats, which what it says is joined to; else it is remembered.
    fn repeated(&mut self, line: &Line<'_>, case: &Case, nth: usize, team: &str, co_worker: bool) -> Option<Place> {
        let key = line.worker();
        let identity = identity(self.reader, line.row, case, nth, key, co_worker)?;
        if let Some(first) = self.seen.get(&identity) {
            let joined = self.people.join(first, case);
            self.people.repeat(first, Repeat { place: case.place, joined });
            return Some(first.place);
        }
        let index = self.people.count(team, key, co_worker);
        let (team, worker) = (team.to_string(), key.map(str::to_string));
        self.seen.insert(identity, Seen { place: case.place, team, worker, co_worker, index });
        None
    }

    /// Holds the totals against the rows that they are about, once all are read.
    fn end(self, totals: Totals<'_>) {
        for (row, since) in totals {
            self.reading.totals.extend(check_totals(self.reader, row, since, &self.counted));
        }
        self.reading.close_words.extend(self.close);
        note_cells(self.reader, self.reading);
    }
}

/// Whether the row's worker is its co-worker.
fn is_co_worked<'a>(reader: &Reader<'a>, row: &'a RawRow) -> bool {
    match reader.text(row, Meaning::Holding) {
        Entry::Given(text, _) => reader.words.is_co_worker(&text) == Some(true),
        _ => false,
    }
}

/// Closed by a word, or by an end date on or before the as-of date.
pub fn is_closed(case: &Case, policies: &Policies) -> bool {
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
    match &case.who.child {
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
