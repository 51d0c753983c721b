//! Rows of a sheet turned into cases and worker facts; every row is accounted for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::book::sheet::{CellRef, Place, RawCell, RawRow, RawSheet, Value, Visibility};
use crate::book::text::fold;
use crate::field::caseload::{
    Agreed, Case, CaseStatus, Duties, Entry, FteFigure, Judgement, Proceedings, Role, ServiceArea, Subject, WorkerSays,
};
use crate::field::reading::{HeadedBy, HowRead, Layout, Meaning, Reason, SetAside, TableReading, Total, Whose};
use crate::policy::{Policies, Policy, figure_ids};
use crate::understand::normalise::cells::{self, StageWord, tidy};
use crate::understand::normalise::fte;
use crate::understand::normalise::holders::{Known, worker_cell};
use crate::understand::normalise::names::WorkerName;
use crate::understand::words::{AreaWord, Found, ProceedingsWord, StatusWord, Words, is_like_a_name};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What reading a row needs to know.
pub struct Reader<'a> {
    /// The sheet, or the part of it that the table covers.
    pub sheet: &'a RawSheet,
    pub table: &'a TableReading,
    pub position: usize,
    pub words: &'a Words,
    pub policies: &'a Policies,
    /// What is known of other workers; without it a cell names one worker at most.
    known: Option<&'a Known>,
    /// Upright merged areas by column: first row, last row.
    merged: BTreeMap<u32, Vec<(u32, u32)>>,
    /// Texts met before, each understood once: the same few stand on row after row.
    met: Met,
}

/// A worker cell as read: who holds the case, who helps, and what kind of text it is.
type ReadCell = Result<(WorkerName, Vec<String>, WorkerSays), WorkerSays>;

/// What texts of a sheet were understood as.
#[derive(Default)]
struct Met {
    holders: RefCell<BTreeMap<String, ReadCell>>,
    statuses: RefCell<BTreeMap<String, Option<Vec<Found<StatusWord>>>>>,
    roles: RefCell<BTreeMap<String, Option<Found<Role>>>>,
    ambiguous: RefCell<BTreeMap<String, Option<&'static str>>>,
    /// Abbreviations with another meaning: the cell and what it is read as.
    doubts: RefCell<Vec<(CellRef, &'static str)>>,
}

/// The value for a text, worked out at its first meeting.
fn once<T: Clone>(met: &RefCell<BTreeMap<String, T>>, text: &str, of: impl FnOnce() -> T) -> T {
    if let Some(known) = met.borrow().get(text) {
        return known.clone();
    }
    let value = of();
    met.borrow_mut().insert(text.to_string(), value.clone());
    value
}

/// What a row, or a roster row, says of a worker.
#[derive(Debug, Clone)]
pub struct Facts {
    pub role: Entry<Role>,
    /// The role cell's own words.
    pub post: Entry<String>,
    pub stage: Entry<StageWord>,
    pub started: Entry<Date>,
    pub fte: Entry<FteFigure>,
    pub duties: Entry<Duties>,
    pub agreed: Entry<Agreed>,
    pub judgement: Entry<Judgement>,
}

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
}

impl Facts {
    /// Marks every cell as one of another file.
    pub fn move_elsewhere(&mut self) {
        fn away<T>(entry: &mut Entry<T>) {
            if let Entry::Blank(place) | Entry::Given(_, place) | Entry::Unclear(_, place) = entry {
                place.sheet = crate::field::caseload::ELSEWHERE;
            }
        }
        away(&mut self.role);
        away(&mut self.post);
        away(&mut self.stage);
        away(&mut self.started);
        away(&mut self.fte);
        away(&mut self.duties);
        away(&mut self.agreed);
        away(&mut self.judgement);
    }
}

impl<'a> Reader<'a> {
    pub fn new(
        sheet: &'a RawSheet,
        table: &'a TableReading,
        position: usize,
        words: &'a Words,
        policies: &'a Policies,
    ) -> Self {
        let mut merged: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for area in sheet.merged.iter().filter(|area| area.first.row < area.last.row) {
            // A block as wide as a title says nothing of a column.
            if area.first.column == area.last.column {
                merged.entry(area.first.column).or_default().push((area.first.row, area.last.row));
            }
        }
        Self { sheet, table, position, words, policies, known: None, merged, met: Met::default() }
    }

