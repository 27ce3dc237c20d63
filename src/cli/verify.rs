//! `newsearch verify`.

use crate::index;
use crate::present::Format;
use anyhow::bail;
use serde_json::json;

use super::backend::Backend;
use super::exit::{ERROR, FOUND};
use super::global::Global;
use super::hints;
use super::output::Output;

pub(super) fn run(global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let backend = Backend::new(global)?;
    let Some(folder) = backend.local_folder() else {
        bail!("verify checks an index on disk; a cluster checks its own: ask its _cluster/health");
    };
    let verified = index::verify(folder)?;
    for problem in &verified.problems {
        output.error(&format!("{}: {}; {}", problem.path.display(), problem.what, hints::remedy(problem.remedy)));
    }
    for note in &verified.notes {
        output.note(note);
    }
    let sound = verified.problems.is_empty();
    match output.format() {
        Format::Human if sound => {
            let (files, bytes) = (verified.files, verified.bytes as f64 / 1e6);
            writeln!(output.data(), "sound: {files} files, {bytes:.1} MB, commit {}", verified.generation)?;
        }
        Format::Human => {}
        Format::Json | Format::Jsonl => {
            let problem = |p: &index::Problem| json!({"path": p.path, "what": format!("{}; {}", p.what, hints::remedy(p.remedy))});
            let problems: Vec<_> = verified.problems.iter().map(problem).collect();
            let (files, bytes, commit) = (verified.files, verified.bytes, verified.generation);
            let answer = json!({"schema": crate::present::SCHEMA, "sound": sound, "files": files,
                "bytes": bytes, "commit": commit, "problems": problems, "notes": verified.notes});
            writeln!(output.data(), "{answer}")?;
        }
        _ => bail!("verify prints human or json"),
    }
    Ok(if sound { FOUND } else { ERROR })
}
