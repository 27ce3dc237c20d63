//! Which written forms a typed word finds.
//!
//! A stem unites “premiere” with “premier” and “success” with “succession”. A word finds
//! its own inflections; the other forms of its stem add to the score of articles that
//! match anyway.

use crate::article::{EntityKind, Language};
use crate::index::Inflections;
use crate::search::error::SearchError;
use crate::search::language::syntax_tree::{FieldScope, Occur};
use crate::search::params::OTHER_FORMS_WEIGHT;
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, Unit, UnitKind};
use crate::segment::{InflectionRules, Stemmer, with_stemmer};

/// A typed word with the words of the archive that have its stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordForms {
    pub stem: String,
    /// The word itself, first, and its inflections.
    pub forms: Vec<String>,
    /// What else has the stem: derived words, and words of other meaning.
    pub others: Vec<String>,
}

impl WordForms {
    /// All forms of the stem of a folded word, and its irregular forms.
    pub fn all(planner: &Planner<'_>, word: &str, stemmer: &mut Stemmer) -> Self {
        let mut found = Self::new(word, stemmer, &planner.snapshot.segments.forms);
        found.forms.append(&mut found.others);
        found
    }

    /// The forms of a folded word in an archive. A given name has no plural: “Williams” is
    /// another name.
    pub fn of(planner: &Planner<'_>, word: &str, stemmer: &mut Stemmer) -> Result<Self, SearchError> {
        let mut found = Self::new(word, stemmer, &planner.snapshot.segments.forms);
        let mut kept = Vec::with_capacity(found.forms.len());
        for form in found.forms {
            let is_plural = |one: &str, many: &str| many.strip_suffix('s') == Some(one);
            let base = [(word, &*form), (&*form, word)].into_iter().find(|(one, many)| is_plural(one, many));
            if base.is_none_or(|(one, _)| !is_given_name(planner, one).unwrap_or(false)) {
                kept.push(form);
            }
        }
        found.forms = kept;
        Ok(found)
    }

    /// The forms of a folded word among inflections.
    fn new(word: &str, stemmer: &mut Stemmer, inflections: &Inflections) -> Self {
        let rules = InflectionRules::default();
        let stem = stemmer.stem(word).to_owned();
        let of_stem = inflections.of(&stem);
        let is_word = |other: &str| of_stem.iter().any(|form| form == other);
        let (same, others): (Vec<String>, Vec<String>) = of_stem
            .iter()
            .filter(|form| *form != word)
            .cloned()
            .partition(|form| rules.is_same_word(word, form, is_word));
        let mut forms = vec![word.to_owned()];
        forms.extend(same);
        for irregular in rules.irregular(word) {
            if !forms.iter().any(|form| form == irregular) {
                forms.push(irregular.to_owned());
                let of_base = inflections.of(stemmer.stem(irregular)).into_iter();
                let new: Vec<String> = of_base
                    .filter(|form| !forms.contains(form) && rules.is_same_word(irregular, form, |_| false))
                    .collect();
                forms.extend(new);
            }
        }
        let others = others.into_iter().filter(|form| !forms.contains(form)).collect();
        Self { stem, forms, others }
    }
}

/// Whether a word is a given name that at least half of its articles give people.
fn is_given_name(planner: &Planner<'_>, word: &str) -> Result<bool, SearchError> {
    if !Language::default().is_given_name(word) {
        return Ok(false);
    }
    let frequency = planner.snapshot.term_frequency(planner.schema.body, word)?;
    if frequency == 0 {
        return Ok(false);
    }
    planner.snapshot.given_names.get_or_insert_with(word, || {
        let mut named = 0_u64;
        planner.entities.names().each_with_prefix(word, |alias, id, articles| {
            let is_full = alias.len() > word.len() && planner.entities.names().kind(id) == Some(EntityKind::Person);
            named += if is_full { articles.into() } else { 0 };
        });
        Ok(2 * named >= frequency)
    })
}

/// Restricts a typed word, which is a name, to that name, and to its plural where it has
/// one: “Wicked” is not “wick”, but “Oscars” is “Oscar”.
pub(crate) fn keep_name(unit: &mut Unit, has_plural: bool) {
    let UnitKind::Words(sequences) = &mut unit.kind else { return };
    for forms in sequences.iter_mut().filter(|sequence| !sequence.exact).flat_map(|sequence| &mut sequence.forms) {
        let Some(typed) = forms.first().cloned() else { continue };
        let is_plural = |one: &str, many: &str| many.strip_suffix('s') == Some(one);
        forms.retain(|form| *form == typed || has_plural && (is_plural(form, &typed) || is_plural(&typed, form)));
    }
    unit.is_name = true;
}

/// Adds the other forms of the stems of single words, as clauses that match in part.
pub(crate) fn add_others(planner: &Planner<'_>, plan: &mut Plan) -> Result<(), SearchError> {
    if plan.has_stems {
        return Ok(());
    }
    let inflections = &planner.snapshot.segments.forms;
    let mut added = Vec::new();
    with_stemmer(|stemmer| {
        for (at, clause) in plan.clauses.iter().enumerate() {
            let Node::Unit(number) = clause.node else { continue };
            let unit = &plan.units[number];
            let is_plain = clause.occur == Occur::Should && unit.role == Role::Scored && !unit.is_name;
            let (true, UnitKind::Words(sequences)) = (is_plain, &unit.kind) else { continue };
            let [Sequence { exact: false, forms, .. }, ..] = &sequences[..] else { continue };
            let [Some(typed)] = forms.iter().map(|forms| forms.first()).collect::<Vec<_>>()[..] else { continue };
            let word = WordForms::new(typed, stemmer, inflections);
            if !word.others.is_empty() {
                let weight = unit.weight * OTHER_FORMS_WEIGHT;
                added.push((at, unit.text.clone(), unit.scope, weight, word));
            }
        }
    });
    for (at, text, scope, weight, word) in added {
        let (body, title) = (planner.schema.body, planner.schema.title);
        // The stem itself may be no word.
        if planner.snapshot.frequency(body, &word.others)? + planner.snapshot.frequency(title, &word.others)? == 0 {
            continue;
        }
        let node = plan.push(others_of(text, scope, weight, word));
        plan.clauses.push(Clause { is_partial: true, others_of: Some(at), ..Clause::new(Occur::Should, node) });
    }
    Ok(())
}

fn others_of(text: String, scope: FieldScope, weight: f32, word: WordForms) -> Unit {
    let sequence = Sequence { terms: vec![word.stem], exact: false, forms: vec![word.others] };
    Unit { scope, ..Unit::scored(text, UnitKind::Words(vec![sequence]), weight) }
}
