//! JSON on one line, as `serde_json` writes it, in less time: the writer of the records.
//!
//! A serde serializer into a vector, so the schema stays where it is declared. Strings are looked through eight bytes at a
//! time, the scores' two decimals are written as such. What is rare goes through `serde_json`.

use serde::ser::{self, Error as _, Serialize};
use serde_json::Error;

/// Appends `value` to `out` as JSON without white space.
///
/// # Errors
/// When `value` cannot be JSON: a map with keys that are no strings.
pub(super) fn append(value: &impl Serialize, out: &mut Vec<u8>) -> Result<(), Error> {
    value.serialize(&mut Compact { out })
}

struct Compact<'o> {
    out: &'o mut Vec<u8>,
}

impl Compact<'_> {
    /// A string, in quotes.
    #[inline]
    fn string(&mut self, text: &str) {
        self.out.reserve(text.len() + 2);
        self.out.push(b'"');
        if is_plain(text.as_bytes()) {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            self.escaped(text.as_bytes());
        }
        self.out.push(b'"');
    }

    /// What stands in a string, some of it escaped.
    fn escaped(&mut self, mut rest: &[u8]) {
        while let Some(at) = first_escaped(rest) {
            self.out.extend_from_slice(&rest[..at]);
            self.escape(rest[at]);
            rest = &rest[at + 1..];
        }
        self.out.extend_from_slice(rest);
    }

    /// A character that may not stand in a string.
    fn escape(&mut self, byte: u8) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                self.out.extend_from_slice(b"\\u00");
                self.out.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
                return;
            }
        };
        self.out.extend([b'\\', short]);
    }

    #[inline]
    fn number(&mut self, number: u64) -> Result<(), Error> {
        if number > 99_999_999 {
            return self.other(&number);
        }
        let (mut rest, mut digits, mut count) = (number, 0u64, 0);
        loop {
            digits = (digits << 8) | (u64::from(b'0') + rest % 10);
            rest /= 10;
            count += 1;
            if rest == 0 {
                break;
            }
        }
        // Written as a word, of which the digits stay.
        let end = self.out.len() + count;
        self.out.extend_from_slice(&digits.to_le_bytes());
        self.out.truncate(end);
        Ok(())
    }

    /// What `serde_json` writes.
    #[cold]
    fn other(&mut self, value: &impl Serialize) -> Result<(), Error> {
        serde_json::to_writer(&mut *self.out, value)
    }

    #[inline]
    fn open<'c>(&'c mut self, open: u8, close: &'static [u8]) -> Parts<'c> {
        self.out.push(open);
        Parts { out: self.out, is_first: true, close }
    }

    /// `{"variant":` and what follows.
    fn variant<'c>(&'c mut self, variant: &str, open: u8, close: &'static [u8]) -> Parts<'c> {
        self.out.push(b'{');
        self.string(variant);
        self.out.push(b':');
        self.open(open, close)
    }
}

/// Whether nothing must be escaped in a string. Eight bytes at a time, the last ones together with some before them.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let (words, _) = bytes.as_chunks::<8>();
    let marks = words.iter().fold(0, |marks, word| marks | escaped(u64::from_le_bytes(*word)));
    match (bytes.last_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(last), ..) => marks | escaped(u64::from_le_bytes(*last)) == 0,
        (None, Some(first), Some(last)) => escaped(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32) == 0,
        _ => !bytes.iter().any(|byte| is_escaped(*byte)),
    }
}

#[inline]
fn is_escaped(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'"' | b'\\')
}

/// Position of the first byte that must be escaped in a string: a control character, `"` or `\`.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    let (words, tail) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let marks = escaped(u64::from_le_bytes(*word));
        if marks != 0 {
            return Some(8 * i + marks.trailing_zeros() as usize / 8);
        }
    }
    let from = bytes.len() - tail.len();
    tail.iter().position(|byte| is_escaped(*byte)).map(|at| from + at)
}

/// The high bit of the first byte, counted from the lowest, that must be escaped; bits of bytes above it mean nothing.
#[inline]
fn escaped(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\')) & HIGH
}

/// The elements of an array, the members of an object.
struct Parts<'c> {
    out: &'c mut Vec<u8>,
    is_first: bool,
    close: &'static [u8],
}

impl Parts<'_> {
    #[inline]
    fn next(&mut self) -> Compact<'_> {
        if !self.is_first {
            self.out.push(b',');
        }
        self.is_first = false;
        Compact { out: self.out }
    }

    /// The name of a member, which is a name in the program, so that nothing in it is escaped; inlined to be copied as a
    /// constant.
    #[inline(always)]
    fn name(&mut self, name: &'static str) {
        self.out.reserve(name.len() + 4);
        self.next().out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.out.extend_from_slice(self.close);
        Ok(())
    }
}

