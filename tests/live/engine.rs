//! The added sheets in a spreadsheet engine that is not ours: it is given what was entered and the
//! formulas, never their stored results.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use fairload::book::marker::marked;
use fairload::book::sheet::CellRef;
use ironcalc_base::Model;
use ironcalc_base::cell::CellValue;

/// Position of a sheet among the five.
pub const SUMMARY: usize = 0;
pub const WORKING: usize = 2;
pub const PLAN: usize = 3;
pub const POLICY: usize = 4;

/// A result: text or a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    Nothing,
    Text(String),
    Figure(f64),
}

impl Shown {
    pub fn text(&self) -> &str {
        match self {
            Shown::Text(text) => text,
            _ => "",
        }
    }

    pub fn figure(&self) -> f64 {
        match self {
            Shown::Figure(figure) => *figure,
            _ => f64::NAN,
        }
    }
}

/// A cell of an added sheet: the result that was saved with it, and its formula if it has one.
pub struct Saved {
    pub result: Shown,
    pub formula: Option<String>,
}

/// The added sheets of a workbook.
pub struct Sheets {
    pub names: Vec<String>,
    pub cells: BTreeMap<(usize, CellRef), Saved>,
    engine: Model<'static>,
}

impl Sheets {
    /// The added sheets of an annotated workbook, or all sheets of one in which none is marked as added.
    pub fn of(bytes: &[u8]) -> Self {
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut added: Vec<(usize, String)> = Vec::new();
        for (name, what) in book.defined_names() {
            let Some(at) = marked(name) else { continue };
            let sheet = what.rsplit_once('!').unwrap().0.trim_matches('\'').replace("''", "'");
            added.push((at, sheet));
        }
        added.sort();
        let names: Vec<String> = added.into_iter().map(|(_, name)| name).collect();
        let names = if names.is_empty() { book.sheet_names() } else { names };
        let mut cells = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            let values = book.worksheet_range(name).unwrap();
            let start = values.start().unwrap_or_default();
            for (row, column, value) in values.used_cells() {
                let result = match value {
                    Data::Float(figure) => Shown::Figure(*figure),
                    Data::Int(figure) => Shown::Figure(*figure as f64),
                    Data::DateTime(date) => Shown::Figure(date.as_f64()),
                    Data::String(text) => Shown::Text(text.clone()),
                    other => panic!("{name}: {other:?} is nothing that we write"),
                };
                let cell = CellRef::new(row as u32 + start.0, column as u32 + start.1);
                cells.insert((at, cell), Saved { result, formula: None });
            }
            let formulas = book.worksheet_formula(name).unwrap();
            let start = formulas.start().unwrap_or_default();
            for (row, column, formula) in formulas.used_cells().filter(|(.., formula)| !formula.is_empty()) {
                let cell = CellRef::new(row as u32 + start.0, column as u32 + start.1);
                let saved =
                    cells.entry((at, cell)).or_insert(Saved { result: Shown::Text(String::new()), formula: None });
                saved.formula = Some(formula.clone());
            }
        }
        let engine = Self::engine(&names, &cells);
        Self { names, cells, engine }
    }

    fn engine(names: &[String], cells: &BTreeMap<(usize, CellRef), Saved>) -> Model<'static> {
        let mut engine = Model::new_empty("added sheets", "en", "UTC", "en").unwrap();
        for name in &names[1..] {
            engine.add_sheet(name).unwrap();
        }
        engine.rename_sheet_by_index(0, &names[0]).unwrap();
        for ((at, cell), saved) in cells {
            let (sheet, row, column) = place(*at, *cell);
            match (&saved.formula, &saved.result) {
                (Some(formula), _) => engine.update_cell_with_formula(sheet, row, column, format!("={formula}")),
                (None, Shown::Text(text)) => engine.update_cell_with_text(sheet, row, column, text),
                (None, Shown::Figure(figure)) => engine.update_cell_with_number(sheet, row, column, *figure),
                (None, Shown::Nothing) => Ok(()),
            }
            .unwrap();
        }
        engine.evaluate();
        engine
    }

    /// What a cell comes to now.
    pub fn now(&self, at: usize, cell: CellRef) -> Shown {
        let (sheet, row, column) = place(at, cell);
        match self.engine.get_cell_value_by_index(sheet, row, column).unwrap() {
            CellValue::None => Shown::Nothing,
            CellValue::String(text) => Shown::Text(text),
            CellValue::Number(figure) => Shown::Figure(figure),
            CellValue::Boolean(set) => Shown::Text(set.to_string()),
        }
    }

    /// Enters figures or text, and reckons everything again.
    pub fn enter(&mut self, entered: &[(usize, CellRef, Shown)]) {
        for (at, cell, what) in entered {
            let saved = self.cells.get(&(*at, *cell));
            assert!(saved.is_none_or(|saved| saved.formula.is_none()), "{} {cell} is a formula", self.names[*at]);
            let (sheet, row, column) = place(*at, *cell);
            match what {
                Shown::Text(text) => self.engine.update_cell_with_text(sheet, row, column, text).unwrap(),
                Shown::Figure(figure) => self.engine.update_cell_with_number(sheet, row, column, *figure).unwrap(),
                Shown::Nothing => self.engine.set_user_input(sheet, row, column, String::new()).unwrap(),
            }
        }
        self.engine.evaluate();
    }

    /// Puts a formula of the test's own into a free cell.
    pub fn try_out(&mut self, at: usize, cell: CellRef, formula: &str) {
        let (sheet, row, column) = place(at, cell);
        self.engine.update_cell_with_formula(sheet, row, column, format!("={formula}")).unwrap();
    }

    /// The cells of a row.
    pub fn row(&self, at: usize, row: u32) -> Vec<Shown> {
        (0..25).map(|column| self.now(at, CellRef::new(row, column))).collect()
    }

    /// The first row, from one on, whose cells are these, by column.
    pub fn find(&self, at: usize, from: u32, wanted: &[(u32, &str)]) -> Option<u32> {
        let last = self.cells.keys().filter(|(sheet, _)| *sheet == at).map(|(_, cell)| cell.row).max()?;
        (from..=last)
            .find(|row| wanted.iter().all(|(column, text)| self.now(at, CellRef::new(*row, *column)).text() == *text))
    }
}

fn place(at: usize, cell: CellRef) -> (u32, i32, i32) {
    (at as u32, cell.row as i32 + 1, cell.column as i32 + 1)
}
