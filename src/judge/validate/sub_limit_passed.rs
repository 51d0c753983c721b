//! A bound of a chosen policy that gives no colour, and is passed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::phrase::count;
use crate::book::sheet::Place;
use crate::field::caseload::{Case, Entry, Proceedings, Subject};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;
use crate::policy::{Counted, Flag, Policy};

use super::sources;
use super::view::{Member, View, by_household};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "sub-limit-passed",
    severity: Severity::Warning,
    about: About::Allocation,
    what: "A worker holds more of one kind of work than a chosen policy has for one worker; it gives no colour.",
    why: "A load within its limit may still hold too much of one thing at a time, such as court work or new cases.",
    action: "Look at these cases with the worker, and hand one on or plan together what comes first.",
    source: sources::CHOSEN,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let on = view.policies.as_of;
    let people = view.people();
    for policy in &view.policies.chosen {
        for flag in policy.flags(on) {
            let mut not_told: BTreeMap<&str, Option<Place>> = BTreeMap::new();
            for person in people.values() {
                if !person.iter().any(|member| flag.whom.fits(&policy.facts(member.whom()))) {
                    continue;
                }
                match Held::of(flag, policy, person, view) {
                    Ok(held) if held.passes(flag, full_time(person)) => {
                        let message = held.message(flag, policy, &person[0].worker.who.name);
                        findings.push(person[0].finding(&RULE, held.first, message));
                    }
                    Ok(_) => {}
                    Err(why) => _ = not_told.entry(why).or_insert(person[0].worker.place()),
                }
            }
            for (why, at) in not_told {
                let message = format!("{}: this cannot be told, because {why} ({}).", flag.label, policy.title);
                let finding = RULE.finding(at.map(|at| view.header(at)), message).weighing(Severity::Note);
                findings.push(finding.advising("Add what is missing to have it checked, or look at it yourself."));
            }
        }
    }
}

/// How much a person holds of what a flag counts, and of the rest.
struct Held {
    counted: usize,
    others: usize,
    first: Option<Place>,
}

