//! Small workbooks, each with what goes wrong in real ones.

use rust_xlsxwriter::FilterCondition;

use crate::saltmarsh::book::{Book, SheetTruth, widths, without_results, workbook};
use crate::saltmarsh::grid::{Cell, Field, Grid, LONG, SHORT, heads, text};
use crate::saltmarsh::layouts::{KNOWS, look};
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::Heat::Cool;
use crate::saltmarsh::people::{Court, Holder, Register, Status, Team, Worker};

/// Words of a council's own, for `--columns`.
pub const OWN_WORDS: &str = r#"# What First Contact calls things: fairload check "samples/quirks/First Contact.xlsx" --columns samples/quirks/own-words.toml

[areas]
assessment = ["first contact"]

[statuses]
child-in-need = ["tier 4 panel"]
"#;

/// Every workbook of the folder.
pub fn books() -> Vec<Book> {
    vec![hidden(), errors(), names(), own_words()]
}

/// A filter left on, a column and a sheet out of sight with children on it.
fn hidden() -> Book {
    let mut register = Register::new(31);
    let r = &mut register;
    let mut team = Team::new("Bladderwrack Locality Team", "locality", KNOWS);
    for children in [14, 11, 9] {
        let worker = Worker::social_worker(r, "3+ years");
        team.add(r, worker, children, Cool);
    }
    let seen = team.cases.len();
    // Nine more of the first worker's, on a sheet that nobody sees: red with them, green without.
    for _ in 0..9 {
        team.family(r, 0, 1, Status::InNeed, Court::No, 1, 0);
    }
    let columns = [
        ("Team", Field::Team),
        ("Allocated worker", Field::Worker),
        ("Job title", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let order: Vec<usize> = (0..seen).collect();
    let mut cases = Grid::of_cases(&team, &order, &columns, &SHORT, 0);
    for (row, case) in cases.rows.iter_mut().zip(&team.cases) {
        row.hidden = case.status != Status::Protection;
    }
    let order: Vec<usize> = (seen..team.cases.len()).collect();
    let parked = Grid::of_cases(&team, &order, &columns, &SHORT, 0);
    let look = look("Calibri", 0xBDD7EE, 0x000000);
    let mut workbook = workbook("Bladderwrack Locality Team");
    let sheet = workbook.add_worksheet().set_name("Allocations").unwrap();
    widths(sheet, &[26.0, 20.0, 15.0, 6.0, 12.0, 10.0, 10.0, 12.0, 18.0, 18.0, 17.0]);
    sheet.autofilter(0, 0, cases.rows.len() as u32, 10).unwrap();
    sheet.filter_column(7, &FilterCondition::new().add_list_filter("CP")).unwrap();
    cases.write(sheet, &look, 0);
    sheet.set_column_hidden(9).unwrap();
    let sheet = workbook.add_worksheet().set_name("Parked").unwrap();
    parked.write(sheet, &look, 0);
    sheet.set_hidden(true);
    Book {
        file: "quirks/Filtered and hidden.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Allocations", 0, &cases), SheetTruth::of("Parked", 0, &parked)],
        teams: vec![team],
    }
}

/// A reference that has gone, and a formula whose result the file does not hold.
fn errors() -> Book {
    let mut register = Register::new(32);
    let r = &mut register;
    let mut team = Team::new("Dulse Locality Team", "locality", KNOWS);
    for children in [13, 16, 12] {
        let worker = Worker::social_worker(r, "3+ years");
        team.add(r, worker, children, Cool);
    }
    // What share of a post the second holds cannot be known.
    team.workers[1].fte_known = false;
    // A status that cannot be read earns no points; the child counts.
    let broken = team.rows_of(0)[4];
    team.cases[broken].status = Status::Odd;
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
    let mut cases = Grid::of_cases(&team, &order, &columns, &LONG, 2);
    cases.rows[broken].cells[6] = Cell::Formula("=#REF!".into(), "#REF!".into());
    for (row, case) in cases.rows.iter_mut().zip(&team.cases) {
        if case.holder == Holder::Worker(1) {
            row.cells[2] = Cell::Formula("=IF(TODAY()>0,4/5,0)".into(), String::new());
        }
    }
    let mut paper = Paper::default();
    paper.title(team.name).gap().heads(&heads(&columns)).rows(cases.rows);
    let mut workbook = workbook("Dulse Locality Team");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    widths(sheet, &[20.0, 15.0, 7.0, 12.0, 10.0, 10.0, 20.0, 18.0, 8.0, 10.0]);
    paper.write(sheet, &look("Arial", 0xFFD966, 0x000000));
    Book {
        file: "quirks/Errors and formulas.xlsx",
        bytes: without_results(&workbook.save_to_buffer().unwrap()),
        sheets: vec![paper.truth("Caseload", "row-per-child")],
        teams: vec![team],
    }
}

