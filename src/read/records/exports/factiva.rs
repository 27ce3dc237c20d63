//! Factiva: with field codes (`HD` is the headline, `AN` the id that ends an article),
//! or as shown, where a line `Document REEL000020190305…` ends one.

use super::lines::{Draft, is_copyright, paragraphs};
use crate::read::records::day::day_in;
use crate::read::records::named_fields::NamedFields;
use crate::read::records::people::{is_collective, people};

/// The articles of an export.
pub(super) fn articles(lines: &[&str]) -> Option<Vec<NamedFields>> {
    let lines: Vec<&str> = lines.iter().copied().filter(|line| !is_page_line(line)).collect();
    coded(&lines).or_else(|| shown(&lines))
}

/// `Page 12 of 175 © 2026 Factiva, Inc. All rights reserved.`
fn is_page_line(line: &str) -> bool {
    line.len() < 120 && line.contains("Factiva, Inc.") && (line.contains("Page") || line.trim_start().starts_with('©'))
}

/// The codes of fields.
const CODES: &[&str] = &[
    "HD", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS", "RE",
    "IPC", "IPD", "PUB", "AN", "BY", "SE", "VOL", "ART", "CX", "CLM", "DLN", "RIC", "NGC", "GC", "TS",
];
/// Codes that only exports have; the others are words too.
const MARKS: &[&str] = &["HD", "WC", "PD", "SN", "SC", "LP", "TD"];

/// Code and value of a line: the code alone, or with two spaces or a tab behind it.
fn code(line: &str) -> Option<(&'static str, &str)> {
    let word = line.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
    let known = CODES.iter().find(|known| **known == word)?;
    let rest = &line[word.len()..];
    let ends = rest.trim().is_empty() || rest.starts_with("  ") || rest.starts_with(['\t', '\u{a0}']);
    // One space is enough where the value is sure: `SN The Evening Reel`.
    let sure = rest.starts_with(' ')
        && (MARKS.contains(known) || *known == "AN" && rest.contains("Document") || rest.contains(" : "));
    (ends || sure).then_some((*known, rest.trim()))
}

/// The articles of an export with codes.
fn coded(lines: &[&str]) -> Option<Vec<NamedFields>> {
    let has = |wanted: &str| lines.iter().any(|line| code(line).is_some_and(|(found, _)| found == wanted));
    if !has("HD") || MARKS.iter().filter(|mark| has(mark)).count() < 4 || !(has("LP") || has("TD")) {
        return None;
    }
    let mut articles = Vec::new();
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let Some((name, value)) = code(line) else {
            if let Some((_, values)) = fields.last_mut() {
                values.push(line);
            }
            continue;
        };
        // The id ends an article; a second headline begins one that has none.
        let ended = fields.last().is_some_and(|(last, _)| *last == "AN");
        if ended || name == "HD" && fields.iter().any(|(known, _)| *known == "HD") {
            articles.push(of_codes(&std::mem::take(&mut fields)).into_fields());
        }
        fields.push((name, vec![value]));
    }
    if fields.iter().any(|(name, _)| *name == "HD") {
        articles.push(of_codes(&fields).into_fields());
    }
    Some(articles)
}

fn of_codes(fields: &[(&str, Vec<&str>)]) -> Draft {
    let mut draft = Draft::default();
    let mut text: Vec<&str> = Vec::new();
    for (name, lines) in fields {
        let joined = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        let value = Some(joined.clone());
        match *name {
            "HD" => draft.title = joined,
            "BY" => draft.byline = value,
            "PD" => draft.date = day_in(&joined).or(value),
            "SN" => draft.source = value,
            "SE" => draft.section = value,
            "LP" | "TD" => {
                text.push("");
                text.extend(lines);
            }
            "NS" => {
                let labels = joined.split('|').map(|subject| subject.rsplit(" : ").next().unwrap_or_default().trim());
                draft.tags = labels.filter(|label| !label.is_empty()).map(str::to_owned).collect();
            }
            // Behind the last id, how the articles were searched for follows.
            "AN" => draft.id = lines.iter().find_map(|line| id_of(line.trim())).or(value.filter(|id| id.len() < 60)),
            _ => {}
        }
    }
    draft.text = paragraphs(&text, false);
    draft
}

