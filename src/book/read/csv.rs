//! CSV as spreadsheets save it: several encodings, several separators.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::book::read::Unreadable;
use crate::book::read::lines::keep_blank_lines;
use crate::book::sheet::{RawBook, RawCell, RawRow, RawSheet, Value};

/// How much of a text is looked at to tell its separator.
const START_MOST: usize = 256 * 1024;

/// Reads text with a row a line; the sheet is named after the file.
///
/// Encodings: UTF-8 with or without mark, UTF-16 with mark or telling noughts, else Windows-1252.
/// Separators: comma, semicolon or tab, whichever parts the first lines most evenly.
///
/// # Errors
///
/// Text that is no CSV, a quotation mark that is not closed, or more in a cell, a row or the whole than
/// a sheet can hold.
pub fn read(bytes: &[u8], stem: &str) -> Result<RawBook, Unreadable> {
    let text = decode(bytes);
    let (separator, text) = separator(&text);
    let text = keep_blank_lines(text, separator)?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut sheet = RawSheet { name: stem.to_string(), ..RawSheet::default() };
    for (index, record) in reader.records().enumerate() {
        let record =
            record.map_err(|_| Unreadable::broken("this is not a CSV that can be read; save it again from Excel"))?;
        let cells: Vec<RawCell> = record
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(column, text)| RawCell {
                column: u32::try_from(column).unwrap_or(u32::MAX),
                value: Value::Text(text.into()),
                formula: false,
            })
            .collect();
        if !cells.is_empty() {
            sheet.rows.push(RawRow { index: u32::try_from(index).unwrap_or(u32::MAX), hidden: false, cells });
        }
    }
    Ok(RawBook { sheets: vec![sheet] })
}

/// The first lines of a text, to tell what it is.
pub fn decoded_start(bytes: &[u8]) -> String {
    const LOOKED_AT: usize = 4096;
    decode(&bytes[..bytes.len().min(LOOKED_AT)]).into_owned()
}

/// Whether every other byte is nought, as in UTF-16 of plain text.
pub fn is_utf16_without_mark(bytes: &[u8]) -> bool {
    utf16_without_mark(bytes).is_some()
}

fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = start.len() / 2;
    if half < 4 {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 10 >= half * 9 => Some(UTF_16LE),
        (even, 0) if even * 10 >= half * 9 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode(bytes).0;
    }
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text,
        None => WINDOWS_1252.decode(bytes).0,
    }
}

/// The separator, and the text without a line that names it (`sep=;`).
fn separator(text: &str) -> (u8, &str) {
    // A character takes four bytes at most.
    let start = (0..4).find_map(|less| text.get(..START_MOST - less)).unwrap_or(text);
    let first = start.lines().next().unwrap_or("");
    if let Some(named) = first.trim().strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
        return (named, rest);
    }
    let lines: Vec<&str> = start.lines().filter(|line| !line.trim().is_empty()).take(40).collect();
    let evenness = |separator: u8| -> (usize, usize) {
        let mut counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        counts.sort_unstable();
        // Titles above the table have none; the table's lines have the same number each.
        let typical = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let alike = counts.iter().filter(|count| **count == typical && typical > 0).count();
        (alike, typical)
    };
    let mut best = b',';
    for candidate in [b';', b'\t'] {
        if evenness(candidate) > evenness(best) {
            best = candidate;
        }
    }
    (best, text)
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == separator && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::read::lines::{CELL_MOST, COLUMNS_MOST, ROWS_MOST};

    fn cells(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let book = read(bytes, "a").unwrap();
        let rows = &book.sheets[0].rows;
        rows.iter().map(|row| (row.index, row.cells.iter().map(|cell| cell.value.text()).collect())).collect()
    }

    #[test]
    fn encodings() {
        let expected = vec![(0, vec!["Zoë".to_string(), "b".into()]), (1, vec!["1".into(), "2".into()])];
        let text = "Zoë,b\r\n1,2\r\n";
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.bytes());
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut little_marked = vec![0xFF, 0xFE];
        little_marked.extend(&little);
        let mut big_marked = vec![0xFE, 0xFF];
        big_marked.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        for bytes in [text.as_bytes(), &marked, &little_marked, &big_marked, b"Zo\xEB,b\n1,2", &little] {
            assert_eq!(cells(bytes), expected);
        }
    }

    #[test]
    fn separators_and_quotes() {
        let expected = vec![(0, vec!["a".to_string(), "b, c".into()]), (1, vec!["1".into(), "2".into()])];
        for text in ["a;b, c\n1;2\n", "a\tb, c\n1\t2\n", "sep=;\na;b, c\n1;2\n", "a,\"b, c\"\n1,2\n"] {
            assert_eq!(cells(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn blank_lines_keep_their_row() {
        let rows = cells(b"Title\r\n\r\na,b\n\n\n\"x\n\ny\",2\n");
        let at: Vec<u32> = rows.iter().map(|row| row.0).collect();
        assert_eq!(at, [0, 2, 5]);
        assert_eq!(rows[2].1[0], "x\n\ny");
    }

    #[test]
    fn a_mark_within_a_field_opens_nothing() {
        let rows = cells(b"a,b\n5\" rule,1\n\nx,\"say \"\"no\"\" to,\nme\"\ny,2\n");
        let at: Vec<u32> = rows.iter().map(|row| row.0).collect();
        assert_eq!(at, [0, 1, 3, 4]);
        assert_eq!(rows[2].1[1], "say \"no\" to,\nme");
        assert_eq!(cells(b"a\r\r\rb\r")[1].0, 3);
    }

    #[test]
    fn an_open_quotation_mark_swallows_nothing_in_silence() {
        let why = |text: &str| read(text.as_bytes(), "a").unwrap_err().why;
        let row = "1,Ada,CP\n";
        let open = "2,\"Ada,CP\n";
        for text in [
            format!("{row}{open}{row}{row}"),
            format!("{row}{open}{}", row.repeat(100_000)),
            format!("{row}{open}{row}{open}{row}"),
        ] {
            assert!(why(&text).starts_with("the quotation mark that opens on line 2 is not closed"), "{}", why(&text));
        }
    }

    #[test]
    fn what_no_sheet_can_hold_is_refused_with_the_limit() {
        let refused = |text: &str| {
            let why = read(text.as_bytes(), "a").unwrap_err();
            assert!(why.refused && why.why.contains("split it"), "{why:?}");
            why.why
        };
        let long = "é".repeat(CELL_MOST);
        assert_eq!(cells(format!("a,{long}\n").as_bytes())[0].1[1], long);
        assert!(refused(&format!("a\nb,{long}é\n")).starts_with("a cell on line 2 has more than 32767 characters"));
        assert!(refused(&format!("a,\"{long}é\"\n")).contains("more than 32767 characters"));
        assert!(refused(&",".repeat(COLUMNS_MOST)).starts_with("row 1 has more than 16384 columns"));
        assert!(refused(&"a\n".repeat(ROWS_MOST + 1)).contains("more than 1048576 rows"));
        // Lines without anything at the end are no rows.
        assert_eq!(cells(format!("a{}", "\n".repeat(ROWS_MOST + 1)).as_bytes()).len(), 1);
    }
}
