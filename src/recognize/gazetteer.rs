//! The gazetteer: folded names to classes, in a finite-state map.

use std::sync::LazyLock;

use fst::Map;
use fst::raw::{Node, Output};

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
        let classes = SHIPPED.as_ref().and_then(|map| map.get(name)).map(Classes::from_bits).unwrap_or_default();
        if self.names { classes } else { classes.common() }
    }

    /// Hands every listed name that starts with the first of `words` and goes
    /// on with those after it to `sink`, shortest first: how many words it
    /// has, and its classes.
    pub fn prefixes<'w>(self, words: impl IntoIterator<Item = &'w str>, mut sink: impl FnMut(usize, Classes)) {
        let Some(map) = SHIPPED.as_ref().filter(|_| self.names) else { return };
        let fst = map.as_fst();
        let mut node = fst.root();
        let mut output = Output::zero();
        for (count, word) in words.into_iter().enumerate() {
            let space = (count > 0).then_some(b' ');
            for byte in space.into_iter().chain(word.bytes()) {
                let Some(index) = node.find_input(byte) else { return };
                let step = node.transition(index);
                output = output.cat(step.out);
                node = fst.node(step.addr);
            }
            if let Some(value) = final_value(&node, output) {
                sink(count + 1, Classes::from_bits(value));
            }
        }
    }
}

fn final_value(node: &Node<'_>, output: Output) -> Option<u64> {
    node.is_final().then(|| output.cat(node.final_output()).value())
}
