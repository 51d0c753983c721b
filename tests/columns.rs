//! A council's own words, given with `--columns`: each section of the lists does what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Headings and words of a council that are in no list of ours.
const SHEET: &str = "\
Kid code,Lead officer,Assigned to,Part,Crew,Hat,Slice,Years in,Mood,Mood why,Home code,Journey,Bench,Oomph,Far away,Off soon
K-1,Ada Lovell (bank staff),Zed,,Patchwork 1,Pathfinder,whole slice,old hand,so so,Busy month,H1,shield plan,before the bench,flat out,yup,nope
K-2,Ada Lovell,Zed,,Patchwork 1,Pathfinder,whole slice,old hand,so so,Busy month,H2,gone,,flat out,nope,nope
K-3,Limbo,Zed,,Patchwork 1,,,,,,H3,shield plan,,flat out,nope,nope
K-4,Ben Marsh,Zed,sidekick,Patchwork 1,Pathfinder,3 shifts,old hand,so so,Busy month,H4,shield plan,,flat out,nope,yup
All told,3,,,,,,,,,,,,,,
";

/// What says the rest of it; the README's example says the first part.
const REST: &str = r#"
[holdings]
co-worker = ["sidekick"]
[fte]
full-time = ["whole slice"]
days = ["shifts"]
[stages]
year-3-plus = ["old hand"]
[judgements]
amber = ["so so"]
[proceedings]
care = ["before the bench"]
[levels]
high = ["flat out"]
[ticks]
yes = ["yup"]
no = ["nope"]
[names]
remarks = ["bank staff"]
[totals]
words = ["all told"]
"#;

/// Headings beside those of the README's example.
const HEADINGS: &str = r#"
holding = ["part"]
team = ["crew"]
role = ["hat"]
fte = ["slice"]
stage = ["years in"]
judgement = ["mood"]
judgement-reason = ["mood why"]
household = ["home code"]
status = ["journey"]
proceedings = ["bench"]
intervention = ["oomph"]
factor = ["far away"]
awaiting-move = ["off soon"]
"#;

/// The README's example of a file for `--columns`.
fn example() -> String {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let mut examples = readme.split("```toml\n").skip(1).map(|rest| rest.split_once("```").expect("its end").0);
    examples.find(|example| example.starts_with("[columns]")).expect("an example of words").to_string()
}

/// A table's rows, each by its headings.
type Rows = Vec<BTreeMap<String, String>>;

/// A table of the output.
fn table(path: &Path) -> Rows {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader
        .deserialize()
        .map(|row| row.unwrap())
        .map(|row: BTreeMap<String, String>| {
            row.into_iter().map(|(heading, cell)| (heading.trim_start_matches('\u{feff}').to_string(), cell)).collect()
        })
        .collect()
}

fn run(folder: &Path, sheet: &str, arguments: &[&str]) -> (Rows, Rows) {
    fs::write(folder.join("own.csv"), sheet).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .current_dir(folder)
        .args(["run", "own.csv", "--as-of", "2025-09-30", "--out", "out", "--force"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.code() != Some(64), "{}", String::from_utf8_lossy(&output.stderr));
    (table(&folder.join("out/workers.csv")), table(&folder.join("out/findings.csv")))
}

#[test]
fn every_section_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    // The status that closes a case stands in the section of the example, as do the further headings.
    let own = example().replacen("[areas]", "closed = [\"gone\"]\n\n[areas]", 1);
    let own = own.replacen("[ignored]", &format!("{HEADINGS}\n[ignored]"), 1) + REST;
    fs::write(folder.path().join("own.toml"), own).unwrap();
    let (workers, findings) = run(folder.path(), SHEET, &["--columns", "own.toml"]);
    let told: Vec<&str> = findings.iter().map(|row| row["rule"].as_str()).collect();
    for rule in told.iter() {
        let expected = ["unallocated-child", "fte-read-as-days"];
        assert!(expected.contains(rule), "{rule} in {findings:#?}");
    }
    assert_eq!(told.iter().filter(|rule| **rule == "unallocated-child").count(), 1, "limbo is nobody");
    let ada =
        workers.iter().find(|row| row["worker"] == "Ada Lovell").expect("Ada, without what stands beside the name");
    for (heading, said) in [
        ("service_area", "locality"),
        ("role", "social-worker"),
        ("stage", "3+"),
        ("fte", "1"),
        ("children", "1"),
        ("cp", "1"),
        ("care_proceedings", "1"),
        ("judgement_rag", "amber"),
        ("judgement_reason", "Busy month"),
        ("awaiting_move", "0"),
    ] {
        assert_eq!(ada[heading], said, "{heading}");
    }
    let ben = workers.iter().find(|row| row["worker"] == "Ben Marsh").expect("Ben");
    assert_eq!((ben["children"].as_str(), ben["co_worked"].as_str(), ben["fte"].as_str()), ("0", "1", "0.6"));
}

#[test]
fn a_finding_about_a_word_says_which_line_to_add() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = "\
Child ID,Worker,Team,Role,FTE,Experience,Manager RAG,Household,Status,Proceedings,Intervention,Additional factors,Awaiting transfer
K-1,Ada Lovell,Patchwork,Pathfinder,whole slice,old hand,so so,H1,shield plan,bench,flat out,lots,perhaps
";
    let (_, findings) = run(folder.path(), sheet, &[]);
    for (rule, section, line) in [
        ("status-not-known", "[statuses]", "child-protection = [\"…\"]"),
        ("role-not-known", "[roles]", "social-worker = [\"…\"]"),
        ("team-not-known", "[areas]", "locality = [\"…\"]"),
        ("experience-not-understood", "[stages]", "year-3-plus = [\"…\"]"),
        ("proceedings-not-known", "[proceedings]", "care = [\"…\"]"),
        ("intervention-not-understood", "[levels]", "high = [\"…\"]"),
        ("additional-not-understood", "[ticks]", "yes = [\"…\"]"),
        ("awaiting-move-not-understood", "[ticks]", "yes = [\"…\"]"),
        ("judgement-not-understood", "[judgements]", "amber = [\"…\"]"),
        ("fte-not-usable", "[fte]", "full-time = [\"…\"]"),
    ] {
        let found = findings.iter().find(|row| row["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {findings:#?}"));
        let action = &found["action"];
        assert!(action.contains("--columns") && action.contains(section) && action.contains(line), "{rule}: {action}");
        for quoted in ["shield", "Pathfinder", "old hand", "flat out", "so so", "perhaps"] {
            assert!(!format!("{}{action}", found["message"]).contains(quoted), "{rule} quotes a cell");
        }
    }
}
