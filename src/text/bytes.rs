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

use super::bits::{Block, between, equal};

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

/// The bytes from `at` that are no small letters, commas and single spaces: between those nothing is cut.
#[inline(always)]
pub(super) fn turns(bytes: &[u8], at: usize) -> u64 {
    let block = Block::read(bytes, at);
    let spaces = block.set(|bytes| equal(bytes, b' '));
    let words = block.set(|bytes| between(bytes, b'a', b'z') | equal(bytes, b','));
    !(words | spaces) | spaces & (spaces << 1)
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
        fn what_is_passed_over_makes_no_turn(text in "[az,  {`A\\-é\n.:]{1,64}") {
            let bytes = text.as_bytes();
            let turns = turns(bytes, 0);
            for at in (1..bytes.len().min(64)).filter(|at| turns >> at & 1 == 0) {
                let [before, now] = [bytes[at - 1], bytes[at]].map(|byte| CLASS[byte as usize]);
                // The pass looks at what follows a colon or a line end in any case.
                let looked_at = before == COLON || bytes[at - 1] == b'\n';
                prop_assert!(looked_at || !TURN[before as usize][now as usize]);
            }
        }
    }
}
