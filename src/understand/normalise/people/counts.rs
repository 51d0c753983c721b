//! Children whom only tables of counts tell of.

use std::collections::{BTreeMap, BTreeSet};

use super::People;
use super::person::Person;
use crate::book::text::fold;
use crate::field::caseload::{NotCounted, Stated};
use crate::field::reading::Meaning;
use crate::understand::normalise::teams::{TeamName, TeamNames};
use crate::understand::normalise::worker_counts::RowCounts;

impl People<'_> {
    /// Counts the children of workers whom only tables of counts tell of, and notes what such tables
    /// state of the others.
    pub fn count_rows(&mut self) {
        let roster = self.roster;
        let lists = self.teams.iter().any(|gathered| {
            !gathered.team.unallocated.is_empty()
                || gathered.workers.iter().any(|person| !person.holds.cases.is_empty())
        });
        for (key, rows) in self.roster_by_key.clone() {
            // By the table that counts, and the team it counts for.
            let mut tables: ByTable = BTreeMap::new();
            for &row in &rows {
                let (Some(counts), true) = (&roster[row].counts, self.seats.contains_key(&row)) else { continue };
                let team = roster[row].team_key().unwrap_or_default();
                tables.entry((team, counts.at.sheet, counts.table)).or_default().push((row, counts));
            }
            let held_in = self.teams.iter().filter_map(|gathered| gathered.workers.get(*gathered.by_key.get(key)?));
            let listed: usize = held_in.map(|person| person.holds.cases.len()).sum();
            let counted = if listed == 0 { largest(&tables) } else { BTreeSet::new() };
            for (at, rows) in &tables {
                let stated: u32 = rows.iter().map(|(_, counts)| counts.all).sum();
                let known = rows.iter().all(|(_, counts)| counts.not_counted.is_empty());
                let Some(first) = rows.first().map(|(row, _)| *row) else { continue };
                if known && (listed > 0 || (lists && counted.contains(at))) {
                    let listed = u32::try_from(listed).unwrap_or(u32::MAX);
                    let stated = Stated { at: rows[0].1.at, stated, listed };
                    self.seated(first, |person| person.holds.stated.push(stated));
                }
                for (row, counts) in rows.iter().filter(|_| counted.contains(at)) {
                    self.count_row(*row, counts);
                }
            }
        }
    }

    /// Gives the worker of a roster row the children that it counts.
    fn count_row(&mut self, row: usize, counts: &RowCounts) {
        let Some(area) = self.seats.get(&row).map(|team| self.teams[*team].team.area) else { return };
        let place = self.roster[row].place;
        let beyond = self.made + counts.all as usize > MOST_MADE;
        let cases = if beyond || !counts.not_counted.is_empty() { Vec::new() } else { counts.cases(area) };
        self.made += cases.len();
        self.seated(row, |person| {
            person.holds.cases.extend(cases);
            person.holds.not_counted.extend(counts.not_counted.iter().cloned());
            if beyond {
                person.holds.not_counted.push(NotCounted { at: counts.at, text: String::new(), blank: false });
            }
            let beside = person.holds.counts.get_or_insert_default();
            let add = |own: &mut Option<u32>, more: Option<u32>| {
                if let Some(more) = more {
                    *own = Some(own.unwrap_or(0) + more);
                }
            };
            beside.statuses.extend(&counts.beside.statuses);
            add(&mut beside.families, counts.beside.families);
            add(&mut beside.sets, counts.beside.sets);
            add(&mut beside.co_worked, counts.beside.co_worked);
            person.who.named.push(place);
        });
        if let (Some(&team), true) = (self.seats.get(&row), counts.counts_assessments()) {
            self.teams[team].team.columns.insert(Meaning::CarerWork);
        }
    }

    /// Adds the children that tables count for nobody; listed ones are not added again.
    pub fn count_nobodys(&mut self, nobodys: &[(Option<TeamName>, RowCounts)], fallback: &TeamNames) {
        let listed = self.teams.iter().any(|gathered| !gathered.team.unallocated.is_empty());
        for (team, counts) in nobodys.iter().filter(|_| !listed) {
            let name = team.clone().unwrap_or_else(|| fallback.fallback());
            let key = fold(&name.name);
            let one = (self.teams.len() == 1 && team.is_none()).then_some(0);
            let at = match self.by_team.get(&key).copied().or(one) {
                Some(at) => at,
                None => self.add_team(&name, key),
            };
            if self.made + counts.all as usize <= MOST_MADE {
                let cases = counts.cases(self.teams[at].team.area);
                self.made += cases.len();
                self.teams[at].team.unallocated.extend(cases);
            }
        }
    }

    /// Does something to the worker whom a roster row was given to.
    fn seated(&mut self, row: usize, change: impl FnOnce(&mut Person)) {
        let Some(&team) = self.seats.get(&row) else { return };
        let gathered = &mut self.teams[team];
        let person = gathered.by_key.get(&self.roster[row].name.key).and_then(|at| gathered.workers.get_mut(*at));
        if let Some(person) = person {
            change(person);
        }
    }
}

/// Whose count it is: the team, the sheet, and the header row of the table.
type CountsOf = (String, usize, usize);

/// A worker's rows of counts, each with its place on the roster, by the table that counts.
type ByTable<'r> = BTreeMap<CountsOf, Vec<(usize, &'r RowCounts)>>;

/// Children made of counts in one workbook at most: several times what the largest service has.
const MOST_MADE: usize = 100_000;

/// Of the tables that count one worker's children those that count: for each team the one with the
/// most, and a table without a team only where it counts more than all teams together.
fn largest<'t>(tables: &'t ByTable<'_>) -> BTreeSet<&'t CountsOf> {
    let sum = |rows: &[(usize, &RowCounts)]| -> (bool, u32) {
        // What cannot be read goes before any number: nothing is green beside it.
        let unknown = rows.iter().any(|(_, counts)| !counts.not_counted.is_empty());
        (unknown, rows.iter().map(|(_, counts)| counts.all).sum())
    };
    let mut best: BTreeMap<&str, (&CountsOf, (bool, u32))> = BTreeMap::new();
    for (at, rows) in tables {
        let own = sum(rows);
        if best.get(at.0.as_str()).is_none_or(|(_, other)| own > *other) {
            best.insert(&at.0, (at, own));
        }
    }
    if let (Some((_, without)), true) = (best.get("").copied(), best.len() > 1) {
        let others = best.iter().filter(|(team, _)| !team.is_empty());
        let together = others.fold((false, 0u32), |all, (_, (_, own))| (all.0 || own.0, all.1.saturating_add(own.1)));
        match without > together {
            true => best.retain(|team, _| team.is_empty()),
            false => _ = best.remove(""),
        }
    }
    best.into_values().map(|(at, _)| at).collect()
}
