//! Our own sheet "Action plan" as it comes back: what the manager typed on it.

use jiff::civil::Date;

use crate::book::sheet::{CellRef, RawCell, RawRow, RawSheet, Value};
use crate::field::plan::{
    ABOUT, ABOUT_ASIDE, ABOUT_CLOSED, ASIDE, ASIDE_HEADINGS, Aside, CLOSED, FILLED_IN, HEADINGS, NO_FIGURE, NOBODY,
    NOBODY_KNOWN, NOT_PLANNED, Plan, Planned, TITLE, WHY, WORDS, at, same,
};
use crate::understand::normalise::cells;

/// Reads what was typed; every cell of the sheet is ours, filled in, or an aside.
///
/// The columns are found by our headings and the rows by worker, team and measure, so that the table may have
/// been sorted, moved or given further columns.
pub fn planned(sheet: &RawSheet) -> Plan {
    let mut reader = Reader {
        columns: usual(),
        aside_columns: [0, 1, 2],
        block: Block::Table,
        closed: false,
        plan: Plan::default(),
    };
    for row in &sheet.rows {
        reader.row(row);
    }
    reader.plan
}

/// Reads the day by which each action is to be done, as dates are read everywhere.
pub fn dated(plan: &mut Plan, as_of: Date) {
    for row in &mut plan.rows {
        let day = |of: usize| row.filled[of - at::ACTION].as_ref().and_then(|value| cells::date(value, as_of));
        row.due = day(at::BY_WHEN).or_else(|| day(at::REVIEW));
    }
}

/// The part of the sheet that a row belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    /// The table or the closed actions.
    Table,
    /// Notes kept by an earlier run.
    Asides,
    /// The words offered in the lists; the row of the last one of actions and of states.
    Words { actions: u32, states: u32 },
}

struct Reader {
    /// Where each of [`HEADINGS`] stands.
    columns: [Option<u32>; HEADINGS.len()],
    aside_columns: [u32; 3],
    block: Block,
    closed: bool,
    plan: Plan,
}

/// The columns as we write them, for a sheet whose headings were taken off.
fn usual() -> [Option<u32>; HEADINGS.len()] {
    std::array::from_fn(|at| Some(at as u32))
}

impl Reader {
    fn row(&mut self, row: &RawRow) {
        if let Some(columns) = headings(row) {
            self.columns = columns;
            self.block = Block::Table;
            self.closed = row.cells.iter().any(|cell| says(cell, WHY));
            self.asides(row, "", |cell| HEADINGS.iter().any(|heading| says(cell, heading)) || says(cell, WHY));
        } else if let Some(columns) = aside_headings(row) {
            self.aside_columns = columns;
            self.block = Block::Asides;
            self.asides(row, "", |cell| ASIDE_HEADINGS.iter().any(|heading| says(cell, heading)));
        } else if row.cells.iter().any(is_prose) {
            if row.cells.iter().any(|cell| says(cell, WORDS)) {
                self.block = Block::Words { actions: row.index, states: row.index };
            }
            self.asides(row, "", is_prose);
        } else {
            match self.block {
                Block::Table => self.line(row),
                Block::Asides => self.kept(row),
                Block::Words { actions, states } => self.words(row, actions, states),
            }
        }
    }

    /// Keeps every cell of a row but those that are ours.
    fn asides(&mut self, row: &RawRow, beside: &str, ours: impl Fn(&RawCell) -> bool) {
        for cell in row.cells.iter().filter(|cell| !ours(cell)) {
            let at = CellRef::new(row.index, cell.column).to_string();
            self.plan.asides.push(Aside { cell: at, beside: beside.to_string(), typed: cell.value.clone() });
        }
    }

    fn column(&self, heading: usize) -> Option<u32> {
        self.columns.get(heading).copied().flatten()
    }

    fn text(&self, row: &RawRow, heading: usize) -> String {
        let value = self.column(heading).and_then(|column| row.value(column));
        value.map(Value::text).unwrap_or_default()
    }

