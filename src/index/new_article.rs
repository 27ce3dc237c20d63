//! An article on its way into an index: what can be done in parallel.

use crate::article::{Article, Mention, MentionedDate};
use crate::link::Credit;
use crate::report::Reports;
use crate::segment::{Analyzer, Segmented, Term, with_stemmer};

use super::codec::Codec;
use super::forms::{Form, Noted, vocabulary};
use super::portable::Portable;
use super::posted::date_term;
use super::postings::Grouped;
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
    /// Its words that may be new, with their stems.
    pub(super) forms: Vec<Form>,
    /// Its text, packed.
    pub(super) packed: Option<Vec<u8>>,
    pub(super) signature: Signature,
}

impl NewArticle {
    /// Analyzes an article for an index that has `noted` words.
    pub fn new(
        article: Article,
        segmented: Segmented,
        mentions: Vec<Mention>,
        (credits, dates, reports): (Vec<Credit>, Vec<MentionedDate>, Reports),
        noted: &Noted,
    ) -> Self {
        let terms = Terms::of(&article, &segmented);
        let (in_title, in_body) = (grouped(&terms.title), grouped(&terms.body));
        let forms = with_stemmer(|stemmer| noted.new_of(in_title.terms().chain(in_body.terms()), stemmer));
        let (title, body, signature) = (in_title.written(), in_body.written(), terms.signature());
        Self { article, segmented, mentions, credits, dates, reports, title, body, forms, packed: None, signature }
    }

    /// Packs its text with the archive's codec; what cannot be packed now is
    /// packed, or fails, when it is added.
    pub fn pack(&mut self, codec: &Codec) {
        self.packed = codec.pack_text(&self.article.text).ok();
    }

    /// The same of an article that comes from a cluster, for the catalog of its
    /// names: with all words and dates, since these are in no postings there.
    pub fn for_catalog(article: Portable) -> Self {
        let mut new = Self::for_ranking(article);
        let terms = Terms::of(&new.article, &new.segmented);
        let words: Grouped = terms.title.iter().chain(&terms.body).map(|term| (0, &*term.text)).collect();
        new.forms = with_stemmer(|stemmer| vocabulary(words.terms(), stemmer));
        new.forms.extend(new.dates.iter().map(|date| Form::date(&date_term(date))));
        new.signature = terms.signature();
        new
    }

    /// The same with nothing but what ranking needs.
    pub fn for_ranking(article: Portable) -> Self {
        let Portable { article, mentions, credits, dates, reports } = article;
        let segmented = Segmented::new(&article);
        let terms = Terms::of(&article, &segmented);
        let (title, body) = (grouped(&terms.title).written(), grouped(&terms.body).written());
        let (forms, packed, signature) = (Vec::new(), None, Signature::default());
        Self { article, segmented, mentions, credits, dates, reports, title, body, forms, packed, signature }
    }
}

/// The terms of an article.
struct Terms<'a> {
    title: Vec<Term<'a>>,
    body: Vec<Term<'a>>,
}

impl<'a> Terms<'a> {
    fn of(article: &'a Article, segmented: &Segmented) -> Self {
        let terms = |words| Analyzer::terms_of(&article.text, words);
        Self { title: terms(segmented.title_words()), body: terms(segmented.body_words()) }
    }

    fn signature(&self) -> Signature {
        Signature::of(self.title.iter().map(|term| &*term.text), self.body.iter().map(|term| &*term.text))
    }
}

fn grouped<'a>(terms: &'a [Term<'_>]) -> Grouped<'a> {
    terms.iter().map(|term| (term.position, &*term.text)).collect()
}
