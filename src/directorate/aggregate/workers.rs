//! Workers one by one, for a comparison in which they are asked for.

use crate::directorate::comparison::WorkerLine;
use crate::field::caseload::{Entry, beside};
use crate::field::judged::Judged;
use crate::field::rating::{Measure, Rag, Rating};

use super::quality::assumed;

/// A line for each worker of a workbook.
pub fn worker_lines(judged: &Judged) -> Vec<WorkerLine> {
    let mut lines = Vec::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for (worker, scored) in team.workers.iter().zip(scored) {
            let points = |rating: &&Rating| rating.measure == Measure::Points && rating.rag != Rag::NotScored;
            let governing = scored.governing();
            let counted = beside(team, worker);
            lines.push(WorkerLine {
                file: judged.file.clone(),
                team: team.name.clone(),
                area: team.area,
                worker: worker.who.name.clone(),
                role: worker.post.role,
                stage: worker.post.stage,
                fte: worker.fte().filter(|_| !worker.holds.only_co_worker).map(|fte| fte.0),
                children: counted.children,
                households: counted.households,
                cp: counted.cp,
                cioc: counted.cioc,
                care_proceedings: counted.care_proceedings,
                co_worked: counted.co_worked,
                awaiting_move: counted.awaiting_move,
                limits_used: scored.limits().filter_map(|(_, rating)| rating.utilisation()).max(),
                points_used: scored.ratings.iter().filter(points).filter_map(Rating::utilisation).max(),
                rag: scored.rag(),
                judgement: match &worker.post.judgement {
                    Entry::Given(judgement, _) => Some(judgement.rag),
                    _ => None,
                },
                governed_by: governing.map(|rating| (rating.policy.clone(), rating.measure)),
                because: governing.map(|rating| rating.because.clone()).unwrap_or_default(),
                assumed: assumed(worker, scored).into_iter().collect(),
            });
        }
    }
    lines
}
