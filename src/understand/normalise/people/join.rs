//! What a repeated row says, joined to the case it repeats.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::field::caseload::{Case, Entry, Level};
use crate::policy::{Policies, figure_ids};

/// Joins what another row says of the same case; whether that was anything new.
pub fn join(case: &mut Case, other: &Case, policies: &Policies) -> bool {
    let mut new = all_of(&mut case.status, &other.status);
    new |= all_of(&mut case.proceedings, &other.proceedings);
    if !other.status_written.is_empty() && other.status_written != case.status_written {
        case.status_written = format!("{} / {}", case.status_written, other.status_written);
    }
    match (&other.work.points, &case.work.points) {
        (Entry::Given(theirs, _), Entry::Given(ours, _)) if theirs <= ours => {}
        (Entry::Given(..) | Entry::Unclear(..), Entry::Given(..) | Entry::NoColumn | Entry::Blank(_)) => {
            case.work.points = other.work.points.clone();
        }
        _ => {}
    }
    // Of differing household figures the highest counts.
    let points = |level: &Level| level_points(level, policies);
    match (&other.work.intervention, &case.work.intervention) {
        (Entry::Given(theirs, _), Entry::Given(ours, _)) if points(theirs) <= points(ours) => {}
        (Entry::Given(..), _) | (_, Entry::NoColumn | Entry::Blank(_)) => {
            case.work.intervention = other.work.intervention.clone();
        }
        _ => {}
    }
    if other.work.factors.given() > case.work.factors.given() {
        case.work.factors = other.work.factors.clone();
    }
    if case.household.is_absent() && other.household.given().is_some() {
        case.household = other.household.clone();
        case.household_written.clone_from(&other.household_written);
    }
    if other.work.additional.given() > case.work.additional.given() {
        case.work.additional = other.work.additional.clone();
    }
    new
}

/// Adds what another row says to a set that holds all that was said; whether that was anything new.
fn all_of<T: Ord + Copy>(own: &mut Entry<BTreeSet<T>>, other: &Entry<BTreeSet<T>>) -> bool {
    let Entry::Given(theirs, place) = other else { return false };
    match own {
        Entry::Given(known, _) => {
            let new = !theirs.is_subset(known);
            known.extend(theirs);
            new
        }
        unknown => {
            *unknown = Entry::Given(theirs.clone(), *place);
            !theirs.is_empty()
        }
    }
}

/// What a level counts, to tell the higher of two.
fn level_points(level: &Level, policies: &Policies) -> Decimal {
    match level {
        Level::Figure(figure) => *figure,
        Level::Low => policies.value(figure_ids::POINTS_LOW),
        Level::Medium => policies.value(figure_ids::POINTS_MEDIUM),
        Level::High => policies.value(figure_ids::POINTS_HIGH),
        Level::Ending => policies.value(figure_ids::POINTS_ENDING),
    }
}
