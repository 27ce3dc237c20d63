//! Reading positions.

use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;
use tantivy::termdict::TermOrdinal;
use tantivy::{DocId, SegmentReader};

use super::EXTENSION;
use super::file::{BLOCK, GROUP, HEADER};
use super::lengths::Lengths;
use super::rice;

/// The bytes of a number.
const NUMBER: usize = 8;
/// The bytes of where a block begins.
const BEGINNING: usize = 4;
/// Above all positions of an article: more is damage.
const HIGHEST: u32 = u32::MAX >> 2;

/// The positions of a segment.
pub struct SegmentPositions {
    fields: Vec<(Field, FieldPositions)>,
}

impl SegmentPositions {
    /// Opens the file of a segment.
    ///
    /// # Errors
    /// What tantivy says of a file that is missing or cut off.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let bytes = segment.open_read(SegmentComponent::Custom(EXTENSION.to_owned()))?.read_bytes()?;
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let headers = headers(&bytes).ok_or_else(|| std::io::Error::other("a file of positions is cut off"))?;
        let mut fields = Vec::with_capacity(headers.len());
        for [field, table, terms] in headers {
            let field = Field::from_field_id(field as u32);
            let lengths = Lengths::new(segment.schema(), field, &lengths)?;
            let (table, terms) = (table as usize, terms as usize);
            fields.push((field, FieldPositions { bytes: bytes.clone(), table, terms, lengths }));
        }
        Ok(Self { fields })
    }

    /// The positions of a field; `None` where it has none.
    pub fn field(&self, field: Field) -> Option<&FieldPositions> {
        self.fields.iter().find(|(of, _)| *of == field).map(|(_, positions)| positions)
    }
}

/// What the end of a file says of its fields.
fn headers(bytes: &[u8]) -> Option<Vec<[u64; HEADER]>> {
    let at = |end: usize| number(bytes, end.checked_sub(NUMBER)?);
    let count = usize::try_from(at(bytes.len())?).ok().filter(|count| *count <= bytes.len() / NUMBER / HEADER)?;
    let first = (bytes.len() - NUMBER).checked_sub(count * HEADER * NUMBER)?;
    let header = |header: usize| {
        let mut numbers = [0; HEADER];
        for (at, read) in numbers.iter_mut().enumerate() {
            *read = number(bytes, first + (header * HEADER + at) * NUMBER)?;
        }
        Some(numbers)
    };
    (0..count).map(header).collect()
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(NUMBER)?)?.try_into().ok()?))
}

/// The positions of a field in a segment.
#[derive(Clone)]
pub struct FieldPositions {
    bytes: OwnedBytes,
    table: usize,
    terms: usize,
    lengths: Lengths,
}

impl FieldPositions {
    /// The positions of a term, by its place in the dictionary, that stands in
    /// so many documents; `None` where the file is damaged.
    pub fn term(&self, ord: TermOrdinal, documents: u32) -> Option<TermPositions> {
        let ord = usize::try_from(ord).ok().filter(|ord| *ord < self.terms)?;
        let mut at = usize::try_from(number(&self.bytes, self.table.checked_add(ord / GROUP * NUMBER)?)?).ok()?;
        let mut skipped = 0;
        for term in 0..GROUP.min(self.terms - ord / GROUP * GROUP) {
            let length = length(&self.bytes, &mut at)?;
            skipped += if term < ord % GROUP { length } else { 0 };
        }
        let blocks = (documents as usize).div_ceil(BLOCK);
        let beginnings = at + skipped;
        let first = beginnings + blocks.saturating_sub(1) * BEGINNING;
        let (bytes, lengths) = (self.bytes.clone(), self.lengths.clone());
        let here = Reached { block: usize::MAX, document: 0, bit: 0 };
        Some(TermPositions { bytes, lengths, beginnings, first, here, behind: here })
    }
}

/// Reads a length, and goes on behind it.
fn length(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut length = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        length |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(length);
        }
    }
    None
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
    bytes: OwnedBytes,
    lengths: Lengths,
    /// Where the beginnings of blocks stand, and where these are counted from.
    beginnings: usize,
    first: usize,
    /// The document that was read last, and the one behind it.
    here: Reached,
    behind: Reached,
}

impl TermPositions {
    /// Reads the positions in a document of a block of postings, given with
    /// the documents of the block and how often the term stands in them, in
    /// place of what is in `out`. Blocks and documents are counted from 0.
    pub fn read(&mut self, (block, document): (usize, usize), (docs, counts): (&[DocId], &[u32]), out: &mut Vec<u32>) {
        out.clear();
        let reached = [self.behind, self.here].into_iter().find(|at| at.block == block && at.document <= document);
        let mut at = reached.unwrap_or_else(|| Reached { block, document: 0, bit: self.beginning(block) * 8 });
        let codes = |document: usize| (self.lengths.parameter(docs[document], counts[document]), counts[document]);
        while at.document < document {
            let (parameter, count) = codes(at.document);
            (0..count).for_each(|_| _ = rice::read(&self.bytes, &mut at.bit, parameter));
            at.document += 1;
        }
        self.here = at;
        let (parameter, count) = codes(document);
        let mut position = 0_u32;
        for _ in 0..count {
            position = position.saturating_add(rice::read(&self.bytes, &mut at.bit, parameter)).min(HIGHEST);
            out.push(position);
        }
        self.behind = Reached { document: document + 1, ..at };
    }

    /// The byte that a block begins with.
    fn beginning(&self, block: usize) -> usize {
        let Some(before) = block.checked_sub(1) else { return self.first };
        let at = self.beginnings + before * BEGINNING;
        let beginning = self.bytes.get(at..at + BEGINNING).and_then(|bytes| bytes.try_into().ok());
        self.first + beginning.map_or(0, u32::from_le_bytes) as usize
    }
}
