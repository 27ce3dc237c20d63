//! Glued names: two or more names that an archive wrote as one word
//! (`PomKlementieff`).

use crate::article::Span;

use super::fold::is_invisible;

/// Prefixes of surnames that are correctly followed by a capital.
const SURNAME_PREFIXES: &[&str] = &[
    "Mc", "Mac", "De", "Di", "Du", "Da", "Del", "Della", "La", "Le", "Los", "Las", "Van", "Von", "Fitz", "O", "D", "L",
    "San", "St", "El", "Al", "Ben", "Ap",
];

/// Camel-case words that are one name, so that their parts are not indexed.
const BRANDS: &[&str] = &[
    "YouTube",
    "TikTok",
    "BuzzFeed",
    "PlayStation",
    "SpongeBob",
    "HuffPost",
    "LinkedIn",
    "FaceTime",
    "PayPal",
    "WhatsApp",
    "DreamWorks",
    "MasterCard",
    "NewsNation",
    "SoundCloud",
    "SiriusXM",
    "StarCraft",
    "WarCraft",
    "CrossFit",
    "WikiLeaks",
    "WeWork",
    "GoFundMe",
    "OnlyFans",
    "PewDiePie",
    "FanDuel",
    "DraftKings",
    "FedEx",
    "AccuWeather",
    "PolitiFact",
    "CinemaCon",
    "CinemaScore",
    "DragonCon",
    "WonderCon",
    "VidCon",
    "BlizzCon",
    "StubHub",
    "SeatGeek",
    "LiveNation",
    "WarnerMedia",
    "ViacomCBS",
    "MoviePass",
    "RuPaul",
    "FiveThirtyEight",
    "StarWars",
    "OutKast",
    "HarperCollins",
    "ScreenRant",
    "IndieWire",
    "TheWrap",
    "ComicBook",
    "PopSugar",
];

/// The parts of a glued name, two to four spans into `word`; `None` for a word
/// without inner capital, or with a correct one (`McQuarrie`, `YouTube`, `iPhone`).
///
/// ```
/// use newsearch::internals::segment::name_parts;
/// let parts = |word: &'static str| {
///     name_parts(word).map(|spans| spans.iter().map(|s| s.of(word)).collect::<Vec<_>>())
/// };
/// assert_eq!(parts("PomKlementieff"), Some(vec!["Pom", "Klementieff"]));
/// assert_eq!(parts("ChristopherMcQuarrie"), Some(vec!["Christopher", "McQuarrie"]));
/// assert_eq!(parts("McQuarrie"), None);
/// assert_eq!(parts("YouTube"), None);
/// ```
pub fn name_parts(word: &str) -> Option<Vec<Span>> {
    let bytes = word.as_bytes();
    // Fast path: nearly all words have no capital after another character.
    if !bytes.windows(2).any(|pair| pair[1].is_ascii_uppercase() && !pair[0].is_ascii_uppercase()) {
        return None;
    }
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut last = ' ';
    for (at, c) in word.char_indices() {
        if is_invisible(c) {
            continue;
        }
        if !c.is_alphabetic() {
            return None;
        }
        let opens = c.is_uppercase() && last.is_lowercase();
        if opens && !SURNAME_PREFIXES.contains(&&word[start..at]) {
            spans.push(Span::new(start, at));
            start = at;
        }
        last = c;
    }
    spans.push(Span::new(start, word.len()));
    let named = |span: &Span| {
        let part = span.of(word).trim_end_matches(is_invisible);
        part.chars().count() >= 3 && part.starts_with(char::is_uppercase) && part.ends_with(char::is_lowercase)
    };
    (spans.len() > 1 && spans.len() <= 4 && spans.iter().all(named) && !BRANDS.contains(&word)).then_some(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_split() {
        fn check(word: &str, expected: &[&str]) {
            let parts = name_parts(word).unwrap_or_default();
            assert_eq!(parts.iter().map(|part| part.of(word)).collect::<Vec<_>>(), expected, "{word}");
        }
        check("VingRhames", &["Ving", "Rhames"]);
        check("GregTarzanDavis", &["Greg", "Tarzan", "Davis"]);
        check("ÉlodieBouchez", &["Élodie", "Bouchez"]);
        check("Bella\u{200b}Ramsey", &["Bella\u{200b}", "Ramsey"]);
        check("RhysIfansMcAvoy", &["Rhys", "Ifans", "McAvoy"]);
        check("Vingrhames", &[]);
        check("vingRhames", &[]);
        check("VINGRHAMES", &[]);
        check("MacDonald", &[]);
        check("TikTok", &[]);
        // Parts of two letters, digits, a capital at the end, five parts.
        check("VingAl", &[]);
        check("Ving7Rhames", &[]);
        check("VingRhameS", &[]);
        check("AnnaBobaCarlDeanEmma", &[]);
    }
}
