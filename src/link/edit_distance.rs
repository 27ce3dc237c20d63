//! Edit distance one.

/// Whether two folded names differ by exactly one edit: an insertion, a deletion, a
/// substitution or a transposition of neighbors (Damerau 1964), in bytes.
///
/// Compares common prefix and suffix only, which is cheap enough for all pairs of
/// names that begin alike.
pub(super) fn is_one_edit(a: &str, b: &str) -> bool {
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
    fn agrees_with_the_edit_distance() {
        let names = ["", "a", "ab", "ba", "goldblum", "goldbum", "glodblum", "goldblumm", "coldblum", "goldlbum"];
        for a in names {
            for b in names {
                assert_eq!(is_one_edit(a, b), strsim::osa_distance(a, b) == 1, "{a} {b}");
            }
        }
    }
}
