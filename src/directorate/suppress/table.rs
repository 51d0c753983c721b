//! Workers by colour: a table whose rows add up to the team's workers and whose columns add up to
//! the directorate's.
//!
//! Such a table is a flow: out of the grand total into the colours, from the colours into the
//! teams, and from the teams back into the grand total. What flows into a knot flows out of it,
//! which is just what the totals say. A hidden figure can be another one exactly where there is a
//! way round through other hidden figures along which the flow can be turned up or down; where
//! there is none, the figure follows from those shown.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{OTHERS, bounds};

/// Colours, not scored included.
pub const COLOURS: usize = 4;

/// Rows and columns of a table with what is hidden of it.
#[derive(Debug, Clone)]
pub struct Table {
    teams: usize,
    edges: Vec<Edge>,
    /// Edges that meet in a knot, by knot.
    meeting: Vec<Vec<usize>>,
    /// Those of them that are hidden.
    open: Vec<Vec<usize>>,
    /// Whether the reader is thought to know which hidden figures are small.
    told: bool,
}

#[derive(Debug, Clone)]
struct Edge {
    from: usize,
    to: usize,
    value: i64,
    /// The figure that stands in the sheet, by which the bounds are known.
    given: i64,
    /// Known from elsewhere to be at least this.
    least: i64,
    hidden: bool,
    price: u64,
}

/// What hiding costs: a cell little, a total much.
const CELL: u64 = 10;
const WORKERS: u64 = 25;
/// In the order of the colours: how many are red all together is asked for first.
const COLUMN_TOTALS: [u64; COLOURS] = [1_600, 1_400, 1_000, 1_200];
const GRAND_TOTAL: u64 = 4_000;

/// A change that is tried, to be undone: an edge and whether it went up.
type Log = Vec<(usize, bool)>;

impl Table {
    /// Hides small counts and what would give them away; of equal choices the first in `order`.
    pub fn protected(rows: &[[u32; COLOURS]], order: &[usize]) -> Self {
        let mut table = Self::open_sheet(rows, order);
        let mut waiting: Vec<usize> = (0..table.edges.len()).filter(|at| table.is_small(*at)).collect();
        waiting.iter().for_each(|at| table.hide(*at));
        // Hiding more never makes a figure surer that was unsure before, so each is looked at once.
        let mut next = 0;
        while let Some(at) = waiting.get(next) {
            let more = table.protect(*at);
            waiting.extend(more);
            next += 1;
        }
        table
    }

    /// Whether a team's cell is hidden.
    pub fn cell(&self, team: usize, colour: usize) -> bool {
        self.edges[team * (COLOURS + 1) + colour].hidden
    }

    /// Whether a team's workers are hidden.
    pub fn workers(&self, team: usize) -> bool {
        self.edges[team * (COLOURS + 1) + COLOURS].hidden
    }

    /// Whether the directorate's figure of a colour is hidden.
    pub fn column(&self, colour: usize) -> bool {
        self.edges[self.teams * (COLOURS + 1) + colour].hidden
    }

    /// Whether the directorate's workers are hidden.
    pub fn all(&self) -> bool {
        self.edges[self.teams * (COLOURS + 1) + COLOURS].hidden
    }

    /// Whether every hidden figure stays unsure for a reader who knows of each team that so many of its workers are
    /// of the first colour for certain.
    pub fn holds_with(&self, least: &[u32]) -> bool {
        let mut table = self.clone();
        for (team, least) in least.iter().enumerate() {
            let edge = &mut table.edges[team * (COLOURS + 1)];
            edge.least = i64::from(*least).min(edge.value);
        }
        table.holds()
    }

    /// Whether every hidden figure stays unsure for a reader who knows how many workers some teams have together.
    pub fn holds_apart(&self, some: impl Fn(usize) -> bool) -> bool {
        let mut table = self.clone();
        let (into, apart) = (self.teams + COLOURS, self.meeting.len());
        table.open.push(Vec::new());
        for team in (0..self.teams).filter(|team| some(*team)) {
            // Their workers meet in a knot of their own, out of which a known number leads.
            let at = team * (COLOURS + 1) + COLOURS;
            table.edges[at].to = apart;
            table.open[into].retain(|edge| *edge != at);
            if table.edges[at].hidden {
                table.open[apart].push(at);
            }
        }
        table.holds()
    }

