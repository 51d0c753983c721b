//! datapackage.json and the tables beside it, as another program reads them: from the files alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn run(inputs: &[&str], out: &Path, more: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .current_dir(root)
        .arg("run")
        .args(inputs)
        .args(["--quiet", "--out"])
        .arg(out)
        .args(more)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.code().is_some_and(|code| code < 64), "{told}");
}

/// What of the tables is not as datapackage.json says; and how many rows were looked at.
fn departures(folder: &Path) -> (Vec<String>, usize) {
    let package: Value = serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let described: BTreeSet<String> =
        resources.iter().map(|table| table["path"].as_str().unwrap().to_string()).collect();
    let there = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = there.filter(|name| name.ends_with(".csv")).collect();
    assert_eq!(described, there, "every table is described, and no other");
    let (mut told, mut seen) = (Vec::new(), 0);
    for resource in resources {
        let name = resource["path"].as_str().unwrap();
        let (header, rows) = table(folder, resource);
        seen += rows.len();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(header, names, "{name}");
        for (at, row) in rows.iter().enumerate() {
            for (field, cell) in fields.iter().zip(row) {
                if let Some(why) = misfit(field, cell) {
                    told.push(format!("{name}, row {}, {}: {why}: {cell}", at + 2, field["name"]));
                }
            }
        }
        let key = words(&resource["schema"]["primaryKey"]);
        if !key.is_empty() {
            let keys = keys(&header, &rows, &key);
            let different: BTreeSet<&Vec<String>> = keys.iter().collect();
            if different.len() < keys.len() {
                told.push(format!("{name}: {key:?} does not tell every row from the others"));
            }
        }
        for foreign in resource["schema"]["foreignKeys"].as_array().into_iter().flatten() {
            let other = &foreign["reference"]["resource"];
            let other = resources.iter().find(|resource| &resource["name"] == other).unwrap();
            let (other_header, other_rows) = table(folder, other);
            let known = keys(&other_header, &other_rows, &words(&foreign["reference"]["fields"]));
            let known: BTreeSet<Vec<String>> = known.into_iter().collect();
            let own = keys(&header, &rows, &words(&foreign["fields"]));
            told.extend(own.into_iter().filter(|key| !known.contains(key)).map(|key| format!("{name}: no {key:?}")));
        }
    }
    (told, seen)
}

/// A table by its dialect: its header and rows.
fn table(folder: &Path, resource: &Value) -> (Vec<String>, Vec<Vec<String>>) {
    assert_eq!(resource["encoding"], "utf-8");
    let dialect = &resource["dialect"];
    let byte = |what: &str| dialect[what].as_str().unwrap().as_bytes()[0];
    let text = fs::read_to_string(folder.join(resource["path"].as_str().unwrap())).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with(dialect["lineTerminator"].as_str().unwrap()));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(byte("delimiter"))
        .quote(byte("quoteChar"))
        .double_quote(dialect["doubleQuote"].as_bool().unwrap())
        .has_headers(dialect["header"].as_bool().unwrap())
        .from_reader(text.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_string).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect();
    (header, rows)
}

/// Why a cell is not as its field says.
fn misfit(field: &Value, cell: &str) -> Option<String> {
    let limits = &field["constraints"];
    if cell.is_empty() {
        return limits["required"].as_bool().unwrap_or(false).then(|| "empty".into());
    }
    let number = cell.parse::<f64>().ok();
    let fits = match field["type"].as_str().unwrap() {
        "string" => true,
        "integer" => cell.parse::<i64>().is_ok(),
        "number" => number.is_some_and(f64::is_finite),
        "date" => cell.parse::<jiff::civil::Date>().is_ok() && cell.len() == 10,
        other => panic!("{other} is no type of ours"),
    };
    let known = words(&limits["enum"]);
    let least = limits["minimum"].as_f64();
    match () {
        () if !fits => Some(format!("no {}", field["type"])),
        () if !known.is_empty() && !known.iter().any(|word| word == cell) => Some(format!("none of {known:?}")),
        () if least.is_some_and(|least| number.is_none_or(|number| number < least)) => Some("too small".into()),
        () => None,
    }
}

fn words(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|word| word.as_str().unwrap().to_string()).collect()
}

fn keys(header: &[String], rows: &[Vec<String>], columns: &[String]) -> Vec<Vec<String>> {
    let at: Vec<usize> = columns.iter().map(|name| header.iter().position(|own| own == name).unwrap()).collect();
    rows.iter().map(|row| at.iter().map(|at| row[*at].clone()).collect()).collect()
}

#[test]
fn the_tables_are_as_they_are_described() {
    let out = tempfile::tempdir().unwrap();
    let (first, second) = (out.path().join("first"), out.path().join("second"));
    let measures = ["task-force-case-count", "task-force-time", "task-force-tasks", "redcar-2020", "task-force-points"];
    let policies = measures.iter().flat_map(|name| ["--policy", name]);
    let mut more: Vec<&str> = vec!["--as-of", "2025-09-30"];
    run(&["samples"], &first, &more);
    more.extend(policies);
    more.extend(["--previous", first.to_str().unwrap()]);
    run(&["samples", "tests/flaws"], &second, &more);
    for folder in [&first, &second] {
        let (told, seen) = departures(folder);
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert!(seen > 500, "{seen}");
    }
}

#[test]
fn a_departure_is_noticed() {
    let out = tempfile::tempdir().unwrap();
    run(&["samples/task-force-example.xlsx"], out.path(), &["--as-of", "2025-09-30"]);
    assert_eq!(departures(out.path()).0, Vec::<String>::new());
    let path = out.path().join("ratings.csv");
    let text = fs::read_to_string(&path).unwrap();
    for (right, wrong) in
        [(",amber,", ",crimson,"), (",points,points,", ",points,,"), ("\ntask-force-example.xlsx,", "\nx,")]
    {
        assert!(text.contains(right), "{right}");
        fs::write(&path, text.replacen(right, wrong, 1)).unwrap();
        assert_eq!(departures(out.path()).0.len(), 1, "{wrong}: {:?}", departures(out.path()).0);
    }
}

#[test]
fn a_description_of_somebody_elses_is_left() {
    let out = tempfile::tempdir().unwrap();
    let arguments = ["--as-of", "2025-09-30"];
    let path = out.path().join("datapackage.json");
    run(&["samples/task-force-example.xlsx"], out.path(), &arguments);
    let ours = fs::read(&path).unwrap();
    run(&["samples/task-force-example.xlsx"], out.path(), &arguments);
    assert_eq!(fs::read(&path).unwrap(), ours, "ours is written again, the same");
    let theirs = br#"{"name": "fairload", "resources": []}"#;
    fs::write(&path, theirs).unwrap();
    run(&["samples/task-force-example.xlsx"], out.path(), &arguments);
    assert_eq!(fs::read(&path).unwrap(), theirs);
}
