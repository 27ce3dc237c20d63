//! Adding up rows of weights.

/// 128 in every byte.
pub(super) const BIAS: u64 = 0x8080_8080_8080_8080;
/// Every other byte.
const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

/// A row of signed weights as bytes that are never negative, so that eight of
/// them are added at once.
pub(super) fn biased(row: &[u8]) -> u64 {
    row.iter().rev().fold(0, |word: u64, byte| word << 8 | u64::from(*byte)) ^ BIAS
}

/// The sum of rows: their even and odd bytes in lanes of 16 bits, which are
/// emptied before they can run over.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sums {
    even: u64,
    odd: u64,
    rows: u8,
    totals: [i32; 6],
}

impl Sums {
    pub fn add(&mut self, row: u64) {
        self.even += row & EVEN;
        self.odd += row >> 8 & EVEN;
        self.rows += 1;
        if self.rows == u8::MAX {
            self.empty();
        }
    }

    /// Adds rows that are added up already.
    pub fn join(&mut self, other: &Self) {
        if self.rows.checked_add(other.rows).is_none() {
            self.empty();
        }
        self.even += other.even;
        self.odd += other.odd;
        self.rows += other.rows;
        self.totals.iter_mut().zip(other.totals).for_each(|(total, more)| *total += more);
    }

    fn empty(&mut self) {
        for (kind, total) in self.totals.iter_mut().enumerate() {
            let lanes = if kind % 2 == 0 { self.even } else { self.odd };
            let sum = (lanes >> (kind / 2 * 16)) as u16;
            *total += i32::from(sum) - 128 * i32::from(self.rows);
        }
        (self.even, self.odd, self.rows) = (0, 0, 0);
    }

    pub fn totals(mut self) -> [i32; 6] {
        self.empty();
        self.totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_sums_are_those_of_all_rows() {
        let rows: Vec<[i8; 6]> =
            (0..700_i32).map(|n| std::array::from_fn(|kind| (n * 37 + kind as i32 * 91) as i8)).collect();
        let word = |row: &[i8; 6]| biased(&row.map(|weight| weight as u8));
        let expected: [i32; 6] = std::array::from_fn(|kind| rows.iter().map(|row| i32::from(row[kind])).sum());
        for parts in [1, 7, 100, 200, 300, 700] {
            let mut all = Sums::default();
            for part in rows.chunks(parts) {
                let mut sums = Sums::default();
                part.iter().for_each(|row| sums.add(word(row)));
                all.join(&sums);
            }
            assert_eq!(all.totals(), expected, "{parts}");
        }
    }
}
