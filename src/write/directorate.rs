//! The directorate's workbook, as bytes.

use rust_xlsxwriter::XlsxError;

use crate::page::Page;
use crate::policy::Policies;

use super::pages::{self, Imprint};

/// The comparison across teams as a workbook of its own; no child-level data is in it.
///
/// # Errors
///
/// There are more teams than a sheet has rows.
pub fn workbook(pages: &[Page], policies: &Policies) -> Result<Vec<u8>, XlsxError> {
    pages::workbook(pages, &Imprint::new("Caseloads across the directorate", policies))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::ServiceArea;
    use crate::directorate::{Directorate, TeamLine};
    use crate::overview;
    use crate::rating::Rag;
    use calamine::{Data, Reader, Xlsx};
    use jiff::civil::date;

    fn directorate() -> Directorate {
        let team = |name: &str, red, used: &str, rank| TeamLine {
            file: format!("{name}.xlsx"),
            team: name.into(),
            area: Some(ServiceArea::Locality),
            workers: 7,
            fte: "6.4".parse().unwrap(),
            children: 121,
            households: Some(70),
            children_per_fte: Some("18.90625".parse().unwrap()),
            limit_utilisation: used.parse().ok(),
            points_utilisation: "97.3".parse().ok(),
            red,
            amber: 2,
            green: 3,
            not_scored: 1,
            over_limit_share: "42.857142".parse().ok(),
            unallocated: red,
            fte_needed: "0.75".parse().unwrap(),
            headroom_children: 4.into(),
            rank: Some(rank),
            quartile: Some(rank),
            ..TeamLine::default()
        };
        let teams =
            vec![team("North", 1, "101.5", 2), team("South", 0, "94.5", 3), team("West & Coast", 3, "112.25", 1)];
        let whole = TeamLine { team: String::new(), ..team("", 4, "102.75", 0) };
        let actions = vec![(Rag::Red, "Remove tasks or cases.".into()), (Rag::Amber, "De-prioritise tasks.".into())];
        Directorate { teams, whole, actions }
    }

    #[test]
    fn the_most_pressed_team_is_named_first() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let bytes = workbook(&overview::pages(&directorate(), &policies), &policies).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), overview::NAMES);
        let range = book.worksheet_range("Overview").unwrap();
        let head = range.rows().position(|row| row[0] == Data::String("Team".into())).unwrap();
        let names: Vec<String> = range.rows().skip(head + 1).take(3).map(|row| row[0].to_string()).collect();
        assert_eq!(names, ["West & Coast", "North", "South"]);
    }

    #[test]
    fn utilisation_is_shown_exactly() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let mut book: Xlsx<_> =
            Xlsx::new(std::io::Cursor::new(workbook(&overview::pages(&directorate(), &policies), &policies).unwrap()))
                .unwrap();
        let range = book.worksheet_range("Teams").unwrap();
        let north = range.rows().find(|row| row[0] == Data::String("North".into())).unwrap();
        assert_eq!(north[7], Data::Float(1.015));
    }
}
