//! Points for tasks or pieces of work, and what a worker's tasks come to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{FigureOf, Policy, Source, civil_date, figure_ids, select::latest};
use crate::book::sheet::Place;
use crate::field::caseload::{Duties, Entry, Role, TaskForm, TaskLine};
use crate::field::figure_key::FigureKey;
use crate::field::rating::Measure;

/// How tasks are scored.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TasksModel {
    /// The points are no published figures, which every reason says.
    #[serde(default)]
    pub indicative: bool,
    /// Roles not scored in tasks.
    #[serde(default)]
    pub not_for_roles: Vec<Role>,
    /// Why those are not scored, in words.
    #[serde(default)]
    pub not_for_because: String,
    /// Where the model comes from.
    pub source: Source,
}

/// A kind of task or piece of work with its points.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Unique within the policy.
    pub id: String,
    /// The task in words.
    pub label: String,
    /// What people write for it, as texts are compared: small letters, digits and single spaces.
    pub words: Vec<String>,
    /// Points for one.
    pub value: Decimal,
    /// Unit in words.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where it comes from.
    pub source: Source,
}

/// What a line of a tasks form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// A task or piece of work.
    Task,
    /// Additional travel for tasks.
    Travel,
    /// A duty beside the tasks.
    Duty,
}

/// One line of a tasks form with the points it comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPoints<'a> {
    /// What kind of line it is.
    pub kind: TaskKind,
    /// What the line says.
    pub label: &'a str,
    /// The cell that names it.
    pub place: Place,
    /// How many there are; `None` where no number is written.
    pub number: Option<Decimal>,
    /// The policy's figure and its points for one; `None` for a task that the policy does not know.
    pub each: Option<(FigureKey, Decimal)>,
    /// What the line itself says that it comes to, and where.
    pub written: Option<(Decimal, Place)>,
    /// What it comes to; `None` where that cannot be told.
    pub total: Option<Decimal>,
}

impl TaskPoints<'_> {
    /// Number × points for one by the policy.
    pub fn by_policy(&self) -> Option<Decimal> {
        let (_, each) = self.each.as_ref()?;
        Some(self.number.unwrap_or(Decimal::ZERO) * each)
    }

    /// The line's own points count, and not number × points by the policy; a duty's are what was agreed for it.
    pub fn counts_as_written(&self) -> bool {
        self.kind != TaskKind::Duty
            && self.written.is_some_and(|(written, _)| self.total == Some(written) && self.by_policy() != Some(written))
    }
}

/// What a worker's tasks come to.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskLoad<'a> {
    /// Tasks, travel and duties, in the order of the form.
    pub lines: Vec<TaskPoints<'a>>,
    /// All together; `None` where some line's points cannot be told.
    pub total: Option<Decimal>,
}

impl TasksModel {
    /// Whether workers of this role are scored in tasks.
    pub fn is_meant_for(&self, role: Role) -> bool {
        !self.not_for_roles.contains(&role)
    }
}

impl Policy {
    /// The task that a line names, in force on a date; `None` for one that the policy does not know.
    ///
    /// The whole of its text decides, else its parts; a text that names two different tasks names none.
    pub fn task_named(&self, line: &TaskLine, on: Date) -> Option<&Task> {
        let named = |name: &String| {
            let known = |task: &&Task| task.words.contains(name);
            latest(self.task_kinds.iter().filter(known), on, |task| task.from)
        };
        let (whole, parts) = line.names.split_first()?;
        if let Some(task) = named(whole) {
            return Some(task);
        }
        let mut found = parts.iter().filter_map(named);
        let first = found.next()?;
        found.all(|other| other.id == first.id).then_some(first)
    }

