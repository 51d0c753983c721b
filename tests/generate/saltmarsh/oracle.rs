//! What a reader ought to make of the samples, worked out from the plan of the data alone.
//!
//! Written straight from the domain's rules, in whole numbers: posts are ten-thousandths, loads and
//! limits are multiplied crosswise and never divided before a colour is given. Nothing of the
//! program is called. `?` stands where the rules leave the figure open; it is not compared.
//!
//! Readings taken here:
//! - A missing FTE shows as 1, because 1 is what is reckoned with.
//! - Carers and reviews are not children: `children` and the figures beside it are open for
//!   fostering and reviewing officers.
//! - Of a manager who holds no case, points may be 0 or not scored: open.
//! - A worker awaiting registration has no limit in Appendix A: not scored for limits.

use std::collections::{BTreeMap, BTreeSet};

use crate::saltmarsh::book::{Book, SheetTruth};
use crate::saltmarsh::grid::earns_a_point;
use crate::saltmarsh::people::{Case, Court, FULL, Fate, Holder, Status, Tasks, Team, Worker};

/// A worker is held to this many, before and after pro rata in ten-thousandths.
struct Against {
    unit: &'static str,
    lower: i64,
    upper: i64,
}

/// The colours, the worst last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rag {
    NotScored,
    Green,
    Amber,
    Red,
}

impl Rag {
    fn name(self) -> &'static str {
        match self {
            Rag::NotScored => "not-scored",
            Rag::Green => "green",
            Rag::Amber => "amber",
            Rag::Red => "red",
        }
    }
}

/// The expected tables, each as CSV text.
pub struct Expected {
    pub workers: String,
    pub ratings: String,
    pub sheets: String,
    pub teams: String,
    /// Ratings of those on tasks forms where `task-force-tasks` is the one policy.
    pub tasks: String,
}

/// Works the tables out.
pub fn expect(books: &[Book]) -> Expected {
    let mut workers = vec![
        "file,team,service_area,worker,role,stage,fte,children,households,cp,cioc,care_proceedings,co_worked,awaiting_move"
            .to_string(),
    ];
    let mut ratings = vec!["file,team,worker,policy,measure,unit,load,lower,upper,utilisation,rag".to_string()];
    let mut sheets =
        vec!["file,sheet,state,layout,header_row,rows_read,rows_counted,rows_set_aside,reasons".to_string()];
    let mut teams =
        vec!["file,team,service_area,workers,fte,children,unallocated,red,amber,green,not_scored".to_string()];
    for book in books {
        sheets.extend(book.sheets.iter().map(|sheet| sheet_line(book.file, sheet)));
        for team in &book.teams {
            let mut colours = BTreeMap::new();
            for at in 0..team.workers.len() {
                workers.push(worker_line(book.file, team, at));
                let (lines, worst) = rate(book.file, team, at);
                ratings.extend(lines);
                *colours.entry(worst).or_insert(0) += 1;
            }
            teams.push(team_line(book.file, team, &colours));
        }
    }
    let table = |lines: Vec<String>| lines.join("\n") + "\n";
    let tasks = [ratings[0].clone()].into_iter().chain(books.iter().flat_map(task_lines));
    Expected {
        tasks: table(tasks.collect()),
        workers: table(workers),
        ratings: table(ratings),
        sheets: table(sheets),
        teams: table(teams),
    }
}

/// Ratings in tasks: against the benchmarks of the points model (domain section 7).
fn task_lines(book: &Book) -> Vec<String> {
    let mut lines = Vec::new();
    for team in &book.teams {
        for worker in &team.workers {
            let policy = "task-force-tasks";
            match worker.tasks {
                None => {}
                Some(Tasks::Untold) => {
                    lines.push(not_scored(book.file, team, worker, policy, "tasks", "not-scored"));
                }
                Some(Tasks::Points(load)) => {
                    let benchmark = benchmark(worker) * worker.fte;
                    let against = Against { unit: "points", lower: benchmark, upper: benchmark };
                    let rag = benchmark_rag(load, benchmark);
                    lines.push(scored(book.file, team, worker, policy, "tasks", &against, load, rag));
                }
            }
        }
    }
    lines
}

