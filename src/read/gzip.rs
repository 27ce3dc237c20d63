//! Gzip that goes on behind a damaged member: web archives have one for each record.

use std::io::{self, BufRead, Cursor, Read};

use flate2::bufread::GzDecoder;

/// Bytes in front of an error in which the next member is looked for: a decoder may
/// have taken its start for data.
const WINDOW: usize = 64 << 10;
/// How a member begins.
const MAGIC: &[u8] = b"\x1f\x8b\x08";
/// How many times reading goes on.
const MAX_RESUMED: usize = 1000;

/// Decompresses all members. A damaged one is an error, behind which the next read
/// begins with the next member.
pub(super) struct GzipReader<R> {
    /// `None` at the end.
    member: Option<GzDecoder<Remembering<R>>>,
    resumed: usize,
}

impl<R: BufRead> GzipReader<R> {
    pub(super) fn new(input: R) -> Self {
        let input = Remembering { inner: input, again: Cursor::default(), taken: Vec::new() };
        Self { member: Some(GzDecoder::new(input)), resumed: 0 }
    }
}

impl<R: BufRead> Read for GzipReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = &mut self.member else { return Ok(0) };
            let read = if out.is_empty() { return Ok(0) } else { member.read(out) };
            match read {
                Ok(0) => {
                    let mut input = self.member.take().map(GzDecoder::into_inner);
                    let more = match &mut input {
                        Some(input) => !input.fill_buf()?.is_empty(),
                        None => false,
                    };
                    self.member = input.filter(|_| more).map(|mut input| {
                        input.taken.clear();
                        GzDecoder::new(input)
                    });
                }
                Err(error) if is_damage(&error) => {
                    self.resumed += 1;
                    let input = self.member.take().map(GzDecoder::into_inner);
                    if let Some(mut input) = input.filter(|_| self.resumed <= MAX_RESUMED)
                        && input.seek_member()?
                    {
                        self.member = Some(GzDecoder::new(input));
                    }
                    return Err(error);
                }
                read => return read,
            }
        }
    }
}

/// Whether an error is one of the data, not of the disk.
pub(super) fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
}

/// An input that remembers the bytes that were taken from it last.
struct Remembering<R> {
    inner: R,
    /// What is read once more, before the rest.
    again: Cursor<Vec<u8>>,
    /// What was taken since the member began, or the end of it.
    taken: Vec<u8>,
}

impl<R: BufRead> Remembering<R> {
    /// Goes to the next place where a member may begin; `false` if there is none.
    fn seek_member(&mut self) -> io::Result<bool> {
        let rest = usize::try_from(self.again.position()).unwrap_or(0);
        let mut bytes = std::mem::take(&mut self.taken);
        bytes.extend_from_slice(&self.again.get_ref()[rest..]);
        // The member itself begins with the same bytes.
        let mut from = 1.min(bytes.len());
        loop {
            if let Some(at) = memchr::memmem::find(&bytes[from..], MAGIC) {
                self.again = Cursor::new(bytes.split_off(from + at));
                return Ok(true);
            }
            let kept = bytes.len() - bytes.len().min(MAGIC.len() - 1);
            bytes.drain(..kept);
            let more = self.inner.fill_buf()?;
            if more.is_empty() {
                return Ok(false);
            }
            bytes.extend_from_slice(more);
            let count = more.len();
            self.inner.consume(count);
            from = 0;
        }
    }
}

impl<R: BufRead> Read for Remembering<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Remembering<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.fill_buf()?.is_empty() { self.inner.fill_buf() } else { self.again.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        if self.taken.len() > 2 * WINDOW {
            self.taken.drain(..self.taken.len() - WINDOW);
        }
        let from_again = self.again.fill_buf().is_ok_and(|rest| !rest.is_empty());
        let buffer = if from_again { self.again.fill_buf() } else { self.inner.fill_buf() };
        if let Ok(buffer) = buffer {
            let end = amount.min(buffer.len());
            self.taken.extend_from_slice(&buffer[end - end.min(WINDOW)..end]);
        }
        if from_again { self.again.consume(amount) } else { self.inner.consume(amount) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gzip(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::fast());
        encoder.read_to_end(&mut out).expect("memory");
        out
    }

    /// What is read between errors.
    fn parts(bytes: &[u8]) -> Vec<String> {
        let mut reader = GzipReader::new(io::BufReader::with_capacity(7, bytes));
        let mut parts = Vec::new();
        for _ in 0..20 {
            let mut part = Vec::new();
            let ended = reader.read_to_end(&mut part).is_ok();
            parts.push(String::from_utf8_lossy(&part).into_owned());
            if ended {
                break;
            }
        }
        parts
    }

    #[test]
    fn members_follow_one_another() {
        assert_eq!(parts(&[gzip("One."), gzip("Two.")].concat()), ["One.Two."]);
        assert_eq!(parts(b""), ["", ""]);
    }

    #[test]
    fn a_damaged_member_costs_itself() {
        let long: String = (0..200).map(|n| format!("{n} stars left. ")).collect();
        let (one, two, three) = (gzip("One."), gzip(&long), gzip("Three."));
        for cut in [12, 30, two.len() / 2, two.len() - 9, two.len() - 4] {
            let found = parts(&[&one, &two[..cut], &three, &one].concat());
            assert!(found.len() >= 2 && found[0].starts_with("One."), "{cut} {found:?}");
            assert_eq!(found.last().map(String::as_str), Some("Three.One."), "{cut}");
        }
        let mut damaged = two.clone();
        for byte in &mut damaged[40..60] {
            *byte ^= 0x5a;
        }
        assert_eq!(parts(&[&damaged[..], &three].concat()).last().map(String::as_str), Some("Three."));
        assert_eq!(parts(&[&one[..], b"garbage", &three].concat()), ["One.", "Three."]);
        assert_eq!(parts(&[&one[..], &two[..50]].concat()).last().map(String::as_str), Some(""));
    }
}
