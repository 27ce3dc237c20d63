//! The address of a cluster, and access to it.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crate::cluster::error::EngineError;

/// The name of the archive where the address has none.
const DEFAULT_NAME: &str = "newsearch";
/// How long a failing request is retried.
const PATIENCE: Duration = Duration::from_secs(30);

/// The address of an archive in a cluster: one or more nodes, and its name.
///
/// ```
/// use newsearch::Address;
/// let address: Address = "http://a:9200,http://b:9200/film".parse()?;
/// assert_eq!((address.nodes.len(), address.name.as_str()), (2, "film"));
/// # Ok::<(), newsearch::EngineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The nodes: scheme, host and port.
    pub nodes: Vec<String>,
    /// The name of its indices.
    pub name: String,
}

impl FromStr for Address {
    type Err = EngineError;

    fn from_str(text: &str) -> Result<Self, EngineError> {
        let wrong = |what: &str| {
            EngineError::Setting(format!(
                "{text:?} is no address of a cluster: {what}; write http://HOST:9200, or http://HOST:9200,http://OTHER:9200/NAME"
            ))
        };
        let (mut nodes, mut name) = (Vec::new(), None);
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (scheme, host, path) = split_node(part).map_err(wrong)?;
            if host.contains('@') {
                // The message does not repeat the address: it has a password.
                return Err(EngineError::Setting(
                    "an address of a cluster holds no user or password, for all can see it; give them in NEWSEARCH_ENGINE_USER and NEWSEARCH_ENGINE_PASSWORD"
                        .to_owned(),
                ));
            }
            if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == '?' || c == '#') {
                return Err(wrong("a host is missing"));
            }
            nodes.push(format!("{scheme}://{host}"));
            let path = path.trim_end_matches('/');
            if !path.is_empty() && name.replace(path.to_owned()).is_some_and(|other| other != path) {
                return Err(wrong("its nodes have different names behind them"));
            }
        }
        let name = name.unwrap_or_else(|| DEFAULT_NAME.to_owned());
        if nodes.is_empty() {
            return Err(wrong("it is empty"));
        }
        if !is_index_name(&name) {
            return Err(wrong("names are small letters, digits, `-` and `_`, a letter first, at most 100"));
        }
        Ok(Self { nodes, name })
    }
}

/// Scheme, host with port, and path of a node.
fn split_node(part: &str) -> Result<(&str, &str, &str), &'static str> {
    let (scheme, rest) = part.split_once("://").ok_or("http:// or https:// is missing")?;
    if !matches!(scheme, "http" | "https") {
        return Err("only http:// and https:// are spoken");
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    Ok((scheme, host, path))
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.nodes.join(","))?;
        if self.name == DEFAULT_NAME { Ok(()) } else { write!(f, "/{}", self.name) }
    }
}

/// Whether a cluster accepts a name for an index and for those derived from it.
fn is_index_name(name: &str) -> bool {
    name.len() <= 100
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'_')
}

/// Credentials and patience: from the environment only, so that no process list
/// shows a password.
#[derive(Clone)]
pub struct Access {
    /// User and password, for basic authentication.
    pub user: Option<(String, String)>,
    /// Certificates of the authorities that sign those of the nodes, in PEM.
    pub authorities: Option<PathBuf>,
    /// How long a failing request is retried.
    pub patience: Duration,
}

impl Default for Access {
    fn default() -> Self {
        Self { user: None, authorities: None, patience: PATIENCE }
    }
}

impl Access {
    /// Reads `NEWSEARCH_ENGINE_USER`, `NEWSEARCH_ENGINE_PASSWORD`,
    /// `NEWSEARCH_ENGINE_CA` and `NEWSEARCH_ENGINE_PATIENCE` (seconds).
    ///
    /// # Errors
    /// [`EngineError::Setting`] where one is invalid.
    pub fn from_environment() -> Result<Self, EngineError> {
        let get = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let user = match (get("NEWSEARCH_ENGINE_USER"), get("NEWSEARCH_ENGINE_PASSWORD")) {
            (Some(user), password) => Some((user, password.unwrap_or_default())),
            (None, Some(_)) => {
                return Err(EngineError::Setting(
                    "NEWSEARCH_ENGINE_PASSWORD is set without NEWSEARCH_ENGINE_USER; set both".to_owned(),
                ));
            }
            (None, None) => None,
        };
        let patience = match get("NEWSEARCH_ENGINE_PATIENCE") {
            Some(text) => {
                let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
                Duration::from_secs_f64(seconds.ok_or_else(|| {
                    EngineError::Setting(format!("NEWSEARCH_ENGINE_PATIENCE is {text:?}; expected seconds, 0 to 86400"))
                })?)
            }
            None => PATIENCE,
        };
        Ok(Self { user, authorities: get("NEWSEARCH_ENGINE_CA").map(PathBuf::from), patience })
    }
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let user = self.user.as_ref().map(|(user, _)| user);
        f.debug_struct("Access").field("user", &user).field("authorities", &self.authorities).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parsed_and_printed() {
        let check = |text: &str, nodes: &[&str], name: &str, printed: &str| {
            let address: Address = text.parse().expect("an address");
            assert_eq!(
                (address.nodes.iter().map(String::as_str).collect::<Vec<_>>(), address.name.as_str()),
                (nodes.to_vec(), name)
            );
            assert_eq!(address.to_string(), printed);
        };
        check("http://localhost:9200/", &["http://localhost:9200"], "newsearch", "http://localhost:9200");
        check("http://a, http://b", &["http://a", "http://b"], "newsearch", "http://a,http://b");
        check(
            "https://a:9200,https://b:9200/film-news",
            &["https://a:9200", "https://b:9200"],
            "film-news",
            "https://a:9200,https://b:9200/film-news",
        );
        check("http://a/x,http://b/x", &["http://a", "http://b"], "x", "http://a,http://b/x");
    }

    #[test]
    fn wrong_addresses_are_refused() {
        let check = |text: &str, part: &str| {
            let error = text.parse::<Address>().expect_err("no address").to_string();
            assert!(error.contains(part), "{error}");
        };
        check("", "it is empty");
        check("localhost:9200", "http:// or https:// is missing");
        check("ftp://a", "only http:// and https://");
        check("http://", "a host is missing");
        check("http://a/x,http://b/y", "different names");
        check("http://a/B", "names are small letters");
        check("http://a/b/c", "names are small letters");
        let error = "http://u:secret@a:9200".parse::<Address>().expect_err("no address").to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}
