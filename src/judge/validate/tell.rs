//! What several rules say alike of what is written, or is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::phrase::{count, listed};
use crate::book::sheet::Place;
use crate::field::caseload::{Case, ELSEWHERE, Entry, FteFigure, FteRead, Worker};
use crate::field::finding::{Finding, Rule, Severity};
use crate::field::reading::{Layout, Meaning};

use super::view::{Member, View, heading_of};

impl<'a> View<'a> {
    /// Tells of cells about a worker that were not understood; the message is told the worker's name.
    pub(super) fn tell_unclear<T: 'a>(
        &self,
        rule: &'static Rule,
        entry: impl Fn(&'a Worker) -> &'a Entry<T>,
        message: impl Fn(&str) -> String,
        findings: &mut Vec<Finding>,
    ) {
        let unclear = |member: Member<'a>| member.unclear(rule, entry(member.worker), message(&member.worker.who.name));
        findings.extend(self.members().filter_map(unclear));
    }

    /// Tells of cells about a case that were not understood, and of words of these meanings beside others that were.
    pub(super) fn tell_unclear_cases<T: 'a>(
        &self,
        rule: &'static Rule,
        entry: impl Fn(&'a Case) -> &'a Entry<T>,
        beside: &[Meaning],
        message: &str,
        findings: &mut Vec<Finding>,
    ) {
        for row in self.rows() {
            findings.extend(row.unclear(rule, entry(row.case), message));
            findings.extend(row.also_unclear(rule, beside, message));
        }
    }

    /// Tells of sheets with forms of work that no chosen policy scores; `form` says where a worker's stands.
    pub(super) fn tell_not_scored(
        &self,
        rule: &'static Rule,
        forms: Layout,
        work: &str,
        form: impl Fn(&Worker) -> Option<Place>,
        findings: &mut Vec<Finding>,
    ) {
        for (sheet, reading) in self.read_sheets() {
            let Some(table) = reading.tables.iter().find(|table| table.layout == forms) else { continue };
            let here = |member: &Member| form(member.worker).is_some_and(|place| place.sheet == sheet);
            let workers = count(self.members().filter(here).count(), "worker", "workers");
            let message = format!("The {work} of {workers} are read here, and no chosen policy scores {work}.");
            findings.push(rule.finding(Some(Place { sheet, cell: table.first_heading() }), message));
        }
    }

