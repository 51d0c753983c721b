//! The sheet "How to read this": what each figure means and what it does not.

use crate::directorate::Directorate;
use crate::page::{Cell, Look, Page};
use crate::policy::Policies;

use super::GUIDE;

const COLUMNS: u32 = 2;

/// What the figures mean.
const FIGURES: &[(&str, &str)] = &[
    (
        "Limits used",
        "Load of all workers of the team ÷ their limits after pro rata, both added up first; never a mean of percentages.",
    ),
    ("Points used", "The same for the points model: points ÷ benchmarks after pro rata."),
    ("Red, amber, green", "Workers by the worst of their ratings over all limits and measures."),
    (
        "Not scored",
        "Workers for whom there is nothing to judge against, or whose data cannot be used. They are never counted as green.",
    ),
    ("Workers over limit", "Workers above their upper figure ÷ workers with a limit rating."),
    (
        "Children nobody holds",
        "Children without a named worker; none is expected. They are not among the team's children.",
    ),
    (
        "FTE needed",
        "For each worker, load ÷ full-time limit less the FTE there is, where that is more than nothing; added up.",
    ),
    (
        "Headroom in children",
        "Whole children that workers could take before they pass the lower figure of their limit; added up.",
    ),
    ("Children", "Children with a key worker, each once. Co-worked cases are not counted."),
    ("Per FTE", "The team's figure ÷ FTE of all its workers."),
    (
        "Rank and quartile",
        "Rank 1 uses most of its limits; equal teams share a rank. Quartile 1 is the most loaded quarter of the teams.",
    ),
    (
        "Least and most loaded",
        "Share of the limit used by the least and by the most loaded worker; the spread is the distance between them.",
    ),
    (
        "Net gap in FTE",
        "FTE needed less the FTE of the room that workers have. Above 0, posts are short even if all work could be shared out.",
    ),
    (
        "Unevenness (Hoover index)",
        "The share of the load that would have to change hands for every worker to stand at the same share of their limit.",
    ),
    (
        "Average caseload",
        "As the Department for Education counts it: persons allocated to named social workers ÷ FTE of those who hold any.",
    ),
    (
        "Change",
        "Limits used less those of the run before, in points of percent. Empty where the team was not found in that run: by \
         its workbook and name without a month, or by a name that stands once in each run.",
    ),
    (
        "Newly red",
        "Red now, and amber or green in the run before. Who was not in that run, not scored in it, or has a name that \
         stands twice is told apart.",
    ),
    ("Red in three or more runs running", "Counted by the dates of the runs; two runs of one date count once."),
    (
        "Actions overdue",
        "Actions of amber and red workers on the sheet \"Action plan\" whose day (By when, else Review date) has passed and \
         whose status is not done or not needed. Known of workbooks that came back with their plan.",
    ),
];

/// What the figures cannot tell.
const CAUTIONS: &[&str] = &[
    "A number opens the conversation; it does not end it. Managers record their own judgement and its reason beside the \
     calculated colour in each team's workbook.",
    "Teams of different service areas hold different work. Compare teams of one area with each other first.",
    "A team with workers not scored is less sure than it looks: see the findings in its workbook.",
    "Cases awaiting transfer or closure count in full. The team workbooks show each worker's load once they have moved.",
    "No child's name or reference is in this workbook. Keep it that way when you add to it.",
];

/// Builds the sheet.
pub fn page(directorate: &Directorate, policies: &Policies) -> Page {
    let mut page = Page::new(GUIDE, "5B6B8C", &[30, 105]);
    page.across(COLUMNS, "How to read this workbook", Look::Title);
    page.gap();
    page.across(COLUMNS, "What to keep in mind", Look::Section);
    for text in CAUTIONS {
        page.across(COLUMNS, text, Look::Prose);
    }
    page.gap();
    page.across(COLUMNS, "What the figures mean", Look::Section);
    for (figure, meaning) in FIGURES {
        page.push(vec![Cell::text(*figure).look(Look::Strong), Cell::text(*meaning).look(Look::Text)]);
    }
    page.gap();
    page.across(COLUMNS, "What the colours ask for", Look::Section);
    for (rag, text) in &directorate.actions {
        page.push(vec![Cell::rag(*rag), Cell::text(text).look(Look::Text)]);
    }
    page.gap();
    page.across(COLUMNS, "Policies applied", Look::Section);
    for policy in &policies.chosen {
        page.push(vec![Cell::text(&policy.title).look(Look::Strong), Cell::text(&policy.about).look(Look::Text)]);
    }
    let text = "Every limit, benchmark and band with its source stands on sheet \"Policy\" of each team's workbook.";
    page.across(COLUMNS, text, Look::Muted);
    page
}
