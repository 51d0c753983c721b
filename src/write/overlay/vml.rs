//! The boxes of notes: VML, taken as text because Excel itself writes it without matching tags.

use std::collections::BTreeSet;

use super::cells::{Sheet, column_range, column_tags};
use super::xml;
use crate::sheet::CellRef;

const WIDTH: f64 = 300.0;
const LINE: f64 = 15.0;
// Tahoma 9 at 96 dots an inch.
const LETTER: f64 = 6.0;
const MARGIN: f64 = 12.0;
const NAMESPACES: [(&str, &str); 3] = [
    ("xmlns:v", "urn:schemas-microsoft-com:vml"),
    ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
    ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
];
const NOTE_TYPE: &str = concat!(
    "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">",
    "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
);

/// Widths and heights of a sheet, in pixels.
pub struct Grid<'a> {
    sheet: &'a Sheet,
    columns: Vec<(u32, u32, f64)>,
    width: f64,
    height: f64,
}

impl<'a> Grid<'a> {
    /// Measures a sheet.
    pub fn of(sheet: &'a Sheet) -> Self {
        let format = sheet.child("sheetFormatPr").map(|child| sheet.tag(child)).unwrap_or("");
        let figure =
            |tag: &str, name| xml::attribute(tag, name).and_then(|figure| figure.value.trim().parse::<f64>().ok());
        // A character is 7 pixels wide and a column has 5 pixels of margin (ECMA-376, 18.3.1.13).
        let pixels = |characters: f64| (characters.clamp(0.0, 255.0) * 7.0 + 5.0).floor();
        let mut columns = Vec::new();
        if let Some(child) = sheet.child("cols") {
            for tag in column_tags(sheet.inner(child)) {
                let Some((first, last)) = column_range(tag) else { continue };
                let width = if xml::truth(tag, "hidden") { Some(0.0) } else { figure(tag, "width").map(pixels) };
                columns.extend(width.map(|width| (first, last, width)));
            }
        }
        let width = figure(format, "defaultColWidth").map_or(64.0, pixels);
        let height = figure(format, "defaultRowHeight").filter(|points| (1.0..=500.0).contains(points));
        Self { sheet, columns, width, height: height.map_or(20.0, |points| points * 4.0 / 3.0) }
    }

    fn column(&self, column: u32) -> f64 {
        self.columns
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&column))
            .map_or(self.width, |found| found.2)
    }

    fn row(&self, row: u32) -> f64 {
        self.sheet.height(row, self.height)
    }

    // The line and the offset in it that lie `length` pixels on.
    fn reach(&self, from: u32, offset: f64, length: f64, last: u32, size: impl Fn(u32) -> f64) -> (u32, u32) {
        let mut left = offset + length;
        let mut at = from;
        // Hidden lines have no size; a limit on the steps bounds a sheet that hides everything.
        for _ in 0..5_000 {
            let here = size(at);
            if left < here || at >= last {
                break;
            }
            left -= here;
            at += 1;
        }
        (at, left.min(size(at)).max(0.0) as u32)
    }

    fn anchor(&self, cell: CellRef, height: f64) -> String {
        let left = (cell.column + 1).min(16_382);
        let top = cell.row.saturating_sub(1);
        let (right, right_offset) = self.reach(left, 15.0, WIDTH, 16_383, |column| self.column(column));
        let (bottom, bottom_offset) = self.reach(top, 4.0, height, 1_048_575, |row| self.row(row));
        format!("{left}, 15, {top}, 4, {right}, {right_offset}, {bottom}, {bottom_offset}")
    }

    fn heightened(&self, anchor: &str, text: &str) -> Option<String> {
        let figures: Vec<u32> = anchor.split(',').map(|figure| figure.trim().parse().ok()).collect::<Option<_>>()?;
        let [left, left_offset, top, top_offset, right, right_offset, bottom, bottom_offset] = figures[..] else {
            return None;
        };
        let between = |first: u32, offset: u32, last: u32, end: u32, size: &dyn Fn(u32) -> f64| {
            (first..last.min(first.saturating_add(2_000))).map(size).sum::<f64>() + f64::from(end) - f64::from(offset)
        };
        let width = between(left, left_offset, right, right_offset, &|column| self.column(column));
        let old = between(top, top_offset, bottom, bottom_offset, &|row| self.row(row));
        let needed = height(text, width.max(60.0));
        if needed <= old {
            return None;
        }
        let (bottom, bottom_offset) = self.reach(top, f64::from(top_offset), needed, 1_048_575, |row| self.row(row));
        Some(format!("{left}, {left_offset}, {top}, {top_offset}, {right}, {right_offset}, {bottom}, {bottom_offset}"))
    }
}

