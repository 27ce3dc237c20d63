//! The fields of a document of a collection: Reuters-21578, TREC (AP, WSJ, LA Times,
//! Financial Times, FBIS, Federal Register, San Jose Mercury News, Ziff), AQUAINT,
//! Gigaword, and texts of encyclopedias with their address as an attribute.

use super::markup::{Markup, attribute, one_line, paragraphs, plain};
use crate::read::records::day::{american_day_in, compact_day, day_in, day_of_id};
use crate::read::records::named_fields::NamedFields;
use crate::read::records::people::people;

const IDS: &[&str] = &["docno", "docid"];
const TITLES: &[&str] = &["title", "headline", "hl", "head", "ti", "ttl", "doctitle"];
const DATES: &[&str] = &["date", "date1", "date_time", "datetime", "pubdate", "dd"];
const AUTHORS: &[&str] = &["author", "byline"];
const SOURCES: &[&str] = &["so", "pub", "source", "name"];
const SECTIONS: &[&str] = &["section"];
const TAGS: &[&str] = &["topics", "subject", "descript", "descriptors"];
const DATELINE: &str = "dateline";
/// Elements that hold the text, in the order in which they are looked for.
const LEAD: &str = "leadpara";
/// Elements that hold neither text nor what is known of it.
const OTHERS: &[&str] = &[
    "doctype",
    "fileid",
    "first",
    "second",
    "slug",
    "header",
    "trailer",
    "length",
    "graphic",
    "page",
    "edition",
    "country",
    "code",
    "access",
    "caption",
    "copyrght",
    "language",
    "in",
    "ht",
    "docoldno",
    "correction",
    "unknown",
    "mknote",
    "places",
    "people",
    "orgs",
    "exchanges",
    "companies",
    "profile",
    "parent",
    "day",
    "month",
    "pg.col",
    "pubyear",
    "region",
    "feature",
    "state",
    "word.ct",
    "limlen",
    "type",
    "memo",
    "keyword",
    "dochdr",
];

/// The most subjects of a document.
const MAX_TAGS: usize = 200;

/// The fields of a document, by its start tag and what follows it.
pub(super) fn fields(tag: &str, text: &str) -> NamedFields {
    let markup = Markup::new(text);
    let line = |names: &[&str]| markup.first(names).map(|inner| one_line(&plain(inner)));
    let id = ["newid", "id"].iter().find_map(|name| attribute(tag, name)).or_else(|| line(IDS));
    let title = line(TITLES).or_else(|| attribute(tag, "title"));
    let mut fields = NamedFields::default();
    fields.put("date", date(&markup, id.as_deref()));
    fields.put("authors", markup.first(AUTHORS).and_then(|inner| people(plain(inner).trim())));
    fields.put("source", line(SOURCES).map(|source| name_of(&source)));
    fields.put("section", line(SECTIONS).map(|section| before(&section, ';')));
    fields.put("url", attribute(tag, "url").filter(|url| url.starts_with("http")));
    fields.put_list("tags", tags(&markup));
    fields.put("text", Some(body(&markup, title.as_deref())));
    fields.put("title", title);
    fields.put("id", id);
    fields
}

/// The date that is stated, else the one in the id.
fn date(markup: &Markup<'_>, id: Option<&str>) -> Option<String> {
    let stated = DATES.iter().find_map(|name| {
        let text = one_line(&plain(markup.first(&[*name])?));
        let text = text.trim_start_matches('=').trim().to_owned();
        Some((*name, text)).filter(|(_, text)| !text.is_empty())
    });
    let read = stated.as_ref().and_then(|(name, text)| {
        let first = text.split([' ', '-', 'T']).next().unwrap_or_default();
        let numbers = if ["dd", "date_time"].contains(name) { american_day_in(text) } else { None };
        day_in(text).or_else(|| compact_day(first)).or(numbers)
    });
    // What is not understood here may be by whoever reads the record.
    read.or_else(|| day_of_id(id?)).or_else(|| stated.map(|(_, text)| text))
}

/// `WALL STREET JOURNAL (J), PAGE A1` without what is not the name.
fn name_of(source: &str) -> String {
    before(&before(source, ','), '(')
}

fn before(text: &str, end: char) -> String {
    text.split(end).next().unwrap_or_default().trim().to_owned()
}

