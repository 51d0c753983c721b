//! Sheets and how they are read, turned into teams and workers; every value keeps its cell.

mod annex_a;
mod aside;
mod blanks;
mod case;
mod cells;
mod facts;
mod fte;
mod holders;
mod households;
mod line;
mod list;
mod names;
mod parts;
mod people;
mod plan;
mod points_form;
mod reader;
mod roster;
mod statuses;
mod table;
mod tasks_form;
mod teams;
mod time_form;
mod together;
mod totals;
mod whose;
mod worker_counts;

use std::collections::BTreeSet;

use crate::book::sheet::RawBook;
use crate::field::caseload::{Caseload, Entry};
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState};
use crate::policy::Policies;
use crate::understand::words::Words;

use holders::Known;
use people::People;
use reader::Reader;
use roster::read_rosters;
use table::{rows_below, set_aside_whole};
use teams::{Several, TeamNames};

pub use plan::{dated, planned};
pub use roster::{RosterRow, roster_of};

/// Turns a workbook's sheets into teams, given how each sheet is to be read.
///
/// `stem` is the file's name without ending; `roster` holds the rows of a roster given beside it.
/// Rows read = rows counted + rows set aside, for every sheet.
pub fn normalise(
    book: &RawBook,
    readings: Vec<SheetReading>,
    stem: &str,
    words: &Words,
    policies: &Policies,
    roster: &[RosterRow],
) -> Caseload {
    let mut readings = readings;
    let sheets = readings.iter().filter(|reading| reading.holds_cases()).count() > 1;
    // Beside lists of children a table of counts is a summary: its sheet's name alone names no team.
    let lists = readings.iter().any(|reading| reading.tables.iter().any(|table| table.layout.lists_cases()));
    let parts = parts::parts(book, &readings, words, policies);
    let around = Around { stem, sheets: sheets && !lists, parts: &parts };
    let rostered = read_rosters(book, &mut readings, around, words, policies);
    let mut roster_rows = rostered.rows;
    roster_rows.extend(roster.iter().cloned());

    let known = known_workers(book, &readings, &roster_rows, words, policies);
    let mut people = People::new(&roster_rows, policies);
    let mut seen = line::AllSeen::new();
    let mut order: Vec<usize> = (0..book.sheets.len()).collect();
    // A young person on both lists of Annex A is a child of list 6.
    order.sort_by_key(|at| readings[*at].layout() == Layout::AnnexAList9);
    for position in order {
        let (sheet, reading) = (&book.sheets[position], &mut readings[position]);
        if reading.state != SheetState::Read {
            continue;
        }
        if reading.aside.is_some() {
            set_aside_whole(sheet, reading);
            continue;
        }
        // A reader borrows its table while the sheet's reading is filled in.
        let mut tables = std::mem::take(&mut reading.tables);
        let of_sheet = tables.iter().filter(|table| table.layout.holds_cases()).count();
        for table in tables.iter_mut().filter(|table| table.layout.lists_cases()) {
            let part = sheet.within(table.area);
            let names =
                TeamNames::new(sheet, table, stem, Several { sheets, tables: of_sheet > 1 }, &parts[position], words);
            let reader = Reader::new(&part, table, position, words, policies).knowing(&known);
            if table.layout == Layout::PointsForm {
                points_form::read(&reader, reading, &names, &mut people);
                continue;
            }
            table.blanks_below = list::read(&reader, reading, &names, &mut people, &mut seen);
        }
        reading.tables = tables;
        reading.tidy();
    }
    read_forms(book, &mut readings, Around { stem, sheets, parts: &parts }, words, policies, &mut people);
    annex_a::join(book, &mut readings, &mut people, words, policies);
    let has_caseload = readings.iter().any(SheetReading::holds_cases);
    let fallback = TeamNames::of_file(stem, words);
    let teams = if has_caseload { people.into_teams(&readings, &rostered.nobodys, &fallback) } else { Vec::new() };
    Caseload { sheets: readings, teams }
}

