//! Names of fields before a colon.

use crate::article::{EntityKind, FieldName};
use crate::search::language::marks::is_quote;
use crate::search::language::syntax_tree::{FieldScope, Label};

/// Bytes of the longest known prefix, a field of the user.
const MAX_PREFIX: usize = FieldName::LONGEST;
/// The fewest letters of a name that may be a field.
const MIN_UNKNOWN: usize = 2;

/// A known name before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefix {
    FieldScope(FieldScope),
    Label(Label),
    Kind(EntityKind),
    Published,
    /// The same, under a name that may as well be a word: `since:2020`, `date:2020`.
    Dated(Bound),
    Mentions,
    Is,
    Has,
    Said,
    QuoteBy,
    States,
}

/// Which days a date stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Those within it.
    Within,
    /// Those before its first.
    Before,
    /// Those after its last.
    After,
    /// Those from its first on.
    Since,
    /// Those up to its last.
    Until,
}

/// What other search engines and databases call the fields: the prefix, what it is
/// read as, and their names for it.
const ALIASES: &[(Prefix, &str, &[&str])] = &[
    (
        Prefix::Kind(EntityKind::Person),
        "person:",
        &["actor", "actress", "star", "cast", "director", "singer", "musician", "celebrity", "people"],
    ),
    (Prefix::Kind(EntityKind::Work), "work:", &["film", "movie", "series", "show", "album", "song", "book", "works"]),
    (
        Prefix::Kind(EntityKind::Organization),
        "organization:",
        &["org", "company", "studio", "network", "organizations", "organisations"],
    ),
    (Prefix::Kind(EntityKind::Place), "place:", &["location", "city", "country", "places"]),
    (Prefix::Kind(EntityKind::Event), "event:", &["festival", "events"]),
    (Prefix::Label(Label::Source), "source:", &["site", "outlet", "publisher", "publication", "newspaper", "domain"]),
    (Prefix::Label(Label::Author), "author:", &["byline", "writer", "journalist", "reporter", "authors"]),
    (Prefix::Label(Label::Section), "section:", &["category", "desk"]),
    (Prefix::Label(Label::Field(FieldName::TAG)), "tag:", &["tags", "keyword", "keywords", "topic", "subject"]),
    (Prefix::FieldScope(FieldScope::Title), "title:", &["headline", "intitle", "allintitle", "hl"]),
    (Prefix::FieldScope(FieldScope::Body), "body:", &["text", "intext", "content", "fulltext"]),
    (Prefix::QuoteBy, "quote-by:", &["speaker", "quoted"]),
    (
        Prefix::Dated(Bound::Within),
        "published:",
        &["date", "year", "month", "day", "pubdate", "published-at", "published_at", "publication-date"],
    ),
    (Prefix::Dated(Bound::Before), "published:, the days before", &["before"]),
    (Prefix::Dated(Bound::After), "published:, the days after", &["after"]),
    (Prefix::Dated(Bound::Since), "published:, from then on", &["since", "from"]),
    (Prefix::Dated(Bound::Until), "published:, up to then", &["until", "to"]),
];

/// A name before a colon, directly before a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'q> {
    /// A field.
    Known(Prefix),
    /// What others call a field: the name, and what it is read as.
    Alias(Prefix, &'q str, &'static str),
    /// A name that looks like a field and is none.
    Unknown(&'q str),
}

/// What stands before a colon at the start of `rest`, and the bytes up to behind the
/// colon. A field wants its value directly behind the colon.
pub(crate) fn prefix<'q>(rest: &'q str, fields: &[FieldName]) -> Option<(Found<'q>, usize)> {
    // Only near: a search of the rest at every word takes quadratic time.
    let colon = rest.bytes().take(MAX_PREFIX + 1).position(|byte| byte == b':')?;
    let (name, value) = (&rest[..colon], &rest[colon + 1..]);
    let next = value.chars().next()?;
    let is_word = next.is_alphanumeric() || matches!(next, '(' | '.' | '-' | '\'' | '‘') || is_quote(next);
    let is_range = matches!(next, '>' | '<' | '=' | '[' | '{' | '*');
    let found = match known_prefix(name, fields) {
        Some(prefix) => Found::Known(prefix),
        None => alias(name).map(|(prefix, read)| Found::Alias(prefix, name, read)).or_else(|| unknown(name))?,
    };
    let takes_ranges = match found {
        Found::Known(prefix) | Found::Alias(prefix, ..) => {
            matches!(prefix, Prefix::Published | Prefix::Mentions | Prefix::Dated(_))
        }
        Found::Unknown(_) => next == '[',
    };
    (is_word || is_range && takes_ranges).then_some((found, colon + 1))
}

