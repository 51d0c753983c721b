//! The sheet "Teams": every figure of every team as live formulas over "Values", to sort and filter.
//!
//! A row's formulas refer to its own cells and, through the team's number in its first column, to the team's
//! figures on "Values"; so a row stays right wherever sorting puts it. The directorate as a whole stands above
//! the headings, where neither sorting nor filtering reaches it: sums, and ratios of sums.

mod places;
mod row;
mod words;

use std::cmp::Reverse;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Heat, Look, Page};
use crate::book::sheet::{Area, CellRef, column_letters};
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::Figure;
use crate::directorate::team_line::TeamLine;

use super::TEAMS;
use places::{AREA, FIRST, HEAD, LAST, NAMES, NUMBER, TEAM, WHOLE, WORKBOOK, figures, place};
use row::line;
use words::{WORDS, steps};

pub use places::{area, names, whole};
pub use row::{PLACES, shown};
pub use words::said;

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let widths = NAMES.iter().map(|(_, width)| *width).chain(figures().map(|(_, own)| own.width));
    let widths: Vec<u16> = widths.chain([WORKBOOK.1]).collect();
    let mut page = Page::new(TEAMS, "3F7F93", &widths);
    page.across(10, "Teams side by side", Look::Title);
    if directorate.teams.is_empty() {
        page.across(10, "No team was read.", Look::Prose);
        return page;
    }
    let about = "The highest limits used first; sort or filter by any column. Every figure is a formula over sheet \"Values\"; No. \
                 says in which of its rows the team stands. Rank 1 uses most of its limits, quartile 1 is the most loaded quarter \
                 of the teams, and – stands for what is not known.";
    page.across(17, about, Look::Muted);
    steps(&mut page);
    groups(&mut page);
    page.push(line(directorate, &directorate.whole, None, WHOLE));
    let headings = NAMES.iter().map(|(heading, _)| *heading).chain(figures().map(|(_, own)| own.heading));
    page.push(headings.chain([WORKBOOK.0]).map(|heading| Cell::text(heading).look(Look::Heading)).collect());
    for (number, team) in ordered(directorate) {
        let row = page.next();
        page.push(line(directorate, team, Some(number), row));
    }
    let last = page.next() - 1;
    page.freeze = Some(CellRef::new(HEAD + 1, TEAM + 1));
    page.repeat = Some((WHOLE - 1, HEAD));
    page.two_pages_wide = true;
    page.filter = Some(Area { first: CellRef::new(HEAD, 0), last: CellRef::new(last, LAST) });
    heat(&mut page, WHOLE, WHOLE);
    heat(&mut page, HEAD + 1, last);
    page
}

/// The teams with their numbers on "Values": the highest limits used first, those without limits last.
pub fn ordered(directorate: &Directorate) -> Vec<(usize, &TeamLine)> {
    let mut teams: Vec<(usize, &TeamLine)> = (1..).zip(&directorate.teams).collect();
    teams.sort_by_cached_key(|(_, team)| Reverse(team.limit_utilisation()));
    teams
}

/// What the headings of several columns have in common.
fn groups(page: &mut Page) {
    let groups: Vec<&str> = figures().map(|(_, own)| own.group).collect();
    let mut cells = vec![Cell::text(""); LAST as usize + 1];
    let mut spans = vec![(NUMBER, TEAM), (AREA, AREA)];
    let mut at = FIRST;
    for alike in groups.chunk_by(|one, next| one == next) {
        cells[at as usize] = Cell::text(alike[0]);
        spans.push((at, at + alike.len() as u32 - 1));
        at += alike.len() as u32;
    }
    spans.push((LAST, LAST));
    let row = page.push(cells.into_iter().map(|cell| cell.look(Look::Strong)).collect());
    for (first, last) in spans {
        page.spread(row, first, last, Look::Strong);
    }
    page.rows[row as usize].height = Some(18);
}

