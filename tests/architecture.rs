//! The picture in `src/lib.rs`, held: who may import whom, who may name which crate, and what is
//! deliberately absent. A line that breaks it is named with its file.
//!
//! Tests inside `src/` may use the neighbours to make their inputs, so they are left out here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The wings in reading order, and whom each may import.
const WINGS: &[(&str, &[&str])] = &[
    ("book", &[]),
    ("field", &["book"]),
    ("policy", &["book", "field"]),
    ("understand", &["book", "field", "policy"]),
    ("judge", &["book", "field", "policy"]),
    ("manager", &["book", "field", "policy"]),
    ("directorate", &["book", "field", "policy"]),
    ("run", &["book", "field", "policy", "understand", "judge", "manager", "directorate"]),
    ("cli", &[]),
    // Of `judge` the catalogue that `rules` shows; of `directorate` what the comparison is to show.
    ("main", &["cli", "run", "field", "policy", "judge", "directorate"]),
];

/// Wings of their own stages: a room imports its neighbours' nouns, never another stage.
const STAGES: &[&[&str]] = &[
    &["understand/recognise", "understand/normalise"],
    &["judge/validate", "judge/score", "judge/what_if"],
    &["manager/annotate", "manager/forms"],
    &["directorate/aggregate", "directorate/trend", "directorate/suppress", "directorate/overview"],
];

/// Crates and the places that may name them; a place is a file or a folder of `src/`.
const CRATES: &[(&str, &[&str])] = &[
    ("calamine", &["book/read/"]),
    ("encoding_rs", &["book/read/"]),
    // Beside the reading of inputs, our tables are written and an earlier run's teams.csv is read again: the header
    // that it must agree with stands there.
    ("csv", &["book/read/", "directorate/tables.rs"]),
    ("rust_xlsxwriter", &["book/", "directorate/workbook.rs"]),
    ("zip", &["book/"]),
    ("quick_xml", &["book/"]),
    ("tempfile", &["run/files.rs"]),
    ("cfb", &["book/read/"]),
    ("postcard", &["run/apart.rs"]),
    ("rustix", &["run/apart.rs"]),
    ("walkdir", &["run/discover.rs"]),
    ("rayon", &["run/mod.rs", "run/in_order.rs"]),
    ("indicatif", &["main.rs"]),
    ("clap", &["cli.rs", "main.rs"]),
    ("comfy_table", &["run/report/"]),
    ("toml", &["policy/", "understand/words/"]),
    ("schemars", &["book/names.rs", "policy/"]),
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
    ("HashMap", &["book/read/xlsx.rs"]),
    ("HashSet", &[]),
    ("unsafe", &[]),
];

/// Files are touched here alone; the rest of `run` hands bytes on.
const FILES: &[&str] =
    &["run/discover.rs", "run/files.rs", "run/history.rs", "run/input.rs", "run/settings.rs", "run/finish.rs"];

#[test]
fn every_wing_has_its_place_in_the_picture() {
    let placed: BTreeSet<&str> = WINGS.iter().map(|(wing, _)| *wing).chain(["lib"]).collect();
    let there: BTreeSet<String> = source().into_iter().map(|file| file.wing).collect();
    let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    assert_eq!(there, placed);
    let picture = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for (wing, may_import) in WINGS.iter().filter(|(wing, _)| !["run", "cli", "main"].contains(wing)) {
        let row = picture.lines().find(|line| line.starts_with(&format!("//! | [`{wing}`] |"))).expect(wing);
        let last = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let named: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        assert_eq!(named, *may_import, "{wing}: the crate docs of src/lib.rs say otherwise");
    }
}

