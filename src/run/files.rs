//! Files appear whole or not at all, and only what this program wrote is replaced.

use std::fs;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::book::overlay;
use crate::directorate::table::{self, Table};
use crate::directorate::{datapackage, tables};

/// How an earlier file of ours is known.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A workbook, by the marker inside.
    Workbook,
    /// A CSV, by a header line exactly ours, of this version or another.
    Csv(&'static Table),
    /// run.json, by our keys.
    RunFile,
    /// datapackage.json, by what it says it was made by.
    DataPackage,
}

/// Writes a file by way of a temporary one in the same folder.
///
/// # Errors
///
/// The folder cannot be made or written, or a file stands there that is not ours and `force` is
/// not given. The sentence says which and what to do; nothing half-written is left.
pub fn write(path: &Path, bytes: &[u8], kind: Kind, force: bool) -> Result<(), String> {
    put(path, kind, force, |file| file.write_all(bytes))
}

/// A file that is written bit by bit and appears whole at its end.
///
/// Until then it has no name: a run that is stopped half-way leaves nothing behind.
pub struct Growing {
    path: PathBuf,
    kind: Kind,
    force: bool,
    so_far: fs::File,
}

impl Growing {
    /// Begins a file in the folder that it will stand in.
    ///
    /// # Errors
    ///
    /// As [`write()`].
    pub fn begin(path: PathBuf, kind: Kind, force: bool) -> Result<Self, String> {
        let folder = folder_for(&path, kind, force)?;
        let so_far = tempfile::tempfile_in(folder).map_err(|error| cannot(NOT_WRITTEN_TO, &error))?;
        Ok(Self { path, kind, force, so_far })
    }

    /// Adds to its end.
    ///
    /// # Errors
    ///
    /// The disk is full, or the like.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.so_far.write_all(bytes).map_err(|error| cannot(NOT_WRITTEN, &error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    ///
    /// As [`write()`].
    pub fn end(mut self) -> Result<(), String> {
        self.so_far.rewind().map_err(|error| cannot(NOT_WRITTEN, &error))?;
        put(&self.path, self.kind, self.force, |file| io::copy(&mut self.so_far, file).map(|_| ()))
    }
}

const NOT_WRITTEN_TO: &str = "the folder cannot be written to";
const NOT_WRITTEN: &str = "the file cannot be written";

fn cannot(what: &str, error: &io::Error) -> String {
    format!("{what} ({}); choose another --out folder", reason(error))
}

/// The folder that a file goes into, made where it is not there; refused where a file stands that is not ours.
fn folder_for(path: &Path, kind: Kind, force: bool) -> Result<&Path, String> {
    // A pipe that stands in the way is not opened to ask whose it is.
    if path.exists() && !force && !(path.is_file() && is_ours(path, kind)) {
        return Err(
            "a file of this name was not written by fairload and is left as it is; move it, or use --force".into()
        );
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| cannot("the folder cannot be made", &error))?;
    Ok(folder)
}

/// Fills a temporary file and gives it its name.
fn put(
    path: &Path,
    kind: Kind,
    force: bool,
    fill: impl FnOnce(&mut tempfile::NamedTempFile) -> io::Result<()>,
) -> Result<(), String> {
    let folder = folder_for(path, kind, force)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| cannot(NOT_WRITTEN_TO, &error))?;
    fill(&mut file).map_err(|error| cannot(NOT_WRITTEN, &error))?;
    readable_by_others(&file);
    file.persist(path).map_err(|error| cannot("the file cannot be put in place", &error.error))?;
    Ok(())
}

/// Writes a file where none stands yet; what stands there is never replaced, whoever wrote it.
///
/// # Errors
///
/// Something of this name exists, or the folder cannot be made or written. The sentence says which and what to do.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let cannot = |what: &str, error: &std::io::Error| format!("{what} ({}); choose another --out file", reason(error));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| cannot("the folder cannot be made", &error))?;
    let mut file =
        tempfile::NamedTempFile::new_in(folder).map_err(|error| cannot("the folder cannot be written to", &error))?;
    file.write_all(bytes).map_err(|error| cannot("the file cannot be written", &error))?;
    readable_by_others(&file);
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            "a file of this name is there already and is left as it is; move it, or give another name with --out".into()
        }
        _ => cannot("the file cannot be put in place", &error.error),
    })?;
    Ok(())
}

