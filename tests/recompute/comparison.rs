//! Every figure of directorate.xlsx by sheet and heading, reckoned from the tables; a figure that is not known here is
//! a difference.

use std::collections::BTreeSet;

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::fraction::Fraction;
use super::reckon::Line;
use super::tables::{Row, Tables};

/// Sheets that hold no figure of a team: policies with their own tests, and the runs of earlier months.
const OUTSIDE: &[&str] = &["Policy", "Trend", "How to read this"];

/// One team, the teams of a service area, or all.
struct Of<'a> {
    line: Line,
    teams: Vec<&'a Line>,
    whole: bool,
}

/// All that a figure may be made of.
struct All<'a> {
    teams: Vec<Of<'a>>,
    areas: Vec<Of<'a>>,
    whole: Of<'a>,
}

/// What stands under a heading, and how far a cell may be from it.
type Figure = (&'static str, f64, fn(&All, &Of) -> Option<Fraction>);

/// Formulas round to eight places, and where they multiply by 100, to six.
const FORMULA: f64 = 1e-8;
const POINTS: f64 = 1e-6;
/// Six places stand.
const SIX: f64 = 5e-7 + 1e-12;
/// A difference of two shares of six places, in percent.
const APART: f64 = 1e-4 + 1e-9;
const EXACT: f64 = 1e-9;

struct Sheet {
    name: String,
    cells: Vec<Vec<Data>>,
}

impl Sheet {
    fn cell(&self, row: usize, column: usize) -> &Data {
        self.cells.get(row).and_then(|row| row.get(column)).unwrap_or(&Data::Empty)
    }

    fn text(&self, row: usize, column: usize) -> String {
        self.cell(row, column).to_string().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first table whose first heading is this one: its row, and the headings.
    fn table(&self, first: &str) -> Option<(usize, Vec<String>)> {
        let header = (0..self.cells.len()).find(|row| {
            self.text(*row, 0) == first && !self.text(*row, 1).is_empty()
                || self.text(*row, 0) == first && !self.text(*row, 2).is_empty()
        })?;
        Some((header, (0..self.cells[header].len()).map(|at| self.text(header, at)).collect()))
    }

    fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.cell(row, column) {
            Data::Float(number) => Some(*number),
            Data::Int(number) => Some(*number as f64),
            _ => None,
        }
    }
}

/// What differs between the comparison and the tables it was made with; `england` are the published averages,
/// `before` the limits used by all teams in the earlier run.
pub fn differences(tables: &Tables, lines: &[Line], before: Option<Fraction>, england: &[Fraction]) -> Vec<String> {
    let mut book: Xlsx<_> = open_workbook(tables.out.join("directorate.xlsx")).unwrap();
    let sheets: Vec<Sheet> = book
        .worksheets()
        .into_iter()
        .map(|(name, range)| {
            let (rows, columns) = range.end().unwrap_or_default();
            let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
            let cells = (0..=rows).map(|row| (0..=columns).map(|column| cell(row, column)).collect()).collect();
            Sheet { name, cells }
        })
        .collect();
    let of = |keep: &dyn Fn(&Line) -> bool| {
        let teams: Vec<&Line> = lines.iter().filter(|line| keep(line)).collect();
        Of { line: Line::together(&teams), teams, whole: false }
    };
    let mut areas: Vec<String> = lines.iter().map(|line| line.area.clone()).collect();
    areas.sort_unstable();
    areas.dedup();
    let mut whole = Line::together(&lines.iter().collect::<Vec<_>>());
    whole.change = before.and_then(|before| Some(whole.limit_utilisation()?.rounded(2) - before.rounded(2)));
    let all = All {
        teams: lines.iter().map(|line| Of { line: line.clone(), teams: vec![line], whole: false }).collect(),
        areas: areas.iter().map(|area| of(&|line| line.area == *area)).collect(),
        whole: Of { line: whole, whole: true, ..of(&|_| true) },
    };
    let england_now = *england.last().unwrap();
    let sheet = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
    let assumed = sheet("Workers").map(|workers| assumed(workers, sheet("Data quality").unwrap(), tables));
    let assumed = assumed.unwrap_or_default();
    let (seen, differences) = (BTreeSet::new(), Vec::new());
    let mut check = Check { all, tables, assumed, england: england_now, seen, differences };
    for sheet in sheets.iter().filter(|sheet| !OUTSIDE.contains(&sheet.name.as_str())) {
        check.sheet(sheet, england);
    }
    check.differences
}

/// What is assumed of each worker: file, team and each thing.
type Assumed = Vec<(String, String, Vec<String>)>;

/// What the sheet "Workers" says, and what is taken by rules that "Data quality" marks so.
fn assumed(workers: &Sheet, quality: &Sheet, tables: &Tables) -> Assumed {
    let (header, headings) = workers.table("Worker").unwrap();
    let at = |heading: &str| headings.iter().position(|own| own == heading).unwrap();
    let rules: BTreeSet<String> = (0..quality.cells.len())
        .filter(|row| quality.text(*row, 2) == READING && !quality.text(*row, 0).contains(' '))
        .map(|row| quality.text(row, 0))
        .collect();
    let things = |row| {
        let which = workers.text(row, at("Which"));
        let mut all: Vec<String> = which.split("; ").filter(|thing| !thing.is_empty()).map(String::from).collect();
        let [name, team, file] = ["Worker", "Team", "Workbook"].map(|heading| workers.text(row, at(heading)));
        let key = (file, team);
        let mut found = tables.findings.iter().filter(|found| found.team() == key && found.text("worker") == name);
        if found.any(|found| rules.contains(found.text("rule"))) {
            all.push(READING.into());
        }
        (key.0, key.1, all)
    };
    let rows = (header + 1..workers.cells.len()).filter(|row| !workers.text(*row, 0).is_empty());
    rows.map(things).collect()
}

const READING: &str = "One meaning taken of several";

struct Check<'a> {
    all: All<'a>,
    tables: &'a Tables,
    assumed: Assumed,
    england: Fraction,
    seen: BTreeSet<(usize, usize)>,
    differences: Vec<String>,
}

