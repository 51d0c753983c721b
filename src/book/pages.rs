//! Pages into a new workbook: the added sheets, before they are carried over or saved.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart as XlsxChart, ChartAxisLabelPosition, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType, ChartRange,
    ChartSolidFill, ChartType, Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatFormula, ConditionalFormatText, ConditionalFormatTextRule, ConditionalFormatType, DataValidation,
    DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    FormatUnderline, Formula, ProtectionOptions, Url, Workbook, Worksheet, XlsxError,
};

use crate::book::annotation::Tone;
use crate::book::page::{
    Cell, Chart, ChartKind, Content, EntryKind, EntryRule, Hatch, Look, Page, Range, Row, Said, Series, Stored, quoted,
};
use crate::book::phrase::day;
use crate::book::rag::Rag;
use crate::book::sheet::Area;

use super::marker::sign;
use super::text::fitting;

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
        colour_words(sheet, area)?;
    }
    for said in &page.said {
        colour_beginnings(sheet, said)?;
    }
    for heat in &page.heat {
        let fill = Format::new().set_background_color(rgb(heat.tone.rgb()));
        let rule = ConditionalFormatFormula::new().set_rule(Formula::new(&heat.when)).set_format(fill);
        let (first, last) = (heat.area.first, heat.area.last);
        sheet.add_conditional_format(first.row, first.column as u16, last.row, last.column as u16, &rule)?;
    }
    for area in &page.bars {
        let bar = ConditionalFormatDataBar::new()
            .set_fill_color(Color::RGB(0x9DB7D5))
            .set_solid_fill(true)
            .set_minimum(ConditionalFormatType::Number, 0)
            .set_maximum(ConditionalFormatType::Number, 1.5);
        let (first, last) = (area.first, area.last);
        sheet.add_conditional_format(first.row, first.column as u16, last.row, last.column as u16, &bar)?;
    }
    for rule in &page.entries {
        ask(sheet, rule)?;
    }
    for chart in &page.charts {
        sheet.insert_chart(chart.at.row, chart.at.column as u16, &draw(chart))?;
    }
    Ok(())
}

/// Cell formats, each made once for a look and a fill.
#[derive(Default)]
pub struct Looks {
    made: BTreeMap<(Look, Option<Tone>), Format>,
}

impl Looks {
    /// The format of a look with a fill.
    pub fn format(&mut self, look: Look, tone: Option<Tone>) -> &Format {
        self.made.entry((look, tone)).or_insert_with(|| {
            let format = plain(look);
            match tone {
                Some(tone) => format.set_background_color(rgb(tone.rgb())),
                None => format,
            }
        })
    }
}

const INK: u32 = 0x1F2937;
const GREY: u32 = 0x667085;
const LINE: u32 = 0xC9CED6;
const HEAD: u32 = 0x2F3E55;
const BLUE: u32 = 0x1D4ED8;

