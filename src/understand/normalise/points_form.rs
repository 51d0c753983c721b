//! The rows of a points form: households with their points, duties beside them, and sums to check.

use rust_decimal::Decimal;

use crate::book::sheet::{CellRef, Place, RawRow, Value};
use crate::book::text::fold;
use crate::field::caseload::{Case, Child, Duties, Entry, NotCounted, Work};
use crate::field::reading::{Meaning, Reason, SheetReading, Total};
use crate::understand::normalise::aside::aside;
use crate::understand::normalise::cells::{Number, number};
use crate::understand::normalise::line::Line;
use crate::understand::normalise::people::People;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::teams::TeamNames;
use crate::understand::normalise::whose::Holder;

/// No household has more children than this; a greater figure is no number of them.
const CHILDREN_MOST: u32 = 30;

/// Reads a form: each row with base points is a household of so many children.
///
/// The form's own totals are held against the figures it gives, and never used.
pub fn read(reader: &Reader<'_>, reading: &mut SheetReading, names: &TeamNames, people: &mut People) {
    rows_above(reader, reading);
    let above = RawRow { index: reader.table.header, ..RawRow::default() };
    let mut form = Form::default();
    for (index, row) in rows_below(reader.sheet, reader.table) {
        reading.rows_read += 1;
        let reason = match row {
            None => Some(Reason::Blank),
            Some(row) => form.row(reader, row),
        };
        match reason {
            Some(reason) => reading.set_aside.push(aside(index, reason)),
            None => {
                reading.rows_counted += 1;
                reading.hidden_rows.extend(row.filter(|row| row.hidden).map(|row| row.index));
            }
        }
    }
    reading.totals.append(&mut form.totals);

    let mut holder = reader.holder(&above);
    let key = match &mut holder {
        Holder::Named(name, place) => {
            people.resolve(name, *place);
            Some(name.key.clone())
        }
        Holder::Nobody(_) | Holder::Blank(_) => None,
    };
    let line = Line::of_worker(&above, holder.clone());
    let team = names.of_line(&line, people.said_of_team(key.as_deref(), reader.position), reader);
    let team = people.team(&team, reader.table);
    let area = people.area(&team);
    let mut close = Vec::new();
    if let Holder::Named(name, place) = &holder {
        let mut facts = reader.facts(&above, &mut close);
        facts.duties = form.duties(facts.duties);
        people.mention(&team, name, *place, facts, true);
    }
    for (row, children) in &form.households {
        let case = household(reader, row, *children, reader.case(row, area, &mut close));
        for _ in 0..*children {
            people.add_case(&team, key.as_deref(), false, case.clone(), reader);
        }
    }
    if let Some(key) = &key {
        for cell in form.not_counted {
            people.not_counted(&team, key, cell);
        }
    }
    reading.close_words.extend(close);
    note_cells(reader, reading);
}

/// What a form's rows come to.
#[derive(Default)]
struct Form<'a> {
    /// Rows of households with their number of children.
    households: Vec<(&'a RawRow, u32)>,
    /// Points for duties beside cases, where a row gives them.
    duties: Option<(Decimal, Place)>,
    /// What the totals of the households come to.
    sum: Decimal,
    /// Some household's points are not all figures, so that no sum is known.
    unknown: bool,
    totals: Vec<Total>,
    not_counted: Vec<NotCounted>,
}

