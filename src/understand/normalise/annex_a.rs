//! The lists of Annex A put together: a child is one, however many lists tell of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::sheet::{CellRef, Place, RawBook, RawRow};
use crate::field::caseload::{Case, CaseStatus, Entry};
use crate::field::reading::{Layout, Meaning, Reason, SetAside, SheetReading, SheetState, TableReading, list};
use crate::policy::Policies;
use crate::understand::normalise::aside::{aside, reason_aside};
use crate::understand::normalise::list::is_closed;
use crate::understand::normalise::names::initials_of;
use crate::understand::normalise::people::People;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::table::{note_cells, rows_above, rows_below};
use crate::understand::normalise::whose::Holder;
use crate::understand::words::Words;

use super::cells;

/// A case with its worker, where it has one.
type Held<'a> = (Option<String>, &'a mut Case);

/// The children of list 6 by reference.
type Children<'a> = BTreeMap<String, Vec<Held<'a>>>;

/// Joins list 9 to list 6, and lists 7 and 8 to the children of list 6.
pub fn join(
    book: &RawBook,
    readings: &mut [SheetReading],
    people: &mut People<'_>,
    words: &Words,
    policies: &Policies,
) {
    if !readings.iter().any(|reading| reading.annex_a.is_some()) {
        return;
    }
    held_by_the_other_list(readings, people);
    repeated_on_the_other_list(book, readings, people);
    let closed = closed_children(book, readings);
    let lists: Vec<Option<u8>> = readings.iter().map(|reading| reading.annex_a).collect();
    let mut children = Children::new();
    for (holder, case) in people.cases_mut() {
        if let (Entry::Given(child, _), Some(list::CHILDREN_IN_NEED)) = (&case.who.child, lists[case.place.sheet]) {
            children.entry(child.clone()).or_default().push((holder, case));
        }
    }
    for (position, (sheet, reading)) in book.sheets.iter().zip(readings).enumerate() {
        if reading.state != SheetState::Read || reading.aside.is_some() {
            continue;
        }
        let tables = std::mem::take(&mut reading.tables);
        for table in tables.iter().filter(|table| table.layout == Layout::AnnexADetail) {
            let part = sheet.within(table.area);
            let reader = Reader::new(&part, table, position, words, policies);
            read_details(&reader, reading, &mut children, &closed);
        }
        reading.tables = tables;
        reading.tidy();
    }
}

/// A young person whom one of lists 6 and 9 names a worker for is not without one on the other.
fn held_by_the_other_list(readings: &mut [SheetReading], people: &mut People<'_>) {
    let list_of = |case: &Case| readings[case.place.sheet].annex_a;
    let mut held: BTreeMap<String, BTreeSet<Option<u8>>> = BTreeMap::new();
    for (holder, case) in people.cases_mut() {
        if let (Some(_), Entry::Given(child, _)) = (holder, &case.who.child) {
            held.entry(child.clone()).or_default().insert(list_of(case));
        }
    }
    let elsewhere = |case: &Case| {
        let own = list_of(case);
        let lists = case.who.child.given().and_then(|child| held.get(child));
        own.is_some() && lists.is_some_and(|lists| lists.iter().any(|other| other.is_some() && *other != own))
    };
    let taken = people.take_unallocated(elsewhere);
    let joined: BTreeMap<&str, &Case> =
        taken.iter().filter_map(|case| Some((case.who.child.given()?.as_str(), case))).collect();
    for (holder, case) in people.cases_mut() {
        let other = case.who.child.given().and_then(|child| joined.get(child.as_str()));
        if let (Some(other), true) = (other, holder.is_some()) {
            if let Some(statuses) = other.status.given() {
                add_statuses(case, statuses);
            }
            if readings[other.place.sheet].annex_a == Some(list::CARE_LEAVERS) {
                add_statuses(case, &BTreeSet::from([CaseStatus::CareLeaver]));
            }
        }
    }
}