    fn line(&mut self, row: &RawRow) {
        let [team, worker, measure] = [at::TEAM, at::WORKER, at::MEASURE].map(|of| self.text(row, of));
        let columns = self.columns;
        let heading = |cell: &RawCell| columns.iter().position(|column| *column == Some(cell.column));
        let reckoned = |cell: &RawCell| cell.formula || says(cell, NO_FIGURE);
        let figures = at::LOAD..=at::RAG;
        // In a row of ours the figures are formulas; one without was added by hand, all of it.
        let ours = row.cells.iter().any(|cell| heading(cell).is_some_and(|of| figures.contains(&of)) && reckoned(cell));
        let filled: [Option<Value>; FILLED_IN] = std::array::from_fn(|of| {
            self.column(at::ACTION + of).and_then(|column| row.value(column)).filter(|value| !is_blank(value)).cloned()
        });
        let is_filled = filled.iter().any(Option::is_some);
        let known = !worker.is_empty() && (ours || is_filled && !team.is_empty() && !measure.is_empty());
        if !known {
            self.asides(row, &worker, |_| false);
            return;
        }
        let why = self.closed.then(|| self.text(row, at::REASONS)).filter(|why| !why.is_empty());
        let planned = Planned { team, worker: worker.clone(), measure, filled, why, due: None };
        if is_filled && !self.plan.rows.contains(&planned) {
            self.plan.rows.push(planned);
        }
        self.asides(row, &worker, |cell| match heading(cell) {
            // A figure typed over one of our formulas.
            Some(of) if figures.contains(&of) || of == at::ASKED => reckoned(cell),
            Some(at::REASONS) => ours,
            Some(_) => true,
            None => is_blank(&cell.value),
        });
    }

    fn kept(&mut self, row: &RawRow) {
        let [cell, beside, typed] = self.aside_columns;
        let text = |column| row.value(column).map(Value::text).unwrap_or_default();
        if let Some(typed) = row.value(typed).filter(|value| !is_blank(value)) {
            self.plan.asides.push(Aside { cell: text(cell), beside: text(beside), typed: typed.clone() });
            let ours = self.aside_columns;
            self.asides(row, "", |cell| ours.contains(&cell.column));
        } else {
            self.asides(row, "", |_| false);
        }
    }

    fn words(&mut self, row: &RawRow, actions: u32, states: u32) {
        let (action, state) = (self.column(at::ACTION), self.column(at::STATUS));
        // A list ends where a cell is blank: what stands below it is a note.
        let word = |column: Option<u32>, last: u32| {
            column.filter(|_| row.index == last + 1).and_then(|column| row.value(column)).map(Value::text)
        };
        let words = (word(action, actions), word(state, states));
        let taken = [action.filter(|_| words.0.is_some()), state.filter(|_| words.1.is_some())];
        self.block = Block::Words {
            actions: if words.0.is_some() { row.index } else { actions },
            states: if words.1.is_some() { row.index } else { states },
        };
        self.plan.actions.extend(words.0);
        self.plan.states.extend(words.1);
        self.asides(row, "", |cell| taken.contains(&Some(cell.column)));
    }
}

/// The columns of a row of headings, by their texts.
fn headings(row: &RawRow) -> Option<[Option<u32>; HEADINGS.len()]> {
    let mut columns = HEADINGS.map(|heading| row.cells.iter().find(|cell| says(cell, heading)).map(|cell| cell.column));
    let found = |of: usize| columns.get(of).is_some_and(Option::is_some);
    if !(found(at::WORKER) && (found(at::TEAM) || found(at::MEASURE)) && found(at::ACTION)) {
        return None;
    }
    if let (Some(why), None) = (row.cells.iter().find(|cell| says(cell, WHY)), columns[at::REASONS]) {
        columns[at::REASONS] = Some(why.column);
    }
    Some(columns)
}

