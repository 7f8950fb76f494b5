//! Sentence boundaries by UAX #29: an exact fast path for common characters, `unicode-segmentation` for the rest.
//!
//! Line ends inside a block only wrap, so both paths read them as spaces.

use unicode_segmentation::UnicodeSegmentation;

use super::work;

/// Sentence_Break classes as far as the rules need them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Lower,
    Upper,
    Numeric,
    Space,
    Close,
    Continue,
    Stop,
}

/// Appends the boundaries strictly inside `text[from..to]`, whose `stops` are given, and of which may be said that
/// `is_common` holds. `copy` is scratch.
pub(super) fn boundaries(
    text: &str,
    (from, to): (usize, usize),
    known: bool,
    stops: &[usize],
    copy: &mut String,
    out: &mut Vec<usize>,
) {
    if stops.is_empty() && known {
        return;
    }
    let part = &text[from..to];
    if known || is_common(part.as_bytes()) {
        common(part.as_bytes(), from, stops, out);
        return;
    }
    work::steps(part.len());
    copy.clear();
    copy.extend(part.chars().map(|mark| {
        if matches!(mark, '\n' | '\r') {
            ' '
        } else {
            mark
        }
    }));
    let bounds = copy.split_sentence_bound_indices().skip(1);
    out.extend(bounds.map(|(at, _)| from + at));
}

/// True where all characters are of the set that the fast path knows.
pub(super) fn is_common(bytes: &[u8]) -> bool {
    work::steps(bytes.len());
    if bytes.is_ascii() {
        return true;
    }
    let mut at = 0;
    while at < bytes.len() {
        if let Some(eight) = bytes[at..].first_chunk() {
            let high = u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080;
            if high == 0 {
                at += 8;
                continue;
            }
            at += (high.trailing_zeros() / 8) as usize;
        }
        let (code, width) = decode(bytes, at);
        let known = matches!(code, 0..=0x7F | 0xA0..=0xAC | 0xAE..=0x17F | 0x2010..=0x2023 | 0x2025 | 0x2026 | 0x2030
            | 0x2039 | 0x203A | 0x2043 | 0x20AC | 0x2122 | 0x2190..=0x21FF | 0x2219 | 0x25A0..=0x25FF | 0x2713 | 0x2714);
        if !known {
            return false;
        }
        at += width;
    }
    true
}

/// Code point at `at` and its width, for well-formed UTF-8.
fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let tail = |offset: usize| u32::from(bytes[at + offset] & 0x3F);
    match bytes[at] {
        byte @ 0..0x80 => (u32::from(byte), 1),
        byte @ 0x80..0xE0 => (u32::from(byte & 0x1F) << 6 | tail(1), 2),
        byte @ 0xE0..0xF0 => (u32::from(byte & 0x0F) << 12 | tail(1) << 6 | tail(2), 3),
        byte => (
            u32::from(byte & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3),
            4,
        ),
    }
}

/// The classes of ASCII.
const ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut code = 0;
    while code < 128 {
        table[code] = of_code(code as u32);
        code += 1;
    }
    table
};

/// Class and width of the character at `at`.
#[inline]
fn class(bytes: &[u8], at: usize) -> (Class, usize) {
    if let Some(class) = ASCII.get(bytes[at] as usize) {
        return (*class, 1);
    }
    let (code, width) = decode(bytes, at);
    let class = match code {
        0x100..=0x17F if char::from_u32(code).is_some_and(char::is_uppercase) => Class::Upper,
        code => of_code(code),
    };
    (class, width)
}

/// Class of a common character; capitals from U+0100 on are taken for small letters.
const fn of_code(code: u32) -> Class {
    match code {
        0x61..=0x7A | 0xAA | 0xB5 | 0xBA | 0xDF..=0xF6 | 0xF8..=0x17F => Class::Lower,
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => Class::Upper,
        0x30..=0x39 => Class::Numeric,
        0x20 | 9..=13 | 0xA0 => Class::Space,
        0x22
        | 0x27..=0x29
        | 0x5B
        | 0x5D
        | 0x7B
        | 0x7D
        | 0xAB
        | 0xBB
        | 0x2018..=0x201F
        | 0x2039
        | 0x203A => Class::Close,
        0x2C | 0x2D | 0x3A | 0x3B | 0x2013 | 0x2014 => Class::Continue,
        0x21 | 0x2E | 0x3F => Class::Stop,
        _ => Class::Other,
    }
}

