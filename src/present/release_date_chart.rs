//! A chart of the dates that articles gave for a work: one dot per statement, by
//! the day of the article (x) and the date it gave (y).

use std::fmt::Write;

use crate::article::day_number;
use crate::insight::{Timeline, TimelineRow};

/// The size of the chart in pixels, and of its margins.
const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 520.0;
const LEFT: f64 = 110.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 60.0;
const BOTTOM: f64 = 70.0;
/// Room for articles without a date, left of the others.
const UNDATED: f64 = 70.0;
/// The minimum distance of labels.
const LINE: f64 = 15.0;

/// A statement as a dot.
struct Dot<'a> {
    row: &'a TimelineRow,
    /// The day of the article, in days; none where it has no date.
    published: Option<f64>,
    /// The date that it gave, in days.
    given: f64,
}

/// A chart of the dates in a timeline, as SVG in black and white: filled dots are
/// plans and facts, hollow ones former plans; below the dashed line, dates were
/// past when the article appeared. `None` where no statement has a date.
pub fn release_date_chart(found: &Timeline) -> Option<String> {
    let rows = found.rows.iter().chain(&found.undated);
    let dots: Vec<Dot<'_>> = rows
        .filter_map(|row| {
            let given = days(row.value.as_deref()?)?;
            Some(Dot { row, published: row.published.as_deref().and_then(days), given })
        })
        .collect();
    let given = dots.iter().map(|dot| dot.given);
    let published = dots.iter().filter_map(|dot| dot.published);
    let y = Axis::over(given, HEIGHT - BOTTOM, TOP)?;
    let undated = dots.iter().any(|dot| dot.published.is_none());
    let start = if undated { LEFT + UNDATED } else { LEFT };
    let x = Axis::over(published, start, WIDTH - RIGHT).unwrap_or(Axis {
        low: 0.0,
        high: 1.0,
        from: start,
        to: WIDTH - RIGHT,
    });
    let mut svg = head(&found.name);
    frame(&mut svg, &x, &y, dots.iter().any(|dot| dot.published.is_some()));
    if undated {
        text(&mut svg, LEFT + UNDATED / 2.0, HEIGHT - BOTTOM + 20.0, "middle", "undated");
    }
    let position = |dot: &Dot<'_>| (dot.published.map_or(LEFT + UNDATED / 2.0, |day| x.at(day)), y.at(dot.given));
    path(&mut svg, &dots, position);
    let mut labels: Vec<(f64, String)> = Vec::new();
    for dot in &dots {
        let (x, y) = position(dot);
        let fill = if dot.row.former { "white" } else { "black" };
        let _ = writeln!(
            svg,
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="5" fill="{fill}" stroke="black" stroke-width="1.5"><title>{}</title></circle>"#,
            escape(&dot.row.sentences[0].sentence)
        );
        let place = dot.row.place.as_deref().map(|place| format!(" {place}")).unwrap_or_default();
        let former = if dot.row.former { " (former)" } else { "" };
        let what = if dot.row.what.is_release() { "" } else { dot.row.what.as_str() };
        let label = format!("{}{place}{former} {what}", dot.row.value.as_deref().unwrap_or_default());
        let label = label.trim_end().to_owned();
        if !labels.iter().any(|(_, known)| *known == label) {
            labels.push((y, label));
        }
    }
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::NEG_INFINITY;
    for (y, label) in labels {
        last = (last + LINE).max(y + 4.0);
        text(&mut svg, WIDTH - RIGHT + 12.0, last, "start", &label);
    }
    for (line, legend) in ["● holds   ○ former plan", "- -  day of the article"].iter().enumerate() {
        text(&mut svg, WIDTH - RIGHT + 12.0, HEIGHT - 40.0 + LINE * line as f64, "start", legend);
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

fn head(name: &str) -> String {
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12" role="img">"#
    );
    let _ = writeln!(svg, "\n<title>{}: dates given by articles</title>", escape(name));
    let _ = writeln!(svg, r#"<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>"#);
    let _ = writeln!(svg, r#"<text x="{LEFT}" y="30" font-size="18" font-weight="bold">{}</text>"#, escape(name));
    svg
}

/// The axes with years or months, and the line where both dates are equal.
fn frame(svg: &mut String, x: &Axis, y: &Axis, dated: bool) {
    let (bottom, right) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
    let _ = writeln!(svg, r#"<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="black"/>"#);
    for (day, label) in y.ticks() {
        let at = y.at(day);
        let _ = writeln!(svg, r##"<path d="M{LEFT} {at:.1}H{right}" stroke="#ddd"/>"##);
        text(svg, LEFT - 8.0, at + 4.0, "end", &label);
    }
    if dated {
        for (day, label) in x.ticks() {
            let at = x.at(day);
            let _ = writeln!(svg, r#"<path d="M{at:.1} {bottom}v5" stroke="black"/>"#);
            text(svg, at, bottom + 20.0, "middle", &label);
        }
        let (from, to) = (x.low.max(y.low), x.high.min(y.high));
        if from < to {
            let ends = (x.at(from), y.at(from), x.at(to), y.at(to));
            let _ = writeln!(
                svg,
                r##"<path d="M{:.1} {:.1}L{:.1} {:.1}" stroke="#888" stroke-dasharray="4 4"/>"##,
                ends.0, ends.1, ends.2, ends.3
            );
        }
    }
    text(svg, (LEFT + right) / 2.0, HEIGHT - 20.0, "middle", "article published");
    let _ = writeln!(
        svg,
        r#"<text transform="translate(24 {:.1}) rotate(-90)" text-anchor="middle">date given</text>"#,
        (TOP + bottom) / 2.0
    );
}

/// Joins the release dates that held, in the order of the articles.
fn path(svg: &mut String, dots: &[Dot<'_>], position: impl Fn(&Dot<'_>) -> (f64, f64)) {
    let held = dots.iter().filter(|dot| !dot.row.former && dot.published.is_some() && dot.row.what.is_release());
    let points: Vec<String> = held.map(position).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    if points.len() > 1 {
        let _ = writeln!(svg, r##"<polyline points="{}" fill="none" stroke="#555"/>"##, points.join(" "));
    }
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = writeln!(svg, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{}</text>"#, escape(words));
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Days to pixels.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn over(days: impl Iterator<Item = f64>, from: f64, to: f64) -> Option<Self> {
        let (low, high) = days.fold((f64::MAX, f64::MIN), |(low, high), day| (low.min(day), high.max(day)));
        let room = ((high - low) * 0.05).max(20.0);
        (low <= high).then_some(Self { low: low - room, high: high + room, from, to })
    }

    fn at(&self, day: f64) -> f64 {
        self.from + (day - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// The first days of years, or of quarters where there are few years.
    fn ticks(&self) -> Vec<(f64, String)> {
        let year = |day: f64| (day / 365.2425).floor() as i64;
        let (first, last) = (year(self.low), year(self.high) + 1);
        let step = ((last - first) / 10 + 1).max(1);
        let months: &[i64] = if last - first <= 2 { &[1, 4, 7, 10] } else { &[1] };
        let ticks = (first..=last).filter(|year| year % step == 0).flat_map(|year| {
            months.iter().filter_map(move |month| {
                let label = if months.len() > 1 { format!("{year}-{month:02}") } else { year.to_string() };
                Some((days(&format!("{year:04}-{month:02}-01"))?, label))
            })
        });
        ticks.filter(|(day, _)| (self.low..=self.high).contains(day)).collect()
    }
}

/// The first day of an ISO date, month, year or range, in days.
fn days(value: &str) -> Option<f64> {
    let first = value.split('/').next().unwrap_or(value);
    let full = match first.len() {
        4 => format!("{first}-01-01"),
        7 => format!("{first}-01"),
        _ => first.to_owned(),
    };
    let number = day_number(&full);
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    (1..=12).contains(&month).then_some(())?;
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month as usize - 1];
    Some(year as f64 * 365.2425 + before as f64 + day as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use crate::insight::Example;
    use crate::report::{Certainty, EventKind};

    use super::*;

    #[test]
    fn days_are_in_order() {
        let all =
            ["2021", "2021-01-02", "2021-03", "2021-06-01/2021-08-31", "2022"].map(|value| days(value).unwrap_or(-1.0));
        assert!(all.is_sorted() && all[0] > 0.0, "{all:?}");
        assert_eq!(days("no date"), None);
    }
    fn row(published: Option<&str>, value: Option<&str>, former: bool) -> TimelineRow {
        let example = Example {
            id: "a".to_owned(),
            path: "a.txt".to_owned(),
            published: published.map(str::to_owned),
            start: 0,
            end: 5,
            sentence: "It <opens>.".to_owned(),
        };
        TimelineRow {
            published: published.map(str::to_owned),
            until: None,
            what: EventKind::Release,
            work: None,
            person: None,
            object: None,
            value: value.map(str::to_owned),
            granularity: None,
            former,
            sure: Certainty::Reported,
            place: None,
            changed_from: None,
            contradicts: Vec::new(),
            articles: 1,
            sources: Vec::new(),
            sentences: vec![example],
        }
    }

    fn chart(rows: Vec<TimelineRow>) -> Option<String> {
        release_date_chart(&Timeline { name: "A & B".to_owned(), rows, undated: Vec::new() })
    }

    #[test]
    fn a_dot_is_drawn_for_each_date() {
        let rows = vec![
            row(Some("2020-03-01"), Some("2020-07-24"), true),
            row(Some("2020-09-01"), Some("2021-07-02"), false),
            row(Some("2021-01-05"), Some("2021-11-19"), false),
            row(Some("2021-02-01"), None, false),
        ];
        let svg = chart(rows).expect("a chart");
        let check = |part: &str, times: usize| assert_eq!(svg.matches(part).count(), times, "{part}");
        check("<circle", 3);
        check("fill=\"white\" stroke=\"black\"", 1);
        check("<title>It &lt;opens&gt;.</title>", 3);
        check("<polyline", 1);
        check("A &amp; B", 2);
        check(">undated<", 0);
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
    }

    #[test]
    fn articles_without_a_date_stand_apart() {
        let svg = chart(vec![row(None, Some("2021"), false)]).expect("a chart");
        assert!(svg.contains(">undated<") && !svg.contains("<polyline"));
        assert_eq!(chart(vec![row(Some("2021-01-05"), None, false)]), None);
        assert_eq!(chart(Vec::new()), None);
    }

    #[test]
    fn axes_map_days_to_pixels() {
        let axis = Axis::over([100.0, 200.0].into_iter(), 0.0, 140.0).expect("an axis");
        let check = |day: f64, pixel: f64| assert!((axis.at(day) - pixel).abs() < 1e-9, "{day}");
        check(80.0, 0.0);
        check(150.0, 70.0);
        check(220.0, 140.0);
        assert!(Axis::over(std::iter::empty(), 0.0, 1.0).is_none());
    }
}
