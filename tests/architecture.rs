//! The picture in `src/lib.rs`, held: who may import whom, who may name which crate, and what is
//! deliberately absent. A line that breaks it is named with its file.
//!
//! Tests inside `src/` may use the neighbours to make their inputs, so they are left out here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Nouns: they import each other, without a circle.
const VOCABULARY: &[&str] = &[
    "names",
    "sheet",
    "reading",
    "rag",
    "caseload",
    "policy",
    "words",
    "finding",
    "rating",
    "plan",
    "judged",
    "annotation",
    "page",
    "history",
    "quality",
    "directorate",
    "shared",
    "table",
    "outcome",
    "phrase",
];

/// Verbs: they import nouns and never each other.
const STAGES: &[&str] = &[
    "discover",
    "read",
    "recognise",
    "normalise",
    "validate",
    "score",
    "what_if",
    "aggregate",
    "trend",
    "suppress",
    "annotate",
    "overview",
    "forms",
    "write",
    "report",
];

/// The only modules that know the order of the stages: one workbook, and all of them.
const ORDER: &[&str] = &["workbook", "run"];

/// What the binary may name beside the vocabulary; of `validate` the catalogue that `rules` shows.
const FOR_MAIN: &[&str] = &["cli", "run", "report", "validate"];

/// Crates and the places that may name them; a place is a file or a folder of `src/`.
const CRATES: &[(&str, &[&str])] = &[
    ("calamine", &["read/"]),
    ("encoding_rs", &["read/"]),
    // Beside the reading of inputs, `write` writes our tables and reads an earlier run's teams.csv
    // again: the header that it must agree with stands there.
    ("csv", &["read/", "write/"]),
    ("rust_xlsxwriter", &["write/"]),
    // Reading a workbook unpacks it; annotating one copies its parts.
    ("zip", &["read/", "write/"]),
    ("quick_xml", &["read/", "write/"]),
    ("tempfile", &["write/"]),
    ("cfb", &["read/"]),
    ("postcard", &["run/apart.rs"]),
    ("rustix", &["run/apart.rs"]),
    ("walkdir", &["discover.rs"]),
    ("rayon", &["run.rs", "run/in_order.rs"]),
    ("indicatif", &["main.rs"]),
    ("clap", &["cli.rs", "main.rs"]),
    ("comfy_table", &["report/"]),
    ("toml", &["policy/", "words.rs"]),
    ("schemars", &["names.rs", "policy/"]),
];

/// Words that stand nowhere but in these places.
const WORDS: &[(&str, &[&str])] = &[
    ("println", &[]),
    ("eprintln", &[]),
    // clap prints its own help and errors.
    ("print", &["main.rs"]),
    ("eprint", &[]),
    ("dbg", &[]),
    // `run/apart` has those of the program that it calls.
    ("stdout", &["main.rs", "run/apart.rs"]),
    ("stderr", &["main.rs", "run/apart.rs"]),
    // The clock and the environment: the date and the options are passed in.
    ("SystemTime", &[]),
    ("Instant", &[]),
    ("Zoned", &["main.rs"]),
    ("Timestamp", &[]),
    ("env", &["main.rs"]),
    // A damaged file may end the process that reads it, so that is not ours; `run/in_order` gives work to threads.
    ("spawn", &["run/apart.rs", "run/in_order.rs"]),
    // Iterating over these gives an order that wanders; the reader of workbooks only looks shared texts up.
    ("HashMap", &["read/xlsx.rs"]),
    ("HashSet", &[]),
    ("unsafe", &[]),
];

/// Files are touched here alone; `run` reads inputs and settings and hands their bytes on.
const FILES: &[&str] =
    &["discover.rs", "write/files.rs", "run.rs", "run/history.rs", "run/input.rs", "run/settings.rs", "run/finish.rs"];

#[test]
fn every_module_has_its_place_in_the_picture() {
    let placed: BTreeSet<&str> = [VOCABULARY, STAGES, ORDER, &["cli", "main", "lib"]].concat().into_iter().collect();
    let there: BTreeSet<String> = source().into_iter().map(|file| file.module).collect();
    let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    assert_eq!(there, placed);
    let picture = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for name in placed.iter().filter(|name| !["names", "lib"].contains(name)) {
        assert!(picture.contains(&format!("`{name}`")), "{name} is not in the crate docs of src/lib.rs");
    }
}

