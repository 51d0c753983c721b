//! The five CSVs and run.json: the contract with other programs.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::caseload::{Entry, beside};
use crate::directorate::TeamLine;
use crate::finding::Finding;
use crate::judged::Judged;
use crate::policy::{Policies, hash};
use crate::rating::rounded;

/// A CSV's name and header.
#[derive(Debug)]
pub struct Table {
    /// File name.
    pub name: &'static str,
    /// Column names in order.
    pub header: &'static [&'static str],
}

/// Worker × measure.
pub const RATINGS: Table = Table {
    name: "ratings.csv",
    header: &[
        "file",
        "team",
        "worker",
        "policy",
        "measure",
        "unit",
        "load",
        "lower",
        "upper",
        "utilisation",
        "rag",
        "governs",
        "because",
    ],
};

/// Worker.
pub const WORKERS: Table = Table {
    name: "workers.csv",
    header: &[
        "file",
        "team",
        "service_area",
        "worker",
        "role",
        "stage",
        "fte",
        "children",
        "households",
        "cp",
        "cioc",
        "care_proceedings",
        "co_worked",
        "awaiting_move",
        "rag",
        "judgement_rag",
        "judgement_reason",
    ],
};

/// Team.
pub const TEAMS: Table = Table {
    name: "teams.csv",
    header: &[
        "file",
        "team",
        "service_area",
        "workers",
        "fte",
        "children",
        "households",
        "children_per_fte",
        "limit_utilisation",
        "points_utilisation",
        "red",
        "amber",
        "green",
        "not_scored",
        "over_limit_share",
        "unallocated",
        "fte_needed",
        "headroom_children",
        "rank",
        "cp",
        "cioc",
        "care_proceedings",
        "cp_per_fte",
        "cioc_per_fte",
        "proceedings_per_fte",
        "least_utilised",
        "most_utilised",
        "quartile",
        "change",
    ],
};

/// Finding.
pub const FINDINGS: Table = Table {
    name: "findings.csv",
    header: &["file", "sheet", "cell", "rule", "severity", "team", "worker", "message", "action", "id"],
};

/// Sheet of an input.
pub const SHEETS: Table = Table {
    name: "sheets.csv",
    header: &[
        "file",
        "sheet",
        "state",
        "layout",
        "header_row",
        "rows_read",
        "rows_counted",
        "rows_set_aside",
        "reasons",
    ],
};

/// All of them.
pub const ALL: &[&Table] = &[&RATINGS, &WORKERS, &TEAMS, &FINDINGS, &SHEETS];

/// A table's rows, cells as text.
pub type Rows = Vec<Vec<String>>;

/// One workbook's rows of four tables; teams.csv needs all workbooks.
#[derive(Debug, Clone, Default)]
pub struct FileRows {
    /// For ratings.csv.
    pub ratings: Rows,
    /// For workers.csv.
    pub workers: Rows,
    /// For findings.csv.
    pub findings: Rows,
    /// For sheets.csv.
    pub sheets: Rows,
}

/// The rows that one workbook gives, in the order of sheet and row.
pub fn rows(judged: &Judged) -> FileRows {
    FileRows {
        ratings: ratings(judged),
        workers: workers(judged),
        findings: findings(&judged.file, &judged.findings, |finding| {
            finding.place.map_or("", |place| judged.caseload.sheet_name(place)).to_string()
        }),
        sheets: sheets(judged),
    }
}

fn ratings(judged: &Judged) -> Rows {
    let mut rows = Rows::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for (worker, scored) in team.workers.iter().zip(scored) {
            for rating in &scored.ratings {
                let figure =
                    |figure: Option<Decimal>| figure.map_or(String::new(), |figure| figure.normalize().to_string());
                rows.push(vec![
                    judged.file.clone(),
                    team.name.clone(),
                    worker.name.clone(),
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
                ]);
            }
        }
    }
    rows
}

