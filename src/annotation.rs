//! What to mark and note on the manager's own sheets, as a value, before any file exists.

use crate::names::named;
use crate::sheet::Place;

/// Marks for the cells of one workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation {
    /// By place, ascending, one mark for each cell.
    pub marks: Vec<Mark>,
}

/// A fill and a note for one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The cell.
    pub place: Place,
    /// The fill; a cell with a fill of its own keeps it.
    pub tone: Option<Tone>,
    /// The note's text, lines parted by `\n`.
    pub note: Option<String>,
}

named! {
    /// A colour with a meaning. The shades are told apart in greyscale and by colour-blind people.
    Tone {
        /// A red rating.
        Red = "red",
        /// An amber rating.
        Amber = "amber",
        /// A green rating.
        Green = "green",
        /// Not scored.
        NotScored = "not-scored",
        /// A cell with an error finding.
        Error = "error",
        /// A cell with a warning.
        Warning = "warning",
        /// A cell with a note.
        Note = "note",
    }
}

impl Tone {
    /// The fill as `RRGGBB`. The values are our own to the last digit, so that our fills can be
    /// told from the manager's when a workbook comes back.
    pub fn rgb(self) -> &'static str {
        match self {
            Tone::Red => "F4A09B",
            Tone::Amber => "FFD98E",
            Tone::Green => "C9E7CB",
            Tone::NotScored => "DDDDE1",
            Tone::Error => "F9C3D5",
            Tone::Warning => "FFF1B9",
            Tone::Note => "D6E6F7",
        }
    }
}
