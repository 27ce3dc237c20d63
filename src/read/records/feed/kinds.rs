//! Feeds of all kinds, versions and faults: each gives its two items.

use serde_json::Value;

use super::read_items;
use crate::read::error::{ReadError, ReadErrorKind};
use crate::read::limits::Limits;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

/// Kinds of feeds, with `@` where the items are, and an item with its title, link and text.
const KINDS: &[(&str, &str, &str)] = &[
    (
        "RSS 0.90",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>Reel</title><link>https://reel.example/</link><description>d</description></channel><image><title>Logo</title></image>@</rdf:RDF>",
        "<item><title>%title</title><link>%link</link><description>%text</description></item>",
    ),
    (
        "RSS 0.91",
        "<rss version='0.91'><channel><title>Reel</title><language>en</language><image><title>Logo</title><url>x</url></image>@<textinput><title>Search</title></textinput></channel></rss>",
        "<item><title>%title</title><link>%link</link><description>%text</description></item>",
    ),
    (
        "RSS 0.92",
        "<rss version='0.92'><channel><title>Reel</title><cloud domain='x'/>@</channel></rss>",
        "<item><title>%title</title><link>%link</link><description>%text</description><category domain='x'>Film</category><enclosure url='x' length='1' type='a'/></item>",
    ),
    (
        "RSS 0.93",
        "<rss version='0.93'><channel><title>Reel</title>@</channel></rss>",
        "<item><title>%title</title><link>%link</link><description>%text</description><expirationDate>x</expirationDate></item>",
    ),
    (
        "RSS 0.94",
        "<rss version='0.94'><channel><title>Reel</title>@</channel></rss>",
        "<item><link>%link</link><description type='text/html'>%text</description><title>%title</title></item>",
    ),
    (
        "RSS 1.0",
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel r:about='x'><title>Reel</title><items><r:Seq><r:li r:resource='%link'/></r:Seq></items></channel>@</r:RDF>",
        "<item r:about='%link'><title>%title</title><link>%link</link><description>Short</description><c:encoded><![CDATA[%text]]></c:encoded></item>",
    ),
    (
        "RSS 1.0, prefixed",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:rss='http://purl.org/rss/1.0/'><rss:channel rdf:about='x'><rss:title>Reel</rss:title></rss:channel>@</rdf:RDF>",
        "<rss:item rdf:about='%link'><rss:title>%title</rss:title><rss:description>%text</rss:description></rss:item>",
    ),
    (
        "RSS 2.0",
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Reel</title><atom:link rel='self' href='https://reel.example/rss'/>@</channel></rss>",
        "<item><media:content url='x'><media:title>Picture</media:title><media:description>A picture of more than that</media:description></media:content><title>%title</title><link>%link</link><guid isPermaLink='false'>1</guid><description>%text</description><source url='x'>Reel</source></item>",
    ),
    (
        "RSS 2.0 in a namespace",
        "<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel><title>Reel</title>@</channel></rss>",
        "<item><title>%title</title><guid>%link</guid><body xmlns='http://www.w3.org/1999/xhtml'><p>%text</p></body></item>",
    ),
    (
        "RSS 2.0 of a podcast",
        "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>Reel</title><itunes:author>Reel</itunes:author>@</channel></rss>",
        "<item><title>%title</title><itunes:title>Short</itunes:title><link>%link</link><itunes:summary>%text</itunes:summary><itunes:keywords>film, stars</itunes:keywords></item>",
    ),
    (
        "RSS 2.0 without channel",
        "<rss><title>Reel</title>@</rss>",
        "<item><dc:title>%title</dc:title><link>%link</link><dc:description>%text</dc:description></item>",
    ),
    (
        "RSS 2.0 with fullitem",
        "<rss version='2.0'><channel><title>Reel</title>@</channel></rss>",
        "<item><title>%title</title><link>%link</link><description>Short</description><fullitem>%text</fullitem></item>",
    ),
    (
        "RSS 2.0 with the title at the end",
        "<rss version='2.0'><channel>@<title>Reel</title></channel></rss>",
        "<item><title>%title</title><link>%link</link><description>%text</description></item>",
    ),
    (
        "Atom 0.3",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title mode='escaped'>Reel</title><tagline>t</tagline>@</feed>",
        "<entry><title>%title</title><link rel='alternate' type='text/html' href='%link'/><issued>2004</issued><content type='text/html' mode='escaped'>%text</content></entry>",
    ),
    (
        "Atom 1.0",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Reel</title><link rel='self' href='x'/>@</feed>",
        "<entry><title type='html'>%title</title><link href='%link'/><link rel='enclosure' href='x'/><summary>Short</summary><content type='html'>%text</content></entry>",
    ),
    (
        "Atom 1.0, xhtml",
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:h='http://www.w3.org/1999/xhtml'><a:title>Reel</a:title>@</a:feed>",
        "<a:entry><a:title>%title</a:title><a:link href='%link'/><a:content type='xhtml'><h:div><h:p>%text</h:p></h:div></a:content></a:entry>",
    ),
    (
        "Atom 1.0 in a wrong namespace",
        "<feed xmlns='http://wrong.example/atom'><title>Reel</title>@</feed>",
        "<entry><title>%title</title><link rel='self' href='x'/><link href='%link'/><summary>%text</summary></entry>",
    ),
    (
        "CDF",
        "<CHANNEL HREF='https://reel.example/'><TITLE>Reel</TITLE>@</CHANNEL>",
        "<ITEM HREF='%link' LASTMOD='1998-11-05T10:00'><TITLE>%title</TITLE><ABSTRACT>%text</ABSTRACT></ITEM>",
    ),
];

