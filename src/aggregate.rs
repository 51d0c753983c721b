//! Ratings into team lines and the directorate's (domain section 11).

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::caseload::{CaseStatus, Caseload, Entry, Subject, Team, Worker, care_sets, count};
use crate::directorate::{Directorate, TeamLine};
use crate::policy::Policies;
use crate::rating::{Against, Measure, Rag, Rating, Scored, ScoredWorker, rounded};
use crate::reading::Meaning;

/// A line for each team of a workbook; rank, quartile and change come with the whole directorate.
pub fn team_lines(file: &str, caseload: &Caseload, scored: &Scored) -> Vec<TeamLine> {
    let pairs = caseload.teams.iter().zip(&scored.teams);
    pairs.map(|(team, workers)| team_line(file, team, workers)).collect()
}

/// Puts teams side by side; `earlier` holds the limit utilisation of teams in the previous run by file and team.
pub fn directorate(
    mut teams: Vec<TeamLine>,
    earlier: &BTreeMap<(String, String), Decimal>,
    policies: &Policies,
) -> Directorate {
    let exact: Vec<Option<Decimal>> = teams.iter().map(limit_utilisation).collect();
    let count = u32::try_from(teams.len()).unwrap_or(u32::MAX);
    let mut ranked: Vec<Decimal> = exact.iter().flatten().copied().collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    for (line, own) in teams.iter_mut().zip(&exact) {
        let Some(own) = own else { continue };
        let above = ranked.partition_point(|other| other > own);
        let rank = u32::try_from(above).unwrap_or(u32::MAX) + 1;
        line.rank = Some(rank);
        line.quartile = Some((4 * rank).div_ceil(count));
        let before = earlier.get(&(line.file.clone(), line.team.clone()));
        line.change = before.map(|before| rounded(*own, 2) - before);
    }
    let whole = whole(&teams);
    let actions = [Rag::Red, Rag::Amber, Rag::Green]
        .into_iter()
        .filter_map(|rag| policies.action(rag).map(|action| (rag, action.text.clone())))
        .collect();
    Directorate { teams, whole, actions }
}

fn team_line(file: &str, team: &Team, scored: &[ScoredWorker]) -> TeamLine {
    let mut line = TeamLine {
        file: file.to_string(),
        team: team.name.clone(),
        area: team.area,
        unallocated: count(team.unallocated.iter()),
        ..TeamLine::default()
    };
    let mut least: Option<Decimal> = None;
    let mut most: Option<Decimal> = None;
    for (worker, scored) in team.workers.iter().zip(scored) {
        line.workers += 1;
        if let (Some(fte), false) = (worker.fte(), worker.only_co_worker) {
            line.fte += fte.0;
        }
        match scored.rag() {
            Rag::Red => line.red += 1,
            Rag::Amber => line.amber += 1,
            Rag::Green => line.green += 1,
            Rag::NotScored => line.not_scored += 1,
        }
        add_ratings(&mut line, worker, scored);
        if let Some(own) = worker_utilisation(scored) {
            least = Some(least.map_or(own, |least| least.min(own)));
            most = Some(most.map_or(own, |most| most.max(own)));
        }
    }
    line.fte = line.fte.normalize();
    add_children(&mut line, team);
    line.least_utilised = least.map(|figure| rounded(figure, 2));
    line.most_utilised = most.map(|figure| rounded(figure, 2));
    line.fte_needed = line.fte_needed.normalize();
    finish_ratios(&mut line);
    line
}

/// The children of a team are those with a key worker, each once, however many workers hold them.
fn add_children(line: &mut TeamLine, team: &Team) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut households: BTreeSet<&str> = BTreeSet::new();
    let mut alone = 0;
    let mut no_households = false;
    let (mut cp, mut cioc): (BTreeSet<&str>, BTreeSet<&str>) = (BTreeSet::new(), BTreeSet::new());
    let held = || team.workers.iter().flat_map(|worker| &worker.cases).filter(|case| case.subject == Subject::Child);
    let mut families = None;
    for worker in &team.workers {
        match worker.counts.as_ref().map(|counts| counts.families) {
            Some(Some(count)) => families = Some(families.unwrap_or(0) + count),
            Some(None) if !worker.cases.is_empty() => no_households = true,
            _ => {}
        }
    }
    for case in held() {
        let first = match case.child.given() {
            Some(child) => seen.insert(child),
            None => true,
        };
        if first {
            line.children += 1;
            match &case.household {
                // A table of counts gives families beside its children.
                Entry::NoColumn => no_households |= families.is_none(),
                Entry::Given(household, _) => _ = households.insert(household),
                Entry::Blank(_) | Entry::Unclear(..) => alone += 1,
            }
        }
        for (status, known, total) in
            [(CaseStatus::ChildProtection, &mut cp, &mut line.cp), (CaseStatus::InCare, &mut cioc, &mut line.cioc)]
        {
            if case.has(status) && case.child.given().is_none_or(|child| known.insert(child)) {
                *total += 1;
            }
        }
    }
    let known = (team.columns.contains(&Meaning::Household) || families.is_some()) && !no_households;
    line.households = known.then(|| families.unwrap_or(0) + alone + count(households.into_iter()));
    let sets = team.workers.iter().filter_map(|worker| worker.counts.as_ref()?.sets);
    line.care_proceedings = care_sets(held()) + sets.sum::<u32>();
}

