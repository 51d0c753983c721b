//! The first rows of the summary: how many are over and who, what to do about it, and how sure we are.

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, fixed};
use crate::book::phrase;
use crate::book::sheet::CellRef;
use crate::field::finding::Severity;
use crate::field::rating::Rag;
use crate::field::reading::SheetReading;

use super::super::{Book, Listed, wording};
use super::reading::assumed;
use super::{RAG, Summary};

/// So many names are told before the rest are only counted.
const NAMED: usize = 4;

impl Summary<'_> {
    /// Writes the answer and says on which row the headings of the workers will stand, below so many rows of labels.
    pub fn answer(&mut self, listed: &[Listed<'_>], labels: u32) -> u32 {
        let has = |rag| listed.iter().any(|listed| listed.scored.rag() == rag);
        let mut asked: Vec<Rag> = [Rag::Red, Rag::Amber].into_iter().filter(|rag| has(*rag)).collect();
        if asked.is_empty() && has(Rag::Green) {
            asked.push(Rag::Green);
        }
        // Counts, who is over, a line for each colour, how sure we are, a gap: then the headings.
        let head = self.page.next() + asked.len() as u32 + 4 + labels;
        self.counts((head + 1, head + listed.len() as u32), listed);
        self.told(Cell::text("Who is over?").look(Look::Strong), &who(listed));
        for rag in asked {
            let text = self.book.policies.action(rag).map_or("no text in the policy", |action| action.text.as_str());
            self.told(Cell::rag(rag), &wording::sentences([text]));
        }
        self.told(Cell::text("How sure?").look(Look::Strong), &certainty(self.book));
        self.moved_to_nobody();
        head
    }

    fn told(&mut self, label: Cell, text: &str) {
        let row = self.page.push(vec![label, Cell::text(text)]);
        self.page.spread(row, 1, self.prose() - 1, Look::Prose);
        self.page.fit(row, &[(text, self.width(1, self.prose()))]);
    }

    fn counts(&mut self, rows: (u32, u32), listed: &[Listed<'_>]) {
        let mut cells = vec![Cell::text(phrase::count(listed.len(), "worker", "workers")).look(Look::Tile)];
        let areas: [(Rag, u32); 4] = [(Rag::Red, 1), (Rag::Amber, 2), (Rag::Green, 4), (Rag::NotScored, 6)];
        let row = self.page.next();
        for (rag, at) in areas {
            cells.resize(at as usize, Cell::default().look(Look::Tile));
            let count = listed.iter().filter(|listed| listed.scored.rag() == rag).count();
            let result = format!("{} {count}", rag.word());
            let cell = if listed.is_empty() {
                Cell::text(result)
            } else {
                let words = format!("{}:{}", fixed(CellRef::new(rows.0, RAG)), fixed(CellRef::new(rows.1, RAG)));
                Cell::says(format!("=\"{0} \"&COUNTIF({words},\"{0}\")", rag.word()), result)
            };
            cells.push(cell.look(Look::Tile).tone(Tone::of(rag)));
        }
        let unallocated: usize = self.book.caseload.teams.iter().map(|team| team.unallocated.len()).sum();
        let tone = if unallocated > 0 { Tone::Error } else { Tone::Green };
        let text = match unallocated {
            0 => "No child unallocated".to_string(),
            some => format!("{} unallocated", phrase::count(some, "child", "children")),
        };
        cells.resize(8, Cell::default().look(Look::Tile));
        cells.push(Cell::text(text).look(Look::Tile).tone(tone));
        self.page.push(cells);
        self.page.spread(row, 2, 3, Look::Tile);
        self.page.spread(row, 4, 5, Look::Tile);
        self.page.spread(row, 6, 7, Look::Tile);
        self.page.spread(row, 8, self.prose() - 1, Look::Tile);
        self.page.rows[row as usize].height = Some(24);
    }
}

/// The red and amber workers, the worst first, and by how much each is over.
fn who(listed: &[Listed<'_>]) -> String {
    let count = |fits: &dyn Fn(Rag) -> bool| listed.iter().filter(|listed| fits(listed.scored.rag())).count();
    let unscored = count(&|rag| rag == Rag::NotScored);
    let over: Vec<&Listed<'_>> =
        listed.iter().filter(|listed| matches!(listed.scored.rag(), Rag::Red | Rag::Amber)).collect();
    if listed.is_empty() {
        return "Not known: no worker was found.".into();
    }
    if unscored == listed.len() {
        return "Not known: no worker could be scored; what is missing stands with each of them.".into();
    }
    let mut said = if over.is_empty() {
        let scored = phrase::count(listed.len() - unscored, "worker", "workers");
        format!("Nobody of {scored} scored.")
    } else {
        let mut named: Vec<String> = over.iter().take(NAMED).map(|listed| one(listed)).collect();
        if over.len() > NAMED {
            named.push(format!("and {} more below", over.len() - NAMED));
        }
        format!("{}.", named.join("; "))
    };
    if unscored > 0 {
        said.push_str(&format!(" Of {} not scored it is not known.", phrase::count(unscored, "worker", "workers")));
    }
    said
}

/// A worker with how far over, of what.
fn one(listed: &Listed<'_>) -> String {
    let name = &listed.worker.who.name;
    match listed.scored.governing().and_then(|rating| Some((wording::over(rating)?, rating.unit.label()))) {
        Some((over, unit)) => format!("{name}, {over} {unit}"),
        None => name.clone(),
    }
}

/// What was found, read, assumed and left unscored.
fn certainty(book: &Book<'_>) -> String {
    let count = |severity| book.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let sheets: Vec<&SheetReading> = book.caseload.sheets.iter().filter(|sheet| !sheet.ours).collect();
    let read: u32 = sheets.iter().map(|sheet| sheet.rows_read).sum();
    let counted: u32 = sheets.iter().map(|sheet| sheet.rows_counted).sum();
    let aside: usize = sheets.iter().map(|sheet| sheet.set_aside.len()).sum();
    let mut parts = vec![if errors + warnings + notes == 0 {
        "Nothing was found wrong".to_string()
    } else {
        format!(
            "{}, {} and {} on sheet \"{}\"",
            phrase::count(errors, "error", "errors"),
            phrase::count(warnings, "warning", "warnings"),
            phrase::count(notes, "note", "notes"),
            book.names.findings
        )
    }];
    parts.push(format!("{read} rows read, {counted} counted, {aside} set aside (listed below)"));
    let assumed: Vec<String> = assumed(book)
        .iter()
        .map(|(what, whom)| format!("{what} ({})", phrase::count(whom.len(), "worker", "workers")))
        .collect();
    if assumed.is_empty() {
        parts.push("Nothing about a worker had to be assumed".into());
    } else {
        parts.push(format!("Assumed: {}", assumed.join("; ")));
    }
    let unscored: Vec<&str> = book
        .workers()
        .filter(|listed| listed.scored.rag() == Rag::NotScored)
        .map(|listed| listed.worker.who.name.as_str())
        .collect();
    if !unscored.is_empty() {
        let more = unscored.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        parts.push(format!("Not scored: {}{more}", unscored[..unscored.len().min(NAMED)].join(", ")));
    }
    wording::sentences(parts.iter().map(String::as_str))
}
