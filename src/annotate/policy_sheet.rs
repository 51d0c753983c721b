//! The sheet "Policy": every figure used, with unit, first day and source, in a cell that "Working" refers to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::caseload::Unit;
use crate::page::{Cell, Look, Page};
use crate::policy::{Action, Edge, Of, Policy, Side, Source, figure_ids};
use crate::rating::Rag;
use crate::sheet::CellRef;

use super::{Book, wording};

/// The page, and where each figure stands on it.
pub struct PolicySheet {
    /// The page.
    pub page: Page,
    figures: BTreeMap<String, (CellRef, Decimal)>,
    actions: BTreeMap<Rag, CellRef>,
}

impl PolicySheet {
    /// The cell that holds the figure of this key, if it stands there with this value.
    ///
    /// Keys are `<policy>/<entry>/lower`, `…/upper` and `…/value`, for bands
    /// `<policy>/<bands>/amber`, `…/red` and `…/capacity`, and `agreed/<worker's key>/value`.
    pub fn cell(&self, key: &str, value: Decimal) -> Option<CellRef> {
        self.figures.get(key).filter(|(_, stands)| *stands == value).map(|(cell, _)| *cell)
    }

    /// The cell that says what a band asks for.
    pub fn action(&self, rag: Rag) -> Option<CellRef> {
        self.actions.get(&rag).copied()
    }
}

/// Figures that the formulas of "Working" name; the others decided while the sheet was read.
const RECKONED_WITH: &[&str] =
    &[figure_ids::POINTS_BASE, figure_ids::POINTS_STATUS, figure_ids::POINTS_CARE, figure_ids::POINTS_DUTY];
const COLUMNS: u32 = 6;
const LOWER: u32 = 1;
const UPPER: u32 = 2;

/// Builds the sheet.
pub fn page(book: &Book<'_>) -> PolicySheet {
    let mut page = Page::new(&book.names.policy, "5B6B8C", &[46, 12, 12, 34, 13, 52]);
    page.across(COLUMNS, "Policy: the figures and assumptions used", Look::Title);
    let about = format!(
        "In force on {}. Figures in blue boxes can be changed to see what would follow: sheets \"{}\" and \
         \"{}\" reckon with them. Which entry holds for a worker was chosen when the workbook was read and stays. A change \
         here changes this workbook alone; the agreed figures stand in the policy files.",
        wording_date(book.policies.as_of),
        book.names.working,
        book.names.summary
    );
    page.across(COLUMNS, &about, Look::Muted);
    let mut sheet = PolicySheet { page, figures: BTreeMap::new(), actions: BTreeMap::new() };
    sheet.asked_for(book);
    for policy in &book.policies.chosen {
        sheet.policy(policy, book.policies.as_of);
    }
    sheet.agreed(book);
    sheet.policy(&book.policies.practice, book.policies.as_of);
    sheet.assumptions();
    sheet.page.freeze = Some(CellRef::new(1, 0));
    sheet
}

fn wording_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

impl PolicySheet {
    fn asked_for(&mut self, book: &Book<'_>) {
        self.page.gap();
        self.page.across(COLUMNS, "What each band asks for", Look::Section);
        for rag in [Rag::Red, Rag::Amber, Rag::Green] {
            let Some(action) = book.policies.action(rag) else { continue };
            let row = self.told(Cell::rag(rag), action);
            self.actions.insert(rag, CellRef::new(row, 1));
        }
    }

    fn told(&mut self, first: Cell, action: &Action) -> u32 {
        let mut cells = vec![first, Cell::text(&action.text).look(Look::Text)];
        cells.resize(5, Cell::default().look(Look::Text));
        cells.push(Cell::text(action.source.to_string()).look(Look::Text));
        let row = self.page.push(cells);
        self.page.spread(row, 1, 4, Look::Text);
        self.page.fit(row, &[(&action.text, 71), (&action.source.to_string(), 52)]);
        row
    }

