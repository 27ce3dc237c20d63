//! The packed articles in the responses of a cluster.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;

use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::index::ArticleRecord;

/// The article of a hit, and the run that indexed it.
pub(super) fn unpack(client: &Client, hit: &Value) -> Result<(ArticleRecord, u64), EngineError> {
    let invalid = |what: String| client.invalid(format!("the article {}: {what}", hit["_id"]));
    let packed = hit["_source"]["article"].as_str().ok_or_else(|| invalid("it is not there".to_owned()))?;
    let packed = BASE64_STANDARD.decode(packed).map_err(|error| invalid(error.to_string()))?;
    let article = ArticleRecord::unpack(&packed).map_err(invalid)?;
    Ok((article, hit["_source"]["run"].as_u64().unwrap_or(0)))
}
