//! A gentle preference for what is new.

/// Days after which half of what age can take away is gone.
const HALF_LIFE: f32 = 365.0;
/// What an article of any age keeps of its score.
const KEPT: f32 = 0.5;

/// The decay of scores with age, counted from the newest article of the
/// archive, so that the same archive answers the same on any day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Freshness {
    newest: f32,
}

impl Freshness {
    /// `newest` as `YYYYMMDD`.
    pub fn new(newest: u64) -> Self {
        Self { newest: days(newest) }
    }

    /// What to multiply the score of an article by: 1 for the newest,
    /// `KEPT + (1 - KEPT) · 2^(-age / HALF_LIFE)` for others, `KEPT` for
    /// undated ones.
    pub fn factor(self, published: u64) -> f32 {
        if published == 0 {
            return KEPT;
        }
        let age = (self.newest - days(published)).max(0.0);
        KEPT + (1.0 - KEPT) * (-age / HALF_LIFE).exp2()
    }
}

/// Days since year 0, a month taken as a twelfth of a year.
fn days(day: u64) -> f32 {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    year as f32 * 365.25 + month as f32 * 30.44 + day as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_takes_away_half_at_most() {
        let fresh = Freshness::new(20_230_714);
        assert_eq!(fresh.factor(20_230_714), 1.0);
        assert!((fresh.factor(20_220_714) - 0.75).abs() < 0.01);
        assert_eq!(fresh.factor(0), KEPT);
        assert!(fresh.factor(19_000_101) > KEPT - 0.01);
    }
}
