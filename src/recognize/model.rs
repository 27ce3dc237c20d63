//! The trained weights: a file with a version and a checksum.

use std::sync::LazyLock;

use thiserror::Error;

use crate::article::stable_hash;

use super::features::{self, BITS};
use super::memory::Memory;
use super::patterns::{Case, Scores};
use super::sums::{BIAS, Sums, biased};

/// Trained by `newsearch-forge train`; docs/model.md says on what.
static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../data/model.bin").as_slice()).unwrap_or_default());

const MAGIC: &[u8; 8] = b"newsNER\n";
/// Raised when features or the layout of the file change.
const VERSION: u32 = 1;
/// Bytes of a row: a weight for each of six kinds, and room to align.
const ROW: usize = 8;
/// Slots of the table of clusters.
const SLOTS: usize = 1 << 16;
/// Bytes of a slot: the upper half of the word's hash and its cluster.
const SLOT: usize = 3;

/// Parts that a model does with or without, so that each can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The lists of names.
    pub gazetteer: bool,
    /// Clusters of words.
    pub clusters: bool,
    /// What the rest of the article says.
    pub article: bool,
    /// Patterns with weights set by hand.
    pub patterns: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self { gazetteer: true, clusters: true, article: true, patterns: true }
    }
}

impl Parts {
    fn bits(self) -> u32 {
        u32::from(self.gazetteer)
            | u32::from(self.clusters) << 1
            | u32::from(self.article) << 2
            | u32::from(self.patterns) << 3
    }

    fn from_bits(bits: u32) -> Self {
        Self { gazetteer: bits & 1 != 0, clusters: bits & 2 != 0, article: bits & 4 != 0, patterns: bits & 8 != 0 }
    }
}

/// Why a model cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// No model at all, or another version's.
    #[error("not a model of version {VERSION}: train it again")]
    Version,
    /// Bytes differ from those that were written.
    #[error("damaged model: its checksum is {found:016x}, not {expected:016x}; get the file again")]
    Checksum {
        /// What the file says.
        expected: u64,
        /// What its bytes give.
        found: u64,
    },
}

/// Weights of features, clusters of words, and how scores become confidence.
#[derive(Debug, Clone)]
pub struct Model {
    parts: Parts,
    /// What a unit of the patterns' score is worth in log odds, by kind.
    trust: [f32; 6],
    /// Slope and offset from margins to the log odds of being right.
    calibration: [f32; 2],
    /// The weight that a quantized step stands for.
    step: f32,
    clusters: Vec<u8>,
    /// The rows: a weight a byte, plus 128.
    weights: Vec<u64>,
}

/// Everything a model is made of, before it is packed.
#[derive(Debug, Clone)]
pub struct Trained {
    /// What it does with.
    pub parts: Parts,
    /// What a unit of the patterns' score is worth in log odds, by kind.
    pub trust: [f32; 6],
    /// Slope and offset from margins to the log odds of being right.
    pub calibration: [f32; 2],
    /// The weights of each row, by kind; [`Model::ROWS`] of them.
    pub weights: Vec<[f32; 6]>,
    /// Words (folded) with their clusters, 1 to 254, most frequent first.
    pub clusters: Vec<(String, u8)>,
}

impl Default for Model {
    /// No weights: patterns alone.
    fn default() -> Self {
        Self {
            parts: Parts::default(),
            trust: [1.0; 6],
            calibration: [1.0, 0.0],
            step: 0.0,
            clusters: Vec::new(),
            weights: Vec::new(),
        }
    }
}

impl Model {
    /// Rows of weights.
    pub const ROWS: usize = 1 << BITS;

