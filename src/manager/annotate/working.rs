//! The sheet "Working": every worker's limits and every household's points, as formulas that follow a change.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::page::{Cell, EntryKind, EntryRule, Look, Page, address, column, fixed};
use crate::book::sheet::{Area, CellRef};
use crate::field::caseload::Unit;
use crate::field::rating::{Against, HouseholdPoints, Measure, Rag, Rating, Shade, rounded};
use crate::policy::{Bands, Edge, Of, PointsFrom, Policy, Side, figure_ids};

use super::policy_sheet::PolicySheet;
use super::{Book, Listed, wording, working_tasks, working_time};

/// The page, and on which rows the ratings of each worker stand.
pub struct Working {
    /// The page.
    pub page: Page,
    rows: BTreeMap<(usize, usize), u32>,
    teams: BTreeMap<usize, (u32, u32)>,
    /// First and last row of the households, over all teams and by team.
    households: Option<(u32, u32)>,
    households_of: BTreeMap<usize, (u32, u32)>,
}

/// Columns of the table of workers.
pub mod at {
    #![allow(missing_docs)]
    pub const WORKER: u32 = 1;
    pub const MEASURE: u32 = 2;
    pub const UNIT: u32 = 3;
    pub const LOAD: u32 = 4;
    pub const FULL_LOWER: u32 = 5;
    pub const FULL_UPPER: u32 = 6;
    pub const FTE: u32 = 7;
    pub const LOWER: u32 = 8;
    pub const UPPER: u32 = 9;
    pub const USED: u32 = 10;
    pub const RAG: u32 = 11;
    pub const SHADE: u32 = 12;
    pub const NOT_PLANNED: u32 = 15;
}

/// Columns of the table of households.
mod of {
    pub const WORKER: u32 = 1;
    pub const CHILDREN: u32 = 4;
    pub const STATUS: u32 = 5;
    pub const CARE: u32 = 6;
    pub const LEVEL: u32 = 7;
    pub const ADDITIONAL: u32 = 9;
    pub const TOTAL: u32 = 10;
    pub const CHECK: u32 = 11;
}

const COLUMNS: u32 = 16;
/// Stands beside a family whose worker's name was changed to one that the team has not.
const NOBODY: &str = "no such worker in the team";
/// Beside a family with a word, or nothing, where a figure belongs.
const NO_FIGURE: &str = "a figure is missing";
/// Beside a family of a worker whose load nothing judges.
const UNSCORED: &str = "this worker is not scored";

impl Working {
    /// The zero-based row of a worker's rating.
    pub fn row(&self, listed: (usize, usize), rating: usize) -> u32 {
        self.rows.get(&listed).copied().unwrap_or(0) + rating as u32
    }

    /// First and last row of a team's ratings, `None` for a team without workers.
    pub fn team(&self, team: usize) -> Option<(u32, u32)> {
        self.teams.get(&team).copied()
    }

    /// Puts a cell that refers to a part of the sheet below into the row of a rating.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) {
        if let Some(there) = self.page.rows[row as usize].cells.get_mut(column as usize) {
            *there = cell.look(Look::Figure);
        }
    }

    /// Children beside a name that is nobody of their team, as part of a formula: of one team or of all.
    pub fn beside_nobody(&self, book: &Book<'_>, team: Option<usize>) -> Option<String> {
        let rows = match team {
            Some(team) => self.households_of.get(&team).copied(),
            None => self.households,
        };
        let (first, last) = rows?;
        let block = |column| block(book, column, first, last);
        Some(format!("SUMPRODUCT(({}=\"{NOBODY}\")*1,{})", block(of::CHECK), block(of::CHILDREN)))
    }

    /// Workers who are amber or red by the formulas and were not when the workbook was read, as part of a formula.
    pub fn not_planned(&self, book: &Book<'_>) -> Option<String> {
        let first = self.teams.values().map(|(first, _)| *first).min()?;
        let last = self.teams.values().map(|(_, last)| *last).max()?;
        Some(format!("SUMPRODUCT(({}<>\"\")*1)", block(book, at::NOT_PLANNED, first, last)))
    }
}

/// Which of a worker's ratings is that of a measure by a policy.
pub fn rated_by(listed: &Listed<'_>, measure: Measure, policy: &Policy) -> Option<usize> {
    listed.scored.ratings.iter().position(|rating| rating.measure == measure && rating.policy == policy.name)
}

/// First and last of the ratings that can give a worker their colour; `None` where others stand between.
pub fn governing(listed: Listed<'_>) -> Option<(usize, usize)> {
    let ratings = &listed.scored.ratings;
    let first = ratings.iter().position(|rating| !rating.advisory)?;
    let last = ratings.iter().rposition(|rating| !rating.advisory)?;
    ratings[first..=last].iter().all(|rating| !rating.advisory).then_some((first, last))
}

