//! Workers told by the sheet, by a row above their children, or by a cell beside several of them.

use crate::saltmarsh::book::{Book, SheetTruth, prose, widths, workbook};
use crate::saltmarsh::grid::{Cell, Day, Field, Grid, LONG, OTHER, SHORT, heads, text};
use crate::saltmarsh::layouts::{KNOWS, look, total};
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::Heat::{Cool, Warm};
use crate::saltmarsh::people::{Court, Fate, Register, Status, Team, Worker};

/// A sheet for each worker, with a block above the table; contents in front, an empty form and lists
/// behind, a worker without children, and last month's copy of one sheet left in.
pub fn sheet_for_each() -> Book {
    let mut register = Register::new(16);
    let r = &mut register;
    let mut team = Team::new("Kelp Locality Team", "locality", KNOWS);
    for (started, stage, fte, children) in [
        ((2014, 9, 1), "3+", 10_000, 18),
        ((2023, 6, 12), "2-3", 8_000, 17),
        ((2025, 1, 6), "nqsw-6-12", 10_000, 16),
        ((2019, 2, 25), "3+", 6_000, 12),
        ((2022, 10, 3), "2-3", 10_000, 0),
    ] {
        let worker = Worker::social_worker(r, "").share(fte).since(started, stage);
        team.add(r, worker, children, Cool);
    }
    let closed = team.family(r, 3, 1, Status::Closed, Court::No, 0, 0);
    team.cases[closed].fate = Fate::Aside("closed");

    let columns = [
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("DOB", Field::Born),
        ("Plan", Field::Status),
        ("Court", Field::Court),
        ("Level", Field::Level),
        ("Additional factors", Field::Additional),
        ("Last visit", Field::Visit),
    ];
    let paper = |team: &Team, at: usize| {
        let worker = &team.workers[at];
        let mut paper = Paper::default();
        above(&mut paper, &worker.name, team.name, worker.fte_written.clone(), worker.started);
        paper.heads(&heads(&columns));
        let rows = Grid::rows_of(team, Some(at), &columns, &SHORT);
        let children = rows.len() as f64;
        paper.rows(rows);
        if children > 0.0 {
            paper.gap().row(total("Total", 1, children), Fate::Aside("totals"));
        }
        paper
    };
    let look = look("Arial", 0x2E75B6, 0xFFFFFF);
    let mut workbook = workbook("Kelp Locality Team");
    let mut sheets = Vec::new();
    let mut add = |name: &str, paper: Option<&Paper>| {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        widths(sheet, &[16.0, 20.0, 12.0, 18.0, 18.0, 8.0, 17.0, 12.0]);
        if let Some(paper) = paper {
            paper.write(sheet, &look);
        }
    };
    add("Contents", None);
    sheets.push(SheetTruth::none("Contents"));
    for at in 0..team.workers.len() {
        let paper = paper(&team, at);
        add(&team.workers[at].name, Some(&paper));
        sheets.push(paper.truth(&team.workers[at].name, "sheet-per-worker"));
    }
    // Last month's sheet of the first worker, two children shorter.
    let mut before = team.clone();
    before.cases.drain(..2);
    let (paper, name) = (paper(&before, 0), format!("{} Aug", team.workers[0].name));
    add(&name, Some(&paper));
    sheets.push(paper.superseded(&name, "sheet-per-worker"));
    let mut empty = Paper::default();
    above(&mut empty, "", "", Cell::Blank, None);
    empty.heads(&heads(&columns));
    add("Blank", Some(&empty));
    sheets.push(SheetTruth::none("Blank"));
    add("Lists", None);
    sheets.push(SheetTruth::none("Lists"));
    let contents: Vec<String> = team.workers.iter().map(|worker| format!("Sheet of {}", worker.name)).collect();
    let mut lines = vec!["Kelp Locality Team: where to find what"];
    lines.extend(contents.iter().map(String::as_str));
    prose(workbook.worksheet_from_name("Contents").unwrap(), &look, &lines);
    let sheet = workbook.worksheet_from_name("Lists").unwrap();
    for (row, word) in ["CIN", "CP", "LAC", "Care leaver"].iter().enumerate() {
        sheet.write(row as u32, 0, *word).unwrap();
    }
    sheet.set_hidden(true);
    Book { file: "layouts/Sheet per worker.xlsx", bytes: workbook.save_to_buffer().unwrap(), sheets, teams: vec![team] }
}

/// The lines above a worker's table.
fn above(paper: &mut Paper, name: &str, team: &str, fte: Cell, started: Option<Day>) {
    let started = started.map_or(Cell::Blank, Cell::Date);
    let title = if name.is_empty() { "Caseload of:".to_string() } else { format!("Caseload of: {name}") };
    paper.title(&title);
    paper.block(vec![text("Team"), text(team), Cell::Blank, text("FTE"), fte]);
    paper.block(vec![text("Role"), text("Social Worker"), Cell::Blank, text("Start date"), started]);
    paper.gap();
}

