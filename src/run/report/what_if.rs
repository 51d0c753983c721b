//! What would follow if workers took more children, before they are given.

use rust_decimal::Decimal;

use crate::book::phrase::count;
use crate::field::rating::{Measure, Rag, Rating, rounded};
use crate::judge::what_if::Asked;
use crate::judge::what_if::WhatIf;
use crate::run::report::table;

/// A table for each question, with a sentence on who would stay green.
pub fn told(lines: &[WhatIf]) -> String {
    let mut questions: Vec<&Asked> = Vec::new();
    for line in lines {
        if !questions.contains(&&line.asked) {
            questions.push(&line.asked);
        }
    }
    let of = |asked: &Asked| lines.iter().filter(|line| line.asked == *asked).collect::<Vec<_>>();
    questions.into_iter().map(|asked| question(asked, &of(asked))).collect()
}

fn question(asked: &Asked, lines: &[&WhatIf]) -> String {
    let children = count(asked.children as usize, "more child", "more children");
    let of_team = lines.iter().any(|line| line.of_team);
    let who = match lines.first() {
        Some(line) if of_team => format!("one worker of {}", line.team),
        Some(line) => line.worker.clone(),
        None => return String::new(),
    };
    let mut workers: Vec<Worker<'_>> = Vec::new();
    for line in lines {
        match workers.iter_mut().find(|worker| worker.is(line)) {
            Some(worker) => worker.lines.push(line),
            None => workers.push(Worker { lines: vec![line] }),
        }
    }
    // Whoever would be best placed stands first, and last who cannot be scored.
    let place = |rag: Rag| [Rag::Green, Rag::Amber, Rag::Red, Rag::NotScored].iter().position(|other| *other == rag);
    workers.sort_by_key(|worker| (place(worker.after()), worker.used()));
    let mut text = format!("If {who} took {children}, as one family at medium intervention and without a status:\n");
    let mut table = table(&["worker", "measure", "load", "after", "against", "%", "% after", "RAG", "RAG after"]);
    for line in workers.iter().flat_map(|worker| &worker.lines) {
        let WhatIf { before, after, .. } = line;
        table.add_row([
            line.worker.clone(),
            measure(after),
            figure(before.load),
            figure(after.load),
            figure(after.against.as_ref().map(|against| against.upper())),
            percent(before),
            percent(after),
            before.rag.word().to_string(),
            after.rag.word().to_string(),
        ]);
    }
    text.push_str(&format!("{table}\n"));
    for line in lines.iter().filter(|line| line.before.rag != Rag::NotScored && line.after.rag == Rag::NotScored) {
        text.push_str(&format!("{}, {}: {}\n", line.worker, measure(&line.after), line.after.because));
    }
    if of_team {
        text.push_str(&team(asked, lines, &workers));
    }
    text
}

/// The lines of one worker.
struct Worker<'a> {
    lines: Vec<&'a WhatIf>,
}

impl Worker<'_> {
    fn is(&self, line: &WhatIf) -> bool {
        self.lines.first().is_some_and(|first| (&first.team, &first.worker) == (&line.team, &line.worker))
    }

    /// The worst colour after it, of what is more than advice.
    fn after(&self) -> Rag {
        let binding = self.lines.iter().filter(|line| !line.after.advisory);
        binding.map(|line| line.after.rag).min().unwrap_or(Rag::NotScored)
    }

    /// The highest utilisation after it.
    fn used(&self) -> Option<Decimal> {
        self.lines.iter().filter_map(|line| line.after.utilisation()).max()
    }
}

/// The team as a whole, and who of it would stay green.
fn team(asked: &Asked, lines: &[&WhatIf], workers: &[Worker<'_>]) -> String {
    let mut text = String::new();
    let limits = lines.iter().filter(|line| line.before.measure == Measure::Limit && line.before.rag != Rag::NotScored);
    let policy = limits.clone().next().map(|line| line.before.policy.as_str());
    let limits = limits.filter(|line| Some(line.before.policy.as_str()) == policy);
    let (mut load, mut upper) = (Decimal::ZERO, Decimal::ZERO);
    for rating in limits.map(|line| &line.before) {
        load += rating.load.unwrap_or_default();
        upper += rating.against.as_ref().map_or(Decimal::ZERO, |against| against.upper());
    }
    if !upper.is_zero() {
        let used = |load: Decimal| rounded(load * Decimal::ONE_HUNDRED / upper, 1);
        let after = load + Decimal::from(asked.children);
        text.push_str(&format!(
            "The team as a whole: {} of {} ({} %) now, {after} ({} %) after it.\n",
            load.normalize(),
            upper.normalize(),
            used(load),
            used(after)
        ));
    }
    let green = workers.iter().filter(|worker| worker.after() == Rag::Green);
    let green: Vec<&str> = green.filter_map(|worker| worker.lines.first()).map(|line| line.worker.as_str()).collect();
    text.push_str(&match green.as_slice() {
        [] => "Nobody of the team would stay green.\n".to_string(),
        names => format!("Would stay green: {}.\n", names.join(", ")),
    });
    text
}

fn measure(rating: &Rating) -> String {
    let unit = rating.unit.label();
    let unit = if rating.measure.name() == unit { String::new() } else { format!(", {unit}") };
    format!("{}{unit}{}", rating.measure, if rating.advisory { " (advisory)" } else { "" })
}

fn figure(figure: Option<Decimal>) -> String {
    figure.map_or("–".into(), |figure| figure.normalize().to_string())
}

fn percent(rating: &Rating) -> String {
    rating.utilisation().map_or("–".into(), |percent| rounded(percent, 1).to_string())
}
