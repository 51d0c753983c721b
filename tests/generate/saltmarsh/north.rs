//! The north of the borough: two locality teams and an assessment team.

use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatText, ConditionalFormatTextRule, DataValidation, FilterCondition, Format, Note,
};

use crate::saltmarsh::book::{Book, SheetTruth, prose, titles, widths, workbook};
use crate::saltmarsh::grid::{Cell, Field, Grid, LONG, SHORT, text};
use crate::saltmarsh::look::{Look, Taste};
use crate::saltmarsh::people::Heat::{Cool, Hot, Warm};
use crate::saltmarsh::people::{Court, Fate, Holder, Knows, Register, Status, Team, Worker};

/// A careful manager: everything has its column, workers stand on a roster, and the age is a formula.
pub fn harbour() -> Book {
    let mut register = Register::new(1);
    let r = &mut register;
    let mut team = Team::new("Harbour Locality Team", "locality", Knows::ALL);
    team.unallocated(r, "", Status::InNeed);
    team.unallocated(r, "TBC", Status::InNeed);
    team.unallocated(r, "TBC", Status::Protection);

    let senior = Worker::senior(r).duties("Practice teaching", 5);
    team.add(r, senior, 15, Cool);
    let full = Worker::social_worker(r, "3+ years").judged("Amber", "Two siblings new to care this month");
    let full = team.add(r, full, 19, Warm);
    let third_year = Worker::social_worker(r, "2-3 years").judged("Green", "");
    team.add(r, third_year, 16, Cool);
    let second_year = Worker::social_worker(r, "1-2 years");
    team.add(r, second_year, 13, Cool);
    let new = Worker::social_worker(r, "NQSW 0-6 months");
    let new = team.add(r, new, 10, Cool);
    // Six months to the day: no longer in the first half of the year.
    let half_year = Worker::social_worker(r, "").since((2025, 3, 30), "nqsw-6-12");
    team.add(r, half_year, 14, Cool);
    let deputy = Worker::new(r, "Deputy Team Manager", "deputy-team-manager").experience("3+ years");
    team.add(r, deputy, 8, Cool);
    let part = Worker::social_worker(r, "3+ years").share(6_000);
    team.add(r, part, 12, Cool);
    let student = Worker::new(r, "Student Social Worker", "student").experience("1st placement");
    let student = team.add(r, student, 0, Cool);
    let starter = Worker::social_worker(r, "3+ years");
    team.add(r, starter, 0, Cool);

    for row in team.rows_of(full).into_iter().take(3) {
        team.cases[row].co_worker = Some(student);
    }
    let rows = team.rows_of(full);
    team.cases[rows[5]].awaiting = "Awaiting transfer";
    team.cases[rows[6]].awaiting = "Awaiting closure";
    team.cases[rows[8]].notes = "Holiday cover";
    // A newly qualified worker must not be key worker of a child on a plan.
    let alone = team.family(r, new, 1, Status::Protection, Court::No, 2, 0);
    team.cases[alone].notes = "To be reallocated next week";
    // A child of the Cliffside team's, held here as well.
    let shared = team.family(r, 0, 1, Status::InNeed, Court::No, 1, 0);
    team.cases[shared].child = SHARED_CHILD.into();
    // One child with two key workers.
    let mut twice = team.cases[rows[0]].clone();
    twice.holder = Holder::Worker(0);
    twice.co_worker = None;
    team.cases.push(twice);

    let columns = [
        ("Allocated Worker", Field::Worker),
        ("Second Worker", Field::CoWorker),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Date of birth", Field::Born),
        ("Age", Field::AgeFrom('E')),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
        ("Awaiting transfer or closure", Field::Awaiting),
        ("Notes", Field::Notes),
        ("Last visit", Field::Visit),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let header = 4;
    let cases = Grid::of_cases(&team, &order, &columns, &LONG, header);
    let roster = Grid::of_workers(
        &[&team],
        &[
            ("Worker", Field::Worker),
            ("Job title", Field::Role),
            ("FTE", Field::Fte),
            ("Experience", Field::Experience),
            ("Started in practice", Field::Started),
            ("Other duties", Field::Duties),
            ("Points for duties", Field::DutyPoints),
            ("Agreed limit", Field::Agreed),
            ("Reason for agreed limit", Field::AgreedReason),
            ("Manager's RAG", Field::Judgement),
            ("Reason for RAG", Field::JudgementReason),
        ],
    );

    let look = Look::new(&Taste {
        font: "Calibri",
        size: 11.0,
        heading_fill: 0x1F4E78,
        heading_ink: 0xFFFFFF,
        band: 0xDDEBF7,
        lines: true,
        wrap_headings: true,
    });
    let mut workbook = workbook("Harbour Locality Team caseload");
    let last = header + cases.rows.len() as u32;
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    titles(
        sheet,
        &look,
        &[
            (0, "Harbour Locality Team"),
            (1, "Caseload at 30 September 2025"),
            (2, "Kept by the team manager; update every Friday"),
        ],
    );
    widths(sheet, &[20.0, 20.0, 10.0, 10.0, 12.0, 6.0, 18.0, 18.0, 12.0, 11.0, 18.0, 28.0, 12.0]);
    cases.write(sheet, &look, header);
    sheet.set_row_height(header, 32).unwrap();
    sheet.set_freeze_panes(header + 1, 3).unwrap();
    sheet.autofilter(header, 0, last, 12).unwrap();
    let on_plan = ConditionalFormatText::new()
        .set_rule(ConditionalFormatTextRule::Contains("Protection".into()))
        .set_format(Format::new().set_font_color(0x9C0006).set_bold());
    sheet.add_conditional_format(header + 1, 6, last, 6, &on_plan).unwrap();
    let choices = DataValidation::new().allow_list_strings(&["Care proceedings", "Private proceedings"]).unwrap();
    sheet.add_data_validation(header + 1, 7, last, 7, &choices).unwrap();
    let note = Note::new("Ask the duty desk who picks this up on Monday.").set_author("Team manager");
    sheet.insert_note(header + 2, 0, &note).unwrap();
    sheet.set_print_area(0, 0, last, 12).unwrap();
    sheet.set_landscape().set_repeat_rows(header, header).unwrap();

    let sheet = workbook.add_worksheet().set_name("Team").unwrap();
    widths(sheet, &[20.0, 22.0, 7.0, 16.0, 18.0, 18.0, 16.0, 12.0, 24.0, 14.0, 34.0]);
    roster.write(sheet, &look, 0);

    let sheet = workbook.add_worksheet().set_name("Picture").unwrap();
    titles(sheet, &look, &[(0, "Children by month")]);
    for (row, (month, children)) in
        [("June", 98.0), ("July", 104.0), ("August", 101.0), ("September", 111.0)].iter().enumerate()
    {
        sheet.write(row as u32 + 2, 0, *month).unwrap();
        sheet.write(row as u32 + 2, 1, *children).unwrap();
    }
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_categories("=Picture!$A$3:$A$6").set_values("=Picture!$B$3:$B$6");
    sheet.insert_chart(1, 3, &chart).unwrap();
    workbook.define_name("FirstChild", &format!("=Caseload!$C${}", header + 2)).unwrap();

    Book {
        file: "north/Harbour Locality Team.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![
            SheetTruth::of("Caseload", header, &cases),
            SheetTruth::roster("Team", 0, &roster),
            SheetTruth::none("Picture"),
        ],
        teams: vec![team],
    }
}