/// The id in `Document REEL000020190305ef1b0001x`, or alone.
fn id_of(line: &str) -> Option<String> {
    let id = line.strip_prefix("Document ").or(line.strip_prefix("Dokument ")).unwrap_or(line);
    let mixed = id.bytes().any(|byte| byte.is_ascii_digit()) && id.bytes().any(|byte| byte.is_ascii_alphabetic());
    (id.len() >= 16 && mixed && id.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| id.to_owned())
}

/// The articles of an export as it is shown.
fn shown(lines: &[&str]) -> Option<Vec<NamedFields>> {
    let is_end =
        |line: &str| line.trim().starts_with("Do") && line.trim().contains(' ') && id_of(line.trim()).is_some();
    lines.iter().find(|line| is_words(line))?;
    let ends: Vec<usize> = (0..lines.len()).filter(|at| is_end(lines[*at])).collect();
    ends.first()?;
    let starts = [0].into_iter().chain(ends.iter().map(|end| end + 1));
    let mut articles: Vec<NamedFields> = starts
        .zip(&ends)
        .map(|(start, end)| {
            let mut draft = of_shown(&lines[start..*end]);
            draft.id = id_of(lines[*end].trim());
            draft.into_fields()
        })
        .collect();
    // Behind the last id, how the articles were searched for follows, or one cut short.
    let rest = &lines[ends.last()? + 1..];
    if rest.iter().any(|line| is_words(line)) {
        articles.push(of_shown(rest).into_fields());
    }
    Some(articles)
}

/// `1,355 words`.
fn is_words(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = words.next().is_some_and(|word| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || ",.".contains(c))
    });
    number
        && words.next().is_some_and(|word| ["words", "Wörter", "mots", "palabras"].contains(&word))
        && words.next().is_none()
}

fn of_shown(lines: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let Some(words) = lines.iter().position(|line| is_words(line)) else {
        let mut rest = lines.iter().skip_while(|line| line.trim().is_empty());
        draft.title = rest.next().map(|line| line.trim().to_owned()).unwrap_or_default();
        draft.text = paragraphs(&rest.copied().collect::<Vec<_>>(), false);
        return draft;
    };
    read_above(&lines[..words], &mut draft);
    let text = words + 1 + read_below(&lines[words + 1..], &mut draft);
    draft.text = paragraphs(&lines[text..], false);
    draft
}

/// Reads what stands above the number of words: section, title, byline.
fn read_above(lines: &[&str], draft: &mut Draft) {
    let above: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let Some((last, before)) = above.split_last() else { return };
    let is_byline = !before.is_empty() && is_byline(last);
    if is_byline {
        draft.byline = Some((*last).to_owned());
    }
    let titles = if is_byline { before } else { &above[..] };
    draft.title = titles.last().map(|title| (*title).to_owned()).unwrap_or_default();
    if let [.., section, _] = titles {
        draft.section = Some((*section).to_owned()).filter(|section| section.split(' ').count() <= 3);
    }
}

/// Whether a line below a title names people.
fn is_byline(line: &str) -> bool {
    let by = line.to_lowercase().starts_with("by ");
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split(' ').collect();
        (2..=3).contains(&words.len())
            && words.iter().all(|word| {
                word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c))
            })
            && !is_collective(name)
    };
    by || people(line).is_some_and(|names| names.split("; ").all(is_name))
}

/// Reads what stands below the number of words: date, time, source, code, page,
/// language, copyright. Returns how many lines that takes.
fn read_below(lines: &[&str], draft: &mut Draft) -> usize {
    const LANGUAGES: &[&str] = &["English", "German", "French", "Spanish", "Italian", "Dutch", "Portuguese"];
    let mut end = 0;
    for (at, line) in lines.iter().enumerate().take(14) {
        let line = line.trim();
        let is_time = line.len() <= 8 && line.contains(':') && line.starts_with(|c: char| c.is_ascii_digit());
        if is_copyright(line) {
            // A copyright may go over several lines, up to a blank one.
            let blank = lines[at..].iter().take(4).position(|line| line.trim().is_empty());
            return at + blank.unwrap_or(1);
        } else if line.is_empty() {
            // A blank line behind the source ends the head.
            if draft.source.is_some() && end > 0 {
                return at;
            }
        } else if draft.date.is_none() && day_in(line).is_some() {
            (draft.date, end) = (day_in(line), at + 1);
        } else if is_time {
            end = at + 1;
        } else if draft.source.is_none() && draft.date.is_some() {
            (draft.source, end) = (Some(line.to_owned()), at + 1);
        } else if LANGUAGES.contains(&line) || is_code(line) || line.len() <= 6 {
            end = at + 1;
        }
    }
    end
}

