//! Columns of figures that add up to the directorate's: children and those among them, and whatever
//! else is counted by team.
//!
//! Columns that stand together bound each other: there are no more households than children, and no
//! more children on plans. So a figure is tried with the others of its row: one child more, and
//! that child on a plan.

use super::{OTHERS, SMALL, bounds};

/// A column: its figures, the directorate's, and what of it is hidden.
#[derive(Debug, Clone)]
pub struct Column {
    /// A figure for each team; `None` where there is none.
    pub figures: Vec<Option<i64>>,
    /// The directorate's; `None` where none is shown, or none that is the sum.
    pub total: Option<i64>,
    /// Whether these are counts, of which the small ones are hidden.
    pub counts: bool,
    /// Which are hidden whatever they are, so that even nought may stand there.
    pub follows: Vec<bool>,
    /// Which are hidden.
    pub hidden: Vec<bool>,
    /// Whether the directorate's is hidden.
    pub total_hidden: bool,
}

/// The figures of the columns `parts` add up to no more than that of the column `whole`, in each row.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Places of columns.
    pub parts: Vec<usize>,
    /// Place of a column.
    pub whole: usize,
}

/// Columns that bound each other.
#[derive(Debug)]
pub struct Group<'a> {
    /// The columns.
    pub columns: Vec<Column>,
    /// What holds between them.
    pub within: Vec<Bound>,
    /// Rows in the order in which they are hidden for the sake of others.
    pub order: &'a [usize],
    /// Whether the reader is thought to know which hidden figures are small.
    told: bool,
}

/// A cell: the place of its column, and its team; no team for the directorate's.
type Cell = (usize, Option<usize>);

impl Column {
    /// A column of which nothing is hidden yet.
    pub fn new(figures: Vec<Option<i64>>, total: Option<i64>, counts: bool) -> Self {
        let total = total.filter(|total| figures.iter().flatten().sum::<i64>() == *total);
        let none = vec![false; figures.len()];
        Self { figures, total, counts, follows: none.clone(), hidden: none, total_hidden: false }
    }

    fn bounds(&self, row: usize, told: bool) -> (i64, i64) {
        match self.figures[row] {
            Some(_) if self.follows[row] => (0, i64::MAX),
            Some(figure) => bounds(figure, told && self.counts),
            None => (0, 0),
        }
    }

    fn total_bounds(&self, told: bool) -> (i64, i64) {
        match self.total {
            Some(total) if self.counts && total > 0 => bounds(total, told),
            _ => (0, i64::MAX),
        }
    }
}

impl<'a> Group<'a> {
    /// Columns with what holds between them.
    pub fn new(columns: Vec<Column>, within: Vec<Bound>, order: &'a [usize]) -> Self {
        Self { columns, within, order, told: true }
    }

    /// Hides small counts and what would give them, or those hidden already, away.
    pub fn protected(mut self) -> Vec<Column> {
        let mut waiting: Vec<Cell> = Vec::new();
        // The parts before the whole, which is the surer for each of them.
        for (place, column) in self.columns.iter_mut().enumerate().rev() {
            let small = |figure: i64| column.counts && (1..=SMALL).contains(&figure);
            for (row, figure) in column.figures.iter().enumerate() {
                column.hidden[row] |= column.follows[row] || figure.is_some_and(small);
                if column.hidden[row] && figure.is_some() {
                    waiting.push((place, Some(row)));
                }
            }
            column.total_hidden |= column.total.is_some_and(small);
            if column.total_hidden && column.total.is_some() {
                waiting.push((place, None));
            }
        }
        // One alone follows from the total whatever else is done, so it has company before the columns are compared.
        for place in (0..self.columns.len()).rev() {
            if let Some(cell) = self.company(place) {
                self.set(cell, true);
                waiting.push(cell);
            }
        }
        // Hiding more never makes a figure surer that was unsure before, so each is looked at once.
        let mut next = 0;
        while let Some(cell) = waiting.get(next) {
            let more = self.protect(*cell);
            waiting.extend(more);
            next += 1;
        }
        self.columns
    }

