//! The workbook part: its sheets in order, its names, and what counts sheets by position.

use crate::book::package::{self, Relation};

use super::Refusal;
use super::draft::Draft;
use super::xml::{self, Edits, Element};

pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const OFFICE_STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// The workbook part of a package.
pub struct Book {
    /// Key of the part.
    pub part: String,
    /// Its text.
    pub text: String,
    /// Its elements.
    pub root: Element,
    /// Prefix of its elements, with the colon.
    pub prefix: String,
    /// Written in the strict variant of the format.
    pub strict: bool,
    /// Its sheets, in the order of the tabs.
    pub sheets: Vec<Tab>,
    /// Its defined names.
    pub names: Vec<Name>,
    /// Its relationships.
    pub relations: Vec<Relation>,
}

/// A sheet as the workbook lists it.
pub struct Tab {
    /// Its name.
    pub name: String,
    /// The number that stays with it when tabs are moved.
    pub id: usize,
    /// Its relationship.
    pub relation: String,
    /// `worksheet`, `chartsheet`.
    pub kind: String,
    /// The key of its part.
    pub part: Option<String>,
    /// Hidden from the tabs.
    pub hidden: bool,
    element: Element,
}

/// A defined name.
pub struct Name {
    /// The name.
    pub name: String,
    /// Position of the sheet it is local to.
    pub local: Option<usize>,
    /// What it stands for.
    pub formula: String,
    /// Where it stands.
    pub element: Element,
}

impl Book {
    /// Finds and reads the workbook part.
    pub fn read(package: &mut Draft<'_>) -> Result<Self, Refusal> {
        let main = package.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
        let part = main.and_then(|main| main.part).ok_or_else(|| Refusal("it is not a workbook".into()))?;
        if part.ends_with(".bin") {
            return Err(Refusal("it is in the binary format (.xlsb)".into()));
        }
        let text = package.needed(&part)?;
        let root = xml::tree(&text)?;
        if root.local(&text) != "workbook" {
            return Err(Refusal("it is not a workbook".into()));
        }
        let relations = package.relations(&part)?;
        let prefix = xml::prefix(root.tag(&text)).to_string();
        let strict = relations.iter().any(|relation| relation.uri.starts_with(OFFICE_STRICT));
        let mut sheets = Vec::new();
        for element in root.child(&text, "sheets").map_or(&[][..], |sheets| &sheets.children) {
            let tag = element.tag(&text);
            let relation = xml::qualified_attribute(tag, "id").map(|id| xml::unescape(id.value)).unwrap_or_default();
            let leads = relations.iter().find(|known| known.id == relation);
            sheets.push(Tab {
                name: element.value(&text, "name").unwrap_or_default(),
                id: xml::number(tag, "sheetId").unwrap_or(0),
                kind: leads.map(|leads| leads.kind.clone()).unwrap_or_default(),
                part: leads.and_then(|leads| leads.part.clone()),
                hidden: xml::attribute(tag, "state").is_some_and(|state| state.value != "visible"),
                relation,
                element: element.clone(),
            });
        }
        if sheets.is_empty() {
            return Err(Refusal("it has no sheets".into()));
        }
        let mut names = Vec::new();
        for element in root.child(&text, "definedNames").map_or(&[][..], |names| &names.children) {
            names.push(Name {
                name: element.value(&text, "name").unwrap_or_default(),
                local: xml::number(element.tag(&text), "localSheetId"),
                formula: xml::unescape(element.inner(&text)),
                element: element.clone(),
            });
        }
        Ok(Self { part, text, root, prefix, strict, sheets, names, relations })
    }

