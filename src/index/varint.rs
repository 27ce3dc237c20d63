//! Whole numbers as bytes: LEB128 and little-endian.

/// Bytes that a number of 64 bits takes at most in LEB128.
const MAX_BYTES: usize = 10;

/// Appends a number in little-endian base 128 (LEB128).
pub(super) fn push_leb128(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes an LEB128 number off the front; `None` where it does not end.
pub(super) fn take_leb128(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(MAX_BYTES) {
        number |= u64::from(byte & 0x7f) << (at * 7);
        if byte & 0x80 == 0 {
            *bytes = &bytes[at + 1..];
            return Some(number);
        }
    }
    None
}

/// The eight little-endian bytes at a place as a number.
pub(super) fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let check = |number: u64, size: usize| {
            let mut bytes = Vec::new();
            push_leb128(&mut bytes, number);
            assert_eq!(bytes.len(), size, "{number}");
            bytes.push(7);
            let mut rest = &bytes[..];
            assert_eq!((take_leb128(&mut rest), rest), (Some(number), &[7][..]));
        };
        for (number, size) in [(0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (u64::MAX, 10)] {
            check(number, size);
        }
    }

    #[test]
    fn what_does_not_end_is_no_number() {
        for bytes in [&[][..], &[0x80], &[0xff; 11]] {
            let mut rest = bytes;
            assert_eq!((take_leb128(&mut rest), rest), (None, bytes));
        }
        assert_eq!(read_u64(&[0, 1, 0, 0, 0, 0, 0, 0, 0], 1), Some(1));
        assert_eq!(read_u64(&[0; 8], 1), None);
    }
}
