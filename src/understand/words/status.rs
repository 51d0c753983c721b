//! What a status cell says: several statuses at once, proceedings beside them, and what ended.

use crate::field::caseload::CaseStatus;
use crate::field::reading::HowRead;

use super::{Found, Words};
use crate::book::text::fold;

/// A beginning of more letters is looked for in no list.
const LISTED_WITHIN: usize = 100;

/// One part of a status cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusWord {
    /// A status.
    Status(CaseStatus),
    /// Care proceedings.
    Care,
    /// Private proceedings.
    Private,
    /// A legal status that hints at proceedings and is no proof of them.
    Hint,
    /// A known word that says nothing of either.
    Nothing,
}

impl Words {
    /// The case statuses written in a cell, and the proceedings written beside them.
    ///
    /// `CP/LAC`, `LAC and care proceedings` and `b) Child Protection plan` are all read. `None` where
    /// some part of the text is not known, says what was or may be (`not CP`, `CP ended`, `step up to
    /// CP`, `CP?`), or where nothing tells the status (`PLO`).
    pub fn statuses(&self, text: &str) -> Option<Vec<Found<StatusWord>>> {
        // The letter of a coded list is no slip of the pen.
        let plain = without_letter(text).and_then(|plain| self.status_words(plain));
        let whole = plain.or_else(|| self.status_words(text));
        let found = match whole {
            Some(found) => found,
            None => {
                let text = without_letter(text).unwrap_or(text);
                let parts = status_parts(text);
                if parts.len() < 2 && !text.contains('?') {
                    return None;
                }
                let all: Option<Vec<_>> = parts.iter().map(|part| self.status_words(part)).collect();
                all?.into_iter().flatten().collect()
            }
        };
        let is = |status: CaseStatus| found.iter().any(|word| word.means == StatusWord::Status(status));
        // "CP - ended": the plan, and not the case.
        let plan_ended = is(CaseStatus::Closed) && (is(CaseStatus::ChildProtection) || is(CaseStatus::InCare));
        let says_something = found.iter().any(|word| !matches!(word.means, StatusWord::Nothing | StatusWord::Hint))
            || self.tick(text) == Some(false);
        (!plan_ended && says_something && !text.contains('?')).then_some(found)
    }

