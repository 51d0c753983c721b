//! Children and workers that stand in several workbooks.

use std::collections::BTreeMap;

use crate::caseload::{Caseload, Entry, Subject};
use crate::directorate::{Elsewhere, Other};

use super::prepare::Prepared;

/// Children and workers of all workbooks, for the rules that look across.
pub struct Across {
    /// There is more than one workbook.
    pub several: bool,
    children: BTreeMap<String, Vec<Other>>,
    workers: BTreeMap<String, Vec<Other>>,
}

impl Across {
    /// What the workbooks of a run say together.
    pub fn new(kept: &[Prepared]) -> Self {
        let mut children: BTreeMap<String, Vec<Other>> = BTreeMap::new();
        let mut workers: BTreeMap<String, Vec<Other>> = BTreeMap::new();
        for file in kept {
            let Ok(caseload) = &file.read else { continue };
            for (team, worker) in caseload.workers().filter(|(_, worker)| !worker.only_co_worker) {
                let other = || Other {
                    file: file.input.name.clone(),
                    team: team.name.clone(),
                    worker: worker.name.clone(),
                    fte: worker.fte().filter(|_| !worker.fte_assumed()).map(|fte| fte.0),
                };
                workers.entry(worker.key.clone()).or_default().push(other());
                for case in worker.cases.iter().filter(|case| case.subject == Subject::Child) {
                    if let Entry::Given(child, _) = &case.child
                        && !is_running_number(child)
                    {
                        children.entry(child.clone()).or_default().push(other());
                    }
                }
            }
        }
        // What stands in one workbook alone needs no look across.
        let several = |others: &mut Vec<Other>| others.iter().any(|other| other.file != others[0].file);
        children.retain(|_, others| several(others));
        workers.retain(|_, others| several(others));
        Self { several: kept.len() > 1, children, workers }
    }

    /// What the other workbooks say, seen from this one.
    pub fn elsewhere(&self, file: &str, caseload: &Caseload) -> Elsewhere {
        let others = |all: &Vec<Other>| all.iter().filter(|other| other.file != file).cloned().collect::<Vec<_>>();
        let mut elsewhere = Elsewhere::default();
        for (_, worker) in caseload.workers() {
            if let Some(all) = self.workers.get(&worker.key) {
                elsewhere.workers.insert(worker.key.clone(), others(all));
            }
            for case in &worker.cases {
                if let Some((child, all)) = case.child.given().and_then(|child| self.children.get_key_value(child)) {
                    elsewhere.children.insert(child.clone(), others(all));
                }
            }
        }
        elsewhere
    }
}

/// A short number counts the rows of a sheet and names no child beyond it.
fn is_running_number(child: &str) -> bool {
    child.len() <= 3 && child.bytes().all(|byte| byte.is_ascii_digit())
}