fn plain(look: Look) -> Format {
    let base = Format::new().set_font_color(Color::RGB(INK)).set_align(FormatAlign::Top);
    let boxed = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE));
    let input = |format: Format| {
        format
            .set_font_color(Color::RGB(BLUE))
            .set_background_color(Color::RGB(0xF4F8FF))
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x86A9EE))
            .set_unlocked()
    };
    let big = |format: Format| {
        format.set_bold().set_font_size(20).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
    };
    match look {
        Look::Prose => base.set_text_wrap(),
        Look::Title => base.set_bold().set_font_size(16).set_align(FormatAlign::VerticalCenter),
        Look::Muted => base.set_font_color(Color::RGB(GREY)).set_font_size(10).set_text_wrap(),
        Look::Section => base
            .set_bold()
            .set_font_size(13)
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(Color::RGB(HEAD)),
        Look::Heading => boxed(base.set_bold().set_text_wrap())
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(HEAD))
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_align(FormatAlign::VerticalCenter),
        Look::Tile => boxed(base.set_bold().set_font_size(12))
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter),
        Look::Big => big(boxed(base)),
        Look::BigDecimals => big(boxed(base)).set_num_format("0.00"),
        Look::BigPercent => big(boxed(base)).set_num_format("0.0%"),
        Look::BigNote => boxed(base.set_font_size(10).set_text_wrap())
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter),
        Look::Text => boxed(base.set_text_wrap()).set_align(FormatAlign::Left).set_indent(1),
        Look::Decimals => boxed(base).set_align(FormatAlign::Right).set_indent(1).set_num_format("0.00"),
        Look::Figure => boxed(base).set_align(FormatAlign::Right).set_indent(1),
        Look::Percent => boxed(base.set_text_wrap()).set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0%"),
        Look::Hundredths => boxed(base).set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0"),
        Look::Date => boxed(base).set_align(FormatAlign::Right).set_indent(1).set_num_format("dd/mm/yyyy"),
        Look::Rag => boxed(base.set_bold()).set_align(FormatAlign::Center),
        Look::Strong => boxed(base.set_bold().set_text_wrap()).set_align(FormatAlign::Left).set_indent(1),
        Look::StrongFigure => boxed(base.set_bold()).set_align(FormatAlign::Right).set_indent(1),
        Look::StrongDecimals => {
            boxed(base.set_bold()).set_align(FormatAlign::Right).set_indent(1).set_num_format("0.00")
        }
        Look::StrongPercent => {
            boxed(base.set_bold()).set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0%")
        }
        Look::StrongHundredths => {
            boxed(base.set_bold()).set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0")
        }
        Look::Input => input(base).set_align(FormatAlign::Right).set_indent(1),
        Look::InputText => input(base).set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
        Look::InputDate => input(base).set_align(FormatAlign::Right).set_indent(1).set_num_format("dd/mm/yyyy"),
        Look::Link => {
            let link = boxed(base.set_text_wrap()).set_align(FormatAlign::Left).set_indent(1);
            link.set_font_color(Color::RGB(BLUE)).set_underline(FormatUnderline::Single)
        }
    }
}

fn write_row(sheet: &mut Worksheet, at: u32, row: &Row, looks: &mut Looks) -> Result<(), XlsxError> {
    for (column, cell) in row.cells.iter().enumerate() {
        write_cell(sheet, at, column as u16, cell, looks)?;
    }
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, looks: &mut Looks) -> Result<(), XlsxError> {
    let format = looks.format(cell.look, cell.tone);
    match &cell.content {
        Content::Blank => {
            // A blank without a look of its own needs no cell.
            if cell.look != Look::Prose || cell.tone.is_some() {
                sheet.write_blank(row, column, format)?;
            }
        }
        Content::Text(text) => {
            sheet.write_string_with_format(row, column, fitting(text), format)?;
        }
        Content::Number(number) => {
            sheet.write_number_with_format(row, column, float(*number), format)?;
        }
        Content::Date(date) => {
            match ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8) {
                Ok(day) => {
                    sheet.write_datetime_with_format(row, column, &day, format)?;
                }
                // Before 1900 spreadsheets know no dates.
                Err(_) => {
                    sheet.write_string_with_format(row, column, date.to_string(), format)?;
                }
            }
        }
        Content::Formula(formula, stored) => {
            let result = match stored {
                Stored::Text(text) => fitting(text),
                Stored::Number(number) => number.to_string(),
            };
            sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(result), format)?;
        }
        Content::Link { text, sheet: to, cell: at } => {
            // A sheet holds so many links and no more; beyond them the text alone still says where.
            const MOST: u32 = 60_000;
            let shown = if text.is_empty() { at.to_string() } else { fitting(text) };
            if row > MOST || shown.chars().count() > 250 {
                sheet.write_string_with_format(row, column, shown, format)?;
            } else {
                let url = Url::new(format!("internal:{}!{at}", quoted(to))).set_text(shown);
                sheet.write_url_with_format(row, column, url, format)?;
            }
        }
    }
    Ok(())
}

/// An exact figure as spreadsheets keep it: the nearest binary number.
pub fn float(number: Decimal) -> f64 {
    number.to_string().parse().unwrap_or_default()
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

fn colour_words(sheet: &mut Worksheet, area: &Area) -> Result<(), XlsxError> {
    for rag in Rag::ALL {
        let fill = Format::new().set_background_color(rgb(Tone::of(*rag).rgb()));
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(rag.word().to_string()))
            .set_format(fill);
        let (first, last) = (area.first, area.last);
        sheet.add_conditional_format(first.row, first.column as u16, last.row, last.column as u16, &rule)?;
    }
    Ok(())
}

