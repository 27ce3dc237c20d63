//! Flags that bound what is read of a file, shared by the commands that read
//! articles.

use crate::read::Limits;

use super::values::size;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct LimitFlags {
    /// The largest article in bytes, however it is packed: 64M, 1G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    max_record: u64,
    /// The longest text of an article in bytes; a longer one is cut there, which is
    /// reported
    #[arg(long, value_name = "SIZE", default_value = "1M", value_parser = size)]
    max_text: u64,
    /// What one file may expand to in all, in bytes
    #[arg(long, value_name = "SIZE", default_value = "64G", value_parser = size)]
    max_expanded: u64,
    /// How many archives and compressions may be nested
    #[arg(long, value_name = "N", default_value_t = Limits::default().nesting)]
    max_nesting: usize,
}

impl LimitFlags {
    pub(super) fn limits(&self) -> Limits {
        Limits::default()
            .with_record(self.max_record)
            .with_text(self.max_text)
            .with_expanded(self.max_expanded)
            .with_nesting(self.max_nesting)
    }
}
