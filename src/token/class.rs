//! Character classes of UAX #29, as far as the tokenizer knows them itself.

/// Character classes of UAX #29 as far as the fast path needs them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Newline,
    Letter,
    Digit,
    /// `_`
    Extend,
    /// Joins letters: `:`
    MidLetter,
    /// Joins letters, and digits: `.` `'` `’` `‘`
    MidBoth,
    /// Joins digits: `,` `;`
    MidDigit,
    Other,
    /// Not known to the fast path.
    Foreign,
}

const ASCII: [Class; 128] = ascii_classes();

const fn ascii_classes() -> [Class; 128] {
    let mut table = [Class::Other; 128];
    let mut i = 0;
    while i < 128 {
        let b = i as u8;
        table[i] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Extend,
            b':' => Class::MidLetter,
            b'.' | b'\'' => Class::MidBoth,
            b',' | b';' => Class::MidDigit,
            b' ' | b'\t' => Class::Space,
            b'\n' => Class::Newline,
            b'\r' | 0x0b | 0x0c => Class::Space,
            _ => Class::Other,
        };
        i += 1;
    }
    table
}

/// Class and length in bytes of the character at `i`.
#[inline]
pub(super) fn class_at(bytes: &[u8], i: usize) -> (Class, usize) {
    let b = bytes[i];
    if b < 0x80 {
        return (ASCII[b as usize], 1);
    }
    foreign_class(bytes, i)
}

fn foreign_class(bytes: &[u8], i: usize) -> (Class, usize) {
    match (bytes[i], bytes.get(i + 1), bytes.get(i + 2)) {
        (0xc2, Some(0xa0), _) => (Class::Space, 2),
        // Latin-1 signs: £ § © « » and the like; letters among them (ª µ º), the soft hyphen and · are left to the crate.
        (0xc2, Some(0xa1..=0xa7 | 0xa9 | 0xab | 0xac | 0xae..=0xb1 | 0xb6 | 0xbb | 0xbf), _) => (Class::Other, 2),
        (0xc3, Some(0x97 | 0xb7), _) => (Class::Other, 2),
        (0xc3..=0xc8, Some(_), _) => (Class::Letter, 2),
        (0xc9, Some(0x80..=0x8f), _) => (Class::Letter, 2),
        (0xe2, Some(0x80), Some(0x98 | 0x99)) => (Class::MidBoth, 3),
        // dashes, double quotes, bullet, ellipsis; U+2024 joins words and is rare enough to leave to the crate
        (0xe2, Some(0x80), Some(0x90..=0x97 | 0x9a..=0xa3 | 0xa6)) => (Class::Other, 3),
        (0xe2, Some(0x82), Some(0xac)) => (Class::Other, 3),
        (first, _, _) => (Class::Foreign, char_len(first)),
    }
}

fn char_len(first: u8) -> usize {
    match first {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

/// Class of the character at `i`; `None` at the end of the text.
#[inline]
pub(super) fn class_from(bytes: &[u8], i: usize) -> Option<Class> {
    (i < bytes.len()).then(|| class_at(bytes, i).0)
}

/// Where the white-space-delimited stretch around byte `i` starts.
pub(super) fn stretch_start(bytes: &[u8], i: usize) -> usize {
    let mut start = i;
    while start > 0 {
        let space = match bytes[start - 1] {
            0xa0 => start > 1 && bytes[start - 2] == 0xc2,
            b => b < 0x80 && matches!(ASCII[usize::from(b)], Class::Space | Class::Newline),
        };
        if space {
            break;
        }
        start -= 1;
    }
    start
}

/// One past the last byte of the white-space-delimited stretch around byte `i`.
pub(super) fn stretch_end(bytes: &[u8], i: usize) -> usize {
    let mut end = i;
    while end < bytes.len() {
        let (class, len) = class_at(bytes, end);
        if matches!(class, Class::Space | Class::Newline) {
            break;
        }
        end += len;
    }
    end
}
