//! What the tables hold: each column's name, kind, unit and meaning; datapackage.json says the same.
//!
//! Names and order are a contract: a new column stands behind the others, and none changes.

use crate::book::rag::Rag;
use crate::directorate::column::{Column, Refers, Table, count, day, figure, ordinal, signed, text, word};
use crate::directorate::figures;
use crate::directorate::history::ChangeKind;
use crate::field::caseload::{Role, ServiceArea, Stage, Unit};
use crate::field::finding::Severity;
use crate::field::rating::Measure;
use crate::field::reading::{Layout, SheetState};

fn yes() -> Vec<&'static str> {
    vec!["yes"]
}

fn areas() -> Vec<&'static str> {
    ServiceArea::ALL.iter().map(|area| area.name()).collect()
}

fn roles() -> Vec<&'static str> {
    Role::ALL.iter().map(|role| role.name()).collect()
}

fn stages() -> Vec<&'static str> {
    Stage::ALL.iter().map(|stage| stage.name()).collect()
}

fn measures() -> Vec<&'static str> {
    Measure::ALL.iter().map(|measure| measure.name()).collect()
}

fn units() -> Vec<&'static str> {
    Unit::ALL.iter().map(|unit| unit.name()).collect()
}

fn rags() -> Vec<&'static str> {
    Rag::ALL.iter().map(|rag| rag.name()).collect()
}

fn judgements() -> Vec<&'static str> {
    Rag::ALL.iter().filter(|rag| **rag != Rag::NotScored).map(|rag| rag.name()).collect()
}

fn severities() -> Vec<&'static str> {
    Severity::ALL.iter().map(|severity| severity.name()).collect()
}

fn compared() -> Vec<&'static str> {
    figures::COMPARED.iter().map(|figure| figure.name()).collect()
}

fn changes() -> Vec<&'static str> {
    ChangeKind::ALL.iter().map(|kind| kind.name()).collect()
}

fn states() -> Vec<&'static str> {
    SheetState::ALL.iter().map(|state| state.name()).collect()
}

fn layouts() -> Vec<&'static str> {
    Layout::ALL.iter().map(|layout| layout.name()).collect()
}

const FILE: Column = text(
    "file",
    "Workbook",
    "The workbook: its path below the folder that was given, or its own name where it was given by itself.",
)
.always();

const TEAM: Column = text("team", "Team", "The team's name as its workbook writes it.").always();

const WORKER: Column = text("worker", "Worker", "The worker's name as the workbook writes it.").always();

const AREA: Column = word(
    "service_area",
    "Service area",
    areas,
    "The team's field of work, by which limits are agreed; empty where nothing tells it.",
);

/// Worker × measure.
pub const RATINGS: Table = Table {
    name: "ratings.csv",
    title: "Ratings",
    about: "One row for each worker and each limit, benchmark or other measure that the worker is judged by.",
    columns: &[
        FILE,
        TEAM,
        WORKER,
        text("policy", "Policy", "The policy that judges: its short name, or \"agreed\" for a limit agreed with the worker.")
            .always(),
        word(
            "measure",
            "Measure",
            measures,
            "What is measured: cases against a limit, points, hours or tasks against a benchmark, or the bare number of \
             cases.",
        )
        .always(),
        word("unit", "Unit", units, "What load, lower and upper are counted in.").always(),
        figure(
            "load",
            "Load",
            "as the column unit says",
            "What the worker holds, exact. Empty where it cannot be counted.",
        ),
        figure(
            "lower",
            "Lower figure",
            "as the column unit says",
            "The limit or benchmark after pro rata, exact; of a range its lower end. Empty where none applies.",
        ),
        figure(
            "upper",
            "Upper figure",
            "as the column unit says",
            "The upper end of the limit after pro rata, exact; equal to lower where there is one figure.",
        ),
        figure(
            "utilisation",
            "Used",
            "percent",
            "Load as a share of the upper figure (of case-count: of the lower), rounded to 2 places. Empty where that \
             figure is 0 or not known.",
        ),
        word("rag", "Colour", rags, "The colour of this measure; not-scored where there is nothing to judge by.").always(),
        word("governs", "Governs", yes, "yes on the one row of each worker that gives them their overall colour."),
        text("because", "Because", "What decided, or what was missing, as a sentence.").always(),
        figure(
            "full_time_upper",
            "Upper figure for full time",
            "as the column unit says",
            "The upper figure that a full-time worker would have; of a limit agreed with the worker, the figure whose \
             place it took.",
        ),
        word(
            "in_team_total",
            "In the team's total",
            yes,
            "yes where load and upper are added into the team's limit_utilisation or points_utilisation: of several \
             policies the first counts, so that no worker counts twice.",
        ),
        word(
            "advisory",
            "For advice",
            yes,
            "yes where the policy is for advice: the rating decides nothing for the worker or the team where another \
             policy rates the same measure.",
        ),
    ],
    since_ever: 13,
    // A policy may have two limits in the same unit.
    key: &[],
    refers: Some(Refers { columns: &["file", "team", "worker"], table: "workers.csv" }),
};

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

