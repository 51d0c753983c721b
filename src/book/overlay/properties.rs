//! The document's properties that say what annotated the workbook: put beside the manager's own, which stay.

use crate::book::package::key;

use super::Refusal;
use super::draft::Draft;
use super::xml::{self, Edits, Element};

/// The part's name as every program writes it.
const USUAL: &str = "docProps/custom.xml";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
const RELATION: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
];
const NAMESPACE: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
];
const VALUES: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
];
/// The identifier that every property of a user carries.
const FORMAT: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
/// The number of the first property; those below are reserved.
const FIRST: usize = 2;

/// A property of the document with its text.
pub struct Property {
    name: String,
    value: String,
}

/// The properties that users gave a workbook; none where they cannot be read.
pub fn read(package: &mut Draft<'_>) -> Result<Vec<Property>, Refusal> {
    let Some(part) = part(package)? else { return Ok(Vec::new()) };
    let Some(text) = package.text(&part)? else { return Ok(Vec::new()) };
    let Ok(root) = xml::tree(&text) else { return Ok(Vec::new()) };
    let named = root.children.iter().filter_map(|property| {
        let value = property.children.first().map(|value| xml::unescape(value.inner(&text)))?;
        Some(Property { name: property.value(&text, "name")?, value })
    });
    Ok(named.collect())
}

/// Sets these properties in a package: those of an earlier run take the new text, the manager's are left.
pub fn set(package: &mut Draft<'_>, strict: bool, ours: &[Property]) -> Result<(), Refusal> {
    if ours.is_empty() {
        return Ok(());
    }
    let kind = usize::from(strict);
    let known = part(package)?;
    let Some(part) = known.clone().filter(|part| package.has(part)) else {
        let usual = || if package.has(USUAL) { package.free("docProps/custom", ".xml") } else { USUAL.into() };
        let part = known.clone().filter(|part| *part != key(USUAL)).unwrap_or_else(usual);
        let listed: String =
            (FIRST..).zip(ours).map(|(number, property)| written(property, number, "", strict)).collect();
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"{}\">{listed}</Properties>",
            NAMESPACE[kind]
        );
        package.write(&part, text);
        package.typed(&part, TYPE);
        // A relationship that led nowhere leads here now.
        if known.is_none() {
            package.relate("", &[(RELATION[kind].to_string(), part)])?;
        }
        return Ok(());
    };
    let Some(text) = package.text(&part)? else { return Ok(()) };
    // Properties that no program can read are not ours to mend.
    let Ok(root) = xml::tree(&text) else { return Ok(()) };
    let named = |name: &str| -> Option<&Element> {
        let fits =
            |property: &&Element| property.value(&text, "name").is_some_and(|known| known.eq_ignore_ascii_case(name));
        root.children.iter().find(fits)
    };
    let numbers = root.children.iter().filter_map(|property| xml::number(property.tag(&text), "pid"));
    let mut next = numbers.max().unwrap_or(0).saturating_add(1).max(FIRST);
    let prefix = xml::prefix(root.tag(&text));
    let (mut edits, mut added) = (Edits::default(), String::new());
    for property in ours {
        match named(&property.name) {
            Some(known) => {
                let value = known.children.first();
                if value.is_none_or(|value| xml::unescape(value.inner(&text)) != property.value) {
                    let number = xml::number(known.tag(&text), "pid").unwrap_or(next);
                    edits.replace(known.start..known.end, written(property, number, prefix, strict));
                }
            }
            None => {
                added.push_str(&written(property, next, prefix, strict));
                next += 1;
            }
        }
    }
    if !added.is_empty() {
        edits.append(&text, &root, &added);
    }
    if !edits.is_empty() {
        package.write(&part, edits.apply(&text));
    }
    Ok(())
}

// Where a relationship says that the properties are.
fn part(package: &mut Draft<'_>) -> Result<Option<String>, Refusal> {
    let known = package.relations("")?.into_iter().find(|relation| RELATION.contains(&relation.uri.as_str()));
    Ok(known.and_then(|relation| relation.part))
}

fn written(property: &Property, number: usize, prefix: &str, strict: bool) -> String {
    let (name, value) = (xml::escape(&property.name), xml::escape(&property.value));
    format!(
        "<{prefix}property fmtid=\"{FORMAT}\" pid=\"{number}\" name=\"{name}\">\
         <vt:lpwstr xmlns:vt=\"{}\">{value}</vt:lpwstr></{prefix}property>",
        VALUES[usize::from(strict)]
    )
}
