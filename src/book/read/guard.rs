//! Limits checked before a workbook is parsed, so that no file can exhaust the machine.

use std::io::Read;

use zip::ZipArchive;

use crate::book::read::Unreadable;
use crate::book::sheet::Area;

/// Most cells read from one workbook.
pub const CELLS_MOST: usize = 20_000_000;

/// Largest unpacked total of a workbook.
const UNPACKED_MOST: u64 = 1024 * 1024 * 1024;
/// Largest ratio of unpacked to packed bytes, once past the first 100 KiB.
const RATIO_MOST: u64 = 100;
/// The same for the cells of an OpenDocument workbook, which spell every attribute out for every cell.
const RATIO_MOST_CONTENT: u64 = 400;
const RATIO_FROM: u64 = 100 * 1024;
/// Most parts of a package.
const PARTS_MOST: usize = 1_000;

/// Whether an area has its corners in order and on a sheet; damaged files claim others.
pub fn is_on_a_sheet(area: &Area) -> bool {
    const ROWS_MOST: u32 = 1_048_576;
    const COLUMNS_MOST: u32 = 16_384;
    let (first, last) = (area.first, area.last);
    first.row <= last.row && first.column <= last.column && last.row < ROWS_MOST && last.column < COLUMNS_MOST
}

/// A package whose parts can be read within the limits.
pub struct Package<'a> {
    archive: ZipArchive<std::io::Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Package<'a> {
    /// Opens a package and checks its directory against the limits.
    ///
    /// # Errors
    ///
    /// The package is damaged, or past a limit; the sentence names the limit.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let damaged =
            |_| Unreadable::broken("the workbook is damaged; open it in Excel, let it be repaired and save it again");
        let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > PARTS_MOST {
            return Err(Unreadable::refused(format!(
                "the workbook has {} parts, more than the {PARTS_MOST} that are read; save a copy with fewer sheets and pictures",
                archive.len()
            )));
        }
        // Parts of exactly one name are folded into the last of them on opening.
        if archive.has_duplicate_names() {
            return Err(named_twice());
        }
        let mut names = Vec::with_capacity(archive.len());
        let mut unpacked = 0u64;
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(damaged)?;
            let name = part.name().map_err(damaged)?.replace('\\', "/").trim_start_matches('/').to_lowercase();
            if name.split('/').any(|step| step == "..") {
                return Err(Unreadable::refused("a part of the workbook points outside it; save it again from Excel"));
            }
            let most = if name == "content.xml" { RATIO_MOST_CONTENT } else { RATIO_MOST };
            if part.size() > RATIO_FROM && part.size() / part.compressed_size().max(1) > most {
                return Err(Unreadable::refused(format!(
                    "a part of the workbook unpacks to more than {most} times its size; save it again from Excel"
                )));
            }
            unpacked = unpacked.saturating_add(part.size());
            names.push(name);
        }
        if unpacked > UNPACKED_MOST {
            return Err(Unreadable::refused(format!(
                "the workbook unpacks to more than {} MiB; split it",
                UNPACKED_MOST / 1024 / 1024
            )));
        }
        let mut sorted = names.clone();
        sorted.sort();
        if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(named_twice());
        }
        Ok(Self { archive, names })
    }

    /// Whether the package has this part; case makes no difference.
    pub fn has(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.names.contains(&name)
    }

    /// Whether the name of a part ends so.
    pub fn ends_in(&self, ending: &str) -> bool {
        self.names.iter().any(|name| name.ends_with(ending))
    }

    /// The bytes of a part, checked against their checksum; `None` where there is no such part.
    ///
    /// # Errors
    ///
    /// The part is damaged, longer than its directory says, or declares a document type.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let name = name.to_lowercase();
        let Some(at) = self.names.iter().position(|known| *known == name) else { return Ok(None) };
        let damaged = || {
            Unreadable::broken(
                "a part of the workbook is damaged; open it in Excel, let it be repaired and save it again",
            )
        };
        let part = self.archive.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => {
                Unreadable::refused("the workbook is packed in a way that is not read; save it again from Excel")
            }
            _ => damaged(),
        })?;
        let size = part.size();
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(64 * 1024 * 1024)).unwrap_or(0));
        part.take(size + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if bytes.len() as u64 != size {
            return Err(damaged());
        }
        let start = &bytes[..bytes.len().min(4096)];
        if start.windows(9).any(|window| window.eq_ignore_ascii_case(b"<!DOCTYPE")) {
            return Err(Unreadable::refused(
                "the workbook declares a document type, which Excel never does; save it again from Excel",
            ));
        }
        Ok(Some(bytes))
    }
}

fn named_twice() -> Unreadable {
    Unreadable::refused(
        "two parts of the workbook have one name, so it can be read in two ways; save it again from Excel",
    )
}
