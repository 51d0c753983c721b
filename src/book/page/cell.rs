//! A cell of a page: what it holds and how it looks.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::rag::Rag;
use crate::book::sheet::CellRef;

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
