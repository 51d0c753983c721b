//! What a run is asked to do.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::directorate::comparison::Shown;
use crate::judge::what_if::Asked;

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
