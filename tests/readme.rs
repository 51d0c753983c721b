//! The README's commands are run as they stand there.

use std::path::Path;
use std::process::Command;

use fairload::policy::{BUILT_IN, Policy};

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md is there")
}

/// The lines of its `sh` blocks.
fn commands(readme: &str) -> Vec<String> {
    let blocks = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.flat_map(|(block, _)| block.lines().map(str::to_string)).collect()
}

/// A copy of what a clone holds that the commands refer to.
fn clone_into(folder: &Path) {
    for name in ["samples", "templates"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name), &folder.join(name));
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            _ = std::fs::copy(entry.path(), target).unwrap()
        }
    }
}

/// The words of a command as a shell parts them: what stands in quotes is one.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let part = |(at, part): (usize, &str)| match at % 2 {
        0 => part.split(' ').filter(|word| !word.is_empty()).map(String::from).collect::<Vec<_>>(),
        _ => vec![part.to_string()],
    };
    parts.flat_map(part).collect()
}

#[test]
fn its_commands_do_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    clone_into(folder.path());
    let mut ran = 0;
    for command in commands(&readme()) {
        // This test is itself part of that one.
        if command == "cargo test" {
            continue;
        }
        let program = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("fairload "));
        let arguments = program.unwrap_or_else(|| panic!("`{command}` is none of our commands"));
        let output = Command::new(env!("CARGO_BIN_EXE_fairload"))
            .args(words(arguments))
            .current_dir(folder.path())
            .output()
            .unwrap();
        // The samples have red workers.
        let expected = if ["run", "check", "compare"].iter().any(|work| arguments.starts_with(work)) { 1 } else { 0 };
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(expected), "`{command}`: {said}");
        ran += 1;
    }
    assert!(ran >= 4, "{ran}");
    for name in ["directorate.xlsx", "ratings.csv", "run.json", "task-force-example RAG.xlsx"] {
        assert!(folder.path().join("out").join(name).is_file(), "{name}");
    }
}

#[test]
fn it_counts_the_teams_of_the_samples() {
    let teams = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/teams.csv");
    let teams = std::fs::read_to_string(teams).unwrap().lines().skip(1).count();
    assert!(readme().contains(&format!("council of {teams} teams")), "{teams}");
}

#[test]
fn its_pictures_and_links_are_there() {
    let readme = readme();
    let targets: Vec<&str> =
        readme.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).collect();
    assert!(!targets.is_empty());
    for target in targets {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(target).exists(), "{target}");
    }
}

/// The block of TOML that holds this line's beginning.
fn toml_with<'a>(readme: &'a str, line: &str) -> &'a str {
    let blocks = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.map(|(block, _)| block).find(|block| block.starts_with(line)).expect("a toml block")
}

#[test]
fn its_limit_is_one_of_saltmarsh() {
    let policy = include_str!("../samples/policies/saltmarsh.toml");
    for line in toml_with(&readme(), "[[limit]]").lines() {
        let line = line.split('#').next().unwrap_or_default().trim_end();
        assert!(policy.lines().any(|theirs| theirs == line), "{line}");
    }
}

/// The table of policies is made of what the policies say of themselves.
#[test]
fn it_lists_the_policies() {
    let mut table = String::from("| name | what it says | from |\n|---|---|---|\n");
    for (name, _) in BUILT_IN {
        let policy = Policy::built_in(name).unwrap().unwrap();
        let limits = policy.limits.iter().map(|entry| &entry.source);
        let benchmarks = policy.benchmarks.iter().map(|entry| &entry.source);
        let sources = limits.chain(benchmarks).chain(policy.flags.iter().map(|entry| &entry.source));
        let sources = sources.chain(policy.figures.iter().map(|entry| &entry.source));
        let mut documents: Vec<&str> = Vec::new();
        for document in sources.map(|source| source.document.as_str()) {
            let ours = document.starts_with("Decision of this project") || document.starts_with("Indicative");
            if !ours && !documents.contains(&document) {
                documents.push(document);
            }
        }
        let first = policy.about.split_inclusive(". ").next().unwrap_or_default().trim_end();
        table.push_str(&format!("| `{name}` | {}. {first} | {} |\n", policy.title, documents.join("; ")));
    }
    let readme = readme();
    let (before, rest) = readme.split_once("<!-- policies -->\n").unwrap();
    let (there, after) = rest.split_once("<!-- /policies -->").unwrap();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        std::fs::write(path, format!("{before}<!-- policies -->\n{table}<!-- /policies -->{after}")).unwrap();
        return;
    }
    assert_eq!(there, table, "run `UPDATE_EXPECTED=1 cargo test --test suite readme::`");
}

#[test]
fn its_words_are_read() {
    let readme = readme();
    let block = toml_with(&readme, "[columns]");
    fairload::understand::words::Words::built_in().add(block).expect("the words of the README are read");
}
