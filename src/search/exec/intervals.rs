//! Intervals of positions that satisfy proximity operators.
//!
//! Of nested intervals only the shortest count: the minimal-interval semantics of Clarke, Cormack and Burkowski, “An Algebra for
//! Structured Text Search”, The Computer Journal 38(1), 1995.

use crate::search::plan::tree::Node;

/// A half-open range of word positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Interval {
    pub start: u32,
    pub end: u32,
}

/// The intervals of units in one field of an article.
pub(crate) trait IntervalSource {
    /// Appends the intervals of a unit, in any order.
    fn intervals(&mut self, unit: usize, out: &mut Vec<Interval>);
}

/// The minimal intervals that satisfy a node, in order.
pub(crate) fn intervals(node: &Node, source: &mut impl IntervalSource) -> Vec<Interval> {
    match node {
        Node::Unit(unit) => of_unit(*unit, source),
        Node::Or(parts) => {
            let mut all: Vec<Interval> = parts.iter().flat_map(|part| intervals(part, source)).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
        Node::Near { left, right, gap, ordered } => {
            let (left, right) = (intervals(left, source), intervals(right, source));
            shortest(pairs(&left, &right, *gap, *ordered))
        }
        Node::Sloppy { units, gap } => shortest(windows(units, *gap, source)),
        Node::InQuote { inner, marks } => within(&quotes(*marks, source), intervals(inner, source)),
        Node::And(_) | Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => Vec::new(),
    }
}

/// The intervals of quotes, from the first to the last word.
fn quotes(marks: [usize; 2], source: &mut impl IntervalSource) -> Vec<Interval> {
    let [opens, closes] = marks.map(|unit| of_unit(unit, source));
    opens.iter().zip(&closes).map(|(open, close)| Interval { start: open.start, end: close.end }).collect()
}

/// The intervals contained in one of `outer`, which are in order.
fn within(outer: &[Interval], mut found: Vec<Interval>) -> Vec<Interval> {
    found.retain(|interval| {
        let after = outer.partition_point(|outer| outer.start <= interval.start);
        after > 0 && interval.end <= outer[after - 1].end
    });
    found
}

fn of_unit(unit: usize, source: &mut impl IntervalSource) -> Vec<Interval> {
    let mut found = Vec::new();
    source.intervals(unit, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// The hulls of neighbors that do not overlap and have at most `gap` words
/// between them.
fn pairs(left: &[Interval], right: &[Interval], gap: u32, ordered: bool) -> Vec<Interval> {
    let mut found = Vec::new();
    let mut follow = |first: &[Interval], second: &[Interval]| {
        for a in first {
            let next = second.partition_point(|b| b.start < a.end);
            if let Some(b) = second.get(next).filter(|b| b.start - a.end <= gap) {
                found.push(Interval { start: a.start, end: b.end });
            }
        }
    };
    follow(left, right);
    if !ordered {
        follow(right, left);
    }
    found
}

/// Windows that contain every unit as often as it is listed, with at most `gap`
/// other words.
fn windows(units: &[usize], gap: u32, source: &mut impl IntervalSource) -> Vec<Interval> {
    let mut sorted = units.to_vec();
    sorted.sort_unstable();
    let (mut required, mut occurrences) = (Vec::new(), Vec::new());
    for same in sorted.chunk_by(|a, b| a == b) {
        let found = of_unit(same[0], source);
        if found.len() < same.len() {
            return Vec::new();
        }
        occurrences.extend(found.iter().map(|interval| (interval.start, required.len())));
        required.push(same.len());
    }
    occurrences.sort_unstable();
    let length = (units.len() as u32).saturating_add(gap);
    let mut counts = vec![0; required.len()];
    // The words that the window does not have often enough.
    let mut lacking = required.len();
    let (mut found, mut from) = (Vec::new(), 0);
    for (position, word) in &occurrences {
        counts[*word] += 1;
        lacking -= usize::from(counts[*word] == required[*word]);
        while lacking == 0 {
            let (start, first) = occurrences[from];
            if position + 1 - start <= length {
                found.push(Interval { start, end: position + 1 });
            }
            lacking += usize::from(counts[first] == required[first]);
            counts[first] -= 1;
            from += 1;
        }
    }
    found
}

/// Calls `each` for every occurrence, unit and start, that is part of an interval
/// of the node; with `only`, of one of these intervals.
pub(crate) fn participants(
    node: &Node,
    source: &mut impl IntervalSource,
    only: Option<&[Interval]>,
    each: &mut impl FnMut(usize, u32),
) {
    let is_included = |interval: &Interval| only.is_none_or(|only| only.contains(interval));
    match node {
        Node::Unit(unit) => {
            of_unit(*unit, source).iter().filter(|interval| is_included(interval)).for_each(|s| each(*unit, s.start));
        }
        Node::Or(parts) => parts.iter().for_each(|part| participants(part, source, only, each)),
        Node::Near { left, right, gap, ordered } => {
            let (lefts, rights) = (intervals(left, source), intervals(right, source));
            let joins = |a: &Interval, b: &Interval| {
                let after = b.start >= a.end && b.start - a.end <= *gap;
                let before = !ordered && a.start >= b.end && a.start - b.end <= *gap;
                let hull = Interval { start: a.start.min(b.start), end: a.end.max(b.end) };
                (after || before) && is_included(&hull)
            };
            let kept: Vec<Interval> = lefts.iter().copied().filter(|a| rights.iter().any(|b| joins(a, b))).collect();
            participants(left, source, Some(&kept), each);
            let kept: Vec<Interval> = rights.iter().copied().filter(|b| lefts.iter().any(|a| joins(a, b))).collect();
            participants(right, source, Some(&kept), each);
        }
        Node::Sloppy { units, gap } => {
            let windows: Vec<Interval> =
                shortest(windows(units, *gap, source)).into_iter().filter(|window| is_included(window)).collect();
            for unit in units {
                for interval in of_unit(*unit, source) {
                    if windows.iter().any(|window| window.start <= interval.start && interval.end <= window.end) {
                        each(*unit, interval.start);
                    }
                }
            }
        }
        Node::InQuote { inner, marks } => {
            let mut kept = within(&quotes(*marks, source), intervals(inner, source));
            kept.retain(|interval| is_included(interval));
            participants(inner, source, Some(&kept), each);
        }
        Node::And(_) | Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => {}
    }
}

/// Removes intervals that contain another.
fn shortest(mut found: Vec<Interval>) -> Vec<Interval> {
    found.sort_unstable_by_key(|interval| (interval.start, std::cmp::Reverse(interval.end)));
    let mut kept: Vec<Interval> = Vec::new();
    for interval in found {
        while kept.last().is_some_and(|last| last.start <= interval.start && interval.end <= last.end) {
            kept.pop();
        }
        kept.push(interval);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(Vec<Vec<u32>>);

    impl IntervalSource for Fixed {
        fn intervals(&mut self, unit: usize, out: &mut Vec<Interval>) {
            out.extend(self.0[unit].iter().map(|start| Interval { start: *start, end: start + 1 }));
        }
    }

    fn check(node: &Node, positions: &[&[u32]], expected: &[(u32, u32)]) {
        let found = intervals(node, &mut Fixed(positions.iter().map(|list| list.to_vec()).collect()));
        assert_eq!(found.iter().map(|s| (s.start, s.end)).collect::<Vec<_>>(), expected);
    }

    fn near(gap: u32, ordered: bool) -> Node {
        Node::Near { left: Node::Unit(0).into(), right: Node::Unit(1).into(), gap, ordered }
    }

    #[test]
    fn neighbors_within_the_gap() {
        check(&near(2, false), &[&[1, 10], &[4, 8]], &[(1, 5), (8, 11)]);
        check(&near(2, true), &[&[1, 10], &[4, 8]], &[(1, 5)]);
        check(&near(0, false), &[&[1], &[1]], &[]);
    }

    #[test]
    fn windows_contain_each_word_as_often_as_it_is_listed() {
        let sloppy = |gap| Node::Sloppy { units: vec![0, 1, 0], gap };
        check(&sloppy(0), &[&[3, 5, 9], &[4]], &[(3, 6)]);
        check(&sloppy(0), &[&[3], &[4]], &[]);
        check(&sloppy(2), &[&[3, 7], &[4]], &[(3, 8)]);
    }

    #[test]
    fn ordered_neighbors_and_words_in_the_gap() {
        check(&near(0, true), &[&[1], &[2]], &[(1, 3)]);
        check(&near(0, true), &[&[2], &[1]], &[]);
        check(&near(1, false), &[&[1], &[4]], &[]);
        check(&near(2, false), &[&[1], &[4]], &[(1, 5)]);
        // The shorter of nested intervals.
        check(&near(9, true), &[&[1, 3], &[5]], &[(3, 6)]);
    }

    #[test]
    fn alternatives_are_merged() {
        let either = Node::Or(vec![Node::Unit(0), Node::Unit(1)]);
        check(&either, &[&[4, 9], &[2, 4]], &[(2, 3), (4, 5), (9, 10)]);
        check(&Node::And(vec![Node::Unit(0), Node::Unit(1)]), &[&[4], &[5]], &[]);
    }

    #[test]
    fn only_what_lies_within_a_quote() {
        let quoted = Node::InQuote { inner: near(3, false).into(), marks: [2, 3] };
        check(&quoted, &[&[5], &[7], &[], &[]], &[]);
        let quotes: [&[u32]; 4] = [&[5, 20], &[7, 23], &[4, 22], &[9, 30]];
        check(&quoted, &quotes, &[(5, 8)]);
    }

    #[test]
    fn participants_are_the_occurrences_of_intervals() {
        let parts = |node: &Node, positions: &[&[u32]]| {
            let mut found = Vec::new();
            let mut source = Fixed(positions.iter().map(|list| list.to_vec()).collect());
            participants(node, &mut source, None, &mut |unit, start| found.push((unit, start)));
            found.sort_unstable();
            found
        };
        assert_eq!(parts(&near(2, false), &[&[1, 10, 40], &[4, 8]]), [(0, 1), (0, 10), (1, 4), (1, 8)]);
        assert_eq!(parts(&near(2, true), &[&[1, 10, 40], &[4, 8]]), [(0, 1), (1, 4)]);
        let sloppy = Node::Sloppy { units: vec![0, 1], gap: 0 };
        assert_eq!(parts(&sloppy, &[&[3, 30], &[4, 9]]), [(0, 3), (1, 4)]);
        let quoted = Node::InQuote { inner: Node::Unit(0).into(), marks: [1, 2] };
        assert_eq!(parts(&quoted, &[&[3, 30], &[2], &[5]]), [(0, 3)]);
    }
}
