//! Sentences to mentions: a trained model, a gazetteer, patterns for the
//! language of news, and the evidence of the whole article.
//!
//! Every sequence of capitalized words is split into the names that together
//! score highest (a semi-Markov model; Sarawagi and Cohen 2004). The score of a
//! segment is what the patterns give it (head words, quotation marks, credits)
//! plus the trained weights of its features. Two passes are made over each
//! article: the second one also uses the names that the first one found.
//!
//! `tokens` annotates the words, `segments` lists the word sequences that may be
//! names, `patterns` and `features` describe them, `model` scores them, and
//! `decode` chooses among them. `dates` finds the dates an article mentions.

mod candidates;
mod components;
mod dates;
mod decode;
mod decoded_name;
mod document_memory;
mod feature_view;
mod features;
mod gazetteer;
mod lexicon;
mod model;
mod patterns;
mod recognizer;
mod scores;
mod segments;
mod tokens;

#[cfg(test)]
mod fixtures;

pub use components::ModelComponents;
pub use dates::mentioned_dates;
pub use feature_view::{FeatureView, FirstPassName, TrainingExample};
pub use gazetteer::{ClassStrengths, Gazetteer, NameClass};
pub use model::{Model, ModelError, TrainedModel};
pub use recognizer::EntityRecognizer;
