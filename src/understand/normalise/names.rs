//! Workers' names: what belongs to the name, and who is the same person.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::sheet::Value;
use crate::book::text::fold;
use crate::field::caseload::{FteFigure, Role};
use crate::field::reading::HowRead;
use crate::policy::Policies;
use crate::understand::normalise::cells::{self, StageWord, tidy};
use crate::understand::normalise::fte;
use crate::understand::words::Words;

/// A worker's name as a cell gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkerName {
    /// The name without titles and remarks such as `(0.8)`.
    pub shown: String,
    /// The name as it is compared; `Surname, First` and `First Surname` give the same. A title with
    /// a single name behind it stays, with a point that no other part has: Mr Heron is not Mrs Heron.
    pub key: String,
    /// Written as `Surname, First`.
    pub surname_first: bool,
    /// Written with a title.
    pub titled: bool,
    /// An FTE beside the name.
    pub fte: Option<FteFigure>,
    /// Words beside the name that say part time and not how much.
    pub part_time: Option<String>,
    /// A stage beside the name.
    pub stage: Option<StageWord>,
    /// A role beside the name.
    pub role: Option<Role>,
}

/// Reads a name; `None` where nothing is left of it.
///
/// Taken off are titles and what belongs beside a name: `(0.8)`, `(ASYE)`, `- agency`, `, SW`, `0.8 FTE`.
pub fn worker_name(text: &str, words: &Words, policies: &Policies) -> Option<WorkerName> {
    let mut shown = tidy(text)?;
    let mut beside = Beside { words, policies, title: None, fte: None, part_time: None, stage: None, role: None };
    while let Some(rest) = beside.taken_off(&shown) {
        shown = rest;
    }
    let (plain, mut titles) = without_titles(&shown, words);
    titles.extend(beside.title.take());
    let plain = tidy(&plain)?;
    let (surname, first) = match plain.split_once(',') {
        Some((surname, first)) if !fold(surname).is_empty() && !fold(first).is_empty() && !first.contains(',') => {
            (surname, Some(first))
        }
        _ => (plain.as_str(), None),
    };
    let mut key = first.map_or(fold(surname), |first| format!("{} {}", fold(first), fold(surname)));
    if key.is_empty() {
        return None;
    }
    let single = !key.contains(' ');
    if let (true, Some(title)) = (single, titles.first()) {
        key = format!("{title}. {key}");
    } else {
        shown.clone_from(&plain);
    }
    Some(WorkerName {
        surname_first: first.is_some(),
        titled: !titles.is_empty(),
        shown,
        key,
        fte: beside.fte,
        part_time: beside.part_time,
        stage: beside.stage,
        role: beside.role,
    })
}

/// What stands beside a name, gathered while it is taken off.
struct Beside<'a> {
    words: &'a Words,
    policies: &'a Policies,
    title: Option<String>,
    fte: Option<FteFigure>,
    part_time: Option<String>,
    stage: Option<StageWord>,
    role: Option<Role>,
}

