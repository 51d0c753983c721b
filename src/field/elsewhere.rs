//! What stands in the other workbooks of a run.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// What other workbooks of the run say of the same children and workers, for the rules that look across.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    /// By child's key: the other workbooks' teams and key workers.
    pub children: BTreeMap<String, Vec<Other>>,
    /// By worker's key: the other workbooks' teams and the FTE given there.
    pub workers: BTreeMap<String, Vec<Other>>,
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
