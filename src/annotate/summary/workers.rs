//! The table of workers: load, limit, utilisation and colour by every measure, the worst first.

use rust_decimal::Decimal;

use crate::annotation::Tone;
use crate::caseload::Unit;
use crate::page::{Cell, Look, address, column};
use crate::rating::{Measure, Rag, Rating, Shade, rounded};
use crate::sheet::{Area, CellRef};

use super::super::working::{self, at};
use super::super::{Listed, wording};
use super::{FEW, GROUP, GROUPS, RAG, Summary, sorted};

impl Summary<'_> {
    /// The answer, then the table that it comes from; says on which row the table's headings stand.
    pub fn workers(&mut self) -> u32 {
        let listed = sorted(self.book);
        let head = self.answer(&listed);
        let rows = (head + 1, head + listed.len() as u32);
        let mut heads: Vec<String> = ["Team", "Worker", "RAG", "Governed by", "By how much"].map(String::from).to_vec();
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
        if self.measures.contains(&Measure::Points) {
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
            self.over(listed, first, last, row),
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
        if self.measures.contains(&Measure::Points) {
            cells.push(self.points_room(listed, row));
        }
        cells
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

    /// How far the load of the measure that governs is over or under its figure.
    fn over(&self, listed: Listed<'_>, first: u32, last: u32, row: u32) -> Cell {
        let ratings = &listed.scored.ratings;
        let governing = ratings.iter().position(|rating| rating.governs);
        let said = governing.and_then(|at| Some((at, wording::over(&ratings[at])?)));
        let Some((at, text)) = said else { return Cell::text("–").look(Look::Text) };
        let leading = ratings.iter().position(|rating| rating.rag == listed.scored.rag());
        let rag = CellRef::new(row, RAG);
        let figure = |column: u32| match leading == Some(at) && ratings.len() > 1 {
            true => {
                let block = |column| working::block(self.book, column, first, last);
                format!("INDEX({},MATCH({rag},{},0))", block(column), block(at::RAG))
            }
            false => address(&self.book.names.working, CellRef::new(first + at as u32, column)),
        };
        let (load, lower, upper) = (figure(at::LOAD), figure(at::LOWER), figure(at::UPPER));
        // A hundredth is the least that is told, so that nothing over reads as nought.
        let gap = |more: &str, less: &str| format!("MAX(0.01,ROUND({more}-{less},2))");
        let formula = format!(
            "=IF({rag}=\"NOT SCORED\",\"–\",IF(ROUND({load}-{upper},8)>0,{}&\" over \"&ROUND({upper},2),\
             IF(ROUND({lower}-{load},8)>0,{}&\" under \"&ROUND({lower},2),\
             IF({lower}={upper},\"at \"&ROUND({upper},2),\"within \"&ROUND({lower},2)&\"–\"&ROUND({upper},2)))))",
            gap(&load, &upper),
            gap(&lower, &load),
        );
        Cell::says(formula, text)
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

    /// Points that could be taken before the benchmark is reached; none where the worker is red or amber
    /// by whatever measure.
    fn points_room(&self, listed: Listed<'_>, here: u32) -> Cell {
        let judged = self.worst(listed, Measure::Points).filter(|(_, rating)| rating.rag != Rag::NotScored);
        let room = judged.and_then(|(row, rating)| Some((row, rating.against.as_ref()?.upper() - rating.load?)));
        let Some((row, room)) = room else { return Cell::text("–").look(Look::Figure) };
        let cell = |column| address(&self.book.names.working, CellRef::new(row, column));
        let colour = CellRef::new(here, RAG);
        let formula = format!(
            "=IF(OR({colour}=\"RED\",{colour}=\"AMBER\"),0,MAX(0,ROUND({}-{},8)))",
            cell(at::UPPER),
            cell(at::LOAD)
        );
        let pressed = matches!(listed.scored.rag(), Rag::Red | Rag::Amber);
        let room = if pressed { Decimal::ZERO } else { room.max(Decimal::ZERO) };
        Cell::counts(formula, rounded(room, 8))
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
}
