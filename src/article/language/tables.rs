//! The word lists that a language has to bring.

use jiff::civil::Weekday;

/// The word lists of a language. A new language is one more value of this type.
#[derive(Debug)]
#[non_exhaustive]
pub struct LanguageTables {
    /// Abbreviations, folded and as one word, with what they stand for, and whether that
    /// stands for them as well.
    pub abbreviations: &'static [(&'static str, &'static str, bool)],
    /// Words before a number that may be written as a word, folded.
    pub counted_parts: &'static [&'static str],
    /// Month names in lower case, January first.
    pub months: [&'static str; 12],
    /// Shortened month names in lower case.
    pub short_months: &'static [&'static str],
    /// Weekday names in lower case, Monday first.
    pub weekdays: [(&'static str, Weekday); 7],
    /// Abbreviations that do not end a sentence, in lower case, without the stop.
    pub never_final: &'static [&'static str],
    /// Abbreviations that may end a sentence.
    pub maybe_final: &'static [&'static str],
    /// Words that far more often start a sentence than continue a name.
    pub sentence_starters: &'static [&'static str],
    /// Words before a bare year that make it a date.
    pub before_year: &'static [&'static str],
    /// Words that mark a date as being in the future.
    pub future_words: &'static [&'static str],
    /// First words of holidays.
    pub holiday_starts: &'static [&'static str],
    /// Numbers in words; the index is the value.
    pub numbers: &'static [&'static str],
    /// Stems of words that carry grammar rather than meaning; sorted.
    pub function_words: &'static [&'static str],
    /// Base forms with the forms of the same word that no rule of spelling gives: those that
    /// mean nothing else, and those that are words of their own as well.
    pub irregular_forms: &'static [(&'static str, &'static [&'static str], &'static [&'static str])],
    /// Words that end like inflections of others and are none, in lower case; sorted.
    pub uninflected_words: &'static [&'static str],
    /// Given names of men in lower case, separated by spaces.
    pub masculine_names: &'static str,
    /// Given names of women in lower case, separated by spaces.
    pub feminine_names: &'static str,
    /// Cardinal numbers with their digits.
    pub cardinals: &'static [(&'static str, &'static str)],
    /// Ordinal numbers, “first” first.
    pub ordinals: &'static [&'static str],
    /// Words before the number of a part of a title, folded.
    pub part_words: &'static [&'static str],
    /// Titles and jobs before a full name, folded.
    pub honorifics: &'static [&'static str],
    /// Titles that are part of the name of people without a surname.
    pub regnal_titles: &'static [&'static str],
    /// Titles that are followed by “of” and a place.
    pub noble_titles: &'static [&'static str],
    /// Marks that tell parents from children, folded.
    pub generation_marks: &'static [&'static str],
    /// Legal forms that companies append to their names, folded.
    pub company_forms: &'static [&'static str],
    /// Forms of verbs of saying that `regular_speech_verbs` do not give.
    pub irregular_speech_verbs: &'static [&'static str],
    /// Stems of verbs of saying that take regular endings; sorted.
    pub regular_speech_verbs: &'static [&'static str],
    /// People and things that speak without a name of their own; sorted.
    pub unnamed_speakers: &'static [&'static str],
    /// Pronouns of people as subjects.
    pub pronouns: &'static [&'static str],
    /// Pronouns and nouns that mean a man.
    pub masculine: &'static [&'static str],
    /// Pronouns and nouns that mean a woman.
    pub feminine: &'static [&'static str],
    /// Verbs between an actor and a role that follows “as”.
    pub appearance_verbs: &'static [&'static str],
    /// Verbs whose object is a role.
    pub playing_verbs: &'static [&'static str],
    /// Verbs whose object is a role that is only heard.
    pub voicing_verbs: &'static [&'static str],
    /// Words that may stand between such a verb and the role.
    pub role_fillers: &'static [&'static str],
    /// Nouns for works.
    pub work_nouns: &'static [&'static str],
    /// Words whose dates are not of releases.
    pub non_release_words: &'static [&'static str],
    /// What has dates but is not a work: tours, ceremonies, trials.
    pub dated_events: &'static [&'static str],
    /// What is canceled or delayed but is not a work.
    pub cancelable_events: &'static [&'static str],
    /// Words that say that a date changed.
    pub rescheduling_words: &'static [&'static str],
    /// Words between “began” and “filming”.
    pub filming_fillers: &'static [&'static str],
    /// Prepositions that make the work behind them an object.
    pub prepositions: &'static [&'static str],
    /// Words that name a work for the sake of another.
    pub derived_works: &'static [&'static str],
    /// Words behind a title that make it an attribute.
    pub title_owners: &'static [&'static str],
    /// Parts of the names of awards, in lower case.
    pub awards: &'static [&'static str],
    /// Adjectives of nationality with their countries.
    pub nationalities: &'static [(&'static str, &'static str)],
}
