//! A segment that was decided to be a name.

use crate::article::{EntityKind, Mention};

use super::tokens::{TokenView, opening_quote};

/// A name as decoding found it: words `from..to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DecodedName {
    pub from: usize,
    pub to: usize,
    pub kind: EntityKind,
    /// 1 if a name is as likely as not.
    pub score: f32,
    /// Log odds against everything else the words could be.
    pub margin: f32,
    /// How strongly the gazetteer lists it as a name of its kind, 0 to 3.
    pub listed: u8,
}

impl DecodedName {
    /// The mention of the name in its article.
    pub fn mention(&self, view: &TokenView<'_>, confidence: f32) -> Mention {
        let mut span = view.span(self.from, self.to);
        if keeps_mark(view, self) {
            span.end += 1;
        }
        Mention {
            span,
            kind: self.kind,
            name: span.of(view.text).to_owned(),
            confidence,
            listed: self.listed,
            year: None,
        }
    }
}

/// Whether the exclamation or question mark after a name is part of it: “Mamma
/// Mia!” in quotation marks, and `E!`.
fn keeps_mark(view: &TokenView<'_>, name: &DecodedName) -> bool {
    let rest = view.after(name.to - 1);
    if !rest.starts_with(['!', '?']) {
        return false;
    }
    let closes = rest.chars().nth(1).is_some_and(|c| matches!(c, '”' | '"' | '’' | '\''));
    let last = &view.words[name.to - 1];
    name.kind == EntityKind::Work && closes && opening_quote(view, name.from)
        || rest.starts_with('!') && last.span.len() == 1 && name.from + 1 == name.to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::fixtures::with_view;

    #[test]
    fn mentions_keep_the_marks_of_their_names() {
        fn check(text: &str, words: (usize, usize), kind: EntityKind, expected: &str) {
            let (from, to) = words;
            let name = DecodedName { from, to, kind, score: 2.0, margin: 1.0, listed: 3 };
            let mention = with_view(text, |view| name.mention(view, 0.75));
            assert_eq!((&*mention.name, mention.span.of(text)), (expected, expected));
            assert_eq!((mention.kind, mention.confidence, mention.listed), (kind, 0.75, 3));
        }
        check("He loved “Mamma Mia!” then.", (2, 4), EntityKind::Work, "Mamma Mia!");
        check("He loved “Mamma Mia!” then.", (2, 4), EntityKind::Person, "Mamma Mia");
        check("He loved Mamma Mia!", (2, 4), EntityKind::Work, "Mamma Mia");
        check("She joined E! in May", (2, 3), EntityKind::Organization, "E!");
        check("Hello Tom!", (1, 2), EntityKind::Person, "Tom");
    }
}
