//! Excel workbooks: cells by calamine's stream, structure by our own pass over the same sheet.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::book::package::{Package, Relation};
use crate::book::read::formats::Formats;
use crate::book::read::structure::{self, Structure};
use crate::book::read::{CELLS_MOST, Unreadable, dates, shown};
use crate::book::sheet::{CellRef, RawBook, RawSheet, Shown, Value, Visibility};

/// Reads a workbook's sheets in the order of its tabs: from its package, and once more from its bytes by calamine.
///
/// # Errors
///
/// The workbook is damaged, not of Excel's format, or past a limit.
pub fn read(package: &mut Package<'_>, bytes: &[u8]) -> Result<RawBook, Unreadable> {
    let mut parts = Parts::of(package)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| {
        Unreadable::broken("the workbook cannot be read; open it in Excel, let it be repaired and save it again")
    })?;
    let known = workbook.sheets_metadata().to_vec();
    if known.is_empty() {
        return Err(Unreadable::broken("the workbook has no sheets"));
    }
    let mut left = CELLS_MOST;
    let mut book = RawBook::default();
    for about in known {
        let visibility = match about.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden => Visibility::Hidden,
            SheetVisible::VeryHidden => Visibility::VeryHidden,
        };
        let mut sheet = RawSheet { name: about.name, visibility, ..RawSheet::default() };
        if about.typ == SheetType::WorkSheet {
            let structure = parts.structure(&sheet.name);
            if let Err(why) = structure.and_then(|structure| fill(&mut sheet, &mut workbook, structure, &mut left)) {
                sheet.rows.clear();
                sheet.unreadable = Some(why);
            }
        }
        if left == 0 {
            return Err(Unreadable::refused(format!("the workbook has more than {CELLS_MOST} cells; split it")));
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// What our own pass over the sheets needs of the package.
struct Parts<'p, 'b> {
    package: &'p mut Package<'b>,
    relations: Vec<Relation>,
    /// Names and relationship ids of the sheets.
    sheets: Vec<(String, String)>,
    /// How many texts the sheets share.
    texts: usize,
    formats: Formats,
}

impl<'p, 'b> Parts<'p, 'b> {
    fn of(package: &'p mut Package<'b>) -> Result<Self, Unreadable> {
        let main = package.main_part()?.unwrap_or_default();
        let relations = package.relations(&main)?;
        let mut related = |kind: &str| {
            let part = relations.iter().find(|relation| relation.kind == kind).and_then(|found| found.part.as_ref());
            part.map_or(Ok(None), |part| package.xml(part))
        };
        let texts = related("sharedStrings")?.map_or(Ok(0), |xml| structure::count_shared(&xml));
        let texts = texts.map_err(Unreadable::broken)?;
        let formats = related("styles")?.map_or_else(Formats::default, |xml| Formats::read(&xml));
        let sheets = sheet_list(package, &main)?;
        Ok(Self { package, relations, sheets, texts, formats })
    }

    fn structure(&mut self, sheet: &str) -> Result<Structure, String> {
        let relation = self.sheets.iter().find(|(name, _)| name == sheet).map(|(_, id)| id);
        let relation = relation.and_then(|id| self.relations.iter().find(|relation| relation.id == *id));
        let part = relation.and_then(|relation| relation.part.as_ref());
        let part = part.ok_or("the sheet's part cannot be found in the workbook")?;
        let xml = self.package.xml(part).map_err(|flaw| Unreadable::from(flaw).why)?;
        structure::read(&xml.ok_or("the sheet's part is not in the workbook")?, self.texts, &self.formats)
    }
}

fn fill(
    sheet: &mut RawSheet,
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    structure: Structure,
    left: &mut usize,
) -> Result<(), String> {
    let mut cells = workbook
        .worksheet_cells_reader(&sheet.name)
        .map_err(|_| "the sheet cannot be read; open it in Excel and save it again".to_string())?;
    let mut texts: HashMap<usize, Arc<str>> = HashMap::new();
    // What our own pass knows better comes in its turn; the stream passes over formulas without a result.
    let mut better = known_better(&structure).into_iter().peekable();
    let mut errors = if structure.unaddressed { 0 } else { structure.errors.len() };
    loop {
        if *left == 0 {
            return Err("the workbook has too many cells".into());
        }
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            // The stream goes on behind an error value that it does not know, such as #SPILL!.
            Err(_) if errors > 0 => {
                errors -= 1;
                continue;
            }
            Err(_) => return Err("a cell of the sheet cannot be read; open it in Excel and save it again".into()),
        };
        *left -= 1;
        let (row, column) = cell.get_position();
        let place = CellRef::new(row, column);
        while let Some((before, value)) = better.next_if(|(before, _)| *before < place) {
            push(sheet, &structure, before, value);
        }
        let known = better.next_if(|(known, _)| *known == place).map(|(_, value)| value);
        let shown = if known.is_none() { shown_as(cell.get_value(), structure.shown.get(&place)) } else { None };
        sheet.appearance.shown.extend(shown.map(|shown| (place, shown)));
        if let Some(value) = known.or_else(|| value_of(cell.get_value(), &mut texts)) {
            push(sheet, &structure, place, value);
        }
    }
    for (place, value) in better {
        push(sheet, &structure, place, value);
    }
    sheet.merged = structure.merged;
    sheet.hidden_columns = structure.hidden_columns;
    sheet.filtered = structure.filtered;
    sheet.appearance.widths = structure.widths;
    Ok(())
}

