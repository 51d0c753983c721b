//! The words of the field: teams, workers, the children they hold, and what each cell said of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::names::named;
use crate::book::sheet::Place;
use crate::field::reading::{Layout, Meaning, SheetReading};

mod shared;
mod tasks;
mod time;

pub use shared::{Shared, shared};
pub use tasks::{TaskForm, TaskLine};
pub use time::{CaseTime, Deduction, StatedTotals, TimeForm, TimeItem};

/// The sheet number of places on a roster that came from another file; no sheet of the workbook has it.
pub const ELSEWHERE: usize = usize::MAX;

/// What one workbook says: how each sheet was read, and the teams found in it.
#[derive(Debug, Clone, Default)]
pub struct Caseload {
    /// One entry for each sheet of the workbook, in its order; a [`Place`] points into it.
    pub sheets: Vec<SheetReading>,
    /// Teams in the order in which they first appear.
    pub teams: Vec<Team>,
}

impl Caseload {
    /// The name of the sheet that a place lies on.
    pub fn sheet_name(&self, place: Place) -> &str {
        self.sheets.get(place.sheet).map_or("", |sheet| sheet.name.as_str())
    }

    /// Every worker with the team they are listed in.
    pub fn workers(&self) -> impl Iterator<Item = (&Team, &Worker)> {
        self.teams.iter().flat_map(|team| team.workers.iter().map(move |worker| (team, worker)))
    }
}

/// A team: the workers it lists and the children nobody holds.
#[derive(Debug, Clone)]
pub struct Team {
    /// The name as first written.
    pub name: String,
    /// The service area whose limits apply; `None` where no word for one was found.
    pub area: Option<ServiceArea>,
    /// What the service area was taken from, as a phrase: `the team column`.
    pub area_from: &'static str,
    /// Where the team's name stands: cells of its column, or the first cell of its table.
    pub named: Vec<Place>,
    /// What the columns of the team's sheets mean, taken together.
    pub columns: BTreeSet<Meaning>,
    /// Workers in the order in which they first appear.
    pub workers: Vec<Worker>,
    /// Cases without a key worker.
    pub unallocated: Vec<Case>,
}

/// A practitioner who holds cases, or stands on the roster.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The name as first written, tidied of doubled spaces and of notes such as `(0.8)`.
    pub name: String,
    /// The name as it is compared: same key, same person within this workbook.
    pub key: String,
    /// Cells of caseload rows that name the worker as key worker, in order.
    pub named: Vec<Place>,
    /// The worker's cell on the roster, if there is one.
    pub on_roster: Option<Place>,
    /// Another way of writing the same name that was read as this person, and where.
    pub also_written: Vec<(String, Place)>,
    /// Names like this one that were not taken for the same person: the other's name, and a cell of this one.
    pub resembles: Vec<(String, Place)>,
    /// The role that limits are chosen by.
    pub role: Role,
    /// The role written in the role column, before a stage makes it NQSW or student.
    pub written_role: Entry<Role>,
    /// What the role cells say, for the grades that a policy tells apart; empty where nothing is written.
    pub post: String,
    /// All different roles written for the worker.
    pub roles: Vec<(Role, Place)>,
    /// Time in practice; `None` where nothing says.
    pub stage: Option<Stage>,
    /// What the stage was taken from.
    pub stage_from: StageFrom,
    /// The experience column's cell as read, whether or not it decided.
    pub written_stage: Entry<Stage>,
    /// All different stages written for the worker.
    pub stages: Vec<(Stage, Place)>,
    /// Start in practice, where a column gives it.
    pub started: Entry<Date>,
    /// The FTE cell that decided, or why there is none.
    pub fte: Entry<FteFigure>,
    /// All different FTE figures written for the worker.
    pub ftes: Vec<(FteFigure, Place)>,
    /// Duties beside cases, with their points where a figure is given.
    pub duties: Entry<Duties>,
    /// A limit agreed with this worker.
    pub agreed: Entry<Agreed>,
    /// The manager's own judgement.
    pub judgement: Entry<Judgement>,
    /// Known from lists that tell nothing of a worker's post, and the FTE stands nowhere else: nothing
    /// is assumed of it, and a roster is asked for (domain section 13).
    pub post_unknown: bool,
    /// Children (or carers, reviews …) held as key worker, each once.
    pub cases: Vec<Case>,
    /// Cases helped with as co-worker; they count for nothing, and are shown.
    pub co_worked: Vec<Case>,
    /// Named only as somebody's co-worker, and not on a roster: listed, not scored.
    pub only_co_worker: bool,
    /// A blank cell below this worker's name may or may not mean the same worker; not scored.
    pub unclear_below: Option<Place>,
    /// What a table of counts says beside the children, where the children are known by it alone.
    pub counts: Option<Counts>,
    /// What tables of counts say of a worker beside lists of children.
    pub stated: Vec<Stated>,
    /// Cells that leave the number of children unknown; not scored.
    pub not_counted: Vec<NotCounted>,
    /// The form that the worker is known by where nothing lists or counts their children; how many they
    /// hold is not known then, and never taken for none.
    pub only_on_form: Option<Layout>,
    /// The tasks or pieces of work that a tasks form gives of the worker.
    pub tasks: Option<TaskForm>,
    /// The hours that a time form gives.
    pub time: Option<TimeForm>,
}

