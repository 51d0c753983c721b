//! The sheet "Data quality": how sure the other sheets are, team by team.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, Page};
use crate::book::phrase::count;
use crate::book::sheet::{Area, CellRef};
use crate::directorate::comparison::Directorate;
use crate::field::finding::Severity;
use crate::field::quality::{Assumption, Found, Quality, TeamQuality};
use crate::field::rating::rounded;

use super::{QUALITY, percent, whole};

const COLUMNS: u32 = 8;
const WIDTHS: [u16; COLUMNS as usize] = [28, 30, 30, 60, 11, 11, 11, 11];
/// A team is named at the top where more than so many percent of its workers are guessed at or not scored.
const NAMED_ABOVE: u32 = 20;
/// So many teams are named at the top; all stand in the table below.
const NAMED_MOST: usize = 15;

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let mut page = Page::new(QUALITY, "C98A2B", &WIDTHS);
    page.across(COLUMNS, "Data quality: how sure the comparison is", Look::Title);
    let about = "What the workbooks do not say has to be assumed, and what cannot be assumed is not scored. A comparison is as \
                 good as the sheets behind it: what to mend stands, cell by cell, on sheet \"Findings\" of each team's own workbook \
                 and in findings.csv. No cell is quoted here.";
    page.across(COLUMNS, about, Look::Muted);
    unsure(&mut page, &directorate.quality);
    assumptions(&mut page, &directorate.quality);
    rows(&mut page, &directorate.quality);
    rules(&mut page, &directorate.quality);
    findings(&mut page, &directorate.quality);
    page.freeze = Some(CellRef::new(1, 0));
    page
}

fn teams(quality: &[Quality]) -> impl Iterator<Item = (&Quality, &TeamQuality)> {
    quality.iter().flat_map(|file| file.teams.iter().map(move |team| (file, team)))
}

fn unsure(page: &mut Page, quality: &[Quality]) {
    page.gap();
    page.across(COLUMNS, "Read with care", Look::Section);
    let unread: Vec<&str> =
        quality.iter().filter(|file| file.status.is_unread()).map(|file| file.file.as_str()).collect();
    if !unread.is_empty() {
        let text = format!(
            "{} could not be read, and what stands in them is missing everywhere: {}.",
            count(unread.len(), "workbook", "workbooks"),
            unread.join(", ")
        );
        page.across(COLUMNS, &text, Look::Prose);
    }
    let named = |team: &TeamQuality| team.unsure * 100 > team.workers * NAMED_ABOVE;
    let mut found: Vec<_> = teams(quality).filter(|(_, team)| named(team)).collect();
    found.sort_by_key(|(_, team)| (Reverse(share(team.unsure, team.workers)), Reverse(team.unsure)));
    for (file, team) in found.iter().take(NAMED_MOST) {
        page.across(COLUMNS, &sentence(file, team), Look::Prose);
    }
    if found.len() > NAMED_MOST {
        let more = count(found.len() - NAMED_MOST, "team", "teams");
        page.across(COLUMNS, &format!("And {more} more, in the table below."), Look::Prose);
    }
    if found.is_empty() {
        page.across(COLUMNS, "No team is so.", Look::Prose);
    }
    let rule = format!(
        "Named are teams of whose workers more than {NAMED_ABOVE} % are not scored or have something assumed, the highest share \
         first."
    );
    page.across(COLUMNS, &rule, Look::Muted);
}

fn sentence(file: &Quality, team: &TeamQuality) -> String {
    let mut parts: Vec<(u32, String)> = Vec::new();
    if team.not_scored > 0 {
        parts.push((team.not_scored, "not scored".into()));
    }
    parts.extend(team.assumed.iter().map(|(assumption, workers)| (*workers, lower(assumption.label()))));
    parts.sort_by_key(|(workers, _)| Reverse(*workers));
    let parts: Vec<String> = parts.into_iter().map(|(workers, what)| format!("{what} ({workers})")).collect();
    format!(
        "{}, {}: {} of {}, {} %, are not scored or have something assumed: {}.",
        team.team,
        file.file,
        team.unsure,
        count(team.workers as usize, "worker", "workers"),
        rounded(share(team.unsure, team.workers).unwrap_or_default(), 0),
        parts.join(", ")
    )
}

