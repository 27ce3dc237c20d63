//! Decompression by format.

use std::io::{self, BufRead, Read};

use bzip2::bufread::MultiBzDecoder;
use lzma_rust2::XzReader;

use super::format::Compression;
use super::gzip::GzipReader;
use super::limits::MAX_WINDOW;

/// KiB that a decompressor of xz may use: its window and its buffers.
pub(super) const XZ_MEMORY: u32 = (MAX_WINDOW >> 10) as u32 + 1024;

/// The decompressed content of an input; reads concatenated streams to the end.
pub(super) fn decompressed<'a>(
    compression: Compression,
    input: Box<dyn BufRead + 'a>,
) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match compression {
        Compression::Gzip => Box::new(GzipReader::new(input)),
        Compression::Xz => Box::new(XzReader::new_mem_limit(input, true, XZ_MEMORY)),
        Compression::Zstd => Box::new(zstd::Decoder::with_buffer(input)?),
        Compression::Bzip2 => Box::new(MultiBzDecoder::new(input)),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn each_format_is_decompressed_over_all_streams() {
        let text: &[u8] = b"The film opens.";
        let gzip = {
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            writer.write_all(text).expect("memory");
            writer.finish().expect("memory")
        };
        let xz = {
            let mut writer =
                lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::default()).expect("valid options");
            writer.write_all(text).expect("memory");
            writer.finish().expect("memory")
        };
        let bzip2 = {
            let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            writer.write_all(text).expect("memory");
            writer.finish().expect("memory")
        };
        let zstd = zstd::encode_all(text, 1).expect("memory");
        for (compression, bytes) in
            [(Compression::Gzip, gzip), (Compression::Xz, xz), (Compression::Bzip2, bzip2), (Compression::Zstd, zstd)]
        {
            let twice = [&bytes[..], &bytes[..]].concat();
            let mut out = Vec::new();
            let mut reader = decompressed(compression, Box::new(&twice[..])).expect("a decoder");
            reader.read_to_end(&mut out).expect("valid data");
            assert_eq!(out, [text, text].concat(), "{compression:?}");
        }
    }

    #[test]
    fn the_window_of_xz_is_limited() {
        let check = |window: u32, expected: bool| {
            let mut options = lzma_rust2::XzOptions::with_preset(0);
            options.lzma_options.dict_size = window;
            let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).expect("valid options");
            writer.write_all(b"The film opens.").expect("memory");
            let bytes = writer.finish().expect("memory");
            let mut reader = decompressed(Compression::Xz, Box::new(&bytes[..])).expect("a decoder");
            assert_eq!(reader.read_to_end(&mut Vec::new()).is_ok(), expected, "{window}");
        };
        check(64 << 20, true);
        check(192 << 20, false);
    }
}
