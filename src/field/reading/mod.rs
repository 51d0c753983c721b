//! How a sheet was read: its layout, header and columns, and what became of each row.

mod layout;
mod meaning;
mod table;

use rust_decimal::Decimal;

use crate::book::names::named;
use crate::book::sheet::{CellRef, Place, Visibility};

pub use layout::Layout;
pub use meaning::Meaning;
pub use table::{BlanksBelow, ColumnReading, Headed, HeadedBy, HowRead, Said, TableReading, Whose};

/// How one sheet was read; kept beside the figures so that they can be explained.
#[derive(Debug, Clone)]
pub struct SheetReading {
    /// The tab's name.
    pub name: String,
    /// Whether people see the tab.
    pub visibility: Visibility,
    /// Read, passed over, or not readable.
    pub state: SheetState,
    /// The sheet was added by an earlier run of this program; it is not read, and replaced.
    pub ours: bool,
    /// Its number, where it is one of the lists of Ofsted's Annex A.
    pub annex_a: Option<u8>,
    /// The tables found on the sheet, in reading order.
    pub tables: Vec<TableReading>,
    /// The whole sheet is set aside: for what reason, and the sentence that explains it.
    pub aside: Option<(Reason, String)>,
    /// What the sheet's name, month or rows leave open about the whole sheet.
    pub doubts: Vec<Doubt>,
    /// Rows below the header, up to the last that holds anything; of several tables, added up.
    pub rows_read: u32,
    /// Rows that count.
    pub rows_counted: u32,
    /// Rows that do not, each with its reason, ascending.
    pub set_aside: Vec<SetAside>,
    /// Counted rows that are hidden by hand or by a filter.
    pub hidden_rows: Vec<u32>,
    /// A filter is switched on.
    pub filtered: bool,
    /// Totals rows whose figure can be checked.
    pub totals: Vec<Total>,
    /// Numbers of children given twice on a row, and not the same.
    pub row_totals: Vec<RowTotal>,
    /// Cells that make a row stand for other than one child, and headings that leave it open.
    pub several: Vec<Several>,
    /// Formula cells in used columns whose result the file does not hold.
    pub without_result: Vec<CellRef>,
    /// Cells in used columns with an error value: the cell and the error.
    pub error_values: Vec<(CellRef, String)>,
    /// Abbreviations that have another meaning too: the cell and what it is read as.
    pub ambiguous: Vec<(CellRef, &'static str)>,
    /// Text dates in used columns whose year has two digits.
    pub short_years: Vec<CellRef>,
    /// Merged cells read as the same value on each of their rows.
    pub merged_read: Vec<CellRef>,
    /// Why no caseload was found, with the nearest miss, or why the sheet is not readable.
    pub why: String,
    /// A required column that a header was found without.
    pub required_missing: Option<Meaning>,
    /// Cells whose word was recognised by a close spelling: the cell and the listed word.
    pub close_words: Vec<(CellRef, String)>,
    /// What a list joined to another says otherwise.
    pub differing: Differing,
}

impl SheetReading {
    /// A sheet that nothing is known of yet: not a caseload, for the reason given.
    pub fn passed_over(name: &str, visibility: Visibility, why: impl Into<String>) -> Self {
        Self {
            name: name.to_string(),
            visibility,
            state: SheetState::NoCaseload,
            ours: false,
            annex_a: None,
            tables: Vec::new(),
            aside: None,
            doubts: Vec::new(),
            rows_read: 0,
            rows_counted: 0,
            set_aside: Vec::new(),
            hidden_rows: Vec::new(),
            filtered: false,
            totals: Vec::new(),
            row_totals: Vec::new(),
            several: Vec::new(),
            without_result: Vec::new(),
            error_values: Vec::new(),
            ambiguous: Vec::new(),
            short_years: Vec::new(),
            merged_read: Vec::new(),
            why: why.into(),
            required_missing: None,
            close_words: Vec::new(),
            differing: Differing::default(),
        }
    }

    /// What the sheet was taken for: of several tables, the first that holds cases.
    pub fn layout(&self) -> Layout {
        let cases = self.tables.iter().find(|table| table.layout.holds_cases());
        cases.or(self.tables.first()).map_or(Layout::None, |table| table.layout)
    }

    /// Zero-based row of the (last) header row of the first table.
    pub fn header(&self) -> Option<u32> {
        self.tables.first().map(|table| table.header)
    }