/// A child of one worker on both lists is one child, and neither row is a slip: both count as read.
fn repeated_on_the_other_list(book: &RawBook, readings: &mut [SheetReading], people: &mut People<'_>) {
    let lists: Vec<Option<u8>> = readings.iter().map(|reading| reading.annex_a).collect();
    for (position, reading) in readings.iter_mut().enumerate().filter(|(at, _)| lists[*at].is_some()) {
        let joined =
            |of: &Option<Place>| of.is_some_and(|of| lists[of.sheet].is_some() && lists[of.sheet] != lists[position]);
        let (counted, left) = std::mem::take(&mut reading.set_aside).into_iter().partition(|row| joined(&row.of));
        reading.set_aside = left;
        let counted: Vec<SetAside> = counted;
        for row in counted {
            reading.rows_counted += 1;
            if book.sheets[position].row(row.row).is_some_and(|row| row.hidden) {
                reading.hidden_rows.push(row.row);
            }
        }
        reading.hidden_rows.sort_unstable();
    }
    for (_, case) in people.cases_mut() {
        let own = lists[case.place.sheet];
        let young = case.row.repeats.iter().any(|repeat| lists[repeat.place.sheet] == Some(list::CARE_LEAVERS));
        if own == Some(list::CARE_LEAVERS) || (own.is_some() && young) {
            add_statuses(case, &BTreeSet::from([CaseStatus::CareLeaver]));
        }
        let slip = |place: Place| own.is_none() || lists[place.sheet].is_none() || lists[place.sheet] == own;
        case.row.repeats.retain(|repeat| slip(repeat.place));
    }
}

/// Adds to what a child's status cell says; a text not understood is still told.
fn add_statuses(case: &mut Case, statuses: &BTreeSet<CaseStatus>) {
    match &mut case.status {
        Entry::Given(known, _) => known.extend(statuses),
        Entry::Unclear(text, place) => {
            let (text, place) = (std::mem::take(text), *place);
            case.row.also_unclear.push((Meaning::Status, text, place));
            case.status = Entry::Given(statuses.clone(), place);
        }
        Entry::Blank(place) => case.status = Entry::Given(statuses.clone(), *place),
        Entry::NoColumn => case.status = Entry::Given(statuses.clone(), case.place),
    }
}

/// The children of list 6 whose episode is closed.
fn closed_children(book: &RawBook, readings: &[SheetReading]) -> BTreeSet<String> {
    let mut closed = BTreeSet::new();
    for (sheet, reading) in
        book.sheets.iter().zip(readings).filter(|(_, reading)| reading.annex_a == Some(list::CHILDREN_IN_NEED))
    {
        for row in reading.set_aside.iter().filter(|row| row.reason == Reason::Closed) {
            let column = reading.tables.iter().find_map(|table: &TableReading| table.column(Meaning::Child));
            let child = column.and_then(|column| sheet.value(CellRef::new(row.row, column)));
            closed.extend(child.and_then(|child| cells::reference(&child.text())));
        }
    }
    closed
}

