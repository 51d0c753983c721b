//! What a sheet's name says of the whole sheet: its month, or that it is a copy, a form or closed.

use super::{Words, fold, whole_words};
use crate::names::named;

named! {
    /// What a sheet's name may say of the whole sheet; the names are the keys of `[sheets]`.
    SheetWord {
        /// A form to be filled in, or an example.
        Form = "form",
        /// Its cases are closed.
        Closed = "closed",
        /// They are not closed yet.
        NotClosed = "not-closed",
        /// A copy, or an earlier version.
        Copy = "copy",
        /// The one that is kept up to date.
        Live = "live",
        /// Cases that the worker only helps with.
        CoWorked = "co-worked",
        /// A part of a worker's cases.
        Part = "part",
    }
}

/// Keys of `[months]`, a week behind the months.
pub(super) const MONTH_KEYS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "week",
];

impl Words {
    /// Whether a sheet's name says this of the whole sheet.
    pub fn sheet_says(&self, what: SheetWord, name: &str) -> bool {
        let folded = format!(" {} ", fold(name));
        let mut phrases = self.phrases("sheets").filter(|(_, key)| *key == what.name());
        phrases.any(|(phrase, _)| whole_words(&folded, phrase).next().is_some())
    }

    /// A folded name without the words that say this of the whole sheet.
    pub fn without_sheet_word(&self, what: SheetWord, name: &str) -> String {
        let mut folded = format!(" {} ", fold(name));
        let mut phrases: Vec<&str> =
            self.phrases("sheets").filter(|(_, key)| *key == what.name()).map(|(phrase, _)| phrase).collect();
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        for phrase in phrases {
            loop {
                let Some(at) = whole_words(&folded, phrase).next() else { break };
                folded.replace_range(at..at + phrase.len() + 1, "");
            }
        }
        folded.trim().to_string()
    }

    /// The number of the month that a word names.
    pub fn month(&self, word: &str) -> Option<i8> {
        let key = self.listed("months", word)?;
        let at = MONTH_KEYS.iter().position(|month| *month == key)?;
        i8::try_from(at + 1).ok().filter(|month| *month <= 12)
    }

    /// Whether a word stands before the number of a week.
    pub fn is_week(&self, word: &str) -> bool {
        self.listed("months", word) == Some("week")
    }
}
