//! The formats of cells, by their looks.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::book::annotation::Tone;
use crate::book::page::Look;

use super::rgb;

/// Text, and what is drawn like it.
pub const INK: u32 = 0x1F2937;
/// What stands back.
pub const GREY: u32 = 0x667085;
const LINE: u32 = 0xC9CED6;
const HEAD: u32 = 0x2F3E55;
const BLUE: u32 = 0x1D4ED8;

/// Cell formats, each made once for a look and a fill.
#[derive(Default)]
pub struct Looks {
    made: BTreeMap<(Look, Option<Tone>), Format>,
}

impl Looks {
    /// The format of a look with a fill.
    pub fn format(&mut self, look: Look, tone: Option<Tone>) -> &Format {
        self.made.entry((look, tone)).or_insert_with(|| {
            let format = plain(look);
            match tone {
                Some(tone) => format.set_background_color(rgb(tone.rgb())),
                None => format,
            }
        })
    }
}

/// The format of a look without a fill.
fn plain(look: Look) -> Format {
    let base = Format::new().set_font_color(Color::RGB(INK)).set_align(FormatAlign::Top);
    let bold = || boxed(base.clone().set_bold());
    let wrapped = || boxed(base.clone().set_text_wrap());
    match look {
        Look::Prose => base.set_text_wrap(),
        Look::Title => base.set_bold().set_font_size(16).set_align(FormatAlign::VerticalCenter),
        Look::Muted => base.set_font_color(Color::RGB(GREY)).set_font_size(10).set_text_wrap(),
        Look::Section => base
            .set_bold()
            .set_font_size(13)
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(Color::RGB(HEAD)),
        Look::Input => figure(input(base)),
        Look::InputText => worded(input(base).set_text_wrap()),
        Look::InputDate => figure(input(base)).set_num_format("dd/mm/yyyy"),
        Look::Heading => worded(wrapped().set_bold())
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(HEAD))
            .set_align(FormatAlign::VerticalCenter),
        Look::Tile => centred(boxed(base.set_bold().set_font_size(12))),
        Look::Big => big(boxed(base)),
        Look::BigDecimals => big(boxed(base)).set_num_format("0.00"),
        Look::BigPercent => big(boxed(base)).set_num_format("0.0%"),
        Look::BigNote => centred(boxed(base.set_font_size(10).set_text_wrap())),
        Look::Text => worded(wrapped()),
        Look::Decimals => figure(boxed(base)).set_num_format("0.00"),
        Look::Percent => figure(wrapped()).set_num_format("0.0%"),
        Look::Hundredths => figure(boxed(base)).set_num_format("0.0"),
        Look::Date => figure(boxed(base)).set_num_format("dd/mm/yyyy"),
        Look::Rag => bold().set_align(FormatAlign::Center),
        Look::Strong => worded(wrapped().set_bold()),
        Look::StrongFigure => figure(bold()),
        Look::StrongDecimals => figure(bold()).set_num_format("0.00"),
        Look::StrongPercent => figure(bold()).set_num_format("0.0%"),
        Look::StrongHundredths => figure(bold()).set_num_format("0.0"),
        Look::Link => worded(wrapped()).set_font_color(Color::RGB(BLUE)).set_underline(FormatUnderline::Single),
        Look::Figure => figure(boxed(base)),
    }
}

fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE))
}

fn input(format: Format) -> Format {
    format
        .set_font_color(Color::RGB(BLUE))
        .set_background_color(Color::RGB(0xF4F8FF))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x86A9EE))
        .set_unlocked()
}

fn centred(format: Format) -> Format {
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

fn big(format: Format) -> Format {
    centred(format.set_bold().set_font_size(20))
}

fn worded(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
}

fn figure(format: Format) -> Format {
    format.set_align(FormatAlign::Right).set_indent(1)
}