/// The worker in a row across the sheet above their children, the share of a post behind the name.
pub fn headings() -> Book {
    let mut register = Register::new(18);
    let r = &mut register;
    let mut team = Team::new("Glasswort Locality Team", "locality", KNOWS);
    for (fte, children) in [(10_000, 19), (8_000, 17), (10_000, 23), (5_000, 10)] {
        let worker = Worker::social_worker(r, "").share(fte);
        team.add(r, worker, children, Cool);
    }
    team.unallocated(r, "Unallocated", Status::InNeed);
    team.unallocated(r, "Unallocated", Status::Protection);
    let columns = [
        ("Child ID", Field::Child),
        ("Family", Field::Household),
        ("Date of birth", Field::Born),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional", Field::Additional),
    ];
    let mut paper = Paper::default();
    paper.title(team.name).block(vec![text("As at 30 September 2025")]).gap().heads(&heads(&columns));
    for holder in (0..team.workers.len()).map(Some).chain([None]) {
        let shown = match holder.map(|at| &team.workers[at]) {
            Some(worker) if worker.fte < 10_000 => format!("{} ({})", worker.name, worker.fte as f64 / 10_000.0),
            Some(worker) => worker.name.clone(),
            None => "Unallocated".to_string(),
        };
        let row = paper.next();
        paper.names(vec![text(shown)]).merge([row, 0, row, columns.len() as u32 - 1]);
        let rows = Grid::rows_of(&team, holder, &columns, &LONG);
        let children = rows.len() as f64;
        paper.rows(rows).row(total("Total", 1, children), Fate::Aside("totals")).gap();
    }
    paper.row(total("Grand total", 1, team.cases.len() as f64), Fate::Aside("totals"));
    let look = look("Verdana", 0xC6E0B4, 0x000000);
    let mut workbook = workbook("Glasswort Locality Team");
    let sheet = workbook.add_worksheet().set_name("September").unwrap();
    widths(sheet, &[14.0, 12.0, 14.0, 20.0, 20.0, 18.0, 12.0]);
    paper.write(sheet, &look);
    Book {
        file: "layouts/Worker headings.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("September", "worker-headings")],
        teams: vec![team],
    }
}

/// The worker beside the children: in a merged cell on one team's sheet, on the first row only on the other's.
pub fn merged_and_filled() -> Book {
    let mut register = Register::new(19);
    let r = &mut register;
    let mut thrift = Team::new("Thrift Locality Team", "locality", KNOWS);
    for (experience, fte, children) in
        [("3+ years", 10_000, 17), ("NQSW 0-6 months", 10_000, 15), ("3+ years", 6_000, 14)]
    {
        let worker = Worker::social_worker(r, experience).share(fte);
        thrift.add(r, worker, children, Cool);
    }
    let mut orache = Team::new("Orache Locality Team", "locality", KNOWS);
    for (experience, children, heat) in [("3+ years", 20, Cool), ("1-2 years", 12, Warm), ("2-3 years", 16, Cool)] {
        let worker = Worker::social_worker(r, experience);
        orache.add(r, worker, children, heat);
    }
    let columns = [
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let look = look("Tahoma", 0xFFE699, 0x000000);
    let mut workbook = workbook("Thrift and Orache");
    let mut sheets = Vec::new();
    for (team, merged) in [(&thrift, true), (&orache, false)] {
        let mut paper = Paper::default();
        paper.title(team.name).gap().heads(&heads(&columns));
        for at in 0..team.workers.len() {
            let first = paper.next();
            let mut rows = Grid::rows_of(team, Some(at), &columns, if merged { &SHORT } else { &OTHER });
            for row in &mut rows[1..] {
                row.cells[..4].fill(Cell::Blank);
            }
            paper.rows(rows);
            let last = paper.next() - 1;
            if merged {
                for column in [0, 1, 3] {
                    paper.merge([first, column, last, column]);
                }
            } else if at + 1 < team.workers.len() {
                paper.gap();
            }
        }
        let sheet = workbook.add_worksheet().set_name(team.name).unwrap();
        widths(sheet, &[20.0, 16.0, 7.0, 17.0, 10.0, 10.0, 18.0, 18.0, 18.0, 17.0]);
        paper.write(sheet, &look);
        sheets.push(paper.truth(team.name, "row-per-child"));
    }
    Book {
        file: "layouts/Merged and filled down.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets,
        teams: vec![thrift, orache],
    }
}
