//! What the terminal shows of policies: the list, one of them, a file that was checked.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use jiff::civil::Date;

use super::check::broken;
use super::table;
use crate::book::phrase::count;
use crate::field::caseload::ServiceArea;
use crate::policy::{Change, Changes, Examined, Limit, Policy, Post, Source, Weight};

/// Characters on a line.
const WIDTH: u16 = 100;

/// The policies the program carries, with what each judges.
pub fn list(policies: &[Policy]) -> String {
    let mut table = narrow(&["name", "what it is", "judges", "colours"]);
    for policy in policies {
        table.add_row([
            policy.name.clone(),
            policy.title.clone(),
            judges(policy),
            if policy.advisory { "beside the others".into() } else { String::new() },
        ]);
    }
    format!("{table}\n`fairload policy show NAME` prints the figures of one, each with its source.\n")
}

/// A policy's figures in force on a date, each with whom it is for and where it comes from.
pub fn show(policy: &Policy, on: Date) -> String {
    let mut text = format!("{}\n{}", policy.title, broken(&policy.about, 0));
    if policy.advisory {
        text.push_str("Advisory: shown beside the others, and never gives a worker their overall colour.\n");
    }
    text.push_str(&format!("In force on {}:\n", day(on)));
    let mut shown = Shown { policy, on, text, later: Vec::new(), sources: Sources::default() };
    shown.limits();
    shown.benchmarks();
    shown.adjustments();
    shown.flags();
    shown.figures();
    shown.colours();
    shown.closing()
}

/// A policy as far as it is shown, section by section.
struct Shown<'a> {
    policy: &'a Policy,
    on: Date,
    text: String,
    /// What is not yet in force, by its first day.
    later: Vec<(Date, String)>,
    sources: Sources,
}

