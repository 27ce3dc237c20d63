//! The gazetteer: folded names to classes, in a finite-state map.

use std::sync::LazyLock;

use fst::Map;
use fst::raw::{CompiledAddr, Fst, Output};

use super::classes::Classes;

/// Built by `newsearch-forge gazetteer`; see NOTICE for its sources.
static SHIPPED: LazyLock<Option<Map<&'static [u8]>>> =
    LazyLock::new(|| Map::new(&include_bytes!("../../data/gazetteer.fst")[..]).ok());

/// Names by their folded words, parted by single spaces.
///
/// ```
/// use newsearch::recognize::{Gazetteer, NameClass};
/// let gazetteer = Gazetteer::default();
/// assert!(gazetteer.classes("tom cruise").strength(NameClass::Person) > 0);
/// assert!(!gazetteer.classes("no such name at all").is_name());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Gazetteer {
    names: bool,
}

/// Where the letters of a word lead in the map: names begin with them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
    node: CompiledAddr,
    output: Output,
}

impl Reached {
    /// Where further letters lead.
    fn on(self, fst: &Fst<&'static [u8]>, bytes: impl IntoIterator<Item = u8>) -> Option<Self> {
        bytes.into_iter().try_fold(self, |Self { node, output }, byte| {
            let node = fst.node(node);
            let step = node.transition(node.find_input(byte)?);
            Some(Self { node: step.addr, output: output.cat(step.out) })
        })
    }

    /// What is known of the name that ends here.
    fn classes(self, fst: &Fst<&'static [u8]>) -> Option<Classes> {
        let node = fst.node(self.node);
        node.is_final().then(|| Classes::from_bits(self.output.cat(node.final_output()).value()))
    }
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self::new(true)
    }
}

impl Gazetteer {
    /// The gazetteer that newsearch ships with; without `names` it knows
    /// common words alone.
    pub fn new(names: bool) -> Self {
        Self { names }
    }

    /// What is known of a name; empty classes where nothing is.
    pub fn classes(self, name: &str) -> Classes {
        self.classes_at(self.reach(name))
    }

    /// Where a word leads, if any listed name begins with its letters.
    pub(super) fn reach(self, word: &str) -> Option<Reached> {
        let fst = SHIPPED.as_ref()?.as_fst();
        Reached { node: fst.root().addr(), output: Output::zero() }.on(fst, word.bytes())
    }

    /// What is known of the name that led there.
    pub(super) fn classes_at(self, reached: Option<Reached>) -> Classes {
        let known = SHIPPED.as_ref().zip(reached).and_then(|(map, reached)| reached.classes(map.as_fst()));
        let classes = known.unwrap_or_default();
        if self.names { classes } else { classes.common() }
    }

    /// Hands every listed name that starts with the word that led to `first`,
    /// whose classes stand beside it, and goes on with `words` to `sink`,
    /// shortest first: how many words it has, and its classes.
    pub(super) fn prefixes<'w>(
        self,
        (first, classes): (Option<Reached>, Classes),
        words: impl IntoIterator<Item = &'w str>,
        mut sink: impl FnMut(usize, Classes),
    ) {
        let Some((map, mut reached)) = SHIPPED.as_ref().filter(|_| self.names).zip(first) else { return };
        let fst = map.as_fst();
        sink(1, classes);
        for (count, word) in (2..).zip(words) {
            let next = reached.on(fst, [b' '].into_iter().chain(word.bytes()));
            let Some(next) = next else { return };
            if let Some(classes) = next.classes(fst) {
                sink(count, classes);
            }
            reached = next;
        }
    }
}
