//! Values into bytes: the annotated workbook and what stands beside it.

pub mod directorate;
pub mod overlay;
pub mod pages;
pub mod value_copy;
