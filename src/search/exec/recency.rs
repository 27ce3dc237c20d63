//! A gentle preference for what is new.

use crate::search::params::{DAYS_OF_MONTH, DAYS_OF_YEAR, RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS};

/// The decay of scores with age, counted from the newest article of the
/// archive, so that the same archive answers the same on any day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecencyDecay {
    newest: f32,
}

impl RecencyDecay {
    /// `newest` as `YYYYMMDD`.
    pub fn new(newest: u64) -> Self {
        Self { newest: days(newest) }
    }

    /// What to multiply the score of an article by: 1 for the newest,
    /// `RECENCY_FLOOR + (1 - RECENCY_FLOOR) · 2^(-age / RECENCY_HALF_LIFE_DAYS)` for others, `RECENCY_FLOOR` for
    /// undated ones.
    pub fn factor(self, published: u64) -> f32 {
        if published == 0 {
            return RECENCY_FLOOR;
        }
        let age = (self.newest - days(published)).max(0.0);
        RECENCY_FLOOR + (1.0 - RECENCY_FLOOR) * (-age / RECENCY_HALF_LIFE_DAYS).exp2()
    }
}

/// Days since year 0, a month taken as a twelfth of a year.
fn days(day: u64) -> f32 {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    year as f32 * DAYS_OF_YEAR + month as f32 * DAYS_OF_MONTH + day as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_takes_away_half_at_most() {
        let fresh = RecencyDecay::new(20_230_714);
        assert_eq!(fresh.factor(20_230_714), 1.0);
        assert!((fresh.factor(20_220_714) - 0.75).abs() < 0.01);
        assert_eq!(fresh.factor(0), RECENCY_FLOOR);
        assert!(fresh.factor(19_000_101) > RECENCY_FLOOR - 0.01);
    }
}