    /// What is known in a status cell that is not known as a whole: of `CP - emotional abuse` the plan,
    /// of `LAC s31 FCO` that the child is looked after, of `closed to CP, now CIN` the need.
    ///
    /// No part of such a cell closes a case: losing a child is worse than a question.
    pub fn statuses_in_part(&self, text: &str) -> Vec<Found<StatusWord>> {
        let parts = status_parts(without_letter(text).unwrap_or(text));
        let mut found = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let ended = parts.get(at + 1).is_some_and(|next| self.is_end(next));
            if ended || self.is_not_now(part) {
                continue;
            }
            let folded = fold(part);
            // Nothing longer is listed: a whole report in a cell is not tried word by word.
            let cut = folded.char_indices().nth(LISTED_WITHIN).map_or(folded.len(), |(at, _)| at);
            let mut start = self.without_filler(&folded[..cut]);
            // The longest beginning that is listed; a close spelling of a part would be a guess.
            while !start.is_empty() {
                if self.listed("statuses", start).is_some() {
                    found.extend(self.status_words(start).into_iter().flatten());
                    break;
                }
                start = start.rsplit_once(' ').map_or("", |(before, _)| before);
            }
            if start.is_empty() {
                found.extend(self.status_words(part).into_iter().flatten());
            }
        }
        found.retain(|word| word.means != StatusWord::Status(CaseStatus::Closed));
        found
    }

    /// The case status that a heading names for the ticks below it: `CP`, `Looked after`, `LAC Y/N`.
    ///
    /// What says whether a case is open, or what the need is, names none.
    pub fn ticked_status(&self, heading: &str) -> Option<CaseStatus> {
        let folded = fold(heading);
        let asked = [" y n", " yes no", " tick"].iter().find_map(|end| folded.strip_suffix(end)).unwrap_or(&folded);
        if self.listed("ticked", asked).is_some() {
            return None;
        }
        match self.status_words(asked)?.as_slice() {
            [Found { means: StatusWord::Status(status), how: HowRead::Listed }] => {
                let of_the_case = !matches!(status, CaseStatus::Open | CaseStatus::Closed | CaseStatus::AwaitingMove);
                of_the_case.then_some(*status)
            }
            _ => None,
        }
    }

    /// What an abbreviation in a status cell is read as, where it has another meaning too.
    pub fn ambiguous_status(&self, text: &str) -> Option<&'static str> {
        let parts = status_parts(text);
        let part = parts.iter().find(|part| self.listed("ambiguous", part) == Some("statuses"))?;
        let word = self.status_words(part)?.first()?.means;
        Some(match word {
            StatusWord::Status(status) => status.label(),
            StatusWord::Care => "care proceedings",
            StatusWord::Private => "private proceedings",
            StatusWord::Hint | StatusWord::Nothing => return None,
        })
    }

    /// One part of a cell; a legal status may be a status and a hint at once.
    fn status_words(&self, text: &str) -> Option<Vec<Found<StatusWord>>> {
        let listed = |means| Found { means, how: HowRead::Listed };
        let folded = fold(text);
        for text in [folded.as_str(), self.without_filler(&folded)] {
            let status = self.listed("statuses", text).and_then(CaseStatus::named).map(StatusWord::Status);
            let court = match self.listed("proceedings", text) {
                Some("care") if self.listed("ticks", text).is_none() => Some(StatusWord::Care),
                Some("private") => Some(StatusWord::Private),
                Some("hint") => Some(StatusWord::Hint),
                Some("none") => Some(StatusWord::Nothing),
                _ => None,
            };
            let found: Vec<_> = match (status, court) {
                (Some(status), Some(StatusWord::Hint)) => vec![listed(status), listed(StatusWord::Hint)],
                (Some(status), _) => vec![listed(status)],
                (None, Some(court)) => vec![listed(court)],
                (None, None) => continue,
            };
            return Some(found);
        }
        if self.is_not_now(text) {
            return None;
        }
        let (key, word, _) = self.close("statuses", text)?;
        let status = CaseStatus::named(key)?;
        // A close spelling never closes a case: losing a child is worse than a question.
        (status != CaseStatus::Closed)
            .then(|| vec![Found { means: StatusWord::Status(status), how: HowRead::Close(word) }])
    }

    /// Whether a part says what was, or may come, and not what is: `not CP`, `CP ended`, `step up to CP`.
    fn is_not_now(&self, text: &str) -> bool {
        let folded = fold(text);
        let stands = |phrase: &str, key: &str| {
            folded.match_indices(phrase).any(|(at, _)| {
                let (front, rest) = (&folded[..at], &folded[at + phrase.len()..]);
                let whole = (front.is_empty() || front.ends_with(' ')) && (rest.is_empty() || rest.starts_with(' '));
                let side = match key {
                    "before" => front.is_empty(),
                    "after" => !front.is_empty(),
                    "either" => true,
                    _ => false,
                };
                whole && side
            })
        };
        // "Former relevant" is a status of its own.
        self.listed("statuses", text).is_none()
            && self.phrases("status-beside").any(|(phrase, key)| stands(phrase, key))
    }

    /// Whether a part says that what stands before it has ended: of `CP - ended 03/25` the second.
    fn is_end(&self, part: &str) -> bool {
        let folded = fold(part);
        let says_no_other = |rest: &str| {
            rest.is_empty()
                || (rest.starts_with(' ') && self.listed("statuses", self.without_filler(rest.trim())).is_none())
        };
        let mut ends = self.phrases("status-beside").filter(|(_, key)| ["after", "either"].contains(key));
        ends.any(|(phrase, _)| folded.strip_prefix(phrase).is_some_and(says_no_other))
    }

    /// A part without words in front that say nothing more: `now CIN`, `open to CIN`.
    fn without_filler<'t>(&self, folded: &'t str) -> &'t str {
        let filler = self.phrases("status-beside").filter(|(_, key)| *key == "filler");
        let rests = filler.filter_map(|(phrase, _)| folded.strip_prefix(phrase)?.strip_prefix(' '));
        rests.min_by_key(|rest| rest.len()).unwrap_or(folded)
    }
}

/// A coded list's text without its letter: `b) Child Protection plan`, `c. Child in need`.
pub(super) fn without_letter(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches('(');
    let mut letters = text.chars();
    let letter = letters.next().filter(|c| c.is_alphabetic())?;
    let rest = text[letter.len_utf8()..].trim_start();
    let rest = rest.strip_prefix([')', '.', ':', '-', '–'])?.trim();
    (!rest.is_empty()).then_some(rest)
}

