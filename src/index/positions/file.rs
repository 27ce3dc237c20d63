//! The file of positions of a segment.
//!
//! For each field: the codes of its terms in the order of the dictionary, in
//! groups of [`GROUP`] with the bytes of each term before them (LEB128); then
//! where each group begins. At the end, for each field, its number, where that
//! table begins, and its terms; and how many fields there are. Numbers are of
//! eight bytes, little-endian.
//!
//! The codes of a term: where each block of [`BLOCK`] documents but the first
//! begins, as four bytes, counted from behind them; then the blocks. A block
//! begins with the bytes of each of its parts of [`PART`] documents but the last
//! (LEB128). A part is [Rice codes](super::rice) of the gaps between positions,
//! document by document.

use std::io::{self, Write};

use tantivy::directory::{TerminatingWrite, WritePtr};
use tantivy::schema::Field;

use crate::index::numbers::push_leb128;

use super::rice::{BitWriter, SLACK};

/// Documents of a block, as many as in a block of tantivy's postings.
pub(super) const BLOCK: usize = 128;
/// Documents that are read one after the other.
pub(super) const PART: usize = 16;
/// Terms that are found together.
pub(super) const GROUP: usize = 32;
/// The numbers of a field.
pub(super) const HEADER: usize = 3;

/// Writes the file.
pub(super) struct FileWriter {
    out: WritePtr,
    written: u64,
    headers: Vec<[u64; HEADER]>,
    groups: Vec<u64>,
    /// The group in the making: the bytes of each term, and the terms.
    lengths: Vec<u8>,
    terms: Vec<u8>,
}

impl FileWriter {
    pub fn new(out: WritePtr) -> Self {
        Self { out, written: 0, headers: Vec::new(), groups: Vec::new(), lengths: Vec::new(), terms: Vec::new() }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    /// Begins a field.
    pub fn begin(&mut self, field: Field) {
        self.headers.push([u64::from(field.field_id()), 0, 0]);
    }

    /// Adds the next term of the field: its codes.
    pub fn term(&mut self, codes: &[u8]) -> io::Result<()> {
        let Some([_, _, terms]) = self.headers.last_mut() else { return Ok(()) };
        *terms += 1;
        let full = terms.is_multiple_of(GROUP as u64);
        self.terms.extend_from_slice(codes);
        push_leb128(&mut self.lengths, codes.len() as u64);
        if full { self.end_group() } else { Ok(()) }
    }

    fn end_group(&mut self) -> io::Result<()> {
        if self.lengths.is_empty() {
            return Ok(());
        }
        self.groups.push(self.written);
        let (mut lengths, mut terms) = (std::mem::take(&mut self.lengths), std::mem::take(&mut self.terms));
        self.write(&lengths)?;
        self.write(&terms)?;
        lengths.clear();
        terms.clear();
        (self.lengths, self.terms) = (lengths, terms);
        Ok(())
    }

    /// Ends the field.
    pub fn end(&mut self) -> io::Result<()> {
        self.end_group()?;
        self.write(&[0; SLACK])?;
        if let Some([_, table, _]) = self.headers.last_mut() {
            *table = self.written;
        }
        for group in std::mem::take(&mut self.groups) {
            self.write(&group.to_le_bytes())?;
        }
        Ok(())
    }

    /// Ends the file.
    pub fn close(mut self) -> io::Result<()> {
        let headers = std::mem::take(&mut self.headers);
        for number in headers.iter().flatten().chain([&(headers.len() as u64)]) {
            self.write(&number.to_le_bytes())?;
        }
        self.out.terminate()
    }
}

/// The codes of a term in the making.
#[derive(Default)]
pub(super) struct TermCodes {
    beginnings: Vec<u32>,
    blocks: Vec<u8>,
    documents: usize,
    /// The last block: its codes, and where its parts end in them.
    bits: BitWriter,
    ends: Vec<usize>,
}

impl TermCodes {
    /// Adds the positions in the next document, in order.
    pub fn push(&mut self, parameter: u32, positions: &[u32]) {
        if self.documents > 0 && self.documents.is_multiple_of(PART) {
            self.ends.push(self.bits.align());
            if self.documents.is_multiple_of(BLOCK) {
                self.end_block();
                self.beginnings.push(self.blocks.len() as u32);
            }
        }
        self.documents += 1;
        let mut before = 0;
        for position in positions {
            self.bits.push(position.saturating_sub(before), parameter);
            before = *position;
        }
    }

    fn end_block(&mut self) {
        let mut start = 0;
        for end in self.ends.drain(..).take_while(|end| *end < self.bits.bytes().len()) {
            push_leb128(&mut self.blocks, (end - start) as u64);
            start = end;
        }
        self.blocks.extend_from_slice(self.bits.bytes());
        self.bits.clear();
    }

    /// Appends the codes to `out` and begins anew; how many bytes, 0 of a term
    /// in no document.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> usize {
        if self.documents == 0 {
            return 0;
        }
        self.ends.push(self.bits.align());
        self.end_block();
        let before = out.len();
        out.extend(self.beginnings.iter().flat_map(|beginning| beginning.to_le_bytes()));
        out.extend_from_slice(&self.blocks);
        self.beginnings.clear();
        self.blocks.clear();
        self.documents = 0;
        out.len() - before
    }
}
