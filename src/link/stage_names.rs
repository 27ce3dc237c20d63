//! Stage names, birth names and nicknames that an article introduces, “Robyn Fenty,
//! better known as Rihanna”, or that are made of parts of the name: “JLo”, “RiRi”,
//! “Queen Bey”.

use rustc_hash::FxHashMap;

use crate::article::{Article, EntityKind, Mention};
use crate::segment::fold;

/// What stands between two names of one person, and which of them the person is called by.
const CUES: &[(&str, Called)] = &[
    ("aka", Called::Either),
    ("a.k.a.", Called::Either),
    ("also known as", Called::Either),
    ("otherwise known as", Called::Either),
    ("nicknamed", Called::First),
    ("better known as", Called::Second),
    ("better known by the stage name", Called::Second),
    ("professionally known as", Called::Second),
    ("known professionally as", Called::Second),
    ("who performs as", Called::Second),
    ("who performs under the name", Called::Second),
    ("who goes by", Called::Second),
    ("whose stage name is", Called::Second),
    ("born", Called::First),
    ("real name", Called::First),
    ("whose real name is", Called::First),
    ("whose birth name is", Called::First),
    ("whose given name is", Called::First),
    ("formerly known as", Called::First),
];

/// Words that stand before the cue in the same parenthesis.
const BEFORE_CUE: [&str; 4] = ["who is ", "who's ", "who’s ", "now "];
/// What a person may be called before the beginning of the name: “Queen Bey”.
const FOND_TITLES: [&str; 11] =
    ["queen", "king", "mama", "papa", "lady", "miss", "mother", "auntie", "uncle", "big", "lil"];
/// The fewest letters of a name behind such a title.
const MIN_BEGINNING: usize = 3;
/// The letters of the parts of a blend: “ScarJo”.
const BLENDED: std::ops::RangeInclusive<usize> = 1..=4;
/// The most names of an article that are compared; articles with more are directories.
const MOST_COMPARED: usize = 300;

/// By which of two names the person is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Called {
    First,
    Second,
    /// The one that the article uses more often, of equals the first.
    Either,
}

/// Gives stage names, birth names and nicknames the name that the person is called by.
pub(super) fn link_stage_names(article: &Article, mentions: &mut [Mention]) {
    let introduced = introduced(article, mentions);
    rename(mentions, &introduced);
    let made = made_of_others(mentions);
    rename(mentions, &made);
}

/// For names of a kind the name to be used instead.
type Renamed = FxHashMap<(EntityKind, String), String>;

fn rename(mentions: &mut [Mention], renamed: &Renamed) {
    if renamed.is_empty() {
        return;
    }
    for mention in mentions.iter_mut().filter(|mention| mention.kind.is_human()) {
        if let Some(name) = renamed.get(&(mention.kind, mention.name.clone())) {
            mention.name.clone_from(name);
        }
    }
}

/// Other names that a cue introduces.
fn introduced(article: &Article, mentions: &[Mention]) -> Renamed {
    let mut renamed = Renamed::default();
    for pair in mentions.windows(2) {
        let [first, second] = pair else { continue };
        if !first.kind.is_human() || first.kind != second.kind || first.name == second.name {
            continue;
        }
        let between = article.text.get(first.span.end..second.span.start).unwrap_or("");
        let Some(called) = cue(between) else { continue };
        // “Dave Franco (aka Brie's husband)”
        let after = article.text.get(second.span.end..).unwrap_or("");
        if after.starts_with("'s") || after.starts_with("’s") {
            continue;
        }
        let count = |name: &str| mentions.iter().filter(|mention| mention.name == name).count();
        let is_second = match called {
            Called::First => false,
            Called::Second => true,
            Called::Either => count(&second.name) > count(&first.name),
        };
        let (name, other) = if is_second { (second, first) } else { (first, second) };
        // A chain of three names would depend on their order.
        if !renamed.contains_key(&(name.kind, name.name.clone())) {
            renamed.entry((other.kind, other.name.clone())).or_insert_with(|| name.name.clone());
        }
    }
    renamed
}

/// The cue that a text between two names consists of: “, better known as ”, “ (born ”.
fn cue(between: &str) -> Option<Called> {
    let text = between.strip_prefix([',', ' '])?.trim_start_matches([' ', '(', '–', '—']);
    let text = text.trim_end_matches([' ', '"', '“', '‘', ':']).to_ascii_lowercase();
    let text = BEFORE_CUE.iter().find_map(|before| text.strip_prefix(before)).unwrap_or(&text);
    CUES.iter().find(|(cue, _)| *cue == text).map(|(_, called)| *called)
}

/// Nicknames that are made of exactly one other name of the article.
fn made_of_others(mentions: &[Mention]) -> Renamed {
    let mut names: Vec<(EntityKind, &str)> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.kind.is_human() && mention.listed < 2) {
        if !names.contains(&(mention.kind, &mention.name)) {
            names.push((mention.kind, &mention.name));
        }
        if names.len() > MOST_COMPARED {
            return Renamed::default();
        }
    }
    let mut renamed = Renamed::default();
    for (kind, short) in &names {
        let Some(made) = Nickname::of(short) else { continue };
        let mut fitting = names.iter().filter(|(other, name)| other == kind && name != short && made.fits(name));
        if let (Some((_, name)), None) = (fitting.next(), fitting.next()) {
            renamed.insert((*kind, (*short).to_owned()), (*name).to_owned());
        }
    }
    renamed
}

