//! The comparison for people outside: small counts are kept back, and whatever would give them away.
//!
//! A count of 1 to 5 is hidden, and so are as many others as it takes that no hidden figure follows
//! from those shown. Nought is shown: that nobody is somewhere tells of nobody.
//!
//! # What a reader could try, and why it does not help
//!
//! 1. Take the teams shown from the directorate's figure. Each column, and the colours with the
//!    workers of each team, are looked through as a whole (`table`, `columns`): every hidden
//!    figure could be at least three different ones, all others hidden moving along.
//! 2. Know that some hidden figures are 1 to 5 and the rest at least 6, and guess which. The reader
//!    is taken to know it of each: the three figures stay on the same side. Only where everything
//!    that is not nought is hidden already does this give way to 1 upwards.
//! 3. Know the program. What is hidden for the sake of others is chosen by figures that are shown
//!    (teams of least FTE first), not by size, which would say that it is the smallest.
//! 4. Compare columns. Households, children on plans and in our care are bounded by children, and
//!    households in care proceedings by households; the three figures keep within that.
//! 5. Multiply a ratio. Ratios per FTE are shown only where both of their figures are, limits used,
//!    points used, FTE needed and headroom only where children and FTE are (and, for points,
//!    households). FTE is hidden where workers are. A ratio of all together leaves out the teams that
//!    do not tell the count or have no limit: it is shown only if that tells nothing of either's FTE.
//! 6. Read a fraction: 33.33 % of few workers. The share over limit is shown where the team's
//!    colours are and where neither those above nor those within, nor those without a limit, are 1 to 5.
//! 7. Take shares from the directorate's share: that is shown only if teams could change places in it.
//! 8. Place a hidden team between the ranks of its neighbours: ranks are those among the figures
//!    shown, and the teams stand in the order of the directorate.
//! 9. Conclude from nought. A ratio of nothing is shown as nought; where children or FTE are hidden,
//!    limits used, FTE needed and headroom are hidden even if they are nought, so that "nobody is
//!    above the limit" does not bound the children.
//!
//! Left are bounds, not figures: a hidden count can be told to lie within some range, the narrower
//! the fewer are hidden beside it; and somebody who knows every worker's limit can tell from colours
//! alone how many children a team has about.

mod columns;
mod table;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::directorate::comparison::{Directorate, TeamLine, Told};
use crate::directorate::outward::{Column, Figure, Shared, SharedLine};
use crate::field::rating::rounded;

use columns::{Bound, Group};
use table::Table;

/// Counts from one to this are small.
const SMALL: i64 = 5;

/// How many other figures could stand wherever one is hidden.
const OTHERS: i64 = 2;

/// Children, households, on plans, in our care, households in proceedings, in this order.
const WITHIN_CHILDREN: &[Bound] = &[
    Bound { parts: &[PROCEEDINGS], whole: HOUSEHOLDS },
    Bound { parts: &[HOUSEHOLDS], whole: CHILDREN },
    Bound { parts: &[CP, CIOC], whole: CHILDREN },
    Bound { parts: &[PROCEEDINGS], whole: CHILDREN },
];
const CHILDREN: usize = 0;
const HOUSEHOLDS: usize = 1;
const CP: usize = 2;
const CIOC: usize = 3;
const PROCEEDINGS: usize = 4;

/// The comparison with small counts hidden, and whatever would give them away.
pub fn suppressed(directorate: &Directorate) -> Shared {
    let hidden = Hidden::of(directorate);
    let ranks = ranks(directorate, &hidden);
    let line = |team: &TeamLine, at: usize| SharedLine {
        team: team.team.clone(),
        area: team.area,
        figures: Column::ALL
            .iter()
            .map(|column| match column {
                Column::Rank => ranks[at].map_or(Figure::Absent, |(rank, _)| Figure::Shown(rank.into())),
                Column::Quartile => ranks[at].map_or(Figure::Absent, |(_, quartile)| Figure::Shown(quartile.into())),
                column => figure(team, *column, &|column| hidden.is(column, at)),
            })
            .collect(),
    };
    Shared {
        teams: directorate.teams.iter().enumerate().map(|(at, team)| line(team, at)).collect(),
        whole: SharedLine { team: "All teams together".into(), ..line(&directorate.whole, directorate.teams.len()) },
        actions: directorate.actions.clone(),
    }
}