impl Check<'_> {
    fn sheet(&mut self, sheet: &Sheet, england: &[Fraction]) {
        self.seen.clear();
        let figures = match sheet.name.as_str() {
            "Overview" => self.overview(sheet),
            "Teams" => {
                // The edges of the words, in percent: the bands of limits (domain section 3).
                [(4, 95), (6, 100), (8, 110)]
                    .into_iter()
                    .for_each(|(column, edge)| self.is(sheet, 2, column, Fraction::whole(edge)));
                TEAMS
            }
            "Workers" => {
                self.workers(sheet);
                &[]
            }
            "Data quality" => {
                self.quality(sheet);
                &[]
            }
            "Values" => VALUES,
            "Capacity" => {
                // How many more children are asked about.
                (13..16).zip([1, 5, 10]).for_each(|(column, more)| self.is(sheet, 3, column, Fraction::whole(more)));
                CAPACITY
            }
            "Fairness" => FAIRNESS,
            "Benchmarks" => {
                self.benchmarks(sheet, england);
                BENCHMARKS
            }
            _ => &[],
        };
        for header in 0..sheet.cells.len() {
            let headings: Vec<String> = (0..sheet.cells[header].len()).map(|at| sheet.text(header, at)).collect();
            if !figures.is_empty() && headings.iter().any(|heading| heading == "Team") {
                self.table(sheet, header, &headings, figures);
            }
        }
        for row in 0..sheet.cells.len() {
            for column in 0..sheet.cells[row].len() {
                if sheet.number(row, column).is_some() && !self.seen.contains(&(row, column)) {
                    self.differ(sheet, row, column, "a figure that nothing reckons");
                }
            }
        }
    }

    /// The rows below a header up to the first without a team.
    fn table(&mut self, sheet: &Sheet, header: usize, headings: &[String], figures: &[Figure]) {
        let at = |heading: &str| headings.iter().position(|own| own == heading);
        let team = at("Team").unwrap();
        let machine_names = usize::from(sheet.text(header + 1, team) == "team");
        let below =
            (header + 1 + machine_names..sheet.cells.len()).take_while(|row| !sheet.text(*row, team).is_empty());
        // All together may stand above.
        let above = header.checked_sub(1).filter(|row| sheet.text(*row, team) == "All teams together");
        for row in above.into_iter().chain(below) {
            let name = sheet.text(row, team);
            let number = at("No.").and_then(|column| sheet.number(row, column));
            if let Some(column) = at("No.").filter(|_| number.is_some()) {
                self.seen.insert((row, column));
            }
            let book = at("Workbook").map(|column| sheet.text(row, column));
            let area = at("Service area").map(|column| sheet.text(row, column));
            let fits = |of: &Of| of.line.team == name && book.as_ref().is_none_or(|book| *book == of.line.file);
            let found: Vec<&Of> = match number {
                Some(number) => self.all.teams.get(number as usize - 1).filter(|of| fits(of)).into_iter().collect(),
                None if name == "All teams together" => vec![&self.all.whole],
                None if name.ends_with(['s', 'm']) && name.contains(" team") => {
                    self.all.areas.iter().filter(|of| Some(label(&of.line.area)) == area.as_deref()).collect()
                }
                None => self.all.teams.iter().filter(|of| fits(of)).collect(),
            };
            // Two teams of one name: one of them must agree.
            let told: Vec<Vec<(usize, String)>> =
                found.iter().map(|of| self.row(sheet, row, headings, figures, of)).collect();
            let numbers = (0..headings.len()).filter(|column| figures.iter().any(|of| same(of.0, &headings[*column])));
            self.seen.extend(numbers.map(|column| (row, column)));
            match told.into_iter().min_by_key(Vec::len) {
                None => self.differ(sheet, row, team, "no such team"),
                Some(wrong) => wrong.into_iter().for_each(|(column, why)| self.differ(sheet, row, column, &why)),
            }
        }
    }

    fn row(&self, sheet: &Sheet, row: usize, headings: &[String], figures: &[Figure], of: &Of) -> Vec<(usize, String)> {
        let mut wrong = Vec::new();
        let mut left: Vec<&Figure> = figures.iter().collect();
        for (column, heading) in headings.iter().enumerate() {
            let Some(at) = left.iter().position(|figure| same(figure.0, heading)) else { continue };
            // Of two columns of one heading the first in the list is the first on the sheet.
            let (_, near, reckon) = left.remove(at);
            let (stands, reckoned) = (sheet.number(row, column), reckon(&self.all, of));
            let agrees = match (stands, reckoned) {
                (Some(stands), Some(reckoned)) => (stands - reckoned.number()).abs() <= *near,
                (stands, reckoned) => stands.is_none() && reckoned.is_none(),
            };
            if !agrees {
                wrong.push((column, format!("{heading} of {}: {reckoned:?} reckoned", of.line.team)));
            }
        }
        wrong
    }

    /// The headline figures below their words, and the sentences that hold figures.
    fn overview(&mut self, sheet: &Sheet) -> &'static [Figure] {
        let header = (0..sheet.cells.len()).find(|row| sheet.text(*row, 0) == "Limits used").unwrap();
        let mut told = 0;
        for column in 0..sheet.cells[header].len() {
            let label = sheet.text(header, column);
            let Some((_, near, reckon)) = HEADLINES.iter().find(|(own, ..)| *own == label) else { continue };
            told += 1;
            let (stands, reckoned) = (sheet.number(header + 1, column), reckon(&self.all, &self.all.whole));
            self.seen.insert((header + 1, column));
            let agrees = match (stands, reckoned) {
                (Some(stands), Some(reckoned)) => (stands - reckoned.number()).abs() <= *near,
                (stands, reckoned) => stands.is_none() && reckoned.is_none(),
            };
            if !agrees {
                self.differ(sheet, header + 1, column, &format!("{label}: {reckoned:?} reckoned"));
            }
        }
        assert_eq!(told, HEADLINES.len(), "headlines of the overview");
        let of = |column: &str| own(&self.all.whole, column).unwrap_or_default();
        let workers = of("workers");
        let colour = |word: &str, column: &str| {
            let share = of(column).percent(workers).unwrap_or_default().rounded(0);
            format!("{word} {} ({} %)", of(column).number(), share.number())
        };
        let sentences = [
            colour("RED", "red"),
            colour("AMBER", "amber"),
            colour("GREEN", "green"),
            colour("NOT SCORED", "not_scored"),
            format!("of {} workers; {} of {}", workers.number(), of("over_limit").number(), of("limit_rated").number()),
            format!("none is expected; {} ha", of("children").number()),
        ];
        let texts: Vec<String> = sheet
            .cells
            .iter()
            .enumerate()
            .flat_map(|(row, cells)| (0..cells.len()).map(move |column| sheet.text(row, column)))
            .collect();
        for sentence in
            sentences.iter().filter(|sentence| !texts.iter().any(|text| text.starts_with(sentence.as_str())))
        {
            self.differences.push(format!("Overview: no cell says {sentence:?}"));
        }
        // The three things to look at are numbered.
        for row in header..sheet.cells.len() {
            if sheet.number(row, 0).is_some_and(|number| [1.0, 2.0, 3.0].contains(&number))
                && sheet.text(row, 1).len() > 20
            {
                self.seen.insert((row, 0));
            }
        }
        &[]
    }

    /// Worker by worker, as workers.csv and ratings.csv have them.
    fn workers(&mut self, sheet: &Sheet) {
        let (header, headings) = sheet.table("Worker").unwrap();
        let at = |heading: &str| headings.iter().position(|own| own == heading).unwrap();
        let tables = self.tables;
        for (number, worker) in tables.workers.iter().enumerate() {
            let row = header + 1 + number;
            let told = [at("Worker"), at("Team"), at("Workbook")].map(|column| sheet.text(row, column));
            let known = ["worker", "team", "file"].map(|column| worker.text(column).to_string());
            if told != known {
                self.differ(sheet, row, 0, "another worker stands in workers.csv");
                continue;
            }
            let used = |measure: &str| {
                let own = |rating: &&Row| {
                    let same = rating.team() == worker.team() && rating.text("worker") == worker.text("worker");
                    same && rating.text("measure") == measure && rating.text("rag") != "not-scored"
                };
                let ratings: Vec<&Row> = tables.ratings.iter().filter(own).collect();
                // Those for advice only where there are no others.
                let binds = |rating: &&&Row| rating.text("advisory") != "yes";
                let some = ratings.iter().any(|rating| binds(&rating));
                let ratings = ratings.iter().filter(|rating| !some || measure != "limit" || binds(rating));
                ratings.filter_map(|rating| rating.figure("load")?.by(rating.figure("upper")?)).max()
            };
            let which = sheet.text(row, at("Which")).split("; ").filter(|thing| !thing.is_empty()).count();
            let figures = [
                ("Limits used", used("limit")),
                ("Points used", used("points")),
                ("FTE", worker.figure("fte")),
                ("Children", worker.figure("children")),
                ("Families", worker.figure("households")),
                ("CP", worker.figure("cp")),
                ("In our care", worker.figure("cioc")),
                ("In care proceedings", worker.figure("care_proceedings")),
                ("Co-worked", worker.figure("co_worked")),
                ("Awaiting a move", worker.figure("awaiting_move")),
                ("Things assumed", Some(Fraction::whole(which as i128))),
            ];
            for (heading, figure) in figures {
                self.tells(sheet, row, at(heading), figure);
            }
        }
    }

    /// What was found and set aside, as findings.csv and sheets.csv have it.
    fn quality(&mut self, sheet: &Sheet) {
        let tables = self.tables;
        let count = |number: usize| Some(Fraction::whole(number as i128));
        let rows_of = |first: &str| {
            let (header, headings) = sheet.table(first)?;
            Some(((header + 1..sheet.cells.len()).take_while(|row| !sheet.text(*row, 0).is_empty()), headings))
        };
        let next = |header: &str, second: &str| {
            (0..sheet.cells.len()).find(|row| sheet.text(*row, 0) == header && sheet.text(*row, 2) == second)
        };
        if let Some(header) = next("Team", "Assumed") {
            // Who is meant stands on "Workers", which is there only where it is asked for.
            for row in (header + 1..sheet.cells.len()).take_while(|row| sheet.number(*row, 4).is_some()) {
                let [team, file, thing] = [0, 1, 2].map(|column| sheet.text(row, column));
                let own: Vec<_> = self.assumed.iter().filter(|(of, name, _)| *of == file && *name == team).collect();
                let with = own.iter().filter(|(.., things)| things.contains(&thing)).count();
                let any = own.iter().filter(|(.., things)| !things.is_empty()).count();
                if own.is_empty() {
                    self.seen.extend((4..8).map(|column| (row, column)));
                    continue;
                }
                let workers = sheet.number(row, 5).map_or(0, |workers| workers as usize);
                let share = |part: usize| Fraction::whole(part as i128).by(Fraction::whole(workers as i128));
                [count(with), count(workers), share(with), share(any)]
                    .into_iter()
                    .enumerate()
                    .for_each(|(at, figure)| self.tells(sheet, row, 4 + at, figure));
            }
        }
        if let Some((rows, _)) = rows_of("Workbook") {
            for row in rows.filter(|row| sheet.number(*row, 4).is_some()) {
                let file = sheet.text(row, 0);
                let sum = |column: &str| {
                    let own = tables.sheets.iter().filter(|sheet| sheet.text("file") == file);
                    own.filter_map(|sheet| sheet.figure(column)).sum::<Fraction>()
                };
                let (read, aside) = (sum("rows_read"), sum("rows_set_aside"));
                [Some(read), Some(sum("rows_counted")), Some(aside), aside.by(read)]
                    .into_iter()
                    .enumerate()
                    .for_each(|(at, figure)| self.tells(sheet, row, 4 + at, figure));
            }
        }
        let said = |finding: &&Row, rule: &str, severity: &str| {
            finding.text("rule") == rule && finding.text("severity") == severity.to_lowercase()
        };
        if let Some((rows, _)) = rows_of("Rule") {
            for row in rows.filter(|row| sheet.number(*row, 6).is_some()) {
                let (rule, severity) = (sheet.text(row, 0), sheet.text(row, 4));
                let own: Vec<&Row> = tables.findings.iter().filter(|row| said(row, &rule, &severity)).collect();
                let teams: BTreeSet<_> =
                    own.iter().map(|row| row.team()).filter(|(_, team)| !team.is_empty()).collect();
                let files: BTreeSet<_> = own.iter().map(|row| row.text("file")).collect();
                [teams.len(), files.len(), own.len()]
                    .into_iter()
                    .enumerate()
                    .for_each(|(at, figure)| self.tells(sheet, row, 5 + at, count(figure)));
            }
        }
        if let Some(header) = next("Team", "Rule") {
            for row in (header + 1..sheet.cells.len()).take_while(|row| sheet.number(*row, 5).is_some()) {
                let [team, file, rule, severity] = [0, 1, 2, 4].map(|column| sheet.text(row, column));
                let team = if team == "whole workbook" { String::new() } else { team };
                let key = (file, team);
                let own = tables.findings.iter().filter(|row| row.team() == key && said(row, &rule, &severity));
                self.tells(sheet, row, 5, count(own.count()));
            }
        }
    }

    /// A cell with six places, or empty of figures where there is none.
    fn tells(&mut self, sheet: &Sheet, row: usize, column: usize, figure: Option<Fraction>) {
        self.seen.insert((row, column));
        let agrees = match (sheet.number(row, column), figure) {
            (Some(stands), Some(figure)) => (stands - figure.number()).abs() <= SIX,
            (stands, figure) => stands.is_none() && figure.is_none(),
        };
        if !agrees {
            self.differ(sheet, row, column, &format!("{figure:?} reckoned"));
        }
    }

    /// England's average beside the table, and the published ones over the years.
    fn benchmarks(&mut self, sheet: &Sheet, england: &[Fraction]) {
        self.is(sheet, 3, 12, self.england);
        let top = (0..sheet.cells.len()).find(|row| sheet.text(*row, 2) == "Cases per FTE").unwrap();
        england.iter().enumerate().for_each(|(at, average)| self.is(sheet, top + 1 + at, 2, *average));
        // The directorate's own stands below.
        self.tells(sheet, top + 1 + england.len(), 2, own(&self.all.whole, "average_caseload"));
        for row in 0..sheet.cells.len() {
            let column = (0..sheet.cells[row].len()).find(|column| sheet.text(row, *column) == "England");
            if let Some(column) =
                column.filter(|_| sheet.text(row, 1) == "Team" && sheet.text(row, 2) == "Average caseload")
            {
                let filled = (row + 1..sheet.cells.len()).take_while(|row| !sheet.text(*row, 1).is_empty());
                filled.for_each(|row| self.is(sheet, row, column, self.england));
            }
        }
    }

    fn is(&mut self, sheet: &Sheet, row: usize, column: usize, figure: Fraction) {
        self.seen.insert((row, column));
        if sheet.number(row, column).is_none_or(|number| (number - figure.number()).abs() > EXACT) {
            self.differ(sheet, row, column, &format!("{figure:?} expected"));
        }
    }

    fn differ(&mut self, sheet: &Sheet, row: usize, column: usize, why: &str) {
        let cell = sheet.cell(row, column);
        self.differences.push(format!("{} row {} column {}: {cell} stands, {why}", sheet.name, row + 1, column + 1));
    }
}

