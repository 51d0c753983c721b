//! The three things to look at first: what the stated rules find in a comparison, as sentences.
//!
//! Safety comes first, then what cannot be known, then where work can be shared. Each rule speaks once at most and
//! names one team, or the two that hold most of what it counts; of equal teams the one that uses more of its
//! limits, then the one whose file comes first. The first three rules that find something are told.

use rust_decimal::Decimal;

use crate::book::phrase::{count, listed};
use crate::directorate::comparison::Directorate;
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;

use super::teams::ordered;

/// So many things are told.
const TOLD: usize = 3;

/// A rule: what it looks for, in words, and what it finds.
type Rule = (&'static str, fn(&Found) -> Option<String>);

/// In the order of their gravity.
const RULES: &[Rule] = &[
    ("children nobody holds", unallocated),
    ("the team with most workers rated red", red),
    ("a quarter of the workers or more not scored", not_scored),
    ("the team that lacks most FTE, and where there is room", short),
    ("the team whose newly qualified workers hold most above their share of the FTE", newly_qualified),
    ("the team that has risen most since the last run, from 10 points of percent on", risen),
];

/// What the rules find, the gravest first; three at most.
pub fn things(directorate: &Directorate) -> Vec<String> {
    let teams: Vec<&TeamLine> = ordered(directorate).into_iter().map(|(_, team)| team).collect();
    let found = Found { whole: &directorate.whole, teams };
    RULES.iter().filter_map(|(_, rule)| rule(&found)).take(TOLD).collect()
}

/// The rules as the sheet states them.
pub fn rules() -> String {
    let rules: Vec<String> = (1..).zip(RULES).map(|(number, (rule, _))| format!("{number} {rule}")).collect();
    format!(
        "The first three of these that are so, in this order: {}. Of equal teams the one that uses more of its limits. Sentences \
         tell the state of the run and do not follow changed figures.",
        rules.join("; ")
    )
}

/// The comparison with its teams in the order that decides between equals.
struct Found<'a> {
    whole: &'a TeamLine,
    teams: Vec<&'a TeamLine>,
}

impl<'a> Found<'a> {
    /// The first of the teams with the highest figure above nought.
    fn most<T: PartialOrd + Default + Copy>(&self, figure: impl Fn(&TeamLine) -> T) -> Option<&'a TeamLine> {
        let mut most = (None, T::default());
        for team in &self.teams {
            let own = figure(team);
            if own > most.1 {
                most = (Some(*team), own);
            }
        }
        most.0
    }

    /// The team's name, with its workbook where another team has the same name.
    fn name(&self, team: &TeamLine) -> String {
        let same = self.teams.iter().filter(|other| other.team == team.team).count();
        if same > 1 { format!("{} ({})", team.team, team.file) } else { team.team.clone() }
    }
}

fn unallocated(found: &Found) -> Option<String> {
    let first = found.most(|team| team.unallocated)?;
    let held = |team: &TeamLine| format!("{} in {}", team.unallocated, found.name(team));
    let others = found.teams.iter().filter(|team| team.unallocated > 0 && !std::ptr::eq(**team, first));
    let mut others: Vec<&TeamLine> = others.copied().collect();
    others.sort_by_key(|team| std::cmp::Reverse(team.unallocated));
    let mut places = vec![held(first)];
    places.extend(others.iter().take(1).map(|team| held(team)));
    if others.len() > 1 {
        let rest: u32 = others[1..].iter().map(|team| team.unallocated).sum();
        places.push(format!("{rest} in {}", count(others.len() - 1, "other team", "other teams")));
    }
    let (all, verb) = match found.whole.unallocated {
        1 => ("1 child".to_string(), "has"),
        all => (format!("{all} children"), "have"),
    };
    Some(format!("{all} {verb} no named worker: {}. Give each a worker first.", listed(&places)))
}

fn red(found: &Found) -> Option<String> {
    let team = found.most(|team| team.red)?;
    let (own, all) = (team.red, found.whole.red);
    let used = match team.limit_utilisation() {
        Some(used) => format!(", which uses {} % of its limits", rounded(used, 1)),
        None => String::new(),
    };
    let told = match all == own {
        true => "no other team has any".to_string(),
        false => format!("{all} of {} in all teams", found.whole.workers),
    };
    Some(format!(
        "Most workers rated red: {own} of {} in {}{used} ({told}). Agree what is taken from them.",
        team.workers,
        found.name(team)
    ))
}