impl<'a> Form<'a> {
    /// Takes a row in; why it does not count, `None` for a household.
    fn row(&mut self, reader: &Reader<'a>, row: &'a RawRow) -> Option<Reason> {
        let text = row.cells.iter().find_map(|cell| match &cell.value {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        });
        let text = text.unwrap_or_default();
        let figure = |meaning: Meaning| row.value(reader.table.column(meaning)?)?.decimal();
        let last = row.cells.iter().rev().find_map(|cell| Some((cell.value.decimal()?, cell.column)));
        if reader.words.is_beside_cases(&text) {
            if let Some((points, column)) = last {
                self.duties = Some((points, reader.place(row.index, column)));
            }
            return Some(Reason::Totals);
        }
        if reader.words.is_total(&text) || fold(&text).ends_with("total") || reader.words.is_outcome(&text) {
            // Benchmark and surplus follow from the sum; the sum alone is checked.
            let sum = self.sum + self.duties.map_or(Decimal::ZERO, |(points, _)| points);
            if let (Some((stated, column)), false, false) = (last, self.unknown, reader.words.is_outcome(&text)) {
                let counted = if stated == self.sum { self.sum } else { sum };
                self.check(Total { cell: CellRef::new(row.index, column), stated, counted, across: false });
            }
            return Some(Reason::Totals);
        }
        let column = reader.table.column(Meaning::BasePoints)?;
        let place = reader.place(row.index, column);
        let points = [Meaning::StatusPoints, Meaning::Intervention, Meaning::Additional];
        match number(row.value(column), CHILDREN_MOST, reader.words) {
            Number::Figure(0) | Number::Blank if !points.iter().any(|meaning| figure(*meaning).is_some()) => {
                // A letter without points is a line not filled in; other words are a remark.
                let letter = fold(&text).chars().filter(|c| c.is_alphanumeric()).count() <= 1;
                return Some(if letter { Reason::Blank } else { Reason::Heading });
            }
            Number::Figure(children) if children > 0 => {
                self.households.push((row, children));
                self.add(reader, row, Decimal::from(children));
                return None;
            }
            Number::Blank => self.not_counted.push(NotCounted { at: place, text: String::new(), blank: true }),
            Number::Figure(_) | Number::Unclear => {
                let text = row.value(column).map_or(String::new(), Value::text);
                self.not_counted.push(NotCounted { at: place, text, blank: false });
            }
        }
        self.unknown = true;
        Some(Reason::Unreadable)
    }

    /// Adds a household's points, and holds its own total against them.
    ///
    /// Where a word stands for points, the household's own total is all that the sum can go by.
    fn add(&mut self, reader: &Reader<'_>, row: &RawRow, base: Decimal) {
        let stated = reader.table.column(Meaning::PointsTotal);
        let stated = stated.and_then(|column| Some((row.value(column)?.decimal()?, column)));
        let mut sum = Some(base);
        for meaning in [Meaning::StatusPoints, Meaning::Intervention, Meaning::Additional] {
            let Some(value) = reader.table.column(meaning).and_then(|column| row.value(column)) else { continue };
            sum = sum.zip(points(value)).map(|(sum, points)| sum + points);
        }
        match (sum, stated) {
            (Some(sum), stated) => {
                self.sum += sum;
                if let Some((stated, column)) = stated {
                    self.check(Total { cell: CellRef::new(row.index, column), stated, counted: sum, across: true });
                }
            }
            (None, Some((stated, _))) => self.sum += stated,
            (None, None) => self.unknown = true,
        }
    }

    fn check(&mut self, total: Total) {
        if total.stated != total.counted {
            self.totals.push(total);
        }
    }

    /// The duties of the block above, with the points that a row gives.
    fn duties(&self, above: Entry<Duties>) -> Entry<Duties> {
        let Some((points, place)) = self.duties else { return above };
        let what = above.given().map_or(String::new(), |duties| duties.what.clone());
        match points.is_zero() {
            true => above,
            false => Entry::Given(Duties { what, points: Some(points) }, place),
        }
    }
}

/// A figure, with or without a remark behind it; a dash is none.
fn points(value: &Value) -> Option<Decimal> {
    let text = value.text();
    let dash = !text.is_empty() && fold(&text).is_empty() && !text.contains('?');
    value.decimal().or_else(|| super::cells::leading_figure(&text)).or(dash.then_some(Decimal::ZERO))
}

