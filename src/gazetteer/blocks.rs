//! Blocks of a mapped file, each compared with its sum when something in it is first read: a large file is ready at once, and
//! nothing of it is used unchecked unnoticed. (The way of page checksums in databases.)

use std::ops::Range;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use super::format::{BLOCK, checksum};

/// Where the blocks of a file lie, which of them have been compared, and whether one was damaged.
pub(super) struct Blocks {
    /// The bytes that the blocks make up.
    body: Range<usize>,
    /// Their sums, eight bytes each.
    sums: Range<usize>,
    /// 1 for a block that has been compared.
    seen: Box<[AtomicU8]>,
    /// 1 + a block found damaged; 0 when there is none.
    damaged: AtomicU32,
}

impl Blocks {
    /// None has been compared.
    pub(super) fn new(body: Range<usize>, sums: Range<usize>) -> Blocks {
        let count = body.len().div_ceil(BLOCK);
        Blocks { body, sums, seen: (0..count).map(|_| AtomicU8::new(0)).collect(), damaged: AtomicU32::new(0) }
    }

    /// Compares the blocks in which a part of the file lies, those that have not been. `part` must be a part of `whole`.
    #[inline]
    pub(super) fn see(&self, whole: &[u8], part: &[u8]) {
        let start = (part.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize).wrapping_sub(self.body.start);
        let last = start.wrapping_add(part.len().saturating_sub(1)) / BLOCK;
        for block in start / BLOCK..=last {
            if self.seen.get(block).is_some_and(|seen| seen.load(Ordering::Acquire) == 0) {
                self.compare(whole, block);
            }
        }
    }

    #[cold]
    fn compare(&self, whole: &[u8], block: usize) {
        if !self.is_whole(whole, block) {
            // Two threads may find two blocks: either is worth telling.
            self.damaged.store(block as u32 + 1, Ordering::Relaxed);
        }
        if let Some(seen) = self.seen.get(block) {
            // Whoever sees this sees the damage too.
            seen.store(1, Ordering::Release);
        }
    }

    /// Compares all blocks; says whether they are whole.
    pub(super) fn are_whole(&self, whole: &[u8]) -> bool {
        self.see(whole, whole.get(self.body.clone()).unwrap_or_default());
        self.damage().is_none()
    }

    /// The first byte of a block that was found damaged.
    pub(super) fn damage(&self) -> Option<usize> {
        let block = self.damaged.load(Ordering::Relaxed).checked_sub(1)?;
        Some(self.body.start + block as usize * BLOCK)
    }

    /// Whether a block agrees with its sum.
    fn is_whole(&self, whole: &[u8], block: usize) -> bool {
        let start = self.body.start + block * BLOCK;
        let bytes = whole.get(start..(start + BLOCK).min(self.body.end));
        let sum = whole.get(self.sums.clone()).and_then(|sums| sums.as_chunks::<8>().0.get(block)).map(|sum| u64::from_le_bytes(*sum));
        bytes.is_some_and(|bytes| sum == Some(checksum(bytes)))
    }
}
