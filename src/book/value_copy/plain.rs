//! Text that is a number or a date to a spreadsheet.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::book::sheet::{RawSheet, Value};

/// What a text is to a spreadsheet.
#[derive(Debug, PartialEq)]
pub enum Plain {
    /// A number.
    Number(f64),
    /// A date, and the format that shows it as it was written.
    Date(Date, &'static str),
}

/// The number or date that a text is, where a spreadsheet would show it as this very text.
pub fn plain(text: &str) -> Option<Plain> {
    // Longer ones a spreadsheet shows with an exponent.
    const LONGEST: usize = 11;
    let written = [("%d/%m/%Y", "dd/mm/yyyy"), ("%Y-%m-%d", "yyyy-mm-dd")];
    let date = written.into_iter().find_map(|(pattern, code)| {
        let date = Date::strptime(pattern, text).ok()?;
        let known = date.year() >= 1900 && date.strftime(pattern).to_string() == text;
        known.then_some(Plain::Date(date, code))
    });
    date.or_else(|| {
        let number: f64 = text.parse().ok().filter(|_| text.len() <= LONGEST)?;
        (number.is_finite() && number.to_string() == text && text != "-0").then_some(Plain::Number(number))
    })
}

/// Columns with a text that is written like a date with the day first and is none: there the month may stand
/// first, and no text is made a date, lest half of them become other days.
pub fn undated(from: &RawSheet) -> BTreeSet<u32> {
    let is_none = |text: &str| {
        let parts: Vec<&str> = text.split('/').collect();
        let figures = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        let [day, month, _] = parts[..] else { return false };
        let low = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|part| (1..=most).contains(&part));
        figures && !(low(day, 31) && low(month, 12))
    };
    let cells = from.rows.iter().flat_map(|row| &row.cells);
    let none = cells.filter(|cell| matches!(&cell.value, Value::Text(text) if is_none(text.trim())));
    none.map(|cell| cell.column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::sheet::{RawCell, RawRow};
    use jiff::civil::date;

    #[test]
    fn text_is_a_number_where_it_is_shown_alike() {
        let number = |number| Some(Plain::Number(number));
        assert_eq!(["1", "0.65", "-3", "70026"].map(plain), [number(1.0), number(0.65), number(-3.0), number(70026.0)]);
        for text in ["0071", "1.0", "1e5", "+1", "-0", "inf", "NaN", "123456789012", "", " 1", "60%"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn where_the_month_may_stand_first_no_text_becomes_a_date() {
        let column = |texts: &[&str]| RawSheet {
            rows: (0..)
                .zip(texts)
                .map(|(index, text)| {
                    let cell = RawCell { column: 4, value: Value::Text((*text).into()), formula: false };
                    RawRow { index, hidden: false, cells: vec![cell] }
                })
                .collect(),
            ..RawSheet::default()
        };
        assert!(undated(&column(&["Allocated", "04/03/2024", "31/12/2024", "3/4", "tbc", "W/C 5/6"])).is_empty());
        assert_eq!(undated(&column(&["04/03/2024", "03/13/2024"])), BTreeSet::from([4]));
    }

    #[test]
    fn text_is_a_date_where_it_is_shown_alike() {
        let day = date(2024, 3, 4);
        assert_eq!(plain("04/03/2024"), Some(Plain::Date(day, "dd/mm/yyyy")), "the day first, as everywhere");
        assert_eq!(plain("2024-03-04"), Some(Plain::Date(day, "yyyy-mm-dd")));
        for text in ["4/3/2024", "04/03/24", "03/13/2024", "30/02/2024", "04.03.2024", "04/03/2024 ", "2024-3-4"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