/// What a reader is taken to know of a hidden figure: the least and the most it may be.
fn bounds(figure: i64, told: bool) -> (i64, i64) {
    match figure {
        0 => (0, 0),
        _ if !told => (1, i64::MAX),
        1..=SMALL => (1, SMALL),
        _ => (SMALL + 1, i64::MAX),
    }
}

fn small(count: u32) -> bool {
    (1..=SMALL).contains(&i64::from(count))
}

/// What is hidden: by column, a place for each team and one for all together.
struct Hidden {
    by_column: Vec<Vec<bool>>,
    workers: Table,
}

impl Hidden {
    fn of(directorate: &Directorate) -> Self {
        let teams = &directorate.teams;
        let lines: Vec<&TeamLine> = teams.iter().chain([&directorate.whole]).collect();
        let by_size = order(teams, |_| false);
        let rows: Vec<_> = teams.iter().map(|team| [team.red, team.amber, team.green, team.not_scored]).collect();
        let workers = Table::protected(&rows, &by_size);
        let mut hidden = Self { by_column: vec![vec![false; lines.len()]; Column::ALL.len()], workers };
        hidden.take_table(teams.len());
        hidden.fte(&lines);

        let by_shown_size = order(teams, |at| hidden.is(Column::Fte, at));
        let all = |of: fn(&TeamLine) -> Option<u32>| {
            let figures = teams.iter().map(|team| of(team).map(i64::from)).collect();
            columns::Column::new(figures, of(&directorate.whole).map(i64::from), true)
        };
        let children = vec![
            all(|line| line.children.count),
            all(|line| line.households.count),
            all(|line| line.cp.count),
            all(|line| line.cioc.count),
            all(|line| line.care_proceedings.count),
        ];
        let children = Group::new(children, WITHIN_CHILDREN, &by_shown_size).protected();
        for (column, own) in
            [Column::Children, Column::Households, Column::Cp, Column::Cioc, Column::Proceedings].iter().zip(&children)
        {
            hidden.take_column(*column, own);
        }
        let unallocated = Group::new(vec![all(|line| Some(line.unallocated))], &[], &by_shown_size).protected();
        hidden.take_column(Column::Unallocated, &unallocated[0]);

        for (ratio, count, of) in PER_FTE {
            hidden.per_fte(*ratio, *count, *of, &lines);
        }
        hidden.used(Column::LimitsUsed, &lines, &by_shown_size);
        hidden.used(Column::PointsUsed, &lines, &by_shown_size);
        hidden.amounts(Column::Headroom, &lines, &by_shown_size);
        hidden.amounts(Column::FteNeeded, &lines, &by_shown_size);
        hidden.shares(&lines);
        hidden
    }

    fn is(&self, column: Column, at: usize) -> bool {
        self.by_column[column as usize][at]
    }

    fn hide(&mut self, column: Column, at: usize) {
        self.by_column[column as usize][at] = true;
    }

    fn take_table(&mut self, teams: usize) {
        let table = &self.workers;
        for (colour, column) in COLOURS.into_iter().enumerate() {
            let cells = (0..teams).map(|team| table.cell(team, colour));
            self.by_column[column as usize] = cells.chain([table.column(colour)]).collect();
        }
        let cells = (0..teams).map(|team| table.workers(team));
        self.by_column[Column::Workers as usize] = cells.chain([table.all()]).collect();
    }

    fn take_column(&mut self, column: Column, own: &columns::Column) {
        self.by_column[column as usize] = own.hidden.iter().copied().chain([own.total_hidden]).collect();
    }

    /// FTE of few workers is as good as their number. At least two teams' workers are hidden, or the directorate's.
    fn fte(&mut self, lines: &[&TeamLine]) {
        let workers = &self.by_column[Column::Workers as usize];
        let (whole, teams) = workers.split_last().map_or((false, &[][..]), |(whole, teams)| (*whole, teams));
        let of_hidden = teams.iter().zip(lines).filter(|(hidden, _)| **hidden);
        let together: Decimal = of_hidden.map(|(_, line)| line.fte).sum();
        // Where none of them has FTE, the directorate's would say so.
        let own = if together.is_zero() { vec![false; teams.len()] } else { teams.to_vec() };
        self.by_column[Column::Fte as usize] = own.into_iter().chain([whole && !together.is_zero()]).collect();
    }

