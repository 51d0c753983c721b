//! Tables as a manager types them, and what a reader ought to count in them.

use rust_xlsxwriter::{ExcelDateTime, Formula, Worksheet};

use crate::saltmarsh::look::Look;
use crate::saltmarsh::people::{Case, Court, Fate, Holder, Status, Team};

/// Year, month, day.
pub type Day = (u16, u8, u8);

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Blank,
    Text(String),
    Number(f64),
    /// A number shown as percent.
    Percent(f64),
    Date(Day),
    /// A box that is ticked or not.
    Truth(bool),
    /// A formula and the result the file stores with it.
    Formula(String, String),
}

/// Text, or blank where there is none.
pub fn text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
}

/// A row below the heading, and what becomes of it.
#[derive(Clone)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub fate: Fate,
    pub hidden: bool,
}

/// A table: headings and rows.
#[derive(Clone)]
pub struct Grid {
    pub headings: Vec<String>,
    pub rows: Vec<Row>,
}

/// What a column of a sample holds.
#[derive(Clone, Copy, PartialEq)]
pub enum Field {
    Worker,
    CoWorker,
    Team,
    Role,
    Fte,
    Experience,
    Started,
    Duties,
    DutyPoints,
    Agreed,
    AgreedReason,
    Judgement,
    JudgementReason,
    Child,
    Household,
    Status,
    Court,
    Level,
    Additional,
    /// A tick for the first additional factor, then one for the second.
    Tick(i64),
    Awaiting,
    Notes,
    Born,
    /// Age as a formula over the column with this letter.
    AgeFrom(char),
    Closed,
    /// A line number.
    Line,
    /// Initials of a child, made up like the rest.
    Initials,
    /// A column of the manager's own that says nothing about the load.
    Visit,
}

/// The words a workbook uses for statuses, in the order of [`Status`].
pub type Words = [&'static str; 7];

pub const SHORT: Words = ["CIN", "CP", "LAC", "Care leaver", "Assessment", "Closed", "Tier 4 panel"];
pub const LONG: Words = [
    "Child in Need",
    "Child Protection",
    "Child in Our Care",
    "Care Leaver",
    "C&F Assessment",
    "Closed",
    "Awaiting MASH outcome",
];
pub const OTHER: Words = ["CiN", "CPP", "CLA", "Care leaver", "Single assessment", "CLOSED", "Step 3"];

impl Grid {
    /// One row for each case of the team, in the order given.
    pub fn of_cases(team: &Team, order: &[usize], columns: &[(&str, Field)], words: &Words, header: u32) -> Self {
        let rows = order
            .iter()
            .enumerate()
            .map(|(at, case)| {
                let case = &team.cases[*case];
                let row = header + 2 + at as u32; // one-based, below the heading
                let cells = columns.iter().map(|(_, field)| cell(*field, team, case, words, row)).collect();
                Row { cells, fate: case.fate, hidden: false }
            })
            .collect();
        Self { headings: headings(columns), rows }
    }

    /// The rows of one worker, or of nobody, as a table of theirs has them.
    pub fn rows_of(team: &Team, holder: Option<usize>, columns: &[(&str, Field)], words: &Words) -> Vec<Row> {
        let theirs = |case: &Case| match case.holder {
            Holder::Worker(at) => Some(at) == holder,
            Holder::Nobody(_) => holder.is_none(),
        };
        let order: Vec<usize> = (0..team.cases.len()).filter(|at| theirs(&team.cases[*at])).collect();
        Self::of_cases(team, &order, columns, words, 0).rows
    }

    /// A roster: one row for each worker of the teams.
    pub fn of_workers(teams: &[&Team], columns: &[(&str, Field)]) -> Self {
        let mut rows = Vec::new();
        for team in teams {
            for at in 0..team.workers.len() {
                let cells = columns.iter().map(|(_, field)| of_worker(*field, team, at)).collect();
                rows.push(Row { cells, fate: Fate::Counted, hidden: false });
            }
        }
        Self { headings: headings(columns), rows }
    }

    /// Puts a row of its own kind in before the row at this position.
    pub fn insert(&mut self, at: usize, cells: Vec<Cell>, reason: &'static str) {
        self.rows.insert(at, Row { cells, fate: Fate::Aside(reason), hidden: false });
    }

    /// Puts an empty row in.
    pub fn gap(&mut self, at: usize) {
        self.insert(at, Vec::new(), "blank");
    }

    /// Puts the headings in again, as on a second printed page.
    pub fn heading_again(&mut self, at: usize) {
        let again = self.headings.iter().map(|heading| text(heading.clone())).collect();
        self.insert(at, again, "heading");
    }

    /// Writes the table with its heading on the zero-based row `header`.
    pub fn write(&self, sheet: &mut Worksheet, look: &Look, header: u32) {
        for (column, heading) in self.headings.iter().enumerate() {
            sheet.write_with_format(header, column as u16, heading.as_str(), &look.heading).unwrap();
        }
        for (at, row) in self.rows.iter().enumerate() {
            let line = header + 1 + at as u32;
            for (column, cell) in row.cells.iter().enumerate() {
                let format = look.body(at, matches!(row.fate, Fate::Aside("totals")), cell);
                put(sheet, line, column as u16, cell, &format);
            }
            if row.hidden {
                sheet.set_row_hidden(line).unwrap();
            }
        }
    }

    /// The table as lines of text, as a CSV holds them.
    pub fn lines(&self) -> Vec<Vec<String>> {
        let width = self.headings.len();
        let mut lines = vec![self.headings.clone()];
        for row in &self.rows {
            let mut line: Vec<String> = row.cells.iter().map(as_text).collect();
            line.resize(width, String::new());
            lines.push(line);
        }
        lines
    }
}

/// The headings of columns, as a sheet written by the line takes them.
pub fn heads<'c>(columns: &[(&'c str, Field)]) -> Vec<&'c str> {
    columns.iter().map(|(heading, _)| *heading).collect()
}

