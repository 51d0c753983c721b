//! Tasks or pieces of work in points, against the benchmarks by experience (domain section 7).

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::phrase::count;
use crate::field::caseload::Unit;
use crate::field::rating::{Measure, Rating};
use crate::judge::score::{Member, assumptions, by_benchmark, cell_of, not_scored};
use crate::policy::{Policy, TasksModel};

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
    let mut rating = match by_benchmark(member, policy, Measure::Tasks, load, on) {
        Ok(rating) => rating,
        Err(why) => return give_up(Some(load), why),
    };
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
