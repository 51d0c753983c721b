//! Sheets of several months for the same people: the latest not after the as-of date counts.

mod dates;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::book::phrase::{count, day};
use crate::book::sheet::{CellRef, RawBook, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{Doubt, Layout, Reason, SheetReading};
use crate::understand::recognise::contents::{Contents, is_alone, shared};
use crate::understand::words::{SheetWord, Words};

use dates::{Month, in_name, in_title};

/// A sheet that says which month it is of.
struct Monthly {
    at: usize,
    month: Month,
    contents: Contents,
}

/// Sets sheets of other months than the one that counts aside.
///
/// Only sheets of one kind with the same name but for the month are compared, and only where they
/// have people in common: lists of each month's new children are no states of one caseload.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words, as_of: Date) {
    if is_alone(readings) {
        return;
    }
    let mut groups: BTreeMap<(String, bool), Vec<Monthly>> = BTreeMap::new();
    let mut live: BTreeMap<(String, bool), Vec<(usize, Contents)>> = BTreeMap::new();
    for (at, (sheet, reading)) in book.sheets.iter().zip(readings.iter()).enumerate() {
        if reading.tables.is_empty() || reading.aside.is_some() {
            continue;
        }
        let roster = reading.layout() == Layout::Roster;
        let contents = Contents::of(sheet, reading, words, roster);
        // A month that nobody has filled in yet takes nothing from the one before.
        if contents.len() == 0 {
            continue;
        }
        let (month, name) = match in_name(&reading.name, words, as_of) {
            Some((month, rest)) => (Some(month), rest),
            None => (above_tables(sheet, reading, words, as_of), fold(&reading.name)),
        };
        let name = without_generic(&words.without_sheet_word(SheetWord::Live, &name), words);
        match month {
            Some(month) => groups.entry((name, roster)).or_default().push(Monthly { at, month, contents }),
            // A sheet of the same name without a month is the one that people work in.
            None if !name.is_empty() || words.sheet_says(SheetWord::Live, &reading.name) => {
                live.entry((name, roster)).or_default().push((at, contents));
            }
            None => {}
        }
    }
    for (group, mut sheets) in groups {
        sheets.sort_by_key(|sheet| sheet.month);
        settle_group(readings, &sheets, live.get(&group).map_or(&[][..], Vec::as_slice), as_of);
    }
}

/// Decides which of a series of sheets counts, given in the order of their months.
fn settle_group(readings: &mut [SheetReading], sheets: &[Monthly], live: &[(usize, Contents)], as_of: Date) {
    give_way_to_current(readings, sheets, live);
    let day = day(as_of);
    let sheets: Vec<&Monthly> = sheets.iter().filter(|sheet| readings[sheet.at].aside.is_none()).collect();
    let Some(first) = sheets.first() else { return };
    let latest = sheets.iter().rfind(|sheet| !sheet.month.is_after(as_of));
    let counts = latest.unwrap_or(first);
    let after = latest.is_none();
    if sheets.iter().all(|sheet| sheet.month == counts.month) {
        return;
    }
    let which = named(readings, counts.at);
    let why = match after {
        false => format!("{which} is the latest month of the same people not after {day}, and counts"),
        true => format!("{which} is the earliest month of the same people, all after {day}, and counts"),
    };
    let same = same_caseload(&sheets, counts);
    set_others_aside(readings, &sheets, counts, &same, &why);
    if after {
        readings[counts.at].doubts.push(Doubt {
            said: format!("Every month in the workbook is after {day}; this one, the earliest, counts."),
            todo: "Give the date that the workbook is meant for with --as-of.",
        });
    }
    let before = sheets.iter().rfind(|sheet| same.contains(&sheet.at) && sheet.month < counts.month);
    let before = before.map_or(0, |sheet| sheet.contents.len());
    if counts.contents.len() * 2 < before {
        let rows = count(counts.contents.len(), "row", "rows");
        readings[counts.at].doubts.push(Doubt {
            said: format!("This month counts and holds {rows}, where the month before holds {before}."),
            todo: "Check that this month is filled in completely; run with an earlier --as-of to have the month before count.",
        });
    }
}

/// A sheet that is called the current one goes before every month.
fn give_way_to_current(readings: &mut [SheetReading], sheets: &[Monthly], live: &[(usize, Contents)]) {
    for sheet in sheets {
        let current = live.iter().find(|(_, contents)| same_people(contents, &sheet.contents));
        if let Some((current, _)) = current {
            let why = format!("{} is the current state of the same people, and counts", named(readings, *current));
            readings[sheet.at].aside = Some((Reason::Superseded, why));
        }
    }
}

