//! The caseload form: a row for each child, the team's workers with their colours, and a block that tells
//! what would follow if a worker were given more.

mod allocate;
mod cases;
mod reckoning;
mod staff;

use crate::book::page::Page;

use super::entries::{
    ADDITIONAL, AGREED, AGREED_REASON, DUTIES, DUTY_POINTS, EXPERIENCE, Entry, FTE, Field, JUDGEMENT, JUDGEMENT_REASON,
    LEVEL, PROCEEDINGS, ROLE, STATUS,
};
use super::figures::{Figures, List};

/// What is said of the team.
pub const TEAM: &[Field] = &[
    Field { heading: "Team", entry: Entry::Text, ask: "The team's name.", example: "Harbour team" },
    Field {
        heading: "Service area",
        entry: Entry::Word(List::Areas),
        ask: "Choose the team's field of work: the limits depend on it.",
        example: "Locality / field",
    },
];

/// What is said of each child.
pub const CASES: &[Field] = &[
    Field {
        heading: "Child reference",
        entry: Entry::Text,
        ask: "The child's number in your case system. Each child stands on one row.",
        example: "C-1042",
    },
    Field {
        heading: "Household",
        entry: Entry::Text,
        ask: "The same reference for siblings who live together. Blank: the child counts as a household alone.",
        example: "H-12",
    },
    Field {
        heading: "Worker",
        entry: Entry::Name(NAMES),
        ask: "The key worker, chosen from the sheet “Workers”. Blank: nobody holds the child yet.",
        example: "Ada Finch",
    },
    Field {
        heading: "Co-worker",
        entry: Entry::Text,
        ask: "Who helps, if anybody. Co-worked children are not counted for the co-worker.",
        example: "Ben Wren",
    },
    STATUS,
    PROCEEDINGS,
    LEVEL,
    ADDITIONAL,
    Field {
        heading: "Awaiting move",
        entry: Entry::Word(List::YesNo),
        ask: "Yes where transfer, closure or step-down is planned. The child still counts.",
        example: "No",
    },
    Field {
        heading: "Date allocated",
        entry: Entry::Date,
        ask: "The day the key worker was given the child, as dd/mm/yyyy.",
        example: "14/03/2025",
    },
    Field { heading: "Date of birth", entry: Entry::Date, ask: "As dd/mm/yyyy.", example: "02/06/2014" },
    Field {
        heading: "Notes",
        entry: Entry::Text,
        ask: "What explains the load, such as holiday cover. Nothing here changes a figure.",
        example: "Holiday cover",
    },
];

/// What is said of each worker.
pub const WORKERS: &[Field] = &[
    Field {
        heading: "Worker",
        entry: Entry::Text,
        ask: "First and last name, once for each worker, those without cases too.",
        example: "Ada Finch",
    },
    ROLE,
    FTE,
    EXPERIENCE,
    DUTIES,
    DUTY_POINTS,
    AGREED,
    AGREED_REASON,
    JUDGEMENT,
    JUDGEMENT_REASON,
];

/// What is asked before work is given to somebody.
pub const ALLOCATE: &[Field] = &[
    Field {
        heading: "Who",
        entry: Entry::Name(NAMES),
        ask: "Choose the worker who might take the family.",
        example: "Ada Finch",
    },
    Field {
        heading: "How many",
        entry: Entry::Number,
        ask: "How many children of one household would be given.",
        example: "2",
    },
    STATUS,
    PROCEEDINGS,
    LEVEL,
    ADDITIONAL,
];

/// How to use the form.
pub const STEPS: &[&str] = &[
    "Enter the staff on “Workers” first: their names are offered on “Caseload”. Then the team and its field of work at the top of “Caseload”, and a row for each child.",
    "“Workers” shows at once what each worker holds against limit and benchmark, and the colour. “Check” beside each child says what a row still lacks: until it is mended, its worker is not scored.",
    "A child that stands on two rows with the same worker counts once. Siblings' figures count once per household and worker, the highest of their rows.",
    "Before giving work to somebody, ask “Allocate”: it shows load, utilisation and colour before and after.",
];

const NAMES: &str = "'Workers'!$A$7:$A$36";
/// The sheet of the children.
const SHEET: &str = "Caseload";
/// The sheet of the workers.
const STAFF: &str = "Workers";

/// Rows for children.
const ROWS: u32 = 300;
/// The row of the headings on "Caseload" and on "Reckoning": a row has the same number on both.
const HEAD: u32 = 6;
/// Rows for workers.
const STAFF_ROWS: u32 = 30;
/// The row of the headings on "Workers".
const STAFF_HEAD: u32 = 5;

/// The form's sheets, that of the reckoning last.
pub fn pages(figures: &Figures<'_>) -> Vec<Page> {
    vec![cases::page(figures), staff::page(figures), allocate::page(figures), reckoning::page(figures)]
}
