//! FTE cells: shares, hours, days and percent as people write them.

use rust_decimal::Decimal;

use crate::book::sheet::{Value, exact};
use crate::book::text::fold;
use crate::field::caseload::{Fte, FteFigure, FteRead};
use crate::policy::{Policies, figure_ids};
use crate::understand::normalise::cells::tidy;
use crate::understand::words::Words;

/// Reads an FTE cell (domain section 4).
///
/// A bare figure up to the largest usable share stands as it is; above 5 and up to 45 it is hours,
/// above that and up to 100 percent (the figures are the practice rules'). 0, negative and all
/// others are no share of a post. `None` where the text is no figure, or says two different things:
/// part time beside a full post, or figures further apart than rounding explains.
///
/// A heading that names hours, days or percent alone gives its unit to figures that are no share of a post.
pub fn fte(value: &Value, heading: &str, words: &Words, policies: &Policies) -> Option<FteFigure> {
    let reading = Reading { words, policies, heading: unit_of(heading, words) };
    match value {
        Value::Number(_) => Some(reading.figure(value.decimal()?, None)),
        Value::Text(text) => reading.text(&tidy(text)?),
        _ => None,
    }
}

/// What an FTE cell is read by.
struct Reading<'a> {
    words: &'a Words,
    policies: &'a Policies,
    /// The unit that the heading names.
    heading: Option<FteRead>,
}

/// What one part of an FTE cell says.
#[derive(Debug, Clone, Default)]
struct Said {
    figures: Vec<FteFigure>,
    full: bool,
    part: bool,
}

impl Reading<'_> {
    fn text(&self, text: &str) -> Option<FteFigure> {
        let text = with_points(text);
        let mut said = Said::default();
        let whole = self.part(&text);
        match whole {
            Some(whole) => said = whole,
            None => {
                for part in parts(&text) {
                    let more = self.part(part)?;
                    said.figures.extend(more.figures);
                    said.full |= more.full;
                    said.part |= more.part;
                }
            }
        }
        self.together(said)
    }

    /// The one figure that all parts of a cell agree on.
    fn together(&self, said: Said) -> Option<FteFigure> {
        let Said { mut figures, full, part } = said;
        figures.sort_by_key(|figure| figure.fte);
        let Some(lowest) = figures.first().cloned() else {
            let written = Decimal::ONE;
            let fte = Some(Fte::FULL);
            return (full && !part).then_some(FteFigure { written, read_as: FteRead::Share, unit_written: true, fte });
        };
        if let [_, _, ..] = figures.as_slice() {
            let shares: Option<Vec<Decimal>> = figures.iter().map(|figure| figure.fte.map(|fte| fte.0)).collect();
            let (least, most) = shares.and_then(|shares| Some((*shares.first()?, *shares.last()?)))?;
            if most - least > self.policies.value(figure_ids::FTE_APART) {
                return None;
            }
        }
        let is_full = lowest.fte == Some(Fte::FULL);
        match (full, part) {
            (true, true) => None,
            // "FT (36 hrs)" where the policy's week is longer: read as hours, and told as a doubt.
            (true, false) if !is_full => (lowest.fte.is_some() && lowest.read_as == FteRead::Hours)
                .then_some(FteFigure { unit_written: false, ..lowest }),
            (false, true) if lowest.fte.is_some_and(|fte| fte >= Fte::FULL) => None,
            _ => Some(lowest),
        }
    }

    /// One part: a word, a figure with or without a unit, or both beside each other (`PT 0.6`).
    fn part(&self, text: &str) -> Option<Said> {
        match self.words.fte_key(text) {
            Some("full-time") => return Some(Said { full: true, ..Said::default() }),
            Some("part-time") => return Some(Said { part: true, ..Said::default() }),
            Some("share" | "beside") => return Some(Said::default()),
            Some(_) => return None,
            None => {}
        }
        if let Some(figure) = self.with_unit(text) {
            return Some(Said { figures: vec![figure], ..Said::default() });
        }
        text.match_indices(' ').find_map(|(at, _)| {
            let (one, other) = (text[..at].trim(), text[at..].trim());
            let word =
                |text: &str| matches!(self.words.fte_key(text), Some("full-time" | "part-time" | "share" | "beside"));
            if !word(one) && !word(other) {
                return None;
            }
            let (mut said, more) = (self.part(one)?, self.part(other)?);
            said.figures.extend(more.figures);
            Some(Said { full: said.full || more.full, part: said.part || more.part, ..said })
        })
    }

    /// A figure with its unit: `22.2 hrs`, `60 %`, `4/5`, `.6`.
    fn with_unit(&self, text: &str) -> Option<FteFigure> {
        if let Some(figure) = exact(text) {
            return Some(self.figure(figure, None));
        }
        if let Some(share) = self.fraction(text) {
            return Some(FteFigure { unit_written: true, ..self.figure(share, Some(FteRead::Share)) });
        }
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
        let figure = exact(&text[..end])?;
        let behind = text[end..].trim();
        let of_percent = |rest: &str| rest.is_empty() || self.words.fte_key(rest.trim()) == Some("share");
        let unit = match self.words.fte_key(behind) {
            _ if behind.strip_prefix('%').is_some_and(of_percent) => FteRead::Percent,
            Some("share") => FteRead::Share,
            Some("hours") => FteRead::Hours,
            Some("days") => FteRead::Days,
            Some("percent") => FteRead::Percent,
            _ => return None,
        };
        Some(self.figure(figure, Some(unit)))
    }

    /// `4/5`, `22.2/37`: a share of a small whole, or of the full-time week.
    fn fraction(&self, text: &str) -> Option<Decimal> {
        let (part, whole) = text.split_once('/')?;
        let (part, whole) = (exact(part)?, exact(whole)?);
        let small = whole > Decimal::ZERO && whole < Decimal::TEN;
        let of_week = whole == self.policies.value(figure_ids::WEEK);
        ((small || of_week) && part >= Decimal::ZERO && part <= whole).then(|| part / whole)
    }

    fn figure(&self, written: Decimal, unit: Option<FteRead>) -> FteFigure {
        let figure_of = |id: &str| self.policies.value(id);
        let unit_written = unit.is_some();
        let above_share = written > figure_of(figure_ids::FTE_MOST);
        let by_heading = self.heading.filter(|_| above_share);
        let bare = || {
            if written > figure_of(figure_ids::HOURS_ABOVE) && written <= figure_of(figure_ids::HOURS_MOST) {
                FteRead::Hours
            } else if written > figure_of(figure_ids::HOURS_MOST) && written <= figure_of(figure_ids::PERCENT_MOST) {
                FteRead::Percent
            } else {
                FteRead::Share
            }
        };
        let read_as = unit.or(by_heading).unwrap_or_else(bare);
        let share = match read_as {
            FteRead::Share => written,
            FteRead::Hours => written / figure_of(figure_ids::WEEK),
            FteRead::Days => written / figure_of(figure_ids::DAYS),
            FteRead::Percent => written / Decimal::ONE_HUNDRED,
        };
        let share = crate::field::rating::rounded(share, 4);
        let usable = share > Decimal::ZERO && share <= figure_of(figure_ids::FTE_MOST);
        FteFigure { written: written.normalize(), read_as, unit_written, fte: usable.then_some(Fte(share)) }
    }
}

