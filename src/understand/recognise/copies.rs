//! Copies and earlier versions of a sheet, and sheets that repeat another.

use crate::book::sheet::RawBook;
use crate::book::text::fold;
use crate::field::reading::{Doubt, Layout, Reason, SheetReading};
use crate::understand::recognise::contents::{Contents, is_alone, shared};
use crate::understand::words::{SheetWord, Words};

/// Which of the sheets with one name stands in for the others: a copy never, of versions the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    Copy,
    Plain,
    Numbered(u32),
}

struct Sheet {
    at: usize,
    name: String,
    version: Version,
    roster: bool,
    contents: Contents,
}

/// Sets copies aside where most of what they hold stands on the sheet itself.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    if is_alone(readings) {
        return;
    }
    let mut sheets: Vec<Sheet> = Vec::new();
    for (at, (sheet, reading)) in book.sheets.iter().zip(readings.iter()).enumerate() {
        if reading.tables.is_empty() || reading.aside.is_some() {
            continue;
        }
        let roster = reading.layout() == Layout::Roster;
        let contents = Contents::of(sheet, reading, words, roster);
        if contents.len() > 0 {
            let (name, version) = version(&reading.name, words);
            sheets.push(Sheet { at, name, version, roster, contents });
        }
    }
    for sheet in &sheets {
        let better =
            |other: &&Sheet| other.at != sheet.at && other.roster == sheet.roster && sheet.version < other.version;
        let same_name = sheets.iter().filter(better).filter(|other| other.name == sheet.name);
        let mut instead: Vec<&Sheet> = same_name.collect();
        // Versions are compared with their like alone, copies with whatever they are of.
        if instead.is_empty() && sheet.version == Version::Copy {
            instead = sheets.iter().filter(better).collect();
        }
        if instead.is_empty() {
            continue;
        }
        let mut there = Contents::default();
        instead.iter().for_each(|other| there.extend(&other.contents));
        let holding = instead.iter().filter(|other| shared(&other.contents.children, &sheet.contents.children) > 0);
        let which = match holding.max_by_key(|other| other.version).unwrap_or(&instead[0]) {
            only if instead.len() == 1 || only.name == sheet.name => format!("“{}”", readings[only.at].name),
            _ => "the other sheets".to_string(),
        };
        if stands_on(&sheet.contents, &there) {
            let counts = if which.starts_with('“') { "counts" } else { "count" };
            let why = format!(
                "its name says that it is a copy or an earlier version; most of it stands on {which} too, which {counts}"
            );
            readings[sheet.at].aside = Some((Reason::Superseded, why));
        } else {
            readings[sheet.at].doubts.push(Doubt {
                said: format!("This sheet's name says that it is a copy or an earlier version, and little of it stands on {which}; both count."),
                todo: "Delete it if it is a copy; give it another name if it is not.",
            });
        }
    }
    repeated(readings, &sheets);
}

/// A sheet whose every row stands on another is set aside, the later one where they are the same.
fn repeated(readings: &mut [SheetReading], sheets: &[Sheet]) {
    for (position, sheet) in sheets.iter().enumerate() {
        let other = sheets.iter().enumerate().find(|(other_position, other)| {
            other.at != sheet.at
                && other.roster == sheet.roster
                && readings[other.at].aside.is_none()
                && sheet.contents.repeats(&other.contents)
                && (!other.contents.repeats(&sheet.contents) || *other_position < position)
        });
        let Some((_, other)) = other else { continue };
        if readings[sheet.at].aside.is_none() {
            let why = format!("every row of it stands on “{}” too, which counts", readings[other.at].name);
            readings[sheet.at].aside = Some((Reason::Superseded, why));
        }
    }
}

/// Whether most of the children, or of the rows where nothing tells children apart, stand on the other.
fn stands_on(sheet: &Contents, other: &Contents) -> bool {
    if sheet.children.is_empty() {
        let there = sheet.rows.keys().filter(|row| other.rows.contains_key(*row)).count();
        return there * 2 >= sheet.rows.len();
    }
    shared(&sheet.children, &other.children) * 2 >= sheet.children.len()
}

