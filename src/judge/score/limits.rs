//! Loads against maximum caseloads (domain section 4).

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::phrase::{count, day};
use crate::field::caseload::{Case, Entry, Role, ServiceArea, Subject, Team, Unit, Worker};
use crate::field::figure_key::FigureKey;
use crate::field::rating::{AGREED, Against, Measure, Rag, Rating, SHARE_PLACES, Shade, rounded};
use crate::field::reading::Meaning;
use crate::judge::score::{Member, assumptions, cannot_score, cell_of, fte_unusable, not_scored, scored, share_of};
use crate::policy::{Bands, Counted, FigureOf, Held, Limit, Policies, Policy};

/// A rating for every limit of the policy that binds the worker, and by measure one that says why where none does.
pub fn rate(member: Member<'_>, policy: &Policy, as_of: Date) -> Vec<Rating> {
    let measures = [Measure::Limit, Measure::CaseCount].into_iter();
    let has = |measure: &Measure| policy.limits.iter().any(|limit| limit.measure == *measure);
    measures.filter(has).flat_map(|measure| rate_by(member, policy, measure, as_of)).collect()
}

fn rate_by(member: Member<'_>, policy: &Policy, measure: Measure, as_of: Date) -> Vec<Rating> {
    let Member { team, worker } = member;
    let unit = match measure {
        Measure::CaseCount => Unit::Cases,
        _ => unit_of(team.area),
    };
    let whole = worker.children_known().then(|| Decimal::from(worker.holds.cases.len()));
    let give_up = |why: String| vec![not_scored(&policy.name, measure, unit, whole, why)];
    if let Some(why) = cannot_score(worker) {
        return give_up(why);
    }
    let of_measure = || policy.limits.iter().filter(|limit| limit.measure == measure);
    if team.area.is_none() && of_measure().all(|limit| !limit.whom.area.is_empty() || !limit.replaces.is_empty()) {
        return give_up("the team's service area is not known, so no limit can be chosen".into());
    }
    if worker.post.role == Role::Student {
        return give_up("a student's limit is not scored: students co-work and are never the key worker".into());
    }
    let Some(bands) = policy.bands(measure, as_of) else {
        let on = day(as_of);
        return give_up(format!("{} has no bands for its limits in force on {on}", policy.title));
    };
    if of_measure().any(|limit| !limit.whom.holds.is_empty())
        && let Some(why) = kinds_not_told(policy, worker)
    {
        return give_up(why);
    }
    let limits = policy.limits_for(member.whom(), as_of).into_iter().filter(|limit| limit.measure == measure);
    let limits: Vec<&Limit> = limits.collect();
    if limits.is_empty() {
        let area = team.area.map_or(String::new(), |area| format!(" in {}", area.label()));
        return give_up(format!(
            "{} has no limit for the role {}{area}",
            policy.title,
            worker.post.base_role().label()
        ));
    }
    limits.into_iter().map(|limit| rate_one(member, policy, limit, bands, as_of)).collect()
}

