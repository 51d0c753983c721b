//! The properties that say what annotated a workbook, beside the manager's own.

use rust_xlsxwriter::{DocProperties, Workbook};

use super::packages::{Small, text, unzipped};
use super::{marks, overlay};
use fairload::book::annotation::Tone;

const PART: &str = "docProps/custom.xml";
const OWN: &str = "<op:Properties xmlns:op=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:v=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"><op:property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"7\" name=\"Retain until\"><v:lpwstr>2031 &amp; after</v:lpwstr></op:property></op:Properties>";

/// Our sheets with what made them.
fn made(version: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("RAG summary").unwrap();
    let properties = DocProperties::new()
        .set_custom_property("fairload version", version)
        .set_custom_property("fairload policies", "one, <two>");
    book.set_properties(&properties);
    fairload::book::marker::sign(&mut book, &["RAG summary".into()]).unwrap();
    book.save_to_buffer().unwrap()
}

fn run(source: &[u8], version: &str) -> Vec<u8> {
    overlay(source, &marks(Tone::Red, &["0!B2"]), &made(version)).unwrap().bytes
}

/// Name, number and text of every property.
fn told(bytes: &[u8]) -> Vec<(String, String, String)> {
    let text = text(bytes, PART);
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!(" {name}=\"")).nth(1).unwrap_or("").split('"').next().unwrap_or("").to_string()
    };
    let properties = text.split("property ").skip(1);
    properties
        .map(|property| {
            let value = property.split("lpwstr").nth(1).and_then(|value| value.split('>').nth(1)).unwrap_or("");
            let value = value.split('<').next().unwrap_or("").to_string();
            (attribute(&format!(" {property}"), "name"), attribute(&format!(" {property}"), "pid"), value)
        })
        .collect()
}

fn owned(entries: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    entries.iter().map(|(name, number, value)| (name.to_string(), number.to_string(), value.to_string())).collect()
}

#[test]
fn a_workbook_without_properties_gets_ours_once() {
    let once = run(&Small::new().bytes(), "1.0");
    assert_eq!(told(&once), owned(&[("fairload version", "2", "1.0"), ("fairload policies", "3", "one, &lt;two&gt;")]));
    assert!(text(&once, "[Content_Types].xml").contains("custom-properties+xml"));
    assert_eq!(text(&once, "_rels/.rels").matches("custom-properties\"").count(), 1);

    assert_eq!(run(&once, "1.0"), run(&run(&once, "1.0"), "1.0"), "the same comes back the same");
    let newer = run(&once, "1.1");
    assert_eq!(
        told(&newer),
        owned(&[("fairload version", "2", "1.1"), ("fairload policies", "3", "one, &lt;two&gt;")])
    );
    assert_eq!(text(&newer, "_rels/.rels").matches("custom-properties\"").count(), 1);
    assert_eq!(unzipped(&newer).iter().filter(|(name, _)| name.starts_with("docProps")).count(), 1);
}

#[test]
fn the_managers_properties_stay_and_ours_stand_behind() {
    let source = Small::new().and(PART, OWN).related("_rels/.rels", "custom-properties", PART).bytes();
    let once = run(&source, "1.0");
    let after = text(&once, PART);
    let (start, end) = (OWN.strip_suffix("</op:Properties>").unwrap(), "</op:Properties>");
    assert!(after.starts_with(start) && after.ends_with(end), "{after}");
    let numbers: Vec<String> = told(&once).into_iter().map(|(_, number, _)| number).collect();
    assert_eq!(numbers, ["7", "8", "9"]);
    assert_eq!(text(&run(&once, "1.0"), PART), after);
}

#[test]
fn properties_that_lead_nowhere_or_cannot_be_read_hold_nothing_up() {
    let dangling = Small::new().related("_rels/.rels", "custom-properties", PART).bytes();
    let once = run(&dangling, "1.0");
    assert_eq!(told(&once).len(), 2);
    assert_eq!(text(&once, "_rels/.rels").matches("custom-properties\"").count(), 1);

    let broken = Small::new().and(PART, "<Properties><property").related("_rels/.rels", "custom-properties", PART);
    assert_eq!(text(&run(&broken.bytes(), "1.0"), PART), "<Properties><property");
}
