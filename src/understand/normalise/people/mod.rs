//! Workers gathered from all their rows and the roster, team by team.

mod counts;
mod join;
mod person;
mod seats;
mod worker;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::sheet::Place;
use crate::book::text::fold;
use crate::field::caseload::{Case, NotCounted, Repeat, ServiceArea, TaskForm, Team, TimeForm};
use crate::field::reading::{Meaning, SheetReading, TableReading};
use crate::policy::Policies;
use crate::understand::normalise::RosterRow;
use crate::understand::normalise::facts::Facts;
use crate::understand::normalise::households::counts;
use crate::understand::normalise::line::Seen;
use crate::understand::normalise::names::{WorkerName, alike, initials_of, worker_name};
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::teams::{Said, TeamName, TeamNames};
use crate::understand::normalise::worker_counts::RowCounts;

use person::Person;
use worker::{Around, worker};

/// Everything gathered so far.
pub struct People<'a> {
    policies: &'a Policies,
    roster: &'a [RosterRow],
    roster_by_key: BTreeMap<&'a str, Vec<usize>>,
    teams: Vec<Gathered>,
    by_team: BTreeMap<String, usize>,
    /// Names written short that the roster resolves: the full key by the short one.
    resolved: BTreeMap<String, Option<String>>,
    /// Short forms met: full key → the short form and its cell.
    short_forms: BTreeMap<String, (String, Place)>,
    written_teams: BTreeMap<(usize, String), (String, Place)>,
    /// The first team that each roster row was given to.
    seats: BTreeMap<usize, usize>,
    /// Children made of counts so far: no more are made than a service can have.
    made: usize,
}

/// A team while it is gathered.
struct Gathered {
    team: Team,
    workers: Vec<Person>,
    by_key: BTreeMap<String, usize>,
    named: BTreeSet<Place>,
}

