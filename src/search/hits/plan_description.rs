//! Plans as text, for `--explain`.

use crate::search::exec::bm25f::Scoring;
use crate::search::language::syntax_tree::{Label, Occur};
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, Unit, UnitKind};

/// Alternatives that are listed.
const MAX_ALTERNATIVES: usize = 6;

/// One line per clause.
pub(crate) fn describe(plan: &Plan, scoring: &Scoring) -> Vec<String> {
    let sign = |occur| match occur {
        Occur::Should => "",
        Occur::Must => "+",
        Occur::Not => "-",
    };
    let line = |clause: &Clause| format!("{}{}", sign(clause.occur), node(plan, scoring, &clause.node));
    plan.clauses.iter().map(line).collect()
}

fn node(plan: &Plan, scoring: &Scoring, at: &Node) -> String {
    let join = |parts: &[Node], mark: &str| {
        let parts: Vec<String> = parts.iter().map(|part| node(plan, scoring, part)).collect();
        format!("({})", parts.join(mark))
    };
    match at {
        Node::Unit(at) => unit(&plan.units[*at], scoring.idf[*at]),
        Node::Since(commit) => format!("came after commit {commit}"),
        Node::Published(days) => format!("published {} to {}", days.first, days.last),
        Node::Has(what) => format!("has {what:?}").to_lowercase(),
        Node::InQuote { inner, .. } => format!("said {}", node(plan, scoring, inner)),
        Node::And(parts) => join(parts, " AND "),
        Node::Or(parts) => join(parts, " OR "),
        Node::Not(inner) => format!("NOT {}", node(plan, scoring, inner)),
        Node::Near { left, right, gap, ordered } => {
            let operator = if *ordered { "ADJ" } else { "NEAR" };
            format!("({} {operator}/{gap} {})", node(plan, scoring, left), node(plan, scoring, right))
        }
        Node::Sloppy { units, gap } => {
            let words: Vec<&str> = units.iter().map(|at| plan.units[*at].text.as_str()).collect();
            format!("“{}”~{gap}", words.join(" "))
        }
    }
}

/// The words of a sequence, each with its forms.
fn words(sequence: &Sequence) -> String {
    let forms = |forms: &Vec<String>| match forms.len() {
        0..=MAX_ALTERNATIVES => forms.join("/"),
        more => format!("{}/{} more", forms[..MAX_ALTERNATIVES].join("/"), more - MAX_ALTERNATIVES),
    };
    sequence.forms.iter().map(forms).collect::<Vec<_>>().join(" ")
}

fn unit(unit: &Unit, idf: f32) -> String {
    let role = match unit.role {
        Role::Scored => format!("idf {:.2}", idf * unit.weight),
        Role::Filter => "filter".to_owned(),
        Role::Excluded => "excluded".to_owned(),
        Role::NamePhrase => "or all of it together".to_owned(),
    };
    let list = |all: Vec<String>| {
        let more = all.len().saturating_sub(MAX_ALTERNATIVES);
        let shown = all.into_iter().take(MAX_ALTERNATIVES).collect::<Vec<_>>().join(" | ");
        if more > 0 { format!("{shown} | {more} more") } else { shown }
    };
    let alternatives = match &unit.kind {
        UnitKind::Words(sequences) => list(sequences.iter().map(words).collect()),
        UnitKind::Any(words) | UnitKind::Dates(words) => list(words.clone()),
        UnitKind::Reports(terms) => list(terms.clone()),
        UnitKind::Mark(mark) => (*mark).to_owned(),
        UnitKind::Names(ids) => format!("{} names", ids.len()),
        // Its words have the field before them.
        UnitKind::Label(Label::Field(_), words) => words.join(" ").replacen('=', " ", 1),
        UnitKind::Label(label, words) => format!("{label:?} {}", words.join(" ")).to_lowercase(),
    };
    format!("“{}” = {alternatives} ({role})", unit.text)
}