/// The code of a source: `GRDN`.
fn is_code(line: &str) -> bool {
    (2..=8).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
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

    const ARTICLE: &str = r#"{"authors":"Ann Lee","date":"2019-01-11","id":"REEL000020190111ef1b0001x","section":"Arts","source":"The Evening Reel","tags":["Film","Arts/Entertainment"],"text":"The star has left.\n\nIN the end it goes on.\n\nThe crew is paid.","title":"Star leaves show"}"#;

    #[test]
    fn with_codes() {
        let fields = [
            ("SE", "Arts"),
            ("HD", "Star leaves show"),
            ("BY", "By Ann Lee"),
            ("WC", "355 words"),
            ("PD", "11 January 2019"),
            ("ET", "05:00"),
            ("SN", "The Evening Reel"),
            ("SC", "REEL"),
            ("LA", "English"),
            ("CY", "Copyright 2019. Reel."),
            ("LP", "The star has left."),
            ("TD", "IN the end it goes on.\n\nThe crew is paid."),
            ("CO", "reel : Reel Ltd"),
            ("IN", "i97 : Media"),
            ("NS", "gfilm : Film | gent : Arts/Entertainment"),
            ("RE", "norw : Norway"),
            ("IPD", "Arts"),
            ("PUB", "Reel Ltd"),
            ("AN", "Document REEL000020190111ef1b0001x"),
        ];
        for between in ["   ", "\t", "\n", "\n\n"] {
            let one: String = fields.iter().map(|(code, value)| format!("{code}{between}{value}\n\n")).collect();
            check(&one, &[ARTICLE]);
            let page = "Page 2 of 3 © 2019 Factiva, Inc. All rights reserved.\n";
            check(&format!("{one}{page}\n{one}Search Summary\nText star\nDate All Dates\n"), &[ARTICLE, ARTICLE]);
        }
        check(
            "HD Star leaves\nWC 2 words\nPD 11 January 2019\nSN Reel\nSC REEL\nLP\nOne.\nTD\nTwo.\nAN\nDocument REEL000020190111ef1b0001x",
            &[
                r#"{"date":"2019-01-11","id":"REEL000020190111ef1b0001x","source":"Reel","text":"One.\n\nTwo.","title":"Star leaves"}"#,
            ],
        );
    }

    #[test]
    fn as_shown() {
        let one = "Arts\nStar leaves show\n\nBy Ann Lee\n355 words\n11 January 2019\n05:00\nThe Evening Reel\nREEL\n12\nEnglish\nCopyright 2019. Reel Limited.\n All rights reserved. \n\nThe star has left.\n\nIt goes on.\n\nDocument REEL000020190111ef1b0001x\n\n";
        let two = "It opens\n\n1,002 words\n12 January 2019\nReel Online\nREELON\nEnglish\n© 2019 Reel\n\nAt ten.\n\nDocument REELON0020190112ef1c0002y\n";
        check(
            &format!("{one}{two}\nSearch Summary\nText star\n"),
            &[
                r#"{"authors":"Ann Lee","date":"2019-01-11","id":"REEL000020190111ef1b0001x","section":"Arts","source":"The Evening Reel","text":"The star has left.\n\nIt goes on.","title":"Star leaves show"}"#,
                r#"{"date":"2019-01-12","id":"REELON0020190112ef1c0002y","source":"Reel Online","text":"At ten.","title":"It opens"}"#,
            ],
        );
        check(
            &format!("{two}Cut short\n3 words\n13 January 2019\nReel\nREEL\nEnglish\n\nIt ends.\n"),
            &[
                r#"{"date":"2019-01-12","id":"REELON0020190112ef1c0002y","source":"Reel Online","text":"At ten.","title":"It opens"}"#,
                r#"{"date":"2019-01-13","source":"Reel","text":"It ends.","title":"Cut short"}"#,
            ],
        );
        check(
            "No number\nThe text.\nDocument REEL000020190111ef1b0001x\nA\n2 words\nDocument REEL000020190111ef1b0002x",
            &[
                r#"{"id":"REEL000020190111ef1b0001x","text":"The text.","title":"No number"}"#,
                r#"{"id":"REEL000020190111ef1b0002x","title":"A"}"#,
            ],
        );
    }
}
