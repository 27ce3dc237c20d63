//! Trains the recognizer's model on annotated sets.
//!
//! A semi-Markov conditional random field (Sarawagi and Cohen 2004) over the
//! recognizer's own candidates: the likelihood of all cuttings of a line that
//! agree with what a set annotates (partial labels; Tsuboi et al. 2008),
//! maximized by AdaGrad (Duchi et al. 2011). Deterministic from its seed.

mod augment;
mod calibrate;
mod clusters;
mod distant;
mod field;
mod kinds;
mod learner;
mod sets;
mod weights;

use std::path::Path;

use anyhow::Context;
use newsearch::recognize::{Model, Parts, Trained};

use learner::Learner;

/// What to leave out, to measure what it is worth.
#[derive(Debug, Clone, Copy, Default)]
pub struct Without {
    pub gazetteer: bool,
    pub clusters: bool,
    pub article: bool,
    pub distant: bool,
    pub patterns: bool,
}

impl Without {
    /// Reads `gazetteer,clusters,…`.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut without = Self::default();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            match part {
                "gazetteer" => without.gazetteer = true,
                "clusters" => without.clusters = true,
                "article" => without.article = true,
                "distant" => without.distant = true,
                "patterns" => without.patterns = true,
                _ => anyhow::bail!("{part:?}: expected gazetteer, clusters, article, distant or patterns"),
            }
        }
        Ok(without)
    }

    fn parts(self) -> Parts {
        Parts { gazetteer: !self.gazetteer, clusters: !self.clusters, article: !self.article, patterns: !self.patterns }
    }
}

/// Trains on the sets under `sets` and the lists under `lists` into `out`.
pub fn train(sets: &Path, lists: &Path, out: &Path, without: Without) -> anyhow::Result<()> {
    let parts = without.parts();
    let (articles, held_out) = sets::articles(sets)?;
    let named = if without.distant { Vec::new() } else { kinds::examples(sets)? };
    let listed = if without.distant { Vec::new() } else { distant::examples(lists)? };
    eprintln!(
        "{} articles, {} held out, {} names without case, {} listed",
        articles.len(),
        held_out.len(),
        named.len(),
        listed.len()
    );
    let clusters = if parts.clusters { clusters::learn(sets)? } else { Vec::new() };
    eprintln!("{} words in clusters", clusters.len());
    let scaffold = scaffold(parts, &clusters)?;
    let mut learner = Learner::new(parts, scaffold);
    for epoch in 0..learner::knob("EPOCHS", learner::EPOCHS as f32) as usize {
        let loss = learner.epoch(epoch, &articles, &named, &listed);
        eprintln!("epoch {epoch}: loss {loss:.4}, held out {:.4}", learner.held_out_f1(&held_out));
    }
    let mut trained = learner.finish(clusters);
    let plain = Model::from_bytes(&trained.to_bytes())?;
    trained.calibration = calibrate::fit(plain, &held_out);
    std::fs::write(out, trained.to_bytes()).with_context(|| format!("cannot write {}", out.display()))?;
    eprintln!("trust {:?}, calibration {:?}", trained.trust, trained.calibration);
    Ok(())
}

/// A model without weights that knows the clusters.
fn scaffold(parts: Parts, clusters: &[(String, u8)]) -> anyhow::Result<Model> {
    let weights = vec![[0.0; 6]; Model::ROWS];
    let trained = Trained { parts, trust: [1.0; 6], calibration: [1.0, 0.0], weights, clusters: clusters.to_vec() };
    Ok(Model::from_bytes(&trained.to_bytes())?)
}

pub fn reach(sets: &Path) -> anyhow::Result<()> {
    use newsearch::{recognize::Study, segment::Segmented, evaluate::LabelMap};
    for (path, map, n) in [("crossner_music/test", sets::MUSIC, 1), ("uner_en/pud_test", "", 1), ("wnut17/test", sets::TWEETS, 1)] {
        let map: LabelMap = map.parse().map_err(anyhow::Error::msg)?;
        let (mut all, mut missed) = (0, std::collections::BTreeMap::<String, u32>::new());
        let mut lower = 0;
        for judged in sets::read(sets, path, &map, n)? {
            let segmented = Segmented::new(&judged.article);
            let study = Study::new(&judged.article, &segmented, &Model::default(), Parts::default());
            let examples = study.examples(None);
            for j in judged.judgments.iter().filter(|j| !j.kinds.is_unknown()) {
                all += 1;
                if !examples.iter().any(|e| e.words == study.words_of(j.span)) {
                    let s = j.span.of(&judged.article.text).to_owned();
                    if s.starts_with(|c: char| c.is_lowercase()) { lower += 1; } else { *missed.entry(s).or_default() += 1; }
                }
            }
        }
        println!("{path}: {all} names, lower {lower}, unreachable {}", missed.values().sum::<u32>());
        let mut v: Vec<_> = missed.into_iter().collect(); v.sort_by_key(|x| std::cmp::Reverse(x.1));
        println!("{}", v.iter().take(110).map(|(s, c)| format!("{s} {c}")).collect::<Vec<_>>().join("; "));
    }
    Ok(())
}
