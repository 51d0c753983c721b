//! The sheets of figures that a form's formulas refer to, and the words that its cells offer.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page, address, column, span};
use crate::book::sheet::{Area, CellRef};
use crate::book::text::fold;
use crate::field::caseload::{CaseStatus, Proceedings, Role, ServiceArea, Stage};
use crate::field::rating::{Measure, Rag};
use crate::policy::{Bands, Figure, PointsFrom, Policies, Policy, Task, asked_for, figure_ids as id};

use super::expected::{areas, expected, is_plain};

/// The sheet of single figures and of words.
pub const NAME: &str = "Policy figures";
/// The sheet of what is expected of whom.
pub const EXPECTED: &str = "Expected of whom";
/// What stands where nothing is expected or known.
pub const NONE: &str = "–";
/// What stands for a blank cell where a worker's figures are looked up.
pub const NOT_GIVEN: &str = "not given";

/// Figures of the chosen policies, each at a cell.
pub struct Figures<'a> {
    /// The policies of the form.
    pub policies: &'a Policies,
    /// The policy whose limits the form shows.
    pub limits: Option<&'a Policy>,
    /// The policy whose points the form shows.
    pub points: Option<&'a Policy>,
    /// The policy whose tasks the form shows.
    pub tasks: Option<&'a Policy>,
    /// The policy whose hours the form shows.
    pub time: Option<&'a Policy>,
    page: Page,
    table: Page,
    cells: BTreeMap<Key, CellRef>,
    lists: BTreeMap<List, (u32, u32)>,
}

/// A figure that formulas of a form refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A single figure, by one of the ids that the program knows.
    Figure(&'static str),
    /// Points of a task, by its id.
    Task(String),
    /// The percent from which a load has this colour by a measure.
    Edge(Measure, Rag),
}

/// Words that cells offer, with what each means beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Case statuses; whether each earns points; whether the case is open.
    Statuses,
    /// Proceedings; whether each earns the points for a status; those for care proceedings.
    Proceedings,
    /// Intervention levels with their points.
    Levels,
    /// Points for additional factors.
    Additional,
    /// Yes and no.
    YesNo,
    /// Service areas.
    Areas,
    /// Roles.
    Roles,
    /// Experience.
    Stages,
    /// A manager's own judgement.
    Judgements,
    /// What is written for nothing.
    Nothing,
    /// Colours, with what each asks for.
    Actions,
}

/// Columns of [`EXPECTED`].
pub mod of {
    #![allow(missing_docs)]
    pub const KEY: u32 = 0;
    pub const LOWER: u32 = 1;
    pub const UPPER: u32 = 2;
    pub const PRO_RATA: u32 = 3;
    pub const AGREE: u32 = 4;
    pub const POINTS: u32 = 5;
    pub const WITH_CASES: u32 = 6;
    pub const LINE: u32 = 7;
    pub const TASKS: u32 = 8;
    pub const SUPERVISION: u32 = 9;
    pub const CPD: u32 = 10;
}

/// The single figures that a form may have: those that its policies must give.
const SINGLES: &[&[&str]] = &[id::POINTS, id::TASKS, id::TIME, &[id::FTE_MOST, id::WEEK]];

const COLUMNS: u32 = 4;
const TAB: &str = "7A6C9D";

impl<'a> Figures<'a> {
    /// The sheets with the figures in force on the policies' date.
    pub fn new(policies: &'a Policies) -> Self {
        let has_limit = |policy: &&Policy| policy.limits.iter().any(|limit| limit.measure == Measure::Limit);
        let limits = policies.chosen.iter().find(has_limit).filter(|policy| is_plain(policy));
        let matrix = |policy: &&Policy| policy.points.as_ref().is_some_and(|model| model.from == PointsFrom::Matrix);
        let points = policies.chosen.iter().find(|policy| policy.points.is_some());
        let points = points.filter(|policy| is_plain(policy)).filter(matrix);
        let tasks = policies.chosen.iter().find(|policy| policy.tasks.is_some());
        let tasks = tasks.filter(|policy| is_plain(policy));
        let time = policies.chosen.iter().find(|policy| policy.time.is_some());
        let page = Page::new(NAME, TAB, &[44, 22, 40, 64]);
        let table = Page::new(EXPECTED, TAB, &[66, 12, 12, 12, 14, 14, 16, 10, 14, 14, 14]);
        let (cells, lists) = (BTreeMap::new(), BTreeMap::new());
        let mut figures = Self { policies, limits, points, tasks, time, page, table, cells, lists };
        figures.head();
        figures.bands();
        figures.singles();
        figures.words();
        figures.whom();
        figures.page.protected = true;
        figures.table.protected = true;
        figures
    }

