//! How hours are reckoned, where a policy scores them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Source, figure_ids as id};
use crate::field::caseload::Stage;

/// How hours are reckoned from a time form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeModel {
    /// Experience with the shorter time between supervisions.
    pub supervised_oftener: Vec<Stage>,
    /// Experience with the larger share for CPD.
    pub developing: Vec<Stage>,
    /// Where the model comes from.
    pub source: Source,
}

impl TimeModel {
    /// The figure for supervision that a form leaves blank, by experience.
    pub fn supervision(&self, stage: Option<Stage>) -> &'static str {
        let oftener = stage.is_some_and(|stage| self.supervised_oftener.contains(&stage));
        if oftener { id::TIME_SUPERVISION_EARLY } else { id::TIME_SUPERVISION }
    }

    /// The share for CPD that a form leaves blank, by experience.
    pub fn cpd(&self, stage: Option<Stage>) -> &'static str {
        let developing = stage.is_some_and(|stage| self.developing.contains(&stage));
        if developing { id::TIME_CPD_NQSW } else { id::TIME_CPD }
    }
}
