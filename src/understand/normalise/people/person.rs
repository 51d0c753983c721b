//! A worker while they are gathered: what several rows and the roster say of one person.

use jiff::civil::Date;

use crate::book::sheet::Place;
use crate::field::caseload::{
    Agreed, Case, Counts, Duties, Entry, FteFigure, Judgement, NotCounted, Role, Stated, TaskForm, TimeForm,
};
use crate::field::reading::Layout;
use crate::understand::normalise::cells::StageWord;
use crate::understand::normalise::facts::Facts;
use crate::understand::normalise::names::WorkerName;

/// A worker while they are gathered.
pub struct Person {
    pub name: String,
    pub key: String,
    pub surname_first: bool,
    pub other_form: Option<(String, Place)>,
    pub named: Vec<Place>,
    pub on_roster: Option<Place>,
    pub role: Collected<Role>,
    pub post: Collected<String>,
    pub stage: Collected<StageWord>,
    pub started: Collected<Date>,
    pub fte: Collected<FteFigure>,
    pub duties: Collected<Duties>,
    pub agreed: Collected<Agreed>,
    pub judgement: Collected<Judgement>,
    pub cases: Vec<Case>,
    pub co_worked: Vec<Case>,
    pub mentioned: bool,
    pub unclear_below: Option<Place>,
    pub counts: Option<Counts>,
    pub stated: Vec<Stated>,
    pub not_counted: Vec<NotCounted>,
    /// The first form that tells of the worker's work and lists no children.
    pub on_form: Option<Layout>,
    pub tasks: Option<TaskForm>,
    pub time: Option<TimeForm>,
}

/// What several cells said of one thing.
pub struct Collected<T> {
    pub values: Vec<(T, Place)>,
    pub unclear: Option<(String, Place)>,
    pub blank: Option<Place>,
}

impl Person {
    pub fn new(name: &WorkerName) -> Self {
        Self {
            name: name.shown.clone(),
            key: name.key.clone(),
            surname_first: name.surname_first,
            other_form: None,
            named: Vec::new(),
            on_roster: None,
            role: Collected::new(),
            post: Collected::new(),
            stage: Collected::new(),
            started: Collected::new(),
            fte: Collected::new(),
            duties: Collected::new(),
            agreed: Collected::new(),
            judgement: Collected::new(),
            cases: Vec::new(),
            co_worked: Vec::new(),
            mentioned: false,
            unclear_below: None,
            counts: None,
            stated: Vec::new(),
            not_counted: Vec::new(),
            on_form: None,
            tasks: None,
            time: None,
        }
    }

    pub fn learn(&mut self, name: &WorkerName, place: Place, facts: &Facts) {
        if name.surname_first != self.surname_first && self.other_form.is_none() {
            self.other_form = Some((name.shown.clone(), place));
        }
        self.role.add(&facts.role);
        self.post.add(&facts.post);
        self.stage.add(&facts.stage);
        self.started.add(&facts.started);
        self.fte.add(&facts.fte);
        self.duties.add(&facts.duties);
        self.agreed.add(&facts.agreed);
        self.judgement.add(&facts.judgement);
        if let Some(figure) = &name.fte {
            self.fte.add(&Entry::Given(figure.clone(), place));
        } else if let Some(text) = &name.part_time {
            self.fte.add(&Entry::Unclear(text.clone(), place));
        }
        if let Some(role) = name.role {
            self.role.add(&Entry::Given(role, place));
        }
        if let Some(word) = name.stage {
            self.stage.add(&Entry::Given(word, place));
        }
    }
}

impl<T: Clone + PartialEq> Collected<T> {
    pub fn new() -> Self {
        Self { values: Vec::new(), unclear: None, blank: None }
    }

    pub fn add(&mut self, entry: &Entry<T>) {
        match entry {
            Entry::NoColumn => {}
            Entry::Blank(place) => self.blank = self.blank.or(Some(*place)),
            Entry::Unclear(text, place) => {
                if self.unclear.is_none() {
                    self.unclear = Some((text.clone(), *place));
                }
            }
            Entry::Given(value, place) => {
                if !self.values.iter().any(|(known, _)| known == value) {
                    self.values.push((value.clone(), *place));
                }
            }
        }
    }

    /// The chosen value, else what stands in its stead.
    pub fn entry(&self, best: impl Fn(&T, &T) -> std::cmp::Ordering) -> Entry<T> {
        let chosen = self.values.iter().min_by(|(one, _), (other, _)| best(one, other));
        match (chosen, &self.unclear, self.blank) {
            (Some((value, place)), _, _) => Entry::Given(value.clone(), *place),
            (None, Some((text, place)), _) => Entry::Unclear(text.clone(), *place),
            (None, None, Some(place)) => Entry::Blank(place),
            (None, None, None) => Entry::NoColumn,
        }
    }
}
