//! A worker while they are gathered: what several rows and the roster say of one person.

use jiff::civil::Date;

use crate::book::sheet::Place;
use crate::field::caseload::{Agreed, Duties, Entry, FteFigure, Holding, Identity, Judgement, Role};
use crate::field::reading::Layout;
use crate::understand::normalise::cells::StageWord;
use crate::understand::normalise::facts::Facts;
use crate::understand::normalise::names::WorkerName;

/// A worker while they are gathered.
pub struct Person {
    pub who: Identity,
    pub surname_first: bool,
    /// The same name in the other order.
    pub other_form: Option<(String, Place)>,
    pub said: Said,
    pub holds: Holding,
    /// A row names them as its own, or as co-worker.
    pub mentioned: bool,
    /// The first form that tells of the worker's work and lists no children.
    pub on_form: Option<Layout>,
}

/// All that several rows say of a worker's post.
#[derive(Default)]
pub struct Said {
    pub role: Collected<Role>,
    pub post: Collected<String>,
    pub stage: Collected<StageWord>,
    pub started: Collected<Date>,
    pub fte: Collected<FteFigure>,
    pub duties: Collected<Duties>,
    pub agreed: Collected<Agreed>,
    pub judgement: Collected<Judgement>,
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
            who: Identity { name: name.shown.clone(), key: name.key.clone(), ..Identity::default() },
            surname_first: name.surname_first,
            other_form: None,
            said: Said::default(),
            holds: Holding::default(),
            mentioned: false,
            on_form: None,
        }
    }

    /// Adds what a row says, beside the name and in it.
    pub fn learn(&mut self, name: &WorkerName, place: Place, facts: &Facts) {
        if name.surname_first != self.surname_first && self.other_form.is_none() {
            self.other_form = Some((name.shown.clone(), place));
        }
        let said = &mut self.said;
        said.role.add(&facts.role);
        said.post.add(&facts.post);
        said.stage.add(&facts.stage);
        said.started.add(&facts.started);
        said.fte.add(&facts.fte);
        said.duties.add(&facts.duties);
        said.agreed.add(&facts.agreed);
        said.judgement.add(&facts.judgement);
        if let Some(figure) = &name.fte {
            said.fte.add(&Entry::Given(figure.clone(), place));
        } else if let Some(text) = &name.part_time {
            said.fte.add(&Entry::Unclear(text.clone(), place));
        }
        if let Some(role) = name.role {
            said.role.add(&Entry::Given(role, place));
        }
        if let Some(word) = name.stage {
            said.stage.add(&Entry::Given(word, place));
        }
    }
}

impl<T> Default for Collected<T> {
    fn default() -> Self {
        Self { values: Vec::new(), unclear: None, blank: None }
    }
}

impl<T: Clone + PartialEq> Collected<T> {
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
