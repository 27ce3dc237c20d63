//! Stretches of words, and which of them are near each other.
//!
//! Of stretches that hold each other only the shortest count, as in the
//! minimal-interval semantics of Clarke, Cormack and Burkowski, “An Algebra for
//! Structured Text Search”, The Computer Journal 38(1), 1995.

use super::plan::Node;

/// Positions of words, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub start: u32,
    pub end: u32,
}

/// Where units stand in one field of an article.
pub(super) trait Stands {
    /// Appends the stretches of a unit.
    fn stretches(&mut self, unit: usize, out: &mut Vec<Stretch>);
}

/// The shortest stretches that satisfy a node, in order.
pub(super) fn stretches(node: &Node, stands: &mut impl Stands) -> Vec<Stretch> {
    match node {
        Node::Unit(unit) => of_unit(*unit, stands),
        Node::Or(parts) => {
            let mut all: Vec<Stretch> = parts.iter().flat_map(|part| stretches(part, stands)).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
        Node::Near { left, right, gap, ordered } => {
            let (left, right) = (stretches(left, stands), stretches(right, stands));
            shortest(pairs(&left, &right, *gap, *ordered))
        }
        Node::Loose { units, gap } => shortest(windows(units, *gap, stands)),
        Node::Said { inner, marks } => within(&quotes(*marks, stands), stretches(inner, stands)),
        Node::And(_) | Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => Vec::new(),
    }
}

/// Where quotes stand, from their first to their last words.
fn quotes(marks: [usize; 2], stands: &mut impl Stands) -> Vec<Stretch> {
    let [opens, closes] = marks.map(|unit| of_unit(unit, stands));
    opens.iter().zip(&closes).map(|(open, close)| Stretch { start: open.start, end: close.end }).collect()
}

/// The stretches that lie in one of others, which are in order.
fn within(outer: &[Stretch], mut found: Vec<Stretch>) -> Vec<Stretch> {
    found.retain(|stretch| {
        let after = outer.partition_point(|outer| outer.start <= stretch.start);
        after > 0 && stretch.end <= outer[after - 1].end
    });
    found
}

fn of_unit(unit: usize, stands: &mut impl Stands) -> Vec<Stretch> {
    let mut found = Vec::new();
    stands.stretches(unit, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// The hulls of neighbors that do not overlap and have at most `gap` words
/// between them.
fn pairs(left: &[Stretch], right: &[Stretch], gap: u32, ordered: bool) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut follow = |first: &[Stretch], second: &[Stretch]| {
        for a in first {
            let next = second.partition_point(|b| b.start < a.end);
            if let Some(b) = second.get(next).filter(|b| b.start - a.end <= gap) {
                found.push(Stretch { start: a.start, end: b.end });
            }
        }
    };
    follow(left, right);
    if !ordered {
        follow(right, left);
    }
    found
}

/// Windows that hold every unit as often as it is asked for, with at most
/// `gap` other words.
fn windows(units: &[usize], gap: u32, stands: &mut impl Stands) -> Vec<Stretch> {
    let mut distinct = units.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let mut missing: Vec<usize> =
        distinct.iter().map(|unit| units.iter().filter(|other| *other == unit).count()).collect();
    let mut places: Vec<(u32, usize)> = Vec::new();
    for (word, unit) in distinct.iter().enumerate() {
        places.extend(of_unit(*unit, stands).iter().map(|stretch| (stretch.start, word)));
    }
    places.sort_unstable();
    let wanted = missing.clone();
    let length = units.len() as u32 + gap;
    let mut counts = vec![0; distinct.len()];
    let (mut found, mut from) = (Vec::new(), 0);
    for (position, word) in &places {
        counts[*word] += 1;
        missing[*word] = wanted[*word].saturating_sub(counts[*word]);
        while missing.iter().all(|missing| *missing == 0) {
            let (start, first) = places[from];
            if position + 1 - start <= length {
                found.push(Stretch { start, end: position + 1 });
            }
            counts[first] -= 1;
            missing[first] = wanted[first].saturating_sub(counts[first]);
            from += 1;
        }
    }
    found
}

/// Hands to `each` what of the units below takes part: the unit, and where it
/// starts. With `only`, what takes part in one of these stretches of the node.
pub(super) fn participants(
    node: &Node,
    stands: &mut impl Stands,
    only: Option<&[Stretch]>,
    each: &mut impl FnMut(usize, u32),
) {
    let is_asked = |stretch: &Stretch| only.is_none_or(|only| only.contains(stretch));
    match node {
        Node::Unit(unit) => {
            of_unit(*unit, stands).iter().filter(|stretch| is_asked(stretch)).for_each(|s| each(*unit, s.start));
        }
        Node::Or(parts) => parts.iter().for_each(|part| participants(part, stands, only, each)),
        Node::Near { left, right, gap, ordered } => {
            let (lefts, rights) = (stretches(left, stands), stretches(right, stands));
            let joins = |a: &Stretch, b: &Stretch| {
                let after = b.start >= a.end && b.start - a.end <= *gap;
                let before = !ordered && a.start >= b.end && a.start - b.end <= *gap;
                let hull = Stretch { start: a.start.min(b.start), end: a.end.max(b.end) };
                (after || before) && is_asked(&hull)
            };
            let kept: Vec<Stretch> = lefts.iter().copied().filter(|a| rights.iter().any(|b| joins(a, b))).collect();
            participants(left, stands, Some(&kept), each);
            let kept: Vec<Stretch> = rights.iter().copied().filter(|b| lefts.iter().any(|a| joins(a, b))).collect();
            participants(right, stands, Some(&kept), each);
        }
        Node::Loose { units, gap } => {
            let windows: Vec<Stretch> =
                shortest(windows(units, *gap, stands)).into_iter().filter(|window| is_asked(window)).collect();
            for unit in units {
                for stretch in of_unit(*unit, stands) {
                    if windows.iter().any(|window| window.start <= stretch.start && stretch.end <= window.end) {
                        each(*unit, stretch.start);
                    }
                }
            }
        }
        Node::Said { inner, marks } => {
            let mut kept = within(&quotes(*marks, stands), stretches(inner, stands));
            kept.retain(|stretch| is_asked(stretch));
            participants(inner, stands, Some(&kept), each);
        }
        Node::And(_) | Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => {}
    }
}

/// Leaves out stretches that hold another.
fn shortest(mut found: Vec<Stretch>) -> Vec<Stretch> {
    found.sort_unstable_by_key(|stretch| (stretch.start, std::cmp::Reverse(stretch.end)));
    let mut kept: Vec<Stretch> = Vec::new();
    for stretch in found {
        while kept.last().is_some_and(|last| last.start <= stretch.start && stretch.end <= last.end) {
            kept.pop();
        }
        kept.push(stretch);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(Vec<Vec<u32>>);

    impl Stands for Fixed {
        fn stretches(&mut self, unit: usize, out: &mut Vec<Stretch>) {
            out.extend(self.0[unit].iter().map(|start| Stretch { start: *start, end: start + 1 }));
        }
    }

    fn check(node: &Node, places: &[&[u32]], expected: &[(u32, u32)]) {
        let found = stretches(node, &mut Fixed(places.iter().map(|list| list.to_vec()).collect()));
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
    fn windows_hold_each_word_as_often_as_it_is_asked_for() {
        let loose = |gap| Node::Loose { units: vec![0, 1, 0], gap };
        check(&loose(0), &[&[3, 5, 9], &[4]], &[(3, 6)]);
        check(&loose(0), &[&[3], &[4]], &[]);
        check(&loose(2), &[&[3, 7], &[4]], &[(3, 8)]);
    }
}
