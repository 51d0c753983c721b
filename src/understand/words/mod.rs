//! The words people write, and what they mean: headings, roles, statuses, teams.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use toml::Spanned;

use crate::book::text::fold;
use crate::field::caseload::{CaseStatus, Level, Role, ServiceArea, Subject};
use crate::field::rating::Rag;
use crate::field::reading::{HowRead, Meaning};

mod sheets;
mod status;
mod tasks;
mod telling;
mod time;

pub use sheets::{MONTHS, SheetWord};
pub use status::StatusWord;
pub use tasks::TasksLine;
pub use time::{Time, TimeRow, TimeUnit};

/// Word lists by section, as read from `templates/words/*.toml` and a council's own file.
#[derive(Debug, Clone, Default)]
pub struct Words {
    sections: BTreeMap<&'static str, Lexicon>,
}

#[derive(Debug, Clone, Default)]
struct Lexicon {
    /// Folded and squeezed word → key.
    exact: BTreeMap<String, String>,
    /// Folded words with their spaces, for finding them inside longer text: (word, key).
    phrases: Vec<(String, String)>,
}

/// A word list entry that a text was recognised by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// What it means.
    pub means: T,
    /// How it was recognised.
    pub how: HowRead,
}

/// What a heading stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// A column we use.
    Means(Meaning),
    /// A common heading that we do not use.
    Ignored,
}

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

/// A text of more bytes stands in no list: a whole report in a cell is not compared word by word.
const LISTED_MOST: usize = 1_000;

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
const FTE_KEYS: &[&str] = &["full-time", "part-time", "none", "share", "hours", "days", "percent", "beside"];

