//! One row for each worker, with counts of children.

use crate::book::sheet::{CellRef, RawBook, RawCell, RawRow, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{ColumnReading, HowRead, Layout, Meaning, SheetReading, SheetState, TableReading};
use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::words::{Counted, Heading, Words};

/// Columns of a list of cases that count them where their heading says so: `Court`, `Families`.
const MAY_COUNT: &[Meaning] = &[
    Meaning::ChildName,
    Meaning::Children,
    Meaning::Count,
    Meaning::Household,
    Meaning::Proceedings,
    Meaning::PrivateProceedings,
    Meaning::AwaitingMove,
    Meaning::CoWorker,
    Meaning::FosterCarer,
    Meaning::Review,
    Meaning::Closed,
    Meaning::Allocated,
    Meaning::Opened,
];

/// A worker and at least one count, and nothing that tells one child from another.
pub fn fit(heads: &Heads, words: &Words) -> Option<Fit> {
    if !heads.has_on_roster(Meaning::Worker) || is_trend(heads, words) {
        return None;
    }
    let mut means: Vec<Option<Heading>> = heads.cells.iter().map(|cell| cell.on_roster()).collect();
    let (mut telling, mut reviews) = (0, 0);
    for (cell, means) in heads.cells.iter().zip(&mut means) {
        let may_count = match means {
            Some(Heading::Means(meaning)) => MAY_COUNT.contains(meaning),
            Some(Heading::Ignored) | None => true,
        };
        if !may_count {
            continue;
        }
        let Some(counted) = words.counted(&cell.text) else { continue };
        // Below "Children" may stand names as well as a number: it counts beside others.
        let bare = matches!(means, Some(Heading::Means(Meaning::ChildName | Meaning::FosterCarer)));
        *means = Some(Heading::Means(Meaning::Count));
        telling += usize::from(is_load(counted) && !bare);
        reviews += usize::from(matches!(counted, Counted::Reviews(_)));
    }
    // One kind of review is a task beside a caseload; an IRO holds several.
    telling += usize::from(reviews >= 2);
    let of_a_case = means.iter().any(|means| match means {
        Some(Heading::Means(meaning)) => Meaning::OF_A_CASE.contains(meaning),
        _ => false,
    });
    (telling > 0 && !of_a_case).then_some(Fit {
        layout: Layout::RowPerWorker,
        means,
        worker_missing: false,
        on_roster: true,
    })
}

/// Whether a column's figures are children (or carers) that the worker holds.
fn is_load(counted: Counted) -> bool {
    matches!(counted, Counted::Children | Counted::Status(_) | Counted::Carers)
}

/// A column for each of several months shows a trend and no day's caseload.
fn is_trend(heads: &Heads, words: &Words) -> bool {
    let of_a_month = |text: &str| words.is_month(text) || text.parse::<jiff::civil::Date>().is_ok();
    heads.cells.iter().filter(|cell| of_a_month(&cell.text)).count() >= 2
}

/// Why a sheet that only shows a trend is passed over; `None` for any other.
pub fn trend(sheet: &RawSheet, words: &Words) -> Option<String> {
    let months = |row: &&RawRow| {
        let of = |cell: &RawCell| match &cell.value {
            Value::Text(text) => words.is_month(text),
            Value::Date(date) => date.day() == 1,
            _ => false,
        };
        row.cells.iter().filter(|cell| of(cell)).count() >= 2
    };
    let row = sheet.rows.iter().take(20).find(months)?;
    let row = row.index + 1;
    Some(format!("row {row} has a column for each month: a trend, which says of no worker what they hold today"))
}

/// Tells tables whose cells count from those whose cells name: a bare "Children" may head either.
pub fn settle(book: &RawBook, readings: &mut [SheetReading]) {
    for (sheet, reading) in book.sheets.iter().zip(readings) {
        for table in &mut reading.tables {
            match table.layout {
                Layout::RowPerWorker if !counts_somebody(sheet, table) => forget_counts(table),
                Layout::RowPerChild | Layout::RowPerCarer => count_bare(sheet, table),
                _ => {}
            }
        }
        reading.tables.retain(|table| table.layout != Layout::None);
        if reading.tables.is_empty() && reading.state == SheetState::Read {
            reading.state = SheetState::NoCaseload;
        }
    }
}

/// Whether some cell below a count is a whole number.
fn counts_somebody(sheet: &RawSheet, table: &TableReading) -> bool {
    let columns: Vec<u32> = table.columns_of(Meaning::Count).map(|column| column.column).collect();
    rows(sheet, table).any(|row| columns.iter().any(|column| is_figure(sheet, row, *column)))
}

/// A table without any figure counts nobody; what it says of its workers is a roster's.
fn forget_counts(table: &mut TableReading) {
    let header = table.header;
    let counts = table.columns.extract_if(.., |column| column.meaning == Meaning::Count);
    table.unused.extend(counts.map(|column| (CellRef::new(header, column.column), column.heading)));
    let of_a_worker = Meaning::OF_A_WORKER.iter().any(|meaning| table.column(*meaning).is_some());
    table.layout = if of_a_worker { Layout::Roster } else { Layout::None };
}

/// A list whose children (or carers) are all figures is one of counts.
fn count_bare(sheet: &RawSheet, table: &mut TableReading) {
    const BARE: &[&str] = &["children", "young people", "foster carers", "carers", "cases"];
    let named = |column: &ColumnReading| matches!(column.meaning, Meaning::ChildName | Meaning::FosterCarer);
    let others =
        Meaning::OF_A_CASE.iter().filter(|meaning| !matches!(meaning, Meaning::ChildName | Meaning::FosterCarer));
    let tells_more = others.into_iter().any(|meaning| table.column(*meaning).is_some());
    let candidates: Vec<u32> = table
        .columns
        .iter()
        .filter(|column| named(column) && BARE.contains(&fold(&column.heading).as_str()))
        .map(|column| column.column)
        .collect();
    let [column] = candidates[..] else { return };
    if tells_more || table.columns.iter().filter(|column| named(column)).count() > 1 {
        return;
    }
    let (mut figures, mut filled) = (0, 0);
    for row in rows(sheet, table) {
        if sheet.value(CellRef::new(row, column)).is_some() {
            filled += 1;
            figures += usize::from(is_figure(sheet, row, column));
        }
    }
    if figures > 0 && figures * 2 > filled && table.column(Meaning::Worker).is_some() {
        table.layout = Layout::RowPerWorker;
        for of in table.columns.iter_mut().filter(|of| of.column == column) {
            of.meaning = Meaning::Count;
            of.how = HowRead::Listed;
        }
    }
}

fn rows<'a>(sheet: &'a RawSheet, table: &TableReading) -> impl Iterator<Item = u32> + 'a {
    let below = table.header + 1..=table.area.last.row;
    sheet.rows.iter().map(|row| row.index).filter(move |row| below.contains(row))
}

