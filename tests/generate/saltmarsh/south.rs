//! The south of the borough: five locality teams in three workbooks.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Table, TableColumn, TableStyle};

use crate::saltmarsh::book::{Book, SheetTruth, prose, titles, widths, workbook};
use crate::saltmarsh::grid::{Cell, Field, Grid, LONG, OTHER, SHORT};
use crate::saltmarsh::look::{Look, Taste};
use crate::saltmarsh::people::Heat::{Cool, Hot, Warm};
use crate::saltmarsh::people::{Court, Fate, Holder, Knows, Register, Status, Team, Worker};

/// Two teams, each on a sheet of its own and each laid out to its manager's taste; guidance in front, lists hidden behind.
pub fn creek_and_dune() -> Book {
    let creek = creek();
    let dune = dune();
    let columns = [
        ("Social Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Agreed caseload limit", Field::Agreed),
        ("Reason for agreed limit", Field::AgreedReason),
        ("Child ID", Field::Child),
        ("Initials", Field::Initials),
        ("Household", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention", Field::Level),
        ("Additional", Field::Additional),
    ];
    let order: Vec<usize> = (0..creek.cases.len()).collect();
    let creek_header = 2;
    let creek_cases = Grid::of_cases(&creek, &order, &columns, &SHORT, creek_header);

    let dune_columns = [
        ("No.", Field::Line),
        ("Family ID", Field::Household),
        ("Child ID", Field::Child),
        ("Date of birth", Field::Born),
        ("Type of case", Field::Status),
        ("Court proceedings", Field::Court),
        ("Level of intervention", Field::Level),
        ("Allocated to", Field::Worker),
        ("Grade", Field::Role),
        ("Years of experience", Field::Experience),
        ("Whole time equivalent", Field::Fte),
    ];
    // Sorted by family, as the file room has them.
    let mut order: Vec<usize> = (0..dune.cases.len()).collect();
    order.sort_by_key(|at| dune.cases[*at].household.clone());
    let dune_header = 6;
    let dune_cases = Grid::of_cases(&dune, &order, &dune_columns, &OTHER, dune_header);

    let plain = Look::new(&Taste {
        font: "Calibri",
        size: 10.0,
        heading_fill: 0x548235,
        heading_ink: 0xFFFFFF,
        band: 0xE2EFDA,
        lines: true,
        wrap_headings: true,
    });
    let grey = Look::new(&Taste {
        font: "Times New Roman",
        size: 11.0,
        heading_fill: 0xD9D9D9,
        heading_ink: 0x000000,
        band: 0xFFFFFF,
        lines: true,
        wrap_headings: true,
    });
    let mut workbook = workbook("South localities");
    let sheet = workbook.add_worksheet().set_name("Guidance").unwrap();
    prose(
        sheet,
        &plain,
        &[
            "South localities: how we keep this workbook",
            "Each team has a sheet of its own. Please do not move the headings.",
            "A child is listed once, with the worker who is responsible.",
            "Ask the data team when a column seems to be missing.",
        ],
    );
    let sheet = workbook.add_worksheet().set_name("Creek Locality Team").unwrap();
    let banner = Format::new()
        .set_font_size(16)
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(0xA9D08E))
        .set_border(FormatBorder::Medium);
    sheet.merge_range(0, 0, 0, 12, "Creek Locality Team", &banner).unwrap();
    widths(sheet, &[20.0, 18.0, 6.0, 12.0, 12.0, 26.0, 9.0, 8.0, 10.0, 8.0, 18.0, 12.0, 10.0]);
    creek_cases.write(sheet, &plain, creek_header);
    sheet.set_freeze_panes(creek_header + 1, 1).unwrap();
    sheet.set_tab_color(Color::RGB(0x548235));
    let sheet = workbook.add_worksheet().set_name("Dune Locality Team").unwrap();
    titles(
        sheet,
        &grey,
        &[
            (0, "Dune Locality Team"),
            (1, "Saltmarsh Council, Children's Services"),
            (3, "Printed for the workload meeting on 30 September 2025"),
            (4, "Questions: ask the team manager"),
        ],
    );
    widths(sheet, &[5.0, 10.0, 10.0, 12.0, 12.0, 19.0, 13.0, 22.0, 18.0, 12.0, 12.0]);
    dune_cases.write(sheet, &grey, dune_header);
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    let sheet = workbook.add_worksheet().set_name("Lists").unwrap();
    for (column, list) in [["CIN", "CP", "LAC"], ["Low", "Medium", "High"], ["Yes", "No", ""]].iter().enumerate() {
        for (row, word) in list.iter().enumerate() {
            sheet.write(row as u32, column as u16, *word).unwrap();
        }
    }
    sheet.set_hidden(true);
    Book {
        file: "south/South localities.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![
            SheetTruth::none("Guidance"),
            SheetTruth::of("Creek Locality Team", creek_header, &creek_cases),
            SheetTruth::of("Dune Locality Team", dune_header, &dune_cases),
            SheetTruth::none("Lists"),
        ],
        teams: vec![creek, dune],
    }
}

