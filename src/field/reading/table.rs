//! How one table of a sheet is read.

use super::{Layout, Meaning};
use crate::book::names::named;
use crate::book::sheet::{Area, CellRef, Value};

/// One table on a sheet: where it stands, what it was taken for and what its columns mean.
#[derive(Debug, Clone)]
pub struct TableReading {
    /// What the table was taken for.
    pub layout: Layout,
    /// The cells it covers, from the first of its titles to its last row.
    pub area: Area,
    /// Zero-based row of the (last) header row.
    pub header: u32,
    /// It stands below another table of the sheet, so that its titles and headings are rows below a header.
    pub below_another: bool,
    /// The columns used, in the order of the sheet.
    pub columns: Vec<ColumnReading>,
    /// Headings that stand for nothing we use: the cell and its text.
    pub unused: Vec<(CellRef, String)>,
    /// Columns passed over because an earlier one had the same meaning.
    pub doubled: Vec<ColumnReading>,
    /// Texts above the header, in reading order.
    pub titles: Vec<(CellRef, String)>,
    /// What a block above the header says, as `FTE: 0.8` or in two cells side by side.
    pub said: Vec<Said>,
    /// The worker whose table it is, where no column says.
    pub whose: Option<Whose>,
    /// Rows that head the cases below them, ascending.
    pub headed: Vec<Headed>,
    /// What blank worker cells below a name mean here.
    pub blanks_below: BlanksBelow,
}

impl TableReading {
    /// The columns with this meaning.
    pub fn columns_of(&self, meaning: Meaning) -> impl Iterator<Item = &ColumnReading> {
        self.columns.iter().filter(move |column| column.meaning == meaning)
    }

    /// The column with this meaning.
    pub fn column(&self, meaning: Meaning) -> Option<u32> {
        self.columns.iter().find(|column| column.meaning == meaning).map(|column| column.column)
    }

    /// The heading cell of the column with this meaning.
    pub fn heading(&self, meaning: Meaning) -> Option<CellRef> {
        Some(CellRef::new(self.header, self.column(meaning)?))
    }

    /// The row at or above this one that heads the cases below it.
    pub fn headed(&self, row: u32) -> Option<&Headed> {
        let at = self.headed.partition_point(|headed| headed.row <= row);
        at.checked_sub(1).map(|at| &self.headed[at])
    }

    /// What stands above a row, other than in its columns, about this of its worker.
    pub fn said_of_worker(&self, row: u32, meaning: Meaning) -> Option<&Said> {
        let said = match (self.headed(row).map(|headed| &headed.by), &self.whose) {
            (Some(HeadedBy::Worker(_, said)), _) => said,
            (None, Some(_)) => &self.said,
            _ => return None,
        };
        said.iter().find(|said| said.meaning == meaning)
    }

    /// What the block above the header says of this.
    pub fn said(&self, meaning: Meaning) -> Option<&Said> {
        self.said.iter().find(|said| said.meaning == meaning)
    }

    /// The first used cell of the header row.
    pub fn first_heading(&self) -> CellRef {
        let column = self.columns.iter().map(|column| column.column).min();
        CellRef::new(self.header, column.unwrap_or(self.area.first.column))
    }
}

/// Something that a block above a table says of its worker or team.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// What it is about.
    pub meaning: Meaning,
    /// The cell that says it.
    pub at: CellRef,
    /// What it says, without its label.
    pub value: Value,
}

/// The worker whose table it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// The worker as written.
    pub name: String,
    /// The cell that names them; `None` for the sheet's or the file's name.
    pub at: Option<CellRef>,
    /// Where the name was taken from, as a phrase: `the sheet's name`.
    pub from: &'static str,
    /// A label or another sheet says that it is a worker; else it only reads like a name.
    pub sure: bool,
    /// It is a single word, or one that places are called by: a team may be called so.
    pub may_be_a_team: bool,
}

/// A column and what it was taken to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReading {
    /// Zero-based column.
    pub column: u32,
    /// The heading as written.
    pub heading: String,
    /// What it means.
    pub meaning: Meaning,
    /// How the heading was recognised.
    pub how: HowRead,
    /// The column is hidden.
    pub hidden: bool,
}

/// How a word was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HowRead {
    /// The word stands in the lists.
    Listed,
    /// It is spelt nearly like this listed word.
    Close(String),
}

/// A row that heads the cases below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Headed {
    /// Zero-based row.
    pub row: u32,
    /// What it says of who holds them.
    pub by: HeadedBy,
}

/// What a row that heads cases says of who holds them.
#[derive(Debug, Clone, PartialEq)]
pub enum HeadedBy {
    /// A worker, and what else the row says of them.
    Worker(Whose, Vec<Said>),
    /// Nobody holds them.
    Nobody(CellRef),
    /// It cannot be told.
    Unclear(CellRef),
}

impl HeadedBy {
    /// The worker that is named, if one is.
    pub fn worker(&self) -> Option<&Whose> {
        match self {
            HeadedBy::Worker(whose, _) => Some(whose),
            HeadedBy::Nobody(_) | HeadedBy::Unclear(_) => None,
        }
    }
}

named! {
    /// What blank worker cells below a name mean.
    BlanksBelow {
        /// A child without a worker.
        Unallocated = "unallocated",
        /// The worker named above.
        FillDown = "fill-down",
        /// It cannot be told.
        CannotTell = "cannot-tell",
    }
}
