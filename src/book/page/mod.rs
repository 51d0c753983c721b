//! An added sheet as a value: its cells, looks and print set-up, before any file exists.

mod cell;
mod chart;
mod entry;
mod height;
mod reference;
mod tab;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::book::annotation::Tone;
use crate::book::sheet::{Area, CellRef, Value};

pub use cell::{Cell, Content, Look, Stored};
pub use chart::{Chart, ChartKind, Hatch, Range, Series};
pub use entry::{EntryKind, EntryRule};
pub use reference::{address, column, fixed, quoted, span};
pub use tab::free_tab;

/// A sheet of ours.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The tab's name.
    pub name: String,
    /// The tab's colour as `RRGGBB`; empty for none.
    pub tab: &'static str,
    /// Column widths in characters, from column A.
    pub widths: Vec<u16>,
    /// Rows from the first, none left out.
    pub rows: Vec<Row>,
    /// Areas shown as one cell.
    pub merges: Vec<Area>,
    /// The first cell that scrolls; what lies above and to its left stays in sight.
    pub freeze: Option<CellRef>,
    /// A table with filter buttons on its first row.
    pub filter: Option<Area>,
    /// What may be entered where.
    pub entries: Vec<EntryRule>,
    /// Areas in which the words RED, AMBER, GREEN and NOT SCORED carry their colour, whoever writes them.
    pub rag_words: Vec<Area>,
    /// Areas in which a text carries a colour by the words it begins with.
    pub said: Vec<Said>,
    /// Cells that take a fill by what a formula finds, so that the fill follows the figures.
    pub heat: Vec<Heat>,
    /// Utilisations that carry a bar, which is full at 150 %.
    pub bars: Vec<Area>,
    /// Charts.
    pub charts: Vec<Chart>,
    /// First and last of the rows repeated on every printed page.
    pub repeat: Option<(u32, u32)>,
    /// Printed on one page, not only one page wide.
    pub one_printed_page: bool,
    /// Printed on paper that stands, for a page that is higher than wide.
    pub portrait: bool,
    /// Too wide to be read on one page: printed two pages wide, the columns that do not scroll on both.
    pub two_pages_wide: bool,
    /// Only cells that the reader may change can be changed, without a password; sorting, filtering and
    /// widths stay free.
    pub protected: bool,
}

/// A fill that cells take while a condition holds; a word or a figure always stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// The cells.
    pub area: Area,
    /// The condition as a formula for the first cell, its references moving along with the cells: `=$E7=\"over\"`.
    pub when: String,
    /// The fill.
    pub tone: Tone,
}

/// A row: its cells from column A.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Cells from column A.
    pub cells: Vec<Cell>,
    /// Height in points; `None` for one that is reckoned from the texts.
    pub height: Option<u16>,
}

/// Cells whose texts carry a colour by the words they begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The cells.
    pub area: Area,
    /// The words and their fill; the first that fits.
    pub words: Vec<(&'static str, Tone)>,
}

impl Page {
    /// An empty page.
    pub fn new(name: &str, tab: &'static str, widths: &[u16]) -> Self {
        Self { name: name.to_string(), tab, widths: widths.to_vec(), ..Self::default() }
    }

    /// The zero-based row that [`Page::push`] fills next.
    pub fn next(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Adds a row and says which.
    pub fn push(&mut self, cells: Vec<Cell>) -> u32 {
        self.rows.push(Row { cells, ..Row::default() });
        self.next() - 1
    }

    /// Adds a blank row.
    pub fn gap(&mut self) {
        self.push(Vec::new());
    }

    /// Joins cells of a row into one, with the look of the first.
    pub fn spread(&mut self, row: u32, first: u32, last: u32, look: Look) {
        if last > first {
            let cells = &mut self.rows[row as usize].cells;
            while cells.len() <= last as usize {
                cells.push(Cell::default().look(look));
            }
            self.merges.push(Area { first: CellRef::new(row, first), last: CellRef::new(row, last) });
        }
    }

    /// Moves every date so that it is shown as it is in a workbook that counts days from 1904.
    pub fn count_from_1904(&mut self) {
        const DAYS_BETWEEN: i64 = 1462;
        let moved = |date: Date| date.checked_sub(DAYS_BETWEEN.days()).ok().filter(|day| day.year() >= 1900);
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Content::Date(date) = cell.content {
                cell.content = match moved(date) {
                    Some(date) => Content::Date(date),
                    // Such a workbook knows no earlier day.
                    None => Content::Text(Value::Date(date).text()),
                };
            }
        }
        for rule in &mut self.entries {
            if let EntryKind::DateFrom(date) = &mut rule.kind {
                *date = moved(*date).unwrap_or(*date);
            }
        }
    }

    /// The cell at an address, blank where nothing was put.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.rows.get(at.row as usize)?.cells.get(at.column as usize)
    }
}
