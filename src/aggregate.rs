//! Ratings into team lines and the directorate's (domain section 11).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::caseload::{
    CaseStatus, Caseload, Entry, Role, ServiceArea, Subject, Team, Worker, beside, care_sets, count,
};
use crate::directorate::{Directorate, Group, TeamLine, Told, WorkerLoad};
use crate::policy::Policies;
use crate::rating::{Against, Measure, Rag, Rating, Scored, ScoredWorker};
use crate::reading::Meaning;

/// A line for each team of a workbook; rank, quartile and change come with the whole directorate.
pub fn team_lines(file: &str, caseload: &Caseload, scored: &Scored) -> Vec<TeamLine> {
    let pairs = caseload.teams.iter().zip(&scored.teams);
    pairs.map(|(team, workers)| team_line(file, team, workers)).collect()
}

/// Puts teams side by side; the change since an earlier run comes with that run.
pub fn directorate(mut teams: Vec<TeamLine>, policies: &Policies) -> Directorate {
    let exact: Vec<Option<Decimal>> = teams.iter().map(TeamLine::limit_utilisation).collect();
    let count = u32::try_from(teams.len()).unwrap_or(u32::MAX);
    let mut ranked: Vec<Decimal> = exact.iter().flatten().copied().collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    for (line, own) in teams.iter_mut().zip(&exact) {
        let Some(own) = own else { continue };
        let above = ranked.partition_point(|other| other > own);
        let rank = u32::try_from(above).unwrap_or(u32::MAX) + 1;
        line.rank = Some(rank);
        line.quartile = Some((4 * rank).div_ceil(count));
    }
    let whole = together("Directorate", None, teams.iter());
    let of = |area: Option<ServiceArea>| teams.iter().filter(move |line| line.area == area).peekable();
    let areas = ServiceArea::ALL.iter().copied().map(Some).chain([None]).filter_map(|area| {
        let mut lines = of(area);
        lines.peek()?;
        Some(together(area.map_or("Service area not known", |area| area.label()), area, lines))
    });
    let areas = areas.collect();
    let actions = [Rag::Red, Rag::Amber, Rag::Green]
        .into_iter()
        .filter_map(|rag| policies.action(rag).map(|action| (rag, action.text.clone())))
        .collect();
    Directorate { teams, areas, whole, actions, trend: None }
}

fn together<'a>(name: &str, area: Option<ServiceArea>, lines: impl Iterator<Item = &'a TeamLine>) -> TeamLine {
    let mut all = TeamLine { team: name.into(), area, ..TeamLine::default() };
    lines.for_each(|line| all.add(line));
    all
}

fn team_line(file: &str, team: &Team, scored: &[ScoredWorker]) -> TeamLine {
    let mut line = TeamLine {
        file: file.to_string(),
        team: team.name.clone(),
        area: team.area,
        unallocated: count(team.unallocated.iter()),
        ..TeamLine::default()
    };
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
        add_official(&mut line, worker);
    }
    line.fte = line.fte.normalize();
    add_children(&mut line, team);
    line
}

/// The children of a team are those with a key worker, each once, however many workers hold them.
fn add_children(line: &mut TeamLine, team: &Team) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut households: BTreeSet<&str> = BTreeSet::new();
    let (mut children, mut alone) = (0, 0);
    let mut no_households = false;
    let (mut cp, mut cioc): (BTreeSet<&str>, BTreeSet<&str>) = (BTreeSet::new(), BTreeSet::new());
    let (mut cp_total, mut cioc_total) = (0, 0);
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
            children += 1;
            match &case.household {
                // A table of counts gives families beside its children.
                Entry::NoColumn => no_households |= families.is_none(),
                Entry::Given(household, _) => _ = households.insert(household),
                Entry::Blank(_) | Entry::Unclear(..) => alone += 1,
            }
        }
        for (status, known, total) in
            [(CaseStatus::ChildProtection, &mut cp, &mut cp_total), (CaseStatus::InCare, &mut cioc, &mut cioc_total)]
        {
            if case.has(status) && case.child.given().is_none_or(|child| known.insert(child)) {
                *total += 1;
            }
        }
    }
    // What some holder of children is not told of is not known of the team.
    let holds = |worker: &&Worker| {
        worker.only_on_form.is_some() || worker.cases.iter().any(|case| case.subject == Subject::Child)
    };
    let holders = || team.workers.iter().filter(holds);
    let told = |figure: &dyn Fn(&Worker) -> bool| holders().all(figure);
    let fte = line.fte;
    let line_of = |known: bool, count: u32| match known {
        true => Told { count: Some(count), fte, teams: 1 },
        false => Told::default(),
    };
    let sets = team.workers.iter().filter_map(|worker| worker.counts.as_ref()?.sets);
    let has_households = (team.columns.contains(&Meaning::Household) || families.is_some()) && !no_households;
    line.children = line_of(told(&|worker| worker.only_on_form.is_none()), children);
    line.households = line_of(has_households, families.unwrap_or(0) + alone + count(households.into_iter()));
    line.cp = line_of(told(&|worker| beside(team, worker).cp.is_some()), cp_total);
    line.cioc = line_of(told(&|worker| beside(team, worker).cioc.is_some()), cioc_total);
    let in_court = told(&|worker| beside(team, worker).care_proceedings.is_some());
    line.care_proceedings = line_of(in_court, care_sets(held()) + sets.sum::<u32>());
}