// Height of a text wrapped at this width.
fn height(text: &str, width: f64) -> f64 {
    let room = (((width - MARGIN) / LETTER) as usize).max(8);
    let mut lines = 0usize;
    for line in text.lines() {
        lines += 1;
        let mut used = 0usize;
        for word in line.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                lines += 1;
                used = 0;
            }
            lines += length.saturating_sub(1) / room;
            used += length % room + usize::from(used > 0);
        }
    }
    // Taller than this would not fit on a screen.
    (lines.max(1) as f64 * LINE + MARGIN).min(900.0)
}

/// The highest block of shape numbers that a drawing lays claim to.
pub fn highest_block(vml: &str) -> usize {
    let maps = vml.split("idmap").skip(1).filter_map(|rest| {
        let rest = rest.get(rest.find("data=")? + 6..)?;
        rest.get(..rest.find(['"', '\''])?)
    });
    maps.flat_map(|data| data.split(',')).filter_map(|block| block.trim().parse().ok()).max().unwrap_or(0)
}

/// A drawing of nothing, which lays claim to the shape numbers of `block`.
pub fn empty(block: usize) -> String {
    let names: String = NAMESPACES.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
    format!(
        "<xml{names}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout>{NOTE_TYPE}</xml>"
    )
}

/// The drawing with a box for each note, or `None` where it cannot be added to.
pub fn with_notes(vml: &str, grid: &Grid<'_>, notes: &[(CellRef, String)]) -> Option<String> {
    let end = vml.rfind("</").filter(|end| vml[*end..].starts_with("</xml"))?;
    let root = vml.find("<xml").and_then(|at| vml.get(at..at + vml[at..].find('>')?))?;
    let declared: String = NAMESPACES
        .iter()
        .filter(|(name, value)| !root.contains(&format!("{name}=\"{value}\"")))
        .map(|(name, value)| format!(" {name}=\"{value}\""))
        .collect();
    let numbers = vml.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse::<usize>().ok().filter(|number| *number < 1 << 30)
    });
    let mut number = numbers.max().unwrap_or(0).max(highest_block(vml).clamp(1, 1 << 20) * 1024);
    let mut shapes = String::new();
    if !vml.contains("id=\"_x0000_t202\"") {
        shapes.push_str(&NOTE_TYPE.replacen("<v:shapetype", &format!("<v:shapetype{declared}"), 1));
    }
    for (cell, text) in notes {
        number += 1;
        let height = height(text, WIDTH);
        shapes.push_str(&format!(
            "<v:shape{declared} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style='position:absolute;margin-left:60pt;margin-top:2pt;width:{}pt;height:{}pt;z-index:{};visibility:hidden' fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            WIDTH * 0.75,
            height * 0.75,
            number % 1024,
            grid.anchor(*cell, height),
            cell.row,
            cell.column,
        ));
    }
    let mut out = vml.to_string();
    out.insert_str(end, &shapes);
    Some(claimed(out, number))
}

// Shape numbers come in blocks of 1,024; the drawing must lay claim to each block it uses.
fn claimed(vml: String, highest: usize) -> String {
    let Some(at) = vml.find("idmap").and_then(|map| Some(map + vml[map..].find("data=")? + 6)) else { return vml };
    let Some(length) = vml.get(at..).and_then(|rest| rest.find(['"', '\''])) else { return vml };
    let top = highest_block(&vml);
    let more: String = (top + 1..=highest / 1024).map(|block| format!(",{block}")).collect();
    let mut out = vml;
    out.insert_str(at + length, &more);
    out
}

