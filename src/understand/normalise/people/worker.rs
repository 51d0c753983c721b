//! A worker as gathered becomes one as judged: of several roles, stages and figures the one that holds.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::person::{Person, Said};
use crate::book::sheet::Place;
use crate::field::caseload::{Entry, Judgement, Post, Role, ServiceArea, Stage, StageFrom, Worker};
use crate::understand::normalise::RosterRow;
use crate::understand::normalise::cells::{StageWord, whole_months};

/// What all the workers of a workbook are finished with.
pub struct Around<'a> {
    /// For each key the names like it that are somebody else, or may be.
    pub resembles: BTreeMap<String, Vec<String>>,
    /// Names written short that were taken for the full one: by its key, with the cell.
    pub short_forms: BTreeMap<String, (String, Place)>,
    pub roster: &'a [RosterRow],
    pub as_of: Date,
    /// Whether a cell stands on a list that tells nothing of a worker's post.
    pub lists: &'a dyn Fn(&Place) -> bool,
}

/// The worker of a team of this service area, with what holds of all that was said.
pub fn worker(person: Person, area: Option<ServiceArea>, around: &Around<'_>) -> Worker {
    let listed = person.mentioned || person.holds.counts.is_some() || !person.holds.cases.is_empty();
    let post = post(&person, area, around);
    let mut who = person.who;
    let mut holds = person.holds;
    holds.only_co_worker = !person.mentioned && who.on_roster.is_none() && person.on_form.is_none();
    holds.only_on_form = person.on_form.filter(|_| !listed);
    who.also_written = person.other_form.into_iter().collect();
    who.also_written.extend(around.short_forms.get(&who.key).cloned());
    let first = who.named.first().copied().or(who.on_roster);
    if let (Some(names), Some(place)) = (around.resembles.get(&who.key), first) {
        who.resembles = names.iter().map(|name| (name.clone(), place)).collect();
    }
    Worker { who, post, holds }
}

