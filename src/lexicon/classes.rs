//! Sets of word ids, one per distinct position of a pattern.

use super::unit::Word;

/// Sets of word ids, as lists and as rows of bits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    /// Where each set's ids end in `ids`.
    ends: Vec<u32>,
    /// The ids of each set, ascending.
    ids: Vec<u32>,
    /// Set by set a bit for each word id; filled by [`Classes::freeze`].
    bits: Vec<u64>,
    /// Numbers of `bits` per set.
    stride: usize,
}

impl Classes {
    /// Adds the set of `ids`; returns its index.
    pub(crate) fn add(&mut self, mut ids: Vec<u32>) -> u32 {
        ids.sort_unstable();
        ids.dedup();
        self.ids.extend(ids);
        self.ends.push(self.ids.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// Makes the sets ready for [`Classes::holds`]; there are `words` word ids.
    pub(crate) fn freeze(&mut self, words: usize) {
        self.stride = words.div_ceil(64);
        self.bits = vec![0; self.stride * self.ends.len()];
        for class in 0..self.len() {
            let row = class as usize * self.stride;
            for id in range(&self.ends, class).map(|at| self.ids[at] as usize) {
                self.bits[row + id / 64] |= 1 << (id % 64);
            }
        }
    }

    /// Whether `word` is in the set.
    #[inline]
    pub(crate) fn holds(&self, class: u32, word: &Word) -> bool {
        let id = word.id as usize;
        self.bits[class as usize * self.stride + id / 64] >> (id % 64) & 1 != 0
    }

    /// The ids of a set, ascending.
    pub(crate) fn ids(&self, class: u32) -> &[u32] {
        &self.ids[range(&self.ends, class)]
    }
}

/// Where the ids of a set stand.
fn range(ends: &[u32], class: u32) -> std::ops::Range<usize> {
    let first = class.checked_sub(1).map_or(0, |last| ends[last as usize]);
    first as usize..ends[class as usize] as usize
}