fn not_scored(found: &Found) -> Option<String> {
    // A quarter of the workers: a rule of this sheet, stated on it.
    const ONE_IN: u32 = 4;
    let (own, all) = (found.whole.not_scored, found.whole.workers);
    if own == 0 || own * ONE_IN < all {
        return None;
    }
    let team = found.most(|team| team.not_scored)?;
    let share = rounded(Decimal::from(own) * Decimal::ONE_HUNDRED / Decimal::from(all), 0);
    Some(format!(
        "{own} of {} not scored ({share} %), {} of them in {}: until their data are put right, the comparison rests on the others.",
        count(all as usize, "worker", "workers"),
        team.not_scored,
        found.name(team)
    ))
}

fn short(found: &Found) -> Option<String> {
    let team = found.most(TeamLine::fte_needed)?;
    let room = |near: bool| {
        let others = found.teams.iter().filter(|other| !near || (team.area.is_some() && other.area == team.area));
        let others =
            Found { whole: found.whole, teams: others.filter(|other| !std::ptr::eq(**other, team)).copied().collect() };
        others.most(|other| other.headroom_children)
    };
    let children = |other: &TeamLine| {
        let room = other.headroom_children;
        let noun = if room == Decimal::ONE { "child" } else { "children" };
        format!("{} has room for {} {noun}", found.name(other), room.normalize())
    };
    // Carers and reviews cannot be given to a team that holds children.
    let holds_children = team.children.count != Some(0);
    let where_to = match (room(true), room(false)) {
        (Some(near), _) => format!("in its service area {}", children(near)),
        _ if !holds_children => "what it counts, no team with children can take".to_string(),
        (None, Some(far)) => format!("no team of its service area has room, and of the others {}", children(far)),
        (None, None) => "no other team has room".to_string(),
    };
    let needed = rounded(team.fte_needed(), 2);
    Some(format!(
        "Most short of people: {} lacks {needed} FTE to bring every worker within the limit; {where_to}.",
        found.name(team)
    ))
}

fn newly_qualified(found: &Found) -> Option<String> {
    let above = |team: &TeamLine| team.nqsw_load_share().zip(team.nqsw_fte_share()).map(|(load, fte)| load - fte);
    let team = found.most(|team| above(team).unwrap_or_default())?;
    let shown = |share: Option<Decimal>| rounded(share.unwrap_or_default(), 1);
    Some(format!(
        "{}: {} {} {} % of the load with {} % of the FTE; protect their share.",
        found.name(team),
        count(team.nqsw.workers as usize, "newly qualified worker", "newly qualified workers"),
        if team.nqsw.workers == 1 { "holds" } else { "hold" },
        shown(team.nqsw_load_share()),
        shown(team.nqsw_fte_share())
    ))
}

