//! datapackage.json: what every column of the tables means, as other programs read it (Frictionless Table Schema).

use serde::Serialize;

use crate::directorate::outward::MARK;
use crate::directorate::table::{Column, Kind, TEAMS_SUPPRESSED, Table};
use crate::directorate::tables::PolicyEntry;

/// The tables of a run described; written beside them.
#[derive(Debug, Serialize)]
pub struct DataPackage<'a> {
    profile: &'static str,
    name: &'static str,
    title: String,
    description: &'static str,
    fairload: Origin<'a>,
    resources: Vec<Resource>,
}

/// What the tables were made by; the key tells our file from others of its name.
#[derive(Debug, Serialize)]
struct Origin<'a> {
    version: &'static str,
    as_of: &'a str,
    policies: &'a [PolicyEntry],
}

#[derive(Debug, Serialize)]
struct Resource {
    name: &'static str,
    path: &'static str,
    profile: &'static str,
    title: &'static str,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    dialect: Dialect,
    schema: Schema,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: &'static str,
    line_terminator: &'static str,
    quote_char: &'static str,
    double_quote: bool,
    skip_initial_space: bool,
    header: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    missing_values: &'static [&'static str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Debug, Serialize)]
struct ForeignKey {
    fields: &'static [&'static str],
    reference: Reference,
}

#[derive(Debug, Serialize)]
struct Reference {
    resource: &'static str,
    fields: &'static [&'static str],
}

#[derive(Debug, Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'static str,
    #[serde(skip_serializing_if = "Constraints::none")]
    constraints: Constraints,
}

#[derive(Debug, Default, PartialEq, Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u8>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<&'static str>,
}

impl Constraints {
    fn none(&self) -> bool {
        *self == Self::default()
    }
}

impl<'a> DataPackage<'a> {
    /// Describes these tables of a run.
    pub fn of(tables: &[&Table], as_of: &'a str, policies: &'a [PolicyEntry]) -> Self {
        Self {
            profile: "tabular-data-package",
            name: "fairload",
            title: format!("Caseloads in children's social work, as of {as_of}"),
            description: "Tables that fairload writes: workers' loads against limits and benchmarks, teams side by side, \
                          what was found in their workbooks and how these were read. No child is named. An apostrophe in \
                          front of = + - or @ keeps a spreadsheet from taking a text for a formula; it is no part of the \
                          text.",
            fairload: Origin { version: env!("CARGO_PKG_VERSION"), as_of, policies },
            resources: tables.iter().map(|table| resource(table, tables)).collect(),
        }
    }
}

/// Whether a file's bytes are a description that we wrote.
pub fn is_ours(bytes: &[u8]) -> bool {
    let Ok(serde_json::Value::Object(keys)) = serde_json::from_slice(bytes) else { return false };
    let origin = keys.get("fairload").and_then(|origin| origin.as_object());
    keys.contains_key("resources")
        && origin.is_some_and(|origin| ["version", "as_of", "policies"].iter().all(|key| origin.contains_key(*key)))
}

fn resource(table: &Table, all: &[&Table]) -> Resource {
    // A key to a table that is not described would lead nowhere.
    let refers = table.refers.iter().filter(|refers| all.iter().any(|other| other.name == refers.table));
    let foreign_keys = refers.map(|refers| ForeignKey {
        fields: refers.columns,
        reference: Reference { resource: stem(refers.table), fields: refers.columns },
    });
    Resource {
        name: stem(table.name),
        path: table.name,
        profile: "tabular-data-resource",
        title: table.title,
        description: table.about,
        format: "csv",
        mediatype: "text/csv",
        // The files begin with a byte order mark, by which readers of UTF-8 know it; it is no part of the first name.
        encoding: "utf-8",
        dialect: Dialect {
            delimiter: ",",
            line_terminator: "\r\n",
            quote_char: "\"",
            double_quote: true,
            skip_initial_space: false,
            header: true,
        },
        schema: Schema {
            fields: table.columns.iter().map(field).collect(),
            missing_values: if table.name == TEAMS_SUPPRESSED.name { &["", MARK] } else { &[""] },
            primary_key: table.key,
            foreign_keys: foreign_keys.collect(),
        },
    }
}

fn field(column: &Column) -> Field {
    let (kind, minimum, words) = match column.kind {
        Kind::Text => ("string", None, Vec::new()),
        Kind::OneOf(words) => ("string", None, words()),
        Kind::Count => ("integer", Some(0), Vec::new()),
        Kind::Ordinal => ("integer", Some(1), Vec::new()),
        Kind::Figure => ("number", Some(0), Vec::new()),
        Kind::Signed => ("number", None, Vec::new()),
        Kind::Day => ("date", None, Vec::new()),
    };
    Field {
        name: column.name,
        kind,
        title: column.title,
        description: column.about,
        unit: column.unit,
        constraints: Constraints { required: column.always, minimum, words },
    }
}

fn stem(name: &'static str) -> &'static str {
    name.strip_suffix(".csv").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::table::{RATINGS, WORKERS};

    #[test]
    fn a_description_is_known_as_ours_by_what_made_it() {
        let ours = serde_json::to_vec(&DataPackage::of(&[&WORKERS], "2025-09-30", &[])).unwrap();
        assert!(is_ours(&ours));
        assert!(!is_ours(br#"{"name": "fairload", "profile": "tabular-data-package", "resources": []}"#));
        assert!(!is_ours(b"no JSON"));
    }

    #[test]
    fn keys_lead_to_tables_that_are_there() {
        let keys = |tables: &[&Table]| resource(&RATINGS, tables).schema.foreign_keys.len();
        assert_eq!((keys(&[&RATINGS, &WORKERS]), keys(&[&RATINGS])), (1, 0));
    }
}