/// Reads a list that tells more of children on list 6; its rows are joined to them, never added.
fn read_details(
    reader: &Reader<'_>,
    reading: &mut SheetReading,
    children: &mut Children<'_>,
    closed: &BTreeSet<String>,
) {
    let status = if reading.annex_a == Some(list::PLANS) { CaseStatus::ChildProtection } else { CaseStatus::InCare };
    let mut close = Vec::new();
    rows_above(reader, reading);
    for (index, row) in rows_below(reader.sheet, reader.table) {
        reading.rows_read += 1;
        let reason = match row {
            None => Some(Reason::Blank),
            Some(row) => reason_aside(reader, row),
        };
        let (None, Some(row)) = (reason, row) else {
            reading.set_aside.push(aside(index, reason.unwrap_or(Reason::Blank)));
            continue;
        };
        let detail = reader.case(row, None, &mut close);
        if is_closed(&detail, reader.policies) {
            reading.set_aside.push(aside(index, Reason::Closed));
            continue;
        }
        let cases = detail.who.child.given().and_then(|child| children.get_mut(child));
        let Some(cases) = cases else {
            let ended = detail.who.child.given().is_some_and(|child| closed.contains(child));
            reading.set_aside.push(aside(index, if ended { Reason::Closed } else { Reason::Unreadable }));
            if !ended {
                reading.differing.unknown.push(detail.place.cell);
            }
            continue;
        };
        reading.rows_counted += 1;
        if row.hidden {
            reading.hidden_rows.push(index);
        }
        if differs_in_status(status, cases) {
            reading.differing.status.push(detail.place.cell);
        }
        reading.differing.worker.extend(another_worker(reader, row, cases));
        for (_, case) in cases {
            add_detail(case, status, &detail);
        }
    }
    note_cells(reader, reading);
    reading.close_words.extend(close);
}

/// Whether list 6 gives the child a status that leaves no room for this one.
fn differs_in_status(status: CaseStatus, cases: &[Held<'_>]) -> bool {
    // List 6 gives one status, the weightiest: a child in care may have a plan beside it.
    let told = |statuses: &BTreeSet<CaseStatus>| {
        statuses.contains(&status) || (status == CaseStatus::ChildProtection && statuses.contains(&CaseStatus::InCare))
    };
    cases.iter().any(|(_, case)| case.status.given().is_some_and(|statuses| !told(statuses)))
}

/// The cell that names a worker who is none of the child's on list 6; initials may stand for a name.
fn another_worker(reader: &Reader<'_>, row: &RawRow, cases: &[Held<'_>]) -> Option<CellRef> {
    let Holder::Named(name, place) = reader.holder(row) else { return None };
    let same = |holder: &Option<String>| {
        holder
            .as_ref()
            .is_some_and(|key| *key == name.key || initials_of(&name.key, key) || initials_of(key, &name.key))
    };
    (!cases.iter().any(|(holder, _)| same(holder))).then_some(place.cell)
}

