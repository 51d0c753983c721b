//! Children and workers that stand in several workbooks, found without holding the workbooks.
//!
//! Of each workbook a footprint is kept: who works in it with what FTE, and of every child 128 bits of a hash.
//! What two workbooks share comes out of the footprints; of that alone more is remembered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

use crate::field::caseload::{Caseload, Entry, Subject, Worker};
use crate::field::elsewhere::{Elsewhere, Other};

/// A child's key in 16 bytes: of a billion children, no two are likely to share one.
type Digest = [u8; 16];

/// What is kept of a workbook to look across by.
#[derive(Debug, Clone, Default)]
pub struct Footprint {
    /// The names of its teams.
    teams: Vec<String>,
    /// Every worker that it lists.
    workers: Vec<Listed>,
    /// The children of key workers, each with its worker's position above.
    children: Vec<(Digest, u32)>,
}

/// A worker as one team of a workbook lists them.
#[derive(Debug, Clone)]
struct Listed {
    key: String,
    name: String,
    team: u32,
    /// What is written, where it is usable.
    fte: Option<Decimal>,
    only_co_worker: bool,
}

impl Footprint {
    /// The footprint of what a workbook says.
    pub fn of(caseload: &Caseload) -> Self {
        let mut footprint =
            Self { teams: caseload.teams.iter().map(|team| team.name.clone()).collect(), ..Self::default() };
        let teams = caseload.teams.iter().zip(0..);
        for (worker, team) in teams.flat_map(|(team, at)| team.workers.iter().map(move |worker| (worker, at))) {
            let of = position(footprint.workers.len());
            footprint.workers.push(Listed {
                key: worker.who.key.clone(),
                name: worker.who.name.clone(),
                team,
                fte: worker.fte().filter(|_| !worker.fte_assumed()).map(|fte| fte.0),
                only_co_worker: worker.holds.only_co_worker,
            });
            if !worker.holds.only_co_worker {
                footprint.children.extend(children(worker).map(|child| (digest(child), of)));
            }
        }
        footprint.children.shrink_to_fit();
        footprint
    }

    /// The keys of the workers that the workbook lists.
    pub fn worker_keys(&self) -> impl Iterator<Item = &str> {
        self.workers.iter().map(|worker| worker.key.as_str())
    }
}

/// The children that can be known again in another workbook.
fn children(worker: &Worker) -> impl Iterator<Item = &str> {
    let cases = worker.holds.cases.iter().filter(|case| case.subject == Subject::Child);
    cases.filter_map(|case| match &case.who.child {
        Entry::Given(child, _) if !is_running_number(child) => Some(child.as_str()),
        _ => None,
    })
}

/// A short number counts the rows of a sheet and names no child beyond it.
fn is_running_number(child: &str) -> bool {
    child.len() <= 3 && child.bytes().all(|byte| byte.is_ascii_digit())
}

