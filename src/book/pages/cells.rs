//! Cells of a page into a worksheet.

use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Formula, Url, Worksheet, XlsxError};

use crate::book::page::{Cell, Content, Look, Row, Stored, quoted};
use crate::book::text::fitting;

use super::Looks;

/// Writes a row's cells.
pub fn write_row(sheet: &mut Worksheet, at: u32, row: &Row, looks: &mut Looks) -> Result<(), XlsxError> {
    for (column, cell) in row.cells.iter().enumerate() {
        write_cell(sheet, at, column as u16, cell, looks)?;
    }
    Ok(())
}

/// Writes a cell in its format.
pub fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    looks: &mut Looks,
) -> Result<(), XlsxError> {
    let format = looks.format(cell.look, cell.tone);
    match &cell.content {
        Content::Blank => {
            // A blank without a look of its own needs no cell.
            if cell.look != Look::Prose || cell.tone.is_some() {
                sheet.write_blank(row, column, format)?;
            }
        }
        Content::Text(text) => {
            sheet.write_string_with_format(row, column, fitting(text), format)?;
        }
        Content::Number(number) => {
            sheet.write_number_with_format(row, column, float(*number), format)?;
        }
        Content::Date(date) => {
            match ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8) {
                Ok(day) => {
                    sheet.write_datetime_with_format(row, column, &day, format)?;
                }
                // Before 1900 spreadsheets know no dates.
                Err(_) => {
                    sheet.write_string_with_format(row, column, date.to_string(), format)?;
                }
            }
        }
        Content::Formula(formula, stored) => {
            let result = match stored {
                Stored::Text(text) => fitting(text),
                Stored::Number(number) => number.to_string(),
            };
            sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(result), format)?;
        }
        Content::Link { text, sheet: to, cell: at } => {
            // A sheet holds so many links and no more; beyond them the text alone still says where.
            const MOST: u32 = 60_000;
            let shown = if text.is_empty() { at.to_string() } else { fitting(text) };
            if row > MOST || shown.chars().count() > 250 {
                sheet.write_string_with_format(row, column, shown, format)?;
            } else {
                let url = Url::new(format!("internal:{}!{at}", quoted(to))).set_text(shown);
                sheet.write_url_with_format(row, column, url, format)?;
            }
        }
    }
    Ok(())
}

/// An exact figure as spreadsheets keep it: the nearest binary number.
pub fn float(number: Decimal) -> f64 {
    number.to_string().parse().unwrap_or_default()
}
