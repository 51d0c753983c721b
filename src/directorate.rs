//! The comparison across teams: one line for each team and one for all together, no child in it.

use rust_decimal::Decimal;

use crate::caseload::ServiceArea;

/// The comparison across all teams of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Directorate {
    /// One for each team, by file and then in the order of the file.
    pub teams: Vec<TeamLine>,
    /// All teams together; rank, quartile and change are empty.
    pub whole: TeamLine,
    /// What each band asks for, worst first: the word and the text.
    pub actions: Vec<(crate::rag::Rag, String)>,
}

/// A team's figures, as section 11 of the domain defines them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TeamLine {
    /// The workbook.
    pub file: String,
    /// The team.
    pub team: String,
    /// Its service area.
    pub area: Option<ServiceArea>,
    /// Workers listed.
    pub workers: u32,
    /// Their FTE together.
    pub fte: Decimal,
    /// Children with a key worker, each once.
    pub children: u32,
    /// Households of those children; `None` where a sheet has no household column.
    pub households: Option<u32>,
    /// Children per FTE; `None` where there is no FTE.
    pub children_per_fte: Option<Decimal>,
    /// Σ load ÷ Σ upper limits in percent.
    pub limit_utilisation: Option<Decimal>,
    /// Σ points ÷ Σ benchmarks in percent.
    pub points_utilisation: Option<Decimal>,
    /// Workers rated red.
    pub red: u32,
    /// Workers rated amber.
    pub amber: u32,
    /// Workers rated green.
    pub green: u32,
    /// Workers not scored.
    pub not_scored: u32,
    /// Workers above an upper figure ÷ workers with a limit rating, in percent.
    pub over_limit_share: Option<Decimal>,
    /// Children nobody holds.
    pub unallocated: u32,
    /// FTE needed to bring every worker within the limit.
    pub fte_needed: Decimal,
    /// Children that could be taken before the lower figures are passed.
    pub headroom_children: Decimal,
    /// 1 is the highest limit utilisation; ties share.
    pub rank: Option<u32>,
    /// Children on child protection plans.
    pub cp: u32,
    /// Children in our care.
    pub cioc: u32,
    /// Households in care proceedings.
    pub care_proceedings: u32,
    /// Per FTE.
    pub cp_per_fte: Option<Decimal>,
    /// Per FTE.
    pub cioc_per_fte: Option<Decimal>,
    /// Per FTE.
    pub proceedings_per_fte: Option<Decimal>,
    /// Limit utilisation of the least loaded worker, in percent.
    pub least_utilised: Option<Decimal>,
    /// Limit utilisation of the most loaded worker, in percent.
    pub most_utilised: Option<Decimal>,
    /// 1 to 4 by rank.
    pub quartile: Option<u32>,
    /// Limit utilisation less that of the previous run, in points of percent.
    pub change: Option<Decimal>,
    /// What the ratios are made of.
    pub sums: Sums,
}

/// The sums behind a line's ratios, so that lines can be added up without a mean of percentages.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    /// Σ load of limit ratings.
    pub limit_load: Decimal,
    /// Σ upper figures of limit ratings.
    pub limit_upper: Decimal,
    /// Σ load of points ratings.
    pub points_load: Decimal,
    /// Σ benchmarks of points ratings.
    pub points_benchmark: Decimal,
    /// Workers with a limit rating.
    pub limit_rated: u32,
    /// Of those, workers above an upper figure.
    pub over_limit: u32,
}

/// What other workbooks of the run say of the same children and workers, for the rules that look across.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    /// By child's key: the other workbooks' teams and key workers.
    pub children: std::collections::BTreeMap<String, Vec<Other>>,
    /// By worker's key: the other workbooks' teams and the FTE given there.
    pub workers: std::collections::BTreeMap<String, Vec<Other>>,
}

/// A worker in another workbook of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// The workbook.
    pub file: String,
    /// The team.
    pub team: String,
    /// The worker's name as written there.
    pub worker: String,
    /// FTE written there; `None` where nothing usable is written.
    pub fte: Option<Decimal>,
}
