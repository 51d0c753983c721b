//! Words that tell a list of children's social work from any other.

use crate::book::text::fold;
use crate::field::caseload::CaseStatus;
use crate::understand::words::status::{status_parts, without_letter};
use crate::understand::words::{Found, StatusWord, Words, squeeze, whole_words};

impl Words {
    /// Whether a heading or a kind of work is of children's social work alone: `Child ID`, `LAC review`.
    pub fn tells_of_children(&self, text: &str) -> bool {
        self.tells("children", text)
    }

    /// Whether a heading or a role names social workers: `Allocated social worker`.
    pub fn tells_of_social_workers(&self, text: &str) -> bool {
        self.tells("social-workers", text)
    }

    /// Whether a title or a name is that of a caseload: `Caseload June`.
    pub fn tells_of_a_caseload(&self, text: &str) -> bool {
        ["caseloads", "children", "social-workers"].iter().any(|wanted| self.tells(wanted, text))
    }

    /// Whether a heading of workers stands on lists of every kind: `Owner`.
    pub fn is_vague_worker(&self, text: &str) -> bool {
        self.listed("vague", text) == Some("workers")
    }

    /// Whether a status says that the case is a child's: `CIN`, and not `Open` or `Referral`, which
    /// lists of every kind have.
    pub fn is_childrens_status(&self, text: &str) -> bool {
        let of_children = |found: &Found<StatusWord>| match found.means {
            StatusWord::Status(status) => {
                !matches!(status, CaseStatus::Open | CaseStatus::Closed | CaseStatus::AwaitingMove)
            }
            StatusWord::Care | StatusWord::Private | StatusWord::Hint | StatusWord::Nothing => false,
        };
        let vague = |part: &str| {
            let folded = fold(part);
            let begins = |phrase: &str| folded.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
            let mut statuses = self.phrases("vague").filter(|(_, key)| *key == "statuses");
            statuses.any(|(phrase, _)| folded == phrase || begins(phrase))
        };
        let parts = status_parts(without_letter(text).unwrap_or(text));
        parts.iter().any(|part| !vague(part) && self.statuses_in_part(part).iter().any(of_children))
            || self.statuses(text).is_some_and(|found| !vague(text) && parts.len() > 1 && found.iter().all(of_children))
    }

    /// Whether a text holds a telling phrase: in whole words, or run together where it is long enough.
    fn tells(&self, wanted: &str, text: &str) -> bool {
        const RUN_TOGETHER_FROM: usize = 5;
        let folded = fold(text);
        let (padded, squeezed) = (format!(" {folded} "), squeeze(&folded));
        self.phrases("telling").filter(|(_, key)| *key == wanted).any(|(phrase, _)| {
            let run_together = squeeze(phrase);
            whole_words(&padded, phrase).next().is_some()
                || (run_together.len() >= RUN_TOGETHER_FROM && squeezed.contains(&run_together))
        })
    }
}
