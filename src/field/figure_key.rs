//! What names a figure of a policy, so that a formula finds the cell in which it stands.

/// A figure of a policy's entry, or a limit agreed with a worker.
///
/// Keys of entries are made from the entries themselves, by [`Policy::key`](crate::policy::Policy::key): so none
/// names what stands nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureKey {
    /// Of an entry of a policy.
    Entry {
        /// The policy's name.
        policy: String,
        /// The entry's id.
        entry: String,
        /// Which of its figures.
        part: Part,
    },
    /// The limit agreed with a worker.
    Agreed {
        /// The worker's key.
        worker: String,
    },
}

/// Which of an entry's figures is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The lower figure of a limit.
    Lower,
    /// The upper figure of a limit.
    Upper,
    /// The one figure of any other entry.
    Value,
    /// Of bands, the percent up to which there is capacity.
    Capacity,
    /// Of bands, the percent from which a load is amber.
    Amber,
    /// Of bands, the percent from which a load is red.
    Red,
}
