//! Cuts a passage out of the sentences of a window.

use std::collections::BTreeSet;

use crate::article::Span;
use crate::search::hits::block::opens_block;
use crate::search::hits::highlight::{MatchedArticle, UnitMatch};
use crate::search::hits::passage_shape::ends_as_sentence;
use crate::search::hits::snippet_window::{BEHEADED, SentenceWindow};

/// The most characters of a passage.
pub(super) const MAX_CHARS: usize = 240;
/// A passage shorter than this takes a neighboring sentence too, if that fits.
pub(super) const SHORT: usize = 120;

/// The passage of a window: its sentences, with neighboring ones of the block where they
/// are short; of a sentence that is too long its beginning, or the part with the best
/// matches, cut at clauses or words.
pub(super) fn passage(matched: MatchedArticle<'_>, window: &SentenceWindow, values: &[f32]) -> Span {
    let (text, sentences) = (&matched.article.text, &matched.article.sentences);
    let span_of = |first: usize, last: usize| Span::new(sentences[first].span.start, sentences[last].span.end);
    let (mut first, mut last) = (window.first, window.last);
    if chars(text, span_of(first, last)) > MAX_CHARS {
        let span = span_of(first, last);
        return shorten(text, span, &matched.matches_in(span), values);
    }
    while chars(text, span_of(first, last)) < SHORT {
        let fits = |(first, last): &(usize, usize)| chars(text, span_of(*first, *last)) <= MAX_CHARS;
        let whole = |at: &usize| ends_as_sentence(sentences[*at].span.of(text)).is_some();
        let next = Some(last + 1).filter(|at| *at < sentences.len() && !opens_block(matched.article, *at));
        let before = first.checked_sub(1).filter(|_| !opens_block(matched.article, first));
        let joined = [before.filter(whole).map(|at| (at, last)), next.filter(whole).map(|at| (first, at))];
        let joined = joined.into_iter().flatten().filter(fits);
        // Of equals, the later one continues the text.
        let best = joined.max_by_key(|(first, last)| distinct(&matched.matches_in(span_of(*first, *last))));
        let Some(wider) = best else { break };
        (first, last) = wider;
    }
    span_of(first, last)
}

/// Words that lead on to the next one, which no passage should end with.
const LEADS_ON: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "her", "his", "in", "is", "its", "of", "on", "or",
    "that", "the", "their", "to", "was", "which", "who", "with",
];

/// The number of units among some matches.
fn distinct(matches: &[UnitMatch]) -> usize {
    matches.iter().map(|one| one.unit).collect::<BTreeSet<_>>().len()
}

/// The number of characters of a span.
fn chars(text: &str, span: Span) -> usize {
    span.of(text).chars().count()
}

/// The best part of a sentence that is too long: its beginning, unless another part has
/// much better matches.
fn shorten(text: &str, sentence: Span, matches: &[UnitMatch], values: &[f32]) -> Span {
    let mut matches = matches.to_vec();
    matches.sort_unstable_by_key(|one| (one.span.start, one.span.end));
    let head = densest(text, sentence.start, &matches, values);
    let parts = (0..matches.len()).map(|at| densest(text, matches[at].span.start, &matches[at..], values));
    // Of equals, the first one.
    let best = parts.reduce(|best, part| if part.0 > best.0 { part } else { best });
    match best {
        Some((score, part)) if score * BEHEADED > head.0 => widen(text, sentence, part),
        _ => widen(text, sentence, Span::new(sentence.start, head.1.end)),
    }
}

/// The value of the matches that fit into a passage from `start` on, and the span up to
/// the last one that adds to it.
fn densest(text: &str, start: usize, matches: &[UnitMatch], values: &[f32]) -> (f32, Span) {
    let (mut units, mut score, mut end) = (Vec::new(), 0.0, start);
    for next in matches {
        if next.span.end > end && chars(text, Span::new(start, next.span.end)) > MAX_CHARS {
            break;
        }
        if !units.contains(&next.unit) {
            units.push(next.unit);
            score += values[next.unit];
            end = end.max(next.span.end);
        }
    }
    // Of equals, the shorter one leaves room for context.
    (score - 0.001 * (end - start) as f32 / MAX_CHARS as f32, Span::new(start, end))
}