/// Whether two headings are the same but for where a long word is parted for a narrow column.
fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    letters(one) == letters(other)
}

/// What the sheets call a service area.
fn label(area: &str) -> &'static str {
    match area {
        "assessment" => "Assessment",
        "locality" => "Locality / field",
        "disabilities" => "Children with Disabilities",
        "iro" => "Independent Reviewing Officers",
        "in-care" => "Children in Our Care",
        "fostering" => "Fostering",
        "leaving-care" => "Leaving Care",
        _ => "not known",
    }
}

fn own(of: &Of, column: &str) -> Option<Fraction> {
    of.line.figures().get(column).copied().flatten()
}

fn share(of: &Of, column: &str) -> Option<Fraction> {
    own(of, column).map(|percent| percent / Fraction::whole(100))
}

fn rated(of: &Of, least: usize) -> bool {
    of.line.loads.len() >= least
}

fn if_rated(of: &Of, column: &str) -> Option<Fraction> {
    own(of, column).filter(|_| rated(of, 1))
}

/// What one child more in each team asks for, in posts.
fn one_more(of: &Of) -> Fraction {
    let each = |line: &&Line| line.limit_fte().by(line.limit_upper()).unwrap_or_default();
    of.teams.iter().map(each).sum()
}

fn gap_with_more(of: &Of, more: i128) -> Option<Fraction> {
    let gap = own(of, "net_gap_fte").filter(|_| of.line.limit_upper() != Fraction::ZERO)?;
    Some((gap + Fraction::whole(more) * one_more(of)).rounded(2))
}

