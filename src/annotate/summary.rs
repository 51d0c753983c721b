//! The sheet "RAG summary": who is over, by how much, on what measure, what to do, and how sure we are.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::annotation::Tone;
use crate::caseload::{CaseStatus, Entry, Subject, Team, Unit, Worker, care_sets};
use crate::finding::Severity;
use crate::page::{Cell, Look, Page, address, column, fixed};
use crate::phrase;
use crate::rating::{Measure, Rag, Rating, Shade, rounded};
use crate::reading::SheetReading;
use crate::sheet::{Area, CellRef};

use super::how_read::how_read;
use super::policy_sheet::PolicySheet;
use super::working::{self, Working, at};
use super::{Book, Listed, wording};

const TEAM: u32 = 0;
const WORKER: u32 = 1;
const RAG: u32 = 2;
const GROUPS: u32 = 4;
/// Columns of a measure: load, limit, utilisation, colour.
const GROUP: u32 = 4;
/// Above this many workers the headings stay in sight, at the cost of room for the rows.
const FEW: usize = 20;

/// Builds the sheet.
pub fn page(book: &Book<'_>, policy: &PolicySheet, working: &Working) -> Page {
    let judged: Vec<Measure> = Measure::ALL.iter().copied().filter(|measure| is_judged(book, *measure)).collect();
    // Where nothing is judged at all the limits' columns stand there empty, so that it is seen.
    let measures = if judged.is_empty() { vec![Measure::Limit] } else { judged };
    let mut widths = vec![20, 21, 13, 15];
    for _ in &measures {
        widths.extend([10, 12, 11, 13]);
    }
    let tail = GROUPS + GROUP * measures.len() as u32;
    widths.extend([38, 13, 11, 9, 11]);
    if measures.len() < 2 {
        widths.push(40);
    }
    let page = Page::new(&book.names.summary, "B3261E", &widths);
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

struct Summary<'a> {
    page: Page,
    book: &'a Book<'a>,
    policy: &'a PolicySheet,
    working: &'a Working,
    measures: Vec<Measure>,
    /// The first column after those of the measures.
    tail: u32,
}