    /// Whether what is reckoned from children and FTE would give one of them away.
    fn follows(&self, at: usize) -> bool {
        self.is(Column::Children, at) || self.is(Column::Fte, at)
    }

    /// Whether a ratio of all together, made of the FTE of the teams that have part in it, would tell too much of theirs
    /// or of the others' by telling them apart.
    fn tells_apart(&self, has_part: impl Fn(usize) -> bool, teams: usize) -> bool {
        let hidden = || (0..teams).filter(|at| self.is(Column::Fte, *at));
        let both = hidden().any(&has_part) && hidden().any(|at| !has_part(at));
        both && !self.workers.holds_apart(has_part)
    }

    /// A ratio is shown where both of its figures are, and so tells nothing more.
    fn per_fte(&mut self, ratio: Column, count: Column, of: fn(&TeamLine) -> Told, lines: &[&TeamLine]) {
        let whole = lines.len() - 1;
        let apart = self.tells_apart(|at| of(lines[at]).count.is_some(), whole);
        for at in 0..lines.len() {
            if self.is(count, at) || self.is(Column::Fte, at) || at == whole && apart {
                self.hide(ratio, at);
            }
        }
    }

    /// Limits or points used.
    fn used(&mut self, column: Column, lines: &[&TeamLine], order: &[usize]) {
        let points = column == Column::PointsUsed;
        let of = |line: &TeamLine| if points { line.points_utilisation() } else { line.limit_utilisation() };
        let load = |line: &TeamLine| if points { line.points_load } else { line.limit_load() };
        let whole = lines.len() - 1;
        let nothing = |line: &TeamLine| line.children.count == Some(0) && load(line).is_zero();
        for (at, line) in lines.iter().enumerate() {
            let households = points && self.is(Column::Households, at);
            if of(line).is_some() && (self.follows(at) || households) && !nothing(line) {
                self.hide(column, at);
            }
        }
        let hidden: Vec<usize> = (0..whole).filter(|at| self.is(column, *at)).collect();
        if !nothing(lines[whole]) && self.tells_apart(|at| of(lines[at]).is_some(), whole) {
            self.hide(column, whole);
        }
        if self.is(column, whole) || hidden.is_empty() {
            return;
        }
        // One alone follows from the directorate's, and nought all together is nought for each.
        let other = order.iter().find(|at| {
            !self.is(column, **at)
                && of(lines[**at]).is_some_and(|used| !used.is_zero())
                && !load(lines[**at]).is_zero()
        });
        let follow = hidden.len() == 1 || hidden.iter().all(|at| load(lines[*at]).is_zero());
        match other {
            Some(other) if follow => self.hide(column, *other),
            None if follow => self.hide(column, whole),
            _ => {}
        }
    }

    /// FTE needed and headroom in children, which add up to the directorate's.
    fn amounts(&mut self, column: Column, lines: &[&TeamLine], order: &[usize]) {
        let counts = column == Column::Headroom;
        let units = |line: &TeamLine| match column {
            Column::Headroom => line.headroom_children.to_i64(),
            _ => (rounded(line.fte_needed(), 2) * Decimal::ONE_HUNDRED).to_i64(),
        };
        let (teams, whole) = (&lines[..lines.len() - 1], lines.len() - 1);
        let figures: Vec<Option<i64>> = teams.iter().map(|line| units(line)).collect();
        // Rounded figures need not add up to the rounded sum; to a reader they do, or nearly.
        let total = figures.iter().flatten().sum();
        let mut own = columns::Column::new(figures, Some(total), counts);
        // Without children, or without a red worker, everybody can tell that nothing is needed.
        let plain = |line: &TeamLine| line.children.count == Some(0) || !counts && line.red == 0;
        let nothing = |line: &TeamLine| units(line) == Some(0) && plain(line);
        let follows = |at: usize| self.follows(at) && !nothing(lines[at]);
        own.follows = (0..whole).map(follows).collect();
        // What all teams show adds up to theirs, hidden or not.
        own.total_hidden = follows(whole) && own.follows.contains(&true);
        let own = Group::new(vec![own], &[], order).protected();
        self.take_column(column, &own[0]);
    }

