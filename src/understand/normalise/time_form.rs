//! The lines of a time form: hours available, what is taken off them, and hours for each case.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::book::sheet::{CellRef, Place, RawCell, RawRow, RawSheet, ShownIn, Value};
use crate::book::text::fold;
use crate::field::caseload::{CaseTime, Deduction, Entry, StatedTotals, TimeForm, TimeItem};
use crate::field::reading::{HeadedBy, Meaning, Reason, SheetReading, TableReading, Total};
use crate::policy::{Policies, figure_ids};
use crate::understand::normalise::aside::aside;
use crate::understand::normalise::line::Line;
use crate::understand::normalise::people::People;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::teams::TeamNames;
use crate::understand::normalise::whose::Holder;
use crate::understand::words::{Time, TimeRow, TimeUnit, Words};

/// A form as it stands for one of its workers.
pub struct OfWorker {
    /// The table with this worker's name and facts.
    pub table: TableReading,
    /// The column of their hours; `None` where all columns are theirs.
    pub column: Option<u32>,
}

/// The workers of a form: the one it is all about, or one for each column.
pub fn of_workers(table: &TableReading) -> Vec<OfWorker> {
    let of_column = |by: &HeadedBy| match by {
        HeadedBy::Worker(whose, said) => Some(OfWorker {
            column: whose.at.map(|at| at.column),
            table: TableReading { whose: Some(whose.clone()), said: said.clone(), headed: Vec::new(), ..table.clone() },
        }),
        HeadedBy::Nobody(_) | HeadedBy::Unclear(_) => None,
    };
    if table.headed.is_empty() {
        return vec![OfWorker { table: table.clone(), column: None }];
    }
    table.headed.iter().filter_map(|headed| of_column(&headed.by)).collect()
}

/// The form with its figures in hours, as people see them: a length of time is kept as a part of a day. What
/// is shown in percent, or as a time of the day, is no figure of hours.
pub fn in_hours_as_shown<'a>(sheet: &'a RawSheet, table: &TableReading) -> Cow<'a, RawSheet> {
    let mut part = sheet.within(table.area);
    let is_hours = |column: u32| table.columns_of(Meaning::Hours).any(|hours| hours.column == column);
    let in_hours = |row: u32, cell: &RawCell| {
        let Value::Number(number) = cell.value else { return None };
        let shown = sheet.appearance.shown(CellRef::new(row, cell.column))?.unit()?;
        Some(match shown {
            ShownIn::Hours => Value::Number((number * 24.0 * 10_000.0).round() / 10_000.0),
            ShownIn::Percent => Value::Text(format!("{}%", (number * 10_000.0).round() / 100.0).into()),
            ShownIn::Clock => {
                let minutes = (number.fract().abs() * 1_440.0).round();
                // The mark says that it is in doubt.
                Value::Text(format!("{:02}:{:02}?", (minutes / 60.0).floor(), minutes % 60.0).into())
            }
        })
    };
    let changes =
        |row: &RawRow| row.cells.iter().any(|cell| is_hours(cell.column) && in_hours(row.index, cell).is_some());
    if part.rows.iter().any(changes) {
        for row in &mut part.to_mut().rows {
            for cell in row.cells.iter_mut().filter(|cell| is_hours(cell.column)) {
                if let Some(value) = in_hours(row.index, cell) {
                    cell.value = value;
                }
            }
        }
    }
    part
}

/// Reads one worker's hours; the form's own totals are held against them.
pub fn read(
    reader: &Reader<'_>,
    column: Option<u32>,
    reading: &mut SheetReading,
    names: &TeamNames,
    people: &mut People,
) {
    let above = RawRow { index: reader.table.header, ..RawRow::default() };
    let Holder::Named(mut name, place) = reader.holder(&above) else { return };
    people.resolve(&mut name, place);
    let line = Line::of_worker(&above, Holder::Named(name.clone(), place));
    let team = names.of_line(&line, people.said_of_team(Some(&name.key), reader.position), reader);
    let mut close = Vec::new();
    let facts = reader.facts(&above, &mut close);
    let team = people.on_form(&team, &name, place, facts, reader.table);
    let form = Form::read(reader, column);
    reading.totals.extend(form.totals());
    if let Some(form) = form.told() {
        people.time(&team, &name.key, form);
    }
    reading.close_words.extend(close);
}

