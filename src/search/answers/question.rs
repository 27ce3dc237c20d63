//! Questions whose answers credits and statements have: “who plays X in Y?”, “when does X
//! come out?”.
//!
//! A question has the form of a row of [`FORMS`], whatever its case and punctuation. What
//! the row leaves open is the name that is asked about.

use crate::search::hits::question_answer::QuestionKind;
use crate::segment::fold;

/// When the event that is asked about happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// “When did X come out?”: the first time.
    Past,
    /// “When does X come out?”: the newest plan.
    Present,
}

/// A question about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub kind: QuestionKind,
    pub tense: Tense,
    /// Whether the name must be that of a character: “who is X?”
    pub of_character: bool,
    /// The name, as it was typed.
    pub name: String,
    /// The season of the series, where one is named.
    pub season: Option<u32>,
}

/// The forms of questions. `*` stands for the name, `|` is between words of which there
/// may be any, and a word with `?` may be left out.
const FORMS: &[(QuestionKind, &str)] = &[
    (QuestionKind::Plays, "who is|was? plays|played|playing|portrays|portrayed|portraying *"),
    (QuestionKind::Plays, "who will play|portray|voice *"),
    (QuestionKind::Plays, "who is|was? voices|voiced|voicing *"),
    (QuestionKind::Plays, "who is|was the voice of *"),
    (QuestionKind::Plays, "who stars|starred as *"),
    (QuestionKind::Plays, "who is|was * played|portrayed|voiced by"),
    (QuestionKind::Plays, "* is|was? played|portrayed|voiced by who|whom?"),
    (QuestionKind::Plays, "by whom is|was * played|portrayed|voiced"),
    (
        QuestionKind::Plays,
        "who|what|which is|was? the? name? of? the? actor|actress|star who|that? is|was? plays|played|playing|portrays|portrayed|voices|voiced *",
    ),
    (QuestionKind::Plays, "actor|actress who|that? plays|played|playing|portrays|portrayed|voices|voiced *"),
    (QuestionKind::Plays, "who|what is|was the actor|actress for|behind|of? *"),
    (QuestionKind::Directs, "who is|was? directed|directs|directing|helmed|helms|helming *"),
    (QuestionKind::Directs, "who will direct|helm *"),
    (QuestionKind::Directs, "who|what is|was? the? director of|behind *"),
    (QuestionKind::Directs, "who is|was the * director"),
    (QuestionKind::Directs, "the? director of *"),
    (QuestionKind::Directs, "who|whom is|was * directed by"),
    (QuestionKind::Directs, "by whom is|was * directed"),
    (QuestionKind::Directs, "* is|was? directed by who|whom?"),
    (QuestionKind::Directs, "which|what director made|directed *"),
    (QuestionKind::Writes, "who is|was? wrote|writes|writing|penned *"),
    (QuestionKind::Writes, "who wrote|writes|penned the screenplay|script of|for|to *"),
    (QuestionKind::Writes, "who is|was? the? writer|author|screenwriter of|behind *"),
    (QuestionKind::Writes, "the? writer|author|screenwriter of *"),
    (QuestionKind::Writes, "who is|was * written by"),
    (QuestionKind::Writes, "by whom is|was * written"),
    (QuestionKind::Creates, "who created|creates *"),
    (QuestionKind::Creates, "who is|was? the? creator of|behind *"),
    (QuestionKind::Creates, "the? creator of *"),
    (QuestionKind::Creates, "who is|was * created by"),
    (QuestionKind::Produces, "who is|was? produced|produces|producing *"),
    (QuestionKind::Produces, "who is|was? the? producer of|behind *"),
    (QuestionKind::Produces, "the? producer of *"),
    (QuestionKind::Produces, "who is|was * produced by"),
    (QuestionKind::Stars, "who is|was? stars|starred|starring|acts|acted in *"),
    (QuestionKind::Stars, "who will star in *"),
    (QuestionKind::Stars, "who is|are|was|were the star|stars|lead|leads of|in *"),
    (QuestionKind::Stars, "who is|are|was|were in the cast of *"),
    (QuestionKind::Stars, "who is|are|was|were in *"),
    (QuestionKind::Stars, "who|what is|are|was? the? cast|actors|stars of|in|for *"),
    (QuestionKind::Stars, "the? cast|stars of *"),
    (QuestionKind::Stars, "what|which actor|actors|actress|actresses is|are|stars|star|starred|appear|appears in *"),
    (QuestionKind::Stars, "* cast"),
    (
        QuestionKind::Release,
        "when|on? what? day|date? does|do|did|will|is|was * come|coming|out out? in|to|on? theaters|theatres|cinemas?",
    ),
    (QuestionKind::Release, "when|what day|date? does|did|will * hit|hits theaters|theatres|cinemas"),
    (QuestionKind::Release, "when is|was|will * be? being? released in|to? theaters|theatres|cinemas?"),
    (QuestionKind::Release, "when does|did|will * release|open|opens in? theaters|theatres|cinemas?"),
    (QuestionKind::Release, "when is * opening|releasing in? theaters|theatres|cinemas?"),
    (QuestionKind::Release, "when is|was * in|on|at theaters|theatres|cinemas|the? movies?"),
    (
        QuestionKind::Release,
        "what day|date|year does|did|is|was * come|coming|released|out out? in? theaters|theatres?",
    ),
    (QuestionKind::Release, "when is|was the release date? of|for *"),
    (QuestionKind::Release, "when|what is|was? the? release date of|for *"),
    (QuestionKind::Release, "when|what is|was the? * release date?"),
    (QuestionKind::Release, "the? release date of|for *"),
    (QuestionKind::Release, "* release date"),
    (QuestionKind::Premiere, "when does|did|will * premiere|premier|air|start|return|debut|begin"),
    (QuestionKind::Premiere, "when is * premiering|airing|starting|returning|debuting|on|back"),
    (QuestionKind::Premiere, "when is|was|will the? * premiere|premiered|debut"),
    (QuestionKind::Premiere, "when|what is|was the? * premiere date"),
    (QuestionKind::Premiere, "when|what is|was the premiere date? of|for *"),
    (QuestionKind::Premiere, "the? premiere date of|for *"),
    (QuestionKind::Premiere, "* premiere date"),
    (QuestionKind::Premiere, "what day|date does|did|is|was * premiere|premiering|air|airing|start|return"),
    (QuestionKind::Plays, "who is|was the? new? *"),
];