impl Summary<'_> {
    /// Columns that prose runs across: those of the measures and the reason.
    fn prose(&self) -> u32 {
        self.tail + 1
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
            shown(book.policies.as_of),
            policies.join(", "),
            env!("CARGO_PKG_VERSION")
        );
        self.page.across(across, &about, Look::Muted);
        if book.copy_of_values {
            let text = "This workbook is a copy of values: the file it was made from is of a kind that cannot be annotated \
                        itself. Formulas, charts and formats of the original are not in it; the original is unchanged.";
            let row = self.page.across(across, text, Look::Prose);
            self.page.rows[row as usize].cells[0].tone = Some(Tone::Note);
        }
    }

    /// The counts, what to do and how sure we are, then the table; says on which row its headings stand.
    fn workers(&mut self) -> u32 {
        let book = self.book;
        let listed = sorted(book);
        // Counts, two lines of advice, one of certainty, a gap: then the headings.
        let head = self.page.next() + 5;
        let rows = (head + 1, head + listed.len() as u32);
        self.counts(rows, &listed);
        for rag in [Rag::Red, Rag::Amber] {
            let text = book.policies.action(rag).map_or("no text in the policy", |action| action.text.as_str());
            let row = self.page.push(vec![Cell::rag(rag), Cell::text(wording::sentences([text]))]);
            self.page.spread(row, 1, self.prose() - 1, Look::Prose);
            self.page.fit(row, &[(text, self.width(1))]);
        }
        let sure = self.certainty();
        let row = self.page.push(vec![Cell::text("How sure?").look(Look::Strong), Cell::text(&sure)]);
        self.page.spread(row, 1, self.prose() - 1, Look::Prose);
        self.page.fit(row, &[(&sure, self.width(1))]);
        self.page.gap();

        let mut heads: Vec<String> = ["Team", "Worker", "RAG", "Governed by"].map(String::from).to_vec();
        for measure in &self.measures {
            let name = wording::measure(*measure);
            let against = match measure {
                Measure::Limit => "Limit",
                Measure::Points => "Points: benchmark",
                Measure::Time => "Time: hours there are",
                Measure::Tasks => "Tasks: benchmark",
                Measure::CaseCount => "Case count: base",
            };
            let load = if *measure == Measure::Limit { "Held".to_string() } else { format!("{name}: load") };
            heads.extend([load, against.into(), format!("{name}: used"), format!("{name}: RAG")]);
        }
        let tail = [
            "Why, as read",
            "Standing by limit",
            "Children that could be taken",
            "About to move",
            "Limit used once they have moved",
        ];
        heads.extend(tail.map(String::from));
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        self.page.push(Cell::headings(&heads));
        for listed in &listed {
            let cells = self.line(*listed);
            self.page.push(cells);
        }
        let freeze = if listed.len() > FEW { head + 1 } else { 0 };
        self.page.freeze = Some(CellRef::new(freeze, RAG + 1));
        // A short table is followed by others on its page, whose columns are not these.
        self.page.repeat = (listed.len() > FEW).then_some((head, head));
        if listed.is_empty() {
            let across = self.prose();
            self.page.across(across, "No worker was found; below is how each sheet was read.", Look::Prose);
            return head;
        }
        let last = CellRef::new(rows.1, heads.len() as u32 - 1);
        self.page.filter = Some(Area { first: CellRef::new(head, 0), last });
        self.page.rag_words.push(column(RAG, rows.0, rows.1));
        for group in 0..self.measures.len() as u32 {
            self.page.rag_words.push(column(GROUPS + GROUP * group + 3, rows.0, rows.1));
            self.page.bars.push(column(GROUPS + GROUP * group + 2, rows.0, rows.1));
        }
        head
    }

    /// Characters from this column to the end of the prose.
    fn width(&self, from: u32) -> u32 {
        let widths = self.page.widths.iter().take(self.prose() as usize).skip(from as usize);
        widths.map(|width| u32::from(*width)).sum()
    }

    fn counts(&mut self, rows: (u32, u32), listed: &[Listed<'_>]) {
        let mut cells = vec![Cell::text(phrase::count(listed.len(), "worker", "workers")).look(Look::Tile)];
        let areas: [(Rag, u32); 4] = [(Rag::Red, 1), (Rag::Amber, 2), (Rag::Green, 4), (Rag::NotScored, 6)];
        let row = self.page.next();
        for (rag, at) in areas {
            cells.resize(at as usize, Cell::default().look(Look::Tile));
            let count = listed.iter().filter(|listed| listed.scored.rag() == rag).count();
            let result = format!("{} {count}", rag.word());
            let cell = if listed.is_empty() {
                Cell::text(result)
            } else {
                let words = format!("{}:{}", fixed(CellRef::new(rows.0, RAG)), fixed(CellRef::new(rows.1, RAG)));
                Cell::says(format!("=\"{0} \"&COUNTIF({words},\"{0}\")", rag.word()), result)
            };
            cells.push(cell.look(Look::Tile).tone(Tone::of(rag)));
        }
        let unallocated: usize = self.book.caseload.teams.iter().map(|team| team.unallocated.len()).sum();
        let tone = if unallocated > 0 { Tone::Error } else { Tone::Green };
        let text = match unallocated {
            0 => "No child unallocated".to_string(),
            some => format!("{} unallocated", phrase::count(some, "child", "children")),
        };
        cells.resize(8, Cell::default().look(Look::Tile));
        cells.push(Cell::text(text).look(Look::Tile).tone(tone));
        self.page.push(cells);
        self.page.spread(row, 2, 3, Look::Tile);
        self.page.spread(row, 4, 5, Look::Tile);
        self.page.spread(row, 6, 7, Look::Tile);
        self.page.spread(row, 8, self.tail.max(9) - 1, Look::Tile);
        self.page.rows[row as usize].height = Some(24);
    }

    fn certainty(&self) -> String {
        let count = |severity| self.book.findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let sheets: Vec<&SheetReading> = self.book.caseload.sheets.iter().filter(|sheet| !sheet.ours).collect();
        let read: u32 = sheets.iter().map(|sheet| sheet.rows_read).sum();
        let counted: u32 = sheets.iter().map(|sheet| sheet.rows_counted).sum();
        let aside: usize = sheets.iter().map(|sheet| sheet.set_aside.len()).sum();
        let assumed = self.book.workers().filter(|listed| listed.worker.fte_assumed()).count();
        let unscored = self.book.workers().filter(|listed| listed.scored.rag() == Rag::NotScored).count();
        let mut parts = vec![if errors + warnings + notes == 0 {
            "Nothing was found wrong".to_string()
        } else {
            format!(
                "{}, {} and {} on sheet \"{}\"",
                phrase::count(errors, "error", "errors"),
                phrase::count(warnings, "warning", "warnings"),
                phrase::count(notes, "note", "notes"),
                self.book.names.findings
            )
        }];
        parts.push(format!("{read} rows read, {counted} counted, {aside} set aside (listed below)"));
        if assumed > 0 {
            parts.push(format!("FTE 1 is assumed for {}", phrase::count(assumed, "worker", "workers")));
        }
        if unscored > 0 {
            parts.push(format!("{} could not be scored", phrase::count(unscored, "worker", "workers")));
        }
        wording::sentences(parts.iter().map(String::as_str))
    }

    fn line(&self, listed: Listed<'_>) -> Vec<Cell> {
        let (worker, scored) = (listed.worker, listed.scored);
        let row = self.page.next();
        let first = self.working.row(listed.at, 0);
        let last = first + (scored.ratings.len() as u32).saturating_sub(1);
        let mut cells = vec![
            Cell::text(&listed.team.name).look(Look::Text),
            Cell::text(&worker.name).look(Look::Strong),
            self.overall(listed, first, last),
            self.governed(listed, first, last, row),
        ];
        for measure in &self.measures {
            cells.extend(self.group(listed, *measure));
        }
        cells.push(Cell::text(scored.governing().map_or_else(String::new, wording::reason)).look(Look::Text));
        let limit = self.worst(listed, Measure::Limit);
        cells.push(match limit {
            Some((at_row, rating)) if rating.shade != Shade::None => {
                Cell::says(self.refer(at_row, at::SHADE), rating.shade.name())
            }
            _ => Cell::text("–").look(Look::Text),
        });
        cells.push(self.headroom(listed, limit, row));
        let moving = worker.cases.iter().filter(|case| case.awaits_move()).count() as u32;
        cells.push(Cell::maybe(worker.only_on_form.is_none().then_some(moving.into())));
        cells.push(self.once_moved(limit, moving, row));
        cells
    }

    /// A cell of "Working" as a formula.
    fn refer(&self, row: u32, column: u32) -> String {
        format!("={}", address(&self.book.names.working, CellRef::new(row, column)))
    }

    /// The worst colour of the worker's rows on "Working".
    fn overall(&self, listed: Listed<'_>, first: u32, last: u32) -> Cell {
        let rag = listed.scored.rag();
        let worst = listed.scored.ratings.iter().map(|rating| rating.rag).min();
        if worst != Some(rag) {
            return Cell::rag(rag);
        }
        let words = working::block(self.book, at::RAG, first, last);
        let formula = format!(
            "=IF(COUNTIF({words},\"RED\")>0,\"RED\",IF(COUNTIF({words},\"AMBER\")>0,\"AMBER\",\
             IF(COUNTIF({words},\"GREEN\")>0,\"GREEN\",\"NOT SCORED\")))"
        );
        Cell::says(formula, rag.word()).look(Look::Rag).tone(Tone::of(rag))
    }

    /// The measure that gives the colour: the first of the worst.
    fn governed(&self, listed: Listed<'_>, first: u32, last: u32, row: u32) -> Cell {
        let Some(rating) = listed.scored.governing() else { return Cell::text("–").look(Look::Text) };
        let limit = wording::measure(Measure::Limit);
        let text = match rating.measure {
            Measure::Limit => format!("{limit}, {}", rating.unit.label()),
            other => wording::measure(other).to_string(),
        };
        let leading = listed.scored.ratings.iter().find(|other| other.rag == listed.scored.rag());
        if leading != Some(rating) {
            return Cell::text(text).look(Look::Text);
        }
        let block = |column| working::block(self.book, column, first, last);
        let place = format!("MATCH({},{},0)", CellRef::new(row, RAG), block(at::RAG));
        let measure = format!("INDEX({},{place})", block(at::MEASURE));
        let unit = format!("INDEX({},{place})", block(at::UNIT));
        let formula = format!("={measure}&IF({measure}=\"{limit}\",\", \"&{unit},\"\")");
        Cell::says(formula, text)
    }

    /// The worker's worst rating of a measure, with its row on "Working".
    fn worst<'b>(&self, listed: Listed<'b>, measure: Measure) -> Option<(u32, &'b Rating)> {
        let ratings = listed.scored.ratings.iter().enumerate().filter(|(_, rating)| rating.measure == measure);
        let (at, rating) = ratings.min_by_key(|(_, rating)| rating.rag)?;
        Some((self.working.row(listed.at, at), rating))
    }

    fn group(&self, listed: Listed<'_>, measure: Measure) -> Vec<Cell> {
        let nothing = || Cell::text("–").look(Look::Figure);
        let Some((row, rating)) = self.worst(listed, measure) else {
            return vec![nothing(), nothing(), nothing(), Cell::text("–").look(Look::Rag)];
        };
        let load = match rating.load {
            Some(load) => Cell::counts(self.refer(row, at::LOAD), load),
            None => nothing(),
        };
        let limit = match &rating.against {
            Some(against) if against.lower() == against.upper() => {
                Cell::counts(self.refer(row, at::UPPER), rounded(against.upper(), 8))
            }
            Some(against) => {
                let cell = |column| address(&self.book.names.working, CellRef::new(row, column));
                let (lower, upper) = (rounded(against.lower(), 2), rounded(against.upper(), 2));
                let formula = format!("=ROUND({},2)&\"–\"&ROUND({},2)", cell(at::LOWER), cell(at::UPPER));
                Cell::says(formula, format!("{lower}–{upper}")).look(Look::Figure)
            }
            None => nothing(),
        };
        let judged = rating.rag != Rag::NotScored && rating.load.is_some() && rating.against.is_some();
        let used = match (judged, working::ratio(rating)) {
            (true, Some(ratio)) => Cell::counts(self.refer(row, at::USED), ratio).look(Look::Percent),
            (true, None) => Cell::says(self.refer(row, at::USED), Shade::NoCasesExpected.name()).look(Look::Percent),
            (false, _) => nothing(),
        };
        let colour = Cell::says(self.refer(row, at::RAG), rating.rag.word()).look(Look::Rag).tone(Tone::of(rating.rag));
        vec![load, limit, used, colour]
    }

    /// Children that could be taken before the lower figure is passed; none where the worker is red
    /// or amber by whatever measure.
    fn headroom(&self, listed: Listed<'_>, limit: Option<(u32, &Rating)>, here: u32) -> Cell {
        let judged = limit.filter(|(_, rating)| rating.rag != Rag::NotScored);
        let Some((row, rating)) =
            judged.filter(|(_, rating)| matches!(rating.unit, Unit::Children | Unit::YoungPeople))
        else {
            return Cell::text("–").look(Look::Figure);
        };
        let (Some(load), Some(against)) = (rating.load, &rating.against) else {
            return Cell::text("–").look(Look::Figure);
        };
        let cell = |column| address(&self.book.names.working, CellRef::new(row, column));
        let room = format!("MAX(0,INT(ROUND({}-{},8)))", cell(at::LOWER), cell(at::LOAD));
        let colour = CellRef::new(here, RAG);
        let formula = format!("=IF(OR({colour}=\"RED\",{colour}=\"AMBER\"),0,{room})");
        let pressed = matches!(listed.scored.rag(), Rag::Red | Rag::Amber);
        let room = if pressed { Decimal::ZERO } else { (against.lower() - load).floor().max(Decimal::ZERO) };
        Cell::counts(formula, room)
    }

    fn once_moved(&self, limit: Option<(u32, &Rating)>, moving: u32, row: u32) -> Cell {
        let nothing = Cell::text(if moving == 0 { "" } else { "–" }).look(Look::Percent);
        let Some((at_row, rating)) = limit.filter(|(_, rating)| moving > 0 && working::ratio(rating).is_some()) else {
            return nothing;
        };
        let (Some(load), Some(against)) = (rating.load, &rating.against) else { return nothing };
        if against.upper().is_zero() || rating.rag == Rag::NotScored {
            return nothing;
        }
        let cell = |column| address(&self.book.names.working, CellRef::new(at_row, column));
        let moving_cell = CellRef::new(row, self.tail + 3);
        let upper = cell(at::UPPER);
        let formula = format!("=IF({upper}=0,\"\",ROUND(({}-{moving_cell})/{upper},6))", cell(at::LOAD));
        Cell::counts(formula, rounded((load - Decimal::from(moving)) / against.upper(), 6)).look(Look::Percent)
    }

    fn fte(&self, listed: Listed<'_>) -> Cell {
        let Some(fte) = listed.worker.fte() else { return Cell::text("not usable").look(Look::Text).tone(Tone::Error) };
        let pro_rata = |rating: &Rating| rating.against.as_ref().is_some_and(|against| against.pro_rata == Some(fte));
        let cell = match listed.scored.ratings.iter().position(pro_rata) {
            Some(rating) => Cell::counts(self.refer(self.working.row(listed.at, rating), at::FTE), fte.0),
            None => Cell::number(fte.0),
        };
        if listed.worker.fte_assumed() { cell.tone(Tone::Warning) } else { cell }
    }

    /// What else there is to know of each worker: the manager's judgement, and what lies behind the load.
    fn details(&mut self) {
        let listed = sorted(self.book);
        if listed.is_empty() {
            return;
        }
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "Beside the number: judgement, causes and the make-up of each load", Look::Section);
        let slots = self.slots();
        let mut heads = vec![Cell::default().look(Look::Heading); self.page.widths.len()];
        let texts = ["Team", "Worker", "Manager's own RAG", "Role", "FTE", "Experience", "", "Families"];
        for (at, text) in texts.into_iter().enumerate() {
            heads[at] = Cell::text(text).look(Look::Heading);
        }
        for (at, text) in slots.iter().zip(["CP", "In our care", "In court (care)", "Co-worked"]) {
            heads[*at as usize] = Cell::text(text).look(Look::Heading);
        }
        heads[self.tail as usize] = Cell::text("Manager's reason").look(Look::Heading);
        heads[self.causes().0 as usize] = Cell::text("Temporary causes, agreed limit").look(Look::Heading);
        let row = self.page.push(heads);
        self.join(row, Look::Heading);
        let first = self.page.next();
        for listed in listed {
            let cells = self.detail(listed);
            let texts = [(cells[self.tail as usize].shown().to_string(), 37), (beside(listed.worker), 39)];
            let names = [(listed.team.name.clone(), 19), (listed.worker.name.clone(), 19)];
            let row = self.page.push(cells);
            self.join(row, Look::Text);
            let fit: Vec<(&str, u32)> =
                texts.iter().chain(&names).map(|(text, width)| (text.as_str(), *width)).collect();
            self.page.fit(row, &fit);
        }
        self.page.rag_words.push(column(RAG, first, self.page.next() - 1));
        let text = "The manager's own judgement stands beside the calculated colour and never changes it.";
        self.page.across(across, text, Look::Muted);
    }

    /// Columns for figures in the table of details: those after the families, but for the wide ones.
    fn slots(&self) -> [u32; 4] {
        if self.measures.len() < 2 { [9, 10, 11, 12] } else { [8, 9, 10, 11] }
    }

    /// First and last column of the temporary causes.
    fn causes(&self) -> (u32, u32) {
        if self.measures.len() < 2 { (13, 13) } else { (self.tail + 1, self.tail + 4) }
    }

    fn join(&mut self, row: u32, look: Look) {
        self.page.spread(row, 5, 6, look);
        let (first, last) = self.causes();
        self.page.spread(row, first, last, look);
    }

    fn detail(&self, listed: Listed<'_>) -> Vec<Cell> {
        let worker = listed.worker;
        let mut cells = vec![Cell::default().look(Look::Text); self.page.widths.len()];
        cells[TEAM as usize] = Cell::text(&listed.team.name).look(Look::Text);
        cells[WORKER as usize] = Cell::text(&worker.name).look(Look::Strong);
        cells[RAG as usize] = Cell::text("–").look(Look::Rag);
        if let Some(judgement) = worker.judgement.given() {
            cells[RAG as usize] = Cell::rag(judgement.rag);
            let reason = if judgement.reason.is_empty() { "no reason given" } else { &judgement.reason };
            cells[self.tail as usize] = Cell::text(reason).look(Look::Text);
        }
        cells[3] = Cell::text(worker.role.label()).look(Look::Text);
        cells[4] = self.fte(listed);
        let stage = worker.stage.map_or("not known", crate::caseload::Stage::label);
        cells[5] = Cell::text(stage).look(Look::Text);
        let figures = if worker.counts.is_some() { counted(listed) } else { listed_figures(worker) };
        let slots = [7].into_iter().chain(self.slots());
        for (at, figure) in slots.zip(figures) {
            cells[at as usize] = figure;
        }
        cells[self.causes().0 as usize] = Cell::text(beside(worker)).look(Look::Text);
        cells
    }

    fn teams(&mut self, head: u32) {
        let last = self.page.next().saturating_sub(1);
        if self.book.caseload.teams.is_empty() {
            return;
        }
        self.page.gap();
        let across = self.prose();
        self.page.across(across, "Teams", Look::Section);
        let heads = [
            "Team",
            "Service area",
            "Workers",
            "FTE",
            "Red",
            "Amber",
            "Green",
            "Not scored",
            "Children",
            "No worker",
            "Limits used",
        ];
        let mut heads = Cell::headings(&heads);
        let wide = self.tail as usize;
        heads.truncate(wide.max(11));
        self.page.push(heads);
        for (at, team) in self.book.caseload.teams.iter().enumerate() {
            let cells = self.team(at, team, (head + 1, last));
            self.page.push(cells);
        }
        let about = "Limits used is the load of all workers of the team together as a share of their limits together, never \
                     a mean of percentages.";
        self.page.across(across, about, Look::Muted);
    }

    fn team(&self, at: usize, team: &Team, rows: (u32, u32)) -> Vec<Cell> {
        let row = self.page.next();
        let listed: Vec<Listed<'_>> = self.book.team(at).collect();
        let fte: Decimal = listed.iter().filter_map(|listed| listed.worker.fte()).map(|fte| fte.0).sum();
        let mut cells = vec![
            Cell::text(&team.name).look(Look::Strong),
            Cell::text(team.area.map_or("not known", |area| area.label())).look(Look::Text),
            Cell::number(Decimal::from(listed.len())),
            Cell::number(fte),
        ];
        for rag in Rag::ALL {
            let count = Decimal::from(listed.iter().filter(|listed| listed.scored.rag() == *rag).count());
            if listed.is_empty() {
                cells.push(Cell::number(count));
                continue;
            }
            let column = |of| format!("{}:{}", fixed(CellRef::new(rows.0, of)), fixed(CellRef::new(rows.1, of)));
            let formula = format!(
                "=SUMPRODUCT(({}={})*({}=\"{}\"))",
                column(TEAM),
                CellRef::new(row, TEAM),
                column(RAG),
                rag.word()
            );
            cells.push(Cell::counts(formula, count));
        }
        cells.push(Cell::number(Decimal::from(children(team))));
        let unallocated = Cell::number(Decimal::from(team.unallocated.len()));
        cells.push(if team.unallocated.is_empty() { unallocated } else { unallocated.tone(Tone::Error) });
        cells.push(self.team_used(at, &listed));
        cells
    }

    /// Σ load ÷ Σ upper over the limits of the team's workers.
    fn team_used(&self, team: usize, listed: &[Listed<'_>]) -> Cell {
        let nothing = Cell::text("–").look(Look::StrongPercent);
        let Some((first, last)) = self.working.team(team) else { return nothing };
        let judged = listed
            .iter()
            .flat_map(|listed| &listed.scored.ratings)
            .filter(|rating| rating.measure == Measure::Limit && rating.rag != Rag::NotScored && rating.load.is_some());
        let (mut load, mut upper) = (Decimal::ZERO, Decimal::ZERO);
        for rating in judged {
            let Some(against) = &rating.against else { continue };
            load += rating.load.unwrap_or_default();
            upper += against.upper();
        }
        if upper.is_zero() {
            return nothing;
        }
        let block = |column| working::block(self.book, column, first, last);
        let sum = |column| {
            format!(
                "SUMIFS({},{},\"{}\",{},\"<>{}\")",
                block(column),
                block(at::MEASURE),
                wording::measure(Measure::Limit),
                block(at::RAG),
                Rag::NotScored.word()
            )
        };
        let (loads, uppers) = (sum(at::LOAD), sum(at::UPPER));
        let formula = format!("=IF({uppers}=0,\"–\",ROUND({loads}/{uppers},6))");
        Cell::counts(formula, rounded(load / upper, 6)).look(Look::StrongPercent)
    }

    fn unallocated(&mut self) {
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "Children nobody holds", Look::Section);
        let book = self.book;
        let mut any = false;
        for team in book.caseload.teams.iter().filter(|team| !team.unallocated.is_empty()) {
            any = true;
            let cells: Vec<String> = team
                .unallocated
                .iter()
                .map(|case| format!("{} {}", book.caseload.sheet_name(case.place), case.place.cell))
                .collect();
            let text = format!(
                "{}: {}, at {}. Every child needs a named worker.",
                team.name,
                phrase::count(cells.len(), "child", "children"),
                wording::listing(&cells)
            );
            let row = self.page.across(across, &text, Look::Prose);
            self.page.rows[row as usize].cells[0].tone = Some(Tone::Error);
        }
        if !any {
            self.page.across(across, "None: every child has a named worker.", Look::Prose);
        }
    }

    fn bands(&mut self) {
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "What each colour asks for", Look::Section);
        for rag in [Rag::Red, Rag::Amber, Rag::Green] {
            let Some(action) = self.book.policies.action(rag) else { continue };
            let text = match self.policy.action(rag) {
                Some(cell) => {
                    Cell::says(format!("={}", address(&self.book.names.policy, cell)), &action.text).look(Look::Prose)
                }
                None => Cell::text(&action.text),
            };
            let row = self.page.push(vec![Cell::rag(rag), text]);
            self.page.spread(row, 1, across - 1, Look::Prose);
            self.page.fit(row, &[(&action.text, self.width(1))]);
        }
        let text = format!("Where the edges lie, and their sources: sheet \"{}\".", self.book.names.policy);
        self.page.across(across, &text, Look::Muted);
        let findings = [
            (Severity::Error, Tone::Error, "On your own sheets: a cell to put right."),
            (Severity::Warning, Tone::Warning, "On your own sheets: a cell to check."),
            (Severity::Note, Tone::Note, "On your own sheets: a cell that was read in a way worth knowing."),
        ];
        for (severity, tone, text) in findings {
            let mut word = Cell::text(wording::severity(severity)).look(Look::Rag);
            word.tone = Some(tone);
            let row = self.page.push(vec![word, Cell::text(text)]);
            self.page.spread(row, 1, across - 1, Look::Prose);
        }
        let text = "The note of a marked cell says the word, why, and what to do. The cell that names a worker takes \
                    the worker's colour. A cell with a fill of its own keeps it and has the note alone; the marks \
                    move with their rows when you sort.";
        let row = self.page.across(across, text, Look::Muted);
        self.page.fit(row, &[(text, self.width(0))]);
    }

    fn sheets(&mut self) {
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "How every sheet was read", Look::Section);
        let mut heads = Cell::headings(&[
            "Sheet",
            "Taken for",
            "Header row",
            "State",
            "Rows read",
            "Counted",
            "Set aside",
            "Columns and rows",
        ]);
        heads.resize(across as usize, Cell::default().look(Look::Heading));
        let row = self.page.push(heads);
        self.page.spread(row, 7, across - 1, Look::Heading);
        for sheet in self.book.caseload.sheets.iter().filter(|sheet| !sheet.ours) {
            let text = how_read(sheet);
            let taken = sheet.layout().sentence();
            let mut cells = vec![
                Cell::text(&sheet.name).look(Look::Strong),
                Cell::text(taken).look(Look::Text),
                Cell::maybe(sheet.header().map(|row| Decimal::from(row) + Decimal::ONE)),
                Cell::text(sheet.state.name().replace('-', " ")).look(Look::Text),
                Cell::number(Decimal::from(sheet.rows_read)),
                Cell::number(Decimal::from(sheet.rows_counted)),
                Cell::number(Decimal::from(sheet.set_aside.len())),
                Cell::text(&text).look(Look::Text),
            ];
            cells.resize(across as usize, Cell::default().look(Look::Text));
            let row = self.page.push(cells);
            self.page.spread(row, 7, across - 1, Look::Text);
            self.page.fit(row, &[(&text, self.width(7)), (taken, 20), (&sheet.name, 16)]);
        }
    }

    fn assumptions(&mut self) {
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "What was assumed", Look::Section);
        let book = self.book;
        let mut said = Vec::new();
        let names = |fits: &dyn Fn(&Listed<'_>) -> bool| -> Vec<String> {
            book.workers().filter(|listed| fits(listed)).map(|listed| listed.worker.name.clone()).collect()
        };
        let mut tell = |names: Vec<String>, what: &str| {
            if !names.is_empty() {
                said.push(format!("{what}: {}.", wording::listing(&names)));
            }
        };
        tell(names(&|listed| listed.worker.fte_assumed()), "FTE 1, because none is written");
        let by_points = |listed: &Listed<'_>| {
            let points = listed.scored.ratings.iter().find(|rating| rating.measure == Measure::Points);
            points.is_some_and(|rating| rating.rag != Rag::NotScored)
        };
        tell(
            names(&|listed| listed.worker.stage.is_none() && by_points(listed)),
            "The full benchmark, because no experience is written",
        );
        tell(
            names(&|listed| listed.scored.households.iter().any(|household| household.intervention_assumed)),
            "A medium intervention level for some household, because the cell is blank",
        );
        for measure in Measure::ALL.iter().filter(|measure| !is_judged(book, **measure)) {
            let ratings = book.workers().flat_map(|listed| &listed.scored.ratings);
            if let Some(rating) = ratings.into_iter().find(|rating| rating.measure == *measure) {
                said.push(wording::sentences([format!(
                    "By {} nobody is scored here: {}",
                    wording::measure(*measure).to_lowercase(),
                    rating.because
                )
                .as_str()]));
            }
        }
        if said.is_empty() {
            said.push("Nothing about a worker had to be assumed.".into());
        }
        said.push(format!("Decisions that hold for every workbook stand on sheet \"{}\".", book.names.policy));
        for text in said {
            self.page.across(across, &text, Look::Prose);
        }
    }
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

