//! The lines of a tasks form: tasks with their number, travel, duties, and totals to check.
//!
//! One worker's form, a list with a row for each task of several workers, or a column for each worker.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::sheet::{CellRef, Place, RawRow, Value, exact};
use crate::book::text::fold;
use crate::field::caseload::{Entry, TaskForm, TaskLine};
use crate::field::reading::{Meaning, Reason, Said, SheetReading, TableReading, Total, Whose};
use crate::understand::normalise::aside::{aside, reason_aside};
use crate::understand::normalise::cells::{leading_figure, tidy};
use crate::understand::normalise::facts::Facts;
use crate::understand::normalise::line::Line;
use crate::understand::normalise::names::WorkerName;
use crate::understand::normalise::people::People;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::teams::TeamNames;
use crate::understand::normalise::whose::Holder;
use crate::understand::words::{Heading, TasksLine, Words};

/// Nobody has more tasks of one kind than this, nor points for them.
const MOST: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

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
        let lines = Columns { number: Some(column.column), ..Columns::of(reader.table) };
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

/// Where a line's task, number and points stand.
#[derive(Clone, Copy)]
struct Columns {
    task: u32,
    number: Option<u32>,
    points: Option<u32>,
}

impl Columns {
    fn of(table: &TableReading) -> Self {
        Self {
            task: table.column(Meaning::Task).unwrap_or(table.area.first.column),
            number: table.column(Meaning::TaskNumber),
            points: table.column(Meaning::TaskPoints),
        }
    }
}

/// The part of a form that a line stands in.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Section {
    #[default]
    Tasks,
    Travel,
    Duties,
}

/// What the lines of one worker come to.
#[derive(Default)]
struct Form {
    lines: Vec<TaskLine>,
    travel: Vec<TaskLine>,
    duties: Vec<TaskLine>,
    section: Section,
    /// The benchmark or the surplus has been met: what stands below says what follows from them.
    ended: bool,
    stated_total: Option<(Decimal, Place)>,
    total: Option<Total>,
}

impl Form {
    /// Takes a row in; why it does not count, `None` for a line that does.
    fn row(&mut self, reader: &Reader<'_>, row: &RawRow, columns: Columns) -> Option<Reason> {
        let words = reader.words;
        let (label, at) = label(row, columns);
        let number = entry(reader, row, columns.number, false);
        let points = entry(reader, row, columns.points, true);
        let figures = !number.is_absent() || !points.is_absent();
        if words.is_total(&label) || words.tasks_line(&label) == Some(TasksLine::Outcome) {
            self.ended |= !words.is_total(&label);
            self.take_total(row, &points);
            return Some(Reason::Totals);
        }
        if repeats_headings(row, reader.table) {
            return Some(Reason::Heading);
        }
        let section = match words.tasks_line(&label) {
            Some(TasksLine::Travel) => Some(Section::Travel),
            Some(TasksLine::Duties) => Some(Section::Duties),
            _ => None,
        };
        if let (Some(section), false) = (section, figures) {
            self.section = section;
            return Some(Reason::Heading);
        }
        if self.ended && !figures {
            return Some(Reason::Heading);
        }
        let section = section.unwrap_or(self.section);
        let named = !fold(&label).is_empty();
        if !named && self.adds_up(&number, &points) {
            self.take_total(row, &points);
            return Some(Reason::Totals);
        }
        let remark = label.trim_end().ends_with(':') || words.is_footer(&label);
        if !figures && (section != Section::Duties || !named || remark) {
            return Some(if named && remark { Reason::Heading } else { Reason::Blank });
        }
        let line =
            TaskLine { names: names_of(&label, words), label, place: reader.place(row.index, at), number, points };
        match section {
            Section::Tasks => self.lines.push(line),
            Section::Travel => self.travel.push(line),
            Section::Duties => self.duties.push(line),
        }
        None
    }

    /// Takes in a row with a number for each kind of task.
    fn kinds(&mut self, reader: &Reader<'_>, row: &RawRow) -> Option<Reason> {
        for column in reader.table.columns_of(Meaning::TasksOfKind) {
            let number = entry(reader, row, Some(column.column), false);
            if number.is_absent() {
                continue;
            }
            let line = TaskLine {
                label: column.heading.clone(),
                names: names_of(&column.heading, reader.words),
                place: reader.place(row.index, column.column),
                number,
                points: Entry::NoColumn,
            };
            match reader.words.tasks_line(&column.heading) {
                Some(TasksLine::Travel) => self.travel.push(line),
                _ => self.lines.push(line),
            }
        }
        (self.lines.is_empty() && self.travel.is_empty()).then_some(Reason::Blank)
    }

