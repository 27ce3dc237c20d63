//! Which requests are allowed: a token, or a host name of this machine.

use std::net::IpAddr;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use subtle::ConstantTimeEq;

use super::problem::Problem;

/// The fewest characters of a token.
pub(super) const MIN_TOKEN_CHARS: usize = 16;

/// The path of the health check.
pub(super) const HEALTH: &str = "/healthz";

/// Which requests are allowed.
pub(super) struct Auth {
    token: Option<String>,
}

impl Auth {
    /// Allows requests with the token; without a token, those to a local host
    /// name. `None` where the token is too short.
    pub fn new(token: Option<&str>) -> Option<Self> {
        let long = token.is_none_or(|token| token.chars().count() >= MIN_TOKEN_CHARS);
        long.then(|| Self { token: token.map(str::to_owned) })
    }

    /// Refuses a request that is not allowed.
    pub fn check(&self, path: &str, headers: &HeaderMap) -> Result<(), Problem> {
        match &self.token {
            // Monitoring needs no access to the archive.
            Some(_) if path == HEALTH => Ok(()),
            Some(token) if !has_token(headers, token) => {
                Err(Problem::new(StatusCode::UNAUTHORIZED, "send the token: Authorization: Bearer TOKEN"))
            }
            // A web page elsewhere can make its own host name resolve to this server
            // (DNS rebinding); the Host header then still has that name.
            None if !is_local(headers) => {
                let detail = "without a token only localhost, 127.0.0.1 and [::1] are names of this server";
                Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail))
            }
            _ => Ok(()),
        }
    }
}

/// Whether the request has the token; compared in constant time.
fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let Some(sent) = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) else { return false };
    let (scheme, secret) = sent.split_once(' ').unwrap_or((sent, ""));
    let secret = match scheme.to_ascii_lowercase().as_str() {
        "bearer" => secret.trim().as_bytes().to_vec(),
        "basic" => basic_password(secret.trim()),
        _ => return false,
    };
    secret.ct_eq(token.as_bytes()).into()
}

/// The password of HTTP Basic credentials; the user name is ignored.
fn basic_password(encoded: &str) -> Vec<u8> {
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

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

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
        let auth = Auth::new(Some("a token of enough letters")).expect("long enough");
        let check = |sent: &str| auth.check("/", &headers(header::AUTHORIZATION, sent)).is_ok();
        assert!(check("Bearer a token of enough letters") && check("basic YW55OmEgdG9rZW4gb2YgZW5vdWdoIGxldHRlcnM="));
        assert!(!check("Bearer a token") && !check("Basic !!!") && !check("") && !check("Digest x"));
        assert!(Auth::new(Some("short")).is_none());
        assert!(auth.check(HEALTH, &HeaderMap::new()).is_ok(), "the health check is open");
        let refused = auth.check("/", &HeaderMap::new()).expect_err("no token");
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    }

    #[test]
    fn passwords_follow_the_first_colon() {
        let check = |encoded: &str, expected: &[u8]| assert_eq!(basic_password(encoded), expected, "{encoded}");
        check("YTpi", b"b");
        check("OmM6ZA==", b"c:d");
        check("YWI=", b"");
        check("not base64", b"");
    }

    #[test]
    fn without_a_token_other_hosts_are_refused() {
        let auth = Auth::new(None).expect("no token is fine");
        let refused = auth.check(HEALTH, &headers(header::HOST, "evil.example")).expect_err("another host");
        assert_eq!(refused.status(), StatusCode::MISDIRECTED_REQUEST);
        assert!(auth.check("/", &headers(header::HOST, "localhost:7700")).is_ok());
    }
}
