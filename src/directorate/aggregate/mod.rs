//! Ratings into team lines and the directorate's (domain section 11).

mod quality;
mod workers;

use rust_decimal::Decimal;

use crate::directorate::comparison::Directorate;
use crate::directorate::team_line::{Group, TeamLine, Told, WorkerLoad};
use crate::field::caseload::{
    Beside, Caseload, Role, ServiceArea, Shared, Subject, Team, Unit, Worker, beside, count, shared,
};
use crate::field::rating::{Measure, Rag, Rating, Scored, ScoredWorker};
use crate::policy::Policies;

pub use quality::quality;
pub use workers::worker_lines;

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
    Directorate { teams, areas, whole, actions, ..Directorate::default() }
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
        if let (Some(fte), false) = (worker.fte(), worker.holds.only_co_worker) {
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
    let workers: Vec<(bool, Beside, Shared)> = team
        .workers
        .iter()
        .zip(shared(team))
        .map(|(worker, shared)| (holds_children(worker), beside(team, worker), shared))
        .collect();
    let fte = line.fte;
    // What some holder of children is not told of is not known of the team.
    let once = |figure: fn(&Beside) -> Option<u32>, twice: fn(&Shared) -> u32| {
        let mut all = 0;
        for (holds, beside, shared) in &workers {
            match figure(beside) {
                Some(own) => all += own.saturating_sub(twice(shared)),
                None if *holds => return Told::default(),
                None => {}
            }
        }
        Told { count: Some(all), fte, teams: 1 }
    };
    line.children = once(|beside| beside.children, |shared| shared.children);
    line.households = once(|beside| beside.households, |shared| shared.households);
    line.cp = once(|beside| beside.cp, |shared| shared.cp);
    line.cioc = once(|beside| beside.cioc, |shared| shared.cioc);
    line.care_proceedings = once(|beside| beside.care_proceedings, |shared| shared.care_proceedings);
}

/// Whether the worker holds children, or may: one known by a form alone.
fn holds_children(worker: &Worker) -> bool {
    worker.holds.only_on_form.is_some() || worker.holds.cases.iter().any(|case| case.subject == Subject::Child)
}

