//! Errors of requests, as problem details (RFC 9457).

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response as HttpResponse;
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

    /// Parameters that do not have the form that the API describes.
    pub fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// Well-formed parameters with an invalid query, date or facet.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// No such resource.
    pub fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// Too many requests at once.
    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too many requests are waiting; try again in a second")
    }

    /// The time limit was exceeded.
    pub fn late() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, SearchError::Late.to_string())
    }

    /// Files of the index that cannot be read.
    pub fn damaged(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// A fault of the server.
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

    /// The problem as a JSON response.
    pub fn to_response(&self) -> HttpResponse {
        // Plain data always serializes.
        let body = serde_json::to_vec(self).unwrap_or_default();
        let mut response = HttpResponse::new(Body::from(body));
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
            error @ (SearchError::TooLarge { .. } | SearchError::TooManyClauses(_)) => Self::bad(error.to_string()),
            SearchError::Empty => Self::unreadable("the query is empty; give words, or a filter such as a person"),
            SearchError::Late => Self::late(),
            SearchError::Filter(what) => Self::unreadable(what.replace("--", "")),
            SearchError::Index(IndexError::Engine(error)) => {
                tracing::error!(%error, "the cluster does not answer");
                let detail = "the cluster that holds the articles does not answer; try again later";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
            }
            // Clients do not learn the path of the index.
            error => {
                tracing::error!(%error, "the index cannot be read");
                Self::internal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_errors_become_problems() {
        let check = |error: SearchError, status: StatusCode, expected: &str| {
            let problem = Problem::from(error);
            assert_eq!(problem.status(), status, "{expected}");
            assert!(problem.detail().contains(expected), "{}", problem.detail());
        };
        let syntax =
            || SearchError::Syntax { around: "a (".to_owned(), column: 3, at: 2, expected: "expected )".to_owned() };
        check(syntax(), StatusCode::UNPROCESSABLE_ENTITY, "at byte 2: expected )");
        check(SearchError::Empty, StatusCode::UNPROCESSABLE_ENTITY, "give words, or a filter");
        let large = SearchError::TooLarge { what: "bytes of text", found: 300_000, most: 262_144 };
        check(large, StatusCode::BAD_REQUEST, "300000 bytes of text, at most 262144");
        check(SearchError::Late, StatusCode::SERVICE_UNAVAILABLE, "time");
        check(
            SearchError::Filter("--since x: no date".to_owned()),
            StatusCode::UNPROCESSABLE_ENTITY,
            "since x: no date",
        );
        let io = SearchError::read(std::io::Error::other("/home/secret/index"));
        check(io, StatusCode::INTERNAL_SERVER_ERROR, "an internal error");
        assert_eq!(Problem::from(syntax()).at, Some(2));
    }

    #[test]
    fn problems_are_json_objects() {
        let body = serde_json::to_value(Problem::missing("no article")).expect("JSON");
        let expected = serde_json::json!({
            "type": "about:blank", "title": "Not Found", "status": 404, "detail": "no article",
        });
        assert_eq!(body, expected);
    }
}
