//! Single cells turned into types, once, at the door.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::caseload::{Fte, FteFigure, FteRead, Level, Stage};
use crate::policy::{Policies, figure_ids};
use crate::sheet::{Value, exact};
use crate::words::{Words, figure_and_word, fold};

/// A cell's text with every kind of space made plain and single; `None` where nothing is left.
pub fn tidy(text: &str) -> Option<String> {
    let tidied: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let tidied = tidied.trim_matches(|c: char| c == '\u{200b}' || c == '\u{feff}').trim().to_string();
    (!tidied.is_empty()).then_some(tidied)
}

/// A reference as it is compared: case, spaces and punctuation make no difference.
/// `None` for dashes and their like, which say that there is none.
pub fn reference(text: &str) -> Option<String> {
    let folded = fold(text).replace(' ', "");
    let none = ["", "na", "none", "nil", "tbc", "unknown", "notknown"].contains(&folded.as_str());
    (!none).then_some(folded)
}

/// Reads an FTE cell (domain section 4).
///
/// A bare figure up to the largest usable share stands as it is; above 5 and up to 45 it is hours,
/// above that and up to 100 percent (the figures are the practice rules'). 0, negative and all
/// others are no share of a post. `None` where the text is no figure at all.
pub fn fte(value: &Value, words: &Words, policies: &Policies) -> Option<FteFigure> {
    let figure_of = |id: &str| policies.value(id);
    let (figure, unit) = match value {
        Value::Number(_) => (value.decimal()?, String::new()),
        Value::Text(text) => {
            let text = tidy(text)?;
            match words.fte_key(&text) {
                Some("full-time") => {
                    let fte = Some(Fte::FULL);
                    let written = Decimal::ONE;
                    return Some(FteFigure { written, read_as: FteRead::Share, unit_written: true, fte });
                }
                Some(_) => return None,
                None => {}
            }
            let text = text.trim_start_matches("FTE").trim_start_matches("fte").trim();
            match exact(text) {
                Some(figure) => (figure, String::new()),
                None => figure_and_word(text)?,
            }
        }
        _ => return None,
    };
    let hours = |figure: Decimal| figure / figure_of(figure_ids::WEEK);
    let percent = |figure: Decimal| figure / Decimal::ONE_HUNDRED;
    let unit_written = !unit.is_empty();
    let (read_as, share) = match unit.as_str() {
        "" | "fte" | "wte" => {
            if figure > figure_of(figure_ids::HOURS_ABOVE)
                && figure <= figure_of(figure_ids::HOURS_MOST)
                && unit.is_empty()
            {
                (FteRead::Hours, hours(figure))
            } else if figure > figure_of(figure_ids::HOURS_MOST)
                && figure <= figure_of(figure_ids::PERCENT_MOST)
                && unit.is_empty()
            {
                (FteRead::Percent, percent(figure))
            } else {
                (FteRead::Share, figure)
            }
        }
        "%" | "percent" | "per cent" | "pc" => (FteRead::Percent, percent(figure)),
        "h" | "hr" | "hrs" | "hour" | "hours" | "hours per week" | "hrs per week" | "hours a week" | "hours pw"
        | "hrs pw" | "hpw" | "hours week" | "hrs week" | "hrs wk" | "hrs p w" | "hours p w" => {
            (FteRead::Hours, hours(figure))
        }
        _ => return None,
    };
    let share = crate::rating::rounded(share, 4);
    let usable = share > Decimal::ZERO && share <= figure_of(figure_ids::FTE_MOST);
    Some(FteFigure { written: figure, read_as, unit_written, fte: usable.then_some(Fte(share)) })
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
    let mut total = Decimal::ZERO;
    let mut seen = false;
    let tokens: Vec<&str> = folded.split(' ').collect();
    // "2 years 3 months", "18 months", "ASYE 8 months", "3yrs": each figure with the unit behind it.
    let mut at = 0;
    while at < tokens.len() {
        let digits = tokens[at].find(|c: char| !c.is_ascii_digit()).unwrap_or(tokens[at].len());
        let (figure, glued) = tokens[at].split_at(digits);
        if let Some(figure) = exact(figure) {
            let unit = if glued.is_empty() { tokens.get(at + 1).copied().unwrap_or("") } else { glued };
            if unit.starts_with('y') {
                total += figure * Decimal::from(12);
            } else if unit.starts_with('m') {
                total += figure;
            } else {
                return None;
            }
            seen = true;
            at += if glued.is_empty() { 2 } else { 1 };
        } else {
            at += 1;
        }
    }
    if seen {
        return Some(of_months(total));
    }
    let nqsw = tokens.iter().any(|token| ["nqsw", "asye"].contains(token));
    nqsw.then_some(StageWord::NqswWithoutMonths)
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
        Value::Text(text) => text_date(&tidy(text)?, as_of),
        _ => None,
    }
}

