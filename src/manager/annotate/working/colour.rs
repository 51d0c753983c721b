//! Colour and standing of a rating, as formulas: the policy's law of colour over the cells of a row.

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look};
use crate::book::sheet::CellRef;
use crate::field::rating::{AGREED, Against, Rag, Rating, Shade};
use crate::policy::{Bands, Cells, Edge, FigureOf, Held, Policy, figure_ids};

use super::super::Book;
use super::plan::Plan;
use super::sheet::at;

/// Colour and shade of a rating that was scored.
pub fn judged(plan: &Plan<'_>, rating: &Rating, row: u32) -> [Cell; 2] {
    let law = Law::of(plan, rating, row);
    let unusable = rating.against.as_ref().map_or(String::new(), |against| unusable_fte(plan, against, row));
    let colour = match law.as_ref().filter(|law| law.judged.0 == rating.rag) {
        Some(law) => {
            let tone = Tone::of(rating.rag);
            Cell::says(law.colour(&unusable), rating.rag.word()).look(Look::Rag).tone(tone)
        }
        None => Cell::rag(rating.rag),
    };
    let shade = match law.as_ref().filter(|law| law.judged.1 == rating.shade) {
        Some(law) => Cell::says(law.shade(), rating.shade.name()),
        None => Cell::text(rating.shade.name()).look(Look::Text),
    };
    [colour, shade]
}

/// What a rating is judged by on the sheet: the cells of its row, and those of its bands' edges on the sheet "Policy".
struct Law<'a> {
    bands: &'a Bands,
    /// The judgement by these bands; a rating that came about otherwise is told as it is.
    judged: (Rag, Shade),
    load: String,
    lower: String,
    upper: String,
    colour: String,
    amber: String,
    red: String,
    capacity: Option<String>,
}

impl<'a> Law<'a> {
    fn of(plan: &Plan<'a>, rating: &Rating, row: u32) -> Option<Self> {
        let (against, load) = (rating.against.as_ref()?, rating.load?);
        let (of, bands) = bands(plan.book, rating)?;
        let edge = |figure, edge: &Edge| plan.policy.cell(&of.key(figure), edge.percent);
        let here = |column: u32| CellRef::new(row, column).to_string();
        Some(Self {
            bands,
            judged: bands.judge(Held::of(load, against.lower(), against.upper())),
            load: here(at::LOAD),
            lower: here(at::LOWER),
            upper: here(at::UPPER),
            colour: here(at::RAG),
            amber: edge(FigureOf::Amber(bands), &bands.amber)?,
            red: edge(FigureOf::Red(bands), &bands.red)?,
            capacity: match &bands.capacity {
                Some(capacity) => Some(edge(FigureOf::Capacity(bands), capacity)?),
                None => None,
            },
        })
    }

    fn cells(&self) -> Cells<'_> {
        let Self { load, lower, upper, amber, red, .. } = self;
        Cells { load, lower, upper, amber, red }
    }

    /// The colour, with what else makes the share of a post unusable.
    fn colour(&self, unusable: &str) -> String {
        let Self { load, lower, upper, amber, red, .. } = self;
        let not_scored = Rag::NotScored.word();
        // What is blank, words or below nought cannot be judged; it must not come out green.
        format!(
            "=IF(COUNT({load},{lower},{upper},{red},{amber})<5,\"{not_scored}\",\
             IF(OR(MIN({load},{lower},{upper})<0{unusable}),\"{not_scored}\",{}))",
            self.bands.formula(&self.cells())
        )
    }

    fn shade(&self) -> String {
        format!("={}", self.bands.shade_formula(&self.cells(), &self.colour, self.capacity.as_deref()))
    }
}

/// The bands that a rating was judged by; those of an agreed limit are the first policy's for limits.
fn bands<'a>(book: &Book<'a>, rating: &Rating) -> Option<(&'a Policy, &'a Bands)> {
    let chosen = || book.policies.chosen.iter();
    let named = chosen().filter(|policy| policy.name == rating.policy || rating.policy == AGREED);
    named.filter_map(|policy| Some((policy, policy.bands(rating.measure, book.policies.as_of)?))).next()
}

/// Further reasons, as parts of a formula, for which the share of a post cannot be judged by.
fn unusable_fte(plan: &Plan<'_>, against: &Against, row: u32) -> String {
    if against.pro_rata.is_none() {
        return String::new();
    }
    let share = CellRef::new(row, at::FTE);
    let (policies, practice) = (plan.book.policies, &plan.book.policies.practice);
    let most = practice.figure(figure_ids::FTE_MOST, policies.as_of).and_then(|figure| {
        Some(format!(",{share}>{}", plan.policy.cell(&practice.key(FigureOf::Figure(figure)), figure.value)?))
    });
    format!(",{share}<=0{}", most.unwrap_or_default())
}
