//! Matching, scores and highlights against a brute-force implementation that
//! scans every word of every article, for random queries with every operator
//! over words.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

use newsearch::internals::segment::Stemmer;
use newsearch::{Duplicates, SnippetField};
use newsearch::{Failure, Hit, Pipeline, Progress, Query, Results, Searcher};
use tantivy::fieldnorm::FieldNormReader;

use crate::brute_meaning::nearness;
use crate::support::Numbers;

/// Words that share stems, prefixes and most of their letters.
const WORDS: &[&str] = &[
    "premiere",
    "premieres",
    "studio",
    "stadio",
    "festival",
    "trailer",
    "trailers",
    "ticket",
    "thicket",
    "song",
    "stage",
    "staged",
    "album",
    "albums",
    "success",
    "successes",
    "succession",
];

/// Inflections of one word among these: a search for one finds the others.
const INFLECTED: &[&[&str]] = &[
    &["premiere", "premieres"],
    &["trailer", "trailers"],
    &["stage", "staged"],
    &["album", "albums"],
    &["success", "successes"],
];

fn is_same_word(one: &str, other: &str) -> bool {
    one == other || INFLECTED.iter().any(|words| words.contains(&one) && words.contains(&other))
}

#[derive(Debug, Clone)]
enum Clause {
    Word(&'static str),
    Phrase(Vec<&'static str>),
    Loose(Vec<&'static str>, u32),
    Prefix(&'static str),
    Fuzzy(&'static str, usize),
    Title(Box<Clause>),
    Near(Box<Clause>, Box<Clause>, u32, bool),
    And(Vec<Clause>),
    Or(Vec<Clause>),
    Not(Box<Clause>),
}

impl Clause {
    /// The words that it asks for, without parts and near spellings of words.
    fn asked(&self) -> String {
        match self {
            Self::Word(word) => (*word).to_owned(),
            Self::Phrase(words) | Self::Loose(words, _) => words.join(" "),
            Self::Title(inner) => inner.asked(),
            Self::Near(left, right, ..) => format!("{} {}", left.asked(), right.asked()),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::asked).collect::<Vec<_>>().join(" "),
            Self::Prefix(_) | Self::Fuzzy(..) | Self::Not(_) => String::new(),
        }
    }

    fn text(&self) -> String {
        let join = |parts: &[Clause], mark: &str| {
            format!("({})", parts.iter().map(Clause::text).collect::<Vec<_>>().join(&format!(" {mark} ")))
        };
        match self {
            Self::Word(word) => (*word).to_owned(),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Loose(words, gap) => format!("\"{}\"~{gap}", words.join(" ")),
            Self::Prefix(word) => format!("{word}*"),
            Self::Fuzzy(word, edits) => format!("{word}~{edits}"),
            Self::Title(inner) => format!("title:{}", inner.text()),
            Self::Near(left, right, gap, ordered) => {
                format!("{} {}/{gap} {}", left.text(), if *ordered { "ADJ" } else { "NEAR" }, right.text())
            }
            Self::And(parts) => join(parts, "AND"),
            Self::Or(parts) => join(parts, "OR"),
            Self::Not(inner) => format!("NOT {}", inner.text()),
        }
    }
}

fn word(numbers: &mut Numbers) -> &'static str {
    WORDS[numbers.below(WORDS.len())]
}

fn words(numbers: &mut Numbers) -> Vec<&'static str> {
    (0..2 + numbers.below(2)).map(|_| word(numbers)).collect()
}

fn leaf(numbers: &mut Numbers) -> Clause {
    match numbers.below(8) {
        0 => Clause::Phrase(words(numbers)),
        1 => Clause::Prefix(&word(numbers)[..3]),
        2 => Clause::Fuzzy(word(numbers), 1 + numbers.below(2)),
        _ => Clause::Word(word(numbers)),
    }
}

fn near(numbers: &mut Numbers) -> Clause {
    let operand = |numbers: &mut Numbers| match numbers.below(4) {
        0 => Clause::Or(vec![leaf(numbers), leaf(numbers)]),
        _ => leaf(numbers),
    };
    Clause::Near(operand(numbers).into(), operand(numbers).into(), numbers.below(5) as u32, numbers.below(2) == 0)
}

fn condition(numbers: &mut Numbers) -> Clause {
    match numbers.below(6) {
        0 => Clause::And(vec![leaf(numbers), leaf(numbers)]),
        1 => Clause::Or(vec![leaf(numbers), near(numbers)]),
        2 => Clause::And(vec![leaf(numbers), Clause::Not(leaf(numbers).into())]),
        3 => Clause::Loose(words(numbers), numbers.below(4) as u32),
        4 => Clause::Title(leaf(numbers).into()),
        _ => near(numbers),
    }
}

/// The words of an article; in its text one space or mark separates them.
struct WordsOfArticle {
    fields: [Vec<String>; 2],
}

const TITLE: usize = 0;
const BODY: usize = 1;

/// Whether a word matches.
type WordTest = Box<dyn Fn(&str) -> bool>;

struct Unit {
    /// One test for each word of a sequence.
    tests: Vec<WordTest>,
    title_only: bool,
    idf: f32,
    /// Whether the archive has all of its words.
    occurs: bool,
    weight: f32,
}

enum Node {
    Unit(usize),
    Near(Box<Node>, Box<Node>, u32, bool),
    Loose(Vec<usize>, u32),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// A range of word positions: first, and one past the last.
type Interval = (usize, usize);

struct Model {
    articles: Vec<WordsOfArticle>,
    means: [f32; 2],
    /// Whether words match in all forms of their stems, as in queries of four parts or more.
    by_stem: Cell<bool>,
}

impl Model {
    fn new(articles: Vec<WordsOfArticle>) -> Self {
        let mean = |field: usize| {
            let all: usize = articles.iter().map(|article| article.fields[field].len()).sum();
            (all as f32 / articles.len() as f32).max(1.0)
        };
        Self { means: [mean(TITLE), mean(BODY)], articles, by_stem: Cell::new(false) }
    }

    fn unit(&self, tests: Vec<WordTest>, title_only: bool, units: &mut Vec<Unit>, each_word: bool) -> usize {
        // The document frequency: the minimum over a sequence, the sum over alternatives.
        let with = |test: &dyn Fn(&str) -> bool, field: usize| {
            self.articles.iter().filter(|article| article.fields[field].iter().any(|word| test(word))).count()
        };
        let frequency = if each_word {
            let vocabulary: BTreeSet<&String> = self.articles.iter().flat_map(|a| a.fields.iter().flatten()).collect();
            let matched = vocabulary.into_iter().filter(|word| tests[0](word));
            let one = |word: &String| {
                let test = |other: &str| other == word;
                if title_only { with(&test, TITLE) } else { with(&test, BODY).max(with(&test, TITLE)) }
            };
            matched.map(one).sum::<usize>()
        } else {
            tests.iter().map(|test| with(test, BODY).max(with(test, TITLE))).min().unwrap_or(0)
        };
        let occurs = frequency > 0;
        let (all, frequency) = (self.articles.len() as f32, frequency.min(self.articles.len()) as f32);
        let idf = (1.0 + (all - frequency + 0.5) / (frequency + 0.5)).ln();
        units.push(Unit { tests, title_only, idf, occurs, weight: 1.0 });
        units.len() - 1
    }

    fn node(&self, ask: &Clause, title: bool, units: &mut Vec<Unit>) -> Node {
        let exact = |word: &'static str| -> WordTest { Box::new(move |other| other == word) };
        match ask {
            Clause::Word(word) => {
                let word = *word;
                let stem = self.by_stem.get().then(|| Stemmer::default().stem(word).to_owned());
                let test = move |other: &str| match &stem {
                    Some(stem) => Stemmer::default().stem(other) == stem,
                    None => is_same_word(word, other),
                };
                Node::Unit(self.unit(vec![Box::new(test)], title, units, false))
            }
            Clause::Phrase(words) => {
                Node::Unit(self.unit(words.iter().map(|word| exact(word)).collect(), title, units, false))
            }
            Clause::Loose(words, gap) => {
                let mut known: Vec<(&str, usize)> = Vec::new();
                let mut places = Vec::new();
                for word in words {
                    let unit = known.iter().find(|(other, _)| other == word).map(|(_, unit)| *unit);
                    let unit = unit.unwrap_or_else(|| self.unit(vec![exact(word)], title, units, false));
                    known.push((word, unit));
                    places.push(unit);
                }
                Node::Loose(places, *gap)
            }
            Clause::Prefix(prefix) => {
                let prefix = *prefix;
                Node::Unit(self.unit(vec![Box::new(move |other| other.starts_with(prefix))], title, units, true))
            }
            Clause::Fuzzy(word, edits) => {
                let (word, edits) = (*word, *edits);
                let test = move |other: &str| strsim::osa_distance(word, other) <= edits;
                Node::Unit(self.unit(vec![Box::new(test)], title, units, true))
            }
            Clause::Title(inner) => self.node(inner, true, units),
            Clause::Near(left, right, gap, ordered) => {
                let left = self.node(left, title, units);
                Node::Near(left.into(), self.node(right, title, units).into(), *gap, *ordered)
            }
            Clause::And(parts) => Node::And(parts.iter().map(|part| self.node(part, title, units)).collect()),
            Clause::Or(parts) => Node::Or(parts.iter().map(|part| self.node(part, title, units)).collect()),
            Clause::Not(inner) => Node::Not(self.node(inner, title, units).into()),
        }
    }

    /// The other forms of the stem of a word; `None` where the archive has none.
    fn others(&self, ask: &Clause, units: &mut Vec<Unit>) -> Option<Node> {
        let Clause::Word(word) = ask else { return None };
        if self.by_stem.get() {
            return None;
        }
        let word = *word;
        let stem = Stemmer::default().stem(word).to_owned();
        let test = move |other: &str| Stemmer::default().stem(other) == stem && !is_same_word(word, other);
        let all = self.articles.iter().flat_map(|article| article.fields.iter().flatten());
        let is_there = all.into_iter().any(|other| test(other));
        is_there.then(|| {
            let unit = self.unit(vec![Box::new(test)], false, units, false);
            units[unit].weight = 0.5;
            Node::Unit(unit)
        })
    }

    fn occurrences(&self, article: usize, unit: &Unit, field: usize) -> Vec<Interval> {
        let words = &self.articles[article].fields[field];
        let length = unit.tests.len();
        if unit.title_only && field != TITLE || words.len() < length {
            return Vec::new();
        }
        let fits = |from: &usize| unit.tests.iter().enumerate().all(|(step, test)| test(&words[from + step]));
        (0..=words.len() - length).filter(fits).map(|from| (from, from + length)).collect()
    }

    /// The minimal intervals that satisfy a node.
    fn intervals(&self, article: usize, node: &Node, units: &[Unit], field: usize) -> Vec<Interval> {
        let shortest = |all: BTreeSet<Interval>| {
            let holds = |a: &Interval, b: &Interval| a != b && a.0 <= b.0 && b.1 <= a.1;
            all.iter().filter(|a| !all.iter().any(|b| holds(a, b))).copied().collect::<Vec<_>>()
        };
        match node {
            Node::Unit(unit) => self.occurrences(article, &units[*unit], field),
            Node::Or(parts) => {
                let all: BTreeSet<_> = parts.iter().flat_map(|p| self.intervals(article, p, units, field)).collect();
                all.into_iter().collect()
            }
            Node::Near(left, right, gap, ordered) => {
                let (left, right) =
                    (self.intervals(article, left, units, field), self.intervals(article, right, units, field));
                let mut all = BTreeSet::new();
                for (a, b) in left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b))) {
                    if joins(a, b, *gap, *ordered) {
                        all.insert((a.0.min(b.0), a.1.max(b.1)));
                    }
                }
                shortest(all)
            }
            Node::Loose(wanted, gap) => {
                let length = self.articles[article].fields[field].len();
                let mut all = BTreeSet::new();
                for start in 0..length {
                    for end in start + 1..=length.min(start + wanted.len() + *gap as usize) {
                        if self.window_holds(article, wanted, units, field, (start, end)) {
                            all.insert((start, end));
                        }
                    }
                }
                shortest(all)
            }
            _ => Vec::new(),
        }
    }

