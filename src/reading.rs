//! How a sheet was read: its layout, header and columns, and what became of each row.

use rust_decimal::Decimal;

use crate::names::named;
use crate::sheet::{CellRef, Place, Visibility};

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
    /// What the sheet was taken for.
    pub layout: Layout,
    /// Zero-based row of the (last) header row.
    pub header: Option<u32>,
    /// The columns used, in the order of the sheet.
    pub columns: Vec<ColumnReading>,
    /// Headings that stand for nothing we use: the cell and its text.
    pub unused: Vec<(CellRef, String)>,
    /// Columns passed over because an earlier one had the same meaning.
    pub doubled: Vec<ColumnReading>,
    /// Rows below the header, up to the last that holds anything.
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
    /// Formula cells in used columns whose result the file does not hold.
    pub without_result: Vec<CellRef>,
    /// Cells in used columns with an error value: the cell and the error.
    pub error_values: Vec<(CellRef, String)>,
    /// Text dates in used columns whose year has two digits.
    pub short_years: Vec<CellRef>,
    /// What blank worker cells below a name mean here.
    pub blanks_below: BlanksBelow,
    /// Merged cells read as the same value on each of their rows.
    pub merged_read: Vec<CellRef>,
    /// Why no caseload was found, with the nearest miss, or why the sheet is not readable.
    pub why: String,
    /// A required column that a header was found without.
    pub required_missing: Option<Meaning>,
    /// Texts above the header, in reading order.
    pub titles: Vec<String>,
    /// Cells whose word was recognised by a close spelling: the cell and the listed word.
    pub close_words: Vec<(CellRef, String)>,
}

impl SheetReading {
    /// A sheet that nothing is known of yet: not a caseload, for the reason given.
    pub fn passed_over(name: &str, visibility: Visibility, why: impl Into<String>) -> Self {
        Self {
            name: name.to_string(),
            visibility,
            state: SheetState::NoCaseload,
            ours: false,
            layout: Layout::None,
            header: None,
            columns: Vec::new(),
            unused: Vec::new(),
            doubled: Vec::new(),
            rows_read: 0,
            rows_counted: 0,
            set_aside: Vec::new(),
            hidden_rows: Vec::new(),
            filtered: false,
            totals: Vec::new(),
            without_result: Vec::new(),
            error_values: Vec::new(),
            short_years: Vec::new(),
            blanks_below: BlanksBelow::Unallocated,
            merged_read: Vec::new(),
            why: why.into(),
            required_missing: None,
            titles: Vec::new(),
            close_words: Vec::new(),
        }
    }

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
        Some(CellRef::new(self.header?, self.column(meaning)?))
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

/// A figure on a totals row beside what the rows above it come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The cell of the stated figure.
    pub cell: CellRef,
    /// The figure stated.
    pub stated: Decimal,
    /// What we count.
    pub counted: Decimal,
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
    /// What a sheet was taken for.
    Layout {
        /// One row for each child.
        RowPerChild = "row-per-child",
        /// One row for each worker with role, FTE and the like.
        Roster = "roster",
        /// One row for each worker with counts of children; not read yet.
        Counts = "row-per-worker",
        /// Nothing we read.
        None = "none",
    }
}