/// Whether a piece of a query has a field in it that is known under any name.
pub(crate) fn has_prefix(piece: &str, fields: &[FieldName]) -> bool {
    let start = piece.trim_start_matches(|c: char| matches!(c, '(' | '-' | '−' | '+' | '!') || is_quote(c));
    matches!(prefix(start, fields), Some((Found::Known(_) | Found::Alias(..), _)))
}

fn alias(name: &str) -> Option<(Prefix, &'static str)> {
    let names = |names: &[&str]| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    ALIASES.iter().find(|(.., others)| names(others)).map(|(prefix, read, _)| (*prefix, *read))
}

/// A name that nobody would write so but for a field: letters in lower case, or all in
/// capitals.
fn unknown(name: &str) -> Option<Found<'_>> {
    let is_name = |is_letter: fn(&u8) -> bool| name.bytes().all(|byte| is_letter(&byte) || matches!(byte, b'-' | b'_'));
    let is_lower = is_name(u8::is_ascii_lowercase) || is_name(u8::is_ascii_uppercase);
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.len() >= MIN_UNKNOWN;
    (is_lower && is_word).then_some(Found::Unknown(name))
}

/// A field of newsearch, or of the archive.
pub(crate) fn known_prefix(name: &str, fields: &[FieldName]) -> Option<Prefix> {
    let of_user = || fields.iter().find(|field| field.as_str().eq_ignore_ascii_case(name));
    Some(match name.to_ascii_lowercase().as_str() {
        "title" => Prefix::FieldScope(FieldScope::Title),
        "body" => Prefix::FieldScope(FieldScope::Body),
        "source" => Prefix::Label(Label::Source),
        "author" => Prefix::Label(Label::Author),
        "section" => Prefix::Label(Label::Section),
        "tag" => Prefix::Label(Label::Field(FieldName::TAG)),
        "published" => Prefix::Published,
        "mentions" => Prefix::Mentions,
        "is" => Prefix::Is,
        "has" => Prefix::Has,
        "said" => Prefix::Said,
        "quote-by" => Prefix::QuoteBy,
        "states" => Prefix::States,
        "organisation" => Prefix::Kind(EntityKind::Organization),
        lower => match lower.parse() {
            Ok(kind) => Prefix::Kind(kind),
            Err(_) => Prefix::Label(Label::Field(*of_user()?)),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_the_archive_are_prefixes() {
        let desk: FieldName = "desk".parse().expect("a name");
        let check = |query: &str, expected: Option<Found<'_>>| {
            assert_eq!(prefix(query, &[desk]).map(|(found, _)| found), expected, "{query}");
        };
        let known = |name| Some(Found::Known(Prefix::Label(Label::Field(name))));
        check("desk:film", known(desk));
        check("DESK:\"film noir\"", known(desk));
        check("tag:film", known(FieldName::TAG));
        check("desk: film", None);
        check("area:film", Some(Found::Unknown("area")));
    }

    #[test]
    fn other_names_are_read_as_fields_and_unknown_ones_are_told() {
        let check = |query: &str, expected: Option<Found<'_>>| {
            assert_eq!(prefix(query, &[]).map(|(found, _)| found), expected, "{query}");
        };
        let person = Prefix::Kind(EntityKind::Person);
        check("actor:\"Ann Lee\"", Some(Found::Alias(person, "actor", "person:")));
        check("date:>2020", Some(Found::Alias(Prefix::Dated(Bound::Within), "date", "published:")));
        check("desk:film", Some(Found::Alias(Prefix::Label(Label::Section), "desk", "section:")));
        check("published:[2020", Some(Found::Known(Prefix::Published)));
        check("language:en", Some(Found::Unknown("language")));
        check("LANGUAGE:EN", Some(Found::Unknown("LANGUAGE")));
        for prose in [
            "Mission: Impossible",
            "Mission:Impossible",
            "Re: hello",
            "12:30",
            "http://x",
            "who: me",
            "M:I",
            "a:b",
            ":)",
        ] {
            check(prose, None);
        }
    }

    #[test]
    fn names_of_fields_are_none_that_queries_know() {
        let words = "title body source author section tag published mentions is has said quote-by states organisation";
        for name in words.split(' ').chain(EntityKind::ALL.map(EntityKind::as_str)) {
            assert!(known_prefix(name, &[]).is_some(), "{name}");
            assert!(format!("{name}=key").parse::<crate::article::UserField>().is_err(), "{name}");
        }
    }

    #[test]
    fn no_other_name_is_that_of_a_field() {
        for (_, read, names) in ALIASES {
            for name in *names {
                assert!(known_prefix(name, &[]).is_none(), "{name}");
                assert!(ALIASES.iter().filter(|(.., others)| others.contains(name)).count() == 1, "{name}, {read}");
            }
        }
    }
}
