//! The styles part: formats derived for marks, formats carried over for our own sheets.

use std::collections::BTreeMap;

use super::Refusal;
use super::xml::{self, Edits, Element};
use crate::book::annotation::Tone;

/// The lists of a styles part that we add to, in the order in which they must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    NumberFormats,
    Fonts,
    Fills,
    Borders,
    Formats,
    Differences,
}

const LISTS: [(List, &str); 6] = [
    (List::NumberFormats, "numFmts"),
    (List::Fonts, "fonts"),
    (List::Fills, "fills"),
    (List::Borders, "borders"),
    (List::Formats, "cellXfs"),
    (List::Differences, "dxfs"),
];
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];
// Excel's own limit on cell formats in one workbook, with some room left.
const MOST_FORMATS: usize = 65_000;
const PLAIN: &str = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>";

/// A styles part made from nothing, for packages that have none.
pub const MINIMAL: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
);

/// A styles part being added to.
pub struct Styles {
    text: String,
    root: Element,
    prefix: String,
    lists: BTreeMap<List, Items>,
    fills: BTreeMap<Tone, usize>,
    derived: BTreeMap<(usize, Tone), Option<usize>>,
}

#[derive(Default)]
struct Items {
    list: Option<Element>,
    items: Vec<String>,
    stood: usize,
    known: BTreeMap<String, usize>,
}

/// Where the formats of another workbook went.
pub struct Adopted {
    /// Cell formats, by their old index.
    pub formats: Vec<usize>,
    /// Formats of conditions and tables, by their old index.
    pub differences: Vec<usize>,
}

impl Styles {
    /// Reads a styles part.
    pub fn read(text: String) -> Result<Self, Refusal> {
        let root = xml::tree(&text)?;
        let prefix = xml::prefix(root.tag(&text)).to_string();
        let mut lists = BTreeMap::new();
        for (list, name) in LISTS {
            let element = root.child(&text, name).cloned();
            let items: Vec<String> =
                element.iter().flat_map(|list| &list.children).map(|item| item.outer(&text).to_string()).collect();
            let mut known = BTreeMap::new();
            for (index, item) in items.iter().enumerate() {
                known.entry(item.clone()).or_insert(index);
            }
            lists.insert(list, Items { list: element, stood: items.len(), items, known });
        }
        Ok(Self { text, root, prefix, lists, fills: BTreeMap::new(), derived: BTreeMap::new() })
    }

    fn items(&self, list: List) -> &[String] {
        self.lists.get(&list).map_or(&[], |items| &items.items)
    }

    /// How many cell formats there are.
    pub fn formats(&self) -> usize {
        self.items(List::Formats).len()
    }

    fn push(&mut self, list: List, item: String) -> usize {
        let items = self.lists.entry(list).or_default();
        let index = items.items.len();
        items.known.entry(item.clone()).or_insert(index);
        items.items.push(item);
        index
    }

    fn add(&mut self, list: List, item: String) -> usize {
        let known = self.lists.get(&list).and_then(|items| items.known.get(&item)).copied();
        known.unwrap_or_else(|| self.push(list, item))
    }

    /// Sees to it that every index in use is taken, so that no cell catches a format of ours.
    pub fn pad(&mut self, highest: usize) -> Result<(), Refusal> {
        if highest >= MOST_FORMATS {
            return Err(Refusal("its cells name more cell formats than Excel allows".into()));
        }
        let prefix = self.prefix.clone();
        let plain = |fragment: &str| xml::prefixed(fragment, &prefix);
        if self.items(List::Fonts).is_empty() {
            self.push(List::Fonts, plain("<font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"));
        }
        // The first two fills are none and grey dots, whatever stands there.
        for (index, pattern) in ["none", "gray125"].iter().enumerate() {
            if self.items(List::Fills).len() <= index {
                self.push(List::Fills, plain(&format!("<fill><patternFill patternType=\"{pattern}\"/></fill>")));
            }
        }
        if self.items(List::Borders).is_empty() {
            let border = "<border><left/><right/><top/><bottom/><diagonal/></border>";
            self.push(List::Borders, plain(border));
        }
        while self.formats() <= highest {
            self.push(List::Formats, plain(PLAIN));
        }
        Ok(())
    }

