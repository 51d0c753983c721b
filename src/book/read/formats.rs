//! Which cell formats of an Excel workbook show a number as a share or as a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::book::read::shown;
use crate::book::read::tags::attribute;
use crate::book::sheet::Shown;

/// The number formats by cell format, of those that show a percentage or a time; the others show the number.
#[derive(Debug, Default)]
pub struct Formats(Vec<Option<Arc<str>>>);

impl Formats {
    /// Reads the part of the styles; what is not well-formed there shows numbers plainly.
    pub fn read(xml: &[u8]) -> Self {
        let mut written: BTreeMap<u16, String> = BTreeMap::new();
        let mut found = Vec::new();
        let mut within = false;
        let mut reader = Reader::from_reader(xml);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                Event::Start(ref start) | Event::Empty(ref start) => match start.local_name().as_ref() {
                    "numFmt" => {
                        let number = attribute(start, "numFmtId").and_then(|text| text.parse().ok());
                        let code = attribute(start, "formatCode").map(|raw| {
                            let plain = quick_xml::escape::unescape(&raw).map(Into::into);
                            plain.unwrap_or(raw)
                        });
                        written.extend(number.zip(code));
                    }
                    "cellXfs" => within = matches!(event, Event::Start(_)),
                    "xf" if within => {
                        let number = attribute(start, "numFmtId").and_then(|text| text.parse().ok()).unwrap_or(0);
                        let code = match written.get(&number) {
                            Some(code) => shown::code(code),
                            None => shown::built_in(number).map(Arc::from),
                        };
                        found.push(code.filter(|code| Shown::Code(Arc::clone(code)).unit().is_some()));
                    }
                    _ => {}
                },
                Event::End(ref end) if end.local_name().as_ref() == "cellXfs" => within = false,
                _ => {}
            }
        }
        Self(found)
    }

    /// How a cell format shows a number, where it is a percentage or a time.
    pub fn code(&self, format: usize) -> Option<&Arc<str>> {
        self.0.get(format)?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_times_are_told() {
        let xml = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='[h]:mm'/>\
                   <numFmt numFmtId='171' formatCode='0.0&quot; hrs&quot;'/></numFmts>\
                   <cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>\
                   <cellXfs><xf/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='9'/><xf numFmtId='20'/></cellXfs></styleSheet>";
        let formats = Formats::read(xml.as_bytes());
        let codes: Vec<&str> = (0..6).map(|at| formats.code(at).map_or("", |code| code)).collect();
        assert_eq!(codes, ["", "[h]:mm", "", "0%", "h:mm", ""]);
    }
}
