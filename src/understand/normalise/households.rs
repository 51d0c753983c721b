//! Rows that stand for several children: a household with a number of them, or several in one cell.

use std::collections::BTreeSet;

use crate::book::sheet::{Place, RawRow, Value};
use crate::book::text::fold;
use crate::field::caseload::{Case, CaseStatus, Entry, NotCounted, Proceedings, Subject};
use crate::field::reading::{Meaning, RowTotal, Several, TableReading, Told};
use crate::understand::normalise::cells::{self, Number, number};
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::together::{self, HowMany, figure};
use crate::understand::words::Words;

/// More children than this are believed of no household.
const MOST: u32 = 30;

/// A greater number beside a status is none of children: `s 20`.
const MOST_OF_A_STATUS: u32 = 10;

/// The children of a row.
pub struct Standing {
    /// Each child as a case of its own, at least one.
    pub children: Vec<Case>,
    /// The cell that leaves their number unknown.
    pub not_counted: Option<NotCounted>,
    /// Cells that tell of several children, or of none.
    pub several: Option<Several>,
    /// Two cells that tell of different numbers.
    pub row_totals: Option<RowTotal>,
}

/// Whether each row of a table is a household with a number of children.
pub fn counts(table: &TableReading) -> bool {
    table.column(Meaning::Children).is_some()
}

/// Whether nothing on a table tells how many children each household on it has: no column tells a
/// child, or their number, and no household stands on two rows. Taken for one child each they might
/// be a wrong green.
pub fn are_alone<'a>(reader: &Reader<'a>, rows: impl Iterator<Item = &'a RawRow>) -> bool {
    const OF_A_CHILD: &[Meaning] = &[
        Meaning::Child,
        Meaning::ChildName,
        Meaning::Children,
        Meaning::Born,
        Meaning::Age,
        Meaning::FosterCarer,
        Meaning::CarerWork,
        Meaning::Review,
    ];
    let has = |meaning: Meaning| reader.table.column(meaning).is_some();
    if !has(Meaning::Household) || OF_A_CHILD.iter().any(|meaning| has(*meaning)) {
        return false;
    }
    let mut seen = BTreeSet::new();
    let mut keys = rows.filter_map(|row| match reader.text(row, Meaning::Household) {
        Entry::Given(text, _) => cells::reference(&text),
        _ => None,
    });
    keys.all(|key| seen.insert(key))
}

/// The children that a row stands for, given what it says of each.
///
/// Of a number, of names and references in one cell, and of statuses with their numbers the largest counts.
pub fn children<'a>(reader: &Reader<'a>, row: &'a RawRow, case: Case) -> Standing {
    let mut standing = Standing { children: Vec::new(), not_counted: None, several: None, row_totals: None };
    if case.subject != Subject::Child || reader.table.layout.is_annex_a() {
        standing.children.push(case);
        return standing;
    }
    let told = RowTells::read(reader, row, &case);
    told.note(reader, row, &case, &mut standing);
    standing.children = told.each(case);
    standing
}

/// What the cells of a row tell of how many children it stands for.
struct RowTells {
    /// The cell for their number, and its text.
    number: Option<(HowMany, String, Place)>,
    /// What the cell for the child refers to.
    references: Vec<String>,
    /// The cell for names that tells of several.
    named: Option<(HowMany, Place)>,
    /// Statuses with the children that have each.
    split: Vec<Part>,
}

