//! Words of a piece of text, by the Unicode rules (UAX #29).
//!
//! A token of common characters is split by a table here; what stands beside any other character
//! goes to `unicode-segmentation`. The results are the same, and tested to be.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use wide::u8x16;

use super::bits::{BLOCK, Block, between, equal, first};
use crate::span::Span;

/// What a byte, or a common character beyond ASCII, is to the word rules.
mod class {
    /// Never part of a word.
    pub(super) const OTHER: u8 = 0;
    pub(super) const LETTER: u8 = 1;
    pub(super) const DIGIT: u8 = 2;
    /// `_`: joins letters and digits, but is no word by itself.
    pub(super) const JOINER: u8 = 3;
    /// `:` between letters.
    pub(super) const MID_LETTER: u8 = 4;
    /// `,` and `;` between digits.
    pub(super) const MID_DIGIT: u8 = 5;
    /// `.` and apostrophes between two letters or two digits.
    pub(super) const MID_BOTH: u8 = 6;
    pub(super) const SPACE: u8 = 7;
    /// Beyond ASCII.
    pub(super) const HIGH: u8 = 8;
}

use class::{DIGIT, HIGH, JOINER, LETTER, MID_BOTH, MID_DIGIT, MID_LETTER, OTHER, SPACE};

const CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => JOINER,
            b':' => MID_LETTER,
            b',' | b';' => MID_DIGIT,
            b'.' | b'\'' => MID_BOTH,
            b' ' | b'\n' | b'\r' => SPACE,
            128..=255 => HIGH,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// Calls `word` for each word of `text[span]`, in order.
pub fn for_each(text: &str, span: Span, mut word: impl FnMut(Span)) {
    for_each_folded(text, span, &mut Odd::default(), |span, _| word(span));
}

/// Calls `word` for each word of `text[span]`, in order, with its [`Letters`] where it has some.
#[inline(always)]
pub(crate) fn for_each_folded(
    text: &str,
    span: Span,
    odd: &mut Odd,
    mut word: impl FnMut(Span, Option<Letters>),
) {
    let bytes = text.as_bytes();
    let Range { start, end } = span.range();
    odd.behind = start;
    let mut at = start;
    while at < end {
        let sets = Sets::read(bytes, at, end);
        let mut from = 0;
        while from < BLOCK {
            let letters = sets.letters & !first(from);
            let left = sets.odd & !first(from);
            let plain = left.wrapping_sub(1) & !left;
            let mut starts = letters & !(letters << 1);
            let mut ends = !letters & (letters << 1) & plain;
            while ends != 0 {
                let (start, end) = (starts.trailing_zeros(), ends.trailing_zeros());
                let (start, length) = (at + start as usize, (end - start) as usize);
                odd.behind = start + length;
                let span = Span::new(start..start + length);
                word(span, letters_at(bytes, start, length));
                starts &= starts - 1;
                ends &= ends - 1;
            }
            from = (starts | left).trailing_zeros() as usize;
            if from == BLOCK || left == 0 && from > 0 {
                break;
            }
            from = odd.read(text, at + from, end) - at;
            while let Some(span) = odd.words.pop() {
                word(span, None);
            }
        }
        at += from;
    }
}

/// Reads what no block decides; made once and used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Odd {
    /// Where the last word ended, or what was read behind it.
    behind: usize,
    /// The words found, last first.
    words: Vec<Span>,
}

