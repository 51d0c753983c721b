//! The words people write, and what they mean: headings, roles, statuses, teams.

mod headings;
mod lists;
mod people;
mod places;
mod sheets;
mod status;
mod tasks;
mod telling;
mod time;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::text::fold;
use crate::field::caseload::{CaseStatus, Level, Subject};
use crate::field::reading::HowRead;

use lists::CAUSES;

pub use headings::{Counted, Heading};
pub use lists::BUILT_IN;
pub use people::{Nobody, is_like_a_name};
pub use places::AreaWord;
pub use sheets::{MONTHS, SheetWord};
pub use status::StatusWord;
pub use tasks::TasksLine;
pub use time::{Time, TimeRow, TimeUnit};

/// Word lists by section, as read from `templates/words/*.toml` and a council's own file.
#[derive(Debug, Clone, Default)]
pub struct Words {
    sections: BTreeMap<&'static str, Lexicon>,
}

#[derive(Debug, Clone, Default)]
struct Lexicon {
    /// Folded and squeezed word → key.
    exact: BTreeMap<String, String>,
    /// Folded words with their spaces, for finding them inside longer text: (word, key).
    phrases: Vec<(String, String)>,
}

/// A word list entry that a text was recognised by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// What it means.
    pub means: T,
    /// How it was recognised.
    pub how: HowRead,
}

/// What a proceedings cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProceedingsWord {
    /// Care proceedings.
    Care,
    /// Private proceedings.
    Private,
    /// None.
    None,
    /// A legal status that hints at proceedings and is no proof.
    Hint,
}

/// A text of more bytes stands in no list: a whole report in a cell is not compared word by word.
const LISTED_MOST: usize = 1_000;

impl Words {
    /// The status that a letter alone stands for on list 6 of Ofsted's Annex A: `b` for a plan.
    pub fn status_letter(&self, text: &str) -> Option<StatusWord> {
        self.listed("status-letters", text).and_then(CaseStatus::named).map(StatusWord::Status)
    }

    /// The one list of Ofsted's Annex A that has a heading such as this.
    pub fn annex_a_list(&self, heading: &str) -> Option<u8> {
        self.listed("annex-a", heading).and_then(annex_a_list)
    }

    /// Whether a text is a listed word for a move that is awaited.
    pub fn is_awaiting_move(&self, text: &str) -> bool {
        self.listed("statuses", text) == Some(CaseStatus::AwaitingMove.name())
    }

    /// What a proceedings cell says.
    pub fn proceedings(&self, text: &str) -> Option<ProceedingsWord> {
        match self.listed("proceedings", text)? {
            "care" => Some(ProceedingsWord::Care),
            "private" => Some(ProceedingsWord::Private),
            "hint" => Some(ProceedingsWord::Hint),
            _ => Some(ProceedingsWord::None),
        }
    }

    /// The intervention level written in words.
    pub fn level(&self, text: &str) -> Option<Level> {
        match self.listed("levels", text)? {
            "low" => Some(Level::Low),
            "medium" => Some(Level::Medium),
            "high" => Some(Level::High),
            _ => Some(Level::Ending),
        }
    }

    /// Whether a cell ticks its heading; `None` where it says neither yes nor no.
    pub fn tick(&self, text: &str) -> Option<bool> {
        if squeeze(&fold(text)).is_empty() {
            return Some(false);
        }
        self.listed("ticks", text).map(|key| key == "yes")
    }

    /// What a fostering row is.
    pub fn carer_work(&self, text: &str) -> Option<Subject> {
        self.listed("carer-work", text).and_then(Subject::named)
    }

