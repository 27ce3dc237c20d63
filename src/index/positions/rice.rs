//! Rice codes: numbers in few bits (R. F. Rice, “Some Practical
//! Universal Noiseless Coding Techniques”, JPL Publication 79-22, 1979), which
//! are Golomb's (“Run-Length Encodings”, IEEE Transactions on Information
//! Theory 12, 1966) for powers of two.
//!
//! The parameter says how many of the lowest bits of a number are written as they
//! are; before them the rest of the number is written in unary, as that many ones
//! and a zero. Bits fill bytes from the lowest.

/// The most ones; the whole number follows them.
const MOST_ONES: u32 = 20;
/// Bits that are written to bytes at once.
const AT_ONCE: u32 = u32::BITS;
/// Bytes that are read at once; as many must follow the last number.
pub(super) const SLACK: usize = 8;

/// Writes bits.
#[derive(Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    open: u64,
    bits: u32,
}

impl BitWriter {
    /// Writes a number; `parameter` is 31 at most.
    pub fn push(&mut self, number: u32, parameter: u32) {
        let ones = (number >> parameter).min(MOST_ONES);
        let (above, below) = ((1_u64 << ones) - 1, u64::from(number) & ((1 << parameter) - 1));
        if ones == MOST_ONES {
            self.push_bits(above, MOST_ONES);
            self.push_bits(u64::from(number), u32::BITS);
        } else if ones + 1 + parameter <= AT_ONCE {
            self.push_bits(below << (ones + 1) | above, ones + 1 + parameter);
        } else {
            self.push_bits(above, ones + 1);
            self.push_bits(below, parameter);
        }
    }

    /// Writes some bits, at most [`AT_ONCE`].
    fn push_bits(&mut self, value: u64, bits: u32) {
        self.open |= value << self.bits;
        self.bits += bits;
        if self.bits >= AT_ONCE {
            self.bytes.extend_from_slice(&(self.open as u32).to_le_bytes());
            self.open >>= AT_ONCE;
            self.bits -= AT_ONCE;
        }
    }

    /// Fills the last byte; gives how many there are.
    pub fn align(&mut self) -> usize {
        let bytes = self.bits.div_ceil(u8::BITS) as usize;
        self.bytes.extend_from_slice(&self.open.to_le_bytes()[..bytes]);
        (self.open, self.bits) = (0, 0);
        self.bytes.len()
    }

    /// The bytes up to where they were last aligned.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn clear(&mut self) {
        *self = Self { bytes: std::mem::take(&mut self.bytes), open: 0, bits: 0 };
        self.bytes.clear();
    }
}

/// Reads numbers one after the other; zeros behind the end.
#[derive(Clone, Copy)]
pub(super) struct BitReader<'b> {
    bytes: &'b [u8],
    /// Where the bits in `taken` begin.
    bit: usize,
    /// The next `left` bits, and zeros above them.
    taken: u64,
    left: u32,
}

impl<'b> BitReader<'b> {
    /// A reader from a bit on.
    pub fn new(bytes: &'b [u8], bit: usize) -> Self {
        Self { bytes, bit, taken: 0, left: 0 }
    }

    /// Where the next number begins.
    pub fn bit(&self) -> usize {
        self.bit
    }

    /// Reads a number.
    pub fn read(&mut self, parameter: u32) -> u32 {
        let mut ones = self.taken.trailing_ones();
        if ones + 1 + parameter > self.left || ones >= MOST_ONES {
            self.refill();
            ones = self.taken.trailing_ones();
        }
        if ones < MOST_ONES {
            let number = ones << parameter | (self.taken >> (ones + 1)) as u32 & ((1 << parameter) - 1);
            self.skip(ones + 1 + parameter);
            number
        } else {
            let number = (self.taken >> MOST_ONES) as u32;
            self.skip(MOST_ONES + u32::BITS);
            number
        }
    }

    /// Takes as many bits as the longest number has, or more.
    fn refill(&mut self) {
        let eight = self.bit / 8..self.bit / 8 + SLACK;
        let word = self.bytes.get(eight).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes);
        let skipped = (self.bit % 8) as u32;
        (self.taken, self.left) = (word >> skipped, u64::BITS - skipped);
    }

    fn skip(&mut self, bits: u32) {
        self.taken >>= bits;
        self.left = self.left.saturating_sub(bits);
        self.bit += bits as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 2, 19, 20, 21, 127, 128, 5000, 1 << 20, u32::MAX - 1, u32::MAX];
        for parameter in 0..32 {
            let mut writer = BitWriter::default();
            numbers.iter().for_each(|number| writer.push(*number, parameter));
            writer.align();
            let mut bytes = writer.bytes().to_vec();
            bytes.extend([0; SLACK]);
            let mut reader = BitReader::new(&bytes, 0);
            for number in numbers {
                assert_eq!(reader.read(parameter), number, "{parameter}");
            }
            assert_eq!(reader.bit().div_ceil(8), bytes.len() - SLACK);
        }
    }

    #[test]
    fn nothing_is_read_behind_the_bytes() {
        let mut reader = BitReader::new(&[255; 4], 100);
        assert_eq!(reader.read(5), 0);
        assert_eq!(reader.bit(), 106);
    }
}
