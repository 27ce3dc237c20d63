//! Short words of the trade and what they stand for.

/// Abbreviations that writers of entertainment news use without explaining them, folded
/// and as one word, with what they stand for, and whether a search for that finds the
/// abbreviation too. Where it does not, the abbreviation has other meanings (“St.” is also
/// a street) or the long form is a common word that the short one is rarely used for. Names
/// are not listed: they are learned from articles.
pub(super) const ABBREVIATIONS: &[(&str, &str, bool)] = &[
    // Kinds of works.
    ("tv", "television", true),
    ("scifi", "science fiction", true),
    ("romcom", "romantic comedy", true),
    ("romcoms", "romantic comedies", true),
    ("sitcom", "situation comedy", true),
    ("docuseries", "documentary series", true),
    ("doc", "documentary", false),
    ("docs", "documentaries", false),
    ("miniseries", "limited series", false),
    // What is in them, and how they are made.
    ("vfx", "visual effects", true),
    ("sfx", "special effects", true),
    ("ep", "episode", false),
    ("eps", "episodes", false),
    ("vol", "volume", true),
    ("pt", "part", false),
    ("feat", "featuring", false),
    ("ft", "featuring", false),
    ("vs", "versus", true),
    // People and awards.
    ("celeb", "celebrity", true),
    ("celebs", "celebrities", true),
    ("exec", "executive", false),
    ("execs", "executives", false),
    ("nom", "nomination", false),
    ("noms", "nominations", false),
    ("xmas", "christmas", true),
    ("bday", "birthday", true),
    ("dj", "disc jockey", true),
    // Parts of names.
    ("st", "saint", false),
    ("mt", "mount", false),
    ("dr", "doctor", false),
    ("nyc", "new york city", true),
    // British spelling of words of the trade.
    ("theatre", "theater", true),
    ("theatres", "theaters", true),
    ("colour", "color", true),
    ("favourite", "favorite", true),
    ("programme", "program", false),
];
