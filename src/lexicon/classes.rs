//! Sets of word ids, one per distinct position of a pattern.

use super::signature::Signature;
use super::unit::Word;

/// Sets of word ids. Each has the signature bits of its words, so that most words that
/// are not in it are told by one test; the sets take little memory, since it
/// is misses of the cache that the search spends its time on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    rows: Vec<Row>,
    /// The ids of each set, ascending.
    ids: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    bits: u64,
    first: u32,
    len: u32,
}

impl Classes {
    /// Adds the set of `ids`; returns its index.
    pub(crate) fn add(&mut self, mut ids: Vec<u32>) -> u32 {
        ids.sort_unstable();
        ids.dedup();
        self.rows.push(Row {
            bits: 0,
            first: self.ids.len() as u32,
            len: ids.len() as u32,
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

    /// Whether `word` is in the set.
    #[inline]
    pub(crate) fn holds(&self, class: u32, word: &Word) -> bool {
        let row = self.rows[class as usize];
        row.bits & word.bit != 0 && self.of(row).binary_search(&word.id).is_ok()
    }

    /// The signature bits of a set.
    #[inline]
    pub(crate) fn bits(&self, class: u32) -> u64 {
        self.rows[class as usize].bits
    }

    /// The ids of a set, ascending.
    pub(crate) fn ids(&self, class: u32) -> &[u32] {
        self.of(self.rows[class as usize])
    }

    #[inline]
    fn of(&self, row: Row) -> &[u32] {
        &self.ids[row.first as usize..][..row.len as usize]
    }
}
