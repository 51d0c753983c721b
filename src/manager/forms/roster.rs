//! The roster form: the staff of one or several teams, with what is expected of each.

use crate::book::page::{Cell, Look, Page};
use crate::book::sheet::CellRef;

use super::entries::{
    AGREED, AGREED_REASON, DUTIES, DUTY_POINTS, EXPERIENCE, Entry, FTE, Field, JUDGEMENT, JUDGEMENT_REASON, ROLE,
    ask_below, blanks,
};
use super::figures::{Figures, List, of};
use super::formulas::{expected, line, share};

/// What is said of each worker.
pub const WORKERS: &[Field] = &[
    Field {
        heading: "Worker",
        entry: Entry::Text,
        ask: "First and last name, written as on the caseloads.",
        example: "Ada Finch",
    },
    Field { heading: "Team", entry: Entry::Text, ask: "The team's name, as on its caseload.", example: "Harbour team" },
    Field {
        heading: "Service area",
        entry: Entry::Word(List::Areas),
        ask: "Choose the team's field of work.",
        example: "Locality / field",
    },
    ROLE,
    FTE,
    EXPERIENCE,
    Field {
        heading: "Start date in practice",
        entry: Entry::Date,
        ask: "In place of the experience: fairload then reckons the stage on the day it is run. The form itself does not.",
        example: "01/09/2024",
    },
    DUTIES,
    DUTY_POINTS,
    AGREED,
    AGREED_REASON,
    JUDGEMENT,
    JUDGEMENT_REASON,
];

/// How to use the form.
pub const STEPS: &[&str] = &[
    "A row for each worker, those without cases too. Take somebody who has left out.",
    "The last columns show what the policy expects of each worker at their FTE, as a check that role, field of work and experience are right.",
    "Give the file to fairload beside the caseloads: fairload run caseloads --roster roster.xlsx.",
];

const ROWS: u32 = 100;
const HEAD: u32 = 3;

/// The form.
pub fn page(figures: &Figures<'_>) -> Page {
    let widths = [24, 22, 22, 22, 8, 22, 13, 24, 11, 10, 28, 13, 28, 11, 11, 13];
    let mut page = Page::new("Workers", "2F5597", &widths);
    page.protected = true;
    page.across(8, "Roster form", Look::Title);
    page.across(
        8,
        "Fill in the blue cells, a row for each worker. What is expected of each stands on the right.",
        Look::Muted,
    );
    page.gap();
    let mut heads: Vec<&str> = WORKERS.iter().map(|field| field.heading).collect();
    heads.extend(["Expected: lower", "Expected: upper", "Expected: points"]);
    let head = page.push(Cell::headings(&heads));
    page.freeze = Some(CellRef::new(head + 1, 1));
    page.repeat = Some((head, head));
    page.two_pages_wide = true;
    for row in HEAD + 1..=HEAD + ROWS {
        let mut cells = blanks(WORKERS);
        for column in [of::LOWER, of::UPPER, of::POINTS] {
            cells.push(Cell::says(format!("={}", shown(figures, row, column)), "").look(Look::Figure));
        }
        page.push(cells);
    }
    ask_below(&mut page, figures, WORKERS, CellRef::new(HEAD + 1, 0), ROWS);
    page
}

fn shown(figures: &Figures<'_>, row: u32, column: u32) -> String {
    let here = |heading: &str| {
        let at = WORKERS.iter().position(|field| field.heading == heading).unwrap_or(0);
        CellRef::new(row, at as u32).to_string()
    };
    let line = line(figures, &here("Service area"), &here("Role"), &here("Experience"));
    let agreed = here("Agreed limit");
    let by_policy = expected(figures, column, &line, &share(figures, &here("FTE")));
    let figure = match column {
        of::POINTS => by_policy,
        _ => format!("IF(ISNUMBER({agreed}),{agreed},{by_policy})"),
    };
    format!("IF(TRIM({})=\"\",\"\",{figure})", here("Worker"))
}
