//! The pipeline, top to bottom; the only place with threads.

mod apart;
mod input;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::aggregate::{directorate, team_lines};
use crate::caseload::{Caseload, Entry, Subject};
use crate::directorate::{Elsewhere, Other, TeamLine};
use crate::discover::{Discovered, Input, discover};
use crate::finding::Severity;
use crate::forms::{self, Form};
use crate::judged::Judged;
use crate::normalise::{RosterRow, roster_alone, roster_of};
use crate::outcome::{Asked, FileOutcome, Outcome, WhatIf};
use crate::overview;
use crate::plan::Plan;
use crate::policy::{self, Examined, Policies, Policy, hash};
use crate::rating::Rag;
use crate::read::{self, Format, Unreadable};
use crate::reading::{SheetReading, SheetState};
use crate::recognise::recognise;
use crate::score::score;
use crate::sheet::RawBook;
use crate::table;
use crate::what_if;
use crate::words::{Words, fold};
use crate::workbook::{Cells, Opened, annotated, judge, open, understand};
use crate::write::files::{self, Kind};
use crate::write::pages::{Imprint, form as form_of};
use crate::write::{overlay, tables};

pub use apart::answer as read_cells;

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
    /// An earlier run's folder.
    pub previous: Option<PathBuf>,
    /// A council's own words.
    pub columns: Option<PathBuf>,
    /// Threads; `None` for all cores.
    pub jobs: Option<usize>,
    /// Replace files that are not ours.
    pub force: bool,
    /// Workers and teams that may be given more children.
    pub what_if: Vec<Asked>,
    /// The program that reads, in a process of its own, the formats whose readers may end the program on a
    /// damaged file; `None` to read them here.
    pub reader: Option<PathBuf>,
}