/// The longest question, in words.
const MAX_WORDS: usize = 20;

impl Question {
    /// The question that a text is, if it has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        let words = words_of(text);
        let folded: Vec<String> = words.iter().map(|word| bare(&fold(word)).to_owned()).collect();
        if folded.len() < 2 || folded.len() > MAX_WORDS || !may_ask(&folded) {
            return None;
        }
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        let found = |(kind, form): &(QuestionKind, &str)| {
            let (from, to) = matched(&form.split(' ').collect::<Vec<_>>(), &folded)?;
            Some((*kind, *form, from, to))
        };
        let (kind, form, from, to) = FORMS.iter().find_map(found)?;
        let name = words[from..to].join(" ");
        let is_past = folded[..from].iter().chain(&folded[to..]).any(|word| matches!(*word, "did" | "was" | "were"));
        let tense = if is_past { Tense::Past } else { Tense::Present };
        let of_character = form == FORMS[FORMS.len() - 1].1;
        let (name, season) = without_season(name.trim_matches(is_mark));
        let name = name.trim_matches(is_mark).to_owned();
        (!name.is_empty()).then_some(Self { kind, tense, of_character, name, season })
    }
}

/// Whether a question may be among these words: nearly no query that is none gets to the
/// table.
fn may_ask(folded: &[String]) -> bool {
    let first = folded[0].as_str();
    let last = folded[folded.len() - 1].as_str();
    matches!(
        first,
        "who"
            | "when"
            | "what"
            | "which"
            | "on"
            | "by"
            | "actor"
            | "actress"
            | "the"
            | "director"
            | "writer"
            | "author"
            | "screenwriter"
            | "creator"
            | "producer"
            | "cast"
            | "stars"
            | "release"
            | "premiere"
    ) || matches!(last, "cast" | "date" | "by" | "who" | "whom")
}

