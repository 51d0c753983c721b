//! Sheets that share a team's caseload out between them: `CIN`, `CP`, `Duty cases`.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::book::sheet::RawBook;
use crate::field::caseload::Entry;
use crate::field::reading::{Meaning, SheetReading, SheetState};
use crate::policy::Policies;
use crate::understand::normalise::names::worker_name;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::rows_below;
use crate::understand::words::Words;

/// What a sheet's name is worth when a team is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The sheet holds a part of its workers' cases; its name is no team's.
    pub of_a_whole: bool,
    /// The one team that the other sheets of the same workers name.
    pub team: Option<String>,
}

/// The sheets whose workers mostly stand on another sheet too, which is no second team's.
///
/// It is one where both give the worker a share of a post that is not more than one together, or
/// where its name says a team. Two halves of a caseload taken for two teams would be two wrong greens.
pub fn parts(book: &RawBook, readings: &[SheetReading], words: &Words, policies: &Policies) -> Vec<Part> {
    let held: Vec<BTreeMap<String, Option<Decimal>>> =
        (0..readings.len()).map(|position| workers(book, readings, position, words, policies)).collect();
    let is_status = |position: usize| words.statuses(&readings[position].name).is_some();
    let partners = |position: usize| -> Vec<usize> {
        let own = &held[position];
        let others = (0..held.len()).filter(|other| *other != position);
        others
            .filter(|other| {
                let shared = own.keys().filter(|worker| held[*other].contains_key(*worker)).count();
                shared > 0 && shared * 2 > own.len().min(held[*other].len())
            })
            .collect()
    };
    let one_post = |position: usize, other: usize| {
        held[position].iter().any(|(worker, share)| match (share, held[other].get(worker)) {
            (Some(share), Some(Some(there))) => share + there > Decimal::ONE,
            (_, other) => other.is_some(),
        })
    };
    let of_a_whole = |position: usize, partners: &[usize]| {
        let statuses = is_status(position) && partners.iter().all(|other| is_status(*other));
        let one = partners.iter().any(|other| one_post(position, *other));
        !partners.is_empty() && (statuses || (one && !words.names_team(&readings[position].name)))
    };
    let parts: Vec<(Vec<usize>, bool)> = (0..readings.len())
        .map(|position| {
            let partners = partners(position);
            let part = of_a_whole(position, &partners);
            (partners, part)
        })
        .collect();
    let team = |partners: &[usize]| {
        let wholes = partners.iter().filter(|other| !parts[**other].1 && words.names_team(&readings[**other].name));
        let names: BTreeSet<&str> = wholes.map(|other| readings[*other].name.as_str()).collect();
        (names.len() == 1).then(|| names.into_iter().next().unwrap_or_default().to_string())
    };
    parts.iter().map(|(partners, part)| Part { of_a_whole: *part, team: team(partners).filter(|_| *part) }).collect()
}

/// The workers that a sheet's column names, with the share of a post written beside the first of their cases.
fn workers(
    book: &RawBook,
    readings: &[SheetReading],
    position: usize,
    words: &Words,
    policies: &Policies,
) -> BTreeMap<String, Option<Decimal>> {
    let (sheet, reading) = (&book.sheets[position], &readings[position]);
    let mut workers = BTreeMap::new();
    if reading.state != SheetState::Read || reading.aside.is_some() {
        return workers;
    }
    let with_worker = |table: &&crate::field::reading::TableReading| {
        table.layout.holds_cases() && table.column(Meaning::Worker).is_some() && table.column(Meaning::Team).is_none()
    };
    for table in reading.tables.iter().filter(with_worker) {
        let part = sheet.within(table.area);
        let reader = Reader::new(&part, table, position, words, policies);
        let mut met = BTreeSet::new();
        for row in rows_below(&part, table).filter_map(|(_, row)| row) {
            let Entry::Given(text, _) = reader.worker_text(row) else { continue };
            if !met.insert(text.clone()) || words.is_unallocated(&text) || words.is_total(&text) {
                continue;
            }
            let Some(name) = worker_name(&text, words, policies) else { continue };
            let written = reader.facts(row, &mut Vec::new()).fte;
            let share = written.given().or(name.fte.as_ref()).and_then(|figure| figure.fte).map(|fte| fte.0);
            let known = workers.entry(name.key).or_insert(share);
            *known = known.or(share);
        }
    }
    workers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book, policies};
    use crate::understand::recognise::recognise;

    fn read(sheets: &str) -> Vec<Part> {
        let (book, words) = (book("A", sheets), Words::built_in());
        let readings = recognise(&book, "file", &words, AS_OF);
        parts(&book, &readings, &words, &policies())
    }

    #[test]
    fn statuses_and_other_names_part_a_caseload() {
        let statuses = read("## CIN\nChild ID, Worker\n1, Ada\n## CP\nChild ID, Worker\n2, Ada");
        assert!(statuses.iter().all(|part| part.of_a_whole));
        let duty =
            read("## Locality East\nChild ID, Worker, FTE\n1, Ada, 1\n## Duty cases\nChild ID, Worker, FTE\n2, Ada, 1");
        assert_eq!(duty[0], Part::default());
        assert_eq!(duty[1], Part { of_a_whole: true, team: Some("Locality East".into()) });
    }

    #[test]
    fn two_teams_stay_two() {
        for sheets in [
            "## North\nChild ID, Worker, FTE\n1, Ada, 0.5\n## South\nChild ID, Worker, FTE\n2, Ada, 0.5",
            "## North\nChild ID, Worker\n1, Ada\n## South\nChild ID, Worker\n2, Ben",
            "## Assessment\nChild ID, Worker\n1, Ada\n## Locality\nChild ID, Worker\n2, Ada",
        ] {
            assert!(read(sheets).iter().all(|part| !part.of_a_whole), "{sheets}");
        }
    }
}
