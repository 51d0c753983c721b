//! Earlier runs read back from their folders, and this run put beside them.

use std::path::{Path, PathBuf};

use crate::directorate::figures::Figure;
use crate::directorate::history::{About, InputUsed, PastRun, PolicyUsed, Records, RunTables};
use crate::directorate::table::{self, Table};
use crate::directorate::tables;
use crate::directorate::trend::trend;
use crate::policy::Policies;
use crate::run::files;
use crate::run::outcome::Outcome;
use crate::understand::words::Words;

use super::options::Options;

/// The runs that stand in these folders, in the order given; errors among their findings are counted where `errors`.
///
/// # Errors
///
/// A folder is given twice, or holds no run that can be read; the sentence names it and says what to do.
pub fn read(folders: &[PathBuf], errors: bool) -> Result<Vec<PastRun>, String> {
    let mut runs: Vec<PastRun> = Vec::new();
    let mut real: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let told = |why: String| format!("{}: {why}", folder.display());
        let path = folder.canonicalize().map_err(|error| told(not_a_run(&files::reason(&error))))?;
        if real.contains(&path) {
            return Err(told("this run is given twice; give each run once".into()));
        }
        let run = one(&path, label(&path, &runs), errors).map_err(|why| told(not_a_run(&why)))?;
        real.push(path);
        runs.push(run);
    }
    Ok(runs)
}

/// The runs before the one that is asked for.
///
/// # Errors
///
/// As [`read`], or one of them is of a later date.
pub fn earlier(options: &Options) -> Result<Vec<PastRun>, String> {
    let runs = read(&options.previous, false).map_err(|why| format!("--previous {why}"))?;
    for (run, folder) in runs.iter().zip(&options.previous) {
        if run.about.as_of > options.as_of {
            return Err(format!(
                "--previous {}: this run is of {}, which is after the date judged on, {}; give an earlier run, or \
                 another --as-of",
                folder.display(),
                run.about.as_of,
                options.as_of
            ));
        }
    }
    Ok(runs)
}

/// What changed since earlier runs: told in the outcome, and filled in for each team that is found in the last of them.
///
/// # Errors
///
/// None in practice: this run's own tables are read as it writes them.
pub fn compare(
    outcome: &mut Outcome,
    earlier: Vec<PastRun>,
    options: &Options,
    policies: &Policies,
    words: &Words,
) -> Result<(), String> {
    if earlier.is_empty() {
        return Ok(());
    }
    let records =
        |table: &Table, rows: table::Rows| Records { header: table.header().map(ToString::to_string).collect(), rows };
    let own = RunTables {
        teams: records(&table::TEAMS, table::teams(&outcome.directorate.teams)),
        workers: records(&table::WORKERS, std::mem::take(&mut outcome.tables.workers)),
        ..RunTables::default()
    };
    let about = About {
        version: env!("CARGO_PKG_VERSION").into(),
        as_of: options.as_of,
        policies: tables::policy_entries(policies)
            .into_iter()
            .map(|policy| PolicyUsed { name: policy.name, sha256: policy.sha256 })
            .collect(),
        inputs: outcome.files.iter().map(|file| InputUsed { status: file.status.to_string() }).collect(),
    };
    let label = label(options.out.as_deref().unwrap_or(Path::new("this run")), &earlier);
    let mut runs = earlier;
    let own_run = PastRun::of(&label, about, &own);
    outcome.tables.workers = own.workers.rows;
    runs.push(own_run?);
    let trend = trend(runs, &|name| words.timeless(name));
    let last = trend.last();
    for team in &mut outcome.directorate.teams {
        let line = trend.lines.iter().find(|line| line.file == team.file && line.team == team.team);
        team.change = line.and_then(|line| line.change(last, Figure::LimitsUsed));
    }
    outcome.directorate.whole.change = trend.change(last, Figure::LimitsUsed);
    outcome.directorate.trend = Some(trend);
    Ok(())
}

fn not_a_run(why: &str) -> String {
    format!("{why}; give the --out folder of an earlier run")
}

fn one(folder: &Path, label: String, errors: bool) -> Result<PastRun, String> {
    let bytes = |name: &str| {
        let path = folder.join(name);
        // A pipe of that name would never end.
        let bytes = match std::fs::metadata(&path) {
            Ok(about) if !about.is_file() => return Err(format!("its {name} is no file")),
            _ => std::fs::read(&path),
        };
        bytes.map_err(|error| format!("its {name} cannot be read ({})", files::reason(&error)))
    };
    let about = About::read(&bytes("run.json")?)?;
    let records = |table: &'static Table| tables::records(table, &bytes(table.name)?);
    let teams = records(&table::TEAMS)?;
    // A later version's teams.csv has the sums itself.
    let ratings = if teams.column("limit_load").is_none() { records(&table::RATINGS)? } else { Records::default() };
    let own = RunTables {
        teams,
        workers: records(&table::WORKERS)?,
        ratings,
        findings: if errors { Some(records(&table::FINDINGS)?) } else { None },
    };
    PastRun::of(&label, about, &own)
}

/// A folder's name, with a number behind it where another run has the same.
fn label(folder: &Path, others: &[PastRun]) -> String {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let name = real.file_name().map_or_else(|| "run".to_string(), |name| name.to_string_lossy().into_owned());
    let taken = |label: &str| others.iter().any(|run| run.label == label);
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    std::iter::once(name.clone()).chain(numbered).find(|label| !taken(label)).unwrap_or(name)
}
