//! The cells of a row that may be a header, and what each stands for.

use crate::field::reading::{Layout, Meaning};
use crate::understand::words::{Found, Heading};

/// The cells of a row that may be a header, and what each heading stands for.
pub struct Heads {
    pub cells: Vec<Head>,
}

/// A cell that may be a heading.
pub struct Head {
    pub column: u32,
    pub text: String,
    pub plain: Option<Found<Heading>>,
    pub on_roster: Option<Found<Heading>>,
}

/// A layout that a header fits, with what each of its cells stands for.
pub struct Fit {
    pub layout: Layout,
    pub means: Vec<Option<Heading>>,
    /// No column says who the worker is.
    pub worker_missing: bool,
    /// Headings are read as a roster's.
    pub on_roster: bool,
}

impl Fit {
    /// A table of cases, by the plain meaning of its headings.
    pub fn of_cases(layout: Layout, means: Vec<Option<Heading>>) -> Self {
        Self { layout, means, worker_missing: false, on_roster: false }
    }
}

impl Head {
    /// What the heading stands for on a list of cases.
    pub fn plain(&self) -> Option<Heading> {
        self.plain.as_ref().map(|found| found.means)
    }

    /// What it stands for where each row is a worker.
    pub fn on_roster(&self) -> Option<Heading> {
        self.on_roster.as_ref().map(|found| found.means)
    }
}

impl Heads {
    /// Whether a heading of a list of cases has this meaning.
    pub fn has(&self, meaning: Meaning) -> bool {
        self.cells.iter().any(|cell| cell.plain() == Some(Heading::Means(meaning)))
    }

    /// Whether a heading has any of these meanings.
    pub fn has_any(&self, meanings: &[Meaning]) -> bool {
        meanings.iter().any(|meaning| self.has(*meaning))
    }

    /// Whether a heading of a roster has this meaning.
    pub fn has_on_roster(&self, meaning: Meaning) -> bool {
        self.cells.iter().any(|cell| cell.on_roster() == Some(Heading::Means(meaning)))
    }

    /// Whether a heading of a roster has any of these meanings.
    pub fn has_any_on_roster(&self, meanings: &[Meaning]) -> bool {
        meanings.iter().any(|meaning| self.has_on_roster(*meaning))
    }

    /// The heads of some of the columns.
    pub fn within(&self, columns: std::ops::RangeInclusive<u32>) -> Heads {
        let cells = self.cells.iter().filter(|cell| columns.contains(&cell.column));
        Heads {
            cells: cells
                .map(|cell| Head {
                    column: cell.column,
                    text: cell.text.clone(),
                    plain: cell.plain.clone(),
                    on_roster: cell.on_roster.clone(),
                })
                .collect(),
        }
    }
}
