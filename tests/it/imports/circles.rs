//! Circles in a graph: its strongly connected components.

use std::collections::BTreeMap;

/// For each node the nodes it imports, each with the names that it takes.
pub type Graph = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The components of more than one node, largest first (Tarjan 1972).
pub fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let mut search =
        Search { graph, number: BTreeMap::new(), low: BTreeMap::new(), stack: Vec::new(), found: Vec::new() };
    for node in graph.keys() {
        if !search.number.contains_key(node.as_str()) {
            search.visit(node);
        }
    }
    let mut found = search.found;
    found.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    found
}

struct Search<'g> {
    graph: &'g Graph,
    number: BTreeMap<&'g str, usize>,
    low: BTreeMap<&'g str, usize>,
    stack: Vec<&'g str>,
    found: Vec<Vec<String>>,
}

impl<'g> Search<'g> {
    fn visit(&mut self, node: &'g str) {
        let number = self.number.len();
        self.number.insert(node, number);
        self.low.insert(node, number);
        self.stack.push(node);
        for next in self.graph.get(node).into_iter().flat_map(BTreeMap::keys) {
            if !self.number.contains_key(next.as_str()) {
                self.visit(next);
                self.lower(node, self.low[next.as_str()]);
            } else if self.stack.contains(&next.as_str()) {
                self.lower(node, self.number[next.as_str()]);
            }
        }
        if self.low[node] == number {
            let start = self.stack.iter().position(|other| *other == node).unwrap();
            let mut circle: Vec<String> = self.stack.split_off(start).into_iter().map(str::to_owned).collect();
            circle.sort();
            if circle.len() > 1 {
                self.found.push(circle);
            }
        }
    }

    fn lower(&mut self, node: &'g str, to: usize) {
        let low = self.low.entry(node).or_insert(to);
        *low = to.min(*low);
    }
}

/// The imports within a circle, one a line, with the names that cause them.
pub fn describe(graph: &Graph, circle: &[String]) -> String {
    let mut lines = format!("a circle of {}:\n", circle.len());
    for node in circle {
        for (to, names) in graph[node].iter().filter(|(to, _)| circle.contains(to)) {
            lines.push_str(&format!("  {node} -> {to}: {}\n", names.join(", ")));
        }
    }
    lines
}
