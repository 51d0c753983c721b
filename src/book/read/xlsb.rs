//! Excel's binary workbooks, read record by record.
//!
//! calamine passes over formulas that show an error, and takes the contents of styles for their
//! beginning; a wrong blank or a date lost is worse than these few records read here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{ExcelDateTime, ExcelDateTimeType, Reader as _, Xlsb};

use crate::book::marker::MARKER;
use crate::book::package::Package;
use crate::book::read::marks::mark;
use crate::book::read::{CELLS_MOST, Unreadable, dates, shown};
use crate::book::sheet::{
    Area, COLUMNS_MOST, CellRef, ROWS_MOST, RawBook, RawCell, RawRow, RawSheet, Shown, Value, Visibility, Width,
};

/// Reads a workbook's sheets in the order of its tabs.
///
/// # Errors
///
/// The workbook is damaged, or past a limit.
pub fn read(package: &mut Package<'_>, bytes: &[u8]) -> Result<RawBook, Unreadable> {
    let main = package.main_part()?.unwrap_or_default();
    let relations = package.relations(&main)?;
    let mut related = |kind: &str| {
        let part = relations.iter().find(|relation| relation.kind == kind).and_then(|found| found.part.as_ref());
        part.map_or(Ok(Vec::new()), |part| package.xml(part).map(Option::unwrap_or_default))
    };
    let texts = texts(&related("sharedStrings")?)?;
    let formats = formats(&related("styles")?).ok_or_else(damaged)?;
    let main = package.xml(&main)?.ok_or_else(damaged)?;
    let context = Context { texts, formats, from_1904: from_1904(&main) };
    let mut left = CELLS_MOST;
    let mut book = RawBook::default();
    for tab in tabs(&main)? {
        let mut sheet = RawSheet { name: tab.name, visibility: tab.visibility, ..RawSheet::default() };
        let relation = relations.iter().find(|relation| relation.id == tab.relation);
        match relation {
            Some(relation) if relation.kind == "worksheet" => {
                let part = relation.part.as_ref().map_or(Ok(None), |part| package.xml(part));
                let read = match part {
                    Ok(Some(part)) => page(&mut sheet, &part, &context, &mut left),
                    Ok(None) => Err("the sheet's part is not in the workbook".into()),
                    Err(flaw) => Err(Unreadable::from(flaw).why),
                };
                if let Err(why) = read {
                    sheet = RawSheet { name: sheet.name, visibility: sheet.visibility, ..RawSheet::default() };
                    sheet.unreadable = Some(why);
                }
            }
            // Charts, dialogues and macros hold no cells.
            Some(_) => {}
            None => sheet.unreadable = Some("the sheet's part cannot be found in the workbook".into()),
        }
        if left == 0 {
            return Err(Unreadable::refused(format!("the workbook has more than {CELLS_MOST} cells; split it")));
        }
        book.sheets.push(sheet);
    }
    // Names are formulas, which calamine reads: where one of ours is there, it is asked for them all.
    let marker: Vec<u8> = MARKER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    if main.windows(marker.len()).any(|window| window == marker)
        && let Ok(workbook) = Xlsb::new(Cursor::new(bytes))
    {
        mark(&mut book, workbook.defined_names());
    }
    Ok(book)
}

fn damaged() -> Unreadable {
    Unreadable::broken("the workbook is damaged; open it in Excel, let it be repaired and save it as .xlsx")
}

/// Records one after the other: kind and contents.
struct Records<'a> {
    left: &'a [u8],
}

impl Records<'_> {
    /// A figure of seven bits a byte, the lowest first; the eighth says that another follows.
    fn figure(&mut self, most: u32) -> Option<u32> {
        let mut value = 0u32;
        for at in 0..most {
            let (byte, rest) = self.left.split_first()?;
            self.left = rest;
            value |= u32::from(byte & 0x7F) << (7 * at);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let low = *self.left.first()?;
        let kind = if low & 0x80 == 0 { self.figure(1)? } else { self.figure(2)? };
        let length = self.figure(4)? as usize;
        let data = self.left.get(..length)?;
        self.left = &self.left[length..];
        Some((u16::try_from(kind).ok()?, data))
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// A text with its length in front, and where it ends.
fn text_at(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = u32_at(data, at)? as usize;
    let end = (at + 4).checked_add(length.checked_mul(2)?)?;
    let units = data.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), end))
}

/// What the sheets of a workbook share.
struct Context {
    texts: Vec<Arc<str>>,
    /// The number format of each cell format.
    formats: Vec<NumberFormat>,
    from_1904: bool,
}

