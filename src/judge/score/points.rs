//! Points by household against benchmarks by experience (domain section 5).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::phrase::{count, day};
use crate::field::caseload::{Case, Caseload, Entry, Household, Level, Proceedings, Role, Subject, Unit, Worker};
use crate::field::rating::{HouseholdPoints, Measure, Rag, Rating};
use crate::field::reading::Meaning;
use crate::judge::score::{Member, assumptions, by_benchmark, cannot_score, cell_of, not_scored};
use crate::policy::{Benchmark, PointsFrom, PointsModel, Policies, Policy, figure_ids as id};

/// The sheets on which some intervention level is given; on others a blank is no answer to a question asked.
pub fn sheets_with_levels(caseload: &Caseload) -> BTreeSet<usize> {
    let workers = caseload.workers().flat_map(|(_, worker)| &worker.holds.cases);
    let all = workers.chain(caseload.teams.iter().flat_map(|team| &team.unallocated));
    all.filter(|case| !case.work.intervention.is_absent()).map(|case| case.place.sheet).collect()
}

/// The worker's points, with those of each household and of duties beside cases.
pub fn rate(
    member: Member<'_>,
    policy: &Policy,
    model: &PointsModel,
    policies: &Policies,
    levels_given: &BTreeSet<usize>,
) -> (Rating, Vec<HouseholdPoints>, Decimal) {
    let worker = member.worker;
    let give_up =
        |why: String| (not_scored(&policy.name, Measure::Points, Unit::Points, None, why), Vec::new(), Decimal::ZERO);
    if let Some(why) = not_meant(member, model) {
        return give_up(why);
    }
    if model.from == PointsFrom::Written {
        return (written(member, policy, policies.as_of), Vec::new(), Decimal::ZERO);
    }
    if let Some(why) = not_in_force(policy, policies.as_of) {
        return give_up(why);
    }
    if let Some(why) = not_told(member, levels_given) {
        return give_up(why);
    }
    let Some(households) = worker.households() else {
        return give_up("the sheet has no column for households, which points need".into());
    };
    let value = |id: &str| policy.figure(id, policies.as_of).map_or(Decimal::ZERO, |figure| figure.value);
    let households: Vec<HouseholdPoints> =
        households.iter().map(|household| points_of(household, model, &value)).collect();
    let duties = match &worker.post.duties {
        Entry::NoColumn | Entry::Blank(_) => Decimal::ZERO,
        Entry::Given(duties, _) => duties.points.unwrap_or_else(|| value(id::POINTS_DUTY)),
        // Something is written there: a duty it is, until the manager says what it counts.
        Entry::Unclear(..) => value(id::POINTS_DUTY),
    };
    let load = (households.iter().map(|household| household.total).sum::<Decimal>() + duties).normalize();
    let mut rating = judged(member, policy, load, policies.as_of);
    if rating.rag != Rag::NotScored {
        rating.because.push_str(&taken_for_granted(worker, &households));
    }
    (rating, households, duties)
}

/// Why the worker is not scored in points, whatever the sheet says of households.
fn not_meant(Member { team, worker }: Member<'_>, model: &PointsModel) -> Option<String> {
    if let Some(why) = cannot_score(worker) {
        return Some(why);
    }
    let others = worker.holds.cases.iter().any(|case| case.subject != Subject::Child);
    if !model.is_meant_for(team.area, worker.post.role) || others {
        return Some(model.not_for_because.clone());
    }
    if worker.holds.counts.is_some() {
        return Some("the sheet gives only counts of children, and points need every household".into());
    }
    let manages = matches!(worker.post.role, Role::TeamManager | Role::DeputyTeamManager);
    (worker.holds.cases.is_empty() && manages)
        .then(|| "managers are scored in points where they hold cases, and none is held".into())
}

/// A figure of the matrix that does not apply yet: it is unknown, and never 0 (domain section 5).
fn not_in_force(policy: &Policy, as_of: Date) -> Option<String> {
    let id = id::POINTS.iter().find(|id| policy.figure(id, as_of).is_none())?;
    let later = policy.figures.iter().filter(|figure| figure.id == *id).min_by_key(|figure| figure.from);
    let begins = later.map_or(String::new(), |figure| format!(" and applies from {}", day(figure.from)));
    let label = later.map_or(*id, |figure| figure.label.as_str());
    Some(format!(
        "\"{label}\" of {} is not in force on {}{begins}, so points cannot be counted",
        policy.title,
        day(as_of)
    ))
}

/// What the matrix needs, and the sheet does not give.
fn not_told(Member { team, worker }: Member<'_>, levels_given: &BTreeSet<usize>) -> Option<String> {
    for (meaning, what) in [(Meaning::Household, "households"), (Meaning::Intervention, "the intervention level")] {
        let missing = !team.columns.contains(&meaning)
            || worker.holds.cases.iter().any(|case| match meaning {
                Meaning::Household => matches!(case.household, Entry::NoColumn),
                _ => matches!(case.work.intervention, Entry::NoColumn),
            });
        if missing {
            return Some(format!("the sheet has no column for {what}, which points need"));
        }
    }
    let empty = worker.holds.cases.iter().any(|case| !levels_given.contains(&case.place.sheet));
    (empty || (worker.holds.cases.is_empty() && levels_given.is_empty()))
        .then(|| "the column for the intervention level is empty, and points need it".into())
}

