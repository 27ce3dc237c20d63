//! Snippets: the sentences that show best why an article matches.

use serde::Serialize;

use crate::article::Span;
use crate::index::StoredArticle;

use super::highlight::highlights;
use super::plan::{Plan, Wanted};

/// The most characters of a snippet.
const MAX_CHARS: usize = 240;
/// A snippet shorter than this takes the next sentence too, if that fits.
const SHORT: usize = 120;
/// What an entity is worth beside the words, in units of their weight.
const NAME_WEIGHT: f32 = 1.5;

/// The field that a snippet's offsets count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SnippetField {
    /// The article's title.
    Title,
    /// The article's text, as `show` and `annotate` print it.
    Body,
}

/// A passage with what matched in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// Where the offsets count.
    pub field: SnippetField,
    /// First byte in the field.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The passage, as it stands there.
    pub text: String,
    /// What matched: bytes of `text`, in order, not overlapping.
    pub highlights: Vec<(usize, usize)>,
}

/// A sentence with what it has of the query.
struct Scored {
    sentence: usize,
    score: f32,
}

/// The best `count` passages of an article, best first.
///
/// `positions` are those of each unit in the body, `weights` what each unit is
/// worth.
pub(super) fn snippets(
    plan: &Plan,
    article: &StoredArticle,
    positions: &[Vec<u32>],
    weights: &[f32],
    count: usize,
) -> Vec<Snippet> {
    let mut scored = score_sentences(plan, article, positions, weights);
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sentence.cmp(&b.sentence)));
    let mut taken: Vec<Span> = Vec::new();
    let mut shown = Vec::new();
    for candidate in scored {
        if shown.len() >= count || !shown.is_empty() && candidate.score <= 0.0 {
            break;
        }
        let span = passage(plan, article, candidate.sentence);
        if taken.iter().any(|other| other.overlaps(span)) {
            continue;
        }
        taken.push(span);
        shown.push(cut_out(plan, article, span, SnippetField::Body, 0));
    }
    if shown.is_empty() && count > 0 && !article.title_span.is_empty() {
        let start = article.title_span.start;
        shown.push(cut_out(plan, article, article.title_span, SnippetField::Title, start));
    }
    shown
}

fn cut_out(plan: &Plan, article: &StoredArticle, span: Span, field: SnippetField, origin: usize) -> Snippet {
    let found = highlights(plan, article, span);
    Snippet {
        field,
        start: span.start - origin,
        end: span.end - origin,
        text: span.of(&article.text).to_owned(),
        highlights: found.iter().map(|s| (s.start - span.start, s.end - span.start)).collect(),
    }
}

fn score_sentences(plan: &Plan, article: &StoredArticle, positions: &[Vec<u32>], weights: &[f32]) -> Vec<Scored> {
    let mut masks = vec![Vec::<usize>::new(); article.sentences.len()];
    for (unit, starts) in positions.iter().enumerate() {
        if matches!(plan.units[unit].wanted, Wanted::Source(_)) {
            continue;
        }
        for position in starts {
            let sentence = article.sentences.partition_point(|sentence| sentence.first_word <= *position);
            if let Some(units) = sentence.checked_sub(1).map(|at| &mut masks[at]) {
                units.push(unit);
            }
        }
    }
    let last = article.sentences.len().max(1) as f32;
    masks
        .iter_mut()
        .enumerate()
        .map(|(sentence, units)| {
            let all = units.len();
            units.sort_unstable();
            units.dedup();
            let worth = |unit: &usize| {
                weights[*unit] * if matches!(plan.units[*unit].wanted, Wanted::Names(_)) { NAME_WEIGHT } else { 1.0 }
            };
            let distinct: f32 = units.iter().map(worth).sum();
            let pairs = units.windows(2).filter(|pair| near(positions, pair[0], pair[1], article, sentence)).count();
            let repeats = 0.05 * (all - units.len()).min(4) as f32;
            // Of equals the earlier, and whole sentences before fragments.
            let early = 0.1 * (1.0 - sentence as f32 / last);
            let chars = article.sentences[sentence].span.len();
            let fragment = if chars < 30 { 0.3 } else { 0.0 };
            let score =
                if units.is_empty() { early - 1.0 } else { distinct + 0.5 * pairs as f32 + repeats + early - fragment };
            Scored { sentence, score }
        })
        .collect()
}

