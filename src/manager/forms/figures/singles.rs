//! The single figures of a form, each with unit and source at a cell.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look};
use crate::book::phrase::day;
use crate::book::sheet::CellRef;
use crate::field::rating::{Measure, Rag};
use crate::policy::{Figure, Policy, figure_ids as id};

use super::{COLUMNS, Figures, Key};

impl<'a> Figures<'a> {
    /// The head of the sheet, with the policies.
    pub(super) fn head(&mut self) {
        self.page.across(COLUMNS, "The figures that this form reckons with", Look::Title);
        let day = day(self.policies.as_of);
        let about = format!(
            "Taken from the agreed policies as they stand on {day}. To change a figure, change the policy and have the \
             form written anew: so the form and fairload always agree."
        );
        self.page.across(COLUMNS, &about, Look::Muted);
        for policy in &self.policies.chosen {
            let shown = self.shown().iter().flatten().any(|shown| shown.name == policy.name);
            let what = if shown { "shown on this form" } else { "not shown on this form; judged when fairload is run" };
            self.page.push(vec![
                Cell::text(&policy.title).look(Look::Strong),
                Cell::text(&policy.name).look(Look::Text),
                Cell::text(what).look(Look::Text),
                Cell::text(&policy.about).look(Look::Text),
            ]);
        }
        self.page.gap();
        self.page.across(COLUMNS, "Figures", Look::Section);
        self.page.push(Cell::headings(&["What", "Figure", "Unit", "Source"]));
    }

    /// The edges of the bands of every measure shown.
    pub(super) fn bands(&mut self) {
        for measure in [Measure::Limit, Measure::Points, Measure::Tasks, Measure::Time] {
            let Some((_, bands)) = self.bands_of(measure) else { continue };
            let source = bands.source.to_string();
            for (rag, edge) in [(Rag::Amber, &bands.amber), (Rag::Red, &bands.red)] {
                let label = format!("{} in {measure}: {}", rag.word(), edge.side.word());
                self.put(Key::Edge(measure, rag), &label, edge.percent, &bands.unit, &source);
            }
        }
    }

    /// Points, hours and what else formulas refer to.
    pub(super) fn singles(&mut self) {
        let (policies, on) = (self.policies, self.policies.as_of);
        let of = |policy: Option<&'a Policy>, id: &str| policy?.figure(id, on);
        for id in id::POINTS {
            self.single(id, of(self.points, id));
        }
        for (_, task) in self.tasks_in_force() {
            let source = task.source.to_string();
            self.put(Key::Task(task.id.clone()), &task.label, task.value, &task.unit, &source);
        }
        for id in id::TASKS {
            self.single(id, of(self.tasks, id));
        }
        for id in id::TIME {
            self.single(id, of(self.time, id));
        }
        self.single(id::FTE_MOST, policies.figure(id::FTE_MOST));
        self.single(id::WEEK, policies.figure(id::WEEK).filter(|_| self.time.is_some()));
    }

    fn single(&mut self, id: &'static str, figure: Option<&Figure>) {
        if let Some(figure) = figure {
            let source = figure.source.to_string();
            self.put(Key::Figure(id), &figure.label, figure.value, &figure.unit, &source);
        }
    }

    fn put(&mut self, key: Key, label: &str, value: Decimal, unit: &str, source: &str) {
        let row = self.page.push(vec![
            Cell::text(label).look(Look::Text),
            Cell::number(value),
            Cell::text(unit).look(Look::Text),
            Cell::text(source).look(Look::Text),
        ]);
        self.cells.insert(key, CellRef::new(row, 1));
    }
}