/// The worst of the colours that ratings have now as part of a formula: red before amber before green.
///
/// A rating that was scored and cannot be scored any more, for want of a figure, may have been the red one: what
/// is left of the ratings does not make the worker green.
pub fn worst(words: &str, ratings: &[Rating]) -> String {
    let unscored = ratings.iter().filter(|rating| rating.rag == Rag::NotScored).count();
    format!(
        "IF(COUNTIF({words},\"RED\")>0,\"RED\",IF(COUNTIF({words},\"AMBER\")>0,\"AMBER\",\
         IF(COUNTIF({words},\"NOT SCORED\")>{unscored},\"NOT SCORED\",\
         IF(COUNTIF({words},\"GREEN\")>0,\"GREEN\",\"NOT SCORED\"))))"
    )
}

/// Builds the sheet.
pub fn page(book: &Book<'_>, policy: &PolicySheet) -> Working {
    let widths = [18, 20, 14, 12, 9, 10, 12, 14, 10, 11, 12, 12, 12, 24, 30, 12];
    let mut page = Page::new(&book.names.working, "3F7F93", &widths);
    page.across(COLUMNS, "Working: how every figure comes about", Look::Title);
    let about = format!(
        "Figures in blue boxes can be changed; loads, utilisation and colours here, on \"{}\" and on \"{}\" follow. \
         Figures of policy are changed on \"{}\". To move a family, change the worker's name beside it to that of a \
         colleague of the same team. Reasons in words, and who is over in words, are as read and do not follow; nor does a worker who is not \
         scored, for want of a figure that the caseload has to give. Changes here show what would follow: the next run \
         reads the caseload and not this sheet.",
        book.names.summary, book.names.action_plan, book.names.policy
    );
    page.across(COLUMNS, &about, Look::Muted);
    // What the next row says is known when the families have their rows.
    page.gap();
    page.across(COLUMNS, "Workers against limits and benchmarks", Look::Section);
    let heads = [
        "Team",
        "Worker",
        "Measure",
        "Counted in",
        "Load",
        "Full time: lower",
        "Full time: upper",
        "FTE",
        "Lower for this worker",
        "Upper for this worker",
        "Utilisation",
        "RAG",
        "Standing",
        "Policy",
        "Reason, as read",
        "Since read",
    ];
    let head = page.push(Cell::headings(&heads));
    // The headings of the workers, kept in sight, would stand over the figures of the tables below.
    page.freeze = Some(CellRef::new(0, 2));
    page.repeat = Some((head, head));

    let plan = Plan::new(book, head + 1, policy);
    let (rows, teams) = (BTreeMap::new(), BTreeMap::new());
    let mut working = Working { page, rows, teams, households: None, households_of: plan.households.clone() };
    for listed in book.workers() {
        working.worker(book, policy, &plan, listed);
    }
    working.close(book, &plan, head);
    working.households(book, policy, &plan);
    working_tasks::add(&mut working, book, policy);
    working_time::add(&mut working, book, policy);
    if let Some(count) = working.beside_nobody(book, None) {
        let check = Cell::says(format!("=\"{BESIDE_NOBODY}\"&{count}"), format!("{BESIDE_NOBODY}0"));
        working.page.rows[head as usize - 2].cells.push(check.look(Look::Prose));
        working.page.spread(head - 2, 0, COLUMNS - 1, Look::Prose);
        working.page.fit(head - 2, &[(BESIDE_NOBODY, 200)]);
    }
    working
}

/// Before the number of children that would otherwise vanish from every load.
const BESIDE_NOBODY: &str = "Children beside a name that is nobody of their team, who count for nobody: ";

/// Where everything will stand, reckoned before the first formula is written.
struct Plan<'a> {
    /// First row of the households, by team and worker.
    households: BTreeMap<usize, (u32, u32)>,
    /// The policy that the points come from, with the cells of its figures.
    points: Option<PointCells<'a>>,
}

struct PointCells<'a> {
    policy: &'a Policy,
    figures: [(Decimal, String); 3],
}

impl<'a> Plan<'a> {
    fn new(book: &Book<'a>, first: u32, policy: &PolicySheet) -> Self {
        let ratings: usize = book.workers().map(|listed| listed.scored.ratings.len()).sum();
        // A blank row, the part's heading, a line about it, and the column headings.
        let head = first + ratings as u32 + 3;
        let mut next = head + 1;
        let mut households = BTreeMap::new();
        for team in 0..book.caseload.teams.len() {
            let rows: usize = book.team(team).map(|listed| lines(book, &listed)).sum();
            if rows > 0 {
                households.insert(team, (next, next + rows as u32 - 1));
                next += rows as u32;
            }
        }
        Self { households, points: PointCells::of(book, policy) }
    }

