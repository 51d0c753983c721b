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
//! `discover`, `read` and `write` touch files. Everything between is a function of its arguments:
//! no file, no clock, no printing, no thread. `run` alone knows the order of the stages and is the
//! only place with threads.
//!
//! Modules in reading order: the vocabulary ([`sheet`], [`reading`], [`caseload`], [`policy`],
//! [`words`], [`finding`], [`rating`], [`annotation`], [`page`], [`directorate`]), then the stages.

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
pub mod judged;
pub mod normalise;
pub mod overview;
pub mod page;
pub mod policy;
pub mod rating;
pub mod read;
pub mod reading;
pub mod recognise;
pub mod report;
pub mod run;
pub mod score;
pub mod sheet;
pub mod validate;
pub mod words;
pub mod workbook;
pub mod write;