fn risen(found: &Found) -> Option<String> {
    // Points of percent: a rule of this sheet, stated on it.
    const FROM: u32 = 10;
    let team = found.most(|team| team.change.unwrap_or_default())?;
    let change = team.change.filter(|change| *change >= FROM.into())?;
    let used = rounded(team.limit_utilisation()?, 1);
    let name = found.name(team);
    Some(format!("{name} has risen by {} points since the last run, to {used} % of its limits.", rounded(change, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::team_line::{Group, WorkerLoad};
    use crate::field::caseload::ServiceArea;

    /// A team of four workers, one of whom is rated: load, limit.
    fn team(name: &str, load: i64, upper: i64) -> TeamLine {
        let own = WorkerLoad { load: load.into(), upper: upper.into(), fte: Decimal::ONE, ..WorkerLoad::default() };
        let area = Some(ServiceArea::Locality);
        TeamLine {
            file: format!("{name}.xlsx"),
            team: name.into(),
            area,
            workers: 4,
            loads: vec![own],
            ..TeamLine::default()
        }
    }

    fn told(teams: Vec<TeamLine>) -> Vec<String> {
        let mut whole = TeamLine::default();
        teams.iter().for_each(|team| whole.add(team));
        things(&Directorate { teams, whole, ..Directorate::default() })
    }

    #[test]
    fn children_nobody_holds_come_first() {
        let with = |name, unallocated, red| TeamLine { unallocated, red, ..team(name, 10, 20) };
        let said = told(vec![with("North", 1, 3), with("South", 2, 0), with("West", 1, 0), with("East", 0, 3)]);
        let wanted = [
            "4 children have no named worker: 2 in South, 1 in North and 1 in 1 other team. Give each a worker first.",
            "Most workers rated red: 3 of 4 in North, which uses 50 % of its limits (6 of 16 in all teams). Agree what is \
             taken from them.",
        ];
        assert_eq!(said, wanted);
    }

    #[test]
    fn of_equals_the_one_nearer_its_limits_is_named() {
        let with = |name, load| TeamLine { red: 1, ..team(name, load, 20) };
        assert!(
            told(vec![with("North", 10), with("South", 12)])[0]
                .starts_with("Most workers rated red: 1 of 4 in South, ")
        );
        assert!(
            told(vec![with("North", 12), with("South", 12)])[0]
                .starts_with("Most workers rated red: 1 of 4 in North, ")
        );
        let mut same = vec![with("North", 10), with("North", 12)];
        same[1].file = "other.xlsx".into();
        assert!(told(same)[0].contains(" in North (other.xlsx), "));
    }

    #[test]
    fn a_quarter_not_scored_is_told_and_less_is_not() {
        let with = |not_scored| TeamLine { not_scored, ..team("North", 10, 20) };
        assert!(told(vec![with(1), team("South", 1, 20)]).is_empty());
        let said = told(vec![with(2), team("South", 1, 20)]);
        assert!(said[0].starts_with("2 of 8 workers not scored (25 %), 2 of them in North: "), "{said:?}");
    }

    #[test]
    fn who_is_short_is_told_with_who_has_room() {
        let mut short = team("North", 24, 20);
        short.loads[0].fte_needed = "0.2".parse().unwrap();
        let with = |name, area, room: i64| TeamLine { area, headroom_children: room.into(), ..team(name, 10, 20) };
        let (near, far) = (Some(ServiceArea::Locality), Some(ServiceArea::InCare));
        let said = told(vec![short.clone(), with("South", near, 1), with("West", far, 9)]);
        assert_eq!(
            said,
            [
                "Most short of people: North lacks 0.2 FTE to bring every worker within the limit; in its service area South \
                 has room for 1 child."
            ]
        );
        let said = told(vec![short.clone(), with("West", far, 9)]);
        assert!(
            said[0].ends_with("no team of its service area has room, and of the others West has room for 9 children."),
            "{said:?}"
        );
        assert!(told(vec![short])[0].ends_with("; no other team has room."));
    }

    #[test]
    fn newly_qualified_workers_with_more_than_their_share_are_told() {
        let mut with = team("North", 20, 20);
        with.loads.push(WorkerLoad { load: 20.into(), upper: 20.into(), fte: Decimal::ONE, ..WorkerLoad::default() });
        with.nqsw = Group { workers: 1, fte: Decimal::ONE, load: 25.into(), upper: 18.into(), ..Group::default() };
        let said = told(vec![with.clone()]);
        let wanted =
            "North: 1 newly qualified worker holds 62.5 % of the load with 50 % of the FTE; protect their share.";
        assert_eq!(said, [wanted]);
        with.nqsw.load = 20.into();
        assert!(told(vec![with]).is_empty());
    }

    #[test]
    fn a_rise_of_ten_points_is_told() {
        let with = |change: &str| TeamLine { change: Some(change.parse().unwrap()), ..team("North", 10, 20) };
        assert!(told(vec![with("9.99")]).is_empty());
        assert_eq!(told(vec![with("10")]), ["North has risen by 10 points since the last run, to 50 % of its limits."]);
    }

    #[test]
    fn three_things_and_no_more() {
        let mut all =
            TeamLine { unallocated: 1, red: 1, not_scored: 3, change: Some(30.into()), ..team("North", 24, 20) };
        all.loads[0].fte_needed = Decimal::ONE;
        assert_eq!(told(vec![all]).len(), 3);
        assert!(told(Vec::new()).is_empty());
    }
}
