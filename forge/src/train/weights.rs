//! Weights and their steps: AdaGrad (Duchi, Hazan and Singer 2011) with decay.

use newsearch::article::EntityKind;
use newsearch::recognize::Model;

/// How far the first step goes.
const RATE: f32 = 0.12;
/// What a step takes off of a weight it touches.
const DECAY: f32 = 1e-3;
/// The sum of squares that every weight starts with: the more, the smaller the
/// first steps, so that what is seen once teaches little.
const CAUTION: f32 = 0.3;

/// No set tells enough of characters: of them the features learn what they
/// learn of people, and the patterns tell the two apart.
const PERSON: usize = EntityKind::Person as usize;
const CHARACTER: usize = EntityKind::Character as usize;

/// A row's weights, and the sums of squares of their gradients.
pub struct Weights {
    rows: Vec<[f32; 6]>,
    squares: Vec<[f32; 6]>,
    /// Sums of the weights after each batch of the later epochs, and how many.
    sums: Vec<[f32; 6]>,
    summed: f32,
}

impl Weights {
    pub fn new() -> Self {
        Self {
            rows: vec![[0.0; 6]; Model::ROWS],
            sums: vec![[0.0; 6]; Model::ROWS],
            summed: 0.0,
            squares: vec![[CAUTION; 6]; Model::ROWS],
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
                let change = gradient[kind] - DECAY * weights[kind];
                squares[kind] += change * change;
                weights[kind] += RATE * change / squares[kind].sqrt();
            }
        }
    }

    /// Takes the weights as they are into their average (Polyak and Juditsky 1992).
    pub fn average(&mut self) {
        self.summed += 1.0;
        for (sum, weights) in self.sums.iter_mut().zip(&self.rows) {
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
    }

    /// The averaged weights of all rows.
    pub fn averaged(&self) -> Vec<[f32; 6]> {
        let row = |sum: &[f32; 6]| {
            let mut weights = sum.map(|sum| sum / self.summed.max(1.0));
            weights[CHARACTER] = weights[PERSON];
            weights
        };
        self.sums.iter().map(row).collect()
    }
}