/// Whose the figures are, then every figure that tables have.
const TEAM_COLUMNS: [Column; 3 + figures::TABLED.len()] = {
    let mut columns = [FILE; _];
    (columns[1], columns[2]) = (TEAM, AREA);
    let mut at = 0;
    while at < figures::TABLED.len() {
        columns[3 + at] = figures::TABLED[at].column();
        at += 1;
    }
    columns
};

/// Whose the figures are, then every figure that is handed outside.
const SHARED_COLUMNS: [Column; 2 + figures::SHARED.len()] = {
    let mut columns = [TEAM; _];
    columns[1] = AREA;
    let mut at = 0;
    while at < figures::SHARED.len() {
        columns[2 + at] = figures::SHARED[at].shared_column();
        at += 1;
    }
    columns
};

/// Team.
pub const TEAMS: Table = Table {
    name: "teams.csv",
    title: "Teams",
    about: "One row for each team. Ratios are made of the team's sums, never of the workers' percentages.",
    columns: &TEAM_COLUMNS,
    since_ever: 29,
    key: &["file", "team"],
    refers: None,
};

/// Finding.
pub const FINDINGS: Table = Table {
    name: "findings.csv",
    title: "Findings",
    about: "One row for each thing that was found in a workbook. No cell is quoted and no child is named.",
    columns: &[
        FILE,
        text(
            "sheet",
            "Sheet",
            "The sheet; of a CSV its file's name without the ending. Empty where it concerns the whole.",
        ),
        text("cell", "Cell", "The cell, such as C7. Empty where it concerns the whole workbook."),
        text("rule", "Rule", "The rule's stable name; `fairload rules NAME` explains it.").always(),
        word(
            "severity",
            "Severity",
            severities,
            "error: guidance is broken or data cannot be trusted; warning: needs a look; note: assumed or passed over, \
             told for transparency.",
        )
        .always(),
        text("team", "Team", "The team concerned. Empty where it concerns none alone."),
        text("worker", "Worker", "The worker concerned. Empty where it concerns none alone."),
        text("message", "Message", "What is wrong and where, as a sentence.").always(),
        text("action", "Action", "What to do about it, as a sentence.").always(),
        text("id", "Identifier", "The same from run to run for the same rule, workbook, sheet and cell.").always(),
    ],
    since_ever: 10,
    key: &["id"],
    refers: None,
};

/// Sheet of an input.
pub const SHEETS: Table = Table {
    name: "sheets.csv",
    title: "Sheets",
    about: "One row for each sheet of each workbook: how it was read, and that no row was lost.",
    columns: &[
        FILE,
        text("sheet", "Sheet", "The sheet; of a CSV its file's name without the ending.").always(),
        word(
            "state",
            "State",
            states,
            "read; no-caseload where nothing on it looks like a caseload; unreadable where it looks like one and could \
             not be read.",
        )
        .always(),
        word("layout", "Layout", layouts, "What the sheet was taken for; none where it was passed over.").always(),
        ordinal(
            "header_row",
            "Header row",
            "The number of the sheet's row with the column headings, from 1; of two heading rows the lower, of several tables the first's. Empty without one.",
        ),
        count(
            "rows_read",
            "Rows read",
            "rows",
            "Rows below the header up to the last that holds anything: always rows_counted plus rows_set_aside.",
        )
        .always(),
        count("rows_counted", "Rows counted", "rows", "Rows that were taken for a case, a worker or the like.")
            .always(),
        count("rows_set_aside", "Rows set aside", "rows", "Rows that do not count, for the reasons beside.").always(),
        text("reasons", "Reasons", "Why rows do not count, with how many each, such as: blank 3; heading 4; totals 1."),
    ],
    since_ever: 9,
    key: &["file", "sheet"],
    refers: None,
};