/// Reads, checks and scores every input, and writes everything where asked to; `done` is told of
/// each of the steps (their number first) as they are finished.
///
/// The same inputs and options give the same bytes, however many threads.
///
/// # Errors
///
/// A policy, a word list, the roster or the earlier run cannot be used; nothing has been read then.
pub fn run(options: &Options, done: &(dyn Fn(usize, usize) + Sync)) -> Result<Outcome, String> {
    let words = words(options)?;
    let policies = policies(options)?;
    let earlier = earlier(options)?;
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

    let steps = inputs.len() * 2;
    let prepared: Vec<Prepared> = pool.install(|| {
        let all = inputs.par_iter().map(|input| {
            let prepared = prepare(input, options, &words, &policies, &roster.rows);
            done(steps, 1);
            prepared
        });
        all.collect()
    });
    let (kept, skipped) = pass_over(prepared);
    outcome.passed_over.extend(skipped);
    let nothing = kept.is_empty();
    let alone = roster.left_over(&kept, &words, &policies);
    let names = output_names(&kept, options);
    let across = Across::new(&kept);

    let files: Vec<FileOutcome> = pool.install(|| {
        let all = kept.into_par_iter().zip(names).map(|(prepared, target)| {
            let outcome = finish(prepared, target.as_ref(), &policies, &across, options);
            done(steps, 1);
            outcome
        });
        all.collect()
    });
    outcome.files = files;
    let mut lines: Vec<TeamLine> = Vec::new();
    for file in &mut outcome.files {
        lines.append(&mut file.lines);
        let rows = std::mem::take(&mut file.rows);
        append(&mut outcome.tables, rows);
        if let Some(failure) = &file.failure {
            outcome.failures.push((file.file.clone(), failure.clone()));
        }
    }
    let mut red = outcome.files.iter().any(|file| file.red);
    if let Some(caseload) = alone {
        let judged = judge(&roster.name, caseload, &policies, &Elsewhere::default());
        red |= has_red(&judged);
        lines.extend(team_lines(&judged.file, &judged.caseload, &judged.scored));
        append(&mut outcome.tables, table::rows(&judged));
    }
    outcome.directorate = directorate(lines, &earlier, &policies);
    if nothing {
        // A slip in a path leaves no empty tables behind.
        outcome.out = None;
    } else if options.out.is_some() {
        write_tables(&mut outcome, options, &policies, &roster);
    }
    for asked in &options.what_if {
        if !outcome.files.iter().any(|file| file.what_if.iter().any(|line| line.asked == *asked)) {
            let why = format!("no worker and no team of the name {} was found; write it as the sheet does", asked.name);
            outcome.failures.push(("--what-if".into(), why));
        }
    }
    let only_input_without = matches!(outcome.files.as_slice(), [only] if only.status == "no-caseload");
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

/// An input after the first pass.
struct Prepared {
    input: Input,
    stem: String,
    size: u64,
    sha256: String,
    /// The file carries our marker: it is an earlier output.
    ours: bool,
    /// A table of ours, never an input.
    table_of_ours: bool,
    /// The roster given beside the inputs, found among them.
    roster: bool,
    format: Option<Format>,
    /// What the manager typed on the action plan, where the file is an earlier output.
    plan: Plan,
    read: Result<Caseload, Unreadable>,
}

/// The cells of a file: in a process of their own where their reader may end it, and there is one.
fn cells(options: &Options, bytes: &[u8], stem: &str) -> Result<(Format, RawBook), Unreadable> {
    let format = read::format(bytes)?;
    match &options.reader {
        Some(reader) if format.is_read_apart() => Ok((format, apart::read(reader, bytes, apart::LONGEST)?)),
        _ => read::read(bytes, stem),
    }
}

fn prepare(input: &Input, options: &Options, words: &Words, policies: &Policies, roster: &[RosterRow]) -> Prepared {
    let stem = stem(&input.path);
    let mut prepared = Prepared {
        input: input.clone(),
        stem: stem.clone(),
        size: 0,
        sha256: String::new(),
        ours: false,
        table_of_ours: false,
        roster: false,
        format: None,
        plan: Plan::default(),
        read: Ok(Caseload::default()),
    };
    let is_roster = options.roster.as_ref().is_some_and(|path| same_file(path, &input.path));
    if is_roster {
        prepared.roster = true;
        return prepared;
    }
    let bytes = match input::bytes(&input.path) {
        Ok(bytes) => bytes,
        Err(why) => {
            prepared.read = Err(why);
            return prepared;
        }
    };
    prepared.size = bytes.len() as u64;
    prepared.sha256 = hash(&bytes);
    prepared.table_of_ours = files::is_our_csv(&bytes);
    prepared.ours = overlay::marker(&bytes).is_some();
    if prepared.table_of_ours {
        return prepared;
    }
    let read = catch_unwind(AssertUnwindSafe(|| {
        let Opened { format, book, plan } = open(&bytes, &stem, &|bytes, stem| cells(options, bytes, stem))?;
        prepared.format = Some(format);
        prepared.plan = plan;
        prepared.ours |= book.sheets.iter().any(|sheet| sheet.ours);
        // The annotated copy of "a.xlsx" is the caseload "a", whatever it is called now.
        let title = plain_stem(&stem).filter(|_| prepared.ours).unwrap_or(&stem);
        let caseload = understand(&book, title, words, policies, roster);
        if format == Format::Csv && ending(&input.path) != "csv" && caseload.teams.is_empty() {
            let why = "this is plain text under a workbook's name; save it from Excel as .xlsx or .csv";
            return Err(Unreadable { refused: false, why: why.into() });
        }
        Ok(caseload)
    }));
    prepared.read = read.unwrap_or_else(|_| {
        let why = "the file could not be read to its end; open it in Excel, save it again and tell us of it";
        Err(Unreadable { refused: false, why: why.into() })
    });
    prepared
}

/// Leaves out our own outputs: tables always, an annotated workbook where its source is in the run.
fn pass_over(prepared: Vec<Prepared>) -> (Vec<Prepared>, Vec<(String, String)>) {
    let mut sources: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in prepared.iter().filter(|file| !file.ours && !file.table_of_ours && !file.roster) {
        sources.entry(file.stem.to_lowercase()).or_default().push(folder_of(&file.input.path));
    }
    let mut skipped = Vec::new();
    let mut kept = Vec::new();
    for file in prepared {
        let stem = plain_stem(&file.stem).map(str::to_lowercase);
        let is_directorate = file.ours && file.input.name.rsplit('/').next() == Some("directorate.xlsx");
        let folders =
            stem.iter().flat_map(|stem| [stem.clone(), strip_kind(stem)]).filter_map(|stem| sources.get(&stem));
        let mut folders = folders.flatten();
        if file.roster {
            skipped.push((file.input.name, "it is the roster given".to_string()));
        } else if file.table_of_ours || is_directorate {
            skipped.push((file.input.name, "it was written by fairload".to_string()));
        } else if file.ours && folders.any(|folder| is_output_of(folder, &folder_of(&file.input.path))) {
            skipped.push((file.input.name, "it is the annotated copy of another input".to_string()));
        } else {
            kept.push(file);
        }
    }
    (kept, skipped)
}

/// The stem of the source of an annotated workbook: `a` of `a RAG` and of `a RAG 2025-09-30`.
fn plain_stem(stem: &str) -> Option<&str> {
    stem.strip_suffix(" RAG").or_else(|| {
        let (plain, day) = stem.rsplit_once(" RAG ")?;
        day.parse::<Date>().ok().map(|_| plain)
    })
}

fn folder_of(path: &Path) -> PathBuf {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    real.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Whether the outputs of a source in one folder may stand in the other: beside it, or mirrored
/// below a folder that a run wrote to. A workbook of the same name elsewhere is another team's.
fn is_output_of(source: &Path, annotated: &Path) -> bool {
    let run_below = |folder: &Path| files::is_ours(&folder.join("run.json"), Kind::RunFile);
    let common = source.iter().rev().zip(annotated.iter().rev()).take_while(|(one, other)| one == other).count();
    source == annotated || annotated.ancestors().take(common + 1).any(run_below)
}

/// `a (csv)` is `a`: the kind stands behind names that two inputs share.
fn strip_kind(stem: &str) -> String {
    match stem.rsplit_once(" (") {
        Some((plain, kind)) if ["csv)", "xls)", "xlsb)", "ods)", "xlsm)"].contains(&kind) => plain.to_string(),
        _ => stem.to_string(),
    }
}

/// Where an annotated workbook goes.
struct Target {
    path: PathBuf,
    /// Where a copy of its values goes instead: a copy has no macros, and ends in .xlsx.
    copy: PathBuf,
}

/// Where each annotated workbook goes, in the order of the inputs; `None` where nothing is written.
fn output_names(kept: &[Prepared], options: &Options) -> Vec<Option<Target>> {
    let mut names: Vec<Option<Target>> = kept.iter().map(|_| None).collect();
    let Some(out) = &options.out else { return names };
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut order: Vec<usize> = (0..kept.len()).collect();
    // Of two inputs that would give one name the .xlsx keeps it.
    order.sort_by_key(|at| (ending(&kept[*at].input.path) != "xlsx", *at));
    for at in order {
        let file = &kept[at];
        let mut name = |kept_ending: &str| {
            let name = output_name(file, kept_ending, |name| taken.contains(name));
            let mut path = out.join(&name);
            taken.insert(name.to_lowercase());
            if same_file(&path, &file.input.path) {
                // Beside itself an annotated workbook gets the date: an input is never altered.
                let ending = format!(" RAG.{kept_ending}");
                let dated = name.replace(&ending, &format!(" RAG {}.{kept_ending}", options.as_of));
                taken.insert(dated.to_lowercase());
                path = out.join(dated);
            }
            path
        };
        let copy = if file.format == Some(Format::MacroWorkbook) { Some(name("xlsm")) } else { None };
        let plain = name("xlsx");
        let (path, copy) = match copy {
            Some(path) => (path, plain),
            None => (plain.clone(), plain),
        };
        names[at] = Some(Target { path, copy });
    }
    names
}

/// The name of an input's annotated workbook below the folder of outputs: the first that is not taken.
fn output_name(file: &Prepared, kept_ending: &str, taken: impl Fn(&str) -> bool) -> String {
    let folder = file.input.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if file.ours { plain_stem(&file.stem).unwrap_or(&file.stem) } else { &file.stem };
    let full = |base: &str| {
        let name = format!("{base} RAG.{kept_ending}");
        if folder.is_empty() { name } else { format!("{folder}/{name}") }
    };
    let ending = ending(&file.input.path);
    let mut name = full(base);
    let mut number = 1;
    while taken(&name.to_lowercase()) {
        name = match number {
            1 => full(&format!("{base} ({ending})")),
            number => full(&format!("{base} ({ending} {number})")),
        };
        number += 1;
    }
    name
}

/// Children and workers of all workbooks, for the rules that look across.
struct Across {
    /// There is more than one workbook.
    several: bool,
    children: BTreeMap<String, Vec<Other>>,
    workers: BTreeMap<String, Vec<Other>>,
}

impl Across {
    fn new(kept: &[Prepared]) -> Self {
        let mut children: BTreeMap<String, Vec<Other>> = BTreeMap::new();
        let mut workers: BTreeMap<String, Vec<Other>> = BTreeMap::new();
        for file in kept {
            let Ok(caseload) = &file.read else { continue };
            for (team, worker) in caseload.workers().filter(|(_, worker)| !worker.only_co_worker) {
                let other = || Other {
                    file: file.input.name.clone(),
                    team: team.name.clone(),
                    worker: worker.name.clone(),
                    fte: worker.fte().filter(|_| !worker.fte_assumed()).map(|fte| fte.0),
                };
                workers.entry(worker.key.clone()).or_default().push(other());
                for case in worker.cases.iter().filter(|case| case.subject == Subject::Child) {
                    if let Entry::Given(child, _) = &case.child
                        && !is_running_number(child)
                    {
                        children.entry(child.clone()).or_default().push(other());
                    }
                }
            }
        }
        // What stands in one workbook alone needs no look across.
        let several = |others: &mut Vec<Other>| others.iter().any(|other| other.file != others[0].file);
        children.retain(|_, others| several(others));
        workers.retain(|_, others| several(others));
        Self { several: kept.len() > 1, children, workers }
    }

    /// What the other workbooks say, seen from this one.
    fn elsewhere(&self, file: &str, caseload: &Caseload) -> Elsewhere {
        let others = |all: &Vec<Other>| all.iter().filter(|other| other.file != file).cloned().collect::<Vec<_>>();
        let mut elsewhere = Elsewhere::default();
        for (_, worker) in caseload.workers() {
            if let Some(all) = self.workers.get(&worker.key) {
                elsewhere.workers.insert(worker.key.clone(), others(all));
            }
            for case in &worker.cases {
                if let Some((child, all)) = case.child.given().and_then(|child| self.children.get_key_value(child)) {
                    elsewhere.children.insert(child.clone(), others(all));
                }
            }
        }
        elsewhere
    }
}

/// A short number counts the rows of a sheet and names no child beyond it.
fn is_running_number(child: &str) -> bool {
    child.len() <= 3 && child.bytes().all(|byte| byte.is_ascii_digit())
}

fn finish(
    prepared: Prepared,
    target: Option<&Target>,
    policies: &Policies,
    across: &Across,
    options: &Options,
) -> FileOutcome {
    let mut outcome = FileOutcome {
        file: prepared.input.name.clone(),
        status: "no-caseload",
        size: prepared.size,
        sha256: prepared.sha256.clone(),
        ..FileOutcome::default()
    };
    let caseload = match prepared.read {
        Ok(caseload) => caseload,
        Err(error) => {
            outcome.status = if error.refused { "refused" } else { "unreadable" };
            outcome.failure = Some(error.why);
            return outcome;
        }
    };
    let elsewhere = across.elsewhere(&outcome.file, &caseload);
    let mut judged = judge(&outcome.file, caseload, policies, &elsewhere);
    judged.plan = match target {
        // The workbook itself has no plan yet; the annotated one that is about to be replaced may have.
        Some(target) if !prepared.ours => typed_before(target, options),
        _ => prepared.plan,
    };
    let unreadable = |sheet: &SheetReading| sheet.state == SheetState::Unreadable;
    if across.several && !judged.has_caseload() && !judged.caseload.sheets.iter().any(unreadable) {
        // Guidance and the like beside the caseloads is no mistake: it is listed, and said.
        judged.findings.iter_mut().for_each(|finding| finding.severity = Severity::Note);
    }
    outcome.rows = table::rows(&judged);
    outcome.lines = team_lines(&judged.file, &judged.caseload, &judged.scored);
    outcome.red = has_red(&judged);
    outcome.what_if = options.what_if.iter().flat_map(|asked| what_would_follow(asked, &judged, policies)).collect();
    for finding in &judged.findings {
        let at = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        outcome.findings[at] += 1;
    }
    // Beside a caseload a table that is none is passed over; a damaged sheet is always told.
    let unreadable =
        judged.caseload.sheets.iter().position(|sheet| {
            sheet.state == SheetState::Unreadable && (sheet.tables.is_empty() || !judged.has_caseload())
        });
    if let Some(at) = unreadable {
        let told = judged.findings.iter().find(|finding| {
            finding.severity == Severity::Error && finding.place.is_some_and(|place| place.sheet == at)
        });
        let action = told.map_or(String::new(), |finding| format!(". {}", finding.action));
        let sheet = &judged.caseload.sheets[at];
        let why = sheet.why.trim_end_matches('.');
        outcome.failure = Some(format!("sheet \"{}\" could not be read: {why}{action}", sheet.name));
    }
    if judged.has_caseload() {
        outcome.status = match prepared.format {
            Some(format) if format.is_annotated() => "annotated",
            _ => "value-copy",
        };
        if let Some(target) = target {
            write_annotated(&mut outcome, &prepared.input, &judged, target, policies, options);
        }
    } else if unreadable.is_some() {
        outcome.status = "unreadable";
    }
    outcome.sheets = judged.caseload.sheets;
    outcome
}

/// Each worker asked about, by each measure, as it is and as it would be.
fn what_would_follow(asked: &Asked, judged: &Judged, policies: &Policies) -> Vec<WhatIf> {
    let Some((more, who)) = what_if::with_more(&judged.caseload, asked) else { return Vec::new() };
    let after = score(&more, policies);
    let mut told = Vec::new();
    for (at, of) in who {
        let (team, worker) = (&more.teams[at], &more.teams[at].workers[of]);
        let of_team = fold(&team.name) == fold(&asked.name);
        for (before, after) in judged.scored.teams[at][of].ratings.iter().zip(&after.teams[at][of].ratings) {
            told.push(WhatIf {
                asked: asked.clone(),
                of_team,
                team: team.name.clone(),
                worker: worker.name.clone(),
                before: before.clone(),
                after: after.clone(),
            });
        }
    }
    told
}

/// What was typed on the action plan of the annotated workbook that an earlier run put in this place.
fn typed_before(target: &Target, options: &Options) -> Plan {
    let plan = |path: &PathBuf| {
        // A pipe of that name would never end.
        let bytes = path.is_file().then(|| std::fs::read(path).ok())?;
        let bytes = bytes.filter(|bytes| overlay::marker(bytes).is_some())?;
        let cells: Cells<'_> = &|bytes, stem| cells(options, bytes, stem);
        let opened = catch_unwind(AssertUnwindSafe(|| open(&bytes, "", cells)));
        opened.ok()?.ok().map(|opened| opened.plan)
    };
    plan(&target.path).or_else(|| plan(&target.copy)).unwrap_or_default()
}

fn write_annotated(
    outcome: &mut FileOutcome,
    input: &Input,
    judged: &Judged,
    target: &Target,
    policies: &Policies,
    options: &Options,
) {
    let bytes = match input::bytes(&input.path) {
        Ok(bytes) if hash(&bytes) == outcome.sha256 => bytes,
        _ => {
            outcome.failure = Some("the file changed while it was read; run again".into());
            return;
        }
    };
    let cells: Cells<'_> = &|bytes, stem| cells(options, bytes, stem);
    let written = catch_unwind(AssertUnwindSafe(|| annotated(&bytes, &stem(&input.path), cells, judged, policies)));
    match written {
        Ok(Ok(annotated)) => {
            outcome.status = if annotated.copy { "value-copy" } else { "annotated" };
            outcome.remarks = annotated.remarks;
            let target = if annotated.copy { &target.copy } else { &target.path };
            if let Err(why) = files::write(target, &annotated.bytes, Kind::Workbook, options.force) {
                let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                outcome.failure = Some(format!("{name}: {why}"));
            }
        }
        Ok(Err(why)) => outcome.failure = Some(format!("the annotated workbook could not be made: {why}")),
        Err(_) => outcome.failure = Some("the annotated workbook could not be made; tell us of it".into()),
    }
}

fn has_red(judged: &Judged) -> bool {
    judged.scored.teams.iter().flatten().any(|worker| worker.rag() == Rag::Red)
}

fn append(all: &mut table::FileRows, mut rows: table::FileRows) {
    all.ratings.append(&mut rows.ratings);
    all.workers.append(&mut rows.workers);
    all.findings.append(&mut rows.findings);
    all.sheets.append(&mut rows.sheets);
}

fn write_tables(outcome: &mut Outcome, options: &Options, policies: &Policies, roster: &Roster) {
    let Some(out) = &options.out else { return };
    let teams = table::teams(&outcome.directorate.teams);
    let all: [(&'static table::Table, &table::Rows); 5] = [
        (&table::RATINGS, &outcome.tables.ratings),
        (&table::WORKERS, &outcome.tables.workers),
        (&table::TEAMS, &teams),
        (&table::FINDINGS, &outcome.tables.findings),
        (&table::SHEETS, &outcome.tables.sheets),
    ];
    let mut failures = Vec::new();
    let mut put = |name: &str, bytes: Result<Vec<u8>, String>, kind: Kind| {
        let written = bytes.and_then(|bytes| files::write(&out.join(name), &bytes, kind, options.force));
        if let Err(why) = written {
            failures.push((name.to_string(), why));
        }
    };
    let counted = outcome.directorate.teams.len();
    for (table, rows) in all {
        put(table.name, tables::csv_bytes(table, rows).map_err(|error| error.to_string()), Kind::Csv(table));
    }
    let pages = overview::pages(&outcome.directorate, policies);
    let comparison = crate::write::directorate::workbook(&pages, policies);
    put("directorate.xlsx", comparison.map_err(|error| error.to_string()), Kind::Workbook);
    let rows = outcome.tables.sheets.iter().filter_map(|row| row[5].parse::<usize>().ok()).sum();
    let file = tables::RunFile {
        version: env!("CARGO_PKG_VERSION"),
        as_of: tables::day(options.as_of),
        policies: tables::policy_entries(policies),
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
        counts: tables::Counts {
            files: outcome.files.len(),
            sheets: outcome.tables.sheets.len(),
            rows,
            workers: outcome.tables.workers.len(),
            teams: counted,
            findings: outcome.tables.findings.len(),
        },
        roster: roster
            .sha256
            .as_ref()
            .map(|sha256| tables::RosterEntry { file: roster.name.clone(), sha256: sha256.clone() }),
    };
    let json = serde_json::to_vec_pretty(&file).map_err(|error| error.to_string());
    put("run.json", json, Kind::RunFile);
    outcome.failures.extend(failures);
}

/// A roster beside the inputs.
#[derive(Default)]
struct Roster {
    name: String,
    sha256: Option<String>,
    rows: Vec<RosterRow>,
    shared: bool,
}

impl Roster {
    /// The workers of a roster for several workbooks whom none of them lists.
    fn left_over(&self, kept: &[Prepared], words: &Words, policies: &Policies) -> Option<Caseload> {
        if !self.shared {
            return None;
        }
        let listed: BTreeSet<&str> = kept
            .iter()
            .filter_map(|file| file.read.as_ref().ok())
            .flat_map(|caseload| caseload.workers().map(|(_, worker)| worker.key.as_str()))
            .collect();
        let rows: Vec<RosterRow> = self.rows.iter().filter(|row| !listed.contains(row.worker_key())).cloned().collect();
        let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem);
        (!rows.is_empty()).then(|| roster_alone(&rows, stem, words, policies))
    }
}

fn roster(options: &Options, words: &Words, policies: &Policies, shared: bool) -> Result<Roster, String> {
    let Some(path) = &options.roster else { return Ok(Roster::default()) };
    let name = shown(path);
    let bytes = match std::fs::metadata(path) {
        Ok(_) => input::bytes(path).map_err(|error| format!("--roster {name}: {}", error.why))?,
        Err(error) => return Err(format!("--roster {name}: {}; check the path", files::reason(&error))),
    };
    let cells: Cells<'_> = &|bytes, stem| cells(options, bytes, stem);
    let Opened { book, .. } =
        open(&bytes, &stem(path), cells).map_err(|error| format!("--roster {name}: {}", error.why))?;
    let mut readings = recognise(&book, &stem(path), words, policies.as_of);
    let rows = roster_of(&book, &mut readings, words, policies, shared);
    if rows.is_empty() {
        return Err(format!(
            "--roster {name}: no sheet with a worker in each row was found; give it headings such as Worker, Role, FTE"
        ));
    }
    Ok(Roster { name, sha256: Some(hash(&bytes)), rows, shared })
}

/// A blank form of this kind, with the figures of these policies; its file is never one that is there already.
///
/// # Errors
///
/// There is no such form, a policy cannot be used, or the file cannot be written; the sentence says what to do.
pub fn template(kind: &str, policies: &[String], as_of: Date, out: Option<&Path>) -> Result<PathBuf, String> {
    let form = Form::named(kind).ok_or_else(|| format!("there is no form {kind}"))?;
    let default: Vec<String> = form.policies().iter().map(ToString::to_string).collect();
    let policies = choose(if policies.is_empty() { &default } else { policies }, as_of)?;
    let out = out.map_or_else(|| PathBuf::from(format!("{form}.xlsx")), Path::to_path_buf);
    let told = |why: String| format!("{}: {why}", out.display());
    let pages = forms::pages(form, &policies)?;
    let bytes = form_of(&pages, &Imprint::new(form.title(), &policies)).map_err(|error| told(error.to_string()))?;
    files::write_new(&out, &bytes).map_err(told)?;
    Ok(out)
}

/// The built-in word lists, with a council's own before them.
///
/// # Errors
///
/// The file cannot be opened or used; the sentence says where and why.
pub fn words(options: &Options) -> Result<Words, String> {
    let mut words = Words::built_in();
    if let Some(path) = &options.columns {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("--columns {}: {}; check the path", shown(path), files::reason(&error)))?;
        words.add(&text).map_err(|error| format!("--columns {}: {error}", shown(path)))?;
    }
    Ok(words)
}

fn policies(options: &Options) -> Result<Policies, String> {
    let default: Vec<String> = policy::DEFAULT.iter().map(ToString::to_string).collect();
    choose(if options.policies.is_empty() { &default } else { &options.policies }, options.as_of)
}

fn choose(names: &[String], as_of: Date) -> Result<Policies, String> {
    let mut chosen: Vec<Policy> = Vec::new();
    for name in names {
        let policy = load_policy(name)?;
        if chosen.iter().any(|other| other.name == policy.name) {
            return Err(format!("policy {name}: a policy of the name {} is given twice", policy.name));
        }
        chosen.push(policy);
    }
    Policies::new(chosen, as_of)
}

/// A policy by its name, or from a file.
///
/// # Errors
///
/// There is none of this name, or the file cannot be used; a line for each fault names line and column.
pub fn load_policy(name: &str) -> Result<Policy, String> {
    let bytes = policy_bytes(name)?;
    let shown = shown(Path::new(name));
    Policy::from_bytes(&bytes).map_err(|faults| {
        let faults: Vec<String> = faults.lines().map(|fault| format!("policy {shown}: {fault}")).collect();
        format!("{}\n`fairload policy check` tells more", faults.join("\n"))
    })
}

/// All that is to be said of a policy by its name, or from a file.
///
/// # Errors
///
/// There is none of this name.
pub fn examine_policy(name: &str, as_of: Date) -> Result<Examined, String> {
    policy_bytes(name).map(|bytes| Policy::examine(&bytes, as_of))
}

fn policy_bytes(name: &str) -> Result<Vec<u8>, String> {
    if let Some((_, text)) = policy::BUILT_IN.iter().find(|(known, _)| *known == name) {
        return Ok(text.as_bytes().to_vec());
    }
    let path = Path::new(name);
    std::fs::read(path).map_err(|error| {
        let known: Vec<&str> = policy::BUILT_IN.iter().map(|(name, _)| *name).collect();
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "there is neither a policy nor a file of this name".into(),
            _ => files::reason(&error),
        };
        format!("policy {}: {why}; give a file, or one of {}", shown(path), known.join(", "))
    })
}

/// Limit utilisation by file and team of an earlier run.
fn earlier(options: &Options) -> Result<BTreeMap<(String, String), Decimal>, String> {
    let Some(folder) = &options.previous else { return Ok(BTreeMap::new()) };
    let told = |why: &str| format!("--previous {}: {why}; give the --out folder of an earlier run", shown(folder));
    let bytes = std::fs::read(folder.join("teams.csv")).map_err(|error| told(&files::reason(&error)))?;
    if !files::is_our_csv(&bytes) {
        return Err(told("its teams.csv was not written by fairload"));
    }
    tables::limit_utilisation_by_team(&bytes).ok_or_else(|| told("its teams.csv cannot be read"))
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn shown(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
