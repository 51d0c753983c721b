//! What holds for any sheet: nothing panics and no row is lost, a load and its colour move the right
//! way, and order and blank space change nothing.
//!
//! The sheets are the same in every run, so that a failure is nobody's bad luck;
//! `PROPTEST_RNG_SEED=7 PROPTEST_CASES=2000 cargo test --test suite properties::` looks further.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::LazyLock;

use fairload::book::sheet::{RawBook, RawCell, RawRow, RawSheet, Value, Visibility};
use fairload::book::value_copy;
use fairload::field::elsewhere::Elsewhere;
use fairload::field::judged::Judged;
use fairload::field::rating::Rag;
use fairload::field::reading::SheetState;
use fairload::manager::annotate::{Book, annotate, pages};
use fairload::manager::sheet_names::SheetNames;
use fairload::policy::Policies;
use fairload::run::workbook::{judge, understand};
use fairload::understand::words::{BUILT_IN, Words};
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

const AS_OF: Date = date(2025, 9, 30);

static POLICIES: LazyLock<Policies> = LazyLock::new(|| Policies::built_in(AS_OF).unwrap());
static WORDS: LazyLock<Words> = LazyLock::new(Words::built_in);

/// So many cases, always the same, unless the environment says otherwise.
fn cases(number: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(20_250_930);
    }
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = number;
    }
    config
}

// ---- any grid of cells ----

/// Headings, words and names as people write them, from the lists themselves.
static VOCABULARY: LazyLock<(Vec<String>, Vec<String>)> = LazyLock::new(|| {
    let lists = |all: &[(&str, &str)]| -> Vec<String> {
        let tables = all.iter().map(|(_, text)| text.parse::<toml::Table>().unwrap());
        let mut words = Vec::new();
        for table in tables {
            words_of(&toml::Value::Table(table), &mut words);
        }
        words
    };
    let (columns, others) = BUILT_IN.iter().partition::<Vec<_>, _>(|(name, _)| *name == "columns.toml");
    (lists(&columns), lists(&others))
});

fn words_of(value: &toml::Value, words: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => words.push(text.clone()),
        toml::Value::Array(list) => list.iter().for_each(|value| words_of(value, words)),
        toml::Value::Table(table) => table.values().for_each(|value| words_of(value, words)),
        _ => {}
    }
}

/// The headings that most caseloads have, so that many grids are read as one.
const USUAL: &[&str] = &[
    "Child ID",
    "Worker",
    "Team",
    "Role",
    "FTE",
    "Experience",
    "Household",
    "Status",
    "Intervention",
    "Date of birth",
];

fn cell() -> impl Strategy<Value = Option<Value>> {
    let text = |text: String| (!text.is_empty()).then(|| Value::Text(text.into()));
    prop_oneof![
        4 => Just(None),
        4 => select(VOCABULARY.1.as_slice()).prop_map(text),
        3 => select(&["Ada Lovell", "Lovell, Ada", "A Lovell", "ben marsh (0.8)", "TBC", "Total", "C-101", "C-102", "H1"][..])
            .prop_map(move |word| text(word.into())),
        1 => ".{0,12}".prop_map(text),
        1 => "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}".prop_map(text),
        2 => (-3i32..40).prop_map(|number| Some(Value::Number(number.into()))),
        1 => any::<f64>().prop_map(|number| number.is_finite().then_some(Value::Number(number))),
        1 => (0.0..2.0).prop_map(|number| Some(Value::Number(number))),
        1 => (-40_000i32..40_000).prop_map(|days| {
            date(2000, 1, 1).checked_add(jiff::Span::new().days(days)).ok().map(Value::Date)
        }),
        1 => any::<bool>().prop_map(|set| Some(Value::Bool(set))),
        1 => select(&["#REF!", "#N/A", "#DIV/0!"][..]).prop_map(|error| Some(Value::Error(error.into()))),
        1 => Just(Some(Value::NoResult)),
    ]
}

fn heading() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        6 => select(USUAL).prop_map(|heading| Some(Value::Text(heading.into()))),
        3 => select(VOCABULARY.0.as_slice()).prop_map(|heading| Some(Value::Text(heading.into()))),
        1 => cell(),
    ]
}

