//! Words for workers: roles, stages, titles, and words for nobody in particular.

use crate::book::rag::Rag;
use crate::book::text::fold;
use crate::field::caseload::Role;

use super::{AreaWord, Found, Words, squeeze, whole_words};

/// What stands in a worker cell that names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nobody {
    /// Nothing, or a dash.
    Blank,
    /// A word for nobody in particular: `TBC`, `unallocated`, `?`.
    Placeholder,
    /// The duty desk.
    Duty,
    /// A vacant post.
    Vacant,
}

impl Words {
    /// The role of this name.
    pub fn role(&self, text: &str) -> Option<Found<Role>> {
        let plain = text.split(['(', '[']).next().unwrap_or("");
        self.found("roles", text, Role::named).or_else(|| self.found("roles", plain, Role::named))
    }

    /// Whether a role is an abbreviation that elsewhere means another one.
    pub fn is_ambiguous_role(&self, text: &str) -> bool {
        self.listed("ambiguous", text) == Some("roles")
    }

    /// The key of `[stages]` for this text.
    pub fn stage_key(&self, text: &str) -> Option<&str> {
        self.listed("stages", text)
    }

    /// The key of `[fte]` for this text.
    pub fn fte_key(&self, text: &str) -> Option<&str> {
        self.listed("fte", text)
    }

    /// The colour a judgement names.
    pub fn judgement(&self, text: &str) -> Option<Rag> {
        let first = text.split([' ', '-', '–', ':']).next().unwrap_or("");
        self.listed("judgements", text).or_else(|| self.listed("judgements", first)).and_then(Rag::named)
    }

    /// Whether a holding cell says co-worker (`true`) or key worker (`false`).
    pub fn is_co_worker(&self, text: &str) -> Option<bool> {
        self.listed("holdings", text).map(|key| key == "co-worker")
    }

    /// What a worker cell says that names nobody; `None` where it may name a person.
    ///
    /// A role or a team's name in place of a person's is told by [`Words::role`] and [`Words::is_team`].
    pub fn nobody(&self, text: &str) -> Option<Nobody> {
        let folded = fold(text);
        if squeeze(&folded).is_empty() {
            return Some(if text.contains('?') { Nobody::Placeholder } else { Nobody::Blank });
        }
        let starts = |key: &str| ["starts", "duty", "vacant"].contains(&key);
        let key = self.listed("unallocated", text).filter(|key| *key == "words" || starts(key)).or_else(|| {
            let mut phrases = self.phrases("unallocated").filter(|(_, key)| starts(key));
            let begins = |phrase: &str| folded.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
            phrases.find(|(phrase, _)| begins(phrase)).map(|(_, key)| key)
        });
        match key {
            Some("duty") => Some(Nobody::Duty),
            Some("vacant") => Some(Nobody::Vacant),
            Some(_) => Some(Nobody::Placeholder),
            // A slip of the pen in a long word; short ones are too near to names.
            None if squeeze(&folded).chars().count() >= 9 => {
                let slip = self.close("unallocated", text).filter(|(key, _, far)| *far == 1 && *key != "ends");
                slip.map(|_| Nobody::Placeholder)
            }
            None => None,
        }
    }

    /// Whether a worker cell says that nobody holds the case.
    pub fn is_unallocated(&self, text: &str) -> bool {
        self.nobody(text).is_some()
    }

    /// Whether a text names a team and no person: `Locality North`, `Blue Team`, `CIC 2`.
    pub fn is_team(&self, text: &str) -> bool {
        let folded = fold(text);
        let numbered = |word: &&str| word.chars().count() == 1 || word.chars().all(|c| c.is_ascii_digit());
        let all: Vec<&str> = folded.split(' ').collect();
        let named = all.iter().rev().skip_while(|word| numbered(word)).count();
        let listed = |word: &str, wanted: &str| self.listed("unallocated", word) == Some(wanted);
        if named >= 2 && listed(all[named - 1], "ends") {
            return true;
        }
        let whole = ["areas", "whole-areas"].iter().any(|section| self.listed(section, text).is_some());
        if whole || (named == 1 && listed(all[0], "ends")) {
            return true;
        }
        let mut rest = format!(" {folded} ");
        let mut areas: Vec<&str> = self.phrases("areas").map(|(phrase, _)| phrase).collect();
        areas.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        for phrase in areas {
            loop {
                let Some(at) = whole_words(&rest, phrase).next() else { break };
                rest.replace_range(at..at + phrase.len() + 1, "");
            }
        }
        let left: Vec<&str> = rest.split_whitespace().collect();
        left.len() < all.len()
            && left.iter().all(|word| {
                numbered(word) || listed(word, "places") || listed(word, "ends") || self.nobody(word).is_some()
            })
    }

    /// Whether a word is a title before or behind a name: `Mrs`.
    pub fn is_title(&self, word: &str) -> bool {
        self.listed("names", word) == Some("titles")
    }

    /// Whether words beside a name say nothing that we use: `agency`.
    pub fn is_remark(&self, text: &str) -> bool {
        self.listed("names", text) == Some("remarks")
    }

    /// Whether a word stands in remarks and never in a person's name: `leave`.
    pub fn is_no_name(&self, word: &str) -> bool {
        ["remarks", "never"].iter().any(|key| self.listed("names", word) == Some(key))
    }

    /// Whether a text is written as a person's name is and stands in none of the lists.
    ///
    /// One word may be a name too; whether it is one, other things must say.
    pub fn reads_like_a_name(&self, text: &str) -> bool {
        let plain = text.split(['(', '[']).next().unwrap_or("").trim();
        let listed = self.listed_heading(plain, false).is_some()
            || self.listed_heading(plain, true).is_some()
            || self.listed("roles", plain).is_some()
            || self.listed("statuses", plain).is_some()
            || self.listed("levels", plain).is_some()
            || self.listed("proceedings", plain).is_some();
        let team =
            fold(plain).split(' ').any(|word| ["team", "teams", "service", "hub", "unit", "pod"].contains(&word));
        is_like_a_name(plain)
            && plain.split_whitespace().count() <= 5
            && !listed
            && !team
            && self.area(plain) == AreaWord::None
            && !self.is_generic(plain)
            && !self.is_total(plain)
            && !self.is_unallocated(plain)
    }
}

/// Whether a text of several words is written as names are: `Maria del Carmen Lopez`, not a sentence.
pub fn is_like_a_name(text: &str) -> bool {
    const BETWEEN: &[&str] =
        &["de", "del", "la", "da", "dos", "di", "van", "von", "der", "den", "bin", "ibn", "al", "el"];
    text.chars().count() <= 60
        && text.split_whitespace().count() <= 7
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "'’-.,()".contains(c))
        && text
            .split_whitespace()
            .all(|word| BETWEEN.contains(&word) || word.trim_start_matches('(').starts_with(|c: char| c.is_uppercase()))
}
