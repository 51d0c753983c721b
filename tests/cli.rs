//! The command line as people meet it: what goes wrong is named with its file and with what to do,
//! the exit code tells it to scripts, and nothing half-written is left.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A caseload in which nothing is wrong.
const GOOD: &str = "\
Child ID,Worker,Team,Role,FTE,Experience,Household,Status,Intervention
C-101,Ada Lovell,Locality North,Social worker,1,3+ years,H1,CP,2
";

/// A folder of its own for each test.
struct Desk {
    folder: tempfile::TempDir,
}

/// What the program said and how it ended.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn with(files: &[(&str, &[u8])]) -> Self {
        let desk = Self::new();
        for (name, bytes) in files {
            desk.put(name, bytes);
        }
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn say(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_fairload"))
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .unwrap();
        Said {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file below the folder, with `/`.
    fn files(&self) -> BTreeSet<String> {
        let all = walkdir::WalkDir::new(self.folder.path()).into_iter().map(|entry| entry.unwrap());
        let files = all.filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
        files.map(|path| below(self.folder.path(), &path)).collect()
    }
}

impl Said {
    /// Everything that was shown must hold these words.
    #[track_caller]
    fn holds(&self, code: i32, words: &[&str]) -> &Self {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.code, code, "{all}");
        for word in words {
            assert!(all.contains(word), "`{word}` is not in:\n{all}");
        }
        for never in ["panicked", "RUST_BACKTRACE", "unwrap", "os error"] {
            assert!(!all.contains(never), "`{never}` is in:\n{all}");
        }
        self
    }
}

fn below(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")
}

/// A workbook of one sheet with these rows of text.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in rows.iter().enumerate() {
        sheet.write_row(at as u32, 0, row.iter().copied()).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A compound file as Excel writes it for a workbook under a password: its directory names the part.
fn protected() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    for name in ["Root Entry", "EncryptionInfo", "EncryptedPackage"] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes.resize(1536, 0);
    bytes
}

/// A package that is no Excel workbook.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_input_that_cannot_be_used_is_named_with_what_to_do() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".to_vec();
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("picture.xlsx", png, &["not a workbook", "save it from Excel"]),
        ("empty.xlsx", Vec::new(), &["the file is empty", "sent again"]),
        ("empty.csv", Vec::new(), &["the file is empty", "sent again"]),
        ("blank.xlsx", workbook(&[]), &["no caseload found", "the sheet is empty", "Give the columns headings"]),
        (
            "letter.xlsx",
            workbook(&[&["Dear all"], &["Please see below."]]),
            &["no header row", "Give the columns headings"],
        ),
        ("letter.csv", b"Dear all\nPlease see below.\n".to_vec(), &["no header row", "Give the columns headings"]),
        ("letter.xls", b"Dear all\nPlease see below.\n".to_vec(), &["plain text", "save it from Excel"]),
        (
            "nobody.csv",
            b"Child ID,Status,Household\nC-101,CP,H1\n".to_vec(),
            &["no column says who the key worker is", "Add the column", "--columns"],
        ),
        ("locked.xlsx", protected(), &["protected by a password", "save a copy without one"]),
        (
            "letter.docx.xlsx",
            package(&[("word/document.xml", "<x/>")]),
            &["a Word document, not a workbook", "save it"],
        ),
        ("cut.xlsx", workbook(&[&["Worker"]])[..400].to_vec(), &["damaged", "save it again"]),
        ("page.xlsx", b"<html><table><tr><td>Worker".to_vec(), &["web page", "save it as .xlsx"]),
    ];
    for (name, bytes, words) in cases {
        let desk = Desk::with(&[(name, &bytes)]);
        let said = desk.say(&["run", name, "--out", "out"]);
        said.holds(2, &[name]).holds(2, words);
        assert!(!desk.at(&format!("out/{}", name.replace('.', " RAG."))).exists(), "{name}");
        assert_eq!(fs::read(desk.at(name)).unwrap(), bytes, "{name} is left as it was");
        desk.say(&["check", name]).holds(2, &[name]).holds(2, words);
    }
}