fn gap_with_one_away(of: &Of) -> Option<Fraction> {
    let away = of.teams.iter().filter_map(|line| line.figures()["fte_if_away"]).sum::<Fraction>();
    if_rated(of, "net_gap_fte").map(|gap| (gap + away).rounded(2))
}

fn step(of: &Of, from: &str, to: &str) -> Option<Fraction> {
    Some(share(of, to)? - share(of, from)?)
}

fn beside_all(all: &All, of: &Of, column: &str) -> Option<Fraction> {
    // The whole is not set beside itself.
    let whole = own(&all.whole, column).filter(|whole| !of.whole && *whole != Fraction::ZERO)?;
    Some(own(of, column)? / whole)
}

fn spread(of: &Of) -> Option<Fraction> {
    Some(own(of, "most_utilised")? - own(of, "least_utilised")?)
}

const HEADLINES: &[Figure] = &[
    ("Limits used", SIX, |_, of| share(of, "limit_utilisation")),
    ("Workers rated red", EXACT, |_, of| own(of, "red")),
    ("Teams over their limits", EXACT, |all, _| {
        let hundred = Some(Fraction::whole(100));
        Some(Fraction::whole(all.teams.iter().filter(|of| of.line.limit_utilisation() > hundred).count() as i128))
    }),
    ("Children nobody holds", EXACT, |_, of| own(of, "unallocated")),
    ("FTE needed", SIX, |_, of| own(of, "fte_needed")),
    ("Average caseload", SIX, |_, of| own(of, "average_caseload")),
];

