//! The words of a unit with all that the search asks about them, side by side
//! in memory.

use super::signature::{EDGE, Signature};
use super::vocabulary::Vocabulary;
use crate::document::{Break, Token};

/// One word of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The signatures of its [`Window`]s.
    pub(crate) around: [u64; WINDOWS],
    /// Word id.
    pub(crate) id: u32,
    /// The mark before it.
    before: Break,
    /// What a gap makes of it.
    kind: Kind,
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

/// The words of one unit, from place 1. An edge stands before and behind them: a word
/// that is in no pattern and that gaps end at.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitWords {
    /// Both edges included; what follows the second is left over from longer units.
    words: Vec<Word>,
    end: usize,
    /// The signature of all words.
    pub(crate) present: u64,
}

/// A part of a unit around one of its words, which another word of a pattern must stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Window {
    /// The words that a word directly before may be: up to the first that counts.
    /// The beginning of the unit is like a word before all others, its end like one behind them.
    Before,
    /// Those that a gap of [`NEAR`] words may lead back to.
    NearBefore,
    /// Those back to the last clause mark.
    FarBefore,
    /// The same behind.
    Behind,
    NearBehind,
    FarBehind,
    /// The word itself.
    Itself,
}

/// How many windows there are.
pub(crate) const WINDOWS: usize = 7;
/// About how many words a unit has.
const MEAN_WORDS: f64 = 14.0;
/// The widest gap that the near windows reach over.
pub(crate) const NEAR: u8 = 3;

impl Window {
    /// The window in which the next element before (or behind) stands over a gap of `gap` words.
    pub(crate) fn beside(before: bool, gap: u8) -> Window {
        match (before, gap) {
            (true, 0) => Window::Before,
            (true, ..=NEAR) => Window::NearBefore,
            (true, _) => Window::FarBefore,
            (false, 0) => Window::Behind,
            (false, ..=NEAR) => Window::NearBehind,
            (false, _) => Window::FarBehind,
        }
    }

    /// The window in which elements further before (or behind) stand.
    pub(crate) fn far(before: bool) -> Window {
        if before {
            Window::FarBefore
        } else {
            Window::FarBehind
        }
    }

    /// How often it reaches to the beginning or end of the unit.
    pub(crate) fn edge(self) -> f64 {
        self.size().min(MEAN_WORDS) / MEAN_WORDS
    }

    /// About how many words stand in it.
    pub(crate) fn size(self) -> f64 {
        match self {
            Window::Itself => 1.0,
            Window::Before | Window::Behind => 1.3,
            Window::NearBefore | Window::NearBehind => 4.5,
            Window::FarBefore | Window::FarBehind => 8.0,
        }
    }
}

/// The signatures on one side of a word while the words are walked.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    beside: u64,
    /// By how many counted words may stand between.
    near: [u64; NEAR as usize + 1],
    far: u64,
}

impl Side {
    /// Beside an edge.
    const EDGE: Side = Side {
        beside: EDGE,
        near: [EDGE; NEAR as usize + 1],
        far: EDGE,
    };

    /// Takes in the mark that stands between the words walked and the next.
    #[inline(always)]
    fn pass(&mut self, mark: Break) {
        match mark {
            Break::None => {}
            Break::Comma => self.beside = 0,
            Break::Clause => *self = Side::default(),
        }
    }

    /// Takes in a word.
    #[inline(always)]
    fn take(&mut self, kind: Kind, bit: u64) {
        match kind {
            Kind::Counted => {
                self.beside = bit;
                for gap in (1..self.near.len()).rev() {
                    self.near[gap] = self.near[gap - 1] | bit;
                }
                self.near[0] = bit;
            }
            Kind::LookThrough => {
                self.beside |= bit;
                self.near.iter_mut().for_each(|near| *near |= bit);
            }
            Kind::Clause => {
                self.beside = bit;
                self.near = [bit; NEAR as usize + 1];
            }
        }
        self.far |= bit;
    }

    /// The signatures of the three windows on this side.
    #[inline(always)]
    fn windows(&self) -> [u64; 3] {
        [self.beside, self.near[NEAR as usize], self.far]
    }
}

impl Word {
    /// What stands before and behind the words of a unit.
    const EDGE: Word = Word {
        around: [0, 0, 0, 0, 0, 0, EDGE],
        id: u32::MAX,
        before: Break::None,
        kind: Kind::Clause,
    };

    /// Its bit in signatures; none for a word in no pattern.
    #[inline(always)]
    pub(crate) fn bit(&self) -> u64 {
        self.around[Window::Itself as usize]
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
        match self.kind {
            Kind::LookThrough => true,
            Kind::Counted if *room > 0 => {
                *room -= 1;
                true
            }
            Kind::Counted | Kind::Clause => false,
        }
    }
}

impl UnitWords {
    /// Takes in the words of a unit.
    pub(crate) fn fill(
        &mut self,
        vocabulary: &Vocabulary,
        signature: &Signature,
        tokens: &[Token],
    ) {
        self.end = tokens.len() + 1;
        if self.words.len() <= self.end {
            self.words.resize(self.end + 1, Word::EDGE);
        }
        self.words[0] = Word::EDGE;
        self.words[self.end] = Word::EDGE;
        let words = &mut self.words[1..self.end];
        let mut side = Side::EDGE;
        let mut present = 0;
        for (word, token) in words.iter_mut().zip(tokens) {
            let bit = signature.bit(token.word);
            let kind = vocabulary.kind(token.word);
            side.pass(token.before);
            let [beside, near, far] = side.windows();
            *word = Word {
                around: [beside, near, far, 0, 0, 0, bit],
                id: token.word,
                before: token.before,
                kind,
            };
            side.take(kind, bit);
            present |= bit;
        }
        self.present = present;
        side = Side::EDGE;
        for word in words.iter_mut().rev() {
            [word.around[3], word.around[4], word.around[5]] = side.windows();
            side.take(word.kind, word.bit());
            side.pass(word.before);
        }
    }

    /// The words with the edges before and behind them, by place.
    #[inline]
    pub(crate) fn places(&self) -> &[Word] {
        &self.words[..=self.end]
    }
}
