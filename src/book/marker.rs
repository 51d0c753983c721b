//! The names that mark the sheets of ours: hidden in the workbook, they follow a sheet when it is renamed, and every
//! program keeps them.

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::page::address;
use crate::book::sheet::CellRef;

/// What the names that mark our sheets begin with; a number follows, counted from one in the order of the sheets.
pub const MARKER: &str = "_fairload.sheet.";

/// Which of our sheets a name in a workbook marks, counted from nought; `None` for a name that is none of ours.
///
/// ```
/// use fairload::book::marker::marked;
/// assert_eq!((marked("_fairload.sheet.4"), marked("_fairload.sheet."), marked("Limits")), (Some(3), None, None));
/// ```
pub fn marked(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let digits = name.strip_prefix(MARKER)?;
    let number: usize = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    number.checked_sub(1)
}

/// The marker's names for these sheets, as (name, reference).
pub fn names(sheets: &[String]) -> impl Iterator<Item = (String, String)> {
    let numbered = sheets.iter().enumerate();
    numbered.map(|(at, sheet)| (format!("{MARKER}{}", at + 1), address(sheet, CellRef::default())))
}

/// Marks a workbook made by rust_xlsxwriter as ours: call before saving.
///
/// # Errors
///
/// Only if rust_xlsxwriter will not take the names.
pub fn sign(workbook: &mut Workbook, sheet_names: &[String]) -> Result<(), XlsxError> {
    for (name, reference) in names(sheet_names) {
        workbook.define_name(name, &format!("={reference}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::overlay::marker;

    #[test]
    fn a_signed_workbook_is_known() {
        let mut workbook = Workbook::new();
        for name in ["Mine", "It's ours", "Policy"] {
            workbook.add_worksheet().set_name(name).unwrap();
        }
        assert_eq!(marker(&workbook.save_to_buffer().unwrap()), None);
        sign(&mut workbook, &["It's ours".into(), "Policy".into()]).unwrap();
        assert_eq!(marker(&workbook.save_to_buffer().unwrap()), Some(vec![1, 2]));
        assert_eq!(marker(b"not a workbook"), None);
    }
}
