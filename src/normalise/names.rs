//! Workers' names: what belongs to the name, and who is the same person.

use std::collections::{BTreeMap, BTreeSet};

use crate::caseload::{FteFigure, Role};
use crate::normalise::cells::{self, StageWord, tidy};
use crate::normalise::fte;
use crate::policy::Policies;
use crate::reading::HowRead;
use crate::sheet::Value;
use crate::words::{Words, fold};

/// A worker's name as a cell gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkerName {
    /// The name without remarks such as `(0.8)`.
    pub shown: String,
    /// The name as it is compared; `Surname, First` and `First Surname` give the same.
    pub key: String,
    /// Written as `Surname, First`.
    pub surname_first: bool,
    /// An FTE in brackets behind the name.
    pub fte: Option<FteFigure>,
    /// A stage in brackets behind the name.
    pub stage: Option<StageWord>,
    /// A role in brackets behind the name.
    pub role: Option<Role>,
}

/// Reads a name; `None` where nothing is left of it.
pub fn worker_name(text: &str, words: &Words, policies: &Policies) -> Option<WorkerName> {
    let mut shown = tidy(text)?;
    let mut fte = None;
    let mut stage = None;
    let mut role = None;
    // Remarks in brackets at the end, one after the other: "Ada Heron (ASYE) (0.8)".
    while let Some(open) = shown.rfind('(') {
        let Some(inside) = shown[open + 1..].trim_end().strip_suffix(')') else { break };
        let value = Value::Text(inside.trim().into());
        if let Some(figure) = fte::fte(&value, "", words, policies) {
            fte = Some(figure);
        } else if let Some(word) = cells::stage(&value, false, words).filter(|word| *word != StageWord::Nothing) {
            stage = Some(word);
        } else if let Some(found) = words.role(inside).filter(|found| found.how == HowRead::Listed) {
            role = Some(found.means);
        } else if !["agency", "locum", "temp", "temporary", "pt", "part time"].contains(&fold(inside).as_str()) {
            break;
        }
        shown.truncate(open);
        shown = tidy(&shown)?;
    }
    let comma = match shown.split_once(',') {
        Some((surname, first)) if !fold(surname).is_empty() && !fold(first).is_empty() && !first.contains(',') => {
            Some(format!("{} {}", fold(first), fold(surname)))
        }
        _ => None,
    };
    let surname_first = comma.is_some();
    let key = comma.unwrap_or_else(|| fold(&shown));
    (!key.is_empty()).then_some(WorkerName { shown, key, surname_first, fte, stage, role })
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
fn initials(key: &str) -> String {
    key.split(' ').filter_map(|part| part.chars().next()).collect()
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

/// The parts of a key that are more than an initial.
fn full_parts(key: &str) -> impl Iterator<Item = &str> {
    key.split(' ').filter(|part| part.chars().count() > 1)
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
    let mut left: Vec<&str> = long.split(' ').collect();
    let mut in_full = false;
    // Parts written in full find theirs first.
    let mut parts: Vec<&str> = short.split(' ').collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.chars().count()));
    let all = parts.into_iter().all(|part| {
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
}
