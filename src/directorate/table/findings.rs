//! findings.csv: what was found in the workbooks.

use std::collections::BTreeMap;

use crate::directorate::column::{Table, text, word};
use crate::field::finding::{Finding, Severity};
use crate::policy::hash;

use super::Rows;
use super::whose::FILE;

/// Finding.
pub const FINDINGS: Table = Table {
    name: "findings.csv",
    title: "Findings",
    about: "One row for each thing that was found in a workbook. No cell is quoted and no child is named.",
    columns: &[
        FILE,
        text(
            "sheet",
            "Sheet",
            "The sheet; of a CSV its file's name without the ending. Empty where it concerns the whole.",
        ),
        text("cell", "Cell", "The cell, such as C7. Empty where it concerns the whole workbook."),
        text("rule", "Rule", "The rule's stable name; `fairload rules NAME` explains it.").always(),
        word(
            "severity",
            "Severity",
            severities,
            "error: guidance is broken or data cannot be trusted; warning: needs a look; note: assumed or passed over, \
             told for transparency.",
        )
        .always(),
        text("team", "Team", "The team concerned. Empty where it concerns none alone."),
        text("worker", "Worker", "The worker concerned. Empty where it concerns none alone."),
        text("message", "Message", "What is wrong and where, as a sentence.").always(),
        text("action", "Action", "What to do about it, as a sentence.").always(),
        text("id", "Identifier", "The same from run to run for the same rule, workbook, sheet and cell.").always(),
    ],
    since_ever: 10,
    key: &["id"],
    refers: None,
};

fn severities() -> Vec<&'static str> {
    Severity::ALL.iter().map(|severity| severity.name()).collect()
}

/// Rows of findings.csv; `sheet` names a finding's sheet.
pub fn rows(file: &str, findings: &[Finding], sheet: impl Fn(&Finding) -> String) -> Rows {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let sheet = sheet(finding);
            let cell = finding.place.map_or(String::new(), |place| place.cell.to_string());
            let key = format!("{}\u{1f}{file}\u{1f}{sheet}\u{1f}{cell}", finding.rule.name);
            let mut id = hash(key.as_bytes())[..12].to_string();
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                id.push_str(&format!("-{count}"));
            }
            vec![
                file.to_string(),
                sheet,
                cell,
                finding.rule.name.to_string(),
                finding.severity.to_string(),
                finding.team.clone().unwrap_or_default(),
                finding.worker.clone().unwrap_or_default(),
                finding.message.clone(),
                finding.action.clone(),
                id,
            ]
        })
        .collect()
}
