//! Looking up names word by word: states of the finite-state map.

use fst::raw::{CompiledAddr, Fst, Output};

use super::classes::ClassStrengths;
use super::fst_map::SHIPPED;

/// A state of the map: some listed name starts with the bytes that led to it.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognize) struct FstState {
    node: CompiledAddr,
    /// Sum of the outputs on the way to the node.
    output: Output,
}

impl FstState {
    /// The state before the first byte.
    pub(super) fn root(fst: &Fst<&'static [u8]>) -> Self {
        Self { node: fst.root().addr(), output: Output::zero() }
    }

    /// The state after more bytes; `None` if no listed name goes on like that.
    pub(super) fn advance(self, fst: &Fst<&'static [u8]>, bytes: impl IntoIterator<Item = u8>) -> Option<Self> {
        bytes.into_iter().try_fold(self, |Self { node, output }, byte| {
            let node = fst.node(node);
            let step = node.transition(node.find_input(byte)?);
            Some(Self { node: step.addr, output: output.cat(step.out) })
        })
    }

    /// The classes of the name that ends here; `None` if no name does.
    pub(super) fn classes(self, fst: &Fst<&'static [u8]>) -> Option<ClassStrengths> {
        let node = fst.node(self.node);
        node.is_final().then(|| ClassStrengths::from_bits(self.output.cat(node.final_output()).value()))
    }
}

/// Follows the listed names that start with a sequence of words.
pub(in crate::recognize) struct PrefixCursor {
    state: Option<FstState>,
    /// The classes of the words so far, taken as a whole name.
    pub classes: ClassStrengths,
}

impl PrefixCursor {
    /// A cursor after the first word.
    pub(super) fn new(state: Option<FstState>, classes: ClassStrengths) -> Self {
        Self { state, classes }
    }

    /// Appends a folded word.
    pub fn push(&mut self, word: &str) {
        let Some((map, state)) = SHIPPED.as_ref().zip(self.state) else { return };
        self.state = state.advance(map.as_fst(), [b' '].into_iter().chain(word.bytes()));
        self.classes = self.state.and_then(|state| state.classes(map.as_fst())).unwrap_or_default();
    }
}
