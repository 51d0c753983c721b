//! The lines of one worker: tasks, travel and duties, and the total that the form gives of them.

use rust_decimal::Decimal;

use crate::book::sheet::{CellRef, Place, RawRow, Value, exact};
use crate::book::text::fold;
use crate::field::caseload::{Entry, TaskForm, TaskLine};
use crate::field::reading::{Meaning, Reason, TableReading, Total};
use crate::understand::normalise::cells::{leading_figure, tidy};
use crate::understand::normalise::reader::Reader;
use crate::understand::words::{TasksLine, Words};

/// Nobody has more tasks of one kind than this, nor points for them.
const MOST: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// Where a line's task, number and points stand.
#[derive(Clone, Copy)]
pub struct Columns {
    task: u32,
    number: Option<u32>,
    points: Option<u32>,
}

impl Columns {
    pub fn of(table: &TableReading) -> Self {
        Self {
            task: table.column(Meaning::Task).unwrap_or(table.area.first.column),
            number: table.column(Meaning::TaskNumber),
            points: table.column(Meaning::TaskPoints),
        }
    }

    /// The number stands in a worker's own column.
    pub fn of_worker(table: &TableReading, column: u32) -> Self {
        Self { number: Some(column), ..Self::of(table) }
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
pub struct Form {
    lines: Vec<TaskLine>,
    travel: Vec<TaskLine>,
    duties: Vec<TaskLine>,
    section: Section,
    /// The benchmark or the surplus has been met: what stands below says what follows from them.
    ended: bool,
    stated_total: Option<(Decimal, Place)>,
    /// The total, where it differs from what the lines above it come to.
    pub total: Option<Total>,
}

impl Form {
    /// Takes a row in; why it does not count, `None` for a line that does.
    pub fn row(&mut self, reader: &Reader<'_>, row: &RawRow, columns: Columns) -> Option<Reason> {
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
    pub fn kinds(&mut self, reader: &Reader<'_>, row: &RawRow) -> Option<Reason> {
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
    pub fn of(self, place: Place) -> TaskForm {
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

/// Whether a row writes the headings again, as at the top of a printed page.
fn repeats_headings(row: &RawRow, table: &TableReading) -> bool {
    let same = |column: u32, heading: &str| row.value(column).is_some_and(|value| fold(&value.text()) == fold(heading));
    table.columns.iter().filter(|column| same(column.column, &column.heading)).count() >= 2
}
