//! Single cells turned into types, once, at the door.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::sheet::{Value, exact};
use crate::book::text::{fold, is_unseen};
use crate::field::caseload::{Level, Stage};
use crate::understand::words::{MONTHS, Words, figure_and_word, squeeze};

/// A cell's text with every kind of space made plain and single, and without the marks that
/// nobody sees; `None` where nothing is left.
pub fn tidy(text: &str) -> Option<String> {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let tidied = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    (!tidied.is_empty()).then_some(tidied)
}

/// A reference as it is compared: case and spaces make no difference, nor does punctuation but
/// between two digits, where `1001.1` and `10011`, `1-23` and `12-3` are different children.
/// `None` for dashes and their like, which say that there is none.
pub fn reference(text: &str) -> Option<String> {
    let together: String = text.split_whitespace().collect();
    let folded = squeeze(&fold(&together));
    let none = ["", "na", "none", "nil", "tbc", "unknown", "notknown"].contains(&folded.as_str());
    (!none).then_some(folded)
}

/// What an experience cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageWord {
    /// A stage.
    Exact(Stage),
    /// Newly qualified, without months.
    NqswWithoutMonths,
    /// A dash or the like: nothing is known.
    Nothing,
}

/// Reads an experience cell; `months` where its heading speaks of months, otherwise bare figures are years.
pub fn stage(value: &Value, months: bool, words: &Words) -> Option<StageWord> {
    let of_months = |months: Decimal| {
        let whole = months.floor().try_into().unwrap_or(0i64);
        StageWord::Exact(Stage::after_months(whole))
    };
    let of_years = |years: Decimal| of_months(years * Decimal::from(12));
    if let Value::Number(_) = value {
        let figure = value.decimal().filter(|figure| (Decimal::ZERO..Decimal::from(600)).contains(figure))?;
        return Some(if months { of_months(figure) } else { of_years(figure) });
    }
    if let Value::Bool(yes) = value {
        return Some(if *yes { StageWord::NqswWithoutMonths } else { StageWord::Nothing });
    }
    let text = tidy(&value.text())?;
    match words.stage_key(&text) {
        Some("nqsw") => return Some(StageWord::NqswWithoutMonths),
        Some("none") => return Some(StageWord::Nothing),
        Some("year-3-plus") => return Some(StageWord::Exact(Stage::Year3Plus)),
        Some(key) => return Stage::named(key.trim_start_matches("year-")).map(StageWord::Exact),
        None => {}
    }
    if let Some(figure) = exact(&text) {
        return Some(if months { of_months(figure) } else { of_years(figure) });
    }
    let folded = fold(&text);
    let tokens: Vec<&str> = folded.split(' ').collect();
    // Words that say newly qualified are never lost to figures that are not understood beside them.
    let nqsw = tokens.iter().any(|token| ["nqsw", "asye"].contains(token));
    let without_months = nqsw.then_some(StageWord::NqswWithoutMonths);
    let Some(months) = months_in(&tokens) else { return without_months };
    let bounded = text.trim_start().starts_with('<')
        || ["under", "less", "below", "upto", "within"].iter().any(|word| squeeze(&folded).starts_with(word));
    match (bounded, months) {
        // "Under a year" may be any month of the first; "under two years" is the second at most.
        (true, months) if months > Decimal::from(6) && months <= Decimal::from(12) => {
            Some(StageWord::NqswWithoutMonths)
        }
        (true, months) => Some(of_months(months - Decimal::ONE)),
        (false, months) => Some(of_months(months)),
    }
}

/// Years and months as people shorten them.
const UNITS: &[&str] =
    &["y", "yr", "yrs", "year", "years", "m", "mo", "mth", "mths", "mnth", "mnths", "mos", "month", "months"];

