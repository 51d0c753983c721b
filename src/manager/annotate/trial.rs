//! A small team with every kind of rating, for the tests of the added sheets.

use std::collections::BTreeSet;

use jiff::civil::date;
use rust_decimal::Decimal;

use crate::book::page::Page;
use crate::book::sheet::{Area, CellRef, Place, Visibility};
use crate::field::caseload::*;
use crate::field::figure_key::FigureKey;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::plan::Plan;
use crate::field::rating::*;
use crate::field::reading::*;
use crate::manager::sheet_names::SheetNames;
use crate::policy::{FigureOf, Held, Policies};

use super::Book;

/// All that the pages of a workbook are made of.
pub struct Trial {
    pub caseload: Caseload,
    pub scored: Scored,
    pub findings: Vec<Finding>,
    pub policies: Policies,
    pub names: SheetNames,
    pub plan: Plan,
}

static RULE: Rule = Rule {
    name: "nqsw-key-worker-of-cp",
    severity: Severity::Error,
    about: About::Allocation,
    what: "A newly qualified worker is key worker of a child on a protection plan.",
    why: "The guidance rules it out.",
    action: "Name an experienced key worker, with the newly qualified one as co-worker.",
    source: "Redcar & Cleveland",
};

impl Trial {
    /// The five pages.
    pub fn pages(&self) -> Vec<Page> {
        super::pages(&Book {
            file: "North team.xlsx",
            caseload: &self.caseload,
            scored: &self.scored,
            findings: &self.findings,
            plan: &self.plan,
            policies: &self.policies,
            names: &self.names,
            copy_of_values: false,
            renamed: &[],
        })
    }
}

/// A cell of the one sheet.
pub fn place(text: &str) -> Place {
    Place { sheet: 0, cell: text.parse().unwrap_or_default() }
}

/// A decimal.
pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

