//! The Task Force's tasks form: numbers of tasks or pieces of work, by line, by row or by column.

use crate::book::sheet::{RawBook, RawRow, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState, TableReading};
use crate::understand::recognise::heads::{Fit, Head, Heads};
use crate::understand::words::{Heading, TasksLine, Words};

/// Tasks with their number, of one worker or beside a column of workers; tasks down and a column for
/// each of several workers; or a row for each worker and a column for each kind of task. Nothing of a
/// case stands beside them.
pub fn fit(heads: &Heads, words: &Words) -> Option<Fit> {
    by_kind(heads, words).or_else(|| by_line(heads, words))
}

/// Workers, and columns of kinds of tasks; nothing else beside them counts children.
fn by_kind(heads: &Heads, words: &Words) -> Option<Fit> {
    let kinds: Vec<Option<bool>> = heads.cells.iter().map(|cell| words.task_kind(&cell.text)).collect();
    let enough = kinds.contains(&Some(true)) && kinds.iter().flatten().count() >= 2;
    if !enough || !heads.has_on_roster(Meaning::Worker) {
        return None;
    }
    let mut others = heads.cells.iter().zip(&kinds).filter(|(_, kind)| kind.is_none()).map(|(cell, _)| cell);
    let of_a_case = |cell: &Head| match cell.on_roster() {
        Some(Heading::Means(meaning)) => Meaning::OF_A_CASE.contains(&meaning),
        _ => words.counted(&cell.text).is_some() && !words.is_total(&cell.text),
    };
    if others.any(of_a_case) {
        return None;
    }
    let of_kind = |(cell, kind): (&Head, &Option<bool>)| match kind {
        Some(_) => Some(Heading::Means(Meaning::TasksOfKind)),
        None => of_a_worker(cell.on_roster()),
    };
    let means = heads.cells.iter().zip(&kinds).map(of_kind).collect();
    Some(Fit { layout: Layout::TasksForm, means, worker_missing: false, on_roster: true })
}

fn by_line(heads: &Heads, words: &Words) -> Option<Fit> {
    let told: Vec<Option<(Meaning, bool)>> = heads.cells.iter().map(|cell| words.tasks_heading(&cell.text)).collect();
    let at = |meaning: Meaning| {
        let of = |told: &Option<(Meaning, bool)>| told.is_some_and(|(own, _)| own == meaning);
        told.iter().position(|told| *told == Some((meaning, true))).or_else(|| told.iter().position(of))
    };
    let task = at(Meaning::Task)?;
    // A running number stands in front.
    let number = at(Meaning::TaskNumber).filter(|number| *number > task || told[*number].is_some_and(|(_, sure)| sure));
    // Beside a total of its line, points are those of one task.
    let total = || heads.cells.iter().rposition(|cell| words.is_total(&cell.text));
    let points = at(Meaning::TaskPoints).map(|points| match (told[points], total()) {
        (Some((_, false)), Some(total)) if number.is_some() && !has_both(&heads.cells[points].text, words) => total,
        _ => points,
    });
    let own = [Some(task), number, points];
    let others = || heads.cells.iter().enumerate().filter(|(at, _)| !own.contains(&Some(*at))).map(|(_, cell)| cell);
    let of_a_case = |cell: &Head| match cell.plain() {
        Some(Heading::Means(meaning)) => Meaning::OF_A_CASE.contains(&meaning),
        _ => false,
    };
    if others().any(of_a_case) {
        return None;
    }
    let mut means: Vec<Option<Heading>> = heads.cells.iter().map(|cell| of_a_worker(cell.plain())).collect();
    for (at, meaning) in [(Some(task), Meaning::Task), (number, Meaning::TaskNumber), (points, Meaning::TaskPoints)] {
        if let Some(at) = at {
            means[at] = Some(Heading::Means(meaning));
        }
    }
    let sure = told[task].is_some_and(|(_, sure)| sure);
    let worker = means.iter().position(|means| *means == Some(Heading::Means(Meaning::Worker)));
    let worker_missing = worker.is_none();
    let whole = |means| Some(Fit { worker_missing, ..Fit::of_cases(Layout::TasksForm, means) });
    match (number, points, worker) {
        // A list of whatever kind has an owner; words that many lists have need more beside them.
        (Some(_), _, Some(worker)) if sure || !words.is_vague_worker(&heads.cells[worker].text) => whole(means),
        (Some(_), Some(_), None) => whole(means),
        (Some(_), None, None) | (None, Some(_), None) if sure => whole(means),
        (None, None, None) => {
            let named: Vec<bool> = heads.cells.iter().map(|cell| words.reads_like_a_name(&cell.text)).collect();
            let is_rest = |(at, cell): (usize, &Head)| at == task || named[at] || words.is_total(&cell.text);
            let workers = (0..named.len()).filter(|at| *at != task && named[*at]).count();
            if !heads.cells.iter().enumerate().all(is_rest) || workers < if sure { 1 } else { 2 } {
                return None;
            }
            for (at, means) in means.iter_mut().enumerate().filter(|(at, _)| *at != task) {
                *means = named[at].then_some(Heading::Means(Meaning::TasksOfWorker));
            }
            Some(Fit::of_cases(Layout::TasksForm, means))
        }
        _ => None,
    }
}

