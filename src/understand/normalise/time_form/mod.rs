//! The lines of a time form: hours available, what is taken off them, and hours for each case.

mod form;
mod hours;
mod rows;

use crate::book::sheet::RawRow;
use crate::field::reading::{HeadedBy, Reason, SheetReading, TableReading};
use crate::understand::normalise::aside::aside;
use crate::understand::normalise::line::Line;
use crate::understand::normalise::people::People;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::teams::TeamNames;
use crate::understand::normalise::whose::Holder;

use form::Form;
use rows::{Kind, bare, kinds, written};

pub use hours::in_hours_as_shown;

/// A form as it stands for one of its workers.
pub struct OfWorker {
    /// The table with this worker's name and facts.
    pub table: TableReading,
    /// The column of their hours; `None` where all columns are theirs.
    pub column: Option<u32>,
}

/// The workers of a form: the one it is all about, or one for each column.
pub fn of_workers(table: &TableReading) -> Vec<OfWorker> {
    let of_column = |by: &HeadedBy| match by {
        HeadedBy::Worker(whose, said) => Some(OfWorker {
            column: whose.at.map(|at| at.column),
            table: TableReading { whose: Some(whose.clone()), said: said.clone(), headed: Vec::new(), ..table.clone() },
        }),
        HeadedBy::Nobody(_) | HeadedBy::Unclear(_) => None,
    };
    if table.headed.is_empty() {
        return vec![OfWorker { table: table.clone(), column: None }];
    }
    table.headed.iter().filter_map(|headed| of_column(&headed.by)).collect()
}

/// Reads one worker's hours; the form's own totals are held against them.
pub fn read(
    reader: &Reader<'_>,
    column: Option<u32>,
    reading: &mut SheetReading,
    names: &TeamNames,
    people: &mut People,
) {
    let above = RawRow { index: reader.table.header, ..RawRow::default() };
    let Holder::Named(mut name, place) = reader.holder(&above) else { return };
    people.resolve(&mut name, place);
    let line = Line::of_worker(&above, Holder::Named(name.clone(), place));
    let team = names.of_line(&line, people.said_of_team(Some(&name.key), reader.position), reader);
    let mut close = Vec::new();
    let facts = reader.facts(&above, &mut close);
    let team = people.on_form(&team, &name, place, facts, reader.table);
    let form = Form::read(reader, column);
    reading.totals.extend(form.totals());
    if let Some(form) = form.told() {
        people.time(&team, &name.key, form);
    }
    reading.close_words.extend(close);
}

/// Says what becomes of each row of the form, whoever's hours stand on it.
pub fn account(reader: &Reader<'_>, reading: &mut SheetReading) {
    rows_above(reader, reading);
    let kinds = kinds(reader);
    for (index, row) in rows_below(reader.sheet, reader.table) {
        reading.rows_read += 1;
        let kind = kinds.iter().find(|(row, _)| row.index == index).map(|(_, kind)| kind);
        let reason = match (row, kind) {
            (Some(row), Some(Kind::Item(..) | Kind::Case)) if written(reader, row) => None,
            (Some(_), Some(Kind::Item(..))) => None,
            (Some(row), Some(Kind::Case)) if bare(reader, row) => Some(Reason::Blank),
            (Some(_), Some(Kind::Total(_))) => Some(Reason::Totals),
            (Some(_), _) => Some(Reason::Heading),
            (None, _) => Some(Reason::Blank),
        };
        match reason {
            Some(reason) => reading.set_aside.push(aside(index, reason)),
            None => {
                reading.rows_counted += 1;
                reading.hidden_rows.extend(row.filter(|row| row.hidden).map(|row| row.index));
            }
        }
    }
    note_cells(reader, reading);
}

#[cfg(test)]
mod tests {
    use crate::field::caseload::{Caseload, Deduction, Worker};
    use crate::testing::understood;

    /// The form as it is published, with the totals it gives and no case itemised.
    const PUBLISHED: &str = "Example for an experienced social worker |
        TOTAL TIME AVAILABLE (contractual working week of 37 hours) | 148 hours
        Personal adjustments e.g. annual leave; TOIL; training; trade union facility time | -7.4 hours (1 day holiday taken)
        Individual line management and professional supervision [1 ½ hours + 1½ hours preparation]* | -3 hours guideline minimum
        CPD average of ½ day a week (1 day a week for NQSW)** | -15 hours (2 days)
        Other roles e.g. practice teacher, panel member, NQSW mentor, duty rota |
        General admin, team meetings, support for colleagues etc | -20 hours
        Crisis allowance | -2 hours
        • Local travel • Additional travel | -3 hours -1 hour
        Sub-total | -51.4 hours
        Itemise for each case current case-work tasks e.g. visits, write-ups | Number of hours
        Case A |
        Case B |
        Case-work time required | -95 hours
        TOTAL TIME REQUIRED | 146.4 hours
        Total time available | 148 hours
        Capacity surplus/deficit |
        Total time available minus total time required | +1.6 hours
        As a percentage of total time available | +1.1%
        ACTION REQUIRED: NONE |";

