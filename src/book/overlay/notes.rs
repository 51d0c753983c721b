//! Notes on cells: our own, ours below a line in the manager's, and taking both off again.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::package::{self, Relation};
use crate::book::sheet::CellRef;

use super::Refusal;
use super::book;
use super::cells::{Child, Sheet};
use super::draft::Draft;
use super::vml::{self, Grid};
use super::xml::{self, Edits, Element};

const AUTHOR: &str = "fairload";
/// Stands above every text of ours, in a note of our own as in the manager's: not every program keeps authors.
pub const OUR_LINE: &str = "— fairload —";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const CHOICE: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const VML: &str = "urn:schemas-microsoft-com:vml";
const FONT: &str = "<rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/></rPr>";
// What must stand behind the drawing of notes in a worksheet.
const AFTER_DRAWING: [&str; 8] =
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

struct Comments {
    text: String,
    root: Element,
    authors: Vec<String>,
    by_cell: BTreeMap<CellRef, (Element, String)>,
}

impl Comments {
    fn read(text: String) -> Result<Self, Refusal> {
        let root = xml::tree(&text)?;
        let authors: Vec<String> = root
            .child(&text, "authors")
            .map_or(&[][..], |authors| &authors.children)
            .iter()
            .map(|author| xml::unescape(author.inner(&text)))
            .collect();
        let mut by_cell = BTreeMap::new();
        for comment in root.child(&text, "commentList").map_or(&[][..], |list| &list.children) {
            let author = xml::number(comment.tag(&text), "authorId").and_then(|author| authors.get(author).cloned());
            if let Some(cell) = comment.value(&text, "ref").and_then(|cell| cell.parse().ok()) {
                by_cell.entry(cell).or_insert((comment.clone(), author.unwrap_or_default()));
            }
        }
        Ok(Self { text, root, authors, by_cell })
    }
}

/// Where notes are put.
pub struct Target<'a> {
    /// The worksheet's part.
    pub part: &'a str,
    /// The worksheet.
    pub sheet: &'a Sheet,
    /// The base of relationship types.
    pub office: &'a str,
    /// The namespace of spreadsheet parts.
    pub namespace: &'a str,
}

/// Puts notes on cells; returns how many had to be left out.
pub fn add(
    package: &mut Draft<'_>,
    to: &Target<'_>,
    notes: &BTreeMap<CellRef, String>,
    edits: &mut Edits,
) -> Result<usize, Refusal> {
    let relations = package.relations(to.part)?;
    let threaded = threaded(package, &relations)?;
    let old_part =
        relations.iter().find(|relation| relation.kind == "comments").and_then(|relation| relation.part.clone());
    let old_text = old_part.as_ref().map(|part| package.text(part)).transpose()?.flatten();
    let fresh = old_text.is_none();
    let comments = Comments::read(old_text.unwrap_or_else(|| none(to.namespace)))?;
    let mut left_out = 0;
    let mut new: Vec<(CellRef, String)> = Vec::new();
    let mut longer: Vec<(CellRef, String)> = Vec::new();
    let mut changes = Edits::default();
    for (cell, note) in notes {
        match comments.by_cell.get(cell) {
            _ if threaded.contains(cell) => left_out += 1,
            Some((_, author)) if author.starts_with("tc=") => left_out += 1,
            Some((comment, _)) => longer.push((*cell, append(&comments, comment, note, &mut changes))),
            None => new.push((*cell, format!("{OUR_LINE}\n{note}"))),
        }
    }
    let drawn = boxes(package, to, &relations, &new, &longer)?;
    let Some(drawing) = drawn else {
        return Ok(left_out + new.len() + longer.len());
    };
    write_new(&comments, &new, &mut changes);
    let part = old_part.filter(|_| !fresh).unwrap_or_else(|| package.free("xl/comments", ".xml"));
    if !changes.is_empty() {
        package.write(&part, changes.apply(&comments.text));
    }
    if fresh && !new.is_empty() {
        package.typed(&part, COMMENTS_TYPE);
    }
    let from = package.written(to.part);
    let mut wanted = Vec::new();
    if fresh && !new.is_empty() {
        wanted.push((format!("{}/comments", to.office), package::target(&from, &part)));
    }
    if let Some(drawing) = &drawing {
        // The strict variant knows no such drawing, and so no type of its own for it.
        wanted.push((format!("{}/vmlDrawing", book::OFFICE), package::target(&from, drawing)));
    }
    if !wanted.is_empty() {
        let ids = package.relate(to.part, &wanted)?;
        if let (Some(_), Some(id)) = (drawing, ids.last()) {
            draw(to, id, edits);
        }
    }
    Ok(left_out)
}

