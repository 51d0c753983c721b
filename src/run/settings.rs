//! What every file of a run is read and judged with: words, policies and a roster.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use crate::book::phrase::day;
use crate::field::caseload::Caseload;
use crate::policy::{self, Examined, Policies, Policy, hash};
use crate::run::files;
use crate::run::workbook::{Cells, Opened, open};
use crate::understand::normalise::{RosterRow, roster_alone, roster_of};
use crate::understand::recognise::recognise;
use crate::understand::words::Words;

use super::apart::cells;
use super::input;
use super::options::Options;
use super::paths::{shown, stem};

/// What every file of a run is read and judged with.
pub struct Settings<'a> {
    /// What is asked.
    pub options: &'a Options,
    /// Words of headings, roles and the like.
    pub words: Words,
    /// What is judged by.
    pub policies: Policies,
    /// A roster beside the inputs.
    pub roster: Roster,
}

/// A roster beside the inputs.
#[derive(Default)]
pub struct Roster {
    /// Its file's name.
    pub name: String,
    /// Hash of the file; `None` where no roster is given.
    pub sha256: Option<String>,
    /// Its workers.
    pub rows: Vec<RosterRow>,
    /// It is meant for several workbooks.
    shared: bool,
}

impl Roster {
    /// The workers of a roster for several workbooks whom none of them lists; `listed` are the keys of those that are.
    pub fn left_over<'a>(
        &self,
        listed: impl Iterator<Item = &'a str>,
        words: &Words,
        policies: &Policies,
    ) -> Option<Caseload> {
        if !self.shared {
            return None;
        }
        let listed: BTreeSet<&str> = listed.collect();
        let rows: Vec<RosterRow> = self.rows.iter().filter(|row| !listed.contains(row.worker_key())).cloned().collect();
        let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem);
        (!rows.is_empty()).then(|| roster_alone(&rows, stem, words, policies))
    }
}

/// The roster given, read.
///
/// # Errors
///
/// It cannot be opened, or holds no workers; the sentence says what to do.
pub fn roster(options: &Options, words: &Words, policies: &Policies, shared: bool) -> Result<Roster, String> {
    let Some(path) = &options.roster else { return Ok(Roster::default()) };
    let name = shown(path);
    let bytes = match std::fs::metadata(path) {
        Ok(_) => input::bytes(path).map_err(|error| format!("--roster {name}: {}", error.why))?,
        Err(error) => return Err(format!("--roster {name}: {}; check the path", files::reason(&error))),
    };
    let cells: Cells<'_> = &|file, stem| cells(options, file, stem);
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

/// The policies asked for, or the default ones.
///
/// # Errors
///
/// One of them cannot be used.
pub fn policies(options: &Options) -> Result<Policies, String> {
    let default: Vec<String> = policy::DEFAULT.iter().map(ToString::to_string).collect();
    choose(if options.policies.is_empty() { &default } else { &options.policies }, options.as_of)
}

/// Policies by name or file, to be judged by on a day.
///
/// # Errors
///
/// One of them cannot be used, or two have one name.
pub fn choose(names: &[String], as_of: Date) -> Result<Policies, String> {
    let mut chosen: Vec<Policy> = Vec::new();
    for name in names {
        let policy = load_policy(name)?;
        if chosen.iter().any(|other| other.name == policy.name) {
            return Err(format!("policy {name}: a policy of the name {} is given twice", policy.name));
        }
        chosen.push(policy);
    }
    if let Some(begins) = chosen.iter().filter_map(Policy::first_day).min().filter(|begins| *begins > as_of) {
        return Err(format!(
            "no chosen policy is in force on {}: the first figure of any applies from {}; write a later date behind --as-of",
            day(as_of),
            day(begins)
        ));
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