impl Beside<'_> {
    /// The text without one remark, if it has one; the remark is noted.
    fn taken_off(&mut self, text: &str) -> Option<String> {
        // In brackets behind or before: "Ada Heron (ASYE) (0.8)".
        if let Some(open) = text.rfind(['(', '['])
            && let Some(inside) = text[open + 1..].trim_end().strip_suffix([')', ']'])
            && self.notes(inside)
        {
            return tidy(&text[..open]);
        }
        if let Some((inside, rest)) = text.strip_prefix(['(', '[']).and_then(|text| text.split_once([')', ']']))
            && !rest.trim().is_empty()
            && self.notes(inside)
        {
            return tidy(rest);
        }
        // Behind or before a dash or colon with a space: "Ada Heron - ASYE", "Agency: Ada Heron".
        for (at, mark) in text.rmatch_indices(['-', '–', '—', '‐', '‑', ':', '|', '/', '*']) {
            let (before, behind) = (&text[..at], &text[at + mark.len()..]);
            let apart = before.ends_with(' ') || behind.starts_with(' ') || behind.is_empty();
            if !apart || before.trim().is_empty() {
                continue;
            }
            if behind.trim().is_empty() || self.notes(behind) {
                return tidy(before);
            }
            if self.notes(before) {
                return tidy(behind);
            }
        }
        // Behind a comma: "Ada Heron, SW"; "Heron, PA" may be initials.
        if let Some((before, behind)) = text.rsplit_once(',') {
            let initials = behind.trim().chars().count() <= 3 && behind.trim().chars().all(char::is_alphabetic);
            let single = !before.trim().contains([' ', ',']);
            let title = self.words.is_title(behind.trim());
            if (title || !(initials && single)) && self.notes(behind) {
                return tidy(before);
            }
        }
        self.bare_tail(text)
    }

    /// Words behind a name without any mark, where they can be nothing else: "Ada Heron 0.8 FTE",
    /// "Ada Heron SW", "Ada Heron student"; two parts of a name must be left.
    fn bare_tail(&mut self, text: &str) -> Option<String> {
        // What is longer is a report and no name.
        const NAME_MOST: usize = 300;
        if text.len() > NAME_MOST {
            return None;
        }
        let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        // The longest first: "Heron 0.8 FTE" before "FTE".
        for at in spaces.into_iter().skip(1) {
            let (name, tail) = (&text[..at], text[at + 1..].trim());
            let parts = fold(name);
            let left =
                parts.split(' ').filter(|part| !self.words.is_title(part) && part.chars().any(char::is_alphabetic));
            let written_small = tail.starts_with(char::is_lowercase) && name.starts_with(char::is_uppercase);
            let written_large = tail.chars().any(char::is_uppercase)
                && !tail.chars().any(char::is_lowercase)
                && name.chars().any(char::is_lowercase);
            let figure = tail.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                && (tail.contains('.') || tail.contains(|c: char| c == '%' || c.is_alphabetic()));
            let many = tail.contains(' ') && self.words.role(tail).is_some_and(|found| found.how == HowRead::Listed);
            let unmistakable = written_small || written_large || figure || many || self.words.is_title(tail);
            if left.count() >= 2 && unmistakable && self.notes(tail) {
                return tidy(name);
            }
        }
        None
    }

    /// Whether a text is a remark of a kind we know; what it says is kept.
    fn notes(&mut self, text: &str) -> bool {
        let text = text.trim();
        let value = Value::Text(text.into());
        if self.words.is_title(text) {
            self.title = Some(fold(text));
            return true;
        }
        if self.words.is_remark(text) {
            return true;
        }
        if let Some(figure) = fte::fte(&value, "", self.words, self.policies) {
            self.fte = Some(figure);
        } else if self.words.fte_key(text) == Some("part-time") {
            self.part_time = Some(text.to_string());
        } else if self.notes_both(text) {
            // "0.8 FTE ASYE": neither half may hide the other.
        } else if let Some(word) = cells::stage(&value, false, self.words).filter(|word| *word != StageWord::Nothing) {
            self.stage = Some(word);
        } else if let Some(found) = self.words.role(text).filter(|found| found.how == HowRead::Listed) {
            self.role = Some(found.means);
        } else {
            return false;
        }
        true
    }

    /// Notes an FTE and the remark before or behind it, where a text is both.
    fn notes_both(&mut self, text: &str) -> bool {
        let figure = |text: &str| {
            let value = Value::Text(text.into());
            fte::fte(&value, "", self.words, self.policies).filter(|figure| figure.unit_written || text.contains('.'))
        };
        let halves = text.match_indices(' ').map(|(at, _)| (text[..at].trim(), text[at..].trim()));
        let found = halves.into_iter().find_map(|(before, behind)| match (figure(before), figure(behind)) {
            (Some(figure), None) => Some((figure, behind.to_string())),
            (None, Some(figure)) => Some((figure, before.to_string())),
            _ => None,
        });
        let Some((figure, rest)) = found else { return false };
        let noted = self.notes(&rest);
        if noted {
            self.fte = Some(figure);
        }
        noted
    }
}