/// One child of a household of the form: no reference, the household of its row, and the points as written.
fn household(reader: &Reader<'_>, row: &RawRow, children: u32, case: Case) -> Case {
    let label = reader.table.column(Meaning::Household).and_then(|column| row.value(column));
    let label = label.map_or(String::new(), Value::text);
    // "A: 1 LAC + court proceedings": the letter names the household, the words tell its status.
    let (name, words) = label.split_once(':').unwrap_or((label.as_str(), ""));
    let words = words.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let at = reader.table.column(Meaning::Household).map_or(case.place, |column| reader.place(row.index, column));
    let status = reader.table.column(Meaning::StatusPoints).map(|column| (column, row.value(column)));
    let (status_points, told) = match status {
        Some((column, Some(value))) => {
            let place = reader.place(row.index, column);
            match points(value) {
                Some(points) => (Entry::Given(points, place), words.to_string()),
                None => (Entry::Blank(place), value.text()),
            }
        }
        Some((column, None)) => (Entry::Blank(reader.place(row.index, column)), words.to_string()),
        None => (Entry::NoColumn, words.to_string()),
    };
    let (statuses, proceedings) = reader.status_words(&told);
    Case {
        of: children,
        who: Child { child: Entry::NoColumn, ..case.who },
        household: Entry::Given(format!("{} {}", reader.position, row.index), at),
        household_written: name.trim().to_string(),
        status: if statuses.is_empty() { Entry::NoColumn } else { Entry::Given(statuses, at) },
        proceedings: if proceedings.is_empty() { Entry::NoColumn } else { Entry::Given(proceedings, at) },
        work: Work { status_points, ..case.work },
        ..case
    }
}

#[cfg(test)]
mod tests {
    use crate::field::caseload::{Caseload, beside};
    use crate::field::rating::{Measure, Rag, Rating};
    use crate::judge::score::score;
    use crate::run::workbook::understand;
    use crate::testing::{book, policies};
    use crate::understand::words::Words;

    const HEADINGS: &str = "Case | Base points = 1 per child | Case status (1-4 pts per household) | Intervention level \
                            (1-5 pts per household) | Additional factors per household | Total points";

    /// The worked example as it is published (domain section 5).
    const EXAMPLE: &str = "
        A: 1 LAC + court proceedings | 1 | 3 | 2 | | 6
        B: 2 CP | 2 | 1 | 2 | | 5
        C: 6 neglect | 6 | 1 | 2 | | 9
        D: 1 LAC | 1 | 1 | 2 | | 4
        E: 1 CP | 1 | 1 | 3 | 2 (multi-agency) | 7
        F: 2 CP neglect | 2 | 1 | 2 | | 5
        G: 1 CP | 1 | 1 | 2 | | 4
        H: 2 CiN, special needs | 2 | - | 1 | | 3
        I: 1 CiN | 1 | - | 1 | | 2
        Additional points non-case related eg practice teaching | | | | | 5
        GRAND TOTAL | | | | | 50
        Experienced practitioner benchmark | | | | | 50
        Capacity surplus/deficit | | | | | 0
        ACTION REQUIRED: NONE |
        Number of families: 9 | | Number of children: 17";

    fn read(text: &str) -> Caseload {
        understand(&book("Sheet1", text), "Locality North", &Words::built_in(), &policies(), &[])
    }

    fn points(caseload: &Caseload) -> Rating {
        let scored = score(caseload, &policies());
        let ratings = scored.teams.into_iter().flatten().flat_map(|worker| worker.ratings);
        ratings.into_iter().find(|rating| rating.measure == Measure::Points).unwrap()
    }

    #[test]
    fn the_worked_example_as_published() {
        for block in [
            "Social worker X Experience level: 3 years + Additional commitments: practice teaching |",
            "Social worker: Ada Heron | | Experience | 3 years + | Commitments | practice teaching",
            "Worker | Ada Heron\nExperience level: | 3+ years\nFTE | 1",
        ] {
            let caseload = read(&format!("{block}\n{HEADINGS}{EXAMPLE}"));
            let (team, worker) = caseload.workers().next().unwrap();
            let beside = beside(team, worker);
            assert_eq!((beside.children, beside.households), (Some(17), Some(9)), "{block}");
            assert_eq!((beside.cp, beside.cioc, beside.care_proceedings), (Some(12), Some(2), Some(1)), "{block}");
            let rating = points(&caseload);
            assert_eq!((rating.load.unwrap().to_string(), rating.rag), ("50".to_string(), Rag::Amber), "{block}");
            let sheet = &caseload.sheets[0];
            assert_eq!((sheet.rows_counted, sheet.reasons().as_str()), (9, "totals 6"));
            assert_eq!(sheet.totals, []);
        }
    }

