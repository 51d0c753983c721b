//! The shape of a policy's file as a JSON Schema, for editors and for the check of files.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::Policy;

/// The JSON Schema of a policy's file: every key with what it means, every word that is known.
///
/// It is made from the types that read the file, so that it cannot say anything else than they do.
pub fn schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
        let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
        let mut schema = settings.into_generator().into_root_schema_for::<Policy>().to_value();
        as_in_a_file(&mut schema);
        schema
    });
    &SCHEMA
}

/// Says of every part what holds of it in a file: nothing is null, a figure is a number and not less
/// than nought, and no text is blank.
fn as_in_a_file(schema: &mut Value) {
    match schema {
        Value::Array(parts) => parts.iter_mut().for_each(as_in_a_file),
        Value::Object(part) => {
            part.values_mut().for_each(as_in_a_file);
            drop_null(part);
            match part.get("type").and_then(Value::as_str) {
                Some("number" | "integer") => {
                    for key in ["pattern", "format"] {
                        part.remove(key);
                    }
                    part.insert("minimum".into(), json!(0));
                }
                Some("string") if !["enum", "const", "format"].iter().any(|key| part.contains_key(*key)) => {
                    part.insert("pattern".into(), json!("\\S"));
                }
                _ => {}
            }
        }
        _ => {}
    }
}

fn drop_null(part: &mut Map<String, Value>) {
    if let Some(types) = part.get("type").and_then(Value::as_array) {
        let left: Vec<&Value> = types.iter().filter(|kind| *kind != "null").collect();
        let left = if left.iter().any(|kind| *kind == "number") { json!("number") } else { json!(left.first()) };
        part.insert("type".into(), left);
    }
    let null = json!({ "type": "null" });
    if let Some(Value::Array(either)) = part.get_mut("anyOf") {
        either.retain(|one| *one != null);
        if let [only] = either.as_mut_slice() {
            let only = only.take();
            part.remove("anyOf");
            for (key, value) in only.as_object().into_iter().flatten() {
                part.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
    }
    if part.get("default").is_some_and(Value::is_null) {
        part.remove("default");
    }
}