impl RowTells {
    fn read<'a>(reader: &Reader<'a>, row: &'a RawRow, case: &Case) -> Self {
        let number = reader.table.column(Meaning::Children).map(|column| {
            let (value, at) = reader.get(row, column);
            (how_many(value, reader.words), value.map_or(String::new(), Value::text), at)
        });
        let references = references_of(reader, row);
        let named = named(reader, row, number.is_some(), references.len());
        let split = split_statuses(reader, row, case).filter(|_| number.is_some() || references.len() != 1);
        Self { number, references, named, split: split.unwrap_or_default() }
    }

    /// Children of whom names or references tell.
    fn told(&self) -> u32 {
        self.named.map_or(0, |(named, _)| named.at_least()).max(self.references.len() as u32)
    }

    /// Children of whom the statuses tell.
    fn parts(&self) -> u32 {
        self.split.iter().map(|(children, _)| children).sum()
    }

    /// How many children count, at least one unless the cell for their number says otherwise.
    fn of(&self) -> u32 {
        let beside = self.told().max(self.parts());
        match &self.number {
            None => beside.max(1),
            Some((HowMany::Known(stated), ..)) => beside.max(*stated).max(1),
            Some((HowMany::Blank, ..)) => beside.max(1),
            Some((HowMany::AtLeast(stated), ..)) => beside.max(*stated),
        }
    }

    /// Notes what leaves the number unknown, and where cells tell of several children, of none, or differ.
    fn note<'a>(&self, reader: &Reader<'a>, row: &'a RawRow, case: &Case, standing: &mut Standing) {
        let (told, parts) = (self.told(), self.parts());
        match &self.number {
            Some((HowMany::Known(stated), _, at)) => {
                let differs = parts > 0 && parts != *stated || told > 1 && told != *stated;
                let other = if parts > 0 && parts != *stated { parts } else { told };
                if differs {
                    standing.row_totals = Some(RowTotal { cell: at.cell, stated: *stated, counted: other });
                } else if *stated == 0 {
                    standing.several = Some(Several { cell: at.cell, told: Told::NoneGiven });
                }
            }
            Some((HowMany::Blank, _, at)) if told.max(parts) < 2 => {
                standing.not_counted = Some(NotCounted { at: *at, text: String::new(), blank: true });
            }
            Some((HowMany::AtLeast(_), text, at)) => {
                standing.not_counted = Some(NotCounted { at: *at, text: text.clone(), blank: false });
            }
            _ => self.note_without_number(reader, row, case, standing),
        }
    }

    /// The same where no cell gives a number.
    fn note_without_number<'a>(&self, reader: &Reader<'a>, row: &'a RawRow, case: &Case, standing: &mut Standing) {
        let of = self.of();
        if let Some((HowMany::AtLeast(_), at)) = self.named {
            let text = reader.get(row, at.cell.column).0.map_or(String::new(), Value::text);
            standing.not_counted = Some(NotCounted { at, text, blank: false });
        } else if of > 1 {
            let own = reader.table.column(Meaning::Child).filter(|_| self.references.len() > 1);
            let own = own.map(|column| reader.get(row, column).1);
            let at = own.or(self.named.map(|(_, at)| at)).or(case.status.place()).unwrap_or(case.place);
            standing.several = Some(Several { cell: at.cell, told: Told::Named(of) });
        }
    }

    /// Each child as a case of its own, with the reference and the status that are its.
    fn each(self, case: Case) -> Vec<Case> {
        let of = self.of();
        let place = self.number.as_ref().map(|(_, _, at)| *at);
        let case = match place {
            Some(at) => Case { of, ..of_household(case, at) },
            // Siblings of one row live together, as far as it says.
            None if of > 1 => Case { of, ..one_household(case) },
            None => Case { of, ..case },
        };
        let references = self.references;
        let mut children = Vec::new();
        let mut statuses = self.split.into_iter().flat_map(|(children, case)| vec![case; children as usize]);
        for nth in 0..of as usize {
            let mut child = case.clone();
            if let Some((status, proceedings)) = statuses.next() {
                let at = child.status.place().unwrap_or(child.place);
                child.status = Entry::Given(status, at);
                if !proceedings.is_empty() {
                    child.proceedings = Entry::Given(proceedings, at);
                }
                child.row.also_unclear.retain(|(meaning, ..)| *meaning != Meaning::Status);
            }
            if references.len() > 1 || (nth > 0 && !references.is_empty()) {
                let at = child.who.child.place().unwrap_or(child.place);
                child.who.child = references.get(nth).map_or(Entry::Blank(at), |key| Entry::Given(key.clone(), at));
            }
            children.push(child);
        }
        children
    }
}

