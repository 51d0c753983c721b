//! The rules as people look them up: a list, a table, and one explained.

use std::fmt::Write as _;

use super::rules;

/// Every rule on a line of its own, with its severity and what it says, under what it is about.
pub fn list() -> String {
    let width = rules().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut about = None;
    for rule in rules() {
        if about != Some(rule.about) {
            let gap = if about.is_some() { "\n" } else { "" };
            let _ = writeln!(text, "{gap}{}", rule.about);
            about = Some(rule.about);
        }
        let _ = writeln!(text, "  {:width$}  {:7}  {}", rule.name, rule.severity, rule.what);
    }
    text
}

/// Every rule as a Markdown table; the README's is this one.
pub fn table() -> String {
    let mut text = String::from("| rule | severity | about | what |\n|---|---|---|---|\n");
    for rule in rules() {
        let _ = writeln!(text, "| `{}` | {} | {} | {} |", rule.name, rule.severity, rule.about, rule.what);
    }
    text
}

/// One rule: what it looks for, why, what to do and where it comes from; `None` where none is so named.
pub fn explain(name: &str) -> Option<String> {
    let rule = rules().find(|rule| rule.name == name)?;
    Some(format!(
        "{} ({}, {})\n\nWhat:       {}\nWhy:        {}\nWhat to do: {}\nSource:     {}\n",
        rule.name, rule.severity, rule.about, rule.what, rule.why, rule.action, rule.source
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_listed_and_explained() {
        for rule in rules() {
            assert!(list().contains(rule.name));
            assert!(table().contains(&format!("| `{}` |", rule.name)));
            assert!(explain(rule.name).is_some_and(|text| text.contains(rule.why)));
        }
        assert_eq!(explain("no-such-rule"), None);
    }
}
