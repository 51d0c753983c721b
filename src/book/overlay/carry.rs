//! Our own sheets carried into the manager's package, with everything they lead to.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::marker::{self, marked};
use crate::book::package::{self, relations_name};

use super::Refusal;
use super::book::{Book, Name};
use super::draft::Draft;
use super::properties::{self, Property};
use super::styles::{Adopted, Styles};
use super::xml::{self, Edits, Kind, Tokens};

const STRICT: [(&str, &str); 5] = [
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart"),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    ),
];

/// The namespace of spreadsheet parts.
pub fn namespace(strict: bool) -> &'static str {
    if strict { STRICT[0].1 } else { STRICT[0].0 }
}

/// The workbook with our sheets, read.
pub struct Added<'a> {
    package: Draft<'a>,
    book: Book,
}

/// Our sheets once they are in the package.
pub struct Carried {
    /// Name, part and whether it is hidden, in order.
    pub sheets: Vec<(String, String, bool)>,
    /// Their defined names, written out for the manager's workbook.
    pub names: String,
}

impl<'a> Added<'a> {
    /// Reads the workbook with our sheets.
    pub fn read(added: &'a [u8]) -> Result<Self, Refusal> {
        let mut package = Draft::open(added)?;
        let book = Book::read(&mut package)?;
        Ok(Self { package, book })
    }

    /// The names of the whole workbook that we bring, in lower case.
    pub fn global_names(&self) -> BTreeSet<String> {
        let names = self.book.names.iter().filter(|name| name.local.is_none());
        names.map(|name| name.name.to_lowercase()).collect()
    }

    /// The properties that say what made our sheets.
    pub fn properties(&mut self) -> Result<Vec<Property>, Refusal> {
        properties::read(&mut self.package)
    }

    /// Copies every sheet into `to`, references remapped.
    pub fn carry(mut self, to: &mut Draft<'_>, book: &Book, styles: &mut Styles) -> Result<Carried, Refusal> {
        if let Some(tab) = self.book.sheets.iter().find(|tab| book.position(&tab.name).is_some()) {
            return Err(Refusal(format!("it has a sheet named `{}` already", tab.name)));
        }
        let formats = match self.book.related("styles") {
            Some(part) => styles.adopt(&Styles::read(self.package.needed(&part)?)?)?,
            None => Adopted { formats: Vec::new(), differences: Vec::new() },
        };
        let strings = self.strings()?;
        let (tables, renames) = self.renames(to, book)?;
        let mut carrier = Carrier {
            from: self.package,
            to,
            moved: BTreeMap::new(),
            strict: book.strict,
            formats,
            strings,
            renames,
            next_table: tables + 1,
        };
        let mut sheets = Vec::new();
        for tab in &self.book.sheets {
            let missing = || Refusal("one of the sheets to be added is missing".into());
            let part = carrier.part(tab.part.as_ref().ok_or_else(missing)?, 0)?;
            sheets.push((tab.name.clone(), part, tab.hidden));
        }
        let mut names = String::new();
        for name in &self.book.names {
            if marked(&name.name).is_some() || same_constant(book, name) {
                continue;
            }
            let mut tag = name.element.tag(&self.book.text).to_string();
            if let Some(local) = name.local {
                let position = if local == 0 { 0 } else { local + book.sheets.len() };
                tag = xml::with_attribute(&tag, "localSheetId", &position.to_string());
            } else if let Some(new) = carrier.renames.get(&name.name.to_lowercase()) {
                tag = xml::with_attribute(&tag, "name", &xml::escape(new));
            }
            let formula = renamed(name.element.inner(&self.book.text), &carrier.renames);
            names.push_str(&xml::prefixed(&format!("{tag}{formula}</definedName>"), &book.prefix));
        }
        let prefix = &book.prefix;
        for (name, reference) in marker::names(&sheets.iter().map(|sheet| sheet.0.clone()).collect::<Vec<_>>()) {
            let reference = xml::escape(&reference);
            names.push_str(&format!(
                "<{prefix}definedName name=\"{name}\" hidden=\"1\">{reference}</{prefix}definedName>"
            ));
        }
        Ok(Carried { sheets, names })
    }

