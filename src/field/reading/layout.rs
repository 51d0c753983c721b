//! The shapes that a table may have.

use crate::book::names::named;

named! {
    /// What a table was taken for.
    Layout {
        /// One row for each child, with the worker in a column.
        RowPerChild = "row-per-child",
        /// One row for each child on a sheet, or below a title, of one worker.
        SheetPerWorker = "sheet-per-worker",
        /// One row for each child below a row that names the worker.
        WorkerHeadings = "worker-headings",
        /// One row for each household with a number of children.
        RowPerHousehold = "row-per-household",
        /// One row for each worker with counts of children.
        RowPerWorker = "row-per-worker",
        /// One row for each foster carer or assessment.
        RowPerCarer = "row-per-carer",
        /// One row for each review.
        RowPerReview = "row-per-review",
        /// The Task Force's points form: one row for each household of one worker.
        PointsForm = "points-form",
        /// The Task Force's time form: the hours of one worker, or of several in columns.
        TimeForm = "time-form",
        /// The Task Force's tasks form: numbers of tasks of one worker, or of several in rows or columns.
        TasksForm = "tasks-form",
        /// Ofsted Annex A, list 6: children in need, on plans and in care.
        AnnexAList6 = "annex-a-list-6",
        /// Ofsted Annex A, list 9: care leavers.
        AnnexAList9 = "annex-a-list-9",
        /// Ofsted Annex A, lists 7 and 8: more of the children on list 6.
        AnnexADetail = "annex-a-detail",
        /// One row for each worker with role, FTE and the like.
        Roster = "roster",
        /// Nothing we read.
        None = "none",
    }
}

impl Layout {
    /// A sentence for the summary.
    pub fn sentence(self) -> &'static str {
        match self {
            Layout::RowPerChild => "Taken for a caseload with one row for each case.",
            Layout::SheetPerWorker => "Taken for the caseload of one worker, with one row for each case.",
            Layout::WorkerHeadings => "Taken for a caseload with each worker's name in a row above their cases.",
            Layout::RowPerHousehold => {
                "Taken for a caseload with one row for each household and its number of children."
            }
            Layout::RowPerWorker => "Taken for a table with one row for each worker and counts of children.",
            Layout::RowPerCarer => "Taken for a list of foster carers and assessments, one row for each.",
            Layout::RowPerReview => "Taken for a list of reviews, one row for each.",
            Layout::PointsForm => "Taken for a points form with one row for each household of a worker.",
            Layout::TimeForm => {
                "Taken for a time form: hours available, what is taken off them, and hours for each case."
            }
            Layout::TasksForm => "Taken for a tasks form: numbers of tasks or pieces of work.",
            Layout::AnnexAList6 => "Taken for list 6 of Ofsted's Annex A: children in need, on plans and in care.",
            Layout::AnnexAList9 => "Taken for list 9 of Ofsted's Annex A: care leavers.",
            Layout::AnnexADetail => "Taken for a list of Ofsted's Annex A that tells more of children on list 6.",
            Layout::Roster => "Taken for a roster with one row for each worker.",
            Layout::None => "Passed over: no caseload.",
        }
    }

    /// A form that tells of a worker's work and lists no children: what it is called.
    pub fn form(self) -> Option<&'static str> {
        match self {
            Layout::TimeForm => Some("a time form"),
            Layout::TasksForm => Some("a tasks form"),
            _ => None,
        }
    }

    /// Whether it is one of the lists of Ofsted's Annex A that hold the caseload.
    ///
    /// They tell nothing of the worker's post, so that nothing is assumed of it either (domain section 13).
    pub fn is_annex_a(self) -> bool {
        matches!(self, Layout::AnnexAList6 | Layout::AnnexAList9)
    }

    /// Whether each of its rows is a case, or several.
    pub fn lists_cases(self) -> bool {
        self.holds_cases() && self != Layout::RowPerWorker && self.form().is_none()
    }

    /// Whether its rows are cases, count them, or tell of the work that they make.
    pub fn holds_cases(self) -> bool {
        !matches!(self, Layout::Roster | Layout::AnnexADetail | Layout::None)
    }
}