/// Workers by team, the worst first.
fn sorted<'a>(book: &'a Book<'a>) -> Vec<Listed<'a>> {
    let mut all: Vec<Listed<'_>> = book.workers().collect();
    all.sort_by(|one, other| {
        let used = |listed: &Listed<'_>| listed.scored.governing().and_then(Rating::utilisation);
        (one.at.0.cmp(&other.at.0))
            .then(one.scored.rag().cmp(&other.scored.rag()))
            .then(used(other).cmp(&used(one)))
            .then(one.at.1.cmp(&other.at.1))
    });
    all
}

/// Families, CP, in care, proceedings and co-worked of a worker whose children are listed.
fn listed_figures(worker: &Worker) -> [Cell; 5] {
    let households = worker.households();
    let having = |status| worker.cases.iter().filter(|case| case.has(status)).count();
    let proceedings = care_sets(worker.cases.iter()) as usize;
    // Of carers and reviews no status is counted; a nought would say that there is none.
    let listed = worker.only_on_form.is_none();
    let counts = listed && (worker.cases.is_empty() || worker.cases.iter().any(|case| case.subject == Subject::Child));
    let of_children = |figure: usize| Cell::maybe(counts.then(|| Decimal::from(figure)));
    [
        Cell::maybe(households.as_ref().filter(|_| listed).map(|all| Decimal::from(all.len()))),
        of_children(having(CaseStatus::ChildProtection)),
        of_children(having(CaseStatus::InCare)),
        of_children(proceedings),
        Cell::number(Decimal::from(worker.co_worked.len())),
    ]
}