    fn window_holds(&self, article: usize, wanted: &[usize], units: &[Unit], field: usize, window: Interval) -> bool {
        wanted.iter().all(|unit| {
            let occurrences = self.occurrences(article, &units[*unit], field);
            let inside = occurrences.iter().filter(|place| window.0 <= place.0 && place.1 <= window.1).count();
            inside >= wanted.iter().filter(|other| *other == unit).count()
        })
    }

    fn matches(&self, article: usize, node: &Node, units: &[Unit]) -> bool {
        match node {
            Node::And(parts) => parts.iter().all(|part| self.matches(article, part, units)),
            Node::Or(parts) => parts.iter().any(|part| self.matches(article, part, units)),
            Node::Not(inner) => !self.matches(article, inner, units),
            node => [TITLE, BODY].iter().any(|field| !self.intervals(article, node, units, *field).is_empty()),
        }
    }

    fn unit_score(&self, article: usize, unit: &Unit) -> f32 {
        let weigh = |field: usize, weight: f32| {
            let count = self.occurrences(article, unit, field).len() as f32;
            let length = self.articles[article].fields[field].len() as u32;
            let length = FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length)) as f32;
            weight * count / (1.0 - 0.75 + 0.75 * length / self.means[field])
        };
        unit.weight * saturate(unit.idf, weigh(BODY, 1.0) + weigh(TITLE, 2.0))
    }

    /// The score of a node; zero if it does not match.
    fn score(&self, article: usize, node: &Node, units: &[Unit]) -> f32 {
        if !self.matches(article, node, units) {
            return 0.0;
        }
        match node {
            Node::Unit(unit) => self.unit_score(article, &units[*unit]),
            Node::Near(left, right, ..) => self.score(article, left, units) + self.score(article, right, units),
            Node::Loose(wanted, _) => wanted.iter().map(|unit| self.unit_score(article, &units[*unit])).sum(),
            Node::And(parts) | Node::Or(parts) => parts.iter().map(|part| self.score(article, part, units)).sum(),
            Node::Not(_) => 0.0,
        }
    }

    /// The occurrences that make a node match: the unit and its interval.
    fn marks(
        &self,
        article: usize,
        node: &Node,
        units: &[Unit],
        field: usize,
        only: Option<&[Interval]>,
    ) -> BTreeSet<(usize, Interval)> {
        let asked = |interval: &Interval| only.is_none_or(|only| only.contains(interval));
        match node {
            Node::Unit(unit) => {
                let occurrences = self.occurrences(article, &units[*unit], field);
                occurrences.into_iter().filter(asked).map(|interval| (*unit, interval)).collect()
            }
            Node::Or(parts) if only.is_some() => {
                parts.iter().flat_map(|part| self.marks(article, part, units, field, only)).collect()
            }
            Node::And(parts) | Node::Or(parts) => {
                let matching = parts.iter().filter(|part| self.matches(article, part, units));
                matching.flat_map(|part| self.marks(article, part, units, field, None)).collect()
            }
            Node::Near(left, right, gap, ordered) => {
                let (a, b) =
                    (self.intervals(article, left, units, field), self.intervals(article, right, units, field));
                let joined =
                    |a: Interval, b: Interval| joins(a, b, *gap, *ordered) && asked(&(a.0.min(b.0), a.1.max(b.1)));
                let lefts: Vec<Interval> = a.iter().filter(|a| b.iter().any(|b| joined(**a, *b))).copied().collect();
                let rights: Vec<Interval> = b.iter().filter(|b| a.iter().any(|a| joined(*a, **b))).copied().collect();
                let mut marks = self.marks(article, left, units, field, Some(&lefts));
                marks.extend(self.marks(article, right, units, field, Some(&rights)));
                marks
            }
            Node::Loose(wanted, _) => {
                let windows = self.intervals(article, node, units, field);
                let inside = |place: &Interval| windows.iter().any(|w| w.0 <= place.0 && place.1 <= w.1);
                let occurrences = |unit: &usize| {
                    let places = self.occurrences(article, &units[*unit], field).into_iter().filter(inside);
                    places.map(|place| (*unit, place)).collect::<Vec<_>>()
                };
                wanted.iter().flat_map(occurrences).collect()
            }
            Node::Not(_) => BTreeSet::new(),
        }
    }
}

