//! What an endpoint is: a function from a request to a response.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, Uri, header};
use serde::de::DeserializeOwned;

use crate::search::{Deadline, Searcher};

use super::archive::OpenCommit;
use super::problem::Problem;

/// The longest query string in bytes, percent-encoded.
const MAX_QUERY_BYTES: usize = 16_384;

/// Parameters that may be empty; an empty value means the same as none.
const MAY_BE_EMPTY: [&str; 3] = ["q", "prefix", "facet_search"];

/// A request, and the commit that answers it.
pub(super) struct Request {
    pub commit: Arc<OpenCommit>,
    pub uri: Uri,
    /// The values of the path's variables, decoded.
    pub path: Vec<String>,
    /// The address of this server as the client knows it, such as
    /// `http://127.0.0.1:7700`.
    pub base: String,
    /// When to give up.
    pub deadline: Deadline,
}

/// An endpoint.
pub(super) type Handler = fn(&Request) -> Result<Response, Problem>;

/// A successful response.
pub(super) struct Response {
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

impl Response {
    pub fn json(body: Vec<u8>) -> Self {
        Self { content_type: "application/json", body }
    }

    pub fn html(body: String) -> Self {
        Self { content_type: "text/html; charset=utf-8", body: body.into_bytes() }
    }
}

impl Request {
    pub fn searcher(&self) -> &Searcher {
        &self.commit.searcher
    }

    /// The variable of the path at a 0-based position.
    pub fn variable(&self, at: usize) -> &str {
        self.path.get(at).map_or("", String::as_str)
    }

    /// The query string as parameters of an endpoint. An empty value is refused
    /// where it is probably a mistake.
    pub fn parameters<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        parse_parameters(self.uri.query().unwrap_or_default())
    }

    /// The query string as key-value pairs.
    pub fn pairs(&self) -> Result<Vec<(String, String)>, Problem> {
        parse_pairs(self.uri.query().unwrap_or_default())
    }
}

fn parse_parameters<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let mistake = |(key, value): &&(String, String)| value.is_empty() && !MAY_BE_EMPTY.contains(&key.as_str());
    if let Some((key, _)) = parse_pairs(query)?.iter().find(mistake) {
        return Err(Problem::unreadable(format!("{key} is empty: leave it out, or give a value")));
    }
    serde_html_form::from_str(query).map_err(|error| invalid_parameter::<T>(query, &error.to_string()))
}

fn parse_pairs(query: &str) -> Result<Vec<(String, String)>, Problem> {
    if query.len() > MAX_QUERY_BYTES {
        let detail = format!("the query string has {} bytes: at most {MAX_QUERY_BYTES} are read", query.len());
        return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
    }
    serde_html_form::from_str(query).map_err(|error| Problem::bad(error.to_string()))
}

/// Names the invalid parameter: the first that alone gives the same error.
fn invalid_parameter<T: DeserializeOwned>(query: &str, error: &str) -> Problem {
    let alone = |part: &&str| serde_html_form::from_str::<T>(part).is_err_and(|own| own.to_string() == error);
    match query.split('&').find(alone).and_then(|part| part.split_once('=')) {
        Some((key, value)) => Problem::bad(format!("cannot read {key}={value}: {error}")),
        None => Problem::bad(format!("cannot read the settings: {error}")),
    }
}

/// The base URL of the server as the client wrote it; `https` where a proxy says
/// that the client used TLS.
pub(super) fn base_url(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let secure = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    format!("{}://{host}", if secure { "https" } else { "http" })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Parameters {
        #[serde(default)]
        q: String,
        #[serde(default)]
        source: Vec<String>,
        limit: Option<usize>,
    }

    #[test]
    fn query_strings_become_parameters() {
        let check = |query: &str, q: &str, source: &[&str], limit| {
            let source = source.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(parse_parameters(query).ok(), Some(Parameters { q: q.to_owned(), source, limit }), "{query}");
        };
        check("", "", &[], None);
        check("q=", "", &[], None);
        check("q=red+carpet&limit=5", "red carpet", &[], Some(5));
        check("source=cnn&q=%C3%A4%26b&source=bbc", "ä&b", &["cnn", "bbc"], None);
    }

    #[test]
    fn invalid_parameters_are_named() {
        let check = |query: &str, status: StatusCode, detail: &str| {
            let problem = parse_parameters::<Parameters>(query).expect_err(query);
            assert_eq!(problem.status(), status, "{query}");
            assert!(problem.detail().contains(detail), "{query}: {}", problem.detail());
        };
        check("q=a&limit=", StatusCode::UNPROCESSABLE_ENTITY, "limit is empty");
        check("q=a&limit=many", StatusCode::BAD_REQUEST, "cannot read limit=many");
        check("limit=1&limits=2", StatusCode::BAD_REQUEST, "cannot read limits=2");
        check(&"q".repeat(MAX_QUERY_BYTES + 1), StatusCode::URI_TOO_LONG, "16385 bytes");
    }

    #[test]
    fn base_urls_are_as_the_client_wrote_them() {
        let check = |headers: &[(&'static str, &'static str)], expected: &str| {
            let pairs = headers
                .iter()
                .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
            assert_eq!(base_url(&HeaderMap::from_iter(pairs)), expected);
        };
        check(&[], "http://localhost");
        check(&[("host", "127.0.0.1:7700")], "http://127.0.0.1:7700");
        check(&[("host", "news.example"), ("x-forwarded-proto", "https")], "https://news.example");
        check(&[("host", "news.example"), ("x-forwarded-proto", "gopher")], "http://news.example");
    }
}
