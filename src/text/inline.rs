//! Cuts inside a block, found in one pass over its bytes: inline bullets, gaps, and glued neighbours.

use super::chars::{char_at, char_before, is_bullet};
use super::glue::{Glue, Word};
use super::marks;
use super::rules;
use super::wordlists::Lists;
use super::work;

/// A place inside a block where a new piece begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Offset of the first byte of the new piece.
    pub(super) at: usize,
    /// The rule that made the cut.
    pub(super) rule: &'static str,
    /// A guess.
    pub(super) uncertain: bool,
    /// The new piece is a list item.
    pub(super) item: bool,
}

impl Cut {
    pub(super) fn new(at: usize, rule: &'static str) -> Cut {
        Cut {
            at,
            rule,
            uncertain: false,
            item: false,
        }
    }

    pub(super) fn guess(at: usize, rule: &'static str) -> Cut {
        Cut {
            uncertain: true,
            ..Cut::new(at, rule)
        }
    }

    /// A line end inside a block; the new piece is an item where a list mark begins it.
    fn item_if_marked(text: &str, at: usize, to: usize) -> Cut {
        let item = marks::at_line_start(text, at, to).is_some();
        Cut {
            item,
            ..Cut::new(at, rules::NEWLINE)
        }
    }

    pub(super) fn item(at: usize, rule: &'static str) -> Cut {
        Cut {
            item: true,
            ..Cut::new(at, rule)
        }
    }
}

/// What a byte is to this pass.
mod class {
    pub(super) const OTHER: u8 = 0;
    pub(super) const LOWER: u8 = 1;
    pub(super) const UPPER: u8 = 2;
    pub(super) const DIGIT: u8 = 3;
    pub(super) const SPACE: u8 = 4;
    pub(super) const END: u8 = 5;
    pub(super) const COLON: u8 = 6;
    pub(super) const CLOSE: u8 = 7;
    pub(super) const STAR: u8 = 8;
    pub(super) const PLUS: u8 = 9;
    pub(super) const DASH: u8 = 10;
    pub(super) const HIGH: u8 = 11;
    pub(super) const ESCAPE: u8 = 12;
}

use class::{CLOSE, COLON, DASH, DIGIT, END, ESCAPE, HIGH, LOWER, OTHER, PLUS, SPACE, STAR, UPPER};

const CLASS: [u8; 256] = {
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
const TURN: [[bool; 16]; 16] = {
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

/// Cuts that count only where a block has several of the kind.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Two spaces between a finished word and a capital.
    doubles: Vec<usize>,
    /// A lone `*`, `-` or `?` before a capital.
    loose: Vec<(u8, usize)>,
    /// Capitals behind a small letter and one space.
    pub(super) capitals: Vec<usize>,
    /// Full stops and round brackets behind what may be the number or letter of a list item.
    pub(super) labels: Vec<usize>,
    /// Number of semicolons.
    pub(super) semicolons: usize,
}

/// Offset behind the small letters, commas and single spaces that begin at `at`, where nothing is cut between them;
/// looked for only in whole groups of 16 bytes, which the compiler compares at once.
#[inline(always)]
fn skip_plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(group) = bytes.get(at..).and_then(|rest| rest.first_chunk::<17>()) {
        let mut stops = 0_u16;
        for place in 0..16 {
            let (byte, next) = (group[place], group[place + 1]);
            let space = byte == b' ';
            let plain = (byte.wrapping_sub(b'a') < 26) | (byte == b',') | space & (next != b' ');
            stops |= u16::from(!plain) << place;
        }
        if stops != 0 {
            return at + stops.trailing_zeros() as usize;
        }
        at += 16;
    }
    at
}