    /// The format with the tone's fill, or `None` where the format has a fill of its own.
    pub fn filled(&mut self, format: usize, tone: Tone) -> Option<usize> {
        if let Some(known) = self.derived.get(&(format, tone)) {
            return *known;
        }
        let derived = self.has_no_fill(format).then(|| {
            let fill = self.tone_fill(tone);
            let item = self.items(List::Formats).get(format).cloned().unwrap_or_else(|| PLAIN.to_string());
            self.add(List::Formats, with_fill(&item, fill))
        });
        self.derived.insert((format, tone), derived);
        derived
    }

    fn fill_of(&self, format: usize) -> Option<&str> {
        let item = self.items(List::Formats).get(format)?;
        let fill = xml::number(item.get(..item.find('>')? + 1)?, "fillId")?;
        // Fill 0 is no fill, whatever stands there.
        self.items(List::Fills).get(fill).filter(|_| fill != 0).map(String::as_str)
    }

    fn has_no_fill(&self, format: usize) -> bool {
        let Some(fill) = self.fill_of(format) else { return true };
        let Ok(root) = xml::tree(fill) else { return false };
        match root.children.first() {
            None => true,
            Some(pattern) => {
                pattern.local(fill) == "patternFill"
                    && pattern.value(fill, "patternType").is_none_or(|kind| kind == "none")
            }
        }
    }

    fn tone_fill(&mut self, tone: Tone) -> usize {
        if let Some(known) = self.fills.get(&tone) {
            return *known;
        }
        let known = self.items(List::Fills).iter().position(|fill| shade(fill).as_deref() == Some(tone.rgb()));
        let index = known.unwrap_or_else(|| {
            let fill = format!(
                "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{}\"/><bgColor indexed=\"64\"/></patternFill></fill>",
                tone.rgb()
            );
            let fill = xml::prefixed(&fill, &self.prefix);
            self.push(List::Fills, fill)
        });
        self.fills.insert(tone, index);
        index
    }

    /// For every format with a fill of ours, the format without it.
    ///
    /// That is the format it was derived from, or a new one where that has gone.
    pub fn unfilled(&mut self) -> BTreeMap<usize, usize> {
        let ours: Vec<usize> =
            (0..self.formats()).filter(|format| self.fill_of(*format).is_some_and(is_ours)).collect();
        let mut bases: BTreeMap<String, usize> = BTreeMap::new();
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        if !ours.is_empty() {
            for format in (0..self.formats()).filter(|format| self.has_no_fill(*format)) {
                let item = &self.items(List::Formats)[format];
                bases.entry(with_fill(item, 0)).or_insert(format);
                alike.entry(likeness(item)).or_insert(format);
            }
        }
        let mut map = BTreeMap::new();
        for format in ours {
            let item = self.items(List::Formats)[format].clone();
            // The format it was made from to the letter; one alike where another program wrote the list anew.
            let known = bases.get(&with_fill(&item, 0)).or_else(|| alike.get(&likeness(&item)));
            let base = known.copied().unwrap_or_else(|| {
                let tag_end = item.find('>').map_or(item.len(), |at| at + 1);
                let tag = xml::with_attribute(&item[..tag_end], "fillId", "0");
                self.add(List::Formats, tag + &item[tag_end..])
            });
            map.insert(format, base);
        }
        map
    }

