//! One worker's hours on a time form, and what the form's own totals say of them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::book::sheet::{Place, RawRow, Value};
use crate::field::caseload::{CaseTime, Deduction, Entry, StatedTotals, TimeForm, TimeItem};
use crate::field::reading::{Meaning, Total};
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::time_form::hours::{figures, hours, lines, parts, says_hours};
use crate::understand::normalise::time_form::rows::{Kind, bare, is_task, kinds, label};
use crate::understand::words::TimeRow;

/// One worker's form while it is read.
pub struct Form {
    first: Option<Place>,
    available: Entry<Decimal>,
    items: Vec<TimeItem>,
    cases: Vec<CaseTime>,
    stated: StatedTotals,
    /// Cells of figures with their signs, nought left out.
    signs: Vec<(Place, bool)>,
}

/// A row of the form with the cell of the worker's hours on it.
struct FormLine<'a> {
    row: &'a RawRow,
    label: String,
    value: Option<&'a Value>,
    place: Place,
}

impl<'a> FormLine<'a> {
    /// The hours stand in the worker's column, or where all columns are theirs in the one that is filled.
    fn of(reader: &Reader<'a>, row: &'a RawRow, column: Option<u32>) -> Self {
        let columns: Vec<u32> = reader.table.columns_of(Meaning::Hours).map(|column| column.column).collect();
        let filled = columns.iter().copied().find(|column| row.value(*column).is_some());
        let column = column.or(filled).or(columns.first().copied()).unwrap_or(0);
        let (value, place) = reader.get(row, column);
        Self { row, label: label(reader, row), value, place }
    }

    fn hours(&self, reader: &Reader<'_>) -> Entry<Decimal> {
        hours(self.value, self.place, reader)
    }

    /// Label and hours of each line, where the cell holds several of both.
    fn several(&self, reader: &Reader<'_>) -> Option<Vec<(String, Entry<Decimal>)>> {
        let parts = parts(&self.label, self.value, reader);
        let given = |(text, hours)| (text, Entry::Given(hours, self.place));
        (parts.len() > 1).then(|| parts.into_iter().map(given).collect())
    }
}

impl Form {
    pub fn read(reader: &Reader<'_>, column: Option<u32>) -> Self {
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
            let line = FormLine::of(reader, row, column);
            match kind {
                Kind::Words => {}
                Kind::Cases => form.take_cases_in_heading(reader, line),
                Kind::Item(kind, known) => form.take_item(reader, line, *kind, *known),
                Kind::Case => {
                    // A case that its tasks stand below, a line not filled in, or another worker's case.
                    let may_lack_hours = bare(reader, row) || heads_tasks(reader, &rows[at..]) || column.is_some();
                    form.take_case(reader, line, may_lack_hours);
                }
                Kind::Total(row) => form.take_total(*row, line.hours(reader)),
            }
        }
        form.leave_out_sums(&rows, reader, column);
        form
    }

    /// Hours taken off, of one kind or of several in one cell.
    fn take_item(&mut self, reader: &Reader<'_>, line: FormLine<'_>, kind: Deduction, label_known: bool) {
        let Some(parts) = line.several(reader) else {
            let hours = line.hours(reader);
            return self.item(kind, label_known, line.label, hours);
        };
        for (text, hours) in parts {
            let told = reader.words.time_row(&text);
            let kind = if let Some(TimeRow::Item(own)) = told { own } else { kind };
            self.item(kind, label_known, text, hours);
        }
    }

    /// A case or a task of one, or several in one cell.
    fn take_case(&mut self, reader: &Reader<'_>, line: FormLine<'_>, may_lack_hours: bool) {
        let own = reader.place(line.row.index, reader.table.column(Meaning::Line).unwrap_or(0));
        if let Some(parts) = line.several(reader) {
            return parts.into_iter().for_each(|(text, hours)| self.case(text, own, hours));
        }
        let hours = line.hours(reader);
        if !(hours.is_absent() && may_lack_hours) {
            self.case(line.label, own, hours);
        }
    }

    /// Cases listed in the heading's own cell, each line with its hours.
    fn take_cases_in_heading(&mut self, reader: &Reader<'_>, line: FormLine<'_>) {
        let Some(value) = line.value.filter(|value| says_hours(value)) else { return };
        let lines: Vec<&str> = lines(&line.label).skip(1).collect();
        let texts: Vec<Decimal> = figures(value, reader).unwrap_or_default();
        if texts.len() == lines.len() && !texts.is_empty() {
            for (text, hours) in lines.iter().zip(texts) {
                self.case((*text).to_string(), line.place, Entry::Given(hours, line.place));
            }
            return;
        }
        let hours = line.hours(reader);
        self.case(line.label, line.place, hours);
    }

    /// The hours available, or a figure that adds up others, taken without its sign.
    fn take_total(&mut self, row: TimeRow, total: Entry<Decimal>) {
        match row {
            TimeRow::Available if self.available.is_absent() => self.available = total,
            TimeRow::SubTotal if self.cases.is_empty() && self.stated.sub_total.is_absent() => {
                self.stated.sub_total = total.map(|hours| hours.abs());
            }
            TimeRow::CaseWork | TimeRow::SubTotal => {
                self.stated.case_work = total.map(|hours| hours.abs());
            }
            TimeRow::Required => self.stated.required = total.map(|hours| hours.abs()),
            _ => {}
        }
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

    /// Takes out a case's own figure where it is the sum of the tasks below it.
    fn leave_out_sums(&mut self, rows: &[(&RawRow, Kind)], reader: &Reader<'_>, column: Option<u32>) {
        let mut sums: BTreeSet<Place> = BTreeSet::new();
        for (at, (row, kind)) in rows.iter().enumerate() {
            if *kind != Kind::Case || is_task(reader, row) {
                continue;
            }
            let Entry::Given(own, place) = FormLine::of(reader, row, column).hours(reader) else { continue };
            let below = rows[at + 1..].iter().take_while(|(row, kind)| *kind == Kind::Case && is_task(reader, row));
            let hours = |row: &RawRow| FormLine::of(reader, row, column).hours(reader).given().map(Decimal::abs);
            let tasks: Vec<Decimal> = below.filter_map(|(row, _)| hours(row)).collect();
            if !tasks.is_empty() && tasks.iter().sum::<Decimal>() == own.abs() {
                sums.insert(place);
            }
        }
        self.cases.retain(|case| case.hours.place().is_none_or(|place| !sums.contains(&place)));
    }

    /// The form's totals that differ from what its lines come to.
    pub fn totals(&self) -> Vec<Total> {
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
    pub fn told(self) -> Option<TimeForm> {
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

/// Whether the first of these rows is a case that its tasks stand below.
fn heads_tasks(reader: &Reader<'_>, rows: &[(&RawRow, Kind)]) -> bool {
    match rows {
        [(row, _), (next, kind), ..] => *kind == Kind::Case && is_task(reader, next) && !is_task(reader, row),
        _ => false,
    }
}

/// How far a total may lie from the sum of figures each rounded to a tenth.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 2);
