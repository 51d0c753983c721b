//! The policies that the program carries, and those of a run.

use jiff::civil::Date;

use super::{Figure, Policies, Policy, figure_ids, hash};

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

/// The published averages, carried by the program.
pub const NATIONAL: &str = include_str!("../../templates/national/england.toml");

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
        let national = Policy::read(NATIONAL, hash(NATIONAL.as_bytes()))?;
        Ok(Self { chosen, practice, national, as_of })
    }

    /// The published average caseloads up to the date of the policies, the earliest first: those of the first chosen
    /// policy that gives any, else the ones the program carries.
    pub fn average_caseloads(&self) -> Vec<&Figure> {
        let of = |policy: &'_ Policy| policy.figures.iter().any(|figure| figure.id == figure_ids::AVERAGE_CASELOAD);
        let policy = self.chosen.iter().find(|policy| of(policy)).unwrap_or(&self.national);
        let published = |figure: &&Figure| figure.id == figure_ids::AVERAGE_CASELOAD && figure.from <= self.as_of;
        let mut figures: Vec<&Figure> = policy.figures.iter().filter(published).collect();
        figures.sort_by_key(|figure| figure.from);
        figures
    }
}

impl Policy {
    /// The policy of this name that the program carries; `None` where there is none.
    pub fn built_in(name: &str) -> Option<Result<Policy, String>> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(Policy::read(text, hash(text.as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn published(policies: &Policies) -> Vec<(i16, String)> {
        let figures = policies.average_caseloads();
        figures.iter().map(|figure| (figure.from.year(), figure.value.to_string())).collect()
    }

    #[test]
    fn averages_are_those_published_by_the_day() {
        let all = published(&Policies::built_in(date(2026, 11, 22)).unwrap());
        let all: Vec<(i16, &str)> = all.iter().map(|(year, value)| (*year, value.as_str())).collect();
        // Department for Education, children's social work workforce, as domain section 11 gives them.
        let england = ["17.8", "17.4", "16.9", "16.3", "16.3", "16.6", "16", "15.4"];
        assert_eq!(all, (2017..).zip(england).collect::<Vec<_>>());
        assert_eq!(published(&Policies::built_in(date(2019, 9, 29)).unwrap()).len(), 2);
        assert_eq!(published(&Policies::built_in(date(2019, 9, 30)).unwrap()).len(), 3);
    }

    #[test]
    fn a_chosen_policy_brings_averages_of_its_own() {
        let own = r#"
            name = "region"
            title = "Region"
            about = "A region's average."

            [[figure]]
            id = "average-caseload"
            label = "North East"
            value = 16.4
            unit = "cases per FTE"
            from = 2025-09-30
            source = { document = "Region", section = "1" }
        "#;
        let own = Policy::read(own, hash(own.as_bytes())).unwrap();
        let policies = Policies::new(vec![own], date(2026, 1, 1)).unwrap();
        assert_eq!(published(&policies), [(2025, "16.4".to_string())]);
    }
}