    /// Takes over the formats of another workbook, each only if the like is not there yet.
    pub fn adopt(&mut self, other: &Styles) -> Result<Adopted, Refusal> {
        let mut number_formats = BTreeMap::new();
        let code = |item: &str| xml::attribute(item, "formatCode").map(|code| code.value.to_string());
        let id = |item: &str| xml::number(item, "numFmtId");
        for item in other.items(List::NumberFormats) {
            let (Some(old), Some(wanted)) = (id(item), code(item)) else { continue };
            let here = self.items(List::NumberFormats);
            let known =
                here.iter().find(|here| code(here).as_deref() == Some(wanted.as_str())).and_then(|here| id(here));
            let next = here.iter().filter_map(|here| id(here)).max().unwrap_or(0).max(163) + 1;
            let new = known.unwrap_or_else(|| {
                let item = xml::with_attribute(item, "numFmtId", &next.to_string());
                let item = xml::prefixed(&item, &self.prefix);
                self.push(List::NumberFormats, item);
                next
            });
            number_formats.insert(old, new);
        }
        let mut formats = Vec::new();
        for (index, item) in other.items(List::Formats).iter().enumerate() {
            // A plain cell stays plain: the manager's own ordinary style.
            if index == 0 {
                formats.push(0);
                continue;
            }
            let tag_end = item.find('>').map_or(item.len(), |at| at + 1);
            let mut tag = item[..tag_end].to_string();
            for (name, list) in [("fontId", List::Fonts), ("fillId", List::Fills), ("borderId", List::Borders)] {
                let old = xml::number(&tag, name).unwrap_or(0);
                let Some(part) = other.items(list).get(old) else { continue };
                let keep = list == List::Fills && old < 2;
                let new = if keep { old } else { self.add(list, xml::prefixed(part, &self.prefix)) };
                tag = xml::with_attribute(&tag, name, &new.to_string());
            }
            let old = xml::number(&tag, "numFmtId").unwrap_or(0);
            let new = number_formats.get(&old).copied().unwrap_or(old);
            tag = xml::with_attribute(&tag, "numFmtId", &new.to_string());
            tag = xml::with_attribute(&tag, "xfId", "0");
            let item = xml::prefixed(&(tag + &item[tag_end..]), &self.prefix);
            formats.push(self.add(List::Formats, item));
        }
        let mut differences = Vec::new();
        for item in other.items(List::Differences) {
            let item = xml::prefixed(item, &self.prefix);
            differences.push(self.add(List::Differences, item));
        }
        Ok(Adopted { formats, differences })
    }

    /// The part's text with everything added; bytes that stood there stay.
    pub fn finish(self) -> Result<String, Refusal> {
        if self.formats() > MOST_FORMATS {
            return Err(Refusal("with the marks it would have more cell formats than Excel allows".into()));
        }
        let mut edits = Edits::default();
        let mut whole = String::new();
        for (list, name) in LISTS {
            let Some(items) = self.lists.get(&list).filter(|items| items.items.len() > items.stood) else { continue };
            let content = items.items[items.stood..].concat();
            let count = items.items.len().to_string();
            match &items.list {
                Some(element) if element.self_closed() => {
                    let tag = element.tag(&self.text);
                    let open = match xml::attribute(tag, "count") {
                        Some(_) => xml::with_attribute(tag, "count", &count),
                        None => tag.to_string(),
                    };
                    let open = open.trim_end_matches('>').trim_end_matches('/').to_string();
                    edits.replace(element.start..element.end, format!("{open}>{content}</{}>", xml::qualified(tag)));
                }
                Some(element) => {
                    if xml::attribute(element.tag(&self.text), "count").is_some() {
                        edits.set_attribute(&self.text, element.start, element.opened, "count", &count);
                    }
                    edits.insert(element.close, content);
                }
                None => {
                    let prefix = &self.prefix;
                    let list = format!("<{prefix}{name} count=\"{count}\">{content}</{prefix}{name}>");
                    match self.place_for(name) {
                        Some(at) => edits.insert(at, list),
                        None => whole.push_str(&list),
                    }
                }
            }
        }
        edits.append(&self.text, &self.root, &whole);
        Ok(edits.apply(&self.text))
    }

    // Before the first list that must stand behind it; `None` at the end.
    fn place_for(&self, name: &str) -> Option<usize> {
        let rank = |name: &str| ORDER.iter().position(|known| *known == name);
        let ours = rank(name);
        self.root.children.iter().find(|child| rank(child.local(&self.text)) > ours).map(|child| child.start)
    }
}