const TITLES: [&str; 2] = ["Star leaves show", "Film opens in May"];
const TEXTS: [&str; 2] = ["The star has left the show", "The film opens in all theaters"];

fn feed(kind: &(&str, &str, &str)) -> String {
    let items = [0, 1].map(|at| {
        let link = format!("https://reel.example/{at}");
        kind.2.replace("%title", TITLES[at]).replace("%link", &link).replace("%text", TEXTS[at])
    });
    kind.1.replace('@', &items.concat())
}

fn read(bytes: &[u8]) -> (Vec<Value>, Vec<ReadError>) {
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    let mut callback = |record: Result<RawRecord, ReadError>| match record {
        Ok(record) => records.push(serde_json::from_str(&record.text).expect("JSON")),
        Err(error) => errors.push(error),
    };
    let mut sink = RecordSink::new(Limits::default(), &mut callback);
    if let Err(kind) = read_items(&mut sink, "a", bytes) {
        sink.error("a", None, kind);
    }
    (records, errors)
}

/// Checks that both items are read; returns what was said of them.
fn check(bytes: &[u8], what: &str) -> Vec<ReadError> {
    let (records, errors) = read(bytes);
    assert_eq!(records.len(), 2, "{what}: {errors:?}");
    for (at, record) in records.iter().enumerate() {
        let part = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        assert!(part("title").starts_with(&TITLES[at][..8]), "{what}: {record}");
        assert!(part("text").contains(&TEXTS[at][..8]), "{what}: {record}");
        assert_eq!(part("url"), format!("https://reel.example/{at}"), "{what}");
        assert_eq!(part("source"), "Reel", "{what}");
    }
    errors
}

#[test]
fn what_stands_in_front_of_feeds() {
    for kind in KINDS {
        for front in [
            "",
            "\u{feff}<?xml version='1.0'?>",
            "<?xml version='1.0' encoding='utf-8'?>\n\n",
            "\n  <?xml version='1.0'?>\n",
            "<!-- Made by hand: <item> <rss> & so on -->\n",
            "<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?>",
            "<?xml version='1.0'?><!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>",
            "<!DOCTYPE feed [<!ENTITY reel 'Reel'><!-- > --> <!ELEMENT item ANY>]>",
            "A warning: cache is full\n",
            "<?xml version='1.0' encoding='iso-8859-1'?>",
            "<?xml version='1.0' encoding='no-such-charset'?>",
        ] {
            let errors = check(format!("{front}{}", feed(kind)).as_bytes(), &format!("{} {front}", kind.0));
            assert!(errors.is_empty(), "{errors:?}");
        }
    }
}

#[test]
fn feeds_that_are_broken() {
    // The title at the end would be of the last item if that is not closed.
    for kind in KINDS.iter().filter(|kind| !kind.0.ends_with("at the end")) {
        let good = feed(kind);
        for (from, to) in [
            ("has left", "has & left"),
            ("Star leaves", "Star leaves &nbsp;"),
            ("</title>", "</title >"),
            ("Star leaves show", "Star leaves show & tells"),
            ("Star leaves show", "Star leaves show \u{1}\u{b}"),
            ("<title>", "<title lang='a' lang='b' bare>"),
            ("</title>", "</title></b>"),
            ("</item>", "<p></item>"),
            ("</item>", ""),
            ("</entry>", "<br></entry>"),
            ("</rss>", ""),
            ("</channel></rss>", ""),
            ("</feed>", ""),
            ("</rdf:RDF>", ""),
            ("leaves show", "leaves show <"),
            ("leaves show", "leaves show 1 < 2"),
        ] {
            let feed = good.replace(from, to);
            let errors = check(feed.as_bytes(), &format!("{} {from} {to}", kind.0));
            assert!(errors.iter().all(|error| error.kind.is_warning()), "{errors:?}");
        }
        let cut = &good[..good.rfind("The film").unwrap_or(0) + 12];
        let (records, errors) = read(cut.as_bytes());
        assert_eq!((records.len(), errors.len()), (2, 1), "{} {errors:?}", kind.0);
        assert!(matches!(errors[0].kind, ReadErrorKind::Truncated { .. }) && errors[0].place == Some(2));
    }
}