impl<'c> ser::Serializer for &'c mut Compact<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'c>;
    type SerializeTuple = Parts<'c>;
    type SerializeTupleStruct = Parts<'c>;
    type SerializeTupleVariant = Parts<'c>;
    type SerializeMap = Parts<'c>;
    type SerializeStruct = Parts<'c>;
    type SerializeStructVariant = Parts<'c>;

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.other(&value)
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.other(&value)
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.other(&value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.other(&value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.other(&value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        // Hundredths below one: the shortest digits that read back as the same number are these two.
        let hundredths = (value * 100.0).round();
        if !(0.01..1.0).contains(&value) || hundredths / 100.0 != value {
            return self.other(&value);
        }
        let (tens, ones) = (hundredths as u8 / 10, hundredths as u8 % 10);
        self.out.extend_from_slice(b"0.");
        self.out.push(b'0' + tens);
        if ones > 0 {
            self.out.push(b'0' + ones);
        }
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.other(&value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        // A name in the program, as those of members.
        self.out.reserve(variant.len() + 2);
        self.out.push(b'"');
        self.out.extend_from_slice(variant.as_bytes());
        self.out.push(b'"');
        Ok(())
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, variant: &'static str, value: &T) -> Result<(), Error> {
        let mut object = self.open(b'{', b"}");
        object.name(variant);
        value.serialize(&mut Compact { out: object.out })?;
        object.end()
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'c>, Error> {
        Ok(self.open(b'[', b"]"))
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Parts<'c>, Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'c>, Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'c>, Error> {
        Ok(self.variant(variant, b'[', b"]}"))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'c>, Error> {
        Ok(self.open(b'{', b"}"))
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'c>, Error> {
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'c>, Error> {
        Ok(self.variant(variant, b'{', b"}}"))
    }
}

/// Serde has a trait for each kind of array and object; they are written alike.
macro_rules! elements {
    ($($kind:ident::$method:ident),+) => {$(
        impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                value.serialize(&mut self.next())
            }

            #[inline]
            fn end(self) -> Result<(), Error> {
                self.end()
            }
        }
    )+};
}

macro_rules! members {
    ($($kind:ident),+) => {$(
        impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Error;

            #[inline(always)]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.name(name);
                value.serialize(&mut Compact { out: self.out })
            }

            #[inline]
            fn end(self) -> Result<(), Error> {
                self.end()
            }
        }
    )+};
}

elements!(SerializeSeq::serialize_element, SerializeTuple::serialize_element, SerializeTupleStruct::serialize_field, SerializeTupleVariant::serialize_field);
members!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let writer = self.next();
        let start = writer.out.len();
        key.serialize(&mut Compact { out: self.out })?;
        match self.out.get(start) {
            Some(b'"') => Ok(()),
            _ => Err(Error::custom("a key that is no string")),
        }
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(b':');
        value.serialize(&mut Compact { out: self.out })
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::append;

    fn is_as_serde_json(value: &impl Serialize) {
        let mut out = Vec::new();
        append(value, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(value).unwrap());
    }

    #[test]
    fn strings() {
        for at in 0..20 {
            for odd in (0..0x2f).chain([0x5b, 0x5c, 0x5d, 0x7f, 0x80, 0xa2, 0xff, 0x2028]).filter_map(char::from_u32) {
                let mut text = "é".repeat(at % 3) + &"x".repeat(at);
                text.push(odd);
                text.push_str("and more of it, up to here\\\" ");
                is_as_serde_json(&text);
                is_as_serde_json(&&text[..text.len() - 4]);
            }
        }
        is_as_serde_json(&"");
        is_as_serde_json(&'"');
    }

    #[test]
    fn numbers() {
        (0..=1000).for_each(|n| is_as_serde_json(&(f64::from(n) / 100.0)));
        for number in [0.005, 0.123, 0.1 + 0.2, -0.5, 1e300, 1e-300, f64::NAN, f64::INFINITY, -0.0, 0.01f32.into()] {
            is_as_serde_json(&number);
        }
        for number in [0, 9, 10, 99, 100, 12_345_678, 99_999_999, 100_000_000, 5_000_000_070_000_009, u64::MAX] {
            is_as_serde_json(&number);
        }
        is_as_serde_json(&(-1i8, i64::MIN, 1u8, 2u16, 0.1f32, true, ()));
    }

    #[derive(Serialize)]
    struct Flat<'a> {
        name: &'a str,
        #[serde(flatten)]
        more: BTreeMap<&'a str, Option<Shape>>,
    }

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    enum Shape {
        Point,
        Length(f64),
        Pair(u32, u32),
        Box { width: u32, unit: Unit },
    }

    #[test]
    fn shapes() {
        let shapes = [Some(Shape::Point), None, Some(Shape::Length(0.5)), Some(Shape::Pair(1, 2)), Some(Shape::Box { width: 3, unit: Unit })];
        is_as_serde_json(&Flat { name: "a\tb", more: ["a", "b", "c", "d\"", "e"].into_iter().zip(shapes).collect() });
        is_as_serde_json(&(Vec::<u32>::new(), [[1, 2], [3, 4]], BTreeMap::<&str, u32>::new(), serde_json::json!({"a": [{}, []]})));
        assert!(append(&BTreeMap::from([([1], 2)]), &mut Vec::new()).is_err());
    }
}
