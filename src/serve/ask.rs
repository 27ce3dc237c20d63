//! What an endpoint is asked, and what it replies.

use std::sync::Arc;

use axum::http::{HeaderMap, Uri, header};
use serde::de::DeserializeOwned;

use crate::search::Searcher;

use super::archive::Opened;
use super::problem::Problem;

/// The longest query string, in bytes, percent signs and all.
const LONGEST: usize = 8192;

/// A request, and the commit that answers it.
pub(super) struct Ask {
    pub opened: Arc<Opened>,
    pub uri: Uri,
    /// What stands in place of the path's variables, decoded.
    pub path: Vec<String>,
    /// The address of this server as the client knows it, such as
    /// `http://127.0.0.1:7700`.
    pub base: String,
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

    /// The settings behind the `?`.
    pub fn settings<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let query = self.uri.query().unwrap_or_default();
        if query.len() > LONGEST {
            return Err(Problem::bad(format!(
                "the query string has {} bytes: at most {LONGEST} are read",
                query.len()
            )));
        }
        serde_html_form::from_str(query).map_err(|error| Problem::bad(format!("cannot read the settings: {error}")))
    }
}

/// The address of the server, as the client wrote it.
pub(super) fn base_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}
