//! The tables of a run as a reader has them: rows by column name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::fraction::Fraction;

/// A row of a table by column.
pub struct Row(BTreeMap<String, String>);

impl Row {
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column}"))
    }

    /// `None` for an empty cell.
    pub fn figure(&self, column: &str) -> Option<Fraction> {
        Fraction::read(self.text(column))
    }

    pub fn columns(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(column, cell)| (column.as_str(), cell.as_str()))
    }

    /// The team that the row is about: file and name.
    pub fn team(&self) -> (String, String) {
        (self.text("file").to_string(), self.text("team").to_string())
    }
}

/// The tables of one run.
pub struct Tables {
    pub out: PathBuf,
    pub teams: Vec<Row>,
    pub workers: Vec<Row>,
    pub ratings: Vec<Row>,
    pub findings: Vec<Row>,
    pub sheets: Vec<Row>,
}

impl Tables {
    pub fn read(out: &Path) -> Self {
        Self {
            out: out.to_path_buf(),
            teams: rows(&out.join("teams.csv")),
            workers: rows(&out.join("workers.csv")),
            ratings: rows(&out.join("ratings.csv")),
            findings: rows(&out.join("findings.csv")),
            sheets: rows(&out.join("sheets.csv")),
        }
    }
}

pub fn rows(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(|row| Row(row.unwrap())).collect()
}

/// Runs the program over a folder, with these options beside the date.
pub fn run(input: &Path, out: &Path, options: &[&str]) -> Tables {
    let _ = fs::remove_dir_all(out);
    let output = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("run")
        .arg(input)
        .args(["--as-of", "2025-09-30", "--quiet", "--out"])
        .arg(out)
        .args(options)
        .output()
        .unwrap();
    let code = output.status.code();
    assert!(code.is_some_and(|code| code <= 2), "{code:?}: {}", String::from_utf8_lossy(&output.stderr));
    Tables::read(out)
}
