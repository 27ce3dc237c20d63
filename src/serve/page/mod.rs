//! The web page: plain HTML that works without JavaScript; the script adds
//! completion and keyboard shortcuts.

mod article;
mod assets;
mod entity;
mod help;
mod hits;
mod home;
mod layout;
mod month_chart;
mod names;
mod results;
mod search_state;
mod text;

use maud::html;

use super::handler::Handler;
use super::problem::Problem;

pub(super) use assets::{ASSETS, Asset, build};

use layout::Frame;

/// The pages by path.
pub(super) const PAGES: [(&str, Handler); 5] = [
    ("/", home::home),
    ("/search", results::results),
    ("/article/{*id}", article::article),
    ("/entity/{kind}/{*name}", entity::entity),
    ("/help", help::help),
];

/// A problem as a page.
pub(super) fn problem(problem: &Problem) -> String {
    let body = html! {
        h1 { (problem.title()) }
        p.problem { (problem.detail()) }
        p { a href="/" { "To the search page" } " · " a href="/help" { "What can be asked" } }
    };
    layout::page(Frame { title: problem.title(), ..Frame::default() }, body)
}
