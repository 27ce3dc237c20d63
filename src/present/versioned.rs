//! JSON objects with the version of the output.

use std::io::{self, Write};

use serde::Serialize;

/// The version of the JSON output; a breaking change raises it.
pub const SCHEMA: u32 = 1;

/// An object with the version of the output.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Versioned<T> {
    /// The version of the output.
    schema: u32,
    #[serde(flatten)]
    found: T,
}

impl<T> Versioned<T> {
    /// The object, under the current version.
    pub fn new(found: T) -> Self {
        Self { schema: SCHEMA, found }
    }
}

/// One object, with the version of the output.
pub(super) fn versioned<T: Serialize>(out: &mut dyn Write, found: &T, pretty: bool) -> io::Result<()> {
    let object = Versioned::new(found);
    if pretty {
        serde_json::to_writer_pretty(&mut *out, &object)?;
    } else {
        serde_json::to_writer(&mut *out, &object)?;
    }
    out.write_all(b"\n")
}

/// JSON lines: one object per line, each with the version of the output.
pub(super) fn lines<'a, T: Serialize + 'a>(
    out: &mut dyn Write,
    rows: impl IntoIterator<Item = &'a T>,
) -> io::Result<()> {
    rows.into_iter().try_for_each(|row| versioned(out, row, false))
}

/// One object with a list of rows under `key`, or [`lines`].
pub(super) fn lines_or_object<T: Serialize>(out: &mut dyn Write, key: &str, rows: &[T], whole: bool) -> io::Result<()> {
    if !whole {
        return lines(out, rows);
    }
    let object = serde_json::json!({ "schema": SCHEMA, key: rows });
    serde_json::to_writer_pretty(&mut *out, &object)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::present::testing::printed;

    use super::*;

    #[derive(Serialize)]
    struct Row {
        name: &'static str,
    }

    #[test]
    fn lines_and_objects_have_the_schema() {
        let rows = [Row { name: "a" }, Row { name: "b" }];
        let text = printed(|out| lines_or_object(out, "rows", &rows, false));
        assert_eq!(text, "{\"schema\":1,\"name\":\"a\"}\n{\"schema\":1,\"name\":\"b\"}\n");
        let whole: Value =
            serde_json::from_str(&printed(|out| lines_or_object(out, "rows", &rows, true))).expect("JSON");
        assert_eq!(whole, json!({"schema": 1, "rows": [{"name": "a"}, {"name": "b"}]}));
        assert_eq!(printed(|out| versioned(out, &rows[0], false)), "{\"schema\":1,\"name\":\"a\"}\n");
    }
}
