//! Workers gathered from all their rows and the roster, team by team.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::sheet::Place;
use crate::book::text::fold;
use crate::field::caseload::{
    Agreed, Case, Counts, Duties, Entry, FteFigure, Judgement, Level, NotCounted, Repeat, Role, ServiceArea, Stage,
    StageFrom, Stated, TaskForm, Team, TimeForm, Worker,
};
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState, TableReading};
use crate::policy::{Policies, figure_ids};
use crate::understand::normalise::RosterRow;
use crate::understand::normalise::cells::{StageWord, whole_months};
use crate::understand::normalise::facts::Facts;
use crate::understand::normalise::households::counts;
use crate::understand::normalise::list::Seen;
use crate::understand::normalise::names::{WorkerName, alike, initials_of, worker_name};
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::teams::{TeamName, TeamNames};
use crate::understand::normalise::worker_counts::RowCounts;

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

/// A worker while they are gathered.
struct Person {
    name: String,
    key: String,
    surname_first: bool,
    other_form: Option<(String, Place)>,
    named: Vec<Place>,
    on_roster: Option<Place>,
    role: Collected<Role>,
    post: Collected<String>,
    stage: Collected<StageWord>,
    started: Collected<Date>,
    fte: Collected<FteFigure>,
    duties: Collected<Duties>,
    agreed: Collected<Agreed>,
    judgement: Collected<Judgement>,
    cases: Vec<Case>,
    co_worked: Vec<Case>,
    mentioned: bool,
    unclear_below: Option<Place>,
    counts: Option<Counts>,
    stated: Vec<Stated>,
    not_counted: Vec<NotCounted>,
    /// The first form that tells of the worker's work and lists no children.
    on_form: Option<Layout>,
    tasks: Option<TaskForm>,
    time: Option<TimeForm>,
}

/// What several cells said of one thing.
struct Collected<T> {
    values: Vec<(T, Place)>,
    unclear: Option<(String, Place)>,
    blank: Option<Place>,
}

impl<T: Clone + PartialEq> Collected<T> {
    fn new() -> Self {
        Self { values: Vec::new(), unclear: None, blank: None }
    }

    fn add(&mut self, entry: &Entry<T>) {
        match entry {
            Entry::NoColumn => {}
            Entry::Blank(place) => self.blank = self.blank.or(Some(*place)),
            Entry::Unclear(text, place) => {
                if self.unclear.is_none() {
                    self.unclear = Some((text.clone(), *place));
                }
            }
            Entry::Given(value, place) => {
                if !self.values.iter().any(|(known, _)| known == value) {
                    self.values.push((value.clone(), *place));
                }
            }
        }
    }

    /// The chosen value, else what stands in its stead.
    fn entry(&self, best: impl Fn(&T, &T) -> std::cmp::Ordering) -> Entry<T> {
        let chosen = self.values.iter().min_by(|(one, _), (other, _)| best(one, other));
        match (chosen, &self.unclear, self.blank) {
            (Some((value, place)), _, _) => Entry::Given(value.clone(), *place),
            (None, Some((text, place)), _) => Entry::Unclear(text.clone(), *place),
            (None, None, Some(place)) => Entry::Blank(place),
            (None, None, None) => Entry::NoColumn,
        }
    }
}

impl Person {
    fn new(name: &WorkerName) -> Self {
        Self {
            name: name.shown.clone(),
            key: name.key.clone(),
            surname_first: name.surname_first,
            other_form: None,
            named: Vec::new(),
            on_roster: None,
            role: Collected::new(),
            post: Collected::new(),
            stage: Collected::new(),
            started: Collected::new(),
            fte: Collected::new(),
            duties: Collected::new(),
            agreed: Collected::new(),
            judgement: Collected::new(),
            cases: Vec::new(),
            co_worked: Vec::new(),
            mentioned: false,
            unclear_below: None,
            counts: None,
            stated: Vec::new(),
            not_counted: Vec::new(),
            on_form: None,
            tasks: None,
            time: None,
        }
    }

