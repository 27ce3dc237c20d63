//! What speaks for a segment being a name of each kind, added up.
//!
//! The weights are in units of the score that makes a name (1.0). They are
//! set by hand from what newsroom English does, not fitted to any test set.

use crate::article::EntityKind;

use super::classes::NameClass;
use super::decode::{Segment, closes_like_speech};
use super::lexicon;
use super::memory::Memory;
use super::view::{Line, Shape, View, Word};

/// A score for each kind.
type Scores = [f32; 6];

/// The segment with its surroundings at hand.
struct Case<'a, 't> {
    view: &'a View<'t>,
    memory: &'a Memory,
    line: Line,
    segment: &'a Segment,
    words: &'a [Word],
    /// The folded words before and after, empty at the ends of the line.
    before: &'a str,
    before2: &'a str,
    after: &'a str,
    gap_before: &'t str,
    gap_after: &'t str,
}

/// The best kind of a segment and its score; `None` where it cannot be a name.
pub(super) fn score(view: &View<'_>, memory: &Memory, line: Line, segment: &Segment) -> Option<(EntityKind, f32)> {
    let case = Case::new(view, memory, line, segment);
    if !case.can_be_name() {
        return None;
    }
    let mut scores = [case.person(), case.character(), case.work(), case.organization(), case.place(), case.event()];
    case.remember(&mut scores);
    case.doubt(&mut scores);
    let (kind, score) = EntityKind::ALL.into_iter().zip(scores).max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((kind, score))
}

impl<'a, 't> Case<'a, 't> {
    fn new(view: &'a View<'t>, memory: &'a Memory, line: Line, segment: &'a Segment) -> Self {
        let word = |at: Option<usize>| {
            at.filter(|at| (line.start..line.end).contains(at)).map_or("", |at| view.words[at].folded.as_str())
        };
        Self {
            view,
            memory,
            line,
            segment,
            words: &view.words[segment.from..segment.to],
            before: word(segment.from.checked_sub(1)),
            before2: word(segment.from.checked_sub(2)),
            after: word(Some(segment.to)),
            gap_before: view.gap(segment.from),
            gap_after: view.after(segment.to - 1),
        }
    }

    fn len(&self) -> usize {
        self.words.len()
    }

    fn listed(&self, class: NameClass) -> usize {
        self.segment.classes.strength(class) as usize
    }

    fn first(&self) -> &Word {
        &self.words[0]
    }

    fn last(&self) -> &Word {
        &self.words[self.len() - 1]
    }

    /// Whether a word is met in lower case, in general or in this article.
    fn is_common(&self, word: &Word) -> bool {
        word.strength(NameClass::Common) >= 2 || self.view.lower.contains(&word.folded)
    }

    fn is_listed(&self) -> bool {
        self.segment.classes.is_name()
    }

    fn ends_in(&self, heads: &[&str]) -> bool {
        self.len() >= 2 && heads.contains(&self.last().folded.as_str())
    }

    /// Cheap refusals that no evidence outweighs.
    fn can_be_name(&self) -> bool {
        let never = |word: &Word| lexicon::is_never(&word.folded);
        if self.segment.quoted {
            return self.reads_as_title();
        }
        let listed_whole = self.len() >= 2 && self.is_listed();
        if self.len() == 1 {
            let word = self.first();
            if self.is_bare_letter()
                || self.is_title_of_next()
                || lexicon::ABBREVIATIONS.contains(&word.folded.as_str())
            {
                return false;
            }
            let month_name = matches!(word.folded.as_str(), "may" | "april" | "june" | "august");
            return word.is_capital()
                && (!never(word) || month_name && self.memory.first_name_of(&word.folded).is_some());
        }
        if self.words.iter().any(|w| w.shape == Shape::Lower && !w.is_connector())
            || self.is_date()
            || lexicon::NEVER_WHOLE.contains(&self.view.key(self.segment.from, self.segment.to).as_str())
        {
            return false;
        }
        if self.segment.loose && !listed_whole {
            return self.has_subtitle() || self.is_numbered_title() && self.is_listed_before_number();
        }
        let ends = [self.first(), self.last()];
        let dated = ends.iter().any(|w| never(w)) && !self.has_head();
        if dated && !listed_whole && self.first().shape != Shape::Upper {
            return lexicon::DIRECTIONS.contains(&self.first().folded.as_str());
        }
        if !listed_whole && !self.joins_like_a_name() {
            return false;
        }
        let and = self.words[1..].iter().any(|w| matches!(w.folded.as_str(), "and" | "or"));
        let leading_digit = self.first().shape == Shape::Digit;
        listed_whole || (!and || self.has_head()) && !leading_digit
    }

