//! Values into bytes: the annotated workbook and what stands beside it.

pub mod datapackage;
pub mod directorate;
pub mod files;
pub mod overlay;
pub mod pages;
pub mod tables;
pub mod value_copy;
