//! The sheet "RAG summary": who is over, by how much, on what measure, what to do, and how sure we are.
//!
//! The first screen answers (`answer.rs`, and the head of `workers.rs`); the rest shows where it comes from.

mod answer;
mod details;
mod reading;
mod teams;
mod workers;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, Page, address};
use crate::book::phrase::day;
use crate::book::sheet::CellRef;
use crate::field::rating::{AGREED, Measure, Rag, Rating};
use crate::policy::Policy;

use super::policy_sheet::PolicySheet;
use super::working::{self, Working, at};
use super::{Book, Listed, wording};

pub use details::beside;

const TEAM: u32 = 0;
const WORKER: u32 = 1;
const RAG: u32 = 2;
/// The share of a post in the table of details.
const FTE: u32 = 4;
const GROUPS: u32 = 5;
/// Columns of a measure: load, limit, utilisation, colour.
const GROUP: u32 = 4;
/// Above this many workers the headings stay in sight, at the cost of room for the rows.
const FEW: usize = 20;

/// Builds the sheet.
pub fn page(book: &Book<'_>, policy: &PolicySheet, working: &Working) -> Page {
    let measures = groups(book);
    let by_points = measures.iter().any(|group| group.measure == Measure::Points);
    // Up to the second measure they fit the screen of a laptop; all of them together are read on a printed A4.
    let mut widths = vec![16, 19, 12, 14, 13];
    for _ in &measures {
        widths.extend([9, 11, 10, 11]);
    }
    let tail = GROUPS + GROUP * measures.len() as u32;
    widths.extend([if by_points { 22 } else { 30 }, 12, 11, 8, 11]);
    if measures.len() < 2 {
        widths.push(38);
    } else if by_points {
        widths.push(10);
    }
    let mut page = Page::new(&book.names.summary, "B3261E", &widths);
    page.two_pages_wide = measures.len() > 2;
    let mut summary = Summary { page, book, policy, working, measures, tail };
    summary.top();
    let head = summary.workers();
    summary.teams(head);
    summary.details();
    summary.unallocated();
    summary.bands();
    summary.sheets();
    summary.assumptions();
    summary.page
}

/// The columns of one measure, by one policy where several have it.
#[derive(PartialEq, Eq)]
struct Group {
    measure: Measure,
    /// The policy whose ratings stand here; none where all of the measure do.
    policy: Option<String>,
    /// Limits agreed with workers stand here too.
    agreed: bool,
}

impl Group {
    /// All ratings of a measure.
    fn of(measure: Measure) -> Self {
        Self { measure, policy: None, agreed: true }
    }

    fn holds(&self, rating: &Rating) -> bool {
        let own = match &self.policy {
            _ if rating.policy == AGREED => self.agreed,
            Some(policy) => *policy == rating.policy,
            None => true,
        };
        own && rating.measure == self.measure
    }
}

/// What is judged in this workbook, a group of columns for each.
fn groups(book: &Book<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    for measure in Measure::ALL.iter().copied().filter(|measure| is_judged(book, *measure)) {
        let judges = |policy: &&Policy| {
            let mut ratings = book.workers().flat_map(|listed| &listed.scored.ratings);
            ratings
                .any(|rating| rating.policy == policy.name && rating.measure == measure && rating.rag != Rag::NotScored)
        };
        let judging: Vec<&Policy> = book.policies.chosen.iter().filter(judges).collect();
        if judging.len() < 2 {
            groups.push(Group::of(measure));
            continue;
        }
        for (at, policy) in judging.into_iter().enumerate() {
            groups.push(Group { measure, policy: Some(policy.name.clone()), agreed: at == 0 });
        }
    }
    // Where nothing is judged at all the limits' columns stand there empty, so that it is seen.
    if groups.is_empty() {
        groups.push(Group::of(Measure::Limit));
    }
    groups
}

