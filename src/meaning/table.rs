//! The table of vectors: `data/meaning.bin`.
//!
//! After a mark of eight bytes, three numbers: how many pieces, how many numbers a
//! vector has, and how long the pieces are as text, one a line. Then that text, the
//! size of a step for each piece, and a vector for each: whole steps from −7 to 7 in four
//! bits, two in a byte, the lower half first. All other numbers have four bytes, the
//! lowest first; sizes of steps are floating-point.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Numbers of a vector.
pub(super) const DIMENSIONS: usize = 128;

/// Bytes of a vector.
const ROW: usize = DIMENSIONS / 2;

const MARK: &[u8] = b"newmean1";
/// What begins a piece that continues a word.
const CONTINUES: &str = "##";

static BYTES: &[u8] = include_bytes!("../../data/meaning.bin");

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(BYTES).unwrap_or_default());

/// The table of this version.
pub(super) fn table() -> &'static Table {
    &TABLE
}

/// Pieces with their vectors.
#[derive(Default)]
pub(super) struct Table {
    /// Pieces that begin a word.
    first: FxHashMap<&'static str, usize>,
    /// Pieces that continue one, without their mark.
    next: FxHashMap<&'static str, usize>,
    steps: &'static [u8],
    rows: &'static [u8],
}

impl Table {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MARK)?;
        let (count, rest) = number(rest)?;
        let (dimensions, rest) = number(rest)?;
        let (length, rest) = number(rest)?;
        let (text, rest) = rest.split_at_checked(length)?;
        let (steps, rows) = rest.split_at_checked(count.checked_mul(4)?)?;
        if dimensions != DIMENSIONS || rows.len() != count.checked_mul(ROW)? {
            return None;
        }
        let (mut first, mut next) = (FxHashMap::default(), FxHashMap::default());
        for (at, piece) in std::str::from_utf8(text).ok()?.lines().enumerate() {
            match piece.strip_prefix(CONTINUES).filter(|rest| !rest.is_empty()) {
                Some(rest) => next.insert(rest, at),
                None => first.insert(piece, at),
            };
        }
        (first.len() + next.len() == count).then_some(Self { first, next, steps, rows })
    }

    /// The number of a piece, at the start of a word or within it.
    pub fn piece(&self, text: &str, within: bool) -> Option<usize> {
        if within { self.next.get(text).copied() } else { self.first.get(text).copied() }
    }

    /// Adds the vector of a piece, `times` over.
    pub fn add(&self, piece: usize, times: f32, sum: &mut [f32; DIMENSIONS]) {
        let step = self.steps.chunks_exact(4).nth(piece).and_then(|bytes| bytes.try_into().ok());
        let row = self.rows.chunks_exact(ROW).nth(piece);
        let (Some(step), Some(row)) = (step.map(f32::from_le_bytes), row) else { return };
        let step = step * times;
        for (sums, byte) in sum.chunks_exact_mut(2).zip(row) {
            sums[0] += step * f32::from((byte << 4).cast_signed() >> 4);
            sums[1] += step * f32::from(byte.cast_signed() >> 4);
        }
    }
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_le_bytes(*number)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let table = table();
        assert!(table.first.len() > 20_000 && table.next.len() > 4_000, "{} {}", table.first.len(), table.next.len());
        assert!(table.piece("film", false).is_some());
        assert!(table.piece("ing", true).is_some());
        assert_eq!(table.piece("hayley atwell", false), None);
    }

    #[test]
    fn the_table_is_that_of_its_card() {
        let card = include_str!("../../docs/meaning.md");
        let sum = format!("{:08x}", crc32fast::hash(BYTES));
        assert!(card.contains(&sum), "docs/meaning.md does not name the checksum {sum}");
    }

    #[test]
    fn damage_gives_no_table() {
        assert!(Table::read(&BYTES[..BYTES.len() - 1]).is_none());
        assert!(Table::read(b"").is_none());
    }
}
