//! Exports of many articles in one text, as databases of newspapers give them: the old
//! and the new form of LexisNexis, Factiva with and without its field codes, ProQuest.
//! The same text comes in plain files, RTF and DOCX.

mod factiva;
mod lines;
mod nexis;
mod nexis_uni;
mod proquest;

use super::named_fields::NamedFields;

/// The articles of a text, if it is such an export.
pub(super) fn articles(text: &str) -> Option<Vec<NamedFields>> {
    let lines: Vec<&str> = text.lines().collect();
    let found = nexis::articles(&lines)
        .or_else(|| proquest::articles(&lines))
        .or_else(|| nexis_uni::articles(&lines))
        .or_else(|| factiva::articles(&lines))?;
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_texts_are_no_exports() {
        for text in [
            "",
            "The star has left the show.\n\nEnd of Document",
            "1 of 3 DOCUMENTS\n\nwere found.",
            "Length: 20 words\n\nThe star has left.",
            "Document 20190305\n\n12 words",
            "HD   1080\nWC   2",
            "IN  the end\nthe star left.\nAN  apple",
            "Document 1 of 3\n\nThe star has left.",
        ] {
            assert!(articles(text).is_none(), "{text}");
        }
    }
}
