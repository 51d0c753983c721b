//! The lines of a tasks form: tasks with their number, travel, duties, and totals to check.
//!
//! One worker's form, a list with a row for each task of several workers, or a column for each worker.

mod form;

use std::collections::BTreeMap;

use crate::book::sheet::{CellRef, Place, RawRow, Value};
use crate::field::caseload::{Entry, TaskForm};
use crate::field::reading::{Meaning, Reason, Said, SheetReading, TableReading, Whose};
use crate::understand::normalise::aside::{aside, reason_aside};
use crate::understand::normalise::facts::Facts;
use crate::understand::normalise::line::Line;
use crate::understand::normalise::names::WorkerName;
use crate::understand::normalise::people::People;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::teams::TeamNames;
use crate::understand::normalise::whose::Holder;
use crate::understand::words::Heading;

use form::{Columns, Form};

/// Reads a table of tasks, and gives each worker theirs.
pub fn read(reader: &Reader<'_>, reading: &mut SheetReading, names: &TeamNames, people: &mut People) {
    rows_above(reader, reading);
    let table = reader.table;
    if table.column(Meaning::TasksOfKind).is_some() {
        by_row(reader, reading, names, people);
    } else if table.column(Meaning::TasksOfWorker).is_some() {
        by_column(reader, reading, names, people);
    } else if table.column(Meaning::Worker).is_some() {
        by_row(reader, reading, names, people);
    } else {
        of_one_worker(reader, reading, names, people);
    }
    note_cells(reader, reading);
}

/// A form of the one worker whom its block, title or sheet names.
fn of_one_worker(reader: &Reader<'_>, reading: &mut SheetReading, names: &TeamNames, people: &mut People) {
    let above = RawRow { index: reader.table.header, ..RawRow::default() };
    let holder = reader.holder(&above);
    let mut form = Form::default();
    for (index, row) in rows_below(reader.sheet, reader.table) {
        let reason = match row {
            None => Some(Reason::Blank),
            Some(row) => form.row(reader, row, Columns::of(reader.table)),
        };
        // Tasks of nobody are nobody's load.
        let unread = reason.is_none() && !matches!(holder, Holder::Named(..));
        account(reading, index, row, if unread { Some(Reason::Unreadable) } else { reason });
    }
    reading.totals.extend(form.total.clone());
    if let Holder::Named(mut name, place) = holder {
        people.resolve(&mut name, place);
        let mut close = Vec::new();
        let facts = reader.facts(&above, &mut close);
        let line = Line::of_worker(&above, Holder::Named(name.clone(), place));
        give(reader, names, people, &line, facts, form.of(place));
        reading.close_words.extend(close);
    }
}

/// A list with a worker and a task, or each kind of task, on each row; a name stands for the rows below
/// it that leave it blank.
fn by_row(reader: &Reader<'_>, reading: &mut SheetReading, names: &TeamNames, people: &mut People) {
    let mut last: Option<(WorkerName, Place)> = None;
    let mut close = Vec::new();
    for (index, row) in rows_below(reader.sheet, reader.table) {
        let Some(row) = row else {
            account(reading, index, None, Some(Reason::Blank));
            continue;
        };
        let mut form = Form::default();
        let total = reason_aside(reader, row).filter(|reason| *reason != Reason::Unreadable);
        let reason = total.or_else(|| match reader.table.column(Meaning::TasksOfKind) {
            Some(_) => form.kinds(reader, row),
            None => form.row(reader, row, Columns::of(reader.table)),
        });
        last = match reader.holder(row) {
            Holder::Named(mut name, place) => {
                people.resolve(&mut name, place);
                Some((name, place))
            }
            Holder::Blank(_) => last,
            Holder::Nobody(_) if reason.is_some() => last,
            Holder::Nobody(_) => None,
        };
        let unread = reason.is_none() && last.is_none();
        account(reading, index, Some(row), if unread { Some(Reason::Unreadable) } else { reason });
        // Whoever stands on the list is known by it, with tasks or without.
        let named = matches!(reader.holder(row), Holder::Named(..)) && reason == Some(Reason::Blank);
        if let Some((name, place)) = last.clone().filter(|_| reason.is_none() || named) {
            let mut line = Line::of_worker(row, Holder::Named(name.clone(), place));
            line.team = match reader.text(row, Meaning::Team) {
                Entry::Given(text, at) => {
                    people.team_written(&name.key, reader.position, &text, at);
                    Some((text, at))
                }
                _ => None,
            };
            line.area = reader.text(row, Meaning::Area).given().cloned();
            let facts = reader.facts(row, &mut close);
            give(reader, names, people, &line, facts, form.of(place));
        }
    }
    reading.close_words.extend(close);
}

