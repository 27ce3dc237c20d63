//! The kinds of events that articles state.

use serde::{Deserialize, Serialize};

/// The kind of event that is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// It comes out: in cinemas, in shops, on air.
    Release,
    /// It is shown for the first time.
    Premiere,
    /// It can be streamed.
    Streaming,
    /// It comes later than planned; no new date is stated.
    Delay,
    /// Filming began, or begins.
    FilmingBegan,
    /// Filming ended.
    FilmingWrapped,
    /// It will not go on, or not be made.
    Cancelled,
    /// It will go on.
    Renewed,
    /// Somebody joins its cast.
    Casting,
    /// Somebody leaves it.
    Exit,
    /// It, or somebody, won an award.
    Award,
    /// It, or somebody, is nominated for one.
    Nomination,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Release,
        Self::Premiere,
        Self::Streaming,
        Self::Delay,
        Self::FilmingBegan,
        Self::FilmingWrapped,
        Self::Cancelled,
        Self::Renewed,
        Self::Casting,
        Self::Exit,
        Self::Award,
        Self::Nomination,
    ];

    /// Its name as the command line and JSON spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Premiere => "premiere",
            Self::Streaming => "streaming",
            Self::Delay => "delay",
            Self::FilmingBegan => "filming-began",
            Self::FilmingWrapped => "filming-wrapped",
            Self::Cancelled => "cancelled",
            Self::Renewed => "renewed",
            Self::Casting => "casting",
            Self::Exit => "exit",
            Self::Award => "award",
            Self::Nomination => "nomination",
        }
    }

    /// Whether it is of a work coming out.
    pub fn is_release(self) -> bool {
        matches!(self, Self::Release | Self::Premiere | Self::Streaming)
    }
}

impl std::str::FromStr for EventKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("{text:?}: expected one of {}", known.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.as_str());
        }
        let error = "sequel".parse::<EventKind>().expect_err("no kind");
        assert!(error.starts_with("\"sequel\": expected one of release, premiere, "), "{error}");
    }

    #[test]
    fn releases_are_what_comes_out() {
        let releases: Vec<EventKind> = EventKind::ALL.into_iter().filter(|kind| kind.is_release()).collect();
        assert_eq!(releases, [EventKind::Release, EventKind::Premiere, EventKind::Streaming]);
    }
}
