//! The ids of figures the program asks for.

/// Hours a week of a full-time post.
pub const WEEK: &str = "full-time-week";
/// Days a week of a full-time post.
pub const DAYS: &str = "full-time-days";
/// How far two figures of one FTE cell may lie apart.
pub const FTE_APART: &str = "fte-apart";
/// Largest share of a post that is used as it stands.
pub const FTE_MOST: &str = "fte-most";
/// A bare figure above this, up to [`HOURS_MOST`], is read as hours.
pub const HOURS_ABOVE: &str = "fte-hours-above";
/// A bare figure above this, up to [`PERCENT_MOST`], is read as percent.
pub const HOURS_MOST: &str = "fte-hours-most";
/// Largest figure read as percent.
pub const PERCENT_MOST: &str = "fte-percent-most";
/// Sets of care proceedings one worker should have at a time.
pub const PROCEEDINGS_MOST: &str = "care-proceedings-most";
/// Youngest age in leaving care.
pub const LEAVING_CARE_LEAST: &str = "age-leaving-care-least";
/// Oldest age in leaving care.
pub const LEAVING_CARE_MOST: &str = "age-leaving-care-most";
/// Oldest age elsewhere.
pub const AGE_MOST: &str = "age-most";
/// Months ahead that a date of birth may lie for an unborn child.
pub const UNBORN_MONTHS: &str = "unborn-months";
/// All that the practice rules must give.
pub const REQUIRED: &[&str] = &[
    WEEK,
    DAYS,
    FTE_APART,
    FTE_MOST,
    HOURS_ABOVE,
    HOURS_MOST,
    PERCENT_MOST,
    PROCEEDINGS_MOST,
    LEAVING_CARE_LEAST,
    LEAVING_CARE_MOST,
    AGE_MOST,
    UNBORN_MONTHS,
];

/// Points for each child.
pub const POINTS_BASE: &str = "points-base";
/// Points once per household for its status.
pub const POINTS_STATUS: &str = "points-status";
/// Points once per household in care proceedings.
pub const POINTS_CARE: &str = "points-care-proceedings";
/// Points for the word "low".
pub const POINTS_LOW: &str = "points-level-low";
/// Points for the word "medium".
pub const POINTS_MEDIUM: &str = "points-level-medium";
/// Points for the word "high".
pub const POINTS_HIGH: &str = "points-level-high";
/// Points for the word "ending".
pub const POINTS_ENDING: &str = "points-level-ending";
/// Points assumed for a blank level.
pub const POINTS_BLANK: &str = "points-level-blank";
/// Largest figure of an intervention level.
pub const POINTS_LEVEL_MOST: &str = "points-level-most";
/// Points for each ticked factor.
pub const POINTS_FACTOR: &str = "points-factor";
/// Most that ticked factors, or a figure for them, can come to.
pub const POINTS_FACTORS_MOST: &str = "points-factors-most";
/// Points for duties beside cases.
pub const POINTS_DUTY: &str = "points-duty";
/// Points of every worker beside those of cases, where the policy gives any.
pub const POINTS_STABLE: &str = "points-stable";
/// All that a policy with a points matrix must give.
pub const POINTS: &[&str] = &[
    POINTS_BASE,
    POINTS_STATUS,
    POINTS_CARE,
    POINTS_LOW,
    POINTS_MEDIUM,
    POINTS_HIGH,
    POINTS_ENDING,
    POINTS_BLANK,
    POINTS_LEVEL_MOST,
    POINTS_FACTOR,
    POINTS_FACTORS_MOST,
    POINTS_DUTY,
];

/// Points for additional travel, for each task that needs it.
pub const TASKS_TRAVEL: &str = "tasks-travel";
/// Points for a duty beside tasks.
pub const TASKS_DUTY: &str = "tasks-duty";
/// All that a policy with a tasks model must give.
pub const TASKS: &[&str] = &[TASKS_TRAVEL, TASKS_DUTY];

/// Weeks of the period that a time form covers.
pub const TIME_WEEKS: &str = "time-weeks";
/// Hours of supervision where a form leaves them blank.
pub const TIME_SUPERVISION: &str = "time-supervision";
/// The same where supervision is more frequent.
pub const TIME_SUPERVISION_EARLY: &str = "time-supervision-early";
/// Percent of the hours available for CPD where a form leaves it blank.
pub const TIME_CPD: &str = "time-cpd";
/// The same for newly qualified workers.
pub const TIME_CPD_NQSW: &str = "time-cpd-nqsw";
/// All that a policy with a time model must give.
pub const TIME: &[&str] = &[TIME_WEEKS, TIME_SUPERVISION, TIME_SUPERVISION_EARLY, TIME_CPD, TIME_CPD_NQSW];

/// The published average caseload that the directorate's own is set beside.
pub const AVERAGE_CASELOAD: &str = "average-caseload";

/// All that the program asks for anywhere.
pub fn all() -> impl Iterator<Item = &'static str> {
    [REQUIRED, POINTS, &[POINTS_STABLE], TASKS, TIME, &[AVERAGE_CASELOAD]].into_iter().flatten().copied()
}