    /// The share of workers over limit.
    fn shares(&mut self, lines: &[&TeamLine]) {
        let whole = lines.len() - 1;
        // Who changes from amber to green or back is within the limit, or without one, as before.
        let colours_shown = |hidden: &Self, at: usize| {
            [Column::Workers, Column::Red, Column::NotScored].iter().all(|column| !hidden.is(*column, at))
        };
        let large = |line: &TeamLine| {
            let Workers { over, within, unrated } = Workers::of(line);
            !small(over) && !small(within) && !small(unrated)
        };
        let rated = |at: usize| lines[at].limit_rated() > 0;
        // Where no worker is red, or no FTE is needed, everybody can tell that none is over.
        let plainly_none = |hidden: &Self, at: usize| {
            lines[at].over_limit == 0 && (lines[at].red == 0 || !hidden.is(Column::FteNeeded, at))
        };
        for at in (0..whole).filter(|at| rated(*at)) {
            let shown = colours_shown(self, at) && large(lines[at]) && !self.follows(at);
            if !shown && !plainly_none(self, at) {
                self.hide(Column::OverLimit, at);
            }
        }
        let hidden: Vec<usize> = (0..whole).filter(|at| self.is(Column::OverLimit, *at)).collect();
        // Who is over is red: of the reds of a team that has none over, the directorate's share tells something.
        let reds_hold = (0..whole).all(|at| !self.is(Column::Red, at) || lines[at].over_limit > 0) || {
            let over: Vec<u32> = lines[..whole].iter().map(|line| line.over_limit).collect();
            self.workers.holds_with(&over)
        };
        let shown = colours_shown(self, whole)
            && !self.follows(whole)
            && large(lines[whole])
            && reds_hold
            && hidden.iter().all(|at| self.could_change_places(*at, &hidden, lines));
        // Where every team reads none, so do all together.
        let none_anywhere = hidden.is_empty() && lines[whole].over_limit == 0;
        if rated(whole) && !shown && !none_anywhere && !plainly_none(self, whole) {
            self.hide(Column::OverLimit, whole);
        }
    }

    /// Whether a worker over the limit could as well be another team's, for all that is shown.
    fn could_change_places(&self, at: usize, others: &[usize], lines: &[&TeamLine]) -> bool {
        let reads_none = |at: usize| lines[at].over_limit == 0 && !self.is(Column::FteNeeded, at);
        let gains = |at: usize| Workers::of(lines[at]).within > 0 && !reads_none(at);
        let loses = |at: usize| lines[at].over_limit > 1;
        let between = |from: usize, to: usize| {
            // A red of other cause is over, and who was over is red of other cause: no colour changes.
            let as_they_are = lines[to].over_limit < lines[to].red;
            // Or two change colours, where those are hidden.
            let hidden = |column| self.is(column, from) && self.is(column, to);
            let step = |count: u32, by: i64| {
                let (least, most) = bounds(count.into(), true);
                (least..=most).contains(&(i64::from(count) + by))
            };
            let swapped = |column: Column, of: fn(&TeamLine) -> u32| {
                hidden(column) && step(of(lines[from]), 1) && step(of(lines[to]), -1)
            };
            let colours = hidden(Column::Red)
                && step(lines[from].red, -1)
                && step(lines[to].red, 1)
                && (swapped(Column::Amber, |line| line.amber) || swapped(Column::Green, |line| line.green));
            loses(from) && gains(to) && (as_they_are || colours)
        };
        others.iter().any(|other| *other != at && (between(at, *other) || between(*other, at)))
    }
}

/// A ratio, the column of its count, and where that stands.
type PerFte = (Column, Column, fn(&TeamLine) -> Told);

