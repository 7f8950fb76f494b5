//! Which UAX #29 boundaries are no sentence boundaries: abbreviations, initials, ellipses, citations, addresses.

use super::chars::{REACH, char_before, is_bullet, is_closer, run_after, run_before, trim};
use super::rules;
use super::wordlists::{Flags, Lists};
use super::work;

/// What becomes of a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence goes on.
    Join,
    /// A sentence begins at this offset, by this rule.
    Break(usize, &'static str),
}

/// The text around one boundary.
struct Place<'t> {
    text: &'t str,
    lists: &'t Lists,
    /// Where the sentence before the boundary began.
    start: usize,
    /// The boundary: offset of the character that may begin a sentence.
    at: usize,
    /// Behind the last character that is no white space before the boundary.
    left: usize,
    /// Behind the mark that ends the sentence, before quotes and brackets.
    mark: usize,
}

/// Decides on the boundary `at` of a sentence that began at `start`, inside a piece that ends at `to`.
pub(super) fn decide(text: &str, lists: &Lists, start: usize, at: usize, to: usize) -> Verdict {
    let keep = Verdict::Break(at, rules::SENTENCE);
    if ends_plainly(&text.as_bytes()[start..to], at - start, lists) {
        return keep;
    }
    let left = start + text[start..at].trim_end().len();
    work::steps(at - left + 1);
    let closers = text[start..left].len() - text[start..left].trim_end_matches(is_closer).len();
    let mark = left - closers;
    work::steps(closers);
    let Some(end) = char_before(text, mark).filter(|_| mark > start) else {
        return Verdict::Join;
    };
    let place = Place {
        text,
        lists,
        start,
        at,
        left,
        mark,
    };
    let next = place.next_word(to);
    let first = next.chars().next();
    let capital = first.is_some_and(char::is_uppercase);
    if left == at {
        return if capital && place.may_break_without_space(end) {
            keep
        } else {
            Verdict::Join
        };
    }
    match end {
        '?' | '!' if first.is_some_and(char::is_lowercase) => Verdict::Join,
        '?' | '!' => keep,
        '…' if capital => Verdict::Break(at, rules::ELLIPSIS),
        '…' => Verdict::Join,
        '.' if place.is_citation(to) => Verdict::Join,
        '.' => place.after_full_stop(next, capital),
        _ => keep,
    }
}

/// The commonest case, decided by bytes alone: a word of five letters or more that is in no list, a full stop, a space
/// and a letter.
fn ends_plainly(bytes: &[u8], at: usize, lists: &Lists) -> bool {
    let (before, next) = bytes.split_at(at);
    let Some(before) = before.strip_suffix(b". ") else {
        return false;
    };
    let reach = &before[before.len().saturating_sub(REACH)..];
    let letters = reach
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphabetic());
    let length = letters.count();
    work::steps(length);
    let (rest, word) = reach.split_at(reach.len() - length);
    length >= 5
        && rest.last() == Some(&b' ')
        && next.first().is_some_and(u8::is_ascii_alphabetic)
        && lists.flags(word) == Flags::default()
}

impl<'t> Place<'t> {
    /// The word at the boundary, quotes and brackets before it passed over.
    fn next_word(&self, to: usize) -> &'t str {
        let open = |mark: char| {
            mark.is_whitespace()
                || matches!(mark, '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '*' | '_')
        };
        let from = run_after(self.text, self.at, open).min(to);
        let part = |mark: char| mark.is_alphanumeric() || matches!(mark, '\'' | '\u{2019}');
        &self.text[from..run_after(self.text, from, part).min(to)]
    }

    /// No space at the boundary: addresses and `.NET` stay whole.
    fn may_break_without_space(&self, end: char) -> bool {
        if end == '.' {
            return self.left > self.mark;
        }
        let token = run_before(self.text, self.at, |mark| !mark.is_whitespace()).max(self.start);
        let token = &self.text[token..self.at];
        !(token.starts_with("http") || token.starts_with("www.") || token.contains("://"))
    }

    /// `[...]" (Smith 55).`: a bracket with a number that ends the sentence which the quote seemed to end.
    fn is_citation(&self, to: usize) -> bool {
        let close = match self.text.as_bytes()[self.at] {
            b'(' => b')',
            b'[' => b']',
            _ => return false,
        };
        let rest = &self.text.as_bytes()[self.at..to];
        let length = rest
            .iter()
            .take(60)
            .position(|byte| *byte == close || *byte == b'\n' || *byte == b'\r');
        length.is_some_and(|length| {
            let number = rest[..length].iter().any(u8::is_ascii_digit);
            let ended = rest
                .get(length + 1)
                .is_none_or(|next| matches!(next, b'.' | b',' | b';'));
            number && ended && rest[length] == close && self.left > self.mark
        })
    }

