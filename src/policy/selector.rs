//! Whom an entry of a policy is for.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Kind, Policy};
use crate::caseload::{Case, Role, ServiceArea, Stage, Team, Worker};
use crate::words::fold;

/// Whom an entry is for: every word given narrows it, and of several entries the most specific wins.
///
/// Each may be one word or a list: `for = { area = "locality", role = ["social-worker", "nqsw"] }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Selector {
    /// Service areas.
    #[serde(deserialize_with = "one_or_several")]
    pub area: Vec<ServiceArea>,
    /// Roles; a newly qualified worker is reached by `nqsw` first, else by the role beside it.
    #[serde(deserialize_with = "one_or_several")]
    pub role: Vec<Role>,
    /// Stages of experience.
    #[serde(deserialize_with = "one_or_several")]
    pub stage: Vec<Stage>,
    /// Grades of the policy.
    #[serde(deserialize_with = "one_or_several")]
    pub grade: Vec<String>,
    /// Words in the team's name.
    #[serde(deserialize_with = "one_or_several")]
    pub team: Vec<String>,
    /// Kinds of case of the policy: the worker holds cases of all these kinds and of no other.
    #[serde(deserialize_with = "one_or_several")]
    pub holds: Vec<String>,
}

/// A worker as entries are chosen for them.
#[derive(Clone, Copy)]
pub struct Whom<'a> {
    /// The team that lists them.
    pub team: &'a Team,
    /// The worker.
    pub worker: &'a Worker,
}

impl Selector {
    /// Whether the entry is for this worker.
    pub fn fits(&self, policy: &Policy, whom: Whom<'_>) -> bool {
        let Whom { team, worker } = whom;
        let any = |given: bool, fits: bool| !given || fits;
        any(!self.area.is_empty(), team.area.is_some_and(|area| self.area.contains(&area)))
            && any(!self.role.is_empty(), self.role.contains(&worker.role) || self.role.contains(&worker.base_role()))
            && any(!self.stage.is_empty(), worker.stage.is_some_and(|stage| self.stage.contains(&stage)))
            && any(!self.grade.is_empty(), policy.grade_of(worker).is_some_and(|grade| self.grade.contains(grade)))
            && any(!self.team.is_empty(), self.team.iter().any(|words| holds_words(&team.name, words)))
            && any(!self.holds.is_empty(), policy.holds_exactly(worker, &self.holds))
    }

    /// How specific the entry is for this worker: the number of words that narrow it, and of two
    /// alike the one that names the worker's own role rather than the role beside it.
    pub fn rank(&self, worker: &Worker) -> (usize, bool) {
        let given = [
            !self.area.is_empty(),
            !self.role.is_empty(),
            !self.stage.is_empty(),
            !self.grade.is_empty(),
            !self.team.is_empty(),
            !self.holds.is_empty(),
        ];
        (given.iter().filter(|given| **given).count(), self.role.contains(&worker.role))
    }
}

impl Policy {
    /// The grade of a worker: of those whose words stand in the role cell the one with the longest.
    pub fn grade_of(&self, worker: &Worker) -> Option<&String> {
        let longest = |words: &[String]| {
            let there = words.iter().filter(|words| holds_words(&worker.post, words));
            there.map(|words| fold(words).len()).max()
        };
        let graded = self.grades.iter().filter_map(|grade| Some((longest(&grade.words)?, &grade.id)));
        // Of two alike the first in the file.
        graded.rev().max_by_key(|(length, _)| *length).map(|(_, id)| id)
    }

    /// The kind of a case: the first in the file of which it has a status or a word.
    pub fn kind_of(&self, case: &Case) -> Option<&Kind> {
        self.kinds.iter().find(|kind| {
            kind.statuses.iter().any(|status| case.has(*status))
                || kind.words.iter().any(|words| holds_words(&case.status_written, words))
        })
    }

    /// Whether a text holds a word of some kind of case.
    pub fn knows_kind(&self, text: &str) -> bool {
        self.kinds.iter().flat_map(|kind| &kind.words).any(|words| holds_words(text, words))
    }

    /// Who holds no case at all is judged by the entries for one kind alone.
    fn holds_exactly(&self, worker: &Worker, kinds: &[String]) -> bool {
        if worker.cases.is_empty() {
            return kinds.len() == 1;
        }
        let held = |kind: &String| worker.cases.iter().any(|case| self.kind_of(case).is_some_and(|of| of.id == *kind));
        let other = |case: &Case| self.kind_of(case).is_none_or(|of| !kinds.contains(&of.id));
        kinds.iter().all(held) && !worker.cases.iter().any(other)
    }
}

/// Whether these words stand in a text, one after another and as whole words.
fn holds_words(text: &str, words: &str) -> bool {
    let (text, words) = (fold(text), fold(words));
    !words.is_empty() && format!(" {text} ").contains(&format!(" {words} "))
}

fn one_or_several<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    struct OneOrSeveral<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrSeveral<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a word in quotes, or a list of them")
        }

        fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Vec<T>, E> {
            T::deserialize(StrDeserializer::new(word)).map(|word| vec![word])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut words = Vec::new();
            while let Some(word) = list.next_element()? {
                words.push(word);
            }
            Ok(words)
        }
    }

    from.deserialize_any(OneOrSeveral(PhantomData))
}
