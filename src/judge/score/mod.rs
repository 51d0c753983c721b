//! Ratings: what each worker holds, against what is agreed, in exact decimals.

mod limits;
mod points;
mod tasks;
mod time;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::phrase::day;
use crate::field::caseload::{Caseload, Entry, Team, Unit, Worker};
use crate::field::rating::{Against, Measure, Rag, Rating, Scored, ScoredWorker, Shade, Share};
use crate::field::reading::Layout;
use crate::policy::{Bands, FigureOf, Held, Policies, Policy, Whom};

/// Rates every worker by every measure of every chosen policy; the worst rating governs.
///
/// At a tie the earlier policy governs, then its earlier entry; a rating that could not be
/// scored governs only where nothing is scored (domain section 4).
pub fn score(caseload: &Caseload, policies: &Policies) -> Scored {
    let levels_given = points::sheets_with_levels(caseload);
    let teams = caseload
        .teams
        .iter()
        .map(|team| {
            team.workers.iter().map(|worker| score_worker(Member { team, worker }, policies, &levels_given)).collect()
        })
        .collect();
    Scored { teams }
}

/// A worker and the team that lists them.
#[derive(Clone, Copy)]
struct Member<'a> {
    team: &'a Team,
    worker: &'a Worker,
}

impl<'a> Member<'a> {
    /// As entries of a policy are chosen for them.
    fn whom(self) -> Whom<'a> {
        Whom::of(self.team, self.worker)
    }
}

fn score_worker(
    member: Member<'_>,
    policies: &Policies,
    levels_given: &std::collections::BTreeSet<usize>,
) -> ScoredWorker {
    let mut scored = ScoredWorker::default();
    for policy in &policies.chosen {
        let before = scored.ratings.len();
        scored.ratings.extend(limits::rate(member, policy, policies.as_of));
        if let Some(model) = &policy.points {
            let (rating, households, duties) = points::rate(member, policy, model, policies, levels_given);
            scored.ratings.push(rating);
            if scored.households.is_empty() {
                scored.households = households;
                scored.duty_points = duties;
            }
        }
        if let Some(model) = &policy.tasks {
            scored.ratings.push(tasks::rate(member, policy, model, policies.as_of));
        }
        if let Some(model) = &policy.time {
            let (rating, hours) = time::rate(member.worker, policy, model, policies);
            scored.ratings.push(rating);
            scored.hours = scored.hours.or(hours);
        }
        for rating in &mut scored.ratings[before..] {
            rating.advisory = policy.advisory;
            if policy.advisory && rating.rag != Rag::NotScored {
                rating
                    .because
                    .push_str("; advisory: the colour of a worker comes from the other policies, where there are any");
            }
        }
    }
    limits::apply_agreed(member.team, member.worker, policies, &mut scored.ratings);
    if scored.ratings.is_empty() {
        let why = "no chosen policy has a limit or a benchmark";
        let name = policies.chosen.first().map_or("", |policy| policy.name.as_str());
        scored.ratings.push(not_scored(name, Measure::Limit, limits::unit_of(member.team.area), None, why));
    }
    govern(&mut scored.ratings);
    scored
}

/// Marks the rating that gives the overall colour: the worst of those that are more than advice, and
/// of advice alone the worst.
fn govern(ratings: &mut [Rating]) {
    let advice_alone = ratings.iter().all(|rating| rating.advisory);
    let binding = ratings.iter_mut().filter(|rating| advice_alone || !rating.advisory);
    // `Rag` is ordered with the worst first, and `min_by_key` takes the first of equals.
    if let Some(worst) = binding.min_by_key(|rating| rating.rag) {
        worst.governs = true;
    }
}

/// A rating that could not be scored, and why.
fn not_scored(policy: &str, measure: Measure, unit: Unit, load: Option<Decimal>, because: impl Into<String>) -> Rating {
    Rating {
        policy: policy.to_string(),
        measure,
        unit,
        load,
        against: None,
        rag: Rag::NotScored,
        shade: Shade::None,
        because: because.into(),
        advisory: false,
        governs: false,
        instead_of: None,
    }
}

/// The rating of a load, with the sentence that says what decided; `words` name where in its band it stands.
fn scored(
    policy: &str,
    unit: Unit,
    load: Decimal,
    against: Against,
    bands: &Bands,
    words: fn(Shade) -> &'static str,
) -> Rating {
    let (rag, shade) = bands.judge(Held::of(load, against.lower(), against.upper()));
    Rating {
        policy: policy.to_string(),
        measure: bands.measure,
        unit,
        load: Some(load),
        because: format!("{}, {}", sentence(load, unit, &against), words(shade)),
        against: Some(against),
        rag,
        shade,
        advisory: false,
        governs: false,
        instead_of: None,
    }
}