impl Worker {
    /// The share of a full-time post to reckon with: as written, 1 where nothing is written
    /// (domain section 10), `None` where what is written cannot be used.
    pub fn fte(&self) -> Option<Fte> {
        match &self.fte {
            Entry::Given(figure, _) => figure.fte,
            Entry::NoColumn | Entry::Blank(_) => (!self.post_unknown).then_some(Fte::FULL),
            Entry::Unclear(..) => None,
        }
    }

    /// The FTE is our assumption: nothing is written.
    pub fn fte_assumed(&self) -> bool {
        self.fte.is_absent() && !self.post_unknown
    }

    /// Whether the children that the worker holds are all known.
    pub fn children_known(&self) -> bool {
        self.not_counted.is_empty() && self.only_on_form.is_none()
    }

    /// Whether the official measure's "social worker" holds for the role: managers who hold cases too, nobody who is
    /// not registered (Department for Education, children's social work workforce).
    pub fn is_social_worker(&self) -> bool {
        matches!(self.role, Role::SocialWorker | Role::Nqsw | Role::DeputyTeamManager | Role::TeamManager)
    }

    /// Cases as the official measure counts them: persons allocated to the worker, siblings each by each, foster
    /// carers for those who hold them; 0 for those who only help. `None` for others than social workers, and where
    /// the number is not known.
    pub fn official_cases(&self) -> Option<u32> {
        let counts = |case: &&Case| matches!(case.subject, Subject::Child | Subject::FosterCarer);
        (self.is_social_worker() && self.children_known()).then(|| count(self.cases.iter().filter(counts)))
    }

    /// The role that a worker's limit is chosen by: of an NQSW the role written beside, else social worker.
    pub fn base_role(&self) -> Role {
        match (self.role, self.written_role.given()) {
            (Role::Nqsw, Some(Role::Nqsw) | None) => Role::SocialWorker,
            (Role::Nqsw, Some(written)) => *written,
            (role, _) => role,
        }
    }

    /// A cell to hang a remark about the worker on: the first that names them.
    pub fn place(&self) -> Option<Place> {
        self.named
            .first()
            .copied()
            .or(self.on_roster)
            .or_else(|| self.co_worked.first().and_then(|case| case.co_workers.first().map(|(_, at)| *at)))
            .or_else(|| self.co_worked.first().map(|case| case.place))
    }

    /// The worker's own cases by household, in order of first appearance; a child without a
    /// household is one alone. `None` where some case comes from a sheet without a household column.
    pub fn households(&self) -> Option<Vec<Household<'_>>> {
        let mut order: Vec<Household<'_>> = Vec::new();
        let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &self.cases {
            match &case.household {
                Entry::NoColumn => return None,
                Entry::Given(key, _) => match by_key.get(key.as_str()) {
                    Some(&at) => order[at].cases.push(case),
                    None => {
                        by_key.insert(key, order.len());
                        order.push(Household { name: Some(key), cases: vec![case] });
                    }
                },
                Entry::Blank(_) | Entry::Unclear(..) => order.push(Household { name: None, cases: vec![case] }),
            }
        }
        Some(order)
    }
}

