//! Names in a workbook that mark our own sheets.

use crate::book::marker::marked;
use crate::book::sheet::RawBook;

/// Marks the sheets that names of ours lead to; `names` holds each with what it stands for.
pub fn mark(book: &mut RawBook, names: &[(String, String)]) {
    for (name, reference) in names {
        let Some(page) = marked(name) else { continue };
        let sheet = reference.trim_start_matches('=').rsplit_once('!').map_or("", |(sheet, _)| sheet);
        let plain = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
        let sheet = plain.map_or_else(|| sheet.to_string(), |plain| plain.replace("''", "'"));
        for found in book.sheets.iter_mut().filter(|known| known.name == sheet) {
            found.marked = Some(page);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::sheet::RawSheet;

    #[test]
    fn names_mark_their_sheets() {
        let sheet = |name: &str| RawSheet { name: name.into(), ..RawSheet::default() };
        let mut book = RawBook { sheets: ["Caseload", "It's ours", "Policy"].map(sheet).to_vec() };
        let names = [
            ("_fairload.sheet.2", "='It''s ours'!$A$1"),
            ("_fairload.sheet.5", "Policy!$A$1"),
            ("Limits", "Caseload!$A$1"),
        ];
        mark(&mut book, &names.map(|(name, reference)| (name.to_string(), reference.to_string())));
        assert_eq!(book.sheets.iter().map(|sheet| sheet.marked).collect::<Vec<_>>(), [None, Some(1), Some(4)]);
    }
}