    fn policy(&mut self, policy: &Policy, on: Date) {
        self.page.gap();
        self.page.across(COLUMNS, &policy.title, Look::Section);
        let about = wording::sentences([policy.about.as_str(), &format!("Named {} in the tables", policy.name)]);
        self.page.across(COLUMNS, &about, Look::Muted);
        let heads = ["Entry", "Lower, or the figure", "Upper", "Unit", "In force from", "Source"];
        self.page.push(Cell::headings(&heads));
        for limit in in_force(&policy.limits, on, |limit| (&limit.id, limit.from)) {
            let key = format!("{}/{}", policy.name, limit.id);
            let row = self.page.next();
            // Of two equal figures only the upper is entered, so that a change moves both.
            let lower = if limit.lower == limit.upper {
                Cell::counts(format!("=C{}", row + 1), limit.lower)
            } else {
                Cell::number(limit.lower).look(Look::Input)
            };
            let upper = Cell::number(limit.upper).look(Look::Input);
            self.figures.insert(format!("{key}/lower"), (CellRef::new(row, LOWER), limit.lower));
            self.figures.insert(format!("{key}/upper"), (CellRef::new(row, UPPER), limit.upper));
            let unit = if limit.pro_rata { limit.unit.clone() } else { format!("{}, not pro rata", limit.unit) };
            self.entry(&limit.label, lower, upper, &unit, limit.from, &limit.source);
            for full in &limit.shares {
                let kind = policy.kinds.iter().find(|kind| kind.id == full.kind).map_or("", |kind| &kind.label);
                let (lower, upper) = (Cell::number(full.lower), Cell::number(full.upper));
                let label = format!("{}: a full load of {kind}", limit.label);
                self.entry(&label, lower, upper, "cases", limit.from, &limit.source);
            }
        }
        for entry in in_force(&policy.benchmarks, on, |entry| (&entry.id, entry.from)) {
            let key = format!("{}/{}/value", policy.name, entry.id);
            self.single(key, &entry.label, (entry.value, true), &entry.unit, entry.from, &entry.source);
        }
        for entry in in_force(&policy.adjustments, on, |entry| (&entry.id, entry.from)) {
            let key = format!("{}/{}/value", policy.name, entry.id);
            self.single(key, &entry.label, (entry.percent, true), &entry.unit, entry.from, &entry.source);
        }
        for flag in in_force(&policy.flags, on, |flag| (&flag.id, flag.from)) {
            let key = format!("{}/{}/value", policy.name, flag.id);
            let most = flag.most.or(flag.one_for_every).unwrap_or_default();
            self.single(key, &flag.label, (most, false), &flag.unit, flag.from, &flag.source);
        }
        for entry in in_force(&policy.figures, on, |entry| (&entry.id, entry.from)) {
            let key = format!("{}/{}/value", policy.name, entry.id);
            let live = (policy.points.is_some() && RECKONED_WITH.contains(&entry.id.as_str()))
                || (policy.tasks.is_some() && figure_ids::TASKS.contains(&entry.id.as_str()))
                || (policy.time.is_some() && entry.id == figure_ids::TIME_WEEKS);
            self.single(key, &entry.label, (entry.value, live), &entry.unit, entry.from, &entry.source);
        }
        for entry in in_force(&policy.task_kinds, on, |entry| (&entry.id, entry.from)) {
            let key = format!("{}/{}/value", policy.name, entry.id);
            self.single(key, &entry.label, (entry.value, true), &entry.unit, entry.from, &entry.source);
        }
        for bands in in_force(&policy.bands, on, |bands| (&bands.id, bands.from)) {
            let measure = wording::measure(bands.measure);
            let edges = [("has capacity", "capacity", bands.capacity.as_ref())]
                .into_iter()
                .chain([("amber", "amber", Some(&bands.amber)), ("red", "red", Some(&bands.red))]);
            for (word, name, edge) in edges {
                let Some(edge) = edge else { continue };
                let key = format!("{}/{}/{name}", policy.name, bands.id);
                self.single(
                    key,
                    &format!("{measure}: {word} {}", side(edge)),
                    (edge.percent, true),
                    &of(edge),
                    bands.from,
                    &bands.source,
                );
            }
        }
        for note in &policy.notes {
            self.remark(&note.text, &note.source.to_string());
        }
    }

    fn single(
        &mut self,
        key: String,
        label: &str,
        (value, live): (Decimal, bool),
        unit: &str,
        from: Date,
        source: &Source,
    ) {
        self.figures.insert(key, (CellRef::new(self.page.next(), LOWER), value));
        let figure = Cell::number(value).look(if live { Look::Input } else { Look::Figure });
        self.entry(label, figure, Cell::default().look(Look::Text), unit, from, source);
    }

