//! Runs as their tables tell of them, and what changed from one to the next; no child is in it.

mod changes;
mod past;
mod words;

use jiff::civil::Date;

use crate::book::phrase::day;

pub use changes::{Change, ChangeKind, RunHead, Trend, TrendLine};
pub use past::{About, Figures, InputUsed, PastRun, PastTeam, PastWorker, PolicyUsed, Records, RunTables};
pub use words::Turn;

/// The stem of the source of an annotated workbook: `a` of `a RAG` and of `a RAG 2025-09-30`.
pub fn plain_stem(stem: &str) -> Option<&str> {
    stem.strip_suffix(" RAG").or_else(|| {
        let (plain, day) = stem.rsplit_once(" RAG ")?;
        day.parse::<Date>().ok().map(|_| plain)
    })
}

fn named_run(label: &str, as_of: Date) -> String {
    format!("{label} ({})", day(as_of))
}
