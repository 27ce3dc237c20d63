//! Weights and their steps: AdaGrad (Duchi, Hazan and Singer 2011) with decay.

use newsearch::article::EntityKind;
use newsearch::recognize::Model;

/// How far the first step goes.
const RATE: f32 = 0.12;
/// What a step takes off of a weight it touches.
const DECAY: f32 = 2e-3;
/// Patterns are trusted as they are at first; training changes that slowly.
const TRUST_RATE: f32 = 0.005;

/// No set tells enough of characters: of them the features learn what they
/// learn of people, and the patterns tell the two apart.
const PERSON: usize = EntityKind::Person as usize;
const CHARACTER: usize = EntityKind::Character as usize;

/// A row's weights, and the sums of squares of their gradients.
pub struct Weights {
    rows: Vec<[f32; 6]>,
    squares: Vec<[f32; 6]>,
    decay: f32,
    rate: f32,
    trust_rate: f32,
    pub trust: [f32; 6],
    trust_squares: [f32; 6],
}

impl Weights {
    pub fn new() -> Self {
        Self {
            rows: vec![[0.0; 6]; Model::ROWS],
            squares: vec![[super::learner::knob("SQ", 1e-2); 6]; Model::ROWS],
            decay: super::learner::knob("DECAY", 2e-3), rate: super::learner::knob("RATE", 0.12), trust_rate: super::learner::knob("TRUST_RATE", 0.005),
            trust: [super::learner::knob("TRUST", 1.0); 6],
            trust_squares: [1.0; 6],
        }
    }

    /// The sums of the rows' weights.
    pub fn sum(&self, rows: &[u32]) -> [f32; 6] {
        let mut sums = [0.0; 6];
        for row in rows {
            let weights = &self.rows[*row as usize];
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        sums[CHARACTER] = sums[PERSON];
        sums
    }

    /// Moves the weights of rows along a gradient.
    pub fn step(&mut self, rows: &[u32], gradient: &[f32; 6]) {
        let mut gradient = *gradient;
        gradient[PERSON] += gradient[CHARACTER];
        for row in rows {
            let (weights, squares) = (&mut self.rows[*row as usize], &mut self.squares[*row as usize]);
            for kind in (0..6).filter(|kind| *kind != CHARACTER) {
                let change = gradient[kind] - self.decay * weights[kind];
                squares[kind] += change * change;
                weights[kind] += self.rate * change / squares[kind].sqrt();
            }
        }
    }

    /// Moves the trust in patterns along a gradient.
    pub fn step_trust(&mut self, gradient: &[f32; 6]) {
        for kind in 0..6 {
            self.trust_squares[kind] += gradient[kind] * gradient[kind];
            self.trust[kind] += self.trust_rate * gradient[kind] / self.trust_squares[kind].sqrt();
        }
    }

    /// The weights of all rows, as they are now.
    pub fn all(&self) -> Vec<[f32; 6]> {
        Self { rows: self.rows.clone(), squares: Vec::new(), ..*self }.rows()
    }

    /// The weights of all rows.
    pub fn rows(mut self) -> Vec<[f32; 6]> {
        self.rows.iter_mut().for_each(|weights| weights[CHARACTER] = weights[PERSON]);
        self.rows
    }
}