    /// The cells of a column of the households of a team.
    ///
    /// `None` for a list so long that a sum over all of it for each worker would make the sheet slow.
    fn column(&self, team: usize, of: u32) -> Option<String> {
        let (first, last) = self.households.get(&team).filter(|rows| !too_long(rows))?;
        Some(format!("{}:{}", fixed(CellRef::new(*first, of)), fixed(CellRef::new(*last, of))))
    }

    fn any_too_long(&self) -> bool {
        self.households.values().any(too_long)
    }
}

impl<'a> PointCells<'a> {
    fn of(book: &Book<'a>, sheet: &PolicySheet) -> Option<Self> {
        let policy = book
            .policies
            .chosen
            .iter()
            .find(|policy| policy.points.as_ref().is_some_and(|model| model.from == PointsFrom::Matrix))?;
        let cell = |id: &str| {
            let figure = policy.figure(id, book.policies.as_of)?;
            let cell = sheet.cell(&format!("{}/{id}/value", policy.name), figure.value)?;
            Some((figure.value, address(&book.names.policy, cell)))
        };
        let figures =
            [cell(figure_ids::POINTS_BASE)?, cell(figure_ids::POINTS_STATUS)?, cell(figure_ids::POINTS_CARE)?];
        Some(Self { policy, figures })
    }

    fn total(&self, household: &HouseholdPoints) -> Decimal {
        let [base, status, care] = &self.figures;
        base.0 * Decimal::from(household.children)
            + household.status * status.0
            + flag(household.care_proceedings) * care.0
            + household.intervention
            + household.additional
    }
}

fn too_long((first, last): &(u32, u32)) -> bool {
    const LONGEST: u32 = 4_000;
    last - first >= LONGEST
}

/// Added where loads do not follow their families.
const TOO_LONG: &str =
    " Loads of a team with more than 4,000 rows here are figures above and do not follow a change here.";

fn flag(set: bool) -> Decimal {
    if set { Decimal::ONE } else { Decimal::ZERO }
}

/// Rows of the households' table that a worker takes: one for each household, one for duties, and one for
/// children who are in no household.
fn lines(book: &Book<'_>, listed: &Listed<'_>) -> usize {
    let duties = usize::from(!listed.scored.duty_points.is_zero());
    listed.scored.households.len() + duties + usize::from(others(book, listed).is_some())
}

/// The children of a worker who has no households listed, in a team that lists those of others.
///
/// They have a row of their own, so that a family moved to this worker adds to the load they hold already.
fn others(book: &Book<'_>, listed: &Listed<'_>) -> Option<Decimal> {
    let by_household =
        listed.scored.households.is_empty() && book.team(listed.at.0).any(|other| !other.scored.households.is_empty());
    let children = listed.scored.ratings.iter().filter(|rating| counts_children(rating)).find_map(|rating| rating.load);
    children.filter(|load| by_household && *load > Decimal::ZERO)
}

fn children_listed(listed: &Listed<'_>) -> Decimal {
    listed.scored.households.iter().map(|household| Decimal::from(household.children)).sum()
}

fn counts_children(rating: &Rating) -> bool {
    matches!(rating.measure, Measure::Limit | Measure::CaseCount)
        && matches!(rating.unit, Unit::Children | Unit::YoungPeople | Unit::Cases)
}

impl Working {
    fn worker(&mut self, book: &Book<'_>, policy: &PolicySheet, plan: &Plan<'_>, listed: Listed<'_>) {
        let first = self.page.next();
        self.rows.insert(listed.at, first);
        let last = first + (listed.scored.ratings.len() as u32).saturating_sub(1);
        let team = self.teams.entry(listed.at.0).or_insert((first, last));
        team.1 = last;
        for rating in &listed.scored.ratings {
            let row = self.page.next();
            let mut cells = rating_cells(book, policy, plan, listed, rating, row, first);
            cells.push(if row == first { since_read(listed, first) } else { Cell::default().look(Look::Text) });
            self.page.push(cells);
        }
    }

    fn close(&mut self, book: &Book<'_>, plan: &Plan<'_>, head: u32) {
        let last = self.page.next() - 1;
        if last > head {
            self.page.rag_words.push(column(at::RAG, head + 1, last));
            self.page.bars.push(column(at::USED, head + 1, last));
            let area = Area { first: CellRef::new(head + 1, at::LOAD), last: CellRef::new(last, at::FTE) };
            let prompt = "A figure of 0 or more; the colour follows".to_string();
            self.page.entries.push(EntryRule { area, kind: EntryKind::Figure, prompt });
        }
        self.page.gap();
        self.page.across(COLUMNS, "Points of each household", Look::Section);
        let about = match &plan.points {
            Some(points) if !plan.households.is_empty() => format!(
                "By {}. Total = children × base + status + care proceedings + intervention + additional; status and care \
                 proceedings are 1 for yes and 0 for no, and are multiplied by their points on \"{}\".{}",
                points.policy.title,
                book.names.policy,
                if plan.any_too_long() { TOO_LONG } else { "" }
            ),
            _ => "No household is scored in points; the reasons stand above.".to_string(),
        };
        // The plan counts on these three rows.
        self.page.across(COLUMNS, &about, Look::Muted);
    }