    /// Remembers a total of points, and holds it against the points above where each line gives them.
    fn take_total(&mut self, row: &RawRow, points: &Entry<Decimal>) {
        let Entry::Given(stated, place) = points else { return };
        if self.ended || self.stated_total.is_some_and(|(largest, _)| largest > *stated) {
            return;
        }
        self.stated_total = Some((*stated, *place));
        let all = || self.lines.iter().chain(&self.travel).chain(&self.duties);
        let sum: Option<Decimal> = all().map(|line| line.points.given().copied()).sum();
        // A total of one section agrees with that alone.
        let parts = [&self.lines, &self.travel, &self.duties];
        let agrees =
            parts.iter().any(|part| part.iter().filter_map(|line| line.points.given()).sum::<Decimal>() == *stated);
        self.total = sum.filter(|sum| sum != stated && !agrees && all().next().is_some()).map(|counted| Total {
            cell: CellRef::new(row.index, place.cell.column),
            stated: *stated,
            counted,
            across: false,
        });
    }

    /// Whether figures without a name are the sums of those above.
    fn adds_up(&self, number: &Entry<Decimal>, points: &Entry<Decimal>) -> bool {
        let all = || self.lines.iter().chain(&self.travel).chain(&self.duties);
        let sum = |of: fn(&TaskLine) -> &Entry<Decimal>| all().filter_map(|line| of(line).given()).sum::<Decimal>();
        let agrees = |entry: &Entry<Decimal>, sum: Decimal| match entry {
            Entry::Given(figure, _) => Some(*figure == sum),
            Entry::Unclear(..) => Some(false),
            _ => None,
        };
        let told = [agrees(number, sum(|line| &line.number)), agrees(points, sum(|line| &line.points))];
        all().count() > 1 && told.contains(&Some(true)) && !told.contains(&Some(false))
    }

    /// The form of the worker whom this cell names.
    fn of(self, place: Place) -> TaskForm {
        let Self { lines, travel, duties, stated_total, .. } = self;
        let stated_total = stated_total.map_or(Entry::NoColumn, |(stated, at)| Entry::Given(stated, at));
        TaskForm { place, lines, travel, duties, stated_total }
    }
}

/// The text that names a line, and its column: that of the tasks, else the first text before the figures.
fn label(row: &RawRow, columns: Columns) -> (String, u32) {
    let text = |column: u32| match row.value(column) {
        Some(Value::Text(text)) => tidy(text).map(|_| text.to_string()),
        Some(value) => Some(value.text()),
        None => None,
    };
    if let Some(text) = text(columns.task) {
        return (text, columns.task);
    }
    let figures = [columns.number, columns.points];
    let first = row.cells.iter().find(|cell| {
        let before = figures.iter().flatten().all(|column| cell.column < *column);
        before && matches!(&cell.value, Value::Text(text) if !fold(text).is_empty())
    });
    first.map_or((String::new(), columns.task), |cell| (cell.value.text(), cell.column))
}

/// A number or points: nought or more. Of points a remark may stand behind the figure.
///
/// A dash is none; what cannot be read is unclear, never none.
fn entry(reader: &Reader<'_>, row: &RawRow, column: Option<u32>, points: bool) -> Entry<Decimal> {
    let Some(column) = column else { return Entry::NoColumn };
    let place = reader.place(row.index, column);
    let Some(value) = row.value(column) else { return Entry::Blank(place) };
    let figure = match value {
        Value::Number(_) => value.decimal(),
        Value::Text(text) => {
            let Some(text) = tidy(text) else { return Entry::Blank(place) };
            let dash = fold(&text).is_empty() && !text.contains('?');
            // Sections repeat what stands below: "Additional points".
            let heading =
                matches!(reader.words.tasks_heading(&text), Some((Meaning::TaskNumber | Meaning::TaskPoints, _)));
            if dash || heading {
                return Entry::Blank(place);
            }
            let nought = (!fold(&text).is_empty() && reader.words.tick(&text) == Some(false)).then_some(Decimal::ZERO);
            // "2 (agreed)", but neither "2-3" nor several figures in one cell.
            let remark = || leading_figure(&text).filter(|_| points && figures(&text) == 1);
            exact(&text).or(nought).or_else(remark)
        }
        Value::Error(_) | Value::NoResult | Value::Bool(_) | Value::Date(_) => None,
    };
    match figure.filter(|figure| !figure.is_sign_negative() && *figure <= MOST) {
        Some(figure) => Entry::Given(figure, place),
        None => Entry::Unclear(value.text(), place),
    }
}

/// How many figures stand in a text.
fn figures(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .count()
}

/// What a line may name its task by: the whole of its text, then the parts that a bracket, a comma, a
/// colon, a dash or a line's end leaves, each without the examples behind it.
fn names_of(label: &str, words: &Words) -> Vec<String> {
    let parts = label.split(['(', '[', ')', ']', ':', ',', ';', '\n', '–', '—']).flat_map(|part| part.split(" - "));
    let parts = parts.map(|part| words.before_examples(&fold(part))).filter(|part| !part.is_empty());
    let mut names = vec![fold(label)];
    names.extend(parts);
    names.retain(|name| !name.is_empty());
    names
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

/// Whether a row writes the headings again, as at the top of a printed page.
fn repeats_headings(row: &RawRow, table: &TableReading) -> bool {
    let same = |column: u32, heading: &str| row.value(column).is_some_and(|value| fold(&value.text()) == fold(heading));
    table.columns.iter().filter(|column| same(column.column, &column.heading)).count() >= 2
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