/// A row of CSV.
fn joined(cells: &[&str]) -> String {
    let quoted = |cell: &&str| if cell.contains([',', '"']) { format!("\"{cell}\"") } else { cell.to_string() };
    assert!(cells.iter().all(|cell| !cell.contains('"')), "{cells:?}");
    cells.iter().map(quoted).collect::<Vec<_>>().join(",")
}

/// Ten-thousandths as a plain decimal.
fn decimal(figure: i64) -> String {
    let (whole, part) = (figure / FULL, figure % FULL);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:04}").trim_end_matches('0').to_string() }
}

fn sheet_line(file: &str, sheet: &SheetTruth) -> String {
    let mut reasons = BTreeMap::new();
    let (mut read, mut counted) = (0, 0);
    for fate in &sheet.fates {
        read += 1;
        match fate {
            Fate::Counted => counted += 1,
            Fate::Aside(reason) => *reasons.entry(*reason).or_insert(0) += 1,
        }
    }
    let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
    joined(&[
        file,
        &sheet.name,
        if sheet.header.is_some() { "read" } else { "no-caseload" },
        sheet.layout,
        &sheet.header.map_or(String::new(), |row| (row + 1).to_string()),
        &read.to_string(),
        &counted.to_string(),
        &(read - counted).to_string(),
        &reasons.join("; "),
    ])
}

/// The worker's children as key worker, each once, with every row that speaks of them.
fn children(team: &Team, worker: usize) -> BTreeMap<&str, Vec<&Case>> {
    let mut children: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in &team.cases {
        let speaks = matches!(case.fate, Fate::Counted | Fate::Aside("duplicate"));
        if speaks && case.holder == Holder::Worker(worker) {
            children.entry(&case.child).or_default().push(case);
        }
    }
    children
}

/// The worker's households, a child without one being a household alone.
fn households<'a>(children: &'a BTreeMap<&str, Vec<&'a Case>>) -> BTreeMap<&'a str, Vec<&'a Case>> {
    let mut households: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for (child, rows) in children {
        let household = rows[0].household.as_str();
        households.entry(if household.is_empty() { child } else { household }).or_default().extend(rows);
    }
    households
}

/// Whether rows are carers or reviews rather than children.
fn counts_no_children(team: &Team) -> bool {
    matches!(team.area, "fostering" | "iro")
}

fn known(known: bool, figure: usize) -> String {
    if known { figure.to_string() } else { "?".into() }
}

fn worker_line(file: &str, team: &Team, at: usize) -> String {
    let worker = &team.workers[at];
    let children = children(team, at);
    let households = households(&children);
    let with = |status| children.values().filter(|rows| rows.iter().any(|row| row.status == status)).count();
    let in_court = households.values().filter(|rows| rows.iter().any(|row| row.court == Court::Care)).count();
    let counted = |case: &&Case| case.fate == Fate::Counted;
    let co_worked: BTreeSet<&str> = team
        .cases
        .iter()
        .filter(counted)
        .filter(|case| case.co_worker == Some(at))
        .map(|case| case.child.as_str())
        .collect();
    let awaiting = children.values().filter(|rows| rows.iter().any(|row| !row.awaiting.is_empty())).count();
    let child_rows = !counts_no_children(team);
    // A form lists no children: how many there are is not known.
    let of_children = |figure: String| if worker.tasks.is_some() { String::new() } else { figure };
    joined(&[
        file,
        team.name,
        team.area,
        &worker.name,
        worker.role,
        worker.stage,
        &if worker.fte_known { decimal(worker.fte) } else { "?".into() },
        &of_children(known(child_rows, children.len())),
        &of_children(match (child_rows, team.knows.household) {
            (false, _) => "?".into(),
            (true, false) => String::new(),
            (true, true) => households.len().to_string(),
        }),
        &of_children(known(child_rows && team.knows.status, with(Status::Protection))),
        &of_children(known(child_rows && team.knows.status, with(Status::InCare))),
        &of_children(known(child_rows && team.knows.household && team.knows.status, in_court)),
        &known(team.knows.co_worker, co_worked.len()),
        &of_children(known(child_rows && team.knows.awaiting, awaiting)),
    ])
}

