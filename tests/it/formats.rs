//! Every kind of file that is read, recognized by content and by name.

use std::io::Write;

use serde_json::Value;

use crate::support::{Archive, field_of_hits};

const PAGE: &str = r#"<!DOCTYPE html><html><head><title>Atwell joins the cast | The Reel Desk</title>
<link rel="canonical" href="https://reel.example/atwell-joins">
<meta property="og:site_name" content="The Reel Desk">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Atwell joins the cast","datePublished":"2019-09-08T10:00:00-04:00","dateModified":"2019-09-09",
"author":[{"@type":"Person","name":"Ann Lee"}],"articleSection":"Film"}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/film">Film</a></li></ul></nav>
<article><h1>Atwell joins the cast</h1><p>By Ann Lee</p>
<p>Hayley Atwell has joined the cast of the seventh film of the series, the director said on Friday.</p>
<p><a href="/other">Related: ten things to know about the director and his films</a></p>
<p>He wrote that she would play a woman of many talents, and that work would begin in Venice next year.</p>
<p>Tom Cruise returns to the part that he has played since 1996, with Simon Pegg and Ving Rhames at his side.</p>
<p>Sign up for our newsletter to get the latest news.</p></article>
<footer><p>Copyright 2019 The Reel Desk. All rights reserved.</p></footer></body></html>"#;

/// The only article of an archive with one file.
fn only_article(name: &str, bytes: &[u8]) -> Value {
    let archive = Archive::new();
    archive.write(name, bytes);
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 0, "{name}: {}", run.err);
    let answer = archive.query(&["atwell"]);
    assert_eq!(answer["total"], 1, "{name}: {answer}");
    let id = answer["hits"][0]["id"].as_str().unwrap().to_owned();
    archive.run(["show", &id, "--format", "json"]).json()
}

fn check_page(shown: &Value) {
    assert_eq!(shown["title"], "Atwell joins the cast");
    assert_eq!((&shown["published"], &shown["modified"]), (&"2019-09-08".into(), &"2019-09-09".into()));
    assert_eq!(shown["authors"][0], "Ann Lee");
    assert_eq!((&shown["source"], &shown["section"]), (&"The Reel Desk".into(), &"Film".into()));
    assert_eq!(shown["url"], "https://reel.example/atwell-joins");
    let text = shown["text"].as_str().unwrap();
    assert!(text.contains("woman of many talents") && text.contains("Ving Rhames"), "{text}");
    for promo in ["Related", "newsletter", "Copyright", "Home"] {
        assert!(!text.contains(promo), "{promo}: {text}");
    }
}

#[test]
fn articles_are_extracted_from_saved_pages() {
    check_page(&only_article("a.html", PAGE.as_bytes()));
    check_page(&only_article("page-without-extension", PAGE.as_bytes()));
    let xhtml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{PAGE}");
    check_page(&only_article("a.xhtml", xhtml.as_bytes()));
    let quoted = PAGE.replace('=', "=3D");
    let mhtml = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://reel.example/x\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://reel.example/x\r\n\r\n{quoted}\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    );
    check_page(&only_article("a.mhtml", mhtml.as_bytes()));
    check_page(&only_article("saved", mhtml.as_bytes()));
}

#[test]
fn pages_in_web_archives_keep_their_address() {
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}");
    let record = |kind: &str, url: &str, content_type: &str, body: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    };
    let http = "application/http; msgtype=response";
    let picture =
        record("response", "https://reel.example/a.png", http, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG");
    let page = record("response", "https://reel.example/atwell", http, &response);
    let warc = format!("{}{picture}{page}", record("warcinfo", "", "application/warc-fields", "software: x\r\n"));
    check_page(&only_article("a.warc", warc.as_bytes()));
    // As crawlers write them: one gzip member for each record.
    let packed = [gzip(picture.as_bytes()), gzip(page.as_bytes())].concat();
    let shown = only_article("a.warc.gz", &packed);
    check_page(&shown);
    assert_eq!(shown["path"], "in/a.warc.gz!/https://reel.example/atwell");
    let wacz = zip(&[
        ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b"{\"title\":\"Atwell\"}"),
        ("archive/a.warc.gz", &packed),
    ]);
    assert_eq!(only_article("a.wacz", &wacz)["path"], "in/a.wacz!/archive/a.warc.gz!/https://reel.example/atwell");
}