/// The references in a row's cell for the child, as they are compared.
fn references_of<'a>(reader: &Reader<'a>, row: &'a RawRow) -> Vec<String> {
    let Some(column) = reader.table.column(Meaning::Child) else { return Vec::new() };
    let text = reader.get(row, column).0.map_or(String::new(), Value::text);
    let mut keys: Vec<String> = Vec::new();
    for part in together::references(&text) {
        let Some(key) = cells::reference(&part) else { continue };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// How many children the cells for names tell of, and which cell; `None` for one at most.
fn named<'a>(reader: &Reader<'a>, row: &'a RawRow, numbered: bool, references: usize) -> Option<(HowMany, Place)> {
    let names = reader.table.columns_of(Meaning::ChildName);
    let named = reader.table.column(Meaning::ChildName).is_some() || reader.table.column(Meaning::Child).is_some();
    // Without any column of children a household's cell may tell how many there are.
    let households = reader.table.columns_of(Meaning::Household).filter(|_| !named);
    let mut most: Option<(HowMany, Place)> = None;
    for column in names.chain(households) {
        let (Some(Value::Text(text)), at) = reader.get(row, column.column) else { continue };
        let told = match together::names(text, &column.heading, reader.words) {
            Some(HowMany::AtLeast(_)) if numbered || column.meaning == Meaning::Household => continue,
            // A clear reference is one child's, and a stroke or comma may part a name.
            Some(HowMany::Known(_)) if references == 1 && !together::is_plainly_several(text) => continue,
            Some(told) => told,
            None => continue,
        };
        if most.is_none_or(|(most, _)| told.at_least() > most.at_least()) {
            most = Some((told, at));
        }
    }
    most
}

/// A status's words with the children that have it.
type Part = (u32, (BTreeSet<CaseStatus>, BTreeSet<Proceedings>));

