//! Tables that count: a number of children beside each household, or counts for each worker.

use crate::saltmarsh::book::{Book, widths, workbook};
use crate::saltmarsh::grid::{Cell, Field, Grid, SHORT, heads, text};
use crate::saltmarsh::layouts::{KNOWS, look};
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::Heat::{Cool, Warm};
use crate::saltmarsh::people::{Court, Fate, Holder, Knows, Register, Status, Team, Worker};

/// One row for each household: on one sheet with its number of children as a figure or in words, on
/// another with every child's reference in one cell, a line for each.
pub fn households() -> Book {
    let mut register = Register::new(22);
    let r = &mut register;
    let mut team = Team::new("Aster Locality Team", "locality", KNOWS);
    for (experience, fte, children, heat) in [
        ("3+ years", 10_000, 21, Cool),
        ("2-3 years", 8_000, 14, Warm),
        ("NQSW 0-6 months", 10_000, 13, Cool),
        ("3+ years", 6_000, 12, Cool),
    ] {
        let worker = Worker::social_worker(r, experience).share(fte);
        team.add(r, worker, children, heat);
    }
    let columns = [
        ("Family ID", Field::Household),
        ("Number of children", Field::Line),
        ("Social worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let mut paper = Paper::default();
    paper.title(team.name).gap().heads(&heads(&columns));
    let firsts: Vec<usize> = (0..team.cases.len())
        .filter(|at| *at == 0 || team.cases[*at].household != team.cases[at - 1].household)
        .collect();
    let (mut two, mut three) = (false, false);
    for mut row in Grid::of_cases(&team, &firsts, &columns, &SHORT, 0).rows {
        let Cell::Text(household) = &row.cells[0] else { panic!("a household") };
        let children = team.cases.iter().filter(|case| case.household == *household).count();
        // The first household of two has its unit beside the figure; the first of three is not born yet in part.
        row.cells[1] = match children {
            2 if !two => text("2 children"),
            3 if !three => text("2 + unborn"),
            _ => Cell::Number(children as f64),
        };
        (two, three) = (two || children == 2, three || children == 3);
        paper.rows([row]);
    }
    paper.row(vec![text("Total"), Cell::Number(team.cases.len() as f64)], Fate::Aside("totals"));
    let mut workbook = workbook("Aster and Lovage");
    let sheet = workbook.add_worksheet().set_name(team.name).unwrap();
    widths(sheet, &[12.0, 18.0, 20.0, 15.0, 6.0, 17.0, 8.0, 18.0, 18.0, 17.0]);
    paper.write(sheet, &look("Calibri", 0xA9D08E, 0x000000));
    let mut lines = Team::new("Lovage Locality Team", "locality", KNOWS);
    for (experience, fte, children) in [("3+ years", 10_000, 19), ("1-2 years", 8_000, 18)] {
        let worker = Worker::social_worker(r, experience).share(fte);
        lines.add(r, worker, children, Cool);
    }
    let columns = [
        ("Child IDs", Field::Child),
        ("Family ID", Field::Household),
        ("Social worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let firsts: Vec<usize> = (0..lines.cases.len())
        .filter(|at| *at == 0 || lines.cases[*at].household != lines.cases[at - 1].household)
        .collect();
    let mut several = Paper::default();
    several.title(lines.name).gap().heads(&heads(&columns));
    for mut row in Grid::of_cases(&lines, &firsts, &columns, &SHORT, 0).rows {
        let Cell::Text(household) = &row.cells[1] else { panic!("a household") };
        let of_household = lines.cases.iter().filter(|case| case.household == *household);
        row.cells[0] = text(of_household.map(|case| case.child.as_str()).collect::<Vec<_>>().join("\n"));
        several.rows([row]);
    }
    let sheet = workbook.add_worksheet().set_name(lines.name).unwrap();
    widths(sheet, &[12.0, 12.0, 20.0, 15.0, 6.0, 12.0, 8.0, 18.0, 18.0, 17.0]);
    several.write(sheet, &look("Calibri", 0xA9D08E, 0x000000));
    Book {
        file: "layouts/Households.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth(team.name, "row-per-household"), several.truth(lines.name, "row-per-child")],
        teams: vec![team, lines],
    }
}

/// One row for each worker with counts by status; nothing tells one child from another.
pub fn counts() -> Book {
    let mut register = Register::new(24);
    let r = &mut register;
    let knows = Knows { household: false, level: false, co_worker: false, awaiting: false, ..Knows::ALL };
    let mut team = Team::new("Spartina Locality Team", "locality", knows);
    for (role, fte, of_each) in [
        ("Social Worker", 10_000, [9, 6, 4]),
        ("Social Worker", 8_000, [10, 5, 2]),
        ("Senior Practitioner", 10_000, [12, 7, 4]),
        ("Social Worker", 6_000, [5, 2, 1]),
    ] {
        let at = team.workers.len();
        team.workers.push(Worker::new(r, role, "social-worker").share(fte));
        for (status, children) in [Status::InNeed, Status::Protection, Status::InCare].into_iter().zip(of_each) {
            for _ in 0..children {
                team.family(r, at, 1, status, Court::No, 0, 0);
            }
        }
    }
    team.unallocated(r, "Unallocated", Status::InNeed);
    team.unallocated(r, "Unallocated", Status::InNeed);
    let mut paper = Paper::default();
    paper.title(team.name).block(vec![text("Children held at 30 September 2025")]).gap();
    paper.heads(&["Worker", "Role", "FTE", "CIN", "CP", "LAC", "Total"]);
    for holder in (0..team.workers.len()).map(Some).chain([None]) {
        paper.row(counted(&team, holder, true), Fate::Counted);
    }
    let mut all = vec![text("Total"), Cell::Blank, Cell::Blank];
    for status in [Status::InNeed, Status::Protection, Status::InCare] {
        all.push(Cell::Number(team.cases.iter().filter(|case| case.status == status).count() as f64));
    }
    all.push(Cell::Number(team.cases.len() as f64));
    paper.row(all, Fate::Aside("totals"));
    let mut workbook = workbook("Spartina Locality Team");
    let sheet = workbook.add_worksheet().set_name("Numbers").unwrap();
    widths(sheet, &[22.0, 20.0, 7.0, 7.0, 7.0, 7.0, 7.0]);
    paper.write(sheet, &look("Arial", 0x8EA9DB, 0x000000));
    Book {
        file: "layouts/Counts.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Numbers", "row-per-worker")],
        teams: vec![team],
    }
}

/// A caseload with a table of counts under it, which must not be added.
pub fn with_summary() -> Book {
    let mut register = Register::new(28);
    let r = &mut register;
    let mut team = Team::new("Saltwort Locality Team", "locality", KNOWS);
    for (experience, children) in [("3+ years", 16), ("2-3 years", 19), ("3+ years", 22)] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, Cool);
    }
    let columns = [
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Level", Field::Level),
        ("Additional", Field::Additional),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let mut paper = Paper::default();
    paper.title(team.name).gap().heads(&heads(&columns)).rows(Grid::of_cases(&team, &order, &columns, &SHORT, 2).rows);
    paper.gap().gap().title("Summary").heads(&["Worker", "CIN", "CP", "LAC", "Total"]);
    for at in 0..team.workers.len() {
        paper.row(counted(&team, Some(at), false), Fate::Counted);
    }
    let mut workbook = workbook("Saltwort Locality Team");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    widths(sheet, &[20.0, 15.0, 6.0, 12.0, 10.0, 10.0, 8.0, 18.0, 8.0, 10.0]);
    paper.write(sheet, &look("Cambria", 0xFFC000, 0x000000));
    Book {
        file: "layouts/With a summary.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Caseload", "row-per-child")],
        teams: vec![team],
    }
}

