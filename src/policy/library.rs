//! The policies that the program carries, and those of a run.

use jiff::civil::Date;

use super::{Policies, Policy, figure_ids, hash};

/// The policies that the program carries, by name.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("redcar-2020", include_str!("../../templates/policy/redcar-2020.toml")),
    ("task-force-points", include_str!("../../templates/policy/task-force-points.toml")),
    ("task-force-time", include_str!("../../templates/policy/task-force-time.toml")),
    ("task-force-tasks", include_str!("../../templates/policy/task-force-tasks.toml")),
    ("task-force-case-count", include_str!("../../templates/policy/task-force-case-count.toml")),
    ("north-tyneside", include_str!("../../templates/policy/north-tyneside.toml")),
    ("salford", include_str!("../../templates/policy/salford.toml")),
    ("scotland-2022", include_str!("../../templates/policy/scotland-2022.toml")),
    ("wirral", include_str!("../../templates/policy/wirral.toml")),
    ("walsall-2016", include_str!("../../templates/policy/walsall-2016.toml")),
    ("western-australia", include_str!("../../templates/policy/western-australia.toml")),
    ("cwla", include_str!("../../templates/policy/cwla.toml")),
    ("michigan-2010", include_str!("../../templates/policy/michigan-2010.toml")),
    ("california-sb2030", include_str!("../../templates/policy/california-sb2030.toml")),
];

/// The policies of a run that names none.
pub const DEFAULT: &[&str] = &["redcar-2020", "task-force-points"];

/// Figures of the practice rules, carried by the program.
pub const PRACTICE: &str = include_str!("../../templates/policy/practice.toml");

impl Policies {
    /// The default policies, judged on this date.
    ///
    /// # Errors
    ///
    /// None in a build whose tests pass: the files are our own.
    pub fn built_in(as_of: Date) -> Result<Self, String> {
        let chosen = DEFAULT.iter().map(|name| Policy::built_in(name).unwrap_or(Err("missing".into())));
        Self::new(chosen.collect::<Result<_, _>>()?, as_of)
    }

    /// These policies, with the practice rules behind them.
    ///
    /// # Errors
    ///
    /// A figure that the program cannot do without is missing; the sentence names it.
    pub fn new(chosen: Vec<Policy>, as_of: Date) -> Result<Self, String> {
        let practice = Policy::read(PRACTICE, hash(PRACTICE.as_bytes()))?;
        for id in figure_ids::REQUIRED {
            if !practice.figures.iter().any(|figure| figure.id == *id) {
                return Err(format!("the practice rules lack the figure `{id}`"));
            }
        }
        Ok(Self { chosen, practice, as_of })
    }
}

impl Policy {
    /// The policy of this name that the program carries; `None` where there is none.
    pub fn built_in(name: &str) -> Option<Result<Policy, String>> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(Policy::read(text, hash(text.as_bytes())))
    }
}
