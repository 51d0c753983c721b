//! A caseload in each format beside .xlsx and CSV, and two whose name says another format than they have.

use fairload::book::sheet::{Area, CellRef, RawBook, RawCell, RawRow, RawSheet, Value, Visibility};
use jiff::civil::date;

use crate::saltmarsh::book::{Book, SheetTruth, widths, workbook};
use crate::saltmarsh::grid::{Cell, Field, Grid, LONG, OTHER, SHORT, heads, text};
use crate::saltmarsh::layouts::{KNOWS, look};
use crate::saltmarsh::open;
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::Heat::{Cool, Hot, Warm};
use crate::saltmarsh::people::{Court, Fate, Register, Status, Team, Worker};
use crate::saltmarsh::{biff, binary};

/// Every workbook of the folder.
pub fn books() -> Vec<Book> {
    vec![old_excel(), open_document(), binary_excel(), text_by_another_name(), workbook_by_another_name()]
}

/// .xls: days from 1904, a filter left on, workers in merged cells, hours a week, a sheet of old lists out of sight.
fn old_excel() -> Book {
    let mut register = Register::new(51);
    let r = &mut register;
    let mut team = Team::new("Spartina Locality Team", "locality", KNOWS);
    // Counted from 1900 the days lie four years earlier, and three of them make another stage.
    for (started, stage, fte, hours, children, heat) in [
        ((2021, 11, 8), "3+", 6_000, "22.2 hrs", 12, Cool),
        ((2024, 3, 11), "1-2", 10_000, "37 hrs", 18, Cool),
        ((2023, 9, 30), "2-3", 8_000, "29.6 hrs", 17, Warm),
        ((2025, 1, 20), "nqsw-6-12", 10_000, "37 hrs", 11, Cool),
    ] {
        let worker = Worker::social_worker(r, "").since(started, stage).part_time(fte, text(hours));
        team.add(r, worker, children, heat);
    }
    let columns = [
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE / hours", Field::Fte),
        ("Started in practice", Field::Started),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Date of birth", Field::Born),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let mut paper = Paper::default();
    paper.title(team.name).gap().heads(&heads(&columns));
    for at in 0..team.workers.len() {
        let first = paper.next();
        let mut rows = Grid::rows_of(&team, Some(at), &columns, &SHORT);
        for row in &mut rows {
            row.hidden = row.cells[7] != text("CIN");
        }
        for row in &mut rows[1..] {
            row.cells[..4].fill(Cell::Blank);
        }
        paper.rows(rows);
        let last = paper.next() - 1;
        for column in 0..4 {
            paper.merge([first, column, last, column]);
        }
    }
    let cases = RawSheet { filtered: true, ..raw("Cases", &paper) };
    let lists = RawSheet { visibility: Visibility::Hidden, ..raw("Old lists", &word_lists()) };
    Book {
        file: "formats/Spartina Locality Team.xls",
        bytes: biff::workbook(&RawBook { sheets: vec![cases, lists] }, true),
        sheets: vec![paper.truth("Cases", "row-per-child"), SheetTruth::none("Old lists")],
        teams: vec![team],
    }
}

/// .ods: blank lines as one element, ages reckoned, a column out of sight, percent as FTE, days typed as text.
fn open_document() -> Book {
    let mut register = Register::new(52);
    let r = &mut register;
    let mut team = Team::new("Seablite Locality Team", "locality", KNOWS);
    // Two of the days are another month where the month is taken to stand first, and then another stage.
    for (started, stage, fte, share, children, heat) in [
        ((2025, 4, 2), "nqsw-0-6", 10_000, 1.0, 13, Cool),
        ((2023, 9, 11), "2-3", 8_000, 0.8, 15, Warm),
        ((2019, 6, 17), "3+", 6_500, 0.65, 13, Cool),
        ((2021, 1, 25), "3+", 10_000, 1.0, 10, Hot),
    ] {
        let worker = Worker::social_worker(r, "").since(started, stage).part_time(fte, Cell::Percent(share));
        team.add(r, worker, children, heat);
    }
    let columns = [
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Started in practice", Field::Started),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Date of birth", Field::Born),
        ("Age", Field::AgeFrom('G')),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let mut paper = Paper::default();
    paper.title(team.name).gap().heads(&heads(&columns));
    for at in 0..team.workers.len() {
        for mut row in Grid::rows_of(&team, Some(at), &columns, &LONG) {
            let Cell::Date((year, month, day)) = row.cells[3] else { panic!("a day in every row") };
            row.cells[3] = text(format!("{day:02}/{month:02}/{year}"));
            let Cell::Formula(formula, _) = &mut row.cells[7] else { panic!("an age in every row") };
            *formula = format!("=DATEDIF([.G{}];DATE(2025;9;30);\"y\")", paper.next() + 1);
            paper.rows([row]);
        }
        if at + 1 < team.workers.len() {
            paper.gap().gap().gap();
        }
    }
    const LEVEL: usize = 10;
    Book {
        file: "formats/Seablite Locality Team.ods",
        bytes: open::workbook(&[
            open::Sheet { name: "Caseload", paper: &paper, hidden_columns: &[LEVEL] },
            open::Sheet { name: "Lists", paper: &word_lists(), hidden_columns: &[] },
        ]),
        sheets: vec![paper.truth("Caseload", "row-per-child"), SheetTruth::none("Lists")],
        teams: vec![team],
    }
}

/// .xlsb: a look-up that finds nothing, boxes ticked and not, a sheet hidden from the menu too.
fn binary_excel() -> Book {
    let mut register = Register::new(53);
    let r = &mut register;
    let mut team = Team::new("Scurvygrass Locality Team", "locality", KNOWS);
    for (experience, fte, children, heat) in [
        ("3+ years", 10_000, 20, Cool),
        ("2-3 years", 10_000, 12, Warm),
        ("3+ years", 5_000, 11, Cool),
        ("1-2 years", 10_000, 10, Hot),
    ] {
        let worker = Worker::social_worker(r, experience).share(fte);
        team.add(r, worker, children, heat);
    }
    // What kind of case this is cannot be read: it earns no point, and the child counts.
    let broken = team.rows_of(1)[3];
    team.cases[broken].status = Status::Odd;
    team.cases[broken].court = Court::No;
    let columns = [
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("DOB", Field::Born),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Out of borough travel", Field::Tick(1)),
        ("Large family", Field::Tick(2)),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let mut cases = Grid::of_cases(&team, &order, &columns, &OTHER, 0);
    for (row, case) in cases.rows.iter_mut().zip(&team.cases) {
        row.cells[10] = Cell::Truth(case.additional >= 1);
        row.cells[11] = Cell::Truth(case.additional >= 2);
    }
    cases.rows[broken].cells[7] = Cell::Formula("=NA()".into(), "#N/A".into());
    let mut paper = Paper::default();
    paper.heads(&heads(&columns)).rows(cases.rows);
    let lists = RawSheet { visibility: Visibility::VeryHidden, ..raw("Lookups", &word_lists()) };
    Book {
        file: "formats/Scurvygrass Locality Team.xlsb",
        bytes: binary::workbook(&RawBook { sheets: vec![raw(team.name, &paper), lists] }, false),
        sheets: vec![paper.truth(team.name, "row-per-child"), SheetTruth::none("Lookups")],
        teams: vec![team],
    }
}

/// An export of a case management system: text with commas, called .xls.
fn text_by_another_name() -> Book {
    let mut register = Register::new(54);
    let r = &mut register;
    let mut team = Team::new("Milkwort Assessment Team", "assessment", KNOWS);
    for (experience, children, heat) in
        [("3+ years", 21, Cool), ("2-3 years", 12, Warm), ("NQSW 0-6 months", 9, Cool), ("3+ years", 8, Hot)]
    {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    let columns = [
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
        ("Allocated worker", Field::Worker),
        ("Job title", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let cases = Grid::of_cases(&team, &order, &columns, &LONG, 0);
    let mut bytes = Vec::new();
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    for line in cases.lines() {
        out.write_record(&line).unwrap();
    }
    drop(out);
    Book {
        file: "formats/Milkwort Assessment Team.xls",
        bytes,
        sheets: vec![SheetTruth::of("Milkwort Assessment Team", 0, &cases)],
        teams: vec![team],
    }
}

/// A workbook of today's under the ending of the old ones.
fn workbook_by_another_name() -> Book {
    let mut register = Register::new(55);
    let r = &mut register;
    let mut team = Team::new("Arrowgrass Locality Team", "locality", KNOWS);
    for (experience, children, heat) in
        [("3+ years", 18, Cool), ("2-3 years", 11, Hot), ("3+ years", 9, Warm), ("1-2 years", 7, Cool)]
    {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
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
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let cases = Grid::of_cases(&team, &order, &columns, &SHORT, 2);
    let mut total = vec![Cell::Blank; 5];
    (total[0], total[4]) = (text("Total"), Cell::Number(team.cases.len() as f64));
    let mut paper = Paper::default();
    paper.title(team.name).gap().heads(&heads(&columns)).rows(cases.rows).row(total, Fate::Aside("totals"));
    let mut workbook = workbook(team.name);
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    widths(sheet, &[20.0, 15.0, 7.0, 12.0, 10.0, 10.0, 12.0, 18.0, 18.0, 17.0]);
    paper.write(sheet, &look("Georgia", 0xFCE4D6, 0x000000));
    Book {
        file: "formats/Arrowgrass Locality Team.xls",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![paper.truth("Caseload", "row-per-child")],
        teams: vec![team],
    }
}

/// Words that drop-down lists are made of.
fn word_lists() -> Paper {
    let mut paper = Paper::default();
    for words in [["CIN", "Low", "Yes"], ["CP", "Medium", "No"], ["LAC", "High", ""]] {
        paper.block(words.into_iter().map(text).collect());
    }
    paper
}

/// A sheet for the writers of Excel's binary formats, which know values and no formulas.
fn raw(name: &str, paper: &Paper) -> RawSheet {
    let mut sheet = RawSheet { name: name.into(), ..RawSheet::default() };
    for (row, (cells, hidden)) in paper.cells().enumerate() {
        let cells: Vec<RawCell> = cells.iter().enumerate().filter_map(|(column, cell)| held(column, cell)).collect();
        if !cells.is_empty() {
            sheet.rows.push(RawRow { index: row as u32, hidden, cells });
        }
    }
    for [first_row, first_column, last_row, last_column] in paper.merged() {
        let (first, last) = (CellRef::new(*first_row, *first_column), CellRef::new(*last_row, *last_column));
        sheet.merged.push(Area { first, last });
    }
    sheet
}

fn held(column: usize, cell: &Cell) -> Option<RawCell> {
    let value = match cell {
        Cell::Blank => return None,
        Cell::Text(text) => Value::Text(text.as_str().into()),
        Cell::Number(number) | Cell::Percent(number) => Value::Number(*number),
        Cell::Date((year, month, day)) => Value::Date(date(*year as i16, *month as i8, *day as i8)),
        Cell::Truth(set) => Value::Bool(*set),
        Cell::Formula(_, shows) if shows.starts_with('#') => Value::Error(shows.as_str().into()),
        Cell::Formula(..) => panic!("a formula in column {column}"),
    };
    Some(RawCell { column: column as u32, value, formula: false })
}