/// The words of a text, with “who's” as two.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let straight = word.replace('’', "'");
        match straight.to_lowercase().as_str() {
            "who's" | "whos" | "when's" | "what's" => {
                let bare = straight.trim_end_matches(['s', 'S']).trim_end_matches('\'');
                words.extend([bare.to_owned(), "is".to_owned()]);
            }
            _ if word.chars().all(|c| is_mark(c) || c == '?') => {}
            _ => words.push(word.to_owned()),
        }
    }
    if let Some(last) = words.last_mut() {
        let kept = last.trim_end_matches(|c: char| matches!(c, '?' | '؟' | '？') || is_mark(c)).len();
        last.truncate(kept);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Marks around names and words.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | ',' | ';' | ' ')
}

/// A word without marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(is_mark)
}

/// The words that `*` of a form stands for, if the whole of the words has the form.
fn matched(form: &[&str], words: &[&str]) -> Option<(usize, usize)> {
    let (step, rest) = form.split_first()?;
    if *step == "*" {
        // The rest of a form is short: from the longest name on.
        return (1..=words.len()).rev().find(|to| is_tail(rest, &words[*to..])).map(|to| (0, to));
    }
    let shifted = |words: &[&str], by: usize| matched(rest, words).map(|(from, to)| (from + by, to + by));
    let (choices, optional) = choices(step);
    let taken = words.first().is_some_and(|word| choices.split('|').any(|choice| choice == *word));
    let with = if taken { shifted(&words[1..], 1) } else { None };
    with.or_else(|| if optional { shifted(words, 0) } else { None })
}

/// Whether words have the rest of a form, behind the name.
fn is_tail(form: &[&str], words: &[&str]) -> bool {
    let Some((step, rest)) = form.split_first() else { return words.is_empty() };
    let (choices, optional) = choices(step);
    let taken = words.first().is_some_and(|word| choices.split('|').any(|choice| choice == *word));
    taken && is_tail(rest, &words[1..]) || optional && is_tail(rest, words)
}

/// The words that a step of a form may be, and whether it may be left out.
fn choices(step: &str) -> (&str, bool) {
    step.strip_suffix('?').map_or((step, false), |choices| (choices, true))
}

/// A name without “season 3”, and that number.
fn without_season(name: &str) -> (String, Option<u32>) {
    let words: Vec<&str> = name.split(' ').collect();
    for at in 0..words.len() {
        let here = fold(words[at]);
        if here != "season" {
            continue;
        }
        let number = |at: usize| words.get(at).and_then(|word| season_number(&fold(word)));
        let (from, to, found) = match (number(at + 1), at.checked_sub(1).and_then(number)) {
            (Some(found), _) => (at, at + 2, found),
            (None, Some(found)) => (at - 1, at + 1, found),
            (None, None) => continue,
        };
        let rest = [&words[..from], &words[to..]].concat();
        let rest: Vec<&str> = match rest[..] {
            ["the" | "The", "of", ref rest @ ..] | ["the" | "The", ref rest @ .., "of"] => rest.to_vec(),
            ["of", ref rest @ ..] => rest.to_vec(),
            _ => rest,
        };
        return (rest.join(" "), Some(found));
    }
    (name.to_owned(), None)
}

