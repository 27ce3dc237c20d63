//! Finds the names in a text, without an index:
//! `cargo run --release --example names`

use newsearch::{Article, Pipeline, Span};

fn main() {
    let text = "Hayley Atwell joins Tom Cruise in “Mission: Impossible 7”. Cruise shared a picture from Venice.";
    let article = Article { text: text.to_owned(), body: Span::new(0, text.len()), ..Article::default() };
    for mention in Pipeline::new().analyze_article(article).mentions {
        println!("{:<14}{:<24}{}", mention.kind.as_str(), mention.span.of(text), mention.name);
    }
}
