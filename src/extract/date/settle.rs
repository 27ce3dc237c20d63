//! The dates of an article as days: readers of formats set them as they are written.

use crate::article::Article;
use crate::read::DateOrder;

use super::address::day_of_address;
use super::reader::read;
use super::reading::Reading;
use crate::extract::warning::ExtractWarning;

/// Reads the dates of an article, which are as its source wrote them, and says
/// which ones were not understood or only in part.
pub(in crate::extract) fn settle(article: &mut Article, order: Option<DateOrder>, warnings: &mut Vec<ExtractWarning>) {
    let stated = article.url.as_deref().and_then(day_of_address);
    let local = |reading: &Reading| stated.map_or(reading.day, |day| reading.local_day(day));
    let mut day_of = |field: &'static str, text: Option<String>| {
        let text = text.filter(|text| !text.trim().is_empty())?;
        let shown = || text.chars().take(80).collect();
        let Some(reading) = read(&text, order) else {
            warnings.push(ExtractWarning::DateUnread { field, text: shown() });
            return None;
        };
        let day = local(&reading).to_string();
        if reading.is_open {
            warnings.push(ExtractWarning::DateOrderOpen { text: shown(), read: day.clone() });
        } else if reading.is_month {
            warnings.push(ExtractWarning::DateWithoutDay { text: shown(), read: day.clone() });
        }
        Some(day)
    };
    article.published = day_of("date", article.published.take());
    article.modified = day_of("modified", article.modified.take());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(date: &str, url: &str, order: Option<DateOrder>, expected: Option<&str>, reason: Option<&str>) {
        let mut article = Article { published: Some(date.to_owned()), url: Some(url.to_owned()), ..Article::default() };
        let mut warnings = Vec::new();
        settle(&mut article, order, &mut warnings);
        let reasons: Vec<&str> = warnings.iter().map(ExtractWarning::reason).collect();
        assert_eq!((article.published.as_deref(), reasons), (expected, reason.into_iter().collect()), "{date} {url}");
    }

    #[test]
    fn what_was_not_understood_is_said() {
        check("soon", "", None, None, Some("date not understood"));
        check(" ", "", None, None, None);
        check("04/05/2019", "", None, Some("2019-04-05"), Some("day or month first"));
        check("04/05/2019", "", Some(DateOrder::DayFirst), Some("2019-05-04"), None);
        check("04/05/2019", "", Some(DateOrder::MonthFirst), Some("2019-04-05"), None);
        check("04/15/2019", "", Some(DateOrder::DayFirst), Some("2019-04-15"), None);
        check("2022-03", "", None, Some("2022-03-01"), Some("date without a day"));
    }

    #[test]
    fn the_address_tells_the_day_of_a_moment_in_utc() {
        let url = "https://a.example/2019/03/05/film";
        check("2019-03-06T02:09:55Z", url, None, Some("2019-03-05"), None);
        check("1551838195", url, None, Some("2019-03-05"), None);
        check("2019-03-06T02:09:55+01:00", url, None, Some("2019-03-06"), None);
        check("2019-03-06T19:00:00Z", url, None, Some("2019-03-06"), None);
        check("2019-03-06", url, None, Some("2019-03-06"), None);
        check("2019-03-04T22:00:00Z", url, None, Some("2019-03-05"), None);
        check("2019-03-08T02:00:00Z", url, None, Some("2019-03-08"), None);
    }
}
