//! From a word of the text to the sequences that may match around it.
//!
//! Each sequence is filed under one of its elements, its anchor: a rare one,
//! chosen so that few candidates come up that do not match. Beside it stands
//! what two other elements need: a word with one of some signature bits in some
//! window around the anchor. Most candidates fail there, at the cost of a
//! look at eight bytes.

use super::signature::EDGE;
use super::unit::{WINDOWS, Window};

/// What an element needs around the anchor: that a window has one of some signature bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Need {
    pub(crate) bits: u64,
    pub(crate) window: Window,
}

impl Need {
    /// What is always there.
    pub(crate) const NOTHING: Need = Need {
        bits: u64::MAX,
        window: Window::Anywhere,
    };
}

/// A sequence that may match where its anchor stands, as it is filed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Index of the sequence.
    pub(crate) sequence: u32,
    /// Index of the anchor element in it.
    pub(crate) element: u8,
    /// What two of its other elements need, the more telling first.
    pub(crate) needs: [Need; 2],
}

impl Candidate {
    /// What candidates of one group have in common.
    fn group(&self) -> (Window, bool) {
        let first = self.needs[0];
        (first.window, first.bits == EDGE)
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
    /// Files `entries`, word ids with a candidate; there are `words` word ids.
    pub(crate) fn new(mut entries: Vec<(u32, Candidate)>, words: usize) -> Anchors {
        entries.sort_by_key(|(word, one)| (*word, one.group(), one.needs[1].window, one.sequence));
        let mut anchors = Anchors::default();
        let mut next = entries.chunk_by(|one, other| one.0 == other.0).peekable();
        for word in 0..words as u32 {
            if let Some(own) = next.next_if(|own| own[0].0 == word) {
                for group in own.chunk_by(|one, other| one.1.group() == other.1.group()) {
                    let first = anchors.rest.len() as u32;
                    for (_, one) in group {
                        let [need, other] = one.needs;
                        anchors.first_bits.push(need.bits);
                        anchors.rest.push(Rest {
                            bits: other.bits,
                            window: other.window,
                            element: one.element,
                            sequence: one.sequence,
                        });
                    }
                    anchors.groups.push(Group {
                        window: group[0].1.needs[0].window,
                        bits: group.iter().fold(0, |bits, one| bits | one.1.needs[0].bits),
                        first,
                        end: anchors.rest.len() as u32,
                    });
                }
            }
            anchors.ends.push(anchors.groups.len() as u32);
        }
        anchors
    }

    /// Calls `verify` with the sequences whose anchor `word` may be, given the signatures
    /// `around` it, and with the index of the anchor element.
    #[inline]
    pub(crate) fn each(&self, word: u32, around: &[u64; WINDOWS], mut verify: impl FnMut(u32, u8)) {
        let word = word as usize;
        let first = word.checked_sub(1).map_or(0, |last| self.ends[last]);
        for group in &self.groups[first as usize..self.ends[word] as usize] {
            let present = around[group.window as usize];
            if present & group.bits == 0 {
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