    fn after_full_stop(&self, next: &str, capital: bool) -> Verdict {
        let keep = Verdict::Break(self.at, rules::SENTENCE);
        let stop = self.mark - 1;
        let part = |mark: char| mark.is_alphanumeric() || matches!(mark, '.' | '°' | '§');
        let from = run_before(self.text, stop, part).max(self.start);
        let word = &self.text[from..stop];
        if word.ends_with('.')
            || word.is_empty() && self.text[self.start..stop].ends_with(['.', ' '])
        {
            return self.ellipsis(next);
        }
        if word.is_empty() {
            return keep;
        }
        if self.is_list_mark(from, word) {
            return Verdict::Join;
        }
        let known = self.lists.flags(word.as_bytes());
        if self.left > self.mark && !known.any(Flags::INNER) {
            return keep;
        }
        if self.abbreviation_goes_on(from, word, known, next, capital) {
            Verdict::Join
        } else {
            keep
        }
    }

    /// ` . . .` leaves words out, ` . . . .` ends the sentence too, `word. . . .` ended before the dots.
    fn ellipsis(&self, next: &str) -> Verdict {
        let lower = next.starts_with(char::is_lowercase);
        let run = self.text[self.start..self.mark].trim_end_matches(['.', ' ']);
        let dots = self.start + run.len();
        let spaced = &self.text[dots..self.mark];
        work::steps(spaced.len());
        let capital = next.starts_with(char::is_uppercase);
        if spaced.starts_with(". . . .") && capital && run.ends_with(char::is_alphabetic) {
            let second = dots + 1 + spaced[1..].len() - spaced[1..].trim_start().len();
            return Verdict::Break(second, rules::ELLIPSIS);
        }
        if lower || spaced.ends_with(" . . .") && !spaced.ends_with(". . . .") {
            return Verdict::Join;
        }
        Verdict::Break(self.at, rules::ELLIPSIS)
    }

    /// The number or letter of a list item: `1.`, `a.`, `iv.` at the beginning of the sentence.
    fn is_list_mark(&self, from: usize, word: &str) -> bool {
        let open = |mark: char| {
            mark.is_whitespace()
                || is_bullet(mark)
                || matches!(mark, '(' | '-' | '*' | '–' | '#' | '_')
        };
        let alone = run_before(self.text, from, open) <= self.start;
        let number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let roman = word.len() <= 4 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
        alone && (number || roman || word.len() == 1)
    }

    /// The word before the one at `from`, at most [`super::chars::REACH`] bytes of it.
    fn word_before(&self, from: usize) -> &'t str {
        let (_, end) = trim(self.text, self.start, from);
        let part = |mark: char| mark.is_alphanumeric() || matches!(mark, '\'' | '\u{2019}' | '-');
        &self.text[run_before(self.text, end, part).max(self.start)..end]
    }

    /// True where the stop belongs to the abbreviation `word` and the sentence goes on.
    fn abbreviation_goes_on(
        &self,
        from: usize,
        word: &str,
        known: Flags,
        next: &str,
        capital: bool,
    ) -> bool {
        let starter = || self.lists.flags(next.as_bytes()).any(Flags::STARTER);
        let digit = next.starts_with(char::is_numeric);
        let upper = word.starts_with(char::is_uppercase);
        let single = word.chars().count() == 1;
        if single && upper && !self.text[self.start..from].ends_with('&') {
            return self.initial_goes_on(from, word, starter());
        }
        if known.any(Flags::INNER) {
            return true;
        }
        if known.any(Flags::TIME) {
            return !capital || self.opens_with_time(from);
        }
        if known.any(Flags::TITLE) && upper && (capital || digit) {
            return true;
        }
        let shouted = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if known.any(Flags::NUMBER) && !shouted {
            let bracket = matches!(self.text.as_bytes()[self.at], b'(' | b'#');
            let inner = known.any(Flags::NUMBER_INNER) && !starter();
            return digit || bracket || inner;
        }
        if known.any(Flags::ORGANISATION) {
            return !(capital && starter());
        }
        if known.any(Flags::MONTH) && upper && digit {
            return true;
        }
        if known.any(Flags::UNIT) {
            return !(capital || digit);
        }
        let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
        dotted && !word.contains(|mark: char| mark.is_ascii_digit()) && !(capital && starter())
    }

    /// A single capital: an initial, unless a sentence plainly begins behind it.
    fn initial_goes_on(&self, from: usize, word: &str, starter: bool) -> bool {
        let before = self.word_before(from);
        let after_lower = before.starts_with(char::is_lowercase);
        if word == "I" {
            return !(before.is_empty() || after_lower);
        }
        !(starter && (after_lower || self.lists.flags(before.as_bytes()).any(Flags::LETTERED)))
    }

    /// `At 5 a.m. Mr. Hall …`: the sentence is not more than a time of day yet.
    fn opens_with_time(&self, from: usize) -> bool {
        let lead = self.text[self.start..from].trim();
        lead.len() <= 40
            && lead.split_ascii_whitespace().count() <= 3
            && lead
                .split_ascii_whitespace()
                .next()
                .is_some_and(|word| self.lists.flags(word.as_bytes()).any(Flags::TIME_OPENER))
    }
}
