//! Every figure of a team. Rows stand in the order of the columns of teams.csv, which is a contract: a new one stands
//! behind the others.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::Look;
use crate::directorate::team_line::TeamLine;

use super::row::{
    Adds, COUNT, EXACT, FIGURE, Kept, OF_SHEET, ORDINAL, On, PERCENT, Row, SIGNED, Way, column, compared, count, on,
    outside, place, wide,
};

/// What stands above several columns of the sheet "Teams".
const LOAD: &str = "Load against limits";
const COLOURS: &str = "Workers by colour";
const GAPS: &str = "Gaps and room";
const PEOPLE: &str = "Workers and children";
const STATUTORY: &str = "Statutory work";
const WORKERS: &str = "Workers' limits used";
const CHARTS: &str = "For the charts";

/// Makes the type and the rows of one list: a figure's name in the source and in tables, and what its row says.
macro_rules! figures {
    ($($figure:ident = $name:literal { $($row:tt)* })+) => {
        /// A figure of a team, in the order of the catalogue; its row says what it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Figure { $(#[doc = concat!("`", $name, "`.")] $figure),+ }

        impl Figure {
            /// Every figure, in order.
            pub const ALL: &'static [Figure] = &[$(Figure::$figure),+];
        }

        /// The rows, in the order of the figures.
        pub(super) const CATALOGUE: &[Row] = &[$(Row { name: $name, $($row)* }),+];
    };
}

