//! The formats of files, and how a file name states one.

/// How to parse a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, with or without a header.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A JSON object. Rows of tables, items of feeds, e-mails and SGML
    /// documents are passed on as such.
    Json,
    /// A web page.
    Html,
}

/// What a file or a member of an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file that is one record; or, for JSON, one document.
    Single(Format),
    /// One JSON object per line.
    JsonLines,
    /// CSV or TSV with a header line.
    Csv,
    /// RSS, Atom or RDF.
    Feed,
    /// An e-mail, or a page saved as one (MHTML).
    Mail,
    /// A folder of e-mails in one file.
    Mbox,
    /// Reuters-21578, TREC and Gigaword documents.
    Sgml,
    /// News formats and exports of content systems in XML.
    Xml(XmlFormat),
    /// Web pages saved by a crawler.
    Warc,
    /// Text in the format of word processors.
    Rtf,
    /// Pages to print.
    Pdf,
    /// A document that is a zip archive, by its name; its content says which.
    Package(&'static str),
    /// A document of a kind that is not read.
    Unread(&'static str),
    /// An archive of files.
    Archive(Archive),
    /// One compressed file.
    Compressed(Compression),
}

impl Kind {
    /// What error messages call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Single(Format::Text) => "text",
            Self::Single(Format::Markdown) => "Markdown",
            Self::Single(Format::Json) => "JSON",
            Self::JsonLines => "JSON lines",
            Self::Single(Format::Html) => "HTML",
            Self::Csv => "a table",
            Self::Feed => "a feed",
            Self::Mail => "e-mail",
            Self::Mbox => "mbox",
            Self::Sgml => "SGML",
            Self::Xml(format) => format.name(),
            Self::Warc => "WARC",
            Self::Rtf => "RTF",
            Self::Pdf => "PDF",
            Self::Package(name) | Self::Unread(name) => name,
            Self::Archive(Archive::Zip) => "zip",
            Self::Archive(Archive::Tar) => "tar",
            Self::Compressed(Compression::Gzip) => "gzip",
            Self::Compressed(Compression::Xz) => "xz",
            Self::Compressed(Compression::Zstd) => "zstd",
            Self::Compressed(Compression::Bzip2) => "bzip2",
        }
    }
}

/// A format within XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum XmlFormat {
    Nitf,
    NewsMlG2,
    /// NewsML 1.x.
    NewsMl,
    /// Reuters Corpus Volume 1.
    Rcv1,
    /// An export of a wiki.
    MediaWiki,
    /// An export of WordPress (WXR).
    WordPress,
    /// An export of Blogger.
    Blogger,
    /// Another one: read if its elements bear the names of fields.
    Other,
}

impl XmlFormat {
    fn name(self) -> &'static str {
        match self {
            Self::Nitf => "NITF",
            Self::NewsMlG2 => "NewsML-G2",
            Self::NewsMl => "NewsML",
            Self::Rcv1 => "RCV1",
            Self::MediaWiki => "a MediaWiki export",
            Self::WordPress => "a WordPress export",
            Self::Blogger => "a Blogger export",
            Self::Other => "XML",
        }
    }
}

/// A format that holds several files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Archive {
    Zip,
    Tar,
}

/// A format that compresses one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Xz,
    Zstd,
    Bzip2,
}

/// What a file name says of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameHint {
    /// The extension of this kind.
    Is(Kind),
    /// No known extension: the content decides.
    Unknown,
    /// No article: source code, styles, images, sound.
    NoArticle,
}

/// Extensions of files that hold no articles, though some contain text.
const NO_ARTICLES: &[&str] = &[
    "css", "js", "mjs", "cjs", "map", "svg", "ico", "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff",
    "mp3", "mp4", "m4a", "m4v", "mov", "avi", "mkv", "webm", "wav", "ogg", "flac", "woff", "woff2", "ttf", "otf",
    "eot", "xls", "xlsx", "xlsm", "ppt", "pptx", "pptm", "ods", "odp", "odg", "key", "numbers", "pages", "exe", "dll",
    "so", "o", "a", "class", "jar", "py", "pyc", "rb", "rs", "c", "h", "cc", "cpp", "hpp", "java", "go", "ts", "tsx",
    "jsx", "php", "pl", "sh", "bat", "ps1", "sql", "db", "sqlite", "toml", "yml", "yaml", "ini", "cfg", "conf", "lock",
    "log", "bak", "tmp", "swp", "cdx", "cdxj", "bin", "dat", "iso", "dmg", "torrent", "bib", "tex",
];