const TEAMS: &[Figure] = &[
    ("Limits used", EXACT, |_, of| share(of, "limit_utilisation")),
    ("Rank", EXACT, |_, of| own(of, "rank")),
    ("Quartile", EXACT, |_, of| own(of, "quartile")),
    ("Distance from all teams, points", SIX, |all, of| {
        own(of, "rank")?;
        Some(own(of, "limit_utilisation")? - own(&all.whole, "limit_utilisation")?)
    }),
    ("Change since last run, points", SIX, |_, of| own(of, "change")),
    ("Red", EXACT, |_, of| own(of, "red")),
    ("Amber", EXACT, |_, of| own(of, "amber")),
    ("Green", EXACT, |_, of| own(of, "green")),
    ("Not scored", EXACT, |_, of| own(of, "not_scored")),
    ("Over their limit", SIX, |_, of| share(of, "over_limit_share")),
    ("Children nobody holds", SIX, |_, of| own(of, "unallocated")),
    ("FTE needed", SIX, |_, of| if_rated(of, "fte_needed")),
    ("Headroom in children", SIX, |_, of| if_rated(of, "headroom_children")),
    ("Workers", SIX, |_, of| own(of, "workers")),
    ("FTE", SIX, |_, of| own(of, "fte")),
    ("Children", SIX, |_, of| own(of, "children")),
    ("Families", SIX, |_, of| own(of, "households")),
    ("Children per FTE", SIX, |_, of| own(of, "children_per_fte")),
    ("Average caseload (official)", SIX, |_, of| own(of, "average_caseload")),
    ("Points used", SIX, |_, of| share(of, "points_utilisation")),
    ("CP", SIX, |_, of| own(of, "cp")),
    ("In our care", SIX, |_, of| own(of, "cioc")),
    ("In care proceedings", SIX, |_, of| own(of, "care_proceedings")),
    ("CP per FTE", SIX, |_, of| own(of, "cp_per_fte")),
    ("In care per FTE", SIX, |_, of| own(of, "cioc_per_fte")),
    ("Proceedings per FTE", SIX, |_, of| own(of, "proceedings_per_fte")),
    ("Least loaded", SIX, |_, of| share(of, "least_utilised")),
    ("Most loaded", SIX, |_, of| share(of, "most_utilised")),
    ("Spread, points", APART, |_, of| spread(of)),
    ("Up to the limit", EXACT, |_, of| {
        Some(share(of, "limit_utilisation").unwrap_or_default().min(Fraction::whole(1)))
    }),
    ("Above the limit", EXACT, |_, of| {
        let above = share(of, "limit_utilisation").unwrap_or_default() - Fraction::whole(1);
        Some(above.max(Fraction::ZERO))
    }),
];

