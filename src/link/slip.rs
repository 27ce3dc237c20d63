//! One slip of the pen.

/// Whether two folded names differ by exactly one slip: a letter more, less or
/// other, or two that changed places (Damerau 1964).
///
/// Unlike a distance this looks at both ends only, so that the many names
/// that begin alike can be compared pair by pair.
pub(super) fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - same_end], &b[..b.len() - same_end]) {
        ([], []) => false,
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_those_of_edit_distance_one() {
        let names = ["", "a", "ab", "ba", "goldblum", "goldbum", "glodblum", "goldblumm", "coldblum", "goldlbum"];
        for a in names {
            for b in names {
                assert_eq!(is_one_slip(a, b), strsim::osa_distance(a, b) == 1, "{a} {b}");
            }
        }
    }
}