fn aside_headings(row: &RawRow) -> Option<[u32; 3]> {
    let mut columns = [0; 3];
    for (column, heading) in columns.iter_mut().zip(ASIDE_HEADINGS) {
        *column = row.cells.iter().find(|cell| says(cell, heading))?.column;
    }
    Some(columns)
}

fn is_prose(cell: &RawCell) -> bool {
    // However its end was worded.
    let begins = ABOUT.split_inclusive('.').next().unwrap_or(ABOUT);
    if [begins, NOT_PLANNED.trim_end()].into_iter().any(|ours| cell.value.text().starts_with(ours)) {
        return true;
    }
    [TITLE, ABOUT, NOBODY, NOBODY_KNOWN, CLOSED, ABOUT_CLOSED, ASIDE, ABOUT_ASIDE, WORDS]
        .iter()
        .any(|text| says(cell, text))
}

fn says(cell: &RawCell, text: &str) -> bool {
    matches!(&cell.value, Value::Text(held) if same(held, text))
}

fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sheet(rows: &[(u32, &[(u32, Value)])]) -> RawSheet {
        let row = |(index, cells): &(u32, &[(u32, Value)])| RawRow {
            index: *index,
            hidden: false,
            cells: cells
                .iter()
                .map(|(column, value)| RawCell { column: *column, value: value.clone(), formula: false })
                .collect(),
        };
        RawSheet { rows: rows.iter().map(row).collect(), ..RawSheet::default() }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn columns_are_found_by_headings_and_rows_by_worker() {
        // Moved down and to the right, with a column of the manager's between.
        let heads: Vec<(u32, Value)> = ["Worker", "Team", "Measure", "Supervisor", "By when", "Agreed action", "Load"]
            .iter()
            .zip(2..)
            .map(|(heading, column)| (column, text(heading)))
            .collect();
        let day = Value::Date(date(2026, 5, 31));
        let sheet = sheet(&[
            (0, &[(0, text(TITLE)), (9, text("seen by MB"))]),
            (6, &heads),
            (
                7,
                &[
                    (2, text("Ada Field")),
                    (3, text("North")),
                    (4, text("Points")),
                    (5, text("Jo")),
                    (6, day.clone()),
                    (7, text("Co-work")),
                ],
            ),
            (8, &[(2, text("Ben Hill")), (3, text("North")), (4, text("Points")), (8, text(NO_FIGURE))]),
            (9, &[(2, text("Cat")), (7, text("Talk"))]),
        ]);
        let plan = planned(&sheet);
        assert_eq!(plan.rows.len(), 1);
        let row = &plan.rows[0];
        assert_eq!((row.team.as_str(), row.worker.as_str(), row.measure.as_str()), ("North", "Ada Field", "Points"));
        assert_eq!(row.filled, [Some(text("Co-work")), None, Some(day), None, None, None]);
        let asides: Vec<(&str, &str, String)> =
            plan.asides.iter().map(|aside| (aside.cell.as_str(), aside.beside.as_str(), aside.typed.text())).collect();
        let expected = [
            ("J1", "", "seen by MB"),
            ("F7", "", "Supervisor"),
            ("F8", "Ada Field", "Jo"),
            ("C10", "Cat", "Cat"),
            ("H10", "Cat", "Talk"),
        ];
        assert_eq!(asides, expected.map(|(cell, beside, typed)| (cell, beside, typed.to_string())));
    }

    #[test]
    fn the_words_offered_are_the_managers() {
        let sheet = sheet(&[
            (30, &[(0, text(WORDS))]),
            (31, &[(9, text("Rest")), (13, text("Open"))]),
            (32, &[(9, text("Run"))]),
            (34, &[(9, text("ask HR"))]),
        ]);
        let plan = planned(&sheet);
        assert_eq!((plan.actions, plan.states), (vec!["Rest".to_string(), "Run".into()], vec!["Open".to_string()]));
        assert_eq!(plan.asides.len(), 1);
    }
}
