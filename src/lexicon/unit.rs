//! The words of a unit with all that the search asks about them, side by side
//! in memory.

use super::signature::{EDGE, Signature};
use super::vocabulary::Vocabulary;
use crate::document::{Break, Token};

/// One word of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its bit in signatures; none for a word in no pattern.
    pub(crate) bit: u64,
    /// Word id.
    pub(crate) id: u32,
    /// The mark before it.
    pub(crate) before: Break,
    /// What a gap makes of it.
    pub(crate) kind: Kind,
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

/// The words of one unit and the signatures of what surrounds each.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitWords {
    pub(crate) words: Vec<Word>,
    /// Word by word the signatures of its [`Window`]s.
    around: Vec<[u64; WINDOWS]>,
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
    /// No requirement: every signature fits it.
    Anywhere,
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
            Window::Before | Window::Behind => 1.3,
            Window::NearBefore | Window::NearBehind => 4.5,
            Window::FarBefore | Window::FarBehind => 8.0,
            Window::Anywhere => f64::INFINITY,
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
    /// At the beginning of a unit, or at its end.
    const EDGE: Side = Side {
        beside: EDGE,
        near: [EDGE; NEAR as usize + 1],
        far: EDGE,
    };

    /// Takes in the mark that stands between the words walked and the next.
    #[inline]
    fn pass(&mut self, mark: Break) {
        match mark {
            Break::None => {}
            Break::Comma => self.beside = 0,
            Break::Clause => *self = Side::default(),
        }
    }

    /// Takes in a word.
    #[inline]
    fn take(&mut self, word: &Word) {
        let bit = word.bit;
        match word.kind {
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
                self.near.fill(bit);
            }
        }
        self.far |= bit;
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
        self.words.clear();
        self.words.extend(tokens.iter().map(|token| Word {
            bit: signature.bit(token.word),
            id: token.word,
            before: token.before,
            kind: match token.word {
                word if vocabulary.looks_through(word) => Kind::LookThrough,
                word if vocabulary.ends_clause(word) => Kind::Clause,
                _ => Kind::Counted,
            },
        }));
        self.around.clear();
        self.around.resize(self.words.len(), [u64::MAX; WINDOWS]);
        let mut side = Side::EDGE;
        for (word, around) in self.words.iter().zip(&mut self.around) {
            side.pass(word.before);
            around[Window::Before as usize] = side.beside;
            around[Window::NearBefore as usize] = side.near[NEAR as usize];
            around[Window::FarBefore as usize] = side.far;
            side.take(word);
        }
        self.present = self.words.iter().fold(0, |bits, word| bits | word.bit);
        side = Side::EDGE;
        for (word, around) in self.words.iter().zip(&mut self.around).rev() {
            around[Window::Behind as usize] = side.beside;
            around[Window::NearBehind as usize] = side.near[NEAR as usize];
            around[Window::FarBehind as usize] = side.far;
            side.take(word);
            side.pass(word.before);
        }
    }

    /// The signatures around the word at `at`, by [`Window`].
    #[inline]
    pub(crate) fn around(&self, at: usize) -> &[u64; WINDOWS] {
        &self.around[at]
    }
}

/// Whether the mark before `word` parts words with such a gap between them.
#[inline]
pub(crate) fn parted(word: &Word, gap: u8) -> bool {
    match gap {
        0 => word.before != Break::None,
        _ => word.before == Break::Clause,
    }
}

/// Whether a gap with `room` left may take the word in.
#[inline]
pub(crate) fn passes(word: &Word, room: &mut u8) -> bool {
    match word.kind {
        Kind::LookThrough => true,
        Kind::Counted if *room > 0 => {
            *room -= 1;
            true
        }
        Kind::Counted | Kind::Clause => false,
    }
}