/// What a file name says of its kind, by its extension in any case.
pub(super) fn by_name(name: &str) -> NameHint {
    let name = name.to_ascii_lowercase();
    let Some((_, extension)) = name.rsplit_once('.') else { return NameHint::Unknown };
    NameHint::Is(match extension {
        "txt" | "text" => Kind::Single(Format::Text),
        "md" | "markdown" => Kind::Single(Format::Markdown),
        "json" => Kind::Single(Format::Json),
        "html" | "htm" | "xhtml" | "xht" | "shtml" => Kind::Single(Format::Html),
        "jsonl" | "ndjson" => Kind::JsonLines,
        "csv" | "tsv" | "tab" => Kind::Csv,
        "rss" | "atom" | "rdf" => Kind::Feed,
        "eml" | "emlx" | "mht" | "mhtml" => Kind::Mail,
        "mbox" | "mbx" => Kind::Mbox,
        "sgm" | "sgml" => Kind::Sgml,
        "xml" | "nitf" | "newsml" => Kind::Xml(XmlFormat::Other),
        "warc" | "arc" => Kind::Warc,
        "rtf" => Kind::Rtf,
        "pdf" => Kind::Pdf,
        "docx" | "docm" | "dotx" => Kind::Package("DOCX"),
        "odt" | "ott" => Kind::Package("OpenDocument"),
        "epub" => Kind::Package("EPUB"),
        "zip" | "wacz" => Kind::Archive(Archive::Zip),
        "tar" => Kind::Archive(Archive::Tar),
        "gz" | "tgz" => Kind::Compressed(Compression::Gzip),
        "xz" | "txz" => Kind::Compressed(Compression::Xz),
        "zst" | "tzst" => Kind::Compressed(Compression::Zstd),
        "bz2" | "tbz" | "tbz2" => Kind::Compressed(Compression::Bzip2),
        other if NO_ARTICLES.contains(&other) => return NameHint::NoArticle,
        _ => return NameHint::Unknown,
    })
}

/// What a file of a kind that is not read is called: its extension.
pub(super) fn kind_of_other(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!(".{}", extension.to_lowercase()),
        _ => "no extension".to_owned(),
    }
}

/// The name of the file within a compressed file: `news.jsonl` for
/// `news.jsonl.gz`, `news.tar` for `news.tgz`.
#[cfg(feature = "formats")]
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

    fn check(name: &str, expected: NameHint) {
        assert_eq!(by_name(name), expected, "{name}");
    }

    #[test]
    fn extensions_state_the_kind() {
        check("a/b.TXT", NameHint::Is(Kind::Single(Format::Text)));
        check("a.b.md", NameHint::Is(Kind::Single(Format::Markdown)));
        check("a.ndjson", NameHint::Is(Kind::JsonLines));
        check("news.jsonl.gz", NameHint::Is(Kind::Compressed(Compression::Gzip)));
        check("Sent.mbox", NameHint::Is(Kind::Mbox));
        check("12.partial.emlx", NameHint::Is(Kind::Mail));
        check("a.wacz", NameHint::Is(Kind::Archive(Archive::Zip)));
        check("a.Docx", NameHint::Is(Kind::Package("DOCX")));
        check("a.pdf", NameHint::Is(Kind::Pdf));
        check("photo.jpg", NameHint::NoArticle);
        check("README", NameHint::Unknown);
        check("a.unknown", NameHint::Unknown);
        check("", NameHint::Unknown);
    }

    #[cfg(feature = "formats")]
    #[test]
    fn names_within_compressed_files() {
        for (name, expected) in
            [("news.jsonl.gz", "news.jsonl"), ("pages.TGZ", "pages.tar"), ("a.txt", "a.txt"), ("a", "a")]
        {
            assert_eq!(unpacked_name(name), expected);
        }
    }
}
