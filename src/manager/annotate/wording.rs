//! Figures and ratings in words, as notes and sheets say them.

use rust_decimal::Decimal;

use crate::field::finding::Severity;
use crate::field::rating::{Rag, Rating, rounded};

/// A figure as people read it: at most two places.
pub fn figure(figure: Decimal) -> String {
    rounded(figure, 2).to_string()
}

/// The lower and upper figure: `20`, or `20–22`.
pub fn range(lower: Decimal, upper: Decimal) -> String {
    if lower == upper { figure(upper) } else { format!("{}–{}", figure(lower), figure(upper)) }
}

/// What a rating says: `24 children against 20 (120 %)`, or why there is none.
pub fn measured(rating: &Rating) -> String {
    match (rating.load, &rating.against) {
        (Some(load), Some(against)) if rating.rag != Rag::NotScored => {
            let share = rating
                .utilisation()
                .map_or_else(|| rating.shade.name().to_string(), |percent| format!("{} %", rounded(percent, 1)));
            let limit = range(against.lower(), against.upper());
            format!("{} {} against {limit} ({share})", figure(load), rating.unit.label())
        }
        _ => rating.because.clone(),
    }
}

/// How far a load is over or under its figure: `2 over 12`, `at 20`, `within 15–18`, `3 under 20`.
///
/// `None` where the worker could not be scored.
pub fn over(rating: &Rating) -> Option<String> {
    let (load, against) = rating.load.zip(rating.against.as_ref()).filter(|_| rating.rag != Rag::NotScored)?;
    let (lower, upper) = (against.lower(), against.upper());
    // A hundredth is the least that is told, so that nothing over reads as nought.
    let gap = |gap: Decimal| figure(gap.max(Decimal::new(1, 2)));
    Some(if load > upper {
        format!("{} over {}", gap(load - upper), figure(upper))
    } else if load < lower {
        format!("{} under {}", gap(lower - load), figure(lower))
    } else if lower == upper {
        format!("at {}", figure(upper))
    } else if rating.rag != Rag::Green && load > lower {
        // Where the lower of two lines is the one to keep to, such as a case count of 12.
        format!("{} over {}", gap(load - lower), figure(lower))
    } else {
        format!("within {}", range(lower, upper))
    })
}

/// What decided a rating, or what was missing, as a sentence.
pub fn reason(rating: &Rating) -> String {
    sentences([rating.because.as_str()])
}

/// The word of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "NOTE",
    }
}

/// Sentences joined into one paragraph, each beginning with a capital and ending with a full stop.
pub fn sentences<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        let mut signs = part.chars();
        text.extend(signs.next().into_iter().flat_map(char::to_uppercase));
        text.push_str(signs.as_str());
        if !part.ends_with(['.', '?', '!', ':']) {
            text.push('.');
        }
    }
    text
}

/// A list that stays readable: the first thirty, then how many more.
pub fn listing(items: &[String]) -> String {
    const SHOWN: usize = 30;
    let mut text = items.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if items.len() > SHOWN {
        text.push_str(&format!(" and {} more", items.len() - SHOWN));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_with_a_capital_and_end_with_a_full_stop() {
        assert_eq!(
            sentences(["no header was found", "", "Ann's row: ", "örtlich"]),
            "No header was found. Ann's row: Örtlich."
        );
    }
}
