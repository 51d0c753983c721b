//! Fills and notes for the manager's own cells.

use std::collections::BTreeMap;

use crate::book::annotation::{Annotation, Mark, Tone};
use crate::book::sheet::Place;
use crate::field::caseload::{Caseload, Worker};
use crate::field::finding::{Finding, Severity};
use crate::field::rating::{Rag, Scored, ScoredWorker};
use crate::manager::sheet_names::SheetNames;

use super::wording;

/// What to mark and note on the manager's own sheets.
///
/// A finding's cell is filled by the worst severity and lists every finding of that cell. Every
/// cell that names a worker takes the worker's colour, which goes before a finding's fill. The first
/// cell of each block of rows says why; the others say the word, for a sort parts them from it.
pub fn annotate(caseload: &Caseload, scored: &Scored, findings: &[Finding], names: &SheetNames) -> Annotation {
    let mut cells: BTreeMap<Place, Cell> = BTreeMap::new();
    let repeated = repeats(caseload) <= REPEATS_MOST;
    for (team, ratings) in caseload.teams.iter().zip(&scored.teams) {
        for (worker, scored) in team.workers.iter().zip(ratings) {
            let named = named(worker);
            for place in &named {
                let cell = cells.entry(*place).or_default();
                cell.rag = Some(cell.rag.map_or(scored.rag(), |other| other.min(scored.rag())));
                if begins(&named, *place) {
                    cell.lines.push(reasons(&worker.who.name, scored, names));
                } else if repeated {
                    cell.lines.push(format!("{} See sheet \"{}\".", governed(scored), names.summary));
                }
            }
        }
    }
    for finding in findings {
        let Some(place) = finding.place else { continue };
        let cell = cells.entry(place).or_default();
        cell.severity = Some(cell.severity.map_or(finding.severity, |other| other.min(finding.severity)));
        cell.lines.push(said(finding));
    }
    let marks = cells.into_iter().map(|(place, cell)| Mark {
        place,
        tone: cell.rag.map(Tone::of).or(cell.severity.map(tone)),
        note: (!cell.lines.is_empty()).then(|| note(&cell.lines, names)),
    });
    Annotation { marks: marks.collect() }
}

/// Most notes that repeat a worker's colour in one workbook; more would make it slow to open and scroll.
const REPEATS_MOST: usize = 2_000;

fn repeats(caseload: &Caseload) -> usize {
    let workers = caseload.teams.iter().flat_map(|team| &team.workers).map(named);
    workers.map(|named| named.iter().filter(|place| !begins(&named, **place)).count()).sum()
}

/// The cells that name a worker, ascending; on the roster alone where no case does.
fn named(worker: &Worker) -> Vec<Place> {
    let roster = if worker.who.named.is_empty() { worker.who.on_roster } else { None };
    let mut named: Vec<Place> = worker.who.named.iter().copied().chain(roster).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whether the cell is the first of a block of rows.
fn begins(named: &[Place], place: Place) -> bool {
    place.cell.row == 0 || named.binary_search(&above(place)).is_err()
}

#[derive(Default)]
struct Cell {
    rag: Option<Rag>,
    severity: Option<Severity>,
    lines: Vec<String>,
}

/// All that is said of a cell, one below the other; what a note cannot hold is counted and told where to find.
fn note(lines: &[String], names: &SheetNames) -> String {
    // Spreadsheets hold 32,767 units; the manager's own note may stand above ours.
    const MOST: usize = 30_000;
    let mut left = MOST;
    let fits = |line: &&String| {
        let units = line.encode_utf16().count() + 2;
        let fits = units <= left;
        left = left.saturating_sub(units);
        fits
    };
    let kept: Vec<&str> = lines.iter().take_while(fits).map(String::as_str).collect();
    let more = lines.len() - kept.len();
    let rest = (more > 0).then(|| format!("And {more} more: see sheet \"{}\".", names.findings));
    kept.into_iter().map(str::to_string).chain(rest).collect::<Vec<_>>().join("\n\n")
}

fn above(place: Place) -> Place {
    let mut place = place;
    place.cell.row = place.cell.row.saturating_sub(1);
    place
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
        Severity::Note => Tone::Note,
    }
}

