//! workers.csv: each worker of each team.

use jiff::civil::Date;

use crate::book::rag::Rag;
use crate::directorate::column::{Refers, Table, count, day, figure, text, word};
use crate::field::caseload::{Entry, Role, Stage, Team, Worker, beside, shared};
use crate::field::judged::Judged;
use crate::field::plan::{self, Standing};
use crate::field::rating::ScoredWorker;

use super::Rows;
use super::ratings::rags;
use super::whose::{AREA, FILE, TEAM, WORKER, area};

/// Worker.
pub const WORKERS: Table = Table {
    name: "workers.csv",
    title: "Workers",
    about: "One row for each worker of each team. The columns are about the worker; no child is named.",
    columns: &[
        FILE,
        TEAM,
        AREA,
        WORKER,
        word("role", "Role", roles, "What the worker is employed as; iro is an independent reviewing officer.")
            .always(),
        word(
            "stage",
            "Experience",
            stages,
            "Time since qualifying: nqsw-0-6 and nqsw-6-12 in months, 1-2, 2-3 and 3+ in years, or the student's \
             placement. Empty where nothing tells it.",
        ),
        figure("fte", "FTE", "share of a full-time post", "1 is full time. Empty where it is not usable."),
        count(
            "children",
            "Children",
            "children",
            "Children held as key worker, each sibling counted. Empty where the workbook does not tell.",
        ),
        count(
            "households",
            "Families",
            "households",
            "Households of those children. Empty where no sheet has a column for households.",
        ),
        count(
            "cp",
            "Child protection",
            "children",
            "Children on a child protection plan. Empty where no column tells the status.",
        ),
        count(
            "cioc",
            "In our care",
            "children",
            "Children in the council's care. Empty where no column tells the status.",
        ),
        count(
            "care_proceedings",
            "Care proceedings",
            "households",
            "Households in care proceedings; a child without a household counts as one. Empty where no column tells.",
        ),
        count("co_worked", "Co-worked", "cases", "Cases helped with as second worker; they are in no load.").always(),
        count(
            "awaiting_move",
            "Awaiting a move",
            "cases",
            "Cases awaiting transfer, closure or step-down; they count in full. Empty where no column tells.",
        ),
        word("rag", "Colour", rags, "The worker's overall colour: the worst of their ratings.").always(),
        word(
            "judgement_rag",
            "Manager's judgement",
            judgements,
            "The colour that the manager gives. It stands beside the calculated one and never changes it.",
        ),
        text("judgement_reason", "Reason of the judgement", "Why, as the manager wrote it."),
        count(
            "cases",
            "Cases, official measure",
            "persons",
            "Persons allocated to the worker as the Department for Education counts them: children, young people and \
             foster carers. Empty for others than social workers, and where the number is not known.",
        ),
        count(
            "actions_open",
            "Actions open",
            "actions",
            "Actions typed on the worker's action plan that are not done yet; 0 for a worker neither amber nor red, whose \
             actions the plan closes. Empty where no action plan came back with the workbook.",
        ),
        count(
            "actions_overdue",
            "Actions overdue",
            "actions",
            "Open actions whose day (By when, else Review date) lies before the date judged on. Empty where no action \
             plan came back.",
        ),
        day(
            "next_action",
            "Next action",
            "The earliest such day of an open action, past or to come. Empty where no open action has one.",
        ),
        count(
            "children_shared",
            "Children shared",
            "children",
            "Of the children, those that a worker named above in the team holds too: the team's children are the sum of \
             children less the sum of these. So are its households, cp, cioc and care_proceedings.",
        ),
        count(
            "households_shared",
            "Households shared",
            "households",
            "Of the households, those whose children a worker named above in the team holds too.",
        ),
        count("cp_shared", "CP shared", "children", "Of cp, those that a worker named above in the team holds too."),
        count(
            "cioc_shared",
            "In our care shared",
            "children",
            "Of cioc, those that a worker named above in the team holds too.",
        ),
        count(
            "care_proceedings_shared",
            "Care proceedings shared",
            "households",
            "Of care_proceedings, those that a worker named above in the team holds too.",
        ),
    ],
    since_ever: 17,
    key: &["file", "team", "worker"],
    refers: Some(Refers { columns: &["file", "team"], table: "teams.csv" }),
};

fn roles() -> Vec<&'static str> {
    Role::ALL.iter().map(|role| role.name()).collect()
}

fn stages() -> Vec<&'static str> {
    Stage::ALL.iter().map(|stage| stage.name()).collect()
}

fn judgements() -> Vec<&'static str> {
    Rag::ALL.iter().filter(|rag| **rag != Rag::NotScored).map(|rag| rag.name()).collect()
}

/// The rows of a workbook, as things stand on a day.
pub fn rows(judged: &Judged, as_of: Date) -> Rows {
    let mut rows = Rows::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for ((worker, scored), shared) in team.workers.iter().zip(scored).zip(shared(team)) {
            let counted = beside(team, worker);
            let number = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
            let [open, overdue, next] = actions(judged, team, worker, scored, as_of);
            let fte = worker.fte().filter(|_| !worker.holds.only_co_worker);
            let (rag, reason) = match &worker.post.judgement {
                Entry::Given(judgement, _) => (judgement.rag.to_string(), judgement.reason.clone()),
                _ => Default::default(),
            };
            rows.push(vec![
                judged.file.clone(),
                team.name.clone(),
                area(team.area),
                worker.who.name.clone(),
                worker.post.role.to_string(),
                worker.post.stage.map_or(String::new(), |stage| stage.to_string()),
                fte.map_or(String::new(), |fte| fte.0.normalize().to_string()),
                number(counted.children),
                number(counted.households),
                number(counted.cp),
                number(counted.cioc),
                number(counted.care_proceedings),
                counted.co_worked.to_string(),
                number(counted.awaiting_move),
                scored.rag().to_string(),
                rag,
                reason,
                number(worker.official_cases()),
                open,
                overdue,
                next,
                number(counted.children.map(|_| shared.children)),
                number(counted.households.map(|_| shared.households)),
                number(counted.cp.map(|_| shared.cp)),
                number(counted.cioc.map(|_| shared.cioc)),
                number(counted.care_proceedings.map(|_| shared.care_proceedings)),
            ]);
        }
    }
    rows
}

/// The actions of a worker's plan still open, those overdue, and the earliest day of one; nothing of what was typed.
///
/// Empty where no plan came back. A worker who is neither amber nor red has none open: the plan closes them.
fn actions(judged: &Judged, team: &Team, worker: &Worker, scored: &ScoredWorker, as_of: Date) -> [String; 3] {
    if !judged.plan.came_back() {
        return Default::default();
    }
    let mut standing = Standing::default();
    if matches!(scored.rag(), Rag::Red | Rag::Amber) {
        let namesakes = judged.caseload.workers().filter(|(_, other)| plan::same(&other.who.name, &worker.who.name));
        standing = judged.plan.standing(&team.name, &worker.who.name, namesakes.count() == 1, as_of);
    }
    let next = standing.next.map_or(String::new(), |day| day.to_string());
    [standing.open.to_string(), standing.overdue.to_string(), next]
}
