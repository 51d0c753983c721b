//! Fills and notes for the manager's own cells.

use std::collections::BTreeMap;

use crate::annotation::{Annotation, Mark, Tone};
use crate::caseload::Caseload;
use crate::finding::{Finding, Severity};
use crate::page::SheetNames;
use crate::rating::{Rag, Scored, ScoredWorker};
use crate::sheet::Place;

use super::wording;

/// What to mark and note on the manager's own sheets.
///
/// A finding's cell is filled by the worst severity and lists every finding of that cell. Every
/// cell that names a worker takes the worker's colour, which goes before a finding's fill; the
/// first cell of each block of rows says why.
pub fn annotate(caseload: &Caseload, scored: &Scored, findings: &[Finding], names: &SheetNames) -> Annotation {
    let mut cells: BTreeMap<Place, Cell> = BTreeMap::new();
    for (team, ratings) in caseload.teams.iter().zip(&scored.teams) {
        for (worker, scored) in team.workers.iter().zip(ratings) {
            let roster = if worker.named.is_empty() { worker.on_roster } else { None };
            let mut named: Vec<Place> = worker.named.iter().copied().chain(roster).collect();
            named.sort_unstable();
            named.dedup();
            for place in &named {
                let cell = cells.entry(*place).or_default();
                cell.rag = Some(cell.rag.map_or(scored.rag(), |other| other.min(scored.rag())));
                if place.cell.row == 0 || named.binary_search(&above(*place)).is_err() {
                    cell.lines.push(reasons(&worker.name, scored, names));
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
        note: (!cell.lines.is_empty()).then(|| cell.lines.join("\n\n")),
    });
    Annotation { marks: marks.collect() }
}

#[derive(Default)]
struct Cell {
    rag: Option<Rag>,
    severity: Option<Severity>,
    lines: Vec<String>,
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
    let mut lines = Vec::new();
    let governing = scored.governing();
    if let Some(rating) = governing {
        lines.push(wording::sentences([format!("{}: {}", rating.rag.word(), wording::measured(rating)).as_str()]));
    }
    for rating in scored.ratings.iter().filter(|rating| !rating.governs) {
        let measure = wording::measure(rating.measure);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::trial;

    #[test]
    fn the_first_cell_of_a_block_says_why_and_all_are_coloured() {
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
        assert_eq!((at("B5").tone, at("B5").note.as_deref()), (Some(Tone::Red), None));
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
    fn a_finding_alone_is_filled_by_its_worst_severity() {
        let trial = trial::team();
        let marks = annotate(&trial.caseload, &trial.scored, &trial.findings, &SheetNames::default()).marks;
        let mark = marks.iter().find(|mark| mark.place == trial::place("E60")).expect("the status cell");
        assert_eq!(mark.tone, Some(Tone::Warning));
        assert_eq!(mark.note.as_deref().unwrap_or_default().matches("What to do").count(), 2);
    }
}
