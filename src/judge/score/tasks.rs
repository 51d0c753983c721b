//! Tasks or pieces of work in points, against the benchmarks by experience (domain section 7).

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::phrase::count;
use crate::field::caseload::Unit;
use crate::field::rating::{Against, Measure, Rating, Shade};
use crate::judge::score::{Member, assumptions, cell_of, fte_unusable, not_scored, scored, share_of};
use crate::policy::{FigureOf, Policy, TasksModel};

/// The worker's tasks in points; why not, where no form gives them or a line cannot be told.
pub fn rate(member: Member<'_>, policy: &Policy, model: &TasksModel, on: Date) -> Rating {
    let worker = member.worker;
    let give_up =
        |load: Option<Decimal>, why: String| not_scored(&policy.name, Measure::Tasks, Unit::Points, load, why);
    if !model.is_meant_for(worker.post.role) {
        return give_up(None, model.not_for_because.clone());
    }
    let Some(form) = &worker.holds.tasks else {
        return give_up(None, "no tasks form or list of tasks names this worker".into());
    };
    if !form.is_filled_in() {
        return give_up(None, "no number of tasks is written for this worker".into());
    }
    let reckoned = policy.reckon_tasks(form, &worker.post.duties, on);
    let Some(load) = reckoned.total else {
        let untold = reckoned.lines.iter().find(|line| line.total.is_none());
        let cell = untold.map_or(String::new(), |line| cell_of(line.place));
        return give_up(None, format!("what the line in {cell} of the tasks form comes to cannot be told"));
    };
    let Some(fte) = worker.fte() else { return give_up(Some(load), fte_unusable(worker)) };
    let benchmark = policy.benchmark(Measure::Tasks, member.whom(), on);
    let (Some(benchmark), Some(bands)) = (benchmark, policy.bands(Measure::Tasks, on)) else {
        let stage = worker.post.stage.map_or("unknown experience", |stage| stage.label());
        let why = format!("{} has no benchmark for {stage} in force on {}", policy.title, on.strftime("%d/%m/%Y"));
        return give_up(Some(load), why);
    };
    let key = Some(policy.key(FigureOf::Benchmark(benchmark)));
    let against = Against {
        full_lower: benchmark.value,
        full_upper: benchmark.value,
        pro_rata: Some(fte),
        share: share_of(policy, Measure::Tasks, member.whom(), on),
        lower_key: key.clone(),
        upper_key: key,
    };
    let mut rating = scored(&policy.name, Unit::Points, load, against, bands, words);
    let because = &mut rating.because;
    if model.indicative {
        because.push_str("; by indicative points, for local agreement");
    }
    because.push_str(assumptions(worker));
    if worker.post.stage.is_none() {
        because.push_str("; experience is not given, the full benchmark is assumed");
    }
    let written = reckoned.lines.iter().filter(|line| line.counts_as_written()).count();
    if written > 0 {
        because.push_str(&format!("; {} by points of the form's own", count(written, "line", "lines")));
    }
    rating
}

fn words(shade: Shade) -> &'static str {
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