impl Odd {
    /// Reads on at `at`, where no plain word of letters ends; the offset to go on with.
    #[inline(never)]
    fn read(&mut self, text: &str, at: usize, end: usize) -> usize {
        let bytes = &text.as_bytes()[..end];
        let class = match class_at(bytes, at) {
            Some((OTHER | SPACE | MID_LETTER | MID_DIGIT | MID_BOTH, width)) => return at + width,
            class => class,
        };
        // A rare mark may join the marks before it, but no word that has ended.
        let (start, (end, kind)) = match class {
            Some(_) => (at, mixed_run(bytes, at)),
            None => (self.behind, (at, Run::Rare)),
        };
        self.behind = end;
        match kind {
            Run::Word => self.words.push(Span::new(at..end)),
            Run::Joiners => {}
            Run::Rare => {
                let more = bytes[at..].iter();
                self.behind = at
                    + more
                        .take_while(|byte| CLASS[**byte as usize] != SPACE)
                        .count();
                let words = text[start..self.behind].unicode_word_indices();
                let span = |(from, word): (usize, &str)| {
                    Span::new(start + from..start + from + word.len())
                };
                self.words.extend(words.map(span));
                self.words.reverse();
            }
        }
        self.behind
    }
}

/// The next 64 bytes of a text, one bit a byte.
#[derive(Debug)]
struct Sets {
    /// ASCII letters.
    letters: u64,
    /// What may be part of a word and is no letter, but for marks behind which a word has ended in any case.
    odd: u64,
}

impl Sets {
    /// Those of the bytes at `at`; from `end` on all is plain.
    #[inline(always)]
    fn read(bytes: &[u8], at: usize, end: usize) -> Sets {
        let block = Block::read(bytes, at);
        let counted = first(end - at);
        let is_letter = |bytes: u8x16| between(bytes | u8x16::splat(0x20), b'a', b'z');
        let is_mark = |bytes: u8x16| {
            let stop = equal(bytes | u8x16::splat(2), b'.');
            between(bytes, b':', b';') | stop | equal(bytes, b'\'')
        };
        let is_other = |bytes: u8x16| between(bytes, b'0', b'9') | equal(bytes, b'_');
        let letters = block.set(is_letter);
        let marks = block.set(is_mark);
        // A byte beyond ASCII has the highest bit itself.
        let others = block.set(|bytes| is_other(bytes) | bytes);
        let plain = !((letters | marks | others) & counted);
        let lone = marks & (plain >> 1) & ((letters | plain) << 1 | 1);
        Sets {
            letters: letters & counted,
            odd: (marks | others) & counted & !lone,
        }
    }
}

/// What a run of word characters is.
enum Run {
    /// A word.
    Word,
    /// Nothing but `_`.
    Joiners,
    /// A character that the table does not know decides.
    Rare,
}

/// A word of 1 to 16 ASCII letters in lower case, the first in the lowest byte.
pub(crate) type Letters = u128;

/// The bit that small letters have and capitals lack.
const CASE: u64 = u64::from_ne_bytes([0x20; 8]);

/// The `length` letters at `at`, unless they are too many or too near to the end of the text.
#[inline(always)]
fn letters_at(bytes: &[u8], at: usize, length: usize) -> Option<Letters> {
    let sixteen = bytes.get(at..)?.first_chunk::<16>()?;
    let both = u128::from_le_bytes(*sixteen);
    let (low, high) = (both as u64 | CASE, (both >> 64) as u64 | CASE);
    let kept = |length: usize| u64::MAX >> (64 - 8 * length);
    match length {
        1..=8 => Some(u128::from(low & kept(length))),
        9..=16 => Some(u128::from(high & kept(length - 8)) << 64 | u128::from(low)),
        _ => None,
    }
}

/// End and kind of the run of word characters that begins at `at`.
fn mixed_run(bytes: &[u8], at: usize) -> (usize, Run) {
    let mut end = at;
    let mut last = OTHER;
    let mut kind = Run::Joiners;
    while end < bytes.len() {
        let Some((now, width)) = class_at(bytes, end) else {
            return (end, Run::Rare);
        };
        match now {
            LETTER | DIGIT => kind = Run::Word,
            JOINER => {}
            MID_LETTER | MID_DIGIT | MID_BOTH => {
                let next = class_at(bytes, end + width);
                if next.is_none() && end + width < bytes.len() {
                    return (end, Run::Rare);
                }
                let between = next.is_some_and(|next| next.0 == last);
                let joined =
                    last == LETTER && now != MID_DIGIT || last == DIGIT && now != MID_LETTER;
                if !(between && joined) {
                    break;
                }
            }
            _ => break,
        }
        last = now;
        end += width;
    }
    (end, kind)
}

