//! The rules, in the order shown: each looks at one flaw and says where, what and what to do.

use crate::caseload::Caseload;
use crate::directorate::Elsewhere;
use crate::finding::{Finding, Rule};
use crate::policy::Policies;

/// What a rule may look at.
pub struct View<'a> {
    /// The workbook as understood.
    pub caseload: &'a Caseload,
    /// The policies of the run, with the date they are judged on.
    pub policies: &'a Policies,
    /// What the other workbooks of the run say of the same children and workers.
    pub elsewhere: &'a Elsewhere,
}

/// A rule's function: adds what it finds.
pub type Check = fn(&View<'_>, &mut Vec<Finding>);

/// Every rule with its function, in the order shown.
pub const CHECKS: &[(&Rule, Check)] = &[];

/// Runs every rule; findings come in the order of sheet, row and column, then of the rules.
pub fn validate(view: &View<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, check) in CHECKS {
        check(view, &mut findings);
    }
    findings.sort_by_key(|finding| finding.place);
    findings
}