fn heat(page: &mut Page, first: u32, last: u32) {
    let mut add = |from: Figure, until: Figure, when: String, tone: Tone| {
        let area = Area { first: CellRef::new(first, place(from)), last: CellRef::new(last, place(until)) };
        page.heat.push(Heat { area, when, tone });
    };
    let own = |of: Figure| format!("${}{}", column_letters(place(of)), first + 1);
    for (word, tone) in WORDS {
        add(Figure::LimitsUsed, Figure::InAWord, format!("={}=\"{word}\"", own(Figure::InAWord)), tone);
    }
    for (figure, _) in figures() {
        // Green asks for nothing.
        if let Some(tone) = figure.row().tone.filter(|tone| *tone != Tone::Green) {
            add(figure, figure, format!("={}>0", own(figure)), tone);
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::words::{FULL, OVER, ROOM, UNKNOWN, WELL_OVER};
    use super::*;
    use crate::directorate::figures::Adds;
    use crate::directorate::team_line::WorkerLoad;

    fn team(name: &str, load: i64, upper: i64) -> TeamLine {
        let own = WorkerLoad { load: load.into(), upper: upper.into(), ..WorkerLoad::default() };
        TeamLine { team: name.into(), loads: vec![own], ..TeamLine::default() }
    }

    fn of(teams: Vec<TeamLine>) -> Directorate {
        let mut whole = TeamLine::default();
        teams.iter().for_each(|team| whole.add(team));
        Directorate { teams, whole, ..Directorate::default() }
    }

    fn names(page: &Page) -> Vec<&str> {
        page.rows[HEAD as usize + 1..].iter().map(|row| row.cells[1].shown()).collect()
    }

    #[test]
    fn the_fullest_team_stands_first_and_keeps_its_number() {
        let unknown = TeamLine { team: "Duty".into(), ..TeamLine::default() };
        let page = page(&of(vec![unknown, team("North", 10, 20), team("South", 12, 20), team("West", 12, 20)]));
        assert_eq!(names(&page), ["South", "West", "North", "Duty"]);
        let numbers: Vec<_> = page.rows[HEAD as usize + 1..].iter().map(|row| row.cells[0].figure().unwrap()).collect();
        assert_eq!(numbers, [3, 4, 2, 1].map(Decimal::from));
        let Some(Area { first, last }) = page.filter else { panic!("no filter") };
        assert_eq!((first.row, last.row), (HEAD, HEAD + 4), "the directorate is not sorted with its teams");
        let cell = |at: Figure| page.cell(CellRef::new(HEAD + 4, place(at))).unwrap().shown();
        assert_eq!((cell(Figure::LimitsUsed), cell(Figure::InAWord), cell(Figure::Rank)), ("–", UNKNOWN, "–"));
        assert_eq!(
            (cell(Figure::FteNeeded), cell(Figure::Headroom)),
            ("–", "–"),
            "nought would say that nobody is short"
        );
    }

    #[test]
    fn a_word_says_what_the_fill_does() {
        let word = |used: &str| said(Some(used.parse().unwrap()));
        let words = ["94.99", "95", "100", "100.01", "109.99", "110"].map(word);
        assert_eq!(words, [ROOM, FULL, FULL, OVER, OVER, WELL_OVER]);
        assert_eq!(said(None), UNKNOWN);
    }

    #[test]
    fn a_formula_refers_to_its_own_row_and_to_values() {
        let page = page(&of(vec![team("North", 21, 20)]));
        let formula = |row: u32, at: Figure| match &page.cell(CellRef::new(row, place(at))).unwrap().content {
            crate::book::page::Content::Formula(formula, _) => formula.clone(),
            other => panic!("{other:?} is no formula"),
        };
        let used = "=IF(INDEX('Values'!$R$6:$R$6,$A7)=0,\"–\",ROUND(INDEX('Values'!$Q$6:$Q$6,$A7)/INDEX('Values'!$R$6:$R$6,$A7),10))";
        assert_eq!(formula(HEAD + 1, Figure::LimitsUsed), used);
        assert_eq!(formula(HEAD + 1, Figure::Rank), "=IF(ISNUMBER($D7),COUNTIF($D$7:$D$7,\">\"&$D7)+1,\"–\")");
        assert!(formula(WHOLE, Figure::LimitsUsed).contains("SUM('Values'!$Q$6:$Q$6)/SUM('Values'!$R$6:$R$6)"));
    }

    #[test]
    fn none_and_very_many_are_shown() {
        assert_eq!(page(&Directorate::default()).rows.len(), 2);
        let many = page(&of((0..1300).map(|nth| team(&format!("Team {nth}"), nth, 1000)).collect()));
        assert_eq!(names(&many).len(), 1300);
        assert_eq!(names(&many)[0], "Team 1299");
    }

    #[test]
    fn what_a_figure_is_made_of_stands_on_values() {
        let on_values = |figure: &Figure| figure.row().values.is_some();
        for (figure, _) in figures() {
            let made_of = match figure.adds() {
                Adds::Alone => vec![],
                Adds::Ratio(top, below) => vec![top, below],
                Adds::PerFte(of) => vec![of],
                _ => vec![figure],
            };
            assert!(made_of.iter().all(on_values), "{figure:?} is made of {made_of:?}");
        }
    }
}