fn joins(a: Interval, b: Interval, gap: u32, ordered: bool) -> bool {
    let gap = gap as usize;
    b.0 >= a.1 && b.0 - a.1 <= gap || !ordered && a.0 >= b.1 && a.0 - b.1 <= gap
}

fn saturate(weight: f32, frequency: f32) -> f32 {
    weight * frequency * 2.2 / (frequency + 1.2)
}

/// A query: optional words, required and excluded conditions.
struct RandomQuery {
    words: Vec<Clause>,
    must: Vec<Clause>,
    not: Vec<Clause>,
}

impl RandomQuery {
    fn random(numbers: &mut Numbers) -> Self {
        let most = 1 + numbers.below(4);
        Self {
            words: (0..numbers.below(most + 1)).map(|_| leaf(numbers)).collect(),
            must: (0..1 + numbers.below(2)).map(|_| condition(numbers)).collect(),
            not: if numbers.below(3) == 0 { vec![leaf(numbers)] } else { Vec::new() },
        }
    }

    fn text(&self) -> String {
        let mut parts: Vec<String> = self.words.iter().map(Clause::text).collect();
        // A NEAR clause is required anyway; other groups need a `+`.
        parts.extend(self.must.iter().map(|ask| match ask {
            Clause::Near(..) => ask.text(),
            ask => format!("+{}", ask.text()),
        }));
        parts.extend(self.not.iter().map(|ask| format!("-{}", ask.text())));
        parts.join(" ")
    }
}

