//! LexisNexis as it was until 2019: `1 of 200 DOCUMENTS` above each article, fields
//! such as `BYLINE: Ann Lee`.

use super::lines::{Draft, field, is_copyright, paragraphs};
use crate::read::records::day::day_in;
use crate::read::records::named_fields::NamedFields;

/// Fields in front of the text. Some are in German exports.
const HEAD: &[&str] = &[
    "byline",
    "section",
    "length",
    "headline",
    "dateline",
    "highlight",
    "body",
    "title",
    "series",
    "type",
    "edition",
    "autor",
    "rubrik",
    "länge",
    "ort",
    "abstract",
    "column",
];
/// Fields behind the text.
const TAIL: &[&str] = &[
    "load-date",
    "language",
    "publication-type",
    "journal-code",
    "subject",
    "person",
    "company",
    "organization",
    "geographic",
    "country",
    "city",
    "state",
    "industry",
    "ticker",
    "notes",
    "correction",
    "correction-date",
    "document-type",
    "url",
    "issn",
    "acc-no",
    "name",
    "category",
    "graphic",
    "doc-type",
    "update",
    "sprache",
    "pub-type",
    "ref-type",
    "copyright",
    "journal",
    "jnl-code",
    "fachgebiet",
];
/// Fields that end the text wherever they are.
const ENDS: &[&str] = &["load-date", "graphic", "publication-type", "journal-code", "correction-date", "update"];

/// The articles of an export.
pub(super) fn articles(lines: &[&str]) -> Option<Vec<NamedFields>> {
    let starts: Vec<usize> = (0..lines.len()).filter(|at| is_separator(lines[*at])).collect();
    let (first, known) = (*starts.first()?, [HEAD, TAIL].concat());
    lines[first..].iter().find(|line| is_field(line, &known))?;
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    Some(starts.iter().zip(ends).map(|(start, end)| article(&lines[start + 1..end]).into_fields()).collect())
}

/// `1 of 200 DOCUMENTS`, also in German, Dutch, French and Spanish.
fn is_separator(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    match words[..] {
        [one, of, all, documents] => {
            let names = ["DOCUMENTS", "DOCUMENT", "DOKUMENTEN", "DOKUMENTE", "DOCUMENTEN", "DOCUMENTOS"];
            is_number(&one) && is_number(&all) && ["of", "von", "van", "de"].contains(&of) && names.contains(&documents)
        }
        _ => false,
    }
}

