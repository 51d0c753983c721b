//! The Task Force's points form: one row for each household of one worker, with its points.

use crate::book::sheet::{RawBook, RawSheet};
use crate::book::text::fold;
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState, TableReading};
use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::words::{Heading, Words};

/// Base points by household, the points for status or intervention beside them, and no column of workers.
///
/// What names the case names the household, and points for the status are a figure.
pub fn fit(heads: &Heads, words: &Words) -> Option<Fit> {
    let mut means: Vec<Option<Heading>> = heads.cells.iter().map(|cell| cell.plain()).collect();
    let is = |means: &Option<Heading>, meaning: Meaning| *means == Some(Heading::Means(meaning));
    let total = heads.cells.iter().any(|cell| words.is_total(&cell.text));
    let base = heads.cells.iter().position(|cell| is_base(&cell.text, total))?;
    means[base] = Some(Heading::Means(Meaning::BasePoints));
    for (cell, means) in heads.cells.iter().zip(&mut means) {
        if is(means, Meaning::Child) || is(means, Meaning::ChildName) {
            *means = Some(Heading::Means(Meaning::Household));
        } else if is(means, Meaning::Status) || fold(&cell.text).starts_with("case status") {
            *means = Some(Heading::Means(Meaning::StatusPoints));
        } else if means.is_none() && words.is_total(&cell.text) {
            *means = Some(Heading::Means(Meaning::PointsTotal));
        }
    }
    let has = |meaning: Meaning| means.iter().any(|own| is(own, meaning));
    let fits = has(Meaning::Intervention) && !has(Meaning::Worker);
    fits.then(|| Fit { worker_missing: true, ..Fit::of_cases(Layout::PointsForm, means) })
}

/// Passes over forms that nobody has filled in: their letters and headings are no caseload.
pub fn settle(book: &RawBook, readings: &mut [SheetReading]) {
    for (sheet, reading) in book.sheets.iter().zip(readings).filter(|(_, reading)| reading.state == SheetState::Read) {
        let before = reading.tables.len();
        reading.tables.retain(|table| table.layout != Layout::PointsForm || is_filled_in(sheet, table));
        if before > 0 && reading.tables.is_empty() {
            reading.state = SheetState::NoCaseload;
            reading.why = "it is a points form that is not filled in".into();
        }
    }
}

/// An office is called a base too: the bare word counts points only beside a total of them.
fn is_base(text: &str, beside_total: bool) -> bool {
    let folded = fold(text);
    let Some(rest) = folded.strip_prefix("base") else { return false };
    rest.starts_with(" point")
        || rest.starts_with(" pts")
        || rest.contains("per child")
        || (beside_total && rest.is_empty())
}

fn is_filled_in(sheet: &RawSheet, table: &TableReading) -> bool {
    let Some(column) = table.column(Meaning::BasePoints) else { return true };
    let rows = sheet.rows.iter().filter(|row| row.index > table.header && row.index <= table.area.last.row);
    rows.filter_map(|row| row.value(column)).any(|value| value.decimal().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book};
    use crate::understand::recognise::recognise;

    const HEADINGS: &str = "Case | Base points = 1 per child | Case status (1-4 pts per household) | Intervention level \
                            (1-5 pts per household) | Additional factors per household | Total points";

    fn read(text: &str) -> SheetReading {
        recognise(&book("Sheet1", text), "caseload", &Words::built_in(), AS_OF).remove(0)
    }

    #[test]
    fn the_form_as_published() {
        let reading = read(&format!("Social worker: Ada Heron\n{HEADINGS}\nA: 1 LAC | 1 | 1 | 2 | | 4"));
        assert_eq!((reading.state, reading.layout()), (SheetState::Read, Layout::PointsForm), "{}", reading.why);
        let meanings: Vec<Meaning> = reading.tables[0].columns.iter().map(|column| column.meaning).collect();
        assert_eq!(
            meanings,
            [
                Meaning::Household,
                Meaning::BasePoints,
                Meaning::StatusPoints,
                Meaning::Intervention,
                Meaning::Additional,
                Meaning::PointsTotal
            ]
        );
    }

    #[test]
    fn base_points_in_other_words() {
        for base in ["Base (1 per child)", "Base - 1 per child", "Base"] {
            let reading = read(&format!(
                "Worker: Ada Heron\nCase | {base} | Case status | Intervention level | Additional | Total\nA | 1 | 1 | 2 | | 4"
            ));
            assert_eq!(reading.layout(), Layout::PointsForm, "{base}");
        }
    }

    #[test]
    fn a_form_that_is_not_filled_in_is_passed_over() {
        let reading = read(&format!("Social worker: \n{HEADINGS}\nA: |\nB: |\nGRAND TOTAL |"));
        assert_eq!(reading.state, SheetState::NoCaseload);
        assert_eq!(reading.why, "it is a points form that is not filled in");
    }

    #[test]
    fn an_office_is_no_base_points() {
        let own = read("Worker: Ada Heron\nChild ID | Base | Status | Intervention level\n1 | Harbour House | CP | 2");
        assert_ne!(own.layout(), Layout::PointsForm);
    }
}