    /// Whether every “of” or “for” within follows a head word: “Museum of Modern
    /// Art”, but not “Contact Ann Lee of The News”.
    fn joins_like_a_name(&self) -> bool {
        let heads = [lexicon::ORGANIZATION_HEADS, lexicon::PLACE_HEADS, lexicon::EVENT_HEADS];
        self.words.windows(2).all(|pair| {
            let preposition =
                matches!(pair[1].folded.as_str(), "of" | "for" | "at" | "in" | "on" | "from" | "by" | "with" | "to");
            let headed = heads.iter().any(|heads| heads.contains(&pair[0].folded.as_str()));
            pair[1].shape != Shape::Lower || !preposition || headed
        })
    }

    /// “October 22”: never a name, though films are called so.
    fn is_date(&self) -> bool {
        let month = lexicon::MONTHS.contains(&self.first().folded.as_str());
        month && self.len() > 1 && self.words[1].shape == Shape::Digit
    }

    /// A single letter, but for `E!`.
    fn is_bare_letter(&self) -> bool {
        self.first().folded.chars().count() == 1 && !self.gap_after.starts_with('!')
    }

    /// “Queen” of “Queen Elizabeth”: a title of the name that follows.
    fn is_title_of_next(&self) -> bool {
        let title = matches!(
            self.first().folded.as_str(),
            "queen"
                | "king"
                | "prince"
                | "princess"
                | "duke"
                | "duchess"
                | "lord"
                | "lady"
                | "sir"
                | "dame"
                | "captain"
                | "president"
                | "senator"
                | "governor"
                | "mayor"
                | "pope"
                | "saint"
                | "miss"
                | "mister"
                | "judge"
                | "officer"
        );
        let next = self.view.words.get(self.segment.to).filter(|_| self.segment.to < self.line.end);
        title && (self.before == "the" || self.gap_after == " " && next.is_some_and(|w| w.is_capital()))
    }

    /// Whether every word is a common one: “Film Festival”, “State University”.
    fn is_generic(&self) -> bool {
        self.words.iter().all(|w| w.strength(NameClass::Common) >= 2 || w.is_connector())
    }

    /// “Elizabeth II”: a given name and a regnal number.
    fn is_regnal(&self) -> bool {
        self.len() == 2
            && self.first().strength(NameClass::FirstName) >= 2
            && matches!(
                self.last().folded.as_str(),
                "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "xiv" | "xvi"
            )
            && self.last().shape != Shape::Lower
    }

    fn has_head(&self) -> bool {
        [lexicon::ORGANIZATION_HEADS, lexicon::PLACE_HEADS, lexicon::EVENT_HEADS].iter().any(|heads| {
            self.ends_in(heads)
                || self.words[..self.len() - 1]
                    .windows(2)
                    .any(|pair| heads.contains(&pair[0].folded.as_str()) && pair[1].folded == "of")
                || self.len() > 2 && heads.contains(&self.first().folded.as_str()) && self.words[1].folded == "of"
        })
    }

    /// “Top Gun: Maverick”: a known or quoted title, a colon or dash, and more.
    fn has_subtitle(&self) -> bool {
        if self.last().is_connector() {
            return false;
        }
        let parts: Vec<usize> = (1..self.len())
            .filter(|at| matches!(self.view.gap(self.segment.from + at), ": " | ":" | " – " | " — " | " - "))
            .collect();
        let [cut] = parts[..] else { return false };
        let head = self.view.key(self.segment.from, self.segment.from + cut);
        let work = EntityKind::Work.ordinal();
        let remembered = self.memory.elsewhere(&head).is_some_and(|scores| scores[work] > 1.0);
        let listed = self.view.gazetteer.classes(&head).strength(NameClass::Work) >= 2;
        let other_marks = (1..self.len())
            .filter(|at| *at != cut)
            .all(|at| matches!(self.view.gap(self.segment.from + at), " " | "-" | "’s " | "'s " | ". "));
        let capital = |word: &Word| word.is_capital() || word.shape == Shape::Digit || word.is_connector();
        (remembered || listed) && other_marks && self.words.iter().all(capital)
    }

