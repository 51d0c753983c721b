//! What the tables hold: each column's name, kind, unit and meaning; datapackage.json says the same.
//!
//! Names and order are a contract: a new column stands behind the others, and none changes.

use crate::book::rag::Rag;
use crate::directorate::history::{ChangeKind, Figure};
use crate::field::caseload::{Role, ServiceArea, Stage, Unit};
use crate::field::finding::Severity;
use crate::field::rating::Measure;
use crate::field::reading::{Layout, SheetState};

/// A CSV: its name, what a row is, and its columns.
#[derive(Debug)]
pub struct Table {
    /// File name.
    pub name: &'static str,
    /// What the table is, in words.
    pub title: &'static str,
    /// What a row stands for, as a sentence.
    pub about: &'static str,
    /// Columns in order.
    pub columns: &'static [Column],
    /// How many of them every version has written; later ones stand behind them.
    pub since_ever: usize,
    /// Columns that together tell every row from the others; empty where none do.
    pub key: &'static [&'static str],
    /// Columns that together name a row of another table.
    pub refers: Option<Refers>,
}

/// Columns that name a row of another table, where they are called the same.
#[derive(Debug)]
pub struct Refers {
    /// The columns.
    pub columns: &'static [&'static str],
    /// The other table's file name.
    pub table: &'static str,
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its name for readers.
    pub title: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What its figures are counted in; empty where they are none.
    pub unit: &'static str,
    /// What it means, in sentences that stand on their own.
    pub about: &'static str,
    /// No cell of it is empty.
    pub always: bool,
}

/// What the cells of a column hold, where they are not empty.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// One of these words.
    OneOf(fn() -> Vec<&'static str>),
    /// A whole number of 0 or more.
    Count,
    /// A whole number of 1 or more.
    Ordinal,
    /// A figure of 0 or more.
    Figure,
    /// A figure, which may be below 0.
    Signed,
    /// A day as 2025-09-30.
    Day,
}

impl Table {
    /// The names of the columns, in order.
    pub fn header(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.name)
    }

    /// Where a column stands, from 0.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.header().position(|column| column == name)
    }
}

impl Column {
    const fn always(mut self) -> Self {
        self.always = true;
        self
    }
}

const fn text(name: &'static str, title: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Text, unit: "", about, always: false }
}

const fn word(
    name: &'static str,
    title: &'static str,
    words: fn() -> Vec<&'static str>,
    about: &'static str,
) -> Column {
    Column { name, title, kind: Kind::OneOf(words), unit: "", about, always: false }
}

const fn count(name: &'static str, title: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Count, unit, about, always: false }
}

const fn ordinal(name: &'static str, title: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Ordinal, unit: "", about, always: false }
}

const fn figure(name: &'static str, title: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Figure, unit, about, always: false }
}

const fn signed(name: &'static str, title: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Signed, unit, about, always: false }
}

const fn day(name: &'static str, title: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Day, unit: "", about, always: false }
}

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

fn figures() -> Vec<&'static str> {
    Figure::ALL.iter().map(|figure| figure.name()).collect()
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