    /// Whether some table of the sheet holds cases and is not set aside whole.
    pub fn holds_cases(&self) -> bool {
        self.state == SheetState::Read
            && self.aside.is_none()
            && self.tables.iter().any(|table| table.layout.holds_cases())
    }

    /// The table that a cell belongs to: the one that covers it, else the nearest above.
    pub fn table_at(&self, cell: CellRef) -> Option<&TableReading> {
        let above = |table: &&TableReading| table.area.first.row <= cell.row;
        let covering = self.tables.iter().find(|table| table.area.contains(cell));
        covering.or_else(|| self.tables.iter().rfind(above)).or(self.tables.first())
    }

    /// The columns of every table with this meaning.
    pub fn columns_of(&self, meaning: Meaning) -> impl Iterator<Item = &ColumnReading> {
        self.tables.iter().flat_map(move |table| table.columns_of(meaning))
    }

    /// Puts what several tables added into the order of the sheet, each once.
    pub fn tidy(&mut self) {
        self.set_aside.sort_by_key(|row| row.row);
        self.merged_read.sort_unstable();
        self.merged_read.dedup();
        self.close_words.sort();
        self.close_words.dedup();
    }

    /// The reasons with their counts, as sheets.csv gives them: `blank 3; heading 4`.
    pub fn reasons(&self) -> String {
        let mut parts = Vec::new();
        for reason in Reason::ALL {
            let count = self.set_aside.iter().filter(|row| row.reason == *reason).count();
            if count > 0 {
                parts.push(format!("{reason} {count}"));
            }
        }
        parts.join("; ")
    }
}

/// Something about a whole sheet that wants a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What was seen and what was done about it, as a sentence.
    pub said: String,
    /// What to do, as a sentence.
    pub todo: &'static str,
}

/// A row that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Zero-based row.
    pub row: u32,
    /// Why.
    pub reason: Reason,
    /// For a duplicate: the row it repeats.
    pub of: Option<Place>,
}

/// Numbers of the lists of Ofsted's Annex A that a caseload is read from.
pub mod list {
    /// Every child in need, those on plans and in care included.
    pub const CHILDREN_IN_NEED: u8 = 6;
    /// More of the children on child protection plans.
    pub const PLANS: u8 = 7;
    /// More of the children in care.
    pub const IN_CARE: u8 = 8;
    /// Care leavers.
    pub const CARE_LEAVERS: u8 = 9;
}

/// What lists 7 and 8 of Annex A say other than list 6 does.
#[derive(Debug, Clone, Default)]
pub struct Differing {
    /// Cells of children who stand on no list 6.
    pub unknown: Vec<CellRef>,
    /// Cells of children whose status on list 6 is another.
    pub status: Vec<CellRef>,
    /// Cells of workers other than list 6's.
    pub worker: Vec<CellRef>,
}

/// A figure on a totals row beside what the rows above it come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The cell of the stated figure.
    pub cell: CellRef,
    /// The figure stated.
    pub stated: Decimal,
    /// What we count.
    pub counted: Decimal,
    /// It adds up the figures of its own row, not those of the rows above.
    pub across: bool,
}

/// A number of children beside what the rest of its row comes to; the larger is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowTotal {
    /// The cell of the stated number.
    pub cell: CellRef,
    /// The number stated.
    pub stated: u32,
    /// What the other cells come to.
    pub counted: u32,
}

/// A cell that tells how many children a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Several {
    /// The cell; a heading for what holds of its whole column.
    pub cell: CellRef,
    /// What it tells.
    pub told: Told,
}

/// What a cell tells of the number of children on its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It names so many children, or gives their number beside a name.
    Named(u32),
    /// It says that there is none; one is counted.
    NoneGiven,
    /// The column counts siblings, perhaps without the child.
    Siblings,
    /// The column's numbers are not used: each row is one child.
    NotUsed,
}

named! {
    /// Whether a sheet was read.
    SheetState {
        /// Read.
        Read = "read",
        /// Nothing on it looks like a caseload.
        NoCaseload = "no-caseload",
        /// It looks like a caseload and could not be read.
        Unreadable = "unreadable",
    }
}

named! {
    /// Why a row does not count.
    Reason {
        /// Nothing on it.
        Blank = "blank",
        /// A heading, title or repeated header.
        Heading = "heading",
        /// A totals row.
        Totals = "totals",
        /// Its child, worker and holding stand on an earlier row.
        Duplicate = "duplicate",
        /// The case is closed.
        Closed = "closed",
        /// A later month of the same people counts.
        Superseded = "superseded",
        /// It could not be taken for a child or a worker.
        Unreadable = "unreadable",
    }
}
