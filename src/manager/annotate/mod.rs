//! What the manager gets back: marks for their own sheets, and the five added sheets as pages.

mod action_plan;
mod findings;
mod how_read;
mod marks;
mod policy_sheet;
mod summary;
#[cfg(test)]
pub(crate) mod trial;
mod wording;
mod working;

pub use marks::annotate;

use crate::book::page::Page;
use crate::field::caseload::{Caseload, Team, Worker};
use crate::field::finding::Finding;
use crate::field::plan::Plan;
use crate::field::rating::{Scored, ScoredWorker};
use crate::manager::sheet_names::SheetNames;
use crate::policy::Policies;

/// All that is known of one workbook when its added sheets are written.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// The workbook's name as people know it.
    pub file: &'a str,
    /// What it says.
    pub caseload: &'a Caseload,
    /// Its ratings.
    pub scored: &'a Scored,
    /// What was found.
    pub findings: &'a [Finding],
    /// What the manager typed on the action plan before.
    pub plan: &'a Plan,
    /// The policies of the run.
    pub policies: &'a Policies,
    /// The names of the added sheets.
    pub names: &'a SheetNames,
    /// The workbook is a copy of values, because its own format cannot be annotated.
    pub copy_of_values: bool,
    /// Sheets that have another name in the copy, which .xlsx asks for: as they were called, as they are.
    pub renamed: &'a [(String, String)],
}

/// The five added sheets in their order: summary, findings, working, action plan, policy.
pub fn pages(book: &Book<'_>) -> Vec<Page> {
    let policy = policy_sheet::page(book);
    let working = working::page(book, &policy);
    vec![
        summary::page(book, &policy, &working),
        findings::page(book),
        working.page.clone(),
        action_plan::page(book, &policy, &working),
        policy.page,
    ]
}

/// A worker with their team, their ratings and their position in the caseload.
#[derive(Clone, Copy)]
struct Listed<'a> {
    team: &'a Team,
    worker: &'a Worker,
    scored: &'a ScoredWorker,
    /// Position of the team, and of the worker in it.
    at: (usize, usize),
}

impl<'a> Book<'a> {
    /// Every worker of a team that has ratings, in the order of the caseload.
    fn team(&self, at: usize) -> impl Iterator<Item = Listed<'a>> + use<'a> {
        let team = self.caseload.teams.get(at);
        let scored = self.scored.teams.get(at);
        team.zip(scored).into_iter().flat_map(move |(team, scored)| {
            team.workers.iter().zip(scored).enumerate().map(move |(worker_at, (worker, scored))| Listed {
                team,
                worker,
                scored,
                at: (at, worker_at),
            })
        })
    }

    /// A policy's title as people know it.
    fn title(&self, policy: &'a str) -> &'a str {
        let known = self.policies.chosen.iter().find(|known| known.name == policy);
        known.map_or(policy, |known| known.title.as_str())
    }

    /// Every worker that has ratings, in the order of the caseload.
    fn workers(&self) -> impl Iterator<Item = Listed<'a>> + use<'a, '_> {
        (0..self.caseload.teams.len()).flat_map(|at| self.team(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::{Cell, Look};

    #[test]
    fn no_heading_breaks_within_a_word() {
        for page in trial::team().pages() {
            let cells = page.rows.iter().flat_map(|row| row.cells.iter().enumerate());
            let mut seen = 0;
            for (at, cell) in cells.filter(|(_, cell)| cell.look == Look::Heading && !merged(&page, cell)) {
                seen += 1;
                for word in cell.shown().split([' ', '-']) {
                    // Widths count digits, which are wider than most letters, bold ones too; one is the indent.
                    let room = usize::from(page.widths[at]) - 1;
                    assert!(word.chars().count() <= room, "{}: \"{word}\" in a column of {room}", page.name);
                }
            }
            assert!(seen > 0, "{}", page.name);
        }
    }

    #[test]
    fn every_text_in_a_table_has_a_row_high_enough() {
        for page in trial::team().pages() {
            let heights = page.heights();
            for (row, height) in page.rows.iter().zip(heights) {
                for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.look == Look::Text) {
                    // Half as wide again as a column's figures is more than any of these letters need.
                    let least = cell.shown().chars().count() * 2 / 3 / usize::from(page.widths[at]).max(1);
                    let enough = height.map_or(1, |height| usize::from(height) / 15);
                    assert!(
                        merged(&page, cell) || least <= enough,
                        "{}: \"{}\" in {height:?}",
                        page.name,
                        cell.shown()
                    );
                }
            }
        }
    }

    /// The cell stands for several columns.
    fn merged(page: &Page, cell: &Cell) -> bool {
        page.merges.iter().filter_map(|area| page.cell(area.first)).any(|first| std::ptr::eq(first, cell))
    }
}
