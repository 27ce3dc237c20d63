//! Small inputs that newsearch was once seen to read wrongly.

use serde_json::Value;

use crate::support::{Archive, shared};

/// The articles that `annotate` reads from an input of a case.
fn articles(input: &str) -> Vec<Value> {
    let path = shared("cases/ingest").join(input);
    let run = Archive::new().run(["annotate".as_ref(), path.as_os_str(), "--format".as_ref(), "jsonl".as_ref()]);
    run.lines()
}

/// The text of an article without its title.
fn body(article: &Value) -> &str {
    let end = |at: usize| usize::try_from(article["body"][at].as_u64().unwrap()).unwrap();
    &article["text"].as_str().unwrap()[end(0)..end(1)]
}

/// Checks the only article of an input: `text` is its body, other keys are fields.
fn check(input: &str, expected: &[(&str, &str)]) {
    let found = articles(input);
    assert_eq!(found.len(), 1, "{input}: {found:?}");
    for (key, value) in expected {
        let is = match *key {
            "text" => body(&found[0]).to_owned(),
            "authors" => found[0]["authors"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect(),
            key => found[0][key].as_str().unwrap_or_default().to_owned(),
        };
        assert_eq!(is, *value, "{input}: {key}");
    }
}

const STAR: (&str, &str) = ("title", "Star leaves show");

#[test]
#[ignore = "needs ../shared"]
pub fn documents_of_collections() {
    check("01/trec.sgm", &[("id", "AP880212-0001"), ("published", "1988-02-12"), ("title", "Star Leaves Show")]);
    check("31/giga.sgml", &[("id", "AFP_ENG_19940512.0001"), ("published", "1994-05-12"), STAR]);
    let mail = articles("10/box.mbox");
    assert_eq!(
        mail.iter().map(|one| one["title"].as_str().unwrap()).collect::<Vec<_>>(),
        ["Star leaves show", "Second"]
    );
    assert_eq!(mail.iter().map(body).collect::<Vec<_>>(), ["The star has left.", "Another."]);
    let pages = articles("12/edge.warc");
    let archive = std::fs::read(shared("cases/ingest/12/edge.warc")).unwrap();
    let responses = String::from_utf8_lossy(&archive).matches("WARC-Type: response").count();
    assert_eq!(pages.len(), responses);
}

#[test]
#[ignore = "needs ../shared"]
pub fn fields_of_json_and_tables() {
    check(
        "04/wp.json",
        &[("title", "Hayley Atwell’s film ‘Blue Moon’ opens"), ("text", "It opens."), ("published", "2019-03-05")],
    );
    check("05/np.json", &[("published", "2017-07-17"), ("source", "example.org"), STAR]);
    for input in ["14/ninjs1.json", "14/ninjs2.json"] {
        check(input, &[STAR, ("text", "The star has left."), ("published", "2021-03-04"), ("authors", "Ann Lee")]);
    }
    check(
        "15/guardian.json",
        &[STAR, ("text", "The star has left."), ("published", "2020-01-01"), ("section", "Film")],
    );
    check("15/newsapi.json", &[STAR, ("source", "Example Times"), ("published", "2020-01-02")]);
    check("15/nyt.jsonl", &[STAR, ("authors", "Ann Lee"), ("section", "Movies"), ("published", "2019-05-01")]);
    let dates = articles("06/dates.csv");
    assert_eq!(dates.iter().filter(|row| row["published"] == "2019-03-05").count(), 10, "{dates:?}");
    assert_eq!(articles("02/in").len(), 4);
}

#[test]
#[ignore = "needs ../shared"]
pub fn feeds() {
    check("04/cdata.xml", &[("title", "Tom & Jerry’s film"), ("text", "Tom & Jerry’s film opens.")]);
    check("09/tz.xml", &[("published", "2019-03-05")]);
    check("17/atom03.xml", &[STAR, ("text", "It has."), ("published", "2004-03-05")]);
    check("17/rss090.xml", &[STAR, ("url", "https://example.org/1")]);
    check("17/rss093.xml", &[STAR, ("text", "It has.")]);
    check("19/img.xml", &[STAR, ("text", "The star has left.")]);
    check("20/dc.xml", &[STAR, ("published", "2001-01-01")]);
    let both = articles("18/amp.xml");
    assert_eq!(both.iter().map(|one| &one["title"]).collect::<Vec<_>>(), ["Star leaves show", "Tom & Jerry"]);
}

#[test]
#[ignore = "needs ../shared"]
pub fn pages() {
    check("08/late.html", &[("published", "2019-03-05")]);
    check("13/brief.html", &[("text", "The star has left the show.\n\nNobody said why."), ("authors", "Ann Lee")]);
    let text =
        "Hayley Atwell will not be back for a third season of the drama, ABC said on Tuesday.\n\nChris Evans will.";
    check("13/in/brief.html", &[("text", text)]);
    check("22/bad8.html", &[("title", "Penélope doesn’t come")]);
    assert!(body(&articles("22/bad8.html")[0]).ends_with("Penélope said “no”."));
    check("25/script.html", &[("authors", "")]);
    check("25/by.html", &[("authors", "")]);
    check("25/entity.html", &[("authors", "Héctor J. Cruz")]);
    let address = "https://www.example.org/2019/03/05/star-leaves/";
    for input in ["30/wayback.html", "30/motw.html"] {
        check(input, &[("url", address), ("source", "example.org"), ("published", "2019-03-05")]);
    }
    check("33/engadget.html", &[("published", "2020-09-15")]);
    check("33/broken.html", &[("published", "2020-10-26")]);
}

#[test]
#[ignore = "needs ../shared"]
pub fn damaged_texts_are_read() {
    check("35/one.txt", &[STAR, ("text", "é is fine, this café is not.")]);
    check("35/nul.txt", &[STAR, ("text", "A stray  byte.")]);
}

#[test]
#[ignore = "needs ../shared"]
pub fn what_is_not_read_is_named() {
    let archive = Archive::new();
    let folder = shared("cases/ingest/27/in");
    let list = ["--failures", "left-out.jsonl", "-v"];
    let run = archive.run([&["index", folder.to_str().unwrap()][..], &list[..]].concat());
    assert_eq!(run.code, 2, "{}", run.err);
    let named = std::fs::read_to_string(archive.path("left-out.jsonl")).unwrap();
    for file in ["a.pdf", "b.docx", "d.php"] {
        assert!(named.contains(file) && run.err.contains(file), "{file}: {named}{}", run.err);
    }
    for file in ["c.xml: 1 article, read as NITF", "e.txt: 1 article, read as text"] {
        assert!(run.err.contains(file), "{file}: {}", run.err);
    }
    let odt = articles("28/a.odt");
    assert!(odt.iter().all(|one| !one["text"].as_str().unwrap().contains("opendocument")), "{odt:?}");
    assert!(articles("28/a.pdf").is_empty());
}
