//! Teams side by side: figures, the comparison, trend, what may be handed outside, and tables.

pub mod aggregate;
pub(crate) mod column;
pub mod comparison;
pub(crate) mod datapackage;
pub(crate) mod figures;
pub mod history;
pub(crate) mod outward;
pub mod overview;
pub mod suppress;
pub mod table;
pub mod tables;
pub mod team_line;
pub(crate) mod trend;
pub mod workbook;
