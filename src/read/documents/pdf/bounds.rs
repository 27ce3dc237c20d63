//! Bounds on what the streams of a PDF expand to. The library decodes a stream whole
//! into memory, so that this is found out before it sees the file. Images are not
//! needed: they are left as they are, by taking the word `Filter` from their entries.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::nesting::Nesting;
use crate::read::error::ReadErrorKind;

/// Bytes in front of a stream in which its entries are looked for.
const ENTRIES: usize = 64 << 10;
/// Bytes of the object streams of an encrypted file, which cannot be looked into.
const ENCRYPTED: usize = 1 << 20;

/// What is known of a file before it is parsed.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Streams {
    /// Images, which are not decoded.
    pub(super) images: usize,
    pub(super) is_encrypted: bool,
}

/// Checks all streams of a file, and makes the images in it opaque.
///
/// # Errors
/// [`ReadErrorKind::Oversized`] if a stream expands to more than `limit` bytes, or all
/// to more than 16 times that.
pub(super) fn check(bytes: &mut [u8], limit: u64) -> Result<Streams, ReadErrorKind> {
    let is_encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let mut streams = Streams { images: 0, is_encrypted };
    let starts: Vec<usize> = memmem::find_iter(bytes, b"stream").collect();
    let (mut total, mut packed, mut scanned) = (0_u64, 0, 0);
    let mut nesting = Nesting::default();
    for at in starts {
        let Some(data) = data_start(bytes, at) else { continue };
        let entries = entries(bytes, at);
        let kind = Packed::of(&bytes[entries.clone()]);
        let end = memmem::find(&bytes[data..], b"endstream").map_or(bytes.len(), |end| data + end);
        if data >= scanned {
            nesting.restart();
            nesting.feed(&bytes[scanned..data]);
            scanned = end;
        }
        match kind {
            Packed::Image => {
                streams.images += 1;
                hide_filters(&mut bytes[entries]);
                continue;
            }
            Packed::Several => return Err(several()),
            _ => {}
        }
        if is_encrypted && memmem::find(&bytes[entries], b"/ObjStm").is_some() {
            packed += end - data;
        }
        nesting.restart();
        let size = kind.size(&bytes[data..end], limit, &mut nesting);
        if nesting.is_too_deep() {
            return Err(too_deep());
        }
        total = total.saturating_add(size);
        if size > limit || total > limit.saturating_mul(16) || packed > ENCRYPTED {
            return Err(ReadErrorKind::Oversized { bytes: size.max(limit + 1), limit });
        }
    }
    nesting.restart();
    nesting.feed(&bytes[scanned..]);
    if nesting.is_too_deep() { Err(too_deep()) } else { Ok(streams) }
}

fn too_deep() -> ReadErrorKind {
    let what = "its parts are nested too deep; print it to a new PDF".to_owned();
    ReadErrorKind::Malformed { format: "PDF", what }
}

fn several() -> ReadErrorKind {
    let what = "a stream is packed in a way whose size cannot be known; print it to a new PDF".to_owned();
    ReadErrorKind::Malformed { format: "PDF", what }
}

/// Where the data of a stream starts, if this is the word that opens one.
fn data_start(bytes: &[u8], at: usize) -> Option<usize> {
    let after = at + b"stream".len();
    let is_end = at >= 3 && &bytes[at - 3..at] == b"end";
    match bytes.get(after)? {
        _ if is_end => None,
        b'\n' => Some(after + 1),
        b'\r' if bytes.get(after + 1) == Some(&b'\n') => Some(after + 2),
        b'\r' => Some(after + 1),
        b' ' => Some(after + 1),
        _ => None,
    }
}

/// The entries in front of a stream.
fn entries(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let least = at.saturating_sub(ENTRIES);
    let start = memmem::rfind(&bytes[least..at], b"obj").map_or(least, |start| least + start);
    start..at
}

/// How a stream is packed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Packed {
    Plain,
    Flate,
    Hex,
    HexFlate,
    Base85,
    Base85Flate,
    Image,
    /// In a way that is not looked into.
    Several,
}

impl Packed {
    fn of(entries: &[u8]) -> Self {
        let count = |word: &[u8]| memmem::find_iter(entries, word).count();
        if count(b"/Image") > 0 && count(b"/Width") > 0 {
            return Self::Image;
        }
        let filters = count(b"/Filter");
        if filters == 0 {
            // Or its name is written with escapes.
            return if count(b"lter#") + count(b"/F#") + count(b"ter") > 0 && count(b"#") > 0 {
                Self::Several
            } else {
                Self::Plain
            };
        }
        let flate = count(b"/FlateDecode") + count(b"/Fl ") + count(b"/Fl]") + count(b"/Fl/") + count(b"/Fl>");
        let lzw = count(b"/LZW");
        let (hex, base85) = (count(b"/ASCIIHexDecode") + count(b"/AHx"), count(b"/ASCII85Decode") + count(b"/A85"));
        let run = count(b"/RunLengthDecode") + count(b"/RL");
        match (flate, lzw + run, hex, base85) {
            (1, 0, 0, 0) => Self::Flate,
            (0, 0, 1, 0) => Self::Hex,
            (0, 0, 0, 1) => Self::Base85,
            (1, 0, 1, 0) => Self::HexFlate,
            (1, 0, 0, 1) => Self::Base85Flate,
            // Encryption filters and those of images.
            (0, 0, 0, 0)
                if count(b"/Crypt")
                    + count(b"/DCTDecode")
                    + count(b"/JPXDecode")
                    + count(b"[]")
                    + count(b"[ ]")
                    + count(b"null")
                    > 0 =>
            {
                Self::Plain
            }
            _ => Self::Several,
        }
    }

