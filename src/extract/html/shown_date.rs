//! Which of the dates that a page shows is the one of publication.

use super::shown_dates::{COMMENT, Headline, Label, ShownDate, ShownDates};

/// Words of a line with the date of publication, in lower case.
const PUBLISHED: &[&str] = &[
    "publish",
    "posted",
    "issued",
    "released on",
    "written",
    "created",
    "veröffentlicht",
    "erstellt",
    "erschienen",
    "gepostet",
    "geschrieben",
    "gespeichert",
    " datum",
    " date:",
    "publié",
    "paru",
    "mis en ligne",
    "mise en ligne",
    "publicado",
    "publicada",
    "fecha:",
    "pubblicat",
    "gepubliceerd",
    "geplaatst",
    "publicerad",
    "publisert",
    "publiceret",
    "udgivet",
    "dodano",
    "opublikowan",
    "опубликован",
    "publicerades",
    "beitrag wurde",
    "artikel wurde",
    "veröff",
    "meldung vom",
    "pressemitteilung vom",
    "eingestellt am",
];
/// How sentences about the date of publication start, in lower case.
const SENTENCES: &[&str] = &[
    "dieser beitrag wurde",
    "dieser artikel wurde",
    "dieser eintrag wurde",
    "this entry was posted",
    "this post was",
    "this article was published",
    "this article was posted",
    "cet article a été publié",
    "esta entrada fue publicada",
    "veröffentlicht am",
    "erstellt am",
    "published on",
    "posted on",
    "first published",
    "erschienen am",
    "pressemitteilung vom",
    "published:",
    "publié le",
    "mis en ligne le",
    "publicado el",
    "pubblicato il",
    "gepubliceerd op",
];
/// Words of a line with another date.
const CHANGED: &[&str] = &[
    "updated",
    "update:",
    "modified",
    "last edited",
    "last change",
    "edited on",
    "aktualisiert",
    "geändert",
    "bearbeitet",
    "actualizado",
    "mis à jour",
    "modifié",
    "aggiornato",
    "atualizado",
    "bijgewerkt",
    "uppdaterad",
    "oppdatert",
    "opdateret",
    "päivitetty",
    "zaktualizowano",
    "обновлен",
    "©",
    "copyright",
    "(c)",
    "expires",
    "retrieved",
    "accessed on",
    "abgerufen",
    "joined",
    "registriert",
    "member since",
    "dabei seit",
    "born",
    "geboren",
];

/// Pages are as old as the web.
const FIRST_YEAR: i16 = 1994;
/// What a date must have to be taken.
const ENOUGH: i32 = 30;

/// The best of some of the dates, near the headline or labeled.
pub(super) fn best_of(shown: &ShownDates, is_asked: impl Fn(&ShownDate) -> bool) -> Option<&ShownDate> {
    let asked = shown.dates.iter().filter(|date| is_asked(date));
    let scored = asked.map(|date| (score(date, shown.headline), date)).filter(|(score, _)| *score >= ENOUGH);
    let best = scored.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map(|(_, date)| date)
}

/// Whether a date is said to be that of a last change.
pub(super) fn is_of_change(date: &ShownDate) -> bool {
    date.label == Label::Changed || CHANGED.iter().any(|word| date.line.contains(word))
}

fn score(date: &ShownDate, headline: Option<Headline>) -> i32 {
    if date.reading.day.year() < FIRST_YEAR {
        return 0;
    }
    let has = |words: &[&str]| words.iter().any(|word| date.line.contains(word));
    let is_long = date.length > 140;
    let mut score = match date.label {
        Label::Published => 45,
        Label::Date => 30,
        Label::Facts => 15,
        Label::None | Label::Changed => 0,
    };
    score += i32::from(date.is_time) * 15;
    if SENTENCES.iter().any(|start| date.line.contains(start)) {
        score += 75;
    } else if has(PUBLISHED) {
        score += if is_long { 15 } else { 35 };
    } else if has(CHANGED) {
        score -= 40;
    }
    // A line that is hardly more than the date.
    score += match date.length {
        0..=30 => 15,
        31..=80 if date.starts_line => 15,
        31..=80 => 8,
        _ if date.starts_line => 0,
        81..=140 => -8,
        _ => -20,
    };
    let nearness = nearness(date.at, headline);
    score + nearness - distance(date, headline, nearness >= 25, has(PUBLISHED))
}