/// Known to two teams at once, so that the directorate sees one child with two key workers.
const SHARED_CHILD: &str = "S-2999";

/// Worker's hours and experience repeated on each child's row; a filter hides most of them; a gap after each worker.
pub fn cliffside() -> Book {
    let mut register = Register::new(2);
    let r = &mut register;
    let mut team =
        Team::new("Cliffside Locality Team", "locality", Knows { co_worker: false, awaiting: false, ..Knows::ALL });
    let hours = |figure: f64| Cell::Number(figure);
    let w = Worker::social_worker(r, "7 years").part_time(10_000, hours(37.0));
    let first = team.add(r, w, 21, Cool);
    let w = Worker::social_worker(r, "4 years").part_time(6_000, hours(22.2));
    team.add(r, w, 11, Cool);
    let w = Worker::social_worker(r, "11 years").part_time(6_757, hours(25.0));
    let fourth = team.add(r, w, 14, Warm);
    let w = Worker::social_worker(r, "18 months").part_time(10_000, hours(37.0));
    team.add(r, w, 14, Cool);
    let w = Worker::social_worker(r, "30 months").part_time(5_000, hours(18.5));
    team.add(r, w, 11, Warm);
    let w = Worker::social_worker(r, "9 months").part_time(10_000, hours(37.0));
    team.add(r, w, 15, Cool);
    let w = Worker::social_worker(r, "4 years").part_time(10_000, hours(37.0));
    team.add(r, w, 17, Cool);

    // Siblings held by two workers: a household in each caseload.
    let pair = team.family(r, first, 2, Status::InNeed, Court::No, 2, 0);
    team.cases[pair + 1].holder = Holder::Worker(fourth);
    let shared = team.family(r, fourth, 1, Status::InNeed, Court::No, 1, 0);
    team.cases[shared].child = SHARED_CHILD.into();
    // The same row typed twice.
    let rows = team.rows_of(first);
    let mut again = team.cases[rows[2]].clone();
    again.fate = Fate::Aside("duplicate");
    team.cases.push(again);

    let columns = [
        ("Team", Field::Team),
        ("Lead Practitioner", Field::Worker),
        ("Contracted hours", Field::Fte),
        ("Job title", Field::Role),
        ("Time in post", Field::Experience),
        ("Mosaic ID", Field::Child),
        ("Family group", Field::Household),
        ("Status", Field::Status),
        ("Court", Field::Court),
        ("Level", Field::Level),
        ("Additional points", Field::Additional),
        ("Comments", Field::Notes),
    ];
    let mut order: Vec<usize> = (0..team.cases.len()).collect();
    order.sort_by_key(|at| match team.cases[*at].holder {
        Holder::Worker(worker) => worker,
        Holder::Nobody(_) => 99,
    });
    let header = 1;
    let mut cases = Grid::of_cases(&team, &order, &columns, &SHORT, header);
    let changes: Vec<usize> =
        (1..order.len()).filter(|at| team.cases[order[*at]].holder != team.cases[order[*at - 1]].holder).collect();
    for at in changes.into_iter().rev() {
        cases.gap(at);
    }
    let last = header + cases.rows.len() as u32;
    let typed = cases.rows.iter().filter(|row| row.fate != Fate::Aside("blank")).count();
    // The total counts the child typed twice once, as it should.
    let mut total = vec![Cell::Blank; columns.len()];
    total[0] = text("Total children");
    total[5] = Cell::Formula(format!("=COUNTA(F{}:F{})-1", header + 2, last + 1), (typed - 1).to_string());
    cases.insert(cases.rows.len(), total, "totals");

    let look = Look::new(&Taste {
        font: "Arial",
        size: 10.0,
        heading_fill: 0xFFE699,
        heading_ink: 0x000000,
        band: 0xFFFFFF,
        lines: true,
        wrap_headings: false,
    });
    let mut workbook = workbook("Cliffside caseload");
    let sheet = workbook.add_worksheet().set_name("Sept 25").unwrap();
    titles(sheet, &look, &[(0, "Cliffside Locality Team – all children, September 2025")]);
    widths(sheet, &[23.0, 20.0, 15.0, 15.0, 12.0, 11.0, 12.0, 8.0, 18.0, 7.0, 15.0, 20.0]);
    cases.write(sheet, &look, header);
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.autofilter(header, 0, last, 11).unwrap();
    sheet.filter_column(7, &FilterCondition::new().add_list_filter("CP").add_list_filter("LAC")).unwrap();
    Book {
        file: "north/Cliffside caseload.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Sept 25", header, &cases)],
        teams: vec![team],
    }
}

