//! What a file's name says of its format.

use std::path::Path;

/// How a record is to be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, with or without a header.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A JSON object.
    Json,
    /// A JSON object a line; records of such files are [`Format::Json`].
    JsonLines,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// The format and packing that a file name promises; `None` where the name
/// is not that of an article.
pub(super) fn by_name(path: &Path) -> Option<(Format, Packing)> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let (name, packing) = unpacked_name(&name);
    let format = match name.rsplit_once('.')?.1 {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::JsonLines,
        _ => return None,
    };
    Some((format, packing))
}

/// What is taken for granted of a file that the user names: text, packed as its
/// name says.
pub(super) fn of_any_name(path: &Path) -> (Format, Packing) {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    (Format::Text, unpacked_name(&name).1)
}

fn unpacked_name(name: &str) -> (&str, Packing) {
    if let Some(inner) = name.strip_suffix(".gz") {
        (inner, Packing::Gzip)
    } else if let Some(inner) = name.strip_suffix(".zst") {
        (inner, Packing::Zstd)
    } else {
        (name, Packing::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_format_and_packing() {
        let of = |name: &str| by_name(Path::new(name));
        assert_eq!(of("a/b.TXT"), Some((Format::Text, Packing::None)));
        assert_eq!(of("news.jsonl.gz"), Some((Format::JsonLines, Packing::Gzip)));
        assert_eq!(of("story.md.zst"), Some((Format::Markdown, Packing::Zstd)));
        assert_eq!(of("photo.jpg"), None);
        assert_eq!(of("archive.gz"), None);
    }
}
