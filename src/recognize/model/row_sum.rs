//! Summing rows of 8-bit weights, several kinds at once.

use crate::article::EntityKind;

/// A sum of quantized weights for each kind.
pub(in crate::recognize) type RowTotals = [i32; EntityKind::COUNT];

/// 128 in every byte: a row of zero weights.
pub(super) const BIAS: u64 = 0x8080_8080_8080_8080;
/// Every other byte.
const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

/// A row of signed weights, plus 128 each, so that bytes are never negative and
/// eight of them can be added at once.
pub(super) fn biased(row: &[u8]) -> u64 {
    row.iter().rev().fold(0, |word: u64, byte| word << 8 | u64::from(*byte)) ^ BIAS
}

/// The sum of rows: even and odd bytes are summed in 16-bit lanes, which are
/// flushed to `totals` before they can overflow.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct RowSum {
    even: u64,
    odd: u64,
    /// Count of rows in the lanes.
    rows: u8,
    totals: RowTotals,
}

impl RowSum {
    /// Adds a biased row.
    pub fn add(&mut self, row: u64) {
        self.even += row & EVEN;
        self.odd += row >> 8 & EVEN;
        self.rows += 1;
        if self.rows == u8::MAX {
            self.flush();
        }
    }

    /// Adds the rows of another sum.
    pub fn join(&mut self, other: &Self) {
        if self.rows.checked_add(other.rows).is_none() {
            self.flush();
        }
        self.even += other.even;
        self.odd += other.odd;
        self.rows += other.rows;
        self.totals.iter_mut().zip(other.totals).for_each(|(total, more)| *total += more);
    }

    fn flush(&mut self) {
        for (kind, total) in self.totals.iter_mut().enumerate() {
            let lanes = if kind % 2 == 0 { self.even } else { self.odd };
            let sum = (lanes >> (kind / 2 * 16)) as u16;
            *total += i32::from(sum) - 128 * i32::from(self.rows);
        }
        (self.even, self.odd, self.rows) = (0, 0, 0);
    }

    /// The sums of weights by kind.
    pub fn totals(mut self) -> RowTotals {
        self.flush();
        self.totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_sums_equal_the_sum_of_all_rows() {
        type Row = [i8; EntityKind::COUNT];
        let rows: Vec<Row> =
            (0..700_i32).map(|n| std::array::from_fn(|kind| (n * 37 + kind as i32 * 91) as i8)).collect();
        let word = |row: &Row| biased(&row.map(|weight| weight as u8));
        let expected: RowTotals = std::array::from_fn(|kind| rows.iter().map(|row| i32::from(row[kind])).sum());
        for parts in [1, 7, 100, 200, 300, 700] {
            let mut all = RowSum::default();
            for part in rows.chunks(parts) {
                let mut sums = RowSum::default();
                part.iter().for_each(|row| sums.add(word(row)));
                all.join(&sums);
            }
            assert_eq!(all.totals(), expected, "{parts}");
        }
    }
}
