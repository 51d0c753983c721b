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
//! Only [`run`] touches files, threads, other processes and the clock. Everything else is a function of its
//! arguments: no file, no clock, no printing, no thread. It cannot fail; it returns a value and what there is to
//! say about it.
//!
//! # Eight wings, in reading order
//!
//! | wing | what stands in it | may import |
//! |---|---|---|
//! | [`book`] | spreadsheets in and out: bytes to cells, pages and marks to bytes; knows nothing of social work | nothing of ours |
//! | [`field`] | the words of the field: caseload, worker, case, rating, finding, plan | `book` |
//! | [`policy`] | agreed numbers, each with unit, first day and source; judges a load, and says the same as a formula | `book`, `field` |
//! | [`understand`] | words, recognise, normalise: what a sheet means | `book`, `field`, `policy` |
//! | [`judge`] | validate, one rule in one file; score; what would follow | `book`, `field`, `policy` |
//! | [`manager`] | what one manager gets back: marks, five sheets, plan, forms | `book`, `field`, `policy` |
//! | [`directorate`] | teams side by side: figures, comparison, trend, what may be handed outside, tables | `book`, `field`, `policy` |
//! | [`run`] | the order of the stages, files, threads, the reader's process, terminal texts | all |
//! | [`cli`], `main` | what may be asked for; arguments in, exit code out, the only place that prints | `main`: `run`, `field`, `policy`, `cli`, the comparison's choices and the catalogue of rules |
//!
//! `tests/architecture.rs` holds this table, and who may name which crate. Without the feature `run` the library is
//! bytes in, bytes out; without `core` too it is `book` alone.
//!
//! # What is deliberately absent
//!
//! 1. Nothing writes to an input; outputs appear whole or not at all.
//! 2. No number of a policy stands in the source: they stand in `templates/policy`, each with unit,
//!    first day and source.
//! 3. No clock, environment or chance in the middle; the as-of date is passed in.
//! 4. No order that depends on hashing or threads: same inputs, same bytes.
//! 5. No silent pass: what could not be checked says so; nothing is green by default.
//! 6. No binary floating point in `judge`.
//! 7. No network, and no child's name in a table, on the terminal or in a log.
//!
//! # Where things are added
//!
//! | to add | touch |
//! |---|---|
//! | a rule | a file in `judge/validate/` (descriptor, function, two tests) and its line in `rules!` there |
//! | a team figure | a row of `directorate/figures/catalogue.rs` |
//! | a policy, a new year | a file, or a dated entry, in `templates/policy/`; no Rust |
//! | a heading or a word people use | a line in `templates/words/`; no Rust |
//! | an input layout | a file in `understand/recognise/` and its line in the list there; a sample |
//! | an added sheet or an output | a file in `manager/` or `directorate/` and a line where its wing lists it |
//! | a test case | a folder in `samples/` or `tests/`; no Rust |

// The stages are called by `run`: without it rustc would call most of them dead.
#![cfg_attr(not(feature = "run"), allow(dead_code, unused_imports))]

#[cfg(test)]
mod testing;

pub mod book;

#[cfg(feature = "core")]
pub mod directorate;
#[cfg(feature = "core")]
pub mod field;
#[cfg(feature = "core")]
pub mod judge;
#[cfg(feature = "core")]
pub mod manager;
#[cfg(feature = "core")]
pub mod policy;
#[cfg(feature = "core")]
pub mod understand;

#[cfg(feature = "run")]
pub mod cli;
#[cfg(feature = "run")]
pub mod run;
