//! The pipeline, top to bottom; the only place with threads.

mod across;
mod apart;
mod compare;
pub mod discover;
pub mod files;
mod finish;
mod growing;
mod history;
mod in_order;
mod input;
mod names;
pub mod outcome;
mod prepare;
pub mod report;
mod settings;
mod template;
pub mod workbook;

use std::path::PathBuf;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::directorate::aggregate::{directorate, quality, team_lines, worker_lines};
use crate::directorate::comparison::{Shown, TeamLine};
use crate::directorate::datapackage::DataPackage;
use crate::directorate::overview;
use crate::directorate::suppress::suppressed;
use crate::directorate::table;
use crate::directorate::tables;
use crate::field::elsewhere::Elsewhere;
use crate::field::judged::Judged;
use crate::field::quality::{FileStatus, Quality};
use crate::field::rating::Rag;
use crate::judge::what_if::Asked;
use crate::run::discover::{Discovered, discover};
use crate::run::files::Kind;
use crate::run::outcome::Outcome;
use crate::run::workbook::judge;

use across::Across;
use finish::finish;
use growing::{Share, Tables};
use in_order::in_order;
use names::{Target, output_names, pass_over};
use prepare::{Prepared, prepare};
use settings::{Settings, policies, roster};

pub use apart::answer as read_cells;
pub use compare::{Comparing, compare};
pub use settings::{examine_policy, load_policy, words};
pub use template::template;

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// Workbooks, CSVs and folders.
    pub inputs: Vec<PathBuf>,
    /// Where everything is written; `None` to write nothing.
    pub out: Option<PathBuf>,
    /// Policies by name or file; none for the default.
    pub policies: Vec<String>,
    /// A roster beside the inputs.
    pub roster: Option<PathBuf>,
    /// The date everything is judged on.
    pub as_of: Date,
    /// Earlier runs' folders.
    pub previous: Vec<PathBuf>,
    /// A council's own words.
    pub columns: Option<PathBuf>,
    /// Threads; `None` for all cores.
    pub jobs: Option<usize>,
    /// Replace files that are not ours.
    pub force: bool,
    /// Workers and teams that may be given more children.
    pub what_if: Vec<Asked>,
    /// What directorate.xlsx shows beyond the teams.
    pub shown: Shown,
    /// Keep in the outcome the rows of the tables and how each sheet was read, for what is shown of them; without,
    /// a run of any size needs little memory.
    pub rows: bool,
    /// The program that reads, in a process of its own, the formats whose readers may end the program on a
    /// damaged file; `None` to read them here.
    pub reader: Option<PathBuf>,
}

/// Bytes of inputs whose caseloads are all kept from the first pass to the second: two hundred teams or so. In a
/// larger run every file is read a second time, so that memory does not grow with their number.
const KEPT_MOST: u64 = 8 * 1024 * 1024;

/// Reads, checks and scores every input, and writes everything where asked to; `done` is told of
/// each of the steps (their number first) as they are finished.
///
/// The same inputs and options give the same bytes, however many threads.
///
/// # Errors
///
/// A policy, a word list, the roster or the earlier run cannot be used; nothing has been read then.
pub fn run(options: &Options, done: &(dyn Fn(usize, usize) + Sync)) -> Result<Outcome, String> {
    run_keeping(options, KEPT_MOST, done)
}

