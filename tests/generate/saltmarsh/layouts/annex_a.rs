//! Ofsted's Annex A, as councils produce it each month: lists of children, and none of workers.

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::saltmarsh::book::{Book, SheetTruth, prose, workbook};
use crate::saltmarsh::grid::{Cell, text};
use crate::saltmarsh::layouts::look;
use crate::saltmarsh::look::Look;
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::{Case, Court, Fate, Holder, Knows, Register, Status, Team, Worker};

/// List 6 with closed episodes, lists 7 and 8 that repeat its children, list 9, and two more that
/// are no caseload. Nothing says what share of a post anybody holds, so that limits need a roster.
pub fn workbook_of_lists() -> Book {
    let mut register = Register::new(36);
    let r = &mut register;
    let knows = Knows { household: false, level: false, co_worker: false, awaiting: false, ..Knows::ALL };
    let mut marsh = Team::new("Reedbed Locality Team", "locality", knows);
    let mut care = Team::new("Reedbed Children in Our Care Team", "in-care", knows);
    let mut leaving = Team::new("Reedbed Leaving Care Team", "leaving-care", knows);
    for (team, children) in [(&mut marsh, [18, 21]), (&mut care, [15, 17]), (&mut leaving, [14, 11])] {
        for children in children {
            let at = team.workers.len();
            let mut worker = Worker::new(r, "", "?");
            worker.fte_known = false;
            team.workers.push(worker);
            for child in 0..children {
                let status = match team.area {
                    "locality" => [Status::InNeed, Status::Protection, Status::InNeed, Status::Assessment][child % 4],
                    "in-care" => Status::InCare,
                    _ => Status::CareLeaver,
                };
                team.family(r, at, 1, status, Court::No, 0, 0);
            }
        }
    }
    marsh.unallocated(r, "", Status::InNeed);
    let closed = marsh.family(r, 0, 1, Status::Closed, Court::No, 0, 0);
    marsh.cases[closed].fate = Fate::Aside("closed");

    let look = look("Calibri", 0x3B3838, 0xFFFFFF);
    let mut workbook = workbook("Annex A");
    let mut sheets = Vec::new();
    let sheet = workbook.add_worksheet().set_name("Guidance").unwrap();
    prose(sheet, &look, &["Annex A: children's services data for inspection", "Do not rename the lists."]);
    sheets.push(SheetTruth::none("Guidance"));

    let mut contacts = Paper::default();
    contacts.title("List 1: Contacts").heads(&["Child Unique ID", "Gender", "Date of Contact", "Contact Source"]);
    for _ in 0..6 {
        contacts.row(vec![text(r.child()), text("b) Female"), Cell::Date((2025, 9, 3)), text("3a")], Fate::Counted);
    }
    write(&mut workbook, "List_1", &contacts, &look);
    sheets.push(SheetTruth::none("List_1"));

    let held: Vec<(&Team, &Case)> =
        [&marsh, &care].into_iter().flat_map(|team| team.cases.iter().map(move |case| (team, case))).collect();
    let mut need = Paper::default();
    need.title("List 6: Children in need").heads(&[
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "CIN Start Date",
        "Primary Need Code",
        "CIN Closure Date",
        "Reason for Closure",
        "Case Status",
        "Allocated Team",
        "Allocated Worker",
    ]);
    for (team, case) in &held {
        let (year, month, day) = case.born.unwrap();
        let age = 2025 - year - u16::from((month, day) > (9, 30));
        let gone = case.status == Status::Closed;
        need.row(
            vec![
                text(case.child.clone()),
                text("a) Male"),
                text("a) WBRI"),
                Cell::Date((year, month, day)),
                Cell::Number(f64::from(age)),
                Cell::Date((2025, 3, 17)),
                text("N1"),
                if gone { Cell::Date((2025, 9, 12)) } else { Cell::Blank },
                text(if gone { "RC7" } else { "" }),
                text(match case.status {
                    Status::InCare => "a) Looked after child",
                    Status::Protection => "b) Child Protection plan",
                    Status::InNeed => "c) Child in need plan",
                    Status::Assessment => "d) Open assessment",
                    _ => "e) Closed episode",
                }),
                text(team.name),
                worker(team, case),
            ],
            case.fate,
        );
    }
    write(&mut workbook, "List_6", &need, &look);
    sheets.push(need.truth("List_6", "annex-a-list-6"));

    for (name, title, status, own) in [
        ("List_7", "List 7: Child protection", Status::Protection, ["CP Plan Start Date", "Initial Category of Abuse"]),
        (
            "List_8",
            "List 8: Children in care",
            Status::InCare,
            ["Date Started to be Looked After", "Child's Legal Status"],
        ),
    ] {
        let mut detail = Paper::default();
        detail.title(title).heads(&["Child Unique ID", "Gender", own[0], own[1], "Allocated Team", "Allocated Worker"]);
        for (at, (team, case)) in held.iter().filter(|(_, case)| case.status == status).enumerate() {
            // An interim care order hints at proceedings.
            let words = match (status, at) {
                (Status::Protection, _) => "NEG",
                (_, 0) => "C1",
                _ => "C2",
            };
            let cells = vec![
                text(case.child.clone()),
                text("a) Male"),
                Cell::Date((2025, 4, 2)),
                text(words),
                text(team.name),
                worker(team, case),
            ];
            detail.row(cells, Fate::Counted);
        }
        write(&mut workbook, name, &detail, &look);
        sheets.push(detail.truth(name, "annex-a-detail"));
    }

    let mut leavers = Paper::default();
    leavers.title("List 9: Care leavers").heads(&[
        "Child Unique ID",
        "Date of Birth",
        "Age of Child (Years)",
        "Eligibility Category",
        "Allocated Team",
        "Allocated Worker",
    ]);
    for case in &leaving.cases {
        let (year, month, day) = case.born.unwrap();
        let age = 2025 - year - u16::from((month, day) > (9, 30));
        let category = if age < 18 { "b) Relevant child" } else { "c) Former relevant child" };
        let cells = vec![
            text(case.child.clone()),
            Cell::Date((year, month, day)),
            Cell::Number(f64::from(age)),
            text(category),
            text(leaving.name),
            worker(&leaving, case),
        ];
        leavers.row(cells, Fate::Counted);
    }
    write(&mut workbook, "List_9", &leavers, &look);
    sheets.push(leavers.truth("List_9", "annex-a-list-9"));
    Book {
        file: "layouts/Annex A.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets,
        teams: vec![marsh, care, leaving],
    }
}

fn write(workbook: &mut Workbook, name: &str, paper: &Paper, look: &Look) {
    let sheet: &mut Worksheet = workbook.add_worksheet().set_name(name).unwrap();
    paper.write(sheet, look);
    sheet.autofit();
}

fn worker(team: &Team, case: &Case) -> Cell {
    match case.holder {
        Holder::Worker(at) => text(team.workers[at].name.clone()),
        Holder::Nobody(words) => text(words),
    }
}