    /// The sheets themselves.
    pub fn into_pages(self) -> [Page; 2] {
        [self.page, self.table]
    }

    /// The cell of a single figure, as formulas on other sheets name it.
    pub fn at(&self, id: &'static str) -> String {
        debug_assert!(SINGLES.iter().any(|ids| ids.contains(&id)), "{id} stands on no sheet of a form");
        self.at_key(&Key::Figure(id))
    }

    /// The cell of a figure, as formulas on other sheets name it; a nought where the policies have none.
    pub fn at_key(&self, key: &Key) -> String {
        self.cells.get(key).map_or("0".to_string(), |cell| address(NAME, *cell))
    }

    /// A column of a list: 0 for its words.
    pub fn list(&self, list: List, column_of: u32) -> String {
        let (first, last) = self.lists.get(&list).copied().unwrap_or_default();
        span(NAME, column(column_of, first, last))
    }

    /// A column of what is expected of whom.
    pub fn whom_column(&self, of: u32) -> String {
        span(EXPECTED, column(of, 2, self.table.next() - 1))
    }

    /// The policies of limits, points, tasks and hours that the form shows.
    pub fn shown(&self) -> [Option<&'a Policy>; 4] {
        [self.limits, self.points, self.tasks, self.time]
    }

    /// The value of a figure.
    pub fn value(&self, key: &Key) -> Decimal {
        let cell = self.cells.get(key).and_then(|cell| self.page.cell(*cell));
        cell.and_then(Cell::figure).unwrap_or_default()
    }

    /// Hours of supervision and percent for CPD of a worker of whom nothing is given.
    pub fn assumed_hours(&self) -> [Decimal; 2] {
        let last = self.table.next() - 1;
        [of::SUPERVISION, of::CPD]
            .map(|of| self.table.cell(CellRef::new(last, of)).and_then(Cell::figure).unwrap_or_default())
    }

    /// The lines of a tasks form: what each is called, so that it is read again, and the key of its points.
    pub fn tasks_lines(&self) -> Vec<(String, Key)> {
        let tasks = self.tasks_in_force().into_iter();
        let mut lines: Vec<_> = tasks.map(|(label, task)| (label, Key::Task(task.id.clone()))).collect();
        lines.push(("Additional out of borough travel".to_string(), Key::Figure(id::TASKS_TRAVEL)));
        lines
    }

    /// Each task as it stands on the policies' date, with a name that the policy itself knows.
    fn tasks_in_force(&self) -> Vec<(String, &'a Task)> {
        let Some(policy) = self.tasks else { return Vec::new() };
        let on = self.policies.as_of;
        let mut tasks: Vec<(String, &Task)> = Vec::new();
        for task in &policy.task_kinds {
            let same = policy.task_kinds.iter().filter(|other| other.id == task.id && other.from <= on);
            let current = same.max_by_key(|other| other.from);
            if let Some(task) = current.filter(|task| tasks.iter().all(|(_, known)| known.id != task.id)) {
                let known = task.words.contains(&fold(&task.label));
                let name = if known { Some(task.label.clone()) } else { task.words.first().map(|word| capital(word)) };
                tasks.extend(name.map(|name| (name, task)));
            }
        }
        tasks
    }

    /// How many lines say what is expected of whom; the last is for a worker of whom nothing is given.
    pub fn lines(&self) -> u32 {
        self.table.next() - 2
    }