fn colour_beginnings(sheet: &mut Worksheet, said: &Said) -> Result<(), XlsxError> {
    let (first, last) = (said.area.first, said.area.last);
    for (words, tone) in &said.words {
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(words.to_string()))
            .set_format(Format::new().set_background_color(rgb(tone.rgb())));
        sheet.add_conditional_format(first.row, first.column as u16, last.row, last.column as u16, &rule)?;
    }
    Ok(())
}

/// Figures are read to four places; the smallest that is not nought.
const SMALLEST: f64 = 0.0001;

fn ask(sheet: &mut Worksheet, rule: &EntryRule) -> Result<(), XlsxError> {
    let validation = DataValidation::new();
    let validation = match &rule.kind {
        EntryKind::Words(words) => {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            validation.allow_list_strings(&words)?.set_error_style(DataValidationErrorStyle::Warning)
        }
        EntryKind::WordsIn(cells) => validation
            .allow_list_formula(Formula::new(cells))
            // Other words are the manager's right.
            .set_error_style(DataValidationErrorStyle::Information),
        EntryKind::Anything => validation,
        EntryKind::OnlyIn(cells) => validation
            .allow_list_formula(Formula::new(cells))
            .set_error_title("Not on the list")?
            .set_error_message("Choose one of the words offered, or leave the cell blank")?,
        EntryKind::UpTo(most) => validation
            .allow_decimal_number(DataValidationRule::Between(SMALLEST, float(*most)))
            .set_error_message(format!("Enter a figure above 0 and up to {most}"))?,
        EntryKind::WholeFrom(least) => validation
            .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(i32::try_from(*least).unwrap_or(i32::MAX)))
            .set_error_message(format!("Enter a whole number from {least} on"))?,
        EntryKind::DateFrom(date) => {
            let first = ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8)?;
            validation
                .allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_message(format!("Enter a date from {}", day(*date)))?
        }
        EntryKind::Figure => validation
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message("Enter a figure of 0 or more")?,
    };
    let validation = if rule.prompt.is_empty() { validation } else { validation.set_input_message(&rule.prompt)? };
    let (first, last) = (rule.area.first, rule.area.last);
    sheet.add_data_validation(first.row, first.column as u16, last.row, last.column as u16, &validation)?;
    Ok(())
}

fn draw(chart: &Chart) -> XlsxChart {
    let kind = match chart.kind {
        ChartKind::StackedBars | ChartKind::StackedRatios => ChartType::BarStacked,
        ChartKind::Bars => ChartType::Bar,
        ChartKind::Columns => ChartType::Column,
        ChartKind::StackedColumns | ChartKind::StackedShares => ChartType::ColumnStacked,
        ChartKind::Lines { .. } => ChartType::Line,
    };
    let mut drawn = XlsxChart::new(kind);
    let mut lines = XlsxChart::new(ChartType::Line);
    let mut any_line = false;
    for (at, series) in chart.series.iter().enumerate() {
        let over = matches!(series.hatch, Hatch::Line | Hatch::Marks) && !matches!(chart.kind, ChartKind::Lines { .. });
        let into = if over { &mut lines } else { &mut drawn };
        any_line |= over;
        let added = into
            .add_series()
            .set_name(series.name.as_str())
            .set_categories(&cells(&chart.categories))
            .set_values(&cells(&series.values));
        match chart.kind {
            ChartKind::Lines { .. } => added.set_format(&mut dashed(series, at)).set_marker(&marker(series, at)),
            _ => added.set_format(&mut drawn_with(series)).set_gap(60),
        };
        if series.hatch == Hatch::Marks {
            added.set_marker(marker(series, MARKS).set_size(9));
        }
    }
    if any_line {
        drawn.combine(&lines);
    }
    drawn.title().set_name(&chart.title).set_font(ChartFont::new().set_size(13));
    match chart.kind {
        ChartKind::StackedBars | ChartKind::StackedRatios | ChartKind::Bars => {
            drawn.x_axis().set_name(&chart.axis).set_min(0);
            if chart.kind == ChartKind::StackedRatios {
                drawn.x_axis().set_num_format("0%").set_major_unit(0.5);
            }
            // Bars are drawn upwards; reversed they stand in the order of the table, each with its name.
            drawn.y_axis().set_reverse().set_label_interval(1).set_font(ChartFont::new().set_size(9));
        }
        ChartKind::Columns => {
            drawn.y_axis().set_name(&chart.axis).set_min(0).set_num_format("0%");
        }
        kind @ (ChartKind::StackedColumns | ChartKind::StackedShares) => {
            let format = if kind == ChartKind::StackedShares { "0%" } else { "0.0" };
            drawn.y_axis().set_name(&chart.axis).set_num_format(format);
            drawn.x_axis().set_label_position(ChartAxisLabelPosition::Low).set_font(ChartFont::new().set_size(8));
        }
        ChartKind::Lines { from } => {
            drawn.y_axis().set_name(&chart.axis).set_num_format("0%").set_min(f64::from(from) / 100.0);
            drawn.show_empty_cells_as(ChartEmptyCells::Gaps);
        }
    }
    let within = chart.series.iter().filter(|series| !matches!(series.hatch, Hatch::Line | Hatch::Marks));
    let unseen = within.enumerate().filter(|(_, series)| series.hatch == Hatch::Unseen).map(|(at, _)| at);
    let unseen: Vec<usize> = unseen.collect();
    drawn.legend().set_position(ChartLegendPosition::Bottom);
    if !unseen.is_empty() {
        drawn.legend().delete_entries(&unseen);
    }
    drawn.set_width(chart.size.0).set_height(chart.size.1).set_alt_text(&chart.description);
    drawn
}

