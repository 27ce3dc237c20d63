//! Flags that bound what is read of a file, shared by commands that read.

use newsearch::read::Limits;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct LimitFlags {
    /// The largest article in bytes, however it is packed: 64M, 1G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    max_record: u64,
    /// What one file may expand to in all, in bytes
    #[arg(long, value_name = "SIZE", default_value = "64G", value_parser = size)]
    max_expanded: u64,
    /// How many archives and compressions may stand within one another
    #[arg(long, value_name = "N", default_value_t = Limits::default().nesting)]
    max_nesting: usize,
}

impl LimitFlags {
    pub(super) fn limits(&self) -> Limits {
        Limits::default().with_record(self.max_record).with_expanded(self.max_expanded).with_nesting(self.max_nesting)
    }
}

/// Bytes, in units of 1,024 where a letter follows.
fn size(text: &str) -> Result<u64, String> {
    let expected = || format!("{text:?}: expected a number of bytes such as 500000, 64M or 2G");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" => 1 << 10,
        "M" | "MB" => 1 << 20,
        "G" | "GB" => 1 << 30,
        "T" | "TB" => 1 << 40,
        _ => return Err(expected()),
    };
    let number: u64 = digits.parse().map_err(|_| expected())?;
    number.checked_mul(unit).ok_or_else(expected)
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_have_units() {
        assert_eq!(super::size("64M"), Ok(64 << 20));
        assert_eq!(super::size("123"), Ok(123));
        assert!(super::size("much").is_err() && super::size("9999999999T").is_err());
    }
}