    /// Whether a work of the same name without the number is listed.
    fn is_listed_before_number(&self) -> bool {
        let head = self.view.key(self.segment.from, self.segment.to - 1);
        self.len() > 2 && self.view.gazetteer.classes(&head).strength(NameClass::Work) > 0
    }

    /// Whether quoted words are written like a title rather than like speech.
    fn reads_as_title(&self) -> bool {
        let main = self.words.iter().filter(|w| !w.is_connector());
        let (mut all, mut small) = (0, 0);
        for word in main {
            all += 1;
            small += usize::from(word.shape == Shape::Lower);
        }
        let opens = self.first().shape != Shape::Lower;
        let listed = self.listed(NameClass::Work) > 1;
        opens && (listed || small == 0 || small * 5 <= all && self.len() > 4)
    }

    fn near_work(&self) -> bool {
        let from = self.segment.from.saturating_sub(3).max(self.line.start);
        let to = (self.segment.to + 2).min(self.line.end);
        let near = |range: std::ops::Range<usize>| {
            self.view.words[range]
                .iter()
                .any(|w| w.shape == Shape::Lower && lexicon::WORK_NEAR.contains(&w.folded.as_str()))
        };
        near(from..self.segment.from) || near(self.segment.to..to)
    }

    fn person(&self) -> f32 {
        let listed = self.listed(NameClass::Person);
        let artist = self.listed(NameClass::Artist);
        let mut score = match self.len() {
            1 => self.single_person(artist) + [0.0, 0.3, 0.9, 1.9][listed],
            _ if self.is_regnal() => 3.5,
            2..=4 if self.is_human_shape() => self.full_name(listed, artist),
            _ => return 0.0,
        };
        if lexicon::PERSON_BEFORE.contains(&self.before) && self.gap_before == " " {
            score += 0.9;
        } else if self.before == "mr" || self.before == "mrs" || self.before == "dr" || self.before == "ms" {
            score += 1.5;
        }
        if lexicon::PERSON_AFTER.contains(&self.after)
            && self.gap_after.trim_start_matches(['’', '\'', 's']).trim() == ""
        {
            score += 0.7;
        }
        if self.followed_by_age() {
            score += 1.5;
        }
        if matches!(self.before, "the" | "a" | "an") && listed < 2 {
            score -= 1.2;
        }
        if self.segment.quoted {
            score -= 2.5;
        }
        score
    }

    fn single_person(&self, artist: usize) -> f32 {
        let word = self.first();
        if word.glued {
            return 2.5;
        }
        let mut score =
            0.2 * f32::from(word.strength(NameClass::FirstName)) + 0.1 * f32::from(word.strength(NameClass::Surname));
        score += [0.0, 0.3, 0.7, 1.1][artist];
        let initialed = word.span.of(self.view.text).contains('.');
        if initialed { score + 0.5 } else { score }
    }

