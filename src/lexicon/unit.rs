//! The words of a unit with all that the search asks about them, side by side
//! in memory.

use super::signature::Signature;
use crate::document::{Break, Token};

/// What a matcher knows of a word id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// The number of its signature bit.
    pub(crate) bit: u8,
    /// What a gap makes of it.
    pub(crate) kind: Kind,
    /// The widest gap behind it as the first word of a pair, plus one; 0 where it is none.
    pub(crate) reach: u8,
    /// Whether sequences are filed under it alone.
    pub(crate) is_alone: bool,
}

/// One word of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The signature of the words before it, from the last mark on that ends a clause.
    pub(crate) behind: u64,
    /// The signature of the words after it, up to the next such mark.
    pub(crate) ahead: u64,
    /// Word id.
    pub(crate) id: u32,
    pub(crate) known: Known,
    /// The mark before it.
    before: Break,
    /// The gap that leads back to the beginning of the unit, [`NEVER`] where none does.
    begin: u8,
    /// The gap that leads on to its end.
    end: u8,
}

/// What a gap makes of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Passes it without counting.
    LookThrough,
    /// Counts it.
    Counted,
    /// Ends at it.
    Clause,
}

/// Wider than any gap: from every word it leads to the edges of the unit.
pub(crate) const ANYWHERE: u8 = u8::MAX;
/// The gap where none leads to an edge.
const NEVER: u8 = u8::MAX;

/// The words of one unit, in text order.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitWords {
    words: Vec<Word>,
    /// The signature of all words.
    pub(crate) present: u64,
}

impl Word {
    /// Its bit in signatures; none for a word in no pattern.
    #[inline(always)]
    pub(crate) fn bit(&self) -> u64 {
        Signature::bit_of(self.known.bit)
    }

    /// Whether the mark before it parts words with such a gap between them.
    #[inline(always)]
    pub(crate) fn is_parted(&self, gap: u8) -> bool {
        // Without a gap no mark may stand between, with one a comma may.
        self.before as u8 > u8::from(gap > 0)
    }

    /// Whether a gap with `room` left may take it in.
    #[inline(always)]
    pub(crate) fn passes(&self, room: &mut u8) -> bool {
        match self.known.kind {
            Kind::LookThrough => true,
            Kind::Counted if *room > 0 => {
                *room -= 1;
                true
            }
            Kind::Counted | Kind::Clause => false,
        }
    }

    /// Whether a match that begins with it may have at most `gap` words before it in the unit.
    #[inline(always)]
    pub(crate) fn begins(&self, gap: u8) -> bool {
        self.begin <= gap
    }

    /// Whether a match that ends with it may have at most `gap` words behind it in the unit.
    #[inline(always)]
    pub(crate) fn ends(&self, gap: u8) -> bool {
        self.end <= gap
    }

    /// The gap that leads over the mark before it, where `gap` leads up to that.
    fn over_mark(&self, gap: u8) -> u8 {
        match self.before {
            Break::None => gap,
            Break::Comma => gap.max(1),
            Break::Clause => NEVER,
        }
    }

    /// The gap that leads over the word, where `gap` leads up to it.
    fn over_word(&self, gap: u8, counted: &mut u8) -> u8 {
        match self.known.kind {
            Kind::LookThrough => gap,
            Kind::Counted => {
                *counted = counted.saturating_add(1);
                gap.max(*counted)
            }
            Kind::Clause => NEVER,
        }
    }
}

impl UnitWords {
    /// Takes in the words of a unit; `known` tells of every word id, `edge` is the widest gap that
    /// is asked for at an edge of the unit.
    pub(crate) fn fill(&mut self, known: &[Known], edge: u8, tokens: &[Token]) {
        self.words.clear();
        let (mut present, mut behind) = (0, 0);
        self.words.extend(tokens.iter().map(|token| {
            let known = known[token.word as usize];
            if token.before == Break::Clause {
                behind = 0;
            }
            let word = Word {
                behind,
                ahead: 0,
                id: token.word,
                known,
                before: token.before,
                begin: NEVER,
                end: NEVER,
            };
            let bit = word.bit();
            behind |= bit;
            present |= bit;
            word
        }));
        self.present = present;
        let mut ahead = 0;
        for word in self.words.iter_mut().rev() {
            word.ahead = ahead;
            ahead |= word.bit();
            if word.before == Break::Clause {
                ahead = 0;
            }
        }
        self.edges(edge);
    }

    /// Tells the words near the edges, up to a gap of `widest`, how near they are.
    fn edges(&mut self, widest: u8) {
        let (mut gap, mut counted) = (0, 0);
        for (word, at) in self.words.iter_mut().zip(0..) {
            if at > 0 {
                gap = word.over_mark(gap);
            }
            if gap > widest {
                break;
            }
            word.begin = gap;
            gap = word.over_word(gap, &mut counted);
        }
        (gap, counted) = (0, 0);
        for word in self.words.iter_mut().rev() {
            if gap > widest {
                break;
            }
            word.end = gap;
            gap = word.over_word(gap, &mut counted);
            gap = word.over_mark(gap);
        }
    }

    /// The words.
    #[inline]
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }
}