/// Keys of `[causes]` and the words of ours for them.
const CAUSES: &[(&str, &str)] = &[
    ("sickness-cover", "sickness cover"),
    ("holiday-cover", "holiday cover"),
    ("large-family", "large family"),
    ("awaiting-move", "awaiting transfer or closure"),
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

    /// The role of this name.
    pub fn role(&self, text: &str) -> Option<Found<Role>> {
        let plain = text.split(['(', '[']).next().unwrap_or("");
        self.found("roles", text, Role::named).or_else(|| self.found("roles", plain, Role::named))
    }

    /// The status that a letter alone stands for on list 6 of Ofsted's Annex A: `b` for a plan.
    pub fn status_letter(&self, text: &str) -> Option<StatusWord> {
        self.listed("status-letters", text).and_then(CaseStatus::named).map(StatusWord::Status)
    }

    /// The one list of Ofsted's Annex A that has a heading such as this.
    pub fn annex_a_list(&self, heading: &str) -> Option<u8> {
        self.listed("annex-a", heading).and_then(annex_a_list)
    }

    /// Whether a text is a listed word for a move that is awaited.
    pub fn is_awaiting_move(&self, text: &str) -> bool {
        self.listed("statuses", text) == Some(CaseStatus::AwaitingMove.name())
    }

    /// Whether a role is an abbreviation that elsewhere means another one.
    pub fn is_ambiguous_role(&self, text: &str) -> bool {
        self.listed("ambiguous", text) == Some("roles")
    }

    /// What a proceedings cell says.
    pub fn proceedings(&self, text: &str) -> Option<ProceedingsWord> {
        match self.listed("proceedings", text)? {
            "care" => Some(ProceedingsWord::Care),
            "private" => Some(ProceedingsWord::Private),
            "hint" => Some(ProceedingsWord::Hint),
            _ => Some(ProceedingsWord::None),
        }
    }

    /// The intervention level written in words.
    pub fn level(&self, text: &str) -> Option<Level> {
        match self.listed("levels", text)? {
            "low" => Some(Level::Low),
            "medium" => Some(Level::Medium),
            "high" => Some(Level::High),
            _ => Some(Level::Ending),
        }
    }

    /// Whether a cell ticks its heading; `None` where it says neither yes nor no.
    pub fn tick(&self, text: &str) -> Option<bool> {
        if squeeze(&fold(text)).is_empty() {
            return Some(false);
        }
        self.listed("ticks", text).map(|key| key == "yes")
    }

    /// The key of `[stages]` for this text.
    pub fn stage_key(&self, text: &str) -> Option<&str> {
        self.listed("stages", text)
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

    /// The key of `[fte]` for this text.
    pub fn fte_key(&self, text: &str) -> Option<&str> {
        self.listed("fte", text)
    }

    /// The colour a judgement names.
    pub fn judgement(&self, text: &str) -> Option<Rag> {
        let first = text.split([' ', '-', '–', ':']).next().unwrap_or("");
        self.listed("judgements", text).or_else(|| self.listed("judgements", first)).and_then(Rag::named)
    }

    /// What a fostering row is.
    pub fn carer_work(&self, text: &str) -> Option<Subject> {
        self.listed("carer-work", text).and_then(Subject::named)
    }

    /// A temporary cause named anywhere in a text, in words of ours.
    pub fn cause(&self, text: &str) -> Option<&'static str> {
        let folded = format!(" {} ", fold(text));
        let (_, key) = self.phrases("causes").find(|(phrase, _)| whole_words(&folded, phrase).next().is_some())?;
        CAUSES.iter().find(|(name, _)| *name == key).map(|(_, label)| *label)
    }

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

    /// Whether a line of a points form gives points for duties beside cases.
    pub fn is_beside_cases(&self, text: &str) -> bool {
        self.says_of_form("duties", text)
    }

    /// Whether a line of a points form says what follows from the sum: the benchmark, the surplus, the action.
    pub fn is_outcome(&self, text: &str) -> bool {
        self.says_of_form("outcome", text)
    }

    fn says_of_form(&self, key: &str, text: &str) -> bool {
        let folded = format!(" {} ", fold(text));
        self.phrases("points-form").any(|(phrase, own)| own == key && whole_words(&folded, phrase).next().is_some())
    }

    /// Whether a text begins a totals row.
    pub fn is_total(&self, text: &str) -> bool {
        let folded = fold(text);
        if self.listed("totals", text).is_some() {
            return true;
        }
        // "Total 43", "Total: 17 children", "Grand total for team"; below a group Excel writes "Ada Heron Count".
        let behind = ["total", "totals", "count"]
            .iter()
            .any(|word| folded.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')));
        behind
            || self.phrases("totals").any(|(phrase, _)| {
                phrase.contains("total") && folded.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '))
            })
    }

    /// Whether a text labels a line below a table, as where it is signed: `Signed:`, `Prepared by`, `Page 1 of 2`.
    pub fn is_footer(&self, text: &str) -> bool {
        let folded = fold(text);
        let plain = folded.trim_end_matches([':', ' ']);
        let page = folded.strip_prefix("page ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        page || self.listed("footers", plain).is_some()
    }

    fn found<T>(&self, section: &str, text: &str, named: fn(&str) -> Option<T>) -> Option<Found<T>> {
        if let Some(means) = self.listed(section, text).and_then(named) {
            return Some(Found { means, how: HowRead::Listed });
        }
        let (key, word, _) = self.close(section, text)?;
        named(key).map(|means| Found { means, how: HowRead::Close(word) })
    }

    fn listed(&self, section: &str, text: &str) -> Option<&str> {
        if text.len() > LISTED_MOST {
            return None;
        }
        let squeezed = squeeze(&fold(text));
        self.sections.get(section)?.exact.get(&squeezed).map(String::as_str)
    }

    fn phrases(&self, section: &str) -> impl Iterator<Item = (&str, &str)> {
        self.sections
            .get(section)
            .into_iter()
            .flat_map(|lexicon| lexicon.phrases.iter().map(|(phrase, key)| (phrase.as_str(), key.as_str())))
    }

    /// The one key whose word is spelt nearly like the text, with that word and the distance.
    fn close(&self, section: &str, text: &str) -> Option<(&str, String, usize)> {
        if text.len() > LISTED_MOST {
            return None;
        }
        let squeezed = squeeze(&fold(text));
        let length = squeezed.chars().count();
        let allowed = match length {
            ..6 => return None,
            6..10 => 1,
            10.. => 2,
        };
        if length > 60 || squeezed.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let lexicon = self.sections.get(section)?;
        let letters = letters_of(&squeezed);
        let mut best: Option<(&str, &str, usize)> = None;
        let mut torn = false;
        for (word, key) in &lexicon.exact {
            let size = word.chars().count();
            if size < 6 || size.abs_diff(length) > allowed {
                continue;
            }
            // Each slip changes at most two of the letters used: most words need no closer look.
            if (letters ^ letters_of(word)).count_ones() as usize > 2 * allowed {
                continue;
            }
            let far = strsim::osa_distance(&squeezed, word);
            if far > allowed {
                continue;
            }
            match best {
                Some((_, _, near)) if near < far => {}
                Some((other, _, near)) if near == far => torn |= other != key,
                _ => {
                    best = Some((key, word, far));
                    torn = false;
                }
            }
        }
        let (key, word, far) = best?;
        (!torn).then(|| {
            let phrase = lexicon.phrases.iter().find(|(phrase, _)| squeeze(phrase) == word);
            (key, phrase.map_or(word.to_string(), |(phrase, _)| phrase.clone()), far)
        })
    }
}

/// Which letters a word uses, one bit for each kind; several kinds of rare ones share a bit.
fn letters_of(word: &str) -> u32 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 32))
}