#[test]
fn tables_feeds_mail_and_sgml_are_split() {
    let csv = "Headline;Story;Date;Author\n\"Atwell; joins\";\"Hayley Atwell runs.\nFast.\";2019-09-08;Ann Lee\n";
    let shown = only_article("a.csv", csv.as_bytes());
    assert_eq!((&shown["title"], &shown["published"]), (&"Atwell; joins".into(), &"2019-09-08".into()));
    let tsv = "title\ttext\tdate\nAtwell joins\tShe runs.\t8 September 2019\n";
    assert_eq!(only_article("a.tsv", tsv.as_bytes())["published"], "2019-09-08");
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Reel</title><item><title>Atwell joins</title><link>https://reel.example/1</link><guid>tag:1</guid><pubDate>Sun, 08 Sep 2019 10:00:00 GMT</pubDate><description>&lt;p&gt;Hayley &lt;b&gt;Atwell&lt;/b&gt; runs.&lt;/p&gt;&lt;p&gt;Fast.&lt;/p&gt;</description></item></channel></rss>";
    for name in ["a.rss", "a.xml", "feed"] {
        let shown = only_article(name, rss.as_bytes());
        assert_eq!((&shown["id"], &shown["source"]), (&"tag:1".into(), &"Reel".into()));
        assert_eq!(shown["text"], "Atwell joins\n\nHayley Atwell runs.\n\nFast.");
    }
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Reel</title><id>f</id><updated>2019-09-09T00:00:00Z</updated><entry><title>Atwell joins</title><id>tag:2</id><published>2019-09-08T10:00:00Z</published><updated>2019-09-09T00:00:00Z</updated><author><name>Ann Lee</name></author><content type=\"html\">&lt;p&gt;She runs.&lt;/p&gt;</content></entry></feed>";
    let shown = only_article("a.atom", atom.as_bytes());
    assert_eq!((&shown["published"], &shown["authors"][0]), (&"2019-09-08".into(), &"Ann Lee".into()));
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Reel","items":[{"id":"7","title":"Atwell joins","content_html":"<p>She runs.</p>","date_published":"2019-09-08T10:00:00Z"}]}"#;
    assert_eq!(only_article("a.json", feed.as_bytes())["text"], "Atwell joins\n\nShe runs.");
    let mail = "From: Reel Desk <desk@reel.example>\r\nTo: you@example.org\r\nSubject: Atwell joins\r\nDate: Sun, 8 Sep 2019 10:00:00 +0000\r\nMessage-ID: <m1@reel.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hayley Atwell runs.</p><p>Fast.</p>\r\n";
    for name in ["a.eml", "message"] {
        let shown = only_article(name, mail.as_bytes());
        assert_eq!((&shown["title"], &shown["source"]), (&"Atwell joins".into(), &"Reel Desk".into()));
        assert_eq!((&shown["published"], &shown["id"]), (&"2019-09-08".into(), &"m1@reel.example".into()));
    }
    let sgml = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS LEWISSPLIT=\"TRAIN\" NEWID=\"9\">\n<DATE> 8-SEP-1987 15:01:01.79</DATE>\n<TEXT>&#2;\n<TITLE>ATWELL JOINS</TITLE>\n<DATELINE>    LONDON, Sept 8 - </DATELINE><BODY>She runs.\n&#3;</BODY></TEXT>\n</REUTERS>\n";
    for name in ["a.sgm", "reut"] {
        let shown = only_article(name, sgml.as_bytes());
        assert_eq!((&shown["id"], &shown["published"]), (&"9".into(), &"1987-09-08".into()));
    }
}