/// Whether two units stand next to each other in a sentence.
fn near(positions: &[Vec<u32>], first: usize, second: usize, article: &StoredArticle, sentence: usize) -> bool {
    let from = article.sentences[sentence].first_word;
    let to = article.sentences.get(sentence + 1).map_or(u32::MAX, |next| next.first_word);
    positions[first]
        .iter()
        .filter(|p| (from..to).contains(*p))
        .any(|p| positions[second].binary_search(&(p + 1)).is_ok())
}

/// A sentence as a passage: shortened around its matches where it is long,
/// joined by its neighbor where it is short.
fn passage(plan: &Plan, article: &StoredArticle, sentence: usize) -> Span {
    let span = article.sentences[sentence].span;
    let text = &article.text;
    let chars = |span: Span| span.of(text).chars().count();
    if chars(span) > MAX_CHARS {
        return shorten(text, span, &highlights(plan, article, span));
    }
    if chars(span) >= SHORT {
        return span;
    }
    let neighbor =
        |at: usize, joined: Span| article.sentences.get(at).map(|_| joined).filter(|s| chars(*s) <= MAX_CHARS);
    let next = article.sentences.get(sentence + 1).filter(|next| !next.opens_paragraph);
    if let Some(joined) = next.and_then(|next| neighbor(sentence + 1, Span::new(span.start, next.span.end))) {
        return joined;
    }
    let before = sentence.checked_sub(1).filter(|_| !article.sentences[sentence].opens_paragraph);
    before.and_then(|at| neighbor(at, Span::new(article.sentences[at].span.start, span.end))).unwrap_or(span)
}

/// The stretch of a long sentence that holds most of its matches, cut at
/// clauses where there are any, else at words.
fn shorten(text: &str, span: Span, matches: &[Span]) -> Span {
    let focus = matches.first().copied().unwrap_or(Span::new(span.start, span.start));
    let mut last = focus;
    for found in matches {
        if text[focus.start..found.end].chars().count() <= MAX_CHARS * 3 / 4 {
            last = *found;
        }
    }
    let needed = text[focus.start..last.end].chars().count();
    let spare = MAX_CHARS.saturating_sub(needed);
    let start = start_before(text, span, focus.start, spare / 3);
    let used = text[start..last.end].chars().count();
    let end = end_after(text, span, last.end, MAX_CHARS.saturating_sub(used));
    Span::new(start, end).trimmed(text)
}

/// The start of a clause or word, at most `chars` before `at`.
fn start_before(text: &str, span: Span, at: usize, chars: usize) -> usize {
    let reach = text[span.start..at]
        .char_indices()
        .rev()
        .nth(chars.saturating_sub(1))
        .map_or(span.start, |(i, _)| span.start + i);
    if reach == span.start || chars == 0 {
        return if chars == 0 { at } else { span.start };
    }
    let window = &text[reach..at];
    let clause = window.find([',', ';', ':', '—', '–']).and_then(|i| {
        let mark = window[i..].chars().next()?.len_utf8();
        let rest = &window[i + mark..];
        rest.starts_with(' ').then_some(reach + i + mark + 1)
    });
    clause.unwrap_or_else(|| window.find(char::is_whitespace).map_or(at, |i| reach + i + 1))
}

/// The end of a clause or word, at most `chars` after `at`.
fn end_after(text: &str, span: Span, at: usize, chars: usize) -> usize {
    let rest = &text[at..span.end];
    let Some((reach, _)) = rest.char_indices().nth(chars) else { return span.end };
    let window = &rest[..reach];
    let clause = window.rfind([',', ';', '—', '–']).filter(|i| *i > window.len() / 2);
    clause.or_else(|| window.rfind(char::is_whitespace)).map_or(at, |i| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_at_words_around_the_match() {
        let text = format!("{} Hayley Atwell {}", "word ".repeat(80).trim(), "tail ".repeat(80).trim());
        let at = text.find("Hayley").expect("the name");
        let span = shorten(&text, Span::new(0, text.len()), &[Span::new(at, at + 13)]);
        let shown = span.of(&text);
        assert!(shown.contains("Hayley Atwell") && shown.chars().count() <= MAX_CHARS, "{shown}");
        assert!(shown.starts_with("word") && shown.ends_with("tail"), "{shown}");
    }

    #[test]
    fn a_text_without_spaces_is_no_trouble() {
        let text = "é".repeat(1000);
        let span = shorten(&text, Span::new(0, text.len()), &[Span::new(500, 502)]);
        assert!(text.get(span.start..span.end).is_some());
    }
}
