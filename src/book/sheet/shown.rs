//! How a sheet and its values look.

use std::sync::Arc;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::CellRef;

/// How a sheet looks, as far as a copy of its values keeps it; the hours of time forms alone are read by it.
///
/// Of annotated workbooks it holds times and percentages only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Appearance {
    /// Widths of columns, where the file gives them.
    pub widths: Vec<Width>,
    /// How values are shown where that is not the plain way, by place ascending.
    pub shown: Vec<(CellRef, Shown)>,
}

/// The width of columns beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Width {
    /// The first column.
    pub first: u32,
    /// The last column.
    pub last: u32,
    /// At 96 to the inch.
    pub pixels: u32,
}

/// How a value is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// A date with its time of day.
    Time(Time),
    /// A number by a spreadsheet's number format, such as `0%`.
    Code(Arc<str>),
}

impl Shown {
    /// A number of days is shown as hours and minutes, or a ratio as percent; `None` where a number is plain.
    pub fn unit(&self) -> Option<ShownIn> {
        let Shown::Code(code) = self else { return None };
        let mut plain = String::new();
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            match sign {
                '"' => _ = signs.by_ref().find(|sign| *sign == '"'),
                '\\' | '_' | '*' => _ = signs.next(),
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    if inside.chars().all(|sign| "hmsHMS".contains(sign)) {
                        plain.push_str(&inside);
                    }
                }
                sign => plain.extend(sign.to_lowercase()),
            }
        }
        match plain.as_str() {
            plain if plain.contains('%') => Some(ShownIn::Percent),
            plain if plain.contains("am") || plain.contains("a/p") => Some(ShownIn::Clock),
            plain if plain.to_lowercase().contains('h') => Some(ShownIn::Hours),
            plain if plain.contains('s') || plain.contains('m') => Some(ShownIn::Clock),
            _ => None,
        }
    }
}

/// What a number stands for by the way it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownIn {
    /// Percent of something.
    Percent,
    /// Hours and minutes: the number counts days.
    Hours,
    /// A time of the day, or minutes and seconds.
    Clock,
}

impl Appearance {
    /// The width of a column in pixels, where the file gives it.
    pub fn width(&self, column: u32) -> Option<u32> {
        let width = self.widths.iter().find(|width| (width.first..=width.last).contains(&column))?;
        Some(width.pixels)
    }

    /// How the value of a cell is shown, where that is not the plain way.
    pub fn shown(&self, cell: CellRef) -> Option<&Shown> {
        let at = self.shown.binary_search_by_key(&cell, |(place, _)| *place).ok()?;
        Some(&self.shown[at].1)
    }
}