    /// The base of relationship types in this package.
    pub fn office(&self) -> &'static str {
        if self.strict { OFFICE_STRICT } else { OFFICE }
    }

    /// The key of the part that a relationship of this kind leads to.
    pub fn related(&self, kind: &str) -> Option<String> {
        self.relations.iter().find(|relation| relation.kind == kind)?.part.clone()
    }

    /// Moves everything that counts sheets by position; `None` for a sheet that goes.
    ///
    /// `first` tells where the tabs begin for a workbook that does not say which was active.
    pub fn renumber(&self, edits: &mut Edits, to: impl Fn(usize) -> Option<usize>) {
        let text = &self.text;
        for name in &self.names {
            let Some(old) = name.local else { continue };
            let element = &name.element;
            match to(old) {
                Some(new) => edits.set_attribute(text, element.start, element.opened, "localSheetId", &new.to_string()),
                None => edits.remove(element.start..element.end),
            }
        }
        let visible = (0..self.sheets.len()).find(|at| to(*at).is_some() && !self.sheets[*at].hidden);
        let start = visible.and_then(&to).unwrap_or(0);
        let views = self.root.child(text, "bookViews");
        let mut viewed = false;
        for view in views.map_or(&[][..], |views| &views.children) {
            if view.local(text) != "workbookView" {
                continue;
            }
            viewed = true;
            let active = xml::number(view.tag(text), "activeTab");
            let new = to(active.unwrap_or(0)).unwrap_or(start);
            // Two changes at one place would hide each other: the tag is written once.
            let mut tag = view.tag(text).to_string();
            if active.is_some() || new != 0 {
                tag = xml::with_attribute(&tag, "activeTab", &new.to_string());
            }
            // The first tab in sight: nought shows them all, and goes on doing so.
            if let Some(first) = xml::number(&tag, "firstSheet").filter(|first| *first > 0) {
                tag = xml::with_attribute(&tag, "firstSheet", &to(first).unwrap_or(0).to_string());
            }
            if tag != view.tag(text) {
                edits.replace(view.start..view.opened, tag);
            }
        }
        if !viewed && to(0).unwrap_or(start) != 0 {
            let prefix = &self.prefix;
            let view = format!("<{prefix}workbookView activeTab=\"{}\"/>", to(0).unwrap_or(start));
            match (views, self.root.child(text, "sheets")) {
                (Some(views), _) => edits.append(text, views, &view),
                (None, Some(sheets)) => {
                    edits.insert(sheets.start, format!("<{prefix}bookViews>{view}</{prefix}bookViews>"));
                }
                (None, None) => {}
            }
        }
    }

    /// Lists sheets in front of and behind those that are there.
    pub fn list(&self, edits: &mut Edits, front: &str, end: &str) {
        let Some(sheets) = self.root.child(&self.text, "sheets") else { return };
        edits.insert(sheets.opened, front);
        edits.insert(sheets.close, end);
    }

    /// A sheet's entry in the list.
    pub fn entry(&self, name: &str, id: usize, relation: &str, hidden: bool) -> String {
        let prefix = &self.prefix;
        let tag = self.root.tag(&self.text);
        let known = xml::attributes(tag).find(|attribute| {
            attribute.name.starts_with("xmlns:") && (attribute.value == OFFICE || attribute.value == OFFICE_STRICT)
        });
        let name = xml::escape(name);
        let state = if hidden { " state=\"hidden\"" } else { "" };
        match known.and_then(|known| known.name.split_once(':')) {
            Some((_, r)) => format!("<{prefix}sheet name=\"{name}\" sheetId=\"{id}\"{state} {r}:id=\"{relation}\"/>"),
            None => format!(
                "<{prefix}sheet xmlns:r=\"{}\" name=\"{name}\" sheetId=\"{id}\"{state} r:id=\"{relation}\"/>",
                self.office()
            ),
        }
    }

    /// Takes a sheet out of the list.
    pub fn unlist(&self, edits: &mut Edits, at: usize) {
        if let Some(tab) = self.sheets.get(at) {
            edits.remove(tab.element.start..tab.element.end);
        }
    }

    /// Adds defined names, written out already.
    pub fn define(&self, edits: &mut Edits, names: &str) {
        if names.is_empty() {
            return;
        }
        if let Some(list) = self.root.child(&self.text, "definedNames") {
            edits.append(&self.text, list, names);
            return;
        }
        let before = ["sheets", "functionGroups", "externalReferences"];
        let last = self.root.children.iter().rev().find(|child| before.contains(&child.local(&self.text)));
        if let Some(last) = last {
            let prefix = &self.prefix;
            edits.insert(last.end, format!("<{prefix}definedNames>{names}</{prefix}definedNames>"));
        }
    }

    /// The position of a sheet by name, compared as Excel compares.
    pub fn position(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        self.sheets.iter().position(|tab| tab.name.to_lowercase() == name)
    }

    /// Writes the part with its changes.
    pub fn write(&self, package: &mut Draft<'_>, edits: Edits) {
        if !edits.is_empty() {
            package.write(&self.part, edits.apply(&self.text));
        }
    }

    /// The target of a part as the workbook's relationships write it.
    pub fn target(&self, package: &Draft<'_>, part: &str) -> String {
        package::target(&package.written(&self.part), part)
    }
}

/// The name of the one sheet that a reference such as `'RAG summary'!$A$1` leads to.
pub fn sheet_of(reference: &str) -> Option<String> {
    let reference = reference.trim().trim_start_matches('=');
    match reference.strip_prefix('\'') {
        Some(quoted) => {
            let end = quoted.rfind("'!")?;
            Some(quoted[..end].replace("''", "'"))
        }
        // LibreOffice writes `$Sheet.$A$1` in its own format and `Sheet!$A$1` here.
        // The cell may be gone with its row: `Policy!#REF!`.
        None => Some(reference.split_once('!')?.0.trim_start_matches('$').to_string()).filter(|name| name != "#REF"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_their_sheet() {
        assert_eq!(sheet_of("'RAG summary'!$A$1").as_deref(), Some("RAG summary"));
        assert_eq!(sheet_of("'It''s'!$A$1").as_deref(), Some("It's"));
        assert_eq!(sheet_of("Policy!$A$1").as_deref(), Some("Policy"));
        assert_eq!(sheet_of("Policy!#REF!").as_deref(), Some("Policy"));
        assert_eq!(sheet_of("#REF!$A$1"), None);
        assert_eq!(sheet_of("12"), None);
    }
}