/// The forms that list no children, once every list of children is read: their workers are those listed there.
fn read_forms(
    book: &RawBook,
    readings: &mut [SheetReading],
    around: Around<'_>,
    words: &Words,
    policies: &Policies,
    people: &mut People,
) {
    for (position, (sheet, reading)) in book.sheets.iter().zip(readings).enumerate() {
        if reading.state != SheetState::Read || reading.aside.is_some() {
            continue;
        }
        let tables = std::mem::take(&mut reading.tables);
        let of_sheet = tables.iter().filter(|table| table.layout.holds_cases()).count();
        for table in tables.iter().filter(|table| table.layout == Layout::TasksForm) {
            let part = sheet.within(table.area);
            let several = Several { sheets: around.sheets, tables: of_sheet > 1 };
            let names = TeamNames::new(sheet, table, around.stem, several, &around.parts[position], words);
            let reader = Reader::new(&part, table, position, words, policies);
            tasks_form::read(&reader, reading, &names, people);
        }
        for table in tables.iter().filter(|table| table.layout == Layout::TimeForm) {
            let part = time_form::in_hours_as_shown(sheet, table);
            let several = Several { sheets: around.sheets, tables: tables.len() > 1 };
            for whole in time_form::of_workers(table) {
                let names = TeamNames::new(sheet, &whole.table, around.stem, several, &around.parts[position], words);
                let reader = Reader::new(&part, &whole.table, position, words, policies);
                time_form::read(&reader, whole.column, reading, &names, people);
            }
            time_form::account(&Reader::new(&part, table, position, words, policies), reading);
        }
        reading.tables = tables;
        reading.tidy();
    }
}

/// What the workbook and the roster say of who is a worker, to tell two names in a cell from one.
fn known_workers(
    book: &RawBook,
    readings: &[SheetReading],
    roster: &[RosterRow],
    words: &Words,
    policies: &Policies,
) -> Known {
    let (mut workers, mut teams) = (BTreeSet::new(), BTreeSet::new());
    for (position, (sheet, reading)) in book.sheets.iter().zip(readings).enumerate() {
        if reading.state != SheetState::Read || reading.aside.is_some() {
            continue;
        }
        for table in reading.tables.iter().filter(|table| table.layout.holds_cases()) {
            let part = sheet.within(table.area);
            let reader = Reader::new(&part, table, position, words, policies);
            for row in rows_below(&part, table).filter_map(|(_, row)| row) {
                if let Entry::Given(text, _) = reader.worker_text(row) {
                    workers.insert(text);
                }
                if let Entry::Given(text, _) = reader.text(row, Meaning::Team) {
                    teams.insert(text);
                }
            }
        }
    }
    let rostered = roster.iter().filter_map(|row| row.team.as_ref());
    teams.extend(rostered.map(|(team, _)| team.clone()));
    Known::new(&workers, roster.iter().map(RosterRow::worker_key), &teams, words, policies)
}

/// The workers of a shared roster that no workbook lists, as teams of their own, at load 0.
pub fn roster_alone(rows: &[RosterRow], stem: &str, words: &Words, policies: &Policies) -> Caseload {
    let rows: Vec<RosterRow> = rows.iter().cloned().map(|row| RosterRow { shared: false, ..row }).collect();
    let teams = People::new(&rows, policies).into_teams(&[], &[], &TeamNames::of_file(stem, words));
    Caseload { sheets: Vec::new(), teams }
}

