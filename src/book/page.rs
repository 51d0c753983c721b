//! An added sheet as a value: its cells, looks and print set-up, before any file exists.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::rag::Rag;
use crate::book::sheet::{Area, CellRef, Value};

/// A sheet of ours.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The tab's name.
    pub name: String,
    /// The tab's colour as `RRGGBB`; empty for none.
    pub tab: &'static str,
    /// Column widths in characters, from column A.
    pub widths: Vec<u16>,
    /// Rows from the first, none left out.
    pub rows: Vec<Row>,
    /// Areas shown as one cell.
    pub merges: Vec<Area>,
    /// The first cell that scrolls; what lies above and to its left stays in sight.
    pub freeze: Option<CellRef>,
    /// A table with filter buttons on its first row.
    pub filter: Option<Area>,
    /// What may be entered where.
    pub entries: Vec<EntryRule>,
    /// Areas in which the words RED, AMBER, GREEN and NOT SCORED carry their colour, whoever writes them.
    pub rag_words: Vec<Area>,
    /// Areas in which a text carries a colour by the words it begins with.
    pub said: Vec<Said>,
    /// Cells that take a fill by what a formula finds, so that the fill follows the figures.
    pub heat: Vec<Heat>,
    /// Utilisations that carry a bar, which is full at 150 %.
    pub bars: Vec<Area>,
    /// Charts.
    pub charts: Vec<Chart>,
    /// First and last of the rows repeated on every printed page.
    pub repeat: Option<(u32, u32)>,
    /// Printed on one page, not only one page wide.
    pub one_printed_page: bool,
    /// Printed on paper that stands, for a page that is higher than wide.
    pub portrait: bool,
    /// Too wide to be read on one page: printed two pages wide, the columns that do not scroll on both.
    pub two_pages_wide: bool,
    /// Only cells that the reader may change can be changed, without a password; sorting, filtering and
    /// widths stay free.
    pub protected: bool,
}

/// A fill that cells take while a condition holds; a word or a figure always stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// The cells.
    pub area: Area,
    /// The condition as a formula for the first cell, its references moving along with the cells: `=$E7=\"over\"`.
    pub when: String,
    /// The fill.
    pub tone: Tone,
}

/// A row: its cells from column A.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Cells from column A.
    pub cells: Vec<Cell>,
    /// Height in points; `None` for one that is reckoned from the texts.
    pub height: Option<u16>,
}

/// A cell: what it holds and how it looks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// How it looks.
    pub look: Look,
    /// A fill with a meaning.
    pub tone: Option<Tone>,
}

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Content {
    /// Nothing.
    #[default]
    Blank,
    /// Text, as it is.
    Text(String),
    /// An exact figure.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// A formula, starting with `=`, with the result it has now.
    Formula(String, Stored),
    /// Text that leads to a cell.
    Link {
        /// The text shown.
        text: String,
        /// The sheet it leads to.
        sheet: String,
        /// The cell it leads to.
        cell: CellRef,
    },
}

/// The result a formula has now.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    /// Text.
    Text(String),
    /// A figure.
    Number(Decimal),
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// No border, wrapped: prose.
    #[default]
    Prose,
    /// The sheet's title.
    Title,
    /// Small and grey.
    Muted,
    /// The heading of a part of the sheet.
    Section,
    /// The heading of a column.
    Heading,
    /// A count in large figures.
    Tile,
    /// A headline figure.
    Big,
    /// A headline figure with two places.
    BigDecimals,
    /// A headline ratio as percent.
    BigPercent,
    /// What a headline figure is set beside.
    BigNote,
    /// Text in a table, wrapped.
    Text,
    /// A figure in a table.
    Figure,
    /// A figure in a table, with two places.
    Decimals,
    /// A ratio shown as percent with one place.
    Percent,
    /// A figure in percent already, or points of percent, with one place.
    Hundredths,
    /// A date as dd/mm/yyyy.
    Date,
    /// A colour's word.
    Rag,
    /// Text in a table that stands out: a total.
    Strong,
    /// A figure in a table that stands out.
    StrongFigure,
    /// A figure in a table that stands out, with two places.
    StrongDecimals,
    /// A ratio in a table that stands out.
    StrongPercent,
    /// A figure in percent already, or points of percent, that stands out.
    StrongHundredths,
    /// A figure the reader may change.
    Input,
    /// Text the reader may change or fill in.
    InputText,
    /// A date the reader may fill in.
    InputDate,
    /// A link.
    Link,
}

