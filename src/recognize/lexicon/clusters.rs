//! Word clusters: words that occur in like contexts share a number.

use super::word_hash::word_hash;

/// Slots of the table.
const SLOTS: usize = 1 << 16;
/// Bytes of a slot: the upper half of the word's hash, little-endian, then its cluster.
const SLOT: usize = 3;

/// Bytes of a table of clusters.
pub(in crate::recognize) const TABLE_BYTES: usize = SLOTS * SLOT;

/// The clusters of words, looked up by the hash of the word. Empty bytes have
/// no word.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognize) struct WordClusters<'m>(pub &'m [u8]);

impl WordClusters<'_> {
    /// The cluster of a word; 0 if it has none.
    pub fn of(self, hash: u32) -> u8 {
        let at = (hash as usize % SLOTS) * SLOT;
        match self.0.get(at..at + SLOT) {
            Some([low, high, cluster]) if u16::from_le_bytes([*low, *high]) == (hash >> 16) as u16 => *cluster,
            _ => 0,
        }
    }
}

/// The table of folded words and their clusters, most frequent word first:
/// where two words hash to one slot, the first keeps it.
pub(in crate::recognize) fn cluster_table(clusters: &[(String, u8)]) -> Vec<u8> {
    let mut table = vec![0; TABLE_BYTES];
    for (word, cluster) in clusters {
        let hash = word_hash(word);
        let slot = &mut table[(hash as usize % SLOTS) * SLOT..][..SLOT];
        if slot[2] == 0 {
            slot[..2].copy_from_slice(&((hash >> 16) as u16).to_le_bytes());
            slot[2] = *cluster;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_the_first_keeps_a_slot() {
        let words = [("film".to_owned(), 3), ("song".to_owned(), 200), ("film".to_owned(), 9)];
        let table = cluster_table(&words);
        assert_eq!(table.len(), TABLE_BYTES);
        let clusters = WordClusters(&table);
        assert_eq!(clusters.of(word_hash("film")), 3);
        assert_eq!(clusters.of(word_hash("song")), 200);
        assert_eq!(clusters.of(word_hash("opera")), 0);
        // The same slot, but the upper half of another hash.
        assert_eq!(clusters.of(word_hash("film") ^ 0x8000_0000), 0);
        assert_eq!(WordClusters(&[]).of(word_hash("film")), 0);
    }
}
