//! A sheet for each month: only the latest counts.

use crate::saltmarsh::book::{Book, widths, workbook};
use crate::saltmarsh::grid::{Field, Grid, SHORT, heads, text};
use crate::saltmarsh::layouts::{KNOWS, look};
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::Heat::{Cool, Warm};
use crate::saltmarsh::people::{Holder, Register, Team, Worker};

/// Three months of one team; a worker left in August, and children came and went.
pub fn three() -> Book {
    let mut register = Register::new(17);
    let r = &mut register;
    let mut team = Team::new("Samphire Locality Team", "locality", KNOWS);
    for (experience, children, heat) in
        [("3+ years", 19, Cool), ("3+ years", 23, Cool), ("ASYE 6-12", 12, Warm), ("3+ years", 17, Cool)]
    {
        let worker = Worker::social_worker(r, experience);
        team.add(r, worker, children, heat);
    }
    // In July the last worker's children were with somebody who has left, and five had not come yet.
    let mut july = team.clone();
    july.workers[3].name = r.name();
    july.cases.truncate(team.cases.len() - 5);
    let mut august = july.clone();
    august.cases.truncate(team.cases.len() - 7);
    let columns = [
        ("Worker", Field::Worker),
        ("Role", Field::Role),
        ("FTE", Field::Fte),
        ("Experience", Field::Experience),
        ("Child ID", Field::Child),
        ("Family ID", Field::Household),
        ("Status", Field::Status),
        ("Proceedings", Field::Court),
        ("Level", Field::Level),
        ("Additional", Field::Additional),
    ];
    let look = look("Calibri", 0x375623, 0xFFFFFF);
    let mut workbook = workbook("Samphire Locality Team");
    let mut sheets = Vec::new();
    for (name, of_month, counts) in
        [("July 2025", &july, false), ("August 2025", &august, false), ("September 2025", &team, true)]
    {
        let mut paper = Paper::default();
        paper
            .title(team.name)
            .block(vec![text(format!("Position at the end of {name}"))])
            .gap()
            .heads(&heads(&columns));
        for at in 0..of_month.workers.len() {
            assert!(of_month.cases.iter().any(|case| case.holder == Holder::Worker(at)));
            if at > 0 {
                paper.gap();
            }
            paper.rows(Grid::rows_of(of_month, Some(at), &columns, &SHORT));
        }
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        widths(sheet, &[20.0, 15.0, 6.0, 12.0, 10.0, 10.0, 10.0, 18.0, 8.0, 10.0]);
        paper.write(sheet, &look);
        let layout = "row-per-child";
        sheets.push(if counts { paper.truth(name, layout) } else { paper.superseded(name, layout) });
    }
    Book { file: "layouts/Three months.xlsx", bytes: workbook.save_to_buffer().unwrap(), sheets, teams: vec![team] }
}
