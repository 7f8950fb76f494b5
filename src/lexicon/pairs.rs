//! From two words of the text to the sequences that hold them side by side.
//!
//! Every sequence of several words is filed under each pair of word ids that
//! can stand for two neighbouring elements of it. A pair of the text that is
//! in no sequence, as nearly all are, costs one look at a bit filter.

/// Bits of the filter for each pair filed.
const FILTER_LOAD: usize = 12;

/// Pairs of word ids with what is filed under them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// Two bits of one word for each pair.
    filter: Vec<u64>,
    slots: Vec<Slot>,
    shift: u32,
    filed: Vec<Anchor>,
}

/// Where a pair of elements stands in a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Anchor {
    /// Signature bits of which the unit must have one.
    pub(crate) need: u64,
    /// Index of the sequence.
    pub(crate) sequence: u32,
    /// Index of the pair's left element.
    pub(crate) element: u8,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    first: u32,
    len: u32,
}

impl Pairs {
    /// Files `entries`, pairs of (left, right) with an anchor.
    pub(crate) fn new(mut entries: Vec<(u32, u32, Anchor)>) -> Pairs {
        entries.sort_unstable();
        entries.dedup();
        let mut keys: Vec<Slot> = Vec::new();
        for (at, (left, right, _)) in (0u32..).zip(&entries) {
            let key = key(*left, *right);
            match keys.last_mut() {
                Some(slot) if slot.key == key => slot.len += 1,
                _ => keys.push(Slot {
                    key,
                    first: at,
                    len: 1,
                }),
            }
        }
        let bits = (keys.len() * 2).next_power_of_two().trailing_zeros().max(1);
        let words = (keys.len() * FILTER_LOAD / 64).next_power_of_two();
        let mut pairs = Pairs {
            filter: vec![0; words],
            slots: vec![Slot::default(); 1 << bits],
            shift: 64 - bits,
            filed: entries.into_iter().map(|(.., anchor)| anchor).collect(),
        };
        for slot in keys {
            let hash = hash(slot.key);
            let word = hash as usize & (words - 1);
            pairs.filter[word] |= filter_bits(hash);
            let mut at = (hash >> pairs.shift) as usize;
            while pairs.slots[at].key != 0 {
                at = (at + 1) & (pairs.slots.len() - 1);
            }
            pairs.slots[at] = slot;
        }
        pairs
    }

    /// What is filed under the pair.
    #[inline]
    pub(crate) fn get(&self, left: u32, right: u32) -> &[Anchor] {
        let key = key(left, right);
        let hash = hash(key);
        let bits = filter_bits(hash);
        if self.filter[hash as usize & (self.filter.len() - 1)] & bits != bits {
            return &[];
        }
        self.search(key, hash)
    }

    fn search(&self, key: u64, hash: u64) -> &[Anchor] {
        let mut at = (hash >> self.shift) as usize;
        loop {
            let slot = self.slots[at];
            if slot.key == key {
                return &self.filed[slot.first as usize..][..slot.len as usize];
            }
            if slot.key == 0 {
                return &[];
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// Never 0: word ids in patterns begin at 1.
fn key(left: u32, right: u32) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

#[inline]
fn hash(key: u64) -> u64 {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// Bits 20 to 31 of the hash; the filter's word comes from the lower ones, the slot from the top.
#[inline]
fn filter_bits(hash: u64) -> u64 {
    1 << (hash >> 20 & 63) | 1 << (hash >> 26 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filed_is_found() {
        let anchor = |sequence| Anchor {
            need: u64::MAX,
            sequence,
            element: 0,
        };
        let entries = (1..500).flat_map(|id| {
            [
                (id, id + 1, anchor(id)),
                (id, id + 1, anchor(id + 1)),
                (7, id, anchor(9)),
            ]
        });
        let pairs = Pairs::new(entries.collect());
        assert_eq!(pairs.get(3, 4), [anchor(3), anchor(4)]);
        assert_eq!(pairs.get(7, 100), [anchor(9)]);
        assert_eq!(pairs.get(7, 8), [anchor(7), anchor(8), anchor(9)]);
        assert!(pairs.get(4, 3).is_empty());
        assert!(Pairs::new(Vec::new()).get(1, 2).is_empty());
    }
}
