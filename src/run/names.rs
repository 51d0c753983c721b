//! Which inputs are our own outputs, and what the outputs are called.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::book::read::Format;
use crate::directorate::history::plain_stem;
use crate::run::files::{self, Kind};

use super::options::Options;
use super::paths::{ending, same_file};
use super::prepare::Prepared;

/// Leaves out our own outputs: tables always, an annotated workbook where its source is in the run.
pub fn pass_over(prepared: Vec<Prepared>) -> (Vec<Prepared>, Vec<(String, String)>) {
    let mut sources: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in prepared.iter().filter(|file| !file.ours && !file.table_of_ours && !file.roster) {
        sources.entry(file.stem.to_lowercase()).or_default().push(folder_of(&file.input.path));
    }
    let mut skipped = Vec::new();
    let mut kept = Vec::new();
    for file in prepared {
        let stem = plain_stem(&file.stem).map(str::to_lowercase);
        let is_directorate = file.ours && file.input.name.rsplit('/').next() == Some("directorate.xlsx");
        let folders =
            stem.iter().flat_map(|stem| [stem.clone(), strip_kind(stem)]).filter_map(|stem| sources.get(&stem));
        let mut folders = folders.flatten();
        if file.roster {
            skipped.push((file.input.name, "it is the roster given".to_string()));
        } else if file.table_of_ours || is_directorate {
            skipped.push((file.input.name, "it was written by fairload".to_string()));
        } else if file.ours && folders.any(|folder| is_output_of(folder, &folder_of(&file.input.path))) {
            skipped.push((file.input.name, "it is the annotated copy of another input".to_string()));
        } else {
            kept.push(file);
        }
    }
    (kept, skipped)
}

fn folder_of(path: &Path) -> PathBuf {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    real.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Whether the outputs of a source in one folder may stand in the other: beside it, or mirrored
/// below a folder that a run wrote to. A workbook of the same name elsewhere is another team's.
fn is_output_of(source: &Path, annotated: &Path) -> bool {
    let run_below = |folder: &Path| files::is_ours(&folder.join("run.json"), Kind::RunFile);
    let common = source.iter().rev().zip(annotated.iter().rev()).take_while(|(one, other)| one == other).count();
    source == annotated || annotated.ancestors().take(common + 1).any(run_below)
}

/// `a (csv)` is `a`: the kind stands behind names that two inputs share.
fn strip_kind(stem: &str) -> String {
    match stem.rsplit_once(" (") {
        Some((plain, kind)) if ["csv)", "xls)", "xlsb)", "ods)", "xlsm)"].contains(&kind) => plain.to_string(),
        _ => stem.to_string(),
    }
}

/// Where an annotated workbook goes.
pub struct Target {
    /// Of one that is annotated in place.
    pub path: PathBuf,
    /// Where a copy of its values goes instead: a copy has no macros, and ends in .xlsx.
    pub copy: PathBuf,
}

/// Where each annotated workbook goes, in the order of the inputs; `None` where nothing is written.
pub fn output_names(kept: &[Prepared], options: &Options) -> Vec<Option<Target>> {
    let mut names: Vec<Option<Target>> = kept.iter().map(|_| None).collect();
    let Some(out) = &options.out else { return names };
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut order: Vec<usize> = (0..kept.len()).collect();
    // Of two inputs that would give one name the .xlsx keeps it.
    order.sort_by_key(|at| (ending(&kept[*at].input.path) != "xlsx", *at));
    for at in order {
        let file = &kept[at];
        let mut name = |kept_ending: &str| {
            let name = output_name(file, kept_ending, |name| taken.contains(name));
            let mut path = out.join(&name);
            taken.insert(name.to_lowercase());
            if same_file(&path, &file.input.path) {
                // Beside itself an annotated workbook gets the date: an input is never altered.
                let ending = format!(" RAG.{kept_ending}");
                let dated = name.replace(&ending, &format!(" RAG {}.{kept_ending}", options.as_of));
                taken.insert(dated.to_lowercase());
                path = out.join(dated);
            }
            path
        };
        let copy = if file.format == Some(Format::MacroWorkbook) { Some(name("xlsm")) } else { None };
        let plain = name("xlsx");
        let (path, copy) = match copy {
            Some(path) => (path, plain),
            None => (plain.clone(), plain),
        };
        names[at] = Some(Target { path, copy });
    }
    names
}

/// The name of an input's annotated workbook below the folder of outputs: the first that is not taken.
fn output_name(file: &Prepared, kept_ending: &str, taken: impl Fn(&str) -> bool) -> String {
    let folder = file.input.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if file.ours { plain_stem(&file.stem).unwrap_or(&file.stem) } else { &file.stem };
    let full = |base: &str| {
        let name = format!("{base} RAG.{kept_ending}");
        if folder.is_empty() { name } else { format!("{folder}/{name}") }
    };
    let ending = ending(&file.input.path);
    let mut name = full(base);
    let mut number = 1;
    while taken(&name.to_lowercase()) {
        name = match number {
            1 => full(&format!("{base} ({ending})")),
            number => full(&format!("{base} ({ending} {number})")),
        };
        number += 1;
    }
    name
}
