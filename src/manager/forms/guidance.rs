//! The sheet that says what to enter where.

use crate::book::page::{Cell, Look, Page};

use super::entries::Field;
use super::figures::Figures;
use super::{Form, caseload, points, roster, tasks, time};

/// The sheet's name.
pub const NAME: &str = "Guidance";

const COLUMNS: u32 = 3;

/// A list of the columns, each with what to enter and an example: no table of cases that could be counted.
pub fn page(form: Form, figures: &Figures<'_>) -> Page {
    let mut page = Page::new(NAME, "3F7F93", &[30, 84, 34]);
    page.protected = true;
    page.across(COLUMNS, &format!("{}: how to fill it in", form.title()), Look::Title);
    let steps = match form {
        Form::Caseload => caseload::STEPS,
        Form::Roster => roster::STEPS,
        Form::Points => points::STEPS,
        Form::Tasks => tasks::STEPS,
        Form::Time => time::STEPS,
    };
    for (at, step) in steps.iter().chain(ALWAYS).enumerate() {
        page.across(COLUMNS, &format!("{}. {step}", at + 1), Look::Prose);
    }
    let all = || figures.policies.chosen.iter();
    let hidden = all().filter(|policy| !figures.shown().iter().flatten().any(|own| own.name == policy.name));
    for policy in hidden {
        let text = format!("{} is not shown on this form; it is judged when fairload is run with it.", policy.title);
        page.across(COLUMNS, &text, Look::Prose);
    }
    for (title, fields) in parts(form) {
        page.gap();
        page.across(COLUMNS, title, Look::Section);
        page.push(Cell::headings(&["Cell or column", "What to enter", "For example"]));
        for field in fields {
            page.push(vec![
                Cell::text(format!("Under “{}”", field.heading)).look(Look::Strong),
                Cell::text(field.ask).look(Look::Text),
                Cell::text(field.example).look(Look::Text),
            ]);
        }
    }
    page
}

const ALWAYS: &[&str] = &[
    "Blue cells are yours to fill in. Everything else is protected without a password, so that no formula is lost by a slip; Review, Unprotect Sheet opens it.",
    "Colours: GREEN, no action; AMBER, manage by de-prioritising; RED, remove tasks or cases and escalate; NOT SCORED, there is nothing to judge against, which is never the same as green.",
    "Save the form and run fairload on it: the findings, the annotated workbook and the comparison of teams follow, with the same figures.",
];

fn parts(form: Form) -> Vec<(&'static str, &'static [Field])> {
    match form {
        Form::Caseload => vec![
            ("At the top of the caseload", caseload::TEAM),
            ("The caseload, a row for each child", caseload::CASES),
            ("The team's staff, a row for each", caseload::WORKERS),
            ("Before giving work to somebody", caseload::ALLOCATE),
        ],
        Form::Roster => vec![("The staff, a row for each", roster::WORKERS)],
        Form::Points => vec![("At the top", points::WORKER), ("The list, a row for each family", points::HOUSEHOLDS)],
        Form::Tasks => vec![("At the top", tasks::WORKER), ("The list, a row for each kind of work", tasks::NUMBERS)],
        Form::Time => vec![
            ("At the top", time::WORKER),
            ("The hours of the period", time::AVAILABLE_HOURS),
            ("What is taken off them", time::HOURS),
            ("What is left for", time::EACH),
        ],
    }
}