/// Says what becomes of each row of the form, whoever's hours stand on it.
pub fn account(reader: &Reader<'_>, reading: &mut SheetReading) {
    rows_above(reader, reading);
    let kinds = kinds(reader);
    for (index, row) in rows_below(reader.sheet, reader.table) {
        reading.rows_read += 1;
        let kind = kinds.iter().find(|(row, _)| row.index == index).map(|(_, kind)| kind);
        let reason = match (row, kind) {
            (Some(row), Some(Kind::Item(..) | Kind::Case)) if written(reader, row) => None,
            (Some(_), Some(Kind::Item(..))) => None,
            (Some(row), Some(Kind::Case)) if bare(reader, row) => Some(Reason::Blank),
            (Some(_), Some(Kind::Total(_))) => Some(Reason::Totals),
            (Some(_), _) => Some(Reason::Heading),
            (None, _) => Some(Reason::Blank),
        };
        match reason {
            Some(reason) => reading.set_aside.push(aside(index, reason)),
            None => {
                reading.rows_counted += 1;
                reading.hidden_rows.extend(row.filter(|row| row.hidden).map(|row| row.index));
            }
        }
    }
    note_cells(reader, reading);
}

/// What a row of the form is, by its place among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// Hours taken off; the label stands in a list or does not.
    Item(Deduction, bool),
    /// A case, or a task of one.
    Case,
    /// A line that adds up, or follows from one that does.
    Total(TimeRow),
    /// The heading of the cases, with cases in the same cell or none.
    Cases,
    /// Words.
    Words,
}

fn kinds<'a>(reader: &Reader<'a>) -> Vec<(&'a RawRow, Kind)> {
    let mut found: Vec<(&RawRow, Kind)> = Vec::new();
    let mut seen: BTreeSet<Deduction> = BTreeSet::new();
    let (mut begun, mut headed, mut cases, mut closed) = (false, false, false, false);
    let first = reader.sheet.rows.partition_point(|row| row.index < reader.table.header);
    for row in &reader.sheet.rows[first..] {
        if row.index > reader.table.area.last.row {
            break;
        }
        let text = label(reader, row);
        let told = reader.words.time_row(&text);
        let kind = match told {
            Some(TimeRow::Available) => Kind::Total(TimeRow::Available),
            Some(row) if row.closes() || matches!(row, TimeRow::SubTotal | TimeRow::CaseWork) => Kind::Total(row),
            _ if closed => Kind::Words,
            Some(TimeRow::Cases) if !headed => Kind::Cases,
            // Below the cases' heading "Supervision" alone is such a line, "supervision order: visits" a case.
            Some(TimeRow::Item(kind))
                if !cases || (reader.words.is_whole_deduction(&text) && !seen.contains(&kind)) =>
            {
                Kind::Item(kind, true)
            }
            _ if !begun => Kind::Words,
            _ if reader.words.is_total(&text) => Kind::Total(TimeRow::SubTotal),
            _ if cases || (is_case(reader, &text) && written(reader, row)) => Kind::Case,
            _ if written(reader, row) => match reader.words.deduction_within(&text) {
                Some(kind) => Kind::Item(kind, true),
                None => Kind::Item(Deduction::OtherRoles, false),
            },
            _ => Kind::Words,
        };
        match &kind {
            Kind::Item(kind, _) => {
                seen.insert(*kind);
                begun = true;
            }
            Kind::Total(row) => {
                begun = true;
                closed |= row.closes();
                // Behind the sums of the cases none follows.
                cases |= *row == TimeRow::SubTotal;
            }
            Kind::Cases => (headed, cases) = (true, true),
            Kind::Case => cases = true,
            Kind::Words => {}
        }
        found.push((row, kind));
    }
    found
}

