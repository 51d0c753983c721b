//! How sure the figures of the comparison are: what was found, set aside and assumed, by workbook and team; no child
//! is in it.

use std::collections::BTreeMap;

use crate::book::names::named;
use crate::field::finding::Severity;
use crate::field::reading::Reason;

named! {
    /// What is taken for granted of a worker where the workbook does not say.
    Assumption {
        /// No FTE is written: a full-time post.
        Fte = "fte",
        /// A figure without a unit, read as hours, days or percent.
        FteUnit = "fte-unit",
        /// No role is written: social worker.
        Role = "role",
        /// No experience is written or understood: the full benchmark.
        Benchmark = "benchmark",
        /// Newly qualified, without months: the first six.
        FirstHalf = "first-half",
        /// A household without an intervention level: medium.
        Level = "level",
        /// Hours that a form leaves blank: the policy's.
        Hours = "hours",
        /// What a cell says has more than one meaning: one of them was taken.
        Reading = "reading",
    }
}

impl Assumption {
    /// What is assumed, in words.
    pub fn label(self) -> &'static str {
        match self {
            Assumption::Fte => "FTE 1.0 assumed",
            Assumption::FteUnit => "FTE read as hours, days or percent",
            Assumption::Role => "Role social worker assumed",
            Assumption::Benchmark => "Full benchmark assumed",
            Assumption::FirstHalf => "First six months assumed",
            Assumption::Level => "Level medium assumed",
            Assumption::Hours => "Hours assumed",
            Assumption::Reading => "One meaning taken of several",
        }
    }

    /// What follows where it is wrong, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Assumption::Fte => "No FTE is written. A part-timer taken for full time looks less loaded than they are.",
            Assumption::FteUnit => "The FTE is a figure without a unit. Read wrongly, the limit is wrong by as much.",
            Assumption::Role => {
                "No role is written. A student or a manager taken for a social worker has another limit."
            }
            Assumption::Benchmark => {
                "No experience is written, or it is not understood. A newly qualified worker's benchmark is lower."
            }
            Assumption::FirstHalf => "Newly qualified without months. In the second half of the year more is expected.",
            Assumption::Level => "An intervention level is blank. The points of that household may be fewer or more.",
            Assumption::Hours => "A line of a time form is blank. The hours left for cases may be fewer or more.",
            Assumption::Reading => {
                "A name, a status or a row can be read in more than one way, or rows differ. Cases may stand with \
                 somebody else, or earn other points."
            }
        }
    }

    /// The rules whose findings tell of it.
    pub fn rules(self) -> &'static [&'static str] {
        match self {
            Assumption::Fte => &["fte-missing"],
            Assumption::FteUnit => &["fte-read-as-hours", "fte-read-as-days", "fte-read-as-percent"],
            Assumption::Role => &["role-missing"],
            Assumption::Benchmark => &["experience-missing", "experience-not-understood"],
            Assumption::FirstHalf => &["experience-assumed-first-half"],
            Assumption::Level => &["intervention-blank"],
            Assumption::Hours => &["time-assumed"],
            Assumption::Reading => &[
                "additional-not-understood",
                "ambiguous-abbreviation",
                "awaiting-move-not-understood",
                "blank-worker-cannot-be-told",
                "counts-disagree",
                "duties-not-understood",
                "duty-without-points",
                "filled-down",
                "heading-close-spelling",
                "household-missing",
                "name-resembles-another",
                "name-written-two-ways",
                "proceedings-hinted",
                "proceedings-not-known",
                "sheet-doubtful",
                "siblings-differ",
                "status-not-known",
                "status-points-differ",
                "task-points-differ",
                "two-columns-one-meaning",
                "two-digit-year",
                "two-ftes",
                "two-names-in-one-cell",
                "two-roles",
                "two-stages",
                "word-close-spelling",
                "worker-from-name",
            ],
        }
    }

    /// What a rule's findings are an assumption about; `None` where nothing is assumed.
    pub fn of_rule(rule: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|assumption| assumption.rules().contains(&rule))
    }
}

named! {
    /// What became of an input, as run.json says.
    FileStatus {
        /// Read, and given back with marks and added sheets.
        Annotated = "annotated",
        /// Read, and given back as a copy of values, for its own format cannot be annotated.
        ValueCopy = "value-copy",
        /// Read, and no caseload is in it.
        NoCaseload = "no-caseload",
        /// It could not be read.
        Unreadable = "unreadable",
        /// It was not read, for it would take too much.
        Refused = "refused",
        /// The roster, with workers that no sheet has.
        Roster = "roster",
    }
}

impl FileStatus {
    /// What people read of it.
    pub fn label(self) -> &'static str {
        match self {
            FileStatus::Annotated => "read, and annotated",
            FileStatus::ValueCopy => "read, and copied",
            FileStatus::NoCaseload => "no caseload in it",
            FileStatus::Unreadable => "COULD NOT BE READ",
            FileStatus::Refused => "REFUSED",
            FileStatus::Roster => "roster; rows that no sheet has",
        }
    }

    /// A caseload was found in it.
    pub fn has_caseload(self) -> bool {
        matches!(self, FileStatus::Annotated | FileStatus::ValueCopy)
    }

    /// Nothing of it is known.
    pub fn is_unread(self) -> bool {
        matches!(self, FileStatus::Unreadable | FileStatus::Refused)
    }
}

/// Until something is found in it.
impl Default for FileStatus {
    fn default() -> Self {
        FileStatus::NoCaseload
    }
}

/// How sure one workbook's figures are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quality {
    /// The workbook.
    pub file: String,
    /// What became of it.
    pub status: FileStatus,
    /// Rows read of all its sheets.
    pub read: u32,
    /// Rows that count.
    pub counted: u32,
    /// Rows that do not, by reason.
    pub set_aside: BTreeMap<Reason, u32>,
    /// What was found, by team, rule and severity.
    pub found: BTreeMap<Found, u32>,
    /// Its teams, in its order.
    pub teams: Vec<TeamQuality>,
}

/// What findings are counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The team; empty where the finding is of the workbook.
    pub team: String,
    /// The rule's name.
    pub rule: &'static str,
    /// How serious.
    pub severity: Severity,
    /// What the rule says is wrong.
    pub what: &'static str,
}

/// How sure one team's figures are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TeamQuality {
    /// The team.
    pub team: String,
    /// Workers listed, but those named only beside others.
    pub workers: u32,
    /// Of them not scored.
    pub not_scored: u32,
    /// Of them with this assumed.
    pub assumed: BTreeMap<Assumption, u32>,
    /// Of them with anything assumed.
    pub touched: u32,
    /// Of them with anything assumed, or not scored.
    pub unsure: u32,
}

impl Quality {
    /// Rows that do not count.
    pub fn rows_set_aside(&self) -> u32 {
        self.set_aside.values().sum()
    }
}