    /// The bands of a measure that the form shows.
    pub fn bands_of(&self, measure: Measure) -> Option<(&'a Policy, &'a Bands)> {
        let policy = match measure {
            Measure::Limit => self.limits,
            Measure::Tasks => self.tasks,
            Measure::Time => self.time,
            _ => self.points,
        }?;
        Some((policy, policy.bands(measure, self.policies.as_of)?))
    }

    /// What a colour asks for, as an expression.
    pub fn action(&self, colour: &str) -> String {
        let (first, _) = self.lists.get(&List::Actions).copied().unwrap_or_default();
        let [red, amber, green] = [0, 1, 2].map(|line| address(NAME, CellRef::new(first + line, 1)));
        asked_for(colour, [&red, &amber, &green])
    }

    fn head(&mut self) {
        self.page.across(COLUMNS, "The figures that this form reckons with", Look::Title);
        let day = self.policies.as_of.strftime("%d/%m/%Y");
        let about = format!(
            "Taken from the agreed policies as they stand on {day}. To change a figure, change the policy and have the \
             form written anew: so the form and fairload always agree."
        );
        self.page.across(COLUMNS, &about, Look::Muted);
        for policy in &self.policies.chosen {
            let shown = self.shown().iter().flatten().any(|shown| shown.name == policy.name);
            let what = if shown { "shown on this form" } else { "not shown on this form; judged when fairload is run" };
            self.page.push(vec![
                Cell::text(&policy.title).look(Look::Strong),
                Cell::text(&policy.name).look(Look::Text),
                Cell::text(what).look(Look::Text),
                Cell::text(&policy.about).look(Look::Text),
            ]);
        }
        self.page.gap();
        self.page.across(COLUMNS, "Figures", Look::Section);
        self.page.push(Cell::headings(&["What", "Figure", "Unit", "Source"]));
    }

    fn put(&mut self, key: Key, label: &str, value: Decimal, unit: &str, source: &str) {
        let row = self.page.push(vec![
            Cell::text(label).look(Look::Text),
            Cell::number(value),
            Cell::text(unit).look(Look::Text),
            Cell::text(source).look(Look::Text),
        ]);
        self.cells.insert(key, CellRef::new(row, 1));
    }

    fn bands(&mut self) {
        for measure in [Measure::Limit, Measure::Points, Measure::Tasks, Measure::Time] {
            let Some((_, bands)) = self.bands_of(measure) else { continue };
            let source = bands.source.to_string();
            for (rag, edge) in [(Rag::Amber, &bands.amber), (Rag::Red, &bands.red)] {
                let label = format!("{} in {measure}: {}", rag.word(), edge.side.word());
                self.put(Key::Edge(measure, rag), &label, edge.percent, &bands.unit, &source);
            }
        }
    }

    fn singles(&mut self) {
        let (policies, on) = (self.policies, self.policies.as_of);
        let of = |policy: Option<&'a Policy>, id: &str| policy?.figure(id, on);
        for id in id::POINTS {
            self.single(id, of(self.points, id));
        }
        for (_, task) in self.tasks_in_force() {
            let source = task.source.to_string();
            self.put(Key::Task(task.id.clone()), &task.label, task.value, &task.unit, &source);
        }
        for id in id::TASKS {
            self.single(id, of(self.tasks, id));
        }
        for id in id::TIME {
            self.single(id, of(self.time, id));
        }
        self.single(id::FTE_MOST, policies.figure(id::FTE_MOST));
        self.single(id::WEEK, policies.figure(id::WEEK).filter(|_| self.time.is_some()));
    }

    fn single(&mut self, id: &'static str, figure: Option<&Figure>) {
        if let Some(figure) = figure {
            let source = figure.source.to_string();
            self.put(Key::Figure(id), &figure.label, figure.value, &figure.unit, &source);
        }
    }

    fn list_of(&mut self, list: List, title: &str, rows: Vec<Vec<Cell>>) {
        self.page.gap();
        self.page.across(COLUMNS, title, Look::Section);
        let first = self.page.next();
        for row in rows {
            self.page.push(row);
        }
        self.lists.insert(list, (first, self.page.next() - 1));
    }