fn add_ratings(line: &mut TeamLine, worker: &Worker, scored: &ScoredWorker) {
    for rating in scored.first_by(Measure::Points) {
        if let (Some(load), Some(against)) = (rating.load, &rating.against) {
            line.points_load += load;
            line.points_benchmark += against.upper();
        }
    }
    // Of several policies' limits the tightest leaves room for children, and the one passed most is passed by.
    if let Some((_, Rating { load: Some(load), against: Some(against), .. })) = scored.tightest() {
        line.headroom_children += (against.lower() - *load).floor().max(Decimal::ZERO);
    }
    let of_children = |rating: &&Rating| matches!(rating.unit, Unit::Children | Unit::YoungPeople);
    let above = |rating: &Rating| Some((rating.load? - rating.against.as_ref()?.upper()).ceil());
    let most = scored.limits().map(|(_, rating)| rating).filter(of_children).filter_map(above).max();
    line.children_over += most.unwrap_or_default().max(Decimal::ZERO);
    let Some((own, over)) = worker_load(worker, scored) else { return };
    line.over_limit += u32::from(over);
    let alone = Group { workers: 1, fte: own.fte, load: own.load, upper: own.upper, over: u32::from(over) };
    if worker.post.role == Role::Nqsw {
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
    for (_, rating) in scored.limits() {
        let (Some(load), Some(against)) = (rating.load, &rating.against) else { continue };
        over = Some(over.unwrap_or(false) | (load > against.upper()));
        own.used = own.used.max(rating.utilisation());
        // What lies above the limit, as a share of a full-time one: for a limit that follows the FTE the same as
        // load ÷ full-time limit less the FTE. None is reckoned for a limit of 0.
        let full = rating.full_time_upper().filter(|full| !full.is_zero());
        let posts = |load: Decimal| full.map_or(Decimal::ZERO, |full| load / full);
        own.fte_needed = own.fte_needed.max(posts((load - against.upper()).max(Decimal::ZERO)));
        held = held.max(posts(load));
        let free = posts((against.lower() - load).floor().max(Decimal::ZERO));
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

/// Adds the cases of a social worker who holds one or more, each person by each (domain section 11).
fn add_official(line: &mut TeamLine, worker: &Worker) {
    let Some(cases) = worker.official_cases() else {
        line.official.left_out += u32::from(worker.is_social_worker());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::rating::rounded;
    use crate::judge::score::score;
    use crate::run::workbook::understand;
    use crate::testing::{book, policies};
    use crate::understand::words::Words;

    /// The line of the one team of a sheet of this name.
    fn line(team: &str, text: &str) -> TeamLine {
        line_by(&policies(), team, text)
    }

    fn line_by(policies: &Policies, team: &str, text: &str) -> TeamLine {
        let caseload = understand(&book(team, text), team, &Words::built_in(), policies, &[]);
        let mut lines = team_lines("a.xlsx", &caseload, &score(&caseload, policies));
        assert_eq!(lines.len(), 1, "{caseload:#?}");
        lines.remove(0)
    }

    fn figure(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// Some figures at two places, as the sheets show them.
    fn shown<const N: usize>(figures: [Decimal; N]) -> [String; N] {
        figures.map(|figure| rounded(figure, 2).to_string())
    }

    /// FTE needed, FTE of room, FTE if the worker who weighs most is away, children above, headroom in children.
    fn capacity(line: &TeamLine) -> [String; 5] {
        let away = line.fte_if_away().unwrap_or_default();
        shown([line.fte_needed(), line.fte_room(), away, line.children_over, line.headroom_children])
    }

    const LOCALITY: &str = "
        Worker | Role | FTE | Children
        Ada Lovell | Social worker | 1 | 23
        Ben Marsh | Social worker | 0.6 | 13
        Cara Holt | Social worker | 1 | 15
        Dan Frost | Social worker | 0.5 | 10
    ";

    #[test]
    fn capacity_by_hand() {
        // Against 20: Ada 3 above (0.15), Ben 1 above 12 (0.05), Cara room for 5 (0.25), Dan stands at 10.
        // Away weighs most: Cara's 15 (0.75) and her room (0.25) are a whole post, as is Ada's, whose 0.15 lacks anyhow.
        assert_eq!(capacity(&line("Locality North", LOCALITY)), ["0.2", "0.25", "1", "4", "5"]);
    }

    #[test]
    fn fairness_by_hand() {
        let line = line("Locality North", LOCALITY);
        let spread = line.spread().unwrap();
        // 75, 100, 108.33…, 115 percent; a quarter of the way from the first to the last of four is ¾ of one step.
        let quartiles =
            [spread.least, spread.lower_quartile, spread.median, spread.upper_quartile, spread.most].map(|of| of);
        assert_eq!(shown(quartiles), ["75", "93.75", "104.17", "110", "115"]);
        // 61 held of 62: ½ (|23/61 − 20/62| + |13/61 − 12/62| + |15/61 − 20/62| + |10/61 − 10/62|) = 7.67 %.
        assert_eq!(shown([line.hoover().unwrap()]), ["7.67"]);
        let (part, full) = (line.part_time, line.full_time);
        assert_eq!((part.workers, part.fte, part.load, part.upper), (2, figure("1.1"), 23.into(), 22.into()));
        assert_eq!((full.workers, full.fte, full.load, full.upper), (2, 2.into(), 38.into(), 40.into()));
        assert_eq!(shown([part.per_fte().unwrap(), full.per_fte().unwrap()]), ["20.91", "19"]);
        assert_eq!((line.nqsw, line.nqsw_load_share()), (Group::default(), Some(Decimal::ZERO)));
    }

    #[test]
    fn full_time_begins_at_exactly_one_and_an_unknown_fte_is_neither() {
        let line = line(
            "Locality North",
            "
            Worker | Role | FTE | Children
            Ada Lovell | Social worker | 0.9999 | 10
            Ben Marsh | Social worker | 1 | 10
            Cara Holt | Social worker | 1.1 | 22
            Dan Frost | Social worker | 0 | 9
            Eve Stone | Social worker | lots | 9
            ",
        );
        assert_eq!((line.part_time.workers, line.full_time.workers), (1, 2));
        assert_eq!(line.full_time.fte, figure("2.1"));
        // Cara's 22 of 22 is within; the two whose FTE cannot be used are not rated and not reckoned with.
        assert_eq!((line.limit_rated(), line.workers, line.not_scored), (3, 5, 2));
        assert_eq!(line.fte, figure("3.0999"));
        assert_eq!(line.fte_needed(), Decimal::ZERO);
        assert_eq!((line.official.cases, line.official.fte), (42, figure("3.0999")));
        assert_eq!(line.official.left_out, 2);
    }

    #[test]
    fn nobody_is_left_out_where_no_fte_is_written() {
        let line = line("Locality North", "Worker | Role | Children\nAda Lovell | Social worker | 21");
        // A full-time post is assumed.
        assert_eq!((line.full_time.workers, line.official.fte, line.official.left_out), (1, Decimal::ONE, 0));
        assert_eq!(line.fte_needed(), figure("0.05"));
    }

    #[test]
    fn an_agreed_limit_stands_as_it_is_and_is_reckoned_in_full_time_posts() {
        let sheet = |agreed: &str| {
            format!(
                "Worker | Role | FTE | Children | Agreed limit | Agreed limit reason\n\
                 Ada Lovell | Social worker | 0.8 | 13 | {agreed} | illness"
            )
        };
        // (13 − 10) ÷ 20; at 13 of the usual 16 there would be room for 3.
        let above = line("Locality North", &sheet("10"));
        assert_eq!(capacity(&above), ["0.15", "0", "0.5", "3", "0"]);
        let below = line("Locality North", &sheet("15"));
        assert_eq!(capacity(&below), ["0", "0.1", "0.75", "0", "2"]);
        // Where no limit of a policy is known, the agreed one is what a post stands for.
        let unknown = line("Team 7", &sheet("10"));
        assert_eq!(capacity(&unknown), ["0.3", "0", "1", "3", "0"]);
        // Of several policies the one that has a limit says what a post stands for.
        let several = crate::testing::policies_named(&["wirral", "redcar-2020"]);
        assert_eq!(capacity(&line_by(&several, "Locality North", &sheet("10"))), ["0.15", "0", "0.5", "3", "0"]);
    }

    #[test]
    fn a_limit_of_nought_is_left_out_of_posts_and_not_of_the_load() {
        let line = line(
            "Assessment East",
            "
            Worker | Role | FTE | Children
            Ada Lovell | Social worker | 1 | 21
            Ben Marsh | Deputy team manager | 1 | 3
            ",
        );
        // 21 of 20–22 is within the range: neither above nor with room. Ben's three are above his limit of 0.
        assert_eq!(capacity(&line), ["0", "0", "0.95", "3", "0"]);
        assert_eq!((line.limit_load(), line.limit_upper(), line.over_limit), (24.into(), 22.into(), 1));
        let spread = line.spread().unwrap();
        assert_eq!(shown([spread.least, spread.most]), ["95.45", "95.45"]);
        // All three would have to change hands: 3/24.
        assert_eq!(line.hoover(), Some(figure("12.5")));
    }

    #[test]
    fn of_two_limits_the_tighter_decides_and_both_count() {
        let carers = |worker: &str, carers: u32, assessments: u32| {
            let rows = (0..carers).map(|at| format!("\nF-{worker}{at} | {worker} | Social worker | Supervision"));
            let more = (0..assessments).map(|at| format!("\nA-{worker}{at} | {worker} | Social worker | Assessment"));
            rows.chain(more).collect::<String>()
        };
        let head = "Foster carer ID | Supervising social worker | Role | Type of work";
        let text =
            format!("{head}{}{}{}", carers("Ada Lovell", 9, 4), carers("Ben Marsh", 9, 0), carers("Cara Holt", 0, 3));
        let line = line("Fostering", &text);
        assert_eq!((line.limit_load(), line.limit_upper()), (25.into(), 63.into()));
        // Ada: 4 of 3 assessments, a third of a post; Ben: room for 9 carers (0.5) is less than for 3 assessments (1).
        // Cara has no room for an assessment, and so none at all.
        assert_eq!(capacity(&line), ["0.33", "0.5", "1", "0", "0"]);
        let spread = line.spread().unwrap();
        assert_eq!(shown([spread.least, spread.median, spread.most]), ["50", "100", "133.33"]);
        // Carers are cases of the official measure; assessments of people who are not yet carers are none.
        assert_eq!((line.official.cases, line.official.fte), (18, 2.into()));
    }

    #[test]
    fn a_percentage_of_a_limit_and_a_limit_that_stands_as_it_is() {
        let ends = "unit = \"u\"\nfrom = 2020-01-01\nsource = { document = \"d\", section = \"s\" }\n";
        let policy = |limit: &str| {
            let text = format!(
                "name = \"a\"\ntitle = \"A\"\nabout = \"c\"\n\
                 [[limit]]\nid = \"l\"\nlabel = \"l\"\ncounts = \"children\"\nlower = 20\nupper = 20\n{limit}{ends}\
                 [[bands]]\nid = \"b\"\nmeasure = \"limit\"\namber = {{ above = 100, of = \"lower\" }}\n\
                 red = {{ above = 110, of = \"upper\" }}\n{ends}\
                 [[adjustment]]\nid = \"n\"\nlabel = \"n\"\nfor = {{ role = \"nqsw\" }}\nmeasures = [\"limit\"]\n\
                 percent = 90\n{ends}"
            );
            let policy = crate::policy::Policy::read(&text, String::new()).unwrap_or_else(|why| panic!("{why}"));
            Policies::new(vec![policy], crate::testing::AS_OF).unwrap()
        };
        // 19 of 18 (90 % of 20): one child above, of 18 that such a post stands for.
        let new = "Worker | Role | FTE | Children\nAda Lovell | NQSW | 1 | 19";
        assert_eq!(capacity(&line_by(&policy(""), "Locality North", new)), ["0.06", "0", "1", "1", "0"]);
        // 20 as it stands at 0.6 FTE: nobody is above.
        let part = "Worker | Role | FTE | Children\nAda Lovell | Social worker | 0.6 | 20";
        let line = line_by(&policy("pro_rata = false\n"), "Locality North", part);
        assert_eq!(capacity(&line), ["0", "0", "1", "0", "0"]);
    }

    #[test]
    fn newly_qualified_workers_are_set_beside_their_share_of_posts() {
        let line = line(
            "Locality North",
            "
            Worker | Role | Stage | FTE | Children
            Ada Lovell | Social worker | 3+ years | 1 | 20
            Ben Marsh | NQSW | 0-6 months | 1 | 16
            Cara Holt | Social worker | ASYE 6-12 months | 0.5 | 4
            ",
        );
        assert_eq!(line.nqsw, Group { workers: 2, fte: figure("1.5"), load: 20.into(), upper: 24.into(), over: 1 });
        assert_eq!(shown([line.nqsw_load_share().unwrap(), line.nqsw_fte_share().unwrap()]), ["50", "60"]);
        // Ben is 1 above 15; Cara has room for 3 below the lower 7.5, of 18.
        assert_eq!(capacity(&line), ["0.07", "0.17", "1", "1", "3"]);
    }

    #[test]
    fn areas_and_the_whole_are_made_of_the_workers_not_of_the_teams() {
        let north = line("Locality North", LOCALITY);
        let text =
            "Worker | Role | FTE | Children\nEve Stone | Social worker | 1 | 10\nFay Reed | Social worker | 1 | 20";
        let south = line("Locality South", text);
        let east = line("Assessment East", "Worker | Role | FTE | Children\nGus Hale | Social worker | 1 | 24");
        let teams = vec![north.clone(), south, east];
        let of = directorate(teams, &policies());
        let locality = of.areas.iter().find(|line| line.area == Some(ServiceArea::Locality)).unwrap();
        assert_eq!((of.areas.len(), locality.workers, of.whole.workers), (2, 6, 7));
        // 50, 75, 100, 100, 108.33…, 115: the median lies between the two in the middle.
        assert_eq!(locality.spread().unwrap().median, Decimal::ONE_HUNDRED);
        assert_eq!(shown([locality.fte_needed(), locality.fte_room()]), ["0.2", "0.75"]);
        // 91 of 102, both added up.
        assert_eq!(shown([locality.limit_utilisation().unwrap(), of.whole.fte_needed()]), ["89.22", "0.29"]);
        assert_eq!((north.limit_rated(), of.whole.limit_rated()), (4, 7));
    }

    #[test]
    fn what_two_workers_hold_counts_once_for_the_team() {
        let twice = line(
            "Locality North",
            "
            Child ID | Worker | Role | FTE | Status | Care proceedings
            C-1001 | Ada Lovell | Social worker | 1 | CP | Yes
            C-1002 | Ada Lovell | Social worker | 1 | CP |
            C-1001 | Ben Marsh | Social worker | 1 | CP | Yes
            C-1003 | Ben Marsh | Social worker | 1 | CIOC | Yes
            ",
        );
        let counts = [twice.children, twice.cp, twice.cioc, twice.care_proceedings].map(|told| told.count);
        assert_eq!(counts, [3, 2, 1, 2].map(Some));
        // The sheet has no column for the household.
        assert_eq!(twice.households.count, None);
    }

    #[test]
    fn a_limit_for_advice_asks_for_no_posts_where_another_binds() {
        let limit = |name: &str, upper: u32, top: &str| {
            let ends = "unit = \"u\"\nfrom = 2020-01-01\nsource = { document = \"d\", section = \"s\" }\n";
            let text = format!(
                "name = \"{name}\"\ntitle = \"{name}\"\nabout = \"c\"\n{top}\
                 [[limit]]\nid = \"l\"\nlabel = \"l\"\ncounts = \"children\"\nlower = {upper}\nupper = {upper}\n{ends}\
                 [[bands]]\nid = \"b\"\nmeasure = \"limit\"\namber = {{ above = 100, of = \"lower\" }}\n\
                 red = {{ above = 110, of = \"upper\" }}\n{ends}"
            );
            crate::policy::Policy::read(&text, String::new()).unwrap_or_else(|why| panic!("{why}"))
        };
        let by = |policies: Vec<crate::policy::Policy>| {
            let policies = Policies::new(policies, crate::testing::AS_OF).unwrap();
            let line = line_by(
                &policies,
                "Locality North",
                "Worker | Role | FTE | Children\nAda Lovell | Social worker | 1 | 18",
            );
            (line.over_limit, capacity(&line))
        };
        let figures = |over: u32, figures: [&str; 5]| (over, figures.map(String::from));
        let advice = || limit("advice", 12, "advisory = true\n");
        assert_eq!(by(vec![advice(), limit("own", 20, "")]), figures(0, ["0", "0.1", "1", "0", "2"]));
        assert_eq!(by(vec![advice()]), figures(1, ["0.5", "0", "1", "6", "0"]));
        // Of two that bind, the one passed most says how many children are above.
        assert_eq!(by(vec![limit("own", 20, ""), limit("tight", 16, "")]), figures(1, ["0.13", "0", "1", "2", "0"]));
    }

    #[test]
    fn a_team_without_a_rated_worker_has_no_ratios() {
        let line = line("Locality North", "Worker | Role | FTE | Children\nAda Lovell | Social worker | 0 | 9");
        assert_eq!((line.spread(), line.hoover(), line.fte_if_away(), line.limit_per_fte()), (None, None, None, None));
        assert_eq!((line.official.average(), line.official.left_out), (None, 1));
    }
}
