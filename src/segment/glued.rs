//! Names that a broken archive has run together: `PomKlementieff`.

use crate::article::Span;

/// Prefixes of surnames that keep an inner capital by right.
const SURNAME_PREFIXES: &[&str] = &[
    "Mc", "Mac", "De", "Di", "Du", "Da", "Del", "Della", "La", "Le", "Los", "Las", "Van", "Von", "Fitz", "O", "D", "L",
    "San", "St", "El", "Al", "Ben", "Ap",
];

/// Camel-case words that are one name. Their parts are no words of the text.
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

/// The parts of a glued name, as spans into `word`; `None` where the word has
/// no inner capital, or one by right (`McQuarrie`, `YouTube`, `iPhone`).
///
/// ```
/// use newsearch::segment::name_parts;
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
    // Nearly every word leaves here: no lower-case letter before a capital.
    if !bytes.windows(2).any(|pair| pair[1].is_ascii_uppercase() && !pair[0].is_ascii_uppercase()) {
        return None;
    }
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut last = ' ';
    for (at, c) in word.char_indices() {
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
        let part = span.of(word);
        part.chars().count() >= 3 && part.starts_with(char::is_uppercase) && part.ends_with(char::is_lowercase)
    };
    (spans.len() > 1 && spans.len() <= 4 && spans.iter().all(named) && !BRANDS.contains(&word)).then_some(spans)
}
