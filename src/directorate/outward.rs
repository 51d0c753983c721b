//! The comparison as it may be handed outside: in every cell a figure, or that there is one which is kept back.

use rust_decimal::Decimal;

use crate::book::rag::Rag;
use crate::directorate::figures::{Figure, SHARED};
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
    /// In the order of [`SHARED`].
    pub figures: Vec<Disclosed>,
}

impl SharedLine {
    /// What is told of a figure; nothing of one that is not handed outside.
    pub fn figure(&self, figure: Figure) -> Disclosed {
        let at = SHARED.iter().position(|shared| *shared == figure);
        at.and_then(|at| self.figures.get(at).copied()).unwrap_or_default()
    }
}

/// What is told of a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Disclosed {
    /// The figure itself.
    Shown(Decimal),
    /// There is one, and it is kept back.
    Hidden,
    /// There is none: nothing to divide by, or no such column in the team's sheet.
    #[default]
    Absent,
}

impl Disclosed {
    /// The figure, where it is shown.
    pub fn shown(self) -> Option<Decimal> {
        match self {
            Disclosed::Shown(figure) => Some(figure),
            Disclosed::Hidden | Disclosed::Absent => None,
        }
    }
}