/// A part of a sentence with the context that fits: from the beginning of the sentence,
/// and to its end, where these are near enough.
fn widen(text: &str, sentence: Span, focus: Span) -> Span {
    let room = MAX_CHARS.saturating_sub(chars(text, focus));
    let fits = chars(text, Span::new(sentence.start, focus.start)) <= room;
    let to_end = chars(text, Span::new(focus.end, sentence.end));
    let start = if fits {
        sentence.start
    } else {
        // The end of the sentence is worth more than what leads to the part.
        let spare = if to_end <= room { room - to_end } else { room / 3 };
        start_before(text, sentence, focus.start, spare)
    };
    let used = chars(text, Span::new(start, focus.end));
    let end = end_after(text, sentence, focus.end, MAX_CHARS.saturating_sub(used));
    Span::new(start, end).trimmed(text)
}

/// The start of a clause or word, at most `chars` before `at`.
fn start_before(text: &str, span: Span, at: usize, chars: usize) -> usize {
    let limit = text[span.start..at]
        .char_indices()
        .rev()
        .nth(chars.saturating_sub(1))
        .map_or(span.start, |(i, _)| span.start + i);
    if limit == span.start || chars == 0 {
        return if chars == 0 { at } else { span.start };
    }
    let window = &text[limit..at];
    let clause = window.find([',', ';', ':', '—', '–']).and_then(|i| {
        let mark = window[i..].chars().next()?.len_utf8();
        let rest = &window[i + mark..];
        rest.starts_with(' ').then_some(limit + i + mark + 1)
    });
    clause.unwrap_or_else(|| window.find(char::is_whitespace).map_or(at, |i| limit + i + 1))
}

/// The end of a clause or word, at most `chars` after `at`; not behind “the” or “of”.
pub(super) fn end_after(text: &str, span: Span, at: usize, chars: usize) -> usize {
    let rest = &text[at..span.end];
    let Some((limit, _)) = rest.char_indices().nth(chars) else { return span.end };
    let window = &rest[..limit];
    let clause = window.rfind([',', ';', '—', '–']).filter(|i| *i > window.len() / 2);
    let mut end = clause.or_else(|| window.rfind(char::is_whitespace)).unwrap_or(0);
    while let Some(before) = window[..end].trim_end().rfind(char::is_whitespace) {
        let last = window[before..end].trim();
        if !LEADS_ON.contains(&last) {
            break;
        }
        end = before;
    }
    at + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_at_words_around_the_match() {
        let text = format!("{} Hayley Atwell {}", "word ".repeat(80).trim(), "tail ".repeat(80).trim());
        let at = text.find("Hayley").expect("the name");
        let matches = [UnitMatch { span: Span::new(at, at + 13), unit: 0 }];
        let span = shorten(&text, Span::new(0, text.len()), &matches, &[1.0]);
        let passage = span.of(&text);
        assert!(passage.contains("Hayley Atwell") && passage.chars().count() <= MAX_CHARS, "{passage}");
        assert!(passage.starts_with("word") && passage.ends_with("tail"), "{passage}");
    }

    #[test]
    fn a_text_without_spaces_is_cut_between_characters() {
        let text = "é".repeat(1000);
        let matches = [UnitMatch { span: Span::new(500, 502), unit: 0 }];
        let span = shorten(&text, Span::new(0, text.len()), &matches, &[1.0]);
        assert!(text.get(span.start..span.end).is_some());
    }

    #[test]
    fn cuts_are_at_clauses_or_words() {
        let text = "One two, three four; five six";
        let whole = Span::new(0, text.len());
        let start = |at, chars, expected: &str| assert_eq!(&text[start_before(text, whole, at, chars)..at], expected);
        start(15, 0, "");
        start(15, 8, " three ".trim_start());
        start(15, 100, "One two, three ");
        let end = |at: usize, chars, expected: &str| assert_eq!(&text[at..end_after(text, whole, at, chars)], expected);
        end(0, 100, text);
        end(0, 10, "One two");
        end(9, 8, "three");
        let text = "It was on the way to the old town hall";
        let whole = Span::new(0, text.len());
        assert_eq!(&text[..end_after(text, whole, 0, 26)], "It was on the way");
        assert_eq!(&text[14..end_after(text, whole, 14, 12)], "way");
    }
}
