//! AdaGrad (Duchi, Hazan and Singer 2011) with weight decay and averaging.

use newsearch::EntityKind;
use newsearch::internals::recognize::Model;

/// Learning rate.
const RATE: f32 = 0.12;
/// Weight decay of each step.
const DECAY: f32 = 1e-3;
/// Initial sum of squared gradients; a larger value makes the first steps
/// smaller, so that a feature seen once has little weight.
const INITIAL_SQUARES: f32 = 0.3;

/// The sets have too few characters to learn from: characters share the weights
/// of people, and the patterns separate the two.
const PERSON: usize = EntityKind::Person as usize;
const CHARACTER: usize = EntityKind::Character as usize;

/// The weights of all rows, with the sums of squares of their gradients.
pub struct Weights {
    rows: Vec<[f32; 6]>,
    squares: Vec<[f32; 6]>,
    /// Sums of the weights over the batches that are averaged, and their number.
    sums: Vec<[f32; 6]>,
    summed: f32,
}

impl Weights {
    pub fn new() -> Self {
        Self {
            rows: vec![[0.0; 6]; Model::ROWS],
            sums: vec![[0.0; 6]; Model::ROWS],
            summed: 0.0,
            squares: vec![[INITIAL_SQUARES; 6]; Model::ROWS],
        }
    }

    /// The sum of the weights of some rows.
    pub fn sum(&self, rows: &[u32]) -> [f32; 6] {
        let mut sums = [0.0; 6];
        for row in rows {
            let weights = &self.rows[*row as usize];
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        sums[CHARACTER] = sums[PERSON];
        sums
    }

    /// One AdaGrad step of some rows along a gradient.
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

    /// Adds the current weights to their average (Polyak and Juditsky 1992).
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_the_gradient_and_characters_share_the_weights_of_people() {
        let mut weights = Weights::new();
        let place = EntityKind::Place as usize;
        let mut gradient = [0.0; 6];
        gradient[CHARACTER] = 1.0;
        gradient[place] = -1.0;
        weights.step(&[3, 4], &gradient);
        let sum = weights.sum(&[3, 4]);
        assert!(sum[PERSON] > 0.0 && sum[PERSON] == sum[CHARACTER] && sum[place] < 0.0, "{sum:?}");
        assert_eq!(weights.sum(&[5]), [0.0; 6]);
    }

    #[test]
    fn the_average_is_that_of_the_samples() {
        let mut weights = Weights::new();
        weights.average();
        weights.step(&[0], &[1.0; 6]);
        let now = weights.sum(&[0])[PERSON];
        weights.average();
        assert_eq!(weights.averaged()[0][PERSON], now / 2.0);
    }
}
