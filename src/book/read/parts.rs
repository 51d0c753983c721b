//! How the parts of a package belong together.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::book::read::Unreadable;
use crate::book::read::guard::Package;

/// The workbook part, found by its relationship: content types lie.
pub fn main_part(package: &mut Package<'_>) -> Result<String, Unreadable> {
    let relations = relations(package, "")?;
    let main = relations.into_iter().find(|(_, kind, _)| kind.ends_with("/officeDocument"));
    main.map(|(.., target)| target)
        .filter(|target| package.has(target))
        .ok_or_else(|| Unreadable::broken("this is not an Excel workbook; save it from Excel as .xlsx"))
}

/// Id, kind and target of a part's relationships; of the package's own for an empty name.
pub fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<(String, String, String)>, Unreadable> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(xml) = package.part(&name)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut reader = Reader::from_reader(xml.as_slice());
    loop {
        let event = reader.read_event().map_err(|_| Unreadable::broken("the workbook is damaged"))?;
        match event {
            Event::Eof => return Ok(found),
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "Relationship" => {
                let mut relation = (String::new(), String::new(), String::new());
                for attribute in start.attributes().flatten() {
                    let value = attribute.value.into_owned();
                    match attribute.key.as_ref() {
                        "Id" => relation.0 = value,
                        "Type" => relation.1 = value,
                        "Target" => relation.2 = resolve(folder, &value),
                        _ => {}
                    }
                }
                found.push(relation);
            }
            _ => {}
        }
    }
}

fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_string(),
        None if folder.is_empty() => target,
        None => format!("{folder}/{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
