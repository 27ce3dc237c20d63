//! Plans of queries on a small index, as `--explain` shows their shape.

use crate::search::error::SearchError;
use crate::search::language::syntax_tree::Occur;
use crate::search::plan::tree::{Node, Plan, Role, Sequence, UnitKind};
use crate::search::query::search_query::Query;
use crate::test_index::TestIndex;

fn show(plan: &Plan, node: &Node) -> String {
    let all = |parts: &[Node], mark: &str| {
        format!("({})", parts.iter().map(|part| show(plan, part)).collect::<Vec<_>>().join(mark))
    };
    match node {
        Node::Unit(unit) => {
            let unit = &plan.units[*unit];
            let terms = match &unit.kind {
                UnitKind::Words(sequences) => {
                    let marks = |exact| if exact { "=" } else { "" };
                    let forms =
                        |it: &Sequence| it.forms.iter().map(|forms| forms.join("/")).collect::<Vec<_>>().join("_");
                    let list = sequences.iter().map(|it| format!("{}{}", marks(it.exact), forms(it)));
                    list.collect::<Vec<_>>().join("|")
                }
                UnitKind::Any(words) => format!("any:{}", words.join("|")),
                UnitKind::Names(_) => format!("entity:{}", unit.text.to_lowercase()),
                UnitKind::Label(label, words) => format!("{label:?}:{}", words.join("_")).to_lowercase(),
                UnitKind::Dates(dates) => format!("dates:{}", dates.len()),
                UnitKind::Reports(_) => format!("reports:{}", unit.text),
                UnitKind::Mark(mark) => (*mark).to_owned(),
            };
            format!("{terms}{}", if unit.role == Role::NamePhrase { "@phrase" } else { "" })
        }
        Node::And(parts) => all(parts, "&"),
        Node::Or(parts) => all(parts, "|"),
        Node::Not(inner) => format!("!{}", show(plan, inner)),
        Node::Near { left, right, gap, ordered } => {
            format!("[{}{}{gap} {}]", show(plan, left), if *ordered { "<" } else { "~" }, show(plan, right))
        }
        Node::Sloppy { units, gap } => {
            let words = units.iter().map(|unit| show(plan, &Node::Unit(*unit))).collect::<Vec<_>>();
            format!("“{}”~{gap}", words.join(" "))
        }
        Node::InQuote { inner, .. } => format!("said({})", show(plan, inner)),
        Node::Published(days) => format!("{}..{}", days.first, days.last),
        Node::Since(commit) => format!("since:{commit}"),
        Node::Has(what) => format!("has:{what:?}"),
    }
}

#[test]
fn queries_become_plans() -> Result<(), SearchError> {
    let index = TestIndex::new("plans");
    let planner = index.searcher.archive().planner();
    let check = |text: &str, exact: bool, expected: &str| -> Result<(), SearchError> {
        let plan = planner.plan(&Query { exact, ..Query::new(text) })?;
        let clauses = plan.clauses.iter().map(|clause| {
            let sign = match clause.occur {
                Occur::Should => "",
                Occur::Must => "+",
                Occur::Not => "-",
            };
            format!(
                "{sign}{}{}",
                show(&plan, &clause.node),
                if clause.score_only || clause.is_partial { "?" } else { "" }
            )
        });
        assert_eq!(clauses.collect::<Vec<_>>().join(" "), expected, "{text}");
        Ok(())
    };
    check("premieres", false, "premieres/premiere")?;
    check("premieres", true, "=premieres")?;
    check("\"glass harbor\" -cinema", false, "=glass_harbor -cinema")?;
    check("glass NEAR/3 harbor", false, "+[glass~3 harbor]")?;
    check("glass ADJ/2 harbor", true, "+[=glass<2 =harbor]")?;
    check("\"star the star\"~2", false, "“=star =the =star”~2")?;
    check("said:searched", false, "+said(searched/search)")?;
    check("prem* source:example.com", false, "any:premiere +(source:example&source:com)")?;
    check("the crowd", false, "the? crowd")?;
    check("success crowd", false, "success/successes crowd succession?")?;
    check("published:2021 film", false, "+20210101..20211231 film/films")?;
    check("Maren Holt", true, "=maren =holt")?;
    check("Maren Holt", false, "maren holt entity:maren holt maren_holt@phrase")?;
    assert!(matches!(planner.plan(&Query::new("...")), Err(SearchError::Empty)));
    Ok(())
}

#[test]
fn filters_are_required_clauses() -> Result<(), SearchError> {
    let index = TestIndex::new("filters");
    let planner = index.searcher.archive().planner();
    let mut query = Query::new("crowd");
    query.filters.since("2021")?;
    query.filters.sources.push("example".to_owned());
    let plan = planner.plan(&query)?;
    let required: Vec<String> = plan
        .clauses
        .iter()
        .filter(|clause| clause.occur == Occur::Must)
        .map(|clause| show(&plan, &clause.node))
        .collect();
    assert_eq!(required, ["source:example".to_owned(), format!("20210101..{}", u64::MAX)]);
    assert_eq!(plan.searched().count(), 1);
    Ok(())
}
