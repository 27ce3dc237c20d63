//! What went wrong, as RFC 9457 writes it.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::index::IndexError;
use crate::search::SearchError;

/// Problem details for HTTP APIs (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Problem {
    /// `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong, and what to write instead.
    detail: String,
    /// Where the query goes wrong: a byte of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<usize>,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        Self { kind: "about:blank", title, status: status.as_u16(), detail: detail.into(), at: None }
    }

    /// Settings that are not of the form that the API describes.
    pub fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// Well formed, but a query, date or facet that cannot be read.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// There is no such thing.
    pub fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// Too much is asked at once.
    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too many requests are waiting; try again in a second")
    }

    /// It took too long.
    pub fn late() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, SearchError::Late.to_string())
    }

    /// A fault of ours.
    pub fn internal() -> Self {
        let detail = "an internal error; if `newsearch verify` finds the index sound, please report this";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The problem as an answer to a program.
    pub fn to_response(&self) -> Response {
        // Plain data always serializes.
        let body = serde_json::to_vec(self).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Syntax { at, ref expected, .. } => {
                Self { at: Some(at), ..Self::unreadable(format!("cannot read the query at byte {at}: {expected}")) }
            }
            SearchError::Empty => Self::unreadable("the query is empty; give words, or a filter such as a person"),
            SearchError::Late => Self::late(),
            SearchError::Filter(what) => Self::unreadable(what.replace("--", "")),
            SearchError::Index(IndexError::Engine(error)) => {
                tracing::error!(%error, "the cluster does not answer");
                let detail = "the cluster that holds the articles does not answer; try again later";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
            }
            // What the index is called and where it lies is nobody's business.
            error => {
                tracing::error!(%error, "the index cannot be read");
                Self::internal()
            }
        }
    }
}
