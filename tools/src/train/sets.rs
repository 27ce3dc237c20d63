//! The annotated sets, and the mapping of their labels to our entity kinds.

use std::path::Path;

use anyhow::Context;
use newsearch::internals::article::stable_hash;
use newsearch::internals::evaluate::{Judged, Kinds, LabelMap, iob2};
use rustc_hash::FxHashSet;

use crate::lists;

/// An annotated set to train on.
pub struct Set {
    path: &'static str,
    /// Its labels as a [`LabelMap`].
    map: &'static str,
    /// Sentences that are grouped into one article.
    sentences: usize,
    /// One article in so many is used.
    every: usize,
}

const fn set(path: &'static str, map: &'static str, sentences: usize, every: usize) -> Set {
    Set { path, map, sentences, every }
}

const MUSIC: &str = "album=work,song=work,band=organization,musicalartist=person,organisation=organization,\
    musicgenre=O,musicalinstrument=O,misc=?";
const LITERATURE: &str = "book=work,poem=work,magazine=?,writer=person,person=person+character,\
    organisation=organization,literarygenre=O,misc=?";
const POLITICS: &str = "politician=person,politicalparty=organization,election=event,organisation=organization,misc=?";
const SCIENCE: &str = "scientist=person,university=organization,organisation=organization,academicjournal=?,\
    astronomicalobject=?,chemicalcompound=O,chemicalelement=O,discipline=O,enzyme=O,protein=O,theory=O,misc=?";
const AI: &str = "researcher=person,university=organization,organisation=organization,conference=event,\
    algorithm=?,field=O,metrics=O,product=?,programlang=?,task=O,misc=?";
const WIKIPEDIA: &str = "PER=person+character,PER_CHARACTER=character,MISC_CHARACTER=character,MISC=?,MISC_WORK=work,MISC_AWARD=event,TIME=O,NUM=O";
const TWEETS: &str = "product=?,group=organization,corporation=organization";
const GUM: &str = "time=O,object=?,substance=O,animal=?,plant=O,abstract=?";
const DIALOGS: &str = "artist=person+organization,event=?,date=O,org=organization";

/// Sets with natural letter case.
const CASED: &[Set] = &[
    set("crossner_music/train", MUSIC, 1, 1),
    set("crossner_music/dev", MUSIC, 1, 1),
    set("crossner_literature/train", LITERATURE, 1, 1),
    set("crossner_literature/dev", LITERATURE, 1, 1),
    set("crossner_politics/train", POLITICS, 1, 1),
    set("crossner_politics/dev", POLITICS, 1, 1),
    set("crossner_politics/test", POLITICS, 1, 1),
    set("crossner_science/train", SCIENCE, 1, 1),
    set("crossner_science/dev", SCIENCE, 1, 1),
    set("crossner_science/test", SCIENCE, 1, 1),
    set("crossner_ai/train", AI, 1, 1),
    set("crossner_ai/dev", AI, 1, 1),
    set("crossner_ai/test", AI, 1, 1),
    set("redocred/dev", WIKIPEDIA, 8, 1),
    set("redocred/test", WIKIPEDIA, 8, 1),
    set("wikigold/all", "MISC=?", 8, 1),
    set("gum/train", GUM, 10, 1),
    set("gum/dev", GUM, 10, 1),
    set("gum/test", GUM, 10, 1),
    set("btc/train", "", 1, 1),
    set("btc/dev", "", 1, 1),
    set("btc/test", "", 1, 1),
    set("wnut17/train", TWEETS, 1, 1),
    set("wnut17/dev", TWEETS, 1, 1),
    set("uner_en/ewt_dev", "", 1, 1),
    set("uner_en/ewt_test", "", 1, 1),
    set("sgd_media/train", DIALOGS, 1, 8),
];

/// Test sets. Their sentences are never trained on, though other sets contain
/// some of them.
const TESTS: &[&str] = &["crossner_music/test", "crossner_literature/test", "wnut17/test", "uner_en/pud_test"];

/// One article in so many is held out to measure progress and to calibrate
/// confidence.
const HELD_OUT: u64 = 12;

/// A training article, with the kinds that its set annotates.
pub struct TrainingArticle {
    pub judged: Judged,
    pub annotated: Kinds,
}

/// The articles to train on, and the held-out ones.
pub fn articles(root: &Path) -> anyhow::Result<(Vec<TrainingArticle>, Vec<TrainingArticle>)> {
    let tests = test_sentences(root)?;
    let (mut train, mut held_out) = (Vec::new(), Vec::new());
    for set in CASED {
        let map: LabelMap = set.map.parse().map_err(anyhow::Error::msg)?;
        let judged = read(root, set.path, &map, set.sentences)?;
        let annotated = annotated(&judged);
        let known = |j: &Judged| j.sentences.iter().any(|s| tests.contains(&plain_hash(s.of(&j.article.text))));
        for judged in judged.into_iter().step_by(set.every).filter(|judged| !known(judged)) {
            let hash = stable_hash(judged.article.text.as_bytes());
            let article = TrainingArticle { judged, annotated };
            if hash.is_multiple_of(HELD_OUT) { held_out.push(article) } else { train.push(article) }
        }
    }
    Ok((train, held_out))
}

/// Reads one set under `root`.
pub fn read(root: &Path, path: &str, map: &LabelMap, sentences: usize) -> anyhow::Result<Vec<Judged>> {
    let file = root.join(format!("{path}.bio.gz"));
    let text = lists::lines(&file)?.join("\n");
    iob2::read(&text, map, iob2::Grouping(sentences)).with_context(|| file.display().to_string())
}

/// The kinds that the labels of a set map to.
fn annotated(judged: &[Judged]) -> Kinds {
    judged.iter().flat_map(|j| &j.judgments).fold(Kinds::NONE, |kinds, judgment| kinds.union(judgment.kinds))
}

/// Hashes of the sentences of the test sets.
fn test_sentences(root: &Path) -> anyhow::Result<FxHashSet<u64>> {
    let mut sentences = FxHashSet::default();
    for test in TESTS {
        let mut letters = String::new();
        for line in lists::lines(&root.join(format!("{test}.bio.gz")))?.iter().map(String::as_str).chain([""]) {
            if line.trim().is_empty() {
                sentences.insert(plain_hash(&letters));
                letters.clear();
            } else {
                letters.push_str(line.split('\t').next().unwrap_or(""));
            }
        }
    }
    sentences.remove(&plain_hash(""));
    Ok(sentences)
}

/// A hash of the letters and digits of a sentence, ignoring everything else.
fn plain_hash(text: &str) -> u64 {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    stable_hash(letters.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::plain_hash;

    #[test]
    fn spacing_marks_and_case_do_not_change_a_sentence() {
        assert_eq!(plain_hash("It ’s Ada Fielding !"), plain_hash("it's ADA Fielding"));
        assert_ne!(plain_hash("Ada Fielding"), plain_hash("Ada Field"));
    }
}
