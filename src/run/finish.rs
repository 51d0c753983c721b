//! The second pass: a workbook judged with what the others say, and written.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crate::book::overlay;
use crate::book::read::Unreadable;
use crate::book::text::fold;
use crate::directorate::aggregate::{quality, team_lines, worker_lines};
use crate::directorate::table::{self, FileRows};
use crate::field::finding::{Finding, Severity};
use crate::field::judged::Judged;
use crate::field::plan::Plan;
use crate::field::quality::FileStatus;
use crate::field::reading::{SheetReading, SheetState};
use crate::judge::score::score;
use crate::judge::what_if::{self, Asked, WhatIf};
use crate::policy::{Policies, hash};
use crate::run::files::{self, Kind};
use crate::run::outcome::FileOutcome;
use crate::run::workbook::{Cells, annotated, judge, open};
use crate::understand::normalise::dated;

use super::across::Across;
use super::apart::cells;
use super::growing::Share;
use super::input;
use super::names::Target;
use super::options::Options;
use super::prepare::{Prepared, Read, Whole, whole};
use super::settings::Settings;

/// Judges what one file says and writes its annotated workbook; what comes of it, and what it adds to the tables.
pub fn finish(
    mut file: Prepared,
    target: Option<&Target>,
    settings: &Settings<'_>,
    across: &Across,
) -> (FileOutcome, Share) {
    let Settings { options, policies, .. } = settings;
    let mut outcome = FileOutcome {
        file: file.input.name.clone(),
        status: FileStatus::NoCaseload,
        size: file.size,
        sha256: file.sha256.clone(),
        ..FileOutcome::default()
    };
    let (whole, bytes) = match again(&mut file, target.is_some(), settings) {
        Ok(read) => read,
        Err(error) => {
            outcome.status = if error.refused { FileStatus::Refused } else { FileStatus::Unreadable };
            outcome.failure = Some(error.why);
            return (outcome, Share::of(FileRows::default(), options));
        }
    };
    let judged = judged_with_others(&file, whole, target, settings, across);
    outcome.lines = team_lines(&judged.file, &judged.caseload, &judged.scored);
    outcome.quality = quality(&judged);
    if options.shown.workers {
        outcome.workers = worker_lines(&judged);
    }
    outcome.red = judged.has_red();
    outcome.what_if = options.what_if.iter().flat_map(|asked| what_would_follow(asked, &judged, policies)).collect();
    outcome.findings = by_severity(&judged.findings);
    outcome.failure = damaged(&judged);
    if judged.has_caseload() {
        outcome.status = match file.format {
            Some(format) if format.is_annotated() => FileStatus::Annotated,
            _ => FileStatus::ValueCopy,
        };
        if let Some(target) = target {
            write_annotated(&mut outcome, &file.stem, &bytes, &judged, target, settings);
        }
    } else if outcome.failure.is_some() {
        outcome.status = FileStatus::Unreadable;
    }
    if outcome.status == FileStatus::NoCaseload {
        outcome.none_found = none_found(&judged);
    }
    let share = Share::of(table::rows(&judged, options.as_of), options);
    if options.rows {
        outcome.sheets = judged.caseload.sheets;
    }
    (outcome, share)
}

/// What a file says, judged with what the others say of the same children and workers, and what was typed on its plan.
fn judged_with_others(
    file: &Prepared,
    whole: Whole,
    target: Option<&Target>,
    settings: &Settings<'_>,
    across: &Across,
) -> Judged {
    let Settings { options, policies, .. } = settings;
    let elsewhere = across.elsewhere(&file.input.name, &whole.caseload);
    let mut judged = judge(&file.input.name, whole.caseload, policies, &elsewhere);
    judged.plan = match target {
        // The workbook itself has no plan yet; the annotated one that is about to be replaced may have.
        Some(target) if !file.ours => typed_before(target, options),
        _ => whole.plan,
    };
    dated(&mut judged.plan, options.as_of);
    let unreadable = |sheet: &SheetReading| sheet.state == SheetState::Unreadable;
    if across.several && !judged.has_caseload() && !judged.caseload.sheets.iter().any(unreadable) {
        // Guidance and the like beside the caseloads is no mistake: it is listed, and said.
        judged.findings.iter_mut().for_each(|finding| finding.severity = Severity::Note);
    }
    judged
}

