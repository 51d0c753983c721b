//! What a table and its columns are, for those who write them, read them back and describe them.

/// A CSV: its name, what a row is, and its columns.
#[derive(Debug)]
pub struct Table {
    /// File name.
    pub name: &'static str,
    /// What the table is, in words.
    pub title: &'static str,
    /// What a row stands for, as a sentence.
    pub about: &'static str,
    /// Columns in order.
    pub columns: &'static [Column],
    /// How many of them every version has written; later ones stand behind them.
    pub since_ever: usize,
    /// Columns that together tell every row from the others; empty where none do.
    pub key: &'static [&'static str],
    /// Columns that together name a row of another table.
    pub refers: Option<Refers>,
}

/// Columns that name a row of another table, where they are called the same.
#[derive(Debug)]
pub struct Refers {
    /// The columns.
    pub columns: &'static [&'static str],
    /// The other table's file name.
    pub table: &'static str,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its name for readers.
    pub title: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What its figures are counted in; empty where they are none.
    pub unit: &'static str,
    /// What it means, in sentences that stand on their own.
    pub about: &'static str,
    /// No cell of it is empty.
    pub always: bool,
}

/// What the cells of a column hold, where they are not empty.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// One of these words.
    OneOf(fn() -> Vec<&'static str>),
    /// A whole number of 0 or more.
    Count,
    /// A whole number of 1 or more.
    Ordinal,
    /// A figure of 0 or more.
    Figure,
    /// A figure, which may be below 0.
    Signed,
    /// A day as 2025-09-30.
    Day,
}

impl Table {
    /// The names of the columns, in order.
    pub fn header(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.name)
    }

    /// Where a column stands, from 0.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.header().position(|column| column == name)
    }
}

impl Column {
    /// The same, of which no cell is empty.
    pub const fn always(mut self) -> Self {
        self.always = true;
        self
    }
}

/// A column of texts.
pub const fn text(name: &'static str, title: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Text, unit: "", about, always: false }
}

/// A column of some words.
pub const fn word(
    name: &'static str,
    title: &'static str,
    words: fn() -> Vec<&'static str>,
    about: &'static str,
) -> Column {
    Column { name, title, kind: Kind::OneOf(words), unit: "", about, always: false }
}

/// A column of counts.
pub const fn count(name: &'static str, title: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Count, unit, about, always: false }
}

/// A column of ranks and the like.
pub const fn ordinal(name: &'static str, title: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Ordinal, unit: "", about, always: false }
}

/// A column of figures of 0 or more.
pub const fn figure(name: &'static str, title: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Figure, unit, about, always: false }
}

/// A column of figures that may be below 0.
pub const fn signed(name: &'static str, title: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Signed, unit, about, always: false }
}

/// A column of days.
pub const fn day(name: &'static str, title: &'static str, about: &'static str) -> Column {
    Column { name, title, kind: Kind::Day, unit: "", about, always: false }
}