fn run_keeping(options: &Options, kept_most: u64, done: &(dyn Fn(usize, usize) + Sync)) -> Result<Outcome, String> {
    let words = words(options)?;
    let policies = policies(options)?;
    let earlier = history::earlier(options)?;
    let found = discover(&options.inputs);
    if let Some(out) = options.out.as_ref().filter(|_| !found.inputs.is_empty()) {
        files::ready(out).map_err(|why| format!("--out {}: {why}", out.display()))?;
    }
    let roster = roster(options, &words, &policies, found.inputs.len() > 1)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs.unwrap_or(0)).build();
    let pool = pool.map_err(|_| "the threads cannot be started; try --jobs 1".to_string())?;

    let Discovered { inputs, passed_over, failed } = found;
    let mut outcome = Outcome { out: options.out.clone(), ..Outcome::default() };
    outcome.passed_over = passed_over.into_iter().map(|(name, why)| (name, why.to_string())).collect();
    outcome.failures = failed;

    let settings = Settings { options, words, policies, roster };
    let steps = inputs.len() * 2;
    // A file alone is held whole while it is judged, so keeping it costs nothing.
    let keep = inputs.len() == 1 || inputs.iter().map(|input| input::size(&input.path)).sum::<u64>() <= kept_most;
    let prepared: Vec<Prepared> = pool.install(|| {
        let all = inputs.par_iter().map(|input| {
            let prepared = prepare(input, &settings, keep);
            done(steps, 1);
            prepared
        });
        all.collect()
    });
    let (mut kept, skipped) = pass_over(prepared);
    outcome.passed_over.extend(skipped);
    let nothing = kept.is_empty();
    let alone = settings.roster.left_over(&kept, &settings.words, &settings.policies);
    let names = output_names(&kept, options);
    let footprints = kept.iter_mut().map(|file| (file.input.name.clone(), file.footprint()));
    let across = Across::new(footprints.collect());

    let mut tables = if nothing { Tables::default() } else { Tables::begin(options) };
    let mut lines: Vec<TeamLine> = Vec::new();
    let (mut sure, mut workers) = (Vec::new(), Vec::new());
    let work = |(file, target): (Prepared, Option<Target>)| {
        let finished = finish(file, target.as_ref(), &settings, &across);
        done(steps, 1);
        finished
    };
    in_order(&pool, kept.into_iter().zip(names), work, |(mut file, share)| {
        tables.add(share);
        lines.append(&mut file.lines);
        let own = std::mem::take(&mut file.quality);
        sure.push(Quality { file: file.file.clone(), status: file.status, ..own });
        workers.append(&mut file.workers);
        if let Some(failure) = &file.failure {
            outcome.failures.push((file.file.clone(), failure.clone()));
        }
        outcome.files.push(file);
    });
    let mut red = outcome.files.iter().any(|file| file.red);
    if let Some(caseload) = alone {
        let judged = judge(&settings.roster.name, caseload, &settings.policies, &Elsewhere::default());
        red |= has_red(&judged);
        lines.extend(team_lines(&judged.file, &judged.caseload, &judged.scored));
        sure.push(Quality { status: FileStatus::Roster, ..quality(&judged) });
        if options.shown.workers {
            workers.extend(worker_lines(&judged));
        }
        tables.add(Share::of(table::rows(&judged, options.as_of), options));
    }
    outcome.directorate = directorate(lines, &settings.policies);
    outcome.directorate.quality = sure;
    outcome.directorate.workers = workers;
    outcome.tables = std::mem::take(&mut tables.rows);
    if !nothing {
        history::compare(&mut outcome, earlier, options, &settings.policies, &settings.words)?;
    }
    if nothing {
        // A slip in a path leaves no empty tables behind.
        outcome.out = None;
    } else if options.out.is_some() {
        write_tables(&mut outcome, &mut tables, &settings);
    }
    for asked in &options.what_if {
        if !outcome.files.iter().any(|file| file.what_if.iter().any(|line| line.asked == *asked)) {
            let why = format!("no worker and no team of the name {} was found; write it as the sheet does", asked.name);
            outcome.failures.push(("--what-if".into(), why));
        }
    }
    let only_input_without = matches!(outcome.files.as_slice(), [only] if only.status == FileStatus::NoCaseload);
    if outcome.files.is_empty() && outcome.failures.is_empty() {
        let why = "nothing to read was found: no .xlsx, .xlsm, .xlsb, .xls, .ods or .csv; check the path".to_string();
        outcome.failures.push(("the inputs".into(), why));
    }
    let errors = outcome.files.iter().any(|file| file.findings[0] > 0);
    outcome.exit = match () {
        () if !outcome.failures.is_empty() || only_input_without => 2,
        () if errors || red => 1,
        () => 0,
    };
    Ok(outcome)
}

