//! English.

mod abbreviations;
mod calendar;
mod credits;
mod dates;
mod function_words;
mod given_names;
mod inflections;
mod numbers;
mod sentences;
mod speech;
mod statements;
mod titles;

use super::tables::LanguageTables;

/// The word lists of English.
pub(super) static TABLES: LanguageTables = LanguageTables {
    abbreviations: abbreviations::ABBREVIATIONS,
    counted_parts: numbers::COUNTED_PARTS,
    months: calendar::MONTHS,
    short_months: calendar::SHORT_MONTHS,
    weekdays: calendar::WEEKDAYS,
    never_final: sentences::NEVER_FINAL,
    maybe_final: sentences::MAYBE_FINAL,
    sentence_starters: sentences::STARTERS,
    before_year: dates::BEFORE_YEAR,
    future_words: dates::AHEAD,
    holiday_starts: dates::HOLIDAYS,
    numbers: dates::NUMBERS,
    function_words: function_words::FUNCTION_WORDS,
    irregular_forms: inflections::IRREGULAR,
    uninflected_words: inflections::UNINFLECTED,
    masculine_names: given_names::MEN,
    feminine_names: given_names::WOMEN,
    cardinals: numbers::CARDINALS,
    ordinals: numbers::ORDINALS,
    part_words: numbers::PART_WORDS,
    honorifics: titles::HONORIFICS,
    regnal_titles: titles::REGNAL,
    noble_titles: titles::NOBLE,
    generation_marks: titles::GENERATIONS,
    company_forms: titles::COMPANY_FORMS,
    irregular_speech_verbs: speech::IRREGULAR,
    regular_speech_verbs: speech::REGULAR,
    unnamed_speakers: speech::UNNAMED_SPEAKERS,
    pronouns: speech::PRONOUNS,
    masculine: speech::MASCULINE,
    feminine: speech::FEMININE,
    appearance_verbs: credits::APPEARS,
    playing_verbs: credits::PLAYS,
    voicing_verbs: credits::VOICES,
    role_fillers: credits::ROLE_FILLERS,
    work_nouns: statements::WORK_NOUNS,
    non_release_words: statements::NON_RELEASE,
    dated_events: statements::DATED_EVENTS,
    cancelable_events: statements::CANCELABLE_EVENTS,
    rescheduling_words: statements::RESCHEDULING,
    filming_fillers: statements::FILMING_FILLERS,
    prepositions: statements::PREPOSITIONS,
    derived_works: statements::DERIVED_WORKS,
    title_owners: statements::TITLE_OWNERS,
    awards: statements::AWARDS,
    nationalities: statements::NATIONALITIES,
};