impl<'a> People<'a> {
    pub fn new(roster: &'a [RosterRow], policies: &'a Policies) -> Self {
        let mut roster_by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, row) in roster.iter().enumerate() {
            roster_by_key.entry(&row.name.key).or_default().push(at);
        }
        Self {
            policies,
            roster,
            roster_by_key,
            teams: Vec::new(),
            by_team: BTreeMap::new(),
            resolved: BTreeMap::new(),
            short_forms: BTreeMap::new(),
            written_teams: BTreeMap::new(),
            seats: BTreeMap::new(),
            made: 0,
        }
    }

    /// Takes a name with initials for the one person on the roster that it fits, if there is just one.
    pub fn resolve(&mut self, name: &mut WorkerName, place: Place) {
        if self.roster_by_key.contains_key(name.key.as_str()) {
            return;
        }
        if !self.resolved.contains_key(&name.key) {
            let mut fits = self.roster_by_key.keys().filter(|full| initials_of(&name.key, full));
            let full = match (fits.next(), fits.next()) {
                (Some(full), None) => Some((*full).to_string()),
                _ => None,
            };
            self.resolved.insert(name.key.clone(), full);
        }
        if let Some(Some(full)) = self.resolved.get(&name.key) {
            let short = std::mem::take(&mut name.shown);
            let at = self.roster_by_key[full.as_str()][0];
            name.shown = self.roster[at].name.shown.clone();
            name.surname_first = self.roster[at].name.surname_first;
            name.key = full.clone();
            self.short_forms.entry(full.clone()).or_insert((short, place));
        }
    }

    /// Remembers the team column's word for a worker, for rows that leave it blank.
    pub fn team_written(&mut self, worker: &str, sheet: usize, team: &str, place: Place) {
        self.written_teams.entry((sheet, worker.to_string())).or_insert((team.to_string(), place));
    }

    /// What is said of a worker's team beside a row of a sheet.
    pub fn said_of_team(&self, worker: Option<&str>, sheet: usize) -> Said {
        let Some(worker) = worker else { return Said::default() };
        let one = self.roster_by_key.get(worker).and_then(|rows| <[usize; 1]>::try_from(rows.as_slice()).ok());
        let by_roster = one.map(|[at]| {
            let row = &self.roster[at];
            (row.team.as_ref().map(|(team, _)| team.clone()), row.area)
        });
        Said { by_roster, written: self.written_teams.get(&(sheet, worker.to_string())).cloned() }
    }

    /// The key of a team, made on first mention.
    pub fn team(&mut self, name: &TeamName, table: &TableReading) -> String {
        let key = fold(&name.name);
        let at = match self.by_team.get(&key) {
            Some(&at) => at,
            None => self.add_team(name, key.clone()),
        };
        let gathered = &mut self.teams[at];
        if gathered.team.area.is_none() && name.area.is_some() {
            gathered.team.area = name.area;
            gathered.team.area_from = name.area_from;
        }
        gathered.named.insert(name.place);
        gathered.team.columns.extend(table.columns.iter().map(|column| column.meaning));
        if counts(table) {
            // Each row is one, with or without a reference.
            gathered.team.columns.insert(Meaning::Household);
        }
        key
    }

    /// The service area of a team known by its key.
    pub fn area(&self, team: &str) -> Option<ServiceArea> {
        self.by_team.get(team).and_then(|at| self.teams[*at].team.area)
    }

    /// A row names a worker as its own, or as co-worker.
    pub fn mention(&mut self, team: &str, name: &WorkerName, place: Place, facts: Facts, holds: bool) {
        let person = self.person(team, name);
        person.learn(name, place, &facts);
        person.mentioned = true;
        if holds && person.who.named.last() != Some(&place) {
            person.who.named.push(place);
        }
    }

    /// A form of this layout, which lists no children, tells of a worker's work; the key of their team:
    /// the one that lists them, where one does, else the team that the form is read as.
    pub fn on_form(
        &mut self,
        team: &TeamName,
        name: &WorkerName,
        place: Place,
        facts: Facts,
        form: &TableReading,
    ) -> String {
        let own = fold(&team.name);
        let lists = |gathered: &&Gathered| gathered.by_key.contains_key(&name.key);
        let mut listing = self.teams.iter().filter(lists).map(|gathered| fold(&gathered.team.name));
        let team = match (listing.next(), listing.next()) {
            (Some(only), None) if only != own => only,
            _ => self.team(team, form),
        };
        let person = self.person(&team, name);
        person.learn(name, place, &facts);
        person.on_form = person.on_form.or(Some(form.layout));
        if person.who.named.is_empty() {
            person.who.named.push(place);
        }
        team
    }

    /// Adds the tasks of a form to those of the worker.
    pub fn tasks(&mut self, team: &str, worker: &str, form: TaskForm) {
        let Some(person) = self.known(team, worker) else { return };
        match &mut person.holds.tasks {
            Some(own) => own.add(form),
            none => *none = Some(form),
        }
    }

    /// A time form gives the worker's hours; of two nobody can tell which holds.
    pub fn time(&mut self, team: &str, worker: &str, form: TimeForm) {
        let Some(person) = self.known(team, worker) else { return };
        match &mut person.holds.time {
            Some(first) => first.again = first.again.or(Some(form.place)),
            own => *own = Some(form),
        }
    }

    /// A blank cell below the worker's name may be theirs.
    pub fn unclear_below(&mut self, team: &str, worker: &str, place: Place) {
        if let Some(person) = self.known(team, worker) {
            person.holds.unclear_below = person.holds.unclear_below.or(Some(place));
        }
    }

    /// A cell leaves the number of a worker's children unknown.
    pub fn not_counted(&mut self, team: &str, worker: &str, cell: NotCounted) {
        if let Some(person) = self.known(team, worker) {
            person.holds.not_counted.push(cell);
        }
    }

    /// How many cases stand where this one would go: its index there.
    pub fn count(&mut self, team: &str, worker: Option<&str>, co_worker: bool) -> usize {
        self.cases_of(team, worker, co_worker).map_or(0, |cases| cases.len())
    }

    /// Adds a case to its worker, or to the children nobody holds, and to its co-workers.
    pub fn add_case(&mut self, team: &str, worker: Option<&str>, co_worker: bool, case: Case, reader: &Reader<'_>) {
        for (text, place) in &case.co_workers {
            if let Some(mut name) = worker_name(text, reader.words, reader.policies) {
                self.resolve(&mut name, *place);
                if Some(name.key.as_str()) != worker {
                    let case = case.clone();
                    self.person(team, &name).holds.co_worked.push(case);
                }
            }
        }
        if let Some(cases) = self.cases_of(team, worker, co_worker) {
            cases.push(case);
        }
    }

    /// Joins what a repeated row says to the case it repeats; whether that was anything new.
    pub fn join(&mut self, first: &Seen, other: &Case) -> bool {
        let policies = self.policies;
        self.seen_case(first).is_some_and(|case| join::join(case, other, policies))
    }

    /// Every case with the key of its worker, and those of nobody.
    pub fn cases_mut(&mut self) -> impl Iterator<Item = (Option<String>, &mut Case)> {
        self.teams.iter_mut().flat_map(|gathered| {
            let held = gathered.workers.iter_mut().flat_map(|person| {
                let key = person.who.key.clone();
                person.holds.cases.iter_mut().map(move |case| (Some(key.clone()), case))
            });
            held.chain(gathered.team.unallocated.iter_mut().map(|case| (None, case)))
        })
    }

    /// Takes out the cases of nobody that this holds of.
    pub fn take_unallocated(&mut self, which: impl Fn(&Case) -> bool) -> Vec<Case> {
        let mut taken = Vec::new();
        for gathered in &mut self.teams {
            let all = std::mem::take(&mut gathered.team.unallocated);
            let (these, left): (Vec<Case>, Vec<Case>) = all.into_iter().partition(&which);
            gathered.team.unallocated = left;
            taken.extend(these);
        }
        taken
    }

    /// Remembers that a row repeats a case.
    pub fn repeat(&mut self, first: &Seen, repeat: Repeat) {
        if let Some(case) = self.seen_case(first) {
            case.row.repeats.push(repeat);
        }
    }

    /// Teams with their workers, the roster's included.
    pub fn into_teams(
        mut self,
        readings: &[SheetReading],
        nobodys: &[(Option<TeamName>, RowCounts)],
        fallback: &TeamNames,
    ) -> Vec<Team> {
        self.seat_roster(readings, fallback);
        self.count_rows();
        self.count_nobodys(nobodys, fallback);
        let lists = |place: &Place| readings.get(place.sheet).is_some_and(|sheet| sheet.layout().is_annex_a());
        let around = Around {
            resembles: self.resemblances(),
            short_forms: self.short_forms,
            roster: self.roster,
            as_of: self.policies.as_of,
            lists: &lists,
        };
        let finished = |gathered: Gathered| {
            let (area, named) = (gathered.team.area, gathered.named.into_iter().collect());
            let workers = gathered.workers.into_iter().map(|person| worker(person, area, &around));
            Team { named, workers: workers.collect(), ..gathered.team }
        };
        self.teams.into_iter().map(finished).collect()
    }

    fn add_team(&mut self, name: &TeamName, key: String) -> usize {
        let at = self.teams.len();
        self.by_team.insert(key, at);
        self.teams.push(Gathered {
            team: Team {
                name: name.name.clone(),
                area: name.area,
                area_from: name.area_from,
                named: Vec::new(),
                columns: BTreeSet::new(),
                workers: Vec::new(),
                unallocated: Vec::new(),
            },
            workers: Vec::new(),
            by_key: BTreeMap::new(),
            named: BTreeSet::new(),
        });
        at
    }

    fn person(&mut self, team: &str, name: &WorkerName) -> &mut Person {
        let at = self.by_team.get(team).copied().unwrap_or(0);
        let gathered = &mut self.teams[at];
        let index = *gathered.by_key.entry(name.key.clone()).or_insert_with(|| {
            gathered.workers.push(Person::new(name));
            gathered.workers.len() - 1
        });
        &mut gathered.workers[index]
    }

    fn known(&mut self, team: &str, worker: &str) -> Option<&mut Person> {
        let gathered = &mut self.teams[*self.by_team.get(team)?];
        let at = *gathered.by_key.get(worker)?;
        gathered.workers.get_mut(at)
    }

    fn cases_of(&mut self, team: &str, worker: Option<&str>, co_worker: bool) -> Option<&mut Vec<Case>> {
        let Some(worker) = worker else {
            let at = *self.by_team.get(team)?;
            return Some(&mut self.teams[at].team.unallocated);
        };
        let person = self.known(team, worker)?;
        Some(if co_worker { &mut person.holds.co_worked } else { &mut person.holds.cases })
    }

    fn seen_case(&mut self, first: &Seen) -> Option<&mut Case> {
        let place = first.place;
        let cases = self.cases_of(&first.team, first.worker.as_deref(), first.co_worker)?;
        // Co-worked cases of other rows may have come between.
        let at = if cases.get(first.index).is_some_and(|case| case.place == place) {
            first.index
        } else {
            cases.iter().position(|case| case.place == place)?
        };
        cases.get_mut(at)
    }

    /// For each key the names like it that are somebody else, or may be.
    fn resemblances(&self) -> BTreeMap<String, Vec<String>> {
        let mut keys: BTreeMap<&str, &str> = BTreeMap::new();
        for person in self.teams.iter().flat_map(|gathered| gathered.workers.iter()) {
            keys.entry(&person.who.key).or_insert(&person.who.name);
        }
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (one, other) in alike(keys.keys().copied()) {
            for (this, that) in [(one, other), (other, one)] {
                found.entry(this.to_string()).or_default().push(keys[that].to_string());
            }
        }
        found
    }
}