/// A label within a sentence; an abbreviation stays as it is.
fn lower(label: &str) -> String {
    let mut signs = label.chars();
    match (signs.next(), label.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(signs).collect(),
        _ => label.to_string(),
    }
}

fn assumptions(page: &mut Page, quality: &[Quality]) {
    page.gap();
    page.across(COLUMNS, "Assumptions made, by team", Look::Section);
    let lines: Vec<_> = teams(quality)
        .flat_map(|(file, team)| {
            team.assumed.iter().map(move |(assumption, workers)| (file, team, *assumption, *workers))
        })
        .collect();
    if lines.is_empty() {
        page.across(COLUMNS, "Nothing had to be assumed.", Look::Prose);
        return;
    }
    let heads = ["Team", "Workbook", "Assumed", "What that means", "Workers it is of", "Workers", "Share", "With any"];
    page.push(Cell::headings(&heads));
    for (file, team, assumption, workers) in lines {
        page.push(vec![
            Cell::text(&team.team).look(Look::Text),
            Cell::text(&file.file).look(Look::Text),
            Cell::text(assumption.label()).look(Look::Text),
            Cell::text(assumption.meaning()).look(Look::Text),
            whole(workers),
            whole(team.workers),
            percent(share(workers, team.workers)),
            percent(share(team.touched, team.workers)),
        ]);
    }
    let text = "Workers: those listed, but those named only beside somebody else's case. With any: the share of the team's workers \
                of whom anything at all is assumed. What is read one way for a whole sheet, such as names filled down, stands \
                among the findings below.";
    page.across(COLUMNS, text, Look::Muted);
}

fn rows(page: &mut Page, quality: &[Quality]) {
    page.gap();
    page.across(COLUMNS, "Rows read and set aside, by workbook", Look::Section);
    if quality.is_empty() {
        page.across(COLUMNS, "No workbook was read.", Look::Prose);
        return;
    }
    let heads =
        ["Workbook", "", "What became of it", "Why rows are set aside", "Rows read", "Counted", "Set aside", "Share"];
    let head = page.push(Cell::headings(&heads));
    page.spread(head, 0, 1, Look::Heading);
    for file in quality {
        let reasons: Vec<String> = file.set_aside.iter().map(|(reason, rows)| format!("{reason} {rows}")).collect();
        let row = page.push(vec![
            Cell::text(&file.file).look(Look::Text),
            Cell::default().look(Look::Text),
            Cell::text(file.status.label()).look(Look::Text),
            Cell::text(reasons.join("; ")).look(Look::Text),
            whole(file.read),
            whole(file.counted),
            whole(file.rows_set_aside()),
            percent(share(file.rows_set_aside(), file.read)),
        ]);
        page.spread(row, 0, 1, Look::Text);
        page.fit(row, &[(&file.file, 58), (&reasons.join("; "), 60)]);
    }
    let text = "Rows read are counted or set aside; none is lost. Blank rows, headings, totals and closed cases are set aside as they \
                should be; unreadable ones want a look.";
    page.across(COLUMNS, text, Look::Muted);
}

/// What a rule has found: teams, workbooks and how many findings.
#[derive(Default)]
struct OfRule<'a> {
    teams: BTreeSet<(&'a str, &'a str)>,
    workbooks: BTreeSet<&'a str>,
    findings: u32,
}