/// The statuses of a cell that gives a number with each: `2 CP, 1 CIN`, `CP x2 / CIN x1`.
fn split_statuses<'a>(reader: &Reader<'a>, row: &'a RawRow, case: &Case) -> Option<Vec<Part>> {
    let at = case.status.place()?;
    let Some(Value::Text(text)) = reader.get(row, at.cell.column).0 else { return None };
    let folded = text.replace(" and ", ",");
    let parts = folded.split([',', ';', '/', '+', '&', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let mut all = Vec::new();
    for part in parts {
        let folded = fold(&part.replace(['×', '(', ')'], " x "));
        let words: Vec<&str> = folded.split(' ').filter(|word| *word != "x").collect();
        let number =
            |word: &&str| figure(word.trim_matches('x')).filter(|figure| (1..=MOST_OF_A_STATUS).contains(figure));
        let at = words.iter().position(|word| number(word).is_some())?;
        let children = number(&words[at])?;
        let rest: Vec<&str> = words.iter().enumerate().filter(|(nth, _)| *nth != at).map(|(_, word)| *word).collect();
        let (statuses, proceedings) = reader.status_words(&rest.join(" "));
        // "LAC, section 20" has no number of children.
        let known = reader.words.statuses(&rest.join(" ")).is_some();
        if !known || (at > 0 && at + 1 < words.len()) || (statuses.is_empty() && proceedings.is_empty()) {
            return None;
        }
        all.push((children, (statuses, proceedings)));
    }
    let told = all.len() > 1 || (!all.is_empty() && counts(reader.table));
    told.then_some(all)
}

/// The case as one of several children of a row, who are one household.
fn one_household(mut case: Case) -> Case {
    if let Entry::Blank(at) = case.household {
        case.household = Entry::Given(format!("\u{1}{} {}", at.sheet, at.cell), at);
    }
    case
}

/// The case as one child of a household; without a reference the row is the household.
fn of_household(mut case: Case, at: Place) -> Case {
    if case.household.given().is_none() {
        let place = case.household.place().unwrap_or(at);
        case.household = Entry::Given(format!("\u{1}{} {}", at.sheet, at.cell), place);
        case.household_written.clear();
    }
    case
}

impl HowMany {
    fn at_least(self) -> u32 {
        match self {
            HowMany::Blank => 0,
            HowMany::Known(of) | HowMany::AtLeast(of) => of,
        }
    }
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

/// The largest believable number in a text, at least one.
fn largest(text: &str) -> u32 {
    if crate::book::sheet::exact(text).is_some() {
        return 1;
    }
    let folded = fold(text);
    folded.split(' ').filter_map(figure).filter(|figure| *figure <= MOST).max().unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::workbook::judge;
    use crate::testing::{loads, policies, understood};

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
        assert_eq!(worker.holds.cases.len(), 9);
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
    fn statuses_with_their_numbers_split_a_household() {
        let caseload = understood(
            "Family ref | Worker | No of children | Status
             H1 | Ada | 3 | 2 CP, 1 CIN
             H2 | Ada | 3 | CP x2 / CIN x1
             H3 | Ada | 2 | 2 CP and 1 CIN
             H4 | Ada | 2 | CP",
        );
        let worker = caseload.workers().next().unwrap().1;
        let having = |status| worker.holds.cases.iter().filter(|case| case.has(status)).count();
        // By hand: 3 + 3 + 3 + 2 children, 2 + 2 + 2 + 2 on plans.
        assert_eq!((worker.holds.cases.len(), having(CaseStatus::ChildProtection)), (11, 8));
        assert_eq!(having(CaseStatus::ChildInNeed), 3);
        let told =
            caseload.sheets[0].row_totals.iter().map(|total| (total.cell.to_string(), total.stated, total.counted));
        assert_eq!(told.collect::<Vec<_>>(), [("C4".to_string(), 2, 3)]);
    }

    #[test]
    fn loads_reckoned_by_hand_however_the_worker_is_named() {
        let caseload = understood(
            "Locality Team North
             Family ref | Family name | Social worker | FTE | Experience | No. of children | Status | Proceedings | Intervention | Additional factors
             F-1 | Heron | Ada Lovell | 1 | 3+ | 3 | 2 CP, 1 CIN | | 3 | 1
             F-2 | Kite | Ada Lovell | 1 | 3+ | 2 | CIN | | 2 | 0
             F-3 | Wren | Ada Lovell | 1 | 3+ | 1 + unborn | LAC | Care proceedings | 4 | 2
             F-1 | Heron | Ben Marsh | 1 | 3+ | 1 | CIN | | 3 | 1
             Total | | | | | 8
             ## Locality Team South
             Family ref | No. of children | Status | Intervention
             Cara Finch |
             S-1 | 3 | CP | 2
             S-2 | 2 | CIN | 1
             Dan Wren |
             S-3 | 5 | CIN | 3
             Total | 11
             ## Eve Owl
             Family ref | No. of children | Status | Intervention
             T-1 | 4 | CIN | 1",
        );
        let totals = caseload.sheets.iter().flat_map(|sheet| &sheet.totals);
        let totals: Vec<String> = totals.map(|total| format!("{} {}", total.stated, total.counted)).collect();
        assert_eq!(totals, ["11 10"]);
        let judged = judge("file.xlsx", caseload, &policies(), &Default::default());
        let all = judged.caseload.teams.iter().zip(&judged.scored.teams);
        let all = all.flat_map(|(team, scored)| team.workers.iter().zip(scored));
        let held: Vec<String> = all
            .map(|(worker, scored)| {
                let points = scored.ratings[1].load.map_or(String::new(), |load| load.to_string());
                format!("{} {} {points}", worker.who.name, worker.holds.cases.len())
            })
            .collect();
        // Ada: 3 + 3 + 1 + 1 for the plan; 2 + 2; 2 + 4 + 2 + 1 in care + 2 for care proceedings. Cara: 3 + 2 + 1; 2 + 1.
        assert_eq!(held, ["Ada Lovell 7 23", "Ben Marsh 1 5", "Cara Finch 5 9", "Dan Wren 5 8", "Eve Owl 4 5"]);
    }

    #[test]
    fn a_family_without_a_number_scores_nobody() {
        let caseload = understood("Name | Worker | Status\nHeron family | Ada | CP\nKite, Zed | Ben | CIN");
        let unknown: Vec<usize> = caseload.workers().map(|(_, worker)| worker.holds.not_counted.len()).collect();
        assert_eq!(unknown, [1, 0]);
    }

    #[test]
    fn a_number_that_is_not_known_scores_nobody() {
        let caseload =
            understood("Family ref | Worker | No of children\nH1 | Ada | 3\nH2 | Ada |\nH3 | Ben | 3?\nH4 | Cy | 0");
        let said: Vec<(usize, usize)> =
            caseload.workers().map(|(_, worker)| (worker.holds.cases.len(), worker.holds.not_counted.len())).collect();
        assert_eq!(said, [(4, 1), (3, 1), (1, 0)]);
    }
}