    fn learn(&mut self, name: &WorkerName, place: Place, facts: &Facts) {
        if name.surname_first != self.surname_first && self.other_form.is_none() {
            self.other_form = Some((name.shown.clone(), place));
        }
        self.role.add(&facts.role);
        self.post.add(&facts.post);
        self.stage.add(&facts.stage);
        self.started.add(&facts.started);
        self.fte.add(&facts.fte);
        self.duties.add(&facts.duties);
        self.agreed.add(&facts.agreed);
        self.judgement.add(&facts.judgement);
        if let Some(figure) = &name.fte {
            self.fte.add(&Entry::Given(figure.clone(), place));
        } else if let Some(text) = &name.part_time {
            self.fte.add(&Entry::Unclear(text.clone(), place));
        }
        if let Some(role) = name.role {
            self.role.add(&Entry::Given(role, place));
        }
        if let Some(word) = name.stage {
            self.stage.add(&Entry::Given(word, place));
        }
    }
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

    /// The team column's word for a worker on a sheet.
    pub fn team_written_for(&self, worker: &str, sheet: usize) -> Option<(String, Place)> {
        self.written_teams.get(&(sheet, worker.to_string())).cloned()
    }

    /// The roster's one team and service area for a worker.
    pub fn roster_team(&self, worker: &str) -> Option<(Option<String>, Option<ServiceArea>)> {
        let [at] = self.roster_by_key.get(worker)?.as_slice() else { return None };
        let row = &self.roster[*at];
        Some((row.team.as_ref().map(|(team, _)| team.clone()), row.area))
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
        if holds && person.named.last() != Some(&place) {
            person.named.push(place);
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
        if person.named.is_empty() {
            person.named.push(place);
        }
        team
    }

    /// Adds the tasks of a form to those of the worker.
    pub fn tasks(&mut self, team: &str, worker: &str, form: TaskForm) {
        let Some(person) = self.known(team, worker) else { return };
        match &mut person.tasks {
            Some(own) => own.add(form),
            none => *none = Some(form),
        }
    }

    /// A time form gives the worker's hours; of two nobody can tell which holds.
    pub fn time(&mut self, team: &str, worker: &str, form: TimeForm) {
        let Some(person) = self.known(team, worker) else { return };
        match &mut person.time {
            Some(first) => first.again = first.again.or(Some(form.place)),
            own => *own = Some(form),
        }
    }

    /// A blank cell below the worker's name may be theirs.
    pub fn unclear_below(&mut self, team: &str, worker: &str, place: Place) {
        if let Some(person) = self.known(team, worker) {
            person.unclear_below = person.unclear_below.or(Some(place));
        }
    }

    /// A cell leaves the number of a worker's children unknown.
    pub fn not_counted(&mut self, team: &str, worker: &str, cell: NotCounted) {
        if let Some(person) = self.known(team, worker) {
            person.not_counted.push(cell);
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
                    self.person(team, &name).co_worked.push(case);
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
        let Some(case) = self.seen_case(first) else { return false };
        let mut new = false;
        if let Entry::Given(statuses, place) = &other.status {
            match &mut case.status {
                Entry::Given(known, _) => {
                    new |= !statuses.is_subset(known);
                    known.extend(statuses);
                }
                unknown => {
                    new |= !statuses.is_empty();
                    *unknown = Entry::Given(statuses.clone(), *place);
                }
            }
        }
        if let Entry::Given(proceedings, place) = &other.proceedings {
            match &mut case.proceedings {
                Entry::Given(known, _) => {
                    new |= !proceedings.is_subset(known);
                    known.extend(proceedings);
                }
                unknown => {
                    new |= !proceedings.is_empty();
                    *unknown = Entry::Given(proceedings.clone(), *place);
                }
            }
        }
        if !other.status_written.is_empty() && other.status_written != case.status_written {
            case.status_written = format!("{} / {}", case.status_written, other.status_written);
        }
        match (&other.points, &case.points) {
            (Entry::Given(theirs, _), Entry::Given(ours, _)) if theirs <= ours => {}
            (Entry::Given(..) | Entry::Unclear(..), Entry::Given(..) | Entry::NoColumn | Entry::Blank(_)) => {
                case.points = other.points.clone();
            }
            _ => {}
        }
        // Of differing household figures the highest counts.
        let points = |level: &Level| level_points(level, policies);
        match (&other.intervention, &case.intervention) {
            (Entry::Given(theirs, _), Entry::Given(ours, _)) if points(theirs) <= points(ours) => {}
            (Entry::Given(..), _) | (_, Entry::NoColumn | Entry::Blank(_)) => {
                case.intervention = other.intervention.clone();
            }
            _ => {}
        }
        if other.factors.given() > case.factors.given() {
            case.factors = other.factors.clone();
        }
        if case.household.is_absent() && other.household.given().is_some() {
            case.household = other.household.clone();
            case.household_written.clone_from(&other.household_written);
        }
        if other.additional.given() > case.additional.given() {
            case.additional = other.additional.clone();
        }
        new
    }

    /// Every case with the key of its worker, and those of nobody.
    pub fn cases_mut(&mut self) -> impl Iterator<Item = (Option<String>, &mut Case)> {
        self.teams.iter_mut().flat_map(|gathered| {
            let held = gathered.workers.iter_mut().flat_map(|person| {
                let key = person.key.clone();
                person.cases.iter_mut().map(move |case| (Some(key.clone()), case))
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
            case.repeats.push(repeat);
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
        let resembles = self.resemblances();
        let short_forms = std::mem::take(&mut self.short_forms);
        let policies = self.policies;
        let roster = self.roster;
        let teams = std::mem::take(&mut self.teams);
        let lists = |place: &Place| readings.get(place.sheet).is_some_and(|sheet| sheet.layout().is_annex_a());
        teams
            .into_iter()
            .map(|gathered| {
                let mut team = gathered.team;
                team.named = gathered.named.into_iter().collect();
                let area = team.area;
                team.workers = gathered
                    .workers
                    .into_iter()
                    .map(|person| {
                        let listed = person.named.iter().any(lists);
                        let worker = finish(person, area, &resembles, &short_forms, roster, policies);
                        Worker { post_unknown: listed && matches!(worker.fte, Entry::NoColumn), ..worker }
                    })
                    .collect();
                team
            })
            .collect()
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
        Some(if co_worker { &mut person.co_worked } else { &mut person.cases })
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

    /// Gives every roster row to the worker it is about, and lists those who hold nothing.
    fn seat_roster(&mut self, readings: &[SheetReading], fallback: &TeamNames) {
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
        person.on_roster = person.on_roster.or(Some(row.place));
    }

    /// Counts the children of workers whom only tables of counts tell of, and notes what such tables
    /// state of the others.
    fn count_rows(&mut self) {
        let roster = self.roster;
        let lists = self.teams.iter().any(|gathered| {
            !gathered.team.unallocated.is_empty() || gathered.workers.iter().any(|person| !person.cases.is_empty())
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
            let listed: usize = held_in.map(|person| person.cases.len()).sum();
            let counted = if listed == 0 { largest(&tables) } else { BTreeSet::new() };
            for (at, rows) in &tables {
                let stated: u32 = rows.iter().map(|(_, counts)| counts.all).sum();
                let known = rows.iter().all(|(_, counts)| counts.not_counted.is_empty());
                let Some(first) = rows.first().map(|(row, _)| *row) else { continue };
                if known && (listed > 0 || (lists && counted.contains(at))) {
                    let listed = u32::try_from(listed).unwrap_or(u32::MAX);
                    let stated = Stated { at: rows[0].1.at, stated, listed };
                    self.seated(first, |person| person.stated.push(stated));
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
            person.cases.extend(cases);
            person.not_counted.extend(counts.not_counted.iter().cloned());
            if beyond {
                person.not_counted.push(NotCounted { at: counts.at, text: String::new(), blank: false });
            }
            let beside = person.counts.get_or_insert_default();
            let add = |own: &mut Option<u32>, more: Option<u32>| {
                if let Some(more) = more {
                    *own = Some(own.unwrap_or(0) + more);
                }
            };
            beside.statuses.extend(&counts.beside.statuses);
            add(&mut beside.families, counts.beside.families);
            add(&mut beside.sets, counts.beside.sets);
            add(&mut beside.co_worked, counts.beside.co_worked);
            person.named.push(place);
        });
        if let (Some(&team), true) = (self.seats.get(&row), counts.counts_assessments()) {
            self.teams[team].team.columns.insert(Meaning::CarerWork);
        }
    }

    /// Adds the children that tables count for nobody; listed ones are not added again.
    fn count_nobodys(&mut self, nobodys: &[(Option<TeamName>, RowCounts)], fallback: &TeamNames) {
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

    /// For each key the names like it that are somebody else, or may be.
    fn resemblances(&self) -> BTreeMap<String, Vec<String>> {
        let mut keys: BTreeMap<&str, &str> = BTreeMap::new();
        for person in self.teams.iter().flat_map(|gathered| gathered.workers.iter()) {
            keys.entry(&person.key).or_insert(&person.name);
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

/// What a level counts, to tell the higher of two.
fn level_points(level: &Level, policies: &Policies) -> Decimal {
    match level {
        Level::Figure(figure) => *figure,
        Level::Low => policies.value(figure_ids::POINTS_LOW),
        Level::Medium => policies.value(figure_ids::POINTS_MEDIUM),
        Level::High => policies.value(figure_ids::POINTS_HIGH),
        Level::Ending => policies.value(figure_ids::POINTS_ENDING),
    }
}

/// The more protective of two roles comes first: what keeps more work away from a person.
fn by_protection(role: &Role) -> u8 {
    match role {
        Role::Student => 0,
        Role::Nqsw => 1,
        Role::DeputyTeamManager => 2,
        Role::AwaitingRegistration => 3,
        Role::SocialWorker => 4,
        Role::Iro => 5,
        Role::PersonalAdviser => 6,
        Role::FamilySupportWorker => 7,
        Role::TeamManager => 8,
        Role::Other => 9,
    }
}

fn finish(
    person: Person,
    area: Option<ServiceArea>,
    resembles: &BTreeMap<String, Vec<String>>,
    short_forms: &BTreeMap<String, (String, Place)>,
    roster: &[RosterRow],
    policies: &Policies,
) -> Worker {
    let written_role = person.role.entry(|one, other| by_protection(one).cmp(&by_protection(other)));
    let started = person.started.entry(|one, other| other.cmp(one));
    let mut stages: Vec<(Stage, Place)> = Vec::new();
    let mut without_months = None;
    for (word, place) in &person.stage.values {
        match word {
            StageWord::Exact(stage) => stages.push((*stage, *place)),
            StageWord::NqswWithoutMonths => without_months = without_months.or(Some(*place)),
            StageWord::Nothing => {}
        }
    }
    let written = stages.iter().min_by_key(|(stage, _)| *stage).copied();
    let by_date = started.given().map(|start| Stage::after_months(whole_months(*start, policies.as_of)));
    let says_nqsw = without_months.is_some() || written_role.given() == Some(&Role::Nqsw);
    let (mut stage, mut stage_from) = match (written, by_date) {
        (Some((stage, _)), _) => (Some(stage), StageFrom::Written),
        (None, Some(stage)) if !says_nqsw || stage.is_nqsw() => (Some(stage), StageFrom::StartDate),
        (None, _) if says_nqsw => (Some(Stage::Nqsw0To6), StageFrom::AssumedFirstHalf),
        (None, Some(stage)) => (Some(stage), StageFrom::StartDate),
        (None, None) => (None, StageFrom::Nothing),
    };
    // "NQSW" in one cell and years of experience in another: the more protective, and a question.
    if let (Some(now), true) = (stage, says_nqsw)
        && !now.is_nqsw()
        && !matches!(now, Stage::Student1 | Stage::Student2)
    {
        if let Some(place) = without_months.or(written_role.place()) {
            stages.push((Stage::Nqsw0To6, place));
        }
        stage = Some(Stage::Nqsw0To6);
        stage_from = StageFrom::AssumedFirstHalf;
    }
    let is_student = matches!(stage, Some(Stage::Student1 | Stage::Student2));
    let role = match (&written_role, stage) {
        (Entry::Given(Role::Student, _), _) => Role::Student,
        (_, _) if is_student => Role::Student,
        (_, Some(stage)) if stage.is_nqsw() => Role::Nqsw,
        (Entry::Given(role, _), _) => *role,
        (Entry::Unclear(..), _) => Role::Other,
        (Entry::NoColumn | Entry::Blank(_), _) if area == Some(ServiceArea::Iro) => Role::Iro,
        (Entry::NoColumn | Entry::Blank(_), _) => Role::SocialWorker,
    };
    let fte = person.fte.entry(|one, other| match (one.fte, other.fte) {
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    let mut also_written: Vec<(String, Place)> = person.other_form.into_iter().collect();
    also_written.extend(short_forms.get(&person.key).cloned());
    let first = person.named.first().copied().or(person.on_roster);
    let resembles = match (resembles.get(&person.key), first) {
        (Some(names), Some(place)) => names.iter().map(|name| (name.clone(), place)).collect(),
        _ => Vec::new(),
    };
    // A RAG that differs from child to child is the cases', not a judgement of the worker.
    let judgement = match person.judgement.values.as_slice() {
        [] | [_] => person.judgement.entry(|_, _| std::cmp::Ordering::Equal),
        [first, ..] if on_roster(roster, first.1) => Entry::Given(first.0.clone(), first.1),
        [first, rest @ ..] if rest.iter().all(|(other, _)| other.rag == first.0.rag) => {
            let reasoned = person.judgement.values.iter().find(|(value, _)| !value.reason.is_empty());
            let (value, place) = reasoned.unwrap_or(first);
            Entry::Given(value.clone(), *place)
        }
        _ => Entry::NoColumn,
    };
    let roles = person.role.values.clone();
    let written_stage = match (written, without_months, &person.stage.unclear, person.stage.blank) {
        (Some((stage, place)), ..) => Entry::Given(stage, place),
        (None, Some(place), ..) => Entry::Given(Stage::Nqsw0To6, place),
        (None, None, Some((text, place)), _) => Entry::Unclear(text.clone(), *place),
        (None, None, None, Some(place)) => Entry::Blank(place),
        (None, None, None, None) => Entry::NoColumn,
    };
    let listed = person.mentioned || person.counts.is_some() || !person.cases.is_empty();
    Worker {
        only_co_worker: !person.mentioned && person.on_roster.is_none() && person.on_form.is_none(),
        only_on_form: person.on_form.filter(|_| !listed),
        name: person.name,
        key: person.key,
        named: person.named,
        on_roster: person.on_roster,
        also_written,
        resembles,
        role,
        written_role,
        post: person.post.values.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" / "),
        roles,
        stage,
        stage_from,
        written_stage,
        stages,
        started,
        fte,
        ftes: person.fte.values.clone(),
        duties: person
            .duties
            .entry(|one, other| other.points.unwrap_or(Decimal::ZERO).cmp(&one.points.unwrap_or(Decimal::ZERO))),
        agreed: person.agreed.entry(|one, other| one.limit.cmp(&other.limit)),
        judgement,
        post_unknown: false,
        cases: person.cases,
        co_worked: person.co_worked,
        unclear_below: person.unclear_below,
        counts: person.counts,
        stated: person.stated,
        not_counted: person.not_counted,
        tasks: person.tasks,
        time: person.time,
    }
}

fn on_roster(roster: &[RosterRow], place: Place) -> bool {
    roster.iter().any(|row| row.place.sheet == place.sheet && row.place.cell.row == place.cell.row)
}
