//! The flags that `query` and `batch` share.

use newsearch::article::EntityKind;
use newsearch::search::{Duplicates, FacetRequest, Query, SearchError, Sort};

#[derive(Debug, Clone, clap::Args)]
pub(super) struct FilterArgs {
    /// Only articles that name this person, under any spelling (repeatable)
    #[arg(long, value_name = "NAME")]
    person: Vec<String>,
    /// Only articles that name this character
    #[arg(long, value_name = "NAME")]
    character: Vec<String>,
    /// Only articles that name this film, series, album, game …
    #[arg(long, value_name = "NAME")]
    work: Vec<String>,
    /// Only articles that name this company, band, outlet …
    #[arg(long, value_name = "NAME", visible_alias = "organisation")]
    organization: Vec<String>,
    /// Only articles that name this place
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// Only articles that name this award, festival, tour …
    #[arg(long, value_name = "NAME")]
    event: Vec<String>,
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
    /// The order of hits
    #[arg(long, value_name = "ORDER", default_value = "relevance", env = "NEWSEARCH_SORT")]
    sort: SortArg,
    /// Hits to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, env = "NEWSEARCH_LIMIT")]
    limit: usize,
    /// Hits to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Facets to count, with how many of each: person:20,month:all (or none);
    /// person, character, work, organization, place, event, year, month,
    /// source, section
    #[arg(long, value_name = "KIND[:N],…", env = "NEWSEARCH_FACETS")]
    facets: Option<String>,
    /// Snippets for each hit
    #[arg(long, value_name = "N", default_value_t = 1, env = "NEWSEARCH_SNIPPETS")]
    snippets: usize,
    /// Show an article's copies with it, or each as a hit of its own
    #[arg(long, value_name = "HOW", default_value = "collapse", env = "NEWSEARCH_DUPLICATES")]
    duplicates: DuplicatesArg,
    /// Count only names of facets that begin so, or a word of theirs
    #[arg(long, value_name = "PREFIX")]
    facet_search: Option<String>,
    /// Take words as they stand: no word forms, no names noticed
    #[arg(long)]
    exact: bool,
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
enum DuplicatesArg {
    Collapse,
    Show,
}

impl FilterArgs {
    /// The same as a line of a batch, without what is as usual.
    pub fn request(&self, text: &str) -> serde_json::Value {
        let lists = [
            ("person", &self.person),
            ("character", &self.character),
            ("work", &self.work),
            ("organization", &self.organization),
            ("place", &self.place),
            ("event", &self.event),
            ("source", &self.source),
        ];
        let mut request = serde_json::Map::from_iter([("query".to_owned(), text.into())]);
        for (key, values) in lists.into_iter().filter(|(_, values)| !values.is_empty()) {
            request.insert(key.to_owned(), values.as_slice().into());
        }
        for (key, date) in [("since", &self.since), ("until", &self.until)] {
            request.extend(date.as_ref().map(|date| (key.to_owned(), date.as_str().into())));
        }
        for (key, is_set) in [("exact", self.exact), ("fresh", self.fresh)] {
            request.extend(is_set.then(|| (key.to_owned(), true.into())));
        }
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
        if self.snippets != 1 {
            request.insert("snippets".to_owned(), self.snippets.into());
        }
        serde_json::Value::Object(request)
    }

    /// The query of these flags and a text.
    pub fn query(&self, text: &str) -> Result<Query, SearchError> {
        let mut query = Query::new(text);
        let named = [
            (EntityKind::Person, &self.person),
            (EntityKind::Character, &self.character),
            (EntityKind::Work, &self.work),
            (EntityKind::Organization, &self.organization),
            (EntityKind::Place, &self.place),
            (EntityKind::Event, &self.event),
        ];
        for (kind, names) in named {
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
        query.sort = match self.sort {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        };
        query.duplicates = match self.duplicates {
            DuplicatesArg::Collapse => Duplicates::Collapse,
            DuplicatesArg::Show => Duplicates::Show,
        };
        if let Some(list) = &self.facets {
            query.facets = FacetRequest::parse_list(list)?;
        }
        (query.limit, query.offset) = (self.limit, self.offset);
        (query.snippets, query.exact) = (self.snippets, self.exact);
        (query.fresh, query.explain) = (self.fresh, self.explain);
        query.facet_prefix = self.facet_search.clone().unwrap_or_default();
        Ok(query)
    }
}
