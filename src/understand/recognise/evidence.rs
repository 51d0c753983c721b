//! Whether a list is one of children's social work at all: headings such as ID, Owner and Status
//! stand on lists of everything.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::book::sheet::{RawBook, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState, TableReading};
use crate::understand::recognise::sheet_per_worker::lacks_worker;
use crate::understand::words::{AreaWord, Words};

/// How many rows of a table are looked at.
const ROWS_LOOKED_AT: usize = 500;

/// Of so many status cells one must be a status of ours: a stray word is none.
const STATUSES_FOR_ONE: usize = 10;

/// Passes over the sheets whose tables of cases could be any list's. A sheet with the headings of
/// one that is believed is believed too: a worker's few cases may all have odd statuses.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], stem: &str, words: &Words, as_of: Date) {
    let mut told = vec![Ok(()); readings.len()];
    let mut shapes = BTreeSet::new();
    for ((sheet, reading), told) in book.sheets.iter().zip(readings.iter()).zip(&mut told) {
        let looked: Vec<_> = cases(reading).map(|table| evidence(sheet, reading, table, stem, words, as_of)).collect();
        if let Some(lack) = looked.iter().find_map(|found| found.err()) {
            *told = looked.iter().find_map(|found| found.ok()).ok_or(lack);
        }
        if !looked.is_empty() && told.is_ok() {
            shapes.extend(cases(reading).map(shape));
        }
    }
    for (reading, told) in readings.iter_mut().zip(told) {
        let Err(lack) = told else { continue };
        if lack == Lack::AnyList && cases(reading).any(|table| shapes.contains(&shape(table))) {
            continue;
        }
        let header = cases(reading).map(|table| table.header + 1).next().unwrap_or(0);
        reading.state = SheetState::NoCaseload;
        reading.why = match lack {
            Lack::AnyList => format!(
                "row {header} reads like a header, but it could be any list's: no heading names a child, and no \
                 status is one of children's social work"
            ),
            Lack::Adults => format!("row {header} reads like a header, but most people below it are adults"),
        };
        reading.tables.clear();
    }
}

/// What speaks against a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// Nothing on it is of children's social work alone.
    AnyList,
    /// The people on it are no children.
    Adults,
}

fn cases(reading: &SheetReading) -> impl Iterator<Item = &TableReading> {
    reading.tables.iter().filter(|table| table.layout.holds_cases() && reading.state == SheetState::Read)
}

/// The headings of a table, as tables are compared.
fn shape(table: &TableReading) -> BTreeSet<String> {
    headings(table).map(fold).collect()
}

fn headings(table: &TableReading) -> impl Iterator<Item = &str> {
    let used = table.columns.iter().chain(&table.doubled).map(|column| column.heading.as_str());
    used.chain(table.unused.iter().map(|(_, text)| text.as_str()))
}

fn evidence(
    sheet: &RawSheet,
    reading: &SheetReading,
    table: &TableReading,
    stem: &str,
    words: &Words,
    as_of: Date,
) -> Result<(), Lack> {
    let look = Look { sheet, table, words };
    let found = match table.layout {
        Layout::RowPerChild
        | Layout::SheetPerWorker
        | Layout::WorkerHeadings
        | Layout::RowPerHousehold
        | Layout::RowPerCarer
        | Layout::RowPerReview => {
            let of_children = headings(table).any(|heading| words.tells_of_children(heading)) && look.tells_cases();
            if of_children || look.statuses() || look.kinds() {
                return Ok(());
            }
            if look.ages(as_of) == Some(Ages::Adults) {
                return Err(Lack::Adults);
            }
            if lacks_worker(table) {
                return Err(Lack::AnyList);
            }
            let of_workers =
                headings(table).any(|heading| words.tells_of_social_workers(heading)) && look.tells_cases();
            let young = look.ages(as_of) == Some(Ages::Children) && table.column(Meaning::Worker).is_some();
            of_workers || look.workers() || young || (look.context(reading, stem) && look.tells_whose())
        }
        Layout::RowPerWorker => {
            let counts = || table.columns_of(Meaning::Count);
            let of_children = |heading: &str| words.tells_of_children(heading) || words.is_childrens_status(heading);
            let of_cases = counts().any(|column| !words.is_total(&column.heading));
            let of_workers = headings(table).any(|heading| words.tells_of_social_workers(heading)) || look.workers();
            counts().any(|column| of_children(&column.heading))
                || (of_cases && of_workers)
                || look.context(reading, stem)
        }
        // The headings of a form or of a list that councils hand in are their own.
        _ => true,
    };
    if found { Ok(()) } else { Err(Lack::AnyList) }
}

