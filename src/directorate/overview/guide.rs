//! The sheet "How to read this": what each figure means and what it does not.

use crate::book::page::{Cell, Look, Page};
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::{On, explained};
use crate::policy::Policies;

use crate::book::sheet::CellRef;

use super::{BENCHMARKS, CAPACITY, FAIRNESS, GUIDE, OVERVIEW, POLICY, QUALITY, TEAMS, TREND, VALUES, WORKERS};

const COLUMNS: u32 = 2;

/// What is explained, and the explanation.
type Entry = (&'static str, &'static str);

/// The sheets with figures of teams: where these are explained, and what there is to say besides.
const OF_FIGURES: &[(&str, On, &[Entry])] = &[
    (
        OVERVIEW,
        On::Overview,
        &[(
            "Three things",
            "Picked by the stated rules, in their order; not by judgement. They say where to ask, not what is wrong.",
        )],
    ),
    (TEAMS, On::Teams, &[("–", "Not known: no sheet of the team tells it. It is never nought.")]),
    (CAPACITY, On::Capacity, &[]),
    (FAIRNESS, On::Fairness, &[]),
    (
        BENCHMARKS,
        On::Benchmarks,
        &[(
            "above, at, below",
            "On which side of a mark a team stands. A team below may still hold workers above theirs.",
        )],
    ),
];

