//! The CSVs as rows of text, before any file exists: of each table its columns, which are a contract with other
//! programs, and its rows.
//!
//! What a column holds, datapackage.json says, too. A new column stands behind the others, and none changes.

mod findings;
mod ratings;
mod sheets;
mod teams;
mod trend;
mod whose;
mod workers;

use jiff::civil::Date;

use crate::field::judged::Judged;

pub use crate::directorate::column::{Column, Kind, Table};
pub use findings::{FINDINGS, rows as findings};
pub use ratings::RATINGS;
pub use sheets::SHEETS;
pub use teams::{TEAMS, TEAMS_SUPPRESSED, rows as teams, suppressed as teams_suppressed};
pub use trend::{CHANGES, TREND, WHOLE, changes, rows as trend};
pub use workers::WORKERS;

/// All of them.
pub const ALL: &[&Table] = &[&RATINGS, &WORKERS, &TEAMS, &FINDINGS, &SHEETS, &TREND, &CHANGES, &TEAMS_SUPPRESSED];

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

impl FileRows {
    /// Each table with its rows.
    pub fn each(&self) -> [(&'static Table, &Rows); 4] {
        [(&RATINGS, &self.ratings), (&WORKERS, &self.workers), (&FINDINGS, &self.findings), (&SHEETS, &self.sheets)]
    }

    /// Puts the rows of another workbook below.
    pub fn append(&mut self, mut other: Self) {
        self.ratings.append(&mut other.ratings);
        self.workers.append(&mut other.workers);
        self.findings.append(&mut other.findings);
        self.sheets.append(&mut other.sheets);
    }
}

/// The rows that one workbook gives, in the order of sheet and row, as things stand on a day.
pub fn rows(judged: &Judged, as_of: Date) -> FileRows {
    FileRows {
        ratings: ratings::rows(judged),
        workers: workers::rows(judged, as_of),
        findings: findings::rows(&judged.file, &judged.findings, |finding| {
            finding.place.map_or("", |place| judged.caseload.sheet_name(place)).to_string()
        }),
        sheets: sheets::rows(judged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_says_what_it_holds() {
        for table in ALL {
            assert!(table.since_ever <= table.columns.len(), "{}", table.name);
            for (at, column) in table.columns.iter().enumerate() {
                let name = format!("{}, {}", table.name, column.name);
                assert!(column.about.ends_with('.') && !column.title.is_empty(), "{name} is not explained");
                assert_eq!(table.position(column.name), Some(at), "{name} stands twice");
                let counted = matches!(column.kind, Kind::Count | Kind::Figure | Kind::Signed);
                assert_eq!(column.unit.is_empty(), !counted, "{name}: a figure has a unit, and nothing else has");
            }
            assert!(table.key.iter().all(|name| table.position(name).is_some()), "{}", table.name);
            let Some(refers) = &table.refers else { continue };
            let other = ALL.iter().find(|other| other.name == refers.table);
            assert!(other.is_some_and(|other| other.key == refers.columns), "{}: {refers:?}", table.name);
        }
    }
}
