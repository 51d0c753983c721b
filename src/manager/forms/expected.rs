//! What a policy expects of a worker of each service area, role and experience, as the policy itself chooses.

use rust_decimal::Decimal;

use crate::book::sheet::{CellRef, Place};
use crate::field::caseload::{Entry, Post, Role, ServiceArea, Stage};
use crate::field::rating::Measure;
use crate::policy::{Counted, Limit, Policies, Policy, Selector, Whom};

/// What is expected of a full-time worker.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Lower and upper figure of the limit in children or young people.
    pub limit: Option<(Decimal, Decimal)>,
    /// The limit is made pro rata.
    pub pro_rata: bool,
    /// A limit agreed with the worker takes its place.
    pub may_agree: bool,
    /// Benchmark in points.
    pub points: Option<Decimal>,
    /// Benchmark in tasks.
    pub tasks: Option<Decimal>,
    /// Hours of supervision and percent for CPD that a blank line of a time form stands for, as ids of figures.
    pub hours: Option<[&'static str; 2]>,
    /// Scored in points only where cases are held.
    pub points_with_cases: bool,
}

/// The service areas whose limits count children or young people, which are what the forms list.
pub fn areas(policy: Option<&Policy>, policies: &Policies) -> Vec<ServiceArea> {
    let role = Some(Role::SocialWorker);
    let counted = |area: &ServiceArea| {
        policy.is_none_or(|policy| {
            let post = plain(Some(*area), role, Some(Stage::Year3Plus));
            let limits = policy.limits_for(whom(Some(*area), &post), policies.as_of);
            limits.iter().any(|limit| limit.measure == Measure::Limit && counts_children(limit))
        })
    };
    ServiceArea::ALL.iter().copied().filter(counted).collect()
}

/// What the policies expect of a worker of this area, role and experience, where `None` is a blank cell.
pub fn expected(
    [limits, points, tasks, time]: [Option<&Policy>; 4],
    policies: &Policies,
    (area, role, stage): (Option<ServiceArea>, Option<Role>, Option<Stage>),
) -> Expected {
    let post = plain(area, role, stage);
    let whom = whom(area, &post);
    let limit = limits.and_then(|policy| limit(policy, policies, whom));
    let manages = matches!(post.role, Role::TeamManager | Role::DeputyTeamManager);
    Expected {
        limit: limit.map(|(lower, upper, _)| (lower, upper)),
        pro_rata: limit.is_none_or(|(_, _, pro_rata)| pro_rata),
        may_agree: post.role != Role::Student,
        points: points.and_then(|policy| in_points(policy, policies, whom)),
        tasks: tasks.and_then(|policy| in_tasks(policy, policies, whom)),
        hours: time
            .and_then(|policy| policy.time.as_ref())
            .map(|model| [model.supervision(post.stage), model.cpd(post.stage)]),
        points_with_cases: manages,
    }
}

/// Whether a form can choose a policy's limits: they depend on area, role and experience alone, and count
/// children or young people whatever their kind.
pub fn is_plain(policy: &Policy) -> bool {
    let plain = |whom: &Selector| whom.grade.is_empty() && whom.team.is_empty() && whom.holds.is_empty();
    let of_measure = policy.limits.iter().filter(|limit| limit.measure == Measure::Limit);
    let mut all = of_measure.map(|limit| plain(&limit.whom) && limit.kinds.is_empty() && limit.shares.is_empty());
    all.all(|plain| plain)
        && policy.benchmarks.iter().all(|benchmark| plain(&benchmark.whom))
        && policy.adjustments.iter().all(|adjustment| plain(&adjustment.whom))
}

fn counts_children(limit: &Limit) -> bool {
    matches!(limit.counted(), Counted::Children | Counted::YoungPeople)
}

fn limit(policy: &Policy, policies: &Policies, whom: Whom<'_>) -> Option<(Decimal, Decimal, bool)> {
    let on = policies.as_of;
    policy.bands(Measure::Limit, on)?;
    if whom.post.role == Role::Student {
        return None;
    }
    let all = policy.limits_for(whom, on);
    let mut limits = all.into_iter().filter(|limit| limit.measure == Measure::Limit);
    let (only, None) = (limits.next()?, limits.next()) else { return None };
    if !counts_children(only) {
        return None;
    }
    let limit = policy.in_force(only, whom, on);
    let share = share(policy, Measure::Limit, whom, policies);
    Some(((limit.lower * share).normalize(), (limit.upper * share).normalize(), limit.pro_rata))
}

