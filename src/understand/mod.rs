//! What a sheet means, with the evidence for it: words, how each sheet is to be read, and what its rows say.

pub(crate) mod normalise;
pub(crate) mod recognise;
pub mod words;