/// A sheet with, most often, a header somewhere near its top.
fn sheet() -> impl Strategy<Value = RawSheet> {
    let above = vec(vec(cell(), 0..4), 0..3);
    let header = vec(heading(), 0..9);
    let rows = vec((vec(cell(), 0..9), any::<u8>()), 0..14);
    let shape = (0u32..12, 0u32..9, 0u32..6, any::<bool>(), 0..6u8);
    let name = prop_oneof![Just("Locality North".to_string()), Just("Ada Lovell".to_string()), "[A-Za-z ]{1,12}"];
    (name, above, header, rows, shape).prop_map(|(name, above, header, rows, (row, column, long, filtered, seen))| {
        let mut sheet = RawSheet { name, filtered, ..RawSheet::default() };
        sheet.visibility = match seen {
            0 => Visibility::Hidden,
            1 => Visibility::VeryHidden,
            _ => Visibility::Visible,
        };
        let all = above.into_iter().map(|cells| (cells, 9)).chain([(header, 9)]).chain(rows);
        let mut index = 0;
        for (values, chance) in all {
            let cells: Vec<RawCell> = (0u32..)
                .zip(values)
                .filter_map(|(column, value)| Some(RawCell { column, formula: chance == 3, value: value? }))
                .collect();
            // Now and then a row stays blank, or is hidden.
            index += 1 + u32::from(chance == 1);
            if !cells.is_empty() {
                sheet.rows.push(RawRow { index, hidden: chance == 2, cells });
            }
        }
        if seen == 5 {
            let cell = |row, column| fairload::book::sheet::CellRef::new(row, column);
            sheet.merged.push(fairload::book::sheet::Area { first: cell(row, column), last: cell(row + long, column) });
            sheet.hidden_columns.push(column);
        }
        sheet
    })
}

/// The whole way but for the files.
fn whole_way(book: &RawBook) -> Judged {
    let judged = judged(book);
    let names = SheetNames::beside(book.sheets.iter().map(|sheet| sheet.name.as_str()));
    let annotation = annotate(&judged.caseload, &judged.scored, &judged.findings, &names);
    let added = pages(&Book {
        file: &judged.file,
        caseload: &judged.caseload,
        scored: &judged.scored,
        findings: &judged.findings,
        plan: &judged.plan,
        policies: &POLICIES,
        names: &names,
        copy_of_values: true,
        renamed: &[],
    });
    let source = value_copy::Source { book, headings: &[], text_only: false };
    let bytes = value_copy::workbook(source, &annotation, &added, &POLICIES.imprint("caseload"));
    assert!(bytes.unwrap().starts_with(b"PK"));
    let _ = fairload::directorate::table::rows(&judged, POLICIES.as_of);
    let lines = fairload::directorate::aggregate::team_lines(&judged.file, &judged.caseload, &judged.scored);
    let directorate = fairload::directorate::aggregate::directorate(lines, &POLICIES);
    let _ = fairload::directorate::overview::pages(&directorate, &POLICIES, Default::default());
    judged
}

fn judged(book: &RawBook) -> Judged {
    judge("caseload.xlsx", understand(book, "caseload", &WORDS, &POLICIES, &[]), &POLICIES, &Elsewhere::default())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn any_grid_goes_the_whole_way_and_no_row_is_lost(sheets in vec(sheet(), 1..3)) {
        let mut names = BTreeSet::new();
        let sheets = sheets.into_iter().filter(|sheet| names.insert(sheet.name.trim().to_lowercase())).collect();
        let judged = whole_way(&RawBook { sheets });
        for sheet in &judged.caseload.sheets {
            let aside = sheet.set_aside.len() as u32;
            prop_assert_eq!(sheet.rows_read, sheet.rows_counted + aside, "{}: {}", sheet.name, sheet.reasons());
            if sheet.state == SheetState::NoCaseload {
                prop_assert_eq!(sheet.rows_read, 0);
            }
        }
    }
}

// ---- caseloads that are in order ----

/// A caseload with the worker on each row.
#[derive(Debug, Clone)]
struct Plan {
    workers: Vec<Worker>,
    /// The worker's position, and what the row says.
    cases: Vec<(usize, Case)>,
}

#[derive(Debug, Clone)]
struct Worker {
    team: &'static str,
    role: &'static str,
    stage: &'static str,
    /// In hundredths.
    fte: u32,
}