/// The months that words speak of: "2 years 3 months", "ASYE 8 months", "3yrs", "5+ years", "1st year",
/// "month 7"; of a span such as "12-18 months" its beginning. `None` where a figure has no unit.
fn months_in(tokens: &[&str]) -> Option<Decimal> {
    let mut total = None;
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        let digits = token.find(|c: char| !c.is_ascii_digit()).unwrap_or(token.len());
        let (figure, glued) = token.split_at(digits);
        let Some(figure) = exact(figure) else {
            at += 1;
            continue;
        };
        let glued = glued.trim_start_matches('+');
        let next = |step: usize| tokens.get(at + step).copied().unwrap_or("");
        // Not "March 24".
        let is_unit = |unit: &str| UNITS.contains(&unit);
        let whole = |unit: &str| if unit.starts_with('y') { Decimal::from(12) } else { Decimal::ONE };
        let ends_span = next(1).trim_end_matches('+').bytes().all(|byte| byte.is_ascii_digit()) && is_unit(next(2));
        let (months, steps) = if is_unit(glued) {
            (figure * whole(glued), 1)
        } else if ["st", "nd", "rd", "th"].contains(&glued) && is_unit(next(1)) {
            ((figure - Decimal::ONE) * whole(next(1)), 2)
        } else if !glued.is_empty() {
            return None;
        } else if is_unit(next(1)) {
            (figure * whole(next(1)), 2)
        } else if ends_span && !next(1).is_empty() {
            (figure * whole(next(2)), 3)
        } else if at > 0 && is_unit(tokens[at - 1]) && total.is_none() {
            // The seventh month is under way: six are whole.
            let months = (figure - Decimal::ONE) * whole(tokens[at - 1]);
            (months.max(Decimal::ZERO), 1)
        } else if tokens.len() == 1 && token.ends_with('+') {
            (figure * Decimal::from(12), 1)
        } else {
            return None;
        };
        total = Some(total.unwrap_or(Decimal::ZERO) + months);
        at += steps;
    }
    total
}

/// Whole months from a start to a day; the month is whole once its day of the month is reached.
pub fn whole_months(start: Date, day: Date) -> i64 {
    let months =
        (i64::from(day.year()) - i64::from(start.year())) * 12 + i64::from(day.month()) - i64::from(start.month());
    if day.day() < start.day() { months - 1 } else { months }
}

/// Reads a date: a date cell, a spreadsheet's day number, or text with the day first.
pub fn date(value: &Value, as_of: Date) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        // Day numbers of 1954 to 2064: a date whose cell has lost its format.
        Value::Number(number) if (20_000.0..60_000.0).contains(number) => {
            jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(number.trunc() as i64)).ok()
        }
        Value::Text(text) => text_date(&tidy(text)?, as_of).map(|(date, _)| date),
        _ => None,
    }
}

/// Whether a date is text with a year of two digits, whose century we supply.
pub fn has_short_year(value: &Value, as_of: Date) -> bool {
    matches!(value, Value::Text(text) if tidy(text).and_then(|text| text_date(&text, as_of)).is_some_and(|(_, short)| short))
}

/// The date, and whether its year has two digits.
fn text_date(text: &str, as_of: Date) -> Option<(Date, bool)> {
    // The days of the week and "of" say nothing more; a time behind the date is of no matter.
    const BESIDE: [&str; 8] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "of"];
    let beside = |part: &&str| {
        let folded = fold(part);
        BESIDE.contains(&folded.as_str())
            || (folded.ends_with("day") && folded.get(..3).is_some_and(|start| BESIDE.contains(&start)))
            || ["tues", "weds", "thur", "thurs"].contains(&folded.as_str())
    };
    let parts = text.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty() && !beside(part));
    let parts: Vec<&str> = parts.collect();
    let [first, second, third, rest @ ..] = parts.as_slice() else { return None };
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse::<i16>().ok()).flatten();
    if first.len() == 4 && digits(first).is_some() {
        let (third, timed) = third.split_once('T').map_or((*third, false), |(day, _)| (day, true));
        let date = Date::new(digits(first)?, digits(second)?.try_into().ok()?, digits(third)?.try_into().ok()?).ok()?;
        return (timed || is_time(rest)).then_some((date, false));
    }
    if !is_time(rest) {
        return None;
    }
    let day = digits(first.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']))?;
    let month = match digits(second) {
        Some(month) => month,
        None => month_named(second)?,
    };
    let year = digits(third)?;
    let (year, short) = match third.len() {
        4 => (year, false),
        // Two digits: the latest such year that is not beyond next year.
        2 => {
            let this = as_of.year();
            let year = this / 100 * 100 + year;
            (if year > this + 1 { year - 100 } else { year }, true)
        }
        _ => return None,
    };
    Some((Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?, short))
}

