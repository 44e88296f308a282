//! The text that the benches run over.

use std::io::{BufRead, BufReader};

const BYTES: usize = 8_000_000;

/// A release and its date.
pub type Document = (String, Option<String>);

/// The first documents that make up [`BYTES`].
pub fn documents() -> Vec<Document> {
    let from_eval = std::env::var("EXTRACT_EVAL_DATA").ok().and_then(|root| {
        let file = std::fs::File::open(std::path::Path::new(&root).join("text/press-40mb.jsonl.gz")).ok()?;
        let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
        Some(
            lines
                .map_while(Result::ok)
                .filter_map(|l| {
                    let record: serde_json::Value = serde_json::from_str(&l).ok()?;
                    Some((record["text"].as_str()?.to_owned(), record["date"].as_str().map(str::to_owned)))
                })
                .collect::<Vec<_>>(),
        )
    });
    let source = from_eval.filter(|d| !d.is_empty()).unwrap_or_else(fixtures);
    let mut size = 0;
    source
        .iter()
        .cycle()
        .take_while(|d| {
            size += d.0.len();
            size < BYTES
        })
        .cloned()
        .collect()
}

fn fixtures() -> Vec<Document> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/press");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| !p.to_string_lossy().contains(".gold.")).collect();
    paths.sort();
    paths.iter().map(|p| (std::fs::read_to_string(p).unwrap(), None)).collect()
}
