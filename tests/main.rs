//! Every test beside those that stand with the code, in one program: it is linked once.
//!
//! `cargo test --test suite live::` runs one room. What needs LibreOffice or much time is run by name, as its file says.

mod architecture;
mod catalogue;
mod cli;
mod columns;
mod formats;
#[path = "generate/months.rs"]
mod generated_months;
mod hand_reckoned;
mod legible;
mod limit_scenarios;
mod live;
mod lossless;
mod many;
mod months;
mod office;
mod open_data;
mod overlay;
mod policies;
mod privacy;
mod properties;
mod readme;
mod recompute;
mod rules;
#[path = "generate/saltmarsh/mod.rs"]
mod saltmarsh;
mod samples;
mod scenarios;
mod suppression;
mod tasks;
mod time;
