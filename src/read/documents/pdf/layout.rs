//! The lines of a page in reading order, from the places of its characters.

use super::glyphs::Placed;

/// A piece of a line that no wide gap divides.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// The base line; grows downwards.
    pub(super) y: f64,
    pub(super) size: f64,
    /// Which column it is in, in reading order on its page.
    pub(super) column: usize,
}

/// A gap of this share of the font's size separates words.
const WORD_GAP: f64 = 0.13;
/// A gap of this share of it may separate columns; after a space, of this.
const WIDE_GAP: f64 = 0.6;
const WIDE_SPACE: f64 = 1.2;
/// A column of prose is wider than this many times the font's size.
const PROSE_WIDTH: f64 = 6.0;
/// Lines of prose fill this share of their column.
const PROSE_FILL: f64 = 0.68;
/// Pages of more pieces are read from top to bottom.
const MAX_PIECES: usize = 2000;
/// How often a page is divided into columns and parts.
const MAX_DEPTH: usize = 40;
/// Steps into which the width of a page is divided to find what no line crosses.
const STEPS: usize = 256;

/// The lines of a page in reading order; text that is turned follows the rest.
pub(super) fn lines(glyphs: &[Placed]) -> Vec<Line> {
    let mut all = Vec::new();
    let mut column = 0;
    for turn in 0..4 {
        let pieces = joined(pieces(glyphs.iter().filter(|glyph| glyph.turn == turn)));
        for part in ordered(pieces) {
            all.extend(rows(part).into_iter().map(|line| Line { column, ..line }));
            column += 1;
        }
    }
    all
}

/// Runs of characters that follow each other on one base line.
fn pieces<'g>(glyphs: impl Iterator<Item = &'g Placed>) -> Vec<Line> {
    let mut pieces: Vec<Line> = Vec::new();
    let mut spaced = false;
    let mut open = false;
    for glyph in glyphs {
        if glyph.text.is_whitespace() || glyph.text == '\u{200b}' {
            spaced = true;
            continue;
        }
        let wide = if spaced { WIDE_SPACE } else { WIDE_GAP };
        match pieces.last_mut().filter(|piece| open && follows(piece, glyph, wide)) {
            Some(piece) => {
                let gap = glyph.x - piece.x1;
                if spaced || gap > WORD_GAP * piece.size.max(glyph.size) {
                    piece.text.push(' ');
                }
                piece.text.push(glyph.text);
                piece.x1 = piece.x1.max(glyph.end);
            }
            None => pieces.push(Line {
                text: glyph.text.to_string(),
                x0: glyph.x,
                x1: glyph.end,
                y: glyph.y,
                size: glyph.size,
                column: 0,
            }),
        }
        spaced = false;
        open = true;
    }
    pieces
}

/// Whether a character continues a piece: on its base line, or raised or lowered a
/// little, and not far behind its end.
fn follows(piece: &Line, glyph: &Placed, wide: f64) -> bool {
    let size = piece.size.max(glyph.size);
    let gap = glyph.x - piece.x1;
    let level = if glyph.size < 0.8 * piece.size { 0.45 } else { 0.25 };
    (glyph.y - piece.y).abs() < level * size && gap < wide * size && gap > -0.3 * size
}

/// Joins pieces of one line that were not drawn one after the other.
fn joined(mut pieces: Vec<Line>) -> Vec<Line> {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut joined: Vec<Line> = Vec::with_capacity(pieces.len());
    for mut row in split_rows(pieces) {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let first = joined.len();
        for piece in row {
            match joined[first..].last_mut() {
                Some(last) if adjoins(last, &piece) => {
                    if piece.x0 - last.x1 > WORD_GAP * last.size.max(piece.size) {
                        last.text.push(' ');
                    }
                    last.text.push_str(&piece.text);
                    last.x1 = last.x1.max(piece.x1);
                    last.size = if piece.text.len() > last.text.len() / 2 { piece.size } else { last.size };
                }
                _ => joined.push(piece),
            }
        }
    }
    joined
}

/// Whether a piece continues one on its left, on the same line.
fn adjoins(left: &Line, right: &Line) -> bool {
    let gap = right.x0 - left.x1;
    let size = left.size.max(right.size);
    gap < WIDE_GAP * left.size.min(right.size) && gap > -0.3 * size && left.size.min(right.size) > 0.5 * size
}

/// Groups pieces, sorted from top to bottom, by their base line.
fn split_rows(pieces: Vec<Line>) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if (piece.y - row[0].y).abs() < 0.25 * piece.size.min(row[0].size) => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows
}

