//! Loads at and around the edges of the bands: binary numbers must not make a colour better than it is.

use fairload::book::sheet::CellRef;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use rust_decimal::Decimal;

use super::annotated;
use super::engine::{POLICY, Sheets, Shown, WORKING};
use super::restated::colour;

/// A workbook with one rating whose load, share, limit and edges can all be entered.
struct Bench {
    sheets: Sheets,
    measure: &'static str,
    row: u32,
    load: Load,
    full: CellRef,
    edges: [CellRef; 2],
}

enum Load {
    Entered(CellRef),
    /// The cell of additional points of a household, and what all the rest comes to.
    Summed(CellRef, Decimal),
}

/// Where the two sides of the comparisons with red and amber are tried out, on "Working".
const SIDES: [[u32; 2]; 2] = [[40, 41], [42, 43]];

impl Bench {
    /// Spreadsheets take two figures for equal that are alike in 15 digits. The formulas must not lean on
    /// that: the sides of each comparison stand in cells of their own, to be compared strictly.
    fn with_sides(mut self) -> Self {
        let colour = &self.sheets.cells[&(WORKING, CellRef::new(self.row, 11))];
        let conditions: Vec<String> =
            colour.formula.as_deref().unwrap_or_default().split("IF(").map(str::to_string).collect();
        for (word, [left, right]) in ["RED", "AMBER"].into_iter().zip(SIDES) {
            let end = format!(",\"{word}\",");
            let mut parts = conditions.iter().filter(|part| part.starts_with("ROUND("));
            let condition = parts.find_map(|part| part.split_once(&end)).unwrap().0;
            let (one, other) = condition.split_once(">=").or_else(|| condition.split_once('>')).unwrap();
            self.sheets.try_out(WORKING, CellRef::new(self.row, left), one);
            self.sheets.try_out(WORKING, CellRef::new(self.row, right), other);
        }
        self
    }

    /// How the load lies to the edges of red and amber, digit by digit.
    fn sides(&self) -> [Option<std::cmp::Ordering>; 2] {
        SIDES.map(|sides| {
            let [left, right] = sides.map(|column| self.sheets.now(WORKING, CellRef::new(self.row, column)).figure());
            left.partial_cmp(&right)
        })
    }

    fn of_limits() -> Self {
        let sheets = Sheets::of(&annotated()[std::path::Path::new("layouts/Counts RAG.xlsx")]);
        let row = sheets.find(WORKING, 0, &[(2, "Limit")]).unwrap();
        let full = sheets.find(POLICY, 0, &[(0, "Locality / field, social worker")]).unwrap();
        let edges = ["Limit: amber above", "Limit: red from"]
            .map(|label| CellRef::new(sheets.find(POLICY, 0, &[(0, label)]).unwrap(), 1));
        let load = Load::Entered(CellRef::new(row, 4));
        Self { sheets, measure: "Limit", row, load, full: CellRef::new(full, 2), edges }.with_sides()
    }

    fn of_points() -> Self {
        let mut sheets = Sheets::of(&annotated()[std::path::Path::new("task-force-example RAG.xlsx")]);
        let row = sheets.find(WORKING, 0, &[(2, "Points")]).unwrap();
        let full = sheets.find(POLICY, 0, &[(0, "Benchmark: 3 years and more")]).unwrap();
        let edges = ["Points: amber from", "Points: red from"]
            .map(|label| CellRef::new(sheets.find(POLICY, 0, &[(0, label)]).unwrap(), 1));
        // Nothing but one family, so that small loads can be tried too: 1 child, level 0.1, additional as needed.
        let first = sheets.find(WORKING, row, &[(2, "A")]).unwrap();
        let mut entries = Vec::new();
        let mut at = first;
        while !sheets.now(WORKING, CellRef::new(at, 0)).text().is_empty() {
            for column in [4, 5, 6, 7, 9] {
                if matches!(sheets.now(WORKING, CellRef::new(at, column)), Shown::Figure(_)) {
                    entries.push((WORKING, CellRef::new(at, column), Shown::Figure(0.0)));
                }
            }
            at += 1;
        }
        entries.push((WORKING, CellRef::new(first, 7), Shown::Figure(0.1)));
        entries.push((WORKING, CellRef::new(first + 1, 7), Shown::Figure(0.2)));
        sheets.enter(&entries);
        // What is beside the cases stays.
        let rest: Decimal = format!("{}", sheets.now(WORKING, CellRef::new(row, 4)).figure()).parse().unwrap();
        let load = Load::Summed(CellRef::new(first + 2, 9), rest);
        Self { sheets, measure: "Points", row, load, full: CellRef::new(full, 1), edges }.with_sides()
    }