/// The sheets that are states of one caseload with the month that counts.
fn same_caseload(sheets: &[&Monthly], counts: &Monthly) -> BTreeSet<usize> {
    let mut same: BTreeSet<usize> = sheets.iter().filter(|sheet| sheet.month == counts.month).map(|s| s.at).collect();
    // Children come and go: a month may share some with the next alone.
    loop {
        let more = sheets.iter().find(|sheet| {
            let with = |other: &&&Monthly| same.contains(&other.at) && same_people(&other.contents, &sheet.contents);
            !same.contains(&sheet.at) && sheets.iter().any(|other| with(&other))
        });
        match more {
            Some(sheet) => same.insert(sheet.at),
            None => return same,
        };
    }
}

/// Sets the other months of the same caseload aside; one of other people counts too, in doubt.
fn set_others_aside(
    readings: &mut [SheetReading],
    sheets: &[&Monthly],
    counts: &Monthly,
    same: &BTreeSet<usize>,
    why: &str,
) {
    let which = named(readings, counts.at);
    for sheet in sheets.iter().filter(|sheet| sheet.month != counts.month) {
        if same.contains(&sheet.at) {
            readings[sheet.at].aside = Some((Reason::Superseded, why.to_string()));
        } else {
            readings[sheet.at].doubts.push(Doubt {
                said: format!("This sheet and {which} are of different months and have nobody in common; both count."),
                todo: "Delete the earlier month, or move it to another workbook, if it is an earlier state of the same caseload.",
            });
        }
    }
}

fn named(readings: &[SheetReading], at: usize) -> String {
    format!("“{}”", readings[at].name)
}

/// Whether two sheets are states of one caseload: a good part of the children is on both, or where
/// no column tells children apart, a worker.
fn same_people(one: &Contents, other: &Contents) -> bool {
    match (one.children.len(), other.children.len()) {
        (0, _) | (_, 0) => shared(&one.workers, &other.workers) > 0,
        (here, there) => shared(&one.children, &other.children) * 5 >= here.min(there),
    }
}

/// The month that the titles above the tables give, with its year.
fn above_tables(sheet: &RawSheet, reading: &SheetReading, words: &Words, as_of: Date) -> Option<Month> {
    let header = reading.header()?;
    // A start in practice is no month of the sheet's.
    let said: BTreeSet<CellRef> = reading.tables.iter().flat_map(|table| &table.said).map(|said| said.at).collect();
    let above = sheet.rows.iter().take_while(|row| row.index < header);
    let above = above.flat_map(|row| row.cells.iter().map(|cell| (CellRef::new(row.index, cell.column), cell)));
    let mut months = above.filter(|(at, _)| !said.contains(at)).filter_map(|(_, cell)| match &cell.value {
        Value::Date(date) => Some(Month::of_day(*date)),
        Value::Text(text) => in_title(text, words, as_of),
        _ => None,
    });
    months.next()
}

