//! Little sheets for tests: a text in, what is said of it out.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::book::sheet::{CellRef, RawBook, RawCell, RawRow, RawSheet, Value, Visibility};
use crate::field::caseload::Caseload;
use crate::field::elsewhere::{Elsewhere, Other};
use crate::field::finding::Finding;
use crate::judge::validate::{Check, View};
use crate::policy::{Policies, Policy};
use crate::understand::normalise::{RosterRow, roster_of};
use crate::understand::recognise::recognise;
use crate::understand::words::Words;

/// The date that tests are judged on.
pub const AS_OF: Date = date(2025, 9, 30);

/// Asserts what a rule says of a little sheet, each finding as `B3: message`.
///
/// A severity other than the rule's own is written `B3 note: message`, a cell of a later sheet
/// `Sheet!B3: message`, a finding about the whole workbook `workbook: message`. An expectation
/// that ends in `…` need only be the beginning.
///
/// The sheet's cells are parted by `|`, or by `,` where its header has no `|`. The first sheet is
/// called `Locality North`; a line `## Name; hidden; filtered; hidden-column C; merged A2:A4;
/// unreadable` starts a sheet of that name, with any of those options. `~` in front of a row hides
/// it. A cell is read as Excel would keep it: a figure, a date as `2024-09-01`, `#REF!`, `=?` for a
/// formula without a stored result, else text. Below a line `=== south.xlsx` stands another
/// workbook of the run, whose first sheet is called `Locality South`; below `=== roster` a roster
/// in a file of its own.
#[track_caller]
pub fn expect(check: Check, sheets: &str, said: &[&str]) {
    expect_by(&policies(), check, sheets, said);
}

/// The same as [`expect`] where these policies are chosen.
#[track_caller]
pub fn expect_by(policies: &Policies, check: Check, sheets: &str, said: &[&str]) {
    let mut books = sheets.split("===");
    let own = books.next().unwrap_or_default();
    let (rosters, others): (Vec<&str>, Vec<&str>) = books.partition(|book| book.trim().starts_with("roster"));
    let roster: Vec<RosterRow> = rosters.into_iter().flat_map(roster).collect();
    let caseload = caseload("Locality North", own, policies, &roster);
    let elsewhere = elsewhere(&others);
    let view = View { caseload: &caseload, policies, elsewhere: &elsewhere };
    let mut findings = Vec::new();
    check(&view, &mut findings);
    findings.sort_by_key(|finding| finding.place);
    // As where all rules are run: a row may stand for several children.
    findings.dedup();
    for finding in &findings {
        well_said(finding, &caseload);
    }
    let found: Vec<String> = findings.iter().map(|finding| line(finding, &caseload)).collect();
    let agrees = found.len() == said.len()
        && found.iter().zip(said).all(|(found, said)| match said.strip_suffix('…') {
            Some(beginning) => found.starts_with(beginning),
            None => found == said,
        });
    assert!(agrees, "found:\n{}\nexpected:\n{}\nread as: {caseload:#?}", found.join("\n"), said.join("\n"));
}