    /// The team to hide beside the only hidden one of a column.
    fn company(&self, place: usize) -> Option<Cell> {
        let column = &self.columns[place];
        let hidden = (0..column.figures.len()).filter(|row| column.hidden[*row] && column.figures[*row].is_some());
        if hidden.count() != 1 || column.total_hidden || column.total.is_none() {
            return None;
        }
        let fit = self.order.iter().find(|row| !column.hidden[**row] && self.slack(place, **row, true) >= OTHERS);
        fit.map(|row| (place, Some(*row)))
    }

    /// Hides what it takes to keep a hidden figure unsure, and says what that is.
    fn protect(&mut self, cell: Cell) -> Vec<Cell> {
        let mut hidden = Vec::new();
        while !self.unsure(cell) {
            let Some(more) = self.next_to_hide(cell) else {
                // Nothing is left to hide: it is at least kept from those who are not told which are small.
                if !std::mem::replace(&mut self.told, false) {
                    break;
                }
                continue;
            };
            self.set(more, true);
            hidden.push(more);
        }
        self.told = true;
        hidden
    }

    fn set(&mut self, (place, row): Cell, hidden: bool) {
        let column = &mut self.columns[place];
        match row {
            Some(row) => column.hidden[row] = hidden,
            None => column.total_hidden = hidden,
        }
    }

    /// In order: one team whose figure is enough, the first team there is, the directorate, what bounds it.
    fn next_to_hide(&mut self, cell: Cell) -> Option<Cell> {
        let (place, row) = cell;
        let column = &self.columns[place];
        let free = |row: &&usize| !column.hidden[**row] && column.figures[**row].is_some_and(|figure| figure != 0);
        let shown: Vec<usize> = self.order.iter().filter(free).copied().collect();
        if column.total.is_some() {
            let enough = shown.iter().find(|other| {
                self.set((place, Some(**other)), true);
                let enough = self.unsure(cell);
                self.set((place, Some(**other)), false);
                enough
            });
            if let Some(other) = enough.or(shown.first()) {
                return Some((place, Some(*other)));
            }
            if !self.columns[place].total_hidden {
                return Some((place, None));
            }
        }
        // Bounded by a figure that is shown, which others of the column cannot help.
        let bounding = |bound: &&Bound| bound.parts.contains(&place);
        let wholes = self.within.iter().filter(bounding).map(|bound| bound.whole);
        let (row, columns) = (row?, &self.columns);
        wholes
            .filter(|whole| !columns[*whole].hidden[row] && columns[*whole].figures[row].is_some())
            .map(|whole| (whole, Some(row)))
            .next()
    }

    /// Whether enough other figures could stand here for all the reader knows.
    fn unsure(&self, cell: Cell) -> bool {
        let twin = self.twin(cell);
        [Some(cell), twin].into_iter().flatten().any(|cell| {
            let possible = [1, 2, -1, -2].iter().filter(|step| self.could_be(cell, **step));
            possible.count() as i64 >= OTHERS
        })
    }

    /// The other of two that are hidden below a total that is shown: what one may be says what the other may be.
    fn twin(&self, (place, row): Cell) -> Option<Cell> {
        let column = &self.columns[place];
        let hidden = |row: &usize| column.hidden[*row] && column.figures[*row].is_some();
        let mut others = (0..column.figures.len()).filter(hidden).filter(|other| Some(*other) != row);
        let (other, more) = (others.next()?, others.next());
        (row.is_some() && column.total.is_some() && !column.total_hidden && more.is_none())
            .then_some((place, Some(other)))
    }

    fn could_be(&self, (place, row): Cell, step: i64) -> bool {
        match row {
            Some(row) => self.could_change(place, row, step, false),
            None => {
                let column = &self.columns[place];
                let mut rows = (0..column.figures.len()).filter(|row| column.hidden[*row]);
                rows.any(|row| self.could_change(place, row, step, true))
            }
        }
    }

