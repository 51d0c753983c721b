//! Who a worker cell names: one person, several, or nobody.

use std::collections::BTreeSet;

use crate::book::text::fold;
use crate::field::caseload::WorkerSays;
use crate::field::reading::HowRead;
use crate::policy::Policies;
use crate::understand::normalise::cells::tidy;
use crate::understand::normalise::names::{WorkerName, initials, worker_name};
use crate::understand::words::{Nobody, Words, squeeze};

/// What a workbook's other cells and the roster say of who is a worker, to tell two names from one.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Keys of names that stand alone in a worker's cell.
    workers: BTreeSet<String>,
    /// Keys on the roster.
    rostered: BTreeSet<String>,
    /// The parts of keys that have several.
    parts: BTreeSet<String>,
    /// The initials of those that have several parts.
    initials: BTreeSet<String>,
    /// Names of a single word in the team column.
    teams: BTreeSet<String>,
    /// Workers go by their initials here.
    by_initials: bool,
}

impl Known {
    /// Gathers from texts of worker cells, from keys of roster rows and from texts of team cells.
    pub fn new<'t>(
        cells: &BTreeSet<String>,
        roster: impl Iterator<Item = &'t str>,
        teams: &BTreeSet<String>,
        words: &Words,
        policies: &Policies,
    ) -> Self {
        let mut known = Self::default();
        let of_initials = |text: &&String| {
            let letters = text.chars().count();
            (2..=3).contains(&letters) && text.chars().all(char::is_uppercase) && words.role(text).is_none()
        };
        known.by_initials = cells.iter().filter(of_initials).count() >= 2;
        let standing = cells.iter().filter_map(|text| {
            let name = worker_name(text, words, policies)?;
            let alone = !text.contains('\n') && parts(&name.shown).len() == 1 && !name.shown.contains(['(', '[']);
            let alone = alone && !name.shown.contains(" - ") && name.shown.matches(',').count() <= 1;
            let named = words.nobody(&name.shown).is_none() && !words.is_team(&name.shown);
            (alone && (name.titled || named)).then_some(name.key)
        });
        known.rostered = roster.map(str::to_string).collect();
        for key in standing.chain(known.rostered.clone()) {
            if key.contains(' ') {
                known.parts.extend(key.split(' ').map(str::to_string));
                known.initials.insert(initials(&key));
            }
            known.workers.insert(key);
        }
        known.teams = teams.iter().map(|team| fold(team)).filter(|team| !team.contains(' ')).collect();
        known
    }
}

/// Marks that part two names.
const SEPARATORS: [char; 7] = ['/', '\\', '&', ';', '+', '|', '\n'];

/// Words that part two names.
const JOINTS: [&str; 2] = [" and ", " with "];

/// Reads a worker cell: the one who holds the case, the names of those who help, and what kind of
/// text it is; `Err` where it names nobody.
///
/// Without anything known of other workers a cell is never parted.
pub fn worker_cell(
    raw: &str,
    known: Option<&Known>,
    words: &Words,
    policies: &Policies,
) -> Result<(WorkerName, Vec<String>, WorkerSays), WorkerSays> {
    let Some(text) = tidy(raw) else { return Err(WorkerSays::Blank) };
    let figure = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,".contains(c);
    if text.chars().all(figure) && text.contains(|c: char| c.is_ascii_digit()) {
        return Err(WorkerSays::Figure);
    }
    let cell = Cell { known, words, policies };
    let nobody = cell.nobody(&text);
    if let Some(parted) = cell.parted(raw, nobody) {
        return Ok(parted);
    }
    if let Some(says) = nobody {
        return Err(says);
    }
    let Some(name) = worker_name(&text, words, policies) else { return Err(WorkerSays::Blank) };
    if let Some(says) = cell.nobody_by_name(&name) {
        return Err(says);
    }
    Ok((name, Vec::new(), WorkerSays::Name))
}