impl Shown<'_> {
    fn limits(&mut self) {
        let policy = self.policy;
        let limits = in_force(&policy.limits, self.on, |entry| (&entry.id, entry.from));
        let whom = |limit: &Limit| match (limit.whom.is_everybody(), limit.whom.names_what_tables_do_not()) {
            (true, _) | (_, true) => format!("{} ({})", limit.whom.in_words(policy), limit.label),
            _ => limit.whom.in_words(policy),
        };
        let at_most = |limit: &Limit| policy.figure_in_words(limit, None);
        let counted = |limit: &Limit| match limit.replaces.as_slice() {
            [] => policy.counted_in_words(limit),
            others => {
                let others: Vec<&str> = others.iter().map(|counted| counted.label()).collect();
                format!("{}, in place of a higher limit", others.join(" or "))
            }
        };
        let mut rows = narrow(&["who", "at most", "counted in", "from", "source"]);
        for limit in &limits.now {
            let source = self.sources.number(&limit.source);
            rows.add_row([whom(limit), at_most(limit), counted(limit), day(limit.from), source]);
        }
        let later = limits.later.iter();
        self.later.extend(later.map(|it| (it.from, format!("{}: {} {}", whom(it), at_most(it), counted(it)))));
        let title = "Limits for a full-time worker; part time in proportion unless a note says otherwise";
        section(&mut self.text, title, rows);
    }

    fn benchmarks(&mut self) {
        let mut rows = narrow(&["who", "expected", "counted in", "from", "source"]);
        let benchmarks = in_force(&self.policy.benchmarks, self.on, |entry| (&entry.id, entry.from));
        for entry in &benchmarks.now {
            let mut whom = entry.whom.in_words(self.policy);
            if entry.full {
                whom.push_str(", and where experience is not known");
            }
            let (value, measure) = (entry.value.normalize().to_string(), entry.measure.to_string());
            rows.add_row([whom, value, measure, day(entry.from), self.sources.number(&entry.source)]);
        }
        let later = benchmarks.later.iter();
        self.later.extend(later.map(|it| (it.from, format!("{}: {} {}", it.label, it.value, it.measure))));
        section(&mut self.text, "Benchmarks for a full-time worker", rows);
    }

    fn adjustments(&mut self) {
        let mut rows = narrow(&["who", "percent", "of", "from", "source"]);
        let adjustments = in_force(&self.policy.adjustments, self.on, |entry| (&entry.id, entry.from));
        for entry in &adjustments.now {
            let of: Vec<&str> = entry.measures.iter().map(|measure| measure.name()).collect();
            let (whom, percent) = (entry.whom.in_words(self.policy), entry.percent.normalize().to_string());
            rows.add_row([whom, percent, of.join(", "), day(entry.from), self.sources.number(&entry.source)]);
        }
        let later = adjustments.later.iter();
        self.later.extend(later.map(|it| (it.from, format!("{}: {} %", it.label, it.percent))));
        section(&mut self.text, "Taken at a percentage", rows);
    }

    fn flags(&mut self) {
        let mut rows = narrow(&["bound", "for", "at most", "from", "source"]);
        let flags = in_force(&self.policy.flags, self.on, |entry| (&entry.id, entry.from));
        for flag in &flags.now {
            let (label, whom) = (flag.label.clone(), flag.whom.in_words(self.policy));
            rows.add_row([label, whom, flag.in_words(), day(flag.from), self.sources.number(&flag.source)]);
        }
        self.later.extend(flags.later.iter().map(|it| (it.from, format!("{}: {}", it.label, it.in_words()))));
        section(&mut self.text, "Told of when passed, without a colour", rows);
    }

    /// Figures of the models, and the points of each kind of task.
    fn figures(&mut self) {
        let policy = self.policy;
        let mut rows = narrow(&["figure", "value", "unit", "from", "source"]);
        let figures = in_force(&policy.figures, self.on, |entry| (&entry.id, entry.from));
        for it in &figures.now {
            let value = it.value.normalize().to_string();
            rows.add_row([it.label.clone(), value, it.unit.clone(), day(it.from), self.sources.number(&it.source)]);
        }
        let later = figures.later.iter();
        self.later.extend(later.map(|it| (it.from, format!("{}: {} {}", it.label, it.value, it.unit))));
        let indicative = policy.tasks.as_ref().is_some_and(|tasks| tasks.indicative);
        let tasks = in_force(&policy.task_kinds, self.on, |entry| (&entry.id, entry.from));
        for it in &tasks.now {
            let value = it.value.normalize();
            let value = if indicative { format!("{value} (indicative)") } else { value.to_string() };
            rows.add_row([it.label.clone(), value, it.unit.clone(), day(it.from), self.sources.number(&it.source)]);
        }
        let later = tasks.later.iter();
        self.later.extend(later.map(|it| (it.from, format!("{}: {} {}", it.label, it.value, it.unit))));
        section(&mut self.text, "Figures", rows);
    }

    /// The bands, and what each colour asks for.
    fn colours(&mut self) {
        let bands = in_force(&self.policy.bands, self.on, |entry| (&entry.id, entry.from));
        let sources = &mut self.sources;
        let lines = bands.now.iter();
        let lines = lines.map(|it| format!("{}: {} {}", it.measure, it.in_words(), sources.cite(&it.source)));
        lines_of(&mut self.text, "Colours", &lines.collect::<Vec<_>>());
        self.later.extend(bands.later.iter().map(|it| (it.from, format!("{}: {}", it.measure, it.in_words()))));
        let actions = self.policy.actions.iter();
        let actions = actions.map(|it| format!("{}: {} {}", it.rag.word(), it.text, sources.cite(&it.source)));
        lines_of(&mut self.text, "What each colour asks for", &actions.collect::<Vec<_>>());
    }

    /// What is not yet in force, the notes, and the sources that were met; then the whole text.
    fn closing(mut self) -> String {
        self.later.sort();
        let later = self.later.into_iter().map(|(from, what)| format!("from {}: {what}", day(from)));
        lines_of(&mut self.text, "Not yet in force", &later.collect::<Vec<_>>());
        let notes = self.policy.notes.iter();
        let notes = notes.map(|note| format!("{} {}", note.text, self.sources.cite(&note.source)));
        lines_of(&mut self.text, "Notes", &notes.collect::<Vec<_>>());
        lines_of(&mut self.text, "Sources", &self.sources.listed());
        self.text
    }
}

/// A file that was checked: all that was found, and who has which limit.
pub fn checked(name: &str, examined: &Examined, on: Date) -> String {
    let number = examined.problems.len();
    let verdict = match &examined.policy {
        None => format!("this policy cannot be used: {}", count(number, "fault", "faults")),
        Some(_) if number == 0 => "this policy can be used".into(),
        Some(_) => format!("this policy can be used; worth a look: {}", count(number, "entry", "entries")),
    };
    let mut text = format!("{name}: {verdict}\n");
    for problem in &examined.problems {
        text.push_str(&format!("{problem}\n"));
    }
    if let Some(policy) = &examined.policy {
        text.push_str(&coverage(policy, on));
    }
    text
}

/// The JSON Schema of a policy's file.
pub fn schema() -> String {
    serde_json::to_string_pretty(crate::policy::schema()).unwrap_or_default() + "\n"
}

/// The exit code of a check: 0 fine, 1 worth a look, 2 not usable.
pub fn exit(examined: &Examined) -> u8 {
    match examined.problems.iter().map(|problem| problem.weight).min() {
        None => 0,
        Some(Weight::WorthALook) => 1,
        Some(Weight::Unusable) => 2,
    }
}