/// The team: Ada red, Ben at exactly his limit, Cat newly qualified, Dan with an FTE that cannot be used.
pub fn team() -> Trial {
    let policies = Policies::built_in(date(2025, 9, 30)).expect("our own policies read");
    let mut reading = SheetReading::passed_over("Caseload", Visibility::Visible, "");
    reading.state = SheetState::Read;
    reading.rows_read = 60;
    reading.rows_counted = 57;
    let columns =
        [(1, "Social Worker", Meaning::Worker), (2, "Child ID", Meaning::Child), (4, "Status", Meaning::Status)]
            .map(|(column, heading, meaning)| ColumnReading {
                column,
                heading: heading.into(),
                meaning,
                how: HowRead::Listed,
                hidden: false,
            })
            .to_vec();
    reading.tables.push(TableReading {
        layout: Layout::RowPerChild,
        area: Area { first: CellRef::new(0, 0), last: CellRef::new(63, 4) },
        header: 2,
        below_another: false,
        columns,
        unused: Vec::new(),
        doubled: Vec::new(),
        titles: Vec::new(),
        said: Vec::new(),
        whose: None,
        headed: Vec::new(),
        blanks_below: BlanksBelow::Unallocated,
    });
    reading.set_aside = [(40, Reason::Blank), (41, Reason::Blank), (63, Reason::Totals)]
        .map(|(row, reason)| SetAside { row, reason, of: None })
        .to_vec();

    let ada = worker("Ada Field", Stage::Year3Plus, "1", 3, 24);
    let mut ben = worker("Ben Hill", Stage::Year1To2, "0.65", 29, 13);
    ben.post.agreed = Entry::NoColumn;
    let mut cat = worker("Cat O'Neil, a practitioner with a long name", Stage::Nqsw0To6, "1", 44, 16);
    cat.post.role = Role::Nqsw;
    cat.post.agreed = Entry::Given(Agreed { limit: dec("12"), reason: "returning after illness".into() }, place("N45"));
    let mut dan = worker("Dan \"=Moss\" * ?", Stage::Year2To3, "1", 62, 2);
    dan.post.fte = Entry::Unclear("lots".into(), place("H63"));

    let limit = |load, id, fte| by_limit(&policies, load, id, fte);
    let points = |load, id, fte| by_points(&policies, load, id, fte);
    let mut ada_ratings = vec![limit("24", "locality-social-worker", "1"), points("50", "benchmark-3-plus", "1")];
    judge(&policies, &mut ada_ratings);
    let mut ben_ratings = vec![limit("13", "locality-social-worker", "0.65"), points("20", "benchmark-1-2", "0.65")];
    judge(&policies, &mut ben_ratings);
    let agreed = FigureKey::Agreed { worker: cat.who.key.clone() };
    let mut cat_ratings = vec![
        rating(AGREED, Measure::Limit, "16", against(["12", "12"].map(dec), [agreed.clone(), agreed], None)),
        points("31.5", "benchmark-nqsw-0-6", "1"),
    ];
    judge(&policies, &mut cat_ratings);
    let dan_ratings = vec![Rating {
        policy: "redcar-2020".into(),
        measure: Measure::Limit,
        unit: Unit::Children,
        load: Some(dec("2")),
        against: None,
        rag: Rag::NotScored,
        shade: Shade::None,
        because: "The FTE in H63 is not usable".into(),
        advisory: false,
        governs: true,
        instead_of: None,
    }];
    let mut eve = worker("Eve Deputy", Stage::Year3Plus, "1", 70, 0);
    eve.post.role = Role::DeputyTeamManager;
    eve.post.judgement = Entry::Given(Judgement { rag: Rag::Amber, reason: String::new() }, place("P71"));
    let mut eve_ratings = vec![limit("0", "assessment-deputy", "1")];
    judge(&policies, &mut eve_ratings);

    let ada_households =
        households(3, &[(5, true, true, "4", "2"), (4, true, false, "2", "0"), (15, false, false, "3", "2")]);
    let ben_households = households(29, &[(13, true, false, "3", "1")]);
    let mut cat_households = households(44, &[(10, false, false, "2", "0"), (6, true, false, "2.5", "0")]);
    cat_households[0].intervention_assumed = true;
    let total = |households: &[HouseholdPoints]| households.iter().map(|household| household.total).sum::<Decimal>();
    let duty = |load: &str, households: &[HouseholdPoints]| dec(load) - total(households);
    let scored = Scored {
        teams: vec![vec![
            ScoredWorker {
                duty_points: duty("50", &ada_households),
                ratings: ada_ratings,
                households: ada_households,
                hours: None,
            },
            ScoredWorker {
                duty_points: duty("20", &ben_households),
                ratings: ben_ratings,
                households: ben_households,
                hours: None,
            },
            ScoredWorker {
                hours: None,
                duty_points: duty("31.5", &cat_households),
                ratings: cat_ratings,
                households: cat_households,
            },
            ScoredWorker { ratings: dan_ratings, ..ScoredWorker::default() },
            ScoredWorker { ratings: eve_ratings, ..ScoredWorker::default() },
        ]],
    };
    let mut unallocated = case(80, 90);
    unallocated.cause = None;
    let north = Team {
        name: "North".into(),
        area: Some(ServiceArea::Locality),
        area_from: "the team column",
        named: vec![place("A4")],
        columns: BTreeSet::new(),
        workers: vec![ada, ben, cat, dan, eve],
        unallocated: vec![unallocated],
    };
    let mut close = RULE.finding(Some(place("E60")), "E60 is nearly a word for a status");
    close.severity = Severity::Warning;
    let mut told =
        RULE.finding(Some(place("E60")), "The status in E60 contradicts the proceedings in F60").quoting("CPP?");
    told.severity = Severity::Note;
    let findings = vec![
        RULE.finding(Some(place("B30")), "Ben Hill is key worker of a child on a protection plan")
            .of_worker("Ben Hill")
            .in_team("North"),
        close,
        told,
        RULE.finding(Some(place("B4")), "Ada Field holds three sets of care proceedings")
            .of_worker("Ada Field")
            .in_team("North"),
        RULE.finding(None, "The workbook holds a sheet that is hidden"),
    ];
    Trial {
        caseload: Caseload { sheets: vec![reading], teams: vec![north] },
        scored,
        findings,
        policies,
        names: SheetNames::default(),
        plan: Plan::default(),
    }
}

fn worker(name: &str, stage: Stage, fte: &str, first: u32, cases: u32) -> Worker {
    let written = dec(fte);
    let figure = FteFigure { written, read_as: FteRead::Share, unit_written: false, fte: Some(Fte(written)) };
    Worker {
        who: Identity {
            name: name.into(),
            key: name.to_lowercase(),
            named: (first..first + cases).map(|row| Place { sheet: 0, cell: CellRef::new(row, 1) }).collect(),
            ..Identity::default()
        },
        post: Post {
            stage: Some(stage),
            stage_from: StageFrom::Written,
            fte: Entry::Given(figure, Place { sheet: 0, cell: CellRef::new(first, 7) }),
            duties: Entry::Given(Duties { what: "practice teaching".into(), points: None }, place("J4")),
            judgement: Entry::Given(
                Judgement { rag: Rag::Green, reason: "two families close this week".into() },
                place("P4"),
            ),
            ..Post::default()
        },
        holds: Holding { cases: (0..cases).map(|at| case(first + at, at)).collect(), ..Holding::default() },
    }
}

