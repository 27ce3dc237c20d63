//! The encodings of RTF, by code page and by the character set of a font.

use encoding_rs as enc;
use encoding_rs::Encoding;

/// The encoding of a code page; those of DOS have no decoder and are read as the page
/// of Windows for the same languages.
pub(super) fn of_code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        437 | 850 | 858 | 819 | 1252 => enc::WINDOWS_1252,
        852 | 1250 => enc::WINDOWS_1250,
        855 | 1251 => enc::WINDOWS_1251,
        866 => enc::IBM866,
        737 | 869 | 1253 => enc::WINDOWS_1253,
        857 | 1254 => enc::WINDOWS_1254,
        862 | 1255 => enc::WINDOWS_1255,
        864 | 1256 => enc::WINDOWS_1256,
        775 | 1257 => enc::WINDOWS_1257,
        1258 => enc::WINDOWS_1258,
        874 => enc::WINDOWS_874,
        932 => enc::SHIFT_JIS,
        936 => enc::GBK,
        949 | 1361 => enc::EUC_KR,
        950 => enc::BIG5,
        10000 => enc::MACINTOSH,
        10007 => enc::X_MAC_CYRILLIC,
        65001 => enc::UTF_8,
        _ => return None,
    })
}

/// The encoding of the character set of a font; `None` for that of the file.
pub(super) fn of_font(charset: i32) -> Option<&'static Encoding> {
    of_code_page(match charset {
        77 => 10000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
