//! Pages into a new workbook: the added sheets, before they are carried over or saved.

mod cells;
mod charts;
mod conditions;
mod entries;
mod looks;

use std::borrow::Borrow;

use jiff::civil::Date;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError};

use crate::book::page::Page;
use crate::book::phrase::day;
use crate::book::sheet::Area;

use super::marker::sign;
use cells::{write_cell, write_row};

pub use looks::Looks;

/// What a workbook of ours says of itself in its properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// Title.
    pub title: String,
    /// Names of the policies.
    pub policies: Vec<String>,
    /// The date they were judged on.
    pub as_of: Date,
}

/// Pages as a workbook of their own, as bytes.
///
/// # Errors
///
/// A page is larger than a sheet can be, or two pages have one name.
pub fn workbook(pages: impl IntoIterator<Item = impl Borrow<Page>>, imprint: &Imprint) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = filled(pages, imprint)?;
    let names: Vec<String> = workbook.worksheets().iter().map(Worksheet::name).collect();
    sign(&mut workbook, &names)?;
    workbook.save_to_buffer()
}

/// Pages as a workbook to fill in: once handed out it is the manager's own, so no sheet is marked as ours.
///
/// # Errors
///
/// A page is larger than a sheet can be, or two pages have one name.
pub fn form(pages: impl IntoIterator<Item = impl Borrow<Page>>, imprint: &Imprint) -> Result<Vec<u8>, XlsxError> {
    filled(pages, imprint)?.save_to_buffer()
}

/// Pages given away are dropped one by one as they are added: of many teams they are large.
fn filled(pages: impl IntoIterator<Item = impl Borrow<Page>>, imprint: &Imprint) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    stamp(&mut workbook, imprint)?;
    let mut looks = Looks::default();
    for page in pages {
        add(&mut workbook, page.borrow(), &mut looks)?;
    }
    Ok(workbook)
}

/// Sets the properties: version, policies and date, and a fixed day of creation.
///
/// # Errors
///
/// None with dates that a spreadsheet knows.
pub fn stamp(workbook: &mut Workbook, imprint: &Imprint) -> Result<(), XlsxError> {
    let as_of = day(imprint.as_of);
    // The clock would make every run differ; the spreadsheets' own calendar begins here.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(&imprint.title)
        .set_subject(format!("Caseloads as of {as_of}"))
        .set_author("fairload")
        .set_comment(format!(
            "fairload {}; policies {}; as of {as_of}",
            env!("CARGO_PKG_VERSION"),
            imprint.policies.join(", ")
        ))
        // In a workbook of the manager's these stand beside their own properties.
        .set_custom_property("fairload version", env!("CARGO_PKG_VERSION"))
        .set_custom_property("fairload policies", imprint.policies.join(", "))
        .set_custom_property("fairload as of", as_of.clone())
        .set_creation_datetime(&fixed);
    workbook.set_properties(&properties);
    Ok(())
}

/// Adds a page to a workbook.
///
/// # Errors
///
/// The page is larger than a sheet can be, or its name is taken.
pub fn add(workbook: &mut Workbook, page: &Page, looks: &mut Looks) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(&page.name)?;
    // A formula that comes to an empty text would be saved with 0.
    sheet.set_formula_result_default("");
    if !page.tab.is_empty() {
        sheet.set_tab_color(rgb(page.tab));
    }
    for (at, width) in page.widths.iter().enumerate() {
        sheet.set_column_width(at as u16, f64::from(*width))?;
    }
    for ((at, row), height) in page.rows.iter().enumerate().zip(page.heights()) {
        if let Some(height) = height {
            sheet.set_row_height(at as u32, f64::from(height))?;
        }
        write_row(sheet, at as u32, row, looks)?;
    }
    for area in &page.merges {
        merge(sheet, page, area, looks)?;
    }
    set_up(sheet, page)?;
    for area in &page.rag_words {
        conditions::colour_words(sheet, area)?;
    }
    for said in &page.said {
        conditions::colour_beginnings(sheet, said)?;
    }
    for heat in &page.heat {
        conditions::heat(sheet, heat)?;
    }
    for area in &page.bars {
        conditions::bars(sheet, area)?;
    }
    for rule in &page.entries {
        entries::ask(sheet, rule)?;
    }
    for chart in &page.charts {
        sheet.insert_chart(chart.at.row, chart.at.column as u16, &charts::draw(chart))?;
    }
    Ok(())
}

