//! The style sheet, the script and the icon, compiled into the program.

use std::sync::LazyLock;

/// A file that pages use.
pub(in crate::serve) struct Asset {
    pub path: &'static str,
    pub content_type: &'static str,
    pub body: &'static str,
}

/// The files that pages use.
pub(in crate::serve) static ASSETS: [Asset; 3] = [
    Asset {
        path: "/assets/newsearch.css",
        content_type: "text/css; charset=utf-8",
        body: include_str!("../assets/newsearch.css"),
    },
    Asset {
        path: "/assets/newsearch.js",
        content_type: "text/javascript; charset=utf-8",
        body: include_str!("../assets/newsearch.js"),
    },
    Asset {
        path: "/assets/newsearch.svg",
        content_type: "image/svg+xml",
        body: include_str!("../assets/newsearch.svg"),
    },
];

/// Identifies the pages of a build: the program's version and the checksum of its
/// assets.
pub(in crate::serve) fn build() -> &'static str {
    static BUILD: LazyLock<String> = LazyLock::new(|| {
        let mut sum = crc32fast::Hasher::new();
        ASSETS.iter().for_each(|asset| sum.update(asset.body.as_bytes()));
        format!("{}-{:08x}", env!("CARGO_PKG_VERSION"), sum.finalize())
    });
    &BUILD
}

/// The address of an asset, which changes with its content.
pub(super) fn address(asset: &Asset) -> String {
    format!("{}?{}", asset.path, build())
}
