//! What a tasks form calls its columns and its lines.

use super::{Heading, Words, whole_words};
use crate::book::text::fold;
use crate::field::reading::Meaning;

/// What a line of a tasks form begins, or says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TasksLine {
    /// Additional travel for tasks.
    Travel,
    /// Duties beside tasks.
    Duties,
    /// What follows from the sum: the benchmark, the surplus, the action.
    Outcome,
}

impl Words {
    /// What a heading stands for on a tasks form: the task, how many there are, or their points.
    ///
    /// Words such as `Number` say so beside the others alone; `true` where the heading says it by itself.
    pub fn tasks_heading(&self, text: &str) -> Option<(Meaning, bool)> {
        let of_tasks = |meaning: &Meaning| matches!(meaning, Meaning::Task | Meaning::TaskNumber | Meaning::TaskPoints);
        if let Some(Heading::Means(meaning)) = self.listed_heading(text, false).filter(|heading| match heading {
            Heading::Means(meaning) => of_tasks(meaning),
            Heading::Ignored => false,
        }) {
            return Some((meaning, true));
        }
        match self.listed("tasks-form", text)? {
            "task" => Some((Meaning::Task, false)),
            "number" => Some((Meaning::TaskNumber, false)),
            "points" => Some((Meaning::TaskPoints, false)),
            _ => None,
        }
    }

    /// Whether a heading names a kind of task in a table with a column for each; `true` where it names
    /// nothing else, `false` where it does beside such headings alone.
    pub fn task_kind(&self, text: &str) -> Option<bool> {
        match self.listed("tasks-form", text)? {
            "kinds" => Some(true),
            "kinds-beside" | "travel" => Some(false),
            _ => None,
        }
    }

    /// What a line of a tasks form is, where it is no task.
    pub fn tasks_line(&self, text: &str) -> Option<TasksLine> {
        let folded = format!(" {} ", fold(text));
        let says = |wanted: &str| {
            let mut phrases = self.phrases("tasks-form").filter(|(_, key)| *key == wanted);
            phrases.any(|(phrase, _)| whole_words(&folded, phrase).next().is_some())
        };
        [("outcome", TasksLine::Outcome), ("travel", TasksLine::Travel), ("duties", TasksLine::Duties)]
            .into_iter()
            .find(|(key, _)| says(key))
            .map(|(_, line)| line)
    }

    /// A folded text without the examples behind it: `other` of `other eg counselling sessions`.
    pub fn before_examples(&self, folded: &str) -> String {
        let padded = format!(" {folded} ");
        let phrases = self.phrases("tasks-form").filter(|(_, key)| *key == "examples");
        let first = phrases.filter_map(|(phrase, _)| whole_words(&padded, phrase).next()).min();
        first.map_or(folded.to_string(), |at| padded[..at].trim().to_string())
    }
}
