//! From the bytes of a file to a policy, or to all that is wrong with it.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Policy, Problem, Weight, hash, schema, shape};

/// A policy's file looked through from end to end.
#[derive(Debug, Clone)]
pub struct Examined {
    /// The policy, where it can be used.
    pub policy: Option<Policy>,
    /// What was found, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Policy {
    /// Reads a policy from the bytes of its file.
    ///
    /// # Errors
    ///
    /// A line for each thing for which the file cannot be used: line and column, what is wrong, and what
    /// to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let text = text_of(bytes).map_err(|problem| problem.to_string())?;
        Policy::read(text, hash(bytes))
    }

    /// Looks a file through: all for which it cannot be used, and else all that is worth a look on a date.
    pub fn examine(bytes: &[u8], as_of: Date) -> Examined {
        let read = text_of(bytes).map_err(|problem| vec![problem]).and_then(|text| read(text, hash(bytes)));
        match read {
            Err(problems) => Examined { policy: None, problems },
            Ok((policy, outline)) => {
                let problems = policy.doubts(&outline, as_of);
                Examined { policy: Some(policy), problems }
            }
        }
    }
}

/// A policy and where its entries stand, or all that is wrong.
pub(super) fn read(text: &str, sha256: String) -> Result<(Policy, Outline<'_>), Vec<Problem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = DeTable::parse(text).map_err(|error| vec![not_toml(text, &error)])?;
    let misshapen = shape::misshapen(schema(), &document);
    let outline = Outline { text, document };
    if !misshapen.is_empty() {
        let problem = |wrong: shape::Misshapen| outline.problem(wrong.at, Weight::Unusable, wrong.what, wrong.action);
        return Err(in_order(misshapen.into_iter().map(problem).collect()));
    }
    let mut policy: Policy = toml::from_str(text).map_err(|error| vec![not_read(&outline, &error)])?;
    policy.sha256 = sha256;
    let unusable = policy.faults(&outline);
    if unusable.is_empty() { Ok((policy, outline)) } else { Err(in_order(unusable)) }
}

/// Problems as they stand in the file, each told once.
pub(super) fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| (problem.weight, problem.place));
    problems.dedup();
    problems
}

/// The file's text with the places of its entries.
pub(super) struct Outline<'a> {
    text: &'a str,
    document: Spanned<DeTable<'a>>,
}

/// A step into the file: a key, or one of a list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Nth(usize),
}

impl Outline<'_> {
    /// The byte that a path leads to; where it ends before, the last thing on the way.
    pub(super) fn byte_of(&self, path: &[Step<'_>]) -> usize {
        let Some((Step::Key(first), rest)) = path.split_first() else { return 0 };
        let Some(mut value) = self.document.get_ref().get(*first) else { return 0 };
        for step in rest {
            let next = match (step, value.get_ref()) {
                (Step::Key(key), DeValue::Table(table)) => table.get(*key),
                (Step::Nth(nth), DeValue::Array(list)) => list.get(*nth),
                _ => None,
            };
            match next {
                Some(next) => value = next,
                None => break,
            }
        }
        value.span().start
    }

    pub(super) fn problem(&self, at: usize, weight: Weight, what: String, action: String) -> Problem {
        Problem { place: Some(place(self.text, at)), weight, what, action }
    }
}

fn text_of(bytes: &[u8]) -> Result<&str, Problem> {
    let whole = |what: &str, action: &str| Problem {
        place: None,
        weight: Weight::Unusable,
        what: what.into(),
        action: action.into(),
    };
    if bytes.trim_ascii().is_empty() {
        return Err(whole("the file is empty", "begin with a copy of a shipped policy"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let action = "write the policy as a text file, beginning with a copy of a shipped one";
        return Err(whole("this is a workbook or another document of Office, not a policy", action));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(whole("the file is saved as UTF-16", "save it again as UTF-8"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        Problem {
            place: Some(place(before, before.len())),
            weight: Weight::Unusable,
            what: "a character here is not in UTF-8".into(),
            action: "save the file again with the encoding UTF-8".into(),
        }
    })
}

fn not_toml(text: &str, error: &toml::de::Error) -> Problem {
    let message = error.message().trim().replace('\n', ", ");
    Problem {
        place: error.span().map(|span| place(text, span.start)),
        weight: Weight::Unusable,
        what: format!("the file cannot be read from here ({message})"),
        action: "compare the line with those of a shipped policy".into(),
    }
}

/// What the schema lets pass and the types do not.
fn not_read(outline: &Outline<'_>, error: &toml::de::Error) -> Problem {
    let message = error.message().trim().replace('\n', ", ");
    let (what, action) = message.split_once("; ").unwrap_or((&message, "see a shipped policy for what to write"));
    let at = error.span().map_or(0, |span| span.start);
    outline.problem(at, Weight::Unusable, what.into(), action.into())
}

fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}
