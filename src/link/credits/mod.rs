//! Credits: who did what in which work, as in “Simon Pegg as Benji Dunn” or “directed
//! by”.
//!
//! Only what a sentence states between two names is taken. The work is one that the
//! sentence names, else one of the paragraph, else the one that the article is about.

mod credit;
mod credit_sentence;
mod credited_works;
mod jobs;
mod main_work;
mod roles;

pub use credit::{Credit, Job};
pub use main_work::main_work;

use crate::article::{Article, Mention};
use crate::segment::Segmented;

use credit_sentence::CreditSentence;
use credited_works::CreditedWorks;
use jobs::find_jobs;
use roles::find_roles;

/// The credits of an article, in text order.
///
/// ```
/// use newsearch::{Article, Span};
/// use newsearch::internals::link::{Job, credits};
/// use newsearch::internals::recognize::EntityRecognizer;
/// use newsearch::internals::segment::Segmented;
/// let text = "“Mission: Impossible 7” stars Tom Cruise as Ethan Hunt.".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let mentions = EntityRecognizer::new().recognize(&article);
/// let found = credits(&article, &Segmented::new(&article), &mentions);
/// let name = |at: usize| mentions[at].name.as_str();
/// assert_eq!(found[0].job, Job::Actor);
/// assert_eq!((name(found[0].person), found[0].role.map(name)), ("Tom Cruise", Some("Ethan Hunt")));
/// assert_eq!(found[0].work.map(name), Some("Mission: Impossible 7"));
/// ```
pub fn credits(article: &Article, segmented: &Segmented, mentions: &[Mention]) -> Vec<Credit> {
    let mut works = CreditedWorks::new(article, mentions);
    let mut found = Vec::new();
    let mut next = 0;
    for sentence in &segmented.sentences {
        let from = next + mentions[next..].partition_point(|m| m.span.start < sentence.span.start);
        let to = from + mentions[from..].partition_point(|m| m.span.end <= sentence.span.end);
        next = to;
        let view = CreditSentence { text: &article.text, span: sentence.span, mentions, from, to };
        works.enter(&view, sentence.opens_paragraph);
        find_roles(&view, &works, &mut found);
        find_jobs(&view, &mut found);
    }
    found.sort_by_key(|credit| (credit.person, credit.job, credit.role, credit.work));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::annotated::annotated;

    /// Checks the credits of a text with mentions as `[person|Ann Lee]`: job, person,
    /// role and work, as far as there are any.
    fn check(marked: &str, expected: &[&str]) {
        let read = annotated(marked);
        let found = credits(&read.article, &Segmented::new(&read.article), &read.mentions);
        let name = |at: Option<usize>| at.map(|at| read.mentions[at].name.as_str());
        let described = found.iter().map(|credit| {
            let parts = [Some(credit.job.as_str()), name(Some(credit.person)), name(credit.role), name(credit.work)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        });
        assert_eq!(described.collect::<Vec<_>>(), expected, "{marked}");
    }

    #[test]
    fn actors_have_roles() {
        check("[person|Ann Lee] as [character|Mia Ray] in “[work|Harbor]”.", &["actor, Ann Lee, Mia Ray, Harbor"]);
        check("[person|Ann Lee] plays the young [character|Mia Ray].", &["actor, Ann Lee, Mia Ray"]);
        check("[person|Ann Lee] ([character|Mia Ray]) runs.", &["actor, Ann Lee, Mia Ray"]);
        check("[character|Mia Ray] ([person|Ann Lee]) runs.", &["actor, Ann Lee, Mia Ray"]);
        check("[character|Mia Ray], played by [person|Ann Lee], runs.", &["actor, Ann Lee, Mia Ray"]);
        check("[person|Ann Lee] voices [character|Mia Ray].", &["voice, Ann Lee, Mia Ray"]);
        check("[character|Mia Ray], voiced by [person|Ann Lee], runs.", &["voice, Ann Lee, Mia Ray"]);
        check("[person|Ann Lee] returns to the screen as [character|Mia Ray].", &["actor, Ann Lee, Mia Ray"]);
    }

    #[test]
    fn lists_of_actors_and_roles_pair_up() {
        check(
            "[person|Ann Lee] and [person|Bob Ray] as [character|Mia] and [character|Ken].",
            &["actor, Ann Lee, Mia", "actor, Bob Ray, Ken"],
        );
    }

    #[test]
    fn what_is_no_role_is_not_taken() {
        check("[person|Ann Lee] as [character|Mia Ray]'s friend.", &[]);
        check("[person|Ann Lee] met [character|Mia Ray].", &[]);
        check("[person|Ann Lee] plays cards and [character|Mia Ray] sleeps.", &[]);
        check("[person|Ann Lee]. As [character|Mia Ray] says.", &[]);
    }

    #[test]
    fn jobs_are_named_behind_the_work() {
        check("“[work|Harbor]”, directed by [person|Ann Lee].", &["director, Ann Lee, Harbor"]);
        check("“[work|Harbor]”, written and directed by [person|Ann Lee].", &["director, Ann Lee, Harbor"]);
        check("“[work|Harbor]”, created by [person|Ann Lee].", &["writer, Ann Lee, Harbor"]);
        check("“[work|Harbor]”, produced by [person|Ann Lee].", &["producer, Ann Lee, Harbor"]);
        check("“[work|Harbor]” director [person|Ann Lee].", &["director, Ann Lee, Harbor"]);
        check("“[work|Harbor]” star [person|Ann Lee].", &["actor, Ann Lee, Harbor"]);
    }

    #[test]
    fn jobs_are_named_before_the_work() {
        check("[person|Ann Lee] directed “[work|Harbor]”.", &["director, Ann Lee, Harbor"]);
        check("[person|Ann Lee] stars in “[work|Harbor]”.", &["actor, Ann Lee, Harbor"]);
        check("[person|Ann Lee] wrote “[work|Harbor]”.", &["writer, Ann Lee, Harbor"]);
        check("[person|Ann Lee], creator of “[work|Harbor]”.", &["writer, Ann Lee, Harbor"]);
        check("[person|Ann Lee] saw “[work|Harbor]”.", &[]);
        check("[person|Ann Lee]: directed “[work|Harbor]”.", &[]);
    }

    #[test]
    fn a_list_of_cast_members_ends_with_and() {
        let cast = ["actor, Ann Lee, Harbor", "actor, Bob Ray, Harbor", "actor, Cy Day, Harbor"];
        check("“[work|Harbor]” stars [person|Ann Lee], [person|Bob Ray] and [person|Cy Day].", &cast);
        check("“[work|Harbor]” stars [person|Ann Lee], [person|Bob Ray] left.", &cast[..1]);
    }

    #[test]
    fn the_work_is_the_nearest_one() {
        check(
            "“[work|Tide]” is back. [person|Ann Lee] as [character|Mia] in “[work|Harbor]”.",
            &["actor, Ann Lee, Mia, Harbor"],
        );
        check("“[work|Tide]” is back. [person|Ann Lee] plays [character|Mia].", &["actor, Ann Lee, Mia, Tide"]);
        check("“[work|Tide]” is back.\n[person|Ann Lee] plays [character|Mia].", &["actor, Ann Lee, Mia, Tide"]);
        check(
            "“[work|Tide]” and “[work|Harbor]” are back.\n[person|Ann Lee] plays [character|Mia].",
            &["actor, Ann Lee, Mia"],
        );
    }
}
