//! Substack exports: a list of posts (`posts.csv`) and a page for each of them.

use std::collections::HashMap;
use std::io::BufRead;

use super::left_out::LeftOut;
use super::named_fields::NamedFields;
use crate::read::decode::{decode, decode_page};
use crate::read::error::ReadErrorKind;
use crate::read::member::Member;
use crate::read::sink::RecordSink;

/// The posts of an export, by their ids.
#[derive(Debug)]
pub(in crate::read) struct SubstackPosts {
    posts: HashMap<String, Post>,
    left_out: LeftOut,
}

/// What the list says of a post.
#[derive(Debug, Default)]
struct Post {
    title: String,
    subtitle: String,
    date: String,
    is_published: bool,
    /// Whether its page was found.
    is_read: bool,
}

impl SubstackPosts {
    /// Reads the list.
    pub(in crate::read) fn from_list(list: Vec<u8>) -> Result<Self, ReadErrorKind> {
        let text = decode(list)?;
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let malformed = |error: csv::Error| ReadErrorKind::Malformed { format: "posts.csv", what: error.to_string() };
        let columns = rows.headers().map_err(malformed)?.clone();
        let mut posts = HashMap::new();
        for row in rows.records() {
            let row = row.map_err(malformed)?;
            let cell = |name: &str| {
                let column = columns.iter().position(|column| column.trim() == name);
                column.and_then(|column| row.get(column)).unwrap_or_default().trim().to_owned()
            };
            let post = Post {
                title: cell("title"),
                subtitle: cell("subtitle"),
                date: cell("post_date"),
                is_published: cell("is_published").eq_ignore_ascii_case("true"),
                is_read: false,
            };
            posts.insert(number(&cell("post_id")).to_owned(), post);
        }
        Ok(Self { posts, left_out: LeftOut::default() })
    }

    /// Passes a page on, unless it is a draft; what is no page is counted.
    pub(in crate::read) fn read_member(
        &mut self,
        sink: &mut RecordSink<'_>,
        path: &str,
        name: &str,
        content: Result<Box<dyn BufRead + '_>, ReadErrorKind>,
    ) {
        if name == "posts.csv" {
            return;
        }
        let Some(page) = name.strip_prefix("posts/").and_then(|name| name.strip_suffix(".html")) else {
            let extension = name.rsplit_once('.').map_or("none", |(_, extension)| extension);
            return self.left_out.add(format!("file with the extension {extension}"));
        };
        let id = number(page);
        let Some(post) = self.posts.get_mut(id) else { return self.left_out.add("page that posts.csv lacks") };
        post.is_read = true;
        if !post.is_published {
            return self.left_out.add("draft");
        }
        let limit = sink.limits.record;
        match content.and_then(|input| Member::new(path, true, input).read_whole(limit)) {
            Ok(bytes) => sink.record(post.fields(id, &decode_page(bytes, None)).into_record(path, None)),
            Err(kind) => sink.error(path, None, kind),
        }
    }

    /// Says what was left out.
    pub(in crate::read) fn report(mut self, sink: &mut RecordSink<'_>, path: &str) {
        for post in self.posts.values().filter(|post| !post.is_read) {
            self.left_out.add(if post.is_published { "post without a page" } else { "draft" });
        }
        self.left_out.report(sink, path);
    }
}

impl Post {
    fn fields(&self, id: &str, page: &str) -> NamedFields {
        let mut fields = NamedFields::default();
        fields.put("id", Some(id));
        fields.put("title", Some(&*self.title));
        fields.put("date", Some(&*self.date));
        let subtitle = self.subtitle.replace('&', "&amp;").replace('<', "&lt;");
        let opening = if subtitle.is_empty() { String::new() } else { format!("<p>{subtitle}</p>\n") };
        fields.put("text", Some(opening + page));
        fields
    }
}

/// The number of a post: `12` of `12.blue-moon-opens`.
fn number(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}
