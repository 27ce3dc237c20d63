//! JSON as news APIs, content systems and programs write it.

use serde_json::{Value, json};

use crate::support::Archive;

const TITLE: &str = "Atwell joins";
const TEXT: &str = "Hayley Atwell joins the cast, the studio said.";

/// Titles of what `annotate` makes of a file, and what it reports.
fn read(name: &str, content: &str, options: &[&str]) -> (Vec<Value>, String) {
    let archive = Archive::new();
    archive.write(name, content.as_bytes());
    let path = format!("in/{name}");
    let run = archive.run(["annotate", &path, "--format", "jsonl", "-v"].iter().chain(options));
    let said = run.err.lines().filter(|line| !line.contains(": read as "));
    (run.lines(), said.map(|line| format!("{line}\n")).collect())
}

/// Checks that a file has one article, with the title, the text and these fields.
fn check(name: &str, content: &Value, options: &[&str], fields: &[(&str, &str)]) {
    let (articles, errors) = read(name, &content.to_string(), options);
    assert_eq!(articles.len(), 1, "{content}: {errors}");
    let article = &articles[0];
    assert_eq!(article["title"], TITLE, "{content}");
    assert_eq!(article["text"], format!("{TITLE}\n\n{TEXT}"), "{content}");
    for (field, expected) in fields {
        let found = if *field == "authors" { &article["authors"][0] } else { &article[field] };
        assert_eq!(found, expected, "{field} of {content}");
    }
}

#[test]
fn answers_of_news_apis() {
    let dated = &[("published", "2020-01-02")][..];
    let article = json!({"title": TITLE, "content": TEXT, "publishedAt": "2020-01-02T03:04:05Z", "source": {"id": null, "name": "Reel"}});
    check("a.json", &json!({"status": "ok", "totalResults": 1, "articles": [article]}), &[], &[("source", "Reel")]);
    let item = json!({"webTitle": TITLE, "webPublicationDate": "2020-01-02T03:04:05Z", "fields": {"bodyText": TEXT, "byline": "Ann Lee"}});
    check("a.json", &json!({"response": {"status": "ok", "results": [item]}}), &[], &[("authors", "Ann Lee")]);
    let hit = json!({"_id": "7", "_source": {"headline": TITLE, "body": TEXT, "published": "2020-01-02"}});
    check("a.json", &json!({"hits": {"total": 1, "hits": [hit]}}), &[], dated);
    let node = json!({"node": {"title": {"rendered": TITLE}, "content": {"rendered": format!("<p>{TEXT}</p>")}, "date": "2020-01-02"}});
    check("a.jsonl", &json!({"data": {"posts": {"edges": [node]}}}), &[], dated);
}

#[test]
fn wire_items_and_blocks() {
    let item = json!({"versioncreated": "2020-01-02T03:04:05Z", "headline": TITLE, "byline": "Ann Lee", "body_xhtml": format!("<p>{TEXT}</p>")});
    check("a.json", &item, &[], &[("published", "2020-01-02"), ("authors", "Ann Lee")]);
    let item = json!({"headlines": [{"role": "main", "value": TITLE}], "bodies": [{"role": "main", "contentType": "text/plain", "value": TEXT}], "by": "Ann Lee"});
    check("a.json", &item, &[], &[("authors", "Ann Lee")]);
    let (start, end) = TEXT.split_at(14);
    let blocks =
        json!([{"_type": "block", "children": [{"_type": "span", "text": start}, {"_type": "span", "text": end}]}]);
    check("a.json", &json!({"title": TITLE, "body": blocks}), &[], &[]);
}

#[test]
fn values_in_any_arrangement() {
    let article = |title: &str| json!({"title": title, "text": TEXT}).to_string();
    let (one, two) = (article("One"), article("Two"));
    let pretty = serde_json::to_string_pretty(&json!([{"title": "One", "text": TEXT}, {"title": "Two", "text": TEXT}]));
    for content in [
        format!("{one}\n\n{two}\n"),
        format!("\u{feff}{one}{two}"),
        format!("[{one},\n{two},\n]"),
        format!("{one},\n{two},\n"),
        pretty.unwrap(),
        format!("{{\"title\":\"One\",\"score\":NaN,\"text\":\"{TEXT}\"}}\n{two}"),
    ] {
        for name in ["a.json", "a.jsonl", "unnamed"] {
            let (articles, errors) = read(name, &content, &[]);
            let titles: Vec<_> = articles.iter().map(|article| article["title"].as_str().unwrap()).collect();
            assert_eq!((titles, errors.as_str()), (vec!["One", "Two"], ""), "{name} {content}");
        }
    }
    for (content, place) in [
        (format!("{one}\n{{\"title\": oops}}\n{two}"), ":2: malformed JSON"),
        (format!("{one}\n{}\n{two}", &one[..20]), ":2: malformed JSON"),
    ] {
        for name in ["a.json", "a.jsonl"] {
            let (articles, errors) = read(name, &content, &[]);
            assert!(articles.len() == 2 && errors.contains(place), "{name} {content}: {errors}");
        }
    }
}

#[test]
fn maps_reach_into_lists() {
    let record = json!({"hed": [{"lang": "en", "words": TITLE}], "parts": [{"words": TEXT}], "people": [{"n": "Ann Lee"}, {"n": "Bo Ray"}]});
    let map = "title=hed[0].words,text=parts[].words,author=people.n";
    check("a.json", &record, &["--map", map], &[("authors", "Ann Lee")]);
}

#[test]
fn what_is_not_understood_is_named() {
    let prose = format!("{TEXT} It is the third film of the series that she is in.");
    let check = |record: Value, articles: usize, expected: &str| {
        let (found, errors) = read("a.json", &record.to_string(), &[]);
        assert!(found.len() == articles && errors.contains(expected), "{record}: {errors}");
    };
    check(json!({"title": TITLE, "story_para": prose}), 1, "keys that are not known: story_para");
    check(json!({"hed_x": TITLE, "parts": [{"words": prose}]}), 0, "it has the keys parts[].words");
    check(json!({"posts": [{"title": TITLE, "html": TEXT}], "members": [{"name": "Bo"}]}), 1, "members");
}
