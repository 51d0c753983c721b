//! The records of a part, and the texts in them.

use crate::book::read::bytes::u32_at;

/// Records one after the other: kind and contents.
pub struct Records<'a> {
    /// What is still to be read.
    pub left: &'a [u8],
}

impl Records<'_> {
    /// A figure of seven bits a byte, the lowest first; the eighth says that another follows.
    fn figure(&mut self, most: u32) -> Option<u32> {
        let mut value = 0u32;
        for at in 0..most {
            let (byte, rest) = self.left.split_first()?;
            self.left = rest;
            value |= u32::from(byte & 0x7F) << (7 * at);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let low = *self.left.first()?;
        let kind = if low & 0x80 == 0 { self.figure(1)? } else { self.figure(2)? };
        let length = self.figure(4)? as usize;
        let data = self.left.get(..length)?;
        self.left = &self.left[length..];
        Some((u16::try_from(kind).ok()?, data))
    }
}

/// A text with its length in front, and where it ends.
pub fn text_at(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = u32_at(data, at)? as usize;
    let end = (at + 4).checked_add(length.checked_mul(2)?)?;
    let units = data.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_where_they_are_cut_short() {
        let all = [0x81, 0x01, 0x00, 0x13, 0x02, 0xAA, 0xBB, 0x05, 0x09, 0x01];
        let found: Vec<(u16, &[u8])> = Records { left: &all }.collect();
        assert_eq!(found, [(129, &[][..]), (19, &[0xAA, 0xBB][..])]);
    }
}
