//! The names that the first pass over an article found, as evidence for the
//! second pass.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;

use super::decoded_name::DecodedName;
use super::lexicon::WordTraits;
use super::scores::Scores;
use super::segments::SegmentContext;
use super::tokens::TokenView;

/// Names of the article by their folded words, and the parts of people's names.
#[derive(Debug, Default)]
pub(super) struct DocumentMemory {
    /// By the hash of all words of a name.
    names: FxHashMap<u64, NameEvidence>,
    /// The name that starts at each word, and its evidence alone.
    occurrences: FxHashMap<usize, (u64, NameEvidence)>,
    /// Kinds by last and by first words of full names.
    surnames: FxHashMap<u32, EntityKind>,
    first_names: FxHashMap<u32, EntityKind>,
}

/// The most that one occurrence adds to a score.
const MAX_SCORE: f32 = 4.0;

/// How often words were found to be a name, and the sum of the scores by kind.
#[derive(Debug, Default, Clone, Copy)]
struct NameEvidence {
    count: u32,
    scores: Scores,
}

impl DocumentMemory {
    /// Collects the names of an article.
    pub fn new(view: &TokenView<'_>, names: &[DecodedName]) -> Self {
        let mut memory = Self::default();
        for name in names {
            let key = view.key_hash(name.from, name.to);
            let mut one = NameEvidence { count: 1, ..NameEvidence::default() };
            one.scores[name.kind.ordinal()] = name.score.min(MAX_SCORE);
            memory.occurrences.insert(name.from, (key, one));
            let all = memory.names.entry(key).or_default();
            all.count += 1;
            all.scores[name.kind.ordinal()] += name.score.min(MAX_SCORE);
            memory.add_parts(view, name);
        }
        memory
    }

    /// Adds the first and the last word of a full name of a person or character.
    fn add_parts(&mut self, view: &TokenView<'_>, name: &DecodedName) {
        let full = name.to - name.from >= 2 && name.score >= 1.5;
        if !full || !name.kind.is_human() {
            return;
        }
        let words = &view.words[name.from..name.to];
        let Some(last) = words.iter().rev().find(|w| !w.traits.any(WordTraits::GENERATION)) else { return };
        self.surnames.entry(last.hash).or_insert(name.kind);
        self.first_names.entry(words[0].hash).or_insert(name.kind);
    }

    /// The evidence for each kind that the article has for words, given their
    /// hash; `None` if it never has them as a name.
    pub fn scores(&self, key: u64) -> Option<Scores> {
        self.names.get(&key).map(|found| favor_characters(found.scores))
    }

    /// Like [`DocumentMemory::scores`], without the occurrence that starts at
    /// the word `from`.
    pub fn scores_elsewhere(&self, key: u64, from: usize) -> Option<Scores> {
        let mut found = *self.names.get(&key)?;
        if let Some((_, here)) = self.occurrences.get(&from).filter(|(here, _)| *here == key) {
            found.count -= here.count;
            found.scores.iter_mut().zip(here.scores).for_each(|(all, own)| *all = (*all - own).max(0.0));
        }
        (found.count > 0).then(|| favor_characters(found.scores))
    }

    /// Whether the article has evidence beyond the segment's own words: the same
    /// words elsewhere, or a full name that a single word is part of.
    pub fn has_evidence(&self, context: &SegmentContext<'_, '_>) -> bool {
        let hash = context.first().hash;
        let part = context.len() == 1
            && (self.surnames.contains_key(&hash) || self.first_names.contains_key(&hash))
            && context.cut_ends() == 0;
        let key = context.view.key_hash(context.segment.from, context.segment.to);
        part || self.scores_elsewhere(key, context.segment.from).is_some()
    }

    /// The kind of the full names that end in this word.
    pub fn kind_of_surname(&self, word: u32) -> Option<EntityKind> {
        self.surnames.get(&word).copied()
    }

    /// The kind of the full names that start with this word.
    pub fn kind_of_first_name(&self, word: u32) -> Option<EntityKind> {
        self.first_names.get(&word).copied()
    }
}