fn rate_one(member: Member<'_>, policy: &Policy, limit: &Limit, bands: &Bands, as_of: Date) -> Rating {
    let Member { team, worker } = member;
    let (measure, unit, counted) = (limit.measure, limit.counted_in(), limit.counted());
    let limit = policy.in_force(limit, member.whom(), as_of);
    let give_up = |load: Option<Decimal>, why: String| not_scored(&policy.name, measure, unit, load, why);
    if counted == Counted::Assessments && !worker.holds.cases.is_empty() && !team.columns.contains(&Meaning::CarerWork)
    {
        let why = "no column says which rows are assessments; add one with Supervision or Assessment in each row";
        return give_up(None, why.into());
    }
    let held = match held(worker, policy, limit, counted) {
        Ok(held) => held,
        Err(why) => return give_up(None, why),
    };
    let load = match &held {
        Load::Plain { load, .. } => *load,
        Load::Mixed(mixed) => mixed.load,
    };
    let Some(fte) = worker.fte() else { return give_up(Some(load), fte_unusable(worker)) };
    let share = share_of(policy, measure, member.whom(), as_of);
    let against = Against {
        full_lower: limit.lower,
        full_upper: limit.upper,
        pro_rata: limit.pro_rata.then_some(fte),
        share,
        lower_key: Some(policy.key(FigureOf::Lower(limit))),
        upper_key: Some(policy.key(FigureOf::Upper(limit))),
    };
    let words = match measure {
        Measure::CaseCount => count_words,
        _ => words,
    };
    let mut rating = match held {
        Load::Plain { load, full: None } => scored(&policy.name, unit, load, against, bands, words),
        Load::Plain { load, full: Some((lower, upper, kind)) } => {
            let against = Against { full_lower: lower * limit.lower, full_upper: upper * limit.upper, ..against };
            let mut rating = scored(&policy.name, unit, load, against, bands, words);
            rating.because.push_str(&format!("; all are {kind}"));
            rating
        }
        Load::Mixed(mixed) => mixed.rate(policy, unit, against, bands, words),
    };
    rating.because.push_str(assumptions(worker));
    if worker.post.role == Role::SocialWorker && worker.post.written_role.is_absent() {
        rating.because.push_str("; role is not given, social worker is assumed");
    }
    rating
}

/// What a worker holds of what a limit counts.
enum Load {
    /// A number, with the full loads of the one kind held where the limit is a sum of shares.
    Plain { load: Decimal, full: Option<(Decimal, Decimal, String)> },
    /// Cases of several kinds, each a share of a full load.
    Mixed(Mixed),
}

fn held(worker: &Worker, policy: &Policy, limit: &Limit, counted: Counted) -> Result<Load, String> {
    if limit.shares.is_empty() {
        if !limit.kinds.is_empty()
            && let Some(why) = kinds_not_told(policy, worker)
        {
            return Err(why);
        }
        let of_kind = |case: &&Case| {
            let kind = policy.kind_of(case);
            limit.kinds.is_empty() || kind.is_some_and(|kind| limit.kinds.contains(&kind.id))
        };
        return load_in(worker, counted, of_kind).map(|load| Load::Plain { load, full: None });
    }
    if let Some(why) = kinds_not_told(policy, worker) {
        return Err(why);
    }
    let mut parts = Vec::new();
    let mut counted_in_all = Decimal::ZERO;
    for full in &limit.shares {
        let of_kind = |case: &&Case| policy.kind_of(case).is_some_and(|kind| kind.id == full.kind);
        let load = load_in(worker, counted, of_kind)?;
        counted_in_all += load;
        if !load.is_zero() {
            let label = policy.kinds.iter().find(|kind| kind.id == full.kind).map_or("", |kind| &kind.label);
            parts.push(Part { load, lower: full.lower, upper: full.upper, label: label.to_string() });
        }
    }
    if counted_in_all != load_in(worker, counted, |_| true)? {
        return Err(format!("{} gives no full load for some kind of case that this worker holds", policy.title));
    }
    Ok(match parts.as_slice() {
        [] => Load::Plain { load: Decimal::ZERO, full: None },
        [one] => Load::Plain { load: one.load, full: Some((one.lower, one.upper, one.label.clone())) },
        _ => Load::Mixed(Mixed::of(parts)),
    })
}

/// Why a limit that tells kinds of case apart cannot be scored.
fn kinds_not_told(policy: &Policy, worker: &Worker) -> Option<String> {
    let unknown: Vec<&Case> = worker.holds.cases.iter().filter(|case| policy.kind_of(case).is_none()).collect();
    let first = unknown.first()?;
    let cases = count(unknown.len(), "case", "cases");
    let at = cell_of(first.status.place().unwrap_or(first.place));
    Some(format!("{} tells kinds of case apart, and the kind of {cases} is not known: see {at}", policy.title))
}

/// Cases of one kind among several.
struct Part {
    load: Decimal,
    lower: Decimal,
    upper: Decimal,
    label: String,
}

