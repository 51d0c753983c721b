//! Hours that the work needs against the hours available, from a time form (domain section 6).

use rust_decimal::Decimal;

use crate::caseload::{Deduction, Entry, TimeForm, Unit, Worker};
use crate::policy::{Policies, Policy, TimeModel, figure_ids as id};
use crate::rating::{Against, Hours, HoursAvailable, HoursLine, Measure, Rating, Shade, rounded};
use crate::score::{assumptions, cell_of, fte_unusable, not_scored, scored};

/// The worker's hours, and how they were reckoned.
pub fn rate(worker: &Worker, policy: &Policy, model: &TimeModel, policies: &Policies) -> (Rating, Option<Hours>) {
    let hours = match reckon(worker, policy, model, policies) {
        Ok(hours) => hours,
        Err(why) => return (not_scored(&policy.name, Measure::Time, Unit::Hours, None, why), None),
    };
    let Some(bands) = policy.bands(Measure::Time, policies.as_of) else {
        let why =
            format!("{} has no bands for hours in force on {}", policy.title, policies.as_of.strftime("%d/%m/%Y"));
        let rating = not_scored(&policy.name, Measure::Time, Unit::Hours, Some(hours.required()), why);
        return (rating, Some(hours));
    };
    let (full, pro_rata) = match hours.available {
        HoursAvailable::Written(hours) => (hours, None),
        HoursAvailable::Reckoned { week, weeks, fte } => (week * weeks, Some(fte)),
    };
    let key = format!("{}/{}/value", policy.name, id::TIME_WEEKS);
    let against =
        Against { full_lower: full, full_upper: full, pro_rata, share: None, lower_key: key.clone(), upper_key: key };
    let mut rating = scored(&policy.name, Measure::Time, Unit::Hours, hours.required(), against, bands, words);
    let because = &mut rating.because;
    let surplus = hours.surplus();
    let of = rounded(surplus * Decimal::ONE_HUNDRED / hours.available(), 1);
    let what = if surplus.is_sign_negative() { "deficit" } else { "surplus" };
    because.push_str(&format!("; {what} {} hours, {} %", surplus.abs(), of.abs()));
    if pro_rata.is_some() {
        because.push_str("; no hours available are written, the weekly hours of the period are taken");
        because.push_str(assumptions(worker));
    }
    for line in hours.items.iter().filter(|line| line.assumed.is_some()) {
        because.push_str(&format!("; {} is blank, {} hours are assumed", line.label, line.hours));
    }
    if worker.stage.is_none() && hours.items.iter().any(|line| line.assumed.is_some()) {
        because.push_str(" as for experienced workers, for want of the experience");
    }
    if hours.total_used {
        because.push_str("; no case is itemised, the form's total of case work is taken");
    }
    (rating, Some(hours))
}

/// The hours line by line, or why they cannot be told.
fn reckon(worker: &Worker, policy: &Policy, model: &TimeModel, policies: &Policies) -> Result<Hours, String> {
    let Some(form) = &worker.time else { return Err("no time form names this worker".into()) };
    if let Some(other) = form.again {
        let cell = cell_of(other);
        return Err(format!("another time form names this worker too, at {cell}; which of them holds cannot be told"));
    }
    if let Some(unread) = unread(form) {
        return Err(format!("the hours in {} cannot be read", cell_of(unread)));
    }
    let available = available(worker, form, policies)?;
    let mut hours =
        Hours { policy: policy.name.clone(), available, items: Vec::new(), cases: Vec::new(), total_used: false };
    let whole = hours.available();
    if whole <= Decimal::ZERO {
        return Err("no hours are available, so there is nothing to judge against".into());
    }
    let value = |id: &str| policy.figure(id, policies.as_of).map_or(Decimal::ZERO, |figure| figure.value);
    for kind in Deduction::ALL {
        let written = form.items.iter().filter(|item| item.kind == *kind);
        hours.items.extend(written.filter_map(|item| {
            let Entry::Given(figure, place) = item.hours else { return None };
            let label = if item.label_known { kind.label().to_string() } else { item.label.clone() };
            Some(HoursLine { label, hours: figure, assumed: None, place: Some(place) })
        }));
        if form.tells(*kind) {
            continue;
        }
        let (figure, assumed) = match kind {
            Deduction::Supervision => {
                let id = model.supervision(worker.stage);
                (value(id), id)
            }
            Deduction::Cpd => {
                let id = model.cpd(worker.stage);
                (whole * value(id) / Decimal::ONE_HUNDRED, id)
            }
            _ => continue,
        };
        let place = form.line(*kind);
        let line = HoursLine { label: kind.label().into(), hours: figure.normalize(), assumed: Some(assumed), place };
        hours.items.push(line);
    }
    hours.cases = cases(form)?;
    hours.total_used = !form.is_itemised();
    Ok(hours)
}