const PER_FTE: &[PerFte] = &[
    (Column::ChildrenPerFte, Column::Children, |line| line.children),
    (Column::CpPerFte, Column::Cp, |line| line.cp),
    (Column::CiocPerFte, Column::Cioc, |line| line.cioc),
    (Column::ProceedingsPerFte, Column::Proceedings, |line| line.care_proceedings),
];

const COLOURS: [Column; 4] = [Column::Red, Column::Amber, Column::Green, Column::NotScored];

/// A team's workers by their limits.
struct Workers {
    over: u32,
    within: u32,
    unrated: u32,
}

impl Workers {
    fn of(line: &TeamLine) -> Self {
        let (rated, over) = (line.limit_rated(), line.over_limit);
        Self { over, within: rated.saturating_sub(over), unrated: line.workers.saturating_sub(rated) }
    }
}

/// Teams in the order in which they are hidden for the sake of others: hidden ones first, then by FTE.
fn order(teams: &[TeamLine], hidden: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..teams.len()).collect();
    order.sort_by_key(|at| (!hidden(*at)).then(|| teams[*at].fte));
    order
}

/// Rank and quartile by limits used, among those shown as they are shown; none for all together.
fn ranks(directorate: &Directorate, hidden: &Hidden) -> Vec<Option<(u32, u32)>> {
    let shown = |(at, team): (usize, &TeamLine)| {
        let used = team.limit_utilisation().filter(|_| !hidden.is(Column::LimitsUsed, at))?;
        Some(rounded(used, 2))
    };
    let used: Vec<Option<Decimal>> = directorate.teams.iter().enumerate().map(shown).collect();
    let mut ranked: Vec<Decimal> = used.iter().flatten().copied().collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    let rank = |own: Decimal| {
        let rank = ranked.partition_point(|other| *other > own) + 1;
        let quartile = (4 * rank).div_ceil(ranked.len());
        (u32::try_from(rank).unwrap_or(u32::MAX), u32::try_from(quartile).unwrap_or(u32::MAX))
    };
    used.into_iter().map(|own| own.map(rank)).chain([None]).collect()
}

/// What is told of a figure, where `hidden` says which columns of the line are kept back.
fn figure(line: &TeamLine, column: Column, hidden: &dyn Fn(Column) -> bool) -> Figure {
    let told = |figure: Option<Decimal>| match figure {
        None => Figure::Absent,
        Some(_) if hidden(column) => Figure::Hidden,
        Some(figure) => Figure::Shown(rounded(figure, 2)),
    };
    let count = |count: u32| told(Some(count.into()));
    let per_fte = |of: &Told| match (of.count, of.per_fte()) {
        (None, _) => Figure::Absent,
        // Nothing per whatever there is, and whether there is anything is not told.
        (Some(0), _) if hidden(column) => Figure::Shown(Decimal::ZERO),
        _ if hidden(column) => Figure::Hidden,
        (_, ratio) => told(ratio),
    };
    match column {
        Column::Workers => count(line.workers),
        Column::Fte => told(Some(line.fte)),
        Column::Red => count(line.red),
        Column::Amber => count(line.amber),
        Column::Green => count(line.green),
        Column::NotScored => count(line.not_scored),
        Column::Children => told(line.children.count.map(Decimal::from)),
        Column::Households => told(line.households.count.map(Decimal::from)),
        Column::Cp => told(line.cp.count.map(Decimal::from)),
        Column::Cioc => told(line.cioc.count.map(Decimal::from)),
        Column::Proceedings => told(line.care_proceedings.count.map(Decimal::from)),
        Column::Unallocated => count(line.unallocated),
        Column::LimitsUsed => told(line.limit_utilisation()),
        Column::PointsUsed => told(line.points_utilisation()),
        Column::ChildrenPerFte => per_fte(&line.children),
        Column::CpPerFte => per_fte(&line.cp),
        Column::CiocPerFte => per_fte(&line.cioc),
        Column::ProceedingsPerFte => per_fte(&line.care_proceedings),
        Column::OverLimit => told(line.over_limit_share()),
        Column::FteNeeded => told(Some(line.fte_needed())),
        Column::Headroom => told(Some(line.headroom_children)),
        Column::Rank | Column::Quartile => Figure::Absent,
    }
}