impl Held {
    fn of(flag: &Flag, policy: &Policy, person: &[Member<'_>], view: &View) -> Result<Self, &'static str> {
        let of_kind = |case: &Case| {
            flag.kinds.is_empty() || policy.kind_of(case).is_some_and(|kind| flag.kinds.contains(&kind.id))
        };
        let held: Vec<&Case> = person.iter().flat_map(|member| &member.worker.holds.cases).collect();
        if !flag.kinds.is_empty() && held.iter().any(|case| policy.kind_of(case).is_none()) {
            return Err("the kind of some cases is not known");
        }
        let cases: Vec<&Case> = held.iter().copied().filter(|case| of_kind(case)).collect();
        let of = |subject: Subject| {
            let these = || cases.iter().filter(|case| case.subject == subject);
            let first = these().next().map(|case| case.place);
            Self { counted: these().count(), others: held.len() - these().count(), first }
        };
        match flag.counts {
            Counted::Children | Counted::YoungPeople => Ok(of(Subject::Child)),
            Counted::FosterCarers => Ok(of(Subject::FosterCarer)),
            Counted::Assessments => Ok(of(Subject::CarerAssessment)),
            Counted::Reviews => Ok(of(Subject::Review)),
            Counted::Households => {
                let households = by_household(&cases).ok_or(NO_HOUSEHOLD)?;
                let others = by_household(&held).ok_or(NO_HOUSEHOLD)?.len() - households.len();
                Ok(Self { counted: households.len(), others, first: cases.first().map(|case| case.place) })
            }
            Counted::CareProceedings => Self::in_court(flag, person, &cases),
            Counted::NewCases => new(flag, cases.iter().map(|case| vec![*case]), view),
            Counted::NewHouseholds => {
                if person.iter().any(|member| member.worker.holds.counts.is_some()) {
                    return Err(NO_DATE);
                }
                new(flag, by_household(&cases).ok_or(NO_HOUSEHOLD)?.into_iter(), view)
            }
        }
    }

    /// The sets of care proceedings among these cases; a table of counts says how many there are.
    fn in_court(flag: &Flag, person: &[Member<'_>], cases: &[&Case]) -> Result<Self, &'static str> {
        let court: Vec<&Case> = cases.iter().copied().filter(|case| case.in_proceedings(Proceedings::Care)).collect();
        let first = court.first().map(|case| case.place);
        if person.iter().any(|member| member.worker.holds.counts.is_some()) {
            let sets: Option<u32> = person.iter().map(|member| member.worker.holds.counts.as_ref()?.sets).sum();
            let counted = sets.ok_or("the table of counts has no column for sets of proceedings")? as usize;
            return Ok(Self { counted, others: 0, first });
        }
        if !all_tell_of_court(cases) {
            return Err("no column says who is in care proceedings");
        }
        // Each child may be a household, and all of them one.
        let same_either_way =
            |most: Decimal| Decimal::from(court.len()) <= most || (most < Decimal::ONE && !court.is_empty());
        let counted = match by_household(&court) {
            Some(sets) => sets.len(),
            None if flag.most.is_some_and(same_either_way) => court.len().min(1),
            None => return Err(NO_HOUSEHOLD),
        };
        Ok(Self { counted, others: cases.len() - court.len(), first })
    }

    /// The bound itself is within it.
    fn passes(&self, flag: &Flag, full_time: Decimal) -> bool {
        let counted = Decimal::from(self.counted);
        match (flag.most, flag.one_for_every) {
            (Some(most), _) => counted > if flag.pro_rata { most * full_time } else { most },
            (None, Some(others)) => counted * others > Decimal::from(self.others),
            (None, None) => false,
        }
    }

    fn message(&self, flag: &Flag, policy: &Policy, name: &str) -> String {
        let (one, several) = match flag.counts {
            Counted::CareProceedings => ("household in care proceedings", "households in care proceedings"),
            Counted::NewCases => ("new case", "new cases"),
            Counted::NewHouseholds => ("new family", "new families"),
            Counted::Households => ("household", "households"),
            Counted::FosterCarers => ("foster carer", "foster carers"),
            Counted::Assessments => ("assessment", "assessments"),
            Counted::Reviews => ("review", "reviews"),
            Counted::YoungPeople => ("young person", "young people"),
            Counted::Children => ("child", "children"),
        };
        let bound = match flag.most {
            Some(most) if flag.pro_rata => format!(", above {most} for a full-time worker"),
            Some(most) => format!(", above {most}"),
            None => format!(" beside {} others", self.others),
        };
        let held = count(self.counted, one, several);
        format!("{}: {name} holds {held}{bound} ({}; {}).", flag.label, policy.title, flag.source)
    }
}

const NO_HOUSEHOLD: &str = "there is no column for the household";
const NO_DATE: &str = "there is no column for the date allocated or opened";
const NOT_DATED: &str = "some cases have no date allocated or opened";

/// The share of a post that a person fills in all their teams.
fn full_time(person: &[Member<'_>]) -> Decimal {
    let posts = person.iter().filter_map(|member| member.worker.fte()).map(|fte| fte.0);
    let largest = posts.clone().max().unwrap_or(Decimal::ONE);
    posts.sum::<Decimal>().min(Decimal::ONE).max(largest)
}

/// Whether some column of every case says what is before the court.
fn all_tell_of_court(cases: &[&Case]) -> bool {
    let silent = |case: &&Case| matches!((&case.proceedings, &case.status), (Entry::NoColumn, Entry::NoColumn));
    !cases.iter().any(silent)
}

/// How many of these are new: all their cases came within the days before the as-of date.
///
/// Cases without a date are no hindrance where they could not decide.
fn new<'a>(flag: &Flag, all: impl Iterator<Item = Vec<&'a Case>>, view: &View) -> Result<Held, &'static str> {
    let days = flag.within_days.unwrap_or_default();
    let is_new = |case: &Case| {
        let since = came(case)?.until(view.policies.as_of).ok()?.get_days();
        Some((0..=i64::from(days)).contains(&i64::from(since)))
    };
    let (mut counted, mut unknown, mut total, mut first, mut dated) = (0, 0, 0, None, false);
    for cases in all {
        total += 1;
        dated |= cases.iter().any(|case| !case.dates.is_empty());
        let news: Vec<Option<bool>> = cases.iter().map(|case| is_new(case)).collect();
        if news.iter().all(|new| *new == Some(true)) {
            counted += 1;
            first = first.or(Some(cases[0].place));
        } else if !news.contains(&Some(false)) {
            unknown += 1;
        }
    }
    let held = Held { counted, others: total - counted, first };
    let at_most = Held { counted: counted + unknown, others: total - counted - unknown, first };
    if held.passes(flag, Decimal::ONE) == at_most.passes(flag, Decimal::ONE) {
        return Ok(held);
    }
    Err(if dated { NOT_DATED } else { NO_DATE })
}

/// The day a case was allocated, else the first on which it was opened.
fn came(case: &Case) -> Option<jiff::civil::Date> {
    let of = |meaning: Meaning| {
        let dates = case.dates.iter().filter(move |(own, _)| *own == meaning);
        dates.filter_map(|(_, date)| date.given().copied()).min()
    };
    of(Meaning::Allocated).or_else(|| of(Meaning::Opened))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    fn families(new: usize, old: usize) -> String {
        let mut sheet = "\nChild ID, Worker, Household, Status, Date allocated\n".to_string();
        for family in 0..new + old {
            // The first of September is 29 days before the tests' day.
            let day = if family < new { "2025-09-01" } else { "2025-08-01" };
            sheet.push_str(&format!("C-{}, Ada Lovell, H{family}, CIN, {day}\n", 100 + family));
        }
        sheet
    }

    #[test]
    fn one_new_family_for_every_six_others_is_within() {
        expect_by(&policies_named(&["cwla"]), check, &families(2, 12), &[]);
    }

    #[test]
    fn one_more_is_flagged() {
        let said =
            "A2: No more than one new case for every six open ones: Ada Lovell holds 2 new families beside 11 others…";
        expect_by(&policies_named(&["cwla"]), check, &families(2, 11), &[said]);
    }

    #[test]
    fn siblings_are_one_new_family() {
        let mut sheet = families(1, 6);
        sheet.push_str("C-900, Ada Lovell, H0, CIN, 2025-09-02\n");
        expect_by(&policies_named(&["cwla"]), check, &sheet, &[]);
    }

    #[test]
    fn without_dates_it_is_told_once() {
        expect_by(
            &policies_named(&["cwla"]),
            check,
            "
                Child ID, Worker, Household, Status
                C-101, Ada Lovell, H1, CIN
                C-102, Ben Marsh, H2, CIN
            ",
            &[
                "A1 note: No more than one new case for every six open ones: this cannot be told, because there is no column…",
            ],
        );
    }

    #[test]
    fn court_work_of_an_asye_worker_is_flagged() {
        let sheet = "
            Child ID, Worker, Role, Household, Proceedings
            C-101, Ada Lovell, ASYE, H1, Care proceedings
            C-102, Ben Marsh, Social worker, H2, Care proceedings
            C-103, Cy Reed, ASYE, H3,
        ";
        let said = "A2: An ASYE worker holds court work only jointly: Ada Lovell holds 1 household in care proceedings, above 0…";
        expect_by(&policies_named(&["wirral"]), check, sheet, &[said]);
    }

    #[test]
    fn a_plain_run_has_no_such_bound() {
        expect(check, &families(5, 0), &[]);
    }
}