    /// A temporary cause named anywhere in a text, in words of ours.
    pub fn cause(&self, text: &str) -> Option<&'static str> {
        let folded = format!(" {} ", fold(text));
        let (_, key) = self.phrases("causes").find(|(phrase, _)| whole_words(&folded, phrase).next().is_some())?;
        CAUSES.iter().find(|(name, _)| *name == key).map(|(_, label)| *label)
    }

    /// Whether a line of a points form gives points for duties beside cases.
    pub fn is_beside_cases(&self, text: &str) -> bool {
        self.says_of_form("duties", text)
    }

    /// Whether a line of a points form says what follows from the sum: the benchmark, the surplus, the action.
    pub fn is_outcome(&self, text: &str) -> bool {
        self.says_of_form("outcome", text)
    }

    fn says_of_form(&self, key: &str, text: &str) -> bool {
        let folded = format!(" {} ", fold(text));
        self.phrases("points-form").any(|(phrase, own)| own == key && whole_words(&folded, phrase).next().is_some())
    }

    /// Whether a text begins a totals row.
    pub fn is_total(&self, text: &str) -> bool {
        let folded = fold(text);
        if self.listed("totals", text).is_some() {
            return true;
        }
        // "Total 43", "Total: 17 children", "Grand total for team"; below a group Excel writes "Ada Heron Count".
        let behind = ["total", "totals", "count"]
            .iter()
            .any(|word| folded.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')));
        behind
            || self.phrases("totals").any(|(phrase, _)| {
                phrase.contains("total") && folded.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '))
            })
    }

    /// Whether a text labels a line below a table, as where it is signed: `Signed:`, `Prepared by`, `Page 1 of 2`.
    pub fn is_footer(&self, text: &str) -> bool {
        let folded = fold(text);
        let plain = folded.trim_end_matches([':', ' ']);
        let page = folded.strip_prefix("page ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        page || self.listed("footers", plain).is_some()
    }

    fn found<T>(&self, section: &str, text: &str, named: fn(&str) -> Option<T>) -> Option<Found<T>> {
        if let Some(means) = self.listed(section, text).and_then(named) {
            return Some(Found { means, how: HowRead::Listed });
        }
        let (key, word, _) = self.close(section, text)?;
        named(key).map(|means| Found { means, how: HowRead::Close(word) })
    }

    fn listed(&self, section: &str, text: &str) -> Option<&str> {
        if text.len() > LISTED_MOST {
            return None;
        }
        let squeezed = squeeze(&fold(text));
        self.sections.get(section)?.exact.get(&squeezed).map(String::as_str)
    }

    fn phrases(&self, section: &str) -> impl Iterator<Item = (&str, &str)> {
        self.sections
            .get(section)
            .into_iter()
            .flat_map(|lexicon| lexicon.phrases.iter().map(|(phrase, key)| (phrase.as_str(), key.as_str())))
    }

    /// The one key whose word is spelt nearly like the text, with that word and the distance.
    fn close(&self, section: &str, text: &str) -> Option<(&str, String, usize)> {
        if text.len() > LISTED_MOST {
            return None;
        }
        let squeezed = squeeze(&fold(text));
        let length = squeezed.chars().count();
        let allowed = match length {
            ..6 => return None,
            6..10 => 1,
            10.. => 2,
        };
        if length > 60 || squeezed.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let lexicon = self.sections.get(section)?;
        let letters = letters_of(&squeezed);
        let mut best: Option<(&str, &str, usize)> = None;
        let mut torn = false;
        for (word, key) in &lexicon.exact {
            let size = word.chars().count();
            if size < 6 || size.abs_diff(length) > allowed {
                continue;
            }
            // Each slip changes at most two of the letters used: most words need no closer look.
            if (letters ^ letters_of(word)).count_ones() as usize > 2 * allowed {
                continue;
            }
            let far = strsim::osa_distance(&squeezed, word);
            if far > allowed {
                continue;
            }
            match best {
                Some((_, _, near)) if near < far => {}
                Some((other, _, near)) if near == far => torn |= other != key,
                _ => {
                    best = Some((key, word, far));
                    torn = false;
                }
            }
        }
        let (key, word, far) = best?;
        (!torn).then(|| {
            let phrase = lexicon.phrases.iter().find(|(phrase, _)| squeeze(phrase) == word);
            (key, phrase.map_or(word.to_string(), |(phrase, _)| phrase.clone()), far)
        })
    }
}

/// Which letters a word uses, one bit for each kind; several kinds of rare ones share a bit.
fn letters_of(word: &str) -> u32 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 32))
}

/// The number of a list of Annex A: 6 of `list-6`.
fn annex_a_list(key: &str) -> Option<u8> {
    key.strip_prefix("list-")?.parse().ok().filter(|list| (1..=11).contains(list))
}

/// Where a phrase stands in a folded text with a space at each end, not as part of longer words.
fn whole_words<'a>(padded: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    // Hundreds of phrases are looked for in one text: a search set up for each would cost more than it saves.
    let (text, wanted) = (padded.as_bytes(), phrase.as_bytes());
    let last = text.len().saturating_sub(wanted.len());
    (1..last)
        .filter(move |at| text[at - 1] == b' ' && text[*at..].starts_with(wanted) && text[at + wanted.len()] == b' ')
}

/// Folded text without spaces, but for those between two digits: `1 2` is not `12`.
pub(crate) fn squeeze(folded: &str) -> String {
    let mut squeezed = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let digits = squeezed.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
        if digits {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) && word.len() <= digits.len() + 2
}

/// A figure with words around it: `25 hours` gives 25 and `hours`.
pub fn figure_and_word(text: &str) -> Option<(Decimal, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let figure = crate::book::sheet::exact(&text[..end])?;
    Some((figure, fold_unit(&text[end..])))
}

