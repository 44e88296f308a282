//! stand-in
use std::io::{BufRead, Write};
fn main() {
    let x = extract::Extractor::builder().build().unwrap();
    let mut out = std::io::stdout().lock();
    let t0 = std::time::Instant::now();
    let mut n = 0;
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let v: serde_json::Value = serde_json::from_str(&line).unwrap();
        let text = v["text"].as_str().unwrap();
        n += text.len();
        let input = extract::Input { id: v["id"].as_str().unwrap().into(), text, title: v["title"].as_str(), date: v["date"].as_str().map(|d| extract::GivenDate { value: d.into(), from: "field" }), warnings: vec![] };
        let mut e = x.extract_document(&input);
        e.doc.offsets = extract::annotation::OffsetUnit::Utf8Byte;
        serde_json::to_writer(&mut out, &e).unwrap();
        out.write_all(b"\n").unwrap();
    }
    eprintln!("{} bytes {:?} {:.1} MB/s", n, t0.elapsed(), n as f64 / t0.elapsed().as_secs_f64() / 1e6);
}
