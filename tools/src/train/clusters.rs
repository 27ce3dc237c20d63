//! Word clusters by the exchange algorithm (Kneser and Ney 1993; Martin,
//! Liermann and Ney 1998), which maximizes the likelihood of the bigrams of a
//! text.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;

use newsearch::internals::segment::fold;

use crate::lists;

/// All available text except the test sets.
const TEXTS: &[&str] = &[
    "btc/train",
    "gum/train",
    "wikigold/all",
    "redocred/dev",
    "wnut17/train",
    "crossner_music/train",
    "crossner_music/dev",
    "crossner_literature/train",
    "crossner_literature/dev",
    "crossner_politics/train",
    "crossner_politics/dev",
    "crossner_politics/test",
    "crossner_science/train",
    "crossner_science/dev",
    "crossner_science/test",
    "crossner_ai/train",
    "crossner_ai/dev",
    "crossner_ai/test",
    "multiconer1_en/train",
    "multiconer2_en/train90",
    "multiconer2_en/train10",
    "sgd_media/train",
    "snips_media_cc0/train",
    "uner_en/ewt_dev",
];

const CLUSTERS: usize = 200;
/// Rarer words get no cluster.
const LEAST: u32 = 4;
const ROUNDS: usize = 8;

/// Folded words with their clusters, 1 to `CLUSTERS`; most frequent words first.
pub fn learn(root: &Path) -> anyhow::Result<Vec<(String, u8)>> {
    let sentences = sentences(root)?;
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for word in sentences.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(&str, u32)> = counts.into_iter().filter(|(_, count)| *count >= LEAST).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let ids: FxHashMap<&str, usize> = words.iter().enumerate().map(|(id, (word, _))| (*word, id)).collect();
    let mut exchange = Exchange::new(words.len(), &sentences, &ids);
    for _ in 0..ROUNDS {
        if exchange.round() == 0 {
            break;
        }
    }
    Ok(words.iter().zip(exchange.cluster).map(|((word, _), cluster)| ((*word).to_owned(), cluster as u8 + 1)).collect())
}

fn sentences(root: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let mut sentences = Vec::new();
    for text in TEXTS {
        let mut sentence = Vec::new();
        for line in lists::lines(&root.join(format!("{text}.bio.gz")))? {
            match line.split('\t').next().filter(|word| !word.trim().is_empty()) {
                None => sentences.push(std::mem::take(&mut sentence)),
                Some(word) if word.chars().any(char::is_alphanumeric) => sentence.push(fold(word)),
                Some(_) => {}
            }
        }
    }
    Ok(sentences)
}

/// Clusters, and how often each is next to a word.
type Counts = Vec<(usize, u32)>;

/// Bigram counts of clusters, and the neighbors of each word.
struct Exchange {
    cluster: Vec<usize>,
    after: Vec<Vec<(usize, u32)>>,
    before: Vec<Vec<(usize, u32)>>,
    pairs: Vec<u32>,
    lefts: Vec<u32>,
    rights: Vec<u32>,
}

impl Exchange {
    fn new(words: usize, sentences: &[Vec<String>], ids: &FxHashMap<&str, usize>) -> Self {
        let mut bigrams: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for sentence in sentences {
            for pair in sentence.windows(2) {
                if let (Some(a), Some(b)) = (ids.get(pair[0].as_str()), ids.get(pair[1].as_str())) {
                    *bigrams.entry((*a, *b)).or_default() += 1;
                }
            }
        }
        let mut exchange = Self {
            cluster: (0..words).map(|id| id % CLUSTERS).collect(),
            after: vec![Vec::new(); words],
            before: vec![Vec::new(); words],
            pairs: vec![0; CLUSTERS * CLUSTERS],
            lefts: vec![0; CLUSTERS],
            rights: vec![0; CLUSTERS],
        };
        for ((a, b), count) in bigrams {
            exchange.after[a].push((b, count));
            exchange.before[b].push((a, count));
            let (ca, cb) = (exchange.cluster[a], exchange.cluster[b]);
            exchange.pairs[ca * CLUSTERS + cb] += count;
            exchange.lefts[ca] += count;
            exchange.rights[cb] += count;
        }
        exchange
    }

