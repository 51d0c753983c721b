//! Earlier runs put side by side, without reading a workbook again.

use std::path::PathBuf;

use crate::book::pages::{Imprint, workbook};
use crate::directorate::comparison::Shown;
use crate::directorate::overview;
use crate::directorate::table;
use crate::directorate::tables;
use crate::directorate::trend::trend;
use crate::run::files::{self, Kind};
use crate::run::outcome::Compared;
use crate::understand::words::Words;

use super::history;
use super::outputs::Folder;

/// What a comparison is asked to do.
#[derive(Debug, Clone)]
pub struct Comparing {
    /// Folders of runs.
    pub runs: Vec<PathBuf>,
    /// Where the comparison is written.
    pub out: PathBuf,
    /// What directorate.xlsx shows.
    pub shown: Shown,
    /// Replace files that are not ours.
    pub force: bool,
}

/// Puts runs side by side and writes trend.csv, changes.csv and directorate.xlsx.
///
/// # Errors
///
/// A folder holds no run that can be read or is given twice, or the folder to write to holds a run or cannot be
/// written to; nothing has been written then.
pub fn compare(asked: &Comparing) -> Result<Compared, String> {
    let runs = history::read(&asked.runs, true)?;
    let told = |why: String| format!("--out {}: {why}", asked.out.display());
    if asked.out.join("run.json").exists() {
        // Its own directorate.xlsx would be lost.
        return Err(told("this folder holds a run; choose another for the comparison".into()));
    }
    files::ready(&asked.out).map_err(told)?;
    let words = Words::built_in();
    let trend = trend(runs, &|name| words.timeless(name));
    let last = &trend.runs[trend.last()];
    let imprint =
        Imprint { title: "Caseloads from run to run".into(), policies: last.policies.clone(), as_of: last.as_of };
    let pages = overview::comparison(&trend, asked.shown);
    let mut folder = Folder::new(&asked.out, asked.force);
    for (table, rows) in [(&table::TREND, table::trend(&trend)), (&table::CHANGES, table::changes(&trend))] {
        folder.put(table.name, tables::csv_bytes(table, &rows), Kind::Csv(table));
    }
    folder.put("directorate.xlsx", workbook(&pages, &imprint), Kind::Workbook);
    let failures = folder.failures;
    let exit = match () {
        () if !failures.is_empty() => 2,
        () if last.red > 0 || last.errors.is_some_and(|errors| errors > 0) => 1,
        () => 0,
    };
    Ok(Compared { trend, failures, out: asked.out.clone(), exit })
}