/// Cells whose texts carry a colour by the words they begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The cells.
    pub area: Area,
    /// The words and their fill; the first that fits.
    pub words: Vec<(&'static str, Tone)>,
}

/// What may be entered in some cells.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRule {
    /// The cells.
    pub area: Area,
    /// What is offered or asked for.
    pub kind: EntryKind,
    /// What the reader sees on choosing the cell.
    pub prompt: String,
}

/// What is offered or asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryKind {
    /// One of these words; anything else is accepted after a question.
    Words(Vec<String>),
    /// One of the words in these cells, as an absolute reference; anything else is accepted after a question.
    WordsIn(String),
    /// A date on or after this one.
    DateFrom(Date),
    /// Anything; only the prompt is shown.
    Anything,
    /// One of the words in these cells, as an absolute reference, and nothing else.
    OnlyIn(String),
    /// A figure of nought or more.
    Figure,
    /// A figure above nought and up to this one.
    UpTo(Decimal),
    /// A whole number from this one on.
    WholeFrom(u32),
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its kind.
    pub kind: ChartKind,
    /// Title.
    pub title: String,
    /// What it shows, for people who cannot see it.
    pub description: String,
    /// The cell under its upper left corner.
    pub at: CellRef,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Names along the axis.
    pub categories: Range,
    /// Series in the order of the legend.
    pub series: Vec<Series>,
    /// Title of the axis of figures.
    pub axis: String,
}

/// The kind of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Bars lying, stacked.
    StackedBars,
    /// Bars lying, stacked, of ratios shown as percent, with a line at each 50 %.
    StackedRatios,
    /// Bars lying, side by side.
    Bars,
    /// Columns standing: shares of a whole.
    Columns,
    /// Columns standing, parts upon each other, those below nought downwards.
    StackedColumns,
    /// The same of shares of a whole.
    StackedShares,
    /// Lines from point to point, told apart by dash and marker beside their colour.
    Lines {
        /// Where the axis of figures begins, in percent.
        from: u32,
    },
}

/// A series of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its figures.
    pub values: Range,
    /// Its colour as `RRGGBB`.
    pub colour: &'static str,
    /// What it is drawn with, so that it can be told in greyscale.
    pub hatch: Hatch,
}

/// What a series is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hatch {
    /// Filled.
    Solid,
    /// Wide strokes.
    Strokes,
    /// Dots.
    Dots,
    /// Hollow with an outline.
    Hollow,
    /// A line over the others.
    Line,
    /// Marks over the others, without a line.
    Marks,
    /// Not drawn and not in the legend: it lifts what stands upon it.
    Unseen,
}

/// Cells of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The sheet.
    pub sheet: String,
    /// The cells.
    pub area: Area,
}

impl Page {
    /// An empty page.
    pub fn new(name: &str, tab: &'static str, widths: &[u16]) -> Self {
        Self { name: name.to_string(), tab, widths: widths.to_vec(), ..Self::default() }
    }