/// What a workbook says of the teams on its sheets.
struct Around<'a> {
    /// The file's name without ending.
    stem: &'a str,
    /// Several sheets hold cases, each of a team of its own.
    sheets: bool,
    parts: &'a [parts::Part],
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::caseload::{CaseStatus, Level, Proceedings, Role, ServiceArea, Stage, StageFrom, Worker};
    use crate::field::reading::BlanksBelow;
    use crate::testing::book;
    use crate::understand::recognise::recognise;

    fn read(text: &str) -> Caseload {
        let words = Words::built_in();
        let policies = Policies::built_in(jiff::civil::date(2025, 9, 30)).unwrap();
        let book = book("Locality", text);
        let caseload =
            normalise(&book, recognise(&book, "file", &words, policies.as_of), "file", &words, &policies, &[]);
        for sheet in &caseload.sheets {
            assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
        }
        caseload
    }

    fn worker<'a>(caseload: &'a Caseload, name: &str) -> &'a Worker {
        caseload.workers().map(|(_, worker)| worker).find(|worker| worker.who.name == name).unwrap()
    }

    #[test]
    fn rows_are_counted_or_set_aside() {
        let caseload = read(
            "Child ID | Worker | Status
             1 | Ada | CP

             2 | Ada | Closed
             Child ID | Worker | Status
             1 | Ada | LAC
             3 |  | CIN
             4 | TBC | CIN
             Total | | 4",
        );
        let sheet = &caseload.sheets[0];
        assert_eq!(sheet.reasons(), "blank 1; heading 1; totals 1; duplicate 1; closed 1");
        assert_eq!((sheet.rows_read, sheet.rows_counted), (8, 3));
        let ada = worker(&caseload, "Ada");
        assert_eq!(ada.holds.cases.len(), 1);
        assert!(ada.holds.cases[0].has(CaseStatus::ChildProtection) && ada.holds.cases[0].has(CaseStatus::InCare));
        assert_eq!(ada.holds.cases[0].row.repeats.len(), 1);
        assert_eq!(caseload.teams[0].unallocated.len(), 2);
    }

    #[test]
    fn statuses_ticked_below_their_headings() {
        let caseload = read(
            "Child ID | Worker | Status | CIN | CP | LAC
             1 | Ada | | x | |
             2 | Ada | CIN | | ✓ | 1
             3 | Ada | | no | Yes | no
             4 | Ada | | | |
             Total | | | 1 | 2 | 1",
        );
        let team = &caseload.teams[0];
        let ada = worker(&caseload, "Ada");
        let held: Vec<Vec<CaseStatus>> =
            ada.holds.cases.iter().map(|case| case.status.given().into_iter().flatten().copied().collect()).collect();
        use CaseStatus::{ChildInNeed, ChildProtection, InCare};
        let by_hand = [vec![ChildInNeed], vec![ChildInNeed, ChildProtection, InCare], vec![ChildProtection], vec![]];
        assert_eq!(held.iter().map(|of| of.len()).collect::<Vec<_>>(), [1, 3, 1, 0]);
        assert!(held.iter().zip(&by_hand).all(|(of, by_hand)| by_hand.iter().all(|status| of.contains(status))));
        let beside = crate::field::caseload::beside(team, ada);
        assert_eq!((beside.cp, beside.cioc), (Some(2), Some(1)));
        assert!(caseload.sheets[0].totals.is_empty());
    }

    #[test]
    fn a_move_told_by_a_repeated_row_alone_counts() {
        let caseload = read("Child ID | Worker | Status\n1 | Ada | CP\n1 | Ada | awaiting transfer");
        let team = &caseload.teams[0];
        assert_eq!(crate::field::caseload::beside(team, &team.workers[0]).awaiting_move, Some(1));
    }

    #[test]
    fn an_end_date_on_the_day_closes() {
        let caseload = read(
            "Child ID | Worker | End date
             1 | Ada | 30/09/2025
             2 | Ada | 01/10/2025
             3 | Ada | ongoing",
        );
        assert_eq!(worker(&caseload, "Ada").holds.cases.len(), 2);
        assert_eq!(caseload.sheets[0].reasons(), "closed 1");
    }

    #[test]
    fn blank_cells_below_a_name() {
        let fill = read("Worker | Child ID\nAda | 1\n | 2\n | 3\nBen | 4\n | 5");
        assert_eq!(worker(&fill, "Ada").holds.cases.len(), 3);
        assert_eq!(worker(&fill, "Ben").holds.cases.len(), 2);
        let gap = read("Worker | Child ID\nAda | 1\nAda | 2\n | 3\nBen | 4\nBen | 5");
        assert_eq!(gap.teams[0].unallocated.len(), 1);
        let unclear = read("Worker | Child ID\nAda | 1\n | 2\nBen | 3\n | 4");
        assert_eq!(unclear.sheets[0].tables[0].blanks_below, BlanksBelow::CannotTell);
        assert!(worker(&unclear, "Ada").holds.unclear_below.is_some());
    }

    #[test]
    fn names_of_many_words_head_their_children() {
        let long = read("Worker | Child ID\nAda | \n | 1\n | 2\nMaria del Carmen Lopez | \n | 3\n | 4");
        assert_eq!(worker(&long, "Ada").holds.cases.len(), 2);
        assert_eq!(worker(&long, "Maria del Carmen Lopez").holds.cases.len(), 2);
        // What cannot be read below a name may name the next worker: nobody is guessed.
        let note = read("Worker | Child ID\nAda | 1\n | 2\nsee the list of the other team | \n | 3\n | 4");
        assert!(worker(&note, "Ada").holds.unclear_below.is_some());
        let aside =
            read("Worker | Child ID | Remark\nAda | 1\n | 2\n | | please check these with the panel\n | 3\n | 4");
        assert!(worker(&aside, "Ada").holds.unclear_below.is_none());
    }

    #[test]
    fn a_row_that_only_ticks_or_only_an_unknown_column_tells_is_a_case() {
        let unknown = read("Worker | Kiddy | Status\nAda | Zed | CP\nAda | Yan |\nAda | Xan |");
        assert_eq!(worker(&unknown, "Ada").holds.cases.len(), 3);
        let ticked = read("Worker | Child ID | Private proceedings\nAda | 1 |\nAda | | Yes\nBen | | No");
        assert_eq!(worker(&ticked, "Ada").holds.cases.len(), 2);
        assert_eq!(worker(&ticked, "Ben").holds.cases.len(), 0);
        assert_eq!(
            worker(&read("Worker | Child ID | Notes\nAda | 1 |\nBen | | no cases yet"), "Ben").holds.cases.len(),
            0
        );
    }

    #[test]
    fn totals_and_levels_are_told_apart() {
        let csv = read(
            "Child ID | Worker | Intervention\n1 | Ada | 2\n2 | Ada | 2\n3 | Ada | 2\nTotal | 3 |\n7 | | Average\n | | Average",
        );
        assert_eq!(csv.sheets[0].reasons(), "totals 1");
        assert_eq!(csv.teams[0].unallocated.len(), 2);
        assert_eq!(csv.sheets[0].totals.len(), 0);
        let wrong = read("Child ID | Worker\n1 | Ada\n2 | Ada\nTotal | 5");
        assert_eq!(wrong.sheets[0].totals.len(), 1);
    }

    #[test]
    fn what_stands_below_and_between_the_cases_is_none() {
        let caseload = read(
            "Child ID | Name | Status | Worker
             CHILD PROTECTION |
             1 | AB | CP | Ada
             2 | BC | CP | Ada
             Ada Count | 2 |
             LOOKED AFTER CHILDREN |
             3 | CD | LAC | Ben

             Key |
             CIN | Child in need |
             Signed: | | | A Manager
              | | Date: | Print name:",
        );
        assert_eq!(caseload.sheets[0].reasons(), "blank 1; heading 2; totals 1; unreadable 4");
        assert_eq!(worker(&caseload, "Ada").holds.cases.len() + worker(&caseload, "Ben").holds.cases.len(), 3);
        assert_eq!((caseload.workers().count(), caseload.teams[0].unallocated.len()), (2, 0));
        // A status below its own heading is the case's, whatever else is missing.
        let bare = read("Child ID | Status | Worker\n1 | CP | Ada\n | CP |");
        assert_eq!(bare.teams[0].unallocated.len(), 1);
    }

    #[test]
    fn repeated_rows_join_the_most_they_say() {
        let caseload = read(
            "Child ID | Household | Worker | Intervention | Additional
             1 |    | Ada | Low  |
             1 | F1 | Ada | High | 1
             2 | F1 | Ada | 3    | 2
             2 | F1 | Ada | Medium |",
        );
        let cases = &worker(&caseload, "Ada").holds.cases;
        let levels: Vec<Option<&Level>> = cases.iter().map(|case| case.work.intervention.given()).collect();
        assert_eq!(levels, [Some(&Level::High), Some(&Level::Figure(3.into()))]);
        assert_eq!(cases[0].household.given().map(String::as_str), Some("f1"));
        assert_eq!(cases[0].household_written, "F1");
    }

    #[test]
    fn the_roster_tells_the_area_of_a_team_that_nothing_else_tells() {
        let text = "## Sheet1\nTeam | Child ID | Worker\nBlue | 1 | Ada\n## Staff\nName | Service area | FTE\nAda | Locality | 1";
        let caseload = read(text);
        assert_eq!((caseload.teams[0].area, caseload.teams[0].area_from), (Some(ServiceArea::Locality), "the roster"));
    }

    #[test]
    fn a_role_in_brackets_behind_the_name_is_read() {
        let caseload = read("Child ID | Worker\n1 | Sam Pole (Student)\n2 | Ada Heron (SW)\n3 | Ada Heron");
        assert_eq!(worker(&caseload, "Sam Pole").post.role, Role::Student);
        assert_eq!(worker(&caseload, "Ada Heron").holds.cases.len(), 2);
    }

    #[test]
    fn a_worker_on_the_roster_alone_is_listed() {
        let caseload = read(
            "## Locality East
             Child ID | Worker
             1 | Heron, Ada
             ## Staff
             Name | Role | FTE | Stage
             Ada Heron | Social worker | 0.8 | 3+
             Ben Kite | ASYE | 1 | ",
        );
        let ada = worker(&caseload, "Heron, Ada");
        assert_eq!(ada.fte().unwrap().0.to_string(), "0.8");
        assert_eq!(ada.who.also_written.len(), 1);
        let ben = worker(&caseload, "Ben Kite");
        assert_eq!(
            (ben.post.role, ben.post.stage, ben.post.stage_from),
            (Role::Nqsw, Some(Stage::Nqsw0To6), StageFrom::AssumedFirstHalf)
        );
        assert_eq!(caseload.teams.len(), 1);
        assert_eq!(caseload.teams[0].area, Some(ServiceArea::Locality));
    }

    #[test]
    fn initials_are_resolved_by_a_single_match_alone() {
        let one = read("Child ID | Worker\n1 | A Heron\n## Staff\nName | FTE\nAda Heron | 1\nBen Heron | 1");
        assert_eq!(worker(&one, "Ada Heron").holds.cases.len(), 1);
        let two = read("Child ID | Worker\n1 | A Heron\n## Staff\nName | FTE\nAda Heron | 1\nAnn Heron | 1");
        assert_eq!(worker(&two, "A Heron").holds.cases.len(), 1);
        assert_eq!(worker(&two, "A Heron").who.resembles.len(), 2);
    }

    #[test]
    fn a_team_for_each_row_or_sheet() {
        let caseload = read(
            "Team | Child ID | Worker
             Assessment | 1 | Ada
             Locality West | 2 | Ada
             Locality West | 3 | Ben",
        );
        let names: Vec<_> = caseload.teams.iter().map(|team| (team.name.as_str(), team.area.unwrap())).collect();
        assert_eq!(names, [("Assessment", ServiceArea::Assessment), ("Locality West", ServiceArea::Locality)]);
        assert_eq!(caseload.teams[1].workers.len(), 2);
    }

    #[test]
    fn proceedings_from_any_cell() {
        let caseload = read(
            "Child ID | Worker | Status | Court
             1 | Ada | LAC and care proceedings |
             2 | Ada | LAC | Yes
             3 | Ada | CIN | private law
             4 | Ada | LAC | ICO
             5 | Ada | CP | PLO",
        );
        let cases = &worker(&caseload, "Ada").holds.cases;
        let care: Vec<bool> = cases.iter().map(|case| case.in_proceedings(Proceedings::Care)).collect();
        assert_eq!(care, [true, true, false, false, false]);
        assert!(cases[2].in_proceedings(Proceedings::Private));
        assert!(cases[3].hint.is_some());
    }

    #[test]
    fn children_known_by_initials_are_never_merged() {
        let caseload = read("Initials | Worker | Status\nJS | Ada | CP\nJS | Ada | CP");
        assert_eq!(worker(&caseload, "Ada").holds.cases.len(), 2);
    }

    #[test]
    fn a_sheet_for_each_worker() {
        let text = "## Ada Heron
             Team: Locality North
             FTE | 0.8
             Child ID | Status
             1 | CP
             2 | CIN

             Total | 2
             ## Ben Kite - June
             Child ID | Status
             3 | CP
             ## Cara Finch
             Child ID | Status
             ## Template
             Child ID | Status
             x | y";
        let caseload = read(text);
        let layouts: Vec<Layout> = caseload.sheets.iter().map(SheetReading::layout).collect();
        assert_eq!(
            layouts,
            [Layout::SheetPerWorker, Layout::SheetPerWorker, Layout::SheetPerWorker, Layout::None],
            "{:?}",
            caseload.sheets[3]
        );
        let ada = worker(&caseload, "Ada Heron");
        assert_eq!((ada.holds.cases.len(), ada.fte().unwrap().0.to_string()), (2, "0.8".into()));
        assert_eq!(worker(&caseload, "Ben Kite").holds.cases.len(), 1);
        assert_eq!(worker(&caseload, "Cara Finch").holds.cases.len(), 0);
        assert_eq!(caseload.teams[0].name, "Locality North");
    }

    #[test]
    fn names_in_rows_above_the_cases() {
        let caseload = read(
            "Child ID | Status | FTE
             Ada Heron (0.8) |
             1 | CP
             2 | CIN
             Worker: Ben Kite | FTE | 0.6
             3 | CP
             Unallocated |
             4 | CP
             see the panel's list |
             5 | CP",
        );
        assert_eq!(worker(&caseload, "Ada Heron").holds.cases.len(), 2);
        let ben = worker(&caseload, "Ben Kite");
        assert_eq!(ben.holds.cases.len(), 1);
        assert!(ben.holds.unclear_below.is_some());
        assert_eq!(caseload.teams[0].unallocated.len(), 2);
        assert_eq!(caseload.sheets[0].reasons(), "heading 4");
    }

    #[test]
    fn tables_one_below_another_and_side_by_side() {
        let below = read(
            "Locality South
             Child ID | Worker
             1 | Ada

             Locality West
             Worker | Child ID
             Ben | 2
             Ben | 3
             Total | 3",
        );
        let teams: Vec<&str> = below.teams.iter().map(|team| team.name.as_str()).collect();
        assert_eq!(teams, ["Locality South", "Locality West"]);
        assert_eq!(worker(&below, "Ben").holds.cases.len(), 2);
        assert_eq!(below.sheets[0].reasons(), "blank 1; heading 2; totals 1");
        let beside = read(
            "Ada Heron | | | | Ben Kite
             Child ID | Status | DOB | | Child ID | Status | DOB
             1 | CP | 2015-01-01 | | 2 | CP | 2015-01-01
             3 | CP | 2015-01-01",
        );
        assert_eq!(worker(&beside, "Ada Heron").holds.cases.len(), 2);
        assert_eq!(worker(&beside, "Ben Kite").holds.cases.len(), 1);
    }

    #[test]
    fn households_whose_children_nobody_counts_leave_their_worker_unscored() {
        let alone = read("Family | Worker | Status\nSmith | Ada | CP\nJones | Ada | CIN\nMarsh | Ben | CP");
        assert_eq!(worker(&alone, "Ada").holds.not_counted.len(), 1);
        assert_eq!(worker(&alone, "Ben").holds.not_counted.len(), 1);
        // Siblings on rows of their own are children.
        let siblings = read("Family | Worker | Status\nF-1 | Ada | CP\nF-1 | Ada | CIN\nF-2 | Ben | CP");
        assert!(siblings.workers().all(|(_, worker)| worker.holds.not_counted.is_empty()));
        let born = read("Family | DOB | Worker\nF-1 | 2015-01-01 | Ada\nF-2 | 2016-01-01 | Ada");
        assert!(worker(&born, "Ada").holds.not_counted.is_empty());
    }
}
