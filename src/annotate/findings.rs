//! The sheet "Findings": everything found, linked to its cell.

use crate::annotation::Tone;
use crate::finding::{Finding, Severity};
use crate::page::{Cell, Look, Page};
use crate::sheet::{Area, CellRef};

use super::{Book, wording};

const COLUMNS: u32 = 8;

/// Builds the sheet.
pub fn page(book: &Book<'_>) -> Page {
    let mut page = Page::new(&book.names.findings, "C27BA0", &[12, 22, 17, 21, 52, 24, 52, 30]);
    page.across(COLUMNS, "Findings: what to look at, and what to do", Look::Title);
    let count = |severity| book.findings.iter().filter(|finding| finding.severity == severity).count();
    let about = format!(
        "{} (breaks the guidance, or the data cannot be trusted) · {} (needs a look) · {} (assumed or passed over). In the \
         order of the sheets; sort or filter by any column. What a cell says may name a child: keep this sheet within the team.",
        wording::count(count(Severity::Error), "error", "errors"),
        wording::count(count(Severity::Warning), "warning", "warnings"),
        wording::count(count(Severity::Note), "note", "notes"),
    );
    page.across(COLUMNS, &about, Look::Muted);
    page.gap();
    let heads = ["Severity", "Cell", "Team", "Worker", "What is wrong", "The cell says", "What to do", "Rule"];
    let head = page.push(Cell::headings(&heads));
    page.freeze = Some(CellRef::new(head + 1, 2));
    page.repeat = Some((head, head));
    if book.findings.is_empty() {
        page.across(COLUMNS, "No findings: every rule was checked and nothing needs a look.", Look::Prose);
        return page;
    }
    for finding in book.findings {
        page.push(line(book, finding));
    }
    let last = CellRef::new(page.next() - 1, COLUMNS - 1);
    page.filter = Some(Area { first: CellRef::new(head, 0), last });
    page
}

fn line(book: &Book<'_>, finding: &Finding) -> Vec<Cell> {
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
    vec![
        Cell::text(wording::severity(finding.severity)).look(Look::Rag).tone(tone),
        place,
        text(finding.team.as_deref().unwrap_or("")),
        text(finding.worker.as_deref().unwrap_or("")),
        text(&wording::sentences([finding.message.as_str()])),
        text(finding.quote.as_deref().unwrap_or("")),
        text(&wording::sentences([finding.action.as_str()])),
        Cell::text(finding.rule.name).look(Look::Text),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::trial;
    use crate::page::Content;

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
    fn nothing_found_is_said() {
        let mut trial = trial::team();
        trial.findings.clear();
        let pages = trial.pages();
        assert!(pages[1].rows.iter().any(|row| row.cells.iter().any(|cell| cell.shown().starts_with("No findings"))));
    }
}
