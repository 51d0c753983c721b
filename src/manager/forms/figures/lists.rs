//! The words that a form offers, and what each means.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look};
use crate::field::caseload::{CaseStatus, Proceedings, Role, Stage};
use crate::field::rating::Rag;
use crate::policy::figure_ids as id;

use super::super::expected::areas;
use super::{COLUMNS, Figures, NONE, capital};

/// Words that cells offer, with what each means beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Case statuses; whether each earns points; whether the case is open.
    Statuses,
    /// Proceedings; whether each earns the points for a status; those for care proceedings.
    Proceedings,
    /// Intervention levels with their points.
    Levels,
    /// Points for additional factors.
    Additional,
    /// Yes and no.
    YesNo,
    /// Service areas.
    Areas,
    /// Roles.
    Roles,
    /// Experience.
    Stages,
    /// A manager's own judgement.
    Judgements,
    /// What is written for nothing.
    Nothing,
    /// Colours, with what each asks for.
    Actions,
}

impl Figures<'_> {
    /// Every list, one below the other.
    pub(super) fn words(&mut self) {
        let model = self.points.and_then(|policy| policy.points.as_ref());
        let flag = |set: bool| Cell::number(if set { Decimal::ONE } else { Decimal::ZERO });
        let text = |text: String| Cell::text(text).look(Look::Text);
        let statuses = STATUSES.iter().map(|status| {
            let earns = model.is_some_and(|model| model.status_earned_by.contains(status));
            vec![text(capital(status.label())), flag(earns), flag(*status != CaseStatus::Closed)]
        });
        let statuses = statuses.collect();
        self.list_of(List::Statuses, "Words for a case; 1 where it earns points; 1 where the case is open", statuses);
        let proceedings = PROCEEDINGS.iter().map(|(word, proceedings)| {
            let earned = |of: Proceedings| model.is_some_and(|model| model.earned(|_| false, |asked| asked == of).0);
            let earns = proceedings.is_some_and(earned);
            vec![text(word.to_string()), flag(earns), flag(*proceedings == Some(Proceedings::Care))]
        });
        let proceedings = proceedings.collect();
        let title = "Words for the court; 1 where it earns the points for a case; 1 for those of care proceedings";
        self.list_of(List::Proceedings, title, proceedings);
        let figure = |id: &str| {
            let figure = self.points.and_then(|policy| policy.figure(id, self.policies.as_of));
            figure.map_or(Decimal::ZERO, |figure| figure.value)
        };
        let up_to = |most: Decimal| {
            let mut figures = Vec::new();
            let mut next = Decimal::ZERO;
            while next <= most {
                figures.push(vec![Cell::number(next), Cell::number(next)]);
                next += Decimal::ONE;
            }
            figures
        };
        let mut levels = up_to(figure(id::POINTS_LEVEL_MOST));
        for (word, id) in LEVELS {
            let at = self.at(id);
            levels.push(vec![text(word.to_string()), Cell::counts(format!("={at}"), figure(id))]);
        }
        let additional = up_to(figure(id::POINTS_FACTORS_MOST));
        self.list_of(List::Levels, "Figures and words for the work that a household needs, with their points", levels);
        self.list_of(List::Additional, "Points for what is added to a household", additional);
        let plain = |words: Vec<String>| words.into_iter().map(|word| vec![text(word)]).collect::<Vec<_>>();
        self.list_of(List::YesNo, "Yes or no", plain(vec!["Yes".into(), "No".into()]));
        let all = areas(self.limits, self.policies);
        self.list_of(List::Areas, "Fields of work", plain(all.iter().map(|area| area.label().to_string()).collect()));
        self.list_of(List::Roles, "Posts", plain(ROLES.iter().map(|role| capital(role.label())).collect()));
        let stages = STAGES.iter().map(|(_, word)| word.to_string()).collect();
        self.list_of(List::Stages, "Time in practice", plain(stages));
        let colours = || [Rag::Red, Rag::Amber, Rag::Green].into_iter();
        self.list_of(List::Judgements, "Colours", plain(colours().map(|rag| capital(rag.name())).collect()));
        let nothing = ["No", "None", "N/A", "-", NONE].map(str::to_string);
        self.list_of(List::Nothing, "Nothing", plain(nothing.to_vec()));
        let actions = colours().map(|rag| {
            let action = self.policies.action(rag);
            vec![text(rag.word().to_string()), text(action.map_or(String::new(), |action| action.text.clone()))]
        });
        let actions = actions.collect();
        self.list_of(List::Actions, "What each colour asks for", actions);
    }

    fn list_of(&mut self, list: List, title: &str, rows: Vec<Vec<Cell>>) {
        self.page.gap();
        self.page.across(COLUMNS, title, Look::Section);
        let first = self.page.next();
        for row in rows {
            self.page.push(row);
        }
        self.lists.insert(list, (first, self.page.next() - 1));
    }
}

/// The statuses that the forms offer; several at once, and what awaits a move, are told otherwise.
const STATUSES: &[CaseStatus] = &[
    CaseStatus::ChildInNeed,
    CaseStatus::ChildProtection,
    CaseStatus::InCare,
    CaseStatus::CareLeaver,
    CaseStatus::Assessment,
    CaseStatus::EarlyHelp,
    CaseStatus::Closed,
];

const PROCEEDINGS: &[(&str, Option<Proceedings>)] = &[
    ("Care proceedings", Some(Proceedings::Care)),
    ("Private proceedings", Some(Proceedings::Private)),
    ("None", None),
];

const LEVELS: &[(&str, &str)] =
    &[("Low", id::POINTS_LOW), ("Medium", id::POINTS_MEDIUM), ("High", id::POINTS_HIGH), ("Ending", id::POINTS_ENDING)];

/// The roles that the forms offer.
pub const ROLES: &[Role] = &[
    Role::SocialWorker,
    Role::Nqsw,
    Role::Student,
    Role::DeputyTeamManager,
    Role::TeamManager,
    Role::PersonalAdviser,
    Role::AwaitingRegistration,
    Role::FamilySupportWorker,
];

/// Time in practice as the forms offer it, in plain signs that every keyboard has.
pub const STAGES: &[(Stage, &str)] = &[
    (Stage::Nqsw0To6, "NQSW 0-6 months"),
    (Stage::Nqsw6To12, "NQSW 6-12 months"),
    (Stage::Year1To2, "1-2 years"),
    (Stage::Year2To3, "2-3 years"),
    (Stage::Year3Plus, "3+ years"),
    (Stage::Student1, "Student, first placement"),
    (Stage::Student2, "Student, second placement"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::words::Words;

    #[test]
    fn words_that_are_offered_are_words_that_are_read() {
        let words = Words::built_in();
        for role in ROLES {
            assert_eq!(words.role(&capital(role.label())).map(|found| found.means), Some(*role), "{role}");
        }
        for (stage, word) in STAGES {
            let key = words.stage_key(word).map(|key| key.trim_start_matches("year-").replace("3-plus", "3+"));
            assert_eq!(key.as_deref().and_then(Stage::named), Some(*stage), "{word}");
        }
        for (word, _) in LEVELS {
            assert!(words.level(word).is_some(), "{word}");
        }
    }
}
