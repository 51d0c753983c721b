//! What we say about a worker: a load, what it was judged against, and the colour.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::book::names::named;
use crate::book::sheet::Place;
use crate::field::caseload::{Fte, Unit};
use crate::field::figure_key::FigureKey;

pub use crate::book::rag::Rag;

/// The policy of an individually agreed limit, as the tables name it.
pub const AGREED: &str = "agreed";

/// One judgement of one worker by one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    /// The policy's name, or `agreed` for an individually agreed limit.
    pub policy: String,
    /// What was measured.
    pub measure: Measure,
    /// What load and limit are counted in.
    pub unit: Unit,
    /// What the worker holds; `None` where it cannot be counted.
    pub load: Option<Decimal>,
    /// The limit or benchmark this worker is judged against.
    pub against: Option<Against>,
    /// The colour.
    pub rag: Rag,
    /// Where in the colour the load stands.
    pub shade: Shade,
    /// What decided, or what was missing: one sentence.
    pub because: String,
    /// Shown beside the others: it never gives the worker their overall colour.
    pub advisory: bool,
    /// This rating gives the worker their overall colour.
    pub governs: bool,
    /// The full-time upper figure that an agreed limit took the place of.
    pub instead_of: Option<Decimal>,
}

/// A limit or benchmark for one worker, with the steps that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// Lower figure for a full-time worker.
    pub full_lower: Decimal,
    /// Upper figure for a full-time worker; equals the lower where there is one figure.
    pub full_upper: Decimal,
    /// The share of a post both are multiplied by; `None` where they stand as they are.
    pub pro_rata: Option<Fte>,
    /// The percentage of the full figures that holds for this worker; `None` for all of them.
    pub share: Option<Share>,
    /// The policy's figure that is the lower one; `None` for hours, which no single figure gives.
    pub lower_key: Option<FigureKey>,
    /// The policy's figure that is the upper one.
    pub upper_key: Option<FigureKey>,
}

/// A percentage of full figures, such as 90 % of a case count for newly qualified workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Percent.
    pub percent: Decimal,
    /// The policy's figure.
    pub key: FigureKey,
}

impl Against {
    /// Lower figure after pro rata, exact.
    pub fn lower(&self) -> Decimal {
        self.scaled(self.full_lower)
    }

    /// Upper figure after pro rata, exact.
    pub fn upper(&self) -> Decimal {
        self.scaled(self.full_upper)
    }

    fn scaled(&self, figure: Decimal) -> Decimal {
        let share = self.share.as_ref().map_or(figure, |share| figure * share.percent / Decimal::ONE_HUNDRED);
        self.pro_rata.map_or(share, |fte| share * fte.0).normalize()
    }
}

impl Rating {
    /// Load ÷ upper figure in percent, to 20 places or better; `None` where the limit is 0 or unknown.
    ///
    /// For showing and ranking only: a colour is never derived from it.
    pub fn utilisation(&self) -> Option<Decimal> {
        let base = match self.measure {
            Measure::CaseCount => self.against.as_ref()?.lower(),
            _ => self.against.as_ref()?.upper(),
        };
        (!base.is_zero()).then(|| self.load.map(|load| load * Decimal::ONE_HUNDRED / base))?
    }
}

impl Rating {
    /// The upper figure that a full-time post stands for; of an agreed limit the one that it took the place of, and
    /// the agreed one itself where no other is known.
    pub fn full_time_upper(&self) -> Option<Decimal> {
        let against = self.against.as_ref()?;
        let share = against.share.as_ref().map_or(Decimal::ONE_HUNDRED, |share| share.percent);
        self.instead_of.or(Some((against.full_upper * share / Decimal::ONE_HUNDRED).normalize()))
    }
}

/// Places that a load is shown with where it is a sum of shares of full loads; it is judged exactly.
pub const SHARE_PLACES: u32 = 8;

/// A figure rounded half up to this many places, without trailing zeros.
///
/// ```
/// use fairload::field::rating::rounded;
/// assert_eq!(rounded("104.345".parse().unwrap(), 2).to_string(), "104.35");
/// assert_eq!(rounded("100.00".parse().unwrap(), 1).to_string(), "100");
/// ```
pub fn rounded(figure: Decimal, places: u32) -> Decimal {
    figure.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize()
}

named! {
    /// What is measured.
    Measure {
        /// Against a limit.
        Limit = "limit",
        /// In points against a benchmark.
        Points = "points",
        /// In hours against the hours available.
        Time = "time",
        /// In tasks against a benchmark.
        Tasks = "tasks",
        /// In cases against the crude indicator.
        CaseCount = "case-count",
    }
}

impl Measure {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Measure::Limit => "Limit",
            Measure::Points => "Points",
            Measure::Time => "Time",
            Measure::Tasks => "Tasks",
            Measure::CaseCount => "Case count",
        }
    }
}

named! {
    /// Where in its colour a load stands.
    Shade {
        /// Below 95 % of the lower figure.
        HasCapacity = "has capacity",
        /// Within the limit or below the benchmark.
        Within = "within",
        /// Above the lower figure of a range and up to its upper.
        WithinRange = "within the range",
        /// Amber.
        Above = "above",
        /// Red.
        WellAbove = "well above",
        /// The limit is 0, and nothing is held.
        NoCasesExpected = "no cases expected",
        /// The limit is 0, and something is held.
        HeldWhereNoneExpected = "cases held where none are expected",
        /// Not scored.
        None = "not scored",
    }
}

