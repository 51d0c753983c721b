//! Children with disabilities, reviewing officers, and a second assessment team with slips of the pen.

use rust_xlsxwriter::Note;

use crate::saltmarsh::book::{Book, SheetTruth, titles, widths, workbook};
use crate::saltmarsh::care::row_of;
use crate::saltmarsh::grid::{Cell, Field, Grid, LONG, OTHER, Row, text};
use crate::saltmarsh::look::{Look, Taste};
use crate::saltmarsh::people::Heat::Cool;
use crate::saltmarsh::people::{Fate, Holder, Knows, Register, Status, Team, Worker};

/// No FTE column: the share of a post stands behind some names. No households either. One child's row is hidden.
pub fn disabilities() -> Book {
    let mut register = Register::new(12);
    let r = &mut register;
    let knows = Knows { household: false, level: false, co_worker: false, awaiting: false, ..Knows::ALL };
    let mut team = Team::new("Children with Disabilities Team", "disabilities", knows);
    for (children, fte) in
        [(24, 10_000), (25, 10_000), (26, 10_000), (19, 8_000), (28, 10_000), (12, 6_000), (20, 10_000)]
    {
        let worker = Worker::social_worker(r, "").share(fte);
        team.add(r, worker, children, Cool);
    }
    for case in &mut team.cases {
        if let Holder::Worker(at) = case.holder {
            let worker = &team.workers[at];
            if worker.fte < 10_000 {
                case.written_as = Some(format!("{} ({})", worker.name, worker.fte as f64 / 10_000.0));
            }
        }
    }
    let columns = [
        ("LL Number", Field::Child),
        ("D.O.B.", Field::Born),
        ("Age", Field::AgeFrom('B')),
        ("Worker", Field::Worker),
        ("Job role", Field::Role),
        ("Status", Field::Status),
        ("Short breaks review", Field::Visit),
    ];
    let mut order: Vec<usize> = (0..team.cases.len()).collect();
    order.sort_by_key(|at| team.cases[*at].child.clone());
    let header = 5;
    let mut cases = Grid::of_cases(&team, &order, &columns, &LONG, header);
    cases.rows[17].hidden = true;
    let look = Look::new(&Taste {
        font: "Comic Sans MS",
        size: 10.0,
        heading_fill: 0x00B0A0,
        heading_ink: 0xFFFFFF,
        band: 0xE6FAF8,
        lines: true,
        wrap_headings: false,
    });
    let mut workbook = workbook("Children with Disabilities Team");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    titles(
        sheet,
        &look,
        &[
            (0, "Children with Disabilities Team"),
            (2, "30/09/2025"),
            (3, "* share of a post in brackets when part time"),
        ],
    );
    widths(sheet, &[13.0, 13.0, 7.0, 26.0, 16.0, 19.0, 21.0]);
    cases.write(sheet, &look, header);
    sheet.set_freeze_panes(header + 1, 1).unwrap();
    sheet.set_zoom(85);
    Book {
        file: "specialist/Children with Disabilities Team.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Caseload", header, &cases)],
        teams: vec![team],
    }
}

