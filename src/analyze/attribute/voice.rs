//! Whose words a unit's words are: quotations and questions.

use super::marks::Part;
use super::mentions::{Naming, Who};
use super::words::{Words, Work};
use crate::role::Role;
use crate::span::Span;

/// Tokens from which a quotation without a subject of its own counts as somebody's statement.
const LONG_QUOTE: usize = 8;

/// The quotations of one unit.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    spans: Vec<Span>,
    /// Whether the last one is still open at the unit's end.
    pub(super) open: bool,
}

/// Finds the quotations in `text[unit]`; `open` where one begins before.
pub(super) fn quotes(text: &str, unit: Span, open: bool) -> Quotes {
    let mut found = Quotes::default();
    let mut from = open.then_some(unit.start);
    for (at, c) in unit.of(text).char_indices() {
        let at = unit.start + at as u32;
        let (opens, closes) = match c {
            '"' => (from.is_none(), from.is_some()),
            '\u{201c}' | '\u{201e}' | '\u{ab}' => (true, false),
            '\u{201d}' | '\u{bb}' => (false, true),
            _ => (false, false),
        };
        if opens && from.is_none() {
            from = Some(at);
        } else if let (true, Some(start)) = (closes, from) {
            found.spans.push(Span { start, end: at });
            from = None;
        }
    }
    if let Some(start) = from {
        found.spans.push(Span {
            start,
            end: unit.end,
        });
        found.open = true;
    }
    found
}

impl Quotes {
    /// True where the match stands in a quotation that makes a statement, not one that
    /// sets a word or two in quotation marks.
    pub(super) fn holds(&self, words: &Words<'_>, work: &Work) -> bool {
        let span = words.span(work.first, work.last);
        self.spans
            .iter()
            .filter(|quote| quote.contains(span))
            .any(|quote| {
                let inside = |first: usize, last: usize| quote.contains(words.span(first, last));
                let subject = words.mentions.iter().any(|mention| {
                    let speaks = matches!(
                        mention.naming,
                        Naming::Name
                            | Naming::Pointer(
                                Part::Me | Part::We | Part::He | Part::She | Part::They
                            )
                    );
                    speaks && inside(mention.first, mention.last)
                });
                let tokens = (0..words.tokens.len())
                    .filter(|at| inside(*at, *at))
                    .count();
                subject || tokens >= LONG_QUOTE
            })
    }

    /// Who says it, where one role is named outside the quotation and none in it: "said Ines, a project manager".
    pub(super) fn speaker(&self, words: &Words<'_>) -> Option<Role> {
        let names = words
            .mentions
            .iter()
            .filter(|mention| mention.who.is_role());
        let mut roles = names.map(|mention| {
            let span = words.span(mention.first, mention.last);
            (
                self.spans.iter().any(|quote| quote.contains(span)),
                mention.who,
            )
        });
        match (roles.next(), roles.next()) {
            (Some((false, Who::Role(role))), None) if !self.is_empty() => Some(role),
            _ => None,
        }
    }

    /// True where more than half of the unit is quoted.
    pub(super) fn covers_most(&self, unit: Span) -> bool {
        self.spans.iter().map(|quote| quote.len()).sum::<usize>() * 2 > unit.len()
    }

    /// True where nothing is quoted.
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

/// True for a unit that ends in a question mark.
pub(super) fn is_question(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', ')', ']', '\u{201d}', '\u{2019}', ' ', '*', '_'])
        .ends_with('?')
}
