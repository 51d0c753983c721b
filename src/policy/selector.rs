//! Whom an entry of a policy is for.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::StrDeserializer;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Kind, Policy};
use crate::book::text::fold;
use crate::field::caseload::{Case, Post, Role, ServiceArea, Stage, Team, Worker};

/// Whom an entry is for: every word given narrows it, and of several entries the most specific wins.
///
/// Each may be one word or a list: `for = { area = "locality", role = ["social-worker", "nqsw"] }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Selector {
    /// Service areas.
    #[serde(deserialize_with = "one_or_several")]
    #[schemars(with = "OneOrSeveral<ServiceArea>")]
    pub area: Vec<ServiceArea>,
    /// Roles; a newly qualified worker is reached by `nqsw` first, else by the role beside it.
    #[serde(deserialize_with = "one_or_several")]
    #[schemars(with = "OneOrSeveral<Role>")]
    pub role: Vec<Role>,
    /// Stages of experience.
    #[serde(deserialize_with = "one_or_several")]
    #[schemars(with = "OneOrSeveral<Stage>")]
    pub stage: Vec<Stage>,
    /// Grades of the policy.
    #[serde(deserialize_with = "one_or_several")]
    #[schemars(with = "OneOrSeveral<String>")]
    pub grade: Vec<String>,
    /// Words in the team's name.
    #[serde(deserialize_with = "one_or_several")]
    #[schemars(with = "OneOrSeveral<String>")]
    pub team: Vec<String>,
    /// Kinds of case of the policy: the worker holds cases of all these kinds and of no other.
    #[serde(deserialize_with = "one_or_several")]
    #[schemars(with = "OneOrSeveral<String>")]
    pub holds: Vec<String>,
}

/// A worker as entries are chosen for them.
#[derive(Clone, Copy)]
pub struct Whom<'a> {
    /// The team's service area.
    pub area: Option<ServiceArea>,
    /// The team's name.
    pub team: &'a str,
    /// The worker's post.
    pub post: &'a Post,
    /// The cases held.
    pub cases: &'a [Case],
}

impl<'a> Whom<'a> {
    /// A worker of a team.
    pub fn of(team: &'a Team, worker: &'a Worker) -> Self {
        Self { area: team.area, team: &team.name, post: &worker.post, cases: &worker.holds.cases }
    }
}

/// What of a worker decides which entries are for them.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The team's service area.
    pub area: Option<ServiceArea>,
    /// The worker's role.
    pub role: Role,
    /// Of a newly qualified worker the role beside it, of others the same again.
    pub base_role: Role,
    /// Time in practice.
    pub stage: Option<Stage>,
    /// The policy's grade.
    pub grade: Option<&'a str>,
    /// The team's name.
    pub team: &'a str,
    /// The kinds of case held, none for who holds no case; `None` where some case is of none of the policy's.
    pub holds: Option<BTreeSet<&'a str>>,
}

impl Selector {
    /// Whether the entry is for this worker.
    pub fn fits(&self, facts: &Facts<'_>) -> bool {
        let any = |given: bool, fits: bool| !given || fits;
        // Who holds no case at all is judged by the entries for one kind alone.
        let fits = |held: &BTreeSet<&str>| match held.len() {
            0 => self.holds.len() == 1,
            _ => *held == self.sorted_holds(),
        };
        let holds = || facts.holds.as_ref().is_some_and(fits);
        any(!self.area.is_empty(), facts.area.is_some_and(|area| self.area.contains(&area)))
            && any(!self.role.is_empty(), self.role.contains(&facts.role) || self.role.contains(&facts.base_role))
            && any(!self.stage.is_empty(), facts.stage.is_some_and(|stage| self.stage.contains(&stage)))
            && any(!self.grade.is_empty(), facts.grade.is_some_and(|own| self.grade.iter().any(|grade| grade == own)))
            && any(!self.team.is_empty(), self.team.iter().any(|words| holds_words(facts.team, words)))
            && (self.holds.is_empty() || holds())
    }

    /// How specific the entry is for this worker: the number of words that narrow it, and of two
    /// alike the one that names the worker's own role rather than the role beside it.
    pub fn rank(&self, facts: &Facts<'_>) -> (usize, bool) {
        let given = [
            !self.area.is_empty(),
            !self.role.is_empty(),
            !self.stage.is_empty(),
            !self.grade.is_empty(),
            !self.team.is_empty(),
            !self.holds.is_empty(),
        ];
        (given.iter().filter(|given| **given).count(), self.role.contains(&facts.role))
    }

    /// It names nobody in particular.
    pub fn is_everybody(&self) -> bool {
        *self == Selector::default()
    }

    /// It names something beside service area, role and stage.
    pub fn names_what_tables_do_not(&self) -> bool {
        !(self.grade.is_empty() && self.team.is_empty() && self.holds.is_empty())
    }

    /// Whom it is for in words: `Fostering, social worker`.
    pub fn in_words(&self, policy: &Policy) -> String {
        let either = |words: Vec<&str>| words.join(" or ");
        let grade = |id: &String| policy.grades.iter().find(|grade| grade.id == *id).map(|grade| grade.label.clone());
        let kind = |id: &String| policy.kinds.iter().find(|kind| kind.id == *id).map(|kind| kind.label.clone());
        let grades: Vec<String> = self.grade.iter().filter_map(grade).collect();
        let kinds: Vec<String> = self.holds.iter().filter_map(kind).collect();
        let mut parts = vec![
            either(self.area.iter().map(|area| area.label()).collect()),
            either(self.role.iter().map(|role| role.label()).collect()),
            either(self.stage.iter().map(|stage| stage.label()).collect()),
            grades.join(" or "),
        ];
        if !self.team.is_empty() {
            parts.push(format!("teams with {} in their name", either(self.team.iter().map(String::as_str).collect())));
        }
        if !self.holds.is_empty() {
            parts.push(format!("holding {} and nothing else", kinds.join(" and ")));
        }
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() { "everybody".into() } else { parts.join(", ") }
    }

    /// The kinds of case that the worker holds, each once and in order.
    pub(super) fn sorted_holds(&self) -> BTreeSet<&str> {
        self.holds.iter().map(String::as_str).collect()
    }
}

impl Policy {
    /// The grade of a worker: of those whose words stand in the role cell the one with the longest.
    pub fn grade_of(&self, post: &Post) -> Option<&String> {
        let longest = |words: &[String]| {
            let there = words.iter().filter(|words| holds_words(&post.title, words));
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

    /// What decides which of this policy's entries are for a worker.
    pub fn facts<'a>(&'a self, whom: Whom<'a>) -> Facts<'a> {
        let kinds = || whom.cases.iter().map(|case| self.kind_of(case).map(|kind| kind.id.as_str())).collect();
        Facts {
            area: whom.area,
            role: whom.post.role,
            base_role: whom.post.base_role(),
            stage: whom.post.stage,
            grade: self.grade_of(whom.post).map(String::as_str),
            team: whom.team,
            holds: if self.asks_what_is_held() { kinds() } else { None },
        }
    }

    fn asks_what_is_held(&self) -> bool {
        self.selectors().any(|whom| !whom.holds.is_empty())
    }
}

/// Whether these words stand in a text, one after another and as whole words.
fn holds_words(text: &str, words: &str) -> bool {
    let (text, words) = (fold(text), fold(words));
    !words.is_empty() && format!(" {text} ").contains(&format!(" {words} "))
}

/// One word or a list of them.
struct OneOrSeveral<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for OneOrSeveral<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrSeveral{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

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

fn one_or_several<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    from.deserialize_any(OneOrSeveral(PhantomData))
}
