//! What a column means.

use crate::book::names::named;

named! {
    /// What a column means. The names are the keys of `[columns]` in the word lists.
    Meaning {
        /// Key worker.
        Worker = "worker",
        /// Key worker's first name, where the worker column holds the surname.
        WorkerFirstName = "worker-first-name",
        /// Second worker.
        CoWorker = "co-worker",
        /// Key worker or co-worker, in words.
        Holding = "holding",
        /// Team.
        Team = "team",
        /// Service area.
        Area = "service-area",
        /// Worker's role.
        Role = "role",
        /// Worker's share of a full-time post.
        Fte = "fte",
        /// Worker's time in practice.
        Stage = "stage",
        /// Worker's start in practice.
        Started = "started",
        /// Worker's duties beside cases.
        Duties = "duties",
        /// Points for those duties.
        DutyPoints = "duty-points",
        /// Limit agreed with the worker.
        AgreedLimit = "agreed-limit",
        /// Why it was agreed.
        AgreedReason = "agreed-reason",
        /// Manager's own RAG.
        Judgement = "judgement",
        /// Why the manager judges so.
        JudgementReason = "judgement-reason",
        /// Child's reference.
        Child = "child",
        /// Child's name or initials; no reference.
        ChildName = "child-name",
        /// Household's reference.
        Household = "household",
        /// Case status.
        Status = "status",
        /// A case status that the heading names, ticked; there may be several.
        TickedStatus = "ticked-status",
        /// Court proceedings.
        Proceedings = "proceedings",
        /// Private proceedings, ticked.
        PrivateProceedings = "private-proceedings",
        /// Intervention level.
        Intervention = "intervention",
        /// Points for additional factors.
        Additional = "additional",
        /// A factor, ticked; there may be several.
        Factor = "factor",
        /// Awaiting transfer, closure or step-down, ticked or in words.
        AwaitingMove = "awaiting-move",
        /// Notes, in which temporary causes may be named.
        Notes = "notes",
        /// Date of birth.
        Born = "born",
        /// Age in years.
        Age = "age",
        /// Date allocated.
        Allocated = "allocated",
        /// Date opened.
        Opened = "opened",
        /// Date closed.
        Closed = "closed",
        /// Foster carer's reference or name.
        FosterCarer = "foster-carer",
        /// What a fostering row is: supervised, or an assessment.
        CarerWork = "carer-work",
        /// Review, its reference or kind.
        Review = "review",
        /// Number of children in the household.
        Children = "children",
        /// Base points of a points form: one for each child of the household.
        BasePoints = "base-points",
        /// Points for the case status, as a form gives them.
        StatusPoints = "status-points",
        /// All points of a household, as a form gives them, or of a case in a list.
        PointsTotal = "points-total",
        /// A count of a worker's children: in all, or of one status.
        Count = "count",
        /// Task or piece of work.
        Task = "task",
        /// Number of tasks.
        TaskNumber = "task-number",
        /// Points for all tasks of a line, as a form gives them.
        TaskPoints = "task-points",
        /// Number of tasks of the worker whom the heading names.
        TasksOfWorker = "tasks-of-worker",
        /// Number of tasks of the kind that the heading names.
        TasksOfKind = "tasks-of-kind",
        /// What the line of a form is about.
        Line = "line",
        /// Hours, as a time form gives them.
        Hours = "hours",
    }
}

impl Meaning {
    /// Columns that only a list of children (or carers, or reviews) has.
    pub const OF_A_CASE: &[Meaning] = &[
        Meaning::Child,
        Meaning::ChildName,
        Meaning::Household,
        Meaning::Children,
        Meaning::Status,
        Meaning::Proceedings,
        Meaning::PrivateProceedings,
        Meaning::Intervention,
        Meaning::Born,
        Meaning::Age,
        Meaning::FosterCarer,
        Meaning::CarerWork,
        Meaning::Review,
    ];

    /// Columns of which a roster has at least one.
    pub const OF_A_WORKER: &[Meaning] = &[
        Meaning::Role,
        Meaning::Fte,
        Meaning::Stage,
        Meaning::Started,
        Meaning::Duties,
        Meaning::DutyPoints,
        Meaning::AgreedLimit,
        Meaning::Judgement,
    ];

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Meaning::Worker => "key worker",
            Meaning::WorkerFirstName => "key worker's first name",
            Meaning::CoWorker => "co-worker",
            Meaning::Holding => "key worker or co-worker",
            Meaning::Team => "team",
            Meaning::Area => "service area",
            Meaning::Role => "role",
            Meaning::Fte => "FTE",
            Meaning::Stage => "experience",
            Meaning::Started => "start in practice",
            Meaning::Duties => "other duties",
            Meaning::DutyPoints => "points for other duties",
            Meaning::AgreedLimit => "agreed limit",
            Meaning::AgreedReason => "reason for the agreed limit",
            Meaning::Judgement => "manager's judgement",
            Meaning::JudgementReason => "reason for the judgement",
            Meaning::Child => "child's reference",
            Meaning::ChildName => "child's name",
            Meaning::Household => "household",
            Meaning::Status => "case status",
            Meaning::TickedStatus => "case status, ticked",
            Meaning::Proceedings => "proceedings",
            Meaning::PrivateProceedings => "private proceedings",
            Meaning::Intervention => "intervention level",
            Meaning::Additional => "additional factors",
            Meaning::Factor => "additional factor",
            Meaning::AwaitingMove => "awaiting transfer or closure",
            Meaning::Notes => "notes",
            Meaning::Born => "date of birth",
            Meaning::Age => "age",
            Meaning::Allocated => "date allocated",
            Meaning::Opened => "date opened",
            Meaning::Closed => "date closed",
            Meaning::FosterCarer => "foster carer",
            Meaning::CarerWork => "fostering work",
            Meaning::Review => "review",
            Meaning::Children => "number of children",
            Meaning::BasePoints => "base points",
            Meaning::StatusPoints => "points for the case status",
            Meaning::PointsTotal => "total points",
            Meaning::Count => "count of children",
            Meaning::Task => "task or piece of work",
            Meaning::TaskNumber => "number of tasks",
            Meaning::TaskPoints => "points for tasks",
            Meaning::TasksOfWorker => "number of tasks of this worker",
            Meaning::TasksOfKind => "number of tasks of this kind",
            Meaning::Line => "line of the form",
            Meaning::Hours => "hours",
        }
    }

    /// Whether its cells are dates.
    pub fn is_date(self) -> bool {
        matches!(self, Meaning::Started | Meaning::Born | Meaning::Allocated | Meaning::Opened | Meaning::Closed)
    }

    /// Whether a sheet may have several columns of this meaning.
    pub fn may_repeat(self) -> bool {
        matches!(
            self,
            Meaning::Factor
                | Meaning::CoWorker
                | Meaning::Notes
                | Meaning::ChildName
                | Meaning::Status
                | Meaning::TickedStatus
                | Meaning::Proceedings
                | Meaning::Opened
                | Meaning::Count
                | Meaning::TasksOfWorker
                | Meaning::TasksOfKind
        )
    }
}
