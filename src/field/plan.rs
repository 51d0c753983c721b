//! What a manager has typed on our sheet "Action plan": it outlives the sheet, which every run writes anew.

use jiff::civil::Date;

use crate::book::sheet::Value;

/// The headings of the table's columns, in the order in which we write them.
pub const HEADINGS: [&str; 15] = [
    "Team",
    "Worker",
    "Measure",
    "Load",
    "Limit",
    "Utilisation",
    "RAG",
    "Reasons found",
    "What this asks for",
    "Agreed action",
    "By whom",
    "By when",
    "Review date",
    "Status",
    "Notes",
];

/// Positions of the columns in [`HEADINGS`].
pub mod at {
    /// "Team".
    pub const TEAM: usize = 0;
    /// "Worker".
    pub const WORKER: usize = 1;
    /// "Measure".
    pub const MEASURE: usize = 2;
    /// "Load", the first of the columns of figures; they are formulas.
    pub const LOAD: usize = 3;
    /// "RAG".
    pub const RAG: usize = 6;
    /// "Reasons found"; among closed actions [`super::WHY`].
    pub const REASONS: usize = 7;
    /// "What this asks for"; a formula.
    pub const ASKED: usize = 8;
    /// "Agreed action", the first of the columns that a manager fills in.
    pub const ACTION: usize = 9;
    /// "By when".
    pub const BY_WHEN: usize = 11;
    /// "Review date".
    pub const REVIEW: usize = 12;
    /// "Status".
    pub const STATUS: usize = 13;
}

/// Columns that a manager fills in: those from [`at::ACTION`] on.
pub const FILLED_IN: usize = HEADINGS.len() - at::ACTION;

/// The heading that stands for "Reasons found" among closed actions.
pub const WHY: &str = "Why it is closed";
/// The sheet's title.
pub const TITLE: &str = "Action plan: amber and red workers";
/// What the sheet is for.
pub const ABOUT: &str = "One row for each worker rated amber or red when the workbook was read. Fill in the blue cells \
                         together with the worker; actions and status are offered in lists, and other words may be \
                         written. What is typed on this sheet is kept when the workbook is read again.";
/// Before the number of workers who, as the figures stand now, should have a row and have none.
pub const NOT_PLANNED: &str = "Amber or red as the figures stand now, without a row here (see the working sheet): ";
/// Stands in place of the table where it has no rows.
pub const NOBODY: &str = "Nobody is rated amber or red: no plan is asked for.";
/// Stands there where not every worker could be scored.
pub const NOBODY_KNOWN: &str =
    "Nobody is rated amber or red. Of the workers not scored it is not known whether a plan is asked for.";
/// The heading of the closed actions.
pub const CLOSED: &str = "Closed actions";
/// What the closed actions are.
pub const ABOUT_CLOSED: &str = "Agreed while the worker was rated amber or red, who no longer is. They return to the \
                                table above when the worker is amber or red again.";
/// The heading of what was typed elsewhere on the sheet.
pub const ASIDE: &str = "Other notes on this sheet";
/// What these notes are.
pub const ABOUT_ASIDE: &str =
    "Typed on this sheet outside the blue cells: kept word for word, with the cell it stood in.";
/// The headings of these notes.
pub const ASIDE_HEADINGS: [&str; 3] = ["Stood in", "Beside", "What was typed"];
/// The heading of the words offered in the lists.
pub const WORDS: &str = "Words offered in the lists; change them here";
/// Stands where a figure is not known.
pub const NO_FIGURE: &str = "–";

/// What a manager has typed on the sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Rows of workers in which something was filled in, in the order of the sheet.
    pub rows: Vec<Planned>,
    /// What stands anywhere else.
    pub asides: Vec<Aside>,
    /// The actions offered, as the manager left them; none where the sheet held no list.
    pub actions: Vec<String>,
    /// The same of the states.
    pub states: Vec<String>,
}

/// A row of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The team.
    pub team: String,
    /// The worker.
    pub worker: String,
    /// The measure that the worker was amber or red by.
    pub measure: String,
    /// What was filled in, by column from [`at::ACTION`].
    pub filled: [Option<Value>; FILLED_IN],
    /// Why it is closed, where it was among the closed actions.
    pub why: Option<String>,
    /// The day by which it is to be done: "By when", else "Review date"; `None` where neither is a date.
    pub due: Option<Date>,
}

