//! The names and attributes of a tag, as it stands.

use std::ops::Range;

/// The qualified name of a tag, opening or closing.
pub fn qualified(tag: &str) -> &str {
    let tag = tag.trim_start_matches(['<', '/']);
    let end = tag.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(tag.len());
    &tag[..end]
}

/// The name without its prefix.
pub fn local(tag: &str) -> &str {
    let name = qualified(tag);
    name.rsplit(':').next().unwrap_or(name)
}

/// The prefix with its colon, or nothing.
pub fn prefix(tag: &str) -> &str {
    let name = qualified(tag);
    name.find(':').map_or("", |colon| &name[..=colon])
}

/// An attribute as it stands in a tag.
#[derive(Debug, Clone)]
pub struct Attribute<'a> {
    /// Qualified name.
    pub name: &'a str,
    /// Value with its escapes.
    pub value: &'a str,
    /// Where the value stands in the tag, without its quotes.
    pub range: Range<usize>,
}

/// The attributes of an opening tag.
pub fn attributes(tag: &str) -> impl Iterator<Item = Attribute<'_>> {
    let mut at = 1 + qualified(tag).len();
    std::iter::from_fn(move || {
        let rest = tag.get(at..)?;
        let begin = at + (rest.len() - rest.trim_start().len());
        let equals = begin + tag.get(begin..)?.find('=')?;
        let name = tag[begin..equals].trim_end();
        let after = tag.get(equals + 1..)?;
        let open = equals + 1 + (after.len() - after.trim_start().len());
        let quote = tag[open..].chars().next().filter(|c| *c == '"' || *c == '\'')?;
        let close = open + 1 + tag[open + 1..].find(quote)?;
        at = close + 1;
        Some(Attribute { name, value: &tag[open + 1..close], range: open + 1..close })
    })
}

/// An attribute of a tag by its qualified name.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<Attribute<'a>> {
    attributes(tag).find(|attribute| attribute.name == name)
}

/// An attribute that stands in a namespace (`r:id`), by its name without the prefix.
pub fn qualified_attribute<'a>(tag: &'a str, name: &str) -> Option<Attribute<'a>> {
    attributes(tag).find(|attribute| {
        attribute.name.split_once(':').is_some_and(|(prefix, local)| local == name && prefix != "xmlns")
    })
}

/// A numeric attribute, at most 2³² − 1 so that sums stay in bounds.
pub fn number(tag: &str, name: &str) -> Option<usize> {
    attribute(tag, name)?.value.trim().parse::<u32>().ok().map(|number| number as usize)
}

/// Whether a boolean attribute is set.
pub fn truth(tag: &str, name: &str) -> bool {
    attribute(tag, name).is_some_and(|attribute| matches!(attribute.value.trim(), "1" | "true" | "on"))
}

/// The tag with an attribute set, in place where it stands already.
pub fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    let mut tag = tag.to_string();
    match attribute(&tag, name).map(|attribute| attribute.range) {
        Some(range) => tag.replace_range(range, value),
        None => {
            let at = attributes_end(&tag);
            tag.insert_str(at, &format!(" {name}=\"{value}\""));
        }
    }
    tag
}

/// Where a further attribute can be put into a tag.
pub fn attributes_end(tag: &str) -> usize {
    attributes(tag).last().map_or(1 + qualified(tag).len(), |last| last.range.end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_set_in_place() {
        assert_eq!(with_attribute("<c r=\"A1\" s = '3'/>", "s", "7"), "<c r=\"A1\" s = '7'/>");
        assert_eq!(with_attribute("<c r=\"A1\" />", "s", "7"), "<c r=\"A1\" s=\"7\" />");
        assert_eq!(with_attribute("<c>", "s", "7"), "<c s=\"7\">");
    }
}
