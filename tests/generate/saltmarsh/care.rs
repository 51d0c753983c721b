//! Children in our care, their carers, and young people who have left care.

use encoding_rs::WINDOWS_1252;
use rust_xlsxwriter::{Color, Format, FormatAlign, Note};

use crate::saltmarsh::book::{Book, SheetTruth, titles, widths, workbook};
use crate::saltmarsh::grid::{Cell, Field, Grid, LONG, OTHER, Row, SHORT, text};
use crate::saltmarsh::look::{Look, Taste};
use crate::saltmarsh::people::Heat::{Cool, Warm};
use crate::saltmarsh::people::{Case, Court, Fate, Holder, Knows, Register, Status, Team, Worker};
use crate::saltmarsh::vba;

/// A workbook with a macro and a button of the manager's own; levels in words, worker's data on each child's row.
pub fn first() -> Book {
    let mut register = Register::new(8);
    let r = &mut register;
    let mut team =
        Team::new("Children in Our Care Team 1", "in-care", Knows { co_worker: false, awaiting: false, ..Knows::ALL });
    team.level_words = true;
    for (experience, children, heat) in [
        ("3+ years", 18, Cool),
        ("3+ years", 20, Cool),
        ("3+ years", 21, Cool),
        ("2-3 years", 16, Cool),
        ("3+ years", 15, Warm),
        ("NQSW 6-12 months", 13, Cool),
    ] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    let senior = Worker::senior(r).duties("Panel member", 3).share(9_000);
    team.add(r, senior, 14, Cool);
    let fewer = Worker::social_worker(r, "3+ years").share(6_500);
    team.add(r, fewer, 13, Cool); // 13 against 20 at 0.65: exactly 100 %

    let columns = [
        ("Team", Field::Team),
        ("Allocated SW", Field::Worker),
        ("Position", Field::Role),
        ("FTE", Field::Fte),
        ("Experience level", Field::Experience),
        ("Non-case duties", Field::Duties),
        ("Duty points", Field::DutyPoints),
        ("Child ID", Field::Child),
        ("Sibling group", Field::Household),
        ("Age", Field::AgeFrom('K')),
        ("DOB", Field::Born),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let header = 3;
    let cases = Grid::of_cases(&team, &order, &columns, &OTHER, header);
    let look = Look::new(&Taste {
        font: "Tahoma",
        size: 9.0,
        heading_fill: 0xC55A11,
        heading_ink: 0xFFFFFF,
        band: 0xFBE5D6,
        lines: true,
        wrap_headings: true,
    });
    let mut workbook = workbook("Children in Our Care Team 1");
    let sheet = workbook.add_worksheet().set_name("CiOC 1").unwrap();
    titles(sheet, &look, &[(0, "Children in Our Care Team 1"), (1, "Press the button to sort by worker")]);
    widths(sheet, &[26.0, 20.0, 18.0, 6.0, 17.0, 14.0, 8.0, 9.0, 10.0, 6.0, 12.0, 9.0, 18.0, 12.0, 11.0]);
    cases.write(sheet, &look, header);
    sheet.set_freeze_panes(header + 1, 2).unwrap();
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    let button =
        rust_xlsxwriter::Button::new().set_caption("Sort").set_macro("SortByWorker").set_width(80).set_height(22);
    sheet.insert_button(0, 6, &button).unwrap();
    sheet.set_vba_name("Sheet1").unwrap();
    workbook.set_vba_name("ThisWorkbook").unwrap();
    let project = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(project.path(), vba::project()).unwrap();
    workbook.add_vba_project(project.path()).unwrap();
    Book {
        file: "care/Children in Our Care Team 1.xlsm",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("CiOC 1", header, &cases)],
        teams: vec![team],
    }
}

