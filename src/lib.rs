//! fairload reads children's social work caseloads as managers keep them, checks them, scores
//! every worker against agreed limits and benchmarks, and gives the workbooks back annotated.
//!
//! # The way of the data
//!
//! ```text
//! inputs ─discover→ files ─read→ RawBook ─recognise→ SheetReading ─normalise→ Caseload
//!        ─validate→ findings ─score→ ratings ─┬─annotate→ Annotation and pages ─write→ the manager's workbook, overlaid
//!                                             └─aggregate→ Directorate ─write→ directorate.xlsx, CSVs, run.json ─report→ terminal
//! ```
//!
//! Beside that way stands `forms`: policies in, a blank workbook to fill in as pages out.
//!
//! `discover`, `read` and `write` touch files. Everything between is a function of its arguments:
//! no file, no clock, no printing, no thread. `run` and `workbook` alone know the order of the
//! stages, and `run` is the only place with threads and with another process: what may end on a
//! damaged file is read there.
//!
//! # Rooms, in reading order
//!
//! | | modules | may import |
//! |---|---|---|
//! | vocabulary: nouns | [`sheet`], [`reading`], [`rag`], [`caseload`], [`policy`], [`words`], [`finding`], [`rating`], [`plan`], [`judged`], [`annotation`], [`page`], [`history`], [`quality`], [`directorate`], [`shared`], [`table`], [`outcome`], [`phrase`] | vocabulary, without a circle |
//! | stages: verbs | [`discover`], [`read`], [`recognise`], [`normalise`], [`validate`], [`score`], [`what_if`], [`aggregate`], [`trend`], [`suppress`], [`annotate`], [`overview`], [`forms`], [`write`](mod@write), [`report`] | vocabulary; never each other |
//! | the order | [`workbook`]: one workbook from cells to ratings, and back; [`run`]: all of them | vocabulary and stages |
//! | the rim | [`cli`]: what may be asked for; `main`: arguments in, exit code out, the only place that prints | `main`: `cli`, `run`, `report`, vocabulary and the catalogue of rules |
//!
//! `tests/architecture.rs` holds these tables, and who may name which crate.
//!
//! # What is deliberately absent
//!
//! 1. Nothing writes to an input; outputs appear whole or not at all.
//! 2. No number of a policy stands in the source: they stand in `templates/policy`, each with unit,
//!    first day and source.
//! 3. No clock, environment or chance in the middle; the as-of date is passed in.
//! 4. No order that depends on hashing or threads: same inputs, same bytes.
//! 5. No silent pass: what could not be checked says so; nothing is green by default.
//! 6. No binary floating point in `score`.
//! 7. No network, and no child's name in a table, on the terminal or in a log.

mod names;
#[cfg(test)]
mod testing;

pub mod aggregate;
pub mod annotate;
pub mod annotation;
pub mod caseload;
pub mod cli;
pub mod directorate;
pub mod discover;
pub mod finding;
pub mod forms;
pub mod history;
pub mod judged;
pub mod normalise;
pub mod outcome;
pub mod overview;
pub mod page;
pub mod phrase;
pub mod plan;
pub mod policy;
pub mod quality;
pub mod rag;
pub mod rating;
pub mod read;
pub mod reading;
pub mod recognise;
pub mod report;
pub mod run;
pub mod score;
pub mod shared;
pub mod sheet;
pub mod suppress;
pub mod table;
pub mod trend;
pub mod validate;
pub mod what_if;
pub mod words;
pub mod workbook;
pub mod write;
