//! Builds plans: expressions to nodes and units.

use rustc_hash::FxHashMap;

use crate::article::{FieldName, Span};
use crate::index::{QUOTE_END, QUOTE_START, event_term, speaker_term};
use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::language::limits;
use crate::search::language::marks::is_address;
use crate::search::language::notes::NoteKind;
use crate::search::language::parser::{Reading, read};
use crate::search::language::syntax_tree::{self, Expression, FieldScope, Label, Occur};
use crate::search::params::{LONG_PHRASE, SENTENCE_WORDS};
use crate::search::plan::alternatives::{Breadth, Spellings, add_joined, add_wide, read_ands};
use crate::search::plan::entity_linking::{known_as, link_entities, plain_words};
use crate::search::plan::expansion;
use crate::search::plan::function_word_weights::weigh_words;
use crate::search::plan::inflections;
use crate::search::plan::meaning::meaning_of;
use crate::search::plan::planner::Planner;
use crate::search::plan::repeats::fold_repeats;
use crate::search::plan::split_compounds::split_compounds;
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, Unit, UnitKind};
use crate::search::query::filters::Filters;
use crate::search::query::search_query::Query;
use crate::segment::{Analyzer, Stemmer, Term, TermKind, fold, with_stemmer};

impl Planner<'_> {
    /// Plans a query.
    pub fn plan(&self, query: &Query) -> Result<Plan, SearchError> {
        let Reading { mut clauses, notes } = read(&query.text, self.fields)?;
        if !query.exact {
            read_ands(&mut clauses);
            split_compounds(&mut clauses);
        }
        let clauses = fold_repeats(clauses);
        check_size(&clauses)?;
        let mut plan = with_stemmer(|stemmer| {
            let mut build = Build {
                planner: self,
                exact: query.exact,
                stemmer: &mut *stemmer,
                // In a sentence the form depends on the grammar, and what is meant on all words.
                plan: Plan {
                    deadline: query.deadline,
                    has_stems: clauses.len() >= SENTENCE_WORDS,
                    notes,
                    ..Plan::default()
                },
            };
            for (clause, count) in &clauses {
                build.add(clause, *count)?;
            }
            let mut plan = build.plan;
            if !query.exact {
                let words = plain_words(&clauses, &plan);
                add_joined(self, stemmer, &mut plan, &words)?;
                add_wide(&mut plan, &words);
            }
            Ok::<Plan, SearchError>(plan)
        })?;
        free_addresses(&mut plan);
        if !query.exact {
            link_entities(self, &clauses, &mut plan)?;
            weigh_words(&mut plan);
            inflections::add_others(self, &mut plan)?;
            plan.meaning = meaning_of(query, &clauses, &plan);
            drop_notes_of_names(self, &mut plan);
        }
        self.add_filters(&query.filters, &mut plan)?;
        limits::TERMS.check(plan.units.len())?;
        if plan.clauses.is_empty() {
            return Err(SearchError::Empty);
        }
        Ok(plan)
    }

    fn add_filters(&self, filters: &Filters, plan: &mut Plan) -> Result<(), SearchError> {
        let must = |node| Clause::new(Occur::Must, node);
        for (kind, name) in &filters.names {
            let kind = UnitKind::Names(known_as(self.entities, name, Some(*kind)));
            let node = push(plan, name, kind, FieldScope::All, Role::Filter);
            plan.clauses.push(must(node));
        }
        for source in &filters.sources {
            if let Some(node) = label(plan, Label::Source, source, Role::Filter)? {
                plan.clauses.push(must(node));
            }
        }
        for tag in &filters.tags {
            if let Some(node) = label(plan, Label::Field(FieldName::TAG), tag, Role::Filter)? {
                plan.clauses.push(must(node));
            }
        }
        let days = Days { first: filters.since.unwrap_or(0), last: filters.until.unwrap_or(u64::MAX) };
        if filters.since.is_some() || filters.until.is_some() {
            plan.clauses.push(must(Node::Published(days)));
        }
        plan.clauses.extend(filters.since_commit.map(|commit| must(Node::Since(commit))));
        Ok(())
    }
}

/// An address that was pasted along with words is not wanted of the hits: it ranks only.
fn free_addresses(plan: &mut Plan) {
    let Plan { units, clauses, .. } = plan;
    let is_address = |clause: &Clause| match clause.node {
        Node::Unit(unit) => clause.occur == Occur::Should && is_address(&units[unit].text),
        _ => false,
    };
    if clauses.iter().any(|clause| clause.occur != Occur::Not && !is_address(clause)) {
        clauses.iter_mut().filter(|clause| is_address(clause)).for_each(|clause| clause.score_only = true);
    }
}

