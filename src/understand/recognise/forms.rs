//! Sheets whose name says what they are for: blank forms, closed cases, lists of nobody's children.

use crate::book::phrase::count;
use crate::book::sheet::{CellRef, RawBook};
use crate::field::reading::{Doubt, Headed, HeadedBy, Meaning, Reason, SheetReading, SheetState};
use crate::understand::recognise::contents::{Contents, shared};
use crate::understand::recognise::sheet_per_worker::lacks_worker;
use crate::understand::words::{SheetWord, Words};

/// So many rows on a blank form may be examples.
const EXAMPLES: usize = 3;

/// Reads the sheets that are named for it, beside others, as lists of children whom nobody holds.
pub fn settle_nobodys(readings: &mut [SheetReading], words: &Words) {
    if readings.iter().filter(|reading| !reading.tables.is_empty()).count() < 2 {
        return;
    }
    for reading in readings.iter_mut().filter(|reading| is_nobodys(&reading.name, words)) {
        for table in reading.tables.iter_mut().filter(|table| lacks_worker(table)) {
            let at = CellRef::new(table.header, table.area.first.column);
            table.headed = vec![Headed { row: table.header, by: HeadedBy::Nobody(at) }];
        }
    }
}

/// Passes blank forms over and sets sheets of closed cases aside.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    let says = [SheetWord::Form, SheetWord::Closed, SheetWord::CoWorked];
    if !readings.iter().any(|reading| says.iter().any(|word| words.sheet_says(*word, &reading.name))) {
        return;
    }
    let all: Vec<Contents> = book
        .sheets
        .iter()
        .zip(readings.iter())
        .map(|(sheet, reading)| Contents::of(sheet, reading, words, false))
        .collect();
    let form = |reading: &SheetReading| words.sheet_says(SheetWord::Form, &reading.name);
    let closed = |reading: &SheetReading| {
        words.sheet_says(SheetWord::Closed, &reading.name) && !words.sheet_says(SheetWord::NotClosed, &reading.name)
    };
    let mut real = Contents::default();
    for (reading, contents) in readings.iter().zip(&all) {
        let holds = reading.tables.iter().any(|table| table.layout.holds_cases());
        if holds && !form(reading) && !closed(reading) {
            real.extend(contents);
        }
    }
    let beside = real.len() > 0;
    for (reading, contents) in readings.iter_mut().zip(&all) {
        if !reading.tables.iter().any(|table| table.layout.holds_cases()) {
            continue;
        }
        let rows = contents.len();
        if form(reading) && beside {
            let known = shared(&contents.workers, &real.workers) + shared(&contents.children, &real.children) > 0;
            blank_form(reading, rows, known);
        } else if closed(reading) && rows > 0 {
            if beside {
                let why = "its name says that its cases are closed".to_string();
                reading.aside = Some((Reason::Closed, why));
            } else {
                reading.doubts.push(Doubt {
                    said:
                        "This sheet's name says that its cases are closed; no other sheet holds cases, and it counts."
                            .into(),
                    todo: "Give the sheet another name, or take it out of the run if its cases are closed.",
                });
            }
        }
        let told = reading.tables.iter().any(|table| table.column(Meaning::Holding).is_some());
        if words.sheet_says(SheetWord::CoWorked, &reading.name) && !told && rows > 0 && reading.aside.is_none() {
            reading.doubts.push(Doubt {
                said: "This sheet's name says that its cases are co-worked, and no column does; they count as held."
                    .into(),
                todo: "Add a column that says key worker or co-worker, or give the sheet another name.",
            });
        }
    }
}

fn blank_form(reading: &mut SheetReading, rows: usize, known: bool) {
    if rows == 0 || (rows <= EXAMPLES && !known) {
        reading.state = SheetState::NoCaseload;
        reading.tables.clear();
        reading.why = match rows {
            0 => "the sheet's name says that it is a form, and it holds no cases".into(),
            _ => format!(
                "the sheet's name says that it is a form, and it holds {} that may be an example",
                count(rows, "row", "rows")
            ),
        };
    }
    let rows = count(rows, "row", "rows");
    match reading.state {
        SheetState::NoCaseload if rows.starts_with('0') => {}
        SheetState::NoCaseload => reading.doubts.push(Doubt {
            said: format!("This sheet's name says that it is a form; its {rows} are taken for examples and not read."),
            todo: "Give the sheet another name if its rows are cases.",
        }),
        _ => reading.doubts.push(Doubt {
            said: format!("This sheet's name says that it is a form; it holds {rows} and counts."),
            todo: "Give the sheet another name, or empty it if it is a form.",
        }),
    }
}

/// Whether a sheet's name says that nobody holds its children: `Unallocated`, `Duty`, `Waiting list`.
fn is_nobodys(name: &str, words: &Words) -> bool {
    let part = |part: &str| !words.is_generic(part) && words.is_unallocated(part);
    part(name)
        || name
            .split([':', '|', '–', '—', '_', '(', ')'])
            .flat_map(|part| part.split(" - "))
            .any(|text| !text.trim().is_empty() && part(text))
}

#[cfg(test)]
mod tests {
    use crate::testing::loads;

    const CASES: &str = "## North\nChild ID, Worker\n1, Ada\n2, Ben\n";

    #[test]
    fn blank_forms_are_passed_over() {
        for name in ["Template", "Blank", "Example", "Blank (copy me)", "New worker template"] {
            for rows in ["", "X1, Worker name\n"] {
                assert_eq!(loads(&format!("{CASES}## {name}\nChild ID, Worker\n{rows}")), "Ada 1, Ben 1", "{name}");
            }
        }
        assert_eq!(loads("## Template\nChild ID, Worker\n1, Ada\n2, Ada"), "Ada 2");
        assert_eq!(loads(&format!("{CASES}## Blank\nChild ID, Worker\n3, Ada")), "Ada 2, Ben 1");
    }

    #[test]
    fn sheets_of_closed_cases_are_set_aside() {
        for name in ["Closed", "Closed cases", "Closures 2025", "Archive", "Leavers (children)", "Transferred out"] {
            assert_eq!(loads(&format!("{CASES}## {name}\nChild ID, Worker\n3, Ada\n4, Ben")), "Ada 1, Ben 1", "{name}");
        }
        for name in ["Care leavers", "Awaiting closure", "Open and closed", "Pending closures"] {
            assert_eq!(loads(&format!("{CASES}## {name}\nChild ID, Worker\n3, Ada")), "Ada 2, Ben 1", "{name}");
        }
        assert_eq!(loads(&format!("{CASES}## Closed\nChild ID, Status, DOB\n3, CP, x")), "Ada 1, Ben 1");
        assert_eq!(loads("## Closed\nChild ID, Worker\n3, Ada"), "Ada 1");
    }

    #[test]
    fn a_list_of_nobodys_children_needs_no_worker() {
        for name in ["Unallocated", "Duty", "Waiting list", "Unallocated - North", "North (unallocated)"] {
            let book = format!("{CASES}## {name}\nChild ID, Status, DOB\n3, CP, x\n4, CIN, y");
            assert_eq!(loads(&book), "Ada 1, Ben 1, nobody 2", "{name}");
        }
    }
}