/// The shade of a solid fill, as `RRGGBB` in capitals.
fn shade(fill: &str) -> Option<String> {
    let root = xml::tree(fill).ok()?;
    let pattern = root.child(fill, "patternFill")?;
    let solid = pattern.value(fill, "patternType").is_some_and(|kind| kind == "solid");
    let pattern = solid.then_some(pattern)?;
    let shade = pattern.child(fill, "fgColor")?.value(fill, "rgb")?.to_uppercase();
    shade.get(shade.len().saturating_sub(6)..).map(str::to_string)
}

/// Whether a fill is ours, by the exact shade.
fn is_ours(fill: &str) -> bool {
    shade(fill).is_some_and(|shade| Tone::is_ours(&shade))
}

// A format with another fill, and all else as it stands.
fn with_fill(item: &str, fill: usize) -> String {
    let tag_end = item.find('>').map_or(item.len(), |at| at + 1);
    let tag = xml::with_attribute(&item[..tag_end], "fillId", &fill.to_string());
    xml::with_attribute(&tag, "applyFill", "1") + &item[tag_end..]
}

// What a format is but for its fill, however its attributes are ordered.
fn likeness(item: &str) -> String {
    let tag_end = item.find('>').map_or(item.len(), |at| at + 1);
    let tag = &item[..tag_end];
    let mut parts: Vec<String> = xml::attributes(tag)
        .filter(|attribute| attribute.name != "fillId" && attribute.name != "applyFill")
        .map(|attribute| format!("{}={}", attribute.name, attribute.value))
        .collect();
    parts.sort();
    let inner = item[tag_end..].rsplit_once("</").map_or("", |(inner, _)| inner);
    parts.join(" ") + inner
}