/// What most dates of birth or ages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ages {
    Children,
    Adults,
}

struct Look<'a> {
    sheet: &'a RawSheet,
    table: &'a TableReading,
    words: &'a Words,
}

impl Look<'_> {
    /// The texts below the headings with this meaning.
    fn texts(&self, meaning: Meaning) -> impl Iterator<Item = &str> {
        self.values(meaning).filter_map(|value| match value {
            Value::Text(text) => Some(&**text),
            _ => None,
        })
    }

    fn values(&self, meaning: Meaning) -> impl Iterator<Item = &Value> {
        let from = self.sheet.rows.partition_point(|row| row.index <= self.table.header);
        let rows = self.sheet.rows[from..].iter().take(ROWS_LOOKED_AT);
        let rows = rows.take_while(|row| row.index <= self.table.area.last.row);
        rows.flat_map(move |row| self.table.columns_of(meaning).filter_map(|column| row.value(column.column)))
    }

    /// A column that tells one case from another, or what is known of it alone.
    fn tells_cases(&self) -> bool {
        const OF_A_CASE: &[Meaning] = &[
            Meaning::Child,
            Meaning::ChildName,
            Meaning::Household,
            Meaning::Children,
            Meaning::Born,
            Meaning::Age,
            Meaning::TickedStatus,
            Meaning::Proceedings,
            Meaning::PrivateProceedings,
            Meaning::FosterCarer,
            Meaning::CarerWork,
            Meaning::Review,
        ];
        OF_A_CASE.iter().any(|meaning| self.table.column(*meaning).is_some())
    }

    /// Statuses that no other list has.
    fn statuses(&self) -> bool {
        self.table.columns_of(Meaning::Status).any(|column| {
            let mut known: BTreeSet<&str> = BTreeSet::new();
            let (mut cells, mut ours) = (0, 0);
            let from = self.sheet.rows.partition_point(|row| row.index <= self.table.header);
            for row in self.sheet.rows[from..].iter().take(ROWS_LOOKED_AT) {
                if row.index > self.table.area.last.row {
                    break;
                }
                let Some(Value::Text(text)) = row.value(column.column) else { continue };
                cells += 1;
                let is_ours = known.contains(&**text) || self.words.is_childrens_status(text);
                if is_ours {
                    known.insert(text);
                    ours += 1;
                }
            }
            ours > 0 && ours * STATUSES_FOR_ONE >= cells
        })
    }

    /// Kinds of reviews or of fostering work that no other list has.
    fn kinds(&self) -> bool {
        self.texts(Meaning::Review).any(|text| self.words.tells_of_children(text))
            || (self.table.column(Meaning::FosterCarer).is_some()
                && self.texts(Meaning::CarerWork).any(|text| self.words.carer_work(text).is_some()))
    }

    /// Workers, teams or services of children's social work.
    fn workers(&self) -> bool {
        let area = |text: &str| self.words.area(text) != AreaWord::None;
        self.texts(Meaning::Role).chain(self.texts(Meaning::Stage)).any(|text| self.words.tells_of_social_workers(text))
            || self.texts(Meaning::Area).chain(self.texts(Meaning::Team)).any(area)
    }

    /// A title, the sheet's or the file's name of a team or a caseload.
    fn context(&self, reading: &SheetReading, stem: &str) -> bool {
        let titles = self.table.titles.iter().map(|(_, title)| title.as_str());
        let mut names = titles.chain([reading.name.as_str(), stem]);
        names.any(|name| self.words.tells_of_a_caseload(name) || self.words.area(name) != AreaWord::None)
    }

    /// Below the name of a team a list of cases says who holds which; owners of tasks stand there too.
    fn tells_whose(&self) -> bool {
        let mut workers = self.table.columns.iter().filter(|column| column.meaning == Meaning::Worker);
        let vague = workers.any(|column| self.words.is_vague_worker(&column.heading));
        let no_status = self.texts(Meaning::Status).next().is_none();
        let known = || self.texts(Meaning::Status).any(|text| self.words.statuses(text).is_some());
        self.tells_cases() && (!vague || no_status || known())
    }

    fn ages(&self, as_of: Date) -> Option<Ages> {
        let born = self.values(Meaning::Born).filter_map(|value| match value {
            Value::Date(born) => Some(i32::from(as_of.year()) - i32::from(born.year())),
            _ => None,
        });
        let born: Vec<i32> = born.filter(|years| *years < 110).collect();
        let stated = || {
            self.values(Meaning::Age).filter_map(|value| match value {
                Value::Number(years) if *years < 110.0 => Some(*years as i32),
                _ => None,
            })
        };
        // Figures alone may be the ages of anything: they tell adults only.
        let children = born.iter().filter(|years| **years <= 18).count();
        let adults = born.iter().copied().chain(stated()).filter(|years| *years > 26).count();
        let all = born.len() + stated().count();
        match () {
            () if adults >= 3 && adults * 2 > all => Some(Ages::Adults),
            () if children * 2 > born.len() => Some(Ages::Children),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book};
    use crate::understand::recognise::recognise;

    /// Whether each sheet is believed to hold cases.
    fn believed(stem: &str, text: &str) -> Vec<bool> {
        let readings = recognise(&book("Sheet1", text), stem, &Words::built_in(), AS_OF);
        readings.iter().map(SheetReading::holds_cases).collect()
    }

    #[test]
    fn lists_of_anything_are_passed_over() {
        for text in [
            "ID | Assigned to | Status | Opened | Priority\n1 | Ada Heron | In progress | 2025-01-02 | P1",
            "Ref | Worker | Status\n1 | Ada Heron | Open\n2 | Ben Kite | Resolved",
            "No | Action | Owner | Opened | Status\n1 | Call | Ada Heron | 2025-01-02 | Open",
            "Worker | Supervisor | Last supervision | Status\nAda Heron | Ben Kite | 2025-01-02 | Overdue",
            "Social worker | Manager | Jan | Feb | Total\nAda Heron | Ben Kite | 1 | 1 | 2",
            "Name | Team | Calls | Cases | Total\nAda Heron | A | 3 | 4 | 7",
            "Review ID | Worker | Review type | Status\n1 | Ada Heron | Annual appraisal | Done",
            "Case ID | Applicant | Case worker | Status\n1 | A B | Ada Heron | Relief",
            "Title | Name | Status | Household\nEmma | A B | On loan | 3",
        ] {
            assert_eq!(believed("book", text), [false], "{text}");
        }
        // The name of a team makes nobody's tasks cases.
        assert_eq!(believed("Locality North", "Ref | Task | Owner | Status\n1 | Call | Ada Heron | Waiting"), [false]);
    }

    #[test]
    fn lists_of_adults_are_passed_over() {
        let text = "Client ID | DOB | Social worker | Status
            1 | 1940-01-02 | Ada Heron | Reablement
            2 | 1950-01-02 | Ada Heron | Review
            3 | 1945-01-02 | Ada Heron | Review";
        let reading = recognise(&book("Sheet1", text), "book", &Words::built_in(), AS_OF).remove(0);
        assert_eq!(reading.state, SheetState::NoCaseload);
        assert!(reading.why.ends_with("most people below it are adults"), "{}", reading.why);
    }

    #[test]
    fn one_thing_of_children_is_enough() {
        for text in [
            "Ref | Worker | Status\n1 | Ada Heron | CIN\n2 | Ben Kite | Tier 3",
            "Ref | Worker | Status\n1 | Ada Heron | b) Child Protection plan",
            "Child ID | Worker\n1 | Ada Heron",
            "ChildUniqueID | AllocatedWorker | CaseStatus\n1 | Ada Heron | Open",
            "Ref | Social worker | Status\n1 | Ada Heron | Tier 3",
            "Ref | Owner | Role\n1 | Ada Heron | NQSW",
            "Ref | Owner | Team\n1 | Ada Heron | Locality North",
            "Initials | DOB | Worker\nAB | 2015-02-03 | Ada Heron",
            "Worker | Status\nAda Heron | CP\nAda Heron | LAC",
            "Ref | Worker | Meeting type\n1 | Ada Heron | LAC review",
            "Name | CIN | CP | Total\nAda Heron | 3 | 4 | 7",
        ] {
            assert_eq!(believed("book", text), [true], "{text}");
        }
        for stem in ["Locality North", "Caseload June", "Assessment team"] {
            assert_eq!(believed(stem, "Ref | Worker | Status\n1 | Ada Heron | Tier 3"), [true], "{stem}");
            assert_eq!(believed(stem, "Ref | Allocated to | Status\n1 | Ada Heron | Assessment"), [true], "{stem}");
        }
    }

    #[test]
    fn sheets_of_one_shape_are_believed_together() {
        let text = "Ref | Worker | Status\n1 | Ada Heron | CIN\n## Second\nRef | Worker | Status\n1 | Ben Kite | Tier 3
            ## Tickets\nID | Owner | Status | Priority\n1 | Ben Kite | Open | P1";
        assert_eq!(believed("book", text), [true, true, false]);
    }
}