/// What is explained of the other sheets.
const OTHERS: &[(&str, &[Entry])] = &[
    (
        TREND,
        &[
            (
                "Change",
                "A figure less that of the run before; of a percentage in points of percent. Empty where the team was not found in \
                 that run: by its workbook and name without a month, or by a name that stands once in each run.",
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
            (
                "Could not be matched",
                "Teams renamed, merged or missing are told and never guessed; their change stays empty.",
            ),
        ],
    ),
    (
        WORKERS,
        &[
            ("Limits used, points used", "The fullest of the worker's limits, and of the points benchmarks."),
            (
                "Manager's judgement",
                "The colour that the manager gives. It stands beside the calculated one and never changes it.",
            ),
            ("Governed by, because", "The rating that gave the colour, and what decided it or was missing."),
            (
                "Things assumed",
                "How many things the workbook does not say of the worker and had to be assumed, and which.",
            ),
        ],
    ),
    (
        QUALITY,
        &[
            (
                "Read with care",
                "Teams of whose workers a large share is assumed or not scored; a comparison with them is built on guesses.",
            ),
            (
                "Assumptions",
                "What was taken for granted, of how many workers of each team. Mend the sheet and they go.",
            ),
            (
                "Rows set aside",
                "Blank rows, headings, totals, repeats and closed cases do not count. Every row is in one number or the other.",
            ),
            (
                "ERROR, WARNING, NOTE",
                "Guidance is broken or data cannot be trusted; needs a look; assumed or passed over.",
            ),
        ],
    ),
    (
        POLICY,
        &[(
            "In force from",
            "The first day of a figure. The figure in force on the date of the run is the one that counted.",
        )],
    ),
    (
        VALUES,
        &[(
            "Values",
            "Counts and sums of each team, without rounding, which the formulas of the other sheets reckon with.",
        )],
    ),
];

/// Why a sheet is not in this workbook.
const ABSENT: &[Entry] = &[
    (WORKERS, "Workers by name are shown only where --workers asks for it: staff are people too."),
    (TREND, "Change over time stands in a workbook made for those who may see all figures."),
    (CAPACITY, "Left out of a workbook that is to be shared outside: its figures could give small numbers away."),
    (FAIRNESS, "Left out of a workbook that is to be shared outside, for the same reason."),
    (BENCHMARKS, "Left out of a workbook that is to be shared outside, for the same reason."),
    (
        QUALITY,
        "Left out of a workbook that is to be shared outside; ask for the full one before you rely on a difference.",
    ),
    (VALUES, "Left out of a workbook that is to be shared outside: exact counts stand there."),
];

/// What a good workload system offers (Social Work Task Force), and where it is found.
const OFFERS: &[Entry] = &[
    (
        "Transparent",
        "Every figure is explained here, and every limit has its source on sheet \"Policy\". Team workbooks show the sums.",
    ),
    (
        "Open to discretion",
        "A manager's own judgement and limits agreed with a worker, with their reasons, stand in the team's workbook.",
    ),
    (
        "Protected loads",
        "Newly qualified workers have lower limits and benchmarks; sheets \"Fairness\" and \"Data quality\" show where it is doubtful.",
    ),
    (
        "Risk and complexity",
        "The points model counts status, intervention and additional factors such as travel; the limits count children alone.",
    ),
    (
        "Capacity against demand",
        "Sheet \"Capacity\": posts needed, room, and what more children or an absence would mean. It is evidence to ask for resources with.",
    ),
    (
        "Escalation and a plan",
        "What each colour asks for stands above; each team's workbook has an action plan to fill in.",
    ),
    (
        "Time for development",
        "Supervision and CPD are counted in the time model and allowed for in the benchmarks; hours are in no other figure.",
    ),
];

/// What the figures cannot tell.
const CAUTIONS: &[&str] = &[
    "A number opens the conversation; it does not end it. Managers record their own judgement and its reason beside the \
     calculated colour in each team's workbook.",
    "Teams of different service areas hold different work. Compare teams of one area with each other first.",
    "A team with workers not scored is less sure than it looks: see sheet \"Data quality\".",
    "Cases awaiting transfer or closure count in full. The team workbooks show each worker's load once they have moved.",
    "No child's name or reference is in this workbook. Keep it that way when you add to it.",
];

/// Builds the sheet, for a workbook with these sheets before it.
pub fn page(directorate: &Directorate, policies: &Policies, before: &[Page]) -> Page {
    let there = |sheet: &str| before.iter().any(|page| page.name == sheet);
    let mut page = Page::new(GUIDE, "5B6B8C", &[30, 105]);
    page.across(COLUMNS, "How to read this workbook", Look::Title);
    page.freeze = Some(CellRef::new(1, 0));
    page.gap();
    page.across(COLUMNS, "What to keep in mind", Look::Section);
    for text in CAUTIONS {
        page.across(COLUMNS, text, Look::Prose);
    }
    let row = |page: &mut Page, name: &str, text: &str| {
        page.push(vec![Cell::text(name).look(Look::Strong), Cell::text(text).look(Look::Text)]);
    };
    for (sheet, entries) in sheets().filter(|(sheet, _)| there(sheet)) {
        page.gap();
        page.across(COLUMNS, &format!("Sheet \"{sheet}\""), Look::Section);
        entries.iter().for_each(|(figure, meaning)| row(&mut page, figure, meaning));
    }
    let absent: Vec<_> = ABSENT.iter().filter(|(sheet, _)| !there(sheet)).collect();
    if !absent.is_empty() {
        page.gap();
        page.across(COLUMNS, "What is not in this workbook", Look::Section);
        absent.into_iter().for_each(|(sheet, why)| row(&mut page, sheet, why));
    }
    page.gap();
    page.across(COLUMNS, "What the colours ask for", Look::Section);
    for (rag, text) in &directorate.actions {
        page.push(vec![Cell::rag(*rag), Cell::text(text).look(Look::Text)]);
    }
    page.gap();
    page.across(COLUMNS, "What a good workload system offers, and where it is found", Look::Section);
    OFFERS.iter().for_each(|(offer, text)| row(&mut page, offer, text));
    page.gap();
    page.across(COLUMNS, "Policies applied", Look::Section);
    policies.chosen.iter().for_each(|policy| row(&mut page, &policy.title, &policy.about));
    let text = "Every limit, benchmark and band with its source stands on sheet \"Policy\". The tables beside this workbook hold the \
                same figures for other programs; datapackage.json says what each of their columns means.";
    page.across(COLUMNS, text, Look::Muted);
    page
}

/// What is explained of each sheet, in the order of the sheets.
fn sheets() -> impl Iterator<Item = (&'static str, Vec<Entry>)> {
    let of_figures = OF_FIGURES.iter().map(|(sheet, on, besides)| {
        let figures = explained(*on).into_iter().map(|(_, own)| (own.what, own.text));
        (*sheet, figures.chain(besides.iter().copied()).collect())
    });
    of_figures.chain(OTHERS.iter().map(|(sheet, entries)| (*sheet, entries.to_vec())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::comparison::Shown;
    use jiff::civil::date;

    #[test]
    fn every_sheet_is_explained_or_its_absence_is() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        for workers in [false, true] {
            let pages = super::super::pages(&Directorate::default(), &policies, Shown { workers, ..Shown::default() });
            let texts: Vec<&str> =
                pages.last().unwrap().rows.iter().filter_map(|row| row.cells.first()).map(Cell::shown).collect();
            for page in pages.iter().filter(|page| page.name != GUIDE) {
                assert!(texts.contains(&format!("Sheet \"{}\"", page.name).as_str()), "{}", page.name);
            }
            assert_eq!(texts.contains(&WORKERS), !workers, "what is not there is said");
        }
    }
}
