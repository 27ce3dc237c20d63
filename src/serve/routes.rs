//! Which address is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};

use super::House;
use super::answer::{Reader, answer, tell};
use super::ask::Work;
use super::guard::{HEALTH, guard};
use super::metrics::observe;
use super::problem::Problem;
use super::{api, page};

/// All addresses of the server.
pub(super) fn routes(house: Arc<House>) -> Router {
    let mut router = Router::new()
        .route(HEALTH, get(healthz))
        .route("/metrics", get(metrics))
        .route("/api/openapi.json", get(|| async { json(api::openapi()) }));
    for (path, work) in api::ENDPOINTS {
        router = router.route(path, endpoint(work, Reader::Program));
    }
    for (path, work) in page::PAGES {
        router = router.route(path, endpoint(work, Reader::Person));
    }
    for asset in &page::ASSETS {
        router = router.route(asset.path, get(move || async move { asset_response(asset) }));
    }
    router
        .fallback(nothing)
        .layer(from_fn_with_state(house.clone(), guard))
        .layer(from_fn_with_state(house.clone(), observe))
        .with_state(house)
}

fn endpoint(work: Work, reader: Reader) -> MethodRouter<Arc<House>> {
    get(move |house: State<Arc<House>>, variables: Result<RawPathParams, _>, request: Request| async move {
        match variables {
            Ok(variables) => answer(house, Some(variables), request, (work, reader)).await,
            Err(_) => tell(&Problem::bad("the path is not UTF-8"), reader),
        }
    })
}

async fn nothing(request: Request) -> Response {
    let problem = Problem::missing("there is nothing at this address; / is the page, /help tells more");
    tell(&problem, Reader::of(request.uri().path()))
}

async fn healthz() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

async fn metrics(State(house): State<Arc<House>>) -> Response {
    let reply = house.metrics.reply(house.cache.bytes());
    ([(header::CONTENT_TYPE, reply.content_type), (header::CACHE_CONTROL, "no-store")], reply.body).into_response()
}

fn json(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Assets have their content's checksum in their address and never change.
fn asset_response(asset: &'static page::Asset) -> Response {
    let mut response = asset.body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}
