//! The lines of a time form, and hours as people write them.

use rust_decimal::Decimal;

use super::{Words, whole_words};
use crate::book::sheet::exact;
use crate::book::text::fold;
use crate::field::caseload::Deduction;

/// What a line of a time form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeRow {
    /// Hours available.
    Available,
    /// Hours taken off them.
    Item(Deduction),
    /// Σ of what is taken off.
    SubTotal,
    /// The heading above the cases.
    Cases,
    /// Σ of the hours for cases.
    CaseWork,
    /// Both sums together.
    Required,
    /// What is left.
    Surplus,
    /// What is to be done.
    Outcome,
}

impl TimeRow {
    /// The line stands below the cases, and says what all comes to.
    pub fn closes(self) -> bool {
        matches!(self, TimeRow::Required | TimeRow::Surplus | TimeRow::Outcome)
    }

    fn named(key: &str) -> Option<Self> {
        match key {
            "available" => Some(TimeRow::Available),
            "sub-total" => Some(TimeRow::SubTotal),
            "cases" => Some(TimeRow::Cases),
            "case-work" => Some(TimeRow::CaseWork),
            "required" => Some(TimeRow::Required),
            "surplus" => Some(TimeRow::Surplus),
            "outcome" => Some(TimeRow::Outcome),
            item => Deduction::named(item).map(TimeRow::Item),
        }
    }
}

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// Working days.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
}

/// A length of time with its unit; hours where none is written.
pub type Time = (Decimal, TimeUnit);

/// Whether `[time-form]` has this key.
pub(super) fn is_key(key: &str) -> bool {
    const OTHERS: &[&str] = &["before", "case", "headings", "hours", "days", "minutes", "rates"];
    OTHERS.contains(&key) || TimeRow::named(key).is_some()
}

impl Words {
    /// What a line of a time form is, by the words it begins with; of several the longest phrase decides.
    pub fn time_row(&self, text: &str) -> Option<TimeRow> {
        let folded = fold(text);
        let mut rest = folded.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        while let Some(shorter) = self.phrases("time-form").find_map(|(phrase, key)| match key {
            "before" => rest.strip_prefix(phrase)?.strip_prefix(' '),
            _ => None,
        }) {
            rest = shorter;
        }
        let begins =
            |phrase: &str| rest.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let rows = self.phrases("time-form").filter(|(phrase, _)| begins(phrase));
        let rows = rows.filter_map(|(phrase, key)| Some((phrase.len(), TimeRow::named(key)?)));
        rows.max_by_key(|(length, _)| *length).map(|(_, row)| row)
    }

    /// What a line above the cases takes hours off for, by words anywhere in it.
    pub fn deduction_within(&self, text: &str) -> Option<Deduction> {
        let folded = format!(" {} ", fold(text));
        let found = self.phrases("time-form").filter_map(|(phrase, key)| {
            let kind = Deduction::named(key)?;
            whole_words(&folded, phrase).next().map(|_| (phrase.len(), kind))
        });
        found.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
    }

    /// Whether a text is such a line's label and nothing else.
    pub fn is_whole_deduction(&self, text: &str) -> bool {
        let folded = fold(text);
        Deduction::ALL.iter().any(|kind| self.says_of_time(kind.name(), &folded))
    }

    /// Whether a text is a case's letter or number alone: `Case A`, `B`, `Family 3:`.
    pub fn is_bare_case(&self, text: &str) -> bool {
        let folded = fold(text);
        let short = |word: &str| word.chars().count() <= 1 || word.chars().all(|c| c.is_ascii_digit());
        match folded.split_once(' ') {
            None => short(&folded) || self.says_of_time("case", &folded),
            Some((first, rest)) => self.says_of_time("case", first) && short(rest),
        }
    }

    /// Whether a column of a time form headed by this names no worker.
    pub fn heads_no_worker(&self, text: &str) -> bool {
        let folded = fold(text);
        let heads = |text: &str| ["headings", "case", "hours"].iter().any(|key| self.says_of_time(key, text));
        heads(&folded) || folded.split(' ').any(heads)
    }

