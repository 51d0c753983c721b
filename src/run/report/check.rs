//! How each sheet was read and what was found, in at most a screen for a workbook.

use crate::book::phrase::count;
use crate::book::sheet::column_letters;
use crate::field::reading::{ColumnReading, HowRead, SheetReading, SheetState, TableReading};
use crate::run::outcome::{FileOutcome, Outcome};
use crate::run::report::{closing, lower, table, what_if};

/// The width that lines are broken at.
const WIDTH: usize = 100;
/// Kinds of findings shown for each file before the rest is only counted.
const KINDS_SHOWN: usize = 8;
/// Sheets and cells named before the rest is only counted.
const NAMED: usize = 6;

/// What `check` shows: how each sheet was read, findings, ratings; then the closing lines.
pub fn check(outcome: &Outcome) -> String {
    let mut text = String::new();
    for file in &outcome.files {
        text.push_str(&format!("{}\n", file.file));
        text.push_str(&sheets(file));
        text.push_str(&findings(outcome, file));
        text.push_str(&ratings(outcome, file));
        text.push_str(&what_if::told(&file.what_if));
        text.push('\n');
    }
    text.push_str(&closing(outcome));
    text
}

/// Sheets read in the same way are told together, so that a sheet for each worker fills no screen.
fn sheets(file: &FileOutcome) -> String {
    let mut groups: Vec<(String, Vec<&SheetReading>)> = Vec::new();
    for sheet in file.sheets.iter().filter(|sheet| !sheet.ours) {
        let how = how(sheet);
        match groups.iter_mut().find(|(other, _)| *other == how) {
            Some((_, sheets)) => sheets.push(sheet),
            None => groups.push((how, vec![sheet])),
        }
    }
    groups.iter().map(|(how, sheets)| group(how, sheets)).collect()
}

fn group(how: &str, sheets: &[&SheetReading]) -> String {
    let names: Vec<String> = sheets.iter().map(|sheet| format!("\"{}\"", sheet.name)).collect();
    let word = if sheets.len() == 1 { "sheet" } else { "sheets" };
    let mut text = String::new();
    let mut lines = how.lines();
    let first = format!("{word} {}: {}", some_of(&names), lines.next().unwrap_or_default());
    text.push_str(&broken(&first, 2));
    for line in lines {
        text.push_str(&broken(line, 6));
    }
    let sum = |of: &dyn Fn(&SheetReading) -> usize| sheets.iter().map(|sheet| of(sheet)).sum::<usize>();
    let read = sum(&|sheet| sheet.rows_read as usize);
    if read > 0 {
        let counted = sum(&|sheet| sheet.rows_counted as usize);
        let aside = sum(&|sheet| sheet.set_aside.len());
        let mut line = format!("{}: {counted} counted, {aside} set aside", count(read, "row", "rows"));
        if let ([sheet], true) = (sheets, aside > 0) {
            line.push_str(&format!(" ({})", sheet.reasons()));
        }
        text.push_str(&broken(&line, 6));
    }
    text
}

/// How a sheet was read, without its name and its rows.
fn how(sheet: &SheetReading) -> String {
    match sheet.state {
        SheetState::NoCaseload => format!("no caseload; {}", sheet.why),
        SheetState::Unreadable => format!("could not be read; {}", sheet.why),
        SheetState::Read => {
            let mut told: Vec<String> = sheet.tables.iter().map(table_read).collect();
            if let Some((reason, why)) = &sheet.aside {
                told.insert(0, format!("set aside as {reason}; {why}."));
            }
            told.join("\n")
        }
    }
}

fn table_read(table: &TableReading) -> String {
    let mut told = format!("{} Header in row {}.", table.layout.sentence(), table.header + 1);
    if let Some(whose) = &table.whose {
        told.push_str(&format!(" The worker is taken from {}.", whose.from));
    }
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    told.push('\n');
    told.push_str(&columns.join("; "));
    let unused: Vec<String> = table.unused.iter().map(|(cell, _)| column_letters(cell.column)).collect();
    if !unused.is_empty() {
        told.push_str(&format!("; not used: {}", unused.join(", ")));
    }
    told
}

/// A column as `C key worker ("Social worker")`.
fn column(column: &ColumnReading) -> String {
    let heading = column.heading.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = column_letters(column.column);
    let label = column.meaning.label();
    match &column.how {
        HowRead::Listed if heading.to_lowercase() == label.to_lowercase() => format!("{letters} {label}"),
        HowRead::Listed => format!("{letters} {label} (\"{heading}\")"),
        HowRead::Close(word) => format!("{letters} {label} (\"{heading}\", spelt like \"{word}\")"),
    }
}