fn rules(page: &mut Page, quality: &[Quality]) {
    page.gap();
    page.across(COLUMNS, "Findings by rule", Look::Section);
    let mut found: BTreeMap<(Severity, &str, &str), OfRule> = BTreeMap::new();
    for file in quality {
        for (Found { team, rule, severity, what }, findings) in &file.found {
            let of = found.entry((*severity, rule, what)).or_default();
            of.workbooks.insert(&file.file);
            of.findings += findings;
            if !team.is_empty() {
                of.teams.insert((&file.file, team));
            }
        }
    }
    if found.is_empty() {
        page.across(COLUMNS, "Nothing was found.", Look::Prose);
        return;
    }
    let heads = ["Rule", "", "Assumed", "What it means", "Severity", "Teams", "Workbooks", "Findings"];
    let head = page.push(Cell::headings(&heads));
    page.spread(head, 0, 1, Look::Heading);
    for ((severity, rule, what), of) in found {
        let assumed = Assumption::of_rule(rule).map_or("", Assumption::label);
        let row = page.push(vec![
            Cell::text(rule).look(Look::Text),
            Cell::default().look(Look::Text),
            Cell::text(assumed).look(Look::Text),
            Cell::text(what).look(Look::Text),
            of_severity(severity),
            whole(of.teams.len() as u32),
            whole(of.workbooks.len() as u32),
            whole(of.findings),
        ]);
        page.spread(row, 0, 1, Look::Text);
        page.fit(row, &[(what, 60), (assumed, 30)]);
    }
    let text = "Teams: those that findings name. A finding about a whole sheet names none and counts for its workbook.";
    page.across(COLUMNS, text, Look::Muted);
}

fn findings(page: &mut Page, quality: &[Quality]) {
    page.gap();
    page.across(COLUMNS, "Findings by team and rule", Look::Section);
    if quality.iter().all(|file| file.found.is_empty()) {
        page.across(COLUMNS, "Nothing was found.", Look::Prose);
        return;
    }
    let head = page.push(Cell::headings(&["Team", "Workbook", "Rule", "What it means", "Severity", "Findings"]));
    for file in quality {
        for (Found { team, rule, severity, what }, findings) in &file.found {
            page.push(vec![
                Cell::text(if team.is_empty() { "whole workbook" } else { team }).look(Look::Text),
                Cell::text(&file.file).look(Look::Text),
                Cell::text(*rule).look(Look::Text),
                Cell::text(*what).look(Look::Text),
                of_severity(*severity),
                whole(*findings),
            ]);
        }
    }
    page.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(page.next() - 1, 5) });
}

fn of_severity(severity: Severity) -> Cell {
    let (word, tone) = match severity {
        Severity::Error => ("ERROR", Tone::Error),
        Severity::Warning => ("WARNING", Tone::Warning),
        Severity::Note => ("NOTE", Tone::Note),
    };
    Cell::text(word).look(Look::Rag).tone(tone)
}

/// A part in percent; `None` of nothing.
fn share(part: u32, of: u32) -> Option<Decimal> {
    (of > 0).then(|| Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::quality::FileStatus;

    fn team(name: &str, workers: u32, unsure: u32) -> TeamQuality {
        let assumed = [(Assumption::Fte, unsure)].into_iter().filter(|(_, workers)| *workers > 0).collect();
        TeamQuality { team: name.into(), workers, touched: unsure, unsure, assumed, ..TeamQuality::default() }
    }

    fn shown(quality: Vec<Quality>) -> Vec<String> {
        let page = page(&Directorate { quality, ..Directorate::default() });
        page.rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.shown().to_string()).collect()
    }

    #[test]
    fn teams_built_on_guesses_are_named_the_worst_first() {
        let teams = vec![team("A fifth", 5, 1), team("More", 5, 2), team("Most", 4, 4)];
        let file = Quality { file: "a.xlsx".into(), status: FileStatus::Annotated, teams, ..Quality::default() };
        let texts = shown(vec![file]);
        let at = texts.iter().position(|text| text == "Read with care").unwrap();
        assert_eq!(
            texts[at + 1..at + 3],
            [
                "Most, a.xlsx: 4 of 4 workers, 100 %, are not scored or have something assumed: FTE 1.0 assumed (4).",
                "More, a.xlsx: 2 of 5 workers, 40 %, are not scored or have something assumed: FTE 1.0 assumed (2)."
            ]
        );
        assert!(texts[at + 3].starts_with("Named are teams"), "a fifth is not more than a fifth");
    }

    #[test]
    fn a_workbook_that_could_not_be_read_is_told_first() {
        let file = Quality { file: "b.xlsx".into(), status: FileStatus::Unreadable, ..Quality::default() };
        let texts = shown(vec![file]);
        assert!(texts.iter().any(|text| text.starts_with("1 workbook could not be read") && text.contains("b.xlsx")));
    }
}
