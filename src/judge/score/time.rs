//! Hours that the work needs against the hours available, from a time form (domain section 6).

use rust_decimal::Decimal;

use crate::book::phrase::day;
use crate::field::caseload::{Deduction, Entry, TimeForm, Unit, Worker};
use crate::field::rating::{Against, Hours, HoursAvailable, HoursLine, Measure, Rating, Shade, rounded};
use crate::judge::score::{assumptions, cell_of, fte_unusable, not_scored, scored};
use crate::policy::{Policies, Policy, TimeModel, figure_ids as id};

/// The worker's hours, and how they were reckoned.
pub fn rate(worker: &Worker, policy: &Policy, model: &TimeModel, policies: &Policies) -> (Rating, Option<Hours>) {
    let hours = match reckon(worker, policy, model, policies) {
        Ok(hours) => hours,
        Err(why) => return (not_scored(&policy.name, Measure::Time, Unit::Hours, None, why), None),
    };
    let Some(bands) = policy.bands(Measure::Time, policies.as_of) else {
        let why = format!("{} has no bands for hours in force on {}", policy.title, day(policies.as_of));
        let rating = not_scored(&policy.name, Measure::Time, Unit::Hours, Some(hours.required()), why);
        return (rating, Some(hours));
    };
    let (full, pro_rata) = match hours.available {
        HoursAvailable::Written(hours) => (hours, None),
        HoursAvailable::Reckoned { week, weeks, fte } => (week * weeks, Some(fte)),
    };
    let against =
        Against { full_lower: full, full_upper: full, pro_rata, share: None, lower_key: None, upper_key: None };
    let mut rating = scored(&policy.name, Unit::Hours, hours.required(), against, bands, words);
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
    if worker.post.stage.is_none() && hours.items.iter().any(|line| line.assumed.is_some()) {
        because.push_str(" as for experienced workers, for want of the experience");
    }
    for total in &hours.totals_used {
        because.push_str("; ");
        because.push_str(total);
    }
    (rating, Some(hours))
}

/// The hours line by line, or why they cannot be told.
fn reckon(worker: &Worker, policy: &Policy, model: &TimeModel, policies: &Policies) -> Result<Hours, String> {
    let Some(form) = &worker.holds.time else { return Err("no time form names this worker".into()) };
    if let Some(other) = form.again {
        let cell = cell_of(other);
        return Err(format!("another time form names this worker too, at {cell}; which of them holds cannot be told"));
    }
    if let Some((_, unread)) = form.unread().next() {
        return Err(format!("the hours in {} cannot be read", cell_of(unread)));
    }
    let available = available(worker, form, policies)?;
    let mut hours =
        Hours { policy: policy.name.clone(), available, items: Vec::new(), cases: Vec::new(), totals_used: Vec::new() };
    let whole = hours.available();
    if whole <= Decimal::ZERO {
        return Err("no hours are available, so there is nothing to judge against".into());
    }
    if form.stands_by_totals() && totals_alone(form, &mut hours)? {
        return Ok(hours);
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
                let id = model.supervision(worker.post.stage);
                (value(id), id)
            }
            Deduction::Cpd => {
                let id = model.cpd(worker.post.stage);
                (whole * value(id) / Decimal::ONE_HUNDRED, id)
            }
            _ => continue,
        };
        let place = form.line(*kind);
        let line = HoursLine { label: kind.label().into(), hours: figure.normalize(), assumed: Some(assumed), place };
        hours.items.push(line);
    }
    cases(form, &mut hours)?;
    Ok(hours)
}

