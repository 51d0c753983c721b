//! The lists of Ofsted's Annex A: which sheet is which, and which of them hold the caseload.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::sheet::{RawBook, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{ColumnReading, Layout, Meaning, Reason, SheetReading, SheetState, TableReading, list};
use crate::understand::words::Words;

/// What each list is a list of, from the first.
const LISTS: [&str; 11] = [
    "contacts",
    "early help",
    "referrals",
    "assessments",
    "section 47 enquiries",
    "children in need",
    "child protection plans",
    "children in care",
    "care leavers",
    "adoption",
    "prospective adopters",
];

/// How many rows with content are searched for a list's headings.
const WITHIN: usize = 20;

/// Names the lists of a workbook of Annex A, and keeps for reading those that hold the caseload.
///
/// A manager may call a sheet of their own "List 2": names are believed only in a workbook where the
/// headings of some sheet are those of the list that it says it is, or those of three lists are met.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    let told: Vec<Told> = book.sheets.iter().map(|sheet| Told::of(sheet, words)).collect();
    let met: BTreeSet<u8> = told.iter().filter_map(Told::by_headings).collect();
    let confirmed = |told: &Told| told.named.is_some() && told.named == told.by_headings();
    if !told.iter().any(confirmed) && met.len() < 3 {
        return;
    }
    let lists: Vec<Option<u8>> = told.iter().map(Told::list).collect();
    let whole = lists.contains(&Some(list::CHILDREN_IN_NEED));
    for (reading, number) in readings.iter_mut().zip(lists) {
        let Some(number) = number.filter(|_| !reading.ours && reading.state != SheetState::Unreadable) else {
            continue;
        };
        reading.annex_a = Some(number);
        let layout = match number {
            list::CHILDREN_IN_NEED => Layout::AnnexAList6,
            list::PLANS | list::IN_CARE => Layout::AnnexADetail,
            list::CARE_LEAVERS => Layout::AnnexAList9,
            _ => {
                let what = LISTS[usize::from(number) - 1];
                reading.tables.clear();
                reading.state = SheetState::NoCaseload;
                reading.why = format!("list {number} of Annex A: {what}; not part of the caseload");
                continue;
            }
        };
        for table in &mut reading.tables {
            table.layout = layout;
            if layout == Layout::AnnexAList9 {
                advisers_help(table);
            }
        }
        if layout == Layout::AnnexADetail && !whole {
            let why = format!(
                "list {number} of Annex A tells more of the children on list {}, which this workbook does not have",
                list::CHILDREN_IN_NEED
            );
            reading.aside = Some((Reason::Unreadable, why));
        }
    }
}

/// What a sheet tells of the list that it is.
struct Told {
    /// The number that its tab or a title gives.
    named: Option<u8>,
    /// Headings that stand on one list alone, counted by list in the row that has most.
    headings: BTreeMap<u8, usize>,
}

impl Told {
    fn of(sheet: &RawSheet, words: &Words) -> Self {
        let rows = sheet.rows.iter().take(WITHIN);
        let titles = rows.clone().take(3).filter(|row| row.cells.len() <= 2).flat_map(|row| &row.cells);
        let mut titles = titles.filter_map(|cell| match &cell.value {
            Value::Text(text) => number_in(text, true),
            _ => None,
        });
        let headings = rows.map(|row| {
            let mut headings: BTreeMap<u8, usize> = BTreeMap::new();
            let texts = row.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_)));
            for list in texts.filter_map(|cell| words.annex_a_list(&cell.value.text())) {
                *headings.entry(list).or_default() += 1;
            }
            headings
        });
        Self {
            named: number_in(&sheet.name, false).or_else(|| titles.next()),
            headings: headings.max_by_key(|headings| headings.values().sum::<usize>()).unwrap_or_default(),
        }
    }

    /// The list that two headings or more tell, and more of them than of any other.
    fn by_headings(&self) -> Option<u8> {
        let (list, most) = self.headings.iter().max_by_key(|(_, count)| **count)?;
        let alone = self.headings.values().filter(|count| *count == most).count() == 1;
        (*most >= 2 && alone).then_some(*list)
    }

    /// The list, in a workbook of Annex A: by headings, else by name.
    fn list(&self) -> Option<u8> {
        self.by_headings().or(self.named)
    }
}