/// The one unit that an FTE column's heading names: `FTE %`, `Contracted hours`, `Days per week`;
/// none for `FTE / hours`.
fn unit_of(heading: &str, words: &Words) -> Option<FteRead> {
    let folded = fold(heading);
    let says = |unit: &str| folded.split(' ').any(|word| words.fte_key(word) == Some(unit));
    let percent = heading.contains('%') || folded.contains("percent");
    match (says("hours"), says("days"), percent, says("share")) {
        (false, false, true, _) => Some(FteRead::Percent),
        (true, false, false, false) => Some(FteRead::Hours),
        (false, true, false, false) => Some(FteRead::Days),
        _ => None,
    }
}

/// A comma between two figures, with one or two behind it, is a decimal point: `0,6`, `37,5 hrs`.
fn with_points(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let digit = |at: usize| all.get(at).is_some_and(char::is_ascii_digit);
    let point =
        |at: usize| all[at] == ',' && at > 0 && digit(at - 1) && digit(at + 1) && !(digit(at + 2) && digit(at + 3));
    (0..all.len()).map(|at| if point(at) { '.' } else { all[at] }).collect()
}

/// The parts of a cell that each say something: `1.0 (FT)`, `0.6 = 22.2 hrs`.
fn parts(text: &str) -> Vec<&str> {
    let by_mark = text.split(['(', ')', '[', ']', ',', ';', ':', '=', '|', '–', '—', '\n']);
    let by_dash = by_mark.flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" / "));
    by_dash.map(str::trim).filter(|part| !part.is_empty()).collect()
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
        let figure = fte(&value, "FTE", &Words::built_in(), &policies())?;
        Some(figure.fte.map_or("unusable".into(), |fte| format!("{} {}", fte.0.normalize(), figure.read_as)))
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
            ("60 per cent", "0.6 percent"),
            ("80% FTE", "0.8 percent"),
            ("22.2", "0.6 hours"),
            ("22.2 hrs", "0.6 hours"),
            ("22.2hrs", "0.6 hours"),
            ("37h", "1 hours"),
            ("18.5 hours pw", "0.5 hours"),
            ("18.5 hours per week", "0.5 hours"),
            ("4 days", "0.8 days"),
            ("4 days a week", "0.8 days"),
            ("3 days pw", "0.6 days"),
            ("2.5 days", "0.5 days"),
            ("5 days", "1 days"),
            ("6 days", "1.2 days"),
            ("7 days", "unusable"),
            ("4/5", "0.8 share"),
            ("4 / 5", "0.8 share"),
            ("22.2/37", "0.6 share"),
            ("1/2", "0.5 share"),
            ("0.8 FTE", "0.8 share"),
            ("0.8FTE", "0.8 share"),
            ("FTE 0.8", "0.8 share"),
            ("FTE: 0.8", "0.8 share"),
            ("0.8 wte", "0.8 share"),
            ("0,6", "0.6 share"),
            ("0,65", "0.65 share"),
            ("18,5 hrs", "0.5 hours"),
            ("FT", "1 share"),
            ("F/T", "1 share"),
            ("Full-time", "1 share"),
            ("full  time", "1 share"),
            ("1.0 (FT)", "1 share"),
            ("FT 1.0", "1 share"),
            ("Full time (37 hours)", "1 hours"),
            ("Full time 37 hrs", "1 hours"),
            ("FT - permanent", "1 share"),
            ("PT 0.6", "0.6 share"),
            ("0.6 PT", "0.6 share"),
            ("PT (0.6)", "0.6 share"),
            ("PT (22.2hrs)", "0.6 hours"),
            ("PT (22.5hrs)", "0.6081 hours"),
            ("Part time - 3 days", "0.6 days"),
            ("0.6 (22.2 hours)", "0.6 share"),
            // A council whose week has 37.5 hours: the lower of the two.
            ("0.6 (22.5 hrs)", "0.6 share"),
            ("0.6 (3 days)", "0.6 share"),
            ("0.6 (Mon-Wed)", "0.6 share"),
            ("0.6 agency", "0.6 share"),
            // Full time of another week than the policy's: hours, the lower share.
            ("FT (36 hrs)", "0.973 hours"),
        ] {
            let read_as = share(text);
            assert!(read_as.as_deref() == Some(read), "{text}: {read_as:?}");
        }
    }

    #[test]
    fn what_gives_no_one_figure_is_asked_about() {
        for text in [
            "PT",
            "P/T",
            "part time",
            "Part-time (agency)",
            "tbc",
            "four days",
            "some days",
            "PT 1.0",
            "FT 0.6",
            "FT/PT",
            "0.6 (30 hours)",
            "1.0 (reduced to 0.5)",
            "1.0 (phased return)",
            "0.6-0.8",
            "0.6 or 0.8",
            "1,200",
            "4/5/2025",
            "9/24",
            "2 cases",
            "0.6?",
            "1.0 vacant",
        ] {
            let read_as = share(text);
            assert!(read_as.is_none(), "{text}: {read_as:?}");
        }
        let date = Value::Date(day(2025, 5, 4));
        assert_eq!(fte(&date, "FTE", &Words::built_in(), &policies()), None, "4/5 as Excel keeps it");
    }

    #[test]
    fn a_heading_gives_its_unit() {
        let read = |figure: f64, heading: &str| {
            let figure = fte(&Value::Number(figure), heading, &Words::built_in(), &policies()).unwrap();
            figure.fte.map_or("unusable".into(), |fte| format!("{} {}", fte.0, figure.read_as))
        };
        assert_eq!(read(40.0, "FTE %"), "0.4 percent");
        assert_eq!(read(100.0, "% FTE"), "1 percent");
        assert_eq!(read(0.6, "FTE %"), "0.6 share");
        assert_eq!(read(50.0, "Contracted hours"), "unusable");
        assert_eq!(read(4.0, "Hours per week"), "0.1081 hours");
        assert_eq!(read(40.0, "FTE / hours"), "1.0811 hours");
        assert_eq!(read(4.0, "Days per week"), "0.8 days");
        assert_eq!(read(4.0, "FTE / days"), "unusable");
    }
}
