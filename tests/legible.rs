//! Every added sheet of every sample, as it is looked at: on a laptop, and printed on A4.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const OURS: [&str; 5] = ["RAG summary", "Findings", "Working", "Action plan", "Policy"];
/// The height in points of the rows that a laptop of 768 lines shows below the ribbon.
const LAPTOP: f64 = 340.0;
/// Letters of eleven points, printed, should not fall below seven.
const SMALLEST: f64 = 6.9;

/// A sheet of ours with the parts that say how it looks.
struct Sheet {
    /// The workbook and the tab.
    name: String,
    xml: String,
}

#[test]
fn every_added_sheet_is_set_up_to_be_printed_and_read() {
    let mut seen = 0;
    for sheet in sheets() {
        let (name, xml) = (&sheet.name, &sheet.xml);
        let holds = |what: &str| assert!(xml.contains(what), "{name}: no {what}");
        holds("orientation=\"landscape\"");
        holds("paperSize=\"9\"");
        holds("<pageSetUpPr fitToPage=\"1\"/>");
        holds("fitToHeight=\"0\"");
        holds("&amp;L&amp;F: &amp;A&amp;RPage &amp;P of &amp;N");
        holds("<tabColor ");
        holds("state=\"frozen\"");
        assert!(!xml.contains("topLeftCell=\"A1\" activePane"), "{name}");
        let frozen: f64 = (1..=number(xml, "ySplit").unwrap_or(0.0) as u32).map(|row| height(xml, row)).sum();
        assert!(frozen < 0.6 * LAPTOP, "{name}: {frozen} points of rows never scroll");
        seen += 1;
    }
    assert!(seen > 5 * 30, "{seen}");
}

#[test]
fn print_is_large_enough_to_read() {
    for sheet in sheets() {
        let widths: f64 = columns(&sheet.xml).values().map(|width| width * 7.0 + 5.0).sum();
        // A4 lying, less the margins, at 96 pixels to the inch.
        let paper = (297.0 / 25.4 - 0.5) * 96.0;
        let points = 11.0 * (paper / widths).min(1.0);
        assert!(points > SMALLEST, "{}: printed at {points:.1} points", sheet.name);
    }
}

#[test]
fn findings_and_tables_have_their_buttons() {
    for sheet in sheets() {
        let rows = sheet.xml.matches("<row ").count();
        let filtered = sheet.xml.contains("<autoFilter ");
        let must = (sheet.name.ends_with("Findings") && rows > 5) || sheet.name.ends_with("RAG summary");
        assert!(filtered || !must, "{}: no filter", sheet.name);
    }
}

fn number(xml: &str, attribute: &str) -> Option<f64> {
    xml.split(&format!(" {attribute}=\"")).nth(1)?.split('"').next()?.parse().ok()
}

/// The height of a row in points.
fn height(xml: &str, row: u32) -> f64 {
    let tag = xml.split(&format!("<row r=\"{row}\"")).nth(1).and_then(|rest| rest.split('>').next());
    tag.and_then(|tag| number(tag, "ht")).unwrap_or(15.0)
}

/// Widths of the columns, in characters.
fn columns(xml: &str) -> BTreeMap<u32, f64> {
    let tags = xml.split("<col ").skip(1).filter_map(|rest| rest.split("/>").next());
    let mut widths = BTreeMap::new();
    for tag in tags {
        let tag = format!(" {tag}");
        let (first, last) = (number(&tag, "min").unwrap_or(0.0) as u32, number(&tag, "max").unwrap_or(0.0) as u32);
        let width = number(&tag, "width").unwrap_or(0.0);
        widths.extend((first..=last).map(|column| (column, width - 0.71)));
    }
    widths
}

/// The added sheets of every annotated sample.
fn sheets() -> &'static [Sheet] {
    static MADE: OnceLock<Vec<Sheet>> = OnceLock::new();
    MADE.get_or_init(made)
}

fn made() -> Vec<Sheet> {
    let out = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--as-of", "2025-09-30", "--quiet", "--out"])
        .arg(out.path())
        .arg(samples)
        .status()
        .unwrap();
    assert_eq!(run.code(), Some(1));
    let entries =
        walkdir::WalkDir::new(out.path()).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let annotated = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(" RAG"));
    entries.filter(annotated).flat_map(|path| of(&path)).collect()
}

fn of(path: &Path) -> Vec<Sheet> {
    let mut package = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (book, relations) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"));
    let attribute = |tag: &str, name: &str| -> String {
        tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("").to_string()
    };
    let tabs = book.split("<sheet").skip(1).filter_map(|rest| rest.split('>').next());
    let mut sheets = Vec::new();
    for tab in tabs.filter(|tab| OURS.contains(&attribute(tab, "name").as_str())) {
        let id = attribute(tab, "r:id");
        let led = relations.split("<Relationship ").find(|tag| attribute(&format!(" {tag}"), "Id") == id).unwrap();
        let target = attribute(&format!(" {led}"), "Target");
        let target = target.strip_prefix("/xl/").unwrap_or(&target).to_string();
        let name = format!("{}, {}", path.file_name().unwrap().to_string_lossy(), attribute(tab, "name"));
        sheets.push(Sheet { name, xml: part(&format!("xl/{target}")) });
    }
    assert_eq!(sheets.len(), OURS.len(), "{}", path.display());
    sheets
}
