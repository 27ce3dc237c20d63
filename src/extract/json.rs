//! JSON objects, and other records with named fields.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::article::Article;
use crate::field_names::{Field, field_named};

use super::article_fields::set_text;
use super::error::ExtractErrorKind;
use super::field_map::FieldMap;
use super::mend::mend;
use super::other_keys::{prose_keys, some_keys};
use super::record::set_fields;
use super::warning::ExtractWarning;

/// Takes the text, so that a long one is not kept beside its copies.
pub(super) fn extract(
    text: String,
    keys: &FieldMap,
    warnings: &mut Vec<ExtractWarning>,
) -> Result<Article, ExtractErrorKind> {
    let Value::Object(map) = parse(&text)? else { return Err(ExtractErrorKind::NotAnObject) };
    // A number beyond 64 bits is rounded.
    let is_rounded = keys.key(Field::Id).is_some() || map.values().any(Value::is_f64);
    let long_id = if is_rounded { long_id(&text, keys).map(str::to_owned) } else { None };
    drop(text);
    let mut article = Article::default();
    let body = set_fields(&mut article, &map, keys);
    if let Some(digits) = long_id.filter(|_| article.id.contains('e')) {
        article.id = digits;
    }
    let title = std::mem::take(&mut article.title);
    set_text(&mut article, &title, &body);
    if article.text.trim().is_empty() && !map.is_empty() {
        return Err(ExtractErrorKind::NoKnownKeys { keys: some_keys(&map) });
    }
    let others = prose_keys(&map, &article.text, body.trim().len());
    if !others.is_empty() && !keys.has(Field::Text) {
        warnings.push(ExtractWarning::TextUnderOtherKeys { keys: others });
    }
    Ok(article)
}

/// The value of a text, mended if it is not quite valid.
fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| serde_json::from_str(&mend(text)).map_err(|_| error))
}

/// The digits of an id that is a number of more digits than the parser keeps.
fn long_id<'t>(text: &'t str, keys: &FieldMap) -> Option<&'t str> {
    let object: RawObject<'t> = serde_json::from_str(text).ok()?;
    let raw = match keys.key(Field::Id) {
        Some(key) => raw_at(&object, key)?,
        None => {
            let ids = object.iter().filter_map(|(key, raw)| match field_named(key)? {
                (Field::Id, rank) => Some((rank, *raw)),
                _ => None,
            });
            ids.min_by_key(|(rank, _)| *rank)?.1
        }
    };
    let digits = raw.get();
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)
}

type RawObject<'t> = BTreeMap<String, &'t RawValue>;

/// The value under a key, or under a path of keys joined by dots.
fn raw_at<'t>(object: &RawObject<'t>, key: &str) -> Option<&'t RawValue> {
    if let Some(raw) = object.get(key) {
        return Some(raw);
    }
    let (first, rest) = key.split_once('.')?;
    raw_at(&serde_json::from_str(object.get(first)?.get()).ok()?, rest)
}

#[cfg(test)]
mod tests {
    use crate::article::UserFields;

    use super::*;

    fn article(text: &str, keys: &str) -> Article {
        extract(text.to_owned(), &keys.parse().expect("a map"), &mut Vec::new()).expect("an article")
    }

    fn check(text: &str, keys: &str, expected: &str) {
        assert_eq!(article(text, keys).text, expected, "{text}");
    }

    #[test]
    fn common_keys_are_known() {
        let text = r#"{"headline":"A  B","short_description":"C","authors":"X, Y","link":"u","category":"S","_id":7}"#;
        let a = article(text, "");
        assert_eq!((a.title.as_str(), a.text.as_str(), a.id.as_str()), ("A B", "A B\n\nC", "7"));
        assert_eq!(a.body.of(&a.text), "C");
        assert_eq!(a.authors, ["X", "Y"]);
        assert_eq!((a.url.as_deref(), a.section.as_deref()), (Some("u"), Some("S")));
    }