/// The number of a list of Annex A: 6 of `list-6`.
fn annex_a_list(key: &str) -> Option<u8> {
    key.strip_prefix("list-")?.parse().ok().filter(|list| (1..=11).contains(list))
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

/// What a proceedings cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProceedingsWord {
    /// Care proceedings.
    Care,
    /// Private proceedings.
    Private,
    /// None.
    None,
    /// A legal status that hints at proceedings and is no proof.
    Hint,
}

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

/// Where a phrase stands in a folded text with a space at each end, not as part of longer words.
fn whole_words<'a>(padded: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    // Hundreds of phrases are looked for in one text: a search set up for each would cost more than it saves.
    let (text, wanted) = (padded.as_bytes(), phrase.as_bytes());
    let last = text.len().saturating_sub(wanted.len());
    (1..last)
        .filter(move |at| text[at - 1] == b' ' && text[*at..].starts_with(wanted) && text[at + wanted.len()] == b' ')
}

/// Folded text without spaces, but for those between two digits: `1 2` is not `12`.
pub(crate) fn squeeze(folded: &str) -> String {
    let mut squeezed = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let digits = squeezed.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
        if digits {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) && word.len() <= digits.len() + 2
}

/// A figure with words around it: `25 hours` gives 25 and `hours`.
pub fn figure_and_word(text: &str) -> Option<(Decimal, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let figure = crate::book::sheet::exact(&text[..end])?;
    Some((figure, fold_unit(&text[end..])))
}

