//! Rows of counts: how many children each worker holds, in all or by status.

use std::collections::BTreeMap;

use crate::book::sheet::{CellRef, Place, RawRow};
use crate::book::text::fold;
use crate::field::caseload::{Case, CaseStatus, Counts, Entry, NotCounted, ServiceArea, Subject, WorkerSays};
use crate::field::reading::{Meaning, RowTotal, Total};
use crate::understand::normalise::cells::{Number, number};
use crate::understand::normalise::reader::Reader;
use crate::understand::words::Counted;

/// More children than this are believed of no worker.
const MOST: u32 = 500;

/// What a row counts for its worker, or for nobody.
#[derive(Debug, Clone)]
pub struct RowCounts {
    /// The cell that stands for the counts: the total's, else the first.
    pub at: Place,
    /// The cell that names the worker.
    pub worker_cell: Place,
    /// Children (or carers), by what their column counts.
    pub parts: Vec<Part>,
    /// All of them: the larger of the total and the sum of the statuses.
    pub all: u32,
    /// Cells that leave the number unknown.
    pub not_counted: Vec<NotCounted>,
    /// What is shown beside.
    pub beside: Counts,
    /// What kind of text stands in the worker cell.
    pub says: WorkerSays,
    /// The header row of its table, to tell tables of one sheet apart.
    pub table: usize,
    hidden: bool,
}

/// A figure of the row and what it counts.
#[derive(Debug, Clone)]
pub struct Part {
    counted: Counted,
    figure: u32,
    at: Place,
}

/// What a row gives as the number of all its worker's children.
#[derive(Clone, Copy)]
struct StatedTotal {
    figure: u32,
    at: Place,
    /// A formula works it out.
    is_sum: bool,
}

impl RowCounts {
    /// Reads the counts of a row; where a total and the statuses disagree it is noted.
    pub fn read(reader: &Reader<'_>, row: &RawRow, worker_cell: Place, totals: &mut Vec<RowTotal>) -> Self {
        let mut counts = Self {
            at: worker_cell,
            worker_cell,
            parts: Vec::new(),
            all: 0,
            not_counted: Vec::new(),
            beside: Counts::default(),
            says: reader.worker_says(row),
            table: reader.table.header as usize,
            hidden: row.hidden || reader.is_on_hidden_sheet(),
        };
        let columns = columns_of(reader);
        let mut total: Option<StatedTotal> = None;
        for &(column, counted) in &columns {
            let Some(figure) = counts.figure(reader, row, column, counted) else { continue };
            let at = reader.place(row.index, column);
            match counted {
                Counted::Children => {
                    let is_sum = row.cells.iter().any(|cell| cell.column == column && cell.formula);
                    if total.is_none_or(|before| figure > before.figure) {
                        total = Some(StatedTotal { figure, at, is_sum });
                    }
                }
                Counted::Status(_) | Counted::Carers => counts.parts.push(Part { counted, figure, at }),
                Counted::Families => counts.beside.families = Some(figure),
                Counted::CoWorked => counts.beside.co_worked = Some(figure),
                Counted::Sets => counts.beside.sets = Some(figure),
                Counted::Proceedings | Counted::Part | Counted::CarerAssessments | Counted::Reviews(_) => {}
            }
        }
        let sum: u32 = counts.parts.iter().map(|part| part.figure).sum();
        counts.at = total.map(|total| total.at).or(counts.parts.first().map(|part| part.at)).unwrap_or(worker_cell);
        // A sum over blank cells says no more than they do.
        let statuses_asked = columns.iter().any(|(_, counted)| is_part(*counted));
        let empty_sum =
            total.is_some_and(|total| total.figure == 0 && total.is_sum) && statuses_asked && counts.parts.is_empty();
        if (total.is_none() && counts.parts.is_empty()) || empty_sum {
            if counts.not_counted.is_empty() {
                counts.not_counted.push(NotCounted { at: worker_cell, text: String::new(), blank: true });
            }
            return counts;
        }
        counts.all = sum;
        if let Some(total) = total {
            totals.extend(counts.hold_against(total, sum));
        }
        counts
    }

    /// The figure of one column; a cell of children that cannot be read leaves their number unknown.
    fn figure(&mut self, reader: &Reader<'_>, row: &RawRow, column: u32, counted: Counted) -> Option<u32> {
        let value = row.value(column);
        let figure = number(value, MOST, reader.words);
        if let (true, Number::Unclear) = (counted == Counted::Children || is_part(counted), figure) {
            let at = reader.place(row.index, column);
            let text = value.map_or(String::new(), crate::book::sheet::Value::text);
            self.not_counted.push(NotCounted { at, text, blank: false });
        }
        if let Counted::Status(Some(status)) = counted {
            self.beside.statuses.insert(status);
        }
        match figure {
            Number::Figure(figure) => Some(figure),
            Number::Blank | Number::Unclear => None,
        }
    }

