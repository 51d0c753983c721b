//! Spreadsheets in and out: bytes to cells, pages and marks to bytes. Knows nothing of social work.

pub mod annotation;
pub mod marker;
pub(crate) mod names;
pub mod overlay;
mod package;
pub mod page;
pub mod pages;
pub mod phrase;
pub(crate) mod rag;
pub mod read;
pub mod sheet;
pub mod text;
pub mod value_copy;