/// The post, as all that was said of it comes to.
fn post(person: &Person, area: Option<ServiceArea>, around: &Around<'_>) -> Post {
    let said = &person.said;
    let written_role = said.role.entry(|one, other| by_protection(one).cmp(&by_protection(other)));
    let started = said.started.entry(|one, other| other.cmp(one));
    let staged = staged(said, &written_role, &started, around.as_of);
    let points = |points: Option<Decimal>| points.unwrap_or(Decimal::ZERO);
    let fte = said.fte.entry(|one, other| match (one.fte, other.fte) {
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    Post {
        role: role(&written_role, staged.stage, area),
        written_role,
        title: said.post.values.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" / "),
        roles: said.role.values.clone(),
        stage: staged.stage,
        stage_from: staged.from,
        written_stage: staged.written,
        stages: staged.all,
        started,
        unknown: person.who.named.iter().any(around.lists) && matches!(fte, Entry::NoColumn),
        fte,
        ftes: said.fte.values.clone(),
        duties: said.duties.entry(|one, other| points(other.points).cmp(&points(one.points))),
        agreed: said.agreed.entry(|one, other| one.limit.cmp(&other.limit)),
        judgement: judgement(said, around.roster),
    }
}

/// Time in practice, and what it was taken from.
struct Staged {
    stage: Option<Stage>,
    from: StageFrom,
    /// All different stages written.
    all: Vec<(Stage, Place)>,
    /// The experience cell as read, whether or not it decided.
    written: Entry<Stage>,
}

/// The stage written, else the one that the start in practice gives, else the more protective that "NQSW" may be.
fn staged(said: &Said, written_role: &Entry<Role>, started: &Entry<Date>, as_of: Date) -> Staged {
    let mut all: Vec<(Stage, Place)> = Vec::new();
    let mut without_months = None;
    for (word, place) in &said.stage.values {
        match word {
            StageWord::Exact(stage) => all.push((*stage, *place)),
            StageWord::NqswWithoutMonths => without_months = without_months.or(Some(*place)),
            StageWord::Nothing => {}
        }
    }
    let written = all.iter().min_by_key(|(stage, _)| *stage).copied();
    let by_date = started.given().map(|start| Stage::after_months(whole_months(*start, as_of)));
    let says_nqsw = without_months.is_some() || written_role.given() == Some(&Role::Nqsw);
    let (mut stage, mut from) = match (written, by_date) {
        (Some((stage, _)), _) => (Some(stage), StageFrom::Written),
        (None, Some(stage)) if !says_nqsw || stage.is_nqsw() => (Some(stage), StageFrom::StartDate),
        (None, _) if says_nqsw => (Some(Stage::Nqsw0To6), StageFrom::AssumedFirstHalf),
        (None, Some(stage)) => (Some(stage), StageFrom::StartDate),
        (None, None) => (None, StageFrom::Nothing),
    };
    // Whatever stage is written, by its date the first year is over (domain section 4).
    let newly = says_nqsw || written.is_some_and(|(stage, _)| stage.is_nqsw());
    if newly && by_date.is_some_and(|stage| !stage.is_nqsw()) {
        let at = written_stage(said, written, without_months);
        return Staged { stage: Some(Stage::Nqsw6To12), from: StageFrom::FirstYearOver, all, written: at };
    }
    // "NQSW" in one cell and years of experience in another: the more protective, and a question.
    if let (Some(now), true) = (stage, says_nqsw)
        && !now.is_nqsw()
        && !matches!(now, Stage::Student1 | Stage::Student2)
    {
        if let Some(place) = without_months.or(written_role.place()) {
            all.push((Stage::Nqsw0To6, place));
        }
        stage = Some(Stage::Nqsw0To6);
        from = StageFrom::AssumedFirstHalf;
    }
    let written = written_stage(said, written, without_months);
    Staged { stage, from, all, written }
}

/// The experience cell as read; "NQSW" without months stands for the first half.
fn written_stage(said: &Said, written: Option<(Stage, Place)>, without_months: Option<Place>) -> Entry<Stage> {
    match (written, without_months, &said.stage.unclear, said.stage.blank) {
        (Some((stage, place)), ..) => Entry::Given(stage, place),
        (None, Some(place), ..) => Entry::Given(Stage::Nqsw0To6, place),
        (None, None, Some((text, place)), _) => Entry::Unclear(text.clone(), *place),
        (None, None, None, Some(place)) => Entry::Blank(place),
        (None, None, None, None) => Entry::NoColumn,
    }
}

/// The role that limits are chosen by; one that was not understood is another role than any known.
fn role(written: &Entry<Role>, stage: Option<Stage>, area: Option<ServiceArea>) -> Role {
    let written = match written {
        Entry::Given(role, _) => Some(*role),
        Entry::Unclear(..) => Some(Role::Other),
        Entry::NoColumn | Entry::Blank(_) => None,
    };
    Role::settled(written, stage, area)
}

/// The manager's judgement: a RAG that differs from child to child is the cases', not one of the worker.
fn judgement(said: &Said, roster: &[RosterRow]) -> Entry<Judgement> {
    let on_roster =
        |place: &Place| roster.iter().any(|row| row.place.sheet == place.sheet && row.place.cell.row == place.cell.row);
    match said.judgement.values.as_slice() {
        [] | [_] => said.judgement.entry(|_, _| Ordering::Equal),
        [(value, place), ..] if on_roster(place) => Entry::Given(value.clone(), *place),
        [first, rest @ ..] if rest.iter().all(|(other, _)| other.rag == first.0.rag) => {
            let reasoned = said.judgement.values.iter().find(|(value, _)| !value.reason.is_empty());
            let (value, place) = reasoned.unwrap_or(first);
            Entry::Given(value.clone(), *place)
        }
        _ => Entry::NoColumn,
    }
}

/// The more protective of two roles comes first: what keeps more work away from a person.
fn by_protection(role: &Role) -> u8 {
    match role {
        Role::Student => 0,
        Role::Nqsw => 1,
        Role::DeputyTeamManager => 2,
        Role::AwaitingRegistration => 3,
        Role::SocialWorker => 4,
        Role::Iro => 5,
        Role::PersonalAdviser => 6,
        Role::FamilySupportWorker => 7,
        Role::TeamManager => 8,
        Role::Other => 9,
    }
}