/// Whether what stands behind a date is nothing, or a time.
fn is_time(rest: &[&str]) -> bool {
    rest.iter().all(|part| part.contains(':') || ["am", "pm", "AM", "PM"].contains(part))
}

/// A text without the day, month and year in it; `None` where it has none, or nothing else.
pub fn without_day(text: &str) -> Option<String> {
    let dated = |word: &&str| {
        let figures = word.chars().any(|c| c.is_ascii_digit()) && !word.chars().any(char::is_alphabetic);
        figures || (word.chars().count() >= 3 && word.chars().all(char::is_alphabetic) && is_month(word))
    };
    let all: Vec<&str> = text.split_whitespace().collect();
    let rest: Vec<&str> = all.iter().copied().filter(|word| !dated(word)).collect();
    (!rest.is_empty() && rest.len() < all.len()).then(|| rest.join(" "))
}

fn is_month(word: &str) -> bool {
    let folded = fold(word);
    MONTHS.iter().any(|month| month.starts_with(&folded))
}

fn month_named(text: &str) -> Option<i16> {
    let folded = fold(text);
    let start = folded.get(..3)?;
    MONTHS.iter().position(|month| month.starts_with(start)).and_then(|at| i16::try_from(at + 1).ok())
}

/// Reads an intervention level: a figure as it stands, or a word.
pub fn level(value: &Value, words: &Words) -> Option<Level> {
    if let Some(figure) = value.decimal() {
        return Some(Level::Figure(figure));
    }
    let text = tidy(&value.text())?;
    words.level(&text).or_else(|| leading_figure(&text).map(Level::Figure))
}

/// The figure a text begins with, or holds in brackets: `2 (multi-agency)`, `High (4)`, `3 - high`.
pub fn leading_figure(text: &str) -> Option<Decimal> {
    if let Some((figure, word)) = figure_and_word(text) {
        // "2 (multi-agency)" but not "17yrs" or "2nd".
        let rest = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        return (rest.starts_with([' ', '(', '-', '–', ':', ',']) || word.is_empty()).then_some(figure);
    }
    let (_, inside) = text.split_once('(')?;
    exact(inside.trim_end().strip_suffix(')')?)
}

/// What a cell for a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// Nothing is written.
    Blank,
    /// A whole number; a dash, `nil` and their like are 0.
    Figure(u32),
    /// Something that is no whole number, or more than can be.
    Unclear,
}

/// Reads a whole number from 0 up to `most`.
pub fn number(value: Option<&Value>, most: u32, words: &Words) -> Number {
    let Some(value) = value else { return Number::Blank };
    let figure = match value {
        Value::Error(_) | Value::NoResult | Value::Bool(_) | Value::Date(_) => None,
        Value::Number(_) => value.decimal(),
        Value::Text(text) => match tidy(text) {
            None => return Number::Blank,
            Some(text) if text.chars().all(|c| "-–—.".contains(c)) || words.tick(&text) == Some(false) => {
                // "?" leaves nothing when folded, and is no nought.
                if text.contains('?') { None } else { Some(Decimal::ZERO) }
            }
            Some(text) => exact(&text),
        },
    };
    let whole = figure.filter(Decimal::is_integer).and_then(|figure| u32::try_from(figure).ok());
    whole.filter(|figure| *figure <= most).map_or(Number::Unclear, Number::Figure)
}

