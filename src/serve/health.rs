//! Whether the server can answer: `/healthz`.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response as HttpResponse};

use crate::index::{IndexError, open_tantivy};

use super::app_state::AppState;
use super::archive::{OpenCommit, Source};

/// Answers `ok`, or 503 with what is wrong. Anyone may ask, so that files are
/// named without their folder.
pub(super) async fn healthz(State(state): State<Arc<AppState>>) -> HttpResponse {
    let checking = state.clone();
    let problems = tokio::task::spawn_blocking(move || problems(&checking.archive.source, &checking.archive.current()));
    let problems = problems.await.unwrap_or_else(|_| vec!["the check failed".to_owned()]);
    response(&problems)
}

fn response(problems: &[String]) -> HttpResponse {
    let (status, mut text) = match problems {
        [] => (StatusCode::OK, "ok\n".to_owned()),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ok\n".to_owned()),
    };
    for problem in problems {
        text.push_str(problem);
        text.push('\n');
    }
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
fn brief(error: &IndexError) -> String {
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
    fn problems_make_the_server_unavailable() {
        assert_eq!(response(&[]).status(), StatusCode::OK);
        assert_eq!(response(&["the index is gone".to_owned()]).status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
