//! Limits on what is read of one file.

/// Bytes of the longest name of a member of an archive.
#[cfg(feature = "formats")]
pub(super) const MAX_NAME: u64 = 64 << 10;
/// Bytes of the longest header that describes a member of an archive.
#[cfg(feature = "formats")]
pub(super) const MAX_HEADER: u64 = 1 << 20;
/// Members of an archive. Their names are remembered, so that each is kept apart.
#[cfg(feature = "formats")]
pub(super) const MAX_MEMBERS: usize = 4_000_000;
/// Bytes of already decompressed data that a decompressor may keep to refer to.
#[cfg(feature = "formats")]
pub(super) const MAX_WINDOW: u64 = 128 << 20;

/// Limits on what is read of one file. What exceeds them is reported as an
/// error and left out.
///
/// ```
/// use newsearch::Limits;
/// let limits = Limits::default().with_record(1 << 20).with_nesting(2);
/// assert_eq!((limits.record, limits.nesting), (1_048_576, 2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the largest record: one article, after unpacking.
    pub record: u64,
    /// Bytes of the longest text of an article; one that is longer is cut there, which
    /// is reported. Analysis takes some 40 times as much memory.
    pub text: u64,
    /// Bytes that one file on disk may expand to, over all its members; also those
    /// of a zip archive that has to be copied before it is read, since it comes
    /// from a pipe or another archive.
    pub expanded: u64,
    /// How many archives and compressions may enclose one another.
    pub nesting: usize,
}

impl Limits {
    /// Records of 64 MiB, texts of 1 MiB, 64 GiB out of one file, four levels.
    pub const DEFAULT: Self = Self { record: 64 << 20, text: 1 << 20, expanded: 64 << 30, nesting: 4 };

    /// The same limits with another size of the largest record, in bytes.
    #[must_use]
    pub const fn with_record(mut self, bytes: u64) -> Self {
        self.record = bytes;
        self
    }

    /// The same limits with another size of the longest text, in bytes.
    #[must_use]
    pub const fn with_text(mut self, bytes: u64) -> Self {
        self.text = bytes;
        self
    }

    /// The same limits with another size that one file may expand to, in bytes.
    #[must_use]
    pub const fn with_expanded(mut self, bytes: u64) -> Self {
        self.expanded = bytes;
        self
    }

    /// The same limits with another depth of nested archives.
    #[must_use]
    pub const fn with_nesting(mut self, levels: usize) -> Self {
        self.nesting = levels;
        self
    }
}

impl Default for Limits {
    /// [`Limits::DEFAULT`].
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_builder_sets_its_own_limit() {
        let limits = Limits::default();
        assert_eq!(limits.with_record(1), Limits { record: 1, ..limits });
        assert_eq!(limits.with_text(4), Limits { text: 4, ..limits });
        assert_eq!(limits.with_expanded(2), Limits { expanded: 2, ..limits });
        assert_eq!(limits.with_nesting(3), Limits { nesting: 3, ..limits });
    }
}
