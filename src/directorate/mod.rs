//! Teams side by side: figures, the comparison, trend, what may be handed outside, and tables.

pub mod aggregate;
pub mod column;
pub mod comparison;
pub mod datapackage;
pub mod figures;
pub mod history;
pub mod outward;
pub mod overview;
pub mod suppress;
pub mod table;
pub mod tables;
pub mod team_line;
pub mod trend;
pub mod workbook;