/// An assessment team: no title, a hidden column, levels in words, ticked factors, closed rows still listed.
pub fn lighthouse() -> Book {
    let mut register = Register::new(3);
    let r = &mut register;
    let mut team = Team::new("Lighthouse Assessment Team", "assessment", Knows { awaiting: false, ..Knows::ALL });
    team.level_words = true;
    for words in ["Duty", "Duty", "Unallocated", "Not yet allocated"] {
        team.unallocated(r, words, Status::Assessment);
    }
    for (experience, children, heat) in [
        ("3+ years", 21, Cool),
        ("3+ years", 22, Cool),
        ("3+ years", 23, Cool),
        ("2-3 years", 18, Cool),
        ("1-2 years", 17, Cool),
        ("NQSW 0-6 months", 13, Cool),
        ("NQSW 6-12 months", 16, Cool),
    ] {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    let part = Worker::social_worker(r, "3+ years").share(6_500);
    let part = team.add(r, part, 13, Cool); // against 13 to 14.3
    let senior = Worker::senior(r).part_time(8_000, text("80%"));
    team.add(r, senior, 12, Hot);
    let deputy = Worker::new(r, "Deputy Team Manager", "deputy-team-manager").experience("3+ years");
    team.add(r, deputy, 0, Cool);

    let rows = team.rows_of(0);
    for row in rows.iter().take(2) {
        team.cases[*row].co_worker = Some(1);
    }
    // A date of birth more than nine months ahead is a slip of the pen.
    team.cases[rows[4]].born = Some((2026, 8, 15));
    for worker in [0, 2, 3] {
        let closed = team.family(r, worker, 2, Status::Closed, Court::No, 0, 0);
        for at in [closed, closed + 1] {
            team.cases[at].fate = Fate::Aside("closed");
            team.cases[at].closed = Some((2025, 9, 12));
        }
    }
    let ended = team.family(r, part, 1, Status::Assessment, Court::No, 1, 0);
    team.cases[ended].closed = Some((2025, 9, 30)); // the as-of day itself counts as closed
    team.cases[ended].fate = Fate::Aside("closed");

    let columns = [
        ("SW", Field::Worker),
        ("Co-worker", Field::CoWorker),
        ("Child ref", Field::Child),
        ("Family group", Field::Household),
        ("DOB", Field::Born),
        ("Case status", Field::Status),
        ("Legal proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Out of borough travel", Field::Tick(1)),
        ("Large family", Field::Tick(2)),
        ("Date closed", Field::Closed),
    ];
    let mut order: Vec<usize> = (0..team.cases.len()).collect();
    order.sort_by_key(|at| team.cases[*at].household.clone());
    let header = 0;
    let cases = Grid::of_cases(&team, &order, &columns, &LONG, header);
    let roster = Grid::of_workers(
        &[&team],
        &[("Name of worker", Field::Worker), ("Role", Field::Role), ("FTE", Field::Fte), ("Stage", Field::Experience)],
    );

    let look = Look::new(&Taste {
        font: "Verdana",
        size: 9.0,
        heading_fill: 0xFFFFFF,
        heading_ink: 0x7030A0,
        band: 0xF3EAFA,
        lines: false,
        wrap_headings: false,
    });
    let mut workbook = workbook("Lighthouse Assessment Team");
    let sheet = workbook.add_worksheet().set_name("Lighthouse Assessment Team").unwrap();
    widths(sheet, &[20.0, 20.0, 10.0, 13.0, 12.0, 17.0, 19.0, 17.0, 20.0, 13.0, 12.0]);
    sheet.set_column_hidden(4).unwrap();
    cases.write(sheet, &look, header);
    sheet.set_freeze_panes(1, 0).unwrap();
    let sheet = workbook.add_worksheet().set_name("Workers").unwrap();
    widths(sheet, &[22.0, 22.0, 7.0, 18.0]);
    titles(sheet, &look, &[(0, "Who works with us")]);
    roster.write(sheet, &look, 2);
    let sheet = workbook.add_worksheet().set_name("Read me").unwrap();
    prose(
        sheet,
        &look,
        &[
            "How to fill in this workbook",
            "One line for each child; siblings share a family group.",
            "Pick the level from low, medium and high; use ending when the file is about to be closed.",
            "Tick travel when the placement is outside the borough.",
        ],
    );
    Book {
        file: "north/Lighthouse Assessment Team.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![
            SheetTruth::of("Lighthouse Assessment Team", header, &cases),
            SheetTruth::roster("Workers", 2, &roster),
            SheetTruth::none("Read me"),
        ],
        teams: vec![team],
    }
}
