//! A team's line of the comparison: counts and sums, and the ratios made of them.

use rust_decimal::Decimal;

use crate::field::caseload::ServiceArea;
use crate::field::rating::rounded;

/// A team's figures, as section 11 of the domain defines them: counts and sums, and the ratios made of them.
///
/// Ratios are exact and never added up; of several teams together they are made of the sums.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TeamLine {
    /// The workbook.
    pub file: String,
    /// The team.
    pub team: String,
    /// Its service area.
    pub area: Option<ServiceArea>,
    /// Workers listed.
    pub workers: u32,
    /// Their FTE together.
    pub fte: Decimal,
    /// Children with a key worker, each once.
    pub children: Told,
    /// Households of those children.
    pub households: Told,
    /// Children on child protection plans.
    pub cp: Told,
    /// Children in our care.
    pub cioc: Told,
    /// Households in care proceedings.
    pub care_proceedings: Told,
    /// Children nobody holds.
    pub unallocated: u32,
    /// Workers rated red.
    pub red: u32,
    /// Workers rated amber.
    pub amber: u32,
    /// Workers rated green.
    pub green: u32,
    /// Workers not scored.
    pub not_scored: u32,
    /// Workers rated against a limit who are above an upper figure.
    pub over_limit: u32,
    /// Σ points of workers scored in points.
    pub points_load: Decimal,
    /// Σ their benchmarks.
    pub points_benchmark: Decimal,
    /// The workers rated against a limit, one by one and without names.
    pub loads: Vec<WorkerLoad>,
    /// The workers rated against a limit who are newly qualified.
    pub nqsw: Group,
    /// Those below full time.
    pub part_time: Group,
    /// Those at full time or above.
    pub full_time: Group,
    /// Cases as the official English measure counts them.
    pub official: Official,
    /// Children that could be taken before the lower figures are passed.
    pub headroom_children: Decimal,
    /// Children above the upper figures, in whole children.
    pub children_over: Decimal,
    /// 1 is the highest limit utilisation; ties share.
    pub rank: Option<u32>,
    /// 1 to 4 by rank.
    pub quartile: Option<u32>,
    /// Limit utilisation less that of the previous run, in points of percent.
    pub change: Option<Decimal>,
}

/// A count that not every sheet tells, with the FTE of the teams that do.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Told {
    /// The count; `None` where no team tells it.
    pub count: Option<u32>,
    /// FTE of the teams that tell it.
    pub fte: Decimal,
    /// How many teams tell it.
    pub teams: u32,
}

/// A worker rated against a limit, without a name.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WorkerLoad {
    /// What counts in the team's load: by the limits of the first policy that rates the worker.
    pub load: Decimal,
    /// The upper figures of the same.
    pub upper: Decimal,
    /// The share of a post.
    pub fte: Decimal,
    /// The highest of the worker's limit utilisations in percent; `None` where the limit is 0.
    pub used: Option<Decimal>,
    /// FTE that would bring the worker within the limit.
    pub fte_needed: Decimal,
    /// Headroom in whole units of the limit ÷ the full-time limit.
    pub fte_room: Decimal,
    /// FTE that the team would lack if the worker were away: what is held ÷ the full-time limit, less what is
    /// needed for the worker anyhow, and with the room lost.
    pub fte_if_away: Decimal,
}

/// Some of a team's workers together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Group {
    /// How many.
    pub workers: u32,
    /// Their FTE.
    pub fte: Decimal,
    /// Σ load by limit ratings.
    pub load: Decimal,
    /// Σ upper figures of the same.
    pub upper: Decimal,
    /// How many of them are above an upper figure.
    pub over: u32,
}

/// What the official English measure is made of (domain section 11; Department for Education, children's social
/// work workforce): persons allocated to a named social worker, and the FTE of those who hold one or more.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Official {
    /// Children, young people, foster carers held by social workers, each by each.
    pub cases: u32,
    /// FTE of the social workers who hold one or more.
    pub fte: Decimal,
    /// Social workers left out, because how many they hold or their FTE is not known.
    pub left_out: u32,
}