    fn households(&mut self, book: &Book<'_>, policy: &PolicySheet, plan: &Plan<'_>) {
        if plan.households.is_empty() {
            return;
        }
        let heads = [
            "Team",
            "Worker",
            "Household",
            "First cell",
            "Children",
            "Status (CP, in care, private)",
            "Care proceedings",
            "Intervention",
            "Assumed",
            "Additional",
            "Total points",
            "Check",
        ];
        let head = self.page.push(Cell::headings(&heads));
        // The longer of the two tables has the headings of every printed page, and the buttons. Sorting the other
        // would put one worker's figures where sheets name another's.
        self.page.repeat = Some((head, head));
        let first = self.page.next();
        for listed in book.workers() {
            for household in &listed.scored.households {
                let mut cells = household_cells(book, plan, listed, household, self.page.next());
                cells.push(self.check(plan, listed, true));
                self.page.push(cells);
            }
            if let Some(children) = others(book, &listed) {
                let mut cells = other_cells(listed, children);
                cells.push(self.check(plan, listed, false));
                self.page.push(cells);
            }
            if !listed.scored.duty_points.is_zero() {
                let cells = duty_cells(book, policy, plan, listed);
                self.page.push(cells);
            }
        }
        let last = self.page.next() - 1;
        self.page.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(last, of::CHECK) });
        self.households = Some((first, last));
        let area = Area { first: CellRef::new(first, of::CHILDREN), last: CellRef::new(last, of::TOTAL) };
        let prompt = "A figure of 0 or more; points and colour follow".to_string();
        self.page.entries.push(EntryRule { area, kind: EntryKind::Figure, prompt });
    }

    /// Says where a family would be counted for nobody, or against the load.
    fn check(&self, plan: &Plan<'_>, listed: Listed<'_>, of_household: bool) -> Cell {
        let team = listed.at.0;
        let Some((first, last)) = self.team(team).filter(|_| plan.column(team, of::WORKER).is_some()) else {
            return Cell::default().look(Look::Text);
        };
        let row = self.page.next();
        let here = |column: u32| CellRef::new(row, column);
        let block =
            |column: u32| format!("{}:{}", fixed(CellRef::new(first, column)), fixed(CellRef::new(last, column)));
        let (names, words) = (block(at::WORKER), block(at::RAG));
        let figures = format!("{}:{},{},{}", here(of::CHILDREN), here(of::CARE), here(of::LEVEL), here(of::ADDITIONAL));
        // A line of duties has its points alone, and one of children not scored in points their number.
        let alone = format!("{},{}", here(of::CHILDREN), here(of::TOTAL));
        let (figures, least) = if of_household { (figures, 5) } else { (alone, 1) };
        let formula = format!(
            "=IF(SUMPRODUCT(({names}={name})*1)=0,\"{NOBODY}\",IF(COUNT({figures})<{least},\"{NO_FIGURE}\",\
             IF(MIN({figures})<0,\"a figure below 0\",\
             IF(SUMPRODUCT(({names}={name})*({words}<>\"{}\"))=0,\"{UNSCORED}\",\"\"))))",
            Rag::NotScored.word(),
            name = here(of::WORKER),
        );
        let unscored = listed.scored.ratings.iter().all(|rating| rating.rag == Rag::NotScored);
        Cell::says(formula, if unscored { UNSCORED } else { "" }).look(Look::Strong)
    }
}

/// Says that a worker has become amber or red by the formulas, for whom no plan was asked.
fn since_read(listed: Listed<'_>, row: u32) -> Cell {
    let ratings = governing(listed).filter(|_| !matches!(listed.scored.rag(), Rag::Red | Rag::Amber));
    let Some((first, last)) = ratings.map(|(first, last)| (row + first as u32, row + last as u32)) else {
        return Cell::default().look(Look::Text);
    };
    let words = format!("{}:{}", fixed(CellRef::new(first, at::RAG)), fixed(CellRef::new(last, at::RAG)));
    let formula = format!(
        "=IF(COUNTIF({words},\"RED\")>0,\"now RED, not in the action plan\",\
         IF(COUNTIF({words},\"AMBER\")>0,\"now AMBER, not in the action plan\",\"\"))"
    );
    Cell::says(formula, "").look(Look::Strong)
}