// The cells with a comment of the newer kind, which holds a conversation.
fn threaded(package: &mut Draft<'_>, relations: &[Relation]) -> Result<BTreeSet<CellRef>, Refusal> {
    let mut threaded = BTreeSet::new();
    for relation in relations.iter().filter(|relation| relation.kind == "threadedComment") {
        let Some(text) = relation.part.as_ref().map(|part| package.text(part)).transpose()?.flatten() else { continue };
        let root = xml::tree(&text)?;
        threaded.extend(root.children.iter().filter_map(|thread| thread.value(&text, "ref")?.parse::<CellRef>().ok()));
    }
    Ok(threaded)
}

// A part of comments that holds none.
fn none(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

// Writes the boxes; gives the part of a new drawing. `None` if the sheet's drawing cannot be added to.
fn boxes(
    package: &mut Draft<'_>,
    to: &Target<'_>,
    relations: &[Relation],
    new: &[(CellRef, String)],
    longer: &[(CellRef, String)],
) -> Result<Option<Option<String>>, Refusal> {
    let grid = Grid::of(to.sheet);
    let id = drawing(to.sheet).map(|(_, id)| id);
    if let Some(id) = id {
        let Some(part) = relations.iter().find(|relation| relation.id == id).and_then(|found| found.part.clone())
        else {
            return Ok(None);
        };
        let Ok(Some(old)) = package.text(&part) else { return Ok(None) };
        let text = vml::heightened(&old, &grid, longer);
        let text = if new.is_empty() { Some(text) } else { vml::with_notes(&text, &grid, new) };
        let Some(text) = text else { return Ok(None) };
        if text != old {
            package.write(&part, text);
        }
        return Ok(Some(None));
    }
    if new.is_empty() {
        return Ok(Some(None));
    }
    let mut block = 0;
    for part in package.parts().iter().filter(|part| part.ends_with(".vml")) {
        // A drawing elsewhere that cannot be read lays claim to nothing we could know of.
        block = block.max(package.text(part).ok().flatten().map_or(0, |text| vml::highest_block(&text)));
    }
    let part = package.free("xl/drawings/vmlDrawing", ".vml");
    let Some(text) = vml::with_notes(&vml::empty(block.min(1 << 20) + 1), &grid, new) else { return Ok(None) };
    package.write(&part, text);
    package.typed_vml();
    Ok(Some(Some(part)))
}

fn draw(to: &Target<'_>, id: &str, edits: &mut Edits) {
    let sheet = to.sheet;
    let root = sheet.text.get(sheet.root.clone()).unwrap_or("");
    let known = xml::attributes(root).find(|attribute| {
        attribute.name.starts_with("xmlns:")
            && attribute.value.ends_with("/relationships")
            && attribute.value.contains("officeDocument")
    });
    let name = match known.and_then(|known| known.name.split_once(':')) {
        Some((_, r)) => format!("{r}:id=\"{id}\""),
        None => format!("xmlns:r=\"{}\" r:id=\"{id}\"", to.office),
    };
    let behind = sheet.children.iter().find(|child| AFTER_DRAWING.contains(&child.name.as_str()));
    let at = behind.map_or(sheet.close, |child| child.start);
    let drawing = format!("<{}legacyDrawing {name}/>", sheet.prefix);
    if to.office == book::OFFICE {
        edits.insert(at, drawing);
    } else {
        // As Excel writes it: offered to those who know the old drawings.
        edits.insert(at, format!("<mc:AlternateContent xmlns:mc=\"{CHOICE}\"><mc:Choice xmlns:v=\"{VML}\" Requires=\"v\">{drawing}</mc:Choice></mc:AlternateContent>"));
    }
}

// The sheet's drawing of notes, or the choice of versions that offers it, and the relationship it names.
fn drawing(sheet: &Sheet) -> Option<(&Child, String)> {
    let child = sheet.child("legacyDrawing")?;
    let text = sheet.text.get(child.start..child.end)?;
    let root = xml::tree(text).ok()?;
    let element = match root.local(text) {
        "legacyDrawing" => &root,
        _ => root.children.iter().find_map(|offer| offer.child(text, "legacyDrawing"))?,
    };
    Some((child, xml::qualified_attribute(element.tag(text), "id")?.value.to_string()))
}

fn write_new(comments: &Comments, new: &[(CellRef, String)], edits: &mut Edits) {
    if new.is_empty() {
        return;
    }
    let (text, root) = (&comments.text, &comments.root);
    let prefix = xml::prefix(root.tag(text)).to_string();
    let known = comments.authors.iter().position(|author| author == AUTHOR);
    let author = known.unwrap_or(comments.authors.len());
    let name = if known.is_some() { String::new() } else { format!("<{prefix}author>{AUTHOR}</{prefix}author>") };
    let list: String = new
        .iter()
        .map(|(cell, note)| {
            let text = xml::escape(note);
            let body = format!("<text><r>{FONT}<t xml:space=\"preserve\">{text}</t></r></text>");
            let comment = format!("<comment ref=\"{cell}\" authorId=\"{author}\" shapeId=\"0\">{body}</comment>");
            xml::prefixed(&comment, &prefix)
        })
        .collect();
    let mut whole = String::new();
    match root.child(text, "authors") {
        Some(authors) => edits.append(text, authors, &name),
        None => whole.push_str(&format!("<{prefix}authors>{name}</{prefix}authors>")),
    }
    match root.child(text, "commentList") {
        Some(comments) => {
            edits.insert(comments.start, std::mem::take(&mut whole));
            edits.append(text, comments, &list);
        }
        None => whole.push_str(&format!("<{prefix}commentList>{list}</{prefix}commentList>")),
    }
    edits.append(text, root, &whole);
}

// The pieces of text of a note: where each stands, and the run it stands in.
fn pieces<'a>(text: &str, comment: &'a Element) -> Vec<(&'a Element, Option<&'a Element>)> {
    let mut pieces = Vec::new();
    for child in comment.child(text, "text").map_or(&[][..], |text| &text.children) {
        match child.local(text) {
            "t" => pieces.push((child, None)),
            "r" => pieces.extend(child.child(text, "t").map(|piece| (piece, Some(child)))),
            _ => {}
        }
    }
    pieces
}

