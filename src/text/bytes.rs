//! Classes of bytes, and which neighbours may hide a boundary inside a block.

/// What a byte is to the search for cuts.
pub(super) mod class {
    pub(in crate::text) const OTHER: u8 = 0;
    pub(in crate::text) const LOWER: u8 = 1;
    pub(in crate::text) const UPPER: u8 = 2;
    pub(in crate::text) const DIGIT: u8 = 3;
    pub(in crate::text) const SPACE: u8 = 4;
    pub(in crate::text) const END: u8 = 5;
    pub(in crate::text) const COLON: u8 = 6;
    pub(in crate::text) const CLOSE: u8 = 7;
    pub(in crate::text) const STAR: u8 = 8;
    pub(in crate::text) const PLUS: u8 = 9;
    pub(in crate::text) const DASH: u8 = 10;
    pub(in crate::text) const HIGH: u8 = 11;
    pub(in crate::text) const ESCAPE: u8 = 12;
}

use class::{CLOSE, COLON, DASH, DIGIT, END, ESCAPE, HIGH, LOWER, OTHER, PLUS, SPACE, STAR, UPPER};

/// Class of each byte.
pub(super) const CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t' | b'\n' | b'\r' | 11 | 12 => SPACE,
            b'.' | b'!' | b'?' => END,
            b':' | b';' => COLON,
            b')' | b'"' | b'\'' | b']' | b'}' => CLOSE,
            b'*' | b'_' => STAR,
            b'+' | b'%' => PLUS,
            b'-' => DASH,
            b'\\' => ESCAPE,
            128..=255 => HIGH,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// `TURN[before][now]`: pairs of neighbours that may hide a boundary; all others are passed over.
pub(super) const TURN: [[bool; 16]; 16] = {
    let mut table = [[false; 16]; 16];
    let mut before = 0;
    while before < 13 {
        table[before as usize][HIGH as usize] = true;
        table[before as usize][ESCAPE as usize] = true;
        table[before as usize][UPPER as usize] = !matches!(before, OTHER | SPACE | DASH);
        table[before as usize][DIGIT as usize] = matches!(before, LOWER | END | CLOSE);
        table[before as usize][DASH as usize] = matches!(before, END | CLOSE | SPACE);
        table[before as usize][STAR as usize] = matches!(before, END | CLOSE | SPACE);
        before += 1;
    }
    table[SPACE as usize][SPACE as usize] = true;
    table[SPACE as usize][UPPER as usize] = true;
    let mut before = 0;
    while before < 13 {
        table[before as usize][COLON as usize] = true;
        if matches!(before, LOWER | UPPER | DIGIT) {
            table[before as usize][END as usize] = true;
            table[before as usize][CLOSE as usize] = true;
        }
        before += 1;
    }
    table[SPACE as usize][END as usize] = true;
    table[COLON as usize][LOWER as usize] = true;
    table
};

/// Offset behind the small letters, commas and single spaces that begin at `at`, where nothing is cut between them;
/// looked for only in whole groups of 8 bytes.
#[inline(always)]
pub(super) fn skip_plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(group) = bytes.get(at..).and_then(|rest| rest.first_chunk::<9>()) {
        let [bytes @ .., _] = group;
        let [_, next @ ..] = group;
        let (bytes, next) = (u64::from_le_bytes(*bytes), u64::from_le_bytes(*next));
        let single = equal(bytes, b' ') & !equal(next, b' ');
        let stops = !(small_letters(bytes) | equal(bytes, b',') | single) & HIGH_BITS;
        if stops != 0 {
            return at + (stops.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at
}

const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; 8]);
const LOW_BITS: u64 = !HIGH_BITS;

/// The highest bit of each byte that is a small letter. Here and below sums never carry into the next byte.
#[inline(always)]
fn small_letters(bytes: u64) -> u64 {
    const FROM_A: u64 = u64::from_ne_bytes([0x80 - b'a'; 8]);
    const BEHIND_Z: u64 = u64::from_ne_bytes([0x7F - b'z'; 8]);
    let low = bytes & LOW_BITS;
    (low + FROM_A) & !(low + BEHIND_Z) & !bytes & HIGH_BITS
}

/// The highest bit of each byte that is `byte`.
#[inline(always)]
fn equal(bytes: u64, byte: u8) -> u64 {
    let other = bytes ^ u64::from_ne_bytes([byte; 8]);
    !(((other & LOW_BITS) + LOW_BITS) | other) & HIGH_BITS
}

/// A full stop or round bracket that is not behind a word of two letters or more, unless these are Roman digits.
pub(super) fn may_end_label(bytes: &[u8]) -> bool {
    let roman = |byte: u8| matches!(byte | 0x20, b'i' | b'v' | b'x');
    match bytes {
        [.., before, last, b'.' | b')'] if last.is_ascii_alphabetic() => {
            !before.is_ascii_alphanumeric() || roman(*last) && roman(*before)
        }
        [.., last, b'.' | b')'] => last.is_ascii_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_skipped_is_plain(text in "[az,  {`A\\-é\n]{0,40}") {
            let bytes = text.as_bytes();
            let is_plain = |at: usize| match bytes[at] {
                b' ' => bytes[at + 1] != b' ',
                byte => byte.is_ascii_lowercase() || byte == b',',
            };
            let end = skip_plain(bytes, 0);
            prop_assert!((0..end).all(is_plain));
            prop_assert!(end + 9 > bytes.len() || !is_plain(end));
        }
    }
}