fn household_cells(
    book: &Book<'_>,
    plan: &Plan<'_>,
    listed: Listed<'_>,
    household: &HouseholdPoints,
    row: u32,
) -> Vec<Cell> {
    let here = |column: u32| CellRef::new(row, column).to_string();
    let total = match &plan.points {
        Some(points) if points.total(household) == household.total => {
            let [base, status, care] = &points.figures;
            let formula = format!(
                "=ROUND({}*{}+{}*{}+{}*{}+{}+{},8)",
                here(of::CHILDREN),
                base.1,
                here(of::STATUS),
                status.1,
                here(of::CARE),
                care.1,
                here(of::LEVEL),
                here(of::ADDITIONAL)
            );
            Cell::counts(formula, household.total)
        }
        _ => Cell::number(household.total),
    };
    let sheet = book.caseload.sheet_name(household.place);
    let assumed = if household.intervention_assumed { "assumed" } else { "" };
    vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.name).look(Look::InputText),
        Cell::text(&household.name).look(Look::Text),
        Cell::link(household.place.cell.to_string(), sheet, household.place.cell),
        Cell::number(Decimal::from(household.children)).look(Look::Input),
        Cell::number(household.status).look(Look::Input),
        Cell::number(flag(household.care_proceedings)).look(Look::Input),
        Cell::number(household.intervention).look(Look::Input),
        if assumed.is_empty() {
            Cell::default().look(Look::Text)
        } else {
            Cell::text(assumed).look(Look::Text).tone(crate::book::annotation::Tone::Warning)
        },
        Cell::number(household.additional).look(Look::Input),
        total.look(Look::StrongFigure),
    ]
}

/// The children of a worker who are in no household of the list.
fn other_cells(listed: Listed<'_>, children: Decimal) -> Vec<Cell> {
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.name).look(Look::Text),
        Cell::text("Children not scored in points").look(Look::Text),
        Cell::default().look(Look::Text),
        Cell::number(children).look(Look::Input),
    ];
    cells.resize(of::CHECK as usize, Cell::default().look(Look::Text));
    cells
}

fn duty_cells(book: &Book<'_>, policy: &PolicySheet, plan: &Plan<'_>, listed: Listed<'_>) -> Vec<Cell> {
    let duties = listed.worker.duties.given();
    let what = duties.map(|duties| duties.what.as_str()).filter(|what| !what.is_empty()).unwrap_or("other duties");
    let points = listed.scored.duty_points;
    // The policy's figure is referred to where no figure of the worker's own is given.
    let usual = plan
        .points
        .as_ref()
        .filter(|_| duties.is_some_and(|duties| duties.points.is_none()))
        .and_then(|cells| policy.cell(&format!("{}/{}/value", cells.policy.name, figure_ids::POINTS_DUTY), points));
    let total = match usual {
        Some(cell) => Cell::counts(format!("={}", address(&book.names.policy, cell)), points).look(Look::StrongFigure),
        None => Cell::number(points).look(Look::Input),
    };
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.name).look(Look::Text),
        Cell::text(format!("Beside cases: {what}")).look(Look::Text),
    ];
    cells.resize(of::TOTAL as usize, Cell::default().look(Look::Text));
    cells.push(total);
    cells
}

fn rating_cells(
    book: &Book<'_>,
    policy: &PolicySheet,
    plan: &Plan<'_>,
    listed: Listed<'_>,
    rating: &Rating,
    row: u32,
    first: u32,
) -> Vec<Cell> {
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.name).look(Look::Text),
        Cell::text(rating.measure.label()).look(Look::Text),
        Cell::text(rating.unit.label()).look(Look::Text),
        load(book, plan, listed, rating, row),
    ];
    let nothing = || Cell::text("–").look(Look::Figure);
    match &rating.against {
        Some(against) => {
            cells.extend(full(book, policy, against, row));
            cells.push(fte(listed, against, row, first));
            cells.extend(scaled(against, row));
        }
        None => cells.extend((0..5).map(|_| nothing())),
    }
    let judged = rating.against.as_ref().zip(rating.load).filter(|_| rating.rag != Rag::NotScored);
    match judged {
        Some((against, load)) => {
            cells.push(used(rating, row));
            let bands = bands(book, rating);
            cells.push(colour(book, policy, rating, against, load, bands, row));
            cells.push(shade(book, policy, rating, against, load, bands, row));
        }
        None => cells.extend([nothing(), Cell::rag(rating.rag), Cell::text(rating.shade.name()).look(Look::Text)]),
    }
    let policy = if rating.policy == "agreed" { "Agreed with the worker" } else { book.title(&rating.policy) };
    cells.push(Cell::text(policy).look(Look::Text));
    cells.push(Cell::text(wording::reason(rating)).look(Look::Text));
    cells
}

