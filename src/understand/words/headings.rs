//! What a heading stands for, and what it counts.

use crate::book::text::fold;
use crate::field::reading::{HowRead, Meaning};

use super::{CaseStatus, Found, LISTED_MOST, StatusWord, Words, squeeze, whole_words};

/// What a heading stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// A column we use.
    Means(Meaning),
    /// A common heading that we do not use.
    Ignored,
}

/// What the figures of a column count where each row is a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// All of the worker's children.
    Children,
    /// Those of one status; `None` for statuses taken together.
    Status(Option<CaseStatus>),
    /// Foster carers supervised.
    Carers,
    /// Assessments of carers, where carers supervised are counted too.
    CarerAssessments,
    /// Reviews or conferences, of children of one status where it is told.
    Reviews(Option<CaseStatus>),
    /// Families or households of those children.
    Families,
    /// Cases that the worker helps with.
    CoWorked,
    /// Children or sets in proceedings: which of the two is not told.
    Proceedings,
    /// Sets of care proceedings.
    Sets,
    /// A part of the children already counted, or something else that is no load: new, closed, awaiting transfer.
    Part,
}

impl Words {
    /// What a heading stands for; on a roster some words mean other things.
    pub fn heading(&self, text: &str, roster: bool) -> Option<Found<Heading>> {
        if let Some(means) = self.listed_heading(text, roster) {
            return Some(Found { means, how: HowRead::Listed });
        }
        // A word of another list is no slip of the pen: "Looked after" counts children, and is no "looked after ID".
        if self.counted(text).is_some() {
            return None;
        }
        let columns = self.close("columns", text);
        let ignored = self.close("ignored", text);
        match (columns, ignored) {
            (Some((_, _, far)), Some((_, _, near))) if near <= far => {
                Some(Found { means: Heading::Ignored, how: HowRead::Listed })
            }
            (Some((key, word, _)), _) => {
                Meaning::named(key).map(|means| Found { means: Heading::Means(means), how: HowRead::Close(word) })
            }
            _ => None,
        }
    }

    /// What a heading stands for by the lists alone, without close spellings.
    pub fn listed_heading(&self, text: &str, roster: bool) -> Option<Heading> {
        let listed = |text: &str| {
            if text.len() > LISTED_MOST {
                return None;
            }
            let squeezed = squeeze(&fold(text));
            let key = |section: &str| self.sections.get(section)?.exact.get(&squeezed).map(String::as_str);
            let roster_first = if roster { key("roster-columns") } else { None };
            roster_first
                .or_else(|| key("columns"))
                .and_then(Meaning::named)
                .map(Heading::Means)
                .or_else(|| key("ignored").map(|_| Heading::Ignored))
        };
        // A remark in brackets or behind a line break is tried without.
        let without = |marks: &[char]| text.split_once(marks).map(|(plain, _)| plain);
        listed(text).or_else(|| listed(without(&['(', '['])?)).or_else(|| listed(without(&['(', '[', '\n'])?))
    }

    /// What the figures below a heading count where each row is a worker: `CP`, `No. of LAC`, `Total`.
    pub fn counted(&self, heading: &str) -> Option<Counted> {
        let counted = |key: &str| match key {
            "children" => Some(Counted::Children),
            "carers" => Some(Counted::Carers),
            "carer-assessments" => Some(Counted::CarerAssessments),
            "reviews" => Some(Counted::Reviews(None)),
            "co-worked" => Some(Counted::CoWorked),
            "families" => Some(Counted::Families),
            "proceedings" => Some(Counted::Proceedings),
            "sets" => Some(Counted::Sets),
            "part" => Some(Counted::Part),
            _ => None,
        };
        let of = |text: &str| -> Option<Counted> {
            if let Some(found) = self.listed("counts", text).and_then(counted) {
                return Some(found);
            }
            if self.is_total(text) && self.listed("totals", text).is_some() {
                return Some(Counted::Children);
            }
            let found = self.statuses(text)?;
            let words: Vec<StatusWord> = found.iter().map(|word| word.means).collect();
            Some(match words.as_slice() {
                [StatusWord::Status(CaseStatus::Open)] => Counted::Children,
                [StatusWord::Status(CaseStatus::Closed)] | [StatusWord::Nothing] => Counted::Part,
                [StatusWord::Status(CaseStatus::AwaitingMove)] => Counted::Part,
                [StatusWord::Status(status)] => Counted::Status(Some(*status)),
                [StatusWord::Care | StatusWord::Private] => Counted::Proceedings,
                // Children of one status or another, as they stand: they count, and no status is known.
                several if several.iter().all(|word| matches!(word, StatusWord::Status(_))) => Counted::Status(None),
                _ => Counted::Part,
            })
        };
        let plain = heading.split(['(', '[', '\n']).next().unwrap_or("");
        let reviews = || -> Option<Counted> {
            let folded = fold(plain);
            let what =
                ["reviews", "review", "conferences", "conference"].iter().find_map(|word| folded.strip_suffix(word))?;
            match of(what.trim())? {
                Counted::Status(status) => Some(Counted::Reviews(status)),
                _ => None,
            }
        };
        let whole = of(heading).or_else(|| of(plain)).or_else(reviews);
        whole.or_else(|| {
            // "No. of CP plans", "LAC children", "# CIN": what is said around the status.
            let folded = fold(plain);
            let trimmed = self.without_ends(&folded);
            (trimmed != folded && !trimmed.is_empty()).then(|| of(&trimmed))?
        })
    }

    /// A folded text without the words that stand around what a heading counts.
    fn without_ends(&self, folded: &str) -> String {
        let said = |section: &'static str| self.phrases(section).map(|(phrase, _)| phrase);
        let behind = |phrase: &str| folded.strip_prefix(phrase).and_then(|rest| rest.strip_prefix(' '));
        let rest = said("counts-before").find_map(behind).unwrap_or(folded);
        let before = |phrase: &str| rest.strip_suffix(phrase).and_then(|rest| rest.strip_suffix(' '));
        said("counts-behind").find_map(before).unwrap_or(rest).to_string()
    }

    /// Whether a heading says that each row below it is one child: `Child ID`, `First name`.
    pub fn is_of_one_child(&self, heading: &str) -> bool {
        let padded = format!(" {} ", fold(heading));
        let says = |wanted: &str| {
            self.phrases("one-child")
                .any(|(phrase, key)| key == wanted && whole_words(&padded, phrase).next().is_some())
        };
        says("words") && !says("several")
    }

    /// Whether a heading asks for the names of several children: `Children`, `Names`.
    pub fn is_of_several_children(&self, heading: &str) -> bool {
        let padded = format!(" {} ", fold(heading));
        self.phrases("one-child").any(|(phrase, key)| key == "several" && whole_words(&padded, phrase).next().is_some())
    }

    /// Whether a text beside a child's name says this of it; the keys are those of `[several-children]`.
    pub fn says_of_children(&self, text: &str, key: &str) -> bool {
        let folded = fold(text);
        self.phrases("several-children").any(|(phrase, known)| known == key && phrase == folded)
    }

    /// Whether a heading is a month, with or without its year: `Apr`, `June 2025`, `Jul-25`.
    pub fn is_month(&self, heading: &str) -> bool {
        let folded = fold(heading);
        let mut words = folded.split(' ').filter(|word| !word.chars().all(|c| c.is_ascii_digit()));
        let month = |word: &str| {
            let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
            self.month(name).is_some()
        };
        matches!((words.next(), words.next()), (Some(word), None) if month(word))
    }
}
