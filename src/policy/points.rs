//! Where the points of a case come from, and who is scored in them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Source;
use crate::book::names::named;
use crate::field::caseload::{CaseStatus, Proceedings, Role, ServiceArea};

named! {
    /// Where the points of a case come from.
    PointsFrom {
        /// From the policy's matrix, by household.
        Matrix = "matrix",
        /// As the sheet gives them in its points column, by case.
        Written = "written",
    }
}

/// How points are made.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsModel {
    /// Where the points of a case come from.
    #[serde(default = "matrix")]
    pub from: PointsFrom,
    /// Statuses that earn the household's status points.
    #[serde(default)]
    pub status_earned_by: Vec<CaseStatus>,
    /// Proceedings that earn the same status points.
    #[serde(default)]
    pub status_earned_in: Vec<Proceedings>,
    /// Service areas not scored in points.
    #[serde(default)]
    pub not_for_areas: Vec<ServiceArea>,
    /// Roles not scored in points.
    pub not_for_roles: Vec<Role>,
    /// Why those are not scored, in words.
    pub not_for_because: String,
    /// Where the model comes from.
    pub source: Source,
}

impl PointsModel {
    /// Whether workers of this role in this area are scored in points; an area that is not known bars nobody.
    pub fn is_meant_for(&self, area: Option<ServiceArea>, role: Role) -> bool {
        !self.not_for_roles.contains(&role) && area.is_none_or(|area| !self.not_for_areas.contains(&area))
    }

    /// Whether a household of these statuses and proceedings earns the points for a status, and
    /// those for care proceedings.
    pub fn earned(&self, has: impl Fn(CaseStatus) -> bool, within: impl Fn(Proceedings) -> bool) -> (bool, bool) {
        let status = self.status_earned_by.iter().any(|status| has(*status))
            || self.status_earned_in.iter().any(|proceedings| within(*proceedings));
        (status, within(Proceedings::Care))
    }
}

fn matrix() -> PointsFrom {
    PointsFrom::Matrix
}