/// The load: the sum over the worker's households where it is that, else a figure to change.
///
/// A worker who holds nothing yet has a sum too: theirs is the name that a family is moved to.
fn load(book: &Book<'_>, plan: &Plan<'_>, listed: Listed<'_>, rating: &Rating, row: u32) -> Cell {
    let Some(load) = rating.load else { return Cell::text("–").look(Look::Figure) };
    let children = children_listed(&listed) + others(book, &listed).unwrap_or_default();
    let points: Decimal = listed.scored.households.iter().map(|household| household.total).sum();
    let by_matrix = plan.points.as_ref().is_some_and(|points| points.policy.name == rating.policy);
    let summed = match rating.measure {
        Measure::Points if by_matrix && points + listed.scored.duty_points == load => Some(of::TOTAL),
        _ if counts_children(rating) && children == load => Some(of::CHILDREN),
        _ => None,
    };
    let team = listed.at.0;
    match summed.and_then(|of| Some((plan.column(team, of::WORKER)?, plan.column(team, of)?))) {
        Some((workers, figures)) => {
            let name = CellRef::new(row, at::WORKER);
            Cell::counts(format!("=ROUND(SUMPRODUCT(({workers}={name})*1,{figures}),8)"), load)
        }
        None => Cell::number(load).look(Look::Input),
    }
}

/// The full-time figures: those of the sheet "Policy" where they stand there, else figures to change.
fn full(book: &Book<'_>, policy: &PolicySheet, against: &Against, row: u32) -> [Cell; 2] {
    let at = |key: &str, value: Decimal| policy.cell(key, value).map(|cell| address(&book.names.policy, cell));
    let cell = |key: &str, value: Decimal| {
        let share = against.share.as_ref().map(|share| (share.percent, at(&share.key, share.percent)));
        match (at(key, value), share) {
            (Some(cell), None) => Cell::counts(format!("={cell}"), value),
            (Some(cell), Some((percent, Some(share)))) => Cell::counts(
                format!("=ROUND({cell}*{share}/100,8)"),
                rounded(value * percent / Decimal::ONE_HUNDRED, 8),
            ),
            (None, None) => Cell::number(value).look(Look::Input),
            (_, Some((percent, _))) => {
                Cell::number(rounded(value * percent / Decimal::ONE_HUNDRED, 8)).look(Look::Input)
            }
        }
    };
    let lower = cell(&against.lower_key, against.full_lower);
    let upper = if against.lower_key == against.upper_key && against.full_lower == against.full_upper {
        Cell::counts(format!("={}", CellRef::new(row, at::FULL_LOWER)), against.full_upper)
    } else {
        cell(&against.upper_key, against.full_upper)
    };
    [lower, upper]
}

/// The share of a post, entered once for each worker.
fn fte(listed: Listed<'_>, against: &Against, row: u32, first: u32) -> Cell {
    let Some(share) = against.pro_rata else { return Cell::text("not pro rata").look(Look::Figure) };
    let earlier = listed
        .scored
        .ratings
        .iter()
        .take((row - first) as usize)
        .position(|rating| rating.against.as_ref().is_some_and(|against| against.pro_rata == Some(share)));
    match earlier {
        Some(at) => Cell::counts(format!("={}", CellRef::new(first + at as u32, at::FTE)), share.0),
        None => Cell::number(share.0).look(Look::Input),
    }
}

/// The figures after pro rata; rounding to 8 places takes off what binary floating point adds.
fn scaled(against: &Against, row: u32) -> [Cell; 2] {
    let cell = |full: u32, figure: Decimal| {
        let full = CellRef::new(row, full);
        let share = CellRef::new(row, at::FTE);
        match against.pro_rata {
            Some(_) => Cell::counts(format!("=ROUND({full}*{share},8)"), rounded(figure, 8)),
            None => Cell::counts(format!("={full}"), figure),
        }
    };
    [cell(at::FULL_LOWER, against.lower()), cell(at::FULL_UPPER, against.upper())]
}

fn used(rating: &Rating, row: u32) -> Cell {
    let load = CellRef::new(row, at::LOAD);
    let base = CellRef::new(row, if rating.measure == Measure::CaseCount { at::LOWER } else { at::UPPER });
    let rag = CellRef::new(row, at::RAG);
    let formula =
        format!("=IF({rag}=\"NOT SCORED\",\"–\",IF({base}=0,\"{}\",ROUND({load}/{base},6)))", Shade::NoCasesExpected);
    match ratio(rating) {
        Some(ratio) => Cell::counts(formula, ratio).look(Look::Percent),
        None => Cell::says(formula, Shade::NoCasesExpected.name()).look(Look::Percent),
    }
}

/// The utilisation as a ratio of six places; `None` where nothing is expected or nothing was judged.
pub fn ratio(rating: &Rating) -> Option<Decimal> {
    Some(rounded(rating.utilisation()? / Decimal::ONE_HUNDRED, 6))
}