#[derive(Debug, Clone)]
struct Case {
    household: u8,
    status: &'static str,
    proceedings: &'static str,
    level: u8,
    additional: u8,
}

const NAMES: [&str; 4] = ["Ada Lovell", "Ben Marsh", "Cy Reedham", "Dot Sandford"];

fn plan() -> impl Strategy<Value = Plan> {
    let worker = (
        select(&["Assessment", "Locality North", "Children with Disabilities", "Children in Our Care"][..]),
        select(&["Social worker", "NQSW", "Deputy team manager", "Family support worker"][..]),
        select(&["NQSW 0-6 months", "NQSW 6-12 months", "1-2 years", "2-3 years", "3+ years"][..]),
        20u32..=100,
    );
    let worker = worker.prop_map(|(team, role, stage, fte)| Worker { team, role, stage, fte });
    vec(worker, 1..=4).prop_flat_map(|workers| {
        let count = workers.len();
        let rows = vec((0..count, case()), 4..60);
        (Just(workers), rows).prop_map(|(workers, cases)| Plan { workers, cases })
    })
}

fn case() -> impl Strategy<Value = Case> {
    let proceedings = select(&["", "", "Care proceedings", "Private proceedings"][..]);
    (0u8..20, select(&["CP", "CiN", "LAC"][..]), proceedings, 0u8..=5, 0u8..=2).prop_map(
        |(household, status, proceedings, level, additional)| Case {
            household,
            status,
            proceedings,
            level,
            additional,
        },
    )
}

const HEADINGS: [&str; 10] =
    ["Child ID", "Worker", "Team", "Role", "FTE", "Experience", "Household", "Status", "Proceedings", "Intervention"];

impl Plan {
    /// The rows as values, the header first.
    fn rows(&self) -> Vec<Vec<Option<Value>>> {
        let text = |text: &str| (!text.is_empty()).then(|| Value::Text(text.into()));
        let mut rows = vec![HEADINGS.iter().map(|heading| text(heading)).chain([text("Additional factors")]).collect()];
        for (at, (worker, case)) in self.cases.iter().enumerate() {
            let given = &self.workers[*worker];
            rows.push(vec![
                text(&format!("C-{:04}", at + 1000)),
                text(NAMES[*worker]),
                text(given.team),
                text(given.role),
                Some(Value::Number(f64::from(given.fte) / 100.0)),
                text(given.stage),
                // Households are a worker's own, so that a case of one is no case of another.
                text(&format!("H{worker}{:02}", case.household)),
                text(case.status),
                text(case.proceedings),
                Some(Value::Number(case.level.into())),
                Some(Value::Number(case.additional.into())),
            ]);
        }
        rows
    }

    fn rated(&self) -> BTreeMap<String, Rated> {
        rated(&book(&self.rows(), |row| row, |column| column))
    }
}

fn book(rows: &[Vec<Option<Value>>], row_at: impl Fn(u32) -> u32, column_at: impl Fn(u32) -> u32) -> RawBook {
    let mut all = Vec::new();
    for (index, row) in (0u32..).zip(rows) {
        let values = (0u32..).zip(row).filter_map(|(column, value)| Some((column_at(column), value.clone()?)));
        let mut cells: Vec<RawCell> = values.map(|(column, value)| RawCell { column, value, formula: false }).collect();
        cells.sort_by_key(|cell| cell.column);
        all.push(RawRow { index: row_at(index), hidden: false, cells });
    }
    RawBook { sheets: vec![RawSheet { name: "Caseload".into(), rows: all, ..RawSheet::default() }] }
}

/// A worker's colour and what each measure comes to.
#[derive(Debug, PartialEq)]
struct Rated {
    rag: Rag,
    measures: Vec<(String, String, Rag)>,
}

fn rated(book: &RawBook) -> BTreeMap<String, Rated> {
    let judged = judged(book);
    let mut found = BTreeMap::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for (worker, scored) in team.workers.iter().zip(scored) {
            let measures = scored.ratings.iter().map(|rating| {
                (
                    format!("{} {} {}", rating.policy, rating.measure, rating.unit),
                    format!("{:?}", rating.load),
                    rating.rag,
                )
            });
            let rated = Rated { rag: scored.rag(), measures: measures.collect() };
            found.insert(format!("{} in {}", worker.who.name, team.name), rated);
        }
    }
    found
}

