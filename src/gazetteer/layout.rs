//! Layout: the compiled lists as bytes of the format.

use std::collections::HashMap;

use super::format::{
    ALIGNMENT, BLOCK, BUCKET, CONTINUES, FIRST_SECTION_WORD, HEADER_WORDS, MAGIC, OVERFLOWS, PLAIN, Packed, SECTIONS, VERSION, bucket_of, buckets_for,
    checksum, filter_bytes, filter_place, key_place, tag_of, write_length,
};

/// One alias, before it is laid out.
pub(super) struct Alias {
    /// Number of its folded form: equal forms have equal numbers.
    pub(super) folded: u32,
    pub(super) entry: u32,
    pub(super) packed: Packed,
    /// Whether it is the name of its entry and its capitals are told from it, so that it needs no record when it stands alone.
    pub(super) plain: bool,
    /// Hash of its second token.
    pub(super) second: Option<u64>,
    /// Whether its case rule lets its first and its second token stand in small letters.
    pub(super) lower: [bool; 2],
    /// Hashes of all prefixes of the token sequence; the last is the form itself.
    pub(super) prefixes: Vec<u64>,
}

/// String pool: equal texts share one offset.
#[derive(Default)]
pub(super) struct Pool {
    pub(super) bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Pool {
    pub(super) fn add(&mut self, text: &str) -> Result<u32, String> {
        if let Some(offset) = self.known.get(text) {
            return Ok(*offset);
        }
        let offset = u32::try_from(self.bytes.len()).map_err(|_| "the lists hold more than 4 GB of text".to_owned())?;
        write_length(text.len(), &mut self.bytes).ok_or("a cell of more than 256 MB")?;
        self.bytes.extend_from_slice(text.as_bytes());
        self.known.insert(text.to_owned(), offset);
        Ok(offset)
    }
}

/// Sorts the aliases by form, marks the last of each form, and drops those that say the same twice.
pub(super) fn group(aliases: &mut Vec<Alias>) {
    // The part is not compared: a form listed twice in a row is one alias.
    let key = |a: &Alias| (a.folded, a.entry, a.packed.0 & 0x00ff_ffff);
    aliases.sort_by_key(|a| (key(a), a.packed));
    aliases.dedup_by_key(|a| key(a));
    for i in 0..aliases.len() {
        if aliases.get(i + 1).is_none_or(|next| next.folded != aliases[i].folded) {
            aliases[i].packed.0 |= Packed::LAST;
        }
    }
}

/// The reference of each form, by its first alias, and the aliases that need a record.
pub(super) fn references(aliases: &[Alias]) -> (Vec<u32>, Vec<&Alias>) {
    let mut references = Vec::with_capacity(aliases.len());
    let mut kept: Vec<&Alias> = Vec::new();
    for (i, alias) in aliases.iter().enumerate() {
        let is_alone = alias.packed.0 & Packed::LAST != 0 && (i == 0 || aliases[i - 1].folded != alias.folded);
        if alias.plain && is_alone {
            references.push(PLAIN | alias.entry);
        } else {
            kept.push(alias);
            references.push(kept.len() as u32);
        }
    }
    (references, kept)
}

/// A bucket of slots: tags and payloads.
pub(super) type Bucket = [[u32; BUCKET]; 2];

/// What matching searches: filters of first tokens, of second ones and of both together, and the slots of all prefixes.
pub(super) struct Trie {
    pub(super) firsts: TokenFilter,
    pub(super) seconds: TokenFilter,
    pub(super) pairs: Vec<u8>,
    pub(super) buckets: Vec<Bucket>,
}

pub(super) fn build_trie(aliases: &[Alias], references: &[u32]) -> Trie {
    let mut nodes: HashMap<u64, u32> = HashMap::new();
    for (alias, reference) in aliases.iter().zip(references) {
        let Some((last, inner)) = alias.prefixes.split_last() else { continue };
        for prefix in inner {
            *nodes.entry(*prefix).or_default() |= CONTINUES;
        }
        let node = nodes.entry(*last).or_default();
        // Aliases with one folded form stand together: the first names them all.
        if *node & !CONTINUES == 0 {
            *node |= reference;
        }
    }
    let mut sorted: Vec<_> = nodes.into_iter().collect();
    sorted.sort_unstable();
    Trie {
        firsts: TokenFilter::new(aliases.iter().filter_map(|alias| Some((*alias.prefixes.first()?, alias.lower[0])))),
        seconds: TokenFilter::new(aliases.iter().filter_map(|alias| Some((alias.second?, alias.lower[1])))),
        pairs: filter(aliases.iter().filter_map(|alias| alias.prefixes.get(1).copied())),
        buckets: fill(&sorted),
    }
}

/// Filters of tokens.
pub(super) struct TokenFilter {
    /// For tokens however they are written.
    pub(super) any: Vec<u8>,
    /// For tokens in small letters.
    pub(super) lower: Vec<u8>,
}

impl TokenFilter {
    /// Filters of tokens by hash, with whether they may be in small letters.
    fn new(tokens: impl Iterator<Item = (u64, bool)> + Clone) -> TokenFilter {
        let lower = tokens.clone().filter(|(_, lower)| *lower);
        TokenFilter { lower: filter(lower.map(|(hash, _)| hash)), any: filter(tokens.map(|(hash, _)| hash)) }
    }
}

/// A filter of hashes.
fn filter(hashes: impl Iterator<Item = u64>) -> Vec<u8> {
    let mut hashes: Vec<u64> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut bits = vec![0; filter_bytes(hashes.len())];
    for hash in hashes {
        let (byte, bit) = filter_place(hash, bits.len());
        bits[byte] |= bit;
    }
    bits
}

/// Puts prefixes and their payloads into buckets.
fn fill(nodes: &[(u64, u32)]) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = vec![[[0; BUCKET]; 2]; buckets_for(nodes.len())];
    for (hash, payload) in nodes {
        let mut place = bucket_of(*hash, buckets.len());
        let slot = loop {
            match buckets[place][0].iter().position(|tag| *tag == 0) {
                Some(slot) => break slot,
                None => {
                    buckets[place][1][0] |= OVERFLOWS;
                    place = (place + 1) % buckets.len();
                }
            }
        };
        buckets[place][0][slot] = tag_of(*hash);
        buckets[place][1][slot] = *payload;
    }
    buckets
}