    fn holds(&mut self) -> bool {
        (0..self.edges.len()).all(|at| !self.edges[at].hidden || self.room(at) >= OTHERS)
    }

    fn open_sheet(rows: &[[u32; COLOURS]], order: &[usize]) -> Self {
        let teams = rows.len();
        let (into, back) = (teams + COLOURS, teams + COLOURS + 1);
        let mut place = vec![0; teams];
        order.iter().enumerate().for_each(|(at, team)| place[*team] = at as u64);
        let edge = |from, to, value: i64, price: u64| Edge {
            from,
            to,
            value,
            given: value,
            least: 0,
            hidden: false,
            price: price << 32,
        };
        let mut edges = Vec::with_capacity((teams + 1) * (COLOURS + 1));
        let mut columns = [0; COLOURS];
        for (team, row) in rows.iter().enumerate() {
            for (colour, count) in row.iter().enumerate() {
                columns[colour] += i64::from(*count);
                let cell = edge(teams + colour, team, (*count).into(), CELL);
                edges.push(Edge { price: cell.price + place[team], ..cell });
            }
            let workers = edge(team, into, row.iter().map(|count| i64::from(*count)).sum(), WORKERS);
            edges.push(Edge { price: workers.price + place[team], ..workers });
        }
        for (colour, count) in columns.iter().enumerate() {
            edges.push(edge(back, teams + colour, *count, COLUMN_TOTALS[colour]));
        }
        edges.push(edge(into, back, columns.iter().sum(), GRAND_TOTAL));
        let mut meeting = vec![Vec::new(); teams + COLOURS + 2];
        for (at, edge) in edges.iter().enumerate() {
            meeting[edge.from].push(at);
            meeting[edge.to].push(at);
        }
        let open = vec![Vec::new(); meeting.len()];
        Self { teams, edges, meeting, open, told: true }
    }

    fn is_small(&self, at: usize) -> bool {
        (1..=super::SMALL).contains(&self.edges[at].value)
    }

    fn hide(&mut self, at: usize) {
        let edge = &mut self.edges[at];
        if !edge.hidden {
            edge.hidden = true;
            let (from, to) = (edge.from, edge.to);
            self.open[from].push(at);
            self.open[to].push(at);
        }
    }

    /// Hides what it takes to keep a hidden figure unsure, and says what that is.
    fn protect(&mut self, at: usize) -> Vec<usize> {
        let mut hidden = Vec::new();
        while self.room(at) < OTHERS {
            let way = match self.cheapest_way(at) {
                Some(way) => way,
                // Nothing is left to hide: it is at least kept from those who are not told which are small.
                None if self.told => {
                    self.told = false;
                    continue;
                }
                None => break,
            };
            way.iter().for_each(|at| self.hide(*at));
            hidden.extend(way);
        }
        self.told = true;
        hidden
    }

    fn can_rise(&self, at: usize) -> bool {
        let edge = &self.edges[at];
        edge.value < bounds(edge.given, self.told).1
    }

    fn can_fall(&self, at: usize) -> bool {
        let edge = &self.edges[at];
        edge.value > bounds(edge.given, self.told).0.max(edge.least)
    }

    /// How many other figures, at most as many as are asked for, could stand here for all the reader knows.
    fn room(&mut self, at: usize) -> i64 {
        let mut found = 0;
        for up in [true, false] {
            let mut log = Log::new();
            while found < OTHERS && self.turn(at, up, &mut log) {
                found += 1;
            }
            self.undo(&log);
        }
        found
    }

