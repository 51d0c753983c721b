//! Whose a row is: columns that several tables have.

use crate::directorate::column::{Column, text, word};
use crate::field::caseload::ServiceArea;

/// The workbook.
pub const FILE: Column = text(
    "file",
    "Workbook",
    "The workbook: its path below the folder that was given, or its own name where it was given by itself.",
)
.always();

/// The team.
pub const TEAM: Column = text("team", "Team", "The team's name as its workbook writes it.").always();

/// The worker.
pub const WORKER: Column = text("worker", "Worker", "The worker's name as the workbook writes it.").always();

/// The service area.
pub const AREA: Column = word(
    "service_area",
    "Service area",
    areas,
    "The team's field of work, by which limits are agreed; empty where nothing tells it.",
);

fn areas() -> Vec<&'static str> {
    ServiceArea::ALL.iter().map(|area| area.name()).collect()
}

/// A service area as tables write it; empty where it is not known.
pub fn area(area: Option<ServiceArea>) -> String {
    area.map_or(String::new(), |area| area.to_string())
}
