//! The names of the sheets that a manager's workbook is given.

use crate::book::page::free_tab;

/// The names of the five added sheets; where a manager's sheet has one already, ours takes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetNames {
    /// "RAG summary".
    pub summary: String,
    /// "Findings".
    pub findings: String,
    /// "Working".
    pub working: String,
    /// "Action plan".
    pub action_plan: String,
    /// "Policy".
    pub policy: String,
}

impl SheetNames {
    /// The usual names, each with a number added where a sheet of the workbook has it already.
    ///
    /// ```
    /// use fairload::manager::sheet_names::SheetNames;
    /// let names = SheetNames::beside(["Caseload", "policy"]);
    /// assert_eq!((names.findings.as_str(), names.policy.as_str()), ("Findings", "Policy (2)"));
    /// ```
    pub fn beside<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        // Spreadsheets compare the names of tabs without regard to case.
        let taken: Vec<String> = taken.into_iter().map(str::to_lowercase).collect();
        let free = |name: &str| free_tab(name, &taken);
        Self {
            summary: free("RAG summary"),
            findings: free("Findings"),
            working: free("Working"),
            action_plan: free("Action plan"),
            policy: free("Policy"),
        }
    }

    /// The position of "Action plan" among the five.
    pub const ACTION_PLAN: usize = 3;

    /// All five in their order.
    pub fn all(&self) -> [&str; 5] {
        [&self.summary, &self.findings, &self.working, &self.action_plan, &self.policy]
    }
}

impl Default for SheetNames {
    fn default() -> Self {
        Self::beside([])
    }
}