    /// The colour for these figures.
    fn colour(&mut self, load: Shown, share: Shown, full: Decimal, edges: [Decimal; 2]) -> String {
        let mut entries = vec![(WORKING, self.share(), share), (POLICY, self.full, float(full))];
        for (cell, edge) in self.edges.iter().zip(edges) {
            entries.push((POLICY, *cell, float(edge)));
        }
        entries.push(match (&self.load, load) {
            (Load::Entered(cell), load) => (WORKING, *cell, load),
            (Load::Summed(cell, rest), Shown::Figure(load)) => {
                let load: Decimal = format!("{load}").parse().unwrap();
                (WORKING, *cell, float(load - rest))
            }
            (Load::Summed(cell, _), other) => (WORKING, *cell, other),
        });
        self.sheets.enter(&entries);
        self.sheets.now(WORKING, CellRef::new(self.row, 11)).text().to_string()
    }

    /// The share is entered on the worker's first row.
    fn share(&self) -> CellRef {
        let row = self.sheets.find(WORKING, 0, &[(2, "Limit")]).unwrap();
        CellRef::new(row, 7)
    }
}

fn float(figure: Decimal) -> Shown {
    Shown::Figure(figure.to_string().parse().unwrap())
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn edges_reckoned_by_hand() {
    let mut bench = Bench::of_limits();
    let cases = [
        ("13", "0.65", "20", "GREEN"),        // exactly 100 %
        ("14", "0.65", "20", "AMBER"),        // 107.7 %
        ("14.3", "0.65", "20", "RED"),        // exactly 110 %
        ("14.2999", "0.65", "20", "AMBER"),   //
        ("22", "1", "20", "RED"),             // exactly 110 %
        ("21", "1", "20", "AMBER"),           // 105 %
        ("20", "1", "20", "GREEN"),           // at the limit
        ("13.514", "0.6757", "20", "GREEN"),  // 25 of 37 hours
        ("13.5141", "0.6757", "20", "AMBER"), //
        ("14.8654", "0.6757", "20", "RED"),   // 1.1 × 13.514
        ("14.8653", "0.6757", "20", "AMBER"), //
        ("0.3", "0.1", "3", "GREEN"),         // 3 × 0.1 in binary is more than 0.3
        ("0.33", "0.1", "3", "RED"),          // and 0.33 less than 1.1 × that
        ("1.1", "1", "1", "RED"),             // 1.1 × 100 in binary is more than 110
        ("2.2", "0.1", "20", "RED"),          //
        ("6.6", "0.3", "20", "RED"),          //
        ("15.4", "0.7", "20", "RED"),         //
        ("1.21", "1.1", "1", "RED"),          // 1.1 × 1.1 in binary is more than 1.21
        ("0", "0.5", "0", "GREEN"),           // no cases expected
        ("1", "0.5", "0", "RED"),             // held where none are
    ];
    for (load, share, full, wanted) in cases {
        let found = bench.colour(float(dec(load)), float(dec(share)), dec(full), [dec("100"), dec("110")]);
        assert_eq!(found, wanted, "{load} of {full} × {share}");
    }
    let mut bench = Bench::of_points();
    let cases = [
        ("50", "1", "50", "AMBER"),
        ("49.9999", "1", "50", "GREEN"),
        ("55", "1", "50", "RED"),
        ("33.785", "0.6757", "50", "AMBER"),
        ("33.7849", "0.6757", "50", "GREEN"),
        ("37.1635", "0.6757", "50", "RED"),
        ("37.1634", "0.6757", "50", "AMBER"),
        ("35", "0.7", "50", "AMBER"),
        ("38.5", "0.7", "50", "RED"),
        ("17.6", "0.4", "40", "RED"),
        ("31.5", "0.9", "35", "AMBER"),
    ];
    for (load, share, full, wanted) in cases {
        let found = bench.colour(float(dec(load)), float(dec(share)), dec(full), [dec("100"), dec("110")]);
        assert_eq!(found, wanted, "{load} of {full} × {share} points");
    }
}

/// What cannot be judged must not come out green.
#[test]
fn what_is_not_usable_is_not_scored() {
    let mut bench = Bench::of_limits();
    let (one, five) = (Shown::Figure(1.0), Shown::Figure(5.0));
    let words = || Shown::Text("about five".into());
    let unusable = [
        (five.clone(), Shown::Figure(0.0)),
        (five.clone(), Shown::Figure(37.0)),
        (five.clone(), Shown::Figure(1.21)),
        (five.clone(), Shown::Figure(-0.5)),
        (five.clone(), Shown::Nothing),
        (five.clone(), words()),
        (words(), one.clone()),
        (Shown::Nothing, one.clone()),
        (Shown::Figure(-3.0), one.clone()),
    ];
    let edges = [dec("100"), dec("110")];
    for (load, share) in unusable {
        let told = format!("{load:?} at {share:?}");
        assert_eq!(bench.colour(load, share, dec("20"), edges), "NOT SCORED", "{told}");
    }
    assert_eq!(bench.colour(five.clone(), one.clone(), dec("20"), edges), "GREEN");
    assert_eq!(bench.colour(five.clone(), Shown::Figure(1.2), dec("20"), edges), "GREEN");
    for cell in [bench.full, bench.edges[0], bench.edges[1]] {
        let held = bench.sheets.now(POLICY, cell);
        bench.sheets.enter(&[(POLICY, cell, words())]);
        assert_eq!(bench.sheets.now(WORKING, CellRef::new(bench.row, 11)).text(), "NOT SCORED", "{cell}");
        bench.sheets.enter(&[(POLICY, cell, held)]);
    }

    // A sum over a family with words for a figure is no figure.
    let mut bench = Bench::of_points();
    assert_eq!(bench.colour(words(), one, dec("50"), edges), "NOT SCORED");
}

#[test]
fn around_every_edge_the_formula_agrees_with_exact_decimals() {
    let around = (1..12_001u32, 1..6_001u32, 180..260u32, 0..2usize, prop::sample::select(vec![-1i64, 0, 0, 0, 1]));
    for bench in [Bench::of_limits(), Bench::of_points()] {
        let bench = std::cell::RefCell::new(bench);
        let config =
            Config { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(2025), ..Config::default() };
        let outcome = TestRunner::new(config).run(&around, |(share, full, halves, edge, step)| {
            let mut bench = bench.borrow_mut();
            // Shares to four places, limits to two, edges in halves of a percent.
            let (share, full) = (Decimal::new(share.into(), 4), Decimal::new(full.into(), 2));
            let mut edges = [dec("100"), dec("110")];
            edges[edge] = Decimal::new(i64::from(halves) * 5, 1);
            let bound = share * full;
            // The load at the edge to four places, as far as loads are read, or the next one.
            let at = (bound * edges[edge] / Decimal::ONE_HUNDRED).round_dp(4);
            let load = (at + Decimal::new(step, 4)).max(Decimal::ZERO);
            let wanted = colour(bench.measure, load, bound, edges[0], edges[1]);
            let found = bench.colour(float(load), float(share), full, edges);
            prop_assert_eq!(found, wanted, "{} of {} × {}, edges {:?}", load, full, share, edges);
            let [amber, red] = edges.map(|edge| Some((load * Decimal::ONE_HUNDRED).cmp(&(bound * edge))));
            prop_assert_eq!(bench.sides(), [red, amber], "{} of {} × {}, edges {:?}", load, full, share, edges);
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{failure}");
        }
    }
}
