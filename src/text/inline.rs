//! Cuts inside a block, found in one pass over its bytes: inline bullets, gaps, and glued neighbours.

use super::bits::BLOCK;
use super::bytes::class::{CLOSE, COLON, DIGIT, END, ESCAPE, HIGH, LOWER, OTHER, SPACE, UPPER};
use super::bytes::{CLASS, TURN, may_end_label, turns};
use super::chars::{char_at, char_before, is_bullet};
use super::glue::Glue;
use super::marks;
use super::rules;
use super::uax;
use super::word::Word;
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

impl Candidates {
    fn clear(&mut self) {
        self.doubles.clear();
        self.loose.clear();
        self.capitals.clear();
        self.labels.clear();
        self.semicolons = 0;
    }
}

/// Appends the cuts of `text[from..to]`, sorted, and the places of its full stops, question and exclamation marks; true
/// where all its characters are common ones.
pub(super) fn scan(
    text: &str,
    lists: &Lists,
    (from, to): (usize, usize),
    candidates: &mut Candidates,
    glue: &mut Glue,
    stops: &mut Vec<usize>,
) -> bool {
    candidates.clear();
    work::steps(to - from);
    let first = glue.cuts.len();
    let bytes = text.as_bytes();
    let mut pass = Pass {
        text,
        from,
        to,
        word: Word::new(text, lists, from, to),
        candidates,
        glue,
        common: true,
    };
    let mut before = SPACE;
    let mut at = from;
    while at < to {
        let (start, end) = (at, to.min(at + BLOCK));
        let turns = turns(bytes, start);
        while at < end {
            // What a colon or white space makes of the next byte is looked at.
            if before != COLON && before != SPACE {
                let next = turns & (u64::MAX << (at - start));
                let next = end.min(start + next.trailing_zeros() as usize);
                if next > at {
                    at = next;
                    before = CLASS[bytes[at - 1] as usize];
                    if at == end {
                        break;
                    }
                }
            }
            let now = CLASS[bytes[at] as usize];
            if now == END {
                stops.push(at);
            }
            if TURN[before as usize & 15][now as usize & 15] {
                (before, at) = pass.turn(before, now, at);
            } else {
                before = now;
                at += 1;
            }
        }
    }
    let common = pass.common;
    settle(candidates, first, glue);
    common
}

/// What the pass over one block needs at each place.
struct Pass<'t, 'm> {
    text: &'t str,
    from: usize,
    to: usize,
    word: Word<'t>,
    candidates: &'m mut Candidates,
    glue: &'m mut Glue,
    /// No character was met that the fast path of sentences does not know.
    common: bool,
}

impl Pass<'_, '_> {
    /// Looks at `at`, of class `now`, behind a byte of class `before`; the class to go on with, and the offset.
    fn turn(&mut self, before: u8, now: u8, at: usize) -> (u8, usize) {
        let (text, from, to) = (self.text, self.from, self.to);
        let bytes = text.as_bytes();
        let glue = &mut *self.glue;
        match now {
            HIGH => return self.beyond_ascii(before, at),
            UPPER => match before {
                LOWER => glue.upper(&mut self.word, at),
                UPPER | DIGIT => glue.acronym(&mut self.word, at),
                SPACE => {
                    if at >= from + 2 && bytes[at - 1] == b' ' && bytes[at - 2].is_ascii_lowercase()
                    {
                        self.candidates.capitals.push(at);
                    }
                }
                _ => glue.mark(&mut self.word, at),
            },
            ESCAPE => return (now, escaped(text, at, to, from, glue)),
            DIGIT => glue.years(&mut self.word, at),
            LOWER => glue.colon(&mut self.word, at),
            SPACE => return (now, gap(text, at, from, to, self.candidates, glue)),
            COLON => self.candidates.semicolons += usize::from(bytes[at] == b';'),
            END | CLOSE if before != SPACE => {
                if may_end_label(&bytes[from..=at]) {
                    self.candidates.labels.push(at);
                }
            }
            _ => loose(text, at, from, to, before, self.candidates, glue),
        }
        (now, at + 1)
    }

    fn beyond_ascii(&mut self, before: u8, at: usize) -> (u8, usize) {
        let (class, next) = high(self.text, at, self.to, self.from, self.glue);
        self.common &= uax::is_common(&self.text.as_bytes()[at..next]);
        if class == UPPER && before == LOWER {
            self.glue.upper(&mut self.word, at);
        }
        (class, next)
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