    fn strings(&mut self) -> Result<Vec<String>, Refusal> {
        let Some(part) = self.book.related("sharedStrings") else { return Ok(Vec::new()) };
        let text = self.package.needed(&part)?;
        Ok(xml::tree(&text)?.children.iter().map(|string| string.inner(&text).to_string()).collect())
    }

    // The highest table number there, and new names for our tables and names where the old are taken.
    fn renames(&mut self, to: &mut Draft<'_>, book: &Book) -> Result<(usize, BTreeMap<String, String>), Refusal> {
        let mut taken: BTreeSet<String> = book.names.iter().map(|name| name.name.to_lowercase()).collect();
        let mut highest = 0;
        for (id, name) in tables(to, book)? {
            highest = highest.max(id);
            taken.insert(name.to_lowercase());
        }
        let mut ours: Vec<String> = tables(&mut self.package, &self.book)?.into_iter().map(|(_, name)| name).collect();
        let global = self
            .book
            .names
            .iter()
            .filter(|name| name.local.is_none() && marked(&name.name).is_none() && !same_constant(book, name));
        ours.extend(global.map(|name| name.name.clone()));
        let all: BTreeSet<String> = ours.iter().map(|name| name.to_lowercase()).collect();
        let mut renames = BTreeMap::new();
        for name in ours.iter().filter(|name| taken.contains(&name.to_lowercase())) {
            let free = (2usize..)
                .map(|number| format!("{name}_{number}"))
                .find(|free| !taken.contains(&free.to_lowercase()) && !all.contains(&free.to_lowercase()));
            renames.insert(name.to_lowercase(), free.unwrap_or_default());
        }
        Ok((highest, renames))
    }
}

// Whether the name stands there already for the very same thing.
fn same_constant(book: &Book, ours: &Name) -> bool {
    let same = |name: &Name| name.name.eq_ignore_ascii_case(&ours.name) && name.formula == ours.formula;
    ours.local.is_none() && book.names.iter().any(|name| name.local.is_none() && same(name))
}

fn tables(package: &mut Draft<'_>, book: &Book) -> Result<Vec<(usize, String)>, Refusal> {
    let mut tables = Vec::new();
    for part in book.sheets.iter().filter_map(|tab| tab.part.clone()) {
        for relation in package.relations(&part)?.iter().filter(|relation| relation.kind == "table") {
            let Some(text) = relation.part.as_ref().map(|part| package.text(part)).transpose()?.flatten() else {
                continue;
            };
            let root = xml::tree(&text)?;
            let id = xml::number(root.tag(&text), "id").unwrap_or(0).min(1 << 30);
            tables.extend(root.value(&text, "displayName").map(|name| (id, name)));
        }
    }
    Ok(tables)
}

struct Carrier<'a, 'f, 't> {
    from: Draft<'f>,
    to: &'a mut Draft<'t>,
    moved: BTreeMap<String, String>,
    strict: bool,
    formats: Adopted,
    strings: Vec<String>,
    renames: BTreeMap<String, String>,
    next_table: usize,
}

