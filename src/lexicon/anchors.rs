//! From a word of the text to the sequences that may match around it.
//!
//! Each sequence is filed under one of its elements, its anchor: a rare one,
//! chosen so that few candidates come up that do not match. Beside it stands
//! what two other elements need: a word with one of some signature bits in some
//! window around the anchor. Most candidates fail there, at the cost of a
//! look at 24 bytes.

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

/// A sequence that may match where its anchor stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    bits: [u64; 2],
    windows: [Window; 2],
    /// Index of the anchor element in the sequence.
    pub(crate) element: u8,
    /// Index of the sequence.
    pub(crate) sequence: u32,
}

impl Candidate {
    pub(crate) fn new(sequence: u32, element: usize, needs: [Need; 2]) -> Candidate {
        Candidate {
            bits: needs.map(|need| need.bits),
            windows: needs.map(|need| need.window),
            element: element as u8,
            sequence,
        }
    }

    /// Whether what the sequence needs is there.
    #[inline]
    fn fits(&self, around: &[u64; WINDOWS]) -> bool {
        let fits = |need: usize| self.bits[need] & around[self.windows[need] as usize] != 0;
        fits(0) && fits(1)
    }
}

/// Candidates by the id of the anchor's word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchors {
    /// Where the candidates of each word id end.
    ends: Vec<u32>,
    filed: Vec<Candidate>,
}

impl Anchors {
    /// Files `entries`, word ids with a candidate; there are `words` word ids.
    pub(crate) fn new(mut entries: Vec<(u32, Candidate)>, words: usize) -> Anchors {
        entries.sort_by_key(|(word, one)| (*word, one.windows, one.sequence));
        let mut ends = vec![0u32; words];
        for (word, _) in &entries {
            ends[*word as usize] += 1;
        }
        let mut end = 0;
        for own in &mut ends {
            end += *own;
            *own = end;
        }
        Anchors {
            ends,
            filed: entries.into_iter().map(|(_, one)| one).collect(),
        }
    }

    /// The candidates whose anchor is `word`, with signatures `around` it.
    #[inline]
    pub(crate) fn at<'a>(
        &'a self,
        word: u32,
        around: &'a [u64; WINDOWS],
    ) -> impl Iterator<Item = &'a Candidate> {
        let word = word as usize;
        let first = word.checked_sub(1).map_or(0, |last| self.ends[last]);
        self.filed[first as usize..self.ends[word] as usize]
            .iter()
            .filter(|one| one.fits(around))
    }
}
