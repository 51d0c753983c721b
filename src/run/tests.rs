//! Runs of a few files, whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::directorate::comparison::Shown;
use crate::run::report;

/// Three teams that share children and workers, two sheets as managers keep them, one that is no caseload, an
/// output of an earlier run and a roster with somebody whom nobody lists.
fn directorate(folder: &Path) -> Options {
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    fs::create_dir_all(folder.join("in")).unwrap();
    put("in/a.csv", "Child ID,Worker,FTE\nC-101,Ada Lovell,0.6\nC-102,Ben Marsh,1\n");
    put("in/b.csv", "Child ID,Worker,FTE\nC-101,Cleo Nash,1\nC-103,Ada Lovell,0.5\n");
    put("in/c.csv", "Child ID,Worker,FTE\nC-101,Dora Finch,1\n,,\n");
    put("in/lunch.csv", "Day,Dish\nMonday,Soup\nTuesday,Pie\n");
    put("in/broken.xlsx", "PK and nothing behind it");
    put(
        "staff.csv",
        "Worker,Team,Role,FTE\nAda Lovell,,Social Worker,1\nEve Holt,East,Social Worker,0.5\nFay Orr,West,Manager,1\n",
    );
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    fs::copy(samples.join("task-force-example.xlsx"), folder.join("in/example.xlsx")).unwrap();
    let options = Options {
        inputs: vec![folder.join("in")],
        out: Some(folder.join("in")),
        policies: Vec::new(),
        roster: Some(folder.join("staff.csv")),
        as_of: jiff::civil::date(2025, 9, 30),
        previous: Vec::new(),
        columns: None,
        jobs: Some(1),
        force: false,
        what_if: Vec::new(),
        shown: Shown::default(),
        rows: false,
        reader: None,
    };
    run(&options, &|_, _| {}).unwrap();
    options
}

/// Every output of a run by name, and what the terminal shows.
fn outputs(options: &Options, kept_most: u64) -> (BTreeMap<PathBuf, Vec<u8>>, String) {
    let outcome = run_keeping(options, kept_most, &|_, _| {}).unwrap();
    let out = options.out.as_ref().unwrap();
    let files = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
    let files = files.map(|path| (path.strip_prefix(out).unwrap().to_path_buf(), fs::read(&path).unwrap()));
    (files.collect(), report::closing(&outcome).replace(&out.display().to_string(), ""))
}

#[test]
fn what_is_kept_and_how_many_threads_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let options = directorate(folder.path());
    let mut all = Vec::new();
    for (at, (kept_most, jobs)) in [(u64::MAX, 1), (0, 1), (0, 2), (0, 8), (u64::MAX, 8)].into_iter().enumerate() {
        let out = Some(folder.path().join(at.to_string()));
        all.push(outputs(&Options { out, jobs: Some(jobs), ..options.clone() }, kept_most));
    }
    let (files, told) = &all[0];
    assert!(files.keys().any(|name| name.as_path() == "b RAG.xlsx"), "{:?}", files.keys());
    let findings = String::from_utf8_lossy(&files[Path::new("findings.csv")]);
    assert_eq!(findings.matches("two-key-workers-across-workbooks").count(), 3, "{findings}");
    assert_eq!(findings.matches("fte-adds-above-one").count(), 2, "{findings}");
    let workers = String::from_utf8_lossy(&files[Path::new("workers.csv")]);
    assert!(workers.contains("Eve Holt"), "{workers}");
    assert!(told.contains("lunch.csv: no caseload found; ") && told.contains("broken.xlsx"), "{told}");
    for other in &all[1..] {
        assert!(*other == all[0], "the same files and the same told:\n{told}\n{}", other.1);
    }
    let later = [0, u64::MAX].map(|kept_most| {
        let (previous, out) = (vec![folder.path().join("0")], Some(folder.path().join(format!("{kept_most}/later"))));
        outputs(&Options { out, previous, ..options.clone() }, kept_most)
    });
    assert!(later[0].0.keys().any(|name| name.as_path() == "trend.csv"), "{:?}", later[0].0.keys());
    assert!(later[0].0 == later[1].0);
}

#[test]
fn a_file_that_changes_meanwhile_is_told_of_and_not_judged() {
    for kept_most in [0, u64::MAX] {
        let folder = tempfile::tempdir().unwrap();
        let options = directorate(folder.path());
        let options = Options { out: Some(folder.path().join("out")), ..options };
        let changed = folder.path().join("in/b.csv");
        let steps = std::sync::atomic::AtomicUsize::new(0);
        let outcome = run_keeping(&options, kept_most, &|all, _| {
            // Between the passes.
            if (steps.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1) * 2 == all {
                fs::write(&changed, "Child ID,Worker\nC-999,Zoe Hart\n").unwrap();
            }
        });
        let outcome = outcome.unwrap();
        let file = outcome.files.iter().find(|file| file.file == "b.csv").unwrap();
        assert_eq!((file.status, outcome.exit), (FileStatus::Unreadable, 2));
        let why = "the file changed while it was read; run again".to_string();
        assert!(outcome.failures.contains(&("b.csv".into(), why)), "{:?}", outcome.failures);
        let workers = fs::read_to_string(folder.path().join("out/workers.csv")).unwrap();
        assert!(!workers.contains("Cleo Nash") && !workers.contains("Zoe Hart"), "{workers}");
    }
}
