//! What stands above a table beside its title: `FTE: 0.8`, or a label and its value in two cells.

use crate::book::sheet::{CellRef, RawRow, RawSheet, Value};
use crate::field::reading::{Meaning, Said};
use crate::understand::words::{Heading, Words, is_like_a_name};

/// What a block may say beside what a roster says of a worker.
const SAYS: &[Meaning] =
    &[Meaning::Worker, Meaning::Team, Meaning::Area, Meaning::AgreedReason, Meaning::JudgementReason];

/// What these rows say under a label that we know.
pub fn said<'a>(rows: impl IntoIterator<Item = &'a RawRow>, words: &Words) -> Vec<Said> {
    rows.into_iter().flat_map(|row| said_in(row, pairs(row, words) > 0, words)).collect()
}

/// Whether a row is labels with their values and no header: nothing but such pairs, and a figure or
/// a colon among them, or no row of data below.
pub fn is_block(sheet: &RawSheet, at: usize, words: &Words) -> bool {
    let row = &sheet.rows[at];
    let covered = |row: &RawRow| {
        let strict = pairs(row, words);
        let all = said_in(row, strict > 0, words).len() * 2;
        (strict, all >= row.cells.len())
    };
    let (strict, all) = covered(row);
    let role = || said_in(row, false, words).iter().any(|said| said.meaning == Meaning::Role);
    // Two headings alone may be a table's, but for a role and what it is called.
    if !all || strict == 0 || (strict == 1 && !role()) {
        return false;
    }
    let tells = |value: &Value| match value {
        Value::Text(text) => text.trim_end().ends_with(':'),
        _ => true,
    };
    if row.cells.iter().any(|cell| tells(&cell.value)) {
        return true;
    }
    let is_heading = |value: &Value| match value {
        Value::Text(text) => words.listed_heading(text, false).or_else(|| words.listed_heading(text, true)).is_some(),
        _ => false,
    };
    let below = sheet.rows.get(at + 1).filter(|below| below.index == row.index + 1);
    below.is_none_or(|below| {
        let headings = below.cells.iter().filter(|cell| is_heading(&cell.value)).count();
        let (strict, all) = covered(below);
        below.cells.len() == 1 || headings * 2 > below.cells.len() || (strict > 0 && all)
    })
}

/// How many labels of a row stand before a value that is no label itself.
fn pairs(row: &RawRow, words: &Words) -> usize {
    said_in(row, false, words).len()
}

/// `with_headings`: a value may be a heading elsewhere if a label follows it, as in
/// `Role | Social worker | FTE | 0.8`; of a row of headings alone none is a value.
fn said_in(row: &RawRow, with_headings: bool, words: &Words) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    let mut cells = row.cells.iter().peekable();
    while let Some(cell) = cells.next() {
        let Value::Text(text) = &cell.value else { continue };
        let at = CellRef::new(row.index, cell.column);
        let pieces = pieces(text, words);
        let mut of_pieces: Vec<(Meaning, &str)> = pieces.iter().filter_map(|piece| in_one_cell(piece, words)).collect();
        if !of_pieces.is_empty() {
            // "Social worker Ada Heron   Experience: 3 years": beside other labels the first needs no colon.
            let first = pieces.first().filter(|piece| in_one_cell(piece, words).is_none());
            of_pieces.extend(first.and_then(|piece| labelled_worker(piece, words)));
            let said = |(meaning, value): (Meaning, &str)| Said { meaning, at, value: Value::Text(value.into()) };
            all.extend(of_pieces.into_iter().map(said));
            continue;
        }
        let Some(meaning) = label(text, words) else { continue };
        let mut behind = cells.clone().skip(1);
        let value = cells.peek().filter(|next| match &next.value {
            Value::Text(text) => {
                // What a role is called may be a heading elsewhere.
                let role = meaning == Meaning::Role && words.role(text).is_some();
                let value = (role || label(text, words).is_none()) && in_one_cell(text, words).is_none();
                value || (with_headings && behind.next().is_none_or(|cell| is_label(&cell.value, words)))
            }
            _ => true,
        });
        if let Some(next) = value {
            all.push(Said { meaning, at: CellRef::new(row.index, next.column), value: next.value.clone() });
            cells.next();
        }
    }
    all
}

fn label(text: &str, words: &Words) -> Option<Meaning> {
    match words.listed_heading(text, true)? {
        Heading::Means(meaning) if SAYS.contains(&meaning) || Meaning::OF_A_WORKER.contains(&meaning) => Some(meaning),
        _ => None,
    }
}

fn is_label(value: &Value, words: &Words) -> bool {
    matches!(value, Value::Text(text) if label(text, words).is_some())
}