/// Team.
pub const TEAMS: Table = Table {
    name: "teams.csv",
    title: "Teams",
    about: "One row for each team. Ratios are made of the team's sums, never of the workers' percentages.",
    columns: &[
        FILE,
        TEAM,
        AREA,
        count("workers", "Workers", "workers", "Workers listed.").always(),
        figure("fte", "FTE", "full-time posts", "The FTE of all workers added up.").always(),
        count(
            "children",
            "Children",
            "children",
            "Children with a key worker, each once; those whom nobody holds stand in unallocated. Empty where the \
             workbook does not tell.",
        ),
        count("households", "Families", "households", "Households of those children. Empty where not told."),
        figure("children_per_fte", "Children per FTE", "children for each full-time post", "children ÷ fte."),
        figure(
            "limit_utilisation",
            "Limits used",
            "percent",
            "limit_load ÷ limit_upper: the load of all workers rated against a limit as a share of their limits, both \
             added up first. Empty where no worker has a limit above 0.",
        ),
        figure(
            "points_utilisation",
            "Points used",
            "percent",
            "points_load ÷ points_benchmark. Empty where no worker is scored in points.",
        ),
        count("red", "Red", "workers", "Workers whose overall colour is red.").always(),
        count("amber", "Amber", "workers", "Workers whose overall colour is amber.").always(),
        count("green", "Green", "workers", "Workers whose overall colour is green.").always(),
        count(
            "not_scored",
            "Not scored",
            "workers",
            "Workers for whom there is nothing to judge by, or whose data cannot be used; they are never among the green.",
        )
        .always(),
        figure(
            "over_limit_share",
            "Workers over their limit",
            "percent",
            "over_limit ÷ limit_rated. Empty where no worker is rated against a limit.",
        ),
        count("unallocated", "Unallocated", "children", "Children whom no named worker holds; they are not in children.")
            .always(),
        figure(
            "fte_needed",
            "FTE needed",
            "full-time posts",
            "FTE that would bring every worker within the limit: what each worker holds above the upper figure of their \
             limit ÷ that of full time, added up.",
        )
        .always(),
        figure(
            "headroom_children",
            "Headroom",
            "children",
            "Whole children that workers could take before they pass the lower figure of their limit, added up.",
        )
        .always(),
        ordinal("rank", "Rank", "1 uses most of its limits; equal teams share a rank. Empty without limit_utilisation."),
        count("cp", "Child protection", "children", "Children on a child protection plan. Empty where not told."),
        count("cioc", "In our care", "children", "Children in the council's care. Empty where not told."),
        count(
            "care_proceedings",
            "Care proceedings",
            "households",
            "Households in care proceedings; a child without a household counts as one. Empty where not told.",
        ),
        figure("cp_per_fte", "Child protection per FTE", "children for each full-time post", "cp ÷ fte."),
        figure("cioc_per_fte", "In our care per FTE", "children for each full-time post", "cioc ÷ fte."),
        figure(
            "proceedings_per_fte",
            "Care proceedings per FTE",
            "households for each full-time post",
            "care_proceedings ÷ fte.",
        ),
        figure("least_utilised", "Least loaded worker", "percent", "The lowest share of their limit that a worker uses."),
        figure("most_utilised", "Most loaded worker", "percent", "The highest share of their limit that a worker uses."),
        ordinal("quartile", "Quartile", "1 is the most loaded quarter of the teams by rank, 4 the least loaded."),
        signed(
            "change",
            "Change",
            "points of percent",
            "limit_utilisation less that of the earlier run given with --previous. Empty without one, or where the team \
             was not in it.",
        ),
        figure("limit_load", "Load by limits", "units of the limits", "Load of the workers rated against a limit, added up.")
            .always(),
        figure(
            "limit_upper",
            "Limits",
            "units of the limits",
            "The upper figures of the same workers after pro rata, added up.",
        )
        .always(),
        count("limit_rated", "Rated against a limit", "workers", "Workers rated against a limit.").always(),
        figure("limit_fte", "FTE rated against a limit", "full-time posts", "The FTE of the same workers.").always(),
        count("over_limit", "Over their limit", "workers", "Workers above the upper figure of a limit.").always(),
        figure("points_load", "Points", "points", "Points of the workers scored in points, added up.").always(),
        figure("points_benchmark", "Benchmarks", "points", "Their benchmarks after pro rata, added up.").always(),
        figure(
            "lower_quartile_utilised",
            "Lower quartile of workers",
            "percent",
            "A quarter of the workers use less of their limit; between two workers as QUARTILE.INC of a spreadsheet.",
        ),
        figure("median_utilised", "Median worker", "percent", "Half of the workers use less of their limit."),
        figure(
            "upper_quartile_utilised",
            "Upper quartile of workers",
            "percent",
            "Three quarters of the workers use less of their limit.",
        ),
        figure(
            "hoover",
            "Unevenness (Hoover index)",
            "percent",
            "The share of the load that would have to change hands for every worker to stand at the same share of their \
             limit; 0 is even.",
        ),
        count("nqsw", "Newly qualified", "workers", "Newly qualified workers rated against a limit.").always(),
        figure("nqsw_fte", "FTE of the newly qualified", "full-time posts", "Their FTE.").always(),
        figure("nqsw_load", "Load of the newly qualified", "units of the limits", "Their load.").always(),
        figure("nqsw_load_share", "Newly qualified share of the load", "percent", "nqsw_load ÷ limit_load."),
        count("part_time", "Part time", "workers", "Workers below 1 FTE rated against a limit.").always(),
        figure("part_time_fte", "FTE of part-timers", "full-time posts", "Their FTE.").always(),
        figure("part_time_load", "Load of part-timers", "units of the limits", "Their load.").always(),
        figure(
            "part_time_per_fte",
            "Part-timers' load per FTE",
            "units of the limits for each full-time post",
            "part_time_load ÷ part_time_fte.",
        ),
        count("full_time", "Full time", "workers", "Workers of 1 FTE or above rated against a limit.").always(),
        figure("full_time_fte", "FTE of full-timers", "full-time posts", "Their FTE.").always(),
        figure("full_time_load", "Load of full-timers", "units of the limits", "Their load.").always(),
        figure(
            "full_time_per_fte",
            "Full-timers' load per FTE",
            "units of the limits for each full-time post",
            "full_time_load ÷ full_time_fte.",
        ),
        count(
            "cases",
            "Cases, official measure",
            "persons",
            "Children, young people and foster carers allocated to a named social worker, each person counted, as the \
             Department for Education counts them.",
        )
        .always(),
        figure(
            "cases_fte",
            "FTE, official measure",
            "full-time posts",
            "The FTE of the social workers who hold one case or more.",
        )
        .always(),
        count(
            "cases_left_out",
            "Left out of the official measure",
            "workers",
            "Social workers left out of cases and cases_fte, because how many they hold or their FTE is not known.",
        )
        .always(),
        figure(
            "average_caseload",
            "Average caseload, official measure",
            "persons for each full-time post",
            "cases ÷ cases_fte. Empty where nobody holds a case.",
        ),
        figure(
            "children_over",
            "Children above limits",
            "children",
            "Children above the upper figures of the workers' limits, each worker's in whole children, added up.",
        )
        .always(),
        figure(
            "fte_room",
            "FTE of room",
            "full-time posts",
            "Room that workers have, as FTE: whole units below the lower figure ÷ full-time limit, added up.",
        )
        .always(),
        signed(
            "net_gap_fte",
            "Net gap",
            "full-time posts",
            "fte_needed less fte_room: above 0 posts are short even if work were shared out; below 0 there is room.",
        )
        .always(),
        figure(
            "fte_if_away",
            "FTE lacking if one worker is away",
            "full-time posts",
            "FTE that the team would lack besides if the worker whose absence weighs most were away. Empty where no \
             worker is rated against a limit.",
        ),
        figure("nqsw_upper", "Limits of the newly qualified", "units of the limits", "Their upper figures, added up.")
            .always(),
        count("nqsw_over", "Newly qualified over limit", "workers", "Newly qualified workers above their upper figure.")
            .always(),
        figure("part_time_upper", "Limits of part-timers", "units of the limits", "Their upper figures, added up.")
            .always(),
        figure("full_time_upper", "Limits of full-timers", "units of the limits", "Their upper figures, added up.")
            .always(),
    ],
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
        word("measure", "Figure", figures, "The figure: the name of a column of teams.csv.").always(),
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
    columns: &[
        TEAM,
        AREA,
        count("workers", "Workers", "workers", "Workers listed."),
        figure("fte", "FTE", "full-time posts", "The FTE of all workers added up."),
        count("red", "Red", "workers", "Workers whose overall colour is red."),
        count("amber", "Amber", "workers", "Workers whose overall colour is amber."),
        count("green", "Green", "workers", "Workers whose overall colour is green."),
        count(
            "not_scored",
            "Not scored",
            "workers",
            "Workers who could not be scored; they are never among the green.",
        ),
        count("children", "Children", "children", "Children with a key worker, each once."),
        count("households", "Families", "households", "Households of those children."),
        count("cp", "On child protection plans", "children", "Children on child protection plans."),
        count("cioc", "In our care", "children", "Children in our care."),
        count("care_proceedings", "In care proceedings", "households", "Households in care proceedings."),
        count("unallocated", "Children nobody holds", "children", "Children without a named worker."),
        figure("limit_utilisation", "Limits used", "percent", "The load of all workers as a share of their limits."),
        figure(
            "points_utilisation",
            "Points used",
            "percent",
            "The points of all workers as a share of their benchmarks.",
        ),
        figure("children_per_fte", "Children per FTE", "children for each full-time post", "children ÷ fte."),
        figure("cp_per_fte", "On plans per FTE", "children for each full-time post", "cp ÷ fte."),
        figure("cioc_per_fte", "In our care per FTE", "children for each full-time post", "cioc ÷ fte."),
        figure(
            "proceedings_per_fte",
            "Proceedings per FTE",
            "households for each full-time post",
            "care_proceedings ÷ fte.",
        ),
        figure(
            "over_limit_share",
            "Workers over limit",
            "percent",
            "Workers above an upper figure ÷ workers rated against a limit.",
        ),
        figure("fte_needed", "FTE needed", "full-time posts", "FTE needed to bring every worker within the limit."),
        count(
            "headroom_children",
            "Headroom in children",
            "children",
            "Children that could be taken before the lower figures are passed.",
        ),
        ordinal("rank", "Rank", "1 is the highest limit_utilisation of those shown; equal ones share a rank."),
        ordinal("quartile", "Quartile", "1 is the most loaded quarter of the teams whose limit_utilisation is shown."),
    ],
    since_ever: 25,
    key: &[],
    refers: None,
};

/// All of them.
pub const ALL: &[&Table] = &[&RATINGS, &WORKERS, &TEAMS, &FINDINGS, &SHEETS, &TREND, &CHANGES, &TEAMS_SUPPRESSED];

#[cfg(test)]
mod tests {
    use super::*;

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