/// The texts of a row in front of its hours.
fn label(reader: &Reader<'_>, row: &RawRow) -> String {
    let hours: Vec<u32> = reader.table.columns_of(Meaning::Hours).map(|column| column.column).collect();
    let own = reader.table.column(Meaning::Line).unwrap_or(0);
    let first = hours.iter().min().copied().unwrap_or(u32::MAX);
    let texts = row.cells.iter().filter(|cell| (own..first).contains(&cell.column));
    let texts: Vec<String> = texts.map(|cell| cell.value.text()).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

fn is_case(reader: &Reader<'_>, text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    reader.words.is_bare_case(text) || (reader.words.is_bare_case(first) && !first.is_empty())
}

/// Something stands in a column of hours.
fn written(reader: &Reader<'_>, row: &RawRow) -> bool {
    reader.table.columns_of(Meaning::Hours).any(|column| row.value(column.column).is_some())
}

/// A case's letter, or nothing, without hours.
fn bare(reader: &Reader<'_>, row: &RawRow) -> bool {
    let text = label(reader, row);
    fold(&text).is_empty() || reader.words.is_bare_case(&text)
}

/// One worker's form while it is read.
struct Form {
    first: Option<Place>,
    available: Entry<Decimal>,
    items: Vec<TimeItem>,
    cases: Vec<CaseTime>,
    stated: StatedTotals,
    /// Cells of figures with their signs, nought left out.
    signs: Vec<(Place, bool)>,
}

impl Form {
    fn read(reader: &Reader<'_>, column: Option<u32>) -> Self {
        let mut form = Self {
            first: None,
            available: Entry::NoColumn,
            items: Vec::new(),
            cases: Vec::new(),
            stated: StatedTotals { sub_total: Entry::NoColumn, case_work: Entry::NoColumn, required: Entry::NoColumn },
            signs: Vec::new(),
        };
        let rows = kinds(reader);
        for (at, (row, kind)) in rows.iter().enumerate() {
            let (value, place) = form.cell(reader, row, column);
            let label = label(reader, row);
            match kind {
                Kind::Words => {}
                Kind::Cases => form.in_one_cell(reader, &label, value, place),
                Kind::Item(kind, known) => {
                    let parts = parts(&label, value, reader);
                    if parts.len() > 1 {
                        for (text, hours) in parts {
                            let told = reader.words.time_row(&text);
                            let kind = if let Some(TimeRow::Item(own)) = told { own } else { *kind };
                            form.item(kind, *known, text, Entry::Given(hours, place));
                        }
                    } else {
                        form.item(*kind, *known, label, hours(value, place, reader));
                    }
                }
                Kind::Case => {
                    let parts = parts(&label, value, reader);
                    let own = reader.place(row.index, reader.table.column(Meaning::Line).unwrap_or(0));
                    if parts.len() > 1 {
                        parts.into_iter().for_each(|(text, hours)| form.case(text, own, Entry::Given(hours, place)));
                        continue;
                    }
                    let hours = hours(value, place, reader);
                    // A case that its tasks stand below, a line not filled in, or another worker's case.
                    let heads = rows.get(at + 1).is_some_and(|(next, kind)| {
                        *kind == Kind::Case && is_task(reader, next) && !is_task(reader, row)
                    });
                    let nothing = bare(reader, row) || heads || column.is_some();
                    if !(hours.is_absent() && nothing) {
                        form.case(label, own, hours);
                    }
                }
                Kind::Total(row) => {
                    let total = hours(value, place, reader);
                    match row {
                        TimeRow::Available if form.available.is_absent() => form.available = total,
                        TimeRow::SubTotal if form.cases.is_empty() && form.stated.sub_total.is_absent() => {
                            form.stated.sub_total = total.map(|hours| hours.abs());
                        }
                        TimeRow::CaseWork | TimeRow::SubTotal => {
                            form.stated.case_work = total.map(|hours| hours.abs());
                        }
                        TimeRow::Required => form.stated.required = total.map(|hours| hours.abs()),
                        _ => {}
                    }
                }
            }
        }
        form.leave_out_sums(&rows, reader, column);
        form
    }

    /// The cell of the worker's hours on a row: their column's, else the one that is filled.
    fn cell<'a>(&self, reader: &Reader<'a>, row: &'a RawRow, column: Option<u32>) -> (Option<&'a Value>, Place) {
        let columns: Vec<u32> = reader.table.columns_of(Meaning::Hours).map(|column| column.column).collect();
        let filled = columns.iter().copied().find(|column| row.value(*column).is_some());
        let column = column.or(filled).or(columns.first().copied()).unwrap_or(0);
        reader.get(row, column)
    }

    fn item(&mut self, kind: Deduction, label_known: bool, label: String, hours: Entry<Decimal>) {
        let hours = self.signed(hours);
        self.items.push(TimeItem { kind, label, label_known, hours });
    }

    fn case(&mut self, label: String, place: Place, hours: Entry<Decimal>) {
        let hours = self.signed(hours);
        self.cases.push(CaseTime { label, place, hours });
    }

    /// The figure without its sign, which is remembered.
    fn signed(&mut self, hours: Entry<Decimal>) -> Entry<Decimal> {
        if let Entry::Given(figure, place) = &hours {
            self.first = self.first.or(Some(*place));
            if !figure.is_zero() {
                self.signs.push((*place, figure.is_sign_negative()));
            }
        }
        self.first = self.first.or(hours.place().filter(|_| !hours.is_absent()));
        hours.map(|figure| figure.abs())
    }

    /// Cases listed in the heading's own cell, each line with its hours.
    fn in_one_cell(&mut self, reader: &Reader<'_>, label: &str, value: Option<&Value>, place: Place) {
        let Some(value) = value.filter(|value| says_hours(value)) else { return };
        let lines: Vec<&str> = lines(label).skip(1).collect();
        let texts: Vec<Decimal> = figures(value, reader).unwrap_or_default();
        if texts.len() == lines.len() && !texts.is_empty() {
            for (text, hours) in lines.iter().zip(texts) {
                self.case((*text).to_string(), place, Entry::Given(hours, place));
            }
            return;
        }
        self.case(label.to_string(), place, hours(Some(value), place, reader));
    }

    /// Takes out a case's own figure where it is the sum of the tasks below it.
    fn leave_out_sums(&mut self, rows: &[(&RawRow, Kind)], reader: &Reader<'_>, column: Option<u32>) {
        let mut sums: BTreeSet<Place> = BTreeSet::new();
        for (at, (row, kind)) in rows.iter().enumerate() {
            if *kind != Kind::Case || is_task(reader, row) {
                continue;
            }
            let (value, place) = self.cell(reader, row, column);
            let Entry::Given(own, _) = hours(value, place, reader) else { continue };
            let below = rows[at + 1..].iter().take_while(|(row, kind)| *kind == Kind::Case && is_task(reader, row));
            let tasks: Vec<Decimal> = below
                .filter_map(|(row, _)| {
                    let (value, place) = self.cell(reader, row, column);
                    hours(value, place, reader).given().map(Decimal::abs)
                })
                .collect();
            if !tasks.is_empty() && tasks.iter().sum::<Decimal>() == own.abs() {
                sums.insert(place);
            }
        }
        self.cases.retain(|case| case.hours.place().is_none_or(|place| !sums.contains(&place)));
    }

    /// The form's totals that differ from what its lines come to.
    fn totals(&self) -> Vec<Total> {
        let sum = |all: &mut dyn Iterator<Item = &Entry<Decimal>>| -> Option<Decimal> {
            let mut sum = Decimal::ZERO;
            for hours in all {
                match hours {
                    Entry::Given(hours, _) => sum += hours,
                    Entry::Unclear(..) => return None,
                    Entry::NoColumn | Entry::Blank(_) => {}
                }
            }
            Some(sum)
        };
        let items = sum(&mut self.items.iter().map(|item| &item.hours));
        let cases = sum(&mut self.cases.iter().map(|case| &case.hours)).filter(|_| !self.cases.is_empty());
        let cases = cases.or(self.stated.case_work.given().copied().filter(|_| self.cases.is_empty()));
        let required = items.zip(cases).map(|(items, cases)| items + cases);
        let mut totals = Vec::new();
        for (stated, counted) in
            [(&self.stated.sub_total, items), (&self.stated.case_work, cases), (&self.stated.required, required)]
        {
            if let (Entry::Given(stated, place), Some(counted)) = (stated, counted)
                && (*stated - counted).abs() > ROUNDING
            {
                totals.push(Total { cell: place.cell, stated: *stated, counted, across: false });
            }
        }
        totals
    }

    /// The form, where it says anything at all.
    fn told(self) -> Option<TimeForm> {
        let minus = self.signs.iter().filter(|(_, minus)| *minus).count();
        let odd = minus * 2 < self.signs.len();
        let other_sign = self.signs.iter().find(|(_, minus)| *minus == odd).map(|(place, _)| *place);
        let stated = [&self.stated.case_work, &self.stated.required];
        let place = self.first.or_else(|| stated.iter().find_map(|entry| entry.place())).or(self.available.place())?;
        Some(TimeForm {
            place,
            available: self.available,
            items: self.items,
            cases: self.cases,
            stated: self.stated,
            other_sign: other_sign.filter(|_| minus > 0 && minus < self.signs.len()),
            again: None,
        })
    }
}