    /// The same reader, knowing of other workers: a cell may name two of them.
    pub fn knowing(self, known: &'a Known) -> Self {
        Self { known: Some(known), ..self }
    }

    /// The value of a cell, or of the merged cell above that covers it, with the place that holds it.
    pub fn get(&self, row: &'a RawRow, column: u32) -> (Option<&'a Value>, Place) {
        let own = Place { sheet: self.position, cell: CellRef::new(row.index, column) };
        if let Some(value) = row.value(column) {
            return (Some(value), own);
        }
        let areas = self.merged.get(&column);
        let Some(anchor) = areas.into_iter().flatten().find(|(first, last)| (*first..=*last).contains(&row.index))
        else {
            return (None, own);
        };
        let cell = CellRef::new(anchor.0, column);
        (self.sheet.value(cell), Place { sheet: self.position, cell })
    }

    /// The value of the first column of this meaning, else what stands above the row about its worker;
    /// `None` where neither is there.
    fn value(&self, row: &'a RawRow, meaning: Meaning) -> Option<(Option<&'a Value>, Place)> {
        if let Some(column) = self.table.column(meaning) {
            return Some(self.get(row, column));
        }
        let said = self.table.said_of_worker(row.index, meaning)?;
        Some((Some(&said.value), Place { sheet: self.position, cell: said.at }))
    }

    /// The text of the first column of this meaning, tidied.
    pub fn text(&self, row: &'a RawRow, meaning: Meaning) -> Entry<String> {
        self.value(row, meaning).map_or(Entry::NoColumn, |(value, place)| Self::as_text(value, place))
    }

    fn text_at(&self, row: &'a RawRow, column: u32) -> Entry<String> {
        let (value, place) = self.get(row, column);
        Self::as_text(value, place)
    }

    fn as_text(value: Option<&Value>, place: Place) -> Entry<String> {
        match value {
            None => Entry::Blank(place),
            Some(Value::Error(_) | Value::NoResult) => Entry::Unclear(String::new(), place),
            Some(value) => match tidy(&value.text()) {
                Some(text) => Entry::Given(text, place),
                None => Entry::Blank(place),
            },
        }
    }

    /// A cell read by a function; what it does not understand is unclear, never blank.
    fn read<T>(&self, row: &'a RawRow, meaning: Meaning, of: impl Fn(&Value) -> Option<T>) -> Entry<T> {
        let Some((value, place)) = self.value(row, meaning) else { return Entry::NoColumn };
        let Some(value) = value else { return Entry::Blank(place) };
        if let Some(read) = of(value) {
            return Entry::Given(read, place);
        }
        let text = value.text();
        let says_something =
            matches!(value, Value::Error(_) | Value::NoResult) || !fold(&text).is_empty() || text.contains('?');
        if says_something { Entry::Unclear(text, place) } else { Entry::Blank(place) }
    }

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

