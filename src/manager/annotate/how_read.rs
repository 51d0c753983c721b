//! How a sheet was read, in sentences: what it was taken for, which columns and rows were used, and why not others.

use crate::book::sheet::column_letters;
use crate::field::reading::{ColumnReading, HowRead, Reason, SheetReading, SheetState, TableReading};

use super::wording;

/// How a sheet was read, in sentences for its manager.
pub fn how_read(sheet: &SheetReading) -> String {
    let mut parts = Vec::new();
    if sheet.state != SheetState::Read && !sheet.why.is_empty() {
        parts.push(sheet.why.clone());
    }
    if let Some((reason, why)) = &sheet.aside {
        parts.push(format!("The whole sheet is set aside as {reason}: {why}"));
    }
    parts.extend(sheet.doubts.iter().map(|doubt| doubt.said.clone()));
    for (at, table) in sheet.tables.iter().enumerate() {
        let several = sheet.tables.len() > 1;
        let which = if several {
            format!("Table {} with its header in row {}", at + 1, table.header + 1)
        } else {
            String::new()
        };
        parts.extend(several.then(|| format!("{which}. {}", table.layout.sentence())));
        parts.extend(table_read(table));
    }
    for reason in Reason::ALL {
        let rows: Vec<u32> =
            sheet.set_aside.iter().filter(|row| row.reason == *reason).map(|row| row.row + 1).collect();
        if !rows.is_empty() {
            parts.push(format!("Set aside as {reason}: {}", spans(&rows)));
        }
    }
    wording::sentences(parts.iter().map(String::as_str))
}

fn table_read(table: &TableReading) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(whose) = &table.whose {
        parts.push(format!("The worker, {}, is taken from {}", whose.name, whose.from));
    }
    if !table.said.is_empty() {
        let said = table.said.iter().map(|said| format!("{} → {}", said.at, said.meaning.label()));
        parts.push(format!("Above the table: {}", said.collect::<Vec<_>>().join("; ")));
    }
    for (what, columns) in
        [("Columns", &table.columns), ("Passed over, because an earlier column means the same", &table.doubled)]
    {
        if !columns.is_empty() {
            parts.push(format!("{what}: {}", columns.iter().map(heading).collect::<Vec<_>>().join("; ")));
        }
    }
    if !table.unused.is_empty() {
        let unused: Vec<String> = table.unused.iter().map(|(at, text)| format!("{at} \"{text}\"")).collect();
        parts.push(format!("Not used: {}", wording::listing(&unused)));
    }
    parts
}

fn heading(column: &ColumnReading) -> String {
    let letters = column_letters(column.column);
    let near = match &column.how {
        HowRead::Listed => String::new(),
        HowRead::Close(word) => format!(" (near \"{word}\")"),
    };
    let hidden = if column.hidden { ", hidden" } else { "" };
    format!("{letters} \"{}\"{near} → {}{hidden}", column.heading, column.meaning.label())
}

/// Rows as people write them: `row 3`, `rows 3–5, 9`.
fn spans(rows: &[u32]) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match spans.last_mut() {
            Some(last) if last.1 + 1 == *row => last.1 = *row,
            _ => spans.push((*row, *row)),
        }
    }
    let texts: Vec<String> = spans
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
        .collect();
    format!("{} {}", if rows.len() == 1 { "row" } else { "rows" }, wording::listing(&texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_as_spans() {
        assert_eq!(spans(&[3]), "row 3");
        assert_eq!(spans(&[3, 4, 5, 9]), "rows 3–5, 9");
    }
}
