//! Names of people, as feeds write them beside e-mail addresses.

use super::item::one_line;

/// The name in `name`, `address (name)`, `name (address)` or `name <address>`;
/// `None` if there is only an address.
pub(super) fn name_of(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:");
    let name = if text.contains('@') { name_beside_address(text) } else { text };
    let name = one_line(name.trim().trim_matches(['"', ',', ';']));
    (!name.is_empty() && !name.contains('@') && !name.starts_with("http")).then_some(name)
}

fn name_beside_address(text: &str) -> &str {
    for (open, close) in [('(', ')'), ('<', '>')] {
        let Some((before, rest)) = text.split_once(open) else { continue };
        let (inner, after) = rest.split_once(close).unwrap_or((rest, ""));
        let parts = [before, inner, after];
        return parts.into_iter().find(|part| !part.contains('@') && !part.trim().is_empty()).unwrap_or("");
    }
    // `address name`, `address - name`
    let without = |at: usize| text[at..].trim_start_matches([' ', '-', ',', ':']);
    match text.split_once(char::is_whitespace) {
        Some((first, _)) if first.contains('@') => without(first.len()),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beside_addresses() {
        for (text, expected) in [
            ("Ann Lee", Some("Ann Lee")),
            ("ann@reel.example (Ann  Lee)", Some("Ann Lee")),
            ("Ann Lee (ann@reel.example)", Some("Ann Lee")),
            ("Ann Lee <ann@reel.example>", Some("Ann Lee")),
            ("<ann@reel.example> Ann Lee", Some("Ann Lee")),
            ("\"Lee, Ann\" <ann@reel.example>", Some("Lee, Ann")),
            ("ann@reel.example - Ann Lee", Some("Ann Lee")),
            ("mailto:ann@reel.example", None),
            ("ann@reel.example", None),
            ("ann@reel.example ()", None),
            ("https://reel.example/ann", None),
            ("Ann Lee (Reel)", Some("Ann Lee (Reel)")),
            ("", None),
        ] {
            assert_eq!(name_of(text).as_deref(), expected, "{text}");
        }
    }
}
