//! The catalogue of rules: nothing forgotten, nothing named twice, the README up to date.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fairload::judge::validate::{explain, list, rules, table};

/// Files of `src/judge/validate/` that are no rules: the list, its printing, and what rules share.
const NO_RULES: &[&str] = &["mod", "catalogue", "sources", "tell", "view"];

#[test]
fn names_are_unique_and_kebab_case() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        assert!(seen.insert(rule.name), "{} is there twice", rule.name);
        let kebab = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(rule.name.split('-').all(kebab), "{} is not kebab-case", rule.name);
    }
}

#[test]
fn every_file_is_a_registered_rule_named_after_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/judge/validate");
    let entries = fs::read_dir(folder).expect("src/judge/validate is there");
    let paths = entries.map(|entry| entry.expect("a readable entry").path());
    let stems = paths.map(|path| path.file_stem().unwrap_or_default().to_string_lossy().replace('_', "-"));
    let files: BTreeSet<String> = stems.filter(|stem| !NO_RULES.contains(&stem.as_str())).collect();
    let listed: BTreeSet<String> = rules().map(|rule| rule.name.to_string()).collect();
    assert_eq!(files, listed);
}

#[test]
fn rules_about_one_thing_stand_together() {
    let about: Vec<_> = rules().map(|rule| rule.about).collect();
    assert!(about.is_sorted(), "allocation, worker data, case data, sheet structure");
}

#[test]
fn every_rule_is_explained_in_sentences() {
    for rule in rules() {
        for text in [rule.what, rule.why, rule.action] {
            assert!(text.ends_with('.') && !text.contains('|'), "{}: {text}", rule.name);
        }
        assert!(explain(rule.name).is_some_and(|text| text.contains(rule.source)));
        assert!(list().contains(rule.what));
    }
}

#[test]
fn the_readme_shows_the_table_of_rules() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let (_, rest) = readme.split_once("<!-- rules -->").expect("the table's beginning is marked");
    let shown = rest.split_once("<!-- /rules -->").expect("the table's end is marked").0;
    assert_eq!(shown.trim(), table().trim(), "put what fairload::judge::validate::table() gives there");
}
