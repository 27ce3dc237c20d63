//! The formats of `--format`.

use std::str::FromStr;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Format {
    /// Text for people.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// JSON lines: one object per line.
    Jsonl,
    /// Comma-separated, with a header.
    Csv,
    /// `qid Q0 docid rank score tag`.
    Trec,
    /// The paths of the hits, one a line.
    Paths,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "human" => Self::Human,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "csv" => Self::Csv,
            "trec" => Self::Trec,
            "paths" => Self::Paths,
            _ => return Err(format!("unknown format {text:?}: expected human, json, jsonl, csv, trec or paths")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_names() {
        let check = |text: &str, format| assert_eq!(text.parse::<Format>().ok(), format, "{text:?}");
        check("human", Some(Format::Human));
        check("jsonl", Some(Format::Jsonl));
        check("trec", Some(Format::Trec));
        check("JSON", None);
        check("", None);
        let error = "xml".parse::<Format>().expect_err("no format");
        assert_eq!(error, "unknown format \"xml\": expected human, json, jsonl, csv, trec or paths");
    }
}
