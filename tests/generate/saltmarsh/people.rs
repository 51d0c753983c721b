//! Workers, children and households of a council that does not exist.

use crate::saltmarsh::chance::Chance;
use crate::saltmarsh::grid::{Cell, Day};

/// First names of workers: trees and herbs.
const FIRST: [&str; 29] = [
    "Rowan", "Hazel", "Ash", "Willow", "Alder", "Holly", "Linden", "Myrtle", "Juniper", "Briar", "Laurel", "Olive",
    "Sorrel", "Fern", "Ivy", "Heather", "Bryony", "Clover", "Tansy", "Aspen", "Maple", "Cedar", "Sage", "Poppy",
    "Violet", "Basil", "Hawthorn", "Lavender", "Saffron",
];

/// Surnames of workers: birds.
const LAST: [&str; 37] = [
    "Heron",
    "Curlew",
    "Plover",
    "Dunlin",
    "Wren",
    "Finch",
    "Teal",
    "Swift",
    "Lark",
    "Avocet",
    "Tern",
    "Sanderling",
    "Godwit",
    "Redshank",
    "Whimbrel",
    "Linnet",
    "Siskin",
    "Dunnock",
    "Wagtail",
    "Kestrel",
    "Harrier",
    "Osprey",
    "Pipit",
    "Bunting",
    "Gannet",
    "Fulmar",
    "Petrel",
    "Shelduck",
    "Wigeon",
    "Gadwall",
    "Pochard",
    "Eider",
    "Lapwing",
    "Nightjar",
    "Bittern",
    "Crake",
    "Turnstone",
];

/// A full-time post in ten-thousandths, the unit in which every share of a post is reckoned here.
pub const FULL: i64 = 10_000;

/// The day all samples are judged on.
pub const AS_OF: Day = (2025, 9, 30);

/// Hands out names and references, each once in the whole directorate.
pub struct Register {
    pub chance: Chance,
    names: usize,
    child: u32,
    household: u32,
}

impl Register {
    /// References of this workbook start at these numbers; `block` keeps workbooks apart.
    pub fn new(block: u32) -> Self {
        Self {
            chance: Chance::new(u64::from(block)),
            names: block as usize * 11,
            child: 1000 * block,
            household: 500 * block,
        }
    }

    /// The next worker's name.
    pub fn name(&mut self) -> String {
        let at = self.names;
        self.names += 1;
        format!("{} {}", FIRST[at % FIRST.len()], LAST[at % LAST.len()])
    }

    /// The next child's reference, `S-1042`.
    pub fn child(&mut self) -> String {
        self.child += 1 + self.chance.below(3) as u32;
        format!("S-{}", self.child)
    }

    /// The next household's reference, `F-301`.
    pub fn household(&mut self) -> String {
        self.household += 1;
        format!("F-{}", self.household)
    }

    /// A date of birth that makes a child this many years old at the as-of date.
    pub fn born(&mut self, years: u16) -> Day {
        let month = 1 + self.chance.below(12) as u8;
        let day = 1 + self.chance.below(28) as u8;
        let had_birthday = (month, day) <= (AS_OF.1, AS_OF.2);
        (AS_OF.0 - years - u16::from(!had_birthday), month, day)
    }
}

/// A worker: what is true, and how the sheet writes it.
#[derive(Clone)]
pub struct Worker {
    pub name: String,
    /// As `role` is named in workers.csv.
    pub role: &'static str,
    pub role_written: &'static str,
    /// As `stage` is named in workers.csv; empty where the sheet does not say.
    pub stage: &'static str,
    pub stage_written: &'static str,
    pub started: Option<Day>,
    /// Ten-thousandths of a post.
    pub fte: i64,
    pub fte_written: Cell,
    /// The sheet says a share of a post that can be used, or none at all.
    pub fte_known: bool,
    pub duties: &'static str,
    /// What the duties come to in points.
    pub duty_points: i64,
    /// Whether the sheet writes those points down.
    pub duty_points_written: bool,
    /// An individually agreed limit and its reason.
    pub agreed: Option<(i64, &'static str)>,
    /// The manager's own judgement and its reason.
    pub judgement: Option<(&'static str, &'static str)>,
    /// What a tasks form, by which alone the worker is known, comes to by the indicative points.
    pub tasks: Option<Tasks>,
}

/// What the tasks on a form come to.
#[derive(Clone, Copy, PartialEq)]
pub enum Tasks {
    /// So many points.
    Points(i64),
    /// It cannot be told.
    Untold,
}

impl Worker {
    /// A full-time worker of this role (as written, then as named in workers.csv).
    pub fn new(register: &mut Register, role_written: &'static str, role: &'static str) -> Self {
        Self {
            name: register.name(),
            role,
            role_written,
            stage: "",
            stage_written: "",
            started: None,
            fte: FULL,
            fte_written: Cell::Number(1.0),
            fte_known: true,
            duties: "",
            duty_points: 0,
            duty_points_written: false,
            agreed: None,
            judgement: None,
            tasks: None,
        }
    }

