//! What a sheet's name says of the whole sheet: its month, or that it is a copy, a form or closed.

use super::{Words, whole_words};
use crate::book::names::named;
use crate::book::text::fold;

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
        /// Places are called so, and teams after them, oftener than people.
        Place = "place",
    }
}

/// The months of the year in order; with `week` the keys of `[months]`.
pub const MONTHS: &[&str] = &[
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
];

impl Words {
    /// A sheet's name without a month and year at its end: `Locality North` of `Locality North - Sep 25`.
    pub fn without_month(&self, name: &str) -> String {
        let part = |c: char| c.is_whitespace() || "-–—_./'’".contains(c);
        let mut kept = name.trim();
        let mut month = false;
        let shorter = |text: &str| text.trim_end_matches(part).rfind(part).map_or(0, |at| at + 1);
        let mut rest = kept;
        while !rest.is_empty() {
            let at = (0..=shorter(rest)).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
            let last = rest[at..].trim_matches(part);
            let figure = !last.is_empty() && last.chars().all(|c| c.is_ascii_digit());
            if self.month(last).is_none() && !figure {
                break;
            }
            month |= self.month(last).is_some();
            rest = rest[..at].trim_end_matches(part);
            if month {
                kept = rest;
            }
        }
        if kept.is_empty() { name.trim().to_string() } else { kept.to_string() }
    }

    /// A name as it is compared from month to month: without a month and year at its end.
    pub fn timeless(&self, name: &str) -> String {
        let kept = self.without_month(name);
        let Some(end) = name.trim().strip_prefix(kept.as_str()).filter(|end| !end.is_empty()) else {
            return fold(name);
        };
        // A figure before the month may be the team's own number; the last days of a month are none.
        const LAST_DAYS: std::ops::RangeInclusive<u32> = 28..=31;
        let parts: Vec<&str> = end.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let month = parts.iter().position(|part| self.month(part).is_some()).unwrap_or(0);
        let mut figures: Vec<&str> = parts[..month].to_vec();
        if figures.last().and_then(|figure| figure.parse().ok()).is_some_and(|day| LAST_DAYS.contains(&day)) {
            figures.pop();
        }
        format!("{} {}", fold(&kept), figures.join(" ")).trim_end().to_string()
    }

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
        let at = MONTHS.iter().position(|month| *month == key)?;
        i8::try_from(at + 1).ok()
    }

    /// Whether a word stands before the number of a week.
    pub fn is_week(&self, word: &str) -> bool {
        self.listed("months", word) == Some("week")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_no_part_of_a_teams_name() {
        let words = Words::built_in();
        for (name, plain) in [
            ("Locality North - Sep", "Locality North"),
            ("Locality North Sept 25", "Locality North"),
            ("North – June 2025", "North"),
            ("September 2025", "September 2025"),
            ("Team 1", "Team 1"),
            ("Locality 2 – 30 June 2025", "Locality"),
        ] {
            assert_eq!(words.without_month(name), plain, "{name}");
        }
    }

    #[test]
    fn a_month_is_no_part_of_a_name_and_a_number_is() {
        let words = Words::built_in();
        for (name, key) in [
            ("North Sep 2025", "north"),
            ("North – 30 September 2025", "north"),
            ("Locality 2 – 30 June 2025", "locality 2"),
            ("Locality 3 June 2025", "locality 3"),
            ("Locality 2", "locality 2"),
            ("September 2025", "september 2025"),
        ] {
            assert_eq!(words.timeless(name), key, "{name}");
        }
    }
}
