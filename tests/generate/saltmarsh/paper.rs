//! A sheet written line by line, for tables that stand where a manager happened to put them.

use rust_xlsxwriter::{FormatAlign, Worksheet};

use crate::saltmarsh::book::SheetTruth;
use crate::saltmarsh::grid::{Cell, Row, put, text};
use crate::saltmarsh::look::Look;
use crate::saltmarsh::people::Fate;

/// Lines of a sheet from the top, and what becomes of those below the first heading.
#[derive(Default)]
pub struct Paper {
    lines: Vec<Line>,
    header: Option<u32>,
    /// Merged cells: first row, first column, last row, last column.
    merged: Vec<[u32; 4]>,
    /// Rows of tables further right, which count by themselves.
    beside: Vec<Fate>,
}

struct Line {
    cells: Vec<Cell>,
    kind: Kind,
    fate: Option<Fate>,
    hidden: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Title,
    Small,
    Heading,
    Body,
}

impl Paper {
    /// The zero-based row that the next line takes.
    pub fn next(&self) -> u32 {
        self.lines.len() as u32
    }

    /// A title, wherever it stands.
    pub fn title(&mut self, words: &str) -> &mut Self {
        self.line(vec![text(words)], Kind::Title, self.below_a_header(Fate::Aside("heading")))
    }

    /// Labels and values, or a remark, above a table.
    pub fn block(&mut self, cells: Vec<Cell>) -> &mut Self {
        self.line(cells, Kind::Small, self.below_a_header(Fate::Aside("heading")))
    }

    /// An empty line.
    pub fn gap(&mut self) -> &mut Self {
        self.line(Vec::new(), Kind::Body, self.below_a_header(Fate::Aside("blank")))
    }

    /// The upper of two rows of headings.
    pub fn upper_heads(&mut self, headings: &[&str]) -> &mut Self {
        self.line(headings.iter().map(|heading| text(*heading)).collect(), Kind::Heading, None)
    }

    /// Names above tables side by side.
    pub fn names_above(&mut self, names: &[&str]) -> &mut Self {
        self.line(names.iter().map(|name| text(*name)).collect(), Kind::Small, None)
    }

    /// Headings; the first ones make the sheet's header, further ones stand below it.
    pub fn heads(&mut self, headings: &[&str]) -> &mut Self {
        let fate = self.below_a_header(Fate::Aside("heading"));
        self.header.get_or_insert(self.lines.len() as u32);
        self.line(headings.iter().map(|heading| text(*heading)).collect(), Kind::Heading, fate)
    }

    /// A row below a heading.
    pub fn row(&mut self, cells: Vec<Cell>, fate: Fate) -> &mut Self {
        self.line(cells, Kind::Body, Some(fate))
    }

    /// Rows of a table.
    pub fn rows(&mut self, rows: impl IntoIterator<Item = Row>) -> &mut Self {
        for row in rows {
            self.lines.push(Line { cells: row.cells, kind: Kind::Body, fate: Some(row.fate), hidden: row.hidden });
        }
        self
    }

    /// A row that names who holds those below it.
    pub fn names(&mut self, cells: Vec<Cell>) -> &mut Self {
        self.line(cells, Kind::Heading, Some(Fate::Aside("heading")))
    }

    /// Puts cells to the right of what stands on a row, as a table beside the first has them.
    pub fn beside(&mut self, row: u32, column: usize, cells: Vec<Cell>, fate: Option<Fate>) -> &mut Self {
        while self.next() <= row {
            self.line(Vec::new(), Kind::Body, None);
        }
        let line = &mut self.lines[row as usize];
        assert!(line.cells.len() <= column, "cells of row {row} are taken");
        line.cells.resize(column, Cell::Blank);
        line.cells.extend(cells);
        self.beside.extend(fate);
        self
    }

    /// Merges cells; the first holds the value.
    pub fn merge(&mut self, area: [u32; 4]) -> &mut Self {
        self.merged.push(area);
        self
    }

    /// The cells of every line, and whether it is out of sight.
    pub fn cells(&self) -> impl Iterator<Item = (&[Cell], bool)> {
        self.lines.iter().map(|line| (line.cells.as_slice(), line.hidden))
    }

    /// Merged cells: first row, first column, last row, last column.
    pub fn merged(&self) -> &[[u32; 4]] {
        &self.merged
    }

    /// Writes all of it.
    pub fn write(&self, sheet: &mut Worksheet, look: &Look) {
        for (row, line) in self.lines.iter().enumerate() {
            for (column, cell) in line.cells.iter().enumerate() {
                // What is empty is not written, so that tables side by side stay apart.
                if *cell == Cell::Blank {
                    continue;
                }
                let format = match line.kind {
                    Kind::Title => look.title.clone(),
                    Kind::Heading => look.heading.clone(),
                    Kind::Small => look.beside(cell),
                    Kind::Body => look.body(row, matches!(line.fate, Some(Fate::Aside("totals"))), cell),
                };
                put(sheet, row as u32, column as u16, cell, &format);
            }
            if line.hidden {
                sheet.set_row_hidden(row as u32).unwrap();
            }
        }
        for [first_row, first_column, last_row, last_column] in &self.merged {
            let line = &self.lines[*first_row as usize];
            let Cell::Text(words) = &line.cells[*first_column as usize] else { panic!("nothing to merge") };
            let format =
                if line.kind == Kind::Heading { look.heading.clone() } else { look.body(0, false, &Cell::Blank) };
            let format = format.set_align(FormatAlign::Top);
            let (first, last) = (*first_column as u16, *last_column as u16);
            sheet.merge_range(*first_row, first, *last_row, last, words, &format).unwrap();
        }
    }

    /// What is to be read of it.
    pub fn truth(&self, name: &str, layout: &'static str) -> SheetTruth {
        let header = self.header.expect("a table stands on the sheet");
        let below = &self.lines[header as usize + 1..];
        // Rows that only a table beside has are none of the first table's.
        let mut fates: Vec<Fate> = below.iter().filter_map(|line| line.fate).collect();
        fates.extend(&self.beside);
        SheetTruth { name: name.into(), layout, header: Some(header), fates }
    }

    /// What is to be read where a later month counts instead: every row that holds anything is superseded.
    pub fn superseded(&self, name: &str, layout: &'static str) -> SheetTruth {
        let mut truth = self.truth(name, layout);
        for fate in truth.fates.iter_mut().filter(|fate| **fate != Fate::Aside("blank")) {
            *fate = Fate::Aside("superseded");
        }
        truth
    }

    fn line(&mut self, cells: Vec<Cell>, kind: Kind, fate: Option<Fate>) -> &mut Self {
        self.lines.push(Line { cells, kind, fate, hidden: false });
        self
    }

    fn below_a_header(&self, fate: Fate) -> Option<Fate> {
        self.header.map(|_| fate)
    }
}