fn merge(sheet: &mut Worksheet, page: &Page, area: &Area, looks: &mut Looks) -> Result<(), XlsxError> {
    let Some(cell) = page.cell(area.first) else { return Ok(()) };
    let format = looks.format(cell.look, cell.tone).clone();
    let (first, last) = (area.first, area.last);
    sheet.merge_range(first.row, first.column as u16, last.row, last.column as u16, "", &format)?;
    // Merging blanks the first cell, so it is written again.
    write_cell(sheet, first.row, first.column as u16, cell, looks)
}

fn set_up(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    sheet.set_paper_size(A4).set_screen_gridlines(false);
    if page.portrait {
        sheet.set_portrait()
    } else {
        sheet.set_landscape()
    };
    sheet.set_print_fit_to_pages(1 + u16::from(page.two_pages_wide), u16::from(page.one_printed_page));
    if page.two_pages_wide {
        // What stays in sight on the screen says on paper, too, whose line it is.
        let frozen = page.freeze.map_or(0, |cell| cell.column as u16);
        sheet.set_repeat_columns(0, frozen.saturating_sub(1))?;
    }
    sheet.set_margins(0.25, 0.25, 0.5, 0.6, 0.2, 0.3);
    // The names of the file and of the tab as they are when it is printed.
    sheet.set_footer("&L&F: &A&RPage &P of &N");
    if let Some((first, last)) = page.repeat {
        sheet.set_repeat_rows(first, last)?;
    }
    if let Some(cell) = page.freeze {
        sheet.set_freeze_panes(cell.row, cell.column as u16)?;
    }
    if let Some(Area { first, last }) = page.filter {
        sheet.autofilter(first.row, first.column as u16, last.row, last.column as u16)?;
    }
    if page.protected {
        sheet.protect_with_options(&ProtectionOptions {
            sort: true,
            use_autofilter: true,
            format_cells: true,
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::default()
        });
    }
    Ok(())
}

/// A colour written as `RRGGBB`.
fn rgb(text: &str) -> Color {
    u32::from_str_radix(text, 16).map_or(Color::Default, Color::RGB)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::annotation::Tone;
    use crate::book::page::{Cell, Look, address, column};
    use crate::book::sheet::CellRef;
    use calamine::{Data, Reader, Xlsx};
    use jiff::civil::date;

    fn imprint() -> Imprint {
        Imprint { title: "Sums".into(), policies: vec!["limits".into()], as_of: date(2025, 9, 30) }
    }

    /// A page of figures and one that reckons with them.
    fn pages() -> [Page; 2] {
        let mut figures = Page::new("Figures", "1D4ED8", &[12, 12, 12]);
        figures.push(Cell::headings(&["Name", "Figure", "From"]));
        for (name, figure) in [("Ann's", 13), ("Ben's", 8)] {
            let date = Cell::date(date(2024, 2, 29));
            figures.push(vec![Cell::text(name).look(Look::Text), Cell::number(figure).look(Look::Input), date]);
        }
        let mut sums = Page::new("It's reckoned", "", &[30, 12]);
        sums.across(2, "What the figures come to", Look::Title);
        let sum =
            format!("=SUM({}:{})", address("Figures", CellRef::new(1, 1)), address("Figures", CellRef::new(2, 1)));
        let says = Cell::says("=IF(B2>20,\"over\",\"within\")", "over").tone(Tone::Red);
        sums.push(vec![Cell::link("the first figure", "Figures", CellRef::new(1, 1)), Cell::counts(sum, 21), says]);
        sums.heat.push(crate::book::page::Heat { area: column(1, 1, 1), when: "=$B2>20".into(), tone: Tone::Amber });
        [figures, sums]
    }

    #[test]
    fn pages_read_back_with_their_stored_results() {
        let bytes = workbook(pages(), &imprint()).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["Figures", "It's reckoned"]);
        let figures = book.worksheet_range("Figures").unwrap();
        let ben = figures.rows().find(|row| row[0] == Data::String("Ben's".into())).unwrap();
        assert_eq!(ben[1], Data::Float(8.0));
        assert!(matches!(&ben[2], Data::DateTime(day) if day.as_f64() == 45351.0));
        let sums = book.worksheet_range("It's reckoned").unwrap();
        let row: Vec<Data> = (0..3).map(|column| sums.get_value((1, column)).unwrap().clone()).collect();
        assert_eq!(row, [Data::String("the first figure".into()), Data::Float(21.0), Data::String("over".into())]);
        let formulas = book.worksheet_formula("It's reckoned").unwrap();
        assert_eq!(formulas.get_value((1, 1)).map(String::as_str), Some("SUM('Figures'!$B$2:'Figures'!$B$3)"));
    }

    #[test]
    fn the_same_pages_give_the_same_bytes() {
        let write = || workbook(pages(), &imprint()).unwrap();
        assert_eq!(write(), write());
    }
}
