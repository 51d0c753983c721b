//! A manager changes a number of tasks, or the points for one: load and colour have to follow.

use std::path::Path;

use fairload::book::sheet::CellRef;

use super::annotated;
use super::engine::{POLICY, SUMMARY, Sheets, Shown, WORKING};

/// The workbook of tasks forms.
pub const SAMPLE: &str = "layouts/Tasks forms.xlsx";

#[test]
fn loads_in_tasks_follow_numbers_and_points() {
    let mut sheets = Sheets::of(&annotated()[Path::new("tasks/Tasks forms RAG.xlsx")]);
    // 20 home visits at 1, 3 court reports at 6, 4 court appearances at 3: 50 of 50.
    let worker = "Linden Finch";
    let rating = sheets.find(WORKING, 0, &[(1, worker), (2, "Tasks")]).unwrap();
    let visits = sheets.find(WORKING, rating, &[(1, worker), (2, "Home visits")]).unwrap();
    let reports = sheets.find(POLICY, 0, &[(0, "Court reports")]).unwrap();
    let summary = sheets.find(SUMMARY, 0, &[(1, worker)]).unwrap();
    let now = |sheets: &Sheets| {
        let load = sheets.now(WORKING, CellRef::new(rating, 4)).figure();
        let colour = sheets.now(WORKING, CellRef::new(rating, 11)).text().to_string();
        assert_eq!(sheets.now(SUMMARY, CellRef::new(summary, 2)).text(), colour, "the summary follows");
        (load, colour)
    };
    assert_eq!(now(&sheets), (50.0, "AMBER".into()));
    sheets.enter(&[(WORKING, CellRef::new(visits, 4), Shown::Figure(19.0))]);
    assert_eq!(now(&sheets), (49.0, "GREEN".into()));
    // Court reports at 8: 19 + 24 + 12 = 55, which is 110 %.
    sheets.enter(&[(POLICY, CellRef::new(reports, 1), Shown::Figure(8.0))]);
    assert_eq!(now(&sheets), (55.0, "RED".into()));
}
