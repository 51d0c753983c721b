//! What a team is called, and which service area it works in.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::book::sheet::{CellRef, Place, RawSheet};
use crate::book::text::fold;
use crate::field::caseload::ServiceArea;
use crate::field::reading::{Meaning, TableReading};
use crate::understand::normalise::line::Line;
use crate::understand::normalise::parts::Part;
use crate::understand::normalise::reader::Reader;
use crate::understand::words::{AreaWord, Words};

/// A team as a row or its surroundings name it.
#[derive(Debug, Clone)]
pub struct TeamName {
    pub name: String,
    pub place: Place,
    pub area: Option<ServiceArea>,
    pub area_from: &'static str,
}

/// Whether a workbook has several sheets with cases, and the sheet several tables.
#[derive(Clone, Copy)]
pub struct Several {
    pub sheets: bool,
    pub tables: bool,
}

/// What is said of a worker's team beside the row.
#[derive(Default)]
pub struct Said {
    /// The roster's one team and service area for the worker.
    pub by_roster: Option<(Option<String>, Option<ServiceArea>)>,
    /// The team column's word for the worker on another row of the sheet.
    pub written: Option<(String, Place)>,
}

/// What a sheet's surroundings say of the team whose rows stand on it.
pub struct TeamNames {
    default: String,
    place: Place,
    /// A name that a team is clearly called by, not just the file's name for want of another.
    telling: bool,
    area: Option<(ServiceArea, &'static str)>,
    /// Names met in the team column, each looked up once.
    met: RefCell<BTreeMap<String, AreaWord>>,
}

impl TeamNames {
    pub fn new(
        sheet: &RawSheet,
        table: &TableReading,
        stem: &str,
        several: Several,
        part: &Part,
        words: &Words,
    ) -> Self {
        let place = Place { sheet: 0, cell: CellRef::new(table.header, 0) };
        // "List 9: care leavers" is what a list is of, not the team of its children.
        let of_a_list = table.layout.is_annex_a();
        let sheet_name = (words.without_month(&sheet.name), "the sheet's name");
        let mut around: Vec<(String, &'static str)> = Vec::new();
        around.extend(Some(sheet_name).filter(|_| !part.of_a_whole && !of_a_list));
        let titles = table.titles.iter().filter(|_| !of_a_list).flat_map(|(_, title)| segments(title));
        let titles = titles.map(|title| (title, "the title above the table"));
        if several.tables {
            // Of several tables on a sheet each is known by the title nearest to it.
            let titles: Vec<_> = titles.collect();
            around.splice(0..0, titles.into_iter().rev());
        } else {
            around.extend(titles);
        }
        around.extend(part.team.clone().map(|team| (team, "another sheet of the same workers")));
        around.push((stem.to_string(), "the file's name"));
        if let Some(said) = table.said(Meaning::Team) {
            around.insert(0, (said.value.text(), "the title above the table"));
        }
        // A worker's name is no team's, wherever it stands.
        let worker = table.whose.as_ref().map(|whose| fold(&whose.name));
        let is_worker = |text: &str| worker.as_ref().is_some_and(|name| fold(text).contains(name.as_str()));
        around.retain(|(text, _)| !is_worker(text));

        // "Team" and behind it the name, as two cells or parted by a colon.
        let labelled = around.windows(2).find(|pair| {
            let label = fold(&pair[0].0);
            ["team", "team name", "name of team"].contains(&label.as_str()) && pair[1].1 == "the title above the table"
        });
        let said = table.said(Meaning::Team).and(around.first());
        let named = around.iter().find(|(text, from)| {
            let of_sheet = several.sheets && worker.is_none() && *from == "the sheet's name";
            !words.is_generic(text) && (words.names_team(text) || of_sheet)
        });
        let named = said.or(labelled.map(|pair| &pair[1])).or(named);
        let default = named.map_or(stem, |(text, _)| text.trim()).to_string();
        let telling = named.is_some();
        let area = area_around(&around, words);
        Self { default, place, telling, area, met: RefCell::default() }
    }

    /// For workers of a roster that no sheet names a team for.
    pub fn of_file(stem: &str, words: &Words) -> Self {
        let around = vec![(stem.to_string(), "the file's name")];
        let area = area_around(&around, words);
        let place = Place { sheet: 0, cell: CellRef::new(0, 0) };
        Self { default: stem.to_string(), place, telling: false, area, met: RefCell::default() }
    }

    /// The team of a line: its own column, else what stands around the table, else the roster's word.
    pub fn of_line(&self, line: &Line<'_>, said: Said, reader: &Reader<'_>) -> TeamName {
        let own = line.area.as_deref().and_then(|text| one_area(reader.words, text));
        let by_roster = said
            .by_roster
            .as_ref()
            .and_then(|(team, area)| area.or_else(|| one_area(reader.words, team.as_deref()?)))
            .map(|area| (area, "the roster"));
        if let Some((team, place)) = line.team.clone().or(said.written) {
            return self.named(&team, place, own, by_roster, reader.words);
        }
        let area = own.map(|area| (area, "the service area column")).or(self.area).or(by_roster);
        let team = said.by_roster.and_then(|(team, _)| team).filter(|_| !self.telling);
        let here = Place { sheet: reader.position, ..self.place };
        name_with(team.unwrap_or_else(|| self.default.clone()), here, area)
    }

    /// The team that a cell, or else what stands around the table, clearly names.
    pub fn around(
        &self,
        written: Option<&(String, Place)>,
        own: Option<ServiceArea>,
        words: &Words,
    ) -> Option<TeamName> {
        match written {
            Some((team, place)) => Some(self.named(team, *place, own, None, words)),
            None => self.telling.then(|| {
                let mut name = self.fallback();
                name.area = own.or(name.area);
                name
            }),
        }
    }

    /// A team named by a cell.
    fn named(
        &self,
        team: &str,
        place: Place,
        own: Option<ServiceArea>,
        by_roster: Option<(ServiceArea, &'static str)>,
        words: &Words,
    ) -> TeamName {
        let area = own.map(|area| (area, "the service area column"));
        let area = match (area, self.area_named(team, words)) {
            (Some(area), _) => Some(area),
            (None, AreaWord::One(area)) => Some((area, "the team column")),
            // Two areas in one name are asked about, not looked up elsewhere.
            (None, AreaWord::Several) => None,
            (None, AreaWord::None) => self.area.or(by_roster),
        };
        name_with(team.trim().to_string(), place, area)
    }

    fn area_named(&self, team: &str, words: &Words) -> AreaWord {
        if let Some(area) = self.met.borrow().get(team) {
            return *area;
        }
        let area = words.area(team);
        self.met.borrow_mut().insert(team.to_string(), area);
        area
    }

    /// The team for a worker whom no row names one for.
    pub fn fallback(&self) -> TeamName {
        name_with(self.default.clone(), self.place, self.area)
    }
}

/// The service area that a text names, where it names exactly one.
pub fn one_area(words: &Words, text: &str) -> Option<ServiceArea> {
    match words.area(text) {
        AreaWord::One(area) => Some(area),
        _ => None,
    }
}

fn name_with(name: String, place: Place, area: Option<(ServiceArea, &'static str)>) -> TeamName {
    TeamName { name, place, area: area.map(|found| found.0), area_from: area.map_or("nothing", |found| found.1) }
}

fn area_around(around: &[(String, &'static str)], words: &Words) -> Option<(ServiceArea, &'static str)> {
    for (text, from) in around {
        match words.area(text) {
            AreaWord::One(area) => return Some((area, from)),
            AreaWord::Several => return None,
            AreaWord::None => {}
        }
    }
    None
}

/// The parts of a title: `Caseload return – Assessment North – June 2025`.
fn segments(title: &str) -> Vec<String> {
    title
        .split([':', '|', '–', '—', '\n'])
        .flat_map(|part| part.split(" - "))
        .map(|part| part.trim().to_string())
        .filter(|part| !part.is_empty() && part.chars().count() <= 60)
        .collect()
}
