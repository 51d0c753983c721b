//! The bytes of a file, and of nothing else: a pipe or a device may never end.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::book::read::Unreadable;
use crate::run::files;

/// Largest file that is read.
const BYTES_MOST: u64 = 256 * 1024 * 1024;

/// Bytes of a file; 0 where it cannot be asked.
pub fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |about| about.len())
}

/// Reads a file whole.
///
/// # Errors
///
/// It is no ordinary file, larger than the limit, or cannot be opened; the sentence says what to do.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let unopened = |error: std::io::Error| Unreadable {
        refused: false,
        why: format!("the file cannot be opened ({}); check who may read it", files::reason(&error)),
    };
    let refused = |why: String| Unreadable { refused: true, why };
    // Asked before it is opened: opening a pipe waits for its other end.
    let about = std::fs::metadata(path).map_err(unopened)?;
    if !about.is_file() {
        return Err(refused("this is a pipe, a device or a folder, not a file; save the workbook as a file".into()));
    }
    let too_large = || {
        let most = BYTES_MOST / 1024 / 1024;
        refused(format!(
            "the file is larger than {most} MiB, the most that is read; split it, or save it without pictures"
        ))
    };
    if about.len() > BYTES_MOST {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    File::open(path).and_then(|file| file.take(BYTES_MOST + 1).read_to_end(&mut bytes)).map_err(unopened)?;
    if bytes.len() as u64 > BYTES_MOST {
        return Err(too_large());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_past_the_limit_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.csv");
        let file = File::create(&path).unwrap();
        // A hole: nothing stands on the disk.
        file.set_len(BYTES_MOST + 1).unwrap();
        let why = bytes(&path).unwrap_err().why;
        assert!(why.contains("larger than 256 MiB") && why.contains("split it"), "{why}");
        assert!(bytes(folder.path()).unwrap_err().why.contains("not a file"));
        std::fs::write(&path, b"a,b").unwrap();
        assert_eq!(bytes(&path).unwrap(), b"a,b");
    }
}