/// What a sheet is called without what says that it is a copy or a version.
fn version(name: &str, words: &Words) -> (String, Version) {
    let plain = name.trim();
    let numbered = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    if let Some((before, number)) = numbered
        && !before.trim().is_empty()
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
    {
        return (series(&version(before, words).0, words), Version::Copy);
    }
    let folded = fold(plain);
    let mut parts: Vec<&str> = folded.split(' ').collect();
    for at in 0..parts.len() {
        let own = parts[at].strip_prefix('v').and_then(|number| number.parse::<u32>().ok());
        let spaced =
            ["v", "version", "ver", "rev"].contains(&parts[at]).then(|| parts.get(at + 1)?.parse::<u32>().ok());
        let (number, length) = match (own, spaced.flatten()) {
            (Some(number), _) => (number, 1),
            (None, Some(number)) => (number, 2),
            _ => continue,
        };
        parts.drain(at..at + length);
        return (series(&parts.join(" "), words), Version::Numbered(number));
    }
    if words.sheet_says(SheetWord::Copy, plain) {
        return (series(&words.without_sheet_word(SheetWord::Copy, plain), words), Version::Copy);
    }
    (series(&folded, words), Version::Plain)
}

/// A folded name without words that name nothing; the whole of it where nothing else is there.
fn series(name: &str, words: &Words) -> String {
    let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    name.split(' ').filter(|word| !words.is_generic(word) || digits(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::loads;

    const ADA: &str = "Child ID, Worker\n1, Ada\n2, Ada\n3, Ada";

    #[test]
    fn a_copy_of_most_of_a_sheet_is_set_aside() {
        let changed = "Child ID, Worker\n1, Ada\n2, Ben";
        for (sheet, copy) in [
            ("Ada Heron", "Ada Heron (2)"),
            ("Ada Heron", "Copy of Ada Heron"),
            ("Ada Heron", "Ada Heron old"),
            ("Caseload v2", "Caseload v1"),
            ("Caseload", "Backup"),
            ("Locality", "DO NOT USE"),
            ("Caseload", "Previous"),
        ] {
            assert_eq!(loads(&format!("## {copy}\n{changed}\n## {sheet}\n{ADA}")), "Ada 3", "{copy}");
            assert_eq!(loads(&format!("## {sheet}\n{ADA}\n## {copy}\n{changed}")), "Ada 3", "{copy}");
        }
    }

    #[test]
    fn what_only_a_copy_holds_counts() {
        let other = "Child ID, Worker\n1, Ada\n8, Ada\n9, Ada\n7, Ada";
        assert_eq!(loads(&format!("## Ada\n{ADA}\n## Ada (2)\n{other}")), "Ada 6");
        assert_eq!(loads(&format!("## Copy of caseload\n{ADA}")), "Ada 3");
    }

    #[test]
    fn a_sheet_that_repeats_another_is_set_aside() {
        let initials = "Initials, Worker, Status\nJS, Ada, CP\nJS, Ada, CIN";
        assert_eq!(loads(&format!("## North\n{initials}\n## Export\n{initials}")), "Ada 2");
        let twins = "Initials, Status\nJS, CP\nKT, CIN";
        assert_eq!(loads(&format!("## Ada Heron\n{twins}\n## Ben Kite\n{twins}")), "Ada Heron 2, Ben Kite 2");
    }

    #[test]
    fn copies_and_versions_are_known_by_their_names() {
        let words = Words::built_in();
        for (name, series, expected) in [
            ("Ada Heron", "ada heron", Version::Plain),
            ("Ada Heron (2)", "ada heron", Version::Copy),
            ("Copy of Ada Heron", "ada heron", Version::Copy),
            ("Ada Heron old", "ada heron", Version::Copy),
            ("Caseload v1", "", Version::Numbered(1)),
            ("Caseload version 2", "", Version::Numbered(2)),
            ("Caseload", "", Version::Plain),
            ("Backup", "", Version::Copy),
            ("DO NOT USE", "", Version::Copy),
            ("Team 2", "2", Version::Plain),
        ] {
            assert_eq!(version(name, &words), (series.to_string(), expected), "{name}");
        }
    }
}
