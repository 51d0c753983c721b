//! The text of a part, its elements by byte offset, and splices that leave every other byte alone.

mod edits;
mod encoding;
mod escape;
mod tag;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Refusal;

pub use edits::Edits;
pub use encoding::decode;
pub use escape::{escape, prefixed, unescape};
pub use tag::{
    attribute, attributes, attributes_end, local, number, prefix, qualified, qualified_attribute, truth, with_attribute,
};

// Deeper nesting than any office program writes; keeps the tree's own recursion bounded.
const DEEPEST: usize = 200;

fn mark_length(text: &str) -> usize {
    // quick-xml leaves the byte order mark out of its offsets, so it is kept out of quick-xml.
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An opening tag.
    Open,
    /// A closing tag.
    Close,
    /// A tag closed in itself.
    Empty,
    /// Text, comments, instructions.
    Other,
}

/// A token by its byte offsets.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// The tokens of a text, in order.
pub struct Tokens<'a> {
    reader: Reader<&'a [u8]>,
    offset: usize,
    depth: usize,
}

impl<'a> Tokens<'a> {
    /// Tokens of well-formed text, from `from` on.
    pub fn new(text: &'a str, from: usize) -> Self {
        let from = if from == 0 { mark_length(text) } else { from };
        let mut reader = Reader::from_reader(text.as_bytes().get(from..).unwrap_or_default());
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, offset: from, depth: 0 }
    }

    /// The next token; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Token>, Refusal> {
        let broken = || Refusal("it holds a part that is not well-formed XML".into());
        let start = self.offset + self.reader.buffer_position() as usize;
        let event = self.reader.read_event().map_err(|_| broken())?;
        let kind = match event {
            Event::Start(_) => {
                self.depth += 1;
                Kind::Open
            }
            Event::End(_) => {
                if self.depth == 0 {
                    return Err(broken());
                }
                self.depth = self.depth.saturating_sub(1);
                Kind::Close
            }
            Event::Empty(_) => Kind::Empty,
            Event::DocType(_) => return Err(Refusal("it holds a part with a document type declaration".into())),
            Event::Eof if self.depth > 0 => return Err(broken()),
            Event::Eof => return Ok(None),
            _ => Kind::Other,
        };
        Ok(Some(Token { kind, start, end: self.offset + self.reader.buffer_position() as usize }))
    }
}

/// An element by its byte offsets, with the elements in it.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// First byte of the opening tag.
    pub start: usize,
    /// First byte after the opening tag.
    pub opened: usize,
    /// First byte of the closing tag; the end when the element is closed in itself.
    pub close: usize,
    /// First byte after the element.
    pub end: usize,
    /// The elements in it.
    pub children: Vec<Element>,
}

/// The document element of a text.
pub fn tree(text: &str) -> Result<Element, Refusal> {
    let mut tokens = Tokens::new(text, 0);
    let mut stack = vec![Element::default()];
    while let Some(token) = tokens.next()? {
        match token.kind {
            Kind::Open if stack.len() > DEEPEST => return Err(Refusal("it holds a part nested beyond reason".into())),
            Kind::Open => stack.push(Element { start: token.start, opened: token.end, ..Element::default() }),
            Kind::Empty => {
                let element = Element {
                    start: token.start,
                    opened: token.end,
                    close: token.end,
                    end: token.end,
                    children: vec![],
                };
                if let Some(parent) = stack.last_mut() {
                    parent.children.push(element);
                }
            }
            Kind::Close => {
                if stack.len() > 1
                    && let (Some(mut element), Some(parent)) = (stack.pop(), stack.last_mut())
                {
                    element.close = token.start;
                    element.end = token.end;
                    parent.children.push(element);
                }
            }
            Kind::Other => {}
        }
    }
    let none = Refusal("it holds an empty part where XML is expected".into());
    let root = stack.into_iter().next().and_then(|top| top.children.into_iter().next()).ok_or(none)?;
    text.get(root.start..root.end).map(|_| root).ok_or(Refusal("it holds a part that is not well-formed XML".into()))
}

impl Element {
    /// The opening tag.
    pub fn tag<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.opened).unwrap_or("")
    }

    /// The name without its prefix.
    pub fn local<'a>(&self, text: &'a str) -> &'a str {
        local(self.tag(text))
    }

    /// The whole element.
    pub fn outer<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// What stands between the tags.
    pub fn inner<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.opened..self.close).unwrap_or("")
    }

    /// Whether the element is closed in itself.
    pub fn self_closed(&self) -> bool {
        self.opened == self.end
    }

    /// The first child of this name, whatever its prefix.
    pub fn child(&self, text: &str, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.local(text) == name)
    }

    /// An attribute's value without escapes.
    pub fn value(&self, text: &str, name: &str) -> Option<String> {
        attribute(self.tag(text), name).map(|attribute| unescape(attribute.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_shifts_nothing() {
        let text = "\u{feff}<?xml version=\"1.0\"?><a><b c='1'/></a>";
        let root = tree(text).unwrap();
        assert_eq!(root.outer(text), "<a><b c='1'/></a>");
        assert_eq!(root.children[0].value(text, "c").as_deref(), Some("1"));
    }

    #[test]
    fn broken_text_is_refused() {
        for text in ["", "<a>", "<a></b>", "</a>", "<!DOCTYPE a><a/>", "<a", &"<a>".repeat(1000)] {
            assert!(tree(text).is_err(), "{text}");
        }
    }
}