const VALUES: &[Figure] = &[
    ("Workers", EXACT, |_, of| own(of, "workers")),
    ("FTE", EXACT, |_, of| own(of, "fte")),
    ("Children", EXACT, |_, of| own(of, "children")),
    ("Families", EXACT, |_, of| own(of, "households")),
    ("CP", EXACT, |_, of| own(of, "cp")),
    ("In our care", EXACT, |_, of| own(of, "cioc")),
    ("Families in care proceedings", EXACT, |_, of| own(of, "care_proceedings")),
    ("Children nobody holds", EXACT, |_, of| own(of, "unallocated")),
    ("Red", EXACT, |_, of| own(of, "red")),
    ("Amber", EXACT, |_, of| own(of, "amber")),
    ("Green", EXACT, |_, of| own(of, "green")),
    ("Not scored", EXACT, |_, of| own(of, "not_scored")),
    ("Load by limits", EXACT, |_, of| own(of, "limit_load")),
    ("Limits", EXACT, |_, of| own(of, "limit_upper")),
    ("FTE rated by limits", EXACT, |_, of| own(of, "limit_fte")),
    ("Workers rated by limits", EXACT, |_, of| own(of, "limit_rated")),
    ("Workers over limit", EXACT, |_, of| own(of, "over_limit")),
    ("Points", EXACT, |_, of| own(of, "points_load")),
    ("Benchmarks in points", EXACT, |_, of| own(of, "points_benchmark")),
    ("Least loaded worker", EXACT, |_, of| share(of, "least_utilised")),
    ("Lower quartile of workers", EXACT, |_, of| share(of, "lower_quartile_utilised")),
    ("Median worker", EXACT, |_, of| share(of, "median_utilised")),
    ("Upper quartile of workers", EXACT, |_, of| share(of, "upper_quartile_utilised")),
    ("Most loaded worker", EXACT, |_, of| share(of, "most_utilised")),
    ("Hoover index", EXACT, |_, of| share(of, "hoover")),
    ("NQSWs", EXACT, |_, of| own(of, "nqsw")),
    ("FTE of NQSWs", EXACT, |_, of| own(of, "nqsw_fte")),
    ("Load of NQSWs", EXACT, |_, of| own(of, "nqsw_load")),
    ("Part-time workers", EXACT, |_, of| own(of, "part_time")),
    ("FTE of part-time workers", EXACT, |_, of| own(of, "part_time_fte")),
    ("Load of part-time workers", EXACT, |_, of| own(of, "part_time_load")),
    ("Full-time workers", EXACT, |_, of| own(of, "full_time")),
    ("FTE of full-time workers", EXACT, |_, of| own(of, "full_time_fte")),
    ("Load of full-time workers", EXACT, |_, of| own(of, "full_time_load")),
    ("Cases (official)", EXACT, |_, of| own(of, "cases")),
    ("FTE holding cases (official)", EXACT, |_, of| own(of, "cases_fte")),
    ("Social workers left out (official)", EXACT, |_, of| own(of, "cases_left_out")),
    ("FTE needed", EXACT, |_, of| own(of, "fte_needed")),
    ("FTE of room", EXACT, |_, of| own(of, "fte_room")),
    ("FTE lacking if one worker is away", EXACT, |_, of| own(of, "fte_if_away")),
    ("Headroom in children", EXACT, |_, of| own(of, "headroom_children")),
    ("Children above limits", EXACT, |_, of| own(of, "children_over")),
    ("Limits used in the last run", EXACT, |_, of| {
        Some((own(of, "limit_utilisation")?.rounded(2) - own(of, "change")?) / Fraction::whole(100))
    }),
    ("Limits of NQSWs", EXACT, |_, of| own(of, "nqsw_upper")),
    ("NQSWs over limit", EXACT, |_, of| own(of, "nqsw_over")),
    ("Limits of part-time workers", EXACT, |_, of| own(of, "part_time_upper")),
    ("Limits of full-time workers", EXACT, |_, of| own(of, "full_time_upper")),
    ("FTE for one child more", EXACT, |_, of| of.line.limit_fte().by(of.line.limit_upper())),
];