/// The values that our own pass over the sheet knows and the stream of cells does not tell, or not rightly.
fn known_better(structure: &Structure) -> BTreeMap<CellRef, Value> {
    let better = structure.without_result.iter().map(|place| (*place, Value::NoResult));
    let better = better.chain(structure.errors.iter().map(|(place, name)| (*place, Value::Error(name.clone()))));
    better.chain(structure.lost_texts.iter().map(|place| (*place, Value::Error("#TEXT?".into())))).collect()
}

/// How a value is shown, given its number format where that shows a percentage or a time.
fn shown_as(data: &DataRef<'_>, code: Option<&Arc<str>>) -> Option<Shown> {
    match data {
        DataRef::Int(_) | DataRef::Float(_) => code.cloned().map(Shown::Code),
        // A time by a code that not every spreadsheet understands is one by the plain code.
        DataRef::DateTime(date) if matches!(dates::value(date), Value::Number(_)) => {
            Some(Shown::Code(code.cloned().unwrap_or_else(|| shown::TIME.into())))
        }
        DataRef::DateTime(date) => dates::time(date).map(Shown::Time),
        _ => None,
    }
}

fn push(sheet: &mut RawSheet, structure: &Structure, place: CellRef, value: Value) {
    let hidden = || structure.hidden_rows.contains(&place.row);
    sheet.push(place, value, structure.formulas.contains(&place), hidden);
}

fn value_of(data: &DataRef<'_>, texts: &mut HashMap<usize, Arc<str>>) -> Option<Value> {
    let text = |text: &str| (!text.is_empty()).then(|| Value::Text(text.into()));
    match data {
        DataRef::Int(number) => Some(Value::Number(*number as f64)),
        DataRef::Float(number) => Some(Value::Number(*number)),
        DataRef::String(string) => text(string),
        // One text of the workbook is one allocation, however many cells show it.
        DataRef::SharedString(string) if !string.is_empty() => {
            let shared = texts.entry(string.as_ptr() as usize).or_insert_with(|| Arc::from(*string));
            Some(Value::Text(Arc::clone(shared)))
        }
        DataRef::SharedString(_) | DataRef::Empty => None,
        DataRef::Bool(yes) => Some(Value::Bool(*yes)),
        DataRef::DateTime(date) => Some(dates::value(date)),
        DataRef::DateTimeIso(iso) => match iso.get(..10).and_then(|day| day.parse().ok()) {
            Some(date) => Some(Value::Date(date)),
            None => text(iso),
        },
        DataRef::DurationIso(iso) => text(iso),
        DataRef::Error(error) => Some(Value::Error(error.to_string().into())),
    }
}

/// Names and relationship ids of the sheets, in the order of the tabs.
fn sheet_list(package: &mut Package<'_>, main: &str) -> Result<Vec<(String, String)>, Unreadable> {
    let Some(xml) = package.xml(main)? else { return Ok(Vec::new()) };
    let mut sheets = Vec::new();
    let mut reader = Reader::from_reader(xml.as_slice());
    loop {
        let event = reader.read_event().map_err(|_| Unreadable::broken("the workbook is damaged"))?;
        match event {
            Event::Eof => return Ok(sheets),
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "sheet" => {
                let (mut name, mut id) = (String::new(), String::new());
                for attribute in start.attributes().flatten() {
                    match attribute.key.as_ref() {
                        "name" => {
                            let raw = attribute.value.into_owned();
                            name = quick_xml::escape::unescape(&raw).map(Into::into).unwrap_or(raw);
                        }
                        key if attribute.key.local_name().as_ref() == "id" && key.contains(':') => {
                            id = attribute.value.into_owned();
                        }
                        _ => {}
                    }
                }
                sheets.push((name, id));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// A workbook of one sheet with these rows.
    fn sheet(rows: &str) -> RawSheet {
        let kind = |kind: &str| format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        let relation = |of: &str, target: &str| {
            format!("<Relationships><Relationship Id='r1' Type='{}' Target='{target}'/></Relationships>", kind(of))
        };
        let parts = [
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>".into(),
            ),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ];
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        read(&mut Package::open(&bytes).unwrap(), &bytes).unwrap().sheets.remove(0)
    }

    #[test]
    fn errors_of_newer_versions_hide_no_other_cell() {
        let read = sheet(
            "<row r='1'><c r='A1' t='e'><v>#SPILL!</v></c><c r='B1'><v>1</v></c><c r='C1' t='e'><v>#N/A</v></c>\
             <c r='D1' t='e'><f>A1#</f><v>#CALC!</v></c></row><row r='2'><c r='A2'><v>2</v></c><c r='B2'><f>1</f></c></row>",
        );
        assert_eq!(read.unreadable, None);
        let held: Vec<String> = read
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| format!("{}{} {:?}", cell.column, row.index, cell.value)))
            .collect();
        let error = |name: &str| format!("{:?}", Value::Error(name.into()));
        assert_eq!(
            held,
            [
                format!("00 {}", error("#SPILL!")),
                "10 Number(1.0)".into(),
                format!("20 {}", error("#N/A")),
                format!("30 {}", error("#CALC!")),
                "01 Number(2.0)".into(),
                "11 NoResult".into(),
            ]
        );
    }

    #[test]
    fn a_cell_beside_an_unknown_error_is_not_put_in_its_place() {
        let read = sheet("<row><c t='e'><v>#SPILL!</v></c><c><v>1</v></c></row>");
        assert!(read.unreadable.is_some() && read.rows.is_empty());
    }
}
