//! Small phrases that many sentences share.

/// A count with its noun: `1 child`, `2 children`.
///
/// ```
/// use fairload::phrase::count;
/// assert_eq!(count(1, "child", "children"), "1 child");
/// assert_eq!(count(0, "child", "children"), "0 children");
/// ```
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
