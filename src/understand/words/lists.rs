//! The lists themselves: which there are, what each may say, and reading them.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use crate::book::rag::Rag;
use crate::book::text::fold;
use crate::field::caseload::{CaseStatus, Role, ServiceArea, Subject};
use crate::field::reading::Meaning;

use super::{SheetWord, Words, annex_a_list, sheets, squeeze, time};

/// The word lists that the program carries.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("columns.toml", include_str!("../../../templates/words/columns.toml")),
    ("people.toml", include_str!("../../../templates/words/people.toml")),
    ("cases.toml", include_str!("../../../templates/words/cases.toml")),
    ("places.toml", include_str!("../../../templates/words/places.toml")),
    ("tasks.toml", include_str!("../../../templates/words/tasks.toml")),
    ("annex_a.toml", include_str!("../../../templates/words/annex_a.toml")),
    ("time.toml", include_str!("../../../templates/words/time.toml")),
];

impl Words {
    /// The lists that the program carries.
    ///
    /// A test reads each of them, so that none is left out here.
    pub fn built_in() -> Self {
        let mut words = Self::default();
        for (_, text) in BUILT_IN {
            // A list of our own that does not read is caught by the test below.
            let _ = words.read(text, false);
        }
        words
    }

    /// Adds a list of the same shape; its words go before those already known.
    ///
    /// # Errors
    ///
    /// The sentence names line and column of a section or key that is not known, and what is.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        self.read(text, true)
    }

    /// Adds a list; what a council says of its `own` words is no longer ambiguous.
    fn read(&mut self, text: &str, own: bool) -> Result<(), String> {
        type Keys = BTreeMap<Spanned<String>, Vec<String>>;
        let (mut told, mut passed_over) = (BTreeSet::new(), BTreeSet::new());
        let file: BTreeMap<Spanned<String>, Keys> = toml::from_str(text).map_err(|error| place_of(text, &error))?;
        for (section, keys) in &file {
            let known = SECTIONS.iter().find(|(name, _)| *name == section.get_ref().as_str());
            let Some((name, check)) = known else {
                let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
                return Err(format!(
                    "{}: there is no section [{}]; use one of {}",
                    line_and_column(text, section.span().start),
                    section.get_ref(),
                    names.join(", ")
                ));
            };
            let lexicon = self.sections.entry(name).or_default();
            for (key, words) in keys {
                if !check(key.get_ref()) {
                    return Err(format!(
                        "{}: [{name}] has no key `{}`; see `templates/words` for those it has",
                        line_and_column(text, key.span().start),
                        key.get_ref()
                    ));
                }
                for word in words {
                    let folded = fold(word);
                    let squeezed = squeeze(&folded);
                    if squeezed.is_empty() {
                        continue;
                    }
                    if own && ["statuses", "roles"].contains(name) {
                        told.insert(squeezed.clone());
                    }
                    if own && *name == "ignored" {
                        passed_over.insert(squeezed.clone());
                    }
                    // What a council says of a word takes the place of what we say.
                    lexicon.phrases.retain(|(phrase, _)| !own || *phrase != folded);
                    lexicon.exact.insert(squeezed, key.get_ref().clone());
                    lexicon.phrases.insert(0, (folded, key.get_ref().clone()));
                }
            }
        }
        for section in ["columns", "roster-columns"] {
            if let Some(columns) = self.sections.get_mut(section) {
                columns.exact.retain(|word, _| !passed_over.contains(word));
            }
        }
        if let Some(ambiguous) = self.sections.get_mut("ambiguous") {
            ambiguous.exact.retain(|word, _| !told.contains(word));
        }
        Ok(())
    }
}

type KeyCheck = fn(&str) -> bool;