/// Tasks down, and a column for each worker; rows may say of each worker what a roster does.
fn by_column(reader: &Reader<'_>, reading: &mut SheetReading, names: &TeamNames, people: &mut People) {
    let (mut of_workers, facts_rows) = said_of_each(reader);
    let mut counted: BTreeMap<u32, Option<Reason>> = BTreeMap::new();
    for column in reader.table.columns_of(Meaning::TasksOfWorker) {
        let whose = Whose {
            name: column.heading.clone(),
            at: Some(CellRef::new(reader.table.header, column.column)),
            from: "the heading of the column",
            sure: true,
            may_be_a_team: false,
        };
        let mut said = of_workers.remove(&column.column).unwrap_or_default();
        said.extend(reader.table.said.iter().filter(|said| said.meaning != Meaning::Worker).cloned());
        let own = TableReading { whose: Some(whose), said, ..reader.table.clone() };
        let of_worker = Reader::new(reader.sheet, &own, reader.position, reader.words, reader.policies);
        let mut form = Form::default();
        let lines = Columns::of_worker(reader.table, column.column);
        for (index, row) in rows_below(reader.sheet, reader.table) {
            let reason = match row {
                _ if facts_rows.contains(&index) => Some(Reason::Heading),
                None => Some(Reason::Blank),
                Some(row) => form.row(&of_worker, row, lines),
            };
            // A line counts where it does for any worker.
            let all = counted.entry(index).or_insert(reason);
            *all = all.filter(|_| reason.is_some());
        }
        let above = RawRow { index: reader.table.header, ..RawRow::default() };
        if let Holder::Named(mut name, place) = of_worker.holder(&above) {
            people.resolve(&mut name, place);
            let mut close = Vec::new();
            let facts = of_worker.facts(&above, &mut close);
            let mut line = Line::of_worker(&above, Holder::Named(name, place));
            line.team = match of_worker.text(&above, Meaning::Team) {
                Entry::Given(team, at) => Some((team, at)),
                _ => None,
            };
            line.area = of_worker.text(&above, Meaning::Area).given().cloned();
            give(&of_worker, names, people, &line, facts, form.of(place));
            reading.close_words.extend(close);
        }
    }
    for (index, row) in rows_below(reader.sheet, reader.table) {
        account(reading, index, row, counted.get(&index).copied().flatten());
    }
}

/// What rows of a table with a column for each worker say of them, by column, and which rows those are.
fn said_of_each(reader: &Reader<'_>) -> (BTreeMap<u32, Vec<Said>>, Vec<u32>) {
    let mut of_workers: BTreeMap<u32, Vec<Said>> = BTreeMap::new();
    let mut facts_rows: Vec<u32> = Vec::new();
    let columns: Vec<u32> = reader.table.columns_of(Meaning::TasksOfWorker).map(|column| column.column).collect();
    for (index, row) in rows_below(reader.sheet, reader.table) {
        let Some((row, meaning)) = row.and_then(|row| Some((row, says_of_worker(reader, row)?))) else { continue };
        facts_rows.push(index);
        for column in &columns {
            if let Some(value) = row.value(*column) {
                let said = Said { meaning, at: CellRef::new(index, *column), value: value.clone() };
                of_workers.entry(*column).or_default().push(said);
            }
        }
    }
    (of_workers, facts_rows)
}

