//! One unit as the rules of attribution see it.

use super::marks::{Marks, Part};
use super::mentions::Mention;
use crate::document::{Break, Token};
use crate::role::Role;
use crate::span::Span;

/// A unit's words, grammar cues, mentions and matches.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) marks: Marks,
    pub(super) mentions: Vec<Mention>,
    pub(super) works: Vec<Work>,
    /// The roles named, with their first token, in text order.
    pub(super) named: Vec<(usize, Role)>,
}

/// A match by the indices of its first and last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Work {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) role: Role,
    /// Index of the entry in the lexicon.
    pub(super) entry: u32,
    /// Index among the unit's matches; none for a bare object.
    pub(super) index: Option<usize>,
}

/// What stands to the left of a mention, articles and adjectives passed over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    /// Where the noun phrase begins.
    pub(super) at: usize,
    /// The mark before it.
    pub(super) mark: Break,
    /// The word before it.
    pub(super) word: Option<usize>,
}

impl Words<'_> {
    /// The text of a token.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    /// Whether a token is `word`, in whatever case.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Whether a token is one of `words`, in whatever case.
    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// The bytes of tokens `first..=last`.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span {
            start: self.tokens[first].span.start,
            end: self.tokens[last].span.end,
        }
    }

    /// The text between token `at - 1` and token `at`.
    pub(super) fn gap(&self, at: usize) -> &str {
        if at == 0 || at >= self.tokens.len() {
            return "";
        }
        let (before, behind) = (self.tokens[at - 1].span.end, self.tokens[at].span.start);
        &self.text[before as usize..behind as usize]
    }

    /// The mark before token `at`; a clause's end behind the last word.
    pub(super) fn mark(&self, at: usize) -> Break {
        self.tokens
            .get(at)
            .map_or(Break::Clause, |token| token.before)
    }

    /// True for a word such as "planning".
    pub(super) fn is_gerund(&self, at: usize) -> bool {
        at < self.tokens.len()
            && self.word(at).len() > 4
            && self.word(at).to_ascii_lowercase().ends_with("ing")
    }

    /// True where the name ends in a possessive: "the project manager's".
    pub(super) fn is_possessive(&self, mention: &Mention) -> bool {
        let word = self.word(mention.last);
        let next = self.gap(mention.last + 1);
        word.ends_with("'s")
            || word.ends_with("\u{2019}s")
            || word.ends_with(['\'', '\u{2019}'])
            || next.starts_with("' ")
            || next.starts_with("\u{2019} ")
    }

    /// What stands to the left of token `first`.
    pub(super) fn left(&self, first: usize) -> Left {
        let mut at = first;
        while at > 0 && self.mark(at) == Break::None {
            match self.marks.ending(Part::Determiner, at - 1) {
                Some(mark) => at = mark.first,
                None => break,
            }
        }
        Left {
            at,
            mark: if at == 0 {
                Break::Clause
            } else {
                self.mark(at)
            },
            word: at.checked_sub(1),
        }
    }

    /// True where a verb seems to follow token `last`, so that what ends there is a subject.
    pub(super) fn verb_follows(&self, last: usize) -> bool {
        let at = last + 1;
        if at >= self.tokens.len() || self.mark(at) != Break::None {
            return false;
        }
        let closed = [
            Part::To,
            Part::Prep,
            Part::And,
            Part::That,
            Part::Which,
            Part::Who,
            Part::Because,
            Part::While,
            Part::Rather,
            Part::If,
            Part::But,
            Part::Embedded,
            Part::Person,
        ];
        if closed.into_iter().any(|part| self.marks.starts(part, at)) {
            return false;
        }
        match self.marks.starting(Part::Link, at) {
            Some(link) => link.last > link.first && !self.is(at, "by"),
            None => true,
        }
    }

    /// True where tokens `from..to` name somebody, work or a verb of grammar, so that something is said there.
    pub(super) fn is_said(&self, from: usize, to: usize) -> bool {
        let inside = |first: usize| from <= first && first < to;
        let verb = |at: usize| {
            [Part::Copula, Part::Finite, Part::Modal, Part::Not]
                .into_iter()
                .any(|part| self.marks.covers(part, at))
        };
        self.mentions.iter().any(|mention| inside(mention.first))
            || self.works.iter().any(|work| inside(work.first))
            || (from..to).any(verb)
    }

    /// True where a duty noun follows token `last` closely: "the project manager's main task".
    pub(super) fn duty_follows(&self, last: usize) -> bool {
        (last + 1..=last + 3)
            .take_while(|at| *at < self.tokens.len() && self.mark(*at) == Break::None)
            .any(|at| self.marks.starts(Part::Duty, at))
    }

    /// True where a match covers both tokens.
    pub(super) fn inside_work(&self, first: usize, last: usize) -> bool {
        self.works
            .iter()
            .any(|work| work.first <= first && last <= work.last)
    }
}
