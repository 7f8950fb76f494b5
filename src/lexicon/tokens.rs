//! A unit's text → its words with their ids and the marks between them.

use super::vocabulary::Vocabulary;
use crate::document::{Break, Token};
use crate::span::Span;
use crate::text::words::{self, Letters, Sink};

/// Memory that is used again for each text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    buffer: String,
    odd: words::Odd,
}

/// Adds the words of `text[span]` to `tokens`.
pub(crate) fn tokenize(
    vocabulary: &Vocabulary,
    text: &str,
    span: Span,
    tokens: &mut Vec<Token>,
    memory: &mut Memory,
) {
    let Memory { buffer, odd } = memory;
    let first = tokens.len();
    let mut sink = Tokens {
        vocabulary,
        text,
        tokens,
        buffer,
        end: span.start as usize,
    };
    words::read(text, span, odd, &mut sink);
    if let Some(first) = tokens.get_mut(first) {
        first.before = Break::None;
    }
}

/// Makes tokens of words.
struct Tokens<'t> {
    vocabulary: &'t Vocabulary,
    text: &'t str,
    tokens: &'t mut Vec<Token>,
    buffer: &'t mut String,
    /// Where the last word ended.
    end: usize,
}

impl Sink for Tokens<'_> {
    #[inline(always)]
    fn word(&mut self, span: Span, letters: Option<Letters>) {
        let start = span.start as usize;
        let single = start == self.end + 1 && self.text.as_bytes()[self.end] == b' ';
        let before = if single {
            Break::None
        } else {
            break_between(&self.text[self.end..start])
        };
        self.end = span.end as usize;
        self.tokens.push(Token {
            span,
            word: match letters {
                Some(letters) => self.vocabulary.id_of_letters(letters),
                None => self.vocabulary.id(self.text, span, self.buffer),
            },
            before,
        });
    }
}

/// The strongest mark in `between`, which lies between two words.
#[inline(never)]
fn break_between(between: &str) -> Break {
    match between.as_bytes() {
        [b' ' | b'-' | b'/' | b'&'] | [] => Break::None,
        [b',', b' '] => Break::Comma,
        _ => strongest(between),
    }
}

fn strongest(between: &str) -> Break {
    let mut found = Break::None;
    let mut before = None;
    let mut rest = between.chars();
    while let Some(c) = rest.next() {
        let mark = match c {
            ',' | '\u{ff0c}' | '\u{3001}' | '\u{60c}' => Break::Comma,
            '-' | '*' | '+' | '~' | '\u{2010}'..='\u{2013}' | '\u{2212}' => {
                let next = rest.clone().next();
                let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
                let dash = space(before) && space(next);
                if dash || (c == '-' && next == Some('-')) {
                    Break::Clause
                } else {
                    Break::None
                }
            }
            _ if ends_clause(c) => Break::Clause,
            _ => Break::None,
        };
        found = found.max(mark);
        before = Some(c);
    }
    found
}

/// Marks that end a clause wherever they stand.
fn ends_clause(c: char) -> bool {
    match c {
        ';' | ':' | '.' | '!' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '|' => true,
        _ if c.is_ascii() => false,
        // Dashes that need no spaces, ellipsis, bullets, arrows and their kin.
        '\u{2014}' | '\u{2015}' | '\u{2026}' | '\u{2022}' | '\u{2023}' | '\u{2043}' | '\u{b7}'
        | '\u{2219}' => true,
        '\u{25a0}'..='\u{25ff}'
        | '\u{2700}'..='\u{27bf}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2605}'
        | '\u{2606}' => true,
        '\u{bf}' | '\u{a1}' | '\u{3002}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff01}' | '\u{ff1f}'
        | '\u{fffd}' => true,
        // Symbol fonts of word processors leave their bullets in the private area.
        '\u{f000}'..='\u{f0ff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_have_their_strength() {
        for (between, expected) in [
            (" ", Break::None),
            ("", Break::None),
            ("-", Break::None),
            ("/", Break::None),
            (" & ", Break::None),
            ("\" ", Break::None),
            ("\u{201d} ", Break::None),
            ("\r\n", Break::None),
            ("\u{2019} ", Break::None),
            ("\u{2013}", Break::None),
            (" -", Break::None),
            ("- ", Break::None),
            ("** ", Break::None),
            (" **", Break::None),
            (", ", Break::Comma),
            (",", Break::Comma),
            (" - ", Break::Clause),
            ("\n- ", Break::Clause),
            ("\n* ", Break::Clause),
            (" \u{2013} ", Break::Clause),
            ("\u{2014}", Break::Clause),
            ("--", Break::Clause),
            (" -- ", Break::Clause),
            ("; ", Break::Clause),
            (": ", Break::Clause),
            (". ", Break::Clause),
            ("? ", Break::Clause),
            (" (", Break::Clause),
            (") ", Break::Clause),
            (" \u{2022} ", Break::Clause),
            ("\u{2026}", Break::Clause),
            (", (", Break::Clause),
            (" | ", Break::Clause),
        ] {
            assert_eq!(break_between(between), expected, "{between:?}");
        }
    }
}
