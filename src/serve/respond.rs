//! From a request to its response: not modified, cached, or computed.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, Request as HttpRequest, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response as HttpResponse;

use super::app_state::AppState;
use super::cache::GzippedBody;
use super::handler::{Handler, Request, Response, base_url};
use super::page;
use super::problem::Problem;

/// Bodies of fewer bytes are not compressed, and not cached.
const MIN_GZIP_BYTES: usize = 512;

/// Who reads the response, and so the form of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    /// Gets problem details as JSON.
    Program,
    /// Gets a page.
    Browser,
}

impl Client {
    /// Who reads the response for a path that no endpoint serves.
    pub fn of(path: &str) -> Self {
        if path.starts_with("/api/") { Self::Program } else { Self::Browser }
    }
}

/// Answers a request with a handler.
pub(super) async fn respond(
    State(state): State<Arc<AppState>>,
    variables: Option<RawPathParams>,
    request: HttpRequest,
    (handler, client): (Handler, Client),
) -> HttpResponse {
    let commit = state.archive.current();
    let tag = entity_tag(&commit.version);
    if matches_tag(request.headers(), &tag) {
        return with_tag(empty_response(StatusCode::NOT_MODIFIED), &tag);
    }
    let gzip = accepts_gzip(request.headers());
    let base = base_url(request.headers());
    let key = format!("{tag} {base} {}", request.uri().path_and_query().map_or("/", |path| path.as_str()));
    if let Some(cached) = state.cache.get(&key) {
        state.metrics.cached.inc();
        return with_tag(gzipped_response(&cached, gzip), &tag);
    }
    let path = variables.iter().flatten().map(|(_, value)| value.to_owned()).collect();
    let request = Request { commit, uri: request.uri().clone(), path, base, deadline: state.pool.deadline() };
    let is_cached = state.cache.is_on();
    let computed = state.pool.run(move || {
        if let Some(what) = request.commit.shortened() {
            return Err(Problem::damaged(what));
        }
        let response = handler(&request)?;
        let compresses = response.body.len() >= MIN_GZIP_BYTES && (is_cached || gzip);
        let gzipped = compresses.then(|| GzippedBody::new(response.content_type, &response.body));
        Ok((response, gzipped))
    });
    match computed.await {
        Ok((response, gzipped)) => {
            let response = match &gzipped {
                Some(gzipped) if gzip => gzipped_response(gzipped, true),
                _ => plain_response(response),
            };
            if let Some(gzipped) = gzipped {
                state.cache.put(key, gzipped);
            }
            with_tag(response, &tag)
        }
        Err(problem) => error_response(&problem, client),
    }
}

/// A problem as a response in the form that the client reads.
pub(super) fn error_response(problem: &Problem, client: Client) -> HttpResponse {
    let mut response = match client {
        Client::Program => problem.to_response(),
        Client::Browser => {
            let mut response = plain_response(Response::html(page::problem(problem)));
            *response.status_mut() = problem.status();
            response
        }
    };
    if problem.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The entity tag (RFC 9110) of every response from a commit. It is weak, since
/// compressed and plain bodies share it; it holds the build, since pages change
/// with the program, and the day, since “last week” does.
fn entity_tag(version: &str) -> String {
    let today = jiff::Timestamp::now().as_second() / 86_400;
    format!("W/\"{version}-{today}-{}\"", page::build())
}

fn matches_tag(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').map(str::trim).any(|one| one == tag))
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let refused = |one: &str| one.split_once("q=").is_some_and(|(_, q)| q.trim().parse() == Ok(0.0));
    accepted.split(',').any(|one| one.trim().starts_with("gzip") && !refused(one))
}

fn with_tag(mut response: HttpResponse, tag: &str) -> HttpResponse {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

fn empty_response(status: StatusCode) -> HttpResponse {
    let mut response = HttpResponse::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn plain_response(response: Response) -> HttpResponse {
    response_with_body(response.content_type, response.body.into(), false)
}

/// The body as it is, or decompressed where the client does not accept gzip.
fn gzipped_response(body: &GzippedBody, gzip: bool) -> HttpResponse {
    let bytes = if gzip { body.bytes.clone() } else { body.decompress() };
    response_with_body(body.content_type, bytes, gzip)
}

fn response_with_body(content_type: &'static str, bytes: Bytes, gzip: bool) -> HttpResponse {
    let mut response = HttpResponse::new(Body::from(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if gzip {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_is_accepted_where_it_is_not_refused() {
        let check = |value: &'static str, expected: bool| {
            assert_eq!(accepts_gzip(&headers(header::ACCEPT_ENCODING, value)), expected, "{value:?}");
        };
        check("gzip", true);
        check("br, gzip;q=0.5", true);
        check("deflate, br", false);
        check("gzip;q=0", false);
        check("gzip; q=0.0, br", false);
        check("", false);
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[test]
    fn any_known_tag_matches() {
        let check = |value: &'static str, expected: bool| {
            assert_eq!(matches_tag(&headers(header::IF_NONE_MATCH, value), "W/\"7-1\""), expected, "{value:?}");
        };
        check("W/\"7-1\"", true);
        check("W/\"6-1\", W/\"7-1\"", true);
        check("W/\"7-11\"", false);
    }

    #[test]
    fn errors_are_told_as_the_client_reads() {
        let check = |path: &str, content_type: &str| {
            let response = error_response(&Problem::busy(), Client::of(path));
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(response.headers()[header::CONTENT_TYPE], content_type, "{path}");
            assert_eq!(response.headers()[header::RETRY_AFTER], "1");
        };
        check("/api/search", "application/problem+json");
        check("/search", "text/html; charset=utf-8");
        check("/api", "text/html; charset=utf-8");
    }
}