/// The same work next door, exported as CSV in Windows-1252 with semicolons; accents and a curly apostrophe.
pub fn second() -> Book {
    let mut register = Register::new(9);
    let r = &mut register;
    let mut team =
        Team::new("Children in Our Care Team 2", "in-care", Knows { co_worker: false, awaiting: false, ..Knows::ALL });
    for (experience, children, heat) in [
        ("3+ years", 17, Cool),
        ("3+ years", 19, Cool),
        ("1-2 years", 14, Cool),
        ("3+ years", 20, Warm),
        ("NQSW 0-6 months", 11, Cool),
        ("3+ years", 23, Cool),
    ] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    team.workers[0].name = "Chloë Linnet".into();
    team.workers[2].name = "Finn O’Tern".into();
    let columns = [
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention", Field::Level),
        ("Additional", Field::Additional),
        ("Team", Field::Team),
        ("Social Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let cases = Grid::of_cases(&team, &order, &columns, &SHORT, 0);
    let lines: String = cases.lines().iter().map(|line| line.join(";") + "\r\n").collect();
    let (bytes, _, unmappable) = WINDOWS_1252.encode(&lines);
    assert!(!unmappable);
    Book {
        file: "care/Children in Our Care Team 2.csv",
        bytes: bytes.into_owned(),
        sheets: vec![SheetTruth::of("Children in Our Care Team 2", 0, &cases)],
        teams: vec![team],
    }
}

/// A row for each foster carer: supervised, or newly assessed. Two limits hold for each worker.
pub fn fostering() -> Book {
    let mut register = Register::new(10);
    let r = &mut register;
    let knows = Knows { household: false, level: false, status: false, co_worker: false, awaiting: false };
    let mut team = Team::new("Fostering Team", "fostering", knows);
    let mut carer = 100;
    for (supervised, assessed, fte) in
        [(17, 2, 10_000), (18, 3, 10_000), (20, 1, 10_000), (14, 4, 10_000), (9, 1, 6_000), (11, 0, 8_000)]
    {
        let at = team.workers.len();
        let worker = Worker::new(r, "Social Worker", "social-worker").share(fte);
        team.workers.push(worker);
        for number in 0..supervised + assessed {
            carer += 1;
            let status = if number < supervised { Status::InCare } else { Status::Assessment };
            team.cases.push(row_of(&format!("FC-{carer}"), at, status));
        }
    }
    let columns =
        ["Foster carer", "Type", "Supervising social worker", "Job title", "FTE", "Approved", "Next review due"];
    let rows = team
        .cases
        .iter()
        .enumerate()
        .map(|(at, case)| {
            let Holder::Worker(holder) = case.holder else { unreachable!("every carer has a worker") };
            let worker = &team.workers[holder];
            let kind = if case.status == Status::Assessment { "New assessment" } else { "Supervision" };
            let cells = vec![
                text(case.child.clone()),
                text(kind),
                text(worker.name.clone()),
                text(worker.role_written),
                worker.fte_written.clone(),
                Cell::Date((2012 + (at % 13) as u16, 1 + (at % 12) as u8, 14)),
                Cell::Date((2025, 10 + (at % 3) as u8, 1 + (at % 27) as u8)),
            ];
            Row { cells, fate: Fate::Counted, hidden: false }
        })
        .collect();
    let cases = Grid { headings: columns.map(String::from).to_vec(), rows };
    let look = Look::new(&Taste {
        font: "Calibri",
        size: 12.0,
        heading_fill: 0x806000,
        heading_ink: 0xFFF2CC,
        band: 0xFFF9E7,
        lines: false,
        wrap_headings: false,
    });
    let mut workbook = workbook("Fostering Team");
    let sheet = workbook.add_worksheet().set_name("Carers").unwrap();
    titles(sheet, &look, &[(0, "Fostering Team"), (1, "Carers supervised and assessments under way")]);
    widths(sheet, &[14.0, 17.0, 26.0, 16.0, 7.0, 13.0, 17.0]);
    cases.write(sheet, &look, 3);
    sheet.set_freeze_panes(4, 0).unwrap();
    let note = Note::new("Approved for two siblings.").set_author("Supervising manager");
    sheet.insert_note(6, 0, &note).unwrap();
    let stamp = Format::new().set_align(FormatAlign::Right).set_font_color(Color::RGB(0xA6A6A6));
    sheet.write_with_format(0, 6, "30/09/2025", &stamp).unwrap();
    Book {
        file: "care/Fostering Team.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Carers", 3, &cases).taken_for("row-per-carer")],
        teams: vec![team],
    }
}

/// A row that stands for something other than a child.
pub fn row_of(reference: &str, holder: usize, status: Status) -> Case {
    Case {
        child: reference.into(),
        household: String::new(),
        holder: Holder::Worker(holder),
        written_as: None,
        co_worker: None,
        status,
        court: Court::No,
        level: None,
        additional: 0,
        awaiting: "",
        notes: "",
        born: None,
        closed: None,
        fate: Fate::Counted,
    }
}

/// Leaving care, as "Unicode text": UTF-16 with tabs. Ages from sixteen on; one in proceedings, which cannot be right.
pub fn leaving() -> Book {
    let mut register = Register::new(11);
    let r = &mut register;
    let knows = Knows { household: false, level: false, co_worker: false, awaiting: false, ..Knows::ALL };
    let mut team = Team::new("TARGET Leaving Care Team", "leaving-care", knows);
    let adviser = |r: &mut Register| Worker::new(r, "Personal Adviser", "personal-adviser").experience("3+ years");
    for children in [19, 22, 21, 24] {
        let worker = adviser(r);
        team.add(r, worker, children, Cool);
    }
    let worker = adviser(r).part_time(8_000, text("80%"));
    team.add(r, worker, 17, Cool);
    let worker = Worker::social_worker(r, "3+ years");
    team.add(r, worker, 20, Cool);
    let worker = Worker::social_worker(r, "NQSW 6-12 months");
    team.add(r, worker, 16, Cool);
    for case in &mut team.cases {
        case.court = Court::No;
    }
    let rows = team.rows_of(1);
    team.cases[rows[0]].status = Status::CareLeaver;
    team.cases[rows[0]].court = Court::Care;
    let columns = [
        ("Young person ID", Field::Child),
        ("Date of birth", Field::Born),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Team", Field::Team),
        ("Allocated worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let cases = Grid::of_cases(&team, &order, &columns, &LONG, 0);
    let lines: String = cases.lines().iter().map(|line| line.join("\t") + "\r\n").collect();
    let bytes = "\u{FEFF}".chars().chain(lines.chars()).collect::<String>();
    Book {
        file: "care/TARGET Leaving Care Team.csv",
        bytes: bytes.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        sheets: vec![SheetTruth::of("TARGET Leaving Care Team", 0, &cases)],
        teams: vec![team],
    }
}