figures! {
    Workers = "workers" {
        unit: "workers", reckoned: |line| count(line.workers),
        csv: column("Workers", "Workers listed."),
        values: place(1, "Workers"),
        teams: wide(15, PEOPLE, "Workers", 10),
        trend: compared(3, "Workers", "workers", Way::Neither),
        outside: outside(1, "Workers", 9, Kept::Workers),
        ..COUNT
    }
    Fte = "fte" {
        unit: "full-time posts", reckoned: |line| Some(line.fte), look: Look::Decimals,
        csv: column("FTE", "The FTE of all workers added up."),
        values: place(2, "FTE"),
        teams: wide(16, PEOPLE, "FTE", 9),
        trend: compared(4, "FTE", "fte", Way::Neither),
        outside: outside(2, "FTE", 8, Kept::Fte),
        ..EXACT
    }
    Children = "children" {
        unit: "children", reckoned: |line| line.children.count.map(Decimal::from), adds: Adds::Told,
        csv: column("Children", "Children with a key worker, each once; those whom nobody holds stand in unallocated. \
            Empty where the workbook does not tell."),
        values: place(3, "Children"),
        teams: wide(17, PEOPLE, "Children", 10),
        trend: compared(5, "Children", "children", Way::Neither),
        outside: outside(7, "Children", 10, Kept::OfChildren),
        outside_csv: column("Children", "Children with a key worker, each once."),
        explained: &[
            on(On::Teams, 7, "Children", "Children with a key worker, each sibling counted, each once. Co-worked \
                cases are not counted."),
            on(On::Shared, 9, "Children", "Children with a key worker, each once. Co-worked cases are not counted."),
        ],
        ..COUNT
    }
    Households = "households" {
        unit: "households", reckoned: |line| line.households.count.map(Decimal::from), adds: Adds::Told,
        csv: column("Families", "Households of those children. Empty where not told."),
        values: place(4, "Families"),
        teams: wide(18, PEOPLE, "Families", 10),
        outside: outside(8, "Families", 10, Kept::OfChildren),
        outside_csv: column("Families", "Households of those children."),
        ..COUNT
    }
    ChildrenPerFte = "children_per_fte" {
        unit: "children for each full-time post", reckoned: |line| line.children.per_fte(),
        adds: Adds::PerFte(Figure::Children), look: Look::Decimals,
        csv: column("Children per FTE", "children ÷ fte."),
        teams: wide(19, PEOPLE, "Children per FTE", 10),
        trend: compared(16, "Children per FTE", "children per fte", Way::Up),
        outside: outside(15, "Children per FTE", 10, Kept::PerFte),
        explained: &[
            on(On::Teams, 8, "Per FTE", "The team's figure ÷ FTE of all its workers."),
            on(On::SharedOverview, 4, "Children per FTE", "children with a key worker ÷ FTE of all workers"),
            on(On::Shared, 10, "Per FTE", "The team's figure ÷ FTE of all its workers."),
        ],
        ..FIGURE
    }
    LimitsUsed = "limit_utilisation" {
        reckoned: TeamLine::limit_utilisation, adds: Adds::Ratio(Figure::LimitLoad, Figure::LimitUpper),
        csv: column("Limits used", "limit_load ÷ limit_upper: the load of all workers rated against a limit as a \
            share of their limits, both added up first. Empty where no worker has a limit above 0."),
        teams: wide(1, LOAD, "Limits used", 10),
        trend: compared(1, "Limits used", "percent", Way::Up),
        outside: outside(13, "Limits used", 10, Kept::Used(&[Figure::Children, Figure::Fte])),
        outside_csv: column("Limits used", "The load of all workers as a share of their limits."),
        explained: &[
            on(On::Overview, 1, "Limits used", "Load of all workers ÷ their limits after pro rata, both added up \
                first; never a mean of percentages."),
            on(On::SharedOverview, 1, "Limits used", "load of all workers ÷ their limits, both added up first"),
            on(On::Shared, 1, "Limits used", "Load of all workers of the team ÷ their limits after pro rata, both \
                added up first; never a mean of percentages."),
        ],
        ..PERCENT
    }
    PointsUsed = "points_utilisation" {
        reckoned: TeamLine::points_utilisation, adds: Adds::Ratio(Figure::PointsLoad, Figure::PointsBenchmark),
        csv: column("Points used", "points_load ÷ points_benchmark. Empty where no worker is scored in points."),
        teams: wide(21, PEOPLE, "Points used", 10),
        trend: compared(2, "Points used", "percent", Way::Up),
        outside: outside(14, "Points used", 10, Kept::Used(&[Figure::Children, Figure::Fte, Figure::Households])),
        outside_csv: column("Points used", "The points of all workers as a share of their benchmarks."),
        explained: &[
            on(On::Teams, 2, "Points used", "Points of the team's workers ÷ their benchmarks after pro rata, both \
                added up first."),
            on(On::SharedOverview, 2, "Points used", "points of all workers ÷ their benchmarks"),
            on(On::Shared, 2, "Points used", "The same for the points model: points ÷ benchmarks after pro rata."),
        ],
        ..PERCENT
    }
    Red = "red" {
        unit: "workers", reckoned: |line| count(line.red), tone: Some(Tone::Red),
        csv: column("Red", "Workers whose overall colour is red."),
        values: place(9, "Red"),
        teams: wide(7, COLOURS, "Red", 8),
        trend: compared(7, "Workers red", "workers", Way::Up),
        outside: outside(3, "Red", 7, Kept::Colour),
        explained: &[
            on(On::Overview, 2, "RED, AMBER, GREEN", "Workers by the worst of their ratings over all limits and \
                measures. What each colour asks for stands below."),
            on(On::Shared, 3, "Red, amber, green", "Workers by the worst of their ratings over all limits and \
                measures."),
        ],
        ..COUNT
    }
    Amber = "amber" {
        unit: "workers", reckoned: |line| count(line.amber), tone: Some(Tone::Amber),
        csv: column("Amber", "Workers whose overall colour is amber."),
        values: place(10, "Amber"),
        teams: wide(8, COLOURS, "Amber", 9),
        trend: compared(8, "Workers amber", "workers", Way::Neither),
        outside: outside(4, "Amber", 8, Kept::Colour),
        ..COUNT
    }
    Green = "green" {
        unit: "workers", reckoned: |line| count(line.green), tone: Some(Tone::Green),
        csv: column("Green", "Workers whose overall colour is green."),
        values: place(11, "Green"),
        teams: wide(9, COLOURS, "Green", 9),
        trend: compared(9, "Workers green", "workers", Way::Neither),
        outside: outside(5, "Green", 8, Kept::Colour),
        ..COUNT
    }
    NotScored = "not_scored" {
        unit: "workers", reckoned: |line| count(line.not_scored), tone: Some(Tone::NotScored),
        csv: column("Not scored", "Workers for whom there is nothing to judge by, or whose data cannot be used; they \
            are never among the green."),
        values: place(12, "Not scored"),
        teams: wide(10, COLOURS, "Not scored", 9),
        trend: compared(10, "Workers not scored", "workers", Way::Up),
        outside: outside(6, "Not scored", 8, Kept::Colour),
        outside_csv: column("Not scored", "Workers who could not be scored; they are never among the green."),
        explained: &[
            on(On::Overview, 3, "NOT SCORED", "Workers for whom there is nothing to judge against, or whose data \
                cannot be used. They are never counted as green."),
            on(On::Shared, 4, "Not scored", "Workers for whom there is nothing to judge against, or whose data cannot \
                be used. They are never counted as green."),
        ],
        ..COUNT
    }
    OverShare = "over_limit_share" {
        reckoned: TeamLine::over_limit_share, adds: Adds::Ratio(Figure::OverLimit, Figure::Rated),
        csv: column("Workers over their limit", "over_limit ÷ limit_rated. Empty where no worker is rated against a \
            limit."),
        teams: wide(11, COLOURS, "Over their limit", 9),
        outside: outside(19, "Workers over limit", 10, Kept::OverLimit),
        outside_csv: column("Workers over limit", "Workers above an upper figure ÷ workers rated against a limit."),
        explained: &[
            on(On::Teams, 3, "Over their limit", "Workers above their upper figure ÷ workers with a limit rating."),
            on(On::SharedOverview, 3, "Workers over limit", "of the workers rated against a limit"),
            on(On::Shared, 5, "Workers over limit", "Workers above their upper figure ÷ workers with a limit rating."),
        ],
        ..PERCENT
    }
    Unallocated = "unallocated" {
        unit: "children", reckoned: |line| count(line.unallocated), tone: Some(Tone::Error),
        csv: column("Unallocated", "Children whom no named worker holds; they are not in children."),
        values: place(8, "Children nobody holds"),
        teams: wide(12, GAPS, "Children nobody holds", 11),
        trend: compared(6, "Children nobody holds", "children", Way::Up),
        outside: outside(12, "Children nobody holds", 13, Kept::Count),
        outside_csv: column("Children nobody holds", "Children without a named worker."),
        explained: &[
            on(On::Overview, 4, "Children nobody holds", "Children without a named worker; none is expected. They are \
                not among the team's children, and in nobody's load."),
            on(On::SharedOverview, 5, "Children nobody holds", "none is expected: every child has a named worker"),
            on(On::Shared, 6, "Children nobody holds", "Children without a named worker; none is expected. They are \
                not among the team's children."),
        ],
        ..COUNT
    }
    FteNeeded = "fte_needed" {
        unit: "full-time posts", reckoned: |line| Some(line.fte_needed()), adds: Adds::OfRated, look: Look::Decimals,
        csv: column("FTE needed", "FTE that would bring every worker within the limit: what each worker holds above \
            the upper figure of their limit ÷ that of full time, added up."),
        values: place(38, "FTE needed"),
        teams: wide(13, GAPS, "FTE needed", 10),
        trend: compared(11, "FTE needed", "fte", Way::Up),
        outside: outside(20, "FTE needed", 9, Kept::Amount),
        outside_csv: column("FTE needed", "FTE needed to bring every worker within the limit."),
        explained: &[
            on(On::Capacity, 1, "FTE needed", "What each worker holds above the upper figure of their limit ÷ the \
                full-time limit, added up."),
            on(On::SharedOverview, 6, "FTE needed", "to bring every worker within the limit"),
            on(On::Shared, 7, "FTE needed", "What each worker holds above the upper figure of their limit ÷ the \
                full-time limit, added up."),
        ],
        ..FIGURE
    }
    Headroom = "headroom_children" {
        unit: "children", reckoned: |line| Some(line.headroom_children), adds: Adds::OfRated,
        csv: column("Headroom", "Whole children that workers could take before they pass the lower figure of their \
            limit, added up."),
        values: place(41, "Headroom in children"),
        teams: wide(14, GAPS, "Headroom in children", 12),
        trend: compared(12, "Headroom in children", "children", Way::Down),
        outside: outside(21, "Headroom in children", 11, Kept::WholeAmount),
        outside_csv: column("Headroom in children", "Children that could be taken before the lower figures are passed."),
        explained: &[
            on(On::Capacity, 2, "Headroom, room in FTE", "Whole children, or what the limit counts, that workers \
                could take before they pass the lower figure; the same as posts."),
            on(On::SharedOverview, 7, "Headroom in children", "that could be taken within the lower figures"),
            on(On::Shared, 8, "Headroom in children", "Whole children that workers could take before they pass the \
                lower figure of their limit; added up."),
        ],
        ..EXACT
    }
    Rank = "rank" {
        reckoned: |line| line.rank.map(Decimal::from),
        csv: column("Rank", "1 uses most of its limits; equal teams share a rank. Empty without limit_utilisation."),
        teams: wide(3, LOAD, "Rank", 8),
        outside: outside(22, "Rank by limits used", 9, Kept::Rank),
        outside_csv: column("Rank", "1 is the highest limit_utilisation of those shown; equal ones share a rank."),
        explained: &[
            on(On::Teams, 4, "Rank and quartile", "Rank 1 uses most of its limits; equal teams share a rank. Quartile \
                1 is the most loaded quarter of the teams."),
            on(On::Shared, 11, "Rank and quartile", "Rank 1 uses most of its limits; equal teams share a rank. \
                Quartile 1 is the most loaded quarter of the teams."),
        ],
        ..ORDINAL
    }
    Cp = "cp" {
        unit: "children", reckoned: |line| line.cp.count.map(Decimal::from), adds: Adds::Told,
        csv: column("Child protection", "Children on a child protection plan. Empty where not told."),
        values: place(5, "CP"),
        teams: wide(22, STATUTORY, "CP", 7),
        outside: outside(9, "CP", 7, Kept::OfChildren),
        outside_csv: column("On child protection plans", "Children on child protection plans."),
        ..COUNT
    }
    Cioc = "cioc" {
        unit: "children", reckoned: |line| line.cioc.count.map(Decimal::from), adds: Adds::Told,
        csv: column("In our care", "Children in the council's care. Empty where not told."),
        values: place(6, "In our care"),
        teams: wide(23, STATUTORY, "In our care", 9),
        outside: outside(10, "In our care", 8, Kept::OfChildren),
        outside_csv: column("In our care", "Children in our care."),
        ..COUNT
    }
    Proceedings = "care_proceedings" {
        unit: "households", reckoned: |line| line.care_proceedings.count.map(Decimal::from), adds: Adds::Told,
        csv: column("Care proceedings", "Households in care proceedings; a child without a household counts as one. \
            Empty where not told."),
        values: place(7, "Families in care proceedings"),
        teams: wide(24, STATUTORY, "In care proceedings", 13),
        outside: outside(11, "In care proceedings", 13, Kept::OfChildren),
        outside_csv: column("In care proceedings", "Households in care proceedings."),
        ..COUNT
    }
    CpPerFte = "cp_per_fte" {
        unit: "children for each full-time post", reckoned: |line| line.cp.per_fte(), adds: Adds::PerFte(Figure::Cp),
        look: Look::Decimals,
        csv: column("Child protection per FTE", "cp ÷ fte."),
        teams: wide(25, STATUTORY, "CP per FTE", 9),
        trend: compared(13, "CP per FTE", "children per fte", Way::Neither),
        outside: outside(16, "CP per FTE", 8, Kept::PerFte),
        outside_csv: column("On plans per FTE", "cp ÷ fte."),
        ..FIGURE
    }
    CiocPerFte = "cioc_per_fte" {
        unit: "children for each full-time post", reckoned: |line| line.cioc.per_fte(),
        adds: Adds::PerFte(Figure::Cioc), look: Look::Decimals,
        csv: column("In our care per FTE", "cioc ÷ fte."),
        teams: wide(26, STATUTORY, "In care per FTE", 9),
        trend: compared(14, "In our care per FTE", "children per fte", Way::Neither),
        outside: outside(17, "In our care per FTE", 9, Kept::PerFte),
        ..FIGURE
    }
    ProceedingsPerFte = "proceedings_per_fte" {
        unit: "households for each full-time post", reckoned: |line| line.care_proceedings.per_fte(),
        adds: Adds::PerFte(Figure::Proceedings), look: Look::Decimals,
        csv: column("Care proceedings per FTE", "care_proceedings ÷ fte."),
        teams: wide(27, STATUTORY, "Proceedings per FTE", 13),
        trend: compared(15, "Proceedings per FTE", "households per fte", Way::Neither),
        outside: outside(18, "Proceedings per FTE", 13, Kept::PerFte),
        outside_csv: column("Proceedings per FTE", "care_proceedings ÷ fte."),
        ..FIGURE
    }
    Least = "least_utilised" {
        reckoned: |line| Some(line.spread()?.least), adds: Adds::Least,
        csv: column("Least loaded worker", "The lowest share of their limit that a worker uses."),
        values: place(20, "Least loaded worker"),
        teams: wide(28, WORKERS, "Least loaded", 10),
        explained: &[
            on(On::Teams, 9, "Least and most loaded", "Share of their limit that the least and the most loaded worker \
                use; the spread is the distance between them."),
        ],
        ..PERCENT
    }
    Most = "most_utilised" {
        reckoned: |line| Some(line.spread()?.most), adds: Adds::Most,
        csv: column("Most loaded worker", "The highest share of their limit that a worker uses."),
        values: place(24, "Most loaded worker"),
        teams: wide(29, WORKERS, "Most loaded", 10),
        ..PERCENT
    }
    Quartile = "quartile" {
        reckoned: |line| line.quartile.map(Decimal::from),
        csv: column("Quartile", "1 is the most loaded quarter of the teams by rank, 4 the least loaded."),
        teams: wide(4, LOAD, "Quartile", 10),
        outside: outside(23, "Quartile", 9, Kept::Rank),
        outside_csv: column("Quartile", "1 is the most loaded quarter of the teams whose limit_utilisation is shown."),
        ..ORDINAL
    }
    Change = "change" {
        unit: "points of percent", reckoned: |line| line.change, look: Look::Hundredths,
        csv: column("Change", "limit_utilisation less that of the earlier run given with --previous. Empty without \
            one, or where the team was not in it."),
        teams: wide(6, LOAD, "Change since last run, points", 14),
        explained: &[
            on(On::Teams, 6, "Change", "Limits used less those of the last run given, in points of percent; – without \
                one."),
        ],
        ..SIGNED
    }
    LimitLoad = "limit_load" {
        unit: "units of the limits", reckoned: |line| Some(line.limit_load()),
        csv: column("Load by limits", "Load of the workers rated against a limit, added up."),
        values: place(13, "Load by limits"),
        ..EXACT
    }
    LimitUpper = "limit_upper" {
        unit: "units of the limits", reckoned: |line| Some(line.limit_upper()),
        csv: column("Limits", "The upper figures of the same workers after pro rata, added up."),
        values: place(14, "Limits"),
        ..EXACT
    }
    Rated = "limit_rated" {
        unit: "workers", reckoned: |line| count(line.limit_rated()),
        csv: column("Rated against a limit", "Workers rated against a limit."),
        values: place(16, "Workers rated by limits"),
        ..COUNT
    }
    LimitFte = "limit_fte" {
        unit: "full-time posts", reckoned: |line| Some(line.limit_fte()),
        csv: column("FTE rated against a limit", "The FTE of the same workers."),
        values: place(15, "FTE rated by limits"),
        ..EXACT
    }
    OverLimit = "over_limit" {
        unit: "workers", reckoned: |line| count(line.over_limit),
        csv: column("Over their limit", "Workers above the upper figure of a limit."),
        values: place(17, "Workers over limit"),
        ..COUNT
    }
    PointsLoad = "points_load" {
        unit: "points", reckoned: |line| Some(line.points_load),
        csv: column("Points", "Points of the workers scored in points, added up."),
        values: place(18, "Points"),
        ..EXACT
    }
    PointsBenchmark = "points_benchmark" {
        unit: "points", reckoned: |line| Some(line.points_benchmark),
        csv: column("Benchmarks", "Their benchmarks after pro rata, added up."),
        values: place(19, "Benchmarks in points"),
        ..EXACT
    }
    LowerQuartile = "lower_quartile_utilised" {
        reckoned: |line| Some(line.spread()?.lower_quartile),
        csv: column("Lower quartile of workers", "A quarter of the workers use less of their limit; between two \
            workers as QUARTILE.INC of a spreadsheet."),
        values: place(21, "Lower quartile of workers"),
        explained: &[
            on(On::Fairness, 2, "Quartiles, median", "A quarter, half and three quarters of the workers use less of \
                their limit."),
        ],
        ..PERCENT
    }
    Median = "median_utilised" {
        reckoned: |line| Some(line.spread()?.median),
        csv: column("Median worker", "Half of the workers use less of their limit."),
        values: place(22, "Median worker"),
        ..PERCENT
    }
    UpperQuartile = "upper_quartile_utilised" {
        reckoned: |line| Some(line.spread()?.upper_quartile),
        csv: column("Upper quartile of workers", "Three quarters of the workers use less of their limit."),
        values: place(23, "Upper quartile of workers"),
        ..PERCENT
    }
    Hoover = "hoover" {
        reckoned: TeamLine::hoover,
        csv: column("Unevenness (Hoover index)", "The share of the load that would have to change hands for every \
            worker to stand at the same share of their limit; 0 is even."),
        values: place(25, "Hoover index"),
        explained: &[
            on(On::Fairness, 1, "Unevenness (Hoover)", "The share of the load that would have to change hands for \
                every worker to stand at the same share of their limit; 0 is even. A worker may rightly hold less, so \
                it carries no verdict."),
        ],
        ..PERCENT
    }
    Nqsw = "nqsw" {
        unit: "workers", reckoned: |line| count(line.nqsw.workers),
        csv: column("Newly qualified", "Newly qualified workers rated against a limit."),
        values: place(26, "NQSWs"),
        explained: &[
            on(On::Fairness, 3, "NQSWs", "Newly qualified workers: their share of the load beside their share of the \
                FTE. Their load should be lower and protected."),
        ],
        ..COUNT
    }
    NqswFte = "nqsw_fte" {
        unit: "full-time posts", reckoned: |line| Some(line.nqsw.fte),
        csv: column("FTE of the newly qualified", "Their FTE."),
        values: place(27, "FTE of NQSWs"),
        ..EXACT
    }
    NqswLoad = "nqsw_load" {
        unit: "units of the limits", reckoned: |line| Some(line.nqsw.load),
        csv: column("Load of the newly qualified", "Their load."),
        values: place(28, "Load of NQSWs"),
        ..EXACT
    }
    NqswLoadShare = "nqsw_load_share" {
        reckoned: TeamLine::nqsw_load_share, adds: Adds::Ratio(Figure::NqswLoad, Figure::LimitLoad),
        csv: column("Newly qualified share of the load", "nqsw_load ÷ limit_load."),
        ..PERCENT
    }
    PartTime = "part_time" {
        unit: "workers", reckoned: |line| count(line.part_time.workers),
        csv: column("Part time", "Workers below 1 FTE rated against a limit."),
        values: place(29, "Part-time workers"),
        explained: &[
            on(On::Fairness, 4, "Part time", "Workers below 1 FTE beside those of 1 and above. Limits used is the \
                fair comparison."),
        ],
        ..COUNT
    }
    PartTimeFte = "part_time_fte" {
        unit: "full-time posts", reckoned: |line| Some(line.part_time.fte),
        csv: column("FTE of part-timers", "Their FTE."),
        values: place(30, "FTE of part-time workers"),
        ..EXACT
    }
    PartTimeLoad = "part_time_load" {
        unit: "units of the limits", reckoned: |line| Some(line.part_time.load),
        csv: column("Load of part-timers", "Their load."),
        values: place(31, "Load of part-time workers"),
        ..EXACT
    }
    PartTimePerFte = "part_time_per_fte" {
        unit: "units of the limits for each full-time post", reckoned: |line| line.part_time.per_fte(),
        adds: Adds::Ratio(Figure::PartTimeLoad, Figure::PartTimeFte), look: Look::Decimals,
        csv: column("Part-timers' load per FTE", "part_time_load ÷ part_time_fte."),
        ..FIGURE
    }
    FullTime = "full_time" {
        unit: "workers", reckoned: |line| count(line.full_time.workers),
        csv: column("Full time", "Workers of 1 FTE or above rated against a limit."),
        values: place(32, "Full-time workers"),
        ..COUNT
    }
    FullTimeFte = "full_time_fte" {
        unit: "full-time posts", reckoned: |line| Some(line.full_time.fte),
        csv: column("FTE of full-timers", "Their FTE."),
        values: place(33, "FTE of full-time workers"),
        ..EXACT
    }
    FullTimeLoad = "full_time_load" {
        unit: "units of the limits", reckoned: |line| Some(line.full_time.load),
        csv: column("Load of full-timers", "Their load."),
        values: place(34, "Load of full-time workers"),
        ..EXACT
    }
    FullTimePerFte = "full_time_per_fte" {
        unit: "units of the limits for each full-time post", reckoned: |line| line.full_time.per_fte(),
        adds: Adds::Ratio(Figure::FullTimeLoad, Figure::FullTimeFte), look: Look::Decimals,
        csv: column("Full-timers' load per FTE", "full_time_load ÷ full_time_fte."),
        ..FIGURE
    }
    Cases = "cases" {
        unit: "persons", reckoned: |line| count(line.official.cases),
        csv: column("Cases, official measure", "Children, young people and foster carers allocated to a named social \
            worker, each person counted, as the Department for Education counts them."),
        values: place(35, "Cases (official)"),
        ..COUNT
    }
    CasesFte = "cases_fte" {
        unit: "full-time posts", reckoned: |line| Some(line.official.fte),
        csv: column("FTE, official measure", "The FTE of the social workers who hold one case or more."),
        values: place(36, "FTE holding cases (official)"),
        ..EXACT
    }
    CasesLeftOut = "cases_left_out" {
        unit: "workers", reckoned: |line| count(line.official.left_out),
        csv: column("Left out of the official measure", "Social workers left out of cases and cases_fte, because how \
            many they hold or their FTE is not known."),
        values: place(37, "Social workers left out (official)"),
        ..COUNT
    }
    AverageCaseload = "average_caseload" {
        unit: "persons for each full-time post", reckoned: |line| line.official.average(),
        adds: Adds::Ratio(Figure::Cases, Figure::CasesFte), look: Look::Decimals,
        csv: column("Average caseload, official measure", "cases ÷ cases_fte. Empty where nobody holds a case."),
        teams: wide(20, PEOPLE, "Average caseload (official)", 11),
        trend: compared(17, "Average caseload", "cases per fte", Way::Up),
        explained: &[
            on(On::Benchmarks, 1, "Average caseload", "As the Department for Education counts it: persons allocated \
                to named social workers ÷ FTE of those who hold any. It is no rating: it weighs neither risk nor \
                experience."),
        ],
        ..FIGURE
    }
    ChildrenOver = "children_over" {
        unit: "children", reckoned: |line| Some(line.children_over), adds: Adds::OfRated,
        csv: column("Children above limits", "Children above the upper figures of the workers' limits, each worker's \
            in whole children, added up."),
        values: place(42, "Children above limits"),
        ..EXACT
    }
    FteRoom = "fte_room" {
        unit: "full-time posts", reckoned: |line| Some(line.fte_room()), adds: Adds::OfRated, look: Look::Decimals,
        csv: column("FTE of room", "Room that workers have, as FTE: whole units below the lower figure ÷ full-time \
            limit, added up."),
        values: place(39, "FTE of room"),
        ..FIGURE
    }
    NetGap = "net_gap_fte" {
        unit: "full-time posts", reckoned: |line| Some(line.net_gap_fte()), adds: Adds::OfRated, look: Look::Decimals,
        csv: column("Net gap", "fte_needed less fte_room: above 0 posts are short even if work were shared out; below \
            0 there is room."),
        explained: &[
            on(On::Capacity, 3, "Net gap", "FTE needed less room. Above 0, posts are short even if all work could be \
                handed to whoever has room."),
        ],
        ..SIGNED
    }
    FteIfAway = "fte_if_away" {
        unit: "full-time posts", reckoned: TeamLine::fte_if_away, adds: Adds::Most, look: Look::Decimals,
        csv: column("FTE lacking if one worker is away", "FTE that the team would lack besides if the worker whose \
            absence weighs most were away. Empty where no worker is rated against a limit."),
        values: place(40, "FTE lacking if one worker is away"),
        explained: &[
            on(On::Capacity, 4, "More children, one away", "What the gap would be. A straight line, to plan with; not \
                a forecast."),
        ],
        ..FIGURE
    }
    NqswUpper = "nqsw_upper" {
        unit: "units of the limits", reckoned: |line| Some(line.nqsw.upper),
        csv: column("Limits of the newly qualified", "Their upper figures, added up."),
        values: place(44, "Limits of NQSWs"),
        ..EXACT
    }
    NqswOver = "nqsw_over" {
        unit: "workers", reckoned: |line| count(line.nqsw.over),
        csv: column("Newly qualified over limit", "Newly qualified workers above their upper figure."),
        values: place(45, "NQSWs over limit"),
        ..COUNT
    }
    PartTimeUpper = "part_time_upper" {
        unit: "units of the limits", reckoned: |line| Some(line.part_time.upper),
        csv: column("Limits of part-timers", "Their upper figures, added up."),
        values: place(46, "Limits of part-time workers"),
        ..EXACT
    }
    FullTimeUpper = "full_time_upper" {
        unit: "units of the limits", reckoned: |line| Some(line.full_time.upper),
        csv: column("Limits of full-timers", "Their upper figures, added up."),
        values: place(47, "Limits of full-time workers"),
        ..EXACT
    }
    // Figures of sheets alone: no table has a column of these names.
    Before = "limit_utilisation_before" {
        reckoned: TeamLine::before,
        values: place(43, "Limits used in the last run"),
        ..PERCENT
    }
    PostForOne = "fte_for_one_more" {
        unit: "full-time posts", reckoned: TeamLine::post_for_one, look: Look::Decimals,
        values: place(48, "FTE for one child more"),
        ..FIGURE
    }
    InAWord = "limits_used_in_a_word" {
        look: Look::Text,
        teams: wide(2, LOAD, "In a word", 11),
        explained: &[
            on(On::Teams, 1, "In a word", "Limits used in words, by the steps at the top of the sheet, which may be \
                changed."),
        ],
        ..OF_SHEET
    }
    Distance = "limits_used_distance" {
        look: Look::Hundredths,
        teams: wide(5, LOAD, "Distance from all teams, points", 14),
        explained: &[on(On::Teams, 5, "Distance", "Limits used less those of all teams together, in points of percent.")],
        ..OF_SHEET
    }
    Spread = "utilised_spread" {
        look: Look::Hundredths,
        teams: wide(30, WORKERS, "Spread, points", 9),
        ..OF_SHEET
    }
    WithinLimit = "limits_used_within" {
        look: Look::Percent,
        teams: wide(31, CHARTS, "Up to the limit", 9),
        ..OF_SHEET
    }
    BeyondLimit = "limits_used_beyond" {
        look: Look::Percent,
        teams: wide(32, CHARTS, "Above the limit", 9),
        ..OF_SHEET
    }
}
