//! The stored fields, read without tantivy's general document.

use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};

/// What is stored of an article, packed.
pub(super) struct StoredFields {
    pub article: Vec<u8>,
}

/// A value of bytes.
struct Bytes(Vec<u8>);

impl ValueDeserialize for Bytes {
    fn deserialize<'de, D: ValueDeserializer<'de>>(deserializer: D) -> Result<Self, DeserializeError> {
        deserializer.deserialize_bytes().map(Self)
    }
}

impl DocumentDeserialize for StoredFields {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<Self, DeserializeError> {
        let stored: Option<(Field, Bytes)> = deserializer.next_field()?;
        Ok(Self { article: stored.map(|(_, Bytes(bytes))| bytes).unwrap_or_default() })
    }
}
