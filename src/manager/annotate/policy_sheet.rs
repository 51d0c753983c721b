//! The sheet "Policy": every figure used, with unit, first day and source, in a cell that "Working" refers to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page, address};
use crate::book::phrase::day;
use crate::book::sheet::CellRef;
use crate::field::caseload::Unit;
use crate::field::figure_key::FigureKey;
use crate::field::rating::{AGREED, Rag};
use crate::policy::{Action, DECISIONS, Figures, Policy, Row, Source};

use super::{Book, wording};

/// The page, and where each figure stands on it.
pub struct PolicySheet {
    /// The page.
    pub page: Page,
    figures: BTreeMap<FigureKey, (CellRef, Decimal)>,
    actions: BTreeMap<Rag, CellRef>,
}

impl PolicySheet {
    /// The cell that holds the figure of this key, if it stands there with this value; as formulas name it.
    ///
    /// Every key has its row here. A figure of another value, such as a full load of one kind of case, has been made
    /// of the one that the key names.
    pub fn cell(&self, key: &FigureKey, value: Decimal) -> Option<String> {
        let stands = self.figures.get(key);
        debug_assert!(stands.is_some(), "no row of the sheet \"Policy\" holds {key:?}");
        stands.filter(|(_, stands)| *stands == value).map(|(cell, _)| address(&self.page.name, *cell))
    }

    /// The cell that says what a band asks for.
    pub fn action(&self, rag: Rag) -> Option<CellRef> {
        self.actions.get(&rag).copied()
    }
}

const COLUMNS: u32 = 6;
const LOWER: u32 = 1;
const UPPER: u32 = 2;

/// Builds the sheet.
pub fn page(book: &Book<'_>) -> PolicySheet {
    let mut page = Page::new(&book.names.policy, "5B6B8C", &[46, 12, 12, 34, 13, 52]);
    page.across(COLUMNS, "Policy: the figures and assumptions used", Look::Title);
    let about = format!(
        "In force on {}. Figures in blue boxes can be changed to see what would follow: sheets \"{}\" and \
         \"{}\" reckon with them. Which entry holds for a worker was chosen when the workbook was read and stays. A change \
         here changes this workbook alone; the agreed figures stand in the policy files.",
        day(book.policies.as_of),
        book.names.working,
        book.names.summary
    );
    page.across(COLUMNS, &about, Look::Muted);
    let mut sheet = PolicySheet { page, figures: BTreeMap::new(), actions: BTreeMap::new() };
    sheet.asked_for(book);
    for policy in &book.policies.chosen {
        sheet.policy(policy, book.policies.as_of);
    }
    sheet.agreed(book);
    sheet.policy(&book.policies.practice, book.policies.as_of);
    sheet.assumptions();
    sheet.page.freeze = Some(CellRef::new(1, 0));
    sheet
}

impl PolicySheet {
    fn asked_for(&mut self, book: &Book<'_>) {
        self.page.gap();
        self.page.across(COLUMNS, "What each band asks for", Look::Section);
        for rag in [Rag::Red, Rag::Amber, Rag::Green] {
            let Some(action) = book.policies.action(rag) else { continue };
            let row = self.told(Cell::rag(rag), action);
            self.actions.insert(rag, CellRef::new(row, 1));
        }
    }

    fn told(&mut self, first: Cell, action: &Action) -> u32 {
        let mut cells = vec![first, Cell::text(&action.text).look(Look::Text)];
        cells.resize(5, Cell::default().look(Look::Text));
        cells.push(Cell::text(action.source.to_string()).look(Look::Text));
        let row = self.page.push(cells);
        self.page.spread(row, 1, 4, Look::Text);
        self.page.fit(row, &[(&action.text, 71), (&action.source.to_string(), 52)]);
        row
    }

    fn policy(&mut self, policy: &Policy, on: Date) {
        self.page.gap();
        self.page.across(COLUMNS, &policy.title, Look::Section);
        let about = wording::sentences([policy.about.as_str(), &format!("Named {} in the tables", policy.name)]);
        self.page.across(COLUMNS, &about, Look::Muted);
        let heads = ["Entry", "Lower, or the figure", "Upper", "Unit", "In force from", "Source"];
        self.page.push(Cell::headings(&heads));
        for row in policy.rows(on) {
            self.row(&row);
        }
        for note in &policy.notes {
            self.remark(&note.text, &note.source.to_string());
        }
    }