fn headings(columns: &[(&str, Field)]) -> Vec<String> {
    columns.iter().map(|(heading, _)| heading.to_string()).collect()
}

/// Writes one cell.
pub fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &rust_xlsxwriter::Format) {
    let done = match cell {
        Cell::Blank => sheet.write_blank(row, column, format),
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, format),
        Cell::Number(number) | Cell::Percent(number) => sheet.write_number_with_format(row, column, *number, format),
        Cell::Date((year, month, day)) => {
            let date = ExcelDateTime::from_ymd(*year, *month, *day).unwrap();
            sheet.write_datetime_with_format(row, column, date, format)
        }
        Cell::Truth(set) => sheet.write_boolean_with_format(row, column, *set, format),
        Cell::Formula(formula, shows) => {
            sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(shows), format)
        }
    };
    done.unwrap();
}

fn as_text(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Percent(number) => format!("{}%", number * 100.0),
        Cell::Date((year, month, day)) => format!("{day:02}/{month:02}/{year}"),
        Cell::Truth(set) => set.to_string().to_uppercase(),
        Cell::Formula(_, shows) => shows.clone(),
    }
}

fn cell(field: Field, team: &Team, case: &Case, words: &Words, row: u32) -> Cell {
    match field {
        Field::Worker => match (&case.holder, &case.written_as) {
            (_, Some(written)) => text(written.clone()),
            (Holder::Worker(at), None) => text(team.workers[*at].name.clone()),
            (Holder::Nobody(words), None) => text(*words),
        },
        Field::CoWorker => case.co_worker.map_or(Cell::Blank, |at| text(team.workers[at].name.clone())),
        Field::Team => text(team.name),
        Field::Child => text(case.child.clone()),
        Field::Household => text(case.household.clone()),
        Field::Status => text(words[case.status as usize]),
        Field::Court => text(match case.court {
            Court::No => "",
            Court::Care => "Care proceedings",
            Court::Private => "Private proceedings",
        }),
        Field::Level => match (case.level, team.level_words) {
            (None, _) => Cell::Blank,
            (Some(level), false) => Cell::Number(level as f64),
            (Some(level), true) => text(["Ending", "Low", "Medium", "", "High"][level as usize]),
        },
        Field::Additional if case.additional == 0 => Cell::Blank,
        Field::Additional => Cell::Number(case.additional as f64),
        Field::Tick(which) => text(if case.additional >= which { "Y" } else { "" }),
        Field::Awaiting => text(case.awaiting),
        Field::Notes => text(case.notes),
        Field::Born => case.born.map_or(Cell::Blank, Cell::Date),
        Field::AgeFrom(letter) => case.born.map_or(Cell::Blank, |born| {
            Cell::Formula(
                format!("=DATEDIF({letter}{row},DATE(2025,9,30),\"Y\")"),
                age(born, crate::saltmarsh::people::AS_OF).to_string(),
            )
        }),
        Field::Closed => case.closed.map_or(Cell::Blank, Cell::Date),
        Field::Line => Cell::Number(f64::from(row)),
        Field::Initials => {
            let letter = |step: u32| char::from(b'A' + ((row * step) % 20) as u8);
            text(format!("{}{}", letter(7), letter(11)))
        }
        Field::Visit => Cell::Date((2025, 9, 1 + (row % 28) as u8)),
        of_a_worker => match case.holder {
            Holder::Worker(at) => of_worker(of_a_worker, team, at),
            Holder::Nobody(_) => Cell::Blank,
        },
    }
}

fn of_worker(field: Field, team: &Team, at: usize) -> Cell {
    let worker = &team.workers[at];
    match field {
        Field::Worker => text(worker.name.clone()),
        Field::Team => text(team.name),
        Field::Role => text(worker.role_written),
        Field::Fte => worker.fte_written.clone(),
        Field::Experience => text(worker.stage_written),
        Field::Started => worker.started.map_or(Cell::Blank, Cell::Date),
        Field::Duties => text(worker.duties),
        Field::DutyPoints if worker.duty_points_written => Cell::Number(worker.duty_points as f64),
        Field::Agreed => worker.agreed.map_or(Cell::Blank, |(limit, _)| Cell::Number(limit as f64)),
        Field::AgreedReason => worker.agreed.map_or(Cell::Blank, |(_, reason)| text(reason)),
        Field::Judgement => worker.judgement.map_or(Cell::Blank, |(rag, _)| text(rag)),
        Field::JudgementReason => worker.judgement.map_or(Cell::Blank, |(_, reason)| text(reason)),
        _ => Cell::Blank,
    }
}

fn age(born: Day, on: Day) -> u16 {
    on.0 - born.0 - u16::from((born.1, born.2) > (on.1, on.2))
}

/// Whether a child's status is one of those a household is given a point for.
pub fn earns_a_point(status: Status) -> bool {
    matches!(status, Status::Protection | Status::InCare)
}
