//! What the rules look at, and the ways of looking that several of them share.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::phrase::count;
use crate::book::sheet::{CellRef, Place};
use crate::field::caseload::{Case, Caseload, ELSEWHERE, Entry, FteFigure, FteRead, Subject, Team, TimeForm, Worker};
use crate::field::elsewhere::Elsewhere;
use crate::field::finding::{Finding, Rule, Severity};
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState, TableReading};
use crate::policy::{PointsFrom, Policies, Policy, Whom};

/// What a rule may look at.
pub struct View<'a> {
    /// The workbook as understood.
    pub caseload: &'a Caseload,
    /// The policies of the run, with the date they are judged on.
    pub policies: &'a Policies,
    /// What the other workbooks of the run say of the same children and workers.
    pub elsewhere: &'a Elsewhere,
}

/// A counted row with those it belongs to.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The team that lists it.
    pub team: &'a Team,
    /// The worker who holds it or helps with it; nobody for an unallocated one.
    pub worker: Option<&'a Worker>,
    /// The row itself.
    pub case: &'a Case,
}

/// A worker as one team lists them.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    /// The team.
    pub team: &'a Team,
    /// The worker.
    pub worker: &'a Worker,
}

impl Row<'_> {
    /// A finding about this row, at one of its cells or else at the cell that stands for it.
    pub fn finding(&self, rule: &'static Rule, at: Option<Place>, message: impl Into<String>) -> Finding {
        let finding = rule.finding(at.or(Some(self.case.place)), message).in_team(&self.team.name);
        match self.worker {
            Some(worker) => finding.of_worker(&worker.name),
            None => finding,
        }
    }

    /// A finding about a cell that was not understood, which is quoted for the manager alone.
    pub fn unclear<T>(&self, rule: &'static Rule, entry: &Entry<T>, message: &str) -> Option<Finding> {
        let (text, at) = not_understood(entry)?;
        Some(self.finding(rule, Some(at), message).quoting(text))
    }

    /// Findings about words of this meaning beside others that were understood.
    pub fn also_unclear(&self, rule: &'static Rule, meanings: &[Meaning], message: &str) -> Vec<Finding> {
        let words =
            self.case.also_unclear.iter().filter(|(meaning, text, _)| meanings.contains(meaning) && !text.is_empty());
        words.map(|(_, text, at)| self.finding(rule, Some(*at), message).quoting(text)).collect()
    }
}

impl<'a> Member<'a> {
    /// The worker as entries of a policy are chosen for them.
    pub fn whom(&self) -> Whom<'a> {
        Whom { team: self.team, worker: self.worker }
    }

    /// A finding about a cell that was not understood, which is quoted for the manager alone.
    pub fn unclear<T>(&self, rule: &'static Rule, entry: &Entry<T>, message: String) -> Option<Finding> {
        let (text, at) = not_understood(entry)?;
        Some(self.finding(rule, Some(at), message).quoting(text))
    }

    /// A finding about this worker, at a cell of theirs or else at the first that names them; what
    /// a roster in another file says is told at that name too.
    pub fn finding(&self, rule: &'static Rule, at: Option<Place>, message: impl Into<String>) -> Finding {
        let here = |at: &Place| at.sheet != ELSEWHERE;
        rule.finding(at.filter(here).or(self.worker.place()).filter(here), message)
            .in_team(&self.team.name)
            .of_worker(&self.worker.name)
    }

    /// The worker's own cases as rows.
    pub fn held(self) -> impl Iterator<Item = Row<'a>> {
        self.worker.cases.iter().map(move |case| Row { team: self.team, worker: Some(self.worker), case })
    }
}