    /// Takes the larger of the total and the sum of the statuses; a disagreement is returned.
    fn hold_against(&mut self, total: StatedTotal, sum: u32) -> Option<RowTotal> {
        let StatedTotal { figure: total, at, .. } = total;
        let disagrees = total != sum && !self.parts.is_empty() && self.not_counted.is_empty();
        if total > sum {
            self.parts.push(Part { counted: Counted::Children, figure: total - sum, at });
        }
        self.all = total.max(sum);
        disagrees.then_some(RowTotal { cell: at.cell, stated: total, counted: sum })
    }

    /// The children as cases of this service area, each once; none has a reference.
    pub fn cases(&self, area: Option<ServiceArea>) -> Vec<Case> {
        let mut cases = Vec::new();
        for part in &self.parts {
            let case = self.case(part, area);
            cases.extend((0..part.figure).map(|_| case.clone()));
        }
        cases
    }

    /// Whether a column counts assessments beside the carers supervised.
    pub fn counts_assessments(&self) -> bool {
        self.beside.statuses.contains(&CaseStatus::Assessment)
    }

    fn case(&self, part: &Part, area: Option<ServiceArea>) -> Case {
        let status = match part.counted {
            Counted::Status(Some(status)) => Entry::Given([status].into(), part.at),
            _ if self.beside.statuses.is_empty() => Entry::NoColumn,
            _ => Entry::Blank(part.at),
        };
        let subject = match (area, part.counted) {
            (Some(ServiceArea::Iro), _) => Subject::Review,
            (Some(ServiceArea::Fostering), Counted::Status(Some(CaseStatus::Assessment))) => Subject::CarerAssessment,
            (Some(ServiceArea::Fostering), Counted::Children) | (_, Counted::Carers) => Subject::FosterCarer,
            _ => Subject::Child,
        };
        let mut case = Case { of: self.all, status, ..Case::at(part.at, subject) };
        case.row.worker_cell = Some(self.worker_cell);
        case.row.worker_says = self.says;
        case.row.hidden = self.hidden;
        case
    }

    /// Marks every cell as one of another file.
    pub fn move_elsewhere(&mut self) {
        let away = |place: &mut Place| place.sheet = crate::field::caseload::ELSEWHERE;
        away(&mut self.at);
        away(&mut self.worker_cell);
        self.parts.iter_mut().for_each(|part| away(&mut part.at));
        self.not_counted.iter_mut().for_each(|cell| away(&mut cell.at));
    }
}

/// What each column of counts is of, given the others.
fn columns_of(reader: &Reader<'_>) -> Vec<(u32, Counted)> {
    let columns = reader.table.columns_of(Meaning::Count);
    let columns: Vec<_> =
        columns.filter_map(|column| Some((column.column, reader.words.counted(&column.heading)?))).collect();
    let carers = columns.iter().any(|(_, counted)| *counted == Counted::Carers);
    let children = columns.iter().any(|(_, counted)| *counted == Counted::Children || is_part(*counted));
    let beside_others = |counted: Counted| match counted {
        Counted::CarerAssessments if carers => Counted::Status(Some(CaseStatus::Assessment)),
        // Where nothing else is counted the reviews are what the worker holds.
        Counted::Reviews(status) if !children => Counted::Status(status),
        other => other,
    };
    columns.into_iter().map(|(column, counted)| (column, beside_others(counted))).collect()
}

/// Whether figures of this kind add up to what the worker holds.
fn is_part(counted: Counted) -> bool {
    matches!(counted, Counted::Status(_) | Counted::Carers)
}

/// The sums of the columns of a table of counts, to check its totals rows.
#[derive(Default)]
pub struct Sums {
    /// By column: over all rows, and over those since the last totals row.
    columns: BTreeMap<u32, (u32, u32)>,
}

impl Sums {
    /// Adds a counted row.
    pub fn add(&mut self, reader: &Reader<'_>, row: &RawRow) {
        for (column, figure) in figures(reader, row) {
            let sums = self.columns.entry(column).or_default();
            sums.0 = sums.0.saturating_add(figure);
            sums.1 = sums.1.saturating_add(figure);
        }
    }

