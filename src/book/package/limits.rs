//! Limits checked before anything is unpacked, so that no file can exhaust the machine.

use super::{Flaw, Package};

/// Largest unpacked total of a workbook.
const UNPACKED_MOST: u64 = 1024 * 1024 * 1024;
/// Largest ratio of unpacked to packed bytes, once past the first 100 KiB.
const RATIO_MOST: u64 = 100;
/// The same for the cells of an OpenDocument workbook, which spell every attribute out for every cell.
const RATIO_MOST_CONTENT: u64 = 400;
const RATIO_FROM: u64 = 100 * 1024;
/// Most parts of a workbook that is read.
pub const PARTS_READ_MOST: usize = 1_000;

impl Package<'_> {
    /// The package, where its directory says that it can be read without harm.
    ///
    /// # Errors
    ///
    /// Too many parts, two of one name, one that points outside or unpacks beyond reason, or too large a whole.
    pub fn within_limits(self) -> Result<Self, Flaw> {
        if self.parts.len() > PARTS_READ_MOST {
            return Err(Flaw::Parts(self.parts.len()));
        }
        // Parts of exactly one name are folded into the last of them on opening.
        if self.archive.has_duplicate_names() {
            return Err(Flaw::NamedTwice);
        }
        let mut unpacked = 0u64;
        for part in &self.parts {
            if part.key.split('/').any(|step| step == "..") {
                return Err(Flaw::Outside);
            }
            let most = if part.key == "content.xml" { RATIO_MOST_CONTENT } else { RATIO_MOST };
            if part.unpacked > RATIO_FROM && part.unpacked / part.packed.max(1) > most {
                return Err(Flaw::Ratio(most));
            }
            unpacked = unpacked.saturating_add(part.unpacked);
        }
        if unpacked > UNPACKED_MOST {
            return Err(Flaw::Unpacked(UNPACKED_MOST / 1024 / 1024));
        }
        let mut keys: Vec<&str> = self.parts.iter().map(|part| part.key.as_str()).collect();
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Flaw::NamedTwice);
        }
        Ok(self)
    }
}
