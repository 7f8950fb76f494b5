//! The token and the word around a place that may hide a boundary, each found once.

use memchr::{memchr, memmem};

use super::chars::{REACH, char_at, char_before, run_after, run_before};
use super::wordlists::{Flags, Lists};
use super::work;

/// The token and the word around the place looked at, each found once.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) lists: &'t Lists,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Between white space; `end` is where it was last looked for.
    pub(super) token: (usize, usize),
    /// The token is an address or a hash tag.
    opaque: bool,
    /// Letters and digits only.
    word: (usize, usize),
}

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str, lists: &'t Lists, from: usize, to: usize) -> Word<'t> {
        Word {
            text,
            lists,
            from,
            to,
            token: (from, from),
            opaque: false,
            word: (from, from),
        }
    }

    pub(super) fn flags(&self, from: usize, to: usize) -> Flags {
        self.lists.flags(&self.text.as_bytes()[from..to])
    }

    /// True where the token around `at` is one that is never cut.
    pub(super) fn is_opaque(&mut self, at: usize) -> bool {
        if at >= self.token.1 {
            let bytes = &self.text.as_bytes()[..self.to];
            let back = bytes[self.token.1.max(self.from)..at].iter().rev();
            let start = at - back.take_while(|byte| !byte.is_ascii_whitespace()).count();
            let ahead = bytes[at..].iter();
            let end = at + ahead.take_while(|byte| !byte.is_ascii_whitespace()).count();
            self.token = (start, end);
            work::steps(2 * (end - start));
            self.opaque = is_address(self.lists, &bytes[start..end]);
        }
        self.opaque
    }

    /// The run of letters and digits around `at`.
    pub(super) fn around(&mut self, at: usize) -> (usize, usize) {
        if at >= self.word.1 {
            let part = |mark: char| mark.is_alphanumeric();
            let mut start = at;
            while let Some(mark) =
                char_before(self.text, start).filter(|mark| part(*mark) && start > self.word.1)
            {
                start -= mark.len_utf8();
            }
            let mut end = at;
            while let Some(mark) =
                char_at(self.text, end).filter(|mark| part(*mark) && end < self.to)
            {
                end += mark.len_utf8();
            }
            self.word = (start, end);
            work::steps(end - start);
        }
        self.word
    }

    pub(super) fn lower_before(&self, at: usize) -> usize {
        run_before(self.text, at, char::is_lowercase).max(self.from)
    }

    /// End of the capitalised word that begins at `at`.
    pub(super) fn right(&self, at: usize) -> usize {
        let first = char_at(self.text, at).map_or(0, char::len_utf8);
        run_after(self.text, at + first, char::is_lowercase).min(self.to)
    }

    pub(super) fn is_name(&self, from: usize, to: usize) -> bool {
        to - from <= REACH && self.lists.is_name(&self.text.as_bytes()[from..to])
    }

    pub(super) fn followed_by_space(&self, at: usize) -> bool {
        at >= self.to
            || char_at(self.text, at)
                .is_some_and(|next| next.is_whitespace() || ",:;.".contains(next))
    }

    /// A dotted abbreviation, such as `B.S.`, begins at `at`.
    pub(super) fn is_dotted(&self, at: usize) -> bool {
        let bytes = &self.text.as_bytes()[at..self.to];
        bytes.len() > 2 && bytes[1] == b'.' && bytes[2].is_ascii_uppercase()
    }

    /// A lone letter that is a word, or at least two letters.
    pub(super) fn is_word(&self, from: usize, to: usize) -> bool {
        self.text[from..to].chars().nth(1).is_some()
            || matches!(&self.text[from..to], "A" | "I") && self.followed_by_space(to)
    }
}

/// A web or mail address, a domain name, or a hash tag.
fn is_address(lists: &Lists, token: &[u8]) -> bool {
    if token.len() < 4 {
        return false;
    }
    let open = token
        .iter()
        .take_while(|byte| matches!(byte, b'(' | b'"' | b'*' | b'_' | b'<' | b'['))
        .count();
    let inner = &token[open..];
    if inner.first() == Some(&b'#') || inner.starts_with(b"www.") || memchr(b'@', token).is_some() {
        return true;
    }
    if memchr(b':', token).is_some() && memmem::find(token, b"://").is_some() {
        return true;
    }
    let domain = &inner[..memchr(b'/', inner).unwrap_or(inner.len())];
    let ending = domain.len()
        - domain
            .iter()
            .rev()
            .take_while(|byte| !byte.is_ascii_alphanumeric())
            .count();
    let Some(dot) = memchr::memrchr(b'.', &domain[..ending]) else {
        return false;
    };
    let label = &domain[dot + 1..ending];
    let plain = domain[..ending]
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    let cased = !label.first().is_some_and(u8::is_ascii_uppercase)
        || label.iter().all(u8::is_ascii_uppercase);
    plain && cased && dot > 0 && lists.flags(label).any(Flags::INTERNET)
}
