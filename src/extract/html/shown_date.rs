//! Which of the dates that a page shows is the one of publication.

use jiff::civil::Date;

use super::shown_dates::{Headline, Label, ShownDate, ShownDates};

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
    "datum",
    "date:",
    "publié",
    "paru",
    "mis en ligne",
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
const ENOUGH: i32 = 40;

/// The best date near the headline.
pub(super) fn best(shown: &ShownDates) -> Option<&ShownDate> {
    let scored = shown.dates.iter().map(|date| (score(date, shown.headline), date));
    let best =
        scored.filter(|(score, _)| *score >= ENOUGH).reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map(|(_, date)| date)
}

/// Whether a page shows a day as that of its article, near the headline or labeled.
/// A moment in UTC does not show the day where it was written.
pub(super) fn shows(shown: &ShownDates, day: Date) -> bool {
    let is_shown = |date: &ShownDate| date.reading.day == day && date.reading.utc_hour.is_none();
    shown.dates.iter().any(|date| is_shown(date) && score(date, shown.headline) >= ENOUGH)
}

fn score(date: &ShownDate, headline: Option<Headline>) -> i32 {
    if date.reading.day.year() < FIRST_YEAR {
        return 0;
    }
    let has = |words: &[&str]| words.iter().any(|word| date.line.contains(word));
    let mut score = match date.label {
        Label::Published => 45,
        Label::Date => 30,
        Label::Facts => 15,
        Label::None => 0,
        Label::Changed => 0,
    };
    score += i32::from(date.is_time) * 15;
    if has(PUBLISHED) {
        score += 30;
    } else if has(CHANGED) {
        score -= 40;
    }
    // A line that is hardly more than the date.
    score += match date.line.len() {
        0..=30 => 15,
        31..=80 => 8,
        81..=140 => 0,
        _ => -20,
    };
    if date.elsewhere > headline.map_or(0, |headline| headline.elsewhere) {
        score -= 60;
    }
    score + nearness(date.at, headline)
}

/// How near to the headline a date is: mostly behind it, often just before.
fn nearness(at: usize, headline: Option<Headline>) -> i32 {
    let Some(Headline { at: headline, .. }) = headline else { return if at < 1500 { 10 } else { 0 } };
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