/// What a policy would change against another.
pub fn changes(changes: &Changes, before: &Policy, on: Date) -> String {
    let mut text = format!("\nAgainst {} on {}:\n", before.name, day(on));
    if changes.is_empty() {
        text.push_str("  nothing would change\n");
    }
    let none = |words: &str| if words.is_empty() { "none".to_string() } else { words.to_string() };
    let lines = |all: &[Change]| -> Vec<String> {
        all.iter().map(|it| format!("{}: {} → {}", it.what, none(&it.before), none(&it.after))).collect()
    };
    lines_of(&mut text, "Limits", &lines(&changes.limits));
    lines_of(&mut text, "Benchmarks", &lines(&changes.benchmarks));
    lines_of(&mut text, "Colours", &lines(&changes.bands));
    lines_of(&mut text, "Figures", &lines(&changes.figures));
    lines_of(&mut text, "Entries", &changes.entries);
    text
}

/// Who has which limit: a row for each post, a column for each kind of team.
fn coverage(policy: &Policy, on: Date) -> String {
    if policy.limits.is_empty() {
        return "It gives no limits.\n".into();
    }
    const NONE: &str = "none";
    let mut rows: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
    for post in Post::SHOWN {
        let cells = ServiceArea::ALL.iter().map(|area| {
            let limits = policy.limits_in_words(*area, *post, on);
            let figures: Vec<String> = limits.iter().map(|limit| limit.replace(" children", "")).collect();
            if figures.is_empty() { NONE.to_string() } else { figures.join("; ") }
        });
        let cells: Vec<String> = cells.collect();
        match rows.iter_mut().find(|(_, known)| *known == cells) {
            Some((posts, _)) => posts.push(post.label()),
            None => rows.push((vec![post.label()], cells)),
        }
    }
    let gaps = rows.iter().any(|(_, cells)| cells.iter().any(|cell| cell == NONE));
    let mut table = narrow(&AREAS);
    for (posts, cells) in rows {
        let posts = if posts.len() == Post::SHOWN.len() { "everybody".into() } else { posts.join("; ") };
        table.add_row([posts].into_iter().chain(cells).collect::<Vec<_>>());
    }
    for (column, width) in [(0, 18), (ServiceArea::ALL.len() - 1, 13)] {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    let mut text = format!("\nLimits on {}, in children where nothing else is said:\n{table}\n", day(on));
    if gaps {
        text.push_str("none: workers of that role in that team are not scored for limits by this policy.\n");
    }
    let narrower = policy.limits.iter().filter(|limit| limit.whom.names_what_tables_do_not()).count();
    if narrower > 0 {
        let entries = count(narrower, "entry more is", "entries more are");
        text.push_str(&format!("{entries} for a grade, a team or kinds of case: see `fairload policy show`.\n"));
    }
    text
}

/// The service areas, in their order, as heads of narrow columns.
const AREAS: [&str; ServiceArea::ALL.len() + 1] =
    ["", "assess- ment", "locality", "disabled", "review- ing", "in care", "fostering", "leaving care"];

/// The sources of a policy in the order in which they are met, each with its number.
#[derive(Default)]
struct Sources(Vec<String>);

impl Sources {
    fn number(&mut self, source: &Source) -> String {
        let source = source.to_string();
        let at = self.0.iter().position(|known| *known == source).unwrap_or_else(|| {
            self.0.push(source);
            self.0.len() - 1
        });
        (at + 1).to_string()
    }

    fn cite(&mut self, source: &Source) -> String {
        format!("[{}]", self.number(source))
    }

    fn listed(&self) -> Vec<String> {
        self.0.iter().enumerate().map(|(at, source)| format!("{} {source}", at + 1)).collect()
    }
}

struct InForce<'a, T> {
    now: Vec<&'a T>,
    later: Vec<&'a T>,
}

/// Of each id the latest entry that has begun, and those that have not.
fn in_force<'a, T>(entries: &'a [T], on: Date, key: impl Fn(&T) -> (&String, Date)) -> InForce<'a, T> {
    let begun = |entry: &T| {
        let (id, from) = key(entry);
        let newer = |other: &T| key(other).0 == id && from < key(other).1 && key(other).1 <= on;
        from <= on && !entries.iter().any(newer)
    };
    InForce {
        now: entries.iter().filter(|entry| begun(entry)).collect(),
        later: entries.iter().filter(|entry| on < key(entry).1).collect(),
    }
}

/// What a policy judges, in words.
fn judges(policy: &Policy) -> String {
    let mut words: Vec<&str> = Vec::new();
    let bands = policy.bands.iter().map(|bands| bands.measure.name());
    for word in bands.chain((!policy.flags.is_empty()).then_some("findings")) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() { "findings alone".into() } else { words.join(", ") }
}

fn narrow(head: &[&str]) -> Table {
    let mut table = table(head);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table
}

fn section(text: &mut String, title: &str, table: Table) {
    if table.row_count() > 0 {
        text.push_str(&format!("\n{title}\n{table}\n"));
    }
}

fn lines_of(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("\n{title}\n"));
    for line in lines {
        text.push_str(&broken(line, 2));
    }
}

fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}