    fn full_name(&self, listed: usize, artist: usize) -> f32 {
        let mut score = [0.0, 1.6, 2.4, 3.0][listed] + [0.0, 0.5, 0.9, 1.3][artist];
        let first = f32::from(self.first().strength(NameClass::FirstName));
        // “Melania Trump”: a name that alone means one person is a surname too.
        let famous = self.last().strength(NameClass::Person) >= 2;
        let last = if famous { 3.0 } else { f32::from(self.last().strength(NameClass::Surname)) };
        score += 0.45 * first + 0.25 * last + if famous { 1.0 } else { 0.0 };
        // Two capitalized words that no list has are more often a person than anything else.
        let strange = |w: &Word| !self.line.title_case && !w.classes.is_name() && !self.is_common(w);
        score += match (strange(self.first()), strange(self.last())) {
            (true, true) => 1.2,
            (false, false) => 0.0,
            _ => 0.5,
        };
        if self.words[1..self.len() - 1].iter().any(|w| w.folded.chars().count() == 1) {
            score += 0.8;
        }
        if self.has_head() && listed < 2 {
            score -= 2.5;
        }
        let given = |w: &Word| w.strength(NameClass::FirstName) >= 2 || w.strength(NameClass::Person) >= 2;
        let common = self.words.iter().filter(|w| self.is_common(w) && !given(w)).count();
        score -= 0.6 * common as f32 * if listed >= 2 { 0.3 } else { 1.0 };
        if self.words.iter().any(|w| w.strength(NameClass::Place) == 3 && w.strength(NameClass::FirstName) < 2) {
            score -= 0.8;
        }
        score
    }

    /// Capitals throughout but for particles; no digits.
    fn is_human_shape(&self) -> bool {
        let inner = |w: &Word| w.shape == Shape::Capital || lexicon::PARTICLES.contains(&w.folded.as_str());
        let name = |w: &Word| w.is_capital() && !lexicon::is_never(&w.folded);
        let gaps = (1..self.len())
            .all(|at| matches!(self.view.gap(self.segment.from + at), " " | "-" | ". " | "." | "' " | "\u{a0}"));
        let upper = self.words.iter().filter(|w| w.shape == Shape::Upper && w.folded.len() > 2).count();
        let uniform = upper == 0 || upper == self.words.iter().filter(|w| w.folded.len() > 2).count();
        gaps && uniform
            && name(self.first())
            && self.last().is_capital()
            && self.words[1..].iter().all(|w| inner(w) || w.is_capital())
            && !(self.first().is_connector() && self.first().folded != "al" && self.first().folded != "my")
    }

    fn followed_by_age(&self) -> bool {
        let next = self.view.words.get(self.segment.to).filter(|_| self.segment.to < self.line.end);
        self.gap_after == ", " && next.is_some_and(|w| w.folded.len() <= 2 && w.shape == Shape::Digit)
    }

    fn character(&self) -> f32 {
        let mut score = [0.0, 0.5, 0.9, 1.4][self.listed(NameClass::Character)];
        if self.len() > 4 || !(self.len() == 1 || self.is_human_shape() || score > 0.0) {
            return 0.0;
        }
        if self.plays_as() {
            score += 2.6;
        } else if self.in_credit() {
            score += 3.0;
        }
        if self.followed_by_actor() {
            score += 2.4;
        }
        if matches!(self.before, "role" | "character") && self.gap_before == " " {
            score += 1.2;
        }
        let role_of = matches!(self.before2, "role" | "character" | "part") && matches!(self.before, "of" | "as");
        if role_of || lexicon::CHARACTER_BEFORE.contains(&self.before) && self.gap_before == " " {
            score += 1.5;
        }
        if self.segment.quoted {
            score -= 1.5;
        }
        score - 0.5 * self.listed(NameClass::Person) as f32 - if self.has_head() { 2.0 } else { 0.0 }
    }

    /// “Simon Pegg as Benji Dunn”, “stars as …”, “returns as …”.
    fn plays_as(&self) -> bool {
        let Some(at) = self.segment.from.checked_sub(2).filter(|at| *at >= self.line.start) else { return false };
        if self.before != "as" || !matches!(self.gap_before, " " | " ‘" | " “") {
            return false;
        }
        let actor = &self.view.words[at];
        let verb = matches!(
            actor.folded.as_str(),
            "stars"
                | "starred"
                | "starring"
                | "returns"
                | "return"
                | "returned"
                | "returning"
                | "role"
                | "roles"
                | "cast"
                | "appears"
                | "appeared"
                | "debut"
                | "turn"
                | "back"
                | "performance"
                | "costars"
                | "co-stars"
                | "again"
        );
        // “… As She Wins”: in a headline only the verb tells a role.
        verb || !self.line.title_case
            && actor.is_capital()
            && !actor.is_connector()
            && !self.view.gap(at + 1).contains(['.', ';'])
    }