/// What a table with one row for each worker counts beside the children themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// The statuses that have a column of their own.
    pub statuses: BTreeSet<CaseStatus>,
    /// Families or households of the children.
    pub families: Option<u32>,
    /// Sets of care proceedings.
    pub sets: Option<u32>,
    /// Cases helped with as co-worker.
    pub co_worked: Option<u32>,
}

/// A number of children that a table of counts states of a worker, beside lists of children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The cell that states it.
    pub at: Place,
    /// The number.
    pub stated: u32,
    /// How many children the workbook lists for the worker.
    pub listed: u32,
}

/// A cell that leaves a number of children unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCounted {
    /// The cell; the worker's own where all counts are blank.
    pub at: Place,
    /// What it says, for the manager's own eyes.
    pub text: String,
    /// Nothing is written.
    pub blank: bool,
}

/// Siblings living together, as far as one worker holds them.
#[derive(Debug, Clone)]
pub struct Household<'a> {
    /// The household's reference, `None` for a child without one.
    pub name: Option<&'a str>,
    /// The household's cases in this caseload, at least one.
    pub cases: Vec<&'a Case>,
}

impl Household<'_> {
    /// Whether any child of the household has this status.
    pub fn has(&self, status: CaseStatus) -> bool {
        self.cases.iter().any(|case| case.has(status))
    }

    /// Whether the household is in these proceedings.
    pub fn in_proceedings(&self, proceedings: Proceedings) -> bool {
        self.cases.iter().any(|case| case.in_proceedings(proceedings))
    }
}

/// One row that counts: a child, or what the team counts instead.
#[derive(Debug, Clone)]
pub struct Case {
    /// The cell that stands for the row: the child's reference, else the row's first cell.
    pub place: Place,
    /// How many children (or carers …) the row stands for: 1 but where it counts them or names several.
    pub of: u32,
    /// The row's cell for its worker, where the sheet has one.
    pub worker_cell: Option<Place>,
    /// What kind of text stands in that cell.
    pub worker_says: WorkerSays,
    /// What the row is one of.
    pub subject: Subject,
    /// The child's reference, compared without case or spaces.
    pub child: Entry<String>,
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
    /// Names in the co-worker column, and where.
    pub co_workers: Vec<(String, Place)>,
    /// Awaiting transfer, closure or step-down; `NoColumn` where nothing could say so.
    pub awaiting_move: Entry<bool>,
    /// A temporary cause in words of ours, from its column or the notes: `holiday cover`.
    pub cause: Option<(&'static str, Place)>,
    /// Date of birth.
    pub born: Entry<Date>,
    /// Age in whole years as written, or −1 for an unborn child.
    pub age: Entry<Decimal>,
    /// Other dates on the row, with what their column means.
    pub dates: Vec<(Meaning, Entry<Date>)>,
    /// Other cells of the row that belong to the same child, set aside as duplicates.
    pub repeats: Vec<Repeat>,
    /// Words not understood beside others of the same meaning that were: what the column means, the text, the cell.
    pub also_unclear: Vec<(Meaning, String, Place)>,
    /// The row is hidden, or lies on a hidden sheet.
    pub hidden: bool,
}

impl Case {
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

/// What a cell said, at its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry<T> {
    /// The sheet has no such column.
    NoColumn,
    /// The column is there, the cell is blank.
    Blank(Place),
    /// Read.
    Given(T, Place),
    /// Something is written that was not understood; the text is for the manager's own eyes.
    Unclear(String, Place),
}

impl<T> Entry<T> {
    /// The value, where one was read.
    pub fn given(&self) -> Option<&T> {
        match self {
            Entry::Given(value, _) => Some(value),
            _ => None,
        }
    }

    /// The same cell with another value, where it has one.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Entry<U> {
        match self {
            Entry::NoColumn => Entry::NoColumn,
            Entry::Blank(place) => Entry::Blank(place),
            Entry::Given(value, place) => Entry::Given(of(value), place),
            Entry::Unclear(text, place) => Entry::Unclear(text, place),
        }
    }

