//! The finite-state map compiled into the binary.

use std::sync::LazyLock;

use fst::Map;

/// Built by `newsearch-tools gazetteer`; see NOTICE for its sources.
pub(super) static SHIPPED: LazyLock<Option<Map<&'static [u8]>>> =
    LazyLock::new(|| Map::new(&include_bytes!("../../../data/gazetteer.fst")[..]).ok());