/// Passes over forms that nobody has filled in, and tables of tasks that count none.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    for (sheet, reading) in book.sheets.iter().zip(readings).filter(|(_, reading)| reading.state == SheetState::Read) {
        let before = reading.tables.len();
        reading.tables.retain(|table| table.layout != Layout::TasksForm || is_filled_in(sheet, table, words));
        if before > 0 && reading.tables.is_empty() {
            reading.state = SheetState::NoCaseload;
            reading.why = "it is a tasks form that is not filled in".into();
        }
    }
}

/// Whether a table without a worker is a tasks form all the same: its heading says so by itself.
pub fn is_likely(table: &TableReading, words: &Words) -> bool {
    let sure = |heading: &str| words.tasks_heading(heading) == Some((Meaning::Task, true));
    table.layout == Layout::TasksForm && table.columns_of(Meaning::Task).any(|column| sure(&column.heading))
}

/// Whether a heading speaks of points and of a total of them.
fn has_both(text: &str, words: &Words) -> bool {
    words.is_total(text) && words.tasks_heading(text).is_some()
}

/// What a column of a list of tasks says of its worker.
fn of_a_worker(heading: Option<Heading>) -> Option<Heading> {
    let Heading::Means(meaning) = heading? else { return None };
    let of_a_worker = Meaning::OF_A_WORKER.contains(&meaning)
        || matches!(meaning, Meaning::Worker | Meaning::WorkerFirstName | Meaning::Team | Meaning::Area);
    of_a_worker.then_some(Heading::Means(meaning))
}

/// Whether a number of tasks is written anywhere, or points other than nought; of columns by worker most
/// must be figures.
fn is_filled_in(sheet: &RawSheet, table: &TableReading, words: &Words) -> bool {
    let rows = || sheet.rows.iter().filter(|row| row.index > table.header && row.index <= table.area.last.row);
    let lines = || rows().filter(|row| !is_outcome(row, table, words));
    let filled = |meaning: Meaning| {
        let columns: Vec<u32> = table.columns_of(meaning).map(|column| column.column).collect();
        lines().flat_map(move |row| columns.clone().into_iter().filter_map(move |column| row.value(column)))
    };
    let says = |value: &Value| !fold(&value.text()).is_empty() || value.text().contains('?');
    if table.column(Meaning::TasksOfWorker).is_some() {
        let (mut figures, mut all) = (0, 0);
        for value in filled(Meaning::TasksOfWorker).filter(|value| says(value)) {
            figures += usize::from(value.decimal().is_some());
            all += 1;
        }
        return figures > 0 && figures * 2 > all;
    }
    if table.column(Meaning::TasksOfKind).is_some() {
        return filled(Meaning::TasksOfKind).any(|value| value.decimal().is_some());
    }
    let points = |value: &Value| value.decimal().is_some_and(|points| !points.is_zero());
    filled(Meaning::TaskNumber).any(says) || filled(Meaning::TaskPoints).any(points)
}

/// Totals and what follows from them, what is said of a worker, and the headings of sections.
fn is_outcome(row: &RawRow, table: &TableReading, words: &Words) -> bool {
    let label = table.column(Meaning::Task).and_then(|column| row.value(column)).map_or(String::new(), Value::text);
    words.is_total(&label) || words.tasks_line(&label) == Some(TasksLine::Outcome) || says_of_worker(&label, words)
}