    /// The zero-based row that [`Page::push`] fills next.
    pub fn next(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Adds a row and says which.
    pub fn push(&mut self, cells: Vec<Cell>) -> u32 {
        self.rows.push(Row { cells, ..Row::default() });
        self.next() - 1
    }

    /// Adds a blank row.
    pub fn gap(&mut self) {
        self.push(Vec::new());
    }

    /// Adds text across the first columns, high enough for all of its lines.
    pub fn across(&mut self, columns: u32, text: &str, look: Look) -> u32 {
        let row = self.push(vec![Cell::text(text).look(look)]);
        self.spread(row, 0, columns.saturating_sub(1), look);
        let width = self.widths.iter().take(columns as usize).map(|width| u32::from(*width)).sum();
        // A merged cell is never fitted by the spreadsheet itself, so its height is reckoned here.
        self.rows[row as usize].height = Some(match look {
            Look::Title => 26,
            Look::Section => 21,
            _ => lines(text, width) * 15 + 1,
        });
        row
    }

    /// Makes a row high enough for these texts, each in a cell of so many characters.
    ///
    /// For merged cells, which no spreadsheet fits by itself.
    pub fn fit(&mut self, row: u32, texts: &[(&str, u32)]) {
        let most = texts.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
        if let Some(row) = self.rows.get_mut(row as usize) {
            row.height = Some(most * 15 + 1);
        }
    }

    /// The heights of the rows in points: as set, or enough for the longest text in their cells.
    ///
    /// Some spreadsheets fit rows when they open a workbook and some do not, so it is reckoned here.
    pub fn heights(&self) -> Vec<Option<u16>> {
        let merged: BTreeSet<CellRef> = self
            .merges
            .iter()
            .flat_map(|area| (area.first.column..=area.last.column).map(|of| CellRef::new(area.first.row, of)))
            .collect();
        let fitted = |(row, at): (usize, &Row)| {
            let texts = at.cells.iter().enumerate().filter(|(_, cell)| cell.look.wraps() && !cell.shown().is_empty());
            let long = texts.filter_map(|(of, cell)| {
                let width = u32::from(*self.widths.get(of)?);
                // Bold letters run wider, and both stand a little off the border.
                let bold = matches!(cell.look, Look::Heading | Look::Strong);
                let width = if bold { width.saturating_sub(2) * 10 / 11 } else { width.saturating_sub(1) };
                let lines = lines(cell.shown(), width);
                (lines > 1 && !merged.contains(&CellRef::new(row as u32, of as u32))).then_some(lines)
            });
            let headings = at.cells.first().is_some_and(|cell| cell.look == Look::Heading);
            let least = headings.then_some(21);
            at.height.or_else(|| long.max().map(|lines| lines * 15 + 1).or(least))
        };
        self.rows.iter().enumerate().map(fitted).collect()
    }

    /// Joins cells of a row into one, with the look of the first.
    pub fn spread(&mut self, row: u32, first: u32, last: u32, look: Look) {
        if last > first {
            let cells = &mut self.rows[row as usize].cells;
            while cells.len() <= last as usize {
                cells.push(Cell::default().look(look));
            }
            self.merges.push(Area { first: CellRef::new(row, first), last: CellRef::new(row, last) });
        }
    }

    /// Moves every date so that it is shown as it is in a workbook that counts days from 1904.
    pub fn count_from_1904(&mut self) {
        const DAYS_BETWEEN: i64 = 1462;
        let moved = |date: Date| date.checked_sub(DAYS_BETWEEN.days()).ok().filter(|day| day.year() >= 1900);
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Content::Date(date) = cell.content {
                cell.content = match moved(date) {
                    Some(date) => Content::Date(date),
                    // Such a workbook knows no earlier day.
                    None => Content::Text(Value::Date(date).text()),
                };
            }
        }
        for rule in &mut self.entries {
            if let EntryKind::DateFrom(date) = &mut rule.kind {
                *date = moved(*date).unwrap_or(*date);
            }
        }
    }

    /// The cell at an address, blank where nothing was put.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.rows.get(at.row as usize)?.cells.get(at.column as usize)
    }
}