    /// The model that newsearch ships with.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// A model from the bytes that [`Trained::to_bytes`] gave.
    ///
    /// # Errors
    /// [`ModelError`] for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut input = Input(bytes);
        if input.take(MAGIC.len()) != Some(MAGIC) || input.u32() != Some(VERSION) {
            return Err(ModelError::Version);
        }
        let expected = input.u64().ok_or(ModelError::Version)?;
        let found = checksum(input.0);
        if expected != found {
            return Err(ModelError::Checksum { expected, found });
        }
        let model = || {
            let parts = Parts::from_bits(input.u32()?);
            let mut trust = [0.0; 6];
            for weight in &mut trust {
                *weight = input.f32()?;
            }
            let calibration = [input.f32()?, input.f32()?];
            let step = input.f32()?;
            let clusters = input.take(SLOTS * SLOT)?.to_vec();
            let weights = input.take(Self::ROWS * ROW)?.chunks_exact(ROW).map(biased).collect();
            Some(Self { parts, trust, calibration, step, clusters, weights })
        };
        let mut model = model;
        model().ok_or(ModelError::Version)
    }

    /// The same clusters with the weights of another training.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn with_weights(&self, trained: &Trained) -> Result<Self, ModelError> {
        let mut model = Self::from_bytes(&trained.to_bytes())?;
        model.clusters.clone_from(&self.clusters);
        Ok(model)
    }

    /// What it does with.
    pub fn parts(&self) -> Parts {
        self.parts
    }

    pub(super) fn clusters(&self) -> Clusters<'_> {
        Clusters(if self.parts.clusters { &self.clusters } else { &[] })
    }

    /// Whether the weights have a say.
    pub(super) fn learns(&self, case: &Case<'_, '_>) -> bool {
        let decided = self.parts.patterns && case.is_decided();
        !decided && !self.weights.is_empty()
    }

    /// The scores of a case without the rest of the article, given the sum of
    /// its rows.
    pub(super) fn scores(&self, case: &Case<'_, '_>, sum: &[i32; 6]) -> Scores {
        let patterns = if self.parts.patterns { case.scores() } else { [1.0; 6] };
        self.total(sum, |kind| patterns[kind] - 1.0)
    }

    /// What the rest of the article adds to them, given the sum of the rows of
    /// its words.
    pub(super) fn recalled(&self, case: &Case<'_, '_>, memory: &Memory, words: &[i32; 6]) -> Scores {
        let mut sum = [0; 6];
        if self.learns(case) {
            let mut sums = Sums::default();
            features::of_article(case, memory, &mut self.adds_to(&mut sums));
            sum = sums.totals();
            // What the words themselves suggest counts no more.
            if memory.tells(case) {
                sum.iter_mut().zip(words).for_each(|(sum, words)| *sum -= words);
            }
        }
        let patterns = if self.parts.patterns { case.recalled(memory) } else { [0.0; 6] };
        self.total(&sum, |kind| patterns[kind])
    }

    /// Adds the weights of rows to a sum.
    pub(super) fn adds_to(&self, sums: &mut Sums) -> impl FnMut(u32) {
        |row| sums.add(self.weights.get(row as usize).copied().unwrap_or(BIAS))
    }

    fn total(&self, sums: &[i32; 6], patterns: impl Fn(usize) -> f32) -> Scores {
        std::array::from_fn(|kind| self.trust[kind] * patterns(kind) + self.step * sums[kind] as f32)
    }

    /// The probability that a name of this margin is right, 0 to 1: Platt
    /// scaling (Platt 1999), fitted to held-out articles.
    pub(super) fn confidence(&self, margin: f32) -> f32 {
        let [slope, offset] = self.calibration;
        1.0 / (1.0 + (-(slope * margin + offset)).exp())
    }
}

/// The rows of all features but those of the rest of the article; `words` with
/// those of the segment's own words.
pub(super) fn rows(case: &Case<'_, '_>, parts: Parts, words: bool, sink: &mut impl FnMut(u32)) {
    if words {
        features::of_words(case, sink);
    }
    rows_before(case, parts, sink);
    rows_behind(case, parts, sink);
    rows_within(case, parts, sink);
}

/// Those that all segments share which begin at one word.
pub(super) fn rows_before(case: &Case<'_, '_>, parts: Parts, sink: &mut impl FnMut(u32)) {
    features::of_before(case, sink);
    features::writing_before(case, sink);
    if parts.clusters {
        features::clusters_before(case, sink);
    }
}

/// Those that all segments share which end at one word.
pub(super) fn rows_behind(case: &Case<'_, '_>, parts: Parts, sink: &mut impl FnMut(u32)) {
    features::of_behind(case, sink);
    features::writing_behind(case, sink);
    if parts.clusters {
        features::clusters_behind(case, sink);
    }
}

/// Those that no two segments share.
pub(super) fn rows_within(case: &Case<'_, '_>, parts: Parts, sink: &mut impl FnMut(u32)) {
    features::of_around(case, sink);
    features::of_writing(case, sink);
    if parts.clusters {
        features::clusters_around(case, sink);
    }
    if parts.gazetteer {
        features::of_lists(case, sink);
    }
}

impl Trained {
    /// The model as a file: weights in 255 steps of the largest.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = self.parts.bits().to_le_bytes().to_vec();
        self.trust.iter().chain(&self.calibration).for_each(|value| body.extend(value.to_le_bytes()));
        let largest = self.weights.iter().flatten().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let step = largest.max(f32::MIN_POSITIVE) / 127.0;
        body.extend(step.to_le_bytes());
        body.extend(cluster_table(&self.clusters));
        for weights in &self.weights {
            body.extend(weights.map(|weight| (weight / step).round() as i8 as u8));
            body.extend([0; ROW - 6]);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

/// The sum of the hashes of eight interleaved lanes: FNV-1a, as fast as reading.
fn checksum(bytes: &[u8]) -> u64 {
    let chunks = bytes.chunks_exact(8);
    let rest = stable_hash(chunks.remainder());
    chunks.fold(rest, |hash, chunk| {
        let word = chunk.iter().rev().fold(0, |word: u64, byte| word << 8 | u64::from(*byte));
        (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}

/// Words to clusters: where two words want one slot the frequent one has it.
fn cluster_table(clusters: &[(String, u8)]) -> Vec<u8> {
    let mut table = vec![0; SLOTS * SLOT];
    for (word, cluster) in clusters {
        let hash = super::view::word_hash(word);
        let slot = &mut table[(hash as usize % SLOTS) * SLOT..][..SLOT];
        if slot[2] == 0 {
            slot[..2].copy_from_slice(&((hash >> 16) as u16).to_le_bytes());
            slot[2] = *cluster;
        }
    }
    table
}

/// The clusters of words, by the hash of the word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clusters<'m>(&'m [u8]);

impl Clusters<'_> {
    /// The cluster of a word; 0 where it has none.
    pub fn of(self, hash: u32) -> u8 {
        let at = (hash as usize % SLOTS) * SLOT;
        match self.0.get(at..at + SLOT) {
            Some([low, high, cluster]) if u16::from_le_bytes([*low, *high]) == (hash >> 16) as u16 => *cluster,
            _ => 0,
        }
    }
}

/// Little-endian values, one after another.
struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.u32().map(f32::from_bits)
    }
}
