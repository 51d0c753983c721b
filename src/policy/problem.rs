//! What is wrong with a policy's file, where, and what to do.

use std::fmt;

/// Something found in a policy's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line and column, each from 1; `None` for the file as a whole.
    pub place: Option<(usize, usize)>,
    /// Whether the policy can be used all the same.
    pub weight: Weight,
    /// What is wrong.
    pub what: String,
    /// What to do now.
    pub action: String,
}

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nobody is scored by a policy that has one of these.
    Unusable,
    /// The policy can be used, and may not say what was meant.
    WorthALook,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "line {line}, column {column}: ")?;
        }
        write!(f, "{}; {}", self.what, self.action)
    }
}
