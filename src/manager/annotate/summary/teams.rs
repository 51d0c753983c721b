//! The teams of the workbook: their colours, children, and the share of their limits that is used.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, fixed};
use crate::book::sheet::CellRef;
use crate::field::caseload::{Subject, Team, Unit};
use crate::field::rating::{Measure, Rag, rounded};

use super::super::Listed;
use super::super::working::{self, at};
use super::{FTE, RAG, Summary, TEAM};

impl Summary<'_> {
    /// A row for each team; `head` is the row of the headings above the workers.
    pub fn teams(&mut self, head: u32) {
        let last = head + self.book.workers().count() as u32;
        if self.book.caseload.teams.is_empty() {
            return;
        }
        self.page.gap();
        let across = self.prose();
        self.page.across(across, "Teams", Look::Section);
        let heads = [
            "Team",
            "Service area",
            "Workers",
            "FTE",
            "Red",
            "Amber",
            "Green",
            "Not scored",
            "Children",
            "No worker",
            "Limits used",
        ];
        let mut heads = Cell::headings(&heads);
        let wide = self.tail as usize;
        heads.truncate(wide.max(11));
        self.page.push(heads);
        let teams = self.book.caseload.teams.len() as u32;
        // The teams, a line or two about them, a blank row, the part's heading and its column headings.
        let several = self.measures.iter().filter(|group| group.measure == Measure::Limit).count() > 1;
        let details = self.page.next() + teams + 4 + u32::from(several);
        let details = (details, details + (last - head).saturating_sub(1));
        for (at, team) in self.book.caseload.teams.iter().enumerate() {
            let cells = self.team(at, team, (head + 1, last), details);
            self.page.push(cells);
        }
        let about = "Limits used is the load of all workers of the team together as a share of their limits together, never \
                     a mean of percentages. Bars behind utilisations are full at 150 %. Children of a team in which one \
                     child has two key workers, or that are counted in something else, do not follow a change on the \
                     working sheet; the other figures do.";
        self.page.across(across, about, Look::Muted);
        if several {
            let about = "Of several policies with limits the first that scores a worker is added up.";
            self.page.across(across, about, Look::Muted);
        }
    }

    fn team(&self, at: usize, team: &Team, rows: (u32, u32), details: (u32, u32)) -> Vec<Cell> {
        let row = self.page.next();
        let listed: Vec<Listed<'_>> = self.book.team(at).collect();
        let fte: Decimal = listed.iter().filter_map(|listed| listed.worker.fte()).map(|fte| fte.0).sum();
        let mut cells = vec![
            Cell::text(&team.name).look(Look::Strong),
            Cell::text(team.area.map_or("not known", |area| area.label())).look(Look::Text),
            Cell::number(Decimal::from(listed.len())),
            self.team_fte(fte, &listed, details, row),
        ];
        for rag in Rag::ALL {
            let count = Decimal::from(listed.iter().filter(|listed| listed.scored.rag() == *rag).count());
            if listed.is_empty() {
                cells.push(Cell::number(count));
                continue;
            }
            let column = |of| format!("{}:{}", fixed(CellRef::new(rows.0, of)), fixed(CellRef::new(rows.1, of)));
            let formula = format!(
                "=SUMPRODUCT(({}={})*({}=\"{}\"))",
                column(TEAM),
                CellRef::new(row, TEAM),
                column(RAG),
                rag.word()
            );
            cells.push(Cell::counts(formula, count));
        }
        cells.push(self.team_children(at, team, &listed));
        let unallocated = Decimal::from(team.unallocated.len());
        let unallocated = match self.working.beside_nobody(self.book, Some(at)) {
            Some(moved) => Cell::counts(format!("={unallocated}+{moved}"), unallocated),
            None => Cell::number(unallocated),
        };
        cells.push(if team.unallocated.is_empty() { unallocated } else { unallocated.tone(Tone::Error) });
        cells.push(self.team_used(at, &listed));
        cells
    }

    /// The shares of a post in the table of details, added up.
    fn team_fte(&self, fte: Decimal, listed: &[Listed<'_>], details: (u32, u32), row: u32) -> Cell {
        if listed.is_empty() {
            return Cell::number(fte);
        }
        let column = |of| format!("{}:{}", fixed(CellRef::new(details.0, of)), fixed(CellRef::new(details.1, of)));
        let formula = format!("=ROUND(SUMPRODUCT(({}={})*1,{}),8)", column(TEAM), CellRef::new(row, TEAM), column(FTE));
        Cell::counts(formula, fte)
    }

    /// The loads in children added up, where no child is in two of them.
    fn team_children(&self, of: usize, team: &Team, listed: &[Listed<'_>]) -> Cell {
        let count = Decimal::from(children(team));
        let limits = || {
            let ratings = listed.iter().flat_map(|listed| &listed.scored.ratings);
            ratings.filter(|rating| rating.measure == Measure::Limit)
        };
        let units: BTreeSet<&str> = limits().map(|rating| rating.unit.label()).collect();
        let loads: Decimal = limits().filter_map(|rating| rating.load).sum();
        let Some((first, last)) = self.working.team(of) else { return Cell::number(count) };
        let of_children = [Unit::Children.label(), Unit::YoungPeople.label()];
        if loads != count || units.len() != 1 || !units.iter().all(|unit| of_children.contains(unit)) {
            return Cell::number(count);
        }
        let block = |column| working::block(self.book, column, first, last);
        let limit = Measure::Limit.label();
        Cell::counts(format!("=SUMIFS({},{},\"{limit}\")", block(at::LOAD), block(at::MEASURE)), count)
    }

    /// Σ load ÷ Σ upper over the limits of the team's workers.
    fn team_used(&self, team: usize, listed: &[Listed<'_>]) -> Cell {
        let nothing = Cell::text("–").look(Look::StrongPercent);
        let Some((first, last)) = self.working.team(team) else { return nothing };
        let judged = listed.iter().flat_map(|listed| listed.scored.first_by(Measure::Limit));
        let (mut load, mut upper) = (Decimal::ZERO, Decimal::ZERO);
        for rating in judged {
            let Some(against) = &rating.against else { continue };
            load += rating.load.unwrap_or_default();
            upper += against.upper();
        }
        if upper.is_zero() {
            return nothing;
        }
        let used = rounded(load / upper, 6);
        // A sum over all limits would count a worker once for each policy.
        if self.measures.iter().filter(|group| group.measure == Measure::Limit).count() > 1 {
            return Cell::number(used).look(Look::StrongPercent);
        }
        let block = |column| working::block(self.book, column, first, last);
        let sum = |column| {
            format!(
                "SUMIFS({},{},\"{}\",{},\"<>{}\")",
                block(column),
                block(at::MEASURE),
                Measure::Limit.label(),
                block(at::RAG),
                Rag::NotScored.word()
            )
        };
        let (loads, uppers) = (sum(at::LOAD), sum(at::UPPER));
        let formula = format!("=IF({uppers}=0,\"–\",ROUND({loads}/{uppers},6))");
        Cell::counts(formula, used).look(Look::StrongPercent)
    }
}

fn children(team: &Team) -> usize {
    let mut keys = BTreeSet::new();
    let cases =
        team.workers.iter().flat_map(|worker| &worker.holds.cases).filter(|case| case.subject == Subject::Child);
    cases.filter(|case| case.who.child.given().is_none_or(|key| keys.insert(key.as_str()))).count()
}
