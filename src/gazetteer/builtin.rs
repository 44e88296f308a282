//! The lists of `gazetteers/`, compiled by the build script and embedded, their strings apart from the rest.

use once_cell::sync::OnceCell;

use super::table::Table;

/// Forces the alignment at which a bucket is one line of the cache ([`super::format::ALIGNMENT`]); reading needs none.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/builtin.gaz")));

/// The strings of the table: text, so that reading one needs no check.
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/builtin.txt"));

/// The built-in table. Nothing is built or parsed: the header is read once.
///
/// # Errors
/// When the embedded table does not fit this version of the reader, which a build cannot produce.
pub fn builtin() -> Result<Table<'static>, String> {
    static TABLE: OnceCell<Table<'static>> = OnceCell::new();
    TABLE.get_or_try_init(|| Table::in_parts(&BYTES.0, TEXT)).copied()
}

/// Size of the built-in table in bytes.
pub fn builtin_bytes() -> usize {
    BYTES.0.len() + TEXT.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_table_is_whole() {
        assert!(Table::verify(&[&BYTES.0, TEXT.as_bytes()].concat()));
        assert!(builtin().is_ok());
    }
}