/// Findings by kind, the gravest first, each with its cells.
fn findings(outcome: &Outcome, file: &FileOutcome) -> String {
    let all = outcome.tables.findings.iter().filter(|row| row[0] == file.file);
    let mut kinds: Vec<Vec<&Vec<String>>> = Vec::new();
    for row in all {
        match kinds.iter_mut().find(|kind| kind[0][3] == row[3] && kind[0][4] == row[4]) {
            Some(kind) => kind.push(row),
            None => kinds.push(vec![row]),
        }
    }
    const GRAVITY: [&str; 3] = ["error", "warning", "note"];
    kinds.sort_by_key(|kind| GRAVITY.iter().position(|severity| *severity == kind[0][4]));
    let mut text = String::new();
    for kind in kinds.iter().take(KINDS_SHOWN) {
        let first = kind[0];
        let cells: Vec<String> = kind.iter().filter(|row| !row[1].is_empty()).map(|row| place(row)).collect();
        let more = match kind.len() {
            1 => String::new(),
            many => format!(" ({many} in all: {})", some_of(&cells)),
        };
        let at = cells.first().filter(|_| kind.len() == 1).map_or(String::new(), |cell| format!("{cell}: "));
        let line = format!("{:7} {at}{}; {}{more}", first[4], first[7].trim_end_matches('.'), lower(&first[8]));
        text.push_str(&broken(&line, 2));
    }
    if kinds.len() > KINDS_SHOWN {
        let more: usize = kinds[KINDS_SHOWN..].iter().map(Vec::len).sum();
        text.push_str(&format!("  … and {more} more; `fairload run` lists them all\n"));
    }
    text
}

fn place(finding: &[String]) -> String {
    format!("{}!{}", finding[1], finding[2])
}

/// Each worker with the rating that governs.
fn ratings(outcome: &Outcome, file: &FileOutcome) -> String {
    let mut table = table(&["team", "worker", "measure", "load", "against", "%", "RAG"]);
    for row in outcome.tables.ratings.iter().filter(|row| row[0] == file.file && row[11] == "yes") {
        let against = match (row[7].as_str(), row[8].as_str()) {
            (lower, upper) if lower == upper => upper.to_string(),
            (lower, upper) => format!("{lower}–{upper}"),
        };
        table.add_row([&row[1], &row[2], &row[4], &row[6], &against, &row[9], &row[10].to_uppercase()]);
    }
    if table.row_count() > 0 { format!("{table}\n") } else { String::new() }
}

/// The first of many: `a, b, c and 12 more`.
fn some_of(all: &[String]) -> String {
    match all.len().checked_sub(NAMED + 1) {
        Some(_) => format!("{} and {} more", all[..NAMED].join(", "), all.len() - NAMED),
        None => all.join(", "),
    }
}

/// A line broken between words, what follows indented below it.
pub(super) fn broken(line: &str, indent: usize) -> String {
    let mut text = " ".repeat(indent);
    let mut length = indent;
    for (at, word) in line.split(' ').enumerate() {
        let size = word.chars().count();
        if at > 0 && length + 1 + size > WIDTH {
            text.push('\n');
            text.push_str(&" ".repeat(indent + 4));
            length = indent + 4;
        } else if at > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += size;
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let text = broken(&["worker"; 30].join(" "), 2);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert_eq!(text.split_whitespace().count(), 30);
    }

    #[test]
    fn sheets_read_alike_are_told_together() {
        use crate::book::sheet::Visibility;
        let sheet = |name: &str, why: &str| SheetReading::passed_over(name, Visibility::Visible, why);
        let names: Vec<String> = (1..=9).map(|at| format!("Guidance {at}")).collect();
        let mut sheets: Vec<SheetReading> = names.iter().map(|name| sheet(name, "it is a page of text")).collect();
        sheets.push(sheet("Lists", "it is a look-up list"));
        let file = FileOutcome { sheets, ..FileOutcome::default() };
        let text = super::sheets(&file);
        let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flowing.contains("\"Guidance 6\" and 3 more: no caseload; it is a page of text"), "{text}");
        assert_eq!(text.matches("no caseload").count(), 2);
    }
}