fn add_ratings(line: &mut TeamLine, worker: &Worker, scored: &ScoredWorker) {
    for rating in scored.first_by(Measure::Points) {
        if let (Some(load), Some(against)) = (rating.load, &rating.against) {
            line.points_load += load;
            line.points_benchmark += against.upper();
        }
    }
    // Of several policies' limits the tightest leaves room for children.
    if let Some((_, Rating { load: Some(load), against: Some(against), .. })) = scored.tightest() {
        line.headroom_children += (against.lower() - *load).floor().max(Decimal::ZERO);
        line.children_over += (*load - against.upper()).ceil().max(Decimal::ZERO);
    }
    let Some((own, over)) = worker_load(worker, scored) else { return };
    line.over_limit += u32::from(over);
    let alone = Group { workers: 1, fte: own.fte, load: own.load, upper: own.upper };
    if worker.role == Role::Nqsw {
        line.nqsw.add(alone);
    }
    match worker.fte() {
        Some(fte) if fte.0 < Decimal::ONE => line.part_time.add(alone),
        Some(_) => line.full_time.add(alone),
        None => {}
    }
    line.loads.push(own);
}

/// A worker's load by limits, and whether it is above an upper figure; `None` for one not rated by any.
fn worker_load(worker: &Worker, scored: &ScoredWorker) -> Option<(WorkerLoad, bool)> {
    let mut own = WorkerLoad { fte: worker.fte().map_or(Decimal::ZERO, |fte| fte.0), ..WorkerLoad::default() };
    let mut over = None;
    let mut held = Decimal::ZERO;
    let mut room: Option<Decimal> = None;
    for rating in scored.ratings.iter().filter(|rating| rating.measure == Measure::Limit) {
        let (Some(load), Some(against)) = (rating.load, &rating.against) else { continue };
        if rating.rag == Rag::NotScored {
            continue;
        }
        over = Some(over.unwrap_or(false) | (load > against.upper()));
        own.used = own.used.max(rating.utilisation());
        let free = (against.lower() - load).floor().max(Decimal::ZERO);
        let (needed, posts, free) = match full_time(worker, rating, against) {
            Some((full, true)) => ((load - against.upper()).max(Decimal::ZERO) / full, load / full, free / full),
            Some((full, false)) => ((load / full - own.fte).max(Decimal::ZERO), load / full, free / full),
            // None is reckoned for a limit of 0.
            None => Default::default(),
        };
        own.fte_needed = own.fte_needed.max(needed);
        held = held.max(posts);
        room = Some(room.map_or(free, |room| room.min(free)));
    }
    // Of several policies' limits the first are added up.
    let figures = |rating: &Rating| Some((rating.load?, rating.against.as_ref()?.upper()));
    for (load, upper) in scored.first_by(Measure::Limit).filter_map(figures) {
        own.load += load;
        own.upper += upper;
    }
    own.fte_room = room.unwrap_or_default();
    own.fte_if_away = held - own.fte_needed + own.fte_room;
    over.map(|over| (own, over))
}

/// The figure that a full-time post stands for, and whether the limit was agreed with the worker; `None` for 0.
fn full_time(worker: &Worker, rating: &Rating, against: &Against) -> Option<(Decimal, bool)> {
    // An agreed limit stands for one limit; another the worker is under is reckoned as ever.
    let agreed = against.pro_rata.is_none() && worker.agreed.given().is_some();
    let full = if agreed { rating.instead_of? } else { against.full_upper };
    (!full.is_zero()).then_some((full, agreed))
}

/// Adds the cases of a social worker who holds one or more, each person by each (domain section 11).
fn add_official(line: &mut TeamLine, worker: &Worker) {
    let Some(cases) = worker.official_cases() else {
        line.official.left_out += u32::from(worker.is_social_worker() && !worker.only_co_worker);
        return;
    };
    match worker.fte() {
        _ if cases == 0 => {}
        Some(fte) => {
            line.official.cases += cases;
            line.official.fte += fte.0;
        }
        None => line.official.left_out += 1,
    }
}
