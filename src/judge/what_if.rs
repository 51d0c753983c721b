//! What would follow if a worker took more children, before they are given.

use crate::book::sheet::{CellRef, Place};
use crate::book::text::fold;
use crate::field::caseload::{Case, Caseload, Entry, Level, ServiceArea, Subject, Work, Worker};
use crate::field::rating::Rating;

/// A worker or a team that may be given more children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name of a worker or a team.
    pub name: String,
    /// How many children more.
    pub children: u32,
}

/// What would follow for one worker, by one measure.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// What was asked.
    pub asked: Asked,
    /// The whole team was asked about.
    pub of_team: bool,
    /// The team.
    pub team: String,
    /// The worker.
    pub worker: String,
    /// As it is.
    pub before: Rating,
    /// As it would be.
    pub after: Rating,
}

/// The caseload in which each worker asked about holds so many more children, and who they are: by team
/// and worker. `None` where the workbook has no team and no worker of the name.
///
/// The children are taken as one family at medium intervention without a status: what is known before an
/// allocation is seldom more. Of a team each worker takes all of them, so that the rows can be compared.
pub fn with_more(caseload: &Caseload, asked: &Asked) -> Option<(Caseload, Vec<(usize, usize)>)> {
    let name = fold(&asked.name);
    let mut more = caseload.clone();
    let mut who = Vec::new();
    for (at, team) in more.teams.iter_mut().enumerate() {
        let whole = fold(&team.name) == name;
        let sheet = team.workers.iter().flat_map(|worker| &worker.holds.cases).map(|case| case.place.sheet).next();
        let area = team.area;
        for (of, worker) in team.workers.iter_mut().enumerate() {
            if whole || fold(&worker.who.name) == name {
                let sheet = worker.holds.cases.first().map(|case| case.place.sheet).or(sheet).unwrap_or_default();
                let cell = worker.place().map_or(CellRef::new(0, 0), |place| place.cell);
                let case = given(Place { sheet, cell }, subject(area, worker));
                worker.holds.cases.extend((0..asked.children).map(|_| case.clone()));
                who.push((at, of));
            }
        }
    }
    (!who.is_empty()).then_some((more, who))
}

/// What the team counts: what the worker holds already, else what its service area counts.
fn subject(area: Option<ServiceArea>, worker: &Worker) -> Subject {
    match (worker.holds.cases.first(), area) {
        (Some(case), _) => case.subject,
        (None, Some(ServiceArea::Fostering)) => Subject::FosterCarer,
        (None, Some(ServiceArea::Iro)) => Subject::Review,
        (None, _) => Subject::Child,
    }
}

fn given(place: Place, subject: Subject) -> Case {
    Case {
        // No reference of a household on a sheet has a line break.
        household: Entry::Given("what\nif".into(), place),
        status: Entry::Blank(place),
        proceedings: Entry::Blank(place),
        work: Work {
            intervention: Entry::Given(Level::Medium, place),
            additional: Entry::Blank(place),
            ..Work::default()
        },
        ..Case::at(place, subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::rating::{Measure, Rag};
    use crate::judge::score::score;
    use crate::run::workbook::understand;
    use crate::testing::{book, policies};
    use crate::understand::words::Words;

    /// Measure, load and colour of each worker asked about, after the children were given.
    fn after(name: &str, children: u32) -> Vec<(String, Measure, String, Rag)> {
        let mut text = "Child ID | Worker | FTE | Household | Intervention level".to_string();
        for (worker, fte, number) in [("Ada Lovell", "1", 18), ("Ben Marsh", "0.5", 5)] {
            for child in 0..number {
                text.push_str(&format!("\n{worker}-{child} | {worker} | {fte} | {worker} {} | low", child / 2));
            }
        }
        let caseload = understand(&book("Sheet1", &text), "Locality North", &Words::built_in(), &policies(), &[]);
        let asked = Asked { name: name.into(), children };
        let Some((more, who)) = with_more(&caseload, &asked) else { return Vec::new() };
        let scored = score(&more, &policies());
        let of = |(team, worker): (usize, usize)| {
            let name = more.teams[team].workers[worker].who.name.clone();
            let ratings = scored.teams[team][worker].ratings.iter();
            ratings.map(move |rating| {
                (name.clone(), rating.measure, rating.load.unwrap_or_default().to_string(), rating.rag)
            })
        };
        who.into_iter().flat_map(of).collect()
    }

    #[test]
    fn a_worker_with_more_children_is_scored_as_if_they_stood_on_the_sheet() {
        // 18 children and 9 families at low: 18 + 9 = 27 points; a family of 3 at medium adds 3 + 2.
        assert_eq!(
            after("ada  LOVELL", 3),
            [
                ("Ada Lovell".into(), Measure::Limit, "21".into(), Rag::Amber),
                ("Ada Lovell".into(), Measure::Points, "32".into(), Rag::Green),
            ]
        );
    }

    #[test]
    fn of_a_team_each_worker_takes_them_all() {
        let told = after("Locality North", 6);
        let limits: Vec<_> = told.iter().filter(|(_, measure, ..)| *measure == Measure::Limit).collect();
        // 24 of 20 is 120 %; 11 of 10 is exactly 110 %.
        assert_eq!(limits.len(), 2);
        assert_eq!((limits[0].2.as_str(), limits[0].3), ("24", Rag::Red));
        assert_eq!((limits[1].2.as_str(), limits[1].3), ("11", Rag::Red));
    }

    #[test]
    fn a_name_that_nobody_has_is_none() {
        assert!(after("Cal Reed", 1).is_empty());
    }
}
