//! A child outside the team's ages.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::field::caseload::{CaseStatus, Entry, ServiceArea, Subject};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::{Row, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "age-out-of-range",
    severity: Severity::Warning,
    about: About::Case,
    what: "A child's age is outside the range of the team's field of work.",
    why: "The date of birth is wrong, or the child belongs to another team by now.",
    action: "Check the date of birth or the age, and which team should hold the case.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.rows().iter().filter(|row| row.case.subject == Subject::Child) {
        let (age, at) = match (&row.case.who.born, &row.case.who.age) {
            (Entry::Given(born, at), _) => match whole_years(*born, view.policies.as_of) {
                Some(age) => (age, *at),
                // Not born yet; how far ahead that may be is another rule's.
                None => (-Decimal::ONE, *at),
            },
            (_, Entry::Given(age, at)) => (age.floor(), *at),
            _ => continue,
        };
        let (least, most) = range(view, row);
        if !(least..=most).contains(&age) {
            let message = if age.is_sign_negative() {
                format!(
                    "This child is not born yet; the ages expected here are {} to {most}.",
                    least.max(Decimal::ZERO)
                )
            } else {
                format!("An age of {age} is outside {} to {most}.", least.max(Decimal::ZERO))
            };
            findings.push(row.finding(&RULE, Some(at), message));
        }
    }
}

/// Whole years on a date; `None` before birth. Somebody born on 29 February is a year older on
/// 1 March where the year has no such day.
fn whole_years(born: Date, on: Date) -> Option<Decimal> {
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    let years = i32::from(on.year()) - i32::from(born.year()) - i32::from(before_birthday);
    (born <= on).then(|| Decimal::from(years))
}

/// The ages expected, an unborn child being −1. Where the service area is not known, those of every area.
fn range(view: &View, row: &Row) -> (Decimal, Decimal) {
    let figure = |id| view.policies.value(id);
    let leaving_care = row.team.area == Some(ServiceArea::LeavingCare) || row.case.has(CaseStatus::CareLeaver);
    match row.team.area {
        _ if leaving_care => (figure(figure_ids::LEAVING_CARE_LEAST), figure(figure_ids::LEAVING_CARE_MOST)),
        Some(_) => (-Decimal::ONE, figure(figure_ids::AGE_MOST)),
        None => (-Decimal::ONE, figure(figure_ids::LEAVING_CARE_MOST)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;
    use jiff::civil::date;

    #[test]
    fn a_child_of_nineteen_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Date of birth
                C-101, Ada Lovell, 2006-09-30
                C-102, Ada Lovell, 2006-10-01
                C-103, Ada Lovell, 2026-03-01
            ",
            &["C2: An age of 19 is outside 0 to 18."],
        );
    }

    #[test]
    fn an_unborn_child_and_one_of_eighteen_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Age
                C-101, Ada Lovell, -1
                C-102, Ada Lovell, 18
            ",
            &[],
        );
    }

    #[test]
    fn in_leaving_care_other_ages_are_expected() {
        expect(
            check,
            "
                ## Leaving Care
                Child ID, Worker, Age
                C-101, Ada Lovell, 15
                C-102, Ada Lovell, 16
                C-103, Ada Lovell, 25
                C-104, Ada Lovell, 26
            ",
            &["C2: An age of 15 is outside 16 to 25.", "C5: An age of 26 is outside 16 to 25."],
        );
    }

    #[test]
    fn a_birthday_on_the_29th_of_february_is_kept_on_the_1st_of_march() {
        let born = date(2008, 2, 29);
        assert_eq!(whole_years(born, date(2025, 2, 28)), Some(16.into()));
        assert_eq!(whole_years(born, date(2025, 3, 1)), Some(17.into()));
        assert_eq!(whole_years(born, date(2024, 2, 29)), Some(16.into()));
        assert_eq!(whole_years(born, date(2008, 2, 28)), None);
    }
}