    /// Whether a row that names nobody adds up those above it.
    pub fn add_up_to(&self, reader: &Reader<'_>, row: &RawRow) -> bool {
        let figures: Vec<(u32, u32)> = figures(reader, row).collect();
        let sum = |(column, figure): &(u32, u32)| {
            self.columns.get(column).is_some_and(|(all, recent)| figure == all || figure == recent)
        };
        figures.iter().any(|(_, figure)| *figure > 0) && figures.iter().all(sum)
    }

    /// The figures of a totals row that are no sum of those above; the next part begins behind it.
    pub fn check(&mut self, reader: &Reader<'_>, row: &RawRow) -> Vec<Total> {
        let mut totals = Vec::new();
        let words: Vec<String> = row.cells.iter().map(|cell| fold(&cell.value.text())).collect();
        let mean = words.iter().any(|text| text.contains("average") || text.contains("mean"));
        for (column, figure) in figures(reader, row).filter(|_| !mean) {
            let (all, recent) = self.columns.get(&column).copied().unwrap_or_default();
            if figure != all && figure != recent {
                let cell = CellRef::new(row.index, column);
                totals.push(Total { cell, stated: figure.into(), counted: recent.into(), across: false });
            }
        }
        self.columns.values_mut().for_each(|sums| sums.1 = 0);
        totals
    }
}