/// A row for each review that an independent reviewing officer chairs.
pub fn reviewing() -> Book {
    let mut register = Register::new(13);
    let r = &mut register;
    let knows = Knows { household: false, level: false, status: false, co_worker: false, awaiting: false };
    let mut team = Team::new("Independent Reviewing Officers", "iro", knows);
    for (reviews, fte) in [(64, 10_000), (70, 10_000), (73, 10_000), (42, 6_000), (40, 5_000), (58, 10_000)] {
        let at = team.workers.len();
        team.workers.push(Worker::new(r, "Independent Reviewing Officer", "iro").share(fte));
        for _ in 0..reviews {
            let status = if r.chance.percent(35) { Status::Protection } else { Status::InCare };
            team.cases.push(row_of(&r.child(), at, status));
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    for (at, case) in team.cases.iter().enumerate() {
        let Holder::Worker(holder) = case.holder else { unreachable!("every review has an officer") };
        let kind =
            if case.status == Status::Protection { "CP conference review" } else { "Children in our care review" };
        let cells = vec![
            text(team.workers[holder].name.clone()),
            text(kind),
            text(case.child.clone()),
            Cell::Date((2025, 10 + (at % 3) as u8, 1 + (at % 28) as u8)),
        ];
        rows.push(Row { cells, fate: Fate::Counted, hidden: false });
    }
    let cases = Grid { headings: ["IRO", "Review type", "Child ID", "Next review"].map(String::from).to_vec(), rows };
    let roster = Grid::of_workers(&[&team], &[("Worker", Field::Worker), ("Role", Field::Role), ("FTE", Field::Fte)]);
    let look = Look::new(&Taste {
        font: "Cambria",
        size: 11.0,
        heading_fill: 0xE7E6E6,
        heading_ink: 0x222B35,
        band: 0xFFFFFF,
        lines: true,
        wrap_headings: false,
    });
    let mut workbook = workbook("Independent Reviewing Officers");
    let sheet = workbook.add_worksheet().set_name("Reviews").unwrap();
    titles(sheet, &look, &[(0, "Independent Reviewing Officers"), (1, "Reviews to be chaired")]);
    widths(sheet, &[22.0, 28.0, 10.0, 13.0]);
    cases.write(sheet, &look, 2);
    sheet.autofilter(2, 0, 2 + cases.rows.len() as u32, 3).unwrap();
    let sheet = workbook.add_worksheet().set_name("Officers").unwrap();
    widths(sheet, &[22.0, 30.0, 7.0]);
    roster.write(sheet, &look, 0);
    Book {
        file: "specialist/Independent Reviewing Officers.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![
            SheetTruth::of("Reviews", 2, &cases).taken_for("row-per-review"),
            SheetTruth::roster("Officers", 0, &roster),
        ],
        teams: vec![team],
    }
}

/// Misspelt headings, the heading again half-way, a wrong total; a student and a worker awaiting registration.
pub fn reed() -> Book {
    let mut register = Register::new(14);
    let r = &mut register;
    let mut team = Team::new("Reed Assessment Team", "assessment", Knows { awaiting: false, ..Knows::ALL });
    for (experience, children, heat) in [
        ("3+ years", 20, Cool),
        ("3+ years", 24, Cool),
        ("2-3 years", 19, Cool),
        ("1-2 years", 15, Cool),
        ("NQSW 0-6 months", 17, Cool),
    ] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    let waiting = Worker::new(r, "Awaiting registration", "awaiting-registration");
    let waiting = team.add(r, waiting, 6, Cool);
    let student = Worker::new(r, "Student Social Worker", "student").experience("2nd placement");
    let student = team.add(r, student, 1, Cool); // key worker of one child, which no student may be
    let manager = Worker::new(r, "Team Manager", "team-manager").experience("3+ years");
    let manager = team.add(r, manager, 0, Cool);
    for row in team.rows_of(waiting) {
        team.cases[row].co_worker = Some(manager);
    }
    for row in team.rows_of(0).into_iter().take(4) {
        team.cases[row].co_worker = Some(student);
    }
    team.unallocated(r, "Duty", Status::Assessment);

    let columns = [
        ("Alocated worker", Field::Worker),
        ("Second worker", Field::CoWorker),
        ("Team", Field::Team),
        ("Child ID", Field::Child),
        ("Household", Field::Household),
        ("Case satus", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention leval", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let header = 2;
    let mut cases = Grid::of_cases(&team, &order, &columns, &OTHER, header);
    let children = cases.rows.len();
    let mut total = vec![Cell::Blank; columns.len()];
    total[0] = text("TOTAL");
    total[3] = Cell::Number(children as f64 - 5.0); // typed in by hand some weeks ago
    cases.heading_again(50);
    cases.gap(50);
    cases.insert(cases.rows.len(), total, "totals");
    let roster = Grid::of_workers(
        &[&team],
        &[
            ("Worker", Field::Worker),
            ("Team", Field::Team),
            ("Role", Field::Role),
            ("FTE", Field::Fte),
            ("Experience", Field::Experience),
        ],
    );
    let look = Look::new(&Taste {
        font: "Consolas",
        size: 9.0,
        heading_fill: 0x404040,
        heading_ink: 0xFFFFFF,
        band: 0xF2F2F2,
        lines: false,
        wrap_headings: false,
    });
    let mut workbook = workbook("Reed Assessment Team");
    let sheet = workbook.add_worksheet().set_name("Children").unwrap();
    titles(sheet, &look, &[(0, "Reed Assessment Team")]);
    widths(sheet, &[22.0, 22.0, 24.0, 10.0, 11.0, 19.0, 19.0, 20.0, 20.0]);
    cases.write(sheet, &look, header);
    let note = Note::new("Holiday until the 13th.").set_author("Manager");
    sheet.insert_note(header + 4, 0, &note).unwrap();
    let sheet = workbook.add_worksheet().set_name("Team list").unwrap();
    widths(sheet, &[22.0, 24.0, 24.0, 6.0, 18.0]);
    roster.write(sheet, &look, 0);
    Book {
        file: "specialist/Reed Assessment Team.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Children", header, &cases), SheetTruth::roster("Team list", 0, &roster)],
        teams: vec![team],
    }
}