fn said(finding: &Finding) -> String {
    let message = wording::sentences([finding.message.as_str()]);
    let action = wording::sentences([finding.action.as_str()]);
    format!("{}: {message}\nWhat to do: {action}", wording::severity(finding.severity))
}

fn reasons(name: &str, scored: &ScoredWorker, names: &SheetNames) -> String {
    let mut lines = vec![governed(scored)];
    for rating in scored.ratings.iter().filter(|rating| !rating.governs) {
        let measure = rating.measure.label();
        let line = format!("{measure}: {}, {}", rating.rag.word(), wording::measured(rating));
        lines.push(wording::sentences([line.as_str()]));
    }
    let more = if matches!(scored.rag(), Rag::Red | Rag::Amber) {
        format!("{name}: see sheet \"{}\" for what is asked, \"{}\" for how.", names.action_plan, names.working)
    } else {
        format!("{name}: see sheet \"{}\".", names.summary)
    };
    lines.push(more);
    lines.join("\n")
}

/// The word of the worker's colour, and what it is for.
fn governed(scored: &ScoredWorker) -> String {
    let word = scored.rag().word();
    match scored.governing() {
        Some(rating) => wording::sentences([format!("{word}: {}", wording::measured(rating)).as_str()]),
        None => format!("{word}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manager::annotate::trial;

    #[test]
    fn the_first_cell_of_a_block_says_why_and_all_say_the_colour() {
        let trial = trial::team();
        let marks = annotate(&trial.caseload, &trial.scored, &trial.findings, &SheetNames::default()).marks;
        let at = |text: &str| {
            let place = trial::place(text);
            marks.iter().find(|mark| mark.place == place).unwrap_or_else(|| panic!("{text} is marked"))
        };
        assert_eq!(at("B4").tone, Some(Tone::Red));
        let note = at("B4").note.clone().unwrap_or_default();
        assert!(note.starts_with("RED: 24 children against 20 (120 %)."), "{note}");
        assert!(note.contains("Points: AMBER, 50 points against 50 (100 %)."), "{note}");
        let word = "RED: 24 children against 20 (120 %). See sheet \"RAG summary\".";
        assert_eq!((at("B5").tone, at("B5").note.as_deref()), (Some(Tone::Red), Some(word)));
    }

    #[test]
    fn a_cell_with_finding_and_colour_keeps_the_colour_and_tells_both() {
        let trial = trial::team();
        let marks = annotate(&trial.caseload, &trial.scored, &trial.findings, &SheetNames::default()).marks;
        let mark = marks.iter().find(|mark| mark.place == trial::place("B30")).expect("Ben's first cell");
        assert_eq!(mark.tone, Some(Tone::Green));
        let note = mark.note.clone().unwrap_or_default();
        assert!(note.contains("GREEN: 13 children against 13 (100 %).") && note.contains("ERROR: "), "{note}");
        assert!(note.contains("What to do: "), "{note}");
    }

    #[test]
    fn a_note_tells_every_finding_that_it_can_hold() {
        let names = SheetNames::default();
        let lines: Vec<String> = (0..15).map(|at| format!("ERROR: {at} {}", "word ".repeat(40))).collect();
        let all = note(&lines, &names);
        assert!(lines.iter().all(|line| all.contains(line.as_str())) && !all.contains("more: see"));
        // 148 lines of 200 letters and two line ends are 29,896.
        let lines = vec!["x".repeat(200); 151];
        let cut = note(&lines, &names);
        assert!(cut.ends_with("x\n\nAnd 3 more: see sheet \"Findings\"."), "{}", &cut[cut.len() - 50..]);
        assert!(cut.len() < 30_100);
    }

    #[test]
    fn a_finding_alone_is_filled_by_its_worst_severity() {
        let trial = trial::team();
        let marks = annotate(&trial.caseload, &trial.scored, &trial.findings, &SheetNames::default()).marks;
        let mark = marks.iter().find(|mark| mark.place == trial::place("E60")).expect("the status cell");
        assert_eq!(mark.tone, Some(Tone::Warning));
        assert_eq!(mark.note.as_deref().unwrap_or_default().matches("What to do").count(), 2);
    }
}
