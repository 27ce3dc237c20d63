//! Scores of rankings against relevance judgments, as `trec_eval` counts them.

use std::collections::BTreeMap;

/// Rounds of the randomization test.
const ROUNDS: u32 = 100_000;

/// An invalid line of judgments or of a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {expected}")]
pub struct TrecError {
    /// The line, from 1.
    pub line: usize,
    /// What was expected there.
    pub expected: &'static str,
}

/// Relevance judgments: for each query the grade of each judged document.
///
/// ```
/// use newsearch::internals::evaluate::{Qrels, RankingScores, Run};
/// let qrels = Qrels::parse("1 0 a 1\n1 0 b 0\n1 0 c 2\n")?;
/// let run = Run::parse("1 Q0 c 1 9.5 x\n1 Q0 b 2 9.0 x\n1 Q0 a 3 1.0 x\n")?;
/// let scores = RankingScores::new(&qrels, &run);
/// assert_eq!(scores.mean().reciprocal_rank, 1.0);
/// assert!((scores.mean().average_precision - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-9);
/// # Ok::<(), newsearch::internals::evaluate::TrecError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Qrels {
    queries: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Qrels {
    /// Reads lines of `query iteration document grade`; grades below 1 mean
    /// not relevant.
    ///
    /// # Errors
    /// [`TrecError`] with the line.
    pub fn parse(text: &str) -> Result<Self, TrecError> {
        let expected = "expected QUERY ITERATION DOCUMENT GRADE, such as 301 0 FT911-3 1";
        let mut qrels = Self::default();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let error = || TrecError { line: number + 1, expected };
            let [query, _, document, grade] = columns[..] else { return Err(error()) };
            let grade: i64 = grade.parse().map_err(|_| error())?;
            let judged = qrels.queries.entry(query.to_owned()).or_default();
            judged.insert(document.to_owned(), u32::try_from(grade).unwrap_or(0));
        }
        Ok(qrels)
    }

    /// The queries that have a relevant document.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        let answerable = self.queries.iter().filter(|(_, judged)| judged.values().any(|grade| *grade > 0));
        answerable.map(|(query, _)| query.as_str())
    }
}

/// A run: for each query a ranking of documents, best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The documents by query.
    pub queries: BTreeMap<String, Vec<String>>,
}

impl Run {
    /// Reads lines of `query Q0 document rank score tag`, in any order; documents
    /// are sorted by rank.
    ///
    /// # Errors
    /// [`TrecError`] with the line.
    pub fn parse(text: &str) -> Result<Self, TrecError> {
        let expected = "expected QUERY Q0 DOCUMENT RANK SCORE TAG, as `newsearch batch --format trec` prints";
        let mut ranked: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let error = || TrecError { line: number + 1, expected };
            let [query, _, document, rank, ..] = columns[..] else { return Err(error()) };
            let rank = rank.parse().map_err(|_| error())?;
            ranked.entry(query.to_owned()).or_default().push((rank, document.to_owned()));
        }
        let sorted = |mut documents: Vec<(u64, String)>| {
            documents.sort();
            documents.into_iter().map(|(_, document)| document).collect()
        };
        Ok(Self { queries: ranked.into_iter().map(|(query, documents)| (query, sorted(documents))).collect() })
    }
}

/// The measures of one query, or their means; each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// nDCG of the first ten: gain is the grade, discount `log2(rank + 1)`
    /// (Järvelin and Kekäläinen 2002).
    pub ndcg_10: f64,
    /// Average precision.
    pub average_precision: f64,
    /// One over the rank of the first relevant document.
    pub reciprocal_rank: f64,
    /// Precision of the first five.
    pub precision_5: f64,
    /// Precision of the first ten.
    pub precision_10: f64,
    /// Recall of the first hundred.
    pub recall_100: f64,
}

impl Measures {
    /// The measures with their names, in the order they are printed.
    pub fn named(self) -> [(&'static str, f64); 6] {
        [
            ("nDCG@10", self.ndcg_10),
            ("MAP", self.average_precision),
            ("MRR", self.reciprocal_rank),
            ("P@5", self.precision_5),
            ("P@10", self.precision_10),
            ("R@100", self.recall_100),
        ]
    }

    fn of(judged: &BTreeMap<String, u32>, ranked: &[String]) -> Self {
        let mut seen = std::collections::BTreeSet::new();
        let grades: Vec<u32> = ranked
            .iter()
            .filter(|document| seen.insert(document.as_str()))
            .map(|document| judged.get(document).copied().unwrap_or(0))
            .collect();
        let relevant = judged.values().filter(|grade| **grade > 0).count().max(1) as f64;
        let found = |depth: usize| grades.iter().take(depth).filter(|grade| **grade > 0).count() as f64;
        let mut ideal: Vec<u32> = judged.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let hits = grades.iter().enumerate().filter(|(_, grade)| **grade > 0).map(|(at, _)| at);
        let precisions = hits.clone().enumerate().map(|(before, at)| (before + 1) as f64 / (at + 1) as f64);
        Self {
            ndcg_10: gain(&grades, 10) / gain(&ideal, 10).max(f64::MIN_POSITIVE),
            average_precision: precisions.sum::<f64>() / relevant,
            reciprocal_rank: hits.clone().next().map_or(0.0, |at| 1.0 / (at + 1) as f64),
            precision_5: found(5) / 5.0,
            precision_10: found(10) / 10.0,
            recall_100: found(100) / relevant,
        }
    }
}

fn gain(grades: &[u32], depth: usize) -> f64 {
    let discount = |at: usize| ((at + 2) as f64).log2();
    grades.iter().take(depth).enumerate().map(|(at, grade)| f64::from(*grade) / discount(at)).sum()
}

/// The measures of a run, query by query. A query that the run does not answer
/// counts 0; one without a relevant document does not count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RankingScores {
    /// The measures by query.
    pub queries: BTreeMap<String, Measures>,
}