#[test]
fn encodings_of_feeds() {
    let wide = |text: &str, big: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    for kind in KINDS {
        let body = feed(kind).replace("show", "show: Pénélope’s “Été”");
        let stated = |label: &str| format!("<?xml version='1.0' encoding='{label}'?>{body}");
        let western = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let marked = |text: &str| format!("\u{feff}{text}");
        let quad = |text: &str| -> Vec<u8> { text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect() };
        for (bytes, warns) in [
            (western(&stated("windows-1252")), false),
            (western(&stated("iso-8859-1")), false),
            (western(&stated("utf-8")), true),
            (western(&stated("us-ascii")), false),
            (western(&body), false),
            (stated("iso-8859-1").into_bytes(), false),
            (stated("utf-16").into_bytes(), false),
            (wide(&stated("utf-16"), false), false),
            (wide(&marked(&stated("utf-8")), true), false),
            (wide(&body, true), false),
            (quad(&marked(&stated("utf-32"))), false),
            (quad(&body), false),
            (stated("utf-8").into_bytes(), false),
        ] {
            let (records, errors) = read(&bytes);
            assert_eq!(records.len(), 2, "{}", kind.0);
            let title = records[0]["title"].as_str().unwrap_or_default();
            assert_eq!(title, "Star leaves show: Pénélope’s “Été”", "{}", kind.0);
            assert_eq!(errors.len(), usize::from(warns), "{errors:?}");
        }
    }
    for (label, title) in [
        ("koi8-r", "Актриса уходит из сериала после десяти лет"),
        ("euc-kr", "배우가 십 년 만에 드라마를 떠난다고 밝혔다"),
        ("shift_jis", "俳優が十年ぶりに番組を去ると発表した"),
        ("gb2312", "演员在十年后离开该剧集"),
        ("big5", "演員在十年後離開該劇集"),
    ] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label");
        for label in [label, "utf-8", ""] {
            let feed = format!(
                "<?xml version='1.0' encoding='{label}'?><rss><channel><title>R</title><item><title>{title}</title><description>{title}</description></item></channel></rss>"
            );
            let (bytes, ..) = encoding.encode(&feed);
            assert_eq!(read(&bytes).0[0]["title"], title, "{label}");
        }
    }
}

/// One item, and a field of its record.
fn field(item: &str, key: &str) -> Value {
    let feed = format!(
        "<rss version='2.0' xml:base='https://reel.example/base/'><channel><title>Reel</title><link>https://reel.example</link><managingEditor>desk@reel.example (Desk)</managingEditor><item><title>A</title>{item}</item></channel></rss>"
    );
    read(feed.as_bytes()).0[0][key].clone()
}

