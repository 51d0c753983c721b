//! The field's standard terms: service areas, roles, time in practice, statuses, proceedings, and what is counted.

use rust_decimal::Decimal;

use crate::book::names::named;

named! {
    /// A team's field of work, by which limits are agreed (Appendix A).
    ServiceArea {
        /// Duty and assessment.
        Assessment = "assessment",
        /// Locality or field team.
        Locality = "locality",
        /// Children with disabilities.
        Disabilities = "disabilities",
        /// Independent reviewing officers.
        Iro = "iro",
        /// Children in our care.
        InCare = "in-care",
        /// Fostering.
        Fostering = "fostering",
        /// Leaving care.
        LeavingCare = "leaving-care",
    }
}

impl ServiceArea {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            ServiceArea::Assessment => "Assessment",
            ServiceArea::Locality => "Locality / field",
            ServiceArea::Disabilities => "Children with Disabilities",
            ServiceArea::Iro => "Independent Reviewing Officers",
            ServiceArea::InCare => "Children in Our Care",
            ServiceArea::Fostering => "Fostering",
            ServiceArea::LeavingCare => "Leaving Care",
        }
    }
}

named! {
    /// A worker's role.
    Role {
        /// Social worker, senior and advanced practitioners included.
        SocialWorker = "social-worker",
        /// Newly qualified social worker.
        Nqsw = "nqsw",
        /// Student social worker.
        Student = "student",
        /// Deputy team manager.
        DeputyTeamManager = "deputy-team-manager",
        /// Team manager.
        TeamManager = "team-manager",
        /// Independent reviewing officer.
        Iro = "iro",
        /// Personal adviser.
        PersonalAdviser = "personal-adviser",
        /// Qualified, waiting for registration.
        AwaitingRegistration = "awaiting-registration",
        /// Family support worker.
        FamilySupportWorker = "family-support-worker",
        /// A role that is none of these.
        Other = "other",
    }
}

impl Role {
    /// The role that limits are chosen by: a student's or NQSW's stage goes before the role written; without one an
    /// IRO in a team of reviewing officers, else a social worker.
    pub fn settled(written: Option<Role>, stage: Option<Stage>, area: Option<ServiceArea>) -> Role {
        match (written, stage) {
            (Some(Role::Student), _) | (_, Some(Stage::Student1 | Stage::Student2)) => Role::Student,
            (_, Some(stage)) if stage.is_nqsw() => Role::Nqsw,
            (Some(role), _) => role,
            (None, _) if area == Some(ServiceArea::Iro) => Role::Iro,
            (None, _) => Role::SocialWorker,
        }
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Role::SocialWorker => "social worker",
            Role::Nqsw => "NQSW",
            Role::Student => "student",
            Role::DeputyTeamManager => "deputy team manager",
            Role::TeamManager => "team manager",
            Role::Iro => "IRO",
            Role::PersonalAdviser => "personal adviser",
            Role::AwaitingRegistration => "awaiting registration",
            Role::FamilySupportWorker => "family support worker",
            Role::Other => "other role",
        }
    }
}

named! {
    /// Time in practice, each span closed below and open above; students by placement.
    Stage {
        /// Newly qualified, up to six months.
        Nqsw0To6 = "nqsw-0-6",
        /// Newly qualified, six months up to a year.
        Nqsw6To12 = "nqsw-6-12",
        /// One year up to two.
        Year1To2 = "1-2",
        /// Two years up to three.
        Year2To3 = "2-3",
        /// Three years and more.
        Year3Plus = "3+",
        /// Student on the first placement.
        Student1 = "student-1",
        /// Student on the second placement.
        Student2 = "student-2",
    }
}

impl Stage {
    /// The stage after this many whole months in practice.
    pub fn after_months(months: i64) -> Stage {
        match months {
            ..6 => Stage::Nqsw0To6,
            6..12 => Stage::Nqsw6To12,
            12..24 => Stage::Year1To2,
            24..36 => Stage::Year2To3,
            36.. => Stage::Year3Plus,
        }
    }

    /// Within the assessed and supported first year.
    pub fn is_nqsw(self) -> bool {
        matches!(self, Stage::Nqsw0To6 | Stage::Nqsw6To12)
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Nqsw0To6 => "NQSW, months 0–6",
            Stage::Nqsw6To12 => "NQSW, months 6–12",
            Stage::Year1To2 => "1 year up to 2",
            Stage::Year2To3 => "2 years up to 3",
            Stage::Year3Plus => "3 years and more",
            Stage::Student1 => "student, first placement",
            Stage::Student2 => "student, second placement",
        }
    }
}

named! {
    /// Where a child stands with the service.
    CaseStatus {
        /// Child in need.
        ChildInNeed = "child-in-need",
        /// On a child protection plan.
        ChildProtection = "child-protection",
        /// In our care (looked after).
        InCare = "in-care",
        /// Care leaver.
        CareLeaver = "care-leaver",
        /// Being assessed.
        Assessment = "assessment",
        /// Early help.
        EarlyHelp = "early-help",
        /// Step-down, transfer or closure is planned; the case is still open.
        AwaitingMove = "awaiting-move",
        /// Closed; the row is set aside.
        Closed = "closed",
        /// Open, with nothing said of the kind (`open`, `allocated`).
        Open = "open",
    }
}

impl CaseStatus {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            CaseStatus::ChildInNeed => "child in need",
            CaseStatus::ChildProtection => "child protection plan",
            CaseStatus::InCare => "child in our care",
            CaseStatus::CareLeaver => "care leaver",
            CaseStatus::Assessment => "assessment",
            CaseStatus::EarlyHelp => "early help",
            CaseStatus::AwaitingMove => "awaiting transfer or closure",
            CaseStatus::Closed => "closed",
            CaseStatus::Open => "open",
        }
    }
}

named! {
    /// Proceedings before the court, beside the status.
    Proceedings {
        /// Care proceedings.
        Care = "care",
        /// Private proceedings.
        Private = "private",
    }
}

/// A household's intervention level as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A figure, taken as it stands.
    Figure(Decimal),
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Transferring or ending.
    Ending,
}

named! {
    /// What a row is one of.
    Subject {
        /// A child; in leaving care a young person.
        Child = "child",
        /// A foster carer supervised.
        FosterCarer = "foster-carer",
        /// An assessment of carers under way.
        CarerAssessment = "carer-assessment",
        /// A review an independent reviewing officer chairs.
        Review = "review",
    }
}

named! {
    /// What loads and limits are counted in.
    Unit {
        /// Children, each sibling counted.
        Children = "children",
        /// Young people.
        YoungPeople = "young-people",
        /// Reviews.
        Reviews = "reviews",
        /// Foster carers supervised.
        FosterCarers = "foster-carers",
        /// Assessments under way.
        Assessments = "assessments",
        /// Points.
        Points = "points",
        /// Hours.
        Hours = "hours",
        /// Tasks.
        Tasks = "tasks",
        /// Cases.
        Cases = "cases",
    }
}

impl Unit {
    /// The words people read: `foster carers`.
    pub fn label(self) -> &'static str {
        match self {
            Unit::YoungPeople => "young people",
            Unit::FosterCarers => "foster carers",
            other => other.name(),
        }
    }
}
