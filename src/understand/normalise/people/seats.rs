//! Roster rows given to the workers they are about.

use std::collections::BTreeSet;

use super::People;
use crate::book::text::fold;
use crate::field::reading::{Meaning, SheetReading, SheetState};
use crate::understand::normalise::RosterRow;
use crate::understand::normalise::teams::{TeamName, TeamNames};

impl People<'_> {
    /// Gives every roster row to the worker it is about, and lists those who hold nothing.
    pub fn seat_roster(&mut self, readings: &[SheetReading], fallback: &TeamNames) {
        let roster = self.roster;
        let all_columns: BTreeSet<Meaning> = readings
            .iter()
            .filter(|reading| reading.state == SheetState::Read)
            .flat_map(|reading| reading.tables.iter().filter(|table| table.layout.holds_cases()))
            .flat_map(|table| table.columns.iter().map(|column| column.meaning))
            .collect();
        let roster_teams: BTreeSet<String> = roster.iter().filter_map(RosterRow::team_key).collect();
        let one_team = (self.teams.len() == 1 && roster_teams.len() <= 1).then_some(0);
        // Where a table of counts names the team, its children are that team's.
        let one_team = |row: usize| one_team.filter(|_| roster[row].counts.is_none() || roster[row].team.is_none());
        for (key, rows) in self.roster_by_key.clone() {
            let held_in: Vec<usize> =
                (0..self.teams.len()).filter(|at| self.teams[*at].by_key.contains_key(key)).collect();
            let mut left: Vec<usize> = Vec::new();
            let mut seated: BTreeSet<usize> = BTreeSet::new();
            for &row in &rows {
                let own = roster[row].team_key().and_then(|team| self.by_team.get(&team).copied());
                match own.filter(|team| held_in.contains(team)) {
                    Some(team) => {
                        self.seat(team, row);
                        seated.insert(team);
                    }
                    None => left.push(row),
                }
            }
            let without: Vec<usize> = held_in.iter().copied().filter(|team| !seated.contains(team)).collect();
            if let ([team], [row]) = (without.as_slice(), left.as_slice()) {
                self.seat(*team, *row);
                left.clear();
            } else {
                // What the roster says of a worker holds in every team that lists them.
                for team in without {
                    for row in &rows {
                        self.seat(team, *row);
                    }
                }
            }
            for row in left {
                let here = roster[row].team_key().and_then(|team| self.by_team.get(&team).copied());
                let shared = roster[row].shared;
                // A roster for many workbooks lists people of other workbooks too, and who names no team may be
                // any team's: they are counted once, where their cases are or on the roster's own list.
                let team = match here.or(one_team(row).filter(|_| !shared)) {
                    Some(team) => team,
                    None if shared || !held_in.is_empty() && roster[row].team.is_none() => continue,
                    None => self.team_of_roster(&roster[row], fallback, &all_columns),
                };
                self.seat(team, row);
            }
        }
        for gathered in &mut self.teams {
            if gathered.team.columns.is_empty() {
                gathered.team.columns = all_columns.clone();
            }
        }
    }

    fn team_of_roster(&mut self, row: &RosterRow, fallback: &TeamNames, columns: &BTreeSet<Meaning>) -> usize {
        let mut name = fallback.fallback();
        if let Some((team, place)) = &row.team {
            name = TeamName { name: team.clone(), place: *place, area: row.area, area_from: row.area_from };
        }
        if name.area.is_none() {
            name.area = row.area;
        }
        let key = fold(&name.name);
        match self.by_team.get(&key) {
            Some(&at) => at,
            None => {
                let at = self.add_team(&name, key);
                self.teams[at].team.columns = columns.clone();
                self.teams[at].named.insert(name.place);
                at
            }
        }
    }

    fn seat(&mut self, team: usize, row: usize) {
        self.seats.entry(row).or_insert(team);
        let row = &self.roster[row];
        let key = fold(&self.teams[team].team.name);
        let person = self.person(&key, &row.name);
        person.learn(&row.name, row.place, &row.facts);
        person.who.on_roster = person.who.on_roster.or(Some(row.place));
    }
}