    /// “Simon Pegg (Benji Dunn, a technician)” after a name.
    fn in_credit(&self) -> bool {
        let Some(actor) = self.segment.from.checked_sub(1).filter(|at| *at > self.line.start) else { return false };
        let opens = matches!(self.gap_before, " (" | " (‘" | " (“" | " (\"");
        let closes = self.gap_after.starts_with([')', ',']);
        let (first, last) = (&self.view.words[actor - 1], &self.view.words[actor]);
        let human = last.glued
            || first.is_capital()
                && last.is_capital()
                && (first.strength(NameClass::FirstName) > 0 || last.strength(NameClass::Surname) > 0)
            || self.memory.surname_of(&last.folded) == Some(EntityKind::Person);
        let surname = self.len() == 1 && self.memory.surname_of(&self.first().folded) == Some(EntityKind::Person);
        opens
            && closes
            && human
            && !surname
            && !self.ends_in(lexicon::ORGANIZATION_HEADS)
            && self.first().shape != Shape::Upper
    }

    /// “Ethan Hunt's (Tom Cruise's character)”.
    fn followed_by_actor(&self) -> bool {
        let to = (self.segment.to + 5).min(self.line.end);
        let opens = self.gap_after.trim_start_matches(['\'', '’', 's']) == " (";
        opens && self.view.words[self.segment.to..to].iter().any(|w| w.folded == "character")
    }

    fn work(&self) -> f32 {
        let listed = self.listed(NameClass::Work);
        let near = self.near_work();
        let mut score = match self.len() {
            1 if listed == 3 && !self.is_common(self.first()) => 1.0,
            1 => [0.0, 0.1, 0.3, 0.4][listed],
            _ => [0.0, 0.9, 1.6, 2.4][listed],
        };
        if self.segment.quoted {
            score += 2.6;
            if self.is_nickname() {
                score -= 3.0;
            }
            if self.len() == 1 && listed == 0 && !near && closes_like_speech(self.view, self.segment.to - 1) {
                score -= 2.0;
            }
        } else if self.len() > 1
            && self.first().strength(NameClass::FirstName) >= 2
            && self.last().strength(NameClass::Surname) >= 1
        {
            score -= 1.0;
        }
        if self.segment.opens_quote && !self.segment.quoted {
            score -= 1.0;
        }
        if near && (listed > 0 || self.segment.quoted) {
            score += 0.8;
        } else if near && self.len() > 1 {
            score += 0.4;
        }
        if self.segment.loose && !self.segment.quoted && self.has_subtitle() {
            score += 2.5;
        }
        if self.listed(NameClass::Place) >= 2 && !self.segment.quoted {
            score -= 1.0;
        }
        // “The House” and “Air Force” are titles only where something says so.
        let plain = self.is_generic() || self.words.iter().any(|w| w.folded.len() > 1 && lexicon::is_never(&w.folded));
        if plain && listed < 3 && !self.segment.quoted && !near && !self.segment.loose {
            score -= 1.5;
        }
        if self.is_numbered_title() && !self.is_regnal() {
            score += if self.is_listed_before_number() { 3.0 } else { 1.6 };
        }
        score
    }

    /// “Diddy” of “Sean “Diddy” Combs”.
    fn is_nickname(&self) -> bool {
        let neighbor = |at: Option<usize>| {
            at.filter(|at| (self.line.start..self.line.end).contains(at))
                .is_some_and(|at| self.view.words[at].is_capital())
        };
        self.gap_before.starts_with(' ')
            && self.gap_after.ends_with(' ')
            && self.gap_after.chars().count() == 2
            && neighbor(self.segment.from.checked_sub(1))
            && neighbor(Some(self.segment.to))
    }

    /// “Toy Story 4”, “M:I 7”: a capitalized name and a small number.
    fn is_numbered_title(&self) -> bool {
        let last = self.last();
        let small = last.shape == Shape::Digit && last.folded.len() <= 2
            || matches!(last.folded.as_str(), "ii" | "iii" | "iv" | "vi");
        if self.len() < 2 || !small {
            return false;
        }
        let head = &self.words[self.len() - 2];
        let counted = lexicon::COUNTED.contains(&head.folded.as_str())
            || head.folded.len() > 1 && lexicon::is_never(&head.folded);
        head.is_capital() && !counted && self.gap_after.chars().next().is_none_or(|c| c != '-' && c != '%')
    }