/// Reads an age in whole years; an unborn child is −1.
pub fn age(value: &Value) -> Option<Decimal> {
    if let Some(figure) = value.decimal() {
        return Some(figure);
    }
    let text = tidy(&value.text())?;
    if fold(&text).contains("unborn") || fold(&text).contains("pre birth") {
        return Some(-Decimal::ONE);
    }
    let (figure, word) = figure_and_word(&text)?;
    match word.chars().next() {
        Some('m' | 'w' | 'd') => Some(Decimal::ZERO),
        Some('y') | None => Some(figure),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn references_differ_by_what_parts_their_digits() {
        let same = |one: &str, other: &str| reference(one) == reference(other);
        assert!(same("KT-0042", "kt 0042") && same("F 12", "f12") && same("10 234", "10234"));
        assert!(!same("1001.1", "10011") && !same("1-23", "12-3") && !same("007", "7"));
        assert_eq!(reference(" - "), None);
    }

    #[test]
    fn stages_are_closed_below() {
        for (months, stage) in [
            (0, Stage::Nqsw0To6),
            (5, Stage::Nqsw0To6),
            (6, Stage::Nqsw6To12),
            (11, Stage::Nqsw6To12),
            (12, Stage::Year1To2),
            (24, Stage::Year2To3),
            (36, Stage::Year3Plus),
        ] {
            assert_eq!(Stage::after_months(months), stage, "{months}");
        }
        let as_of = day(2025, 9, 30);
        assert_eq!(whole_months(day(2025, 3, 30), as_of), 6);
        assert_eq!(whole_months(day(2025, 3, 31), as_of), 5);
        assert_eq!(whole_months(day(2024, 9, 30), as_of), 12);
    }

    #[test]
    fn experience_in_words() {
        let words = Words::built_in();
        let read = |text: &str| stage(&Value::Text(text.into()), false, &words);
        for (text, expected) in [
            ("3+", Stage::Year3Plus),
            ("3 years +", Stage::Year3Plus),
            ("1-2", Stage::Year1To2),
            ("2-3 years", Stage::Year2To3),
            ("18 months", Stage::Year1To2),
            ("2 years 3 months", Stage::Year2To3),
            ("ASYE 8 months", Stage::Nqsw6To12),
            ("NQSW 0-6", Stage::Nqsw0To6),
            ("nqsw-6-12", Stage::Nqsw6To12),
            ("7", Stage::Year3Plus),
            ("2nd placement", Stage::Student2),
            ("5+ years", Stage::Year3Plus),
            ("10+", Stage::Year3Plus),
            ("2nd year", Stage::Year1To2),
            ("yr 2", Stage::Year1To2),
            ("12-18 months", Stage::Year1To2),
            ("3-5 years", Stage::Year3Plus),
            ("under 2 years", Stage::Year1To2),
            ("< 6 months", Stage::Nqsw0To6),
            ("NQSW month 7", Stage::Nqsw6To12),
            ("month 6", Stage::Nqsw0To6),
        ] {
            assert_eq!(read(text), Some(StageWord::Exact(expected)), "{text}");
        }
        assert_eq!(read("NQSW"), Some(StageWord::NqswWithoutMonths));
        // The more protective reading of a first year without months, and of figures not understood.
        for text in [
            "<1 year",
            "less than 1 year",
            "Under 1 yr",
            "up to 1 year",
            "0-1",
            "1st year",
            "ASYE year 1",
            "NQSW Sept 24",
            "ASYE March 24",
        ] {
            assert_eq!(read(text), Some(StageWord::NqswWithoutMonths), "{text}");
        }
        for text in ["quite a lot", "May 24", "since 2019", "4 of 5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_day_first() {
        let as_of = day(2025, 9, 30);
        let read = |text: &str| date(&Value::Text(text.into()), as_of);
        for text in [
            "03/04/2019",
            "3/4/2019",
            "3.4.2019",
            "03.04.2019",
            "3-4-19",
            "03-04-2019",
            "3/4/19",
            "2019-04-03",
            "2019/04/03",
            "2019-04-03T00:00:00",
            "2019-04-03T00:00:00.000Z",
            "2019-04-03 00:00:00",
            "3 April 2019",
            "3rd Apr 2019",
            "3rd April, 2019",
            "3rd of April 2019",
            "3-Apr-19",
            "03-APR-2019",
            "3 apr 19",
            "Wed 3 April 2019",
            "Wednesday, 3 April 2019",
            "03/04/2019 09:30",
            "03/04/2019 09:30:00 AM",
            " 03 / 04 / 2019 ",
            "03/04/2019\u{a0}",
            "\u{200b}03/04/2019",
        ] {
            assert_eq!(read(text), Some(day(2019, 4, 3)), "{text}");
        }
        assert_eq!(read("30th April 2019"), Some(day(2019, 4, 30)));
        assert_eq!(read("1st March 2024"), Some(day(2024, 3, 1)));
        assert_eq!(read("03/04/2025"), Some(day(2025, 4, 3)), "3 April, not 4 March");
        assert_eq!(read("1-Mar-24"), Some(day(2024, 3, 1)));
        assert_eq!(date(&Value::Number(45000.0), as_of), Some(day(2023, 3, 15)));
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        let read = |text: &str| date(&Value::Text(text.into()), day(2025, 9, 30));
        for text in [
            "31/04/2019",
            "12/25/2024",
            "March 1, 2024",
            "ongoing",
            "March 2024",
            "2024",
            "03/04",
            "tbc",
            "03/04/2019 or 05/04/2019",
            "03/04/2019?",
            "w/c 03/04/2019",
            "00/00/0000",
            "29/02/2025",
            "1/2/025",
            "3 Smarch 2019",
            "01/01/1900 - 01/02/1900",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_the_latest_up_to_next_year() {
        let as_of = day(2025, 9, 30);
        for (text, year, short) in [
            ("1/3/24", 2024, true),
            ("1/3/26", 2026, true),
            ("1/3/27", 1927, true),
            ("1 March 08", 2008, true),
            ("1/3/2024", 2024, false),
            ("2024-03-01", 2024, false),
        ] {
            let value = Value::Text(text.into());
            assert_eq!(date(&value, as_of), Some(day(year, 3, 1)), "{text}");
            assert_eq!(has_short_year(&value, as_of), short, "{text}");
        }
        assert!(!has_short_year(&Value::Date(day(2024, 3, 1)), as_of));
    }

    #[test]
    fn the_day_comes_off_a_text() {
        assert_eq!(without_day("Issued 3/4/25").as_deref(), Some("Issued"));
        assert_eq!(without_day("ICO Sept 2025").as_deref(), Some("ICO"));
        for text in ["s31", "03/04/2025", "care proceedings"] {
            assert_eq!(without_day(text), None, "{text}");
        }
    }

    #[test]
    fn levels_and_figures() {
        let words = Words::built_in();
        let read = |text: &str| level(&Value::Text(text.into()), &words);
        assert_eq!(read("Medium"), Some(Level::Medium));
        assert_eq!(read("High (4)"), Some(Level::Figure(4.into())));
        assert_eq!(read("3 - high"), Some(Level::Figure(3.into())));
        assert_eq!(read("soon"), None);
        assert_eq!(leading_figure("2 (multi-agency)"), Some(2.into()));
        assert_eq!(leading_figure("2nd"), None);
        assert_eq!(age(&Value::Text("6 months".into())), Some(0.into()));
        assert_eq!(age(&Value::Text("Unborn".into())), Some((-1).into()));
    }
}