/// Every rating of a worker as lines, and the worst colour.
fn rate(file: &str, team: &Team, at: usize) -> (Vec<String>, Rag) {
    let worker = &team.workers[at];
    let mut lines = Vec::new();
    let mut worst = Rag::NotScored;
    if !worker.fte_known || worker.tasks.is_some() {
        for (policy, measure) in [("redcar-2020", "limit"), ("task-force-points", "points")] {
            lines.push(not_scored(file, team, worker, policy, measure, "not-scored"));
        }
        return (lines, worst);
    }
    for (limit, load) in limits(team, at) {
        let policy = if worker.agreed.is_some() { "agreed" } else { "redcar-2020" };
        match limit {
            Some(against) => {
                let rag = limit_rag(load, against.upper);
                worst = worst.max(rag);
                lines.push(scored(file, team, worker, policy, "limit", &against, load, rag));
            }
            None => lines.push(not_scored(file, team, worker, policy, "limit", "not-scored")),
        }
    }
    let policy = "task-force-points";
    match points(team, at) {
        _ if is_idle_manager(team, at) => lines.push(not_scored(file, team, worker, policy, "points", "?")),
        Some(load) => {
            let benchmark = benchmark(worker) * worker.fte;
            let against = Against { unit: "points", lower: benchmark, upper: benchmark };
            let rag = benchmark_rag(load, benchmark);
            worst = worst.max(rag);
            lines.push(scored(file, team, worker, policy, "points", &against, load, rag));
        }
        None => lines.push(not_scored(file, team, worker, policy, "points", "not-scored")),
    }
    (lines, worst)
}

fn is_idle_manager(team: &Team, at: usize) -> bool {
    team.workers[at].role.ends_with("team-manager") && children(team, at).is_empty()
}

/// What the worker is held to by Appendix A, with the load; `None` for not scored.
fn limits(team: &Team, at: usize) -> Vec<(Option<Against>, i64)> {
    let worker = &team.workers[at];
    let children = children(team, at);
    let load = children.len() as i64;
    let unit = match team.area {
        "leaving-care" => "young-people",
        "iro" => "reviews",
        _ => "children",
    };
    if let Some((limit, _)) = worker.agreed {
        return vec![(Some(Against { unit, lower: limit * FULL, upper: limit * FULL }), load)];
    }
    let prorated = |unit, lower, upper| Some(Against { unit, lower: lower * worker.fte, upper: upper * worker.fte });
    let one = |figure| vec![(prorated(unit, figure, figure), load)];
    match (team.area, worker.role) {
        (_, "student" | "team-manager" | "awaiting-registration") => vec![(None, load)],
        // A team whose field of work nothing tells.
        ("", _) => vec![(None, load)],
        ("fostering", _) => {
            // An assessment of carers is planned as a row with the status of that name.
            let assessments = children.values().filter(|rows| rows[0].status == Status::Assessment).count() as i64;
            vec![(prorated("foster-carers", 18, 18), load - assessments), (prorated("assessments", 3, 3), assessments)]
        }
        ("iro", "iro") => one(70),
        ("assessment", "deputy-team-manager") => one(0),
        ("locality", "deputy-team-manager") => one(10),
        (_, "deputy-team-manager") => vec![(None, load)],
        (_, "nqsw") if worker.stage == "nqsw-0-6" => one(15),
        (_, "nqsw") => vec![(prorated(unit, 15, 18), load)],
        ("assessment", _) => vec![(prorated(unit, 20, 22), load)],
        ("locality" | "in-care", _) => one(20),
        ("disabilities", _) => one(25),
        ("leaving-care", _) => one(22),
        (area, role) => panic!("no limit planned for {role} in {area}"),
    }
}

