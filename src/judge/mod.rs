//! What is said of a caseload: findings, one rule in one file, and ratings.

pub mod score;
pub mod validate;
pub mod what_if;