/// How bad a colour is; `None` where there is nothing to judge against.
fn badness(rag: Rag) -> Option<u8> {
    match rag {
        Rag::Red => Some(2),
        Rag::Amber => Some(1),
        Rag::Green => Some(0),
        Rag::NotScored => None,
    }
}

/// Every measure that both know, and the overall colour, is no better than before.
fn no_better(before: &BTreeMap<String, Rated>, after: &BTreeMap<String, Rated>) -> Result<(), TestCaseError> {
    for (name, old) in before {
        let new = &after[name];
        prop_assert!(badness(new.rag) >= badness(old.rag), "{name}: {old:?} became {new:?}");
        for ((measure, _, was), (same, _, is)) in old.measures.iter().zip(&new.measures) {
            prop_assert_eq!(measure, same);
            prop_assert!(badness(*is) >= badness(*was), "{name}, {measure}: {old:?} became {new:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn one_more_case_never_improves_a_colour(plan in plan(), at in any::<prop::sample::Index>(), more in case()) {
        let mut fuller = plan.clone();
        // Whom the caseload already lists; others would be new in it.
        let worker = plan.cases[at.index(plan.cases.len())].0;
        fuller.cases.push((worker, more));
        no_better(&plan.rated(), &fuller.rated())?;
    }

    #[test]
    fn more_fte_never_worsens_a_colour(plan in plan(), at in any::<prop::sample::Index>(), more in 1u32..80) {
        let mut fuller = plan.clone();
        let fte = &mut fuller.workers[at.index(plan.workers.len())].fte;
        *fte = (*fte + more).min(120);
        no_better(&fuller.rated(), &plan.rated())?;
    }

    #[test]
    fn order_changes_no_load_and_no_colour(
        plan in plan(),
        columns in Just((0u32..11).collect::<Vec<_>>()).prop_shuffle(),
        seed in any::<u64>(),
    ) {
        let mut shuffled = plan.rows();
        // A fixed way of mixing rows: each goes where its hash sends it.
        shuffled[1..].sort_by_cached_key(|row| {
            let text = format!("{seed} {:?}", row[0]);
            fairload::policy::hash(text.as_bytes())
        });
        let mixed = book(&shuffled, |row| row, |column| columns[column as usize]);
        prop_assert_eq!(plan.rated(), rated(&mixed));
    }

    #[test]
    fn blank_space_changes_nothing(plan in plan(), above in 0u32..4, left in 0u32..4, gap in 1u32..30, wide in 1u32..8) {
        let plain = book(&plan.rows(), |row| row, |column| column);
        let airy = book(
            &plan.rows(),
            // A gap among the rows, not between header and first row.
            |row| above + row + if row > gap { 2 } else { 0 },
            |column| left + column + u32::from(column >= wide),
        );
        prop_assert_eq!(rated(&plain), rated(&airy));
        let (one, other) = (judged(&plain), judged(&airy));
        let said = |judged: &Judged| judged.findings.iter().map(|finding| finding.rule.name).collect::<Vec<_>>();
        prop_assert_eq!(said(&one), said(&other));
        prop_assert_eq!(one.caseload.sheets[0].rows_counted, other.caseload.sheets[0].rows_counted);
    }
}

// ---- the same caseload in other words, and in other layouts ----

/// Listed words for each heading of [`HEADINGS`] and for the last, by the keys of the word list.
static OTHER_HEADINGS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    const KEYS: [&str; 11] = [
        "child",
        "worker",
        "team",
        "role",
        "fte",
        "stage",
        "household",
        "status",
        "proceedings",
        "intervention",
        "additional",
    ];
    let (_, text) = BUILT_IN.iter().find(|(name, _)| *name == "columns.toml").unwrap();
    let table: toml::Table = text.parse().unwrap();
    KEYS.iter()
        .map(|key| {
            let mut words = Vec::new();
            words_of(&table["columns"][*key], &mut words);
            words
        })
        .collect()
});

/// The columns that say something of the case, and those that say something of its worker.
const OF_A_CASE: [usize; 6] = [0, 6, 7, 8, 9, 10];
const OF_A_WORKER: [usize; 4] = [2, 3, 4, 5];