    fn organization(&self) -> f32 {
        let listed = self.listed(NameClass::Organization);
        let artist = self.listed(NameClass::Artist);
        let mut score = if self.len() == 1 { [0.0, 0.4, 1.2, 2.6][listed] } else { [0.0, 0.9, 1.8, 3.2][listed] };
        if self.len() == 1 && listed < 3 && self.is_common(self.first()) {
            score *= 0.3;
        }
        if self.ends_in(lexicon::ORGANIZATION_HEADS) || self.has_head_of(lexicon::ORGANIZATION_HEADS) {
            score += if self.is_generic() { 0.5 } else { 2.0 };
        }
        if (1..self.len()).any(|at| self.view.gap(self.segment.from + at) == " & ") {
            score += 1.2;
        }
        let band_like = self.first().folded == "the" || self.last().folded.ends_with('s');
        if band_like && self.len() > 1 {
            score += [0.0, 0.9, 1.4, 1.9][artist];
        } else if self.len() == 1 {
            score += [0.0, 0.2, 0.4, 0.7][artist];
        }
        let word = self.first();
        let dotted = word.span.of(self.view.text).contains('.');
        let acronym = self.len() == 1 && !dotted && word.shape == Shape::Upper && (2..=6).contains(&word.folded.len());
        if acronym && !self.line.title_case && self.listed(NameClass::Place) < 3 {
            score += 1.1;
        }
        if matches!(
            self.before,
            "band" | "group" | "duo" | "trio" | "network" | "studio" | "streamer" | "magazine" | "label"
        ) {
            score += 1.3;
        }
        if self.segment.quoted {
            score -= 1.8;
        }
        score
    }

    /// “University of …”, “Academy of …”.
    fn has_head_of(&self, heads: &[&str]) -> bool {
        self.len() > 2
            && self.words.windows(2).any(|pair| pair[1].folded == "of" && heads.contains(&pair[0].folded.as_str()))
    }

    fn place(&self) -> f32 {
        let listed = self.listed(NameClass::Place);
        let mut score = if self.len() == 1 { [0.0, 0.9, 1.6, 2.8][listed] } else { [0.0, 1.0, 1.8, 3.2][listed] };
        let human = self.len() == 1
            && (self.first().strength(NameClass::FirstName) >= 2 || self.first().strength(NameClass::Surname) == 3);
        if human && listed < 3 {
            score -= 1.0;
        }
        // “Taylor” in an article about Taylor Swift is no town.
        let part_of_a_name = self.len() == 1
            && (self.memory.surname_of(&self.first().folded).is_some()
                || self.memory.first_name_of(&self.first().folded).is_some());
        if part_of_a_name && listed < 3 {
            score -= 3.0;
        }
        if self.len() == 1 && listed < 3 && self.is_common(self.first()) {
            score -= 0.6;
        }
        if self.ends_in(lexicon::PLACE_HEADS) {
            score += 2.0;
        }
        if lexicon::PLACE_BEFORE.contains(&self.before) && self.gap_before == " " {
            score += if score > 0.5 { 0.8 } else { 0.5 };
        }
        if self.len() == 1 && lexicon::PERSON_BEFORE.contains(&self.before) && self.gap_before == " " {
            score -= 1.2;
        }
        let neighbor = |at: usize| {
            let word = &self.view.words[at];
            word.is_capital() && word.strength(NameClass::Place) == 3
        };
        let comma_after = self.gap_after == ", " && self.segment.to < self.line.end && neighbor(self.segment.to);
        let comma_before =
            self.gap_before == ", " && self.segment.from > self.line.start && neighbor(self.segment.from - 1);
        if comma_after && !self.first().is_connector() && self.len() <= 3 {
            score += 1.2;
        }
        if comma_before && score > 0.5 {
            score += 0.6;
        }
        if self.segment.quoted {
            score -= 1.8;
        }
        score
    }

