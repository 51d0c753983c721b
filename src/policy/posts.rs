//! Kinds of worker that a policy's entries are tried on: who has which limit, and which entries meet.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Facts, Limit, Policy, Selector};
use crate::field::caseload::{Role, ServiceArea, Stage};
use crate::field::rating::Measure;

/// A role and the time in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// The role; of somebody newly qualified the one beside it.
    pub role: Role,
    /// Time in practice.
    pub stage: Stage,
}

impl Post {
    /// The posts that a table of limits has a row for.
    pub const SHOWN: &'static [Post] = &[
        Post { role: Role::SocialWorker, stage: Stage::Year3Plus },
        Post { role: Role::SocialWorker, stage: Stage::Nqsw0To6 },
        Post { role: Role::SocialWorker, stage: Stage::Nqsw6To12 },
        Post { role: Role::DeputyTeamManager, stage: Stage::Year3Plus },
        Post { role: Role::TeamManager, stage: Stage::Year3Plus },
        Post { role: Role::Iro, stage: Stage::Year3Plus },
        Post { role: Role::PersonalAdviser, stage: Stage::Year3Plus },
        Post { role: Role::AwaitingRegistration, stage: Stage::Year3Plus },
        Post { role: Role::FamilySupportWorker, stage: Stage::Year3Plus },
        Post { role: Role::Other, stage: Stage::Year3Plus },
    ];

    /// Every post that there can be; students stand apart, since they are not scored.
    pub(super) fn all() -> Vec<Post> {
        let roles = Role::ALL.iter().filter(|role| ![Role::Nqsw, Role::Student].contains(*role));
        let stages = [Stage::Year3Plus, Stage::Year2To3, Stage::Year1To2, Stage::Nqsw0To6, Stage::Nqsw6To12];
        let working = roles.flat_map(|role| stages.map(|stage| Post { role: *role, stage }));
        let students = [Stage::Student1, Stage::Student2].map(|stage| Post { role: Role::Student, stage });
        working.chain(students).collect()
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        if self.stage.is_nqsw() { self.stage.label() } else { self.role.label() }
    }

    /// What decides the entries for somebody in this post.
    pub(super) fn facts<'a>(self, area: Option<ServiceArea>) -> Facts<'a> {
        let role = if self.stage.is_nqsw() { Role::Nqsw } else { self.role };
        Facts { area, role, base_role: self.role, stage: Some(self.stage), grade: None, team: "", holds: None }
    }
}

impl Policy {
    /// The limits of somebody in this post, in words, each after what the policy takes off for them.
    pub fn limits_in_words(&self, area: ServiceArea, post: Post, on: Date) -> Vec<String> {
        self.limits_of_facts_in_words(&post.facts(Some(area)), on)
    }

    pub(super) fn limits_of_facts_in_words(&self, facts: &Facts<'_>, on: Date) -> Vec<String> {
        if facts.role == Role::Student {
            return Vec::new();
        }
        let limits = self.limits_of(facts, on).into_iter();
        limits
            .map(|limit| {
                let binding = self.in_force_of(limit, facts, on);
                let percent = self.adjustment_of(limit.measure, facts, on).map(|entry| entry.percent);
                format!("{} {}", self.figure_in_words(binding, percent), self.counted_in_words(limit))
            })
            .collect()
    }

    /// The figure of a limit: `20–22`, or the full loads of each kind of case.
    pub fn figure_in_words(&self, limit: &Limit, percent: Option<Decimal>) -> String {
        let taken =
            |figure: Decimal| percent.map_or(figure, |percent| figure * percent / Decimal::ONE_HUNDRED).normalize();
        if limit.shares.is_empty() {
            return span(taken(limit.lower), taken(limit.upper));
        }
        let full = limit.shares.iter().map(|full| {
            let kind = self.kind_in_words(&full.kind);
            format!("{} {kind}", span(taken(full.lower * limit.lower), taken(full.upper * limit.upper)))
        });
        full.collect::<Vec<_>>().join(" or ")
    }

