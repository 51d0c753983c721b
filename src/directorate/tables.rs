//! Tables into the bytes of their files, and run.json.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::directorate::history::Records;
use crate::directorate::table::{Rows, Table};
use crate::field::quality::FileStatus;
use crate::policy::Policies;

/// A table of a run read back, whatever version wrote it; columns are found by their names.
///
/// # Errors
///
/// Its headings are not those of this table, or a row has more or fewer cells than they; the sentence says which.
pub fn records(table: &Table, bytes: &[u8]) -> Result<Records, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|_| format!("its {} cannot be read", table.name))?;
    // A later version's columns stand behind ours.
    let ours = table.header().zip(header).all(|(own, other)| own == other);
    if header.len() < table.since_ever || !ours {
        return Err(format!("its {} was not written by fairload", table.name));
    }
    let header = header.iter().map(str::to_string).collect();
    let mut rows = Rows::new();
    for (at, record) in reader.records().enumerate() {
        // The heading is the file's first row.
        let record = record.map_err(|_| format!("row {} of its {} cannot be read", at + 2, table.name))?;
        rows.push(record.iter().map(|cell| original(cell).to_string()).collect());
    }
    Ok(Records { header, rows })
}

/// A table as the bytes of its file: UTF-8 with mark, RFC 4180.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers do not.
///
/// # Errors
///
/// None in practice: the rows are written to memory.
pub fn csv_bytes(table: &Table, rows: &Rows) -> Result<Vec<u8>, csv::Error> {
    Ok([csv_head(table)?, csv_rows(rows)?].concat())
}

/// What a table's file begins with: the mark and the header.
///
/// # Errors
///
/// As [`csv_bytes`].
pub fn csv_head(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    let mut writer = writer(&mut bytes);
    writer.write_record(table.header())?;
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// Rows as they stand below the header.
///
/// # Errors
///
/// As [`csv_bytes`].
pub fn csv_rows(rows: &Rows) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = Vec::new();
    let mut writer = writer(&mut bytes);
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

fn writer(bytes: &mut Vec<u8>) -> csv::Writer<&mut Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes)
}

fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && cell.parse::<Decimal>().is_err() { format!("'{cell}").into() } else { cell.into() }
}

/// Whether a line is the first of a table's file, by which an earlier run's file is known: our columns in their
/// order, without the last ones where an earlier version wrote it.
pub fn is_header(table: &Table, line: &str) -> bool {
    let columns: Vec<&str> = line.split(',').collect();
    let ours: Vec<&str> = table.header().collect();
    columns.len() >= table.since_ever && ours.starts_with(&columns)
}

/// A cell without the apostrophe of [`harmless`].
fn original(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| harmless(rest) != *rest).unwrap_or(cell)
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
    /// What became of it.
    pub status: FileStatus,
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
#[derive(Debug, Clone, Copy, Default, Serialize)]
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
    use crate::directorate::table::TEAMS;

    #[test]
    fn cells_that_look_like_formulas_are_made_harmless() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("-1.5"), "-1.5");
        assert_eq!(harmless("-x"), "'-x");
        assert_eq!(harmless("@a"), "'@a");
        assert_eq!(harmless("a=b"), "a=b");
        let table = Table { columns: &TEAMS.columns[..2], ..TEAMS };
        let bytes = csv_bytes(&table, &vec![vec!["x,y".into(), "\"q\"".into()]]).unwrap();
        assert_eq!(bytes, b"\xEF\xBB\xBFfile,team\r\n\"x,y\",\"\"\"q\"\"\"\r\n");
    }
    #[test]
    fn a_table_is_read_back_as_it_was_whatever_version_wrote_it() {
        let old = Table { columns: &TEAMS.columns[..2], since_ever: 2, ..TEAMS };
        let new = Table { columns: &TEAMS.columns[..3], since_ever: 2, ..TEAMS };
        let row = vec!["=x".to_string(), "'y".to_string(), "-1".to_string()];
        let bytes = csv_bytes(&new, &vec![row.clone()]).unwrap();
        let back = records(&new, &bytes).unwrap();
        assert_eq!((back.column("service_area"), &back.rows), (Some(2), &vec![row.clone()]));
        assert_eq!(records(&old, &bytes).unwrap(), back, "a later version's");
        let bytes = csv_bytes(&old, &vec![row[..2].to_vec()]).unwrap();
        assert_eq!(records(&new, &bytes).unwrap().column("service_area"), None, "an earlier version's");
        assert!(records(&new, b"a\r\n1\r\n").unwrap_err().contains("not written by fairload"));
        assert!(records(&new, b"file,team\r\n1,2\r\n1\r\n").unwrap_err().contains("row 3"));
    }
}
