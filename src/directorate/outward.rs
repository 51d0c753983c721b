//! The comparison as it may be handed outside: in every cell a figure, or that there is one which is kept back.

use rust_decimal::Decimal;

use crate::book::rag::Rag;
use crate::field::caseload::ServiceArea;

/// What stands in a cell whose figure is kept back.
pub const MARK: &str = "c";

/// The comparison, for people outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The teams in the order of the directorate, which no hidden figure has a say in.
    pub teams: Vec<SharedLine>,
    /// All teams together.
    pub whole: SharedLine,
    /// What each band asks for, worst first: the word and the text.
    pub actions: Vec<(Rag, String)>,
}

/// A team's figures, for people outside.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedLine {
    /// The team.
    pub team: String,
    /// Its service area.
    pub area: Option<ServiceArea>,
    /// In the order of [`Column::ALL`].
    pub figures: Vec<Figure>,
}

impl SharedLine {
    /// The figure of a column.
    pub fn figure(&self, column: Column) -> Figure {
        self.figures[column as usize]
    }
}

/// What is told of a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Figure {
    /// The figure itself.
    Shown(Decimal),
    /// There is one, and it is kept back.
    Hidden,
    /// There is none: nothing to divide by, or no such column in the team's sheet.
    #[default]
    Absent,
}

impl Figure {
    /// The figure, where it is shown.
    pub fn shown(self) -> Option<Decimal> {
        match self {
            Figure::Shown(figure) => Some(figure),
            Figure::Hidden | Figure::Absent => None,
        }
    }
}

crate::book::names::named! {
    /// A column of figures.
    Column {
        /// Workers listed.
        Workers = "workers",
        /// Their FTE.
        Fte = "fte",
        /// Workers rated red.
        Red = "red",
        /// Workers rated amber.
        Amber = "amber",
        /// Workers rated green.
        Green = "green",
        /// Workers not scored.
        NotScored = "not_scored",
        /// Children with a key worker.
        Children = "children",
        /// Their households.
        Households = "households",
        /// Children on child protection plans.
        Cp = "cp",
        /// Children in our care.
        Cioc = "cioc",
        /// Households in care proceedings.
        Proceedings = "care_proceedings",
        /// Children nobody holds.
        Unallocated = "unallocated",
        /// Σ load ÷ Σ upper limits in percent.
        LimitsUsed = "limit_utilisation",
        /// Σ points ÷ Σ benchmarks in percent.
        PointsUsed = "points_utilisation",
        /// Children per FTE.
        ChildrenPerFte = "children_per_fte",
        /// Children on plans per FTE.
        CpPerFte = "cp_per_fte",
        /// Children in our care per FTE.
        CiocPerFte = "cioc_per_fte",
        /// Households in care proceedings per FTE.
        ProceedingsPerFte = "proceedings_per_fte",
        /// Workers above an upper figure ÷ workers with a limit rating, in percent.
        OverLimit = "over_limit_share",
        /// FTE needed to bring every worker within the limit.
        FteNeeded = "fte_needed",
        /// Children that could be taken before the lower figures are passed.
        Headroom = "headroom_children",
        /// 1 is the highest use of limits of those shown.
        Rank = "rank",
        /// 1 to 4 by rank.
        Quartile = "quartile",
    }
}