/// The whole numbers of a row in columns of counts.
fn figures<'a>(reader: &'a Reader<'_>, row: &'a RawRow) -> impl Iterator<Item = (u32, u32)> + 'a {
    reader.table.columns_of(Meaning::Count).filter_map(|column| {
        match number(row.value(column.column), u32::MAX, reader.words) {
            Number::Figure(figure) => Some((column.column, figure)),
            Number::Blank | Number::Unclear => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::field::caseload::{Beside, Caseload, Subject, Worker, beside};
    use crate::field::finding::Finding;
    use crate::field::judged::Judged;
    use crate::field::rating::Rag;
    use crate::run::workbook::{judge, understand};
    use crate::testing::{book, policies};
    use crate::understand::words::Words;

    fn judged(text: &str) -> Judged {
        let book = book("Locality North", text);
        let caseload = understand(&book, "file", &Words::built_in(), &policies(), &[]);
        for sheet in &caseload.sheets {
            assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
        }
        judge("file.xlsx", caseload, &policies(), &crate::field::elsewhere::Elsewhere::default())
    }

    fn worker<'a>(caseload: &'a Caseload, name: &str) -> &'a Worker {
        caseload.workers().map(|(_, worker)| worker).find(|worker| worker.who.name == name).unwrap()
    }

    /// Children and colour of a worker: `24 red`.
    fn rated(judged: &Judged, name: &str) -> String {
        let all = judged.caseload.teams.iter().zip(&judged.scored.teams);
        let mut all = all.flat_map(|(team, scored)| team.workers.iter().zip(scored));
        let (worker, scored) = all.find(|(worker, _)| worker.who.name == name).unwrap();
        format!("{} {}", worker.holds.cases.len(), scored.rag())
    }

    fn rules(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.rule.name).collect()
    }

    #[test]
    fn the_load_is_the_total_or_the_sum_of_the_statuses() {
        let judged = judged(
            "Name | Role | FTE | Stage | Families | CIN | CP | LAC | Court | Co-worked | Sets of proceedings | Total
             Ada Heron | SW | 1 | 3+ | 9 | 10 | 6 | 8 | 5 | 3 | 2 | 24
             Ben Kite | SW | 0.5 | 3+ | 2 | 3 | 2 | | 1 | | |
             Cara Finch | SW | 1 | 3+ | | | | | | | | 17
             Dan Wren | SW | 1 | 3+ | | | | | | | |
             Eve Owl | SW | 1 | 3+ | | 3? | 2 | | | | | 5
             Total | | | | 11 | 13 | 8 | 8 | 6 | 3 | 2 | 41",
        );
        // By hand: 10 + 6 + 8; 3 + 2; the total alone; nothing known; nothing known.
        assert_eq!(rated(&judged, "Ada Heron"), "24 red");
        assert_eq!(rated(&judged, "Ben Kite"), "5 green");
        assert_eq!(rated(&judged, "Cara Finch"), "17 green");
        assert_eq!(rated(&judged, "Dan Wren"), "0 not-scored");
        assert_eq!(rated(&judged, "Eve Owl"), "0 not-scored");
        let team = &judged.caseload.teams[0];
        let Beside { households, cp, cioc, care_proceedings, co_worked, .. } =
            beside(team, worker(&judged.caseload, "Ada Heron"));
        assert_eq!((households, cp, cioc, care_proceedings, co_worked), (Some(9), Some(6), Some(8), Some(2), 3));
        let points = &judged.scored.teams[0][0].ratings[1];
        assert_eq!(points.rag, Rag::NotScored);
        assert!(points.because.contains("only counts of children"), "{}", points.because);
        assert_eq!(judged.caseload.sheets[0].reasons(), "totals 1");
        assert!(judged.caseload.sheets[0].totals.iter().all(|total| total.stated != total.counted));
        let expected = [
            "points-column-missing",
            "children-not-counted",
            "children-not-counted",
            "totals-disagree",
            "totals-disagree",
        ];
        assert_eq!(rules(&judged.findings)[..2], expected[..2]);
    }

    #[test]
    fn beside_a_list_the_row_is_the_rosters_and_the_list_counts() {
        let judged = judged(
            "Child ID | Worker | Status
             1 | A Heron | CP
             2 | A Heron | CIN
             ## Summary
             Name | FTE | Role | CP | CIN | Total
             Ada Heron | 0.5 | Social worker | 1 | 1 | 2
             Cy Reed | 1 | Social worker | 12 | 9 | 21
             Unallocated | | | 1 | 2 | 3",
        );
        let ada = worker(&judged.caseload, "Ada Heron");
        assert_eq!((ada.holds.cases.len(), ada.fte().unwrap().0.to_string()), (2, "0.5".into()));
        assert!(ada.holds.counts.is_none());
        assert_eq!(rated(&judged, "Cy Reed"), "21 amber");
        assert_eq!(judged.caseload.teams.len(), 1);
        assert_eq!(judged.caseload.teams[0].unallocated.len(), 3);
        let rules = rules(&judged.findings);
        assert_eq!(rules.iter().filter(|rule| **rule == "unallocated-child").count(), 1);
        assert!(rules.contains(&"count-differs-from-list"));
    }

    #[test]
    fn counts_under_a_list_are_not_added_to_it() {
        let judged = judged(
            "Worker | Role | FTE | Child ID | Status
             Ada Heron | Social worker | 1 | 1 | CP
             Ada Heron | Social worker | 1 | 2 | CIN

             Summary
             Worker | CIN | CP | LAC | Total
             Ada Heron | 1 | 1 | 0 | 2",
        );
        let ada = worker(&judged.caseload, "Ada Heron");
        assert_eq!((ada.holds.cases.len(), ada.fte().unwrap().0.to_string()), (2, "1".into()));
        assert_eq!(judged.caseload.workers().count(), 1);
    }

    #[test]
    fn carers_beside_new_assessments_and_reviews_of_an_iro() {
        let fostering =
            judged("## Fostering\nWorker | FTE | Foster carers supervised | New assessments\nAda | 0.5 | 9 | 2");
        let ada = worker(&fostering.caseload, "Ada");
        let held = |subject: Subject| ada.holds.cases.iter().filter(|case| case.subject == subject).count();
        assert_eq!((held(Subject::FosterCarer), held(Subject::CarerAssessment)), (9, 2));
        let iro = judged(
            "## IRO service\nIRO | FTE | CP conferences | CLA reviews | Foster carer reviews\nAda | 1 | 30 | 38 | 4",
        );
        assert_eq!(worker(&iro.caseload, "Ada").holds.cases.len(), 72);
        // Beside children the reviews are tasks, and no children.
        let tasks = judged("Worker | FTE | CIN | CP | CP conferences | LAC reviews\nAda | 1 | 3 | 4 | 5 | 6");
        assert_eq!(worker(&tasks.caseload, "Ada").holds.cases.len(), 7);
        let assessing = judged("Worker | FTE | CIN | Assessments | Looked after\nAda | 1 | 3 | 4 | 5");
        assert_eq!(worker(&assessing.caseload, "Ada").holds.cases.len(), 12);
    }

    #[test]
    fn the_same_table_twice_counts_once_and_two_teams_add_up() {
        let twice = judged("Worker | FTE | Total\nAda | 1 | 12\n## Dashboard\nWorker | CIN | CP\nAda | 5 | 6");
        assert_eq!(rated(&twice, "Ada"), "12 green");
        let teams = judged("Worker | Team | FTE | Total\nAda | North | 0.5 | 8\nAda | South | 0.5 | 7");
        let held: usize = teams.caseload.workers().map(|(_, worker)| worker.holds.cases.len()).sum();
        assert_eq!(held, 15);
    }

    #[test]
    fn what_is_said_of_every_child_is_said_once() {
        let judged = judged("Worker | Role | FTE | Stage | CIN | CP\nAda | NQSW | 1 | 0-6 | 3 | 4");
        let rules = rules(&judged.findings);
        assert_eq!(rules.iter().filter(|rule| **rule == "nqsw-key-worker-of-cp").count(), 1);
    }
}
