//! Sets of word ids, one per distinct position of a pattern.

use super::signature::Signature;
use super::unit::Word;

/// Up to so many ids are searched one after the other; of larger sets a bitmap is asked.
const FEW: usize = 8;

/// Sets of word ids. Each has the signature bits of its words, so that most words that
/// are not in it are told by one test; the sets take little memory, since it
/// is misses of the cache that the search spends its time on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    rows: Vec<Row>,
    /// The ids of each set, ascending.
    ids: Vec<u32>,
    /// Bit i of the bitmap of a large set: whether word id i is in it. Ids are small for common words, so that
    /// most questions go to the first words of a bitmap.
    bitmaps: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    bits: u64,
    first: u32,
    len: u32,
    /// The largest id, and where the bitmap begins.
    last: u32,
    bitmap: u32,
}

/// A set as a sequence holds it: the index of the set or, with the first bit set, the only word id in it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Class(u32);

const SINGLE: u32 = 1 << 31;

impl Classes {
    /// Adds the set of `ids`; returns its index.
    pub(crate) fn add(&mut self, mut ids: Vec<u32>) -> u32 {
        ids.sort_unstable();
        ids.dedup();
        let bitmap = self.bitmaps.len() as u32;
        if let Some(last) = ids.last().filter(|_| ids.len() > FEW) {
            self.bitmaps
                .resize(bitmap as usize + *last as usize / 64 + 1, 0);
            for id in &ids {
                self.bitmaps[bitmap as usize + *id as usize / 64] |= 1 << (id % 64);
            }
        }
        self.rows.push(Row {
            bits: 0,
            first: self.ids.len() as u32,
            len: ids.len() as u32,
            last: ids.last().copied().unwrap_or(0),
            bitmap,
        });
        self.ids.extend(ids);
        self.rows.len() as u32 - 1
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Sets the signature bits, which makes the sets ready for [`Classes::holds`].
    pub(crate) fn sign(&mut self, signature: &Signature) {
        for row in &mut self.rows {
            let ids = &self.ids[row.first as usize..][..row.len as usize];
            row.bits = ids.iter().fold(0, |bits, id| bits | signature.bit(*id));
        }
    }

    /// The set of that index.
    pub(crate) fn class(&self, index: u32) -> Class {
        match self.ids(index) {
            [only] => Class(SINGLE | only),
            _ => Class(index),
        }
    }

    /// Whether `word` is in the set.
    #[inline(always)]
    pub(crate) fn holds(&self, class: Class, word: &Word) -> bool {
        if class.0 & SINGLE != 0 {
            return class.0 == SINGLE | word.id;
        }
        self.holds_of(class.0, word)
    }

    /// Whether `word` is in the set of that index.
    #[inline]
    pub(crate) fn holds_of(&self, index: u32, word: &Word) -> bool {
        let row = &self.rows[index as usize];
        if word.is_in(row.bits) == 0 {
            return false;
        }
        if row.len as usize <= FEW {
            return self.of(row).contains(&word.id);
        }
        // Behind its largest id the bitmap of the next set begins.
        let at = row.bitmap as usize + word.id as usize / 64;
        word.id <= row.last && self.bitmaps[at] >> (word.id % 64) & 1 != 0
    }

    /// The signature bits of a set.
    #[inline]
    pub(crate) fn bits(&self, index: u32) -> u64 {
        self.rows[index as usize].bits
    }

    /// The ids of a set, ascending.
    pub(crate) fn ids(&self, index: u32) -> &[u32] {
        self.of(&self.rows[index as usize])
    }

    #[inline]
    fn of(&self, row: &Row) -> &[u32] {
        &self.ids[row.first as usize..][..row.len as usize]
    }
}
