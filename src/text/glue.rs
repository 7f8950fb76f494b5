//! Neighbours that scraping glued together: `executionCommunicate`, `growth.Our`, `CRMUnderstand`, `surveys3+ years`.

use std::hash::Hasher;

use memchr::memchr;
use rustc_hash::FxHasher;

use super::chars::{REACH, char_at, char_before, is_emphasis, run_before};
use super::inline::Cut;
use super::rules;
use super::word::Word;
use super::wordlists::Flags;

/// The cuts found so far.
#[derive(Debug, Default)]
pub(super) struct Glue {
    /// Sorted within a block.
    pub(super) cuts: Vec<Cut>,
    /// Hash of the whole word and offset of every cut behind a capitalised first half.
    named: Vec<(u64, usize)>,
}

const KNOWN: Flags = Flags::HEAD.or(Flags::STARTER);

impl Glue {
    pub(super) fn clear(&mut self) {
        self.cuts.clear();
        self.named.clear();
    }

    /// A capital behind a small letter.
    pub(super) fn upper(&mut self, word: &mut Word, at: usize) {
        if word.is_opaque(at) {
            return;
        }
        let (start, end) = word.around(at);
        if word.is_name(start, end) {
            return;
        }
        let lower = word.lower_before(at).max(start);
        let left = at - lower;
        let right = word.right(at);
        let known = word.flags(at, right);
        if lower == start {
            if lower_left(word, start, at, right, end, known) {
                self.cuts.push(Cut::new(at, rules::GLUED_UPPER));
            }
            return;
        }
        let hump = run_before(word.text, lower, char::is_uppercase).max(start);
        let named = word.is_name(hump, right) || word.flags(hump, at).any(Flags::NAME_PREFIX);
        let tail = known.any(Flags::NAME_TAIL);
        let acts = right == end && (known.any(KNOWN) && !tail || participle(word.text, at, right));
        if self.ends_section(word, at) {
            self.cuts.push(Cut::new(at, rules::GLUED_UPPER));
        } else if left >= 2 && at - hump >= 3 && acts && !named && right - at >= 2 {
            self.named.push((
                hash(&word.text.as_bytes()[start..end.min(start + REACH)]),
                at,
            ));
            self.cuts.push(Cut::guess(at, rules::GLUED_UPPER));
        }
    }

    /// The piece so far is a known section name of two words or more: `Job OverviewAcme is …`.
    fn ends_section(&self, word: &Word, at: usize) -> bool {
        let start = self
            .cuts
            .last()
            .map_or(word.from, |cut| cut.at.max(word.from));
        let piece = word.text[start..at].trim_start();
        piece.len() <= REACH
            && piece.contains(' ')
            && word.lists.flags(piece.as_bytes()).any(Flags::SECTION)
    }

    /// A capital behind another or a digit, where a word may begin: `CRMUnderstand`.
    pub(super) fn acronym(&mut self, word: &mut Word, at: usize) {
        let bytes = word.text.as_bytes();
        if at < word.from + 2 || !bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) {
            return;
        }
        if word.is_opaque(at) {
            return;
        }
        let (start, end) = word.around(at);
        let right = word.right(at);
        let known = word.flags(at, right);
        let acts = known.any(Flags::HEAD) && !known.any(Flags::NAME_TAIL);
        let long = at - start >= 2 || bytes[at - 1].is_ascii_digit();
        if acts && right - at >= 4 && right == end && long && !word.is_name(start, end) {
            self.cuts.push(Cut::guess(at, rules::GLUED_ACRONYM));
        }
    }

    /// A capital behind a mark: `growth.Our`, `Duties:Plan`, `(remote)Lead`.
    pub(super) fn mark(&mut self, word: &mut Word, at: usize) {
        let bytes = word.text.as_bytes();
        let stars = bytes[at.saturating_sub(8).max(word.from)..at].iter().rev();
        let behind = at - stars.take_while(|byte| is_emphasis(**byte)).count();
        if behind <= word.from || word.is_opaque(at) {
            return;
        }
        let Some(mark) = char_before(word.text, behind) else {
            return;
        };
        let right = word.right(at);
        let cut = match mark {
            '.' | '!' | '?' | '…' => ends(word, behind - mark.len_utf8(), at, right),
            ':' | ';' => {
                let left = char_before(word.text, behind - 1).filter(|_| behind - 1 > word.from);
                let capitals = capitals(word, at) >= 2;
                left.is_some_and(|left| left.is_alphabetic() || ")*]".contains(left))
                    && (right - at >= 2 || capitals || word.is_dotted(at))
            }
            ')' => right - at >= 3 || right - at >= 2 && word.flags(at, right).any(KNOWN),
            '"' | '\'' | '\u{2019}' | '\u{201d}' | ']' | '»' => {
                char_before(word.text, behind - mark.len_utf8())
                    .is_some_and(|end| matches!(end, '.' | '!' | '?'))
            }
            '+' | '%' => word.flags(at, right).any(KNOWN),
            _ if behind < at => {
                mark.is_lowercase() && word.flags(at, right).any(KNOWN) && right - at >= 3
            }
            _ => false,
        };
        if cut {
            self.cuts.push(Cut::new(behind, rules::GLUED_MARK));
        }
    }

    /// A digit behind a letter or mark: `surveys3+ years`.
    pub(super) fn years(&mut self, word: &mut Word, at: usize) {
        let bytes = &word.text.as_bytes()[..word.to];
        let before = char_before(word.text, at).unwrap_or(' ');
        let behind = if before.is_alphabetic() || before == ')' {
            at
        } else {
            at - before.len_utf8()
        };
        let left = behind - word.lower_before(behind);
        if before != ')' && left < 3 {
            return;
        }
        let number = |byte: &&u8| {
            byte.is_ascii_digit() || matches!(**byte, b'+' | b'-' | b' ' | b't' | b'o')
        };
        let end = at + bytes[at..].iter().take(14).take_while(number).count();
        let unit = ["year", "yr", "month"]
            .iter()
            .any(|unit| bytes[end..].starts_with(unit.as_bytes()));
        if unit && !word.is_opaque(at) {
            self.cuts.push(Cut::new(at, rules::GLUED_YEARS));
        }
    }

    /// A small letter behind a colon: `will:support`.
    pub(super) fn colon(&mut self, word: &mut Word, at: usize) {
        let bytes = &word.text.as_bytes()[..word.to];
        let left = word.lower_before(at - 1);
        let plain = at - 1 - left >= 3 && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if bytes[at - 1] != b':'
            || !plain
            || word.flags(left, at - 1).any(Flags::SCHEME)
            || word.is_opaque(at)
        {
            return;
        }
        let (start, end) = word.token;
        if memchr(b'/', &bytes[start..end.min(start + 256)]).is_none() {
            self.cuts.push(Cut::new(at, rules::GLUED_MARK));
        }
    }

    /// Takes back cuts in words that the document uses more than once: they are names.
    pub(super) fn spare_names(&mut self) {
        self.named.sort_unstable();
        let mut spared: Vec<usize> = Vec::new();
        for word in self
            .named
            .chunk_by(|one, other| one.0 == other.0)
            .filter(|word| word.len() > 1)
        {
            spared.extend(word.iter().map(|(_, at)| *at));
        }
        if !spared.is_empty() {
            spared.sort_unstable();
            self.cuts.retain(|cut| {
                cut.rule != rules::GLUED_UPPER || spared.binary_search(&cut.at).is_err()
            });
        }
    }
}

