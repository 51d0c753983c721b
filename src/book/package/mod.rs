//! The zip package of a workbook: opened once, its parts found by name or by relationship.
//!
//! Names of parts are compared as spreadsheets do: without regard to case, to the kind of slash and to one in front.

mod limits;
mod relations;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, Write};

use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

pub use limits::PARTS_READ_MOST;
pub use relations::{Relation, relations_in, relations_name, target};

/// Most parts that a package is opened with at all.
pub const PARTS_OPENED_MOST: usize = 20_000;
/// A part larger than this unpacked is not read: no memory would hold it twice.
const LARGEST_PART: u64 = 1 << 30;
/// Most room set aside for a part before it is read; its directory may claim any size.
const ROOM_MOST: u64 = 64 * 1024 * 1024;

/// The package of a workbook.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    parts: Vec<Part>,
    by_key: BTreeMap<String, usize>,
}

/// A part as the package's directory lists it.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name as written.
    pub name: String,
    /// The name that parts are compared by, see [`key`].
    pub key: String,
    /// A folder, which holds nothing itself.
    pub folder: bool,
    /// Packed with a password.
    pub encrypted: bool,
    /// Bytes as packed.
    packed: u64,
    /// Bytes once unpacked.
    unpacked: u64,
}

/// What is wrong with a package; who opens it says what that means for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It is no whole zip package.
    Broken,
    /// The name of a part cannot be read.
    Unnamed,
    /// It has this many parts, more than are taken.
    Parts(usize),
    /// Two parts have one name.
    NamedTwice,
    /// A part points outside the package.
    Outside,
    /// A part unpacks to more than this many times its size.
    Ratio(u64),
    /// It unpacks to more than this many MiB.
    Unpacked(u64),
    /// This part is damaged.
    Damaged(String),
    /// This part is packed in a way that is not read.
    Packing(String),
    /// This part is larger than 1 GiB.
    Large(String),
    /// A part declares a document type.
    DocumentType,
    /// The relationships of a part are not well-formed.
    Relations,
}

impl<'a> Package<'a> {
    /// Opens a package; nothing is unpacked yet, and no limit of [`Package::within_limits`] checked.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Flaw::Broken)?;
        if archive.len() > PARTS_OPENED_MOST {
            return Err(Flaw::Parts(archive.len()));
        }
        let mut parts = Vec::with_capacity(archive.len());
        let mut by_key = BTreeMap::new();
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at).map_err(|_| Flaw::Broken)?;
            let name = file.name().map_err(|_| Flaw::Unnamed)?.into_owned();
            let part = Part {
                key: key(&name),
                folder: file.is_dir(),
                encrypted: file.encrypted(),
                packed: file.compressed_size(),
                unpacked: file.size(),
                name,
            };
            if !part.folder {
                by_key.entry(part.key.clone()).or_insert(at);
            }
            parts.push(part);
        }
        Ok(Self { archive, parts, by_key })
    }

    /// Its parts, in the order of its directory.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether the package has this part.
    pub fn has(&self, name: &str) -> bool {
        self.by_key.contains_key(&key(name))
    }

    /// Whether the name of a part ends so.
    pub fn ends_in(&self, ending: &str) -> bool {
        self.by_key.keys().any(|name| name.ends_with(ending))
    }

    /// The bytes of a part, checked against their checksum and length; `None` where there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Flaw> {
        self.by_key.get(&key(name)).copied().map(|at| self.bytes_at(at)).transpose()
    }

    /// The bytes of a part by its position among all.
    pub fn bytes_at(&mut self, at: usize) -> Result<Vec<u8>, Flaw> {
        let name = || self.parts.get(at).map_or_else(String::new, |part| part.name.clone());
        let file = self.archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) => Flaw::Packing(name()),
            _ => Flaw::Damaged(name()),
        })?;
        let size = file.size();
        if size > LARGEST_PART {
            return Err(Flaw::Large(name()));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(ROOM_MOST)).unwrap_or(0));
        file.take(size + 1).read_to_end(&mut bytes).map_err(|_| Flaw::Damaged(name()))?;
        if bytes.len() as u64 != size {
            return Err(Flaw::Damaged(name()));
        }
        Ok(bytes)
    }

    /// The bytes of a part that is to be parsed: one that declares a document type is not.
    pub fn xml(&mut self, name: &str) -> Result<Option<Vec<u8>>, Flaw> {
        let bytes = self.bytes(name)?;
        let start = bytes.as_ref().map_or(&[][..], |bytes| &bytes[..bytes.len().min(4096)]);
        if start.windows(9).any(|window| window.eq_ignore_ascii_case(b"<!DOCTYPE")) {
            return Err(Flaw::DocumentType);
        }
        Ok(bytes)
    }

    /// Copies a part as it is packed, by its position among all.
    pub fn copy(&mut self, at: usize, to: &mut ZipWriter<impl Write + Seek>) -> Result<(), ZipError> {
        let file = self.archive.by_index_raw(at)?;
        to.raw_copy_file(file)
    }

    /// The relationships of a part; of the package itself with an empty name.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Flaw> {
        let Some(xml) = self.xml(&relations_name(part))? else { return Ok(Vec::new()) };
        relations_in(&xml, part, |part| self.has(part))
    }

    /// The workbook part, found by its relationship, where it is there: content types lie.
    pub fn main_part(&mut self) -> Result<Option<String>, Flaw> {
        let relations = self.relations("")?;
        let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
        Ok(main.and_then(|main| main.part).filter(|part| self.has(part)))
    }
}

/// A part's name as parts are compared: no slash in front, forward slashes, lower case.
pub fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}
