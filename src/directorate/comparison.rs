//! The comparison across teams: one line for each team, for each service area and for all together, no child in it.

use rust_decimal::Decimal;

use crate::book::rag::Rag;
use crate::directorate::history::Trend;
use crate::directorate::team_line::TeamLine;
use crate::field::caseload::{Role, ServiceArea, Stage};
use crate::field::quality::{Assumption, Quality};
use crate::field::rating::Measure;

/// What directorate.xlsx shows beyond the teams.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Workers by name: staff are people too, so only where it is asked for.
    pub workers: bool,
    /// To be handed outside: teams alone, without formulas, small counts hidden and what would give them away.
    pub suppressed: bool,
}

/// The comparison across all teams of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Directorate {
    /// One for each team, by file and then in the order of the file.
    pub teams: Vec<TeamLine>,
    /// The teams of each service area together, in the order of the areas; those of none last.
    pub areas: Vec<TeamLine>,
    /// All teams together; rank, quartile and change are empty.
    pub whole: TeamLine,
    /// What each band asks for, worst first: the word and the text.
    pub actions: Vec<(Rag, String)>,
    /// What changed since earlier runs, where there are any.
    pub trend: Option<Trend>,
    /// How sure the figures are, by workbook.
    pub quality: Vec<Quality>,
    /// Workers one by one; empty unless they are asked for.
    pub workers: Vec<WorkerLine>,
}

/// A worker's figures, where the comparison is to show workers by name.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkerLine {
    /// The workbook.
    pub file: String,
    /// The team.
    pub team: String,
    /// Its service area.
    pub area: Option<ServiceArea>,
    /// The name.
    pub worker: String,
    /// The role.
    pub role: Role,
    /// Time in practice.
    pub stage: Option<Stage>,
    /// The share of a post.
    pub fte: Option<Decimal>,
    /// Children held.
    pub children: Option<u32>,
    /// Their households.
    pub households: Option<u32>,
    /// Children on child protection plans.
    pub cp: Option<u32>,
    /// Children in our care.
    pub cioc: Option<u32>,
    /// Households in care proceedings.
    pub care_proceedings: Option<u32>,
    /// Cases helped with.
    pub co_worked: u32,
    /// Cases awaiting transfer, closure or step-down.
    pub awaiting_move: Option<u32>,
    /// The highest of the limit utilisations, in percent.
    pub limits_used: Option<Decimal>,
    /// The highest of the points utilisations, in percent.
    pub points_used: Option<Decimal>,
    /// The overall colour.
    pub rag: Rag,
    /// The colour that the manager gives.
    pub judgement: Option<Rag>,
    /// The policy and measure that give the colour.
    pub governed_by: Option<(String, Measure)>,
    /// What decided, or what was missing: our own sentence.
    pub because: String,
    /// What is taken for granted.
    pub assumed: Vec<Assumption>,
}
