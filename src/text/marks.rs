//! The marks that begin a list item: bullets, dashes, numbers, letters, and what scraping made of them.

use super::chars::{char_at, is_bullet};

/// A list mark at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Offset behind the mark and the white space that follows it.
    pub(super) end: usize,
    /// Marks of one list have the same style.
    pub(super) style: Style,
    /// Place in an enumeration, from 1; 0 for bullets.
    pub(super) ordinal: u32,
}

/// The shape of a list mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A bullet or dash: its character.
    Bullet(char),
    /// `1.` and, with a bracket, `1)`, `(1)`, `1.)`.
    Number { bracket: bool },
    /// `a.` or, with a bracket, `a)`, `(a)`.
    Letter { bracket: bool },
    /// `A.` or, with a bracket, `A)`, `(A)`.
    Capital { bracket: bool },
}

/// The list mark at `at`, which is the first character of a line that ends at `end`.
pub(super) fn at_line_start(text: &str, at: usize, end: usize) -> Option<Mark> {
    let mark = bullet(text, at, end).or_else(|| enumeration(text, at, end))?;
    Some(Mark {
        end: behind_more_marks(text, mark.end, end),
        ..mark
    })
}

/// A bullet may be followed by a task box or another mark: `- [ ]`, `• 9.`.
fn behind_more_marks(text: &str, mut at: usize, end: usize) -> usize {
    if begins_word(&text.as_bytes()[at..end]) {
        return at;
    }
    for task in ["[ ] ", "[x] ", "[X] "] {
        if text[at..end].starts_with(task) {
            at += task.len();
        }
    }
    let second = bullet(text, at, end)
        .filter(|mark| !matches!(mark.style, Style::Bullet('*')))
        .or_else(|| enumeration(text, at, end));
    second.map_or(at, |mark| mark.end)
}

/// Two letters that are no mark, nor the beginning of a Roman number.
pub(super) fn begins_word(bytes: &[u8]) -> bool {
    let [first, second, ..] = bytes else {
        return false;
    };
    let roman = matches!(first | 0x20, b'i' | b'v' | b'x');
    first.is_ascii_alphabetic() && second.is_ascii_alphabetic() && !roman
}

/// Mojibake of bullets: UTF-8 that was read as Windows-1252.
const BROKEN: [(&str, char); 4] = [
    ("\u{e2}\u{20ac}\u{a2}", '•'),
    ("\u{c2}\u{b7}", '·'),
    ("\u{ef}\u{201a}\u{b7}", '•'),
    ("\u{fffd}", '\u{fffd}'),
];

fn bullet(text: &str, at: usize, end: usize) -> Option<Mark> {
    let mark = char_at(text, at).filter(|_| at < end)?;
    let mut behind = at + mark.len_utf8();
    let mut style = mark;
    if !mark.is_ascii() {
        for (broken, meant) in BROKEN {
            if text[at..end].starts_with(broken) {
                behind = at + broken.len();
                style = meant;
            }
        }
        if behind < end && char_at(text, behind) == Some('\u{fe0f}') {
            behind += '\u{fe0f}'.len_utf8();
        }
    }
    let next = char_at(text, behind).filter(|_| behind < end);
    let spaced = next.is_none_or(char::is_whitespace);
    let known = match mark {
        '-' | '–' | '—' => spaced || next.is_some_and(char::is_alphabetic),
        '*' => spaced || next.is_some_and(char::is_uppercase) && !text[behind..end].contains('*'),
        '+' | '~' => spaced,
        '?' => next.is_some_and(char::is_whitespace),
        'o' | 'Ø' | 'ü' | '§' | '¨' | 'ƒ' | '¤' => next.is_some_and(char::is_whitespace),
        '·' | '\u{fffd}' => true,
        _ => is_bullet(mark) || style != mark,
    };
    known.then(|| Mark {
        end: skip_space(text, behind, end),
        style: Style::Bullet(style),
        ordinal: 0,
    })
}

