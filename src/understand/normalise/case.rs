//! A row as a case: the child, the household, and what is said of them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::sheet::{Place, RawRow, Value};
use crate::book::text::fold;
use crate::field::caseload::{Case, CaseRow, CaseStatus, Child, Entry, ServiceArea, Subject, Work};
use crate::field::reading::Meaning;
use crate::policy::figure_ids;
use crate::understand::normalise::cells::{self, tidy};
use crate::understand::normalise::reader::{Close, Reader, says_something};
use crate::understand::normalise::statuses::Unclear;

impl<'a> Reader<'a> {
    /// Whether anything on the row speaks of a child (or carer, or review).
    pub fn is_case(&self, row: &RawRow) -> bool {
        const OF_A_CASE: &[Meaning] = &[
            Meaning::Child,
            Meaning::ChildName,
            Meaning::Household,
            Meaning::Status,
            Meaning::Proceedings,
            Meaning::Intervention,
            Meaning::Born,
            Meaning::Age,
            Meaning::FosterCarer,
            Meaning::CarerWork,
            Meaning::Review,
            Meaning::Allocated,
            Meaning::Opened,
        ];
        self.table
            .columns
            .iter()
            .filter(|column| OF_A_CASE.contains(&column.meaning))
            .any(|column| row.value(column.column).is_some_and(says_something))
    }

    /// Whether a row that names a worker says anything that only a case has, though nothing of what
    /// [`Reader::is_case`] asks for: a tick, or a text below a heading not known where no column
    /// says who the child is.
    pub fn may_be_case(&self, row: &RawRow) -> bool {
        const BESIDE: &[Meaning] = &[
            Meaning::TickedStatus,
            Meaning::PrivateProceedings,
            Meaning::Additional,
            Meaning::Factor,
            Meaning::AwaitingMove,
            Meaning::Children,
        ];
        let says_yes = |value: &Value| says_something(value) && self.words.tick(&value.text()) != Some(false);
        let beside = self.table.columns.iter().filter(|column| BESIDE.contains(&column.meaning));
        if beside.into_iter().any(|column| row.value(column.column).is_some_and(says_yes)) {
            return true;
        }
        let known = [Meaning::Child, Meaning::ChildName, Meaning::FosterCarer, Meaning::Review];
        !known.iter().any(|meaning| self.table.column(*meaning).is_some())
            && self.table.unused.iter().any(|(place, heading)| {
                self.words.heading(heading, false).is_none() && row.value(place.column).is_some_and(says_something)
            })
    }

    /// The row as a case of this service area.
    pub fn case(&self, row: &'a RawRow, area: Option<ServiceArea>, close: &mut Close) -> Case {
        let as_of = self.policies.as_of;
        let mut standing = self.standing(row, area, close);
        let (additional, factors) = self.additional(row, &mut standing.also_unclear);
        let (awaiting_move, cause) = self.moves(row, &standing.status);
        let child = self.child(row, area);
        let first = row.cells.first().map_or(0, |cell| cell.column);
        let (household, household_written) = self.household(row);
        let none = BTreeSet::new();
        Case {
            place: child.place().unwrap_or(self.place(row.index, first)),
            of: 1,
            subject: self.subject(row, area, standing.status.given().unwrap_or(&none)),
            who: Child {
                child,
                born: self.read(row, Meaning::Born, |value| cells::date(value, as_of)),
                age: self.read(row, Meaning::Age, cells::age),
            },
            household,
            household_written,
            status: standing.status,
            status_written: self.status_written(row),
            proceedings: standing.proceedings,
            hint: standing.hint,
            work: Work {
                status_points: Entry::NoColumn,
                points: self.read(row, Meaning::PointsTotal, |value| {
                    value.decimal().filter(|points| !points.is_sign_negative())
                }),
                intervention: self.read(row, Meaning::Intervention, |value| cells::level(value, self.words)),
                additional,
                factors,
            },
            co_workers: self.co_workers(row),
            awaiting_move,
            cause,
            dates: self.dates(row),
            row: CaseRow {
                worker_cell: self.table.column(Meaning::Worker).map(|column| self.get(row, column).1),
                worker_says: self.worker_says(row),
                repeats: Vec::new(),
                also_unclear: standing.also_unclear,
                hidden: row.hidden || self.is_on_hidden_sheet(),
            },
        }
    }

