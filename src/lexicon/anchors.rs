//! From a word of the text to the sequences that may match around it.
//!
//! Each sequence is filed under one of its elements, its anchor: a rare one,
//! chosen so that few candidates come up that do not match. Beside it stands
//! what two other elements need: a word with one of some signature bits in some
//! window around the anchor. Most candidates fail there, at the cost of a
//! look at eight bytes.

use super::signature::EDGE;
use super::unit::{Window, Word};

/// What an element needs around the anchor: that a window has one of some signature bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Need {
    pub(crate) bits: u64,
    pub(crate) window: Window,
}

impl Need {
    /// What is always there: a word of a pattern has a bit itself.
    pub(crate) const NOTHING: Need = Need {
        bits: u64::MAX,
        window: Window::Itself,
    };
}

/// A sequence that may match where its anchor stands, as it is filed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Index of the sequence.
    pub(crate) sequence: u32,
    /// Index of the anchor element in it.
    pub(crate) element: u8,
    /// The words that the anchor may be.
    pub(crate) class: u32,
    /// What two of its other elements need, the more telling first.
    pub(crate) needs: [Need; 2],
    /// Bits of those who want to know of it.
    pub(crate) audience: u64,
}

impl Candidate {
    /// What candidates of one group have in common.
    fn group(&self) -> (Window, bool, u64) {
        let first = self.needs[0];
        // Large audiences are found together, small ones seldom.
        let audience = if self.audience.count_ones() > 8 {
            u64::MAX
        } else {
            self.audience
        };
        (first.window, first.bits == EDGE, audience)
    }
}

/// Candidates by the id of the anchor's word, and by the window of their first need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchors {
    /// Where the groups of each word id end.
    ends: Vec<u32>,
    groups: Vec<Group>,
    /// Candidate by candidate the bits of the first need: most fail it, and what is
    /// looked at first is kept together.
    first_bits: Vec<u64>,
    rest: Vec<Rest>,
}

/// Candidates of one word whose first needs are about the same window, and all or none
/// of them about its edge.
#[derive(Clone, Copy, Debug)]
struct Group {
    window: Window,
    /// What any of the first needs asks for.
    bits: u64,
    /// Bits of those who want to know of any of them.
    audience: u64,
    first: u32,
    end: u32,
}

/// What else is to know of a candidate.
#[derive(Clone, Copy, Debug)]
struct Rest {
    /// Of the second need.
    bits: u64,
    window: Window,
    element: u8,
    sequence: u32,
}

impl Anchors {
    /// Files `candidates`, each under the word ids that `anchors` tells of it; there are `words` word ids.
    pub(crate) fn new<'i>(
        mut candidates: Vec<Candidate>,
        words: usize,
        anchors: impl Fn(&Candidate) -> &'i [u32],
    ) -> Anchors {
        candidates.sort_by_key(|one| (one.group(), one.needs[1].window, one.sequence));
        // Words, and what is filed under each: numbers are sorted sooner than candidates.
        let mut filed: Vec<u64> = Vec::new();
        for (candidate, index) in candidates.iter().zip(0u64..) {
            let ids = anchors(candidate).iter();
            filed.extend(ids.map(|id| u64::from(*id) << 32 | index));
        }
        filed.sort_unstable();
        let candidate = |filed: &u64| &candidates[(*filed & u64::from(u32::MAX)) as usize];
        let mut made = Anchors::default();
        let mut next = filed
            .chunk_by(|one, other| one >> 32 == other >> 32)
            .peekable();
        for word in 0..words as u64 {
            if let Some(own) = next.next_if(|own| own[0] >> 32 == word) {
                let alike =
                    |one: &u64, other: &u64| candidate(one).group() == candidate(other).group();
                for group in own.chunk_by(alike) {
                    made.add(group.iter().map(candidate));
                }
            }
            made.ends.push(made.groups.len() as u32);
        }
        made
    }

    /// Adds a group.
    fn add<'c>(&mut self, candidates: impl Iterator<Item = &'c Candidate>) {
        let first = self.rest.len() as u32;
        let mut group = Group {
            window: Window::Itself,
            bits: 0,
            audience: 0,
            first,
            end: first,
        };
        for one in candidates {
            let [need, other] = one.needs;
            self.first_bits.push(need.bits);
            self.rest.push(Rest {
                bits: other.bits,
                window: other.window,
                element: one.element,
                sequence: one.sequence,
            });
            group.window = need.window;
            group.bits |= need.bits;
            group.audience |= one.audience;
            group.end += 1;
        }
        self.groups.push(group);
    }

    /// Calls `verify` with the sequences that some of `audience` may want to know of and whose
    /// anchor `word` may be, and with the index of the anchor element.
    #[inline(always)]
    pub(crate) fn each(&self, word: &Word, audience: u64, mut verify: impl FnMut(u32, u8)) {
        let around = &word.around;
        let word = word.id as usize;
        let first = word.checked_sub(1).map_or(0, |last| self.ends[last]);
        for group in &self.groups[first as usize..self.ends[word] as usize] {
            let present = around[group.window as usize];
            if (present & group.bits == 0) | (audience & group.audience == 0) {
                continue;
            }
            let range = group.first as usize..group.end as usize;
            for (bits, rest) in self.first_bits[range.clone()].iter().zip(&self.rest[range]) {
                if bits & present != 0 && rest.bits & around[rest.window as usize] != 0 {
                    verify(rest.sequence, rest.element);
                }
            }
        }
    }
}
