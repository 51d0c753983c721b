//! The first pass: a file read and understood, on its own; and the same again where it was not kept.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::book::overlay;
use crate::book::read::{Format, Unreadable};
use crate::directorate::history::plain_stem;
use crate::field::caseload::Caseload;
use crate::field::plan::Plan;
use crate::policy::hash;
use crate::run::discover::Input;
use crate::run::files;
use crate::run::workbook::{Opened, open, understand};

use super::across::Footprint;
use super::apart::cells;
use super::input;
use super::paths::{ending, same_file, stem};
use super::settings::Settings;

/// An input after the first pass.
pub struct Prepared {
    pub input: Input,
    pub stem: String,
    pub size: u64,
    pub sha256: String,
    /// The file carries our marker: it is an earlier output.
    pub ours: bool,
    /// A table of ours, never an input.
    pub table_of_ours: bool,
    /// The roster given beside the inputs, found among them.
    pub roster: bool,
    pub format: Option<Format>,
    /// What is kept of what it says, or why it cannot be read.
    pub read: Result<Read, Unreadable>,
}

impl Prepared {
    /// The keys of the workers that it lists.
    pub fn worker_keys(&self) -> impl Iterator<Item = &str> {
        self.read.iter().flat_map(|read| read.footprint.worker_keys())
    }

    /// Takes out what the other files need of it.
    pub fn footprint(&mut self) -> Footprint {
        self.read.as_mut().map_or_else(|_| Footprint::default(), |read| std::mem::take(&mut read.footprint))
    }
}

/// What is kept of a file from one pass to the next.
#[derive(Default)]
pub struct Read {
    /// What the other files need of it.
    pub footprint: Footprint,
    /// All of it, where the run is small enough to keep it.
    pub whole: Option<Whole>,
}

/// What a file says.
#[derive(Default)]
pub struct Whole {
    /// Its caseload.
    pub caseload: Caseload,
    /// What the manager typed on the action plan, where the file is an earlier output.
    pub plan: Plan,
}

/// Reads a file and understands it; `keep` all it says, or its footprint alone.
pub fn prepare(input: &Input, settings: &Settings<'_>, keep: bool) -> Prepared {
    let mut prepared = Prepared {
        input: input.clone(),
        stem: stem(&input.path),
        size: 0,
        sha256: String::new(),
        ours: false,
        table_of_ours: false,
        roster: false,
        format: None,
        read: Ok(Read::default()),
    };
    if settings.options.roster.as_ref().is_some_and(|path| same_file(path, &input.path)) {
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
    if prepared.table_of_ours {
        return prepared;
    }
    prepared.read = whole(&mut prepared, &bytes, settings).map(|whole| {
        let footprint = Footprint::of(&whole.caseload);
        Read { footprint, whole: keep.then_some(whole) }
    });
    // An output is one even where it can no longer be read.
    prepared.ours |= prepared.read.is_err() && overlay::marker(&bytes).is_some();
    prepared
}

/// What the bytes of a file say; its format and whether it is ours are noted on the way.
///
/// # Errors
///
/// It cannot be read, or its reader gives up; the sentence says what to do.
pub fn whole(file: &mut Prepared, bytes: &[u8], settings: &Settings<'_>) -> Result<Whole, Unreadable> {
    let Settings { options, words, policies, roster } = settings;
    let read = catch_unwind(AssertUnwindSafe(|| {
        let Opened { format, book, ours, plan } = open(bytes, &file.stem, &|file, stem| cells(options, file, stem))?;
        file.format = Some(format);
        file.ours |= ours;
        // The annotated copy of "a.xlsx" is the caseload "a", whatever it is called now.
        let title = plain_stem(&file.stem).filter(|_| file.ours).unwrap_or(&file.stem);
        let caseload = understand(&book, title, words, policies, &roster.rows);
        if format == Format::Csv && ending(&file.input.path) != "csv" && caseload.teams.is_empty() {
            let why = "this is plain text under a workbook's name; save it from Excel as .xlsx or .csv";
            return Err(Unreadable { refused: false, why: why.into() });
        }
        Ok(Whole { caseload, plan })
    }));
    read.unwrap_or_else(|_| {
        let why = "the file could not be read to its end; open it in Excel, save it again and tell us of it";
        Err(Unreadable { refused: false, why: why.into() })
    })
}