/// Formats beside .xlsx and .csv are either read or refused with the way out.
#[test]
fn other_formats_that_are_damaged_are_refused_with_the_way_out() {
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    old.resize(1536, 0);
    let spreadsheet = package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]);
    for (name, bytes) in [("old.xls", old), ("open.ods", spreadsheet)] {
        let desk = Desk::with(&[(name, &bytes)]);
        desk.say(&["run", name, "--out", "out"]).holds(2, &[name, "save it"]);
    }
}

#[test]
fn a_slip_in_a_path_leaves_nothing_behind() {
    let desk = Desk::new();
    desk.say(&["run", "missing.xlsx"]).holds(2, &["missing.xlsx", "no such file", "check the path"]);
    desk.say(&["misspelt"]).holds(2, &["misspelt", "no such file"]);
    fs::create_dir(desk.at("bare")).unwrap();
    desk.say(&["run", "bare"]).holds(2, &["nothing to read was found", "check the path"]);
    assert_eq!(desk.files(), BTreeSet::new());
    assert!(!desk.at("fairload-out").exists());
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with(&[("private.csv", GOOD.as_bytes()), ("good.csv", GOOD.as_bytes())]);
    fs::set_permissions(desk.at("private.csv"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(desk.at("private.csv")).is_ok() {
        return; // An administrator may read everything.
    }
    let said = desk.say(&["run", ".", "--out", "out"]);
    said.holds(2, &["private.csv", "permission is denied", "check who may read it"]);
    assert!(desk.at("out/good RAG.xlsx").exists());
}

#[test]
fn settings_that_cannot_be_used_stop_before_anything_is_read() {
    let policy = "name = \"ours\"\ntitle = \"Ours\"\nabout = \"Ours.\"\n\n[[limit]]\nid = \"a\"\n  colour = \"red\"\n";
    let desk = Desk::with(&[
        ("good.csv", GOOD.as_bytes()),
        ("ours.toml", policy.as_bytes()),
        ("words.toml", b"[columns]\nworker = [\"case holder\"]\nnonsense = [\"x\"]\n"),
        ("section.toml", b"\n[nonsense]\nworker = [\"x\"]\n"),
        ("broken.toml", b"[columns\n"),
        ("roster.csv", b"Day,Soup\nMonday,leek\n"),
    ]);
    let cases: &[(&[&str], &[&str])] = &[
        (&["--policy", "ours.toml"], &["ours.toml", "line 7, column 3", "`colour`", "use one of counts"]),
        (&["--policy", "nonsense"], &["nonsense", "neither a policy nor a file", "redcar-2020", "task-force-points"]),
        (&["--policy", "redcar-2020", "--policy", "redcar-2020"], &["redcar-2020", "given twice"]),
        (&["--columns", "words.toml"], &["words.toml", "line 3, column 1", "nonsense"]),
        (&["--columns", "section.toml"], &["section.toml", "line 2", "[nonsense]", "use one of"]),
        (&["--columns", "broken.toml"], &["broken.toml", "line 1, column 9"]),
        (&["--columns", "none.toml"], &["none.toml", "no such file", "check the path"]),
        (&["--roster", "roster.csv"], &["roster.csv", "no sheet with a worker", "Worker, Role, FTE"]),
        (&["--roster", "none.xlsx"], &["none.xlsx", "no such file", "check the path"]),
        (&["--previous", "nowhere"], &["nowhere", "no such file", "--out folder of an earlier run"]),
        (&["--out", "good.csv"], &["good.csv", "a file stands in the way", "choose another folder"]),
        (&["--out", "good.csv/deep/er"], &["good.csv", "a file stands in the way", "choose another folder"]),
    ];
    for (arguments, words) in cases {
        let before = desk.files();
        desk.say(&[&["run", "good.csv"], *arguments].concat()).holds(2, words);
        assert_eq!(desk.files(), before, "{arguments:?}");
    }
}

#[test]
fn a_command_line_that_is_wrong_is_a_code_of_its_own() {
    let desk = Desk::with(&[("good.csv", GOOD.as_bytes())]);
    let cases: &[(&[&str], &[&str])] = &[
        (&[], &["Usage"]),
        (&["run"], &["<INPUT>"]),
        (&["check"], &["<INPUT>"]),
        (&["run", "good.csv", "--as-of", "31/31/2025"], &["--as-of", "2025-09-30 or 30/09/2025"]),
        (&["run", "good.csv", "--as-of", "30/09/25"], &["--as-of", "four digits", "30/09/2025"]),
        (&["run", "good.csv", "--as-of", "yesterday"], &["--as-of", "2025-09-30 or 30/09/2025"]),
        (&["run", "good.csv", "--jobs", "0"], &["--jobs"]),
        (&["run", "good.csv", "--format", "xml"], &["text", "json"]),
        (&["run", "good.csv", "--colour"], &["--colour"]),
        (&["check", "good.csv", "--out", "x"], &["--out"]),
        (&["policy"], &["Usage"]),
        (&["policy", "show"], &["<NAME|FILE>"]),
        (&["rules", "nonsense"], &["no rule nonsense", "`fairload rules` lists them"]),
    ];
    for (arguments, words) in cases {
        desk.say(arguments).holds(64, words);
    }
    assert_eq!(desk.files(), BTreeSet::from(["good.csv".to_string()]));
}

#[test]
fn a_day_before_every_policy_is_refused() {
    let desk = Desk::with(&[("good.csv", GOOD.as_bytes())]);
    let early = ["run", "good.csv", "--policy", "redcar-2020", "--as-of", "31/08/2020"];
    desk.say(&early).holds(2, &["no chosen policy is in force on 31/08/2020", "01/09/2020", "--as-of"]);
    assert_eq!(desk.files(), BTreeSet::from(["good.csv".to_string()]));
    let first = ["check", "good.csv", "--policy", "redcar-2020", "--as-of", "01/09/2020"];
    let said = desk.say(&first);
    assert!(!format!("{}{}", said.out, said.err).contains("no chosen policy"), "on its first day it applies");
}

#[test]
fn help_rules_and_policies_are_answers() {
    let desk = Desk::with(&[]);
    desk.say(&["--help"]).holds(0, &["Usage", "run", "check"]);
    desk.say(&["help", "run"]).holds(0, &["--as-of", "--policy"]);
    desk.say(&["--version"]).holds(0, &[env!("CARGO_PKG_VERSION")]);
    desk.say(&["rules"]).holds(0, &["nqsw-key-worker-of-cp", "unallocated-child"]);
    desk.say(&["rules", "fte-zero"]).holds(0, &["What:", "Why:", "What to do:", "Source:"]);
    desk.say(&["policy", "list"]).holds(0, &["redcar-2020", "task-force-points"]);
    desk.say(&["policy", "show", "redcar-2020"]).holds(0, &["20–22", "1 Sep 2020", "Appendix A"]);
    desk.say(&["policy", "show", "task-force-tasks"])
        .holds(0, &["Home visits", "points per task", "Indicative, for local agreement"]);
    desk.say(&["policy", "show", "nonsense"]).holds(2, &["nonsense", "neither a policy nor a file"]);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/policy/redcar-2020.toml");
    desk.say(&["policy", "check", shipped.to_str().unwrap()]).holds(0, &["can be used"]);
    desk.put("bad.toml", b"name = \"x\"\ncolour = 1\n");
    desk.say(&["policy", "check", "bad.toml"]).holds(2, &["bad.toml", "line 2, column 1", "colour"]);
    desk.say(&["policy", "check", "none.toml"]).holds(2, &["none.toml", "neither a policy nor a file"]);
}

#[test]
fn run_may_be_left_out() {
    let one = Desk::with(&[("good.csv", GOOD.as_bytes())]);
    let other = Desk::with(&[("good.csv", GOOD.as_bytes())]);
    let short = one.say(&["good.csv", "--as-of", "2025-09-30"]);
    let long = other.say(&["run", "good.csv", "--as-of", "30/09/2025"]);
    short.holds(0, &["Locality North"]);
    assert_eq!((short.code, short.out), (long.code, long.out));
    assert_eq!(one.files(), other.files());
    for name in one.files() {
        assert_eq!(fs::read(one.at(&name)).unwrap(), fs::read(other.at(&name)).unwrap(), "{name}");
    }
    // One file's outputs stand beside it.
    assert!(one.at("good RAG.xlsx").exists() && one.at("directorate.xlsx").exists());
}

#[test]
fn how_a_workbook_was_read_fits_on_a_screen() {
    const SCREEN: usize = 48;
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(&samples).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !["xlsx", "xlsm", "csv", "xls", "ods", "xlsb"].contains(&ending) {
            continue;
        }
        let output = Command::new(env!("CARGO_BIN_EXE_fairload"))
            .args(["check", "--as-of", "2025-09-30"])
            .arg(&path)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let above = text.lines().take_while(|line| !line.starts_with('┌')).count();
        assert!(above <= SCREEN, "{}: {above} lines\n{text}", path.display());
        let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flowing.contains("Header in row"), "{}: {text}", path.display());
        seen += 1;
    }
    assert!(seen >= 14, "{seen} samples");
}

