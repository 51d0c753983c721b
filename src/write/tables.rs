//! Tables into the bytes of their files, and run.json.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::policy::Policies;
use crate::table::{Rows, TEAMS, Table};

/// Limit utilisation by file and team, from the bytes of a teams.csv of ours; `None` where a row is none of ours.
pub fn limit_utilisation_by_team(bytes: &[u8]) -> Option<std::collections::BTreeMap<(String, String), Decimal>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let column = TEAMS.header.iter().position(|name| *name == "limit_utilisation")?;
    let mut found = std::collections::BTreeMap::new();
    for record in csv::Reader::from_reader(bytes).records() {
        let record = record.ok()?;
        let (file, team) = (record.get(0)?, record.get(1)?);
        if let Ok(figure) = record.get(column)?.parse() {
            found.insert((file.to_string(), team.to_string()), figure);
        }
    }
    Some(found)
}

/// A table as the bytes of its file: UTF-8 with mark, RFC 4180.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers do not.
///
/// # Errors
///
/// None in practice: the rows are written to memory.
pub fn csv_bytes(table: &Table, rows: &Rows) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(table.header)?;
    for row in rows {
        for cell in row {
            writer.write_field(harmless(cell).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && cell.parse::<Decimal>().is_err() { format!("'{cell}").into() } else { cell.into() }
}

/// Whether a line is the first of a table's file, by which an earlier run's file is known: our columns in their
/// order, without the last ones where an earlier version wrote it.
pub fn is_header(table: &Table, line: &str) -> bool {
    let columns: Vec<&str> = line.split(',').collect();
    columns.len() >= table.since_ever && table.header.starts_with(&columns)
}

/// What was run.
#[derive(Debug, Clone, Serialize)]
pub struct RunFile {
    /// Program version.
    pub version: &'static str,
    /// The date everything was judged on.
    pub as_of: String,
    /// Policies with hashes, in order.
    pub policies: Vec<PolicyEntry>,
    /// Inputs in order.
    pub inputs: Vec<InputEntry>,
    /// How many of what.
    pub counts: Counts,
    /// The roster given beside the inputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster: Option<RosterEntry>,
}

/// A policy of the run.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyEntry {
    /// Name.
    pub name: String,
    /// Hash of its file.
    pub sha256: String,
}

/// An input of the run.
#[derive(Debug, Clone, Serialize)]
pub struct InputEntry {
    /// Name in every output.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// Hash; empty where the file could not be opened.
    pub sha256: String,
    /// What became of it: `annotated`, `value-copy`, `no-caseload`, `unreadable` or `refused`.
    pub status: &'static str,
}

/// The roster of the run.
#[derive(Debug, Clone, Serialize)]
pub struct RosterEntry {
    /// Its file's name.
    pub file: String,
    /// Hash.
    pub sha256: String,
}

/// Counts of the run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Counts {
    /// Inputs.
    pub files: usize,
    /// Sheets.
    pub sheets: usize,
    /// Rows read.
    pub rows: usize,
    /// Workers listed.
    pub workers: usize,
    /// Teams.
    pub teams: usize,
    /// Findings.
    pub findings: usize,
}

/// The policies as run.json lists them.
pub fn policy_entries(policies: &Policies) -> Vec<PolicyEntry> {
    let chosen = policies.chosen.iter();
    chosen.map(|policy| PolicyEntry { name: policy.name.clone(), sha256: policy.sha256.clone() }).collect()
}

/// A day as run.json writes it.
pub fn day(date: Date) -> String {
    date.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_made_harmless() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("-1.5"), "-1.5");
        assert_eq!(harmless("-x"), "'-x");
        assert_eq!(harmless("@a"), "'@a");
        assert_eq!(harmless("a=b"), "a=b");
        let table = Table { name: "t.csv", header: &["a", "b"], since_ever: 2 };
        let bytes = csv_bytes(&table, &vec![vec!["x,y".into(), "\"q\"".into()]]).unwrap();
        assert_eq!(bytes, b"\xEF\xBB\xBFa,b\r\n\"x,y\",\"\"\"q\"\"\"\r\n");
    }
}
