//! Character references of HTML: `&amp;`, `&#8217;`, `&#xe9;`.

use std::borrow::Cow;

/// The longest name, and the most digits.
const LONGEST: usize = 10;

/// What the numbers 128 to 159 mean, which are control characters: those of Windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Replaces references once. What is no reference stays.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    replace(text, |_| true)
}

/// Replaces references, and those that were escaped twice if they stand for letters or
/// typographic marks: `&amp;#8217;`. A text about HTML keeps its `&amp;lt;`.
pub(super) fn unescape_twice(text: &str) -> Cow<'_, str> {
    match unescape(text) {
        Cow::Owned(once) => Cow::Owned(unescape_again(&once).into_owned()),
        same => same,
    }
}

/// Replaces what was escaped twice in a text whose references were replaced once.
pub(super) fn unescape_again(text: &str) -> Cow<'_, str> {
    replace(text, |c| !c.is_ascii())
}

fn replace(text: &str, is_wanted: impl Fn(char) -> bool) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, reference) = rest.split_at(at);
        match character(reference).filter(|(c, _)| is_wanted(*c)) {
            Some((c, length)) => {
                out.push_str(before);
                out.push(c);
                rest = &reference[length..];
            }
            None => {
                out.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
            }
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// The character of the reference that a text starts with, and its length in bytes.
fn character(text: &str) -> Option<(char, usize)> {
    let name_end = text.bytes().take(LONGEST + 2).position(|byte| byte == b';')?;
    let name = &text[1..name_end];
    let found = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => {
            let at = NAMES.binary_search_by(|(known, _)| known.cmp(&name)).ok()?;
            NAMES[at].1.chars().next()?
        }
    };
    Some((found, name_end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        128..=159 => WINDOWS.get(code as usize - 128).copied(),
        0xa0 | 0x2002..=0x200a | 9 | 10 | 13 => Some(if code == 10 { '\n' } else { ' ' }),
        code => char::from_u32(code).filter(|c| !c.is_control()),
    }
}

/// Names in order: those of HTML 4, with some of HTML 5 for Latin letters and marks.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("AElig", "Æ"), ("AMP", "&"), ("Aacute", "Á"), ("Abreve", "Ă"), ("Acirc", "Â"), ("Agrave", "À"),
    ("Alpha", "Α"), ("Amacr", "Ā"), ("Aogon", "Ą"), ("Aring", "Å"), ("Atilde", "Ã"), ("Auml", "Ä"),
    ("Beta", "Β"), ("COPY", "©"), ("Cacute", "Ć"), ("Ccaron", "Č"), ("Ccedil", "Ç"), ("Chi", "Χ"),
    ("Dagger", "‡"), ("Dcaron", "Ď"), ("Delta", "Δ"), ("Dstrok", "Đ"), ("ETH", "Ð"), ("Eacute", "É"),
    ("Ecaron", "Ě"), ("Ecirc", "Ê"), ("Egrave", "È"), ("Emacr", "Ē"), ("Eogon", "Ę"), ("Epsilon", "Ε"),
    ("Eta", "Η"), ("Euml", "Ë"), ("GT", ">"), ("Gamma", "Γ"), ("Gbreve", "Ğ"), ("Iacute", "Í"),
    ("Icirc", "Î"), ("Idot", "İ"), ("Igrave", "Ì"), ("Imacr", "Ī"), ("Iota", "Ι"), ("Iuml", "Ï"),
    ("Kappa", "Κ"), ("LT", "<"), ("Lambda", "Λ"), ("Lcaron", "Ľ"), ("Lstrok", "Ł"), ("Mu", "Μ"),
    ("Nacute", "Ń"), ("Ncaron", "Ň"), ("NewLine", "\n"), ("Ntilde", "Ñ"), ("Nu", "Ν"), ("OElig", "Œ"),
    ("Oacute", "Ó"), ("Ocirc", "Ô"), ("Odblac", "Ő"), ("Ograve", "Ò"), ("Omacr", "Ō"), ("Omega", "Ω"),
    ("Omicron", "Ο"), ("Oslash", "Ø"), ("Otilde", "Õ"), ("Ouml", "Ö"), ("Phi", "Φ"), ("Pi", "Π"),
    ("Prime", "″"), ("Psi", "Ψ"), ("QUOT", "\""), ("REG", "®"), ("Racute", "Ŕ"), ("Rcaron", "Ř"),
    ("Rho", "Ρ"), ("Sacute", "Ś"), ("Scaron", "Š"), ("Scedil", "Ş"), ("Sigma", "Σ"), ("THORN", "Þ"),
    ("TRADE", "™"), ("Tab", "\t"), ("Tau", "Τ"), ("Tcaron", "Ť"), ("Theta", "Θ"), ("Uacute", "Ú"),
    ("Ucirc", "Û"), ("Udblac", "Ű"), ("Ugrave", "Ù"), ("Umacr", "Ū"), ("Upsilon", "Υ"), ("Uring", "Ů"),
    ("Uuml", "Ü"), ("Xi", "Ξ"), ("Yacute", "Ý"), ("Yuml", "Ÿ"), ("Zacute", "Ź"), ("Zcaron", "Ž"),
    ("Zdot", "Ż"), ("Zeta", "Ζ"), ("aacute", "á"), ("abreve", "ă"), ("acirc", "â"), ("acute", "´"),
    ("aelig", "æ"), ("agrave", "à"), ("alefsym", "ℵ"), ("alpha", "α"), ("amacr", "ā"), ("amp", "&"),
    ("and", "∧"), ("ang", "∠"), ("aogon", "ą"), ("apos", "'"), ("aring", "å"), ("ast", "*"), ("asymp", "≈"),
    ("atilde", "ã"), ("auml", "ä"), ("bdquo", "„"), ("beta", "β"), ("brvbar", "¦"), ("bsol", "\\"),
    ("bull", "•"), ("cacute", "ć"), ("cap", "∩"), ("ccaron", "č"), ("ccedil", "ç"), ("cedil", "¸"),
    ("cent", "¢"), ("check", "✓"), ("chi", "χ"), ("circ", "ˆ"), ("clubs", "♣"), ("colon", ":"),
    ("comma", ","), ("commat", "@"), ("cong", "≅"), ("copy", "©"), ("copysr", "℗"), ("crarr", "↵"),
    ("cup", "∪"), ("curren", "¤"), ("dArr", "⇓"), ("dagger", "†"), ("darr", "↓"), ("dash", "‐"),
    ("dcaron", "ď"), ("deg", "°"), ("delta", "δ"), ("diams", "♦"), ("divide", "÷"), ("dollar", "$"),
    ("dstrok", "đ"), ("eacute", "é"), ("ecaron", "ě"), ("ecirc", "ê"), ("egrave", "è"), ("emacr", "ē"),
    ("empty", "∅"), ("emsp", " "), ("emsp13", " "), ("ensp", " "), ("eogon", "ę"), ("epsilon", "ε"),
    ("equals", "="), ("equiv", "≡"), ("eta", "η"), ("eth", "ð"), ("euml", "ë"), ("euro", "€"), ("excl", "!"),
    ("exist", "∃"), ("female", "♀"), ("fnof", "ƒ"), ("forall", "∀"), ("frac12", "½"), ("frac13", "⅓"),
    ("frac14", "¼"), ("frac15", "⅕"), ("frac18", "⅛"), ("frac23", "⅔"), ("frac34", "¾"), ("frac38", "⅜"),
    ("frac58", "⅝"), ("frac78", "⅞"), ("frasl", "⁄"), ("gamma", "γ"), ("gbreve", "ğ"), ("ge", "≥"),
    ("grave", "`"), ("gt", ">"), ("hArr", "⇔"), ("hairsp", " "), ("half", "½"), ("harr", "↔"),
    ("hearts", "♥"), ("hellip", "…"), ("horbar", "―"), ("hyphen", "‐"), ("iacute", "í"), ("icirc", "î"),
    ("iexcl", "¡"), ("igrave", "ì"), ("imacr", "ī"), ("image", "ℑ"), ("infin", "∞"), ("inodot", "ı"),
    ("int", "∫"), ("iota", "ι"), ("iquest", "¿"), ("isin", "∈"), ("iuml", "ï"), ("kappa", "κ"), ("lArr", "⇐"),
    ("lambda", "λ"), ("lang", "〈"), ("laquo", "«"), ("larr", "←"), ("lbrace", "{"), ("lbrack", "["),
    ("lcaron", "ľ"), ("lceil", "⌈"), ("ldquo", "“"), ("ldquor", "„"), ("le", "≤"), ("lfloor", "⌊"),
    ("lowast", "∗"), ("lowbar", "_"), ("loz", "◊"), ("lpar", "("), ("lrm", "\u{200e}"), ("lsaquo", "‹"),
    ("lsqb", "["), ("lsquo", "‘"), ("lsquor", "‚"), ("lstrok", "ł"), ("lt", "<"), ("macr", "¯"),
    ("male", "♂"), ("mdash", "—"), ("micro", "µ"), ("middot", "·"), ("minus", "−"), ("mldr", "…"),
    ("mu", "μ"), ("nabla", "∇"), ("nacute", "ń"), ("nbsp", " "), ("ncaron", "ň"), ("ndash", "–"), ("ne", "≠"),
    ("ni", "∋"), ("not", "¬"), ("notin", "∉"), ("nsub", "⊄"), ("ntilde", "ñ"), ("nu", "ν"), ("num", "#"),
    ("numsp", " "), ("oacute", "ó"), ("ocirc", "ô"), ("odblac", "ő"), ("oelig", "œ"), ("ograve", "ò"),
    ("oline", "‾"), ("omacr", "ō"), ("omega", "ω"), ("omicron", "ο"), ("oplus", "⊕"), ("or", "∨"),
    ("ordf", "ª"), ("ordm", "º"), ("oslash", "ø"), ("otilde", "õ"), ("otimes", "⊗"), ("ouml", "ö"),
    ("para", "¶"), ("part", "∂"), ("percnt", "%"), ("period", "."), ("permil", "‰"), ("perp", "⊥"),
    ("phi", "φ"), ("phone", "☎"), ("pi", "π"), ("piv", "ϖ"), ("plus", "+"), ("plusmn", "±"), ("pound", "£"),
    ("prime", "′"), ("prod", "∏"), ("prop", "∝"), ("psi", "ψ"), ("puncsp", " "), ("quest", "?"),
    ("quot", "\""), ("rArr", "⇒"), ("racute", "ŕ"), ("radic", "√"), ("rang", "〉"), ("raquo", "»"),
    ("rarr", "→"), ("rbrace", "}"), ("rbrack", "]"), ("rcaron", "ř"), ("rceil", "⌉"), ("rdquo", "”"),
    ("rdquor", "”"), ("real", "ℜ"), ("reg", "®"), ("rfloor", "⌋"), ("rho", "ρ"), ("rlm", "\u{200f}"),
    ("rpar", ")"), ("rsaquo", "›"), ("rsqb", "]"), ("rsquo", "’"), ("rsquor", "’"), ("sacute", "ś"),
    ("sbquo", "‚"), ("scaron", "š"), ("scedil", "ş"), ("sdot", "⋅"), ("sect", "§"), ("semi", ";"),
    ("shy", "\u{ad}"), ("sigma", "σ"), ("sigmaf", "ς"), ("sim", "∼"), ("sol", "/"), ("spades", "♠"),
    ("star", "☆"), ("starf", "★"), ("sub", "⊂"), ("sube", "⊆"), ("sum", "∑"), ("sup", "⊃"), ("sup1", "¹"),
    ("sup2", "²"), ("sup3", "³"), ("supe", "⊇"), ("szlig", "ß"), ("tau", "τ"), ("tcaron", "ť"),
    ("there4", "∴"), ("theta", "θ"), ("thetasym", "ϑ"), ("thinsp", " "), ("thorn", "þ"), ("tilde", "˜"),
    ("times", "×"), ("trade", "™"), ("uArr", "⇑"), ("uacute", "ú"), ("uarr", "↑"), ("ucirc", "û"),
    ("udblac", "ű"), ("ugrave", "ù"), ("umacr", "ū"), ("uml", "¨"), ("upsih", "ϒ"), ("upsilon", "υ"),
    ("uring", "ů"), ("uuml", "ü"), ("verbar", "|"), ("weierp", "℘"), ("xi", "ξ"), ("yacute", "ý"),
    ("yen", "¥"), ("yuml", "ÿ"), ("zacute", "ź"), ("zcaron", "ž"), ("zdot", "ż"), ("zeta", "ζ"),
    ("zwj", "\u{200d}"), ("zwnj", "\u{200c}"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, once: &str, twice: &str) {
        assert_eq!((unescape(text).as_ref(), unescape_twice(text).as_ref()), (once, twice), "{text}");
    }

    #[test]
    fn references_are_replaced() {
        check("a &lt;b&gt;", "a <b>", "a <b>");
        check("Law &#038; Order", "Law & Order", "Law & Order");
        check("&#39;a&#039; &amp; Bj&ouml;rk&#x2019;s", "'a' & Björk’s", "'a' & Björk’s");
        check("&#146;tis&nbsp;so&hellip;", "’tis so…", "’tis so…");
        check("&Eacute;ric &eacute;", "Éric é", "Éric é");
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in [
            "AT&T;",
            "R&B",
            "a & b; c",
            "&;",
            "&#;",
            "&#x;",
            "&#0;",
            "&#55296;",
            "&#99999999999;",
            "&nosuch;",
            "&é;",
            "&",
        ] {
            check(text, text, text);
        }
        check("&amp", "&amp", "&amp");
    }

    #[test]
    fn escaped_twice() {
        check("it&amp;#8217;s", "it&#8217;s", "it’s");
        check("caf&amp;eacute; &amp;lt;b&amp;gt; &amp;amp;", "caf&eacute; &lt;b&gt; &amp;", "café &lt;b&gt; &amp;");
    }

    #[test]
    fn names_are_in_order() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NAMES.iter().all(|(name, text)| name.len() <= LONGEST && text.chars().count() == 1));
    }
}
