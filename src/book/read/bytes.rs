//! Numbers within the records of binary workbooks, the lowest byte first.

/// Two bytes at a place; `None` where the record is shorter.
pub fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

/// Four bytes at a place; `None` where the record is shorter.
pub fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}
