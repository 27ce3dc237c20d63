//! ProQuest: `Document 1 of 100` above each article, fields such as `Full text:`.

use super::lines::{Draft, field, paragraphs};
use crate::read::records::day::day_in;
use crate::read::records::named_fields::NamedFields;

const KEYS: &[&str] = &[
    "title",
    "author",
    "publication title",
    "publication info",
    "publication date",
    "section",
    "full text",
    "abstract",
    "abstract (english)",
    "subject",
    "proquest document id",
    "document url",
    "links",
    "pages",
    "copyright",
    "last updated",
    "database",
    "publication year",
    "publisher",
    "place of publication",
    "issn",
    "country of publication",
    "publication subject",
    "source type",
    "language of publication",
    "document type",
    "volume",
    "issue",
    "first page",
    "number of pages",
    "people",
    "company / organization",
    "location",
    "identifier / keyword",
    "dateline",
    "credit",
    "ethnic newswatch",
    "year",
    "start page",
    "column",
];

/// The articles of an export.
pub(super) fn articles(lines: &[&str]) -> Option<Vec<NamedFields>> {
    let starts: Vec<usize> = (0..lines.len()).filter(|at| is_separator(lines[*at])).collect();
    let first = *starts.first()?;
    lines[first..]
        .iter()
        .find(|line| field(line, &["full text", "proquest document id", "publication info"]).is_some())?;
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    Some(starts.iter().zip(ends).map(|(start, end)| article(&lines[start + 1..end]).into_fields()).collect())
}

/// `Document 1 of 100`.
fn is_separator(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(words[..], ["Document", one, "of", all] if is_number(&one) && is_number(&all))
}

fn article(lines: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let mut at = 0;
    while at < lines.len() {
        let next = (at + 1..lines.len()).find(|next| field(lines[*next], KEYS).is_some()).unwrap_or(lines.len());
        match field(lines[at], KEYS) {
            Some((key, value)) => {
                let value: Vec<&str> = [value].into_iter().chain(lines[at + 1..next].iter().copied()).collect();
                let value: Vec<&str> = value.into_iter().filter(|line| !line.starts_with("____")).collect();
                read_field(key, &paragraphs(&value, false), &mut draft);
            }
            None if draft.title.is_empty() => {
                let title = lines[at..next].iter().map(|line| line.trim()).find(|line| !line.is_empty());
                draft.title = title.unwrap_or_default().to_owned();
            }
            None => {}
        }
        at = next;
    }
    draft
}

fn read_field(key: &str, value: &str, draft: &mut Draft) {
    let owned = Some(value.to_owned());
    match key {
        "title" => draft.title = value.to_owned(),
        "full text" => draft.text = value.to_owned(),
        "abstract" | "abstract (english)" => draft.summary = owned.filter(|_| draft.text.is_empty()),
        "publication title" => draft.source = owned,
        "publication date" => draft.date = day_in(value).or(owned),
        "publication info" => draft.date = draft.date.take().or_else(|| day_in(value)),
        "author" => draft.byline = Some(value.split(';').map(turned).collect::<Vec<_>>().join(";")),
        "section" => draft.section = owned,
        "subject" => draft.add_subjects(value),
        "proquest document id" => draft.id = owned,
        "dateline" => draft.dateline = owned,
        _ => {}
    }
}

/// `Ann Lee` for `Lee, Ann`.
fn turned(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() => format!("{} {}", given.trim(), family.trim()),
        _ => name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::records::testing::sorted_summary;

    #[test]
    fn articles_of_an_export() {
        let text = "____________\n\nReport Information from ProQuest\n____________\n\nDocument 1 of 2\n\nStar leaves\n\nAuthor: Lee, Ann; Ray, Bo\n\nPublication info: Reel ; Oslo [Oslo]05 Mar 2019: A1.\n\nAbstract: None.\n\nFull text: The star has left.\n\nIt goes on.\n\nSubject: Film; Actors\n\nTitle: Star leaves show\n\nPublication title: Reel\n\nPublication date: Mar 5, 2019\n\nSection: Arts\n\nProQuest document ID: 17\n\n____________\n\nDocument 2 of 2\n\nSecond\n\nFull text: It opens.\n";
        let lines: Vec<&str> = text.lines().collect();
        let found = articles(&lines).expect("an export");
        let records = found.into_iter().map(|fields| Ok(fields.into_record("a", None))).collect();
        assert_eq!(
            sorted_summary(&records),
            [
                r#"0 {"authors":"Ann Lee; Bo Ray","date":"2019-03-05","id":"17","section":"Arts","source":"Reel","tags":["Film","Actors"],"text":"None.\n\nThe star has left.\n\nIt goes on.","title":"Star leaves show"}"#,
                r#"0 {"text":"It opens.","title":"Second"}"#,
            ]
        );
    }
}