/// What was assumed of the households, or not counted, as a tail for the sentence.
fn taken_for_granted(worker: &Worker, households: &[HouseholdPoints]) -> String {
    let mut told = String::new();
    let assumed = households.iter().filter(|household| household.intervention_assumed).count();
    if assumed > 0 {
        let households = count(assumed, "household", "households");
        told.push_str(&format!("; medium is assumed for {households} without an intervention level"));
    }
    let hinted =
        worker.holds.cases.iter().filter(|case| case.hint.is_some() && !case.in_proceedings(Proceedings::Care));
    let hinted = hinted.count();
    if hinted > 0 {
        let cases = count(hinted, "case has", "cases have");
        told.push_str(&format!("; {cases} a legal status that hints at care proceedings, which are not counted"));
    }
    told
}

/// Points that the sheet itself gives each case, with those of every worker and for duties.
fn written(member: Member<'_>, policy: &Policy, as_of: Date) -> Rating {
    let worker = member.worker;
    let give_up = |why: String| not_scored(&policy.name, Measure::Points, Unit::Points, None, why);
    let figure = |id: &str| policy.figure(id, as_of).map(|figure| figure.value);
    // A row that stands for several children gives its points once.
    let mut rows = BTreeMap::new();
    for case in &worker.holds.cases {
        match &case.work.points {
            Entry::Given(points, at) => _ = rows.insert(*at, *points),
            Entry::NoColumn => {
                return give_up(format!(
                    "the sheet has no column for the points of a case, which {} needs",
                    policy.title
                ));
            }
            Entry::Blank(at) | Entry::Unclear(_, at) => {
                return give_up(format!("the points of a case are no figure: see {}", cell_of(*at)));
            }
        }
    }
    let duties = match &worker.post.duties {
        Entry::NoColumn | Entry::Blank(_) => Decimal::ZERO,
        Entry::Given(duties, at) => match duties.points.or_else(|| figure(id::POINTS_DUTY)) {
            Some(points) => points,
            None => return give_up(format!("{} gives no points for the duties in {}", policy.title, cell_of(*at))),
        },
        Entry::Unclear(_, at) => match figure(id::POINTS_DUTY) {
            Some(points) => points,
            None => return give_up(format!("the duties in {} are not understood", cell_of(*at))),
        },
    };
    let of_cases: Decimal = rows.values().sum();
    let stable = figure(id::POINTS_STABLE).unwrap_or_default();
    let mut rating = judged(member, policy, (of_cases + stable + duties).normalize(), as_of);
    let parts = [(of_cases, "of cases as the sheet gives them"), (stable, "stable"), (duties, "for duties")];
    let parts = parts.iter().filter(|(points, _)| !points.is_zero());
    let parts: Vec<String> = parts.map(|(points, what)| format!("{} {what}", points.normalize())).collect();
    if !parts.is_empty() {
        rating.because.push_str(&format!("; {}", parts.join(" + ")));
    }
    rating
}

/// Points against the benchmark of a worker.
fn judged(member: Member<'_>, policy: &Policy, load: Decimal, as_of: Date) -> Rating {
    let worker = member.worker;
    let mut rating = match by_benchmark(member, policy, Measure::Points, load, as_of) {
        Ok(rating) => rating,
        Err(why) => return not_scored(&policy.name, Measure::Points, Unit::Points, Some(load), why),
    };
    rating.because.push_str(assumptions(worker));
    let by_stage = |entry: &Benchmark| entry.measure == Measure::Points && !entry.whom.stage.is_empty();
    if worker.post.stage.is_none() && policy.benchmarks.iter().any(by_stage) {
        rating.because.push_str("; experience is not given, the full benchmark is assumed");
    }
    rating
}

/// The points of one household; of differing figures on siblings' rows the highest counts.
fn points_of(household: &Household<'_>, model: &PointsModel, value: &impl Fn(&str) -> Decimal) -> HouseholdPoints {
    let children = u32::try_from(household.cases.len()).unwrap_or(u32::MAX);
    let (status, care_proceedings) = status_of(household, model, value);
    let level = household
        .cases
        .iter()
        .filter_map(|case| case.work.intervention.given())
        .map(|level| match level {
            Level::Figure(figure) => *figure,
            Level::Low => value(id::POINTS_LOW),
            Level::Medium => value(id::POINTS_MEDIUM),
            Level::High => value(id::POINTS_HIGH),
            Level::Ending => value(id::POINTS_ENDING),
        })
        .max();
    let intervention = level.unwrap_or_else(|| value(id::POINTS_BLANK));
    let additional = household.cases.iter().map(|case| additional_of(case, value)).max().unwrap_or_default();
    let mut total = value(id::POINTS_BASE) * Decimal::from(children) + intervention + additional;
    total += status * value(id::POINTS_STATUS);
    if care_proceedings {
        total += value(id::POINTS_CARE);
    }
    let first = household.cases[0];
    HouseholdPoints {
        name: match household.name {
            Some(_) if first.household_written.is_empty() => format!("row {}", first.place.cell.row + 1),
            Some(_) => first.household_written.clone(),
            None => format!("alone, row {}", first.place.cell.row + 1),
        },
        place: first.place,
        children,
        status,
        care_proceedings,
        intervention,
        intervention_assumed: level.is_none(),
        additional,
        total: total.normalize(),
    }
}

