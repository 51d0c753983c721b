//! The Social Work Task Force's worked example: one worker, nine families, seventeen children, fifty points.

use crate::saltmarsh::book::{Book, SheetTruth, titles, widths, workbook};
use crate::saltmarsh::grid::{Field, Grid, SHORT};
use crate::saltmarsh::look::{Look, Taste};
use crate::saltmarsh::people::{Court, Knows, Register, Status, Team, Worker};

/// Household, children, status, proceedings, intervention, additional.
pub const HOUSEHOLDS: [(&str, u32, Status, Court, i64, i64); 9] = [
    ("A", 1, Status::InCare, Court::Care, 2, 0),
    ("B", 2, Status::Protection, Court::No, 2, 0),
    ("C", 6, Status::Protection, Court::No, 2, 0),
    ("D", 1, Status::InCare, Court::No, 2, 0),
    ("E", 1, Status::Protection, Court::No, 3, 2),
    ("F", 2, Status::Protection, Court::No, 2, 0),
    ("G", 1, Status::Protection, Court::No, 2, 0),
    ("H", 2, Status::InNeed, Court::No, 1, 0),
    ("I", 1, Status::InNeed, Court::No, 1, 0),
];

/// The example as a caseload, in a locality team so that limits apply as well.
pub fn task_force() -> Book {
    let mut register = Register::new(15);
    let r = &mut register;
    let knows = Knows { co_worker: false, awaiting: false, ..Knows::ALL };
    let mut team = Team::new("Example Locality Team", "locality", knows);
    let mut worker = Worker::social_worker(r, "3+ years").duties("Practice teaching", 5);
    worker.name = "Worker X".into();
    team.workers.push(worker);
    for (household, children, status, court, level, additional) in HOUSEHOLDS {
        let first = team.family(r, 0, children, status, court, level, additional);
        for case in &mut team.cases[first..] {
            case.household = household.into();
        }
    }
    let columns = [
        ("Team", Field::Team),
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Other duties", Field::Duties),
        ("Points for duties", Field::DutyPoints),
        ("Child ID", Field::Child),
        ("Household", Field::Household),
        ("Case status", Field::Status),
        ("Proceedings", Field::Court),
        ("Intervention level", Field::Level),
        ("Additional factors", Field::Additional),
    ];
    let order: Vec<usize> = (0..team.cases.len()).collect();
    let cases = Grid::of_cases(&team, &order, &columns, &SHORT, 2);
    let look = Look::new(&Taste {
        font: "Calibri",
        size: 11.0,
        heading_fill: 0xFFFFFF,
        heading_ink: 0x000000,
        band: 0xFFFFFF,
        lines: true,
        wrap_headings: true,
    });
    let mut workbook = workbook("Worked example");
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    titles(sheet, &look, &[(0, "The Task Force's worked example")]);
    widths(sheet, &[22.0, 11.0, 14.0, 6.0, 11.0, 17.0, 10.0, 10.0, 11.0, 11.0, 17.0, 12.0, 11.0]);
    cases.write(sheet, &look, 2);
    Book {
        file: "task-force-example.xlsx",
        bytes: workbook.save_to_buffer().unwrap(),
        sheets: vec![SheetTruth::of("Caseload", 2, &cases)],
        teams: vec![team],
    }
}
