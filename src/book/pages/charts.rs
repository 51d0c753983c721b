//! Charts, each series told from the others without its colour.

use rust_xlsxwriter::{
    Chart as XlsxChart, ChartAxisLabelPosition, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType, ChartRange,
    ChartSolidFill, ChartType, Color,
};

use crate::book::page::{Chart, ChartKind, Hatch, Range, Series};

use super::looks::{GREY, INK};
use super::rgb;

/// A chart as it is drawn.
pub fn draw(chart: &Chart) -> XlsxChart {
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
    set_axes(&mut drawn, chart);
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

/// The axis of names and the axis of figures.
fn set_axes(drawn: &mut XlsxChart, chart: &Chart) {
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
        Hatch::Solid => {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::{Page, column};
    use crate::book::pages::{Imprint, workbook};
    use crate::book::sheet::CellRef;

    /// The part of the page's chart.
    fn chart_of(page: Page) -> String {
        let imprint = Imprint { title: page.name.clone(), policies: Vec::new(), as_of: jiff::civil::date(2025, 9, 30) };
        let bytes = workbook([page], &imprint).unwrap();
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        std::io::read_to_string(package.by_name("xl/charts/chart1.xml").unwrap()).unwrap()
    }

    #[test]
    fn lines_are_told_apart_without_their_colour() {
        let mut page = Page::new("Trend", "", &[10]);
        let range = |row| Range { sheet: "Trend".into(), area: column(0, row, row) };
        let line = |row| Series { name: format!("{row}"), values: range(row), colour: "2F3E55", hatch: Hatch::Line };
        page.charts.push(Chart {
            kind: ChartKind::Lines { from: 70 },
            title: "Used".into(),
            description: "Two lines".into(),
            at: CellRef::new(3, 0),
            size: (400, 300),
            categories: range(0),
            series: vec![line(1), line(2)],
            axis: "share of the most".into(),
        });
        let chart = chart_of(page);
        for part in
            ["<c:lineChart>", "\"circle\"", "\"square\"", "<a:prstDash val=\"dash\"/>", "<c:dispBlanksAs val=\"gap\"/>"]
        {
            assert!(chart.contains(part), "{part} is not in {chart}");
        }
    }

    #[test]
    fn what_lifts_a_box_is_neither_drawn_nor_named() {
        let mut page = Page::new("Spread", "", &[10]);
        let range = |row| Range { sheet: "Spread".into(), area: column(0, row, row) };
        let series = |row, hatch| Series { name: format!("{row}"), values: range(row), colour: "2F3E55", hatch };
        page.charts.push(Chart {
            kind: ChartKind::StackedShares,
            title: "Spread".into(),
            description: "A box upon nothing, with a mark".into(),
            at: CellRef::new(3, 0),
            size: (400, 300),
            categories: range(0),
            series: vec![series(1, Hatch::Unseen), series(2, Hatch::Strokes), series(3, Hatch::Marks)],
            axis: "share of the most".into(),
        });
        let chart = chart_of(page);
        let gone = "<c:legendEntry><c:idx val=\"0\"/><c:delete val=\"1\"/></c:legendEntry>";
        for part in ["<c:grouping val=\"stacked\"/>", "<a:noFill/>", gone, "\"diamond\"", "formatCode=\"0%\""] {
            assert!(chart.contains(part), "{part} is not in {chart}");
        }
    }
}