/// What numbers of a format are, and the code that shows them.
#[derive(Clone, PartialEq, Eq, Debug)]
struct NumberFormat {
    kind: Kind,
    code: Option<Arc<str>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Number,
    Date,
    Duration,
}

/// A value with the way it is shown, where that is not the plain way.
type Looked = (Value, Option<Shown>);

impl Context {
    fn number(&self, style: u32, number: f64) -> Looked {
        let format = self.formats.get(style as usize);
        let code = || format.and_then(|format| format.code.clone()).map(Shown::Code);
        let kind = match format.map(|format| format.kind) {
            Some(Kind::Date) => ExcelDateTimeType::DateTime,
            Some(Kind::Duration) => ExcelDateTimeType::TimeDelta,
            Some(Kind::Number) | None => return (Value::Number(number), code()),
        };
        let serial = ExcelDateTime::new(number, kind, self.from_1904);
        match dates::value(&serial) {
            Value::Number(number) => (Value::Number(number), code().or_else(|| Some(Shown::Code(shown::TIME.into())))),
            date => (date, dates::time(&serial).map(Shown::Time)),
        }
    }
}

/// The texts that cells point at.
fn texts(part: &[u8]) -> Result<Vec<Arc<str>>, Unreadable> {
    const ITEM: u16 = 19;
    let items = Records { left: part }.filter(|(kind, _)| *kind == ITEM);
    items.map(|(_, data)| Some(Arc::from(text_at(data, 1)?.0))).collect::<Option<_>>().ok_or_else(damaged)
}

/// The number format of each cell format; `None` where a record is cut short.
fn formats(part: &[u8]) -> Option<Vec<NumberFormat>> {
    const FORMAT: u16 = 44;
    const CELL_FORMAT: u16 = 47;
    const BEGIN_CELL_FORMATS: u16 = 617;
    const END_CELL_FORMATS: u16 = 618;
    let mut written: BTreeMap<u16, NumberFormat> = BTreeMap::new();
    let mut found = Vec::new();
    let mut within = false;
    for (kind, data) in (Records { left: part }) {
        match kind {
            FORMAT => {
                let code = text_at(data, 2)?.0;
                let format = NumberFormat { kind: kind_of(&code), code: shown::code(&code) };
                written.insert(u16_at(data, 0)?, format);
            }
            BEGIN_CELL_FORMATS => within = true,
            END_CELL_FORMATS => within = false,
            CELL_FORMAT if within => {
                let number = u16_at(data, 2)?;
                let kind = match number {
                    14..=22 | 27..=36 | 45 | 47 | 50..=58 => Kind::Date,
                    46 => Kind::Duration,
                    _ => Kind::Number,
                };
                let built_in = || NumberFormat { kind, code: shown::built_in(number).map(Arc::from) };
                found.push(written.get(&number).cloned().unwrap_or_else(built_in));
            }
            _ => {}
        }
    }
    Some(found)
}

/// What a number format shows, by its first section: letters of a date outside quotes and brackets.
fn kind_of(format: &str) -> Kind {
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => _ = signs.by_ref().find(|sign| *sign == '"'),
            // What follows is a sign to be shown, to be left room for, or to be filled with.
            '\\' | '_' | '*' => _ = signs.next(),
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let inside = inside.to_lowercase();
                if !inside.is_empty() && ['h', 'm', 's'].iter().any(|unit| inside.chars().all(|sign| sign == *unit)) {
                    return Kind::Duration;
                }
            }
            ';' => break,
            sign if "dmyhsDMYHS".contains(sign) => return Kind::Date,
            _ => {}
        }
    }
    Kind::Number
}

/// Whether the days of the workbook are counted from 1904.
fn from_1904(part: &[u8]) -> bool {
    const PROPERTIES: u16 = 153;
    let found = Records { left: part }.find(|(kind, _)| *kind == PROPERTIES);
    found.and_then(|(_, data)| data.first().copied()).is_some_and(|flags| flags & 1 != 0)
}

/// A tab as the workbook lists it.
struct Tab {
    name: String,
    visibility: Visibility,
    relation: String,
}

