//! The words of a unit with all that the search asks about them, side by side
//! in memory.

use super::search::MAX_SPAN;
use super::signature::USED;
use crate::document::{Break, Token};

/// What a matcher knows of a word id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// The signature of the words that may make a pair with it directly behind it.
    pub(crate) next: u64,
    /// That of those that may do so apart from it.
    pub(crate) near: u64,
    /// How far from it these may stand.
    pub(crate) reach: Steps,
    /// What the word itself takes of a gap.
    pub(crate) step: Steps,
    /// The number of its signature bit.
    pub(crate) bit: u8,
    /// What must be among the flags around it where sequences are filed under it alone: none, [`ALWAYS`], or
    /// [`EDGE`] if all of these begin or end the unit.
    pub(crate) alone: u64,
}

/// How far one word stands from another: 64 for each word between them that a gap counts, one for each comma, and
/// [`CLAUSE`] for a mark or a word that no gap crosses. Right for words at most 64 apart.
pub(crate) type Steps = u16;

/// What a gap takes in: a word that it looks through, one that it counts, and one that ends the clause.
pub(crate) const LOOK_THROUGH: Steps = 0;
pub(crate) const COUNTED: Steps = 64;
pub(crate) const CLAUSE: Steps = 2048;

const COMMA: u32 = 1;

/// How far a gap of so many words may lead: without a gap no comma may stand between, with one some may.
pub(crate) fn limit(gap: u8) -> Steps {
    match gap {
        0 => 0,
        gap => Steps::from(gap) * COUNTED + COUNTED - 1,
    }
}

/// A flag beside every signature of surroundings.
pub(crate) const ALWAYS: u64 = USED + 1;
/// A flag beside what is before the first word of a unit, those that gaps look through apart, and behind the last.
pub(crate) const EDGE: u64 = ALWAYS << 1;

/// One word of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The signature of the words before it, from the last mark on that ends a clause; and [`ALWAYS`], and
    /// [`EDGE`] at the beginning of the unit.
    pub(crate) behind: u64,
    /// The signature of the words after it, up to the next such mark; and [`ALWAYS`], and [`EDGE`] at the end.
    pub(crate) ahead: u64,
    pub(crate) known: Known,
    /// Word id.
    pub(crate) id: u32,
    /// How far it stands from the beginning of the unit.
    place: u32,
}

/// Wider than any gap: from every word it leads to the edges of the unit.
pub(crate) const ANYWHERE: u8 = u8::MAX;

/// The words of one unit, in text order.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitWords {
    words: Vec<Word>,
    /// The signature of all words.
    pub(crate) present: u64,
    /// How far the end stands from the beginning.
    end: u32,
}

impl Word {
    /// How far a later word stands from it.
    #[inline(always)]
    pub(crate) fn steps_to(&self, later: &Word) -> u32 {
        self.steps_up_to(later.place)
    }

    /// How far a place behind it is from it.
    #[inline(always)]
    fn steps_up_to(&self, place: u32) -> u32 {
        // Places wrap around in units of millions of words.
        place
            .wrapping_sub(self.place)
            .wrapping_sub(self.known.step.into())
    }

    /// 1 if its signature bit is among `bits`, else 0.
    #[inline(always)]
    pub(crate) fn is_in(&self, bits: u64) -> usize {
        (bits >> (self.known.bit & 63) & 1) as usize
    }

    /// Whether what is filed under it alone may match.
    #[inline(always)]
    pub(crate) fn is_alone(&self) -> bool {
        (self.behind | self.ahead) & self.known.alone != 0
    }
}

impl UnitWords {
    /// Takes in the words of a unit; `known` tells of every word id.
    pub(crate) fn fill(&mut self, known: &[Known], tokens: &[Token]) {
        self.words.clear();
        let (mut present, mut behind, mut place) = (0, 0, 0u32);
        for (token, at) in tokens.iter().zip(0..) {
            let known = known[token.word as usize];
            if token.before != Break::None && at > 0 {
                let is_comma = token.before == Break::Comma;
                place = place.wrapping_add(if is_comma { COMMA } else { CLAUSE.into() });
                behind = if is_comma { behind } else { 0 };
            }
            self.words.push(Word {
                behind: behind & USED | edge(place),
                ahead: 0,
                known,
                id: token.word,
                place,
            });
            let bit = 1 << (known.bit & 63);
            behind |= bit;
            present |= bit;
            place = place.wrapping_add(known.step.into());
        }
        self.present = present & USED;
        self.end = place;
        let mut ahead = 0;
        for (word, token) in self.words.iter_mut().zip(tokens).rev() {
            word.ahead = ahead & USED | edge(word.steps_up_to(place));
            ahead |= 1 << (word.known.bit & 63);
            if token.before == Break::Clause {
                ahead = 0;
            }
        }
    }

    /// What stands before the first of two words and behind the last.
    #[inline(always)]
    pub(crate) fn around(&self, (first, last): (usize, usize)) -> [u64; 2] {
        [self.words[first].behind, self.words[last].ahead]
    }

    /// Whether a match that begins with the word at `at` may have at most `gap` words before it.
    #[inline]
    pub(crate) fn begins(&self, at: usize, gap: u8) -> bool {
        gap == ANYWHERE || at < MAX_SPAN && self.words[at].place <= limit(gap).into()
    }

    /// Whether a match that ends with the word at `at` may have at most `gap` words behind it.
    #[inline]
    pub(crate) fn ends(&self, at: usize, gap: u8) -> bool {
        let steps = self.words[at].steps_up_to(self.end);
        gap == ANYWHERE || self.words.len() - at <= MAX_SPAN && steps <= limit(gap).into()
    }

    /// The words.
    #[inline]
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }
}

/// The flags beside what surrounds a word that stands so far from an edge.
#[inline(always)]
fn edge(steps: u32) -> u64 {
    if steps == 0 { ALWAYS | EDGE } else { ALWAYS }
}
