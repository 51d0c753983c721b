//! One row for each household, with a number of children.

use std::collections::BTreeMap;

use crate::book::sheet::{CellRef, RawBook, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{
    ColumnReading, HowRead, Layout, Meaning, Several, SheetReading, SheetState, TableReading, Told,
};
use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::recognise::row_per_child::without_rag_of_cases;
use crate::understand::recognise::row_per_worker::is_figure;
use crate::understand::words::{Heading, Words};

/// A number of children beside something of a case, and no column that makes each row one child.
pub fn fit(heads: &Heads, words: &Words) -> Option<Fit> {
    const OF_A_HOUSEHOLD: &[Meaning] = &[
        Meaning::Child,
        Meaning::ChildName,
        Meaning::Household,
        Meaning::Status,
        Meaning::Proceedings,
        Meaning::Intervention,
    ];
    let of_one_child = heads.cells.iter().any(|cell| match cell.plain() {
        Some(Heading::Means(Meaning::Child)) => words.is_of_one_child(&cell.text),
        Some(Heading::Means(Meaning::Born | Meaning::Age)) => true,
        _ => false,
    });
    let fits = heads.has(Meaning::Children) && heads.has_any(OF_A_HOUSEHOLD) && !of_one_child;
    fits.then(|| Fit {
        worker_missing: !heads.has(Meaning::Worker),
        ..Fit::of_cases(Layout::RowPerHousehold, without_rag_of_cases(heads))
    })
}

/// Tells lists of households from lists of children by their cells, and leaves the number of
/// children only to the former.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    for (sheet, reading) in book.sheets.iter().zip(readings).filter(|(_, reading)| reading.state == SheetState::Read) {
        for table in reading.tables.iter_mut().filter(|table| table.layout != Layout::PointsForm) {
            if table.layout == Layout::RowPerChild {
                count_bare(sheet, table, words);
            }
            if table.layout == Layout::RowPerHousehold && lists_each_child(sheet, table, words) {
                table.layout = Layout::RowPerChild;
            }
            let told = match table.layout {
                Layout::RowPerHousehold => {
                    refer_to_households(table);
                    table
                        .columns_of(Meaning::Children)
                        .any(|of| fold(&of.heading).contains("sibling") && !fold(&of.heading).contains("group"))
                        .then_some(Told::Siblings)
                }
                // A carer's or a review's row has its own number of children.
                Layout::RowPerChild => Some(Told::NotUsed),
                _ => None,
            };
            let cell = table.heading(Meaning::Children);
            if table.layout != Layout::RowPerHousehold {
                pass_over_number(table);
            }
            reading.several.extend(told.zip(cell).map(|(told, cell)| Several { cell, told }));
        }
    }
}

/// A list whose "Children" are all figures is one of households.
fn count_bare(sheet: &RawSheet, table: &mut TableReading, words: &Words) {
    const BARE: &[&str] = &["children", "young people", "kids"];
    let of_one_child = |column: &ColumnReading| match column.meaning {
        Meaning::Child | Meaning::ChildName => words.is_of_one_child(&column.heading),
        Meaning::Born | Meaning::Age => true,
        _ => false,
    };
    if table.columns.iter().any(of_one_child) {
        return;
    }
    let bare = |column: &&mut ColumnReading| {
        column.meaning == Meaning::ChildName && BARE.contains(&fold(&column.heading).as_str())
    };
    let Some(column) = table.columns.iter_mut().find(bare) else { return };
    let below = table.header + 1..=table.area.last.row;
    let at = column.column;
    let rows = sheet.rows.iter().filter(|row| below.contains(&row.index) && row.value(at).is_some());
    let (figures, others): (Vec<u32>, Vec<u32>) = rows.map(|row| row.index).partition(|row| is_figure(sheet, *row, at));
    if figures.len() > others.len() {
        column.meaning = Meaning::Children;
        column.how = HowRead::Listed;
        table.layout = Layout::RowPerHousehold;
    }
}

/// Whether each household stands on as many rows as it has children, so that each row is one of them.
fn lists_each_child(sheet: &RawSheet, table: &TableReading, words: &Words) -> bool {
    let (Some(household), Some(children)) = (table.column(Meaning::Household), table.column(Meaning::Children)) else {
        return false;
    };
    let mut rows: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|row| (table.header + 1..=table.area.last.row).contains(&row.index)) {
        let Some(key) = row.value(household).map(|value| fold(&value.text())) else { continue };
        let figure = row.value(children).and_then(Value::decimal).and_then(|figure| u32::try_from(figure).ok());
        let seen = rows.entry(key).or_default();
        seen.0 += 1;
        seen.1 = seen.1.max(figure.unwrap_or(0));
    }
    let several = || rows.values().filter(|(_, children)| *children >= 2);
    let each = several().filter(|(rows, children)| rows == children).count();
    let other = several().count() - each;
    let named = table.columns_of(Meaning::ChildName).any(|column| words.is_of_one_child(&column.heading));
    match named {
        true => each > other,
        false => each >= 2 && other == 0,
    }
}

/// A case's reference beside a number of children is the household's.
fn refer_to_households(table: &mut TableReading) {
    let numbered = |text: &str| {
        let folded = fold(text);
        let mut words = folded.split(' ');
        words.any(|word| ["id", "ref", "reference", "no", "number", "code", "identifier"].contains(&word))
    };
    let Some(of_case) = table.columns.iter().position(|column| column.meaning == Meaning::Child) else { return };
    let own = table.columns.iter().position(|column| column.meaning == Meaning::Household);
    match own {
        Some(own) if numbered(&table.columns[own].heading) => {}
        // Two families may be called by one name; their references differ.
        Some(own) => {
            table.columns[own].meaning = Meaning::ChildName;
            table.columns[of_case].meaning = Meaning::Household;
            return;
        }
        None => {
            table.columns[of_case].meaning = Meaning::Household;
            return;
        }
    }
    let column = table.columns.remove(of_case);
    table.unused.push((CellRef::new(table.header, column.column), column.heading));
}

/// Where each row is one child the number of the family's children says nothing of the load.
fn pass_over_number(table: &mut TableReading) {
    let header = table.header;
    let numbers = table.columns.extract_if(.., |column| column.meaning == Meaning::Children);
    table.unused.extend(numbers.map(|column| (CellRef::new(header, column.column), column.heading)));
}
