//! Bytes of a file to text: which encoding it is, by its mark or by its bytes.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{BYTES_MAX, FileError};

/// How the file's text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    Utf8,
    Utf8WithMark,
    Utf16LittleEndian,
    Utf16BigEndian,
    /// Assumed, because the bytes are not UTF-8: accents may be wrong.
    Windows1252,
}

/// The text, its encoding, and whether some of it could not be read (`\u{fffd}` stands there).
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, TextEncoding, bool), FileError> {
    if bytes.len() > BYTES_MAX {
        return Err(FileError::TooLarge { bytes: bytes.len() });
    }
    for (magic, what) in [
        (b"PK\x03\x04".as_slice(), "a workbook or zip archive"),
        (b"%PDF", "a PDF"),
        (b"\xd0\xcf\x11\xe0", "an old workbook"),
        (b"\x1f\x8b", "a gzip archive"),
    ] {
        if bytes.starts_with(magic) {
            return Err(FileError::NotText { what });
        }
    }
    let (encoding, known, mark) = match bytes {
        [0xef, 0xbb, 0xbf, ..] => (UTF_8, TextEncoding::Utf8WithMark, 3),
        [0xff, 0xfe, ..] => (UTF_16LE, TextEncoding::Utf16LittleEndian, 2),
        [0xfe, 0xff, ..] => (UTF_16BE, TextEncoding::Utf16BigEndian, 2),
        _ if std::str::from_utf8(bytes).is_ok() => (UTF_8, TextEncoding::Utf8, 0),
        _ => (WINDOWS_1252, TextEncoding::Windows1252, 0),
    };
    let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let old_mac = !text.contains('\n') && text.contains('\r');
    let text = if old_mac { Cow::Owned(text.replace('\r', "\n")) } else { text };
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    Ok((text, known, broken))
}