fn drawn_with(series: &Series) -> ChartFormat {
    let mut format = ChartFormat::new();
    let outline = |format: &mut ChartFormat| {
        format.set_border(ChartLine::new().set_color(Color::RGB(GREY)).set_width(0.75));
    };
    let pattern = |format: &mut ChartFormat, pattern| {
        let fill = ChartPatternFill::new()
            .set_pattern(pattern)
            .set_foreground_color(Color::RGB(INK))
            .set_background_color(rgb(series.colour))
            .clone();
        format.set_pattern_fill(&fill);
    };
    match series.hatch {
        Hatch::Solid | Hatch::Hollow => {
            format.set_solid_fill(ChartSolidFill::new().set_color(rgb(series.colour)));
            outline(&mut format);
        }
        Hatch::Strokes => {
            pattern(&mut format, ChartPatternFillType::DiagonalStripesWideUpwards);
            outline(&mut format);
        }
        Hatch::Dots => {
            pattern(&mut format, ChartPatternFillType::Dotted20Percent);
            outline(&mut format);
        }
        Hatch::Unseen => {
            format.set_no_fill().set_no_border();
        }
        Hatch::Marks => {
            format.set_no_line();
        }
        Hatch::Line => {
            format.set_line(ChartLine::new().set_color(rgb(series.colour)).set_width(2.25));
        }
    }
    format
}

/// A line whose dashes tell it from the others in greyscale.
fn dashed(series: &Series, at: usize) -> ChartFormat {
    const DASHES: [ChartLineDashType; 5] = [
        ChartLineDashType::Solid,
        ChartLineDashType::Dash,
        ChartLineDashType::RoundDot,
        ChartLineDashType::DashDot,
        ChartLineDashType::LongDash,
    ];
    let line =
        ChartLine::new().set_color(rgb(series.colour)).set_width(2.25).set_dash_type(DASHES[at % DASHES.len()]).clone();
    ChartFormat::new().set_line(&line).clone()
}

/// The shape of marks without a line: a diamond.
const MARKS: usize = 3;

/// A marker of its own shape for each line.
fn marker(series: &Series, at: usize) -> ChartMarker {
    const SHAPES: [ChartMarkerType; 9] = [
        ChartMarkerType::Circle,
        ChartMarkerType::Square,
        ChartMarkerType::Triangle,
        ChartMarkerType::Diamond,
        ChartMarkerType::X,
        ChartMarkerType::Star,
        ChartMarkerType::PlusSign,
        ChartMarkerType::LongDash,
        ChartMarkerType::ShortDash,
    ];
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(rgb(series.colour)));
    format.set_border(ChartLine::new().set_color(rgb(series.colour)));
    ChartMarker::new().set_type(SHAPES[at % SHAPES.len()]).set_size(7).set_format(&mut format).clone()
}

