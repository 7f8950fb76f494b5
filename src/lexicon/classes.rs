//! Sets of word ids, one per distinct position of a pattern.

/// Sets of word ids; a set is a run of bits from its smallest id on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    rows: Vec<Row>,
    bits: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    first: u32,
    len: u32,
    at: u32,
}

impl Classes {
    /// Adds the set of `ids`; returns its index.
    pub(crate) fn add(&mut self, mut ids: Vec<u32>) -> u32 {
        ids.sort_unstable();
        let first = ids.first().copied().unwrap_or_default();
        let len = ids.last().map_or(0, |last| last - first + 1);
        let at = self.bits.len();
        self.bits.resize(at + len.div_ceil(64) as usize, 0);
        for id in ids {
            let bit = (id - first) as usize;
            self.bits[at + bit / 64] |= 1 << (bit % 64);
        }
        self.rows.push(Row {
            first,
            len,
            at: at as u32,
        });
        self.rows.len() as u32 - 1
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Whether `word` is in the set.
    #[inline]
    pub(crate) fn holds(&self, class: u32, word: u32) -> bool {
        let row = self.rows[class as usize];
        let bit = word.wrapping_sub(row.first);
        bit < row.len && self.bits[(row.at + bit / 64) as usize] >> (bit % 64) & 1 != 0
    }

    /// The ids of a set, ascending.
    pub(crate) fn ids(&self, class: u32) -> impl Iterator<Item = u32> + '_ {
        let row = self.rows[class as usize];
        (row.first..row.first + row.len).filter(move |id| self.holds(class, *id))
    }
}
