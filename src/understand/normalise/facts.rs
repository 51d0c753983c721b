//! What a row says of its worker beside the name: role, experience, FTE, duties, agreed limit, judgement.

use jiff::civil::Date;

use crate::book::sheet::{Place, RawRow, Value};
use crate::book::text::fold;
use crate::field::caseload::{Agreed, Duties, ELSEWHERE, Entry, FteFigure, Judgement, Role};
use crate::field::reading::Meaning;
use crate::understand::normalise::cells::{self, StageWord, tidy};
use crate::understand::normalise::fte;
use crate::understand::normalise::reader::{Close, Reader, note_close, once};
use crate::understand::words::Found;

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

impl Facts {
    /// Marks every cell as one of another file.
    pub fn move_elsewhere(&mut self) {
        fn away<T>(entry: &mut Entry<T>) {
            if let Entry::Blank(place) | Entry::Given(_, place) | Entry::Unclear(_, place) = entry {
                place.sheet = ELSEWHERE;
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
    /// What the row says of its worker.
    pub fn facts(&self, row: &'a RawRow, close: &mut Close) -> Facts {
        let (role, told_by_role) = self.role(row, close);
        let as_of = self.policies.as_of;
        Facts {
            role,
            post: self.text(row, Meaning::Role),
            stage: self.stage(row, told_by_role),
            started: self.read(row, Meaning::Started, |value| cells::date(value, as_of)),
            fte: self.fte(row),
            duties: self.duties(row),
            agreed: self.agreed(row),
            judgement: self.judgement(row),
        }
    }

    /// The role, and a stage that its cell tells beside it: `Social worker (ASYE)`, `Social worker, 8 months`.
    fn role(&self, row: &'a RawRow, close: &mut Close) -> (Entry<Role>, Option<(StageWord, Place)>) {
        let cell = self.text(row, Meaning::Role);
        let Entry::Given(text, place) = cell else { return (cell.map(|_| Role::Other), None) };
        let stage_of = |text: &str| {
            let word = cells::stage(&Value::Text(text.into()), false, self.words);
            word.filter(|word| *word != StageWord::Nothing).map(|word| (word, place))
        };
        match once(&self.met.roles, &text, || self.words.role(&text)) {
            Some(Found { means, how }) => {
                note_close(close, place, &how);
                if self.words.is_ambiguous_role(&text) {
                    self.met.doubts.borrow_mut().push((place.cell, means.label()));
                }
                let beside = text.split_once(['(', '-', '–', ',']);
                let stage = beside.and_then(|(_, rest)| stage_of(rest.trim_end_matches(')').trim()));
                (Entry::Given(means, place), stage)
            }
            None if fold(&text).is_empty() => (Entry::Blank(place), None),
            // "ASYE, 8 months": the role column tells the stage alone.
            None => match stage_of(&text) {
                Some(told) => {
                    let student = matches!(told.0, StageWord::Exact(stage) if stage.name().starts_with("student"));
                    (Entry::Given(if student { Role::Student } else { Role::Nqsw }, place), Some(told))
                }
                None => (Entry::Unclear(text, place), None),
            },
        }
    }

    /// The experience column's word, else what the role's cell tells of it.
    fn stage(&self, row: &'a RawRow, told_by_role: Option<(StageWord, Place)>) -> Entry<StageWord> {
        let heading = self.table.columns_of(Meaning::Stage).next().map(|column| fold(&column.heading));
        let months = heading.is_some_and(|heading| heading.contains("month"));
        let mut stage = self.read(row, Meaning::Stage, |value| cells::stage(value, months, self.words));
        if let Entry::Given(StageWord::Nothing, place) = stage {
            stage = Entry::Blank(place);
        }
        match told_by_role {
            Some((word, place)) if stage.is_absent() => Entry::Given(word, place),
            _ => stage,
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
}
