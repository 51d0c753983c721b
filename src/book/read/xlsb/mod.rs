//! Excel's binary workbooks, read record by record.
//!
//! calamine passes over formulas that show an error, and takes the contents of styles for their
//! beginning; a wrong blank or a date lost is worse than these few records read here.

mod formats;
mod page;
mod records;

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader as _, Xlsb};

use crate::book::marker::MARKER;
use crate::book::package::Package;
use crate::book::read::bytes::u32_at;
use crate::book::read::marks::mark;
use crate::book::read::{CELLS_MOST, Unreadable};
use crate::book::sheet::{RawBook, RawSheet, Visibility};

use formats::{Context, formats};
use page::page;
use records::{Records, text_at};

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

/// The texts that cells point at.
fn texts(part: &[u8]) -> Result<Vec<Arc<str>>, Unreadable> {
    const ITEM: u16 = 19;
    let items = Records { left: part }.filter(|(kind, _)| *kind == ITEM);
    items.map(|(_, data)| Some(Arc::from(text_at(data, 1)?.0))).collect::<Option<_>>().ok_or_else(damaged)
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
