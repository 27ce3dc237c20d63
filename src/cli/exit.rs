//! Exit codes, as the contract fixes them.

/// Something was found.
pub(super) const FOUND: u8 = 0;
/// Nothing was found.
pub(super) const NOTHING: u8 = 1;
/// Any error, a partial one included.
pub(super) const ERROR: u8 = 2;

/// Whether the reader of our output closed its end, as `head` does. This is not
/// reported as an error.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn closed_pipes_are_recognized_at_any_depth() {
        let check = |error: anyhow::Error, expected| assert_eq!(is_closed_pipe(&error), expected, "{error:#}");
        check(Error::from(ErrorKind::BrokenPipe).into(), true);
        check(anyhow::Error::from(Error::from(ErrorKind::BrokenPipe)).context("cannot print"), true);
        check(Error::from(ErrorKind::NotFound).into(), false);
        check(anyhow::anyhow!("broken pipe"), false);
    }
}