    fn words(&mut self) {
        let model = self.points.and_then(|policy| policy.points.as_ref());
        let flag = |set: bool| Cell::number(if set { Decimal::ONE } else { Decimal::ZERO });
        let text = |text: String| Cell::text(text).look(Look::Text);
        let statuses = STATUSES.iter().map(|status| {
            let earns = model.is_some_and(|model| model.status_earned_by.contains(status));
            vec![text(capital(status.label())), flag(earns), flag(*status != CaseStatus::Closed)]
        });
        let statuses = statuses.collect();
        self.list_of(List::Statuses, "Words for a case; 1 where it earns points; 1 where the case is open", statuses);
        let proceedings = PROCEEDINGS.iter().map(|(word, proceedings)| {
            let earned = |of: Proceedings| model.is_some_and(|model| model.earned(|_| false, |asked| asked == of).0);
            let earns = proceedings.is_some_and(earned);
            vec![text(word.to_string()), flag(earns), flag(*proceedings == Some(Proceedings::Care))]
        });
        let proceedings = proceedings.collect();
        let title = "Words for the court; 1 where it earns the points for a case; 1 for those of care proceedings";
        self.list_of(List::Proceedings, title, proceedings);
        let figure = |id: &str| {
            let figure = self.points.and_then(|policy| policy.figure(id, self.policies.as_of));
            figure.map_or(Decimal::ZERO, |figure| figure.value)
        };
        let up_to = |most: Decimal| {
            let mut figures = Vec::new();
            let mut next = Decimal::ZERO;
            while next <= most {
                figures.push(vec![Cell::number(next), Cell::number(next)]);
                next += Decimal::ONE;
            }
            figures
        };
        let mut levels = up_to(figure(id::POINTS_LEVEL_MOST));
        for (word, id) in LEVELS {
            let at = self.at(id);
            levels.push(vec![text(word.to_string()), Cell::counts(format!("={at}"), figure(id))]);
        }
        let additional = up_to(figure(id::POINTS_FACTORS_MOST));
        self.list_of(List::Levels, "Figures and words for the work that a household needs, with their points", levels);
        self.list_of(List::Additional, "Points for what is added to a household", additional);
        let plain = |words: Vec<String>| words.into_iter().map(|word| vec![text(word)]).collect::<Vec<_>>();
        self.list_of(List::YesNo, "Yes or no", plain(vec!["Yes".into(), "No".into()]));
        let all = areas(self.limits, self.policies);
        self.list_of(List::Areas, "Fields of work", plain(all.iter().map(|area| area.label().to_string()).collect()));
        self.list_of(List::Roles, "Posts", plain(ROLES.iter().map(|role| capital(role.label())).collect()));
        let stages = STAGES.iter().map(|(_, word)| word.to_string()).collect();
        self.list_of(List::Stages, "Time in practice", plain(stages));
        let colours = || [Rag::Red, Rag::Amber, Rag::Green].into_iter();
        self.list_of(List::Judgements, "Colours", plain(colours().map(|rag| capital(rag.name())).collect()));
        let nothing = ["No", "None", "N/A", "-", NONE].map(str::to_string);
        self.list_of(List::Nothing, "Nothing", plain(nothing.to_vec()));
        let actions = colours().map(|rag| {
            let action = self.policies.action(rag);
            vec![text(rag.word().to_string()), text(action.map_or(String::new(), |action| action.text.clone()))]
        });
        let actions = actions.collect();
        self.list_of(List::Actions, "What each colour asks for", actions);
    }