    /// The cell, where the column exists.
    pub fn place(&self) -> Option<Place> {
        match self {
            Entry::NoColumn => None,
            Entry::Blank(place) | Entry::Given(_, place) | Entry::Unclear(_, place) => Some(*place),
        }
    }

    /// Nothing is written: no column, or a blank cell.
    pub fn is_absent(&self) -> bool {
        matches!(self, Entry::NoColumn | Entry::Blank(_))
    }
}

/// A share of a full-time post, exact to four places, above 0 and up to 1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fte(pub Decimal);

impl Fte {
    /// A full-time post.
    pub const FULL: Fte = Fte(Decimal::ONE);
}

/// An FTE cell: the figure written, how it was read, and the share it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FteFigure {
    /// The figure as written, before hours or percent are turned into a share.
    pub written: Decimal,
    /// How it was read.
    pub read_as: FteRead,
    /// The unit was written beside the figure, or a word was (`22.2 hrs`, `60%`, `FT`).
    pub unit_written: bool,
    /// The share of a full-time post; `None` for 0, and for figures that are none.
    pub fte: Option<Fte>,
}

named! {
    /// How an FTE cell was read.
    FteRead {
        /// As a share of a full-time post.
        Share = "share",
        /// As hours a week.
        Hours = "hours",
        /// As percent of a full-time post.
        Percent = "percent",
        /// As days a week.
        Days = "days",
    }
}

/// Duties beside cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Duties {
    /// What they are, as written; empty where only points are given.
    pub what: String,
    /// Points as written; `None` where the policy's figure applies.
    pub points: Option<Decimal>,
}

/// A limit agreed with a worker; it stands as it is, not pro rata again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The figure.
    pub limit: Decimal,
    /// Why, as the manager wrote it; empty where no reason is given.
    pub reason: String,
}

/// The manager's own judgement of a worker's load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Red, amber or green as the manager sees it.
    pub rag: crate::book::rag::Rag,
    /// Why; empty where no reason is given.
    pub reason: String,
}

named! {
    /// What a stage was taken from.
    StageFrom {
        /// Written in the sheet.
        Written = "written",
        /// Reckoned from the start date.
        StartDate = "start-date",
        /// `NQSW` without months: the first six are assumed, the more protective.
        AssumedFirstHalf = "assumed",
        /// Nothing says.
        Nothing = "nothing",
    }
}

named! {
    /// A team's field of work, by which limits are agreed (Appendix A).
    ServiceArea {
        /// Duty and assessment.
        Assessment = "assessment",
        /// Locality or field team.
        Locality = "locality",
        /// Children with disabilities.
        Disabilities = "disabilities",
        /// Independent reviewing officers.
        Iro = "iro",
        /// Children in our care.
        InCare = "in-care",
        /// Fostering.
        Fostering = "fostering",
        /// Leaving care.
        LeavingCare = "leaving-care",
    }
}

impl ServiceArea {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            ServiceArea::Assessment => "Assessment",
            ServiceArea::Locality => "Locality / field",
            ServiceArea::Disabilities => "Children with Disabilities",
            ServiceArea::Iro => "Independent Reviewing Officers",
            ServiceArea::InCare => "Children in Our Care",
            ServiceArea::Fostering => "Fostering",
            ServiceArea::LeavingCare => "Leaving Care",
        }
    }
}

named! {
    /// A worker's role.
    Role {
        /// Social worker, senior and advanced practitioners included.
        SocialWorker = "social-worker",
        /// Newly qualified social worker.
        Nqsw = "nqsw",
        /// Student social worker.
        Student = "student",
        /// Deputy team manager.
        DeputyTeamManager = "deputy-team-manager",
        /// Team manager.
        TeamManager = "team-manager",
        /// Independent reviewing officer.
        Iro = "iro",
        /// Personal adviser.
        PersonalAdviser = "personal-adviser",
        /// Qualified, waiting for registration.
        AwaitingRegistration = "awaiting-registration",
        /// Family support worker.
        FamilySupportWorker = "family-support-worker",
        /// A role that is none of these.
        Other = "other",
    }
}