fn add_ratings(line: &mut TeamLine, worker: &Worker, scored: &ScoredWorker) {
    let mut rated = false;
    let mut over = false;
    let mut needed = Decimal::ZERO;
    for rating in &scored.ratings {
        let (Some(load), Some(against)) = (rating.load, &rating.against) else { continue };
        if rating.rag == Rag::NotScored {
            continue;
        }
        let upper = against.upper();
        match rating.measure {
            Measure::Limit => {
                rated = true;
                over |= load > upper;
                needed = needed.max(fte_needed(worker, rating, load, against));
            }
            Measure::Points | Measure::Time | Measure::Tasks | Measure::CaseCount => {}
        }
    }
    // Of several policies' limits the first are added up, and the tightest leaves room for children.
    let figures = |rating: &Rating| Some((rating.load?, rating.against.as_ref()?.upper()));
    for (load, upper) in scored.first_by(Measure::Limit).filter_map(figures) {
        line.sums.limit_load += load;
        line.sums.limit_upper += upper;
    }
    for (load, upper) in scored.first_by(Measure::Points).filter_map(figures) {
        line.sums.points_load += load;
        line.sums.points_benchmark += upper;
    }
    if let Some((_, Rating { load: Some(load), against: Some(against), .. })) = scored.tightest() {
        line.headroom_children += (against.lower() - *load).floor().max(Decimal::ZERO);
    }
    line.sums.limit_rated += u32::from(rated);
    line.sums.over_limit += u32::from(over);
    line.fte_needed += needed;
}

/// FTE that would bring a worker within the limit; none is reckoned for a limit of 0.
fn fte_needed(worker: &Worker, rating: &Rating, load: Decimal, against: &Against) -> Decimal {
    let fte = worker.fte().map_or(Decimal::ZERO, |fte| fte.0);
    // An agreed limit stands for one limit; another the worker is under is reckoned as ever.
    let agreed = against.pro_rata.is_none() && worker.agreed.given().is_some();
    match (agreed, rating.instead_of) {
        // With an agreed limit: what is above it, in full-time posts.
        (true, Some(full)) if !full.is_zero() => (load - against.upper()).max(Decimal::ZERO) / full,
        (false, _) if !against.full_upper.is_zero() => (load / against.full_upper - fte).max(Decimal::ZERO),
        _ => Decimal::ZERO,
    }
}

/// The highest of a worker's limit utilisations.
fn worker_utilisation(scored: &ScoredWorker) -> Option<Decimal> {
    let limits =
        scored.ratings.iter().filter(|rating| rating.measure == Measure::Limit && rating.rag != Rag::NotScored);
    limits.filter_map(crate::rating::Rating::utilisation).max()
}

fn limit_utilisation(line: &TeamLine) -> Option<Decimal> {
    percent(line.sums.limit_load, line.sums.limit_upper)
}

fn percent(part: Decimal, of: Decimal) -> Option<Decimal> {
    (!of.is_zero()).then(|| part * Decimal::ONE_HUNDRED / of)
}

fn finish_ratios(line: &mut TeamLine) {
    let per_fte = |figure: u32| (!line.fte.is_zero()).then(|| rounded(Decimal::from(figure) / line.fte, 2));
    line.children_per_fte = per_fte(line.children);
    line.cp_per_fte = per_fte(line.cp);
    line.cioc_per_fte = per_fte(line.cioc);
    line.proceedings_per_fte = per_fte(line.care_proceedings);
    line.limit_utilisation = limit_utilisation(line).map(|figure| rounded(figure, 2));
    line.points_utilisation =
        percent(line.sums.points_load, line.sums.points_benchmark).map(|figure| rounded(figure, 2));
    let share = percent(line.sums.over_limit.into(), line.sums.limit_rated.into());
    line.over_limit_share = share.map(|figure| rounded(figure, 2));
}

fn whole(teams: &[TeamLine]) -> TeamLine {
    let mut whole = TeamLine { team: "Directorate".into(), households: Some(0), ..TeamLine::default() };
    for line in teams {
        whole.workers += line.workers;
        whole.fte += line.fte;
        whole.children += line.children;
        whole.households = whole.households.zip(line.households).map(|(all, own)| all + own);
        whole.red += line.red;
        whole.amber += line.amber;
        whole.green += line.green;
        whole.not_scored += line.not_scored;
        whole.unallocated += line.unallocated;
        whole.fte_needed += line.fte_needed;
        whole.headroom_children += line.headroom_children;
        whole.cp += line.cp;
        whole.cioc += line.cioc;
        whole.care_proceedings += line.care_proceedings;
        whole.least_utilised = [whole.least_utilised, line.least_utilised].into_iter().flatten().min();
        whole.most_utilised = whole.most_utilised.max(line.most_utilised);
        whole.sums.limit_load += line.sums.limit_load;
        whole.sums.limit_upper += line.sums.limit_upper;
        whole.sums.points_load += line.sums.points_load;
        whole.sums.points_benchmark += line.sums.points_benchmark;
        whole.sums.limit_rated += line.sums.limit_rated;
        whole.sums.over_limit += line.sums.over_limit;
    }
    whole.fte = whole.fte.normalize();
    finish_ratios(&mut whole);
    whole
}