/// The slots of keys and what they lead to: half of them are used.
pub(super) fn key_slots(keys: &[(u64, u32)]) -> Vec<u32> {
    let mut slots = vec![0; 2 * keys.len()];
    for (hash, value) in keys {
        let mut place = key_place(*hash, slots.len());
        while slots[place] != 0 {
            place = (place + 1) % slots.len();
        }
        slots[place] = value + 1;
    }
    slots
}

/// Words as bytes.
pub(super) fn words(values: impl Iterator<Item = u32>) -> Vec<u8> {
    values.flat_map(u32::to_le_bytes).collect()
}

/// Header, sums and the other sections as one file.
pub(super) fn join(sections: &[Vec<u8>; SECTIONS - 1]) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    let mut places = Vec::new();
    for section in sections {
        while !body.len().is_multiple_of(ALIGNMENT) {
            body.push(0);
        }
        places.push((body.len(), section.len()));
        body.extend_from_slice(section);
    }
    let sums: Vec<u8> = body.chunks(BLOCK).flat_map(|block| checksum(block).to_le_bytes()).collect();
    let sums_at = HEADER_WORDS * 4;
    let body_at = (sums_at + sums.len()).next_multiple_of(ALIGNMENT);
    let length = u32::try_from(body_at + body.len()).map_err(|_| "the compiled lists are larger than 4 GB".to_owned())?;
    let all = [(sums_at, sums.len())].into_iter().chain(places.into_iter().map(|(start, length)| (body_at + start, length)));
    let mut summed = words(all.flat_map(|(start, length)| [start as u32, length as u32]));
    summed.extend_from_slice(&sums);
    summed.resize(body_at - FIRST_SECTION_WORD * 4, 0);
    let sum = checksum(&summed);
    let mut out = words([MAGIC, VERSION, length, sum as u32, (sum >> 32) as u32].into_iter());
    debug_assert_eq!(out.len(), FIRST_SECTION_WORD * 4);
    out.extend_from_slice(&summed);
    out.extend_from_slice(&body);
    Ok(out)
}
