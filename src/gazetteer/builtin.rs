//! The lists of `gazetteers/`, compiled by the build script and embedded.

use once_cell::sync::OnceCell;

use super::table::Table;

/// Forces the alignment at which a bucket is one line of the cache ([`super::format::ALIGNMENT`]); reading needs none.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/builtin.gaz")));

/// The built-in table. Nothing is built or parsed: the header is read once.
///
/// # Errors
/// When the embedded table does not fit this version of the reader, which a build cannot produce.
pub fn builtin() -> Result<Table<'static>, String> {
    static TABLE: OnceCell<Table<'static>> = OnceCell::new();
    TABLE.get_or_try_init(|| Table::new(&BYTES.0)).copied()
}

/// Size of the built-in table in bytes.
pub fn builtin_bytes() -> usize {
    BYTES.0.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_table_is_whole() {
        assert!(Table::verify(&BYTES.0));
        assert!(builtin().is_ok());
    }
}