/// A load of several kinds: the sum of what each is of a full load of its kind.
struct Mixed {
    parts: Vec<Part>,
    /// The sum against the upper figures, rounded for showing.
    load: Decimal,
}

impl Mixed {
    fn of(parts: Vec<Part>) -> Self {
        let load = parts.iter().map(|part| part.load / part.upper).sum();
        Self { parts, load: rounded(load, SHARE_PLACES) }
    }

    /// The sum of shares without a division: each load times the full loads of the other kinds, and
    /// the product of all full loads, which is one post in the same scale.
    fn whole(&self, figure: fn(&Part) -> Decimal) -> (Decimal, Decimal) {
        let product = |but: Option<usize>| {
            let others = self.parts.iter().enumerate().filter(|(at, _)| Some(*at) != but);
            others.map(|(_, part)| figure(part)).product::<Decimal>()
        };
        (self.parts.iter().enumerate().map(|(at, part)| part.load * product(Some(at))).sum(), product(None))
    }

    fn rate(
        &self,
        policy: &Policy,
        unit: Unit,
        against: Against,
        bands: &Bands,
        words: fn(Shade) -> &'static str,
    ) -> Rating {
        let (lower, lower_full) = self.whole(|part| part.lower);
        let (upper, upper_full) = self.whole(|part| part.upper);
        let held = Held { lower: (lower, lower_full * against.lower()), upper: (upper, upper_full * against.upper()) };
        let (rag, shade) = bands.judge(held);
        // The lower figure in the scale of the upper: where the sum against the lower figures is one.
        let one_figure = self.parts.iter().all(|part| part.lower == part.upper);
        let by_lower: Decimal = self.parts.iter().map(|part| part.load / part.lower).sum();
        let full_lower = match one_figure {
            true => against.full_lower,
            false => rounded(against.full_lower * self.load / by_lower, SHARE_PLACES),
        };
        let against = Against { full_lower, ..against };
        let steps = self.parts.iter().map(|part| format!("{} {} of {}", part.load, part.label, part.upper));
        let steps: Vec<String> = steps.collect();
        let because =
            format!("{}: {} full loads against {}, {}", steps.join(" + "), self.load, against.upper(), words(shade));
        Rating {
            policy: policy.name.clone(),
            measure: bands.measure,
            unit,
            load: Some(self.load),
            against: Some(against),
            rag,
            shade,
            because,
            advisory: false,
            governs: false,
            instead_of: None,
        }
    }
}

/// Puts an individually agreed limit in the place of the worker's first limit, as it stands.
pub fn apply_agreed(team: &Team, worker: &Worker, policies: &Policies, ratings: &mut Vec<Rating>) {
    let Entry::Given(agreed, place) = &worker.post.agreed else { return };
    // A student is never the key worker, and a post of 0 holds no cases, whatever is agreed.
    if cannot_score(worker).is_some() || worker.post.role == Role::Student || worker.fte().is_none() {
        return;
    }
    let Some(first) = ratings.iter().position(|rating| rating.measure == Measure::Limit) else { return };
    let bands = policies.chosen.iter().find_map(|policy| policy.bands(Measure::Limit, policies.as_of));
    let Some(bands) = bands else { return };
    let unit = match ratings[first].rag {
        Rag::NotScored => unit_of(team.area),
        _ => ratings[first].unit,
    };
    // Of several limits that it takes the place of, the first that could be scored says what a full-time post holds.
    let gives_way = |other: &&Rating| other.measure == Measure::Limit && other.unit == unit;
    let instead_of = ratings.iter().filter(gives_way).find_map(Rating::full_time_upper);
    let key = Some(FigureKey::Agreed { worker: worker.who.key.clone() });
    let against = Against {
        full_lower: agreed.limit,
        full_upper: agreed.limit,
        pro_rata: None,
        share: None,
        lower_key: key.clone(),
        upper_key: key,
    };
    let counted = if unit == Unit::Cases { Counted::Children } else { counted_as(unit) };
    let mut rating = match load_in(worker, counted, |_| true) {
        Ok(load) => {
            let mut rating = scored(AGREED, unit, load, against, bands, words);
            let reason = if agreed.reason.is_empty() { "no reason is given" } else { &agreed.reason };
            rating.because.push_str(&format!("; limit agreed with the worker in {}: {reason}", cell_of(*place)));
            rating
        }
        Err(why) => not_scored(AGREED, Measure::Limit, unit, None, why),
    };
    rating.instead_of = instead_of;
    ratings[first] = rating;
    // Another policy's limit in the same unit gives way too.
    let later = ratings.split_off(first + 1);
    ratings.extend(later.into_iter().filter(|other| other.measure != Measure::Limit || other.unit != unit));
}

