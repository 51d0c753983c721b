//! The records of a workbook's stream.

use crate::book::read::bytes::u16_at;

/// Records one after the other: kind and contents.
pub struct Records<'a> {
    /// The stream.
    pub stream: &'a [u8],
    /// Where the next record begins.
    pub at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.stream.get(self.at..self.at.checked_add(4)?)?;
        let start = self.at + 4;
        let data = self.stream.get(start..start + usize::from(u16_at(head, 2)?))?;
        self.at = start + data.len();
        Some((u16_at(head, 0)?, data))
    }
}
