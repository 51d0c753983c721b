//! The words of the field: caseloads, workers, cases, ratings, findings and plans.

pub mod caseload;
pub mod elsewhere;
pub(crate) mod figure_key;
pub mod finding;
pub mod judged;
pub mod plan;
pub mod quality;
pub mod rating;
pub mod reading;
