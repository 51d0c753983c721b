//! Several children in one cell: their names, their references, or a number beside a family's name.

use rust_decimal::Decimal;

use crate::book::text::fold;
use crate::understand::words::{Words, is_like_a_name};

/// What a cell for a number of children says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowMany {
    /// Nothing is written.
    Blank,
    /// So many; unborn children are children.
    Known(u32),
    /// Something that is no clear number: so many at least.
    AtLeast(u32),
}

/// More than this in brackets behind a name is an age.
const MOST_IN_BRACKETS: u32 = 10;

/// The references in a cell, each alone; the whole text where it is one.
///
/// `12/345` and `A/1024` are one: only what looks the same on both sides of a mark is parted.
pub fn references(text: &str) -> Vec<String> {
    let whole = || vec![text.trim().to_string()];
    let joined = text.replace(" and ", "\n").replace(" / ", "\n").replace(", ", "\n").replace(" + ", "\n");
    let apart: Vec<&str> = joined.split(['\n', ';', '&', '|']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if apart.len() > 1 && alike(&apart) {
        return apart.into_iter().map(str::to_string).collect();
    }
    // Without a space figures alone may be parts of one reference.
    let close: Vec<&str> = text.split(['/', ',', '+']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let lettered = close.iter().all(|part| part.starts_with(char::is_alphabetic));
    if close.len() > 1 && lettered && alike(&close) { close.into_iter().map(str::to_string).collect() } else { whole() }
}

/// Whether texts have a figure each and the same letters in front of as many digits.
fn alike(parts: &[&str]) -> bool {
    let shape = |text: &str| -> String {
        let letter = |c: char| if c.is_ascii_digit() { '9' } else { c.to_ascii_lowercase() };
        text.chars().map(letter).collect()
    };
    let first = shape(parts[0]);
    first.contains("99") && parts.iter().all(|part| shape(part) == first)
}

/// Whether a text joins names by a word or sign that parts no name: `Ann and Ben`.
pub fn is_plainly_several(text: &str) -> bool {
    text.contains(['&', ';', '+']) || text.to_lowercase().contains(" and ")
}

/// How many children a cell for a name tells of; `None` where it is one.
pub fn names(text: &str, heading: &str, words: &Words) -> Option<HowMany> {
    if let Some(number) = beside_name(text, heading, words) {
        return (number > 1).then_some(HowMany::Known(number));
    }
    let parts = parts(text);
    let says = |part: &str, key: &str| words.says_of_children(part, key);
    let last = |part: &str| fold(part).split(' ').next_back().unwrap_or("").to_string();
    let open =
        parts.iter().any(|part| says(part, "family") || (says(&last(part), "family") && fold(part).contains(' ')));
    let mut children = 0;
    let mut plain: Vec<&str> = Vec::new();
    for part in &parts {
        if says(part, "adult") || says(part, "family") {
            continue;
        }
        if says(part, "unborn") {
            children += 1;
        } else if says(&last(part), "twins") {
            children += 2;
        } else if says(&last(part), "triplets") {
            children += 3;
        } else {
            plain.push(part);
        }
    }
    children += of_names(&plain, text, heading, words);
    if open {
        let joined = parts.len() > 1;
        return Some(HowMany::AtLeast(children + u32::from(joined)).max_of(1));
    }
    (children > 1).then_some(HowMany::Known(children))
}

impl HowMany {
    fn max_of(self, least: u32) -> Self {
        match self {
            HowMany::AtLeast(of) => HowMany::AtLeast(of.max(least)),
            other => other,
        }
    }
}

/// The texts that a cell's signs and line breaks part; commas part none yet, nor what stands in brackets.
fn parts(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0u32;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let joined = plain.replace(" and ", "&").replace(" AND ", "&").replace(" And ", "&");
    let parts = joined.split(['&', ';', '+', '\n', '\r', '/']);
    parts.map(|part| part.trim().trim_matches(',').trim().to_string()).filter(|part| !part.is_empty()).collect()
}

/// How many names there are: `Surname, First` is one, `Ann, Ben and Cal` three.
fn of_names(parts: &[&str], text: &str, heading: &str, words: &Words) -> u32 {
    let initials = |part: &str| part.chars().count() <= 4 && part.chars().all(|c| c.is_uppercase() || c == '.');
    let is_name = |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() >= 2 && is_like_a_name(part);
    let parts: Vec<&str> = parts.iter().copied().filter(|part| is_name(part)).collect();
    // "Heron/Kite" is a family of two names; a comma at the end of a line joins a name to its surname.
    let of_children = words.is_of_one_child(heading) || words.is_of_several_children(heading);
    let strokes_only = !is_plainly_several(text) && !text.contains('\n');
    if strokes_only && text.contains('/') && !of_children && parts.len() == 2 {
        return 1;
    }
    if text.trim_end().lines().count() == 2 && text.lines().next().is_some_and(|line| line.trim_end().ends_with(',')) {
        return 1;
    }
    let split: Vec<Vec<&str>> = parts
        .iter()
        .map(|part| part.split(',').map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>())
        .collect();
    // "Heron, Ann & Heron, Ben"
    let surname_first = split.iter().all(|names| names.len() == 2) && split.len() > 1;
    if surname_first {
        return u32::try_from(split.len()).unwrap_or(u32::MAX);
    }
    let commas: Vec<&str> = split.into_iter().flatten().collect();
    if let ([one, other], 1) = (commas.as_slice(), parts.len()) {
        let full = |name: &str| name.split_whitespace().count() >= 2;
        let several = words.is_of_several_children(heading) || (initials(one) && initials(other));
        return if several || (full(one) && full(other)) { 2 } else { 1 };
    }
    u32::try_from(commas.len()).unwrap_or(u32::MAX)
}

/// The number that stands beside a name: `Heron x3`, `3 x Heron`, `Heron (3)`, `Heron family - 3 children`.
fn beside_name(text: &str, heading: &str, words: &Words) -> Option<u32> {
    let folded = fold(&text.replace('×', " x ").replace('+', " plus "));
    let all: Vec<&str> = folded.split(' ').collect();
    let small = |word: &str| figure(word).filter(|figure| (1..=30).contains(figure));
    let of_children = |word: &str| ["child", "family"].iter().any(|key| words.says_of_children(word, key));
    let unborn = u32::from(all.windows(2).any(|pair| pair[0] == "plus" && words.says_of_children(pair[1], "unborn")));
    for (at, word) in all.iter().enumerate() {
        let next = all.get(at + 1).copied().unwrap_or("");
        let glued = word.strip_prefix('x').or_else(|| word.strip_suffix('x')).and_then(small);
        let apart = match (*word, small(word)) {
            ("x", _) => small(next),
            (_, Some(number)) if next == "x" || of_children(next) => Some(number),
            _ => None,
        };
        if let Some(number) = glued.or(apart).filter(|_| all.len() > 1) {
            return Some(number + unborn);
        }
    }
    // An age stands behind a child's own name.
    let (name, inside) = text.trim().strip_suffix(')')?.split_once('(')?;
    let one_word =
        fold(name).split(' ').count() == 1 || words.says_of_children(fold(name).split(' ').next_back()?, "family");
    let number = small(inside.trim()).filter(|number| *number <= MOST_IN_BRACKETS)?;
    (one_word && !words.is_of_one_child(heading)).then_some(number)
}

/// A whole number in figures or as a word.
pub fn figure(word: &str) -> Option<u32> {
    const WORDS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let written = WORDS.iter().position(|known| *known == word).and_then(|at| u32::try_from(at + 1).ok());
    let figure =
        crate::book::sheet::exact(word).filter(Decimal::is_integer).and_then(|figure| u32::try_from(figure).ok());
    written.or(figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::loads;

    #[test]
    fn names_in_one_cell() {
        let words = Words::built_in();
        let said = |text: &str, heading: &str| match names(text, heading, &words) {
            None => "1".to_string(),
            Some(HowMany::Known(of)) => of.to_string(),
            Some(HowMany::AtLeast(of)) => format!("{of}+"),
            Some(HowMany::Blank) => "0".into(),
        };
        for (text, expected) in [
            ("Ann Heron", "1"),
            ("Heron, Ann", "1"),
            ("Heron, Ann Marie", "1"),
            ("Ann Heron (12)", "1"),
            ("Ann Heron (known as Nan and Annie)", "1"),
            ("Ann, Ben and Cal", "3"),
            ("Ann and Ben Heron", "2"),
            ("Ann & Ben", "2"),
            ("Ann\nBen\nCal", "3"),
            ("Ann Heron, Ben Heron", "2"),
            ("Heron, Ann; Heron, Ben", "2"),
            ("AB, CD", "2"),
            ("Heron x3", "3"),
            ("Heron x 3", "3"),
            ("3 x Heron", "3"),
            ("3x Heron", "3"),
            ("Heron family (3 children)", "3"),
            ("Heron (2 children + unborn)", "3"),
            ("Ann and unborn", "2"),
            ("Heron twins", "2"),
            ("Ann & Mum", "1"),
            ("Heron family", "1+"),
            ("John & family", "2+"),
            ("Heron children", "1+"),
            ("Sandy Anderson", "1"),
        ] {
            assert_eq!(said(text, "Child name"), expected, "{text}");
        }
        assert_eq!(said("Heron (3)", "Family name"), "3");
        assert_eq!(said("Heron/Kite", "Family name"), "1");
        assert_eq!(said("Ann, Ben", "Children"), "2");
    }

    #[test]
    fn references_in_one_cell() {
        for one in ["12/345", "A/1024", "2024/0153", "C-101", "12,345", "C-101 (sibling C-102)", "M 10 / 3"] {
            assert_eq!(references(one), [one]);
        }
        for two in ["C-101 / C-102", "C-101\nC-102", "C-101, C-102", "C-101/C-102", "C-101 & C-102", "1001 / 1002"] {
            assert_eq!(references(two).len(), 2, "{two}");
        }
    }

    #[test]
    fn each_child_of_a_cell_counts_and_is_known_again() {
        let text = "Child ID | Worker | Status\nC-101 / C-102 | Ada | CP\nC-102 | Ada | CP\nC-103 | Ada | CIN";
        assert_eq!(loads(text), "Ada 3");
        let text =
            "Child name | Worker | Status\nAnn, Ben and Cal | Ada | CP\nHeron x3 | Ada | CIN\nZed Kite | Ben | CP";
        assert_eq!(loads(text), "Ada 6, Ben 1");
    }
}