    /// The statuses of a text; on list 6 of Annex A a letter may stand for one.
    fn statuses(&self, text: &str) -> Option<Vec<Found<StatusWord>>> {
        let lettered = || {
            let means = self.words.status_letter(text).filter(|_| self.table.layout == Layout::AnnexAList6)?;
            Some(vec![Found { means, how: HowRead::Listed }])
        };
        lettered().or_else(|| self.words.statuses(text))
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

    /// Abbreviations met that have another meaning: the cell and what it is read as.
    pub fn ambiguous(&self) -> Vec<(CellRef, &'static str)> {
        self.met.doubts.take()
    }

    fn worker_cell(&self, text: &str) -> ReadCell {
        once(&self.met.holders, text, || worker_cell(text, self.known, self.words, self.policies))
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

    /// What the row says of its worker.
    pub fn facts(&self, row: &'a RawRow, close: &mut Vec<(CellRef, String)>) -> Facts {
        let words = self.words;
        let mut role_stage = None;
        let role = match self.text(row, Meaning::Role) {
            Entry::Given(text, place) => match once(&self.met.roles, &text, || words.role(&text)) {
                Some(Found { means, how }) => {
                    note_close(close, place, &how);
                    if words.is_ambiguous_role(&text) {
                        self.met.doubts.borrow_mut().push((place.cell, means.label()));
                    }
                    role_stage = text
                        .split_once(['(', '-', '–', ','])
                        .and_then(|(_, rest)| {
                            cells::stage(&Value::Text(rest.trim_end_matches(')').trim().into()), false, words)
                        })
                        .filter(|word| *word != StageWord::Nothing)
                        .map(|word| (word, place));
                    Entry::Given(means, place)
                }
                None if fold(&text).is_empty() => Entry::Blank(place),
                None => match cells::stage(&Value::Text(text.as_str().into()), false, words) {
                    // "Social worker, ASYE 8 months": the role column tells the stage.
                    Some(word) if word != StageWord::Nothing => {
                        role_stage = Some((word, place));
                        let student = matches!(word, StageWord::Exact(stage) if stage.name().starts_with("student"));
                        Entry::Given(if student { Role::Student } else { Role::Nqsw }, place)
                    }
                    _ => Entry::Unclear(text, place),
                },
            },
            Entry::NoColumn => Entry::NoColumn,
            Entry::Blank(place) => Entry::Blank(place),
            Entry::Unclear(text, place) => Entry::Unclear(text, place),
        };
        let months =
            self.table.columns_of(Meaning::Stage).next().is_some_and(|column| fold(&column.heading).contains("month"));
        let mut stage = self.read(row, Meaning::Stage, |value| cells::stage(value, months, words));
        if let Entry::Given(StageWord::Nothing, place) = stage {
            stage = Entry::Blank(place);
        }
        if let (true, Some((word, place))) = (stage.is_absent(), role_stage) {
            stage = Entry::Given(word, place);
        }
        let as_of = self.policies.as_of;
        Facts {
            role,
            post: self.text(row, Meaning::Role),
            stage,
            started: self.read(row, Meaning::Started, |value| cells::date(value, as_of)),
            fte: self.fte(row),
            duties: self.duties(row),
            agreed: self.agreed(row),
            judgement: self.judgement(row),
        }
    }

    fn fte(&self, row: &'a RawRow) -> Entry<FteFigure> {
        let heading = self.table.columns_of(Meaning::Fte).next().map_or("", |column| column.heading.as_str());
        let entry = self.read(row, Meaning::Fte, |value| fte::fte(value, heading, self.words, self.policies));
        match entry {
            // "n/a" and "tbc" say that nothing is known; "PT" says something we cannot use.
            Entry::Unclear(text, place) if self.words.fte_key(&text) == Some("none") => Entry::Blank(place),
            other => other,
        }
    }

    fn duties(&self, row: &'a RawRow) -> Entry<Duties> {
        let what = self.text(row, Meaning::Duties);
        let points = self.read(row, Meaning::DutyPoints, Value::decimal);
        let heading = || {
            self.table
                .columns_of(Meaning::Duties)
                .next()
                .map_or(String::new(), |column| column.heading.trim().to_string())
        };
        let mut duties = Duties::default();
        let mut place = None;
        match &what {
            Entry::Given(text, at) => {
                if let Some(figure) = crate::book::sheet::exact(text) {
                    duties.points = (!figure.is_zero()).then_some(figure);
                    duties.what = if figure.is_zero() { String::new() } else { heading() };
                } else {
                    match self.words.tick(text) {
                        Some(true) => duties.what = heading(),
                        Some(false) => {}
                        None => duties.what = text.clone(),
                    }
                }
                place = Some(*at);
            }
            Entry::Unclear(text, at) => return Entry::Unclear(text.clone(), *at),
            Entry::NoColumn | Entry::Blank(_) => {}
        }
        match points {
            Entry::Given(figure, at) => {
                if !(figure.is_zero() && duties.what.is_empty()) {
                    duties.points = Some(figure);
                }
                place = place.or(Some(at));
            }
            Entry::Unclear(text, at) if self.words.tick(&text) != Some(false) => return Entry::Unclear(text, at),
            _ => {}
        }
        if duties.what.is_empty() && duties.points.is_none() {
            return match what.place().or(points.place()) {
                Some(place) => Entry::Blank(place),
                None => Entry::NoColumn,
            };
        }
        place.map_or(Entry::NoColumn, |place| Entry::Given(duties, place))
    }

    fn agreed(&self, row: &'a RawRow) -> Entry<Agreed> {
        let reason = self.text(row, Meaning::AgreedReason);
        let reason = reason.given().filter(|text| !fold(text).is_empty()).cloned().unwrap_or_default();
        let limit = self.read(row, Meaning::AgreedLimit, |value| {
            value
                .decimal()
                .or_else(|| cells::leading_figure(&tidy(&value.text())?))
                .filter(|limit| !limit.is_sign_negative())
        });
        match limit {
            Entry::Given(limit, place) => Entry::Given(Agreed { limit, reason }, place),
            Entry::Unclear(text, place) if self.words.tick(&text) == Some(false) => Entry::Blank(place),
            Entry::Unclear(text, place) => Entry::Unclear(text, place),
            Entry::Blank(place) => Entry::Blank(place),
            Entry::NoColumn => Entry::NoColumn,
        }
    }

    fn judgement(&self, row: &'a RawRow) -> Entry<Judgement> {
        let reason = self.text(row, Meaning::JudgementReason);
        let reason = reason.given().filter(|text| !fold(text).is_empty()).cloned().unwrap_or_default();
        match self.text(row, Meaning::Judgement) {
            Entry::Given(text, place) => match self.words.judgement(&text) {
                Some(rag) => Entry::Given(Judgement { rag, reason }, place),
                None if fold(&text).is_empty() => Entry::Blank(place),
                None => Entry::Unclear(text, place),
            },
            Entry::NoColumn => Entry::NoColumn,
            Entry::Blank(place) => Entry::Blank(place),
            Entry::Unclear(text, place) => Entry::Unclear(text, place),
        }
    }

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
    pub fn case(&self, row: &'a RawRow, area: Option<ServiceArea>, close: &mut Vec<(CellRef, String)>) -> Case {
        let as_of = self.policies.as_of;
        let words = self.words;
        let mut also_unclear = Vec::new();
        let mut statuses = BTreeSet::new();
        let mut proceedings = BTreeSet::new();
        let mut hint = None;

        let mut status = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::Status) {
            let cell = self.text_at(row, column.column);
            if let Entry::Given(text, place) = &cell {
                let doubt = once(&self.met.ambiguous, text, || words.ambiguous_status(text));
                // In leaving care CL is a care leaver.
                let by_area = doubt == Some(CaseStatus::CareLeaver.label()) && area == Some(ServiceArea::LeavingCare);
                let doubt = doubt.filter(|_| !by_area).map(|label| (place.cell, label));
                self.met.doubts.borrow_mut().extend(doubt);
            }
            let read = match cell {
                Entry::Given(text, place) => match once(&self.met.statuses, &text, || self.statuses(&text)) {
                    Some(found) => {
                        for word in found {
                            note_close(close, place, &word.how);
                            if gather(word.means, &mut statuses, &mut proceedings) {
                                hint = Some(place);
                            }
                        }
                        Entry::Given((), place)
                    }
                    None if fold(&text).is_empty() => Entry::Blank(place),
                    None => {
                        let known = words.statuses_in_part(&text);
                        for word in &known {
                            if gather(word.means, &mut statuses, &mut proceedings) {
                                hint = Some(place);
                            }
                        }
                        if known.iter().any(|word| word.means != StatusWord::Nothing) {
                            also_unclear.push((Meaning::Status, text, place));
                            Entry::Given((), place)
                        } else {
                            Entry::Unclear(text, place)
                        }
                    }
                },
                other => other.map(|_| ()),
            };
            status = merge(status, read, Meaning::Status, &mut also_unclear);
        }

        for column in self.table.columns_of(Meaning::TickedStatus) {
            let named = words.ticked_status(&column.heading);
            let read = match self.text_at(row, column.column) {
                Entry::Given(text, place) => match (self.ticks(&column.heading, &text), named) {
                    (Some(true), Some(named)) => {
                        statuses.insert(named);
                        if words.ambiguous_status(&column.heading).is_some() {
                            let heading = CellRef::new(self.table.header, column.column);
                            self.met.doubts.borrow_mut().push((heading, named.label()));
                        }
                        Entry::Given((), place)
                    }
                    // What is not ticked is not said to be anything.
                    (Some(false), _) => Entry::Blank(place),
                    _ => Entry::Unclear(text, place),
                },
                other => other.map(|_| ()),
            };
            status = merge(status, read, Meaning::Status, &mut also_unclear);
        }

        let mut court = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::Proceedings) {
            let read = match self.text_at(row, column.column) {
                Entry::Given(text, place) => match self.proceedings(&text) {
                    Some(all) => {
                        for word in all {
                            match word {
                                ProceedingsWord::Care => _ = proceedings.insert(Proceedings::Care),
                                ProceedingsWord::Private => _ = proceedings.insert(Proceedings::Private),
                                ProceedingsWord::Hint => hint = Some(place),
                                ProceedingsWord::None => {}
                            }
                        }
                        Entry::Given((), place)
                    }
                    None if fold(&text).is_empty() => Entry::Blank(place),
                    None => Entry::Unclear(text, place),
                },
                other => other.map(|_| ()),
            };
            court = merge(court, read, Meaning::Proceedings, &mut also_unclear);
        }
        for column in self.table.columns_of(Meaning::PrivateProceedings) {
            let read = match self.text_at(row, column.column) {
                Entry::Given(text, place) => match (words.tick(&text), self.proceedings(&text)) {
                    (Some(yes), _) => {
                        if yes {
                            proceedings.insert(Proceedings::Private);
                        }
                        Entry::Given((), place)
                    }
                    (None, Some(all)) => {
                        if all.contains(&ProceedingsWord::Private) || all.contains(&ProceedingsWord::Care) {
                            proceedings.insert(Proceedings::Private);
                        }
                        Entry::Given((), place)
                    }
                    (None, None) => Entry::Unclear(text, place),
                },
                other => other.map(|_| ()),
            };
            court = merge(court, read, Meaning::PrivateProceedings, &mut also_unclear);
        }
        // Proceedings named in the status cell are known even where no column asks for them.
        if let (false, Some(place)) = (proceedings.is_empty(), status.place()) {
            if let Entry::Unclear(text, at) = &court {
                also_unclear.push((Meaning::Proceedings, text.clone(), *at));
            }
            if court.given().is_none() {
                court = Entry::Given((), place);
            }
        }
        if hint.is_some() && proceedings.contains(&Proceedings::Care) {
            hint = None;
        }

        let mut factors = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::Factor) {
            let (value, place) = self.get(row, column.column);
            let ticked = match value {
                None => Some(false),
                Some(value) => words.tick(&value.text()).or(value.decimal().map(|figure| !figure.is_zero())),
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
        let mut additional = self.read(row, Meaning::Additional, |value| {
            value.decimal().or_else(|| cells::leading_figure(&tidy(&value.text())?))
        });
        if let Entry::Unclear(text, place) = &additional {
            match words.tick(text) {
                Some(true) => {
                    factors = Entry::Given(factors.given().copied().unwrap_or(0) + 1, *place);
                    additional = Entry::Blank(*place);
                }
                Some(false) => additional = Entry::Blank(*place),
                None => {}
            }
        }

        let mut cause = None;
        let mut awaiting = Entry::NoColumn;
        for column in self.table.columns_of(Meaning::AwaitingMove) {
            awaiting = match self.text_at(row, column.column) {
                Entry::Given(text, place) => match words.tick(&text) {
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
                if let Some(found) = words.cause(&text) {
                    cause = cause.or(Some((found, place)));
                }
                if self.says_awaiting(&text) {
                    awaiting = Entry::Given(true, place);
                }
            }
        }
        if statuses.contains(&CaseStatus::AwaitingMove)
            && let Some(place) = status.place()
        {
            awaiting = Entry::Given(true, place);
        }
        if let (None, Entry::Given(true, place)) = (cause, &awaiting) {
            cause = Some(("awaiting transfer or closure", *place));
        }

        let child = self.child(row, area);
        let first = row.cells.first().map_or(0, |cell| cell.column);
        let place = child.place().unwrap_or(self.place(row.index, first));
        let mut household_written = String::new();
        let household = match self.text(row, Meaning::Household) {
            Entry::Given(text, place) => match cells::reference(&text) {
                Some(key) => {
                    household_written = text;
                    Entry::Given(key, place)
                }
                None => Entry::Blank(place),
            },
            other => other,
        };
        Case {
            place,
            of: 1,
            worker_cell: self.table.column(Meaning::Worker).map(|column| self.get(row, column).1),
            worker_says: self.worker_says(row),
            subject: self.subject(row, area, &statuses),
            child,
            household,
            household_written,
            status: status.map(|()| statuses.clone()),
            status_written: self.status_written(row),
            proceedings: court.map(|()| proceedings.clone()),
            hint,
            status_points: Entry::NoColumn,
            points: self
                .read(row, Meaning::PointsTotal, |value| value.decimal().filter(|points| !points.is_sign_negative())),
            intervention: self.read(row, Meaning::Intervention, |value| cells::level(value, words)),
            additional,
            factors,
            co_workers: self.co_workers(row),
            awaiting_move: awaiting,
            cause,
            born: self.read(row, Meaning::Born, |value| cells::date(value, as_of)),
            age: self.read(row, Meaning::Age, cells::age),
            dates: self.dates(row),
            repeats: Vec::new(),
            also_unclear,
            hidden: row.hidden || self.is_on_hidden_sheet(),
        }
    }

    /// The status cells' text, where a chosen policy tells kinds of case apart by their words.
    fn status_written(&self, row: &'a RawRow) -> String {
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
        let (mut statuses, mut proceedings) = (BTreeSet::new(), BTreeSet::new());
        let all = self.statuses(text).unwrap_or_else(|| self.words.statuses_in_part(text));
        for word in all {
            gather(word.means, &mut statuses, &mut proceedings);
        }
        (statuses, proceedings)
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

    /// Whether a text says that transfer, closure or step-down is awaited. Notes are free text and
    /// each is another: listed words alone are looked for, no close spellings.
    fn says_awaiting(&self, text: &str) -> bool {
        self.words.cause(text) == Some("awaiting transfer or closure") || self.words.is_awaiting_move(text)
    }

    /// What the row's used cells say, to tell a row that repeats another.
    pub fn whole_row(&self, row: &RawRow) -> String {
        let cells = self.table.columns.iter().map(|column| row.value(column.column));
        let texts: Vec<String> = cells.map(|value| value.map_or(String::new(), |value| fold(&value.text()))).collect();
        texts.join("\u{1}")
    }

    /// Whether people do not see the sheet.
    pub fn is_on_hidden_sheet(&self) -> bool {
        self.sheet.visibility != Visibility::Visible
    }

    pub fn place(&self, row: u32, column: u32) -> Place {
        Place { sheet: self.position, cell: CellRef::new(row, column) }
    }
}

/// Adds what a word of a status cell says; whether it only hints at proceedings.
fn gather(word: StatusWord, statuses: &mut BTreeSet<CaseStatus>, proceedings: &mut BTreeSet<Proceedings>) -> bool {
    match word {
        StatusWord::Status(status) => _ = statuses.insert(status),
        StatusWord::Care => _ = proceedings.insert(Proceedings::Care),
        StatusWord::Private => _ = proceedings.insert(Proceedings::Private),
        StatusWord::Hint | StatusWord::Nothing => {}
    }
    word == StatusWord::Hint
}

/// Joins what two columns of one meaning say; what one of them leaves unclear beside a clear one is kept aside.
fn merge(one: Entry<()>, other: Entry<()>, meaning: Meaning, aside: &mut Vec<(Meaning, String, Place)>) -> Entry<()> {
    match (one, other) {
        (Entry::NoColumn, entry) | (entry, Entry::NoColumn) => entry,
        (Entry::Blank(_), entry) | (entry, Entry::Blank(_)) => entry,
        (Entry::Given((), place), Entry::Unclear(text, at)) | (Entry::Unclear(text, at), Entry::Given((), place)) => {
            aside.push((meaning, text, at));
            Entry::Given((), place)
        }
        (Entry::Unclear(text, at), Entry::Unclear(second, place)) => {
            aside.push((meaning, second, place));
            Entry::Unclear(text, at)
        }
        (given, Entry::Given(..)) => given,
    }
}

fn note_close(close: &mut Vec<(CellRef, String)>, place: Place, how: &HowRead) {
    if let HowRead::Close(word) = how {
        close.push((place.cell, word.clone()));
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Text(text) => !fold(text).is_empty(),
        _ => true,
    }
}

/// Why a row below the header is no case, worker or worker's heading; `None` where it may be one.
pub fn reason_aside(reader: &Reader<'_>, row: &RawRow) -> Option<Reason> {
    let reading = reader.table;
    if row.cells.iter().all(|cell| matches!(&cell.value, Value::Text(text) if text.trim().is_empty())) {
        return Some(Reason::Blank);
    }
    // A header repeated, as at the top of a printed page.
    let repeated = reading
        .columns
        .iter()
        .filter(|column| row.value(column.column).is_some_and(|value| fold(&value.text()) == fold(&column.heading)))
        .count();
    if repeated >= 2 && repeated * 2 >= reading.columns.len() {
        return Some(Reason::Heading);
    }
    // Below the heading for intervention "average" is a level.
    let level = |cell: &RawCell| {
        reading.columns_of(Meaning::Intervention).any(|column| column.column == cell.column)
            && reader.words.level(&cell.value.text()).is_some()
    };
    let figure = |cell: &RawCell| matches!(cell.value, Value::Text(_)) && cell.value.decimal().is_some();
    let first_text =
        row.cells.iter().find(|cell| matches!(cell.value, Value::Text(_)) && !figure(cell)).filter(|cell| !level(cell));
    if let Some(value) = first_text.map(|cell| &cell.value) {
        let holder = reading.column(Meaning::Worker).and_then(|column| row.value(column));
        // A figure below the worker column is the total itself; in a CSV figures are text.
        let text =
            |holder: &Value| matches!(holder, Value::Text(_)) && says_something(holder) && holder.decimal().is_none();
        let named = holder.is_some_and(|holder| holder != value && text(holder));
        if reader.words.is_total(&value.text()) && !named {
            return Some(Reason::Totals);
        }
    }
    let used = reading.columns.iter().any(|column| row.value(column.column).is_some_and(says_something));
    if !used {
        let text = row.cells.iter().any(|cell| matches!(cell.value, Value::Text(_)) && says_something(&cell.value));
        // A running number or a formula filled down beside empty rows says nothing.
        return Some(if text { Reason::Unreadable } else { Reason::Blank });
    }
    if is_footer(reader, row) {
        return Some(Reason::Unreadable);
    }
    if is_section(reader, row) {
        return Some(Reason::Heading);
    }
    if let [only] = row.cells.as_slice() {
        let text = only.value.text();
        let wordy = fold(&text).split(' ').count() >= 4 || text.ends_with(':') || text.chars().count() > 40;
        let named = reading.column(Meaning::Worker) == Some(only.column) && is_like_a_name(&text);
        if matches!(only.value, Value::Text(_)) && wordy && !named {
            return Some(Reason::Unreadable);
        }
    }
    None
}

/// Whether a row belongs below the table: where it is signed, or what an abbreviation means.
fn is_footer(reader: &Reader<'_>, row: &RawRow) -> bool {
    let Some(first) = row.cells.first() else { return false };
    let Value::Text(text) = &first.value else { return false };
    let label = |cell: &RawCell| matches!(&cell.value, Value::Text(text) if text.trim_end().ends_with(':'));
    if row.cells.len() >= 2 && row.cells.iter().all(|cell| label(cell) || !says_something(&cell.value)) {
        return true;
    }
    // In a column of names it may be one: nobody is called so where the child stands.
    let of_child = |column: u32| {
        let mut children = reader.table.columns_of(Meaning::Child).chain(reader.table.columns_of(Meaning::ChildName));
        children.any(|child| child.column == column)
    };
    if reader.words.is_footer(text) && (of_child(first.column) || label(first)) {
        return true;
    }
    // "CIN | Child in need", and nothing that says whose it is.
    let means = |cell: &RawCell| {
        let text = cell.value.text();
        reader.words.statuses(&text).is_some() || reader.words.listed_heading(&text, false).is_some()
    };
    row.cells.len() == 2
        && of_child(first.column)
        && means(first)
        && reader.table.column(Meaning::Worker).is_none_or(|column| row.value(column).is_none())
}

/// Whether a row by itself heads the rows below it with a status or a service area: `CHILD PROTECTION`.
fn is_section(reader: &Reader<'_>, row: &RawRow) -> bool {
    let [only] = row.cells.as_slice() else { return false };
    let status = reader.table.columns_of(Meaning::Status).any(|column| column.column == only.column);
    let text = only.value.text();
    let heads = reader.words.statuses(&text).is_some() || reader.words.area(&text) != AreaWord::None;
    !status && heads && reader.table.columns.len() >= 3
}

/// Checks the figures of a totals row against the rows above it.
///
/// `counted` holds each counted row with the number of its children.
pub fn check_totals(reader: &Reader<'_>, row: &RawRow, since: u32, counted: &[(u32, u32)]) -> Vec<Total> {
    let (sheet, table) = (reader.sheet, reader.table);
    let words = row.cells.iter().map(|cell| fold(&cell.value.text())).collect::<Vec<_>>().join(" ");
    if words.contains("average") || words.contains("mean") {
        return Vec::new();
    }
    let rows = |from: u32| counted.iter().filter(move |(at, _)| *at < row.index && *at >= from);
    let rows_from = |from: u32| Decimal::from(rows(from).count());
    let children_from = |from: u32| Decimal::from(rows(from).map(|(_, children)| u64::from(*children)).sum::<u64>());
    let mut totals = Vec::new();
    for cell in &row.cells {
        // In a CSV figures are text.
        let Some(stated) = cell.value.decimal() else { continue };
        let ticked = table.columns_of(Meaning::TickedStatus).any(|column| column.column == cell.column);
        let above = |from: u32| -> Vec<Decimal> {
            sheet
                .rows
                .iter()
                .filter(|other| {
                    other.index >= from
                        && other.index < row.index
                        && counted.binary_search_by_key(&other.index, |(at, _)| *at).is_ok()
                })
                .filter_map(|other| {
                    let value = other.value(cell.column)?;
                    value.decimal().or_else(|| {
                        ticked.then(|| reader.words.tick(&value.text()))?.map(|yes| Decimal::from(u8::from(yes)))
                    })
                })
                .collect()
        };
        let header = table.header + 1;
        let (column, recent) = (above(header), above(since));
        let counts = [rows_from(0), rows_from(since), children_from(0), children_from(since)];
        let sums = [column.iter().sum::<Decimal>(), recent.iter().sum::<Decimal>()];
        if counts.contains(&stated) || (!column.is_empty() && sums.contains(&stated)) {
            continue;
        }
        let references = table.column(Meaning::Child) == Some(cell.column);
        let number = table.columns_of(Meaning::Children).any(|column| column.column == cell.column);
        let by = match column.is_empty() || references || number {
            true => children_from(since),
            false => recent.iter().sum(),
        };
        totals.push(Total { cell: CellRef::new(row.index, cell.column), stated, counted: by, across: false });
    }
    totals
}

/// Rows set aside, for the reading.
pub fn aside(row: u32, reason: Reason) -> SetAside {
    SetAside { row, reason, of: None }
}
