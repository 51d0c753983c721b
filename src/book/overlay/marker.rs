//! Which sheets are ours: told by names hidden in the workbook, which follow a sheet when it is renamed.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::page::{MARKER, marked as marked_as};

use super::book::{self, Book, Name};

const LONGEST_SHEET_NAME: usize = 31;

/// Our sheets: the position of each, and which of ours it is, counted from nought.
///
/// A sheet that two of our names lead to is the one that the first says.
pub(super) fn marked(book: &Book) -> BTreeMap<usize, usize> {
    let mut sheets = BTreeMap::new();
    for name in &book.names {
        if let (Some(at), Some(page)) = (lead(book, name), marked_as(&name.name)) {
            sheets.entry(at).or_insert(page);
        }
    }
    sheets
}

// The position of the sheet that a name of ours leads to.
fn lead(book: &Book, name: &Name) -> Option<usize> {
    let sheet = book::sheet_of(&name.formula).filter(|_| is_marker(name))?;
    book.position(&sheet)
}

/// Which sheets (by position) are ours; `None` where the workbook carries no marker at all.
pub(super) fn ours(book: &Book) -> Option<Vec<usize>> {
    let mut marked = false;
    let mut sheets = Vec::new();
    for name in book.names.iter().filter(|name| is_marker(name)) {
        marked = true;
        sheets.extend(lead(book, name));
    }
    sheets.sort_unstable();
    sheets.dedup();
    marked.then_some(sheets)
}

pub(super) fn is_marker(name: &Name) -> bool {
    name.local.is_none() && is_marker_name(&name.name)
}

pub(super) fn is_marker_name(name: &str) -> bool {
    marked_as(name).is_some()
}

/// The marker's names for these sheets, as (name, reference).
pub(super) fn names(sheets: &[String]) -> impl Iterator<Item = (String, String)> {
    let numbered = sheets.iter().enumerate();
    numbered.map(|(at, sheet)| (format!("{MARKER}{}", at + 1), format!("{}!$A$1", book::quoted(sheet))))
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

/// Names for our sheets that clash with none of the manager's: `Policy`, else `Policy (2)`.
///
/// Names have at most 31 characters and are compared without case. Sheets that are ours already
/// do not belong in `taken`.
pub fn free_names(taken: &[String], wished: &[&str]) -> Vec<String> {
    let mut taken: Vec<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    let mut names = Vec::new();
    for wish in wished {
        let mut number = 1usize;
        let name = loop {
            let tail = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = shortened(wish, LONGEST_SHEET_NAME - tail.len()) + &tail;
            if !taken.contains(&name.to_lowercase()) {
                break name;
            }
            number += 1;
        };
        taken.push(name.to_lowercase());
        names.push(name);
    }
    names
}

// Excel counts in UTF-16 units.
fn shortened(name: &str, units: usize) -> String {
    let mut left = units;
    name.chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::overlay::marker;

    #[test]
    fn names_give_way_to_the_managers() {
        let taken = ["policy", "Findings", "Findings (2)"].map(String::from);
        assert_eq!(
            free_names(&taken, &["RAG summary", "Policy", "Findings"]),
            ["RAG summary", "Policy (2)", "Findings (3)"]
        );
        let long = "a".repeat(31);
        assert_eq!(free_names(std::slice::from_ref(&long), &[&long]), [format!("{} (2)", "a".repeat(27))]);
    }

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