fn tabs(part: &[u8]) -> Result<Vec<Tab>, Unreadable> {
    const SHEET: u16 = 156;
    const END: u16 = 132;
    let mut found: Vec<Tab> = Vec::new();
    let mut whole = false;
    for (kind, data) in (Records { left: part }) {
        whole |= kind == END;
        if kind != SHEET {
            continue;
        }
        let visibility = match u32_at(data, 0).ok_or_else(damaged)? {
            0 => Visibility::Visible,
            1 => Visibility::Hidden,
            _ => Visibility::VeryHidden,
        };
        // A sheet of macros alone may have no part of its own.
        if u32_at(data, 8) == Some(u32::MAX) {
            continue;
        }
        let (relation, end) = text_at(data, 8).ok_or_else(damaged)?;
        let (name, _) = text_at(data, end).ok_or_else(damaged)?;
        if found.iter().any(|other| other.name.to_lowercase() == name.to_lowercase()) {
            return Err(damaged());
        }
        found.push(Tab { name, visibility, relation });
    }
    if found.is_empty() || !whole {
        return Err(damaged());
    }
    Ok(found)
}

/// Reads the records of a sheet.
///
/// # Errors
///
/// The sheet ends in its middle, or its cells cannot be told apart.
fn page(sheet: &mut RawSheet, part: &[u8], context: &Context, left: &mut usize) -> Result<(), String> {
    const END_SHEET: u16 = 130;
    let mut hidden_columns = BTreeSet::new();
    let mut row = None;
    for (kind, data) in (Records { left: part }) {
        match kind {
            END_SHEET => {
                sheet.rows.retain(|row| !row.cells.is_empty());
                sheet.hidden_columns = hidden_columns.into_iter().collect();
                return Ok(());
            }
            60 => columns(sheet, data, &mut hidden_columns).ok_or(SHORT)?,
            _ => record(sheet, kind, data, context, &mut row, left).ok_or(SHORT)??,
        }
    }
    Err("the sheet ends in its middle".into())
}

const SHORT: &str = "a record of the sheet is cut short";

fn columns(sheet: &mut RawSheet, data: &[u8], hidden: &mut BTreeSet<u32>) -> Option<()> {
    let (first, last) = (u32_at(data, 0)?, u32_at(data, 4)?.min(COLUMNS_MOST - 1));
    if u16_at(data, 16)? & 1 != 0 {
        hidden.extend(first..=last);
    }
    // In parts of a digit of the usual font, which is seven pixels wide.
    let pixels = (f64::from(u32_at(data, 8)?) * 7.0 / 256.0).round() as u32;
    sheet.appearance.widths.push(Width { first, last, pixels });
    Some(())
}

/// Takes one record in; `None` where it is shorter than it has to be.
fn record(
    sheet: &mut RawSheet,
    kind: u16,
    data: &[u8],
    context: &Context,
    last: &mut Option<CellRef>,
    left: &mut usize,
) -> Option<Result<(), String>> {
    match kind {
        0 => {
            let index = u32_at(data, 0)?;
            if index >= ROWS_MOST || sheet.rows.last().is_some_and(|row| index <= row.index) {
                return Some(Err("rows stand in the wrong order or twice".into()));
            }
            let hidden = data.get(11)? & 0x10 != 0;
            sheet.rows.push(RawRow { index, hidden, cells: Vec::new() });
        }
        2..=11 | 62 => {
            let Some(row) = sheet.rows.last_mut() else { return Some(Err("a cell stands in no row".into())) };
            let (column, place) = (u32_at(data, 0)?, CellRef::new(row.index, u32_at(data, 0)?));
            if column >= COLUMNS_MOST || last.is_some_and(|last| place <= last) || *left == 0 {
                return Some(Err("cells stand twice, in the wrong order or beyond the sheet".into()));
            }
            (*last, *left) = (Some(place), *left - 1);
            if let Some((value, look)) = value(kind, data, context)? {
                sheet.appearance.shown.extend(look.map(|look| (place, look)));
                row.cells.push(RawCell { column, value, formula: (8..=11).contains(&kind) });
            }
        }
        163 => sheet.filtered = true,
        176 => {
            let at = |at| u32_at(data, at);
            let (first, last) = (CellRef::new(at(0)?, at(8)?), CellRef::new(at(4)?, at(12)?));
            sheet.merged.extend(Some(Area { first, last }).filter(Area::is_on_a_sheet));
        }
        _ => {}
    }
    Some(Ok(()))
}

