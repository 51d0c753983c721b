//! The month, or the day of one, that a sheet's name or title tells.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::book::text::fold;
use crate::understand::words::Words;

/// A month, or a day of one, that a sheet was kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i16,
    month: i8,
    /// A month without a day stands for its end.
    day: i8,
}

const WHOLE_MONTH: i8 = 99;

impl Month {
    pub fn is_after(self, as_of: Date) -> bool {
        let day = if self.day == WHOLE_MONTH { 1 } else { self.day };
        (self.year, self.month, day) > (as_of.year(), as_of.month(), as_of.day())
    }

    pub fn of_day(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    /// A month, or a day that the calendar has.
    fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let valid = day == WHOLE_MONTH || Date::new(year, month, day).is_ok();
        valid.then_some(Self { year, month, day })
    }

    fn whole(year: i16, month: i8) -> Self {
        Self { year, month, day: WHOLE_MONTH }
    }
}

/// The month in a sheet's name, and the rest of the name.
pub fn in_name(name: &str, words: &Words, as_of: Date) -> Option<(Month, String)> {
    dated(name, words, as_of, false)
}

/// The month that a title gives with its year.
pub fn in_title(title: &str, words: &Words, as_of: Date) -> Option<Month> {
    dated(title, words, as_of, true).map(|(month, _)| month)
}

/// The month or day that a text names, and what else it says. A month without a year is the most
/// recent one not after the as-of date, if that will do.
fn dated(text: &str, words: &Words, as_of: Date, with_year: bool) -> Option<(Month, String)> {
    let tokens = Tokens { all: tokens(text), as_of };
    for (at, token) in tokens.all.iter().enumerate() {
        if let Some(month) = words.month(token) {
            let named = tokens.beside_month(at);
            if named.year.is_none() && with_year {
                continue;
            }
            let year = named.year.unwrap_or_else(|| {
                let this = Month { year: as_of.year(), month, day: named.day };
                if this.is_after(as_of) { as_of.year() - 1 } else { as_of.year() }
            });
            if let Some(month) = Month::new(year, month, named.day) {
                return Some((month, tokens.rest(named.from, named.to)));
            }
        }
        if words.is_week(token) && !with_year {
            return tokens.week(at);
        }
        if let Some(found) = tokens.in_figures(at) {
            return Some(found);
        }
    }
    None
}

/// The words and figures of a text, by their position.
struct Tokens {
    all: Vec<String>,
    /// A figure is a year only where it is near this date's.
    as_of: Date,
}

/// What stands beside a month's name: its year, its day, and how far they reach.
struct Named {
    year: Option<i16>,
    day: i8,
    from: usize,
    /// Behind the last of them.
    to: usize,
}

impl Tokens {
    fn number(&self, at: usize) -> Option<i16> {
        self.all.get(at).and_then(|token| token.parse::<i16>().ok())
    }

    /// A year of two or of four figures.
    fn year(&self, at: usize) -> Option<i16> {
        let token = self.all.get(at)?;
        let year = token.parse::<i16>().ok()?;
        let year = if token.len() == 2 { 2000 + year } else { year };
        let near = self.as_of.year() - 20..=self.as_of.year() + 2;
        ((token.len() == 2 || token.len() == 4) && near.contains(&year)).then_some(year)
    }

    fn long_year(&self, at: usize) -> Option<i16> {
        self.year(at).filter(|_| self.all[at].len() == 4)
    }

    fn day(&self, at: usize) -> Option<i8> {
        self.number(at).and_then(|day| i8::try_from(day).ok()).filter(|day| (1..=31).contains(day))
    }

    fn month_number(&self, at: usize) -> Option<i8> {
        self.day(at).filter(|month| *month <= 12)
    }