// Adds our text below the manager's and gives the whole; text of ours that stands there already goes.
fn append(comments: &Comments, comment: &Element, note: &str, edits: &mut Edits) -> String {
    let text = &comments.text;
    let prefix = xml::prefix(comments.root.tag(text)).to_string();
    let mut pieces = pieces(text, comment);
    let mut cut = None;
    if let Some(at) = pieces.iter().position(|(piece, _)| piece.inner(text).contains(OUR_LINE)) {
        for (_, run) in &pieces[at + 1..] {
            if let Some(run) = run {
                edits.remove(run.start..run.end);
            }
        }
        pieces.truncate(at + 1);
        let inner = pieces[at].0.inner(text);
        cut = inner.find(OUR_LINE).map(|line| inner[..line].trim_end_matches(['\n', '\r']).len());
    }
    let mut whole: String = pieces.iter().map(|(piece, _)| xml::unescape(piece.inner(text))).collect();
    whole.push_str(&format!("\n{OUR_LINE}\n{note}"));
    let addition = xml::escape(&format!("\n{OUR_LINE}\n{note}"));
    match pieces.last() {
        Some((piece, run)) if cut.is_some() || run.is_none() => {
            let inner = piece.inner(text);
            let kept = &inner[..cut.unwrap_or(inner.len())];
            let tag = piece.tag(text).trim_end_matches('>').trim_end_matches('/').to_string() + ">";
            let open = xml::with_attribute(&tag, "xml:space", "preserve");
            edits.replace(piece.start..piece.end, format!("{open}{kept}{addition}</{}>", xml::qualified(&tag)));
        }
        Some((_, Some(run))) => {
            let font = run.child(text, "rPr").map_or("", |font| font.outer(text));
            let piece = format!("<{prefix}t xml:space=\"preserve\">{addition}</{prefix}t>");
            edits.insert(run.end, format!("<{prefix}r>{font}{piece}</{prefix}r>"));
        }
        _ => {
            let piece = format!("<{prefix}t xml:space=\"preserve\">{addition}</{prefix}t>");
            match comment.child(text, "text") {
                Some(body) => edits.append(text, body, &piece),
                None => edits.append(text, comment, &format!("<{prefix}text>{piece}</{prefix}text>")),
            }
        }
    }
    whole
}