/// Class and width of the character at `at`; `None` at the end and for rare characters.
fn class_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match CLASS[*bytes.get(at)? as usize] {
        HIGH => common(bytes, at),
        class => Some((class, 1)),
    }
}

/// Class and width of a common character beyond ASCII.
fn common(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match bytes[at..] {
        // Letters from À to ſ, but × and ÷.
        [0xC3, second, ..] => Some((
            if second & 0xBF == 0x97 || second == 0xB7 {
                OTHER
            } else {
                LETTER
            },
            2,
        )),
        [0xC4 | 0xC5, _, ..] => Some((LETTER, 2)),
        [
            0xC2,
            0xA0..=0xA7 | 0xAB | 0xAC | 0xB0 | 0xB1 | 0xB6 | 0xBB | 0xBF,
            ..,
        ] => Some((OTHER, 2)),
        [0xE2, 0x80, third, ..] => match third {
            0x98 | 0x99 => Some((MID_BOTH, 3)),
            0x90..=0x97 | 0x9A..=0xA3 | 0xA6 | 0xB0 | 0xB9 | 0xBA => Some((OTHER, 3)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn agree(text: &str) {
        let mut found = Vec::new();
        for_each(text, Span::new(0..text.len()), |word| {
            found.push(word.range());
        });
        let words = text.unicode_word_indices();
        let expected: Vec<_> = words.map(|(at, word)| at..at + word.len()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_character_agrees_with_the_crate_in_every_context() {
        for code in (0..0x3100)
            .chain(0xFB00..0x10000)
            .chain(0x1F1E0..0x1F200)
            .filter_map(char::from_u32)
        {
            for shape in [
                "a#b", "1#2", "a#1", "_#_", " # ", "#a", "a#", "##", "a.#", "a # b", "é#’s",
                "  #x", "a’#",
            ] {
                agree(&shape.replace('#', &code.to_string()));
            }
        }
    }

    #[test]
    fn sets_are_of_the_classes_of_their_bytes() {
        for byte in 0..=u8::MAX {
            let mut bytes = [b' '; 70];
            bytes[40] = byte;
            let sets = Sets::read(&bytes, 0, 70);
            let class = CLASS[byte as usize];
            let bit = |set: bool| u64::from(set) << 40;
            assert_eq!(sets.letters, bit(class == LETTER), "{byte}");
            let odd = matches!(class, DIGIT | JOINER | HIGH);
            assert_eq!(sets.odd, bit(odd), "{byte}");
            // A mark is odd before what is not plain.
            bytes[41] = b'a';
            let mark = matches!(class, MID_LETTER | MID_DIGIT | MID_BOTH);
            assert_eq!(Sets::read(&bytes, 0, 70).odd, bit(odd || mark), "{byte}");
        }
    }

    #[test]
    fn a_span_is_read_by_itself() {
        let mut found = Vec::new();
        for_each("deep water here", Span::new(2..10), |word| found.push(word));
        assert_eq!(found, [Span::new(2..4), Span::new(5..10)]);
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_crate(text in "[aZé1_ .,:;'’‘\"-–•\n\r\u{a0}\u{301}\u{200d}中אב🇩👩\t\u{345}ˈ]{0,40}") {
            agree(&text);
        }

        #[test]
        fn words_are_those_of_the_crate_on_any_text(text in any::<String>()) {
            agree(&text);
        }

        #[test]
        fn words_are_those_of_the_crate_in_long_text(text in "([a-z]{1,40}[ .,'-]{0,2}|é|[0-9]{1,9}|•){0,60}") {
            agree(&text);
        }
    }
}