impl Role {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Role::SocialWorker => "social worker",
            Role::Nqsw => "NQSW",
            Role::Student => "student",
            Role::DeputyTeamManager => "deputy team manager",
            Role::TeamManager => "team manager",
            Role::Iro => "IRO",
            Role::PersonalAdviser => "personal adviser",
            Role::AwaitingRegistration => "awaiting registration",
            Role::FamilySupportWorker => "family support worker",
            Role::Other => "other role",
        }
    }
}

named! {
    /// Time in practice, each span closed below and open above; students by placement.
    Stage {
        /// Newly qualified, up to six months.
        Nqsw0To6 = "nqsw-0-6",
        /// Newly qualified, six months up to a year.
        Nqsw6To12 = "nqsw-6-12",
        /// One year up to two.
        Year1To2 = "1-2",
        /// Two years up to three.
        Year2To3 = "2-3",
        /// Three years and more.
        Year3Plus = "3+",
        /// Student on the first placement.
        Student1 = "student-1",
        /// Student on the second placement.
        Student2 = "student-2",
    }
}

impl Stage {
    /// The stage after this many whole months in practice.
    pub fn after_months(months: i64) -> Stage {
        match months {
            ..6 => Stage::Nqsw0To6,
            6..12 => Stage::Nqsw6To12,
            12..24 => Stage::Year1To2,
            24..36 => Stage::Year2To3,
            36.. => Stage::Year3Plus,
        }
    }

    /// Within the assessed and supported first year.
    pub fn is_nqsw(self) -> bool {
        matches!(self, Stage::Nqsw0To6 | Stage::Nqsw6To12)
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Nqsw0To6 => "NQSW, months 0–6",
            Stage::Nqsw6To12 => "NQSW, months 6–12",
            Stage::Year1To2 => "1 year up to 2",
            Stage::Year2To3 => "2 years up to 3",
            Stage::Year3Plus => "3 years and more",
            Stage::Student1 => "student, first placement",
            Stage::Student2 => "student, second placement",
        }
    }
}

named! {
    /// Where a child stands with the service.
    CaseStatus {
        /// Child in need.
        ChildInNeed = "child-in-need",
        /// On a child protection plan.
        ChildProtection = "child-protection",
        /// In our care (looked after).
        InCare = "in-care",
        /// Care leaver.
        CareLeaver = "care-leaver",
        /// Being assessed.
        Assessment = "assessment",
        /// Early help.
        EarlyHelp = "early-help",
        /// Step-down, transfer or closure is planned; the case is still open.
        AwaitingMove = "awaiting-move",
        /// Closed; the row is set aside.
        Closed = "closed",
        /// Open, with nothing said of the kind (`open`, `allocated`).
        Open = "open",
    }
}

impl CaseStatus {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            CaseStatus::ChildInNeed => "child in need",
            CaseStatus::ChildProtection => "child protection plan",
            CaseStatus::InCare => "child in our care",
            CaseStatus::CareLeaver => "care leaver",
            CaseStatus::Assessment => "assessment",
            CaseStatus::EarlyHelp => "early help",
            CaseStatus::AwaitingMove => "awaiting transfer or closure",
            CaseStatus::Closed => "closed",
            CaseStatus::Open => "open",
        }
    }
}

named! {
    /// Proceedings before the court, beside the status.
    Proceedings {
        /// Care proceedings.
        Care = "care",
        /// Private proceedings.
        Private = "private",
    }
}

/// A household's intervention level as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A figure, taken as it stands.
    Figure(Decimal),
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Transferring or ending.
    Ending,
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

named! {
    /// What a row is one of.
    Subject {
        /// A child; in leaving care a young person.
        Child = "child",
        /// A foster carer supervised.
        FosterCarer = "foster-carer",
        /// An assessment of carers under way.
        CarerAssessment = "carer-assessment",
        /// A review an independent reviewing officer chairs.
        Review = "review",
    }
}