    /// Refuses a tasks model that lacks a figure, and words that no text is ever compared as.
    pub(super) fn check_tasks(&self) -> Result<(), String> {
        if self.tasks.is_none() {
            return match self.task_kinds.first() {
                Some(task) => Err(format!("task `{}`: the policy has no [tasks]; add it", task.id)),
                None => Ok(()),
            };
        }
        for id in figure_ids::TASKS {
            if !self.figures.iter().any(|figure| figure.id == *id) {
                return Err(format!("the tasks model needs a [[figure]] with id = \"{id}\"; add it"));
            }
        }
        if self.task_kinds.is_empty() {
            return Err("the policy has [tasks] and no [[task]] with points; add one for each kind of task".into());
        }
        let mut named = BTreeMap::new();
        for task in &self.task_kinds {
            if task.value.is_sign_negative() {
                return Err(format!("task `{}`: points are 0 or more", task.id));
            }
            for word in &task.words {
                let plain = |c: char| c.is_lowercase() || c.is_numeric() || c == ' ';
                if word.is_empty() || !word.chars().all(plain) || word.split(' ').any(str::is_empty) {
                    return Err(format!(
                        "task `{}`: write `{word}` in small letters, digits and single spaces, as `care plans`",
                        task.id
                    ));
                }
                if *named.entry(word).or_insert(&task.id) != &task.id {
                    return Err(format!("`{word}` is given as a word for two tasks; leave it with one of them"));
                }
            }
        }
        if !self.bands.iter().any(|bands| bands.measure == Measure::Tasks) {
            return Err("the policy has tasks and no [[bands]] with measure = \"tasks\"; add them".into());
        }
        if !self.benchmarks.iter().any(|benchmark| benchmark.measure == Measure::Tasks && benchmark.full) {
            return Err(
                "the policy has tasks and no [[benchmark]] with full = true; mark the one for experienced workers"
                    .into(),
            );
        }
        Ok(())
    }

    /// What the lines of a form come to: number × points, travel and duties (domain section 7).
    ///
    /// Where a line gives other points of its own, the higher count; a task that the policy does not
    /// know counts as written. Where the form names no duty, the worker's other duties count.
    pub fn reckon_tasks<'a>(&'a self, form: &'a TaskForm, other: &'a Entry<Duties>, on: Date) -> TaskLoad<'a> {
        let figure = |id| self.figure(id, on).map(|figure| (self.key(FigureOf::Figure(figure)), figure.value));
        let tasks = form.lines.iter().map(|line| {
            let each = self.task_named(line, on).map(|task| (self.key(FigureOf::Task(task)), task.value));
            line_points(TaskKind::Task, line, each)
        });
        let travel =
            form.travel.iter().map(|line| line_points(TaskKind::Travel, line, figure(figure_ids::TASKS_TRAVEL)));
        let duties = form.duties.iter().map(|line| line_points(TaskKind::Duty, line, figure(figure_ids::TASKS_DUTY)));
        let mut lines: Vec<TaskPoints<'_>> = tasks.chain(travel).chain(duties).collect();
        if form.duties.is_empty() {
            lines.extend(other_duty(other, figure(figure_ids::TASKS_DUTY)));
        }
        let total = lines.iter().map(|line| line.total).sum::<Option<Decimal>>().map(|total| total.normalize());
        TaskLoad { lines, total }
    }
}

/// A duty that the roster or the block above a form gives of the worker.
fn other_duty(duties: &Entry<Duties>, each: Option<(FigureKey, Decimal)>) -> Option<TaskPoints<'_>> {
    let (label, place, points) = match duties {
        Entry::Given(duties, place) => (duties.what.as_str(), *place, duties.points),
        // Something is written there: a duty it is, until the manager says what it counts.
        Entry::Unclear(_, place) => ("", *place, None),
        Entry::NoColumn | Entry::Blank(_) => return None,
    };
    let one = points.is_none().then_some(Decimal::ONE);
    Some(TaskPoints {
        kind: TaskKind::Duty,
        label,
        place,
        number: one,
        written: points.map(|points| (points, place)),
        total: points.or(each.as_ref().map(|(_, each)| *each)),
        each: each.filter(|_| points.is_none()),
    })
}