/// Adds to a case what another list tells of the child.
fn add_detail(case: &mut Case, status: CaseStatus, detail: &Case) {
    add_statuses(case, &BTreeSet::from([status]));
    case.hint = case.hint.or(detail.hint);
    if let (Entry::Given(more, place), known) = (&detail.proceedings, &mut case.proceedings) {
        match known {
            Entry::Given(known, _) => known.extend(more),
            none => *none = Entry::Given(more.clone(), *place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::caseload::{Caseload, beside};
    use crate::testing::understood;

    const LIST_6: &str = "## List_6
        List 6: Children in need
        ChildUniqueID | CINStartDate | PrimaryNeedCode | CINClosureDate | CaseStatus | AllocatedTeam | AllocatedWorker
        1 | 2025-01-02 | N1 | | a) Looked after child | Locality North | Ada Heron
        2 | 2025-01-02 | N1 | | b | Locality North | Ada Heron
        3 | 2025-01-02 | N1 | | Child in need plan | Locality North | Ada Heron
        4 | 2025-01-02 | N1 | 2025-09-30 | d) Open assessment | Locality North | Ada Heron
        5 | 2025-01-02 | N1 | | e) Closed episode | Locality North | Ada Heron
        6 | 2025-01-02 | N1 | | c) Child in need plan | Locality North |";

    fn read(more: &str) -> Caseload {
        let caseload = understood(&format!("{LIST_6}\n{more}"));
        for sheet in &caseload.sheets {
            assert_eq!(sheet.rows_read, sheet.rows_counted + sheet.set_aside.len() as u32, "{}", sheet.name);
        }
        caseload
    }

    #[test]
    fn closed_episodes_do_not_count() {
        let caseload = read("");
        assert_eq!(caseload.sheets[0].reasons(), "closed 2");
        let team = &caseload.teams[0];
        assert_eq!(
            (team.name.as_str(), team.workers[0].holds.cases.len(), team.unallocated.len()),
            ("Locality North", 3, 1)
        );
        let counted = beside(team, &team.workers[0]);
        assert_eq!((counted.cp, counted.cioc, counted.households), (Some(1), Some(1), None));
        assert!(team.workers[0].fte().is_none() && team.workers[0].post.unknown);
    }

    #[test]
    fn details_are_joined_and_never_added() {
        let caseload = read(
            "## List_7
             ChildUniqueID | ChildProtectionPlanStartDate | ChildProtectionPlanEndDate | AllocatedWorker
             1 | 2025-01-02 | | Ada Heron
             3 | 2025-01-02 | | Ada Heron
             2 | 2024-01-02 | 2024-06-01 | Ada Heron
             5 | 2025-01-02 | | Ada Heron
             77 | 2025-01-02 | | Ada Heron
             ## List_8
             ChildUniqueID | DateStartedToBeLookedAfter | ChildsLegalStatus | AllocatedWorker
             1 | 2025-01-02 | C1 | Ben Kite",
        );
        let (plans, care) = (&caseload.sheets[1], &caseload.sheets[2]);
        assert_eq!((plans.rows_counted, plans.reasons().as_str()), (2, "closed 2; unreadable 1"));
        assert_eq!((plans.differing.unknown.len(), plans.differing.status.len()), (1, 1));
        assert_eq!((care.rows_counted, care.differing.worker.len()), (1, 1));
        let team = &caseload.teams[0];
        assert_eq!((team.workers.len(), team.workers[0].holds.cases.len()), (1, 3));
        let first = &team.workers[0].holds.cases[0];
        assert!(first.has(CaseStatus::InCare) && first.has(CaseStatus::ChildProtection) && first.hint.is_some());
        assert!(team.workers[0].holds.cases[2].has(CaseStatus::ChildProtection));
    }

    #[test]
    fn a_young_person_on_both_lists_is_one() {
        let list_9 = "## List_9
            ChildUniqueID | AllocatedTeam | AllocatedWorker | AllocatedPersonalAdvisor | EligibilityCategory | LAInTouch
            1 | Locality North | Heron, Ada | Cy Reed | Eligible | Yes
            6 | Leaving Care | Dee Swan | | Relevant | Yes
            90 | Leaving Care | | Cy Reed | Former relevant child | Yes
            91 | Leaving Care | Dee Swan | Cy Reed | something else | Yes
            3 | Locality North | | | Relevant | Yes";
        for caseload in [read(list_9), understood(&format!("{list_9}\n{LIST_6}"))] {
            let worker = |name: &str| {
                let key = |worker: &crate::field::caseload::Worker| worker.who.key == name;
                caseload.workers().map(|(_, worker)| worker).find(|worker| key(worker)).unwrap()
            };
            let ada = worker("ada heron");
            assert_eq!(ada.holds.cases.len(), 3);
            let both: Vec<bool> = ada.holds.cases.iter().map(|case| case.has(CaseStatus::CareLeaver)).collect();
            assert_eq!(both, [true, false, true]);
            assert!(ada.holds.cases.iter().all(|case| case.row.repeats.is_empty()));
            assert_eq!((worker("cy reed").holds.cases.len(), worker("cy reed").holds.co_worked.len()), (1, 1));
            assert_eq!(worker("dee swan").holds.cases.len(), 2);
            assert!(caseload.teams.iter().all(|team| team.unallocated.is_empty()));
            let sheet = caseload.sheets.iter().find(|sheet| sheet.annex_a == Some(9)).unwrap();
            assert_eq!((sheet.rows_counted, sheet.set_aside.len()), (5, 0));
            let area = caseload.teams.iter().find(|team| team.name == "Leaving Care").unwrap().area;
            assert_eq!(area, Some(crate::field::caseload::ServiceArea::LeavingCare));
        }
    }
}
