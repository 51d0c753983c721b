//! Sheets of several months for the same people: the latest not after the as-of date counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::book::phrase::{count, day};
use crate::book::sheet::{CellRef, RawBook, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{Doubt, Layout, Reason, SheetReading};
use crate::understand::recognise::contents::{Contents, is_alone, shared};
use crate::understand::words::{SheetWord, Words};

/// A month, or a day of one, that a sheet was kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i16,
    month: i8,
    /// A month without a day stands for its end.
    day: i8,
}

/// A sheet that says which month it is of.
struct Monthly {
    at: usize,
    month: Month,
    contents: Contents,
}

const WHOLE_MONTH: i8 = 99;

impl Month {
    fn is_after(self, as_of: Date) -> bool {
        let day = if self.day == WHOLE_MONTH { 1 } else { self.day };
        (self.year, self.month, day) > (as_of.year(), as_of.month(), as_of.day())
    }

    fn of_day(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
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

fn settle_group(readings: &mut [SheetReading], sheets: &[Monthly], live: &[(usize, Contents)], as_of: Date) {
    let named = |readings: &[SheetReading], at: usize| format!("“{}”", readings[at].name);
    let day = day(as_of);
    // A sheet that is called the current one goes before every month.
    for sheet in sheets {
        let current = live.iter().find(|(_, contents)| same_people(contents, &sheet.contents));
        if let Some((current, _)) = current {
            let why = format!("{} is the current state of the same people, and counts", named(readings, *current));
            readings[sheet.at].aside = Some((Reason::Superseded, why));
        }
    }
    let sheets: Vec<&Monthly> = sheets.iter().filter(|sheet| readings[sheet.at].aside.is_none()).collect();
    let Some(first) = sheets.first() else { return };
    let latest = sheets.iter().rfind(|sheet| !sheet.month.is_after(as_of));
    let counts = latest.unwrap_or(first);
    let after = latest.is_none();
    if sheets.iter().all(|sheet| sheet.month == counts.month) {
        return;
    }
    let mut same: BTreeSet<usize> = sheets.iter().filter(|sheet| sheet.month == counts.month).map(|s| s.at).collect();
    // Children come and go: a month may share some with the next alone.
    loop {
        let more = sheets.iter().find(|sheet| {
            let with = |other: &&&Monthly| same.contains(&other.at) && same_people(&other.contents, &sheet.contents);
            !same.contains(&sheet.at) && sheets.iter().any(|other| with(&other))
        });
        match more {
            Some(sheet) => same.insert(sheet.at),
            None => break,
        };
    }
    let which = named(readings, counts.at);
    let why = match after {
        false => format!("{which} is the latest month of the same people not after {day}, and counts"),
        true => format!("{which} is the earliest month of the same people, all after {day}, and counts"),
    };
    let mut fullest = 0;
    for sheet in sheets.iter().filter(|sheet| sheet.month != counts.month) {
        if same.contains(&sheet.at) {
            readings[sheet.at].aside = Some((Reason::Superseded, why.clone()));
            let before = sheet.month < counts.month;
            fullest = if before { sheet.contents.len() } else { fullest };
        } else {
            readings[sheet.at].doubts.push(Doubt {
                said: format!("This sheet and {which} are of different months and have nobody in common; both count."),
                todo: "Delete the earlier month, or move it to another workbook, if it is an earlier state of the same caseload.",
            });
        }
    }
    if after {
        readings[counts.at].doubts.push(Doubt {
            said: format!("Every month in the workbook is after {day}; this one, the earliest, counts."),
            todo: "Give the date that the workbook is meant for with --as-of.",
        });
    }
    if counts.contents.len() * 2 < fullest {
        let rows = count(counts.contents.len(), "row", "rows");
        readings[counts.at].doubts.push(Doubt {
            said: format!("This month counts and holds {rows}, where the month before holds {fullest}."),
            todo: "Check that this month is filled in completely; run with an earlier --as-of to have the month before count.",
        });
    }
}

/// Whether two sheets are states of one caseload: a good part of the children is on both, or where
/// no column tells children apart, a worker.
fn same_people(one: &Contents, other: &Contents) -> bool {
    match (one.children.len(), other.children.len()) {
        (0, _) | (_, 0) => shared(&one.workers, &other.workers) > 0,
        (here, there) => shared(&one.children, &other.children) * 5 >= here.min(there),
    }
}

/// The month in a sheet's name, and the rest of the name.
fn in_name(name: &str, words: &Words, as_of: Date) -> Option<(Month, String)> {
    dated(name, words, as_of, false)
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
        Value::Text(text) => dated(text, words, as_of, true).map(|(month, _)| month),
        _ => None,
    });
    months.next()
}