const CAPACITY: &[Figure] = &[
    ("FTE", FORMULA, |_, of| own(of, "fte").filter(|fte| *fte != Fraction::ZERO)),
    ("Children nobody holds", FORMULA, |_, of| own(of, "unallocated")),
    ("Children above limits", FORMULA, |_, of| if_rated(of, "children_over")),
    ("FTE needed", FORMULA, |_, of| if_rated(of, "fte_needed")),
    ("Headroom in children", FORMULA, |_, of| if_rated(of, "headroom_children")),
    ("Room in FTE", FORMULA, |_, of| if_rated(of, "fte_room")),
    ("Net gap in FTE", FORMULA, |_, of| if_rated(of, "net_gap_fte").map(|gap| gap.rounded(2))),
    ("Headroom elsewhere in the area, children", FORMULA, |all, of| {
        // Teams of no known area share none.
        let known = !of.line.file.is_empty() && !of.line.area.is_empty();
        let area = all.areas.iter().find(|area| known && area.line.area == of.line.area)?;
        Some(own(area, "headroom_children")? - own(of, "headroom_children")?)
    }),
    ("Net gap with so many more", FORMULA, |_, of| gap_with_more(of, 1)),
    ("Net gap with so many more", FORMULA, |_, of| gap_with_more(of, 5)),
    ("Net gap with so many more", FORMULA, |_, of| gap_with_more(of, 10)),
    ("Net gap with one worker away", FORMULA, |_, of| gap_with_one_away(of)),
    ("Workers not rated by limits", FORMULA, |_, of| Some(own(of, "workers")? - own(of, "limit_rated")?)),
    ("Room, below nought", FORMULA, |_, of| own(of, "fte_room").map(|room| -room)),
];

