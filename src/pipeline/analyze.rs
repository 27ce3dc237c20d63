//! One record through extract, segment, recognize, link and report.

use crate::article::{Article, IdRules, Mention, MentionedDate};
use crate::extract;
use crate::link::{Credit, credits};
use crate::panic_guard::guarded;
use crate::pipeline::failure::Failure;
use crate::pipeline::stages::Pipeline;
use crate::read::{RawRecord, ReadError};
use crate::recognize::mentioned_dates;
use crate::report::Reports;
use crate::segment::Segmented;

/// An article with the results of all stages before the index.
#[derive(Debug, Clone, Default)]
pub struct Analyzed {
    /// The article.
    pub article: Article,
    /// Its sentences and words.
    pub segmented: Segmented,
    /// Its names, linked.
    pub mentions: Vec<Mention>,
    /// Who did what in which work.
    pub credits: Vec<Credit>,
    /// The dates it mentions.
    pub dates: Vec<MentionedDate>,
    /// Its quotes and statements.
    pub reports: Reports,
}

impl From<Article> for Analyzed {
    /// An article that has not gone through any stage yet.
    fn from(article: Article) -> Self {
        Self { article, ..Self::default() }
    }
}

/// Where an article comes from within its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    /// 1-based line or item, where the file holds many records.
    pub place: Option<usize>,
    /// What the file or member was taken for.
    pub read_as: &'static str,
}

/// An article as a record gave it.
pub(super) struct Extracted {
    pub article: Article,
    pub origin: Origin,
}

/// What a record gave.
pub(super) struct Extraction {
    /// What was not understood of it, and that its text was cut.
    pub reports: Vec<Failure>,
    pub article: Result<Extracted, Failure>,
}

impl Extraction {
    /// The reports, and the article.
    pub fn into_results(self) -> impl Iterator<Item = Result<Extracted, Failure>> {
        self.reports.into_iter().map(Err).chain([self.article])
    }
}

impl Pipeline {
    /// Takes a raw record through all stages before the index.
    ///
    /// # Errors
    /// [`Failure`] where the record could not be read, holds no article, or made
    /// a stage panic. A text beyond the limit is cut.
    pub fn analyze(&self, record: Result<RawRecord, ReadError>) -> Result<Analyzed, Failure> {
        let Extracted { article, origin } = self.extract(record, &IdRules::default()).article?;
        let mut one = Analyzed::from(article);
        match guarded(|| self.analyze_group(std::slice::from_mut(&mut one))) {
            Ok(()) => Ok(one),
            Err(panic) => Err(Failure::panicked(one.article.path, origin.place, &panic)),
        }
    }

    /// Takes an article that is already extracted through the later stages.
    pub fn analyze_article(&self, article: Article) -> Analyzed {
        let mut one = Analyzed::from(article);
        self.analyze_group(std::slice::from_mut(&mut one));
        one
    }

    /// The article of a record.
    pub(super) fn extract(&self, record: Result<RawRecord, ReadError>, ids: &IdRules) -> Extraction {
        let record = match record {
            Ok(record) => record,
            Err(error) => return Extraction { reports: Vec::new(), article: Err(Failure::from(&error)) },
        };
        let (path, place) = (record.path.clone(), record.place);
        let origin = Origin { place, read_as: record.read_as };
        let mut reports = Vec::new();
        let article = match guarded(|| self.extractor.extract_with_warnings(record, ids)) {
            Ok(Ok((mut article, warnings))) => {
                reports.extend(warnings.iter().map(|warning| Failure::warning(&article.path, place, warning)));
                let length = extract::cut(&mut article, self.limits.text);
                reports.extend(length.map(|length| Failure::cut(&article.path, place, (length, article.text.len()))));
                Ok(Extracted { article, origin })
            }
            Ok(Err(error)) => Err(Failure::from(&error)),
            Err(panic) => Err(Failure::panicked(path, place, &panic)),
        };
        Extraction { reports, article }
    }

    /// Takes articles through one stage after the other; an article that makes a
    /// stage panic is a failure, the others are analyzed as if it were not there.
    pub(super) fn analyze_all(&self, articles: Vec<Extracted>) -> Vec<Result<(Analyzed, Origin), Failure>> {
        analyze_each(articles, |group| self.analyze_group(group))
    }

