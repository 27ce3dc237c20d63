//! Records of each format within XML, about invented people and films.

use super::super::testing::{Records, read as run, sorted_summary};
use super::*;

fn read_as(format: XmlFormat, xml: &[u8]) -> Result<Records, ReadErrorKind> {
    run(xml, |sink, member| {
        // Larger than the limit of other tests: news formats are verbose.
        sink.limits = sink.limits.with_record(20_000);
        read(sink, member, format)
    })
}

/// What a file gives, its format told by its root element.
fn found(xml: impl AsRef<[u8]>) -> Vec<String> {
    match read_as(XmlFormat::Other, xml.as_ref()) {
        Ok(records) => sorted_summary(&records),
        Err(kind) => vec![format!("file: {kind}")],
    }
}

fn check(xml: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(found(xml.as_ref()), expected, "{}", String::from_utf8_lossy(xml.as_ref()));
}

#[test]
fn nitf() {
    check(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.4/specification/dtd/nitf-3-4.dtd">
<nitf version="-//IPTC//DTD NITF 3.4//EN" change.date="October 18, 2006">
<head><title>Blue Moon opens - Reel</title>
 <tobject tobject.type="news"><tobject.subject tobject.subject.refnum="01005000" tobject.subject.type="Arts" tobject.subject.matter="Cinema"/></tobject>
 <docdata><doc-id id-string="reel-7" regsrc="REEL"/><date.issue norm="20190305T100000Z"/><date.release norm="20190306T000000Z"/>
  <key-list><keyword key="blue moon"/><keyword key="festival"/></key-list><doc.copyright holder="Reel Wire" year="2019"/></docdata>
 <revision-history norm="20190307T090000Z"/></head>
<body><body.head>
  <hedline><hl1>“Blue Moon” opens in Ardley</hl1><hl2>Crowds come early</hl2></hedline>
  <byline>By <person>Ann Lee</person> and <person>Bo Ray</person><byttl>Reel writers</byttl></byline>
  <distributor>Reel Wire</distributor>
  <dateline><location>ARDLEY</location>, <story.date norm="20190305">March 5</story.date></dateline></body.head>
 <body.content>
  <p>The film by <person>Cy Fox<alt-code idsrc="x" value="y"/></person>&#8217;s studio opens.</p>
  <media media-type="image"><media-reference source="a.jpg"/><media-caption>Ann at the door</media-caption></media>
  <p>It runs for <num>two</num> weeks.</p>
  <hl2>Next</hl2><ul><li>Green Sun</li><li>Red Sea</li></ul>
  <table><tr><td>Blue Moon</td><td>12</td></tr></table>
 </body.content><body.end><tagline>Write to Ann.</tagline></body.end></body></nitf>"#,
        &[
            r#"0 {"authors":"Ann Lee; Bo Ray","date":"20190305T100000Z","id":"reel-7","modified":"20190307T090000Z","source":"Reel Wire","tags":["Cinema","blue moon","festival"],"text":"Crowds come early\n\nARDLEY, March 5\n\nThe film by Cy Fox’s studio opens.\n\nIt runs for two weeks.\n\nNext\n\nGreen Sun\nRed Sea\n\nBlue Moon 12","title":"“Blue Moon” opens in Ardley"}"#,
        ],
    );
}

