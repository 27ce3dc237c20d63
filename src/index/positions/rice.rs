//! Numbers in as few bits as they need: Rice codes (R. F. Rice, “Some Practical
//! Universal Noiseless Coding Techniques”, JPL Publication 79-22, 1979), which
//! are Golomb's (“Run-Length Encodings”, IEEE Transactions on Information
//! Theory 12, 1966) for powers of two.
//!
//! A number is cut after its lowest bits, as many as its parameter says; what
//! is above them is that many ones and a zero. Bits fill bytes from the lowest.

/// So many ones say that the whole number follows.
const MOST_ONES: u32 = 20;
/// A number is read from so many bytes at once: there are as many behind the
/// last one.
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
        let ones = number >> parameter;
        if ones < MOST_ONES {
            self.push_bits((1 << ones) - 1, ones + 1);
            self.push_bits(u64::from(number) & ((1 << parameter) - 1), parameter);
        } else {
            self.push_bits((1 << MOST_ONES) - 1, MOST_ONES);
            self.push_bits(u64::from(number), u32::BITS);
        }
    }

    fn push_bits(&mut self, value: u64, bits: u32) {
        self.open |= value << self.bits;
        self.bits += bits;
        while self.bits >= u8::BITS {
            self.bytes.push(self.open as u8);
            self.open >>= u8::BITS;
            self.bits -= u8::BITS;
        }
    }

    /// Fills the last byte, and tells how many there are.
    pub fn align(&mut self) -> usize {
        if self.bits > 0 {
            self.push_bits(0, u8::BITS - self.bits);
        }
        self.bytes.len()
    }

    /// The bytes that were filled.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn clear(&mut self) {
        *self = Self { bytes: std::mem::take(&mut self.bytes), open: 0, bits: 0 };
        self.bytes.clear();
    }
}

/// Reads the number at a bit, and goes on behind it. What is behind the bytes
/// reads as zeros.
pub(super) fn read(bytes: &[u8], bit: &mut usize, parameter: u32) -> u32 {
    let eight = *bit / 8..*bit / 8 + SLACK;
    let word = bytes.get(eight).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes) >> (*bit % 8);
    let ones = word.trailing_ones();
    if ones < MOST_ONES {
        *bit += (ones + 1 + parameter) as usize;
        ones << parameter | (word >> (ones + 1)) as u32 & ((1 << parameter) - 1)
    } else {
        *bit += (MOST_ONES + u32::BITS) as usize;
        (word >> MOST_ONES) as u32
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
            let mut bit = 0;
            for number in numbers {
                assert_eq!(read(&bytes, &mut bit, parameter), number, "{parameter}");
            }
            assert_eq!(bit.div_ceil(8), bytes.len() - SLACK);
        }
    }

    #[test]
    fn nothing_is_read_behind_the_bytes() {
        let mut bit = 100;
        assert_eq!(read(&[255; 4], &mut bit, 5), 0);
        assert_eq!(bit, 106);
    }
}
