//! What a run writes of all files together: the tables and what their columns mean, the comparison, and what was read
//! with what.

use std::path::Path;

use crate::directorate::comparison::Directorate;
use crate::directorate::datapackage::DataPackage;
use crate::directorate::outward::Shared;
use crate::directorate::suppress::suppressed;
use crate::directorate::table::{self, Rows, Table};
use crate::directorate::tables::{self, Counts, InputEntry, RosterEntry, RunFile};
use crate::directorate::{overview, workbook};
use crate::run::files::{self, Kind};
use crate::run::outcome::{FileOutcome, Outcome};

use super::growing::Tables;
use super::settings::Settings;

/// Writes everything but the annotated workbooks, where anything is written; what cannot be is told in the outcome.
pub fn write(outcome: &mut Outcome, growing: &mut Tables, settings: &Settings<'_>) {
    let Settings { options, policies, .. } = settings;
    let Some(out) = &options.out else { return };
    let mut folder = Folder::new(out, options.force);
    let shared = options.shown.suppressed.then(|| suppressed(&outcome.directorate));
    let described = write_tables(&mut folder, growing, &outcome.directorate, shared.as_ref());
    let run = run_file(outcome, growing, settings);
    let package = serde_json::to_vec_pretty(&DataPackage::of(&described, &run.as_of, &run.policies));
    folder.put("datapackage.json", package, Kind::DataPackage);
    let pages = match &shared {
        Some(shared) => overview::shared::pages(shared, policies),
        None => overview::pages(&outcome.directorate, policies, options.shown),
    };
    folder.put("directorate.xlsx", workbook::workbook(pages, policies), Kind::Workbook);
    folder.put("run.json", serde_json::to_vec_pretty(&run), Kind::RunFile);
    outcome.failures.extend(folder.failures);
}

/// The folder that outputs are written to, and what could not be.
pub struct Folder<'a> {
    path: &'a Path,
    /// Replace files that are not ours.
    force: bool,
    /// Name and why, with what to do.
    pub failures: Vec<(String, String)>,
}

impl<'a> Folder<'a> {
    /// A folder that nothing was written to yet.
    pub fn new(path: &'a Path, force: bool) -> Self {
        Self { path, force, failures: Vec::new() }
    }

    /// Writes a file there.
    pub fn put<E: ToString>(&mut self, name: &str, bytes: Result<Vec<u8>, E>, kind: Kind) {
        let bytes = bytes.map_err(|error| error.to_string());
        let written = bytes.and_then(|bytes| files::write(&self.path.join(name), &bytes, kind, self.force));
        self.told(name, written);
    }

    fn told(&mut self, name: &str, written: Result<(), String>) {
        if let Err(why) = written {
            self.failures.push((name.to_string(), why));
        }
    }
}

/// Writes the tables, or ends those that grew with every file; which there are now.
fn write_tables(
    folder: &mut Folder<'_>,
    growing: &mut Tables,
    directorate: &Directorate,
    shared: Option<&Shared>,
) -> Vec<&'static Table> {
    let trend = directorate.trend.as_ref();
    // What grew with every file has its rows already.
    let all: [(&'static Table, Option<Rows>); 8] = [
        (&table::RATINGS, None),
        (&table::WORKERS, None),
        (&table::TEAMS, Some(table::teams(&directorate.teams))),
        (&table::FINDINGS, None),
        (&table::SHEETS, None),
        (&table::TREND, trend.map(table::trend)),
        (&table::CHANGES, trend.map(table::changes)),
        (&table::TEAMS_SUPPRESSED, shared.map(table::teams_suppressed)),
    ];
    let mut described = Vec::new();
    for (table, rows) in all {
        match growing.end(table) {
            Some(written) => folder.told(table.name, written),
            None => {
                // Without an earlier run there is nothing to compare, and nothing to hand outside unless it is asked
                // for; what an earlier call left here would mislead.
                let stale = || files::is_ours(&folder.path.join(table.name), Kind::Csv(table)).then(Rows::new);
                let Some(rows) = rows.or_else(stale) else { continue };
                folder.put(table.name, tables::csv_bytes(table, &rows), Kind::Csv(table));
            }
        }
        described.push(table);
    }
    described
}

/// What was read, with what, and how much of it.
fn run_file(outcome: &Outcome, growing: &Tables, settings: &Settings<'_>) -> RunFile {
    let Settings { options, policies, roster, .. } = settings;
    let input = |file: &FileOutcome| InputEntry {
        file: file.file.clone(),
        size: file.size,
        sha256: file.sha256.clone(),
        status: file.status,
    };
    RunFile {
        version: env!("CARGO_PKG_VERSION"),
        as_of: tables::day(options.as_of),
        policies: tables::policy_entries(policies),
        inputs: outcome.files.iter().map(input).collect(),
        counts: Counts { files: outcome.files.len(), teams: outcome.directorate.teams.len(), ..growing.counts },
        roster: roster.sha256.clone().map(|sha256| RosterEntry { file: roster.name.clone(), sha256 }),
    }
}
