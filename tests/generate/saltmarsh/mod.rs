//! All samples of an invented directorate, Saltmarsh Council, and the oracle beside them.

#[path = "../../formats/biff.rs"]
pub mod biff;
#[path = "../../formats/binary.rs"]
pub mod binary;
pub mod book;
pub mod care;
pub mod chance;
pub mod example;
pub mod formats;
pub mod grid;
pub mod layouts;
pub mod look;
pub mod north;
pub mod open;
pub mod oracle;
pub mod paper;
pub mod people;
pub mod quirks;
pub mod south;
pub mod specialist;
pub mod vba;

use std::fs;
use std::path::Path;

use book::Book;

/// Every sample, by path.
pub fn books() -> Vec<Book> {
    let mut books = vec![
        north::harbour(),
        north::cliffside(),
        north::lighthouse(),
        south::creek_and_dune(),
        south::estuary_and_fen(),
        south::marram(),
        care::first(),
        care::second(),
        care::fostering(),
        care::leaving(),
        specialist::disabilities(),
        specialist::reviewing(),
        specialist::reed(),
        example::task_force(),
    ];
    books.extend(layouts::books());
    books.extend(quirks::books());
    books.extend(formats::books());
    books.sort_by_key(|book| book.file);
    books
}

/// Writes the samples and the expected tables.
pub fn write_all(samples: &Path, expected: &Path) {
    let books = books();
    for book in &books {
        let path = samples.join(book.file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &book.bytes).unwrap();
    }
    fs::write(samples.join("quirks/own-words.toml"), quirks::OWN_WORDS).unwrap();
    let tables = oracle::expect(&books);
    fs::create_dir_all(expected).unwrap();
    fs::write(expected.join("workers.csv"), tables.workers).unwrap();
    fs::write(expected.join("ratings.csv"), tables.ratings).unwrap();
    fs::write(expected.join("sheets.csv"), tables.sheets).unwrap();
    fs::write(expected.join("teams.csv"), tables.teams).unwrap();
    fs::write(expected.join("tasks.csv"), tables.tasks).unwrap();
}