fn in_points(policy: &Policy, policies: &Policies, whom: Whom<'_>) -> Option<Decimal> {
    let model = policy.points.as_ref()?;
    let meant = model.is_meant_for(whom.area, whom.post.role);
    meant.then(|| benchmark(policy, Measure::Points, policies, whom))?
}

fn in_tasks(policy: &Policy, policies: &Policies, whom: Whom<'_>) -> Option<Decimal> {
    let meant = policy.tasks.as_ref()?.is_meant_for(whom.post.role);
    meant.then(|| benchmark(policy, Measure::Tasks, policies, whom))?
}

fn benchmark(policy: &Policy, measure: Measure, policies: &Policies, whom: Whom<'_>) -> Option<Decimal> {
    policy.bands(measure, policies.as_of)?;
    let benchmark = policy.benchmark(measure, whom, policies.as_of)?;
    Some((benchmark.value * share(policy, measure, whom, policies)).normalize())
}

fn share(policy: &Policy, measure: Measure, whom: Whom<'_>, policies: &Policies) -> Decimal {
    let entry = policy.adjustment(measure, whom, policies.as_of);
    entry.map_or(Decimal::ONE, |entry| entry.percent / Decimal::ONE_HUNDRED)
}

/// Whoever has the post, in a team of this area that has no name, and holds nothing.
fn whom(area: Option<ServiceArea>, post: &Post) -> Whom<'_> {
    Whom { area, team: "", post, cases: &[] }
}

/// A post of which nothing is known but role and experience, in a team of this area.
fn plain(area: Option<ServiceArea>, role: Option<Role>, stage: Option<Stage>) -> Post {
    let at = Place { sheet: 0, cell: CellRef::new(0, 0) };
    let placement = matches!(stage, Some(Stage::Student1 | Stage::Student2));
    // "NQSW" beside no months or years of experience: the first six months, the more protective.
    let stage = match (role, stage) {
        (Some(Role::Nqsw), None) => Some(Stage::Nqsw0To6),
        (Some(Role::Nqsw), Some(other)) if !other.is_nqsw() && !placement => Some(Stage::Nqsw0To6),
        (_, stage) => stage,
    };
    Post {
        role: Role::settled(role, stage, area),
        written_role: role.map_or(Entry::Blank(at), |role| Entry::Given(role, at)),
        title: role.map_or(String::new(), |role| role.label().to_string()),
        stage,
        ..Post::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_newly_qualified_workers_figure_stands_whatever_the_role_column_says() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let [limits, points] = policies.chosen.as_slice() else { panic!("two policies") };
        let of = |area, role, stage| {
            expected([Some(limits), Some(points), None, None], &policies, (Some(area), role, stage))
        };
        let pair = |lower: u32, upper: u32| Some((Decimal::from(lower), Decimal::from(upper)));
        use ServiceArea::{Assessment, Locality};
        assert_eq!(of(Assessment, Some(Role::SocialWorker), Some(Stage::Year3Plus)).limit, pair(20, 22));
        assert_eq!(of(Assessment, Some(Role::SocialWorker), Some(Stage::Nqsw6To12)).limit, pair(15, 18));
        assert_eq!(of(Assessment, Some(Role::DeputyTeamManager), Some(Stage::Nqsw6To12)).limit, pair(0, 0));
        assert_eq!(of(Locality, Some(Role::Nqsw), None).points, Some(30.into()));
        assert_eq!(of(Locality, None, None).points, Some(50.into()));
        assert_eq!(of(Locality, Some(Role::TeamManager), None).limit, None);
        let student = of(Locality, None, Some(Stage::Student2));
        assert_eq!((student.limit, student.points, student.may_agree), (None, None, false));
        let nowhere = expected([Some(limits), Some(points), None, None], &policies, (None, None, None));
        assert_eq!((nowhere.limit, nowhere.points), (None, Some(50.into())));
    }
}
