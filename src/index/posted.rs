//! What an index, or a cluster, holds of an article: its postings, columns and
//! stored form.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;

use crate::article::{Article, EntityKind, Mention, MentionedDate, Span, day_number, stable_hash};
use crate::report::{Quote, Statement, Subject};
use crate::segment::{Analyzer, Segmented, fold, words};

use super::names::NameId;
use super::new_article::NewArticle;
use super::postings::Grouped;
use super::schema::{
    CLOSES_QUOTE, IndexSchema, LONGEST_NAME, OPENS_QUOTE, about_term, length_term, speaker_term, what_term,
};
use super::stored::{StoredArticle, StoredCredit, StoredQuote, StoredStatement};

/// Positions from one author to the next.
const APART: u32 = 100;

/// Gives the names of articles their numbers.
pub trait NameBook {
    /// The number of a name that is mentioned, written as `surface`.
    fn mention(&mut self, mention: &Mention, surface: &str) -> NameId;
    /// The number of a name that no mention stands for: a title in a heading.
    fn named(&mut self, kind: EntityKind, name: &str) -> NameId;
}

/// An article with its names numbered.
#[derive(Debug)]
pub struct Posted {
    /// Postings and columns; not what is stored.
    pub document: TantivyDocument,
    /// What is shown of it.
    pub stored: StoredArticle,
    /// Its mentions, and the number of each.
    pub mentions: Vec<Mention>,
    /// For each mention its name.
    pub names: Vec<NameId>,
}

impl Posted {
    /// Numbers the names of an article that came with a commit, and makes its
    /// postings.
    pub fn new(schema: &IndexSchema, new: NewArticle, commit: u64, book: &mut dyn NameBook) -> Self {
        let NewArticle { article, segmented, mentions, credits, dates, reports, title, body, signature, .. } = new;
        let names: Vec<NameId> =
            mentions.iter().map(|mention| book.mention(mention, mention.span.of(&article.text))).collect();
        let credits: Vec<StoredCredit> = credits.iter().map(|credit| StoredCredit::new(credit, &names)).collect();
        let quotes: Vec<StoredQuote> = reports.quotes.iter().map(|quote| StoredQuote::new(quote, &names)).collect();
        let statements = state(&reports.statements, (&article.text, &mentions, &names), book);
        let mut made = Made { schema, document: TantivyDocument::default() };
        made.add_columns(&article, &names, commit);
        for word in signature.words() {
            made.document.add_u64(schema.signature, word);
        }
        made.document.add_text(schema.title, title);
        made.document.add_text(schema.body, body);
        let credited: BTreeSet<NameId> = credits.iter().flat_map(StoredCredit::names).collect();
        for id in credited {
            made.document.add_u64(schema.credits, u64::from(id));
        }
        made.add_reports(&quotes, &statements);
        made.add_name_postings(&segmented, (&mentions, &names), &reports.quotes);
        made.add_dates(&segmented, &dates);
        let document = made.document;
        let stored =
            StoredArticle::new(article, &segmented, (&mentions, &names), (credits, dates), (quotes, statements));
        Self { document, stored, mentions, names }
    }
}

/// What to keep of statements; works that no mention stands for get a name.
fn state(
    statements: &[Statement],
    (text, mentions, names): (&str, &[Mention], &[NameId]),
    book: &mut dyn NameBook,
) -> Vec<StoredStatement> {
    let stored = statements.iter().map(|statement| {
        let work = statement.work.map(|work| match work {
            Subject::Mention(at) => names[at],
            work => book.named(EntityKind::Work, &work.name(text, mentions)),
        });
        StoredStatement::new(statement, work, names)
    });
    stored.collect()
}

/// A document in the making.
struct Made<'s> {
    schema: &'s IndexSchema,
    document: TantivyDocument,
}

