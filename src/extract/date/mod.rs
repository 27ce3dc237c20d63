//! One date from a field in any of the spellings that archives use.
//!
//! A field is cut into numbers, words and marks. What is not part of a date, a time
//! of day, a zone or a label such as “Published” makes it no date at all: durations,
//! ranges, versions and prices stay unread.

mod reading;
mod tokens;
mod words;
mod epoch;
mod matcher;
mod surroundings;
mod field;
mod reader;
mod value;
mod address;
mod settle;
#[cfg(test)]
mod spellings;

#[cfg(feature = "pages")]
pub(super) use address::day_of_address;
#[cfg(feature = "pages")]
pub(super) use field::first_in;
pub use reader::parse_date;
#[cfg(feature = "pages")]
pub(super) use reader::read;
#[cfg(feature = "pages")]
pub(super) use reading::Reading;
pub(super) use settle::settle;
pub(super) use value::date_text;
