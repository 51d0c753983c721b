//! Changes to a text that leave every other byte alone.

use std::ops::Range;

use super::{Element, attribute, attributes_end, qualified};

/// Changes to a text, at offsets of the text as it was.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts text in; several at one place stand in the order of the calls.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.push((at..at, text));
        }
    }

    /// Puts text in the place of other text.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Takes text out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.0.push((range, String::new()));
    }

    /// Sets an attribute of the tag that starts at `start`.
    pub fn set_attribute(&mut self, text: &str, start: usize, opened: usize, name: &str, value: &str) {
        let tag = text.get(start..opened).unwrap_or("");
        match attribute(tag, name) {
            Some(old) if old.value == value => {}
            Some(old) => self.replace(start + old.range.start..start + old.range.end, value),
            None => self.insert(start + attributes_end(tag), format!(" {name}=\"{value}\"")),
        }
    }

    /// Puts text at the end of an element, opening it where it is closed in itself. Once for each element.
    pub fn append(&mut self, text: &str, element: &Element, content: &str) {
        if content.is_empty() {
        } else if element.self_closed() {
            let tag = element.tag(text);
            let slash = element.start + tag.rfind('/').unwrap_or(tag.len());
            self.replace(slash..element.opened, format!(">{content}</{}>", qualified(tag)));
        } else {
            self.insert(element.close, content);
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with the changes made.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let more: usize = self.0.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + more);
        let mut at = 0;
        for (range, new) in &self.0 {
            // What lies within text already taken out is gone with it.
            if range.start < at {
                continue;
            }
            out.push_str(text.get(at..range.start).unwrap_or(""));
            out.push_str(new);
            at = range.end;
        }
        out.push_str(text.get(at..).unwrap_or(""));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn a_closed_element_is_opened_for_content() {
        let text = "<x:a b='>' />";
        let mut edits = Edits::default();
        edits.append(text, &tree(text).unwrap(), "<c/>");
        assert_eq!(edits.apply(text), "<x:a b='>' ><c/></x:a>");
    }
}
