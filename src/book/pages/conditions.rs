//! Fills that follow what stands in the cells.

use rust_xlsxwriter::{
    Color, ConditionalFormat, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatFormula, ConditionalFormatText, ConditionalFormatTextRule, ConditionalFormatType, Format, Formula,
    Worksheet, XlsxError,
};

use crate::book::annotation::Tone;
use crate::book::page::{Heat, Said};
use crate::book::rag::Rag;
use crate::book::sheet::Area;

use super::rgb;

/// Fills the words of the four colours, whoever writes them.
pub fn colour_words(sheet: &mut Worksheet, area: &Area) -> Result<(), XlsxError> {
    for rag in Rag::ALL {
        let fill = Format::new().set_background_color(rgb(Tone::of(*rag).rgb()));
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(rag.word().to_string()))
            .set_format(fill);
        put(sheet, area, &rule)?;
    }
    Ok(())
}

/// Fills texts by the words they begin with.
pub fn colour_beginnings(sheet: &mut Worksheet, said: &Said) -> Result<(), XlsxError> {
    for (words, tone) in &said.words {
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(words.to_string()))
            .set_format(Format::new().set_background_color(rgb(tone.rgb())));
        put(sheet, &said.area, &rule)?;
    }
    Ok(())
}

/// Fills cells while a formula holds.
pub fn heat(sheet: &mut Worksheet, heat: &Heat) -> Result<(), XlsxError> {
    let fill = Format::new().set_background_color(rgb(heat.tone.rgb()));
    let rule = ConditionalFormatFormula::new().set_rule(Formula::new(&heat.when)).set_format(fill);
    put(sheet, &heat.area, &rule)
}

/// Puts bars behind ratios.
pub fn bars(sheet: &mut Worksheet, area: &Area) -> Result<(), XlsxError> {
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(Color::RGB(0x9DB7D5))
        .set_solid_fill(true)
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1.5);
    put(sheet, area, &bar)
}

fn put(
    sheet: &mut Worksheet,
    area: &Area,
    rule: &(impl ConditionalFormat + Clone + Send + Sync + 'static),
) -> Result<(), XlsxError> {
    let (first, last) = (area.first, area.last);
    sheet.add_conditional_format(first.row, first.column as u16, last.row, last.column as u16, rule)?;
    Ok(())
}