impl Layout {
    /// A sentence for the summary.
    pub fn sentence(self) -> &'static str {
        match self {
            Layout::RowPerChild => "Taken for a caseload with one row for each case.",
            Layout::Roster => "Taken for a roster with one row for each worker.",
            Layout::Counts => "Taken for a table with one row for each worker and counts of children.",
            Layout::None => "Passed over: no caseload.",
        }
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

named! {
    /// What a column means. The names are the keys of `[columns]` in the word lists.
    Meaning {
        /// Key worker.
        Worker = "worker",
        /// Second worker.
        CoWorker = "co-worker",
        /// Key worker or co-worker, in words.
        Holding = "holding",
        /// Team.
        Team = "team",
        /// Service area.
        Area = "service-area",
        /// Worker's role.
        Role = "role",
        /// Worker's share of a full-time post.
        Fte = "fte",
        /// Worker's time in practice.
        Stage = "stage",
        /// Worker's start in practice.
        Started = "started",
        /// Worker's duties beside cases.
        Duties = "duties",
        /// Points for those duties.
        DutyPoints = "duty-points",
        /// Limit agreed with the worker.
        AgreedLimit = "agreed-limit",
        /// Why it was agreed.
        AgreedReason = "agreed-reason",
        /// Manager's own RAG.
        Judgement = "judgement",
        /// Why the manager judges so.
        JudgementReason = "judgement-reason",
        /// Child's reference.
        Child = "child",
        /// Child's name or initials; no reference.
        ChildName = "child-name",
        /// Household's reference.
        Household = "household",
        /// Case status.
        Status = "status",
        /// Court proceedings.
        Proceedings = "proceedings",
        /// Private proceedings, ticked.
        PrivateProceedings = "private-proceedings",
        /// Intervention level.
        Intervention = "intervention",
        /// Points for additional factors.
        Additional = "additional",
        /// A factor, ticked; there may be several.
        Factor = "factor",
        /// Awaiting transfer, closure or step-down, ticked or in words.
        AwaitingMove = "awaiting-move",
        /// Notes, in which temporary causes may be named.
        Notes = "notes",
        /// Date of birth.
        Born = "born",
        /// Age in years.
        Age = "age",
        /// Date allocated.
        Allocated = "allocated",
        /// Date opened.
        Opened = "opened",
        /// Date closed.
        Closed = "closed",
        /// Foster carer's reference or name.
        FosterCarer = "foster-carer",
        /// What a fostering row is: supervised, or an assessment.
        CarerWork = "carer-work",
        /// Review, its reference or kind.
        Review = "review",
    }
}

impl Meaning {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Meaning::Worker => "key worker",
            Meaning::CoWorker => "co-worker",
            Meaning::Holding => "key worker or co-worker",
            Meaning::Team => "team",
            Meaning::Area => "service area",
            Meaning::Role => "role",
            Meaning::Fte => "FTE",
            Meaning::Stage => "experience",
            Meaning::Started => "start in practice",
            Meaning::Duties => "other duties",
            Meaning::DutyPoints => "points for other duties",
            Meaning::AgreedLimit => "agreed limit",
            Meaning::AgreedReason => "reason for the agreed limit",
            Meaning::Judgement => "manager's judgement",
            Meaning::JudgementReason => "reason for the judgement",
            Meaning::Child => "child's reference",
            Meaning::ChildName => "child's name",
            Meaning::Household => "household",
            Meaning::Status => "case status",
            Meaning::Proceedings => "proceedings",
            Meaning::PrivateProceedings => "private proceedings",
            Meaning::Intervention => "intervention level",
            Meaning::Additional => "additional factors",
            Meaning::Factor => "additional factor",
            Meaning::AwaitingMove => "awaiting transfer or closure",
            Meaning::Notes => "notes",
            Meaning::Born => "date of birth",
            Meaning::Age => "age",
            Meaning::Allocated => "date allocated",
            Meaning::Opened => "date opened",
            Meaning::Closed => "date closed",
            Meaning::FosterCarer => "foster carer",
            Meaning::CarerWork => "fostering work",
            Meaning::Review => "review",
        }
    }

    /// Whether its cells are dates.
    pub fn is_date(self) -> bool {
        matches!(self, Meaning::Started | Meaning::Born | Meaning::Allocated | Meaning::Opened | Meaning::Closed)
    }

    /// Whether a sheet may have several columns of this meaning.
    pub fn may_repeat(self) -> bool {
        matches!(
            self,
            Meaning::Factor
                | Meaning::CoWorker
                | Meaning::Notes
                | Meaning::ChildName
                | Meaning::Status
                | Meaning::Proceedings
                | Meaning::Opened
        )
    }
}