fn creek() -> Team {
    let mut register = Register::new(4);
    let r = &mut register;
    let mut team =
        Team::new("Creek Locality Team", "locality", Knows { co_worker: false, awaiting: false, ..Knows::ALL });
    let w = Worker::social_worker(r, "3+ years");
    let first = team.add(r, w, 16, Cool);
    let w = Worker::social_worker(r, "3+ years").agreed(12, "Phased return to work");
    team.add(r, w, 13, Cool);
    let w = Worker::social_worker(r, "2-3 years").agreed(16, "");
    team.add(r, w, 16, Cool);
    let w = Worker::social_worker(r, "1-2 years");
    team.add(r, w, 15, Cool);
    let w = Worker::social_worker(r, "3+ years").part_time(super::people::FULL, Cell::Blank);
    team.add(r, w, 18, Cool);
    let w = Worker::senior(r).part_time(8_000, Cell::Percent(0.8));
    team.add(r, w, 14, Warm);
    let w = Worker::social_worker(r, "ASYE 0-6").share(5_000);
    team.add(r, w, 7, Cool);

    // A household whose level nobody has filled in: medium is assumed.
    let blank = team.family(r, first, 2, Status::InNeed, Court::No, 2, 0);
    team.cases[blank].level = None;
    team.cases[blank + 1].level = None;
    // Siblings whose rows differ: the highest counts.
    let differ = team.family(r, first, 2, Status::InNeed, Court::No, 1, 0);
    team.cases[differ + 1].level = Some(3);
    team
}

fn dune() -> Team {
    let mut register = Register::new(5);
    let r = &mut register;
    let mut team =
        Team::new("Dune Locality Team", "locality", Knows { co_worker: false, awaiting: false, ..Knows::ALL });
    for (experience, children, heat) in [
        ("3+ years", 17, Cool),
        ("3+ years", 19, Cool),
        ("3+ years", 15, Warm),
        ("1-2 years", 16, Warm),
        ("NQSW 6-12 months", 15, Cool),
    ] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    let w = Worker::social_worker(r, "3+ years").share(6_000);
    team.add(r, w, 14, Warm);
    // This sheet has no column for additional factors.
    for case in &mut team.cases {
        case.additional = 0;
    }
    // The same person, surname first, on two rows.
    let rows = team.rows_of(1);
    let (first, last) = team.workers[1].name.split_once(' ').unwrap();
    let turned = format!("{last}, {first}");
    for row in &rows[8..10] {
        team.cases[*row].written_as = Some(turned.clone());
    }
    let rows = team.rows_of(2);
    team.cases[rows[1]].status = Status::Odd;
    team
}