/// Run × team × measure.
pub const TREND: Table = Table {
    name: "trend.csv",
    title: "Trend",
    about: "One row for each run, team and figure that runs are compared by; in each run the directorate first, whose file \
            is empty.",
    columns: &[
        day("as_of", "As of", "The date that the run was judged on.").always(),
        text("run", "Run", "The name of the run's folder.").always(),
        text("file", "Workbook", "The workbook that the team was in last. Empty for the directorate."),
        text("team", "Team", "The name that the team had last, so that its rows are one series; Directorate for all.")
            .always(),
        word("measure", "Figure", compared, "The figure: the name of a column of teams.csv.").always(),
        text("unit", "Unit", "What value and change are counted in; the change of a percentage in points of percent.")
            .always(),
        figure("value", "Value", "as the column unit says", "The figure. Empty where it is not known."),
        signed(
            "change",
            "Change",
            "as the column unit says",
            "The value less that of the run before. Empty for the first run, and where either is not known.",
        ),
    ],
    since_ever: 8,
    key: &["run", "file", "team", "measure"],
    refers: None,
};

/// Change from one run to the next.
pub const CHANGES: Table = Table {
    name: "changes.csv",
    title: "Changes",
    about: "One row for each change from one run to the next: of workers, of teams, and of what cannot be compared.",
    columns: &[
        word("kind", "Kind", changes, "What changed, or what cannot be compared.").always(),
        day("as_of", "As of", "The date of the run in which it was found.").always(),
        text("file", "Workbook", "The workbook concerned. Empty where it concerns a run."),
        text("team", "Team", "The team concerned. Empty where it concerns a run."),
        text("worker", "Worker", "The worker concerned. Empty where it concerns a team or a run."),
        day("since", "Since", "Since when, or the day that was missed. Empty where there is none."),
        count("runs", "How many", "runs, or actions overdue", "Runs running, or actions overdue. Empty where neither."),
        text("message", "Message", "What changed, as a sentence.").always(),
    ],
    since_ever: 8,
    key: &[],
    refers: None,
};

/// Team, and all together, for people outside.
pub const TEAMS_SUPPRESSED: Table = Table {
    name: "teams-suppressed.csv",
    title: "Teams, for people outside",
    about: "One row for each team and one for all together, last. A cell with c holds a count of 1 to 5, or a figure \
            that would give such a count away; in headroom_children and fte_needed it may be 0.",
    columns: &SHARED_COLUMNS,
    since_ever: 25,
    key: &[],
    refers: None,
};

/// All of them.
pub const ALL: &[&Table] = &[&RATINGS, &WORKERS, &TEAMS, &FINDINGS, &SHEETS, &TREND, &CHANGES, &TEAMS_SUPPRESSED];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::column::Kind;

    #[test]
    fn every_column_says_what_it_holds() {
        for table in ALL {
            assert!(table.since_ever <= table.columns.len(), "{}", table.name);
            for (at, column) in table.columns.iter().enumerate() {
                let name = format!("{}, {}", table.name, column.name);
                assert!(column.about.ends_with('.') && !column.title.is_empty(), "{name} is not explained");
                assert_eq!(table.position(column.name), Some(at), "{name} stands twice");
                let counted = matches!(column.kind, Kind::Count | Kind::Figure | Kind::Signed);
                assert_eq!(column.unit.is_empty(), !counted, "{name}: a figure has a unit, and nothing else has");
            }
            assert!(table.key.iter().all(|name| table.position(name).is_some()), "{}", table.name);
            let Some(refers) = &table.refers else { continue };
            let other = ALL.iter().find(|other| other.name == refers.table);
            assert!(other.is_some_and(|other| other.key == refers.columns), "{}: {refers:?}", table.name);
        }
    }
}