#[test]
fn wings_import_those_before_them() {
    let mut broken = Vec::new();
    for file in source() {
        let allowed = WINGS.iter().find(|(wing, _)| *wing == file.wing).map_or(&[][..], |(_, allowed)| allowed);
        for (line, path) in file.imports() {
            let other = path.split('/').next().unwrap_or_default();
            if other != file.wing && !allowed.contains(&other) {
                broken.push(format!("src/{}:{line}: {} imports {path}", file.path, file.wing));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn stages_never_import_each_other() {
    let mut broken = Vec::new();
    for file in source() {
        for stages in STAGES {
            let Some(own) = stages.iter().find(|stage| file.path.starts_with(**stage)) else { continue };
            for (line, path) in file.imports() {
                if stages.iter().any(|other| other != own && path.starts_with(other)) {
                    broken.push(format!("src/{}:{line}: {own} imports {path}", file.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// A module and those below it may name each other; any two others stand one above the other.
#[test]
fn no_file_leads_back_to_itself() {
    let files = source();
    let modules: BTreeSet<&str> = files.iter().map(SourceFile::module).collect();
    let module_of = |path: &str| {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.map(|end| &path[..end]).rfind(|module| modules.contains(module)).unwrap_or_default().to_string()
    };
    let mut imports: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.wing != "main") {
        let own = file.module();
        let above = own.rsplit_once('/').map_or("", |(above, _)| above);
        let named = file.named_behind("crate::").into_iter().map(|(_, path)| path);
        let beside = file.named_behind("super::").into_iter().map(|(_, path)| format!("{above}/{path}"));
        let related = |other: &String| {
            format!("{own}/").starts_with(&format!("{other}/")) || other.starts_with(&format!("{own}/"))
        };
        let others =
            named.chain(beside).map(|path| module_of(&path)).filter(|other| !other.is_empty() && !related(other));
        imports.entry(own).or_default().extend(others);
    }
    // Whoever imports nobody that is left can be understood next, and is taken out.
    while let Some(next) =
        imports.iter().find(|(_, others)| others.iter().all(|other| !imports.contains_key(other.as_str())))
    {
        let next = *next.0;
        imports.remove(next);
    }
    // Of those left some only lead to a circle.
    while let Some(next) = imports.keys().find(|own| !imports.values().any(|others| others.contains(**own))).copied() {
        imports.remove(next);
    }
    let left: Vec<String> = imports
        .iter()
        .map(|(own, others)| {
            let within: Vec<&str> =
                others.iter().map(String::as_str).filter(|other| imports.contains_key(other)).collect();
            format!("{own} imports {}", within.join(", "))
        })
        .collect();
    assert!(left.is_empty(), "these lead back to themselves:\n{}", left.join("\n"));
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
    for file in source()
        .iter()
        .filter(|file| file.stands_in(&["judge/score/", "field/rating.rs", "directorate/aggregate/", "policy/"]))
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
    const NO_POLICY: &[(&str, &str)] = &[("judge/validate/date_in_future.rs", "1200")];
    let mut broken = Vec::new();
    for file in source().iter().filter(|file| file.wing == "judge") {
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
    /// The wing that it belongs to, or the file itself.
    wing: String,
    code: String,
}

impl SourceFile {
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, text)| (at + 1, text))
    }

    fn stands_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path == *place || place.ends_with('/') && self.path.starts_with(place))
    }

    /// What is named of the crate, as a path with `/`, with the line.
    fn imports(&self) -> Vec<(usize, String)> {
        let root = if self.wing == "main" { "fairload::" } else { "crate::" };
        // In a file directly below `src/`, `super` is the crate; a wing's own head has no neighbours to name.
        if !self.path.contains('/') {
            assert!(!self.code.contains("super::"), "src/{}: say `crate::` instead of `super::`", self.path);
        }
        self.named_behind(root)
    }

    /// The paths named behind a root such as `crate::`, with `/`, of all that stand in braces.
    fn named_behind(&self, root: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (at, _) in self.code.match_indices(root) {
            if self.code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':') {
                continue;
            }
            let line = self.code[..at].lines().count().max(1);
            found.extend(paths(&self.code[at + root.len()..]).into_iter().map(|path| (line, path)));
        }
        found
    }

    /// The module that the file is, as a path with `/`; the crate's own root is empty.
    fn module(&self) -> &str {
        let stem = self.path.trim_end_matches(".rs");
        if ["lib", "main"].contains(&stem) { "" } else { stem.trim_end_matches("/mod") }
    }
}

/// The paths that begin here, with `/`: one, or all those in braces.
fn paths(rest: &str) -> Vec<String> {
    if let Some(inside) = rest.strip_prefix('{') {
        let (mut depth, mut from, mut all) = (0, 0, Vec::new());
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    all.extend(paths(inside[from..at].trim_start()));
                    from = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return all;
    }
    let Some(first) = words(rest).next().filter(|first| rest.starts_with(first)) else { return Vec::new() };
    match rest[first.len()..].strip_prefix("::").map(paths) {
        Some(behind) if !behind.is_empty() => behind.into_iter().map(|path| format!("{first}/{path}")).collect(),
        _ => vec![first.to_string()],
    }
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
        let wing = path.split('/').next().unwrap().trim_end_matches(".rs").to_string();
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
        files.push(SourceFile { path, wing, code });
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