/// How the limit utilisations of workers spread, in percent; quartiles lie between neighbours, as a spreadsheet's
/// QUARTILE.INC gives them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The least loaded worker.
    pub least: Decimal,
    /// A quarter of the workers lie below.
    pub lower_quartile: Decimal,
    /// Half of them.
    pub median: Decimal,
    /// Three quarters.
    pub upper_quartile: Decimal,
    /// The most loaded worker.
    pub most: Decimal,
}

impl TeamLine {
    /// Σ load of the limit ratings.
    pub fn limit_load(&self) -> Decimal {
        self.loads.iter().map(|worker| worker.load).sum::<Decimal>().normalize()
    }

    /// Σ upper figures of the limit ratings.
    pub fn limit_upper(&self) -> Decimal {
        self.loads.iter().map(|worker| worker.upper).sum::<Decimal>().normalize()
    }

    /// FTE of the workers rated against a limit.
    pub fn limit_fte(&self) -> Decimal {
        self.loads.iter().map(|worker| worker.fte).sum::<Decimal>().normalize()
    }

    /// Workers rated against a limit.
    pub fn limit_rated(&self) -> u32 {
        self.loads.len() as u32
    }

    /// Σ load ÷ Σ upper figures in percent, never a mean of percentages; `None` where no limit above 0 was rated.
    pub fn limit_utilisation(&self) -> Option<Decimal> {
        percent(self.limit_load(), self.limit_upper())
    }

    /// Σ points ÷ Σ benchmarks in percent.
    pub fn points_utilisation(&self) -> Option<Decimal> {
        percent(self.points_load, self.points_benchmark)
    }

    /// Workers above an upper figure ÷ workers with a limit rating, in percent.
    pub fn over_limit_share(&self) -> Option<Decimal> {
        percent(self.over_limit.into(), self.limit_rated().into())
    }

    /// FTE needed to bring every worker within the limit.
    pub fn fte_needed(&self) -> Decimal {
        self.loads.iter().map(|worker| worker.fte_needed).sum::<Decimal>().normalize()
    }

    /// FTE of the room that workers have: headroom in whole units ÷ full-time limits.
    pub fn fte_room(&self) -> Decimal {
        self.loads.iter().map(|worker| worker.fte_room).sum::<Decimal>().normalize()
    }

    /// FTE needed less FTE of room: above 0 posts are short even if work were shared out; below 0 there is room.
    pub fn net_gap_fte(&self) -> Decimal {
        self.fte_needed() - self.fte_room()
    }

    /// FTE that would be lacking if the worker whose absence weighs most were away; `None` without a rated worker.
    pub fn fte_if_away(&self) -> Option<Decimal> {
        self.loads.iter().map(|worker| worker.fte_if_away).max()
    }

    /// What a full-time post holds on average, in units of the limits: Σ upper figures ÷ FTE.
    pub fn limit_per_fte(&self) -> Option<Decimal> {
        ratio(self.limit_upper(), self.limit_fte())
    }

    /// FTE that one more of what the limits count takes; `None` where no limit above 0 was rated.
    pub fn post_for_one(&self) -> Option<Decimal> {
        Some(Decimal::ONE / self.limit_per_fte().filter(|per| !per.is_zero())?)
    }

    /// How the workers' limit utilisations spread; `None` where none has one.
    pub fn spread(&self) -> Option<Spread> {
        let mut used: Vec<Decimal> = self.loads.iter().filter_map(|worker| worker.used).collect();
        used.sort_unstable();
        let quarter = |nth: usize| {
            let (at, part) = ((used.len() - 1) * nth / 4, (used.len() - 1) * nth % 4);
            let (below, above) = (used[at], used[(at + 1).min(used.len() - 1)]);
            below + (above - below) * Decimal::from(part) / Decimal::from(4)
        };
        (!used.is_empty()).then(|| Spread {
            least: quarter(0),
            lower_quartile: quarter(1),
            median: quarter(2),
            upper_quartile: quarter(3),
            most: quarter(4),
        })
    }

