//! The names in bylines of newspapers and agencies, without what follows them: “By
//! ANN LEE, Times Staff Writer”.

/// Words of what a person is, which no name has.
const ROLES: &[&str] = &[
    "writer",
    "writers",
    "editor",
    "editors",
    "staff",
    "correspondent",
    "correspondents",
    "reporter",
    "reporters",
    "critic",
    "columnist",
    "bureau",
    "contributor",
    "contributors",
    "service",
    "special",
    "newspaper",
    "newspapers",
    "associated",
    "agency",
    "agencies",
    "desk",
    "newsroom",
    "newsletter",
];

/// Words of the names of outlets, some of which are family names too.
const OUTLETS: &[&str] = &[
    "times",
    "post",
    "press",
    "news",
    "journal",
    "tribune",
    "magazine",
    "herald",
    "reuters",
    "bloomberg",
    "afp",
    "wire",
    "daily",
    "weekly",
    "globe",
    "guardian",
    "telegraph",
    "observer",
    "chronicle",
    "gazette",
];

/// The most bytes of a byline; what is longer is a sentence.
const LONGEST: usize = 300;

/// The people of a byline, joined by semicolons; `None` if it names none.
pub(super) fn people(byline: &str) -> Option<String> {
    let byline = byline.trim();
    if byline.is_empty() || byline.len() > LONGEST {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for part in byline.split([',', ';', '\n', '/', '|']).flat_map(|part| part.split(" and ")) {
        let name = without_place(&without_by(part.trim()));
        if !name.is_empty() && !is_role(&name, names.is_empty()) && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join("; "))
}

fn without_by(part: &str) -> String {
    let words: Vec<&str> = part.split_whitespace().collect();
    let by = words.first().is_some_and(|word| ["by", "by:", "von", "par"].contains(&word.to_lowercase().as_str()));
    words[usize::from(by)..].join(" ")
}

/// Without “in London” or “at Cannes” after a name.
fn without_place(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let place = words.iter().position(|word| ["in", "at", "for", "from", "of"].contains(word));
    words[..place.filter(|at| *at > 0).unwrap_or(words.len())].join(" ")
}

/// Whether a part says what somebody is or writes for. The first part is a name
/// unless it begins with an article.
fn is_role(part: &str, first: bool) -> bool {
    let words: Vec<String> = part.split(' ').map(str::to_lowercase).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.trim_matches('.')));
    let article = words.first().is_some_and(|word| word == "the");
    has(ROLES) || (!first || article || words.len() == 1) && has(OUTLETS) || !part.contains(char::is_alphabetic)
}

/// Whether a name has a word that those of outlets and lists have, not those of
/// people.
#[cfg(feature = "formats")]
pub(super) fn is_collective(name: &str) -> bool {
    const MORE: &[&str] = &[
        "the",
        "team",
        "alert",
        "alerts",
        "digest",
        "briefing",
        "update",
        "updates",
        "support",
        "info",
        "noreply",
        "no-reply",
        "media",
        "studio",
        "studios",
        "pictures",
        "entertainment",
        "film",
        "films",
        "tv",
        "radio",
        "network",
        "club",
        "inc",
        "ltd",
        "llc",
        "online",
        "list",
        "group",
        "today",
        "hollywood",
        "mail",
        "admin",
        "mailer",
        "daemon",
        "delivery",
        "system",
        "subsystem",
        "postmaster",
        "internet",
        "account",
        "accounts",
    ];
    name.split(|c: char| c.is_whitespace() || c == '.' || c == ',').any(|word| {
        let word = word.to_lowercase();
        [ROLES, OUTLETS, MORE].iter().any(|list| list.contains(&word.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_roles() {
        for (byline, expected) in [
            ("By ANN LEE, Times Staff Writer", Some("ANN LEE")),
            ("By Ann Lee and Bo Ray", Some("Ann Lee; Bo Ray")),
            ("Ann Lee;Bo Ray;Cy Fox", Some("Ann Lee; Bo Ray; Cy Fox")),
            ("By ANN LEE\nAssociated Press Writer", Some("ANN LEE")),
            ("By Ann Lee, The Evening Post", Some("Ann Lee")),
            ("By Ann Post", Some("Ann Post")),
            ("Ann Lee in Cannes", Some("Ann Lee")),
            ("By The Associated Press", None),
            ("Staff Reporter of the Evening Post", None),
            ("Reuters", None),
            ("By Ann Lee, Ann Lee", Some("Ann Lee")),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(people(byline).as_deref(), expected, "{byline}");
        }
        assert_eq!(people(&"word ".repeat(100)), None);
    }
}
