//! How a workbook looks: each manager has their own taste.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::saltmarsh::grid::Cell;

/// Fonts and fills of one workbook.
pub struct Look {
    pub heading: Format,
    pub title: Format,
    pub small: Format,
    plain: Format,
    band: Format,
    total: Format,
}

/// What a look is made from.
pub struct Taste {
    pub font: &'static str,
    pub size: f64,
    pub heading_fill: u32,
    pub heading_ink: u32,
    /// Fill of every second row; white for none.
    pub band: u32,
    pub lines: bool,
    pub wrap_headings: bool,
}

impl Look {
    pub fn new(taste: &Taste) -> Self {
        let base = Format::new().set_font_name(taste.font).set_font_size(taste.size);
        let lined = |format: Format| {
            if taste.lines {
                format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBFBFBF))
            } else {
                format
            }
        };
        let heading = lined(base.clone())
            .set_bold()
            .set_background_color(Color::RGB(taste.heading_fill))
            .set_font_color(Color::RGB(taste.heading_ink))
            .set_align(FormatAlign::VerticalCenter);
        let heading = if taste.wrap_headings { heading.set_text_wrap() } else { heading };
        let plain = lined(base.clone());
        let band = if taste.band == 0xFFFFFF {
            plain.clone()
        } else {
            plain.clone().set_background_color(Color::RGB(taste.band))
        };
        Self {
            heading,
            title: base.clone().set_bold().set_font_size(taste.size + 5.0),
            small: base.clone().set_italic().set_font_color(Color::RGB(0x595959)),
            total: plain.clone().set_bold().set_border_top(FormatBorder::Double),
            plain,
            band,
        }
    }

    /// The format of a label or value above a table.
    pub fn beside(&self, cell: &Cell) -> Format {
        match cell {
            Cell::Date(_) => self.small.clone().set_num_format("dd/mm/yyyy"),
            _ => self.small.clone(),
        }
    }

    /// The format of a cell below the heading.
    pub fn body(&self, row: usize, total: bool, cell: &Cell) -> Format {
        let base = match (total, row % 2) {
            (true, _) => &self.total,
            (false, 0) => &self.plain,
            _ => &self.band,
        };
        match cell {
            Cell::Date(_) => base.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            Cell::Percent(_) => base.clone().set_num_format("0%"),
            _ => base.clone(),
        }
    }
}