impl RankingScores {
    /// Scores a run.
    pub fn new(qrels: &Qrels, run: &Run) -> Self {
        let score = |query: &str| {
            let ranked = run.queries.get(query).map_or(&[][..], Vec::as_slice);
            (query.to_owned(), Measures::of(&qrels.queries[query], ranked))
        };
        Self { queries: qrels.queries().map(score).collect() }
    }

    /// The means over all queries.
    pub fn mean(&self) -> Measures {
        let mean =
            |of: fn(&Measures) -> f64| self.queries.values().map(of).sum::<f64>() / self.queries.len().max(1) as f64;
        Measures {
            ndcg_10: mean(|m| m.ndcg_10),
            average_precision: mean(|m| m.average_precision),
            reciprocal_rank: mean(|m| m.reciprocal_rank),
            precision_5: mean(|m| m.precision_5),
            precision_10: mean(|m| m.precision_10),
            recall_100: mean(|m| m.recall_100),
        }
    }

    /// The probability that the mean nDCG@10 of two runs differs as much by chance:
    /// the two-sided p-value of a paired randomization test with 100,000 rounds
    /// (Smucker, Allan and Carterette 2007). The random numbers are always the same.
    pub fn significance(&self, other: &Self) -> f64 {
        let differences: Vec<f64> = self
            .queries
            .iter()
            .filter_map(|(query, measures)| Some(measures.ndcg_10 - other.queries.get(query)?.ndcg_10))
            .filter(|difference| *difference != 0.0)
            .collect();
        let observed = differences.iter().sum::<f64>().abs();
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        let mut as_extreme = 0;
        for _ in 0..ROUNDS {
            let mut sum = 0.0;
            for difference in &differences {
                // xorshift64 (Marsaglia 2003)
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                sum += if random >> 63 == 0 { *difference } else { -difference };
            }
            as_extreme += u32::from(sum.abs() >= observed - 1e-12);
        }
        f64::from(as_extreme) / f64::from(ROUNDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_trec_eval() {
        let qrels = Qrels::parse("q 0 a 3\nq 0 b 1\nq 0 c 0\nq 0 d 2\nnone 0 a 0\n").expect("judgments");
        let run = Run::parse("q Q0 b 2 1 t\nq Q0 c 1 2 t\nq Q0 a 3 0 t\n").expect("a run");
        let scores = RankingScores::new(&qrels, &run);
        assert_eq!(scores.queries.len(), 1);
        let mean = scores.mean();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
        near(mean.average_precision, (1.0 / 2.0 + 2.0 / 3.0) / 3.0);
        near(mean.reciprocal_rank, 0.5);
        near(mean.recall_100, 2.0 / 3.0);
        near(mean.precision_5, 0.4);
        let ideal = 3.0 + 2.0 / 3_f64.log2() + 0.5;
        near(mean.ndcg_10, (1.0 / 3_f64.log2() + 1.5) / ideal);
        near(scores.significance(&scores), 1.0);
    }

    #[test]
    fn broken_lines_are_named() {
        assert_eq!(Qrels::parse("1 0 a 1\n1 0 a\n").expect_err("a broken line").line, 2);
        assert_eq!(Run::parse("1 Q0 a first 2 x").expect_err("no rank").line, 1);
    }

    #[test]
    fn measures_are_those_worked_out_by_hand() {
        let qrels = Qrels::parse("q 0 a 2\nq 0 b 1\nq 0 c -1\n").expect("judgments");
        let check = |ranking: &str, [ndcg, ap, rr, p5]: [f64; 4]| {
            let documents = ranking.split_whitespace().map(str::to_owned).collect();
            let run = Run { queries: BTreeMap::from([("q".to_owned(), documents)]) };
            let found = RankingScores::new(&qrels, &run).mean();
            let named = [found.ndcg_10, found.average_precision, found.reciprocal_rank, found.precision_5];
            for (found, expected) in named.into_iter().zip([ndcg, ap, rr, p5]) {
                assert!((found - expected).abs() < 1e-9, "{ranking}: {named:?}");
            }
        };
        // The ideal gain is 2 / log2(2) + 1 / log2(3).
        let ideal = 2.0 + 1.0 / 3_f64.log2();
        check("", [0.0, 0.0, 0.0, 0.0]);
        check("x c y", [0.0, 0.0, 0.0, 0.0]);
        check("a b", [1.0, 1.0, 1.0, 0.4]);
        check("b a", [(1.0 + 2.0 / 3_f64.log2()) / ideal, 1.0, 1.0, 0.4]);
        check("x a", [2.0 / 3_f64.log2() / ideal, 0.25, 0.5, 0.2]);
        check("a a b", [1.0, 1.0, 1.0, 0.4]);
    }

    #[test]
    fn significance_is_the_share_of_sign_flips() {
        let scores = |values: &[f64]| RankingScores {
            queries: (0..)
                .zip(values)
                .map(|(id, value)| (format!("q{id}"), Measures { ndcg_10: *value, ..Measures::default() }))
                .collect(),
        };
        let check = |one: &[f64], other: &[f64], expected: f64| {
            let p = scores(one).significance(&scores(other));
            assert!((p - expected).abs() < 0.01, "{p}");
        };
        // With one query every flip is as extreme; with n equal gains 2 of 2^n.
        check(&[0.9], &[0.1], 1.0);
        check(&[0.9; 3], &[0.5; 3], 0.25);
        check(&[0.9; 5], &[0.5; 5], 0.0625);
    }
}
