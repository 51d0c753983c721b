//! A policy's file against its schema: every key that is not known or missing and every value of the
//! wrong kind, each where it stands.

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something that is not of the shape: the byte it stands at, what is wrong, and what to do.
pub struct Misshapen {
    pub at: usize,
    pub what: String,
    pub action: String,
}

/// All that is not of the shape.
pub fn misshapen(schema: &Value, document: &Spanned<DeTable<'_>>) -> Vec<Misshapen> {
    let mut walk = Walk::default();
    walk.table(schema, document.get_ref(), 0, "the policy");
    walk.found
}

/// The known word closest to one that is not known, where one is close.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.into_iter().map(|other| (strsim::osa_distance(word, other), other));
    near.filter(|(distance, other)| *distance <= 1 + other.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|it| it.1)
}

#[derive(Default)]
struct Walk {
    found: Vec<Misshapen>,
}

impl Walk {
    fn say(&mut self, at: usize, what: String, action: String) {
        self.found.push(Misshapen { at, what, action });
    }

    fn table(&mut self, schema: &Value, table: &DeTable<'_>, at: usize, name: &str) {
        let none = Map::new();
        let known = schema["properties"].as_object().unwrap_or(&none);
        let mut meant = Vec::new();
        for (key, value) in table {
            let word = key.get_ref().as_ref();
            if let Some(part) = known.get(word) {
                self.value(part, value, word, name);
                continue;
            }
            let near = closest(word, known.keys().map(String::as_str).filter(|other| !table.contains_key(*other)));
            meant.extend(near);
            let action = match near {
                Some(near) => format!("write `{near}`"),
                None => format!("take it out, or use one of {}", list(known.keys().map(String::as_str))),
            };
            self.say(key.span().start, format!("`{word}` is not a key of {name}"), action);
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for key in required.filter(|key| !table.contains_key(*key) && !meant.contains(key)) {
            self.say(at, format!("{name} has no `{key}`"), format!("add {key} = {}", example(&known[key])));
        }
    }

    fn value(&mut self, schema: &Value, value: &Spanned<DeValue<'_>>, key: &str, of: &str) {
        let at = value.span().start;
        if let Some(either) = schema["anyOf"].as_array() {
            let listed = matches!(value.get_ref(), DeValue::Array(_));
            let fitting = either.iter().find(|one| (one["type"] == "array") == listed).or(either.first());
            return fitting.map_or((), |one| self.value(one, value, key, of));
        }
        let words = words(schema);
        let is_day = schema["format"] == "date";
        let mut wrong = |action: String| {
            self.say(at, format!("`{key}` of {of} is {}", kind(value.get_ref())), action);
        };
        // An enumeration tells the type with each of its words.
        let wanted = if words.is_empty() { schema["type"].as_str().unwrap_or_default() } else { "string" };
        match (wanted, value.get_ref()) {
            ("object", DeValue::Table(table)) => {
                self.table(schema, table, at, &format!("`{key}` of {of}").replace("`of the policy", "`"))
            }
            ("object", _) => wrong(format!("write {key} = {}", example(schema))),
            ("array", DeValue::Array(items)) => self.items(&schema["items"], items, key, of),
            ("array", DeValue::Table(_)) => wrong(format!("write [[{key}]] with two brackets on either side")),
            ("array", _) => wrong(format!("write a list, such as {key} = [{}]", example(&schema["items"]))),
            ("string", DeValue::String(word)) if words.contains(&word.as_ref()) => {}
            ("string", DeValue::String(word)) if !words.is_empty() => {
                let action = match closest(word, words.iter().copied()) {
                    Some(near) => format!("write `{near}`; known are {}", list(words)),
                    None => format!("use one of {}", list(words)),
                };
                self.say(at, format!("`{key}` of {of} does not know `{word}`"), action);
            }
            ("string", DeValue::Datetime(day)) if is_day && day.date.is_some() && day.time.is_none() => {}
            ("string", DeValue::Datetime(_)) if is_day => wrong("write the day alone, such as 2026-04-01".into()),
            ("string", DeValue::String(_)) if is_day => {
                wrong("write the date without quotes, such as 2026-04-01".into());
            }
            ("string", _) if is_day => wrong("write a day, such as 2026-04-01".into()),
            ("string", DeValue::String(text)) if text.trim().is_empty() => {
                self.say(at, format!("`{key}` of {of} is empty"), "fill it in".into());
            }
            ("string", DeValue::String(_)) => {}
            ("string", _) => wrong(format!("write {} in quotes", if words.is_empty() { "a text" } else { "a word" })),
            ("number" | "integer", DeValue::Integer(figure)) if figure.as_str().starts_with('-') => {
                self.say(at, format!("`{key}` of {of} is below 0"), "write 0 or more".into());
            }
            ("number" | "integer", DeValue::Integer(_)) => {}
            ("number", DeValue::Float(figure))
                if !figure.as_str().starts_with(|c: char| c.is_ascii_digit() || c == '+') =>
            {
                self.say(at, format!("`{key}` of {of} is below 0 or no number"), "write 0 or more".into());
            }
            ("number", DeValue::Float(_)) => {}
            ("number", _) => wrong("write a number without quotes, such as 20".into()),
            ("integer", _) => wrong("write a whole number without quotes, such as 20".into()),
            ("boolean", DeValue::Boolean(_)) => {}
            ("boolean", _) => wrong("write true or false, without quotes".into()),
            _ => {}
        }
    }

    /// The items of a list; tables of the policy itself are called by their ids.
    fn items(&mut self, schema: &Value, items: &[Spanned<DeValue<'_>>], key: &str, of: &str) {
        for (nth, item) in items.iter().enumerate() {
            match item.get_ref() {
                DeValue::Table(table) if schema["type"] == "object" => {
                    let id = table.get("id").and_then(|id| id.get_ref().as_str().map(str::trim));
                    let name = match id.filter(|id| !id.is_empty()) {
                        Some(id) => format!("{key} `{id}`"),
                        None => format!("{key} no. {}", nth + 1),
                    };
                    let name = if of == "the policy" { name } else { format!("{name} of {of}") };
                    self.table(schema, table, item.span().start, &name);
                }
                _ => self.value(schema, item, key, of),
            }
        }
    }
}

/// The words that a key knows, where it does not take any text.
fn words(schema: &Value) -> Vec<&str> {
    let listed = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let told = schema["oneOf"].as_array().into_iter().flatten().filter_map(|one| one["const"].as_str());
    listed.chain(told).collect()
}

fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date, or has a time of day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What may stand for a key: `{ document = "…", section = "…" }`.
fn example(schema: &Value) -> String {
    if let Some(one) = schema["anyOf"].get(0) {
        return example(one);
    }
    if let Some(word) = words(schema).first() {
        return format!("\"{word}\"");
    }
    match schema["type"].as_str().unwrap_or_default() {
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let parts: Vec<String> =
                required.map(|key| format!("{key} = {}", example(&schema["properties"][key]))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
        "array" => format!("[{}]", example(&schema["items"])),
        "number" | "integer" => "20".into(),
        "boolean" => "true".into(),
        _ if schema["format"] == "date" => "2026-04-01".into(),
        _ => "\"…\"".into(),
    }
}
