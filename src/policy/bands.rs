//! The law of colour: where a load stands against a lower and an upper figure.
//!
//! [`Bands::judge`] judges a load, [`Bands::formula`] and [`Bands::shade_formula`] say the same to a spreadsheet; who
//! changes one changes the others. A test reckons both over the edges of every figure.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Source, civil_date};
use crate::field::rating::{Measure, Rag, Shade};

/// Where the bands of one measure meet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// Unique within the policy.
    pub id: String,
    /// The measure judged by these.
    pub measure: Measure,
    /// Below this is green with capacity; none where the model has no such mark.
    #[serde(default)]
    pub capacity: Option<Edge>,
    /// From here amber.
    pub amber: Edge,
    /// From here red.
    pub red: Edge,
    /// Unit in words.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where they come from.
    pub source: Source,
}

/// A load and the two figures it is judged by, each pair in one scale.
///
/// The scales differ only for a mixed load that is the sum of its shares of several full ones.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The load, and the lower figure after pro rata.
    pub lower: (Decimal, Decimal),
    /// The load, and the upper figure after pro rata.
    pub upper: (Decimal, Decimal),
}

/// The same in a spreadsheet: the cell, or an expression, of the load, of its figures and of the percent of two edges.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    /// What is held.
    pub load: &'a str,
    /// Lower figure after pro rata.
    pub lower: &'a str,
    /// Upper figure after pro rata.
    pub upper: &'a str,
    /// Percent from which a load is amber.
    pub amber: &'a str,
    /// Percent from which a load is red.
    pub red: &'a str,
}

impl Bands {
    /// Judges a load against a limit or benchmark; exact figures are compared.
    ///
    /// Against a limit of 0 a load of 0 is green and any load red (domain section 2).
    pub fn judge(&self, held: Held) -> (Rag, Shade) {
        let (load, upper) = held.upper;
        if upper.is_zero() {
            return if load.is_zero() {
                (Rag::Green, Shade::NoCasesExpected)
            } else {
                (Rag::Red, Shade::HeldWhereNoneExpected)
            };
        }
        if held.reaches(&self.red) {
            (Rag::Red, Shade::WellAbove)
        } else if held.reaches(&self.amber) {
            (Rag::Amber, Shade::Above)
        } else if self.capacity.is_some_and(|edge| held.reaches(&edge)) {
            (Rag::Green, Shade::HasCapacity)
        } else if held.lower.0 > held.lower.1 {
            (Rag::Green, Shade::WithinRange)
        } else {
            (Rag::Green, Shade::Within)
        }
    }

    /// The colour of [`judge`](Self::judge) as part of a formula; every cell must hold a figure of nought or more.
    pub fn formula(&self, cells: &Cells<'_>) -> String {
        let Cells { load, upper, .. } = cells;
        let [r, a, g] = [Rag::Red, Rag::Amber, Rag::Green].map(Rag::word);
        let red = cells.reach(&self.red, cells.red);
        let amber = cells.reach(&self.amber, cells.amber);
        format!("IF({upper}=0,IF({load}>0,\"{r}\",\"{g}\"),IF({red},\"{r}\",IF({amber},\"{a}\",\"{g}\")))")
    }

    /// The shade of [`judge`](Self::judge) as part of a formula, beside the cell that says the colour; `capacity` holds
    /// the percent of that edge, where the bands have it.
    pub fn shade_formula(&self, cells: &Cells<'_>, colour: &str, capacity: Option<&str>) -> String {
        let Cells { load, lower, upper, .. } = cells;
        let [red, amber, not_scored] = [Rag::Red, Rag::Amber, Rag::NotScored].map(Rag::word);
        let capacity = self.capacity.as_ref().zip(capacity);
        let capacity = capacity.map_or("FALSE".to_string(), |(edge, percent)| cells.reach(edge, percent));
        let within = match self.green_above_lower() {
            true => format!("IF(ROUND({load},8)>{lower},\"{}\",\"{}\")", Shade::WithinRange, Shade::Within),
            false => format!("\"{}\"", Shade::Within),
        };
        format!(
            "IF({colour}=\"{not_scored}\",\"{}\",IF({upper}=0,IF({load}>0,\"{}\",\"{}\"),IF({colour}=\"{red}\",\"{}\",\
             IF({colour}=\"{amber}\",\"{}\",IF({capacity},\"{}\",{within})))))",
            Shade::None,
            Shade::HeldWhereNoneExpected,
            Shade::NoCasesExpected,
            Shade::WellAbove,
            Shade::Above,
            Shade::HasCapacity,
        )
    }

