//! Service areas, and words that any team's name may have.

use crate::book::text::fold;
use crate::field::caseload::ServiceArea;

use super::{Words, is_ordinal, whole_words};

/// Whether a text names a service area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaWord {
    /// It names one.
    One(ServiceArea),
    /// It names several, none more narrowly than the rest.
    Several,
    /// It names none.
    None,
}

impl Words {
    /// The service area that a team's name, sheet's name or title names.
    pub fn area(&self, text: &str) -> AreaWord {
        let whole =
            self.listed("whole-areas", text).or_else(|| self.listed("areas", text)).and_then(ServiceArea::named);
        if let Some(area) = whole {
            return AreaWord::One(area);
        }
        let folded = format!(" {} ", fold(text));
        // A longer phrase hides the shorter ones inside it: "duty and assessment" is one area.
        let mut hits: Vec<(usize, usize, ServiceArea)> = Vec::new();
        for (phrase, key) in self.phrases("areas") {
            let Some(area) = ServiceArea::named(key) else { continue };
            for at in whole_words(&folded, phrase) {
                hits.push((at, at + phrase.len(), area));
            }
        }
        let within = |inner: &(usize, usize, ServiceArea), outer: &(usize, usize, ServiceArea)| {
            outer.0 <= inner.0 && inner.1 <= outer.1 && (outer.1 - outer.0) > (inner.1 - inner.0)
        };
        let mut areas: Vec<ServiceArea> =
            hits.iter().filter(|hit| !hits.iter().any(|other| within(hit, other))).map(|hit| hit.2).collect();
        areas.sort_unstable();
        areas.dedup();
        if let [area] = areas[..] {
            return AreaWord::One(area);
        }
        // Of several, one that is named more narrowly than the rest decides.
        let specific = |area: &ServiceArea| self.listed("specific", area.name()).is_some();
        let narrow: Vec<ServiceArea> = areas.iter().copied().filter(specific).collect();
        match (narrow.as_slice(), areas.is_empty()) {
            ([area], _) => AreaWord::One(*area),
            (_, true) => AreaWord::None,
            _ => AreaWord::Several,
        }
    }

    /// Whether a sheet's name or title says nothing of a team: `Caseload June 2025`.
    pub fn is_generic(&self, text: &str) -> bool {
        let mut folded = format!(" {} ", fold(text));
        for (phrase, _) in self.phrases("generic") {
            loop {
                let Some(at) = whole_words(&folded, phrase).next() else { break };
                folded.replace_range(at..at + phrase.len() + 1, "");
            }
        }
        folded.split(' ').all(|word| word.is_empty() || word.chars().all(|c| c.is_ascii_digit()) || is_ordinal(word))
    }

    /// A text without the words that name no team and no person: `Ada Heron` of `Ada Heron caseload June 2025`.
    pub fn without_generic(&self, text: &str) -> String {
        let is_year = |word: &str| word.len() >= 2 && word.chars().all(|c| c.is_ascii_digit());
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let possessive = |word: &str| word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word).to_string();
        while let Some(first) = words.first() {
            let of = ["of", "for", "the"].contains(&fold(first).as_str());
            if !of && !self.is_generic(first) {
                break;
            }
            words.remove(0);
        }
        while let Some(last) = words.last() {
            if !is_year(last) && !self.is_generic(last) {
                break;
            }
            words.pop();
        }
        match words.split_last() {
            Some((last, before)) => {
                before.iter().map(ToString::to_string).chain([possessive(last)]).collect::<Vec<_>>().join(" ")
            }
            None => String::new(),
        }
    }

    /// Whether a name says of itself that it is a team's.
    pub fn names_team(&self, text: &str) -> bool {
        let has_team = || fold(text).split(' ').any(|word| word == "team");
        self.area(text) != AreaWord::None || (has_team() && self.role(text).is_none())
    }
}
