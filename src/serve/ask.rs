//! What an endpoint is asked, and what it replies.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, Uri, header};
use serde::de::DeserializeOwned;

use crate::search::{Deadline, Searcher};

use super::archive::Opened;
use super::problem::Problem;

/// The longest query string, in bytes, percent signs and all.
const LONGEST: usize = 16_384;

/// Settings of which nothing is as good as none.
const MAY_BE_EMPTY: [&str; 3] = ["q", "prefix", "facet_search"];

/// A request, and the commit that answers it.
pub(super) struct Ask {
    pub opened: Arc<Opened>,
    pub uri: Uri,
    /// What stands in place of the path's variables, decoded.
    pub path: Vec<String>,
    /// The address of this server as the client knows it, such as
    /// `http://127.0.0.1:7700`.
    pub base: String,
    /// When to give up.
    pub deadline: Deadline,
}

/// An endpoint.
pub(super) type Work = fn(&Ask) -> Result<Reply, Problem>;

/// A successful answer.
pub(super) struct Reply {
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(body: Vec<u8>) -> Self {
        Self { content_type: "application/json", body }
    }

    pub fn html(body: String) -> Self {
        Self { content_type: "text/html; charset=utf-8", body: body.into_bytes() }
    }
}

impl Ask {
    pub fn searcher(&self) -> &Searcher {
        &self.opened.searcher
    }

    /// A variable of the path.
    pub fn variable(&self, at: usize) -> &str {
        self.path.get(at).map_or("", String::as_str)
    }

    /// The settings behind the `?`; an empty one is refused where it could be
    /// a slip.
    pub fn settings<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let slip = |(key, value): &&(String, String)| value.is_empty() && !MAY_BE_EMPTY.contains(&key.as_str());
        if let Some((key, _)) = self.pairs()?.iter().find(slip) {
            return Err(Problem::unreadable(format!("{key} is empty: leave it out, or give a value")));
        }
        let query = self.uri.query().unwrap_or_default();
        serde_html_form::from_str(query).map_err(|error| unreadable::<T>(query, &error.to_string()))
    }

    /// The settings as they stand, as pages take them.
    pub fn pairs(&self) -> Result<Vec<(String, String)>, Problem> {
        let query = self.uri.query().unwrap_or_default();
        if query.len() > LONGEST {
            let detail = format!("the query string has {} bytes: at most {LONGEST} are read", query.len());
            return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
        }
        serde_html_form::from_str(query).map_err(|error| Problem::bad(error.to_string()))
    }
}

/// Says which setting cannot be read: the first that fails alone as all do.
fn unreadable<T: DeserializeOwned>(query: &str, error: &str) -> Problem {
    let alone = |part: &&str| serde_html_form::from_str::<T>(part).is_err_and(|own| own.to_string() == error);
    match query.split('&').find(alone).and_then(|part| part.split_once('=')) {
        Some((key, value)) => Problem::bad(format!("cannot read {key}={value}: {error}")),
        None => Problem::bad(format!("cannot read the settings: {error}")),
    }
}

/// The address of the server, as the client wrote it; a proxy in front may say
/// that it was asked by TLS.
pub(super) fn base_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let secure = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    format!("{}://{host}", if secure { "https" } else { "http" })
}
