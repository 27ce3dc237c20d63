//! What happens to every request before and after its endpoint.

use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody;
use axum::extract::{MatchedPath, Request as HttpRequest, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response as HttpResponse;

use super::app_state::AppState;
use super::problem::Problem;
use super::respond::{Client, error_response};

/// Scripts, styles and requests from this server only; no frames, no plugins.
/// Markup from an article would not run even where it was not escaped.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Security headers of every response.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Sites that hits link to do not learn what was searched for.
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Refuses requests that are not allowed, and methods other than `GET` and
/// `HEAD`; adds the security headers to every response.
pub(super) async fn authorize(State(state): State<Arc<AppState>>, request: HttpRequest, next: Next) -> HttpResponse {
    let client = Client::of(request.uri().path());
    let allowed = match *request.method() {
        Method::GET | Method::HEAD => state.auth.check(request.uri().path(), request.headers()),
        _ => Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this server only answers GET and HEAD")),
    };
    let mut response = match allowed {
        Ok(()) => next.run(request).await,
        Err(problem) => error_response(&problem, client),
    };
    match response.status() {
        StatusCode::UNAUTHORIZED => {
            let schemes =
                HeaderValue::from_static("Basic realm=\"newsearch\", charset=\"UTF-8\", Bearer realm=\"newsearch\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, schemes);
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        _ => {}
    }
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Counts a request and logs it. What was searched for is logged only at the
/// debug level.
pub(super) async fn observe(State(state): State<Arc<AppState>>, request: HttpRequest, next: Next) -> HttpResponse {
    let began = Instant::now();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("other", MatchedPath::as_str).to_owned();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let response = next.run(request).await;
    let (took, status) = (began.elapsed(), response.status().as_u16());
    let bytes = response.body().size_hint().exact();
    let ms = (took.as_secs_f64() * 1e4).round() / 10.0;
    tracing::info!(%method, route, status, ms, bytes, "request");
    tracing::debug!(%uri, status, "address");
    state.metrics.observe(route, status, took);
    response
}
