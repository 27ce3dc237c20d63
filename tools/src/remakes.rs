//! Titles of more than one film, with the years of release.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use newsearch::EntityKind;
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::build;

    #[test]
    fn titles_of_several_years_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        for (list, lines) in [
            (
                "wikipedia_movies/films",
                "Quarry, The\t1954\nQuarry\t1988\nLantern\t1960\nOld One\t1910\nOld One\t1990\n",
            ),
            ("streaming_titles/movies", "Quarry\t1989\nLantern\t2004\nNo Year\tx\n"),
        ] {
            let path = folder.path().join(format!("{list}.tsv.gz"));
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            let mut file = GzEncoder::new(fs::File::create(path).expect("a file"), Compression::fast());
            file.write_all(lines.as_bytes()).expect("written");
            file.finish().expect("finished");
        }
        let out = folder.path().join("remakes.tsv");
        build(folder.path(), &out).expect("built");
        let text = fs::read_to_string(out).expect("text");
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        // 1989 is within the tolerance of 1988; films before 1930 do not count.
        assert_eq!(lines, ["Lantern\t1960 2004", "The Quarry\t1954 1988"]);
    }
}