    /// What a limit counts, with the kinds of case where it does not count all.
    pub fn counted_in_words(&self, limit: &Limit) -> String {
        let unit = match limit.measure {
            Measure::CaseCount => "cases",
            _ if !limit.shares.is_empty() => return "(shares of a full load add)".into(),
            _ => limit.counted().label(),
        };
        let kinds: Vec<&str> = limit.kinds.iter().map(|kind| self.kind_in_words(kind)).collect();
        if kinds.is_empty() { unit.into() } else { format!("{unit} ({})", kinds.join(", ")) }
    }

    fn kind_in_words<'a>(&'a self, id: &'a str) -> &'a str {
        self.kinds.iter().find(|kind| kind.id == id).map_or(id, |kind| &kind.label)
    }

    /// Everybody that the selectors of these policies tell apart: service area, post, grade, team, cases held.
    pub(super) fn everybody<'a>(policies: &[&'a Policy]) -> Vec<Facts<'a>> {
        let selectors: Vec<&Selector> = policies.iter().flat_map(|policy| policy.selectors()).collect();
        let words = |of: fn(&Selector) -> &Vec<String>| {
            let named = selectors.iter().flat_map(|whom| of(whom)).map(String::as_str);
            named.collect::<BTreeSet<&str>>()
        };
        let grades = words(|whom| &whom.grade).into_iter().map(Some);
        let grades: Vec<Option<&str>> = [None].into_iter().chain(grades).collect();
        let teams: Vec<&str> = [""].into_iter().chain(words(|whom| &whom.team)).collect();
        let held = selectors.iter().map(|whom| whom.sorted_holds()).filter(|held| !held.is_empty());
        let held: BTreeSet<Option<BTreeSet<&str>>> = held.map(Some).chain([None]).collect();
        let mut everybody = Vec::new();
        for area in ServiceArea::ALL {
            for post in Post::all() {
                for grade in &grades {
                    for team in &teams {
                        for holds in &held {
                            let (grade, holds) = (*grade, holds.clone());
                            everybody.push(Facts { grade, team, holds, ..post.facts(Some(*area)) });
                        }
                    }
                }
            }
        }
        everybody
    }

    pub(super) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        let limits = self.limits.iter().map(|entry| &entry.whom);
        let benchmarks = self.benchmarks.iter().map(|entry| &entry.whom);
        let adjustments = self.adjustments.iter().map(|entry| &entry.whom);
        limits.chain(benchmarks).chain(adjustments).chain(self.flags.iter().map(|entry| &entry.whom))
    }
}

/// Some workers in words: `social worker in Fostering`.
pub(super) fn in_words(workers: &[&Facts<'_>]) -> String {
    let some = |all: Vec<&'static str>, every: usize, whole: &str| match all.as_slice() {
        _ if all.len() >= every => whole.to_string(),
        [first, second, third, _, ..] => format!("{first}; {second}; {third} and others"),
        few => few.join("; "),
    };
    let mut roles: Vec<&str> = Vec::new();
    let mut areas: Vec<&str> = Vec::new();
    for facts in workers {
        let role = match facts.stage {
            Some(stage) if stage.is_nqsw() => stage.label(),
            _ => facts.base_role.label(),
        };
        if !roles.contains(&role) {
            roles.push(role);
        }
        let area = facts.area.map_or("a team that is not known", ServiceArea::label);
        if !areas.contains(&area) {
            areas.push(area);
        }
    }
    let roles = some(roles, Post::SHOWN.len(), "everybody");
    format!("{roles} in {}", some(areas, ServiceArea::ALL.len(), "every team"))
}

fn span(lower: Decimal, upper: Decimal) -> String {
    if lower == upper { upper.to_string() } else { format!("{lower}–{upper}") }
}