/// A cell of the form that says something and no hours; totals beside items do not matter.
fn unread(form: &TimeForm) -> Option<crate::sheet::Place> {
    let unclear = |entry: &Entry<Decimal>| match entry {
        Entry::Unclear(_, place) => Some(*place),
        _ => None,
    };
    let total = (!form.is_itemised()).then_some(&form.stated.case_work);
    let lines = form.items.iter().map(|item| &item.hours).chain(form.cases.iter().map(|case| &case.hours));
    [&form.available].into_iter().chain(lines).chain(total).find_map(unclear)
}

fn available(worker: &Worker, form: &TimeForm, policies: &Policies) -> Result<HoursAvailable, String> {
    match form.available {
        Entry::Given(hours, _) => Ok(HoursAvailable::Written(hours.abs().normalize())),
        _ => {
            let fte = worker.fte().ok_or_else(|| fte_unusable(worker))?;
            Ok(HoursAvailable::Reckoned { week: policies.value(id::WEEK), weeks: policies.value(id::TIME_WEEKS), fte })
        }
    }
}

/// Hours for each case; the form's total of them, or what its total leaves for them, where none is itemised.
fn cases(form: &TimeForm) -> Result<Vec<HoursLine>, String> {
    if !form.is_itemised() {
        let Entry::Given(hours, place) = form.stated.case_work else {
            return Err("no hours of case work are written on the time form".into());
        };
        let label = "case work, as the form adds it up".to_string();
        return Ok(vec![HoursLine { label, hours, assumed: None, place: Some(place) }]);
    }
    let line = |case: &crate::caseload::CaseTime| match case.hours {
        Entry::Given(hours, place) => {
            Ok(HoursLine { label: case.label.clone(), hours, assumed: None, place: Some(place) })
        }
        _ => Err(format!("no hours are written for the case in {}", cell_of(case.place))),
    };
    form.cases.iter().map(line).collect()
}