fn text_date(text: &str, as_of: Date) -> Option<Date> {
    // A time behind the date is of no matter.
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third, rest @ ..] = parts.as_slice() else { return None };
    if !rest.is_empty() && !rest.iter().all(|part| part.contains(':') || ["am", "pm", "AM", "PM"].contains(part)) {
        return None;
    }
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse::<i16>().ok()).flatten();
    if first.len() == 4 {
        let third = third.split('T').next().unwrap_or(third);
        return Date::new(digits(first)?, digits(second)?.try_into().ok()?, digits(third)?.try_into().ok()?).ok();
    }
    let day = digits(first.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']))?;
    let month = match digits(second) {
        Some(month) => month,
        None => month_named(second)?,
    };
    let year = digits(third)?;
    let year = match third.len() {
        4 => year,
        // Two digits: the latest such year that is not beyond next year.
        2 => {
            let this = as_of.year();
            let year = this / 100 * 100 + year;
            if year > this + 1 { year - 100 } else { year }
        }
        _ => return None,
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn month_named(text: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let folded = fold(text);
    let start = folded.get(..3)?;
    MONTHS.iter().position(|month| *month == start).and_then(|at| i16::try_from(at + 1).ok())
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

    fn policies() -> Policies {
        Policies::built_in(day(2025, 9, 30)).unwrap()
    }

    fn share(text: &str) -> Option<String> {
        let value = match text.parse::<f64>() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Text(text.into()),
        };
        let figure = fte(&value, &Words::built_in(), &policies())?;
        Some(figure.fte.map_or("unusable".into(), |fte| format!("{} {}", fte.0, figure.read_as)))
    }

    #[test]
    fn fte_as_people_write_it() {
        for (text, read) in [
            ("0.6", "0.6 share"),
            (".6", "0.6 share"),
            ("1.2", "1.2 share"),
            ("1.21", "unusable"),
            ("5", "unusable"),
            ("5.01", "0.1354 hours"),
            ("25", "0.6757 hours"),
            ("37", "1 hours"),
            ("45", "unusable"),
            ("45.01", "0.4501 percent"),
            ("100", "1 percent"),
            ("100.01", "unusable"),
            ("0", "unusable"),
            ("-1", "unusable"),
            ("60%", "0.6 percent"),
            ("60 %", "0.6 percent"),
            ("22.2 hrs", "0.6 hours"),
            ("0.8 FTE", "0.8 share"),
            ("FT", "1 share"),
            ("Full-time", "1 share"),
        ] {
            assert_eq!(share(text).as_deref(), Some(read), "{text}");
        }
        for text in ["PT", "part time", "tbc", "four days"] {
            assert_eq!(share(text), None, "{text}");
        }
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
        ] {
            assert_eq!(read(text), Some(StageWord::Exact(expected)), "{text}");
        }
        assert_eq!(read("NQSW"), Some(StageWord::NqswWithoutMonths));
        assert_eq!(read("quite a lot"), None);
    }

    #[test]
    fn dates_are_day_first() {
        let as_of = day(2025, 9, 30);
        let read = |text: &str| date(&Value::Text(text.into()), as_of);
        for text in
            ["03/04/2019", "3.4.2019", "3-4-19", "2019-04-03", "3 April 2019", "3rd Apr 2019", "03/04/2019 09:30"]
        {
            assert_eq!(read(text), Some(day(2019, 4, 3)), "{text}");
        }
        assert_eq!(read("31/04/2019"), None);
        assert_eq!(read("ongoing"), None);
        assert_eq!(date(&Value::Number(45000.0), as_of), Some(day(2023, 3, 15)));
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