/// Whether a line begins a field: with its name in capitals.
fn is_field(line: &str, keys: &[&'static str]) -> bool {
    let key = line.trim_start().split(':').next().unwrap_or_default();
    !key.is_empty() && key.chars().all(|c| c.is_uppercase() || c == '-') && field(line, keys).is_some()
}

/// A run of lines without a blank one.
type Block<'t> = &'t [&'t str];

fn article(lines: &[&str]) -> Draft {
    let blocks: Vec<Block<'_>> = lines.split(|line| line.trim().is_empty()).filter(|block| !block.is_empty()).collect();
    let mut draft = Draft::default();
    let body = read_head(&blocks, &mut draft);
    let tail = tail_of(&blocks, body);
    let mut text: Vec<&str> = Vec::new();
    for block in &blocks[body..tail] {
        // `BODY:` may stand alone or begin the text.
        let first = block[0];
        let rest = field(first, &["body"]).filter(|_| is_field(first, HEAD)).map(|(_, rest)| rest);
        text.push("");
        text.push(rest.unwrap_or(first));
        text.extend(&block[1..]);
    }
    draft.text = paragraphs(&text, true);
    for block in &blocks[tail..] {
        read_tail(&block.join(" "), &mut draft);
    }
    draft
}

/// Reads source, date, title and the fields in front of the text. Returns the block
/// where the text begins.
fn read_head(blocks: &[Block<'_>], draft: &mut Draft) -> usize {
    let last_field = blocks.iter().take(20).rposition(|block| is_field(block[0], HEAD)).filter(|at| {
        // Within the text, words in capitals may look like a field.
        let before = &blocks[..*at];
        before.iter().filter(|block| !is_field(block[0], HEAD) && !is_copyright(block[0])).count() <= 5
    });
    let mut seen_length = false;
    for (at, block) in blocks.iter().enumerate() {
        let first = block[0].trim();
        let whole = || block.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        if is_field(first, &["body"]) {
            return at;
        } else if is_field(first, HEAD) {
            seen_length |= field(first, &["length", "länge"]).is_some();
            read_field(&whole(), draft);
        } else if is_field(first, TAIL) {
            return at;
        } else if is_copyright(first) {
            continue;
        } else if draft.date.is_none() && first.len() <= 80 && day_in(first).is_some() {
            draft.date = day_in(first);
        } else if draft.source.is_none() && draft.date.is_none() {
            draft.source = Some(first.to_owned());
        } else if seen_length || last_field.is_none_or(|last| at > last) && !draft.title.is_empty() {
            return at;
        } else if draft.title.is_empty() {
            draft.title = whole();
        } else {
            draft.summary = Some(whole());
        }
    }
    blocks.len()
}

fn read_field(line: &str, draft: &mut Draft) {
    let Some((key, value)) = field(line, HEAD) else { return };
    let value = value.to_owned();
    match key {
        "byline" | "autor" => draft.byline = Some(value),
        "section" | "rubrik" => draft.section = Some(value),
        "headline" | "title" => draft.title = value,
        "dateline" | "ort" => draft.dateline = Some(value),
        "highlight" | "abstract" => draft.summary = Some(value),
        _ => {}
    }
}

/// The block where the fields behind the text begin.
fn tail_of(blocks: &[Block<'_>], body: usize) -> usize {
    let is_tail = |block: &Block<'_>| is_field(block[0], TAIL) || is_copyright(block[0]);
    let from_end = blocks[body..].iter().rev().take_while(|block| is_tail(block)).count();
    let first = blocks[body..].iter().position(|block| is_field(block[0], ENDS));
    first.map_or(blocks.len() - from_end, |first| (body + first).min(blocks.len() - from_end))
}

fn read_tail(line: &str, draft: &mut Draft) {
    match field(line, &["subject", "url", "byline"]) {
        Some(("subject", list)) => draft.add_subjects(list),
        Some(("url", url)) => draft.url = Some(url.to_owned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::Draft;
    use super::*;
    use crate::read::records::testing::sorted_summary;

    fn check(text: &str, expected: &[&str]) {
        let lines: Vec<&str> = text.lines().collect();
        let found = articles(&lines).expect("an export");
        let records = found.into_iter().map(|fields| Ok(fields.into_record("a", None))).collect();
        let expected: Vec<String> = expected.iter().map(|line| format!("0 {line}")).collect();
        assert_eq!(sorted_summary(&records), expected, "{text}");
    }

    #[test]
    fn the_usual_layout() {
        check(
            "\n\nDownload Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2018\n\nTerms: star\n\n                               1 of 2 DOCUMENTS\n\n\n\n                               The Evening Reel (Oslo)\n\n                            January 11, 2010 Monday\n                                   Edition 1;\n                                    Norway\n\nStar leaves show\nafter ten years\n\nBYLINE: Ann Lee in Oslo\n\nSECTION: FEATURES; Pg. 6\n\nLENGTH: 20 words\n\n\nThe star has left\nthe show.\n\nShe said: \"No.\"\n\nLOAD-DATE: January 12, 2010\n\nLANGUAGE: ENGLISH\n\nSUBJECT: TELEVISION (90%); ACTORS\n(78%)\n\n                       Copyright 2010 Reel Ltd\n                              All Rights Reserved\n\n                               2 of 2 DOCUMENTS\n\n\n                               The Evening Reel\n\n                            January 12, 2010 Tuesday\n\nThe second\n\nLENGTH: 2 words\n\nIt opens.\n\nLOAD-DATE: January 12, 2010\n",
            &[
                r#"{"authors":"Ann Lee","date":"2010-01-11","section":"FEATURES","source":"The Evening Reel (Oslo)","tags":["TELEVISION","ACTORS"],"text":"The star has left the show.\n\nShe said: \"No.\"","title":"Star leaves show after ten years"}"#,
                r#"{"date":"2010-01-12","source":"The Evening Reel","text":"It opens.","title":"The second"}"#,
            ],
        );
    }

    #[test]
    fn with_copyright_above_and_names_of_all_fields() {
        check(
            "   1 of 1 DOCUMENT\n\n\n     Copyright 2015 Reel Company, LLC d/b/a\n      Reel Digital\n       All Rights Reserved\n\n    The Reel Post\n\n    July 1, 2015 Wednesday\n    Met 2 Edition\n\nSECTION: A-SECTION; Pg. A01\n\nLENGTH: 12 words\n\nHEADLINE: STAR leaves\n\nBYLINE: Ann Lee;Bo Ray\n\nDATELINE: OSLO\n\nHIGHLIGHT: Ten years were enough.\n\nBODY:\n\nThe star has left.\n\nPERSON: that is what she wants to be.\n\nIt goes on.\n\nGRAPHIC: A star\n\nand its show\n\nLOAD-DATE: July 1, 2015\n\nURL: https://reel.example/a",
            &[
                r#"{"authors":"Ann Lee; Bo Ray","date":"2015-07-01","section":"A-SECTION","source":"The Reel Post","text":"Ten years were enough.\n\nOSLO The star has left.\n\nPERSON: that is what she wants to be.\n\nIt goes on.","title":"STAR leaves","url":"https://reel.example/a"}"#,
            ],
        );
    }

    #[test]
    fn what_lacks_fields_keeps_its_text() {
        check(
            "1 of 2 DOCUMENTS\n\nReel\n\n11. Januar 2010 Montag\n\nStar geht\n\nAUTOR: Ann Lee\n\nRUBRIK: FILM\n\nLÄNGE: 3 Wörter\n\nDer Star geht.\n\nUPDATE: 11. Januar 2010\n\n2 of 2 DOCUMENTS\n\nReel\n\nMay 2, 2010 Sunday\n\nTitle\n\nOne.\n\nTwo.",
            &[
                r#"{"authors":"Ann Lee","date":"2010-01-11","section":"FILM","source":"Reel","text":"Der Star geht.","title":"Star geht"}"#,
                r#"{"date":"2010-05-02","source":"Reel","text":"One.\n\nTwo.","title":"Title"}"#,
            ],
        );
        assert!(Draft::default().text.is_empty());
    }
}
