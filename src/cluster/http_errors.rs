//! Errors in the responses of a cluster.

use serde_json::Value;

/// Characters of a response that an error message quotes.
const EXCERPT: usize = 200;

/// Whether an error may pass: the cluster is busy, or a shard lost its node until
/// another one takes over. A response names the cause by its type.
pub(super) fn is_temporary(status: u64, response: &Value) -> bool {
    let temporary = [
        "node_not_connected_exception",
        "node_disconnected_exception",
        "node_closed_exception",
        "no_shard_available_action_exception",
        "receive_timeout_transport_exception",
        "connect_transport_exception",
        "shard_not_found_exception",
        "index_shard_not_started_exception",
        "index_shard_recovering_exception",
        "index_shard_closed_exception",
        "illegal_index_shard_state_exception",
        "search_context_missing_exception",
        "task_cancelled_exception",
    ];
    match status {
        0..400 => return false,
        429 | 502..=504 => return true,
        _ => {}
    }
    let error = &response["error"];
    let failed = error["failed_shards"].as_array().into_iter().flatten().map(|shard| &shard["reason"]);
    let mut kinds = error["root_cause"].as_array().into_iter().flatten().chain(failed).chain([error]);
    // A search whose shards have no copy left names no cause.
    let is_unnamed = error["phase"].is_string() && error["root_cause"] == Value::Array(Vec::new());
    is_unnamed || kinds.any(|cause| cause["type"].as_str().is_some_and(|kind| temporary.contains(&kind)))
}

/// The reason in the text of an error response.
pub(super) fn reason_of(text: &[u8]) -> String {
    serde_json::from_slice(text).map_or_else(|_| excerpt(text), |response| reason(&response))
}

/// The reason that an error response states.
pub(super) fn reason(response: &Value) -> String {
    let error = &response["error"];
    let root = &error["root_cause"][0]["reason"];
    let causes = [&error["caused_by"]["reason"], root, &error["reason"], error];
    let text = causes.into_iter().find_map(Value::as_str);
    text.map_or_else(|| excerpt(response.to_string().as_bytes()), |text| excerpt(text.as_bytes()))
}

/// The beginning of a response's text, on one line.
pub(super) fn excerpt(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(&text[..text.len().min(4 * EXCERPT)]);
    let mut excerpt: String = text.chars().take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > EXCERPT {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_of_a_lost_node_are_temporary_and_others_are_not() {
        let of = |kind: &str| json!({"error": {"type": "x", "root_cause": [{"type": kind}]}});
        for (status, response, temporary) in [
            (429, json!(null), true),
            (503, json!({}), true),
            (404, of("search_context_missing_exception"), true),
            (500, of("node_disconnected_exception"), true),
            (500, json!({"error": {"failed_shards": [{"reason": {"type": "node_closed_exception"}}]}}), true),
            (500, json!({"error": {"phase": "query", "root_cause": []}}), true),
            (500, of("null_pointer_exception"), false),
            (404, of("index_not_found_exception"), false),
            (404, json!({"found": false}), false),
            (409, of("version_conflict_engine_exception"), false),
            (200, of("node_closed_exception"), false),
        ] {
            assert_eq!(is_temporary(status, &response), temporary, "{status} {response}");
        }
    }

    #[test]
    fn the_most_specific_reason_is_given() {
        let check = |response: Value, expected: &str| assert_eq!(reason(&response), expected, "{response}");
        let cause = json!({"reason": "inner"});
        let root = json!([{"reason": "root"}]);
        check(json!({"error": {"caused_by": cause, "root_cause": root, "reason": "outer"}}), "inner");
        check(json!({"error": {"root_cause": root, "reason": "outer"}}), "root");
        check(json!({"error": {"reason": "outer"}}), "outer");
        check(json!({"error": "plain\ntext"}), "plain text");
        check(json!({"status": 400}), "{\"status\":400}");
        assert_eq!(reason_of(b"<html>"), "<html>");
        assert_eq!(excerpt("é".repeat(300).as_bytes()), format!("{}…", "é".repeat(200)));
    }
}
