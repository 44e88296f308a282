//! Compiles `gazetteers/` into the table that the library embeds.

#![allow(dead_code, unused_imports)] // the shared modules offer more than a build script needs
#![allow(clippy::print_stderr, clippy::print_stdout)] // how a build script speaks to cargo and people

use std::path::Path;
use std::{env, fs, process};

#[path = "src/span.rs"]
mod span;
#[path = "src/token/mod.rs"]
mod token;

/// The compiler's half of `src/gazetteer/`, under the same module path as in the library.
#[path = "src/gazetteer"]
mod gazetteer {
    pub mod compile;
    pub mod format;
    pub mod layout;
    pub mod origin;
    pub mod prominent;
    pub mod rows;
    pub mod schema;
    pub mod variants;
}

fn main() {
    println!("cargo::rerun-if-changed=gazetteers");
    for source in ["build.rs", "src/span.rs", "src/token", "src/gazetteer"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".to_owned());
    let out = env::var("OUT_DIR").unwrap_or_else(|_| ".".to_owned());
    let bytes = gazetteer::compile::compile(&Path::new(&root).join("gazetteers")).unwrap_or_else(|error| fail(&format!("gazetteers/{error}")));
    let (tables, strings) = bytes.split_at(gazetteer::compile::strings_at(&bytes));
    for (file, bytes) in [("builtin.gaz", tables), ("builtin.txt", strings)] {
        fs::write(Path::new(&out).join(file), bytes).unwrap_or_else(|error| fail(&format!("cannot write the compiled table: {error}")));
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(1)
}