    /// The Hoover index in percent: the share of the load that would have to change hands for every worker to
    /// stand at the same share of their limit; 0 is even. `None` where nothing is held or no limit is above 0.
    ///
    /// ½ Σ | own load ÷ all load − own limit ÷ all limits |
    pub fn hoover(&self) -> Option<Decimal> {
        let (load, upper) = (self.limit_load(), self.limit_upper());
        let apart = |worker: &WorkerLoad| (worker.load * upper - worker.upper * load).abs();
        percent(self.loads.iter().map(apart).sum(), Decimal::TWO * load * upper)
    }

    /// Share of the load that newly qualified workers hold, in percent.
    pub fn nqsw_load_share(&self) -> Option<Decimal> {
        percent(self.nqsw.load, self.limit_load())
    }

    /// Their share of the FTE, in percent.
    pub fn nqsw_fte_share(&self) -> Option<Decimal> {
        percent(self.nqsw.fte, self.limit_fte())
    }

    /// Limit utilisation of the previous run in percent, to two places; `None` where the team was not found in one.
    pub fn before(&self) -> Option<Decimal> {
        Some(rounded(self.limit_utilisation()?, 2) - self.change?)
    }

    /// Adds another team's counts and sums; rank, quartile and change are its own and stay behind.
    pub fn add(&mut self, other: &Self) {
        self.workers += other.workers;
        self.fte = (self.fte + other.fte).normalize();
        self.children.add(other.children);
        self.households.add(other.households);
        self.cp.add(other.cp);
        self.cioc.add(other.cioc);
        self.care_proceedings.add(other.care_proceedings);
        self.unallocated += other.unallocated;
        self.red += other.red;
        self.amber += other.amber;
        self.green += other.green;
        self.not_scored += other.not_scored;
        self.over_limit += other.over_limit;
        self.points_load += other.points_load;
        self.points_benchmark += other.points_benchmark;
        self.loads.extend_from_slice(&other.loads);
        self.nqsw.add(other.nqsw);
        self.part_time.add(other.part_time);
        self.full_time.add(other.full_time);
        self.official.cases += other.official.cases;
        self.official.fte += other.official.fte;
        self.official.left_out += other.official.left_out;
        self.headroom_children += other.headroom_children;
        self.children_over += other.children_over;
    }
}

impl Told {
    /// The count for each FTE of the teams that tell it; `None` where there is none.
    pub fn per_fte(&self) -> Option<Decimal> {
        ratio(self.count?.into(), self.fte)
    }

    fn add(&mut self, other: Self) {
        if let Some(count) = other.count {
            self.count = Some(self.count.unwrap_or(0) + count);
            self.fte += other.fte;
            self.teams += other.teams;
        }
    }
}

impl Group {
    /// Load for each FTE.
    pub fn per_fte(&self) -> Option<Decimal> {
        ratio(self.load, self.fte)
    }

    /// Σ load ÷ Σ upper figures in percent.
    pub fn utilisation(&self) -> Option<Decimal> {
        percent(self.load, self.upper)
    }

    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.workers += other.workers;
        self.fte += other.fte;
        self.load += other.load;
        self.upper += other.upper;
        self.over += other.over;
    }
}

impl Official {
    /// The average caseload: cases ÷ FTE of those holding one or more; `None` where nobody holds one.
    pub fn average(&self) -> Option<Decimal> {
        ratio(self.cases.into(), self.fte)
    }
}

fn percent(part: Decimal, of: Decimal) -> Option<Decimal> {
    ratio(part * Decimal::ONE_HUNDRED, of)
}

fn ratio(part: Decimal, of: Decimal) -> Option<Decimal> {
    (!of.is_zero()).then(|| part / of)
}
