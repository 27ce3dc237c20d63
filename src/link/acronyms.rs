//! Acronyms of names that the article spells out: “Directors Guild of America (DGA)”.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Article, EntityKind, Mention};

/// Numbers of letters of an acronym that is not introduced in parentheses.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=6;

/// Gives acronyms the names they stand for; returns these names.
pub(super) fn link_acronyms(article: &Article, mentions: &mut [Mention]) -> FxHashSet<String> {
    let mut introduced = in_parentheses(article, mentions);
    for (short, long) in by_initials(mentions) {
        introduced.entry(short).or_insert(long);
    }
    for mention in mentions.iter_mut() {
        if let Some((kind, name)) = introduced.get(&mention.name) {
            mention.kind = *kind;
            mention.name.clone_from(name);
        }
    }
    introduced.into_values().map(|(_, name)| name).collect()
}

/// For each acronym the kind and name it stands for.
type Introduced = FxHashMap<String, (EntityKind, String)>;

/// Acronyms in parentheses behind the name.
fn in_parentheses(article: &Article, mentions: &[Mention]) -> Introduced {
    let mut introduced = Introduced::default();
    for pair in mentions.windows(2) {
        let [long, short] = pair else { continue };
        let gap = article.text.get(long.span.end..short.span.start).unwrap_or("");
        let closed = article.text[short.span.end..].starts_with(')');
        if gap == " (" && closed && abbreviates(&short.name, &long.name) {
            introduced.insert(short.name.clone(), (long.kind, long.name.clone()));
        }
    }
    introduced
}

/// Acronyms that are the initials of exactly one name of the article.
fn by_initials(mentions: &[Mention]) -> Introduced {
    let spells = |m: &&Mention| matches!(m.kind, EntityKind::Organization | EntityKind::Event);
    let mut named: FxHashMap<String, Option<(EntityKind, String)>> = FxHashMap::default();
    for long in mentions.iter().filter(spells) {
        let initials = capital_initials(&long.name);
        if LETTERS.contains(&initials.len()) {
            let known = named.entry(initials).or_insert_with(|| Some((long.kind, long.name.clone())));
            if known.as_ref().is_some_and(|(_, name)| *name != long.name) {
                *known = None;
            }
        }
    }
    let shorts = mentions.iter().filter(spells).filter(|m| m.name.bytes().all(|b| b.is_ascii_uppercase() || b == b'.'));
    shorts.filter_map(|m| Some((m.name.clone(), named.get(&m.name.replace('.', ""))?.clone()?))).collect()
}

/// The initials of the capitalized words of a name.
fn capital_initials(name: &str) -> String {
    let initials = name.split([' ', '-']).filter_map(|word| word.chars().next());
    initials.filter(|c| c.is_uppercase()).collect()
}

/// Whether capitals are the initials of a name's words, small words optional.
fn abbreviates(short: &str, long: &str) -> bool {
    let capitals: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let all: String = long.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
    let main = capital_initials(long);
    capitals.chars().count() >= 2 && (capitals == main || capitals.eq_ignore_ascii_case(&all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    /// Links the mentions that `names` has in the text, in order.
    fn check(text: &str, names: &[(&str, EntityKind)], expected: &[&str]) {
        let mut from = 0;
        let mention = |(name, kind): &(&str, EntityKind)| {
            let start = from + text[from..].find(name).expect("a name of the text");
            from = start + name.len();
            Mention {
                span: Span::new(start, from),
                kind: *kind,
                name: (*name).to_owned(),
                confidence: 1.0,
                listed: 0,
                year: None,
            }
        };
        let mut mentions: Vec<Mention> = names.iter().map(mention).collect();
        let article = Article { text: text.to_owned(), ..Article::default() };
        link_acronyms(&article, &mut mentions);
        assert_eq!(mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn acronyms_stand_for_the_names_that_introduce_them() {
        use EntityKind::{Event, Organization, Place};
        let guild = ("Harbor Writers Guild", Organization);
        let acronym = ("HWG", Organization);
        check("Harbor Writers Guild (HWG) met. HWG won.", &[guild, acronym, acronym], &["Harbor Writers Guild"; 3]);
        check("Harbor Writers Guild met. HWG won.", &[guild, acronym], &["Harbor Writers Guild"; 2]);
        // The kind is that of the name.
        check(
            "Festival of the Sea (FS) and FS",
            &[("Festival of the Sea", Event), ("FS", Place)],
            &["Festival of the Sea"; 2],
        );
        // Two names with these initials.
        let other = ("Hill Workers Group", Organization);
        check(
            "Harbor Writers Guild, Hill Workers Group, HWG",
            &[guild, other, acronym],
            &["Harbor Writers Guild", "Hill Workers Group", "HWG"],
        );
        check("Harbor Writers Guild and ABC", &[guild, ("ABC", Organization)], &["Harbor Writers Guild", "ABC"]);
    }
}
