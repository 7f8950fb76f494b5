//! A unit's text → its words with their ids and the marks between them.

use super::vocabulary::Vocabulary;
use crate::document::{Break, Token};
use crate::span::Span;
use crate::text::words::{self, Letters};

/// Memory that is used again for each text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// Where the words are; their letters, 0 for a word whose letters make no key.
    words: Vec<(Span, Letters)>,
    odd: words::Odd,
    buffer: String,
}

/// Adds the words of `text[span]` to `tokens`.
///
/// All are found before the first is looked up: the processor then waits for several places of the table at a time.
pub(crate) fn tokenize(
    vocabulary: &Vocabulary,
    text: &str,
    span: Span,
    tokens: &mut Vec<Token>,
    memory: &mut Memory,
) {
    let Memory { words, odd, buffer } = memory;
    words.clear();
    words::for_each_folded(text, span, odd, |span, letters| {
        words.push((span, letters.unwrap_or(0)));
    });
    let mut end = None;
    tokens.extend(words.iter().map(|(span, letters)| {
        let before = end.map_or(Break::None, |end| break_between(text, end, span.start));
        end = Some(span.end);
        Token {
            span: *span,
            word: match letters {
                0 => vocabulary.id(text, *span, buffer),
                letters => vocabulary.id_of_letters(*letters),
            },
            before,
        }
    }));
}

/// The strongest mark in `text[from..to]`, which lies between two words.
#[inline(always)]
fn break_between(text: &str, from: u32, to: u32) -> Break {
    let (from, to) = (from as usize, to as usize);
    if to == from + 1 && text.as_bytes()[from] == b' ' {
        return Break::None;
    }
    match &text.as_bytes()[from..to] {
        [b'-' | b'/' | b'&'] | [] => Break::None,
        [b',', b' '] => Break::Comma,
        _ => strongest(&text[from..to]),
    }
}

#[inline(never)]
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
            let text = format!("own{between}roadmap");
            assert_eq!(
                break_between(&text, 3, 3 + between.len() as u32),
                expected,
                "{between:?}"
            );
        }
    }
}