/// How far a total may lie from the sum of figures each rounded to a tenth.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// Whether a row is a task of the case above it: it begins with a mark, or behind the column of labels.
fn is_task(reader: &Reader<'_>, row: &RawRow) -> bool {
    let own = reader.table.column(Meaning::Line).unwrap_or(0);
    match row.value(own) {
        Some(Value::Text(text)) => text.trim_start().starts_with(BULLETS),
        Some(_) => false,
        None => row.cells.iter().any(|cell| matches!(cell.value, Value::Text(_))),
    }
}

/// Marks in front of the items of a list.
const BULLETS: [char; 9] = ['▶', '►', '•', '●', '▪', '◦', '·', '-', '–'];

/// The lines of a label, without the marks in front of them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '▶', '►', '•', '●', '▪']).map(str::trim).filter(|line| !line.is_empty())
}

/// Label and hours of each line of a cell that holds several of both.
fn parts(label: &str, value: Option<&Value>, reader: &Reader<'_>) -> Vec<(String, Decimal)> {
    let labels: Vec<&str> = lines(label).collect();
    let Some(hours) = value.and_then(|value| figures(value, reader)) else { return Vec::new() };
    if labels.len() != hours.len() {
        return Vec::new();
    }
    labels.into_iter().map(str::to_string).zip(hours).collect()
}

