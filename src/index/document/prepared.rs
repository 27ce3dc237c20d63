//! Articles prepared for the index: all work that runs in parallel.

use crate::article::{Article, Mention, MentionedDate};
use crate::index::inflections::{SeenWords, WordStem, vocabulary};
use crate::index::pretokenized::TermGroups;
use crate::index::stored::Codec;
use crate::link::Credit;
use crate::meaning::{ArticleVector, TextVector};
use crate::report::Reports;
use crate::segment::{Analyzer, Segmented, Term, compounds, with_stemmer};

use super::field_terms::date_term;
use super::record::ArticleRecord;
use super::signature::Signature;

/// An article analyzed and ready for the index.
#[derive(Debug)]
pub struct PreparedArticle {
    pub(in crate::index) article: Article,
    pub(super) segmented: Segmented,
    pub(super) mentions: Vec<Mention>,
    pub(super) credits: Vec<Credit>,
    pub(super) dates: Vec<MentionedDate>,
    pub(super) reports: Reports,
    /// The encoded terms of title and body.
    pub(super) title: String,
    pub(super) body: String,
    /// Its words that may be new, with their stems.
    pub(in crate::index) word_stems: Vec<WordStem>,
    /// Its packed text.
    pub(in crate::index) packed: Option<Vec<u8>>,
    pub(super) signature: Signature,
    pub(super) meaning: ArticleVector,
}

impl PreparedArticle {
    /// Prepares an article for an index that has `seen` words.
    pub fn new(
        article: Article,
        segmented: Segmented,
        mentions: Vec<Mention>,
        (credits, dates, reports): (Vec<Credit>, Vec<MentionedDate>, Reports),
        seen: &SeenWords,
    ) -> Self {
        let terms = Terms::of(&article, &segmented);
        let (in_title, in_body) = (grouped(&terms.title), grouped(&terms.body));
        let mut word_stems = with_stemmer(|stemmer| seen.unseen(in_title.terms().chain(in_body.terms()), stemmer));
        word_stems.extend(seen.unseen_compounds(terms.compounds(&article.text)));
        let (title, body, signature) = (in_title.encode(), in_body.encode(), terms.signature());
        let record = ArticleRecord { article, mentions, credits, dates, reports };
        Self { word_stems, signature, ..Self::of_record(record, segmented, (title, body)) }
    }

    /// An article with the encoded terms of its title and body.
    fn of_record(record: ArticleRecord, segmented: Segmented, (title, body): (String, String)) -> Self {
        let ArticleRecord { article, mentions, credits, dates, reports } = record;
        let meaning = meaning_of(&article);
        let (word_stems, packed, signature) = (Vec::new(), None, Signature::default());
        Self {
            article,
            segmented,
            mentions,
            credits,
            dates,
            reports,
            title,
            body,
            word_stems,
            packed,
            signature,
            meaning,
        }
    }

    /// Packs its text with the archive's codec. A text that cannot be packed is
    /// tried again, and may fail, when the article is added.
    pub fn pack(&mut self, codec: &Codec) {
        self.packed = codec.pack_text(&self.article.text).ok();
    }

    /// Prepares an article from a cluster for the catalog of its names: with all
    /// words and dates, since a catalog has no postings.
    pub fn for_catalog(article: ArticleRecord) -> Self {
        let mut prepared = Self::for_ranking(article);
        let terms = Terms::of(&prepared.article, &prepared.segmented);
        let words: TermGroups = terms.title.iter().chain(&terms.body).map(|term| (0, &*term.text)).collect();
        prepared.word_stems = with_stemmer(|stemmer| vocabulary(words.terms(), stemmer));
        let compounds =
            terms.compounds(&prepared.article.text).map(|(joined, words)| WordStem::compound(&joined, &words));
        prepared.word_stems.extend(compounds);
        prepared.word_stems.extend(prepared.dates.iter().map(|date| WordStem::date(&date_term(date))));
        prepared.signature = terms.signature();
        prepared
    }

    /// Prepares an article with nothing but what ranking needs.
    pub fn for_ranking(record: ArticleRecord) -> Self {
        let segmented = Segmented::new(&record.article);
        let terms = Terms::of(&record.article, &segmented);
        let encoded = (grouped(&terms.title).encode(), grouped(&terms.body).encode());
        Self::of_record(record, segmented, encoded)
    }
}

/// What an article is about, by its title and beginning.
fn meaning_of(article: &Article) -> ArticleVector {
    let Article { text, title_span, body, .. } = article;
    ArticleVector::of(&TextVector::of_article(title_span.of(text), body.of(text)))
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

    /// The compounds of both, each as one word and as its words.
    fn compounds(&'a self, text: &'a str) -> impl Iterator<Item = (String, String)> + 'a {
        compounds(text, &self.title).chain(compounds(text, &self.body))
    }

    fn signature(&self) -> Signature {
        Signature::of(self.title.iter().map(|term| &*term.text), self.body.iter().map(|term| &*term.text))
    }
}

fn grouped<'a>(terms: &'a [Term<'_>]) -> TermGroups<'a> {
    terms.iter().map(|term| (term.position, &*term.text)).collect()
}
