//! What the rules look at, and the ways of looking that several of them share.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::phrase::listed;
use crate::book::sheet::{CellRef, Place};
use crate::field::caseload::{Case, Caseload, ELSEWHERE, Entry, Subject, TaskForm, Team, TimeForm, Worker};
use crate::field::elsewhere::Elsewhere;
use crate::field::finding::{Finding, Rule};
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
            Some(worker) => finding.of_worker(&worker.who.name),
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
        let words = self
            .case
            .row
            .also_unclear
            .iter()
            .filter(|(meaning, text, _)| meanings.contains(meaning) && !text.is_empty());
        words.map(|(_, text, at)| self.finding(rule, Some(*at), message).quoting(text)).collect()
    }
}

impl<'a> Member<'a> {
    /// The worker as entries of a policy are chosen for them.
    pub fn whom(&self) -> Whom<'a> {
        Whom::of(self.team, self.worker)
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
            .of_worker(&self.worker.who.name)
    }

    /// The worker's own cases as rows.
    pub fn held(self) -> impl Iterator<Item = Row<'a>> {
        self.worker.holds.cases.iter().map(move |case| Row { team: self.team, worker: Some(self.worker), case })
    }
}

impl<'a> View<'a> {
    /// The workers whose load is judged: all but those named only as somebody's co-worker.
    pub(super) fn members(&self) -> impl Iterator<Item = Member<'a>> {
        let all = self.caseload.workers().map(|(team, worker)| Member { team, worker });
        all.filter(|member| !member.worker.holds.only_co_worker)
    }

    /// Those members by person: a worker in two teams stands in each.
    pub(super) fn people(&self) -> BTreeMap<&'a str, Vec<Member<'a>>> {
        let mut people: BTreeMap<&str, Vec<Member<'_>>> = BTreeMap::new();
        for member in self.members() {
            people.entry(member.worker.who.key.as_str()).or_default().push(member);
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
            let cases = worker.holds.co_worked.iter();
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
        let (area, role) = (member.team.area, member.worker.post.role);
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

    /// The members whom a tasks form tells of, each with the form and the first chosen policy that scores their tasks.
    pub(super) fn members_with_tasks(&self) -> impl Iterator<Item = (Member<'a>, &'a TaskForm, &'a Policy)> {
        self.members().filter_map(|member| {
            let scores = |policy: &&Policy| {
                policy.tasks.as_ref().is_some_and(|model| model.is_meant_for(member.worker.post.role))
            };
            Some((member, member.worker.holds.tasks.as_ref()?, self.policies.chosen.iter().find(scores)?))
        })
    }

    /// The members whom a time form tells of, each with the form and the first chosen policy that scores hours.
    pub(super) fn members_with_time(&self) -> impl Iterator<Item = (Member<'a>, &'a TimeForm, &'a Policy)> {
        self.members().filter_map(|member| {
            let policy = self.policies.chosen.iter().find(|policy| policy.time.is_some())?;
            Some((member, member.worker.holds.time.as_ref()?, policy))
        })
    }

    /// The sheets on which some row gives an intervention level; on others the column says nothing.
    pub(super) fn sheets_with_levels(&self) -> BTreeSet<usize> {
        let given = |row: &Row| row.case.work.intervention.given().map(|_| row.case.place.sheet);
        self.rows().iter().filter_map(given).collect()
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

/// Cases by household, a child without one alone; `None` where a sheet has no column for them.
pub fn by_household<'a>(cases: &[&'a Case]) -> Option<Vec<Vec<&'a Case>>> {
    let mut named: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    let mut alone = Vec::new();
    for case in cases {
        match &case.household {
            Entry::NoColumn => return None,
            Entry::Given(household, _) => named.entry(household).or_default().push(case),
            Entry::Blank(_) | Entry::Unclear(..) => alone.push(vec![*case]),
        }
    }
    Some(named.into_values().chain(alone).collect())
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

/// The rows of these cells as people name them: `row 3`, `rows 3 and 4`.
pub fn rows(cells: &[CellRef]) -> String {
    let rows: Vec<String> = cells.iter().map(|cell| (cell.row + 1).to_string()).collect();
    format!("{} {}", if rows.len() == 1 { "row" } else { "rows" }, listed(&rows))
}
