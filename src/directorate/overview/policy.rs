//! The sheet "Policy": every figure that the comparison rests on, with unit, first day and source.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page};
use crate::book::phrase::day;
use crate::book::sheet::CellRef;
use crate::field::quality::Assumption;
use crate::field::rating::Rag;
use crate::policy::{DECISIONS, Figures, Policies, Policy, Row};

use super::POLICY;

const COLUMNS: u32 = 6;

/// Builds the sheet.
pub fn page(policies: &Policies) -> Page {
    let mut page = Page::new(POLICY, "5B6B8C", &[46, 12, 12, 34, 13, 52]);
    page.across(COLUMNS, "Policy: the figures and assumptions used", Look::Title);
    let on = policies.as_of;
    let about = format!(
        "In force on {}. The agreed figures stand in the policy files, which change them for everybody; nothing is \
         reckoned from this sheet. A limit agreed with a worker stands in their team's own workbook.",
        day(on)
    );
    page.across(COLUMNS, &about, Look::Muted);
    asked_for(&mut page, policies);
    for policy in &policies.chosen {
        figures(&mut page, policy, &policy.rows(on));
    }
    figures(&mut page, &policies.practice, &policies.practice.rows(on));
    published(&mut page, policies);
    assumptions(&mut page);
    page.freeze = Some(CellRef::new(1, 0));
    page
}

fn asked_for(page: &mut Page, policies: &Policies) {
    page.gap();
    page.across(COLUMNS, "What each band asks for", Look::Section);
    for rag in [Rag::Red, Rag::Amber, Rag::Green] {
        let Some(action) = policies.action(rag) else { continue };
        wide(page, Cell::rag(rag), &action.text, &action.source.to_string());
    }
}

fn figures(page: &mut Page, policy: &Policy, rows: &[Row<'_>]) {
    page.gap();
    page.across(COLUMNS, &policy.title, Look::Section);
    let about = format!("{}. Named {} in the tables.", policy.about.trim().trim_end_matches('.'), policy.name);
    page.across(COLUMNS, &about, Look::Muted);
    page.push(Cell::headings(&["Entry", "Lower, or the figure", "Upper", "Unit", "In force from", "Source"]));
    for row in rows {
        let (lower, upper) = match row.figures {
            Figures::Limit { lower, upper, .. } | Figures::FullLoad { lower, upper } => (lower, Some(upper)),
            Figures::One { value, .. } => (value, None),
        };
        line(page, row, lower, upper);
    }
    for note in &policy.notes {
        remark(page, &note.text, &note.source.to_string());
    }
}

/// Published averages, of every year: they stand beside the directorate's own and judge nobody.
fn published(page: &mut Page, policies: &Policies) {
    let years = policies.average_caseloads();
    if years.is_empty() {
        return;
    }
    page.gap();
    page.across(COLUMNS, "Published averages that stand beside the directorate's own", Look::Section);
    page.across(COLUMNS, "They judge nobody; sheet \"Benchmarks\" shows them.", Look::Muted);
    page.push(Cell::headings(&["Entry", "Figure", "", "Unit", "At", "Source"]));
    for figure in years.into_iter().rev() {
        page.push(vec![
            Cell::text(&figure.label).look(Look::Text),
            Cell::number(figure.value),
            Cell::default().look(Look::Text),
            Cell::text(&figure.unit).look(Look::Text),
            Cell::date(figure.from),
            Cell::text(figure.source.to_string()).look(Look::Text),
        ]);
    }
}

fn assumptions(page: &mut Page) {
    page.gap();
    page.across(COLUMNS, "What is assumed where a workbook does not say", Look::Section);
    page.across(COLUMNS, "How often each was needed stands on sheet \"Data quality\".", Look::Muted);
    for assumption in Assumption::ALL {
        wide(page, Cell::text(assumption.label()).look(Look::Strong), assumption.meaning(), "fairload");
    }
    page.gap();
    page.across(COLUMNS, "Decisions taken where the sources are silent or differ", Look::Section);
    for text in DECISIONS {
        remark(page, text, "fairload");
    }
}

fn line(page: &mut Page, row: &Row<'_>, lower: Decimal, upper: Option<Decimal>) {
    page.push(vec![
        Cell::text(&row.label).look(Look::Text),
        Cell::number(lower),
        upper.map_or_else(|| Cell::default().look(Look::Text), Cell::number),
        Cell::text(&row.unit).look(Look::Text),
        Cell::date(row.from),
        Cell::text(row.source.to_string()).look(Look::Text),
    ]);
}

/// A row whose text spans the four columns before the source.
fn wide(page: &mut Page, first: Cell, text: &str, source: &str) {
    let mut cells = vec![first, Cell::text(text).look(Look::Text)];
    cells.resize(5, Cell::default().look(Look::Text));
    cells.push(Cell::text(source).look(Look::Text));
    let row = page.push(cells);
    page.spread(row, 1, 4, Look::Text);
    page.fit(row, &[(text, 71), (source, 52)]);
}

/// A row whose text spans all columns before the source.
fn remark(page: &mut Page, text: &str, source: &str) {
    let mut cells = vec![Cell::text(text).look(Look::Text)];
    cells.resize(5, Cell::default().look(Look::Text));
    cells.push(Cell::text(source).look(Look::Text));
    let row = page.push(cells);
    page.spread(row, 0, 4, Look::Text);
    page.fit(row, &[(text, 117), (source, 52)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_figure_of_the_policies_stands_there_with_its_source() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let page = page(&policies);
        let texts: Vec<&str> = page.rows.iter().filter_map(|row| row.cells.first()).map(Cell::shown).collect();
        for policy in policies.chosen.iter().chain([&policies.practice]) {
            for row in policy.rows(policies.as_of) {
                assert!(texts.contains(&row.label.as_str()), "{row:?}");
            }
        }
        let averages = page.rows.iter().filter(|row| row.cells.first().is_some_and(|cell| cell.shown() == "England"));
        assert_eq!(averages.count(), policies.average_caseloads().len());
    }
}