/// The same of a worker whose children are known by counts alone.
fn counted(listed: Listed<'_>) -> [Cell; 5] {
    let beside = crate::caseload::beside(listed.team, listed.worker);
    let figures = [beside.households, beside.cp, beside.cioc, beside.care_proceedings, Some(beside.co_worked)];
    figures.map(|figure| Cell::maybe(figure.map(Decimal::from)))
}

/// Temporary causes with how often, and why a limit was agreed.
pub fn beside(worker: &Worker) -> String {
    let mut parts = Vec::new();
    let causes: BTreeSet<&str> = worker.cases.iter().filter_map(|case| case.cause.map(|(cause, _)| cause)).collect();
    for cause in causes {
        let cases = worker.cases.iter().filter(|case| case.cause.is_some_and(|(other, _)| other == cause)).count();
        // Cases about to move have figures of their own.
        if cause.starts_with("awaiting") {
            continue;
        }
        let mut cause = format!("{cause} ({cases})");
        if let Some(first) = cause.get(..1).map(str::to_uppercase) {
            cause.replace_range(..1, &first);
        }
        parts.push(cause);
    }
    if let Entry::Given(agreed, _) = &worker.agreed {
        let reason = if agreed.reason.is_empty() { "no reason given" } else { &agreed.reason };
        parts.push(format!("Agreed limit {}: {reason}", wording::figure(agreed.limit)));
    }
    wording::sentences(parts.iter().map(String::as_str))
}

fn children(team: &Team) -> usize {
    let mut keys = BTreeSet::new();
    let cases = team.workers.iter().flat_map(|worker| &worker.cases).filter(|case| case.subject == Subject::Child);
    cases.filter(|case| case.child.given().is_none_or(|key| keys.insert(key.as_str()))).count()
}

fn shown(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::trial;
    use crate::page::Content;

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
        let figures: Vec<Option<String>> =
            ada[4..7].iter().map(|cell| cell.figure().map(|it| it.to_string())).collect();
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
}
