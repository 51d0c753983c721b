//! The table of workers: load, limit, utilisation and colour by every measure, the worst first.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, address, column};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{AGREED, Measure, Rag, Shade, rounded};

use super::super::working::{self, at};
use super::super::{Listed, wording};
use super::{FEW, GROUP, GROUPS, Group, RAG, Summary, Worst, sorted};

impl Summary<'_> {
    /// The answer, then the table that it comes from; says on which row the table's headings stand.
    pub fn workers(&mut self) -> u32 {
        let listed = sorted(self.book);
        let labels = self.labels();
        let head = self.answer(&listed, u32::from(labels.is_some()));
        self.label(&labels.unwrap_or_default());
        let rows = (head + 1, head + listed.len() as u32);
        let mut heads: Vec<String> = ["Team", "Worker", "RAG", "Governed by", "By how much"].map(String::from).to_vec();
        for group in &self.measures {
            let name = group.measure.label();
            let against = match group.measure {
                Measure::Limit => "Limit",
                Measure::Points => "Points: benchmark",
                Measure::Time => "Time: hours there are",
                Measure::Tasks => "Tasks: benchmark",
                Measure::CaseCount => "Case count: base",
            };
            let load = if group.measure == Measure::Limit { "Held".to_string() } else { format!("{name}: load") };
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
        if self.measures.iter().any(|group| group.measure == Measure::Points) {
            heads.push("Points that could be taken".into());
        }
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        self.page.push(Cell::headings(&heads));
        for listed in &listed {
            let cells = self.line(*listed);
            self.page.push(cells);
        }
        let freeze = if listed.len() > FEW { head + 1 } else { 0 };
        self.page.freeze = Some(CellRef::new(freeze, RAG + 1));
        // No headings are repeated on paper: the tables below have other columns and would stand under these.
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

    fn line(&self, listed: Listed<'_>) -> Vec<Cell> {
        let (worker, scored) = (listed.worker, listed.scored);
        let row = self.page.next();
        let mut cells = vec![
            Cell::text(&listed.team.name).look(Look::Text),
            Cell::text(&worker.who.name).look(Look::Strong),
            self.overall(listed),
            self.governed(listed, row),
            self.over(listed, row),
        ];
        for group in &self.measures {
            cells.extend(self.group(listed, group, row));
        }
        cells.push(Cell::text(scored.governing().map_or_else(String::new, wording::reason)).look(Look::Text));
        let limit = self.worst(listed, &Group::of(Measure::Limit));
        let limit = limit.as_ref();
        cells.push(match limit {
            Some(worst) if worst.rating.shade != Shade::None => {
                Cell::says(format!("={}", self.at_worst(worst, row, at::SHADE)), worst.rating.shade.name())
            }
            _ => Cell::text("–").look(Look::Text),
        });
        cells.push(self.headroom(listed, limit, row));
        let moving = worker.holds.cases.iter().filter(|case| case.awaits_move()).count() as u32;
        cells.push(Cell::maybe(worker.holds.only_on_form.is_none().then_some(moving.into())));
        cells.push(self.once_moved(listed, limit, moving, row));
        if self.measures.iter().any(|group| group.measure == Measure::Points) {
            cells.push(self.points_room(listed, row));
        }
        cells
    }

    /// First and last row on "Working" of the ratings that the colour is the worst of.
    fn led(&self, listed: Listed<'_>) -> Option<(u32, u32)> {
        super::led(listed).map(|(first, last)| (self.working.row(listed.at, first), self.working.row(listed.at, last)))
    }

    /// The worst colour of the worker's rows on "Working".
    fn overall(&self, listed: Listed<'_>) -> Cell {
        let rag = listed.scored.rag();
        let Some((first, last)) = super::led(listed) else { return Cell::rag(rag) };
        let row = |at| self.working.row(listed.at, at);
        let words = working::block(self.book, at::RAG, row(first), row(last));
        let formula = format!("={}", working::worst(&words, &listed.scored.ratings[first..=last]));
        Cell::says(formula, rag.word()).look(Look::Rag).tone(Tone::of(rag))
    }

    /// The measure that gives the colour: the first of the worst.
    fn governed(&self, listed: Listed<'_>, row: u32) -> Cell {
        let Some(rating) = listed.scored.governing() else { return Cell::text("–").look(Look::Text) };
        let limit = Measure::Limit.label();
        let text = match rating.measure {
            Measure::Limit => format!("{limit}, {}", rating.unit.label()),
            other => other.label().to_string(),
        };
        match self.led(listed) {
            Some(rows) => Cell::says(format!("={}", super::measured(self.book, rows, CellRef::new(row, RAG))), text),
            None => Cell::text(text).look(Look::Text),
        }
    }

    /// How far the load of the measure that governs is over or under its figure.
    fn over(&self, listed: Listed<'_>, row: u32) -> Cell {
        let ratings = &listed.scored.ratings;
        let governing = ratings.iter().position(|rating| rating.governs);
        let said = governing.and_then(|at| Some((at, wording::over(&ratings[at])?)));
        let Some((at, text)) = said else { return Cell::text("–").look(Look::Text) };
        let rag = CellRef::new(row, RAG);
        let figure = |column: u32| match self.led(listed).filter(|(first, last)| last > first) {
            Some((first, last)) => {
                let block = |column| working::block(self.book, column, first, last);
                format!("INDEX({},MATCH({rag},{},0))", block(column), block(at::RAG))
            }
            None => address(&self.book.names.working, CellRef::new(self.working.row(listed.at, at), column)),
        };
        let (load, lower, upper) = (figure(at::LOAD), figure(at::LOWER), figure(at::UPPER));
        // A hundredth is the least that is told, so that nothing over reads as nought.
        let gap = |more: &str, less: &str| format!("MAX(0.01,ROUND({more}-{less},2))");
        let formula = format!(
            "=IF({rag}=\"NOT SCORED\",\"–\",IF(ROUND({load}-{upper},8)>0,{}&\" over \"&ROUND({upper},2),\
             IF(ROUND({lower}-{load},8)>0,{}&\" under \"&ROUND({lower},2),\
             IF({lower}={upper},\"at \"&ROUND({upper},2),IF(IF({rag}=\"GREEN\",0,ROUND({load}-{lower},8))>0,\
             {}&\" over \"&ROUND({lower},2),\"within \"&ROUND({lower},2)&\"–\"&ROUND({upper},2))))))",
            gap(&load, &upper),
            gap(&lower, &load),
            gap(&load, &lower),
        );
        Cell::says(formula, text)
    }

    /// Which policy each group of columns goes by, where that is not plain from the lines above.
    fn labels(&self) -> Option<Vec<String>> {
        let chosen = &self.book.policies.chosen;
        let advisory = chosen.iter().any(|policy| policy.advisory);
        if self.measures.len() < 3 && !advisory && self.measures.iter().all(|group| group.policy.is_none()) {
            return None;
        }
        let label = |group: &Group| {
            let mut ratings = self.book.workers().flat_map(|listed| &listed.scored.ratings);
            let judged =
                ratings.find(|rating| group.holds(rating) && rating.rag != Rag::NotScored && rating.policy != AGREED);
            let policy = judged.and_then(|rating| chosen.iter().find(|policy| policy.name == rating.policy));
            let title = policy.map_or("", |policy| policy.title.as_str());
            let advisory = if policy.is_some_and(|policy| policy.advisory) { ", advisory" } else { "" };
            format!("{}: {title}{advisory}", group.measure.label())
        };
        Some(self.measures.iter().map(label).collect())
    }

    fn label(&mut self, labels: &[String]) {
        if labels.is_empty() {
            return;
        }
        let mut cells = vec![Cell::default(); GROUPS as usize];
        for label in labels {
            cells.push(Cell::text(label).look(Look::Heading));
            cells.resize(cells.len() + GROUP as usize - 1, Cell::default().look(Look::Heading));
        }
        let row = self.page.push(cells);
        let mut texts = Vec::new();
        for (at, label) in labels.iter().enumerate() {
            let first = GROUPS + GROUP * at as u32;
            self.page.spread(row, first, first + GROUP - 1, Look::Heading);
            texts.push((label.as_str(), self.width(first, first + GROUP) - 4));
        }
        self.page.fit(row, &texts);
    }

    fn group(&self, listed: Listed<'_>, group: &Group, here: u32) -> Vec<Cell> {
        let nothing = || Cell::text("–").look(Look::Figure);
        let Some(worst) = self.worst(listed, group) else {
            return vec![nothing(), nothing(), nothing(), Cell::text("–").look(Look::Rag)];
        };
        let rating = worst.rating;
        let refer = |column| format!("={}", self.at_worst(&worst, here, column));
        let load = match rating.load {
            Some(load) => Cell::counts(refer(at::LOAD), load),
            None => nothing(),
        };
        let limit = match &rating.against {
            Some(against) if against.lower() == against.upper() => {
                Cell::counts(refer(at::UPPER), rounded(against.upper(), 8))
            }
            Some(against) => {
                let cell = |column| self.at_worst(&worst, here, column);
                let (lower, upper) = (rounded(against.lower(), 2), rounded(against.upper(), 2));
                let formula = format!("=ROUND({},2)&\"–\"&ROUND({},2)", cell(at::LOWER), cell(at::UPPER));
                Cell::says(formula, format!("{lower}–{upper}")).look(Look::Figure)
            }
            None => nothing(),
        };
        let judged = rating.rag != Rag::NotScored && rating.load.is_some() && rating.against.is_some();
        let used = match (judged, working::ratio(rating)) {
            (true, Some(ratio)) => Cell::counts(refer(at::USED), ratio).look(Look::Percent),
            (true, None) => Cell::says(refer(at::USED), Shade::NoCasesExpected.name()).look(Look::Percent),
            (false, _) => nothing(),
        };
        let colour = Cell::says(refer(at::RAG), rating.rag.word()).look(Look::Rag).tone(Tone::of(rating.rag));
        vec![load, limit, used, colour]
    }

    /// Children that could be taken before the lower figure of the tightest limit is passed; none where the worker is red
    /// or amber by whatever measure.
    fn headroom(&self, listed: Listed<'_>, limit: Option<&Worst<'_>>, here: u32) -> Cell {
        let tightest =
            listed.scored.tightest().and_then(|(at, rating)| Some((at, rating.load?, rating.against.as_ref()?)));
        let Some((at, load, against)) = tightest else {
            return Cell::text("–").look(Look::Figure);
        };
        let row = self.working.row(listed.at, at);
        let cell = |column| match limit.filter(|worst| worst.row == row) {
            Some(worst) => self.at_worst(worst, here, column),
            None => address(&self.book.names.working, CellRef::new(row, column)),
        };
        let room = format!("MAX(0,INT(ROUND({}-{},8)))", cell(at::LOWER), cell(at::LOAD));
        let colour = CellRef::new(here, RAG);
        let formula = format!("=IF({colour}<>\"GREEN\",0,{room})");
        let pressed = matches!(listed.scored.rag(), Rag::Red | Rag::Amber);
        let room = if pressed { Decimal::ZERO } else { (against.lower() - load).floor().max(Decimal::ZERO) };
        Cell::counts(formula, room)
    }

    /// Points that could be taken before the benchmark is reached; none where the worker is red or amber
    /// by whatever measure.
    fn points_room(&self, listed: Listed<'_>, here: u32) -> Cell {
        let judged = self.worst(listed, &Group::of(Measure::Points)).filter(|worst| worst.rating.rag != Rag::NotScored);
        let room = judged.and_then(|worst| {
            let room = worst.rating.against.as_ref()?.upper() - worst.rating.load?;
            Some((worst, room))
        });
        let Some((worst, room)) = room else { return Cell::text("–").look(Look::Figure) };
        let cell = |column| self.at_worst(&worst, here, column);
        let room_left = format!("MAX(0,ROUND({}-{},8))", cell(at::UPPER), cell(at::LOAD));
        let formula = format!("=IF({}<>\"GREEN\",0,{room_left})", CellRef::new(here, RAG));
        let pressed = matches!(listed.scored.rag(), Rag::Red | Rag::Amber);
        let room = if pressed { Decimal::ZERO } else { room.max(Decimal::ZERO) };
        Cell::counts(formula, rounded(room, 8))
    }

    fn once_moved(&self, listed: Listed<'_>, limit: Option<&Worst<'_>>, moving: u32, row: u32) -> Cell {
        let nothing = Cell::text(if moving == 0 { "" } else { "–" }).look(Look::Percent);
        let Some(worst) = limit.filter(|worst| moving > 0 && working::ratio(worst.rating).is_some()) else {
            return nothing;
        };
        let rating = worst.rating;
        let (Some(load), Some(against)) = (rating.load, &rating.against) else { return nothing };
        // Of families, and of shares of full loads, it is not the children moved that go off.
        let counts_cases = load == Decimal::from(listed.worker.holds.cases.len());
        if against.upper().is_zero() || rating.rag == Rag::NotScored || !counts_cases {
            return nothing;
        }
        let cell = |column| self.at_worst(worst, row, column);
        let moving_cell = CellRef::new(row, self.tail + 3);
        let upper = cell(at::UPPER);
        let formula = format!("=IF({upper}=0,\"\",ROUND(({}-{moving_cell})/{upper},6))", cell(at::LOAD));
        Cell::counts(formula, rounded((load - Decimal::from(moving)) / against.upper(), 6)).look(Look::Percent)
    }
}
