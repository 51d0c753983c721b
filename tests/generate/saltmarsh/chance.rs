//! Chance without a clock: the same numbers on every run and every machine.

/// A small linear congruential generator.
pub struct Chance(u64);

impl Chance {
    /// Starts a sequence of its own for each workbook, so that changing one leaves the others alone.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from nought up to, not including, `below`.
    pub fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// One of these; write one several times to make it likelier.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    /// Whether a chance of so many in a hundred comes up.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}
