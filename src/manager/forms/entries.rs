//! Cells to fill in: how they look, what they offer, and what they ask for.

use crate::book::page::{Cell, EntryKind, EntryRule, Look, Page};
use crate::book::sheet::{Area, CellRef};
use crate::policy::figure_ids as id;

use super::figures::{Figures, List};

/// What is entered in a cell or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Any text.
    Text,
    /// One of a list's words.
    Word(List),
    /// One of the names that stand elsewhere on the form.
    Name(&'static str),
    /// A figure of nought or more.
    Figure,
    /// A whole number from 1 on.
    Number,
    /// A share of a post.
    Share,
    /// A date.
    Date,
}

/// A cell or column to fill in.
pub struct Field {
    /// Its label or heading, by which fairload knows it.
    pub heading: &'static str,
    /// What is entered.
    pub entry: Entry,
    /// What the reader is asked for.
    pub ask: &'static str,
    /// An example for the guidance.
    pub example: &'static str,
}

impl Field {
    /// A blank cell of this field.
    pub fn cell(&self) -> Cell {
        let look = match self.entry {
            Entry::Text | Entry::Word(_) | Entry::Name(_) => Look::InputText,
            Entry::Figure | Entry::Number | Entry::Share => Look::Input,
            Entry::Date => Look::InputDate,
        };
        Cell::default().look(look)
    }

    /// Says what may be entered in these cells.
    pub fn rule(&self, figures: &Figures<'_>, area: Area) -> Option<EntryRule> {
        let kind = match self.entry {
            // Nothing is refused; the prompt still says what belongs here.
            Entry::Text => EntryKind::Anything,
            Entry::Word(list) => EntryKind::OnlyIn(figures.list(list, 0)),
            Entry::Name(cells) => EntryKind::OnlyIn(cells.to_string()),
            Entry::Figure => EntryKind::Figure,
            Entry::Number => EntryKind::WholeFrom(1),
            Entry::Share => EntryKind::UpTo(figures.policies.figure(id::FTE_MOST)?.value),
            Entry::Date => EntryKind::DateFrom(jiff::civil::date(1980, 1, 1)),
        };
        Some(EntryRule { area, kind, prompt: self.ask.to_string() })
    }
}

/// Adds the rules of columns that stand side by side from a cell, over so many rows.
pub fn ask_below(page: &mut Page, figures: &Figures<'_>, fields: &[Field], first: CellRef, rows: u32) {
    for (at, field) in fields.iter().enumerate() {
        let column = first.column + at as u32;
        let area = crate::book::page::column(column, first.row, first.row + rows - 1);
        page.entries.extend(field.rule(figures, area));
    }
}

/// A row of blank cells of these fields.
pub fn blanks(fields: &[Field]) -> Vec<Cell> {
    fields.iter().map(Field::cell).collect()
}

/// What a worker's FTE is asked for.
pub const FTE: Field = Field {
    heading: "FTE",
    entry: Entry::Share,
    ask: "Share of a full-time post: 1 for full time, 0.6 for three days of five. Left blank, 1 is assumed and said so.",
    example: "0.65",
};

/// A worker's role.
pub const ROLE: Field = Field {
    heading: "Role",
    entry: Entry::Word(List::Roles),
    ask: "Choose the post held. Senior and advanced practitioners are social workers here. Left blank, social worker is assumed.",
    example: "Social worker",
};

/// A worker's time in practice.
pub const EXPERIENCE: Field = Field {
    heading: "Experience",
    entry: Entry::Word(List::Stages),
    ask: "Choose the time in practice since qualifying. Left blank, the full benchmark is assumed.",
    example: "3+ years",
};

/// Duties beside cases.
pub const DUTIES: Field = Field {
    heading: "Other duties",
    entry: Entry::Text,
    ask: "What is done beside cases, such as practice teaching. Leave blank for none.",
    example: "Practice teaching",
};

/// Points for duties.
pub const DUTY_POINTS: Field = Field {
    heading: "Points for duties",
    entry: Entry::Figure,
    ask: "Points agreed for the other duties. Left blank, the policy's usual figure counts where duties are named.",
    example: "5",
};

/// A limit agreed with one worker.
pub const AGREED: Field = Field {
    heading: "Agreed limit",
    entry: Entry::Figure,
    ask: "Only where a limit was agreed with this worker: it stands as it is, whatever the FTE.",
    example: "12",
};

/// Why it was agreed.
pub const AGREED_REASON: Field = Field {
    heading: "Reason for agreed limit",
    entry: Entry::Text,
    ask: "Why the limit was agreed: nobody else can tell from the figure.",
    example: "Phased return to work",
};

/// The manager's own judgement.
pub const JUDGEMENT: Field = Field {
    heading: "Manager's judgement",
    entry: Entry::Word(List::Judgements),
    ask: "Your own view of this worker's load. It stands beside the reckoned colour and never replaces it.",
    example: "Amber",
};

/// Why it was judged so.
pub const JUDGEMENT_REASON: Field = Field {
    heading: "Reason for judgement",
    entry: Entry::Text,
    ask: "Why you judge the load so, in a few words.",
    example: "Two cases end this month",
};

/// Status of a child or household.
pub const STATUS: Field = Field {
    heading: "Case status",
    entry: Entry::Word(List::Statuses),
    ask: "Choose one. A child both on a plan and in our care: choose either, both earn the same.",
    example: "Child protection plan",
};

/// Proceedings.
pub const PROCEEDINGS: Field = Field {
    heading: "Proceedings",
    entry: Entry::Word(List::Proceedings),
    ask: "Choose where the family is before the court; blank for none.",
    example: "Care proceedings",
};

/// Intervention level.
pub const LEVEL: Field = Field {
    heading: "Intervention level",
    entry: Entry::Word(List::Levels),
    ask: "How much work the household needs: a figure, or a word. Once per household: of siblings' rows the highest counts. Blank counts as medium where others are given.",
    example: "High",
};

/// Additional factors.
pub const ADDITIONAL: Field = Field {
    heading: "Additional factors",
    entry: Entry::Word(List::Additional),
    ask: "Points for travel out of the area, a large family, many agencies. Once per household: the highest counts. Blank for none.",
    example: "1",
};
