//! Paths and folders in, sorted files out; what is passed over is said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The name in every output: the path below the folder given, or the file's own name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What was found under the inputs.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// Files to read, by name.
    pub inputs: Vec<Input>,
    /// Files passed over: name and why.
    pub passed_over: Vec<(String, &'static str)>,
    /// What could not be looked at: name and why.
    pub failed: Vec<(String, String)>,
}

/// Endings of the files that a folder is searched for.
const ENDINGS: &[&str] = &["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"];

/// What stands for a file that is none: it is never opened, for it may have no end.
const NO_FILE: &str = "this is a pipe or a device, not a file; save the workbook as a file and give that";

/// Finds the files to read; folders are searched to the bottom, links to folders followed once.
pub fn discover(given: &[PathBuf]) -> Discovered {
    let mut found = Discovered::default();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut named: Vec<(String, Input)> = Vec::new();
    for path in given {
        if path.is_dir() {
            search(path, &mut found, &mut seen, &mut named);
        } else if path.exists() && !path.is_file() {
            found.failed.push((file_name(path), NO_FILE.into()));
        } else if path.exists() {
            let name = file_name(path);
            if seen.insert(real(path)) {
                let folder = path.parent().map(file_name).unwrap_or_default();
                named.push((folder, Input { name, path: path.clone() }));
            } else {
                found.passed_over.push((name, "it was given twice"));
            }
        } else {
            found.failed.push((file_name(path), "there is no such file or folder; check the path".into()));
        }
    }
    // Where two inputs would have one name, the folder's name goes in front.
    let names: Vec<String> = named.iter().map(|(_, input)| input.name.to_lowercase()).collect();
    for (folder, mut input) in named {
        let own = input.name.to_lowercase();
        if names.iter().filter(|name| **name == own).count() > 1 && !folder.is_empty() {
            input.name = format!("{folder}/{}", input.name);
        }
        found.inputs.push(input);
    }
    found.inputs.sort();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for input in &mut found.inputs {
        let wished = input.name.clone();
        let mut number = 2;
        while !taken.insert(input.name.to_lowercase()) {
            input.name = format!("{number}/{wished}");
            number += 1;
        }
    }
    found.passed_over.sort();
    found
}

fn search(folder: &Path, found: &mut Discovered, seen: &mut BTreeSet<PathBuf>, named: &mut Vec<(String, Input)>) {
    let top = file_name(&real(folder));
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let name = error.path().map(|path| below(folder, path)).unwrap_or_default();
                if error.loop_ancestor().is_some() {
                    found.passed_over.push((name, "the link leads back to a folder above it"));
                } else if error.path().is_some_and(Path::is_symlink) {
                    found.failed.push((name, "the link leads nowhere; give the file itself".into()));
                } else {
                    found.failed.push((name, "the folder cannot be read; check who may open it".into()));
                }
                continue;
            }
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            continue;
        }
        let name = below(folder, path);
        let base = file_name(path);
        if base.starts_with("~$") || base.starts_with(".~lock") {
            found.passed_over.push((name, "it is the lock file of an open workbook"));
        } else if name.split('/').any(|step| step.starts_with('.')) {
            found.passed_over.push((name, "it is hidden"));
        } else if !entry.file_type().is_file() {
            found.failed.push((name, NO_FILE.into()));
        } else if seen.insert(real(path)) {
            named.push((top.clone(), Input { name, path: path.to_path_buf() }));
        } else {
            found.passed_over.push((name, "it was found before by another path"));
        }
    }
}

/// The path below a folder, with `/` between its steps.
fn below(folder: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(folder).unwrap_or(path);
    let steps: Vec<String> = rest.components().map(|step| step.as_os_str().to_string_lossy().into_owned()).collect();
    steps.join("/")
}

fn file_name(path: &Path) -> String {
    match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => real(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn folders_are_searched_and_what_is_passed_over_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("north")).unwrap();
        for name in ["b.xlsx", "north/a.csv", "~$b.xlsx", ".hidden.csv", "notes.txt"] {
            fs::write(at(name), "x").unwrap();
        }
        let found = discover(&[folder.path().to_path_buf()]);
        let names: Vec<&str> = found.inputs.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(names, ["b.xlsx", "north/a.csv"]);
        assert_eq!(found.passed_over.len(), 2);
        let missing = discover(&[at("none.xlsx")]);
        assert_eq!(missing.failed.len(), 1);
    }

    #[test]
    fn one_name_from_two_folders_gets_the_folder_in_front() {
        let folder = tempfile::tempdir().unwrap();
        for side in ["east", "west"] {
            fs::create_dir_all(folder.path().join(side)).unwrap();
            fs::write(folder.path().join(side).join("a.csv"), side).unwrap();
        }
        let found = discover(&[folder.path().join("east"), folder.path().join("west")]);
        let names: Vec<&str> = found.inputs.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(names, ["east/a.csv", "west/a.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_told_of_and_never_given_on() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.csv"), "x").unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("socket.csv")).unwrap();
        let _other = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", at("endless.csv")).unwrap();
        std::os::unix::fs::symlink("gone.xlsx", at("lost.xlsx")).unwrap();
        let found = discover(&[folder.path().to_path_buf()]);
        assert_eq!(found.inputs.len(), 1);
        let told: Vec<&str> = found.failed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(told, ["endless.csv", "lost.xlsx", "socket.csv"]);
        assert!(found.failed[0].1.contains("not a file") && found.failed[1].1.contains("leads nowhere"));
        let found = discover(&[at("endless.csv"), at("socket.csv")]);
        assert_eq!((found.inputs.len(), found.failed.len()), (0, 2));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_round_in_circles() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.csv"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        let found = discover(&[folder.path().to_path_buf()]);
        assert_eq!(found.inputs.len(), 1);
        assert_eq!(found.passed_over.len(), 1);
    }
}
