//! Sections 2, 3 and 5 of the domain stated again over what stands entered on the added sheets, in exact
//! decimals: no formula of ours and no code of ours is used.

use std::collections::BTreeMap;

use fairload::book::sheet::CellRef;
use rust_decimal::Decimal;

use super::engine::{POLICY, Sheets, Shown, WORKING};

/// A row of the workers' table on "Working".
pub struct Rated {
    pub row: u32,
    pub team: String,
    pub worker: String,
    pub measure: String,
    pub unit: String,
    pub load: Option<Decimal>,
    pub upper: Option<Decimal>,
    pub rag: &'static str,
    /// The sheet judges it by a formula.
    pub judged: bool,
}

/// A row of the households' table.
pub struct Family {
    pub row: u32,
    pub team: String,
    pub worker: String,
    pub what: String,
    pub children: Decimal,
    pub total: Decimal,
}

impl Family {
    pub fn is_household(&self) -> bool {
        !self.what.starts_with("Beside cases") && self.what != "Children not scored in points"
    }
}

/// A figure of the sheet "Policy" by its label.
pub fn policy(sheets: &Sheets, label: &str, column: u32) -> Decimal {
    let row = sheets.find(POLICY, 0, &[(0, label)]).unwrap();
    exact(&sheets.now(POLICY, CellRef::new(row, column))).unwrap()
}

/// The first household row; the last row of the sheet where there is none.
fn households_from(sheets: &Sheets) -> Option<u32> {
    sheets.find(WORKING, 0, &[(1, "Worker"), (2, "Household")]).map(|head| head + 1)
}

pub fn families(sheets: &Sheets) -> Vec<Family> {
    let Some(mut row) = households_from(sheets) else { return Vec::new() };
    let points = [
        policy(sheets, "Base: each child", 1),
        policy(sheets, "Status: CP, looked after or private proceedings", 1),
        policy(sheets, "Status: care proceedings", 1),
        Decimal::ONE,
    ];
    let mut all = Vec::new();
    while !sheets.now(WORKING, CellRef::new(row, 0)).text().is_empty() {
        let text = |column| sheets.now(WORKING, CellRef::new(row, column)).text().to_string();
        let figure = |column| exact(&sheets.now(WORKING, CellRef::new(row, column))).unwrap_or_default();
        let mut family =
            Family { row, team: text(0), worker: text(1), what: text(2), children: figure(4), total: Decimal::ZERO };
        let parts: Decimal = points.iter().zip([4, 5, 6, 7]).map(|(points, column)| points * figure(column)).sum();
        if family.is_household() {
            family.total = parts + figure(9);
        } else if family.what.starts_with("Beside cases") {
            family.total = figure(10);
        }
        all.push(family);
        row += 1;
    }
    all
}

/// Every rating as it has to be.
pub fn rated(sheets: &Sheets) -> Vec<Rated> {
    let families = families(sheets);
    let most = policy(sheets, "Largest FTE used as it stands", 1);
    let mut row = sheets.find(WORKING, 0, &[(1, "Worker"), (2, "Measure")]).unwrap() + 1;
    let mut all = Vec::new();
    let mut shares: BTreeMap<(String, String), Option<Decimal>> = BTreeMap::new();
    while !sheets.now(WORKING, CellRef::new(row, 1)).text().is_empty() {
        let shown = |column| sheets.now(WORKING, CellRef::new(row, column));
        let is_formula = |column| {
            sheets.cells.get(&(WORKING, CellRef::new(row, column))).is_some_and(|saved| saved.formula.is_some())
        };
        let text = |column| shown(column).text().to_string();
        let (team, worker, measure, unit) = (text(0), text(1), text(2), text(3));
        let held = families
            .iter()
            .filter(|family| family.team == team && family.worker.to_lowercase() == worker.to_lowercase());
        let load = match (is_formula(4), measure.as_str()) {
            (false, _) => exact(&shown(4)),
            (true, "Points") => Some(held.map(|family| family.total).sum()),
            (true, _) => Some(held.map(|family| family.children).sum()),
        };
        // The share of a post is entered on the worker's first row that has one.
        let pro_rata = text(7) != "not pro rata";
        let share = shares.entry((team.clone(), worker.clone())).or_insert(None);
        if pro_rata && !is_formula(7) {
            *share = exact(&shown(7));
        }
        let share = if pro_rata { *share } else { Some(Decimal::ONE) };
        let full = exact(&shown(6)).zip(exact(&shown(5)));
        let judged = is_formula(11);
        let (rag, upper) = match (judged, load, full, share) {
            (true, Some(load), Some((upper, _)), Some(share))
                if load >= Decimal::ZERO && upper >= Decimal::ZERO && share > Decimal::ZERO && share <= most =>
            {
                let percent = |name: &str| policy(sheets, &format!("{measure}: {name}"), 1);
                let amber = percent(if measure == "Points" { "amber from" } else { "amber above" });
                let bound = upper * share;
                (colour(&measure, load, bound, amber, percent("red from")), Some(bound))
            }
            _ => ("NOT SCORED", None),
        };
        all.push(Rated { row, team, worker, measure, unit, load, upper, rag, judged });
        row += 1;
    }
    all
}

/// The table of section 3, for one figure.
pub fn colour(measure: &str, load: Decimal, bound: Decimal, amber: Decimal, red: Decimal) -> &'static str {
    let hundredfold = load * Decimal::ONE_HUNDRED;
    if bound.is_zero() {
        return if load.is_zero() { "GREEN" } else { "RED" };
    }
    if hundredfold >= bound * red {
        "RED"
    } else if hundredfold > bound * amber || measure == "Points" && hundredfold == bound * amber {
        "AMBER"
    } else {
        "GREEN"
    }
}

/// A figure as a person reads it in the cell: what was typed, not the binary number nearest to it.
pub fn exact(shown: &Shown) -> Option<Decimal> {
    match shown {
        Shown::Figure(figure) => format!("{figure}").parse().ok(),
        _ => None,
    }
}

/// The worst of several colours, and the first that has it; nobody is green while a rating is lost.
pub fn worst<'a>(ratings: &[&'a Rated]) -> (&'static str, &'a Rated) {
    let lost = ratings.iter().any(|rated| rated.judged && rated.rag == "NOT SCORED");
    let order = match lost {
        true => ["RED", "AMBER", "NOT SCORED", "GREEN"],
        false => ["RED", "AMBER", "GREEN", "NOT SCORED"],
    };
    let place = |rated: &&Rated| order.iter().position(|word| *word == rated.rag).unwrap();
    let worst = ratings.iter().min_by_key(|rated| place(rated)).unwrap();
    (worst.rag, worst)
}