/// What a cell holds; the outer `None` where its record is cut short.
fn value(kind: u16, data: &[u8], context: &Context) -> Option<Option<Looked>> {
    let style = u32_at(data, 4)? & 0x00FF_FFFF;
    let number = match kind {
        2 => Some(unpacked(u32_at(data, 8)?)),
        5 | 9 => Some(f64::from_le_bytes(data.get(8..16)?.try_into().ok()?)),
        _ => None,
    };
    if let Some(number) = number.filter(|number| number.is_finite()) {
        return Some(Some(context.number(style, number)));
    }
    let text = |text: &str| (!text.is_empty()).then(|| Value::Text(Arc::from(text)));
    let value = match kind {
        // A number without a value.
        2 | 5 | 9 => Some(Value::Error("#NUM!".into())),
        3 | 11 => Some(error(*data.get(8)?)),
        4 | 10 => Some(Value::Bool(*data.get(8)? != 0)),
        6 | 8 => text(&text_at(data, 8)?.0),
        // Rich text has a byte in front that tells of its runs.
        62 => text(&text_at(data, 9)?.0),
        _ => match context.texts.get(u32_at(data, 8)? as usize) {
            Some(shared) if shared.is_empty() => None,
            Some(shared) => Some(Value::Text(Arc::clone(shared))),
            // The cell points at a text that is not there.
            None => Some(Value::Error("#TEXT?".into())),
        },
    };
    Some(value.map(|value| (value, None)))
}

/// A number packed into thirty bits: whole or the upper half of a float, and perhaps in hundredths.
fn unpacked(packed: u32) -> f64 {
    let number =
        if packed & 2 != 0 { f64::from((packed as i32) >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

/// An error by its number; those of newer versions have no name that is read here.
fn error(code: u8) -> Value {
    let name = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    };
    Value::Error(name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_by_their_format() {
        for format in ["dd/mm/yyyy", "d-mmm-yy", "h:mm AM/PM", "[$-809]dddd, d mmmm", "\"on \"d/m", "[Red]yyyy;0"] {
            assert_eq!(kind_of(format), Kind::Date, "{format}");
        }
        for format in ["[h]:mm:ss", "[mm]", "[Blue][s].00"] {
            assert_eq!(kind_of(format), Kind::Duration, "{format}");
        }
        for format in ["General", "0.00", "0%", "0.00\" days\"", "#,##0_d", "0*y", "\\d0", "[Red]-0", "@", "0;\"y\""] {
            assert_eq!(kind_of(format), Kind::Number, "{format}");
        }
    }

    #[test]
    fn how_numbers_are_shown() {
        let text = |text: &str| -> Vec<u8> {
            let length = (text.len() as u32).to_le_bytes();
            length.into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        };
        let written = [vec![164, 0], text("0.0%")].concat();
        let mut part = [vec![44, written.len() as u8], written].concat();
        // The cell formats stand between records 617 and 618, each kind in two bytes.
        part.extend([0xE9, 4, 0]);
        for number in [0, 9, 22, 46, 164] {
            part.extend([47, 16, 0, 0, number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        }
        part.extend([0xEA, 4, 0]);
        let context = Context { texts: Vec::new(), formats: formats(&part).unwrap(), from_1904: false };
        let code = |code: &str| Some(Shown::Code(code.into()));
        assert_eq!(context.number(0, 0.6), (Value::Number(0.6), None));
        assert_eq!(context.number(1, 0.6), (Value::Number(0.6), code("0%")));
        let (day, time) = (jiff::civil::date(2024, 2, 29), jiff::civil::time(13, 45, 0, 0));
        assert_eq!(context.number(2, 45_351.0 + 13.75 / 24.0), (Value::Date(day), Some(Shown::Time(time))));
        assert_eq!(context.number(3, 1.5), (Value::Number(1.5), code("[h]:mm:ss")));
        assert_eq!(context.number(4, 0.625), (Value::Number(0.625), code("0.0%")));
    }

    #[test]
    fn columns_have_widths_and_may_be_hidden() {
        let mut sheet = RawSheet::default();
        let mut hidden = BTreeSet::new();
        // The third and fourth column, ten digits wide in 256ths.
        let data = [2, 0, 0, 0, 3, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 1, 0];
        columns(&mut sheet, &data, &mut hidden).unwrap();
        assert_eq!(hidden, BTreeSet::from([2, 3]));
        assert_eq!(sheet.appearance.widths, [Width { first: 2, last: 3, pixels: 70 }]);
    }

    #[test]
    fn packed_numbers() {
        assert_eq!(unpacked(0b10 | 5 << 2), 5.0);
        assert_eq!(unpacked(0b11 | 65 << 2), 0.65);
        assert_eq!(unpacked((-3i32 << 2) as u32 | 0b10), -3.0);
        assert_eq!(unpacked((1.5f64.to_bits() >> 32) as u32), 1.5);
    }

    #[test]
    fn records_end_where_they_are_cut_short() {
        let all = [0x81, 0x01, 0x00, 0x13, 0x02, 0xAA, 0xBB, 0x05, 0x09, 0x01];
        let found: Vec<(u16, &[u8])> = Records { left: &all }.collect();
        assert_eq!(found, [(129, &[][..]), (19, &[0xAA, 0xBB][..])]);
    }
}
