//! Small phrases that many sentences share.

use jiff::civil::Date;

/// A count with its noun: `1 child`, `2 children`.
///
/// ```
/// use fairload::book::phrase::count;
/// assert_eq!(count(1, "child", "children"), "1 child");
/// assert_eq!(count(0, "child", "children"), "0 children");
/// ```
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A day as people write it, day first.
///
/// ```
/// use fairload::book::phrase::day;
/// assert_eq!(day(jiff::civil::date(2025, 9, 3)), "03/09/2025");
/// ```
pub fn day(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Things in a row as a sentence has them.
///
/// ```
/// use fairload::book::phrase::listed;
/// assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
/// ```
pub fn listed(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
