//! Whether the server can answer: `/healthz`.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response as HttpResponse};

use crate::index::{IndexError, open_tantivy};

use super::app_state::AppState;
use super::archive::{OpenCommit, Source};
use super::verification::Soundness;

/// Answers `ok`, or 503 with what is wrong, and what the verification in the
/// background has found. Anyone may ask, so that files are named without their
/// folder.
pub(super) async fn healthz(State(state): State<Arc<AppState>>) -> HttpResponse {
    let checking = state.clone();
    let problems = tokio::task::spawn_blocking(move || problems(&checking.archive.source, &checking.archive.current()));
    let problems = problems.await.unwrap_or_else(|_| vec!["the check failed".to_owned()]);
    response(problems, state.verification.found())
}

fn response(problems: Vec<String>, soundness: Soundness) -> HttpResponse {
    let is_well = problems.is_empty() && !matches!(soundness, Soundness::Damaged(_));
    let (status, first) = if is_well { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ok") };
    let (found, details) = match soundness {
        Soundness::Unknown => (None, Vec::new()),
        Soundness::Running => (Some("verify: running"), Vec::new()),
        Soundness::Sound(details) => (Some("verify: sound"), details),
        Soundness::Damaged(details) => (Some("verify: damaged"), details),
    };
    let mut text = String::new();
    let lines = [first.to_owned()].into_iter().chain(problems).chain(found.map(str::to_owned)).chain(details);
    lines.for_each(|line| text.extend([&line, "\n"]));
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

/// What keeps the server from answering from the last commit of its index.
fn problems(source: &Source, commit: &OpenCommit) -> Vec<String> {
    let mut problems = Vec::new();
    if let Source::Folder(folder) = source
        && let Err(error) = open_tantivy(folder)
    {
        problems.push(brief(&error));
    }
    problems.extend(commit.shortened());
    problems
}

/// An error without the path of the index.
pub(super) fn brief(error: &IndexError) -> String {
    match error {
        IndexError::Missing(_) | IndexError::Foreign(_) => "the index is gone".to_owned(),
        IndexError::Damaged { path, what } => format!("{} is damaged ({what})", file_name(path)),
        IndexError::Io { path, error } => format!("cannot access {}: {error}", file_name(path)),
        IndexError::Version { found, expected, .. } => {
            format!("the index has format {found}, this newsearch reads {expected}")
        }
        _ => "the index cannot be opened".to_owned(),
    }
}

/// The name of a file without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_told_without_the_folder() {
        let check = |error: IndexError, expected: &str| assert_eq!(brief(&error), expected);
        check(IndexError::Missing("/srv/index".into()), "the index is gone");
        let what = "its checksum is wrong".to_owned();
        let damaged = IndexError::Damaged { path: "/srv/index/meta.json".into(), what };
        check(damaged, "meta.json is damaged (its checksum is wrong)");
        let error = std::io::Error::other("denied");
        check(IndexError::Io { path: "/srv/index".into(), error }, "cannot access index: denied");
        let version = IndexError::Version { path: "/srv/index".into(), found: 9, expected: 8 };
        check(version, "the index has format 9, this newsearch reads 8");
        check(IndexError::WriterStopped, "the index cannot be opened");
    }

    #[test]
    fn damage_makes_the_server_unavailable() {
        let check = |problems: &[&str], soundness: Soundness, expected: StatusCode, text: &str| {
            let problems = problems.iter().map(|problem| (*problem).to_owned()).collect();
            let response = response(problems, soundness);
            assert_eq!(response.status(), expected, "{text}");
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            let body = runtime.block_on(axum::body::to_bytes(response.into_body(), 1000)).expect("a body");
            assert_eq!(body, text.as_bytes());
        };
        let (ok, not_ok) = (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE);
        check(&[], Soundness::Unknown, ok, "ok\n");
        check(&[], Soundness::Running, ok, "ok\nverify: running\n");
        let line = || vec!["aliases.toml: line 3".to_owned()];
        check(&[], Soundness::Sound(line()), ok, "ok\nverify: sound\naliases.toml: line 3\n");
        check(&[], Soundness::Damaged(line()), not_ok, "not ok\nverify: damaged\naliases.toml: line 3\n");
        check(&["gone"], Soundness::Running, not_ok, "not ok\ngone\nverify: running\n");
    }
}