    #[test]
    fn totals_that_are_wrong_are_told_and_never_used() {
        let form =
            format!("Worker: Ada Heron\n{HEADINGS}\nA | 2 | 1 | 2 | 1 | 5\nB | 3 | 0 | 2 | | 5\nTotal | | | | | 12");
        let caseload = read(&form);
        let told: Vec<String> = caseload.sheets[0]
            .totals
            .iter()
            .map(|total| format!("{} {} {}", total.cell, total.stated, total.counted))
            .collect();
        assert_eq!(told, ["F3 5 6", "F5 12 11"]);
        assert_eq!(points(&caseload).load.unwrap().to_string(), "11");
    }

    #[test]
    fn a_word_for_points_leaves_the_other_totals_checked() {
        let caseload = read(&format!(
            "Worker: Ada Heron\n{HEADINGS}\nA | 2 | CP | 2 | | 5\nB | 3 | 0 | 2 | | 6\nGrand total | | | | | 11"
        ));
        let told: Vec<String> = caseload.sheets[0]
            .totals
            .iter()
            .map(|total| format!("{} {} {}", total.cell, total.stated, total.counted))
            .collect();
        assert_eq!(told, ["F4 6 5", "F5 11 10"]);
        // A word without a total beside it leaves the sum unknown.
        let without = read(&format!(
            "Worker: Ada Heron\n{HEADINGS}\nA | 2 | CP | 2 | |\nB | 3 | 0 | 2 | | 5\nGrand total | | | | | 11"
        ));
        assert_eq!(without.sheets[0].totals, []);
    }

    #[test]
    fn children_that_cannot_be_counted_leave_the_worker_unscored() {
        for row in ["B | | 1 | 2 | | 4", "B | 1.5 | 1 | 2 | | 4", "B | two | 1 | 2 | | 4"] {
            let caseload = read(&format!("Worker: Ada Heron\n{HEADINGS}\nA | 2 | 1 | 2 | | 5\n{row}\nC |"));
            assert_eq!(points(&caseload).rag, Rag::NotScored, "{row}");
            assert_eq!(caseload.sheets[0].reasons(), "blank 1; unreadable 1");
        }
    }

    #[test]
    fn points_for_the_status_count_as_written() {
        // 4 is more than care proceedings and a status come to; the words tell no more than 3.
        for (row, load) in [
            ("A | 1 | 4 | 0 | ", "5"),
            ("A | 1 | 2 | 0 | ", "3"),
            ("A: LAC and care proceedings | 1 | 1 | 0 | ", "4"),
            ("A | 1 | LAC | 0 | ", "2"),
            ("A: CP | 1 | | 0 | ", "2"),
        ] {
            let caseload = read(&format!("Worker: Ada Heron\n{HEADINGS}\n{row}"));
            assert_eq!(points(&caseload).load.unwrap().to_string(), load, "{row}");
        }
    }

    #[test]
    fn a_form_for_each_worker() {
        let caseload = read(&format!(
            "## Ada Heron\nTeam: Locality North\n{HEADINGS}\nA | 2 | 1 | 2 | | 5\n\
             ## Ben Kite\nTeam: Locality North\n{HEADINGS}\nA | 1 | 1 | 2 | | 4\nB | 1 | 1 | 2 | | 4\n\
             ## Blank\nTeam:\n{HEADINGS}\nA |\nB |"
        ));
        let held: Vec<(String, usize)> =
            caseload.workers().map(|(_, worker)| (worker.who.name.clone(), worker.holds.cases.len())).collect();
        assert_eq!(held, [("Ada Heron".to_string(), 2), ("Ben Kite".to_string(), 2)]);
    }
}