/// Whether a folder can be written to, or made: asked before an hour's work is lost. Nothing is left behind.
///
/// # Errors
///
/// A file stands in the way, or the folder may not be written to.
pub fn ready(folder: &Path) -> Result<(), String> {
    let there = folder.ancestors().find(|step| step.as_os_str().is_empty() || step.exists());
    let there = there.filter(|step| !step.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !there.is_dir() {
        return Err("a file stands in the way; choose another folder".into());
    }
    match tempfile::tempfile_in(there) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("the folder cannot be written to ({}); choose another", reason(&error))),
    }
}

/// Whether a file that exists was written by this program.
pub fn is_ours(path: &Path, kind: Kind) -> bool {
    match kind {
        Kind::Workbook => fs::read(path).is_ok_and(|bytes| overlay::marker(&bytes).is_some()),
        Kind::Csv(table) => first_line(path).is_some_and(|line| tables::is_header(table, &line)),
        Kind::RunFile => fs::read(path).is_ok_and(|bytes| is_run_file(&bytes)),
        Kind::DataPackage => fs::read(path).is_ok_and(|bytes| datapackage::is_ours(&bytes)),
    }
}

/// Whether a CSV found among the inputs is one of our outputs.
pub fn is_our_csv(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    std::str::from_utf8(line).is_ok_and(|line| table::ALL.iter().any(|table| tables::is_header(table, line)))
}

fn first_line(path: &Path) -> Option<String> {
    let mut start = Vec::new();
    fs::File::open(path).ok()?.take(4096).read_to_end(&mut start).ok()?;
    let text = String::from_utf8_lossy(&start);
    text.trim_start_matches('\u{feff}').lines().next().map(str::to_string)
}

fn is_run_file(bytes: &[u8]) -> bool {
    let Ok(serde_json::Value::Object(keys)) = serde_json::from_slice(bytes) else { return false };
    ["version", "as_of", "policies", "inputs", "counts"].iter().all(|key| keys.contains_key(*key))
}

/// A system's reason without its paths.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission is denied".into(),
        std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::NotADirectory => "a file stands in the way".into(),
        kind => kind.to_string(),
    }
}

/// Temporary files are private; outputs have the rights of ordinary files.
#[cfg(unix)]
fn readable_by_others(file: &tempfile::NamedTempFile) {
    use std::os::unix::fs::PermissionsExt;
    // A file that stays private is still whole.
    let _ = file.as_file().set_permissions(fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable_by_others(_: &tempfile::NamedTempFile) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ours_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheets.csv");
        let kind = Kind::Csv(&table::SHEETS);
        let header: Vec<&str> = table::SHEETS.header().collect();
        let header = header.join(",");
        write(&path, format!("\u{feff}{header}\r\n1\r\n").as_bytes(), kind, false).unwrap();
        write(&path, format!("\u{feff}{header}\r\n2\r\n").as_bytes(), kind, false).unwrap();
        fs::write(&path, "theirs").unwrap();
        assert!(write(&path, b"a,b\n", kind, false).unwrap_err().contains("left as it is"));
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        write(&path, b"a,b\n", kind, true).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_growing_file_appears_at_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out/sheets.csv");
        let header: Vec<&str> = table::SHEETS.header().collect();
        let header = header.join(",");
        let begin = || Growing::begin(path.clone(), Kind::Csv(&table::SHEETS), false);
        let mut file = begin().unwrap();
        file.add(header.as_bytes()).unwrap();
        file.add(b"\r\n1").unwrap();
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 0, "nothing is seen of it before");
        file.end().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{header}\r\n1"));
        begin().unwrap();
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "one that never ends leaves nothing");
        let file = begin().unwrap();
        fs::write(&path, "theirs").unwrap();
        assert!(file.end().unwrap_err().contains("left as it is"));
        assert!(begin().is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    }

    #[test]
    fn a_new_file_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forms/caseload.xlsx");
        write_new(&path, b"ours").unwrap();
        assert!(write_new(&path, b"again").unwrap_err().contains("--out"));
        assert_eq!(fs::read(&path).unwrap(), b"ours");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_folder_that_cannot_be_made_says_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "x").unwrap();
        let error = write(&folder.path().join("file/out.csv"), b"", Kind::RunFile, false).unwrap_err();
        assert!(error.contains("choose another --out"), "{error}");
    }
}
