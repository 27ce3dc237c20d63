//! From a request to its response: unchanged, kept, or worked out.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::House;
use super::ask::{Ask, Reply, Work, base_of};
use super::cache::Packed;
use super::page;
use super::problem::Problem;

/// Bodies below this are not packed.
const SMALL: usize = 512;

/// What reads the answer, and so how errors are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// A program: problem details.
    Program,
    /// A person: a page.
    Person,
}

impl Reader {
    /// Who reads what stands at a path that leads to no endpoint.
    pub fn of(path: &str) -> Self {
        if path.starts_with("/api/") { Self::Program } else { Self::Person }
    }
}

/// Answers a request by an endpoint.
pub(super) async fn answer(
    State(house): State<Arc<House>>,
    variables: Option<RawPathParams>,
    request: Request,
    (work, reader): (Work, Reader),
) -> Response {
    let opened = house.archive.current();
    let tag = tag(&opened.version);
    if is_known(request.headers(), &tag) {
        return with_tag(status_only(StatusCode::NOT_MODIFIED), &tag);
    }
    let packs = accepts_gzip(request.headers());
    let base = base_of(request.headers());
    let key = format!("{tag} {base} {}", request.uri().path_and_query().map_or("/", |path| path.as_str()));
    if let Some(kept) = house.cache.get(&key) {
        house.metrics.cached.inc();
        return with_tag(from_packed(&kept, packs), &tag);
    }
    let path = variables.iter().flatten().map(|(_, value)| value.to_owned()).collect();
    let ask = Ask { opened, uri: request.uri().clone(), path, base, deadline: house.pool.deadline() };
    let keeps = house.cache.is_on();
    let worked = house.pool.run(move || {
        let reply = work(&ask)?;
        let packed =
            (reply.body.len() >= SMALL && (keeps || packs)).then(|| Packed::new(reply.content_type, &reply.body));
        Ok((reply, packed))
    });
    match worked.await {
        Ok((reply, packed)) => {
            let response = match &packed {
                Some(packed) if packs => from_packed(packed, true),
                _ => plain(reply),
            };
            if let Some(packed) = packed {
                house.cache.put(key, packed);
            }
            with_tag(response, &tag)
        }
        Err(problem) => tell(&problem, reader),
    }
}

/// Tells what went wrong.
pub(super) fn tell(problem: &Problem, reader: Reader) -> Response {
    let mut response = match reader {
        Reader::Program => problem.to_response(),
        Reader::Person => {
            let mut response = plain(Reply::html(page::problem(problem)));
            *response.status_mut() = problem.status();
            response
        }
    };
    if problem.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The entity tag (RFC 9110) of every answer from a commit: weak, for packed
/// and plain bodies share it. Pages change with the program, and what “last
/// week” means with the day.
fn tag(version: &str) -> String {
    let today = jiff::Timestamp::now().as_second() / 86_400;
    format!("W/\"{version}-{today}-{}\"", page::build())
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').map(str::trim).any(|one| one == tag))
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let refused = |one: &str| one.split_once("q=").is_some_and(|(_, q)| q.trim().parse() == Ok(0.0));
    accepted.split(',').any(|one| one.trim().starts_with("gzip") && !refused(one))
}

fn with_tag(mut response: Response, tag: &str) -> Response {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

fn status_only(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn plain(reply: Reply) -> Response {
    body(reply.content_type, reply.body.into(), false)
}

fn from_packed(packed: &Packed, packs: bool) -> Response {
    let bytes = if packs { packed.bytes.clone() } else { packed.unpacked() };
    body(packed.content_type, bytes, packs)
}

fn body(content_type: &'static str, bytes: Bytes, packed: bool) -> Response {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if packed {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
