//! Questions of all forms, and what is none.

use crate::search::hits::question_answer::QuestionKind;

use super::question::{Question, Tense};

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