/// The number of a list in a tab's name or a title: `List_6`, `Annex A List 6`, `List 6 CIN`; of a
/// tab also `6. CIN`.
fn number_in(text: &str, title: bool) -> Option<u8> {
    let folded = fold(text);
    let parts: Vec<&str> = folded.split(' ').collect();
    let number = |part: &str| part.parse().ok().filter(|list| (1..=LISTS.len() as u8).contains(list));
    let listed = parts.iter().enumerate().find_map(|(at, part)| {
        let glued = part.strip_prefix("list")?;
        if glued.is_empty() { number(parts.get(at + 1)?) } else { number(glued) }
    });
    let leading = || number(parts[0]).filter(|_| parts.len() > 1 && !title);
    listed.or_else(leading)
}

/// On list 9 a personal adviser beside the allocated worker is a second worker of the young person.
fn advisers_help(table: &mut TableReading) {
    let adviser = |column: &ColumnReading| {
        let heading = fold(&column.heading);
        column.meaning == Meaning::Worker && (heading.contains("advis") || heading.split(' ').any(|word| word == "pa"))
    };
    let Some(at) = table.doubled.iter().position(|column| column.meaning == Meaning::Worker) else { return };
    let other = table.doubled.remove(at);
    let used = table.columns.iter_mut().find(|column| column.meaning == Meaning::Worker);
    let Some(used) = used else { return };
    let helper = if adviser(used) && !adviser(&other) { std::mem::replace(used, other) } else { other };
    table.columns.push(ColumnReading { meaning: Meaning::CoWorker, ..helper });
    table.columns.sort_by_key(|column| column.column);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book};
    use crate::understand::recognise::recognise;

    fn lists(text: &str) -> Vec<(Option<u8>, Layout)> {
        let readings = recognise(&book("Sheet1", text), "Annex A", &Words::built_in(), AS_OF);
        readings.iter().map(|reading| (reading.annex_a, reading.layout())).collect()
    }

    const LIST_6: &str =
        "Child Unique ID | Primary Need Code | CIN Start Date | Case status | Allocated Team | Allocated Worker
         1 | N1 | 2025-01-01 | c) Child in need plan | Locality | Ada Heron";

    #[test]
    fn lists_are_known_by_name_and_headings() {
        for name in ["List_6", "List 6", "List 6 CIN", "Annex A List 6", "6. CIN", "LIST6"] {
            assert_eq!(lists(&format!("## {name}\n{LIST_6}")), [(Some(6), Layout::AnnexAList6)], "{name}");
        }
        assert_eq!(lists(&format!("## CIN\nList 6: children in need |\n{LIST_6}")), [(Some(6), Layout::AnnexAList6)]);
        let run_together = "## List_6\nChildUniqueID | CINStartDate | CINClosureDate | CaseStatus | AllocatedWorker
             1 | 2025-01-01 | | b) Child Protection plan | Ada Heron";
        assert_eq!(lists(run_together), [(Some(6), Layout::AnnexAList6)]);
    }

    #[test]
    fn other_lists_are_no_caseload_and_say_which_they_are() {
        let text = format!(
            "## List_3\nChild Unique ID | Date of referral | Referral Source | Allocated Team | Allocated Worker
             9 | 2025-01-01 | Police | Assessment | Ben Kite
             ## CIN\n{LIST_6}
             ## List_9\nChild Unique ID | Allocated Worker | Allocated Personal Advisor | Eligibility Category | LA In Touch
             2 | Ada Heron | Cy Reed | Relevant | Yes"
        );
        let readings = recognise(&book("Sheet1", &text), "file", &Words::built_in(), AS_OF);
        assert_eq!(readings[0].state, SheetState::NoCaseload);
        assert_eq!(readings[0].why, "list 3 of Annex A: referrals; not part of the caseload");
        assert_eq!(readings[1].layout(), Layout::AnnexAList6);
        let table = &readings[2].tables[0];
        assert_eq!((table.column(Meaning::Worker), table.column(Meaning::CoWorker)), (Some(1), Some(2)));
        assert!(table.doubled.is_empty());
    }

    #[test]
    fn details_without_their_list_are_set_aside() {
        let text = "## List 7\nChild Unique ID | Child Protection Plan Start Date | Latest Category of Abuse | Allocated Worker
             1 | 2025-01-01 | Neglect | Ada Heron";
        let readings = recognise(&book("Sheet1", text), "file", &Words::built_in(), AS_OF);
        assert_eq!(readings[0].layout(), Layout::AnnexADetail);
        assert!(readings[0].aside.is_some());
    }

    #[test]
    fn a_managers_own_lists_are_theirs() {
        let text =
            "## List 1\nChild ID | Worker | Status\n1 | Ada | CP\n## List 2\nChild ID | Worker | Status\n2 | Ben | CP";
        assert_eq!(lists(text), [(None, Layout::RowPerChild), (None, Layout::RowPerChild)]);
    }
}
