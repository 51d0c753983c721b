//! What changed, in sentences without a worker's name.

use rust_decimal::Decimal;

use crate::book::phrase::count;
use crate::directorate::figures::{Figure, Way};
use crate::field::rating::rounded;

use super::changes::{ChangeKind, Trend, TrendLine};

impl Trend {
    /// What the last run has changed, in sentences without a worker's name; none where there is one run alone.
    pub fn in_words(&self) -> Vec<String> {
        let now = self.last();
        let Some(before) = now.checked_sub(1) else { return Vec::new() };
        let mut said = Vec::new();
        let (then, here) = (self.runs[before].named(), self.runs[now].named());
        let used = |run: usize| self.whole[run].get(&Figure::LimitsUsed).copied();
        said.push(match (used(before), used(now)) {
            (Some(old), Some(new)) => format!(
                "Limits used by the directorate: {} % in {then}, {} % in {here}: {}.",
                rounded(old, 1),
                rounded(new, 1),
                Turn::of(Figure::LimitsUsed, Some(new - old)).sentence(Figure::LimitsUsed)
            ),
            _ => format!("How the directorate's use of its limits changed from {then} to {here} is not known."),
        });
        let alone = self.lines.iter().filter(|line| line.at[now].is_some() != line.at[before].is_some()).count();
        if alone > 0 {
            said.push(format!(
                "{} in one of these two runs alone: a part of the directorate's change comes from that.",
                count(alone, "team is", "teams are")
            ));
        }
        said.push(self.teams_in_words(now));
        let number = |kind: ChangeKind| self.of(now, kind).count();
        let red = self.runs[now].red as usize;
        let unsure = number(ChangeKind::RedNotScoredBefore) + number(ChangeKind::RedNotMatched);
        let mut parts = vec![format!("{} newly", number(ChangeKind::NewlyRed))];
        for (many, what) in [
            (number(ChangeKind::RedNotInRunBefore), "not in the run before"),
            (unsure, "of whom it is not known whether newly"),
            (number(ChangeKind::RedRunning), "in three or more runs running"),
        ] {
            if many > 0 {
                parts.push(format!("{many} {what}"));
            }
        }
        said.push(format!(
            "{} red, {} in the run before: {}; {} red no longer.",
            count(red, "worker is", "workers are"),
            self.runs[before].red,
            parts.join(", "),
            count(number(ChangeKind::NoLongerRed), "is", "are"),
        ));
        said.push(match self.runs[now].with_overdue {
            Some(0) => "No action of a plan that came back is overdue.".into(),
            Some(some) => {
                format!("Actions are overdue for {}.", count(some as usize, "worker", "workers"))
            }
            None => "Whether actions are overdue is not known: no action plan came back.".into(),
        });
        said
    }

    fn teams_in_words(&self, now: usize) -> String {
        let here = self.lines.iter().filter(|line| line.at[now].is_some());
        let (mut more, mut less, mut same, mut unknown) = (0, 0, 0, 0);
        let mut most: Option<(Decimal, &TrendLine)> = None;
        for line in here {
            match line.change(now, Figure::LimitsUsed) {
                None => unknown += 1,
                Some(change) if change.is_zero() => same += 1,
                Some(change) if change < Decimal::ZERO => less += 1,
                Some(change) => {
                    more += 1;
                    if most.is_none_or(|(most, _)| change > most) {
                        most = Some((change, line));
                    }
                }
            }
        }
        let mut text = format!(
            "{} more of their limits than in the run before, {less} less, {same} the same; of {unknown} it is not known.",
            count(more, "team uses", "teams use")
        );
        if let Some((change, line)) = most {
            text.push_str(&format!(
                " The largest rise: {}, up {} points to {} %.",
                line.team,
                rounded(change, 1),
                line.figure(now, Figure::LimitsUsed).map_or(String::new(), |used| rounded(used, 1).to_string())
            ));
        }
        text
    }
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Heavier for the team.
    Worse(Decimal),
    /// Lighter.
    Better(Decimal),
    /// Neither better nor worse, or the same.
    Neutral(Decimal),
    /// Not known in one of the runs.
    NotKnown,
}

impl Turn {
    /// The way of a figure that changed by so much.
    pub fn of(figure: Figure, change: Option<Decimal>) -> Self {
        match (change, figure.worse()) {
            (None, _) => Turn::NotKnown,
            (Some(change), Way::Up) if change > Decimal::ZERO => Turn::Worse(change),
            (Some(change), Way::Down) if change < Decimal::ZERO => Turn::Worse(change),
            (Some(change), Way::Up | Way::Down) if !change.is_zero() => Turn::Better(change),
            (Some(change), _) => Turn::Neutral(change),
        }
    }

    /// `up 3.1 points, worse`.
    pub fn sentence(self, figure: Figure) -> String {
        let moved = |change: Decimal| {
            let points = if figure.is_percent() { " points" } else { "" };
            let way = if change > Decimal::ZERO { "up" } else { "down" };
            let places = if figure.is_percent() && rounded(change, 1) != Decimal::ZERO { 1 } else { 2 };
            format!("{way} {}{points}", rounded(change.abs(), places))
        };
        match self {
            Turn::Worse(change) => format!("{}, worse", moved(change)),
            Turn::Better(change) => format!("{}, better", moved(change)),
            Turn::Neutral(change) if change.is_zero() => "unchanged".into(),
            Turn::Neutral(change) => moved(change),
            Turn::NotKnown => "not known".into(),
        }
    }
}