impl Carrier<'_, '_, '_> {
    // Copies a part and all it leads to; gives its new name.
    fn part(&mut self, old: &str, depth: usize) -> Result<String, Refusal> {
        if let Some(new) = self.moved.get(old) {
            return Ok(new.clone());
        }
        let missing = || Refusal("a part of the sheets to be added is missing".into());
        let bytes = self.from.bytes(old)?.filter(|_| depth < 20).ok_or_else(missing)?;
        let name = self.from.written(old);
        let dot = name.rfind('.').unwrap_or(name.len());
        let stem = name[..dot].trim_end_matches(|c: char| c.is_ascii_digit());
        let new = self.to.free(stem, &name[dot..]);
        // The name is taken before the parts below look for theirs.
        self.to.write(&new, Vec::new());
        self.moved.insert(old.to_string(), new.clone());
        self.relations(old, &new, depth)?;
        let text = name.ends_with(".xml") || name.ends_with(".vml");
        if text {
            let text = xml::decode(bytes, old)?;
            let root = xml::tree(&text)?;
            let text = match root.local(&text) {
                "worksheet" => self.worksheet(&text)?,
                "table" => self.table(&text, &root),
                _ => text,
            };
            self.to.write(&new, self.spelt(text));
        } else {
            self.to.write(&new, bytes);
        }
        match self.from.content_type(old)? {
            Some(_) if name.ends_with(".vml") => self.to.typed_vml(),
            Some(kind) => self.to.typed(&new, &kind),
            None => {}
        }
        Ok(new)
    }

    fn relations(&mut self, old: &str, new: &str, depth: usize) -> Result<(), Refusal> {
        let Some(text) = self.from.text(&relations_name(old))? else { return Ok(()) };
        let mut edits = Edits::default();
        let root = xml::tree(&text)?;
        for (element, relation) in root.children.iter().zip(self.from.relations(old)?) {
            let Some(part) = relation.part.filter(|part| self.from.has(part)) else { continue };
            let moved = self.part(&part, depth + 1)?;
            let target = xml::escape(&package::target(new, &moved));
            edits.set_attribute(&text, element.start, element.opened, "Target", &target);
        }
        let text = self.spelt(edits.apply(&text));
        self.to.write(&relations_name(new), text);
        Ok(())
    }

    // The namespaces as the manager's package spells them.
    fn spelt(&self, mut text: String) -> String {
        if self.strict {
            for (ours, theirs) in STRICT {
                text = text.replace(ours, theirs);
            }
        }
        text
    }

    fn format(&self, old: usize) -> String {
        self.formats.formats.get(old).copied().unwrap_or(0).to_string()
    }

    fn worksheet(&self, text: &str) -> Result<String, Refusal> {
        let mut edits = Edits::default();
        let mut tokens = Tokens::new(text, 0);
        let mut string = false;
        let mut opened: Option<(String, usize, usize)> = None;
        while let Some(token) = tokens.next()? {
            let tag = text.get(token.start..token.end).unwrap_or("");
            match token.kind {
                Kind::Open | Kind::Empty => {
                    let name = xml::local(tag);
                    opened = (token.kind == Kind::Open).then(|| (name.to_string(), token.start, token.end));
                    let new = self.tag(name, tag);
                    if name == "c" {
                        string = xml::attribute(tag, "t").is_some_and(|kind| kind.value == "s");
                    }
                    if let Some(new) = new {
                        edits.replace(token.start..token.end, new);
                    }
                }
                Kind::Close => {
                    // The value of a leaf stands between its two tags.
                    let Some((name, start, from)) = opened.take() else { continue };
                    let inner = text.get(from..token.start).unwrap_or("");
                    match name.as_str() {
                        "v" if string => {
                            let index = inner.trim().parse::<usize>().ok();
                            let string = index.and_then(|index| self.strings.get(index)).map_or("", String::as_str);
                            edits.replace(start..token.end, format!("<is>{string}</is>"));
                        }
                        "f" | "formula" | "formula1" | "formula2" if !self.renames.is_empty() => {
                            edits.replace(from..token.start, renamed(inner, &self.renames));
                        }
                        _ => {}
                    }
                }
                Kind::Other => {}
            }
        }
        Ok(edits.apply(text))
    }

    fn tag(&self, name: &str, tag: &str) -> Option<String> {
        let mut new = tag.to_string();
        match name {
            "c" | "row" => {
                if let Some(format) = xml::number(&new, "s") {
                    new = xml::with_attribute(&new, "s", &self.format(format));
                }
                if name == "c" && xml::attribute(&new, "t").is_some_and(|kind| kind.value == "s") {
                    new = xml::with_attribute(&new, "t", "inlineStr");
                }
                // Indexes into metadata that stays behind.
                new = without(&without(&new, "cm"), "vm");
            }
            "col" => {
                if let Some(format) = xml::number(&new, "style") {
                    new = xml::with_attribute(&new, "style", &self.format(format));
                }
            }
            "sheetView" => new = without(&new, "tabSelected"),
            _ => new = self.differences(&new),
        }
        (new != tag).then_some(new)
    }

    // Every attribute that names a format of conditions: `dxfId`, `headerRowDxfId`.
    fn differences(&self, tag: &str) -> String {
        let mut tag = tag.to_string();
        let names: Vec<String> = xml::attributes(&tag).map(|attribute| attribute.name.to_string()).collect();
        for name in names.iter().filter(|name| name.ends_with("dxfId") || name.ends_with("DxfId")) {
            let old = xml::number(&tag, name);
            if let Some(new) = old.and_then(|old| self.formats.differences.get(old)) {
                tag = xml::with_attribute(&tag, name, &new.to_string());
            }
        }
        tag
    }

    fn table(&mut self, text: &str, root: &xml::Element) -> String {
        let mut edits = Edits::default();
        let mut tag = self.differences(root.tag(text));
        tag = xml::with_attribute(&tag, "id", &self.next_table.to_string());
        self.next_table += 1;
        let name = root.value(text, "displayName").unwrap_or_default();
        if let Some(new) = self.renames.get(&name.to_lowercase()) {
            tag = xml::with_attribute(&tag, "name", &xml::escape(new));
            tag = xml::with_attribute(&tag, "displayName", &xml::escape(new));
        }
        edits.replace(root.start..root.opened, tag);
        let mut below: Vec<&xml::Element> = root.children.iter().collect();
        while let Some(element) = below.pop() {
            below.extend(&element.children);
            let tag = element.tag(text);
            let new = self.differences(tag);
            if new != tag {
                edits.replace(element.start..element.opened, new);
            }
            if element.local(text).ends_with("Formula") && !self.renames.is_empty() {
                edits.replace(element.opened..element.close, renamed(element.inner(text), &self.renames));
            }
        }
        edits.apply(text)
    }
}