/// A caseload with a table of counts to the right of it, shorter than the list and begun on its heading.
pub fn with_summary_beside() -> Book {
    let mut register = Register::new(29);
    let r = &mut register;
    let mut team = Team::new("Marjoram Locality Team", "locality", KNOWS);
    for (experience, fte, children) in
        [("3+ years", 10_000, 18), ("2-3 years", 8_000, 18), ("NQSW 6-12 months", 10_000, 16)]
    {
        let worker = Worker::social_worker(r, experience).share(fte);
        team.add(r, worker, children, Cool);
    }
    let columns = [
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Level", Field::Level),
        ("Additional", Field::Additional),
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
    ];
    // A manager adds children as they come, not worker by worker.
    let mut order: Vec<usize> = (0..team.cases.len()).collect();
    order.sort_by(|a, b| team.cases[*b].born.cmp(&team.cases[*a].born).then(a.cmp(b)));
    let mut paper = Paper::default();
    paper.title(team.name).gap();
    let header = paper.next();
    paper.heads(&heads(&columns)).rows(Grid::of_cases(&team, &order, &columns, &SHORT, 2).rows);
    let right = columns.len() + 1;
    paper.beside(header, right, ["Worker", "CIN", "CP", "LAC", "Total"].map(text).to_vec(), None);
    for at in 0..team.workers.len() {
        paper.beside(header + 1 + at as u32, right, counted(&team, Some(at), false), Some(Fate::Counted));
    }
    let mut workbook = workbook("Marjoram Locality Team");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    widths(sheet, &[10.0, 10.0, 8.0, 18.0, 7.0, 10.0, 20.0, 15.0, 6.0, 17.0, 4.0, 20.0, 7.0, 7.0, 7.0, 7.0]);
    paper.write(sheet, &look("Arial", 0xDDEBF7, 0x000000));
    Book {
        file: "layouts/Summary beside.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Caseload", "row-per-child")],
        teams: vec![team],
    }
}

/// A worker's counts by status as one row, with role and share of a post where asked for.
fn counted(team: &Team, holder: Option<usize>, with_post: bool) -> Vec<Cell> {
    let theirs = |status: Option<Status>| {
        let held = team.cases.iter().filter(|case| match case.holder {
            Holder::Worker(at) => Some(at) == holder,
            Holder::Nobody(_) => holder.is_none(),
        });
        Cell::Number(held.filter(|case| status.is_none_or(|status| case.status == status)).count() as f64)
    };
    let worker = holder.map(|at| &team.workers[at]);
    let mut cells = vec![text(worker.map_or("Unallocated".to_string(), |worker| worker.name.clone()))];
    if with_post {
        cells.push(worker.map_or(Cell::Blank, |worker| text(worker.role_written)));
        cells.push(worker.map_or(Cell::Blank, |worker| worker.fte_written.clone()));
    }
    cells.extend([Some(Status::InNeed), Some(Status::Protection), Some(Status::InCare), None].map(theirs));
    cells
}