    fn entry(&mut self, label: &str, lower: Cell, upper: Cell, unit: &str, from: Date, source: &Source) {
        self.page.push(vec![
            Cell::text(label).look(Look::Text),
            lower,
            upper,
            Cell::text(unit).look(Look::Text),
            Cell::date(from),
            Cell::text(source.to_string()).look(Look::Text),
        ]);
    }

    fn remark(&mut self, text: &str, source: &str) {
        let mut cells = vec![Cell::text(text).look(Look::Text)];
        cells.resize(5, Cell::default().look(Look::Text));
        cells.push(Cell::text(source).look(Look::Text));
        let row = self.page.push(cells);
        self.page.spread(row, 0, 4, Look::Text);
        self.page.fit(row, &[(text, 117), (source, 52)]);
    }

    fn agreed(&mut self, book: &Book<'_>) {
        let agreed: Vec<_> =
            book.workers().filter_map(|listed| listed.worker.agreed.given().map(|agreed| (listed, agreed))).collect();
        if agreed.is_empty() {
            return;
        }
        self.page.gap();
        self.page.across(COLUMNS, "Limits agreed with individual workers", Look::Section);
        self.page.across(COLUMNS, "They stand as they are, not pro rata again.", Look::Muted);
        let heads = ["Worker and team", "Limit", "", "Unit", "", "Reason given"];
        self.page.push(Cell::headings(&heads));
        for (listed, agreed) in agreed {
            let key = format!("agreed/{}/value", listed.worker.key);
            let row = self.page.next();
            self.figures.entry(key).or_insert((CellRef::new(row, LOWER), agreed.limit));
            let unit = listed.scored.ratings.iter().find(|rating| rating.policy == "agreed").map(|rating| rating.unit);
            let reason = if agreed.reason.is_empty() { "no reason given" } else { &agreed.reason };
            self.page.push(vec![
                Cell::text(format!("{}, {}", listed.worker.name, listed.team.name)).look(Look::Text),
                Cell::number(agreed.limit).look(Look::Input),
                Cell::default().look(Look::Text),
                Cell::text(unit.map_or("", Unit::label)).look(Look::Text),
                Cell::default().look(Look::Text),
                Cell::text(reason).look(Look::Text),
            ]);
        }
    }

    fn assumptions(&mut self) {
        self.page.gap();
        self.page.across(COLUMNS, "Decisions taken where the sources are silent or differ", Look::Section);
        for text in DECISIONS {
            self.remark(text, "fairload");
        }
    }
}

/// What the program decides by itself; the policy's own decisions stand among its notes.
const DECISIONS: &[&str] = &[
    "Figures are exact decimals. A colour is derived from the exact load and limit, never from a rounded percentage.",
    "The guidance gives a maximum, so a load at the limit is within it. Of a range, a load above the lower figure and \
     up to the upper is green and marked \"within the range\".",
    "Published bands in whole percents leave gaps; exact utilisation closes them. A load at exactly the benchmark takes \
     the band that the table gives it.",
    "Where the limit is 0, nothing held is green and anything held is red.",
    "A newly qualified worker's limit takes the place of the team's where that counts children or young people and is \
     not already lower; it never replaces a limit in carers, reviews or assessments.",
    "The worst rating over all limits and measures governs the worker; of two alike the first policy's, then the first entry's.",
    "Cases awaiting transfer, closure or step-down count in full; the utilisation without them is shown beside.",
    "A blank intervention level counts as medium and shows as assumed on the working sheet, where the right figure can be \
     entered: blank is not \"no work\", and a wrong green is worse than a question.",
    "The manager's own judgement stands beside the calculated colour and never changes it.",
];

/// The entries of each id in force on a date, in the order of the file.
fn in_force<T>(entries: &[T], on: Date, key: impl Fn(&T) -> (&String, Date)) -> Vec<&T> {
    let current = |entry: &&T| {
        let (id, from) = key(entry);
        from <= on && !entries.iter().any(|other| key(other).0 == id && key(other).1 > from && key(other).1 <= on)
    };
    entries.iter().filter(current).collect()
}

fn side(edge: &Edge) -> &'static str {
    match edge.side {
        Side::From => "from",
        Side::Above => "above",
        Side::Below => "below",
    }
}

fn of(edge: &Edge) -> String {
    match edge.of {
        Of::Lower => "percent of the lower figure".into(),
        Of::Upper => "percent of the upper figure".into(),
    }
}