/// What one part of a worker cell is.
enum Part {
    Person(WorkerName),
    Nobody,
    Remark,
    Unknown(String),
}

/// What a worker cell is read by.
struct Cell<'a> {
    known: Option<&'a Known>,
    words: &'a Words,
    policies: &'a Policies,
}

impl Cell<'_> {
    /// What a text says that names nobody.
    fn nobody(&self, text: &str) -> Option<WorkerSays> {
        let titled = text.split(' ').next().is_some_and(|word| self.words.is_title(word)) && text.contains(' ');
        let name = || worker_name(text, self.words, self.policies);
        // "Duty, Ann" where Ann Duty is known; otherwise a word for nobody with more behind.
        if titled || (text.contains(',') && name().is_some_and(|name| self.is_known(&name.key))) {
            return None;
        }
        if let Some(nobody) = self.words.nobody(text) {
            return Some(match nobody {
                Nobody::Blank => WorkerSays::Blank,
                Nobody::Placeholder => WorkerSays::Placeholder,
                Nobody::Duty => WorkerSays::Duty,
                Nobody::Vacant => WorkerSays::Vacant,
            });
        }
        let folded = fold(text);
        if self.is_role(text) {
            return Some(WorkerSays::Role);
        }
        let told = |of: fn(&Known) -> &BTreeSet<String>| self.known.is_some_and(|known| of(known).contains(&folded));
        // A team called as a person is, or a surname that is also a word for a team.
        let person = told(|known| &known.rostered) || told(|known| &known.parts);
        ((self.words.is_team(text) || told(|known| &known.teams)) && !person).then_some(WorkerSays::Team)
    }

    /// What a name says that names nobody once its remarks are off: `TBC (agency)`.
    fn nobody_by_name(&self, name: &WorkerName) -> Option<WorkerSays> {
        if name.titled { None } else { self.nobody(&name.shown) }
    }

    /// Whether a text is a role and no name: `Social Worker 2`, `TM`; two or three letters are not
    /// where they are a worker's initials.
    fn is_role(&self, text: &str) -> bool {
        let is_numbered = |word: &str| word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
        let plain = match text.rsplit_once(' ') {
            Some((plain, number)) if is_numbered(number) || (number.len() == 1 && plain.contains(' ')) => plain,
            _ => text.trim_end_matches(|c: char| c.is_ascii_digit()),
        };
        if !self.words.role(plain).is_some_and(|found| found.how == HowRead::Listed) {
            return false;
        }
        let squeezed = squeeze(&fold(plain));
        let short = squeezed.chars().count() <= 3;
        !(short && self.known.is_some_and(|known| known.by_initials || known.initials.contains(&squeezed)))
    }

    fn is_known(&self, key: &str) -> bool {
        self.known.is_some_and(|known| known.workers.contains(key))
    }

    /// The cell as several names, or as a name beside something else.
    fn parted(&self, raw: &str, nobody: Option<WorkerSays>) -> Option<(WorkerName, Vec<String>, WorkerSays)> {
        self.known?;
        let pieces = parts(raw);
        if pieces.len() < 2 {
            return if nobody.is_some() { None } else { self.two_without_separator(&tidy(raw)?) };
        }
        let whole = worker_name(raw, self.words, self.policies)?;
        if parts(&whole.shown).len() == 1 && !raw.contains('\n') {
            // "Ada Heron S/W": what the mark stands in is a remark.
            return None;
        }
        let read: Vec<Part> = pieces.iter().map(|piece| self.part(piece)).collect();
        let begins_with_nobody = matches!(read.first(), Some(Part::Nobody));
        let begins_unknown = matches!(read.iter().find(|part| !matches!(part, Part::Remark)), Some(Part::Unknown(_)));
        let (mut people, mut nobodies, mut unknown) = (Vec::<WorkerName>::new(), 0, Vec::new());
        for part in read {
            match part {
                Part::Person(name) if people.iter().any(|other| other.key == name.key) => {}
                Part::Person(name) => people.push(name),
                Part::Nobody => nobodies += 1,
                Part::Unknown(text) => unknown.push(text),
                Part::Remark => {}
            }
        }
        // A text that names nobody as a whole needs somebody who is known otherwise in it.
        if nobody.is_some() && !people.iter().any(|name| self.is_known(&name.key)) {
            return None;
        }
        match (people.len(), nobodies, unknown.as_slice()) {
            // "Ada / Duty", where Ada is not known otherwise.
            (0, 1.., [only]) if !begins_with_nobody => {
                Some((worker_name(only, self.words, self.policies)?, Vec::new(), WorkerSays::NameAndNobody))
            }
            // "Ada and Ben Kite": whose name comes first is not told.
            (0, ..) => None,
            _ if begins_unknown => None,
            // A word for nobody comes first: only somebody who is known otherwise holds the case.
            (_, 1.., _) if begins_with_nobody && !self.is_known(&people[0].key) => None,
            (1, 0, []) => {
                let remarked = !whole.shown.contains(SEPARATORS) && whole.key == people[0].key;
                Some((if remarked { whole } else { people.remove(0) }, Vec::new(), WorkerSays::Name))
            }
            (1, _, []) => Some((people.remove(0), Vec::new(), WorkerSays::NameAndNobody)),
            (1, ..) => Some((people.remove(0), Vec::new(), WorkerSays::NameAndUnknown)),
            _ => {
                let first = people.remove(0);
                Some((first, people.into_iter().map(|name| name.shown).collect(), WorkerSays::TwoNames))
            }
        }
    }

    /// Two names parted by brackets, a dash or a comma: `Ada Heron (Ben Kite)`, and `Ada Heron, Ben Kite`
    /// only where both are known, since it may be a surname and first names.
    fn two_without_separator(&self, text: &str) -> Option<(WorkerName, Vec<String>, WorkerSays)> {
        let name = |text: &str| worker_name(text, self.words, self.policies);
        let shown = name(text)?.shown;
        if let Some((before, rest)) = shown.split_once(['(', '['])
            && let Some(inside) = rest.trim_end().strip_suffix([')', ']'])
        {
            let inside = self.without_holding(inside);
            let (first, second) = (name(before)?, name(inside)?);
            let named = self.is_known(&second.key) || self.is_like_a_person(inside);
            return (named && self.is_person(&first) && first.key != second.key).then(|| {
                (name(&text.replace(&shown, before)).unwrap_or(first), vec![second.shown], WorkerSays::TwoNames)
            });
        }
        let by_dash = [" - ", " – ", " — "].iter().find_map(|mark| shown.split_once(mark));
        if let Some((one, other)) = by_dash {
            let (first, second) = (name(one)?, name(self.without_holding(other))?);
            let both = self.is_person(&first) && self.is_person(&second) && first.key != second.key;
            let told = self.is_known(&second.key) || self.is_like_a_person(self.without_holding(other));
            return (both && told).then(|| (first, vec![second.shown], WorkerSays::TwoNames));
        }
        let (one, other) = shown.split_once(',')?;
        let (first, second) = (name(one)?, name(other)?);
        let together = name(&shown)?;
        let both = self.is_known(&first.key) && self.is_known(&second.key) && !self.is_known(&together.key);
        (both && first.key != second.key).then(|| (first, vec![second.shown], WorkerSays::TwoNames))
    }

    fn part(&self, text: &str) -> Part {
        let text = self.without_holding(text);
        let Some(name) = worker_name(text, self.words, self.policies) else { return Part::Remark };
        if self.is_known(&name.key) && self.words.nobody(text).is_none() {
            return Part::Person(name);
        }
        if self.is_role(text) || self.words.is_remark(text) || self.is_beside(text) {
            return Part::Remark;
        }
        if self.nobody(text).is_some() || self.nobody_by_name(&name).is_some() {
            return Part::Nobody;
        }
        if self.is_person(&name) { Part::Person(name) } else { Part::Unknown(text.to_string()) }
    }

    /// Whether a text is an FTE or a stage and no name.
    fn is_beside(&self, text: &str) -> bool {
        let beside = format!("A B ({text})");
        worker_name(&beside, self.words, self.policies).is_some_and(|name| name.key == "a b")
    }

    /// A name of several parts, or one that is known.
    fn is_person(&self, name: &WorkerName) -> bool {
        let letters = |part: &str| part.chars().all(|c| c.is_alphabetic() || "'’‘`-‐‑–.".contains(c));
        let all = name.shown.split([' ', ',']).filter(|part| !part.is_empty());
        self.is_known(&name.key)
            || (name.key.contains(' ')
                && all.clone().count() <= 5
                && all.clone().all(letters)
                && self.nobody(&name.shown).is_none())
    }

    /// Two to four words written as a name is, none of which belongs to remarks.
    fn is_like_a_person(&self, text: &str) -> bool {
        let all: Vec<&str> = text.split([' ', ',', '-', '‐', '‑']).filter(|part| !part.is_empty()).collect();
        (2..=4).contains(&all.len())
            && all.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || "'’‘`.".contains(c)))
            && all.iter().all(|word| word.starts_with(char::is_uppercase))
            && !all.iter().any(|word| self.words.is_no_name(word))
            && self.nobody(text).is_none()
            && self.words.statuses(text).is_none()
    }

    /// A part without words that say co-worker: `co-worker: Ben Kite`, `with Ben Kite`.
    fn without_holding<'t>(&self, text: &'t str) -> &'t str {
        let text = text.trim();
        let ends = text.match_indices([' ', ':']).map(|(at, _)| at).take(3);
        let behind = ends.filter_map(|at| {
            let (word, rest) = (&text[..at], text[at..].trim_start_matches([' ', ':', '-', '–']));
            let holding = ["with", "w"].contains(&fold(word).as_str()) || self.words.is_co_worker(word).is_some();
            (holding && !rest.is_empty()).then_some(rest)
        });
        behind.last().unwrap_or(text)
    }
}

