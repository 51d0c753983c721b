//! What changed from run to run, on the terminal and as JSON.

use comfy_table::CellAlignment;
use rust_decimal::Decimal;
use serde_json::json;

use crate::book::phrase::count;
use crate::directorate::figures::Figure;
use crate::directorate::history::{Change, ChangeKind, RunHead, Trend, TrendLine};
use crate::directorate::table::{CHANGES, TREND};
use crate::directorate::table::{changes, trend as series};
use crate::field::rating::rounded;
use crate::run::outcome::Compared;

use super::{objects, table};

/// Runs shown side by side; a terminal has no room for more.
const SHOWN: usize = 6;
/// Names and sentences shown of a kind; changes.csv has all of them.
const LISTED: usize = 12;

/// The closing lines of a comparison: the directorate by run, teams by run, what changed, what could not be matched.
pub fn compared(compared: &Compared) -> String {
    let trend = &compared.trend;
    let from = trend.runs.len().saturating_sub(SHOWN);
    let mut text = format!("{}\n{}\n", directorate(trend, from), teams(trend, from));
    text.push_str(&changed(trend));
    if from > 0 {
        text.push_str(&format!("\n{} earlier: see trend.csv\n", count(from, "run", "runs")));
    }
    if !compared.failures.is_empty() {
        text.push_str("\nNot done:\n");
        for (name, why) in &compared.failures {
            text.push_str(&format!("  {name}: {why}\n"));
        }
    }
    text.push_str(&format!("\nWritten to {}: trend.csv, changes.csv, directorate.xlsx\n", compared.out.display()));
    text
}

/// What changed since the run before, with workers' names, and what could not be matched.
pub fn changed(trend: &Trend) -> String {
    let now = trend.last();
    let mut text = String::from("Since the run before:\n");
    for sentence in trend.in_words() {
        text.push_str(&format!("  {sentence}\n"));
    }
    const KINDS: [(ChangeKind, &str); 7] = [
        (ChangeKind::NewlyRed, "Newly red"),
        (ChangeKind::RedNotInRunBefore, "Red, not in the run before"),
        (ChangeKind::RedNotScoredBefore, "Red, not scored in the run before"),
        (ChangeKind::RedNotMatched, "Red, not known whether newly"),
        (ChangeKind::RedRunning, "Red in three or more runs running"),
        (ChangeKind::MovedTeam, "In another team than before"),
        (ChangeKind::ActionsOverdue, "Actions overdue"),
    ];
    for (kind, label) in KINDS {
        let names: Vec<String> = trend.of(now, kind).map(named).collect();
        if names.is_empty() {
            continue;
        }
        let more = names.len().saturating_sub(LISTED);
        let more = if more > 0 { format!("; and {more} more, see changes.csv") } else { String::new() };
        text.push_str(&format!("  {label}: {}{more}\n", names[..names.len().min(LISTED)].join("; ")));
    }
    let told: Vec<&Change> = trend.told().collect();
    if !told.is_empty() {
        text.push_str("\nNot matched, or to be compared with care:\n");
        for change in told.iter().take(LISTED) {
            text.push_str(&format!("  {}\n", change.message));
        }
        if told.len() > LISTED {
            text.push_str(&format!("  and {} more, see changes.csv\n", told.len() - LISTED));
        }
    }
    text
}

/// A comparison for programs: runs, series and changes with the columns of the tables.
pub fn json(compared: &Compared) -> String {
    let run = |run: &RunHead| {
        json!({
            "run": run.label,
            "as_of": run.as_of.to_string(),
            "policies": run.policies,
            "red": run.red,
            "errors": run.errors,
        })
    };
    let failures: Vec<_> = compared.failures.iter().map(|(name, why)| json!({ "name": name, "why": why })).collect();
    let document = json!({
        "runs": compared.trend.runs.iter().map(run).collect::<Vec<_>>(),
        "trend": objects(&TREND, &series(&compared.trend)),
        "changes": objects(&CHANGES, &changes(&compared.trend)),
        "failures": failures,
        "exit": compared.exit,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn named(change: &Change) -> String {
    let more = match change.kind {
        ChangeKind::RedRunning => format!(", {} runs", change.runs.unwrap_or_default()),
        ChangeKind::ActionsOverdue => format!(", {}", change.runs.unwrap_or_default()),
        _ => String::new(),
    };
    format!("{} ({}{more})", change.worker, change.team)
}

fn shown(figure: Option<Decimal>, places: usize) -> String {
    figure.map_or("–".into(), |figure| format!("{:.places$}", rounded(figure, places as u32)))
}

/// `+3.1`: a change with its sign.
fn signed(change: Option<Decimal>) -> String {
    let shown = |change: Decimal| match rounded(change, 1) {
        none if none.is_zero() => "0.0".into(),
        change => format!("{change:+.1}"),
    };
    change.map_or("–".into(), shown)
}

fn directorate(trend: &Trend, from: usize) -> String {
    let mut rows = table(&[
        "run",
        "as of",
        "limit %",
        "change",
        "points %",
        "workers",
        "children",
        "RED",
        "unallocated",
        "FTE needed",
        "average caseload",
    ]);
    for (at, run) in trend.runs.iter().enumerate().skip(from) {
        let figure = |figure: Figure| trend.whole[at].get(&figure).copied();
        rows.add_row([
            run.label.clone(),
            run.as_of.to_string(),
            shown(figure(Figure::LimitsUsed), 1),
            signed(trend.change(at, Figure::LimitsUsed)),
            shown(figure(Figure::PointsUsed), 1),
            shown(figure(Figure::Workers), 0),
            shown(figure(Figure::Children), 0),
            shown(figure(Figure::Red), 0),
            shown(figure(Figure::Unallocated), 0),
            shown(figure(Figure::FteNeeded), 2),
            shown(figure(Figure::AverageCaseload), 2),
        ]);
    }
    for column in rows.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    rows.to_string()
}

/// Limits used by team and run, and the last change.
fn teams(trend: &Trend, from: usize) -> String {
    let dates: Vec<String> = trend.runs[from..].iter().map(|run| run.as_of.to_string()).collect();
    let mut header = vec!["team, limit %"];
    header.extend(dates.iter().map(String::as_str));
    header.push("change");
    let mut rows = table(&header);
    let now = trend.last();
    for line in &trend.lines {
        let used = |at: usize| match line.at[at] {
            None => String::new(),
            Some(_) => shown(line.figure(at, Figure::LimitsUsed), 1),
        };
        let change = |line: &TrendLine| signed(line.change(now, Figure::LimitsUsed));
        let figures = (from..trend.runs.len()).map(used);
        rows.add_row(std::iter::once(line.team.clone()).chain(figures).chain([change(line)]));
    }
    for column in rows.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    rows.to_string()
}