/// The highest cell format that any cell, row or column of a sheet names.
///
/// Looks at the bytes alone, so that sheets which are not marked need not be taken apart.
pub fn highest_format(sheet: &str) -> usize {
    let mut highest = 0;
    for name in ["s=", "style="] {
        for (at, _) in sheet.match_indices(name) {
            let before = at.checked_sub(1).and_then(|before| sheet.as_bytes().get(before));
            let value = sheet.as_bytes().get(at + name.len()..).unwrap_or_default();
            if before.is_some_and(u8::is_ascii_whitespace) && matches!(value.first(), Some(b'"' | b'\'')) {
                let digits = value[1..].iter().take_while(|byte| byte.is_ascii_digit());
                let add = |value: usize, digit: &u8| value.saturating_mul(10).saturating_add(usize::from(digit - b'0'));
                highest = highest.max(digits.fold(0, add));
            }
        }
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(inner: &str) -> Styles {
        Styles::read(format!("<styleSheet>{inner}</styleSheet>")).unwrap()
    }

    const FILLS: &str = "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFF0000\"/></patternFill></fill></fills>";

    #[test]
    fn a_mark_keeps_all_but_the_fill() {
        let mut styles = styles(&format!(
            "{FILLS}<cellXfs count=\"2\"><xf numFmtId=\"9\" fontId=\"3\" fillId=\"0\" borderId=\"4\" xfId=\"0\"><protection locked=\"0\"/></xf><xf fillId=\"2\"/></cellXfs>"
        ));
        assert_eq!(styles.filled(0, Tone::Red), Some(2));
        assert_eq!(styles.filled(0, Tone::Red), Some(2));
        assert_eq!(styles.filled(1, Tone::Red), None);
        let back = styles.unfilled();
        assert_eq!(back, BTreeMap::from([(2, 0)]));
        let text = styles.finish().unwrap();
        assert!(text.contains("<xf numFmtId=\"9\" fontId=\"3\" fillId=\"3\" borderId=\"4\" xfId=\"0\" applyFill=\"1\"><protection locked=\"0\"/></xf></cellXfs>"));
        assert!(text.contains("<cellXfs count=\"3\">") && text.contains("<fills count=\"4\">"));
        // A second round finds everything in its place.
        let mut again = Styles::read(text.clone()).unwrap();
        assert_eq!(again.unfilled(), BTreeMap::from([(2, 0)]));
        assert_eq!(again.filled(0, Tone::Red), Some(2));
        assert_eq!(again.finish().unwrap(), text);
    }

    #[test]
    fn fills_of_an_earlier_version_come_off() {
        let old = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF4A09B\"/><bgColor indexed=\"64\"/></patternFill></fill>";
        let fills = FILLS.replace("</fills>", &format!("{old}</fills>"));
        let mut styles =
            styles(&format!("{fills}<cellXfs><xf numFmtId=\"9\"/><xf numFmtId=\"9\" fillId=\"3\"/></cellXfs>"));
        assert_eq!(styles.unfilled(), BTreeMap::from([(1, 0)]));
        assert_eq!(styles.filled(0, Tone::Red), Some(2), "the shade of today is another fill");
    }

    /// What counts as a fill of the manager's own: everything but none at all.
    #[test]
    fn own_fills_stay() {
        let fills = [
            "<fill><patternFill patternType=\"none\"/></fill>",
            "<fill><patternFill patternType=\"gray125\"/></fill>",
            "<fill><patternFill patternType=\"none\"><fgColor rgb=\"FFFF0000\"/></patternFill></fill>",
            "<fill><patternFill/></fill>",
            "<fill/>",
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFFFF\"/></patternFill></fill>",
            "<fill><patternFill patternType=\"solid\"><fgColor theme=\"4\" tint=\"0.8\"/></patternFill></fill>",
            "<fill><patternFill patternType=\"lightUp\"/></fill>",
            "<fill><gradientFill degree=\"90\"><stop position=\"0\"><color rgb=\"FFFFFFFF\"/></stop></gradientFill></fill>",
        ];
        let formats: String = (0..fills.len()).map(|fill| format!("<xf fillId=\"{fill}\"/>")).collect();
        let mut styles = styles(&format!("<fills>{}</fills><cellXfs>{formats}</cellXfs>", fills.concat()));
        let marked: Vec<usize> =
            (0..fills.len()).filter(|format| styles.filled(*format, Tone::Red).is_some()).collect();
        assert_eq!(marked, [0, 2, 3, 4], "white paint is a fill of its own too");
    }

    #[test]
    fn an_empty_part_is_filled_in_order() {
        let mut styles = Styles::read("<x:styleSheet xmlns:x=\"m\"/>".into()).unwrap();
        styles.pad(3).unwrap();
        assert_eq!(styles.filled(3, Tone::Green), Some(4));
        let text = styles.finish().unwrap();
        let root = xml::tree(&text).unwrap();
        let names: Vec<&str> = root.children.iter().map(|child| child.local(&text)).collect();
        assert_eq!(names, ["fonts", "fills", "borders", "cellXfs"]);
        assert!(text.starts_with("<x:styleSheet xmlns:x=\"m\"><x:fonts"));
    }

    #[test]
    fn lists_go_before_what_must_follow() {
        let mut styles = styles("<cellXfs><xf/></cellXfs><dxfs count=\"0\"/><extLst/>");
        let other = self::styles(
            "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts><fonts><font/></fonts><fills/><borders/><cellXfs><xf/><xf numFmtId=\"164\" fontId=\"0\"/></cellXfs><dxfs><dxf><font/></dxf></dxfs>",
        );
        let adopted = styles.adopt(&other).unwrap();
        assert_eq!((adopted.formats, adopted.differences), (vec![0, 1], vec![0]));
        let text = styles.finish().unwrap();
        assert!(text.starts_with("<styleSheet><numFmts count=\"1\"><numFmt"));
        assert!(
            text.ends_with("</cellXfs><dxfs count=\"1\"><dxf><font/></dxf></dxfs><extLst/></styleSheet>"),
            "{text}"
        );
    }

    #[test]
    fn the_highest_format_is_found() {
        assert_eq!(highest_format("<cols><col style='12'/></cols><c r=\"A1\" s=\"7\" t=\"s\"/><c s=\"\"/>"), 12);
    }
}