    /// A social worker with this experience, as the sheet writes it.
    pub fn social_worker(register: &mut Register, written: &'static str) -> Self {
        Self::new(register, "Social Worker", "social-worker").experience(written)
    }

    /// A senior practitioner, held to the social worker's limit.
    pub fn senior(register: &mut Register) -> Self {
        Self::new(register, "Senior Practitioner", "social-worker").experience("3+ years")
    }

    /// Experience as the sheet writes it. Nothing but these words is used in the samples.
    pub fn experience(mut self, written: &'static str) -> Self {
        self.stage_written = written;
        self.stage = match written {
            "" => "",
            "NQSW 0-6 months" | "ASYE 0-6" | "4 months" => "nqsw-0-6",
            "NQSW 6-12 months" | "ASYE 6-12" | "9 months" => "nqsw-6-12",
            "1-2 years" | "18 months" => "1-2",
            "2-3 years" | "30 months" => "2-3",
            "3+ years" | "4 years" | "7 years" | "11 years" => "3+",
            "1st placement" => "student-1",
            "2nd placement" => "student-2",
            other => panic!("no stage planned for `{other}`"),
        };
        self.nqsw_by_stage()
    }

    /// Experience by the day practice started; `stage` is worked out by hand.
    pub fn since(mut self, day: Day, stage: &'static str) -> Self {
        self.started = Some(day);
        self.stage = stage;
        self.nqsw_by_stage()
    }

    /// An NQSW's role is NQSW whatever the role column says (domain section 4).
    fn nqsw_by_stage(mut self) -> Self {
        if self.stage.starts_with("nqsw") {
            self.role = "nqsw";
        }
        self
    }

    /// Part time: the share in ten-thousandths, and how the sheet writes it.
    pub fn part_time(mut self, fte: i64, written: Cell) -> Self {
        self.fte = fte;
        self.fte_written = written;
        self
    }

    /// A share of a post written as such.
    pub fn share(self, fte: i64) -> Self {
        self.part_time(fte, Cell::Number(fte as f64 / FULL as f64))
    }

    /// Duties with points written beside them.
    pub fn duties(mut self, what: &'static str, points: i64) -> Self {
        (self.duties, self.duty_points, self.duty_points_written) = (what, points, true);
        self
    }

    /// A limit agreed with the worker.
    pub fn agreed(mut self, limit: i64, reason: &'static str) -> Self {
        self.agreed = Some((limit, reason));
        self
    }

    /// Known by a tasks form alone.
    pub fn on_tasks_form(mut self, tasks: Tasks) -> Self {
        self.tasks = Some(tasks);
        self
    }

    /// The manager's judgement.
    pub fn judged(mut self, rag: &'static str, reason: &'static str) -> Self {
        self.judgement = Some((rag, reason));
        self
    }
}

/// Case status, as far as the samples need it.
#[derive(Clone, Copy, PartialEq)]
pub enum Status {
    InNeed,
    Protection,
    InCare,
    CareLeaver,
    Assessment,
    Closed,
    /// A word that no list knows.
    Odd,
}

/// Proceedings before the court.
#[derive(Clone, Copy, PartialEq)]
pub enum Court {
    No,
    Care,
    Private,
}

/// Who a row names as key worker.
#[derive(Clone, PartialEq)]
pub enum Holder {
    /// The team's worker at this position.
    Worker(usize),
    /// Nobody; the words written instead, which may be none.
    Nobody(&'static str),
}

/// What becomes of a row.
#[derive(Clone, Copy, PartialEq)]
pub enum Fate {
    Counted,
    /// Set aside with this reason.
    Aside(&'static str),
}

/// One row of a caseload.
#[derive(Clone)]
pub struct Case {
    pub child: String,
    /// Empty where the sheet leaves it blank: a household alone.
    pub household: String,
    pub holder: Holder,
    /// The worker's name where the row writes it otherwise than usual.
    pub written_as: Option<String>,
    pub co_worker: Option<usize>,
    pub status: Status,
    pub court: Court,
    /// Intervention points of the household; `None` where the cell is blank.
    pub level: Option<i64>,
    pub additional: i64,
    pub awaiting: &'static str,
    pub notes: &'static str,
    pub born: Option<Day>,
    pub closed: Option<Day>,
    pub fate: Fate,
}

/// What a team's sheet has columns for; what it cannot say is not expected of anyone.
#[derive(Clone, Copy)]
pub struct Knows {
    pub household: bool,
    pub level: bool,
    pub status: bool,
    pub co_worker: bool,
    pub awaiting: bool,
}

impl Knows {
    pub const ALL: Knows = Knows { household: true, level: true, status: true, co_worker: true, awaiting: true };
}

/// A team with its workers and rows.
#[derive(Clone)]
pub struct Team {
    /// Where there is no team column, the title above the table, the sheet's or the file's name says it.
    pub name: &'static str,
    /// As in workers.csv.
    pub area: &'static str,
    pub workers: Vec<Worker>,
    pub cases: Vec<Case>,
    pub knows: Knows,
    /// Levels are written as words, so that only 0, 1, 2 and 4 occur.
    pub level_words: bool,
}

/// How demanding a worker's households are.
#[derive(Clone, Copy, PartialEq)]
pub enum Heat {
    Cool,
    Warm,
    Hot,
}

use Heat::{Cool, Hot, Warm};

impl Team {
    pub fn new(name: &'static str, area: &'static str, knows: Knows) -> Self {
        Self { name, area, workers: Vec::new(), cases: Vec::new(), knows, level_words: false }
    }