const FAIRNESS: &[Figure] = &[
    ("Workers rated by limits", FORMULA, |_, of| own(of, "limit_rated")),
    ("Least loaded", FORMULA, |_, of| share(of, "least_utilised")),
    ("Lower quartile", FORMULA, |_, of| share(of, "lower_quartile_utilised")),
    ("Median", FORMULA, |_, of| share(of, "median_utilised")),
    ("Upper quartile", FORMULA, |_, of| share(of, "upper_quartile_utilised")),
    ("Most loaded", FORMULA, |_, of| share(of, "most_utilised")),
    ("Most less least, points", POINTS, |_, of| spread(of).filter(|_| rated(of, 2))),
    ("Unevenness (Hoover)", SIX, |_, of| share(of, "hoover").filter(|_| rated(of, 2))),
    ("NQSWs rated", FORMULA, |_, of| own(of, "nqsw").filter(|_| of.line.nqsw.workers > 0)),
    ("FTE", FORMULA, |_, of| own(of, "nqsw_fte").filter(|_| of.line.nqsw.workers > 0)),
    ("Load", FORMULA, |_, of| own(of, "nqsw_load").filter(|_| of.line.nqsw.workers > 0)),
    ("Share of the load", FORMULA, |_, of| share(of, "nqsw_load_share").filter(|_| of.line.nqsw.workers > 0)),
    ("Share of the FTE", FORMULA, |_, of| {
        of.line.nqsw.fte.by(of.line.limit_fte()).filter(|_| of.line.nqsw.workers > 0)
    }),
    ("Their limits used", FORMULA, |_, of| of.line.nqsw.load.by(of.line.nqsw.upper)),
    ("Part-timers rated", FORMULA, |_, of| own(of, "part_time").filter(|_| of.line.part_time.workers > 0)),
    ("Load per FTE", FORMULA, |_, of| own(of, "part_time_per_fte")),
    ("Their limits used", FORMULA, |_, of| of.line.part_time.load.by(of.line.part_time.upper)),
    ("Full-timers rated", FORMULA, |_, of| own(of, "full_time").filter(|_| of.line.full_time.workers > 0)),
    ("Load per FTE", FORMULA, |_, of| own(of, "full_time_per_fte")),
    ("Their limits used", FORMULA, |_, of| of.line.full_time.load.by(of.line.full_time.upper)),
    ("to lower quartile", FORMULA, |_, of| step(of, "least_utilised", "lower_quartile_utilised")),
    ("to median", FORMULA, |_, of| step(of, "lower_quartile_utilised", "median_utilised")),
    ("to upper quartile", FORMULA, |_, of| step(of, "median_utilised", "upper_quartile_utilised")),
    ("to most loaded", FORMULA, |_, of| step(of, "upper_quartile_utilised", "most_utilised")),
    ("Limit", EXACT, |_, _| Some(Fraction::whole(1))),
];

const BENCHMARKS: &[Figure] = &[
    ("Limits used", FORMULA, |_, of| share(of, "limit_utilisation")),
    ("Points used", FORMULA, |_, of| share(of, "points_utilisation")),
    ("Children per FTE", FORMULA, |_, of| own(of, "children_per_fte").filter(|all| *all != Fraction::ZERO)),
    ("more or less than all", FORMULA, |all, of| {
        own(of, "children").filter(|all| *all != Fraction::ZERO)?;
        beside_all(all, of, "children_per_fte").map(|times| times - Fraction::whole(1))
    }),
    ("Limits used less all, points", POINTS, |all, of| {
        beside_all(all, of, "limit_utilisation")?;
        Some(own(of, "limit_utilisation")? - own(&all.whole, "limit_utilisation")?)
    }),
    ("Average caseload", FORMULA, |_, of| own(of, "average_caseload")),
    ("less England's, cases per FTE", FORMULA, |_, of| Some(own(of, "average_caseload")? - england())),
    ("in percent", FORMULA, |_, of| Some(own(of, "average_caseload")? / england() - Fraction::whole(1))),
    ("Social workers left out", FORMULA, |_, of| own(of, "cases_left_out")),
];

/// The latest published average, 30 September 2024.
fn england() -> Fraction {
    Fraction::read("15.4").unwrap()
}
