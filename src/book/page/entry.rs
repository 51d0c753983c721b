//! What may be entered where on a page.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::sheet::Area;

/// What may be entered in some cells.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRule {
    /// The cells.
    pub area: Area,
    /// What is offered or asked for.
    pub kind: EntryKind,
    /// What the reader sees on choosing the cell.
    pub prompt: String,
}

/// What is offered or asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryKind {
    /// One of the words in these cells, as an absolute reference; anything else is accepted after a question.
    WordsIn(String),
    /// A date on or after this one.
    DateFrom(Date),
    /// Anything; only the prompt is shown.
    Anything,
    /// One of the words in these cells, as an absolute reference, and nothing else.
    OnlyIn(String),
    /// A figure of nought or more.
    Figure,
    /// A figure above nought and up to this one.
    UpTo(Decimal),
    /// A whole number from this one on.
    WholeFrom(u32),
}