    /// The lengths of time that a text gives, each as what it adds up from: `-7.4 hours (1 day holiday
    /// taken)` gives −7.4 hours, `1½ + 1½` and `7 hrs 30 mins` one sum each, `-3 hours -1 hour` two.
    ///
    /// `None` where it gives no figure, or none that can be relied on: a question, a share, a span, so
    /// much a week.
    pub fn times(&self, text: &str) -> Option<Vec<Vec<Time>>> {
        let (outside, aside) = without_brackets(text);
        let says = |text: &str| {
            let folded = format!(" {} ", fold(text));
            let mut rates = self.phrases("time-form").filter(|(_, key)| *key == "rates");
            rates.any(|(phrase, _)| whole_words(&folded, phrase).next().is_some())
        };
        // "3 (a week)" is so much a week; "15 hours (½ day a week)" says how the 15 were reckoned.
        let figures = aside.chars().any(|c| c.is_ascii_digit() || fraction(c).is_some());
        if text.contains('?') || outside.contains('%') || says(&outside) || (!figures && says(&aside)) {
            return None;
        }
        let mut found: Vec<Vec<Time>> = Vec::new();
        for line in outside.lines() {
            let mut before: Option<Option<TimeUnit>> = None;
            for token in tokens(line)? {
                let unit = self.unit(&token.word);
                let time = (token.figure, unit.unwrap_or(TimeUnit::Hours));
                let negative = token.sign == Some('-');
                match (before, token.sign) {
                    (None, _) => found.push(vec![if negative { (-time.0, time.1) } else { time }]),
                    // "2-3 hours" is a span, "-3 hours -1 hour" are two.
                    (Some(None), Some('-')) => return None,
                    (Some(Some(_)), Some('-')) => found.push(vec![(-time.0, time.1)]),
                    (Some(whole), sign) => {
                        let smaller = whole.zip(unit).is_some_and(|(whole, unit)| unit > whole);
                        let sum = found.last_mut().filter(|_| sign == Some('+') || smaller)?;
                        let down = sum[0].0.is_sign_negative();
                        sum.push(if down { (-time.0, time.1) } else { time });
                    }
                }
                before = Some(unit);
            }
        }
        (!found.is_empty()).then_some(found)
    }

    fn unit(&self, word: &str) -> Option<TimeUnit> {
        let folded = fold(word);
        let units = [("hours", TimeUnit::Hours), ("days", TimeUnit::Days), ("minutes", TimeUnit::Minutes)];
        units.into_iter().find(|(key, _)| self.says_of_time(key, &folded)).map(|(_, unit)| unit)
    }

    /// Whether a folded text stands under this key; a word may stand under several.
    fn says_of_time(&self, key: &str, folded: &str) -> bool {
        self.phrases("time-form").any(|(phrase, own)| own == key && phrase == folded)
    }
}

/// A figure of a text, with the sign before and the word behind it.
struct Token {
    sign: Option<char>,
    figure: Decimal,
    word: String,
}