/// The sections a word list may have, and the keys that each knows.
const SECTIONS: &[(&str, KeyCheck)] = &[
    ("columns", |key| Meaning::named(key).is_some()),
    ("roster-columns", |key| Meaning::named(key).is_some()),
    ("ignored", |key| key == "headings"),
    ("roles", |key| Role::named(key).is_some()),
    ("stages", |key| STAGE_KEYS.contains(&key)),
    ("holdings", |key| ["key-worker", "co-worker"].contains(&key)),
    ("unallocated", |key| ["words", "starts", "duty", "vacant", "ends", "places"].contains(&key)),
    ("names", |key| ["titles", "remarks", "never"].contains(&key)),
    ("fte", |key| FTE_KEYS.contains(&key)),
    ("judgements", |key| Rag::named(key).is_some()),
    ("statuses", |key| CaseStatus::named(key).is_some()),
    ("status-beside", |key| ["before", "after", "either", "filler"].contains(&key)),
    ("ambiguous", |key| ["statuses", "roles"].contains(&key)),
    ("proceedings", |key| ["care", "private", "none", "hint"].contains(&key)),
    ("levels", |key| ["low", "medium", "high", "ending"].contains(&key)),
    ("ticks", |key| ["yes", "no"].contains(&key)),
    ("ticked", |key| key == "need"),
    ("carer-work", |key| Subject::named(key).is_some()),
    ("causes", |key| CAUSES.iter().any(|(name, _)| *name == key)),
    ("areas", |key| ServiceArea::named(key).is_some()),
    ("whole-areas", |key| ServiceArea::named(key).is_some()),
    ("specific", |key| key == "areas"),
    ("generic", |key| ["names", "months"].contains(&key)),
    ("sheets", |key| SheetWord::named(key).is_some()),
    ("months", |key| sheets::MONTHS.contains(&key) || key == "week"),
    ("totals", |key| key == "words"),
    ("points-form", |key| ["duties", "outcome"].contains(&key)),
    ("tasks-form", |key| {
        ["task", "number", "points", "travel", "duties", "outcome", "examples", "kinds", "kinds-beside"].contains(&key)
    }),
    ("time-form", time::is_key),
    ("footers", |key| key == "words"),
    ("annex-a", |key| annex_a_list(key).is_some()),
    ("status-letters", |key| CaseStatus::named(key).is_some()),
    ("counts", |key| COUNT_KEYS.contains(&key)),
    ("several-children", |key| ["child", "family", "twins", "triplets", "unborn", "adult"].contains(&key)),
    ("one-child", |key| ["words", "several"].contains(&key)),
    ("counts-before", |key| key == "words"),
    ("counts-behind", |key| key == "words"),
    ("telling", |key| ["children", "social-workers", "caseloads"].contains(&key)),
    ("vague", |key| ["statuses", "workers"].contains(&key)),
];

/// Keys of `[stages]`.
const STAGE_KEYS: &[&str] =
    &["nqsw", "nqsw-0-6", "nqsw-6-12", "year-1-2", "year-2-3", "year-3-plus", "student-1", "student-2", "none"];

/// Keys of `[counts]`.
const COUNT_KEYS: &[&str] =
    &["children", "carers", "carer-assessments", "reviews", "co-worked", "families", "proceedings", "sets", "part"];

/// Keys of `[fte]`.
pub(super) const FTE_KEYS: &[&str] = &["full-time", "part-time", "none", "share", "hours", "days", "percent", "beside"];

/// Keys of `[causes]` and the words of ours for them.
pub(super) const CAUSES: &[(&str, &str)] = &[
    ("sickness-cover", "sickness cover"),
    ("holiday-cover", "holiday cover"),
    ("large-family", "large family"),
    ("awaiting-move", "awaiting transfer or closure"),
];

/// A TOML error as `line 3, column 5: …`.
fn place_of(text: &str, error: &toml::de::Error) -> String {
    let message = error.message().trim().replace('\n', "; ");
    match error.span() {
        Some(span) => format!("{}: {message}", line_and_column(text, span.start)),
        None => message,
    }
}

/// Where a byte of a text stands, as `line 3, column 5`.
fn line_and_column(text: &str, at: usize) -> String {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("line {line}, column {column}")
}
