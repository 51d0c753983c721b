//! The figures of a team, one row each: what it is called, what it means, how it is reckoned and where it is shown.
//!
//! Of the rows are made the columns of teams.csv and teams-suppressed.csv, the sheets "Values" and "Teams", what
//! trend.csv compares, what is kept back from people outside, and what "How to read this" says of a figure. So a new
//! figure is a new row of `catalogue`, behind the others; only one that a sheet reckons in a way of its own, as a rank
//! is, has its formula there besides.

mod catalogue;
mod row;

use rust_decimal::Decimal;

use crate::directorate::column::{Column, Kind};
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;

use catalogue::CATALOGUE;
use row::PERCENT;

pub use catalogue::Figure;
pub use row::{Adds, Described, Explained, Kept, On, OnTeams, Outside, Row, Way};

/// The figures of a part of the rows: in the order of the rows, or by their places there.
macro_rules! listed {
    ($part:ident $(. $place:ident)?) => {{
        const COUNT: usize = {
            let (mut count, mut at) = (0, 0);
            while at < CATALOGUE.len() {
                count += CATALOGUE[at].$part.is_some() as usize;
                at += 1;
            }
            count
        };
        const fn place(figure: Figure) -> u8 {
            match &figure.row().$part {
                Some(_own) => 0 $(+ _own.$place)?,
                None => u8::MAX,
            }
        }
        const LISTED: [Figure; COUNT] = {
            let mut listed = [Figure::ALL[0]; COUNT];
            let (mut filled, mut at) = (0, 0);
            while at < CATALOGUE.len() {
                let figure = Figure::ALL[at];
                if figure.row().$part.is_some() {
                    let mut to = filled;
                    while to > 0 && place(listed[to - 1]) > place(figure) {
                        listed[to] = listed[to - 1];
                        to -= 1;
                    }
                    listed[to] = figure;
                    filled += 1;
                }
                at += 1;
            }
            listed
        };
        &LISTED
    }};
}

/// The figures of teams.csv, in the order of its columns.
pub const TABLED: &[Figure] = listed!(csv);
/// The figures of the sheet "Values", in the order of its columns.
pub const ON_VALUES: &[Figure] = listed!(values.place);
/// The figures of the sheet "Teams", in the order of its columns.
pub const ON_TEAMS: &[Figure] = listed!(teams.place);
/// The figures that runs are compared by, in the order of trend.csv.
pub const COMPARED: &[Figure] = listed!(trend.place);
/// The figures that are handed outside, in the order of teams-suppressed.csv.
pub const SHARED: &[Figure] = listed!(outside.place);

impl Figure {
    /// Its row of the catalogue.
    pub const fn row(self) -> &'static Row {
        &CATALOGUE[self as usize]
    }

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The figure of a team, or of several together.
    pub fn of(self, line: &TeamLine) -> Option<Decimal> {
        (self.row().reckoned)(line)
    }

    /// The same as tables write it; empty where there is none.
    pub fn written(self, line: &TeamLine) -> String {
        let places = |figure: Decimal| if self.row().exact { figure.normalize() } else { rounded(figure, 2) };
        self.of(line).map_or(String::new(), |figure| places(figure).to_string())
    }

    /// What the figure of several teams together is made of.
    pub const fn adds(self) -> Adds {
        self.row().adds
    }

    /// It is a share in percent, whose change is in points of percent.
    pub fn is_percent(self) -> bool {
        self.row().unit == PERCENT.unit
    }

    /// The ratio of two sums as tables write it; `None` of nothing.
    pub fn ratio(self, (part, of): (Decimal, Decimal)) -> Option<Decimal> {
        let part = if self.is_percent() { part * Decimal::ONE_HUNDRED } else { part };
        (!of.is_zero()).then(|| rounded(part / of, 2))
    }

    /// The name that comparisons of runs show.
    pub fn label(self) -> &'static str {
        self.row().trend.map_or(self.name(), |own| own.label)
    }

    /// Which way of it is the heavier.
    pub fn worse(self) -> Way {
        self.row().trend.map_or(Way::Neither, |own| own.worse)
    }

    /// When it is kept back from people outside; `None` where it is not handed out at all.
    pub fn kept(self) -> Option<Kept> {
        self.row().outside.map(|own| own.kept)
    }

    /// Its column of teams.csv.
    pub(super) const fn column(self) -> Column {
        let row = self.row();
        let own = described(row.csv);
        let always = matches!(row.adds, Adds::Sum | Adds::OfRated);
        Column { name: row.name, title: own.title, kind: row.kind, unit: row.unit, about: own.about, always }
    }

    /// Its column of teams-suppressed.csv, where any cell may be empty.
    pub(super) const fn shared_column(self) -> Column {
        let row = self.row();
        let own = described(if row.outside_csv.is_some() { row.outside_csv } else { row.csv });
        let counts = matches!(row.outside, Some(Outside { kept: Kept::WholeAmount, .. }));
        let kind = if counts { Kind::Count } else { row.kind };
        Column { name: row.name, title: own.title, kind, unit: row.unit, about: own.about, always: false }
    }
}

/// What is explained of figures in one place, in its order.
pub fn explained(on: On) -> Vec<(Figure, &'static Explained)> {
    let all = Figure::ALL.iter().flat_map(|figure| figure.row().explained.iter().map(|own| (*figure, own)));
    let mut here: Vec<_> = all.filter(|(_, own)| own.on == on).collect();
    here.sort_by_key(|(_, own)| own.place);
    here
}