/// Names, hours and dates as people type them.
fn names() -> Book {
    let mut register = Register::new(33);
    let r = &mut register;
    let mut team = Team::new("Tangle Locality Team", "locality", KNOWS);
    for (fte, written, children) in [
        (8_000, text("4 days"), 16),
        (6_000, text("22.2 hrs"), 13),
        (6_000, text("60%"), 12),
        (10_000, text("Full time"), 17),
        (5_000, text("PT 0.5"), 10),
        (10_000, Cell::Number(37.0), 14),
    ] {
        let worker = Worker::social_worker(r, "3+ years").part_time(fte, written);
        team.add(r, worker, children, Cool);
    }
    let turned = |name: &str| {
        let (first, last) = name.split_once(' ').unwrap();
        format!("{last}, {first}")
    };
    let names: Vec<String> = team.workers.iter().map(|worker| worker.name.clone()).collect();
    let rows = team.rows_of(0);
    team.cases[rows[2]].written_as = Some(turned(&names[0]));
    team.cases[rows[3]].written_as = Some(turned(&names[0]));
    let rows = team.rows_of(1);
    team.cases[rows[1]].written_as = Some(names[1].to_uppercase());
    team.cases[rows[2]].written_as = Some(format!("  {} ", names[1].replace(' ', "\u{A0} ")));
    // The first of two names holds the child; the other helps.
    let rows = team.rows_of(2);
    team.cases[rows[0]].written_as = Some(format!("{} / {}", names[2], names[3]));
    let rows = team.rows_of(3);
    team.cases[rows[5]].written_as = Some(format!("{} & {}", names[3], names[4]));
    let columns = [
        ("Worker ", Field::Worker),
        ("Role", Field::Role),
        ("FTE / hours", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("D.O.B.", Field::Born),
        ("Status", Field::Status),
        ("Court?", Field::Court),
        ("Level", Field::Level),
        ("Additional", Field::Additional),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let mut cases = Grid::of_cases(&team, &order, &columns, &SHORT, 2);
    for row in &mut cases.rows {
        if let Cell::Date((year, month, day)) = row.cells[6] {
            row.cells[6] = text(format!("{day:02}/{month:02}/{:02}", year % 100));
        }
    }
    let mut paper = Paper::default();
    paper.title(team.name).gap().heads(&heads(&columns)).rows(cases.rows);
    let mut workbook = workbook("Tangle Locality Team");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    widths(sheet, &[34.0, 15.0, 11.0, 12.0, 10.0, 10.0, 10.0, 8.0, 18.0, 8.0, 10.0]);
    paper.write(sheet, &look("Trebuchet MS", 0xD9D2E9, 0x000000));
    Book {
        file: "quirks/Names, hours and dates.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Caseload", "row-per-child")],
        teams: vec![team],
    }
}

/// A team and a status that only the council's own words tell.
fn own_words() -> Book {
    let mut register = Register::new(34);
    let r = &mut register;
    // Without those words nobody knows what field of work it is.
    let mut team = Team::new("First Contact", "", KNOWS);
    for (experience, children) in [("3+ years", 21), ("2-3 years", 18), ("3+ years", 25)] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, Cool);
    }
    for row in team.rows_of(0).into_iter().take(3) {
        team.cases[row].status = Status::Odd;
        team.cases[row].court = Court::No;
    }
    let columns = [
        ("Team", Field::Team),
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Level", Field::Level),
    ];
    for case in &mut team.cases {
        case.additional = 0;
    }
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let cases = Grid::of_cases(&team, &order, &columns, &SHORT, 0);
    let mut workbook = workbook("First Contact");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    widths(sheet, &[16.0, 20.0, 15.0, 6.0, 12.0, 10.0, 10.0, 14.0, 18.0, 8.0]);
    cases.write(sheet, &look("Calibri", 0xEDEDED, 0x000000), 0);
    Book {
        file: "quirks/First Contact.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Caseload", 0, &cases)],
        teams: vec![team],
    }
}