impl<'a> View<'a> {
    /// The workers whose load is judged: all but those named only as somebody's co-worker.
    pub(super) fn members(&self) -> impl Iterator<Item = Member<'a>> {
        let all = self.caseload.workers().map(|(team, worker)| Member { team, worker });
        all.filter(|member| !member.worker.only_co_worker)
    }

    /// Those members by person: a worker in two teams stands in each.
    pub(super) fn people(&self) -> BTreeMap<&'a str, Vec<Member<'a>>> {
        let mut people: BTreeMap<&str, Vec<Member<'_>>> = BTreeMap::new();
        for member in self.members() {
            people.entry(member.worker.key.as_str()).or_default().push(member);
        }
        people
    }

    /// Every case with its key worker.
    pub(super) fn held(&self) -> impl Iterator<Item = Row<'a>> {
        self.members().flat_map(Member::held)
    }

    /// Every counted row once, whether held, unallocated or only helped with.
    pub(super) fn rows(&self) -> Vec<Row<'a>> {
        let teams = self.caseload.teams.iter();
        let unallocated =
            teams.flat_map(|team| team.unallocated.iter().map(move |case| Row { team, worker: None, case }));
        let mut rows: Vec<Row<'a>> = self.held().chain(unallocated).collect();
        let helped = self.caseload.workers().flat_map(|(team, worker)| {
            let cases = worker.co_worked.iter();
            cases.map(move |case| Row { team, worker: Some(worker), case })
        });
        let helped: Vec<Row<'a>> = helped.collect();
        if !helped.is_empty() {
            let mut seen: BTreeSet<Place> = rows.iter().map(|row| row.case.place).collect();
            rows.extend(helped.into_iter().filter(|row| seen.insert(row.case.place)));
        }
        rows
    }

    /// The sheets that were read and not set aside whole, each with its position in the workbook.
    pub(super) fn read_sheets(&self) -> impl Iterator<Item = (usize, &'a SheetReading)> {
        let sheets = self.caseload.sheets.iter().enumerate();
        sheets.filter(|(_, sheet)| sheet.state == SheetState::Read && sheet.aside.is_none())
    }

    /// Those of them that hold a caseload.
    pub(super) fn caseload_sheets(&self) -> impl Iterator<Item = (usize, &'a SheetReading)> {
        self.read_sheets().filter(|(_, sheet)| sheet.holds_cases())
    }

    /// The tables that were read, each with the position of its sheet.
    pub(super) fn tables(&self) -> impl Iterator<Item = (usize, &'a TableReading)> {
        self.read_sheets().flat_map(|(sheet, reading)| reading.tables.iter().map(move |table| (sheet, table)))
    }

    /// The table that a cell belongs to.
    pub(super) fn table(&self, place: Place) -> Option<&'a TableReading> {
        self.caseload.sheets.get(place.sheet)?.table_at(place.cell)
    }

    /// A cell as a message names it beside another: `C7`, with its sheet where that differs.
    pub(super) fn cell(&self, cell: Place, beside: Place) -> String {
        if cell.sheet == ELSEWHERE {
            format!("{} of the roster given", cell.cell)
        } else if cell.sheet == beside.sheet {
            cell.cell.to_string()
        } else {
            format!("{} on sheet “{}”", cell.cell, self.caseload.sheet_name(cell))
        }
    }

    /// The first cell of the header row above this place; the place where it has none.
    pub(super) fn header(&self, place: Place) -> Place {
        self.table(place).map_or(place, |table| Place { sheet: place.sheet, cell: table.first_heading() })
    }

    /// Whether a place lies in a table that counts each worker's children and lists none.
    pub(super) fn counts_only(&self, place: Place) -> bool {
        self.table(place).is_some_and(|table| table.layout == Layout::RowPerWorker)
    }

    /// The chosen policy whose points matrix is meant for this worker, whether or not the sheet
    /// has the columns for it.
    pub(super) fn points_policy(&self, member: Member<'_>) -> Option<&'a Policy> {
        self.points_policies(member, PointsFrom::Matrix).next()
    }

    /// The chosen policies whose points come from here and are meant for this worker.
    pub(super) fn points_policies(&self, member: Member<'_>, from: PointsFrom) -> impl Iterator<Item = &'a Policy> {
        let (area, role) = (member.team.area, member.worker.role);
        self.policies.chosen.iter().filter(move |policy| {
            policy.points.as_ref().is_some_and(|model| model.from == from && model.is_meant_for(area, role))
        })
    }

    /// Whether this worker's cases earn points: a model is meant for them, and the columns are there.
    pub(super) fn earns_points(&self, member: Member<'_>) -> bool {
        let columns = &member.team.columns;
        columns.contains(&Meaning::Household)
            && columns.contains(&Meaning::Intervention)
            && self.points_policy(member).is_some()
    }

    /// The members whom a tasks form tells of, each with the first chosen policy that scores their tasks.
    pub(super) fn members_with_tasks(&self) -> impl Iterator<Item = (Member<'a>, &'a Policy)> {
        let with_tasks = self.members().filter(|member| member.worker.tasks.is_some());
        with_tasks.filter_map(|member| {
            let scores =
                |policy: &&Policy| policy.tasks.as_ref().is_some_and(|model| model.is_meant_for(member.worker.role));
            Some((member, self.policies.chosen.iter().find(scores)?))
        })
    }

    /// The members whom a time form tells of, each with the form and the first chosen policy that scores hours.
    pub(super) fn members_with_time(&self) -> impl Iterator<Item = (Member<'a>, &'a TimeForm, &'a Policy)> {
        self.members().filter_map(|member| {
            let policy = self.policies.chosen.iter().find(|policy| policy.time.is_some())?;
            Some((member, member.worker.time.as_ref()?, policy))
        })
    }

    /// The sheets on which some row gives an intervention level; on others the column says nothing.
    pub(super) fn sheets_with_levels(&self) -> BTreeSet<usize> {
        let given = |row: &Row| row.case.intervention.given().map(|_| row.case.place.sheet);
        self.rows().iter().filter_map(given).collect()
    }

    /// Tells of members for whom nothing is written: one finding for each blank cell and for each
    /// worker whom the roster passes over, and one for each sheet where no such column is there.
    pub(super) fn tell_missing<T: 'a>(
        &self,
        rule: &'static Rule,
        meaning: Meaning,
        assumed: &str,
        members: impl Iterator<Item = (Member<'a>, &'a Entry<T>)>,
        findings: &mut Vec<Finding>,
    ) {
        let word = meaning.label();
        let mut rosters = self.tables().filter(|(_, table)| table.layout == Layout::Roster);
        let on_roster = rosters.any(|(_, table)| table.column(meaning).is_some());
        let mut without_column: BTreeMap<Place, usize> = BTreeMap::new();
        for (member, entry) in members {
            let cell = match entry {
                Entry::Blank(at) => Some(*at),
                Entry::NoColumn if on_roster => member.worker.place(),
                _ => None,
            };
            if let Some(at) = cell {
                let message = format!("No {word} is written for {}; {assumed} is assumed.", member.worker.name);
                findings.push(member.finding(rule, Some(at), message));
            } else if let (Entry::NoColumn, Some(at)) = (entry, member.worker.place()) {
                *without_column.entry(self.header(at)).or_default() += 1;
            }
        }
        for (header, workers) in without_column {
            let workers = count(workers, "worker", "workers");
            let message = format!("There is no column for {word}; {assumed} is assumed for {workers}.");
            findings.push(rule.finding(Some(header), message));
        }
    }

    /// Tells of members whose FTE was read in another unit: a note where the unit is written beside
    /// the figure, and one note for the whole column where its heading names the unit.
    pub(super) fn tell_converted(&self, rule: &'static Rule, unit: FteRead, words: &str, findings: &mut Vec<Finding>) {
        let mut headings = BTreeSet::new();
        for member in self.members() {
            let Entry::Given(FteFigure { written, read_as, unit_written, fte: Some(fte) }, at) = &member.worker.fte
            else {
                continue;
            };
            if *read_as != unit {
                continue;
            }
            if let Some(heading) = self.fte_heading_in(unit, *at) {
                headings.insert(heading);
                continue;
            }
            let name = &member.worker.name;
            let share = fte.0.normalize();
            let message = format!("FTE {written} of {name} is read as {words}, which is {share} of a full-time post.");
            let weight = if *unit_written { Severity::Note } else { rule.severity };
            findings.push(member.finding(rule, Some(*at), message).weighing(weight));
        }
        for heading in headings {
            let message =
                format!("The figures of this column are read as {words} and reckoned as shares of a full-time post.");
            findings.push(rule.finding(Some(heading), message).weighing(Severity::Note));
        }
    }

    /// The heading above an FTE cell, if it names the unit.
    fn fte_heading_in(&self, unit: FteRead, at: Place) -> Option<Place> {
        let table = self.table(at)?;
        let column = table.columns.iter().find(|column| column.column == at.cell.column)?;
        let heading = column.heading.to_lowercase();
        let names_unit = match unit {
            FteRead::Share => false,
            FteRead::Hours => heading.contains("hour") || heading.contains("hrs"),
            FteRead::Percent => heading.contains("percent") || heading.contains('%'),
            FteRead::Days => heading.contains("day"),
        };
        // "FTE or hours" leaves it open.
        let leaves_open = heading.contains("fte") && matches!(unit, FteRead::Hours | FteRead::Days);
        (column.meaning == Meaning::Fte && names_unit && !leaves_open)
            .then(|| heading_of(at.sheet, table, Meaning::Fte))
    }

    /// Tells of a member for whom different values are written: one finding at the second of them.
    pub(super) fn tell_different<T>(
        &self,
        rule: &'static Rule,
        word: &str,
        member: Member<'_>,
        written: &[(T, Place)],
        used: Option<String>,
        show: impl Fn(&T) -> String,
    ) -> Option<Finding> {
        let (_, at) = written.get(1)?;
        // Told at the worker's name where the second stands on a roster in another file.
        let beside = if at.sheet == ELSEWHERE { member.worker.place().unwrap_or(*at) } else { *at };
        let values = written.iter().map(|(value, cell)| format!("{} in {}", show(value), self.cell(*cell, beside)));
        let values = listed(&values.collect::<Vec<_>>());
        let used = used.map_or("none is used".into(), |used| format!("{used} is used"));
        let message = format!("{} has {word} {values}; {used}.", member.worker.name);
        Some(member.finding(rule, Some(*at), message))
    }
}