    /// What the data of a stream expands to.
    fn size(self, data: &[u8], limit: u64, nesting: &mut Nesting) -> u64 {
        match self {
            Self::Flate => counted(ZlibDecoder::new(data), limit, nesting),
            Self::Hex => counted(Hex(data), limit, nesting),
            Self::HexFlate => counted(ZlibDecoder::new(Hex(data)), limit, nesting),
            Self::Base85 => counted(&base85(data)[..], limit, nesting),
            Self::Base85Flate => counted(ZlibDecoder::new(&base85(data)[..]), limit, nesting),
            Self::Plain => counted(data, limit, nesting),
            Self::Image | Self::Several => 0,
        }
    }
}

/// The size of data once it is unpacked, counted up to one byte beyond a limit; zero
/// for what is not packed as it says, such as encrypted data.
fn counted(data: impl Read, limit: u64, nesting: &mut Nesting) -> u64 {
    let mut unpacked = data.take(limit.saturating_add(1));
    let (mut buffer, mut size) = ([0; 16 << 10], 0);
    while let Ok(count) = unpacked.read(&mut buffer) {
        if count == 0 {
            break;
        }
        nesting.feed(&buffer[..count]);
        size += count as u64;
    }
    size
}

/// Bytes written as hexadecimal digits.
struct Hex<'d>(&'d [u8]);

impl Read for Hex<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let mut digits = self.0.iter().enumerate().filter_map(|(at, byte)| Some((at, (*byte as char).to_digit(16)?)));
        let (mut count, mut used) = (0, self.0.len());
        for slot in out {
            let (Some((_, high)), Some((at, low))) = (digits.next(), digits.next()) else { break };
            *slot = (high * 16 + low) as u8;
            count += 1;
            used = at + 1;
        }
        self.0 = &self.0[used.min(self.0.len())..];
        Ok(count)
    }
}

/// Bytes written in base 85, up to its end sign.
fn base85(data: &[u8]) -> Vec<u8> {
    let data = data.trim_ascii_start();
    let data = data.strip_prefix(b"<~").unwrap_or(data);
    let (mut out, mut group, mut count) = (Vec::with_capacity(data.len()), 0_u32, 0);
    for byte in data {
        match byte {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..count - 1]);
    }
    out
}

/// Renames the entry that says how a stream is packed.
fn hide_filters(entries: &mut [u8]) {
    while let Some(at) = memmem::find(entries, b"/Filter") {
        entries[at + 3] = b'x';
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(content).expect("memory");
        writer.finish().expect("memory")
    }

    fn run(entries: &str, data: &[u8], limit: u64) -> Result<Streams, ReadErrorKind> {
        let mut file = format!("1 0 obj << {entries} >>\nstream\n").into_bytes();
        file.extend(data);
        file.extend(b"\nendstream endobj");
        check(&mut file, limit)
    }

    #[test]
    fn what_expands_beyond_the_limit_is_refused() {
        let data = packed(&[b'q'; 5000]);
        assert!(run("/Filter /FlateDecode", &data, 5000).is_ok());
        let error = run("/Filter /FlateDecode", &data, 4999).expect_err("too large");
        assert!(matches!(error, ReadErrorKind::Oversized { bytes: 5000, limit: 4999 }), "{error}");
        let hex: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(run("/Filter [/ASCIIHexDecode /FlateDecode]", hex.as_bytes(), 4999).is_err());
        assert!(run("/Filter [/ASCIIHexDecode /FlateDecode]", hex.as_bytes(), 5000).is_ok());
    }

    #[test]
    fn what_cannot_be_measured_is_refused() {
        for entries in
            ["/Filter [/FlateDecode /FlateDecode]", "/Filter 7 0 R", "/F#69lter /FlateDecode", "/Filter /Fl#61teDecode"]
        {
            assert!(run(entries, &packed(b"q"), 5000).is_err(), "{entries}");
        }
        assert!(run("/Length 3", b"q Q", 5000).is_ok());
    }

    #[test]
    fn images_are_not_decoded() {
        let mut file = b"1 0 obj << /Subtype /Image /Width 9 /Filter /FlateDecode >>\nstream\nxx\nendstream".to_vec();
        assert_eq!(check(&mut file, 1).expect("no bomb"), Streams { images: 1, is_encrypted: false });
        assert!(memmem::find(&file, b"/Filter").is_none());
    }

    #[test]
    fn base_85() {
        assert_eq!(base85(b"<~87cURD]j7BEbo80~>"), b"Hello world!");
        assert_eq!(base85(b"87cUR DZ~>"), b"Hello");
    }
}