/// Asserts what each of many texts is read as, and names every one that is read otherwise.
#[track_caller]
pub fn all_read(read: impl Fn(&str) -> String, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, said)| (text, said, read(text)))
        .filter(|(_, said, read)| said != &read)
        .map(|(text, said, read)| format!("{text:?}: {read}, not {said}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The shipped policies on the date of the tests.
pub fn policies() -> Policies {
    Policies::built_in(AS_OF).expect("the shipped policies are in order")
}

/// Policies of these names that the program carries, on the date of the tests.
pub fn policies_named(names: &[&str]) -> Policies {
    let policies = names.iter().map(|name| Policy::built_in(name).expect("it is carried").expect("it is in order"));
    Policies::new(policies.collect(), AS_OF).expect("the practice rules are in order")
}

/// What each worker of a little workbook holds: `Ada Lovell 2, Ben Marsh 1, nobody 1`.
///
/// The sheets are written as for [`expect`]; every row of each is counted or set aside.
#[track_caller]
pub fn loads(sheets: &str) -> String {
    let caseload = understood(sheets);
    for sheet in &caseload.sheets {
        assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
    }
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, worker) in caseload.workers() {
        *held.entry(worker.who.name.as_str()).or_default() += worker.holds.cases.len();
    }
    let unallocated: usize = caseload.teams.iter().map(|team| team.unallocated.len()).sum();
    let nobody = (unallocated > 0).then_some(("nobody", unallocated));
    let all: Vec<String> = held.into_iter().chain(nobody).map(|(name, cases)| format!("{name} {cases}")).collect();
    all.join(", ")
}

/// A little workbook as understood, with nothing beside it.
pub fn understood(sheets: &str) -> Caseload {
    caseload("Sheet1", sheets, &policies(), &[])
}

/// A little workbook as understood.
fn caseload(first: &str, sheets: &str, policies: &Policies, roster: &[RosterRow]) -> Caseload {
    crate::run::workbook::understand(&book(first, sheets), "caseload", &Words::built_in(), policies, roster)
}

/// A roster in a file of its own.
fn roster(text: &str) -> Vec<RosterRow> {
    let (_, sheets) = text.split_once('\n').expect("a line that says roster");
    let (book, words) = (book("Roster", sheets), Words::built_in());
    roster_of(&book, &mut recognise(&book, "roster", &words, AS_OF), &words, &policies(), false)
}

/// What other workbooks say, each a file's name and its sheets.
fn elsewhere(books: &[&str]) -> Elsewhere {
    let mut elsewhere = Elsewhere::default();
    for book in books {
        let (file, sheets) = book.split_once('\n').expect("a line with the file's name");
        for (team, worker) in caseload("Locality South", sheets, &policies(), &[]).workers() {
            let fte = worker.post.fte.given().and_then(|figure| figure.fte).map(|fte| fte.0);
            let other =
                Other { file: file.trim().into(), team: team.name.clone(), worker: worker.who.name.clone(), fte };
            for child in worker.holds.cases.iter().filter_map(|case| case.who.child.given()) {
                elsewhere.children.entry(child.clone()).or_default().push(other.clone());
            }
            elsewhere.workers.entry(worker.who.key.clone()).or_default().push(other);
        }
    }
    elsewhere
}

fn line(finding: &Finding, caseload: &Caseload) -> String {
    let at = match finding.place {
        Some(place) if place.sheet > 0 => format!("{}!{}", caseload.sheet_name(place), place.cell),
        Some(place) => place.cell.to_string(),
        None => "workbook".into(),
    };
    if finding.severity == finding.rule.severity {
        format!("{at}: {}", finding.message)
    } else {
        format!("{at} {}: {}", finding.severity, finding.message)
    }
}

/// One sentence each for what is wrong and what to do, and nothing that may name a child.
#[track_caller]
fn well_said(finding: &Finding, caseload: &Caseload) {
    let Finding { message, action, .. } = finding;
    assert!(message.ends_with('.') && action.ends_with('.'), "no sentence: {message} / {action}");
    if let Some(quote) = &finding.quote {
        assert!(!message.contains(quote.as_str()), "quotes a cell: {message}");
    }
    let children =
        caseload.workers().flat_map(|(_, worker)| &worker.holds.cases).filter_map(|case| case.who.child.given());
    for child in children {
        let told = message.to_lowercase().contains(&child.to_lowercase());
        assert!(!told || child.len() < 3, "names a child: {message}");
    }
}

/// The workbook that a text describes.
pub fn book(first: &str, text: &str) -> RawBook {
    let mut sheets: Vec<RawSheet> = Vec::new();
    let mut part = ',';
    let mut row = 0;
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    for (at, line) in lines.iter().enumerate() {
        if let Some(heading) = line.strip_prefix("## ") {
            sheets.push(titled(heading));
            row = 0;
            continue;
        }
        if sheets.is_empty() {
            sheets.push(titled(first));
        }
        if row == 0 {
            // Titles above a table have no part to part.
            let mut sheet = lines[at..].iter().take_while(|line| !line.starts_with("## "));
            part = if sheet.any(|line| line.contains('|')) { '|' } else { ',' };
        }
        let hidden = line.starts_with('~');
        let cells = cells(line.trim_start_matches('~'), part);
        if !cells.is_empty() {
            sheets.last_mut().expect("a sheet was started").rows.push(RawRow { index: row, hidden, cells });
        }
        row += 1;
    }
    RawBook { sheets }
}

fn titled(heading: &str) -> RawSheet {
    let mut options = heading.split(';').map(str::trim);
    let mut sheet = RawSheet { name: options.next().unwrap_or_default().into(), ..RawSheet::default() };
    for option in options {
        match option.split_once(' ') {
            None if option == "hidden" => sheet.visibility = Visibility::Hidden,
            None if option == "filtered" => sheet.filtered = true,
            None if option == "unreadable" => sheet.unreadable = Some("the part is damaged".into()),
            Some(("hidden-column", letter)) => {
                let cell: CellRef = format!("{letter}1").parse().expect("a column's letter");
                sheet.hidden_columns.push(cell.column);
            }
            Some(("merged", area)) => sheet.merged.push(area.parse().expect("an area such as A2:A4")),
            _ => panic!("no such option of a sheet: {option}"),
        }
    }
    sheet
}

fn cells(line: &str, part: char) -> Vec<RawCell> {
    let texts = line.split(part).map(str::trim).enumerate().filter(|(_, text)| !text.is_empty());
    texts.map(|(column, text)| RawCell { column: column as u32, formula: text == "=?", value: value(text) }).collect()
}

fn value(text: &str) -> Value {
    if text == "=?" {
        Value::NoResult
    } else if text.starts_with('#') && text.ends_with(['!', '?', 'A', '0']) {
        Value::Error(text.into())
    } else if let Ok(date) = text.parse::<Date>()
        && text.len() == "2024-09-01".len()
    {
        Value::Date(date)
    } else if let Ok(number) = text.parse::<f64>()
        && text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
    {
        Value::Number(number)
    } else {
        Value::Text(text.into())
    }
}

/// A time form filled in as asked, of which the rules of time forms flag nothing.
pub const TIME_FORM: &str = "
    Worker | Ada Lovell
    Experience | 3+ years
    FTE | 1
    Total time available | 148
    Leave | 7.4
    Supervision | 3
    CPD | 15
    Admin | 20
    Case A | 50
    Total time required | 95.4
";
