//! The directorate's workbook, as bytes.

use std::borrow::Borrow;

use rust_xlsxwriter::XlsxError;

use crate::book::page::Page;
use crate::policy::Policies;

use crate::book::pages;

/// The comparison across teams as a workbook of its own; no child-level data is in it.
///
/// # Errors
///
/// There are more teams than a sheet has rows.
pub fn workbook(pages: impl IntoIterator<Item = impl Borrow<Page>>, policies: &Policies) -> Result<Vec<u8>, XlsxError> {
    pages::workbook(pages, &policies.imprint("Caseloads across the directorate"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::comparison::{Directorate, Shown};
    use crate::directorate::overview;
    use crate::directorate::team_line::{TeamLine, WorkerLoad};
    use crate::field::caseload::ServiceArea;
    use crate::field::rating::Rag;
    use calamine::{Data, Reader, Xlsx};
    use jiff::civil::date;

    fn directorate() -> Directorate {
        let load =
            |load: i64, upper: i64| WorkerLoad { load: load.into(), upper: upper.into(), ..WorkerLoad::default() };
        let team = |name: &str, red, held: i64, rank| TeamLine {
            file: format!("{name}.xlsx"),
            team: name.into(),
            area: Some(ServiceArea::Locality),
            workers: 7,
            fte: "6.4".parse().unwrap(),
            loads: vec![load(held, 200)],
            red,
            unallocated: red,
            rank: Some(rank),
            ..TeamLine::default()
        };
        let teams = vec![team("North", 1, 203, 2), team("South", 0, 189, 3), team("West & Coast", 3, 225, 1)];
        let actions = vec![(Rag::Red, "Remove tasks or cases.".into()), (Rag::Amber, "De-prioritise tasks.".into())];
        let mut whole = TeamLine::default();
        teams.iter().for_each(|team| whole.add(team));
        Directorate { teams, whole, actions, ..Directorate::default() }
    }

    #[test]
    fn the_most_pressed_team_is_named_first() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let bytes = workbook(overview::pages(&directorate(), &policies, Shown::default()), &policies).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names()[..2], [overview::OVERVIEW, overview::TEAMS]);
        let range = book.worksheet_range("Overview").unwrap();
        let said: Vec<String> = range.rows().map(|row| row[1].to_string()).collect();
        assert!(
            said.iter().any(|text| text.starts_with("4 children have no named worker: 3 in West & Coast")),
            "{said:?}"
        );
        let range = book.worksheet_range("Teams").unwrap();
        let names: Vec<String> = range.rows().map(|row| row[1].to_string()).skip_while(|name| name != "Team").collect();
        assert_eq!(names, ["Team", "West & Coast", "North", "South"]);
    }

    #[test]
    fn utilisation_is_shown_exactly() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(
            workbook(overview::pages(&directorate(), &policies, Shown::default()), &policies).unwrap(),
        ))
        .unwrap();
        let range = book.worksheet_range("Teams").unwrap();
        let north = range.rows().find(|row| row[1] == Data::String("North".into())).unwrap();
        assert_eq!(north[3], Data::Float(1.015));
    }
}
