//! Where the answers come from: how every sheet was read, what was assumed, and what each colour asks for.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, address};
use crate::book::phrase;
use crate::field::caseload::Role;
use crate::field::finding::Severity;
use crate::field::rating::{Measure, Rag};

use super::super::how_read::how_read;
use super::super::{Book, Listed, wording};
use super::{Summary, is_judged};

impl Summary<'_> {
    pub fn unallocated(&mut self) {
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "Children nobody holds", Look::Section);
        let book = self.book;
        let mut any = false;
        for team in book.caseload.teams.iter().filter(|team| !team.unallocated.is_empty()) {
            any = true;
            let cells: Vec<String> = team
                .unallocated
                .iter()
                .map(|case| format!("{} {}", book.caseload.sheet_name(case.place), case.place.cell))
                .collect();
            let text = format!(
                "{}: {}, at {}. Every child needs a named worker.",
                team.name,
                phrase::count(cells.len(), "child", "children"),
                wording::listing(&cells)
            );
            let row = self.page.across(across, &text, Look::Prose);
            self.page.rows[row as usize].cells[0].tone = Some(Tone::Error);
        }
        if !any {
            self.page.across(across, "None: every child has a named worker.", Look::Prose);
        }
    }

    pub fn bands(&mut self) {
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "What each colour asks for", Look::Section);
        for rag in [Rag::Red, Rag::Amber, Rag::Green] {
            let Some(action) = self.book.policies.action(rag) else { continue };
            let text = match self.policy.action(rag) {
                Some(cell) => {
                    Cell::says(format!("={}", address(&self.book.names.policy, cell)), &action.text).look(Look::Prose)
                }
                None => Cell::text(&action.text),
            };
            let row = self.page.push(vec![Cell::rag(rag), text]);
            self.page.spread(row, 1, across - 1, Look::Prose);
            self.page.fit(row, &[(&action.text, self.width(1, across))]);
        }
        let text = format!("Where the edges lie, and their sources: sheet \"{}\".", self.book.names.policy);
        self.page.across(across, &text, Look::Muted);
        let findings = [
            (Severity::Error, Tone::Error, "On your own sheets: a cell to put right."),
            (Severity::Warning, Tone::Warning, "On your own sheets: a cell to check."),
            (Severity::Note, Tone::Note, "On your own sheets: a cell that was read in a way worth knowing."),
        ];
        for (severity, tone, text) in findings {
            let mut word = Cell::text(wording::severity(severity)).look(Look::Rag);
            word.tone = Some(tone);
            let row = self.page.push(vec![word, Cell::text(text)]);
            self.page.spread(row, 1, across - 1, Look::Prose);
        }
        let text = "The note of a marked cell says the word, why, and what to do. The cell that names a worker takes \
                    the worker's colour. A cell with a fill of its own, or one that rules of yours colour, shows that and \
                    has our note beside it; the marks move with their rows when you sort.";
        self.page.across(across, text, Look::Muted);
    }

    pub fn sheets(&mut self) {
        let across = self.prose();
        self.page.gap();
        let wide = self.tail + 1;
        self.page.across(across, "How every sheet was read", Look::Section);
        let mut heads = Cell::headings(&[
            "Sheet",
            "Taken for",
            "Header row",
            "State",
            "Rows read",
            "Counted",
            "Set aside",
            "Columns and rows",
        ]);
        heads.resize(wide as usize, Cell::default().look(Look::Heading));
        let row = self.page.push(heads);
        self.page.spread(row, 7, wide - 1, Look::Heading);
        for sheet in self.book.caseload.sheets.iter().filter(|sheet| !sheet.ours) {
            let text = how_read(sheet);
            let taken = sheet.layout().sentence();
            let mut cells = vec![
                Cell::text(&sheet.name).look(Look::Strong),
                Cell::text(taken).look(Look::Text),
                Cell::maybe(sheet.header().map(|row| Decimal::from(row) + Decimal::ONE)),
                Cell::text(sheet.state.name().replace('-', " ")).look(Look::Text),
                Cell::number(Decimal::from(sheet.rows_read)),
                Cell::number(Decimal::from(sheet.rows_counted)),
                Cell::number(Decimal::from(sheet.set_aside.len())),
                Cell::text(&text).look(Look::Text),
            ];
            cells.resize(wide as usize, Cell::default().look(Look::Text));
            let row = self.page.push(cells);
            self.page.spread(row, 7, wide - 1, Look::Text);
            self.page.fit(row, &[(&text, self.width(7, wide)), (taken, 18), (&sheet.name, 13)]);
        }
    }

    pub fn assumptions(&mut self) {
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "What was assumed", Look::Section);
        let book = self.book;
        let mut said: Vec<String> = assumed(book)
            .iter()
            .map(|(what, whom)| wording::sentences([format!("{what}: {}", wording::listing(whom)).as_str()]))
            .collect();
        for measure in Measure::ALL.iter().filter(|measure| !is_judged(book, **measure)) {
            let ratings = book.workers().flat_map(|listed| &listed.scored.ratings);
            if let Some(rating) = ratings.into_iter().find(|rating| rating.measure == *measure) {
                said.push(wording::sentences([format!(
                    "By {} nobody is scored here: {}",
                    measure.label().to_lowercase(),
                    rating.because
                )
                .as_str()]));
            }
        }
        if said.is_empty() {
            said.push("Nothing about a worker had to be assumed.".into());
        }
        said.push(format!("Decisions that hold for every workbook stand on sheet \"{}\".", book.names.policy));
        for text in said {
            self.page.across(across, &text, Look::Prose);
        }
    }
}

/// What had to be assumed, and of whom; nothing that holds for nobody.
pub fn assumed(book: &Book<'_>) -> Vec<(&'static str, Vec<String>)> {
    let names = |fits: &dyn Fn(&Listed<'_>) -> bool| -> Vec<String> {
        book.workers().filter(|listed| fits(listed)).map(|listed| listed.worker.who.name.clone()).collect()
    };
    let by_points = |listed: &Listed<'_>| {
        let points = listed.scored.ratings.iter().find(|rating| rating.measure == Measure::Points);
        points.is_some_and(|rating| rating.rag != Rag::NotScored)
    };
    let mut said = vec![
        ("FTE 1, because none is written", names(&|listed| listed.worker.fte_assumed())),
        (
            "social worker, because no role is written",
            names(&|listed| {
                let worker = listed.worker;
                worker.post.written_role.is_absent() && worker.post.role == Role::SocialWorker && !worker.post.unknown
            }),
        ),
        (
            "the full benchmark, because no experience is written",
            names(&|listed| listed.worker.post.stage.is_none() && by_points(listed)),
        ),
        (
            "a medium intervention level for some household, because the cell is blank",
            names(&|listed| listed.scored.households.iter().any(|household| household.intervention_assumed)),
        ),
    ];
    said.retain(|(_, whom)| !whom.is_empty());
    said
}
