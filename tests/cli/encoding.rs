//! Bytes that are not plain UTF-8.

use super::util::{run, warnings};

#[test]
fn invalid_utf8_is_read_with_a_warning_and_refused_under_strict() {
    let bytes = "Bakı, Şuşa, Gəncə ".bytes().chain(*b"\xFF Azerbaijan").collect::<Vec<u8>>();
    let lenient = run(&[], bytes.clone());
    assert_eq!(lenient.status, 0);
    assert!(warnings(&lenient.record()).contains("1 bad byte sequence"));
    let strict = run(&["--strict"], bytes);
    assert_eq!((strict.status, &strict.record()["error"]["kind"]), (2, &"encoding".into()));
}

#[test]
fn another_encoding_is_guessed_or_named() {
    let latin = b"Le pr\xE9sident fran\xE7ais a re\xE7u le ministre d'Azerbaijan \xE0 l'\xC9lys\xE9e";
    let guessed = run(&[], *latin).record();
    assert!(warnings(&guessed).contains("guess"));
    let named = run(&["--encoding", "windows-1252", "--strict"], *latin);
    assert_eq!((named.status, warnings(&named.record()).contains("encoding")), (0, false));
    assert_eq!(named.record()["doc"]["sha256"], guessed["doc"]["sha256"]);
    assert_eq!(run(&["--encoding", "klingon"], "").status, 2);
}

#[test]
fn byte_order_marks() {
    let text = "Azerbaijan 😀";
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let record = run(&["--strict"], utf16).record();
    assert_eq!(record["doc"]["bytes"], text.len());
    let marked = run(&["--strict"], format!("\u{FEFF}{text}")).record();
    assert_eq!(marked["doc"]["bytes"], text.len() + 3, "offsets and checksum are those of the file");
}

#[test]
fn a_bad_byte_in_a_record_is_that_records() {
    let records: Vec<u8> = [&b"{\"id\":\"a\",\"text\":\"caf\xC3\xA9 \xFF\"}\n"[..], b"{\"id\":\"b\",\"text\":\"y\"}\n"].concat();
    let lenient = run(&["--input", "jsonl"], records.clone());
    assert_eq!((lenient.status, warnings(&lenient.records()[0]).contains("U+FFFD")), (0, true));
    let strict = run(&["--input", "jsonl", "--strict"], records);
    assert_eq!(strict.status, 2);
    assert_eq!(strict.records()[0]["error"]["kind"], "encoding");
    assert_eq!(strict.ids()[1], "b");
}