/// Whether a line of a table with a column for each worker says something of each: `FTE`, `Team`.
fn says_of_worker(label: &str, words: &Words) -> bool {
    match words.listed_heading(label, true) {
        Some(Heading::Means(meaning)) => Meaning::OF_A_WORKER.contains(&meaning) || meaning == Meaning::Team,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book};
    use crate::understand::recognise::recognise;

    fn read(text: &str) -> SheetReading {
        recognise(&book("Sheet1", text), "caseload", &Words::built_in(), AS_OF).remove(0)
    }

    fn meanings(reading: &SheetReading) -> Vec<Meaning> {
        reading.tables[0].columns.iter().map(|column| column.meaning).collect()
    }

    const HEADINGS: &str = "Case and task or piece of work | Number in current caseload | Points";

    #[test]
    fn the_form_as_published() {
        let reading = read(&format!("Social worker: Ada Heron\n{HEADINGS}\nCare plans | 3 | 6\nHome visits | 12 |"));
        assert_eq!((reading.state, reading.layout()), (SheetState::Read, Layout::TasksForm), "{}", reading.why);
        assert_eq!(meanings(&reading), [Meaning::Task, Meaning::TaskNumber, Meaning::TaskPoints]);
    }

    #[test]
    fn lists_of_tasks_and_columns_of_workers() {
        let list = read("Worker | Task type | Number\nAda Heron | Home visits | 3\nBen Kite | Reviews | 2");
        assert_eq!(list.layout(), Layout::TasksForm, "{}", list.why);
        assert_eq!(meanings(&list), [Meaning::Worker, Meaning::Task, Meaning::TaskNumber]);
        let columns =
            read("Task | Ada Heron | Ben Kite | Total\nFTE | 1 | 0.5\nHome visits | 3 | 4 | 7\nReviews | | 2 | 2");
        assert_eq!(columns.layout(), Layout::TasksForm, "{}", columns.why);
        assert_eq!(meanings(&columns), [Meaning::Task, Meaning::TasksOfWorker, Meaning::TasksOfWorker]);
    }

    #[test]
    fn a_column_for_each_kind_of_task_counts_no_children() {
        let kinds =
            read("Worker | FTE | Care plans | Assessments | Home visits | Total\nAda Heron | 1 | 3 | 2 | 12 | 17");
        assert_eq!(kinds.layout(), Layout::TasksForm, "{}", kinds.why);
        assert_eq!(kinds.tables[0].columns_of(Meaning::TasksOfKind).count(), 3);
        for counts in [
            "Worker | FTE | CIN | CP | Home visits | Reviews\nAda Heron | 1 | 3 | 2 | 12 | 1",
            "Worker | CP conferences | LAC reviews\nAda Heron | 3 | 2",
            "Worker | FTE | Assessments | Children\nAda Heron | 1 | 3 | 2",
        ] {
            assert_ne!(read(counts).layout(), Layout::TasksForm, "{counts}");
        }
    }

    #[test]
    fn points_for_one_task_stand_before_their_total() {
        for (headings, points) in [
            ("Task | Number | Points | Total", 3),
            ("Task | Points | Number | Total points", 3),
            ("Task | Number | Points each | Points", 3),
            ("Task | Number | Points", 2),
        ] {
            let reading = read(&format!("Worker: Ada Heron\n{headings}\nHome visits | 3 | 1 | 3\nReviews | 2 | 2 | 4"));
            assert_eq!(reading.tables[0].column(Meaning::TaskPoints), Some(points), "{headings}");
        }
    }

    #[test]
    fn several_forms_below_one_another() {
        let form = |name: &str| format!("Worker: {name} |\n{HEADINGS}\nHome visits | 3 | 3\nTOTAL POINTS | | 3\n\n");
        let reading = read(&(form("Ada Heron") + &form("Ben Kite") + &form("Cy Reed")));
        let whose: Vec<String> =
            reading.tables.iter().filter_map(|table| table.whose.as_ref()).map(|whose| whose.name.clone()).collect();
        assert_eq!(whose, ["Ada Heron", "Ben Kite", "Cy Reed"]);
    }

    #[test]
    fn a_form_that_is_not_filled_in_is_passed_over() {
        let lines = "Care plans |\nHome visits |\nTOTAL POINTS | | 0\nExperienced practitioner benchmark | | 50";
        let reading = read(&format!("Social worker: \n{HEADINGS}\n{lines}"));
        assert_eq!(reading.state, SheetState::NoCaseload);
        assert_eq!(reading.why, "it is a tasks form that is not filled in");
    }

    #[test]
    fn a_form_without_a_worker_is_asked_about() {
        let reading = read(&format!("{HEADINGS}\nCare plans | 3 | 6"));
        assert_eq!((reading.state, reading.required_missing), (SheetState::Unreadable, Some(Meaning::Worker)));
    }

    #[test]
    fn lists_of_cases_and_of_things_to_do_are_none() {
        for text in [
            "Child ID | Worker | Task | Number\n1 | Ada Heron | Visit | 2",
            "Worker | Child | Tasks | Status\nAda Heron | Zed Y | Visit | CP",
            "No | Task | Social worker\n1 | Visit | Ada Heron\n2 | Visit | Ben Kite",
            "No | Task | Owner\n1 | Order paper | Ada Heron\n2 | Book room | Ben Kite",
            "Task | Owner | Due date | Status\nOrder paper | Ada | 2025-09-30 | Open",
            "Task | Lead | Done\nOrder paper | Ada | yes\nBook room | Ben | no",
            "Worker | FTE | CIN | CP | Tasks\nAda Heron | 1 | 3 | 2 | 4",
            "Carer | Supervising social worker | Task type\nP and Q Reed | Ada Heron | Supervision",
        ] {
            assert_ne!(read(text).layout(), Layout::TasksForm, "{text}");
        }
    }
}