/// The number of a season: “3”, “three”, “third”.
pub(crate) fn season_number(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    let listed = |list: &[&str]| (1..).zip(list).find(|(_, known)| **known == word).map(|(number, _)| number);
    let written = || word.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse().ok();
    listed(&NUMBERS).or_else(|| listed(&ORDINALS)).or_else(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked about which name, for each of some questions.
    const ASKED: &[(&str, QuestionKind, &str)] = &[
        ("who plays Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("Who plays Mia Ray?", QuestionKind::Plays, "Mia Ray"),
        ("WHO PLAYS MIA RAY?", QuestionKind::Plays, "MIA RAY"),
        ("who played the captain in Harbor", QuestionKind::Plays, "the captain in Harbor"),
        ("who is playing Mia Ray?", QuestionKind::Plays, "Mia Ray"),
        ("who's playing Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("Who’s playing “Mia Ray”?", QuestionKind::Plays, "Mia Ray"),
        ("who will play Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("who portrays Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("who portrayed Mia Ray in \"Harbor\"?", QuestionKind::Plays, "Mia Ray in \"Harbor"),
        ("who voices Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("who is the voice of Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("who was Mia Ray played by", QuestionKind::Plays, "Mia Ray"),
        ("Mia Ray is played by who?", QuestionKind::Plays, "Mia Ray"),
        ("Mia Ray played by", QuestionKind::Plays, "Mia Ray"),
        ("by whom is Mia Ray played?", QuestionKind::Plays, "Mia Ray"),
        ("which actor plays Mia Ray?", QuestionKind::Plays, "Mia Ray"),
        ("what actress played Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("what is the name of the actor who plays Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("who is the actress that plays Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("actor who plays Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("who stars as Mia Ray", QuestionKind::Plays, "Mia Ray"),
        ("who is Mia Ray?", QuestionKind::Plays, "Mia Ray"),
        ("who is the new Mia Ray?", QuestionKind::Plays, "Mia Ray"),
        ("who directed Harbor", QuestionKind::Directs, "Harbor"),
        ("Who directed 'Harbor'?", QuestionKind::Directs, "Harbor"),
        ("who directs Harbor", QuestionKind::Directs, "Harbor"),
        ("who is directing Harbor?", QuestionKind::Directs, "Harbor"),
        ("who will direct Harbor", QuestionKind::Directs, "Harbor"),
        ("who is the director of Harbor", QuestionKind::Directs, "Harbor"),
        ("who's the director of Harbor?", QuestionKind::Directs, "Harbor"),
        ("who is the Harbor director", QuestionKind::Directs, "Harbor"),
        ("director of Harbor", QuestionKind::Directs, "Harbor"),
        ("the director of Harbor", QuestionKind::Directs, "Harbor"),
        ("who was Harbor directed by", QuestionKind::Directs, "Harbor"),
        ("Harbor directed by", QuestionKind::Directs, "Harbor"),
        ("which director made Harbor", QuestionKind::Directs, "Harbor"),
        ("who wrote Harbor", QuestionKind::Writes, "Harbor"),
        ("who wrote the screenplay for Harbor", QuestionKind::Writes, "Harbor"),
        ("author of Harbor", QuestionKind::Writes, "Harbor"),
        ("who is the screenwriter of Harbor", QuestionKind::Writes, "Harbor"),
        ("who was Harbor written by?", QuestionKind::Writes, "Harbor"),
        ("who created Harbor", QuestionKind::Creates, "Harbor"),
        ("creator of Harbor", QuestionKind::Creates, "Harbor"),
        ("who is the creator of Harbor?", QuestionKind::Creates, "Harbor"),
        ("who produced Harbor", QuestionKind::Produces, "Harbor"),
        ("who is producing Harbor?", QuestionKind::Produces, "Harbor"),
        ("who stars in Harbor", QuestionKind::Stars, "Harbor"),
        ("who starred in Harbor?", QuestionKind::Stars, "Harbor"),
        ("who is starring in Harbor", QuestionKind::Stars, "Harbor"),
        ("who will star in Harbor", QuestionKind::Stars, "Harbor"),
        ("who is in Harbor", QuestionKind::Stars, "Harbor"),
        ("who is in the cast of Harbor", QuestionKind::Stars, "Harbor"),
        ("who are the stars of Harbor", QuestionKind::Stars, "Harbor"),
        ("cast of Harbor", QuestionKind::Stars, "Harbor"),
        ("the cast of Harbor", QuestionKind::Stars, "Harbor"),
        ("Harbor cast", QuestionKind::Stars, "Harbor"),
        ("what actors are in Harbor", QuestionKind::Stars, "Harbor"),
        ("when does Harbor come out", QuestionKind::Release, "Harbor"),
        ("When does \"Harbor\" come out?", QuestionKind::Release, "Harbor"),
        ("when is Harbor coming out", QuestionKind::Release, "Harbor"),
        ("when will Harbor come out in theaters", QuestionKind::Release, "Harbor"),
        ("when is harbor out", QuestionKind::Release, "harbor"),
        ("when does Harbor hit theaters", QuestionKind::Release, "Harbor"),
        ("when is Harbor released", QuestionKind::Release, "Harbor"),
        ("when will Harbor be released", QuestionKind::Release, "Harbor"),
        ("when is Harbor being released?", QuestionKind::Release, "Harbor"),
        ("when does Harbor open", QuestionKind::Release, "Harbor"),
        ("when is Harbor in theaters", QuestionKind::Release, "Harbor"),
        ("what day does Harbor come out", QuestionKind::Release, "Harbor"),
        ("what year was Harbor released", QuestionKind::Release, "Harbor"),
        ("Harbor release date", QuestionKind::Release, "Harbor"),
        ("release date of Harbor", QuestionKind::Release, "Harbor"),
        ("what is the release date for Harbor?", QuestionKind::Release, "Harbor"),
        ("when was Harbor released", QuestionKind::Release, "Harbor"),
        ("when did Harbor come out", QuestionKind::Release, "Harbor"),
        ("when does Harbor premiere", QuestionKind::Premiere, "Harbor"),
        ("when is Harbor premiering?", QuestionKind::Premiere, "Harbor"),
        ("when is the Harbor premiere", QuestionKind::Premiere, "Harbor"),
        ("when does Harbor air", QuestionKind::Premiere, "Harbor"),
        ("when does Harbor start", QuestionKind::Premiere, "Harbor"),
        ("when does Harbor return", QuestionKind::Premiere, "Harbor"),
        ("Harbor premiere date", QuestionKind::Premiere, "Harbor"),
        ("premiere date of Harbor", QuestionKind::Premiere, "Harbor"),
        ("when did Harbor premiere", QuestionKind::Premiere, "Harbor"),
        ("when did This Is Us premiere", QuestionKind::Premiere, "This Is Us"),
    ];

    #[test]
    fn questions_are_read() {
        for (text, kind, name) in ASKED {
            let found = Question::parse(text).map(|question| (question.kind, question.name));
            assert_eq!(found, Some((*kind, (*name).to_owned())), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_questions() {
        for text in [
            "",
            "Harbor",
            "who",
            "who plays",
            "cast",
            "when does",
            "hayley atwell premiere",
            "who will win the oscars",
            "what happened to Harbor",
            "when the levee breaks",
            "the director said no",
            "how to cast a spell on the cast iron pan",
            "where was Harbor filmed",
            "why did Harbor get cancelled",
        ] {
            assert_eq!(Question::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_past_is_told_from_plans() {
        let check = |text: &str, expected| assert_eq!(Question::parse(text).map(|q| q.tense), Some(expected), "{text}");
        check("when did Harbor come out", Tense::Past);
        check("when was Harbor released", Tense::Past);
        check("when does Harbor come out", Tense::Present);
        check("when is As It Was out", Tense::Present);
        check("Harbor release date", Tense::Present);
    }

    #[test]
    fn seasons_are_no_part_of_names() {
        let check = |text: &str, name: &str, season| {
            let found = Question::parse(text).map(|question| (question.name, question.season));
            assert_eq!(found, Some((name.to_owned(), season)), "{text}");
        };
        check("when does Harbor season 3 come out", "Harbor", Some(3));
        check("when does season three of Harbor premiere?", "Harbor", Some(3));
        check("when is the second season of Harbor out", "Harbor", Some(2));
        check("when does Open Season come out", "Open Season", None);
        check("when does Harbor come out", "Harbor", None);
    }

    #[test]
    fn only_who_is_questions_need_a_character() {
        let check = |text: &str, expected| {
            assert_eq!(Question::parse(text).map(|question| question.of_character), Some(expected), "{text}");
        };
        check("who is Mia Ray", true);
        check("who plays Mia Ray", false);
        check("who is in Harbor", false);
    }
}
