//! What one manager gets back: marks, five sheets, the action plan, and forms to fill in.

pub mod annotate;
pub(crate) mod forms;
pub mod sheet_names;
