//! Nearness in meaning, computed apart from the library: reads the table by its
//! description in `src/meaning/table.rs`, and rounds by arithmetic.

use std::collections::HashMap;
use std::sync::LazyLock;

const SIZE: usize = 128;

static BYTES: &[u8] = include_bytes!("../../data/meaning.bin");

struct Pieces {
    names: HashMap<&'static str, usize>,
    steps: usize,
    rows: usize,
}

static PIECES: LazyLock<Pieces> = LazyLock::new(|| {
    let number = |at: usize| u32::from_le_bytes(BYTES[at..at + 4].try_into().unwrap()) as usize;
    let (count, text) = (number(8), number(16));
    assert_eq!(number(12), SIZE);
    let names = std::str::from_utf8(&BYTES[20..20 + text]).unwrap().split('\n');
    let names: HashMap<&str, usize> = names.zip(0..).collect();
    assert_eq!(names.len(), count);
    Pieces { names, steps: 20 + text, rows: 20 + text + 4 * count }
});

/// The numbers of the pieces of some words in lower case.
fn pieces(words: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let mut start = 0;
        let mut of_word = Vec::new();
        while start < word.len() {
            let mark = if start > 0 { "##" } else { "" };
            let longest = (start + 1..=word.len()).rev().find_map(|end| {
                let piece = format!("{mark}{}", &word[start..end]);
                PIECES.names.get(&*piece).map(|at| (*at, end))
            });
            let (piece, end) = longest.expect("every letter is a piece");
            of_word.push(piece);
            start = end;
        }
        found.extend(of_word);
    }
    found
}

fn vector(pieces: &[(usize, f64)]) -> Vec<f64> {
    let mut sum = vec![0.0; SIZE];
    for (piece, times) in pieces {
        let at = PIECES.steps + 4 * piece;
        let step = f64::from(f32::from_le_bytes(BYTES[at..at + 4].try_into().unwrap()));
        for (number, sum) in sum.iter_mut().enumerate() {
            let byte = BYTES[PIECES.rows + piece * SIZE / 2 + number / 2];
            let half = i32::from(if number % 2 == 0 { byte % 16 } else { byte / 16 });
            *sum += times * step * f64::from(if half > 7 { half - 16 } else { half });
        }
    }
    let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
    sum.iter().map(|value| if length > 0.0 { value / length } else { 0.0 }).collect()
}

/// How near an article of a title and a body, both words and marks with spaces between
/// them, is to a question: from 0 to 1.
pub fn nearness(question: &str, title: &str, body: &str) -> f32 {
    let asked = vector(&pieces(question).into_iter().map(|piece| (piece, 1.0)).collect::<Vec<_>>());
    let of_title = pieces(title).into_iter().map(|piece| (piece, 3.0));
    let of_body = pieces(body).into_iter().take(100).map(|piece| (piece, 1.0));
    let article = vector(&of_title.chain(of_body).collect::<Vec<_>>());
    // Of length 1, so the root of the mean square is known.
    let largest = 2.6 / (SIZE as f64).sqrt();
    let kept: Vec<f64> = article.iter().map(|value| (value / largest * 7.0).clamp(-7.0, 7.0).round()).collect();
    let length = kept.iter().map(|value| value * value).sum::<f64>().sqrt();
    let product: f64 = asked.iter().zip(&kept).map(|(a, b)| a * b).sum();
    if length > 0.0 { (product / length).max(0.0) as f32 } else { 0.0 }
}