    /// The stages, each over the whole group: what a stage looks things up in
    /// stays in the processor's cache meanwhile.
    fn analyze_group(&self, group: &mut [Analyzed]) {
        group.iter_mut().for_each(|one| one.segmented = Segmented::new(&one.article));
        let segmented: Vec<_> = group.iter().map(|one| (&one.article, &one.segmented)).collect();
        let recognized = self.recognizer.recognize_all(&segmented);
        for (one, mut mentions) in group.iter_mut().zip(recognized) {
            self.linker.link(&one.article, &mut mentions);
            mentions.retain(|mention| mention.confidence >= self.min_confidence);
            one.mentions = mentions;
        }
        for one in &mut *group {
            one.credits = credits(&one.article, &one.segmented, &one.mentions);
            one.dates = mentioned_dates(&one.article, &one.segmented);
        }
        for one in group {
            one.reports = Reports::new(&one.article, &one.segmented, &one.mentions, &one.dates);
        }
    }
}

/// Analyzes articles together with `analyze`; after a panic, one by one.
fn analyze_each(
    articles: Vec<Extracted>,
    analyze: impl Fn(&mut [Analyzed]),
) -> Vec<Result<(Analyzed, Origin), Failure>> {
    let (mut group, origins): (Vec<Analyzed>, Vec<Origin>) =
        articles.into_iter().map(|one| (Analyzed::from(one.article), one.origin)).unzip();
    let all_done = guarded(|| analyze(&mut group)).is_ok();
    let alone = |(one, origin): (Analyzed, Origin)| {
        let mut one = Analyzed::from(one.article);
        match guarded(|| analyze(std::slice::from_mut(&mut one))) {
            Ok(()) => Ok((one, origin)),
            Err(panic) => Err(Failure::panicked(one.article.path, origin.place, &panic)),
        }
    };
    let pairs = group.into_iter().zip(origins);
    if all_done { pairs.map(Ok).collect() } else { pairs.map(alone).collect() }
}

#[cfg(test)]
mod tests {
    use crate::article::Span;

    use super::*;

    fn extracted(names: &[&str]) -> Vec<Extracted> {
        let article = |name: &&str| {
            let text = format!("Ada Brook directs {name}.");
            Article { path: format!("{name}.jsonl"), body: Span::new(0, text.len()), text, ..Article::default() }
        };
        names
            .iter()
            .map(|name| {
                let origin = Origin { place: Some(name.len()), read_as: "text" };
                Extracted { article: article(name), origin }
            })
            .collect()
    }

    #[test]
    fn a_panic_loses_only_its_article() {
        let pipeline = Pipeline::new();
        let analyze = |group: &mut [Analyzed]| {
            assert!(!group.iter().any(|one| one.article.path.starts_with("bad")), "injected");
            pipeline.analyze_group(group);
        };
        let check = |names: &[&str], lost: &[&str]| {
            let results = analyze_each(extracted(names), analyze);
            assert_eq!(results.len(), names.len());
            for (name, result) in names.iter().zip(results) {
                match result {
                    Ok((one, origin)) => {
                        assert!(!lost.contains(name));
                        assert_eq!((one.article.path, origin.place), (format!("{name}.jsonl"), Some(name.len())));
                        assert!(!one.segmented.sentences.is_empty());
                    }
                    Err(failure) => {
                        assert!(lost.contains(name), "{failure:?}");
                        assert_eq!((failure.place, failure.may_pass), (Some(name.len()), false));
                        let start = format!("{name}.jsonl:{}: internal error: injected at ", name.len());
                        assert!(failure.message.starts_with(&start), "{}", failure.message);
                        assert!(failure.message.contains("analyze.rs:"), "{}", failure.message);
                    }
                }
            }
        };
        check(&["one", "two"], &[]);
        check(&["one", "bad", "three"], &["bad"]);
        check(&["bad", "bad-too"], &["bad", "bad-too"]);
        check(&[], &[]);
    }

    #[test]
    fn a_group_is_analyzed_as_its_articles_alone() {
        let pipeline = Pipeline::new();
        let together = pipeline.analyze_all(extracted(&["Low Tide", "Glass Harbor"]));
        for (one, alone) in together.into_iter().zip(extracted(&["Low Tide", "Glass Harbor"])) {
            let (one, alone) = (one.expect("analyzed").0, pipeline.analyze_article(alone.article));
            assert_eq!(one.mentions, alone.mentions);
            assert_eq!(one.article.text, alone.article.text);
        }
    }
}
