//! ratings.csv: each worker beside each limit, benchmark or other measure.

use rust_decimal::Decimal;

use crate::book::rag::Rag;
use crate::directorate::column::{Refers, Table, figure, text, word};
use crate::field::caseload::Unit;
use crate::field::judged::Judged;
use crate::field::rating::{Measure, Rating, rounded};

use super::Rows;
use super::whose::{FILE, TEAM, WORKER};

/// Worker × measure.
pub const RATINGS: Table = Table {
    name: "ratings.csv",
    title: "Ratings",
    about: "One row for each worker and each limit, benchmark or other measure that the worker is judged by.",
    columns: &[
        FILE,
        TEAM,
        WORKER,
        text("policy", "Policy", "The policy that judges: its short name, or \"agreed\" for a limit agreed with the worker.")
            .always(),
        word(
            "measure",
            "Measure",
            measures,
            "What is measured: cases against a limit, points, hours or tasks against a benchmark, or the bare number of \
             cases.",
        )
        .always(),
        word("unit", "Unit", units, "What load, lower and upper are counted in.").always(),
        figure(
            "load",
            "Load",
            "as the column unit says",
            "What the worker holds, exact. Empty where it cannot be counted.",
        ),
        figure(
            "lower",
            "Lower figure",
            "as the column unit says",
            "The limit or benchmark after pro rata, exact; of a range its lower end. Empty where none applies.",
        ),
        figure(
            "upper",
            "Upper figure",
            "as the column unit says",
            "The upper end of the limit after pro rata, exact; equal to lower where there is one figure.",
        ),
        figure(
            "utilisation",
            "Used",
            "percent",
            "Load as a share of the upper figure (of case-count: of the lower), rounded to 2 places. Empty where that \
             figure is 0 or not known.",
        ),
        word("rag", "Colour", rags, "The colour of this measure; not-scored where there is nothing to judge by.").always(),
        word("governs", "Governs", yes, "yes on the one row of each worker that gives them their overall colour."),
        text("because", "Because", "What decided, or what was missing, as a sentence.").always(),
        figure(
            "full_time_upper",
            "Upper figure for full time",
            "as the column unit says",
            "The upper figure that a full-time worker would have; of a limit agreed with the worker, the figure whose \
             place it took.",
        ),
        word(
            "in_team_total",
            "In the team's total",
            yes,
            "yes where load and upper are added into the team's limit_utilisation or points_utilisation: of several \
             policies the first counts, so that no worker counts twice.",
        ),
        word(
            "advisory",
            "For advice",
            yes,
            "yes where the policy is for advice: the rating decides nothing for the worker or the team where another \
             policy rates the same measure.",
        ),
    ],
    since_ever: 13,
    // A policy may have two limits in the same unit.
    key: &[],
    refers: Some(Refers { columns: &["file", "team", "worker"], table: "workers.csv" }),
};

fn measures() -> Vec<&'static str> {
    Measure::ALL.iter().map(|measure| measure.name()).collect()
}

fn units() -> Vec<&'static str> {
    Unit::ALL.iter().map(|unit| unit.name()).collect()
}

/// The colours.
pub fn rags() -> Vec<&'static str> {
    Rag::ALL.iter().map(|rag| rag.name()).collect()
}

fn yes() -> Vec<&'static str> {
    vec!["yes"]
}

/// The rows of a workbook.
pub fn rows(judged: &Judged) -> Rows {
    let mut rows = Rows::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for (worker, scored) in team.workers.iter().zip(scored) {
            let summed = |rating: &Rating| {
                let of = |measure| scored.first_by(measure).any(|other| std::ptr::eq(other, rating));
                of(Measure::Limit) || of(Measure::Points)
            };
            for rating in &scored.ratings {
                let figure =
                    |figure: Option<Decimal>| figure.map_or(String::new(), |figure| figure.normalize().to_string());
                rows.push(vec![
                    judged.file.clone(),
                    team.name.clone(),
                    worker.who.name.clone(),
                    rating.policy.clone(),
                    rating.measure.to_string(),
                    rating.unit.to_string(),
                    figure(rating.load),
                    figure(rating.against.as_ref().map(|against| against.lower())),
                    figure(rating.against.as_ref().map(|against| against.upper())),
                    figure(rating.utilisation().map(|percent| rounded(percent, 2))),
                    rating.rag.to_string(),
                    if rating.governs { "yes" } else { "" }.into(),
                    rating.because.clone(),
                    figure(rating.full_time_upper()),
                    if summed(rating) { "yes" } else { "" }.into(),
                    if rating.advisory { "yes" } else { "" }.into(),
                ]);
            }
        }
    }
    rows
}