/// How a nickname is made of a name.
#[derive(Debug, PartialEq, Eq)]
enum Nickname {
    /// The beginnings of the first and the last word: “JLo”.
    Blend(String, String),
    /// The beginning twice: “RiRi”.
    Doubled(String),
    /// The beginning behind a title: “Queen Bey”.
    Titled(String),
}

impl Nickname {
    /// What a name is made of, if it has the form of a nickname.
    fn of(name: &str) -> Option<Self> {
        if let Some((title, beginning)) = name.split_once(' ') {
            let (title, beginning) = (fold(title), fold(beginning));
            let is_titled = FOND_TITLES.contains(&title.as_str()) && beginning.chars().count() >= MIN_BEGINNING;
            return (is_titled && beginning.chars().all(char::is_alphabetic)).then_some(Self::Titled(beginning));
        }
        let is_letter = |part: &str| part.chars().all(char::is_alphabetic);
        let is_part = |part: &str| {
            BLENDED.contains(&part.chars().count()) && part.starts_with(char::is_uppercase) && is_letter(part)
        };
        let cut = name.char_indices().skip(1).find(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at)?;
        let (first, last) = name.split_at(cut);
        let first = first.strip_suffix(['.', '-']).unwrap_or(first);
        // Initials are no parts of words.
        if !is_part(first) || !is_part(last) || last.chars().count() < 2 || last.chars().skip(1).any(char::is_uppercase)
        {
            return None;
        }
        let (first, last) = (fold(first), fold(last));
        Some(if first == last { Self::Doubled(first) } else { Self::Blend(first, last) })
    }

    /// Whether it is made of a name.
    fn fits(&self, name: &str) -> bool {
        let words: Vec<String> = name.split_whitespace().map(fold).collect();
        let begins = |word: &str, beginning: &str| word.len() > beginning.len() && word.starts_with(beginning);
        match (self, &words[..]) {
            (Self::Blend(first, last), [given, .., surname]) => begins(given, first) && begins(surname, last),
            (Self::Doubled(beginning) | Self::Titled(beginning), [only]) => begins(only, beginning),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    /// Links the people that `names` has in the text, in order.
    fn check(text: &str, names: &[&str], expected: &[&str]) {
        let mut from = 0;
        let mention = |name: &&str| {
            let start = from + text[from..].find(name).expect("a name of the text");
            from = start + name.len();
            Mention {
                span: Span::new(start, from),
                kind: EntityKind::Person,
                name: (*name).to_owned(),
                confidence: 1.0,
                listed: 0,
                year: None,
            }
        };
        let mut mentions: Vec<Mention> = names.iter().map(mention).collect();
        let article = Article { text: text.to_owned(), ..Article::default() };
        link_stage_names(&article, &mut mentions);
        assert_eq!(mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn other_names_are_introduced() {
        check("Ann Drumm, better known as Tidela, sang.", &["Ann Drumm", "Tidela"], &["Tidela"; 2]);
        check("Tidela (real name Ann Drumm) sang.", &["Tidela", "Ann Drumm"], &["Tidela"; 2]);
        check("Tidela, who was born in Ann Drumm", &["Tidela", "Ann Drumm"], &["Tidela", "Ann Drumm"]);
        check("Ann Drumm, aka “Tidela”. Tidela won.", &["Ann Drumm", "Tidela", "Tidela"], &["Tidela"; 3]);
        check("Ann Drumm, who is also known as Tidela.", &["Ann Drumm", "Tidela"], &["Ann Drumm"; 2]);
        check("Ann Drumm and Tidela", &["Ann Drumm", "Tidela"], &["Ann Drumm", "Tidela"]);
        check("Ann Drumm (aka Tidela's aunt)", &["Ann Drumm", "Tidela"], &["Ann Drumm", "Tidela"]);
        check("Ann Drumm is best known as Tidela", &["Ann Drumm", "Tidela"], &["Ann Drumm", "Tidela"]);
    }

    #[test]
    fn nicknames_are_made_of_one_name() {
        check("Annabel Drumm: ADru, AnnDrum", &["Annabel Drumm", "ADru", "AnnDrum"], &["Annabel Drumm"; 3]);
        check("A-Dru and A.Dru of Annabel Drumm", &["A-Dru", "A.Dru", "Annabel Drumm"], &["Annabel Drumm"; 3]);
        check("TiTi is Tidela, Queen Tid", &["TiTi", "Tidela", "Queen Tid"], &["Tidela"; 3]);
        // Two names fit, or none.
        check("ADru, Ann Drumm, Al Druid", &["ADru", "Ann Drumm", "Al Druid"], &["ADru", "Ann Drumm", "Al Druid"]);
        check("McDru of Ann Drumm", &["McDru", "Ann Drumm"], &["McDru", "Ann Drumm"]);
        check("AD and Ann Drumm", &["AD", "Ann Drumm"], &["AD", "Ann Drumm"]);
        check("Queen Anne and Anne", &["Queen Anne", "Anne"], &["Queen Anne", "Anne"]);
    }
}