fn case(row: u32, number: u32) -> Case {
    let at = Place { sheet: 0, cell: CellRef::new(row, 2) };
    Case {
        who: Child { child: Entry::Given(format!("C{row}"), at), ..Child::default() },
        household: Entry::Given(format!("H{}", row / 5), at),
        household_written: format!("H{}", row / 5),
        status: Entry::Given([CaseStatus::ChildInNeed].into(), at),
        awaiting_move: Entry::Given(number < 5, at),
        cause: (number < 2).then_some(("holiday cover", at)),
        ..Case::at(at, Subject::Child)
    }
}

/// A load against a limit of the first policy.
fn by_limit(policies: &Policies, load: &str, id: &str, fte: &str) -> Rating {
    let policy = &policies.chosen[0];
    let limit = policy.limits.iter().find(|limit| limit.id == id).expect("a limit of this id");
    let keys = [FigureOf::Lower(limit), FigureOf::Upper(limit)].map(|figure| policy.key(figure));
    rating(&policy.name, Measure::Limit, load, against([limit.lower, limit.upper], keys, Some(fte)))
}

/// A load against a benchmark of the second policy.
fn by_points(policies: &Policies, load: &str, id: &str, fte: &str) -> Rating {
    let policy = &policies.chosen[1];
    let benchmark = policy.benchmarks.iter().find(|benchmark| benchmark.id == id).expect("a benchmark of this id");
    let key = policy.key(FigureOf::Benchmark(benchmark));
    rating(&policy.name, Measure::Points, load, against([benchmark.value; 2], [key.clone(), key], Some(fte)))
}

fn against([lower, upper]: [Decimal; 2], [lower_key, upper_key]: [FigureKey; 2], fte: Option<&str>) -> Against {
    Against {
        full_lower: lower,
        full_upper: upper,
        pro_rata: fte.map(|fte| Fte(dec(fte))),
        share: None,
        lower_key: Some(lower_key),
        upper_key: Some(upper_key),
    }
}

fn rating(policy: &str, measure: Measure, load: &str, against: Against) -> Rating {
    Rating {
        policy: policy.into(),
        measure,
        unit: if measure == Measure::Points { Unit::Points } else { Unit::Children },
        load: Some(dec(load)),
        against: Some(against),
        rag: Rag::NotScored,
        shade: Shade::None,
        because: String::new(),
        advisory: false,
        governs: false,
        instead_of: None,
    }
}

/// Colours by the policy's bands, and the governing rating.
fn judge(policies: &Policies, ratings: &mut [Rating]) {
    for rating in ratings.iter_mut() {
        let bands =
            policies.chosen.iter().find_map(|policy| policy.bands(rating.measure, policies.as_of)).expect("bands");
        let against = rating.against.as_ref().expect("a limit");
        let (load, lower, upper) = (rating.load.unwrap_or_default(), against.lower(), against.upper());
        (rating.rag, rating.shade) = bands.judge(Held::of(load, lower, upper));
        rating.because = format!("{load} {} held against {upper} after pro rata", rating.unit.label());
    }
    let worst = ratings.iter().map(|rating| rating.rag).min();
    if let Some(rating) = ratings.iter_mut().find(|rating| Some(rating.rag) == worst) {
        rating.governs = true;
    }
}

fn households(first: u32, all: &[(u32, bool, bool, &str, &str)]) -> Vec<HouseholdPoints> {
    let mut row = first;
    let mut made = Vec::new();
    for (number, (children, status, care, level, additional)) in all.iter().enumerate() {
        let (intervention, additional) = (dec(level), dec(additional));
        let flags = u32::from(*status) + 2 * u32::from(*care);
        made.push(HouseholdPoints {
            name: format!("F{first}-{number}"),
            place: Place { sheet: 0, cell: CellRef::new(row, 3) },
            children: *children,
            status: if *status { Decimal::ONE } else { Decimal::ZERO },
            care_proceedings: *care,
            intervention,
            intervention_assumed: false,
            additional,
            total: Decimal::from(children + flags) + intervention + additional,
        });
        row += children;
    }
    made
}
