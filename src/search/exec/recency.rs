//! Recency decay of scores.

use crate::search::params::{DAYS_OF_MONTH, DAYS_OF_YEAR, RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS};

/// Decay of scores with age, relative to the newest article of the archive, so
/// that answers do not depend on the current day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecencyDecay {
    newest: f32,
}

impl RecencyDecay {
    /// `newest` is `YYYYMMDD`.
    pub fn new(newest: u64) -> Self {
        Self { newest: days(newest) }
    }

    /// The factor of an article's score:
    /// `RECENCY_FLOOR + (1 - RECENCY_FLOOR) · 2^(-age / RECENCY_HALF_LIFE_DAYS)`, so
    /// 1 for the newest, and `RECENCY_FLOOR` for undated ones (0).
    pub fn factor(self, published: u64) -> f32 {
        if published == 0 {
            return RECENCY_FLOOR;
        }
        let age = (self.newest - days(published)).max(0.0);
        RECENCY_FLOOR + (1.0 - RECENCY_FLOOR) * (-age / RECENCY_HALF_LIFE_DAYS).exp2()
    }
}

/// Days since year 0, with months of mean length.
fn days(day: u64) -> f32 {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    year as f32 * DAYS_OF_YEAR + month as f32 * DAYS_OF_MONTH + day as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_decay_to_the_floor() {
        let decay = RecencyDecay::new(20_230_714);
        assert_eq!(decay.factor(20_230_714), 1.0);
        assert!((decay.factor(20_220_714) - 0.75).abs() < 0.01);
        assert_eq!(decay.factor(0), RECENCY_FLOOR);
        assert!(decay.factor(19_000_101) > RECENCY_FLOOR - 0.01);
    }
}