/// `1.` `1)` `(1)` `1.)` `1.2` `a.` `a)` `(a)` `iv.` `A.`, followed by white space.
pub(super) fn enumeration(text: &str, at: usize, end: usize) -> Option<Mark> {
    let bytes = &text.as_bytes()[..end];
    let open = bytes.get(at) == Some(&b'(');
    let label = at + usize::from(open);
    let (mut behind, style, ordinal) = match bytes.get(label)? {
        b'0'..=b'9' => number(bytes, label)?,
        byte if byte.is_ascii_alphabetic() => letter(bytes, label)?,
        _ => return None,
    };
    let dot = bytes.get(behind) == Some(&b'.');
    behind += usize::from(dot);
    let close = bytes.get(behind) == Some(&b')');
    behind += usize::from(close);
    if !close && (open || !dot) {
        return None;
    }
    let next = char_at(text, behind).filter(|_| behind < end);
    let glued = dot && ordinal > 0 && bytes[label].is_ascii_digit();
    if !next.is_none_or(|next| next.is_whitespace() || glued && next.is_uppercase()) {
        return None;
    }
    let bracket = close;
    let style = match style {
        b'1' => Style::Number { bracket },
        b'a' => Style::Letter { bracket },
        _ => Style::Capital { bracket },
    };
    Some(Mark {
        end: skip_space(text, behind, end),
        style,
        ordinal,
    })
}

/// Up to three digits, or several such with dots between them, whose last part counts.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, u8, u32)> {
    for _ in 0..4 {
        let digits = bytes[at..]
            .iter()
            .take(4)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits == 0 || digits > 3 {
            return None;
        }
        let value = bytes[at..at + digits]
            .iter()
            .fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
        at += digits;
        let more =
            bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !more {
            return Some((at, b'1', value));
        }
        at += 1;
    }
    None
}

/// One letter, or a Roman number of up to four letters.
fn letter(bytes: &[u8], at: usize) -> Option<(usize, u8, u32)> {
    let length = bytes[at..]
        .iter()
        .take(5)
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let word = &bytes[at..at + length];
    let case = if word[0].is_ascii_lowercase() {
        b'a'
    } else {
        b'A'
    };
    if length == 1 {
        let ordinal = u32::from(word[0].to_ascii_lowercase() - b'a') + 1;
        // A lone `i` is the first Roman number more often than the ninth letter.
        let ordinal = if word[0].eq_ignore_ascii_case(&b'i') {
            1
        } else {
            ordinal
        };
        return Some((at + 1, case, ordinal));
    }
    const ROMAN: [&[u8]; 9] = [
        b"ii", b"iii", b"iv", b"vi", b"vii", b"viii", b"ix", b"xi", b"xii",
    ];
    const VALUE: [u32; 9] = [2, 3, 4, 6, 7, 8, 9, 11, 12];
    let found = ROMAN
        .iter()
        .position(|roman| roman.eq_ignore_ascii_case(word))?;
    Some((at + length, case, VALUE[found]))
}

/// Offset of the first character from `at` that is no white space, at most `end`.
pub(super) fn skip_space(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    end - rest.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(line: &str) -> Option<&str> {
        at_line_start(line, 0, line.len()).map(|mark| &line[mark.end..])
    }

    #[test]
    fn marks_are_told_from_words() {
        for line in [
            "- dig",
            "-dig",
            "* dig",
            "• dig",
            "•dig",
            "·dig",
            "o dig",
            "? dig",
            "1. dig",
            "1) dig",
            "(1) dig",
            "1.) dig",
            "a. dig",
            "(b) dig",
            "iv. dig",
            "A. dig",
            "• 9. dig",
            "- [ ] dig",
            "⁃9. dig",
            "\u{f0b7}\tdig",
            "â€¢ dig",
            "2.1. dig",
        ] {
            assert_eq!(content(line), Some("dig"), "{line}");
        }
        for line in [
            "-5 degrees",
            "*dig* deep",
            "of mud",
            "2020. It",
            "Mr. dig",
            "(dig)",
            "?",
            "1.5 m",
            "2.3 dig",
            "e.g. dig",
        ] {
            assert_eq!(content(line), None, "{line}");
        }
        assert_eq!(content("1.Dig"), Some("Dig"));
        assert_eq!(content("•"), Some(""));
    }
}
