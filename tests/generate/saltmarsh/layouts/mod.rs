//! One workbook for each layout that managers keep, each messy in a way of its own.

pub mod annex_a;
pub mod by_worker;
pub mod figures;
pub mod months;
pub mod points_form;
pub mod side_tables;
pub mod tasks_form;

use crate::saltmarsh::book::Book;
use crate::saltmarsh::grid::{Cell, text};
use crate::saltmarsh::look::{Look, Taste};
use crate::saltmarsh::people::Knows;

/// Every workbook of the folder.
pub fn books() -> Vec<Book> {
    vec![
        by_worker::sheet_for_each(),
        months::three(),
        by_worker::headings(),
        by_worker::merged_and_filled(),
        side_tables::two_rows_of_headings(),
        side_tables::two_teams(),
        side_tables::side_by_side(),
        figures::households(),
        figures::counts(),
        figures::with_summary(),
        figures::with_summary_beside(),
        points_form::forms(),
        tasks_form::forms(),
        annex_a::workbook_of_lists(),
    ]
}

/// What these sheets have columns for: neither a second worker nor a move.
pub const KNOWS: Knows = Knows { co_worker: false, awaiting: false, ..Knows::ALL };

/// A look in this colour.
pub fn look(font: &'static str, fill: u32, ink: u32) -> Look {
    Look::new(&Taste {
        font,
        size: 10.0,
        heading_fill: fill,
        heading_ink: ink,
        band: 0xFFFFFF,
        lines: true,
        wrap_headings: false,
    })
}

/// A total of this many, the word in the first column and the figure in this one.
fn total(words: &str, column: usize, figure: f64) -> Vec<Cell> {
    let mut cells = vec![Cell::Blank; column + 1];
    cells[0] = text(words);
    cells[column] = Cell::Number(figure);
    cells
}