/// A name without its titles (`Mrs Heron`, `Heron, Mrs Ada`), and the titles as they are compared.
fn without_titles(name: &str, words: &Words) -> (String, Vec<String>) {
    let mut titles = Vec::new();
    let parts = name.split(',').map(|part| {
        let mut rest: Vec<&str> = part.split_whitespace().collect();
        while rest.len() > 1 && words.is_title(rest[0]) {
            titles.push(fold(rest.remove(0)));
        }
        rest.join(" ")
    });
    let plain = parts.collect::<Vec<_>>().join(", ");
    (plain, titles)
}

/// Whether one key is the other with first names shortened to initials: `j smith`, `jane smith`.
pub fn initials_of(short: &str, long: &str) -> bool {
    let short: Vec<&str> = short.split(' ').collect();
    let long: Vec<&str> = long.split(' ').collect();
    let (Some((short_last, short_first)), Some((long_last, long_first))) = (short.split_last(), long.split_last())
    else {
        return false;
    };
    short_last == long_last
        && !short_first.is_empty()
        && !long_first.is_empty()
        && short_first.len() <= long_first.len()
        && short_first.iter().zip(long_first).all(|(a, b)| b.starts_with(a))
        && short_first.iter().any(|part| part.chars().count() == 1)
        && short != long
}

/// The first letters of a key: `ah` of `ada heron`.
pub fn initials(key: &str) -> String {
    parts(key).filter_map(|part| part.chars().next()).collect()
}

/// Pairs of keys so alike that they may be one person: a slip of the pen (`hazel curlw`), the parts
/// in another order, a part left out, added or shortened to its initial (`ada`, `ada h`,
/// `ada heron north`), or the initials alone (`ah`). The keys of a pair are in order.
///
/// Each key is held against those that share its rarest part or a spelling with one letter less, so
/// that thousands of workers cost no thousands of thousands of looks.
pub fn alike<'k>(keys: impl Iterator<Item = &'k str>) -> BTreeSet<(&'k str, &'k str)> {
    let keys: BTreeSet<&str> = keys.collect();
    let mut by_part: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut by_initials: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut by_spelling: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for &key in &keys {
        for part in full_parts(key) {
            by_part.entry(part).or_default().push(key);
        }
        if key.contains(' ') {
            by_initials.entry(initials(key)).or_default().push(key);
        }
        for spelling in spellings(key) {
            by_spelling.entry(spelling).or_default().push(key);
        }
    }
    let mut pairs = BTreeSet::new();
    let mut pair = |one: &'k str, other: &'k str| {
        if one != other {
            pairs.insert((one.min(other), one.max(other)));
        }
    };
    for &key in &keys {
        let rarest = full_parts(key).filter_map(|part| by_part.get(part)).min_by_key(|sharing| sharing.len());
        let sharing = rarest.into_iter().flatten().filter(|other| within(key, other));
        let initialled = by_initials.get(key).into_iter().flatten();
        sharing.chain(initialled).for_each(|other| pair(key, other));
    }
    for near in by_spelling.values() {
        for (at, one) in near.iter().enumerate() {
            let slips = near[at + 1..].iter().filter(|other| strsim::osa_distance(one, other) <= 1);
            slips.for_each(|other| pair(one, other));
        }
    }
    pairs
}

/// The parts of a key that are more than an initial, and no title.
fn full_parts(key: &str) -> impl Iterator<Item = &str> {
    parts(key).filter(|part| part.chars().count() > 1)
}

/// The parts of a key without the title that it may begin with.
fn parts(key: &str) -> impl Iterator<Item = &str> {
    key.split(' ').filter(|part| !part.ends_with('.'))
}

/// The title that a key begins with.
fn title(key: &str) -> Option<&str> {
    key.split(' ').next().filter(|part| part.ends_with('.'))
}

