//! The evidence that the credits of articles are.

use crate::article::EntityKind;
use crate::index::{EntityId, StoredArticle, StoredCredit};
use crate::link::Job;
use crate::search::hits::question_answer::QuestionKind;

use super::ask::Ask;
use super::credit_shape::{Between, Credited, company};
use super::evidence::{Evidence, SentenceText, words};
use super::subject::Subject;

/// Words at a role that make it another one: the young Mia Ray.
const OTHER_AGE: &[&str] =
    &["young", "younger", "teenage", "older", "old", "adult", "child", "baby", "little", "late", "real", "real-life"];
/// Words behind a work that make it another one, or only lead to it: a sequel, a video.
const OTHER_WORK: &[&str] = &[
    "adaptation",
    "album",
    "chapter",
    "concert",
    "documentary",
    "episode",
    "episodes",
    "franchise",
    "finale",
    "game",
    "ii",
    "iii",
    "iv",
    "live",
    "music",
    "musical",
    "opera",
    "parody",
    "part",
    "pilot",
    "play",
    "podcast",
    "prequel",
    "production",
    "reboot",
    "remake",
    "reunion",
    "revival",
    "sequel",
    "sequels",
    "soundtrack",
    "special",
    "spin-off",
    "spinoff",
    "stage",
    "teaser",
    "tour",
    "trailer",
    "trilogy",
    "universe",
    "video",
    "videos",
    "vol",
    "volume",
];
/// Words before a work that do so: “an episode of”, “the sequel to”.
const BEFORE_WORK: &[&str] = &[
    "adaptation",
    "episode",
    "episodes",
    "finale",
    "look",
    "music",
    "prequel",
    "production",
    "reboot",
    "remake",
    "revival",
    "screening",
    "sequel",
    "soundtrack",
    "spinoff",
    "staging",
    "teaser",
    "trailer",
    "version",
    "video",
];

/// How many words before a work are read for them: “the sequel to Ann Lee's comedy ‘Harbor’”.
const LEADING: usize = 7;
/// Words of sentences about acting. “Ann Lee plays Mia Ray” may be about tennis.
const ACTING: &[&str] = &[
    "actor",
    "actors",
    "actress",
    "biopic",
    "cast",
    "character",
    "comedy",
    "drama",
    "episode",
    "film",
    "films",
    "movie",
    "movies",
    "musical",
    "role",
    "series",
    "show",
    "sitcom",
    "star",
    "starring",
    "stars",
    "thriller",
];
/// Words that may follow a role; others make it part of something else: “played Ray's
/// friend”, “plays Ray nemesis Bo”.
const AFTER_ROLE: &[&str] = &[
    "a",
    "across",
    "after",
    "again",
    "alongside",
    "also",
    "an",
    "and",
    "as",
    "at",
    "before",
    "but",
    "during",
    "for",
    "from",
    "has",
    "in",
    "is",
    "like",
    "on",
    "opposite",
    "or",
    "over",
    "since",
    "the",
    "then",
    "through",
    "throughout",
    "to",
    "until",
    "was",
    "when",
    "where",
    "while",
    "who",
    "whose",
    "will",
    "with",
];

/// People that a sentence credits, in its order.
pub(super) type People = Vec<EntityId>;

/// A subject with the work that it is asked about in, if any.
pub(super) struct Asked {
    pub kind: QuestionKind,
    pub subject: Subject,
    pub work: Option<Subject>,
}