#[test]
fn what_would_follow_is_shown_before_a_child_is_given() {
    let desk = Desk::with(&[("team.csv", GOOD.as_bytes())]);
    let said = desk.say(&["check", "team.csv", "--as-of", "2025-09-30", "--what-if", "ada lovell=+20"]);
    // 1 and 20 children against 20; 1 + 1 + 2 points and a family of 20 at medium against 50.
    assert!(said.out.contains("If Ada Lovell took 20 more children"), "{}", said.out);
    let row = |measure: &str| {
        let after = said.out.split("If Ada Lovell").nth(1).unwrap_or_default();
        let line = after.lines().find(|line| line.contains(measure)).unwrap_or_default();
        line.split([' ', '│']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("limit, children"), "Ada Lovell limit, children 1 21 20 5 105 GREEN AMBER");
    assert_eq!(row("points"), "Ada Lovell points 4 26 50 8 52 GREEN GREEN");
    let nobody = desk.say(&["check", "team.csv", "--what-if", "Ben Marsh=+1"]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.out.contains("no worker and no team of the name Ben Marsh was found"), "{}", nobody.out);
    let json = desk.say(&[
        "check",
        "team.csv",
        "--as-of",
        "2025-09-30",
        "--what-if",
        "team=+1",
        "--what-if",
        "Locality North=+3",
        "--format",
        "json",
    ]);
    assert!(json.out.contains("\"asked\": \"Locality North\""), "{}", json.out);
}

#[test]
fn check_writes_nothing() {
    let desk = Desk::with(&[("team/good.csv", GOOD.as_bytes())]);
    desk.say(&["check", "team"]).holds(0, &["good.csv", "Ada Lovell", "GREEN"]);
    let json = desk.say(&["check", "team", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("--format json parses");
    assert_eq!(document["workers"][0]["worker"], "Ada Lovell");
    assert_eq!(document["exit"], json.code);
    assert_eq!(desk.files(), BTreeSet::from(["team/good.csv".to_string()]));
    let run = desk.say(&["run", "team", "--format", "json", "--out", "out"]);
    serde_json::from_str::<serde_json::Value>(&run.out).expect("so it does for run");
}

#[test]
fn quiet_says_what_went_wrong_alone() {
    let desk = Desk::with(&[("team/good.csv", GOOD.as_bytes())]);
    let said = desk.say(&["run", "team", "--quiet"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", ""));
    desk.put("team/empty.csv", b"");
    let said = desk.say(&["run", "team", "--quiet"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("empty.csv: the file is empty"), "{}", said.err);
}

#[test]
fn one_bad_file_does_not_keep_the_others_back() {
    let desk = Desk::with(&[
        ("in/north/a.csv", GOOD.as_bytes()),
        ("in/north/bad.xlsx", b"PK\x03\x04rubbish"),
        ("in/south/c.csv", GOOD.replace("C-1", "D-1").replace("Ada Lovell", "Ben Marsh").as_bytes()),
    ]);
    let said = desk.say(&["run", "in", "--out", "out"]);
    said.holds(2, &["north/bad.xlsx: the workbook is damaged", "2 files with a caseload"]);
    assert!(desk.at("out/north/a RAG.xlsx").exists() && desk.at("out/south/c RAG.xlsx").exists());
    assert!(!desk.at("out/north/bad RAG.xlsx").exists());
    let run: serde_json::Value = serde_json::from_slice(&fs::read(desk.at("out/run.json")).unwrap()).unwrap();
    let statuses: Vec<&str> =
        run["inputs"].as_array().unwrap().iter().map(|input| input["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["value-copy", "unreadable", "value-copy"]);
}

#[test]
fn a_file_of_somebody_else_is_left_unless_forced() {
    let desk = Desk::with(&[("good.csv", GOOD.as_bytes())]);
    let theirs = workbook(&[&["My own sheet"]]);
    let outputs = ["good RAG.xlsx", "directorate.xlsx", "ratings.csv", "teams.csv", "run.json", "datapackage.json"];
    for name in outputs {
        desk.put(&format!("out/{name}"), if name.ends_with("xlsx") { &theirs } else { b"{\"mine\": 1}" });
    }
    let said = desk.say(&["run", "good.csv", "--out", "out"]);
    said.holds(2, &outputs).holds(2, &["left as it is", "move it, or use --force"]);
    assert_eq!(fs::read(desk.at("out/good RAG.xlsx")).unwrap(), theirs);
    assert_eq!(fs::read(desk.at("out/run.json")).unwrap(), b"{\"mine\": 1}");
    assert!(desk.at("out/workers.csv").exists(), "what is not in the way is written");

    desk.say(&["run", "good.csv", "--out", "out", "--force"]).holds(0, &[]);
    assert_ne!(fs::read(desk.at("out/good RAG.xlsx")).unwrap(), theirs);
    let first = desk.files();
    // What is ours is replaced without asking.
    desk.say(&["run", "good.csv", "--out", "out"]).holds(0, &[]);
    assert_eq!(desk.files(), first);
}

#[test]
fn what_is_handed_outside_is_asked_for_by_itself() {
    let desk = Desk::with(&[("a.csv", GOOD.as_bytes())]);
    desk.say(&["run", "a.csv", "--suppress", "--workers"]).holds(64, &["--suppress", "--workers"]);
    desk.say(&["run", "a.csv", "--out", "out", "--suppress", "--as-of", "2025-09-30"]);
    let table = fs::read_to_string(desk.at("out/teams-suppressed.csv")).unwrap();
    assert!(table.lines().last().unwrap().starts_with("All teams together,,c,"), "{table}");
    // Left behind it would be another date's.
    desk.say(&["run", "a.csv", "--out", "out", "--as-of", "2025-09-30"]);
    let table = fs::read_to_string(desk.at("out/teams-suppressed.csv")).unwrap();
    assert_eq!(table.lines().count(), 1, "{table}");
}

#[test]
fn our_own_outputs_are_passed_over() {
    let desk = Desk::with(&[("in/a.csv", GOOD.as_bytes()), ("in/b/c.csv", GOOD.replace("C-1", "D-1").as_bytes())]);
    desk.say(&["run", "in", "--out", "in"]);
    let first = desk.files();
    let tables = fs::read(desk.at("in/workers.csv")).unwrap();
    let said = desk.say(&["run", "in", "--out", "in"]);
    said.holds(said.code, &["directorate.xlsx: passed over", "ratings.csv: passed over", "a RAG.xlsx: passed over"]);
    assert_eq!(desk.files(), first, "a second run adds no file");
    assert_eq!(fs::read(desk.at("in/workers.csv")).unwrap(), tables);
    // An output alone is read as the manager's own sheet.
    desk.say(&["check", "in/a RAG.xlsx"]).holds(0, &["Ada Lovell"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_are_said_and_left() {
    let desk = Desk::with(&[("in/good.csv", GOOD.as_bytes())]);
    std::os::unix::fs::symlink(desk.at("in"), desk.at("in/again")).unwrap();
    std::os::unix::fs::symlink(desk.at("in/good.csv"), desk.at("in/twin.csv")).unwrap();
    let said = desk.say(&["run", "in", "--out", "out"]);
    said.holds(0, &["again: passed over; the link leads back", "1 file with a caseload"]);
}

#[cfg(unix)]
#[test]
fn a_device_among_the_inputs_does_not_keep_the_others_back() {
    let desk = Desk::with(&[("in/good.csv", GOOD.as_bytes())]);
    std::os::unix::fs::symlink("/dev/zero", desk.at("in/endless.csv")).unwrap();
    let said = desk.say(&["run", "in", "--out", "out"]);
    said.holds(2, &["endless.csv: this is a pipe or a device, not a file; save", "1 file with a caseload"]);
    assert!(desk.at("out/good RAG.xlsx").exists());
    let said = desk.say(&["run", "in/good.csv", "--out", "out", "--roster", "/dev/zero"]);
    said.holds(said.code, &["--roster", "not a file"]);
    assert_ne!(said.code, 0);
}

/// One roster for two teams: who holds nothing and names no team is nobody's but the roster's, and counted once.
#[test]
fn a_worker_of_a_roster_for_several_workbooks_is_counted_once() {
    let south = GOOD.replace("Ada Lovell", "Ben Marsh").replace("North", "South").replace("C-101", "C-202");
    let roster =
        "Worker,Role,FTE,Experience\nAda Lovell,Social worker,0.5,3+ years\nCat Dale,Social worker,0.8,3+ years\n";
    let desk = Desk::with(&[("in/north.csv", GOOD.as_bytes()), ("in/south.csv", south.as_bytes())]);
    desk.put("roster.csv", roster.as_bytes());
    desk.say(&["run", "in", "--out", "out", "--roster", "roster.csv"]);
    let workers = fs::read_to_string(desk.at("out/workers.csv")).unwrap();
    let of = |name: &str| workers.lines().filter(|line| line.contains(name)).collect::<Vec<_>>();
    assert_eq!(of("Ada Lovell").len(), 1);
    assert!(matches!(of("Cat Dale").as_slice(), [only] if only.starts_with("roster.csv,")), "{workers}");
    assert!(!fs::read_to_string(desk.at("out/findings.csv")).unwrap().contains("fte-adds-above-one"));
}

#[test]
fn exit_codes_rank_what_was_found() {
    let red: String = (0..30).map(|at| format!("C-{at},Ada Lovell,Locality North,Social worker,1\n")).collect();
    let red = format!("Child ID,Worker,Team,Role,FTE\n{red}");
    let unallocated = format!("{GOOD}C-102,TBC,Locality North,,,,H2,CP,2\n");
    let lunch = "Day,Soup\nMonday,leek\n";
    let cases: &[(&[(&str, &str)], i32)] = &[
        (&[("good.csv", GOOD)], 0),
        (&[("red.csv", &red)], 1),
        (&[("unallocated.csv", &unallocated)], 1),
        (&[("lunch.csv", lunch)], 2),
        (&[("red.csv", &red), ("empty.csv", "")], 2),
    ];
    for (files, code) in cases {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let desk = Desk::with(&files);
        desk.say(&["check", ".", "--as-of", "2025-09-30"]).holds(*code, &[]);
    }
    // Among many it is merely listed.
    let desk = Desk::with(&[("good.csv", GOOD.as_bytes()), ("lunch.csv", lunch.as_bytes())]);
    desk.say(&["check", "."]).holds(0, &["lunch.csv: no caseload found", "0 errors"]);
}