/// Offset of the first character from `at` that is not of `skipped`.
fn skip(bytes: &[u8], mut at: usize, skipped: Class) -> usize {
    while at < bytes.len() {
        let (found, width) = class(bytes, at);
        if found != skipped {
            break;
        }
        at += width;
        work::steps(1);
    }
    at
}

fn common(bytes: &[u8], offset: usize, stops: &[usize], out: &mut Vec<usize>) {
    for stop in stops.iter().map(|stop| stop - offset) {
        let dot = bytes[stop] == b'.';
        let next = stop + 1;
        if next >= bytes.len() {
            return;
        }
        if bytes[next] == b' ' && bytes.get(next + 1).is_some_and(u8::is_ascii_uppercase) {
            out.push(offset + next + 1);
            continue;
        }
        let follows = class(bytes, next).0;
        if dot && follows == Class::Numeric {
            continue;
        }
        if dot && follows == Class::Upper && letter_before(bytes, stop) {
            continue;
        }
        let at = skip(bytes, skip(bytes, next, Class::Close), Class::Space);
        if at >= bytes.len() {
            return;
        }
        let joined = match class(bytes, at).0 {
            Class::Stop | Class::Continue => true,
            _ => dot && lower_ahead(bytes, at),
        };
        if !joined {
            out.push(offset + at);
        }
    }
}

/// Rule SB7: a letter before the full stop.
fn letter_before(bytes: &[u8], stop: usize) -> bool {
    let Some(mut at) = stop.checked_sub(1) else {
        return false;
    };
    while bytes[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    matches!(class(bytes, at).0, Class::Upper | Class::Lower)
}

/// Rule SB8: the next letter or stop is a small letter.
fn lower_ahead(bytes: &[u8], mut at: usize) -> bool {
    while at < bytes.len() {
        work::steps(1);
        match class(bytes, at) {
            (Class::Lower, _) => return true,
            (Class::Upper | Class::Stop, _) => return false,
            (_, width) => at += width,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use memchr::memchr3_iter;
    use proptest::prelude::*;

    fn agree(text: &str) {
        let flat = text.replace(['\n', '\r'], " ");
        let expected: Vec<usize> = flat
            .split_sentence_bound_indices()
            .skip(1)
            .map(|(at, _)| at)
            .collect();
        let mut found = Vec::new();
        let stops: Vec<usize> = memchr3_iter(b'.', b'?', b'!', text.as_bytes()).collect();
        let whole = (0, text.len());
        boundaries(text, whole, false, &stops, &mut String::new(), &mut found);
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_common_character_agrees_with_the_crate_in_every_context() {
        for code in (0..0x2800).filter_map(char::from_u32) {
            if !is_common(code.encode_utf8(&mut [0; 4]).as_bytes()) {
                continue;
            }
            for shape in [
                "a. #b", "a. #B", "A#. B", "a.# B", "a.#b", "a? # b", "a.)# B", "#. B", "a. 1#b",
                "a . #", "a!#A",
            ] {
                agree(&shape.replace('#', &code.to_string()));
            }
        }
    }

    proptest! {
        #[test]
        fn boundaries_are_those_of_the_crate(text in "[aAzZéÉß1 .?!,:;()'\"«»“”’—…•\u{a0}\t\n\r中ا\u{301}]{0,60}") {
            agree(&text);
        }

        #[test]
        fn boundaries_are_those_of_the_crate_on_any_text(text in any::<String>()) {
            prop_assume!(!text.contains(['\n', '\r']));
            agree(&text);
        }
    }
}