/// The parts of a cell between marks that part names, brackets left whole.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in text.trim().chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        let ends = depth <= 0 && (SEPARATORS.contains(&c) || c == '\r');
        match parts.last_mut() {
            Some(last) if !ends => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    let words = parts.iter().flat_map(|part| {
        let spaced = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = spaced.to_lowercase();
        let mut joints: Vec<(usize, &str)> = JOINTS.iter().flat_map(|joint| lower.match_indices(joint)).collect();
        joints.sort_unstable();
        let mut cut = Vec::new();
        let mut from = 0;
        for (at, joint) in joints {
            // Lower case may be of another length than the text; then nothing is cut.
            if lower.len() == spaced.len() && at >= from && !spaced[..at].contains('(') {
                cut.push(spaced[from..at].to_string());
                from = at + joint.len();
            }
        }
        cut.push(spaced[from..].to_string());
        cut
    });
    words.map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::all_read;

    /// A cell as read beside workers whose names stand in other cells, and on a roster.
    fn read(text: &str) -> String {
        let words = Words::built_in();
        let policies = Policies::built_in(jiff::civil::date(2025, 9, 30)).unwrap();
        let set = |all: &[&str]| all.iter().map(|text| text.to_string()).collect::<BTreeSet<String>>();
        let cells =
            set(&["Ada Heron", "Kite, Ben", "Cy", "Dot", "Jane Foster", "Ann Duty", "Sean O'Hare", "Locality North"]);
        let known = Known::new(
            &cells,
            ["eve tarn", "willow"].into_iter(),
            &set(&["Phoenix", "Willow", "Assessment"]),
            &words,
            &policies,
        );
        match worker_cell(text, Some(&known), &words, &policies) {
            Ok((name, with, says)) => {
                let with: String = with.iter().map(|other| format!(" + {other}")).collect();
                let says = if matches!(says, WorkerSays::Name | WorkerSays::TwoNames) {
                    String::new()
                } else {
                    format!(" ({says})")
                };
                format!("{}{with}{says}", name.key)
            }
            Err(says) => format!("nobody: {says}"),
        }
    }

    #[test]
    fn one_person_in_many_ways() {
        for text in [
            "Ada Heron",
            "ADA HERON",
            "  Ada   Heron ",
            "Ada\u{a0}Heron",
            "Ada\u{200b} Heron",
            "Áda Heron",
            "Heron, Ada",
            "HERON, Ada",
            "Heron , Ada",
            "Mrs Ada Heron",
            "Ms. Ada Heron",
            "Dr Ada Heron",
            "Mx Ada Heron",
            "Heron, Mrs Ada",
            "Heron, Ada (Mrs)",
            "Heron, Ada, Mrs",
            "Ada Heron (0.8)",
            "Ada Heron (0.8 FTE)",
            "Ada Heron [0.8]",
            "Ada Heron 0.8",
            "Ada Heron 0.8 FTE",
            "Ada Heron - 0.8 FTE",
            "Ada Heron – 0.8",
            "Ada Heron 80%",
            "Ada Heron 22.2hrs",
            "Ada Heron, 0.8",
            "Heron, Ada (0.8)",
            "Heron, Ada - 0.8",
            "Ada Heron (ASYE)",
            "Ada Heron - ASYE",
            "Ada Heron ASYE",
            "Ada Heron (NQSW) (0.6)",
            "Ada Heron NQSW 0.6",
            "Ada Heron SW",
            "Ada Heron (SW)",
            "Ada Heron, SW",
            "Ada Heron - Social Worker",
            "Ada Heron Social Worker",
            "Ada Heron S/W",
            "SW - Ada Heron",
            "SW: Ada Heron",
            "Ada Heron (agency)",
            "Ada Heron - agency",
            "agency - Ada Heron",
            "Agency: Ada Heron",
            "(Agency) Ada Heron",
            "Ada Heron (Agency SW)",
            "Ada Heron (PT)",
            "Ada Heron\n(0.8)",
            "Ada Heron\nSW",
            "Ada\nHeron",
            "Ada Heron\n",
            "Ada Heron (Key worker)",
            "Ada Heron / Ada Heron",
            "Ada Heron / Heron, Ada",
            "Ada Heron -",
            "Ada Heron*",
        ] {
            all_read(read, &[(text, "ada heron")]);
        }
        all_read(
            read,
            &[
                ("Sean O’Hare", "sean ohare"),
                ("O'Hare, Sean", "sean ohare"),
                ("Ada Smith-Jones", "ada smith jones"),
                ("Ada Smith\u{2011}Jones", "ada smith jones"),
                ("Ada Smith – Jones", "ada smith jones"),
                ("Ada Smith Jones", "ada smith jones"),
                ("Smith Jones, Ada", "ada smith jones"),
                ("Smith-Jones, Mary Ann", "mary ann smith jones"),
                ("van der Berg, Anna", "anna van der berg"),
                ("Bjørn Øst", "bjorn ost"),
                ("Maria del Carmen Lopez", "maria del carmen lopez"),
            ],
        );
    }

    #[test]
    fn what_may_be_another_person_is_not_merged() {
        all_read(
            read,
            &[
                ("Ada Heron (North)", "ada heron north"),
                ("Ada Heron 2", "ada heron 2"),
                ("A Heron", "a heron"),
                ("AH", "ah"),
                ("Mr Heron", "mr. heron"),
                ("Mrs Heron", "mrs. heron"),
                ("Heron, Mrs", "mrs. heron"),
                ("Grey, PA", "pa grey"),
                ("ada heron sw", "ada heron sw"),
                ("Ada Heron Pike", "ada heron pike"),
                ("Ada Heron (Maternity Cover)", "ada heron maternity cover"),
                ("Ada Heron (on leave)", "ada heron on leave"),
                ("Ada Heron (was Ben Kite)", "ada heron was ben kite"),
            ],
        );
    }

    #[test]
    fn two_names() {
        for text in [
            "Ada Heron / Ben Kite",
            "Ada Heron/Ben Kite",
            "Ada Heron & Ben Kite",
            "Ada Heron and Ben Kite",
            "Ada Heron; Ben Kite",
            "Ada Heron + Ben Kite",
            "Ada Heron with Ben Kite",
            "Ada Heron\nBen Kite",
            "Ada Heron\r\nBen Kite",
            "Ada Heron (Ben Kite)",
            "Ada Heron (co-worker Ben Kite)",
            "Ada Heron (with Ben Kite)",
            "Ada Heron / co-worker: Ben Kite",
            "Ada Heron, Ben Kite",
            "Ada Heron - Ben Kite",
            "Ada Heron (0.8) / Ben Kite (0.5)",
            "Ada Heron (SW) & Ben Kite (ASYE)",
            "Ms Ada Heron / Mr Ben Kite",
            "SW / Ada Heron / Ben Kite",
        ] {
            all_read(read, &[(text, "ada heron + Ben Kite")]);
        }
        all_read(
            read,
            &[
                ("Heron, Ada / Kite, Ben", "ada heron + Kite, Ben"),
                ("Heron, Ada & Kite, Ben", "ada heron + Kite, Ben"),
                ("ADA HERON AND BEN KITE", "ada heron + BEN KITE"),
                ("Pat Rigg / Sal Umber", "pat rigg + Sal Umber"),
                ("Pat Rigg (Sal Umber)", "pat rigg + Sal Umber"),
                ("Ada Smith-Jones / Ben Kite", "ada smith jones + Ben Kite"),
                ("Ada Heron / Ben Kite / Eve Tarn", "ada heron + Ben Kite + Eve Tarn"),
                // Single names that stand alone elsewhere.
                ("Cy / Dot", "cy + Dot"),
                ("Cy & Dot", "cy + Dot"),
                ("Cy, Dot", "cy + Dot"),
                ("Cy (Dot)", "cy + Dot"),
                ("Ada Heron / Dot", "ada heron + Dot"),
            ],
        );
    }

    #[test]
    fn what_may_be_two_names_stays_one() {
        all_read(
            read,
            &[
                ("Ada / Ben", "ada ben"),
                ("Ada & Ben", "ada and ben"),
                ("Ada and Ben Kite", "ada and ben kite"),
                // A surname and first names, unless both are known.
                ("Pat Rigg, Sal Umber", "sal umber pat rigg"),
                ("Rigg, Pat", "pat rigg"),
                ("Cy, Ben", "ben cy"),
            ],
        );
    }

    #[test]
    fn a_name_beside_something_else_holds_the_case() {
        all_read(
            read,
            &[
                ("Ada Heron / Duty", "ada heron (name-and-nobody)"),
                ("Ada Heron / TBC", "ada heron (name-and-nobody)"),
                ("Ada Heron & agency tbc", "ada heron (name-and-nobody)"),
                ("Ada Heron / Assessment Team", "ada heron (name-and-nobody)"),
                ("Pat Rigg / vacant", "pat rigg (name-and-nobody)"),
                ("Pat / Duty", "pat (name-and-nobody)"),
                ("Ada Heron / Nightingale", "ada heron (name-and-unknown)"),
                // Somebody known otherwise: their load is not made lighter by a word in front.
                ("Duty / Ada Heron", "ada heron (name-and-nobody)"),
                ("TBC / Ada Heron", "ada heron (name-and-nobody)"),
                ("Unallocated / Heron, Ada", "ada heron (name-and-nobody)"),
                ("Duty / Pat Rigg", "nobody: duty"),
                ("Unallocated (was Ada Heron)", "nobody: placeholder"),
            ],
        );
    }

    #[test]
    fn nobody_in_particular() {
        all_read(
            read,
            &[
                ("", "nobody: blank"),
                (" \u{a0} ", "nobody: blank"),
                ("-", "nobody: blank"),
                ("–", "nobody: blank"),
                ("...", "nobody: blank"),
                ("?", "nobody: placeholder"),
                ("??", "nobody: placeholder"),
                ("TBC", "nobody: placeholder"),
                ("tbc.", "nobody: placeholder"),
                ("T.B.C.", "nobody: placeholder"),
                ("TBA", "nobody: placeholder"),
                ("n/a", "nobody: placeholder"),
                ("None", "nobody: placeholder"),
                ("Unallocated", "nobody: placeholder"),
                ("UNALLOCATED ", "nobody: placeholder"),
                ("Un-allocated", "nobody: placeholder"),
                ("Unalocated", "nobody: placeholder"),
                ("Unallocated - for panel", "nobody: placeholder"),
                ("Not yet allocated", "nobody: placeholder"),
                ("Awaiting allocation", "nobody: placeholder"),
                ("Awaiting new SW", "nobody: placeholder"),
                ("To be allocated", "nobody: placeholder"),
                ("No allocated worker", "nobody: placeholder"),
                ("Agency", "nobody: placeholder"),
                ("New starter", "nobody: placeholder"),
                ("Duty", "nobody: duty"),
                ("DUTY", "nobody: duty"),
                ("Duty Team", "nobody: duty"),
                ("Duty SW 2", "nobody: duty"),
                ("On duty", "nobody: duty"),
                ("Duty, North", "nobody: duty"),
                ("Vacant", "nobody: vacant"),
                ("Vacancy 2", "nobody: vacant"),
                ("Vacant post (maternity)", "nobody: vacant"),
                ("VACANT - SW2", "nobody: vacant"),
                ("Vacant / Duty", "nobody: vacant"),
                ("Locality North", "nobody: team"),
                ("Locality North Team", "nobody: team"),
                ("Assessment Team", "nobody: team"),
                ("Assessment", "nobody: team"),
                ("CIC 2", "nobody: team"),
                ("Children with Disabilities", "nobody: team"),
                ("Leaving Care Service", "nobody: team"),
                ("MASH", "nobody: team"),
                ("Locality pool", "nobody: team"),
                ("Early Help Hub", "nobody: team"),
                ("Blue Team", "nobody: team"),
                ("Team 3", "nobody: team"),
                ("Phoenix", "nobody: team"),
                ("Team Manager", "nobody: role"),
                ("TM", "nobody: role"),
                ("Manager", "nobody: role"),
                ("Social Worker", "nobody: role"),
                ("Social worker 2", "nobody: role"),
                ("SW2", "nobody: role"),
                ("SW 3", "nobody: role"),
                ("Student", "nobody: role"),
                ("Student SW", "nobody: role"),
                ("Agency SW", "nobody: role"),
                ("Agency Social Worker 1", "nobody: role"),
                ("NQSW", "nobody: role"),
                ("Senior Practitioner", "nobody: role"),
                ("123456", "nobody: figure"),
            ],
        );
    }

    #[test]
    fn people_with_such_names_stay_people() {
        all_read(
            read,
            &[
                ("Ada Duty", "ada duty"),
                ("Duty, Ann", "ann duty"),
                ("Mr Duty", "mr. duty"),
                ("Sam Pool", "sam pool"),
                ("Mr Student", "mr. student"),
                ("Jane Foster", "jane foster"),
                ("Foster", "foster"),
                ("Grace Field", "grace field"),
                ("Eve North", "eve north"),
                ("North, Eve", "eve north"),
                ("Will Vacantia", "will vacantia"),
                ("Willow", "willow"),
                ("Noah Worker", "noah worker"),
                ("Dee Deputy", "dee deputy"),
                ("Newman, Ann", "ann newman"),
            ],
        );
    }
}
