//! The sheet "Allocate": load, utilisation and colour of a worker before and after they are given a family.

use crate::book::page::{Cell, Look, Page, column, fixed, span};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{Measure, Rag};
use crate::policy::figure_ids as id;

use super::super::figures::{Figures, NONE};
use super::super::formulas::{Judged, colour, earns, household, in_care_proceedings, level, off_any_list, used, worst};
use super::reckoning::{row, staff_rows};
use super::staff::at;
use super::{ALLOCATE, STAFF, STAFF_HEAD, STAFF_ROWS};

/// The column of the colours.
const COLOUR: u32 = 5;

/// Builds the sheet.
pub fn page(figures: &Figures<'_>) -> Page {
    let mut page = Page::new("Allocate", "C08A2B", &[34, 20, 20, 20, 20, 20]);
    page.protected = true;
    page.across(6, "Before giving work to somebody", Look::Title);
    page.across(
        6,
        "Choose who might take a family and how many children: load, utilisation and colour now and after stand below. \
         Nothing is recorded; the family is entered on “Caseload”.",
        Look::Muted,
    );
    page.gap();
    let asked = Asked::from(page.next());
    for field in ALLOCATE {
        let row = page.push(vec![Cell::text(field.heading).look(Look::Strong), field.cell(), field.cell()]);
        page.spread(row, 1, 2, field.cell().look);
        let cell = CellRef::new(row, 1);
        page.entries.extend(field.rule(figures, Area { first: cell, last: cell }));
    }
    page.gap();
    page.push(vec![Cell::text("Line on “Workers”").look(Look::Text), Cell::counts(asked.line(), 0)]);
    let points = asked.points(figures);
    page.push(vec![Cell::text("Points that the family would add").look(Look::Text), Cell::counts(points, 0)]);
    page.gap();
    let heads = ["", "Load", "Lower figure", "Upper figure", "Utilisation", "Colour"];
    page.push(Cell::headings(&heads));
    let top = page.next();
    let limit = Part { measure: Measure::Limit, load: at::HELD, lower: at::LOWER, upper: at::UPPER };
    let points = Part { measure: Measure::Points, load: at::POINTS, lower: at::BENCHMARK, upper: at::BENCHMARK };
    for (what, part, more) in [
        ("Limit, now", &limit, None),
        ("Limit, after", &limit, Some(&asked.many)),
        ("In points, now", &points, None),
        ("In points, after", &points, Some(&asked.added)),
    ] {
        let mut cells = vec![Cell::text(what).look(Look::Strong)];
        cells.extend(part.cells(figures, &asked, more, page.next()));
        page.push(cells);
    }
    outcome(&mut page, figures, &asked, top);
    page
}

/// The worst colour afterwards, and what it asks for.
fn outcome(page: &mut Page, figures: &Figures<'_>, asked: &Asked, top: u32) {
    let last = page.next() - 1;
    page.rag_words.push(column(COLOUR, top, last + 1));
    let after = worst(&CellRef::new(top + 1, COLOUR).to_string(), &CellRef::new(last, COLOUR).to_string());
    let mut cells = vec![Cell::text("Overall, after").look(Look::Strong)];
    cells.resize(COLOUR as usize, Cell::default().look(Look::Text));
    cells.push(Cell::says(asked.when(&after), "").look(Look::Rag));
    let overall = page.push(cells);
    let action = figures.action(&CellRef::new(overall, COLOUR).to_string());
    let row = page.push(vec![
        Cell::text("What that asks for").look(Look::Strong),
        Cell::says(format!("={action}"), "").look(Look::Text),
    ]);
    page.spread(row, 1, 5, Look::Text);
    page.rows[row as usize].height = Some(33);
}

/// The cells in which is asked, and the two that are reckoned of them.
struct Asked {
    who: String,
    many: String,
    status: String,
    court: String,
    needs: String,
    more: String,
    /// The worker's line on "Workers".
    number: String,
    /// Points that the family would add.
    added: String,
}

impl Asked {
    /// Where the first of them stands on this row; a blank row lies before those that are reckoned.
    fn from(first: u32) -> Self {
        let [who, many, status, court, needs, more, number, added] =
            [0, 1, 2, 3, 4, 5, 7, 8].map(|at| fixed(CellRef::new(first + at, 1)));
        Self { who, many, status, court, needs, more, number, added }
    }

    /// A formula that is blank until a worker is chosen.
    fn when(&self, formula: &str) -> String {
        format!("=IF({}=0,\"\",{formula})", self.number)
    }

    fn line(&self) -> String {
        let who = &self.who;
        let named = format!("({}=UPPER(TRIM({who})))", staff_rows(row::KEY));
        format!("=IF(TRIM({who})=\"\",0,IF(SUMPRODUCT({named}*1)=1,SUMPRODUCT({named}*{}),0))", staff_rows(row::NUMBER))
    }

    fn points(&self, figures: &Figures<'_>) -> String {
        let Self { many, status, court, needs, more, .. } = self;
        let points = household(
            figures,
            many,
            &earns(figures, status, court),
            &in_care_proceedings(figures, court),
            &level(figures, needs, &figures.at(id::POINTS_BLANK)),
            &format!("IF(ISNUMBER({more}),{more},0)"),
        );
        let unsure = off_any_list(figures, [status, court, needs, more]);
        format!("=IF(AND(ISNUMBER({many}),{many}>0),IF(OR({unsure}),\"{NONE}\",{points}),0)")
    }
}

/// A measure, with the columns of "Workers" that its figures stand in.
struct Part {
    measure: Measure,
    load: u32,
    lower: u32,
    upper: u32,
}

impl Part {
    /// Load, figures, utilisation and colour on a row, with so much more in a cell.
    fn cells(&self, figures: &Figures<'_>, asked: &Asked, more: Option<&String>, row: u32) -> [Cell; 5] {
        let of_worker = |of: u32| {
            let all = span(STAFF, column(of, STAFF_HEAD + 1, STAFF_HEAD + STAFF_ROWS));
            format!("INDEX({all},{})", asked.number)
        };
        let held = of_worker(self.load);
        let held = match more {
            None => held,
            Some(more) => {
                format!("IF(ISNUMBER({more}),ROUND({held}+{more},8),IF(TRIM({more})=\"\",{held},\"{NONE}\"))")
            }
        };
        let [load, lower, upper] = [1, 2, 3].map(|at| CellRef::new(row, at).to_string());
        let word = colour(figures, self.measure, &Judged { load: &load, lower: &lower, upper: &upper });
        let word = format!("IF(ISNUMBER({load}),{word},\"{}\")", Rag::NotScored.word());
        let share = format!("IF(ISNUMBER({load}),{},\"{NONE}\")", used(&load, &upper));
        let shown = |formula: String, look: Look| Cell::says(asked.when(&formula), "").look(look);
        [
            shown(held, Look::StrongFigure),
            shown(of_worker(self.lower), Look::Figure),
            shown(of_worker(self.upper), Look::Figure),
            shown(share, Look::StrongPercent),
            shown(word, Look::Rag),
        ]
    }
}