/// What of a folded name tells one series of sheets from another.
fn without_generic(name: &str, words: &Words) -> String {
    const OF_DATES: &[&str] =
        &["as", "at", "on", "of", "for", "the", "w", "c", "e", "wc", "ending", "commencing", "end"];
    let kept = name.split(' ').filter(|word| !words.is_generic(word) || word.chars().all(|c| c.is_ascii_digit()));
    kept.filter(|word| !OF_DATES.contains(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::testing::loads;

    /// Sheets of two months, the earlier with a child since closed, in either order of the tabs.
    fn months(earlier: &str, later: &str) -> [String; 2] {
        let old = format!("## {earlier}\nChild ID, Worker\n1, Ada\n2, Ada\n3, Cy\n");
        let new = format!("## {later}\nChild ID, Worker\n1, Ada\n2, Ben\n4, Ada\n");
        [format!("{old}{new}"), format!("{new}{old}")]
    }

    #[test]
    fn the_latest_month_of_the_same_people_counts() {
        for (earlier, later) in [
            ("Aug 2025", "Sept 2025"),
            ("August", "September"),
            ("December", "January"),
            ("Dec 24", "Jan 25"),
            ("2025-08", "2025-09"),
            ("Caseload 31.08.25", "Caseload 30.09.25"),
            ("Week 37", "Week 38"),
            ("Locality North - Aug", "Locality North - Sep"),
            ("Aug 2025; hidden", "Sept 2025"),
            ("August 2025", "Current"),
        ] {
            for book in months(earlier, later) {
                assert_eq!(loads(&book), "Ada 2, Ben 1", "{book}");
            }
        }
    }

    #[test]
    fn months_after_the_as_of_date_are_set_aside() {
        for book in months("September 2025", "October 2025") {
            assert_eq!(loads(&book), "Ada 2, Cy 1");
        }
        for book in months("October 2025", "November 2025") {
            assert_eq!(loads(&book), "Ada 2, Cy 1");
        }
    }

    #[test]
    fn months_with_nobody_in_common_all_count() {
        let lists = "## Aug 2025\nChild ID, Worker\n1, Ada\n2, Ada\n## Sept 2025\nChild ID, Worker\n3, Ada\n4, Ben";
        assert_eq!(loads(lists), "Ada 3, Ben 1");
        let teams = "## North Aug\nChild ID, Worker\n1, Ada\n## South Sept\nChild ID, Worker\n2, Ben";
        assert_eq!(loads(teams), "Ada 1, Ben 1");
    }

    #[test]
    fn last_months_copy_of_a_workers_sheet_is_set_aside() {
        let sheet = |name: &str, children: &str| {
            format!("## {name}\nRole | Social worker | | Start date | 2014-09-01\n\nChild ID | Status\n{children}")
        };
        let now = sheet("Ada Heron", "1 | CP\n2 | CIN\n3 | CP");
        let ben = sheet("Ben Kite", "4 | CP");
        for name in ["Ada Heron Aug", "Ada Heron Oct"] {
            let copy = sheet(name, "1 | CP\n9 | CIN");
            assert_eq!(loads(&format!("{now}\n{ben}\n{copy}")), "Ada Heron 3, Ben Kite 1");
        }
    }

    #[test]
    fn a_title_tells_the_month() {
        let book = "## Sheet1\nAs at 31/08/2025 | |\nChild ID | Worker\n1 | Ada\n2 | Ada
            ## Sheet2\nAs at 30/09/2025 | |\nChild ID | Worker\n1 | Ada";
        assert_eq!(loads(book), "Ada 1");
        let book = "## Sheet1\nMonth: | 2025-09-01\nChild ID | Worker\n1 | Ada
            ## Sheet2\nMonth: August 2025 |\nChild ID | Worker\n1 | Ada\n2 | Ben";
        assert_eq!(loads(book), "Ada 1");
    }

    #[test]
    fn months_of_a_sheet_for_each_worker() {
        let book = "## Ada Aug\nChild ID, Status\n1, CP\n2, CP\n## Ada Sep\nChild ID, Status\n1, CP
            ## Ben Aug\nChild ID, Status\n3, CP\n## Ben Sep\nChild ID, Status\n3, CP\n2, CP";
        assert_eq!(loads(book), "Ada 1, Ben 2");
    }

    #[test]
    fn children_move_on_from_month_to_month() {
        let month = |name: &str, from: u32| {
            let rows: String = (from..from + 4).map(|child| format!("{child}, Ada\n")).collect();
            format!("## {name}\nChild ID, Worker\n{rows}")
        };
        let book = [month("July", 1), month("August", 3), month("September", 6)].concat();
        assert_eq!(loads(&book), "Ada 4");
    }

    #[test]
    fn a_month_not_yet_filled_in_takes_nothing_away() {
        let book = "## Aug 2025\nChild ID, Worker\n1, Ada\n2, Ada\n## Sept 2025\nChild ID, Worker\n";
        assert_eq!(loads(book), "Ada 2");
    }

    #[test]
    fn counts_and_rosters_of_several_months() {
        let counts = "## Aug\nSocial worker, FTE, CIN, CP\nAda, 1, 3, 4\nCy, 1, 1, 1
            ## Sept\nSocial worker, FTE, CIN, CP\nAda, 1, 2, 4";
        assert_eq!(loads(counts), loads("## Sept\nSocial worker, FTE, CIN, CP\nAda, 1, 2, 4"));
        let rosters = "## Cases\nChild ID, Worker\n1, Ada
            ## Team Aug\nName, Role, FTE\nAda, SW, 1\nCy, SW, 1\n## Team Sept\nName, Role, FTE\nAda, SW, 0.5\nBen, SW, 1";
        assert_eq!(loads(rosters), "Ada 1, Ben 0");
    }
}