/// A load in points against the worker's benchmark; why not, where the FTE cannot be used or none is in force.
fn by_benchmark(
    member: Member<'_>,
    policy: &Policy,
    measure: Measure,
    load: Decimal,
    as_of: Date,
) -> Result<Rating, String> {
    let worker = member.worker;
    let Some(fte) = worker.fte() else { return Err(fte_unusable(worker)) };
    let benchmark = policy.benchmark(measure, member.whom(), as_of);
    let (Some(benchmark), Some(bands)) = (benchmark, policy.bands(measure, as_of)) else {
        let stage = worker.post.stage.map_or("unknown experience", |stage| stage.label());
        return Err(format!("{} has no benchmark for {stage} in force on {}", policy.title, day(as_of)));
    };
    let key = Some(policy.key(FigureOf::Benchmark(benchmark)));
    let against = Against {
        full_lower: benchmark.value,
        full_upper: benchmark.value,
        pro_rata: Some(fte),
        share: share_of(policy, measure, member.whom(), as_of),
        lower_key: key.clone(),
        upper_key: key,
    };
    Ok(scored(&policy.name, Unit::Points, load, against, bands, by_benchmark_in_words))
}

/// Where in its band a load against a benchmark stands.
fn by_benchmark_in_words(shade: Shade) -> &'static str {
    match shade {
        Shade::HasCapacity => "below the benchmark with capacity",
        Shade::Within | Shade::WithinRange => "below the benchmark",
        Shade::Above => "at or above the benchmark",
        Shade::WellAbove => "well above the benchmark",
        Shade::NoCasesExpected => "no points expected and none held",
        Shade::HeldWhereNoneExpected => "points where none are expected",
        Shade::None => "not scored",
    }
}

/// The percentage of a measure's full figures that holds for a worker.
fn share_of(policy: &Policy, measure: Measure, whom: Whom<'_>, as_of: Date) -> Option<Share> {
    let entry = policy.adjustment(measure, whom, as_of)?;
    Some(Share { percent: entry.percent, key: policy.key(FigureOf::Adjustment(entry)) })
}

/// The reasons that hold for every measure; `None` where the worker can be scored.
fn cannot_score(worker: &Worker) -> Option<String> {
    if worker.holds.only_co_worker {
        return Some("named only as a co-worker; no role, FTE or cases of their own are known".into());
    }
    if let Some(form) = worker.holds.only_on_form.and_then(Layout::form) {
        return Some(format!("this worker is known by {form} alone, which lists no children"));
    }
    if let Some(cell) = worker.holds.not_counted.first() {
        let cell = cell_of(cell.at);
        return Some(format!("how many children this worker holds cannot be told: see {cell}"));
    }
    if worker.holds.unclear_below.is_some() {
        return Some("it cannot be told whether blank worker cells below this name are this worker's".into());
    }
    if worker.post.unknown {
        return Some(
            "Annex A tells no FTE, role or experience of a worker, and no roster gives them; add one with --roster"
                .into(),
        );
    }
    None
}

/// Why the FTE cannot be used.
fn fte_unusable(worker: &Worker) -> String {
    match &worker.post.fte {
        Entry::Given(figure, place) if figure.written.is_zero() => {
            format!("FTE in {} is 0, so there is nothing to judge against", cell_of(*place))
        }
        Entry::Given(_, place) | Entry::Unclear(_, place) | Entry::Blank(place) => {
            format!("FTE in {} cannot be used", cell_of(*place))
        }
        Entry::NoColumn => "FTE cannot be used".into(),
    }
}

fn cell_of(place: crate::book::sheet::Place) -> String {
    if place.sheet == crate::field::caseload::ELSEWHERE {
        format!("{} of the roster given", place.cell)
    } else {
        place.cell.to_string()
    }
}

/// A load against its bound in words: `13 children against 13 (20 × 0.65 FTE)`.
///
/// The utilisation is not in it: it stands beside every such sentence, rounded as each output rounds.
fn sentence(load: Decimal, unit: Unit, against: &Against) -> String {
    let span = |lower: Decimal, upper: Decimal| {
        if lower == upper { format!("{upper}") } else { format!("{lower}–{upper}") }
    };
    let scaled = span(against.lower(), against.upper());
    let share = against.share.as_ref().map(|share| format!(" × {} %", share.percent.normalize()));
    let fte = against.pro_rata.filter(|fte| fte.0 != Decimal::ONE).map(|fte| format!(" × {} FTE", fte.0));
    let steps = match (share, fte) {
        (None, None) => String::new(),
        (share, fte) => format!(
            " ({}{}{})",
            span(against.full_lower, against.full_upper),
            share.unwrap_or_default(),
            fte.unwrap_or_default()
        ),
    };
    format!("{load} {} against {scaled}{steps}", unit.label())
}

/// What was assumed about a worker, as a tail for the sentence.
fn assumptions(worker: &Worker) -> &'static str {
    if worker.fte_assumed() { "; FTE is not given, 1 is assumed" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{policies, understood};

    #[test]
    fn a_worker_known_by_a_form_alone_is_not_green_for_want_of_children() {
        let mut caseload = understood("Worker, FTE, Household, Intervention, Child ID\nAda Lovell, 1, H1, 2, C1");
        let worker = &mut caseload.teams[0].workers[0];
        worker.holds.cases.clear();
        worker.holds.only_on_form = Some(Layout::TimeForm);
        let ratings = &score(&caseload, &policies()).teams[0][0].ratings;
        assert!(!ratings.is_empty());
        for rating in ratings {
            assert_eq!((rating.rag, rating.load), (Rag::NotScored, None), "{rating:?}");
            assert_eq!(rating.because, "this worker is known by a time form alone, which lists no children");
        }
        let team = &caseload.teams[0];
        assert_eq!(crate::field::caseload::beside(team, &team.workers[0]).children, None);
    }
}
