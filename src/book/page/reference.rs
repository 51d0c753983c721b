//! Cells as formulas name them.

use crate::book::sheet::{Area, CellRef, column_letters};

/// A sheet's name as formulas write it: `'Team 1'`.
pub fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// A cell as a formula on another sheet names it: `'Policy'!$C$7`.
pub fn address(sheet: &str, cell: CellRef) -> String {
    format!("{}!{}", quoted(sheet), fixed(cell))
}

/// A cell as a formula on its own sheet names it when it must not move: `$C$7`.
pub fn fixed(cell: CellRef) -> String {
    format!("${}${}", column_letters(cell.column), u64::from(cell.row) + 1)
}

/// An area as a formula names it: `'Working'!$A$2:$A$9`.
pub fn span(sheet: &str, area: Area) -> String {
    format!("{}!{}:{}", quoted(sheet), fixed(area.first), fixed(area.last))
}

/// The cells of one column from one row to another.
pub fn column(column: u32, first: u32, last: u32) -> Area {
    Area { first: CellRef::new(first, column), last: CellRef::new(last, column) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_formulas_are_quoted() {
        assert_eq!(address("Ann's team", CellRef::new(6, 2)), "'Ann''s team'!$C$7");
        assert_eq!(span("Working", column(27, 0, 8)), "'Working'!$AB$1:$AB$9");
    }
}
