//! Query timeout.

use std::time::{Duration, Instant};

use crate::search::error::SearchError;

/// The moment at which a query times out; the default is never.
///
/// ```
/// use std::time::Duration;
/// use newsearch::{Deadline, Query};
/// let patient = Query::new("Hayley Atwell").deadline(Deadline::after(Duration::from_secs(10)));
/// assert!(patient.deadline.check().is_ok() && Deadline::after(Duration::ZERO).check().is_err());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// This long from now.
    pub fn after(time: Duration) -> Self {
        Self(Instant::now().checked_add(time))
    }

    /// Whether there is time left.
    ///
    /// # Errors
    /// [`SearchError::Late`] where there is none.
    pub fn check(self) -> Result<(), SearchError> {
        match self.0 {
            Some(moment) if Instant::now() >= moment => Err(SearchError::Late),
            _ => Ok(()),
        }
    }
}
