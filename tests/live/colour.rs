//! The law of colour said twice: what a formula comes to in a spreadsheet is what the program judges, at and around
//! every edge.

use fairload::field::rating::{Measure, Rag};
use fairload::policy::{Bands, Cells, Edge, Held, Of, Side, Source};
use ironcalc_base::Model;
use ironcalc_base::cell::CellValue;
use rust_decimal::Decimal;

/// Lower and upper figure after pro rata: none at all, one, ranges, and figures that binary numbers do not meet.
const FIGURES: &[(&str, &str)] = &[
    ("0", "0"),
    ("0", "3"),
    ("20", "20"),
    ("13", "13"),
    ("0.3", "0.3"),
    ("13.514", "13.514"),
    ("20", "22"),
    ("10.8", "13.5"),
    ("0.65", "1.3"),
];

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn edge(percent: i64, of: Of, side: Side) -> Edge {
    Edge { percent: percent.into(), of, side }
}

/// Bands of every measure with every kind of edge, of those that a policy may have.
fn bands() -> Vec<Bands> {
    let mut all = Vec::new();
    // Tasks and time have one figure, as points have.
    for measure in [Measure::Limit, Measure::CaseCount, Measure::Points] {
        for capacity in [None, Some(edge(95, Of::Lower, Side::Below)), Some(edge(80, Of::Upper, Side::Below))] {
            for amber in [95, 100, 105] {
                for of in [Of::Lower, Of::Upper] {
                    for (amber_side, red_side) in
                        [(Side::Above, Side::From), (Side::From, Side::Above), (Side::Above, Side::Above)]
                    {
                        all.push(Bands {
                            id: "bands".into(),
                            measure,
                            capacity,
                            amber: edge(amber, of, amber_side),
                            red: edge(110, Of::Upper, red_side),
                            unit: "percent".into(),
                            from: jiff::civil::date(2020, 9, 1),
                            source: Source { document: "Example Practice Standard".into(), section: "3.2".into() },
                        });
                    }
                }
            }
        }
    }
    all
}

/// Nothing, one, and what lies at, just below and just above every edge of the bands and the figures themselves.
fn loads(bands: &Bands, lower: Decimal, upper: Decimal) -> Vec<Decimal> {
    let least = dec("0.0001");
    let edges = [Some(bands.amber), Some(bands.red), bands.capacity].into_iter().flatten();
    let at = edges.map(|edge| {
        let figure = if edge.of == Of::Lower { lower } else { upper };
        figure * edge.percent / Decimal::ONE_HUNDRED
    });
    let around = at.chain([lower, upper]).flat_map(|load| [load - least, load, load + least]);
    let mut loads: Vec<Decimal> =
        around.chain([Decimal::ZERO, Decimal::ONE]).filter(|load| *load >= Decimal::ZERO).collect();
    loads.sort();
    loads.dedup();
    loads
}

/// A line of the grid: what it is about, and what the program judges.
struct Line {
    about: String,
    rag: &'static str,
    shade: &'static str,
}

const COLOUR: i32 = 7;
const SHADE: i32 = 8;

/// Enters load, figures and edges in cells of their own, with the formulas that refer to them.
fn enter(sheet: &mut Model<'_>, row: i32, bands: &Bands, [load, lower, upper]: [Decimal; 3]) {
    let capacity = bands.capacity.map(|edge| edge.percent);
    let figures = [Some(load), Some(lower), Some(upper), Some(bands.amber.percent), Some(bands.red.percent), capacity];
    for (column, figure) in (1..).zip(figures) {
        if let Some(figure) = figure {
            sheet.update_cell_with_number(0, row, column, figure.to_string().parse().unwrap()).unwrap();
        }
    }
    let [load, lower, upper, amber, red, percent, colour] =
        ["A", "B", "C", "D", "E", "F", "G"].map(|at| format!("{at}{row}"));
    let cells = Cells { load: &load, lower: &lower, upper: &upper, amber: &amber, red: &red };
    sheet.update_cell_with_formula(0, row, COLOUR, format!("={}", bands.formula(&cells))).unwrap();
    let shade = bands.shade_formula(&cells, &colour, capacity.map(|_| percent.as_str()));
    sheet.update_cell_with_formula(0, row, SHADE, format!("={shade}")).unwrap();
}

#[test]
fn the_formula_of_a_colour_is_the_judgement() {
    let mut sheet = Model::new_empty("colours", "en", "UTC", "en").unwrap();
    let mut lines: Vec<Line> = Vec::new();
    for bands in bands() {
        for (lower, upper) in FIGURES.iter().map(|(lower, upper)| (dec(lower), dec(upper))) {
            // Two figures are a limit's or a case count's alone.
            if lower != upper && !matches!(bands.measure, Measure::Limit | Measure::CaseCount) {
                continue;
            }
            for load in loads(&bands, lower, upper) {
                let (rag, shade) = bands.judge(Held::of(load, lower, upper));
                let about = format!("{load} against {lower}–{upper} by {}: {}", bands.measure, bands.in_words());
                lines.push(Line { about, rag: rag.word(), shade: shade.name() });
                enter(&mut sheet, lines.len() as i32, &bands, [load, lower, upper]);
            }
        }
    }
    sheet.evaluate();
    let mut wrong = Vec::new();
    for (row, line) in (1..).zip(&lines) {
        let [rag, shade] = [COLOUR, SHADE].map(|column| match sheet.get_cell_value_by_index(0, row, column).unwrap() {
            CellValue::String(text) => text,
            other => format!("{other:?}"),
        });
        if (rag.as_str(), shade.as_str()) != (line.rag, line.shade) {
            wrong.push(format!("{}: judged {}, {}; reckoned {rag}, {shade}", line.about, line.rag, line.shade));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines.len(), wrong[..wrong.len().min(20)].join("\n"));
    for rag in [Rag::Red, Rag::Amber, Rag::Green] {
        assert!(lines.iter().filter(|line| line.rag == rag.word()).count() > 1_000, "{rag}");
    }
}
