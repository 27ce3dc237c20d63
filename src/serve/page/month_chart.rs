//! A bar chart of articles by month; a click on a bar filters by its month.

use maud::{Markup, html};

use crate::search::FacetCount;

use super::search_state::SearchState;
use super::text::{count, grouped};

/// The size of the chart in units of its view box; the style sheet scales it.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 72.0;
const FOOT: f64 = 16.0;
/// More months than this are shown by year.
const MAX_MONTHS: usize = 132;
/// The minimum distance of labels.
const LABEL: f64 = 70.0;

/// A bar: its month or year, and the number of articles.
type Bar = (String, u32);

/// Articles by month, or by year where there are many months; empty for fewer
/// than two.
pub(super) fn chart(months: &[FacetCount], state: &SearchState) -> Markup {
    let Some(bars) = bars(months) else { return html! {} };
    let most = bars.iter().map(|(_, docs)| *docs).max().unwrap_or(1).max(1);
    let step = WIDTH / bars.len() as f64;
    let by = if bars[0].0.len() == 4 { "year" } else { "month" };
    html! {
        svg.months viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" role="group"
            aria-label=(format!("Articles by {by}")) {
            @for (at, (name, docs)) in bars.iter().enumerate() {
                @if *docs > 0 {
                    @let x = at as f64 * step;
                    @let height = (HEIGHT - FOOT) * f64::from(*docs) / f64::from(most);
                    // Keyboard users have the date fields of the filters.
                    a href=(state.set("since", name).set("until", name).set("page", "").address()) tabindex="-1" {
                        title { (name) ": " (count(*docs as usize, "article")) }
                        rect.back x=(px(x)) y="0" width=(px(step)) height=(px(HEIGHT - FOOT)) {}
                        rect.bar x=(px(x + step * 0.08)) y=(px(HEIGHT - FOOT - height)) width=(px(step * 0.84)) height=(px(height)) {}
                    }
                }
            }
        }
        (labels(&bars, step))
        p.most { "at most " (grouped(most as usize)) " a " (by) }
    }
}

/// Years beneath the bars; outside the chart, which is stretched.
fn labels(bars: &[Bar], step: f64) -> Markup {
    let starts = |name: &str| name.len() == 4 || name.ends_with("-01");
    let mut last = -LABEL;
    let mut shown: Vec<(f64, &str)> = Vec::new();
    for (at, (name, _)) in bars.iter().enumerate() {
        let x = at as f64 * step;
        if (starts(name) || at == 0) && x - last >= LABEL && x <= WIDTH - LABEL / 2.0 {
            shown.push((x, if starts(name) { &name[..4] } else { name }));
            last = x;
        }
    }
    // Percentages, so that the text keeps its size at any width.
    html! {
        svg.years width="100%" height="14" aria-hidden="true" {
            @for (x, name) in shown { text x=(format!("{:.2}%", 100.0 * x / WIDTH)) y="11" { (name) } }
        }
    }
}

/// The months from the first to the last, including those without articles.
fn bars(months: &[FacetCount]) -> Option<Vec<Bar>> {
    let number =
        |name: &str| Some(name.get(..4)?.parse::<usize>().ok()? * 12 + name.get(5..7)?.parse::<usize>().ok()? - 1);
    let counted: Vec<(usize, u32)> =
        months.iter().filter_map(|month| Some((number(&month.name)?, month.docs))).collect();
    let (first, last) = (counted.iter().map(|(at, _)| *at).min()?, counted.iter().map(|(at, _)| *at).max()?);
    if first == last {
        return None;
    }
    let by_year = last - first >= MAX_MONTHS;
    let unit = if by_year { 12 } else { 1 };
    let mut bars: Vec<Bar> = (first / unit..=last / unit)
        .map(|at| (if by_year { format!("{at:04}") } else { format!("{:04}-{:02}", at / 12, at % 12 + 1) }, 0))
        .collect();
    for (at, docs) in counted {
        bars[at / unit - first / unit].1 += docs;
    }
    Some(bars)
}

fn px(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_between_are_there() {
        let count = |name: &str, docs| FacetCount { name: name.to_owned(), docs };
        let some = bars(&[count("2021-02", 3), count("2020-11", 1)]);
        let names: Vec<String> =
            some.unwrap_or_default().into_iter().map(|(name, docs)| format!("{name} {docs}")).collect();
        assert_eq!(names, ["2020-11 1", "2020-12 0", "2021-01 0", "2021-02 3"]);
        let many = bars(&[count("2021-02", 3), count("1999-11", 1), count("2021-12", 4)]);
        assert_eq!(many.and_then(|bars| bars.last().cloned()), Some(("2021".to_owned(), 7)));
        assert_eq!(bars(&[count("2021-02", 3)]), None);
    }
}
