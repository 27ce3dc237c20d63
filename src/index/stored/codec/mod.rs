//! Compression article by article: Zstandard (RFC 8878) with dictionaries of what
//! the articles of an archive have in common, so that each is decompressed by
//! itself in microseconds and is as small as in a large block. Before that, the
//! words of texts become codes of a [`Lexicon`](super::lexicon::Lexicon).
//!
//! Lexicon and dictionaries are trained on the first articles of an archive and
//! never change. An archive that is small when it is made has none.

mod decoder;
mod encoder;
mod file_format;
mod parts;

pub use decoder::ArticleDecoder;
pub use encoder::Codec;
pub(in crate::index) use encoder::{SAMPLE, join};
pub use parts::StoredParts;

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(count: usize) -> Vec<StoredParts> {
        let word = |n: usize| format!("{:x} ", n.wrapping_mul(2_654_435_761) % 5000);
        let text = |n: usize| (0..300).map(|at| word(n * 7 + at)).collect::<String>();
        (0..count).map(|n| StoredParts { text: text(n), rest: format!("rest {n}").repeat(9).into() }).collect()
    }

    #[test]
    fn packed_articles_come_back() {
        let articles = articles(1000);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("codec-1.bin");
        let codec = Codec::train(&articles).expect("enough to learn from");
        codec.write(&path).expect("written");
        let decoder = ArticleDecoder::open(&path).expect("read");
        let reopened = Codec::open(&path).expect("read");
        for article in &articles {
            let trained = join(Some(&codec), None, article).expect("packed");
            assert_eq!(join(Some(&reopened), None, article).expect("packed"), trained);
            assert_eq!(decoder.decode(&trained).expect("decoded"), *article);
            assert!(ArticleDecoder::plain().decode(&trained).is_err(), "its dictionary is missing");
            let plain = join(None, None, article).expect("packed");
            assert_eq!(ArticleDecoder::plain().decode(&plain).expect("decoded"), *article);
            assert!(trained.len() < plain.len());
            for cut in [0, 3, 9, trained.len() - 1] {
                assert!(decoder.decode(&trained[..cut]).is_err());
            }
        }
        let trained = join(Some(&codec), None, &articles[7]).expect("packed");
        for at in 0..trained.len() {
            let mut damaged = trained.clone();
            damaged[at] ^= 4;
            assert!(decoder.decode(&damaged).is_err(), "byte {at}");
        }
    }

    #[test]
    fn few_articles_make_no_dictionary() {
        assert!(Codec::train(&articles(10)).is_none());
    }

    #[test]
    fn another_file_is_damage() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("codec-1.bin");
        for bytes in [&b""[..], b"nscodec2", b"nscodec2\x09\0\0\0\0\0\0\0"] {
            std::fs::write(&path, bytes).expect("written");
            assert!(ArticleDecoder::open(&path).is_err() && Codec::open(&path).is_err());
        }
    }
}
