//! What some content is, by name and first bytes.

use std::path::Path;

use super::Encoding;
use super::decode::bare_utf16;

/// Why the bytes are no text that can be read; `None` when they are.
pub(super) fn binary(bytes: &[u8], given: Option<Encoding>) -> Option<String> {
    let known: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF; turn it into text first (pdftotext)"),
        (b"PK\x03\x04", "a zip archive or an office document (docx, odt, epub); turn it into text first"),
        (b"\x28\xB5\x2F\xFD", "packed with zstd; unpack it first (zstd -dc FILE | extract)"),
        (b"\xFD7zXZ\0", "packed with xz; unpack it first (xz -dc FILE | extract)"),
        (b"BZh", "packed with bzip2; unpack it first (bzip2 -dc FILE | extract)"),
        (b"\xD0\xCF\x11\xE0", "an old office document (doc, xls); turn it into text first"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| bytes.starts_with(magic) && (*magic != b"BZh" || bytes.contains(&0))) {
        return Some(format!("no text: {what}"));
    }
    let is_wide = encoding_rs::Encoding::for_bom(bytes).is_some()
        || given.is_some_and(|Encoding(encoding)| !encoding.is_ascii_compatible())
        || bare_utf16(bytes).is_some();
    let start = &bytes[..bytes.len().min(8 << 10)];
    // One stray NUL happens in text from old databases; several are a binary file.
    let nuls = start.iter().filter(|byte| **byte == 0).count();
    (!is_wide && nuls > 1).then(|| "no text: it holds NUL bytes (a binary file?)".to_owned())
}

/// Whether the name says JSONL.
pub(super) fn is_jsonl(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.ends_with(".jsonl") || name.ends_with(".ndjson")
}

/// A warning for a name that promises markup, which is read as it stands.
pub(super) fn markup_note(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    matches!(&*extension, "html" | "htm" | "xhtml" | "xml" | "rss" | "eml" | "json")
        .then(|| format!("input: .{extension} is read as plain text, markup included"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bytes() {
        assert!(is_jsonl(Path::new("a/b.JSONL")) && is_jsonl(Path::new("b.ndjson.gz")));
        assert!(!is_jsonl(Path::new("jsonl")) && !is_jsonl(Path::new("a.json")));
        assert!(binary(b"plain", None).is_none());
        assert!(binary(b"BZhang met", None).is_none());
        assert!(binary(b"%PDF-1.7", None).is_some());
        assert!(binary(b"a\0b\0\0c\0\0\0", None).is_some());
        assert!(binary(b"\xFF\xFEa\0b\0", None).is_none());
    }
}
