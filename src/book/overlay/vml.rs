//! The boxes of notes: VML, taken as text because Excel itself writes it without matching tags.

use std::collections::BTreeSet;

use super::cells::{Sheet, column_range, column_tags};
use super::xml;
use crate::book::sheet::{COLUMNS_MOST, CellRef, ROWS_MOST};

// Widths of boxes: the first in which the text is not higher than it should be, else the first as good as the last.
const WIDTHS: [f64; 4] = [300.0, 450.0, 600.0, 800.0];
const HEIGHT: f64 = 600.0;
// Tahoma 9 at 96 dots an inch, with room for the wider fonts that stand in for it.
const LINE: f64 = 15.0;
const LETTER: f64 = 6.0;
// What a box keeps free: left and right together, above and below together.
const SIDES: f64 = 20.0;
const EDGES: f64 = 12.0;
// The last lines that a sheet has.
const COLUMN_LAST: u32 = COLUMNS_MOST - 1;
const ROW_LAST: u32 = ROWS_MOST - 1;
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
        let height = height.map_or(20.0, |points| points * 4.0 / 3.0);
        let hidden = xml::truth(format, "zeroHeight");
        Self { sheet, columns, width, height: if hidden { 0.0 } else { height } }
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

    fn anchor(&self, cell: CellRef, (width, height): (f64, f64)) -> String {
        let beside = (self.sheet.last_column(cell) + 1).min(COLUMN_LAST);
        let across = span(beside, 15.0, width, COLUMN_LAST, |column| self.column(column));
        let down = span(cell.row.saturating_sub(1), 4.0, height, ROW_LAST, |row| self.row(row));
        written(across, down)
    }

    fn heightened(&self, anchor: &str, text: &str) -> Option<String> {
        let figures: Vec<u32> = anchor.split(',').map(|figure| figure.trim().parse().ok()).collect::<Option<_>>()?;
        let [left, left_offset, top, top_offset, right, right_offset, bottom, bottom_offset] = figures[..] else {
            return None;
        };
        let between = |first: u32, offset: u32, last: u32, end: u32, size: &dyn Fn(u32) -> f64| {
            (first..last.min(first.saturating_add(2_000))).map(size).sum::<f64>() + f64::from(end) - f64::from(offset)
        };
        let old_width = between(left, left_offset, right, right_offset, &|column| self.column(column));
        let old_height = between(top, top_offset, bottom, bottom_offset, &|row| self.row(row));
        if height(text, old_width) <= old_height {
            return None;
        }
        let width = size(text).0.max(old_width);
        let needed = height(text, width).max(old_height);
        let across = span(left, f64::from(left_offset), width, COLUMN_LAST, |column| self.column(column));
        let down = span(top, f64::from(top_offset), needed, ROW_LAST, |row| self.row(row));
        Some(written(across, down))
    }
}

/// From where to where a box reaches: a line and the offset in it, twice.
type Span = [u32; 4];

fn written(across: Span, down: Span) -> String {
    let [left, left_offset, right, right_offset] = across;
    let [top, top_offset, bottom, bottom_offset] = down;
    format!("{left}, {left_offset}, {top}, {top_offset}, {right}, {right_offset}, {bottom}, {bottom_offset}")
}

/// The lines that `length` pixels cover from a line and an offset in it.
///
/// Where the sheet ends, or hides all that follows, they begin earlier: a box has its size everywhere.
fn span(from: u32, offset: f64, length: f64, last: u32, size: impl Fn(u32) -> f64) -> Span {
    let offset = offset.min(size(from));
    let mut left = offset + length;
    let mut at = from;
    // Hidden lines have no size; a limit on the steps bounds a sheet that hides everything.
    for _ in 0..20_000 {
        let here = size(at);
        if left < here || at >= last {
            break;
        }
        left -= here;
        at += 1;
    }
    let end = left.min(size(at)).max(0.0);
    let mut missing = left - end;
    let (mut first, mut offset) = (from, offset);
    if missing > 0.0 {
        missing -= offset;
        offset = 0.0;
        while missing > 0.0 && first > 0 {
            first -= 1;
            missing -= size(first);
        }
        offset -= missing.min(0.0);
    }
    [first, offset as u32, at, end as u32]
}

/// Width and height in pixels of a box that has room for a text in nine-point letters.
pub fn size(text: &str) -> (f64, f64) {
    let [.., widest] = WIDTHS;
    let most = height(text, widest).max(HEIGHT);
    let width = WIDTHS.into_iter().find(|width| height(text, *width) <= most).unwrap_or(widest);
    (width, height(text, width))
}

