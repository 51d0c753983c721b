//! What was found, set aside and assumed in one workbook, counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::field::caseload::{Entry, FteFigure, FteRead, Role, StageFrom, Worker};
use crate::field::judged::Judged;
use crate::field::quality::{Assumption, Found, Quality, TeamQuality};
use crate::field::rating::{Measure, Rag, ScoredWorker};

/// How sure a workbook's figures are; what became of it is not known here.
pub fn quality(judged: &Judged) -> Quality {
    let mut quality = Quality { file: judged.file.clone(), ..Quality::default() };
    for sheet in judged.caseload.sheets.iter().filter(|sheet| !sheet.ours) {
        quality.read += sheet.rows_read;
        quality.counted += sheet.rows_counted;
        for row in &sheet.set_aside {
            *quality.set_aside.entry(row.reason).or_default() += 1;
        }
    }
    let mut read_one_way: BTreeSet<(&str, &str)> = BTreeSet::new();
    for finding in &judged.findings {
        let team = finding.team.clone().unwrap_or_default();
        let (rule, severity, what) = (finding.rule.name, finding.severity, finding.rule.what);
        *quality.found.entry(Found { team, rule, severity, what }).or_default() += 1;
        if let (Some(team), Some(worker), Some(Assumption::Reading)) =
            (&finding.team, &finding.worker, Assumption::of_rule(rule))
        {
            read_one_way.insert((team, worker));
        }
    }
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        let mut line = TeamQuality { team: team.name.clone(), ..TeamQuality::default() };
        let members = team.workers.iter().zip(scored).filter(|(worker, _)| !worker.holds.only_co_worker);
        for (worker, scored) in members {
            let mut assumed = assumed(worker, scored);
            if read_one_way.contains(&(team.name.as_str(), worker.who.name.as_str())) {
                assumed.insert(Assumption::Reading);
            }
            let not_scored = scored.rag() == Rag::NotScored;
            line.workers += 1;
            line.not_scored += u32::from(not_scored);
            line.touched += u32::from(!assumed.is_empty());
            line.unsure += u32::from(not_scored || !assumed.is_empty());
            let counts: &mut BTreeMap<Assumption, u32> = &mut line.assumed;
            assumed.into_iter().for_each(|assumption| *counts.entry(assumption).or_default() += 1);
        }
        quality.teams.push(line);
    }
    quality
}

/// What is taken for granted of a worker; how cells are read is told by findings alone.
pub fn assumed(worker: &Worker, scored: &ScoredWorker) -> BTreeSet<Assumption> {
    let by_experience = |measure: &Measure| matches!(measure, Measure::Points | Measure::Tasks);
    let benchmark = scored
        .ratings
        .iter()
        .any(|rating| by_experience(&rating.measure) && rating.rag != Rag::NotScored && rating.load.is_some());
    let no_role =
        worker.post.role == Role::SocialWorker && worker.post.written_role.is_absent() && !worker.post.unknown;
    let fte_unit = matches!(
        &worker.post.fte,
        Entry::Given(FteFigure { read_as, unit_written: false, fte: Some(_), .. }, _) if *read_as != FteRead::Share
    );
    let lines = scored.hours.iter().flat_map(|hours| hours.items.iter().chain(&hours.cases));
    [
        (Assumption::Fte, worker.fte_assumed()),
        (Assumption::FteUnit, fte_unit),
        (Assumption::Role, no_role),
        (Assumption::Benchmark, worker.post.stage.is_none() && benchmark),
        (Assumption::FirstHalf, worker.post.stage_from == StageFrom::AssumedFirstHalf),
        (Assumption::Level, scored.households.iter().any(|household| household.intervention_assumed)),
        (Assumption::Hours, lines.into_iter().any(|line| line.assumed.is_some())),
    ]
    .into_iter()
    .filter_map(|(assumption, is)| is.then_some(assumption))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::elsewhere::Elsewhere;
    use crate::judge::validate::rules;
    use crate::run::workbook::{judge, understand};
    use crate::testing::{book, policies};
    use crate::understand::words::Words;

    fn told(sheet: &str) -> Quality {
        let policies = policies();
        let caseload = understand(&book("Locality North", sheet), "Locality North", &Words::built_in(), &policies, &[]);
        quality(&judge("a.xlsx", caseload, &policies, &Elsewhere::default()))
    }

    #[test]
    fn what_is_assumed_is_counted_by_worker() {
        let quality = told(
            "
            Child ID | Worker | Role | FTE | Experience | Household | Status | Intervention
            C-1 | Ada Lovell | Social worker | 1 | 3+ years | H1 | CP | 3
            C-2 | Ben Marsh | | | 3+ years | H2 | CIN | 2
            C-3 | Cara Holt | Social worker | 60 | | H3 | CIN |
            C-4 | Dan Frost | NQSW | 1 | | H4 | CIN | 1
            ",
        );
        let [team] = quality.teams.as_slice() else { panic!("{quality:#?}") };
        let expected = [Assumption::Fte, Assumption::FteUnit, Assumption::Role, Assumption::Benchmark];
        let expected = expected.into_iter().chain([Assumption::FirstHalf, Assumption::Level]);
        assert_eq!(team.assumed, expected.map(|assumption| (assumption, 1)).collect());
        assert_eq!((team.workers, team.not_scored, team.touched, team.unsure), (4, 0, 3, 3));
        assert_eq!((quality.read, quality.counted, quality.rows_set_aside()), (4, 4, 0));
    }

    #[test]
    fn a_sheet_that_says_all_has_nothing_assumed() {
        let quality = told(
            "
            Child ID | Worker | Role | FTE | Experience | Household | Status | Intervention
            C-1 | Ada Lovell | Social worker | 0.6 | 3+ years | H1 | CP | 3
            Total | 1 | | | | | |
            ",
        );
        assert_eq!((quality.teams[0].touched, quality.teams[0].unsure), (0, 0));
        assert_eq!((quality.read, quality.counted, quality.rows_set_aside()), (2, 1, 1));
    }

    #[test]
    fn the_rules_of_assumptions_are_rules() {
        for assumption in Assumption::ALL {
            for rule in assumption.rules() {
                assert!(rules().any(|known| known.name == *rule), "{rule}");
                assert_eq!(Assumption::of_rule(rule), Some(*assumption), "{rule} stands twice");
            }
        }
        // Whatever rule says of itself that it assumes something is among them.
        for rule in rules().filter(|rule| rule.what.contains("assumed")) {
            assert!(Assumption::of_rule(rule.name).is_some(), "{}", rule.name);
        }
    }
}
