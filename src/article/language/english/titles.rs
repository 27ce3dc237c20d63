//! Titles before and behind names.

/// Titles and jobs before a full name, folded.
pub(super) const HONORIFICS: &[&str] = &[
    "sir",
    "dame",
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "lord",
    "lady",
    "judge",
    "rev",
    "director",
    "actor",
    "actress",
    "singer",
    "speaker",
    "secretary",
    "mayor",
    "justice",
    "sheriff",
    "attorney",
    "coach",
    "chancellor",
    "minister",
];

/// Titles that are part of the name of people without a surname.
pub(super) const REGNAL: &[&str] = &["Prince", "Princess", "King", "Queen", "Pope", "Emperor", "Empress"];

/// Titles that are followed by “of” and a place.
pub(super) const NOBLE: &[&str] = &[
    "Duchess", "Duke", "Prince", "Princess", "Queen", "King", "Earl", "Countess", "Count", "Baron", "Baroness", "Lord",
    "Lady", "Marquess",
];

/// Marks that tell parents from children, folded.
pub(super) const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Legal forms that companies append to their names, folded.
pub(super) const COMPANY_FORMS: &[&str] =
    &["inc", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "gmbh", "incorporated"];