fn fold_unit(text: &str) -> String {
    if text.trim() == "%" { "%".into() } else { fold(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::caseload::{Role, ServiceArea};
    use crate::field::reading::Meaning;

    #[test]
    fn every_list_reads() {
        let mut words = Words::default();
        for (name, text) in BUILT_IN {
            words.add(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    #[test]
    fn no_word_means_two_things() {
        type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;
        // Headings that we use and those that we pass over are looked up together.
        let together = |section: &str| if section == "ignored" { "columns".to_string() } else { section.to_string() };
        let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
        let mut twice = Vec::new();
        for (_, text) in BUILT_IN {
            let file: Sections = toml::from_str(text).unwrap();
            for (section, keys) in &file {
                for (key, words) in keys {
                    for word in words {
                        let before = seen.insert((together(section), squeeze(&fold(word))), key.clone());
                        if let Some(before) = before.filter(|before| before != key) {
                            twice.push(format!("[{section}] `{word}` is {key} and {before}"));
                        }
                    }
                }
            }
        }
        assert!(twice.is_empty(), "{}", twice.join("\n"));
    }

    #[test]
    fn headings_are_read_as_written() {
        let words = Words::built_in();
        let cases = [
            ("Allocated Worker", Meaning::Worker),
            ("ALLOCATEDWORKER", Meaning::Worker),
            ("Child's ID", Meaning::Child),
            ("Family ref.", Meaning::Household),
            ("FTE (contracted)", Meaning::Fte),
            ("D.O.B.", Meaning::Born),
            ("Court proceedings?", Meaning::Proceedings),
            ("Intervention level\n(0-5)", Meaning::Intervention),
        ];
        for (text, meaning) in cases {
            let found = words.heading(text, false).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.means, Heading::Means(meaning), "{text}");
            assert_eq!(found.how, HowRead::Listed, "{text}");
        }
        let close = words.heading("Alocated Worker", false).unwrap();
        assert_eq!(close.means, Heading::Means(Meaning::Worker));
        assert_eq!(close.how, HowRead::Close("allocated worker".into()));
        assert_eq!(words.heading("Ethnicity", false).unwrap().means, Heading::Ignored);
        assert_eq!(words.heading("Favourite biscuit", false), None);
    }

    #[test]
    fn a_remark_in_brackets_ends_a_heading_of_two_lines() {
        let words = Words::built_in();
        for heading in ["Allocated\nWorker (mandatory)", "Allocated\nWorker *", "Worker\n(drop-down)", "Worker 1"] {
            let means = words.listed_heading(heading, false);
            assert_eq!(means, Some(Heading::Means(Meaning::Worker)), "{heading}");
        }
    }

    #[test]
    fn headings_of_councils_and_of_annex_a() {
        let words = Words::built_in();
        use Meaning::*;
        let wrong: Vec<String> = [
            ("Child Unique ID", Some(Child)),
            ("ChildUniqueID", Some(Child)),
            ("Gender", None),
            ("Ethnicity", None),
            ("Date of Birth", Some(Born)),
            ("DateOfBirth", Some(Born)),
            ("Age of Child (Years)", Some(Age)),
            ("AgeOfChild(Years)", Some(Age)),
            ("Does the Child have a Disability", None),
            ("CIN Start Date", Some(Opened)),
            ("CINStartDate", Some(Opened)),
            ("Primary Need Code", None),
            ("Date Child Was Last Seen", None),
            ("CIN Closure Date", Some(Closed)),
            ("Reason for Closure", None),
            ("Case status", Some(Status)),
            ("CaseStatus", Some(Status)),
            ("Allocated Team", Some(Team)),
            ("AllocatedTeam", Some(Team)),
            ("Allocated Worker", Some(Worker)),
            ("AllocatedWorker", Some(Worker)),
            ("Eligibility Category", Some(Status)),
            ("Legal Status", Some(Proceedings)),
            ("Case Holder", Some(Worker)),
            ("Allocated SW", Some(Worker)),
            ("Lead Professional", Some(Worker)),
            ("KW", Some(Worker)),
            ("Case Responsible Officer", Some(Worker)),
            ("SW Name", Some(Worker)),
            ("Social Worker/PA", Some(Worker)),
            ("SW surname", Some(Worker)),
            ("SW forename", Some(WorkerFirstName)),
            ("2nd SW", Some(CoWorker)),
            ("Mosaic ID", Some(Child)),
            ("LCS ID", Some(Child)),
            ("LL ID", Some(Child)),
            ("P Number", Some(Child)),
            ("P.No.", Some(Child)),
            ("CareFirst No", Some(Child)),
            ("NHS No", None),
            ("ULN", None),
            ("UPN", None),
            ("Forename", Some(ChildName)),
            ("Surname", Some(ChildName)),
            ("First Name(s)", Some(ChildName)),
            ("Sibling Group", Some(Household)),
            ("CIN/CP/LAC", Some(Status)),
            ("In court?", Some(Proceedings)),
            ("Days per week", Some(Fte)),
            ("Contracted Hrs", Some(Fte)),
            ("PQE (years)", Some(Stage)),
            ("ASYE Y/N", Some(Stage)),
            ("Job Title", Some(Role)),
            ("Date SW allocated", Some(Allocated)),
            ("Date opened to team", Some(Opened)),
            ("Last Stat Visit", None),
            ("Line Manager", None),
            ("Complexity (L/M/H)", Some(Intervention)),
        ]
        .into_iter()
        .filter_map(|(text, means)| {
            let found = words.listed_heading(text, false);
            let expected = means.map_or(Heading::Ignored, Heading::Means);
            (found != Some(expected)).then(|| format!("{text}: {found:?}"))
        })
        .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn roles_as_people_write_them() {
        let words = Words::built_in();
        use Role::*;
        let wrong: Vec<String> = [
            ("SW", Some(SocialWorker)),
            ("S/W", Some(SocialWorker)),
            ("Social Worker (Level 2)", Some(SocialWorker)),
            ("Social worker - agency", Some(SocialWorker)),
            ("Snr SW", Some(SocialWorker)),
            ("SSW", Some(SocialWorker)),
            ("Supervising social worker", Some(SocialWorker)),
            ("Senior Practitioner", Some(SocialWorker)),
            ("Advanced practitioner", Some(SocialWorker)),
            ("Socail worker", Some(SocialWorker)),
            ("NQSW", Some(Nqsw)),
            ("Social Worker (ASYE)", Some(Nqsw)),
            ("SW - ASYE", Some(Nqsw)),
            ("Student SW", Some(Student)),
            ("Step Up to Social Work", Some(Student)),
            ("DTM", Some(DeputyTeamManager)),
            ("ATM", Some(DeputyTeamManager)),
            ("Team Manager", Some(TeamManager)),
            ("Acting TM", Some(TeamManager)),
            ("IRO", Some(Iro)),
            ("CP Chair", Some(Iro)),
            ("PA", Some(PersonalAdviser)),
            ("Leaving Care Personal Advisor", Some(PersonalAdviser)),
            ("Social worker (awaiting registration)", Some(AwaitingRegistration)),
            ("FSW", Some(FamilySupportWorker)),
            ("Assistant practitioner", Some(FamilySupportWorker)),
            // An advanced practitioner has a limit and an assistant practitioner none: nobody is scored by it.
            ("AP", None),
            ("Lamplighter", None),
            ("Worker", None),
        ]
        .into_iter()
        .filter_map(|(text, role)| {
            let found = words.role(text).map(|found| found.means);
            (found != role).then(|| format!("{text}: {found:?}"))
        })
        .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn areas_are_found_in_names() {
        let words = Words::built_in();
        use ServiceArea::*;
        for (text, area) in [
            ("Assessment Team North", Assessment),
            ("Duty & Assessment", Assessment),
            ("Locality East", Locality),
            ("CWD", Disabilities),
            ("Children in Our Care Team 2", InCare),
            ("TARGET", LeavingCare),
            ("Fostering Assessment Team", Fostering),
            ("Independent Reviewing Officers", Iro),
        ] {
            assert_eq!(words.area(text), AreaWord::One(area), "{text}");
        }
        assert_eq!(words.area("Assessment and Locality"), AreaWord::Several);
        assert_eq!(words.area("Blue team"), AreaWord::None);
        assert_eq!(words.area("Target is 20 per worker"), AreaWord::None);
    }

    #[test]
    fn nobody_is_written_in_many_ways() {
        let words = Words::built_in();
        for text in [
            "",
            "-",
            "?",
            "TBC",
            "tbc - agency",
            "Duty",
            "Duty SW 2",
            "Vacant post 3",
            "Unallocated (was Ada)",
            "Unalocated",
            "Unallocted",
            "No SW",
            "No SW allocated",
            "No allocated worker",
            "None allocated",
            "Waiting allocation",
            "Awaiting new worker",
            "To allocate",
            "N/K",
            "Not known",
            "New SW",
            "Left",
            "On hold",
        ] {
            assert!(words.is_unallocated(text), "{text}");
        }
        for text in ["Ada Heron", "Noah Worker", "Dutyman, Ann", "Vacantia Swan", "Nora Black", "Newman Reed"] {
            assert!(!words.is_unallocated(text), "{text}");
        }
    }

    #[test]
    fn an_unknown_key_is_placed() {
        let mut words = Words::default();
        let error = words.add("[columns]\nworkr = [\"w\"]\n").unwrap_err();
        assert!(error.starts_with("line 2, column 1: [columns] has no key `workr`"), "{error}");
    }
}