struct Summary<'a> {
    page: Page,
    book: &'a Book<'a>,
    policy: &'a PolicySheet,
    working: &'a Working,
    measures: Vec<Group>,
    /// The first column after those of the measures.
    tail: u32,
}
impl Summary<'_> {
    /// Columns that prose runs across: as many as the screen of a laptop shows.
    fn prose(&self) -> u32 {
        if self.measures.len() < 2 { self.tail + 1 } else { GROUPS + 2 * GROUP }
    }

    /// Characters from one column up to another.
    fn width(&self, from: u32, to: u32) -> u32 {
        let widths = self.page.widths.iter().take(to as usize).skip(from as usize);
        widths.map(|width| u32::from(*width)).sum()
    }

    fn top(&mut self) {
        let book = self.book;
        let teams: Vec<&str> = book.caseload.teams.iter().map(|team| team.name.as_str()).collect();
        let across = self.prose();
        self.page.across(across, &format!("RAG summary: {}", titled(book.file)), Look::Title);
        let policies: Vec<&str> = book.policies.chosen.iter().map(|policy| policy.title.as_str()).collect();
        let teams = match teams.len() {
            0 => "no team".to_string(),
            1..=4 => teams.join(", "),
            many => format!("{many} teams"),
        };
        let about = format!(
            "{teams} · as of {} · {} · fairload {}",
            day(book.policies.as_of),
            policies.join(", "),
            env!("CARGO_PKG_VERSION")
        );
        self.page.across(across, &about, Look::Muted);
        if book.copy_of_values {
            let text = "This workbook is a copy of values: the file it was made from is of a kind that cannot be annotated \
                        itself. Its sheets, values, dates and, where the file gives them, its widths of columns and the \
                        way it shows numbers are kept, with values in place of formulas; charts and colours are not. The \
                        original is unchanged.";
            let row = self.page.across(across, text, Look::Prose);
            self.page.rows[row as usize].cells[0].tone = Some(Tone::Note);
            if !book.renamed.is_empty() {
                let renamed = book.renamed.iter().map(|(was, is)| format!("\"{was}\" is \"{is}\""));
                let text = format!(
                    "Sheets whose names cannot stand in this kind of file have another: {}.",
                    wording::listing(&renamed.collect::<Vec<_>>())
                );
                let row = self.page.across(across, &text, Look::Prose);
                self.page.fit(row, &[(&text, self.width(0, across))]);
            }
        }
    }

    /// A row that is blank until a family on "Working" stands beside a name that is nobody of its team.
    fn moved_to_nobody(&mut self) {
        let Some(count) = self.working.beside_nobody(self.book, None) else {
            self.page.gap();
            let row = self.page.next() as usize - 1;
            self.page.rows[row].height = Some(8);
            return;
        };
        let formula = format!(
            "=IF({count}=0,\"\",\"Children on sheet {} beside a name that is nobody of their team, who count for nobody: \"&{count})",
            self.book.names.working
        );
        let row = self.page.push(vec![Cell::says(formula, "").look(Look::Prose)]);
        self.page.spread(row, 0, self.prose() - 1, Look::Prose);
        self.page.rows[row as usize].height = Some(15);
    }

    /// A cell of "Working" as a formula.
    fn refer(&self, row: u32, column: u32) -> String {
        format!("={}", address(&self.book.names.working, CellRef::new(row, column)))
    }

    /// The worker's worst rating of a measure, with its rows on "Working".
    fn worst<'b>(&self, listed: Listed<'b>, group: &Group) -> Option<Worst<'b>> {
        let ratings = listed.scored.ratings.iter().enumerate().filter(|(_, rating)| group.holds(rating));
        let (at, rating) = ratings.clone().min_by_key(|(_, rating)| rating.rag)?;
        let (first, last) = (ratings.clone().next()?.0, ratings.clone().next_back()?.0);
        let row = |at| self.working.row(listed.at, at);
        let together = last - first + 1 == ratings.clone().count();
        let one_figure = ratings
            .clone()
            .all(|(_, rating)| rating.against.as_ref().is_some_and(|against| against.lower() == against.upper()));
        let one_of = (last > first && together && one_figure).then(|| (row(first), row(last)));
        let group = self.measures.iter().position(|own| own == group);
        Some(Worst { row: row(at), one_of, group, all: &listed.scored.ratings[first..=last], rating })
    }

    /// A cell of the worst rating's row as part of a formula; of several rows the one that is the worst now.
    fn at_worst(&self, worst: &Worst<'_>, here: u32, column: u32) -> String {
        match worst.one_of.zip(worst.group) {
            Some(((first, last), group)) => {
                let block = |column| working::block(self.book, column, first, last);
                let colour = CellRef::new(here, GROUPS + GROUP * group as u32 + 3);
                match column {
                    at::RAG => working::worst(&block(at::RAG), worst.all),
                    _ => format!("INDEX({},MATCH({colour},{},0))", block(column), block(at::RAG)),
                }
            }
            None => address(&self.book.names.working, CellRef::new(worst.row, column)),
        }
    }
}

/// The worst rating of a measure.
struct Worst<'a> {
    /// Its row on "Working".
    row: u32,
    /// First and last row of several ratings of the measure, of which another may become the worst.
    one_of: Option<(u32, u32)>,
    /// The columns that these ratings have for themselves.
    group: Option<usize>,
    /// From the first to the last of these ratings.
    all: &'a [Rating],
    rating: &'a Rating,
}

/// First and last of the ratings that can give a worker their colour, where the one that does is the first of
/// the worst among them, as formulas find it.
pub fn led(listed: Listed<'_>) -> Option<(usize, usize)> {
    let (first, last) = working::governing(listed)?;
    let worst = listed.scored.ratings[first..=last].iter().min_by_key(|rating| rating.rag)?;
    worst.governs.then_some((first, last))
}

