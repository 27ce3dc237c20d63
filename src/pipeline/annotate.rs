//! Analyzes articles without indexing them.

use std::path::PathBuf;

use crate::article::IdRules;
use crate::pipeline::analyze::{Analyzed, Origin};
use crate::pipeline::batch::batch_successes;
use crate::pipeline::failure::Failure;
use crate::pipeline::ordered;
use crate::pipeline::stages::Pipeline;
use crate::read::{CorpusReader, shown_name, working_folder};

impl Pipeline {
    /// Analyzes every article under `paths` on all cores and passes the results to
    /// `sink` in path order, each with what its file was taken for.
    pub fn annotate(&self, paths: &[PathBuf], mut sink: impl FnMut(Result<(Analyzed, &'static str), Failure>)) {
        let reader = CorpusReader::new(paths).with_limits(self.limits);
        let corpus = reader.list_files();
        let folder = working_folder();
        let roots = corpus.roots.iter().map(|root| outermost(&root.name, &folder)).collect();
        let ids = IdRules { roots, ..IdRules::default() };
        for error in &corpus.errors {
            sink(Err(error.into()));
        }
        for file in &corpus.skipped {
            sink(Err(Failure::skipped(&file.name, &file.kind)));
        }
        ordered::run_groups(
            |push| {
                for file in &corpus.files {
                    reader.read(file, &mut |record| {
                        push(record.as_ref().map_or(0, |r| r.text.len()), record);
                    });
                }
            },
            |records| {
                let extract = |record| self.extract(record, &ids).into_results();
                let extracted = records.into_iter().flat_map(extract).collect();
                batch_successes(extracted, |articles| {
                    let analyzed = self.analyze_all(articles).into_iter();
                    let shown = |(one, origin): (Analyzed, Origin)| (with_shown_path(one, &folder), origin.read_as);
                    analyzed.map(|result| result.map(shown)).collect()
                })
            },
            sink,
        );
    }
}

/// The article with its path as it is shown.
fn with_shown_path(mut one: Analyzed, working_folder: &str) -> Analyzed {
    one.article.path = shown_name(&one.article.path, working_folder).to_owned();
    one
}

/// The folder below the working folder that a path is in: with it as root, articles have
/// the ids that indexing that folder gives them.
fn outermost(root: &str, working_folder: &str) -> String {
    match root.strip_prefix(working_folder).and_then(|rest| rest.split('/').next()) {
        Some(first) if !working_folder.is_empty() && !first.is_empty() => format!("{working_folder}{first}"),
        _ => root.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_below_the_working_folder() {
        for (root, folder, expected) in [
            ("/x/news/film/a.txt", "/x/", "/x/news"),
            ("/x/news", "/x/", "/x/news"),
            ("/y/news", "/x/", "/y/news"),
            ("/y/news", "", "/y/news"),
        ] {
            assert_eq!(outermost(root, folder), expected);
        }
    }
}
