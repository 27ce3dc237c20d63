//! An article on its way into an index: what can be done in parallel.

use rustc_hash::FxHashSet;

use crate::article::{Article, Mention, MentionedDate, Token};
use crate::link::Credit;
use crate::report::Reports;
use crate::segment::{Analyzer, Segmented, with_stemmer};

use super::codec::Codec;
use super::forms;
use super::portable::Portable;
use super::posted::date_term;
use super::postings::TermWriter;
use super::signature::Signature;

/// An article analyzed and ready for the index.
#[derive(Debug)]
pub struct NewArticle {
    pub(super) article: Article,
    pub(super) segmented: Segmented,
    pub(super) mentions: Vec<Mention>,
    pub(super) credits: Vec<Credit>,
    pub(super) dates: Vec<MentionedDate>,
    pub(super) reports: Reports,
    pub(super) title: String,
    pub(super) body: String,
    /// The written forms of its words' stems.
    pub(super) forms: Vec<Vec<u8>>,
    /// Its text, packed.
    pub(super) packed: Option<Vec<u8>>,
    pub(super) signature: Signature,
}

impl NewArticle {
    /// Analyzes an article; with the archive's codec, if it has one by now,
    /// its text is packed too.
    pub fn new(
        article: Article,
        segmented: Segmented,
        mentions: Vec<Mention>,
        (credits, dates, reports): (Vec<Credit>, Vec<MentionedDate>, Reports),
        codec: Option<&Codec>,
    ) -> Self {
        let mut written = FxHashSet::default();
        let mut note = |term: String| _ = written.insert(term);
        let title = field_terms(&article.text, segmented.title_words(), &mut note);
        let body = field_terms(&article.text, segmented.body_words(), &mut note);
        let forms = with_stemmer(|stemmer| forms::pairs(written.iter().map(String::as_str), stemmer));
        let signature = Signature::of(&title, &body);
        // What cannot be packed now is packed, or fails, when it is added.
        let packed = codec.and_then(|codec| codec.pack_text(&article.text).ok());
        Self { article, segmented, mentions, credits, dates, reports, title, body, forms, packed, signature }
    }

    /// The same of an article that comes from a cluster, for the catalog of its
    /// names: with all words and dates, since these are in no postings there.
    pub fn for_catalog(article: Portable) -> Self {
        let mut new = Self::for_ranking(article);
        let words: FxHashSet<&str> =
            [&new.title, &new.body].into_iter().flat_map(|terms| super::postings::terms(terms)).collect();
        let mut forms = with_stemmer(|stemmer| forms::vocabulary(words.into_iter(), stemmer));
        forms.extend(new.dates.iter().map(|date| forms::date_pair(&date_term(date))));
        new.forms = forms;
        new.signature = Signature::of(&new.title, &new.body);
        new
    }

    /// The same with nothing but what ranking needs.
    pub fn for_ranking(article: Portable) -> Self {
        let Portable { article, mentions, credits, dates, reports } = article;
        let segmented = Segmented::new(&article);
        let title = field_terms(&article.text, segmented.title_words(), &mut drop);
        let body = field_terms(&article.text, segmented.body_words(), &mut drop);
        let (forms, packed, signature) = (Vec::new(), None, Signature::default());
        Self { article, segmented, mentions, credits, dates, reports, title, body, forms, packed, signature }
    }
}

/// The terms of a field for tantivy; each goes to `note` too.
fn field_terms(text: &str, words: &[Token], note: &mut impl FnMut(String)) -> String {
    let mut terms = TermWriter::with_capacity(words.len() * 7);
    for term in Analyzer::terms_of(text, words) {
        terms.push(term.position, &term.text);
        note(term.text);
    }
    terms.finish()
}