    /// The text without the tokens from one position up to another.
    fn rest(&self, from: usize, to: usize) -> String {
        let kept = self.all.iter().enumerate().filter(|(at, _)| !(from..to).contains(at));
        kept.map(|(_, token)| token.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Day and year beside a month's name: "30 September 2025", "September 30", "2025 September", "Sept 25".
    fn beside_month(&self, at: usize) -> Named {
        let before = at.checked_sub(1);
        let early = before.and_then(|at| self.long_year(at));
        let of_day = before.filter(|_| early.is_none()).and_then(|at| self.day(at));
        let late = self.year(at + 1).filter(|_| early.is_none());
        let behind = if late.is_none() && of_day.is_none() { self.day(at + 1) } else { None };
        Named {
            year: early.or(late),
            day: of_day.or(behind).unwrap_or(WHOLE_MONTH),
            from: if early.is_some() || of_day.is_some() { at - 1 } else { at },
            to: if late.is_some() || behind.is_some() { at + 2 } else { at + 1 },
        }
    }

    /// The Monday of a week by its number; without a year the most recent one.
    fn week(&self, at: usize) -> Option<(Month, String)> {
        let week = self.day(at + 1).or_else(|| self.number(at + 1).and_then(|week| i8::try_from(week).ok()))?;
        let written = self.year(at + 2);
        let monday = |year: i16| ISOWeekDate::new(year, week, Weekday::Monday).ok().map(|week| week.date());
        let this = monday(written.unwrap_or(self.as_of.year()))?;
        let date = if written.is_none() && this > self.as_of { monday(self.as_of.year() - 1)? } else { this };
        Some((Month::of_day(date), self.rest(at, if written.is_some() { at + 3 } else { at + 2 })))
    }

    /// A date in figures alone: "30.09.25", "2025-09-30", then "2025-09" and "09/2025".
    fn in_figures(&self, at: usize) -> Option<(Month, String)> {
        if let (Some(d), Some(m), Some(y)) = (self.day(at), self.month_number(at + 1), self.year(at + 2))
            && let Some(month) = Month::new(y, m, d)
        {
            return Some((month, self.rest(at, at + 3)));
        }
        if let (Some(y), Some(m), Some(d)) = (self.long_year(at), self.month_number(at + 1), self.day(at + 2))
            && let Some(month) = Month::new(y, m, d)
        {
            return Some((month, self.rest(at, at + 3)));
        }
        let (y, m) = match (self.long_year(at), self.month_number(at)) {
            // "2025/26" is a year from April to March.
            (Some(y), _) => self.month_number(at + 1).map(|m| (y, m)),
            (None, Some(m)) => self.long_year(at + 1).map(|y| (y, m)),
            _ => None,
        }?;
        Some((Month::whole(y, m), self.rest(at, at + 2)))
    }
}

/// Words and figures of a text: `Sept25` and `30th` come apart, an ordinal's ending goes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = None;
    for c in fold(text).chars() {
        let kind = if c.is_ascii_digit() {
            Some(true)
        } else if c == ' ' {
            None
        } else {
            Some(false)
        };
        match (kind, last == Some(kind), tokens.last_mut()) {
            (None, ..) => {}
            (Some(_), true, Some(token)) => token.push(c),
            _ => tokens.push(c.to_string()),
        }
        last = Some(kind);
    }
    let ordinal = |token: &String| ["st", "nd", "rd", "th"].contains(&token.as_str());
    tokens.retain(|token| !ordinal(token));
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_read_from_names() {
        let words = Words::built_in();
        let as_of = date(2025, 9, 30);
        for (name, year, month, day, rest) in [
            ("Jan 2025", 2025, 1, 99, ""),
            ("September", 2025, 9, 99, ""),
            ("December", 2024, 12, 99, ""),
            ("Sept 25", 2025, 9, 99, ""),
            ("Sep25", 2025, 9, 99, ""),
            ("2025-09", 2025, 9, 99, ""),
            ("09-2025", 2025, 9, 99, ""),
            ("Caseload 30.09.25", 2025, 9, 30, "caseload"),
            ("2025-09-30", 2025, 9, 30, ""),
            ("30th September 2024", 2024, 9, 30, ""),
            ("Locality North - Aug", 2025, 8, 99, "locality north"),
            ("Ada Sep", 2025, 9, 99, "ada"),
            ("Week 38", 2025, 9, 15, ""),
            ("Wk 50", 2024, 12, 9, ""),
        ] {
            let expected = Some((Month { year, month, day }, rest.to_string()));
            assert_eq!(in_name(name, &words, as_of), expected, "{name}");
        }
        for name in ["Locality North", "2025/26", "Team 1", "16-18", "Ada Heron (2)", "Closures 2025", "Week"] {
            assert_eq!(in_name(name, &words, as_of), None, "{name}");
        }
        let title = |text: &str| dated(text, &words, as_of, true).map(|(month, _)| month);
        assert_eq!(title("As at 30/09/2025"), Some(Month { year: 2025, month: 9, day: 30 }));
        assert_eq!(title("Month: September 2025"), Some(Month { year: 2025, month: 9, day: WHOLE_MONTH }));
        assert_eq!(title("Staff may add rows"), None);
    }
}