/// Title, day, source, authors, and the start of the text below the title.
type Expected = (&'static str, Option<&'static str>, Option<&'static str>, &'static [&'static str], &'static str);

#[test]
fn news_formats_and_exports_in_xml() {
    let check = |name: &str, bytes: &[u8], (title, day, source, authors, text): Expected| {
        // The extension does not matter.
        for name in [name, "news.txt", "news"] {
            let archive = Archive::new();
            archive.write(name, bytes);
            let run = archive.run(["index", "in"]);
            assert_eq!(run.code, 0, "{name}: {}", run.err);
            let answer = archive.query(&["tolland"]);
            assert_eq!(answer["total"], 1, "{name}: {answer}");
            let id = answer["hits"][0]["id"].as_str().unwrap().to_owned();
            let shown = archive.run(["show", &id, "--format", "json"]).json();
            assert_eq!((&shown["title"], shown["source"].as_str()), (&title.into(), source), "{name}");
            assert_eq!(shown["published"].as_str().or(day), day, "{name}");
            assert_eq!(shown["authors"], serde_json::json!(authors), "{name}");
            let found = shown["text"].as_str().unwrap();
            assert!(
                found.strip_prefix(title).is_some_and(|rest| rest.trim_start().starts_with(text)),
                "{name}: {found}"
            );
        }
    };
    let title = "‘Lantern Street’ to open the Ardley festival";
    let (reel, orla): (_, &[&str]) = (Some("Reel Wire"), &["Orla Quist"]);
    let day = Some("2019-03-05");
    let first = "Mira Tolland’s drama opens the festival.\n\n";
    let wire = "ARDLEY (Reel) - Mira Tolland’s drama Lantern Street opens the festival on";
    check("wire.xml", include_bytes!("../data/xml/wire.xml"), (title, day, reel, orla, wire));
    let g2 = "ARDLEY, March 5\n\nMira Tolland’s drama";
    check("item.xml", include_bytes!("../data/xml/item-g2.xml"), (title, day, reel, orla, g2));
    check("item.xml", include_bytes!("../data/xml/item-newsml.xml"), (title, day, reel, orla, first));
    let corpus = "Lantern Street opens Ardley festival.";
    let text = "ARDLEY, England 2019-03-05\n\nMira Tolland's drama opens the festival.\n\nIt runs for 101 minutes, \"no more\".";
    check("77077.xml", include_bytes!("../data/xml/corpus.xml"), (corpus, day, reel, orla, text));
    let wiki = "'Lantern Street' opens Ardley festival";
    let text = "The drama Lantern Street by Mira Tolland opens the Ardley festival";
    check("wiki.xml", include_bytes!("../data/xml/wiki.xml"), (wiki, day, Some("Reelnews"), &[], text));
    let blog = include_str!("../data/xml/blog.xml").replace("opens &amp; closes", "opens");
    let text = "Mira Tolland’s drama Lantern Street opens the festival.\n\nThe Salt Garden\nEleven Bells";
    check("blog.xml", blog.as_bytes(), ("‘Lantern Street’ opens", day, Some("Reel Notes"), orla, text));
    let diary = include_str!("../data/xml/feed.atom").replace(" &amp;amp; Eleven Bells", "");
    let text = "Mira Tolland’s drama opens the festival.\n\nIt runs";
    check("feed.atom", diary.as_bytes(), ("Lantern Street", day, Some("Reel Diary"), orla, text));
    let stories = include_bytes!("../data/xml/stories.xml");
    check("stories.xml", stories, (title, day, None, &["Orla Quist", "Pim Varga"], first));
}

#[test]
fn what_an_export_leaves_out_and_other_xml_are_named() {
    let archive = Archive::new();
    archive.write("wiki.xml", include_bytes!("../data/xml/wiki.xml"));
    archive
        .write("sitemap.xml", b"<?xml version=\"1.0\"?><urlset><url><loc>https://reel.example/</loc></url></urlset>");
    let run = archive.run(["index", "in", "-v"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for message in ["redirect: 1, talk page: 1", "XML with the root element <urlset>"] {
        assert!(run.err.contains(message), "{}", run.err);
    }
}

#[test]
fn compressed_files_are_read_whatever_their_names() {
    let text = b"Title: Joins\n\nHayley Atwell runs.";
    let xz = {
        let mut writer = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::default()).unwrap();
        writer.write_all(text).unwrap();
        writer.finish().unwrap()
    };
    let bz2 = {
        let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
        writer.write_all(text).unwrap();
        writer.finish().unwrap()
    };
    let zst = zstd::encode_all(&text[..], 3).unwrap();
    for (name, bytes) in [("a.txt.gz", gzip(text)), ("b.txt.xz", xz), ("c.txt.bz2", bz2), ("d.txt.zst", zst)] {
        assert_eq!(only_article(name, &bytes)["title"], "Joins");
        assert_eq!(only_article("no-name", &bytes)["title"], "Joins");
    }
    let zipped = zip(&[("film/a.txt", text), ("__MACOSX/film/._a.txt", b"x"), ("film/a.png", b"\x89PNG\0")]);
    assert_eq!(only_article("a.zip", &zipped)["path"], "in/a.zip!/film/a.txt");
    let tarred = tar(&[("./film/a.txt", text), ("film/b.css", b"p { }")]);
    assert_eq!(only_article("a.tgz", &gzip(&tarred))["path"], "in/a.tgz!/film/a.txt");
    let nested = zip(&[("deep.tar.gz", &gzip(&tarred))]);
    assert_eq!(only_article("n.zip", &nested)["path"], "in/n.zip!/deep.tar.gz!/film/a.txt");
}

#[test]
fn archive_members_are_never_written_outside() {
    let archive = Archive::new();
    let zipped = zip(&[("../../evil.txt", b"Hayley Atwell escapes."), ("/abs.txt", b"Hayley Atwell stays away.")]);
    archive.write("a.zip", &zipped);
    assert_eq!(archive.run(["index", "in"]).code, 0);
    assert_eq!(archive.query(&["atwell"])["total"], 2, "they are read, under the names they have");
    assert!(!archive.path("evil.txt").exists() && !archive.path("../evil.txt").exists());
    let written = std::fs::read_dir(archive.path("in")).unwrap().count();
    assert_eq!(written, 1, "nothing is unpacked to disk");
}

#[test]
fn limits_are_flags_and_every_violation_is_reported() {
    let archive = Archive::new();
    archive.write("good.txt", b"Hayley Atwell runs.");
    let bomb = gzip(&vec![b' '; 50 << 20]);
    archive.write("bomb.zip", &zip(&[("a.txt.gz", &bomb), ("b.txt.gz", &bomb), ("c.txt", b"Hayley Atwell stays.")]));
    let mut deep = zip(&[("a.txt", b"Hayley Atwell hides.")]);
    for _ in 0..9 {
        deep = zip(&[("deeper.zip", &deep)]);
    }
    archive.write("deep.zip", &deep);
    archive.write("long.txt", &b"Tom Cruise. ".repeat(200_000));
    let run = archive.run(["index", "in", "--max-record", "1M", "--max-expanded", "20M", "--max-nesting", "3"]);
    assert_eq!(run.code, 2);
    for message in [
        "in/long.txt: oversized: 1048577 bytes or more, the limit is 1048576",
        "in/bomb.zip!/a.txt.gz: oversized",
        "packed 3 times over, the limit",
    ] {
        assert!(run.err.contains(message), "{message}: {}", run.err);
    }
    assert_eq!(archive.query(&["atwell"])["total"], 2);
    let run = archive.run(["index", "in", "--max-nesting", "20", "--max-expanded", "30M", "--rebuild"]);
    assert!(run.err.contains("expands to more than 31457280 bytes"), "{}", run.err);
    let titles = field_of_hits(&archive.query(&["atwell hides"]), "path");
    assert!(titles[0].ends_with("deeper.zip!/a.txt"), "{titles:?}");
}

#[test]
fn deeply_nested_pages_are_read() {
    for tag in ["div", "b", "table><tr><td", "span", "ul><li", "blockquote"] {
        // The second is just below the depth from which pages are read as plain text.
        for depth in [100_000, 290 / (1 + tag.matches('>').count())] {
            let html = format!("<html><body>{}<p>Hayley Atwell runs deep.</p>", format!("<{tag}>").repeat(depth));
            let shown = only_article("deep.html", html.as_bytes());
            assert!(shown["text"].as_str().unwrap().contains("runs deep"), "{tag} {depth}");
        }
    }
}

#[test]
fn standard_input_and_mapped_keys() {
    let archive = Archive::new();
    let lines = "{\"Head\":\"Atwell joins\",\"Data\":{\"Story\":\"She runs.\"},\"title\":\"no\"}\n{\"Head\":\"Pegg stays\",\"Data\":{\"Story\":\"He jokes.\"}}\nbroken\n";
    let run = archive.run_with(["index", "-", "--map", "title=Head,text=Data.Story"], lines);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("-:3: malformed JSON"), "{}", run.err);
    assert_eq!(archive.query(&["\"atwell joins\""])["hits"][0]["title"], "Atwell joins");
    let run = archive.run_with(["index", "-", "--map", "title=Head"], "{\"Head\":\"More of Atwell\",\"text\":\"x\"}\n");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(archive.query(&["atwell"])["total"], 2, "what came before stays");
    let run = archive.run(["index", "in", "--map", "mood=x"]);
    assert!(run.code == 2 && run.err.contains("expected title, text, date"), "{}", run.err);
}

#[test]
fn failures_are_kept_and_can_be_retried() {
    let archive = Archive::new();
    archive.write("good.txt", b"Hayley Atwell runs.");
    archive.write("news.jsonl", b"{\"title\":\"One\",\"text\":\"Tom Cruise.\"}\n{\"title\": broken\n");
    archive.write("a.zip", &zip(&[("empty.txt", b" "), ("fine.txt", b"Simon Pegg.")]));
    let run = archive.run(["index", "in", "--failures", "left.jsonl"]);
    assert_eq!(run.code, 2);
    let kept: Vec<Value> = std::fs::read_to_string(archive.path("left.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(kept.len(), 2);
    assert_eq!((&kept[0]["path"], &kept[0]["member"]), (&"in/a.zip".into(), &"empty.txt".into()));
    assert_eq!((&kept[1]["path"], &kept[1]["line"]), (&"in/news.jsonl".into(), &2.into()));
    assert_eq!(kept[1]["reason"], "malformed");
    let run = archive.run(["index", "--retry", "left.jsonl", "--failures", "left.jsonl", "--max-record", "1G"]);
    assert!(run.code == 2 && run.err.contains("2 articles from 2 files"), "{}", run.err);
    assert_eq!(archive.query(&["atwell OR cruise OR pegg"])["total"], 3);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        writer.append_data(&mut header, name, *bytes).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn folders_of_mail_collections_and_exports_are_told_by_content() {
    let mbox = "From ann@reel.example Tue Mar  5 10:00:00 2019\nFrom: Ann Lee <ann@reel.example>\nSubject: Atwell joins\nDate: Tue, 5 Mar 2019 23:30:00 -0800\n\nShe runs.\n";
    for name in ["a.mbox", "Inbox"] {
        let shown = only_article(name, mbox.as_bytes());
        assert_eq!((&shown["published"], &shown["authors"][0]), (&"2019-03-05".into(), &"Ann Lee".into()), "{name}");
    }
    let trec =
        "<DOC>\n<DOCNO> REEL880212-0001 </DOCNO>\n<HEAD>Atwell joins</HEAD>\n<TEXT>\nShe runs.\n</TEXT>\n</DOC>\n";
    let gigaword = "<DOC id=\"REEL_ENG_19880212.0001\" type=\"story\" >\n<HEADLINE>\nAtwell joins\n</HEADLINE>\n<TEXT>\n<P>\nShe runs.\n</P>\n</TEXT>\n</DOC>\n";
    for content in [trec, gigaword] {
        let shown = only_article("collection", content.as_bytes());
        assert_eq!((&shown["published"], &shown["title"]), (&"1988-02-12".into(), &"Atwell joins".into()));
    }
    let nexis = "                  1 of 1 DOCUMENT\n\n\n            The Evening Reel\n\n         January 11, 2010 Monday\n\nAtwell joins\n\nBYLINE: Ann Lee\n\nLENGTH: 2 words\n\nShe runs.\n\nLOAD-DATE: January 12, 2010\n";
    let factiva = "Atwell joins\nBy Ann Lee\n2 words\n11 January 2010\nThe Evening Reel\nREEL\nEnglish\n(c) 2010 Reel\n\nShe runs.\n\nDocument REEL000020100111e61b0001x\n";
    for export in [nexis, factiva] {
        let shown = only_article("export.txt", export.as_bytes());
        assert_eq!((&shown["published"], &shown["source"]), (&"2010-01-11".into(), &"The Evening Reel".into()));
        assert_eq!((&shown["text"], &shown["authors"][0]), (&"Atwell joins\n\nShe runs.".into(), &"Ann Lee".into()));
    }
}
