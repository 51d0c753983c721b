//! What may be entered where.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, Worksheet, XlsxError,
};

use crate::book::page::{EntryKind, EntryRule};
use crate::book::phrase::day;

use super::cells::float;

/// Figures are read to four places; the smallest that is not nought.
const SMALLEST: f64 = 0.0001;

/// Offers or asks for what may be entered in some cells.
pub fn ask(sheet: &mut Worksheet, rule: &EntryRule) -> Result<(), XlsxError> {
    let validation = DataValidation::new();
    let validation = match &rule.kind {
        EntryKind::WordsIn(cells) => validation
            .allow_list_formula(Formula::new(cells))
            // Other words are the manager's right.
            .set_error_style(DataValidationErrorStyle::Information),
        EntryKind::Anything => validation,
        EntryKind::OnlyIn(cells) => validation
            .allow_list_formula(Formula::new(cells))
            .set_error_title("Not on the list")?
            .set_error_message("Choose one of the words offered, or leave the cell blank")?,
        EntryKind::UpTo(most) => validation
            .allow_decimal_number(DataValidationRule::Between(SMALLEST, float(*most)))
            .set_error_message(format!("Enter a figure above 0 and up to {most}"))?,
        EntryKind::WholeFrom(least) => validation
            .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(i32::try_from(*least).unwrap_or(i32::MAX)))
            .set_error_message(format!("Enter a whole number from {least} on"))?,
        EntryKind::DateFrom(date) => {
            let first = ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8)?;
            validation
                .allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_message(format!("Enter a date from {}", day(*date)))?
        }
        EntryKind::Figure => validation
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message("Enter a figure of 0 or more")?,
    };
    let validation = if rule.prompt.is_empty() { validation } else { validation.set_input_message(&rule.prompt)? };
    let (first, last) = (rule.area.first, rule.area.last);
    sheet.add_data_validation(first.row, first.column as u16, last.row, last.column as u16, &validation)?;
    Ok(())
}