fn workers(judged: &Judged) -> Rows {
    let mut rows = Rows::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for (worker, scored) in team.workers.iter().zip(scored) {
            let counted = beside(team, worker);
            let number = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
            let fte = worker.fte().filter(|_| !worker.only_co_worker);
            let (rag, reason) = match &worker.judgement {
                Entry::Given(judgement, _) => (judgement.rag.to_string(), judgement.reason.clone()),
                _ => Default::default(),
            };
            rows.push(vec![
                judged.file.clone(),
                team.name.clone(),
                team.area.map_or(String::new(), |area| area.to_string()),
                worker.name.clone(),
                worker.role.to_string(),
                worker.stage.map_or(String::new(), |stage| stage.to_string()),
                fte.map_or(String::new(), |fte| fte.0.normalize().to_string()),
                counted.children.to_string(),
                number(counted.households),
                number(counted.cp),
                number(counted.cioc),
                number(counted.care_proceedings),
                counted.co_worked.to_string(),
                number(counted.awaiting_move),
                scored.rag().to_string(),
                rag,
                reason,
            ]);
        }
    }
    rows
}

/// Rows of findings.csv; `sheet` names a finding's sheet.
pub fn findings(file: &str, findings: &[Finding], sheet: impl Fn(&Finding) -> String) -> Rows {
    let mut seen: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
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

fn sheets(judged: &Judged) -> Rows {
    let read = judged.caseload.sheets.iter().filter(|sheet| !sheet.ours);
    read.map(|sheet| {
        vec![
            judged.file.clone(),
            sheet.name.clone(),
            sheet.state.to_string(),
            sheet.layout.to_string(),
            sheet.header.map_or(String::new(), |row| (row + 1).to_string()),
            sheet.rows_read.to_string(),
            sheet.rows_counted.to_string(),
            sheet.set_aside.len().to_string(),
            sheet.reasons(),
        ]
    })
    .collect()
}

/// Rows of teams.csv.
pub fn teams(lines: &[TeamLine]) -> Rows {
    lines
        .iter()
        .map(|line| {
            let figure =
                |figure: Option<Decimal>| figure.map_or(String::new(), |figure| rounded(figure, 2).to_string());
            let number = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
            vec![
                line.file.clone(),
                line.team.clone(),
                line.area.map_or(String::new(), |area| area.to_string()),
                line.workers.to_string(),
                line.fte.normalize().to_string(),
                line.children.to_string(),
                number(line.households),
                figure(line.children_per_fte),
                figure(line.limit_utilisation),
                figure(line.points_utilisation),
                line.red.to_string(),
                line.amber.to_string(),
                line.green.to_string(),
                line.not_scored.to_string(),
                figure(line.over_limit_share),
                line.unallocated.to_string(),
                figure(Some(line.fte_needed)),
                line.headroom_children.normalize().to_string(),
                number(line.rank),
                line.cp.to_string(),
                line.cioc.to_string(),
                line.care_proceedings.to_string(),
                figure(line.cp_per_fte),
                figure(line.cioc_per_fte),
                figure(line.proceedings_per_fte),
                figure(line.least_utilised),
                figure(line.most_utilised),
                number(line.quartile),
                figure(line.change),
            ]
        })
        .collect()
}

/// Limit utilisation by file and team, from the bytes of a teams.csv of ours.
///
/// # Errors
///
/// A row is not one of ours.
pub fn limit_utilisation_by_team(bytes: &[u8]) -> Result<std::collections::BTreeMap<(String, String), Decimal>, ()> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let column = TEAMS.header.iter().position(|name| *name == "limit_utilisation").ok_or(())?;
    let mut found = std::collections::BTreeMap::new();
    for record in csv::Reader::from_reader(bytes).records() {
        let record = record.map_err(|_| ())?;
        let (Some(file), Some(team), Some(figure)) = (record.get(0), record.get(1), record.get(column)) else {
            return Err(());
        };
        if let Ok(figure) = figure.parse() {
            found.insert((file.to_string(), team.to_string()), figure);
        }
    }
    Ok(found)
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

/// The first line of a table's file, by which an earlier run's file is known.
pub fn header_line(table: &Table) -> String {
    table.header.join(",")
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
        let table = Table { name: "t.csv", header: &["a", "b"] };
        let bytes = csv_bytes(&table, &vec![vec!["x,y".into(), "\"q\"".into()]]).unwrap();
        assert_eq!(bytes, b"\xEF\xBB\xBFa,b\r\n\"x,y\",\"\"\"q\"\"\"\r\n");
    }
}
