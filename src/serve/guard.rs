//! Who may ask, and what a browser may do with the answer.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use subtle::ConstantTimeEq;

use super::House;
use super::answer::{Reader, tell};
use super::problem::Problem;

/// The fewest characters of a token.
pub(super) const LEAST_TOKEN: usize = 16;

/// Where to ask whether the server is well.
pub(super) const HEALTH: &str = "/healthz";

/// Scripts, styles and requests from this server only, no frames, no plugins;
/// so that markup in an article stays text even if we failed to escape it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // What was searched for is not told to the sites that hits lead to.
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Who may ask.
pub(super) struct Guard {
    token: Option<String>,
}

impl Guard {
    /// Everyone who sends the token; everyone on this machine where there is
    /// none. `None` where the token is too short.
    pub fn new(token: Option<&str>) -> Option<Self> {
        let long = token.is_none_or(|token| token.chars().count() >= LEAST_TOKEN);
        long.then(|| Self { token: token.map(str::to_owned) })
    }

    fn check(&self, path: &str, headers: &HeaderMap) -> Result<(), Problem> {
        match &self.token {
            // Whoever watches over the server need not read the archive.
            Some(_) if path == HEALTH => Ok(()),
            Some(token) if !sends(headers, token) => {
                Err(Problem::new(StatusCode::UNAUTHORIZED, "send the token: Authorization: Bearer TOKEN"))
            }
            // A page elsewhere can make its own name lead here (DNS rebinding);
            // then the browser still says whom it believes to ask.
            None if !is_local(headers) => {
                let detail = "without a token only localhost, 127.0.0.1 and [::1] are names of this server";
                Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail))
            }
            _ => Ok(()),
        }
    }
}

/// Whether the token is sent, compared in constant time.
fn sends(headers: &HeaderMap, token: &str) -> bool {
    let Some(sent) = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) else { return false };
    let (scheme, secret) = sent.split_once(' ').unwrap_or((sent, ""));
    let secret = match scheme.to_ascii_lowercase().as_str() {
        "bearer" => secret.trim().as_bytes().to_vec(),
        "basic" => password(secret.trim()),
        _ => return false,
    };
    secret.ct_eq(token.as_bytes()).into()
}

/// The password of HTTP Basic; the user's name does not matter.
fn password(encoded: &str) -> Vec<u8> {
    let decoded = BASE64.decode(encoded).unwrap_or_default();
    let colon = decoded.iter().position(|byte| *byte == b':');
    colon.map(|colon| decoded[colon + 1..].to_vec()).unwrap_or_default()
}

fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Lets through who may ask, and what we do; gives every answer its headers.
pub(super) async fn guard(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let reader = Reader::of(request.uri().path());
    let allowed = match *request.method() {
        Method::GET | Method::HEAD => house.guard.check(request.uri().path(), request.headers()),
        _ => Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this server only answers GET and HEAD")),
    };
    let mut response = match allowed {
        Ok(()) => next.run(request).await,
        Err(problem) => tell(&problem, reader),
    };
    match response.status() {
        StatusCode::UNAUTHORIZED => {
            let ask =
                HeaderValue::from_static("Basic realm=\"newsearch\", charset=\"UTF-8\", Bearer realm=\"newsearch\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).expect("a header"))])
    }

    #[test]
    fn only_names_of_this_machine_are_local() {
        for host in ["localhost", "LOCALHOST:7700", "127.0.0.1", "127.0.0.2:80", "[::1]:7700"] {
            assert!(is_local(&headers(header::HOST, host)), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:7700", "10.0.0.1", "", "127.0.0.1.nip.io"] {
            assert!(!is_local(&headers(header::HOST, host)), "{host}");
        }
    }

    #[test]
    fn tokens_are_sent_in_two_ways() {
        let guard = Guard::new(Some("a token of enough letters")).expect("long enough");
        let check = |sent: &str| guard.check("/", &headers(header::AUTHORIZATION, sent)).is_ok();
        assert!(check("Bearer a token of enough letters") && check("basic YW55OmEgdG9rZW4gb2YgZW5vdWdoIGxldHRlcnM="));
        assert!(!check("Bearer a token") && !check("Basic !!!") && !check("") && !check("Digest x"));
        assert!(Guard::new(Some("short")).is_none());
    }
}
