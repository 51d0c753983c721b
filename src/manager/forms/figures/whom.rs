//! What is expected of whom: a line for each service area, role and experience.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look};
use crate::book::sheet::{Area, CellRef};
use crate::field::caseload::{Role, ServiceArea};

use super::super::expected::{areas, expected};
use super::lists::{ROLES, STAGES};
use super::{Figures, NOT_GIVEN, capital, of};

impl Figures<'_> {
    /// The table that formulas look a worker up in.
    pub(super) fn whom(&mut self) {
        self.table.across(11, "What is expected of a full-time worker", Look::Title);
        let heads = [
            "Field of work | post | time in practice",
            "Lower",
            "Upper",
            "Pro rata",
            "May be agreed",
            "In points",
            "Only with cases",
            "Line",
            "In tasks",
            "Supervision, hours",
            "CPD, percent",
        ];
        let head = self.table.push(Cell::headings(&heads));
        self.table.freeze = Some(CellRef::new(head + 1, 1));
        let areas = areas(self.limits, self.policies).into_iter().map(Some).chain([None]);
        let figure = |value: Option<Decimal>| Cell::maybe(value);
        let time = self.time;
        let as_of = self.policies.as_of;
        let hours = |id: Option<&str>| Cell::maybe(id.and_then(|id| Some(time?.figure(id, as_of)?.value)));
        let flag = |set: bool| Cell::number(if set { Decimal::ONE } else { Decimal::ZERO });
        let mut line = Decimal::ZERO;
        for area in areas {
            for role in ROLES.iter().copied().map(Some).chain([None]) {
                for stage in STAGES.iter().map(|(stage, word)| Some((*stage, *word))).chain([None]) {
                    line += Decimal::ONE;
                    let expected = expected(self.shown(), self.policies, (area, role, stage.map(|(stage, _)| stage)));
                    let key = key(area, role, stage.map(|(_, word)| word));
                    self.table.push(vec![
                        Cell::text(key).look(Look::Text),
                        figure(expected.limit.map(|(lower, _)| lower)),
                        figure(expected.limit.map(|(_, upper)| upper)),
                        flag(expected.pro_rata),
                        flag(expected.may_agree),
                        figure(expected.points),
                        flag(expected.points_with_cases),
                        Cell::number(line),
                        figure(expected.tasks),
                        hours(expected.hours.map(|[supervision, _]| supervision)),
                        hours(expected.hours.map(|[_, cpd]| cpd)),
                    ]);
                }
            }
        }
        self.table.repeat = Some((head, head));
        let last = self.table.next() - 1;
        self.table.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(last, of::CPD) });
    }
}

fn key(area: Option<ServiceArea>, role: Option<Role>, stage: Option<&str>) -> String {
    let role = role.map_or(NOT_GIVEN.to_string(), |role| capital(role.label()));
    format!("{}|{role}|{}", area.map_or(NOT_GIVEN, ServiceArea::label), stage.unwrap_or(NOT_GIVEN))
}