/// Drops notes about what is part of a name: “re:invent” is no field, and the week of “Last
/// Week Tonight” no date.
fn drop_notes_of_names(planner: &Planner<'_>, plan: &mut Plan) {
    let Plan { units, notes, .. } = plan;
    let names = units.iter().filter(|unit| matches!(unit.kind, UnitKind::Names(_)) && unit.role == Role::Scored);
    let names: Vec<String> = names.map(|unit| format!(" {} ", fold(&unit.text))).collect();
    notes.retain(|note| match note.kind {
        NoteKind::UnknownField => planner.entities.written_as(&note.about, None).is_empty(),
        NoteKind::Date => !names.iter().any(|name| name.contains(&format!(" {} ", fold(&note.about)))),
        _ => true,
    });
}

/// Refuses a query of too many parts before any is looked up.
fn check_size(clauses: &[(syntax_tree::Clause, f32)]) -> Result<(), SearchError> {
    let (mut terms, mut expansions) = (0, 0);
    for (clause, _) in clauses {
        clause.expression.each_leaf(&mut |leaf| {
            terms += match leaf {
                Expression::Sloppy { words, .. } => words.split_whitespace().count(),
                _ => 1,
            };
            let expands = matches!(leaf, Expression::Prefix(_) | Expression::Fuzzy { .. } | Expression::Mentions(_));
            expansions += usize::from(expands);
        });
    }
    limits::TERMS.check(terms)?;
    limits::EXPANSIONS.check(expansions)
}

fn push(plan: &mut Plan, text: &str, kind: UnitKind, scope: FieldScope, role: Role) -> Node {
    plan.push(Unit { scope, role, ..Unit::scored(text.to_owned(), kind, 1.0) })
}

/// A phrase in a metadata field; of a source the conjunction of its words, so
/// that `cnn.com` and `cnn` both find `www.cnn.com`.
fn label(plan: &mut Plan, label: Label, text: &str, role: Role) -> Result<Option<Node>, SearchError> {
    let words = Analyzer::terms(text, Span::new(0, text.len())).into_iter().filter(|term| term.kind == TermKind::Word);
    let words: Vec<String> = words
        .map(|term| match label {
            Label::Field(name) => name.labeled(&term.text),
            _ => term.text.into_owned(),
        })
        .collect();
    limits::PHRASE.check(words.len())?;
    if label != Label::Source {
        let unit = |words| push(plan, text, UnitKind::Label(label, words), FieldScope::All, role);
        return Ok(Some(words).filter(|words| !words.is_empty()).map(unit));
    }
    let parts = words.iter().flat_map(|word| word.split('.')).filter(|part| !part.is_empty());
    let parts =
        parts.map(|part| push(plan, text, UnitKind::Label(label, vec![part.to_owned()]), FieldScope::All, role));
    let mut parts: Vec<Node> = parts.collect();
    Ok(if parts.len() > 1 { Some(Node::And(parts)) } else { parts.pop() })
}

/// Whether a name has signs in it and no words.
fn is_of_signs(name: &str) -> bool {
    let terms = Analyzer::terms(name, Span::new(0, name.len()));
    !terms.is_empty() && terms.iter().all(|term| term.kind != TermKind::Word)
}

struct Build<'a> {
    planner: &'a Planner<'a>,
    exact: bool,
    stemmer: &'a mut Stemmer,
    plan: Plan,
}

