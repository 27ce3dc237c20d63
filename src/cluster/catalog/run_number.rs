//! Numbers the indexing runs into a cluster.

use serde_json::json;
use ureq::http::Method;

use crate::cluster::catalog::retry::{TRIES, pause};
use crate::cluster::catalog::store::Catalog;
use crate::cluster::error::EngineError;
use crate::cluster::request_body::Body;

/// The id of the document that counts runs.
const RUNS: &str = "runs";

impl Catalog<'_> {
    /// The number of a new run: no other machine gets the same one.
    pub fn next_run(&self) -> Result<u64, EngineError> {
        let path = format!("/{}/_doc/{RUNS}", self.indices.catalog);
        for attempt in 0..TRIES {
            let (last, guard) = match self.client.call(Method::GET, &path, Body::None) {
                Ok(response) => {
                    let last = response["_source"]["last"].as_u64().unwrap_or(0);
                    (last, format!("if_seq_no={}&if_primary_term={}", response["_seq_no"], response["_primary_term"]))
                }
                Err(error) if error.is_missing() => (0, "op_type=create".to_owned()),
                Err(error) => return Err(error),
            };
            let body = json!({"last": last + 1});
            match self.client.call(Method::PUT, &format!("{path}?{guard}"), Body::Json(&body)) {
                Ok(_) => return Ok(last + 1),
                Err(error) if error.is_conflict() => pause(attempt),
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::Contended(self.client.node().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value;

    use crate::cluster::fake_server::FakeServer;
    use crate::cluster::indices::Indices;

    use super::*;

    #[test]
    fn runs_are_counted_also_against_other_machines() {
        let check = |responses: Vec<(u16, Value)>, expected: u64, last_request: &str| {
            let server = FakeServer::start(responses);
            let (client, indices) = (server.client(), Indices::of(&server.address()));
            let catalog = Catalog { client: &client, indices: &indices, folder: Path::new("unused") };
            assert_eq!(catalog.next_run().expect("a number"), expected);
            assert_eq!(server.requests().last().map(String::as_str), Some(last_request));
        };
        let counted = |last: u64| json!({"_seq_no": last, "_primary_term": 1, "_source": {"last": last}});
        let conflict = json!({"error": {"type": "version_conflict_engine_exception"}});
        let path = "PUT /newsearch-catalog/_doc/runs";
        check(vec![(404, json!({})), (201, json!({}))], 1, &format!("{path}?op_type=create"));
        check(vec![(200, counted(6)), (200, json!({}))], 7, &format!("{path}?if_seq_no=6&if_primary_term=1"));
        check(
            vec![(200, counted(6)), (409, conflict), (200, counted(7)), (200, json!({}))],
            8,
            &format!("{path}?if_seq_no=7&if_primary_term=1"),
        );
    }
}
