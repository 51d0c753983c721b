//! Charts of a page.

use crate::book::sheet::{Area, CellRef};

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its kind.
    pub kind: ChartKind,
    /// Title.
    pub title: String,
    /// What it shows, for people who cannot see it.
    pub description: String,
    /// The cell under its upper left corner.
    pub at: CellRef,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Names along the axis.
    pub categories: Range,
    /// Series in the order of the legend.
    pub series: Vec<Series>,
    /// Title of the axis of figures.
    pub axis: String,
}

/// The kind of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Bars lying, stacked.
    StackedBars,
    /// Bars lying, stacked, of ratios shown as percent, with a line at each 50 %.
    StackedRatios,
    /// Bars lying, side by side.
    Bars,
    /// Columns standing: shares of a whole.
    Columns,
    /// Columns standing, parts upon each other, those below nought downwards.
    StackedColumns,
    /// The same of shares of a whole.
    StackedShares,
    /// Lines from point to point, told apart by dash and marker beside their colour.
    Lines {
        /// Where the axis of figures begins, in percent.
        from: u32,
    },
}

/// A series of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its figures.
    pub values: Range,
    /// Its colour as `RRGGBB`.
    pub colour: &'static str,
    /// What it is drawn with, so that it can be told in greyscale.
    pub hatch: Hatch,
}

/// What a series is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hatch {
    /// Filled.
    Solid,
    /// Wide strokes.
    Strokes,
    /// Dots.
    Dots,
    /// A line over the others.
    Line,
    /// Marks over the others, without a line.
    Marks,
    /// Not drawn and not in the legend: it lifts what stands upon it.
    Unseen,
}

/// Cells of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The sheet.
    pub sheet: String,
    /// The cells.
    pub area: Area,
}