impl Plan {
    /// The workers who hold a case, each with the rows of theirs, cut to what says something of the case.
    fn blocks(&self) -> Vec<(usize, Vec<Vec<Option<Value>>>)> {
        let rows = self.rows();
        let cut = |row: &Vec<Option<Value>>| OF_A_CASE.iter().map(|at| row[*at].clone()).collect::<Vec<_>>();
        let mut blocks: Vec<(usize, Vec<Vec<Option<Value>>>)> = Vec::new();
        for (row, (worker, _)) in rows[1..].iter().zip(&self.cases) {
            match blocks.iter_mut().find(|(other, _)| other == worker) {
                Some((_, block)) => block.push(cut(row)),
                None => blocks.push((*worker, vec![cut(row)])),
            }
        }
        blocks
    }

    fn header(&self) -> Vec<Option<Value>> {
        let rows = self.rows();
        OF_A_CASE.iter().map(|at| rows[0][*at].clone()).collect()
    }

    /// Labels and values about a worker, each pair in two cells.
    fn about(&self, worker: usize) -> Vec<Option<Value>> {
        let rows = self.rows();
        let at = self.cases.iter().position(|(other, _)| *other == worker).unwrap();
        let pairs = OF_A_WORKER.iter().flat_map(|column| [rows[0][*column].clone(), rows[at + 1][*column].clone()]);
        pairs.collect()
    }

    fn sheet_for_each_worker(&self) -> RawBook {
        let mut book = RawBook::default();
        for (worker, block) in self.blocks() {
            let mut rows = vec![self.about(worker), vec![], self.header()];
            rows.extend(block);
            let mut sheet = self::book(&rows, |row| row, |column| column).sheets.remove(0);
            sheet.rows.retain(|row| !row.cells.is_empty());
            sheet.name = NAMES[worker].into();
            book.sheets.push(sheet);
        }
        book
    }

    fn headed_by_workers(&self) -> RawBook {
        let mut rows = vec![self.header()];
        for (worker, block) in self.blocks() {
            let name = [Some(Value::Text("Worker:".into())), Some(Value::Text(NAMES[worker].into()))];
            rows.push(name.into_iter().chain(self.about(worker)).collect());
            rows.extend(block);
        }
        book(&rows, |row| row, |column| column)
    }

    fn one_below_another(&self) -> RawBook {
        let mut rows = Vec::new();
        for (worker, block) in self.blocks() {
            rows.push(vec![Some(Value::Text(format!("Worker: {}", NAMES[worker]).into()))]);
            rows.push(self.about(worker));
            rows.push(self.header());
            rows.extend(block);
            rows.push(vec![]);
        }
        let mut book = book(&rows, |row| row, |column| column);
        book.sheets[0].rows.retain(|row| !row.cells.is_empty());
        book
    }

    fn side_by_side(&self) -> RawBook {
        let blocks = self.blocks();
        let height = blocks.iter().map(|(_, block)| block.len()).max().unwrap_or(0) + 3;
        let mut rows: Vec<Vec<Option<Value>>> = vec![Vec::new(); height];
        for (at, (worker, block)) in blocks.into_iter().enumerate() {
            let titled = [Some(Value::Text("Worker".into())), Some(Value::Text(NAMES[worker].into()))];
            let mut own = vec![titled.to_vec(), self.about(worker), self.header()];
            own.extend(block);
            for (row, cells) in rows.iter_mut().zip(own) {
                row.resize(at * 10, None);
                row.extend(cells);
            }
        }
        book(&rows, |row| row, |column| column)
    }