/// Points of the households and duties; `None` where a column or the role does not allow them.
fn points(team: &Team, at: usize) -> Option<i64> {
    let worker = &team.workers[at];
    if !team.knows.household || !team.knows.level || counts_no_children(team) || worker.role == "student" {
        return None;
    }
    let children = children(team, at);
    let mut total = worker.duty_points;
    for (_, rows) in households(&children) {
        let here: BTreeSet<&str> = rows.iter().map(|row| row.child.as_str()).collect();
        total += here.len() as i64;
        let status = rows.iter().any(|row| earns_a_point(row.status) || row.court == Court::Private);
        total += i64::from(status);
        total += if rows.iter().any(|row| row.court == Court::Care) { 2 } else { 0 };
        total += rows.iter().filter_map(|row| row.level).max().unwrap_or(2); // blank: medium is assumed
        total += rows.iter().map(|row| row.additional).max().unwrap_or(0);
    }
    Some(total)
}

fn benchmark(worker: &Worker) -> i64 {
    match worker.stage {
        "nqsw-0-6" => 30,
        "nqsw-6-12" => 35,
        "1-2" => 40,
        "2-3" => 45,
        _ => 50, // three years and more, and where nothing says
    }
}

/// Standing at a maximum is within it. `upper` is in ten-thousandths, the load in ones.
fn limit_rag(load: i64, upper: i64) -> Rag {
    let load = load * FULL;
    match () {
        () if load <= upper => Rag::Green,
        () if upper > 0 && load * 100 < upper * 110 => Rag::Amber,
        () => Rag::Red,
    }
}

/// At exactly the benchmark the published table says amber.
fn benchmark_rag(load: i64, benchmark: i64) -> Rag {
    let load = load * FULL;
    match () {
        () if load < benchmark => Rag::Green,
        () if load * 100 < benchmark * 110 => Rag::Amber,
        () => Rag::Red,
    }
}

#[allow(clippy::too_many_arguments)] // Each is one column of the table.
fn scored(
    file: &str,
    team: &Team,
    worker: &Worker,
    policy: &str,
    measure: &str,
    against: &Against,
    load: i64,
    rag: Rag,
) -> String {
    // Half up to two places: hundredths of a percent, each ten-thousandths of the ratio.
    let utilisation = match against.upper {
        0 => String::new(),
        upper => decimal((2 * load * FULL * FULL + upper) / (2 * upper) * 100),
    };
    joined(&[
        file,
        team.name,
        &worker.name,
        policy,
        measure,
        against.unit,
        &load.to_string(),
        &decimal(against.lower),
        &decimal(against.upper),
        &utilisation,
        rag.name(),
    ])
}

fn not_scored(file: &str, team: &Team, worker: &Worker, policy: &str, measure: &str, rag: &str) -> String {
    joined(&[file, team.name, &worker.name, policy, measure, "?", "?", "?", "?", "?", rag])
}

fn team_line(file: &str, team: &Team, colours: &BTreeMap<Rag, usize>) -> String {
    let held: BTreeSet<&str> = team
        .cases
        .iter()
        .filter(|case| case.fate == Fate::Counted && matches!(case.holder, Holder::Worker(_)))
        .map(|case| case.child.as_str())
        .collect();
    let unallocated =
        team.cases.iter().filter(|case| case.fate == Fate::Counted && matches!(case.holder, Holder::Nobody(_))).count();
    // An idle team manager is green by points of nought, or not scored: open.
    let open = (0..team.workers.len()).any(|at| team.workers[at].role == "team-manager" && is_idle_manager(team, at));
    let count = |rag| colours.get(&rag).copied().unwrap_or(0);
    joined(&[
        file,
        team.name,
        team.area,
        &team.workers.len().to_string(),
        &match team.workers.iter().all(|worker| worker.fte_known) {
            true => decimal(team.workers.iter().map(|worker| worker.fte).sum()),
            false => "?".into(),
        },
        // Forms list no children: how many there are is not known.
        &match team.workers.iter().all(|worker| worker.tasks.is_some()) {
            true => String::new(),
            false => known(!counts_no_children(team), held.len()),
        },
        &known(!counts_no_children(team), unallocated),
        &count(Rag::Red).to_string(),
        &count(Rag::Amber).to_string(),
        &known(!open, count(Rag::Green)),
        &known(!open, count(Rag::NotScored)),
    ])
}