/// How a worker's actions stand on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Actions not done yet.
    pub open: u32,
    /// Of those, the ones whose day has passed.
    pub overdue: u32,
    /// The earliest day of an open one.
    pub next: Option<Date>,
}

/// A note outside the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// The cell it stood in when it was first found.
    pub cell: String,
    /// The worker in whose row it stood, if any.
    pub beside: String,
    /// What it says.
    pub typed: Value,
}

/// The states offered.
pub const STATES: &[&str] = &["Not started", "Under way", "Done", "Escalated", "Not needed any more"];
/// States in which nothing is left to be done: those offered, and what people write instead. Any other is open.
const CLOSING: &[&str] = &[
    "Done",
    "Not needed any more",
    "Not needed",
    "No longer needed",
    "Closed",
    "Complete",
    "Completed",
    "Finished",
    "Cancelled",
    "Withdrawn",
];

impl Plan {
    /// Whether a plan came back at all: of one that did not, nothing is known.
    pub fn came_back(&self) -> bool {
        *self != Self::default()
    }

    /// How the actions agreed with a worker stand on a day; `only` where the workbook has no other of this name,
    /// who is then the same in another team, too.
    pub fn standing(&self, team: &str, worker: &str, only: bool, on: Date) -> Standing {
        let mut standing = Standing::default();
        let mut seen: Vec<&Planned> = Vec::new();
        for row in self.rows.iter().filter(|row| row.is_of(team, worker, only) && !row.is_done()) {
            // Rows that were filled in alike stand for one agreement.
            if seen.iter().any(|known| known.filled == row.filled) {
                continue;
            }
            seen.push(row);
            standing.open += 1;
            standing.overdue += u32::from(row.due.is_some_and(|due| due < on));
            standing.next = [standing.next, row.due].into_iter().flatten().min();
        }
        standing
    }
}

impl Planned {
    /// Whether this row is of a worker; `only` where there is no other of this name, who may have moved with their plan.
    pub fn is_of(&self, team: &str, worker: &str, only: bool) -> bool {
        same(&self.worker, worker) && (only || same(&self.team, team))
    }

    /// Whether its status says that nothing is left to be done; a date or a tick behind the word says no more.
    pub fn is_done(&self) -> bool {
        let status = self.filled[at::STATUS - at::ACTION].as_ref().map(Value::text).unwrap_or_default();
        let status = status.trim_end_matches(|c: char| !c.is_alphabetic());
        CLOSING.iter().any(|closing| same(closing, status))
    }
}

/// Whether two names are the same but for spaces and capitals.
pub fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(status: &str, due: Option<Date>) -> Planned {
        let mut filled: [Option<Value>; FILLED_IN] = Default::default();
        filled[0] = Some(Value::Text(format!("{status} {due:?}").into()));
        filled[at::STATUS - at::ACTION] = (!status.is_empty()).then(|| Value::Text(status.into()));
        let (team, worker, measure) = ("North".into(), "Ada Field".into(), "Limit".into());
        Planned { team, worker, measure, filled, why: None, due }
    }

    #[test]
    fn only_what_is_open_can_be_overdue() {
        let (may, june) = (date(2025, 5, 31), date(2025, 6, 30));
        let rows = vec![
            row("", Some(may)),
            row("Under way", Some(june)),
            row("Done", Some(may)),
            row("done 3/5", Some(may)),
            row("Not done", None),
            row("", Some(may)),
        ];
        let plan = Plan { rows, ..Plan::default() };
        let standing = plan.standing("north", "ada  field", false, june);
        assert_eq!(standing, Standing { open: 3, overdue: 1, next: Some(may) }, "on its day nothing is overdue");
        assert_eq!(plan.standing("South", "Ada Field", false, june), Standing::default());
        assert_eq!(plan.standing("South", "Ada Field", true, june), standing);
        assert!(plan.came_back() && !Plan::default().came_back());
    }
}
