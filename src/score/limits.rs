//! Loads against maximum caseloads (domain section 4).

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::caseload::{Entry, Role, ServiceArea, Subject, Team, Unit, Worker};
use crate::policy::{Bands, Limit, Policies, Policy};
use crate::rating::{Against, Measure, Rag, Rating, Shade};
use crate::reading::Meaning;
use crate::score::{assumptions, cannot_score, cell_of, fte_unusable, not_scored, scored};

/// A rating for every limit of the policy that binds the worker; one that says why where none does.
pub fn rate(team: &Team, worker: &Worker, policy: &Policy, as_of: Date) -> Vec<Rating> {
    let unit = unit_of(team.area);
    let whole = worker.children_known().then(|| Decimal::from(worker.cases.len()));
    let give_up = |why: String| vec![not_scored(&policy.name, Measure::Limit, unit, whole, why)];
    if let Some(why) = cannot_score(worker) {
        return give_up(why);
    }
    let Some(area) = team.area else {
        return give_up("the team's service area is not known, so no limit can be chosen".into());
    };
    if worker.role == Role::Student {
        return give_up("a student's limit is not scored: students co-work and are never the key worker".into());
    }
    let Some(bands) = policy.bands(Measure::Limit, as_of) else {
        return give_up(format!("{} has no bands for limits in force on {}", policy.title, as_of.strftime("%d/%m/%Y")));
    };
    let role = worker.base_role();
    let limits = policy.limits_for(area, role, as_of);
    if limits.is_empty() {
        return give_up(format!("{} has no limit for the role {} in {}", policy.title, role.label(), area.label()));
    }
    limits.into_iter().map(|limit| rate_one(team, worker, policy, limit, bands, as_of)).collect()
}

fn rate_one(team: &Team, worker: &Worker, policy: &Policy, limit: &Limit, bands: &Bands, as_of: Date) -> Rating {
    let unit = limit.counts.unwrap_or(Unit::Children);
    let limit = in_force(worker, policy, limit, as_of);
    let load = match load_in(worker, unit) {
        Ok(load) => load,
        Err(why) => return not_scored(&policy.name, Measure::Limit, unit, None, why),
    };
    if unit == Unit::Assessments && !worker.cases.is_empty() && !team.columns.contains(&Meaning::CarerWork) {
        let why = "no column says which rows are assessments; add one with Supervision or Assessment in each row";
        return not_scored(&policy.name, Measure::Limit, unit, None, why);
    }
    let Some(fte) = worker.fte() else {
        return not_scored(&policy.name, Measure::Limit, unit, Some(load), fte_unusable(worker));
    };
    let against = Against {
        full_lower: limit.lower,
        full_upper: limit.upper,
        pro_rata: limit.pro_rata.then_some(fte),
        lower_key: format!("{}/{}/lower", policy.name, limit.id),
        upper_key: format!("{}/{}/upper", policy.name, limit.id),
    };
    let mut rating = scored(&policy.name, Measure::Limit, unit, load, against, bands, words);
    rating.because.push_str(assumptions(worker));
    if worker.role == Role::SocialWorker && worker.written_role.is_absent() {
        rating.because.push_str("; role is not given, social worker is assumed");
    }
    rating
}

/// A newly qualified worker's entry in place of the team's, where that counts children or young
/// people and is not already lower.
fn in_force<'a>(worker: &Worker, policy: &'a Policy, limit: &'a Limit, as_of: Date) -> &'a Limit {
    let stage = worker.stage.filter(|stage| worker.role == Role::Nqsw && stage.is_nqsw());
    let Some(replacing) = stage.and_then(|stage| policy.replacing_limit(stage, as_of)) else { return limit };
    let counts = limit.counts.unwrap_or(Unit::Children);
    if replacing.replaces.contains(&counts) && replacing.upper < limit.upper { replacing } else { limit }
}

/// The policy of an individually agreed limit, as the tables name it.
const AGREED: &str = "agreed";

/// Puts an individually agreed limit in the place of the worker's first limit, as it stands.
pub fn apply_agreed(team: &Team, worker: &Worker, policies: &Policies, ratings: &mut Vec<Rating>) {
    let Entry::Given(agreed, place) = &worker.agreed else { return };
    // A student is never the key worker, and a post of 0 holds no cases, whatever is agreed.
    if cannot_score(worker).is_some() || worker.role == Role::Student || worker.fte().is_none() {
        return;
    }
    let Some(first) = ratings.iter().position(|rating| rating.measure == Measure::Limit) else { return };
    let bands = policies.chosen.iter().find_map(|policy| policy.bands(Measure::Limit, policies.as_of));
    let Some(bands) = bands else { return };
    let unit = match ratings[first].rag {
        Rag::NotScored => unit_of(team.area),
        _ => ratings[first].unit,
    };
    let instead_of = ratings[first].against.as_ref().map(|against| against.full_upper);
    let key = format!("agreed/{}/value", worker.key);
    let against = Against {
        full_lower: agreed.limit,
        full_upper: agreed.limit,
        pro_rata: None,
        lower_key: key.clone(),
        upper_key: key,
    };
    let mut rating = match load_in(worker, unit) {
        Ok(load) => {
            let mut rating = scored(AGREED, Measure::Limit, unit, load, against, bands, words);
            let reason = if agreed.reason.is_empty() { "no reason is given" } else { &agreed.reason };
            rating.because.push_str(&format!("; limit agreed with the worker in {}: {reason}", cell_of(*place)));
            rating
        }
        Err(why) => not_scored(AGREED, Measure::Limit, unit, None, why),
    };
    rating.instead_of = instead_of;
    ratings[first] = rating;
    // Another policy's limit in the same unit gives way too.
    let later = ratings.split_off(first + 1);
    ratings.extend(later.into_iter().filter(|other| other.measure != Measure::Limit || other.unit != unit));
}

