//! The first pass: a file read and understood, on its own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::caseload::Caseload;
use crate::discover::Input;
use crate::history::plain_stem;
use crate::normalise::RosterRow;
use crate::plan::Plan;
use crate::policy::{Policies, hash};
use crate::read::{self, Format, Unreadable};
use crate::sheet::RawBook;
use crate::words::Words;
use crate::workbook::{Opened, open, understand};
use crate::write::{files, overlay};

use super::names::{ending, same_file, stem};
use super::{Options, apart, input};

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
    /// What the manager typed on the action plan, where the file is an earlier output.
    pub plan: Plan,
    pub read: Result<Caseload, Unreadable>,
}

/// The cells of a file: in a process of their own where their reader may end it, and there is one.
pub fn cells(options: &Options, bytes: &[u8], stem: &str) -> Result<(Format, RawBook), Unreadable> {
    let format = read::format(bytes)?;
    match &options.reader {
        Some(reader) if format.is_read_apart() => Ok((format, apart::read(reader, bytes, apart::LONGEST)?)),
        _ => read::read(bytes, stem),
    }
}

pub fn prepare(input: &Input, options: &Options, words: &Words, policies: &Policies, roster: &[RosterRow]) -> Prepared {
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