    /// Additional factors: the points written, and how many columns of factors are ticked.
    fn additional(&self, row: &'a RawRow, also_unclear: &mut Unclear) -> (Entry<Decimal>, Entry<u32>) {
        let mut factors = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::Factor) {
            let (value, place) = self.get(row, column.column);
            let ticked = match value {
                None => Some(false),
                Some(value) => self.words.tick(&value.text()).or(value.decimal().map(|figure| !figure.is_zero())),
            };
            let before = factors.given().copied().unwrap_or(0);
            match ticked {
                Some(ticked) => factors = Entry::Given(before + u32::from(ticked), place),
                None => {
                    also_unclear.push((Meaning::Factor, value.map_or(String::new(), Value::text), place));
                    factors = Entry::Given(before, place);
                }
            }
        }
        let written = self.read(row, Meaning::Additional, |value| {
            value.decimal().or_else(|| cells::leading_figure(&tidy(&value.text())?))
        });
        match &written {
            Entry::Unclear(text, place) => match self.words.tick(text) {
                Some(true) => {
                    let ticked = factors.given().copied().unwrap_or(0) + 1;
                    (Entry::Blank(*place), Entry::Given(ticked, *place))
                }
                Some(false) => (Entry::Blank(*place), factors),
                None => (written, factors),
            },
            _ => (written, factors),
        }
    }

    /// Whether transfer, closure or step-down is awaited, and a temporary cause that is told.
    fn moves(
        &self,
        row: &'a RawRow,
        status: &Entry<BTreeSet<CaseStatus>>,
    ) -> (Entry<bool>, Option<(&'static str, Place)>) {
        let mut cause = None;
        let mut awaiting = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::AwaitingMove) {
            awaiting = match self.text_at(row, column.column) {
                Entry::Given(text, place) => match self.words.tick(&text) {
                    Some(yes) => Entry::Given(yes, place),
                    None if matches!(self.get(row, column.column).0, Some(Value::Date(_))) => Entry::Given(true, place),
                    None if self.says_awaiting(&text) => Entry::Given(true, place),
                    None => Entry::Unclear(text, place),
                },
                other => other.map(|_| false),
            };
        }
        for column in self.table.columns_of(Meaning::Notes) {
            if let Entry::Given(text, place) = self.text_at(row, column.column) {
                if let Some(found) = self.words.cause(&text) {
                    cause = cause.or(Some((found, place)));
                }
                if self.says_awaiting(&text) {
                    awaiting = Entry::Given(true, place);
                }
            }
        }
        if let Entry::Given(statuses, place) = status
            && statuses.contains(&CaseStatus::AwaitingMove)
        {
            awaiting = Entry::Given(true, *place);
        }
        if let (None, Entry::Given(true, place)) = (cause, &awaiting) {
            cause = Some(("awaiting transfer or closure", *place));
        }
        (awaiting, cause)
    }

    /// Whether a text says that transfer, closure or step-down is awaited. Notes are free text and
    /// each is another: listed words alone are looked for, no close spellings.
    fn says_awaiting(&self, text: &str) -> bool {
        self.words.cause(text) == Some("awaiting transfer or closure") || self.words.is_awaiting_move(text)
    }

    /// The household's reference, as it is compared and as it is written.
    fn household(&self, row: &'a RawRow) -> (Entry<String>, String) {
        match self.text(row, Meaning::Household) {
            Entry::Given(text, place) => match cells::reference(&text) {
                Some(key) => (Entry::Given(key, place), text),
                None => (Entry::Blank(place), String::new()),
            },
            other => (other, String::new()),
        }
    }

    fn child(&self, row: &'a RawRow, area: Option<ServiceArea>) -> Entry<String> {
        let own = match self.text(row, Meaning::Child) {
            Entry::NoColumn => self.text(row, Meaning::FosterCarer),
            other => other,
        };
        match own {
            Entry::Given(text, place) => match cells::reference(&text) {
                // One child may have several reviews of different kinds.
                Some(key) if area == Some(ServiceArea::Iro) => {
                    let review = self.text(row, Meaning::Review);
                    let review = review.given().map_or(String::new(), |text| fold(text));
                    Entry::Given(format!("{key} {review}").trim().to_string(), place)
                }
                Some(key) => Entry::Given(key, place),
                None => Entry::Blank(place),
            },
            other => other,
        }
    }

    fn subject(&self, row: &'a RawRow, area: Option<ServiceArea>, statuses: &BTreeSet<CaseStatus>) -> Subject {
        if area == Some(ServiceArea::Iro) {
            return Subject::Review;
        }
        let carers =
            self.table.column(Meaning::FosterCarer).is_some() || self.table.column(Meaning::CarerWork).is_some();
        if !carers || (area != Some(ServiceArea::Fostering) && self.table.column(Meaning::Child).is_some()) {
            return Subject::Child;
        }
        for meaning in [Meaning::CarerWork, Meaning::Status] {
            if let Entry::Given(text, _) = self.text(row, meaning)
                && let Some(subject) = self.words.carer_work(&text)
            {
                return subject;
            }
        }
        if statuses.contains(&CaseStatus::Assessment) { Subject::CarerAssessment } else { Subject::FosterCarer }
    }

    /// The dates on a row beside the date of birth.
    fn dates(&self, row: &'a RawRow) -> Vec<(Meaning, Entry<Date>)> {
        let as_of = self.policies.as_of;
        let mut dates = Vec::new();
        for column in &self.table.columns {
            if !matches!(column.meaning, Meaning::Allocated | Meaning::Opened | Meaning::Closed) {
                continue;
            }
            let (value, place) = self.get(row, column.column);
            let entry = match value {
                None => Entry::Blank(place),
                Some(value) => match cells::date(value, as_of) {
                    // "31/03/27" is no end a lifetime ago: a child is not closed by a century of ours.
                    Some(date) if column.meaning == Meaning::Closed && self.is_long_ago(value, date) => {
                        Entry::Unclear(value.text(), place)
                    }
                    Some(date) => Entry::Given(date, place),
                    None if fold(&value.text()).is_empty() && matches!(value, Value::Text(_)) => Entry::Blank(place),
                    None => Entry::Unclear(value.text(), place),
                },
            };
            dates.push((column.meaning, entry));
        }
        dates
    }

    /// Whether a date whose century we supplied lies before the oldest young person was born.
    fn is_long_ago(&self, value: &Value, date: Date) -> bool {
        let as_of = self.policies.as_of;
        let years = as_of.year() - date.year();
        cells::has_short_year(value, as_of) && Decimal::from(years) > self.policies.value(figure_ids::LEAVING_CARE_MOST)
    }

    fn co_workers(&self, row: &'a RawRow) -> Vec<(String, Place)> {
        let mut names = Vec::new();
        for column in self.table.columns_of(Meaning::CoWorker) {
            if let Entry::Given(text, place) = self.text_at(row, column.column)
                && !self.words.is_unallocated(&text)
                && self.words.tick(&text).is_none()
            {
                names.push((text, place));
            }
        }
        names
    }
}