    /// Moves every word to the cluster with the highest likelihood; returns how
    /// many moved.
    fn round(&mut self) -> usize {
        let mut moved = 0;
        for word in 0..self.cluster.len() {
            let (left, right, own) = self.neighbors(word);
            let from = self.cluster[word];
            self.shift(word, from, false);
            let gain = |to: usize| self.gain(to, &left, &right, own);
            let best = (0..CLUSTERS)
                .map(|to| (to, gain(to)))
                .fold((from, gain(from)), |best, next| if next.1 > best.1 + 1e-9 { next } else { best });
            self.shift(word, best.0, true);
            self.cluster[word] = best.0;
            moved += usize::from(best.0 != from);
        }
        moved
    }

    /// How often each cluster precedes and follows a word, and how often the
    /// word follows itself.
    fn neighbors(&self, word: usize) -> (Counts, Counts, u32) {
        let by_cluster = |list: &[(usize, u32)]| {
            let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
            for (other, count) in list.iter().filter(|(other, _)| *other != word) {
                *counts.entry(self.cluster[*other]).or_default() += count;
            }
            counts.into_iter().collect::<Vec<_>>()
        };
        let own = self.after[word].iter().find(|(other, _)| *other == word).map_or(0, |pair| pair.1);
        (by_cluster(&self.before[word]), by_cluster(&self.after[word]), own)
    }

    /// Adds a word's bigrams to a cluster, or removes them.
    fn shift(&mut self, word: usize, cluster: usize, add: bool) {
        let (left, right, own) = self.neighbors(word);
        let change = |value: &mut u32, by: u32| *value = if add { *value + by } else { *value - by };
        for (other, count) in left {
            change(&mut self.pairs[other * CLUSTERS + cluster], count);
            change(&mut self.rights[cluster], count);
        }
        for (other, count) in right {
            change(&mut self.pairs[cluster * CLUSTERS + other], count);
            change(&mut self.lefts[cluster], count);
        }
        change(&mut self.pairs[cluster * CLUSTERS + cluster], own);
        change(&mut self.lefts[cluster], own);
        change(&mut self.rights[cluster], own);
    }

    /// The gain in log likelihood if a word joins a cluster.
    fn gain(&self, to: usize, left: &[(usize, u32)], right: &[(usize, u32)], own: u32) -> f64 {
        let entropy = |count: u32| if count == 0 { 0.0 } else { f64::from(count) * f64::from(count).ln() };
        let more = |now: u32, by: u32| entropy(now + by) - entropy(now);
        let mut gain = 0.0;
        let (mut lefts, mut rights, mut both) = (own, own, own);
        for (other, count) in left {
            rights += count;
            if *other == to {
                both += count;
            } else {
                gain += more(self.pairs[other * CLUSTERS + to], *count);
            }
        }
        for (other, count) in right {
            lefts += count;
            if *other == to {
                both += count;
            } else {
                gain += more(self.pairs[to * CLUSTERS + other], *count);
            }
        }
        gain + more(self.pairs[to * CLUSTERS + to], both) - more(self.lefts[to], lefts) - more(self.rights[to], rights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_taken_out_and_put_back_changes_no_count() {
        let sentences: Vec<Vec<String>> = ["red fox ran", "red dog ran", "ran ran red"]
            .map(|sentence| sentence.split(' ').map(str::to_owned).collect())
            .to_vec();
        let ids = FxHashMap::from_iter([("red", 0), ("fox", 1), ("dog", 2), ("ran", 3)]);
        let mut exchange = Exchange::new(4, &sentences, &ids);
        let before = (exchange.pairs.clone(), exchange.lefts.clone(), exchange.rights.clone());
        for word in 0..4 {
            let cluster = exchange.cluster[word];
            exchange.shift(word, cluster, false);
            exchange.shift(word, cluster, true);
        }
        assert_eq!(before, (exchange.pairs, exchange.lefts, exchange.rights));
    }
}
