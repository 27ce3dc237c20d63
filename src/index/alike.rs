//! Aliases that differ from another by slips.

use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

/// The most slips that can be asked for.
const MOST_SLIPS: u8 = 2;

/// An automaton over aliases: those within some slips (a letter added, left
/// out, another, two swapped) of what is looked for.
pub(super) struct Alike {
    automaton: DFA,
}

impl Alike {
    pub fn new(alias: &str, slips: u8) -> Self {
        // Their tables are made once: it takes milliseconds for two slips.
        static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; MOST_SLIPS as usize + 1] =
            [const { OnceLock::new() }; MOST_SLIPS as usize + 1];
        let slips = slips.min(MOST_SLIPS);
        let builder = BUILDERS[usize::from(slips)].get_or_init(|| LevenshteinAutomatonBuilder::new(slips, true));
        Self { automaton: builder.build_dfa(alias) }
    }
}

impl fst::Automaton for Alike {
    type State = u32;

    fn start(&self) -> u32 {
        self.automaton.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.automaton.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.automaton.transition(*state, byte)
    }
}
