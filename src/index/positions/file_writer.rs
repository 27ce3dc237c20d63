//! Writing a file of positions.

use std::io::{self, Write};

use tantivy::directory::{TerminatingWrite, WritePtr};
use tantivy::schema::Field;

use crate::index::varint::push_leb128;

use super::file_format::{GROUP, HEADER};
use super::rice::SLACK;

/// Writes a file of positions.
pub(super) struct FileWriter {
    out: WritePtr,
    written: u64,
    headers: Vec<[u64; HEADER]>,
    groups: Vec<u64>,
    /// The current group: the size of each term's codes, and the codes.
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

    /// Adds the codes of the next term of the field.
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