    fn worker<'a>(caseload: &'a Caseload, name: &str) -> &'a Worker {
        let found = caseload.workers().map(|(_, worker)| worker).find(|worker| worker.who.name == name);
        found.unwrap_or_else(|| panic!("no {name}: {:#?}", caseload.sheets))
    }

    fn lines(worker: &Worker) -> String {
        let form = worker.holds.time.as_ref().unwrap();
        let items = form.items.iter().map(|item| {
            let hours = item.hours.given().map_or("–".to_string(), ToString::to_string);
            format!("{} {hours}", item.kind)
        });
        let cases = form.cases.iter().map(|case| {
            let hours = case.hours.given().map_or("–".to_string(), ToString::to_string);
            format!("{} {hours}", case.label)
        });
        items.chain(cases).collect::<Vec<_>>().join(", ")
    }

    const TAKEN_OFF: &str = "personal 7.4, supervision 3, cpd 15, other-roles –, admin 20, crisis 2, local-travel 3, \
                             additional-travel 1";

    #[test]
    fn the_form_as_published() {
        for block in [
            "Worker: | Ada Heron\nTeam: | Locality North\nFTE | 1\nExperience | 3+ years\n",
            "Worker: Ada Heron  FTE: 1 |\n",
        ] {
            let caseload = understood(&format!("{block}{PUBLISHED}"));
            let ada = worker(&caseload, "Ada Heron");
            assert_eq!(lines(ada), TAKEN_OFF);
            let form = ada.holds.time.as_ref().unwrap();
            assert_eq!(form.available.given().unwrap().to_string(), "148");
            assert_eq!(form.stated.case_work.given().unwrap().to_string(), "95");
            assert_eq!(form.other_sign, None);
            let sheet = &caseload.sheets[0];
            assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (7, "blank 2; heading 1; totals 8"));
            assert_eq!(sheet.totals, []);
            assert!(ada.holds.only_on_form.is_some());
        }
    }

    #[test]
    fn several_workers_in_columns() {
        let caseload = understood(
            "Locality North | |
             Worker | Ada Heron | Ben Kite
             FTE | 1 | 0.5
             Experience | 3+ years | NQSW 0-6
             Total time available | 148 | 74
             Annual leave | -7.4 | 0
             Supervision | -3 | -6
             CPD | -15 |
             Admin | -20 | -10
             Sub-total | -45.4 | -16
             Case A | 40 |
             Case B | 50 | 30
             Case-work time required | 90 | 30
             Total time required | 135.4 | 46",
        );
        assert_eq!(
            lines(worker(&caseload, "Ada Heron")),
            "personal 7.4, supervision 3, cpd 15, admin 20, Case A 40, Case B 50"
        );
        let ben = worker(&caseload, "Ben Kite");
        assert_eq!(lines(ben), "personal 0, supervision 6, cpd –, admin 10, Case B 30");
        assert_eq!(ben.fte().unwrap().0.to_string(), "0.5");
        assert!(ben.post.stage.unwrap().is_nqsw());
        let sheet = &caseload.sheets[0];
        assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (6, "heading 2; totals 4"));
        assert_eq!(sheet.totals, []);
    }

    #[test]
    fn one_form_below_another_and_beside_a_list_of_children() {
        let form = |name: &str, hours: u32| {
            format!(
                "Worker: | {name}\nTotal time available | 148\nLeave | 8\nSupervision | 3\nCPD | 14.8\nCase A | {hours}\n\
                 Total time required | {}\nSurplus | 1\n",
                hours + 26
            )
        };
        let caseload = understood(&format!(
            "## Cases\nChild ID | Worker | FTE\n1 | Ada Heron | 1\n2 | Ada Heron | 1\n## Time\n{}\n{}",
            form("Ada Heron", 90),
            form("Ben Kite", 100)
        ));
        let ada = worker(&caseload, "Ada Heron");
        assert_eq!((ada.holds.cases.len(), ada.holds.only_on_form), (2, None));
        assert_eq!(lines(ada), "personal 8, supervision 3, cpd 14.8, Case A 90");
        assert_eq!(lines(worker(&caseload, "Ben Kite")), "personal 8, supervision 3, cpd 14.8, Case A 100");
        assert!(worker(&caseload, "Ben Kite").holds.only_on_form.is_some());
        assert_eq!(caseload.workers().count(), 2);
        for sheet in &caseload.sheets {
            assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
        }
    }

    #[test]
    fn tasks_below_a_case_and_lines_of_no_list_count() {
        let caseload = understood(
            "Worker | Ada Heron
             Total time available | 148
             Annual leave | 7.4
             Supervision | 3
             Looking after the fish | 2
             CPD | 14.8
             Itemise for each case | Hours
             Case A | 12
             ▶ visits | 8
             ▶ report | 4
             Case B |
             ▶ visits | 5
             Case C |
             Case-work time required | 17
             Total time required | 44.2",
        );
        let ada = worker(&caseload, "Ada Heron");
        let form = ada.holds.time.as_ref().unwrap();
        assert_eq!(
            lines(ada),
            "personal 7.4, supervision 3, other-roles 2, cpd 14.8, ▶ visits 8, ▶ report 4, ▶ visits 5"
        );
        assert!(form.items.iter().any(|item| item.kind == Deduction::OtherRoles && !item.label_known));
        assert_eq!(caseload.sheets[0].totals, []);
    }

    #[test]
    fn what_is_no_filled_in_form_is_passed_over() {
        let blank = PUBLISHED.replace("-7.4 hours (1 day holiday taken)", "").replace("-3 hours guideline minimum", "");
        let blank = blank.replace("-15 hours (2 days)", "").replace("-20 hours", "").replace("-2 hours", "");
        let blank = blank.replace("-3 hours -1 hour", "").replace("-51.4 hours", "").replace("-95 hours", "");
        let blank = blank.replace("146.4 hours", "");
        let caseload = understood(&format!("Worker: |\n{blank}"));
        assert_eq!(caseload.sheets[0].why, "it is a time form that is not filled in");
        let several = understood(
            "Total time available | 148 | 148\nLeave | 7 | 8\nSupervision | 3 | 3\nCPD | 15 | 15\nCase A | 3 | 4",
        );
        assert!(several.sheets[0].why.contains("no row names a worker for each"), "{}", several.sheets[0].why);
        let nobody = understood("Total time available | 148\nLeave | 7\nSupervision | 3\nCPD | 15\nCase A | 3");
        assert!(nobody.sheets[0].why.contains("nothing says which worker"), "{}", nobody.sheets[0].why);
    }

    #[test]
    fn a_length_of_time_is_in_hours_and_percent_is_none() {
        use crate::book::sheet::{CellRef, RawBook, RawSheet, Shown, Value};
        use crate::field::reading::Layout;
        let mut sheet = RawSheet { name: "Time".into(), ..RawSheet::default() };
        let hours: [(&str, f64, &str); 7] = [
            ("Total time available", 148.0 / 24.0, "[h]:mm"),
            ("Annual leave", 7.4 / 24.0, "h:mm"),
            ("Supervision", 3.0, "0.0"),
            ("CPD", 0.1, "0%"),
            ("Admin", 0.308, "h:mm AM/PM"),
            ("Crisis", 2.0, "0.0\" hours\""),
            ("Case A", -1.5, "[hh]:mm:ss"),
        ];
        let texts = [("Worker", "Ada Heron"), ("FTE", "1")];
        for (row, (label, text)) in texts.into_iter().enumerate() {
            sheet.push(CellRef::new(row as u32, 0), Value::Text(label.into()), false, || false);
            sheet.push(CellRef::new(row as u32, 1), Value::Text(text.into()), false, || false);
        }
        for (row, (label, number, code)) in hours.into_iter().enumerate() {
            let row = row as u32 + 2;
            sheet.push(CellRef::new(row, 0), Value::Text(label.into()), false, || false);
            sheet.push(CellRef::new(row, 1), Value::Number(number), false, || false);
            sheet.appearance.shown.push((CellRef::new(row, 1), Shown::Code(code.into())));
        }
        let book = RawBook { sheets: vec![sheet] };
        let (words, policies) = (crate::understand::words::Words::built_in(), crate::testing::policies());
        let caseload = crate::run::workbook::understand(&book, "caseload", &words, &policies, &[]);
        assert_eq!(caseload.sheets[0].tables[0].layout, Layout::TimeForm);
        let ada = worker(&caseload, "Ada Heron");
        assert_eq!(lines(ada), "personal 7.4, supervision 3, cpd –, admin –, crisis 2, Case A 36");
        let form = ada.holds.time.as_ref().unwrap();
        assert_eq!(form.available.given().unwrap().to_string(), "148");
        let unclear = |at: usize| matches!(&form.items[at].hours, crate::field::caseload::Entry::Unclear(..));
        assert!(unclear(2) && unclear(3), "{:?}", form.items);
    }
}