/// How often a household earns the points for its status, and whether it earns those for care proceedings.
///
/// Points that a form gives for the status count as they stand (domain section 5): what they come to
/// beyond care proceedings is so many times the points for a status. Where the words beside them earn
/// more, the words count.
fn status_of(household: &Household<'_>, model: &PointsModel, value: &impl Fn(&str) -> Decimal) -> (Decimal, bool) {
    let (earned, care) =
        model.earned(|status| household.has(status), |proceedings| household.in_proceedings(proceedings));
    let earned = if earned { Decimal::ONE } else { Decimal::ZERO };
    let (by_status, by_care) = (value(id::POINTS_STATUS), value(id::POINTS_CARE));
    let written = household.cases.iter().filter_map(|case| case.work.status_points.given()).max();
    let by_words = earned * by_status + if care { by_care } else { Decimal::ZERO };
    match written {
        Some(written) if *written > by_words && !by_status.is_zero() => {
            // Two points and more are those of care proceedings, where the words name no status.
            let care = care || (*written >= by_care && earned.is_zero());
            ((*written - if care { by_care } else { Decimal::ZERO }) / by_status, care)
        }
        _ => (earned, care),
    }
}

/// A figure as it stands; ticks count each, up to the most; words not understood count as one tick.
fn additional_of(case: &Case, value: &impl Fn(&str) -> Decimal) -> Decimal {
    let ticks = Decimal::from(case.work.factors.given().copied().unwrap_or(0)) * value(id::POINTS_FACTOR);
    let ticks = ticks.min(value(id::POINTS_FACTORS_MOST));
    match &case.work.additional {
        Entry::Given(figure, _) => ticks.max(*figure),
        Entry::Unclear(..) => ticks.max(value(id::POINTS_FACTOR)),
        Entry::NoColumn | Entry::Blank(_) => ticks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::caseload::Fte;
    use crate::field::rating::{Against, Shade};
    use crate::policy::Held;

    #[test]
    fn a_figure_that_applies_later_is_no_nought() {
        let as_of = jiff::civil::date(2025, 9, 30);
        let mut policy = Policy::built_in("task-force-points").unwrap().unwrap();
        assert_eq!(not_in_force(&policy, as_of), None);
        let base = policy.figures.iter_mut().find(|figure| figure.id == id::POINTS_BASE).unwrap();
        base.from = as_of;
        let label = base.label.clone();
        assert_eq!(not_in_force(&policy, as_of), None, "on its first day it applies");
        policy.figures.iter_mut().find(|figure| figure.id == id::POINTS_BASE).unwrap().from = as_of.tomorrow().unwrap();
        let why = not_in_force(&policy, as_of).unwrap();
        assert!(why.contains(&label) && why.contains("30/09/2025") && why.contains("01/10/2025"), "{why}");
    }

    /// Every benchmark × FTE 0.01 … 1.00 × points around the bounds, against whole numbers cross-multiplied.
    #[test]
    fn colours_equal_those_of_whole_numbers() {
        let policy = Policy::built_in("task-force-points").unwrap().unwrap();
        let as_of = jiff::civil::date(2025, 9, 30);
        let bands = policy.bands(Measure::Points, as_of).unwrap();
        for benchmark in &policy.benchmarks {
            let figure = u64::try_from(benchmark.value).unwrap();
            for hundredths in 1..=100u64 {
                let against = Against {
                    full_lower: benchmark.value,
                    full_upper: benchmark.value,
                    pro_rata: Some(Fte(Decimal::new(hundredths as i64, 2))),
                    share: None,
                    lower_key: None,
                    upper_key: None,
                };
                for edge in [95, 100, 110] {
                    let near = edge * figure * hundredths / 10_000;
                    for load in near.saturating_sub(1)..=near + 2 {
                        let (scaled, unit) = (load * 10_000, figure * hundredths);
                        let expected = match scaled {
                            scaled if scaled >= 110 * unit => (Rag::Red, Shade::WellAbove),
                            scaled if scaled >= 100 * unit => (Rag::Amber, Shade::Above),
                            scaled if scaled < 95 * unit => (Rag::Green, Shade::HasCapacity),
                            _ => (Rag::Green, Shade::Within),
                        };
                        let held = Held::of(load.into(), against.lower(), against.upper());
                        assert_eq!(bands.judge(held), expected, "{load} of {figure} at {hundredths}");
                    }
                }
            }
        }
    }
}
