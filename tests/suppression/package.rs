//! The whole of what is handed outside, part by part.

use std::io::Read;

use super::{Team, USUAL, directorate};
use fairload::directorate::overview;
use fairload::directorate::suppress::suppressed;
use fairload::directorate::table::{TEAMS_SUPPRESSED, teams_suppressed};
use fairload::directorate::tables::csv_bytes;
use fairload::directorate::workbook::workbook;
use fairload::policy::Policies;
use jiff::civil::date;

/// Every part of directorate.xlsx, and the CSV.
fn package(teams: &[Team]) -> Vec<(String, String)> {
    let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
    let shared = suppressed(&directorate(teams));
    let bytes = workbook(overview::shared::pages(&shared, &policies), &policies).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
    }
    let csv = csv_bytes(&TEAMS_SUPPRESSED, &teams_suppressed(&shared)).unwrap();
    parts.push((TEAMS_SUPPRESSED.name.into(), String::from_utf8(csv).unwrap()));
    parts
}

#[test]
fn what_is_hidden_leaves_no_trace_anywhere_in_the_file() {
    // The same to look at, and other figures behind.
    let one = [
        Team { cp: 3, unallocated: 1, children: 5, households: Some(3), cioc: 0, proceedings: 1, ..USUAL },
        Team { cp: 61, unallocated: 4, children: 350, ..USUAL },
        Team { unallocated: 12, ..USUAL },
    ];
    let other = [
        Team { cp: 2, unallocated: 2, children: 4, households: Some(2), cioc: 0, proceedings: 2, ..USUAL },
        Team { cp: 62, unallocated: 3, children: 351, households: Some(201), proceedings: 29, ..USUAL },
        one[2],
    ];
    let (one, other) = (package(&one), package(&other));
    assert_eq!(one.last(), other.last());
    assert_eq!(one.len(), other.len());
    for ((name, one), (_, other)) in one.iter().zip(&other) {
        assert!(one == other, "{name}");
    }
    let csv = &one.last().unwrap().1;
    assert!(csv.contains(",c,"), "{csv}");
}

#[test]
fn the_workbook_for_people_outside_holds_four_kinds_of_sheet_and_no_formula() {
    let teams = [Team { cp: 3, ..USUAL }, Team { unallocated: 7, ..USUAL }, USUAL];
    let parts = package(&teams);
    let of = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str()).unwrap();
    for sheet in ["Values", "Workers", "Trend", "Fairness", "Capacity", "Data quality"] {
        assert!(!of("xl/workbook.xml").contains(&format!("name=\"{sheet}\"")), "{sheet}");
    }
    for (name, text) in &parts {
        let sheet = name.starts_with("xl/worksheets/sheet");
        assert!(!sheet || !text.contains("<f>") && !text.contains("<f "), "{name} has a formula");
        // Neither the workbooks the figures came from, nor notes.
        assert!(!text.contains("0.xlsx") && !name.contains("comment"), "{name}");
    }
    // What a chart keeps of its cells stands in the sheet.
    let charts: Vec<&str> =
        parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")).map(|(_, text)| text.as_str()).collect();
    assert_eq!(charts.len(), 1);
    assert!(!charts[0].contains(">c<"), "the chart draws shown figures alone");
}
