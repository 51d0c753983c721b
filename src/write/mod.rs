//! Values into bytes: the annotated workbook and what stands beside it.

pub mod overlay;
pub mod pages;