fn words(shade: Shade) -> &'static str {
    match shade {
        Shade::HasCapacity => "within the hours available with capacity",
        Shade::Within | Shade::WithinRange => "within the hours available",
        Shade::Above => "at or above the hours available",
        Shade::WellAbove => "well above the hours available",
        Shade::NoCasesExpected => "no hours expected and none needed",
        Shade::HeldWhereNoneExpected => "hours needed where none are available",
        Shade::None => "not scored",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rating::Rag;
    use crate::score::score;
    use crate::testing::{AS_OF, understood};

    fn policies() -> Policies {
        Policies::new(vec![Policy::built_in("task-force-time").unwrap().unwrap()], AS_OF).unwrap()
    }

    /// Load, hours available, colour and reason of the first worker.
    fn rated(form: &str) -> (String, String, Rag, String) {
        let scored = score(&understood(form), &policies());
        let rating = &scored.teams[0][0].ratings[0];
        let figure = |figure: Option<Decimal>| figure.map_or("–".into(), |figure| figure.to_string());
        let upper = figure(rating.against.as_ref().map(Against::upper));
        (figure(rating.load), upper, rating.rag, rating.because.clone())
    }

    const HEAD: &str = "Worker | Ada Heron\nExperience | 3+ years\nFTE | 1\n";

    #[test]
    fn the_worked_example() {
        let (load, upper, rag, because) = rated(&format!(
            "{HEAD}Total time available | 148\nLeave | -7.4\nSupervision | -3\nCPD | -15\nAdmin | -20\nCrisis | -2\n\
             Local travel | -3\nAdditional travel | -1\nSub-total | -51.4\nCase-work time required | -95\n\
             Total time required | 146.4"
        ));
        assert_eq!((load.as_str(), upper.as_str(), rag), ("146.4", "148", Rag::Green));
        assert_eq!(
            because,
            "146.4 hours against 148, within the hours available; surplus 1.6 hours, 1.1 %; no case is itemised, the \
             form's total of case work is taken"
        );
    }

    #[test]
    fn what_is_left_blank_is_assumed_by_experience() {
        let form = |stage: &str, fte: &str, cases: &str| {
            format!(
                "Worker | Ada Heron\nExperience | {stage}\nFTE | {fte}\nTotal time available |\nLeave | 8\nSupervision |\n\
                 CPD |\nAdmin |\nCase A | {cases}\nTotal time required | 1"
            )
        };
        // 8 + 3 + 14.8 + 100 against 148; 8 + 6 + 14.8 + 40 against 74; 8 + 3 + 14.8 + 40 against 74.
        for (stage, fte, cases, load, upper) in [
            ("3+ years", "1", "100", "125.8", "148"),
            ("NQSW 0-6", "0.5", "40", "68.8", "74"),
            ("NQSW 6-12", "0.5", "40", "65.8", "74"),
            ("", "1", "100", "125.8", "148"),
        ] {
            let (own, against, rag, because) = rated(&form(stage, fte, cases));
            assert_eq!((own.as_str(), against.as_str(), rag), (load, upper, Rag::Green), "{stage}: {because}");
            assert!(because.contains("CPD is blank, 14.8 hours are assumed"), "{because}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_never_nought() {
        for (line, why) in [
            ("Leave | 7?\nCase A | 20", "the hours in B6 cannot be read"),
            ("Leave | 7\nCase A | most of a week", "the hours in B7 cannot be read"),
            ("Leave | 7\nCase A | 20\nCase B: two visits |", "no hours are written for the case in A8"),
            ("Leave | 7\nCase A |", "no hours of case work are written on the time form"),
        ] {
            let (load, _, rag, because) =
                rated(&format!("{HEAD}Total time available | 148\nSupervision | 3\n{line}\nTotal time required | 150"));
            assert_eq!((load.as_str(), rag, because.as_str()), ("–", Rag::NotScored, why), "{line}");
        }
        let none = score(&understood("Child ID, Worker\n1, Ada Heron"), &policies());
        assert_eq!(none.teams[0][0].ratings[0].because, "no time form names this worker");
    }

    #[test]
    fn the_edges_are_the_task_forces() {
        for (cases, rag, shade) in [
            ("113.6", Rag::Green, Shade::HasCapacity),
            ("122.9", Rag::Green, Shade::Within),
            ("123", Rag::Amber, Shade::Above),
            ("137.79", Rag::Amber, Shade::Above),
            ("137.8", Rag::Red, Shade::WellAbove),
        ] {
            let form = format!(
                "{HEAD}Total time available | 148\nLeave | 7\nSupervision | 3\nCPD | 15\nCase A | {cases}\nTotal time required | 1"
            );
            let rating = score(&understood(&form), &policies()).teams[0][0].ratings[0].clone();
            assert_eq!((rating.rag, rating.shade), (rag, shade), "{cases}: {}", rating.because);
        }
    }
}