/// The parts of a page in reading order, each of one column.
fn ordered(pieces: Vec<Line>) -> Vec<Vec<Line>> {
    let mut done = Vec::new();
    if pieces.len() > MAX_PIECES {
        done.push(pieces);
        return done;
    }
    // The next part is on top.
    let mut open = vec![(pieces, 0)];
    while let Some((part, depth)) = open.pop() {
        let parts = if depth < MAX_DEPTH { divide(&part) } else { Vec::new() };
        if parts.len() < 2 {
            done.push(part);
        } else {
            open.extend(parts.into_iter().rev().map(|part| (part, depth + 1)));
        }
    }
    merged(done)
}

/// Joins parts of which each lies below the one before it.
fn merged(parts: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let mut merged: Vec<Vec<Line>> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        match merged.last_mut() {
            Some(last) if is_below(last, &part) => last.extend(part),
            _ => merged.push(part),
        }
    }
    merged
}

fn is_below(above: &[Line], below: &[Line]) -> bool {
    let last = above.iter().map(|line| line.y).fold(f64::MIN, f64::max);
    let first = below.iter().map(|line| line.y).fold(f64::MAX, f64::min);
    let (left, right) = extent(above);
    let (other_left, other_right) = extent(below);
    first > last && left < other_right && other_left < right
}

fn extent(lines: &[Line]) -> (f64, f64) {
    lines.iter().fold((f64::MAX, f64::MIN), |(left, right), line| (left.min(line.x0), right.max(line.x1)))
}

/// Divides a part in two columns, or at what crosses them, or at its widest
/// horizontal gaps; none if it is one column.
fn divide(part: &[Line]) -> Vec<Vec<Line>> {
    if part.len() < 4 {
        return Vec::new();
    }
    match gutter(part) {
        Some(gutter) => at_gutter(part, gutter),
        None => at_horizontal_gaps(part),
    }
}

/// Where a part has a gutter that few lines cross, with prose on both sides.
fn gutter(part: &[Line]) -> Option<f64> {
    let (left, right) = extent(part);
    let step = (right - left) / STEPS as f64;
    if !step.is_finite() || step <= 0.0 {
        return None;
    }
    let size = median(part.iter().map(|line| line.size));
    let mut crossing = [0_usize; STEPS + 1];
    for line in part {
        let at = |x: f64| ((x - left) / step).clamp(0.0, STEPS as f64) as usize;
        for count in &mut crossing[at(line.x0 + step)..=at(line.x1 - step).max(at(line.x0 + step))] {
            *count += 1;
        }
    }
    let most = part.len() / 6;
    let mut best: Option<(usize, usize, usize)> = None;
    let mut start = 0;
    while start <= STEPS {
        let level = crossing[start];
        let end = start + crossing[start..].iter().take_while(|count| **count <= level.min(most)).count();
        if level <= most && (end - start) as f64 * step > 0.45 * size && start > 0 && end <= STEPS {
            let better =
                best.is_none_or(|(other, width, _)| (level, usize::MAX - (end - start)) < (other, usize::MAX - width));
            if better && prose_on_both_sides(part, left + step * (start + end) as f64 / 2.0) {
                best = Some((level, end - start, (start + end) / 2));
            }
        }
        start = if end > start { end } else { start + 1 };
    }
    best.map(|(_, _, middle)| left + step * (middle as f64 + 0.5))
}

/// Whether both sides of a line are columns of prose. What is narrower, or fills its
/// width less, is a table, read row by row.
fn prose_on_both_sides(part: &[Line], x: f64) -> bool {
    is_prose(part.iter().filter(|line| line.x1 <= x)) && is_prose(part.iter().filter(|line| line.x0 >= x))
}

/// Whether lines are three rows or more that fill most of their width.
fn is_prose<'l>(lines: impl Iterator<Item = &'l Line>) -> bool {
    let mut lines: Vec<&Line> = lines.collect();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    let (mut rows, mut last, mut written) = (0, f64::MIN, 0.0);
    let (mut left, mut right) = (f64::MAX, f64::MIN);
    for line in &lines {
        if line.y - last > 0.4 * line.size {
            rows += 1;
            last = line.y;
        }
        written += line.x1 - line.x0;
        (left, right) = (left.min(line.x0), right.max(line.x1));
    }
    let size = median(lines.iter().map(|line| line.size));
    let width = written / f64::from(rows.max(1));
    rows >= 3 && width > PROSE_WIDTH * size && width > PROSE_FILL * (right - left)
}

