//! The sheet "Findings": everything found, linked to its cell.

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, Page};
use crate::book::phrase;
use crate::book::sheet::{Area, CellRef};
use crate::field::finding::{Finding, Severity};

use super::{Book, wording};

/// Headings and widths; what a cell says stands there only where some finding quotes it.
const COLUMNS: [(&str, u16); 8] = [
    ("Severity", 12),
    ("Cell", 22),
    ("Team", 21),
    ("Worker", 21),
    ("What is wrong", 52),
    (QUOTED, 24),
    ("What to do", 52),
    ("Kind", 24),
];
const QUOTED: &str = "The cell says";

/// Builds the sheet.
pub fn page(book: &Book<'_>) -> Page {
    let quoted = book.findings.iter().any(|finding| finding.quote.is_some());
    let shown = COLUMNS.iter().filter(|(heading, _)| quoted || *heading != QUOTED);
    let (heads, widths): (Vec<&str>, Vec<u16>) = shown.copied().unzip();
    let columns = heads.len() as u32;
    let mut page = Page::new(&book.names.findings, "C27BA0", &widths);
    page.across(columns, "Findings: what to look at, and what to do", Look::Title);
    let count = |severity| book.findings.iter().filter(|finding| finding.severity == severity).count();
    let about = format!(
        "{} (breaks the guidance, or the data cannot be trusted) · {} (needs a look) · {} (assumed or passed over). The \
         gravest first, each in the order of the sheets; sort or filter by any column. What a cell says may name a child: keep this sheet within the team.",
        phrase::count(count(Severity::Error), "error", "errors"),
        phrase::count(count(Severity::Warning), "warning", "warnings"),
        phrase::count(count(Severity::Note), "note", "notes"),
    );
    page.across(columns, &about, Look::Muted);
    page.gap();
    let head = page.push(Cell::headings(&heads));
    page.freeze = Some(CellRef::new(head + 1, 2));
    page.repeat = Some((head, head));
    if book.findings.is_empty() {
        page.across(columns, "No findings: every rule was checked and nothing needs a look.", Look::Prose);
        return page;
    }
    // The gravest first: with many workers a few errors stand among hundreds of remarks.
    let mut findings: Vec<&Finding> = book.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    for finding in findings {
        page.push(line(book, finding, quoted));
    }
    let last = CellRef::new(page.next() - 1, columns - 1);
    page.filter = Some(Area { first: CellRef::new(head, 0), last });
    page
}

fn line(book: &Book<'_>, finding: &Finding, quoted: bool) -> Vec<Cell> {
    let tone = match finding.severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
        Severity::Note => Tone::Note,
    };
    let place = match finding.place {
        Some(place) => {
            let sheet = book.caseload.sheet_name(place);
            Cell::link(format!("{sheet} {}", place.cell), sheet, place.cell)
        }
        None => Cell::text("the workbook").look(Look::Text),
    };
    let text = |text: &str| Cell::text(text).look(Look::Text);
    let mut cells = vec![
        Cell::text(wording::severity(finding.severity)).look(Look::Rag).tone(tone),
        place,
        text(finding.team.as_deref().unwrap_or("")),
        text(finding.worker.as_deref().unwrap_or("")),
        text(&wording::sentences([finding.message.as_str()])),
    ];
    if quoted {
        cells.push(text(finding.quote.as_deref().unwrap_or("")));
    }
    cells.push(text(&wording::sentences([finding.action.as_str()])));
    cells.push(text(&finding.rule.name.replace('-', " ")));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::Content;
    use crate::manager::annotate::trial;

    #[test]
    fn a_finding_leads_to_its_cell_and_says_what_to_do() {
        let trial = trial::team();
        let page = &trial.pages()[1];
        let row = page.rows.iter().find(|row| row.cells.first().is_some_and(|cell| cell.shown() == "ERROR")).unwrap();
        assert!(matches!(&row.cells[1].content, Content::Link { sheet, cell, .. }
            if sheet == "Caseload" && cell.to_string() == "B30"));
        assert!(!row.cells[6].shown().is_empty());
        assert_eq!(row.cells[0].tone, Some(Tone::Error));
    }

    #[test]
    fn what_a_cell_says_has_a_column_where_some_finding_quotes_it() {
        let mut trial = trial::team();
        let heads = |trial: &trial::Trial| {
            let page = trial.pages().swap_remove(1);
            page.rows[3].cells.iter().map(|cell| cell.shown().to_string()).collect::<Vec<_>>()
        };
        for finding in &mut trial.findings {
            finding.quote = None;
        }
        assert!(!heads(&trial).contains(&QUOTED.to_string()));
        trial.findings[0].quote = Some("CPP".into());
        assert_eq!(heads(&trial)[5], QUOTED);
    }

    #[test]
    fn nothing_found_is_said() {
        let mut trial = trial::team();
        trial.findings.clear();
        let pages = trial.pages();
        assert!(pages[1].rows.iter().any(|row| row.cells.iter().any(|cell| cell.shown().starts_with("No findings"))));
    }
}