#[test]
fn stages_import_vocabulary_and_never_each_other() {
    let mut broken = Vec::new();
    for file in source() {
        let allowed: Vec<&str> = match file.module.as_str() {
            name if VOCABULARY.contains(&name) => VOCABULARY.to_vec(),
            name if STAGES.contains(&name) => VOCABULARY.to_vec(),
            name if ORDER.contains(&name) => [VOCABULARY, STAGES, ORDER].concat(),
            "main" => [VOCABULARY, FOR_MAIN].concat(),
            _ => Vec::new(),
        };
        for (line, other) in file.imports() {
            if other != file.module && !allowed.contains(&other.as_str()) {
                broken.push(format!("src/{}:{line}: {} imports {other}", file.path, file.module));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_vocabulary_has_no_circle() {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in source().into_iter().filter(|file| VOCABULARY.contains(&file.module.as_str())) {
        let others = file.imports().into_iter().map(|(_, other)| other).filter(|other| *other != file.module);
        imports.entry(file.module.clone()).or_default().extend(others);
    }
    // Whoever imports nobody that is left can be understood next, and is taken out.
    while let Some(next) = imports.iter().find(|(_, others)| others.iter().all(|other| !imports.contains_key(other))) {
        let next = next.0.clone();
        imports.remove(&next);
    }
    assert!(imports.is_empty(), "these import each other in a circle: {imports:?}");
}

#[test]
fn crates_are_named_in_their_rooms_alone() {
    let mut broken = Vec::new();
    for file in source() {
        for (name, places) in CRATES.iter().filter(|(_, places)| !file.stands_in(places)) {
            for (line, text) in file.lines() {
                // `csv::` may also be a module of the same name, which only `read` has.
                let path = format!("{name}::");
                let named = after_words(text, &path) || text.trim() == format!("use {name};");
                if named {
                    broken.push(format!("src/{}:{line}: {name} belongs in {places:?}", file.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn printing_clock_and_environment_stay_in_main() {
    let mut broken = Vec::new();
    for file in source() {
        for (word, _) in WORDS.iter().filter(|(_, places)| !file.stands_in(places)) {
            for (line, text) in file.lines() {
                // `env!` is the package's own version, known when it is compiled.
                if words(&text.replace("env!", "")).any(|found| found == *word) {
                    broken.push(format!("src/{}:{line}: {word}", file.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_are_touched_at_the_rim() {
    let mut broken = Vec::new();
    for file in source().iter().filter(|file| !file.stands_in(FILES)) {
        for (line, text) in file.lines() {
            if ["std::fs", "fs::", "File::open", "File::create"].iter().any(|call| after_words(text, call)) {
                broken.push(format!("src/{}:{line}: {}", file.path, text.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn scores_are_exact() {
    let mut broken = Vec::new();
    for file in
        source().iter().filter(|file| ["score", "rating", "aggregate", "policy"].contains(&file.module.as_str()))
    {
        for (line, text) in file.lines() {
            if words(text).any(|word| ["f64", "f32", "to_f64", "from_f64"].contains(&word)) {
                broken.push(format!("src/{}:{line}: {}", file.path, text.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Nought and one start a count; two is a pair, or the places that a figure is shown with.
/// Any other number where loads are judged would be a number of somebody's policy.
#[test]
fn no_number_of_a_policy_stands_in_the_source() {
    /// A bound of the calendar type, not of practice: a policy's months could be beyond any date.
    const NO_POLICY: &[(&str, &str)] = &[("validate/date_in_future.rs", "1200")];
    let mut broken = Vec::new();
    for file in source().iter().filter(|file| ["score", "validate"].contains(&file.module.as_str())) {
        for (line, text) in file.lines() {
            for number in words(text).filter(|word| word.starts_with(|first: char| first.is_ascii_digit())) {
                let known = ["0", "1", "2", "0usize", "0u32"].contains(&number)
                    || NO_POLICY.contains(&(file.path.as_str(), number));
                if !known {
                    broken.push(format!("src/{}:{line}: {number} in `{}`", file.path, text.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "put it into templates/policy:\n{}", broken.join("\n"));
}

/// A file of `src/` without its tests, comments and texts.
struct SourceFile {
    /// Path below `src/`, with `/`.
    path: String,
    /// The module of the crate that it belongs to.
    module: String,
    code: String,
}

impl SourceFile {
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, text)| (at + 1, text))
    }

    fn stands_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path == *place || place.ends_with('/') && self.path.starts_with(place))
    }

    /// The crate's modules that are named, with the line.
    fn imports(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let roots = if self.module == "main" { "fairload::" } else { "crate::" };
        for (at, _) in self.code.match_indices(roots) {
            let line = self.code[..at].lines().count().max(1);
            let rest = &self.code[at + roots.len()..];
            for name in first_names(rest) {
                found.push((line, name));
            }
        }
        // In a file directly below `src/`, `super` is the crate.
        if !self.path.contains('/') {
            assert!(!self.code.contains("super::"), "src/{}: say `crate::` instead of `super::`", self.path);
        }
        found
    }
}

/// The first steps of a path, of each where they stand in braces.
fn first_names(rest: &str) -> Vec<String> {
    let Some(inside) = rest.strip_prefix('{') else {
        return words(rest).next().map(str::to_string).into_iter().collect();
    };
    let (mut depth, mut names, mut fresh) = (1, Vec::new(), true);
    let chars = inside.char_indices();
    for (at, c) in chars {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' if depth == 1 => fresh = true,
            c if fresh && depth == 1 && (c.is_alphabetic() || c == '_') => {
                names.extend(words(&inside[at..]).next().map(str::to_string));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Whether a path begins here: `csv::` does in `csv::Reader`, not in `our_csv::Reader` or `read::csv::x`.
fn after_words(text: &str, path: &str) -> bool {
    text.match_indices(path)
        .any(|(at, _)| !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':'))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source() -> Vec<SourceFile> {
    let folder = root().join("src");
    let mut files = Vec::new();
    let mut for_tests = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let path = entry.path().strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        let module = path.split('/').next().unwrap().trim_end_matches(".rs").to_string();
        let text = bare(&fs::read_to_string(entry.path()).unwrap());
        // The modules of `run.rs` stand in `run/`, those of a `mod.rs` beside it.
        let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
        let parent = match (folder, name) {
            ("", "lib.rs" | "main.rs") => String::new(),
            (_, "mod.rs") => format!("{folder}/"),
            _ => format!("{}/", path.trim_end_matches(".rs")),
        };
        let (code, modules) = without_tests(&text);
        for_tests.extend(modules.into_iter().map(|name| format!("{parent}{name}.rs")));
        files.push(SourceFile { path, module, code });
    }
    files.retain(|file| !for_tests.contains(&file.path));
    assert!(files.len() > 100, "src/ is read");
    files
}

/// Blanks what stands behind `#[cfg(test)]`; says which modules with files of their own that takes out.
fn without_tests(text: &str) -> (String, Vec<String>) {
    let (mut code, mut modules) = (String::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        let mut item = lines.next().unwrap_or_default();
        code.push_str("\n\n");
        while item.trim_start().starts_with('#') {
            item = lines.next().unwrap_or_default();
            code.push('\n');
        }
        if item.ends_with(';') {
            modules.extend(words(item).skip_while(|word| *word != "mod").nth(1).map(str::to_string));
            continue;
        }
        // An item ends where a brace closes as far in as it began.
        let indent = item.len() - item.trim_start().len();
        for line in lines.by_ref() {
            code.push('\n');
            if line.trim_end() == format!("{}}}", " ".repeat(indent)) {
                break;
            }
        }
    }
    (code, modules)
}

/// Rust without comments and without what stands in texts; lines stay where they are.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            closing(rest, 1)
        } else if let Some(marks) = raw_text(rest).filter(|_| !out.ends_with(|c: char| c.is_alphanumeric())) {
            let end = format!("\"{}", "#".repeat(marks));
            let start = marks + 2;
            start + rest[start..].find(&end).map_or(rest.len() - start, |at| at + end.len())
        } else if let Some(length) = character(rest) {
            length
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.push_str(&"\n".repeat(rest[..taken].matches('\n').count()));
        out.push(' ');
        rest = &rest[taken..];
    }
    out
}

/// Where a text that began ends, behind its closing mark.
fn closing(rest: &str, start: usize) -> usize {
    let mut escaped = false;
    for (at, c) in rest[start..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return start + at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The number of `#` of a raw text that begins here.
fn raw_text(rest: &str) -> Option<usize> {
    let marks = rest.strip_prefix('r')?;
    let count = marks.len() - marks.trim_start_matches('#').len();
    marks[count..].starts_with('"').then_some(count)
}

/// The length of a character such as `'"'`; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        return Some(2 + 1 + inside[2..].find('\'')? + 1);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then_some(2 + c.len_utf8())
}
