//! Given names and their short forms.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The groups of `data/nicknames.tsv` that a given name belongs to.
static GROUPS: LazyLock<FxHashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut groups: FxHashMap<&'static str, Vec<u16>> = FxHashMap::default();
    let lines = include_str!("../../data/nicknames.tsv").lines().filter(|line| !line.starts_with('#'));
    for (number, line) in lines.enumerate() {
        for name in line.split('\t') {
            groups.entry(name).or_default().push(number as u16);
        }
    }
    groups
});

/// Whether two folded given names are the same or forms of one name.
///
/// ```
/// use newsearch::internals::link::same_given_name;
/// assert!(same_given_name("benji", "benjamin"));
/// assert!(!same_given_name("benji", "beatrice"));
/// ```
pub fn same_given_name(a: &str, b: &str) -> bool {
    a == b || groups_of(a).iter().any(|group| groups_of(b).contains(group))
}

/// The groups of a folded given name; names of one group are forms of one name.
pub(super) fn groups_of(name: &str) -> &'static [u16] {
    GROUPS.get(name).map_or(&[], Vec::as_slice)
}
