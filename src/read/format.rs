//! What a file's name and first bytes say of its format.

/// How a record is to be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, with or without a header.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A JSON object; rows of tables, items of feeds, e-mails and SGML
    /// documents are handed on as such.
    Json,
    /// A web page.
    Html,
}

/// What a file or a member of an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One record as it is.
    Whole(Format),
    /// A JSON object a line.
    JsonLines,
    /// CSV or TSV with a header.
    Table,
    /// RSS, Atom or RDF.
    Feed,
    /// An e-mail, or a page saved as one (MHTML).
    Mail,
    /// Reuters-21578 and TREC documents.
    Sgml,
    /// Web pages as a crawler keeps them.
    Warc,
    /// Files in a file.
    Archive(Archive),
    /// One file, compressed.
    Packed(Packing),
}

impl Kind {
    /// What to call it in a message.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Whole(Format::Text) => "text",
            Self::Whole(Format::Markdown) => "Markdown",
            Self::Whole(Format::Json) | Self::JsonLines => "JSON",
            Self::Whole(Format::Html) => "HTML",
            Self::Table => "a table",
            Self::Feed => "a feed",
            Self::Mail => "e-mail",
            Self::Sgml => "SGML",
            Self::Warc => "WARC",
            Self::Archive(Archive::Zip) => "zip",
            Self::Archive(Archive::Tar) => "tar",
            Self::Packed(Packing::Gzip) => "gzip",
            Self::Packed(Packing::Xz) => "xz",
            Self::Packed(Packing::Zstd) => "zstd",
            Self::Packed(Packing::Bzip2) => "bzip2",
        }
    }
}

/// A file that holds files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Archive {
    Zip,
    Tar,
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Xz,
    Zstd,
    Bzip2,
}

/// What a name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// This kind.
    Of(Kind),
    /// Nothing: the content decides.
    Unknown,
    /// No article: program text, styles, pictures, sound.
    NoArticle,
}

/// Extensions of files that hold no articles though some read as text.
const NO_ARTICLES: &[&str] = &[
    "css", "js", "mjs", "cjs", "map", "svg", "ico", "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff",
    "mp3", "mp4", "m4a", "m4v", "mov", "avi", "mkv", "webm", "wav", "ogg", "flac", "woff", "woff2", "ttf", "otf",
    "eot", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "exe", "dll", "so", "o", "a", "class", "jar", "py",
    "pyc", "rb", "rs", "c", "h", "cc", "cpp", "hpp", "java", "go", "ts", "tsx", "jsx", "php", "pl", "sh", "bat", "ps1",
    "sql", "db", "sqlite", "toml", "yml", "yaml", "ini", "cfg", "conf", "lock", "log", "bak", "tmp", "swp", "cdx",
    "cdxj", "bin", "dat", "iso", "dmg", "torrent", "bib", "tex",
];

/// What a file name promises; case does not matter.
pub(super) fn by_name(name: &str) -> Promise {
    let name = name.to_ascii_lowercase();
    let Some((_, extension)) = name.rsplit_once('.') else { return Promise::Unknown };
    Promise::Of(match extension {
        "txt" | "text" => Kind::Whole(Format::Text),
        "md" | "markdown" => Kind::Whole(Format::Markdown),
        "json" => Kind::Whole(Format::Json),
        "html" | "htm" | "xhtml" | "xht" | "shtml" => Kind::Whole(Format::Html),
        "jsonl" | "ndjson" => Kind::JsonLines,
        "csv" | "tsv" | "tab" => Kind::Table,
        "rss" | "atom" | "rdf" => Kind::Feed,
        "eml" | "mht" | "mhtml" => Kind::Mail,
        "sgm" | "sgml" => Kind::Sgml,
        "warc" => Kind::Warc,
        "zip" | "wacz" => Kind::Archive(Archive::Zip),
        "tar" => Kind::Archive(Archive::Tar),
        "gz" | "tgz" => Kind::Packed(Packing::Gzip),
        "xz" | "txz" => Kind::Packed(Packing::Xz),
        "zst" | "tzst" => Kind::Packed(Packing::Zstd),
        "bz2" | "tbz" | "tbz2" => Kind::Packed(Packing::Bzip2),
        other if NO_ARTICLES.contains(&other) => return Promise::NoArticle,
        _ => return Promise::Unknown,
    })
}

/// The name of what a compressed file holds: `news.jsonl` of `news.jsonl.gz`,
/// `news.tar` of `news.tgz`.
pub(super) fn unpacked_name(name: &str) -> String {
    let Some((stem, extension)) = name.rsplit_once('.') else { return name.to_owned() };
    match extension.to_ascii_lowercase().as_str() {
        "gz" | "xz" | "zst" | "bz2" => stem.to_owned(),
        "tgz" | "txz" | "tzst" | "tbz" | "tbz2" => format!("{stem}.tar"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind() {
        assert_eq!(by_name("a/b.TXT"), Promise::Of(Kind::Whole(Format::Text)));
        assert_eq!(by_name("news.jsonl.gz"), Promise::Of(Kind::Packed(Packing::Gzip)));
        assert_eq!(by_name("photo.jpg"), Promise::NoArticle);
        assert_eq!(by_name("README"), Promise::Unknown);
        assert_eq!(unpacked_name("news.jsonl.gz"), "news.jsonl");
        assert_eq!(unpacked_name("pages.tgz"), "pages.tar");
    }
}
