//! Which path is served by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawPathParams, Request as HttpRequest, State};
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response as HttpResponse};
use axum::routing::{MethodRouter, get};

use super::app_state::AppState;
use super::auth::HEALTH;
use super::handler::Handler;
use super::health::healthz;
use super::middleware::{authorize, observe};
use super::problem::Problem;
use super::respond::{Client, error_response, respond};
use super::{api, page};

/// All paths of the server.
pub(super) fn routes(state: Arc<AppState>) -> Router {
    let mut router = Router::new()
        .route(HEALTH, get(healthz))
        .route("/metrics", get(metrics))
        .route("/api/openapi.json", get(|| async { json(api::openapi()) }));
    for (path, handler) in api::ENDPOINTS {
        router = router.route(path, endpoint(handler, Client::Program));
    }
    for (path, handler) in page::PAGES {
        router = router.route(path, endpoint(handler, Client::Browser));
    }
    for asset in &page::ASSETS {
        router = router.route(asset.path, get(move || async move { asset_response(asset) }));
    }
    router
        .fallback(not_found)
        .layer(from_fn_with_state(state.clone(), authorize))
        .layer(from_fn_with_state(state.clone(), observe))
        .with_state(state)
}

fn endpoint(handler: Handler, client: Client) -> MethodRouter<Arc<AppState>> {
    get(move |state: State<Arc<AppState>>, variables: Result<RawPathParams, _>, request: HttpRequest| async move {
        match variables {
            Ok(variables) => respond(state, Some(variables), request, (handler, client)).await,
            Err(_) => error_response(&Problem::bad("the path is not UTF-8"), client),
        }
    })
}

async fn not_found(request: HttpRequest) -> HttpResponse {
    let problem = Problem::missing("there is nothing at this address; / is the page, /help tells more");
    error_response(&problem, Client::of(request.uri().path()))
}

async fn metrics(State(state): State<Arc<AppState>>) -> HttpResponse {
    let response = state.metrics.response(state.cache.bytes());
    ([(header::CONTENT_TYPE, response.content_type), (header::CACHE_CONTROL, "no-store")], response.body)
        .into_response()
}

fn json(text: &'static str) -> HttpResponse {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Assets have the checksum of their content in their address, so they never
/// change.
fn asset_response(asset: &'static page::Asset) -> HttpResponse {
    let mut response = asset.body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}
