//! Headings of two rows, and several tables on a sheet.

use crate::saltmarsh::book::{Book, widths, workbook};
use crate::saltmarsh::grid::{Field, Grid, LONG, OTHER, SHORT, heads, text};
use crate::saltmarsh::layouts::{KNOWS, look};
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::Heat::{Cool, Warm};
use crate::saltmarsh::people::{Register, Status, Team, Worker};

/// Two rows of headings, the upper ones merged over their columns.
pub fn two_rows_of_headings() -> Book {
    let mut register = Register::new(21);
    let r = &mut register;
    let mut team = Team::new("Sandwort Assessment Team", "assessment", KNOWS);
    for (experience, fte, children) in
        [("3+ years", 10_000, 21), ("3+ years", 5_000, 13), ("NQSW 6-12 months", 10_000, 17), ("2-3 years", 10_000, 18)]
    {
        let worker = Worker::social_worker(r, experience).share(fte);
        team.add(r, worker, children, Cool);
    }
    team.unallocated(r, "To be allocated", Status::Assessment);
    let columns = [
        ("ID", Field::Child),
        ("Initials", Field::Initials),
        ("DOB", Field::Born),
        ("ID", Field::Household),
        ("Name", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Level", Field::Level),
    ];
    // No column for additional factors.
    for case in &mut team.cases {
        case.additional = 0;
    }
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let mut paper = Paper::default();
    paper.title("Sandwort Assessment Team").gap();
    let row = paper.next();
    paper.upper_heads(&["Child", "", "", "Family", "Worker", "", "", "", "Work", "", ""]);
    paper.merge([row, 0, row, 2]).merge([row, 4, row, 7]).merge([row, 8, row, 10]);
    paper.heads(&heads(&columns)).rows(Grid::of_cases(&team, &order, &columns, &LONG, row + 1).rows);
    let mut workbook = workbook("Sandwort Assessment Team");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    widths(sheet, &[10.0, 8.0, 12.0, 9.0, 20.0, 15.0, 6.0, 17.0, 18.0, 18.0, 8.0]);
    paper.write(sheet, &look("Calibri", 0x7B5EA7, 0xFFFFFF));
    Book {
        file: "layouts/Two-row headings.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Caseload", "row-per-child")],
        teams: vec![team],
    }
}

/// Two teams on one sheet, the second with columns in another order.
pub fn two_teams() -> Book {
    let mut register = Register::new(25);
    let r = &mut register;
    let mut purslane = Team::new("Purslane Locality Team", "locality", KNOWS);
    for (experience, children) in [("3+ years", 18), ("3+ years", 21), ("1-2 years", 14)] {
        let worker = Worker::social_worker(r, experience);
        purslane.add(r, worker, children, Cool);
    }
    let mut campion = Team::new("Campion Children in Our Care Team", "in-care", KNOWS);
    for (fte, children, heat) in [(10_000, 16, Cool), (8_000, 17, Cool), (6_000, 12, Warm)] {
        let worker = Worker::social_worker(r, "3+ years").share(fte);
        campion.add(r, worker, children, heat);
    }
    let upper = [
        ("Social worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let mut lower = upper;
    lower.rotate_left(4);
    let mut paper = Paper::default();
    paper.title(purslane.name).heads(&heads(&upper));
    for at in 0..purslane.workers.len() {
        paper.rows(Grid::rows_of(&purslane, Some(at), &upper, &SHORT));
    }
    paper.gap().gap().title(campion.name).heads(&heads(&lower));
    for at in 0..campion.workers.len() {
        paper.rows(Grid::rows_of(&campion, Some(at), &lower, &OTHER));
    }
    let mut workbook = workbook("Two teams");
    let sheet = workbook.add_worksheet().set_name("Children").unwrap();
    widths(sheet, &[20.0; 10]);
    paper.write(sheet, &look("Georgia", 0xF4B183, 0x000000));
    Book {
        file: "layouts/Two teams on a sheet.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Children", "row-per-child")],
        teams: vec![purslane, campion],
    }
}

/// A table for each of two workers, side by side below their names, of unequal length.
pub fn side_by_side() -> Book {
    let mut register = Register::new(27);
    let r = &mut register;
    let mut team = Team::new("Rush Locality Team", "locality", KNOWS);
    for children in [22, 15] {
        let worker = Worker::social_worker(r, "");
        team.add(r, worker, children, Cool);
    }
    for case in &mut team.cases {
        case.additional = 0;
    }
    let columns = [
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Level", Field::Level),
    ];
    let mut paper = Paper::default();
    paper.title(team.name).gap().names_above(&[&team.workers[0].name, "", "", "", "", "", &team.workers[1].name]);
    let header = paper.next();
    paper.heads(&heads(&columns)).rows(Grid::rows_of(&team, Some(0), &columns, &SHORT));
    paper.beside(header, 6, heads(&columns).iter().map(|heading| text(*heading)).collect(), None);
    for (at, row) in Grid::rows_of(&team, Some(1), &columns, &SHORT).into_iter().enumerate() {
        paper.beside(header + 1 + at as u32, 6, row.cells, Some(row.fate));
    }
    let mut workbook = workbook("Rush Locality Team");
    let sheet = workbook.add_worksheet().set_name("Board").unwrap();
    widths(sheet, &[10.0, 10.0, 8.0, 18.0, 7.0, 4.0, 10.0, 10.0, 8.0, 18.0, 7.0]);
    paper.write(sheet, &look("Calibri", 0x1F3864, 0xFFFFFF));
    Book {
        file: "layouts/Side by side.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Board", "sheet-per-worker")],
        teams: vec![team],
    }
}