    /// Adds a worker with this many children, in households of chance size.
    pub fn add(&mut self, register: &mut Register, worker: Worker, children: u32, heat: Heat) -> usize {
        let at = self.workers.len();
        let nqsw = worker.stage.starts_with("nqsw");
        self.workers.push(worker);
        let (mut left, mut in_court) = (children, 0);
        while left > 0 {
            let size = left.min(register.chance.pick(&[1, 1, 1, 2, 2, 3]));
            let status = self.status_by_chance(register, nqsw);
            let court = match status {
                Status::InCare | Status::Protection if in_court < 2 && !nqsw && register.chance.percent(14) => {
                    in_court += 1;
                    Court::Care
                }
                Status::InNeed if self.area == "locality" && register.chance.percent(7) => Court::Private,
                _ => Court::No,
            };
            let level = register.chance.pick(match heat {
                Cool => &[0, 1, 1, 1, 2],
                Warm => &[1, 2, 2, 2, 3],
                Hot => &[2, 3, 4, 4, 5],
            });
            let additional = register.chance.pick(match heat {
                Cool => &[0, 0, 0, 0, 1],
                Warm => &[0, 0, 1],
                Hot => &[0, 1, 2],
            });
            self.family(register, at, size, status, court, level, additional);
            left -= size;
        }
        at
    }

    /// Adds a household of siblings to a worker; returns the position of its first row.
    #[allow(clippy::too_many_arguments)] // Each is one column of the row that it plans.
    pub fn family(
        &mut self,
        register: &mut Register,
        worker: usize,
        children: u32,
        status: Status,
        court: Court,
        level: i64,
        additional: i64,
    ) -> usize {
        let first = self.cases.len();
        let household = register.household();
        let level = if self.level_words { [0, 1, 2, 2, 4, 4][level as usize] } else { level };
        for _ in 0..children {
            let child = register.child();
            let years = match self.area {
                "leaving-care" => 17 + register.chance.below(6) as u16,
                "in-care" => 3 + register.chance.below(14) as u16,
                _ => 1 + register.chance.below(16) as u16,
            };
            let born = Some(register.born(years));
            self.cases.push(Case {
                child,
                household: household.clone(),
                holder: Holder::Worker(worker),
                written_as: None,
                co_worker: None,
                status,
                court,
                level: Some(level),
                additional,
                awaiting: "",
                notes: "",
                born,
                closed: None,
                fate: Fate::Counted,
            });
        }
        first
    }

    /// Adds a child whom nobody holds, with the words that stand in place of a name.
    pub fn unallocated(&mut self, register: &mut Register, words: &'static str, status: Status) {
        let at = self.family(register, 0, 1, status, Court::No, 1, 0);
        self.cases[at].holder = Holder::Nobody(words);
    }

    /// Positions of a worker's rows that count.
    pub fn rows_of(&self, worker: usize) -> Vec<usize> {
        (0..self.cases.len())
            .filter(|at| self.cases[*at].holder == Holder::Worker(worker) && self.cases[*at].fate == Fate::Counted)
            .collect()
    }

    fn status_by_chance(&self, register: &mut Register, nqsw: bool) -> Status {
        use Status::*;
        match self.area {
            "assessment" => register.chance.pick(&[Assessment, Assessment, Assessment, InNeed]),
            "in-care" => InCare,
            "leaving-care" => register.chance.pick(&[CareLeaver, CareLeaver, CareLeaver, CareLeaver, InCare]),
            "disabilities" => register.chance.pick(&[InNeed, InNeed, InNeed, InNeed, InCare]),
            _ if nqsw => register.chance.pick(&[InNeed, InNeed, InNeed, InCare]),
            _ => register.chance.pick(&[InNeed, InNeed, InNeed, InNeed, Protection, Protection, InCare]),
        }
    }
}