// Height of a text wrapped at this width.
fn height(text: &str, width: f64) -> f64 {
    let room = (((width - SIDES) / LETTER) as usize).max(8);
    let mut lines = 0usize;
    for line in text.lines() {
        lines += 1;
        let mut used = 0usize;
        for word in line.split(' ') {
            // Signs of eastern scripts are twice as wide.
            let length: usize = word.chars().map(|sign| 1 + usize::from(sign >= '\u{2E80}')).sum();
            if used > 0 && used + 1 + length > room {
                lines += 1;
                used = 0;
            }
            lines += length.saturating_sub(1) / room;
            used += length % room + usize::from(used > 0);
        }
    }
    lines.max(1) as f64 * LINE + EDGES
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
        let (width, height) = size(text);
        shapes.push_str(&format!(
            "<v:shape{declared} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style='position:absolute;margin-left:60pt;margin-top:2pt;width:{}pt;height:{}pt;z-index:{};visibility:hidden' fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            width * 0.75,
            height * 0.75,
            number % 1024,
            grid.anchor(*cell, (width, height)),
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
        // Lines of 15 pixels and 12 around them; 46 letters of 6 pixels stand beside each other in 300 less 20.
        assert_eq!(size("a"), (300.0, 27.0));
        assert_eq!(size(&"word ".repeat(40)), (300.0, 87.0), "nine words a line");
        assert_eq!(size("a\n\nb"), (300.0, 57.0));
        assert_eq!(size(&"x".repeat(93)), (300.0, 57.0), "a word without an end is broken: 46, 46, 1");
        assert_eq!(size(&"儿童".repeat(23)), (300.0, 42.0), "92 letters' room");
    }

    #[test]
    fn a_very_long_note_gets_a_wider_box_and_loses_nothing() {
        // 60 lines of 70 letters: two lines each in 300, one in 450 pixels, where 71 have room.
        let text = vec!["y".repeat(70); 60].join("\n");
        assert_eq!(size(&text), (450.0, 912.0), "a wider one would be no lower");
        let text = vec!["y".repeat(70); 30].join("\n");
        assert_eq!(size(&text), (450.0, 462.0));
    }

    #[test]
    fn boxes_keep_their_size_at_the_edges_of_the_sheet() {
        let all = Sheet::read("<worksheet><sheetData/></worksheet>".into()).unwrap();
        // Columns of 64 pixels, rows of 20: 300 are five columns less 20, 30 are a row and a half.
        let corner = CellRef::new(ROW_LAST, COLUMN_LAST);
        assert_eq!(Grid::of(&all).anchor(corner, (300.0, 50.0)), "16379, 20, 1048573, 10, 16383, 64, 1048575, 20");
        // Nothing to be seen right of column D or below row 4.
        let shut = "<worksheet><sheetFormatPr zeroHeight=\"1\"/><cols><col min=\"5\" max=\"16384\" hidden=\"1\"/></cols><sheetData><row r=\"1\" ht=\"15\"/><row r=\"2\" ht=\"15\"/><row r=\"3\" ht=\"15\"/><row r=\"4\" ht=\"15\"/></sheetData></worksheet>";
        let shut = Sheet::read(shut.into()).unwrap();
        let anchor = Grid::of(&shut).anchor("D4".parse().unwrap(), (200.0, 50.0));
        let figures: Vec<u32> = anchor.split(", ").map(|figure| figure.parse().unwrap()).collect();
        assert_eq!(figures[..4], [0, 56, 1, 10], "200 and 50 pixels back from the end of D and of row 4");
    }

    #[test]
    fn a_box_stands_beside_the_whole_of_a_merged_cell() {
        let text = "<worksheet><sheetData/><mergeCells><mergeCell ref=\"B2:D4\"/></mergeCells></worksheet>";
        let sheet = Sheet::read(text.into()).unwrap();
        assert!(Grid::of(&sheet).anchor("B2".parse().unwrap(), (300.0, 27.0)).starts_with("4, 15, 0, 4, "));
    }

    #[test]
    fn the_managers_box_grows_with_our_text_below_theirs() {
        let sheet = Sheet::read("<worksheet><sheetData/></worksheet>".into()).unwrap();
        let grid = Grid::of(&sheet);
        // Two columns and four rows: 128 by 80 pixels, 18 letters a line and four lines.
        let theirs = "2, 0, 0, 0, 4, 0, 4, 0";
        assert_eq!(grid.heightened(theirs, "short"), None);
        let long = "word ".repeat(40);
        assert_eq!(grid.heightened(theirs, &long).as_deref(), Some("2, 0, 0, 0, 6, 44, 4, 7"));
    }

    #[test]
    fn many_notes_claim_more_blocks() {
        let sheet = sheet();
        let notes: Vec<(CellRef, String)> = (0..1100).map(|row| (CellRef::new(row, 0), String::new())).collect();
        let out = with_notes(&empty(3), &Grid::of(&sheet), &notes).unwrap();
        assert!(out.contains("data=\"3,4\"") && highest_block(&out) == 4);
    }
}