    /// Whether a load above the lower figure may be green still: a limit may be a range, a case count has two figures,
    /// and the others have one, so that it takes an amber which begins above the whole of it.
    fn green_above_lower(&self) -> bool {
        match self.measure {
            Measure::Limit => true,
            Measure::CaseCount if self.amber.of == Of::Upper => true,
            _ => self.amber.percent > Decimal::ONE_HUNDRED,
        }
    }

    /// The edges in words: `amber above 100 % of the upper figure, red from 110 % of the upper figure`.
    pub fn in_words(&self) -> String {
        let capacity = self.capacity.map(|edge| format!("green with capacity {edge}"));
        let edges = [format!("amber {}", self.amber), format!("red {}", self.red)];
        capacity.into_iter().chain(edges).collect::<Vec<_>>().join(", ")
    }
}

/// What a colour asks for as part of a formula, beside the cell that says the colour; nothing where it is not scored.
pub fn asked_for(colour: &str, [red, amber, green]: [&str; 3]) -> String {
    let [r, a, g] = [Rag::Red, Rag::Amber, Rag::Green].map(Rag::word);
    format!("IF({colour}=\"{r}\",{red},IF({colour}=\"{a}\",{amber},IF({colour}=\"{g}\",{green},\"\")))")
}

impl Held {
    /// A load in the unit of its limit or benchmark.
    pub fn of(load: Decimal, lower: Decimal, upper: Decimal) -> Self {
        Self { lower: (load, lower), upper: (load, upper) }
    }

    /// Whether an edge is reached, or for `below` not reached; multiplied out, so that nothing is divided.
    fn reaches(&self, edge: &Edge) -> bool {
        let (load, figure) = match edge.of {
            Of::Lower => self.lower,
            Of::Upper => self.upper,
        };
        let (load, at) = (load * Decimal::ONE_HUNDRED, figure * edge.percent);
        match edge.side {
            Side::From => load >= at,
            Side::Above => load > at,
            Side::Below => load < at,
        }
    }
}

impl Cells<'_> {
    /// The same as part of a formula; rounding takes off what binary floating point adds.
    fn reach(&self, edge: &Edge, percent: &str) -> String {
        let figure = match edge.of {
            Of::Lower => self.lower,
            Of::Upper => self.upper,
        };
        let sign = match edge.side {
            Side::From => ">=",
            Side::Above => ">",
            Side::Below => "<",
        };
        format!("ROUND({}*100,8){sign}ROUND({figure}*{percent},8)", self.load)
    }
}

/// An edge between bands, in percent of the lower or upper figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "EdgeText")]
pub struct Edge {
    /// Percent.
    pub percent: Decimal,
    /// Of the lower or the upper figure.
    pub of: Of,
    /// Which side the edge itself belongs to.
    pub side: Side,
}

/// The figure an edge refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// The lower figure.
    Lower,
    /// The upper figure.
    Upper,
}

/// Which side of an edge is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
pub enum Side {
    /// The edge and what lies above it.
    From,
    /// What lies above the edge.
    Above,
    /// What lies below the edge.
    Below,
}

impl Of {
    /// The figure in words.
    pub fn words(self) -> &'static str {
        match self {
            Of::Lower => "the lower figure",
            Of::Upper => "the upper figure",
        }
    }
}

impl Side {
    /// The word before the percent.
    pub fn word(self) -> &'static str {
        match self {
            Side::From => "from",
            Side::Above => "above",
            Side::Below => "below",
        }
    }
}

