#![no_main]

/// Marks that make a text an export, chosen by the first byte.
const MARKS: &[&str] = &[
    "1 of 2 DOCUMENTS\n\nLENGTH: 2 words\n\n",
    "Length: 2 words\nBody\nEnd of Document\n",
    "HD  a\nWC  2 words\nPD  1 May 2019\nSN  b\nLP\nc\n",
    "2 words\nDocument REEL000020190111ef1b0001x\n",
    "Document 1 of 2\n\nFull text: a\n",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let mark = MARKS[usize::from(*first) % MARKS.len()].as_bytes();
    newsearch_fuzz::read("a.txt", &[mark, rest].concat());
});