impl Asked {
    /// The evidence of a credit, if it is about what was asked.
    pub fn evidence(&self, ask: Ask<'_>, article: &StoredArticle, credit: &StoredCredit) -> Option<Evidence<People>> {
        let entities = &ask.archive.entities;
        let is_role = self.kind == QuestionKind::Plays;
        let other = entities.of(if is_role { credit.role } else { credit.work }?);
        let person = entities.of(credit.person);
        let is_person = |entity| entities.kind(entity) == Some(EntityKind::Person) && entities.is_shown(entity);
        if !self.subject.entities.contains(&other) || !jobs(self.kind).contains(&credit.job) || !is_person(person) {
            return None;
        }
        let sentence = SentenceText::new(article, credit.sentence);
        let people = sentence.mentions_of(entities, person);
        let pairs = people.flat_map(|person| sentence.mentions_of(entities, other).map(move |other| (person, other)));
        let (at, other_at) = pairs.filter(|(a, b)| a != b).min_by_key(|(person, other)| person.abs_diff(*other))?;
        let (first, second) = (sentence.mentions[at.min(other_at)].span, sentence.mentions[at.max(other_at)].span);
        let between = Between::new(&sentence, at, other_at);
        let is_asked = if is_role {
            self.is_in_work(ask, article, credit)
                && !is_other_age(&sentence, other_at, &between)
                && is_whole_role(&sentence, other_at)
                && (credit.work.is_some() || is_about_acting(&sentence, &between))
        } else {
            self.subject.is_written(sentence.written(other_at), entities) && !is_other_work(&sentence, other_at)
        };
        if !is_asked || !self.kind.fits(between.gap) || sentence.is_doubtful(first.start, second.end) {
            return None;
        }
        // Headings run names and words together.
        let credited =
            between.credits(self.kind).filter(|_| self.kind != QuestionKind::Stars || !sentence.is_heading());
        // “Ann Lee (Mia Ray)” may be anything in parentheses.
        let credited = credited.filter(|_| between.gap != " (" || entities.kind(other) == Some(EntityKind::Character));
        let (plain, all) = match credited {
            Some(Credited::All) => match company(&sentence, entities, at) {
                Some(all) => (true, all),
                None => (false, vec![at]),
            },
            Some(Credited::One) => (true, vec![at]),
            None => (false, vec![at]),
        };
        let owned = |at: &usize| {
            let after = sentence.text(sentence.mentions[*at].span.end, sentence.span.end);
            after.starts_with("'s") || after.starts_with("’s")
        };
        let all: Vec<usize> =
            if self.kind == QuestionKind::Stars { all.into_iter().filter(|at| !owned(at)).collect() } else { all };
        let people: People = all.into_iter().map(|at| entities.of(sentence.mentions[at].name)).collect();
        let shown = !people.is_empty() && people.iter().all(|person| is_person(*person));
        shown.then(|| Evidence::new(people, plain, &sentence, ask.cluster_of(article)))
    }

    /// Whether a credit is of the work that was asked about: its own, or that of the title.
    fn is_in_work(&self, ask: Ask<'_>, article: &StoredArticle, credit: &StoredCredit) -> bool {
        let Some(work) = &self.work else { return true };
        let entities = &ask.archive.entities;
        let is_work = |name| work.entities.contains(&entities.of(name));
        let titled = || {
            let titled = article.mentions.iter().filter(|mention| article.title_span.contains(mention.span));
            titled.into_iter().any(|mention| is_work(mention.name))
        };
        credit.work.map_or_else(titled, is_work)
    }
}

/// Whether a role is one of several of its name: “young Mia Ray”.
fn is_other_age(sentence: &SentenceText<'_>, at: usize, between: &Between<'_>) -> bool {
    let before = sentence.text(sentence.span.start, sentence.mentions[at].span.start);
    let last = words(before).last().unwrap_or_default();
    OTHER_AGE.contains(&last.as_str()) || words(between.gap).any(|word| OTHER_AGE.contains(&word.as_str()))
}

/// Whether the role is all of what is played.
fn is_whole_role(sentence: &SentenceText<'_>, at: usize) -> bool {
    let after = sentence.text(sentence.mentions[at].span.end, sentence.span.end);
    let Some(rest) = after.strip_prefix(' ') else { return !after.starts_with("'s") && !after.starts_with("’s") };
    let next = rest.split(' ').next().unwrap_or("");
    !next.starts_with(char::is_alphabetic)
        || AFTER_ROLE.contains(&next.trim_end_matches([',', '.']))
        || matches!(next.trim_end_matches(','), "played" | "portrayed" | "voiced")
}