struct Quiet;

impl Progress for Quiet {
    fn failure(&mut self, failure: &Failure) {
        panic!("{failure:?}");
    }
}

/// An archive of random words, indexed in several commits.
fn archive(numbers: &mut Numbers, folder: &Path) -> (Model, Searcher) {
    let mut articles = Vec::new();
    for part in 0..3 {
        let mut lines = String::new();
        for _ in 0..12 {
            let title: Vec<String> = (0..3 + numbers.below(3)).map(|_| word(numbers).to_owned()).collect();
            let body: Vec<String> = (0..8 + numbers.below(40)).map(|_| word(numbers).to_owned()).collect();
            let text = body.chunks(9).map(|sentence| sentence.join(" ")).collect::<Vec<_>>().join(".\n\n");
            let id = format!("n{}", articles.len());
            lines.push_str(&format!("{}\n", serde_json::json!({"id": id, "title": title.join(" "), "text": text})));
            articles.push(WordsOfArticle { fields: [title, body] });
        }
        let file = folder.join(format!("{part}.jsonl"));
        std::fs::write(&file, lines).unwrap();
        Pipeline::new().index(&[file], &folder.join("index"), &mut Quiet).unwrap();
    }
    (Model::new(articles), Searcher::open(&folder.join("index")).unwrap())
}