impl std::fmt::Display for Edge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} % of {}", self.side.word(), self.percent.normalize(), self.of.words())
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EdgeText {
    /// The edge itself and what lies above it, in percent.
    from: Option<Decimal>,
    /// What lies above the edge, in percent.
    above: Option<Decimal>,
    /// What lies below the edge, in percent.
    below: Option<Decimal>,
    /// Percent of the lower or of the upper figure.
    of: Of,
}

impl TryFrom<EdgeText> for Edge {
    type Error = &'static str;

    fn try_from(text: EdgeText) -> Result<Self, Self::Error> {
        let (percent, side) = match (text.from, text.above, text.below) {
            (Some(percent), None, None) => (percent, Side::From),
            (None, Some(percent), None) => (percent, Side::Above),
            (None, None, Some(percent)) => (percent, Side::Below),
            _ => return Err("the edge is not clear; give one of `from`, `above` or `below` with a figure in percent"),
        };
        Ok(Edge { percent, of: text.of, side })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::caseload::Fte;
    use crate::field::rating::Against;
    use crate::policy::Policy;

    fn held(load: u64, lower: Decimal, upper: Decimal, fte: Decimal) -> Held {
        let against = Against {
            full_lower: lower,
            full_upper: upper,
            pro_rata: Some(Fte(fte)),
            share: None,
            lower_key: None,
            upper_key: None,
        };
        Held::of(load.into(), against.lower(), against.upper())
    }

    fn of_limits() -> (Policy, Bands) {
        let policy = Policy::built_in("redcar-2020").unwrap().unwrap();
        let bands = policy.bands(Measure::Limit, jiff::civil::date(2025, 9, 30)).unwrap().clone();
        (policy, bands)
    }

    /// Every limit of the policy × FTE 0.01 … 1.00 × loads around the bounds, against whole numbers
    /// cross-multiplied: with FTE = h / 100, load ÷ (upper × h / 100) ≥ 110 % is load × 10000 ≥ 110 × upper × h.
    #[test]
    fn colours_equal_those_of_whole_numbers() {
        let (policy, bands) = of_limits();
        let mut judged = 0;
        for limit in &policy.limits {
            let whole = |figure: Decimal| u64::try_from(figure).unwrap();
            let (lower, upper) = (whole(limit.lower), whole(limit.upper));
            for hundredths in 1..=100u64 {
                let fte = Decimal::new(i64::try_from(hundredths).unwrap(), 2);
                let around: Vec<u64> = [95 * lower, 100 * lower, 100 * upper, 110 * upper]
                    .into_iter()
                    .flat_map(|edge| {
                        let load = edge * hundredths / 10_000;
                        load.saturating_sub(1)..=load + 2
                    })
                    .chain([0, 1])
                    .collect();
                for load in around {
                    let scaled = load * 10_000;
                    let expected = if upper == 0 {
                        if load == 0 { Rag::Green } else { Rag::Red }
                    } else if scaled >= 110 * upper * hundredths {
                        Rag::Red
                    } else if scaled > 100 * upper * hundredths {
                        Rag::Amber
                    } else {
                        Rag::Green
                    };
                    let (rag, shade) = bands.judge(held(load, limit.lower, limit.upper, fte));
                    assert_eq!(rag, expected, "{}: {load} at {fte}", limit.id);
                    if rag == Rag::Green && upper > 0 {
                        let expected = if scaled < 95 * lower * hundredths {
                            Shade::HasCapacity
                        } else if scaled > 100 * lower * hundredths {
                            Shade::WithinRange
                        } else {
                            Shade::Within
                        };
                        assert_eq!(shade, expected, "{}: {load} at {fte}", limit.id);
                    }
                    judged += 1;
                }
            }
        }
        assert!(judged > 15_000, "{judged}");
    }

    #[test]
    fn thirteen_at_065_against_twenty_is_exactly_the_limit() {
        let (_, bands) = of_limits();
        let judged = |load| bands.judge(held(load, 20.into(), 20.into(), "0.65".parse().unwrap()));
        assert_eq!(judged(13), (Rag::Green, Shade::Within));
        assert_eq!(judged(14), (Rag::Amber, Shade::Above));
    }
}