    /// Turns a hidden figure up or down by one, with those on a way round of hidden ones.
    fn turn(&mut self, at: usize, up: bool, log: &mut Log) -> bool {
        if !(if up { self.can_rise(at) } else { self.can_fall(at) }) {
            return false;
        }
        let (start, goal) = self.ends(at, up);
        // Depth first: with many hidden figures some way is soon found, and any will do.
        let mut came: Vec<Option<(usize, bool)>> = vec![None; self.open.len()];
        let mut stack = vec![start];
        while let Some(knot) = stack.pop() {
            if knot == goal {
                break;
            }
            for &next in &self.open[knot] {
                let Some((to, rises)) = self.step(next, knot) else { continue };
                if next != at && to != start && came[to].is_none() {
                    came[to] = Some((next, rises));
                    stack.push(to);
                }
            }
        }
        if came[goal].is_none() {
            return false;
        }
        let mut knot = goal;
        while let Some((edge, rises)) = came[knot].filter(|_| knot != start) {
            self.edges[edge].value += if rises { 1 } else { -1 };
            log.push((edge, rises));
            knot = if rises { self.edges[edge].from } else { self.edges[edge].to };
        }
        self.edges[at].value += if up { 1 } else { -1 };
        log.push((at, up));
        true
    }

    fn undo(&mut self, log: &Log) {
        for (at, up) in log {
            self.edges[*at].value -= if *up { 1 } else { -1 };
        }
    }

    /// Where the way round of an edge begins and ends.
    fn ends(&self, at: usize, up: bool) -> (usize, usize) {
        let edge = &self.edges[at];
        if up { (edge.to, edge.from) } else { (edge.from, edge.to) }
    }

    /// Where an edge leads from a knot, and whether its figure rises on the way; `None` where it cannot give.
    fn step(&self, at: usize, knot: usize) -> Option<(usize, bool)> {
        let edge = &self.edges[at];
        if edge.from == knot {
            self.can_rise(at).then_some((edge.to, true))
        } else {
            self.can_fall(at).then_some((edge.from, false))
        }
    }

    /// The shown figures whose hiding lets this one be one more or one less, at the lowest price.
    fn cheapest_way(&mut self, at: usize) -> Option<Vec<usize>> {
        let mut best: Option<(u64, Vec<usize>)> = None;
        for up in [true, false] {
            let mut log = Log::new();
            while self.turn(at, up, &mut log) {}
            if let Some(found) = self.way_over_shown(at, up)
                && best.as_ref().is_none_or(|best| found.0 < best.0)
            {
                best = Some(found);
            }
            self.undo(&log);
        }
        best.map(|(_, way)| way)
    }

    fn way_over_shown(&self, at: usize, up: bool) -> Option<(u64, Vec<usize>)> {
        if !(if up { self.can_rise(at) } else { self.can_fall(at) }) {
            return None;
        }
        let (start, goal) = self.ends(at, up);
        let mut best: Vec<Option<(u64, usize)>> = vec![None; self.meeting.len()];
        let mut done = vec![false; self.meeting.len()];
        let mut queue = BinaryHeap::from([Reverse((0, start))]);
        while let Some(Reverse((price, knot))) = queue.pop() {
            if std::mem::replace(&mut done[knot], true) {
                continue;
            }
            if knot == goal {
                break;
            }
            for &next in &self.meeting[knot] {
                // What is nought is shown to be.
                if next == at || self.edges[next].given == 0 {
                    continue;
                }
                let Some((to, _)) = self.step(next, knot) else { continue };
                let price = price + if self.edges[next].hidden { 0 } else { self.edges[next].price };
                if to != start && !done[to] && best[to].is_none_or(|(known, _)| price < known) {
                    best[to] = Some((price, next));
                    queue.push(Reverse((price, to)));
                }
            }
        }
        let (price, _) = best[goal]?;
        let mut way = Vec::new();
        let mut knot = goal;
        while knot != start {
            let (_, edge) = best[knot]?;
            if !self.edges[edge].hidden {
                way.push(edge);
            }
            knot = if self.edges[edge].from == knot { self.edges[edge].to } else { self.edges[edge].from };
        }
        Some((price, way))
    }
}
