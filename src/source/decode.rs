//! Bytes to text: byte-order mark, then the encoding given, then UTF-8, then a guess.

use std::borrow::Cow;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use crate::error::FailureKind;

/// A character encoding of the WHATWG list, by any of its labels (`utf-8`, `windows-1251`, `latin1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(pub(super) &'static encoding_rs::Encoding);

impl FromStr for Encoding {
    type Err = String;

    fn from_str(label: &str) -> Result<Encoding, String> {
        let known = encoding_rs::Encoding::for_label(label.trim().as_bytes());
        known
            .map(Encoding)
            .ok_or_else(|| format!("unknown encoding `{label}`; known are the labels of the WHATWG list, such as utf-8, utf-16le, windows-1251, iso-8859-9"))
    }
}

/// A decoded text and what had to be done to it.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) warning: Option<String>,
}

/// Decodes one document.
///
/// A UTF-8 byte-order mark stays in the text, as it does for every reader that takes the file for
/// UTF-8: offsets and checksum then fit the file. That of UTF-16 is no text and goes.
pub(super) fn decode(bytes: &[u8], given: Option<Encoding>, strict: bool) -> Result<Decoded<'_>, (FailureKind, String)> {
    let marked = encoding_rs::Encoding::for_bom(bytes);
    let named = marked.map(|(encoding, _)| encoding).or(given.map(|Encoding(encoding)| encoding));
    if named.is_none_or(|encoding| encoding == UTF_8)
        && let Ok(text) = str::from_utf8(bytes)
    {
        return Ok(Decoded { text: Cow::Borrowed(text), warning: None });
    }
    if strict && named.is_none() {
        let at = str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        return Err((FailureKind::Encoding, format!("byte {at} is not UTF-8; name the encoding with --encoding, or leave --strict out to have it guessed")));
    }
    let (encoding, guessed) = match named {
        Some(encoding) => (encoding, false),
        None if is_damaged_utf8(bytes) => (UTF_8, false),
        None => (guess(bytes), true),
    };
    let (text, replaced) = if encoding == UTF_8 {
        let text = String::from_utf8_lossy(bytes);
        (text, count_bad(bytes))
    } else {
        let body = marked.map_or(bytes, |(_, length)| &bytes[length..]);
        let (text, bad) = encoding.decode_without_bom_handling(body);
        let replaced = if bad { text.matches('\u{FFFD}').count() } else { 0 };
        (text, replaced)
    };
    if strict && replaced > 0 {
        return Err((FailureKind::Encoding, format!("{replaced} bad byte sequences for {}", encoding.name())));
    }
    let how = if guessed { "guessed" } else { "as" };
    let warning = match (guessed, replaced) {
        (false, 0) => None,
        (true, 0) => Some(format!("encoding: not UTF-8; read as {} (a guess; --encoding names it)", encoding.name())),
        (_, 1) => Some(format!("encoding: 1 bad byte sequence replaced by U+FFFD ({how} {})", encoding.name())),
        (_, n) => Some(format!("encoding: {n} bad byte sequences replaced by U+FFFD ({how} {})", encoding.name())),
    };
    Ok(Decoded { text, warning })
}

/// UTF-16 with most characters from ASCII and without a mark shows by its NULs; chardetng does not look for it.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    if let Some(encoding) = bare_utf16(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a byte-order mark, recognised by NULs in every other byte of its start.
pub(super) fn bare_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = &bytes[..bytes.len().min(1024) & !1];
    let nuls = |parity: usize| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let most = start.len() / 2 * 3 / 4;
    match () {
        () if start.len() < 8 => None,
        () if odd > most && even == 0 => Some(UTF_16LE),
        () if even > most && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// Whether the bytes are UTF-8 with some damage (a cut character, a stray byte) rather than another
/// encoding: at least as many good multi-byte characters as bad sequences.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad
}

fn count_bad(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes, None, false).unwrap();
        (decoded.text.into_owned(), decoded.warning)
    }

    #[test]
    fn each_way_of_knowing() {
        assert_eq!(text("İlham 😀".as_bytes()), ("İlham 😀".to_owned(), None));
        assert_eq!(text(b"\xEF\xBB\xBFBaku"), ("\u{FEFF}Baku".to_owned(), None), "the mark stays");
        assert_eq!(text(b"\xFF\xFEB\0a\0"), ("Ba".to_owned(), None), "UTF-16 by its mark");
        assert_eq!(text(b"\0B\0a\0k\0u\0 \0\xE9").0, "Baku é", "UTF-16 without a mark");
        let latin5 = decode(b"\xDDlham", "iso-8859-9".parse().ok(), true).unwrap();
        assert_eq!((latin5.text.as_ref(), latin5.warning), ("İlham", None), "named");
    }

    #[test]
    fn guess_and_damage_are_told() {
        let (guessed, warning) = text(b"Le pr\xE9sident fran\xE7ais a rencontr\xE9 le ministre");
        assert_eq!(guessed, "Le président français a rencontré le ministre");
        assert!(warning.unwrap().contains("guess"));
        let (damaged, warning) = text(b"caf\xC3\xA9 and \xFF here");
        assert_eq!(damaged, "café and \u{FFFD} here");
        assert!(warning.unwrap().contains("1 bad byte sequence"));
    }

    #[test]
    fn strict_refuses_both() {
        assert!(decode(b"caf\xE9", None, true).is_err());
        assert!(decode(b"caf\xC3\xA9 \xFF", "utf-8".parse().ok(), true).is_err());
    }
}
