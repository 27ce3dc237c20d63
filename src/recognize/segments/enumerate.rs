//! All segments that may be names.

use crate::recognize::tokens::{SentenceRange, Shape, TokenView, closing_quote, opening_quote};

use super::segment::{MAX_WORDS, Segment};

/// Passes the segments that start at a word and may be names, shortest first.
pub(in crate::recognize) fn segments_at(
    view: &TokenView<'_>,
    sentence: SentenceRange,
    from: usize,
    sink: &mut impl FnMut(Segment),
) {
    let first = &view.words[from];
    // Lower case may start a name only in quotation marks: “the Office”.
    let small = first.shape == Shape::Lower;
    if small && !first.is_connector() {
        return;
    }
    let opens_quote = opening_quote(view, from);
    if small && !opens_quote {
        return;
    }
    let (state, classes) = match small {
        true => view.gazetteer.look_up(&first.folded),
        false => (first.fst_state, first.classes),
    };
    let mut listed = view.gazetteer.names_from(state, classes);
    let mut loose = false;
    for to in from + 1..=sentence.end.min(from + MAX_WORDS) {
        let last = &view.words[to - 1];
        let ends_names = last.shape != Shape::Lower || view.is_hyphenated_tail(to - 1);
        if to > from + 1 {
            match joint(view, to - 1, opens_quote) {
                Joint::Tight => {}
                Joint::Loose => loose = true,
                Joint::None => return,
            }
            // Other lower-case words occur only in quoted titles.
            if !ends_names && !last.is_connector() && !opens_quote {
                return;
            }
            listed.push(&last.folded);
        }
        let quoted = opens_quote && closing_quote(view, to - 1);
        if ends_names || quoted {
            sink(Segment { from, to, classes: listed.classes, quoted, opens_quote, loose });
        }
    }
}

/// Whether two neighboring words may be in one name.
enum Joint {
    /// As in most names: a space, a hyphen.
    Tight,
    /// Only in titles: a colon, a comma.
    Loose,
    None,
}

/// The joint between a word and the one before it.
fn joint(view: &TokenView<'_>, word: usize, in_quotes: bool) -> Joint {
    let gap = view.gap(word);
    match gap {
        " " | "-" | ":" | "\u{2010}" | "\u{2011}" | " & " | "/" | "\u{a0}" | "$" | "'" | "’" | "’s " | "'s " => {
            Joint::Tight
        }
        ". " | "." => {
            let before = &view.words[word - 1];
            let initial = before.span.of(view.text).chars().count() <= 3 || matches!(&*before.folded, "bros" | "inc");
            if before.is_capital() && initial { Joint::Tight } else { Joint::None }
        }
        ": " | " – " | " — " | " - " | ", " | "! " | "? " | "... " | "… " | "+ " | " + " | "..." => Joint::Loose,
        _ if in_quotes && gap.len() <= 4 && !gap.contains(['“', '”', '"', '(']) => Joint::Loose,
        _ => Joint::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Span};
    use crate::recognize::gazetteer::Gazetteer;
    use crate::recognize::lexicon::WordClusters;
    use crate::segment::Segmented;

    /// The segments of the text's first sentence: loose ones end in `~`, quoted
    /// ones are in brackets.
    fn check(text: &str, expected: &[&str]) {
        let article = Article { body: Span::new(0, text.len()), text: text.to_owned(), ..Article::default() };
        let view = TokenView::new(text, &Segmented::new(&article), Gazetteer::default(), WordClusters(&[]));
        let sentence = view.sentences[0];
        let mut found = Vec::new();
        for from in sentence.start..sentence.end {
            segments_at(&view, sentence, from, &mut |segment| {
                let words = view.span(segment.from, segment.to).of(text);
                let quoted = if segment.quoted { format!("[{words}]") } else { words.to_owned() };
                found.push(if segment.loose { format!("{quoted}~") } else { quoted });
            });
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn segments_are_capitalized_words_and_what_joins_them() {
        check("we saw Tom Cruise there", &["Tom", "Tom Cruise", "Cruise"]);
        check("the Museum of Art opened", &["Museum", "Museum of Art", "Art"]);
        check("by Ann, who saw Bob", &["Ann", "Bob"]);
        check("nothing here is a name", &[]);
        check("seen by J. Smith", &["J.", "J. Smith", "Smith"]);
    }

    #[test]
    fn loose_joints_are_marked() {
        check("saw Heat: Reborn there", &["Heat", "Heat: Reborn~", "Reborn"]);
        check("saw Ann (Bob) there", &["Ann", "Bob"]);
    }

    #[test]
    fn quotations_may_hold_words_in_lower_case() {
        check("saw “the walk” there", &["[the walk]"]);
        check("saw “Come with me” there", &["Come", "[Come with me]"]);
    }
}
