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

use crate::directorate::comparison::Directorate;
use crate::directorate::figures::{Adds, Figure, Kept, SHARED};
use crate::directorate::outward::{Disclosed, Shared, SharedLine};
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;

use columns::{Bound, Group};
use table::Table;

/// Counts from one to this are small.
const SMALL: i64 = 5;

/// How many other figures could stand wherever one is hidden.
const OTHERS: i64 = 2;

/// Which figures of a team are bounded by another: the first add up to no more than the second.
const WITHIN_CHILDREN: &[(&[Figure], Figure)] = &[
    (&[Figure::Proceedings], Figure::Households),
    (&[Figure::Households], Figure::Children),
    (&[Figure::Cp, Figure::Cioc], Figure::Children),
    (&[Figure::Proceedings], Figure::Children),
];

/// The comparison with small counts hidden, and whatever would give them away.
pub fn suppressed(directorate: &Directorate) -> Shared {
    let hidden = Hidden::of(directorate);
    let ranks = ranks(directorate, &hidden);
    let line = |team: &TeamLine, at: usize| SharedLine {
        team: team.team.clone(),
        area: team.area,
        figures: SHARED
            .iter()
            .map(|figure| match (figure, ranks[at]) {
                (Figure::Rank, Some((rank, _))) => Disclosed::Shown(rank.into()),
                (Figure::Quartile, Some((_, quartile))) => Disclosed::Shown(quartile.into()),
                _ => disclosed(team, *figure, &|figure| hidden.is(figure, at)),
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

/// What is hidden: by figure, a place for each team and one for all together.
struct Hidden {
    by_figure: Vec<Vec<bool>>,
    workers: Table,
}

impl Hidden {
    fn of(directorate: &Directorate) -> Self {
        let teams = &directorate.teams;
        let lines: Vec<&TeamLine> = teams.iter().chain([&directorate.whole]).collect();
        let by_size = order(teams, |_| false);
        let rows: Vec<_> = teams.iter().map(|team| [team.red, team.amber, team.green, team.not_scored]).collect();
        let workers = Table::protected(&rows, &by_size);
        let mut hidden = Self { by_figure: vec![vec![false; lines.len()]; Figure::ALL.len()], workers };
        hidden.take_table(teams.len());
        hidden.fte(&lines);

        let by_shown_size = order(teams, |at| hidden.is(Figure::Fte, at));
        let column = |figure: Figure| {
            let count = |line: &TeamLine| figure.of(line).and_then(|count| count.to_i64());
            columns::Column::new(teams.iter().map(count).collect(), count(&directorate.whole), true)
        };
        let children: Vec<Figure> = kept(|kept| kept == Kept::OfChildren).collect();
        let columns = children.iter().map(|figure| column(*figure)).collect();
        let columns = Group::new(columns, within(&children), &by_shown_size).protected();
        for (figure, own) in children.iter().zip(&columns) {
            hidden.take_column(*figure, own);
        }
        for figure in kept(|kept| kept == Kept::Count) {
            let own = Group::new(vec![column(figure)], Vec::new(), &by_shown_size).protected();
            hidden.take_column(figure, &own[0]);
        }

        for figure in kept(|kept| kept == Kept::PerFte) {
            hidden.per_fte(figure, &lines);
        }
        for figure in kept(|kept| matches!(kept, Kept::Used(_))) {
            hidden.used(figure, &lines, &by_shown_size);
        }
        for figure in kept(|kept| matches!(kept, Kept::Amount | Kept::WholeAmount)) {
            hidden.amounts(figure, &lines, &by_shown_size);
        }
        hidden.shares(&lines);
        hidden
    }

    fn is(&self, figure: Figure, at: usize) -> bool {
        self.by_figure[figure as usize][at]
    }

    fn hide(&mut self, figure: Figure, at: usize) {
        self.by_figure[figure as usize][at] = true;
    }

    fn take_table(&mut self, teams: usize) {
        let table = &self.workers;
        for (colour, figure) in COLOURS.into_iter().enumerate() {
            let cells = (0..teams).map(|team| table.cell(team, colour));
            self.by_figure[figure as usize] = cells.chain([table.column(colour)]).collect();
        }
        let cells = (0..teams).map(|team| table.workers(team));
        self.by_figure[Figure::Workers as usize] = cells.chain([table.all()]).collect();
    }

    fn take_column(&mut self, figure: Figure, own: &columns::Column) {
        self.by_figure[figure as usize] = own.hidden.iter().copied().chain([own.total_hidden]).collect();
    }

    /// FTE of few workers is as good as their number. At least two teams' workers are hidden, or the directorate's.
    fn fte(&mut self, lines: &[&TeamLine]) {
        let workers = &self.by_figure[Figure::Workers as usize];
        let (whole, teams) = workers.split_last().map_or((false, &[][..]), |(whole, teams)| (*whole, teams));
        let of_hidden = teams.iter().zip(lines).filter(|(hidden, _)| **hidden);
        let together: Decimal = of_hidden.map(|(_, line)| line.fte).sum();
        // Where none of them has FTE, the directorate's would say so.
        let own = if together.is_zero() { vec![false; teams.len()] } else { teams.to_vec() };
        self.by_figure[Figure::Fte as usize] = own.into_iter().chain([whole && !together.is_zero()]).collect();
    }

    /// Whether what is reckoned from children and FTE would give one of them away.
    fn follows(&self, at: usize) -> bool {
        self.is(Figure::Children, at) || self.is(Figure::Fte, at)
    }

    /// Whether a ratio of all together, made of the FTE of the teams that have part in it, would tell too much of theirs
    /// or of the others' by telling them apart.
    fn tells_apart(&self, has_part: impl Fn(usize) -> bool, teams: usize) -> bool {
        let hidden = || (0..teams).filter(|at| self.is(Figure::Fte, *at));
        let both = hidden().any(&has_part) && hidden().any(|at| !has_part(at));
        both && !self.workers.holds_apart(has_part)
    }

    /// A ratio is shown where both of its figures are, and so tells nothing more.
    fn per_fte(&mut self, ratio: Figure, lines: &[&TeamLine]) {
        let Adds::PerFte(count) = ratio.adds() else { return };
        let whole = lines.len() - 1;
        let apart = self.tells_apart(|at| count.of(lines[at]).is_some(), whole);
        for at in 0..lines.len() {
            if self.is(count, at) || self.is(Figure::Fte, at) || at == whole && apart {
                self.hide(ratio, at);
            }
        }
    }

    /// Limits or points used: a ratio of sums that follows from other figures.
    fn used(&mut self, figure: Figure, lines: &[&TeamLine], order: &[usize]) {
        let (Adds::Ratio(part, _), Some(Kept::Used(from))) = (figure.adds(), figure.kept()) else { return };
        let load = |line: &TeamLine| part.of(line).unwrap_or_default();
        let whole = lines.len() - 1;
        let nothing = |line: &TeamLine| line.children.count == Some(0) && load(line).is_zero();
        for (at, line) in lines.iter().enumerate() {
            if figure.of(line).is_some() && from.iter().any(|other| self.is(*other, at)) && !nothing(line) {
                self.hide(figure, at);
            }
        }
        let hidden: Vec<usize> = (0..whole).filter(|at| self.is(figure, *at)).collect();
        if !nothing(lines[whole]) && self.tells_apart(|at| figure.of(lines[at]).is_some(), whole) {
            self.hide(figure, whole);
        }
        if self.is(figure, whole) || hidden.is_empty() {
            return;
        }
        // One alone follows from the directorate's, and nought all together is nought for each.
        let other = order.iter().find(|at| {
            !self.is(figure, **at)
                && figure.of(lines[**at]).is_some_and(|used| !used.is_zero())
                && !load(lines[**at]).is_zero()
        });
        let follow = hidden.len() == 1 || hidden.iter().all(|at| load(lines[*at]).is_zero());
        match other {
            Some(other) if follow => self.hide(figure, *other),
            None if follow => self.hide(figure, whole),
            _ => {}
        }
    }

    /// FTE needed and headroom in children, which add up to the directorate's.
    fn amounts(&mut self, figure: Figure, lines: &[&TeamLine], order: &[usize]) {
        let counts = figure.kept() == Some(Kept::WholeAmount);
        let units = |line: &TeamLine| match figure.of(line)? {
            children if counts => children.to_i64(),
            posts => (rounded(posts, 2) * Decimal::ONE_HUNDRED).to_i64(),
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
        let own = Group::new(vec![own], Vec::new(), order).protected();
        self.take_column(figure, &own[0]);
    }

    /// The share of workers over limit.
    fn shares(&mut self, lines: &[&TeamLine]) {
        let whole = lines.len() - 1;
        // Who changes from amber to green or back is within the limit, or without one, as before.
        let colours_shown = |hidden: &Self, at: usize| {
            [Figure::Workers, Figure::Red, Figure::NotScored].iter().all(|figure| !hidden.is(*figure, at))
        };
        let large = |line: &TeamLine| {
            let Workers { over, within, unrated } = Workers::of(line);
            !small(over) && !small(within) && !small(unrated)
        };
        let rated = |at: usize| lines[at].limit_rated() > 0;
        // Where no worker is red, or no FTE is needed, everybody can tell that none is over.
        let plainly_none = |hidden: &Self, at: usize| {
            lines[at].over_limit == 0 && (lines[at].red == 0 || !hidden.is(Figure::FteNeeded, at))
        };
        for at in (0..whole).filter(|at| rated(*at)) {
            let shown = colours_shown(self, at) && large(lines[at]) && !self.follows(at);
            if !shown && !plainly_none(self, at) {
                self.hide(Figure::OverShare, at);
            }
        }
        let hidden: Vec<usize> = (0..whole).filter(|at| self.is(Figure::OverShare, *at)).collect();
        // Who is over is red: of the reds of a team that has none over, the directorate's share tells something.
        let reds_hold = (0..whole).all(|at| !self.is(Figure::Red, at) || lines[at].over_limit > 0) || {
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
            self.hide(Figure::OverShare, whole);
        }
    }

    /// Whether a worker over the limit could as well be another team's, for all that is shown.
    fn could_change_places(&self, at: usize, others: &[usize], lines: &[&TeamLine]) -> bool {
        let reads_none = |at: usize| lines[at].over_limit == 0 && !self.is(Figure::FteNeeded, at);
        let gains = |at: usize| Workers::of(lines[at]).within > 0 && !reads_none(at);
        let loses = |at: usize| lines[at].over_limit > 1;
        let between = |from: usize, to: usize| {
            // A red of other cause is over, and who was over is red of other cause: no colour changes.
            let as_they_are = lines[to].over_limit < lines[to].red;
            // Or two change colours, where those are hidden.
            let hidden = |figure| self.is(figure, from) && self.is(figure, to);
            let step = |count: u32, by: i64| {
                let (least, most) = bounds(count.into(), true);
                (least..=most).contains(&(i64::from(count) + by))
            };
            let swapped = |figure: Figure, of: fn(&TeamLine) -> u32| {
                hidden(figure) && step(of(lines[from]), 1) && step(of(lines[to]), -1)
            };
            let colours = hidden(Figure::Red)
                && step(lines[from].red, -1)
                && step(lines[to].red, 1)
                && (swapped(Figure::Amber, |line| line.amber) || swapped(Figure::Green, |line| line.green));
            loses(from) && gains(to) && (as_they_are || colours)
        };
        others.iter().any(|other| *other != at && (between(at, *other) || between(*other, at)))
    }
}

/// The figures that are kept back in a way.
fn kept(way: impl Fn(Kept) -> bool) -> impl Iterator<Item = Figure> {
    SHARED.iter().copied().filter(move |figure| figure.kept().is_some_and(&way))
}

/// What holds between these figures, by their places.
fn within(figures: &[Figure]) -> Vec<Bound> {
    let place = |figure: &Figure| figures.iter().position(|other| other == figure);
    let bound = |(parts, whole): &(&[Figure], Figure)| {
        Some(Bound { parts: parts.iter().map(place).collect::<Option<_>>()?, whole: place(whole)? })
    };
    WITHIN_CHILDREN.iter().filter_map(bound).collect()
}

const COLOURS: [Figure; 4] = [Figure::Red, Figure::Amber, Figure::Green, Figure::NotScored];

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
        let used = team.limit_utilisation().filter(|_| !hidden.is(Figure::LimitsUsed, at))?;
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

/// What is told of a figure, where `hidden` says which figures of the line are kept back.
fn disclosed(line: &TeamLine, figure: Figure, hidden: &dyn Fn(Figure) -> bool) -> Disclosed {
    match (figure.adds(), figure.of(line)) {
        // A rank is told of those alone that have one among the figures shown.
        _ if figure.kept() == Some(Kept::Rank) => Disclosed::Absent,
        // Nothing per whatever there is, and whether there is anything is not told.
        (Adds::PerFte(count), _) if hidden(figure) => match count.of(line) {
            None => Disclosed::Absent,
            Some(count) if count.is_zero() => Disclosed::Shown(Decimal::ZERO),
            Some(_) => Disclosed::Hidden,
        },
        (_, None) => Disclosed::Absent,
        (_, Some(_)) if hidden(figure) => Disclosed::Hidden,
        (_, Some(own)) => Disclosed::Shown(rounded(own, 2)),
    }
}