/// A worker's ratings, with the points of each household where points were scored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScoredWorker {
    /// In the order of the policies and their entries; at least one, exactly one governs.
    pub ratings: Vec<Rating>,
    /// Points by household; empty where points are not scored.
    pub households: Vec<HouseholdPoints>,
    /// Points for duties beside cases.
    pub duty_points: Decimal,
    /// How the hours were reckoned; `None` where none are scored.
    pub hours: Option<Hours>,
}

impl ScoredWorker {
    /// The rating that gives the overall colour.
    pub fn governing(&self) -> Option<&Rating> {
        self.ratings.iter().find(|rating| rating.governs)
    }

    /// The ratings by this measure of the first policy that scores the worker by it, with those of a limit
    /// agreed with them: what a team's loads are added up by, so that nobody counts once for each policy.
    pub fn first_by(&self, measure: Measure) -> impl Iterator<Item = &Rating> {
        let scored = move || {
            let judged = |rating: &&Rating| rating.rag != Rag::NotScored && rating.load.is_some();
            self.ratings.iter().filter(move |rating| rating.measure == measure).filter(judged)
        };
        let own = |rating: &&Rating| rating.policy != AGREED;
        let first = scored().filter(own).find(|rating| !rating.advisory).or_else(|| scored().find(own));
        let first = first.map(|rating| rating.policy.as_str());
        scored().filter(move |rating| rating.policy == AGREED || Some(rating.policy.as_str()) == first)
    }

    /// The limits that the worker is rated by, each with its position: those of advice only where there are no others.
    pub fn limits(&self) -> impl Iterator<Item = (usize, &Rating)> {
        let rated = |rating: &Rating| rating.measure == Measure::Limit && rating.rag != Rag::NotScored;
        let advice_alone = self.ratings.iter().filter(|rating| rated(rating)).all(|rating| rating.advisory);
        let limits = self.ratings.iter().enumerate();
        limits.filter(move |(_, rating)| rated(rating) && (advice_alone || !rating.advisory))
    }

    /// Of the limits in children the one that leaves room for the fewest more, with its position.
    pub fn tightest(&self) -> Option<(usize, &Rating)> {
        let room = |rating: &Rating| Some(rating.against.as_ref()?.lower() - rating.load?);
        self.limits()
            .filter(|(_, rating)| matches!(rating.unit, Unit::Children | Unit::YoungPeople))
            .filter_map(|(at, rating)| Some((room(rating)?, at, rating)))
            .min_by_key(|(room, ..)| *room)
            .map(|(_, at, rating)| (at, rating))
    }

    /// The overall colour.
    pub fn rag(&self) -> Rag {
        self.governing().map_or(Rag::NotScored, |rating| rating.rag)
    }
}

/// Hours of one worker, line by line.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// The policy that scored them.
    pub policy: String,
    /// Hours available over the period.
    pub available: HoursAvailable,
    /// What is taken off, in the order of the form; assumed lines where they belong.
    pub items: Vec<HoursLine>,
    /// Hours for cases; one line for the form's own total where no case is itemised.
    pub cases: Vec<HoursLine>,
    /// The form's own totals that stand for lines which it does not give, in words.
    pub totals_used: Vec<&'static str>,
}

/// Where the hours available come from.
#[derive(Debug, Clone, PartialEq)]
pub enum HoursAvailable {
    /// Written on the form.
    Written(Decimal),
    /// Weekly hours × weeks × the share of a post.
    Reckoned {
        /// Hours of the full-time week.
        week: Decimal,
        /// Weeks of the period.
        weeks: Decimal,
        /// The share of a post.
        fte: Fte,
    },
}

/// A line of hours.
#[derive(Debug, Clone, PartialEq)]
pub struct HoursLine {
    /// What it is for; of a case its label, which may name a child.
    pub label: String,
    /// The hours.
    pub hours: Decimal,
    /// The id of the figure that was assumed because nothing is written.
    pub assumed: Option<&'static str>,
    /// The cell it stands in.
    pub place: Option<Place>,
}

impl Hours {
    /// Hours available, exact.
    pub fn available(&self) -> Decimal {
        match self.available {
            HoursAvailable::Written(hours) => hours,
            HoursAvailable::Reckoned { week, weeks, fte } => (week * weeks * fte.0).normalize(),
        }
    }

    /// Σ of what is taken off.
    pub fn sub_total(&self) -> Decimal {
        self.items.iter().map(|line| line.hours).sum::<Decimal>().normalize()
    }

    /// Σ of the hours for cases.
    pub fn case_work(&self) -> Decimal {
        self.cases.iter().map(|line| line.hours).sum::<Decimal>().normalize()
    }

    /// Both together.
    pub fn required(&self) -> Decimal {
        (self.sub_total() + self.case_work()).normalize()
    }

    /// What is left of the hours available.
    pub fn surplus(&self) -> Decimal {
        (self.available() - self.required()).normalize()
    }
}

/// Ratings of a workbook: for each team its workers', in the order of the caseload.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scored {
    /// By team, then by worker.
    pub teams: Vec<Vec<ScoredWorker>>,
}

/// The points of one household in one caseload.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseholdPoints {
    /// The household's reference, or `alone` with the row for a child without one.
    pub name: String,
    /// The first of its rows.
    pub place: Place,
    /// Children of this household in this caseload.
    pub children: u32,
    /// How often the points for a status are earned: once where some child is CP or in care, or the
    /// household is in private proceedings; of points that a form gives as many times as they come to.
    pub status: Decimal,
    /// The household is in care proceedings.
    pub care_proceedings: bool,
    /// Points for intervention.
    pub intervention: Decimal,
    /// The level was blank and medium was assumed.
    pub intervention_assumed: bool,
    /// Points for additional factors.
    pub additional: Decimal,
    /// All together.
    pub total: Decimal,
}
