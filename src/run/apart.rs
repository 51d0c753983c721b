//! Cells read in a process of their own: a damaged file may end that process, and never the run.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::book::read::{self, Spreadsheet, Unreadable};
use crate::book::sheet::RawBook;

use super::options::Options;

/// What the program is called with to be the far end.
const COMMAND: &str = "read-cells";

/// How long a file may take; honest ones of the largest size take a tenth of it.
const LONGEST: Duration = Duration::from_secs(300);

/// Memory of the far end, in bytes.
#[cfg(unix)]
const MEMORY_MOST: u64 = 4 * 1024 * 1024 * 1024;

/// The cells of a file: in a process of their own where their reader may end it, and there is one.
pub fn cells(options: &Options, file: &mut Spreadsheet<'_>, stem: &str) -> Result<RawBook, Unreadable> {
    match &options.reader {
        Some(reader) if file.format().is_read_apart() => read(reader, file.bytes(), LONGEST),
        _ => file.cells(stem),
    }
}

/// Has a program read a file's bytes; it is called with `read-cells`, has the bytes on standard input and
/// answers with [`answer`] on standard output. Nothing touches the disk.
///
/// # Errors
///
/// As [`read::read`]; also where the program ends early, or takes longer than it may and is stopped.
fn read(program: &Path, bytes: &[u8], longest: Duration) -> Result<RawBook, Unreadable> {
    let started = Command::new(program)
        .arg(COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // What an ending program says may quote the file.
        .stderr(Stdio::null())
        .spawn();
    let unreadable = |why: &str| Unreadable { refused: false, why: why.into() };
    let mut child =
        started.map_err(|_| unreadable("the part of fairload that reads this format cannot be started; run again"))?;
    let answer = exchange(&mut child, bytes, longest);
    // Where it has answered it is gone already.
    let _ = child.kill();
    let _ = child.wait();
    let Some(answer) = answer else {
        return Err(unreadable("reading the file took too long and was stopped; save it from Excel as .xlsx"));
    };
    match postcard::from_bytes::<Result<RawBook, Unreadable>>(&answer) {
        Ok(read) => read,
        Err(_) => {
            Err(unreadable("the file is damaged in a way that stops its reader; open it in Excel and save it as .xlsx"))
        }
    }
}

/// Gives the bytes and takes the answer at the same time, so that neither waits for the other; `None` where
/// it takes too long.
fn exchange(child: &mut Child, bytes: &[u8], longest: Duration) -> Option<Vec<u8>> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|threads| {
        // It may end before it has taken everything in.
        threads.spawn(move || input.map(|mut input| input.write_all(bytes)));
        let (sender, receiver) = mpsc::channel();
        threads.spawn(move || {
            let mut answer = Vec::new();
            let whole = output.map(|mut output| output.read_to_end(&mut answer));
            let _ = sender.send(if matches!(whole, Some(Ok(_))) { answer } else { Vec::new() });
        });
        let answer = receiver.recv_timeout(longest).ok();
        if answer.is_none() {
            // Both threads end with the pipes.
            let _ = child.kill();
        }
        answer
    })
}

/// The far end: a file's bytes in, its cells or why they cannot be read out.
pub fn answer(bytes: &[u8]) -> Vec<u8> {
    confine();
    let read = catch_unwind(AssertUnwindSafe(|| read::read(bytes, "").map(|(_, book)| book)));
    let read = read.unwrap_or_else(|_| {
        let why = "the file could not be read to its end; open it in Excel and save it as .xlsx";
        Err(Unreadable { refused: false, why: why.into() })
    });
    postcard::to_stdvec(&read).unwrap_or_default()
}

/// No more memory than it needs, and no image of it on the disk when it ends early.
#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    // Where the system does not allow it, the limits on what is parsed still hold.
    let _ = setrlimit(Resource::Core, most(0));
    let _ = setrlimit(Resource::As, most(MEMORY_MOST));
}

#[cfg(not(unix))]
fn confine() {}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// What comes of a reader that does this.
    fn told(script: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reader");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        let large = vec![0; 1_000_000];
        read(&path, &large, Duration::from_secs(1)).unwrap_err().why
    }

    #[test]
    fn a_reader_that_ends_or_hangs_is_told_of() {
        assert!(told("exit 3").contains("stops its reader"));
        assert!(told("kill -SEGV $$").contains("stops its reader"));
        assert!(told("echo rubbish").contains("stops its reader"));
        assert!(told("exec sleep 60").contains("took too long"));
        let missing = read(Path::new("/there/is/none"), b"", LONGEST).unwrap_err();
        assert!(missing.why.contains("cannot be started"));
    }
}
