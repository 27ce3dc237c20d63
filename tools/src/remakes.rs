//! Titles of more than one film, with the years of release.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use newsearch::internals::article::EntityKind;
use newsearch::internals::link::name_key;

use crate::lists;

/// Lists whose second column is a year; the first is the most reliable.
const LISTS: &[&str] = &["wikipedia_movies/films", "streaming_titles/movies"];
/// Years by which two lists may differ about one film.
const TOLERANCE: u16 = 1;
/// Older films are seldom in the news.
const EARLIEST: u16 = 1930;

/// Writes one line for each title that films of different years share.
pub fn build(folder: &Path, out: &Path) -> anyhow::Result<()> {
    let mut titles: BTreeMap<String, (String, BTreeSet<u16>)> = BTreeMap::new();
    for (rank, list) in LISTS.iter().enumerate() {
        for line in lists::lines(&folder.join(format!("{list}.tsv.gz")))? {
            let mut columns = line.split('\t');
            let (Some(title), Some(Ok(year))) = (columns.next(), columns.next().map(str::parse::<u16>)) else {
                continue;
            };
            let title = lists::plain_name(title);
            let key = name_key(EntityKind::Work, &title);
            if year < EARLIEST || key.is_empty() {
                continue;
            }
            let years = &mut titles.entry(key).or_insert_with(|| (title, BTreeSet::new())).1;
            if rank == 0 || !years.iter().any(|known| known.abs_diff(year) <= TOLERANCE) {
                years.insert(year);
            }
        }
    }
    let mut text = String::from("# Titles that films of different years have.\n# title\tyears\n");
    let mut count = 0;
    for (title, years) in titles.into_values() {
        if years.len() > 1 {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            writeln!(text, "{title}\t{}", years.join(" "))?;
            count += 1;
        }
    }
    std::fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{count} titles");
    Ok(())
}