named! {
    /// What loads and limits are counted in.
    Unit {
        /// Children, each sibling counted.
        Children = "children",
        /// Young people.
        YoungPeople = "young-people",
        /// Reviews.
        Reviews = "reviews",
        /// Foster carers supervised.
        FosterCarers = "foster-carers",
        /// Assessments under way.
        Assessments = "assessments",
        /// Points.
        Points = "points",
        /// Hours.
        Hours = "hours",
        /// Tasks.
        Tasks = "tasks",
        /// Cases.
        Cases = "cases",
    }
}

impl Unit {
    /// The words people read: `foster carers`.
    pub fn label(self) -> &'static str {
        match self {
            Unit::YoungPeople => "young people",
            Unit::FosterCarers => "foster carers",
            other => other.name(),
        }
    }
}

/// Per-worker figures shown beside the ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Children held as key worker; `None` of a worker known by a form that lists none.
    pub children: Option<u32>,
    /// Households of those children; `None` where a sheet has no household column.
    pub households: Option<u32>,
    /// Children on protection plans; `None` where no column says.
    pub cp: Option<u32>,
    /// Children in our care; `None` where no column says.
    pub cioc: Option<u32>,
    /// Households in care proceedings, a child without a household alone; `None` where no column says.
    pub care_proceedings: Option<u32>,
    /// Cases helped with as co-worker.
    pub co_worked: u32,
    /// Cases awaiting transfer, closure or step-down; `None` where no column says.
    pub awaiting_move: Option<u32>,
}

/// Counts what is shown beside a worker's ratings [RC: CP, children in our care, proceedings, families].
pub fn beside(team: &Team, worker: &Worker) -> Beside {
    let children = || worker.cases.iter().filter(|case| case.subject == Subject::Child);
    let known = |any: &dyn Fn(&Case) -> bool, columns: &[Meaning]| {
        children().any(any) || columns.iter().any(|meaning| team.columns.contains(meaning))
    };
    // A form may tell the status of some households and give points alone for others.
    let points_alone = |case: &Case| {
        let points = case.status_points.given().is_some_and(|points| !points.is_zero());
        points && matches!(case.status, Entry::NoColumn)
    };
    let has_status = known(&|case| !matches!(case.status, Entry::NoColumn), &[Meaning::Status, Meaning::TickedStatus])
        && !children().any(points_alone);
    let has_court = has_status || known(&|case| !matches!(case.proceedings, Entry::NoColumn), &[Meaning::Proceedings]);
    let listed = worker.only_on_form.is_none();
    let has_moves = known(
        &|case| !matches!(case.awaiting_move, Entry::NoColumn),
        &[Meaning::AwaitingMove, Meaning::Status, Meaning::Notes],
    );
    let with = |status: CaseStatus| {
        let has_column = worker.counts.as_ref().map_or(has_status, |counts| counts.statuses.contains(&status));
        (has_column && listed).then(|| count(children().filter(|case| case.has(status))))
    };
    let counts = worker.counts.as_ref();
    Beside {
        children: listed.then(|| count(children())),
        households: match counts {
            Some(counts) => counts.families,
            None => worker.households().filter(|_| listed).map(|all| count(all.iter().filter(of_children))),
        },
        cp: with(CaseStatus::ChildProtection),
        cioc: with(CaseStatus::InCare),
        care_proceedings: match counts {
            Some(counts) => counts.sets,
            None => (has_court && listed).then(|| care_sets(children())),
        },
        co_worked: count(worker.co_worked.iter()) + counts.and_then(|counts| counts.co_worked).unwrap_or(0),
        awaiting_move: (has_moves && listed && counts.is_none())
            .then(|| count(children().filter(|case| case.awaits_move()))),
    }
}

fn of_children(household: &&Household<'_>) -> bool {
    household.cases.iter().any(|case| case.subject == Subject::Child)
}

/// How many items there are, as the figures count them.
pub fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// Households in care proceedings among these children; a child without a household is one alone.
pub fn care_sets<'a>(children: impl Iterator<Item = &'a Case>) -> u32 {
    let mut named = BTreeSet::new();
    let mut alone = 0;
    for case in children.filter(|case| case.in_proceedings(Proceedings::Care)) {
        match case.household.given() {
            Some(household) => _ = named.insert(household.as_str()),
            None => alone += 1,
        }
    }
    alone + count(named.into_iter())
}