/// What limits of an area count first.
pub fn unit_of(area: Option<ServiceArea>) -> Unit {
    match area {
        Some(ServiceArea::Iro) => Unit::Reviews,
        Some(ServiceArea::Fostering) => Unit::FosterCarers,
        Some(ServiceArea::LeavingCare) => Unit::YoungPeople,
        _ => Unit::Children,
    }
}

/// What an agreed limit in this unit counts.
fn counted_as(unit: Unit) -> Counted {
    match unit {
        Unit::YoungPeople => Counted::YoungPeople,
        Unit::Reviews => Counted::Reviews,
        Unit::FosterCarers => Counted::FosterCarers,
        Unit::Assessments => Counted::Assessments,
        _ => Counted::Children,
    }
}

/// How much a worker holds of what the limit counts, of those cases that are asked for.
fn load_in(worker: &Worker, counted: Counted, asked: impl Fn(&&Case) -> bool) -> Result<Decimal, String> {
    let meant: &[Subject] = match counted {
        Counted::FosterCarers | Counted::Assessments => &[Subject::FosterCarer, Subject::CarerAssessment],
        Counted::Reviews => &[Subject::Review],
        _ => &[Subject::Child],
    };
    if worker.holds.cases.iter().any(|case| !meant.contains(&case.subject)) {
        let what = counted.unit().label();
        return Err(format!("the limit counts {what}, and some rows of this worker are something else"));
    }
    let of = |subject: Subject| worker.holds.cases.iter().filter(|case| case.subject == subject).filter(&asked).count();
    let number = match counted {
        Counted::FosterCarers => of(Subject::FosterCarer),
        Counted::Assessments => of(Subject::CarerAssessment),
        Counted::Households => {
            let households =
                worker.households().ok_or("the sheet has no column for households, which the limit counts")?;
            households.iter().filter(|household| household.cases.iter().any(&asked)).count()
        }
        Counted::Children | Counted::YoungPeople | Counted::Reviews => worker.holds.cases.iter().filter(&asked).count(),
        Counted::CareProceedings | Counted::NewCases | Counted::NewHouseholds => {
            return Err(format!("{counted} are told of by a flag and give no colour"));
        }
    };
    Ok(Decimal::from(number))
}

fn count_words(shade: Shade) -> &'static str {
    match shade {
        Shade::HasCapacity => "within the case count with capacity",
        Shade::Within | Shade::WithinRange => "within the case count",
        Shade::Above => "above the case count",
        Shade::WellAbove => "well above the case count",
        other => words(other),
    }
}