/// The text of a cell that was not understood, and where. An error value or a formula without
/// result has no text, and rules of its own.
fn not_understood<T>(entry: &Entry<T>) -> Option<(&str, Place)> {
    match entry {
        Entry::Unclear(text, at) if !text.is_empty() => Some((text, *at)),
        _ => None,
    }
}

/// The first used cell of a sheet's header row; its first cell where it has none.
pub fn header_of(sheet: usize, reading: &SheetReading) -> Place {
    Place { sheet, cell: reading.tables.first().map_or(CellRef::default(), TableReading::first_heading) }
}

/// The heading of the column with this meaning; the header row's first cell where there is none.
pub fn heading_of(sheet: usize, table: &TableReading, meaning: Meaning) -> Place {
    Place { sheet, cell: table.heading(meaning).unwrap_or(table.first_heading()) }
}

/// What a row is one of, in a word people read.
pub fn subject(case: &Case) -> &'static str {
    match case.subject {
        Subject::Child => "child",
        Subject::FosterCarer => "foster carer",
        Subject::CarerAssessment => "assessment",
        Subject::Review => "review",
    }
}

/// The same of several.
pub fn subjects(case: &Case) -> &'static str {
    match case.subject {
        Subject::Child => "children",
        Subject::FosterCarer => "foster carers",
        Subject::CarerAssessment => "assessments",
        Subject::Review => "reviews",
    }
}

/// Things in a row as a sentence has them: `a, b and c`.
pub fn listed(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::judge::validate::{fte_not_usable, two_ftes};
    use crate::testing::expect;

    const SHEETS: &str = "
        Child ID, Worker, FTE
        C-101, Ada Lovell, 0.6
        C-102, Ben Marsh,
        === roster
        Worker, Role, FTE
        Ada Lovell, Social worker, 0.8
        Ben Marsh, Social worker, some days
    ";

    #[test]
    fn what_a_roster_given_says_is_told_at_the_name() {
        expect(fte_not_usable::check, SHEETS, &["B3: The FTE of Ben Marsh is not a figure."]);
        let message = "B2: Ada Lovell has FTE 0.6 in C2 and 0.8 in C2 of the roster given; 0.6 is used.";
        expect(two_ftes::check, SHEETS, &[message]);
    }
}
