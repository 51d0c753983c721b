//! A manager changes a line of a time form: what is required, the rating and the colour have to follow.

use std::path::Path;

use fairload::book::sheet::CellRef;

use super::annotated;
use super::engine::{SUMMARY, Sheets, Shown, WORKING};

/// The file of the forms.
pub const FILE: &str = "Hours.csv";
/// Hours available as written, at full time and not; weekly hours where none are; and hours that cannot be read.
pub const FORM: &str = "\
Locality North,,,,
Worker,Ada Heron,Ben Kite,Cat Lark,Dan Reed
FTE,1,0.5,0.8,1
Experience,3+ years,NQSW 0-6,3+ years,3+ years
Total time available,148,74,,148
Annual leave,-7.4,0,8,7
Supervision,-3,,,3
CPD,-15,,12,15
Crisis allowance,-22,-2,2,2
Local travel,-4,-1.5,3,3
Case A,-60,-20,70,about ten
Case B,-35,-30.5,,12
";

#[test]
fn loads_in_hours_follow_every_line() {
    let mut sheets = Sheets::of(&annotated()[Path::new("time/Hours RAG.xlsx")]);
    let worker = "Ada Heron";
    let rating = sheets.find(WORKING, 0, &[(1, worker), (2, "Time")]).unwrap();
    let line = |sheets: &Sheets, what: &str| sheets.find(WORKING, rating, &[(1, worker), (2, what)]).unwrap();
    let summary = sheets.find(SUMMARY, 0, &[(1, worker)]).unwrap();
    let now = |sheets: &Sheets| {
        let load = sheets.now(WORKING, CellRef::new(rating, 4)).figure();
        let colour = sheets.now(WORKING, CellRef::new(rating, 11)).text().to_string();
        let told = sheets.now(SUMMARY, CellRef::new(summary, 2)).text().to_string();
        (load, colour, told)
    };
    let (_, colour, as_read) = now(&sheets);
    assert_eq!((colour.as_str(), as_read.as_str()), ("GREEN", "GREEN"));
    let (case, crisis, available) =
        (line(&sheets, "Case B"), line(&sheets, "crisis allowance"), line(&sheets, "Available"));
    // 146.4 of 148; with 36.6 for the case 148 of 148.
    sheets.enter(&[(WORKING, CellRef::new(case, 4), Shown::Figure(36.6))]);
    assert_eq!(now(&sheets), (148.0, "AMBER".into(), "AMBER".into()));
    sheets.enter(&[(WORKING, CellRef::new(available, 4), Shown::Figure(134.0))]);
    assert_eq!(now(&sheets).1, "RED");
    sheets.enter(&[(WORKING, CellRef::new(available, 4), Shown::Figure(160.0))]);
    assert_eq!(now(&sheets).1, "GREEN");
    // What is below nought is never green.
    sheets.enter(&[(WORKING, CellRef::new(crisis, 4), Shown::Figure(-2.0))]);
    let colour = sheets.now(WORKING, CellRef::new(rating, 11)).text().to_string();
    assert_eq!(colour, "NOT SCORED");
}

#[test]
fn hours_of_the_week_follow_the_share_of_a_post() {
    let mut sheets = Sheets::of(&annotated()[Path::new("time/Hours RAG.xlsx")]);
    let rating = sheets.find(WORKING, 0, &[(1, "Cat Lark"), (2, "Time")]).unwrap();
    // 8 + 3 + 12 + 2 + 3 + 70 of 118.4.
    assert_eq!(sheets.now(WORKING, CellRef::new(rating, 9)).figure(), 118.4);
    assert_eq!(sheets.now(WORKING, CellRef::new(rating, 11)).text(), "GREEN");
    sheets.enter(&[(WORKING, CellRef::new(rating, 7), Shown::Figure(0.5))]);
    assert_eq!(sheets.now(WORKING, CellRef::new(rating, 9)).figure(), 74.0);
    assert_eq!(sheets.now(WORKING, CellRef::new(rating, 11)).text(), "RED");
    assert!(sheets.find(WORKING, 0, &[(1, "Dan Reed"), (2, "Available")]).is_none(), "what is not scored is not shown");
}
