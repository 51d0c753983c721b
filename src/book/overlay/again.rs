//! A workbook of ours that comes back: our sheets, fills and notes are taken off first.

use std::collections::BTreeSet;

use crate::book::package::relations_name;

use super::Refusal;
use super::book::{self, Book};
use super::cells::Sheet;
use super::draft::Draft;
use super::notes;
use super::ours::is_marker;
use super::styles::Styles;
use super::xml::{self, Edits};

/// Takes off what an earlier run put on; `ours` are the positions of our sheets, `names` the names we bring anew.
pub fn strip(
    package: &mut Draft<'_>,
    book: &Book,
    ours: &[usize],
    names: &BTreeSet<String>,
    styles: &mut Styles,
) -> Result<(), Refusal> {
    let map = styles.unfilled();
    for (at, tab) in book.sheets.iter().enumerate() {
        let Some(part) = tab.part.as_ref().filter(|_| tab.kind == "worksheet" && !ours.contains(&at)) else { continue };
        let sheet = Sheet::read(package.needed(part)?)?;
        let mut edits = Edits::default();
        if !map.is_empty() {
            sheet.reformat(&map, &mut edits)?;
        }
        notes::remove(package, part, &sheet, &mut edits)?;
        if !edits.is_empty() {
            package.write(part, edits.apply(&sheet.text));
        }
    }
    unlist(package, book, ours, names)?;
    let ids: Vec<usize> = ours.iter().filter_map(|at| book.sheets.get(*at)).map(|tab| tab.id).collect();
    let mut gone: Vec<String> =
        ours.iter().filter_map(|at| book.sheets.get(*at)).map(|tab| tab.relation.clone()).collect();
    if let Some(chain) = book.relations.iter().find(|relation| relation.kind == "calcChain")
        && let Some(part) = &chain.part
        && let Some(text) = package.text(part)?
        && chains(&text, &ids)?
    {
        // Excel makes a new one; one that leads to sheets no longer there would be called damaged.
        gone.push(chain.id.clone());
    }
    let before = reachable(package)?;
    package.unrelate(&book.part, &gone)?;
    let after = reachable(package)?;
    for part in before.difference(&after) {
        package.drop(part);
        package.drop(&relations_name(part));
    }
    Ok(())
}

fn unlist(package: &mut Draft<'_>, book: &Book, ours: &[usize], names: &BTreeSet<String>) -> Result<(), Refusal> {
    let left: Vec<usize> = (0..book.sheets.len()).filter(|at| !ours.contains(at)).collect();
    if left.is_empty() {
        return Err(Refusal("it holds none but our own sheets".into()));
    }
    let mut edits = Edits::default();
    book.renumber(&mut edits, |old| left.iter().position(|at| *at == old));
    for at in ours {
        book.unlist(&mut edits, *at);
    }
    for name in &book.names {
        let leads_to_ours = || {
            let sheet = book::sheet_of(&name.formula).and_then(|sheet| book.position(&sheet));
            sheet.is_some_and(|sheet| ours.contains(&sheet))
        };
        let lower = name.name.to_lowercase();
        // A name that had to give way to one of the manager's has a number behind it.
        let wished = lower.rsplit_once('_').map_or("", |(wished, _)| wished);
        let known = names.contains(&lower) || names.contains(wished);
        let carried = name.local.is_none() && known && leads_to_ours();
        if is_marker(name) || carried {
            edits.remove(name.element.start..name.element.end);
        }
    }
    book.write(package, edits);
    Ok(())
}

// Whether the order of calculation speaks of a cell on one of these sheets.
fn chains(text: &str, ids: &[usize]) -> Result<bool, Refusal> {
    let root = xml::tree(text)?;
    Ok(root.children.iter().any(|cell| xml::number(cell.tag(text), "i").is_some_and(|id| ids.contains(&id))))
}

// Every part that relationships lead to.
fn reachable(package: &mut Draft<'_>) -> Result<BTreeSet<String>, Refusal> {
    let mut found = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(part) = open.pop() {
        for relation in package.relations(&part)? {
            if let Some(next) = relation.part.filter(|next| package.has(next))
                && found.insert(next.clone())
            {
                open.push(next);
            }
        }
    }
    Ok(found)
}
