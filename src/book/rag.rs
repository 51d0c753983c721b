//! The four colours.

use crate::book::names::named;

named! {
    /// Red, amber, green, or not scored where there is nothing to judge against; the worst first.
    Rag {
        /// Tasks or cases to be removed.
        Red = "red",
        /// To be managed.
        Amber = "amber",
        /// Nothing to be done.
        Green = "green",
        /// Nothing to judge against.
        NotScored = "not-scored",
    }
}

impl Rag {
    /// The word shown with the colour.
    pub fn word(self) -> &'static str {
        match self {
            Rag::Red => "RED",
            Rag::Amber => "AMBER",
            Rag::Green => "GREEN",
            Rag::NotScored => "NOT SCORED",
        }
    }
}