/// Findings by severity: errors, warnings, notes.
fn by_severity(findings: &[Finding]) -> [usize; 3] {
    let mut counted = [0; 3];
    for finding in findings {
        let at = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        counted[at] += 1;
    }
    counted
}

/// The first sheet that could not be read, why, and what to do. Beside a caseload a table that is none is passed over;
/// a damaged sheet is always told.
fn damaged(judged: &Judged) -> Option<String> {
    let at = judged.caseload.sheets.iter().position(|sheet| {
        sheet.state == SheetState::Unreadable && (sheet.tables.is_empty() || !judged.has_caseload())
    })?;
    let told = judged
        .findings
        .iter()
        .find(|finding| finding.severity == Severity::Error && finding.place.is_some_and(|place| place.sheet == at));
    let action = told.map_or(String::new(), |finding| format!(". {}", finding.action));
    let sheet = &judged.caseload.sheets[at];
    let why = sheet.why.trim_end_matches('.');
    Some(format!("sheet \"{}\" could not be read: {why}{action}", sheet.name))
}

/// Why a workbook has no caseload, as its first sheet that has none says, and what the finding on the whole
/// workbook says to do.
fn none_found(judged: &Judged) -> String {
    let sheets = &judged.caseload.sheets;
    let why = sheets.iter().map(|sheet| sheet.why.trim_end_matches('.')).find(|why| !why.is_empty());
    let why = why.unwrap_or("it lists workers, and none of their cases");
    let told = judged.findings.iter().find(|finding| finding.place.is_none());
    let action = told.map_or(String::new(), |finding| format!(". {}", finding.action));
    format!("{why}{action}")
}

/// What a file says, as it was kept or read again, and its bytes where they are asked for or were read.
fn again(file: &mut Prepared, bytes: bool, settings: &Settings<'_>) -> Result<(Whole, Vec<u8>), Unreadable> {
    let read = std::mem::replace(&mut file.read, Ok(Read::default()))?;
    let bytes = match (read.whole.is_some(), bytes) {
        (true, false) => Vec::new(),
        _ => input::bytes(&file.input.path).ok().filter(|bytes| hash(bytes) == file.sha256).ok_or_else(changed)?,
    };
    let whole = match read.whole {
        Some(whole) => whole,
        None => whole(file, &bytes, settings)?,
    };
    Ok((whole, bytes))
}

fn changed() -> Unreadable {
    Unreadable { refused: false, why: "the file changed while it was read; run again".into() }
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
                worker: worker.who.name.clone(),
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
        let cells: Cells<'_> = &|file, stem| cells(options, file, stem);
        let opened = catch_unwind(AssertUnwindSafe(|| open(&bytes, "", cells)));
        opened.ok()?.ok().map(|opened| opened.plan)
    };
    plan(&target.path).or_else(|| plan(&target.copy)).unwrap_or_default()
}

fn write_annotated(
    outcome: &mut FileOutcome,
    stem: &str,
    bytes: &[u8],
    judged: &Judged,
    target: &Target,
    settings: &Settings<'_>,
) {
    let Settings { options, policies, .. } = settings;
    let cells: Cells<'_> = &|file, stem| cells(options, file, stem);
    let written = catch_unwind(AssertUnwindSafe(|| annotated(bytes, stem, cells, judged, policies)));
    match written {
        Ok(Ok(annotated)) => {
            outcome.status = if annotated.copy { FileStatus::ValueCopy } else { FileStatus::Annotated };
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
