#![no_main]

//! Wikitext and the bodies of blog posts within their exports.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let wiki = [b"<mediawiki><page><revision><text><![CDATA[", bytes, b"]]></text></revision></page></mediawiki>"];
    newsearch_fuzz::read("a.xml", &wiki.concat());
    let start = b"<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><item><content:encoded><![CDATA[";
    newsearch_fuzz::read("a.xml", &[start, bytes, b"]]></content:encoded></item></channel></rss>"].concat());
});
