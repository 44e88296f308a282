//! The weights: a table of small integers, one row per feature hash, one column per class.

use std::borrow::Cow;

use super::CLASSES;

/// First bytes of a file of weights; the digit is the version of format and features.
const MAGIC: &[u8; 8] = b"EXTSPAN1";
/// Bytes before the rows: magic, binary logarithm of the rows, scale, checksum.
const HEADER: usize = 24;
/// Most rows, as a binary logarithm: 2 MiB at most.
const MAX_BITS: u32 = 18;

static BUILTIN: &[u8] = include_bytes!("spans.bin");

/// Weights of the model.
#[derive(Clone, Debug)]
pub struct Weights {
    rows: Cow<'static, [u8]>,
    bits: u32,
    /// What one unit of a weight adds to a class's score.
    scale: f32,
}

impl Weights {
    /// The weights that come with the library.
    ///
    /// # Errors
    /// When the embedded file is damaged, which a test rules out.
    pub fn builtin() -> Result<Weights, String> {
        Weights::unchecked(Cow::Borrowed(BUILTIN))
    }

    /// Reads a file of weights.
    ///
    /// # Errors
    /// When it is cut, changed, or of another version.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Weights, String> {
        let sum = checksum(bytes.get(HEADER..).unwrap_or_default()).to_le_bytes();
        if bytes.len() > HEADER && bytes[..8] == *MAGIC && bytes[16..HEADER] != sum {
            return Err("the weights are damaged".to_owned());
        }
        Weights::unchecked(bytes)
    }

    /// As [`Weights::read`], but the sum is not built: a test does it for the built-in weights.
    fn unchecked(bytes: Cow<'static, [u8]>) -> Result<Weights, String> {
        let field = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        if bytes.get(..8) != Some(MAGIC.as_slice()) {
            return Err("no weights of this version".to_owned());
        }
        let (Some(bits), Some(scale)) = (field(8), field(12)) else {
            return Err("the weights are cut short".to_owned());
        };
        let scale = f32::from_bits(scale);
        if bits > MAX_BITS || bytes.len() != HEADER + (CLASSES << bits) {
            return Err("the weights have the wrong length".to_owned());
        }
        if !(scale > 0.0 && scale < 1.0) {
            return Err("the weights are damaged".to_owned());
        }
        let rows = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[HEADER..]),
            Cow::Owned(bytes) => Cow::Owned(bytes[HEADER..].to_vec()),
        };
        Ok(Weights { rows, bits, scale })
    }

    /// A file of weights: `rows` holds the classes of the first feature hash, then of the next; as many rows as `1 << bits`.
    pub fn write(rows: &[i8], bits: u32, scale: f32) -> Vec<u8> {
        let rows: Vec<u8> = rows.iter().map(|w| *w as u8).collect();
        let mut out = MAGIC.to_vec();
        out.extend(bits.to_le_bytes());
        out.extend(scale.to_bits().to_le_bytes());
        out.extend(checksum(&rows).to_le_bytes());
        out.extend(rows);
        out
    }

    /// Adds the weights of a feature to the scores of the classes.
    #[inline]
    pub(super) fn add(&self, feature: u64, scores: &mut [i32; CLASSES]) {
        let row = (feature >> (64 - self.bits)) as usize * CLASSES;
        if let Some(weights) = self.rows.get(row..row + CLASSES) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += i32::from(*weight as i8);
            }
        }
    }

    /// The shares of the classes, which sum to 1.
    pub(super) fn shares(&self, scores: &[f32; CLASSES]) -> [f32; CLASSES] {
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut shares = scores.map(|s| exp((s - top) * self.scale));
        let sum: f32 = shares.iter().sum();
        shares.iter_mut().for_each(|s| *s /= sum);
        shares
    }
}

/// The exponential of a number that is 0 or less, by additions and multiplications alone: the same on every machine.
fn exp(x: f32) -> f32 {
    if x < -40.0 {
        return 0.0;
    }
    let mut y = 1.0 + x / 4096.0;
    for _ in 0..12 {
        y *= y;
    }
    y
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, b| (sum ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_weights_are_whole() {
        assert!(Weights::read(Cow::Borrowed(BUILTIN)).is_ok());
        assert!(Weights::builtin().is_ok());
        assert!(BUILTIN.len() <= 2 << 20);
    }

    #[test]
    fn damaged_weights_are_refused() {
        let whole = Weights::write(&[3; CLASSES << 4], 4, 0.01);
        assert!(Weights::read(Cow::Owned(whole.clone())).is_ok());
        for at in [0, 8, 15, 17, 30, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            assert!(Weights::read(Cow::Owned(damaged)).is_err(), "byte {at}");
        }
        for len in [0, 7, 20, whole.len() - 1] {
            assert!(Weights::read(Cow::Owned(whole[..len].to_vec())).is_err(), "{len} bytes");
        }
    }

    #[test]
    fn shares_follow_scores() {
        let weights = Weights::read(Cow::Owned(Weights::write(&[0; CLASSES << 4], 4, 0.5))).unwrap_or_else(|e| panic!("{e}"));
        let shares = weights.shares(&[0.0, 2.0, 0.0, 0.0, -200.0, 0.0]);
        let e = std::f32::consts::E;
        assert!((shares[1] - e / (e + 4.0)).abs() < 0.01 && shares[4] == 0.0, "{shares:?}");
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
}