/// Lines that a text takes in a cell of this many characters, at most what a sheet can show.
fn lines(text: &str, width: u32) -> u16 {
    // Proportional letters run narrower than the digits that widths are counted in; words break early.
    let width = (width * 11 / 10).max(4);
    let mut count: u32 = 0;
    for line in text.lines() {
        let mut used = 0;
        count += 1;
        for word in line.split(' ') {
            let length = word.chars().count() as u32;
            if used > 0 && used + 1 + length > width {
                count += 1;
                used = 0;
            }
            used += length + u32::from(used > 0);
            // A word longer than the line is broken.
            count += used.saturating_sub(1) / width;
            used = if used > width { used % width } else { used };
        }
    }
    count.clamp(1, 26) as u16
}

impl Look {
    /// Text runs on in a second line where it does not fit the first.
    pub fn wraps(self) -> bool {
        !matches!(
            self,
            Look::Title
                | Look::Section
                | Look::Tile
                | Look::Big
                | Look::BigDecimals
                | Look::BigPercent
                | Look::Figure
                | Look::Decimals
                | Look::Rag
                | Look::StrongFigure
                | Look::StrongDecimals
        )
    }
}

impl Cell {
    /// Text in prose.
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: Content::Text(text.into()), ..Self::default() }
    }

    /// An exact figure in a table.
    pub fn number(number: impl Into<Decimal>) -> Self {
        Self { content: Content::Number(number.into()), look: Look::Figure, tone: None }
    }

    /// A figure, or a dash where there is none.
    pub fn maybe(number: Option<Decimal>) -> Self {
        number.map_or_else(|| Self::text("–").look(Look::Figure), Self::number)
    }

    /// A date in a table.
    pub fn date(date: Date) -> Self {
        Self { content: Content::Date(date), look: Look::Date, tone: None }
    }

    /// A formula with a text for a result.
    pub fn says(formula: impl Into<String>, result: impl Into<String>) -> Self {
        let content = Content::Formula(formula.into(), Stored::Text(result.into()));
        Self { content, look: Look::Text, tone: None }
    }

    /// A formula with a figure for a result.
    pub fn counts(formula: impl Into<String>, result: impl Into<Decimal>) -> Self {
        let content = Content::Formula(formula.into(), Stored::Number(result.into()));
        Self { content, look: Look::Figure, tone: None }
    }

    /// Text that leads to a cell.
    pub fn link(text: impl Into<String>, sheet: &str, cell: CellRef) -> Self {
        let content = Content::Link { text: text.into(), sheet: sheet.to_string(), cell };
        Self { content, look: Look::Link, tone: None }
    }

    /// The column headings of a table.
    pub fn headings(texts: &[&str]) -> Vec<Self> {
        texts.iter().map(|text| Self::text(*text).look(Look::Heading)).collect()
    }

    /// A colour's word with its fill.
    pub fn rag(rag: Rag) -> Self {
        Self::text(rag.word()).look(Look::Rag).tone(Tone::of(rag))
    }

    /// The same in another look.
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// The same with a fill.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }

    /// The text, or the text result of the formula; empty for figures.
    pub fn shown(&self) -> &str {
        match &self.content {
            Content::Text(text) | Content::Formula(_, Stored::Text(text)) | Content::Link { text, .. } => text,
            _ => "",
        }
    }

    /// The figure, or the figure that the formula gives.
    pub fn figure(&self) -> Option<Decimal> {
        match &self.content {
            Content::Number(figure) | Content::Formula(_, Stored::Number(figure)) => Some(*figure),
            _ => None,
        }
    }
}

impl Tone {
    /// The fill of a colour.
    pub fn of(rag: Rag) -> Self {
        match rag {
            Rag::Red => Tone::Red,
            Rag::Amber => Tone::Amber,
            Rag::Green => Tone::Green,
            Rag::NotScored => Tone::NotScored,
        }
    }
}

