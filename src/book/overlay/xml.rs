//! The text of a part, its elements by byte offset, and splices that leave every other byte alone.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Refusal;

// Deeper nesting than any office program writes; keeps the tree's own recursion bounded.
const DEEPEST: usize = 200;

/// Decodes a part to UTF-8, its declaration put right; a byte order mark stays in the text.
pub fn decode(bytes: Vec<u8>, part: &str) -> Result<String, Refusal> {
    let sixteen = |little: bool, bytes: &[u8]| {
        let units = bytes.chunks_exact(2).map(|pair| {
            if little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) }
        });
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let wide = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => Some(sixteen(true, rest)),
        [0xFE, 0xFF, rest @ ..] => Some(sixteen(false, rest)),
        [b'<', 0, ..] => Some(sixteen(true, &bytes)),
        [0, b'<', ..] => Some(sixteen(false, &bytes)),
        // Latin 1 is the first 256 characters, each in a byte.
        _ if declares_latin(&bytes) => Some(Some(bytes.iter().copied().map(char::from).collect())),
        _ => None,
    };
    let unreadable = || Refusal(format!("its part `{part}` is not in a text encoding that can be written back safely"));
    let text = match wide {
        Some(text) => {
            let mut text = text.ok_or_else(unreadable)?;
            if let Some((range, _)) = declared_encoding(&text) {
                text.replace_range(range, "UTF-8");
            }
            return Ok(text);
        }
        None => String::from_utf8(bytes).map_err(|_| unreadable())?,
    };
    match declared_encoding(&text) {
        Some((_, name)) if !["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.to_lowercase().as_str()) => {
            Err(unreadable())
        }
        _ => Ok(text),
    }
}

fn declares_latin(bytes: &[u8]) -> bool {
    let head: String = bytes.iter().take(200).copied().map(char::from).collect();
    declared_encoding(&head).is_some_and(|(_, name)| name.eq_ignore_ascii_case("iso-8859-1"))
}

fn declared_encoding(text: &str) -> Option<(Range<usize>, String)> {
    let skip = mark_length(text);
    let declaration = text.get(skip..)?;
    let end = declaration.starts_with("<?xml").then(|| declaration.find("?>")).flatten()?;
    let at = declaration[..end].find("encoding")?;
    let open = at + declaration[at..end].find(['"', '\''])?;
    let quote = declaration[open..].chars().next()?;
    let length = declaration[open + 1..end].find(quote)?;
    let range = skip + open + 1..skip + open + 1 + length;
    Some((range.clone(), text[range].to_string()))
}

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

/// Text made safe for an element or an attribute; characters XML cannot hold become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// Text without its escapes and without the wrapping of CDATA.
pub fn unescape(raw: &str) -> String {
    if let Some((before, rest)) = raw.split_once("<![CDATA[") {
        let (inside, after) = rest.split_once("]]>").unwrap_or((rest, ""));
        return unescape(before) + inside + &unescape(after);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = rest.find(';').and_then(|end| Some((end, reference(&rest[1..end])?)));
        match found {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// A fragment without prefixes, its tags given one.
pub fn prefixed(fragment: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return fragment.to_string();
    }
    let mut out = String::with_capacity(fragment.len() + 64);
    let mut rest = fragment;
    while let Some(at) = rest.find('<') {
        let name = at + 1 + usize::from(rest[at + 1..].starts_with('/'));
        out.push_str(&rest[..name]);
        if !rest[name..].starts_with(['!', '?']) && !qualified(&rest[at..]).contains(':') {
            out.push_str(prefix);
        }
        rest = &rest[name..];
    }
    out.push_str(rest);
    out
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
    fn utf_16_becomes_utf_8_and_what_is_not_known_is_refused() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é</a>";
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(bytes, "a").unwrap(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>é</a>");
        assert!(decode(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>".to_vec(), "a").is_err());
    }

    #[test]
    fn broken_text_is_refused() {
        for text in ["", "<a>", "<a></b>", "</a>", "<!DOCTYPE a><a/>", "<a", &"<a>".repeat(1000)] {
            assert!(tree(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_closed_element_is_opened_for_content() {
        let text = "<x:a b='>' />";
        let mut edits = Edits::default();
        edits.append(text, &tree(text).unwrap(), "<c/>");
        assert_eq!(edits.apply(text), "<x:a b='>' ><c/></x:a>");
    }

    #[test]
    fn attributes_are_set_in_place() {
        assert_eq!(with_attribute("<c r=\"A1\" s = '3'/>", "s", "7"), "<c r=\"A1\" s = '7'/>");
        assert_eq!(with_attribute("<c r=\"A1\" />", "s", "7"), "<c r=\"A1\" s=\"7\" />");
        assert_eq!(with_attribute("<c>", "s", "7"), "<c s=\"7\">");
    }

    #[test]
    fn fragments_take_a_prefix() {
        assert_eq!(prefixed("<a><b c=\"1\"/></a>", "x:"), "<x:a><x:b c=\"1\"/></x:a>");
    }

    #[test]
    fn escapes_come_back() {
        assert_eq!(unescape(&escape("a<b & \"c\">")), "a<b & \"c\">");
        assert_eq!(unescape("&#x41;&#66;&nope; &"), "AB&nope; &");
    }
}