/// The month or day that a text names, and what else it says. A month without a year is the most
/// recent one not after the as-of date, if that will do.
fn dated(text: &str, words: &Words, as_of: Date, with_year: bool) -> Option<(Month, String)> {
    let tokens = tokens(text);
    let number = |at: usize| tokens.get(at).and_then(|token| token.parse::<i16>().ok());
    let year = |at: usize| {
        let token = tokens.get(at)?;
        let year = token.parse::<i16>().ok()?;
        let year = if token.len() == 2 { 2000 + year } else { year };
        let near = as_of.year() - 20..=as_of.year() + 2;
        ((token.len() == 2 || token.len() == 4) && near.contains(&year)).then_some(year)
    };
    let long_year = |at: usize| year(at).filter(|_| tokens[at].len() == 4);
    let day = |at: usize| number(at).and_then(|day| i8::try_from(day).ok()).filter(|day| (1..=31).contains(day));
    let month_number = |at: usize| day(at).filter(|month| *month <= 12);
    let rest = |from: usize, to: usize| {
        let kept = tokens.iter().enumerate().filter(|(at, _)| !(from..to).contains(at));
        kept.map(|(_, token)| token.as_str()).collect::<Vec<_>>().join(" ")
    };
    let of = |year: i16, month: i8, day: i8| {
        let valid = day == WHOLE_MONTH || Date::new(year, month, day).is_ok();
        valid.then_some(Month { year, month, day })
    };
    for (at, token) in tokens.iter().enumerate() {
        if let Some(month) = words.month(token) {
            // "30 September 2025", "September 30", "2025 September", "Sept 25".
            let before = at.checked_sub(1);
            let early = before.and_then(long_year);
            let of_day = before.filter(|_| early.is_none()).and_then(day);
            let late = year(at + 1).filter(|_| early.is_none());
            let behind = if late.is_none() && of_day.is_none() { day(at + 1) } else { None };
            let of_month = of_day.or(behind).unwrap_or(WHOLE_MONTH);
            let written = early.or(late);
            if written.is_none() && with_year {
                continue;
            }
            let year = written.unwrap_or_else(|| {
                let this = Month { year: as_of.year(), month, day: of_month };
                if this.is_after(as_of) { as_of.year() - 1 } else { as_of.year() }
            });
            let from = if early.is_some() || of_day.is_some() { at - 1 } else { at };
            let to = if late.is_some() || behind.is_some() { at + 2 } else { at + 1 };
            if let Some(month) = of(year, month, of_month) {
                return Some((month, rest(from, to)));
            }
        }
        if words.is_week(token) && !with_year {
            let week = day(at + 1).or_else(|| number(at + 1).and_then(|week| i8::try_from(week).ok()))?;
            let written = year(at + 2);
            let monday = |year: i16| ISOWeekDate::new(year, week, Weekday::Monday).ok().map(|week| week.date());
            let this = monday(written.unwrap_or(as_of.year()))?;
            let date = if written.is_none() && this > as_of { monday(as_of.year() - 1)? } else { this };
            return Some((Month::of_day(date), rest(at, if written.is_some() { at + 3 } else { at + 2 })));
        }
        // "30.09.25", "2025-09-30", then "2025-09" and "09/2025".
        if let (Some(d), Some(m), Some(y)) = (day(at), month_number(at + 1), year(at + 2))
            && let Some(month) = of(y, m, d)
        {
            return Some((month, rest(at, at + 3)));
        }
        if let (Some(y), Some(m), Some(d)) = (long_year(at), month_number(at + 1), day(at + 2))
            && let Some(month) = of(y, m, d)
        {
            return Some((month, rest(at, at + 3)));
        }
        let pair = match (long_year(at), month_number(at)) {
            // "2025/26" is a year from April to March.
            (Some(y), _) => month_number(at + 1).map(|m| (y, m)),
            (None, Some(m)) => long_year(at + 1).map(|y| (y, m)),
            _ => None,
        };
        if let Some((y, m)) = pair {
            return Some((Month { year: y, month: m, day: WHOLE_MONTH }, rest(at, at + 2)));
        }
    }
    None
}

/// Words and figures of a text: `Sept25` and `30th` come apart, an ordinal's ending goes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = None;
    for c in fold(text).chars() {
        let kind = if c.is_ascii_digit() {
            Some(true)
        } else if c == ' ' {
            None
        } else {
            Some(false)
        };
        match (kind, last == Some(kind), tokens.last_mut()) {
            (None, ..) => {}
            (Some(_), true, Some(token)) => token.push(c),
            _ => tokens.push(c.to_string()),
        }
        last = Some(kind);
    }
    let ordinal = |token: &String| ["st", "nd", "rd", "th"].contains(&token.as_str());
    tokens.retain(|token| !ordinal(token));
    tokens
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
    use super::*;
    use crate::testing::loads;
    use jiff::civil::date;

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

    #[test]
    fn months_are_read_from_names() {
        let words = Words::built_in();
        let as_of = date(2025, 9, 30);
        for (name, year, month, day, rest) in [
            ("Jan 2025", 2025, 1, 99, ""),
            ("September", 2025, 9, 99, ""),
            ("December", 2024, 12, 99, ""),
            ("Sept 25", 2025, 9, 99, ""),
            ("Sep25", 2025, 9, 99, ""),
            ("2025-09", 2025, 9, 99, ""),
            ("09-2025", 2025, 9, 99, ""),
            ("Caseload 30.09.25", 2025, 9, 30, "caseload"),
            ("2025-09-30", 2025, 9, 30, ""),
            ("30th September 2024", 2024, 9, 30, ""),
            ("Locality North - Aug", 2025, 8, 99, "locality north"),
            ("Ada Sep", 2025, 9, 99, "ada"),
            ("Week 38", 2025, 9, 15, ""),
            ("Wk 50", 2024, 12, 9, ""),
        ] {
            let expected = Some((Month { year, month, day }, rest.to_string()));
            assert_eq!(in_name(name, &words, as_of), expected, "{name}");
        }
        for name in ["Locality North", "2025/26", "Team 1", "16-18", "Ada Heron (2)", "Closures 2025", "Week"] {
            assert_eq!(in_name(name, &words, as_of), None, "{name}");
        }
        let title = |text: &str| dated(text, &words, as_of, true).map(|(month, _)| month);
        assert_eq!(title("As at 30/09/2025"), Some(Month { year: 2025, month: 9, day: 30 }));
        assert_eq!(title("Month: September 2025"), Some(Month { year: 2025, month: 9, day: WHOLE_MONTH }));
        assert_eq!(title("Staff may add rows"), None);
    }
}