/// Two teams in one Excel Table, twenty lines below a letterhead; the roster says who belongs where.
pub fn estuary_and_fen() -> Book {
    let mut register = Register::new(6);
    let r = &mut register;
    let knows = Knows { awaiting: false, ..Knows::ALL };
    let mut estuary = Team::new("Estuary Locality Team", "locality", knows);
    let w = Worker::social_worker(r, "3+ years");
    let court = estuary.add(r, w, 12, Cool);
    for (experience, children, heat) in
        [("3+ years", 15, Cool), ("3+ years", 22, Cool), ("2-3 years", 14, Cool), ("NQSW 0-6 months", 12, Cool)]
    {
        let worker = Worker::social_worker(r, experience);
        estuary.add(r, worker, children, heat);
    }
    let both = Worker::social_worker(r, "3+ years").share(5_000);
    estuary.add(r, both.clone(), 9, Cool);
    // Three sets of care proceedings with one worker: more than two ask for a word with the manager.
    for case in &mut estuary.cases {
        if case.holder == Holder::Worker(court) {
            case.court = Court::No;
        }
    }
    for _ in 0..3 {
        estuary.family(r, court, 1, Status::InCare, Court::Care, 2, 0);
    }

    let mut fen = Team::new("Fen Locality Team", "locality", knows);
    fen.add(r, both, 8, Cool);
    for (experience, children, heat) in
        [("3+ years", 18, Cool), ("3+ years", 13, Hot), ("3+ years", 16, Cool), ("1-2 years", 12, Cool)]
    {
        let worker = Worker::social_worker(r, experience);
        fen.add(r, worker, children, heat);
    }
    let deputy = Worker::new(r, "Deputy Team Manager", "deputy-team-manager").experience("3+ years");
    fen.add(r, deputy, 11, Cool);
    // A child on a plan and in care, on a row for each.
    let rows = fen.rows_of(1);
    fen.cases[rows[0]].status = Status::Protection;
    let mut as_well = fen.cases[rows[0]].clone();
    as_well.status = Status::InCare;
    as_well.fate = Fate::Aside("duplicate");
    fen.cases.insert(rows[0] + 1, as_well);
    let rows = fen.rows_of(2);
    fen.cases[rows[3]].co_worker = Some(3);
    fen.unallocated(r, "Vacant", Status::InNeed);

    let columns = [
        ("Team", Field::Team),
        ("Key worker", Field::Worker),
        ("Co-worker", Field::CoWorker),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Plan type", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
        ("Last seen", Field::Visit),
    ];
    let header = 20;
    let order = |team: &Team| (0..team.cases.len()).collect::<Vec<usize>>();
    let mut cases = Grid::of_cases(&estuary, &order(&estuary), &columns, &LONG, header);
    cases.rows.extend(Grid::of_cases(&fen, &order(&fen), &columns, &LONG, header).rows);
    let roster = Grid::of_workers(
        &[&estuary, &fen],
        &[
            ("Worker", Field::Worker),
            ("Team", Field::Team),
            ("Role", Field::Role),
            ("FTE", Field::Fte),
            ("Experience", Field::Experience),
        ],
    );

    let look = Look::new(&Taste {
        font: "Segoe UI",
        size: 9.0,
        heading_fill: 0x203864,
        heading_ink: 0xFFFFFF,
        band: 0xFFFFFF,
        lines: false,
        wrap_headings: false,
    });
    let mut workbook = workbook("Estuary and Fen");
    let sheet = workbook.add_worksheet().set_name("Allocations").unwrap();
    let letterhead = Format::new()
        .set_font_name("Georgia")
        .set_font_size(22)
        .set_font_color(Color::RGB(0x1F6F78))
        .set_align(FormatAlign::VerticalCenter);
    sheet.merge_range(0, 0, 3, 5, "~ Saltmarsh Council ~", &letterhead).unwrap();
    titles(
        sheet,
        &look,
        &[
            (5, "Estuary and Fen: children allocated to a worker"),
            (6, "Position at 30 September 2025"),
            (8, "Please read before you change anything:"),
            (9, "1. Each child stands on one line."),
            (10, "2. The level is that of the household and stands on each sibling's line."),
            (11, "3. The second worker is named only when visits are shared."),
            (13, "Version 12"),
            (15, "Distribution: team managers, service manager"),
            (18, "OFFICIAL – SENSITIVE (an invented example)"),
        ],
    );
    widths(sheet, &[22.0, 20.0, 20.0, 9.0, 9.0, 18.0, 18.0, 16.0, 17.0, 12.0]);
    cases.write(sheet, &look, header);
    let heads: Vec<TableColumn> = columns
        .iter()
        .map(|(heading, _)| TableColumn::new().set_header(*heading).set_header_format(&look.heading))
        .collect();
    let table = Table::new().set_name("Allocations").set_columns(&heads).set_style(TableStyle::Medium2);
    sheet.add_table(header, 0, header + cases.rows.len() as u32, 9, &table).unwrap();
    let sheet = workbook.add_worksheet().set_name("Staff").unwrap();
    widths(sheet, &[20.0, 22.0, 20.0, 7.0, 18.0]);
    roster.write(sheet, &look, 0);
    Book {
        file: "south/Estuary and Fen.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Allocations", header, &cases), SheetTruth::roster("Staff", 0, &roster)],
        teams: vec![estuary, fen],
    }
}

/// An export as CSV, UTF-8 with its byte order mark; a comma within quotes, a child without a household.
pub fn marram() -> Book {
    let mut register = Register::new(7);
    let r = &mut register;
    let mut team = Team::new("Marram Locality Team", "locality", Knows { co_worker: false, ..Knows::ALL });
    for (experience, children, heat) in [
        ("3+ years", 16, Cool),
        ("3+ years", 18, Cool),
        ("2-3 years", 15, Warm),
        ("3+ years", 24, Cool),
        ("1-2 years", 12, Cool),
        ("", 14, Cool),
    ] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    let rows = team.rows_of(3);
    for row in &rows[..4] {
        team.cases[*row].awaiting = "Awaiting transfer";
    }
    team.cases[rows[6]].notes = "Sickness cover, until November";
    let alone = team.family(r, 0, 1, Status::InNeed, Court::No, 1, 0);
    team.cases[alone].household = String::new();
    let blank = team.family(r, 1, 1, Status::Protection, Court::No, 2, 0);
    team.cases[blank].level = None;
    let closed = team.family(r, 4, 1, Status::Closed, Court::No, 0, 0);
    team.cases[closed].fate = Fate::Aside("closed");
    team.unallocated(r, "Awaiting allocation", Status::InNeed);
    let rows = team.rows_of(2);
    let mut again = team.cases[rows[0]].clone();
    again.fate = Fate::Aside("duplicate");
    team.cases.push(again);

    let columns = [
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Date of Birth", Field::Born),
        ("Case Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention Level", Field::Level),
        ("Additional Factors", Field::Additional),
        ("Allocated Worker", Field::Worker),
        ("Job Title", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Awaiting transfer or closure", Field::Awaiting),
        ("Notes", Field::Notes),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let cases = Grid::of_cases(&team, &order, &columns, &SHORT, 0);
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    for line in cases.lines() {
        out.write_record(&line).unwrap();
    }
    drop(out);
    Book {
        file: "south/Marram Locality Team.csv",
        bytes,
        sheets: vec![SheetTruth::of("Marram Locality Team", 0, &cases)],
        teams: vec![team],
    }
}
