//! Evidence: sentences of articles that answer a question.

use rustc_hash::FxHashSet;

use crate::article::Span;
use crate::index::{Entities, EntityId, StoredArticle, StoredMention};
use crate::search::hits::question_answer::{QuestionAnswer, QuestionKind};

/// The longest sentence that is shown as evidence, in bytes.
const LONGEST: usize = 400;

/// Words of sentences that do not say what is so: a plan, a rumor, a game.
const DOUBTS: &[&str] = &[
    "allegedly",
    "audition",
    "auditioned",
    "auditioning",
    "cosplay",
    "costume",
    "dressed",
    "fake",
    "halloween",
    "impersonator",
    "parody",
    "recast",
    "reportedly",
    "rumor",
    "rumored",
    "rumors",
    "rumoured",
    "sketch",
    "snl",
    "spoof",
    "supposed",
    "talks",
];
/// Words that do so right before what is said.
const NEAR_DOUBTS: &[&str] = &[
    "almost",
    "could",
    "fan",
    "if",
    "joked",
    "may",
    "maybe",
    "might",
    "nearly",
    "never",
    "not",
    "originally",
    "perhaps",
    "possible",
    "possibly",
    "should",
    "unless",
    "wanted",
    "wants",
    "whether",
    "would",
];
/// How many words before what is said are read for them.
const NEAR: usize = 5;

/// A sentence of an article that answers a question with `T`.
#[derive(Debug, Clone)]
pub(super) struct Evidence<T> {
    pub answer: T,
    /// Whether its words leave no doubt what is said of what.
    pub plain: bool,
    /// The duplicate cluster of its article, or the article's own key.
    pub cluster: u64,
    pub article: String,
    pub title: String,
    pub published: Option<String>,
    pub span: Span,
    pub sentence: String,
    /// Whether the sentence is a title, or a line that leads elsewhere.
    pub is_heading: bool,
}

impl<T> Evidence<T> {
    /// Evidence of a sentence of an article.
    pub fn new(answer: T, plain: bool, sentence: &SentenceText<'_>, cluster: u64) -> Self {
        let article = sentence.article;
        Self {
            answer,
            plain,
            cluster,
            article: article.id.clone(),
            title: article.title.clone(),
            published: article.published.clone(),
            span: sentence.span,
            sentence: sentence.span.of(&article.text).to_owned(),
            is_heading: sentence.is_heading(),
        }
    }

    /// The answer with this sentence.
    pub fn answer(&self, question: QuestionKind, subject: String, answer: String, support: usize) -> QuestionAnswer {
        QuestionAnswer {
            question,
            subject,
            answer,
            sentence: self.sentence.clone(),
            article: self.article.clone(),
            title: self.title.clone(),
            date: self.published.clone(),
            span: (self.span.start, self.span.end),
            support,
        }
    }

    /// Whether it can be shown by itself.
    pub fn is_presentable(&self) -> bool {
        self.plain && self.sentence.len() <= LONGEST
    }
}

/// How many of some sentences are of different articles, and no copies of another's.
pub(super) fn support<'a, T: 'a>(evidence: impl Iterator<Item = &'a Evidence<T>>) -> usize {
    let (mut clusters, mut sentences) = (FxHashSet::default(), FxHashSet::default());
    let mut count = 0;
    for one in evidence {
        let said = sentences.insert(one.sentence.as_str());
        count += usize::from(clusters.insert(one.cluster) && said);
    }
    count
}

/// A sentence of an article with its mentions.
#[derive(Clone, Copy)]
pub(super) struct SentenceText<'a> {
    pub article: &'a StoredArticle,
    pub span: Span,
    pub mentions: &'a [StoredMention],
}

impl<'a> SentenceText<'a> {
    /// The sentence of a span.
    pub fn new(article: &'a StoredArticle, span: Span) -> Self {
        let from = article.mentions.partition_point(|mention| mention.span.start < span.start);
        let count = article.mentions[from..].partition_point(|mention| mention.span.end <= span.end);
        Self { article, span, mentions: &article.mentions[from..from + count] }
    }

    /// Its text from a byte to another one.
    pub fn text(&self, from: usize, to: usize) -> &'a str {
        self.article.text.get(from..to).unwrap_or("")
    }

    /// The mentions of an entity, by index.
    pub fn mentions_of(&self, entities: &Entities, entity: EntityId) -> impl Iterator<Item = usize> {
        let of = move |mention: &StoredMention| entities.of(mention.name) == entity;
        (0..self.mentions.len()).filter(move |at| of(&self.mentions[*at]))
    }

    /// Whether it has a word that puts what it says between two bytes in doubt, or asks.
    pub fn is_doubtful(&self, from: usize, to: usize) -> bool {
        let text = self.span.of(&self.article.text);
        let is_near =
            |word: &String| NEAR_DOUBTS.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t");
        let before: Vec<String> = words(self.text(self.span.start, from)).collect();
        text.ends_with('?')
            || words(text).any(|word| DOUBTS.contains(&word.as_str()))
            || before.iter().rev().take(NEAR).any(is_near)
            || words(self.text(from, to)).any(|word| is_near(&word))
    }

    /// What a mention writes, with “The” before it.
    pub fn written(&self, at: usize) -> &'a str {
        let span = self.mentions[at].span;
        let before = self.text(self.span.start, span.start);
        let the = before.strip_suffix("The ").or_else(|| before.strip_suffix("THE "));
        let opens = the.is_some_and(|rest| rest.is_empty() || rest.ends_with(['"', '“', '‘', '\'', '‘']));
        self.text(if opens { span.start - 4 } else { span.start }, span.end)
    }

    /// Whether it is the title of its article, or another line that is no sentence.
    pub fn is_heading(&self) -> bool {
        let ends = self.span.of(&self.article.text).ends_with(['.', '"', '”', '!', '…', ')']);
        !ends || self.article.title_span.contains(self.span)
    }
}

/// The words of a text in lower case, without marks around them.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/')).map(bare).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(cluster: u64, sentence: &str) -> Evidence<()> {
        let article = StoredArticle { text: sentence.to_owned(), ..StoredArticle::default() };
        let text = SentenceText::new(&article, Span::new(0, sentence.len()));
        Evidence::new((), true, &text, cluster)
    }

    #[test]
    fn copies_support_nothing() {
        let check = |all: &[(u64, &str)], expected| {
            let all: Vec<_> = all.iter().map(|(cluster, sentence)| evidence(*cluster, sentence)).collect();
            assert_eq!(support(all.iter()), expected);
        };
        check(&[], 0);
        check(&[(1, "a"), (2, "b")], 2);
        check(&[(1, "a"), (1, "b")], 1);
        check(&[(1, "a"), (2, "a"), (3, "c")], 2);
    }

    #[test]
    fn sentences_may_be_doubtful() {
        let check = |text: &str, expected| {
            let article = StoredArticle { text: text.to_owned(), ..StoredArticle::default() };
            let from = text.find("Ada").expect("a name");
            let sentence = SentenceText::new(&article, Span::new(0, text.len()));
            assert_eq!(sentence.is_doubtful(from, text.len() - 10), expected, "{text}");
        };
        check("Ada Brook plays Mia Ray well here.", false);
        check("Ada Brook might play Mia Ray well here.", true);
        check("Ada Brook doesn’t play Mia Ray well here.", true);
        check("Does Ada Brook play Mia Ray here and now?", true);
        check("Ada Brook was dressed as Mia Ray there.", true);
        check("If she asks, Ada Brook plays Mia Ray well here.", true);
        check("It is not only long, it is dear to us all: Ada Brook plays Mia Ray well here.", false);
    }
}