/// A long key and all its spellings with one letter left out; two keys that differ by one slip share one.
fn spellings(key: &str) -> BTreeSet<String> {
    if key.chars().count() < 9 {
        return BTreeSet::new();
    }
    let without = |at: usize| key.chars().enumerate().filter(|(own, _)| *own != at).map(|(_, c)| c).collect();
    (0..key.chars().count().min(60)).map(without).chain([key.to_string()]).collect()
}

/// Whether each part of a key is a part of the other, or the initial of one; one of them in full.
fn within(short: &str, long: &str) -> bool {
    if let (Some(one), Some(other)) = (title(short), title(long))
        && one != other
    {
        return false;
    }
    let mut left: Vec<&str> = parts(long).collect();
    let mut in_full = false;
    // Parts written in full find theirs first.
    let mut wanted: Vec<&str> = parts(short).collect();
    wanted.sort_by_key(|part| std::cmp::Reverse(part.chars().count()));
    let all = wanted.into_iter().all(|part| {
        let initial = part.chars().count() == 1;
        let found = left.iter().position(|whole| *whole == part);
        let found = found.or_else(|| left.iter().position(|whole| initial && whole.starts_with(part)));
        in_full |= found.is_some() && !initial;
        found.map(|at| left.swap_remove(at)).is_some()
    });
    all && in_full
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> WorkerName {
        let policies = Policies::built_in(jiff::civil::date(2025, 9, 30)).unwrap();
        worker_name(text, &Words::built_in(), &policies).unwrap()
    }

    #[test]
    fn the_same_person_has_one_key() {
        let key = read("Hazel O'Curlew").key;
        for text in
            ["hazel  o’curlew", "HAZEL O'CURLEW", "Hazel\u{a0}O'Curlew ", "O'Curlew, Hazel", "Hazel O'Curlew (0.8)"]
        {
            assert_eq!(read(text).key, key, "{text}");
        }
        assert!(read("O'Curlew, Hazel").surname_first);
    }

    #[test]
    fn remarks_come_off_the_name() {
        let name = read("Ada Heron (ASYE) (0.8)");
        assert_eq!(name.shown, "Ada Heron");
        assert_eq!(name.fte.unwrap().fte.unwrap().0.to_string(), "0.8");
        assert_eq!(name.stage, Some(StageWord::NqswWithoutMonths));
        assert_eq!(read("Ada Heron (North)").shown, "Ada Heron (North)");
    }

    #[test]
    fn likeness() {
        let pair = |one: &str, other: &str| !alike([one, other].into_iter()).is_empty();
        for (one, other) in [
            ("j smith", "jane smith"),
            ("hazel curlew", "hazel curlw"),
            ("hazel curlew", "hazel culrew"),
            ("hazel curlew", "hazel curlex"),
            ("sean obrien", "sean o brien"),
            ("heron rowan", "rowan heron"),
            ("smith j", "jane smith"),
            ("ada", "ada heron"),
            ("heron", "ada heron"),
            ("ada h", "ada heron"),
            ("ah", "ada heron"),
            ("ada heron", "ada heron north"),
            ("ada heron", "ms ada heron"),
            ("ada heron ben kite", "ben kite"),
        ] {
            assert!(pair(one, other), "{one}, {other}");
        }
        for (one, other) in [
            ("ada heron", "ada kite"),
            ("a h", "ada heron"),
            ("jo lee", "jo leeson"),
            ("j j smith", "jane smith"),
            ("jane smith", "john smith"),
            ("ann lee", "ann leo"),
        ] {
            assert!(!pair(one, other), "{one}, {other}");
        }
    }

    #[test]
    fn an_fte_beside_another_remark_is_kept() {
        for text in ["Ann Bell 0.8 FTE ASYE", "Ann Bell\n0.8 FTE\nASYE", "Ann Bell - ASYE 0.8", "Ann Bell (0.8 NQSW)"] {
            let name = read(text);
            let fte = name.fte.and_then(|figure| figure.fte).map(|fte| fte.0.normalize().to_string());
            assert_eq!((name.key.as_str(), fte.as_deref()), ("ann bell", Some("0.8")), "{text}");
            assert!(name.stage.is_some(), "{text}");
        }
    }
}