/// Doubles the evidence for a character against that for a person: articles say
/// once that a name is a role.
fn favor_characters(mut scores: Scores) -> Scores {
    if scores[EntityKind::Person.ordinal()] > 0.0 {
        scores[EntityKind::Character.ordinal()] *= 2.0;
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::fixtures::with_view;
    use crate::recognize::lexicon::word_hash;
    use crate::recognize::segments::Segment;

    const PERSON: usize = EntityKind::Person as usize;
    const CHARACTER: usize = EntityKind::Character as usize;

    fn name(from: usize, to: usize, kind: EntityKind, score: f32) -> DecodedName {
        DecodedName { from, to, kind, score, margin: 0.0, listed: 0 }
    }

    #[test]
    fn scores_add_up_and_leave_out_the_own_occurrence() {
        with_view("Ann Lee met Ann Lee", |view| {
            let names = [name(0, 2, EntityKind::Person, 2.0), name(3, 5, EntityKind::Person, 9.0)];
            let memory = DocumentMemory::new(view, &names);
            let key = view.key_hash(0, 2);
            assert_eq!(memory.scores(key).map(|s| s[PERSON]), Some(2.0 + MAX_SCORE));
            assert_eq!(memory.scores_elsewhere(key, 0).map(|s| s[PERSON]), Some(MAX_SCORE));
            assert_eq!(memory.scores_elsewhere(key, 3).map(|s| s[PERSON]), Some(2.0));
            assert_eq!(memory.scores(view.key_hash(2, 3)), None);
            let once = DocumentMemory::new(view, &names[..1]);
            assert_eq!(once.scores_elsewhere(key, 0), None);
            assert_eq!(once.scores_elsewhere(key, 3).map(|s| s[PERSON]), Some(2.0));
        });
    }

    #[test]
    fn a_character_counts_twice_against_a_person() {
        with_view("Bond met Bond", |view| {
            let names = [name(0, 1, EntityKind::Person, 1.0), name(2, 3, EntityKind::Character, 1.5)];
            let scores = DocumentMemory::new(view, &names).scores(view.key_hash(0, 1));
            assert_eq!(scores.map(|s| (s[PERSON], s[CHARACTER])), Some((1.0, 3.0)));
            let scores = DocumentMemory::new(view, &names[1..]).scores(view.key_hash(0, 1));
            assert_eq!(scores.map(|s| s[CHARACTER]), Some(1.5));
        });
    }

    #[test]
    fn parts_of_full_names_are_known() {
        fn check(kind: EntityKind, score: f32, surname: &str, expected: Option<EntityKind>) {
            with_view("Robert Downey Jr. left", |view| {
                let memory = DocumentMemory::new(view, &[name(0, 3, kind, score)]);
                assert_eq!(memory.kind_of_surname(word_hash(surname)), expected);
                let first = expected.filter(|_| surname == "downey");
                assert_eq!(memory.kind_of_first_name(word_hash("robert")).filter(|_| surname == "downey"), first);
            });
        }
        check(EntityKind::Person, 1.5, "downey", Some(EntityKind::Person));
        check(EntityKind::Character, 3.0, "downey", Some(EntityKind::Character));
        // “Jr.” is not a surname, and an uncertain name or a work has none.
        check(EntityKind::Person, 1.5, "jr", None);
        check(EntityKind::Person, 1.4, "downey", None);
        check(EntityKind::Work, 3.0, "downey", None);
    }

    #[test]
    fn evidence_is_the_same_words_elsewhere_or_a_full_name() {
        with_view("Ann Lee left. Later Lee met Ann Smith and Bob.", |view| {
            let memory = DocumentMemory::new(view, &[name(0, 2, EntityKind::Person, 2.0)]);
            let check = |from: usize, to: usize, expected: bool| {
                let sentence = view.sentences.iter().find(|sentence| from < sentence.end).copied();
                let classes = view.gazetteer.classes(&view.key(from, to));
                let segment = Segment { from, to, classes, quoted: false, opens_quote: false, loose: false };
                let context = sentence.map(|sentence| SegmentContext::new(view, sentence, &segment));
                assert_eq!(context.map(|context| memory.has_evidence(&context)), Some(expected), "{from}..{to}");
            };
            check(0, 2, false);
            check(4, 5, true);
            // “Ann” of “Ann Smith” cuts a name.
            check(6, 7, false);
            check(9, 10, false);
        });
    }
}
