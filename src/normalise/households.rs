//! Rows that stand for several children: a household with a number of them.

use rust_decimal::Decimal;

use crate::caseload::{Case, Entry, NotCounted};
use crate::normalise::cells::{Number, number};
use crate::normalise::rows::Reader;
use crate::reading::{Layout, Meaning, TableReading};
use crate::sheet::{Place, RawRow, Value};
use crate::words::{Words, fold};

/// More children than this are believed of no household.
const MOST: u32 = 30;

/// The children of a row.
pub struct Standing {
    /// Each child as a case of its own, at least one.
    pub children: Vec<Case>,
    /// The cell that leaves their number unknown.
    pub not_counted: Option<NotCounted>,
}

/// Whether each row of a table is a household with a number of children.
pub fn counts(table: &TableReading) -> bool {
    table.layout != Layout::PointsForm && table.column(Meaning::Children).is_some()
}

/// The children that a row stands for, given what it says of each.
pub fn children<'a>(reader: &Reader<'a>, row: &'a RawRow, case: Case) -> Standing {
    let column = reader.table.column(Meaning::Children).filter(|_| counts(reader.table));
    let Some(column) = column else { return Standing { children: vec![case], not_counted: None } };
    let (value, at) = reader.get(row, column);
    let number = how_many(value, reader.words);
    let unknown = |blank: bool| {
        let text = value.map_or(String::new(), Value::text);
        Some(NotCounted { at, text: if blank { String::new() } else { text }, blank })
    };
    let (of, not_counted) = match number {
        HowMany::Blank => (1, unknown(true)),
        // An open case without children is one before a birth, or not yet filled in: one is counted.
        HowMany::Known(of) => (of.max(1), None),
        HowMany::AtLeast(of) => (of, unknown(false)),
    };
    let case = Case { of, ..of_household(case, at) };
    Standing { children: vec![case; of as usize], not_counted }
}

/// The case as one child of a household; without a reference the row is the household.
fn of_household(mut case: Case, at: Place) -> Case {
    case.child = Entry::NoColumn;
    if case.household.given().is_none() {
        let place = case.household.place().unwrap_or(at);
        case.household = Entry::Given(format!("\u{1}{} {}", at.sheet, at.cell), place);
        case.household_written.clear();
    }
    case
}

/// What a cell for a number of children says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HowMany {
    /// Nothing is written.
    Blank,
    /// So many; unborn children are children.
    Known(u32),
    /// Something that is no clear number: so many at least.
    AtLeast(u32),
}

/// Reads a number of children: `3`, `2 children`, `1 + unborn`, `2 (+ unborn)`, `Unborn`.
fn how_many(value: Option<&Value>, words: &Words) -> HowMany {
    match number(value, MOST, words) {
        Number::Blank => return HowMany::Blank,
        Number::Figure(figure) => return HowMany::Known(figure),
        Number::Unclear => {}
    }
    let Some(Value::Text(text)) = value else { return HowMany::AtLeast(1) };
    let added = sum(text).filter(|sum| *sum <= MOST && !text.contains('?'));
    added.map_or_else(|| HowMany::AtLeast(largest(text)), HowMany::Known)
}

/// What a text adds up to; `None` where some part of it is no number of children.
fn sum(text: &str) -> Option<u32> {
    const BESIDE: &[&str] = &["child", "children", "kids", "siblings", "sibs", "in", "total", "yp", "young", "people"];
    const UNBORN: &[&str] = &["unborn", "unborns", "ub", "prebirth", "expected", "pregnant"];
    let joined = fold(&text.replace(['(', ')'], " ").replace(['+', ','], " plus ").replace('/', " or "));
    let mut total = 0u32;
    for part in joined.replace(" and ", " plus ").split(" plus ") {
        let words: Vec<&str> = part.split_whitespace().filter(|word| !BESIDE.contains(word)).collect();
        total = total.checked_add(match words.as_slice() {
            [] => 0,
            [one] if UNBORN.contains(one) => 1,
            [one, "baby" | "babies"] if UNBORN.contains(one) => 1,
            [one] => figure(one)?,
            [one, unborn] | [one, unborn, "baby" | "babies"] if UNBORN.contains(unborn) => figure(one)?,
            _ => return None,
        })?;
    }
    (total > 0).then_some(total)
}

/// A whole number in figures or as a word.
fn figure(word: &str) -> Option<u32> {
    const WORDS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let written = WORDS.iter().position(|known| *known == word).and_then(|at| u32::try_from(at + 1).ok());
    let figure = crate::sheet::exact(word).filter(Decimal::is_integer).and_then(|figure| u32::try_from(figure).ok());
    written.or(figure)
}

