//! Workbooks as LibreOffice saves them, with every formula reckoned again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tells LibreOffice to reckon every formula when it opens a workbook: 0 is "always".
const RECKON_ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Each workbook with the copy that LibreOffice made of it, all formulas reckoned again.
pub fn recalculated(books: &[PathBuf], work: &Path) -> Vec<(PathBuf, Option<PathBuf>)> {
    let (profile, source, made) = (work.join("profile"), work.join("in"), work.join("out"));
    fs::create_dir_all(profile.join("user")).expect("a profile");
    fs::create_dir_all(&source).expect("a folder");
    fs::write(profile.join("user/registrymodifications.xcu"), RECKON_ALWAYS).expect("a setting");
    let mut inputs = Vec::new();
    for (at, book) in books.iter().enumerate() {
        let ending = book.extension().unwrap_or_default().to_string_lossy().to_string();
        let copy = source.join(format!("{at:04}.{ending}"));
        fs::copy(book, &copy).expect("a copy");
        inputs.push(copy);
    }
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&made)
        .args(&inputs)
        .output()
        .expect("soffice on the path");
    let copies = books.iter().enumerate().map(|(at, book)| {
        let copy = made.join(format!("{at:04}.xlsx"));
        (book.clone(), copy.exists().then_some(copy))
    });
    let copies: Vec<_> = copies.collect();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    copies
}
