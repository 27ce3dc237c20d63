//! The flags that `query`, `batch` and `alert add` share.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::article::EntityKind;
use crate::search::{Duplicates, FacetOrder, FacetRequest, Query, SearchError, Sort};

#[derive(Debug, Clone, clap::Args)]
pub(super) struct FilterArgs {
    #[command(flatten)]
    names: NameFlags,
    /// Only articles published on this day or later: 2021, 2021-03, 2021-03-25
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only articles published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only articles that came, or changed, after this commit (see `stats`)
    #[arg(long, value_name = "N")]
    since_commit: Option<u64>,
    /// Only articles from this source, such as cnn or cnn.com
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Only articles with this tag, or with these words in one (repeatable)
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// The order of hits
    #[arg(long, value_name = "ORDER", default_value = "relevance", env = "NEWSEARCH_SORT")]
    sort: SortArg,
    /// Hits to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, env = "NEWSEARCH_LIMIT")]
    limit: usize,
    /// Hits to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    #[arg(help = facets_help(), long, value_name = "KIND[:N],…", env = "NEWSEARCH_FACETS")]
    facets: Option<String>,
    /// Snippets for each hit
    #[arg(long, value_name = "N", default_value_t = 1, env = "NEWSEARCH_SNIPPETS")]
    snippets: usize,
    /// Show an article's copies with it, or each as a hit of its own
    #[arg(long, value_name = "HOW", default_value = "collapse", env = "NEWSEARCH_DUPLICATES")]
    duplicates: DuplicatesArg,
    /// The order of the names of facets
    #[arg(long, value_name = "ORDER", default_value = "lift", env = "NEWSEARCH_FACET_ORDER")]
    facet_order: FacetOrderArg,
    /// Count only names of facets that begin so, or a word of theirs
    #[arg(long, value_name = "PREFIX")]
    facet_search: Option<String>,
    /// Match words exactly: no other word forms, no names recognized
    #[arg(long)]
    exact: bool,
    /// Rank articles that are near in meaning higher
    #[arg(long, value_name = "WHETHER", default_value = "on", env = "NEWSEARCH_MEANING")]
    meaning: MeaningArg,
    /// Search for the words as typed, even if no article has all of them
    #[arg(long)]
    no_correct: bool,
    /// Prefer new articles, gently: age takes away half a score at most
    #[arg(long)]
    fresh: bool,
    /// Say how the query is understood and what each score is made of
    #[arg(long)]
    explain: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum SortArg {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FacetOrderArg {
    /// Names that stand out among the articles that answer the query
    Lift,
    /// Names in most of these articles
    Count,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DuplicatesArg {
    Collapse,
    Show,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum MeaningArg {
    On,
    Off,
}

/// The help of `--facets`.
fn facets_help() -> String {
    let kinds = EntityKind::ALL.map(EntityKind::as_str).join(", ");
    format!(
        "Facets to count, with how many of each: person:20,month:all (or none); {kinds}, year, month, source, section, tag, and fields of --field"
    )
}

/// A repeatable flag for each kind of names: `--person NAME` and so on.
#[derive(Debug, Clone)]
struct NameFlags {
    /// By [`EntityKind::ordinal`].
    names: [Vec<String>; EntityKind::COUNT],
}

impl NameFlags {
    /// The names asked for, by kind.
    fn by_kind(&self) -> impl Iterator<Item = (EntityKind, &Vec<String>)> {
        EntityKind::ALL.into_iter().zip(&self.names)
    }
}

impl clap::Args for NameFlags {
    fn augment_args(command: Command) -> Command {
        command.args(EntityKind::ALL.map(name_flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for NameFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let values = |kind: EntityKind| matches.get_many(kind.as_str()).into_iter().flatten().cloned().collect();
        Ok(Self { names: EntityKind::ALL.map(values) })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn name_flag(kind: EntityKind) -> Arg {
    let flag = Arg::new(kind.as_str()).long(kind.as_str()).value_name("NAME").action(ArgAction::Append);
    match kind {
        EntityKind::Person => flag.help("Only articles that name this person, under any spelling (repeatable)"),
        EntityKind::Character => flag.help("Only articles that name this character"),
        EntityKind::Work => flag.help("Only articles that name this film, series, album, game …"),
        EntityKind::Organization => {
            flag.help("Only articles that name this company, band, outlet …").visible_alias("organisation")
        }
        EntityKind::Place => flag.help("Only articles that name this place"),
        EntityKind::Event => flag.help("Only articles that name this award, festival, tour …"),
    }
}

impl FilterArgs {
    /// The flags as a line of a batch; leaves out those with their default.
    pub fn request(&self, text: &str) -> serde_json::Value {
        let mut request = serde_json::Map::from_iter([("query".to_owned(), text.into())]);
        let lists = self
            .names
            .by_kind()
            .map(|(kind, names)| (kind.as_str(), names))
            .chain([("source", &self.source), ("tag", &self.tag)]);
        for (key, values) in lists.filter(|(_, values)| !values.is_empty()) {
            request.insert(key.to_owned(), values.as_slice().into());
        }
        for (key, date) in [("since", &self.since), ("until", &self.until)] {
            request.extend(date.as_ref().map(|date| (key.to_owned(), date.as_str().into())));
        }
        for (key, is_set) in [("exact", self.exact), ("fresh", self.fresh)] {
            request.extend(is_set.then(|| (key.to_owned(), true.into())));
        }
        if self.meaning == MeaningArg::Off {
            request.insert("meaning".to_owned(), false.into());
        }
        request.extend(self.no_correct.then(|| ("correct".to_owned(), false.into())));
        request.extend(self.since_commit.map(|commit| ("since_commit".to_owned(), commit.into())));
        if let DuplicatesArg::Show = self.duplicates {
            request.insert("duplicates".to_owned(), "show".into());
        }
        let order = match self.sort {
            SortArg::Relevance => None,
            SortArg::Newest => Some("newest"),
            SortArg::Oldest => Some("oldest"),
        };
        request.extend(order.map(|order| ("sort".to_owned(), order.into())));
        if let FacetOrderArg::Count = self.facet_order {
            request.insert("facet_order".to_owned(), "count".into());
        }
        if self.snippets != 1 {
            request.insert("snippets".to_owned(), self.snippets.into());
        }
        serde_json::Value::Object(request)
    }

    /// The query of these flags and a text.
    pub fn query(&self, text: &str) -> Result<Query, SearchError> {
        let mut query = Query::new(text);
        for (kind, names) in self.names.by_kind() {
            query.filters.names.extend(names.iter().map(|name| (kind, name.clone())));
        }
        if let Some(since) = &self.since {
            query.filters.since(since)?;
        }
        if let Some(until) = &self.until {
            query.filters.until(until)?;
        }
        query.filters.since_commit = self.since_commit;
        query.filters.sources.clone_from(&self.source);
        query.filters.tags.clone_from(&self.tag);
        query.sort = match self.sort {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        };
        query.duplicates = match self.duplicates {
            DuplicatesArg::Collapse => Duplicates::Collapse,
            DuplicatesArg::Show => Duplicates::Show,
        };
        query.facet_order = match self.facet_order {
            FacetOrderArg::Lift => FacetOrder::Lift,
            FacetOrderArg::Count => FacetOrder::Count,
        };
        if let Some(list) = &self.facets {
            query.facets = FacetRequest::parse_list(list)?;
        }
        (query.limit, query.offset) = (self.limit, self.offset);
        (query.snippets, query.exact) = (self.snippets, self.exact);
        query.correct = !self.no_correct;
        (query.fresh, query.explain) = (self.fresh, self.explain);
        query.meaning = self.meaning == MeaningArg::On;
        query.facet_prefix = self.facet_search.clone().unwrap_or_default();
        Ok(query)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, Parser)]
    struct Flags {
        #[command(flatten)]
        filters: FilterArgs,
    }

    fn parse(flags: &str) -> FilterArgs {
        let words = std::iter::once("test").chain(flags.split_terminator(' '));
        Flags::try_parse_from(words).expect(flags).filters
    }

    #[test]
    fn requests_leave_out_defaults() {
        let check = |flags: &str, expected: Value| assert_eq!(parse(flags).request("film"), expected, "{flags}");
        check("", json!({"query": "film"}));
        check("--limit 10 --snippets 1 --sort relevance --duplicates collapse", json!({"query": "film"}));
        check(
            "--event Oscars --person Ann --person Bob",
            json!({"query": "film", "person": ["Ann", "Bob"], "event": ["Oscars"]}),
        );
        check("--organisation CNN --source cnn", json!({"query": "film", "organization": ["CNN"], "source": ["cnn"]}));
        check("--since 2021 --until 2022-03", json!({"query": "film", "since": "2021", "until": "2022-03"}));
        check(
            "--exact --fresh --since-commit 4",
            json!({"query": "film", "exact": true, "fresh": true, "since_commit": 4}),
        );
        check("--sort oldest --snippets 3", json!({"query": "film", "sort": "oldest", "snippets": 3}));
        check("--meaning on", json!({"query": "film"}));
        check("--meaning off", json!({"query": "film", "meaning": false}));
        check("--duplicates show", json!({"query": "film", "duplicates": "show"}));
        check("--facet-order count", json!({"query": "film", "facet_order": "count"}));
    }

    #[test]
    fn flags_become_a_query() {
        let query =
            parse("--work Dune --character Paul --since 2021-03 --limit 5 --offset 2 --facet-search du").query("film");
        let query = query.expect("a query");
        let names = [(EntityKind::Character, "Paul".to_owned()), (EntityKind::Work, "Dune".to_owned())];
        assert_eq!(query.filters.names, names, "in the order of the kinds");
        assert_eq!((query.filters.since, query.filters.until), (Some(20_210_301), None));
        assert_eq!((query.limit, query.offset, query.facet_prefix.as_str()), (5, 2, "du"));
        assert!(parse("--since someday").query("film").is_err());
        assert!(parse("--facets two:words").query("film").is_err());
    }

    #[test]
    fn a_request_means_what_the_flags_mean() {
        let check = |flags: &str| {
            let flags = parse(flags);
            let request: crate::search::QueryRequest =
                serde_json::from_value(flags.request("film")).expect("a request");
            let (applied, direct) = (request.apply(&Query::new("")), flags.query("film"));
            let (applied, direct) = (applied.expect("applies"), direct.expect("a query"));
            assert_eq!(applied.filters, direct.filters);
            assert_eq!(applied.meaning, direct.meaning);
            assert_eq!((applied.text, applied.snippets, applied.exact), (direct.text, direct.snippets, direct.exact));
        };
        EntityKind::ALL.into_iter().for_each(|kind| check(&format!("--{kind} Name --{kind} Other")));
        check("--since 2021 --until 2022 --source cnn --since-commit 7 --exact --snippets 0");
        check("--meaning off");
    }
}
