//! An article as the recognizer sees it: annotated words in sentences.

mod quotes;
mod sentence;
mod shape;
mod token;
mod view;

pub(super) use quotes::{closes_like_speech, closing_quote, opening_quote};
pub(super) use sentence::SentenceRange;
pub(super) use shape::Shape;
pub(super) use token::AnnotatedToken;
pub(super) use view::TokenView;
