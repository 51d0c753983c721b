//! A row that counts: a child, or what the team counts instead, and what each cell says of it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{CaseStatus, Entry, Level, Proceedings, Subject};
use crate::book::names::named;
use crate::book::sheet::Place;
use crate::field::reading::Meaning;

/// One row that counts: a child, or what the team counts instead.
#[derive(Debug, Clone)]
pub struct Case {
    /// The cell that stands for the row: the child's reference, else the row's first cell.
    pub place: Place,
    /// How many children (or carers …) the row stands for: 1 but where it counts them or names several.
    pub of: u32,
    /// What the row is one of.
    pub subject: Subject,
    /// Which child it is.
    pub who: Child,
    /// The household's reference, compared without case or spaces.
    pub household: Entry<String>,
    /// The household's reference as written; empty where there is none.
    pub household_written: String,
    /// What the status cell says; several statuses may hold at once.
    pub status: Entry<BTreeSet<CaseStatus>>,
    /// The status cells' text, where a chosen policy tells kinds of case apart; else empty.
    pub status_written: String,
    /// What the proceedings cells and the status cell say.
    pub proceedings: Entry<BTreeSet<Proceedings>>,
    /// A legal status that hints at proceedings and is no proof of them, such as an interim care order.
    pub hint: Option<Place>,
    /// The work it makes, as far as the row says.
    pub work: Work,
    /// Names in the co-worker column, and where.
    pub co_workers: Vec<(String, Place)>,
    /// Awaiting transfer, closure or step-down; `NoColumn` where nothing could say so.
    pub awaiting_move: Entry<bool>,
    /// A temporary cause in words of ours, from its column or the notes: `holiday cover`.
    pub cause: Option<(&'static str, Place)>,
    /// Other dates on the row, with what their column means.
    pub dates: Vec<(Meaning, Entry<Date>)>,
    /// How the row itself was read.
    pub row: CaseRow,
}

/// Which child a case is about.
#[derive(Debug, Clone, Default)]
pub struct Child {
    /// The child's reference, compared without case or spaces.
    pub child: Entry<String>,
    /// Date of birth.
    pub born: Entry<Date>,
    /// Age in whole years as written, or −1 for an unborn child.
    pub age: Entry<Decimal>,
}

/// What makes a case more or less work, as its row says.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Points for the household's status as a form gives them; they count as they stand.
    pub status_points: Entry<Decimal>,
    /// Points of the case as the sheet's points column gives them.
    pub points: Entry<Decimal>,
    /// Intervention level of the household as written on this row.
    pub intervention: Entry<Level>,
    /// Points for additional factors as written on this row.
    pub additional: Entry<Decimal>,
    /// Ticked factor columns; `NoColumn` where there is none.
    pub factors: Entry<u32>,
}

/// How a case's row was read.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The row's cell for its worker, where the sheet has one.
    pub worker_cell: Option<Place>,
    /// What kind of text stands in that cell.
    pub worker_says: WorkerSays,
    /// Other cells of the row that belong to the same child, set aside as duplicates.
    pub repeats: Vec<Repeat>,
    /// Words not understood beside others of the same meaning that were: what the column means, the text, the cell.
    pub also_unclear: Vec<(Meaning, String, Place)>,
    /// The row is hidden, or lies on a hidden sheet.
    pub hidden: bool,
}

impl Case {
    /// A row of which nothing is said yet, in a sheet without any columns.
    pub fn at(place: Place, subject: Subject) -> Self {
        Self {
            place,
            of: 1,
            subject,
            who: Child::default(),
            household: Entry::NoColumn,
            household_written: String::new(),
            status: Entry::NoColumn,
            status_written: String::new(),
            proceedings: Entry::NoColumn,
            hint: None,
            work: Work::default(),
            co_workers: Vec::new(),
            awaiting_move: Entry::NoColumn,
            cause: None,
            dates: Vec::new(),
            row: CaseRow {
                worker_cell: None,
                worker_says: WorkerSays::Name,
                repeats: Vec::new(),
                also_unclear: Vec::new(),
                hidden: false,
            },
        }
    }

    /// Whether the status cell (or that of a repeated row) says this.
    pub fn has(&self, status: CaseStatus) -> bool {
        self.status.given().is_some_and(|statuses| statuses.contains(&status))
    }

    /// Whether transfer, closure or step-down is planned.
    pub fn awaits_move(&self) -> bool {
        self.awaiting_move.given() == Some(&true) || self.has(CaseStatus::AwaitingMove)
    }

    /// Whether the row says these proceedings.
    pub fn in_proceedings(&self, proceedings: Proceedings) -> bool {
        self.proceedings.given().is_some_and(|all| all.contains(&proceedings))
    }
}

/// A row set aside because its child, worker and holding stood above already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// The repeated row's cell.
    pub place: Place,
    /// It said something new (another status), which was joined to the child.
    pub joined: bool,
}

named! {
    /// What kind of text stands in a worker cell.
    WorkerSays {
        /// One name.
        Name = "name",
        /// Two names: the first holds the case, the others help.
        TwoNames = "two-names",
        /// A name, and beside it a word for nobody (`Ada Heron / TBC`); the named one holds the case.
        NameAndNobody = "name-and-nobody",
        /// A name, and beside it something that was not understood; the named one holds the case.
        NameAndUnknown = "name-and-unknown",
        /// There is no column, or nothing stands in it.
        Blank = "blank",
        /// A word for nobody in particular.
        Placeholder = "placeholder",
        /// The duty desk.
        Duty = "duty",
        /// A vacant post.
        Vacant = "vacant",
        /// A team's name.
        Team = "team",
        /// A role in place of a name.
        Role = "role",
        /// A figure.
        Figure = "figure",
        /// An error value, or a formula without result.
        Unreadable = "unreadable",
    }
}