/// The whole left half is in lower case: `executionCommunicate`, but not `eCommerce` or `getUserName`.
fn lower_left(
    word: &Word,
    start: usize,
    at: usize,
    right: usize,
    end: usize,
    known: Flags,
) -> bool {
    let left = at - start;
    if left < 2 {
        return false;
    }
    let capitals = capitals(word, at);
    if capitals >= 2 {
        let whole = at + capitals == end || word.is_name(at, end);
        return left >= 4 && whole && !word.flags(start, at).any(Flags::NAME_PREFIX);
    }
    if right < end && char_at(word.text, right).is_some_and(char::is_uppercase) {
        return known.any(KNOWN) || word.is_name(at, end);
    }
    if left == 2 {
        return known.any(KNOWN) && right - at >= 3;
    }
    word.is_word(at, right) || word.is_dotted(at)
}

/// Number of capitals in a row at `at`.
fn capitals(word: &Word, at: usize) -> usize {
    let bytes = &word.text.as_bytes()[at..word.to];
    bytes
        .iter()
        .take(REACH)
        .take_while(|byte| byte.is_ascii_uppercase())
        .count()
}

/// Six letters or more ending in -ing or -ed.
fn participle(text: &str, from: usize, to: usize) -> bool {
    let word = &text[from..to];
    word.len() >= 6 && (word.ends_with("ing") || word.ends_with("ed"))
}

/// The mark at `mark` ends a sentence although a capital follows at once.
fn ends(word: &Word, mark: usize, at: usize, right: usize) -> bool {
    let text = word.text;
    let Some(left) = char_before(text, mark).filter(|_| mark > word.from) else {
        return false;
    };
    let known = word.flags(at, right);
    if matches!(left, ')' | '"' | '\u{201d}' | ']' | '*' | '%' | '+') {
        return word.is_word(at, right);
    }
    let start = run_before(text, mark, char::is_alphanumeric).max(word.from);
    let length = mark - start;
    if left.is_ascii_digit() {
        let numbered = length <= 2
            && !char_before(text, start).is_some_and(|open| open.is_alphanumeric() || open == '.');
        return !(numbered || word.flags(at, right).any(Flags::INTERNET))
            && word.is_word(at, right);
    }
    let upper_right = capitals(word, at) >= 2;
    if upper_right {
        let whole = !char_at(text, at + capitals(word, at)).is_some_and(char::is_alphanumeric);
        let lower = mark - word.lower_before(mark);
        return lower >= 3
            && whole
            && !word.flags(at, at + capitals(word, at)).any(Flags::INTERNET);
    }
    if !left.is_lowercase() {
        return length >= 2 && left.is_uppercase() && known.any(KNOWN);
    }
    let dotted = char_before(text, start) == Some('.');
    let abbreviation = word.flags(start, mark);
    if length < 2 || dotted && length < 3 {
        return false;
    }
    let short = length <= 3 && text[start..].starts_with(char::is_uppercase);
    let named = abbreviation.any(Flags::TITLE.or(Flags::NUMBER))
        && text[start..].starts_with(char::is_uppercase);
    if short || named || abbreviation.any(Flags::INNER) {
        return known.any(Flags::STARTER);
    }
    let internet = matches!(&text[at..right], "Net" | "Js" | "Io" | "Com" | "Org");
    !internet && word.is_word(at, right)
}

fn hash(word: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word);
    hasher.finish()
}
