//! What stands above a table beside its title: `FTE: 0.8`, or a label and its value in two cells.

use crate::reading::{Meaning, Said};
use crate::sheet::{CellRef, RawRow, Value};
use crate::words::{Heading, Words};

/// What a block may say: of the worker, or of the team.
const SAYS: &[Meaning] = &[
    Meaning::Worker,
    Meaning::Team,
    Meaning::Area,
    Meaning::Role,
    Meaning::Fte,
    Meaning::Stage,
    Meaning::Started,
    Meaning::Duties,
    Meaning::DutyPoints,
    Meaning::AgreedLimit,
    Meaning::AgreedReason,
    Meaning::Judgement,
    Meaning::JudgementReason,
];

/// What these rows say under a label that we know.
pub fn said<'a>(rows: impl IntoIterator<Item = &'a RawRow>, words: &Words) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for row in rows {
        let mut cells = row.cells.iter().peekable();
        while let Some(cell) = cells.next() {
            let Value::Text(text) = &cell.value else { continue };
            let at = CellRef::new(row.index, cell.column);
            if let Some((meaning, value)) = in_one_cell(text, words) {
                all.push(Said { meaning, at, value: Value::Text(value.into()) });
                continue;
            }
            let Some(meaning) = label(text, words) else { continue };
            let value = cells.peek().filter(|next| match &next.value {
                Value::Text(text) => label(text, words).is_none() && in_one_cell(text, words).is_none(),
                _ => true,
            });
            if let Some(next) = value {
                all.push(Said { meaning, at: CellRef::new(row.index, next.column), value: next.value.clone() });
                cells.next();
            }
        }
    }
    all
}

fn label(text: &str, words: &Words) -> Option<Meaning> {
    match words.listed_heading(text, true)? {
        Heading::Means(meaning) if SAYS.contains(&meaning) => Some(meaning),
        _ => None,
    }
}

/// Label and value of `Worker: Ada Heron` or `FTE - 0.8`.
fn in_one_cell<'t>(text: &'t str, words: &Words) -> Option<(Meaning, &'t str)> {
    let parts = text.split_once(':').or_else(|| text.split_once(" - ")).or_else(|| text.split_once(" – "));
    let (before, after) = parts?;
    let after = after.trim();
    (!after.is_empty()).then_some((label(before, words)?, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::book;

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
}