fn cells(range: &Range) -> ChartRange {
    let (first, last) = (range.area.first, range.area.last);
    ChartRange::new_from_range(&range.sheet, first.row, first.column as u16, last.row, last.column as u16)
}

fn rgb(text: &str) -> Color {
    u32::from_str_radix(text, 16).map_or(Color::Default, Color::RGB)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manager::annotate::trial;
    use calamine::{Data, Reader, Xlsx};

    #[test]
    fn pages_read_back_with_their_stored_results() {
        let trial = trial::team();
        let bytes = workbook(trial.pages(), &trial.policies.imprint("North")).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), trial.names.all());
        let working = book.worksheet_range("Working").unwrap();
        let ben = working.rows().find(|row| row[1] == Data::String("Ben Hill".into())).unwrap();
        assert_eq!((ben[4].clone(), ben[9].clone(), ben[10].clone()), (13.0.into(), 13.0.into(), 1.0.into()));
        assert_eq!(ben[11], Data::String("GREEN".into()));
    }

    #[test]
    fn lines_are_told_apart_without_their_colour() {
        let mut page = Page::new("Trend", "", &[10]);
        let range = |row| Range { sheet: "Trend".into(), area: crate::book::page::column(0, row, row) };
        let line = |row| Series { name: format!("{row}"), values: range(row), colour: "2F3E55", hatch: Hatch::Line };
        page.charts.push(Chart {
            kind: ChartKind::Lines { from: 70 },
            title: "Limits used".into(),
            description: "Two lines".into(),
            at: crate::book::sheet::CellRef::new(3, 0),
            size: (400, 300),
            categories: range(0),
            series: vec![line(1), line(2)],
            axis: "share of limits".into(),
        });
        let trial = trial::team();
        let bytes = workbook(&[page], &trial.policies.imprint("Trend")).unwrap();
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut chart = String::new();
        std::io::Read::read_to_string(&mut package.by_name("xl/charts/chart1.xml").unwrap(), &mut chart).unwrap();
        for part in
            ["<c:lineChart>", "\"circle\"", "\"square\"", "<a:prstDash val=\"dash\"/>", "<c:dispBlanksAs val=\"gap\"/>"]
        {
            assert!(chart.contains(part), "{part} is not in {chart}");
        }
    }

    #[test]
    fn what_lifts_a_box_is_neither_drawn_nor_named() {
        let mut page = Page::new("Fairness", "", &[10]);
        let range = |row| Range { sheet: "Fairness".into(), area: crate::book::page::column(0, row, row) };
        let series = |row, hatch| Series { name: format!("{row}"), values: range(row), colour: "2F3E55", hatch };
        page.charts.push(Chart {
            kind: ChartKind::StackedShares,
            title: "Spread".into(),
            description: "A box upon nothing, with a mark".into(),
            at: crate::book::sheet::CellRef::new(3, 0),
            size: (400, 300),
            categories: range(0),
            series: vec![series(1, Hatch::Unseen), series(2, Hatch::Strokes), series(3, Hatch::Marks)],
            axis: "share of the limit".into(),
        });
        let trial = trial::team();
        let bytes = workbook(&[page], &trial.policies.imprint("Spread")).unwrap();
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut chart = String::new();
        std::io::Read::read_to_string(&mut package.by_name("xl/charts/chart1.xml").unwrap(), &mut chart).unwrap();
        let gone = "<c:legendEntry><c:idx val=\"0\"/><c:delete val=\"1\"/></c:legendEntry>";
        for part in ["<c:grouping val=\"stacked\"/>", "<a:noFill/>", gone, "\"diamond\"", "formatCode=\"0%\""] {
            assert!(chart.contains(part), "{part} is not in {chart}");
        }
    }

    #[test]
    fn the_same_pages_give_the_same_bytes() {
        let trial = trial::team();
        let write = || workbook(trial.pages(), &trial.policies.imprint("North")).unwrap();
        assert_eq!(write(), write());
    }
}
