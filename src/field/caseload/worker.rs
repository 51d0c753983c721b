//! A worker: who it is, the post, and what they hold.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Case, CaseStatus, Entry, Proceedings, Role, Stage, Subject, TaskForm, TimeForm, count};
use crate::book::names::named;
use crate::book::rag::Rag;
use crate::book::sheet::Place;
use crate::field::reading::Layout;

/// A practitioner who holds cases, or stands on the roster.
#[derive(Debug, Clone, Default)]
pub struct Worker {
    /// Who it is.
    pub who: Identity,
    /// What they are employed as.
    pub post: Post,
    /// What they hold.
    pub holds: Holding,
}

/// Who a worker is, and where that is written.
#[derive(Debug, Clone, Default)]
pub struct Identity {
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
}

/// A worker's post: by which limits and benchmarks are chosen, and what they are pro rata to.
#[derive(Debug, Clone)]
pub struct Post {
    /// The role that limits are chosen by.
    pub role: Role,
    /// The role written in the role column, before a stage makes it NQSW or student.
    pub written_role: Entry<Role>,
    /// What the role cells say, for the grades that a policy tells apart; empty where nothing is written.
    pub title: String,
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
    pub unknown: bool,
}

/// What a worker holds, and what is not known of it.
#[derive(Debug, Clone, Default)]
pub struct Holding {
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

impl Post {
    /// The role that a limit is chosen by: of an NQSW the role written beside, else social worker.
    pub fn base_role(&self) -> Role {
        match (self.role, self.written_role.given()) {
            (Role::Nqsw, Some(Role::Nqsw) | None) => Role::SocialWorker,
            (Role::Nqsw, Some(written)) => *written,
            (role, _) => role,
        }
    }
}

impl Default for Post {
    /// A social worker's, of whom nothing else is written.
    fn default() -> Self {
        Self {
            role: Role::SocialWorker,
            written_role: Entry::NoColumn,
            title: String::new(),
            roles: Vec::new(),
            stage: None,
            stage_from: StageFrom::Nothing,
            written_stage: Entry::NoColumn,
            stages: Vec::new(),
            started: Entry::NoColumn,
            fte: Entry::NoColumn,
            ftes: Vec::new(),
            duties: Entry::NoColumn,
            agreed: Entry::NoColumn,
            judgement: Entry::NoColumn,
            unknown: false,
        }
    }
}

impl Worker {
    /// The share of a full-time post to reckon with: as written, 1 where nothing is written
    /// (domain section 10), `None` where what is written cannot be used.
    pub fn fte(&self) -> Option<Fte> {
        match &self.post.fte {
            Entry::Given(figure, _) => figure.fte,
            Entry::NoColumn | Entry::Blank(_) => (!self.post.unknown).then_some(Fte::FULL),
            Entry::Unclear(..) => None,
        }
    }

    /// The FTE is our assumption: nothing is written.
    pub fn fte_assumed(&self) -> bool {
        self.post.fte.is_absent() && !self.post.unknown
    }

    /// Whether the children that the worker holds are all known.
    pub fn children_known(&self) -> bool {
        self.holds.not_counted.is_empty() && self.holds.only_on_form.is_none()
    }

    /// Whether the official measure's "social worker" holds for the role: managers who hold cases too, nobody who is
    /// not registered (Department for Education, children's social work workforce).
    pub fn is_social_worker(&self) -> bool {
        matches!(self.post.role, Role::SocialWorker | Role::Nqsw | Role::DeputyTeamManager | Role::TeamManager)
    }

    /// Cases as the official measure counts them: persons allocated to the worker, siblings each by each, foster
    /// carers for those who hold them; 0 for those who only help. `None` for others than social workers, and where
    /// the number is not known.
    pub fn official_cases(&self) -> Option<u32> {
        let counts = |case: &&Case| matches!(case.subject, Subject::Child | Subject::FosterCarer);
        (self.is_social_worker() && self.children_known()).then(|| count(self.holds.cases.iter().filter(counts)))
    }

    /// A cell to hang a remark about the worker on: the first that names them.
    pub fn place(&self) -> Option<Place> {
        self.who
            .named
            .first()
            .copied()
            .or(self.who.on_roster)
            .or_else(|| self.holds.co_worked.first().and_then(|case| case.co_workers.first().map(|(_, at)| *at)))
            .or_else(|| self.holds.co_worked.first().map(|case| case.place))
    }

    /// The worker's own cases by household, in order of first appearance; a child without a
    /// household is one alone. `None` where some case comes from a sheet without a household column.
    pub fn households(&self) -> Option<Vec<Household<'_>>> {
        let mut order: Vec<Household<'_>> = Vec::new();
        let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &self.holds.cases {
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
    pub rag: Rag,
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
        /// Newly qualified as written, and started a year ago or more: the second half is taken.
        FirstYearOver = "first-year-over",
        /// `NQSW` without months: the first six are assumed, the more protective.
        AssumedFirstHalf = "assumed",
        /// Nothing says.
        Nothing = "nothing",
    }
}
