//! An article as a tantivy document: postings and columns, and what is stored.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;

use crate::article::{Article, EntityKind, Mention, MentionedDate, day_number};
use crate::index::names::{NameId, NameInterner};
use crate::index::schema::{
    IndexSchema, LONGEST_NAME, QUOTE_END, QUOTE_START, about_term, event_term, length_term, speaker_term,
};
use crate::index::stored::{StoredArticle, StoredCredit, StoredQuote, StoredStatement};
use crate::report::{Quote, Statement, Subject};
use crate::segment::Segmented;

use super::field_terms::{date_term, encode_terms, field_terms, label_terms, source_terms};
use super::prepared::PreparedArticle;

/// An article with its names numbered.
#[derive(Debug)]
pub struct IndexDocument {
    /// Postings and columns, without what is stored.
    pub document: TantivyDocument,
    /// What is stored, to show it.
    pub stored: StoredArticle,
    /// Its mentions, and the number of each.
    pub mentions: Vec<Mention>,
    /// For each mention its name.
    pub names: Vec<NameId>,
}

/// How an article came to the index.
#[derive(Debug, Clone, Copy, Default)]
pub struct Arrival {
    /// The commit that it came with.
    pub commit: u64,
    /// The number of its file.
    pub file: u64,
}

impl IndexDocument {
    /// Numbers the names of an article, and makes its postings.
    pub fn new(
        schema: &IndexSchema,
        article: PreparedArticle,
        arrival: Arrival,
        interner: &mut dyn NameInterner,
    ) -> Self {
        let PreparedArticle {
            article,
            segmented,
            mentions,
            credits,
            dates,
            reports,
            title,
            body,
            signature,
            meaning,
            ..
        } = article;
        let names: Vec<NameId> =
            mentions.iter().map(|it| interner.intern_mention(it, it.span.of(&article.text))).collect();
        let credits: Vec<StoredCredit> = credits.iter().map(|credit| StoredCredit::new(credit, &names)).collect();
        let quotes: Vec<StoredQuote> = reports.quotes.iter().map(|quote| StoredQuote::new(quote, &names)).collect();
        let statements = stored_statements(&reports.statements, (&article.text, &mentions, &names), interner);
        let mut builder = DocumentBuilder { schema, document: TantivyDocument::default() };
        builder.add_columns(&article, &names, arrival);
        for word in signature.words() {
            builder.document.add_u64(schema.signature, word);
        }
        for word in meaning.words() {
            builder.document.add_u64(schema.meaning, word);
        }
        builder.document.add_text(schema.title, title);
        builder.document.add_text(schema.body, body);
        let credited: BTreeSet<NameId> = credits.iter().flat_map(StoredCredit::names).collect();
        for id in credited {
            builder.document.add_u64(schema.credits, u64::from(id));
        }
        builder.add_reports(&quotes, &statements);
        builder.add_name_postings(&segmented, (&mentions, &names), &reports.quotes);
        builder.add_dates(&segmented, &dates);
        let document = builder.document;
        let stored =
            StoredArticle::new(article, &segmented, (&mentions, &names), (credits, dates), (quotes, statements));
        Self { document, stored, mentions, names }
    }
}

/// Statements as they are stored; works without a mention get a name.
fn stored_statements(
    statements: &[Statement],
    (text, mentions, names): (&str, &[Mention], &[NameId]),
    interner: &mut dyn NameInterner,
) -> Vec<StoredStatement> {
    let stored = statements.iter().map(|statement| {
        let work = statement.work.map(|work| match work {
            Subject::Mention(at) => names[at],
            work => interner.intern_title(EntityKind::Work, &work.name(text, mentions)),
        });
        StoredStatement::new(statement, work, names)
    });
    stored.collect()
}

/// A document under construction.
struct DocumentBuilder<'s> {
    schema: &'s IndexSchema,
    document: TantivyDocument,
}

impl DocumentBuilder<'_> {
    fn add_columns(&mut self, article: &Article, names: &[NameId], arrival: Arrival) {
        let Self { schema, document } = self;
        document.add_text(schema.id, &article.id);
        document.add_u64(schema.file, arrival.file);
        if let Some(source) = &article.source {
            document.add_text(schema.source, source_terms(source));
            document.add_text(schema.source_name, source.trim_start_matches("www."));
        }
        if let Some(section) = &article.section {
            document.add_text(schema.section, label_terms([section]));
            document.add_text(schema.section_name, section);
        }
        if article.labels().next().is_some() {
            document.add_text(schema.labels, field_terms(article.labels()));
        }
        for (name, values) in article.labels() {
            values.iter().for_each(|value| document.add_text(schema.label_values, name.labeled(value)));
        }
        document.add_text(schema.author, label_terms(&article.authors));
        document.add_u64(schema.published, article.published.as_deref().map_or(0, day_number));
        for id in names.iter().copied().collect::<BTreeSet<_>>() {
            document.add_u64(schema.names, u64::from(id));
        }
        document.add_u64(schema.commit, arrival.commit);
        document.add_u64(schema.doc_key, article.key);
    }

    fn add_reports(&mut self, quotes: &[StoredQuote], statements: &[StoredStatement]) {
        let speakers = quotes.iter().filter_map(|quote| quote.speaker).map(speaker_term);
        let events = statements.iter().map(|statement| event_term(statement.what));
        let about = statements.iter().flat_map(StoredStatement::names).map(about_term);
        let terms: BTreeSet<String> = speakers.chain(events).chain(about).collect();
        let terms: Vec<(u32, String)> = terms.into_iter().map(|term| (0, term)).collect();
        self.document.add_text(self.schema.reports, encode_terms(&terms));
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
                body.push((first as u32, QUOTE_START.to_owned()));
                body.push(((last - title_len - 1) as u32, QUOTE_END.to_owned()));
            }
        }
        body.sort_by_key(|(position, _)| *position);
        self.document.add_text(self.schema.title_names, encode_terms(&title));
        self.document.add_text(self.schema.body_names, encode_terms(&body));
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
        self.document.add_text(self.schema.title_dates, encode_terms(&title));
        self.document.add_text(self.schema.body_dates, encode_terms(&body));
    }
}
