//! The model file: a version, a checksum, and the packed weights.

use std::sync::LazyLock;

use thiserror::Error;

use crate::article::{EntityKind, stable_hash};
use crate::recognize::components::ModelComponents;
use crate::recognize::lexicon::{TABLE_BYTES, cluster_table};
use crate::recognize::scores::Scores;

use super::row_sum::biased;
use super::weights::Model;

/// Trained by `newsearch-tools train`; see docs/model.md for the data.
static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../../data/model.bin").as_slice()).unwrap_or_default());

const MAGIC: &[u8; 8] = b"newsNER\n";
/// Raised when features or the layout of the file change.
const VERSION: u32 = 1;
/// Bytes of a row: a weight for each kind, padded to a power of two.
const ROW: usize = 8;

/// Why a model cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// Not a model, or a model of another version.
    #[error("not a model of version {VERSION}: train it again")]
    Version,
    /// The bytes differ from those that were written.
    #[error("damaged model: its checksum is {found:016x}, not {expected:016x}; get the file again")]
    Checksum {
        /// What the file says.
        expected: u64,
        /// What its bytes give.
        found: u64,
    },
}

/// A model before its weights are quantized and packed.
#[derive(Debug, Clone)]
pub struct TrainedModel {
    /// The components it was trained with.
    pub components: ModelComponents,
    /// Weight of the patterns' score in log odds, by kind.
    pub trust: [f32; EntityKind::COUNT],
    /// Slope and offset from margins to the log odds of being right.
    pub calibration: [f32; 2],
    /// The weights of each row, by kind; [`Model::ROWS`] of them.
    pub weights: Vec<[f32; EntityKind::COUNT]>,
    /// Folded words with their clusters, 1 to 254, most frequent first.
    pub clusters: Vec<(String, u8)>,
}

impl Model {
    /// The model compiled into newsearch.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads the bytes that [`TrainedModel::to_bytes`] wrote.
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
        Self::read_body(&mut input).ok_or(ModelError::Version)
    }

    /// What follows the checksum; `None` if bytes are missing.
    fn read_body(input: &mut Input<'_>) -> Option<Self> {
        let components = ModelComponents::from_bits(input.u32()?);
        let mut trust = Scores::default();
        for weight in &mut trust {
            *weight = input.f32()?;
        }
        let calibration = [input.f32()?, input.f32()?];
        let step = input.f32()?;
        let clusters = input.take(TABLE_BYTES)?.to_vec();
        let weights = input.take(Self::ROWS * ROW)?.chunks_exact(ROW).map(biased).collect();
        Some(Self { components, trust, calibration, step, clusters, weights })
    }

    /// The same word clusters with the weights of another training.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn with_weights(&self, trained: &TrainedModel) -> Result<Self, ModelError> {
        let mut model = Self::from_bytes(&trained.to_bytes())?;
        model.clusters.clone_from(&self.clusters);
        Ok(model)
    }
}

impl TrainedModel {
    /// The model file; weights are quantized to 255 steps of the largest one.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = self.components.bits().to_le_bytes().to_vec();
        self.trust.iter().chain(&self.calibration).for_each(|value| body.extend(value.to_le_bytes()));
        let largest = self.weights.iter().flatten().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let step = largest.max(f32::MIN_POSITIVE) / 127.0;
        body.extend(step.to_le_bytes());
        body.extend(cluster_table(&self.clusters));
        for weights in &self.weights {
            body.extend(weights.map(|weight| (weight / step).round() as i8 as u8));
            body.extend([0; ROW - EntityKind::COUNT]);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

/// A hash in the manner of FNV-1a that takes eight bytes per step, with a
/// rotation so that high bits reach the low ones.
fn checksum(bytes: &[u8]) -> u64 {
    let chunks = bytes.chunks_exact(8);
    let rest = stable_hash(chunks.remainder());
    chunks.fold(rest, |hash, chunk| {
        let word = chunk.iter().rev().fold(0, |word: u64, byte| word << 8 | u64::from(*byte));
        (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}

/// Reads little-endian values; `None` at the end of the bytes.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::lexicon::word_hash;

    fn trained() -> TrainedModel {
        let mut weights = vec![[0.0; EntityKind::COUNT]; Model::ROWS];
        weights[5] = [1.27, -1.27, 0.5, 0.0, 0.01, -0.01];
        TrainedModel {
            components: ModelComponents { clusters: false, ..ModelComponents::default() },
            trust: [0.5, 0.5, 0.5, 0.5, 0.5, 1.0],
            calibration: [2.0, -1.0],
            weights,
            clusters: vec![("film".to_owned(), 7)],
        }
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let trained = trained();
        let model = Model::from_bytes(&trained.to_bytes()).expect("a model");
        assert_eq!(model.components(), trained.components);
        assert_eq!((model.trust, model.calibration), (trained.trust, trained.calibration));
        assert!((model.step - 0.01).abs() < 1e-6);
        assert_eq!(model.weights[5].to_le_bytes().map(|byte| i16::from(byte) - 128), [127, -127, 50, 0, 1, -1, 0, 0]);
        assert_eq!(model.weights[6].to_le_bytes(), [128; ROW]);
        // The component is off, the table is kept.
        assert_eq!(model.clusters().of(word_hash("film")), 0);
        assert_eq!(model.clusters, cluster_table(&trained.clusters));
        let other = Model::default().with_weights(&trained).expect("a model");
        assert!(other.clusters.is_empty());
        assert_eq!(other.weights, model.weights);
    }

    #[test]
    fn other_bytes_are_refused() {
        fn check(change: impl Fn(&mut Vec<u8>), damaged: bool) {
            let mut bytes = trained().to_bytes();
            change(&mut bytes);
            match Model::from_bytes(&bytes) {
                Err(ModelError::Checksum { expected, found }) => assert!(damaged && expected != found),
                Err(ModelError::Version) => assert!(!damaged),
                Ok(_) => panic!("a model was read"),
            }
        }
        check(Vec::clear, false);
        check(|bytes| bytes[0] ^= 1, false);
        check(|bytes| bytes[8] = 2, false);
        check(|bytes| bytes.truncate(15), false);
        check(|bytes| bytes[12] ^= 1, true);
        check(|bytes| bytes[100] ^= 1, true);
        check(|bytes| bytes.truncate(bytes.len() - 1), true);
        // A right checksum, but too few bytes.
        let missing = |bytes: &mut Vec<u8>| {
            bytes.truncate(1000);
            let sum = checksum(&bytes[20..]);
            bytes[12..20].copy_from_slice(&sum.to_le_bytes());
        };
        check(missing, false);
    }

    #[test]
    fn the_shipped_model_is_whole() {
        let model = Model::shipped();
        assert_eq!(model.weights.len(), Model::ROWS);
        assert_eq!(model.components(), ModelComponents::default());
        assert_ne!(model.clusters().of(word_hash("film")), 0);
    }
}