/// The parts of `Worker: Ada Heron   FTE: 0.8; Cases: 13`: what wide spaces, breaks or a known label part.
fn pieces<'t>(text: &'t str, words: &Words) -> Vec<&'t str> {
    let wide = text.split(['\n', '\t', '|', ';']).flat_map(|part| part.split("  "));
    let mut pieces = Vec::new();
    for part in wide.map(str::trim).filter(|part| !part.is_empty()) {
        let mut rest = part;
        let mut colons = part.match_indices(':').map(|(at, _)| at).collect::<Vec<_>>();
        let first = colons.first().copied();
        colons.reverse();
        let mut behind = Vec::new();
        for colon in colons {
            // The label is the longest run of words before its colon that is one.
            let before = &rest[..colon.min(rest.len())];
            if Some(colon) == first && label(before, words).is_some() {
                continue;
            }
            let starts = before.match_indices(' ').map(|(at, _)| at + 1);
            let is_label = |start: &usize| {
                let text = &before[*start..];
                let known = words.listed_heading(text, true).is_some() || words.is_generic(text);
                text.starts_with(char::is_alphabetic) && !text.contains(':') && (known || label(text, words).is_some())
            };
            let Some(start) = starts.into_iter().find(is_label) else { continue };
            behind.push(rest[start..].trim());
            rest = &rest[..start];
        }
        pieces.push(rest.trim());
        pieces.extend(behind.into_iter().rev());
    }
    pieces
}

/// Label and value of `Worker: Ada Heron` or `FTE - 0.8`.
fn in_one_cell<'t>(text: &'t str, words: &Words) -> Option<(Meaning, &'t str)> {
    let parts = text.split_once(':').or_else(|| text.split_once(" - ")).or_else(|| text.split_once(" – "));
    let (before, after) = parts?;
    let after = after.trim().trim_end_matches([',', '-', '–', '—']).trim_end();
    (!after.is_empty()).then_some((label(before, words)?, after))
}

/// The name behind a label for a worker that no colon ends: `Social worker Ada Heron`.
fn labelled_worker<'t>(text: &'t str, words: &Words) -> Option<(Meaning, &'t str)> {
    let mut spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    spaces.reverse();
    let at = spaces.into_iter().find(|at| label(&text[..*at], words) == Some(Meaning::Worker))?;
    let name = text[at..].trim();
    is_like_a_name(name).then_some((Meaning::Worker, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::book;

    #[test]
    fn what_a_role_is_called_may_be_a_heading_elsewhere() {
        let words = Words::built_in();
        let below = "Child ID | Status | DOB\n1 | CP | x";
        for (row, block) in [
            ("Role | Social worker", true),
            ("Role | Social worker | Start date | 45000", true),
            ("Role | Social worker | FTE | Status", false),
            ("Worker | Child ID", false),
        ] {
            let book = book("A", &format!("{row}\n{}", if block { below } else { "Senior | Ada | 1 | CP" }));
            assert_eq!(is_block(&book.sheets[0], 0, &words), block, "{row}");
        }
        let book = book("A", "Role | Social worker | Team | North");
        assert_eq!(said(&book.sheets[0].rows, &words).len(), 2);
    }

    #[test]
    fn labels_beside_and_before_their_value() {
        let book =
            book("A", "Worker: | Ada Heron | FTE | 0.8\nTeam - Locality North |\nStage: 3+ years |\nJune return |");
        let said = said(&book.sheets[0].rows, &Words::built_in());
        let told: Vec<(Meaning, String, String)> =
            said.iter().map(|said| (said.meaning, said.at.to_string(), said.value.text())).collect();
        let expected = [
            (Meaning::Worker, "B1", "Ada Heron"),
            (Meaning::Fte, "D1", "0.8"),
            (Meaning::Team, "A2", "Locality North"),
            (Meaning::Stage, "A3", "3+ years"),
        ];
        assert_eq!(told, expected.map(|(meaning, at, text)| (meaning, at.to_string(), text.to_string())));
    }

    #[test]
    fn several_labels_in_one_cell() {
        for text in [
            "Worker: Ada Heron   FTE: 0.8  Visits: 13",
            "Worker: Ada Heron FTE: 0.8 Cases: 13",
            "Worker: Ada Heron, FTE: 0.8",
            "Worker: Ada Heron FTE: 0.8",
        ] {
            let book = book("A", &format!("{text} |"));
            let said = said(&book.sheets[0].rows, &Words::built_in());
            let told: Vec<String> = said.iter().map(|said| said.value.text()).collect();
            assert_eq!(told, ["Ada Heron", "0.8"], "{text}");
        }
    }
}
