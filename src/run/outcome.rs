//! What came of a run, for the terminal and other programs.

use std::path::PathBuf;

use crate::directorate::comparison::{Directorate, WorkerLine};
use crate::directorate::history::Trend;
use crate::directorate::table::FileRows;
use crate::directorate::team_line::TeamLine;
use crate::field::quality::{FileStatus, Quality};
use crate::field::reading::SheetReading;
use crate::judge::what_if::WhatIf;

/// What came of a run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// One for each input, in order.
    pub files: Vec<FileOutcome>,
    /// Files passed over: name and why.
    pub passed_over: Vec<(String, String)>,
    /// What could not be read, written or understood: name and why with what to do.
    pub failures: Vec<(String, String)>,
    /// The comparison.
    pub directorate: Directorate,
    /// Where it was written.
    pub out: Option<PathBuf>,
    /// Rows of the tables, in order, where they were asked for.
    pub tables: FileRows,
    /// Exit code: 0, 1 or 2.
    pub exit: u8,
}

/// What came of a comparison of runs.
#[derive(Debug, Clone)]
pub struct Compared {
    /// What changed from run to run.
    pub trend: Trend,
    /// What could not be written: name and why with what to do.
    pub failures: Vec<(String, String)>,
    /// Where it was written.
    pub out: PathBuf,
    /// Exit code: 0, 1 or 2.
    pub exit: u8,
}

/// What came of one input.
#[derive(Debug, Clone, Default)]
pub struct FileOutcome {
    /// The name in every output.
    pub file: String,
    /// What became of it.
    pub status: FileStatus,
    /// How its sheets were read, where that was asked for.
    pub sheets: Vec<SheetReading>,
    /// Why no caseload was found in it and what to do; empty where one was.
    pub none_found: String,
    /// Findings by severity: errors, warnings, notes.
    pub findings: [usize; 3],
    /// What had to be done beside the marks.
    pub remarks: Vec<String>,
    /// Bytes of the input.
    pub size: u64,
    /// Hash of the input; empty where it could not be opened.
    pub sha256: String,
    /// Its lines of the comparison.
    pub lines: Vec<TeamLine>,
    /// How sure they are.
    pub quality: Quality,
    /// Its workers one by one; empty unless they are asked for.
    pub workers: Vec<WorkerLine>,
    /// What would follow if workers took more children.
    pub what_if: Vec<WhatIf>,
    /// A worker is rated red.
    pub red: bool,
    /// Why it could not be read, written or understood, and what to do.
    pub failure: Option<String>,
}