/// What a date loses that stands outside the article.
fn distance(date: &ShownDate, headline: Option<Headline>, is_near: bool, is_stated: bool) -> i32 {
    match date.elsewhere.saturating_sub(headline.map_or(0, |headline| headline.elsewhere)) {
        0 => 0,
        COMMENT.. => 100,
        // Facts about the article may stand in a box.
        _ if is_near => 20,
        _ if is_stated => 35,
        _ => 45,
    }
}

/// How near to the headline a date is: mostly behind it, often just before.
fn nearness(at: usize, headline: Option<Headline>) -> i32 {
    let Some(Headline { at: headline, .. }) = headline else { return if at < 3000 { 15 } else { 0 } };
    if at >= headline {
        match at - headline {
            0..=400 => 30,
            401..=1000 => 18,
            1001..=3000 => 5,
            _ => -5,
        }
    } else {
        match headline - at {
            0..=120 => 25,
            121..=400 => 12,
            _ => -10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::page::Page;

    const TEXT: &str = "The studio has agreed to pay the whole crew for the weeks lost to rain, it said.";

    fn check(html: &str, expected: Option<&str>) {
        let shown = ShownDates::of(&Page::parse(html), vec!["The film opens".to_owned()], None);
        let day = best_of(&shown, |_| true).map(|date| date.reading.day.to_string());
        assert_eq!(day.as_deref(), expected, "{html}");
    }

    #[test]
    fn dates_near_the_headline() {
        for date in [
            "<p>March 5, 2019</p>",
            "<p>By Ann Lee, 5 March 2019</p>",
            "<div class=meta><span>Datum:</span><span>05.03.2019</span></div>",
            "<dl><dt>Date</dt><dd>5 March 2019</dd></dl>",
            "<time datetime=2019-03-05T10:00:00Z>2 days ago</time>",
            "<abbr class=published title=2019-03-05>Tuesday</abbr>",
            "<span data-timestamp=1551780000 class=date>yesterday</span>",
            "<p class=date>5. März 2019</p>",
            "<small>28.01.2018 | updated</small><p class=entry-date>05.03.19</p>",
            "<p>5 March 2019 – The studio has agreed to pay the whole crew for the weeks lost to rain, and the film opens in May.</p>",
        ] {
            check(&format!("<h1>The film opens</h1>{date}<p>{TEXT}"), Some("2019-03-05"));
        }
        check(&format!("<p>5 March 2019</p><h2>The film opens</h2><p>{TEXT}"), Some("2019-03-05"));
        let end = "<p>This entry was posted on March 5, 2019 by Ann Lee and filed under film.</p>";
        check(&format!("<h1>The film opens</h1>{}{end}", format!("<p>{TEXT}</p>").repeat(60)), Some("2019-03-05"));
    }

    #[test]
    fn dates_of_something_else() {
        for date in [
            "<p>Updated: March 6, 2019</p>",
            "<div class=comments><p>Bo, March 6, 2019</p></div>",
            "<p>© 2019-03-06 Reel</p>",
            "<footer><p>March 6, 2019</p></footer>",
            "<p>The film had been planned for March 6, 2019, but the actors were on strike for many weeks.</p>",
        ] {
            check(&format!("<h1>The film opens</h1>{}{date}", format!("<p>{TEXT}</p>").repeat(20)), None);
        }
        let teaser = "<div class=related-teaser><time>March 6, 2019</time></div>";
        check(&format!("<h1>The film opens</h1><p>March 5, 2019</p>{teaser}"), Some("2019-03-05"));
        check("<h1>The film opens</h1><p>Born on May 4, 1960</p>", None);
    }
}
