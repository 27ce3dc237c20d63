//! The page for people: plain HTML that works without script; the script adds
//! completion and keys.

mod article;
mod assets;
mod entity;
mod help;
mod hits;
mod home;
mod layout;
mod months;
mod names;
mod results;
mod state;
mod text;

use maud::html;

use super::ask::Work;
use super::problem::Problem;

pub(super) use assets::{ASSETS, Asset, build};

use layout::Frame;

/// The pages of people.
pub(super) const PAGES: [(&str, Work); 5] = [
    ("/", home::home),
    ("/search", results::results),
    ("/article/{*id}", article::article),
    ("/entity/{kind}/{*name}", entity::entity),
    ("/help", help::help),
];

/// What went wrong, as a page.
pub(super) fn problem(problem: &Problem) -> String {
    let body = html! {
        h1 { (problem.title()) }
        p.problem { (problem.detail()) }
        p { a href="/" { "To the search page" } " · " a href="/help" { "What can be asked" } }
    };
    layout::page(Frame { title: problem.title(), ..Frame::default() }, body)
}
