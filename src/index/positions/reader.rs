//! Reading a file of positions.

use std::sync::Arc;

use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;
use tantivy::termdict::TermOrdinal;
use tantivy::{DocId, SegmentReader};

use crate::index::varint::{read_u64, take_leb128};

use super::component::{component, fields};
use super::file_format::{BLOCK, GROUP, HEADER, PART};
use super::gap_model::GapModel;
use super::rice::BitReader;

/// The bytes of a number.
const NUMBER: usize = 8;
/// The bytes of where a block begins.
const BEGINNING: usize = 4;
/// No position of an article is higher; more is damage.
const HIGHEST: u32 = u32::MAX >> 2;

/// The positions of a segment.
pub struct SegmentPositions {
    fields: Vec<(Field, Arc<FieldPositions>)>,
}

impl SegmentPositions {
    /// Opens the file of a segment.
    ///
    /// # Errors
    /// What tantivy says of a file that is missing, or damaged.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let bytes = segment.open_read(component())?.read_bytes()?;
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let known: Vec<Field> = fields(segment.schema()).collect();
        let ours = |[field, ..]: &[u64; HEADER]| known.iter().any(|known| u64::from(known.field_id()) == *field);
        let headers = headers(&bytes).filter(|headers| headers.iter().all(ours));
        let headers = headers.ok_or_else(|| std::io::Error::other("a file of positions is damaged"))?;
        let (mut opened, mut start) = (Vec::with_capacity(headers.len()), 0);
        for [field, table, terms] in headers {
            let field = Field::from_field_id(field as u32);
            let gaps = GapModel::new(segment.schema(), field, &lengths)?;
            let (table, terms) = (table as usize, terms as usize);
            let end = table.saturating_add(terms.div_ceil(GROUP).saturating_mul(NUMBER));
            let size = end.saturating_sub(start) as u64;
            start = end;
            opened.push((field, Arc::new(FieldPositions { bytes: bytes.clone(), table, terms, size, gaps })));
        }
        Ok(Self { fields: opened })
    }

    /// The positions of a field; `None` where it has none.
    pub fn field(&self, field: Field) -> Option<&Arc<FieldPositions>> {
        self.fields.iter().find(|(of, _)| *of == field).map(|(_, positions)| positions)
    }

    /// The bytes of each field.
    pub fn sizes(&self) -> impl Iterator<Item = (Field, u64)> {
        self.fields.iter().map(|(field, positions)| (*field, positions.size))
    }
}

/// The headers of the fields, at the end of the file.
fn headers(bytes: &[u8]) -> Option<Vec<[u64; HEADER]>> {
    let at = |end: usize| read_u64(bytes, end.checked_sub(NUMBER)?);
    let count = usize::try_from(at(bytes.len())?).ok().filter(|count| *count <= bytes.len() / NUMBER / HEADER)?;
    let first = (bytes.len() - NUMBER).checked_sub(count * HEADER * NUMBER)?;
    let header = |header: usize| {
        let mut numbers = [0; HEADER];
        for (at, read) in numbers.iter_mut().enumerate() {
            *read = read_u64(bytes, first + (header * HEADER + at) * NUMBER)?;
        }
        Some(numbers)
    };
    (0..count).map(header).collect()
}

/// The positions of a field in a segment.
pub struct FieldPositions {
    bytes: OwnedBytes,
    table: usize,
    terms: usize,
    size: u64,
    gaps: GapModel,
}

impl FieldPositions {
    /// The positions of a term, by its ordinal, which is in `documents` documents;
    /// `None` where the file is damaged.
    pub fn term(self: &Arc<Self>, ord: TermOrdinal, documents: u32) -> Option<TermPositions> {
        let ord = usize::try_from(ord).ok().filter(|ord| *ord < self.terms)?;
        let mut at = usize::try_from(read_u64(&self.bytes, self.table.checked_add(ord / GROUP * NUMBER)?)?).ok()?;
        let mut skipped = 0;
        for term in 0..GROUP.min(self.terms - ord / GROUP * GROUP) {
            let length = length(&self.bytes, &mut at)?;
            skipped = if term < ord % GROUP { length.saturating_add(skipped) } else { skipped };
        }
        let blocks = (documents as usize).div_ceil(BLOCK);
        let beginnings = at.saturating_add(skipped).min(self.bytes.len());
        let first = beginnings + blocks.saturating_sub(1) * BEGINNING;
        let here = Reached { block: usize::MAX, document: 0, bit: 0 };
        Some(TermPositions { field: self.clone(), beginnings, first, here, behind: here })
    }
}

/// Reads a length and moves `at` behind it.
fn length(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut rest = bytes.get(*at..)?;
    let length = take_leb128(&mut rest)?;
    *at = bytes.len() - rest.len();
    usize::try_from(length).ok()
}

/// Where the codes of a document begin.
#[derive(Clone, Copy)]
struct Reached {
    block: usize,
    /// Within its block.
    document: usize,
    bit: usize,
}

/// The positions of a term in the documents of a segment.
pub struct TermPositions {
    field: Arc<FieldPositions>,
    /// Where the table of blocks is, and where its entries are counted from.
    beginnings: usize,
    first: usize,
    /// The document that was read last, and the one behind it.
    here: Reached,
    behind: Reached,
}

impl TermPositions {
    /// Reads the positions in a document of a block of postings into `out`, in
    /// place of its content. Blocks and documents are counted from 0; `docs` and
    /// `counts` are the documents of the block and the frequencies in them.
    pub fn read(&mut self, (block, document): (usize, usize), (docs, counts): (&[DocId], &[u32]), out: &mut Vec<u32>) {
        out.clear();
        let same_part = |at: usize| at / PART == document / PART && at <= document;
        let reached = [self.behind, self.here].into_iter().find(|at| at.block == block && same_part(at.document));
        let from = reached.unwrap_or_else(|| self.part(block, document / PART, docs.len()));
        let codes = |document: usize| (self.field.gaps.parameter(docs[document], counts[document]), counts[document]);
        let mut numbers = BitReader::new(&self.field.bytes, from.bit);
        for skipped in from.document..document {
            let (parameter, count) = codes(skipped);
            (0..count).for_each(|_| _ = numbers.read(parameter));
        }
        self.here = Reached { document, bit: numbers.bit(), block };
        let (parameter, count) = codes(document);
        let mut position = 0_u32;
        for _ in 0..count {
            position = position.saturating_add(numbers.read(parameter)).min(HIGHEST);
            out.push(position);
        }
        // Parts begin at a byte.
        let bit = numbers.bit();
        let bit = if (document + 1).is_multiple_of(PART) { bit.next_multiple_of(8) } else { bit };
        self.behind = Reached { document: document + 1, bit, block };
    }

    /// Where a part of a block of `documents` documents begins; anywhere if the file
    /// is damaged.
    fn part(&self, block: usize, part: usize, documents: usize) -> Reached {
        let bytes = &self.field.bytes;
        let beginning = block.checked_sub(1).and_then(|before| {
            let at = self.beginnings + before * BEGINNING;
            bytes.get(at..at + BEGINNING)?.try_into().ok().map(u32::from_le_bytes)
        });
        let mut at = self.first + beginning.unwrap_or(0) as usize;
        let mut skipped = 0;
        for other in 1..documents.div_ceil(PART) {
            let length = length(bytes, &mut at).unwrap_or(0);
            skipped = if other <= part { length.saturating_add(skipped) } else { skipped };
        }
        Reached { block, document: part * PART, bit: at.saturating_add(skipped).min(bytes.len()) * 8 }
    }
}