/// The subjects: `<D>` elements, or a list with semicolons.
fn tags(markup: &Markup<'_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for inner in TAGS.iter().flat_map(|name| markup.all(name)) {
        let inner = Markup::new(inner);
        let parts: Vec<String> = inner.all("d").map(plain).collect();
        let parts =
            if parts.is_empty() { plain(&inner.without(&[])).split(';').map(str::to_owned).collect() } else { parts };
        for tag in parts.iter().map(|part| one_line(part)) {
            if !tag.is_empty() && tag.len() <= 100 && tags.len() < MAX_TAGS && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    tags
}

/// The text: lead and texts, without the elements of the other fields.
fn body(markup: &Markup<'_>, title: Option<&str>) -> String {
    let known: Vec<&str> = [IDS, TITLES, DATES, AUTHORS, SOURCES, SECTIONS, TAGS, &[DATELINE], OTHERS].concat();
    let mut parts: Vec<String> = markup.all(LEAD).map(plain).collect();
    let mut texts = markup.all("text").peekable();
    if texts.peek().is_some() {
        for text in texts {
            let inner = Markup::new(text);
            parts.push(plain(
                inner.first(&["body"]).map(str::to_owned).unwrap_or_else(|| inner.without(&known)).as_str(),
            ));
        }
    } else if let Some(body) = markup.first(&["body"]) {
        parts.push(plain(&Markup::new(body).without(&known)));
    } else {
        let rest = plain(&markup.without(&[&known[..], &[LEAD]].concat()));
        let rest = rest.trim();
        // Texts without elements begin with their title.
        let untitled = title.and_then(|title| rest.strip_prefix(title)).filter(|after| after.starts_with('\n'));
        parts.push(untitled.unwrap_or(rest).to_owned());
    }
    let text = parts.iter().map(|part| paragraphs(part)).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let text = text.join("\n\n");
    let dateline = markup.first(&[DATELINE]).map(|line| one_line(&plain(line))).unwrap_or_default();
    if dateline.is_empty() || text.is_empty() || text.starts_with(&dateline) {
        text
    } else {
        format!("{dateline} {text}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::sorted_summary;
    use super::*;

    fn check(tag: &str, text: &str, expected: &str) {
        let record = fields(tag, text).into_record("a", None);
        assert_eq!(sorted_summary(&vec![Ok(record)]), [format!("0 {expected}")]);
    }

    #[test]
    fn reuters() {
        check(
            "<REUTERS LEWISSPLIT=\"TRAIN\" NEWID=\"7\">",
            "<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>film</D><D>trade</D></TOPICS><PLACES><D>usa</D></PLACES><TEXT>\n<TITLE>STUDIO &lt;STU> PLANS FILM</TITLE>\n<DATELINE>    LOS ANGELES, Feb 26 - </DATELINE><BODY>A studio said\nit plans a film.\n    It gave no date.\n Reuter\n&#3;</BODY></TEXT>",
            r#"{"date":"1987-02-26","id":"7","tags":["film","trade"],"text":"LOS ANGELES, Feb 26 - A studio said it plans a film.\n\nIt gave no date. Reuter","title":"STUDIO <STU> PLANS FILM"}"#,
        );
    }

    #[test]
    fn trec_collections() {
        check(
            "<DOC>",
            "<DOCNO> AP-1 </DOCNO><TEXT><TITLE>A</TITLE>\nThe text.\n</TEXT>",
            r#"{"id":"AP-1","text":"The text.","title":"A"}"#,
        );
        check(
            "<DOC>",
            "\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR-02-12-88 2344EST</FILEID>\n<FIRST>u i AM-Star</FIRST>\n<HEAD>Star Leaves Show</HEAD>\n<BYLINE>By ANN LEE</BYLINE>\n<BYLINE>Associated Press Writer</BYLINE>\n<DATELINE>OSLO, Norway (AP) </DATELINE>\n<TEXT>\n   The star has left\nthe show.\n   It goes on.\n</TEXT>\n<TEXT>\n   The crew is paid.\n</TEXT>\n",
            r#"{"authors":"ANN LEE","date":"1988-02-12","id":"AP880212-0001","text":"OSLO, Norway (AP) The star has left the show.\n\nIt goes on.\n\nThe crew is paid.","title":"Star Leaves Show"}"#,
        );
        check(
            "<DOC>",
            "<DOCNO> WSJ870324-0001 </DOCNO>\n<HL> Reel Is Near Accord\n To Sell Unit</HL>\n<DD> 03/24/87</DD>\n<SO> WALL STREET JOURNAL (J), PAGE 1</SO>\n<IN> REL FILM </IN>\n<TEXT>\n    Reel is near.\n</TEXT>",
            r#"{"date":"1987-03-24","id":"WSJ870324-0001","source":"WALL STREET JOURNAL","text":"Reel is near.","title":"Reel Is Near Accord To Sell Unit"}"#,
        );
        check(
            "<DOC>",
            "<DOCNO> LA070590-0001 </DOCNO>\n<DOCID> 243 </DOCID>\n<DATE>\n<P>\nJuly 5, 1990, Thursday, Home Edition \n</P>\n</DATE>\n<SECTION>\n<P>\nCalendar; Part F; Page 1; Entertainment Desk \n</P>\n</SECTION>\n<LENGTH><P>12 words</P></LENGTH>\n<HEADLINE>\n<P>\nSTAR LEAVES \n</P>\n</HEADLINE>\n<BYLINE>\n<P>\nBy ANN LEE, TIMES STAFF WRITER \n</P>\n</BYLINE>\n<TEXT>\n<P>\nThe star has left. \n</P>\n<P>\nThe show goes on. \n</P>\n</TEXT>\n<SUBJECT>\n<P>\nTELEVISION; ACTORS \n</P>\n</SUBJECT>",
            r#"{"authors":"ANN LEE","date":"1990-07-05","id":"LA070590-0001","section":"Calendar","tags":["TELEVISION","ACTORS"],"text":"The star has left.\n\nThe show goes on.","title":"STAR LEAVES"}"#,
        );
        check(
            "<DOC>",
            "<DOCNO>FT911-3</DOCNO>\n<PROFILE>_AN-BEOA7AAIFT</PROFILE>\n<DATE>910514\n</DATE>\n<HEADLINE>\nFT  14 MAY 91 / Star leaves\n</HEADLINE>\n<TEXT>\nThe star has left.\n</TEXT>\n<PUB>The Financial Times\n</PUB>\n<PAGE>\nLondon Page 7 \n</PAGE>",
            r#"{"date":"1991-05-14","id":"FT911-3","source":"The Financial Times","text":"The star has left.","title":"FT 14 MAY 91 / Star leaves"}"#,
        );
        check(
            "<DOC>",
            "<DOCNO> FBIS3-1 </DOCNO>\n<HT> \"cr001\" </HT>\n<HEADER>\n<H2> March Reports </H2>\n<DATE1>  1 March 1994 </DATE1>\n<F P=100> NORWAY </F>\n<H3> <TI>  STAR LEAVES </TI></H3>\n</HEADER>\n<TEXT>\nThe star <F P=105>has</F> left.\n</TEXT>",
            r#"{"date":"1994-03-01","id":"FBIS3-1","text":"The star has left.","title":"STAR LEAVES"}"#,
        );
        check(
            "<DOC>",
            "<DOCNO> SJMN91-06365001 </DOCNO>\n<CAPTION> Photo </CAPTION>\n<LEADPARA> The star has left. </LEADPARA>\n<SECTION> Front </SECTION>\n<HEADLINE> STAR LEAVES </HEADLINE>\n<NAME> Evening Mercury </NAME>\n<PUBDATE> Tuesday, December 31, 1991; 00364002, SJ1 </PUBDATE>\n<TEXT>    The show goes on.\n</TEXT>",
            r#"{"date":"1991-12-31","id":"SJMN91-06365001","section":"Front","source":"Evening Mercury","text":"The star has left.\n\nThe show goes on.","title":"STAR LEAVES"}"#,
        );
    }

    #[test]
    fn aquaint_gigaword_and_encyclopedias() {
        check(
            "<DOC>",
            "<DOCNO> NYT19980601.0001 </DOCNO>\n<DOCTYPE> NEWS STORY </DOCTYPE>\n<DATE_TIME> 06/01/1998 00:05:00 </DATE_TIME>\n<HEADER>\nA0001 &Cx1f;\n</HEADER>\n<BODY>\n<SLUG> BC-STAR </SLUG>\n<HEADLINE>\nSTAR LEAVES\n</HEADLINE>\n<TEXT>\n   The star has left.\n<P>\n   The show goes on.\n</TEXT>\n<TRAILER>\nNYT-06-01\n</TRAILER>\n</BODY>",
            r#"{"date":"1998-06-01","id":"NYT19980601.0001","text":"The star has left.\n\nThe show goes on.","title":"STAR LEAVES"}"#,
        );
        check(
            "<DOC id=\"AFP_ENG_19940512.0001\" type=\"story\" >",
            "\n<HEADLINE>\nStar leaves show\n</HEADLINE>\n<DATELINE>\nOSLO, May 12 (AFP)\n</DATELINE>\n<TEXT>\n<P>\nThe star has\nleft.\n</P>\n<P>\nThe show goes on.\n</P>\n</TEXT>\n",
            r#"{"date":"1994-05-12","id":"AFP_ENG_19940512.0001","text":"OSLO, May 12 (AFP) The star has left.\n\nThe show goes on.","title":"Star leaves show"}"#,
        );
        check(
            "<doc id=\"12\" url=\"https://reel.example/wiki?curid=12\" title=\"A star\">",
            "\nA star\n\nA star is a person.\n",
            r#"{"id":"12","text":"A star is a person.","title":"A star","url":"https://reel.example/wiki?curid=12"}"#,
        );
        check(
            "<doc>",
            "<docno>X1</docno><ttl>Leaves</ttl>\nThe star.",
            r#"{"id":"X1","text":"The star.","title":"Leaves"}"#,
        );
        check(
            "<DOC>",
            "<DOCNO>AP010203-1</DOCNO><DATE>soon</DATE><TEXT>A.</TEXT>",
            r#"{"date":"soon","id":"AP010203-1","text":"A."}"#,
        );
    }
}