    /// Tells of members for whom nothing is written: one finding for each blank cell and for each
    /// worker whom the roster passes over, and one for each sheet where no such column is there.
    pub(super) fn tell_missing<T: 'a>(
        &self,
        rule: &'static Rule,
        meaning: Meaning,
        assumed: &str,
        members: impl Iterator<Item = (Member<'a>, &'a Entry<T>)>,
        findings: &mut Vec<Finding>,
    ) {
        let word = meaning.label();
        let mut rosters = self.tables().filter(|(_, table)| table.layout == Layout::Roster);
        let on_roster = rosters.any(|(_, table)| table.column(meaning).is_some());
        let mut without_column: BTreeMap<Place, usize> = BTreeMap::new();
        for (member, entry) in members {
            let cell = match entry {
                Entry::Blank(at) => Some(*at),
                Entry::NoColumn if on_roster => member.worker.place(),
                _ => None,
            };
            if let Some(at) = cell {
                let message = format!("No {word} is written for {}; {assumed} is assumed.", member.worker.who.name);
                findings.push(member.finding(rule, Some(at), message));
            } else if let (Entry::NoColumn, Some(at)) = (entry, member.worker.place()) {
                *without_column.entry(self.header(at)).or_default() += 1;
            }
        }
        for (header, workers) in without_column {
            let workers = count(workers, "worker", "workers");
            let message = format!("There is no column for {word}; {assumed} is assumed for {workers}.");
            findings.push(rule.finding(Some(header), message));
        }
    }

    /// Tells of members whose FTE was read in another unit: a note where the unit is written beside
    /// the figure, and one note for the whole column where its heading names the unit.
    pub(super) fn tell_converted(&self, rule: &'static Rule, unit: FteRead, words: &str, findings: &mut Vec<Finding>) {
        let mut headings = BTreeSet::new();
        for member in self.members() {
            let Entry::Given(FteFigure { written, read_as, unit_written, fte: Some(fte) }, at) =
                &member.worker.post.fte
            else {
                continue;
            };
            if *read_as != unit {
                continue;
            }
            if let Some(heading) = self.fte_heading_in(unit, *at) {
                headings.insert(heading);
                continue;
            }
            let name = &member.worker.who.name;
            let share = fte.0.normalize();
            let message = format!("FTE {written} of {name} is read as {words}, which is {share} of a full-time post.");
            let weight = if *unit_written { Severity::Note } else { rule.severity };
            findings.push(member.finding(rule, Some(*at), message).weighing(weight));
        }
        for heading in headings {
            let message =
                format!("The figures of this column are read as {words} and reckoned as shares of a full-time post.");
            findings.push(rule.finding(Some(heading), message).weighing(Severity::Note));
        }
    }

    /// The heading above an FTE cell, if it names the unit.
    fn fte_heading_in(&self, unit: FteRead, at: Place) -> Option<Place> {
        let table = self.table(at)?;
        let column = table.columns.iter().find(|column| column.column == at.cell.column)?;
        let heading = column.heading.to_lowercase();
        let names_unit = match unit {
            FteRead::Share => false,
            FteRead::Hours => heading.contains("hour") || heading.contains("hrs"),
            FteRead::Percent => heading.contains("percent") || heading.contains('%'),
            FteRead::Days => heading.contains("day"),
        };
        // "FTE or hours" leaves it open.
        let leaves_open = heading.contains("fte") && matches!(unit, FteRead::Hours | FteRead::Days);
        (column.meaning == Meaning::Fte && names_unit && !leaves_open)
            .then(|| heading_of(at.sheet, table, Meaning::Fte))
    }

    /// Tells of members for whom different values are written, each with its cell: one finding at the second of them,
    /// with the value that is used.
    pub(super) fn tell_different(
        &self,
        rule: &'static Rule,
        word: &str,
        written: impl Fn(&Worker) -> Vec<(String, Place)>,
        used: impl Fn(&Worker) -> Option<String>,
        findings: &mut Vec<Finding>,
    ) {
        for member in self.members() {
            let written = written(member.worker);
            let Some((_, at)) = written.get(1) else { continue };
            // Told at the worker's name where the second stands on a roster in another file.
            let beside = if at.sheet == ELSEWHERE { member.worker.place().unwrap_or(*at) } else { *at };
            let values = written.iter().map(|(value, cell)| format!("{value} in {}", self.cell(*cell, beside)));
            let values = listed(&values.collect::<Vec<_>>());
            let used = used(member.worker).map_or("none is used".into(), |used| format!("{used} is used"));
            let message = format!("{} has {word} {values}; {used}.", member.worker.who.name);
            findings.push(member.finding(rule, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::judge::validate::{fte_not_usable, two_ftes};
    use crate::testing::expect;

    const SHEETS: &str = "
        Child ID, Worker, FTE
        C-101, Ada Lovell, 0.6
        C-102, Ben Marsh,
        === roster
        Worker, Role, FTE
        Ada Lovell, Social worker, 0.8
        Ben Marsh, Social worker, some days
    ";

    #[test]
    fn what_a_roster_given_says_is_told_at_the_name() {
        expect(fte_not_usable::check, SHEETS, &["B3: The FTE of Ben Marsh is not a figure."]);
        let message = "B2: Ada Lovell has FTE 0.6 in C2 and 0.8 in C2 of the roster given; 0.6 is used.";
        expect(two_ftes::check, SHEETS, &[message]);
    }
}