    /// Whether a team's figure could be so much higher or lower, all else that is shown being as it is;
    /// `with_total` where the directorate's figure is to change as much.
    fn could_change(&self, place: usize, row: usize, step: i64, with_total: bool) -> bool {
        [false, true].iter().any(|siblings| {
            self.with_its_row(place, row, step, *siblings).is_some_and(|changes| {
                let mut changed = changes.iter().enumerate().filter(|(_, change)| **change != 0);
                changed.all(|(at, change)| {
                    let column = &self.columns[at];
                    let Some(figure) = column.figures[row] else { return false };
                    let (least, most) = column.bounds(row, self.told);
                    let figure = figure + change;
                    let within = column.hidden[row] && (least..=most).contains(&figure);
                    within && self.taken_up(at, row, *change, with_total && at == place)
                })
            })
        })
    }

    /// The change with what it takes of the other figures of the row to stay within bounds.
    ///
    /// Upwards the wholes rise, or the `siblings` give way; downwards the parts fall.
    fn with_its_row(&self, place: usize, row: usize, step: i64, siblings: bool) -> Option<Vec<i64>> {
        let mut changes = vec![0; self.columns.len()];
        changes[place] = step;
        for _ in 0..=self.within.len() {
            for bound in self.holding(row) {
                let of = |at: usize| self.columns[at].figures[row].unwrap_or(0) + changes[at];
                let beyond = bound.parts.iter().map(|part| of(*part)).sum::<i64>() - of(bound.whole);
                if beyond <= 0 {
                    continue;
                }
                let giving = if step < 0 || siblings {
                    let mut others = bound.parts.iter().copied().filter(|part| *part != place);
                    let own = others.next();
                    if siblings { others.next().or(own) } else { own }
                } else {
                    None
                };
                match giving {
                    Some(part) => changes[part] -= beyond,
                    None if bound.whole != place => changes[bound.whole] += beyond,
                    None => return None,
                }
            }
        }
        let of = |at: usize| self.columns[at].figures[row].unwrap_or(0) + changes[at];
        let fits = |bound: &Bound| bound.parts.iter().map(|part| of(*part)).sum::<i64>() <= of(bound.whole);
        // What two parts of one bound give must be taken up elsewhere, where they bound each other again.
        let alone = |bound: &Bound| {
            let signs: Vec<i64> = bound.parts.iter().map(|part| changes[*part].signum()).collect();
            signs.iter().filter(|sign| **sign < 0).count() <= 1 && signs.iter().filter(|sign| **sign > 0).count() <= 1
        };
        self.holding(row).all(|bound| fits(bound) && alone(bound)).then_some(changes)
    }

    /// Bounds that hold of a row as it is; a reader relies on no other.
    fn holding(&self, row: usize) -> impl Iterator<Item = &Bound> {
        self.within.iter().filter(move |bound| {
            let of = |at: usize| self.columns[at].figures[row];
            let parts: i64 = bound.parts.iter().filter_map(|part| of(*part)).sum();
            of(bound.whole).is_some_and(|whole| parts <= whole)
        })
    }

    /// Whether the other hidden figures of the column can take up a change, or the directorate's goes with it.
    fn taken_up(&self, place: usize, row: usize, change: i64, with_total: bool) -> bool {
        let column = &self.columns[place];
        let Some(total) = column.total else { return true };
        let (least, most) = column.total_bounds(self.told);
        let above = if change > 0 { most - total } else { total - least };
        let by_total = if column.total_hidden { above.max(0) } else { 0 };
        if with_total {
            return by_total >= change.abs();
        }
        let others = (0..column.figures.len()).filter(|other| *other != row && column.hidden[*other]);
        let mut left = change.abs() - by_total;
        for other in others {
            if left <= 0 {
                break;
            }
            left -= self.slack(place, other, change > 0);
        }
        left <= 0
    }

    /// How far a figure could fall or rise with the others of its row as they are.
    fn slack(&self, place: usize, row: usize, falls: bool) -> i64 {
        let column = &self.columns[place];
        let Some(figure) = column.figures[row] else { return 0 };
        let (mut least, mut most) = column.bounds(row, self.told);
        for bound in self.holding(row) {
            let of = |at: &usize| self.columns[*at].figures[row].unwrap_or(0);
            let parts: i64 = bound.parts.iter().map(of).sum();
            if bound.whole == place {
                least = least.max(parts);
            } else if bound.parts.contains(&place) {
                most = most.min(figure + of(&bound.whole) - parts);
            }
        }
        (if falls { figure - least } else { most - figure }).max(0)
    }
}