/// The measure of the first row of a worker that has the colour in this cell, as part of a formula.
pub fn measured(book: &Book<'_>, (first, last): (u32, u32), colour: CellRef) -> String {
    let limit = Measure::Limit.label();
    let block = |column| working::block(book, column, first, last);
    let place = format!("MATCH({colour},{},0)", block(at::RAG));
    let measure = format!("INDEX({},{place})", block(at::MEASURE));
    let unit = format!("INDEX({},{place})", block(at::UNIT));
    format!("{measure}&IF({measure}=\"{limit}\",\", \"&{unit},\"\")")
}

/// The workbook's name without its folder, its ending and the mark of an earlier run.
fn titled(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.strip_suffix(" RAG").unwrap_or(stem)
}

/// Some worker of the workbook has a colour by this measure.
fn is_judged(book: &Book<'_>, measure: Measure) -> bool {
    let mut ratings = book.workers().flat_map(|listed| &listed.scored.ratings);
    ratings.any(|rating| rating.measure == measure && rating.rag != Rag::NotScored)
}

/// Workers of all teams, the worst first.
fn sorted<'a>(book: &'a Book<'a>) -> Vec<Listed<'a>> {
    let mut all: Vec<Listed<'_>> = book.workers().collect();
    all.sort_by(|one, other| {
        let used = |listed: &Listed<'_>| listed.scored.governing().and_then(Rating::utilisation);
        (one.scored.rag().cmp(&other.scored.rag())).then(used(other).cmp(&used(one))).then(one.at.cmp(&other.at))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::Content;
    use crate::manager::annotate::trial;
    use rust_decimal::Decimal;

    fn found<'a>(page: &'a Page, text: &str) -> &'a [Cell] {
        let row = page.rows.iter().find(|row| row.cells.iter().any(|cell| cell.shown() == text));
        row.map(|row| row.cells.as_slice()).unwrap_or_default()
    }

    #[test]
    fn the_worst_stands_first_with_load_limit_and_utilisation() {
        let trial = trial::team();
        let pages = trial.pages();
        let page = &pages[0];
        let ada = found(page, "Ada Field");
        assert_eq!(ada[2].shown(), "RED");
        assert_eq!(ada[3].shown(), "Limit, children");
        assert_eq!(ada[4].shown(), "4 over 20");
        let figures: Vec<Option<String>> =
            ada[5..8].iter().map(|cell| cell.figure().map(|it| it.to_string())).collect();
        assert_eq!(figures, [Some("24".into()), Some("20".into()), Some("1.2".into())]);
        let names: Vec<&str> = page.rows.iter().filter_map(|row| row.cells.get(1)).map(Cell::shown).collect();
        let at = |name: &str| names.iter().position(|other| *other == name);
        assert!(at("Ada Field") < at("Ben Hill"), "red before green");
    }

    #[test]
    fn a_load_once_awaiting_cases_have_moved_is_shown() {
        let trial = trial::team();
        let pages = trial.pages();
        let ada = found(&pages[0], "Ada Field");
        assert!(ada.iter().any(|cell| cell.figure() == Some("0.95".parse().unwrap())), "19 of 20 once 5 have moved");
    }

    #[test]
    fn on_paper_no_table_stands_under_the_headings_of_another() {
        let mut trial = trial::team();
        let (workers, scored) = (&mut trial.caseload.teams[0].workers, &mut trial.scored.teams[0]);
        let (held, rated) = (workers[0].clone(), scored[0].clone());
        for at in 0..40 {
            let mut worker = held.clone();
            worker.who.name = format!("Worker {at}");
            workers.push(worker);
            scored.push(rated.clone());
        }
        let page = &trial.pages()[0];
        assert!(page.freeze.is_some_and(|cell| cell.row > 0), "a long table");
        assert_eq!(page.repeat, None);
    }

    #[test]
    fn the_title_is_the_name_that_people_know() {
        assert_eq!(titled("north/Harbour v1.2 RAG.xlsx"), "Harbour v1.2");
        assert_eq!(titled("Fostering"), "Fostering");
    }

    #[test]
    fn our_own_sheets_are_not_told_of() {
        let mut trial = trial::team();
        let told = |trial: &trial::Trial| found(&trial.pages()[0], "Caseload").len();
        assert!(told(&trial) > 0);
        for sheet in &mut trial.caseload.sheets {
            sheet.ours = true;
        }
        assert_eq!(told(&trial), 0);
    }

    #[test]
    fn nobody_under_pressure_is_offered_a_child() {
        let trial = trial::team();
        let pages = trial.pages();
        let head = found(&pages[0], "Children that could be taken");
        let at = head.iter().position(|cell| cell.shown() == "Children that could be taken").expect("the column");
        let pressed = |cells: &[Cell]| {
            let rag = cells.get(RAG as usize);
            rag.is_some_and(|rag| ["RED", "AMBER"].contains(&rag.shown()))
                && matches!(cells[at].content, Content::Formula(..))
        };
        let rows: Vec<_> = pages[0].rows.iter().filter(|row| row.cells.len() > at && pressed(&row.cells)).collect();
        assert!(!rows.is_empty());
        for row in rows {
            assert_eq!(row.cells[at].figure(), Some(Decimal::ZERO), "{}", row.cells[1].shown());
        }
    }

    #[test]
    fn two_policies_with_limits_have_columns_of_their_own() {
        let mut trial = trial::team();
        let used = |pages: &[Page]| {
            let row = pages[0]
                .rows
                .iter()
                .find(|row| row.cells.get(1).is_some_and(|cell| cell.shown() == "Locality / field"));
            row.expect("the team").cells[10].figure()
        };
        let before = used(&trial.pages());
        trial.policies.chosen.push(Policy::built_in("walsall-2016").unwrap().unwrap());
        let workers = trial.caseload.teams.iter().flat_map(|team| &team.workers);
        let all = workers.zip(trial.scored.teams.iter_mut().flatten());
        let (_, scored) = all.into_iter().find(|(worker, _)| worker.who.name == "Ben Hill").unwrap();
        let mut second = scored.ratings[0].clone();
        (second.policy, second.rag, second.governs) = ("walsall-2016".into(), Rag::Red, false);
        let against = second.against.as_mut().unwrap();
        (against.full_lower, against.full_upper) = (Decimal::from(15), Decimal::from(15));
        scored.ratings.push(second);
        let (at, _) = scored.tightest().unwrap();
        assert_eq!(scored.ratings[at].policy, "walsall-2016", "13 of 9.75 leaves less room than 13 of 13");
        assert_eq!(scored.first_by(Measure::Limit).count(), 1, "nobody counts once for each policy");
        let pages = trial.pages();
        let labels = found(&pages[0], "Limit: Walsall proposed caseload guarantee (2016)");
        assert!(labels[5].shown().starts_with("Limit: Redcar"), "{}", labels[5].shown());
        let ben = found(&pages[0], "Ben Hill");
        assert_eq!((ben[8].shown(), ben[12].shown()), ("GREEN", "RED"));
        assert_eq!(used(&pages), before);
    }

    #[test]
    fn room_in_points_is_what_is_left_below_the_benchmark() {
        let trial = trial::team();
        let pages = trial.pages();
        let head = found(&pages[0], "Points that could be taken");
        let at = head.iter().position(|cell| cell.shown() == "Points that could be taken").expect("the column");
        let mut told = 0;
        let workers = trial.caseload.teams.iter().flat_map(|team| &team.workers);
        for (worker, scored) in workers.zip(trial.scored.teams.iter().flatten()) {
            let points = scored.ratings.iter().find(|rating| rating.measure == Measure::Points);
            let Some(rating) = points.filter(|rating| rating.rag != Rag::NotScored) else { continue };
            let left = rating.against.as_ref().unwrap().upper() - rating.load.unwrap();
            let expected = if scored.rag() == Rag::Green { left } else { Decimal::ZERO };
            assert_eq!(found(&pages[0], &worker.who.name)[at].figure(), Some(expected), "{}", worker.who.name);
            told += 1;
        }
        assert!(told > 1);
    }

    #[test]
    fn the_first_rows_say_who_is_over_what_to_do_and_how_sure() {
        let trial = trial::team();
        let pages = trial.pages();
        let over = found(&pages[0], "Who is over?");
        assert!(over[1].shown().contains("; Ada Field, 4 over 20 children."), "{}", over[1].shown());
        assert!(over[1].shown().ends_with("not scored it is not known."), "{}", over[1].shown());
        let sure = found(&pages[0], "How sure?");
        assert!(sure[1].shown().contains("Not scored: Dan"), "{}", sure[1].shown());
    }

    #[test]
    fn nothing_known_is_never_nobody_over() {
        let mut trial = trial::team();
        for rating in trial.scored.teams.iter_mut().flatten().flat_map(|worker| &mut worker.ratings) {
            (rating.rag, rating.governs) = (Rag::NotScored, false);
        }
        let pages = trial.pages();
        assert!(found(&pages[0], "Who is over?")[1].shown().starts_with("Not known"));
        let mut trial = trial::team();
        trial.caseload.teams.clear();
        trial.scored.teams.clear();
        let pages = trial.pages();
        assert!(found(&pages[0], "Who is over?")[1].shown().starts_with("Not known"));
    }
}
