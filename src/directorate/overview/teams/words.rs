//! Limits used in a word, and where the words meet.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, Page, fixed};
use crate::book::sheet::CellRef;
use crate::directorate::figures::Figure;

use super::places::{AREA, STEPS, place};

/// Where the words for limits used meet, in percent: a way of showing, which readers may change on the sheet.
/// No rating depends on it.
const FULL_FROM: u32 = 95;
const OVER_ABOVE: u32 = 100;
const WELL_OVER_FROM: u32 = 110;

/// Words for limits used, with the fill they carry.
pub const WORDS: [(&str, Tone); 4] =
    [(WELL_OVER, Tone::Red), (OVER, Tone::Amber), (ROOM, Tone::Note), (UNKNOWN, Tone::NotScored)];
/// From the last step on.
pub const WELL_OVER: &str = "well over";
/// Above the second.
pub const OVER: &str = "over";
/// From the first.
pub const FULL: &str = "full";
/// Below.
pub const ROOM: &str = "room";
/// There is no limit to be judged by.
pub const UNKNOWN: &str = "not known";

/// The word for a share of the limits.
pub fn said(used: Option<Decimal>) -> &'static str {
    match used {
        None => UNKNOWN,
        Some(used) if used >= WELL_OVER_FROM.into() => WELL_OVER,
        Some(used) if used > OVER_ABOVE.into() => OVER,
        Some(used) if used >= FULL_FROM.into() => FULL,
        Some(_) => ROOM,
    }
}

/// Where the words for limits used meet, as figures that may be changed.
pub fn steps(page: &mut Page) {
    let text = "Words for limits used, in percent; change the blue figures and words and fills follow";
    let mut cells = vec![Cell::text(text).look(Look::Muted)];
    cells.resize(place(Figure::LimitsUsed) as usize, Cell::default());
    for (text, step) in [("full from", FULL_FROM), ("over above", OVER_ABOVE), ("well over from", WELL_OVER_FROM)] {
        cells.extend([Cell::text(text).look(Look::BigNote), Cell::number(step).look(Look::Input)]);
    }
    let row = page.push(cells);
    page.spread(row, 0, AREA, Look::Muted);
    page.fit(row, &[("two\nlines", 20)]);
}

/// A step in a formula, as a ratio.
pub fn step(nth: u32) -> String {
    format!("{}/100", fixed(CellRef::new(STEPS, place(Figure::LimitsUsed) + 2 * nth + 1)))
}
