//! A hash table from folded words to ids, made for one look-up per word of the text.
//!
//! A word of up to 16 ASCII bytes is a 128-bit key: loaded, cut and lower-cased
//! in registers. Words of up to 8 bytes, four in five of a text, have a table of
//! half the size for themselves.

use rustc_hash::FxHashMap;

use crate::span::Span;

/// Bytes of a key.
const WIDTH: usize = 16;
const ONES: u128 = u128::from_ne_bytes([1; WIDTH]);
const HIGH: u128 = ONES << 7;

/// Folded words with an id each.
#[derive(Clone, Debug)]
pub(crate) struct FormTable {
    /// Words of up to 8 bytes.
    short: Slots<u64>,
    /// Words of 9 to 16 bytes.
    middle: Slots<u128>,
    long: FxHashMap<Box<str>, u32>,
}

/// Open addressing; what was given first lies where its hash leads, so that nearly all words of a text are found, or
/// known to be missing, at the first place looked at.
#[derive(Clone, Debug)]
struct Slots<K> {
    /// A word and its id; no word is 0, which is an empty place.
    slots: Vec<(K, u32)>,
    /// How far a hash is shifted for the place that it leads to.
    shift: u32,
}

impl<K: Copy + Default + PartialEq> Slots<K> {
    fn new(words: &[(K, u64, u32)]) -> Slots<K> {
        let bits = (words.len() * 3 / 2 + 1)
            .next_power_of_two()
            .trailing_zeros()
            .max(1);
        let shift = 64 - bits;
        let mut slots = vec![(K::default(), 0); 1 << bits];
        for (key, hash, id) in words {
            let mut at = (hash >> shift) as usize;
            while slots[at].0 != K::default() {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = (*key, *id);
        }
        Slots { slots, shift }
    }

    #[inline(always)]
    fn get(&self, key: K, hash: u64) -> Option<u32> {
        let mut at = (hash >> self.shift) as usize;
        loop {
            let (found, id) = self.slots[at];
            if found == key {
                return Some(id);
            }
            if found == K::default() {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

impl FormTable {
    /// The table of `words`; what is looked up often should come first.
    pub(crate) fn new<'a>(words: impl Iterator<Item = (&'a str, u32)>) -> FormTable {
        let (mut short, mut middle, mut long) = (Vec::new(), Vec::new(), FxHashMap::default());
        for (word, id) in words {
            if !is_short(word) {
                long.insert(word.into(), id);
                continue;
            }
            let key = key_of(word.as_bytes());
            match u64::try_from(key) {
                Ok(key) => short.push((key, hash_short(key), id)),
                Err(_) => middle.push((key, hash(key), id)),
            }
        }
        FormTable {
            short: Slots::new(&short),
            middle: Slots::new(&middle),
            long,
        }
    }

    /// The id of a folded word.
    pub(crate) fn get(&self, word: &str) -> Option<u32> {
        if is_short(word) {
            return self.short(key_of(word.as_bytes()));
        }
        self.long.get(word).copied()
    }

    /// The id of the folded word that `key` holds.
    #[inline(always)]
    pub(crate) fn short(&self, key: u128) -> Option<u32> {
        let (low, high) = (key as u64, (key >> 64) as u64);
        if high != 0 {
            return self.middle.get(key, hash(key));
        }
        self.short.get(low, hash_short(low))
    }
}

fn is_short(word: &str) -> bool {
    word.is_ascii() && (1..=WIDTH).contains(&word.len())
}

/// The key of a folded word of 1 to 16 ASCII bytes.
pub(crate) fn key_of(word: &[u8]) -> u128 {
    let mut bytes = [0; WIDTH];
    bytes[..word.len()].copy_from_slice(word);
    u128::from_le_bytes(bytes)
}

/// How many bytes the word of a key has.
pub(crate) fn key_len(key: u128) -> usize {
    WIDTH - key.leading_zeros() as usize / 8
}

/// A mask of the first `len` bytes of a key.
#[inline]
pub(crate) fn low_bytes(len: usize) -> u128 {
    if len >= WIDTH {
        u128::MAX
    } else {
        (1 << (8 * len)) - 1
    }
}

/// The first three letters of a key in 15 bits.
#[inline]
pub(crate) fn head(key: u128) -> usize {
    let low = key as usize;
    (low & 31) | (low >> 8 & 31) << 5 | (low >> 16 & 31) << 10
}

/// The key of the folded form of the word at `span`, where it is plain enough
/// to be folded in registers.
#[inline]
pub(crate) fn short_key(text: &[u8], span: Span) -> Option<u128> {
    let (start, len) = (span.start as usize, span.len());
    if len > WIDTH || len == 0 {
        return None;
    }
    let raw = match text
        .get(start..start + WIDTH)
        .and_then(|bytes| <[u8; WIDTH]>::try_from(bytes).ok())
    {
        Some(bytes) => u128::from_le_bytes(bytes) & low_bytes(len),
        None => key_of(&text[start..start + len]),
    };
    let (first, last) = (text[start], text[start + len - 1]);
    if raw & HIGH != 0 || first == b'_' || last == b'_' || last == b'\'' {
        return None;
    }
    // Adding 0x80 - 'A' sets the high bit from 'A' on, 0x80 - 'Z' - 1 from behind 'Z' on.
    let upper = (raw + ONES * 0x3f) ^ (raw + ONES * 0x25);
    let lower = raw | (upper & HIGH) >> 2;
    if len > 2 && last | 0x20 == b's' && text[start + len - 2] == b'\'' {
        return Some(lower & low_bytes(len - 2));
    }
    Some(lower)
}

#[inline]
fn hash_short(key: u64) -> u64 {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[inline]
fn hash(key: u128) -> u64 {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let mixed = low.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::folded;
    use super::*;

    #[test]
    fn words_of_any_length_are_found() {
        let words = [
            "a",
            "own",
            "responsibilities",
            "internationalisation",
            "café",
        ];
        let table = FormTable::new(words.into_iter().zip(1..));
        for (word, id) in words.into_iter().zip(1..) {
            assert_eq!(table.get(word), Some(id), "{word}");
        }
        assert_eq!(table.get("owns"), None);
        assert_eq!(FormTable::new(std::iter::empty()).get("own"), None);
    }

    proptest! {
        #[test]
        fn the_fast_fold_is_the_slow_fold(word in "[a-zA-Z0-9_'.]{1,18}", tail in "[ a-z]{0,20}") {
            let text = format!("{word}{tail}");
            if let Some(key) = short_key(text.as_bytes(), Span::new(0..word.len())) {
                prop_assert_eq!(key, key_of(folded(&word).as_bytes()));
            }
        }
    }
}