/// The notes on a sheet but for ours.
pub fn of_people(package: &mut Draft<'_>, part: &str) -> Result<Vec<(CellRef, String)>, Refusal> {
    let relation = package.relations(part)?.into_iter().find(|relation| relation.kind == "comments");
    let text = relation.and_then(|relation| relation.part).map(|part| package.text(&part)).transpose()?.flatten();
    let Some(text) = text else { return Ok(Vec::new()) };
    let comments = Comments::read(text)?;
    let theirs = comments.by_cell.iter().filter(|(_, (comment, _))| !all_ours(&comments.text, comment));
    let said = theirs.map(|(cell, (comment, _))| (*cell, whole(&comments.text, comment)));
    Ok(said.filter(|(_, note)| !note.trim().is_empty()).collect())
}

/// Takes our notes off a sheet, and our text out of the manager's notes.
pub fn remove(package: &mut Draft<'_>, part: &str, sheet: &Sheet, edits: &mut Edits) -> Result<(), Refusal> {
    let relations = package.relations(part)?;
    let Some(relation) = relations.iter().find(|relation| relation.kind == "comments") else { return Ok(()) };
    let Some(comments_part) = relation.part.clone() else { return Ok(()) };
    let Some(text) = package.text(&comments_part)? else { return Ok(()) };
    let comments = Comments::read(text)?;
    let text = &comments.text;
    let mut changes = Edits::default();
    let mut gone = BTreeSet::new();
    for (cell, (comment, author)) in &comments.by_cell {
        // LibreOffice keeps no authors: our line at the head tells as well.
        if author == AUTHOR || all_ours(text, comment) {
            changes.remove(comment.start..comment.end);
            gone.insert(*cell);
        } else {
            cut_ours(text, comment, &mut changes);
        }
    }
    // The author goes too where that moves no other.
    if comments.authors.last().is_some_and(|author| author == AUTHOR)
        && let Some(last) = comments.root.child(text, "authors").and_then(|authors| authors.children.last())
    {
        changes.remove(last.start..last.end);
    }
    let mut unrelated = Vec::new();
    if !gone.is_empty() && gone.len() == comments.by_cell.len() {
        package.drop(&comments_part);
        unrelated.push(relation.id.clone());
    } else if !changes.is_empty() {
        package.write(&comments_part, changes.apply(text));
    }
    let drawing = drawing(sheet).and_then(|(child, id)| {
        let relation = relations.iter().find(|relation| relation.id == id)?;
        Some((child, id, relation.part.clone()?))
    });
    if let Some((child, id, vml_part)) = drawing
        && !gone.is_empty()
        && let Some(old) = package.text(&vml_part)?
    {
        let (new, left) = vml::without_notes(&old, &gone);
        if left || new == old {
            package.write(&vml_part, new);
        } else {
            package.drop(&vml_part);
            unrelated.push(id);
            edits.remove(child.start..child.end);
        }
    }
    package.unrelate(part, &unrelated)
}

fn all_ours(text: &str, comment: &Element) -> bool {
    whole(text, comment).trim_start().starts_with(OUR_LINE)
}

fn whole(text: &str, comment: &Element) -> String {
    pieces(text, comment).iter().map(|(piece, _)| xml::unescape(piece.inner(text))).collect()
}

fn cut_ours(text: &str, comment: &Element, edits: &mut Edits) {
    let pieces = pieces(text, comment);
    let Some(at) = pieces.iter().position(|(piece, _)| piece.inner(text).contains(OUR_LINE)) else { return };
    let (piece, run) = pieces[at];
    let inner = piece.inner(text);
    let kept = inner.find(OUR_LINE).map_or("", |line| inner[..line].trim_end_matches(['\n', '\r']));
    match run {
        Some(run) if kept.is_empty() => edits.remove(run.start..run.end),
        _ => edits.replace(piece.opened..piece.close, kept),
    }
    for (_, run) in &pieces[at + 1..] {
        if let Some(run) = run {
            edits.remove(run.start..run.end);
        }
    }
}
