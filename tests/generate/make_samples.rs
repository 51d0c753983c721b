//! Writes the sample workbooks and what is expected of them:
//! `cargo run --example make-samples -- samples` (expected tables go to `tests/expected`).

mod saltmarsh;

use std::path::PathBuf;

fn main() {
    let mut folders = std::env::args().skip(1).map(PathBuf::from);
    let samples = folders.next().unwrap_or_else(|| "samples".into());
    let expected = folders.next().unwrap_or_else(|| "tests/expected".into());
    saltmarsh::write_all(&samples, &expected);
}