    #[test]
    fn values_of_any_type() {
        check(r#"{"summary":"short","text":["one","two"],"title":""}"#, "", "one\n\ntwo");
        check(r#"{"title":{"rendered":"A"},"text":{"name":"B"}}"#, "", "A\n\nB");
        check(r#"{"title":null,"headline":"A","text":true,"body":12}"#, "", "A\n\n12");
        let authors = article(r#"{"title":"A","authors":[{"name":"Ann Lee"},"Bo Ray"]}"#, "").authors;
        assert_eq!(authors, ["Ann Lee", "Bo Ray"]);
    }

    #[test]
    fn mapped_keys_replace_the_common_ones_and_markup_is_stripped() {
        let text = r#"{"title":"site","post":{"head":"Dune opens","html":"<p>It <b>opens</b>.</p>"}}"#;
        check(text, "title=post.head,text=post.html", "Dune opens\n\nIt opens.");
        check(r#"{"title":"A","text":"1 < 2"}"#, "text=body", "A");
    }

    #[test]
    fn tags_are_under_several_keys() {
        let check = |text: &str, keys: &str, tags: &[&str], section: Option<&str>| {
            let article = article(text, keys);
            assert_eq!(
                (&article.tags[..], article.section.as_deref()),
                (&tags.iter().map(ToString::to_string).collect::<Vec<_>>()[..], section),
                "{text}"
            );
        };
        check(r#"{"title":"A","tags":["Film"],"keywords":"film noir, Film"}"#, "", &["Film", "film noir"], None);
        check(r#"{"title":"A","categories":["Film","TV"]}"#, "", &["Film", "TV"], Some("Film"));
        check(r#"{"title":"A","section":"Arts","categories":[{"name":"Film"}]}"#, "", &["Film"], Some("Arts"));
        check(r#"{"title":"A","categories":[4, 9],"tags":[12]}"#, "", &[], None);
        check(r#"{"headline":"A","subject":[{"name":"arts"}]}"#, "", &["arts"], None);
        check(r#"{"title":"A","tags":["no"],"meta":{"kw":"a; b"}}"#, "tags=meta.kw", &["a", "b"], None);
    }

    #[test]
    fn fields_of_the_user_are_kept() {
        let fields =
            UserFields::new(["desk=meta.desk", "rating", "empty=x"].map(|text| text.parse().expect("a field")));
        let keys = FieldMap::default().with_fields(fields.expect("fields"));
        let text = r#"{"title":"A","meta":{"desk":[" Sports ","Film, TV"]},"rating":4.5,"x":null}"#;
        let article = extract(text.to_owned(), &keys, &mut Vec::new()).expect("an article");
        let found: Vec<(&str, &[String])> = article.fields.iter().map(|(name, v)| (name.as_str(), &v[..])).collect();
        assert_eq!(
            found,
            [("desk", &["Sports".to_owned(), "Film, TV".to_owned()][..]), ("rating", &["4.5".to_owned()])]
        );
    }

    #[test]
    fn long_numbers_keep_their_digits() {
        let check = |text: &str, keys: &str, expected: &str| assert_eq!(article(text, keys).id, expected, "{text}");
        check(r#"{"id":123456789012345678901234,"title":"A"}"#, "", "123456789012345678901234");
        check(r#"{"id":"1e5","title":"A"}"#, "", "1e5");
        check(r#"{"id":1e25,"title":"A"}"#, "", "1e+25");
        check(r#"{"a":{"n":123456789012345678901235},"title":"A"}"#, "id=a.n", "123456789012345678901235");
        check(r#"{"id":18446744073709551615,"title":"A"}"#, "", "18446744073709551615");
    }

    #[test]
    fn only_objects_are_articles() {
        let extract = |text: &str| extract(text.to_owned(), &FieldMap::default(), &mut Vec::new());
        assert!(matches!(extract("[1]"), Err(ExtractErrorKind::NotAnObject)));
        assert!(matches!(extract(r#"{"text":"\ud800"}"#), Err(ExtractErrorKind::Json(_))));
    }

    /// Title, body, date, source, address, authors, section, id; those that are missing
    /// are left out.
    fn check_all(text: &str, expected: &[(&str, &str)]) {
        let a = article(text, "");
        let mut found = vec![("title", a.title.clone()), ("body", a.body.of(&a.text).to_owned())];
        found.extend([("authors", a.authors.join("; ")), ("id", a.id.clone())]);
        let others = [("date", &a.published), ("source", &a.source), ("url", &a.url), ("section", &a.section)];
        found.extend(others.map(|(name, value)| (name, value.clone().unwrap_or_default())));
        for (name, value) in found {
            let wanted = expected.iter().find(|(other, _)| *other == name).map_or("", |found| found.1);
            // The day is taken from a date when the article is complete.
            let value = if name == "date" { value.get(..10).unwrap_or_default() } else { &value };
            assert_eq!(value, wanted, "{name} of {text}");
        }
    }

    #[test]
    fn wire_formats() {
        check_all(
            r#"{"uri":"https://wire.example/n1","type":"text","versioncreated":"2021-03-04T05:06:07Z","headline":"Ada sings","byline":"Bo Ray","body_text":"She sings.","subject":[{"code":"1","name":"Arts"}],"copyrightholder":"Wire"}"#,
            &[
                ("title", "Ada sings"),
                ("body", "She sings."),
                ("date", "2021-03-04"),
                ("url", "https://wire.example/n1"),
                ("authors", "Bo Ray"),
                ("source", "Wire"),
            ],
        );
        check_all(
            r#"{"uri":"https://wire.example/n2","firstCreated":"2021-03-03T05:06:07Z","versionCreated":"2021-03-04T05:06:07Z","headlines":[{"role":"short","value":"Ada"},{"role":"main","value":"Ada sings"}],"bodies":[{"role":"main","contentType":"text/html","value":"<p>She sings.</p>"}],"by":"Bo Ray","infoSources":[{"name":"Wire"}]}"#,
            &[
                ("title", "Ada sings"),
                ("body", "She sings."),
                ("date", "2021-03-03"),
                ("url", "https://wire.example/n2"),
                ("authors", "Bo Ray"),
                ("source", "Wire"),
            ],
        );
    }

    #[test]
    fn items_of_news_apis() {
        check_all(
            r#"{"id":"film/1","sectionName":"Film","webPublicationDate":"2020-01-01T10:00:00Z","webTitle":"Ada sings","webUrl":"https://reel.example/a","fields":{"bodyText":"She sings.","byline":"Bo Ray"}}"#,
            &[
                ("title", "Ada sings"),
                ("body", "She sings."),
                ("date", "2020-01-01"),
                ("url", "https://reel.example/a"),
                ("authors", "Bo Ray"),
                ("section", "Film"),
                ("id", "film/1"),
            ],
        );
        check_all(
            r#"{"web_url":"https://reel.example/n","abstract":"In short.","lead_paragraph":"","headline":{"main":"Ada sings"},"pub_date":"2019-05-01","byline":{"original":"By Bo Ray"},"section_name":"Movies","source":"Reel"}"#,
            &[
                ("title", "Ada sings"),
                ("body", "In short."),
                ("date", "2019-05-01"),
                ("url", "https://reel.example/n"),
                ("authors", "Bo Ray"),
                ("section", "Movies"),
                ("source", "Reel"),
            ],
        );
        check_all(
            r#"{"_index":"n","_id":"7","_source":{"title":"Ada sings","content":"She sings.","source_domain":"reel.example"}}"#,
            &[("title", "Ada sings"), ("body", "She sings."), ("id", "7"), ("source", "reel.example")],
        );
        check_all(
            r#"{"type":"posts","id":"7","attributes":{"title":"Ada sings","body":{"value":"<p>She sings.</p>","format":"html"}},"author":{"name":"Bo Ray"}}"#,
            &[("title", "Ada sings"), ("body", "She sings."), ("id", "7"), ("authors", "Bo Ray")],
        );
        check_all(
            r#"{"id":7,"guid":{"rendered":"u"},"title":{"rendered":"Ada&#8217;s song"},"content":{"rendered":"<p>She sings.</p>"},"excerpt":{"rendered":"<p>S.</p>"},"author":3,"categories":[4],"link":"https://reel.example/a"}"#,
            &[("title", "Ada’s song"), ("body", "She sings."), ("id", "7"), ("url", "https://reel.example/a")],
        );
        check_all(
            r#"{"name":"Ada sings","url":"https://reel.example/a","description":"She sings.","provider":[{"_type":"Organization","name":"Reel"}],"datePublished":"2020-01-02T03:04:05Z","image":{"url":"x","title":"y"}}"#,
            &[
                ("title", "Ada sings"),
                ("body", "She sings."),
                ("date", "2020-01-02"),
                ("url", "https://reel.example/a"),
                ("source", "Reel"),
            ],
        );
    }

    #[test]
    fn scraped_records() {
        check_all(
            r#"{"authors":["Ada Lee"],"date_publish":"2017-07-17 17:03:00","source_domain":"reel.example","maintext":"She sings.","description":"In short.","title":"Ada sings","title_page":"Ada sings | Reel","url":"https://reel.example/a"}"#,
            &[
                ("title", "Ada sings"),
                ("body", "She sings."),
                ("date", "2017-07-17"),
                ("source", "reel.example"),
                ("authors", "Ada Lee"),
                ("url", "https://reel.example/a"),
            ],
        );
        check_all(
            r#"{"title":"Ada sings","author":"Ada Lee; Bo Ray","hostname":"reel.example","date":"2020-01-02","source":"https://reel.example/a","source-hostname":"Reel","excerpt":"S.","text":"She sings.","raw_text":"She sings. "}"#,
            &[
                ("title", "Ada sings"),
                ("body", "She sings."),
                ("date", "2020-01-02"),
                ("source", "Reel"),
                ("authors", "Ada Lee; Bo Ray"),
            ],
        );
        check_all(
            r#"{"headline":"Ada sings","body":[{"_type":"block","children":[{"_type":"span","text":"She sings."}]}],"publisher":"https://www.reel.example/"}"#,
            &[("title", "Ada sings"), ("body", "She sings."), ("source", "reel.example")],
        );
    }

    #[test]
    fn the_longest_text_counts_and_summaries_last() {
        let long = "It opens in every theater of the town.";
        check(&format!(r#"{{"text":"It opens.","full_text":"{long}"}}"#), "", long);
        check(&format!(r#"{{"text":"It opens.","description":"{long}"}}"#), "", "It opens.");
        check(&format!(r#"{{"article":"https://reel.example/a","summary":"{long}"}}"#), "", long);
        check(&format!(r#"{{"description":"It opens.","summary":"{long}"}}"#), "", long);
    }

    #[test]
    fn text_under_other_keys_is_named() {
        let prose = "Ada sings in the hall of the town on every day of the week.";
        let run = |text: String| {
            let mut warnings = Vec::new();
            extract(text, &FieldMap::default(), &mut warnings).map(|_| warnings)
        };
        let found = run(format!(r#"{{"title":"Ada","story_x":"{prose}"}}"#)).expect("an article");
        assert_eq!(found, [ExtractWarning::TextUnderOtherKeys { keys: vec!["story_x".to_owned()] }]);
        assert!(run(format!(r#"{{"title":"Ada","text":"{prose}"}}"#)).expect("an article").is_empty());
        let error = run(format!(r#"{{"hed":"","story_x":"{prose}"}}"#)).expect_err("no known key");
        assert!(error.to_string().contains("story_x") && error.reason() == "empty", "{error}");
    }

    #[test]
    fn almost_json() {
        check("{\"title\":\"A\",\"score\":NaN,\"text\":\"x\ty\",}", "", "A\n\nx\ty");
    }

    #[cfg(feature = "pages")]
    #[test]
    fn pages_within_records() {
        let page = "<!DOCTYPE html><html><head><title>Ada sings</title></head><body><nav>Home</nav><article><p>She sings in the hall of the town on every day of the week, they say.</p><p>Nobody in the town has heard such a voice before, and all of them want to hear it again.</p><p>The hall was built some years ago, when the old theater had burned down.</p></article></body></html>";
        let a = article(&serde_json::json!({"url": "https://reel.example/a", "html": page}).to_string(), "");
        assert_eq!((a.title.as_str(), a.url.as_deref()), ("Ada sings", Some("https://reel.example/a")));
        assert!(a.text.contains("She sings in the hall") && !a.text.contains("Home"), "{}", a.text);
    }
}