/// Whether a sentence is about acting: its verb is of nothing else, or a word says so.
fn is_about_acting(sentence: &SentenceText<'_>, between: &Between<'_>) -> bool {
    let is_play = |word: String| matches!(word.as_str(), "play" | "plays" | "played");
    !between.person_first
        || !words(between.gap).any(is_play)
        || words(sentence.text(sentence.span.start, sentence.span.end)).any(|word| ACTING.contains(&word.as_str()))
}

/// Whether a sentence names a work only for the sake of another: “Harbor 2”, “the ‘Harbor’
/// video”, “an episode of ‘Harbor’”.
pub(super) fn is_other_work(sentence: &SentenceText<'_>, at: usize) -> bool {
    let span = sentence.mentions[at].span;
    let before: Vec<String> = words(sentence.text(sentence.span.start, span.start)).collect();
    let before = before.iter().rev().take(LEADING).any(|word| BEFORE_WORK.contains(&word.as_str()));
    let after = sentence.text(span.end, sentence.span.end);
    let ahead = sentence.text(sentence.span.start, span.start);
    // “Raising Cane's Chicken Fingers”
    let owned = ahead.ends_with("'s ") || ahead.ends_with("’s ");
    before || owned || is_continued(after) || is_cut(ahead, after)
}

/// Whether the quotation marks around a title hold more than what was recognized of it.
fn is_cut(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let opens = before.ends_with(['“', '‘']) || {
        let straight = before.ends_with(['"', '\'']);
        let earlier = before.trim_end_matches(['"', '\'']);
        straight && (earlier.is_empty() || earlier.ends_with([' ', '(', '—', '–', ':']))
    };
    let closes = after.trim_start_matches([',', '.', '!', '?', '…', ' ']).starts_with(['"', '”', '’', '\'']);
    opens && !closes
}

/// Whether a name goes on behind what was recognized of it, or only leads to another work.
fn is_continued(after: &str) -> bool {
    let rest = after.trim_start_matches(['"', '”', '’', '\'', ' ', ',', ':']);
    let rest = rest.strip_prefix("s ").filter(|_| after.starts_with(['\'', '’'])).unwrap_or(rest);
    let next = rest.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
    let numbered = next.len() <= 2 && next.starts_with(|c: char| c.is_ascii_digit());
    numbered || OTHER_WORK.contains(&next.to_lowercase().as_str())
}

/// The jobs that a question asks for.
fn jobs(question: QuestionKind) -> &'static [Job] {
    match question {
        QuestionKind::Plays => &[Job::Actor, Job::Voice],
        QuestionKind::Stars => &[Job::Actor],
        QuestionKind::Directs => &[Job::Director],
        QuestionKind::Writes | QuestionKind::Creates => &[Job::Writer],
        QuestionKind::Produces => &[Job::Producer],
        QuestionKind::Release | QuestionKind::Premiere => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_go_on() {
        let check = |after: &str, expected| assert_eq!(is_continued(after), expected, "{after}");
        check("” opens", false);
        check(",” directed by", false);
        check(" 2” opens", true);
        check(": Part Two” opens", true);
        check("” video", true);
        check("’s sequel", true);
        check("” 2023 was", false);
        check("", false);
    }

    #[test]
    fn titles_are_whole() {
        let check =
            |before: &str, after: &str, expected| assert_eq!(is_cut(before, after), expected, "{before}{after}");
        check("author of “", ",” which", false);
        check("author of “", ", Other: A History” which", true);
        check("author of \"", ": A History\"", true);
        check("author of \"", ".\"", false);
        check("author of ", " which", false);
        check("she said.\" ", " which", false);
    }
}