fn has_red(judged: &Judged) -> bool {
    judged.scored.teams.iter().flatten().any(|worker| worker.rag() == Rag::Red)
}

fn write_tables(outcome: &mut Outcome, growing: &mut Tables, settings: &Settings<'_>) {
    let Settings { options, policies, roster, .. } = settings;
    let Some(out) = &options.out else { return };
    let trend = outcome.directorate.trend.as_ref();
    let shared = options.shown.suppressed.then(|| suppressed(&outcome.directorate));
    // What grew with every file has its rows already.
    let all: [(&'static table::Table, Option<table::Rows>); 8] = [
        (&table::RATINGS, None),
        (&table::WORKERS, None),
        (&table::TEAMS, Some(table::teams(&outcome.directorate.teams))),
        (&table::FINDINGS, None),
        (&table::SHEETS, None),
        (&table::TREND, trend.map(table::trend)),
        (&table::CHANGES, trend.map(table::changes)),
        (&table::TEAMS_SUPPRESSED, shared.as_ref().map(table::teams_suppressed)),
    ];
    let mut failures = Vec::new();
    let mut told = |name: &str, written: Result<(), String>| {
        if let Err(why) = written {
            failures.push((name.to_string(), why));
        }
    };
    let write = |name: &str, bytes: Result<Vec<u8>, String>, kind: Kind| {
        bytes.and_then(|bytes| files::write(&out.join(name), &bytes, kind, options.force))
    };
    let mut described = Vec::new();
    for (table, rows) in all {
        let written = match growing.end(table) {
            Some(written) => written,
            None => {
                // Without an earlier run there is nothing to compare, and nothing to hand outside unless it is asked
                // for; what an earlier call left here would mislead.
                let stale = || files::is_ours(&out.join(table.name), Kind::Csv(table)).then(table::Rows::new);
                let Some(rows) = rows.or_else(stale) else { continue };
                let bytes = tables::csv_bytes(table, &rows).map_err(|error| error.to_string());
                write(table.name, bytes, Kind::Csv(table))
            }
        };
        told(table.name, written);
        described.push(table);
    }
    let mut put = |name: &str, bytes: Result<Vec<u8>, String>, kind: Kind| told(name, write(name, bytes, kind));
    let (as_of, chosen) = (tables::day(options.as_of), tables::policy_entries(policies));
    let package = serde_json::to_vec_pretty(&DataPackage::of(&described, &as_of, &chosen));
    put("datapackage.json", package.map_err(|error| error.to_string()), Kind::DataPackage);
    let pages = match &shared {
        Some(shared) => overview::shared::pages(shared, policies),
        None => overview::pages(&outcome.directorate, policies, options.shown),
    };
    let comparison = crate::directorate::workbook::workbook(pages, policies);
    put("directorate.xlsx", comparison.map_err(|error| error.to_string()), Kind::Workbook);
    let file = tables::RunFile {
        version: env!("CARGO_PKG_VERSION"),
        as_of,
        policies: chosen,
        inputs: outcome
            .files
            .iter()
            .map(|file| tables::InputEntry {
                file: file.file.clone(),
                size: file.size,
                sha256: file.sha256.clone(),
                status: file.status,
            })
            .collect(),
        counts: tables::Counts { files: outcome.files.len(), teams: outcome.directorate.teams.len(), ..growing.counts },
        roster: roster
            .sha256
            .as_ref()
            .map(|sha256| tables::RosterEntry { file: roster.name.clone(), sha256: sha256.clone() }),
    };
    let json = serde_json::to_vec_pretty(&file).map_err(|error| error.to_string());
    put("run.json", json, Kind::RunFile);
    outcome.failures.extend(failures);
}

#[cfg(test)]
mod tests;