fn says_hours(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.chars().any(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// One figure: hours, with the sign they are written with.
fn hours(value: Option<&Value>, place: Place, reader: &Reader<'_>) -> Entry<Decimal> {
    let Some(value) = value else { return Entry::Blank(place) };
    let unclear = || Entry::Unclear(value.text(), place);
    match figures(value, reader).as_deref() {
        Some([one]) => Entry::Given(*one, place),
        Some([]) => Entry::Blank(place),
        _ => unclear(),
    }
}

/// The figures of a cell in hours; none where it is blank, `None` where it is not understood.
fn figures(value: &Value, reader: &Reader<'_>) -> Option<Vec<Decimal>> {
    let Value::Text(text) = value else { return value.decimal().map(|hours| vec![hours]) };
    if let Some(hours) = value.decimal() {
        return Some(vec![hours]);
    }
    if let Some(times) = reader.words.times(text) {
        return Some(times.iter().map(|time| in_hours(time, reader.policies)).collect());
    }
    let nothing = fold(text).is_empty() && !text.contains('?');
    let dash = text.chars().any(|c| "-–—".contains(c));
    match nothing {
        true if dash => Some(vec![Decimal::ZERO]),
        true => Some(Vec::new()),
        false => is_nil(text, reader.words).then(|| vec![Decimal::ZERO]),
    }
}

fn is_nil(text: &str, words: &Words) -> bool {
    words.tick(text) == Some(false)
}

/// Hours of a length of time, to four places; a day is a fifth of the full-time week.
fn in_hours(time: &[Time], policies: &Policies) -> Decimal {
    let of = |(figure, unit): &Time| match unit {
        TimeUnit::Hours => *figure,
        TimeUnit::Minutes => *figure / Decimal::from(60),
        TimeUnit::Days => {
            *figure * policies.value(figure_ids::WEEK) / policies.value(figure_ids::DAYS).max(Decimal::ONE)
        }
    };
    time.iter().map(of).sum::<Decimal>().round_dp(4).normalize()
}

#[cfg(test)]
mod tests {
    use crate::field::caseload::{Caseload, Deduction, Worker};
    use crate::testing::understood;

    /// The form as it is published, with the totals it gives and no case itemised.
    const PUBLISHED: &str = "Example for an experienced social worker |
        TOTAL TIME AVAILABLE (contractual working week of 37 hours) | 148 hours
        Personal adjustments e.g. annual leave; TOIL; training; trade union facility time | -7.4 hours (1 day holiday taken)
        Individual line management and professional supervision [1 ½ hours + 1½ hours preparation]* | -3 hours guideline minimum
        CPD average of ½ day a week (1 day a week for NQSW)** | -15 hours (2 days)
        Other roles e.g. practice teacher, panel member, NQSW mentor, duty rota |
        General admin, team meetings, support for colleagues etc | -20 hours
        Crisis allowance | -2 hours
        • Local travel • Additional travel | -3 hours -1 hour
        Sub-total | -51.4 hours
        Itemise for each case current case-work tasks e.g. visits, write-ups | Number of hours
        Case A |
        Case B |
        Case-work time required | -95 hours
        TOTAL TIME REQUIRED | 146.4 hours
        Total time available | 148 hours
        Capacity surplus/deficit |
        Total time available minus total time required | +1.6 hours
        As a percentage of total time available | +1.1%
        ACTION REQUIRED: NONE |";

    fn worker<'a>(caseload: &'a Caseload, name: &str) -> &'a Worker {
        let found = caseload.workers().map(|(_, worker)| worker).find(|worker| worker.who.name == name);
        found.unwrap_or_else(|| panic!("no {name}: {:#?}", caseload.sheets))
    }

    fn lines(worker: &Worker) -> String {
        let form = worker.holds.time.as_ref().unwrap();
        let items = form.items.iter().map(|item| {
            let hours = item.hours.given().map_or("–".to_string(), ToString::to_string);
            format!("{} {hours}", item.kind)
        });
        let cases = form.cases.iter().map(|case| {
            let hours = case.hours.given().map_or("–".to_string(), ToString::to_string);
            format!("{} {hours}", case.label)
        });
        items.chain(cases).collect::<Vec<_>>().join(", ")
    }

    const TAKEN_OFF: &str = "personal 7.4, supervision 3, cpd 15, other-roles –, admin 20, crisis 2, local-travel 3, \
                             additional-travel 1";

    #[test]
    fn the_form_as_published() {
        for block in [
            "Worker: | Ada Heron\nTeam: | Locality North\nFTE | 1\nExperience | 3+ years\n",
            "Worker: Ada Heron  FTE: 1 |\n",
        ] {
            let caseload = understood(&format!("{block}{PUBLISHED}"));
            let ada = worker(&caseload, "Ada Heron");
            assert_eq!(lines(ada), TAKEN_OFF);
            let form = ada.holds.time.as_ref().unwrap();
            assert_eq!(form.available.given().unwrap().to_string(), "148");
            assert_eq!(form.stated.case_work.given().unwrap().to_string(), "95");
            assert_eq!(form.other_sign, None);
            let sheet = &caseload.sheets[0];
            assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (7, "blank 2; heading 1; totals 8"));
            assert_eq!(sheet.totals, []);
            assert!(ada.holds.only_on_form.is_some());
        }
    }

    #[test]
    fn several_workers_in_columns() {
        let caseload = understood(
            "Locality North | |
             Worker | Ada Heron | Ben Kite
             FTE | 1 | 0.5
             Experience | 3+ years | NQSW 0-6
             Total time available | 148 | 74
             Annual leave | -7.4 | 0
             Supervision | -3 | -6
             CPD | -15 |
             Admin | -20 | -10
             Sub-total | -45.4 | -16
             Case A | 40 |
             Case B | 50 | 30
             Case-work time required | 90 | 30
             Total time required | 135.4 | 46",
        );
        assert_eq!(
            lines(worker(&caseload, "Ada Heron")),
            "personal 7.4, supervision 3, cpd 15, admin 20, Case A 40, Case B 50"
        );
        let ben = worker(&caseload, "Ben Kite");
        assert_eq!(lines(ben), "personal 0, supervision 6, cpd –, admin 10, Case B 30");
        assert_eq!(ben.fte().unwrap().0.to_string(), "0.5");
        assert!(ben.post.stage.unwrap().is_nqsw());
        let sheet = &caseload.sheets[0];
        assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (6, "heading 2; totals 4"));
        assert_eq!(sheet.totals, []);
    }

    #[test]
    fn one_form_below_another_and_beside_a_list_of_children() {
        let form = |name: &str, hours: u32| {
            format!(
                "Worker: | {name}\nTotal time available | 148\nLeave | 8\nSupervision | 3\nCPD | 14.8\nCase A | {hours}\n\
                 Total time required | {}\nSurplus | 1\n",
                hours + 26
            )
        };
        let caseload = understood(&format!(
            "## Cases\nChild ID | Worker | FTE\n1 | Ada Heron | 1\n2 | Ada Heron | 1\n## Time\n{}\n{}",
            form("Ada Heron", 90),
            form("Ben Kite", 100)
        ));
        let ada = worker(&caseload, "Ada Heron");
        assert_eq!((ada.holds.cases.len(), ada.holds.only_on_form), (2, None));
        assert_eq!(lines(ada), "personal 8, supervision 3, cpd 14.8, Case A 90");
        assert_eq!(lines(worker(&caseload, "Ben Kite")), "personal 8, supervision 3, cpd 14.8, Case A 100");
        assert!(worker(&caseload, "Ben Kite").holds.only_on_form.is_some());
        assert_eq!(caseload.workers().count(), 2);
        for sheet in &caseload.sheets {
            assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
        }
    }

    #[test]
    fn tasks_below_a_case_and_lines_of_no_list_count() {
        let caseload = understood(
            "Worker | Ada Heron
             Total time available | 148
             Annual leave | 7.4
             Supervision | 3
             Looking after the fish | 2
             CPD | 14.8
             Itemise for each case | Hours
             Case A | 12
             ▶ visits | 8
             ▶ report | 4
             Case B |
             ▶ visits | 5
             Case C |
             Case-work time required | 17
             Total time required | 44.2",
        );
        let ada = worker(&caseload, "Ada Heron");
        let form = ada.holds.time.as_ref().unwrap();
        assert_eq!(
            lines(ada),
            "personal 7.4, supervision 3, other-roles 2, cpd 14.8, ▶ visits 8, ▶ report 4, ▶ visits 5"
        );
        assert!(form.items.iter().any(|item| item.kind == Deduction::OtherRoles && !item.label_known));
        assert_eq!(caseload.sheets[0].totals, []);
    }

    #[test]
    fn what_is_no_filled_in_form_is_passed_over() {
        let blank = PUBLISHED.replace("-7.4 hours (1 day holiday taken)", "").replace("-3 hours guideline minimum", "");
        let blank = blank.replace("-15 hours (2 days)", "").replace("-20 hours", "").replace("-2 hours", "");
        let blank = blank.replace("-3 hours -1 hour", "").replace("-51.4 hours", "").replace("-95 hours", "");
        let blank = blank.replace("146.4 hours", "");
        let caseload = understood(&format!("Worker: |\n{blank}"));
        assert_eq!(caseload.sheets[0].why, "it is a time form that is not filled in");
        let several = understood(
            "Total time available | 148 | 148\nLeave | 7 | 8\nSupervision | 3 | 3\nCPD | 15 | 15\nCase A | 3 | 4",
        );
        assert!(several.sheets[0].why.contains("no row names a worker for each"), "{}", several.sheets[0].why);
        let nobody = understood("Total time available | 148\nLeave | 7\nSupervision | 3\nCPD | 15\nCase A | 3");
        assert!(nobody.sheets[0].why.contains("nothing says which worker"), "{}", nobody.sheets[0].why);
    }

    #[test]
    fn a_length_of_time_is_in_hours_and_percent_is_none() {
        use crate::book::sheet::{CellRef, RawBook, RawSheet, Shown, Value};
        use crate::field::reading::Layout;
        let mut sheet = RawSheet { name: "Time".into(), ..RawSheet::default() };
        let hours: [(&str, f64, &str); 7] = [
            ("Total time available", 148.0 / 24.0, "[h]:mm"),
            ("Annual leave", 7.4 / 24.0, "h:mm"),
            ("Supervision", 3.0, "0.0"),
            ("CPD", 0.1, "0%"),
            ("Admin", 0.308, "h:mm AM/PM"),
            ("Crisis", 2.0, "0.0\" hours\""),
            ("Case A", -1.5, "[hh]:mm:ss"),
        ];
        let texts = [("Worker", "Ada Heron"), ("FTE", "1")];
        for (row, (label, text)) in texts.into_iter().enumerate() {
            sheet.push(CellRef::new(row as u32, 0), Value::Text(label.into()), false, || false);
            sheet.push(CellRef::new(row as u32, 1), Value::Text(text.into()), false, || false);
        }
        for (row, (label, number, code)) in hours.into_iter().enumerate() {
            let row = row as u32 + 2;
            sheet.push(CellRef::new(row, 0), Value::Text(label.into()), false, || false);
            sheet.push(CellRef::new(row, 1), Value::Number(number), false, || false);
            sheet.appearance.shown.push((CellRef::new(row, 1), Shown::Code(code.into())));
        }
        let book = RawBook { sheets: vec![sheet] };
        let (words, policies) = (crate::understand::words::Words::built_in(), crate::testing::policies());
        let caseload = crate::run::workbook::understand(&book, "caseload", &words, &policies, &[]);
        assert_eq!(caseload.sheets[0].tables[0].layout, Layout::TimeForm);
        let ada = worker(&caseload, "Ada Heron");
        assert_eq!(lines(ada), "personal 7.4, supervision 3, cpd –, admin –, crisis 2, Case A 36");
        let form = ada.holds.time.as_ref().unwrap();
        assert_eq!(form.available.given().unwrap().to_string(), "148");
        let unclear = |at: usize| matches!(&form.items[at].hours, crate::field::caseload::Entry::Unclear(..));
        assert!(unclear(2) && unclear(3), "{:?}", form.items);
    }
}