    fn whom(&mut self) {
        self.table.across(11, "What is expected of a full-time worker", Look::Title);
        let heads = [
            "Field of work | post | time in practice",
            "Lower",
            "Upper",
            "Pro rata",
            "May be agreed",
            "In points",
            "Only with cases",
            "Line",
            "In tasks",
            "Supervision, hours",
            "CPD, percent",
        ];
        let head = self.table.push(Cell::headings(&heads));
        self.table.freeze = Some(CellRef::new(head + 1, 1));
        let areas = areas(self.limits, self.policies).into_iter().map(Some).chain([None]);
        let figure = |value: Option<Decimal>| Cell::maybe(value);
        let time = self.time;
        let as_of = self.policies.as_of;
        let hours = |id: Option<&str>| Cell::maybe(id.and_then(|id| Some(time?.figure(id, as_of)?.value)));
        let flag = |set: bool| Cell::number(if set { Decimal::ONE } else { Decimal::ZERO });
        let mut line = Decimal::ZERO;
        for area in areas {
            for role in ROLES.iter().copied().map(Some).chain([None]) {
                for stage in STAGES.iter().map(|(stage, word)| Some((*stage, *word))).chain([None]) {
                    line += Decimal::ONE;
                    let expected = expected(self.shown(), self.policies, (area, role, stage.map(|(stage, _)| stage)));
                    let key = key(area, role, stage.map(|(_, word)| word));
                    self.table.push(vec![
                        Cell::text(key).look(Look::Text),
                        figure(expected.limit.map(|(lower, _)| lower)),
                        figure(expected.limit.map(|(_, upper)| upper)),
                        flag(expected.pro_rata),
                        flag(expected.may_agree),
                        figure(expected.points),
                        flag(expected.points_with_cases),
                        Cell::number(line),
                        figure(expected.tasks),
                        hours(expected.hours.map(|[supervision, _]| supervision)),
                        hours(expected.hours.map(|[_, cpd]| cpd)),
                    ]);
                }
            }
        }
        self.table.repeat = Some((head, head));
        let last = self.table.next() - 1;
        self.table.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(last, of::CPD) });
    }
}

fn key(area: Option<ServiceArea>, role: Option<Role>, stage: Option<&str>) -> String {
    let role = role.map_or(NOT_GIVEN.to_string(), |role| capital(role.label()));
    format!("{}|{role}|{}", area.map_or(NOT_GIVEN, ServiceArea::label), stage.unwrap_or(NOT_GIVEN))
}

/// The text with a capital letter in front.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The statuses that the forms offer; several at once, and what awaits a move, are told otherwise.
const STATUSES: &[CaseStatus] = &[
    CaseStatus::ChildInNeed,
    CaseStatus::ChildProtection,
    CaseStatus::InCare,
    CaseStatus::CareLeaver,
    CaseStatus::Assessment,
    CaseStatus::EarlyHelp,
    CaseStatus::Closed,
];

const PROCEEDINGS: &[(&str, Option<Proceedings>)] = &[
    ("Care proceedings", Some(Proceedings::Care)),
    ("Private proceedings", Some(Proceedings::Private)),
    ("None", None),
];

const LEVELS: &[(&str, &str)] =
    &[("Low", id::POINTS_LOW), ("Medium", id::POINTS_MEDIUM), ("High", id::POINTS_HIGH), ("Ending", id::POINTS_ENDING)];

/// The roles that the forms offer.
const ROLES: &[Role] = &[
    Role::SocialWorker,
    Role::Nqsw,
    Role::Student,
    Role::DeputyTeamManager,
    Role::TeamManager,
    Role::PersonalAdviser,
    Role::AwaitingRegistration,
    Role::FamilySupportWorker,
];

/// Time in practice as the forms offer it, in plain signs that every keyboard has.
const STAGES: &[(Stage, &str)] = &[
    (Stage::Nqsw0To6, "NQSW 0-6 months"),
    (Stage::Nqsw6To12, "NQSW 6-12 months"),
    (Stage::Year1To2, "1-2 years"),
    (Stage::Year2To3, "2-3 years"),
    (Stage::Year3Plus, "3+ years"),
    (Stage::Student1, "Student, first placement"),
    (Stage::Student2, "Student, second placement"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::words::Words;

    #[test]
    fn words_that_are_offered_are_words_that_are_read() {
        let words = Words::built_in();
        for role in ROLES {
            assert_eq!(words.role(&capital(role.label())).map(|found| found.means), Some(*role), "{role}");
        }
        for (stage, word) in STAGES {
            let key = words.stage_key(word).map(|key| key.trim_start_matches("year-").replace("3-plus", "3+"));
            assert_eq!(key.as_deref().and_then(Stage::named), Some(*stage), "{word}");
        }
        for (word, _) in LEVELS {
            assert!(words.level(word).is_some(), "{word}");
        }
    }
}