/// Appends the cuts of `text[from..to]`, sorted; true where all of it is ASCII.
pub(super) fn scan(
    text: &str,
    lists: &Lists,
    from: usize,
    to: usize,
    candidates: &mut Candidates,
    glue: &mut Glue,
) -> bool {
    let bytes = &text.as_bytes()[..to];
    candidates.doubles.clear();
    candidates.loose.clear();
    candidates.capitals.clear();
    candidates.labels.clear();
    candidates.semicolons = 0;
    let first = glue.cuts.len();
    let mut word = Word::new(text, lists, from, to);
    let mut before = SPACE;
    let mut ascii = true;
    let mut at = from;
    work::steps(to - from);
    while at < to {
        if before != COLON && before != SPACE {
            let plain = skip_plain(bytes, at);
            if plain > at {
                at = plain;
                before = CLASS[bytes[at - 1] as usize];
                if at == to {
                    break;
                }
            }
        }
        let now = CLASS[bytes[at] as usize];
        if !TURN[before as usize][now as usize] {
            before = now;
            at += 1;
            continue;
        }
        let mut next = at + 1;
        let mut class = now;
        match now {
            HIGH => {
                ascii = false;
                (class, next) = high(text, at, to, from, glue);
                if class == UPPER && before == LOWER {
                    glue.upper(&mut word, at);
                } else if class == DIGIT {
                    class = OTHER;
                }
            }
            UPPER => match before {
                LOWER => glue.upper(&mut word, at),
                UPPER | DIGIT => glue.acronym(&mut word, at),
                SPACE => {
                    if at >= from + 2 && bytes[at - 1] == b' ' && bytes[at - 2].is_ascii_lowercase()
                    {
                        candidates.capitals.push(at);
                    }
                }
                _ => glue.mark(&mut word, at),
            },
            ESCAPE => next = escaped(text, at, to, from, glue),
            DIGIT => glue.years(&mut word, at),
            LOWER => glue.colon(&mut word, at),
            SPACE => {
                next = gap(text, at, from, to, candidates, glue);
            }
            COLON => candidates.semicolons += usize::from(bytes[at] == b';'),
            END | CLOSE if before != SPACE => {
                if may_end_label(&bytes[from..=at]) {
                    candidates.labels.push(at);
                }
            }
            _ => loose(text, at, from, to, before, candidates, glue),
        }
        before = class;
        at = next;
    }
    settle(candidates, first, glue);
    ascii
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

/// A character beyond ASCII: its class, and the offset behind it.
fn high(text: &str, at: usize, to: usize, from: usize, glue: &mut Glue) -> (u8, usize) {
    let mark = char_at(text, at).unwrap_or(' ');
    let next = at + mark.len_utf8();
    let class = match mark {
        '\u{2019}' | '\u{201d}' | '»' => CLOSE,
        '…' => END,
        '\u{2028}' | '\u{2029}' | '\u{85}' => {
            glue.cuts.push(Cut::new(next, rules::NEWLINE));
            SPACE
        }
        '\u{a0}' => {
            let end = to - text[next..to].trim_start().len();
            let wide = end > next
                && char_at(text, end)
                    .filter(|_| end < to)
                    .is_some_and(char::is_uppercase);
            if wide
                && at > from
                && !text[..at]
                    .ends_with(|before: char| before.is_whitespace() || "-*".contains(before))
            {
                glue.cuts.push(Cut::guess(end, rules::WIDE_GAP));
            }
            return (SPACE, end.max(next));
        }
        '→' | '⇒' | '★' | '☆' | '✦' | '✪' => OTHER,
        '·' => {
            let open = char_before(text, at).is_none_or(|before| !before.is_alphanumeric());
            if at > from && open && char_at(text, next).is_some_and(char::is_whitespace) {
                glue.cuts.push(Cut::item(at, rules::INLINE_BULLET));
            }
            OTHER
        }
        _ if is_bullet(mark) => {
            if at > from {
                glue.cuts.push(Cut::item(at, rules::INLINE_BULLET));
            }
            OTHER
        }
        _ if mark.is_lowercase() => LOWER,
        _ if mark.is_uppercase() => UPPER,
        _ if mark.is_whitespace() => SPACE,
        _ => OTHER,
    };
    (class, next)
}

/// A line end or tab that was written out as `\\n` or `\\t`: the text goes on behind it and its like.
fn escaped(text: &str, at: usize, to: usize, from: usize, glue: &mut Glue) -> usize {
    let bytes = &text.as_bytes()[..to];
    let mut end = at;
    let mut line = false;
    while bytes.get(end) == Some(&b'\\') && matches!(bytes.get(end + 1), Some(b'n' | b'r' | b't')) {
        line |= bytes[end + 1] != b't';
        end += 2;
    }
    let glued = bytes.get(end).is_none_or(u8::is_ascii_lowercase);
    if !line || glued || end - at < 2 {
        return at + 1;
    }
    if at > from {
        glue.cuts.push(Cut::item_if_marked(text, end, to));
    }
    end
}

/// Two or more white-space characters, the second at `at`; returns the offset behind them.
fn gap(
    text: &str,
    at: usize,
    from: usize,
    to: usize,
    candidates: &mut Candidates,
    glue: &mut Glue,
) -> usize {
    let bytes = text.as_bytes();
    let wraps = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let run = bytes[at..to]
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let end = at + run;
    work::steps(run);
    let start = at - 1;
    if start <= from || end >= to || bytes[start..end].iter().any(wraps) {
        return end;
    }
    let upper = bytes[end].is_ascii_uppercase();
    if end - start >= 3 && !bytes[end].is_ascii_lowercase() {
        glue.cuts.push(Cut::guess(end, rules::WIDE_GAP));
    } else if upper && (bytes[start - 1].is_ascii_lowercase() || bytes[start - 1] == b')') {
        candidates.doubles.push(end);
    }
    end
}

/// A dash, star or question mark that may be a bullet: behind the end of a sentence, or lone before a capital.
fn loose(
    text: &str,
    at: usize,
    from: usize,
    to: usize,
    before: u8,
    candidates: &mut Candidates,
    glue: &mut Glue,
) {
    let bytes = &text.as_bytes()[..to];
    let mark = bytes[at];
    let spaced = char_at(text, at + 1)
        .filter(|_| at + 1 < to)
        .is_some_and(char::is_whitespace);
    if at <= from || !spaced || !matches!(mark, b'-' | b'*' | b'?') {
        return;
    }
    let ended = before != SPACE
        || at >= from + 2 && matches!(bytes[at - 2], b'.' | b'!' | b';') && mark != b'?';
    if ended && matches!(mark, b'-' | b'*') && (before != CLOSE || bytes[at - 1] == b')') {
        glue.cuts.push(Cut::item(at, rules::INLINE_BULLET));
        return;
    }
    let word = at + 1 + text[at + 1..to].len() - text[at + 1..to].trim_start().len();
    if char_at(text, word)
        .filter(|_| word < to)
        .is_some_and(char::is_uppercase)
    {
        candidates.loose.push((mark, at));
    }
}

/// Accepts the candidates that are not alone, and brings the cuts in order.
fn settle(candidates: &Candidates, first: usize, glue: &mut Glue) {
    let cuts = &mut glue.cuts;
    let scanned = cuts.len();
    if candidates.doubles.len() >= 2 {
        cuts.extend(
            candidates
                .doubles
                .iter()
                .map(|at| Cut::guess(*at, rules::DOUBLE_SPACE)),
        );
    }
    for (mark, least) in [(b'*', 2), (b'?', 2), (b'-', 3)] {
        let found = candidates.loose.iter().filter(|(found, _)| *found == mark);
        if found.clone().count() >= least {
            let items = found.map(|(_, at)| Cut {
                uncertain: true,
                ..Cut::item(*at, rules::INLINE_BULLET)
            });
            cuts.extend(items);
        }
    }
    if cuts.len() > scanned {
        cuts[first..].sort_by_key(|cut| cut.at);
    }
}
