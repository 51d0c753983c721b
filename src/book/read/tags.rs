//! Attributes of tags, as the readers of sheets and styles ask for them.

use quick_xml::events::BytesStart;

/// An attribute by its name, whatever its prefix, with its escapes.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// Whether an attribute is set.
pub fn flag(start: &BytesStart<'_>, name: &str) -> bool {
    matches!(attribute(start, name).as_deref(), Some("1" | "true" | "on"))
}
