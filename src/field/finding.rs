//! What we say about a sheet: where, what, and what to do now.

use crate::book::names::named;
use crate::book::sheet::Place;

/// A rule: what it looks for, why, and where that comes from.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable kebab-case name.
    pub name: &'static str,
    /// How serious a finding of this rule is.
    pub severity: Severity,
    /// What it is about.
    pub about: About,
    /// What is wrong, as a sentence about any sheet.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub action: &'static str,
    /// Document and section.
    pub source: &'static str,
}

/// One thing found, at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How serious this one is; the rule's own unless the rule says why not.
    pub severity: Severity,
    /// Where; `None` for the workbook as a whole.
    pub place: Option<Place>,
    /// The team concerned, where there is one.
    pub team: Option<String>,
    /// The worker concerned, where there is one.
    pub worker: Option<String>,
    /// One sentence on what is wrong. It names cells, workers and teams and never quotes a cell:
    /// a mistyped status may be a child's name.
    pub message: String,
    /// What the cell says, for the manager's own workbook alone.
    pub quote: Option<String>,
    /// One sentence on what to do.
    pub action: String,
}

impl Rule {
    /// A finding of this rule with its usual severity and advice.
    pub fn finding(&'static self, place: Option<Place>, message: impl Into<String>) -> Finding {
        Finding {
            rule: self,
            severity: self.severity,
            place,
            team: None,
            worker: None,
            message: message.into(),
            quote: None,
            action: self.action.to_string(),
        }
    }
}

impl Finding {
    /// Names the team concerned.
    pub fn in_team(mut self, team: &str) -> Self {
        self.team = Some(team.to_string());
        self
    }

    /// Names the worker concerned.
    pub fn of_worker(mut self, worker: &str) -> Self {
        self.worker = Some(worker.to_string());
        self
    }

    /// Quotes the cell, for the manager's own workbook alone.
    pub fn quoting(mut self, text: &str) -> Self {
        self.quote = Some(text.to_string());
        self
    }

    /// Gives other weight than the rule's usual.
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Gives other advice than the rule's usual.
    pub fn advising(mut self, action: impl Into<String>) -> Self {
        self.action = action.into();
        self
    }
}

named! {
    /// How serious a finding is, the worst first.
    Severity {
        /// Breaks the guidance, or the data cannot be trusted.
        Error = "error",
        /// Needs a look.
        Warning = "warning",
        /// Assumed or passed over; told for transparency.
        Note = "note",
    }
}

named! {
    /// What a rule is about.
    About {
        /// Who holds what.
        Allocation = "allocation",
        /// Role, FTE, experience.
        Worker = "worker data",
        /// Child, status, dates.
        Case = "case data",
        /// Header, columns, rows.
        Sheet = "sheet structure",
    }
}
