//! The package of a workbook being changed: most parts copied raw, a few changed, some new.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::book::package::{Flaw, PARTS_OPENED_MOST, Package, Relation, key, relations_in, relations_name};

use super::Refusal;
use super::xml::{self, Edits};

// From here on deflate level 3 is used: twice as fast and about a tenth larger.
const LARGE: usize = 256 * 1024;

const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const RELATIONS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";

const TYPES: &str = "[content_types].xml";

/// A package being changed.
pub struct Draft<'a> {
    source: Package<'a>,
    entries: Vec<Entry>,
    by_key: BTreeMap<String, usize>,
    typed: BTreeMap<String, Option<(String, String)>>,
    vml: bool,
    dangling: BTreeSet<String>,
}

struct Entry {
    name: String,
    from: Option<usize>,
    state: State,
}

enum State {
    Same,
    Written(Vec<u8>),
    Dropped,
}

impl<'a> Draft<'a> {
    /// Opens a package to be changed.
    pub fn open(source: &'a [u8]) -> Result<Self, Refusal> {
        // Excel wraps a workbook with a password in the older kind of container.
        if source.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Refusal("it is protected by a password or in the older .xls format".into()));
        }
        Self::of(Package::open(source)?)
    }

    /// A package that is open, to be changed.
    pub fn of(source: Package<'a>) -> Result<Self, Refusal> {
        let mut by_key = BTreeMap::new();
        for (at, part) in source.parts().iter().enumerate() {
            if part.encrypted {
                return Err(Refusal("its package is encrypted".into()));
            }
            if !part.folder && by_key.insert(part.key.clone(), at).is_some() {
                return Err(Refusal(format!("it holds the part `{}` twice", part.name)));
            }
        }
        let entry = |(at, name): (usize, &str)| Entry { name: name.to_string(), from: Some(at), state: State::Same };
        let entries = source.parts().iter().map(|part| part.name.as_str()).enumerate().map(entry).collect();
        Ok(Self { source, entries, by_key, typed: BTreeMap::new(), vml: false, dangling: BTreeSet::new() })
    }

    /// Notes which relationships lead nowhere, before anything is changed: they must not come to lead to a part of
    /// ours.
    pub fn note_dangling(&mut self) {
        for name in self.parts() {
            let Some((folder, file)) = name.strip_suffix(".rels").and_then(|name| name.split_once("_rels/")) else {
                continue;
            };
            let relations = self.relations(&format!("{folder}{file}")).unwrap_or_default();
            let missing = relations.into_iter().filter_map(|relation| relation.part).filter(|part| !self.has(part));
            let missing: Vec<String> = missing.collect();
            self.dangling.extend(missing);
        }
    }

    /// Whether the part is there.
    pub fn has(&self, part: &str) -> bool {
        self.by_key.get(&key(part)).is_some_and(|at| !matches!(self.entries[*at].state, State::Dropped))
    }

    /// The name of a part as the package writes it.
    pub fn written(&self, part: &str) -> String {
        let name = self.by_key.get(&key(part)).map_or(part, |at| self.entries[*at].name.as_str());
        name.replace('\\', "/").trim_start_matches('/').to_string()
    }

    /// The keys of all parts.
    pub fn parts(&self) -> Vec<String> {
        self.by_key.keys().filter(|part| self.has(part)).cloned().collect()
    }

    /// The bytes of a part as it stands now.
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(at) = self.by_key.get(&key(part)).copied() else { return Ok(None) };
        match (&self.entries[at].state, self.entries[at].from) {
            (State::Dropped, _) => Ok(None),
            (State::Written(bytes), _) => Ok(Some(bytes.clone())),
            (State::Same, Some(index)) => Ok(Some(self.source.bytes_at(index)?)),
            (State::Same, None) => Ok(None),
        }
    }

    /// The text of a part as it stands now.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, Refusal> {
        self.bytes(part)?.map(|bytes| xml::decode(bytes, part)).transpose()
    }

    /// The text of a part that must be there.
    pub fn needed(&mut self, part: &str) -> Result<String, Refusal> {
        self.text(part)?.ok_or_else(|| Refusal(format!("its part `{part}` is missing")))
    }

    /// Writes a part, new or in the place of the old one.
    pub fn write(&mut self, part: &str, bytes: impl Into<Vec<u8>>) {
        let state = State::Written(bytes.into());
        match self.by_key.get(&key(part)) {
            Some(at) => self.entries[*at].state = state,
            None => {
                self.by_key.insert(key(part), self.entries.len());
                self.entries.push(Entry { name: part.trim_start_matches('/').to_string(), from: None, state });
            }
        }
    }

    /// Takes a part out, with its content type.
    pub fn drop(&mut self, part: &str) {
        if let Some(at) = self.by_key.get(&key(part)) {
            self.entries[*at].state = State::Dropped;
            self.typed.insert(key(part), None);
        }
    }

    /// A part name that is free: `xl/tables/table` and `.xml` with the lowest number.
    pub fn free(&self, stem: &str, extension: &str) -> String {
        let mut number = 1usize;
        loop {
            let name = format!("{stem}{number}{extension}");
            if !self.has(&name) && !self.dangling.contains(&key(&name)) {
                return name;
            }
            number += 1;
        }
    }

    /// The relationships of a part; of the package itself with an empty name.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Refusal> {
        let Some(text) = self.text(&relations_name(part))? else { return Ok(Vec::new()) };
        // What may have to be written back must be well-formed.
        xml::tree(&text)?;
        Ok(relations_in(text.as_bytes(), part, |part| self.has(part))?)
    }

    /// Adds relationships to a part and returns their ids; (type, target) each.
    pub fn relate(&mut self, part: &str, wanted: &[(String, String)]) -> Result<Vec<String>, Refusal> {
        let name = relations_name(&self.written(part));
        let text = self.text(&name)?.unwrap_or_else(|| {
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".into()
        });
        let root = xml::tree(&text)?;
        let prefix = xml::prefix(root.tag(&text)).to_string();
        let taken: BTreeSet<String> =
            root.children.iter().filter_map(|child| child.value(&text, "Id")).map(|id| id.to_lowercase()).collect();
        let mut ids = Vec::new();
        let mut content = String::new();
        let mut number = 1;
        for (uri, target) in wanted {
            while taken.contains(&format!("rid{number}")) {
                number += 1;
            }
            let (uri, target) = (xml::escape(uri), xml::escape(target));
            content.push_str(&format!("<{prefix}Relationship Id=\"rId{number}\" Type=\"{uri}\" Target=\"{target}\"/>"));
            ids.push(format!("rId{number}"));
            number += 1;
        }
        let mut edits = Edits::default();
        edits.append(&text, &root, &content);
        self.write(&name, edits.apply(&text));
        Ok(ids)
    }

    /// Takes relationships out by id; a list left empty goes with them.
    pub fn unrelate(&mut self, part: &str, ids: &[String]) -> Result<(), Refusal> {
        let name = relations_name(part);
        let Some(text) = self.text(&name)?.filter(|_| !ids.is_empty()) else { return Ok(()) };
        let root = xml::tree(&text)?;
        let mut edits = Edits::default();
        let mut left = 0;
        for element in &root.children {
            if element.value(&text, "Id").is_some_and(|id| ids.contains(&id)) {
                edits.remove(element.start..element.end);
            } else {
                left += 1;
            }
        }
        if left == 0 && !part.is_empty() {
            self.drop(&name);
        } else {
            self.write(&name, edits.apply(&text));
        }
        Ok(())
    }

    /// Says what a new part holds.
    pub fn typed(&mut self, part: &str, content_type: &str) {
        self.typed.insert(key(part), Some((part.to_string(), content_type.to_string())));
    }

    /// Says that there are VML parts now.
    pub fn typed_vml(&mut self) {
        self.vml = true;
    }

    /// The content type of a part, by its own entry or by its extension.
    pub fn content_type(&mut self, part: &str) -> Result<Option<String>, Refusal> {
        let text = self.needed(TYPES)?;
        let root = xml::tree(&text)?;
        let part = key(part);
        let extension = part.rsplit('.').next().unwrap_or("").to_string();
        let by = |attribute: &str, wanted: &str| {
            let child = root
                .children
                .iter()
                .find(|child| child.value(&text, attribute).is_some_and(|value| key(&value) == wanted))?;
            child.value(&text, "ContentType")
        };
        Ok(by("PartName", &part).or_else(|| by("Extension", &extension)))
    }

    fn settle_types(&mut self) -> Result<(), Refusal> {
        let text = self.needed(TYPES)?;
        let root = xml::tree(&text)?;
        let prefix = xml::prefix(root.tag(&text)).to_string();
        let mut edits = Edits::default();
        let mut wanted = std::mem::take(&mut self.typed);
        let related = |entry: &Entry| entry.from.is_none() && entry.name.ends_with(".rels");
        // Some programs name each part of relationships; then ours would be of no type.
        let kinds = [("vml", VML_TYPE, self.vml), ("rels", RELATIONS_TYPE, self.entries.iter().any(related))];
        let mut defaults: Vec<_> = kinds.into_iter().filter(|(.., wanted)| *wanted).collect();
        for element in &root.children {
            if let Some(extension) = element.value(&text, "Extension") {
                defaults.retain(|(known, ..)| !extension.eq_ignore_ascii_case(known));
            }
            let Some(part) = element.value(&text, "PartName").map(|name| key(&name)) else { continue };
            match wanted.remove(&part) {
                None => {}
                Some(Some((_, kind))) if element.value(&text, "ContentType").as_deref() == Some(kind.as_str()) => {}
                Some(again) => {
                    edits.remove(element.start..element.end);
                    if again.is_some() {
                        wanted.insert(part, again);
                    }
                }
            }
        }
        let defaults: String = defaults
            .iter()
            .map(|(extension, kind, _)| format!("<{prefix}Default Extension=\"{extension}\" ContentType=\"{kind}\"/>"))
            .collect();
        match root.children.first() {
            _ if defaults.is_empty() => {}
            Some(first) => edits.insert(first.start, defaults),
            None => edits.append(&text, &root, &defaults),
        }
        let content: String = wanted
            .into_values()
            .flatten()
            .map(|(name, kind)| {
                let (name, kind) = (xml::escape(&name), xml::escape(&kind));
                format!("<{prefix}Override PartName=\"/{name}\" ContentType=\"{kind}\"/>")
            })
            .collect();
        edits.append(&text, &root, &content);
        if !edits.is_empty() {
            self.write(TYPES, edits.apply(&text));
        }
        Ok(())
    }

    /// The whole package as bytes: every part that did not change copied raw.
    pub fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        self.settle_types()?;
        let failed = |_| Refusal("its zip package holds something that cannot be copied".into());
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for entry in std::mem::take(&mut self.entries) {
            match (entry.state, entry.from) {
                (State::Dropped, _) | (State::Same, None) => {}
                (State::Same, Some(index)) => self.source.copy(index, &mut out).map_err(failed)?,
                // A part that came out as it went in is copied as well.
                (State::Written(bytes), Some(index))
                    if self.source.bytes_at(index).is_ok_and(|before| before == bytes) =>
                {
                    self.source.copy(index, &mut out).map_err(failed)?;
                }
                (State::Written(bytes), _) => {
                    let level = if bytes.len() > LARGE { 3 } else { 6 };
                    let options = SimpleFileOptions::default()
                        .compression_method(CompressionMethod::Deflated)
                        .compression_level(Some(level))
                        .last_modified_time(DateTime::default())
                        .large_file(bytes.len() as u64 > u64::from(u32::MAX));
                    out.start_file(entry.name, options).map_err(failed)?;
                    out.write_all(&bytes).map_err(|_| Refusal("there was not enough room to write it".into()))?;
                }
            }
        }
        Ok(out.finish().map_err(failed)?.into_inner())
    }
}

impl From<Flaw> for Refusal {
    fn from(flaw: Flaw) -> Self {
        Self(match flaw {
            Flaw::Broken => "it is not a whole .xlsx file (the zip package is broken)".into(),
            Flaw::Unnamed => "it holds a part whose name cannot be read".into(),
            Flaw::Parts(_) => format!("it holds more than {PARTS_OPENED_MOST} parts"),
            Flaw::Damaged(name) | Flaw::Packing(name) => format!("its part `{name}` is damaged"),
            Flaw::Large(name) => format!("its part `{name}` is larger than 1 GiB"),
            Flaw::DocumentType => "it holds a part with a document type declaration".into(),
            Flaw::Relations => "it holds a part that is not well-formed XML".into(),
            // The limits of reading; a workbook past them is not read, and so never comes to be changed.
            Flaw::NamedTwice | Flaw::Outside | Flaw::Ratio(_) | Flaw::Unpacked(_) => {
                "its package is past a limit of reading".into()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_are_refused_without_a_panic() {
        for bytes in [&b""[..], b"PK\x03\x04", b"PK\x05\x06 and nothing that follows it here", &[0u8; 400]] {
            assert!(Draft::open(bytes).is_err());
        }
    }
}
