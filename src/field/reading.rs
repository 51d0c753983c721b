//! How a sheet was read: its layout, header and columns, and what became of each row.

use rust_decimal::Decimal;

use crate::book::names::named;
use crate::book::sheet::{Area, CellRef, Place, Value, Visibility};

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
    /// What a table was taken for.
    Layout {
        /// One row for each child, with the worker in a column.
        RowPerChild = "row-per-child",
        /// One row for each child on a sheet, or below a title, of one worker.
        SheetPerWorker = "sheet-per-worker",
        /// One row for each child below a row that names the worker.
        WorkerHeadings = "worker-headings",
        /// One row for each household with a number of children.
        RowPerHousehold = "row-per-household",
        /// One row for each worker with counts of children.
        RowPerWorker = "row-per-worker",
        /// One row for each foster carer or assessment.
        RowPerCarer = "row-per-carer",
        /// One row for each review.
        RowPerReview = "row-per-review",
        /// The Task Force's points form: one row for each household of one worker.
        PointsForm = "points-form",
        /// The Task Force's time form: the hours of one worker, or of several in columns.
        TimeForm = "time-form",
        /// The Task Force's tasks form: numbers of tasks of one worker, or of several in rows or columns.
        TasksForm = "tasks-form",
        /// Ofsted Annex A, list 6: children in need, on plans and in care.
        AnnexAList6 = "annex-a-list-6",
        /// Ofsted Annex A, list 9: care leavers.
        AnnexAList9 = "annex-a-list-9",
        /// Ofsted Annex A, lists 7 and 8: more of the children on list 6.
        AnnexADetail = "annex-a-detail",
        /// One row for each worker with role, FTE and the like.
        Roster = "roster",
        /// Nothing we read.
        None = "none",
    }
}

impl Layout {
    /// A sentence for the summary.
    pub fn sentence(self) -> &'static str {
        match self {
            Layout::RowPerChild => "Taken for a caseload with one row for each case.",
            Layout::SheetPerWorker => "Taken for the caseload of one worker, with one row for each case.",
            Layout::WorkerHeadings => "Taken for a caseload with each worker's name in a row above their cases.",
            Layout::RowPerHousehold => {
                "Taken for a caseload with one row for each household and its number of children."
            }
            Layout::RowPerWorker => "Taken for a table with one row for each worker and counts of children.",
            Layout::RowPerCarer => "Taken for a list of foster carers and assessments, one row for each.",
            Layout::RowPerReview => "Taken for a list of reviews, one row for each.",
            Layout::PointsForm => "Taken for a points form with one row for each household of a worker.",
            Layout::TimeForm => {
                "Taken for a time form: hours available, what is taken off them, and hours for each case."
            }
            Layout::TasksForm => "Taken for a tasks form: numbers of tasks or pieces of work.",
            Layout::AnnexAList6 => "Taken for list 6 of Ofsted's Annex A: children in need, on plans and in care.",
            Layout::AnnexAList9 => "Taken for list 9 of Ofsted's Annex A: care leavers.",
            Layout::AnnexADetail => "Taken for a list of Ofsted's Annex A that tells more of children on list 6.",
            Layout::Roster => "Taken for a roster with one row for each worker.",
            Layout::None => "Passed over: no caseload.",
        }
    }

    /// A form that tells of a worker's work and lists no children: what it is called.
    pub fn form(self) -> Option<&'static str> {
        match self {
            Layout::TimeForm => Some("a time form"),
            Layout::TasksForm => Some("a tasks form"),
            _ => None,
        }
    }

    /// Whether it is one of the lists of Ofsted's Annex A that hold the caseload.
    ///
    /// They tell nothing of the worker's post, so that nothing is assumed of it either (domain section 13).
    pub fn is_annex_a(self) -> bool {
        matches!(self, Layout::AnnexAList6 | Layout::AnnexAList9)
    }

    /// Whether each of its rows is a case, or several.
    pub fn lists_cases(self) -> bool {
        self.holds_cases() && self != Layout::RowPerWorker && self.form().is_none()
    }

    /// Whether its rows are cases, count them, or tell of the work that they make.
    pub fn holds_cases(self) -> bool {
        !matches!(self, Layout::Roster | Layout::AnnexADetail | Layout::None)
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
        /// Key worker's first name, where the worker column holds the surname.
        WorkerFirstName = "worker-first-name",
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
        /// A case status that the heading names, ticked; there may be several.
        TickedStatus = "ticked-status",
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
        /// Number of children in the household.
        Children = "children",
        /// Base points of a points form: one for each child of the household.
        BasePoints = "base-points",
        /// Points for the case status, as a form gives them.
        StatusPoints = "status-points",
        /// All points of a household, as a form gives them, or of a case in a list.
        PointsTotal = "points-total",
        /// A count of a worker's children: in all, or of one status.
        Count = "count",
        /// Task or piece of work.
        Task = "task",
        /// Number of tasks.
        TaskNumber = "task-number",
        /// Points for all tasks of a line, as a form gives them.
        TaskPoints = "task-points",
        /// Number of tasks of the worker whom the heading names.
        TasksOfWorker = "tasks-of-worker",
        /// Number of tasks of the kind that the heading names.
        TasksOfKind = "tasks-of-kind",
        /// What the line of a form is about.
        Line = "line",
        /// Hours, as a time form gives them.
        Hours = "hours",
    }
}

impl Meaning {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Meaning::Worker => "key worker",
            Meaning::WorkerFirstName => "key worker's first name",
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
            Meaning::TickedStatus => "case status, ticked",
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
            Meaning::Children => "number of children",
            Meaning::BasePoints => "base points",
            Meaning::StatusPoints => "points for the case status",
            Meaning::PointsTotal => "total points",
            Meaning::Count => "count of children",
            Meaning::Task => "task or piece of work",
            Meaning::TaskNumber => "number of tasks",
            Meaning::TaskPoints => "points for tasks",
            Meaning::TasksOfWorker => "number of tasks of this worker",
            Meaning::TasksOfKind => "number of tasks of this kind",
            Meaning::Line => "line of the form",
            Meaning::Hours => "hours",
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
                | Meaning::TickedStatus
                | Meaning::Proceedings
                | Meaning::Opened
                | Meaning::Count
                | Meaning::TasksOfWorker
                | Meaning::TasksOfKind
        )
    }
}
