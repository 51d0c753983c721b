//! Documents and sections that the rules come from.

/// The passage on who may hold what.
pub const ALLOCATING: &str =
    "Redcar & Cleveland, Social Work Caseload Management Guidance 2020–2022, Allocating caseloads";
/// The table of maximum caseloads.
pub const APPENDIX_A: &str = "Redcar & Cleveland, Social Work Caseload Management Guidance 2020–2022, Appendix A";
/// The points model and its benchmarks.
pub const POINTS: &str = "Social Work Task Force, workload management annex, points per household";
/// The tasks or pieces of work template.
pub const TASKS: &str = "Social Work Task Force, workload management annex, tasks or pieces of work";
/// The time based template.
pub const TIME: &str = "Social Work Task Force, workload management annex, time based template";
/// The principles that any workload system should keep.
pub const PRINCIPLES: &str = "Social Work Task Force, workload management annex, principles";
/// The target for court proceedings, and a named worker for every child.
pub const NORTH_TYNESIDE: &str = "Department for Education, workload management in North Tyneside";
/// The points that a council's own spreadsheet gives each case.
pub const WIRRAL: &str = "Wirral Children's Services, Workload Management Scheme, section 2";
/// The chosen policies, each of which names its own.
pub const CHOSEN: &str = "the chosen policy, which every finding names with its document";
/// A decision of this project where the documents are silent.
pub const OURS: &str = "fairload, how a sheet is read";