#[test]
fn fields_of_items() {
    for (item, key, expected) in [
        ("<pubDate>Tue, 05 Mar 2019 20:00:00 -0800</pubDate>", "date", "Tue, 05 Mar 2019 20:00:00 -0800"),
        ("<atom:updated>2020-01-02</atom:updated><pubDate>5 Mar 2019</pubDate>", "date", "5 Mar 2019"),
        ("<dc:date>2006-01-11 16:42:55 -0800</dc:date>", "date", "2006-01-11 16:42:55 -0800"),
        ("<dcterms:modified>2020</dcterms:modified><dcterms:issued>2019</dcterms:issued>", "date", "2019"),
        ("<dcterms:modified>2020</dcterms:modified>", "date", "2020"),
        ("<dcterms:modified>2020</dcterms:modified><pubDate> </pubDate>", "modified", "2020"),
        ("<author>ann@reel.example (Ann Lee)</author>", "authors", "Ann Lee"),
        (
            "<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ray</dc:creator><author>x@y</author>",
            "authors",
            "Ann Lee; Bo Ray",
        ),
        (
            "<atom:author><atom:email>a@b</atom:email><atom:name>Ann Lee</atom:name><atom:uri>u</atom:uri></atom:author>",
            "authors",
            "Ann Lee",
        ),
        ("<dc:creator><foaf:Person><foaf:name>Ann Lee</foaf:name></foaf:Person></dc:creator>", "authors", "Ann Lee"),
        ("<itunes:author>Ann Lee</itunes:author>", "authors", "Ann Lee"),
        ("<category>Film</category><category>TV</category><dc:subject>Stars</dc:subject>", "section", "Film"),
        ("<link>a.html</link>", "url", "https://reel.example/base/a.html"),
        ("<link>//other.example/a</link>", "url", "https://other.example/a"),
        (
            "<link>https://proxy.example/1</link><feedburner:origLink>https://reel.example/a</feedburner:origLink>",
            "url",
            "https://reel.example/a",
        ),
        ("<guid>https://reel.example/a</guid>", "url", "https://reel.example/a"),
        (
            "<atom:link rel='replies' href='https://reel.example/r'/><atom:link href='https://reel.example/a&amp;b'/>",
            "url",
            "https://reel.example/a&b",
        ),
        ("<source url='x'>The Wire</source>", "source", "The Wire"),
        (
            "<atom:source><atom:id>x</atom:id><atom:title>The Wire</atom:title><atom:updated>2001</atom:updated></atom:source>",
            "source",
            "The Wire",
        ),
        ("<description>1 &lt; 2 &amp;amp; 3</description>", "text", "1 < 2 &amp; 3"),
        ("<description><p>A <b>b</b><br/>c &amp; d</p></description>", "text", "<p>A <b>b</b><br>c &amp; d</p>"),
        (
            "<description>&lt;img src='x'/&gt;</description><content:encoded>The text</content:encoded>",
            "text",
            "The text",
        ),
        ("<media:description>A picture</media:description><description>B</description>", "text", "B"),
        ("<media:group><media:description>A film</media:description></media:group>", "text", "A film"),
        ("<georss:point>1 2</georss:point><geo:lat>1</geo:lat>", "title", "A"),
        ("<atom:content mode='base64'>VGhlIHRleHQ=</atom:content>", "text", "The text"),
    ] {
        assert_eq!(field(item, key), expected, "{item}");
    }
    assert_eq!(
        field("<category>Film</category><itunes:keywords>a, b</itunes:keywords>", "tags"),
        serde_json::json!(["Film", "a", "b"])
    );
    for (item, key) in [
        ("<guid isPermaLink='false'>https://reel.example/a</guid>", "url"),
        ("<author>ann@reel.example</author>", "authors"),
        ("<atom:link rel='enclosure' href='https://reel.example/a.mp3'/>", "url"),
        ("<comments>https://reel.example/c</comments>", "url"),
        ("<content:encoded> </content:encoded>", "text"),
    ] {
        assert_eq!(field(item, key), Value::Null, "{item}");
    }
}

#[test]
fn bad_feeds_are_named() {
    for (feed, expected) in [
        ("<rss version='0.93'><channel><title>R</title></channel></rss>", "empty: RSS 0.93 without items"),
        ("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>", "empty: Atom 0.3 without items"),
        ("<opml><body/></opml>", "malformed feed: it begins with <opml>"),
        ("nothing", "malformed feed: it begins with no element"),
        (
            "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}",
            "empty: JSON Feed https://jsonfeed.org/version/1 without items",
        ),
    ] {
        let (records, errors) = read(feed.as_bytes());
        assert!(records.is_empty());
        assert!(errors.len() == 1 && errors[0].kind.to_string().starts_with(expected), "{errors:?}");
    }
}

#[test]
fn json_feeds_lose_only_bad_items() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Reel","authors":[{"name":"Ann Lee"}],"items":[
        {"id":1,"url":"https://reel.example/a","title":"A","content_html":"<p>B</p>","date_published":"2019-03-05T20:00:00-08:00","tags":["Film","TV"]},
        "no item",
        {"id":"3","content_text":"C","author":{"name":"Bo Ray"},"summary":"D and E","title":null}]}"#;
    let (records, errors) = read(feed.as_bytes());
    assert_eq!((records.len(), errors.len(), errors[0].place), (2, 1, Some(2)));
    assert_eq!(
        (&records[0]["date"], &records[0]["authors"], &records[0]["id"]),
        (&"2019-03-05T20:00:00-08:00".into(), &"Ann Lee".into(), &"1".into())
    );
    assert_eq!((&records[0]["section"], &records[0]["tags"]), (&"Film".into(), &serde_json::json!(["Film", "TV"])));
    assert_eq!((&records[1]["text"], &records[1]["authors"]), (&"D and E".into(), &"Bo Ray".into()));
}

#[test]
fn hostile_feeds_take_bounded_work() {
    let item = "<item><title>A</title></item>";
    for part in ["<a>", "<a xmlns:b='c'>", "</a>", "&a;", "<description>", "<![CDATA[", "<item>", "<a b='", "<br>"] {
        let feed =
            format!("<!DOCTYPE r [<!ENTITY a '{}'>]><rss><channel>{item}{}", "x".repeat(900), part.repeat(50_000));
        let (records, _) = read(feed.as_bytes());
        assert!(!records.is_empty(), "{part}");
        let size: usize = records.iter().map(|record| record.to_string().len()).sum();
        assert!(size < 40 * feed.len(), "{part}");
    }
}