/// Left and right columns between the lines that cross the gutter.
fn at_gutter(part: &[Line], gutter: f64) -> Vec<Vec<Line>> {
    let mut sorted: Vec<&Line> = part.iter().collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut parts = Vec::new();
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for line in sorted {
        if line.x0 < gutter && line.x1 > gutter {
            parts.extend([std::mem::take(&mut left), std::mem::take(&mut right)]);
            across.push(line.clone());
            continue;
        }
        parts.push(std::mem::take(&mut across));
        if line.x1 <= gutter { left.push(line.clone()) } else { right.push(line.clone()) }
    }
    parts.extend([left, right, across]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The parts between the widest horizontal gaps.
fn at_horizontal_gaps(part: &[Line]) -> Vec<Vec<Line>> {
    let mut sorted: Vec<Line> = part.to_vec();
    sorted.sort_by(|a, b| (a.y - a.size).total_cmp(&(b.y - b.size)));
    let mut gaps = Vec::new();
    let mut bottom = f64::MIN;
    for line in &sorted {
        gaps.push(line.y - 0.7 * line.size - bottom);
        bottom = bottom.max(line.y + 0.2 * line.size);
    }
    let widest = gaps.iter().skip(1).copied().fold(0.0, f64::max);
    if widest <= 0.0 {
        return Vec::new();
    }
    let mut parts: Vec<Vec<Line>> = Vec::new();
    for (line, gap) in sorted.into_iter().zip(gaps) {
        match parts.last_mut() {
            Some(last) if gap < 0.8 * widest => last.push(line),
            _ => parts.push(vec![line]),
        }
    }
    parts
}

/// The rows of a part from top to bottom, their cells separated by tabs.
fn rows(mut part: Vec<Line>) -> Vec<Line> {
    part.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    // Justified prose has wide gaps too.
    let cell_gap = if is_prose(part.iter()) { 4.0 } else { 1.5 };
    split_rows(part).into_iter().filter_map(|row| one_line(row, cell_gap)).collect()
}

fn one_line(mut row: Vec<Line>, cell_gap: f64) -> Option<Line> {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    row.into_iter().reduce(|mut line, next| {
        line.text.push(if next.x0 - line.x1 > cell_gap * line.size { '\t' } else { ' ' });
        line.text.push_str(&next.text);
        line.x1 = line.x1.max(next.x1);
        line.size = line.size.max(next.size);
        line
    })
}

/// The middle one of some numbers; 0 of none.
pub(super) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of a line of 10 points, half as wide as they are high.
    fn typed(text: &str, x: f64, y: f64) -> Vec<Placed> {
        let place = |(index, text): (usize, char)| {
            let x = x + 5.0 * index as f64;
            Placed { text, x, end: x + 5.0, y, size: 10.0, turn: 0 }
        };
        text.chars().enumerate().map(place).collect()
    }

    fn check(typed: &[Vec<Placed>], expected: &[&str]) {
        let lines = lines(&typed.concat());
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn gaps_are_spaces_and_drawing_order_does_not_count() {
        check(&[typed("Low", 0.0, 10.0), typed("Tide", 18.0, 10.0)], &["Low Tide"]);
        check(&[typed("b", 5.0, 10.0), typed("a", 0.0, 10.0)], &["ab"]);
        check(&[typed("second", 0.0, 30.0), typed("first", 0.0, 10.0)], &["first", "second"]);
        check(&[typed("Ada", 0.0, 10.0), typed("Bo", 100.0, 10.0)], &["Ada\tBo"]);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut page = vec![typed("A headline that goes over both of the columns here", 0.0, 10.0)];
        for row in 0..5 {
            let y = 30.0 + 12.0 * f64::from(row);
            page.push(typed(&format!("left column line {row}"), 0.0, y));
            page.push(typed(&format!("right column line {row}"), 150.0, y));
        }
        let expected: Vec<String> = std::iter::once("A headline that goes over both of the columns here".to_owned())
            .chain((0..5).map(|row| format!("left column line {row}")))
            .chain((0..5).map(|row| format!("right column line {row}")))
            .collect();
        check(&page, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn tables_are_read_by_rows() {
        let page: Vec<_> = (0..5)
            .flat_map(|row| {
                let y = 10.0 + 12.0 * f64::from(row);
                [typed("Low Tide", 0.0, y), typed("$1.2m", 150.0, y)]
            })
            .collect();
        check(&page, &["Low Tide\t$1.2m"; 5]);
    }

    #[test]
    fn turned_text_comes_last() {
        let mut turned = typed("Photo", 0.0, 0.0);
        turned.iter_mut().for_each(|glyph| glyph.turn = 3);
        check(&[turned, typed("Text", 0.0, 10.0)], &["Text", "Photo"]);
    }
}