fn words(shade: Shade) -> &'static str {
    match shade {
        Shade::HasCapacity => "within the limit with capacity",
        Shade::Within => "within the limit",
        Shade::WithinRange => "within the range",
        Shade::Above => "above the limit",
        Shade::WellAbove => "well above the limit",
        Shade::NoCasesExpected => "no cases expected and none held",
        Shade::HeldWhereNoneExpected => "cases held where none are expected",
        Shade::None => "not scored",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::score::score;
    use crate::policy::Policies;
    use crate::run::workbook::understand;
    use crate::testing::{AS_OF, book};
    use crate::understand::words::Words;

    /// The limit and case-count ratings of the one worker of a sheet, as `load lower–upper colour`.
    fn rated(policy: &str, text: &str) -> Vec<String> {
        let policy = Policy::read(policy, String::new()).unwrap_or_else(|why| panic!("{why}"));
        let policies = Policies::new(vec![policy], AS_OF).unwrap();
        let caseload = understand(&book("Sheet1", text), "Locality North", &Words::built_in(), &policies, &[]);
        let scored = score(&caseload, &policies);
        let told = |rating: &Rating| match (&rating.against, rating.load) {
            (Some(against), Some(load)) => {
                format!("{load} {}–{} {}", against.lower(), against.upper(), rating.rag)
            }
            _ => format!("{}: {}", rating.rag, rating.because),
        };
        scored.teams.iter().flatten().flat_map(|worker| &worker.ratings).map(told).collect()
    }

    fn children(role: &str, statuses: &[(&str, u32)]) -> String {
        let mut text = "Child ID | Worker | Role | Household | Status".to_string();
        let each = statuses.iter().flat_map(|(status, number)| (0..*number).map(move |_| status));
        for (at, status) in each.enumerate() {
            text.push_str(&format!("\nC-{} | Ada Lovell | {role} | H{} | {status}", 1000 + at, at / 2));
        }
        text
    }

    fn built_in(name: &str) -> String {
        let (_, text) = crate::policy::BUILT_IN.iter().find(|(known, _)| *known == name).unwrap();
        text.to_string()
    }

    /// Entries with the keys that every one of them needs.
    fn policy(kinds: &str, entries: &[&str]) -> String {
        let ends = "unit = \"u\"\nfrom = 2020-01-01\nsource = { document = \"d\", section = \"s\" }\n";
        let mut text = format!("name = \"a\"\ntitle = \"A\"\nabout = \"c\"\n{kinds}\n");
        for (at, entry) in entries.iter().enumerate() {
            text.push_str(&format!("[[limit]]\nid = \"l{at}\"\nlabel = \"l\"\ncounts = \"children\"\n{entry}\n{ends}"));
        }
        text + &format!(
            "[[bands]]\nid = \"b\"\nmeasure = \"limit\"\namber = {{ above = 100, of = \"lower\" }}\n\
             red = {{ above = 100, of = \"upper\" }}\n{ends}"
        )
    }

    #[test]
    fn the_case_count_and_its_share_for_newly_qualified_workers() {
        let policy = built_in("task-force-case-count");
        for (role, number, expected) in [
            ("Social worker", 12, "12 12–15 green"),
            ("Social worker", 13, "13 12–15 amber"),
            ("Social worker", 15, "15 12–15 amber"),
            ("Social worker", 16, "16 12–15 red"),
            // 90 % of 12 and of 15.
            ("NQSW", 10, "10 10.8–13.5 green"),
            ("NQSW", 11, "11 10.8–13.5 amber"),
            ("NQSW", 14, "14 10.8–13.5 red"),
        ] {
            assert_eq!(rated(&policy, &children(role, &[("CP", number)])), [expected], "{role} {number}");
        }
    }

    #[test]
    fn the_most_specific_entry_binds() {
        let grades = "[[grade]]\nid = \"level-3\"\nlabel = \"Level 3\"\nwords = [\"level 3\"]";
        let policy = policy(
            grades,
            &[
                "lower = 15\nupper = 15",
                "for = { role = \"nqsw\" }\nlower = 12\nupper = 12",
                "for = { grade = \"level-3\" }\nlower = 22\nupper = 28",
                "for = { team = \"justice\" }\nlower = 20\nupper = 25",
            ],
        );
        let own = |role: &str| rated(&policy, &children(role, &[("CP", 12)]));
        assert_eq!(own("Social worker"), ["12 15–15 green"]);
        assert_eq!(own("Social worker, ASYE"), ["12 12–12 green"]);
        assert_eq!(own("Social worker level 3"), ["12 22–28 green"]);
        let justice = "Child ID | Worker | Role | Team\nC-1 | Ada Lovell | Social worker | Youth Justice Team";
        assert_eq!(rated(&policy, justice), ["1 20–25 green"]);
    }

    const KINDS: &str = "[[kind]]\nid = \"plan\"\nlabel = \"on a plan\"\nstatuses = [\"child-protection\"]\n\
                         [[kind]]\nid = \"watch\"\nlabel = \"watched\"\nwords = [\"monitoring\"]";

    #[test]
    fn a_mixed_load_is_the_sum_of_its_shares_exactly() {
        let shares = "shares = [{ kind = \"plan\", lower = 18, upper = 18 }, { kind = \"watch\", lower = 72, upper = 72 }]\n\
                      lower = 1\nupper = 1";
        let policy = policy(KINDS, &[shares]);
        let own =
            |plan: u32, watch: u32| rated(&policy, &children("Social worker", &[("CP", plan), ("Monitoring", watch)]));
        // One kind alone stands as it is.
        assert_eq!(own(18, 0), ["18 18–18 green"]);
        assert_eq!(own(19, 0), ["19 18–18 red"]);
        // 12 of 18 and 24 of 72 are 2/3 + 1/3, exactly one post.
        assert_eq!(own(12, 24), ["1 1–1 green"]);
        assert_eq!(own(12, 25), ["1.01388889 1–1 red"]);
        let unknown = rated(&policy, &children("Social worker", &[("CP", 2), ("Something", 1)]));
        assert_eq!(unknown, ["not-scored: A tells kinds of case apart, and the kind of 1 case is not known: see E4"]);
    }

    #[test]
    fn two_lines_of_a_mixed_load_are_judged_each_in_its_own_scale() {
        let shares = "shares = [{ kind = \"plan\", lower = 10, upper = 13 }, { kind = \"watch\", lower = 8, upper = 16 }]\n\
                      lower = 1\nupper = 1";
        let policy = policy(KINDS, &[shares]);
        let colour = |plan: u32, watch: u32| {
            let told = rated(&policy, &children("Social worker", &[("CP", plan), ("Monitoring", watch)]));
            told[0].rsplit(' ').next().unwrap().to_string()
        };
        // 5/10 + 4/8 = 1 against the lower line: within it. One more watched: 1.125 against the lower,
        // 5/13 + 5/16 = 0.697 against the upper.
        assert_eq!(colour(5, 4), "green");
        assert_eq!(colour(5, 5), "amber");
        // 13/13 + 1/16 is above the upper line.
        assert_eq!(colour(12, 1), "amber");
        assert_eq!(colour(13, 1), "red");
    }

    #[test]
    fn entries_by_the_kinds_that_a_worker_holds() {
        let policy = policy(
            KINDS,
            &[
                "for = { holds = \"plan\" }\nlower = 17\nupper = 17",
                "for = { holds = [\"plan\", \"watch\"] }\nkinds = [\"plan\"]\nlower = 10\nupper = 10",
                "for = { holds = [\"plan\", \"watch\"] }\nkinds = [\"watch\"]\nlower = 4\nupper = 4",
            ],
        );
        let own =
            |plan: u32, watch: u32| rated(&policy, &children("Social worker", &[("CP", plan), ("Monitoring", watch)]));
        assert_eq!(own(17, 0), ["17 17–17 green"]);
        assert_eq!(own(11, 3), ["11 10–10 red", "3 4–4 green"]);
    }

    #[test]
    fn households_are_counted_where_the_policy_counts_them() {
        let policy = policy("", &["lower = 3\nupper = 3"]).replace("counts = \"children\"", "counts = \"households\"");
        assert_eq!(rated(&policy, &children("Social worker", &[("CP", 6)])), ["3 3–3 green"]);
        let without = "Child ID | Worker | Role\nC-1 | Ada Lovell | Social worker";
        let told = rated(&policy, without);
        assert!(told[0].starts_with("not-scored: the sheet has no column for households"), "{told:?}");
    }
}