    fn event(&self) -> f32 {
        let mut score = [0.0, 1.0, 2.0, 3.0][self.listed(NameClass::Event)];
        // “Tony” and “Oscar” are people's names too.
        let given = self.len() == 1 && self.first().strength(NameClass::FirstName) >= 2;
        if given && !lexicon::AWARD_NEAR.iter().any(|word| *word == self.before || *word == self.after) {
            score -= 1.6;
        }
        if self.ends_in(lexicon::EVENT_HEADS) {
            score += if self.is_generic() { 0.3 } else { 2.3 };
        }
        if self.segment.quoted {
            score -= 1.5;
        }
        score
    }

    /// Adds what the same words are elsewhere in the article.
    fn remember(&self, scores: &mut Scores) {
        let key = self.view.key(self.segment.from, self.segment.to);
        // “Trump” elsewhere says nothing of the Trump in “Melania Trump”.
        let part = self.len() == 1 && !self.segment.quoted && self.cuts() > 0;
        if let Some(elsewhere) = self.memory.elsewhere(&key).filter(|_| !part) {
            let best = elsewhere.iter().cloned().fold(0.0, f32::max);
            // One word says less of what it names than a full name does.
            let (base, rate) = if self.len() == 1 { (0.4, 0.2) } else { (0.8, 0.35) };
            for (score, weight) in scores.iter_mut().zip(elsewhere) {
                *score += if *weight == best { base + rate * weight.min(6.0) } else { -0.5 };
            }
        }
        if self.len() == 1 && !self.segment.quoted && self.cuts() == 0 {
            let word = self.first();
            let clear = !(word.opens && self.is_common(word));
            if let Some(kind) = self.memory.surname_of(&word.folded) {
                scores[kind.ordinal()] += if clear { 2.4 } else { 0.6 };
            } else if let Some(kind) = self.memory.first_name_of(&word.folded) {
                scores[kind.ordinal()] += if clear { 1.6 } else { 0.4 };
            }
        }
    }

    /// How many ends of the segment cut a run of capitalized words.
    fn cuts(&self) -> usize {
        let runs_on = |word: &Word| {
            let never = lexicon::is_never(&word.folded) && !lexicon::DIRECTIONS.contains(&word.folded.as_str());
            let opener = word.opens && self.is_common(word);
            word.is_capital() && !word.is_connector() && !never && !opener
        };
        let tight = |gap: &str| matches!(gap, " " | "-" | "$" | "/" | ". " | ".");
        let left = self.segment.from > self.line.start
            && tight(self.gap_before)
            && runs_on(&self.view.words[self.segment.from - 1])
            && !lexicon::PERSON_BEFORE.contains(&self.before);
        let right =
            self.segment.to < self.line.end && tight(self.gap_after) && runs_on(&self.view.words[self.segment.to]);
        usize::from(left) + usize::from(right)
    }

    /// Takes off what speaks against any name.
    fn doubt(&self, scores: &mut Scores) {
        let first = self.first();
        let listed = self.is_listed() && self.len() >= 2;
        let mut off = 0.0;
        if first.opens && self.is_common(first) && !self.segment.quoted {
            off += if self.len() == 1 {
                2.0
            } else if listed {
                0.2
            } else {
                1.2
            };
        }
        if self.len() == 1 && !self.segment.quoted && self.is_common(first) && !first.opens {
            off += 0.6;
        }
        let headline = self.line.title_case && !self.segment.quoted;
        let known = self.memory.elsewhere(&self.view.key(self.segment.from, self.segment.to)).is_some();
        if headline && !known {
            let common = self.words.iter().filter(|w| self.is_common(w)).count();
            off += if listed { 0.2 } else { 0.5 } + 0.5 * common as f32;
        }
        if first.is_connector() && !self.segment.quoted && !listed {
            off += 2.0;
        }
        if !self.line.title_case && !self.segment.quoted {
            off += 0.6 * self.cuts() as f32;
        }
        for score in scores.iter_mut() {
            *score -= off;
        }
    }
}