fn digest(child: &str) -> Digest {
    let whole = Sha256::digest(child.as_bytes());
    std::array::from_fn(|at| whole[at])
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A worker by workbook, and by position in it.
type At = (u32, u32);

/// Children and workers that stand in several workbooks, for the rules that look across.
pub struct Across {
    /// There is more than one workbook.
    pub several: bool,
    /// The workbooks by name, their children forgotten.
    files: Vec<(String, Footprint)>,
    children: BTreeMap<Digest, Vec<At>>,
    workers: BTreeMap<String, Vec<At>>,
}

impl Across {
    /// What the workbooks of a run share, each given by its name.
    pub fn new(mut files: Vec<(String, Footprint)>) -> Self {
        let mut children: Vec<(Digest, At)> = Vec::new();
        let mut workers: Vec<(&str, At)> = Vec::new();
        for ((_, footprint), file) in files.iter().zip(0..) {
            children.extend(footprint.children.iter().map(|(child, worker)| (*child, (file, *worker))));
            let listed = footprint.workers.iter().zip(0..).filter(|(worker, _)| !worker.only_co_worker);
            workers.extend(listed.map(|(worker, at)| (worker.key.as_str(), (file, at))));
        }
        let children = shared(children);
        let workers = shared(workers).into_iter().map(|(key, all)| (key.to_string(), all)).collect();
        files.iter_mut().for_each(|(_, footprint)| footprint.children = Vec::new());
        Self { several: files.len() > 1, files, children, workers }
    }

    /// What the other workbooks say, seen from this one.
    pub fn elsewhere(&self, file: &str, caseload: &Caseload) -> Elsewhere {
        let mut elsewhere = Elsewhere::default();
        for (_, worker) in caseload.workers() {
            if let Some(all) = self.workers.get(&worker.who.key) {
                elsewhere.workers.insert(worker.who.key.clone(), self.others(file, all));
            }
            if self.children.is_empty() {
                continue;
            }
            for child in worker.holds.cases.iter().filter_map(|case| case.who.child.given()) {
                if let Some(all) = self.children.get(&digest(child)) {
                    elsewhere.children.insert(child.clone(), self.others(file, all));
                }
            }
        }
        elsewhere
    }

    fn others(&self, file: &str, all: &[At]) -> Vec<Other> {
        let told = all.iter().map(|(at, worker)| {
            let (name, footprint) = &self.files[*at as usize];
            (name, footprint, &footprint.workers[*worker as usize])
        });
        let others = told.filter(|(name, ..)| *name != file).map(|(name, footprint, worker)| Other {
            file: name.clone(),
            team: footprint.teams[worker.team as usize].clone(),
            worker: worker.name.clone(),
            fte: worker.fte,
        });
        others.collect()
    }
}

/// What stands in more than one workbook, and where; what stands in one alone needs no look across.
fn shared<K: Ord + Copy>(mut all: Vec<(K, At)>) -> BTreeMap<K, Vec<At>> {
    all.sort_unstable();
    let groups = all.chunk_by(|(one, _), (other, _)| one == other);
    let several = groups.filter(|group| group[0].1.0 != group[group.len() - 1].1.0);
    several.map(|group| (group[0].0, group.iter().map(|(_, at)| *at).collect())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::understood;

    fn across(files: &[(&str, &str)]) -> Across {
        Across::new(files.iter().map(|(name, sheets)| (name.to_string(), Footprint::of(&understood(sheets)))).collect())
    }

    /// What one of the files is told of the others: `c-101: Ben Marsh of south.xlsx`.
    fn told(files: &[(&str, &str)], file: usize) -> Vec<String> {
        let (name, sheets) = files[file];
        let Elsewhere { children, workers } = across(files).elsewhere(name, &understood(sheets));
        let lines = children.into_iter().chain(workers).map(|(key, others)| {
            let others: Vec<String> = others
                .iter()
                .map(|other| {
                    let fte = other.fte.map_or(String::new(), |fte| format!(" {fte}"));
                    format!("{}{fte} of {}", other.worker, other.file)
                })
                .collect();
            format!("{key}: {}", others.join(", "))
        });
        lines.collect()
    }

    #[test]
    fn a_child_in_three_workbooks_is_known_in_each() {
        let files = [
            ("a.xlsx", "Child ID, Worker\nC-101, Ada Lovell\nC-102, Ada Lovell"),
            ("b.xlsx", "Child ID, Worker\nc 101, Ben Marsh\nC-103, Ben Marsh"),
            ("c.xlsx", "Child ID, Worker\nC-101, Cleo Nash\nC-104, Cleo Nash"),
        ];
        assert_eq!(told(&files, 0), ["c101: Ben Marsh of b.xlsx, Cleo Nash of c.xlsx"]);
        assert_eq!(told(&files, 1), ["c101: Ada Lovell of a.xlsx, Cleo Nash of c.xlsx"]);
        assert_eq!(told(&files, 2), ["c101: Ada Lovell of a.xlsx, Ben Marsh of b.xlsx"]);
    }

    #[test]
    fn nothing_is_kept_of_what_one_workbook_holds_alone() {
        let files = [
            ("a.xlsx", "Child ID, Worker\nC-101, Ada Lovell\n7, Ada Lovell"),
            ("b.xlsx", "Child ID, Worker\nC-102, Ben Marsh\n7, Ben Marsh\n## More\nChild ID, Worker\nC-102, Cleo Nash"),
        ];
        let across = across(&files);
        // 7 counts the rows of both.
        assert!(across.children.is_empty() && across.workers.is_empty());
        assert!(across.files.iter().all(|(_, footprint)| footprint.children.is_empty()));
    }

    #[test]
    fn a_worker_in_two_workbooks_is_told_with_the_fte_written_there() {
        let files = [
            ("a.xlsx", "Child ID, Worker, FTE\nC-101, Ada Lovell, 0.6\nC-102, Ben Marsh, 0.4"),
            ("b.xlsx", "Child ID, Worker, FTE\nC-103, ada  lovell, 0.5"),
            ("c.xlsx", "Child ID, Worker\nC-104, Ada Lovell"),
        ];
        assert_eq!(told(&files, 0), ["ada lovell: ada lovell 0.5 of b.xlsx, Ada Lovell of c.xlsx"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Against the plain way: every child of every workbook held at once.
        #[test]
        fn what_is_shared_is_found_and_nothing_else(
            books in prop::collection::vec(prop::collection::vec((0..4_u32, 0..30_u32), 0..12), 0..6)
        ) {
            let mut plain: BTreeMap<Digest, Vec<At>> = BTreeMap::new();
            let mut files = Vec::new();
            for (book, at) in books.iter().zip(0..) {
                let mut children: Vec<(Digest, u32)> =
                    book.iter().map(|(worker, child)| (digest(&child.to_string()), *worker)).collect();
                children.sort_by_key(|(_, worker)| *worker);
                for (child, worker) in &children {
                    plain.entry(*child).or_default().push((at, *worker));
                }
                files.push((at.to_string(), Footprint { children, ..Footprint::default() }));
            }
            plain.retain(|_, all| all.iter().any(|(file, _)| *file != all[0].0));
            prop_assert_eq!(Across::new(files).children, plain);
        }
    }
}