/// The parts of a status cell that may each say something.
pub(super) fn status_parts(text: &str) -> Vec<String> {
    let parted = text
        .replace(['/', '+', ';', ':', ',', '&', '\n', '|', '(', ')', '[', ']', '>', '→', '?'], "\u{1}")
        .replace(" and ", "\u{1}");
    let parted =
        parted.replace(" with ", "\u{1}").replace(" - ", "\u{1}").replace(" – ", "\u{1}").replace(" — ", "\u{1}");
    parted.split('\u{1}').map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::all_read;

    /// What a cell is read as; in brackets what is known of one that is asked about.
    fn read(text: &str) -> String {
        let words = Words::built_in();
        let show = |found: Vec<Found<StatusWord>>| {
            let names = found.into_iter().filter_map(|found| match found.means {
                StatusWord::Status(status) => Some(status.name()),
                StatusWord::Care => Some("care"),
                StatusWord::Private => Some("private"),
                StatusWord::Hint => Some("hint"),
                StatusWord::Nothing => None,
            });
            names.collect::<Vec<_>>().join(" ")
        };
        match words.statuses(text) {
            Some(found) => show(found),
            None => format!("({})", show(words.statuses_in_part(text))),
        }
    }

    #[test]
    fn statuses_as_people_write_them() {
        all_read(
            read,
            &[
                ("CP", "child-protection"),
                ("cp ", "child-protection"),
                ("C.P.", "child-protection"),
                ("CPP", "child-protection"),
                ("CP Plan", "child-protection"),
                ("Child Protection Plan", "child-protection"),
                ("CP (neglect)", "child-protection"),
                ("CP (Emotional Abuse)", "child-protection"),
                ("CP - neglect", "child-protection"),
                ("CIN", "child-in-need"),
                ("CiN", "child-in-need"),
                ("C.I.N.", "child-in-need"),
                ("Child in need", "child-in-need"),
                ("S17", "child-in-need"),
                ("s.17", "child-in-need"),
                ("Section 17", "child-in-need"),
                ("s.47", "assessment"),
                ("S47 enquiry", "assessment"),
                ("C&F", "assessment"),
                ("S20", "in-care"),
                ("LAC", "in-care"),
                ("CLA", "in-care"),
                ("CiC", "in-care"),
                ("CIOC", "in-care"),
                ("UASC", "in-care"),
                ("FCO", "in-care"),
                ("ICO", "in-care hint"),
                ("LAC - ICO", "in-care hint"),
                ("S31", "care"),
                ("EH", "early-help"),
                ("TAF", "early-help"),
                ("CL", "care-leaver"),
                ("Former relevant", "care-leaver"),
                ("LAC/CP", "in-care child-protection"),
                ("CP & LAC", "child-protection in-care"),
                ("LAC and care proceedings", "in-care care"),
                ("CP/PLO", "child-protection"),
                ("CP (PLO)", "child-protection"),
                ("CIN - step down", "child-in-need awaiting-move"),
                ("CIN - awaiting closure", "child-in-need awaiting-move"),
                ("CIN - closed", "child-in-need closed"),
                ("Open CIN", "child-in-need"),
                ("now CP", "child-protection"),
                ("Subject to CP plan", "child-protection"),
                ("Open to CIN", "child-in-need"),
                ("a) Looked after child", "in-care"),
                ("b) Child Protection plan", "child-protection"),
                ("c) Child in need plan", "child-in-need"),
                ("d) Open assessment", "assessment"),
                ("e) Closed episode", "closed"),
                ("a. Looked after child", "in-care"),
                ("c - Child in need plan", "child-in-need"),
                ("Looked after child", "in-care"),
                ("Open assessment", "assessment"),
                ("Closed episode", "closed"),
                ("Closed", "closed"),
                ("n/a", ""),
                ("Childrn in need", "child-in-need"),
            ],
        );
    }

    #[test]
    fn what_was_or_may_be_is_never_taken_for_what_is() {
        all_read(
            read,
            &[
                ("Not CP", "()"),
                ("not on CP plan", "()"),
                ("No longer CP", "()"),
                ("Ex-LAC", "()"),
                ("ex CP", "()"),
                ("Former LAC", "()"),
                ("was LAC", "()"),
                ("Previously CP", "()"),
                ("CP ended", "()"),
                ("CP plan ended 03/25", "()"),
                ("CP - ended", "()"),
                ("CP (ended)", "()"),
                ("CP - closed", "()"),
                ("LAC - ceased", "()"),
                ("LAC discharged", "()"),
                ("CP removed", "()"),
                ("Removed from CP", "()"),
                ("Stepped down from CP", "()"),
                ("Step up to CP", "()"),
                ("Possible CP", "()"),
                ("Considering CP", "()"),
                ("Awaiting ICPC", "()"),
                ("Pending LAC", "()"),
                ("?CP", "(child-protection)"),
                ("CP?", "(child-protection)"),
                ("non CP", "()"),
                ("closed to CP, now CIN", "(child-in-need)"),
                ("Was LAC, now CIN", "(child-in-need)"),
                ("CIN (was CP)", "(child-in-need)"),
                ("CIN - previously CP", "(child-in-need)"),
                ("CP ended / CIN", "(child-in-need)"),
                ("CIN, not CP", "(child-in-need)"),
            ],
        );
    }

    #[test]
    fn what_is_not_understood_is_asked_about() {
        all_read(
            read,
            &[
                ("PLO", "()"),
                ("SGO", "()"),
                ("Supervision order", "()"),
                ("Jack", "()"),
                ("CPX", "()"),
                ("CP - seen at school", "(child-protection)"),
                ("CP to CIN", "(child-protection)"),
                ("CIN > CP", "child-in-need child-protection"),
                ("LAC S31 FCO", "(in-care)"),
                ("LAC (gone) and care proceedings", "(in-care care)"),
                ("AP", "()"),
                ("PA", "()"),
                ("SSW", "()"),
            ],
        );
    }

    #[test]
    fn the_letter_of_a_code_is_no_slip_of_the_pen() {
        let coded = Words::built_in().statuses("a) Looked after child").unwrap();
        assert_eq!(coded[0].how, HowRead::Listed);
    }
}
