//! How the parts of a package lead to each other.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::{Flaw, key};

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// `rId3`.
    pub id: String,
    /// The last word of the type: `worksheet`, `vmlDrawing`.
    pub kind: String,
    /// The whole type.
    pub uri: String,
    /// The key of the part it leads to, or `None` outside the package.
    pub part: Option<String>,
}

/// The relationships of the part `from`, read from their own part; `has` says which parts there are.
pub fn relations_in(xml: &[u8], from: &str, has: impl Fn(&str) -> bool) -> Result<Vec<Relation>, Flaw> {
    let mut found = Vec::new();
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        match reader.read_event().map_err(|_| Flaw::Relations)? {
            Event::Eof => return Ok(found),
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "Relationship" => {
                found.push(relation(&start, from, &has));
            }
            _ => {}
        }
    }
}

fn relation(start: &BytesStart<'_>, from: &str, has: &impl Fn(&str) -> bool) -> Relation {
    let (mut id, mut uri, mut target, mut mode) = (String::new(), String::new(), String::new(), String::new());
    for attribute in start.attributes().flatten() {
        let raw = attribute.value.into_owned();
        let value = unescape(&raw).map(Into::into).unwrap_or(raw);
        match attribute.key.as_ref() {
            "Id" => id = value,
            "Type" => uri = value,
            "Target" => target = value,
            "TargetMode" => mode = value,
            _ => {}
        }
    }
    let part = (!mode.eq_ignore_ascii_case("External")).then(|| {
        let plain = resolve(from, &target);
        if has(&plain) { plain } else { resolve(from, &target.replace("%20", " ")) }
    });
    Relation { id, kind: uri.rsplit('/').next().unwrap_or("").to_string(), uri, part }
}

/// The part that holds the relationships of a part.
pub fn relations_name(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part that a target leads to, seen from the part `from`.
fn resolve(from: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let target = target.split('#').next().unwrap_or("");
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if target.starts_with('/') { target.to_string() } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    key(&steps.join("/"))
}

/// The target that leads from the part `from` to the part `to`.
pub fn target(from: &str, to: &str) -> String {
    let folder: Vec<&str> = from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
    let to: Vec<&str> = to.split('/').collect();
    let same = folder
        .iter()
        .zip(&to[..to.len().saturating_sub(1)])
        .take_while(|(one, other)| one.eq_ignore_ascii_case(other))
        .count();
    if same == 0 {
        return format!("/{}", to.join("/"));
    }
    "../".repeat(folder.len() - same) + &to[same..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_to_parts_and_back() {
        assert_eq!(resolve("xl/workbook.xml", "worksheets/Sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/workbook.xml", "/xl\\worksheets\\sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("", "../../xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(target("xl/worksheets/sheet1.xml", "xl/comments1.xml"), "../comments1.xml");
        assert_eq!(target("xl/workbook.xml", "xl/worksheets/sheet1.xml"), "worksheets/sheet1.xml");
        assert_eq!(target("workbook.xml", "xl/worksheets/sheet1.xml"), "/xl/worksheets/sheet1.xml");
        assert_eq!(relations_name(""), "_rels/.rels");
    }

    #[test]
    fn relationships_are_read_with_what_they_lead_to() {
        let xml = "<x:Relationships xmlns:x='p'><x:Relationship Id='a' Type='t/worksheet' Target='My%20sheet.xml'/>\
                   <x:Relationship Id='b' Type='t/hyperlink' Target='https://a.example/?b=1&amp;c' TargetMode='External'/>\
                   </x:Relationships>";
        let found = relations_in(xml.as_bytes(), "xl/workbook.xml", |part| part == "xl/my sheet.xml").unwrap();
        let kinds: Vec<(&str, &str, Option<&str>)> =
            found.iter().map(|found| (found.id.as_str(), found.kind.as_str(), found.part.as_deref())).collect();
        assert_eq!(kinds, [("a", "worksheet", Some("xl/my sheet.xml")), ("b", "hyperlink", None)]);
        assert_eq!(relations_in(b"<Relationships><Relationship</", "", |_| true), Err(Flaw::Relations));
    }
}
