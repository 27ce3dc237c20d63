#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| newsearch_fuzz::read("a.arc", &[b"filedesc://a 0 20000101 text/plain 0\n", bytes].concat()));
