//! Aliases that differ from another by slips.

use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use super::names::END;

/// The most slips that can be asked for.
const MOST_SLIPS: u8 = 2;

/// An automaton over the keys of aliases: one that is within some slips (a
/// letter added, left out, another, two swapped) of what is looked for, then
/// what stands behind it.
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

/// Where in a key the automaton is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    InAlias(u32),
    Behind,
    Lost,
}

impl fst::Automaton for Alike {
    type State = State;

    fn start(&self) -> State {
        State::InAlias(self.automaton.initial_state())
    }

    fn is_match(&self, state: &State) -> bool {
        *state == State::Behind
    }

    fn can_match(&self, state: &State) -> bool {
        *state != State::Lost
    }

    fn will_always_match(&self, state: &State) -> bool {
        *state == State::Behind
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        match *state {
            State::InAlias(at) if byte == END => match self.automaton.distance(at) {
                Distance::Exact(_) => State::Behind,
                Distance::AtLeast(_) => State::Lost,
            },
            State::InAlias(at) => match self.automaton.transition(at, byte) {
                SINK_STATE => State::Lost,
                next => State::InAlias(next),
            },
            other => other,
        }
    }
}