const fn described(of: Option<Described>) -> Described {
    match of {
        Some(of) => of,
        None => Described { title: "", about: "" },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::directorate::team_line::{Group, Official, Told, WorkerLoad};

    /// Formulas and charts reckon with these; their headings say what they are.
    const SEEN: &[Figure] =
        &[Figure::Before, Figure::PostForOne, Figure::Spread, Figure::WithinLimit, Figure::BeyondLimit];

    /// A team with so much of everything.
    fn line(many: u32) -> TeamLine {
        let figure = Decimal::from(many);
        let told = Told { count: Some(many), fte: figure, teams: 1 };
        let group = Group { workers: many, fte: figure, load: figure, upper: Decimal::TEN, over: many };
        let own = WorkerLoad {
            load: figure,
            upper: Decimal::TEN,
            fte: figure,
            used: Some(figure),
            fte_needed: figure,
            fte_room: Decimal::ONE,
            fte_if_away: figure,
        };
        TeamLine {
            workers: many,
            fte: figure,
            children: told,
            households: told,
            cp: told,
            cioc: told,
            care_proceedings: told,
            unallocated: many,
            red: many,
            amber: many,
            green: many,
            not_scored: many,
            over_limit: 1,
            points_load: figure,
            points_benchmark: Decimal::TEN,
            loads: vec![own],
            nqsw: group,
            part_time: group,
            full_time: group,
            official: Official { cases: many, fte: Decimal::TEN, left_out: many },
            headroom_children: figure,
            children_over: figure,
            ..TeamLine::default()
        }
    }

    #[test]
    fn names_are_unique_and_every_figure_is_explained() {
        let names: BTreeSet<&str> = Figure::ALL.iter().map(|figure| figure.name()).collect();
        assert_eq!(names.len(), Figure::ALL.len(), "a name stands twice");
        for figure in Figure::ALL {
            let row = figure.row();
            let described = |own: &Described| own.about.ends_with('.') && !own.title.is_empty();
            let by_tables = row.csv.as_ref().is_some_and(described) && row.outside_csv.iter().all(described);
            assert!(by_tables || !row.explained.is_empty() || SEEN.contains(figure), "{figure:?} is not explained");
            let shown = row.csv.is_some() || row.values.is_some() || row.teams.is_some();
            assert!(shown, "{figure:?} is shown nowhere");
            assert!(row.csv.is_some() || row.outside.is_none() && row.trend.is_none(), "{figure:?} is in no table");
        }
    }

    #[test]
    fn a_figure_of_several_teams_is_made_of_theirs_as_its_row_says() {
        let (one, other) = (line(2), line(7));
        let mut both = one.clone();
        both.add(&other);
        for figure in Figure::ALL {
            let [own, theirs, all] = [&one, &other, &both].map(|line| figure.of(line));
            let sum = |figure: Figure| figure.of(&both).unwrap();
            let expected = match figure.adds() {
                Adds::Sum | Adds::OfRated | Adds::Told => own.zip(theirs).map(|(own, theirs)| own + theirs),
                Adds::Ratio(part, of) => figure.ratio((sum(part), sum(of))),
                Adds::PerFte(count) => figure.ratio((sum(count), sum(Figure::Fte))),
                Adds::Least => own.min(theirs),
                Adds::Most => own.max(theirs),
                Adds::Alone => continue,
            };
            assert!(expected.is_some(), "{figure:?} is not in the made-up teams");
            assert_eq!(all.map(|all| rounded(all, 2)), expected.map(|all| rounded(all, 2)), "{figure:?}");
        }
    }

    #[test]
    fn a_sum_is_known_of_every_team() {
        for figure in Figure::ALL.iter().filter(|figure| figure.column().always) {
            assert_eq!(figure.of(&TeamLine::default()), Some(Decimal::ZERO), "{figure:?}");
        }
    }

    #[test]
    fn what_is_handed_outside_can_be_kept_back() {
        let number = |kept: Kept| SHARED.iter().filter(|figure| figure.kept() == Some(kept)).count();
        let numbers = [Kept::Workers, Kept::Colour, Kept::Fte, Kept::OverLimit, Kept::Rank].map(number);
        assert_eq!(numbers, [1, 4, 1, 1, 2], "of these `suppress` knows each by name");
        for figure in SHARED {
            let fits = match (figure.row().outside.unwrap().kept, figure.adds()) {
                (Kept::PerFte, Adds::PerFte(count)) => count.kept().is_some(),
                (Kept::Used(of), Adds::Ratio(..)) => of.iter().all(|figure| figure.kept().is_some()),
                (Kept::PerFte | Kept::Used(_), _) => false,
                (Kept::OfChildren, adds) => adds == Adds::Told,
                (Kept::Count | Kept::Colour | Kept::Workers | Kept::Fte, adds) => adds == Adds::Sum,
                (Kept::Amount | Kept::WholeAmount, adds) => adds == Adds::OfRated,
                (Kept::OverLimit | Kept::Rank, _) => true,
            };
            assert!(fits, "{figure:?} is not kept back as it is made");
        }
    }

    #[test]
    fn a_figure_is_named_in_its_row_alone() {
        /// These are words of sentences, too.
        const WORDS: [&str; 3] = ["workers", "children", "cases"];
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/directorate");
        let mut broken = Vec::new();
        for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            // Columns of other tables are called the same, and hold a worker's figures.
            let of_others = path.starts_with("table/") && path != "table/teams.rs";
            if !path.ends_with(".rs") || path.starts_with("figures/") || of_others {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let named = Figure::ALL.iter().map(|figure| figure.name()).filter(|name| !WORDS.contains(name));
            broken.extend(
                named.filter(|name| code.contains(&format!("\"{name}\""))).map(|name| format!("{path}: {name}")),
            );
        }
        assert!(broken.is_empty(), "say `Figure::…` instead:\n{}", broken.join("\n"));
    }
}
