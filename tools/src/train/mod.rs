//! Trains the recognizer's model on annotated sets.
//!
//! A semi-Markov conditional random field (Sarawagi and Cohen 2004) over the
//! recognizer's own candidates. The objective is the likelihood of all
//! segmentations of a line that agree with the annotation (partial labels;
//! Tsuboi et al. 2008), maximized by AdaGrad (Duchi et al. 2011). Training is
//! deterministic: the seed is fixed.

mod calibrate;
mod clusters;
mod distant;
mod headlines;
mod learner;
mod likelihood;
mod lowercase;
mod sets;
mod weights;

use std::path::Path;

use anyhow::Context;
use newsearch::internals::recognize::{Model, ModelComponents, TrainedModel};

use learner::Learner;

/// ModelComponents to leave out, for ablation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Without {
    pub gazetteer: bool,
    pub clusters: bool,
    pub article: bool,
    pub distant: bool,
    pub patterns: bool,
}

impl Without {
    /// Parses a comma-separated list of parts: `gazetteer,clusters`.
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

    fn parts(self) -> ModelComponents {
        ModelComponents {
            gazetteer: !self.gazetteer,
            clusters: !self.clusters,
            article: !self.article,
            patterns: !self.patterns,
        }
    }
}

/// Trains on the sets under `sets` and the lists under `lists`, and writes the
/// model to `out`.
pub fn train(sets: &Path, lists: &Path, out: &Path, without: Without) -> anyhow::Result<()> {
    let parts = without.parts();
    let (articles, held_out) = sets::articles(sets)?;
    let named = if without.distant { Vec::new() } else { lowercase::examples(sets)? };
    let listed = if without.distant { Vec::new() } else { distant::examples(lists)? };
    eprintln!(
        "{} articles, {} held out, {} names without case, {} from lists",
        articles.len(),
        held_out.len(),
        named.len(),
        listed.len()
    );
    let clusters = if parts.clusters { clusters::learn(sets)? } else { Vec::new() };
    eprintln!("{} words in clusters", clusters.len());
    let untrained = untrained(parts, &clusters)?;
    let mut learner = Learner::new(parts, untrained);
    for epoch in 0..learner::EPOCHS {
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

/// A model whose weights are all zero, with the word clusters.
fn untrained(parts: ModelComponents, clusters: &[(String, u8)]) -> anyhow::Result<Model> {
    let weights = vec![[0.0; 6]; Model::ROWS];
    let trained = TrainedModel {
        components: parts,
        trust: [1.0; 6],
        calibration: [1.0, 0.0],
        weights,
        clusters: clusters.to_vec(),
    };
    Ok(Model::from_bytes(&trained.to_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::Without;

    #[test]
    fn parts_to_leave_out_are_parsed() {
        let without = Without::parse("gazetteer,,distant").expect("parts");
        assert!(without.gazetteer && without.distant && !without.clusters && !without.article && !without.patterns);
        assert!(without.parts().clusters && !without.parts().gazetteer);
        assert!(Without::parse("names").is_err());
    }
}