/// The bands that a rating was judged by; those of an agreed limit are the first policy's for limits.
fn bands<'a>(book: &Book<'a>, rating: &Rating) -> Option<(&'a Policy, &'a Bands)> {
    let chosen = || book.policies.chosen.iter();
    let named = chosen().filter(|policy| policy.name == rating.policy || rating.policy == "agreed");
    named.filter_map(|policy| Some((policy, policy.bands(rating.measure, book.policies.as_of)?))).next()
}

/// Whether a load reaches an edge, as a formula; multiplied out, so that nothing is divided.
fn reaches(percent: &str, edge: &Edge, row: u32) -> String {
    let load = CellRef::new(row, at::LOAD);
    let figure = CellRef::new(row, if edge.of == Of::Lower { at::LOWER } else { at::UPPER });
    let sign = match edge.side {
        Side::From => ">=",
        Side::Above => ">",
        Side::Below => "<",
    };
    format!("ROUND({load}*100,8){sign}ROUND({figure}*{percent},8)")
}

/// Further reasons, as parts of a formula, for which the share of a post cannot be judged by.
fn unusable_fte(book: &Book<'_>, policy: &PolicySheet, against: &Against, row: u32) -> String {
    if against.pro_rata.is_none() {
        return String::new();
    }
    let share = CellRef::new(row, at::FTE);
    let practice = &book.policies.practice;
    let most = practice.figure(figure_ids::FTE_MOST, book.policies.as_of).and_then(|figure| {
        let cell = policy.cell(&format!("{}/{}/value", practice.name, figure_ids::FTE_MOST), figure.value)?;
        Some(format!(",{share}>{}", address(&book.names.policy, cell)))
    });
    format!(",{share}<=0{}", most.unwrap_or_default())
}

fn colour(
    book: &Book<'_>,
    policy: &PolicySheet,
    rating: &Rating,
    against: &Against,
    load: Decimal,
    bands: Option<(&Policy, &Bands)>,
    row: u32,
) -> Cell {
    let formula = bands.and_then(|(of, bands)| {
        let edge = |name: &str, edge: &Edge| {
            let key = format!("{}/{}/{name}", of.name, bands.id);
            let percent = address(&book.names.policy, policy.cell(&key, edge.percent)?);
            Some((reaches(&percent, edge, row), percent))
        };
        let (red, red_from) = edge("red", &bands.red)?;
        let (amber, amber_from) = edge("amber", &bands.amber)?;
        let (lower, upper) = (against.lower(), against.upper());
        let reckoned = match upper.is_zero() {
            true if load.is_zero() => Rag::Green,
            true => Rag::Red,
            false if bands.red.reached(load, lower, upper) => Rag::Red,
            false if bands.amber.reached(load, lower, upper) => Rag::Amber,
            false => Rag::Green,
        };
        // A colour that these bands do not give came about otherwise; it is told as it is.
        (reckoned == rating.rag).then(|| {
            let (load, upper) = (CellRef::new(row, at::LOAD), CellRef::new(row, at::UPPER));
            let lower = CellRef::new(row, at::LOWER);
            // What is blank, words or below nought cannot be judged; it must not come out green.
            let usable = unusable_fte(book, policy, against, row);
            format!(
                "=IF(COUNT({load},{lower},{upper},{red_from},{amber_from})<5,\"NOT SCORED\",\
                 IF(OR(MIN({load},{lower},{upper})<0{usable}),\"NOT SCORED\",\
                 IF({upper}=0,IF({load}>0,\"RED\",\"GREEN\"),IF({red},\"RED\",IF({amber},\"AMBER\",\"GREEN\")))))"
            )
        })
    });
    match formula {
        Some(formula) => {
            Cell::says(formula, rating.rag.word()).look(Look::Rag).tone(crate::book::annotation::Tone::of(rating.rag))
        }
        None => Cell::rag(rating.rag),
    }
}