/// What limits of an area count first.
fn unit_of(area: Option<ServiceArea>) -> Unit {
    match area {
        Some(ServiceArea::Iro) => Unit::Reviews,
        Some(ServiceArea::Fostering) => Unit::FosterCarers,
        Some(ServiceArea::LeavingCare) => Unit::YoungPeople,
        _ => Unit::Children,
    }
}

/// How much a worker holds of what the limit counts.
fn load_in(worker: &Worker, unit: Unit) -> Result<Decimal, String> {
    let counted: &[Subject] = match unit {
        Unit::FosterCarers | Unit::Assessments => &[Subject::FosterCarer, Subject::CarerAssessment],
        Unit::Reviews => &[Subject::Review],
        _ => &[Subject::Child],
    };
    if worker.cases.iter().any(|case| !counted.contains(&case.subject)) {
        return Err(format!("the limit counts {}, and some rows of this worker are something else", unit.label()));
    }
    let of = |subject: Subject| worker.cases.iter().filter(|case| case.subject == subject).count();
    let count = match unit {
        Unit::FosterCarers => of(Subject::FosterCarer),
        Unit::Assessments => of(Subject::CarerAssessment),
        _ => worker.cases.len(),
    };
    Ok(Decimal::from(count))
}

fn words(shade: Shade) -> &'static str {
    match shade {
        Shade::HasCapacity => "within the limit with capacity",
        Shade::Within => "within the limit",
        Shade::WithinRange => "within the range",
        Shade::Above => "above the limit",
        Shade::WellAbove => "well above the limit",
        Shade::NoCasesExpected => "no cases expected and none held",
        Shade::HeldWhereNoneExpected => "cases held where none are expected",
        Shade::None => "not scored",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::Fte;
    use crate::score::judge;

    fn against(lower: u32, upper: u32, fte: Decimal) -> Against {
        Against {
            full_lower: lower.into(),
            full_upper: upper.into(),
            pro_rata: Some(Fte(fte)),
            lower_key: String::new(),
            upper_key: String::new(),
        }
    }

    /// Every limit of the policy × FTE 0.01 … 1.00 × loads around the bounds, against whole numbers
    /// cross-multiplied: with FTE = h / 100, load ÷ (upper × h / 100) ≥ 110 % is load × 10000 ≥ 110 × upper × h.
    #[test]
    fn colours_equal_those_of_whole_numbers() {
        let policy = Policy::built_in("redcar-2020").unwrap().unwrap();
        let as_of = jiff::civil::date(2025, 9, 30);
        let bands = policy.bands(Measure::Limit, as_of).unwrap();
        let mut judged = 0;
        for limit in &policy.limits {
            let whole = |figure: Decimal| u64::try_from(figure).unwrap();
            let (lower, upper) = (whole(limit.lower), whole(limit.upper));
            for hundredths in 1..=100u64 {
                let fte = Decimal::new(i64::try_from(hundredths).unwrap(), 2);
                let against = against(lower as u32, upper as u32, fte);
                let around: Vec<u64> = [95 * lower, 100 * lower, 100 * upper, 110 * upper]
                    .into_iter()
                    .flat_map(|edge| {
                        let load = edge * hundredths / 10_000;
                        load.saturating_sub(1)..=load + 2
                    })
                    .chain([0, 1])
                    .collect();
                for load in around {
                    let scaled = load * 10_000;
                    let expected = if upper == 0 {
                        if load == 0 { Rag::Green } else { Rag::Red }
                    } else if scaled >= 110 * upper * hundredths {
                        Rag::Red
                    } else if scaled > 100 * upper * hundredths {
                        Rag::Amber
                    } else {
                        Rag::Green
                    };
                    let (rag, shade) = judge(load.into(), &against, bands);
                    assert_eq!(rag, expected, "{}: {load} at {fte}", limit.id);
                    if rag == Rag::Green && upper > 0 {
                        let expected = if scaled < 95 * lower * hundredths {
                            Shade::HasCapacity
                        } else if scaled > 100 * lower * hundredths {
                            Shade::WithinRange
                        } else {
                            Shade::Within
                        };
                        assert_eq!(shade, expected, "{}: {load} at {fte}", limit.id);
                    }
                    judged += 1;
                }
            }
        }
        assert!(judged > 15_000, "{judged}");
    }

    #[test]
    fn thirteen_at_065_against_twenty_is_exactly_the_limit() {
        let policy = Policy::built_in("redcar-2020").unwrap().unwrap();
        let bands = policy.bands(Measure::Limit, jiff::civil::date(2025, 9, 30)).unwrap();
        let against = against(20, 20, "0.65".parse().unwrap());
        assert_eq!(judge(13.into(), &against, bands), (Rag::Green, Shade::Within));
        assert_eq!(judge(14.into(), &against, bands), (Rag::Amber, Shade::Above));
    }
}
