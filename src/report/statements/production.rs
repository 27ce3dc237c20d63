//! Rules for filming: “Filming began”, “wrapped up its filming in September 2021”.

use crate::article::Language;

use super::certainty::Certainty;
use super::modality::is_hypothetical;
use super::place::place;
use super::rule::CueMatch;
use super::sentence_parts::{date_behind, work_before};
use super::statement::Statement;

/// Verbs that say that filming ended.
const WRAPPED: &[&str] = &["wrapped", "wraps", "wrap", "completed", "finished", "concluded"];
/// Verbs that say that filming began.
const BEGAN: &[&str] =
    &["began", "begins", "begin", "begun", "started", "starts", "start", "commenced", "underway", "kicked"];
/// Words before the statement that make it a condition or something else.
const EXCLUDED: &[&str] =
    &["after", "since", "when", "before", "once", "until", "as", "company", "companies", "mass", "could", "if"];

/// “Filming wrapped”.
pub(super) fn filming_wrapped(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    found.extend(verb_of(cue, WRAPPED).and_then(|verb| filming(cue, verb)));
}

/// “Filming began”.
pub(super) fn filming_began(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    if verb_of(cue, WRAPPED).is_none() {
        found.extend(verb_of(cue, BEGAN).and_then(|verb| filming(cue, verb)));
    }
}

/// The first of some verbs near a cue, with only small words in between.
fn verb_of(cue: &CueMatch<'_>, verbs: &[&str]) -> Option<usize> {
    let (view, at) = (cue.view, cue.at);
    let fillers = Language::default().tables().filming_fillers;
    let joined = |verb: usize| {
        let between = if verb < at { verb + 1..at } else { at + 1..verb };
        view.words[between].iter().all(|word| fillers.contains(&&*word.lower))
    };
    let mut near = at.saturating_sub(5)..(at + 6).min(view.words.len());
    near.find(|at| verbs.contains(&view.lower(*at)) && joined(*at))
}

fn filming(cue: &CueMatch<'_>, verb: usize) -> Option<Statement> {
    let (view, at) = (cue.view, cue.at);
    let (from, to) = (verb.min(at), verb.max(at));
    let other = matches!(view.lower(at + 1), "company" | "companies" | "of");
    if is_hypothetical(view, verb) || view.has(from.saturating_sub(2)..from, EXCLUDED) || other {
        return None;
    }
    let work = work_before(view, from).or_else(|| cue.subjects.referred_to(view, from))?;
    let statement = cue.statement();
    let ahead = view.has(from.saturating_sub(4)..to, &["will", "to", "set", "scheduled", "expected"]);
    let certainty = if ahead { statement.certainty } else { Certainty::Happened };
    let (date, place) = (date_behind(view, to), place(view, from, to));
    Some(Statement { work: Some(work), date, certainty, place, ..statement })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_certainty};

    #[test]
    fn filming_begins() {
        check("Filming began on “[work|Harbor]” in Rome.", &["filming-began, Harbor"]);
        check("“[work|Harbor]” began filming in [20180501|May 2018].", &["filming-began, Harbor, 20180501"]);
        check("“[work|Harbor]” will start shooting soon.", &["filming-began, Harbor"]);
        check("Production on “[work|Harbor]” is underway.", &[]);
        check("“[work|Harbor]” kicked off production in [place|Rome].", &[]);
        check("“[work|Harbor]” has begun principal photography in [place|Rome].", &["filming-began, Harbor, Rome"]);
    }

    #[test]
    fn filming_ends() {
        check("“[work|Harbor]” wrapped filming in [20210901|September].", &["filming-wrapped, Harbor, 20210901"]);
        check("“[work|Harbor]” finished production.", &["filming-wrapped, Harbor"]);
    }

    #[test]
    fn cues_are_found_in_any_case() {
        check("“[work|Harbor]” is back.\nShooting began in [place|Rome].", &["filming-began, Harbor, Rome"]);
        check("“[work|Harbor]” is back.\nFilming began in [place|Rome].", &["filming-began, Harbor, Rome"]);
        check("“[work|Harbor]” is back.\nPhotography wrapped.", &["filming-wrapped, Harbor"]);
    }

    #[test]
    fn what_is_no_fact_is_not_stated() {
        check("“[work|Harbor]” could begin filming.", &[]);
        check("“[work|Harbor]” changed after filming began.", &[]);
        check("“[work|Harbor]” started a production company.", &[]);
        check("“[work|Harbor]” is about filming.", &[]);
    }

    #[test]
    fn plans_have_the_certainty_of_the_sentence() {
        check_certainty("“[work|Harbor]” began filming.", &["filming-began, Harbor, happened"]);
        check_certainty("“[work|Harbor]” is set to begin filming.", &["filming-began, Harbor, reported"]);
        check_certainty("It is official: “[work|Harbor]” will begin filming.", &["filming-began, Harbor, confirmed"]);
    }
}