fn shade(
    book: &Book<'_>,
    policy: &PolicySheet,
    rating: &Rating,
    against: &Against,
    load: Decimal,
    bands: Option<(&Policy, &Bands)>,
    row: u32,
) -> Cell {
    let here = |column: u32| CellRef::new(row, column);
    let (lower, upper) = (against.lower(), against.upper());
    let capacity = bands.and_then(|(of, bands)| Some((of, bands, bands.capacity.as_ref()?)));
    let below = capacity.is_some_and(|(_, _, edge)| edge.reached(load, lower, upper));
    let ranged = rating.measure == Measure::Limit;
    let reckoned = match rating.rag {
        _ if upper.is_zero() && load.is_zero() => Shade::NoCasesExpected,
        _ if upper.is_zero() => Shade::HeldWhereNoneExpected,
        Rag::Red => Shade::WellAbove,
        Rag::Amber => Shade::Above,
        _ if below => Shade::HasCapacity,
        _ if ranged && load > lower => Shade::WithinRange,
        _ => Shade::Within,
    };
    let capacity = match capacity {
        Some((of, bands, edge)) => policy
            .cell(&format!("{}/{}/capacity", of.name, bands.id), edge.percent)
            .map(|percent| reaches(&address(&book.names.policy, percent), edge, row)),
        None => Some("FALSE".to_string()),
    };
    match capacity.filter(|_| reckoned == rating.shade) {
        Some(capacity) => {
            let (rag, load) = (here(at::RAG), here(at::LOAD));
            let within = if ranged {
                format!("IF(ROUND({load},8)>{},\"{}\",\"{}\")", here(at::LOWER), Shade::WithinRange, Shade::Within)
            } else {
                format!("\"{}\"", Shade::Within)
            };
            let formula = format!(
                "=IF({rag}=\"NOT SCORED\",\"{}\",IF({}=0,IF({load}>0,\"{}\",\"{}\"),IF({rag}=\"RED\",\"{}\",\
                 IF({rag}=\"AMBER\",\"{}\",IF({capacity},\"{}\",{within})))))",
                Shade::None,
                here(at::UPPER),
                Shade::HeldWhereNoneExpected,
                Shade::NoCasesExpected,
                Shade::WellAbove,
                Shade::Above,
                Shade::HasCapacity,
            );
            Cell::says(formula, rating.shade.name())
        }
        None => Cell::text(rating.shade.name()).look(Look::Text),
    }
}

/// A column of a worker's ratings as other sheets name it.
pub fn block(book: &Book<'_>, column: u32, first: u32, last: u32) -> String {
    crate::book::page::span(&book.names.working, crate::book::page::column(column, first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::Content;
    use crate::manager::annotate::trial;
    use crate::manager::sheet_names::SheetNames;

    fn row<'a>(page: &'a Page, worker: &str, measure: &str) -> &'a [Cell] {
        let fits = |cells: &[Cell]| cells.len() > 2 && cells[1].shown() == worker && cells[2].shown() == measure;
        page.rows.iter().map(|row| row.cells.as_slice()).find(|cells| fits(cells)).unwrap_or_default()
    }

    fn formula(cell: &Cell) -> &str {
        match &cell.content {
            Content::Formula(formula, _) => formula,
            _ => "",
        }
    }

    #[test]
    fn limits_are_taken_from_the_policy_sheet_whatever_it_is_called() {
        let mut trial = trial::team();
        trial.names = SheetNames::beside(["Policy", "Working"]);
        let pages = trial.pages();
        let ada = row(&pages[2], "Ada Field", "Limit");
        assert!(formula(&ada[at::FULL_UPPER as usize]).starts_with("='Policy (2)'!$C$"));
        let cat = row(&pages[2], "Cat O'Neil, a practitioner with a long name", "Limit");
        assert!(
            formula(&cat[at::FULL_LOWER as usize]).starts_with("='Policy (2)'!$B$"),
            "an agreed limit stands there too"
        );
        let summary = pages[0].rows.iter().flat_map(|row| &row.cells).map(formula).collect::<String>();
        assert!(summary.contains("'Working (2)'!") && !summary.contains("'Working'!"));
    }

    #[test]
    fn an_exact_load_stays_exact() {
        let trial = trial::team();
        let pages = trial.pages();
        let ben = row(&pages[2], "Ben Hill", "Limit");
        assert_eq!(ben[at::USED as usize].figure(), Some(Decimal::ONE));
        assert_eq!(ben[at::RAG as usize].shown(), "GREEN");
        assert!(formula(&ben[at::UPPER as usize]).starts_with("=ROUND("));
    }

    #[test]
    fn nothing_expected_and_not_scored_are_said() {
        let trial = trial::team();
        let pages = trial.pages();
        assert_eq!(row(&pages[2], "Eve Deputy", "Limit")[at::USED as usize].shown(), "no cases expected");
        let dan = row(&pages[2], "Dan \"=Moss\" * ?", "Limit");
        assert_eq!(dan[at::RAG as usize].shown(), "NOT SCORED");
        assert!(dan.iter().any(|cell| cell.shown().contains("H63")));
    }

    #[test]
    fn an_assumed_level_is_marked_and_can_be_changed() {
        let trial = trial::team();
        let pages = trial.pages();
        let assumed = pages[2].rows.iter().find(|row| row.cells.iter().any(|cell| cell.shown() == "assumed"));
        let cells = &assumed.expect("Cat's family").cells;
        assert_eq!(cells[of::LEVEL as usize].look, Look::Input);
        assert!(formula(&cells[of::TOTAL as usize]).starts_with("=ROUND("));
    }
}