#[test]
fn hits_scores_and_highlights_are_those_of_brute_force() {
    let mut checked = 0;
    for seed in 0..6 {
        let mut numbers = Numbers(seed * 7919 + 1);
        let folder = tempfile::tempdir().unwrap();
        let (model, searcher) = archive(&mut numbers, folder.path());
        for _ in 0..150 {
            let asked = RandomQuery::random(&mut numbers);
            let text = asked.text();
            let query = Query::new(&text).limit(5).duplicates(Duplicates::Show).snippets(2).facets(Vec::new());
            let results = searcher.search(&query).unwrap_or_else(|error| panic!("{text}: {error}"));
            checked += compare(&model, &searcher, &asked, &text, &results);
        }
    }
    assert!(checked > 1000, "only {checked} highlights were compared");
}

/// Compares an answer with brute force; returns the number of compared highlights.
fn compare(model: &Model, searcher: &Searcher, asked: &RandomQuery, text: &str, results: &Results) -> usize {
    model.by_stem.set(asked.words.len() + asked.must.len() + asked.not.len() >= 4);
    let mut units = Vec::new();
    let words: Vec<Node> = asked.words.iter().map(|ask| model.node(ask, false, &mut units)).collect();
    let must: Vec<Node> = asked.must.iter().map(|ask| model.node(ask, false, &mut units)).collect();
    let scored = units.len();
    let not: Vec<Node> = asked.not.iter().map(|ask| model.node(ask, false, &mut units)).collect();
    let mut excluded = excluded(&must);
    excluded.extend(scored..units.len());
    let others: Vec<Node> = asked.words.iter().filter_map(|ask| model.others(ask, &mut units)).collect();
    let question = asked.words.iter().chain(&asked.must).map(Clause::asked).collect::<Vec<_>>().join(" ");
    let scores: Vec<Option<f32>> = (0..model.articles.len())
        .map(|article| {
            let there = must.iter().all(|node| model.matches(article, node, &units))
                && !not.iter().any(|node| model.matches(article, node, &units));
            there.then(|| full_score(model, article, [&words, &must, &others], &units, &excluded, &question))
        })
        .collect();
    let mut best: Vec<f32> = Vec::new();
    for hit in &results.hits {
        let article: usize = hit.id[1..].parse().unwrap();
        let expected = scores[article].unwrap_or_else(|| panic!("{text}: {} does not match", hit.id));
        assert!((hit.score as f32 - expected).abs() <= 1e-4 * expected.max(1.0), "{text}: {} {expected}", hit.score);
        best.push(expected);
    }
    // Articles with all optional words come first.
    let has_all = |article: usize| {
        let counts = |node: &&Node| !matches!(node, Node::Unit(unit) if !units[*unit].occurs);
        words.iter().filter(counts).all(|node| model.matches(article, node, &units))
    };
    let tier = |complete: bool| {
        let articles = (0..scores.len()).filter(|article| has_all(*article) == complete);
        let mut tier: Vec<f32> = articles.filter_map(|article| scores[article]).collect();
        tier.sort_by(|a, b| b.total_cmp(a));
        tier
    };
    let (first, second) = (tier(true), tier(false));
    let is_short = asked.words.len() + asked.must.len() <= 2;
    let second = if is_short && !first.is_empty() { Vec::new() } else { second };
    let complete = if results.missing.is_empty() { first.len() } else { 0 };
    assert_eq!((results.complete, results.total), (complete, first.len() + second.len()), "{text}");
    let all: Vec<f32> = first.into_iter().chain(second).collect();
    assert_eq!(results.hits.len(), all.len().min(5), "{text}");
    for (found, expected) in best.iter().zip(&all) {
        assert!((found - expected).abs() <= 1e-4 * expected.max(1.0), "{text}: {best:?} and not {all:?}");
    }
    results.hits.iter().map(|hit| highlights(model, searcher, hit, [&words, &must, &others], &units, text)).sum()
}

