//! Words of a piece of text, by the Unicode rules (UAX #29).
//!
//! A token of common characters is split by a table here; what stands beside any other character
//! goes to `unicode-segmentation`. The results are the same, and tested to be.

use unicode_segmentation::UnicodeSegmentation;

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
    for_each_folded(text, span, |span, _| word(span));
}

/// Calls `word` for each word of `text[span]`, in order, with its [`Letters`] where it has some.
#[inline(always)]
pub(crate) fn for_each_folded(text: &str, span: Span, mut word: impl FnMut(Span, Option<Letters>)) {
    let whole = text.as_bytes();
    let text = span.of(text);
    let bytes = text.as_bytes();
    let offset = span.start as usize;
    let mut behind = 0;
    let mut at = 0;
    while at < bytes.len() {
        if matches!(CLASS[bytes[at] as usize], SPACE | OTHER) {
            at += 1;
            continue;
        }
        let (length, folded) = letters(whole, offset + at, bytes.len() - at);
        let end = at + length;
        if end > at && ends_word(bytes, end) {
            word(Span::new(offset + at..offset + end), folded);
            behind = end;
            at = end + 1;
            continue;
        }
        let class = match class_at(bytes, at) {
            Some((OTHER | SPACE | MID_LETTER | MID_DIGIT | MID_BOTH, width)) => {
                at += width;
                continue;
            }
            class => class,
        };
        // A rare mark may join the marks before it, but no word that has ended.
        let (end, kind) = if class.is_some() {
            mixed_run(bytes, at)
        } else {
            (behind, Run::Rare)
        };
        match kind {
            Run::Word => word(Span::new(offset + at..offset + end), None),
            Run::Joiners => {}
            Run::Rare => {
                let start = if class.is_some() { at } else { behind };
                at += bytes[at..]
                    .iter()
                    .take_while(|byte| CLASS[**byte as usize] != SPACE)
                    .count();
                for (from, found) in text[start..at].unicode_word_indices() {
                    let from = offset + start + from;
                    word(Span::new(from..from + found.len()), None);
                }
                behind = at;
                continue;
            }
        }
        at = end;
        behind = end;
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

/// How many ASCII letters begin at `at`, at most `limit`; and the letters, unless they are too many or too near to
/// the end of the text.
#[inline(always)]
fn letters(bytes: &[u8], at: usize, limit: usize) -> (usize, Option<Letters>) {
    let Some(sixteen) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) else {
        return (few_letters(&bytes[at..at + limit]), None);
    };
    let both = u128::from_le_bytes(*sixteen);
    let (low, high) = (both as u64, (both >> 64) as u64);
    let length = letters_in(low);
    if length < 8 {
        let length = length.min(limit);
        let kept = !(u64::MAX << (8 * length));
        return (length, Some(u128::from((low | CASE) & kept)));
    }
    let length = 8 + letters_in(high);
    if length == 16 {
        let more = few_letters(&bytes[at + 16..at + limit.max(16)]);
        return ((16 + more).min(limit), None);
    }
    if length > limit {
        return (limit, None);
    }
    let kept = !(u64::MAX << (8 * (length - 8)));
    let (low, high) = (low | CASE, (high | CASE) & kept);
    (length, Some(u128::from(high) << 64 | u128::from(low)))
}

/// The bit that small letters have and capitals lack.
const CASE: u64 = u64::from_ne_bytes([0x20; 8]);

/// How many of the 8 bytes are ASCII letters before the first that is none.
#[inline(always)]
fn letters_in(bytes: u64) -> usize {
    const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; 8]);
    const FROM_A: u64 = u64::from_ne_bytes([0x80 - b'a'; 8]);
    const BEHIND_Z: u64 = u64::from_ne_bytes([0x7F - b'z'; 8]);
    // In each byte the highest bit answers; the sums never carry into the next byte.
    let small = (bytes | CASE) & !HIGH_BITS;
    let letter = (small + FROM_A) & !(small + BEHIND_Z) & !bytes;
    ((!letter & HIGH_BITS).trailing_zeros() / 8) as usize
}

#[cold]
fn few_letters(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count()
}

/// A word of letters ends at `at` whatever follows: a plain byte stands there, or a mark and then a plain byte.
#[inline(always)]
fn ends_word(bytes: &[u8], at: usize) -> bool {
    let plain = |at: usize| {
        bytes
            .get(at)
            .is_none_or(|byte| matches!(CLASS[*byte as usize], SPACE | OTHER))
    };
    let mark = |byte: &u8| matches!(CLASS[*byte as usize], MID_LETTER | MID_DIGIT | MID_BOTH);
    plain(at) || bytes.get(at).is_some_and(mark) && plain(at + 1)
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
    }
}