impl Build<'_> {
    /// Adds a clause that counts `count` times; one without words adds nothing.
    fn add(&mut self, clause: &syntax_tree::Clause, count: f32) -> Result<(), SearchError> {
        let role = if clause.occur == Occur::Not { Role::Excluded } else { Role::Scored };
        if let Some(node) = self.node(&clause.expression, FieldScope::All, role)? {
            if let Node::Unit(unit) = node {
                self.plan.units[unit].weight *= count;
            }
            self.plan.clauses.push(Clause::new(clause.occur, node));
            if let (Expression::Phrase(text), Occur::Should) = (&clause.expression, clause.occur) {
                self.add_words_of_phrase(text)?;
            }
        }
        Ok(())
    }

    /// Adds the words of a long phrase, for articles that have it in other words.
    fn add_words_of_phrase(&mut self, text: &str) -> Result<(), SearchError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() < LONG_PHRASE || self.exact {
            return Ok(());
        }
        for word in words {
            if self.stemmer.is_function_word(&fold(word)) {
                continue;
            }
            if let Some(node) = self.words(word, false, FieldScope::All, Role::Scored)? {
                self.plan.clauses.push(Clause { is_partial: true, ..Clause::new(Occur::Should, node) });
            }
        }
        Ok(())
    }

    /// The node of an expression; `None` if it has no words.
    fn node(&mut self, expression: &Expression, scope: FieldScope, role: Role) -> Result<Option<Node>, SearchError> {
        self.plan.deadline.check()?;
        Ok(match expression {
            Expression::Word(text) => self.words(text, false, scope, role)?,
            Expression::Phrase(text) => self.words(text, true, scope, role)?,
            Expression::Sloppy { words, gap } => self.sloppy(words, *gap, scope, role)?,
            Expression::Prefix(word) => self.prefix(word, scope, role)?,
            Expression::Fuzzy { word, edits } => {
                let terms = expansion::fuzzy(self.planner, &fold(word), *edits)?;
                Some(push(&mut self.plan, &format!("{word}~"), UnitKind::Any(terms), scope, role))
            }
            Expression::Entity { name, .. } if is_of_signs(name) => self.words(name, true, scope, role)?,
            Expression::Entity { kind, name } => {
                let ids = known_as(self.planner.entities, name, Some(*kind));
                Some(push(&mut self.plan, name, UnitKind::Names(ids), scope, role))
            }
            Expression::Labeled { label: which, words } => label(&mut self.plan, *which, words, role)?,
            Expression::Published(days) => Some(Node::Published(*days)),
            Expression::Mentions(days) => {
                let dates = expansion::dates(self.planner, *days)?;
                Some(push(&mut self.plan, "mentions", UnitKind::Dates(dates), scope, role))
            }
            Expression::Has(what) => Some(Node::Has(*what)),
            Expression::Said(inner) => self.said(inner, role)?,
            Expression::QuotedBy(name) => {
                let terms = known_as(self.planner.entities, name, None).into_iter().map(speaker_term).collect();
                Some(push(&mut self.plan, name, UnitKind::Reports(terms), FieldScope::All, role))
            }
            Expression::States(what) => {
                let kind = UnitKind::Reports(vec![event_term(*what)]);
                Some(push(&mut self.plan, what.as_str(), kind, FieldScope::All, role))
            }
            Expression::Within(inner_scope, inner) => self.node(inner, *inner_scope, role)?,
            Expression::And(parts) => self.join(parts, scope, role, Node::And)?,
            Expression::Or(parts) => self.join(parts, scope, role, Node::Or)?,
            Expression::Not(inner) => self.node(inner, scope, Role::Excluded)?.map(|node| Node::Not(node.into())),
            Expression::Near { left, right, gap, ordered } => {
                match (self.node(left, scope, role)?, self.node(right, scope, role)?) {
                    (Some(left), Some(right)) => {
                        Some(Node::Near { left: left.into(), right: right.into(), gap: *gap, ordered: *ordered })
                    }
                    (one, other) => one.or(other),
                }
            }
        })
    }

    /// An expression within a quote; the parts of a conjunction may be in different
    /// quotes.
    fn said(&mut self, inner: &Expression, role: Role) -> Result<Option<Node>, SearchError> {
        if let Expression::And(parts) = inner {
            let mut nodes = Vec::with_capacity(parts.len());
            for part in parts {
                nodes.extend(self.said(part, role)?);
            }
            return Ok(if nodes.len() > 1 { Some(Node::And(nodes)) } else { nodes.pop() });
        }
        if let Expression::Not(inner) = inner {
            return Ok(self.said(inner, Role::Excluded)?.map(|node| Node::Not(node.into())));
        }
        let Some(inner) = self.node(inner, FieldScope::Body, role)? else { return Ok(None) };
        let role = if role == Role::Excluded { role } else { Role::Filter };
        let marks = [QUOTE_START, QUOTE_END].map(|mark| {
            let kind = UnitKind::Mark(mark);
            self.plan.push(Unit { scope: FieldScope::Body, role, ..Unit::scored(mark.to_owned(), kind, 0.0) });
            self.plan.units.len() - 1
        });
        Ok(Some(Node::InQuote { inner: inner.into(), marks }))
    }

    /// The nodes of several expressions, joined if there is more than one.
    fn join(
        &mut self,
        parts: &[Expression],
        scope: FieldScope,
        role: Role,
        operator: fn(Vec<Node>) -> Node,
    ) -> Result<Option<Node>, SearchError> {
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            nodes.extend(self.node(part, scope, role)?);
        }
        Ok(if nodes.len() > 1 { Some(operator(nodes)) } else { nodes.pop() })
    }

    /// A word or phrase in all its spellings; with signs in it, these as well.
    fn words(&mut self, text: &str, phrase: bool, scope: FieldScope, role: Role) -> Result<Option<Node>, SearchError> {
        let terms = Analyzer::terms(text, Span::new(0, text.len()));
        let count = terms.iter().filter(|term| term.kind == TermKind::Word).count();
        limits::PHRASE.check(count)?;
        let breadth = match (self.exact, phrase) {
            (true, _) => Breadth::Typed,
            (false, true) => Breadth::Learned,
            (false, false) => Breadth::Wide,
        };
        let (planner, stemmer) = (self.planner, &mut *self.stemmer);
        let mut spellings = Spellings { planner, stemmer, breadth }.of(text, &terms)?;
        if self.exact && phrase && count > 1 {
            spellings.truncate(1);
        }
        let mut spellings = spellings.into_iter();
        let mut sequences: Vec<Sequence> = Vec::with_capacity(spellings.len());
        if let Some(typed) = spellings.next() {
            sequences.push(match self.exact || phrase {
                true => Sequence::exact(typed),
                false => Sequence::inflected(planner, &typed, self.stemmer, self.plan.has_stems)?,
            });
        }
        sequences.extend(spellings.map(Sequence::exact));
        let mut nodes = Vec::new();
        if !sequences.is_empty() {
            nodes.push(push(&mut self.plan, text, UnitKind::Words(sequences), scope, role));
        }
        let is_sign = |term: &&Term<'_>| !term.text.chars().any(char::is_alphanumeric);
        for sign in terms.iter().filter(is_sign) {
            let kind = UnitKind::Words(vec![Sequence::exact(vec![sign.text.to_string()])]);
            nodes.push(push(&mut self.plan, text, kind, scope, role));
        }
        Ok(if nodes.len() > 1 { Some(Node::And(nodes)) } else { nodes.pop() })
    }

    /// Words with a prefix. Of several, such as `spider-m*`, it is the last that may go on.
    fn prefix(&mut self, text: &str, scope: FieldScope, role: Role) -> Result<Option<Node>, SearchError> {
        let terms = Analyzer::terms(text, Span::new(0, text.len()));
        let words = terms.iter().filter(|term| term.kind == TermKind::Word);
        let mut words: Vec<String> = words.map(|term| term.text.to_string()).collect();
        let typed = format!("{text}*");
        let (Some(last), false) = (words.pop(), words.is_empty()) else {
            let terms = expansion::prefix(self.planner, &fold(text))?;
            return Ok(Some(push(&mut self.plan, &typed, UnitKind::Any(terms), scope, role)));
        };
        let joined = expansion::prefix(self.planner, &format!("{}{last}", words.concat()))?;
        let mut forms: Vec<Vec<String>> = words.iter().map(|word| vec![word.clone()]).collect();
        forms.push(expansion::prefix(self.planner, &last)?);
        words.push(last);
        let several = Sequence { terms: words, exact: false, forms };
        let one = Sequence { terms: vec![typed.clone()], exact: false, forms: vec![joined] };
        let mut sequences = vec![several, one];
        sequences.retain(|sequence| sequence.forms.iter().all(|forms| !forms.is_empty()));
        Ok(Some(push(&mut self.plan, &typed, UnitKind::Words(sequences), scope, role)))
    }

    /// Exact words in any order; a single word is a phrase.
    fn sloppy(&mut self, text: &str, gap: u32, scope: FieldScope, role: Role) -> Result<Option<Node>, SearchError> {
        let terms = Analyzer::terms(text, Span::new(0, text.len()));
        let words: Vec<Term<'_>> = terms.into_iter().filter(|term| term.kind == TermKind::Word).collect();
        if words.len() < 2 {
            return self.words(text, true, scope, role);
        }
        limits::PHRASE.check(words.len())?;
        let mut units = Vec::with_capacity(words.len());
        // A repeated word is one unit that must occur as often.
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        for word in words {
            let plan = &mut self.plan;
            let unit = *known.entry(word.text.to_string()).or_insert(plan.units.len());
            if unit == plan.units.len() {
                let kind = UnitKind::Words(vec![Sequence::exact(vec![word.text.to_string()])]);
                push(plan, word.span.of(text), kind, scope, role);
            }
            units.push(unit);
        }
        Ok(Some(Node::Sloppy { units, gap }))
    }
}