/// The units below a NOT.
fn excluded(nodes: &[Node]) -> BTreeSet<usize> {
    fn collect(node: &Node, negated: bool, found: &mut BTreeSet<usize>) {
        match node {
            Node::Unit(unit) if negated => {
                found.insert(*unit);
            }
            Node::Not(inner) => collect(inner, true, found),
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| collect(part, negated, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    nodes.iter().for_each(|node| collect(node, false, &mut found));
    found
}

fn full_score(
    model: &Model,
    article: usize,
    [words, must, others]: [&[Node]; 3],
    units: &[Unit],
    excluded: &BTreeSet<usize>,
    question: &str,
) -> f32 {
    let sum: f32 = words.iter().chain(must).chain(others).map(|node| model.score(article, node, units)).sum();
    let mut places: Vec<BTreeSet<(usize, Interval)>> = vec![BTreeSet::new(); 2];
    for node in words.iter().chain(must).chain(others).filter(|node| model.matches(article, node, units)) {
        for field in [TITLE, BODY] {
            places[field].extend(model.marks(article, node, units, field, None));
        }
    }
    let early = |unit: usize| {
        places[TITLE].iter().any(|(other, _)| *other == unit)
            || places[BODY].iter().any(|(other, interval)| *other == unit && interval.0 < 60)
    };
    let scored = || (0..units.len()).filter(|unit| !excluded.contains(unit));
    let weight = |unit: usize| units[unit].weight * units[unit].idf;
    let all: f32 = scored().map(weight).sum();
    let lead: f32 = scored().filter(|unit| early(*unit)).map(weight).sum();
    let proximate: Vec<usize> = words
        .iter()
        .chain(must)
        .filter_map(|node| if let Node::Unit(unit) = node { Some(*unit) } else { None })
        .collect();
    let mut near = vec![0.0_f32; units.len()];
    for field in [BODY, TITLE] {
        let mut occurrences: Vec<(usize, usize)> = places[field]
            .iter()
            .filter(|(unit, _)| proximate.contains(unit))
            .map(|(unit, interval)| (interval.0, *unit))
            .collect();
        occurrences.sort_unstable();
        for pair in occurrences.windows(2) {
            let ((before, a), (after, b)) = (pair[0], pair[1]);
            if a != b && after > before {
                let distance = (after - before) as f32;
                near[a] += units[b].idf / (distance * distance);
                near[b] += units[a].idf / (distance * distance);
            }
        }
    }
    let proximity = |unit: &usize| saturate(units[*unit].idf.min(1.0), near[*unit]);
    let proximity: f32 = if proximate.len() > 1 { proximate.iter().map(proximity).sum() } else { 0.0 };
    let [title, body] = &model.articles[article].fields;
    let body = body.chunks(9).map(|sentence| sentence.join(" ")).collect::<Vec<_>>().join(" . ");
    let meaning = 1.0 + nearness(question, &title.join(" "), &body);
    sum * (1.0 + 0.1 * if all > 0.0 { lead / all } else { 0.0 }) * meaning + proximity
}

/// Compares the highlights of the snippets of a hit; returns their number.
fn highlights(
    model: &Model,
    searcher: &Searcher,
    hit: &Hit,
    [words, must, others]: [&[Node]; 3],
    units: &[Unit],
    text: &str,
) -> usize {
    let number: usize = hit.id[1..].parse().unwrap();
    let article = searcher.article(&hit.id).unwrap().unwrap();
    // The byte range of every word of the body.
    let body = article.body.of(&article.text);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, word) in body
        .split(|c: char| !c.is_alphabetic())
        .map(|word| (article.body.start + (word.as_ptr() as usize - body.as_ptr() as usize), word))
    {
        if !word.is_empty() {
            spans.push((at, at + word.len()));
        }
    }
    let mut marks: BTreeSet<(usize, Interval)> = BTreeSet::new();
    for node in words.iter().chain(must).chain(others).filter(|node| model.matches(number, node, units)) {
        marks.extend(model.marks(number, node, units, BODY, None));
    }
    let mut count = 0;
    for snippet in hit.snippets.iter().filter(|snippet| snippet.field == SnippetField::Body) {
        let mut inside: Vec<(usize, usize, usize)> = marks
            .iter()
            .map(|(unit, interval)| (spans[interval.0].0, spans[interval.1 - 1].1, *unit))
            .filter(|(start, end, _)| snippet.start <= *start && *end <= snippet.end)
            .collect();
        inside.sort_by_key(|(start, end, unit)| (*start, std::cmp::Reverse(*end), *unit));
        let mut expected: Vec<(usize, usize, usize)> = Vec::new();
        for (start, end, unit) in inside {
            match expected.last_mut() {
                Some(last)
                    if start < last.1
                        || start - last.1 <= 4 && unit == last.2 + 1 && gap_joins(&article.text[last.1..start]) =>
                {
                    if end >= last.1 {
                        last.2 = unit;
                    }
                    last.1 = last.1.max(end);
                }
                _ => expected.push((start, end, unit)),
            }
        }
        let expected: Vec<(usize, usize)> =
            expected.into_iter().map(|(start, end, _)| (start - snippet.start, end - snippet.start)).collect();
        assert_eq!(snippet.highlights, expected, "{text}\n{}", snippet.text);
        count += expected.len();
    }
    count
}

fn gap_joins(gap: &str) -> bool {
    gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | ':' | '.' | '&' | '/'))
}