#[test]
fn nitf_of_an_annotated_corpus() {
    check(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<nitf change.date="June 10, 2005" version="-//IPTC//DTD NITF 3.3//EN">
<head><title>BLUE MOON OPENS</title><meta content="05" name="publication_day_of_month"/><meta content="Cultural Desk" name="dsk"/><meta content="Arts; Movies" name="online_sections"/>
<docdata><doc-id id-string="0000007"/><doc.copyright holder="The Ardley Times" year="1987"/>
<identified-content><classifier class="indexing_service" type="descriptor">Motion Pictures</classifier><person class="indexing_service">Lee, Ann</person><classifier class="online_producer" type="general_descriptor">Motion Pictures</classifier></identified-content></docdata>
<pubdata date.publication="19870305T000000" ex-ref="http://times.example/a.html" item-length="20" name="The Ardley Times" unit-of-measure="word"/></head>
<body><body.head><hedline><hl1>BLUE MOON OPENS</hl1><hl2 class="online_headline">Blue Moon, a Review</hl2></hedline>
<byline class="print_byline">By ANN LEE</byline><byline class="normalized_byline">Lee, Ann</byline><dateline>ARDLEY, March 4</dateline>
<abstract><p>A summary.</p></abstract></body.head>
<body.content><block class="lead_paragraph"><p>LEAD: It opens.</p></block><block class="full_text"><p>LEAD: It opens.</p><p>It runs.</p></block></body.content></body></nitf>"#,
        &[
            r#"0 {"authors":"By ANN LEE","date":"19870305T000000","id":"0000007","section":"Arts","source":"The Ardley Times","tags":["Motion Pictures","Lee, Ann"],"text":"ARDLEY, March 4\n\nLEAD: It opens.\n\nIt runs.","title":"BLUE MOON OPENS","url":"http://times.example/a.html"}"#,
        ],
    );
    // Only the normalized byline, only the lead, no headline but the title.
    check(
        r#"<nitf><head><title>A</title></head><body><body.head><byline class="normalized_byline">Lee, Ann</byline></body.head><body.content><block class="lead_paragraph"><p>It opens.</p></block></body.content></body></nitf>"#,
        &[r#"0 {"authors":"Ann Lee","text":"It opens.","title":"A"}"#],
    );
}

#[test]
fn nitf_in_odd_shapes() {
    // Prefixes, upper case, an internal subset, comments, CDATA.
    check(
        "<!DOCTYPE n:NITF [\n<!ENTITY reel \"Reel > Wire\">\n<!ENTITY a '&reel;&reel;'>\n]>\n<!-- <nitf> --><n:NITF xmlns:n='u'><n:BODY><n:BODY.HEAD><n:HEDLINE><n:HL1>A &amp; B</n:HL1></n:HEDLINE></n:BODY.HEAD><n:BODY.CONTENT><n:P><![CDATA[1 < 2]]> &a;</n:P></n:BODY.CONTENT></n:BODY></n:NITF>",
        &[r#"0 {"text":"1 < 2 &a;","title":"A & B"}"#],
    );
    // Plain text without paragraphs, no headline, no date.
    check(
        "<nitf><body><body.content>\nOne\nline.\n\nTwo.\n</body.content></body></nitf>",
        &[r#"0 {"text":"One line.\n\nTwo."}"#],
    );
    // Text beside the head of the body.
    check("<nitf><body><body.head/><p>One.</p></body></nitf>", &[r#"0 {"text":"One."}"#]);
    // Only an abstract; nothing at all.
    check(
        "<nitf><body><body.head><abstract><p>One.</p></abstract></body.head></body></nitf>",
        &[r#"0 {"text":"One."}"#],
    );
    check("<nitf/>", &["0 {}"]);
    // Several in a file, one of them not closed.
    check(
        "<nitf><body><p>One.</p></body></nitf>\n<?xml version='1.0'?><nitf><body><p>Two.</nitf><nitf><body><nitf><body><p>Four.</p></body></nitf>",
        &[r#"1 {"text":"One."}"#, r#"2 {"text":"Two."}"#, "3 error: malformed", r#"4 {"text":"Four."}"#],
    );
}

#[test]
fn encodings() {
    let expected = &[r#"0 {"text":"Café “Moon”."}"#];
    let body = |encoding: &str| {
        format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><nitf><body><p>Café “Moon”.</p></body></nitf>")
    };
    let windows = encoding_rs::WINDOWS_1252.encode(&body("windows-1252")).0.into_owned();
    check(windows, expected);
    // Declared otherwise than it is, or not at all.
    check(body("ISO-8859-1"), expected);
    check(body("UTF-16"), expected);
    check(encoding_rs::WINDOWS_1252.encode(&body("")).0, expected);
    let utf16: Vec<u8> = format!("\u{feff}{}", body("UTF-16")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(utf16, expected);
    let japanese = "<?xml version='1.0' encoding='Shift_JIS'?><nitf><body><p>映画。</p></body></nitf>";
    check(encoding_rs::SHIFT_JIS.encode(japanese).0, &[r#"0 {"text":"映画。"}"#]);
    check("\u{feff}<nitf><body><p>Café.</p></body></nitf>", &[r#"0 {"text":"Café."}"#]);
}

#[test]
fn newsml_g2() {
    let item = |meta: &str, content: &str, set: &str| {
        format!(
            r#"<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:reel.example:20190305:7" version="2" standard="NewsML-G2"><itemMeta><itemClass qcode="ninat:text"/><provider literal="reel.example"/><versionCreated>2019-03-06T09:00:00+01:00</versionCreated>{meta}</itemMeta><contentMeta>{content}</contentMeta><contentSet>{set}</contentSet></newsItem>"#
        )
    };
    let nitf = r#"<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Inner</hl1></hedline><byline>Bo Ray</byline></body.head><body.content><p>It opens.</p><p>It runs.</p></body.content></body></nitf></inlineXML>"#;
    check(
        item(
            "<firstCreated>2019-03-05T10:00:00Z</firstCreated>",
            r#"<urgency>4</urgency><contentCreated>2019-03-04T10:00:00Z</contentCreated><infoSource><name>Reel Wire</name></infoSource><creator type="cpnat:person"><name>Ann Lee</name></creator><creator type="cpnat:organisation"><name>Reel</name></creator><headline xml:lang="en">Blue Moon opens</headline><headline role="hld:subHeadline">Crowds come</headline><subject type="cpnat:abstract" qcode="medtop:1"><name xml:lang="en">cinema</name><name xml:lang="de">Kino</name></subject><subject qcode="medtop:2"/><keyword>film</keyword>"#,
            nitf,
        ),
        &[
            r#"0 {"authors":"Ann Lee","date":"2019-03-05T10:00:00Z","id":"urn:newsml:reel.example:20190305:7","modified":"2019-03-06T09:00:00+01:00","source":"Reel Wire","tags":["cinema","film"],"text":"Crowds come\n\nIt opens.\n\nIt runs.","title":"Blue Moon opens"}"#,
        ],
    );
    // What the metadata lacks is taken from the text.
    let some = found(item("", "", nitf)).concat();
    assert!(
        some.contains(r#""authors":"Bo Ray","date":"2019-03-06T09:00:00+01:00""#)
            && some.contains(r#""title":"Inner""#),
        "{some}"
    );
    let page = r#"<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><h1>Blue Moon opens</h1><p>It <em>op</em>ens.<br/>Soon.</p></body></html></inlineXML>"#;
    let some = found(item("", "<headline>Blue Moon opens</headline>", page)).concat();
    assert!(some.contains(r#""text":"It opens.\nSoon.""#), "{some}");
    let data = r#"<remoteContent href="a.jpg"/><inlineData contenttype="image/png" encoding="x">AAAA</inlineData><inlineData contenttype="text/plain">One.

Two.</inlineData>"#;
    let some = found(item("", "<by>By Ann Lee</by><headline>H</headline>", data)).concat();
    assert!(some.contains(r#""text":"One.\n\nTwo.""#) && some.contains(r#""authors":"By Ann Lee""#), "{some}");
    // Only a description.
    let some = found(item("", "<headline>H</headline><description role='x'>Short.</description>", "")).concat();
    assert!(some.contains(r#""text":"Short.""#), "{some}");
}

#[test]
fn messages_and_items_that_are_no_articles() {
    let left_out = |xml: &str| match read_as(XmlFormat::Other, xml.as_bytes()).expect("XML").pop() {
        Some(Err(error)) => error.kind.to_string(),
        other => panic!("{other:?}"),
    };
    let message = r#"<n:newsMessage xmlns:n="u"><n:header><n:sent>2019-03-05</n:sent></n:header><n:itemSet>
<n:packageItem guid="p"><n:groupSet><n:group><n:itemRef residref="a"/></n:group></n:groupSet></n:packageItem>
<n:newsItem guid="a"><n:contentMeta><n:headline>A</n:headline></n:contentMeta></n:newsItem>
<n:newsItem guid="b"><n:itemMeta><n:itemClass qcode="ninat:picture"/></n:itemMeta><n:contentMeta><n:description>Ann.</n:description></n:contentMeta></n:newsItem>
<n:newsItem guid="c"><n:itemMeta><n:pubStatus qcode="stat:canceled"/></n:itemMeta></n:newsItem>
<n:conceptItem/></n:itemSet></n:newsMessage>"#;
    let records = read_as(XmlFormat::Other, message.as_bytes()).expect("a message");
    assert_eq!(sorted_summary(&records)[0], r#"2 {"id":"a","title":"A"}"#);
    assert_eq!(records.len(), 2);
    assert!(left_out(message).ends_with("canceled: 1, concept: 1, package: 1, picture: 1"), "{}", left_out(message));
    assert!(left_out("<knowledgeItem/>").ends_with("knowledge item: 1"));
}

#[test]
fn newsml_1() {
    check(
        r#"<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd"><NewsML Version="1.2"><NewsEnvelope><DateAndTime>20190305T110000Z</DateAndTime></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>reel.example</ProviderId><DateId>20190305</DateId><NewsItemId>7</NewsItemId><PublicIdentifier>urn:newsml:reel.example:20190305:7:1N</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20190305T100000Z</FirstCreated><ThisRevisionCreated>20190305T120000Z</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><Role FormalName="Main"/><NewsLines><HeadLine>Blue Moon opens</HeadLine><ByLine>Ann Lee</ByLine><DateLine>ARDLEY, March 5 (Reel) -</DateLine><KeywordLine>film</KeywordLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Reel Wire"/></Provider></AdministrativeMetadata>
<ContentItem><MediaType FormalName="Text"/><Format FormalName="NITF"/><DataContent><nitf><body><body.content><p>It opens.</p></body.content></body></nitf></DataContent></ContentItem>
<NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent><p>Ann at the door.</p></DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Picture"/><ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem></NewsComponent>
</NewsComponent></NewsItem></NewsML>"#,
        &[
            r#"0 {"authors":"Ann Lee","date":"20190305T100000Z","id":"urn:newsml:reel.example:20190305:7:1N","modified":"20190305T120000Z","source":"Reel Wire","tags":["film"],"text":"ARDLEY, March 5 (Reel) - It opens.","title":"Blue Moon opens"}"#,
        ],
    );
    // Equivalent forms of one text, and plain text.
    check(
        "<NewsML><NewsItem><NewsComponent EquivalentsList='yes'><ContentItem><DataContent>One.</DataContent></ContentItem><ContentItem><DataContent><html><body><p>One.</p><p>Two.</p></body></html></DataContent></ContentItem></NewsComponent></NewsItem><NewsItem><NewsComponent><ContentItem><DataContent><p>A</p></DataContent></ContentItem><ContentItem><DataContent><p>B</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
        &[r#"1 {"text":"One.\n\nTwo."}"#, r#"2 {"text":"A\n\nB"}"#],
    );
}

#[test]
fn rcv1() {
    check(
        r#"<?xml version="1.0" encoding="iso-8859-1" ?>
<newsitem itemid="2286" id="root" date="2019-03-05" xml:lang="en">
<title>ARDLEY: Blue Moon opens.</title><headline>Blue Moon opens.</headline><byline>Ann Lee</byline><dateline>ARDLEY 2019-03-05</dateline>
<text><p>It opens &amp; runs.</p><p>Crowds come.</p></text><copyright>(c) Reel 2019</copyright>
<metadata><codes class="bip:topics:1.0"><code code="GENT"><editdetail attribution="x" action="confirmed" date="2019-03-05"/></code></codes>
<dc element="dc.date.created" value="2019-03-05"/><dc element="dc.publisher" value="Reel Wire"/></metadata></newsitem>"#,
        &[
            r#"0 {"authors":"Ann Lee","date":"2019-03-05","id":"2286","source":"Reel Wire","tags":["GENT"],"text":"ARDLEY 2019-03-05\n\nIt opens & runs.\n\nCrowds come.","title":"Blue Moon opens."}"#,
        ],
    );
    check("<newsitem itemid='1'><title>A</title><text/></newsitem>", &[r#"0 {"id":"1","title":"A"}"#]);
}

/// What was left out of a file, as the message about it says.
fn left_out(xml: &str) -> String {
    let records = read_as(XmlFormat::Other, xml.as_bytes()).expect("XML");
    let errors = records.iter().filter_map(|record| record.as_ref().err());
    let messages = errors.filter_map(|error| match &error.kind {
        ReadErrorKind::LeftOut { what } => Some(what.clone()),
        _ => None,
    });
    messages.collect::<Vec<_>>().concat()
}

fn wiki(pages: &str) -> String {
    format!(
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\"><siteinfo><sitename>Reelnews</sitename><dbname>r</dbname><base>https://reel.example/wiki/Main_Page</base></siteinfo>{pages}</mediawiki>"
    )
}

#[test]
fn mediawiki() {
    let page = "<page><title>Blue Moon opens</title><ns>0</ns><id>7</id><revision><id>1</id><timestamp>2019-03-05T10:00:00Z</timestamp><text bytes='3'>Old.</text></revision><revision><id>3</id><parentid>2</parentid><timestamp>2019-03-07T10:00:00Z</timestamp><contributor><username>Ann</username></contributor><text xml:space=\"preserve\">'''[[Blue Moon]]''' opens &amp;lt;3 &lt;ref&gt;Note&lt;/ref&gt;.\n\n[[Category:Film]]</text></revision><revision><id>2</id><parentid>1</parentid><timestamp>2019-03-06T10:00:00Z</timestamp><text>Middle.</text></revision></page>";
    let first = r#"{"date":"2019-03-05T10:00:00Z","id":"7","modified":"2019-03-07T10:00:00Z","source":"Reelnews","tags":["Film"],"text":"Blue Moon opens <3 .","title":"Blue Moon opens","url":"https://reel.example/wiki/Blue_Moon_opens"}"#;
    check(wiki(page), &[&format!("0 {first}")]);
    let others = "<page><title>Talk:A</title><ns>1</ns><revision><text>x</text></revision></page><page><title>B</title><ns>0</ns><redirect title=\"C\"/><revision><text>#REDIRECT [[C]]</text></revision></page><page><title>Template:D</title><ns>10</ns></page><page><title>E</title><ns>0</ns></page><page><title>F</title><ns>102</ns></page>";
    let stated = "<page><title>G</title><ns>0</ns><id>8</id><revision><timestamp>2020-01-01T00:00:00Z</timestamp><text>{{date|March 5, 2019}}\nIt opens.</text></revision></page>";
    let all = wiki(&format!("{others}{page}{stated}"));
    let records = read_as(XmlFormat::Other, all.as_bytes()).expect("an export");
    assert_eq!(
        sorted_summary(&records),
        [
            format!("6 {first}"),
            r#"7 {"date":"March 5, 2019","id":"8","modified":"2020-01-01T00:00:00Z","source":"Reelnews","text":"It opens.","title":"G","url":"https://reel.example/wiki/G"}"#.to_owned(),
            "0 error: parts left out".to_owned(),
        ]
    );
    assert_eq!(
        left_out(&all),
        "page of namespace 102: 1, page without revisions: 1, redirect: 1, talk page: 1, template: 1"
    );
    // A page that is too large or not closed costs itself only.
    let long =
        format!("<page><title>L</title><ns>0</ns><revision><text>{}</text></revision></page>", "x".repeat(30_000));
    let found = found(wiki(&format!("<page><title>U</title>{long}{page}")));
    assert_eq!(found, ["1 error: malformed".to_owned(), "2 error: oversized".to_owned(), format!("3 {first}")]);
    check(wiki(""), &["file: empty: expected an article"]);
}

fn blog(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- generator=\"WordPress/6.4\" -->\n<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Reel</title><link>https://reel.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[alee]]></wp:author_login><wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author><wp:category><wp:cat_name>Film</wp:cat_name></wp:category>{items}</channel></rss>"
    )
}

#[test]
fn wordpress() {
    let post = r#"<item><title>Blue Moon &amp; more</title><link>https://reel.example/?p=7</link><pubDate>Wed, 06 Mar 2019 04:10:00 +0000</pubDate><dc:creator><![CDATA[alee]]></dc:creator><guid isPermaLink="false">https://reel.example/?p=7</guid><description></description><content:encoded><![CDATA[<!-- wp:paragraph -->
<p>It opens.</p>
<!-- /wp:paragraph -->

[gallery ids="1,2"]

Two </item> lines.]]></content:encoded><excerpt:encoded><![CDATA[Short.]]></excerpt:encoded><wp:post_id>7</wp:post_id><wp:post_date><![CDATA[2019-03-05 23:10:00]]></wp:post_date><wp:post_modified>2019-03-06 01:00:00</wp:post_modified><wp:status><![CDATA[publish]]></wp:status><wp:post_type><![CDATA[post]]></wp:post_type><category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category><category domain="category" nicename="film"><![CDATA[Film]]></category><category domain="category" nicename="news"><![CDATA[News]]></category><category domain="post_tag" nicename="moon"><![CDATA[Blue Moon]]></category><category domain="post_format" nicename="x">Aside</category><wp:comment><wp:comment_content>Nice</wp:comment_content></wp:comment></item>"#;
    let first = r#"{"authors":"Ann Lee","date":"2019-03-05 23:10:00","id":"7","modified":"2019-03-06 01:00:00","section":"Film","source":"Reel","tags":["Blue Moon","News"],"text":"<p>It opens.</p>\n<p>Two </item> lines.</p>","title":"Blue Moon & more","url":"https://reel.example/?p=7"}"#;
    check(blog(post), &[&format!("0 {first}")]);
    let item = |kind: &str, status: &str| {
        format!(
            "<item><title>T</title><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type><excerpt:encoded>Ex.</excerpt:encoded></item>"
        )
    };
    let others = [
        ("post", "draft"),
        ("post", "trash"),
        ("attachment", "inherit"),
        ("nav_menu_item", "publish"),
        ("revision", "inherit"),
        ("post", "future"),
        ("wp_block", "publish"),
        ("post", "draft"),
    ];
    let all: String = others.iter().map(|(kind, status)| item(kind, status)).collect();
    let all = blog(&format!("{all}{}{post}{}", item("page", "publish"), item("news", "publish")));
    let expected = r#"{"source":"Reel","text":"Ex.","title":"T"}"#;
    check(
        &all,
        &[&format!("9 {expected}"), &format!("10 {first}"), &format!("11 {expected}"), "0 error: parts left out"],
    );
    assert_eq!(
        left_out(&all),
        "attachment: 1, draft: 2, future: 1, nav_menu_item: 1, revision: 1, trash: 1, wp_block: 1"
    );
    // An author who is not in the list, no date but that of the feed.
    let bare = "<item><title>T</title><pubDate>Wed, 06 Mar 2019 04:10:00 +0000</pubDate><dc:creator>bo</dc:creator><wp:post_date>0000-00-00 00:00:00</wp:post_date><content:encoded>One\n\nTwo</content:encoded></item>";
    check(
        blog(bare),
        &[
            r#"0 {"authors":"bo","date":"Wed, 06 Mar 2019 04:10:00 +0000","source":"Reel","text":"One\n\nTwo","title":"T"}"#,
        ],
    );
}

#[test]
fn blogger() {
    let kind = |kind: &str| {
        format!(
            "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
        )
    };
    let entry = |kind: &str, rest: &str| {
        format!(
            "<entry><id>tag:blogger.com,1999:blog-1.post-7</id><published>2019-03-05T23:10:00.000-08:00</published><updated>2019-03-06T10:00:00Z</updated>{kind}<category scheme='http://www.blogger.com/atom/ns#' term='Film'/><title type='text'>Blue Moon</title><content type='html'>&lt;p&gt;It opens.&lt;/p&gt;</content><link rel='self' href='x'/><link rel='alternate' type='text/html' href='https://reel.example/a.html' title='Blue Moon'/><author><name>Ann Lee</name><uri>u</uri></author>{rest}</entry>"
        )
    };
    let feed = |entries: &str| {
        format!(
            "<?xml version='1.0'?><?xml-stylesheet href='x'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'><id>tag:blogger.com,1999:blog-1.archive</id><title type='text'>Reel</title><author><name>Ann</name></author><generator>Blogger</generator>{entries}</feed>"
        )
    };
    let post = r#"{"authors":"Ann Lee","date":"2019-03-05T23:10:00.000-08:00","id":"tag:blogger.com,1999:blog-1.post-7","modified":"2019-03-06T10:00:00Z","source":"Reel","tags":["Film"],"text":"<p>It opens.</p>","title":"Blue Moon","url":"https://reel.example/a.html"}"#;
    let draft = "<app:control><app:draft>yes</app:draft></app:control>";
    let all = feed(
        &[
            entry(&kind("template"), ""),
            entry(&kind("settings"), ""),
            entry(&kind("post"), ""),
            entry(&kind("post"), draft),
            entry(&kind("comment"), ""),
        ]
        .concat(),
    );
    check(&all, &[&format!("3 {post}"), "0 error: parts left out"]);
    assert_eq!(left_out(&all), "comment: 1, draft: 1, settings: 1, template: 1");
    // As Takeout writes it.
    let takeout = |kind: &str, status: &str| {
        entry(&format!("<blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>"), "")
    };
    let all = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Reel</title>{}{}{}{}</feed>",
        takeout("POST", "LIVE"),
        takeout("POST", "DRAFT"),
        takeout("COMMENT", "LIVE"),
        takeout("POST", "SOFT_TRASHED")
    );
    check(&all, &[&format!("1 {post}"), "0 error: parts left out"]);
    assert_eq!(left_out(&all), "comment: 1, draft: 1, soft trashed: 1");
}

#[test]
fn named_elements() {
    check(
        "<?xml version='1.0'?><articles><article id='7' lang='en'><title>Blue Moon</title><date>2019-03-05</date><author>Ann Lee</author><author>Bo Ray</author><url>https://reel.example/a</url><tags><tag>film</tag><tag>moon</tag></tags><body><p>It opens.</p><p>It <b>ru</b>ns.</p></body></article><article><Headline>B</Headline><Body>One.\n\nTwo.</Body></article></articles>",
        &[
            r#"1 {"author":["Ann Lee","Bo Ray"],"body":"It opens.\n\nIt runs.","date":"2019-03-05","id":"7","lang":"en","tags":["film","moon"],"title":"Blue Moon","url":"https://reel.example/a"}"#,
            r#"2 {"body":"One.\n\nTwo.","headline":"B"}"#,
        ],
    );
    // One record as a whole, its fields in groups.
    check(
        "<story><head><title>A</title><meta name='date' content='2019-03-05'/><author><name>Ann Lee</name><email>a@reel.example</email></author></head><body><para>One.</para><para>Two.</para></body></story>",
        &[r#"0 {"author":"Ann Lee","body":"One.\n\nTwo.","date":"2019-03-05","title":"A"}"#],
    );
    // Solr and tables.
    check(
        "<add><doc><field name='id'>1</field><field name='title'>A</field><field name='text'>One.</field></doc></add>",
        &[r#"0 {"id":"1","text":"One.","title":"A"}"#],
    );
    check(
        "<?xml version='1.0'?><response><result><doc><str name='headline'>A</str><date name='pubdate'>2019-03-05T00:00:00Z</date><arr name='tags'><str>x</str><str>y</str></arr><str name='summary'>S</str></doc></result></response>",
        &[r#"0 {"headline":"A","pubdate":"2019-03-05T00:00:00Z","summary":"S","tags":["x","y"]}"#],
    );
    check(
        "<resultset><row><field name='title'>A</field><field name='body'>&lt;p&gt;One.&lt;/p&gt;</field></row><row><field name='title'>B</field><field name='body'/></row></resultset>",
        &[r#"1 {"body":"<p>One.</p>","title":"A"}"#, r#"2 {"title":"B"}"#],
    );
    // A date and a text, no title; a bad record among good ones.
    check(
        "<docs><item><date>2019</date><text>One.</text></item><item><text>Two.</text><![CDATA[</item><item><date>2020</date><text>]]></item><item><text>Four.</text></docs>",
        &[r#"1 {"date":"2019","text":"One."}"#, r#"2 {"text":"Two."}"#, "3 error: malformed"],
    );
}

#[test]
fn records_in_odd_shapes() {
    // Fields as attributes; several roots.
    check(
        "<doc id=\"7\" url=\"https://reel.example/a\" title=\"Blue Moon\">\nBlue Moon\n\nIt opens & runs.\n</doc>\n<doc id=\"8\" title=\"B\">\nB is < C.\n</doc>",
        &[
            r#"1 {"id":"7","text":"Blue Moon\n\nIt opens & runs.","title":"Blue Moon","url":"https://reel.example/a"}"#,
            r#"2 {"id":"8","text":"B is < C.","title":"B"}"#,
        ],
    );
    // Stories within an envelope of no format.
    check(
        "<batch><nitf><body><p>One.</p></body></nitf><nitf><body><p>Two.</p></body></nitf></batch>",
        &[r#"1 {"text":"One."}"#, r#"2 {"text":"Two."}"#],
    );
    check(
        "<corpus><newsitem itemid='1'><headline>A</headline><text><p>B</p></text></newsitem></corpus>",
        &[r#"0 {"id":"1","text":"B","title":"A"}"#],
    );
    // Feeds without a root of feeds, and Dublin Core.
    check(
        "<channel><item><title>A</title><description>B</description><pubDate>5 Mar 2019</pubDate></item></channel>",
        &[r#"0 {"description":"B","pubdate":"5 Mar 2019","title":"A"}"#],
    );
    check(
        "<OAI-PMH><ListRecords><record><header><identifier>x</identifier></header><metadata><oai_dc:dc><dc:title>A</dc:title><dc:creator>Ann Lee</dc:creator><dc:date>2019-03-05</dc:date><dc:description>B</dc:description></oai_dc:dc></metadata></record></ListRecords></OAI-PMH>",
        &[r#"0 {"creator":"Ann Lee","date":"2019-03-05","description":"B","title":"A"}"#],
    );
    check(
        "<TEI><teiHeader><fileDesc><titleStmt><title>A</title><author>Ann Lee</author></titleStmt><publicationStmt><publisher>Reel</publisher><date>2019</date></publicationStmt></fileDesc></teiHeader><text><body><head>A</head><p>One.</p></body></text></TEI>",
        &[r#"0 {"author":"Ann Lee","date":"2019","publisher":"Reel","text":"One.","title":"A"}"#],
    );
    // Upper case, prefixes, an entity of the file, wrapped text without paragraphs.
    check(
        "<!DOCTYPE s [<!ENTITY x 'y'>]><s:STORIES xmlns:s='u'><s:STORY><s:TITLE>A&nbsp;&x;</s:TITLE><s:DATE/><s:TEXT>One\nline.\n\nTwo.</s:TEXT></s:STORY></s:STORIES>",
        &["0 {\"text\":\"One line.\\n\\nTwo.\",\"title\":\"A &x;\"}"],
    );
}

#[test]
fn xml_of_other_kinds_is_named() {
    for (xml, root) in [
        (
            "<?xml version='1.0'?><urlset xmlns='u'><url><loc>https://reel.example/</loc><lastmod>2019-03-05</lastmod></url></urlset>",
            "urlset",
        ),
        ("<project><name>a</name><description>b</description></project>", "project"),
        (
            "<article><front><article-meta><title>A</title></article-meta></front><body><p>B</p></body></article>",
            "article",
        ),
        ("<opml version='2.0'><head><title>A</title></head><body><outline text='B'/></body></opml>", "opml"),
        ("<x:a/>", "x:a"),
    ] {
        match read_as(XmlFormat::Other, xml.as_bytes()) {
            Err(kind @ ReadErrorKind::UnknownXml { .. }) => {
                assert!(!kind.is_warning() && kind.to_string().contains(&format!("<{root}>")), "{kind}");
            }
            other => panic!("{xml}: {other:?}"),
        }
    }
    for xml in ["<?xml version='1.0'?>", "no tags"] {
        let kind = read_as(XmlFormat::Other, xml.as_bytes()).expect_err("no XML");
        assert!(kind.to_string().contains("without a root element"), "{kind}");
    }
    // One that the user did not name may be anything.
    let of_folder = ReadErrorKind::UnknownXml { root: "a".to_owned(), is_named: false };
    assert!(of_folder.is_warning());
    assert!(matches!(read_as(XmlFormat::Other, b" \n"), Err(ReadErrorKind::Empty)));
    assert!(matches!(read_as(XmlFormat::Nitf, b"<a>b</a>"), Err(ReadErrorKind::Empty)));
}

/// The fixtures of whole files.
const FILES: &[&[u8]] = &[
    include_bytes!("../../../../tests/data/xml/wire.xml"),
    include_bytes!("../../../../tests/data/xml/item-g2.xml"),
    include_bytes!("../../../../tests/data/xml/item-newsml.xml"),
    include_bytes!("../../../../tests/data/xml/corpus.xml"),
    include_bytes!("../../../../tests/data/xml/wiki.xml"),
    include_bytes!("../../../../tests/data/xml/blog.xml"),
    include_bytes!("../../../../tests/data/xml/feed.atom"),
    include_bytes!("../../../../tests/data/xml/stories.xml"),
];

/// Files with pieces removed, doubled and changed, which must neither panic nor take
/// long.
#[test]
fn damaged_files() {
    let rounds: usize = std::env::var("NEWSEARCH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(30);
    let mut random = fastrand::Rng::with_seed(7);
    for file in FILES {
        for _ in 0..rounds {
            let mut bytes = file.to_vec();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(0..bytes.len());
                let end = (at + random.usize(1..40)).min(bytes.len());
                match random.u8(0..4) {
                    0 => drop(bytes.drain(at..end)),
                    1 => bytes[at] = random.u8(..),
                    2 => bytes[at] = b"<>&\"'[]{}|=/!-"[random.usize(0..14)],
                    _ => {
                        let piece = bytes[at..end].to_vec();
                        let to = random.usize(0..bytes.len());
                        bytes.splice(to..to, piece);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            let _ = read_as(XmlFormat::Other, &bytes);
        }
    }
}

#[test]
fn the_names_that_tell_records_are_known() {
    use super::generic::{DATES, SHORT_TEXTS, TEXTS, TITLES};
    use crate::field_names::{Field, field_named};
    for (field, names) in
        [(Field::Text, TEXTS), (Field::Text, SHORT_TEXTS), (Field::Title, TITLES), (Field::Date, DATES)]
    {
        for name in names {
            assert_eq!(field_named(name).map(|found| found.0), Some(field), "{name}");
        }
    }
}