fn without(tag: &str, name: &str) -> String {
    let Some(range) = xml::attribute(tag, name).map(|attribute| attribute.range) else { return tag.to_string() };
    let start = tag[..range.start].rfind(name).unwrap_or(range.start);
    format!("{}{}", tag[..start].trim_end(), &tag[range.end + 1..])
}

// A formula with names replaced; text in quotes and names of sheets stay.
fn renamed(formula: &str, renames: &BTreeMap<String, String>) -> String {
    if renames.is_empty() {
        return formula.to_string();
    }
    let mut out = String::with_capacity(formula.len());
    let mut word = String::new();
    let mut quote = None;
    let flush = |word: &mut String, next: char, out: &mut String| {
        let new = renames.get(&word.to_lowercase()).filter(|_| next != '!' && next != '(' && next != ';');
        out.push_str(new.unwrap_or(word));
        word.clear();
    };
    for c in formula.chars().chain(std::iter::once('\0')) {
        if quote.is_none() && (c.is_alphanumeric() || matches!(c, '_' | '.' | '\\')) {
            word.push(c);
            continue;
        }
        flush(&mut word, c, &mut out);
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_in_formulas_only_as_names() {
        let renames = BTreeMap::from([("limit".to_string(), "Limit_2".to_string())]);
        assert_eq!(
            renamed("limit*2&amp;\"limit\"&amp;'limit'!A1+LIMIT(1)+Limits+Limit[x]", &renames),
            "Limit_2*2&amp;\"limit\"&amp;'limit'!A1+LIMIT(1)+Limits+Limit_2[x]"
        );
    }

    #[test]
    fn attributes_go_without_a_trace() {
        assert_eq!(
            without("<sheetView tabSelected=\"1\" workbookViewId=\"0\"/>", "tabSelected"),
            "<sheetView workbookViewId=\"0\"/>"
        );
        assert_eq!(without("<c r=\"A1\" cm=\"1\">", "cm"), "<c r=\"A1\">");
    }
}
