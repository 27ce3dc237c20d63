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
        self.look_up(name).1
    }

    /// Where a word leads, if any listed name begins with its letters, and what
    /// is known of it.
    pub(super) fn look_up(self, word: &str) -> (Option<Reached>, Classes) {
        let Some(map) = SHIPPED.as_ref() else { return (None, Classes::default()) };
        let fst = map.as_fst();
        let root = Reached { node: fst.root().addr(), output: Output::zero() };
        let reached = root.on(fst, word.bytes());
        let classes = reached.and_then(|reached| reached.classes(fst)).unwrap_or_default();
        (reached, if self.names { classes } else { classes.common() })
    }

    /// The listed names that begin with a word, of which is known where it
    /// leads, and its classes.
    pub(super) fn names_from(self, reached: Option<Reached>, classes: Classes) -> NamesFrom {
        if self.names {
            NamesFrom { reached, classes }
        } else {
            NamesFrom { reached: None, classes: Classes::default() }
        }
    }
}

/// The listed names that begin with some words.
pub(super) struct NamesFrom {
    reached: Option<Reached>,
    /// What is known of the name that these words are.
    pub classes: Classes,
}

impl NamesFrom {
    /// Goes on with a word.
    pub fn push(&mut self, word: &str) {
        let Some((map, reached)) = SHIPPED.as_ref().zip(self.reached) else { return };
        self.reached = reached.on(map.as_fst(), [b' '].into_iter().chain(word.bytes()));
        self.classes = self.reached.and_then(|reached| reached.classes(map.as_fst())).unwrap_or_default();
    }
}