fn line_points(kind: TaskKind, line: &TaskLine, each: Option<(FigureKey, Decimal)>) -> TaskPoints<'_> {
    let written = match &line.points {
        Entry::Given(points, at) => Some((*points, *at)),
        _ => None,
    };
    let mut number = line.number.given().copied();
    if kind == TaskKind::Duty && line.number.is_absent() && written.is_none() {
        // A duty is one where nothing says how many; points of its own are what was agreed for it.
        number = Some(Decimal::ONE);
    }
    let unreadable = matches!(line.number, Entry::Unclear(..)) || matches!(line.points, Entry::Unclear(..));
    let mut reckoned = TaskPoints { kind, label: &line.label, place: line.place, number, each, written, total: None };
    reckoned.total = match (reckoned.by_policy(), written) {
        _ if unreadable => None,
        (Some(by_policy), Some((written, _))) => Some(by_policy.max(written)),
        (Some(by_policy), None) => Some(by_policy),
        (None, Some((written, _))) => Some(written),
        (None, None) => number.is_none_or(|number| number.is_zero()).then_some(Decimal::ZERO),
    };
    reckoned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::sheet::CellRef;

    fn policy() -> Policy {
        Policy::built_in("task-force-tasks").unwrap().unwrap()
    }

    const ON: Date = jiff::civil::date(2025, 9, 30);

    fn at(row: u32) -> Place {
        Place { sheet: 0, cell: CellRef::new(row, 0) }
    }

    fn given(figure: &str) -> Entry<Decimal> {
        match figure {
            "" => Entry::Blank(at(0)),
            "?" => Entry::Unclear("?".into(), at(0)),
            figure => Entry::Given(figure.parse().unwrap(), at(0)),
        }
    }

    fn line(names: &[&str], number: &str, points: &str) -> TaskLine {
        let names = names.iter().map(ToString::to_string).collect();
        TaskLine { label: "as written".into(), names, place: at(0), number: given(number), points: given(points) }
    }

    fn form(lines: Vec<TaskLine>) -> TaskForm {
        TaskForm { place: at(0), lines, travel: Vec::new(), duties: Vec::new(), stated_total: Entry::NoColumn }
    }

    fn total(line: TaskLine) -> Option<String> {
        policy().reckon_tasks(&form(vec![line]), &Entry::NoColumn, ON).total.map(|total| total.to_string())
    }

    #[test]
    fn number_times_points_and_the_higher_of_two() {
        let said = |number, points| total(line(&["home visits"], number, points)).unwrap_or("none".into());
        assert_eq!(said("12", ""), "12");
        assert_eq!(said("12", "12"), "12");
        assert_eq!(said("12", "10"), "12");
        assert_eq!(said("12", "14.5"), "14.5");
        assert_eq!(said("", "3"), "3");
        assert_eq!(said("", ""), "0");
        assert_eq!(said("?", ""), "none");
        assert_eq!(said("?", "9"), "none");
        assert_eq!(said("3", "?"), "none");
    }

    #[test]
    fn a_task_that_is_not_known_counts_as_written_or_not_at_all() {
        let said = |number, points| total(line(&["telephone calls"], number, points));
        assert_eq!(said("3", "4"), Some("4".into()));
        assert_eq!(said("", "4"), Some("4".into()));
        assert_eq!(said("3", ""), None);
        assert_eq!(said("0", ""), Some("0".into()));
    }

    #[test]
    fn travel_and_duties_are_added() {
        let policy = policy();
        let mut form = form(vec![line(&["care plans"], "3", "")]);
        form.travel = vec![line(&[], "4", "")];
        form.duties = vec![line(&[], "", ""), line(&[], "", "2"), line(&[], "2", "")];
        let load = policy.reckon_tasks(&form, &Entry::NoColumn, ON);
        let totals: Vec<String> = load.lines.iter().map(|line| line.total.unwrap().to_string()).collect();
        // 3 × 2, 4 × 1, one duty at 5, the 2 that were agreed against 0 × 5, and 2 × 5.
        assert_eq!(totals, ["6", "4", "5", "2", "10"]);
        assert_eq!(load.total, Some(Decimal::from(27)));
    }

    #[test]
    fn a_part_of_the_text_may_name_the_task_and_two_name_none() {
        let policy = policy();
        let named = |names: &[&str]| policy.task_named(&line(names, "1", ""), ON).map(|task| task.id.as_str());
        assert_eq!(named(&["care plans"]), Some("task-care-plan"));
        assert_eq!(named(&["case a care plan", "case a", "care plan"]), Some("task-care-plan"));
        assert_eq!(named(&["home visits reviews", "home visits", "reviews"]), None);
        assert_eq!(named(&["care plans and reviews"]), None);
        assert_eq!(named(&[]), None);
    }

    #[test]
    fn a_model_that_lacks_something_is_refused() {
        let text = include_str!("../../templates/policy/task-force-tasks.toml");
        let refused = |from: &str, to: &str| Policy::read(&text.replace(from, to), String::new()).unwrap_err();
        assert!(refused("id = \"tasks-duty\"", "id = \"duty\"").contains("\"tasks-duty\""));
        assert!(refused("\"care plans\"", "\"Care plans\"").contains("small letters"));
        assert!(refused("\"care plans\"", "\"reviews\"").contains("two tasks"));
        assert!(refused("full = true\n", "").contains("full = true"));
        assert!(refused("[tasks]\nindicative = true", "[points]\nindicative = true").contains("line"));
    }
}
