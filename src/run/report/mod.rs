//! What the terminal shows, as text; nothing is printed here.

mod check;
pub mod policy;
pub mod trend;
mod what_if;

pub use check::check;

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{CellAlignment, Table};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::book::phrase::count;
use crate::book::sheet::column_letters;
use crate::directorate::table;
use crate::field::quality::FileStatus;
use crate::field::rating::{Rating, rounded};
use crate::field::reading::{HowRead, SheetReading};
use crate::judge::what_if::WhatIf;
use crate::run::outcome::Outcome;

/// The closing lines of a run: teams with their colours, what was not done, where to look.
pub fn closing(outcome: &Outcome) -> String {
    let mut text = String::new();
    if !outcome.directorate.teams.is_empty() {
        text.push_str(&teams(outcome));
        text.push('\n');
    }
    if let Some(trend) = &outcome.directorate.trend {
        text.push_str(&trend::changed(trend));
        text.push('\n');
    }
    let sum = |at: usize| outcome.files.iter().map(|file| file.findings[at]).sum::<usize>();
    let done = outcome.files.iter().filter(|file| file.status.has_caseload()).count();
    text.push_str(&format!(
        "{} with a caseload; {}, {}, {}\n",
        count(done, "file", "files"),
        count(sum(0), "error", "errors"),
        count(sum(1), "warning", "warnings"),
        count(sum(2), "note", "notes"),
    ));
    for file in &outcome.files {
        for remark in &file.remarks {
            text.push_str(&format!("{}: {remark}\n", file.file));
        }
        if file.status == FileStatus::NoCaseload {
            text.push_str(&format!("{}: no caseload found; {}\n", file.file, file.none_found));
        }
    }
    for (name, why) in &outcome.passed_over {
        text.push_str(&format!("{name}: passed over; {why}\n"));
    }
    if !outcome.failures.is_empty() {
        text.push_str("\nNot done:\n");
        for (name, why) in &outcome.failures {
            text.push_str(&format!("  {name}: {why}\n"));
        }
    }
    if let Some(out) = &outcome.out {
        let next = if outcome.directorate.teams.is_empty() { "" } else { ": open directorate.xlsx for the comparison" };
        text.push_str(&format!("\nWritten to {}{next}\n", out.display()));
    }
    text
}

/// The outcome for programs: files, teams, ratings and findings with the columns of the tables.
pub fn json(outcome: &Outcome) -> String {
    let files: Vec<Value> = outcome
        .files
        .iter()
        .map(|file| {
            let sheets: Vec<Value> = file.sheets.iter().filter(|sheet| !sheet.ours).map(sheet_json).collect();
            json!({ "file": file.file, "status": file.status, "sheets": sheets, "remarks": file.remarks })
        })
        .collect();
    let pairs = |all: &[(String, String)]| -> Vec<Value> {
        all.iter().map(|(name, why)| json!({ "name": name, "why": why })).collect()
    };
    let document = json!({
        "files": files,
        "teams": objects(&table::TEAMS, &table::teams(&outcome.directorate.teams)),
        "workers": objects(&table::WORKERS, &outcome.tables.workers),
        "ratings": objects(&table::RATINGS, &outcome.tables.ratings),
        "findings": objects(&table::FINDINGS, &outcome.tables.findings),
        "changes": outcome.directorate.trend.as_ref().map(|trend| objects(&table::CHANGES, &table::changes(trend))),
        "what_if": outcome.files.iter().flat_map(|file| &file.what_if).map(what_if_json).collect::<Vec<Value>>(),
        "passed_over": pairs(&outcome.passed_over),
        "failures": pairs(&outcome.failures),
        "exit": outcome.exit,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn what_if_json(line: &WhatIf) -> Value {
    let side = |rating: &Rating| {
        json!({
            "load": rating.load.map(|load| load.normalize().to_string()),
            "utilisation": rating.utilisation().map(|percent| rounded(percent, 2).to_string()),
            "rag": rating.rag.name(),
            "because": rating.because,
        })
    };
    json!({
        "asked": line.asked.name,
        "children": line.asked.children,
        "team": line.team,
        "worker": line.worker,
        "policy": line.after.policy,
        "measure": line.after.measure.name(),
        "unit": line.after.unit.name(),
        "upper": line.after.against.as_ref().map(|against| against.upper().to_string()),
        "before": side(&line.before),
        "after": side(&line.after),
    })
}

fn teams(outcome: &Outcome) -> String {
    let mut table = table(&[
        "team",
        "workers",
        "FTE",
        "children",
        "limit %",
        "points %",
        "RED",
        "AMBER",
        "GREEN",
        "not scored",
        "unallocated",
    ]);
    let directorate = &outcome.directorate;
    let lines = directorate.teams.iter().chain((directorate.teams.len() > 1).then_some(&directorate.whole));
    for line in lines {
        let percent =
            |figure: Option<Decimal>| figure.map_or(String::new(), |figure| format!("{:.1}", rounded(figure, 1)));
        table.add_row([
            line.team.clone(),
            line.workers.to_string(),
            rounded(line.fte, 2).to_string(),
            line.children.count.map_or("–".into(), |count| count.to_string()),
            percent(line.limit_utilisation()),
            percent(line.points_utilisation()),
            line.red.to_string(),
            line.amber.to_string(),
            line.green.to_string(),
            line.not_scored.to_string(),
            line.unallocated.to_string(),
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\n")
}

fn sheet_json(sheet: &SheetReading) -> Value {
    let columns: Vec<Value> = sheet
        .tables
        .iter()
        .flat_map(|table| &table.columns)
        .map(|column| {
            let close = match &column.how {
                HowRead::Listed => Value::Null,
                HowRead::Close(word) => json!(word),
            };
            json!({
                "column": column_letters(column.column),
                "heading": column.heading,
                "meaning": column.meaning.name(),
                "close_spelling_of": close,
            })
        })
        .collect();
    json!({
        "sheet": sheet.name,
        "state": sheet.state.name(),
        "layout": sheet.layout().name(),
        "header_row": sheet.header().map(|row| row + 1),
        "columns": columns,
        "rows_read": sheet.rows_read,
        "rows_counted": sheet.rows_counted,
        "rows_set_aside": sheet.set_aside.len(),
        "reasons": sheet.reasons(),
        "why": sheet.why,
    })
}

fn objects(table: &table::Table, rows: &table::Rows) -> Vec<Value> {
    rows.iter()
        .map(|row| {
            let pairs = table.header().zip(row).map(|(name, cell)| (name.to_string(), json!(cell)));
            Value::Object(pairs.collect())
        })
        .collect()
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY).set_header(header.iter().copied());
    table
}

/// A sentence as the tail of another.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match (chars.next(), sentence.chars().nth(1)) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => sentence.to_string(),
    }
}