    /// Each worker's rows once with the name, then blank: merged or filled down.
    fn name_once(&self, merged: bool) -> RawBook {
        let mut rows = self.rows();
        let header = rows.remove(0);
        rows.sort_by_key(|row| format!("{:?}", row[1]));
        rows.insert(0, header);
        let mut book = book(&rows, |row| row, |column| column);
        let sheet = &mut book.sheets[0];
        let mut first = 1;
        for at in 2..=rows.len() {
            if at == rows.len() || rows[at][1] != rows[first][1] {
                if merged && at > first + 1 {
                    let area = format!("B{}:B{}", first + 1, at);
                    sheet.merged.push(area.parse().unwrap());
                }
                first = at;
            } else {
                sheet.rows[at].cells.retain(|cell| cell.column != 1);
            }
        }
        book
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_listed_heading_is_as_good_as_another(plan in plan(), picks in vec(any::<prop::sample::Index>(), 11)) {
        let mut rows = plan.rows();
        for ((heading, words), pick) in rows[0].iter_mut().zip(OTHER_HEADINGS.iter()).zip(&picks) {
            *heading = Some(Value::Text(words[pick.index(words.len())].as_str().into()));
        }
        prop_assert_eq!(plan.rated(), rated(&book(&rows, |row| row, |column| column)), "{:?}", rows[0]);
    }

    #[test]
    fn sheets_in_another_order_say_the_same(plan in plan(), swap in any::<bool>()) {
        let rows = plan.rows();
        let of = |odd: bool| {
            let own = rows[1..].iter().zip(&plan.cases).filter(|(_, (worker, _))| (worker % 2 == 1) == odd);
            let own: Vec<_> = [rows[0].clone()].into_iter().chain(own.map(|(row, _)| row.clone())).collect();
            let mut sheet = book(&own, |row| row, |column| column).sheets.remove(0);
            sheet.name = if odd { "List B" } else { "List A" }.into();
            sheet
        };
        let mut sheets = vec![of(false), RawSheet { name: "Notes".into(), ..RawSheet::default() }, of(true)];
        if swap {
            sheets.reverse();
        }
        prop_assert_eq!(plan.rated(), rated(&RawBook { sheets }));
    }

    #[test]
    fn every_layout_of_one_caseload_gives_the_same_ratings(plan in plan()) {
        let expected = plan.rated();
        for (layout, book) in [
            ("a sheet for each worker", plan.sheet_for_each_worker()),
            ("names in rows above the cases", plan.headed_by_workers()),
            ("tables one below another", plan.one_below_another()),
            ("tables side by side", plan.side_by_side()),
            ("names in merged cells", plan.name_once(true)),
        ] {
            prop_assert_eq!(&expected, &rated(&book), "{}: {:#?}", layout, book);
        }
    }
}

// ---- any bytes ----

/// A small workbook and a CSV, part by part.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let names = ["task-force-example.xlsx", "specialist/Reed Assessment Team.xlsx", "south/Marram Locality Team.csv"];
    names.iter().map(|name| fs::read(samples.join(name)).unwrap()).collect()
});

/// One way of damaging bytes.
type Damage = (prop::sample::Index, u8, u8);

fn damaged(bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, kind, byte) in damages.iter().filter(|_| !bytes.is_empty()).cloned().collect::<Vec<_>>() {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        match kind % 4 {
            0 => bytes[at] = byte,
            1 => _ = bytes.remove(at),
            2 => bytes.insert(at, byte),
            // Cut off, or a piece left out.
            _ if byte < 16 => bytes.truncate(at),
            _ => _ = bytes.drain(at..bytes.len().min(at + usize::from(byte))),
        }
    }
    bytes
}

/// A workbook of which one part is damaged and packed again, so that the damage gets past the checksums.
fn part_damaged(bytes: &[u8], part: &prop::sample::Index, damages: &[Damage]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let chosen = part.index(archive.len());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let text = if at == chosen { damaged(&text, damages) } else { text };
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    vec(any::<Damage>(), 1..6)
}

/// Reads bytes and, where they give a workbook, goes on to its annotated copy.
fn read_on(bytes: &[u8]) {
    let Ok(opened) = fairload::run::workbook::open(bytes, "caseload", &|file, stem| file.cells(stem)) else { return };
    let judged = judged(&opened.book);
    let _ = fairload::run::workbook::annotated(bytes, "caseload", &|file, stem| file.cells(stem), &judged, &POLICIES);
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..600), start in 0..5usize) {
        let starts: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"\xFF\xFE", b"\xEF\xBB\xBFWorker,Child ID\n"];
        read_on(&[starts[start], &bytes].concat());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(Worker|Child ID|[a-z0-9 ]|[,;\t\"\n]|\\PC){0,60}") {
        read_on(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn damaged_files_are_read_or_refused(sample in 0..3usize, damages in damages()) {
        read_on(&damaged(&SAMPLES[sample], &damages));
    }

    #[test]
    fn damaged_parts_are_read_or_refused(part in any::<prop::sample::Index>(), damages in damages()) {
        read_on(&part_damaged(&SAMPLES[0], &part, &damages));
    }
}
