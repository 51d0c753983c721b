//! What two workers of a team both hold: counted for each of them, and once for the team (domain section 10).

use std::collections::BTreeSet;

use super::{Case, CaseStatus, Proceedings, Subject, Team, Worker, count};

/// What a worker's figures count that a worker named above them in the team holds too; the team's figure is the sum
/// of the workers' less the sum of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shared {
    /// Children with two key workers.
    pub children: u32,
    /// Households whose children two workers hold.
    pub households: u32,
    /// Of the children, those on protection plans.
    pub cp: u32,
    /// Of the children, those in our care.
    pub cioc: u32,
    /// Of the households, those in care proceedings.
    pub care_proceedings: u32,
}

/// What each worker shares with those above, in the order of the team.
pub fn shared(team: &Team) -> Vec<Shared> {
    let mut above = Above::default();
    let figures = |worker| {
        let shared = above.shared(worker);
        above.add(worker);
        shared
    };
    team.workers.iter().map(figures).collect()
}

/// What the workers above hold.
#[derive(Default)]
struct Above<'a> {
    all: Held<'a>,
    cp: Held<'a>,
    cioc: Held<'a>,
    in_court: Held<'a>,
}

/// Some of the children, and their households.
#[derive(Default)]
struct Held<'a> {
    children: BTreeSet<&'a str>,
    households: BTreeSet<&'a str>,
}

impl<'a> Above<'a> {
    fn shared(&self, worker: &Worker) -> Shared {
        Shared {
            children: self.all.children_of(cases(worker)),
            households: self.all.households_of(cases(worker)),
            cp: self.cp.children_of(cases(worker).filter(|case| case.has(CaseStatus::ChildProtection))),
            cioc: self.cioc.children_of(cases(worker).filter(|case| case.has(CaseStatus::InCare))),
            care_proceedings: self.in_court.households_of(cases(worker).filter(in_court)),
        }
    }

    fn add(&mut self, worker: &'a Worker) {
        self.all.add(cases(worker));
        self.cp.add(cases(worker).filter(|case| case.has(CaseStatus::ChildProtection)));
        self.cioc.add(cases(worker).filter(|case| case.has(CaseStatus::InCare)));
        self.in_court.add(cases(worker).filter(in_court));
    }
}

impl<'a> Held<'a> {
    fn children_of<'b>(&self, cases: impl Iterator<Item = &'b Case>) -> u32 {
        count(cases.filter(|case| self.has_child(case)))
    }

    /// Households by name, those of which every child is held above, and children alone who are.
    fn households_of<'b>(&self, cases: impl Iterator<Item = &'b Case>) -> u32 {
        let (mut named, mut own) = (BTreeSet::new(), BTreeSet::new());
        let mut alone = 0;
        for case in cases {
            let held = self.has_child(case);
            match case.household.given() {
                Some(household) => {
                    named.insert(household.as_str());
                    if !held && !self.households.contains(household.as_str()) {
                        own.insert(household.as_str());
                    }
                }
                None => alone += u32::from(held),
            }
        }
        alone + count(named.difference(&own))
    }

    fn has_child(&self, case: &Case) -> bool {
        case.who.child.given().is_some_and(|child| self.children.contains(child.as_str()))
    }

    fn add(&mut self, cases: impl Iterator<Item = &'a Case>) {
        for case in cases {
            self.children.extend(case.who.child.given().map(String::as_str));
            self.households.extend(case.household.given().map(String::as_str));
        }
    }
}

fn cases(worker: &Worker) -> impl Iterator<Item = &Case> {
    worker.holds.cases.iter().filter(|case| case.subject == Subject::Child)
}

fn in_court(case: &&Case) -> bool {
    case.in_proceedings(Proceedings::Care)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::understood;

    fn of(sheet: &str) -> Vec<Shared> {
        shared(&understood(sheet).teams[0])
    }

    #[test]
    fn a_child_of_two_key_workers_is_shared_by_the_second() {
        let sheet = "
            Child ID | Social Worker | FTE | Status | Care proceedings | Team
            C1 | Ada Lovell | 1 | CP | Yes | Locality North
            C2 | Ada Lovell | 1 | CP | | Locality North
            C1 | Ben Marsh | 1 | CP | Yes | Locality North
            C3 | Ben Marsh | 1 | CIOC | Yes | Locality North
        ";
        let second = Shared { children: 1, households: 1, cp: 1, cioc: 0, care_proceedings: 1 };
        assert_eq!(of(sheet), [Shared::default(), second]);
    }

    #[test]
    fn siblings_of_two_workers_share_their_household_and_no_child() {
        let sheet = "
            Child ID | Family | Social Worker | FTE | Status | Care proceedings | Team
            C1 | F1 | Ada Lovell | 1 | CIOC | Yes | Locality North
            C2 | F1 | Ben Marsh | 1 | CIOC | Yes | Locality North
            C3 | F2 | Ben Marsh | 1 | CP | | Locality North
        ";
        let second = Shared { children: 0, households: 1, cp: 0, cioc: 0, care_proceedings: 1 };
        assert_eq!(of(sheet), [Shared::default(), second]);
    }

    #[test]
    fn one_worker_alone_shares_nothing() {
        let sheet = "
            Child ID | Family | Social Worker | FTE | Status | Team
            C1 | F1 | Ada Lovell | 1 | CP | Locality North
            C2 | F1 | Ada Lovell | 1 | CP | Locality North
        ";
        assert_eq!(of(sheet), [Shared::default()]);
    }
}