/// The largest believable number in a text, at least one.
fn largest(text: &str) -> u32 {
    if crate::sheet::exact(text).is_some() {
        return 1;
    }
    let folded = fold(text);
    folded.split(' ').filter_map(figure).filter(|figure| *figure <= MOST).max().unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{loads, policies, understood};
    use crate::workbook::judge;

    #[test]
    fn numbers_of_children_as_people_write_them() {
        use HowMany::*;
        let words = Words::built_in();
        for (text, expected) in [
            ("3", Known(3)),
            ("3 children", Known(3)),
            ("1 child", Known(1)),
            ("three", Known(3)),
            ("Unborn", Known(1)),
            ("unborn baby", Known(1)),
            ("1 + unborn", Known(2)),
            ("2 (+ unborn)", Known(3)),
            ("2 + 1 unborn", Known(3)),
            ("2 and unborn", Known(3)),
            ("2, unborn", Known(3)),
            ("2+1", Known(3)),
            ("-", Known(0)),
            ("3?", AtLeast(3)),
            ("2 or 3", AtLeast(3)),
            ("2/3", AtLeast(3)),
            ("several", AtLeast(1)),
            ("0.5", AtLeast(1)),
            ("400", AtLeast(1)),
        ] {
            assert_eq!(how_many(Some(&Value::Text(text.into())), &words), expected, "{text}");
        }
        assert_eq!(how_many(None, &words), Blank);
        assert_eq!(how_many(Some(&Value::Number(4.0)), &words), Known(4));
    }

    #[test]
    fn each_row_counts_its_children() {
        for header in [
            "Family | Worker | No. of children | Status",
            "Case ref | Worker | Number of children | Status",
            "Family name | Social worker | No of children in family | Plan",
            "Surname | SW | Children | Status",
            "Household ID | Allocated worker | Total children | CIN/CP/LAC",
        ] {
            let text =
                format!("{header}\nH1 | Ada | 3 | CP\nH2 | Ada | 1 | CIN\nH3 | Ben | 4 | CIN\nH4 | TBC | 2 | CIN");
            assert_eq!(loads(&text), "Ada 4, Ben 4, nobody 2", "{header}");
        }
    }

    #[test]
    fn where_each_row_is_a_child_the_familys_number_counts_nothing() {
        for text in [
            "Child ID | Worker | No of children in family\nC1 | Ada | 3\nC2 | Ada | 3\nC3 | Ada | 3",
            "ID | DOB | Worker | No of children\nC1 | 2014-09-01 | Ada | 3\nC2 | 2015-09-01 | Ada | 3\nC3 | 2018-09-01 | Ada | 3",
            "Child name | Family | Worker | No of children\nA B | H1 | Ada | 2\nC B | H1 | Ada | 2\nD E | H2 | Ada | 1",
        ] {
            assert_eq!(loads(text), "Ada 3", "{text}");
        }
    }

    #[test]
    fn household_figures_count_once_and_each_child_its_base() {
        let caseload = understood(
            "Family ref | Worker | FTE | Stage | Role | No of children | Status | Proceedings | Intervention | Additional factors
             H1 | Ada Heron | 1 | 3+ | SW | 3 | CP | Care | 3 | 1
             H2 | Ada Heron | 1 | 3+ | SW | 2 | CIN | | 2 |
              | Ada Heron | 1 | 3+ | SW | 4 | CIN | | 1 |",
        );
        let worker = caseload.workers().next().unwrap().1;
        assert_eq!(worker.cases.len(), 9);
        assert_eq!(worker.households().unwrap().len(), 3);
        let judged = judge("file.xlsx", caseload, &policies(), &Default::default());
        let scored = &judged.scored.teams[0][0];
        let totals: Vec<String> = scored.households.iter().map(|household| household.total.to_string()).collect();
        // By hand: 3 children + 3 + 1, and what status and care proceedings give; 2 + 2; 4 + 1.
        let children: Vec<u32> = scored.households.iter().map(|household| household.children).collect();
        assert_eq!(children, [3, 2, 4]);
        assert_eq!((totals[1].as_str(), totals[2].as_str()), ("4", "5"));
    }

    #[test]
    fn the_same_row_again_is_a_duplicate_and_other_children_add_up() {
        let rows = "Family ref | Worker | No of children | Status\nH1 | Ada | 3 | CP\nH1 | Ada | 3 | CP\nH1 | Ada | 1 | CIN\nH1 | Ben | 2 | CIN";
        assert_eq!(loads(rows), "Ada 4, Ben 2");
    }

    #[test]
    fn a_number_that_is_not_known_scores_nobody() {
        let caseload =
            understood("Family ref | Worker | No of children\nH1 | Ada | 3\nH2 | Ada |\nH3 | Ben | 3?\nH4 | Cy | 0");
        let said: Vec<(usize, usize)> =
            caseload.workers().map(|(_, worker)| (worker.cases.len(), worker.not_counted.len())).collect();
        assert_eq!(said, [(4, 1), (3, 1), (1, 0)]);
    }
}
