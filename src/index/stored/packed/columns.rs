//! Columns of numbers as bytes.

use crate::index::varint::{push_leb128, take_leb128};

/// Writes numbers as little-endian base 128 (LEB128).
#[derive(Default)]
pub(super) struct ColumnWriter(Vec<u8>);

impl ColumnWriter {
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub fn push(&mut self, number: u64) {
        push_leb128(&mut self.0, number);
    }

    /// Writes a signed number in zigzag encoding: small ones take few bytes.
    pub fn push_signed(&mut self, number: i64) {
        self.push((number << 1 ^ number >> 63) as u64);
    }

    pub fn column(&mut self, numbers: impl Iterator<Item = u64>) {
        numbers.for_each(|number| self.push(number));
    }
}

/// Reads what a [`ColumnWriter`] wrote; `None` at the end and for damaged bytes.
pub(super) struct ColumnReader<'b>(&'b [u8]);

impl<'b> ColumnReader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    pub fn next(&mut self) -> Option<u64> {
        take_leb128(&mut self.0)
    }

    pub fn next_signed(&mut self) -> Option<i64> {
        self.next().map(|number| (number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number of bytes or items.
    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.next()?).ok()
    }

    /// How many items follow, each of which takes a byte or more.
    pub fn count(&mut self) -> Option<usize> {
        self.size().filter(|count| *count <= self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        const NUMBERS: [i64; 7] = [0, -1, 1, 63, -64, i64::MAX, i64::MIN];
        let mut writer = ColumnWriter::default();
        writer.column([3, 700].into_iter());
        NUMBERS.iter().for_each(|number| writer.push_signed(*number));
        let bytes = writer.into_bytes();
        let mut reader = ColumnReader::new(&bytes);
        assert_eq!((reader.count(), reader.size()), (Some(3), Some(700)));
        assert_eq!(NUMBERS.map(|_| reader.next_signed()), NUMBERS.map(Some));
        assert!(reader.is_at_end());
        assert_eq!(reader.next(), None);
    }

    #[test]
    fn more_items_than_bytes_are_damage() {
        assert_eq!(ColumnReader::new(&[2, 0]).count(), None);
        assert_eq!(ColumnReader::new(&[1, 0]).count(), Some(1));
    }
}