fn fold_unit(text: &str) -> String {
    if text.trim() == "%" { "%".into() } else { fold(text) }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_reads() {
        let mut words = Words::default();
        for (name, text) in BUILT_IN {
            words.add(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    #[test]
    fn no_word_means_two_things() {
        type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;
        // Headings that we use and those that we pass over are looked up together.
        let together = |section: &str| if section == "ignored" { "columns".to_string() } else { section.to_string() };
        let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
        let mut twice = Vec::new();
        for (_, text) in BUILT_IN {
            let file: Sections = toml::from_str(text).unwrap();
            for (section, keys) in &file {
                for (key, words) in keys {
                    for word in words {
                        let before = seen.insert((together(section), squeeze(&fold(word))), key.clone());
                        if let Some(before) = before.filter(|before| before != key) {
                            twice.push(format!("[{section}] `{word}` is {key} and {before}"));
                        }
                    }
                }
            }
        }
        assert!(twice.is_empty(), "{}", twice.join("\n"));
    }

    #[test]
    fn headings_are_read_as_written() {
        let words = Words::built_in();
        let cases = [
            ("Allocated Worker", Meaning::Worker),
            ("ALLOCATEDWORKER", Meaning::Worker),
            ("Child's ID", Meaning::Child),
            ("Family ref.", Meaning::Household),
            ("FTE (contracted)", Meaning::Fte),
            ("D.O.B.", Meaning::Born),
            ("Court proceedings?", Meaning::Proceedings),
            ("Intervention level\n(0-5)", Meaning::Intervention),
        ];
        for (text, meaning) in cases {
            let found = words.heading(text, false).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.means, Heading::Means(meaning), "{text}");
            assert_eq!(found.how, HowRead::Listed, "{text}");
        }
        let close = words.heading("Alocated Worker", false).unwrap();
        assert_eq!(close.means, Heading::Means(Meaning::Worker));
        assert_eq!(close.how, HowRead::Close("allocated worker".into()));
        assert_eq!(words.heading("Ethnicity", false).unwrap().means, Heading::Ignored);
        assert_eq!(words.heading("Favourite biscuit", false), None);
    }

    #[test]
    fn a_remark_in_brackets_ends_a_heading_of_two_lines() {
        let words = Words::built_in();
        for heading in ["Allocated\nWorker (mandatory)", "Allocated\nWorker *", "Worker\n(drop-down)", "Worker 1"] {
            let means = words.listed_heading(heading, false);
            assert_eq!(means, Some(Heading::Means(Meaning::Worker)), "{heading}");
        }
    }

    #[test]
    fn headings_of_councils_and_of_annex_a() {
        let words = Words::built_in();
        use Meaning::*;
        let wrong: Vec<String> = [
            ("Child Unique ID", Some(Child)),
            ("ChildUniqueID", Some(Child)),
            ("Gender", None),
            ("Ethnicity", None),
            ("Date of Birth", Some(Born)),
            ("DateOfBirth", Some(Born)),
            ("Age of Child (Years)", Some(Age)),
            ("AgeOfChild(Years)", Some(Age)),
            ("Does the Child have a Disability", None),
            ("CIN Start Date", Some(Opened)),
            ("CINStartDate", Some(Opened)),
            ("Primary Need Code", None),
            ("Date Child Was Last Seen", None),
            ("CIN Closure Date", Some(Closed)),
            ("Reason for Closure", None),
            ("Case status", Some(Status)),
            ("CaseStatus", Some(Status)),
            ("Allocated Team", Some(Team)),
            ("AllocatedTeam", Some(Team)),
            ("Allocated Worker", Some(Worker)),
            ("AllocatedWorker", Some(Worker)),
            ("Eligibility Category", Some(Status)),
            ("Legal Status", Some(Proceedings)),
            ("Case Holder", Some(Worker)),
            ("Allocated SW", Some(Worker)),
            ("Lead Professional", Some(Worker)),
            ("KW", Some(Worker)),
            ("Case Responsible Officer", Some(Worker)),
            ("SW Name", Some(Worker)),
            ("Social Worker/PA", Some(Worker)),
            ("SW surname", Some(Worker)),
            ("SW forename", Some(WorkerFirstName)),
            ("2nd SW", Some(CoWorker)),
            ("Mosaic ID", Some(Child)),
            ("LCS ID", Some(Child)),
            ("LL ID", Some(Child)),
            ("P Number", Some(Child)),
            ("P.No.", Some(Child)),
            ("CareFirst No", Some(Child)),
            ("NHS No", None),
            ("ULN", None),
            ("UPN", None),
            ("Forename", Some(ChildName)),
            ("Surname", Some(ChildName)),
            ("First Name(s)", Some(ChildName)),
            ("Sibling Group", Some(Household)),
            ("CIN/CP/LAC", Some(Status)),
            ("In court?", Some(Proceedings)),
            ("Days per week", Some(Fte)),
            ("Contracted Hrs", Some(Fte)),
            ("PQE (years)", Some(Stage)),
            ("ASYE Y/N", Some(Stage)),
            ("Job Title", Some(Role)),
            ("Date SW allocated", Some(Allocated)),
            ("Date opened to team", Some(Opened)),
            ("Last Stat Visit", None),
            ("Line Manager", None),
            ("Complexity (L/M/H)", Some(Intervention)),
        ]
        .into_iter()
        .filter_map(|(text, means)| {
            let found = words.listed_heading(text, false);
            let expected = means.map_or(Heading::Ignored, Heading::Means);
            (found != Some(expected)).then(|| format!("{text}: {found:?}"))
        })
        .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn roles_as_people_write_them() {
        let words = Words::built_in();
        use Role::*;
        let wrong: Vec<String> = [
            ("SW", Some(SocialWorker)),
            ("S/W", Some(SocialWorker)),
            ("Social Worker (Level 2)", Some(SocialWorker)),
            ("Social worker - agency", Some(SocialWorker)),
            ("Snr SW", Some(SocialWorker)),
            ("SSW", Some(SocialWorker)),
            ("Supervising social worker", Some(SocialWorker)),
            ("Senior Practitioner", Some(SocialWorker)),
            ("Advanced practitioner", Some(SocialWorker)),
            ("Socail worker", Some(SocialWorker)),
            ("NQSW", Some(Nqsw)),
            ("Social Worker (ASYE)", Some(Nqsw)),
            ("SW - ASYE", Some(Nqsw)),
            ("Student SW", Some(Student)),
            ("Step Up to Social Work", Some(Student)),
            ("DTM", Some(DeputyTeamManager)),
            ("ATM", Some(DeputyTeamManager)),
            ("Team Manager", Some(TeamManager)),
            ("Acting TM", Some(TeamManager)),
            ("IRO", Some(Iro)),
            ("CP Chair", Some(Iro)),
            ("PA", Some(PersonalAdviser)),
            ("Leaving Care Personal Advisor", Some(PersonalAdviser)),
            ("Social worker (awaiting registration)", Some(AwaitingRegistration)),
            ("FSW", Some(FamilySupportWorker)),
            ("Assistant practitioner", Some(FamilySupportWorker)),
            // An advanced practitioner has a limit and an assistant practitioner none: nobody is scored by it.
            ("AP", None),
            ("Lamplighter", None),
            ("Worker", None),
        ]
        .into_iter()
        .filter_map(|(text, role)| {
            let found = words.role(text).map(|found| found.means);
            (found != role).then(|| format!("{text}: {found:?}"))
        })
        .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn areas_are_found_in_names() {
        let words = Words::built_in();
        use ServiceArea::*;
        for (text, area) in [
            ("Assessment Team North", Assessment),
            ("Duty & Assessment", Assessment),
            ("Locality East", Locality),
            ("CWD", Disabilities),
            ("Children in Our Care Team 2", InCare),
            ("TARGET", LeavingCare),
            ("Fostering Assessment Team", Fostering),
            ("Independent Reviewing Officers", Iro),
        ] {
            assert_eq!(words.area(text), AreaWord::One(area), "{text}");
        }
        assert_eq!(words.area("Assessment and Locality"), AreaWord::Several);
        assert_eq!(words.area("Blue team"), AreaWord::None);
        assert_eq!(words.area("Target is 20 per worker"), AreaWord::None);
    }

    #[test]
    fn nobody_is_written_in_many_ways() {
        let words = Words::built_in();
        for text in [
            "",
            "-",
            "?",
            "TBC",
            "tbc - agency",
            "Duty",
            "Duty SW 2",
            "Vacant post 3",
            "Unallocated (was Ada)",
            "Unalocated",
            "Unallocted",
            "No SW",
            "No SW allocated",
            "No allocated worker",
            "None allocated",
            "Waiting allocation",
            "Awaiting new worker",
            "To allocate",
            "N/K",
            "Not known",
            "New SW",
            "Left",
            "On hold",
        ] {
            assert!(words.is_unallocated(text), "{text}");
        }
        for text in ["Ada Heron", "Noah Worker", "Dutyman, Ann", "Vacantia Swan", "Nora Black", "Newman Reed"] {
            assert!(!words.is_unallocated(text), "{text}");
        }
    }

    #[test]
    fn an_unknown_key_is_placed() {
        let mut words = Words::default();
        let error = words.add("[columns]\nworkr = [\"w\"]\n").unwrap_err();
        assert!(error.starts_with("line 2, column 1: [columns] has no key `workr`"), "{error}");
    }
}
