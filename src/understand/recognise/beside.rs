//! What stands beside a worker's name in one cell: `Ada Heron – 0.8 FTE`, `Ben Kite - ASYE 0.9 (5 cases)`.

use crate::book::sheet::{CellRef, Value};
use crate::book::text::fold;
use crate::field::reading::{Meaning, Said};
use crate::understand::words::{Words, is_like_a_name};

/// The name in a text, and what else it says of the worker; `None` where a part of it is neither.
pub fn person(text: &str, at: CellRef, words: &Words) -> Option<(String, Vec<Said>)> {
    let parts = parts(text);
    let (name, beside) = parts.split_first()?;
    let name = words.without_generic(name);
    let mut told = Vec::new();
    let known = beside.iter().all(|part| tells(part, at, words, &mut told) || says_nothing(part, words));
    (known && is_like_a_name(&name) && words.reads_like_a_name(&name)).then_some((name, told))
}

/// What the parts of a text beside a name say of a worker.
pub fn said(text: &str, at: CellRef, words: &Words) -> Vec<Said> {
    let mut told = Vec::new();
    for part in parts(text) {
        tells(part, at, words, &mut told);
    }
    told
}

/// Parts that a dash with a space, a bracket, a break or a wide space sets apart.
fn parts(text: &str) -> Vec<&str> {
    let wide = text.split(['\n', '\t', '|', ';', '(', ')', '[', ']', '–', '—']);
    let parts = wide.flat_map(|part| part.split("  ")).flat_map(|part| part.split(" - "));
    parts
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || c == '-'))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether a part, or both halves of it, say the FTE, the stage or the role of a worker.
fn tells(part: &str, at: CellRef, words: &Words, told: &mut Vec<Said>) -> bool {
    let meaning = if is_fte(part, words) {
        Some(Meaning::Fte)
    } else if words.stage_key(part).is_some_and(|key| key != "none") {
        Some(Meaning::Stage)
    } else if words.role(part).is_some() && !words.is_generic(part) {
        Some(Meaning::Role)
    } else {
        None
    };
    if let Some(meaning) = meaning {
        told.push(Said { meaning, at, value: Value::Text(part.into()) });
        return true;
    }
    part.match_indices(' ').any(|(space, _)| {
        let mut halves = Vec::new();
        let both = tells(&part[..space], at, words, &mut halves) && tells(part[space..].trim(), at, words, &mut halves);
        if both {
            told.append(&mut halves);
        }
        both
    })
}

/// A share of a post: `0.8`, `FTE 0.8`, `60%`, `22.5 hrs`, `full time`. A bare whole number counts something.
fn is_fte(part: &str, words: &Words) -> bool {
    let folded = fold(part);
    if matches!(words.fte_key(&folded), Some("full-time" | "part-time")) {
        return true;
    }
    let figure: String = part.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let rest: String = part.chars().filter(|c| !c.is_ascii_digit() && *c != '.' && *c != ':').collect();
    let Some(value) = crate::book::sheet::exact(&figure) else { return false };
    match rest.trim() {
        "" => figure.contains('.') && value <= rust_decimal::Decimal::new(12, 1),
        "%" => true,
        unit => matches!(words.fte_key(unit), Some("share" | "hours" | "days" | "percent")),
    }
}

/// A remark, a month, or how many cases there are.
fn says_nothing(part: &str, words: &Words) -> bool {
    words.is_remark(part)
        || words.is_generic(part)
        || fold(part).split(' ').all(|word| words.is_generic(word) || words.is_total(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        let (name, said) = person(text, CellRef::new(0, 0), &Words::built_in())?;
        let said = said.iter().map(|said| format!("; {} {}", said.meaning.label(), said.value.text()));
        Some(format!("{name}{}", said.collect::<String>()))
    }

    #[test]
    fn a_name_and_what_is_said_of_the_worker() {
        assert_eq!(told("Ada Heron (0.8)").as_deref(), Some("Ada Heron; FTE 0.8"));
        assert_eq!(told("Ben Kite - ASYE 0.9").as_deref(), Some("Ben Kite; experience ASYE; FTE 0.9"));
        assert_eq!(told("Ben Kite – 22.2 hrs – agency").as_deref(), Some("Ben Kite; FTE 22.2 hrs"));
        assert_eq!(told("Ada Heron (12 cases)").as_deref(), Some("Ada Heron"));
        assert_eq!(told("Ada Heron (full time)").as_deref(), Some("Ada Heron; FTE full time"));
        assert_eq!(told("Ada Heron - see the panel's list"), None);
        assert_eq!(told("C-12 - 0.8"), None);
    }
}
