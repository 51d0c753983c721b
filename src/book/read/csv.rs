//! CSV as spreadsheets save it: several encodings, several separators.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::book::read::{CELLS_MOST, Unreadable};
use crate::book::sheet::{self, RawBook, RawCell, RawRow, RawSheet, Value};

/// Rows and columns that a spreadsheet can show.
const ROWS_MOST: usize = sheet::ROWS_MOST as usize;
const COLUMNS_MOST: usize = sheet::COLUMNS_MOST as usize;
/// Most UTF-16 units in a cell of a spreadsheet.
const CELL_MOST: usize = 32_767;
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

/// Where in a field a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Before its first character.
    Start,
    /// In a field without quotation marks.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Behind a quotation mark that closes the field, unless another follows.
    Closed,
}

/// Gives blank lines an empty field: the reader would skip them, and every address below would be wrong.
/// On the way the text is held to what a sheet can hold, before anything is made of it.
fn keep_blank_lines(text: &str, separator: u8) -> Result<String, Unreadable> {
    let mut kept = String::with_capacity(text.len() + 64);
    let mut written = 0;
    let mut place = Field::Start;
    let (mut line, mut rows, mut columns, mut cells, mut units) = (1usize, 0usize, 1usize, 0usize, 0usize);
    // Where the quotation mark stands that is open, and whether a line has ended since.
    let (mut opened, mut broken) = (1usize, false);
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let ends_line = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        line += usize::from(ends_line);
        if place == Field::Quoted {
            if byte == b'"' {
                place = Field::Closed;
                continue;
            }
            broken |= ends_line;
        } else if byte == separator {
            (place, columns, units) = (Field::Start, columns + 1, 0);
            cells += 1;
            if columns > COLUMNS_MOST {
                return Err(too_much(&format!("row {} has more than {COLUMNS_MOST} columns", rows + 1)));
            }
            continue;
        } else if byte == b'\r' || byte == b'\n' {
            if ends_line {
                if place == Field::Start && columns == 1 {
                    let end = at - usize::from(byte == b'\n' && at > 0 && bytes[at - 1] == b'\r');
                    kept.push_str(&text[written..end]);
                    kept.push_str("\"\"");
                    written = end;
                }
                (place, columns, units, rows, cells) = (Field::Start, 1, 0, rows + 1, cells + 1);
                if cells > CELLS_MOST {
                    return Err(too_much(&format!("the CSV has more than {CELLS_MOST} cells")));
                }
            }
            continue;
        } else if byte == b'"' && place == Field::Start {
            (place, opened, broken) = (Field::Quoted, line, false);
            continue;
        } else if byte == b'"' && place == Field::Closed {
            place = Field::Quoted;
        } else if place == Field::Closed && broken {
            // A field over several lines whose mark is followed by more text took in the beginning of another.
            return Err(unclosed(opened));
        } else {
            place = Field::Plain;
        }
        if rows >= ROWS_MOST {
            return Err(too_much(&format!("the CSV has more than {ROWS_MOST} rows")));
        }
        // Text counts as spreadsheets count it: two units for what UTF-8 writes in four bytes.
        units += match byte {
            0x80..=0xBF => 0,
            0xF0.. => 2,
            _ => 1,
        };
        if units > CELL_MOST {
            return Err(match place {
                Field::Quoted if broken => unclosed(opened),
                _ => too_much(&format!("a cell on line {line} has more than {CELL_MOST} characters")),
            });
        }
    }
    if place == Field::Quoted {
        return Err(unclosed(opened));
    }
    kept.push_str(&text[written..]);
    Ok(kept)
}

fn too_much(what: &str) -> Unreadable {
    Unreadable::refused(format!(
        "{what}, which is more than a sheet can hold; split it, or save it from Excel as .xlsx"
    ))
}

fn unclosed(line: usize) -> Unreadable {
    Unreadable::broken(format!(
        "the quotation mark that opens on line {line} is not closed, so the rows below it would be lost; close or \
         remove it, or save the sheet from Excel as .xlsx"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

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