/// Hours of a form on which nothing is written above the cases but what it adds up; whether it adds up anything.
///
/// Its totals hold supervision and the rest then: nothing is assumed beside them.
fn totals_alone(form: &TimeForm, hours: &mut Hours) -> Result<bool, String> {
    match (&form.stated.sub_total, &form.stated.required) {
        (Entry::Given(sub_total, place), _) => {
            hours.items.push(total("what is taken off, as the form adds it up", *sub_total, *place));
            hours.totals_used.push("nothing is written for any line, the form's sub-total is taken");
            cases(form, hours)?;
        }
        (_, Entry::Given(required, place)) => {
            hours.totals_used.push("no lines are written, the form's total required is taken");
            if !form.is_itemised() && form.stated.case_work.given().is_none() {
                hours.cases.push(total("all time required, as the form adds it up", *required, *place));
                return Ok(true);
            }
            cases(form, hours)?;
            let rest = required - hours.case_work();
            if rest.is_sign_negative() {
                let cell = cell_of(*place);
                return Err(format!("the total required in {cell} is less than the hours of case work"));
            }
            hours.items.push(total("what the form's total leaves beside case work", rest.normalize(), *place));
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn total(label: &str, hours: Decimal, place: crate::book::sheet::Place) -> HoursLine {
    HoursLine { label: label.into(), hours, assumed: None, place: Some(place) }
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

/// Adds hours for each case; the form's total of them, or what its total leaves for them, where none is itemised.
fn cases(form: &TimeForm, hours: &mut Hours) -> Result<(), String> {
    if form.is_itemised() {
        for case in &form.cases {
            let Entry::Given(figure, place) = case.hours else {
                return Err(format!("no hours are written for the case in {}", cell_of(case.place)));
            };
            let line = HoursLine { label: case.label.clone(), hours: figure, assumed: None, place: Some(place) };
            hours.cases.push(line);
        }
        return Ok(());
    }
    match (&form.stated.case_work, &form.stated.required) {
        (Entry::Given(figure, place), _) => {
            hours.cases.push(total("case work, as the form adds it up", *figure, *place));
            hours.totals_used.push("no case is itemised, the form's total of case work is taken");
        }
        // Lines that are assumed are not in the form's total; they come on top of it.
        (_, Entry::Given(required, place)) => {
            let written: Decimal =
                hours.items.iter().filter(|line| line.assumed.is_none()).map(|line| line.hours).sum();
            let rest = (required - written).normalize();
            if rest.is_sign_negative() {
                return Err(format!("the total required in {} is less than what is taken off", cell_of(*place)));
            }
            hours.cases.push(total("case work, which the form's total leaves", rest, *place));
            hours.totals_used.push("no hours of case work are written, the form's total required is taken");
        }
        _ => return Err("no hours of case work are written on the time form".into()),
    }
    Ok(())
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
    use crate::field::rating::Rag;
    use crate::judge::score::score;
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
        ] {
            let (load, _, rag, because) =
                rated(&format!("{HEAD}Total time available | 148\nSupervision | 3\n{line}\nTotal time required | 150"));
            assert_eq!((load.as_str(), rag, because.as_str()), ("–", Rag::NotScored, why), "{line}");
        }
        let none = score(&understood("Child ID, Worker\n1, Ada Heron"), &policies());
        assert_eq!(none.teams[0][0].ratings[0].because, "no time form names this worker");
    }

    #[test]
    fn where_only_totals_are_there_they_are_taken() {
        let off = "Leave | 7.4\nSupervision | 3\nCPD | 15\nAdmin | 26";
        let blank = "Leave |\nSupervision |\nCPD |\nAdmin |";
        for (lines, totals, load, why) in [
            (
                off,
                "Total time required | 146.4",
                "146.4",
                "no hours of case work are written, the form's total required",
            ),
            (
                "Leave | 7.4\nSupervision |\nCPD | 15\nAdmin | 26",
                "Total time required | 146.4",
                "149.4",
                "3 hours are assumed",
            ),
            (blank, "Total time required | 146.4", "146.4", "no lines are written, the form's total required is taken"),
            (blank, "Sub-total | 51.4\nCase-work time required | 95", "146.4", "the form's sub-total is taken"),
            (blank, "Case A | 95\nTotal time required | 146.4", "146.4", "the form's total required is taken"),
            (off, "Total time required | 20", "–", "the total required in B9 is less than what is taken off"),
            (off, "Total time required | lots", "–", "the hours in B9 cannot be read"),
            (off, "Capacity surplus | 1", "–", "no hours of case work are written"),
        ] {
            let (own, _, _, because) = rated(&format!("{HEAD}Total time available | 148\n{lines}\n{totals}"));
            assert_eq!(own, load, "{lines} {totals}: {because}");
            assert!(because.contains(why), "{because}");
        }
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
