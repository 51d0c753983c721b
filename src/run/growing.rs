//! The tables that grow with every file of a run: on the disk, and where they are shown in memory.

use std::collections::BTreeMap;

use crate::directorate::table::{FileRows, Table};
use crate::directorate::tables::{Counts, csv_head, csv_rows};
use crate::run::files::{Growing, Kind};

use super::options::Options;

/// What one file adds to the tables.
pub struct Share {
    /// Rows as they stand in the files, where anything is written.
    csv: Vec<(&'static Table, Result<Vec<u8>, String>)>,
    counts: Counts,
    /// The rows themselves, where they are asked for.
    rows: FileRows,
}

impl Share {
    /// What these rows add.
    pub fn of(rows: FileRows, options: &Options) -> Self {
        let csv = match options.out {
            Some(_) => {
                rows.each().map(|(table, rows)| (table, csv_rows(rows).map_err(|error| error.to_string()))).into()
            }
            None => Vec::new(),
        };
        let counts = Counts {
            sheets: rows.sheets.len(),
            rows: rows.sheets.iter().filter_map(|row| row[5].parse::<usize>().ok()).sum(),
            workers: rows.workers.len(),
            findings: rows.findings.len(),
            ..Counts::default()
        };
        let kept = match (options.rows, options.previous.is_empty()) {
            (true, _) => rows,
            // Workers are put beside those of earlier runs.
            (false, false) => FileRows { ratings: rows.ratings, workers: rows.workers, ..FileRows::default() },
            (false, true) => FileRows::default(),
        };
        Self { csv, counts, rows: kept }
    }
}

/// The tables of a run, as far as they have grown.
#[derive(Default)]
pub struct Tables {
    /// By the table's name; why not, where one cannot be written.
    files: BTreeMap<&'static str, Result<Growing, String>>,
    /// Sheets, rows, workers and findings so far.
    pub counts: Counts,
    /// Rows so far, where they are asked for.
    pub rows: FileRows,
}

impl Tables {
    /// Tables with nothing but their headers.
    pub fn begin(options: &Options) -> Self {
        let mut tables = Self::default();
        let Some(out) = &options.out else { return tables };
        for (table, _) in FileRows::default().each() {
            let begun = Growing::begin(out.join(table.name), Kind::Csv(table), options.force);
            tables.files.insert(table.name, begun);
            tables.write(table, csv_head(table).map_err(|error| error.to_string()));
        }
        tables
    }

    /// Adds what one file adds.
    pub fn add(&mut self, share: Share) {
        for (table, bytes) in share.csv {
            self.write(table, bytes);
        }
        self.counts.sheets += share.counts.sheets;
        self.counts.rows += share.counts.rows;
        self.counts.workers += share.counts.workers;
        self.counts.findings += share.counts.findings;
        self.rows.append(share.rows);
    }

    fn write(&mut self, table: &'static Table, bytes: Result<Vec<u8>, String>) {
        let Some(file) = self.files.get_mut(table.name) else { return };
        let written = match (&mut *file, bytes) {
            (Ok(growing), Ok(bytes)) => growing.add(&bytes),
            (Ok(_), Err(why)) => Err(why),
            (Err(_), _) => Ok(()),
        };
        if let Err(why) = written {
            *file = Err(why);
        }
    }

    /// Puts a table in its place, where it is one of these; why not, where it cannot be written.
    pub fn end(&mut self, table: &Table) -> Option<Result<(), String>> {
        self.files.remove(table.name).map(|file| file?.end())
    }
}
