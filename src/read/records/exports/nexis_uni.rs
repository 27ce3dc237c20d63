//! LexisNexis as it is now (Nexis Uni, Lexis Advance): `End of Document` below each
//! article, `Body` above its text.

use super::lines::{Draft, field, is_copyright, paragraphs};
use crate::read::records::day::day_in;
use crate::read::records::named_fields::NamedFields;

/// Fields in front of the text.
const HEAD: &[&str] = &["section", "length", "byline", "dateline", "highlight", "series", "edition"];
/// Lines that end the text, alone or with a value.
const ENDS: &[&str] = &["classification", "graphic", "notes", "correction", "load-date", "bibliography"];
/// Fields behind the text.
const TAIL: &[&str] = &["load-date", "subject", "language", "publication-type", "url"];

/// The articles of an export.
pub(super) fn articles(lines: &[&str]) -> Option<Vec<NamedFields>> {
    let is_end = |line: &&str| line.trim().eq_ignore_ascii_case("end of document");
    lines.iter().find(|line| is_end(line))?;
    lines.iter().find(|line| field(line, &["load-date", "length"]).is_some())?;
    lines.iter().find(|line| is_body(line) || field(line, &["byline", "section", "load-date"]).is_some())?;
    let parts: Vec<&[&str]> = lines.split(is_end).collect();
    let is_article = |part: &&[&str]| part.iter().any(|line| !line.trim().is_empty());
    // The last part is what follows the last article.
    let (last, articles) = parts.split_last()?;
    let rest = Some(last).filter(|last| last.iter().any(|line| is_body(line)));
    Some(articles.iter().chain(rest).filter(|part| is_article(part)).map(|part| article(part).into_fields()).collect())
}

fn is_body(line: &str) -> bool {
    line.trim().eq_ignore_ascii_case("body") || line.trim().eq_ignore_ascii_case("body:")
}

fn article(lines: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let head = head_end(lines);
    // Title, source and date stand above the copyright and the fields, in this order;
    // above them, a list of all articles may come first.
    let above: Vec<&str> = lines[..head].iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let date = above.iter().rposition(|line| line.len() <= 80 && day_in(line).is_some());
    draft.date = date.and_then(|at| day_in(above[at]));
    let before = &above[..date.unwrap_or(above.len())];
    match *before {
        [.., title, source] => (draft.title, draft.source) = (title.to_owned(), Some(source.to_owned())),
        [title] => draft.title = title.to_owned(),
        [] => {}
    }
    let body = lines.iter().position(|line| is_body(line));
    let fields = head..body.unwrap_or(lines.len());
    let last_field = lines[fields.clone()].iter().rposition(|line| field(line, HEAD).is_some());
    for line in &lines[fields] {
        read_field(line, &mut draft);
    }
    let start = body.map_or_else(|| head + last_field.map_or(0, |at| at + 1), |body| body + 1);
    let end = lines[start..].iter().position(|line| ends_text(line)).map_or(lines.len(), |at| start + at);
    let text: Vec<&str> = lines[start..end].iter().copied().filter(|line| !is_copyright(line)).collect();
    draft.text = paragraphs(&text, false);
    for line in &lines[end..] {
        match field(line, TAIL) {
            Some(("subject", list)) => draft.add_subjects(list),
            Some(("url", url)) => draft.url = Some(url.to_owned()),
            _ => {}
        }
    }
    draft
}

/// Where copyright and fields begin.
fn head_end(lines: &[&str]) -> usize {
    let begins = |line: &&str| is_copyright(line) || is_body(line) || field(line, HEAD).is_some();
    lines.iter().position(begins).unwrap_or(lines.len())
}

fn ends_text(line: &str) -> bool {
    let alone = ENDS.iter().any(|end| line.trim().eq_ignore_ascii_case(end));
    alone || field(line, &["load-date"]).is_some()
}

fn read_field(line: &str, draft: &mut Draft) {
    let Some((key, value)) = field(line, HEAD) else { return };
    let value = Some(value.to_owned());
    match key {
        "section" => draft.section = value,
        "byline" => draft.byline = value,
        "dateline" => draft.dateline = value,
        "highlight" => draft.summary = value,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::records::testing::sorted_summary;

    fn check(text: &str, expected: &[&str]) {
        let lines: Vec<&str> = text.lines().collect();
        let found = articles(&lines).expect("an export");
        let records = found.into_iter().map(|fields| Ok(fields.into_record("a", None))).collect();
        let expected: Vec<String> = expected.iter().map(|line| format!("0 {line}")).collect();
        assert_eq!(sorted_summary(&records), expected, "{text}");
    }

    const FIRST: &str = "Star leaves show\nThe Evening Reel (Oslo)\nJanuary 11, 2019 Friday 5:00 PM GMT\n\nCopyright 2019 Reel Limited All Rights Reserved\n\nSection: FILM; Pg. 3\nLength: 20 words\nByline: Ann Lee\nHighlight: Ten years were enough.\nBody\n\nThe star has left.\nIt goes on.\nGraphic\n\nA star\nClassification\n\nLanguage: ENGLISH\nSubject: FILM (90%); ACTORS (78%)\nLoad-Date: January 12, 2019\n\nEnd of Document\n";

    #[test]
    fn articles_of_a_document() {
        let first = r#"{"authors":"Ann Lee","date":"2019-01-11","section":"FILM","source":"The Evening Reel (Oslo)","tags":["FILM","ACTORS"],"text":"Ten years were enough.\n\nThe star has left.\n\nIt goes on.","title":"Star leaves show"}"#;
        check(FIRST, &[first]);
        let cover = "User Name: Ann\nDate and Time: Friday, March 5, 2021 9:00:00 AM EST\nJob Number: 1\nDocuments (2)\n1. Star leaves show\nClient/Matter: -None-\nSearch Terms: star\n\n";
        let second = "Second\nReel\nMay 2, 2020\nCopyright 2020 Reel\nLength: 2 words\n\nIt opens.\n\nLoad-Date: May 3, 2020\n\nEnd of Document\n\n";
        check(
            &format!("{cover}{FIRST}{second}"),
            &[first, r#"{"date":"2020-05-02","source":"Reel","text":"It opens.","title":"Second"}"#],
        );
    }

    #[test]
    fn what_lacks_parts_keeps_its_text() {
        check(
            "Title alone\nBody\nThe star.\nLoad-Date: May 3, 2020\nEnd of Document\nReel\nBody\nNo end.",
            &[r#"{"text":"The star.","title":"Title alone"}"#, r#"{"text":"No end.","title":"Reel"}"#],
        );
    }
}