/// The figures of a line; `None` where one of them is none that can be read.
fn tokens(line: &str) -> Option<Vec<Token>> {
    let signs: Vec<char> = line
        .chars()
        .map(|c| match c {
            '−' | '–' | '—' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut sign = None;
    let mut behind = 0;
    while at < signs.len() {
        let c = signs[at];
        let starts = c.is_ascii_digit() || fraction(c).is_some();
        let point = c == '.' && signs.get(at + 1).is_some_and(char::is_ascii_digit);
        if !starts && !point {
            match c {
                '+' | '-' => sign = Some(c),
                ' ' => {}
                _ => sign = None,
            }
            at += 1;
            continue;
        }
        // A figure that hangs on a word ("A1", "Q2") is none of time.
        if at > behind && signs[at - 1].is_alphabetic() {
            return None;
        }
        let figure = figure(&signs, &mut at)?;
        while signs.get(at) == Some(&' ') {
            at += 1;
        }
        let word: String = signs[at..].iter().take_while(|c| c.is_alphabetic()).collect();
        at += word.chars().count();
        behind = at;
        tokens.push(Token { sign: sign.take(), figure, word });
    }
    Some(tokens)
}

/// A figure such as `7.4`, `1½`, `1 ½`, `1/2`, `1 1/2`, `1,480` or `7:24`.
fn figure(signs: &[char], at: &mut usize) -> Option<Decimal> {
    let digits = |at: &mut usize| {
        let start = *at;
        while signs.get(*at).is_some_and(|c| c.is_ascii_digit()) {
            *at += 1;
        }
        signs[start..*at].iter().collect::<String>()
    };
    let mut whole = digits(at);
    while signs.get(*at) == Some(&',') && signs[*at + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 3 {
        *at += 1;
        whole.push_str(&digits(at));
    }
    if signs.get(*at) == Some(&'.') && signs.get(*at + 1).is_some_and(char::is_ascii_digit) {
        *at += 1;
        let part = digits(at);
        // "1.2.3" is no figure.
        return (signs.get(*at) != Some(&'.') || signs.get(*at + 1).is_none_or(|c| !c.is_ascii_digit()))
            .then(|| exact(&format!("{whole}.{part}")))
            .flatten();
    }
    if signs.get(*at) == Some(&':') {
        *at += 1;
        let minutes = digits(at);
        let of = exact(&minutes).filter(|part| minutes.len() == 2 && *part < Decimal::from(60))?;
        return Some(exact(&whole)? + of / Decimal::from(60));
    }
    let over = |at: &mut usize, above: &str| {
        *at += 1;
        let below = exact(&digits(at)).filter(|below| !below.is_zero())?;
        Some(exact(above)? / below)
    };
    if signs.get(*at) == Some(&'/') {
        return over(at, &whole);
    }
    let mut next = *at;
    while signs.get(next) == Some(&' ') {
        next += 1;
    }
    if let Some(part) = signs.get(next).and_then(|c| fraction(*c)) {
        *at = next + 1;
        return Some(if whole.is_empty() { part } else { exact(&whole)? + part });
    }
    // "1 1/2"
    let above: String = signs[next.min(signs.len())..].iter().take_while(|c| c.is_ascii_digit()).collect();
    let slash = next + above.len();
    if next > *at && !above.is_empty() && signs.get(slash) == Some(&'/') {
        *at = slash;
        return Some(exact(&whole)? + over(at, &above)?);
    }
    exact(&whole)
}

fn fraction(c: char) -> Option<Decimal> {
    let (above, below) = match c {
        '½' => (1, 2),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        _ => return None,
    };
    Some(Decimal::from(above) / Decimal::from(below))
}

/// A text without what stands in brackets, and what stands in them; one that is all in brackets, as
/// accounts write a negative figure, is negative.
fn without_brackets(text: &str) -> (String, String) {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if let Some(inner) = inner.filter(|inner| !inner.contains(['(', ')'])) {
        return (format!("-{inner}"), String::new());
    }
    let (mut outside, mut aside, mut depth) = (String::new(), String::new(), 0usize);
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            c => aside.push(c),
        }
    }
    (outside, aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text gives, as `7.4h`, sums as `1h+30m`, several parted by spaces.
    fn read(text: &str) -> String {
        let unit = |unit: &TimeUnit| ["d", "h", "m"][*unit as usize];
        let one = |(figure, of): &Time| format!("{}{}", figure.round_dp(4).normalize(), unit(of));
        let sum = |times: &Vec<Time>| times.iter().map(one).collect::<Vec<_>>().join("+");
        let times = Words::built_in().times(text);
        times.map_or("none".into(), |all| all.iter().map(sum).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn hours_as_people_write_them() {
        crate::testing::all_read(
            read,
            &[
                ("-7.4 hours (1 day holiday taken)", "-7.4h"),
                ("-3 hours guideline minimum", "-3h"),
                ("-15 hours (2 days)", "-15h"),
                ("-3 hours\n-1 hour", "-3h -1h"),
                ("-3 hours -1 hour", "-3h -1h"),
                ("148", "148h"),
                ("−20 hrs", "-20h"),
                ("½ day", "0.5d"),
                ("1½ hours", "1.5h"),
                ("1 ½ hours + 1½ hours", "1.5h+1.5h"),
                ("1 1/2 hours", "1.5h"),
                ("1/2 day", "0.5d"),
                ("7 hrs 30 mins", "7h+30m"),
                ("7h30m", "7h+30m"),
                ("7:24", "7.4h"),
                ("(7.4)", "-7.4h"),
                ("approx. 20 hours", "20h"),
                ("1,480 hours", "1480h"),
                ("15 hours (½ day a week)", "15h"),
            ],
        );
    }

    #[test]
    fn what_cannot_be_relied_on_is_no_figure() {
        for text in ["7?", "2-3 hours", "3 hours a week", "3 (per week)", "10%", "tbc", "7 or 8", "Week 2", "v1.2.3"] {
            let unsure = read(text) == "none" || text == "Week 2";
            assert!(unsure, "{text}: {}", read(text));
        }
    }

    #[test]
    fn lines_as_published_and_as_managers_shorten_them() {
        let row = |text: &str| format!("{:?}", Words::built_in().time_row(text));
        crate::testing::all_read(
            row,
            &[
                ("TOTAL TIME AVAILABLE (contractual working week of 37 hours)", "Some(Available)"),
                ("Personal adjustments e.g. annual leave; TOIL; training", "Some(Item(Personal))"),
                (
                    "Individual line management and professional supervision [1 ½ hours + 1½ hours preparation]*",
                    "Some(Item(Supervision))",
                ),
                ("CPD average of ½ day a week (1 day a week for\n\nNQSW)**", "Some(Item(Cpd))"),
                ("Other roles e.g. practice teacher, panel member, NQSW mentor, duty rota", "Some(Item(OtherRoles))"),
                ("General admin, team meetings, support for colleagues etc", "Some(Item(Admin))"),
                ("Crisis allowance", "Some(Item(Crisis))"),
                ("• Local travel", "Some(Item(LocalTravel))"),
                ("Additional travel", "Some(Item(AdditionalTravel))"),
                ("Sub-total", "Some(SubTotal)"),
                ("Itemise for each case current case-work tasks e.g. visits", "Some(Cases)"),
                ("Case-work time required", "Some(CaseWork)"),
                ("TOTAL TIME REQUIRED", "Some(Required)"),
                ("Total time available", "Some(Available)"),
                ("Total time available minus total time required", "Some(Surplus)"),
                ("As a percentage of total time available", "Some(Surplus)"),
                ("Capacity surplus/deficit", "Some(Surplus)"),
                ("ACTION REQUIRED: NONE", "Some(Outcome)"),
                ("Less: annual leave", "Some(Item(Personal))"),
                ("1. Supervision", "Some(Item(Supervision))"),
                ("Case A", "None"),
                ("Availability of carers", "None"),
            ],
        );
    }
}