impl Made<'_> {
    fn add_columns(&mut self, article: &Article, names: &[NameId], commit: u64) {
        let Self { schema, document } = self;
        document.add_text(schema.id, &article.id);
        document.add_text(schema.file, &article.path);
        if let Some(source) = &article.source {
            document.add_text(schema.source, source_terms(source));
            document.add_text(schema.source_name, source.trim_start_matches("www."));
        }
        if let Some(section) = &article.section {
            document.add_text(schema.section, label_terms([section]));
            document.add_text(schema.section_name, section);
        }
        document.add_text(schema.author, label_terms(&article.authors));
        document.add_u64(schema.published, article.published.as_deref().map_or(0, day_number));
        for id in names.iter().copied().collect::<BTreeSet<_>>() {
            document.add_u64(schema.names, u64::from(id));
        }
        document.add_u64(schema.commit, commit);
        document.add_u64(schema.tie, stable_hash(article.id.as_bytes()));
    }

    fn add_reports(&mut self, quotes: &[StoredQuote], statements: &[StoredStatement]) {
        let speakers = quotes.iter().filter_map(|quote| quote.speaker).map(speaker_term);
        let what = statements.iter().map(|statement| what_term(statement.what));
        let about = statements.iter().flat_map(StoredStatement::names).map(about_term);
        let terms: BTreeSet<String> = speakers.chain(what).chain(about).collect();
        let grouped: Grouped = terms.iter().map(|term| (0, term.as_str())).collect();
        self.document.add_text(self.schema.reports, grouped.written());
    }

    fn add_name_postings(
        &mut self,
        segmented: &Segmented,
        (mentions, names): (&[Mention], &[NameId]),
        quotes: &[Quote],
    ) {
        let title_len = segmented.title_len();
        let mut title: Vec<(u32, String)> = Vec::new();
        let mut body: Vec<(u32, String)> = Vec::new();
        for (mention, name) in mentions.iter().zip(names) {
            let word = segmented.word_at(mention.span);
            let (terms, position) = match word.checked_sub(title_len) {
                Some(position) => (&mut body, position as u32),
                None => (&mut title, word as u32),
            };
            terms.push((position, name.to_string()));
            let words = segmented.words_within(word, mention.span).min(LONGEST_NAME as usize);
            if words > 1 {
                terms.push((position, length_term(words as u32)));
            }
        }
        for quote in quotes {
            let first = segmented.word_at(quote.span);
            let last = first + segmented.words_within(first, quote.span);
            if let (Some(first), true) = (first.checked_sub(title_len), last > first) {
                body.push((first as u32, OPENS_QUOTE.to_owned()));
                body.push(((last - title_len - 1) as u32, CLOSES_QUOTE.to_owned()));
            }
        }
        body.sort_by_key(|(position, _)| *position);
        self.document.add_text(self.schema.title_names, written(&title));
        self.document.add_text(self.schema.body_names, written(&body));
    }

    fn add_dates(&mut self, segmented: &Segmented, dates: &[MentionedDate]) {
        let title_len = segmented.title_len();
        let (mut title, mut body) = (Vec::new(), Vec::new());
        for date in dates {
            let word = segmented.word_at(date.span);
            match word.checked_sub(title_len) {
                Some(position) => body.push((position as u32, date_term(date))),
                None => title.push((word as u32, date_term(date))),
            }
        }
        self.document.add_text(self.schema.title_dates, written(&title));
        self.document.add_text(self.schema.body_dates, written(&body));
    }
}

/// Terms with their positions, in order, as tantivy takes them.
fn written(terms: &[(u32, impl AsRef<str>)]) -> String {
    terms.iter().map(|(position, term)| (*position, term.as_ref())).collect::<Grouped>().written()
}

/// A day as `20230714`, a longer time as `20230701-20230731`.
pub(super) fn date_term(date: &MentionedDate) -> String {
    if date.first == date.last { format!("{:08}", date.first) } else { format!("{:08}-{:08}", date.first, date.last) }
}

/// The folded words of labels, those of each well apart from the next one's.
fn label_terms<'a>(labels: impl IntoIterator<Item = &'a String>) -> String {
    let mut all = Vec::new();
    let mut from = 0;
    for label in labels {
        let terms = Analyzer::terms(label, Span::new(0, label.len())).into_iter();
        all.extend(terms.map(|term| (from + term.position, term.text)));
        from += APART;
    }
    written(&all)
}

/// The folded words of a source, and the whole: `www.cnn.com` is found by
/// “cnn” and by “cnn.com”.
fn source_terms(source: &str) -> String {
    let words = words(source, Span::new(0, source.len()));
    let folded: Vec<String> = words.iter().map(|word| fold(word.span.of(source))).collect();
    written(&folded.iter().flat_map(|word| word.split('.')).map(|part| (0, part)).collect::<Vec<_>>())
}
