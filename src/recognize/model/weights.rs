//! The weights: a table of small integers, one row per feature hash, one column per class.

use std::borrow::Cow;

use super::CLASSES;

/// First bytes of a file of weights; the digit is the version of format and features.
const MAGIC: &[u8; 8] = b"EXTSPAN1";
/// Bytes before the rows: magic, binary logarithm of the rows, scale, checksum.
const HEADER: usize = 24;
/// The signs of eight weights that are read at once, a row and the beginning of the next: turned, they raise each weight by 128.
const SIGNS: u64 = 0x8080_8080_8080_8080;
/// Every second one of eight weights: as sixteen bits each, they are summed up in one word.
const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
/// Features that wait for their weights: so few that sixteen bits hold the sum of raised ones.
const WAITING: usize = 64;
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

    /// The weights of a feature, a class each.
    pub(super) fn row(&self, feature: u64) -> [i8; CLASSES] {
        let at = (feature >> (64 - self.bits)) as usize * CLASSES;
        std::array::from_fn(|k| self.rows.get(at + k).map_or(0, |w| *w as i8))
    }

    /// What one unit of a weight adds to a class's score, in natural logarithms.
    pub(super) fn scale(&self) -> f32 {
        self.scale
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

/// The sum of the weights of features. They wait until there are some, for then nothing stands between the loads of their rows and
/// the cache misses overlap (measured: they are most of the model's time).
pub(super) struct Tally<'w> {
    weights: &'w Weights,
    waiting: [u64; WAITING],
    count: usize,
    scores: [i32; CLASSES],
}

impl<'w> Tally<'w> {
    pub(super) fn new(weights: &'w Weights) -> Tally<'w> {
        Tally { weights, waiting: [0; WAITING], count: 0, scores: [0; CLASSES] }
    }

    /// Adds the weights of a feature to the scores of the classes.
    #[inline]
    pub(super) fn add(&mut self, feature: u64) {
        if self.count == WAITING {
            self.flush();
        }
        self.waiting[self.count] = feature;
        self.count += 1;
    }

    #[inline(never)]
    fn flush(&mut self) {
        let rows = self.weights.rows.as_ref();
        let shift = 64 - self.weights.bits;
        let waiting = self.waiting.get(..self.count).unwrap_or_default();
        let (mut even, mut odd) = (0, 0);
        for feature in waiting {
            let row = (feature >> shift) as usize * CLASSES;
            let weights = u64::from_le_bytes(eight_from(rows, row)) ^ SIGNS;
            even += weights & EVEN;
            odd += weights >> 8 & EVEN;
        }
        let raised = 0x80 * waiting.len() as i32;
        for (k, score) in self.scores.iter_mut().enumerate() {
            let sums: u64 = if k % 2 == 0 { even } else { odd };
            *score += (sums >> (k / 2 * 16) & 0xffff) as i32 - raised;
        }
        self.count = 0;
    }

    /// The scores of the classes; those of the next candidate start anew.
    pub(super) fn take(&mut self) -> [i32; CLASSES] {
        self.flush();
        std::mem::take(&mut self.scores)
    }
}

/// The bytes from `at` on; past the end there are zeros.
#[inline]
fn eight_from(bytes: &[u8], at: usize) -> [u8; 8] {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| last_of(rest))
}

#[cold]
fn last_of(rest: &[u8]) -> [u8; 8] {
    std::array::from_fn(|i| rest.get(i).copied().unwrap_or(0))
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
    fn tallies_neither_overflow_nor_read_past_the_table() {
        let mut rows = [-1; CLASSES << 4];
        rows[CLASSES * 15..].fill(-128);
        let weights = Weights::read(Cow::Owned(Weights::write(&rows, 4, 0.5))).unwrap_or_else(|e| panic!("{e}"));
        let mut tally = Tally::new(&weights);
        let mut score = |feature: u64| {
            (0..700).for_each(|_| tally.add(feature));
            tally.take()
        };
        assert_eq!(score(14 << 60), [-700; CLASSES]);
        assert_eq!(score(u64::MAX), [-700 * 128; CLASSES]);
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