/// What a row of a table with a column for each worker says of them: `FTE`, `Experience`.
fn says_of_worker(reader: &Reader<'_>, row: &RawRow) -> Option<Meaning> {
    let column = reader.table.column(Meaning::Task)?;
    let Value::Text(text) = row.value(column)? else { return None };
    match reader.words.listed_heading(text, true)? {
        Heading::Means(
            meaning @ (Meaning::Fte
            | Meaning::Role
            | Meaning::Stage
            | Meaning::Started
            | Meaning::Team
            | Meaning::Area
            | Meaning::AgreedLimit
            | Meaning::AgreedReason
            | Meaning::Judgement
            | Meaning::JudgementReason),
        ) => Some(meaning),
        _ => None,
    }
}

/// Gives a worker their tasks, in the team that lists them or else the one that the table is read as.
fn give(reader: &Reader<'_>, names: &TeamNames, people: &mut People, line: &Line<'_>, facts: Facts, form: TaskForm) {
    let Holder::Named(name, place) = &line.holder else { return };
    let team = names.of_line(line, people.said_of_team(Some(&name.key), reader.position), reader);
    let team = people.on_form(&team, name, *place, facts, reader.table);
    people.tasks(&team, &name.key, form);
}

/// Counts a row, or sets it aside.
fn account(reading: &mut SheetReading, index: u32, row: Option<&RawRow>, reason: Option<Reason>) {
    reading.rows_read += 1;
    match reason {
        Some(reason) => reading.set_aside.push(aside(index, reason)),
        None => {
            reading.rows_counted += 1;
            reading.hidden_rows.extend(row.filter(|row| row.hidden).map(|row| row.index));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::field::caseload::Caseload;
    use crate::field::rating::{Measure, Rag, Rating};
    use crate::judge::score::score;
    use crate::run::workbook::understand;
    use crate::testing::{book, policies, policies_named};
    use crate::understand::words::Words;

    const HEADINGS: &str = "Case and task or piece of work | Number in current caseload | Points";

    /// The published table, filled in: 6 + 10 + 12 + 5 + 6 + 12 + 3 + 4 + 2 = 60, travel 2, a duty 5.
    const FORM: &str = "
        ▶ Care plans | 3 | 6
        ▶ Assessments | 2 | 10
        ▶ Home visits | 12 | 12
        ▶ Safeguarding investigations | 1 | 5
        ▶ Case conferences | 2 | 6
        ▶ Court reports | 2 | 12
        ▶ Court appearances | 1 | 3
        ▶ Reviews | 2 | 4
        ▶ Other eg counselling sessions, running course for service users, life story or memory work | 2 | 2
        Additional out of borough travel required per task | | Additional points
        ▶ Visits to a placement | 2 | 2
        ▶ |
        Additional duties Eg panel member, responsibility for a student | | Additional points
        ▶ Panel member | | 5
        ▶ |
        TOTAL POINTS | | 67
        Experienced practitioner benchmark | | 50
        Surplus/deficit | | -17
        • Points |
        • As a % of the benchmark | |
        ACTION REQUIRED: |";

    fn read(text: &str) -> Caseload {
        let caseload = understand(&book("Sheet1", text), "Locality North", &Words::built_in(), &policies(), &[]);
        for sheet in &caseload.sheets {
            assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
        }
        caseload
    }

    fn ratings(caseload: &Caseload) -> Vec<(String, Rating)> {
        let scored = score(caseload, &policies_named(&["task-force-tasks"]));
        let workers = caseload.workers().map(|(_, worker)| worker.who.name.clone());
        let scored = scored.teams.into_iter().flatten();
        workers.zip(scored.map(|worker| worker.ratings.into_iter().next().unwrap())).collect()
    }

    /// Each worker's load in tasks, or `–`, and their colour.
    fn loads(caseload: &Caseload) -> String {
        let all = ratings(caseload).into_iter().map(|(name, rating)| {
            assert_eq!(rating.measure, Measure::Tasks);
            format!("{name} {} {}", rating.load.map_or("–".into(), |load| load.to_string()), rating.rag)
        });
        all.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_form_as_published() {
        for block in [
            "Social worker: Ada Heron | | Experience | 3 years +",
            "Worker | Ada Heron\nExperience level: | 3+ years\nFTE | 1",
            "EXAMPLE Experienced practitioner month ending September 2025 |\nWorker: Ada Heron | Stage: 3+ years",
        ] {
            let caseload = read(&format!("{block}\n{HEADINGS}{FORM}"));
            assert_eq!(loads(&caseload), "Ada Heron 67 red", "{block}");
            let sheet = &caseload.sheets[0];
            assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (11, "blank 2; heading 3; totals 5"));
            assert_eq!(sheet.totals, []);
            let because = &ratings(&caseload)[0].1.because;
            assert!(because.contains("67 points against 50") && because.contains("indicative points"), "{because}");
        }
    }

    #[test]
    fn benchmarks_go_by_experience_and_share_of_a_post() {
        for (block, rag) in [("FTE: 1 | Stage: 3+ years", Rag::Green), ("FTE: 0.5 | Stage: 3+ years", Rag::Amber)] {
            let caseload = read(&format!("Worker: Ada Heron | {block}\n{HEADINGS}\nHome visits | 25 |"));
            assert_eq!(ratings(&caseload)[0].1.rag, rag, "{block}");
        }
        let nqsw = read(&format!("Worker: Ada Heron | Stage: NQSW 3 months\n{HEADINGS}\nHome visits | 33 |"));
        assert_eq!(loads(&nqsw), "Ada Heron 33 red");
        let unknown = read(&format!("Worker: Ada Heron |\n{HEADINGS}\nHome visits | 33 |"));
        assert!(ratings(&unknown)[0].1.because.contains("the full benchmark is assumed"));
        let student = read(&format!("Worker: Ada Heron | Role: Student\n{HEADINGS}\nHome visits | 33 |"));
        assert_eq!(loads(&student), "Ada Heron – not-scored");
    }

    #[test]
    fn what_cannot_be_told_leaves_the_worker_unscored() {
        for line in [
            "Reviews | two | ",
            "Reviews | 1? |",
            "Reviews | #REF! |",
            "Telephone calls | 3 |",
            "Reviews | -2 |",
            "| 3 |",
        ] {
            let caseload = read(&format!("Worker: Ada Heron |\n{HEADINGS}\nHome visits | 12 | 12\n{line}"));
            assert_eq!(loads(&caseload), "Ada Heron – not-scored", "{line}");
        }
        for (line, load) in [
            ("Reviews | | ", 12),
            ("Reviews | - | -", 12),
            ("Reviews | nil |", 12),
            ("Telephone calls | 3 | 4", 16),
            ("Reviews | 2 | 5", 17),
            ("Reviews | 2 | 3 (short)", 16),
            ("Reviews | 1.5 |", 15),
        ] {
            let caseload = read(&format!("Worker: Ada Heron |\n{HEADINGS}\nHome visits | 12 | 12\n{line}"));
            assert_eq!(loads(&caseload), format!("Ada Heron {load} green"), "{line}");
        }
    }

    #[test]
    fn totals_that_are_wrong_are_told() {
        let told = |lines: &str| -> Vec<String> {
            let caseload = read(&format!("Worker: Ada Heron |\n{HEADINGS}\n{lines}"));
            let totals = caseload.sheets[0].totals.iter();
            totals.map(|total| format!("{} {} {}", total.cell, total.stated, total.counted)).collect()
        };
        assert_eq!(told("Reviews | 2 | 4\nHome visits | 3 | 3\nTOTAL POINTS | | 9"), ["C5 9 7"]);
        assert!(told("Reviews | 2 | 4\nHome visits | 3 | 3\nTOTAL POINTS | | 7").is_empty());
        // A line without points of its own leaves the sum open; a row without a name may be the sum.
        assert!(told("Reviews | 2 | 4\nHome visits | 3 |\nTOTAL POINTS | | 9").is_empty());
        let nameless = read(&format!("Worker: Ada Heron |\n{HEADINGS}\nReviews | 2 | 4\nHome visits | 3 | 3\n| 5 | 7"));
        assert_eq!(loads(&nameless), "Ada Heron 7 green");
    }

    #[test]
    fn a_list_with_a_row_for_each_task() {
        let list = "Worker | FTE | Task type | Number | Points
            Ada Heron | 1 | Home visits | 12 |
            | | Court reports | 2 | 12
            Ben Kite | 0.5 | Reviews | 10 | 20
            Ben Kite | 0.5 | Out of borough travel | 3 |
            Cy Reed | 1 | Reviews | |
            TBC | | Reviews | 2 |
            Total | | | 29 | 32";
        let caseload = read(list);
        assert_eq!(loads(&caseload), "Ada Heron 24 green, Ben Kite 23 green, Cy Reed – not-scored");
        let sheet = &caseload.sheets[0];
        assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (4, "blank 1; totals 1; unreadable 1"));
    }

    #[test]
    fn a_column_for_each_worker() {
        let table = "Task | Ada Heron | Ben Kite | Cy Reed | Total
            FTE | 1 | 0.5 | 1 |
            Experience | 3+ years | 3+ years | 3+ years
            Home visits | 12 | 26 | | 38
            Court reports | 2 | | | 2
            Total | 14 | 26 | | 40";
        let caseload = read(table);
        assert_eq!(loads(&caseload), "Ada Heron 24 green, Ben Kite 26 amber, Cy Reed – not-scored");
        let sheet = &caseload.sheets[0];
        assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (2, "heading 2; totals 1"));
    }

    #[test]
    fn a_column_for_each_kind_of_task() {
        let caseload = read(
            "Worker | FTE | Experience | Care plans | Assessments | Home visits | Out of borough travel
             Ada Heron | 1 | 3+ years | 3 | 2 | 12 | 1
             Ben Kite | 0.5 | 3+ years | | 5 | - | several
             Cy Reed | 1 | 3+ years | | | |
             Total | | | 3 | 7 | 12 | 1",
        );
        assert_eq!(loads(&caseload), "Ada Heron 29 green, Ben Kite – not-scored, Cy Reed – not-scored");
        let sheet = &caseload.sheets[0];
        assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (2, "blank 1; totals 1"));
    }

    #[test]
    fn a_form_for_each_worker_beside_their_children() {
        let caseload = read(&format!(
            "## Locality North\nChild ID | Worker | FTE\n1 | Ada Heron | 1\n2 | Ben Kite | 0.5\n\
             ## Ada Heron\n{HEADINGS}\nHome visits | 3 |\n\
             ## Ben Kite\n{HEADINGS}\nHome visits | 26 |\n\
             ## Blank\n{HEADINGS}\nHome visits | |"
        ));
        assert_eq!(loads(&caseload), "Ada Heron 3 green, Ben Kite 26 amber");
        assert_eq!(caseload.teams.len(), 1);
        assert!(
            caseload.workers().all(|(_, worker)| worker.holds.only_on_form.is_none() && worker.holds.cases.len() == 1)
        );
    }

    #[test]
    fn duties_of_the_roster_count_where_the_form_names_none() {
        let form = |lines: &str| {
            read(&format!(
                "## Ada Heron\n{HEADINGS}\nHome visits | 3 |{lines}\n\
                 ## Staff\nName | FTE | Other duties\nAda Heron | 1 | Practice teaching\nBen Kite | 1 |"
            ))
        };
        assert!(loads(&form("")).starts_with("Ada Heron 8 green"));
        assert!(loads(&form("\nAdditional duties |\nPractice teaching | | 4")).starts_with("Ada Heron 7 green"));
        assert!(loads(&form("\nAdditional duties |\nPractice teaching |\nPanel |")).starts_with("Ada Heron 13 green"));
    }
}