/// Whether a cell is a whole number, and no day or code.
pub fn is_figure(sheet: &RawSheet, row: u32, column: u32) -> bool {
    let figure = sheet.value(CellRef::new(row, column)).and_then(Value::decimal);
    figure.is_some_and(|figure| figure.is_integer() && !figure.is_sign_negative() && figure.to_string().len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book};
    use crate::understand::recognise::recognise;

    fn layout(text: &str) -> Layout {
        recognise(&book("Sheet1", text), "caseload", &Words::built_in(), AS_OF)[0].layout()
    }

    #[test]
    fn counts_by_status_or_in_all() {
        for header in [
            "Worker | FTE | CIN | CP | LAC | Total",
            "Worker | CIN | CP | LAC | Court | Co-worked | Total",
            "Name | Role | No. of CP plans | # LAC children",
            "Social worker | Team | Caseload",
            "Social worker | Families | No of children | Care leavers",
            "Worker | FTE | Children",
            "Supervising social worker | Foster carers | Assessments",
        ] {
            assert_eq!(layout(&format!("{header}\nAda Heron | 3 | 2 | 4 | 1 | 2")), Layout::RowPerWorker, "{header}");
        }
    }

    #[test]
    fn names_below_children_and_lists_of_children_are_none() {
        assert_eq!(layout("Worker | Children\nAda | Zed Y\nBen | Yan X"), Layout::RowPerChild);
        assert_eq!(layout("Child ID | Worker | CIN | CP\nC-1 | Ada | x |"), Layout::RowPerChild);
        assert_eq!(layout("Worker | FTE | Assessment\nAda | 1 | to do"), Layout::Roster);
    }

    #[test]
    fn a_column_for_each_month_is_a_trend() {
        let text = "Worker | Apr | May | June 2025 | Total\nAda | 14 | 15 | 16 | 45";
        let reading = recognise(&book("Sheet1", text), "caseload", &Words::built_in(), AS_OF).remove(0);
        assert_eq!(reading.layout(), Layout::None);
        assert!(reading.why.contains("a trend"), "{}", reading.why);
    }
}