/// The drawing without the boxes of the notes on these cells, and whether any shape is left.
pub fn without_notes(vml: &str, cells: &BTreeSet<CellRef>) -> (String, bool) {
    let mut out = String::with_capacity(vml.len());
    let mut rest = vml;
    while let Some((start, end)) = next_shape(rest) {
        let shape = &rest[start..end];
        if note_cell(shape).is_some_and(|cell| cells.contains(&cell)) {
            out.push_str(&rest[..start]);
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    let shapes = ["shape", "rect", "group", "image", "line", "oval", "roundrect"];
    let left = shapes.iter().any(|name| opening(&out, 0, name).is_some());
    (out, left)
}

/// The drawing with the boxes of these notes made high enough for their text.
pub fn heightened(vml: &str, grid: &Grid<'_>, notes: &[(CellRef, String)]) -> String {
    let mut out = String::with_capacity(vml.len());
    let mut rest = vml;
    while let Some((start, end)) = next_shape(rest) {
        let shape = &rest[start..end];
        let note = note_cell(shape).and_then(|cell| notes.iter().find(|note| note.0 == cell));
        let anchor = note.and_then(|(_, text)| {
            let (at, old) = value(shape, "Anchor")?;
            Some((at, old.len(), grid.heightened(old, text)?))
        });
        match anchor {
            Some((at, length, new)) => {
                out.push_str(&rest[..start + at]);
                out.push_str(&new);
                out.push_str(&rest[start + at + length..end]);
            }
            None => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

// The next opening tag of this name, whatever its prefix: where it starts, and its prefix with the colon.
fn opening<'a>(vml: &'a str, from: usize, name: &str) -> Option<(usize, &'a str)> {
    let rest = vml.get(from..)?;
    rest.match_indices(name).find_map(|(at, _)| {
        let ends = rest.as_bytes().get(at + name.len());
        let whole = ends.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        let start = rest[..at].rfind('<').filter(|_| whole)?;
        let prefix = &rest[start + 1..at];
        let named = prefix.is_empty()
            || prefix.strip_suffix(':').is_some_and(|prefix| prefix.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        named.then_some((from + start, prefix))
    })
}

fn next_shape(vml: &str) -> Option<(usize, usize)> {
    let (start, prefix) = opening(vml, 0, "shape")?;
    let end = format!("</{prefix}shape>");
    Some((start, start + vml[start..].find(&end)? + end.len()))
}

fn note_cell(shape: &str) -> Option<CellRef> {
    let note = shape.contains("ObjectType=\"Note\"") || shape.contains("ObjectType='Note'");
    let figure = |name| value(shape, name)?.1.trim().parse::<u32>().ok();
    Some(CellRef::new(figure("Row").filter(|_| note)?, figure("Column")?))
}

// Where the value of `<x:Row>` begins, and the value.
fn value<'a>(shape: &'a str, name: &str) -> Option<(usize, &'a str)> {
    let (start, _) = opening(shape, 0, name)?;
    let at = start + shape[start..].find('>')? + 1;
    Some((at, shape[at..].split('<').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet::read("<worksheet><cols><col min=\"4\" max=\"4\" width=\"100\"/></cols><sheetData><row r=\"3\" hidden=\"1\"/></sheetData></worksheet>".into()).unwrap()
    }

    #[test]
    fn boxes_come_and_go() {
        let sheet = sheet();
        let grid = Grid::of(&sheet);
        let cell: CellRef = "C3".parse().unwrap();
        let button = empty(2).replace(
            "</xml>",
            "<v:shape id=\"_x0000_s2060\"><font>Go<br>on</font><x:ClientData ObjectType=\"Button\"/></v:shape></xml>",
        );
        let out = with_notes(&button, &grid, &[(cell, "One line".into())]).unwrap();
        assert!(out.contains("_x0000_s2061\""));
        // From the row above, 27 pixels high: over row 2, past the hidden row 3.
        assert!(out.contains("<x:Anchor>3, 15, 1, 4, 3, 315, 3, 11</x:Anchor>"), "{out}");
        assert_eq!(without_notes(&out, &[cell].into()), (button, true));
        let alone = with_notes(&empty(1), &grid, &[(cell, "x".into())]).unwrap();
        assert_eq!(without_notes(&alone, &[cell].into()), (empty(1), false));
    }

    #[test]
    fn prefixes_of_other_programs_are_understood() {
        let theirs = "<xml xmlns:ns0=\"urn:schemas-microsoft-com:office:office\" xmlns:ns1=\"urn:schemas-microsoft-com:vml\" xmlns:ns2=\"urn:schemas-microsoft-com:office:excel\"><ns1:shapetype id=\"_x0000_t202\" /><ns1:shape id=\"_x0000_s1026\"><ns2:ClientData ObjectType=\"Note\"><ns2:Row>1</ns2:Row><ns2:Column>1</ns2:Column></ns2:ClientData></ns1:shape></xml>";
        let sheet = sheet();
        let cell: CellRef = "C3".parse().unwrap();
        let out = with_notes(theirs, &Grid::of(&sheet), &[(cell, "x".into())]).unwrap();
        assert!(out.contains("<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\""));
        assert_eq!(without_notes(&out, &[cell].into()), (theirs.to_string(), true));
        assert!(!without_notes(theirs, &["B2".parse().unwrap()].into()).1);
    }

    #[test]
    fn a_long_note_gets_a_high_box() {
        assert_eq!(height("a", WIDTH), 27.0);
        assert_eq!(height(&"word ".repeat(40), WIDTH), 5.0 * LINE + MARGIN);
        assert_eq!(height("a\n\nb", WIDTH), 3.0 * LINE + MARGIN);
    }

    #[test]
    fn many_notes_claim_more_blocks() {
        let sheet = sheet();
        let notes: Vec<(CellRef, String)> = (0..1100).map(|row| (CellRef::new(row, 0), String::new())).collect();
        let out = with_notes(&empty(3), &Grid::of(&sheet), &notes).unwrap();
        assert!(out.contains("data=\"3,4\"") && highest_block(&out) == 4);
    }
}
