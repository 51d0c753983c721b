//! trend.csv and changes.csv: what changed from run to run.

use rust_decimal::Decimal;

use crate::directorate::column::{Table, count, day, figure, signed, text, word};
use crate::directorate::figures::{COMPARED, Figure};
use crate::directorate::history::{ChangeKind, Trend};

use super::Rows;

/// Run × team × measure.
pub const TREND: Table = Table {
    name: "trend.csv",
    title: "Trend",
    about: "One row for each run, team and figure that runs are compared by; in each run the directorate first, whose file \
            is empty.",
    columns: &[
        day("as_of", "As of", "The date that the run was judged on.").always(),
        text("run", "Run", "The name of the run's folder.").always(),
        text("file", "Workbook", "The workbook that the team was in last. Empty for the directorate."),
        text("team", "Team", "The name that the team had last, so that its rows are one series; Directorate for all.")
            .always(),
        word("measure", "Figure", compared, "The figure: the name of a column of teams.csv.").always(),
        text("unit", "Unit", "What value and change are counted in; the change of a percentage in points of percent.")
            .always(),
        figure("value", "Value", "as the column unit says", "The figure. Empty where it is not known."),
        signed(
            "change",
            "Change",
            "as the column unit says",
            "The value less that of the run before. Empty for the first run, and where either is not known.",
        ),
    ],
    since_ever: 8,
    key: &["run", "file", "team", "measure"],
    refers: None,
};

fn compared() -> Vec<&'static str> {
    COMPARED.iter().map(|figure| figure.name()).collect()
}

/// Change from one run to the next.
pub const CHANGES: Table = Table {
    name: "changes.csv",
    title: "Changes",
    about: "One row for each change from one run to the next: of workers, of teams, and of what cannot be compared.",
    columns: &[
        word("kind", "Kind", kinds, "What changed, or what cannot be compared.").always(),
        day("as_of", "As of", "The date of the run in which it was found.").always(),
        text("file", "Workbook", "The workbook concerned. Empty where it concerns a run."),
        text("team", "Team", "The team concerned. Empty where it concerns a run."),
        text("worker", "Worker", "The worker concerned. Empty where it concerns a team or a run."),
        day("since", "Since", "Since when, or the day that was missed. Empty where there is none."),
        count("runs", "How many", "runs, or actions overdue", "Runs running, or actions overdue. Empty where neither."),
        text("message", "Message", "What changed, as a sentence.").always(),
    ],
    since_ever: 8,
    key: &[],
    refers: None,
};

fn kinds() -> Vec<&'static str> {
    ChangeKind::ALL.iter().map(|kind| kind.name()).collect()
}

/// What trend.csv calls the directorate.
pub const WHOLE: &str = "Directorate";

/// Rows of trend.csv: in each run the directorate first, whose file is empty, then the teams that are in it.
///
/// A team stands under the names it had last, so that its rows are one series.
pub fn rows(trend: &Trend) -> Rows {
    let text = |figure: Option<Decimal>| figure.map_or(String::new(), |figure| figure.normalize().to_string());
    let mut rows = Rows::new();
    for (run, head) in trend.runs.iter().enumerate() {
        let mut row = |file: &str, team: &str, figure: Figure, value: Option<Decimal>, change: Option<Decimal>| {
            rows.push(vec![
                head.as_of.to_string(),
                head.label.clone(),
                file.to_string(),
                team.to_string(),
                figure.name().to_string(),
                figure.row().trend.map_or("", |own| own.unit).to_string(),
                text(value),
                text(change),
            ]);
        };
        for figure in COMPARED {
            row("", WHOLE, *figure, trend.whole[run].get(figure).copied(), trend.change(run, *figure));
        }
        for line in trend.lines.iter().filter(|line| line.at[run].is_some()) {
            for figure in COMPARED {
                row(&line.file, &line.team, *figure, line.figure(run, *figure), line.change(run, *figure));
            }
        }
    }
    rows
}

/// Rows of changes.csv.
pub fn changes(trend: &Trend) -> Rows {
    let rows = trend.changes.iter().map(|change| {
        vec![
            change.kind.to_string(),
            trend.runs[change.run].as_of.to_string(),
            change.file.clone(),
            change.team.clone(),
            change.worker.clone(),
            change.since.map_or(String::new(), |day| day.to_string()),
            change.runs.map_or(String::new(), |runs| runs.to_string()),
            change.message.clone(),
        ]
    });
    rows.collect()
}
