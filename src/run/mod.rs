//! The pipeline, top to bottom; the only place with threads.

mod across;
mod apart;
mod compare;
mod discover;
mod files;
mod finish;
mod gathered;
mod growing;
mod history;
mod in_order;
mod input;
mod names;
mod options;
pub mod outcome;
mod outputs;
mod paths;
mod prepare;
pub mod report;
mod settings;
mod template;
pub mod workbook;

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::field::quality::FileStatus;
use crate::run::discover::{Discovered, Input, discover};
use crate::run::outcome::Outcome;

use across::Across;
use finish::finish;
use gathered::Gathered;
use growing::Tables;
use in_order::in_order;
use names::{Target, output_names, pass_over};
use prepare::{Prepared, prepare};
use settings::{Settings, policies, roster};

pub use apart::answer as read_cells;
pub use compare::{Comparing, compare};
pub use options::Options;
pub use settings::{examine_policy, load_policy, words};
pub use template::template;

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
    let Discovered { inputs, passed_over, failed } = discover(&options.inputs);
    if let Some(out) = options.out.as_ref().filter(|_| !inputs.is_empty()) {
        files::ready(out).map_err(|why| format!("--out {}: {why}", out.display()))?;
    }
    let roster = roster(options, &words, &policies, inputs.len() > 1)?;
    let settings = Settings { options, words, policies, roster };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs.unwrap_or(0)).build();
    let pool = pool.map_err(|_| "the threads cannot be started; try --jobs 1".to_string())?;
    let steps = inputs.len() * 2;
    let step_done = || done(steps, 1);

    // A file alone is held whole while it is judged, so keeping it costs nothing.
    let keep = inputs.len() == 1 || inputs.iter().map(|input| input::size(&input.path)).sum::<u64>() <= kept_most;
    let (kept, skipped) = pass_over(first_pass(&inputs, keep, &pool, &settings, &step_done));
    let nothing = kept.is_empty();
    let mut gathered = second_pass(kept, &pool, &settings, &step_done);

    let passed_over = passed_over.into_iter().map(|(name, why)| (name, why.to_string()));
    let mut outcome = Outcome {
        directorate: gathered.directorate(&settings.policies),
        files: gathered.files,
        passed_over: passed_over.chain(skipped).collect(),
        failures: failed.into_iter().chain(gathered.failures).collect(),
        // A slip in a path leaves no empty tables behind.
        out: options.out.clone().filter(|_| !nothing),
        tables: std::mem::take(&mut gathered.tables.rows),
        exit: 0,
    };
    if !nothing {
        history::compare(&mut outcome, earlier, options, &settings.policies, &settings.words)?;
        outputs::write(&mut outcome, &mut gathered.tables, &settings);
    }
    tell_asked_in_vain(&mut outcome, options);
    if outcome.files.is_empty() && outcome.failures.is_empty() {
        let why = "nothing to read was found: no .xlsx, .xlsm, .xlsb, .xls, .ods or .csv; check the path".to_string();
        outcome.failures.push(("the inputs".into(), why));
    }
    outcome.exit = exit(&outcome, gathered.red);
    Ok(outcome)
}

/// Every input read and understood on its own, in the order of the inputs.
fn first_pass(
    inputs: &[Input],
    keep: bool,
    pool: &ThreadPool,
    settings: &Settings<'_>,
    step_done: &(dyn Fn() + Sync),
) -> Vec<Prepared> {
    pool.install(|| {
        let all = inputs.par_iter().map(|input| {
            let prepared = prepare(input, settings, keep);
            step_done();
            prepared
        });
        all.collect()
    })
}

/// Every input judged with what the others say and written, and what they come to together.
fn second_pass(
    mut kept: Vec<Prepared>,
    pool: &ThreadPool,
    settings: &Settings<'_>,
    step_done: &(dyn Fn() + Sync),
) -> Gathered {
    let mut gathered = Gathered::default();
    if !kept.is_empty() {
        gathered.tables = Tables::begin(settings.options);
    }
    let listed = kept.iter().flat_map(Prepared::worker_keys);
    let left_over = settings.roster.left_over(listed, &settings.words, &settings.policies);
    let targets = output_names(&kept, settings.options);
    let footprints = kept.iter_mut().map(|file| (file.input.name.clone(), file.footprint()));
    let across = Across::new(footprints.collect());
    let work = |(file, target): (Prepared, Option<Target>)| {
        let finished = finish(file, target.as_ref(), settings, &across);
        step_done();
        finished
    };
    in_order(pool, kept.into_iter().zip(targets), work, |(file, share)| gathered.add(file, share));
    if let Some(caseload) = left_over {
        gathered.add_left_over(caseload, settings);
    }
    gathered
}

/// Tells of names that were asked about and stand in no input.
fn tell_asked_in_vain(outcome: &mut Outcome, options: &Options) {
    for asked in &options.what_if {
        if !outcome.files.iter().any(|file| file.what_if.iter().any(|line| line.asked == *asked)) {
            let why = format!("no worker and no team of the name {} was found; write it as the sheet does", asked.name);
            outcome.failures.push(("--what-if".into(), why));
        }
    }
}

/// 2 where something could not be done or the only input has no caseload, 1 where there is an error or a worker is
/// rated red, else 0.
fn exit(outcome: &Outcome, red: bool) -> u8 {
    let only_input_without = matches!(outcome.files.as_slice(), [only] if only.status == FileStatus::NoCaseload);
    let errors = outcome.files.iter().any(|file| file.findings[0] > 0);
    match () {
        () if !outcome.failures.is_empty() || only_input_without => 2,
        () if errors || red => 1,
        () => 0,
    }
}

#[cfg(test)]
mod tests;