/// A sheet's name as formulas write it: `'Team 1'`.
pub fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// A cell as a formula on another sheet names it: `'Policy'!$C$7`.
pub fn address(sheet: &str, cell: CellRef) -> String {
    format!("{}!{}", quoted(sheet), fixed(cell))
}

/// A cell as a formula on its own sheet names it when it must not move: `$C$7`.
pub fn fixed(cell: CellRef) -> String {
    format!("${}${}", crate::book::sheet::column_letters(cell.column), u64::from(cell.row) + 1)
}

/// An area as a formula names it: `'Working'!$A$2:$A$9`.
pub fn span(sheet: &str, area: Area) -> String {
    format!("{}!{}:{}", quoted(sheet), fixed(area.first), fixed(area.last))
}

/// The cells of one column from one row to another.
pub fn column(column: u32, first: u32, last: u32) -> Area {
    Area { first: CellRef::new(first, column), last: CellRef::new(last, column) }
}

/// What the names that mark our sheets begin with; a number follows, counted from one in the order of the sheets.
///
/// Names are hidden in the workbook, follow a sheet when it is renamed, and every program keeps them.
pub const MARKER: &str = "_fairload.sheet.";

/// Which of our sheets a name in a workbook marks, counted from nought; `None` for a name that is none of ours.
///
/// ```
/// use fairload::book::page::marked;
/// assert_eq!((marked("_fairload.sheet.4"), marked("_fairload.sheet."), marked("Limits")), (Some(3), None, None));
/// ```
pub fn marked(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let digits = name.strip_prefix(MARKER)?;
    let number: usize = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    number.checked_sub(1)
}

/// The names of the five added sheets; where a manager's sheet has one already, ours takes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetNames {
    /// "RAG summary".
    pub summary: String,
    /// "Findings".
    pub findings: String,
    /// "Working".
    pub working: String,
    /// "Action plan".
    pub action_plan: String,
    /// "Policy".
    pub policy: String,
}

impl SheetNames {
    /// The usual names, each with a number added where a sheet of the workbook has it already.
    ///
    /// ```
    /// use fairload::book::page::SheetNames;
    /// let names = SheetNames::beside(["Caseload", "policy"]);
    /// assert_eq!((names.findings.as_str(), names.policy.as_str()), ("Findings", "Policy (2)"));
    /// ```
    pub fn beside<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        // Spreadsheets compare the names of tabs without regard to case.
        let taken: Vec<String> = taken.into_iter().map(str::to_lowercase).collect();
        let free = |name: &str| {
            let mut candidate = name.to_string();
            let mut number = 2u32;
            while taken.contains(&candidate.to_lowercase()) {
                candidate = format!("{name} ({number})");
                number += 1;
            }
            candidate
        };
        Self {
            summary: free("RAG summary"),
            findings: free("Findings"),
            working: free("Working"),
            action_plan: free("Action plan"),
            policy: free("Policy"),
        }
    }

    /// The position of "Action plan" among the five.
    pub const ACTION_PLAN: usize = 3;

    /// All five in their order.
    pub fn all(&self) -> [&str; 5] {
        [&self.summary, &self.findings, &self.working, &self.action_plan, &self.policy]
    }
}

impl Default for SheetNames {
    fn default() -> Self {
        Self::beside([])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_formulas_are_quoted() {
        assert_eq!(address("Ann's team", CellRef::new(6, 2)), "'Ann''s team'!$C$7");
        assert_eq!(span("Working", column(27, 0, 8)), "'Working'!$AB$1:$AB$9");
    }

    #[test]
    fn prose_is_high_enough_for_its_lines() {
        let mut page = Page::new("Notes", "", &[10, 10, 80]);
        let row = page.across(2, "A sentence of about forty characters, say", Look::Prose);
        assert_eq!(page.rows[row as usize].height, Some(31));
        assert_eq!(page.merges, vec![Area { first: CellRef::new(0, 0), last: CellRef::new(0, 1) }]);
    }
}