    fn row(&mut self, row: &Row<'_>) {
        let at = self.page.next();
        let mut stands = |key: &FigureKey, column, figure| {
            self.figures.insert(key.clone(), (CellRef::new(at, column), figure));
        };
        let (lower, upper) = match &row.figures {
            Figures::Limit { lower, upper, keys: [lower_key, upper_key] } => {
                let (lower, upper) = (*lower, *upper);
                stands(lower_key, LOWER, lower);
                stands(upper_key, UPPER, upper);
                // Of two equal figures only the upper is entered, so that a change moves both.
                let first = if lower == upper {
                    Cell::counts(format!("=C{}", at + 1), lower)
                } else {
                    Cell::number(lower).look(Look::Input)
                };
                (first, Cell::number(upper).look(Look::Input))
            }
            Figures::FullLoad { lower, upper } => (Cell::number(*lower), Cell::number(*upper)),
            Figures::One { value, key, reckoned_with } => {
                stands(key, LOWER, *value);
                let look = if *reckoned_with { Look::Input } else { Look::Figure };
                (Cell::number(*value).look(look), Cell::default().look(Look::Text))
            }
        };
        self.entry(&row.label, lower, upper, &row.unit, row.from, row.source);
    }

    fn entry(&mut self, label: &str, lower: Cell, upper: Cell, unit: &str, from: Date, source: &Source) {
        self.page.push(vec![
            Cell::text(label).look(Look::Text),
            lower,
            upper,
            Cell::text(unit).look(Look::Text),
            Cell::date(from),
            Cell::text(source.to_string()).look(Look::Text),
        ]);
    }

    fn remark(&mut self, text: &str, source: &str) {
        let mut cells = vec![Cell::text(text).look(Look::Text)];
        cells.resize(5, Cell::default().look(Look::Text));
        cells.push(Cell::text(source).look(Look::Text));
        let row = self.page.push(cells);
        self.page.spread(row, 0, 4, Look::Text);
        self.page.fit(row, &[(text, 117), (source, 52)]);
    }

    fn agreed(&mut self, book: &Book<'_>) {
        let agreed: Vec<_> = book
            .workers()
            .filter_map(|listed| listed.worker.post.agreed.given().map(|agreed| (listed, agreed)))
            .collect();
        if agreed.is_empty() {
            return;
        }
        self.page.gap();
        self.page.across(COLUMNS, "Limits agreed with individual workers", Look::Section);
        self.page.across(COLUMNS, "They stand as they are, not pro rata again.", Look::Muted);
        let heads = ["Worker and team", "Limit", "", "Unit", "", "Reason given"];
        self.page.push(Cell::headings(&heads));
        for (listed, agreed) in agreed {
            let key = FigureKey::Agreed { worker: listed.worker.who.key.clone() };
            let row = self.page.next();
            self.figures.entry(key).or_insert((CellRef::new(row, LOWER), agreed.limit));
            let unit = listed.scored.ratings.iter().find(|rating| rating.policy == AGREED).map(|rating| rating.unit);
            let reason = if agreed.reason.is_empty() { "no reason given" } else { &agreed.reason };
            self.page.push(vec![
                Cell::text(format!("{}, {}", listed.worker.who.name, listed.team.name)).look(Look::Text),
                Cell::number(agreed.limit).look(Look::Input),
                Cell::default().look(Look::Text),
                Cell::text(unit.map_or("", Unit::label)).look(Look::Text),
                Cell::default().look(Look::Text),
                Cell::text(reason).look(Look::Text),
            ]);
        }
    }

    fn assumptions(&mut self) {
        self.page.gap();
        self.page.across(COLUMNS, "Decisions taken where the sources are silent or differ", Look::Section);
        for text in DECISIONS {
            self.remark(text, "fairload");
        }
    }
}
