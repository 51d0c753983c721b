//! A workbook with all that was found in it.

use crate::field::caseload::Caseload;
use crate::field::finding::Finding;
use crate::field::plan::Plan;
use crate::field::rating::{Rag, Scored};

/// One workbook after checking and scoring.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The name in every output.
    pub file: String,
    /// What it says.
    pub caseload: Caseload,
    /// Its ratings.
    pub scored: Scored,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What the manager typed on our sheet "Action plan", where the workbook comes back to us.
    pub plan: Plan,
}

impl Judged {
    /// Whether a caseload was found in it.
    pub fn has_caseload(&self) -> bool {
        !self.caseload.teams.is_empty()
    }

    /// Whether a worker in it is rated red.
    pub fn has_red(&self) -> bool {
        self.scored.teams.iter().flatten().any(|worker| worker.rag() == Rag::Red)
    }
}
